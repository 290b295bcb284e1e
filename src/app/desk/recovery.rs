//! Recovery copies: written while there are changes that no file holds, removed when
//! there are none.

use std::time::Duration;

use jiff::Timestamp;

use super::{Desk, OpenDraft, PassphrasePurpose, Tone};
use crate::app::command::Command;
use crate::app::job::DataJob;
use crate::store::recovery::{Lock, Recovery, RecoveryId};
use crate::store::{Draft, Error, ReadOnly};

/// At most two seconds of typing are lost when the power goes: a copy is begun after one,
/// so that a slow machine has it on the disk by then.
const DELAY: Duration = Duration::from_secs(1);

/// A copy that the disk did not take is tried again this much later.
const RETRY: Duration = Duration::from_secs(5);

impl Desk {
    /// Has a copy written soon if the letter is unsaved, and removed if not.
    pub(super) fn schedule_copy(&mut self) {
        let due = self.steady + DELAY;
        let Some(draft) = &mut self.draft else { return };
        if draft.is_unsaved() {
            draft.copy_due.get_or_insert(due);
        } else {
            self.remove_copy();
        }
    }

    pub(super) fn write_copy_if_due(&mut self) {
        let (now, steady) = (self.timestamp(), self.steady);
        let Some(draft) = &mut self.draft else { return };
        if draft.copy_due.is_some_and(|due| due <= steady) {
            draft.copy_due = None;
            draft.is_copied = true;
            let copy = copy(draft, now);
            self.send(DataJob::WriteRecovery(Box::new(copy)));
        }
    }

    /// The copy that is to be written if the program ends now; `None` where a file holds
    /// the letter.
    pub fn unsaved_copy(&self) -> Option<Recovery> {
        let draft = self.draft.as_ref()?;
        draft.is_unsaved().then(|| copy(draft, self.timestamp()))
    }

    pub(super) fn remove_copy(&mut self) {
        let Some(draft) = &mut self.draft else { return };
        draft.copy_due = None;
        if std::mem::take(&mut draft.is_copied) {
            let id = draft.recovery.clone();
            self.send(DataJob::RemoveRecovery(id));
        }
    }

    /// Brings back what was not saved: unsaved still, under its old path. What is there
    /// now is not known, so saving asks before it replaces it.
    pub(super) fn restore(&mut self, id: &RecoveryId) {
        let Some(copy) = self.recoveries.iter().find(|copy| copy.id == *id).cloned()
        else {
            return;
        };
        if copy.lock == Lock::Locked {
            return self.ask_passphrase(PassphrasePurpose::Restore(copy.id));
        }
        let Some(template) = self.template_for(&copy.draft.template) else { return };
        self.recoveries.retain(|other| other.id != copy.id);
        let Draft { letter, record, .. } = copy.draft;
        // Another window may offer it too: it is this one's under another id.
        let (from, to) = (copy.id, RecoveryId::new(self.timestamp()));
        self.send(DataJob::TakeRecovery(from, to.clone()));
        let mut draft = OpenDraft::new(letter, template, self.next_revision(), to);
        draft.read_only = record.finished.map(ReadOnly::Finished);
        draft.record = record;
        draft.path = copy.original;
        draft.seal = copy.lock.seal();
        draft.is_copied = true;
        self.replace_draft(draft);
    }

    /// Offers unsaved work of a letter that was opened by its name, once, as soon as the
    /// copies are known and nothing else is asked.
    pub(super) fn offer_copy(&mut self) {
        if !self.has_seen_copies || self.dialog.is_some() {
            return;
        }
        let Some(draft) = &mut self.draft else { return };
        if !std::mem::take(&mut draft.may_offer_copy) {
            return;
        }
        let is_unsaved = draft.is_unsaved();
        let is_newer = |copy: &&Recovery| {
            copy.original == draft.path
                && (copy.lock == Lock::Locked || copy.draft.letter != draft.letter)
        };
        let Some(copy) = self.recoveries.iter().find(is_newer) else { return };
        let when = self.local(copy.saved).strftime("%B %-d, %H:%M");
        let text = format!("Work on this letter was backed up {when} and never saved");
        let restore = Command::Restore(copy.id.clone());
        if is_unsaved {
            // A question would take the keys of whoever is typing.
            let hint = "You can keep writing; the copy also stays on the start page";
            let offers = vec![("Restore it", restore)];
            return self.show_notice_with(Tone::Plain, text, hint, offers);
        }
        let answers = vec![("Restore it", restore)];
        self.ask_question("Restore unsaved work?", text, answers);
    }

    pub(super) fn discard_copy(&mut self, id: &RecoveryId) {
        self.recoveries.retain(|recovery| recovery.id != *id);
        self.send(DataJob::RemoveRecovery(id.clone()));
    }

    /// Another window has brought the same letter back.
    pub(super) fn copy_taken(&mut self, by: &RecoveryId) {
        if self.draft.as_ref().is_some_and(|draft| draft.recovery == *by) {
            let text = "Another window has brought this letter back too";
            let hint = "Close one of them; saving replaces nothing unasked";
            self.show_notice(Tone::Problem, text, hint);
        }
    }

    pub(super) fn copy_written(&mut self) {
        self.recovery_failure_shown = false;
    }

    /// What the disk did not take is tried again, and told once until it does.
    pub(super) fn recovery_failed(&mut self, error: &Error) {
        let again = self.steady + RETRY;
        if let Some(draft) = &mut self.draft
            && draft.is_unsaved()
        {
            draft.copy_due.get_or_insert(again);
        }
        if !std::mem::replace(&mut self.recovery_failure_shown, true) {
            self.show_error(error);
        }
    }

    pub(super) fn show_copies(
        &mut self,
        mut recoveries: Vec<Recovery>,
        unreadable: &[Error],
    ) {
        if !std::mem::replace(&mut self.has_seen_copies, true) {
            for error in unreadable {
                self.show_error(error);
            }
        }
        if let Some(draft) = &self.draft {
            recoveries.retain(|recovery| recovery.id != draft.recovery);
        }
        self.recoveries = recoveries;
    }
}

fn copy(draft: &OpenDraft, saved: Timestamp) -> Recovery {
    let lock = Lock::of(draft.seal.as_ref());
    Recovery {
        id: draft.recovery.clone(),
        saved,
        original: draft.path.clone(),
        draft: draft.draft(),
        lock,
    }
}
