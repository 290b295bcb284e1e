//! The person's own snippets, and the built-in ones, which can be changed or hidden.

use egui::Ui;

use super::rows::{self, OwnList};
use super::{column, section};
use crate::app::command::Command;
use crate::app::desk::{Desk, RowBeingEdited};
use crate::app::snippets::{self, Snippet};
use crate::app::view::snippets::editor;
use crate::app::widgets::quiet;
use crate::store::OwnFile;

const FILE: OwnFile = OwnFile::Snippets;

pub(super) fn show(
    ui: &mut Ui,
    desk: &Desk,
    open: &mut RowBeingEdited,
    commands: &mut Vec<Command>,
) {
    quiet(
        ui,
        "Type ; and a code in a letter, then press Tab. Tab goes to the next place to fill in.",
    );
    let own = &desk.own.snippets;
    let new = || Snippet {
        code: snippets::new_code(&own.rows, ""),
        name: "New snippet".to_owned(),
        ..Snippet::default()
    };
    let list = OwnList {
        file: FILE,
        rows: &own.rows,
        error: own.error.as_ref(),
        names: |snippet| (snippet.name.clone(), aside(snippet)),
        add: "Add a snippet",
        new: &new,
    };
    let edit = |ui: &mut Ui, rows: &mut Vec<Snippet>, place: usize, adding: &mut _| {
        editor(ui, desk, &mut rows[place], adding, false);
        if let Some(fault) = rows[place].fault(rows, place) {
            quiet(ui, fault);
        }
    };
    let Some(mut snippets) = list.show(ui, desk, open, commands, edit) else { return };
    built_in_rows(ui, open, &mut snippets);
    rows::kept_in(ui, desk, FILE);
    if snippets != own.rows {
        commands.push(Command::SetSnippets(snippets));
    }
}

fn aside(snippet: &Snippet) -> String {
    if snippet.hidden { "hidden".to_owned() } else { format!(";{}", snippet.code) }
}

/// The built-in snippets that none of one's own replaces: changed, one becomes one's own.
fn built_in_rows(ui: &mut Ui, open: &mut RowBeingEdited, snippets: &mut Vec<Snippet>) {
    section(ui, "Built-in snippets");
    let mut taken = None;
    for snippet in snippets::built_in() {
        if snippets.iter().any(|own| own.is_called(&snippet.code)) {
            continue;
        }
        ui.horizontal(|ui| {
            let room = ui.available_width() - 240.0;
            column(ui, room, &snippet.name).on_hover_text(&snippet.text);
            column(ui, 80.0, &format!(";{}", snippet.code));
            for (words, hidden) in [("Hide", true), ("Change", false)] {
                let spoken = format!("{words} {}", snippet.name);
                let button = ui.small_button(words);
                crate::app::view::dialog::name(&button, &spoken);
                if button.clicked() {
                    taken = Some(Snippet { hidden, ..snippet.clone() });
                }
            }
        });
    }
    if let Some(snippet) = taken {
        let is_changed = !snippet.hidden;
        snippets.push(snippet);
        open.chosen = is_changed.then_some(snippets.len() - 1);
    }
}
