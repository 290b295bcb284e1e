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
    /// Nothing is filled in, and nothing has to be.
    Optional,
    Begun,
    /// Something is filled in, nothing required is missing, and nothing is wrong.
    Done,
}

/// A line of the outline.
#[derive(Clone, Debug, PartialEq)]
pub struct OutlinePart {
    /// `None` is "Finish".
    pub section: Option<Section>,
    pub label: String,
    /// Which item it is, counted from 1, and the word for how it is decided.
    pub number: Option<usize>,
    pub decision: Option<String>,
    pub progress: Progress,
    /// What is wrong in it; what is not filled in yet is not.
    pub errors: usize,
    pub warnings: usize,
    /// The first field in it.
    pub first: Option<FieldPath>,
    /// The items of the section of items.
    pub parts: Vec<OutlinePart>,
}

impl Desk {
    pub fn outline(&self) -> Vec<OutlinePart> {
        let Some(draft) = &self.draft else { return Vec::new() };
        let places = places::in_order(&draft.template, &draft.letter);
        let is_counted = |found: &&Diagnostic| {
            let counts = self.is_finishing() || !self.is_to_fill_in(found);
            counts && !self.is_typed_into(found)
        };
        let problems = self.problems().filter(is_counted).collect();
        let to_fill_in = self.to_fill_in().filter_map(|found| found.anchor.field());
        let to_fill_in = to_fill_in.collect();
        let outline = OutlineOf { draft, places, problems, to_fill_in };
        let mut parts = Vec::new();
        for section in Section::ALL {
            if draft.template.fields().iter().any(|field| field.section == section) {
                parts.push(outline.section(section));
            }
        }
        parts.push(outline.finish(self.errors().find_map(|error| self.place_of(error))));
        parts
    }
}

/// What the outline of a letter is made from.
struct OutlineOf<'a> {
    draft: &'a OpenDraft,
    places: Vec<(&'a Field, FieldPath)>,
    problems: Vec<&'a Diagnostic>,
    /// The fields that are not filled in yet, statements to confirm among them.
    to_fill_in: Vec<&'a FieldPath>,
}

impl OutlineOf<'_> {
    fn section(&self, section: Section) -> OutlinePart {
        let mut part = self.part(section, section.label().into(), None);
        if section == Section::Items {
            part.parts = self.items();
        }
        if part.first.is_none() {
            part.first = self.first_of(section);
        }
        part
    }

    /// Where a section without any field yet begins: the group whose rows it is made of.
    fn first_of(&self, section: Section) -> Option<FieldPath> {
        let mut fields = self.draft.template.fields().iter();
        let field = fields.find(|field| field.section == section)?;
        let (group, _) = field.pattern.split_once("[]")?;
        Some(FieldPath::new(group, &[]))
    }

    fn items(&self) -> Vec<OutlinePart> {
        let mut parts = Vec::new();
        for (place, item) in self.draft.letter.items.iter().enumerate() {
            let label = item_label(&self.draft.letter, place);
            let mut part = self.part(Section::Items, label, Some(item.id));
            let (template, letter) = (&self.draft.template, &self.draft.letter);
            part.first = places::first_of_row(template, letter, Group::Items, item.id);
            part.number = Some(place + 1);
            let mut outcomes = template.head().outcomes.iter();
            part.decision = outcomes
                .find(|outcome| item.decision.0 == outcome.key)
                .map(|outcome| outcome.word.clone());
            parts.push(part);
        }
        parts
    }

    /// A section, or the part of it that is of one item.
    fn part(&self, section: Section, label: String, item: Option<Id>) -> OutlinePart {
        let (template, letter) = (&self.draft.template, &self.draft.letter);
        let (mut first, mut is_begun, mut lacks) = (None, false, false);
        for (field, path) in &self.places {
            if field.section != section || !is_of_item(path, item) {
                continue;
            }
            first.get_or_insert_with(|| path.clone());
            is_begun |= is_filled(field, letter, path);
            let is_required = template.requires(&field.pattern, letter);
            lacks |= is_required
                && field.value(letter, path).is_some_and(|value| value.is_empty());
        }
        lacks |= self.to_fill_in.iter().any(|path| {
            places::section(template, path) == Some(section) && is_of_item(path, item)
        });
        let is_optional = places::is_optional(template, letter, section);
        let (errors, warnings) = self.count_problems(|found| {
            let Some(path) = found.anchor.field() else { return false };
            places::section(template, path) == Some(section) && is_of_item(path, item)
        });
        let progress = match (is_begun, errors > 0 || lacks) {
            (false, false) if is_optional => Progress::Optional,
            (false, _) => Progress::Empty,
            (true, true) => Progress::Begun,
            (true, false) => Progress::Done,
        };
        let section = Some(section);
        OutlinePart {
            errors,
            warnings,
            first,
            ..OutlinePart::new(section, label, progress)
        }
    }

    /// How many errors and warnings are counted in.
    fn count_problems(&self, counts: impl Fn(&Diagnostic) -> bool) -> (usize, usize) {
        let (mut errors, mut warnings) = (0, 0);
        for found in &self.problems {
            if !counts(found) {
                continue;
            }
            match found.severity {
                Severity::Error => errors += 1,
                Severity::Warning => warnings += 1,
                Severity::Note => {}
            }
        }
        (errors, warnings)
    }

    fn finish(&self, first: Option<FieldPath>) -> OutlinePart {
        let (errors, warnings) = self.count_problems(|_| true);
        let is_done = first.is_none() && errors == 0 && self.draft.composed.is_some();
        let progress = if is_done { Progress::Done } else { Progress::Empty };
        let part = OutlinePart::new(None, "Finish".into(), progress);
        OutlinePart { errors, warnings, first, ..part }
    }
}

impl OutlinePart {
    fn new(section: Option<Section>, label: String, progress: Progress) -> Self {
        Self {
            section,
            label,
            number: None,
            decision: None,
            progress,
            errors: 0,
            warnings: 0,
            first: None,
            parts: Vec::new(),
        }
    }
}

/// Whether a place lies in this item; in none, every place counts.
fn is_of_item(path: &FieldPath, item: Option<Id>) -> bool {
    item.is_none() || path.rows().first() == item.as_ref()
}

/// What an item is called: its title, or its place in the list.
pub(super) fn item_label(letter: &Letter, place: usize) -> String {
    match letter.items.get(place).map(|item| phrasing::title(&item.title)) {
        Some(title) if !title.is_empty() => title,
        _ => format!("Item {}", place + 1),
    }
}

/// Whether somebody filled the place in: a choice that stands at what every letter begins
/// with says nothing.
pub(in crate::app) fn is_filled(
    field: &Field,
    letter: &Letter,
    path: &FieldPath,
) -> bool {
    let usual = match &field.options {
        Options::Fixed(choices) => choices.first().map(|(key, _)| *key),
        _ => None,
    };
    match field.value(letter, path) {
        Some(Value::Choice(key)) => !key.is_empty() && usual != Some(&*key),
        value => value.is_some_and(|value| !value.is_empty()),
    }
}
