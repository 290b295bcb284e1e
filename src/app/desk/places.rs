//! Places of the form: their order, the first of a row, what changed between two letters,
//! and the walk from one problem to the next.

use super::Desk;
use crate::app::job::Job;
use crate::diagnostic::{Anchor, Diagnostic, TextRange};
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
    let is_empty = |field: &Field, path: &FieldPath| {
        field.value(letter, path).is_some_and(|value| value.is_empty())
    };
    let required = places.iter().find(|(field, path)| {
        template.requires(&field.pattern, letter) && is_empty(field, path)
    });
    let first = || {
        places
            .iter()
            .find(|(field, _)| is_begun_with(template, letter, field))
    };
    required.or_else(first).map(|(_, path)| path.clone())
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
    template
        .fields()
        .iter()
        .any(|field| field.pattern.starts_with(&prefix(group)))
}

/// The field that a row is begun with.
pub(super) fn first_of_row(
    template: &Template,
    letter: &Letter,
    group: Group,
    id: Id,
) -> Option<FieldPath> {
    let fields = || {
        template
            .fields()
            .iter()
            .filter(|field| is_of_rows(field, &prefix(group)))
    };
    let in_row = |field: &Field| {
        field
            .places(letter)
            .into_iter()
            .find(|path| path.rows().last() == Some(&id))
    };
    let begun_with = fields()
        .filter(|field| is_begun_with(template, letter, field))
        .find_map(in_row);
    begun_with.or_else(|| fields().find_map(in_row))
}

/// Whether the field lies in such rows themselves, and not in rows within them.
fn is_of_rows(field: &Field, prefix: &str) -> bool {
    field
        .pattern
        .strip_prefix(prefix)
        .is_some_and(|rest| !rest.contains("[]"))
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
pub(super) fn first_of_group(
    template: &Template,
    letter: &Letter,
    group: Group,
) -> FieldPath {
    let first = letter
        .row_ids(group)
        .first()
        .and_then(|&id| first_of_row(template, letter, group, id));
    first.unwrap_or_else(|| group.place())
}

/// The place whose value is another in `new`; where a row came or went, a field of it or
/// of its neighbour.
pub(super) fn changed(
    template: &Template,
    old: &Letter,
    new: &Letter,
) -> Option<FieldPath> {
    let come_or_gone =
        || groups(old, new).find_map(|group| changed_row(template, old, new, group));
    let value = || {
        let mut places = in_order(template, new).into_iter();
        places
            .find(|(field, path)| field.value(old, path) != field.value(new, path))
            .map(|(_, path)| path)
    };
    come_or_gone().or_else(value)
}

/// Every group of either letter.
fn groups(old: &Letter, new: &Letter) -> impl Iterator<Item = Group> {
    let opinions = old
        .items
        .iter()
        .chain(&new.items)
        .map(|item| Group::Opinions(item.id));
    let names = old.extra_rows.keys().chain(new.extra_rows.keys());
    let extras = names.filter_map(|name| ExtraName::from(name).ok()).map(Group::Extra);
    let inner: Vec<Group> = opinions.chain(extras).collect();
    [Group::Reviewers, Group::Recipients, Group::Documents, Group::Items]
        .into_iter()
        .chain(inner)
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
    let same = before.iter().zip(&after).take_while(|(old, new)| old == new).count();
    let come = after.iter().find(|id| !before.contains(id));
    // A row that moved up stands where the lists part; one that is gone has left its
    // neighbour there.
    let row = come.or_else(|| after.get(same)).or_else(|| after.last());
    Some(
        row.and_then(|&id| first_of_row(template, new, group, id))
            .unwrap_or_else(|| group.place()),
    )
}

/// The section that a place lies in.
pub(super) fn section(template: &Template, path: &FieldPath) -> Option<Section> {
    let pattern = path.pattern();
    let within = |field: &&Field| {
        field
            .pattern
            .strip_prefix(pattern)
            .is_some_and(|rest| rest.starts_with("[]"))
    };
    let field = template
        .field(pattern)
        .or_else(|| template.fields().iter().find(within));
    field.map(|field| field.section)
}

/// A place where the walk from problem to problem stops, and the words in it that are
/// spoken of.
type Stop = (FieldPath, Option<TextRange>);

impl Desk {
    pub(super) fn next_problem(&mut self) -> Vec<Job> {
        let (_, behind, [first, _]) = self.problems_around_the_caret();
        self.stop_at(behind.or(first))
    }

    pub(super) fn previous_problem(&mut self) -> Vec<Job> {
        let (before, _, [_, last]) = self.problems_around_the_caret();
        self.stop_at(before.or(last))
    }

    fn stop_at(&mut self, stop: Option<Stop>) -> Vec<Job> {
        match stop {
            Some((path, Some(words))) => self.go_to_words(path, words),
            Some((path, None)) => self.go(path),
            None => Vec::new(),
        }
    }

    /// The problem before the caret, the one behind it, and the first and the last of
    /// all.
    fn problems_around_the_caret(
        &self,
    ) -> (Option<Stop>, Option<Stop>, [Option<Stop>; 2]) {
        let Some(draft) = &self.draft else { return Default::default() };
        let order = |path: &FieldPath, start: Option<usize>| {
            let mut order = draft.template.position_in_form(&draft.letter, path);
            order.extend(start);
            order
        };
        let of_stop =
            |(path, words): &Stop| order(path, words.as_ref().map(|words| words.start));
        let shown = |path: &FieldPath| {
            self.at.as_ref().filter(|(at, _)| at == path).map(|(_, start)| *start)
        };
        let here = self.focus.as_ref().map(|path| order(path, shown(path)));
        let stops = self.stops();
        let before = stops
            .iter()
            .rev()
            .find(|stop| here.as_ref().is_some_and(|here| of_stop(stop) < *here));
        let behind = stops
            .iter()
            .find(|stop| here.as_ref().is_some_and(|here| of_stop(stop) > *here));
        (
            before.cloned(),
            behind.cloned(),
            [stops.first().cloned(), stops.last().cloned()],
        )
    }

    /// Where something is wrong, in the order of the form.
    pub(super) fn stops(&self) -> Vec<Stop> {
        let stop = |found: &Diagnostic| {
            let place = self.place_of(found)?;
            let words = match &found.anchor {
                Anchor::Field { path, range } if *path == place => *range,
                _ => None,
            };
            Some((place, words))
        };
        self.problems().filter_map(stop).collect()
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
