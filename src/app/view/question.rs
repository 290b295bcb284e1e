//! Questions in a box of their own.

use egui::text::{LayoutJob, TextFormat};
use egui::{Button, Frame, Label, Margin, ScrollArea, Stroke, Ui};

use super::dialog::{dialog_frame, focus_if_none};
use super::start::choose_profile;
use crate::app::command::Command;
use crate::app::desk::{Desk, Question};
use crate::app::theme::{self, palette};
use crate::app::widgets::main_button;
use crate::compare::Piece;

/// Draws the open question; Escape gives its last answer, which is to stay.
pub(super) fn show(
    ui: &Ui,
    desk: &Desk,
    question: &Question,
    commands: &mut Vec<Command>,
) {
    let width = if question.changes.is_empty() { 440.0 } else { 600.0 };
    let modal = dialog_frame(ui, "question", width, &question.title, |ui| {
        if !question.text.is_empty() {
            ui.add_space(4.0);
            ui.add(Label::new(&question.text).wrap());
        }
        if !question.changes.is_empty() {
            ui.add_space(8.0);
            changes(ui, &question.changes, HIGHEST);
        }
        if question.chooses_reviewer && !desk.own.reviewers.rows.is_empty() {
            ui.add_space(8.0);
            ui.horizontal(|ui| choose_profile(ui, desk, commands));
        }
        ui.add_space(12.0);
        if question.answers.len() > BESIDE {
            ui.vertical(|ui| answers(ui, question, commands));
        } else {
            ui.horizontal_wrapped(|ui| answers(ui, question, commands));
        }
    });
    if modal.should_close() {
        commands.push(Command::Cancel);
    }
}

/// How high the changes may be that a question is about.
const HIGHEST: f32 = 260.0;

/// More answers than this are under each other.
const BESIDE: usize = 4;

fn answers(ui: &mut Ui, question: &Question, commands: &mut Vec<Command>) {
    for (place, (words, command)) in question.answers.iter().enumerate() {
        let response =
            if place == 0 { main_button(ui, words) } else { ui.add(Button::new(words)) };
        // The caret waits on the first answer.
        if place == 0 {
            focus_if_none(ui, &response);
        }
        if response.clicked() {
            commands.push(command.clone());
        }
    }
}

/// What changed, word by word: what went is struck through, what came is underlined.
pub(super) fn changes(ui: &mut Ui, pieces: &[Piece], height: f32) {
    let colors = palette(ui);
    let plain = TextFormat {
        font_id: theme::body(),
        color: colors.text,
        ..TextFormat::default()
    };
    let gone = TextFormat {
        color: colors.error,
        strikethrough: Stroke::new(1.0, colors.error),
        ..plain.clone()
    };
    let come = TextFormat {
        color: colors.done,
        underline: Stroke::new(1.0, colors.done),
        ..plain.clone()
    };
    let mut job = LayoutJob::default();
    for piece in pieces {
        let (words, format) = match piece {
            Piece::Same(words) => (words, &plain),
            Piece::Gone(words) => (words, &gone),
            Piece::Come(words) => (words, &come),
        };
        job.append(words, 0.0, format.clone());
        job.append(" ", 0.0, plain.clone());
    }
    let frame = Frame::new()
        .fill(colors.panel)
        .stroke(Stroke::new(1.0, colors.line))
        .corner_radius(6);
    frame.inner_margin(Margin::same(12)).show(ui, |ui| {
        ScrollArea::vertical()
            .id_salt("changes")
            .max_height(height)
            .show(ui, |ui| {
                ui.set_width(ui.available_width());
                let response = ui.add(Label::new(job).wrap());
                let spoken = pieces.iter().map(spoken).collect::<Vec<_>>().join(" ");
                // What a label says is its value.
                response
                    .ctx
                    .accesskit_node_builder(response.id, |node| node.set_value(spoken));
            });
    });
}

/// A change for those who do not see how it is drawn.
fn spoken(piece: &Piece) -> String {
    match piece {
        Piece::Same(words) => words.clone(),
        Piece::Gone(words) => format!("[removed: {words}]"),
        Piece::Come(words) => format!("[added: {words}]"),
    }
}
