//! A draft that is open: the letter that the form writes into, and what is known of it.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::ZonedDateTime;

use super::history::History;
use super::typed_values::TypedValue;
use crate::app::job::{Composed, Purpose};
use crate::letter::grammar::plain_name;
use crate::letter::{Id, Letter};
use crate::store::lock::Holder;
use crate::store::recovery::RecoveryId;
use crate::store::{Draft, Expected, Fingerprint, ReadOnly, Record, Seal};
use crate::template::{LetterCopy, Template};

/// A draft that is open.
#[expect(clippy::struct_excessive_bools, reason = "each is known of a draft by itself")]
pub struct OpenDraft {
    /// The form writes here; `Desk::tick` sees what changed.
    pub letter: Letter,
    pub template: Arc<Template>,
    pub path: Option<PathBuf>,
    pub read_only: Option<ReadOnly>,
    /// Its exports, and whether it is final.
    pub record: Record,
    /// The newest composition; may be of an earlier revision than the letter's.
    pub composed: Option<Composed>,
    /// When the draft was last written, for "Saved 14:02:11".
    pub saved_at: Option<ZonedDateTime>,
    /// The letter as it was last looked at, and its number.
    pub(super) settled: Arc<Letter>,
    pub(super) revision: u64,
    /// The revision that the draft was opened with; answers to earlier ones are about
    /// another draft.
    pub(super) first_revision: u64,
    /// The letter as last written or opened; `None` while no file holds it.
    pub(super) saved: Option<Arc<Letter>>,
    /// The record as last written or opened.
    pub(super) saved_record: Record,
    pub(super) fingerprint: Option<Fingerprint>,
    /// What the draft's files are encrypted with from now on, and what the one on the
    /// disk is encrypted with.
    pub(super) seal: Option<Seal>,
    pub(super) saved_seal: Option<Seal>,
    /// Whether its writer was warned that what is exported or printed of it is plain.
    pub(super) knows_of_plain: bool,
    /// The save that waits for the one that is under way.
    pub(super) next_save: Option<(PathBuf, Expected)>,
    pub(super) history: History,
    /// The highest id that any state of the letter has had: an id that undo took back is
    /// not given out again.
    pub(super) highest_id: Id,
    pub(super) recovery: RecoveryId,
    pub(super) copy_due: Option<Duration>,
    /// Whether there is a recovery copy on the disk.
    pub(super) is_copied: bool,
    /// Whether somebody asked to finish, export or print the letter since it was opened.
    pub(super) is_finishing: bool,
    /// What is to be done with the composition of the letter as it is.
    pub(super) goal: Option<Goal>,
    /// Which copy is shown, exported and printed.
    pub copy: LetterCopy,
    /// In how many places the letter differs from what was exported last.
    pub(super) changes: usize,
    /// Who else works on the draft's file.
    pub(super) holder: Option<Holder>,
    /// The typed values that this letter was counted for.
    pub(super) counted: BTreeSet<TypedValue>,
    /// The draft is shown in its own older wording, and its writer is asked about the new
    /// one.
    pub(super) asks_about_wording: bool,
    /// The works that this letter was counted for.
    pub(super) cited: BTreeSet<String>,
    /// The finished letter that it was read from, until it is closed.
    pub source: Option<ImportSource>,
    /// It was opened by its name, and unsaved work of it is still to be looked for.
    pub(super) may_offer_copy: bool,
}

/// A finished letter that a draft was read from.
pub struct ImportSource {
    /// What people call it: the file's name.
    pub name: String,
    pub text: String,
}

/// What waits for a composition of the letter as it is.
#[derive(Clone)]
pub(super) enum Goal {
    AskWhere(Purpose),
    Write { path: PathBuf, purpose: Purpose, expected: Expected },
    Print,
    PrintUnfinished,
    Copy,
    Finish,
    Changes,
}

impl Goal {
    /// Whether who asks for it calls the letter finished.
    pub(super) fn is_finish(&self) -> bool {
        matches!(self, Self::AskWhere(Purpose::Export) | Self::Print | Self::Finish)
    }
}

impl OpenDraft {
    /// The number of this opening of the draft, which no other has.
    pub fn number(&self) -> u64 {
        self.first_revision
    }

    /// A letter that no file holds as it stands here.
    pub(super) fn new(
        letter: Letter,
        template: Arc<Template>,
        revision: u64,
        recovery: RecoveryId,
    ) -> Self {
        let highest_id = letter.last_id;
        Self {
            settled: Arc::new(letter.clone()),
            letter,
            template,
            path: None,
            read_only: None,
            record: Record::default(),
            composed: None,
            saved_at: None,
            revision,
            first_revision: revision,
            saved: None,
            saved_record: Record::default(),
            fingerprint: None,
            seal: None,
            saved_seal: None,
            knows_of_plain: false,
            next_save: None,
            history: History::default(),
            highest_id,
            recovery,
            copy_due: None,
            is_copied: false,
            is_finishing: false,
            goal: None,
            copy: LetterCopy::Served,
            changes: 0,
            holder: None,
            counted: BTreeSet::new(),
            asks_about_wording: false,
            cited: BTreeSet::new(),
            source: None,
            may_offer_copy: false,
        }
    }

    /// Takes over the record of the file that the draft was read from.
    pub(super) fn take_record(&mut self, record: Record) {
        self.saved_record = record.clone();
        self.record = record;
    }

    /// The number of the letter's state.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    pub(in crate::app) fn is_unsaved(&self) -> bool {
        let Some(saved) = &self.saved else { return true };
        self.seal != self.saved_seal
            || self.record != self.saved_record
            || self.letter != **saved
    }

    /// The newest composition, if it is of the letter as it is.
    pub(super) fn fresh(&self) -> Option<&Composed> {
        let composed = self.composed.as_ref()?;
        (composed.revision == self.revision).then_some(composed)
    }

    /// Whether its files are encrypted.
    pub fn is_sealed(&self) -> bool {
        self.seal.is_some()
    }

    /// What the letter is called: its case number, never anything of the patient. An
    /// encrypted one is called as its file is, because lists of windows are seen and kept
    /// by others.
    pub(super) fn name(&self) -> Cow<'_, str> {
        match (&self.path, self.letter.case.number.trim()) {
            (Some(path), _) if self.is_sealed() => {
                path.file_name().unwrap_or_default().to_string_lossy()
            }
            (None, _) if self.is_sealed() => "Untitled letter".into(),
            (_, "") => "Untitled letter".into(),
            (_, number) => number.into(),
        }
    }

    /// The name that its files are offered under, without an ending.
    pub(super) fn file_name(&self) -> String {
        if self.is_sealed() {
            let stem = self.path.as_ref().and_then(|path| path.file_stem());
            return match stem {
                Some(stem) => stem.to_string_lossy().into_owned(),
                None => "letter".into(),
            };
        }
        let mut name = plain_name(&self.letter.case.number);
        if name.is_empty() {
            name.push_str("letter");
        }
        match self.copy {
            LetterCopy::Served => name,
            LetterCopy::Public => format!("{name}-public"),
        }
    }

    /// What its file is to hold.
    pub(super) fn draft(&self) -> Draft {
        Draft {
            template: (&*self.template).into(),
            letter: self.letter.clone(),
            record: self.record.clone(),
        }
    }
}
