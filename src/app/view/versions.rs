//! The versions of the open draft: a list of when, and beside it what differs from the
//! letter now, word by word.

use egui::{Button, Id, Modal, RichText, ScrollArea, Ui};
use jiff::tz::TimeZone;

use super::question;
use crate::app::command::Command;
use crate::app::desk::{Desk, ListedVersion};
use crate::app::theme;
use crate::app::widgets::{box_frame, count, main_button, quiet};

/// Which version is looked at.
#[derive(Default)]
pub(super) struct State {
    chosen: usize,
}

const LIST_WIDTH: f32 = 240.0;
const CHANGES_WIDTH: f32 = 560.0;

/// Draws the box while versions are looked at.
pub(super) fn show(ui: &Ui, desk: &Desk, state: &mut State, commands: &mut Vec<Command>) {
    let Some(versions) = &desk.versions else {
        *state = State::default();
        return;
    };
    let modal = Modal::new(Id::unique("versions")).frame(box_frame(ui)).show(
        ui.ctx(),
        |ui| {
            ui.set_width(LIST_WIDTH + CHANGES_WIDTH);
            ui.label(RichText::new("Versions of this draft").font(theme::semibold(17.0)));
            quiet(
                ui,
                "Struck through stands in the version alone, underlined in the letter \
            now alone",
            );
            ui.add_space(8.0);
            let height = (ui.ctx().content_rect().height() - 260.0).clamp(120.0, 420.0);
            ui.horizontal_top(|ui| {
                ui.vertical(|ui| list(ui, versions, state, height));
                ui.add_space(12.0);
                ui.vertical(|ui| chosen(ui, versions.get(state.chosen), height));
            });
            ui.add_space(12.0);
            ui.horizontal(|ui| answers(ui, desk, versions.get(state.chosen), commands));
        },
    );
    if modal.should_close() {
        commands.push(Command::Stay);
    }
}

fn list(ui: &mut Ui, versions: &[ListedVersion], state: &mut State, height: f32) {
    ScrollArea::vertical()
        .id_salt("versions list")
        .max_height(height)
        .show(ui, |ui| {
            ui.set_width(LIST_WIDTH - 24.0);
            for (place, version) in versions.iter().enumerate() {
                let is_chosen = place == state.chosen;
                let button = Button::selectable(is_chosen, line(version));
                let response = ui.add_sized([LIST_WIDTH - 24.0, 40.0], button);
                if is_chosen && ui.memory(|memory| memory.focused().is_none()) {
                    response.request_focus();
                }
                if response.clicked() {
                    state.chosen = place;
                }
            }
        });
}

fn line(version: &ListedVersion) -> String {
    let when = version
        .at
        .to_zoned_datetime(TimeZone::system())
        .strftime("%B %-d, %H:%M:%S");
    format!("{when}, {}\n{}", version.occasion, difference(version))
}

fn difference(version: &ListedVersion) -> String {
    match (&version.letter, version.words) {
        (Err(_), _) => "Cannot be read".to_owned(),
        (Ok(_), 0) => "The same words as now".to_owned(),
        (Ok(_), 1) => "1 word differs".to_owned(),
        (Ok(_), words) => format!("{} differ", count(words, "word")),
    }
}

fn chosen(ui: &mut Ui, version: Option<&ListedVersion>, height: f32) {
    ui.set_width(CHANGES_WIDTH - 24.0);
    match version {
        Some(ListedVersion { letter: Err(reason), .. }) => _ = quiet(ui, reason),
        Some(version) if !version.changes.is_empty() => {
            question::changes(ui, &version.changes, height)
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
    let wanted =
        version.filter(|version| version.letter.is_ok() && !version.changes.is_empty());
    let restore = wanted.map(|version| Command::RestoreVersion(version.at));
    let refusal = restore.as_ref().and_then(|command| desk.refusal(command));
    ui.add_enabled_ui(restore.is_some() && refusal.is_none(), |ui| {
        let response = main_button(ui, "Restore")
            .on_hover_text("Puts this version in the form; Undo takes it back");
        let response = response.on_disabled_hover_text(
            refusal.unwrap_or("There is nothing to bring back".into()),
        );
        if response.clicked() {
            commands.extend(restore);
        }
    });
    if ui.add(Button::new("Close versions")).clicked() {
        commands.push(Command::Stay);
    }
}
