//! Encrypted drafts: passphrases that are asked for, and what becomes of the open draft
//! and its copies when it is encrypted, kept under another passphrase, or made plain
//! again.

use std::path::PathBuf;

use zeroize::Zeroize;

use super::waiting::Waiting;
use super::{Desk, DialogBox};
use crate::app::command::Command;
use crate::app::job::{DataJob, DiskJob, JobId, TaskJob};
use crate::store::recovery::{Recovery, RecoveryId};
use crate::store::sealed::Error as Locked;
use crate::store::{Error, Passphrase, Seal, Strength};

/// A passphrase that is being asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct PassphraseBox {
    pub purpose: PassphrasePurpose,
    /// Why the last one was not taken.
    pub refused: Option<String>,
    /// What tries the one that was given, or makes use of it.
    pub(super) job: Option<JobId>,
    pub typed: TypedPassphrase,
}

impl PassphraseBox {
    /// Whether a passphrase was given, and is being tried or made use of.
    pub fn is_working(&self) -> bool {
        self.job.is_some()
    }
}

/// What is typed into the box. It is overwritten as soon as it is given or the box is
/// closed, as far as its memory can be reached.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TypedPassphrase {
    pub words: String,
    pub again: String,
    pub is_shown: bool,
}

impl TypedPassphrase {
    pub fn forget(&mut self) {
        self.words.zeroize();
        self.again.zeroize();
        self.is_shown = false;
    }
}

impl Drop for TypedPassphrase {
    fn drop(&mut self) {
        self.forget();
    }
}

/// What a passphrase is asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum PassphrasePurpose {
    /// To open a file.
    Open(PathBuf),
    /// To bring back what was not saved.
    Restore(RecoveryId),
    /// To encrypt the open draft.
    Seal,
    /// The same before anything is typed into a new one, because the settings say so.
    Begin,
    /// The same before a new one is saved for the first time, where none was given at its
    /// beginning.
    First,
    /// To keep the open draft under another one.
    Change,
}

impl PassphrasePurpose {
    /// Whether a passphrase is made up, and so has to be typed twice.
    pub fn is_new(&self) -> bool {
        matches!(self, Self::Seal | Self::Begin | Self::First | Self::Change)
    }
}

impl Desk {
    pub(super) fn ask_passphrase(&mut self, purpose: PassphrasePurpose) {
        self.open_passphrase_box(purpose, None);
    }

    fn open_passphrase_box(
        &mut self,
        purpose: PassphrasePurpose,
        refused: Option<String>,
    ) {
        let (job, typed) = (None, TypedPassphrase::default());
        let opened = PassphraseBox { purpose, refused, job, typed };
        self.open_dialog(DialogBox::Passphrase(opened));
    }

    /// A passphrase that was given and taken back is not made use of.
    pub(super) fn passphrase_box_closed(&mut self, closed: &PassphraseBox) {
        if let Some(job) = closed.job {
            self.stop_waiting(job);
        }
    }

    pub(super) fn close_passphrase_box(&mut self) {
        if self.passphrase_box().is_some() {
            self.close_dialog();
        }
    }

    pub(super) fn use_passphrase(&mut self, passphrase: Passphrase) {
        let Some(DialogBox::Passphrase(asking)) = &mut self.dialog else { return };
        if asking.is_working() {
            return;
        }
        if asking.purpose.is_new() && passphrase.strength() == Strength::TooShort {
            asking.refused = Some(Strength::TooShort.words().into());
            return;
        }
        let job = match asking.purpose.clone() {
            PassphrasePurpose::Open(path) => self.read_sealed(path, passphrase),
            PassphrasePurpose::Restore(copy) => {
                let id = self.wait_for(Waiting::UnlockedCopy);
                self.send(DiskJob::UnlockRecovery { id, copy, passphrase });
                id
            }
            purpose @ (PassphrasePurpose::Seal
            | PassphrasePurpose::Begin
            | PassphrasePurpose::First
            | PassphrasePurpose::Change) => {
                let is_begin = purpose == PassphrasePurpose::Begin;
                let id = self.wait_for(Waiting::Seal { is_begin });
                self.send(TaskJob::MakeSeal { id, passphrase });
                id
            }
        };
        if let Some(DialogBox::Passphrase(asking)) = &mut self.dialog {
            asking.refused = None;
            asking.job = Some(job);
        }
    }

    /// An encrypted file stays locked: its passphrase is asked for, or asked for again,
    /// or there is nothing to ask for.
    pub(super) fn not_unlocked(&mut self, purpose: PassphrasePurpose, error: Locked) {
        let refused = match &error {
            Locked::Locked { .. } => None,
            Locked::WrongPassphrase { .. } => Some(format!("{error}. {}", error.hint())),
            _ => {
                self.close_passphrase_box();
                return self.show_error(&error.into());
            }
        };
        self.open_passphrase_box(purpose, refused);
    }

    pub(super) fn unlocked(
        &mut self,
        id: JobId,
        copy: &RecoveryId,
        result: Result<Box<Recovery>, Error>,
    ) {
        // Where nobody waits for it, Escape was pressed meanwhile.
        if self.stop_waiting(id).is_none() {
            return;
        }
        match result {
            Ok(recovery) => {
                self.close_passphrase_box();
                for known in &mut self.recoveries {
                    if known.id == *copy {
                        known.clone_from(&recovery);
                    }
                }
                self.restore(copy);
            }
            Err(Error::Sealed(error)) => {
                let purpose = PassphrasePurpose::Restore(copy.clone());
                self.not_unlocked(purpose, error);
            }
            Err(error) => {
                self.close_passphrase_box();
                self.show_error(&error);
            }
        }
    }

    /// The open draft is encrypted from now on, and its file and copies at once.
    pub(super) fn seal_made(&mut self, id: JobId, result: Result<Seal, Error>) {
        let Some(Waiting::Seal { is_begin }) = self.stop_waiting(id) else { return };
        self.close_passphrase_box();
        match result {
            Ok(seal) if is_begin => self.begin_with_seal(seal),
            Ok(seal) => self.change_seal(Some(seal)),
            Err(error) => self.show_error(&error),
        }
    }

    /// What no file holds yet has nothing to be encrypted but its recovery copy.
    fn begin_with_seal(&mut self, seal: Seal) {
        let Some(draft) = &mut self.draft else { return };
        draft.seal = Some(seal.clone());
        draft.saved_seal = Some(seal);
        self.rewrite_copy();
    }

    /// Asks about a new draft that the settings want encrypted from its first word on.
    pub(super) fn ask_to_begin_encrypted(&mut self) {
        let Some(draft) = &self.draft else { return };
        if self.settings.encrypt_new && draft.path.is_none() && !draft.is_sealed() {
            self.ask_passphrase(PassphrasePurpose::Begin);
        }
    }

    /// The recovery copy is written over at once: what it held was under another
    /// passphrase, or plain.
    fn rewrite_copy(&mut self) {
        let now = self.steady;
        let Some(draft) = &mut self.draft else { return };
        if draft.is_copied {
            draft.copy_due = Some(now);
        }
        self.write_copy_if_due();
    }

    /// Encrypts the open draft with another seal, or with none. The recovery copy is
    /// written over before anything else: it may be the only place that holds what was
    /// typed.
    fn change_seal(&mut self, seal: Option<Seal>) {
        let Some(draft) = &mut self.draft else { return };
        draft.seal.clone_from(&seal);
        let (before, path) = (draft.saved_seal.clone(), draft.path.clone());
        self.rewrite_copy();
        if let Some(original) = path {
            self.send(DataJob::SealCopies { original, before, seal });
        }
        self.save();
    }

    pub(super) fn ask_to_decrypt(&mut self) {
        let text = "Anyone with the file will be able to read the draft. The copy from \
            before the last save stays encrypted.";
        let answers = vec![("Remove", Command::MakePlain)];
        self.ask_question("Remove the encryption?", text, answers);
    }

    pub(super) fn make_plain(&mut self) {
        self.change_seal(None);
    }

    /// Warns once for each opening of an encrypted draft: what is exported or printed of
    /// it is plain. Says whether it did.
    pub(super) fn warns_about_plain(&mut self, command: Command) -> bool {
        let Some(draft) = &self.draft else { return false };
        if !draft.is_sealed() || draft.knows_of_plain {
            return false;
        }
        let text = "This draft is encrypted, but the finished letter is for others to \
            read, so its file is not. Keep it where only they can open it.";
        let go_on = ("Continue", Command::PlainThen(Box::new(command)));
        self.ask_question("The finished letter is not encrypted", text, vec![go_on]);
        true
    }

    pub(super) fn plain_then(&mut self, then: Command) {
        if let Some(draft) = &mut self.draft {
            draft.knows_of_plain = true;
        }
        self.execute(then);
    }

    pub(super) fn toggle_encrypt_new(&mut self) {
        self.settings.encrypt_new = !self.settings.encrypt_new;
        self.save_settings();
    }
}
