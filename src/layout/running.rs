//! Headers and footers: what is on every page, in the margins.

use super::flow::{Frame, pile};
use super::page::{Artifact, Page, PageItem};
use super::setter::Setter;
use super::strip::{Measure, Strip, height};
use crate::document::{Block, Document, Sheet};
use crate::units::Pt;

/// The least distance between a header or footer and the text, where margins are too
/// small for them.
const LEAST_DISTANCE: Pt = Pt(12.0);
/// A text's room is never less than this, however large margins, headers and footers are.
const LEAST_HEIGHT: Pt = Pt(36.0);
/// In place of numbers that are not known yet; all numbers of usual letters take one
/// line, as these do.
const ANY_NUMBERS: (usize, usize) = (99, 99);

/// The room between header and footer. They are in the middle of their margins, as a
/// word processor sets them.
pub(super) fn frame(setter: &mut Setter, document: &Document, sheet: &Sheet) -> Frame {
    let measure = measure(sheet);
    let header = set(setter, &document.header, Artifact::Header, ANY_NUMBERS, measure);
    let footer = set(setter, &document.footer, Artifact::Footer, ANY_NUMBERS, measure);
    let top = margin_around(&header, sheet.margins.top);
    let bottom = sheet.paper.height - margin_around(&footer, sheet.margins.bottom);
    Frame { top, bottom: bottom.max(top + LEAST_HEIGHT) }
}

/// A margin, made larger where what is in it needs the room.
fn margin_around(strips: &[Strip], margin: Pt) -> Pt {
    if strips.is_empty() {
        return margin;
    }
    margin.max(margin / 2.0 + height(strips) + LEAST_DISTANCE)
}

/// The columns of paper between the left and right margins.
pub(super) fn measure(sheet: &Sheet) -> Measure {
    let paper = Measure { left: Pt::ZERO, width: sheet.paper.width, indented: Pt::ZERO };
    paper.inset(sheet.margins.left, sheet.margins.right)
}

/// Adds header and footer to every page, before its text.
pub(super) fn add(
    setter: &mut Setter,
    document: &Document,
    sheet: &Sheet,
    pages: &mut [Page],
) {
    let (measure, count) = (measure(sheet), pages.len());
    for (index, page) in pages.iter_mut().enumerate() {
        let numbers = (index + 1, count);
        let header = set(setter, &document.header, Artifact::Header, numbers, measure);
        let footer = set(setter, &document.footer, Artifact::Footer, numbers, measure);
        let header_top = sheet.margins.top / 2.0;
        let footer_top =
            sheet.paper.height - sheet.margins.bottom / 2.0 - height(&footer);
        let around: Vec<PageItem> = pile(&header, header_top)
            .items
            .into_iter()
            .chain(pile(&footer, footer_top).items)
            .collect();
        page.items.splice(0..0, around);
    }
}

fn set(
    setter: &mut Setter,
    blocks: &[Block],
    artifact: Artifact,
    numbers: (usize, usize),
    measure: Measure,
) -> Vec<Strip> {
    (setter.artifact, setter.numbers) = (Some(artifact), Some(numbers));
    let strips = setter.set_blocks(blocks, measure, None);
    (setter.artifact, setter.numbers) = (None, None);
    strips
}
