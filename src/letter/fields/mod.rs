//! One row for every fillable place of a letter: from it follow the form's widget, the
//! "is missing" message, the name that templates use, and the jump from a problem to its
//! widget.
//!
//! To add a field, add it to its struct, add a row here, and use its name in a template.
//! Nothing outside this file iterates `FIELDS`: a letter's fields are the rows that its
//! template uses and the template's own, which [`fields`] puts together.

mod extra;
mod table;

use std::borrow::Cow;

use jiff::civil::Date;
use serde::Deserialize;

pub use self::extra::{ExtraField, ExtraKind};
use self::table::FIELDS;
use super::phrasing;
use super::{
    Decision, Editable, Entry, FieldPath, Group, Guideline, Id, Letter, Money, Priority,
    Sex, TitlePrefix, TitleShape,
};

/// A part of the form, in the order in which it is filled in.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize,
)]
pub enum Section {
    Reviewer,
    #[default]
    Case,
    Parties,
    Documents,
    Summary,
    Items,
}

impl Section {
    pub const ALL: [Self; 6] = [
        Self::Reviewer,
        Self::Case,
        Self::Parties,
        Self::Documents,
        Self::Summary,
        Self::Items,
    ];

    /// The section's heading.
    pub fn label(self) -> &'static str {
        match self {
            Self::Reviewer => "Reviewer",
            Self::Case => "Case",
            Self::Parties => "Parties and recipients",
            Self::Documents => "Documents reviewed",
            Self::Summary => "Clinical case summary",
            Self::Items => "Items in dispute",
        }
    }
}

/// How a field is edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One line of text.
    Line,
    /// Text of several paragraphs.
    Prose,
    Date,
    /// A whole number.
    Number,
    /// A sum of dollars.
    Money,
    /// One of [`Field::options`].
    Choice,
    /// Any number of values, from a list or the writer's own.
    Many,
    YesNo,
    /// A line of citations.
    Guideline,
}

impl Kind {
    /// The kind's name, as `rationale fields` prints it and as templates declare it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::Prose => "prose",
            Self::Date => "date",
            Self::Number => "number",
            Self::Money => "money",
            Self::Choice => "choice",
            Self::Many => "many",
            Self::YesNo => "yes-no",
            Self::Guideline => "guideline",
        }
    }
}

/// Where a field's values are offered from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Options {
    /// Nowhere: the value is typed.
    Typed,
    /// These, as (key, words).
    Fixed(&'static [(&'static str, &'static str)]),
    /// These, which the template names.
    Own(Vec<String>),
    /// A pick list of the library; other values may be typed.
    List(&'static str),
    /// The outcomes that the template's head names for an item.
    Outcomes,
    /// The letter's other items.
    OtherItems,
    /// The letter's reviewers.
    Reviewers,
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    Text(&'a str),
    Date(Cow<'a, Entry<Date>>),
    Number(Cow<'a, Entry<u32>>),
    Money(Entry<Money>),
    /// The key of the choice; empty while nothing is chosen.
    Choice(Cow<'a, str>),
    Many(&'a [String]),
    YesNo(bool),
    Guideline(&'a Guideline),
}

impl Value<'_> {
    /// The value in words, in which findings count characters.
    pub fn words(&self, path: &FieldPath) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Choice(key) => Cow::Borrowed(key),
            Self::Date(entry) => entry.show().into(),
            Self::Number(entry) => entry.show().into(),
            Self::Money(entry) => entry.show().into(),
            Self::Many(values) => values.join(", ").into(),
            Self::YesNo(yes) => if *yes { "yes" } else { "no" }.into(),
            Self::Guideline(line) => phrasing::stated_line(line, path).into(),
        }
    }

    /// Whether the field is still to be filled. A statement not ticked is empty.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.trim().is_empty(),
            Self::Date(entry) => entry.is_empty(),
            Self::Number(entry) => entry.is_empty(),
            Self::Money(entry) => entry.is_empty(),
            Self::Choice(key) => key.is_empty(),
            Self::Many(values) => values.iter().all(|value| value.trim().is_empty()),
            Self::YesNo(yes) => !yes,
            Self::Guideline(Guideline::Cited(citations)) => citations.is_empty(),
            Self::Guideline(Guideline::None { .. }) => false,
            Self::Guideline(Guideline::AsWritten(line)) => line.trim().is_empty(),
        }
    }
}

/// A field opened for writing.
pub enum Slot<'a> {
    Text(&'a mut String),
    Date(&'a mut dyn Editable<Date>),
    Number(&'a mut dyn Editable<u32>),
    Money(&'a mut dyn Editable<Money>),
    Choice(&'a mut dyn Choice),
    Many(&'a mut Vec<String>),
    YesNo(&'a mut bool),
    Guideline(&'a mut Guideline),
}

impl Slot<'_> {
    /// Takes what would be typed: of a choice its key, of a list one entry; a statement
    /// is ticked by any words.
    pub fn write(self, typed: &str) {
        match self {
            Self::Text(slot) => typed.clone_into(slot),
            Self::Date(slot) => slot.put(Entry::read(typed)),
            Self::Number(slot) => slot.put(Entry::read(typed)),
            Self::Money(slot) => slot.put(Entry::read(typed)),
            Self::Choice(slot) => slot.choose(typed),
            Self::Many(slot) => {
                *slot = if typed.is_empty() { vec![] } else { vec![typed.into()] }
            }
            Self::YesNo(slot) => *slot = !typed.is_empty(),
            Self::Guideline(slot) => *slot = Guideline::AsWritten(typed.into()),
        }
    }
}

/// A value that is one of a list, known by its key.
pub trait Choice {
    fn key(&self) -> Cow<'_, str>;
    /// Chooses by key; a key that the value cannot take changes nothing.
    fn choose(&mut self, key: &str);
}

macro_rules! choice_by_enum {
    ($($name:ty),+) => {
        $(impl Choice for $name {
            fn key(&self) -> Cow<'_, str> {
                Self::key(*self).into()
            }

            fn choose(&mut self, key: &str) {
                *self = Self::from_key(key).unwrap_or(*self);
            }
        })+
    };
}

choice_by_enum!(Priority, Sex, TitleShape, TitlePrefix);

impl Choice for Decision {
    fn key(&self) -> Cow<'_, str> {
        (&self.0).into()
    }

    fn choose(&mut self, key: &str) {
        key.clone_into(&mut self.0);
    }
}

/// A row is chosen by its id; the empty key is none.
impl Choice for Option<Id> {
    fn key(&self) -> Cow<'_, str> {
        self.map(|id| id.to_string()).unwrap_or_default().into()
    }

    fn choose(&mut self, key: &str) {
        *self = key.parse().ok().map(Id);
    }
}

impl Choice for String {
    fn key(&self) -> Cow<'_, str> {
        self.into()
    }

    fn choose(&mut self, key: &str) {
        key.clone_into(self);
    }
}

/// How a value of type `T` is reached, given the ids of the rows that it is in, outermost
/// first. Plain functions, because a field is a row of a table and has to be `Clone`.
struct Place<T: ?Sized + 'static> {
    get: for<'a> fn(&'a Letter, &[Id]) -> Option<&'a T>,
    get_mut: for<'a> fn(&'a mut Letter, &[Id]) -> Option<&'a mut T>,
}

impl<T: ?Sized> Clone for Place<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized> Copy for Place<T> {}

/// The way to a field's value.
#[derive(Clone)]
enum Access {
    Text(Place<String>),
    Date(Place<Entry<Date>>),
    Number(Place<Entry<u32>>),
    Choice(Place<dyn Choice>),
    Many(Place<Vec<String>>),
    YesNo(Place<bool>),
    Guideline(Place<Guideline>),
    /// A value of the template's own.
    Extra(extra::ExtraPlace),
}

/// A fillable place, for all the rows that it is in.
#[derive(Clone)]
pub struct Field {
    /// Such as `case.date_of_injury` or `items[].rationale`.
    pub pattern: Cow<'static, str>,
    pub label: Cow<'static, str>,
    /// What to write, in a sentence; empty where the label says it.
    pub help: Cow<'static, str>,
    pub section: Section,
    pub kind: Kind,
    pub options: Options,
    /// Whether templates may print the field.
    pub printable: bool,
    access: Access,
    when: fn(&Letter, &[Id]) -> bool,
}

/// The fields of a template, in the order of the form: the built-in ones that `shows`
/// asks for, by pattern, and the template's own after those of their section.
pub fn fields(shows: impl Fn(&str) -> bool, extras: &[ExtraField]) -> Vec<Field> {
    let built_in = FIELDS.iter().filter(|field| shows(&field.pattern));
    let mut fields: Vec<Field> = built_in.cloned().collect();
    for extra in extras {
        fields.extend(extra.fields());
    }
    fields.sort_by_key(|field| field.section);
    fields
}

/// The patterns of the built-in fields that templates may name.
pub fn printable_patterns() -> impl Iterator<Item = &'static str> {
    FIELDS
        .iter()
        .filter(|field| field.printable)
        .map(|field| match &field.pattern {
            Cow::Borrowed(pattern) => *pattern,
            Cow::Owned(_) => "",
        })
}

impl Field {
    fn new(
        section: Section,
        pattern: &'static str,
        label: &'static str,
        kind: Kind,
        access: Access,
    ) -> Self {
        Self {
            pattern: pattern.into(),
            label: label.into(),
            help: "".into(),
            section,
            kind,
            options: Options::Typed,
            printable: true,
            access,
            when: |_, _| true,
        }
    }

    fn help(self, help: &'static str) -> Self {
        Self { help: help.into(), ..self }
    }

    fn offers(self, options: Options) -> Self {
        Self { options, ..self }
    }

    /// The field is asked for only where this holds.
    fn when(self, when: fn(&Letter, &[Id]) -> bool) -> Self {
        Self { when, ..self }
    }

    fn never_printed(self) -> Self {
        Self { printable: false, ..self }
    }

    /// Every place of this field in a letter, in order; those that the letter's state
    /// does not ask for left out.
    pub fn places(&self, letter: &Letter) -> Vec<FieldPath> {
        let rows = rows_of(letter, &self.pattern);
        rows.iter()
            .filter(|rows| (self.when)(letter, rows))
            .map(|rows| FieldPath::new(&self.pattern, rows))
            .collect()
    }

    /// Whether the letter's state asks for this place.
    pub fn is_asked(&self, letter: &Letter, path: &FieldPath) -> bool {
        (self.when)(letter, path.rows())
    }

    /// What a place of this field holds; `None` where its row is gone.
    pub fn value<'a>(&self, letter: &'a Letter, path: &FieldPath) -> Option<Value<'a>> {
        let rows = path.rows();
        Some(match &self.access {
            Access::Text(place) => Value::Text((place.get)(letter, rows)?),
            Access::Date(place) => Value::Date(Cow::Borrowed((place.get)(letter, rows)?)),
            Access::Number(place) => {
                Value::Number(Cow::Borrowed((place.get)(letter, rows)?))
            }
            Access::Choice(place) => Value::Choice((place.get)(letter, rows)?.key()),
            Access::Many(place) => Value::Many((place.get)(letter, rows)?),
            Access::YesNo(place) => Value::YesNo(*(place.get)(letter, rows)?),
            Access::Guideline(place) => Value::Guideline((place.get)(letter, rows)?),
            Access::Extra(place) => place.value(letter, rows)?,
        })
    }

    /// A place of this field, to write to; `None` where its row is gone.
    pub fn slot<'a>(&self, letter: &'a mut Letter, path: &FieldPath) -> Option<Slot<'a>> {
        let rows = path.rows();
        Some(match &self.access {
            Access::Text(place) => Slot::Text((place.get_mut)(letter, rows)?),
            Access::Date(place) => Slot::Date((place.get_mut)(letter, rows)?),
            Access::Number(place) => Slot::Number((place.get_mut)(letter, rows)?),
            Access::Choice(place) => Slot::Choice((place.get_mut)(letter, rows)?),
            Access::Many(place) => Slot::Many((place.get_mut)(letter, rows)?),
            Access::YesNo(place) => Slot::YesNo((place.get_mut)(letter, rows)?),
            Access::Guideline(place) => Slot::Guideline((place.get_mut)(letter, rows)?),
            Access::Extra(place) => place.slot(letter, rows)?,
        })
    }
}

/// The rows that a pattern names, as the ids on the way to each: `items[].opinions[].x`
/// gives [item, opinion] pairs.
fn rows_of(letter: &Letter, pattern: &str) -> Vec<Vec<Id>> {
    let mut found = vec![Vec::new()];
    for (end, _) in pattern.match_indices("[]") {
        let mut deeper = Vec::new();
        for outer in &found {
            let Some(group) = Group::named(&pattern[..end], outer) else { continue };
            for id in letter.row_ids(group) {
                deeper.push([&outer[..], &[id]].concat());
            }
        }
        found = deeper;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::Correction;

    fn field(pattern: &str) -> Field {
        fields(|shown| shown == pattern, &[])
            .pop()
            .expect("the pattern is in the table")
    }

    #[test]
    fn every_field_reads_and_writes_its_own_place() {
        for field in FIELDS.iter() {
            let mut letter =
                Letter { correction: Some(Correction::default()), ..Letter::default() };
            letter.add_row(Group::Reviewers, None);
            letter.add_row(Group::Recipients, None);
            letter.add_row(Group::Documents, None);
            let item = letter.add_row(Group::Items, None);
            letter.add_row(Group::Opinions(item), None);
            let blank = letter.clone();
            let path =
                FieldPath::new(&field.pattern, &rows_of(&letter, &field.pattern)[0]);
            write(field.slot(&mut letter, &path).expect("the row is there"));
            assert_ne!(letter, blank, "{path} was not written");
            assert!(
                !field.value(&letter, &path).expect("the row is there").is_empty(),
                "{path} was not read back"
            );
            let elsewhere = FIELDS.iter().filter(|other| other.pattern != field.pattern);
            for other in elsewhere {
                let place =
                    FieldPath::new(&other.pattern, &rows_of(&letter, &other.pattern)[0]);
                assert_eq!(
                    other.value(&letter, &place),
                    other.value(&blank, &place),
                    "{path} wrote {place}"
                );
            }
        }
    }

    fn write(slot: Slot) {
        match slot {
            Slot::Text(text) => text.push('x'),
            Slot::Date(entry) => entry.put(Entry::read("1/2/2016")),
            Slot::Number(entry) => entry.put(Entry::read("45")),
            Slot::Money(entry) => entry.put(Entry::read("45")),
            Slot::Choice(choice) => {
                ["Expedited", "male", "other", "retrospective", "77"]
                    .into_iter()
                    .for_each(|key| choice.choose(key));
            }
            Slot::Many(values) => values.push("x".into()),
            Slot::YesNo(yes) => *yes = true,
            Slot::Guideline(guideline) => *guideline = Guideline::AsWritten("x".into()),
        }
    }

    #[test]
    fn patterns_are_unique() {
        let mut patterns: Vec<_> = FIELDS.iter().map(|field| &field.pattern).collect();
        patterns.sort();
        patterns.dedup();
        assert_eq!(patterns.len(), FIELDS.len());
    }

    #[test]
    fn a_field_has_a_place_in_every_row() {
        let mut letter = Letter::default();
        let (first, second) =
            (letter.add_row(Group::Items, None), letter.add_row(Group::Items, None));
        let opinion = letter.add_row(Group::Opinions(second), None);
        let paths = |pattern| {
            field(pattern)
                .places(&letter)
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            paths("items[].rationale"),
            [format!("items#{first}.rationale"), format!("items#{second}.rationale")]
        );
        assert_eq!(
            paths("items[].opinions[].rationale"),
            [format!("items#{second}.opinions#{opinion}.rationale")]
        );
    }

    #[test]
    fn parts_of_a_title_are_asked_for_as_its_shape_needs_them() {
        let mut letter = Letter::default();
        letter.add_row(Group::Items, None);
        assert!(field("items[].remaining").places(&letter).is_empty());
        letter.items[0].title.shape = TitleShape::Remainder;
        assert_eq!(field("items[].remaining").places(&letter).len(), 1);
    }

    #[test]
    fn the_reviewers_name_is_no_templates_business() {
        for withheld in ["internal_name", "birth_date"] {
            assert!(printable_patterns().all(|pattern| !pattern.contains(withheld)));
        }
    }
}
