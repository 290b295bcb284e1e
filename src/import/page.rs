//! Characters into lines by where they stand on a page, and lines side by side into the
//! rows of a table.

use std::collections::{BTreeMap, BTreeSet};

use hayro::kurbo::Point;

use super::prose;

/// A character, or several that stand for one glyph, where it begins on its line.
#[derive(Clone, Debug)]
pub(super) struct Heard {
    pub at: Point,
    /// Where the next one would begin.
    pub end: f64,
    /// The size of the letters, in the page's points.
    pub size: f64,
    pub text: String,
    /// The piece of the letter's structure that it belongs to, where the file tells: a
    /// paragraph, a table's cell.
    pub piece: Option<usize>,
}

type Line = Vec<Heard>;

/// How far from a line's height a character may stand and be on it, in sizes: raised and
/// lowered ones do.
const ON_THE_LINE: f64 = 0.4;
/// How much further down than usual a line stands behind a blank one, in sizes.
const BLANK_LINE: f64 = 1.6;
/// How wide a gap stands between columns of a table, in sizes: no word has such a gap
/// within it.
const COLUMN: f64 = 2.5;
/// How wide a gap parts two pieces on a line, in sizes: a space between them is drawn, or
/// narrower.
const BETWEEN_CELLS: f64 = 0.35;

/// A page's words, a line for each line and for each row of a table, with tabs between
/// its cells.
pub(super) fn lines(heard: Vec<Heard>) -> String {
    let lines = by_height(heard);
    let mut text = String::new();
    let mut above: Option<(f64, f64)> = None;
    let mut rest = &lines[..];
    while let Some(first) = rest.first().and_then(|line| line.first()) {
        let is_apart = above
            .is_some_and(|(y, size)| first.at.y - y > size.max(first.size) * BLANK_LINE);
        text.push_str(if is_apart { "\n" } else { "" });
        let row = row(rest);
        let length = if row.is_some() { connected(rest) } else { 1 };
        text.push_str(row.unwrap_or_else(|| words(&rest[0])).trim_end());
        text.push('\n');
        above = rest[length - 1].first().map(|last| (last.at.y, last.size));
        rest = &rest[length..];
    }
    text
}

fn by_height(mut heard: Vec<Heard>) -> Vec<Line> {
    heard.sort_by(|one, other| one.at.y.total_cmp(&other.at.y));
    let mut lines: Vec<Line> = Vec::new();
    for character in heard {
        let fits = |line: &Line| {
            line.first().is_some_and(|first| {
                (first.at.y - character.at.y).abs()
                    <= first.size.max(character.size) * ON_THE_LINE
            })
        };
        match lines.last_mut().filter(|line| fits(line)) {
            Some(line) => line.push(character),
            None => lines.push(vec![character]),
        }
    }
    lines
        .iter_mut()
        .for_each(|line| line.sort_by(|one, other| one.at.x.total_cmp(&other.at.x)));
    lines
}

/// How many lines, from the first on, belong together by the pieces that run over them.
fn connected(lines: &[Line]) -> usize {
    let pieces = |line: &Line| {
        line.iter()
            .filter_map(|heard| heard.piece)
            .collect::<BTreeSet<usize>>()
    };
    let (mut known, mut length, mut at) = (BTreeSet::new(), 1, 0);
    while at < length {
        known.extend(pieces(&lines[at]));
        let last = lines.iter().rposition(|line| !known.is_disjoint(&pieces(line)));
        length = length.max(last.map_or(0, |last| last + 1));
        at += 1;
    }
    length
}

/// The row of a table that begins the lines: pieces that stand side by side, each maybe
/// over several lines.
fn row(lines: &[Line]) -> Option<String> {
    let mut cells: BTreeMap<usize, Vec<Line>> = BTreeMap::new();
    for line in &lines[..connected(lines)] {
        let mut here: BTreeMap<usize, Line> = BTreeMap::new();
        for heard in line {
            here.entry(heard.piece?).or_default().push(heard.clone());
        }
        here.into_iter()
            .for_each(|(piece, line)| cells.entry(piece).or_default().push(line));
    }
    let mut cells: Vec<(f64, f64, Vec<Line>)> = cells
        .into_values()
        .map(|cell| (left(&cell), right(&cell), cell))
        .collect();
    cells.sort_by(|one, other| one.0.total_cmp(&other.0));
    let size = lines[0].first()?.size;
    let is_apart =
        |pair: &[(f64, f64, Vec<Line>)]| pair[1].0 - pair[0].1 > size * BETWEEN_CELLS;
    let is_row = cells.len() > 1 && cells.windows(2).all(is_apart);
    let words = |cell: &Vec<Line>| {
        prose::line(&cell.iter().map(|line| words(line)).collect::<Vec<_>>().join("\n"))
    };
    is_row.then(|| {
        cells
            .iter()
            .map(|(_, _, cell)| words(cell))
            .collect::<Vec<_>>()
            .join("\t")
    })
}

fn left(cell: &[Line]) -> f64 {
    cell.iter().flatten().map(|heard| heard.at.x).fold(f64::MAX, f64::min)
}

fn right(cell: &[Line]) -> f64 {
    let seen = cell.iter().flatten().filter(|heard| !heard.text.trim().is_empty());
    seen.map(|heard| heard.end).fold(f64::MIN, f64::max)
}

/// A line's words. Most files draw their spaces; where one is only left out, the next
/// character stands further off.
fn words(line: &[Heard]) -> String {
    let mut text = String::new();
    let mut before: Option<&Heard> = None;
    for character in line {
        let gap = before
            .map_or(0.0, |before| (character.at.x - before.at.x) / before.size.max(1.0));
        let is_column = gap > COLUMN && !text.ends_with(' ');
        text.push_str(if is_column { "  " } else { "" });
        text.push_str(&character.text);
        before = Some(character);
    }
    text
}
