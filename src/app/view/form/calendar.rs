//! A month to choose a day from. The head chooses another month or year; dots mark the
//! letter's other dates.

use egui::{
    Align2, Color32, Popup, PopupCloseBehavior, Rect, Response, Role, Sense, Stroke,
    StrokeKind, Ui, Vec2, WidgetInfo, vec2,
};
use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

use crate::app::theme::{self, palette};
use crate::letter::NearbyDates;

const CELL: f32 = 36.0;
const WEEKDAYS: [&str; 7] = ["Su", "Mo", "Tu", "We", "Th", "Fr", "Sa"];

/// What the open calendar shows.
#[derive(Clone, Copy)]
struct CalendarPage {
    month: Date,
    /// Months are chosen from in place of days.
    is_year: bool,
}

/// Shows the calendar under its button; gives the day that is chosen.
pub(super) fn show(
    button: &Response,
    chosen: Option<Date>,
    nearby: &NearbyDates,
) -> Option<Date> {
    let page_id = button.id.with("page");
    let known = button.ctx.data(|data| data.get_temp::<CalendarPage>(page_id));
    let first = chosen.or(nearby.known.last().copied()).unwrap_or(nearby.today);
    let mut page =
        known.unwrap_or(CalendarPage { month: first.first_of_month(), is_year: false });
    let mut picked = None;
    let popup = Popup::menu(button)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .show(|ui| {
            ui.set_width(7.0 * CELL);
            ui.spacing_mut().item_spacing = Vec2::ZERO;
            head(ui, &mut page);
            if page.is_year {
                months(ui, &mut page);
            } else {
                picked = days(ui, page.month, chosen, nearby);
            }
            if picked.is_some() {
                ui.close();
            }
        });
    button.ctx.data_mut(|data| {
        if popup.is_some() && picked.is_none() {
            data.insert_temp(page_id, page);
        } else {
            data.remove::<CalendarPage>(page_id);
        }
    });
    picked
}

/// `«  ‹  August 2016  ›  »`: by years and by months; the name opens the months of the
/// year.
fn head(ui: &mut Ui, page: &mut CalendarPage) {
    ui.horizontal(|ui| {
        let by_year: Span = 1.year();
        let by_month: Span = if page.is_year { 1.year() } else { 1.month() };
        let turn =
            |ui: &mut Ui, sign: &str, name: &str, span: Span, page: &mut CalendarPage| {
                if cell(ui, vec2(CELL, CELL), sign, name, CellLook::Quiet).clicked() {
                    page.month = page.month.saturating_add(span);
                }
            };
        turn(ui, "«", "Previous year", -by_year, page);
        turn(ui, "‹", "Previous page", -by_month, page);
        let form = if page.is_year { "%Y" } else { "%B %Y" };
        let title = page.month.strftime(form).to_string();
        let size = vec2(3.0 * CELL, CELL);
        if cell(ui, size, &title, &title, CellLook::Title).clicked() {
            page.is_year = !page.is_year;
        }
        turn(ui, "›", "Next page", by_month, page);
        turn(ui, "»", "Next year", by_year, page);
    });
}

fn months(ui: &mut Ui, page: &mut CalendarPage) {
    for quarter in 0..4 {
        ui.horizontal(|ui| {
            for place in 0..3 {
                let number = quarter * 3 + place + 1;
                let Ok(month) = Date::new(page.month.year(), number, 1) else { continue };
                let name = month.strftime("%B").to_string();
                let is_this = number == page.month.month();
                let look = if is_this { CellLook::Chosen } else { CellLook::Plain };
                let size = vec2(7.0 * CELL / 3.0, CELL);
                if cell(ui, size, &name, &name, look).clicked() {
                    *page = CalendarPage { month, is_year: false };
                }
            }
        });
    }
}

fn days(
    ui: &mut Ui,
    month: Date,
    chosen: Option<Date>,
    nearby: &NearbyDates,
) -> Option<Date> {
    ui.horizontal(|ui| {
        for name in WEEKDAYS {
            let (rect, _) = ui.allocate_exact_size(vec2(CELL, 24.0), Sense::hover());
            let ink = palette(ui).quiet;
            ui.painter().text(
                rect.center(),
                Align2::CENTER_CENTER,
                name,
                theme::help(),
                ink,
            );
        }
    });
    let mut picked = None;
    let before = month.weekday().since(Weekday::Sunday);
    // Six weeks whatever the month is, so that the arrows stay under the pointer.
    for week in 0..6 {
        ui.horizontal(|ui| {
            for weekday in 0..7 {
                let number = week * 7 + weekday - before + 1;
                let day = Date::new(month.year(), month.month(), number);
                match day {
                    Ok(day) => {
                        if self::day(ui, day, chosen, nearby).clicked() {
                            picked = Some(day);
                        }
                    }
                    Err(_) => {
                        ui.allocate_exact_size(Vec2::splat(CELL), Sense::hover());
                    }
                }
            }
        });
    }
    picked
}

fn day(ui: &mut Ui, day: Date, chosen: Option<Date>, nearby: &NearbyDates) -> Response {
    let look = match day {
        _ if chosen == Some(day) => CellLook::Chosen,
        _ if nearby.today == day => CellLook::Today,
        _ => CellLook::Plain,
    };
    let name = day.strftime("%B %-d, %Y").to_string();
    let response = cell(ui, Vec2::splat(CELL), &day.day().to_string(), &name, look);
    if nearby.known.contains(&day) && look != CellLook::Chosen {
        let at = response.rect.center_bottom() - vec2(0.0, 6.0);
        ui.painter().circle_filled(at, 2.0, palette(ui).accent);
    }
    response
}

#[derive(Clone, Copy, PartialEq)]
enum CellLook {
    Plain,
    Quiet,
    Title,
    Today,
    Chosen,
}

fn cell(ui: &mut Ui, size: Vec2, words: &str, name: &str, look: CellLook) -> Response {
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    let colors = palette(ui);
    let inner: Rect = rect.shrink(2.0);
    let ground = match look {
        CellLook::Chosen => colors.accent,
        _ if response.hovered() => colors.over,
        _ => Color32::TRANSPARENT,
    };
    ui.painter().rect_filled(inner, 6.0, ground);
    if look == CellLook::Today || response.has_focus() {
        let edge = Stroke::new(1.5, colors.accent);
        ui.painter().rect_stroke(inner, 6.0, edge, StrokeKind::Inside);
    }
    let ink = match look {
        CellLook::Chosen => colors.on_accent,
        CellLook::Quiet => colors.quiet,
        CellLook::Plain | CellLook::Title | CellLook::Today => colors.text,
    };
    let font =
        if look == CellLook::Title { theme::semibold(15.0) } else { theme::body() };
    ui.painter()
        .text(rect.center(), Align2::CENTER_CENTER, words, font, ink);
    response
}
