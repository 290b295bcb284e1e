//! The versions of the open draft: a list of when, and beside it what differs from the
//! letter now, word by word.

use egui::{Button, ScrollArea, Ui};

use super::dialog::{dialog_frame, focus_if_none};
use super::question;
use crate::app::command::Command;
use crate::app::desk::{Desk, VersionsBox};
use crate::app::job::ListedVersion;
use crate::app::widgets::{count, main_button, quiet};

const LIST_WIDTH: f32 = 240.0;
const CHANGES_WIDTH: f32 = 560.0;

/// Draws the box.
pub(super) fn show(
    ui: &Ui,
    desk: &Desk,
    open: &mut VersionsBox,
    commands: &mut Vec<Command>,
) {
    let (title, width) = ("Versions of this draft", LIST_WIDTH + CHANGES_WIDTH);
    let modal = dialog_frame(ui, "versions", width, title, |ui| {
        quiet(
            ui,
            "Struck-through text is only in this version, underlined text only in the \
                letter now",
        );
        ui.add_space(8.0);
        let height = (ui.ctx().content_rect().height() - 260.0).clamp(120.0, 420.0);
        ui.horizontal_top(|ui| {
            ui.vertical(|ui| list(ui, desk, open, height));
            ui.add_space(12.0);
            ui.vertical(|ui| chosen(ui, open.versions.get(open.chosen), height));
        });
        ui.add_space(12.0);
        let version = open.versions.get(open.chosen);
        ui.horizontal(|ui| answers(ui, desk, version, commands));
    });
    if modal.should_close() {
        commands.push(Command::Cancel);
    }
}

fn list(ui: &mut Ui, desk: &Desk, open: &mut VersionsBox, height: f32) {
    let area = ScrollArea::vertical().id_salt("versions list").max_height(height);
    area.show(ui, |ui| {
        ui.set_width(LIST_WIDTH - 24.0);
        for (place, version) in open.versions.iter().enumerate() {
            let is_chosen = place == open.chosen;
            let button = Button::selectable(is_chosen, line(desk, version));
            let response = ui.add_sized([LIST_WIDTH - 24.0, 40.0], button);
            if is_chosen {
                focus_if_none(ui, &response);
            }
            if response.clicked() {
                open.chosen = place;
            }
        }
    });
}

fn line(desk: &Desk, version: &ListedVersion) -> String {
    let when = desk.local(version.at).strftime("%B %-d, %H:%M:%S");
    format!("{when}, {}\n{}", version.occasion, difference(version))
}

fn difference(version: &ListedVersion) -> String {
    match (&version.letter, version.words) {
        (Err(_), _) => "Could not be read".to_owned(),
        (Ok(_), 0) => "Same text as now".to_owned(),
        (Ok(_), 1) => "1 word differs".to_owned(),
        (Ok(_), words) => format!("{} differ", count(words, "word")),
    }
}

fn chosen(ui: &mut Ui, version: Option<&ListedVersion>, height: f32) {
    ui.set_width(CHANGES_WIDTH - 24.0);
    match version {
        Some(ListedVersion { letter: Err(reason), .. }) => _ = quiet(ui, reason),
        Some(version) if !version.changes.is_empty() => {
            question::changes(ui, &version.changes, height);
        }
        Some(version) => _ = quiet(ui, difference(version)),
        None => {}
    }
}

fn answers(
    ui: &mut Ui,
    desk: &Desk,
    version: Option<&ListedVersion>,
    commands: &mut Vec<Command>,
) {
    let restore = match version {
        Some(version) if version.letter.is_ok() && !version.changes.is_empty() => {
            Some(Command::RestoreVersion(version.at))
        }
        _ => None,
    };
    let refusal = match &restore {
        Some(command) => desk.refusal(command),
        None => Some("There is nothing to restore".into()),
    };
    ui.add_enabled_ui(refusal.is_none(), |ui| {
        let response = main_button(ui, "Restore")
            .on_hover_text("Puts this version in the form; Undo takes it back")
            .on_disabled_hover_text(refusal.unwrap_or_default());
        if response.clicked() {
            commands.extend(restore);
        }
    });
    if ui.add(Button::new("Close versions")).clicked() {
        commands.push(Command::Cancel);
    }
}
