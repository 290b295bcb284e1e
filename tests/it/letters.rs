//! What holds for every letter, whatever is written into it: no word is lost on the way
//! to its pages.

use std::sync::LazyLock;

use jiff::civil::date;
use proptest::prelude::*;
use rationale::compose::{Composition, compose};
use rationale::letter::{Decision, FieldPath, Group, Guideline, Id, Letter};
use rationale::library::Library;
use rationale::store;
use rationale::template::{LetterCopy, Order, Template};

use crate::cli::SAMPLE;

static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::bundled().unwrap());

/// What people type and paste, with everything that means something to a template, to
/// Markdown or to a typesetter.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => "[A-Za-z][a-z ,.()/-]{0,80}",
        2 => "([a-z]{1,8} ?|[*_`#|<>\\[\\]{}%\\\\&~!=+-]{1,4}){1,8}",
        1 => "(\\{\\{ [a-z.]{1,9} \\}\\}|\\{% [a-z ]{1,9} %\\}|\\{# [a-z]{1,5} #\\}\
              |\\*\\*\\*|[0-9]\\. |- |> ){1,3}",
        1 => "[a-z\u{301}é☐漢≥½“”\u{a0}\u{ad}\u{200b}\u{202e}\
              \u{f0000}\u{f0001}\u{fffff} \t]{1,30}",
        1 => "\\PC{1,30}",
    ]
}

fn prose() -> impl Strategy<Value = String> {
    let sentences =
        prop::collection::vec(line(), 1..12).prop_map(|lines| lines.join(" "));
    prop::collection::vec(sentences, 0..4).prop_map(|paragraphs| paragraphs.join("\n\n"))
}

fn letters() -> impl Strategy<Value = Letter> {
    let item = (line(), prose(), line(), any::<bool>());
    (
        prose(),
        prop::collection::vec(item, 0..8),
        prop::collection::vec((line(), line()), 0..3),
    )
        .prop_map(|(summary, items, recipients)| {
            let mut letter = Letter { summary, ..Letter::default() };
            for (request, rationale, guideline, is_upheld) in items {
                letter.add_row(Group::Items, None);
                let item = letter.items.last_mut().unwrap();
                (item.title.request, item.rationale) = (request, rationale);
                item.decision =
                    Decision(if is_upheld { "upheld" } else { "overturned" }.into());
                item.reviewer_guideline = Guideline::AsWritten(guideline);
            }
            for (name, address) in recipients {
                letter.add_row(Group::Recipients, None);
                let recipient = letter.recipients.last_mut().unwrap();
                (recipient.name, recipient.address) = (name, address);
            }
            letter
        })
}

fn composed(letter: &Letter, copy: LetterCopy) -> Composition {
    compose(
        letter,
        Template::built_in("imr-2014").unwrap(),
        &LIBRARY,
        &Order { copy, today: date(2026, 1, 1) },
    )
}

/// The characters that are written; how many spaces are between them is the page's
/// affair.
fn written(text: &str) -> String {
    text.split_whitespace().collect()
}

/// What a reader finds in the letter in this order.
fn typed(letter: &Letter) -> impl Iterator<Item = &str> {
    let recipients = letter
        .recipients
        .iter()
        .flat_map(|recipient| [&recipient.name, &recipient.address]);
    let items = letter.items.iter().flat_map(|item| {
        let Guideline::AsWritten(guideline) = &item.reviewer_guideline else {
            unreachable!("as the letters are made")
        };
        [&item.title.request, guideline, &item.rationale]
    });
    recipients.chain([&letter.summary]).chain(items).map(String::as_str)
}

/// The page of the first and the last line on which an item's field is.
fn pages_of(
    composition: &Composition,
    pattern: &str,
    item: Id,
) -> Option<(usize, usize)> {
    let places = composition.pages.places(&FieldPath::new(pattern, &[item]));
    Some((places.first()?.0, places.last()?.0))
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_word_is_lost_between_the_letter_and_its_pages(letter in letters()) {
        let composition = composed(&letter, LetterCopy::Served);
        let document = written(&composition.document.text());
        let pages = written(&composition.pages.text());
        prop_assert_eq!(&document, &pages);
        let mut rest = pages.as_str();
        for text in typed(&letter).map(written) {
            let at = rest.find(&text);
            prop_assert!(at.is_some(), "{:?} is not in {:?}", text, rest);
            rest = &rest[at.unwrap() + text.len()..];
        }
    }

    #[test]
    fn every_item_has_its_place_on_a_page_and_begins_with_what_it_is_based_on(letter in letters()) {
        let composition = composed(&letter, LetterCopy::Public);
        let mut page_before = 0;
        for item in &letter.items {
            // An item is found where it is printed, or where its gap is.
            let title = pages_of(&composition, "items[].request", item.id);
            let guideline = pages_of(&composition, "items[].claims_guideline", item.id);
            let decision = pages_of(&composition, "items[].decision", item.id);
            let rationale = pages_of(&composition, "items[].rationale", item.id);
            prop_assert!(title.is_some() && rationale.is_some() && decision.is_some());
            let (title, rationale) = (title.unwrap(), rationale.unwrap());
            prop_assert!(page_before <= title.0 && title.1 <= rationale.0);
            prop_assert_eq!(guideline.map(|guideline| guideline.0), Some(title.1));
            page_before = rationale.1;
        }
    }

    #[test]
    fn a_draft_with_a_piece_missing_is_read_or_refused_but_never_a_crash(
        start in 0..SAMPLE.len(),
        length in 1usize..400,
    ) {
        let end = (start + length).min(SAMPLE.len());
        let bytes = [&SAMPLE.as_bytes()[..start], &SAMPLE.as_bytes()[end..]].concat();
        if let Err(error) = store::read(&bytes, std::path::Path::new("a.ron"), None) {
            prop_assert!(!error.to_string().is_empty() && !error.hint().is_empty());
        }
    }
}

#[test]
fn no_cut_off_draft_is_taken_for_a_whole_one() {
    let whole = SAMPLE.trim_end().len();
    let is_read = |end: &usize| {
        store::read(&SAMPLE.as_bytes()[..*end], std::path::Path::new("a.ron"), None)
            .is_ok()
    };
    assert_eq!((0..whole).find(is_read), None);
}

#[test]
fn words_that_lead_to_the_items_are_on_the_first_items_page() {
    for lines in 20..50 {
        let mut letter = Letter { summary: "a\n".repeat(lines), ..Letter::default() };
        let item = letter.add_row(Group::Items, None);
        let composition = composed(&letter, LetterCopy::Public);
        let leads = |page: &rationale::layout::page::Page| {
            page.items
                .iter()
                .filter_map(|item| item.text())
                .any(|text| text.contains("set forth below"))
        };
        let page = composition.pages.iter().position(leads);
        let title = pages_of(&composition, "items[].request", item);
        assert_eq!(page, title.map(|(first, _)| first), "{lines} lines");
    }
}
