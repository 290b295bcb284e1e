//! The rules that a letter is held to: a row of [`RULES`] and a function each, one file a
//! family.
//!
//! To add a rule, write its function in its family's file and add its row here. A rule
//! looks at what is there and says what it found; its number, its name and how much it
//! weighs stand in the row alone.

/// A regular expression of a rule's own, put together from pieces; capitals are small
/// letters to it.
macro_rules! pattern {
    ($(#[$doc:meta])* $name:ident, $($pieces:tt)+) => {
        $(#[$doc])*
        static $name: std::sync::LazyLock<regex::Regex> = std::sync::LazyLock::new(|| {
            crate::check::compiled(concat!("(?i)", $($pieces)+))
        });
    };
}

mod chapters;
mod characters;
mod citations;
mod completeness;
mod conclusions;
mod confusables;
mod date_reader;
mod dates;
mod decisions;
mod fix;
mod language;
mod names;
mod overrides;
mod person;
mod placeholders;
mod privacy;
mod pronouns;
mod prose_dates;
mod quantities;
mod rationales;
mod reviewers;
mod rules;
mod sense;
mod specialties;
mod spelling;
mod subject;
mod terms;
mod text;
mod titles;
mod wording;

use std::ops::Range;

pub use self::fix::apply_fix;
pub use self::names::in_file_name;
pub use self::overrides::{given, is_overridable, words};
pub use self::person::change_sex;
pub use self::rules::{Blocks, Overriding, RULES, Rule};
use crate::diagnostic::{
    Anchor, Change, Diagnostic, Edit, Fix, OverrideState, Severity, TextRange,
};
use crate::document::Document;
use crate::letter::fields::{Field, Kind, Value};
use crate::letter::{FieldPath, Letter};
use crate::library::Library;
use crate::template::{LetterCopy, Order, Template};

/// A pattern of the program's own, which a test reads. Its `\b` know the letters of
/// English alone: with those of all languages a text with one curly apostrophe takes
/// twenty times as long.
#[expect(
    clippy::expect_used,
    reason = "its author's mistake, which the first test finds"
)]
fn compiled(pattern: &str) -> regex::Regex {
    regex::Regex::new(&pattern.replace(r"\b", r"(?-u:\b)")).expect("it is well formed")
}

/// What a rule may look at.
pub struct Input<'a> {
    pub letter: &'a Letter,
    pub template: &'a Template,
    pub library: &'a Library,
    pub order: &'a Order,
    /// The letter's words as printed.
    pub document: &'a Document,
    /// Every place of the form, with what stands in it.
    places: Vec<Place<'a>>,
}

/// A field, one of its places, and what stands there.
type Place<'a> = (&'a Field, FieldPath, Value<'a>);

fn places<'a>(letter: &'a Letter, template: &'a Template) -> Vec<Place<'a>> {
    let fields = template.fields().iter();
    let places = fields.flat_map(|field| {
        field.places(letter).into_iter().map(move |path| (field, path))
    });
    places
        .filter_map(|(field, path)| {
            field.value(letter, &path).map(|value| (field, path, value))
        })
        .collect()
}

/// What a rule noticed, before its row says what that is called and how much it weighs.
struct Finding {
    anchor: Anchor,
    message: String,
    hint: String,
    /// How much it weighs, where that is not what the rule's row says.
    severity: Option<Severity>,
    /// That it cannot be overridden, although the rule's row says so.
    is_firm: bool,
    others: Vec<Anchor>,
    fixes: Vec<Fix>,
}

impl Finding {
    fn new(anchor: impl Into<Anchor>, message: String, hint: impl Into<String>) -> Self {
        let (anchor, hint) = (anchor.into(), hint.into());
        Self {
            anchor,
            message,
            hint,
            severity: None,
            is_firm: false,
            others: Vec::new(),
            fixes: Vec::new(),
        }
    }

    /// Of these words of a field's text; `bytes` is their place in it, as `str` and
    /// regular expressions count.
    fn at(
        path: &FieldPath,
        text: &str,
        bytes: Range<usize>,
        message: String,
        hint: impl Into<String>,
    ) -> Self {
        Self::new(words_at(path, text, bytes), message, hint)
    }

    /// Speaks of these words of its field, if it is of a field as a whole and the words
    /// stand in it.
    fn about(self, input: &Input<'_>, words: &str) -> Self {
        let Anchor::Field { path, range: None } = &self.anchor else { return self };
        let field = input.template.field(&path.pattern());
        let Some(value) = field.and_then(|field| field.value(input.letter, path)) else {
            return self;
        };
        let text = value.words(path);
        let Some(at) = text.find(words).filter(|_| !words.is_empty()) else {
            return self;
        };
        let anchor = words_at(path, &text, at..at + words.len());
        Self { anchor, ..self }
    }

    /// Weighs otherwise than the rule's row says.
    fn weighing(self, severity: Severity) -> Self {
        Self { severity: Some(severity), ..self }
    }

    /// Can never be overridden.
    fn firm(self) -> Self {
        Self { is_firm: true, ..self }
    }

    /// Speaks of another place too.
    fn and(mut self, other: impl Into<Anchor>) -> Self {
        self.others.push(other.into());
        self
    }

    /// Is mended by one change to one field.
    fn fixed(
        mut self,
        label: impl Into<String>,
        path: &FieldPath,
        change: Change,
    ) -> Self {
        self.fixes.push(Fix {
            label: label.into(),
            edits: vec![Edit { path: path.clone(), change }],
        });
        self
    }

    /// Is mended by other words in place of those spoken of.
    fn reworded(self, label: impl Into<String>, words: impl Into<String>) -> Self {
        let Anchor::Field { path, range: Some(range) } = self.anchor.clone() else {
            return self;
        };
        self.fixed(label, &path, Change::Words(range, words.into()))
    }
}

/// Words of a field's text, as a place.
fn words_at(path: &FieldPath, _text: &str, bytes: impl Into<TextRange>) -> Anchor {
    Anchor::Field { path: path.clone(), range: Some(bytes.into()) }
}

impl<'a> Input<'a> {
    /// Every place of the form, with what stands in it.
    fn places(&self) -> impl Iterator<Item = Place<'a>> {
        self.places.iter().cloned()
    }

    /// Every text that a person wrote into the form and the letter can print: titles,
    /// summary, rationales and the like.
    fn texts(&self) -> impl Iterator<Item = (&'a Field, FieldPath, &'a str)> {
        self.places.iter().filter(|(field, ..)| field.printable).filter_map(
            |(field, path, value)| match value {
                Value::Text(text) if !text.is_empty() => {
                    Some((*field, path.clone(), *text))
                }
                _ => None,
            },
        )
    }

    /// The texts among them that are written in sentences: the summary, rationales, and
    /// what a kind adds.
    fn prose(&self) -> impl Iterator<Item = (&'a Field, FieldPath, &'a str)> {
        self.texts().filter(|(field, ..)| field.kind == Kind::Prose)
    }

    /// Whether the form asks for this field.
    fn asks_for(&self, pattern: &str) -> bool {
        self.template.field(pattern).is_some()
    }
}

/// What is wrong with a letter, in the order of the form.
pub fn check(
    letter: &Letter,
    template: &Template,
    library: &Library,
    order: &Order,
    document: &Document,
) -> Vec<Diagnostic> {
    let places = places(letter, template);
    let input = Input { letter, template, library, order, document, places };
    let mut diagnostics: Vec<Diagnostic> =
        applying(template).flat_map(|rule| rule.apply(&input)).collect();
    sort(&mut diagnostics, letter, template);
    overrides::apply(&mut diagnostics, letter, template);
    diagnostics
}

/// The rules of the families that the letter kind is held to.
fn applying(template: &Template) -> impl Iterator<Item = &'static Rule> {
    RULES.iter().filter(|rule| template.head().checks(rule.family))
}

impl Rule {
    fn apply(&self, input: &Input<'_>) -> Vec<Diagnostic> {
        let findings = (self.find)(input).into_iter();
        findings
            .map(|finding| self.diagnostic(finding, input.order.copy))
            .collect()
    }

    fn diagnostic(&self, finding: Finding, copy: LetterCopy) -> Diagnostic {
        let Finding { anchor, message, hint, severity, is_firm, others, fixes } = finding;
        let severity = severity.unwrap_or(self.severity);
        let is_elsewhere = self.blocks == Blocks::Public && copy != LetterCopy::Public;
        let severity =
            if is_elsewhere { severity.max(Severity::Warning) } else { severity };
        let override_state = if is_firm || self.overriding == Overriding::Never {
            OverrideState::NotAllowed
        } else {
            OverrideState::Allowed
        };
        Diagnostic {
            severity,
            code: self.id,
            name: self.name,
            message,
            hint,
            anchor,
            others,
            fixes,
            override_state,
        }
    }
}

/// Puts findings in the order of the form: the letter as a whole, then field by field,
/// and row by row where there are rows.
pub fn sort(diagnostics: &mut [Diagnostic], letter: &Letter, template: &Template) {
    diagnostics.sort_by_cached_key(|diagnostic| {
        let Anchor::Field { path, range } = &diagnostic.anchor else { return Vec::new() };
        let mut place = place_in_form(path, letter, template);
        place.extend(range.as_ref().map(|range| range.start));
        place
    });
}

/// A place's rank in the form: for each part of its path, where its fields begin and
/// which row of theirs it is.
pub(crate) fn place_in_form(
    path: &FieldPath,
    letter: &Letter,
    template: &Template,
) -> Vec<usize> {
    let begins = |pattern: &str| {
        template
            .fields()
            .iter()
            .position(|field| field.pattern.starts_with(pattern))
    };
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
#[cfg(test)]
mod specimen;
