//! All commands and all fields by their names: type, choose, Enter.

use egui::{Align, Button, Key, Modal, Modifiers, ScrollArea, TextEdit, Ui};

use super::form;
use crate::app::command::{COMMANDS, Command};
use crate::app::desk::Desk;
use crate::app::suggest::fitting;
use crate::app::theme::palette;

/// What has been typed, and which line is chosen.
#[derive(Default)]
pub(super) struct State {
    text: String,
    chosen: usize,
}

struct Line {
    name: String,
    /// The shortcut, or where the field is.
    aside: String,
    command: Command,
    refusal: Option<String>,
}

/// Draws the palette while it is open.
pub(super) fn show(
    ui: &Ui,
    desk: &Desk,
    state: &mut Option<State>,
    commands: &mut Vec<Command>,
) {
    let Some(open) = state else { return };
    let lines = lines(ui, desk, &open.text);
    let mut ran = None;
    let area = Modal::default_area(egui::Id::unique("palette"))
        .anchor(egui::Align2::CENTER_TOP, [0.0, 80.0]);
    let modal = Modal::new(egui::Id::unique("palette"))
        .area(area)
        .show(ui.ctx(), |ui| {
            ui.set_width(460.0);
            keys(ui, open, lines.len());
            let hint = "Type a command or the name of a field";
            let id = egui::Id::unique("palette text");
            let response = ui.add(
                TextEdit::singleline(&mut open.text)
                    .id(id)
                    .hint_text(hint)
                    .desired_width(f32::INFINITY),
            );
            response.ctx.accesskit_node_builder(response.id, |node| {
                node.set_label("All commands")
            });
            if response.changed() {
                open.chosen = 0;
            }
            let entered = ui.input(|input| input.key_pressed(Key::Enter));
            response.request_focus();
            ScrollArea::vertical().max_height(340.0).show(ui, |ui| {
                for (place, line) in lines.iter().enumerate() {
                    let chosen = place == open.chosen;
                    if row(ui, line, chosen) || (chosen && entered) {
                        ran = Some(place);
                    }
                }
            });
        });
    let run = ran
        .and_then(|place| lines.into_iter().nth(place))
        .filter(|line| line.refusal.is_none());
    if run.is_some() || modal.should_close() {
        *state = None;
    }
    commands.extend(run.map(|line| line.command));
}

fn keys(ui: &Ui, open: &mut State, count: usize) {
    let down = ui
        .input_mut(|input| input.count_and_consume_key(Modifiers::NONE, Key::ArrowDown));
    let up =
        ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, Key::ArrowUp));
    open.chosen = (open.chosen + down).saturating_sub(up).min(count.saturating_sub(1));
}

fn row(ui: &mut Ui, line: &Line, chosen: bool) -> bool {
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
fn lines(ui: &Ui, desk: &Desk, typed: &str) -> Vec<Line> {
    let commands = fitting(COMMANDS.iter().map(|entry| entry.label), typed)
        .into_iter()
        .filter_map(|label| {
            let entry = COMMANDS.iter().find(|entry| entry.label == label)?;
            let aside = entry
                .shortcut
                .map(|shortcut| ui.ctx().format_shortcut(&shortcut))
                .unwrap_or_default();
            let refusal = desk.refusal(&entry.command);
            Some(Line {
                name: label.to_owned(),
                aside,
                command: entry.command.clone(),
                refusal,
            })
        });
    commands
        .chain(if typed.trim().is_empty() { Vec::new() } else { places(desk, typed) })
        .collect()
}

fn places(desk: &Desk, typed: &str) -> Vec<Line> {
    let Some(draft) = &desk.draft else { return Vec::new() };
    let fields = draft.template.fields().iter();
    let places: Vec<(String, Command)> = fields
        .flat_map(|field| {
            let named = |path| {
                (
                    format!("{}{}", field.label, form::row_name(&draft.letter, &path)),
                    Command::Go(path),
                )
            };
            field.places(&draft.letter).into_iter().map(named).collect::<Vec<_>>()
        })
        .collect();
    let names = fitting(places.iter().map(|(name, _)| name.as_str()), typed);
    let line = |name: &str| {
        let (_, command) = places.iter().find(|(other, _)| other == name)?;
        let (name, aside) = (name.to_owned(), "Go to".to_owned());
        Some(Line { name, aside, command: command.clone(), refusal: None })
    };
    names.into_iter().filter_map(line).collect()
}
