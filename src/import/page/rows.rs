//! Lines side by side into the rows of a table, where the file says what belongs together.

use std::collections::{BTreeMap, BTreeSet};

use super::{PlacedText, spacing};
use crate::import::prose;

/// The texts of one line, from left to right.
type TextLine = Vec<PlacedText>;

/// How wide a gap separates two pieces on a line, in sizes: a space between them is
/// drawn, or narrower.
const BETWEEN_CELLS: f64 = 0.35;

/// A piece of a line or of several, which could be a table's cell.
struct TableCell {
    left: f64,
    right: f64,
    words: String,
}

/// The row of a table that begins the lines, and how many of them it takes: pieces that
/// are side by side, each maybe over several lines. `None` where any text is of no piece,
/// or where pieces touch, as the letters of a word can that is written in two styles.
pub(super) fn row(lines: &[TextLine]) -> Option<(String, usize)> {
    let first = lines.first()?.first()?;
    first.piece?;
    let length = connected(lines);
    let mut pieces: BTreeMap<usize, Vec<TextLine>> = BTreeMap::new();
    for line in &lines[..length] {
        let mut here: BTreeMap<usize, TextLine> = BTreeMap::new();
        for text in line {
            here.entry(text.piece?).or_default().push(text.clone());
        }
        for (piece, line) in here {
            pieces.entry(piece).or_default().push(line);
        }
    }
    if pieces.len() < 2 {
        return None;
    }
    let mut cells: Vec<TableCell> = pieces.values().map(|lines| cell(lines)).collect();
    cells.sort_by(|one, other| one.left.total_cmp(&other.left));
    for pair in cells.windows(2) {
        if pair[1].left - pair[0].right <= first.size * BETWEEN_CELLS {
            return None;
        }
    }
    let words: Vec<String> = cells.into_iter().map(|cell| cell.words).collect();
    Some((words.join("\t"), length))
}

/// How many lines, from the first on, belong together by the pieces that run over them: a
/// cell of three lines makes its neighbors' row three lines high.
fn connected(lines: &[TextLine]) -> usize {
    let (mut known, mut length, mut at) = (BTreeSet::new(), 1, 0);
    while at < length {
        known.extend(lines[at].iter().filter_map(|text| text.piece));
        // A later line with a piece of these takes along all lines up to it, whose pieces
        // are known next.
        let last = lines.iter().rposition(|line| {
            line.iter()
                .filter_map(|text| text.piece)
                .any(|piece| known.contains(&piece))
        });
        if let Some(last) = last {
            length = length.max(last + 1);
        }
        at += 1;
    }
    length
}

fn cell(lines: &[TextLine]) -> TableCell {
    let mut cell = TableCell { left: f64::MAX, right: f64::MIN, words: String::new() };
    for line in lines {
        for text in line {
            cell.left = cell.left.min(text.at.x);
            // The space that a line was broken at hangs over its cell's edge.
            if !text.is_blank() {
                cell.right = cell.right.max(text.tip.x);
            }
        }
        cell.words.push_str(&spacing::words(line));
        cell.words.push('\n');
    }
    cell.words = prose::line(&cell.words);
    cell
}
