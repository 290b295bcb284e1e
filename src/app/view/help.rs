//! Help within the program: short answers and every key, with a field to search both.

use egui::{Align, Id, Label, Layout, RichText, ScrollArea, Ui, vec2};

use super::dialog::{self, dialog_frame};
use super::text;
use crate::app::command::{COMMANDS, CommandRow, Menu};
use crate::app::theme::{self, palette};
use crate::app::widgets::quiet;

/// What people ask, and the answer.
const ANSWERS: &[(&str, &str)] = &[
    (
        "Write a letter",
        "Choose a template on the start page, or import a finished letter. The letter \
            grows at the right while you fill in the form. Gaps are marked, and what you \
            are editing is tinted. Click a word in the letter to edit it.",
    ),
    (
        "Decide several items",
        "Add one item for each treatment in dispute: its decision, the guidelines cited \
            and the rationale. Move items with Alt+Up and Alt+Down, or drag them in the \
            outline.",
    ),
    (
        "Dates and lists",
        "Type dates as you like: 03/26/2009, 3-26-09, Mar 26 2009. Lists complete while \
            you type and take your own words too. Down opens a list, Enter or Tab takes \
            its highlighted line.",
    ),
    (
        "Fix problems",
        "F8 goes to the next problem. Words that do not agree are underlined: rest the \
            pointer on them to read why, and right-click or press Ctrl+. to fix. You can \
            dismiss a warning and override an error with a reason; it comes back when \
            the words change.",
    ),
    (
        "Export and print",
        "Export saves the finished letter as a PDF, Word document, web page, text or \
            picture. Print uses your desktop's print dialog. While errors remain, every \
            page says DRAFT.",
    ),
    (
        "After a crash",
        "Unsaved work is copied every two seconds, and the start page offers to restore \
            it. Each save and export also keeps a version: File, Versions shows what \
            differs and restores it.",
    ),
    (
        "When somebody else has the draft",
        "It opens for reading, and you see who has it open. Take over lets you write; \
            the other person is told at the next save and sees both letters.",
    ),
    (
        "Correct a letter that went out",
        "Finish makes a letter final. A final letter does not change: Correct begins a \
            new draft that says which letter it replaces and why.",
    ),
    (
        "Encrypt a draft",
        "File, Encrypt keeps the draft, its copies and its versions under a passphrase. \
            A forgotten passphrase cannot be recovered. What you export or print is not \
            encrypted.",
    ),
    (
        "Keep the reviewer confidential",
        "The reviewer's name is for your records only. It is never printed, exported or \
            written into a file's properties.",
    ),
    (
        "Your own templates",
        "Settings, Letters shows the folder. A template that you save there appears in \
            the open letter at once.",
    ),
];

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
        area.show(ui, |ui| {
            ui.set_width(width - 14.0);
            ui.set_min_height(height);
            found(ui, &wanted);
        });
        ui.add_space(8.0);
        ui.with_layout(Layout::right_to_left(Align::TOP), |ui| {
            ui.button("Close").clicked()
        })
        .inner
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

/// The answers and keys that hold the words searched for.
fn found(ui: &mut Ui, wanted: &str) {
    let mut is_empty = true;
    for (question, answer) in ANSWERS {
        if fits(wanted, &[question, answer]) {
            is_empty = false;
            small_heading(ui, question);
            ui.add(Label::new(*answer).wrap());
            ui.add_space(10.0);
        }
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
    Some(ui.ctx().format_shortcut(row.shortcut.as_ref()?))
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
