//! All commands and all fields by their names: type, choose, Enter.

use egui::{Align, Align2, Button, Id, Key, Modal, Modifiers, ScrollArea, TextEdit, Ui};

use super::dialog::name;
use super::form;
use super::menu::shortcut_text;
use crate::app::command::{COMMANDS, Command};
use crate::app::desk::{Desk, PaletteInput};
use crate::app::suggest::fitting;
use crate::app::theme::palette;

struct PaletteLine {
    name: String,
    /// The shortcut, or where the field is.
    aside: String,
    command: Command,
    refusal: Option<String>,
}

/// Draws the palette; says whether it stays open.
pub(super) fn show(
    ui: &Ui,
    desk: &Desk,
    input: &mut PaletteInput,
    commands: &mut Vec<Command>,
) -> bool {
    let lines = lines(ui, desk, &input.text);
    let mut run = None;
    let area = Modal::default_area(Id::unique("palette"))
        .anchor(Align2::CENTER_TOP, [0.0, 80.0]);
    let modal = Modal::new(Id::unique("palette")).area(area).show(ui.ctx(), |ui| {
        ui.set_width(460.0);
        keys(ui, input, lines.len());
        let line = TextEdit::singleline(&mut input.text)
            .id(Id::unique("palette text"))
            .hint_text("Type a command or the name of a field")
            .desired_width(f32::INFINITY);
        let response = ui.add(line);
        name(&response, "All commands");
        if response.changed() {
            input.chosen = 0;
        }
        let entered = ui.input(|input| input.key_pressed(Key::Enter));
        response.request_focus();
        ScrollArea::vertical().max_height(340.0).show(ui, |ui| {
            for (place, line) in lines.iter().enumerate() {
                let chosen = place == input.chosen;
                if row(ui, line, chosen) || (chosen && entered) {
                    run = Some(line);
                }
            }
        });
    });
    if let Some(line) = run
        && line.refusal.is_none()
    {
        commands.push(line.command.clone());
        return false;
    }
    !modal.should_close()
}

fn keys(ui: &Ui, open: &mut PaletteInput, count: usize) {
    let down = ui
        .input_mut(|input| input.count_and_consume_key(Modifiers::NONE, Key::ArrowDown));
    let up =
        ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, Key::ArrowUp));
    open.chosen = (open.chosen + down).saturating_sub(up).min(count.saturating_sub(1));
}

fn row(ui: &mut Ui, line: &PaletteLine, chosen: bool) -> bool {
    let fill = if chosen { palette(ui).tint } else { egui::Color32::TRANSPARENT };
    let button = Button::new(&line.name)
        .shortcut_text(&line.aside)
        .fill(fill)
        .stroke(egui::Stroke::NONE);
    let response = ui.add_enabled(
        line.refusal.is_none(),
        button.min_size(egui::vec2(ui.available_width(), 28.0)),
    );
    if chosen {
        response.scroll_to_me(Some(Align::Center));
    }
    let why = line.refusal.clone().unwrap_or_default();
    response.on_disabled_hover_text(why).clicked()
}

/// What fits the words typed: commands first, then fields.
fn lines(ui: &Ui, desk: &Desk, typed: &str) -> Vec<PaletteLine> {
    let mut lines = Vec::new();
    for label in fitting(COMMANDS.iter().map(|entry| entry.label), typed) {
        let Some(entry) = COMMANDS.iter().find(|entry| entry.label == label) else {
            continue;
        };
        lines.push(PaletteLine {
            name: label.to_owned(),
            aside: shortcut_text(ui, entry),
            command: entry.command.clone(),
            refusal: desk.refusal(&entry.command),
        });
    }
    if !typed.trim().is_empty() {
        lines.extend(fields(desk, typed));
    }
    lines
}

fn fields(desk: &Desk, typed: &str) -> Vec<PaletteLine> {
    let Some(draft) = &desk.draft else { return Vec::new() };
    let mut places = Vec::new();
    for field in draft.template.fields() {
        for path in field.places(&draft.letter) {
            let row = form::row_name(&draft.letter, &path);
            places.push((format!("{}{row}", field.label), path));
        }
    }
    let mut lines = Vec::new();
    for name in fitting(places.iter().map(|(name, _)| name.as_str()), typed) {
        let Some((_, path)) = places.iter().find(|(other, _)| other == name) else {
            continue;
        };
        lines.push(PaletteLine {
            name: name.to_owned(),
            aside: "Go to".to_owned(),
            command: Command::Go(path.clone()),
            refusal: None,
        });
    }
    lines
}
