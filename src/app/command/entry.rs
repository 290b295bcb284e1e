//! What a row of the table of commands says, and how rows are written.

use eframe::egui::{Key, KeyboardShortcut, Modifiers};

use super::{Command, Need};

/// Where in the menu bar a command is.
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

    /// The key that opens it, with Alt: its first letter.
    pub fn key(self) -> Key {
        match self {
            Self::File => Key::F,
            Self::Edit => Key::E,
            Self::Insert => Key::I,
            Self::View => Key::V,
            Self::Help => Key::H,
        }
    }
}

/// A menu in a menu, for what is seldom wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Submenu {
    Draft,
    Unfinished,
    Finish,
    Encryption,
    Appearance,
    Earlier,
    Folders,
}

impl Submenu {
    pub fn label(self) -> &'static str {
        match self {
            Self::Draft => "This draft",
            Self::Unfinished => "More ways to export",
            Self::Finish => "Finish and serve",
            Self::Encryption => "Encryption",
            Self::Appearance => "Appearance",
            Self::Earlier => "Search earlier letters",
            Self::Folders => "Your own files",
        }
    }
}

/// One row of the table.
pub struct CommandRow {
    pub command: Command,
    pub menu: Menu,
    /// Begins a group of its menu, set off by a line.
    pub begins_group: bool,
    /// Stands in this menu within its menu.
    pub submenu: Option<Submenu>,
    pub label: &'static str,
    /// What it does, in a sentence without a full stop.
    pub hint: &'static str,
    pub shortcut: Option<KeyboardShortcut>,
    /// Changes the letter or its file, so that a read-only draft refuses it.
    pub edits: bool,
    /// What has to be there; the first that is not is why it is refused.
    pub needs: &'static [Need],
}

pub(super) const NONE: Modifiers = Modifiers::NONE;
pub(super) const CTRL: Modifiers = Modifiers::COMMAND;
pub(super) const ALT: Modifiers = Modifiers::ALT;
pub(super) const SHIFT: Modifiers = Modifiers::SHIFT;
pub(super) const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

pub(super) const fn entry(
    menu: Menu,
    command: Command,
    label: &'static str,
    hint: &'static str,
) -> CommandRow {
    CommandRow {
        command,
        menu,
        begins_group: false,
        submenu: None,
        label,
        hint,
        shortcut: None,
        edits: false,
        needs: &[],
    }
}

pub(super) const fn file(
    command: Command,
    label: &'static str,
    hint: &'static str,
) -> CommandRow {
    entry(Menu::File, command, label, hint)
}

pub(super) const fn edit(
    command: Command,
    label: &'static str,
    hint: &'static str,
) -> CommandRow {
    entry(Menu::Edit, command, label, hint)
}

pub(super) const fn insert(
    command: Command,
    label: &'static str,
    hint: &'static str,
) -> CommandRow {
    entry(Menu::Insert, command, label, hint)
}

pub(super) const fn view(
    command: Command,
    label: &'static str,
    hint: &'static str,
) -> CommandRow {
    entry(Menu::View, command, label, hint)
}

pub(super) const fn help(
    command: Command,
    label: &'static str,
    hint: &'static str,
) -> CommandRow {
    entry(Menu::Help, command, label, hint)
}

impl CommandRow {
    pub(super) const fn key(mut self, modifiers: Modifiers, key: Key) -> Self {
        self.shortcut = Some(KeyboardShortcut::new(modifiers, key));
        self
    }

    pub(super) const fn group(mut self) -> Self {
        self.begins_group = true;
        self
    }

    pub(super) const fn within(mut self, submenu: Submenu) -> Self {
        self.submenu = Some(submenu);
        self
    }

    pub(super) const fn edits(mut self) -> Self {
        self.edits = true;
        self
    }

    pub(super) const fn needs(mut self, needs: &'static [Need]) -> Self {
        self.needs = needs;
        self
    }
}
