//! The frame of the boxes over the window, and what they have in common.

use egui::{
    Align, Id, Key, Layout, Modal, ModalResponse, Response, RichText, TextEdit, Ui,
};

use crate::app::theme;
use crate::app::widgets::box_frame;

/// Beside a box, its own margins included, there is always so much of the window.
const BESIDE: f32 = 64.0;

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
        ui.set_width(width.min(ui.ctx().content_rect().width() - BESIDE));
        if !title.is_empty() {
            name_box(ui, id, title);
            ui.label(RichText::new(title).font(theme::semibold(17.0)));
        }
        body(ui)
    })
}

/// Names a box for those who do not see it.
pub(super) fn name_box(ui: &Ui, id: &str, name: &str) {
    ui.ctx()
        .accesskit_node_builder(Id::unique(id), |node| node.set_label(name));
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

/// The button at the right that closes a box; says whether it was pressed.
pub(super) fn close_button(ui: &mut Ui) -> bool {
    let layout = Layout::right_to_left(Align::TOP);
    ui.with_layout(layout, |ui| ui.button("Close").clicked()).inner
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
