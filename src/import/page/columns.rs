//! Columns of prose, each read to its end before the next; a table's rows stay rows.

use super::lines::Line;
use super::runs::Run;

/// Fewer lines than these side by side are a letterhead or a table's row, and so are
/// some more where they are not as full as prose.
const FEWEST_LINES: usize = 3;
const FEWEST_SHORT_LINES: usize = 5;
/// Beside so many lines on the left, so few on the right are a column's end.
const LONG: usize = 10;
const FEWEST_BESIDE_LONG: usize = 2;
/// Shorter lines, in characters, are a table's cells, and longer ones surely prose.
const SHORTEST: usize = 16;
const FULL: usize = 28;
/// How wide the space is between columns at least, in sizes: hyphens and commas at the end
/// of a line may stand out into it.
const GUTTER: f64 = 0.5;
/// A page of more lines is no page of a letter.
const MOST_LINES: usize = 150;

/// Lines that are read one way.
pub(super) enum LineGroup {
    Whole(Vec<Line>),
    Columns([Vec<Line>; 2]),
}

/// A page's lines, with those apart that are in columns.
pub(super) fn parts(lines: Vec<Line>) -> Vec<LineGroup> {
    let mut parts = Vec::new();
    if lines.len() > MOST_LINES || lines.len() < FEWEST_LINES {
        parts.push(LineGroup::Whole(lines));
        return parts;
    }
    let mut rest = lines;
    let mut whole = Vec::new();
    while !rest.is_empty() {
        match columns(&rest) {
            Some((count, gutter)) => {
                if !whole.is_empty() {
                    parts.push(LineGroup::Whole(std::mem::take(&mut whole)));
                }
                let after = rest.split_off(count);
                parts.push(LineGroup::Columns(split(rest, gutter)));
                rest = after;
            }
            None => whole.push(rest.remove(0)),
        }
    }
    if !whole.is_empty() {
        parts.push(LineGroup::Whole(whole));
    }
    parts
}

/// How many lines from the first on are in two columns, and where those part.
fn columns(lines: &[Line]) -> Option<(usize, f64)> {
    let first = lines.first()?;
    // The right column may begin above the left one.
    let start = lines.iter().map(Line::left).fold(f64::MAX, f64::min);
    let edge = lines.iter().map(Line::right).fold(f64::MIN, f64::max);
    let mut gutters = narrowed(&[(start, edge)], first);
    let mut best = None;
    for (index, line) in lines.iter().enumerate() {
        let free = match lines.get(index + 1) {
            Some(next) => narrowed(&gutters, next),
            None => Vec::new(),
        };
        // Columns end where the space between them does.
        if free != gutters && index + 1 >= FEWEST_LINES {
            for (start, end) in gutters {
                let gutter = f64::midpoint(start, end);
                if end - start > line.size * GUTTER
                    && are_columns(&lines[..=index], gutter)
                {
                    best = Some((index + 1, gutter));
                }
            }
        }
        gutters = free;
        if gutters.is_empty() {
            break;
        }
    }
    best
}

/// What of the spaces that go through all lines before goes through this one too.
fn narrowed(gutters: &[(f64, f64)], line: &Line) -> Vec<(f64, f64)> {
    let mut free = gutters.to_vec();
    for run in &line.runs {
        let mut left = Vec::with_capacity(free.len() + 1);
        for (start, end) in free {
            for piece in [(start, end.min(run.left)), (start.max(run.right), end)] {
                if piece.1 - piece.0 > line.size * GUTTER {
                    left.push(piece);
                }
            }
        }
        left.dedup();
        free = left;
    }
    free
}

fn are_columns(lines: &[Line], gutter: f64) -> bool {
    if lines.len() < FEWEST_LINES {
        return false;
    }
    let (mut left, mut right) = (ColumnSide::default(), ColumnSide::default());
    for line in lines {
        left.add(line.runs.iter().filter(|run| run.right <= gutter));
        right.add(line.runs.iter().filter(|run| run.left >= gutter));
    }
    // One column is drawn to its end before the other; a table is drawn row by row, and so
    // is a page that was recognized or printed line by line.
    let is_one_after_the_other = left.last < right.first || right.last < left.first;
    let goes_on = left.goes_on() && right.goes_on() && begins_full(lines, gutter);
    // A column that goes on from the last page may end after a few lines.
    let fewest =
        if left.is_full() && right.is_full() { FEWEST_LINES } else { FEWEST_SHORT_LINES };
    let is_long = left.lines >= fewest && right.lines >= fewest
        || left.lines >= LONG && right.lines >= FEWEST_BESIDE_LONG;
    is_long && left.is_prose() && right.is_prose() && (is_one_after_the_other || goes_on)
}

/// Whether the first line is prose on the left, and no row of a table over the columns.
fn begins_full(lines: &[Line], gutter: f64) -> bool {
    let mut first = ColumnSide::default();
    if let Some(line) = lines.first() {
        first.add(line.runs.iter().filter(|run| run.right <= gutter));
    }
    // The end of a sentence from the page before can be short.
    first.is_full() || first.small > 0
}

/// What is on one side of a gutter.
struct ColumnSide {
    lines: usize,
    characters: usize,
    /// How many of its lines begin with a small letter.
    small: usize,
    first: usize,
    last: usize,
}

impl Default for ColumnSide {
    fn default() -> Self {
        Self { lines: 0, characters: 0, small: 0, first: usize::MAX, last: 0 }
    }
}

impl ColumnSide {
    fn add<'a>(&mut self, runs: impl Iterator<Item = &'a Run>) {
        let mut has_words = false;
        for run in runs.filter(|run| !run.is_blank()) {
            if !has_words {
                let words = run.words();
                self.small += usize::from(words.starts_with(|c: char| c.is_lowercase()));
            }
            has_words = true;
            self.characters += run.texts.len();
            self.first = self.first.min(run.order);
            self.last = self.last.max(run.order);
        }
        self.lines += usize::from(has_words);
    }

    fn is_prose(&self) -> bool {
        self.characters >= self.lines * SHORTEST
    }

    fn is_full(&self) -> bool {
        self.characters >= self.lines * FULL
    }

    /// Whether its lines go on with each other's sentences, as no table's cells do.
    fn goes_on(&self) -> bool {
        self.lines >= LONG && self.is_full() && self.small * 5 >= self.lines * 2
    }
}

fn split(lines: Vec<Line>, gutter: f64) -> [Vec<Line>; 2] {
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for line in lines {
        let Line { runs, y, size } = line;
        let (here, there): (Vec<Run>, Vec<Run>) =
            runs.into_iter().partition(|run| run.right <= gutter);
        for (side, runs) in [(&mut left, here), (&mut right, there)] {
            if !runs.is_empty() {
                side.push(Line { runs, y, size });
            }
        }
    }
    [left, right]
}
