//! A page's characters into its words, by where they are: upright, without what only
//! marks the paper, column after column and line after line.
//!
//! ```text
//! GlyphPage ─ upright ─▶ runs ─ lines ─▶ columns ─ text ─▶ words
//!            │         │                                of a line: spacing
//!          marks    numbers, stamps                     of a table's row: rows
//! ```

mod columns;
mod lines;
mod marks;
mod numbers;
mod rows;
mod runs;
mod spacing;
mod upright;

use hayro::kurbo::Point;

pub(super) use self::numbers::LineNumbers;
use crate::letter::Aside;

/// A character, or several that one glyph shows, where it begins on its line.
#[derive(Clone, Debug)]
pub(super) struct PlacedText {
    pub at: Point,
    /// Where the next one would begin.
    pub tip: Point,
    /// The size of the letters, in the page's points.
    pub size: f64,
    pub text: String,
    /// The piece of the letter's structure that it belongs to, where the file says so: a
    /// paragraph, a table's cell.
    pub piece: Option<usize>,
    pub standing: Standing,
    /// Lighter than words are that somebody is to read.
    pub is_pale: bool,
    /// Its red, green and blue, in sixteen steps each.
    pub color: [u8; 3],
}

impl PlacedText {
    fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// What a text is to the letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    Letter,
    /// The file says that it is on every page.
    Running,
    /// It was put on the paper: a stamp, a watermark.
    Mark,
    /// No reader sees it.
    Unseen,
}

/// A page as it was drawn.
pub(super) struct GlyphPage {
    pub texts: Vec<PlacedText>,
}

/// A page's words, and those that are not the letter's.
pub(super) struct PageWords {
    /// A line for each line and for each row of a table, with tabs between its cells.
    pub text: String,
    pub asides: Vec<(Aside, String)>,
}

/// A page's words, without the numbers of its lines.
pub(super) fn read(page: GlyphPage, line_numbers: &mut LineNumbers) -> PageWords {
    let mut asides = Vec::new();
    let mut letter = page.texts;
    for (standing, why) in [
        (Standing::Running, Aside::Running),
        (Standing::Mark, Aside::Mark),
        (Standing::Unseen, Aside::Unseen),
    ] {
        let found = take(&mut letter, |text| text.standing == standing);
        asides.extend(marks::words(found).map(|words| (why, words)));
    }
    let turn = upright::turn(&letter);
    let mut found = upright::set(&mut letter, turn);
    found.extend(marks::pale(&mut letter));
    asides.extend(marks::words(found).map(|words| (Aside::Mark, words)));
    let mut runs = runs::of(letter);
    line_numbers.remove(&mut runs);
    for stamp in marks::stamps(&mut runs) {
        asides.push((Aside::Mark, stamp));
    }
    PageWords { text: lines::text(runs), asides }
}

/// Takes out the texts that are so; the others keep their order.
fn take(
    texts: &mut Vec<PlacedText>,
    is_so: impl Fn(&PlacedText) -> bool,
) -> Vec<PlacedText> {
    let (taken, rest) = std::mem::take(texts).into_iter().partition(is_so);
    *texts = rest;
    taken
}

#[cfg(test)]
mod tests;
