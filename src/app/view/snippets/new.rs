//! A snippet of what is selected: the code is proposed, Enter keeps it.

use egui::{Context, Ui};

use super::super::dialog::dialog_frame;
use super::super::form::field_id;
use super::fill::selected;
use super::form::editor;
use crate::app::command::Command;
use crate::app::desk::{Desk, DialogBox, SnippetBox};
use crate::app::snippets::{Snippet, new_code};
use crate::app::widgets::{main_button, quiet};

/// How many words of a text are its name at first.
const NAME_WORDS: usize = 6;

/// Opens the box with what is selected in the text that the caret is in.
pub(in crate::app::view) fn begin(ctx: &Context, desk: &mut Desk) {
    let Some((path, text)) = desk.text_at_caret() else { return };
    let place = selected(ctx, field_id(path), text);
    let words = place.map_or("", |place| text[place].trim()).to_owned();
    let named: Vec<&str> = words.split_whitespace().take(NAME_WORDS).collect();
    let occasion = desk.occasion();
    let snippet = Snippet {
        code: new_code(&desk.own.snippets.rows, &words),
        name: named.join(" "),
        decisions: occasion.denial.into_iter().collect(),
        categories: Some(occasion.category)
            .filter(|category| !category.is_empty())
            .into_iter()
            .collect(),
        text: words,
        ..Snippet::default()
    };
    let adding = Default::default();
    desk.open_dialog(DialogBox::NewSnippet(SnippetBox { snippet, adding, fault: "" }));
}

/// Draws the box; says whether it stays open.
pub(in crate::app::view) fn show(
    ui: &Ui,
    desk: &Desk,
    open: &mut SnippetBox,
    commands: &mut Vec<Command>,
) -> bool {
    let (mut is_kept, mut is_canceled) = (false, false);
    let modal = dialog_frame(ui, "new snippet", 560.0, "New snippet", |ui| {
        ui.add_space(4.0);
        is_kept = editor(ui, desk, &mut open.snippet, &mut open.adding, true);
        if let Some(error) = &desk.own.snippets.error {
            open.fault = "Your snippets file has an error; fix it first";
            quiet(ui, &*error.text);
        }
        if !open.fault.is_empty() {
            quiet(ui, open.fault);
        }
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            is_kept |= main_button(ui, "Save").clicked();
            is_canceled = ui.button("Cancel").clicked();
        });
    });
    if is_kept {
        is_canceled = keep(desk, open, commands);
    }
    !is_canceled && !modal.should_close()
}

/// Keeps the snippet; says whether nothing is wrong with it.
fn keep(desk: &Desk, open: &mut SnippetBox, commands: &mut Vec<Command>) -> bool {
    let rows = &desk.own.snippets.rows;
    let fault = match open.snippet.fault(rows, rows.len()) {
        None if open.snippet.text.trim().is_empty() => Some("Enter the text"),
        fault => fault,
    };
    let has_error = desk.own.snippets.error.is_some();
    open.fault = fault.unwrap_or_default();
    if fault.is_some() || has_error {
        return false;
    }
    let mut rows = rows.clone();
    rows.push(open.snippet.clone());
    commands.push(Command::SetSnippets(rows));
    true
}
