//! PDF: the pages as they are, with words that can be copied out and the same bytes for
//! the same letter.

mod bounds;
mod draw;
mod fonts;
mod outline;
mod tags;
mod verify;

use lopdf::{Dictionary, Object, Stream, StringFormat};
use printpdf::{PdfDocument, PdfSaveOptions};
use sha2::{Digest, Sha256};

use super::{Error, Input};
use crate::layout::page::Meta;
pub use bounds::unfolds_beyond;
use fonts::Fonts;
pub use verify::{lacks, words};

/// What is wrong with a PDF's inner structure.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Broken(#[from] lopdf::Error);

/// What files say that they were made with.
pub(super) const PRODUCER: &str = "Rationale";

/// The pages as a PDF file.
pub(super) fn write(input: &Input<'_>) -> Result<Vec<u8>, Error> {
    let fonts = Fonts::subset(input.pages)?;
    let (pages, marks) = draw::pages(input.pages, &fonts);
    let mut document = PdfDocument::new("");
    document.resources.fonts.map = fonts.resources();
    document.resources.xobjects.map = draw::pictures(input.pages);
    document.pages = pages;
    let mut file =
        document.to_lopdf_document(&PdfSaveOptions::default(), &mut Vec::new());
    fonts.complete(&mut file)?;
    describe(&mut file, input.pages.meta())
        .and_then(|()| tags::add(&mut file, input.pages, &marks))
        .and_then(|()| outline::add(&mut file, input.pages))
        .and_then(|()| tags::declare(&mut file, input.pages.meta()))
        .map_err(|source| Error::Assemble { source: source.into() })?;
    save(file)
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
    let old_info = file.trailer.get(b"Info").and_then(Object::as_reference)?;
    file.set_object(old_info, info);
    let mut preferences = Dictionary::new();
    preferences.set("DisplayDocTitle", true);
    let catalog = file.catalog_mut()?;
    catalog.set("Lang", text(&meta.language));
    catalog.set("ViewerPreferences", preferences);
    catalog.set("PageLayout", Object::Name(b"OneColumn".to_vec()));
    Ok(())
}

/// A string of any characters, as PDF has it.
pub(super) fn text(words: &str) -> Object {
    if words.is_ascii() {
        return Object::string_literal(words);
    }
    let mut bytes = vec![0xfe, 0xff];
    bytes.extend(words.encode_utf16().flat_map(u16::to_be_bytes));
    Object::String(bytes, StringFormat::Hexadecimal)
}

/// The file's bytes. Its identity is a hash of all that it holds, so that equal letters
/// are equal files.
fn save(mut file: lopdf::Document) -> Result<Vec<u8>, Error> {
    file.prune_objects();
    file.renumber_objects();
    file.compress();
    file.objects
        .values_mut()
        .filter_map(|object| object.as_stream_mut().ok())
        .for_each(end_plainly);
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
    let ends_in_line_end = |content: &[u8]| matches!(content.last(), Some(b'\r' | b'\n'));
    if !ends_in_line_end(&stream.content) {
        return;
    }
    if stream.dict.has(b"Filter") {
        let Ok(content) = stream.decompressed_content() else { return };
        stream.dict.remove(b"Filter");
        stream.set_content(content);
    }
    // Blanks behind drawing say nothing; what states its own length is left as it is.
    if ends_in_line_end(&stream.content) && !stream.dict.has(b"Length1") {
        let content = [&stream.content[..], b" "].concat();
        stream.set_content(content);
    }
}

fn bytes(file: &mut lopdf::Document) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).map_err(|source| Error::Write { source })?;
    Ok(bytes)
}

#[cfg(test)]
mod tests;
