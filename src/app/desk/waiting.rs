//! What the desk waits for: each thing is known by the job that brings it, and nowhere
//! else. A job that is not waited for any more is not answered, and a job that crashed
//! leaves nobody waiting.

use std::path::PathBuf;
use std::sync::Arc;

use super::{Desk, DialogBox};
use crate::app::job::{JobId, Purpose};
use crate::letter::Letter;
use crate::outside::StopSign;
use crate::store::{Exported, Fingerprint, Record, Seal};

/// What a job will bring.
pub(super) enum Waiting {
    /// The composition of the letter as it is.
    Composition,
    /// A draft; with the revision that the person agreed to part with, because what is
    /// typed since is not lost.
    File {
        path: PathBuf,
        revision: u64,
    },
    /// A finished letter, with the same revision.
    Import {
        revision: u64,
        stop: StopSign,
    },
    /// A path, from the system's dialog, and for which draft.
    Path {
        draft: u64,
    },
    /// An encrypted recovery copy.
    UnlockedCopy,
    /// What a draft is encrypted with; for one that was just begun, or for any other.
    Seal {
        is_begin: bool,
    },
    Save(Saving),
    Export(Exporting),
    /// The desktop's print dialog, or the printers that there are.
    PrintDialog(PrintRequest),
    /// A letter on its way to a printer.
    Printer {
        draft: u64,
        note: Option<PrintNote>,
    },
    /// The index of earlier letters.
    Index {
        stop: StopSign,
    },
    /// That everything is written; with the revision that the person agreed to leave.
    Leave {
        revision: u64,
    },
}

/// A save that is under way.
pub(super) struct Saving {
    /// The number of the draft that is saved.
    pub draft: u64,
    pub path: PathBuf,
    pub letter: Arc<Letter>,
    pub record: Record,
    pub seal: Option<Seal>,
}

/// A file of the letter that is being written.
pub(super) struct Exporting {
    pub draft: u64,
    pub path: PathBuf,
    pub purpose: Purpose,
    pub letter: Arc<Letter>,
    /// What is recorded once it is written.
    pub export: Exported,
    pub stop: StopSign,
}

/// For which draft something is to be printed, and how many pages its letter has.
pub(super) struct PrintRequest {
    pub draft: u64,
    pub pages: u32,
    pub note: Option<PrintNote>,
}

/// What is recorded once a letter is printed: the letter as it was, and its file.
pub(super) type PrintNote = (Exported, Fingerprint);

impl Desk {
    /// Waits for what a job brings, which carries the id.
    pub(super) fn wait_for(&mut self, waiting: Waiting) -> JobId {
        self.last_job += 1;
        let id = JobId(self.last_job);
        self.pending.push((id, waiting));
        self.begin_wait(id);
        id
    }

    /// What a job was to bring; `None` where nobody waits for it any more.
    pub(super) fn stop_waiting(&mut self, id: JobId) -> Option<Waiting> {
        let place = self.pending.iter().position(|(pending, _)| *pending == id)?;
        Some(self.pending.remove(place).1)
    }

    /// Lets go of what is waited for and has been replaced by something newer.
    pub(super) fn stop_waiting_for(&mut self, is_replaced: fn(&Waiting) -> bool) {
        self.pending.retain(|(_, waiting)| !is_replaced(waiting));
    }

    pub(super) fn is_waiting_for(&self, is_it: fn(&Waiting) -> bool) -> bool {
        self.pending.iter().any(|(_, waiting)| is_it(waiting))
    }

    /// The save of the open draft that is under way.
    pub(super) fn saving(&self) -> Option<&Saving> {
        let draft = self.draft_number();
        self.pending.iter().find_map(|(_, waiting)| match waiting {
            Waiting::Save(saving) if saving.draft == draft => Some(saving),
            _ => None,
        })
    }

    /// Whether the letter as it is stands in the save that is under way.
    pub(super) fn is_being_saved(&self) -> bool {
        let (Some(draft), Some(saving)) = (&self.draft, self.saving()) else {
            return false;
        };
        *saving.letter == draft.letter
            && saving.record == draft.record
            && saving.seal == draft.seal
    }

    /// Whether a file of the open letter is being written, or on its way to a printer.
    pub(super) fn is_leaving(&self) -> bool {
        let open = self.draft_number();
        self.pending.iter().any(|(_, waiting)| match waiting {
            Waiting::Export(Exporting { draft, .. }) | Waiting::Printer { draft, .. } => {
                *draft == open
            }
            _ => false,
        })
    }

    /// A job crashed: what depended on it does not happen.
    pub(super) fn stop_waiting_after_crash(&mut self, id: JobId) {
        let Some(waiting) = self.stop_waiting(id) else { return };
        match (waiting, &mut self.draft) {
            (Waiting::Composition, Some(draft)) => draft.goal = None,
            (Waiting::Save(saving), Some(draft)) if saving.draft == draft.number() => {
                draft.next_save = None;
                self.then = None;
            }
            _ => {}
        }
        if let Some(DialogBox::Passphrase(asking)) = &self.dialog
            && asking.job == Some(id)
        {
            self.close_dialog();
        }
    }
}
