//! What a person can ask of the window: one table feeds menus, toolbar, palette,
//! shortcuts and help.

use std::path::PathBuf;

use eframe::egui::{Key, KeyboardShortcut, Modifiers};
use jiff::Timestamp;
use jiff::civil::Date;

use super::desk::Choice;
use crate::diagnostic::{Diagnostic, Fix, TextRange};
use crate::letter::{FieldPath, Group, Id};
use crate::store::recovery::RecoveryId;
pub use crate::store::settings::Theme;
pub use crate::store::{Passphrase, Strength, UserFolder};
use crate::template::LetterCopy;

/// One request. Views push these and decide nothing.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    New,
    Open,
    /// Asks for a finished letter to read into a draft.
    Import,
    /// Opens a box to paste one into.
    PasteLetter,
    Save,
    SaveAs,
    /// Shows what the draft held at each save.
    Versions,
    /// Goes on with the letter as one that no file holds.
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
    SendToPrinter(Box<Choice>),
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
    AddItem,
    AddReviewer,
    AddDocument,
    AddRecipient,
    /// These four act on the row that the caret is in.
    DuplicateRow,
    MoveUp,
    MoveDown,
    RemoveRow,
    /// Ends the rationale that the caret is in, or the first without one, with the
    /// sentence that fits its decision.
    AddClosing,
    NextProblem,
    PreviousProblem,
    /// Shows what mends the words that the caret is in.
    Remedies,
    ToggleSpelling,
    /// Writes he and she throughout as the claimant's sex asks.
    AgreeSex,
    Palette,
    ToggleOutline,
    ToggleLetter,
    /// Which copy is shown, exported and printed.
    ShowCopy(LetterCopy),
    ToggleProblems,
    ZoomIn,
    ZoomOut,
    ZoomReset,
    Look(Theme),
    Settings,
    OpenUserFolder(UserFolder),
    Help,
    /// Asks for a passphrase, with which the open draft is encrypted from then on.
    Encrypt,
    /// Asks for another passphrase.
    ChangePassphrase,
    /// Asks whether the open draft is to be plain again.
    TakeEncryptionOff,
    /// Whether a passphrase is asked for when a letter is begun.
    ToggleEncryptNew,

    /// Makes the letter final.
    FinishNow,
    /// Takes note of the day on which the letter was served.
    ServedOn(Date),
    /// Begins a draft that replaces the final letter, for this reason.
    CorrectFor(String),
    /// Begins a letter of the kind of this id.
    Begin(String),
    OpenFile(PathBuf),
    ImportFile(PathBuf),
    ImportText(String),
    /// Takes words that an import did not understand off the list.
    DealWith(Id),
    /// Agrees to what an import read from the text.
    Accept(FieldPath),
    /// Brings back what was not saved.
    Restore(RecoveryId),
    /// Brings back the version of this moment.
    RestoreVersion(Timestamp),
    /// Puts what somebody else saved in place of the letter.
    TakeTheirs,
    /// Lets go of what was not saved.
    Forget(RecoveryId),
    /// The open draft goes on in today's wording of its kind.
    UseNewWording,
    /// Answers the question for a path that is open; the own path box asks.
    Path(PathBuf),
    /// Does what was asked for, over the file that is there.
    Replace(PathBuf),
    /// Saves, then goes on with what was asked for.
    SaveThen(Box<Command>),
    /// Goes on with what was asked for and lets the changes go.
    DiscardThen(Box<Command>),
    /// Answers the box for a passphrase.
    GivePassphrase(Passphrase),
    /// The open draft is saved plain again.
    MakePlain,
    /// Goes on with what makes a plain file of an encrypted draft.
    PlainThen(Box<Command>),
    /// Closes the open question or path box; nothing happens.
    Stay,
    /// Takes a notice away.
    Dismiss(u64),
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
    /// The same, and selects these characters in it.
    GoToWords(FieldPath, TextRange),
    /// Carries out a remedy.
    ApplyFix(Fix),
    /// Asks why a finding is set aside.
    Excuse(Box<Diagnostic>),
    /// Sets a finding aside for this reason; a warning can do without.
    SetAside(Box<Diagnostic>, String),
    /// Adds the word that a finding speaks of to the person's own words.
    Learn(Box<Diagnostic>),
    /// Takes a finding up again that was set aside.
    TakeUp(Box<Diagnostic>),
    /// Has a page painted; `scale` is in thousandths of a pixel a point.
    Paint {
        page: usize,
        scale: u32,
    },
    OpenOutside(PathBuf),
    ShowInFolder(PathBuf),
    /// Shows what a mistake of the program leaves to share.
    ShowReport(String),
    CopyReport(String),
    /// Goes wrong, so that what becomes of it can be seen.
    #[cfg(debug_assertions)]
    StumbleInALane,
    #[cfg(debug_assertions)]
    StumbleInTheFrame,
    /// Remembers how wide a column was made, in points.
    Width(&'static str, f32),
}

/// Where in the menu bar a command stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Menu {
    File,
    Edit,
    Insert,
    View,
    Help,
}

impl Menu {
    pub const ALL: [Self; 5] =
        [Self::File, Self::Edit, Self::Insert, Self::View, Self::Help];

    pub fn label(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::Insert => "Insert",
            Self::View => "View",
            Self::Help => "Help",
        }
    }
}

/// One row of the table.
pub struct Entry {
    pub command: Command,
    pub menu: Menu,
    /// Begins a group of its menu, set off by a line.
    pub begins_group: bool,
    pub label: &'static str,
    /// What it does, in a sentence without a full stop.
    pub hint: &'static str,
    pub shortcut: Option<KeyboardShortcut>,
    /// Stands in the toolbar too, under this short word.
    pub tool: Option<&'static str>,
}

const NONE: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::COMMAND;
const ALT: Modifiers = Modifiers::ALT;
const SHIFT: Modifiers = Modifiers::SHIFT;
const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

const fn entry(
    menu: Menu,
    command: Command,
    label: &'static str,
    hint: &'static str,
) -> Entry {
    Entry { command, menu, begins_group: false, label, hint, shortcut: None, tool: None }
}

impl Entry {
    const fn key(mut self, modifiers: Modifiers, key: Key) -> Self {
        self.shortcut = Some(KeyboardShortcut::new(modifiers, key));
        self
    }

    const fn group(mut self) -> Self {
        self.begins_group = true;
        self
    }

    const fn tool(mut self, word: &'static str) -> Self {
        self.tool = Some(word);
        self
    }
}

/// Every command that can be chosen by its name, in the order of the menus.
#[rustfmt::skip]
pub static COMMANDS: &[Entry] = &[
    entry(Menu::File, Command::New, "New letter…", "Begins another letter").key(CTRL, Key::N).tool("New"),
    entry(Menu::File, Command::Open, "Open…", "Opens a draft").key(CTRL, Key::O).tool("Open"),
    entry(Menu::File, Command::Import, "Import a finished letter…", "Reads a finished letter (PDF, Word or text) into a new draft").key(CTRL, Key::I).group(),
    entry(Menu::File, Command::PasteLetter, "Paste a letter…", "Reads a finished letter that you paste"),
    entry(Menu::File, Command::Save, "Save", "Saves the draft").key(CTRL, Key::S).group().tool("Save"),
    entry(Menu::File, Command::SaveAs, "Save as…", "Saves the draft under another name").key(CTRL_SHIFT, Key::S),
    entry(Menu::File, Command::Versions, "Versions…", "Shows what the draft said at each save and export, and brings it back"),
    entry(Menu::File, Command::OpenCopy, "Open a copy", "Goes on with the letter as one that no file holds yet"),
    entry(Menu::File, Command::TakeOver, "Take over", "Works on a draft that is open somewhere else"),
    entry(Menu::File, Command::Export, "Export…", "Saves the finished letter as a PDF, or by the name's ending as a Word document, web page, text, picture or data").key(CTRL, Key::E).group().tool("Export"),
    entry(Menu::File, Command::ExportUnfinished, "Export unfinished…", "Saves the letter as it is; it says DRAFT while errors stand").key(CTRL_SHIFT, Key::E),
    entry(Menu::File, Command::CopyLetter, "Copy letter", "Copies the whole letter, to be pasted into a portal, a mail or a word processor").key(CTRL_SHIFT, Key::C),
    entry(Menu::File, Command::Print, "Print…", "Prints the letter as it is shown; it says DRAFT while errors stand").key(CTRL, Key::P).tool("Print"),
    entry(Menu::File, Command::Changes, "Changes since the export…", "Shows word by word what changed since the letter was exported or printed last"),
    entry(Menu::File, Command::Finish, "Finish letter…", "Makes the letter final: read-only from then on, and corrected only by a letter that replaces it").group(),
    entry(Menu::File, Command::Served, "Served on…", "Takes note of the day on which the final letter was served"),
    entry(Menu::File, Command::Correct, "Correct this letter…", "Begins a draft that says which letter it replaces, and why"),
    entry(Menu::File, Command::Encrypt, "Encrypt this draft…", "Keeps the draft's file under a passphrase").group(),
    entry(Menu::File, Command::ChangePassphrase, "Change the passphrase…", "Keeps the draft's file under another passphrase"),
    entry(Menu::File, Command::TakeEncryptionOff, "Take the encryption off…", "Saves the draft so that whoever has the file can read it"),
    entry(Menu::File, Command::Close, "Close letter", "Goes back to the start page").key(CTRL, Key::W).group(),
    entry(Menu::File, Command::Quit, "Quit", "Ends the program").key(CTRL, Key::Q),

    entry(Menu::Edit, Command::Undo, "Undo", "Takes the last change back").key(CTRL, Key::Z).tool("Undo"),
    entry(Menu::Edit, Command::Redo, "Redo", "Makes the change again").key(CTRL, Key::Y).tool("Redo"),
    entry(Menu::Edit, Command::DuplicateRow, "Duplicate", "Copies the item or row that the caret is in").key(CTRL, Key::D).group(),
    entry(Menu::Edit, Command::MoveUp, "Move up", "Moves the item or row up").key(ALT, Key::ArrowUp),
    entry(Menu::Edit, Command::MoveDown, "Move down", "Moves the item or row down").key(ALT, Key::ArrowDown),
    entry(Menu::Edit, Command::RemoveRow, "Remove", "Takes the item or row out; Undo brings it back").key(CTRL_SHIFT, Key::Delete),
    entry(Menu::Edit, Command::NextProblem, "Next problem", "Goes to the next field that needs attention").key(NONE, Key::F8).group(),
    entry(Menu::Edit, Command::PreviousProblem, "Previous problem", "Goes to the field before that needs attention").key(SHIFT, Key::F8),
    entry(Menu::Edit, Command::Remedies, "Mend…", "Shows what mends the underlined words that the caret is in").key(CTRL, Key::Period),
    entry(Menu::Edit, Command::ToggleSpelling, "Look at spelling", "Underlines words that no word list has, or stops doing so").key(NONE, Key::F7),
    entry(Menu::Edit, Command::AgreeSex, "Agree he and she", "Writes he, she and the like as the claimant's sex asks; what speaks of others is left alone"),
    entry(Menu::Edit, Command::UseNewWording, "Use the new wording", "Shows the letter in today's wording of its kind").group(),

    entry(Menu::Insert, Command::AddItem, "Item in dispute", "Adds an item behind the one that the caret is in").key(CTRL, Key::Enter).tool("Add item"),
    entry(Menu::Insert, Command::AddDocument, "Document reviewed", "Adds a row to the documents reviewed").key(CTRL_SHIFT, Key::D),
    entry(Menu::Insert, Command::AddReviewer, "Reviewer", "Adds a reviewer"),
    entry(Menu::Insert, Command::AddRecipient, "Recipient", "Adds someone who is sent the letter; its copy gets a cover then"),
    entry(Menu::Insert, Command::AddClosing, "Closing sentence", "Ends the rationale with the sentence that fits its decision").key(CTRL, Key::L).group(),

    entry(Menu::View, Command::Palette, "All commands…", "Finds a command by its name").key(CTRL, Key::K),
    entry(Menu::View, Command::ToggleOutline, "Outline", "Shows or hides the outline").key(CTRL, Key::Num1).group(),
    entry(Menu::View, Command::ToggleLetter, "Letter", "Shows or hides the letter").key(CTRL, Key::Num2),
    entry(Menu::View, Command::ShowCopy(LetterCopy::Served), "Served letter", "Shows, exports and prints the letter that recipients are sent"),
    entry(Menu::View, Command::ShowCopy(LetterCopy::Public), "Public copy", "Shows, exports and prints the copy that is published, in which nothing names a person"),
    entry(Menu::View, Command::ToggleProblems, "Problems", "Shows or hides the list of problems").key(CTRL, Key::Num3),
    entry(Menu::View, Command::ZoomIn, "Larger", "Makes everything larger").key(CTRL, Key::Plus).group(),
    entry(Menu::View, Command::ZoomOut, "Smaller", "Makes everything smaller").key(CTRL, Key::Minus),
    entry(Menu::View, Command::ZoomReset, "Usual size", "Makes everything its usual size").key(CTRL, Key::Num0),
    entry(Menu::View, Command::Look(Theme::Light), "Light", "Dark words on light ground").group(),
    entry(Menu::View, Command::Look(Theme::Dark), "Dark", "Light words on dark ground"),
    entry(Menu::View, Command::Look(Theme::System), "As the system", "Light or dark as the rest of the desktop"),
    entry(Menu::View, Command::Settings, "Settings…", "Shows how the program looks and where your own letter kinds and tables lie").key(CTRL, Key::Comma).group(),
    entry(Menu::View, Command::OpenUserFolder(UserFolder::Templates), "Folder of letter kinds", "Opens the folder that your own letter kinds lie in"),
    entry(Menu::View, Command::OpenUserFolder(UserFolder::Tables), "Folder of tables", "Opens the folder that your own tables lie in"),

    entry(Menu::Help, Command::Help, "Help and shortcuts", "Tells how a letter is written, and every shortcut").key(NONE, Key::F1),
];

/// The row of a command, if it can be chosen by name.
pub fn row(command: &Command) -> Option<&'static Entry> {
    COMMANDS.iter().find(|entry| entry.command == *command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_commands_share_a_shortcut_or_a_name() {
        for (place, entry) in COMMANDS.iter().enumerate() {
            for other in &COMMANDS[..place] {
                assert_ne!(entry.label, other.label);
                assert!(
                    entry.shortcut.is_none() || entry.shortcut != other.shortcut,
                    "{}",
                    entry.label
                );
            }
        }
    }

    #[test]
    fn every_command_says_what_it_does() {
        for entry in COMMANDS {
            assert!(
                !entry.hint.is_empty() && !entry.hint.ends_with('.'),
                "{}",
                entry.label
            );
        }
    }
}
