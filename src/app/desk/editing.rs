//! Rows and closing sentences: what commands do to the letter, each as a step that can be
//! undone.

use super::{Desk, OpenDraft, places};
use crate::app::job::Job;
use crate::letter::fields::Slot;
use crate::letter::phrasing::closing_sentence;
use crate::letter::{Decision, Denial, FieldPath, Group, Id, Letter, Step};

impl Desk {
    /// Adds a row at the end of its group.
    pub(super) fn add(&mut self, group: Group) -> Vec<Job> {
        self.add_behind(group, None)
    }

    pub(super) fn add_item_behind_the_caret(&mut self) -> Vec<Job> {
        let item = self.item_with_the_caret();
        self.add_behind(Group::Items, item)
    }

    fn add_behind(&mut self, group: Group, after: Option<Id>) -> Vec<Job> {
        let (id, jobs) = self.edit(|letter| letter.add_row(group, after));
        self.show_row(group, id);
        jobs
    }

    pub(super) fn duplicate(&mut self, group: Group, id: Id) -> Vec<Job> {
        let (copy, jobs) = self.edit(|letter| letter.duplicate_row(group, id));
        self.show_row(group, copy.flatten());
        jobs
    }

    pub(super) fn raise(&mut self, group: Group, id: Id) -> Vec<Job> {
        self.shift(group, id, |letter| letter.move_row(group, id, Step::Up))
    }

    pub(super) fn lower(&mut self, group: Group, id: Id) -> Vec<Job> {
        self.shift(group, id, |letter| letter.move_row(group, id, Step::Down))
    }

    pub(super) fn place(&mut self, group: Group, id: Id, place: usize) -> Vec<Job> {
        self.shift(group, id, |letter| letter.place_row(group, id, place))
    }

    /// Moves a row; the caret goes along.
    fn shift(
        &mut self,
        group: Group,
        id: Id,
        change: impl FnOnce(&mut Letter),
    ) -> Vec<Job> {
        let (_, jobs) = self.edit(change);
        match self.focus.clone().filter(|path| path.rows().contains(&id)) {
            Some(path) => self.show(Some(path)),
            None => self.show_row(group, Some(id)),
        }
        jobs
    }

    pub(super) fn remove(&mut self, group: Group, id: Id) -> Vec<Job> {
        let neighbour = self
            .draft
            .as_ref()
            .and_then(|draft| neighbour(&draft.letter.row_ids(group), id));
        let (_, jobs) = self.edit(|letter| letter.remove_row(group, id));
        match neighbour {
            Some(neighbour) => self.show_row(group, Some(neighbour)),
            None => self.show(Some(group.place())),
        }
        jobs
    }

    /// Brings the field into view that a row is begun with.
    fn show_row(&mut self, group: Group, id: Option<Id>) {
        let first = self.draft.as_ref().zip(id).and_then(|(draft, id)| {
            let (template, letter) = (&draft.template, &draft.letter);
            places::first_of_row(template, letter, group, id)
        });
        self.show(first);
    }

    /// The innermost row that the caret is in.
    pub(super) fn row_with_the_caret(&self) -> Option<(Group, Id)> {
        let (draft, focus) = (self.draft.as_ref()?, self.focus.as_ref()?);
        places::row_of(&draft.letter, focus)
    }

    pub(super) fn on_the_carets_row(
        &mut self,
        act: fn(&mut Self, Group, Id) -> Vec<Job>,
    ) -> Vec<Job> {
        let row = self.row_with_the_caret();
        row.map(|(group, id)| act(self, group, id)).unwrap_or_default()
    }

    fn item_with_the_caret(&self) -> Option<Id> {
        let (draft, focus) = (self.draft.as_ref()?, self.focus.as_ref()?);
        focus
            .rows()
            .first()
            .copied()
            .filter(|&id| draft.letter.item(id).is_some())
    }

    pub(super) fn add_closing(&mut self) -> Vec<Job> {
        let path = self.rationale_to_close();
        path.map(|path| self.end_with_closing(&path)).unwrap_or_default()
    }

    /// The rationale that the caret is in or beside, or else the first that can still be
    /// ended.
    pub(super) fn rationale_to_close(&self) -> Option<FieldPath> {
        let draft = self.draft.as_ref()?;
        let is_rationale = |path: &&FieldPath| path.pattern().ends_with("].rationale");
        if let Some(path) = self.focus.as_ref().filter(is_rationale) {
            return Some(path.clone());
        }
        let of_item = |id: Id| FieldPath::new("items[].rationale", &[id]);
        let mut items = draft.letter.items.iter().map(|item| of_item(item.id));
        self.item_with_the_caret()
            .map(of_item)
            .or_else(|| items.find(|path| closed(draft, path).is_ok()))
    }

    pub(super) fn end_with_closing(&mut self, path: &FieldPath) -> Vec<Job> {
        let Some(draft) = &self.draft else { return Vec::new() };
        let Ok(closed) = closed(draft, path) else { return Vec::new() };
        let Some(field) = draft.template.field(path.pattern()).cloned() else {
            return Vec::new();
        };
        let (_, jobs) = self.edit(|letter| {
            if let Some(Slot::Text(text)) = field.slot(letter, path) {
                *text = closed;
            }
        });
        self.show(Some(path.clone()));
        jobs
    }

    /// Why the rationale cannot be ended with the sentence that fits its decision.
    pub(super) fn refusal_to_close(&self, path: &FieldPath) -> Option<&'static str> {
        self.draft.as_ref().and_then(|draft| closed(draft, path).err())
    }
}

fn neighbour(rows: &[Id], id: Id) -> Option<Id> {
    let place = rows.iter().position(|&row| row == id)?;
    rows.get(place + 1)
        .or_else(|| rows.get(place.checked_sub(1)?))
        .copied()
}

/// The rationale with the sentence at its end that fits its decision, or why it cannot
/// have one.
fn closed(draft: &OpenDraft, path: &FieldPath) -> Result<String, &'static str> {
    let (decision, rationale) =
        decided(&draft.letter, path).ok_or("There is no rationale here")?;
    let denial = draft.template.denial(decision).ok_or("The item is not decided yet")?;
    let sentence =
        closing_sentence(denial).ok_or("No one sentence fits a decision in part")?;
    let words = rationale.trim_end();
    if words.ends_with(sentence) {
        return Err("The rationale ends so already");
    }
    // A sentence left over from another decision would say the opposite.
    let mut others = [Denial::Stands, Denial::Falls, Denial::Partly]
        .into_iter()
        .filter_map(closing_sentence);
    let words = others
        .find_map(|other| words.strip_suffix(other))
        .unwrap_or(words)
        .trim_end();
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
