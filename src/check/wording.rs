//! How findings name the places they speak of: "the rationale of item 2".

use jiff::civil::Date;

use crate::letter::fields::{Field, Kind};
use crate::letter::grammar::article;
use crate::letter::phrasing;
use crate::letter::{FieldPath, Letter, us_date};

/// What fields are called within a sentence that names their row, where their label would
/// not read well in it.
const NOUNS: &[(&str, &str)] = &[
    ("reviewers[].certifications", "board certification"),
    ("reviewers[].licence_states", "state of licensure"),
    ("items[].dates_of_service", "date of service"),
    ("items[].request", "title"),
    ("items[].authorized", "authorized part"),
    ("items[].remaining", "remaining part"),
    ("items[].reviewer_guideline", "guideline"),
    ("items[].opinions[].reviewer", "reviewer"),
    ("items[].opinions[].decision", "decision"),
    ("items[].opinions[].rationale", "rationale"),
    ("documents[].kind", "name"),
    ("documents[].from", "date"),
    ("documents[].to", "last date"),
    ("recipients[].role", "role"),
    ("recipients[].name", "name"),
    ("recipients[].address", "address"),
];

/// "The rationale of item 2" in the middle of a sentence, or a field's label in quotes
/// where it is in no row.
pub(super) fn field_name(letter: &Letter, field: &Field, path: &FieldPath) -> String {
    match row_name(letter, path) {
        Some(row) => format!("the {} of {row}", noun(field)),
        None => format!("\"{}\"", field.label),
    }
}

/// That a place is empty: "Item 2 needs a rationale".
pub(super) fn missing_message(
    letter: &Letter,
    field: &Field,
    path: &FieldPath,
) -> String {
    match row_name(letter, path) {
        Some(row) => capitalized(&format!("{row} needs {}", article(&noun(field)))),
        None if field.kind == Kind::Many => format!("{} are missing", field.label),
        None => format!("{} is missing", field.label),
    }
}

/// A dated place: "the date of document 3 (03/26/2009)".
pub(super) fn dated(place: &str, date: Date) -> String {
    format!("{place} ({})", us_date(date))
}

/// The row that a place is in: "item 2", "opinion 1 of item 2".
pub(super) fn row_name(letter: &Letter, path: &FieldPath) -> Option<String> {
    let mut names = letter.row_names(path);
    names.reverse();
    if names.is_empty() { None } else { Some(names.join(" of ")) }
}

/// The words with a capital at their beginning.
pub(super) fn capitalized(words: &str) -> String {
    let mut characters = words.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}

/// What was typed, as far as a message needs it.
pub(super) fn shortened(typed: &str) -> String {
    // As long as the longest date that anybody writes, weekday included.
    const LIMIT: usize = 40;
    let line = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LIMIT {
        line
    } else {
        line.chars().take(LIMIT).chain(['…']).collect()
    }
}

fn noun(field: &Field) -> String {
    match NOUNS.iter().find(|(pattern, _)| *pattern == field.pattern) {
        Some((_, noun)) => (*noun).to_owned(),
        None => phrasing::uncapitalized(&field.label),
    }
}
