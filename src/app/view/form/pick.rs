//! A line of text with a list: the list ranks what fits while one types, and words of
//! one's own are taken too.

use egui::{
    Frame, Id, Key, Margin, Rangef, Rect, Response, Sense, SurrenderFocusOn, TextBuffer,
    TextEdit, Ui,
};

use super::list::ListState;
use crate::app::theme::palette;
use crate::app::view::text::{self, Underlined};
use crate::app::widgets::{Icon, paint_icon, takes_key};

/// How a line is drawn.
#[derive(Clone, Copy, Default)]
pub(super) struct LineLook<'a> {
    /// What stands in it while it is empty.
    pub hint: &'a str,
    /// What it may be filled with: shown as a question, taken by Tab, Enter or a click.
    pub guess: Option<&'a str>,
    /// It stands in a frame of somebody else's, which reaches from here to there.
    pub within: Option<Rangef>,
    /// The icon is left away until somebody writes there: a cell is narrow.
    pub is_cell: bool,
    /// Words of it that are marked.
    pub marks: &'a [Underlined],
}

/// What became of the line in this frame.
pub(super) struct Picked {
    pub response: Response,
    /// A value of the list was taken.
    pub accepted: bool,
}

/// Room for the icon that opens the list.
const OPENER: f32 = 24.0;

/// Shows the line. While nothing is typed the list opens with the arrow down or by its
/// icon.
pub(super) fn show<S: AsRef<str>>(
    ui: &mut Ui,
    id: Id,
    value: &mut String,
    list: &[S],
    look: LineLook<'_>,
) -> Picked {
    let mut state = ListState::load(ui, id);
    let mut accepted = take_keys(ui, id, &mut state, value, list, look);
    let left = ui.next_widget_position().x;
    let has_opener = !look.is_cell || ui.memory(|memory| memory.has_focus(id));
    let right = if has_opener { OPENER as i8 + 2 } else { 2 };
    let response = keeping_focus(ui, id, &state, |ui| line(ui, id, value, look, right));
    if response.changed() {
        state = ListState::default();
    }
    take_clicked_guess(&response, value, look);
    let across = look.within.unwrap_or(Rangef::new(left, response.rect.right()));
    let frame = Rect::from_x_y_ranges(across, response.rect.y_range());
    if has_opener && opener(ui, id, frame).clicked() {
        response.request_focus();
        state.toggle(list, value);
    }
    let entries =
        if response.has_focus() { state.entries(list, value) } else { Vec::new() };
    if let Some(place) = state.show(ui, id, &response, frame, &entries) {
        (*value, accepted) = (entries[place].to_owned(), true);
        text::put_caret_at_end(ui, id, value);
        response.request_focus();
        state = ListState::default();
    }
    state.store(ui, id);
    Picked { response, accepted }
}

/// Handles the keys of the list and of the guess before the line sees them; says whether
/// the line has another value now.
fn take_keys<S: AsRef<str>>(
    ui: &Ui,
    id: Id,
    state: &mut ListState,
    value: &mut String,
    list: &[S],
    look: LineLook<'_>,
) -> bool {
    if !ui.memory(|memory| memory.has_focus(id)) {
        return false;
    }
    let entries = state.entries(list, value);
    let taken = state
        .take_keys(ui, &entries, value)
        .map(|place| entries[place].to_owned());
    let taken = match look.guess {
        _ if taken.is_some() => taken,
        _ if !state.is_open() && takes_key(ui, id, Key::ArrowDown) => {
            state.browse(list, value);
            None
        }
        Some(guess) if value.is_empty() && accepts_guess(ui, id) => {
            Some(guess.to_owned())
        }
        _ => None,
    };
    let Some(words) = taken else { return false };
    *value = words;
    text::put_caret_at_end(ui, id, value);
    true
}

/// A click takes the guess, and leaves it selected: who wants something else types it.
fn take_clicked_guess(response: &Response, value: &mut String, look: LineLook<'_>) {
    if let Some(guess) = look.guess
        && response.clicked()
        && value.is_empty()
    {
        guess.clone_into(value);
        text::select(response, value, Some((0..value.len()).into()));
    }
}

/// Enter, or Tab on the way to the next field.
fn accepts_guess(ui: &Ui, id: Id) -> bool {
    let is_tab =
        ui.input(|input| input.modifiers.is_none() && input.key_pressed(Key::Tab));
    is_tab || takes_key(ui, id, Key::Enter)
}

/// A line that leaves room for the icon at its end.
fn line(
    ui: &mut Ui,
    id: Id,
    value: &mut String,
    look: LineLook<'_>,
    right: i8,
) -> Response {
    let hint = match look.guess {
        Some(guess) => format!("{guess}?"),
        None => look.hint.to_owned(),
    };
    let margin = Margin { left: 8, right, top: text::PAD, bottom: text::PAD };
    let width = ui.available_size_before_wrap().x;
    let mut edit = text::edit(value, id, width)
        .return_key(None)
        .font(text::font(ui))
        .hint_text(hint)
        .margin(margin);
    if look.within.is_some() {
        edit = bare(edit, right);
    }
    let laid_out = &mut |ui: &Ui, text: &dyn TextBuffer, width| {
        if look.is_cell {
            text::laid_out_cell(ui, id, text, look.marks, width)
        } else {
            text::laid_out_line(ui, text, look.marks)
        }
    };
    ui.add(edit.layouter(laid_out))
}

/// A line without a frame of its own.
pub(super) fn bare(edit: TextEdit<'_>, right: i8) -> TextEdit<'_> {
    let margin = Margin { left: 4, right, top: 2, bottom: 2 };
    edit.frame(Frame::NONE.inner_margin(margin))
}

/// Draws a line so that a press on its list or on its icon does not take the focus from
/// it, which would close the list.
pub(super) fn keeping_focus<R>(
    ui: &mut Ui,
    id: Id,
    state: &ListState,
    draw: impl FnOnce(&mut Ui) -> R,
) -> R {
    let pointer = ui.ctx().pointer_interact_pos();
    let opener = ui.data(|data| data.get_temp::<Rect>(id.with("opener")));
    let is_on_opener = opener.zip(pointer).is_some_and(|(rect, at)| rect.contains(at));
    if !is_on_opener && !state.is_under_pointer(ui, id) {
        return draw(ui);
    }
    let usual = ui.ctx().options(|options| options.input_options.surrender_focus_on);
    surrender_on(ui, SurrenderFocusOn::Never);
    let drawn = draw(ui);
    surrender_on(ui, usual);
    drawn
}

fn surrender_on(ui: &Ui, on: SurrenderFocusOn) {
    ui.ctx()
        .options_mut(|options| options.input_options.surrender_focus_on = on);
}

/// The icon at the line's end that opens the whole list with the mouse.
pub(super) fn opener(ui: &Ui, id: Id, frame: Rect) -> Response {
    let place =
        Rect::from_min_max(egui::pos2(frame.right() - OPENER, frame.top()), frame.max);
    let mark = ui.interact(place, id.with("opener"), Sense::CLICK);
    ui.data_mut(|data| data.insert_temp(id.with("opener"), place));
    let colors = palette(ui);
    let ink = if mark.hovered() { colors.text } else { colors.quiet };
    let square = Rect::from_center_size(place.center(), egui::Vec2::splat(11.0));
    paint_icon(ui.painter(), square, Icon::Down, ink);
    mark
}
