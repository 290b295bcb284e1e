//! What a template can name: the letter's facts as a tree of values, each handed out by
//! its field.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use minijinja::Value;
use minijinja::value::{Enumerator, Object, ObjectRepr};

use super::head::{Head, Outcome};
use super::ledger::{Breaks, Ledger};
use crate::letter::fields::{self, Field, Options};
use crate::letter::{
    DocumentReviewed, Entry, FieldPath, Group, Id, Letter, grammar, outcome, phrasing,
};

/// Names that are made of several fields, and the fields that they are made of. A gap in
/// one is shown as the first.
pub(super) const DERIVED: &[(&str, &[&str])] = &[
    (
        "items[].title",
        &[
            "items[].request",
            "items[].title_shape",
            "items[].prefix",
            "items[].authorized",
            "items[].remaining",
            "items[].dates_of_service",
        ],
    ),
    ("items[].outcome.key", OUTCOME),
    ("items[].outcome.word", OUTCOME),
    ("items[].outcome.meaning", OUTCOME),
    ("items[].votes_for", VOTES),
    ("items[].votes_against", VOTES),
    ("documents[].dates", &["documents[].from", "documents[].to"]),
    ("outcome.key", OUTCOME),
    ("outcome.word", OUTCOME),
    ("outcome.meaning", OUTCOME),
];

const VOTES: &[&str] = &["items[].opinions[].reviewer", "items[].opinions[].decision"];
const OUTCOME: &[&str] = &["items[].decision"];

/// Builds the tree for one letter.
pub(super) struct Context<'a> {
    pub letter: &'a Letter,
    pub head: &'a Head,
    /// The fields that can be named.
    pub fields: &'a [Field],
    pub ledger: &'a Ledger,
}

impl Context<'_> {
    /// The values of all names that begin with `prefix`, within these rows.
    pub(super) fn scope(&self, prefix: &str, rows: &[Id]) -> BTreeMap<String, Value> {
        let mut scope = BTreeMap::new();
        for field in self.fields {
            if !field.printable {
                continue;
            }
            let Some(rest) = field.pattern.strip_prefix(prefix) else { continue };
            let Some((name, _)) = rest.split_once('.') else {
                scope.insert(rest.to_owned(), self.value(field, rows));
                continue;
            };
            let bare = name.trim_end_matches("[]");
            if !scope.contains_key(bare) {
                let branch = self.branch(&format!("{prefix}{name}"), rows);
                scope.insert(bare.to_owned(), branch);
            }
        }
        self.derive(prefix, rows, &mut scope);
        scope
    }

    /// The rows of a group, or the fields that share a first word.
    fn branch(&self, name: &str, rows: &[Id]) -> Value {
        let inner = format!("{name}.");
        let Some(group) = group_of(name, rows) else {
            return Value::from(self.scope(&inner, rows));
        };
        let mut branches = Vec::new();
        for id in self.letter.row_ids(group) {
            branches.push(Value::from(self.scope(&inner, &[rows, &[id]].concat())));
        }
        branches.into_iter().collect()
    }

    fn value(&self, field: &Field, rows: &[Id]) -> Value {
        let path = FieldPath::new(&field.pattern, rows);
        let Some(value) = field.value(self.letter, &path) else {
            return Value::UNDEFINED;
        };
        match value {
            fields::Value::Text(text) => self.hand(text.trim(), path),
            fields::Value::Date(entry) => self.hand(self.date_words(&entry), path),
            fields::Value::Number(entry) => self.hand(entry.show(), path),
            fields::Value::Money(entry) => self.hand(entry.show(), path),
            fields::Value::YesNo(yes) => Value::from(yes),
            fields::Value::Guideline(line) => {
                self.hand(phrasing::stated_line(line, &path), path)
            }
            fields::Value::Many(values) => {
                let values = values
                    .iter()
                    .map(|value| self.hand(value.trim(), path.clone()))
                    .collect();
                Value::from_object(Many { field: path, values })
            }
            fields::Value::Choice(key) => self.hand(self.choice_words(field, &key), path),
        }
    }

    fn hand(&self, text: impl Into<Arc<str>>, path: FieldPath) -> Value {
        self.ledger.hand(text, path, Breaks::default())
    }

    /// What a choice prints: an outcome's word, a row's title, or else its key.
    fn choice_words(&self, field: &Field, key: &str) -> String {
        match field.options {
            Options::Outcomes => match self.head.outcome(key) {
                Some(outcome) => outcome.word.clone(),
                None => String::new(),
            },
            Options::OtherItems => self.item_title(key).unwrap_or_default(),
            Options::Reviewers => self.reviewer_number(key).unwrap_or_default(),
            Options::Typed | Options::Fixed(_) | Options::Own(_) | Options::List(_) => {
                key.to_owned()
            }
        }
    }

    fn item_title(&self, key: &str) -> Option<String> {
        let item = self.letter.item(Id(key.parse().ok()?))?;
        Some(phrasing::title(&item.title))
    }

    /// Reviewers have no names in letters, only numbers.
    fn reviewer_number(&self, key: &str) -> Option<String> {
        let mut reviewers = self.letter.reviewers.iter();
        let place = reviewers.position(|reviewer| reviewer.id.to_string() == key)?;
        Some((place + 1).to_string())
    }

    /// A date in the form of this template; one that was not understood, as it was typed.
    fn date_words(&self, entry: &Entry<Date>) -> String {
        if let Some(date) = entry.understood()
            && let Some(words) = grammar::date_words(*date, self.head.dates.name())
        {
            return words;
        }
        entry.show()
    }

    /// Adds the names that are made of several fields.
    fn derive(&self, prefix: &str, rows: &[Id], scope: &mut BTreeMap<String, Value>) {
        match prefix {
            "items[]." => self.derive_item(rows, scope),
            "documents[]." => self.derive_document(rows, scope),
            "" => {
                scope.insert("outcome".into(), Value::from(self.outcome()));
                if self.letter.correction.is_none() {
                    scope.remove("correction");
                }
            }
            _ => {}
        }
    }

    fn derive_item(&self, rows: &[Id], scope: &mut BTreeMap<String, Value>) {
        let item = rows.first().and_then(|id| self.letter.item(*id));
        let (title, votes, outcome) = match item {
            Some(item) => (
                phrasing::title(&item.title),
                outcome::votes(item, |key| self.head.denial(key)),
                self.head.outcome(&item.decision.0),
            ),
            None => Default::default(),
        };
        let request = FieldPath::new("items[].request", rows);
        scope.insert("title".into(), self.hand(title, request));
        let decision = FieldPath::new("items[].decision", rows);
        let outcome = self.outcome_words(outcome, &decision);
        scope.insert("outcome".into(), Value::from(outcome));
        scope.insert("votes_for".into(), Value::from(votes.for_treatment));
        scope.insert("votes_against".into(), Value::from(votes.against));
    }

    fn derive_document(&self, rows: &[Id], scope: &mut BTreeMap<String, Value>) {
        let mut documents = self.letter.documents.iter();
        let words = match documents.find(|document| rows.first() == Some(&document.id)) {
            Some(document) => self.dates(document),
            None => String::new(),
        };
        let from = FieldPath::new("documents[].from", rows);
        scope.insert("dates".into(), self.hand(words, from));
    }

    /// What the items' decisions come to; a gap that leads to the first item without one
    /// while there is such an item.
    fn outcome(&self) -> BTreeMap<&'static str, Value> {
        let denial = outcome::of_letter(self.letter, |key| self.head.denial(key));
        let mut outcomes = self.head.letter_outcomes.iter();
        let found = outcomes.find(|outcome| Some(outcome.denial) == denial);
        let items = &self.letter.items;
        let mut left = items.iter();
        let undecided = left.find(|item| self.head.denial(&item.decision.0).is_none());
        let item = undecided.or(items.first());
        let item = item.map(|item| item.id);
        let field = FieldPath::new("items[].decision", item.as_slice());
        self.outcome_words(found, &field)
    }

    fn outcome_words(
        &self,
        outcome: Option<&Outcome>,
        field: &FieldPath,
    ) -> BTreeMap<&'static str, Value> {
        let [key, word, meaning] = match outcome {
            Some(Outcome { key, word, meaning, .. }) => [&**key, &**word, &**meaning],
            None => [""; 3],
        };
        [("key", key), ("word", word), ("meaning", meaning)]
            .map(|(name, words)| (name, self.hand(words, field.clone())))
            .into()
    }

    fn dates(&self, document: &DocumentReviewed) -> String {
        let [from, to] =
            [&document.from, &document.to].map(|entry| self.date_words(entry));
        match (document.from.is_empty(), document.to.is_empty()) {
            (_, true) => from,
            (true, false) => to,
            (false, false) => format!("{from} to {to}"),
        }
    }
}

/// The group that `items[]` names, within these rows; none for a name without brackets.
fn group_of(name: &str, rows: &[Id]) -> Option<Group> {
    Group::named(name.strip_suffix("[]")?, rows)
}

/// A list that knows its field, so that it does even when it is empty.
#[derive(Debug)]
pub(super) struct Many {
    pub field: FieldPath,
    pub values: Vec<Value>,
}

impl Object for Many {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.values.get(key.as_usize()?).cloned()
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.values.len())
    }
}
