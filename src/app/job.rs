//! What the desk has others do, and what is reported of it.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;

pub use super::answers::{
    Composed, ErrorMessage, ExportedFiles, FirstPage, ListedVersion, PrintOutcome,
};
use super::earlier_jobs::{EarlierEvent, EarlierJob};
use super::own_files::OwnFiles;

use crate::compose::Composition;
use crate::crash::Crash;
use crate::earlier::KnownDraft;
use crate::export;
use crate::import::Imported;
use crate::letter::Letter;
use crate::library::Library;
use crate::outside::StopSign;
use crate::printing::{Printer, Ticket};
use crate::store::lock::Hold;
use crate::store::recovery::{Recovery, RecoveryId};
use crate::store::settings::Settings;
use crate::store::{
    self, Draft, Expected, Opened, OwnFile, Passphrase, Seal, UserFolder, Written,
};
use crate::template::{Order, Template, Templates};

/// What a job is known by: its answer, or the news of its crash, carries the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JobId(pub u64);

/// Work that takes time or touches the world, by the lane on which it is done. A job owns
/// a snapshot of what it works on; one with an id is waited for.
#[cfg_attr(test, derive(Clone))]
pub enum Job {
    Compose(ComposeJob),
    Disk(DiskJob),
    Task(TaskJob),
    /// Asks the index of earlier letters.
    Earlier(EarlierJob),
}

/// Composes the letter and writes its PDF to memory; the newest replaces what has not
/// started.
#[cfg_attr(test, derive(Clone))]
pub struct ComposeJob {
    pub id: JobId,
    pub revision: u64,
    pub letter: Arc<Letter>,
    pub template: Arc<Template>,
    pub library: Arc<Library>,
    pub order: Order,
}

/// Reads or writes files; done strictly in order.
#[cfg_attr(test, derive(Clone))]
pub enum DiskJob {
    Open {
        id: JobId,
        path: PathBuf,
    },
    /// Opens an encrypted draft, which takes about a second.
    OpenSealed {
        id: JobId,
        path: PathBuf,
        passphrase: Passphrase,
    },
    Save {
        id: JobId,
        path: PathBuf,
        draft: Box<Draft>,
        seal: Option<Seal>,
        expected: Expected,
    },
    Export {
        id: JobId,
        path: PathBuf,
        bytes: Arc<[u8]>,
        expected: Expected,
        stop: StopSign,
    },
    /// The letter in another format than PDF.
    ExportAs {
        id: JobId,
        path: PathBuf,
        format: &'static export::Format,
        composition: Arc<Composition>,
        expected: Expected,
        stop: StopSign,
    },
    /// Opens an encrypted recovery copy, which takes about a second.
    UnlockRecovery {
        id: JobId,
        copy: RecoveryId,
        passphrase: Passphrase,
    },
    /// Locks a draft to work on it, or takes it over from whoever does.
    Lock {
        path: PathBuf,
        at: Timestamp,
        is_taken_over: bool,
    },
    Unlock {
        path: PathBuf,
    },
    /// Reads what somebody else saved.
    ReadTheirs {
        path: PathBuf,
        seal: Option<Seal>,
    },
    /// Looks at the recent drafts for the start page, and for recovery copies.
    FindDrafts {
        recent: Vec<PathBuf>,
    },
    /// Looks for recovery copies.
    FindCopies,
    Data(DataJob),
    /// Answers once everything before it is on the disk.
    Leave(JobId),
}

/// Writes into the data folder; only a failure is reported.
#[cfg_attr(test, derive(Clone))]
pub enum DataJob {
    WriteRecovery(Box<Recovery>),
    RemoveRecovery(RecoveryId),
    /// Makes a copy this window's own: the first id becomes the second.
    TakeRecovery(RecoveryId, RecoveryId),
    /// Encrypts the plain recovery copies and the versions of a file as the file is
    /// encrypted from now on.
    SealCopies {
        original: PathBuf,
        /// What it was encrypted with until now.
        before: Option<Seal>,
        seal: Option<Seal>,
    },
    /// Keeps a version of what a file holds: as it was found, or as it was saved just now.
    KeepVersion {
        path: PathBuf,
        saved: Option<Timestamp>,
    },
    /// Keeps a version of what was exported; a letter that the file does not hold comes
    /// along.
    KeepExported {
        path: PathBuf,
        at: Timestamp,
        unsaved: Option<Box<Draft>>,
        seal: Option<Seal>,
    },
    /// Adds a word to the person's own.
    AddWord {
        word: String,
    },
    SaveSettings(Box<Settings>),
    /// Writes what a person keeps in a file.
    WriteOwnFile {
        file: OwnFile,
        text: String,
    },
}

/// Waits for a person, a printer or another program; each has a thread of its own.
#[cfg_attr(test, derive(Clone))]
pub enum TaskJob {
    /// Shows the system's dialog for files.
    AskPath(Ask),
    CopyLetter(Arc<Composition>),
    /// Puts a report of a mistake of the program on the clipboard.
    CopyReport(String),
    /// Has the letter printed by the desktop's dialog, or finds the printers that there
    /// are.
    Print {
        id: JobId,
        ticket: Box<Ticket>,
        pdf: Arc<[u8]>,
    },
    SendToPrinter {
        id: JobId,
        printer: Box<Printer>,
        ticket: Box<Ticket>,
        pdf: Arc<[u8]>,
    },
    /// Makes what a draft is encrypted with, which takes about a second.
    MakeSeal {
        id: JobId,
        passphrase: Passphrase,
    },
    /// Reads a finished letter as the template that knows it.
    Import {
        id: JobId,
        source: LetterSource,
        templates: Box<Templates>,
        stop: StopSign,
    },
    /// Adds the person's own tables to the program's.
    ReadTables {
        library: Arc<Library>,
    },
    /// Reads every version and compares it with the letter.
    ListVersions {
        path: PathBuf,
        letter: Arc<Letter>,
        template: Arc<Template>,
        seal: Option<Seal>,
    },
    /// Draws the first page of a letter of this template.
    DrawFirstPage {
        template: Arc<Template>,
        library: Arc<Library>,
        order: Order,
    },
    OpenOutside(PathBuf),
    ShowInFolder(PathBuf),
    /// Makes a folder for own files, if it is not there yet, and opens it.
    OpenUserFolder(UserFolder),
    /// Goes wrong, with these words at hand.
    #[cfg(debug_assertions)]
    Crash(String),
}

/// What a job is called after "Something went wrong while" that is seldom noticed.
const BACKGROUND: &str = "working in the background";

impl Job {
    /// What it is called after "Something went wrong while".
    pub fn doing(&self) -> &'static str {
        match self {
            Self::Compose(_) => "composing the letter",
            Self::Disk(job) => job.doing(),
            Self::Task(job) => job.doing(),
            Self::Earlier(_) => BACKGROUND,
        }
    }

    /// What it is waited for by.
    pub fn id(&self) -> Option<JobId> {
        match self {
            Self::Compose(job) => Some(job.id),
            Self::Disk(job) => job.id(),
            Self::Task(job) => job.id(),
            Self::Earlier(job) => job.id(),
        }
    }
}

impl DiskJob {
    fn doing(&self) -> &'static str {
        match self {
            Self::Open { .. } | Self::OpenSealed { .. } => "opening a draft",
            Self::Save { .. } => "saving the draft",
            Self::Export { .. } | Self::ExportAs { .. } => "exporting the letter",
            Self::Data(DataJob::SealCopies { .. }) => "encrypting the draft",
            Self::Data(DataJob::WriteRecovery(_)) => "writing the recovery copy",
            Self::FindDrafts { .. } => "listing your recent drafts",
            Self::UnlockRecovery { .. }
            | Self::Lock { .. }
            | Self::Unlock { .. }
            | Self::ReadTheirs { .. }
            | Self::FindCopies
            | Self::Data(_)
            | Self::Leave(_) => BACKGROUND,
        }
    }

    fn id(&self) -> Option<JobId> {
        match self {
            Self::Open { id, .. }
            | Self::OpenSealed { id, .. }
            | Self::Save { id, .. }
            | Self::Export { id, .. }
            | Self::ExportAs { id, .. }
            | Self::UnlockRecovery { id, .. }
            | Self::Leave(id) => Some(*id),
            Self::Lock { .. }
            | Self::Unlock { .. }
            | Self::ReadTheirs { .. }
            | Self::FindDrafts { .. }
            | Self::FindCopies
            | Self::Data(_) => None,
        }
    }
}

impl TaskJob {
    fn doing(&self) -> &'static str {
        match self {
            Self::CopyLetter(_) => "copying the letter",
            Self::Print { .. } | Self::SendToPrinter { .. } => "printing the letter",
            Self::MakeSeal { .. } => "encrypting the draft",
            Self::Import { .. } => "importing a letter",
            Self::AskPath(_)
            | Self::CopyReport(_)
            | Self::ListVersions { .. }
            | Self::ReadTables { .. }
            | Self::DrawFirstPage { .. }
            | Self::OpenOutside(_)
            | Self::ShowInFolder(_)
            | Self::OpenUserFolder(_) => BACKGROUND,
            #[cfg(debug_assertions)]
            Self::Crash(_) => BACKGROUND,
        }
    }

    fn id(&self) -> Option<JobId> {
        match self {
            Self::AskPath(Ask { id, .. })
            | Self::Print { id, .. }
            | Self::SendToPrinter { id, .. }
            | Self::MakeSeal { id, .. }
            | Self::Import { id, .. } => Some(*id),
            Self::CopyLetter(_)
            | Self::CopyReport(_)
            | Self::ListVersions { .. }
            | Self::ReadTables { .. }
            | Self::DrawFirstPage { .. }
            | Self::OpenOutside(_)
            | Self::ShowInFolder(_)
            | Self::OpenUserFolder(_) => None,
            #[cfg(debug_assertions)]
            Self::Crash(_) => None,
        }
    }
}

impl From<ComposeJob> for Job {
    fn from(job: ComposeJob) -> Self {
        Self::Compose(job)
    }
}

impl From<DiskJob> for Job {
    fn from(job: DiskJob) -> Self {
        Self::Disk(job)
    }
}

impl From<DataJob> for Job {
    fn from(job: DataJob) -> Self {
        Self::Disk(DiskJob::Data(job))
    }
}

impl From<EarlierJob> for Job {
    fn from(job: EarlierJob) -> Self {
        Self::Earlier(job)
    }
}

impl From<TaskJob> for Job {
    fn from(job: TaskJob) -> Self {
        Self::Task(job)
    }
}

/// What a path is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Ask {
    pub id: JobId,
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
    /// A folder whose letters are listed and searched.
    Folder,
}

impl Purpose {
    /// Whether a file is read and none written.
    pub fn is_reading(self) -> bool {
        matches!(self, Self::Open | Self::Import | Self::Folder)
    }

    pub fn is_export(self) -> bool {
        matches!(self, Self::Export | Self::ExportUnfinished)
    }
}

/// A finished letter that is to be read.
#[derive(Clone, Debug, PartialEq)]
pub enum LetterSource {
    File(PathBuf),
    Text(String),
}

/// What became of a job, or of what is watched. An answer that is waited for carries the
/// id of its job.
pub enum Event {
    /// A composition, and why its PDF could not be made.
    Composed {
        id: JobId,
        composed: Composed,
        error: Option<export::Error>,
    },
    /// A page could not be painted.
    NotPainted(export::Error),
    Opened {
        id: JobId,
        result: Result<Box<Opened>, store::Error>,
    },
    Written {
        id: JobId,
        result: Result<Written, store::Error>,
    },
    Exported {
        id: JobId,
        result: Result<ExportedFiles, store::Error>,
    },
    /// The letter could not be made into the format that was asked for.
    NotMade {
        id: JobId,
        error: export::Error,
    },
    /// The desktop has no print dialog: one of these printers is to be chosen.
    Printers {
        id: JobId,
        printers: Vec<Printer>,
        ticket: Box<Ticket>,
        pdf: Arc<[u8]>,
    },
    /// What became of printing by the dialog.
    Printed {
        id: JobId,
        result: Result<PrintOutcome, ErrorMessage>,
    },
    /// The same of a letter that was sent to the printer chosen here.
    Sent {
        id: JobId,
        result: Result<PrintOutcome, ErrorMessage>,
    },
    Copied {
        result: Result<(), export::Error>,
    },
    RecoveryFailed(store::Error),
    CopyWritten,
    /// Another window has brought a letter back at the same time.
    CopyTaken(RecoveryId),
    /// A job, or what is watched, went wrong by the program's own mistake.
    Crashed {
        id: Option<JobId>,
        crash: Crash,
    },
    ReportCopied {
        is_copied: bool,
    },
    /// The settings, the versions, or the folder of letter kinds.
    Failed(store::Error),
    Found {
        known: Vec<KnownDraft>,
    },
    CopiesFound {
        recoveries: Vec<Recovery>,
        unreadable: Vec<store::Error>,
    },
    /// Everything asked before is done.
    MayLeave(JobId),
    /// `None`: the person chose none.
    PathChosen {
        ask: Ask,
        path: Option<PathBuf>,
    },
    /// No dialog can be shown here.
    NoDialog {
        ask: Ask,
    },
    /// What a draft is encrypted with was made.
    SealMade {
        id: JobId,
        result: Result<Seal, store::Error>,
    },
    /// An encrypted recovery copy was opened, or not.
    Unlocked {
        id: JobId,
        copy: RecoveryId,
        result: Result<Box<Recovery>, store::Error>,
    },
    /// The first page of a letter of the template of this id.
    FirstPage {
        template: String,
        page: FirstPage,
    },
    /// The system did not open it.
    NotOpened {
        path: PathBuf,
    },
    /// Files dropped on the window.
    Dropped(Vec<PathBuf>),
    /// The letter that was read, or why it could not be.
    Imported {
        id: JobId,
        source: LetterSource,
        result: Result<Box<Imported>, ErrorMessage>,
    },
    /// Who has a draft's lock.
    Locked {
        path: PathBuf,
        hold: Hold,
    },
    /// What somebody else saved.
    TheirsRead {
        path: PathBuf,
        result: Result<Box<Opened>, store::Error>,
    },
    VersionsListed {
        path: PathBuf,
        versions: Vec<ListedVersion>,
    },
    /// The folder of own letter kinds has changed.
    Templates(Templates),
    /// What the person keeps in files has changed.
    OwnFiles(Box<OwnFiles>),
    /// What rules and lists look things up in, with the person's own tables.
    TablesRead(Arc<Library>),
    /// What the index of earlier letters found.
    Earlier(EarlierEvent),
}
