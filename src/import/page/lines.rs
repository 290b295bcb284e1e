//! Runs into lines by their height, and lines into a page's text.

use std::collections::BTreeMap;

use super::columns::{self, LineGroup};
use super::runs::Run;
use super::{PlacedText, rows, spacing};
use crate::import::prose;

/// How far from a line's height a run may be and still be on it, in sizes.
const ON_THE_LINE: f64 = 0.4;
/// Smaller letters than this share of a line's can be raised or lowered.
const SMALL: f64 = 0.85;
/// How much further down than usual a line is after a blank one, in sizes, and against
/// the page's usual distance.
const BLANK_LINE: f64 = 1.6;
const MORE_THAN_USUAL: f64 = 1.3;
/// How far from a cell's edge its lines begin at most, in points, and how far below its
/// first they are, in sizes.
const CELL_EDGE: f64 = 1.0;
const MOST_CELL_LINES: f64 = 8.0;
/// How often columns can part into more.
const MOST_COLUMNS: usize = 3;

/// What is on one line, from left to right.
pub(super) struct Line {
    pub runs: Vec<Run>,
    pub y: f64,
    pub size: f64,
}

impl Line {
    pub(super) fn left(&self) -> f64 {
        self.runs.iter().map(|run| run.left).fold(f64::MAX, f64::min)
    }

    pub(super) fn right(&self) -> f64 {
        self.runs.iter().map(|run| run.right).fold(f64::MIN, f64::max)
    }

    /// Its characters, from left to right.
    fn texts(&self) -> Vec<PlacedText> {
        let mut texts: Vec<PlacedText> =
            self.runs.iter().flat_map(|run| run.texts.iter().cloned()).collect();
        texts.sort_by(|one, other| one.at.x.total_cmp(&other.at.x));
        texts
    }
}

/// The text of runs: a line for each line and for each row of a table, and a blank line
/// where there is room for one.
pub(super) fn text(runs: Vec<Run>) -> String {
    let lines = of(runs);
    let limit = (usual_distance(&lines) * MORE_THAN_USUAL).max(BLANK_LINE);
    let mut text = String::new();
    push(&mut text, lines, limit, MOST_COLUMNS);
    text
}

fn push(text: &mut String, lines: Vec<Line>, limit: f64, columns: usize) {
    if columns == 0 {
        return push_lines(text, &lines, limit);
    }
    let mut is_after_columns = false;
    for part in columns::parts(lines) {
        match part {
            LineGroup::Whole(lines) => {
                if is_after_columns && prose::ends_sentence(text) {
                    text.push('\n');
                }
                push_lines(text, &lines, limit);
            }
            LineGroup::Columns(sides) => {
                is_after_columns = true;
                for side in sides {
                    if prose::ends_sentence(text) {
                        text.push('\n');
                    }
                    push(text, side, limit, columns - 1);
                }
            }
        }
    }
}

/// The lines of runs, from the top.
pub(super) fn of(mut runs: Vec<Run>) -> Vec<Line> {
    // The largest first: what is smaller finds the line that it is raised on.
    runs.sort_by(|one, other| other.size.total_cmp(&one.size));
    let mut lines: Vec<Line> = Vec::new();
    let mut by_height: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    for run in runs {
        let reach = (run.size / SMALL).max(12.0) * 2.0;
        let near = by_height.range(key(run.y - reach)..=key(run.y + reach));
        let mut best: Option<(f64, usize)> = None;
        for &index in near.flat_map(|(_, indexes)| indexes) {
            let distance = (lines[index].y - run.y).abs();
            let is_nearer = best.is_none_or(|(known, _)| distance < known);
            if is_nearer && is_on(&lines[index], &run) {
                best = Some((distance, index));
            }
        }
        if let Some((_, index)) = best {
            lines[index].runs.push(run);
        } else {
            by_height.entry(key(run.y)).or_default().push(lines.len());
            lines.push(Line { y: run.y, size: run.size, runs: vec![run] });
        }
    }
    lines.retain(|line| !line.runs.iter().all(Run::is_blank));
    lines.sort_by(|one, other| one.y.total_cmp(&other.y));
    for line in &mut lines {
        line.runs.sort_by(|one, other| one.left.total_cmp(&other.left));
    }
    lines
}

fn key(y: f64) -> i64 {
    (y * 2.0).floor() as i64
}

fn is_on(line: &Line, run: &Run) -> bool {
    let distance = run.y - line.y;
    if run.size >= line.size * SMALL {
        return distance.abs() <= run.size * ON_THE_LINE;
    }
    if distance.abs() <= run.size * 0.25 {
        return true;
    }
    let is_within = distance > -line.size * 0.75 && distance < line.size * 0.4;
    let touches = |other: &Run| {
        let gap = (other.left - run.right).max(run.left - other.right);
        gap < line.size * 0.6
    };
    is_within && line.runs.iter().any(touches)
}

/// How far apart lines are within a paragraph, in sizes: after those that are full.
fn usual_distance(lines: &[Line]) -> f64 {
    let right = lines.iter().map(Line::right).fold(f64::MIN, f64::max);
    let left = lines.iter().map(Line::left).fold(f64::MAX, f64::min);
    let full = right - (right - left) * 0.15;
    let mut distances: Vec<f64> = Vec::new();
    for pair in lines.windows(2) {
        if pair[0].right() >= full {
            distances.push((pair[1].y - pair[0].y) / pair[0].size.max(pair[1].size));
        }
    }
    if distances.len() < 3 {
        return 0.0;
    }
    // Rows of tables are further apart than the lines of prose.
    let near = distances.len() / 10;
    let (_, usual, _) = distances.select_nth_unstable_by(near, f64::total_cmp);
    *usual
}

fn push_lines(text: &mut String, lines: &[Line], limit: f64) {
    let texts: Vec<Vec<PlacedText>> = lines.iter().map(Line::texts).collect();
    // The row that a line can go on with, and the line right above.
    let (mut row, mut above): (Option<&Line>, Option<&Line>) = (None, None);
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let is_apart = above
            .is_some_and(|above| line.y - above.y > above.size.max(line.size) * limit);
        if !is_apart && row.is_some_and(|row| goes_on(row, line)) {
            text.truncate(text.trim_end().len());
            text.push(' ');
            text.push_str(spacing::words(&texts[at]).trim_end());
            text.push('\n');
            above = Some(line);
            at += 1;
            continue;
        }
        if is_apart {
            text.push('\n');
        }
        let (words, length) = match rows::row(&texts[at..]) {
            Some(row) => row,
            None => (spacing::words(&texts[at]), 1),
        };
        text.push_str(words.trim_end());
        text.push('\n');
        at += length;
        above = lines.get(at - 1);
        row = above;
    }
}

/// Whether a line is more of the last cell of the row above: it begins where that does.
fn goes_on(above: &Line, line: &Line) -> bool {
    let Some(cell) = last_cell(above) else { return false };
    last_cell(line).is_none()
        && (line.left() - cell).abs() < CELL_EDGE
        && line.y - above.y < above.size * MOST_CELL_LINES
}

/// Where the last of a line's cells begins, if it has several.
fn last_cell(line: &Line) -> Option<f64> {
    let mut cell = None;
    for pair in line.runs.windows(2) {
        if pair[1].left - pair[0].right > spacing::COLUMN * pair[0].size {
            cell = Some(pair[1].left);
        }
    }
    cell
}
