//! Every other kind of file says what the letter says, as readers find it that know
//! nothing of how it was made.

use std::path::{Path, PathBuf};

use jiff::civil::date;
use quick_xml::events::Event;
use rationale::compose::{Composition, compose};
use rationale::export;
use rationale::library::Library;
use rationale::store;
use rationale::template::{LetterCopy, Order, Template};

use crate::cli::Trial;
use crate::programs;

fn examples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths
        .filter(|path| path.extension().is_some_and(|ending| ending == "ron"))
        .collect()
}

/// Every example in both copies, by name.
pub(crate) fn letters() -> Vec<(String, Composition)> {
    let library = Library::bundled().unwrap();
    let letters = examples().into_iter().flat_map(|path| {
        let draft = store::open(&path, None).unwrap().draft;
        let template = Template::built_in(&draft.template.id).unwrap();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        [LetterCopy::Served, LetterCopy::Public].map(|copy| {
            let order = Order { copy, today: date(2026, 1, 1) };
            (
                format!("{name} {copy:?}"),
                compose(&draft.letter, template, &library, &order),
            )
        })
    });
    letters.collect()
}

pub(crate) fn written(name: &str, composition: &Composition) -> Vec<u8> {
    let input = export::ExportInput {
        document: &composition.document,
        pages: &composition.pages,
    };
    (export::format(name).unwrap().write)(&input).unwrap()
}

/// The words alone: readers differ in the blanks between them, and set bullets and
/// numbers of lists or not.
fn words(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && *c != '\u{2022}' && *c != '*')
        .collect()
}

/// What is between the tags of a page's `main`, read as XML.
fn text_of_page(page: &str) -> String {
    let mut reader = quick_xml::Reader::from_str(page);
    let (mut text, mut is_in) = (String::new(), false);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) if tag.name().as_ref() == b"main" => is_in = true,
            Event::End(tag) if tag.name().as_ref() == b"main" => is_in = false,
            Event::Text(words) if is_in => text += &words.decode().unwrap(),
            Event::GeneralRef(name) if is_in => {
                text.push(match &*name.decode().unwrap() {
                    "amp" => '&',
                    "lt" => '<',
                    "gt" => '>',
                    "quot" => '"',
                    other => panic!("an entity {other}"),
                });
            }
            Event::Eof => return text,
            _ => {}
        }
    }
}

#[test]
fn a_web_page_says_the_letter() {
    for (name, composition) in letters() {
        let page = String::from_utf8(written("html", &composition)).unwrap();
        assert_eq!(
            words(&text_of_page(&page)),
            words(&composition.document.text()),
            "{name}"
        );
        let title = format!("<title>{}</title>", composition.document.title);
        assert!(
            page.contains(&title) && page.contains("<html lang=\"en-US\">"),
            "{name}"
        );
        assert!(
            !page.contains("http") && !page.contains("<script"),
            "{name} needs something beside it"
        );
    }
}

/// A text without the bullets and numbers of its lists: Word counts those by itself.
fn without_labels(text: &str) -> String {
    let mut lines = Vec::new();
    for line in text.lines() {
        let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
        let is_numbered = rest.len() < line.len() && rest.starts_with(". ");
        let rest = if is_numbered { &rest[2..] } else { line };
        lines.push(
            ["• ", "- "]
                .iter()
                .find_map(|mark| rest.strip_prefix(mark))
                .unwrap_or(rest),
        );
    }
    lines.join("\n")
}

#[test]
fn a_word_document_says_the_letter() {
    for (name, composition) in letters() {
        let file = written("docx", &composition);
        let found = rationale::import::words(&file).unwrap().text;
        let figures = |c: char| c.is_ascii_digit();
        let running = composition.document.running_lines().concat().replace(figures, "");
        let running = words(&running.replace("Page of ", ""));
        let rest = words(&without_labels(&found))
            .strip_prefix(&words(&without_labels(&composition.document.text())))
            .unwrap_or("another text")
            .to_owned();
        assert!(
            rest.is_empty() || rest.replace(figures, "") == running,
            "{name}: {rest}, not {running}"
        );
        assert_eq!(
            file,
            written("docx", &composition),
            "{name} is another file each time"
        );
    }
}

#[test]
fn a_word_document_that_is_read_leaves_nothing_over() {
    for (name, composition) in letters()
        .into_iter()
        .filter(|(name, _)| name.starts_with("texas") || name.starts_with("imr-2017"))
    {
        let text = rationale::import::words(&written("docx", &composition)).unwrap().text;
        let imported =
            rationale::import::text(&text, rationale::template::Template::all().iter())
                .unwrap();
        assert_eq!(imported.letter.unread, [], "{name}");
    }
}

#[test]
fn another_program_reads_the_word_document() {
    for (name, composition) in letters() {
        let file = written("docx", &composition);
        let Some(output) = programs::run_named("letter.docx", "docx2txt", &["-"], &file)
        else {
            return;
        };
        let found = String::from_utf8_lossy(&output.stdout).into_owned();
        // It writes bullets and numbers of lists, and what is not ASCII in its own way.
        let spoken = |text: &str| {
            let words = text
                .split_whitespace()
                .filter(|word| !word.chars().all(|character| character == 'o'));
            words
                .flat_map(str::chars)
                .filter(char::is_ascii_alphabetic)
                .collect::<String>()
        };
        let (found, expected) = (spoken(&found), spoken(&composition.document.text()));
        assert!(found == expected, "{name}: {found}");
    }
}

#[test]
fn facts_are_the_letters_and_name_nobody_in_the_public_copy() {
    for (name, composition) in letters() {
        let facts: serde_json::Value =
            serde_json::from_slice(&written("json", &composition)).unwrap();
        let fields = facts["fields"].as_object().unwrap();
        assert!(
            fields.contains_key("items[1].decision") && facts["is_draft"] == false,
            "{name}"
        );
        let is_named = fields.keys().any(|field| {
            field.starts_with("parties.") || field.starts_with("recipients[")
        });
        assert_eq!(is_named, !name.ends_with("Public"), "{name}");
        let is_withheld = |field: &String| {
            field.contains("internal_name") || field.contains("birth_date")
        };
        assert!(!fields.keys().any(is_withheld), "{name}");
    }
}

#[test]
fn text_is_set_in_lines_that_a_portal_shows() {
    for (name, composition) in letters() {
        let text = String::from_utf8(written("text", &composition)).unwrap();
        let too_long = text
            .lines()
            .find(|line| line.chars().count() > 78 && !line.contains('\t'));
        assert_eq!(too_long, None, "{name}");
        let letters =
            |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
        assert_eq!(letters(&text), letters(&composition.document.text()), "{name}");
    }
}

#[test]
fn a_pdf_is_compared_with_its_draft() {
    let library = Library::bundled().unwrap();
    let draft = store::open(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/imr-2017-letter.ron"),
        None,
    )
    .unwrap()
    .draft;
    let template = Template::built_in(&draft.template.id).unwrap();
    let pdf = |letter: &rationale::letter::Letter, copy| {
        let order = Order { copy, today: date(2026, 1, 1) };
        written("pdf", &compose(letter, template, &library, &order))
    };
    let trial = |file: Vec<u8>| {
        Trial::of("verify a.pdf a.ron")
            .with("a.ron", draft.to_text().unwrap())
            .with("a.pdf", file)
    };
    trial(pdf(&draft.letter, LetterCopy::Public))
        .prints("a.pdf matches the public copy of a.ron exactly\n")
        .exits(0);
    trial(pdf(&draft.letter, LetterCopy::Served))
        .prints("a.pdf matches the served copy of a.ron exactly\n")
        .exits(0);
    let mut other = draft.letter.clone();
    other.summary = other.summary.replace("female", "male");
    let expected = "a.pdf does not match a.ron. It differs from the public copy:\n  … \
        worker is a 51 year old\n- only in the draft: female\n+ only in the PDF: \
        male\n  who sustained an industrial injury on …\n";
    trial(pdf(&other, LetterCopy::Public)).prints(expected).exits(1);
    let same = [pdf(&draft.letter, LetterCopy::Public), b"\n".to_vec()].concat();
    trial(same)
        .prints(
            "a.pdf has the same text as the public copy of a.ron, but it is not \
            the same file\n",
        )
        .tells(
            "    It was made by another version of Rationale or another program, or \
            was changed later\n",
        )
        .exits(1);
}

#[test]
fn every_pdf_is_whole_and_says_the_letter_in_its_order() {
    for (name, composition) in letters() {
        let pdf = written("pdf", &composition);
        assert_eq!(export::lacks(&pdf), Vec::<&str>::new(), "{name}");
        let found = export::words(&pdf).unwrap();
        assert_eq!(words(&found), words(&composition.document.text()), "{name}");
    }
}
