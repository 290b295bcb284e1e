//! Small letters for the tests of rules that read words, and what a rule says of them.

use std::sync::LazyLock;

use jiff::civil::date;

use super::check;
use crate::diagnostic::{Anchor, Diagnostic};
use crate::letter::{Decision, Entry, Group, Guideline, Item, Letter, Source};
use crate::library::Library;
use crate::template::{LetterCopy, Order, Template};

static LIBRARY: LazyLock<Library> =
    LazyLock::new(|| Library::bundled().expect("the tables are well formed"));

/// A letter of early 2017 with one item for each of these titles.
pub(super) fn letter(titles: &[&str]) -> Letter {
    let mut letter = Letter::default();
    letter.case.ur_denial_date = Entry::Understood(date(2017, 1, 3));
    letter.case.decision_date = Entry::Understood(date(2017, 2, 14));
    for title in titles {
        letter.add_row(Group::Items, None);
        let item = letter.items.last_mut().expect("it was added");
        item.title.request = (*title).into();
        item.decision = Decision("upheld".into());
    }
    letter
}

/// A chapter of the MTUS.
pub(super) fn mtus(title: &str, year: u16, sections: &[&str]) -> Source {
    let sections = sections.iter().map(ToString::to_string).collect();
    Source::Mtus {
        title: title.into(),
        year: (year > 0).then_some(year),
        acoem_chapter: None,
        sections,
    }
}

/// Cites these works in the reviewer's line.
pub(super) fn cite(item: &mut Item, sources: impl IntoIterator<Item = Source>) {
    item.reviewer_guideline = Guideline::Cited(sources.into_iter().collect());
}

/// All that one rule finds.
pub(super) fn found(letter: &Letter, rule: &str) -> Vec<Diagnostic> {
    let template = Template::built_in("imr-2017").expect("the letter kind is there");
    let order = Order { copy: LetterCopy::Public, today: date(2017, 3, 1) };
    let (document, _) = template.fill(letter, order.copy);
    let mut found = check(letter, template, &LIBRARY, &order, &document);
    found.retain(|diagnostic| diagnostic.code == rule);
    found
}

/// What one rule says, a line each: how much it weighs, the words spoken of, the message.
pub(super) fn said(letter: &Letter, rule: &str) -> Vec<String> {
    let line = |found: &Diagnostic| {
        format!(
            "{:?} [{}] {}",
            found.severity,
            words(letter, &found.anchor),
            found.message
        )
    };
    found(letter, rule).iter().map(line).collect()
}

/// The same without the words.
pub(super) fn told(letter: &Letter, rule: &str) -> Vec<String> {
    found(letter, rule)
        .iter()
        .map(|found| format!("{:?} {}", found.severity, found.message))
        .collect()
}

fn words(letter: &Letter, anchor: &Anchor) -> String {
    let template = Template::built_in("imr-2017").expect("the letter kind is there");
    match anchor {
        Anchor::Field { path, range: None } => letter.spell(path),
        _ => super::words(anchor, letter, template),
    }
}

/// The letter after the first remedy of the first finding.
pub(super) fn fixed(letter: &Letter, rule: &str) -> Letter {
    let mut fixed = letter.clone();
    let template = Template::built_in("imr-2017").expect("the letter kind is there");
    assert!(super::apply_fix(&mut fixed, template, &found(letter, rule)[0].fixes[0]));
    fixed
}
