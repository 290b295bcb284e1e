//! Encrypted drafts: passphrases that are asked for, and what becomes of the open draft
//! and its copies when it is encrypted, kept under another passphrase, or made plain
//! again.

use std::path::PathBuf;

use super::{Desk, OpenDraft};
use crate::app::command::Command;
use crate::app::job::Job;
use crate::store::recovery::{Recovery, RecoveryId};
use crate::store::sealed::Error as Locked;
use crate::store::{Error, Passphrase, Seal, Strength};

/// A passphrase that is being asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct PassphraseBox {
    pub purpose: Purpose,
    /// What tells it from every other: a passphrase that was given and taken back is not
    /// made use of.
    pub(super) number: u64,
    /// Why the last one was not taken.
    pub refused: Option<String>,
    /// One was given, and is being tried or made use of.
    pub is_working: bool,
}

/// What a passphrase is asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Purpose {
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

impl Purpose {
    /// Whether a passphrase is made up, and so has to be typed twice.
    pub fn is_new(&self) -> bool {
        matches!(self, Self::Seal | Self::Begin | Self::First | Self::Change)
    }
}

impl Desk {
    pub(super) fn ask_passphrase(&mut self, purpose: Purpose) -> Vec<Job> {
        self.ask_for_passphrase(purpose, None);
        Vec::new()
    }

    fn ask_for_passphrase(&mut self, purpose: Purpose, refused: Option<String>) {
        let number = self.next_revision();
        self.passphrase_box =
            Some(PassphraseBox { purpose, number, refused, is_working: false });
    }

    /// Nobody waits for an answer any more, nor for a file that is being opened with one.
    pub(super) fn stop_asking(&mut self) {
        if self
            .passphrase_box
            .take()
            .is_some_and(|asking| !asking.purpose.is_new())
        {
            self.opening = None;
        }
    }

    pub(super) fn take_passphrase(&mut self, passphrase: Passphrase) -> Vec<Job> {
        let Some(asking) =
            self.passphrase_box.as_mut().filter(|asking| !asking.is_working)
        else {
            return Vec::new();
        };
        if asking.purpose.is_new() && passphrase.strength() == Strength::TooShort {
            asking.refused = Some(Strength::TooShort.words().into());
            return Vec::new();
        }
        (asking.is_working, asking.refused) = (true, None);
        let number = asking.number;
        match asking.purpose.clone() {
            Purpose::Open(path) => self.read_sealed(path, passphrase),
            Purpose::Restore(id) => vec![Job::UnlockRecovery { id, passphrase }],
            Purpose::Seal | Purpose::Begin | Purpose::First | Purpose::Change => {
                vec![Job::MakeSeal { asking: number, passphrase }]
            }
        }
    }

    /// An encrypted file stays shut: it is asked for its passphrase, or asked again, or
    /// there is nothing to ask for.
    pub(super) fn not_unlocked(&mut self, purpose: Purpose, error: Locked) -> Vec<Job> {
        let refused = match &error {
            Locked::Locked { .. } => None,
            Locked::WrongPassphrase { .. } => Some(format!("{error}. {}", error.hint())),
            _ => {
                self.stop_asking();
                return self.tell_failure(&error.into());
            }
        };
        self.ask_for_passphrase(purpose, refused);
        Vec::new()
    }

    pub(super) fn unlocked(
        &mut self,
        id: &RecoveryId,
        result: Result<Box<Recovery>, Error>,
    ) -> Vec<Job> {
        let purpose = Purpose::Restore(id.clone());
        // Escape was pressed meanwhile.
        if self
            .passphrase_box
            .as_ref()
            .is_none_or(|asking| asking.purpose != purpose)
        {
            return Vec::new();
        }
        match result {
            Ok(recovery) => {
                self.stop_asking();
                self.recoveries
                    .iter_mut()
                    .filter(|known| known.id == *id)
                    .for_each(|known| *known = (*recovery).clone());
                self.restore(id)
            }
            Err(Error::Sealed(error)) => self.not_unlocked(purpose, error),
            Err(error) => {
                self.stop_asking();
                self.tell_failure(&error)
            }
        }
    }

    /// The open draft is encrypted from now on, and its file and copies at once.
    pub(super) fn seal_made(
        &mut self,
        asking: u64,
        result: Result<Seal, Error>,
    ) -> Vec<Job> {
        let is_waited_for =
            |open: &mut PassphraseBox| open.number == asking && open.is_working;
        let Some(asked) = self.passphrase_box.take_if(is_waited_for) else {
            return Vec::new();
        };
        match result {
            Ok(seal) if asked.purpose == Purpose::Begin => self.begin_with_seal(seal),
            Ok(seal) => self.go_on_with_seal(Some(seal)),
            Err(error) => self.tell_failure(&error),
        }
    }

    /// What no file holds yet has nothing to be encrypted but its recovery copy.
    fn begin_with_seal(&mut self, seal: Seal) -> Vec<Job> {
        let Some(draft) = &mut self.draft else { return Vec::new() };
        (draft.seal, draft.saved_seal) = (Some(seal.clone()), Some(seal));
        self.copy_anew().into_iter().collect()
    }

    /// Of a new draft that the settings want encrypted, from its first word on.
    pub(super) fn ask_to_begin_encrypted(&mut self) {
        let is_wanted = |draft: &OpenDraft| draft.path.is_none() && !draft.is_sealed();
        if self.settings.encrypt_new && self.draft.as_ref().is_some_and(is_wanted) {
            self.ask_for_passphrase(Purpose::Begin, None);
        }
    }

    /// The recovery copy is written over at once: what it held was under another
    /// passphrase, or plain.
    fn copy_anew(&mut self) -> Option<Job> {
        let now = self.timestamp();
        let draft = self.draft.as_mut()?;
        if draft.is_copied {
            draft.copy_due = Some(now);
        }
        self.copy_if_due()
    }

    /// The recovery copy is written over before anything else: it may be the only place
    /// that holds what was typed.
    fn go_on_with_seal(&mut self, seal: Option<Seal>) -> Vec<Job> {
        let Some(draft) = &mut self.draft else { return Vec::new() };
        draft.seal = seal;
        let (before, seal) = (draft.saved_seal.clone(), draft.seal.clone());
        let copies =
            draft
                .path
                .clone()
                .map(|original| Job::SealCopies { original, before, seal });
        let mut jobs: Vec<Job> = self.copy_anew().into_iter().collect();
        jobs.extend(copies);
        jobs.extend(self.save());
        jobs
    }

    pub(super) fn ask_about_taking_off(&mut self) -> Vec<Job> {
        let text = "Whoever has the draft's file can read it then. The copy from before \
            the last save stays encrypted.";
        self.ask(
            "Take the encryption off?",
            text.into(),
            vec![("Take it off", Command::MakePlain)],
        );
        Vec::new()
    }

    pub(super) fn make_plain(&mut self) -> Vec<Job> {
        self.go_on_with_seal(None)
    }

    /// Once for each opening of an encrypted draft: what is exported or printed of it is
    /// plain.
    pub(super) fn asks_about_plain(&mut self, command: Command) -> bool {
        let asks = self
            .draft
            .as_ref()
            .is_some_and(|draft| draft.is_sealed() && !draft.knows_of_plain);
        if asks {
            let text = "This draft is encrypted. The finished letter is for others to \
                read, so its file is not: keep it \
                        where only they can get at it.";
            let go_on = ("Go on", Command::PlainThen(Box::new(command)));
            self.ask("The finished letter is not encrypted", text.into(), vec![go_on]);
        }
        asks
    }

    pub(super) fn plain_then(&mut self, then: Command) -> Vec<Job> {
        if let Some(draft) = &mut self.draft {
            draft.knows_of_plain = true;
        }
        self.run(then)
    }

    pub(super) fn toggle_encrypt_new(&mut self) -> Vec<Job> {
        self.settings.encrypt_new = !self.settings.encrypt_new;
        vec![self.keep_settings()]
    }
}
