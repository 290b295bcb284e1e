//! The rules that a letter is held to: a row of [`RULES`] and a function each, one file a family.
//!
//! To add a rule, write its function in its family's file and add its row here. A rule looks at what is there and says
//! what it found; its number, its name and how much it weighs stand in the row alone.

mod characters;
mod completeness;
mod dates;
mod decisions;
mod placeholders;
mod wording;

use crate::compose::Order;
use crate::diagnostic::{Anchor, Diagnostic, FieldPath, Severity};
use crate::document::Document;
use crate::letter::Letter;
use crate::letter::fields::{Field, Value};
use crate::library::Library;
use crate::template::Template;

/// One thing that is looked at in every letter.
pub struct Rule {
    /// Such as `L001`; never given to another rule.
    pub id: &'static str,
    /// Its short name, such as `missing`.
    pub name: &'static str,
    pub severity: Severity,
    /// What a letter that keeps the rule is like, in a sentence.
    pub summary: &'static str,
    find: fn(&Matter<'_>) -> Vec<Finding>,
}

/// Every rule, by its number.
#[rustfmt::skip]
pub const RULES: &[Rule] = &[
    Rule { id: "L001", name: "missing", severity: Severity::Error, find: completeness::missing,
        summary: "Every field and row that the letter kind requires is filled in" },
    Rule { id: "L002", name: "case-number", severity: Severity::Error, find: completeness::case_number,
        summary: "The case number has the letter kind's form" },
    Rule { id: "L003", name: "qualifications", severity: Severity::Error, find: completeness::qualifications,
        summary: "Every reviewer has confirmed every statement, and has a certification and a licence" },
    Rule { id: "L004", name: "documents", severity: Severity::Error, find: completeness::documents,
        summary: "More was read than the utilization review determination" },
    Rule { id: "L008", name: "placeholder", severity: Severity::Error, find: placeholders::left_over,
        summary: "No placeholder is left over; words in brackets are warned of" },
    Rule { id: "L009", name: "characters", severity: Severity::Error, find: characters::unprintable,
        summary: "Every character can be printed, and none is hidden" },
    Rule { id: "L030", name: "dates", severity: Severity::Error, find: dates::plausible,
        summary: "Dates follow each other as the events do, and none is before 1950 or in the future" },
    Rule { id: "L060", name: "not-understood", severity: Severity::Error, find: dates::not_understood,
        summary: "Every date is a date and every number a number" },
    Rule { id: "L061", name: "decision", severity: Severity::Error, find: decisions::unknown,
        summary: "Every decision is one that the letter kind has" },
    Rule { id: "L062", name: "goes-with", severity: Severity::Error, find: decisions::dependence,
        summary: "No item is needed only with itself, or with one that is not in the letter" },
];

/// What a rule may look at.
pub struct Matter<'a> {
    pub letter: &'a Letter,
    pub template: &'a Template,
    pub library: &'a Library,
    pub order: &'a Order,
    /// The letter's words as printed.
    pub document: &'a Document,
}

/// What a rule noticed, before its row says what that is called and how much it weighs.
struct Finding {
    anchor: Anchor,
    message: String,
    hint: String,
    /// How much it weighs, where that is not what the rule's row says.
    severity: Option<Severity>,
}

impl Finding {
    fn new(anchor: impl Into<Anchor>, message: String, hint: impl Into<String>) -> Self {
        Self { anchor: anchor.into(), message, hint: hint.into(), severity: None }
    }
}

impl<'a> Matter<'a> {
    /// Every place of the form, with what stands in it.
    fn places(&self) -> impl Iterator<Item = (&'a Field, FieldPath, Value<'a>)> {
        let (letter, template) = (self.letter, self.template);
        template.fields().iter().flat_map(move |field| {
            let places = field.places(letter).into_iter();
            places.filter_map(move |path| field.value(letter, &path).map(|value| (field, path, value)))
        })
    }

    /// Whether the form asks for this field.
    fn asks_for(&self, pattern: &str) -> bool {
        self.template.field(pattern).is_some()
    }
}

/// What is wrong with a letter, in the order of the form.
#[must_use]
pub fn check(
    letter: &Letter,
    template: &Template,
    library: &Library,
    order: &Order,
    document: &Document,
) -> Vec<Diagnostic> {
    let matter = Matter { letter, template, library, order, document };
    let mut diagnostics: Vec<Diagnostic> = RULES.iter().flat_map(|rule| rule.apply(&matter)).collect();
    sort(&mut diagnostics, letter, template);
    diagnostics
}

impl Rule {
    fn apply(&self, matter: &Matter<'_>) -> Vec<Diagnostic> {
        let findings = (self.find)(matter).into_iter();
        findings.map(|finding| self.diagnostic(finding)).collect()
    }

    fn diagnostic(&self, finding: Finding) -> Diagnostic {
        let Finding { anchor, message, hint, severity } = finding;
        let severity = severity.unwrap_or(self.severity);
        Diagnostic { severity, code: self.id, name: self.name, message, hint, anchor }
    }
}

/// Puts findings in the order of the form: the letter as a whole, then field by field, and row by row where there are
/// rows.
pub fn sort(diagnostics: &mut [Diagnostic], letter: &Letter, template: &Template) {
    diagnostics.sort_by_cached_key(|diagnostic| {
        let Anchor::Field { path, range } = &diagnostic.anchor else { return Vec::new() };
        let mut place = place_in_form(path, letter, template);
        place.extend(range.as_ref().map(|range| range.start));
        place
    });
}

/// A place's rank in the form: for each part of its path, where its fields begin and which row of theirs it is.
pub(crate) fn place_in_form(path: &FieldPath, letter: &Letter, template: &Template) -> Vec<usize> {
    let begins = |pattern: &str| template.fields().iter().position(|field| field.pattern.starts_with(pattern));
    let mut place = Vec::new();
    let mut pattern = String::new();
    for piece in letter.spell(path).split_inclusive(']') {
        let (name, position) = piece.split_once('[').unwrap_or((piece, ""));
        pattern.push_str(name);
        place.push(begins(&pattern).unwrap_or(usize::MAX));
        place.extend(position.trim_end_matches(']').parse::<usize>());
        pattern.push_str(if position.is_empty() { "" } else { "[]" });
    }
    place
}

#[cfg(test)]
mod cases;
