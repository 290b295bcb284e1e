//! Any number of values in one input: each a chip that can be removed, and behind them
//! the line that adds one.

use egui::text::LayoutJob;
use egui::{Frame, Id, Key, Margin, Rangef, Response, Sense, Stroke, Ui, vec2};

use super::context::Widgets;
use super::pick::{self, LineLook};
use crate::app::suggest::fitting;
use crate::app::theme::palette;
use crate::app::view::text::{self, Underlined};
use crate::app::view::underline::MarkedWords;
use crate::app::widgets::{self, Icon, takes_key};

/// What a field of several values is drawn with.
pub(in crate::app::view) struct Chips<'a, S> {
    pub id: Id,
    /// What is being typed into the line.
    pub adding: &'a mut String,
    pub list: &'a [S],
    /// What the empty field says.
    pub hint: &'a str,
    pub marks: &'a [MarkedWords],
}

/// What is to be done with the values.
#[derive(Default)]
pub(super) struct ChipChange {
    pub removed: Option<usize>,
    /// What is typed into the line is to be added now.
    pub adds: bool,
}

/// Below this the line goes to a row of its own.
const NARROWEST_LINE: f32 = 120.0;
const CHIP: f32 = 24.0;

/// Draws strings and the line, and changes them as is asked.
pub(in crate::app::view) fn show(
    ui: &mut Ui,
    values: &mut Vec<String>,
    chips: &mut Chips<'_, String>,
) -> Widgets {
    let rest: Vec<&str> = chips
        .list
        .iter()
        .filter(|words| !values.contains(words))
        .map(String::as_str)
        .collect();
    let mut chips = Chips {
        id: chips.id,
        adding: chips.adding,
        list: &rest,
        hint: chips.hint,
        marks: chips.marks,
    };
    let (response, change) = show_words(ui, values, &mut chips);
    if change.adds {
        add(values, chips.adding);
    }
    if let Some(place) = change.removed {
        values.remove(place);
    }
    vec![response]
}

/// Draws the chips of these words and the line.
pub(super) fn show_words<V: AsRef<str>, S: AsRef<str>>(
    ui: &mut Ui,
    values: &[V],
    chips: &mut Chips<'_, S>,
) -> (Response, ChipChange) {
    let colors = palette(ui);
    let across = ui.available_rect_before_wrap().x_range();
    let frame = Frame::new()
        .fill(colors.panel)
        .stroke(Stroke::new(1.0, colors.edge))
        .corner_radius(6)
        .inner_margin(Margin::same(4));
    let mut change = ChipChange::default();
    // Before the line sees it, which takes every Backspace for a change of its own.
    if let Some(last) = values.len().checked_sub(1)
        && chips.adding.is_empty()
        && takes_key(ui, chips.id, Key::Backspace)
    {
        change.removed = Some(last);
    }
    let drawn = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        ui.horizontal_wrapped(|ui| {
            for (place, value) in values.iter().enumerate() {
                if chip(ui, value.as_ref(), chips.marks) {
                    change.removed = Some(place);
                }
            }
            widgets::keep_whole(ui, NARROWEST_LINE);
            let hint = if values.is_empty() { chips.hint } else { "" };
            line(ui, chips, hint, across, &mut change)
        })
        .inner
    });
    let line = drawn.inner;
    if line.has_focus() {
        widgets::ring(ui, drawn.response.rect);
    }
    if change.removed.is_some() {
        line.request_focus();
    }
    (line, change)
}

/// The line behind the chips; the caret stays in it for the next.
fn line<S: AsRef<str>>(
    ui: &mut Ui,
    chips: &mut Chips<'_, S>,
    hint: &str,
    across: Rangef,
    change: &mut ChipChange,
) -> Response {
    let (id, list) = (chips.id, chips.list);
    let entered = is_entered(ui, id, chips.adding, list);
    let (response, accepted) = if list.is_empty() {
        let width = ui.available_size_before_wrap().x;
        let edit = text::edit(chips.adding, id, width)
            .hint_text(hint.to_owned())
            .return_key(None);
        (ui.add(pick::bare(edit, 4)), false)
    } else {
        let look = LineLook { hint, within: Some(across), ..LineLook::default() };
        let picked = pick::show(ui, id, chips.adding, list, look);
        (picked.response, picked.accepted)
    };
    let walks_on = response.lost_focus();
    // A screen reader may write into a line without going there.
    let is_set = response.changed() && !response.has_focus();
    let is_left = (walks_on || is_set) && !chips.adding.trim().is_empty();
    if (accepted || entered) && !walks_on && !is_set {
        response.request_focus();
    }
    change.adds = accepted || entered || is_left;
    response
}

/// Enter adds what was typed where the list has nothing more to offer for it.
fn is_entered<S: AsRef<str>>(ui: &Ui, id: Id, adding: &str, list: &[S]) -> bool {
    if adding.trim().is_empty() {
        return false;
    }
    let mut all = list.iter().map(AsRef::as_ref);
    let is_whole = all.clone().any(|words| words == adding);
    let is_open = !is_whole && !fitting(&mut all, adding).is_empty();
    !is_open && takes_key(ui, id, Key::Enter)
}

/// Adds what is typed into a line, once.
pub(super) fn add(values: &mut Vec<String>, adding: &mut String) {
    let value = std::mem::take(adding).trim().to_owned();
    if !value.is_empty() && !values.contains(&value) {
        values.push(value);
    }
}

/// The words with a line under those that a finding is about.
fn marked(ui: &Ui, words: &str, marks: &[MarkedWords]) -> LayoutJob {
    for mark in marks {
        if let Some(at) = words.find(&mark.words) {
            let found = at..at + mark.words.len();
            let found =
                Underlined { ground: mark.ground, ..Underlined::new(found, mark.color) };
            return text::job(ui, words, &[found], None);
        }
    }
    text::job(ui, words, &[], None)
}

/// Draws a chip, in several lines where it is too long for one; says whether its cross
/// was clicked.
fn chip(ui: &mut Ui, words: &str, marks: &[MarkedWords]) -> bool {
    const LEFT: f32 = 8.0;
    const CROSS: f32 = 22.0;
    let colors = palette(ui);
    let most = ui.max_rect().width() - LEFT - CROSS;
    let mut job = marked(ui, words, marks);
    job.wrap.max_width = most.max(60.0);
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let size = vec2(LEFT + galley.size().x + CROSS, (galley.size().y + 4.0).max(CHIP));
    widgets::keep_whole(ui, size.x);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, words));
    ui.painter().rect_filled(rect, 4.0, colors.tint);
    let at = rect.left_center() + vec2(LEFT, -galley.size().y / 2.0);
    ui.painter().galley(at, galley, colors.text);
    let square = rect.with_min_x(rect.right() - CROSS);
    let cross = ui.interact(square, response.id.with("cross"), Sense::CLICK);
    let name = format!("Remove {words}");
    cross.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
    let ink = if cross.hovered() { colors.text } else { colors.quiet };
    let square = egui::Rect::from_center_size(square.center(), egui::Vec2::splat(9.0));
    widgets::paint_icon(ui.painter(), square, Icon::Cross, ink);
    cross.on_hover_text(name).clicked()
}
