//! A PDF read back: whether it is whole before anybody relies on it.

use std::collections::BTreeMap;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId};

/// What a finished file lacks, in words; nothing where it is whole. Read by the library
/// that wrote it, so this proves that the file holds together; `tests/it` has other
/// programs judge it.
pub fn lacks(pdf: &[u8]) -> Vec<&'static str> {
    let Ok(file) = Document::load_mem(pdf) else {
        return vec!["It could not be read back"];
    };
    let Ok(catalog) = file.catalog() else { return vec!["It has no catalog"] };
    let mut lacks = Vec::new();
    for (is_there, lack) in [
        (is_tagged(catalog), "Its content is not tagged"),
        (catalog.has(b"Lang"), "It does not state its language"),
        (catalog.has(b"Metadata"), "It has no metadata"),
        (catalog.has(b"OutputIntents"), "It does not state its colors"),
        (has_its_fonts(&file), "A font is not embedded"),
    ] {
        if !is_there {
            lacks.push(lack);
        }
    }
    lacks
}

fn is_tagged(catalog: &Dictionary) -> bool {
    let Ok(info) = catalog.get(b"MarkInfo") else { return false };
    let Ok(info) = info.as_dict() else { return false };
    let is_marked = matches!(info.get(b"Marked"), Ok(Object::Boolean(true)));
    is_marked && catalog.has(b"StructTreeRoot")
}

/// Whether every typeface that a page uses is within the file.
fn has_its_fonts(file: &Document) -> bool {
    for page in file.get_pages().into_values() {
        let Ok(fonts) = file.get_page_fonts(page) else { continue };
        if !fonts.into_values().all(|font| is_embedded(file, font)) {
            return false;
        }
    }
    true
}

fn is_embedded(file: &Document, font: &Dictionary) -> bool {
    match descriptor(file, font) {
        Some(descriptor) => descriptor.has(b"FontFile2") || descriptor.has(b"FontFile3"),
        None => false,
    }
}

/// What describes a font: a font of many glyphs has it with its one descendant.
fn descriptor<'a>(file: &'a Document, font: &'a Dictionary) -> Option<&'a Dictionary> {
    let descendants = value(file, font, b"DescendantFonts")?.as_array().ok()?;
    let (_, descendant) = file.dereference(descendants.first()?).ok()?;
    value(file, descendant.as_dict().ok()?, b"FontDescriptor")?
        .as_dict()
        .ok()
}

fn value<'a>(
    file: &'a Document,
    dictionary: &'a Dictionary,
    key: &[u8],
) -> Option<&'a Object> {
    let (_, object) = file.dereference(dictionary.get(key).ok()?).ok()?;
    Some(object)
}

/// The words of the file in the order of its tags, labels of lists left out, as a reader
/// without eyes takes them: by the glyphs' own texts and by the texts that stand in for
/// them. A paragraph that goes on overleaf is one. `None` where the file is not made as
/// ours are.
pub fn words(pdf: &[u8]) -> Option<String> {
    let file = Document::load_mem(pdf).ok()?;
    let mut marked = TaggedWords::new();
    for page in file.get_pages().into_values() {
        let mut texts = BTreeMap::new();
        for (name, font) in file.get_page_fonts(page).ok()? {
            texts.insert(name, texts_of_glyphs(&file, font)?);
        }
        let content = Content::decode(&file.get_page_content(page)).ok()?;
        for (id, words) in words_of_page(&content.operations, &texts)? {
            marked.insert((page, id), words);
        }
    }
    let tree = value(&file, file.catalog().ok()?, b"StructTreeRoot")?
        .as_dict()
        .ok()?;
    let mut words = String::new();
    push_words(&file, tree, &marked, &mut words)?;
    Some(words)
}

/// The words of each piece of marked content, by its page and its number there.
type TaggedWords = BTreeMap<(ObjectId, i64), String>;

/// Adds the words of an element and of what is in it.
fn push_words(
    file: &Document,
    element: &Dictionary,
    marked: &TaggedWords,
    words: &mut String,
) -> Option<()> {
    let tag = match element.get(b"S") {
        Ok(tag) => tag.as_name().ok()?,
        Err(_) => b"",
    };
    if tag == b"Lbl" {
        return Some(());
    }
    if tag == b"P" || tag.starts_with(b"H") {
        words.push(' ');
    }
    let Ok(kids) = element.get(b"K") else { return Some(()) };
    for kid in kids.as_array().ok()? {
        let kid = file.dereference(kid).ok()?.1.as_dict().ok()?;
        match kid.get(b"MCID") {
            Ok(id) => {
                let page = kid.get(b"Pg").ok()?.as_reference().ok()?;
                words.push_str(marked.get(&(page, id.as_i64().ok()?))?);
            }
            Err(_) => push_words(file, kid, marked, words)?,
        }
    }
    Some(())
}

/// What each glyph of a font says.
type Texts = BTreeMap<u16, String>;

fn texts_of_glyphs(file: &Document, font: &Dictionary) -> Option<Texts> {
    let stream = font.get(b"ToUnicode").ok()?.as_reference().ok()?;
    let stream = file.get_object(stream).ok()?.as_stream().ok()?;
    let map = String::from_utf8(stream.decompressed_content().ok()?).ok()?;
    let mut texts = Texts::new();
    for line in map.lines() {
        if let Some((glyph, text)) = glyph_and_text(line)
            // The range of all codes, in the map's head, has the same form.
            && (glyph, text) != ("0000", "FFFF")
        {
            let text = String::from_utf16(&units(text)?).ok()?;
            texts.insert(*units(glyph)?.first()?, text);
        }
    }
    Some(texts)
}

/// The hexadecimal digits of a line such as `<0003> <0041>`.
fn glyph_and_text(line: &str) -> Option<(&str, &str)> {
    line.strip_prefix('<')?.strip_suffix('>')?.split_once("> <")
}

fn units(hex: &str) -> Option<Vec<u16>> {
    let mut units = Vec::new();
    for at in (0..hex.len()).step_by(4) {
        units.push(u16::from_str_radix(hex.get(at..at + 4)?, 16).ok()?);
    }
    Some(units)
}

/// A tag that is open.
struct OpenTag {
    /// The number of the content that it marks.
    id: Option<i64>,
    /// Whether a text stands in for what it marks.
    stands_in: bool,
}

/// The words of each piece of a page's marked content.
fn words_of_page(
    operations: &[Operation],
    fonts: &BTreeMap<Vec<u8>, Texts>,
) -> Option<BTreeMap<i64, String>> {
    let (mut words, mut font) = (BTreeMap::new(), Vec::new());
    let mut open: Vec<OpenTag> = Vec::new();
    for operation in operations {
        let said = match operation.operator.as_str() {
            "BDC" => open_tag(operation, &mut open)?,
            "EMC" => {
                open.pop();
                continue;
            }
            "Tf" => {
                font = operation.operands.first()?.as_name().ok()?.to_vec();
                continue;
            }
            "TJ" if !open.iter().any(|tag| tag.stands_in) => {
                shown(operation, fonts.get(&font)?)?
            }
            _ => continue,
        };
        // What is in no numbered piece is an artifact, which nobody reads.
        if let Some(id) = open.iter().rev().find_map(|tag| tag.id) {
            words.entry(id).or_insert_with(String::new).push_str(&said);
        }
    }
    Some(words)
}

/// Notes a tag that opens; gives the text that stands in for what it marks.
fn open_tag(operation: &Operation, open: &mut Vec<OpenTag>) -> Option<String> {
    let properties = operation.operands.get(1)?.as_dict().ok()?;
    let id = match properties.get(b"MCID") {
        Ok(id) => Some(id.as_i64().ok()?),
        Err(_) => None,
    };
    let stand_in = properties.get(b"ActualText").ok();
    let is_hidden = open.iter().any(|tag| tag.stands_in);
    open.push(OpenTag { id, stands_in: stand_in.is_some() });
    match stand_in {
        Some(text) if !is_hidden => lopdf::decode_text_string(text).ok(),
        Some(_) | None => Some(String::new()),
    }
}

fn shown(operation: &Operation, texts: &Texts) -> Option<String> {
    let mut words = String::new();
    for piece in operation.operands.first()?.as_array().ok()? {
        // Between the glyphs are corrections of their distance.
        let Ok(glyphs) = piece.as_str() else { continue };
        for glyph in glyphs.chunks_exact(2) {
            words += texts.get(&u16::from_be_bytes([glyph[0], glyph[1]]))?;
        }
    }
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::{ExportInput, PDF};
    use crate::layout::paginate;
    use crate::layout::samples::{letter_sheet, sample_letter};
    use crate::typefaces::Faces;

    #[test]
    fn a_whole_file_lacks_nothing_and_a_stripped_one_does() {
        let document = sample_letter();
        let pages = paginate(&document, &Faces::bundled(), &letter_sheet());
        let pdf =
            (PDF.write)(&ExportInput { document: &document, pages: &pages }).unwrap();
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
            ["Its content is not tagged", "A font is not embedded"]
        );
        assert_eq!(lacks(b"%PDF-1.7 and no more"), ["It could not be read back"]);
    }
}
