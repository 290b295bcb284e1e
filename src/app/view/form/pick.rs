//! A line of text that completes from a list: the list filters while one types, and words
//! of one's own are taken too.

use egui::emath::RectAlign;
use egui::{
    CompletionPopup, EventFilter, Id, Key, Margin, Rect, Response, Sense, Suggestion,
    TextEdit, Ui,
};

use crate::app::suggest::fitting;
use crate::app::theme::palette;
use crate::app::view::text;
use crate::app::widgets::{Icon, paint_icon, takes_key};

/// What became of the line in this frame.
pub(super) struct Picked {
    pub response: Response,
    /// A value of the list was taken, by Enter or by a click.
    pub accepted: bool,
}

/// Shows the line. While nothing is typed the list opens with the arrow down or by its
/// icon.
pub(super) fn show<S: AsRef<str>>(
    ui: &mut Ui,
    id: Id,
    value: &mut String,
    list: &[S],
    hint: &str,
) -> Picked {
    let browsing = is_browsing(ui, id, value.is_empty());
    let width = ui.available_width();
    let accept_keys = if tab_accepts(ui, id, value, list) {
        vec![Key::Enter, Key::Tab]
    } else {
        vec![Key::Enter]
    };
    let output = CompletionPopup::new(id)
        .word_boundary(|_| false)
        .align(RectAlign::BOTTOM_START)
        .accept_keys(accept_keys)
        .show(ui, line(value, id, width).hint_text(hint.to_owned()), |query| {
            let closed = query.text.is_empty() && !browsing;
            let exact = list.iter().any(|words| words.as_ref() == query.text);
            if closed || (exact && !browsing) {
                return Vec::new();
            }
            let typed = if exact { "" } else { query.text };
            fitting(list.iter().map(AsRef::as_ref), typed)
                .into_iter()
                .map(Suggestion::new)
                .collect()
        });
    let response = output.text_edit.response.response;
    let (accepted, open) = (output.accepted.is_some(), output.is_open);
    ui.data_mut(|data| data.insert_temp(id.with("open"), open));
    let_tab_go(ui, id);
    if accepted || response.lost_focus() || response.changed() {
        set_browsing(ui, id, false);
    }
    open_button(ui, id, &response);
    Picked { response, accepted }
}

/// A line that leaves room for the icon at its end.
fn line(value: &mut String, id: Id, width: f32) -> TextEdit<'_> {
    text::edit(value, id, width).return_key(None).margin(Margin {
        left: 8,
        right: 26,
        top: 5,
        bottom: 5,
    })
}

/// While the list is open egui's popup keeps Tab to itself, and for one frame longer: a
/// Tab in that frame would be lost. So the line never holds Tab, which always walks on.
fn let_tab_go(ui: &Ui, id: Id) {
    let is_open = popup_is_open(ui, id);
    let filter = EventFilter {
        tab: false,
        escape: is_open,
        horizontal_arrows: true,
        vertical_arrows: true,
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
}

/// Whether Tab takes the marked line before it walks on: where an arrow chose it, or where
/// it completes what was typed. Other words are the reviewer's own.
fn tab_accepts<S: AsRef<str>>(ui: &Ui, id: Id, typed: &str, list: &[S]) -> bool {
    if !popup_is_open(ui, id) {
        // An arrow's choice is over with its list.
        ui.data_mut(|data| data.remove::<String>(chosen_id(id)));
        return false;
    }
    let has_moved = ui.input(|input| {
        input.key_pressed(Key::ArrowDown) || input.key_pressed(Key::ArrowUp)
    });
    let was_chosen =
        ui.data(|data| data.get_temp(chosen_id(id)) == Some(typed.to_owned()));
    if has_moved {
        ui.data_mut(|data| data.insert_temp(chosen_id(id), typed.to_owned()));
    }
    let typed = typed.trim().to_lowercase();
    let first = fitting(list.iter().map(AsRef::as_ref), &typed).into_iter().next();
    let completes = first.is_some_and(|first| first.to_lowercase().starts_with(&typed));
    has_moved || was_chosen || (completes && !typed.is_empty())
}

/// Where the words are kept that were typed when an arrow last moved the mark.
fn chosen_id(id: Id) -> Id {
    id.with("chosen")
}

fn popup_is_open(ui: &Ui, id: Id) -> bool {
    ui.data(|data| data.get_temp(id.with("open"))).unwrap_or(false)
}

fn is_browsing(ui: &Ui, id: Id, empty: bool) -> bool {
    let browsing = ui.data(|data| data.get_temp(id.with("browsing"))).unwrap_or(false);
    let asked = empty && !browsing && takes_key(ui, id, Key::ArrowDown);
    if asked {
        set_browsing(ui, id, true);
    }
    browsing || asked
}

fn set_browsing(ui: &Ui, id: Id, browsing: bool) {
    ui.data_mut(|data| data.insert_temp(id.with("browsing"), browsing));
}

/// The icon at the line's end that opens the whole list with the mouse.
fn open_button(ui: &Ui, id: Id, response: &Response) {
    let rect = response.rect;
    let place = Rect::from_min_max(egui::pos2(rect.right() - 24.0, rect.top()), rect.max);
    let mark = ui.interact(place, id.with("opener"), Sense::CLICK);
    let colors = palette(ui);
    let ink = if mark.hovered() { colors.text } else { colors.quiet };
    paint_icon(
        ui.painter(),
        Rect::from_center_size(place.center(), egui::Vec2::splat(11.0)),
        Icon::Down,
        ink,
    );
    if mark.clicked() {
        response.request_focus();
        set_browsing(ui, id, true);
    }
}
