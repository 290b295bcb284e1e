//! A Word document with real headings, lists, tables and page numbers, that a word
//! processor opens as the same letter.
//!
//! The parts are written here and not by a library, because none at hand writes header
//! rows of tables, what pictures show, the title and the language, and leaves out the
//! author. Nothing of a person or a machine is in it, and the same letter gives the same
//! bytes.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::docx_body::Body;
use super::html::escaped;
use super::{Error, Input, png};
use crate::document::{Document, Sheet};
use crate::units::Pt;

/// Twentieths of a point, in which Word measures.
pub(super) fn twips(length: Pt) -> i64 {
    (f64::from(length.0) * 20.0).round() as i64
}

pub(super) fn write(input: &Input<'_>) -> Result<Vec<u8>, Error> {
    let (document, sheet) = (input.document, input.pages.sheet());
    let is_draft = input.pages.watermark().is_some();
    let mut body =
        Body::new(sheet.paper.width - sheet.margins.left - sheet.margins.right);
    let words = body.blocks(&document.blocks);
    let header = body.blocks(&document.header);
    let header = if is_draft { format!("{DRAFT}{header}") } else { header };
    let footer = body.blocks(&document.footer);
    let mut parts = vec![
        ("[Content_Types].xml".to_owned(), CONTENT_TYPES.to_owned()),
        ("_rels/.rels".into(), RELATIONS.into()),
        ("docProps/core.xml".into(), core(document)),
        ("word/document.xml".into(), main_part(&words, sheet)),
        ("word/styles.xml".into(), body.styles(&document.language)),
        ("word/numbering.xml".into(), body.numbering()),
        ("word/header1.xml".into(), running("hdr", &header)),
        ("word/footer1.xml".into(), running("ftr", &footer)),
    ];
    for (part, targets) in [("document", PARTS), ("header1", &[]), ("footer1", &[])] {
        parts.push((
            format!("word/_rels/{part}.xml.rels"),
            part_relations(targets, body.pictures.len()),
        ));
    }
    let pictures = body.pictures.iter().enumerate().map(|(number, picture)| {
        let name = format!("word/media/picture{}.png", number + 1);
        png::of_picture(picture).map(|bytes| (name, bytes))
    });
    let pictures = pictures.collect::<Result<Vec<_>, _>>()?;
    let parts = parts.into_iter().map(|(name, part)| (name, part.into_bytes()));
    pack(parts.chain(pictures)).map_err(|source| Error::PackWord { source })
}

fn pack(
    parts: impl Iterator<Item = (String, Vec<u8>)>,
) -> Result<Vec<u8>, zip::result::ZipError> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options =
        SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, part) in parts {
        archive.start_file(name, options)?;
        archive.write_all(&part)?;
    }
    Ok(archive.finish()?.into_inner())
}

const DRAFT: &str = "<w:p><w:pPr><w:jc \
    w:val=\"center\"/></w:pPr><w:r><w:rPr><w:b/><w:color w:val=\"B3261E\"/>\
                     <w:sz w:val=\"32\"/></w:rPr><w:t>DRAFT</w:t></w:r></w:p>";

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

const CONTENT_TYPES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
<Default Extension=\"rels\" \
ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
<Default Extension=\"xml\" ContentType=\"application/xml\"/>\
<Default Extension=\"png\" ContentType=\"image/png\"/>\
<Override PartName=\"/docProps/core.xml\" \
ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
<Override PartName=\"/word/document.xml\" \
ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>\
<Override PartName=\"/word/styles.xml\" \
ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>\
<Override PartName=\"/word/numbering.xml\" \
ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml\"/>\
<Override PartName=\"/word/header1.xml\" \
ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml\"/>\
<Override PartName=\"/word/footer1.xml\" \
ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/>\
</Types>";

const RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rId1\" \
Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>\
<Relationship Id=\"rId2\" \
Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>\
</Relationships>";

/// What the main part refers to.
const PARTS: &[(&str, &str)] = &[
    ("styles", "styles.xml"),
    ("numbering", "numbering.xml"),
    ("header", "header1.xml"),
    ("footer", "footer1.xml"),
];

/// The targets of a part, and all pictures as `picture1` and so on.
fn part_relations(targets: &[(&str, &str)], pictures: usize) -> String {
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relation = |id: &str, what: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{kind}/{what}\" Target=\"{target}\"/>")
    };
    let mut relations: String = targets
        .iter()
        .map(|(what, target)| relation(what, what, target))
        .collect();
    for number in 1..=pictures {
        relations += &relation(
            &format!("picture{number}"),
            "image",
            &format!("media/picture{number}.png"),
        );
    }
    let schema = "http://schemas.openxmlformats.org/package/2006/relationships";
    format!("{XML}<Relationships xmlns=\"{schema}\">{relations}</Relationships>")
}

/// The title and the letter's own date; no author and no program.
fn core(document: &Document) -> String {
    let (title, language, date) =
        (escaped(&document.title), escaped(&document.language), document.date);
    format!(
        "{XML}<cp:coreProperties \
            xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{title}</dc:title><dc:language>{language}\
         </dc:language><dcterms:created \
         xsi:type=\"dcterms:W3CDTF\">{date}T00:00:00Z</dcterms:created>\
         <dcterms:modified \
         xsi:type=\"dcterms:W3CDTF\">{date}T00:00:00Z</dcterms:modified></cp:coreProperties>"
    )
}

const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          \
                          xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
                          xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
                          xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
                          xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"";

fn main_part(words: &str, sheet: Sheet) -> String {
    let [width, height] = [sheet.paper.width, sheet.paper.height].map(twips);
    let margins = sheet.margins;
    let [top, right, bottom, left] =
        [margins.top, margins.right, margins.bottom, margins.left].map(twips);
    // Headers and footers stand in the middle of their margins.
    let (header, footer) = (top / 2, bottom / 2);
    format!(
        "{XML}<w:document {NAMESPACES}><w:body>{words}<w:sectPr><w:headerReference \
            w:type=\"default\" r:id=\"header\"/>\
         <w:footerReference w:type=\"default\" r:id=\"footer\"/><w:pgSz w:w=\"{width}\" \
         w:h=\"{height}\"/><w:pgMar \
         w:top=\"{top}\" w:right=\"{right}\" w:bottom=\"{bottom}\" w:left=\"{left}\" \
         w:header=\"{header}\" \
         w:footer=\"{footer}\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>"
    )
}

/// A header or a footer; there is no such part without a paragraph.
fn running(kind: &str, blocks: &str) -> String {
    let blocks = if blocks.is_empty() { "<w:p/>" } else { blocks };
    format!("{XML}<w:{kind} {NAMESPACES}>{blocks}</w:{kind}>")
}
