//! A document into pages: where every glyph goes.
//!
//! Blocks become strips, each as high as a line or a table's row; strips are piled up on
//! pages. Nothing fails here: a half-filled letter is laid out with its gaps marked, and
//! what no face can show is drawn as a box.

mod dump;
mod flow;
mod marks;
pub mod page;
mod paragraph;
mod picture;
mod running;
#[cfg(test)]
pub(crate) mod samples;
mod setter;
mod stack;
mod strip;
mod table;

use self::page::Meta;
use self::setter::Setter;
use crate::document::{Document, Sheet};
use crate::typefaces::Faces;

pub use self::page::Pages;

/// Lays a document out on paper. The pages carry the DRAFT watermark, which only proof of
/// a finished letter takes off.
pub fn paginate(document: &Document, faces: &Faces, sheet: &Sheet) -> Pages {
    paragraph::SET.begin_letter();
    let mut setter = Setter::new(faces);
    let frame = running::frame(&mut setter, document, sheet);
    setter.page_height = frame.height();
    let strips = setter.set_blocks(&document.blocks, running::measure(sheet), None);
    let mut pages = flow::pour(&strips, &setter.header_rows, frame);
    running::add(&mut setter, document, sheet, &mut pages);
    Pages::new(meta(document), *sheet, setter.nodes, pages, marks::watermark(sheet.paper))
}

fn meta(document: &Document) -> Meta {
    Meta {
        title: document.title.clone(),
        language: document.language.clone(),
        date: document.date,
    }
}

#[cfg(test)]
pub(crate) mod properties;
#[cfg(test)]
mod tests;
