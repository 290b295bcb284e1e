//! What a PDF promises: the letter's words and nothing else, the same bytes for the same
//! letter, and no trace of a person. It is read back by another library; tests/it/pdf.rs
//! has other programs read it.

use proptest::prelude::*;

use super::verify::words;
use super::*;
use crate::compose::Finished;
use crate::document::{Block, Document};
use crate::layout::properties::{USUAL, blocks, documents, low_sheet};
use crate::layout::samples::{
    document, everything, gap, letter_sheet, lines, list, paragraph, sample_letter,
    style, styled, text,
};
use crate::layout::{Pages, paginate};
use crate::memo;
use crate::typefaces::Faces;

fn pages(document: &Document) -> Pages {
    paginate(document, &Faces::bundled(), &letter_sheet())
        .without_watermark(Finished::for_test())
}

fn pdf_of(document: &Document) -> Vec<u8> {
    write(&ExportInput { document, pages: &pages(document) }).unwrap()
}

/// What another program reads from a PDF of these blocks, a space between any two words.
#[track_caller]
fn check(blocks: Vec<Block>, expected: &str) {
    assert_eq!(read(&pdf_of(&document(blocks))).join(" "), expected);
}

/// The words as a reader without eyes takes them.
fn read(pdf: &[u8]) -> Vec<String> {
    words(pdf).unwrap().split_whitespace().map(str::to_owned).collect()
}

#[test]
fn no_stream_ends_like_a_line() {
    // A long text in many variants: of a hundred compressed streams one or two end so by
    // chance.
    for seed in 0..60 {
        let words: Vec<Block> = (0..4)
            .map(|line| paragraph(&format!("Words {seed} and {}", seed * 7919 + line)))
            .collect();
        let file = lopdf::Document::load_mem(&pdf_of(&document(words))).unwrap();
        let streams = file.objects.values().filter_map(|object| object.as_stream().ok());
        let ends: Vec<u8> =
            streams.filter_map(|stream| stream.content.last().copied()).collect();
        assert!(!ends.iter().any(|end| matches!(end, b'\r' | b'\n')), "{seed}");
    }
}

#[test]
fn a_screen_reader_reads_the_letters_words_in_their_order() {
    for document in [sample_letter(), everything()] {
        let words: Vec<String> = pages(&document)
            .text()
            .split_whitespace()
            .map(str::to_owned)
            .collect();
        assert_eq!(read(&pdf_of(&document)), words);
    }
}

#[test]
fn words_do_not_run_together_where_a_line_ends() {
    check(vec![lines("a", 3)], "a1 a2 a3");
    let long = "one two ".repeat(30);
    check(vec![paragraph(&long)], long.trim());
}

#[test]
fn gaps_labels_and_the_watermark_are_no_words() {
    let blocks = vec![
        styled(style(), vec![text("on "), gap("a", "date"), text(".")]),
        list(Some(1), vec![vec![paragraph("b")]]),
    ];
    let document = document(blocks);
    let draft = paginate(&document, &Faces::bundled(), &letter_sheet());
    let pdf = write(&ExportInput { document: &document, pages: &draft }).unwrap();
    assert_eq!(read(&pdf).join(" "), "on . b");
}

#[test]
fn what_has_no_glyph_of_its_own_is_read_all_the_same() {
    check(
        vec![paragraph("a ☐ q\u{303} 12\u{a0}mg x\u{2011}y x-y co\u{ad}op")],
        "a ☐ q\u{303} 12 mg x\u{2011}y x-y coop",
    );
}

#[test]
fn the_same_letter_is_the_same_file_whenever_it_is_made() {
    for format in crate::export::FORMATS {
        let make = || {
            let document = everything();
            format
                .files(
                    &ExportInput { document: &document, pages: &pages(&document) },
                    &|| true,
                )
                .unwrap()
        };
        assert!(make() == make(), "{}", format.name);
    }
    assert_ne!(pdf_of(&sample_letter()), pdf_of(&everything()));
}

#[test]
fn the_sample_letter_is_one_page_in_a_small_file() {
    let pdf = pdf_of(&sample_letter());
    assert_eq!(lopdf::Document::load_mem(&pdf).unwrap().get_pages().len(), 1);
    assert!(pdf.len() < 60_000, "{} bytes", pdf.len());
}

#[test]
fn a_file_says_its_title_language_and_date_and_nobodys_name() {
    let pdf =
        pdf_of(&Document { title: "Entscheid für CM13".into(), ..sample_letter() });
    assert!(pdf.starts_with(b"%PDF-1.7"));
    let file = lopdf::Document::load_mem(&pdf).unwrap();
    let info = file.trailer.get(b"Info").unwrap().as_reference().unwrap();
    let info = file.get_dictionary(info).unwrap();
    let mut keys: Vec<_> = info
        .iter()
        .map(|(key, _)| String::from_utf8_lossy(key).into_owned())
        .collect();
    keys.sort();
    assert_eq!(keys, ["CreationDate", "ModDate", "Producer", "Title"]);
    assert_eq!(
        lopdf::decode_text_string(info.get(b"Title").unwrap()).unwrap(),
        "Entscheid für CM13"
    );
    assert_eq!(
        info.get(b"CreationDate").unwrap().as_str().unwrap(),
        b"D:20140305000000Z"
    );
    let catalog = file.catalog().unwrap();
    let packet = file
        .get_object(catalog.get(b"Metadata").unwrap().as_reference().unwrap())
        .unwrap();
    let packet = String::from_utf8(packet.as_stream().unwrap().content.clone())
        .unwrap()
        .to_lowercase();
    assert!(
        packet.contains("<dc:title>")
            && ["creator", "author"].iter().all(|name| !packet.contains(name)),
        "{packet}"
    );
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"en-US");
}

#[test]
fn every_face_is_cut_down_and_says_so_in_its_name() {
    let file = lopdf::Document::load_mem(&pdf_of(&everything())).unwrap();
    let mut names = Vec::new();
    for dictionary in file.objects.values().filter_map(|object| object.as_dict().ok()) {
        let name = dictionary.get(b"FontName").or_else(|_| dictionary.get(b"BaseFont"));
        names.extend(
            name.and_then(lopdf::Object::as_name)
                .map(|name| String::from_utf8_lossy(name).into_owned()),
        );
    }
    assert_eq!(names.len(), 8);
    for name in names {
        let (tag, face) = name.split_once('+').unwrap();
        assert!(
            tag.len() == 6
                && tag.bytes().all(|byte| byte.is_ascii_uppercase())
                && face.starts_with("Tinos-")
        );
    }
}

proptest! {
    #[test]
    fn what_is_remembered_makes_no_difference(
        first in documents(USUAL),
        second in blocks(USUAL),
        change in 0usize..6,
    ) {
        let mut changed = first.clone();
        changed.blocks.splice(..change.min(first.blocks.len()), second);
        for document in [&first, &changed, &first] {
            let warm = pdf_of_low_pages(document);
            prop_assert!(warm == memo::without(|| pdf_of_low_pages(document)));
        }
    }
}

/// A file of pages so low that most documents take several.
fn pdf_of_low_pages(document: &Document) -> Vec<u8> {
    let pages = paginate(document, &Faces::bundled(), &low_sheet());
    write(&ExportInput { document, pages: &pages }).unwrap()
}
