//! A box that asks why a finding is overridden.

use egui::{Button, Label, Ui};

use super::dialog::{answer_line, dialog_frame};
use crate::app::command::Command;
use crate::app::desk::OverrideBox;
use crate::app::widgets::{main_button, quiet};
use crate::check;

/// Draws the box.
pub(super) fn show(ui: &Ui, open: &mut OverrideBox, commands: &mut Vec<Command>) {
    let OverrideBox { found, reason } = open;
    let mut is_given = false;
    let modal = dialog_frame(ui, "reason", 460.0, "Reason for keeping this", |ui| {
        ui.add_space(4.0);
        ui.add(Label::new(&found.message).wrap());
        ui.add_space(8.0);
        let is_entered = answer_line(ui, "reason text", "Reason", reason);
        quiet(ui, "Saved with the draft. Editing this text brings the problem back");
        ui.add_space(8.0);
        let may = check::is_overridable(found, reason);
        ui.horizontal(|ui| {
            let button =
                ui.add_enabled_ui(may, |ui| main_button(ui, "Keep as is").clicked());
            is_given = may && (button.inner || is_entered);
            if ui.add(Button::new("Cancel")).clicked() {
                commands.push(Command::Cancel);
            }
        });
    });
    if is_given {
        commands.push(Command::OverrideFinding(
            Box::new(found.clone()),
            std::mem::take(reason),
        ));
    } else if modal.should_close() {
        commands.push(Command::Cancel);
    }
}
