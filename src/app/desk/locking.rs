//! Two people at one draft: the draft that is open is locked by a file beside it, and one
//! that somebody else has locked is open for reading only.

use std::path::{Path, PathBuf};

use super::notices::display_name;
use super::{Desk, Question, Tone};
use crate::app::command::Command;
use crate::app::job::DiskJob;
use crate::store::lock::{Hold, Holder};
use crate::store::{ReadOnly, Record};

impl Desk {
    /// Locks the open draft's file, unless it is for reading only.
    pub(super) fn lock_file(&mut self) {
        let Some(draft) = &self.draft else { return };
        if let (None, Some(path)) = (&draft.read_only, draft.path.clone()) {
            self.lock(path, false);
        }
    }

    /// The file whose lock this window has, as far as it knows.
    pub fn held_file(&self) -> Option<PathBuf> {
        let draft = self.draft.as_ref()?;
        if draft.read_only.is_some() { None } else { draft.path.clone() }
    }

    pub(super) fn lock(&mut self, path: PathBuf, is_taken_over: bool) {
        let at = self.timestamp();
        self.send(DiskJob::Lock { path, at, is_taken_over });
    }

    /// Unlocks the open draft's file, unless the next draft is in the same.
    pub(super) fn unlock_file(&mut self, next: Option<&Path>) {
        let Some(path) = self.open_path() else { return };
        if next != Some(path) {
            self.send(DiskJob::Unlock { path: path.to_owned() });
        }
    }

    pub(super) fn file_locked(&mut self, path: &Path, hold: Hold) {
        if !self.is_open_file(path) {
            return;
        }
        let Some(draft) = &mut self.draft else { return };
        match hold {
            Hold::Theirs(holder) => {
                draft.holder = Some(holder.clone());
                self.show_holder(path, holder);
            }
            Hold::Ours | Hold::NotKept => {
                draft.holder = None;
                if matches!(draft.read_only, Some(ReadOnly::Held(_))) {
                    draft.read_only = None;
                    // What they saved since it was read here is not to be missed.
                    self.read_file(path.to_owned());
                }
            }
        }
    }

    /// A letter that its file holds is for reading only until the person chooses; what
    /// was brought back after a crash stays open, and saving it asks.
    fn show_holder(&mut self, path: &Path, holder: Holder) {
        let text = format!("{} is open {}", display_name(path), holder.words());
        let mut answers =
            vec![("Open a copy", Command::OpenCopy), ("Take over", Command::TakeOver)];
        if self.is_unsaved() {
            let hint = "When you save, you see both versions and choose";
            return self.show_notice_with(Tone::Problem, text, hint, answers);
        }
        if let Some(draft) = &mut self.draft {
            draft.read_only = Some(ReadOnly::Held(Box::new(holder)));
        }
        let text = format!(
            "{text}\nIf you take over, the other person is notified at their next \
                save. Nothing is lost"
        );
        answers.insert(0, ("Open read-only", Command::Cancel));
        let title = "This draft is open somewhere else";
        self.show_question(Question::new(title, text, answers));
    }

    pub(super) fn take_over(&mut self) {
        if let Some(path) = self.open_path() {
            self.lock(path.to_owned(), true);
        }
    }

    /// Goes on with the letter as one that no file holds.
    pub(super) fn open_copy(&mut self) {
        self.unlock_file(None);
        if let Some(draft) = &mut self.draft {
            draft.path = None;
            draft.fingerprint = None;
            draft.saved = None;
            draft.saved_at = None;
            draft.read_only = None;
            draft.holder = None;
            // What happened to the other draft did not happen to this one.
            draft.take_record(Record::default());
        }
        let text = "This is a copy that is not saved yet";
        self.show_notice(Tone::Plain, text, "Save it under a name of your choice");
        self.schedule_copy();
    }
}
