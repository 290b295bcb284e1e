//! Encrypted drafts: passphrases that are asked for, and what becomes of the open draft
//! and its copies when it is encrypted, kept under another passphrase, or made plain
//! again.

use std::path::PathBuf;

use zeroize::Zeroize;

use super::{Desk, Dialog};
use crate::app::command::Command;
use crate::app::job::Job;
use crate::store::recovery::{Recovery, RecoveryId};
use crate::store::sealed::Error as Locked;
use crate::store::{Error, Passphrase, Seal, Strength};

/// A passphrase that is being asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct PassphraseBox {
    pub purpose: PassphrasePurpose,
    /// What tells it from every other: a passphrase that was given and taken back is not
    /// made use of.
    pub(super) number: u64,
    /// Why the last one was not taken.
    pub refused: Option<String>,
    /// One was given, and is being tried or made use of.
    pub is_working: bool,
    pub typed: TypedPassphrase,
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
        let number = self.next_revision();
        let (is_working, typed) = (false, TypedPassphrase::default());
        let opened = PassphraseBox { purpose, number, refused, is_working, typed };
        self.open_dialog(Dialog::Passphrase(opened));
    }

    /// Nobody waits for an answer any more, nor for a file that is being opened with one.
    pub(super) fn passphrase_box_closed(&mut self, closed: &PassphraseBox) {
        if !closed.purpose.is_new() {
            self.opening = None;
        }
    }

    pub(super) fn close_passphrase_box(&mut self) {
        if self.passphrase_box().is_some() {
            self.close_dialog();
        }
    }

    pub(super) fn use_passphrase(&mut self, passphrase: Passphrase) {
        let Some(Dialog::Passphrase(asking)) = &mut self.dialog else { return };
        if asking.is_working {
            return;
        }
        if asking.purpose.is_new() && passphrase.strength() == Strength::TooShort {
            asking.refused = Some(Strength::TooShort.words().into());
            return;
        }
        (asking.is_working, asking.refused) = (true, None);
        let number = asking.number;
        match asking.purpose.clone() {
            PassphrasePurpose::Open(path) => self.read_sealed(path, passphrase),
            PassphrasePurpose::Restore(id) => {
                self.send(Job::UnlockRecovery { id, passphrase })
            }
            PassphrasePurpose::Seal
            | PassphrasePurpose::Begin
            | PassphrasePurpose::First
            | PassphrasePurpose::Change => {
                self.send(Job::MakeSeal { asking: number, passphrase });
            }
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
        id: &RecoveryId,
        result: Result<Box<Recovery>, Error>,
    ) {
        let purpose = PassphrasePurpose::Restore(id.clone());
        // Without its box, Escape was pressed meanwhile.
        let Some(asking) = self.passphrase_box() else { return };
        if asking.purpose != purpose {
            return;
        }
        match result {
            Ok(recovery) => {
                self.close_passphrase_box();
                for known in &mut self.recoveries {
                    if known.id == *id {
                        known.clone_from(&recovery);
                    }
                }
                self.restore(id);
            }
            Err(Error::Sealed(error)) => self.not_unlocked(purpose, error),
            Err(error) => {
                self.close_passphrase_box();
                self.show_error(&error);
            }
        }
    }

    /// The open draft is encrypted from now on, and its file and copies at once.
    pub(super) fn seal_made(&mut self, number: u64, result: Result<Seal, Error>) {
        let Some(asked) = self.passphrase_box() else { return };
        if asked.number != number || !asked.is_working {
            return;
        }
        let is_begin = asked.purpose == PassphrasePurpose::Begin;
        self.close_dialog();
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
        let now = self.timestamp();
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
            self.send(Job::SealCopies { original, before, seal });
        }
        self.save();
    }

    pub(super) fn ask_to_decrypt(&mut self) {
        let text = "Whoever has the draft's file can read it then. The copy from before \
            the last save stays encrypted.";
        let answers = vec![("Take it off", Command::MakePlain)];
        self.ask_question("Take the encryption off?", text, answers);
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
        let text = "This draft is encrypted. The finished letter is for others to \
            read, so its file is not: keep it where only they can get at it.";
        let go_on = ("Go on", Command::PlainThen(Box::new(command)));
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
