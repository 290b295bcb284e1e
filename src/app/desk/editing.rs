//! Rows and closing sentences: what commands do to the letter, each as a step that can be
//! undone.

use std::sync::Arc;

use super::{Desk, OpenDraft, Tone, places};
use crate::app::command::Command;
use crate::app::suggest;
use crate::check;
use crate::letter::fields::Slot;
use crate::letter::phrasing::closing_sentence;
use crate::letter::{Decision, Denial, FieldPath, Group, Id, Item, Letter, Step};
use crate::library::Library;

impl Desk {
    /// Says what was removed from a field of several entries: by a click it is quickly
    /// done.
    pub(super) fn tell_removed(&mut self, label: &str) {
        self.settle();
        let text = format!("Removed from \"{label}\"");
        let undo = vec![("Undo", Command::Undo)];
        self.show_notice_with(Tone::Done, text, "", undo);
    }

    /// Adds a row at the end of its group. A table has an empty one there already.
    pub(super) fn add(&mut self, group: Group) {
        if matches!(group, Group::Documents | Group::Recipients) {
            self.reveal_empty_row(group);
        } else {
            self.add_after(group, None);
        }
    }

    /// Brings the empty line at the end of a table into view, which becomes a row of the
    /// letter once something stands in it.
    fn reveal_empty_row(&mut self, group: Group) {
        let Some(draft) = &self.draft else { return };
        let (template, letter) = (&draft.template, &draft.letter);
        let last = letter.row_ids(group).last().copied();
        let id = match last {
            Some(id) if places::is_blank_row(template, letter, group, id) => id,
            _ => letter.id_to_come(),
        };
        let first = places::first_pattern(template, letter, group);
        self.reveal_field(first.map(|pattern| FieldPath::new(pattern, &[id])));
    }

    /// The first time, and from the treatments requested, all the items are added that
    /// those ask for.
    pub(super) fn add_item_after_caret(&mut self) {
        let is_at_requests = self
            .focus
            .as_ref()
            .is_some_and(|path| path.pattern() == "case.treatments_requested");
        let is_first = self.draft.as_ref().is_some_and(|draft| {
            let mut items = draft.letter.items.iter();
            items.all(|item| item.title.request.trim().is_empty())
        });
        if (is_at_requests || is_first) && !self.undecided_requests().is_empty() {
            return self.add_requested_items();
        }
        self.add_after(Group::Items, self.item_at_caret());
    }

    /// Adds an item for each treatment requested that none decides yet, with the body part
    /// and the category that its words say; an item without a title takes the first.
    pub(super) fn add_requested_items(&mut self) {
        let requests = self.undecided_requests();
        let library = Arc::clone(&self.library);
        let made = self.edit(|letter| {
            let ids = requests.iter().map(|request| item_for(letter, request, &library));
            ids.collect::<Vec<_>>()
        });
        let made = made.unwrap_or_default();
        self.mark_guesses(&made);
        // Their titles are there.
        let Some(&first) = made.first() else { return };
        self.reveal_field(Some(FieldPath::new("items[].decision", &[first])));
    }

    /// The treatments requested that no item decides.
    pub(super) fn undecided_requests(&self) -> Vec<String> {
        let Some(draft) = &self.draft else { return Vec::new() };
        let letter = &draft.letter;
        let mut undecided = Vec::new();
        for request in &letter.case.treatments_requested {
            let mut items = letter.items.iter();
            let is_decided =
                items.any(|item| check::is_decided_by(request, item, &self.library));
            if !is_decided && !request.trim().is_empty() {
                undecided.push(request.trim().to_owned());
            }
        }
        undecided
    }

    fn add_after(&mut self, group: Group, after: Option<Id>) {
        let id = self.edit(|letter| letter.add_row(group, after));
        self.reveal_row(group, id);
    }

    pub(super) fn duplicate(&mut self, group: Group, id: Id) {
        let copy = self.edit(|letter| letter.duplicate_row(group, id));
        self.reveal_row(group, copy.flatten());
    }

    pub(super) fn raise(&mut self, group: Group, id: Id) {
        self.shift(group, id, |letter| letter.move_row(group, id, Step::Up));
    }

    pub(super) fn lower(&mut self, group: Group, id: Id) {
        self.shift(group, id, |letter| letter.move_row(group, id, Step::Down));
    }

    pub(super) fn place(&mut self, group: Group, id: Id, place: usize) {
        self.shift(group, id, |letter| letter.place_row(group, id, place));
    }

    /// Moves a row; the caret goes along.
    fn shift(&mut self, group: Group, id: Id, change: impl FnOnce(&mut Letter)) {
        self.edit(change);
        match self.focus.clone() {
            Some(path) if path.rows().contains(&id) => self.reveal_field(Some(path)),
            _ => self.reveal_row(group, Some(id)),
        }
    }

    pub(super) fn remove(&mut self, group: Group, id: Id) {
        let Some(draft) = &self.draft else { return };
        let neighbor = neighbor(&draft.letter.row_ids(group), id);
        self.edit(|letter| letter.remove_row(group, id));
        match neighbor {
            Some(neighbor) => self.reveal_row(group, Some(neighbor)),
            None => self.reveal_field(Some(group.place())),
        }
    }

    /// Brings the field into view that a row is begun with.
    fn reveal_row(&mut self, group: Group, id: Option<Id>) {
        let (Some(draft), Some(id)) = (&self.draft, id) else { return };
        let first = places::first_of_row(&draft.template, &draft.letter, group, id);
        self.reveal_field(first);
    }

    /// The innermost row that the caret is in.
    pub(super) fn row_at_caret(&self) -> Option<(Group, Id)> {
        let (draft, focus) = (self.draft.as_ref()?, self.focus.as_ref()?);
        places::row_of(&draft.letter, focus)
    }

    pub(super) fn on_row_at_caret(&mut self, act: fn(&mut Self, Group, Id)) {
        if let Some((group, id)) = self.row_at_caret() {
            act(self, group, id);
        }
    }

    fn item_at_caret(&self) -> Option<Id> {
        let (draft, focus) = (self.draft.as_ref()?, self.focus.as_ref()?);
        let id = *focus.rows().first()?;
        draft.letter.item(id).map(|item| item.id)
    }

    pub(super) fn add_closing(&mut self) {
        if let Some(path) = self.rationale_to_close() {
            self.append_closing(&path);
        }
    }

    /// The rationale that the caret is in or beside, or else the first that can still be
    /// ended.
    pub(super) fn rationale_to_close(&self) -> Option<FieldPath> {
        let draft = self.draft.as_ref()?;
        if let Some(path) = &self.focus
            && path.pattern().ends_with("].rationale")
        {
            return Some(path.clone());
        }
        if let Some(item) = self.item_at_caret() {
            return Some(rationale_of(item));
        }
        let mut rationales = draft.letter.items.iter().map(|item| rationale_of(item.id));
        rationales.find(|path| closed(draft, path).is_ok())
    }

    pub(super) fn append_closing(&mut self, path: &FieldPath) {
        let Some(draft) = &self.draft else { return };
        let Ok(closed) = closed(draft, path) else { return };
        let Some(field) = draft.template.field(path.pattern()).cloned() else { return };
        self.edit(|letter| {
            if let Some(Slot::Text(text)) = field.slot(letter, path) {
                *text = closed;
            }
        });
        self.reveal_field(Some(path.clone()));
    }

    /// Why the rationale cannot be ended with the sentence that fits its decision.
    pub(super) fn refusal_to_close(&self, path: &FieldPath) -> Option<&'static str> {
        closed(self.draft.as_ref()?, path).err()
    }
}

/// An item with this title: the first that has none, or another.
fn item_for(letter: &mut Letter, request: &str, library: &Library) -> Id {
    let is_blank = |item: &Item| item.title.request.trim().is_empty();
    let id = match letter.items.iter().find(|item| is_blank(item)) {
        Some(item) => item.id,
        None => letter.add_row(Group::Items, None),
    };
    let Some(item) = letter.items.iter_mut().find(|item| item.id == id) else {
        return id;
    };
    request.clone_into(&mut item.title.request);
    let guesses = [
        ("items[].body_part", &mut item.body_part),
        ("items[].category", &mut item.category),
    ];
    for (pattern, value) in guesses {
        if value.is_empty()
            && let Some(guess) = suggest::guess(library, pattern, request)
        {
            *value = guess;
        }
    }
    id
}

fn rationale_of(item: Id) -> FieldPath {
    FieldPath::new("items[].rationale", &[item])
}

/// The row after this one or, where it is the last, the one before.
fn neighbor(rows: &[Id], id: Id) -> Option<Id> {
    let place = rows.iter().position(|&row| row == id)?;
    match rows.get(place + 1) {
        Some(after) => Some(*after),
        None => rows.get(place.checked_sub(1)?).copied(),
    }
}

/// The rationale with the sentence at its end that fits its decision, or why it cannot
/// have one.
fn closed(draft: &OpenDraft, path: &FieldPath) -> Result<String, &'static str> {
    let Some((decision, rationale)) = decided(&draft.letter, path) else {
        return Err("There is no rationale here");
    };
    let Some(denial) = draft.template.denial(decision) else {
        return Err("Choose the item's decision first");
    };
    let Some(sentence) = closing_sentence(denial) else {
        return Err("A decision in part has no standard sentence");
    };
    let mut words = rationale.trim_end();
    if words.ends_with(sentence) {
        return Err("The rationale already ends with this sentence");
    }
    // A sentence left over from another decision would say the opposite.
    for other in [Denial::Stands, Denial::Falls, Denial::Partly] {
        if let Some(other) = closing_sentence(other)
            && let Some(rest) = words.strip_suffix(other)
        {
            words = rest.trim_end();
            break;
        }
    }
    Ok(if words.is_empty() { sentence.into() } else { format!("{words} {sentence}") })
}

/// The decision that a rationale gives the reasons for, and the rationale.
fn decided<'a>(letter: &'a Letter, path: &FieldPath) -> Option<(&'a Decision, &'a str)> {
    let rows = path.rows();
    let item = letter.item(*rows.first()?)?;
    match rows.get(1) {
        None => Some((&item.decision, &item.rationale)),
        Some(&id) => {
            let opinion = item.opinions.iter().find(|opinion| opinion.id == id)?;
            Some((&opinion.decision, &opinion.rationale))
        }
    }
}
