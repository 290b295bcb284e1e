//! Files and arguments that are damaged, too large, too deep or made to harm: each ends
//! in its message.

use std::io::Write;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use crate::cli::Trial;

/// Checks a draft of these bytes: this is told of it.
#[track_caller]
fn draft(content: impl AsRef<[u8]>, told: &str) {
    Trial::of("check a.ron")
        .with("a.ron", content)
        .prints("No draft was checked\n")
        .tells(told)
        .exits(3);
}

const FROM_BACKUP: &str = "    Restore the file from a backup; it was not changed";

#[test]
fn a_draft_that_is_too_deep_is_told() {
    let told = |column| {
        format!(
            "This draft is damaged at line 1, column {column}: a.ron\n{FROM_BACKUP}. \
                If it was edited by hand, fix this: Brackets are nested too deeply\n"
        )
    };
    let deep = |name: &str| {
        format!(
            "(format: 1, letter: ({name}: {}{}))",
            "[".repeat(50_000),
            "]".repeat(50_000)
        )
    };
    draft(deep("unknown"), &told(93));
    draft(deep("summary"), &told(93));
}

#[test]
fn a_draft_that_is_too_large_is_told() {
    let long =
        format!("(format: 1, letter: (summary: \"{}\"))", "word ".repeat(4_000_000));
    draft(
        long,
        "This draft is too long: a.ron\n    A draft can be up to 16 MB; check that \
            this is the right file\n",
    );
    let rows = format!("(format: 1, letter: (items: [{}]))", "(),".repeat(1001));
    draft(
        rows,
        "This draft has too many rows: a.ron\n    A letter can have up to 1000 rows; \
            check that this is the right file\n",
    );
    let trial = Trial::of("check a.ron").prints("No draft was checked\n");
    std::fs::File::create(trial.path("a.ron"))
        .unwrap()
        .set_len(70 * 1024 * 1024)
        .unwrap();
    let told = "This file is too large: a.ron\n    A file can be up to 64 MB; check \
        that this is the right file\n";
    trial.tells(told).exits(3);
}

#[test]
fn a_row_with_a_number_beyond_all_is_told() {
    let told = format!(
        "This draft is damaged at line 1, column 31: a.ron\n{FROM_BACKUP}. If it was \
            edited by hand, fix this: a row has a higher number than rows can have\n"
    );
    draft("(format: 1, letter: (last_id: 4294967295))", &told);
}

#[test]
fn a_letter_that_is_too_large_or_no_letter_is_told() {
    for (name, content, told) in [
        (
            "a.txt",
            b"word ".repeat(300_000),
            "a.txt: The text is too long\n    Import one letter at a time\n",
        ),
        (
            "a.docx",
            packed(&"<w:tbl><w:tr><w:tc>".repeat(5000)),
            "a.docx: The Word document is too large\n    Import one letter at a time\n",
        ),
        (
            "a.docx",
            packed(&" ".repeat(40_000_000)),
            "a.docx: The Word document is too large\n    Import one letter at a time\n",
        ),
        (
            "a.docx",
            b"PK\x03\x04\0\0\0".to_vec(),
            "a.docx: The file is not a Word document, or is damaged\n    \
                Open it in a word processor and save it as .docx, or paste its text\n",
        ),
        (
            "a.pdf",
            bomb(),
            "a.pdf: The PDF is too large\n    Import one letter at a time\n",
        ),
        (
            "a.pdf",
            laughs(),
            "a.pdf: The PDF is too large\n    Import one letter at a time\n",
        ),
        (
            "a.pdf",
            b"%PDF-1.7\n\0\0\0".to_vec(),
            "a.pdf: The PDF is damaged: its end is missing\n    Ask for the file again\n",
        ),
    ] {
        Trial::of("import")
            .and(name)
            .with(name, content)
            .tells(told)
            .exits(3)
            .leaves_no("a.rationale");
    }
}

fn packed(body: &str) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive
        .start_file("word/document.xml", zip::write::SimpleFileOptions::default())
        .unwrap();
    archive.write_all(body.as_bytes()).unwrap();
    archive.finish().unwrap().into_inner()
}

/// A PDF of a hundred kilobytes whose page unfolds to seventy megabytes.
fn bomb() -> Vec<u8> {
    let mut content = Stream::new(dictionary! {}, vec![b' '; 70_000_000]);
    content.compress().unwrap();
    let mut file = Document::with_version("1.5");
    let content = file.add_object(content);
    with_page(file, content, dictionary! {})
}

/// A PDF whose page draws a form that draws ten, each of which draws ten, and so on for
/// thirty times.
fn laughs() -> Vec<u8> {
    let mut file = Document::with_version("1.5");
    let mut inner = None;
    for _ in 0..30 {
        let mut form = dictionary! { "Type" => "XObject", "Subtype" => "Form" };
        form.set("BBox", [0, 0, 9, 9].map(Object::from).to_vec());
        if let Some(inner) = inner {
            let forms = dictionary! { "X" => Object::Reference(inner) };
            form.set("Resources", dictionary! { "XObject" => forms });
        }
        inner = Some(file.add_object(Stream::new(form, b"/X Do ".repeat(10))));
    }
    let content = file.add_object(Stream::new(dictionary! {}, b"/X Do".to_vec()));
    let forms = dictionary! { "X" => Object::Reference(inner.unwrap()) };
    with_page(file, content, dictionary! { "XObject" => forms })
}

fn with_page(mut file: Document, content: ObjectId, resources: Dictionary) -> Vec<u8> {
    let pages = file.new_object_id();
    let size: Vec<Object> = [0, 0, 612, 792].map(Object::from).to_vec();
    let page = dictionary! {
        "Type" => "Page",
        "Parent" => pages,
        "MediaBox" => size,
        "Contents" => content,
        "Resources" => resources,
    };
    let page = file.add_object(page);
    let kids = vec![Object::from(page)];
    file.objects.insert(
        pages,
        Object::from(dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => 1 }),
    );
    let catalog = file.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    file.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).unwrap();
    assert!(bytes.len() < 200_000);
    bytes
}

#[test]
fn names_that_would_deceive_a_terminal_are_spelt() {
    for (name, shown) in [
        ("a\u{202e}nor.ron", "a\\u{202e}nor.ron"),
        ("a\u{1b}[31m.ron", "a\\u{1b}[31m.ron"),
        ("a\u{2067}b\r.ron", "a\\u{2067}b\\u{d}.ron"),
    ] {
        let told =
            format!("There is no file {shown}\n    Check the name and the folder\n");
        Trial::of("check")
            .and(name)
            .prints("No draft was checked\n")
            .tells(&told)
            .exits(3);
    }
}

#[cfg(unix)]
#[test]
fn names_that_are_no_text_are_taken() {
    use std::os::unix::ffi::OsStringExt;
    let name = std::ffi::OsString::from_vec(b"\xff.ron".to_vec());
    let told = "There is no file \u{fffd}.ron\n    Check the name and the folder\n";
    Trial::of("check")
        .and(name)
        .prints("No draft was checked\n")
        .tells(told)
        .exits(3);
}

#[test]
fn characters_that_turn_words_around_are_found_in_a_letter() {
    let draft = crate::cli::SAMPLE.replacen("summary: \"", "summary: \"\u{202e}", 1);
    let trial = Trial::of("check a.ron").with("a.ron", draft);
    let told = "a.ron: error L009 characters: \"Clinical case summary\" has a hidden \
        character (U+202E)\n    Delete it, or retype the words around it\n1 error in 1 \
        draft\n";
    trial.prints(told).exits(1);
}

#[test]
fn bytes_from_standard_input_are_told_as_a_files_are() {
    for (bytes, told) in [
        (
            &b"\xff\xfe\0"[..],
            "This file is not a draft: standard input\n    Open a file that Rationale \
                saved; its name ends in .rationale\n",
        ),
        (
            &[0; 100],
            "This file is not text from line 1, column 1: standard input\n    Restore \
                the file from a backup; it was not changed\n",
        ),
    ] {
        Trial::of("check -")
            .reading(bytes)
            .prints("No draft was checked\n")
            .tells(told)
            .exits(3);
    }
}
