//! The person's own snippets, and the built-in ones, which can be changed or hidden.

use egui::Ui;

use super::{column, rows, section};
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
    ui.add_space(4.0);
    let own = &desk.own.snippets;
    if !rows::file(ui, desk, FILE, own.error.as_ref(), commands) {
        return;
    }
    let mut snippets = own.rows.clone();
    own_rows(ui, open, &mut snippets);
    built_in_rows(ui, open, &mut snippets);
    rows::kept_in(ui, desk, FILE);
    if snippets != own.rows {
        commands.push(Command::SetSnippets(snippets));
    }
}

fn own_rows(ui: &mut Ui, open: &mut RowBeingEdited, snippets: &mut Vec<Snippet>) {
    let asides: Vec<String> = snippets.iter().map(aside).collect();
    let names = snippets.iter().zip(&asides);
    let names = names.map(|(snippet, aside)| (snippet.name.as_str(), aside.as_str()));
    if let Some(change) = rows::list(ui, open, names) {
        rows::apply(snippets, open, change);
    }
    ui.add_space(6.0);
    if ui.button("Add a snippet").clicked() {
        let code = snippets::new_code(snippets, "");
        let name = "New snippet".to_owned();
        snippets.push(Snippet { code, name, ..Snippet::default() });
        open.chosen = Some(snippets.len() - 1);
    }
    let Some(place) = open.chosen.filter(|place| *place < snippets.len()) else { return };
    ui.add_space(8.0);
    ui.separator();
    editor(ui, &mut snippets[place], false);
    if let Some(fault) = snippets[place].fault(snippets, place) {
        quiet(ui, fault);
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
            let room = ui.available_width() - 200.0;
            column(ui, room, &snippet.name).on_hover_text(&snippet.text);
            column(ui, 70.0, &format!(";{}", snippet.code));
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
