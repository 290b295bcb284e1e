//! Characters into lines by where they are on a page, and lines side by side into the
//! rows of a table.

use std::collections::{BTreeMap, BTreeSet};

use hayro::kurbo::Point;

use super::prose;

/// A character, or several that one glyph shows, where it begins on its line.
#[derive(Clone, Debug)]
pub(super) struct PlacedText {
    pub at: Point,
    /// Where the next one would begin.
    pub end: f64,
    /// The size of the letters, in the page's points.
    pub size: f64,
    pub text: String,
    /// The piece of the letter's structure that it belongs to, where the file says so: a
    /// paragraph, a table's cell.
    pub piece: Option<usize>,
}

/// The texts of one line, from left to right.
type TextLine = Vec<PlacedText>;

/// How far from a line's height a character may be and still be on it, in sizes: raised
/// and lowered ones are.
const ON_THE_LINE: f64 = 0.4;
/// How much further down than usual a line is after a blank one, in sizes.
const BLANK_LINE: f64 = 1.6;
/// How wide a gap is between columns of a table, in sizes: no word has such a gap within
/// it.
const COLUMN: f64 = 2.5;
/// How wide a gap separates two pieces on a line, in sizes: a space between them is
/// drawn, or narrower.
const BETWEEN_CELLS: f64 = 0.35;

/// A page's words, a line for each line and for each row of a table, with tabs between
/// its cells.
pub(super) fn lines(texts: Vec<PlacedText>) -> String {
    let lines = by_height(texts);
    let mut text = String::new();
    let mut above: Option<(f64, f64)> = None;
    let mut rest = &lines[..];
    while let Some(line) = rest.first()
        && let Some(first) = line.first()
    {
        if let Some((y, size)) = above
            && first.at.y - y > size.max(first.size) * BLANK_LINE
        {
            text.push('\n');
        }
        let (words, length) = match row(rest) {
            Some(row) => (row, connected(rest)),
            None => (words(line), 1),
        };
        text.push_str(words.trim_end());
        text.push('\n');
        above = rest[length - 1].first().map(|last| (last.at.y, last.size));
        rest = &rest[length..];
    }
    text
}

fn by_height(mut texts: Vec<PlacedText>) -> Vec<TextLine> {
    texts.sort_by(|one, other| one.at.y.total_cmp(&other.at.y));
    let mut lines: Vec<TextLine> = Vec::new();
    for text in texts {
        match lines.last_mut() {
            Some(line) if is_on(line, &text) => line.push(text),
            Some(_) | None => lines.push(vec![text]),
        }
    }
    for line in &mut lines {
        line.sort_by(|one, other| one.at.x.total_cmp(&other.at.x));
    }
    lines
}

fn is_on(line: &TextLine, text: &PlacedText) -> bool {
    let Some(first) = line.first() else { return false };
    let distance = (first.at.y - text.at.y).abs();
    distance <= first.size.max(text.size) * ON_THE_LINE
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

/// A piece of a line or of several, which could be a table's cell.
struct TableCell {
    left: f64,
    right: f64,
    words: String,
}

/// The row of a table that begins the lines: pieces that are side by side, each maybe
/// over several lines. `None` where any text is of no piece, or where pieces touch, as
/// the letters of a word can that is written in two styles.
fn row(lines: &[TextLine]) -> Option<String> {
    let mut pieces: BTreeMap<usize, Vec<TextLine>> = BTreeMap::new();
    for line in &lines[..connected(lines)] {
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
    let size = lines.first()?.first()?.size;
    let mut cells: Vec<TableCell> = pieces.values().map(|lines| cell(lines)).collect();
    cells.sort_by(|one, other| one.left.total_cmp(&other.left));
    for pair in cells.windows(2) {
        if pair[1].left - pair[0].right <= size * BETWEEN_CELLS {
            return None;
        }
    }
    Some(
        cells
            .into_iter()
            .map(|cell| cell.words)
            .collect::<Vec<_>>()
            .join("\t"),
    )
}

fn cell(lines: &[TextLine]) -> TableCell {
    let mut cell = TableCell { left: f64::MAX, right: f64::MIN, words: String::new() };
    for line in lines {
        for text in line {
            cell.left = cell.left.min(text.at.x);
            // The space that a line was broken at hangs over its cell's edge.
            if !text.text.trim().is_empty() {
                cell.right = cell.right.max(text.end);
            }
        }
        cell.words.push_str(&words(line));
        cell.words.push('\n');
    }
    cell.words = prose::line(&cell.words);
    cell
}

/// A line's words. Most files draw their spaces; where one is only left out, the next
/// character is further off.
fn words(line: &[PlacedText]) -> String {
    let mut words = String::new();
    let mut before: Option<&PlacedText> = None;
    for text in line {
        if let Some(before) = before
            && (text.at.x - before.at.x) / before.size.max(1.0) > COLUMN
            && !words.ends_with(' ')
        {
            words.push_str("  ");
        }
        words.push_str(&text.text);
        before = Some(text);
    }
    words
}
