//! The finished PDF: its size, its words as an independent reader finds them, and the same bytes every time.

use jiff::civil::date;
use rationale::compose::{Composition, Order, compose};
use rationale::export;
use rationale::letter::Letter;
use rationale::library::Library;
use rationale::template::{Copy, Template};

use crate::sample;

fn composed(letter: &Letter) -> Composition {
    let library = Library::bundled().unwrap();
    let template = Template::built_in("imr-2014").unwrap();
    compose(letter, template, &library, &Order { copy: Copy::Served, today: date(2026, 1, 1) })
}

fn pdf(composition: &Composition) -> Vec<u8> {
    let input = export::Input { document: &composition.document, pages: &composition.pages };
    (export::format("pdf").unwrap().write)(&input).unwrap()
}

#[test]
fn the_sample_letter_is_one_page_and_small() {
    let composition = composed(&sample::letter());
    assert_eq!(composition.pages.len(), 1);
    let bytes = pdf(&composition);
    assert!(bytes.len() < 60_000, "{} bytes", bytes.len());
    if let Ok(folder) = std::env::var("KEEP") {
        std::fs::write(format!("{folder}/sample.pdf"), bytes).unwrap();
        let empty = composed(&Letter::default());
        std::fs::write(format!("{folder}/empty.pdf"), pdf(&empty)).unwrap();
        let mut served = sample::letter();
        for (role, name, address) in [
            ("Employee", "Alex Example", "1 Sample Street\nSampletown, CA 90000"),
            ("Claims administrator", "Example Casualty", "P.O. Box 100\nSampletown, CA 90000"),
        ] {
            served.add_row(rationale::letter::Group::Recipients, None);
            let recipient = served.recipients.last_mut().unwrap();
            recipient.role = role.into();
            recipient.name = name.into();
            recipient.address = address.into();
        }
        std::fs::write(format!("{folder}/served.pdf"), pdf(&composed(&served))).unwrap();
    }
}

#[test]
fn the_same_letter_gives_the_same_bytes() {
    assert_eq!(pdf(&composed(&sample::letter())), pdf(&composed(&sample::letter())));
}
