//! All commands, sections, items and fields by their names: type, choose, Enter.

use egui::text::LayoutJob;
use egui::{
    Align2, Color32, Id, Key, Modal, Modifiers, Role, ScrollArea, Sense, TextEdit, Ui,
    WidgetInfo, pos2, vec2,
};

use super::dialog::{name, name_box};
use super::form;
use crate::app::command::{self, COMMANDS, Command, CommandRow, shortcut_text};
use crate::app::desk::{Desk, PaletteInput};
use crate::app::theme::{self, palette};
use crate::app::widgets;

const WIDTH: f32 = 560.0;
const ROW: f32 = 32.0;
const ROWS: f32 = 10.0;

pub(super) struct PaletteLine {
    pub name: String,
    /// The shortcut, or what kind of place it is.
    pub aside: String,
    pub command: Command,
    pub refusal: Option<String>,
}

/// Draws the palette; says whether it stays open.
pub(super) fn show(
    ui: &Ui,
    desk: &mut Desk,
    input: &mut PaletteInput,
    commands: &mut Vec<Command>,
) -> bool {
    let lines = lines(ui, desk, &input.text);
    let mut run = None;
    let area = Modal::default_area(Id::unique("palette"))
        .anchor(Align2::CENTER_TOP, [0.0, 56.0]);
    let modal = Modal::new(Id::unique("palette")).area(area).show(ui.ctx(), |ui| {
        ui.set_width(WIDTH.min(ui.ctx().content_rect().width() - 64.0));
        name_box(ui, "palette", "Search");
        keys(ui, input, lines.len());
        let line = TextEdit::singleline(&mut input.text)
            .id(Id::unique("palette text"))
            .hint_text("Find a field or command")
            .margin(vec2(10.0, 7.0))
            .desired_width(f32::INFINITY);
        let response = ui.add(line);
        name(&response, "Find a field or command");
        if response.changed() {
            input.chosen = 0;
        }
        let entered = ui.input(|input| input.key_pressed(Key::Enter));
        response.request_focus();
        ui.add_space(4.0);
        let height = (ROW * ROWS).min(ui.ctx().content_rect().height() - 160.0);
        let area = ScrollArea::vertical().max_height(height).min_scrolled_height(height);
        area.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.set_min_height(height);
            if lines.is_empty() {
                ui.add_space(8.0);
                widgets::quiet(ui, "No field or command has this name");
            }
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
        if let Some(row) = command::row(&line.command) {
            desk.remember_command(row.label);
        }
        return false;
    }
    !modal.should_close()
}

pub(super) fn keys(ui: &Ui, open: &mut PaletteInput, count: usize) {
    let down = ui
        .input_mut(|input| input.count_and_consume_key(Modifiers::NONE, Key::ArrowDown));
    let up =
        ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, Key::ArrowUp));
    open.chosen = (open.chosen + down).saturating_sub(up).min(count.saturating_sub(1));
}

/// A row; whether it was clicked. The chosen one has a plain tint.
pub(super) fn row(ui: &mut Ui, line: &PaletteLine, chosen: bool) -> bool {
    let is_enabled = line.refusal.is_none();
    let sense = if is_enabled { Sense::CLICK } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), sense);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, is_enabled, &line.name));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_selected(chosen);
        node.set_description(&*line.aside);
    });
    if chosen {
        response.scroll_to_me(None);
    }
    if !ui.is_rect_visible(rect) {
        return response.clicked();
    }
    let colors = palette(ui);
    let ground = match (chosen, response.hovered() && is_enabled) {
        (true, _) => colors.tint,
        (false, true) => colors.over,
        (false, false) => Color32::TRANSPARENT,
    };
    ui.painter().rect_filled(rect, 6.0, ground);
    let ink = if is_enabled { colors.text } else { colors.quiet };
    let lay = |words: &str, font, color, width| {
        let mut job = LayoutJob::simple_singleline(words.to_owned(), font, color);
        job.wrap.max_width = width;
        job.wrap.max_rows = 1;
        ui.fonts_mut(|fonts| fonts.layout_job(job))
    };
    let aside = lay(&line.aside, theme::help(), colors.quiet, rect.width() / 2.0);
    let room = rect.width() - aside.size().x - 40.0;
    let words = lay(&line.name, theme::body(), ink, room);
    let middle = |height: f32| rect.center().y - height / 2.0;
    let at = pos2(rect.right() - 18.0 - aside.size().x, middle(aside.size().y));
    ui.painter().galley(at, aside, colors.quiet);
    let at = pos2(rect.left() + 10.0, middle(words.size().y));
    ui.painter().galley(at, words, ink);
    match &line.refusal {
        Some(why) => {
            response.on_hover_text(why);
            false
        }
        None => response.clicked(),
    }
}

/// What fits the words typed, the best first; before any are typed, what was chosen last,
/// then the parts of the letter, then every command.
fn lines(ui: &Ui, desk: &Desk, typed: &str) -> Vec<PaletteLine> {
    let mut all = Vec::new();
    let recent = &desk.settings.commands;
    for label in recent {
        let rows = COMMANDS.iter().filter(|row| row.label == label);
        all.extend(rows.map(|row| command_line(ui, desk, row)));
    }
    all.extend(parts(desk));
    let others = COMMANDS
        .iter()
        .filter(|row| !recent.iter().any(|label| label == row.label));
    all.extend(others.map(|row| command_line(ui, desk, row)));
    if typed.trim().is_empty() {
        return all;
    }
    all.extend(fields(desk));
    all.extend(snippets(desk));
    all.extend(profiles(desk));
    let mut fitting = Vec::new();
    for line in all {
        let found = rank(&line.name, typed).or_else(|| rank_by_hint(&line.name, typed));
        if let Some(rank) = found {
            fitting.push(((rank, !is_in_row_of_caret(desk, &line.command)), line));
        }
    }
    // Those of one rank stay in their order, after those of the item with the caret.
    fitting.sort_by_key(|(rank, _)| *rank);
    fitting.into_iter().map(|(_, line)| line).collect()
}

/// Whether a command leads to a field of the row that the caret is in.
fn is_in_row_of_caret(desk: &Desk, command: &Command) -> bool {
    let (Some(caret), Command::Go(path)) = (&desk.focus, command) else { return false };
    caret
        .rows()
        .first()
        .is_some_and(|row| path.rows().first() == Some(row))
}

/// How well a name fits, 0 the best; `None` where a typed word is not in it.
fn rank(name: &str, typed: &str) -> Option<u8> {
    let (name, typed) = (name.to_lowercase(), typed.trim().to_lowercase());
    if name.starts_with(&typed) {
        return Some(0);
    }
    let begins = |word: &str| {
        let mut words = name.split(|letter: char| !letter.is_alphanumeric());
        words.any(|other| other.starts_with(word))
    };
    let mut words = typed.split_whitespace();
    if words.clone().all(begins) {
        return Some(1);
    }
    words.all(|word| name.contains(word)).then_some(2)
}

/// What only the hint of a command says fits last: `export pdf`.
fn rank_by_hint(name: &str, typed: &str) -> Option<u8> {
    let row = COMMANDS.iter().find(|row| row.label == name)?;
    let rank = rank(&format!("{name} {}", row.hint), typed)?;
    (rank < 2).then_some(3)
}

fn command_line(ui: &Ui, desk: &Desk, row: &CommandRow) -> PaletteLine {
    PaletteLine {
        name: row.label.to_owned(),
        aside: shortcut_text(ui.ctx(), row),
        command: row.command.clone(),
        refusal: desk.refusal(&row.command),
    }
}

/// The sections and items of the letter.
fn parts(desk: &Desk) -> Vec<PaletteLine> {
    let mut lines = Vec::new();
    for part in desk.outline() {
        for line in std::iter::once(&part).chain(&part.parts) {
            let Some(path) = &line.first else { continue };
            let (name, aside) = match line.number {
                Some(number) => (format!("Item {number}: {}", line.label), "Item"),
                None => (line.label.clone(), "Section"),
            };
            // Finish is a command.
            if part.section.is_some() {
                lines.push(place_line(name, aside, Command::Go(path.clone())));
            }
        }
    }
    lines
}

fn fields(desk: &Desk) -> Vec<PaletteLine> {
    let Some(draft) = &desk.draft else { return Vec::new() };
    let mut lines = Vec::new();
    for field in draft.template.fields() {
        for path in field.places(&draft.letter) {
            let row = form::row_name(&draft.letter, &path);
            let name = format!("{}{row}", field.label);
            lines.push(place_line(name, field.section.label(), Command::Go(path)));
        }
    }
    lines
}

/// Snippets, while the caret is in a text.
fn snippets(desk: &Desk) -> Vec<PaletteLine> {
    let mut lines = Vec::new();
    if desk.text_at_caret().is_some() {
        for snippet in desk.snippets_by_fit() {
            let command = Command::InsertSnippet(snippet.code.clone());
            let aside = format!("Snippet ;{}", snippet.code);
            let refusal = desk.refusal(&command);
            lines.push(PaletteLine {
                name: snippet.name.clone(),
                aside,
                command,
                refusal,
            });
        }
    }
    lines
}

/// The reviewers that the open letter, or else the next one, can have.
fn profiles(desk: &Desk) -> Vec<PaletteLine> {
    let mut lines = Vec::new();
    for profile in &desk.own.reviewers.rows {
        let name = profile.name.clone();
        let command = match &desk.draft {
            Some(_) => Command::UseProfile(name.clone(), None),
            None => Command::ChooseProfile(Some(name.clone())),
        };
        let (name, refusal) = (format!("Reviewer: {name}"), desk.refusal(&command));
        lines.push(PaletteLine { name, aside: "Profile".into(), command, refusal });
    }
    lines
}

fn place_line(name: String, aside: &str, command: Command) -> PaletteLine {
    PaletteLine { name, aside: aside.to_owned(), command, refusal: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beginning_of_a_name_fits_best_and_every_word_counts() {
        assert_eq!(rank("Export…", "exp"), Some(0));
        assert_eq!(rank("Claimant's age", "age"), Some(1));
        assert_eq!(rank("Rationale, item 2", "2 rat"), Some(1));
        assert_eq!(rank("Manage", "age"), Some(2));
        assert_eq!(rank("Export…", "print"), None);
        assert_eq!(rank_by_hint("Export…", "export pdf"), Some(3));
        assert_eq!(rank_by_hint("Export…", "export violin"), None);
    }
}
