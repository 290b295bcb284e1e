//! PDF: the pages as they are, with words that can be copied out and the same bytes for
//! the same letter.

mod bounds;
mod draw;
mod fonts;
mod only;
mod outline;
mod strings;
mod tags;
mod verify;

use std::fmt::Write as _;
use std::sync::Arc;

use flate2::{Compress, Compression, FlushCompress, Status};
use lopdf::{Dictionary, Object, Stream, StringFormat};
use printpdf::{PdfDocument, PdfSaveOptions};
use sha2::{Digest, Sha256};

use super::ExportInput;
use super::error::Error;
use crate::layout::Pages;
use crate::layout::page::Meta;
use crate::memo::Memo;
pub use bounds::decompresses_beyond;
use draw::DrawnPage;
use fonts::Fonts;
pub use only::only;
use strings::text;
pub use verify::{lacks, words};

/// What files say that they were made with.
pub(super) const PRODUCER: &str = "Rationale";

/// The pages as a PDF file.
pub(super) fn write(input: &ExportInput<'_>) -> Result<Vec<u8>, Error> {
    let fonts = Fonts::subset(input.pages)?;
    let drawn = draw::pages(input.pages, &fonts);
    let mut document = PdfDocument::new("");
    document.resources.fonts.map = fonts.resources();
    document.resources.xobjects.map = draw::pictures(input.pages.iter());
    document.pages = draw::blanks(input.pages, &fonts);
    let mut file =
        document.to_lopdf_document(&PdfSaveOptions::default(), &mut Vec::new());
    complete(&mut file, input.pages, &fonts, &drawn)
        .map_err(|source| Error::Assemble { source: source.into() })?;
    save(file)
}

/// Adds what printpdf does not know: what the file is, how it is read aloud, its
/// bookmarks and the standards that it keeps to.
fn complete(
    file: &mut lopdf::Document,
    pages: &Pages,
    fonts: &Fonts,
    drawn: &[Arc<DrawnPage>],
) -> Result<(), lopdf::Error> {
    let marks = draw::fill(file, drawn)?;
    fonts.complete(file)?;
    describe(file, pages.meta())?;
    tags::add(file, pages, &marks)?;
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
    PACKED.begin_letter();
    file.prune_objects();
    file.renumber_objects();
    let mut deflater = None;
    for object in file.objects.values_mut() {
        if let Ok(stream) = object.as_stream_mut() {
            pack(stream, &mut deflater);
        }
    }
    let unknown = vec![0; ID_LENGTH];
    let id = Object::String(unknown, StringFormat::Hexadecimal);
    file.trailer.set("ID", vec![id.clone(), id]);
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).map_err(|source| Error::Write { source })?;
    identify(&mut bytes);
    Ok(bytes)
}

/// In bytes.
const ID_LENGTH: usize = 16;

/// Writes the file's hash where its identity is, at its end.
fn identify(file: &mut [u8]) {
    let hash = Sha256::digest(&*file);
    let mut id = String::new();
    for byte in hash.iter().take(ID_LENGTH) {
        let _ = write!(id, "{byte:02X}");
    }
    let unknown = "0".repeat(id.len());
    for _ in 0..2 {
        let mut places = file.windows(unknown.len());
        let at = places.rposition(|place| place == unknown.as_bytes());
        if let Some(at) = at {
            file[at..at + id.len()].copy_from_slice(id.as_bytes());
        }
    }
}

/// Streams as they were compressed before: those of typefaces, of pages that look as they
/// did, and of what is in every file.
static PACKED: Memo<Arc<Stream>> = Memo::of_weight(1 << 20);

/// Compresses a stream, if that makes it smaller.
fn pack(stream: &mut Stream, deflater: &mut Option<Compress>) {
    if !stream.allows_compression || stream.dict.has(b"Filter") {
        end_plainly(stream);
        return;
    }
    let packed = PACKED.answer(&(&stream.content, stream.dict.has(b"Length1")), || {
        let mut packed = stream.clone();
        deflate(&mut packed, deflater);
        end_plainly(&mut packed);
        let weight = packed.content.len();
        (Arc::new(packed), weight)
    });
    if let Ok(filter) = packed.dict.get(b"Filter") {
        stream.dict.set("Filter", filter.clone());
    }
    stream.set_content(packed.content.clone());
}

/// lopdf's own way tries twice as hard, for a hundredth of the bytes. What cannot be
/// compressed stays as it is.
fn deflate(stream: &mut Stream, deflater: &mut Option<Compress>) {
    if let Some(used) = deflater {
        used.reset();
    }
    // One for all streams: it takes a third of a megabyte.
    let deflater =
        deflater.get_or_insert_with(|| Compress::new(Compression::default(), true));
    let mut smaller = Vec::with_capacity(stream.content.len());
    let done =
        deflater.compress_vec(&stream.content, &mut smaller, FlushCompress::Finish);
    // It is not done where it would not become smaller.
    if matches!(done, Ok(Status::StreamEnd))
        && smaller.len() + FILTER_ENTRY.len() < stream.content.len()
    {
        stream.dict.set("Filter", "FlateDecode");
        stream.set_content(smaller);
    }
}

/// What names the compression of a stream.
const FILTER_ENTRY: &str = "/Filter/FlateDecode";

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

#[cfg(test)]
mod tests;
