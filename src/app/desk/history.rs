//! Undo by state: whole letters, as they were before each step. What was typed is seen by
//! comparison, so that no way of editing can forget to say what it did.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::{Desk, OpenDraft, places};
use crate::app::job::Job;
use crate::letter::fields::{Kind, Value};
use crate::letter::{FieldPath, Guideline, Letter};
use crate::template::{LetterCopy, Order};

/// What is typed into a field with shorter pauses than this is undone in one step.
const PAUSE: SignedDuration = SignedDuration::from_secs(2);

/// So many steps can be undone; a step holds a whole letter, some 20 KB.
const LONGEST: usize = 1000;

/// The letters before and behind the one that is open.
#[derive(Default)]
pub(super) struct History {
    before: Vec<Arc<Letter>>,
    behind: Vec<Arc<Letter>>,
    /// Where and when was typed last.
    typing: Option<(FieldPath, Timestamp)>,
}

impl History {
    pub(super) fn can_undo(&self) -> bool {
        !self.before.is_empty()
    }

    pub(super) fn can_redo(&self) -> bool {
        !self.behind.is_empty()
    }

    /// Takes note that `old` has become another letter, `typed` being the field if it was
    /// by typing.
    fn record(
        &mut self,
        old: &Arc<Letter>,
        new: &Letter,
        typed: Option<FieldPath>,
        now: Timestamp,
    ) {
        self.behind.clear();
        let last = self.typing.take();
        let goes_on = typed.is_some()
            && last.is_some_and(|(path, when)| {
                Some(&path) == typed.as_ref() && now.duration_since(when) < PAUSE
            });
        if !goes_on {
            self.before.push(Arc::clone(old));
            self.before.drain(..self.before.len().saturating_sub(LONGEST));
        } else if self.before.last().is_some_and(|before| **before == *new) {
            // What was typed was deleted again: a step that does nothing is no step.
            self.before.pop();
            return;
        }
        self.typing = typed.map(|path| (path, now));
    }

    fn step_back(&mut self, present: &Arc<Letter>) -> Option<Arc<Letter>> {
        let letter = self.before.pop()?;
        self.behind.push(Arc::clone(present));
        self.typing = None;
        Some(letter)
    }

    fn step_forward(&mut self, present: &Arc<Letter>) -> Option<Arc<Letter>> {
        let letter = self.behind.pop()?;
        self.before.push(Arc::clone(present));
        self.typing = None;
        Some(letter)
    }
}

impl Desk {
    /// Takes note of what the form has written into the letter since the last look.
    pub(super) fn settle(&mut self) -> Vec<Job> {
        let Some(draft) = &mut self.draft else { return Vec::new() };
        draft.letter.forget_empty_extras();
        if *draft.settled == draft.letter {
            return Vec::new();
        }
        if draft.read_only.is_some() {
            draft.letter = (*draft.settled).clone();
            return Vec::new();
        }
        accept_what_changed(draft);
        let typed = typed_field(draft, self.focus.as_ref());
        self.take_step(typed)
    }

    /// Changes the letter as a step of its own.
    pub(super) fn edit<T>(
        &mut self,
        change: impl FnOnce(&mut Letter) -> T,
    ) -> (Option<T>, Vec<Job>) {
        let mut jobs = self.settle();
        let Some(draft) = self.draft.as_mut().filter(|draft| draft.read_only.is_none())
        else {
            return (None, jobs);
        };
        let last_id = draft.letter.last_id;
        draft.letter.last_id = last_id.max(draft.highest_id);
        let given = change(&mut draft.letter);
        if draft.letter.last_id == draft.highest_id {
            // No id was given out, so this is no difference to what was saved.
            draft.letter.last_id = last_id;
        }
        if *draft.settled != draft.letter {
            jobs.extend(self.take_step(None));
        }
        (Some(given), jobs)
    }

    /// Puts another letter in the place of this one, as a step of its own.
    pub(super) fn put_letter(&mut self, letter: Letter) -> Vec<Job> {
        let mut jobs = self.settle();
        let Some(draft) = self.draft.as_mut().filter(|draft| *draft.settled != letter)
        else {
            return jobs;
        };
        let changed = places::changed(&draft.template, &draft.settled, &letter);
        draft.letter = letter;
        self.show(changed);
        jobs.extend(self.take_step(None));
        jobs
    }

    fn take_step(&mut self, typed: Option<FieldPath>) -> Vec<Job> {
        let now = self.timestamp();
        if let Some(draft) = &mut self.draft {
            draft.history.record(&draft.settled, &draft.letter, typed, now);
        }
        self.take_as_it_is()
    }

    /// The letter as it is becomes the one that is looked at: it is composed, and copied
    /// for recovery when due.
    fn take_as_it_is(&mut self) -> Vec<Job> {
        let revision = self.next_revision();
        if let Some(draft) = &mut self.draft {
            draft.revision = revision;
            draft.settled = Arc::new(draft.letter.clone());
            draft.highest_id = draft.highest_id.max(draft.letter.last_id);
        }
        let copying = self.mind_the_copy();
        self.compose_again().into_iter().chain(copying).collect()
    }

    /// Another copy is shown, and what is wrong with it.
    pub(super) fn show_copy(&mut self, copy: LetterCopy) -> Vec<Job> {
        let Some(draft) = self.draft.as_mut().filter(|draft| draft.copy != copy) else {
            return Vec::new();
        };
        draft.copy = copy;
        self.take_as_it_is()
    }

    pub(super) fn compose_again(&self) -> Option<Job> {
        let draft = self.draft.as_ref()?;
        let (letter, template) =
            (Arc::clone(&draft.settled), Arc::clone(&draft.template));
        let order = Order { copy: draft.copy, today: self.today() };
        let library = Arc::clone(&self.checking);
        Some(Job::Compose { revision: draft.revision, letter, template, library, order })
    }

    pub(super) fn undo(&mut self) -> Vec<Job> {
        self.step(History::step_back)
    }

    pub(super) fn redo(&mut self) -> Vec<Job> {
        self.step(History::step_forward)
    }

    fn step(
        &mut self,
        step: fn(&mut History, &Arc<Letter>) -> Option<Arc<Letter>>,
    ) -> Vec<Job> {
        let Some(draft) = &mut self.draft else { return Vec::new() };
        let Some(letter) = step(&mut draft.history, &draft.settled) else {
            return Vec::new();
        };
        let changed = places::changed(&draft.template, &draft.settled, &letter);
        draft.letter = (*letter).clone();
        self.show(changed);
        self.take_as_it_is()
    }
}

/// What an import proposed and somebody changed is looked at.
fn accept_what_changed(draft: &mut OpenDraft) {
    let (template, settled) = (Arc::clone(&draft.template), Arc::clone(&draft.settled));
    let proposed = std::mem::take(&mut draft.letter.proposed);
    let is_same = |path: &FieldPath| {
        template.value(&settled, path) == template.value(&draft.letter, path)
    };
    draft.letter.proposed = proposed.into_iter().filter(is_same).collect();
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
