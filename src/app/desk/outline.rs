//! The outline: what of the letter is done, section by section and item by item, as plain
//! data for the view.

use super::{Desk, OpenDraft, places};
use crate::diagnostic::{Diagnostic, Severity};
use crate::letter::fields::{Field, Options, Section, Value};
use crate::letter::{FieldPath, Group, Id, Letter, phrasing};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Progress {
    /// Nothing is filled in.
    Empty,
    Begun,
    /// Something is filled in, nothing required is missing, and nothing is wrong.
    Done,
}

/// A line of the outline.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// `None` is "Finish".
    pub section: Option<Section>,
    pub label: String,
    pub progress: Progress,
    pub errors: usize,
    pub warnings: usize,
    /// The first field in it.
    pub first: Option<FieldPath>,
    /// The items of the section of items.
    pub parts: Vec<Part>,
}

impl Desk {
    pub fn outline(&self) -> Vec<Part> {
        let Some(draft) = &self.draft else { return Vec::new() };
        let places = places::in_order(&draft.template, &draft.letter);
        let view = Outline { draft, places, problems: self.problems().collect() };
        let sections = Section::ALL.into_iter().filter(|&section| view.has(section));
        let mut parts: Vec<Part> =
            sections.map(|section| view.section(section)).collect();
        parts.push(view.finish(self.errors().find_map(|error| self.place_of(error))));
        parts
    }
}

struct Outline<'a> {
    draft: &'a OpenDraft,
    places: Vec<(&'a Field, FieldPath)>,
    problems: Vec<&'a Diagnostic>,
}

impl Outline<'_> {
    fn has(&self, section: Section) -> bool {
        self.draft
            .template
            .fields()
            .iter()
            .any(|field| field.section == section)
    }

    fn section(&self, section: Section) -> Part {
        let parts = if section == Section::Items { self.items() } else { Vec::new() };
        let first = self.first_of(section);
        let part = self.part(section, section.label().into(), |_| true);
        Part { first: part.first.clone().or(first), parts, ..part }
    }

    /// Where a section without any field yet begins: the group whose rows it is made of.
    fn first_of(&self, section: Section) -> Option<FieldPath> {
        let field = self
            .draft
            .template
            .fields()
            .iter()
            .find(|field| field.section == section)?;
        let (group, _) = field.pattern.split_once("[]")?;
        Some(FieldPath::new(group, &[]))
    }

    fn items(&self) -> Vec<Part> {
        let items = self.draft.letter.items.iter().enumerate();
        items
            .map(|(place, item)| {
                self.item(item.id, item_label(&self.draft.letter, place))
            })
            .collect()
    }

    fn item(&self, id: Id, label: String) -> Part {
        let part =
            self.part(Section::Items, label, |path| path.rows().first() == Some(&id));
        let (template, letter) = (&self.draft.template, &self.draft.letter);
        Part { first: places::first_of_row(template, letter, Group::Items, id), ..part }
    }

    /// A part made of the places of a section that are `within` it.
    fn part(
        &self,
        section: Section,
        label: String,
        within: impl Fn(&FieldPath) -> bool,
    ) -> Part {
        let (template, letter) = (&self.draft.template, &self.draft.letter);
        let places = || {
            self.places
                .iter()
                .filter(|(field, path)| field.section == section && within(path))
        };
        let of_part = |diagnostic: &Diagnostic| {
            let mut path = diagnostic.anchor.field().into_iter();
            path.any(|path| {
                places::section(template, path) == Some(section) && within(path)
            })
        };
        let count = |severity| {
            self.problems
                .iter()
                .filter(|found| found.severity == severity && of_part(found))
                .count()
        };
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        let is_begun = places().any(|(field, path)| is_filled(field, letter, path));
        let lacks = places().any(|(field, path)| {
            template.requires(&field.pattern, letter)
                && field.value(letter, path).is_some_and(|value| value.is_empty())
        });
        let progress = match (is_begun, errors > 0 || lacks) {
            (false, _) => Progress::Empty,
            (true, true) => Progress::Begun,
            (true, false) => Progress::Done,
        };
        let first = places().map(|(_, path)| path.clone()).next();
        Part {
            section: Some(section),
            label,
            progress,
            errors,
            warnings,
            first,
            parts: Vec::new(),
        }
    }

    fn finish(&self, first_error: Option<FieldPath>) -> Part {
        let count = |severity| {
            self.problems
                .iter()
                .filter(|found| found.severity == severity)
                .count()
        };
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        let is_done = errors == 0 && self.draft.composed.is_some();
        let progress = if is_done { Progress::Done } else { Progress::Empty };
        let label = "Finish".into();
        Part {
            section: None,
            label,
            progress,
            errors,
            warnings,
            first: first_error,
            parts: Vec::new(),
        }
    }
}

/// What an item is called: its title, or its place in the list.
pub(super) fn item_label(letter: &Letter, place: usize) -> String {
    let title = letter
        .items
        .get(place)
        .map(|item| phrasing::title(&item.title))
        .unwrap_or_default();
    if title.is_empty() { format!("Item {}", place + 1) } else { title }
}

/// Whether somebody filled the place in: a choice that stands at what every letter begins
/// with says nothing.
fn is_filled(field: &Field, letter: &Letter, path: &FieldPath) -> bool {
    let usual = match &field.options {
        Options::Fixed(choices) => choices.first().map(|(key, _)| *key),
        _ => None,
    };
    match field.value(letter, path) {
        Some(Value::Choice(key)) => !key.is_empty() && usual != Some(&*key),
        value => value.is_some_and(|value| !value.is_empty()),
    }
}
