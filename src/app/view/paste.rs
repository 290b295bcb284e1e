//! A box to paste a finished letter into.

use egui::{Button, Id, ScrollArea, TextEdit, Ui};

use super::dialog::{dialog_frame, focus_if_none, name};
use crate::app::command::Command;
use crate::app::widgets::{main_button, quiet};

/// Draws the box; says whether it stays open.
pub(super) fn show(ui: &Ui, text: &mut String, commands: &mut Vec<Command>) -> bool {
    let (mut is_read, mut is_canceled) = (false, false);
    let modal = dialog_frame(ui, "paste", 640.0, "Paste a finished letter", |ui| {
        quiet(
            ui,
            "Copy the whole letter from your viewer or word processor and paste it here",
        );
        let area = ScrollArea::vertical().max_height(320.0).auto_shrink([false, true]);
        area.show(ui, |ui| {
            let editor = TextEdit::multiline(text)
                .id(Id::unique("pasted"))
                .desired_rows(14)
                .desired_width(f32::INFINITY);
            let response = ui.add(editor);
            name(&response, "Finished letter");
            focus_if_none(ui, &response);
        });
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            is_read = main_button(ui, "Import").clicked() && !text.trim().is_empty();
            is_canceled = ui.add(Button::new("Cancel")).clicked();
        });
    });
    if is_read {
        commands.push(Command::ImportText(std::mem::take(text)));
    }
    !is_read && !is_canceled && !modal.should_close()
}
