//! Recovery copies: written while there are changes that no file holds, removed when
//! there are none.

use jiff::{SignedDuration, Timestamp};

use super::encryption::Purpose;
use super::{Desk, OpenDraft};
use crate::app::job::{Job, Known};
use crate::store::recovery::{Lock, Recovery, RecoveryId};
use crate::store::{Draft, Error, ReadOnly};

/// At most two seconds of typing are lost when the power goes: a copy is begun after one,
/// so that a slow machine has it on the disk by then.
const DELAY: SignedDuration = SignedDuration::from_secs(1);

impl Desk {
    /// Has a copy written soon if the letter is unsaved, and removed if not.
    pub(super) fn mind_the_copy(&mut self) -> Option<Job> {
        let due = self.timestamp() + DELAY;
        let draft = self.draft.as_mut()?;
        if !draft.is_unsaved() {
            return self.remove_copy();
        }
        draft.copy_due.get_or_insert(due);
        None
    }

    pub(super) fn copy_if_due(&mut self) -> Option<Job> {
        let saved = self.timestamp();
        let draft = self.draft.as_mut()?;
        draft.copy_due.take_if(|due| *due <= saved)?;
        draft.is_copied = true;
        Some(Job::WriteRecovery(Box::new(copy(draft, saved))))
    }

    /// The copy that is to be written if the program ends now; `None` where a file holds
    /// the letter.
    pub fn unsaved_copy(&self) -> Option<Recovery> {
        let draft = self.draft.as_ref().filter(|draft| draft.is_unsaved())?;
        Some(copy(draft, self.timestamp()))
    }

    pub(super) fn remove_copy(&mut self) -> Option<Job> {
        let draft = self.draft.as_mut()?;
        draft.copy_due = None;
        std::mem::take(&mut draft.is_copied)
            .then(|| Job::RemoveRecovery(draft.recovery.clone()))
    }

    /// Brings back what was not saved: unsaved still, under its old path. What lies there
    /// now is not known, so saving asks before it replaces it.
    pub(super) fn restore(&mut self, id: &RecoveryId) -> Vec<Job> {
        let Some(place) = self.recoveries.iter().position(|recovery| recovery.id == *id)
        else {
            return Vec::new();
        };
        if self.recoveries[place].lock == Lock::Locked {
            return self.ask_passphrase(Purpose::Restore(id.clone()));
        }
        let wanted = self.recoveries[place].draft.template.clone();
        let Some(template) = self.template_for(&wanted) else { return Vec::new() };
        let Recovery { id, original, draft, lock, .. } = self.recoveries.remove(place);
        let Draft { letter, record, .. } = draft;
        let mut draft = OpenDraft::new(letter, template, self.next_revision(), id);
        draft.read_only = record.finished.map(ReadOnly::Finished);
        draft.record = record;
        draft.path = original;
        draft.seal = lock.seal();
        draft.is_copied = true;
        self.put_on_the_desk(draft)
    }

    pub(super) fn forget(&mut self, id: &RecoveryId) -> Vec<Job> {
        self.recoveries.retain(|recovery| recovery.id != *id);
        vec![Job::RemoveRecovery(id.clone())]
    }

    pub(super) fn recovery_failed(&mut self, error: &Error) -> Vec<Job> {
        if !std::mem::replace(&mut self.told_of_recovery, true) {
            self.tell_failure(error);
        }
        Vec::new()
    }

    pub(super) fn found(
        &mut self,
        known: Vec<Known>,
        recoveries: Vec<Recovery>,
        unreadable: &[Error],
    ) -> Vec<Job> {
        if self.known.replace(known).is_none() {
            unreadable.iter().for_each(|error| {
                self.tell_failure(error);
            });
        }
        let open = self.draft.as_ref().map(|draft| &draft.recovery);
        self.recoveries = recoveries
            .into_iter()
            .filter(|recovery| Some(&recovery.id) != open)
            .collect();
        Vec::new()
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
