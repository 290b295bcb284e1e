//! Help within the program: the manual and every key, with a field to search both.

use egui::{Align, Id, Label, Layout, RichText, ScrollArea, Ui, vec2};

use super::dialog::{self, dialog_frame};
use super::text;
use crate::app::command::{COMMANDS, CommandRow, Menu, in_words, shortcut_text};
use crate::app::manual::MANUAL;
use crate::app::theme::{self, palette};
use crate::app::widgets::quiet;

/// Keys that are no commands.
const MORE_KEYS: &[(&str, &str)] = &[
    ("Next field", "Tab"),
    ("Previous field", "Shift+Tab"),
    ("Open a list", "Down"),
    ("Change a choice", "Arrow keys"),
];

const WIDTH: f32 = 620.0;
/// Where the keys stand in their line.
const KEYS: f32 = 330.0;

/// Draws the help; says whether it stays open.
pub(super) fn show(ui: &Ui) -> bool {
    let room = ui.ctx().content_rect().size();
    let (width, height) = (WIDTH.min(room.x - 80.0), (room.y - 190.0).min(560.0));
    let modal = dialog_frame(ui, "help", width, "Help", |ui| {
        let id = Id::unique("help search");
        let mut words = ui.data(|data| data.get_temp::<String>(id)).unwrap_or_default();
        let search =
            text::sized_line(ui, id.with("line"), &mut words, width, "Search help");
        dialog::name(&search, "Search help");
        dialog::focus_if_none(ui, &search);
        let wanted = words.trim().to_lowercase();
        ui.data_mut(|data| data.insert_temp(id, words));
        ui.add_space(4.0);
        let area = ScrollArea::vertical().max_height(height).min_scrolled_height(height);
        area.auto_shrink(false).show(ui, |ui| {
            // The bar lies over the right edge.
            ui.set_width(width - 22.0);
            ui.set_min_height(height);
            found(ui, &wanted);
        });
        ui.add_space(8.0);
        super::dialog::close_button(ui)
    });
    let is_closed = modal.inner || modal.should_close();
    if is_closed {
        ui.data_mut(|data| data.remove::<String>(Id::unique("help search")));
    }
    !is_closed
}

fn fits(wanted: &str, words: &[&str]) -> bool {
    let words = words.join(" ").to_lowercase();
    wanted.split_whitespace().all(|part| words.contains(part))
}

/// The chapters and keys that have the words searched for.
fn found(ui: &mut Ui, wanted: &str) {
    let mut is_empty = true;
    for chapter in MANUAL.iter().filter(|chapter| chapter.has(wanted)) {
        is_empty = false;
        small_heading(ui, &chapter.heading);
        for paragraph in &chapter.paragraphs {
            ui.add(Label::new(in_words(ui.ctx(), paragraph)).wrap());
            ui.add_space(6.0);
        }
        ui.add_space(6.0);
    }
    for menu in Menu::ALL {
        let mut rows = Vec::new();
        for row in COMMANDS.iter().filter(|row| row.menu == menu) {
            if let Some(keys) = keys(ui, row)
                && fits(wanted, &["keys", menu.label(), row.label, row.hint, &keys])
            {
                rows.push((row.label, keys, row.hint));
            }
        }
        is_empty &= rows.is_empty();
        key_table(ui, &format!("Keys: {}", menu.label()), rows);
    }
    let mut rows = Vec::new();
    for (label, keys) in MORE_KEYS {
        if fits(wanted, &["keys", "form", label, keys]) {
            rows.push((*label, (*keys).to_owned(), ""));
        }
    }
    is_empty &= rows.is_empty();
    key_table(ui, "Keys: Form", rows);
    if is_empty {
        quiet(ui, "Nothing found. Try another word");
    }
}

fn keys(ui: &Ui, row: &CommandRow) -> Option<String> {
    let text = shortcut_text(ui.ctx(), row);
    if text.is_empty() { None } else { Some(text) }
}

/// Commands and their keys, the keys one under another throughout.
fn key_table(ui: &mut Ui, title: &str, rows: Vec<(&str, String, &str)>) {
    if rows.is_empty() {
        return;
    }
    ui.add_space(6.0);
    small_heading(ui, title);
    for (label, keys, hint) in rows {
        ui.horizontal(|ui| {
            let size = vec2(KEYS, 22.0);
            let left = Layout::left_to_right(Align::Center);
            ui.allocate_ui_with_layout(size, left, |ui| {
                ui.set_min_width(KEYS);
                ui.add(Label::new(label.trim_end_matches('…')).truncate());
            });
            let color = palette(ui).text;
            let keys = RichText::new(keys).font(theme::semibold(14.0)).color(color);
            ui.label(keys);
        })
        .response
        .on_hover_text(hint);
    }
}

fn small_heading(ui: &mut Ui, words: &str) {
    let response = ui.label(RichText::new(words).font(theme::semibold(16.0)));
    response.ctx.accesskit_node_builder(response.id, |node| {
        node.set_role(egui::accesskit::Role::Heading);
        node.set_label(words);
    });
}
