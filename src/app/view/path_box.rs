//! The own box for a path, where the system has no dialog to show.

use std::path::PathBuf;

use egui::{Button, Id, Key, Modal, RichText, Ui};

use super::text;
use crate::app::command::Command;
use crate::app::desk::Desk;
use crate::app::job::{Ask, Purpose};
use crate::app::theme;
use crate::app::widgets::{box_frame, box_link, main_button, quiet};

/// What is being typed, and for which asking.
#[derive(Default)]
pub(super) struct State {
    asked: Option<Ask>,
    text: String,
}

/// Draws the box while a path is asked for.
pub(super) fn show(ui: &Ui, desk: &Desk, state: &mut State, commands: &mut Vec<Command>) {
    begin(desk, state);
    let Some(ask) = &desk.path_box else { return };
    let (title, verb) = words(ask.purpose);
    let mut answered = false;
    let modal =
        Modal::new(Id::unique("path box"))
            .frame(box_frame(ui))
            .show(ui.ctx(), |ui| {
                ui.set_width(560.0);
                ui.label(RichText::new(title).font(theme::semibold(17.0)));
                quiet(
                    ui,
                    "No file dialog can be shown here, so type the whole path; ~ is your \
            own folder",
                );
                let response = text::line(ui, Id::unique("path"), &mut state.text);
                response
                    .ctx
                    .accesskit_node_builder(response.id, |node| node.set_label("Path"));
                answered = response.lost_focus()
                    && ui.input(|input| input.key_pressed(Key::Enter));
                if ui.memory(|memory| memory.focused().is_none()) {
                    response.request_focus();
                }
                if ask.purpose == Purpose::Open {
                    recent(ui, desk, &mut state.text);
                }
                ui.add_space(8.0);
                ui.horizontal(|ui| {
                    answered |= main_button(ui, verb).clicked();
                    if ui.add(Button::new("Cancel")).clicked() {
                        commands.push(Command::Stay);
                    }
                });
            });
    if answered && !state.text.trim().is_empty() {
        commands.push(Command::Path(PathBuf::from(state.text.trim())));
    } else if modal.should_close() {
        commands.push(Command::Stay);
    }
}

/// Each asking begins with the path that it offers.
fn begin(desk: &Desk, state: &mut State) {
    if state.asked == desk.path_box {
        return;
    }
    state.asked.clone_from(&desk.path_box);
    let Some(ask) = &state.asked else { return };
    let folder = ask.folder.clone().unwrap_or_else(|| PathBuf::from("~"));
    state.text = folder.join(&ask.name).display().to_string();
}

fn words(purpose: Purpose) -> (&'static str, &'static str) {
    match purpose {
        Purpose::Open => ("Open a draft", "Open"),
        Purpose::Import => ("Import a finished letter", "Import"),
        Purpose::Save => ("Save the draft as", "Save"),
        Purpose::Export => ("Export the finished letter as", "Export"),
        Purpose::ExportUnfinished => ("Export the unfinished letter as", "Export"),
    }
}

fn recent(ui: &mut Ui, desk: &Desk, path: &mut String) {
    for recent in desk.settings.recent.iter().take(6) {
        if box_link(ui, recent.display().to_string()).clicked() {
            *path = recent.display().to_string();
        }
    }
}
