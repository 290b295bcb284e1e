//! A Word document with real headings, lists, tables and page numbers, that a word
//! processor opens as the same letter.
//!
//! The parts are written here and not by a library, because none at hand writes header
//! rows of tables, what pictures show, the title and the language, and leaves out the
//! author. Nothing of a person or a machine is in it, and the same letter gives the same
//! bytes.

mod body;
mod package;
mod styles;

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use self::body::Body;
use self::package::XML;
use self::styles::twips;
use super::error::Error;
use super::xml::escaped;
use super::{ExportInput, png};
use crate::document::{Document, Sheet};

/// The document as a file.
pub(super) fn write(input: &ExportInput<'_>) -> Result<Vec<u8>, Error> {
    let (document, sheet) = (input.document, input.pages.sheet());
    let is_draft = input.pages.watermark().is_some();
    let mut body =
        Body::new(sheet.paper.width - sheet.margins.left - sheet.margins.right);
    let words = body.blocks(&document.blocks);
    let mut header = body.blocks(&document.header);
    if is_draft {
        header.insert_str(0, DRAFT);
    }
    let footer = body.blocks(&document.footer);
    let pictures = body.pictures.len();
    let running_relations = package::running_relations(pictures);
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    // The styles and numberings are those that the words have used, so they are written
    // after them.
    for (name, part) in [
        ("[Content_Types].xml", package::content_types()),
        ("_rels/.rels", package::root_relations()),
        ("docProps/core.xml", core(document)),
        ("word/document.xml", main_part(&words, sheet)),
        ("word/styles.xml", styles::styles_part(&body.styles, &document.language)),
        ("word/numbering.xml", styles::numbering_part(&body.lists)),
        ("word/header1.xml", running("hdr", &header)),
        ("word/footer1.xml", running("ftr", &footer)),
        ("word/_rels/document.xml.rels", package::main_relations(pictures)),
        ("word/_rels/header1.xml.rels", running_relations.clone()),
        ("word/_rels/footer1.xml.rels", running_relations),
    ] {
        parts.push((name.to_owned(), part.into_bytes()));
    }
    for (index, picture) in body.pictures.iter().enumerate() {
        let name = format!("word/media/picture{}.png", index + 1);
        parts.push((name, png::of_picture(picture)?));
    }
    pack(parts).map_err(|source| Error::PackWord { source })
}

fn pack(parts: Vec<(String, Vec<u8>)>) -> Result<Vec<u8>, zip::result::ZipError> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    // Whatever system it is made on, the file says the same.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .system(zip::System::Unix);
    for (name, part) in parts {
        archive.start_file(name, options)?;
        archive.write_all(&part)?;
    }
    Ok(archive.finish()?.into_inner())
}

const DRAFT: &str = "<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:r>\
     <w:rPr><w:b/><w:color w:val=\"B3261E\"/><w:sz w:val=\"32\"/></w:rPr>\
     <w:t>DRAFT</w:t></w:r></w:p>";

/// The title and the letter's own date; no author and no program.
fn core(document: &Document) -> String {
    let title = escaped(&document.title);
    let language = escaped(&document.language);
    let date = document.date;
    let package = "http://schemas.openxmlformats.org/package/2006";
    format!(
        "{XML}<cp:coreProperties xmlns:cp=\"{package}/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\
         <dc:title>{title}</dc:title><dc:language>{language}</dc:language>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">{date}T00:00:00Z</dcterms:created>\
         <dcterms:modified xsi:type=\"dcterms:W3CDTF\">{date}T00:00:00Z</dcterms:modified>\
         </cp:coreProperties>"
    )
}

/// The vocabularies that a part's elements are from.
fn namespaces() -> String {
    let schemas = "http://schemas.openxmlformats.org";
    format!(
        "xmlns:w=\"{schemas}/wordprocessingml/2006/main\" \
         xmlns:r=\"{schemas}/officeDocument/2006/relationships\" \
         xmlns:wp=\"{schemas}/drawingml/2006/wordprocessingDrawing\" \
         xmlns:a=\"{schemas}/drawingml/2006/main\" \
         xmlns:pic=\"{schemas}/drawingml/2006/picture\""
    )
}

fn main_part(words: &str, sheet: Sheet) -> String {
    let [width, height] = [sheet.paper.width, sheet.paper.height].map(twips);
    let margins = sheet.margins;
    let [top, right, bottom, left] =
        [margins.top, margins.right, margins.bottom, margins.left].map(twips);
    // Headers and footers are in the middle of their margins.
    let (header, footer) = (top / 2, bottom / 2);
    let namespaces = namespaces();
    format!(
        "{XML}<w:document {namespaces}><w:body>{words}<w:sectPr>\
         <w:headerReference w:type=\"default\" r:id=\"header\"/>\
         <w:footerReference w:type=\"default\" r:id=\"footer\"/>\
         <w:pgSz w:w=\"{width}\" w:h=\"{height}\"/>\
         <w:pgMar w:top=\"{top}\" w:right=\"{right}\" w:bottom=\"{bottom}\" \
         w:left=\"{left}\" w:header=\"{header}\" w:footer=\"{footer}\" w:gutter=\"0\"/>\
         </w:sectPr></w:body></w:document>"
    )
}

/// A header or a footer; there is no such part without a paragraph.
fn running(kind: &str, blocks: &str) -> String {
    let blocks = if blocks.is_empty() { "<w:p/>" } else { blocks };
    format!("{XML}<w:{kind} {}>{blocks}</w:{kind}>", namespaces())
}
