//! The keys of commands: those of the table, or those that the person chose instead.

use std::collections::BTreeMap;
use std::sync::Arc;

use eframe::egui::{Context, Id, Key, KeyboardShortcut, ModifierNames, Modifiers};

use super::entry::{ALT, CTRL, CTRL_SHIFT, NONE};
use super::{COMMANDS, Command, CommandRow, Menu};

/// Keys that people press for a command besides its own.
pub const ALSO: [(KeyboardShortcut, Command); 2] = [
    (KeyboardShortcut::new(CTRL_SHIFT, Key::Z), Command::Redo),
    (KeyboardShortcut::new(CTRL, Key::Equals), Command::ZoomIn),
];

/// Keys that the system or the menus use.
const TAKEN: [(KeyboardShortcut, &str); 2] = [
    (KeyboardShortcut::new(NONE, Key::F10), "F10 opens the menus"),
    (KeyboardShortcut::new(ALT, Key::F4), "Alt+F4 closes the window"),
];

/// Keys that move, type or delete in a text even while Ctrl or Alt is held.
const TEXT_KEYS: [Key; 11] = [
    Key::ArrowLeft,
    Key::ArrowRight,
    Key::ArrowUp,
    Key::ArrowDown,
    Key::Home,
    Key::End,
    Key::Backspace,
    Key::Delete,
    Key::Insert,
    Key::Tab,
    Key::Space,
];

/// What the person chose, by the commands' names: other keys, or none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shortcuts {
    chosen: BTreeMap<String, Option<KeyboardShortcut>>,
}

impl Shortcuts {
    /// As the settings have them; what is no key, or cannot be used, is left out.
    pub fn new(settings: &BTreeMap<String, String>) -> Self {
        let mut chosen = BTreeMap::new();
        for (label, text) in settings {
            let keys = read(text);
            if text.is_empty() || keys.is_some_and(|keys| fault(keys).is_none()) {
                chosen.insert(label.clone(), keys);
            }
        }
        Self { chosen }
    }

    /// Those that the window is set to.
    pub fn of_window(ctx: &Context) -> Arc<Self> {
        ctx.data(|data| data.get_temp(memory_id())).unwrap_or_default()
    }

    pub fn set_window(self, ctx: &Context) {
        ctx.data_mut(|data| data.insert_temp(memory_id(), Arc::new(self)));
    }

    pub fn of(&self, row: &CommandRow) -> Option<KeyboardShortcut> {
        match self.chosen.get(row.label) {
            Some(keys) => *keys,
            None => row.shortcut,
        }
    }

    pub fn is_changed(&self, row: &CommandRow) -> bool {
        self.chosen.contains_key(row.label)
    }

    /// Why a command cannot have these keys.
    pub fn refusal(&self, row: &CommandRow, keys: KeyboardShortcut) -> Option<String> {
        if let Some(fault) = fault(keys) {
            return Some(fault.to_owned());
        }
        let mut holders = COMMANDS.iter().filter(|other| self.of(other) == Some(keys));
        if let Some(holder) = holders.find(|other| other.label != row.label) {
            return Some(in_use(keys, holder.label));
        }
        let mut also = ALSO.iter().filter(|(other, _)| *other == keys);
        also.find(|(_, command)| *command != row.command)
            .and_then(|(_, command)| super::row(command))
            .map(|holder| in_use(keys, holder.label))
    }

    /// Words that name keys of the table, with the person's own instead.
    pub fn in_words(&self, words: &str) -> String {
        if self.chosen.is_empty() {
            return words.to_owned();
        }
        let mut changed = String::new();
        let is_of_keys = |letter: char| letter.is_alphanumeric() || letter == '+';
        let mut rest = words;
        while let Some(start) = rest.find(is_of_keys) {
            let (before, from) = rest.split_at(start);
            let end = from.find(|letter| !is_of_keys(letter)).unwrap_or(from.len());
            let (token, after) = from.split_at(end);
            changed += before;
            changed += &self.instead_of(token).unwrap_or_else(|| token.to_owned());
            rest = after;
        }
        changed + rest
    }

    /// What is pressed instead of these keys of the table, if they are some.
    fn instead_of(&self, token: &str) -> Option<String> {
        let is_meant =
            |row: &&CommandRow| row.shortcut.map(write).as_deref() == Some(token);
        let row = COMMANDS.iter().find(is_meant)?;
        Some(match self.of(row) {
            Some(keys) => write(keys),
            None => "no shortcut".to_owned(),
        })
    }
}

fn memory_id() -> Id {
    Id::unique("shortcuts")
}

/// The keys of a command as this system writes them; empty where it has none.
pub fn shortcut_text(ctx: &Context, row: &CommandRow) -> String {
    match Shortcuts::of_window(ctx).of(row) {
        Some(keys) => ctx.format_shortcut(&keys),
        None => String::new(),
    }
}

/// A hint that names keys of the table, with the person's own instead.
pub fn in_words(ctx: &Context, words: &str) -> String {
    Shortcuts::of_window(ctx).in_words(words)
}

/// Keys as settings keep them, the same on every system.
pub fn write(keys: KeyboardShortcut) -> String {
    keys.format(&ModifierNames::NAMES, false)
}

fn read(text: &str) -> Option<KeyboardShortcut> {
    let mut modifiers = NONE;
    let mut rest = text;
    while let Some((name, after)) = rest.split_once('+') {
        modifiers = modifiers.plus(match name {
            "Ctrl" => CTRL,
            "Alt" => ALT,
            "Shift" => Modifiers::SHIFT,
            _ => return None,
        });
        rest = after;
    }
    Some(KeyboardShortcut::new(modifiers, Key::from_name(rest)?))
}

/// Keys that were pressed, as the table writes them.
pub fn pressed(modifiers: Modifiers, key: Key) -> KeyboardShortcut {
    let Modifiers { alt, shift, command, .. } = modifiers;
    KeyboardShortcut::new(Modifiers { alt, shift, command, ..NONE }, key)
}

fn in_use(keys: KeyboardShortcut, label: &str) -> String {
    let label = label.trim_end_matches('…');
    format!("{} is used for \"{label}\". Change that one first", write(keys))
}

/// Why no command can have these keys.
fn fault(keys: KeyboardShortcut) -> Option<&'static str> {
    let KeyboardShortcut { modifiers, logical_key: key } = keys;
    if let Some((_, why)) = TAKEN.iter().find(|(taken, _)| *taken == keys) {
        return Some(why);
    }
    if (Key::F1..=Key::F35).contains(&key) {
        return None;
    }
    if modifiers.command == modifiers.alt {
        // On many keyboards Ctrl and Alt together type signs.
        return Some("These keys can type text. Hold Ctrl or Alt, or use a function key");
    }
    if modifiers == ALT && Menu::ALL.iter().any(|menu| menu.key() == key) {
        return Some("Alt and this letter open a menu");
    }
    if cfg!(target_os = "macos") && modifiers.alt && key.name().len() == 1 {
        return Some("These keys can type text. Hold Cmd, or use a function key");
    }
    let is_own = COMMANDS.iter().any(|row| row.shortcut == Some(keys));
    let is_text = TEXT_KEYS.contains(&key) || key == Key::Escape;
    (is_text && !is_own).then_some("These keys move or change the text that you are in")
}

#[cfg(test)]
mod tests {
    use super::super::row;
    use super::*;

    fn chosen(keys: &[(&str, &str)]) -> Shortcuts {
        let owned = |(label, keys): &(&str, &str)| ((*label).into(), (*keys).into());
        Shortcuts::new(&keys.iter().map(owned).collect())
    }

    fn save() -> &'static CommandRow {
        row(&Command::Save).unwrap()
    }

    #[test]
    fn the_keys_of_every_command_are_read_as_they_are_written_and_can_be_used() {
        for row in COMMANDS {
            let Some(keys) = row.shortcut else { continue };
            assert_eq!(read(&write(keys)), Some(keys), "{}", row.label);
            let is_for_text = matches!(row.command, Command::Text(_));
            assert!(is_for_text || fault(keys).is_none(), "{}", row.label);
        }
    }

    #[test]
    fn keys_that_type_or_are_taken_are_refused() {
        let none = Shortcuts::default();
        for (keys, why) in [
            ("A", "type text"),
            ("Shift+A", "type text"),
            ("Ctrl+Alt+Q", "type text"),
            ("Enter", "type text"),
            ("Ctrl+Left", "text that you are in"),
            ("Ctrl+Delete", "text that you are in"),
            ("Ctrl+Tab", "text that you are in"),
            ("Alt+F", "open a menu"),
            ("F10", "opens the menus"),
            ("Ctrl+E", "Export"),
            ("Ctrl+C", "Copy"),
            ("Ctrl+Shift+Z", "Redo"),
        ] {
            let refusal = none.refusal(save(), read(keys).unwrap());
            assert!(refusal.is_some_and(|words| words.contains(why)), "{keys}");
        }
        for keys in ["F2", "Ctrl+S", "Ctrl+Shift+Q", "Alt+S", "Shift+F5", "Alt+F11"] {
            assert_eq!(none.refusal(save(), read(keys).unwrap()), None, "{keys}");
        }
    }

    #[test]
    fn keys_that_were_given_up_are_free_for_another_command() {
        let moved = chosen(&[("Export…", "F2")]);
        let keys = read("Ctrl+E").unwrap();
        assert_eq!(moved.refusal(save(), keys), None);
        let taken = moved.refusal(save(), read("F2").unwrap()).unwrap();
        assert!(taken.contains("Export\""), "{taken}");
    }

    #[test]
    fn settings_that_name_no_keys_leave_the_table_as_it_is() {
        let odd = chosen(&[("Save", "Hyper+Q"), ("Export…", "B"), ("Print…", "")]);
        assert_eq!(odd.of(save()), save().shortcut);
        let export = row(&Command::Export).unwrap();
        assert_eq!(odd.of(export), export.shortcut);
        assert_eq!(odd.of(row(&Command::Print).unwrap()), None);
    }

    #[test]
    fn words_name_the_keys_that_were_chosen() {
        let moved = chosen(&[("Save", "F2"), ("Next problem", "")]);
        assert_eq!(
            moved.in_words("Ctrl+S saves (Ctrl+Shift+S: as). F8, Shift+F8"),
            "F2 saves (Ctrl+Shift+S: as). no shortcut, Shift+F8"
        );
    }
}
