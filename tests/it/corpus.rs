//! What the fuzzer kept, and what little changes make of it, on any machine and with the
//! compiler that is there: the short run of `fuzz/run`.

use std::path::Path;

#[path = "../../fuzz/bodies.rs"]
mod bodies;

/// Does a target's work with each file of its corpus, then with so many changed ones; the
/// same each time, unless `RATIONALE_CHANGES` says how many times as many others are to
/// be tried, such as 100.
fn run(target: &str, body: fn(&[u8]), changed: usize) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = entries
        .map(|path| (path.clone(), std::fs::read(path).unwrap()))
        .collect();
    files.sort();
    assert!(files.len() >= 20, "{target} has a corpus");
    files
        .iter()
        .for_each(|(path, bytes)| tried(&path.display().to_string(), body, bytes));
    let times: usize = std::env::var("RATIONALE_CHANGES")
        .ok()
        .and_then(|times| times.parse().ok())
        .unwrap_or(1);
    let mut dice = Dice(0x2545_f491_4f6c_dd1d + times as u64);
    for number in 0..changed * times {
        let bytes = dice.changed(&files);
        tried(
            &format!("change {number}, {}", String::from_utf8_lossy(&bytes)),
            body,
            &bytes,
        );
    }
}

#[track_caller]
fn tried(name: &str, body: fn(&[u8]), bytes: &[u8]) {
    let done = std::panic::catch_unwind(|| body(bytes));
    assert!(done.is_ok(), "went wrong with {name}");
}

/// Numbers that look like chance and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % (end.max(1) as u64)).unwrap()
    }

    /// The beginning of one file and the end of another, with some bytes changed, doubled
    /// or taken out.
    fn changed<N>(&mut self, files: &[(N, Vec<u8>)]) -> Vec<u8> {
        let (one, other) = (self.below(files.len()), self.below(files.len()));
        let (one, other) =
            (&files[one].1, &files[if self.below(2) == 0 { one } else { other }].1);
        let (end, start) = (self.below(one.len() + 1), self.below(other.len() + 1));
        let mut bytes = [&one[..end], &other[start.min(end)..]].concat();
        for _ in 0..=self.below(4) {
            let at = self.below(bytes.len());
            let end = (at + 1 + self.below(12)).min(bytes.len());
            let piece = bytes.get(at..end).unwrap_or_default().to_vec();
            match self.below(3) {
                0 => bytes
                    .iter_mut()
                    .skip(at)
                    .take(1)
                    .for_each(|byte| *byte ^= 1 << self.below(8)),
                1 => drop(bytes.splice(at..at, piece)),
                _ => drop(bytes.splice(at..end, [])),
            }
        }
        bytes
    }
}

#[test]
fn drafts_of_the_corpus_are_read_or_refused() {
    run("draft", bodies::draft, 200);
}

#[test]
fn templates_of_the_corpus_are_filled_or_refused() {
    run("template", bodies::template, 100);
}

#[test]
fn texts_of_the_corpus_are_imported() {
    run("import_text", bodies::import_text, 50);
}

#[test]
fn pdfs_of_the_corpus_are_imported_or_refused() {
    run("import_pdf", bodies::import_pdf, 200);
}

#[test]
fn word_documents_of_the_corpus_are_imported_or_refused() {
    run("import_docx", bodies::import_docx, 100);
}

#[test]
fn letters_with_any_characters_become_every_file() {
    run("compose", bodies::compose, 15);
}

#[test]
fn tables_and_settings_of_the_corpus_are_read_or_refused() {
    run("tables", bodies::tables, 30);
}

#[test]
fn what_is_packed_by_hand_can_be_unpacked() {
    let words = rationale::import::words(&bodies::packed(
        "word/document.xml",
        b"<w:p><w:r><w:t>words</w:t></w:r></w:p>",
    ));
    assert_eq!(words.unwrap().text.trim(), "words");
}
