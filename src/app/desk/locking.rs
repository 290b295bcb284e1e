//! Two at once: the draft that is open is held by a lock beside it, and one that somebody
//! else holds is open for reading only.

use std::path::{Path, PathBuf};

use super::notices::name;
use super::{Desk, Question, Tone};
use crate::app::command::Command;
use crate::app::job::Job;
use crate::app::keeping::Keeping;
use crate::store::lock::{Hold, Holder};
use crate::store::{ReadOnly, Record};

impl Desk {
    /// Takes the open draft's file, unless it is for reading only.
    pub(super) fn hold(&self) -> Option<Job> {
        let draft = self.draft.as_ref().filter(|draft| draft.read_only.is_none())?;
        Some(self.hold_file(draft.path.clone()?, false))
    }

    pub(super) fn hold_file(&self, path: PathBuf, is_taken_over: bool) -> Job {
        Job::Keeping(Keeping::Hold { path, at: self.timestamp(), is_taken_over })
    }

    /// Lets go of the open draft's file, unless the next one lies in the same.
    pub(super) fn let_go(&self, next: Option<&Path>) -> Option<Job> {
        let path = self.draft.as_ref()?.path.clone()?;
        (next != Some(&*path)).then_some(Job::Keeping(Keeping::LetGo { path }))
    }

    pub(super) fn held(&mut self, path: &Path, hold: Hold) -> Vec<Job> {
        let Some(draft) = self
            .draft
            .as_mut()
            .filter(|draft| draft.path.as_deref() == Some(path))
        else {
            return Vec::new();
        };
        match hold {
            Hold::Theirs(holder) => {
                draft.holder = Some(holder.clone());
                self.tell_of_holder(path, holder);
                Vec::new()
            }
            Hold::Ours | Hold::NotKept => {
                draft.holder = None;
                let was_theirs =
                    draft.read_only.take_if(|reason| matches!(reason, ReadOnly::Held(_)));
                // What they saved since it was read here is not to be missed.
                was_theirs
                    .map(|_| self.read_file(path.to_owned()))
                    .unwrap_or_default()
            }
        }
    }

    /// A letter that its file holds is for reading only until the person chooses; what
    /// was brought back after a crash stays open, and saving it asks.
    fn tell_of_holder(&mut self, path: &Path, holder: Holder) {
        let text = format!("{} is open {}", name(path), holder.words());
        let answers =
            [("Open a copy", Command::OpenCopy), ("Take over", Command::TakeOver)];
        if self.is_unsaved() {
            let hint = "Saving shows you both and replaces nothing unasked";
            self.tell_with(Tone::Plain, text, hint, answers.into_iter().collect());
            return;
        }
        if let Some(draft) = &mut self.draft {
            draft.read_only = Some(ReadOnly::Held(Box::new(holder)));
        }
        let text = format!(
            "{text}\nWho is taken over is told at the next save, and nothing is lost"
        );
        let answers = [("Read only", Command::Stay)].into_iter().chain(answers);
        let answers =
            answers.map(|(label, command)| (label.to_owned(), command)).collect();
        let title = "Somebody works on this draft".into();
        self.question = Some(Question { title, text, changes: Vec::new(), answers });
    }

    pub(super) fn take_over(&mut self) -> Vec<Job> {
        let path = self.draft.as_ref().and_then(|draft| draft.path.clone());
        path.map(|path| self.hold_file(path, true)).into_iter().collect()
    }

    /// Goes on with the letter as one that no file holds.
    pub(super) fn open_copy(&mut self) -> Vec<Job> {
        let let_go = self.let_go(None);
        if let Some(draft) = &mut self.draft {
            (draft.path, draft.fingerprint, draft.saved, draft.saved_at) =
                (None, None, None, None);
            (draft.read_only, draft.holder) = (None, None);
            // What happened to the other draft did not happen to this one.
            draft.take_record(Record::default());
        }
        self.tell(
            Tone::Plain,
            "This is a copy that no file holds yet",
            "Save asks for its name",
        );
        let_go.into_iter().chain(self.mind_the_copy()).collect()
    }

    pub(super) fn nobody_else(&self) -> Option<&'static str> {
        let is_held = self.draft.as_ref().is_some_and(|draft| draft.holder.is_some());
        (!is_held).then_some("Nobody else works on this draft")
    }
}
