//! What a keystroke costs: each stage of composing, and the whole, for the sample letter
//! and for one of 21 items.
//!
//! `cold` loads typefaces and tables first, as a start of the program does; `keystroke`
//! changes the letter and composes it again, as typing does.

#![expect(clippy::expect_used, reason = "a measurement stops at the first surprise")]

use divan::{Bencher, black_box};
use jiff::civil::date;
use rationale::check;
use rationale::compose::compose;
use rationale::export::{self, png};
use rationale::layout;
use rationale::letter::Letter;
use rationale::library::Library;
use rationale::template::{LetterCopy, Order, Template};

fn main() {
    divan::main();
}

const LETTERS: [(&str, &str); 2] = [
    ("sample", include_str!("../examples/sample-letter.ron")),
    ("21 items", include_str!("../examples/long-letter.ron")),
];

const ORDER: Order = Order { copy: LetterCopy::Served, today: date(2026, 1, 1) };

fn names() -> impl Iterator<Item = &'static str> {
    LETTERS.iter().map(|(name, _)| *name)
}

#[derive(serde::Deserialize)]
struct File {
    letter: Letter,
}

fn letter(name: &str) -> Letter {
    let (_, source) = LETTERS
        .iter()
        .find(|(known, _)| *known == name)
        .expect("the letter is in the list");
    ron::from_str::<File>(source)
        .expect("examples are well formed")
        .letter
}

fn template() -> &'static Template {
    Template::built_in("imr-2014").expect("the template is built in")
}

fn library() -> Library {
    Library::bundled().expect("tables are well formed")
}

fn pdf(letter: &Letter, library: &Library) -> Vec<u8> {
    let composed = compose(letter, template(), library, &ORDER);
    let input =
        export::ExportInput { document: &composed.document, pages: &composed.pages };
    (export::PDF.write)(&input).expect("the letter can be written")
}

#[divan::bench(args = names())]
fn fill(bencher: Bencher, name: &str) {
    let letter = letter(name);
    bencher.bench(|| template().fill(black_box(&letter), LetterCopy::Served));
}

#[divan::bench(args = names())]
fn check(bencher: Bencher, name: &str) {
    let (letter, library) = (letter(name), library());
    let (document, _) = template().fill(&letter, LetterCopy::Served);
    bencher.bench(|| {
        check::check(black_box(&letter), template(), &library, &ORDER, &document)
    });
}

#[divan::bench(args = names())]
fn check_without_spelling(bencher: Bencher, name: &str) {
    let (letter, library) = (letter(name), library().without_spelling());
    let (document, _) = template().fill(&letter, LetterCopy::Served);
    bencher.bench(|| {
        check::check(black_box(&letter), template(), &library, &ORDER, &document)
    });
}

/// The same with an apostrophe that is no ASCII in every sentence, as word processors
/// write it.
#[divan::bench(args = names())]
fn check_curly_without_spelling(bencher: Bencher, name: &str) {
    let (mut letter, library) = (letter(name), library().without_spelling());
    let curly =
        |text: &mut String| *text = text.replace(". ", ". The claimant\u{2019}s case: ");
    curly(&mut letter.summary);
    letter.items.iter_mut().for_each(|item| curly(&mut item.rationale));
    let (document, _) = template().fill(&letter, LetterCopy::Served);
    bencher.bench(|| {
        check::check(black_box(&letter), template(), &library, &ORDER, &document)
    });
}

#[divan::bench(args = names())]
fn paginate(bencher: Bencher, name: &str) {
    let library = library();
    let (document, _) = template().fill(&letter(name), LetterCopy::Served);
    bencher.bench(|| {
        layout::paginate(black_box(&document), library.faces(), &template().sheet())
    });
}

#[divan::bench(args = names())]
fn write_pdf(bencher: Bencher, name: &str) {
    let library = library();
    let composed = compose(&letter(name), template(), &library, &ORDER);
    let input =
        export::ExportInput { document: &composed.document, pages: &composed.pages };
    bencher.bench(|| (export::PDF.write)(black_box(&input)));
}

#[divan::bench(args = names())]
fn paint_first_page(bencher: Bencher, name: &str) {
    let pdf = pdf(&letter(name), &library());
    bencher.bench(|| png::paint(black_box(&pdf), 0, 1.5));
}

#[divan::bench(args = names())]
fn keystroke(bencher: Bencher, name: &str) {
    let library = library();
    let mut letter = letter(name);
    bencher.bench_local(|| {
        letter.summary.push('x');
        png::paint(&pdf(&letter, &library), 0, 1.5)
    });
}

#[divan::bench(args = names())]
fn cold(bencher: Bencher, name: &str) {
    let letter = letter(name);
    bencher.bench(|| png::paint(&pdf(&letter, &library()), 0, 1.5));
}
