//! Help within the program: how a letter is written, and every shortcut, from the command
//! table.

use egui::{Grid, RichText, ScrollArea, Ui};

use super::dialog::dialog_frame;
use crate::app::command::{COMMANDS, Menu};
use crate::app::theme;
use crate::app::widgets::{heading, quiet};

const STEPS: &[&str] = &[
    "Begin with New letter, or open a draft. The letter grows at the right while you \
        fill in the form at the left; \
     gaps are marked, and the field that you are in is tinted.",
    "Add one item for each treatment in dispute: its decision, what the claims \
        administrator cited, what you cite, and \
     why. An item can be moved, copied and taken out by its buttons, by the keyboard, \
     or by dragging it in the outline.",
    "Dates are understood as you type them: 03/26/2009, 3-26-09, Mar 26 2009. Lists \
        take words of your own too.",
    "F8 walks through what is missing or does not agree. While an error stands, every \
        page says DRAFT and the letter \
     cannot be exported as finished; the unfinished letter can be saved, exported and \
     printed all the same.",
    "Print (Ctrl+P) shows your desktop's print dialog. Where there is none, a box of \
        our own lists the printers; Enter prints at \
     once. What is printed is the letter as you see it beside the form, and the \
     printer's queue shows its case number alone.",
    "Words that do not agree are underlined. Rest on them to read why; a right click, \
        or Ctrl+. with the caret in them, offers what \
     mends them. What you know better you can override with a reason, or tick off; it \
     comes back when its words change.",
    "What is not saved yet is copied aside at least every two seconds. After a crash \
        the start page offers to bring it back. Each save and \
     export keeps a version: Versions in the File menu shows what differs, and brings \
     one back in one step that can be undone.",
    "A draft that is open somewhere else opens for reading, and you are told where. \
        Take over lets you write; whoever had it is \
     told at the next save, and shown both letters.",
    "File, Encrypt this draft keeps its file, its recovery copies and its versions \
        under a passphrase. Nobody can open \
     it without: a passphrase that is forgotten cannot be brought back. What you export \
     or print is for others, and plain.",
    "Settings (Ctrl+,) show the folder of your own letter kinds. A file that is saved \
        there in any editor is shown in the open \
     letter at once.",
    "What you export or print is taken note of in the draft. A line under the letter \
        says what changed since, and shows it word by \
     word. Finish letter makes it final; what is wrong then is corrected by a letter \
     that says which one it replaces, and why.",
    "The reviewer's name is for your own records. It is never printed, exported or \
        written into a file's properties.",
];

/// Draws the help; says whether it stays open.
pub(super) fn show(ui: &Ui) -> bool {
    let height = ui.ctx().content_rect().height() - 120.0;
    let modal = dialog_frame(ui, "help", 620.0, "", |ui| {
        ScrollArea::vertical().max_height(height).show(ui, |ui| {
            ui.set_width(600.0);
            heading(ui, "How a letter is written");
            for (place, step) in STEPS.iter().enumerate() {
                ui.add(egui::Label::new(format!("{}.  {step}", place + 1)).wrap());
            }
            ui.add_space(12.0);
            heading(ui, "Shortcuts");
            for menu in Menu::ALL {
                shortcuts(ui, menu);
            }
            quiet(
                ui,
                "Tab and Shift+Tab move between fields, and only fields. Down opens a \
                    list; Enter or Tab takes its highlighted line. The arrow keys change \
                    a choice.",
            );
        });
        ui.add_space(8.0);
        ui.button("Close help").clicked()
    });
    !modal.inner && !modal.should_close()
}

fn shortcuts(ui: &mut Ui, menu: Menu) {
    ui.add_space(6.0);
    ui.label(RichText::new(menu.label()).font(theme::semibold(14.0)));
    Grid::new(menu.label())
        .num_columns(3)
        .spacing([16.0, 2.0])
        .show(ui, |ui| {
            for entry in COMMANDS.iter().filter(|entry| entry.menu == menu) {
                let Some(shortcut) = &entry.shortcut else { continue };
                ui.label(entry.label);
                ui.label(
                    RichText::new(ui.ctx().format_shortcut(shortcut))
                        .font(theme::semibold(14.0)),
                );
                quiet(ui, entry.hint);
                ui.end_row();
            }
        });
}
