//! The keys of every command, each of which can be changed.

use egui::{Button, Event, EventFilter, Id, Key, KeyboardShortcut, Modifiers, Ui};

use super::section;
use crate::app::command::{
    COMMANDS, Command, CommandRow, Menu, Shortcuts, pressed, shortcut_text, write,
};
use crate::app::desk::ShortcutsBeingEdited;
use crate::app::theme::{self, palette};
use crate::app::view::{dialog, text};
use crate::app::widgets::quiet;

/// How wide the keys are, and the button beside those that were changed.
const KEYS: f32 = 190.0;
const RESET: f32 = 64.0;

pub(super) fn show(
    ui: &mut Ui,
    open: &mut ShortcutsBeingEdited,
    commands: &mut Vec<Command>,
) {
    quiet(
        ui,
        "Press a shortcut, then the new keys. Delete leaves the command without a \
            shortcut, Escape leaves it as it is.",
    );
    ui.add_space(4.0);
    let width = ui.available_width();
    let id = Id::unique("shortcut search");
    let search = text::sized_line(ui, id, &mut open.search, width, "Find a command");
    dialog::name(&search, "Find a command");
    let wanted = open.search.to_lowercase();
    let shortcuts = Shortcuts::of_window(ui.ctx());
    let (mut is_empty, mut is_changed) = (true, false);
    for menu in Menu::ALL {
        let mut is_first = true;
        for row in COMMANDS.iter().filter(|row| row.menu == menu) {
            is_changed |= shortcuts.is_changed(row);
            let keys = shortcut_text(ui.ctx(), row);
            let words = format!("{} {} {keys}", menu.label(), row.label).to_lowercase();
            if !wanted.split_whitespace().all(|part| words.contains(part)) {
                continue;
            }
            if std::mem::take(&mut is_first) {
                section(ui, menu.label());
            }
            is_empty = false;
            line(ui, row, &shortcuts, open, commands);
        }
    }
    if is_empty {
        quiet(ui, "No command has this name");
    }
    ui.add_space(10.0);
    if ui
        .add_enabled(is_changed, Button::new("Reset all shortcuts"))
        .clicked()
    {
        open.refused = None;
        commands.push(Command::ResetShortcuts);
    }
}

/// A command, its keys, and under them why others were refused.
fn line(
    ui: &mut Ui,
    row: &CommandRow,
    shortcuts: &Shortcuts,
    open: &mut ShortcutsBeingEdited,
    commands: &mut Vec<Command>,
) {
    let name = row.label.trim_end_matches('…');
    ui.horizontal(|ui| {
        let room = ui.available_width() - KEYS - RESET - 16.0;
        super::column(ui, room, name).on_hover_text(row.hint);
        // A text has these keys for itself.
        if matches!(row.command, Command::Text(_)) {
            let keys = shortcut_text(ui.ctx(), row);
            let words = egui::RichText::new(keys).color(palette(ui).quiet);
            let fixed = ui.add_sized([KEYS, 26.0], egui::Label::new(words));
            fixed.on_hover_text("These keys cannot be changed");
            return;
        }
        keys_button(ui, row, shortcuts, open, commands);
        if shortcuts.is_changed(row) {
            let reset = ui.add_sized([RESET, 26.0], Button::new("Reset").small());
            dialog::name(&reset, &format!("Reset the shortcut of {name}"));
            if reset.clicked() {
                let refusal = row.shortcut.and_then(|keys| shortcuts.refusal(row, keys));
                if refusal.is_none() {
                    commands.push(Command::SetShortcut(row.label, None));
                }
                open.refused = refusal.map(|why| (row.label, why));
            }
        }
    });
    if let Some((refused, why)) = &open.refused
        && *refused == row.label
    {
        let words = egui::RichText::new(why).font(theme::help()).color(palette(ui).error);
        let told = ui.add(egui::Label::new(words).wrap());
        told.ctx.accesskit_node_builder(told.id, |node| {
            node.set_live(egui::accesskit::Live::Polite);
        });
    }
}

fn keys_button(
    ui: &mut Ui,
    row: &CommandRow,
    shortcuts: &Shortcuts,
    open: &mut ShortcutsBeingEdited,
    commands: &mut Vec<Command>,
) {
    let keys = shortcut_text(ui.ctx(), row);
    let is_waiting = open.choosing == Some(row.label);
    let shown = match (is_waiting, keys.as_str()) {
        (true, _) => "Press the new keys",
        (false, "") => "None",
        (false, keys) => keys,
    };
    let mut button = Button::new(shown);
    if is_waiting {
        button = button.fill(palette(ui).tint);
    } else if shortcuts.is_changed(row) {
        button = Button::new(egui::RichText::new(shown).font(theme::semibold(15.0)));
    }
    let button = ui.add_sized([KEYS, 26.0], button);
    let spoken = format!("Shortcut of {}: {shown}", row.label.trim_end_matches('…'));
    dialog::name(&button, &spoken);
    if button.clicked() {
        button.request_focus();
        open.choosing = Some(row.label);
        open.refused = None;
        return;
    }
    if !is_waiting {
        return;
    }
    if !button.has_focus() {
        open.choosing = None;
        return;
    }
    // Tab, the arrows and Escape come here too.
    let all = EventFilter {
        tab: true,
        horizontal_arrows: true,
        vertical_arrows: true,
        escape: true,
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(button.id, all));
    if let Some((modifiers, key)) = take_keys(ui) {
        choose(row, shortcuts, pressed(modifiers, key), open, commands);
    }
}

/// Gives a command the keys that were pressed, or says why it cannot have them.
fn choose(
    row: &CommandRow,
    shortcuts: &Shortcuts,
    keys: KeyboardShortcut,
    open: &mut ShortcutsBeingEdited,
    commands: &mut Vec<Command>,
) {
    open.choosing = None;
    match keys.logical_key {
        Key::Escape if keys.modifiers.is_none() => return,
        Key::Delete | Key::Backspace if keys.modifiers.is_none() => {
            return commands.push(Command::SetShortcut(row.label, Some(String::new())));
        }
        _ => {}
    }
    let Some(why) = shortcuts.refusal(row, keys) else {
        let keys = if row.shortcut == Some(keys) { None } else { Some(write(keys)) };
        return commands.push(Command::SetShortcut(row.label, keys));
    };
    open.choosing = Some(row.label);
    open.refused = Some((row.label, why));
}

/// The keys that were pressed, which nothing else sees then; Ctrl and its like alone are
/// not yet some.
fn take_keys(ui: &Ui) -> Option<(Modifiers, Key)> {
    ui.input_mut(|input| {
        let mut taken = None;
        input.events.retain(|event| {
            let keys =
                match event {
                    Event::Copy => (Modifiers::COMMAND, Key::C),
                    Event::Cut => (Modifiers::COMMAND, Key::X),
                    Event::Paste(_) => (Modifiers::COMMAND, Key::V),
                    Event::Key {
                        key, pressed: true, repeat: false, modifiers, ..
                    } if !is_modifier(*key) => (*modifiers, *key),
                    _ => return true,
                };
            taken = Some(keys);
            false
        });
        taken
    })
}

fn is_modifier(key: Key) -> bool {
    let name = key.name();
    ["Shift", "Control", "Alt", "Super"].iter().any(|start| {
        name.strip_prefix(start)
            .is_some_and(|side| side == "Left" || side == "Right")
    }) || key == Key::CapsLock
        || key == Key::NumLock
}
