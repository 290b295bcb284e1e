//! The box that is open over the window, with what is typed into it: one at a time, so
//! that what is typed is gone with its box.

use std::mem;

use super::{Desk, GuidelineBox, PassphraseBox, PrintBox, Prompt, Question};
use crate::app::job::{Ask, ListedVersion};
use crate::app::snippets::Snippet;
use crate::diagnostic::Diagnostic;

/// A box over the window.
pub enum DialogBox {
    Question(Question),
    Path(PathBox),
    Print(PrintBox),
    Passphrase(PassphraseBox),
    Versions(VersionsBox),
    OverrideReason(OverrideBox),
    Prompt(PromptBox),
    Palette(PaletteInput),
    Settings(Box<SettingsBox>),
    Help,
    About,
    /// A snippet is chosen.
    Snippets(PaletteInput),
    /// A snippet is made.
    NewSnippet(SnippetBox),
    /// A guideline is cited.
    Guidelines(GuidelineBox),
    /// A finished letter that is being pasted.
    Paste(String),
}

/// The own box for a path, where the system has no dialog.
pub struct PathBox {
    pub ask: Ask,
    pub text: String,
}

/// The versions of the open draft.
pub struct VersionsBox {
    pub versions: Vec<ListedVersion>,
    /// The place of the one that is looked at.
    pub chosen: usize,
}

/// Why a finding is overridden.
pub struct OverrideBox {
    pub found: Diagnostic,
    pub reason: String,
}

/// A line of words that is asked for.
pub struct PromptBox {
    pub prompt: Prompt,
    pub answer: String,
}

/// What is being changed in the settings.
#[derive(Default)]
pub struct SettingsBox {
    pub profiles: RowBeingEdited,
    pub snippets: RowBeingEdited,
    pub citations: RowBeingEdited,
    pub lists: ListsBeingEdited,
    pub shortcuts: ShortcutsBeingEdited,
}

/// The lists of the program's tables as they are looked at.
#[derive(Default)]
pub struct ListsBeingEdited {
    /// Which list, counted as they are offered.
    pub kind: usize,
    pub rows: RowBeingEdited,
    pub search: String,
    /// The names of the program's own rows of that list, once they were read.
    pub built_in: Option<Vec<String>>,
}

/// The list of shortcuts as it is looked at.
#[derive(Default)]
pub struct ShortcutsBeingEdited {
    pub search: String,
    /// The name of the command whose new keys are waited for.
    pub choosing: Option<&'static str>,
    /// The name of the command whose new keys were refused, and why.
    pub refused: Option<(&'static str, String)>,
}

/// The row of a list that is open, and what is being typed into its own lists.
#[derive(Default)]
pub struct RowBeingEdited {
    pub chosen: Option<usize>,
    pub adding: [String; 2],
}

/// A snippet that is made of what was selected.
pub struct SnippetBox {
    pub snippet: Snippet,
    /// What is being typed into its lists.
    pub adding: [String; 2],
    /// Why it cannot be kept.
    pub fault: &'static str,
}

/// What is typed to find a command, and which line of what fits is chosen.
#[derive(Default)]
pub struct PaletteInput {
    pub text: String,
    pub chosen: usize,
}

impl DialogBox {
    /// Whether an answer is wanted. The others are only looked at, and close by
    /// themselves.
    fn is_asking(&self) -> bool {
        !matches!(
            self,
            Self::Palette(_)
                | Self::Settings(_)
                | Self::Help
                | Self::About
                | Self::Paste(_)
                | Self::Snippets(_)
                | Self::NewSnippet(_)
                | Self::Guidelines(_)
        )
    }
}

impl Desk {
    /// Opens a box. A question replaces another one; what it covers comes back once it is
    /// answered.
    pub fn open_dialog(&mut self, dialog: DialogBox) {
        let Some(before) = self.dialog.take() else {
            self.dialog = Some(dialog);
            return;
        };
        let is_replaced = matches!(before, DialogBox::Question(_))
            || mem::discriminant(&before) == mem::discriminant(&dialog);
        if !is_replaced {
            self.covered = Some(before);
        }
        self.dialog = Some(dialog);
    }

    /// Closes the box that is open, with what was typed into it.
    pub fn close_dialog(&mut self) {
        let closed = self.dialog.take();
        self.dialog = self.covered.take();
        if let Some(DialogBox::Passphrase(closed)) = closed {
            self.passphrase_box_closed(&closed);
        }
    }

    /// Closes what is asked; nothing happens.
    pub(super) fn cancel(&mut self) {
        self.then = None;
        self.theirs = None;
        while self.dialog.as_ref().is_some_and(DialogBox::is_asking) {
            self.close_dialog();
        }
    }

    /// Whether the next keys are those that a command is to have.
    pub fn is_choosing_shortcut(&self) -> bool {
        matches!(&self.dialog, Some(DialogBox::Settings(open))
            if open.shortcuts.choosing.is_some())
    }

    pub fn question(&self) -> Option<&Question> {
        match &self.dialog {
            Some(DialogBox::Question(question)) => Some(question),
            _ => None,
        }
    }

    pub fn passphrase_box(&self) -> Option<&PassphraseBox> {
        match &self.dialog {
            Some(DialogBox::Passphrase(asking)) => Some(asking),
            _ => None,
        }
    }

    pub fn versions(&self) -> Option<&[ListedVersion]> {
        match &self.dialog {
            Some(DialogBox::Versions(open)) => Some(&open.versions),
            _ => None,
        }
    }
}
