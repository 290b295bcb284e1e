//! What `benches/side_by_side.sh` asks of the library: each figure on a line of its own,
//! as `name<TAB>median<TAB>95th percentile`, in milliseconds.
//!
//! Every run changes one word to one that was never there, so that no answer of a run
//! before is enough.

#![expect(clippy::expect_used, reason = "a measurement stops at the first surprise")]
#![expect(clippy::print_stdout, reason = "the figures are what is asked for")]
#![expect(clippy::disallowed_methods, reason = "a clock is what a measurement needs")]

use std::hint::black_box;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use jiff::civil::date;
use rationale::check;
use rationale::compose::compose;
use rationale::export::{self, png};
use rationale::layout;
use rationale::letter::{Id, Letter};
use rationale::library::Library;
use rationale::template::{LetterCopy, Order, Template};

const SAMPLE: &str = include_str!("../examples/sample-letter.ron");
const LONG: &str = include_str!("../examples/long-letter.ron");
const ORDER: Order = Order { copy: LetterCopy::Served, today: date(2026, 1, 1) };
const RUNS: usize = 60;
/// Pixels a point of a page that fills a window 1,280 pixels wide.
const SCALE: f32 = 1.0;

#[derive(serde::Deserialize)]
struct File {
    letter: Letter,
}

fn main() {
    let library = Library::bundled().expect("tables are well formed");
    for (name, source) in [("one page", SAMPLE), ("eleven pages", LONG)] {
        let letter = read(source);
        stages(name, &letter, &library);
    }
    for items in [1, 10, 100, 1000] {
        let letter = with_items(read(LONG), items);
        let name = format!("{items} items");
        changed_word(&format!("keystroke, checks\t{name}"), letter, |letter| {
            black_box(compose(letter, template(), &library, &ORDER));
        });
    }
}

/// One changed word, from the form to each stage of the letter.
fn stages(name: &str, letter: &Letter, library: &Library) {
    changed_word(&format!("changed word to PDF\t{name}"), letter.clone(), |letter| {
        black_box(pdf(letter, library));
    });
    changed_word(&format!("changed word, no checks\t{name}"), letter.clone(), |letter| {
        black_box(unchecked_pdf(letter, library));
    });
    changed_word(&format!("rules\t{name}"), letter.clone(), |letter| {
        let (document, _) = template().fill(letter, ORDER.copy);
        black_box(check::check(letter, template(), library, &ORDER, &document));
    });
    changed_word(
        &format!("keystroke to painted page\t{name}"),
        letter.clone(),
        |letter| {
            black_box(
                png::paint(&pdf(letter, library), 0, SCALE).expect("a page is painted"),
            );
        },
    );
}

/// Times the work on a letter whose middle rationale has another number in it each time.
fn changed_word(name: &str, mut letter: Letter, work: impl Fn(&Letter)) {
    static NUMBER: AtomicUsize = AtomicUsize::new(1000);
    let middle = letter.items.len() / 2;
    let written = letter.items[middle].rationale.clone();
    let mut times = Vec::new();
    for _ in 0..RUNS {
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        letter.items[middle].rationale =
            written.replacen("the", &format!("the {number}"), 1);
        let start = Instant::now();
        work(&letter);
        times.push(start.elapsed());
    }
    report(name, times);
}

fn report(name: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |share: usize| times[(times.len() - 1) * share / 100].as_secs_f64() * 1e3;
    println!("{name}\t{:.2}\t{:.2}", at(50), at(95));
}

fn read(source: &str) -> Letter {
    ron::from_str::<File>(source)
        .expect("examples are well formed")
        .letter
}

/// The letter with this many items: its own, again and again.
fn with_items(mut letter: Letter, count: usize) -> Letter {
    let own = letter.items.clone();
    letter.items = own.into_iter().cycle().take(count).collect();
    for (position, item) in letter.items.iter_mut().enumerate() {
        item.id = Id(u32::try_from(position + 1).expect("a letter is not that long"));
    }
    letter
}

fn pdf(letter: &Letter, library: &Library) -> Vec<u8> {
    let composed = compose(letter, template(), library, &ORDER);
    let input =
        export::ExportInput { document: &composed.document, pages: &composed.pages };
    (export::PDF.write)(&input).expect("the letter can be written")
}

/// A draft: that it is finished, only the checks can say.
fn unchecked_pdf(letter: &Letter, library: &Library) -> Vec<u8> {
    let (document, _) = template().fill(letter, ORDER.copy);
    let pages = layout::paginate(&document, library.faces(), &template().sheet());
    let input = export::ExportInput { document: &document, pages: &pages };
    (export::PDF.write)(&input).expect("the letter can be written")
}

fn template() -> &'static Template {
    Template::built_in("imr-2014").expect("the template is built in")
}
