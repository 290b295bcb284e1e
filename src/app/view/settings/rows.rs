//! A list of rows of the person's own, one of which is open to be changed.

use egui::{Align, Label, Layout, RichText, Sense, Ui, WidgetInfo, vec2};

use crate::app::command::Command;
use crate::app::desk::{Desk, RowBeingEdited};
use crate::app::job::ErrorMessage;
use crate::app::theme::{self, palette};
use crate::app::widgets::{self, Icon, icon_button, quiet, ring};
use crate::store::OwnFile;

/// A list that the person keeps in a file.
pub(super) struct OwnList<'a, T> {
    pub file: OwnFile,
    pub rows: &'a [T],
    /// What keeps the file from being read.
    pub error: Option<&'a ErrorMessage>,
    /// What a row is called, and what stands beside its name.
    pub names: fn(&T) -> (String, String),
    /// The words of the button that adds a row, and the row.
    pub add: &'static str,
    pub new: &'a dyn Fn() -> T,
}

impl<T: Clone> OwnList<'_, T> {
    /// Draws the rows, the button that adds one, and the row that is open; gives the rows
    /// as they are then, or nothing where they cannot be changed here.
    pub(super) fn show(
        &self,
        ui: &mut Ui,
        desk: &Desk,
        open: &mut RowBeingEdited,
        commands: &mut Vec<Command>,
        editor: impl FnOnce(&mut Ui, &mut Vec<T>, usize, &mut [String; 2]),
    ) -> Option<Vec<T>> {
        ui.add_space(4.0);
        if !can_be_changed(ui, desk, self.file, self.error, commands) {
            return None;
        }
        let mut rows = self.rows.to_vec();
        let names: Vec<(String, String)> = rows.iter().map(self.names).collect();
        if let Some(change) = list(ui, open, &names) {
            apply(&mut rows, open, change);
        }
        ui.add_space(6.0);
        if ui.button(self.add).clicked() {
            rows.push((self.new)());
            open.chosen = Some(rows.len() - 1);
            open.adding = Default::default();
        }
        if let Some(place) = open.chosen.filter(|place| *place < rows.len()) {
            ui.add_space(8.0);
            ui.separator();
            editor(ui, &mut rows, place, &mut open.adding);
        }
        Some(rows)
    }
}

/// What is done to a list.
#[derive(Clone, Copy, Debug, PartialEq)]
enum RowChange {
    Up(usize),
    Down(usize),
    Remove(usize),
}

/// Draws the rows by their names; gives what is to be done to them.
fn list(
    ui: &mut Ui,
    open: &mut RowBeingEdited,
    names: &[(String, String)],
) -> Option<RowChange> {
    let (count, mut change) = (names.len(), None);
    ui.spacing_mut().item_spacing.y = 2.0;
    for (place, (name, aside)) in names.iter().enumerate() {
        let is_chosen = open.chosen == Some(place);
        ui.horizontal(|ui| {
            if row(ui, name, aside, is_chosen) {
                open.chosen = (!is_chosen).then_some(place);
                open.adding = Default::default();
            }
            ui.spacing_mut().item_spacing.x = 0.0;
            for (icon, verb, may, what) in [
                (Icon::Up, "up", place > 0, RowChange::Up(place)),
                (Icon::Down, "down", place + 1 < count, RowChange::Down(place)),
            ] {
                let spoken = format!("Move {name} {verb}");
                if icon_button(ui, icon, &spoken, may).clicked() {
                    change = Some(what);
                }
            }
            let spoken = format!("Remove {name}");
            if icon_button(ui, Icon::Cross, &spoken, true).clicked() {
                change = Some(RowChange::Remove(place));
            }
        });
    }
    change
}

/// The name of a row, pressed as a whole.
fn row(ui: &mut Ui, name: &str, aside: &str, is_chosen: bool) -> bool {
    let size = vec2(ui.available_width() - 3.0 * 26.0, 28.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| {
        WidgetInfo::selected(egui::Role::ListBoxOption, true, is_chosen, name)
    });
    let colors = palette(ui);
    widgets::row_ground(ui, &response, is_chosen);
    if response.has_focus() {
        ring(ui, rect);
    }
    let layout = Layout::right_to_left(Align::Center);
    let inner = rect.shrink2(vec2(8.0, 0.0));
    ui.scope_builder(egui::UiBuilder::new().max_rect(inner).layout(layout), |ui| {
        ui.add(Label::new(RichText::new(aside).font(theme::help()).color(colors.quiet)));
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.add(Label::new(name).truncate().selectable(false));
        });
    });
    response.clicked()
}

/// Carries out a change; the open row stays the same one.
fn apply<T>(rows: &mut Vec<T>, open: &mut RowBeingEdited, change: RowChange) {
    let (from, to) = match change {
        RowChange::Up(place) => (place, place - 1),
        RowChange::Down(place) => (place, place + 1),
        RowChange::Remove(place) => {
            rows.remove(place);
            open.chosen = match open.chosen {
                Some(chosen) if chosen > place => Some(chosen - 1),
                Some(chosen) if chosen == place => None,
                other => other,
            };
            return;
        }
    };
    rows.swap(from, to);
    open.chosen = match open.chosen {
        Some(chosen) if chosen == from => Some(to),
        Some(chosen) if chosen == to => Some(from),
        other => other,
    };
}

/// Says what keeps a file from being read; whether it can be changed here.
fn can_be_changed(
    ui: &mut Ui,
    desk: &Desk,
    file: OwnFile,
    error: Option<&ErrorMessage>,
    commands: &mut Vec<Command>,
) -> bool {
    let Some(data) = &desk.data else {
        quiet(ui, "This account has no folder for application data.");
        return false;
    };
    let path = file.path(data);
    if let Some(error) = error {
        ui.add(Label::new(&error.text).wrap());
        quiet(ui, format!("{}.", error.hint));
        if ui.button("Open file").clicked() {
            commands.push(Command::OpenOutside(path));
        }
        return false;
    }
    true
}

/// Says at the foot of a list in which file it is kept.
pub(super) fn kept_in(ui: &mut Ui, desk: &Desk, file: OwnFile) {
    if let Some(data) = &desk.data {
        ui.add_space(10.0);
        quiet(ui, "Kept in this file, which you can also edit by hand:");
        super::files::path(ui, &file.path(data));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_open_row_stays_open_while_rows_move_and_go() {
        let mut rows = vec!['a', 'b', 'c'];
        let mut open = RowBeingEdited { chosen: Some(1), ..RowBeingEdited::default() };
        apply(&mut rows, &mut open, RowChange::Down(0));
        assert_eq!((&rows[..], open.chosen), (&['b', 'a', 'c'][..], Some(0)));
        apply(&mut rows, &mut open, RowChange::Remove(1));
        assert_eq!((&rows[..], open.chosen), (&['b', 'c'][..], Some(0)));
        apply(&mut rows, &mut open, RowChange::Remove(0));
        assert_eq!((&rows[..], open.chosen), (&['c'][..], None));
    }
}
