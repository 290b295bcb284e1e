//! What a person can ask of the window: one table feeds menus, search,
//! shortcuts and help.

mod entry;
mod shortcuts;
mod table;

use std::path::PathBuf;

use jiff::Timestamp;
use jiff::civil::Date;

use super::job::{JobId, LetterSource, Purpose};
use super::snippets::Snippet;
use crate::diagnostic::{Diagnostic, Fix, TextRange};
use crate::letter::{FieldPath, Group, Id, OwnCitation, Profile, Source, Step};
use crate::library::OwnTable;
use crate::printing::{PaperSize, Sides};
use crate::store::recovery::RecoveryId;
use crate::store::settings::Theme;
use crate::store::{OwnFile, Passphrase, UserFolder};
use crate::template::LetterCopy;

pub use entry::{CommandRow, Menu, Submenu};
pub use shortcuts::{ALSO, Shortcuts, in_words, pressed, shortcut_text, write};
pub use table::{COMMANDS, row};

/// One request. Views push these and decide nothing.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    New,
    /// Begins a letter with the reviewer, template and organization of the open one.
    NewFromThis,
    Open,
    /// Asks for a finished letter to read into a draft.
    Import,
    /// Opens a box to paste one into.
    PasteLetter,
    Save,
    SaveAs,
    /// Shows what the draft held at each save.
    Versions,
    /// Continues with the letter as one that no file holds.
    OpenCopy,
    /// Works on a draft that somebody else works on.
    TakeOver,
    /// Asks where the finished letter goes; the name's ending says as which kind of file.
    Export,
    /// The same for a letter with errors, whose pages say DRAFT.
    ExportUnfinished,
    /// Puts the letter on the clipboard, to be pasted into a portal or a mail.
    CopyLetter,
    Print,
    /// The same for a letter with errors, whose pages say DRAFT.
    PrintUnfinished,
    /// Prints the letter of the print box as chosen.
    SendToPrinter(Box<PrintChoice>),
    /// Shows what changed since the letter was exported last.
    Changes,
    /// Asks whether the letter is to become final.
    Finish,
    /// Asks on which day the final letter was served.
    Served,
    /// Asks why the final letter is corrected.
    Correct,
    Close,
    Quit,
    Undo,
    Redo,
    /// Acts on the text that was used last.
    Text(TextAction),
    AddItem,
    AddReviewer,
    AddDocument,
    AddRecipient,
    /// Adds an item for each treatment requested that has none.
    AddRequestedItems,
    /// These four act on the row that the caret is in.
    DuplicateRow,
    MoveUp,
    MoveDown,
    RemoveRow,
    /// Offers the snippets for the text that the caret is in.
    Snippets,
    /// Makes a snippet of what is selected.
    NewSnippet,
    /// Opens the board of guidelines for the line at the caret.
    Cite,
    /// Ends the rationale that the caret is in, or the first that has no closing
    /// sentence, with the sentence that fits its decision.
    AddClosing,
    /// These four find words in the letter.
    Find,
    FindReplace,
    FindNext,
    FindPrevious,
    NextProblem,
    PreviousProblem,
    /// Shows what fixes the words that the caret is in.
    ShowFixes,
    ToggleSpelling,
    /// Whether quotation marks and dashes are set as in print while one types.
    ToggleTypographic,
    /// Writes he and she throughout as the claimant's sex asks.
    MatchPronouns,
    Palette,
    /// Shows or hides earlier letters beside the form.
    ToggleEarlier,
    /// Shows or hides the letter that was imported, beside the form.
    ToggleSource,
    /// Shows them, with the caret in the line of words.
    FindEarlier,
    /// Shows another earlier letter, or marks another of its sentences.
    ChooseEarlier(EarlierStep),
    /// Puts the marked passage of an earlier letter at the caret.
    InsertPassage,
    /// Asks for a folder whose letters are listed and searched.
    AddFolder,
    /// Reads what is new in the folders.
    ReadFolders,
    ToggleOutline,
    ToggleLetter,
    /// Which copy is shown, exported and printed.
    ShowCopy(LetterCopy),
    ToggleProblems,
    ZoomIn,
    ZoomOut,
    ZoomReset,
    SetTheme(Theme),
    ToggleHighContrast,
    ToggleReduceMotion,
    /// Gives the command of this name other keys; empty is none, `None` those of the table.
    SetShortcut(&'static str, Option<String>),
    ResetShortcuts,
    Settings,
    OpenUserFolder(UserFolder),
    Help,
    /// Shows the version, the licenses and the data folder.
    About,
    OpenDataFolder,
    /// Whether the page is darker while the window is dark.
    ToggleDimPage,
    /// Asks for a passphrase, with which the open draft is encrypted from then on.
    Encrypt,
    /// Asks for another passphrase.
    ChangePassphrase,
    /// Asks whether the open draft is to be plain again.
    TakeEncryptionOff,
    /// Whether a passphrase is asked for when a letter is begun.
    ToggleEncryptNew,

    /// Cites a work in a guideline line, or no longer.
    ToggleCitation(FieldPath, Box<Source>),
    SetCitations(Vec<OwnCitation>),
    SetOwnTable(OwnFile, Box<OwnTable>),
    /// Finds the letters with these words, for the start page.
    FindLetters(String),
    /// Lists and searches the letters of this folder.
    UseFolder(PathBuf),
    RemoveFolder(PathBuf),
    /// Deletes the search index from the disk.
    RemoveIndex,
    /// Shows the letter that the rationale is a near copy of.
    ShowNearCopy,
    /// Makes the letter final.
    MakeFinal,
    /// Records the day on which the letter was served.
    ServedOn(Date),
    /// Begins a draft that replaces the final letter, for this reason.
    CorrectFor(String),
    /// Begins a letter of the template of this id.
    Begin(String),
    /// New letters are begun with the profile of this name, or with none.
    ChooseProfile(Option<String>),
    /// Fills a reviewer from the profile of this name: of this row, or where the caret is.
    UseProfile(String, Option<Id>),
    /// Keeps a reviewer of the letter as a profile.
    KeepProfile(Id),
    SetProfiles(Vec<Profile>),
    SetSnippets(Vec<Snippet>),
    /// Puts the snippet of this code where the caret is.
    InsertSnippet(String),
    /// Has the first page of a letter of this template drawn.
    DrawFirstPage(String),
    /// Opens a finished letter about people who do not exist.
    OpenExample,
    OpenFile(PathBuf),
    ImportFile(PathBuf),
    ImportText(String),
    /// Drops words that an import did not understand from the list of problems.
    DropUnread(Id),
    /// Agrees to what an import read from the text.
    AcceptProposed(FieldPath),
    /// Brings back what was not saved.
    Restore(RecoveryId),
    /// Brings back the version of this moment.
    RestoreVersion(Timestamp),
    /// Puts what somebody else saved in place of the letter.
    TakeTheirs,
    /// Discards what was not saved.
    DiscardCopy(RecoveryId),
    /// Shows the open draft in today's wording of its template.
    UseNewWording,
    /// Answers the own box for a path.
    Path(PathBuf),
    /// Does what was asked for, over the file that is there.
    Replace(Purpose, PathBuf),
    /// Saves, then leaves the letter.
    SaveThen(Leave),
    /// Leaves the letter without its changes.
    DiscardThen(Leave),
    /// Answers the box for a passphrase.
    GivePassphrase(Passphrase),
    /// The open draft is saved plain again.
    MakePlain,
    /// Runs a command that makes a plain file of an encrypted draft.
    PlainThen(Box<Command>),
    /// Forgets a value that was typed where this list is offered.
    ForgetTyped(String, String),
    /// Closes the box that asks something; nothing happens.
    Cancel,
    /// Takes a notice away.
    Dismiss(u64),
    /// Stops a job that takes long.
    Stop(JobId),
    Add(Group),
    Duplicate(Group, Id),
    Raise(Group, Id),
    Lower(Group, Id),
    Remove(Group, Id),
    /// Puts a row at a place, counted from 0 in the list without it.
    Place(Group, Id, usize),
    /// Ends this rationale with the sentence that fits its decision.
    EndWithClosing(FieldPath),
    /// Brings a field into view and puts the caret in it.
    Go(FieldPath),
    /// Opens the list of problems at those of a field.
    ShowProblemsOf(FieldPath),
    /// Says that an entry of the field of this name was removed, and offers to undo it.
    TellRemoved(String),
    /// Brings a field into view, and selects these characters in it.
    GoToWords(FieldPath, TextRange),
    /// Changes the letter as a finding proposes.
    ApplyFix(Fix),
    /// Asks why a finding is to be overridden.
    AskOverrideReason(Box<Diagnostic>),
    /// Overrides a finding for this reason; a warning needs none.
    OverrideFinding(Box<Diagnostic>, String),
    /// Adds the word that a finding speaks of to the person's own words.
    LearnWord(Box<Diagnostic>),
    /// Takes an override back.
    RemoveOverride(Box<Diagnostic>),
    OpenOutside(PathBuf),
    ShowInFolder(PathBuf),
    /// Shows what a mistake of the program leaves to share.
    ShowReport(String),
    CopyReport(String),
    /// Crashes, so that what becomes of it can be seen.
    #[cfg(debug_assertions)]
    CrashInAJob,
    #[cfg(debug_assertions)]
    CrashInTheFrame,
}

/// What of earlier letters is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EarlierStep {
    NextLetter,
    PreviousLetter,
    NextPassage,
    PreviousPassage,
    /// The letter, or the passage, at this place.
    Letter(usize),
    Passage(usize),
}

/// What can be done to what is selected in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextAction {
    Cut,
    Copy,
    Paste,
    SelectAll,
}

impl TextAction {
    pub const ALL: [Self; 4] = [Self::Cut, Self::Copy, Self::Paste, Self::SelectAll];
}

/// What ends the open letter, so that its changes are asked about first.
#[derive(Clone, Debug, PartialEq)]
pub enum Leave {
    Close,
    Quit,
    /// Begins a letter of the template of this id.
    Begin(String),
    /// Begins a letter like the open one.
    FromThis,
    Example,
    Open(PathBuf),
    Import(LetterSource),
    Restore(RecoveryId),
    /// Begins a draft that replaces the final letter, for this reason.
    Correct(String),
}

impl From<Leave> for Command {
    fn from(leave: Leave) -> Self {
        match leave {
            Leave::Close => Self::Close,
            Leave::Quit => Self::Quit,
            Leave::Begin(id) => Self::Begin(id),
            Leave::FromThis => Self::NewFromThis,
            Leave::Example => Self::OpenExample,
            Leave::Open(path) => Self::OpenFile(path),
            Leave::Import(LetterSource::File(path)) => Self::ImportFile(path),
            Leave::Import(LetterSource::Text(text)) => Self::ImportText(text),
            Leave::Restore(id) => Self::Restore(id),
            Leave::Correct(why) => Self::CorrectFor(why),
        }
    }
}

/// What is chosen in the print box, as typed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PrintChoice {
    pub printer: String,
    pub copies: String,
    /// Empty is all.
    pub pages: String,
    /// `None` is as the printer is set.
    pub sides: Option<Sides>,
    pub paper: Option<&'static PaperSize>,
}

/// What has to be there for a command; `desk/refusal.rs` says what is missing without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    Letter,
    /// The letter's PDF, where the letter as it is has been composed.
    Pdf,
    /// A draft that holds nothing that this version does not know.
    Understood,
    /// No file dialog is open already.
    FileDialog,
    PrintDialog,
    /// No letter is on its way to a printer.
    NothingSending,
    /// The letter was exported, and has changed since.
    Changes,
    FinalLetter,
    Plain,
    Encrypted,
    /// The letter is in a file.
    File,
    /// Somebody else works on the draft.
    OtherHolder,
    UndoStep,
    RedoStep,
    /// The template has rows of this group.
    Rows(Group),
    /// The template takes another item.
    RoomForItem,
    RowAtCaret,
    /// The caret is, or was last, in a field of text.
    TextAtCaret,
    /// The row with the caret is not the last in this direction.
    RoomToMove(Step),
    /// A rationale that a closing sentence can end.
    OpenRationale,
    /// A treatment requested that no item decides.
    UndecidedRequest,
    /// He or she that does not agree with the claimant's sex.
    OtherPronouns,
    Problem,
    RoomToZoomIn,
    RoomToZoomOut,
    NewWording,
    /// A guideline line that the caret is in, or the item's own.
    GuidelineLine,
    /// A draft that was read from a finished letter in this session.
    Source,
    /// An earlier letter that was found.
    EarlierItem,
    /// A folder of letters.
    Folder,
}

impl Command {
    /// Whether it changes the letter or its file, so that a read-only draft refuses it.
    pub fn edits(&self) -> bool {
        if let Some(row) = row(self) {
            return row.edits;
        }
        matches!(
            self,
            Self::MakeFinal
                | Self::RestoreVersion(_)
                | Self::Add(_)
                | Self::Duplicate(..)
                | Self::Raise(..)
                | Self::Lower(..)
                | Self::Remove(..)
                | Self::Place(..)
                | Self::EndWithClosing(_)
                | Self::UseProfile(..)
                | Self::InsertSnippet(_)
                | Self::ApplyFix(_)
                | Self::ToggleCitation(..)
                | Self::AskOverrideReason(_)
                | Self::OverrideFinding(..)
                | Self::RemoveOverride(_)
                | Self::DropUnread(_)
                | Self::AcceptProposed(_)
        )
    }
}
