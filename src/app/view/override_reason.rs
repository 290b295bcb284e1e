//! A box that asks why a finding is set aside.

use egui::{Button, Id, Key, Label, Modal, RichText, TextEdit, Ui};

use crate::app::command::Command;
use crate::app::desk::Desk;
use crate::app::theme;
use crate::app::widgets::{box_frame, main_button, quiet};
use crate::check;

/// Draws the box while a reason is asked for; what is typed into it stands in `reason`.
pub(super) fn show(
    ui: &Ui,
    desk: &Desk,
    reason: &mut String,
    commands: &mut Vec<Command>,
) {
    let Some(found) = &desk.excusing else { return reason.clear() };
    let mut is_given = false;
    let modal = Modal::new(Id::unique("reason")).frame(box_frame(ui)).show(
        ui.ctx(),
        |ui| {
            ui.set_width(460.0);
            ui.label(RichText::new("Why may this stay?").font(theme::semibold(17.0)));
            ui.add_space(4.0);
            ui.add(Label::new(&found.message).wrap());
            ui.add_space(8.0);
            let response = ui.add(
                TextEdit::singleline(reason)
                    .id(Id::unique("reason text"))
                    .desired_width(f32::INFINITY),
            );
            response
                .ctx
                .accesskit_node_builder(response.id, |node| node.set_label("Reason"));
            let is_entered =
                response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            if ui.memory(|memory| memory.focused().is_none()) {
                response.request_focus();
            }
            quiet(
                ui,
                "It is kept in the draft, and no longer holds once these words change",
            );
            ui.add_space(8.0);
            let may = check::is_overridable(found, reason);
            ui.horizontal(|ui| {
                let pressed = ui
                    .add_enabled_ui(may, |ui| main_button(ui, "Let it stay").clicked())
                    .inner;
                is_given = may && (pressed || is_entered);
                if ui.add(Button::new("Cancel")).clicked() {
                    commands.push(Command::Stay);
                }
            });
        },
    );
    if is_given {
        commands.push(Command::SetAside(Box::new(found.clone()), std::mem::take(reason)));
    } else if modal.should_close() {
        commands.push(Command::Stay);
    }
}
