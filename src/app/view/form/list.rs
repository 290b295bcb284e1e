//! The list that opens under a line or a choice: everything in groups, or while one types
//! the few that fit best. The line keeps the focus, and this list the keys.

use egui::emath::RectAlign;
use egui::{
    Align2, EventFilter, Id, Key, LayerId, Modifiers, Popup, PopupAnchor, PopupKind,
    Rect, Response, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2,
};

use crate::app::suggest::{self, fitting};
use crate::app::theme::{self, palette};
use crate::app::widgets;

/// Rows in sight; the wheel brings the rest.
const ROWS_SHOWN: usize = 9;
const PAGE: isize = 9;
const ROW: f32 = 28.0;
/// Under a narrow field the list is wider than it.
const NARROWEST: f32 = 280.0;

/// What is remembered of a list between frames.
#[derive(Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is true or not by itself")]
pub(super) struct ListState {
    /// It was shown in the last frame.
    is_open: bool,
    /// All of it was asked for, whatever is typed.
    is_browsed: bool,
    /// Counted among the entries shown.
    marked: usize,
    /// An arrow put the mark there, so Tab takes it along.
    is_chosen: bool,
    /// What stood in the line when Escape closed it.
    dismissed: Option<String>,
    /// How far it is scrolled, and whether the mark is to be scrolled into view.
    offset: f32,
    follows_mark: bool,
}

impl ListState {
    pub(super) fn load(ui: &Ui, id: Id) -> Self {
        ui.data(|data| data.get_temp(id.with("list"))).unwrap_or_default()
    }

    pub(super) fn store(self, ui: &Ui, id: Id) {
        ui.data_mut(|data| data.insert_temp(id.with("list"), self));
    }

    pub(super) fn is_open(&self) -> bool {
        self.is_open
    }

    /// Shows everything, with the mark at what is chosen.
    pub(super) fn browse<S: AsRef<str>>(&mut self, list: &[S], value: &str) {
        let marked = list.iter().position(|words| words.as_ref() == value);
        *self = Self {
            is_browsed: true,
            marked: marked.unwrap_or(0),
            follows_mark: true,
            ..Self::default()
        };
    }

    /// Opens the whole list, or closes it.
    pub(super) fn toggle<S: AsRef<str>>(&mut self, list: &[S], value: &str) {
        if self.is_open {
            *self = Self::default();
        } else {
            self.browse(list, value);
        }
    }

    /// What the list shows for what is typed.
    pub(super) fn entries<'a, S: AsRef<str>>(
        &self,
        list: &'a [S],
        typed: &str,
    ) -> Vec<&'a str> {
        if self.is_browsed {
            return list.iter().map(AsRef::as_ref).collect();
        }
        let is_quiet =
            typed.trim().is_empty() || self.dismissed.as_deref() == Some(typed);
        if is_quiet || list.iter().any(|words| words.as_ref() == typed) {
            return Vec::new();
        }
        fitting(list.iter().map(AsRef::as_ref), typed)
    }

    /// Handles the keys of this frame before the line sees them; gives the place of the
    /// entry that they take. Tab walks on by itself.
    pub(super) fn take_keys(
        &mut self,
        ui: &Ui,
        entries: &[&str],
        typed: &str,
    ) -> Option<usize> {
        if !self.is_open || entries.is_empty() {
            return None;
        }
        let steps = [
            (Key::ArrowDown, 1),
            (Key::ArrowUp, -1),
            (Key::PageDown, PAGE),
            (Key::PageUp, -PAGE),
        ];
        for (key, step) in steps {
            if takes(ui, key) {
                self.step(step, entries.len());
            }
        }
        if takes(ui, Key::Escape) {
            *self = Self { dismissed: Some(typed.to_owned()), ..Self::default() };
            return None;
        }
        let is_tab =
            ui.input(|input| input.modifiers.is_none() && input.key_pressed(Key::Tab));
        let is_taken = takes(ui, Key::Enter)
            || (is_tab && (self.is_chosen || completes(entries[0], typed)));
        let marked = self.marked.min(entries.len() - 1);
        if is_taken {
            *self = Self::default();
        }
        is_taken.then_some(marked)
    }

    /// One step goes round at the ends; a page stops there.
    fn step(&mut self, step: isize, count: usize) {
        self.marked = if step.abs() == 1 {
            (self.marked + count).saturating_add_signed(step) % count
        } else {
            self.marked.saturating_add_signed(step).min(count - 1)
        };
        (self.is_chosen, self.follows_mark) = (true, true);
    }

    /// Whether the pointer is on the list: a press there must not take the focus away.
    pub(super) fn is_under_pointer(&self, ui: &Ui, id: Id) -> bool {
        let Some(pointer) = ui.ctx().pointer_interact_pos() else { return false };
        let layer = LayerId::new(PopupKind::Popup.order(), popup_id(id));
        self.is_open && ui.ctx().layer_id_at(pointer) == Some(layer)
    }

    /// Draws the list under a line; gives the place of the entry that is clicked.
    pub(super) fn show(
        &mut self,
        ui: &Ui,
        id: Id,
        line: &Response,
        anchor: Rect,
        entries: &[&str],
    ) -> Option<usize> {
        self.is_open = line.has_focus() && !entries.is_empty();
        if !line.has_focus() {
            *self = Self::default();
        }
        hold_keys(ui, id, self.is_open);
        if !self.is_open {
            return None;
        }
        self.marked = self.marked.min(entries.len() - 1);
        // The frame of the list stands in line with the frame of the field.
        let width = (anchor.width() - 14.0).max(NARROWEST);
        let anchor = PopupAnchor::ParentRect(anchor);
        Popup::new(popup_id(id), ui.ctx().clone(), anchor, ui.layer_id())
            .kind(PopupKind::Popup)
            .align(RectAlign::BOTTOM_START)
            .align_alternatives(&[RectAlign::TOP_START])
            .gap(2.0)
            .open(true)
            .width(width)
            .show(|ui| {
                ui.set_width(width);
                self.rows(ui, entries)
            })?
            .inner
    }

    fn rows(&mut self, ui: &mut Ui, entries: &[&str]) -> Option<usize> {
        ui.spacing_mut().item_spacing.y = 0.0;
        let rows = grouped(entries, self.is_browsed);
        let height = ROW * rows.len().min(ROWS_SHOWN) as f32;
        let mut area = ScrollArea::vertical()
            .max_height(height)
            .min_scrolled_height(0.0)
            .auto_shrink(false);
        if std::mem::take(&mut self.follows_mark) {
            let row = rows.iter().position(|row| *row == ListRow::Entry(self.marked));
            let top = ROW * row.unwrap_or(0) as f32;
            let offset = self.offset.clamp((top + ROW - height).max(0.0), top);
            area = area.vertical_scroll_offset(offset);
        }
        let mut clicked = None;
        let shown = area.show_rows(ui, ROW, rows.len(), |ui, range| {
            for row in &rows[range] {
                match *row {
                    ListRow::Group(name) => group_row(ui, name),
                    ListRow::Entry(place) => {
                        let is_marked = place == self.marked;
                        let words = entries[place];
                        let response = entry_row(ui, words, self.is_browsed, is_marked);
                        let is_pointed = response.hovered()
                            && ui.input(|input| input.pointer.is_moving());
                        if is_pointed {
                            self.marked = place;
                        }
                        if response.clicked() {
                            clicked = Some(place);
                        }
                    }
                }
            }
        });
        self.offset = shown.state.clamped_offset().y;
        clicked
    }
}

fn popup_id(id: Id) -> Id {
    id.with("list popup")
}

/// Whether this key was pressed alone; nothing else sees it then.
fn takes(ui: &Ui, key: Key) -> bool {
    ui.input_mut(|input| input.consume_key(Modifiers::NONE, key))
}

/// Arrows are the list's, and Escape while it is open. Tab is never held: it always walks
/// on.
fn hold_keys(ui: &Ui, id: Id, is_open: bool) {
    let filter = EventFilter {
        tab: false,
        escape: is_open,
        horizontal_arrows: true,
        vertical_arrows: true,
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
}

/// Whether every word that was typed begins a word of the first entry; others are the
/// reviewer's own.
fn completes(first: &str, typed: &str) -> bool {
    let (first, typed) = (first.to_lowercase(), typed.to_lowercase());
    let mut words = typed.split_whitespace();
    let begins = |typed: &str| {
        let mut known = first.split(|letter: char| !letter.is_alphanumeric());
        known.any(|word| word.starts_with(typed))
    };
    !typed.trim().is_empty() && (first.starts_with(typed.trim()) || words.all(begins))
}

/// A row of the list.
#[derive(Clone, Copy, PartialEq)]
enum ListRow<'a> {
    /// What the entries below it have in common.
    Group(&'a str),
    /// By its place.
    Entry(usize),
}

fn grouped<'a>(entries: &[&'a str], is_browsed: bool) -> Vec<ListRow<'a>> {
    let mut rows = Vec::new();
    let mut group = "";
    for (place, words) in entries.iter().enumerate() {
        let own = suggest::group(words);
        if is_browsed && own != group && !own.is_empty() {
            rows.push(ListRow::Group(own));
        }
        group = own;
        rows.push(ListRow::Entry(place));
    }
    rows
}

fn group_row(ui: &mut Ui, name: &str) {
    let size = vec2(ui.available_width(), ROW);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let at = pos2(rect.left() + 8.0, rect.bottom() - 5.0);
    let ink = palette(ui).quiet;
    ui.painter()
        .text(at, Align2::LEFT_BOTTOM, name, theme::semibold(12.0), ink);
}

fn entry_row(ui: &mut Ui, words: &str, is_browsed: bool, is_marked: bool) -> Response {
    let size = vec2(ui.available_width(), ROW);
    let (rect, response) = ui.allocate_exact_size(size, Sense::CLICK);
    response.widget_info(|| {
        WidgetInfo::selected(Role::ListBoxOption, true, is_marked, words)
    });
    let colors = palette(ui);
    if is_marked {
        ui.painter().rect_filled(rect, 4.0, colors.tint);
    }
    let shown = if is_browsed { suggest::in_group(words) } else { words };
    let shown = widgets::cut_in_middle(ui, shown, &theme::body(), rect.width() - 16.0);
    let at = pos2(rect.left() + 8.0, rect.center().y);
    let is_cut = shown.contains(widgets::CUT);
    ui.painter()
        .text(at, Align2::LEFT_CENTER, shown, theme::body(), colors.text);
    if is_cut { response.on_hover_text(words) } else { response }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_stand_over_their_entries_while_everything_is_shown() {
        use ListRow::{Entry, Group};
        let entries = ["Home Health", "Surgery: Spine", "Surgery: Arthroscopic"];
        let rows = grouped(&entries, true);
        assert_eq!(rows.len(), 4);
        assert!(rows == [Entry(0), Group("Surgery"), Entry(1), Entry(2)]);
        assert!(grouped(&entries, false) == [Entry(0), Entry(1), Entry(2)]);
    }
}
