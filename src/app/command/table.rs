//! The table of commands that can be chosen by name, in the order of the menus.

use eframe::egui::Key;

use super::entry::{
    ALT, CTRL, CTRL_SHIFT, CommandRow, NONE, SHIFT, Submenu, edit, file, help, insert,
    view,
};
use super::{Command, EarlierStep, Need, TextAction};
use crate::letter::{Group, Step};
use crate::store::UserFolder;
use crate::store::settings::Theme;
use crate::template::LetterCopy;

/// Every command that can be chosen by its name, in the order of the menus.
pub static COMMANDS: &[CommandRow] = &[
    file(Command::New, "New letter…", "Starts a new letter").key(CTRL, Key::N),
    file(
        Command::NewFromThis,
        "New letter from this one",
        "Starts a letter with the same template, reviewer and organization, and nothing \
            of this case",
    )
    .key(CTRL_SHIFT, Key::N)
    .needs(&[Need::Letter]),
    file(Command::Open, "Open…", "Opens a draft")
        .key(CTRL, Key::O)
        .needs(&[Need::FileDialog]),
    file(
        Command::Import,
        "Import a finished letter…",
        "Reads a finished letter (PDF, Word, web page or text) into a new draft",
    )
    .group()
    .key(CTRL, Key::I)
    .needs(&[Need::FileDialog]),
    file(
        Command::PasteLetter,
        "Paste a letter…",
        "Turns the text of a finished letter into a new draft",
    ),
    file(Command::Save, "Save", "Saves the draft")
        .group()
        .key(CTRL, Key::S)
        .edits()
        .needs(&[Need::Letter]),
    file(Command::SaveAs, "Save as…", "Saves the draft under another name")
        .key(CTRL_SHIFT, Key::S)
        .needs(&[Need::Letter, Need::FileDialog]),
    file(
        Command::Versions,
        "Versions…",
        "Shows the draft at each save and export, and restores it",
    )
    .needs(&[Need::File])
    .within(Submenu::Draft),
    file(
        Command::OpenCopy,
        "Open a copy",
        "Continues in an unsaved copy",
    )
    .needs(&[Need::File, Need::Understood])
    .within(Submenu::Draft),
    file(Command::TakeOver, "Take over", "Lets you edit a draft that is open somewhere else")
        .needs(&[Need::Letter, Need::OtherHolder])
        .within(Submenu::Draft),
    file(
        Command::Export,
        "Export…",
        "Saves the finished letter as a PDF, or as a Word document, web page, text, \
            picture or data, by the file name's ending",
    )
    .group()
    .key(CTRL, Key::E)
    .needs(&[Need::Pdf, Need::Understood, Need::FileDialog]),
    file(
        Command::Print,
        "Print…",
        "Prints the copy that is shown, with DRAFT on every page while it has errors",
    )
    .key(CTRL, Key::P)
    .needs(&[Need::Pdf, Need::Understood, Need::PrintDialog]),
    file(
        Command::ExportUnfinished,
        "Export unfinished…",
        "Saves the letter as it is, with DRAFT on every page while it has errors",
    )
    .key(CTRL_SHIFT, Key::E)
    .needs(&[Need::Pdf, Need::Understood, Need::FileDialog])
    .within(Submenu::Unfinished),
    file(
        Command::CopyLetter,
        "Copy letter",
        "Copies the whole letter, to paste into a portal, an email or a word processor",
    )
    .key(CTRL_SHIFT, Key::C)
    .needs(&[Need::Pdf, Need::Understood])
    .within(Submenu::Unfinished),
    file(
        Command::Changes,
        "Changes since the export…",
        "Shows word by word what changed since the letter was last exported or printed",
    )
    .needs(&[Need::Changes])
    .within(Submenu::Unfinished),
    file(
        Command::Finish,
        "Finish letter…",
        "Makes the letter final and read-only; only a letter that replaces it can correct it",
    )
    .group()
    .needs(&[Need::Pdf])
    .within(Submenu::Finish),
    file(
        Command::Served,
        "Served on…",
        "Records the day the final letter was served",
    )
    .needs(&[Need::FinalLetter])
    .within(Submenu::Finish),
    file(
        Command::Correct,
        "Correct this letter…",
        "Starts a draft that replaces this letter and says why",
    )
    .needs(&[Need::FinalLetter])
    .within(Submenu::Finish),
    file(
        Command::Encrypt,
        "Encrypt this draft…",
        "Protects the draft with a passphrase",
    )
    .edits()
    .needs(&[Need::Plain])
    .within(Submenu::Encryption),
    file(
        Command::ChangePassphrase,
        "Change passphrase…",
        "Protects the draft with another passphrase",
    )
    .edits()
    .needs(&[Need::Encrypted])
    .within(Submenu::Encryption),
    file(
        Command::TakeEncryptionOff,
        "Remove encryption…",
        "Saves the draft so that anyone with the file can read it",
    )
    .edits()
    .needs(&[Need::Encrypted])
    .within(Submenu::Encryption),
    file(Command::Close, "Close letter", "Goes back to the start page")
        .group()
        .key(CTRL, Key::W)
        .needs(&[Need::Letter]),
    file(Command::Quit, "Quit", "Closes Rationale")
        .key(CTRL, Key::Q)
        .needs(&[Need::NothingSending]),
    edit(Command::Undo, "Undo", "Takes back the last change")
        .key(CTRL, Key::Z)
        .edits()
        .needs(&[Need::UndoStep]),
    edit(Command::Redo, "Redo", "Makes the change again")
        .key(CTRL, Key::Y)
        .edits()
        .needs(&[Need::RedoStep]),
    edit(
        Command::Text(TextAction::Cut),
        "Cut",
        "Cuts the selected text",
    )
    .group()
    .key(CTRL, Key::X)
    .needs(&[Need::Letter]),
    edit(
        Command::Text(TextAction::Copy),
        "Copy",
        "Copies the selected text",
    )
    .key(CTRL, Key::C)
    .needs(&[Need::Letter]),
    edit(Command::Text(TextAction::Paste), "Paste", "Pastes text from the clipboard")
        .key(CTRL, Key::V)
        .needs(&[Need::Letter]),
    edit(
        Command::Text(TextAction::SelectAll),
        "Select all",
        "Selects everything in this field",
    )
    .key(CTRL, Key::A)
    .needs(&[Need::Letter]),
    edit(
        Command::DuplicateRow,
        "Duplicate",
        "Copies the item or row that the caret is in",
    )
    .group()
    .key(CTRL, Key::D)
    .edits()
    .needs(&[Need::RowAtCaret]),
    edit(Command::MoveUp, "Move up", "Moves the item or row up")
        .key(ALT, Key::ArrowUp)
        .edits()
        .needs(&[Need::RowAtCaret, Need::RoomToMove(Step::Up)]),
    edit(Command::MoveDown, "Move down", "Moves the item or row down")
        .key(ALT, Key::ArrowDown)
        .edits()
        .needs(&[Need::RowAtCaret, Need::RoomToMove(Step::Down)]),
    edit(Command::RemoveRow, "Remove", "Removes the item or row; Undo brings it back")
        .key(CTRL_SHIFT, Key::Delete)
        .edits()
        .needs(&[Need::RowAtCaret]),
    edit(Command::Find, "Find…", "Finds words in the whole letter")
        .group()
        .key(CTRL, Key::F)
        .needs(&[Need::Letter]),
    edit(
        Command::FindReplace,
        "Replace…",
        "Finds and replaces text; you see each replacement first",
    )
    .key(CTRL, Key::H)
    .needs(&[Need::Letter]),
    edit(Command::FindNext, "Find next", "Goes to the next match")
        .key(NONE, Key::F3)
        .needs(&[Need::Letter]),
    edit(
        Command::FindPrevious,
        "Find previous",
        "Goes to the previous match",
    )
    .key(SHIFT, Key::F3)
    .needs(&[Need::Letter]),
    edit(
        Command::NextProblem,
        "Next problem",
        "Goes to the next problem",
    )
    .group()
    .key(NONE, Key::F8)
    .needs(&[Need::Letter, Need::Problem]),
    edit(
        Command::PreviousProblem,
        "Previous problem",
        "Goes to the previous problem",
    )
    .key(SHIFT, Key::F8)
    .needs(&[Need::Letter, Need::Problem]),
    edit(
        Command::ShowFixes,
        "Fix…",
        "Shows fixes for the underlined text at the caret",
    )
    .key(CTRL, Key::Period)
    .needs(&[Need::Letter]),
    edit(
        Command::ToggleSpelling,
        "Check spelling",
        "Turns the spelling check on or off",
    )
    .key(NONE, Key::F7),
    edit(
        Command::ToggleTypographic,
        "Curly quotes and dashes",
        "Sets quotation marks and dashes as in print while you type; codes stay as typed",
    ),
    edit(
        Command::MatchPronouns,
        "Match pronouns to the claimant",
        "Changes he, she and the like to fit the claimant's sex; other people's pronouns stay",
    )
    .edits()
    .needs(&[Need::OtherPronouns]),
    edit(
        Command::UseNewWording,
        "Use the new wording",
        "Shows the letter in its template's current wording",
    )
    .group()
    .edits()
    .needs(&[Need::NewWording]),
    insert(
        Command::AddItem,
        "Item in dispute",
        "Adds an item after this one",
    )
    .key(CTRL, Key::Enter)
    .edits()
    .needs(&[Need::Rows(Group::Items), Need::RoomForItem]),
    insert(
        Command::AddDocument,
        "Document reviewed",
        "Adds a row to the documents reviewed",
    )
    .key(CTRL_SHIFT, Key::D)
    .edits()
    .needs(&[Need::Rows(Group::Documents)]),
    insert(Command::AddReviewer, "Reviewer", "Adds a reviewer")
        .edits()
        .needs(&[Need::Rows(Group::Reviewers)]),
    insert(
        Command::AddRecipient,
        "Recipient",
        "Adds someone who gets the letter; the served copy then has a cover",
    )
    .edits()
    .needs(&[Need::Rows(Group::Recipients)]),
    insert(
        Command::AddRequestedItems,
        "Items from requests",
        "Adds an item for each requested treatment that has none, with its body part \
            and category",
    )
    .edits()
    .needs(&[Need::Rows(Group::Items), Need::RoomForItem, Need::UndecidedRequest]),
    insert(
        Command::Cite,
        "Guideline…",
        "Shows the chapters in force; what you cite often comes first",
    )
    .key(CTRL, Key::G)
    .edits()
    .needs(&[Need::Letter, Need::GuidelineLine]),
    insert(
        Command::InsertPassage,
        "Sentence from the earlier letter",
        "Puts the marked sentence of the earlier letter at the caret and marks the next",
    )
    .group()
    .key(ALT, Key::Enter)
    .edits()
    .needs(&[Need::Letter, Need::EarlierItem]),
    insert(
        Command::AddClosing,
        "Closing sentence",
        "Ends the rationale with the sentence that fits the decision",
    )
    .key(CTRL, Key::L)
    .edits()
    .needs(&[Need::Letter, Need::OpenRationale]),
    insert(
        Command::Snippets,
        "Snippet…",
        "Offers your snippets, those that fit the item first",
    )
    .key(CTRL, Key::J)
    .edits()
    .needs(&[Need::Letter, Need::TextAtCaret]),
    insert(
        Command::NewSnippet,
        "New snippet…",
        "Makes a snippet of the selected text",
    )
    .key(CTRL_SHIFT, Key::J)
    .needs(&[Need::Letter, Need::TextAtCaret]),
    view(
        Command::Palette,
        "Find a field or command…",
        "Goes to a field, an item or a section, or runs a command, by its name",
    )
    .key(CTRL, Key::K),
    view(Command::ToggleOutline, "Outline", "Shows or hides the outline")
        .group()
        .key(CTRL, Key::Num1),
    view(Command::ToggleLetter, "Letter", "Shows or hides the letter")
        .key(CTRL, Key::Num2),
    view(
        Command::ShowCopy(LetterCopy::Served),
        "Served copy",
        "Shows, exports and prints the copy that recipients get",
    )
    .needs(&[Need::Letter]),
    view(
        Command::ShowCopy(LetterCopy::Public),
        "Public copy",
        "Shows, exports and prints the copy that is published, which names no person",
    )
    .needs(&[Need::Letter]),
    view(
        Command::ToggleEarlier,
        "Earlier letters",
        "Shows how you decided the same item before, beside the form",
    )
    .key(CTRL, Key::Num4)
    .needs(&[Need::Letter]),
    view(
        Command::ToggleSource,
        "Imported letter",
        "Shows the text that was imported, with the words of this field marked",
    )
    .key(CTRL, Key::Num5)
    .needs(&[Need::Letter, Need::Source]),
    view(
        Command::FindEarlier,
        "Find in earlier letters…",
        "Finds items of earlier letters by their words",
    )
    .key(CTRL_SHIFT, Key::F)
    .within(Submenu::Earlier)
    .needs(&[Need::Letter, Need::Folder]),
    view(
        Command::ChooseEarlier(EarlierStep::NextLetter),
        "Next earlier letter",
        "Shows the next letter found",
    )
    .key(CTRL, Key::PageDown)
    .within(Submenu::Earlier)
    .needs(&[Need::Letter, Need::EarlierItem]),
    view(
        Command::ChooseEarlier(EarlierStep::PreviousLetter),
        "Previous earlier letter",
        "Shows the letter before",
    )
    .key(CTRL, Key::PageUp)
    .within(Submenu::Earlier)
    .needs(&[Need::Letter, Need::EarlierItem]),
    view(
        Command::ChooseEarlier(EarlierStep::NextPassage),
        "Next sentence",
        "Marks the earlier letter's next sentence",
    )
    .key(ALT, Key::PageDown)
    .within(Submenu::Earlier)
    .needs(&[Need::Letter, Need::EarlierItem]),
    view(
        Command::ChooseEarlier(EarlierStep::PreviousPassage),
        "Previous sentence",
        "Marks the sentence before",
    )
    .key(ALT, Key::PageUp)
    .within(Submenu::Earlier)
    .needs(&[Need::Letter, Need::EarlierItem]),
    view(
        Command::AddFolder,
        "Add a folder of letters…",
        "Lists and searches the letters in a folder and the folders in it",
    )
    .within(Submenu::Earlier)
    .needs(&[Need::FileDialog]),
    view(
        Command::ReadFolders,
        "Read your letters again",
        "Updates the search with what is in your folders",
    )
    .within(Submenu::Earlier)
    .needs(&[Need::Folder]),
    view(Command::ToggleProblems, "Problems", "Shows or hides the list of problems")
        .key(CTRL, Key::Num3),
    view(Command::ZoomIn, "Larger", "Makes everything larger")
        .group()
        .key(CTRL, Key::Plus)
        .needs(&[Need::RoomToZoomIn]),
    view(Command::ZoomOut, "Smaller", "Makes everything smaller")
        .key(CTRL, Key::Minus)
        .needs(&[Need::RoomToZoomOut]),
    view(Command::ZoomReset, "Actual size", "Makes everything its normal size")
        .key(CTRL, Key::Num0),
    view(Command::SetTheme(Theme::Light), "Light", "Dark text on a light background")
        .group()
        .within(Submenu::Appearance),
    view(Command::SetTheme(Theme::Dark), "Dark", "Light text on a dark background")
        .within(Submenu::Appearance),
    view(
        Command::SetTheme(Theme::System),
        "Match system",
        "Light or dark, like your desktop",
    )
    .within(Submenu::Appearance),
    view(
        Command::ToggleHighContrast,
        "High contrast",
        "Shows stronger colors and edges, in the light and in the dark look",
    )
    .within(Submenu::Appearance),
    view(
        Command::ToggleReduceMotion,
        "Reduce motion",
        "Moves the page at once when you turn the wheel, without gliding",
    )
    .within(Submenu::Appearance),
    view(
        Command::ToggleDimPage,
        "Dim the page when dark",
        "Shows the letter on a darker page while the window is dark",
    )
    .within(Submenu::Appearance),
    view(
        Command::Settings,
        "Settings…",
        "Changes the appearance and privacy, and shows your own templates and tables",
    )
    .group()
    .key(CTRL, Key::Comma),
    view(
        Command::OpenUserFolder(UserFolder::Templates),
        "Templates folder",
        "Opens the folder with your own templates",
    )
    .within(Submenu::Folders),
    view(
        Command::OpenUserFolder(UserFolder::Tables),
        "Tables folder",
        "Opens the folder with your own tables",
    )
    .within(Submenu::Folders),
    help(
        Command::Help,
        "Help and shortcuts",
        "Explains how to write a letter, and lists every shortcut",
    )
    .key(NONE, Key::F1),
    help(
        Command::About,
        "About Rationale",
        "Shows the version, the licenses and where your files are",
    ),
];

/// The row of a command, if it can be chosen by name.
pub fn row(command: &Command) -> Option<&'static CommandRow> {
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
