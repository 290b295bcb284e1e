//! Strips: what blocks become before there are pages. A strip is as high as one line or
//! one table row and is never cut; a page is a pile of them.

use super::page::{Glyph, Owner, PageItem};
use crate::units::{Pt, Rect};

/// A piece of a page that cannot be cut. Across, its items are where they will be on
/// the page; down, from its top.
#[derive(Clone, Debug, Default)]
pub(super) struct Strip {
    pub height: Pt,
    /// The least distance to the strip before it and to the one after it; of two such the
    /// greater one counts.
    pub before: Pt,
    pub after: Pt,
    /// How strongly it clings to the strip before it.
    pub join: Join,
    /// It clings to whatever follows.
    pub keeps_next: bool,
    pub items: Vec<PageItem>,
    /// The header row to say again where this strip begins a page: an index into
    /// [`Setter::header_rows`](super::setter::Setter::header_rows).
    pub header_row: Option<usize>,
    /// The line to draw where a page's end cuts the row that this strip goes on with, its
    /// height being ignored.
    pub cut: Option<Rect>,
}

impl Strip {
    /// The same strip as part of something else.
    pub(super) fn moved_to(mut self, owner: Owner) -> Self {
        let items = std::mem::take(&mut self.items);
        self.items = items.into_iter().map(|item| item.moved_to(owner)).collect();
        self
    }

    /// About how many bytes it takes up.
    pub(super) fn weight(&self) -> usize {
        let mut weight = size_of::<Self>();
        for item in &self.items {
            weight += size_of::<PageItem>();
            if let PageItem::Glyphs(run) = item {
                weight += run.text.len() + run.glyphs.len() * size_of::<Glyph>();
            }
        }
        weight
    }
}

/// How strongly a strip clings to the one before it, from not at all on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Join {
    /// It must begin a page.
    NewPage,
    /// A page may end between them.
    #[default]
    Free,
    /// The one before must not be left on the page before: a heading and its text.
    Near,
    /// Lines of one paragraph, of which one alone at a page's head or foot reads as a
    /// mistake.
    Tight,
}

/// The columns of paper between which blocks are set.
#[derive(Clone, Copy, Debug, Hash)]
pub(super) struct Measure {
    pub left: Pt,
    pub width: Pt,
    /// How much of its blocks' own indents the measure has given already: those of a
    /// list's items count once.
    pub indented: Pt,
}

/// A measure narrower than this holds no letter of any usual size, whatever margins and
/// indents ask for.
const LEAST_MEASURE: Pt = Pt(36.0);

impl Measure {
    /// The measure without its first `left` and its last `right` points, as long as some
    /// room is left.
    pub(super) fn inset(self, left: Pt, right: Pt) -> Self {
        let left = left.max(Pt::ZERO).min((self.width - LEAST_MEASURE).max(Pt::ZERO));
        let width = (self.width - left - right.max(Pt::ZERO))
            .max(LEAST_MEASURE)
            .min(self.width - left);
        Self { left: self.left + left, width, indented: self.indented }
    }

    /// The measure of a block with this indent.
    pub(super) fn indent(self, indent: Pt) -> Self {
        Self {
            indented: self.indented.max(indent),
            ..self.inset(indent - self.indented, Pt::ZERO)
        }
    }
}

/// How high a pile of strips is, without the distances at its ends.
pub(super) fn height(strips: &[Strip]) -> Pt {
    let pairs = strips.windows(2);
    let gaps: Pt = pairs.map(|pair| pair[0].after.max(pair[1].before)).sum();
    gaps + strips.iter().map(|strip| strip.height).sum()
}
