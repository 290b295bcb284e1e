//! A box to paste a finished letter into.

use egui::{Button, Id, Modal, RichText, ScrollArea, TextEdit, Ui};

use crate::app::command::Command;
use crate::app::theme;
use crate::app::widgets::{box_frame, main_button, quiet};

/// Draws the box while it is open.
pub(super) fn show(ui: &Ui, pasted: &mut Option<String>, commands: &mut Vec<Command>) {
    let Some(text) = pasted else { return };
    let (mut is_read, mut is_over) = (false, false);
    let modal = Modal::new(Id::unique("paste")).frame(box_frame(ui)).show(ui.ctx(), |ui| {
        ui.set_width(640.0);
        ui.label(RichText::new("Paste a finished letter").font(theme::semibold(17.0)));
        quiet(ui, "Copy the whole letter in your viewer or word processor, and paste it here");
        ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
            let editor = TextEdit::multiline(text).id(Id::unique("pasted")).desired_rows(14).desired_width(620.0);
            let response = ui.add(editor);
            response.ctx.accesskit_node_builder(response.id, |node| node.set_label("Finished letter"));
            if ui.memory(|memory| memory.focused().is_none()) {
                response.request_focus();
            }
        });
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            is_read = main_button(ui, "Read it").clicked() && !text.trim().is_empty();
            is_over = ui.add(Button::new("Cancel")).clicked();
        });
    });
    if is_read {
        commands.push(Command::ImportText(std::mem::take(text)));
    }
    if is_read || is_over || modal.should_close() {
        *pasted = None;
    }
}
