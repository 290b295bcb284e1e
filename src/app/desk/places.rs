//! Places of the form: their order, the first of a row, what changed between two letters,
//! and the walk from one problem to the next.

use std::collections::BTreeSet;

use super::{Desk, OpenDraft};
use crate::diagnostic::{Anchor, Diagnostic, Severity, TextRange};
use crate::letter::fields::{Field, Kind, Section};
use crate::letter::{ExtraName, FieldPath, Group, Id, Letter};
use crate::template::Template;

/// Every place that the form shows, row by row where there are rows.
pub(super) fn in_order<'a>(
    template: &'a Template,
    letter: &Letter,
) -> Vec<(&'a Field, FieldPath)> {
    let mut places: Vec<_> = template.places(letter).collect();
    places.sort_by_cached_key(|(_, path)| template.position_in_form(letter, path));
    places
}

/// Where a letter is gone on with: the first place that is still to be filled, or the
/// first of all.
pub(super) fn to_begin_at(template: &Template, letter: &Letter) -> Option<FieldPath> {
    let places = in_order(template, letter);
    let to_fill = places.iter().find(|(field, path)| {
        template.requires(&field.pattern, letter)
            && field.value(letter, path).is_some_and(|value| value.is_empty())
    });
    let (_, path) = match to_fill {
        Some(place) => place,
        None => places
            .iter()
            .find(|(field, _)| is_begun_with(template, letter, field))?,
    };
    Some(path.clone())
}

/// Whether a row is begun with this field: not with a note for one's own records, nor
/// with a choice that is usually left as it is.
fn is_begun_with(template: &Template, letter: &Letter, field: &Field) -> bool {
    field.printable
        && (field.kind != Kind::Choice || template.requires(&field.pattern, letter))
}

/// What the fields of a group's rows begin with.
fn prefix(group: Group) -> String {
    group.prefix() + "[]"
}

/// Whether the form has fields for rows of this group.
pub(super) fn has_group(template: &Template, group: Group) -> bool {
    let prefix = prefix(group);
    template
        .fields()
        .iter()
        .any(|field| field.pattern.starts_with(&prefix))
}

/// Whether a letter can be issued without anything in this section: the template asks for
/// none of its fields, and for no row of its groups.
pub(in crate::app) fn is_optional(
    template: &Template,
    letter: &Letter,
    section: Section,
) -> bool {
    let asks = |pattern: &str| template.requires(pattern, letter);
    template
        .fields()
        .iter()
        .filter(|field| field.section == section)
        .all(|field| {
            let mut groups = field.pattern.match_indices("[]");
            !asks(&field.pattern) && groups.all(|(end, _)| !asks(&field.pattern[..end]))
        })
}

/// The field that a row is begun with or, where none is, the first of the row.
pub(in crate::app) fn first_of_row(
    template: &Template,
    letter: &Letter,
    group: Group,
    id: Id,
) -> Option<FieldPath> {
    let prefix = prefix(group);
    let mut first = None;
    for field in template.fields() {
        if !is_of_rows(field, &prefix) {
            continue;
        }
        let mut places = field.places(letter).into_iter();
        let Some(path) = places.find(|path| path.rows().last() == Some(&id)) else {
            continue;
        };
        if is_begun_with(template, letter, field) {
            return Some(path);
        }
        first.get_or_insert(path);
    }
    first
}

/// The field that rows of a group are begun with.
pub(super) fn first_pattern<'a>(
    template: &'a Template,
    letter: &Letter,
    group: Group,
) -> Option<&'a str> {
    let prefix = prefix(group);
    let mut fields = template.fields().iter();
    let first = fields.find(|field| {
        is_of_rows(field, &prefix) && is_begun_with(template, letter, field)
    })?;
    Some(&first.pattern)
}

/// Whether nothing was filled in in this row.
pub(in crate::app) fn is_blank_row(
    template: &Template,
    letter: &Letter,
    group: Group,
    id: Id,
) -> bool {
    let prefix = prefix(group);
    template.fields().iter().all(|field| {
        let path = FieldPath::new(&field.pattern, &[id]);
        !is_of_rows(field, &prefix)
            || field.value(letter, &path).is_none_or(|value| value.is_empty())
    })
}

/// Whether the field lies in such rows themselves, and not in rows within them.
fn is_of_rows(field: &Field, prefix: &str) -> bool {
    match field.pattern.strip_prefix(prefix) {
        Some(rest) => !rest.contains("[]"),
        None => false,
    }
}

/// The innermost row that a place lies in and that is there.
pub(super) fn row_of(letter: &Letter, path: &FieldPath) -> Option<(Group, Id)> {
    let mut found = None;
    for (prefix, id) in path.rows_by_prefix() {
        let group = Group::named(prefix, path.rows())?;
        if letter.row_ids(group).contains(&id) {
            found = Some((group, id));
        }
    }
    found
}

/// The first field of a group's rows, or, where there are none, the group itself.
pub(in crate::app) fn first_of_group(
    template: &Template,
    letter: &Letter,
    group: Group,
) -> FieldPath {
    let rows = letter.row_ids(group);
    let first = rows.first().and_then(|&id| first_of_row(template, letter, group, id));
    first.unwrap_or_else(|| group.place())
}

/// The place whose value is another in `new`; where a row came or went, a field of it or
/// of its neighbor.
pub(super) fn changed(
    template: &Template,
    old: &Letter,
    new: &Letter,
) -> Option<FieldPath> {
    for group in groups(old, new) {
        let changed = changed_row(template, old, new, group);
        if changed.is_some() {
            return changed;
        }
    }
    let mut places = in_order(template, new).into_iter();
    let (_, path) =
        places.find(|(field, path)| field.value(old, path) != field.value(new, path))?;
    Some(path)
}

/// Every group of either letter.
fn groups(old: &Letter, new: &Letter) -> Vec<Group> {
    let mut groups =
        vec![Group::Reviewers, Group::Recipients, Group::Documents, Group::Items];
    let items = old.items.iter().chain(&new.items);
    groups.extend(items.map(|item| Group::Opinions(item.id)));
    for name in old.extra_rows.keys().chain(new.extra_rows.keys()) {
        groups.extend(ExtraName::from(name).ok().map(Group::Extra));
    }
    groups
}

fn changed_row(
    template: &Template,
    old: &Letter,
    new: &Letter,
    group: Group,
) -> Option<FieldPath> {
    let (before, after) = (old.row_ids(group), new.row_ids(group));
    if before == after || !has_group(template, group) {
        return None;
    }
    // A row that moved up is where the lists part; one that is gone has left its neighbor
    // there.
    let same = before.iter().zip(&after).take_while(|(old, new)| old == new).count();
    let come = after.iter().find(|id| !before.contains(id));
    let row = come.or(after.get(same)).or(after.last());
    let first = row.and_then(|&id| first_of_row(template, new, group, id));
    Some(first.unwrap_or_else(|| group.place()))
}

/// The section that a place lies in.
pub(super) fn section(template: &Template, path: &FieldPath) -> Option<Section> {
    let pattern = path.pattern();
    if let Some(field) = template.field(pattern) {
        return Some(field.section);
    }
    // A group has no field of its own, but those of its rows.
    let rows = format!("{pattern}[]");
    let mut fields = template.fields().iter();
    fields
        .find(|field| field.pattern.starts_with(&rows))
        .map(|field| field.section)
}

/// A place where the walk from problem to problem stops, and the words in it that are
/// spoken of.
type Stop = (FieldPath, Option<TextRange>);

/// Whether it is a warning or a note, and where it is in the form: numbers that sort as
/// the walk goes.
type StopOrder = (bool, Vec<usize>);

impl Desk {
    /// Goes to the problem after the caret, or round to the first of all. Warnings and
    /// notes come after all that keeps the letter from being finished.
    pub(super) fn next_problem(&mut self) {
        let stops = self.stops_in_order();
        let next = match self.place_in_walk(&stops) {
            Some(at) => stops.get(at + 1).or(stops.first()),
            None => self.around_caret(&stops)[1],
        };
        self.stop_at(next.or(stops.first()));
    }

    /// Goes to the problem before the caret, or round to the last of all.
    pub(super) fn previous_problem(&mut self) {
        let stops = self.stops_in_order();
        let previous = match self.place_in_walk(&stops) {
            Some(at) => at.checked_sub(1).map(|before| &stops[before]),
            None => self.around_caret(&stops)[0],
        };
        self.stop_at(previous.or(stops.last()));
    }

    fn stop_at(&mut self, stop: Option<&(StopOrder, Stop)>) {
        let Some((_, (path, words))) = stop else { return };
        match words {
            Some(words) => self.go_to_words(path.clone(), *words),
            None => self.reveal_field(Some(path.clone())),
        }
        self.last_stop = Some((path.clone(), words.map(|words| words.start)));
    }

    /// Which of the stops the walk is at: the caret is still in its field.
    fn place_in_walk(&self, stops: &[(StopOrder, Stop)]) -> Option<usize> {
        let (last, start) = self.last_stop.as_ref()?;
        if self.focus.as_ref() != Some(last) {
            return None;
        }
        stops.iter().position(|(_, (path, words))| {
            path == last && words.map(|words| words.start) == *start
        })
    }

    /// The stops before and after the caret: errors, if there are any.
    fn around_caret<'a>(
        &self,
        stops: &'a [(StopOrder, Stop)],
    ) -> [Option<&'a (StopOrder, Stop)>; 2] {
        let (Some(here), Some(((first, _), _))) =
            (self.position_of_caret(), stops.first())
        else {
            return [None, None];
        };
        let count = stops.partition_point(|((is_lesser, _), _)| is_lesser == first);
        let alike = &stops[..count];
        let before = alike.iter().rfind(|((_, order), _)| *order < here);
        [before, alike.iter().find(|((_, order), _)| *order > here)]
    }

    /// Where the caret is in the form: after the start of the words that were shown last,
    /// if it is still in their field.
    fn position_of_caret(&self) -> Option<Vec<usize>> {
        let (draft, focus) = (self.draft.as_ref()?, self.focus.as_ref()?);
        let start = match &self.last_stop {
            Some((path, start)) if path == focus => *start,
            _ => None,
        };
        Some(position(draft, focus, start))
    }

    /// The stops as they are walked. A place is one stop, however much is wrong there.
    fn stops_in_order(&self) -> Vec<(StopOrder, Stop)> {
        let Some(draft) = &self.draft else { return Vec::new() };
        let mut stops = Vec::new();
        for (is_lesser, (path, words)) in self.stops() {
            let start = words.as_ref().map(|words| words.start);
            let order = (is_lesser, position(draft, &path, start));
            stops.push((order, (path, words)));
        }
        stops.sort_by(|(one, _), (other, _)| one.cmp(other));
        let mut known = BTreeSet::new();
        stops.retain(|((_, place), _)| known.insert(place.clone()));
        stops
    }

    /// Where something is wrong, and whether it is less than an error.
    pub(super) fn stops(&self) -> Vec<(bool, Stop)> {
        let mut stops = Vec::new();
        for found in self.problems() {
            let Some(place) = self.place_of(found) else { continue };
            let words = match &found.anchor {
                Anchor::Field { path, range } if *path == place => *range,
                _ => None,
            };
            stops.push((found.severity != Severity::Error, (place, words)));
        }
        stops
    }

    /// Where the form shows what a finding speaks of: a field, or a group's first one.
    pub(super) fn place_of(&self, diagnostic: &Diagnostic) -> Option<FieldPath> {
        let draft = self.draft.as_ref()?;
        let Anchor::Field { path, .. } = &diagnostic.anchor else { return None };
        if let Some(field) = draft.template.field(path.pattern()) {
            // The row may be gone since the letter was looked at.
            return field.value(&draft.letter, path).map(|_| path.clone());
        }
        let group = Group::named(path.pattern(), path.rows())?;
        Some(first_of_group(&draft.template, &draft.letter, group))
    }
}

/// A place of the form, and characters in it, as numbers that sort as the form does.
fn position(draft: &OpenDraft, path: &FieldPath, start: Option<usize>) -> Vec<usize> {
    let mut position = draft.template.position_in_form(&draft.letter, path);
    position.extend(start);
    position
}
