//! The own box for a path, where the system has no dialog to show.

use std::path::PathBuf;

use egui::{Button, Id, Ui};

use super::dialog::{dialog_frame, is_entered, name};
use super::text;
use crate::app::command::Command;
use crate::app::desk::{Desk, PathBox};
use crate::app::job::Purpose;
use crate::app::widgets::{box_link, main_button, quiet};
use crate::diagnostic::TextRange;

/// Draws the box.
pub(super) fn show(
    ui: &Ui,
    desk: &Desk,
    open: &mut PathBox,
    commands: &mut Vec<Command>,
) {
    let (title, verb) = words(open.ask.purpose);
    let mut is_answered = false;
    let modal = dialog_frame(ui, "path box", 560.0, title, |ui| {
        quiet(
            ui,
            "No file dialog is available here, so type the full path; ~ is your home folder",
        );
        let response = text::line(ui, Id::unique("path"), &mut open.text);
        name(&response, "Path");
        is_answered = is_entered(ui, &response);
        if ui.memory(|memory| memory.focused().is_none()) {
            response.request_focus();
            text::select(
                &response,
                &open.text,
                Some(name_in(&open.text, open.ask.purpose)),
            );
        }
        if open.ask.purpose == Purpose::Open {
            recent(ui, desk, &mut open.text);
        }
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            is_answered |= main_button(ui, verb).clicked();
            if ui.add(Button::new("Cancel")).clicked() {
                commands.push(Command::Cancel);
            }
        });
    });
    let typed = open.text.trim();
    if is_answered && !typed.is_empty() {
        commands.push(Command::Path(PathBuf::from(typed)));
    } else if modal.should_close() {
        commands.push(Command::Cancel);
    }
}

/// What is typed over at once: the proposed file's name without its ending. Where a file
/// is looked for, the caret goes to the end.
fn name_in(path: &str, purpose: Purpose) -> TextRange {
    let end = path.len();
    if matches!(purpose, Purpose::Open | Purpose::Import) {
        return TextRange { start: end, end };
    }
    let start = path.rfind(['/', '\\']).map_or(0, |slash| slash + 1);
    let stop = path[start..].rfind('.').map_or(end, |dot| start + dot);
    TextRange { start, end: stop }
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
