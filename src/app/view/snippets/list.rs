//! The list of snippets to insert one of: those that fit the item first.

use egui::{Align2, Id, Key, Label, Modal, RichText, ScrollArea, TextEdit, Ui, vec2};

use super::super::dialog::{name, name_box};
use super::super::palette::{self, PaletteLine};
use crate::app::command::Command;
use crate::app::desk::{Desk, PaletteInput};
use crate::app::snippets::Snippet;
use crate::app::theme;
use crate::app::widgets;

const WIDTH: f32 = 620.0;
const HEIGHT: f32 = 280.0;
/// Room for the words of the one that is chosen.
const PREVIEW: f32 = 92.0;

/// Draws the list; says whether it stays open.
pub(in crate::app::view) fn show(
    ui: &Ui,
    desk: &Desk,
    input: &mut PaletteInput,
    commands: &mut Vec<Command>,
) -> bool {
    let rows = fitting(desk, &input.text);
    let mut taken = None;
    let area = Modal::default_area(Id::unique("snippets"))
        .anchor(Align2::CENTER_TOP, [0.0, 56.0]);
    let modal = Modal::new(Id::unique("snippets")).area(area).show(ui.ctx(), |ui| {
        ui.set_width(WIDTH.min(ui.ctx().content_rect().width() - 64.0));
        name_box(ui, "snippets", "Snippets");
        palette::keys(ui, input, rows.len());
        let line = TextEdit::singleline(&mut input.text)
            .id(Id::unique("snippet text"))
            .hint_text("Find a snippet")
            .margin(vec2(10.0, 7.0))
            .desired_width(f32::INFINITY);
        let response = ui.add(line);
        name(&response, "Find a snippet");
        if response.changed() {
            input.chosen = 0;
        }
        let is_entered = ui.input(|input| input.key_pressed(Key::Enter));
        response.request_focus();
        ui.add_space(4.0);
        let clicked = list(ui, &rows, input.chosen);
        taken = clicked.or(is_entered.then_some(input.chosen));
        preview(ui, rows.get(input.chosen).copied());
    });
    if let Some(snippet) = taken.and_then(|place| rows.get(place)) {
        commands.push(Command::InsertSnippet(snippet.code.clone()));
        return false;
    }
    !modal.should_close()
}

/// Draws the rows; gives the place of the one that is clicked.
fn list(ui: &mut Ui, rows: &[&Snippet], chosen: usize) -> Option<usize> {
    let height = HEIGHT.min(ui.ctx().content_rect().height() - 280.0);
    let area = ScrollArea::vertical().max_height(height).min_scrolled_height(height);
    let mut clicked = None;
    area.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.set_min_height(height);
        if rows.is_empty() {
            ui.add_space(8.0);
            widgets::quiet(ui, "No snippet has these words");
        }
        for (place, snippet) in rows.iter().enumerate() {
            let line = PaletteLine {
                name: snippet.name.clone(),
                aside: format!(";{}", snippet.code),
                command: Command::InsertSnippet(snippet.code.clone()),
                refusal: None,
            };
            if palette::row(ui, &line, place == chosen) {
                clicked = Some(place);
            }
        }
    });
    clicked
}

/// What the chosen one says.
fn preview(ui: &mut Ui, snippet: Option<&Snippet>) {
    let Some(snippet) = snippet else { return };
    ui.add_space(6.0);
    ui.separator();
    let area = ScrollArea::vertical().id_salt("snippet words");
    area.max_height(PREVIEW).min_scrolled_height(PREVIEW).show(ui, |ui| {
        ui.set_min_height(PREVIEW);
        let words = RichText::new(&snippet.text).font(theme::help());
        ui.add(Label::new(words).wrap());
    });
}

/// The snippets with every typed word in their code, name or text, those that fit what is
/// written about first; of these, those whose code or name has the words.
fn fitting<'a>(desk: &'a Desk, typed: &str) -> Vec<&'a Snippet> {
    let typed = typed.trim().trim_start_matches(';').to_lowercase();
    let mut rows = Vec::new();
    for snippet in desk.snippets_by_fit() {
        let title = format!("{} {}", snippet.code, snippet.name).to_lowercase();
        let whole = format!("{title} {}", snippet.text.to_lowercase());
        let rank = if snippet.code.to_lowercase().starts_with(&typed) {
            0
        } else if typed.split_whitespace().all(|word| title.contains(word)) {
            1
        } else if typed.split_whitespace().all(|word| whole.contains(word)) {
            2
        } else {
            continue;
        };
        // Before anything is typed, what fits the item counts alone.
        rows.push((if typed.is_empty() { 0 } else { rank }, snippet));
    }
    rows.sort_by_key(|(rank, _)| *rank);
    rows.into_iter().map(|(_, snippet)| snippet).collect()
}
