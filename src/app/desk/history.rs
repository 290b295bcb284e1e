//! Undo by state: whole letters, as they were before each step. What was typed is seen by
//! comparison, so that no way of editing can forget to say what it did.

use std::sync::Arc;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::waiting::Waiting;
use super::{Desk, OpenDraft, places};
use crate::app::job::ComposeJob;
use crate::app::snippets::TextChange;
use crate::diagnostic::TextRange;
use crate::letter::fields::{Kind, Value};
use crate::letter::{Entry, FieldPath, Guideline, Letter};
use crate::template::{LetterCopy, Order};

/// What is typed into a field with shorter pauses than this is undone in one step.
const PAUSE: SignedDuration = SignedDuration::from_secs(2);

/// How many steps of a letter can be undone. A step is a word and holds the whole letter,
/// some 3 KB an item: those of a long one are fewer.
fn most_steps(letter: &Letter) -> usize {
    const ITEMS: usize = 6000;
    const LEAST: usize = 50;
    LEAST.max(ITEMS / (2 + letter.items.len()))
}

/// The letters before and after the one that is open.
#[derive(Default)]
pub(super) struct History {
    before: Vec<Arc<Letter>>,
    after: Vec<Arc<Letter>>,
    /// What was typed last, and when.
    typing: Option<(Typing, Timestamp)>,
}

/// What was typed into a field.
#[derive(Clone, Debug, PartialEq)]
struct Typing {
    path: FieldPath,
    /// It is the beginning of a word: words are undone one by one.
    begins_word: bool,
    is_deleting: bool,
}

impl Typing {
    /// Whether it belongs to the step that ended with `last`.
    fn continues(&self, last: &Self) -> bool {
        !self.begins_word
            && (&self.path, self.is_deleting) == (&last.path, last.is_deleting)
    }
}

impl History {
    pub(super) fn can_undo(&self) -> bool {
        !self.before.is_empty()
    }

    pub(super) fn can_redo(&self) -> bool {
        !self.after.is_empty()
    }

    /// Records that `old` has become another letter, `typed` being the field if it was by
    /// typing.
    fn record(
        &mut self,
        old: &Arc<Letter>,
        new: &Letter,
        typed: Option<Typing>,
        now: Timestamp,
    ) {
        self.after.clear();
        let (mut goes_on, mut is_same_field) = (false, false);
        if let (Some((last, when)), Some(typed)) = (&self.typing, &typed)
            && now.duration_since(*when) < PAUSE
        {
            (goes_on, is_same_field) = (typed.continues(last), typed.path == last.path);
        }
        self.typing = None;
        if is_same_field && self.before.last().is_some_and(|before| **before == *new) {
            // What was typed was deleted again: a step that does nothing is no step.
            self.before.pop();
            return;
        }
        if !goes_on {
            self.before.push(Arc::clone(old));
            let steps = self.before.len();
            self.before.drain(..steps.saturating_sub(most_steps(old)));
        }
        self.typing = typed.map(|typed| (typed, now));
    }

    fn step_back(&mut self, present: &Arc<Letter>) -> Option<Arc<Letter>> {
        let letter = self.before.pop()?;
        self.after.push(Arc::clone(present));
        self.typing = None;
        Some(letter)
    }

    fn step_forward(&mut self, present: &Arc<Letter>) -> Option<Arc<Letter>> {
        let letter = self.after.pop()?;
        self.before.push(Arc::clone(present));
        self.typing = None;
        Some(letter)
    }
}

impl Desk {
    /// Sees what the form has written into the letter since the last look.
    pub(super) fn settle(&mut self) {
        let Some(draft) = &mut self.draft else { return };
        draft.letter.forget_empty_extras();
        if *draft.settled == draft.letter {
            return;
        }
        if draft.read_only.is_some() {
            draft.letter = (*draft.settled).clone();
            return;
        }
        accept_what_changed(draft);
        follow_birth_date(draft, self.now.date());
        let typed = typing_in(draft, self.focus.as_ref());
        self.take_step(typed);
        self.drop_read_notices();
    }

    /// Changes the letter as a step of its own; gives nothing where it cannot be changed.
    pub(super) fn edit<T>(&mut self, change: impl FnOnce(&mut Letter) -> T) -> Option<T> {
        self.settle();
        let draft = self.draft.as_mut()?;
        if draft.read_only.is_some() {
            return None;
        }
        let last_id = draft.letter.last_id;
        draft.letter.last_id = last_id.max(draft.highest_id);
        let given = change(&mut draft.letter);
        if draft.letter.last_id == draft.highest_id {
            // No id was given out, so this is no difference to what was saved.
            draft.letter.last_id = last_id;
        }
        if *draft.settled != draft.letter {
            self.take_step(None);
        }
        Some(given)
    }

    /// Puts another letter in the place of this one, as a step of its own.
    pub(super) fn put_letter(&mut self, letter: Letter) {
        self.settle();
        let Some(draft) = &mut self.draft else { return };
        if *draft.settled == letter {
            return;
        }
        let changed = places::changed(&draft.template, &draft.settled, &letter);
        draft.letter = letter;
        self.reveal_field(changed);
        self.take_step(None);
    }

    fn take_step(&mut self, typed: Option<Typing>) {
        let now = self.timestamp();
        if let Some(draft) = &mut self.draft {
            draft.history.record(&draft.settled, &draft.letter, typed, now);
        }
        self.take_as_it_is();
    }

    /// The letter as it is becomes the one that is looked at: it is composed, and copied
    /// for recovery when due.
    fn take_as_it_is(&mut self) {
        let revision = self.next_revision();
        if let Some(draft) = &mut self.draft {
            draft.revision = revision;
            draft.settled = Arc::new(draft.letter.clone());
            draft.highest_id = draft.highest_id.max(draft.letter.last_id);
        }
        self.compose_letter();
        self.schedule_copy();
    }

    /// Another copy is shown, and what is wrong with it.
    pub(super) fn show_copy(&mut self, copy: LetterCopy) {
        let Some(draft) = &mut self.draft else { return };
        if draft.copy != copy {
            draft.copy = copy;
            self.take_as_it_is();
        }
    }

    /// Has the letter as it is composed.
    pub(super) fn compose_letter(&mut self) {
        if self.draft.is_none() {
            return;
        }
        self.stop_waiting_for(|waiting| matches!(waiting, Waiting::Composition));
        let id = self.wait_for(Waiting::Composition);
        let Some(draft) = &self.draft else { return };
        let job = ComposeJob {
            id,
            revision: draft.revision,
            letter: Arc::clone(&draft.settled),
            template: Arc::clone(&draft.template),
            library: Arc::clone(&self.checking),
            order: Order { copy: draft.copy, today: self.today() },
        };
        self.send(job);
    }

    pub(super) fn undo(&mut self) {
        self.step(History::step_back);
    }

    pub(super) fn redo(&mut self) {
        self.step(History::step_forward);
    }

    fn step(&mut self, step: fn(&mut History, &Arc<Letter>) -> Option<Arc<Letter>>) {
        let Some(draft) = &mut self.draft else { return };
        let Some(letter) = step(&mut draft.history, &draft.settled) else { return };
        let changed = places::changed(&draft.template, &draft.settled, &letter);
        let caret = changed.as_ref().and_then(|path| caret_after(draft, &letter, path));
        draft.letter = (*letter).clone();
        self.reveal_field(changed);
        self.select = caret;
        self.take_as_it_is();
    }
}

/// Where the caret goes in a text that becomes another: after what differs.
fn caret_after(
    draft: &OpenDraft,
    letter: &Letter,
    path: &FieldPath,
) -> Option<TextRange> {
    let text_of = |letter| match draft.template.value(letter, path)? {
        Value::Text(text) => Some(text),
        _ => None,
    };
    let end = end_of_change(text_of(&draft.settled)?, text_of(letter)?);
    Some(TextRange { start: end, end })
}

/// Where in the new text what differs from the old one ends. Of "two three", "two " was
/// deleted or "wo t": a place between words is meant.
fn end_of_change(old: &str, new: &str) -> usize {
    let front = shared_length(old.chars().zip(new.chars()));
    let back = shared_length(old.chars().rev().zip(new.chars().rev()));
    let least = new.len() - back;
    for place in (least..=front).rev() {
        if new.is_char_boundary(place) {
            let before = new[..place].chars().next_back();
            if place == new.len() || before.is_none_or(char::is_whitespace) {
                return place;
            }
        }
    }
    front.max(least)
}

/// How many bytes pass until two characters differ.
fn shared_length(pairs: impl Iterator<Item = (char, char)>) -> usize {
    pairs
        .take_while(|(old, new)| old == new)
        .map(|(shared, _)| shared.len_utf8())
        .sum()
}

/// What was typed, as steps are made of it.
fn typing_in(draft: &OpenDraft, focus: Option<&FieldPath>) -> Option<Typing> {
    let path = typed_field(draft, focus)?;
    let (template, settled) = (&draft.template, &draft.settled);
    let texts = (template.value(settled, &path), template.value(&draft.letter, &path));
    let (Some(Value::Text(before)), Some(Value::Text(now))) = texts else {
        return Some(Typing { path, begins_word: false, is_deleting: false });
    };
    let change = TextChange::between(before, now, None);
    let came = &now[change.start()..change.end()];
    let begins_word = came.starts_with(char::is_alphanumeric)
        && now[..change.start()].ends_with(char::is_whitespace);
    Some(Typing { path, begins_word, is_deleting: came.is_empty() })
}

/// What an import proposed and somebody changed is looked at.
fn accept_what_changed(draft: &mut OpenDraft) {
    let mut proposed = std::mem::take(&mut draft.letter.proposed);
    proposed.retain(|path| {
        let template = &draft.template;
        template.value(&draft.settled, path) == template.value(&draft.letter, path)
    });
    draft.letter.proposed = proposed;
}

/// The age is the one that the birth date comes to, until somebody enters another.
fn follow_birth_date(draft: &mut OpenDraft, today: Date) {
    let before = draft.settled.age_by_birth(today);
    let Some(age) = draft.letter.age_by_birth(today) else { return };
    let entered = &mut draft.letter.claimant.age;
    let is_given = entered.is_empty() || entered.understood().copied() == before;
    if is_given && before != Some(age) {
        *entered = Entry::Understood(age);
    }
}

/// The field that has the caret, if what changed was typed there. A choice made or a row
/// added is a step of its own.
fn typed_field(draft: &OpenDraft, focus: Option<&FieldPath>) -> Option<FieldPath> {
    let path = focus?;
    let field = draft.template.field(path.pattern())?;
    let (old, new) =
        (field.value(&draft.settled, path)?, field.value(&draft.letter, path)?);
    let is_typed = match field.kind {
        Kind::Line | Kind::Prose | Kind::Date | Kind::Number | Kind::Money => old != new,
        Kind::Many | Kind::Guideline => old != new && entries(&old) == entries(&new),
        Kind::Choice | Kind::YesNo => false,
    };
    is_typed.then(|| path.clone())
}

/// How many entries a value has: one more or one less is not typing.
fn entries(value: &Value<'_>) -> Option<usize> {
    match value {
        Value::Many(values) => Some(values.len()),
        Value::Guideline(Guideline::Cited(citations)) => Some(citations.len()),
        Value::Guideline(Guideline::None { .. } | Guideline::AsWritten(_)) => None,
        Value::Text(_)
        | Value::Date(_)
        | Value::Number(_)
        | Value::Money(_)
        | Value::Choice(_)
        | Value::YesNo(_) => Some(1),
    }
}

#[cfg(test)]
mod tests {
    use super::end_of_change;

    #[test]
    fn what_differs_ends_between_words_where_it_may() {
        for (old, new, expected) in [
            ("one two three", "one three", "one |three"),
            ("one three", "one two three", "one two| three"),
            ("one twoo three", "one two three", "one two| three"),
            ("aaaa", "aaa", "aaa|"),
            ("", "one", "one|"),
            ("one", "", "|"),
            ("né né", "né", "né|"),
        ] {
            let mut marked = new.to_owned();
            marked.insert(end_of_change(old, new), '|');
            assert_eq!(marked, expected, "{old}");
        }
    }
}
