//! Recovery copies: written while there are changes that no file holds, removed when
//! there are none.

use jiff::{SignedDuration, Timestamp};

use super::{Desk, OpenDraft, PassphrasePurpose};
use crate::app::job::{DataJob, KnownDraft};
use crate::store::recovery::{Lock, Recovery, RecoveryId};
use crate::store::{Draft, Error, ReadOnly};

/// At most two seconds of typing are lost when the power goes: a copy is begun after one,
/// so that a slow machine has it on the disk by then.
const DELAY: SignedDuration = SignedDuration::from_secs(1);

impl Desk {
    /// Has a copy written soon if the letter is unsaved, and removed if not.
    pub(super) fn schedule_copy(&mut self) {
        let due = self.timestamp() + DELAY;
        let Some(draft) = &mut self.draft else { return };
        if draft.is_unsaved() {
            draft.copy_due.get_or_insert(due);
        } else {
            self.remove_copy();
        }
    }

    pub(super) fn write_copy_if_due(&mut self) {
        let now = self.timestamp();
        let Some(draft) = &mut self.draft else { return };
        if draft.copy_due.is_some_and(|due| due <= now) {
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
        let mut draft = OpenDraft::new(letter, template, self.next_revision(), copy.id);
        draft.read_only = record.finished.map(ReadOnly::Finished);
        draft.record = record;
        draft.path = copy.original;
        draft.seal = copy.lock.seal();
        draft.is_copied = true;
        self.replace_draft(draft);
    }

    pub(super) fn discard_copy(&mut self, id: &RecoveryId) {
        self.recoveries.retain(|recovery| recovery.id != *id);
        self.send(DataJob::RemoveRecovery(id.clone()));
    }

    pub(super) fn recovery_failed(&mut self, error: &Error) {
        if !std::mem::replace(&mut self.recovery_failure_shown, true) {
            self.show_error(error);
        }
    }

    pub(super) fn show_drafts(
        &mut self,
        known: Vec<KnownDraft>,
        mut recoveries: Vec<Recovery>,
        unreadable: &[Error],
    ) {
        let is_first_look = self.known.replace(known).is_none();
        if is_first_look {
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
