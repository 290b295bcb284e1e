//! Fields that only one template has: declared in its head, kept in the letter by name,
//! and otherwise like any other.

use std::borrow::Cow;

use super::{Access, Field, Kind, Options, Section, Slot, Value};
use crate::letter::{Editable, Entry, ExtraRow, Id, Letter};

/// A field that only one template has, or a group of rows of such fields.
#[derive(Clone, Debug, PartialEq)]
pub struct ExtraField {
    /// The name behind `extra.`
    pub name: String,
    pub label: String,
    pub help: String,
    pub section: Section,
    pub kind: ExtraKind,
    /// What is offered; empty for nothing.
    pub choices: Vec<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum ExtraKind {
    One(Kind),
    /// The fields of each row; none of them has rows of its own.
    Rows(Vec<ExtraField>),
}

/// Where a template's own field is kept.
#[derive(Clone)]
pub(super) struct Place {
    /// The name of the rows that the field lies in, if it lies in rows.
    group: Option<String>,
    name: String,
    kind: Kind,
}

impl ExtraField {
    /// The field, or the fields of its rows.
    pub(super) fn fields(&self) -> Vec<Field> {
        match &self.kind {
            ExtraKind::One(kind) => vec![self.field(*kind, None)],
            ExtraKind::Rows(fields) => {
                let inner = fields.iter().filter_map(|field| match &field.kind {
                    ExtraKind::One(kind) => Some(field.field(*kind, Some(self))),
                    ExtraKind::Rows(_) => None,
                });
                inner.collect()
            }
        }
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
            access: Access::Extra(Place {
                group: group.map(|group| group.name.clone()),
                name: self.name.clone(),
                kind,
            }),
            when: |_, _| true,
        }
    }
}

impl Place {
    pub(super) fn value<'a>(&self, letter: &'a Letter, rows: &[Id]) -> Option<Value<'a>> {
        let (texts, lists) = match &self.group {
            None => (&letter.extra, &letter.extra_lists),
            Some(group) => {
                let row = letter
                    .extra_rows
                    .get(group)?
                    .iter()
                    .find(|row| Some(&row.id) == rows.first())?;
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
                let rows_of_group = letter.extra_rows.get_mut(group)?;
                let ExtraRow { values, lists, .. } =
                    rows_of_group.iter_mut().find(|row| Some(&row.id) == rows.first())?;
                (values, lists)
            }
        };
        if self.kind == Kind::Many {
            return Some(Slot::Many(lists.entry(self.name.clone()).or_default()));
        }
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

    fn extra(name: &str, kind: ExtraKind) -> ExtraField {
        let (name, label) = (name.to_owned(), name.to_owned());
        ExtraField {
            name,
            label,
            help: String::new(),
            section: Section::Case,
            kind,
            choices: Vec::new(),
        }
    }

    #[test]
    fn every_kind_is_written_and_read_back_in_rows_and_outside() {
        let templates = [
            Kind::Line,
            Kind::Prose,
            Kind::Date,
            Kind::Number,
            Kind::Money,
            Kind::Choice,
            Kind::Many,
        ];
        let ones: Vec<ExtraField> = templates
            .iter()
            .map(|kind| extra(kind.name(), ExtraKind::One(*kind)))
            .collect();
        let all = [ones.clone(), vec![extra("bills", ExtraKind::Rows(ones))]].concat();
        let fields = fields::fields(|_| false, &all);
        assert_eq!(fields.len(), 2 * templates.len());
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
