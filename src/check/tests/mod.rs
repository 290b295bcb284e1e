//! The letters that rules are tried on, and what they say of them.
//!
//! `faultless` is a letter of 2013 that nothing is said of, written to by the paths of its
//! fields; `letter` is one of 2017 with nothing but titles. Rules that read titles,
//! guideline lines and rationales have tests of their own beside their functions.

mod completeness;
mod conclusions;
mod dates;
mod language;
mod planted;

use std::sync::LazyLock;

use jiff::civil::{Date, date};

use super::RULES;
use crate::diagnostic::{Anchor, Diagnostic, Severity};
use crate::letter::{Decision, Entry, Group, Guideline, Item, Letter, Source};
use crate::library::Library;
use crate::template::{LetterCopy, Order, Template};

pub(super) static LIBRARY: LazyLock<Library> =
    LazyLock::new(|| Library::bundled().expect("the tables are well formed"));

/// Every finding in a letter.
pub(super) fn check(
    letter: &Letter,
    template: &Template,
    copy: LetterCopy,
    today: Date,
) -> Vec<Diagnostic> {
    let order = Order { copy, today };
    let (document, _) = template.fill(letter, order.copy);
    super::check(letter, template, &LIBRARY, &order, &document)
}

fn template_of(id: &str) -> &'static Template {
    Template::built_in(id).expect("the template is built in")
}

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

/// A letter of one item, decided for this rationale.
pub(super) fn reasoning(title: &str, rationale: &str) -> Letter {
    let mut letter = letter(&[title]);
    letter.items[0].rationale = rationale.into();
    letter
}

/// Holds a rule to the words of a summary that it speaks of.
#[track_caller]
pub(super) fn speaks_of(rule: &str, summary: &str, expected: &[&str]) {
    let found = findings(rule, &[("summary", summary)], |_| ());
    let words: Vec<&str> = found.iter().map(|(words, _)| words.as_str()).collect();
    assert_eq!(words, expected, "{summary}");
}

/// All that one rule finds in a letter of 2017.
pub(super) fn found(letter: &Letter, rule: &str) -> Vec<Diagnostic> {
    let template = template_of("imr-2017");
    let mut found = check(letter, template, LetterCopy::Public, date(2017, 3, 1));
    found.retain(|diagnostic| diagnostic.code == rule);
    found
}

/// What one rule says of it, a line each: how much it weighs, the words spoken of or else
/// the field, the message.
pub(super) fn said(letter: &Letter, rule: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for Diagnostic { severity, anchor, message, .. } in found(letter, rule) {
        let words = match &anchor {
            Anchor::Field { path, range: None } => letter.spell(path),
            _ => super::words(&anchor, letter, template_of("imr-2017")),
        };
        lines.push(format!("{severity:?} [{words}] {message}"));
    }
    lines
}

/// The letter after the first fix of the first finding.
pub(super) fn fixed(letter: &Letter, rule: &str) -> Letter {
    let mut fixed = letter.clone();
    let fix = &found(letter, rule)[0].fixes[0];
    assert!(super::apply_fix(&mut fixed, template_of("imr-2017"), fix));
    fixed
}

fn template() -> &'static Template {
    template_of("imr-2014")
}

/// Writes into the field of this path, rows counted as they were added: text, dates and
/// numbers as typed, choices by their key.
fn write(letter: &mut Letter, path: &str, text: &str) {
    let pattern: String =
        path.chars().filter(|character| !character.is_ascii_digit()).collect();
    let field = template().field(&pattern).expect("the letter kind has the field");
    let place = field
        .places(letter)
        .into_iter()
        .find(|place| letter.spell(place) == path)
        .expect("the row is there");
    field.slot(letter, &place).expect("the row is there").write(text);
}

pub(super) fn faultless() -> Letter {
    let mut letter = Letter::default();
    letter.add_row(Group::Reviewers, None);
    letter.add_row(Group::Documents, None);
    letter.add_row(Group::Items, None);
    letter.add_row(Group::Items, None);
    for (path, text) in [
        ("reviewers[1].certifications", "Orthopedic Surgery"),
        ("reviewers[1].licence_states", "New York"),
        ("reviewers[1].attests_no_affiliation", "yes"),
        ("reviewers[1].attests_five_years", "yes"),
        ("reviewers[1].attests_active_practice", "yes"),
        ("case.number", "CM13-0012345"),
        ("case.date_of_injury", "03/26/2009"),
        ("case.ur_denial_date", "09/16/2013"),
        ("case.application_received", "09/27/2013"),
        ("case.date_assigned", "10/11/2013"),
        ("case.records_received", "10/07/2013"),
        ("case.decision_date", "11/04/2013"),
        ("claimant.sex", "male"),
        ("claimant.age", "45"),
        ("documents[1].kind", "Medical records"),
        ("documents[1].from", "01/08/2013"),
        ("documents[1].to", "09/03/2013"),
        ("summary", "The claimant slipped while lifting a box."),
    ] {
        write(&mut letter, path, text);
    }
    for item in ["items[1]", "items[2]"] {
        for (name, text) in [
            ("request", "Trigger Point Injections"),
            ("decision", "upheld"),
            ("claims_guideline", "Decision based on MTUS."),
            ("reviewer_guideline", "Decision based on MTUS."),
            ("rationale", "The requested item is not medically necessary."),
        ] {
            write(&mut letter, &format!("{item}.{name}"), text);
        }
    }
    letter
}

/// Every finding in the faultless letter after a change.
fn all_findings(
    copy: LetterCopy,
    change: impl FnOnce(&mut Letter),
) -> (Letter, Vec<Diagnostic>) {
    let mut letter = faultless();
    change(&mut letter);
    let found = check(&letter, template(), copy, date(2013, 11, 5));
    (letter, found)
}

/// What one rule finds in the faultless letter after these fields were written to, each
/// finding with the words that it speaks of, if it speaks of any.
pub(super) fn findings(
    code: &str,
    written: &[(&str, &str)],
    change: impl FnOnce(&mut Letter),
) -> Vec<(String, Diagnostic)> {
    let (letter, found) = all_findings(LetterCopy::Public, |letter| {
        for (path, text) in written {
            write(letter, path, text);
        }
        change(letter);
    });
    let mut findings = Vec::new();
    for found in found {
        if found.code == code {
            let words = match &found.anchor {
                Anchor::Field { range: Some(_), .. } => {
                    super::words(&found.anchor, &letter, template())
                }
                _ => String::new(),
            };
            findings.push((words, found));
        }
    }
    findings
}

/// The same as lines: the words spoken of, and the message.
pub(super) fn reported(
    code: &str,
    written: &[(&str, &str)],
    change: impl FnOnce(&mut Letter),
) -> Vec<String> {
    let found = findings(code, written, change).into_iter();
    found
        .map(|(words, found)| format!("{words}: {}", found.message))
        .collect()
}

/// The rules that read what titles, guideline lines and rationales say: each has letters
/// of its own beside its function, and says something of the one-word rationales here.
const READING: &[&str] = &[
    "L005", "L006", "L007", "L010", "L011", "L012", "L014", "L016", "L017", "L018",
    "L020", "L021", "L022", "L023", "L024", "L025", "L026", "L027", "L028", "L029",
];

/// Rules of how words are spelled and set. Texts of the other rules' tests are as short as
/// they can be.
const OF_LANGUAGE: &[&str] = &["L045", "L046", "L069"];

/// What is said of the faultless letter after a change, a line each: code, place,
/// message, hint.
fn check_change(change: impl FnOnce(&mut Letter), expected: &[&str]) {
    check_where(change, |code| !OF_LANGUAGE.contains(&code), expected);
}

/// What is said when one field is written to.
fn check_field(path: &str, text: &str, expected: &[&str]) {
    check_change(|letter| write(letter, path, text), expected);
}

fn check_where(
    change: impl FnOnce(&mut Letter),
    is_wanted: impl Fn(&str) -> bool,
    expected: &[&str],
) {
    let (letter, found) = all_findings(LetterCopy::Served, change);
    let mut lines = Vec::new();
    for Diagnostic { severity, code, anchor, message, hint, .. } in found {
        if is_wanted(code) && !READING.contains(&code) {
            let place = anchor.field().map(|path| letter.spell(path));
            let place = place.unwrap_or_default();
            lines.push(format!("{severity:?} {code} {place}: {message} / {hint}"));
        }
    }
    assert_eq!(lines, expected);
}

#[test]
fn nothing_is_said_of_a_letter_without_faults() {
    check_change(|_| (), &[]);
}

#[test]
fn rules_have_numbers_and_names_of_their_own() {
    for (place, rule) in RULES.iter().enumerate() {
        let others = &RULES[place + 1..];
        assert!(
            others
                .iter()
                .all(|other| other.id > rule.id && other.name != rule.name),
            "{}",
            rule.id
        );
    }
}

#[test]
fn findings_are_in_the_order_of_the_form() {
    let (letter, found) = all_findings(LetterCopy::Served, |letter| {
        write(letter, "items[2].request", " ");
        write(letter, "items[1].rationale", "TBD and XX.");
        write(letter, "case.number", "7");
        write(letter, "summary", "___");
    });
    let relevant = found.iter().filter(|found| !READING.contains(&found.code));
    let places: Vec<_> = relevant
        .filter_map(|found| Some(letter.spell(found.anchor.field()?)))
        .collect();
    assert_eq!(
        places,
        [
            "case.number",
            "summary",
            "items[1].rationale",
            "items[1].rationale",
            "items[2].request"
        ]
    );
}
