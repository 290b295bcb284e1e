//! Any number of values: each a chip that can be removed, and a line that adds one.

use egui::text::LayoutJob;
use egui::{Frame, Id, Key, Label, Margin, Response, Ui};

use super::context::Widgets;
use super::pick;
use crate::app::suggest::fitting;
use crate::app::theme::{self, palette};
use crate::app::view::text::{self, Underlined};
use crate::app::view::underline::MarkedWords;
use crate::app::widgets::{self, Icon, icon_button, takes_key};

/// Draws the values and the line; what is typed into the line is added by Enter, by a
/// choice, and when the line is left.
pub(super) fn show(
    ui: &mut Ui,
    id: Id,
    values: &mut Vec<String>,
    adding: &mut String,
    list: &[String],
    marks: &[MarkedWords],
) -> Widgets {
    let removed = chips(ui, values.iter().map(String::as_str), marks);
    let rest: Vec<&str> = list
        .iter()
        .filter(|words| !values.contains(words))
        .map(String::as_str)
        .collect();
    let hint =
        if values.is_empty() { "Type, or choose from the list" } else { "Add another" };
    let line = line(ui, id, adding, &rest, hint);
    if line.is_done {
        add(values, adding);
    }
    if let Some(place) = removed {
        values.remove(place);
        line.response.request_focus();
    }
    vec![line.response]
}

/// A line that adds what is typed into it.
pub(super) struct AddingLine {
    pub response: Response,
    /// What is typed into it is to be added now.
    pub is_done: bool,
}

/// Draws the line; the caret stays in it for the next.
pub(super) fn line(
    ui: &mut Ui,
    id: Id,
    adding: &mut String,
    list: &[&str],
    hint: &str,
) -> AddingLine {
    let entered = is_entered(ui, id, adding, list);
    let picked = if list.is_empty() {
        let response = text::form_line(ui, id, adding, ui.available_width(), hint);
        pick::Picked { response, accepted: false }
    } else {
        pick::show(ui, id, adding, list, hint)
    };
    let pick::Picked { response, accepted } = picked;
    if accepted || entered {
        response.request_focus();
    }
    let is_left = response.lost_focus() && !adding.trim().is_empty();
    AddingLine { response, is_done: accepted || entered || is_left }
}

/// Enter adds what was typed where the list has nothing more to offer for it.
fn is_entered(ui: &Ui, id: Id, adding: &str, list: &[&str]) -> bool {
    if adding.trim().is_empty() {
        return false;
    }
    let is_whole = list.contains(&adding);
    let is_open = !is_whole && !fitting(list.iter().copied(), adding).is_empty();
    !is_open && takes_key(ui, id, Key::Enter)
}

/// Adds what is typed into a line, once.
pub(super) fn add(values: &mut Vec<String>, adding: &mut String) {
    let value = std::mem::take(adding).trim().to_owned();
    if !value.is_empty() && !values.contains(&value) {
        values.push(value);
    }
}

/// Draws chips; gives the place of the one to be removed.
pub(super) fn chips<'a>(
    ui: &mut Ui,
    values: impl ExactSizeIterator<Item = &'a str>,
    marks: &[MarkedWords],
) -> Option<usize> {
    if values.len() == 0 {
        return None;
    }
    let mut removed = None;
    ui.horizontal_wrapped(|ui| {
        for (place, value) in values.enumerate() {
            widgets::keep_whole(ui, width(ui, value));
            if chip(ui, value, marks).clicked() {
                removed = Some(place);
            }
        }
    });
    removed
}

/// How wide a chip is with its button.
fn width(ui: &Ui, words: &str) -> f32 {
    widgets::width(ui, words, theme::body()) + 46.0
}

/// The words with a line under those that a finding is about.
fn marked(ui: &Ui, words: &str, marks: &[MarkedWords]) -> LayoutJob {
    for mark in marks {
        if let Some(at) = words.find(&mark.words) {
            let found = at..at + mark.words.len();
            let found = Underlined::new(found, mark.color);
            return text::job(ui, words, &[found], None);
        }
    }
    text::job(ui, words, &[], None)
}

fn chip(ui: &mut Ui, words: &str, marks: &[MarkedWords]) -> Response {
    let colors = palette(ui);
    let margin = Margin { left: 10, right: 2, top: 1, bottom: 1 };
    let frame = Frame::new().fill(colors.tint).corner_radius(6).inner_margin(margin);
    let most = ui.available_width().max(200.0) - 60.0;
    frame
        .show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 2.0;
                ui.set_max_width(most);
                ui.add(Label::new(marked(ui, words, marks)).wrap());
                icon_button(ui, Icon::Cross, &format!("Take out {words}"), true)
            })
            .inner
        })
        .inner
}
