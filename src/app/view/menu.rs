//! The bar at the top: menus and tools, drawn from the command table.

use egui::containers::menu::{MenuBar, MenuButton};
use egui::{Button, Label, RichText, Ui};

use crate::app::command::{COMMANDS, Command, CommandRow, Menu, row};
use crate::app::desk::Desk;
use crate::app::theme::{self, palette};

/// Below this there is no room for tools beside the menus.
const TOOLS_FIT: f32 = 960.0;

/// Draws the bar.
pub(super) fn show(ui: &mut Ui, desk: &Desk, commands: &mut Vec<Command>) {
    let width = ui.available_width();
    MenuBar::new().ui(ui, |ui| {
        for menu in Menu::ALL {
            MenuButton::new(menu.label()).ui(ui, |ui| entries(ui, desk, menu, commands));
        }
        if width >= TOOLS_FIT {
            ui.separator();
            for entry in COMMANDS {
                tool(ui, desk, entry, commands);
            }
        }
        title(ui, desk, commands);
    });
}

fn entries(ui: &mut Ui, desk: &Desk, menu: Menu, commands: &mut Vec<Command>) {
    ui.set_min_width(220.0);
    for entry in COMMANDS.iter().filter(|entry| entry.menu == menu) {
        if entry.begins_group {
            ui.separator();
        }
        if button(ui, desk, entry, entry.label).clicked() {
            commands.push(entry.command.clone());
            ui.close();
        }
        if entry.command == Command::Open {
            recent(ui, desk, commands);
        }
    }
}

fn recent(ui: &mut Ui, desk: &Desk, commands: &mut Vec<Command>) {
    if desk.settings.recent.is_empty() {
        return;
    }
    ui.menu_button("Open recent", |ui| {
        for path in &desk.settings.recent {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let name = if desk.is_known_sealed(path) {
                format!("{name}  (encrypted)").into()
            } else {
                name
            };
            if ui.button(name).on_hover_text(path.display().to_string()).clicked() {
                commands.push(Command::OpenFile(path.clone()));
                ui.close();
            }
        }
    });
}

/// A button for a command: its shortcut beside it, its hint or why it cannot be run as
/// its tooltip.
fn button(ui: &mut Ui, desk: &Desk, entry: &CommandRow, words: &str) -> egui::Response {
    let refusal = desk.refusal(&entry.command);
    let button = Button::new(words).shortcut_text(shortcut_text(ui, entry));
    let response = ui.add_enabled(refusal.is_none(), button);
    let hint = refusal.unwrap_or_else(|| entry.hint.to_owned());
    response.on_hover_text(&hint).on_disabled_hover_text(&hint)
}

/// The keys of a command as this system writes them; empty where it has none.
pub(super) fn shortcut_text(ui: &Ui, entry: &CommandRow) -> String {
    match &entry.shortcut {
        Some(shortcut) => ui.ctx().format_shortcut(shortcut),
        None => String::new(),
    }
}

fn tool(ui: &mut Ui, desk: &Desk, entry: &CommandRow, commands: &mut Vec<Command>) {
    let Some(word) = entry.tool else { return };
    let refusal = desk.refusal(&entry.command);
    let is_enabled = refusal.is_none();
    let hint = match refusal {
        Some(refusal) => refusal,
        None => format!("{} ({})", entry.hint, shortcut_text(ui, entry)),
    };
    let button =
        Button::new(RichText::new(word).font(theme::help())).frame_when_inactive(false);
    let response = ui.add_enabled(is_enabled, button);
    response.ctx.accesskit_node_builder(response.id, |node| {
        node.set_label(format!("Tool: {word}"));
    });
    if response.on_hover_text(&hint).on_disabled_hover_text(&hint).clicked() {
        commands.push(entry.command.clone());
    }
}

/// The case at the right, and the way to all commands.
fn title(ui: &mut Ui, desk: &Desk, commands: &mut Vec<Command>) {
    let title = desk.title();
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        if let Some(entry) = row(&Command::Palette) {
            let words = RichText::new(shortcut_text(ui, entry))
                .font(theme::help())
                .color(palette(ui).quiet);
            let response = ui
                .add(Button::new(words).frame_when_inactive(false))
                .on_hover_text(entry.hint);
            response
                .ctx
                .accesskit_node_builder(response.id, |node| node.set_label(entry.label));
            if response.clicked() {
                commands.push(Command::Palette);
            }
        }
        ui.add(Label::new(RichText::new(title).font(theme::semibold(14.0))).truncate());
    });
}
