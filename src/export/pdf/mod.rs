//! PDF: the pages as they are, with words that can be copied out and the same bytes for
//! the same letter.

mod bounds;
mod draw;
mod fonts;
mod outline;
mod strings;
mod tags;
mod verify;

use lopdf::{Dictionary, Object, Stream, StringFormat};
use printpdf::{PdfDocument, PdfSaveOptions};
use sha2::{Digest, Sha256};

use super::ExportInput;
use super::error::Error;
use crate::layout::Pages;
use crate::layout::page::Meta;
pub use bounds::decompresses_beyond;
use draw::MarkedContent;
use fonts::Fonts;
use strings::text;
pub use verify::{lacks, words};

/// What files say that they were made with.
pub(super) const PRODUCER: &str = "Rationale";

/// The pages as a PDF file.
pub(super) fn write(input: &ExportInput<'_>) -> Result<Vec<u8>, Error> {
    let fonts = Fonts::subset(input.pages)?;
    let (pages, marks) = draw::pages(input.pages, &fonts);
    let mut document = PdfDocument::new("");
    document.resources.fonts.map = fonts.resources();
    document.resources.xobjects.map = draw::pictures(input.pages);
    document.pages = pages;
    let mut file =
        document.to_lopdf_document(&PdfSaveOptions::default(), &mut Vec::new());
    complete(&mut file, input.pages, &fonts, &marks)
        .map_err(|source| Error::Assemble { source: source.into() })?;
    save(file)
}

/// Adds what printpdf does not know: what the file is, how it is read aloud, its
/// bookmarks and the standards that it keeps to.
fn complete(
    file: &mut lopdf::Document,
    pages: &Pages,
    fonts: &Fonts,
    marks: &[MarkedContent],
) -> Result<(), lopdf::Error> {
    fonts.complete(file)?;
    describe(file, pages.meta())?;
    tags::add(file, pages, marks)?;
    outline::add(file, pages)?;
    tags::declare(file, pages.meta())
}

/// Says what the file is, and nothing of who made it or when: its only date is the
/// letter's own.
fn describe(file: &mut lopdf::Document, meta: &Meta) -> Result<(), lopdf::Error> {
    file.version = "1.7".into();
    let date = Object::string_literal(meta.date.strftime("D:%Y%m%d000000Z").to_string());
    let mut info = Dictionary::new();
    info.set("Title", text(&meta.title));
    info.set("Producer", text(PRODUCER));
    info.set("CreationDate", date.clone());
    info.set("ModDate", date);
    let old_info = file.trailer.get(b"Info")?.as_reference()?;
    file.set_object(old_info, info);
    let mut preferences = Dictionary::new();
    preferences.set("DisplayDocTitle", true);
    let catalog = file.catalog_mut()?;
    catalog.set("Lang", text(&meta.language));
    catalog.set("ViewerPreferences", preferences);
    catalog.set("PageLayout", Object::Name(b"OneColumn".to_vec()));
    Ok(())
}

/// The file's bytes. Its identity is a hash of all that it holds, so that equal letters
/// are equal files.
fn save(mut file: lopdf::Document) -> Result<Vec<u8>, Error> {
    file.prune_objects();
    file.renumber_objects();
    file.compress();
    for object in file.objects.values_mut() {
        if let Ok(stream) = object.as_stream_mut() {
            end_plainly(stream);
        }
    }
    file.trailer.remove(b"ID");
    let hash = Sha256::digest(bytes(&mut file)?);
    let id = Object::String(
        hash.iter().take(16).copied().collect(),
        StringFormat::Hexadecimal,
    );
    file.trailer.set("ID", vec![id.clone(), id]);
    bytes(&mut file)
}

/// A compressed stream that happens to end in a byte like a line's end is kept as it was
/// before, because some readers take that byte for the end of the line which `endstream`
/// begins.
fn end_plainly(stream: &mut Stream) {
    if !ends_in_line_end(&stream.content) {
        return;
    }
    if stream.dict.has(b"Filter") {
        let Ok(content) = stream.decompressed_content() else { return };
        stream.dict.remove(b"Filter");
        stream.set_content(content);
    }
    // Spaces after drawing say nothing; what states its own length is left as it is.
    if ends_in_line_end(&stream.content) && !stream.dict.has(b"Length1") {
        let content = [&stream.content[..], b" "].concat();
        stream.set_content(content);
    }
}

fn ends_in_line_end(content: &[u8]) -> bool {
    matches!(content.last(), Some(b'\r' | b'\n'))
}

fn bytes(file: &mut lopdf::Document) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).map_err(|source| Error::Write { source })?;
    Ok(bytes)
}

#[cfg(test)]
mod tests;
