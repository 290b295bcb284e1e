//! What the desk has others do, and what it hears of it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;

use super::command::LetterSource;
use super::keeping::{Keeping, Kept};
use crate::compose::Composition;
use crate::crash::Crash;
use crate::export;
use crate::export::png::Image;
use crate::import::Imported;
use crate::letter;
use crate::library::Library;
use crate::printing::{Printer, Ticket};
use crate::store::recovery::{Recovery, RecoveryId};
use crate::store::settings::Settings;
use crate::store::{
    self, Draft, Expected, Fingerprint, Opened, Passphrase, Seal, UserFolder,
};
use crate::template::{Order, Template, Templates};

/// Work that takes time or touches the world. A job owns a snapshot of what it works on.
#[derive(Clone)]
pub enum Job {
    /// Studio: composes the letter and writes its PDF to memory.
    Compose {
        revision: u64,
        letter: Arc<letter::Letter>,
        template: Arc<Template>,
        library: Arc<Library>,
        order: Order,
    },
    /// Studio: paints a page; `scale` is in thousandths of a pixel a point.
    Paint {
        pdf: Arc<[u8]>,
        page: usize,
        hash: u64,
        scale: u32,
    },
    /// Disk.
    Open {
        path: PathBuf,
    },
    /// Opens an encrypted draft, which takes about a second.
    OpenSealed {
        path: PathBuf,
        passphrase: Passphrase,
    },
    Save {
        path: PathBuf,
        draft: Box<Draft>,
        seal: Option<Seal>,
        expected: Expected,
        revision: u64,
    },
    Export {
        path: PathBuf,
        bytes: Arc<[u8]>,
        expected: Expected,
    },
    /// The letter as another kind of file than a PDF.
    ExportAs {
        path: PathBuf,
        format: &'static export::Format,
        composition: Arc<Composition>,
        expected: Expected,
    },
    /// Errand.
    CopyLetter(Arc<Composition>),
    /// Errand: puts a report of a mistake of the program on the clipboard.
    CopyReport(String),
    /// Errand: goes wrong, with these words at hand.
    #[cfg(debug_assertions)]
    Stumble(String),
    /// Errand: has the letter printed by the desktop's dialog, or finds the printers that
    /// there are.
    Print {
        ticket: Box<Ticket>,
        pdf: Arc<[u8]>,
    },
    /// Errand.
    SendToPrinter {
        printer: Box<Printer>,
        ticket: Box<Ticket>,
        pdf: Arc<[u8]>,
    },
    WriteRecovery(Box<Recovery>),
    RemoveRecovery(RecoveryId),
    /// Opens an encrypted recovery copy, which takes about a second.
    UnlockRecovery {
        id: RecoveryId,
        passphrase: Passphrase,
    },
    /// Encrypts the plain recovery copies and the versions of a file as the file is
    /// encrypted from now on.
    SealCopies {
        original: PathBuf,
        /// What it was encrypted with until now.
        before: Option<Seal>,
        seal: Option<Seal>,
    },
    /// Errand: makes what a draft is encrypted with, which takes about a second.
    MakeSeal {
        /// Of the asking that it answers.
        asking: u64,
        passphrase: Passphrase,
    },
    /// Adds a word to the person's own.
    AddWord {
        word: String,
    },
    SaveSettings(Box<Settings>),
    /// Looks for recovery copies and at the recent drafts, for the start page.
    LookAround {
        recent: Vec<PathBuf>,
    },
    /// Answers once everything before it is on the disk.
    Leave,
    /// Errand: the system's dialog for files.
    AskPath(Ask),
    /// Errand.
    OpenOutside(PathBuf),
    /// Errand.
    ShowInFolder(PathBuf),
    /// Errand: reads a finished letter as the kind that knows it.
    Import {
        source: LetterSource,
        templates: Box<Templates>,
    },
    /// Locks and versions.
    Keeping(Keeping),
    /// Errand: makes a folder for own files, if it is not there yet, and opens it.
    OpenUserFolder(UserFolder),
}

/// What a path is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Ask {
    pub purpose: Purpose,
    /// Where to begin.
    pub folder: Option<PathBuf>,
    /// The file name offered; the case number at most, never anything of the patient.
    pub name: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    Open,
    /// A finished letter.
    Import,
    Save,
    Export,
    ExportUnfinished,
}

impl Purpose {
    /// Whether a file is read and none written.
    pub fn is_reading(self) -> bool {
        matches!(self, Self::Open | Self::Import)
    }

    pub fn is_export(self) -> bool {
        matches!(self, Self::Export | Self::ExportUnfinished)
    }
}

/// What became of a letter that was to be printed.
#[derive(Clone, Debug, PartialEq)]
pub enum Printed {
    /// To this printer, where it is known.
    Sent(Option<String>),
    /// The person did not want it after all.
    Not,
    /// No printer is known here; the system's viewer shows it.
    InViewer,
}

/// A draft that the start page can offer.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownDraft {
    pub path: PathBuf,
    pub case_number: String,
    /// The items' titles, in order.
    pub items: Vec<String>,
    pub decided: usize,
    /// Since when the letter is final.
    pub finished: Option<Date>,
    /// It is encrypted, and nothing but its path is known.
    pub is_sealed: bool,
}

impl KnownDraft {
    /// An encrypted draft: its path, and nothing of the letter.
    pub fn sealed(path: &Path) -> Self {
        let path = path.to_owned();
        Self {
            path,
            case_number: String::new(),
            items: Vec::new(),
            decided: 0,
            finished: None,
            is_sealed: true,
        }
    }
}

/// The files that a letter was written to, with what they hold.
pub type WrittenFiles = Vec<(PathBuf, Fingerprint)>;

/// What became of a job.
pub enum Event {
    Composed {
        revision: u64,
        letter: Arc<letter::Letter>,
        composition: Arc<Composition>,
        pdf: Result<Arc<[u8]>, export::Error>,
    },
    Painted {
        page: usize,
        hash: u64,
        scale: u32,
        image: Result<Arc<Image>, export::Error>,
    },
    Opened {
        path: PathBuf,
        result: Result<Box<Opened>, store::Error>,
    },
    Written {
        path: PathBuf,
        revision: u64,
        result: Result<Fingerprint, store::Error>,
    },
    Exported {
        path: PathBuf,
        result: Result<WrittenFiles, store::Error>,
    },
    /// The desktop has no print dialog: one of these printers is to be chosen.
    Printers {
        printers: Vec<Printer>,
        ticket: Box<Ticket>,
        pdf: Arc<[u8]>,
    },
    /// What became of printing, or why it could not be done, and what to do.
    Printed {
        result: Result<Printed, (String, String)>,
    },
    /// The same of a letter that was sent to the printer chosen here.
    Sent {
        result: Result<Printed, (String, String)>,
    },
    /// The letter could not be made into the kind of file that was asked for.
    NotMade(export::Error),
    Copied {
        result: Result<(), export::Error>,
    },
    RecoveryFailed(store::Error),
    /// A job went wrong by the program's own mistake.
    Crashed {
        job: Box<Job>,
        crash: Crash,
    },
    ReportCopied {
        is_copied: bool,
    },
    /// The settings, or the folder of letter kinds.
    Failed(store::Error),
    Found {
        known: Vec<KnownDraft>,
        recoveries: Vec<Recovery>,
        unreadable: Vec<store::Error>,
    },
    /// Everything asked before is done.
    MayLeave,
    /// `None`: the person chose none.
    PathChosen {
        ask: Ask,
        path: Option<PathBuf>,
    },
    /// What a draft is encrypted with was made.
    SealMade {
        asking: u64,
        result: Result<Seal, store::Error>,
    },
    /// An encrypted recovery copy was opened, or not.
    Unlocked {
        id: RecoveryId,
        result: Result<Box<Recovery>, store::Error>,
    },
    /// No dialog can be shown here.
    NoDialog {
        ask: Ask,
    },
    /// The system did not open it.
    NotOpened {
        path: PathBuf,
    },
    /// Files dropped on the window.
    Dropped(Vec<PathBuf>),
    /// The letter that was read, or why it could not be, and what to do.
    Imported {
        source: LetterSource,
        result: Result<Box<Imported>, (String, String)>,
    },
    /// What became of locks and versions.
    Kept(Kept),
    /// The folder of own letter kinds has changed.
    Templates(Templates),
}
