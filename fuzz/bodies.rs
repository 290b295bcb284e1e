//! What is done with bytes from outside, one function a target: whatever they are, it returns, and what it promises
//! holds. The fuzzer calls these, and `tests/it/corpus.rs` with what the fuzzer kept.

use std::path::Path;
use std::sync::LazyLock;

use jiff::civil::date;
use rationale::check;
use rationale::compose::{Composition, compose as composed};
use rationale::export::{self, ExportInput};
use rationale::import;
use rationale::letter::{Group, Letter};
use rationale::library::{Library, TABLES};
use rationale::store::settings::Settings;
use rationale::store::{self, Draft};
use rationale::template::{LetterCopy, Order, Template};

static LIBRARY: LazyLock<Library> =
    LazyLock::new(|| Library::bundled().expect("the tables are well formed"));

const ORDER: Order = Order { copy: LetterCopy::Served, today: date(2017, 6, 1) };

/// A draft: read, written again and composed as its own kind has it. What is written is what was read.
pub(super) fn draft(bytes: &[u8]) {
    let Ok(opened) = store::read(bytes, Path::new("draft.ron"), None) else { return };
    let text = opened.draft.to_text().expect("what was read can be written");
    let again = store::read(text.as_bytes(), Path::new("draft.ron"), None)
        .expect("what was written can be read");
    assert!(again.draft == opened.draft, "a draft that is saved and opened is another");
    let template =
        Template::built_in(&opened.draft.template.id).unwrap_or(&Template::all()[0]);
    drop(composed(&opened.draft.letter, template, &LIBRARY, &ORDER));
}

/// A letter kind: read, and filled with the letter that has something in every list.
pub(super) fn template(bytes: &[u8]) {
    let Ok(template) = Template::parse(&String::from_utf8_lossy(bytes)) else { return };
    for copy in [LetterCopy::Served, LetterCopy::Public] {
        drop(composed(&sample(), &template, &LIBRARY, &Order { copy, ..ORDER }));
    }
}

/// The text of a finished letter. A draft of it can be saved and opened.
pub(super) fn import_text(bytes: &[u8]) {
    let is_other = bytes.starts_with(b"PK")
        || bytes.windows(5).take(1024).any(|five| five == b"%PDF-");
    if !is_other {
        imported(bytes);
    }
}

/// A PDF, whatever it begins with.
pub(super) fn import_pdf(bytes: &[u8]) {
    let file = if bytes.starts_with(b"%PDF-") {
        bytes.to_vec()
    } else {
        [b"%PDF-1.7\n", bytes].concat()
    };
    imported(&file);
}

/// A Word document: the bytes are its body, because a fuzzer does not find its way through compressed bytes. Those that
/// begin as a packed file are taken as one.
pub(super) fn import_docx(bytes: &[u8]) {
    if bytes.starts_with(b"PK\x03\x04") {
        imported(bytes);
    } else {
        imported(&packed("word/document.xml", bytes));
    }
}

fn imported(file: &[u8]) {
    let Ok(words) = import::words(file) else { return };
    let Ok(read) = import::letter(&words, Template::all().iter()) else { return };
    let draft = Draft {
        template: (&*read.template).into(),
        letter: read.letter,
        ..Draft::default()
    };
    let text = draft.to_text().expect("what was read can be written");
    let opened = store::read(text.as_bytes(), Path::new("draft.ron"), None)
        .expect("what was written can be read");
    assert!(
        opened.draft == draft,
        "an imported draft that is saved and opened is another"
    );
}

/// A letter whose fields hold these texts, one behind the other: the first byte says of which kind it is, and each text
/// ends with the character that separates records. It becomes every kind of file but the picture, and every remedy
/// that is offered is tried.
pub(super) fn compose(bytes: &[u8]) {
    let Some((kind, texts)) = bytes.split_first() else { return };
    let template = &Template::all()[usize::from(*kind) % Template::all().len()];
    let texts = String::from_utf8_lossy(texts);
    let letter = written(template, texts.split('\u{1e}').collect());
    for copy in [LetterCopy::Served, LetterCopy::Public] {
        let composition = composed(&letter, template, &LIBRARY, &Order { copy, ..ORDER });
        becomes_every_file(&composition);
        fixed(&letter, template, &composition);
    }
}

fn written(template: &Template, texts: Vec<&str>) -> Letter {
    let mut letter = sample();
    for (place, text) in texts.into_iter().enumerate() {
        let places = template.fields().iter().flat_map(|field| {
            field.places(&letter).into_iter().map(move |at| (field, at))
        });
        let mut places = places.skip(place);
        let Some((field, path)) = places.next() else { break };
        drop(places);
        // A text that is empty leaves what the sample has.
        if let Some(slot) = field.slot(&mut letter, &path).filter(|_| !text.is_empty()) {
            slot.write(text);
        }
    }
    letter
}

fn becomes_every_file(composition: &Composition) {
    let input =
        ExportInput { document: &composition.document, pages: &composition.pages };
    for format in export::FORMATS
        .iter()
        .filter(|format| format.name != export::PNG.name)
    {
        let file = (format.write)(&input).expect("every letter becomes a file");
        if format.name == export::PDF.name {
            assert_eq!(export::lacks(&file), Vec::<&str>::new());
        }
    }
}

fn fixed(letter: &Letter, template: &Template, composition: &Composition) {
    let fixes = composition.diagnostics.iter().flat_map(|found| &found.fixes);
    for fix in fixes {
        check::apply_fix(&mut letter.clone(), template, fix);
    }
}

/// Settings, and a table of one's own under each of the names that tables have.
pub(super) fn tables(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let _read = ron::from_str::<Settings>(&text);
    for name in TABLES {
        let (library, told) = LIBRARY.clone().with_own_tables([(*name, &*text)]);
        if told.is_empty() {
            drop(composed(&sample(), &Template::all()[0], &library, &ORDER));
        }
    }
    let words = text.lines().map(str::to_owned);
    drop(composed(
        &sample(),
        &Template::all()[0],
        &LIBRARY.clone().with_own_words(words),
        &ORDER,
    ));
}

/// The sample letter with a row more in every list.
fn sample() -> Letter {
    static SAMPLE: LazyLock<Letter> = LazyLock::new(|| {
        let text = include_bytes!("../examples/sample-letter.ron");
        let mut letter = store::read(text, Path::new("sample.ron"), None)
            .expect("the sample is well formed")
            .draft
            .letter;
        let item = letter.items[0].id;
        for group in [
            Group::Reviewers,
            Group::Recipients,
            Group::Documents,
            Group::Items,
            Group::Opinions(item),
        ] {
            letter.add_row(group, None);
        }
        letter
    });
    SAMPLE.clone()
}

/// A packed file with one entry that is not compressed.
pub(super) fn packed(name: &str, content: &[u8]) -> Vec<u8> {
    let size = u32::try_from(content.len()).unwrap_or(u32::MAX).to_le_bytes();
    let length = u16::try_from(name.len()).unwrap_or(u16::MAX).to_le_bytes();
    let about =
        [&[0; 8][..], &crc(content).to_le_bytes(), &size, &size, &length, &[0; 2]]
            .concat();
    let local = [b"PK\x03\x04\x14\0", &about[..], name.as_bytes(), content].concat();
    let central =
        [b"PK\x01\x02\x14\0\x14\0", &about[..], &[0; 14], name.as_bytes()].concat();
    let lengths = [central.len(), local.len()]
        .map(|length| u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes());
    let end = [b"PK\x05\x06\0\0\0\0\x01\0\x01\0", &lengths[0][..], &lengths[1], &[0; 2]]
        .concat();
    [local, central, end].concat()
}

/// The sum that packed files are checked by.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |sum, &byte| {
        (0..8).fold(sum ^ u32::from(byte), |sum, _| {
            if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 }
        })
    })
}
