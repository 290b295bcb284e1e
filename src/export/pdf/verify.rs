//! A PDF read back: whether it is whole before anybody relies on it.

use std::collections::BTreeMap;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object};

/// What a finished file lacks, in words; nothing where it is whole. Read by the library
/// that wrote it, so this proves that the file holds together; `tests/it` has other
/// programs judge it.
pub fn lacks(pdf: &[u8]) -> Vec<&'static str> {
    let Ok(file) = Document::load_mem(pdf) else { return vec!["It cannot be read back"] };
    let Ok(catalog) = file.catalog() else { return vec!["It has no catalog"] };
    let has = |key: &[u8]| catalog.has(key);
    let mut lacks = Vec::new();
    let marked = catalog
        .get(b"MarkInfo")
        .and_then(Object::as_dict)
        .and_then(|info| info.get(b"Marked"));
    for (is_there, lack) in [
        (
            has(b"StructTreeRoot") && matches!(marked, Ok(Object::Boolean(true))),
            "Its content is not tagged",
        ),
        (has(b"Lang"), "It does not say its language"),
        (has(b"Metadata"), "It has no metadata"),
        (has(b"OutputIntents"), "It does not say its colours"),
        (has_its_fonts(&file), "A typeface is not within the file"),
    ] {
        if !is_there {
            lacks.push(lack);
        }
    }
    lacks
}

/// Whether every typeface that a page uses is within the file.
fn has_its_fonts(file: &Document) -> bool {
    let of_page = |page| {
        file.get_page_fonts(page)
            .into_iter()
            .flat_map(BTreeMap::into_values)
            .collect::<Vec<_>>()
    };
    file.get_pages()
        .into_values()
        .flat_map(of_page)
        .all(|font| is_embedded(file, font).unwrap_or(false))
}

/// A font of many glyphs has its outlines with its one descendant.
fn is_embedded(file: &Document, font: &Dictionary) -> Option<bool> {
    let descendants = value(file, font, b"DescendantFonts")?.as_array().ok()?;
    let (_, descendant) = file.dereference(descendants.first()?).ok()?;
    let descriptor = value(file, descendant.as_dict().ok()?, b"FontDescriptor")?
        .as_dict()
        .ok()?;
    Some(descriptor.has(b"FontFile2") || descriptor.has(b"FontFile3"))
}

fn value<'a>(
    file: &'a Document,
    dictionary: &'a Dictionary,
    key: &[u8],
) -> Option<&'a Object> {
    dictionary
        .get(key)
        .and_then(|object| file.dereference(object))
        .ok()
        .map(|(_, object)| object)
}

/// The words of every page's content, artifacts and labels of lists left out, as a reader
/// without eyes takes them: by the glyphs' own texts and by the texts that stand in for
/// them. `None` where the file is not made as ours are.
pub fn words(pdf: &[u8]) -> Option<String> {
    let file = Document::load_mem(pdf).ok()?;
    let mut words = String::new();
    for page in file.get_pages().into_values() {
        let fonts = file.get_page_fonts(page).ok()?.into_iter();
        let texts = fonts.map(|(name, font)| Some((name, texts_of_glyphs(&file, font)?)));
        let content = Content::decode(&file.get_page_content(page)).ok()?;
        words += &words_of_page(&content.operations, &texts.collect::<Option<_>>()?)?;
    }
    Some(words)
}

/// What each glyph of a font says.
type Texts = BTreeMap<u16, String>;

fn texts_of_glyphs(file: &Document, font: &Dictionary) -> Option<Texts> {
    let stream = font.get(b"ToUnicode").and_then(Object::as_reference).ok()?;
    let cmap = file
        .get_object(stream)
        .and_then(Object::as_stream)
        .ok()?
        .decompressed_content()
        .ok()?;
    let lines = String::from_utf8(cmap).ok()?;
    let pairs = lines
        .lines()
        .filter_map(|line| line.strip_prefix('<')?.strip_suffix('>')?.split_once("> <"));
    let units = |hex: &str| -> Option<Vec<u16>> {
        (0..hex.len())
            .step_by(4)
            .map(|at| u16::from_str_radix(hex.get(at..at + 4)?, 16).ok())
            .collect()
    };
    let of_glyphs = pairs.filter(|(glyph, text)| (glyph, text) != (&"0000", &"FFFF"));
    of_glyphs
        .map(|(glyph, text)| {
            Some((*units(glyph)?.first()?, String::from_utf16(&units(text)?).ok()?))
        })
        .collect()
}

/// Tags that are open, each with whether a text stands in for what it marks.
type Open = Vec<(Vec<u8>, bool)>;

fn words_of_page(
    operations: &[Operation],
    fonts: &BTreeMap<Vec<u8>, Texts>,
) -> Option<String> {
    let (mut words, mut font, mut open) = (String::new(), Vec::new(), Open::new());
    for operation in operations {
        match operation.operator.as_str() {
            "BDC" => words += &open_tag(operation, &mut open)?,
            "EMC" => drop(open.pop()),
            "Tf" => font = operation.operands.first()?.as_name().ok()?.to_vec(),
            "TJ" if !is_hidden(&open) => words += &shown(operation, fonts.get(&font)?)?,
            _ => {}
        }
    }
    Some(words)
}

/// Notes a tag that opens; gives what is said there already: a blank where a paragraph
/// begins, and what stands in.
fn open_tag(operation: &Operation, open: &mut Open) -> Option<String> {
    let tag = operation.operands.first()?.as_name().ok()?.to_vec();
    let stand_in = operation.operands.get(1)?.as_dict().ok()?.get(b"ActualText").ok();
    let mut said = String::new();
    if tag == b"P" || tag.starts_with(b"H") {
        said.push(' ');
    }
    if let (Some(text), false) = (stand_in, is_hidden(open)) {
        said += &lopdf::decode_text_string(text).ok()?;
    }
    open.push((tag, stand_in.is_some()));
    Some(said)
}

fn shown(operation: &Operation, texts: &Texts) -> Option<String> {
    let pieces = operation
        .operands
        .first()?
        .as_array()
        .ok()?
        .iter()
        .filter_map(|piece| piece.as_str().ok());
    pieces
        .map(|code| {
            texts
                .get(&u16::from_be_bytes([*code.first()?, *code.get(1)?]))
                .map(String::as_str)
        })
        .collect()
}

fn is_hidden(open: &Open) -> bool {
    open.iter()
        .any(|(tag, stands_in)| tag == b"Artifact" || tag == b"Lbl" || *stands_in)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::{Input, format};
    use crate::layout::paginate;
    use crate::layout::samples::{letter_sheet, sample_letter};
    use crate::typefaces::Faces;

    #[test]
    fn a_whole_file_lacks_nothing_and_a_stripped_one_is_told() {
        let document = sample_letter();
        let pages = paginate(&document, &Faces::bundled(), &letter_sheet());
        let pdf =
            (format("pdf").unwrap().write)(&Input { document: &document, pages: &pages })
                .unwrap();
        assert_eq!(lacks(&pdf), Vec::<&str>::new());
        let mut file = Document::load_mem(&pdf).unwrap();
        file.catalog_mut().unwrap().remove(b"StructTreeRoot");
        for object in file.objects.values_mut() {
            if let Ok(font) = object.as_dict_mut() {
                _ = font.remove(b"FontFile2").or(font.remove(b"FontFile3"));
                _ = font.remove(b"DescendantFonts");
            }
        }
        let mut stripped = Vec::new();
        file.save_to(&mut stripped).unwrap();
        assert_eq!(
            lacks(&stripped),
            ["Its content is not tagged", "A typeface is not within the file"]
        );
        assert_eq!(lacks(b"%PDF-1.7 and no more"), ["It cannot be read back"]);
    }
}
