//! Dates, numbers and sums: typed in any common form, shown as they are understood,
//! and a calendar for those who point.

use egui::{Button, Id, Popup, PopupCloseBehavior, Response, Ui, Vec2};
use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

use super::context::Widgets;
use crate::app::theme::palette;
use crate::app::view::text;
use crate::app::widgets::{Icon, icon_button, quiet};
use crate::letter::{Editable, Entry, FieldPath, Typed};

/// A date: a line, the calendar's button, and the date in words while it is edited.
pub(super) fn show(
    ui: &mut Ui,
    id: Id,
    path: &FieldPath,
    slot: &mut dyn Editable<Date>,
    typing: &mut Option<(FieldPath, String)>,
    today: Date,
) -> Widgets {
    let drawn = ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let width = ui.available_width() - 30.0;
        let line = typed(ui, id, path, slot, typing, width);
        let button = icon_button(ui, Icon::Calendar, "Choose from a calendar", true);
        if let Some(date) = calendar(&button, slot.entry().understood().copied(), today) {
            slot.put(Entry::Understood(date));
            *typing = None;
            line.request_focus();
        }
        [line, button]
    });
    let [line, button] = drawn.inner;
    if line.has_focus()
        && let Some(date) = slot.entry().understood()
    {
        quiet(ui, date.strftime("%A, %B %-d, %Y").to_string());
    }
    vec![line, button]
}

/// A line whose value is understood as it is typed, and written out in its usual form
/// once it is left.
pub(super) fn typed<T: Typed + PartialEq>(
    ui: &mut Ui,
    id: Id,
    path: &FieldPath,
    slot: &mut dyn Editable<T>,
    typing: &mut Option<(FieldPath, String)>,
    width: f32,
) -> Response {
    // While it is typed, "3/26/20" must not become "03/26/2020" under the typist's hands.
    let entry = slot.entry();
    let mut text = match typing {
        Some((field, text)) if field == path && Entry::read(text) == entry => {
            text.clone()
        }
        _ => entry.show(),
    };
    let response = text::form_line(ui, id, &mut text, width, "");
    if response.changed() {
        slot.put(Entry::read(&text));
        *typing = Some((path.clone(), text));
    }
    let is_typed_into = typing.as_ref().is_some_and(|(field, _)| field == path);
    if response.lost_focus() && is_typed_into {
        *typing = None;
    }
    response
}

/// A month to choose a day from; opens under the button.
fn calendar(button: &Response, chosen: Option<Date>, today: Date) -> Option<Date> {
    let month_id = button.id.with("month");
    let shown = button.ctx.data(|data| data.get_temp::<Date>(month_id));
    let mut month = shown.or(chosen).unwrap_or(today).first_of_month();
    let mut picked = None;
    let popup = Popup::menu(button)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .show(|ui| {
            month = month_head(ui, month);
            picked = month_days(ui, month, chosen, today);
            if picked.is_some() {
                ui.close();
            }
        });
    button.ctx.data_mut(|data| {
        if popup.is_some() && picked.is_none() {
            data.insert_temp(month_id, month);
        } else {
            data.remove::<Date>(month_id);
        }
    });
    picked
}

/// The month's name between buttons that turn the page; gives the month that is shown
/// next.
fn month_head(ui: &mut Ui, month: Date) -> Date {
    let mut next = month;
    ui.horizontal(|ui| {
        for (words, step) in [("−1 year", -12), ("−1 month", -1)] {
            month_button(ui, words, step, &mut next);
        }
        ui.label(month.strftime("%B %Y").to_string());
        for (words, step) in [("+1 month", 1), ("+1 year", 12)] {
            month_button(ui, words, step, &mut next);
        }
    });
    next
}

fn month_button(ui: &mut Ui, words: &str, months: i32, month: &mut Date) {
    if ui.button(words).clicked() {
        let span: Span = months.months();
        *month = month.saturating_add(span);
    }
}

fn month_days(
    ui: &mut Ui,
    month: Date,
    chosen: Option<Date>,
    today: Date,
) -> Option<Date> {
    let mut picked = None;
    let blanks = month.weekday().since(Weekday::Sunday);
    egui::Grid::new("days").spacing(Vec2::splat(2.0)).show(ui, |ui| {
        for name in ["Su", "Mo", "Tu", "We", "Th", "Fr", "Sa"] {
            quiet(ui, name);
        }
        ui.end_row();
        for _ in 0..blanks {
            ui.label("");
        }
        for day in 1..=month.days_in_month() {
            let Ok(date) = Date::new(month.year(), month.month(), day) else { continue };
            if day_button(ui, date, chosen, today).clicked() {
                picked = Some(date);
            }
            if date.weekday() == Weekday::Saturday {
                ui.end_row();
            }
        }
    });
    picked
}

fn day_button(ui: &mut Ui, date: Date, chosen: Option<Date>, today: Date) -> Response {
    let colors = palette(ui);
    let mut button = Button::new(date.day().to_string())
        .min_size(Vec2::new(34.0, 26.0))
        .frame(true);
    if chosen == Some(date) {
        button = button.fill(colors.tint);
    }
    if today == date {
        button = button.stroke(egui::Stroke::new(1.0, colors.accent));
    }
    let response = ui.add(button);
    let name = date.strftime("%B %-d, %Y").to_string();
    response
        .ctx
        .accesskit_node_builder(response.id, |node| node.set_label(name));
    response
}
