//! Fields that only one template has: declared in its head, kept in the letter by name,
//! and otherwise like any other.

use std::borrow::Cow;

use serde::Deserialize;

use super::{Access, Field, Kind, Options, Section, Slot, Value};
use crate::letter::{Editable, Entry, Id, Letter};

/// A field that only one template has, or a group of rows of such fields, as the
/// template's head declares it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExtraField {
    /// The name after `extra.`
    pub name: String,
    pub label: String,
    #[serde(default)]
    pub help: String,
    #[serde(default)]
    pub kind: ExtraKind,
    #[serde(default)]
    pub section: Section,
    /// What is offered; empty for nothing.
    #[serde(default)]
    pub choices: Vec<String>,
    /// The fields of each row of a group; none of them has rows of its own.
    #[serde(default)]
    pub fields: Vec<ExtraField>,
}

/// What a template can declare: a group of rows, or a field of a kind whose value can be
/// kept as text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum ExtraKind {
    #[default]
    Line,
    Prose,
    Date,
    Choice,
    Number,
    Money,
    List,
    Rows,
}

impl ExtraKind {
    /// How such a field is edited; `None` for rows.
    fn kind(self) -> Option<Kind> {
        Some(match self {
            Self::Line => Kind::Line,
            Self::Prose => Kind::Prose,
            Self::Date => Kind::Date,
            Self::Choice => Kind::Choice,
            Self::Number => Kind::Number,
            Self::Money => Kind::Money,
            Self::List => Kind::Many,
            Self::Rows => return None,
        })
    }
}

/// Where a template's own field is kept.
#[derive(Clone)]
pub(super) struct ExtraPlace {
    /// The name of the rows that the field is in, if it is in rows.
    group: Option<String>,
    name: String,
    kind: Kind,
}

impl ExtraField {
    /// The field, or the fields of its rows.
    pub(super) fn fields(&self) -> Vec<Field> {
        if let Some(kind) = self.kind.kind() {
            return vec![self.field(kind, None)];
        }
        let mut fields = Vec::new();
        for field in &self.fields {
            if let Some(kind) = field.kind.kind() {
                fields.push(field.field(kind, Some(self)));
            }
        }
        fields
    }

    fn field(&self, kind: Kind, group: Option<&Self>) -> Field {
        let pattern = match group {
            Some(group) => format!("extra.{}[].{}", group.name, self.name),
            None => format!("extra.{}", self.name),
        };
        let options = if self.choices.is_empty() {
            Options::Typed
        } else {
            Options::Own(self.choices.clone())
        };
        Field {
            pattern: pattern.into(),
            label: self.label.clone().into(),
            help: self.help.clone().into(),
            section: group.unwrap_or(self).section,
            kind,
            options,
            printable: true,
            access: Access::Extra(ExtraPlace {
                group: group.map(|group| group.name.clone()),
                name: self.name.clone(),
                kind,
            }),
            when: |_, _| true,
        }
    }
}

impl ExtraPlace {
    pub(super) fn value<'a>(&self, letter: &'a Letter, rows: &[Id]) -> Option<Value<'a>> {
        let (texts, lists) = match &self.group {
            None => (&letter.extra, &letter.extra_lists),
            Some(group) => {
                let mut group = letter.extra_rows.get(group)?.iter();
                let row = group.find(|row| Some(&row.id) == rows.first())?;
                (&row.values, &row.lists)
            }
        };
        let text = texts.get(&self.name).map_or("", String::as_str);
        Some(match self.kind {
            Kind::Many => Value::Many(lists.get(&self.name).map_or(&[], Vec::as_slice)),
            Kind::Date => Value::Date(Cow::Owned(Entry::read(text))),
            Kind::Number => Value::Number(Cow::Owned(Entry::read(text))),
            Kind::Money => Value::Money(Entry::read(text)),
            Kind::Line | Kind::Prose | Kind::Choice | Kind::YesNo | Kind::Guideline => {
                Value::Text(text)
            }
        })
    }

    pub(super) fn slot<'a>(
        &self,
        letter: &'a mut Letter,
        rows: &[Id],
    ) -> Option<Slot<'a>> {
        let (texts, lists) = match &self.group {
            None => (&mut letter.extra, &mut letter.extra_lists),
            Some(group) => {
                let mut group = letter.extra_rows.get_mut(group)?.iter_mut();
                let row = group.find(|row| Some(&row.id) == rows.first())?;
                (&mut row.values, &mut row.lists)
            }
        };
        if self.kind == Kind::Many {
            return Some(Slot::Many(lists.entry(self.name.clone()).or_default()));
        }
        // The form needs something to write into where nothing was typed yet; left empty,
        // it is removed again by `Letter::forget_empty_extras`.
        let text = texts.entry(self.name.clone()).or_default();
        Some(match self.kind {
            Kind::Date => Slot::Date(text as &mut dyn Editable<_>),
            Kind::Number => Slot::Number(text),
            Kind::Money => Slot::Money(text),
            Kind::Many
            | Kind::Line
            | Kind::Prose
            | Kind::Choice
            | Kind::YesNo
            | Kind::Guideline => Slot::Text(text),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::{ExtraName, FieldPath, Group, Typed, fields};

    fn extra(name: &str, kind: ExtraKind, fields: Vec<ExtraField>) -> ExtraField {
        ExtraField {
            name: name.to_owned(),
            label: name.to_owned(),
            help: String::new(),
            section: Section::Case,
            kind,
            choices: Vec::new(),
            fields,
        }
    }

    #[test]
    fn every_kind_is_written_and_read_back_in_rows_and_outside() {
        let kinds = [
            ExtraKind::Line,
            ExtraKind::Prose,
            ExtraKind::Date,
            ExtraKind::Number,
            ExtraKind::Money,
            ExtraKind::Choice,
            ExtraKind::List,
        ];
        let ones = kinds.map(|kind| extra(&format!("{kind:?}"), kind, Vec::new()));
        let mut all = ones.to_vec();
        all.push(extra("bills", ExtraKind::Rows, ones.to_vec()));
        let fields = fields::fields(|_| false, &all);
        assert_eq!(fields.len(), 2 * kinds.len());
        let mut letter = Letter::default();
        let row = letter.add_row(Group::Extra(ExtraName::from("bills").unwrap()), None);
        for field in &fields {
            let path = field.places(&letter).pop().expect("a place");
            assert_eq!(path, FieldPath::new(&field.pattern, &[row]));
            match field.slot(&mut letter, &path).expect("a slot") {
                Slot::Text(text) => text.push_str("words"),
                Slot::Date(date) => date.put(Entry::read("3-26-09")),
                Slot::Number(number) => number.put(Entry::read("12")),
                Slot::Money(sum) => sum.put(Entry::read("12.5")),
                Slot::Many(values) => values.push("one".into()),
                Slot::Choice(_) | Slot::YesNo(_) | Slot::Guideline(_) => panic!("{path}"),
            }
            let shown = match field.value(&letter, &path).expect("a value") {
                Value::Text(text) => text.to_owned(),
                Value::Date(entry) => entry.show(),
                Value::Number(entry) => entry.show(),
                Value::Money(entry) => entry.understood().expect("a sum").show(),
                Value::Many(values) => values.join(","),
                Value::Choice(_) | Value::YesNo(_) | Value::Guideline(_) => {
                    panic!("{path}")
                }
            };
            assert!(
                ["words", "03/26/2009", "12", "$12.50", "one"].contains(&&*shown),
                "{path}: {shown}"
            );
        }
    }
}
