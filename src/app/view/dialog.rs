//! The box that is open over the window, one file a box, and the frame of all of them.

use egui::{Id, Key, Modal, ModalResponse, Response, RichText, TextEdit, Ui};

use super::{
    finalize, help, override_reason, palette, passphrase, paste, path_box, print,
    question, settings, versions,
};
use crate::app::command::Command;
use crate::app::desk::{Desk, Dialog};
use crate::app::theme;
use crate::app::widgets::box_frame;

/// Draws the box that is open.
pub(super) fn show(ui: &Ui, desk: &mut Desk, commands: &mut Vec<Command>) {
    // It is taken out while it is drawn, because a box reads the desk and writes into
    // itself.
    let Some(mut dialog) = desk.dialog.take() else { return };
    let mut is_open = true;
    match &mut dialog {
        Dialog::Question(question) => question::show(ui, question, commands),
        Dialog::Path(open) => path_box::show(ui, desk, open, commands),
        Dialog::Print(open) => print::show(ui, desk, open, commands),
        Dialog::Passphrase(open) => passphrase::show(ui, open, commands),
        Dialog::Versions(open) => versions::show(ui, desk, open, commands),
        Dialog::OverrideReason(open) => override_reason::show(ui, open, commands),
        Dialog::Prompt(open) => finalize::show_prompt(ui, desk, open, commands),
        Dialog::Palette(input) => is_open = palette::show(ui, desk, input, commands),
        Dialog::Settings => is_open = settings::show(ui, desk, commands),
        Dialog::Help => is_open = help::show(ui),
        Dialog::Paste(text) => is_open = paste::show(ui, text, commands),
    }
    desk.dialog = Some(dialog);
    if !is_open {
        desk.close_dialog();
    }
}

/// Draws the frame of a box, with its title if it has one, around its body.
pub(super) fn dialog_frame<T>(
    ui: &Ui,
    id: &str,
    width: f32,
    title: &str,
    body: impl FnOnce(&mut Ui) -> T,
) -> ModalResponse<T> {
    let modal = Modal::new(Id::unique(id)).frame(box_frame(ui));
    modal.show(ui.ctx(), |ui| {
        ui.set_width(width);
        if !title.is_empty() {
            ui.label(RichText::new(title).font(theme::semibold(17.0)));
        }
        body(ui)
    })
}

/// The one line of a box that is typed into, which takes the focus; says whether Enter
/// was pressed in it.
pub(super) fn answer_line(ui: &mut Ui, id: &str, label: &str, text: &mut String) -> bool {
    let line = TextEdit::singleline(text).id(Id::unique(id));
    let response = ui.add(line.desired_width(f32::INFINITY));
    name(&response, label);
    let is_entered = is_entered(ui, &response);
    focus_if_none(ui, &response);
    is_entered
}

/// Names a text field for those who do not see it.
pub(super) fn name(response: &Response, label: &str) {
    response
        .ctx
        .accesskit_node_builder(response.id, |node| node.set_label(label));
}

/// Whether Enter was pressed in a line. It is asked before the focus is given back: it
/// counts as lost until then alone.
pub(super) fn is_entered(ui: &Ui, response: &Response) -> bool {
    response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))
}

/// Gives a widget the focus if nothing has it: a box is ready for the keyboard.
pub(super) fn focus_if_none(ui: &Ui, response: &Response) {
    if ui.memory(|memory| memory.focused().is_none()) {
        response.request_focus();
    }
}
