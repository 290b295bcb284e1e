//! The rules that a letter is held to: a row and a function each, one file an idea.
//!
//! To add a rule, write its function in the file that it fits, add its row to the `RULES`
//! above it, and print `docs/rules.md` anew. A function looks at the `Input` and pushes
//! what it finds; the rule's number, its name, how much it weighs and what it is for are
//! in the row alone. A new file is named in `rules.rs`, which joins the rows of all.

/// A regular expression of a rule's own, put together from pieces; capitals are small
/// letters to it.
macro_rules! pattern {
    ($(#[$doc:meta])* $vis:vis $name:ident, $($pieces:tt)+) => {
        $(#[$doc])*
        $vis static $name: std::sync::LazyLock<crate::check::pattern::Pattern> =
            std::sync::LazyLock::new(|| {
                crate::check::pattern::Pattern::new(concat!($($pieces)+))
            });
    };
}

mod ages;
mod agreement;
mod amounts;
mod articles;
mod chapters;
mod characters;
mod citations;
mod claims;
mod clauses;
mod completeness;
mod conclusions;
mod confusables;
mod date_reader;
mod dates;
mod decisions;
mod editions;
mod finding;
mod fix;
mod grammar;
mod guidelines;
mod identifiers;
mod injury_history;
mod input;
mod language;
mod levels;
mod line_breaks;
mod merging;
mod names;
mod negation;
mod other_subjects;
mod overrides;
mod party_names;
mod pattern;
mod person;
mod placeholders;
mod plain_letter;
mod plain_text;
mod privacy;
mod pronouns;
mod prose_dates;
mod quantities;
mod rationales;
mod records;
mod repeated_items;
mod requests;
mod reviewer_names;
mod reviewers;
mod roles;
mod rules;
mod sense;
mod specialties;
mod spelling;
mod subject;
mod terms;
mod text;
mod title_forms;
mod titles;
mod verb_forms;
mod verbs;
mod wording;

use jiff::civil::Date;

use self::finding::{Finding, Findings};
pub use self::fix::apply_fix;
use self::input::Input;
pub use self::overrides::{is_overridable, is_same_finding, override_for, words};
pub use self::person::change_sex;
use self::plain_letter::PlainLetter;
pub use self::requests::is_decided_by;
pub use self::reviewer_names::in_file_name;
pub use self::roles::why_unread;
pub use self::rules::{Blocks, Overriding, RULES, Reads, Rule};
use crate::diagnostic::{Anchor, Diagnostic, OverrideState, Severity, TextRange};
use crate::document::Document;
use crate::letter::Letter;
use crate::library::Library;
use crate::template::{LetterCopy, Order, Template};

/// What is wrong with a letter, in the order of the form.
pub fn check(
    letter: &Letter,
    template: &Template,
    library: &Library,
    order: &Order,
    document: &Document,
) -> Vec<Diagnostic> {
    let plain = PlainLetter::new(letter, template);
    let input = Input::new(&plain.letter, letter, template, library, order, document);
    let mut diagnostics = Vec::new();
    for rule in RULES.iter() {
        // A template is held to the families of rules that its head names.
        if template.head().checks(rule.family) {
            let mut findings = Findings::new();
            (rule.find)(&input, &mut findings);
            let found = findings.into_iter();
            diagnostics.extend(found.map(|finding| rule.diagnostic(finding, order.copy)));
        }
    }
    for diagnostic in &mut diagnostics {
        plain.put_back(diagnostic);
    }
    sort(&mut diagnostics, letter, template);
    overrides::apply(&mut diagnostics, letter, template);
    merging::merge(&mut diagnostics, letter);
    overrides::apply(&mut diagnostics, letter, template);
    diagnostics
}

/// The sentences of a text.
pub fn sentences_in(text: &str) -> Vec<TextRange> {
    text::sentences(text)
}

/// Every day that a text names, with its place.
pub fn dates_in(text: &str) -> Vec<(TextRange, Date)> {
    let dates = date_reader::dates(text).into_iter();
    dates.filter_map(|date| Some((date.range, date.day?))).collect()
}

impl Rule {
    fn diagnostic(&self, finding: Finding, copy: LetterCopy) -> Diagnostic {
        let mut severity = finding.severity.unwrap_or(self.severity);
        if self.blocks == Blocks::Public && copy != LetterCopy::Public {
            severity = severity.max(Severity::Warning);
        }
        let is_allowed =
            finding.can_be_overridden && self.overriding == Overriding::Allowed;
        Diagnostic {
            severity,
            code: self.id,
            name: self.name,
            message: finding.message,
            hint: finding.hint,
            anchor: finding.anchor,
            others: finding.others,
            fixes: finding.fixes,
            action: finding.action,
            override_state: if is_allowed {
                OverrideState::Allowed
            } else {
                OverrideState::NotAllowed
            },
        }
    }
}

/// Puts findings in the order of the form: the letter as a whole, then field by field,
/// and row by row where there are rows.
pub fn sort(diagnostics: &mut [Diagnostic], letter: &Letter, template: &Template) {
    diagnostics.sort_by_cached_key(|diagnostic| {
        let Anchor::Field { path, range } = &diagnostic.anchor else { return Vec::new() };
        let mut place = template.position_in_form(letter, path);
        place.extend(range.map(|range| range.start));
        place
    });
}

#[cfg(test)]
mod tests;
