//! Dates, numbers and sums: typed in any common form, shown as they are understood,
//! and a calendar for those who point.

use egui::{
    Align2, Frame, Id, Margin, Rangef, Rect, Response, Sense, TextBuffer, Ui, Vec2, pos2,
};
use jiff::civil::Date;

use super::calendar;
use crate::app::theme::{self, palette};
use crate::app::view::text::{self, Underlined};
use crate::app::widgets::{self, Icon, paint_icon};
use crate::letter::phrasing;
use crate::letter::{Editable, Entry, FieldPath, NearbyDates, Typed};

/// Where a date or a number is typed.
pub(super) struct DateLine<'a> {
    pub id: Id,
    pub path: &'a FieldPath,
    pub label: &'a str,
    /// From where to where it is a cell of a table.
    pub cell: Option<Rangef>,
    /// Words of it that are marked.
    pub marks: &'a [Underlined],
}

/// Room for the calendar's icon.
const ICON: f32 = 26.0;

/// A date: a line with the calendar's button and, while it is edited, the date in words.
/// Gives the last day, too, where a range was typed and left.
pub(super) fn show(
    ui: &mut Ui,
    line: &DateLine<'_>,
    slot: &mut dyn Editable<Date>,
    typing: &mut Option<(FieldPath, String)>,
    nearby: &NearbyDates,
) -> (Response, Option<Date>) {
    let response = typed(ui, line, slot, typing, Some(nearby));
    let mut last_day = None;
    if response.lost_focus()
        && let Entry::AsTyped(text) = slot.entry()
        && let Some((first, last)) = nearby.read_range(&text)
    {
        slot.put(Entry::Understood(first));
        last_day = Some(last);
    }
    let known = slot.entry().understood().copied();
    if line.cell.is_none() {
        let button = button(ui, line, &response);
        if let Some(date) = calendar::show(&button, known, nearby) {
            slot.put(Entry::Understood(date));
            *typing = None;
            response.request_focus();
        }
    }
    if response.has_focus()
        && let Some(date) = known
    {
        read_back(ui, line, &response, slot, date);
    }
    (response, last_day)
}

/// The calendar's icon within the line, passed by by Tab.
fn button(ui: &Ui, line: &DateLine<'_>, response: &Response) -> Response {
    let mut place = response.rect;
    place.min.x = place.max.x - ICON;
    let button = ui.interact(place, line.id.with("calendar"), Sense::CLICK);
    let name = format!("Calendar for {}", phrasing::uncapitalized(line.label));
    button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
    let colors = palette(ui);
    let ink = if button.hovered() { colors.text } else { colors.quiet };
    let square = Rect::from_center_size(place.center(), Vec2::splat(13.0));
    paint_icon(ui.painter(), square, Icon::Calendar, ink);
    button.on_hover_text(name)
}

/// The date in words at the end of its line, as much of it as there is room for.
fn read_back(
    ui: &Ui,
    line: &DateLine<'_>,
    response: &Response,
    slot: &dyn Editable<Date>,
    date: Date,
) {
    let end = if line.cell.is_some() { 6.0 } else { ICON + 2.0 };
    let typed = widgets::width(ui, &slot.entry().show(), theme::value());
    let room = response.rect.width() - end - typed - 20.0;
    for form in ["%a, %b %-d, %Y", "%a"] {
        let words = date.strftime(form).to_string();
        if widgets::width(ui, &words, theme::help()) <= room {
            let at = pos2(response.rect.right() - end, response.rect.center().y);
            let ink = palette(ui).quiet;
            ui.painter().text(at, Align2::RIGHT_CENTER, words, theme::help(), ink);
            return;
        }
    }
}

/// A line whose value is understood as it is typed, and written out in its usual form
/// once it is left.
pub(super) fn typed<T: Typed + ReadNearby + PartialEq>(
    ui: &mut Ui,
    line: &DateLine<'_>,
    slot: &mut dyn Editable<T>,
    typing: &mut Option<(FieldPath, String)>,
    nearby: Option<&NearbyDates>,
) -> Response {
    // While it is typed, "3/26/20" must not become "03/26/2020" under the typist's hands.
    let entry = slot.entry();
    let mut text = match typing {
        Some((field, text))
            if field == line.path && T::read_nearby(text, nearby) == entry =>
        {
            text.clone()
        }
        _ => entry.show(),
    };
    let right = if nearby.is_some() { ICON as i8 } else { 8 };
    let edit = text::edit(&mut text, line.id, ui.available_width())
        .font(text::font(ui))
        .return_key(None);
    let edit = match line.cell {
        Some(_) => edit.frame(Frame::NONE.inner_margin(Margin {
            left: 4,
            right: 2,
            ..Margin::ZERO
        })),
        None => edit.margin(Margin { left: 8, right, top: text::PAD, bottom: text::PAD }),
    };
    let marked = &mut |ui: &Ui, text: &dyn TextBuffer, _| {
        text::laid_out_line(ui, text, line.marks)
    };
    let response = ui.add(edit.layouter(marked));
    if response.changed() {
        slot.put(T::read_nearby(&text, nearby));
        // What a screen reader writes without going there is not being typed.
        *typing = response.has_focus().then(|| (line.path.clone(), text));
    }
    let is_typed_into = typing.as_ref().is_some_and(|(field, _)| field == line.path);
    if response.lost_focus() && is_typed_into {
        *typing = None;
    }
    response
}

/// A value that may be read by what is around it.
pub(super) trait ReadNearby: Typed {
    fn read_nearby(text: &str, _: Option<&NearbyDates>) -> Entry<Self> {
        Entry::read(text)
    }
}

impl ReadNearby for u32 {}
impl ReadNearby for crate::letter::Money {}

impl ReadNearby for Date {
    fn read_nearby(text: &str, nearby: Option<&NearbyDates>) -> Entry<Self> {
        let date = nearby.and_then(|nearby| nearby.read(text));
        date.map_or_else(|| Entry::read(text), Entry::Understood)
    }
}
