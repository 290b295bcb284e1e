//! The rules that a letter is held to: a row of [`RULES`] and a function each, one file a family.
//!
//! To add a rule, write its function in its family's file and add its row here. A rule looks at what is there and says
//! what it found; its number, its name and how much it weighs stand in the row alone.

mod characters;
mod completeness;
mod dates;
mod decisions;
mod placeholders;
mod privacy;
mod reviewers;
mod wording;

use serde::Deserialize;

pub use self::privacy::names_someone;
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
    pub family: Family,
    /// What a letter that keeps the rule is like, in a sentence.
    pub summary: &'static str,
    find: fn(&Matter<'_>) -> Vec<Finding>,
}

/// What a rule is about; a letter kind's head says which families it is held to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Family {
    /// Everything is there.
    Completeness,
    /// Everything can be printed.
    Characters,
    /// Decisions agree with each other and with their reasons.
    Decisions,
    Dates,
    /// Nobody is named where nobody may be.
    Privacy,
}

impl Family {
    pub const ALL: &[Self] = &[Self::Completeness, Self::Characters, Self::Decisions, Self::Dates, Self::Privacy];
}

/// Every rule, by its number.
#[rustfmt::skip]
pub const RULES: &[Rule] = &[
    Rule { id: "L001", name: "missing", severity: Severity::Error, family: Family::Completeness, find: completeness::missing,
        summary: "Every field and row that the letter kind requires is filled in" },
    Rule { id: "L002", name: "case-number", severity: Severity::Error, family: Family::Completeness, find: completeness::case_number,
        summary: "The case number has the letter kind's form" },
    Rule { id: "L003", name: "qualifications", severity: Severity::Error, family: Family::Completeness, find: completeness::qualifications,
        summary: "Every reviewer has confirmed every statement, and has a certification and a licence" },
    Rule { id: "L004", name: "documents", severity: Severity::Error, family: Family::Completeness, find: completeness::documents,
        summary: "More was read than the utilization review determination" },
    Rule { id: "L008", name: "placeholder", severity: Severity::Error, family: Family::Completeness, find: placeholders::left_over,
        summary: "No placeholder is left over; words in brackets are warned of" },
    Rule { id: "L009", name: "characters", severity: Severity::Error, family: Family::Characters, find: characters::unprintable,
        summary: "Every character can be printed, and none is hidden" },
    Rule { id: "L013", name: "dependant", severity: Severity::Error, family: Family::Decisions, find: decisions::dependant_text,
        summary: "The rationale that says the surgery is not necessary stands only where such a surgery was refused" },
    Rule { id: "L015", name: "majority", severity: Severity::Error, family: Family::Decisions, find: reviewers::majority,
        summary: "An item is decided as most reviewers did, and where they are evenly split for the treatment" },
    Rule { id: "L030", name: "dates", severity: Severity::Error, family: Family::Dates, find: dates::plausible,
        summary: "Dates follow each other as the events do, and none is before 1950 or in the future" },
    Rule { id: "L033", name: "deadline", severity: Severity::Warning, family: Family::Dates, find: dates::late,
        summary: "The letter is decided by the letter kind's deadline" },
    Rule { id: "L050", name: "public-copy", severity: Severity::Error, family: Family::Privacy, find: privacy::parties,
        summary: "The public copy prints nothing of the case's parties and recipients" },
    Rule { id: "L060", name: "not-understood", severity: Severity::Error, family: Family::Dates, find: dates::not_understood,
        summary: "Every date is a date and every number a number" },
    Rule { id: "L061", name: "decision", severity: Severity::Error, family: Family::Decisions, find: decisions::unknown,
        summary: "Every decision is one that the letter kind has" },
    Rule { id: "L062", name: "goes-with", severity: Severity::Error, family: Family::Decisions, find: decisions::dependence,
        summary: "No item is needed only with itself, or with one that is not in the letter" },
    Rule { id: "L063", name: "opinions", severity: Severity::Error, family: Family::Decisions, find: reviewers::opinions,
        summary: "Where opinions are printed, every reviewer has one on every item" },
    Rule { id: "L064", name: "reviewers", severity: Severity::Error, family: Family::Completeness, find: reviewers::count,
        summary: "The letter has as many reviewers as its kind asks for" },
    Rule { id: "L065", name: "one-item", severity: Severity::Error, family: Family::Completeness, find: decisions::one_item,
        summary: "A letter kind with one decision has one item" },
    Rule { id: "L066", name: "printed-gap", severity: Severity::Error, family: Family::Completeness, find: completeness::printed_gaps,
        summary: "Nothing that the letter prints is empty" },
    Rule { id: "L067", name: "unread", severity: Severity::Warning, family: Family::Completeness, find: completeness::unread,
        summary: "Everything that an imported letter says has its place in the form" },
    Rule { id: "L068", name: "proposed", severity: Severity::Note, family: Family::Completeness, find: completeness::proposed,
        summary: "What an import concluded from the text was looked at" },
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
    let mut diagnostics: Vec<Diagnostic> = applying(template).flat_map(|rule| rule.apply(&matter)).collect();
    sort(&mut diagnostics, letter, template);
    diagnostics
}

/// The rules of the families that the letter kind is held to.
fn applying(template: &Template) -> impl Iterator<Item = &'static Rule> {
    RULES.iter().filter(|rule| template.head().checks(rule.family))
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
