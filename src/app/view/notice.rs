//! What was just done, or could not be: said in the foot line, and aloud to those who do not
//! see it.

use egui::accesskit::{Live, Role};
use egui::{Align, Id, Label, Layout, Rect, Response, RichText, Sense, Ui, Vec2};

use super::problems;
use crate::app::command::Command;
use crate::app::desk::{Desk, Notice, Tone};
use crate::app::theme::{self, palette};
use crate::app::widgets::{self, Icon, icon, icon_button, link};
use crate::letter::FieldPath;

/// Draws the newest notice at the right end of the line.
pub(super) fn show(ui: &mut Ui, desk: &Desk, commands: &mut Vec<Command>) {
    let Some(notice) = desk.notices.last() else { return };
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 10.0;
        if icon_button(ui, Icon::Cross, "Dismiss", true).clicked() {
            commands.push(Command::Dismiss(notice.id));
        }
        for (words, command) in notice.offers.iter().rev() {
            if link(ui, words).clicked() {
                commands.extend([command.clone(), Command::Dismiss(notice.id)]);
            }
        }
        ui.spacing_mut().item_spacing.x = 6.0;
        words(ui, notice);
    });
}

/// The words, cut where there is no room for them all, with their sign before them.
fn words(ui: &mut Ui, notice: &Notice) {
    let colors = palette(ui);
    let (sign, color) = match notice.tone {
        Tone::Done => (Icon::Tick, colors.done),
        Tone::Problem => (Icon::Cross, colors.error),
        Tone::Plain => (Icon::Note, colors.accent),
    };
    let all = match notice.hint.as_str() {
        "" => notice.text.clone(),
        hint => format!("{}. {hint}", notice.text),
    };
    let room = (ui.available_width() - 24.0).max(0.0);
    let response = ui
        .scope(|ui| {
            ui.set_max_width(room);
            ui.add(Label::new(RichText::new(&all).font(theme::help())).truncate())
        })
        .inner;
    say_aloud(&response);
    icon(ui, sign, 12.0, color);
}

/// What a label says is read out when it changes.
fn say_aloud(label: &Response) {
    label
        .ctx
        .accesskit_node_builder(label.id, |node| node.set_live(Live::Polite));
}

/// Says aloud what others see in the foot line: that the draft is saved and, once a field
/// is left, how many problems there are.
pub(super) fn announce(ui: &Ui, desk: &Desk) {
    let is_saved = desk.draft.as_ref().is_some_and(|draft| draft.saved_at.is_some());
    let saved = if is_saved && !desk.is_unsaved() { "Saved" } else { "" };
    announcement(ui, "saved aloud", saved);
    let count = match desk.wrong().count() {
        0 => None,
        count => Some(widgets::count(count, "problem")),
    };
    let problems = match (count, problems::to_fill_in(desk)) {
        (None, None) => "No problems".to_owned(),
        (Some(problems), Some(fields)) => format!("{problems}, {fields}"),
        (one, other) => one.or(other).unwrap_or_default(),
    };
    let id = Id::unique("problems aloud");
    let now = (desk.focus.clone(), problems);
    let last = ui.data(|data| data.get_temp::<(Option<FieldPath>, String)>(id));
    let said = match last {
        // Nobody is told of what is still being typed.
        Some((focus, said)) if focus == now.0 => said,
        _ => now.1.clone(),
    };
    announcement(ui, "problems said", &said);
    ui.data_mut(|data| data.insert_temp(id, (now.0, said)));
}

/// Words for those who do not see the window; nothing is drawn.
fn announcement(ui: &Ui, name: &str, words: &str) {
    let id = Id::unique(name);
    let nowhere = Rect::from_min_size(ui.max_rect().min, Vec2::ZERO);
    ui.interact(nowhere, id, Sense::hover());
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_role(Role::Status);
        node.set_live(Live::Polite);
        node.set_label(words);
    });
}
