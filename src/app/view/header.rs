//! The line at the top: menus, the case, the search for a field or command, and the two
//! ways out of the program for the letter.

use egui::{
    Align, Button, FontId, Label, Layout, Rect, RichText, Role, Sense, Stroke,
    StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use super::{View, dialog, menu};
use crate::app::command::{Command, row, shortcut_text};
use crate::app::desk::Desk;
use crate::app::theme::{self, palette};
use crate::app::widgets::{Icon, paint_icon};

/// How wide the search is at most, and at least; with less room it is left to its keys.
const SEARCH: (f32, f32) = (320.0, 96.0);
/// The room that Print needs; with less it is left to the menu.
const PRINT: f32 = 64.0;
/// The room in which a few letters of the case still say something.
const TITLE: f32 = 40.0;
const HEIGHT: f32 = 28.0;
/// With less room beside the menus, Export does not say what it writes.
const EXPORT: f32 = 100.0;

/// Draws the line.
pub(super) fn show(ui: &mut Ui, desk: &Desk, view: &View, commands: &mut Vec<Command>) {
    menu::show(ui, desk, view, commands, |ui, commands| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            if desk.draft.is_some() {
                ways_out(ui, desk, commands);
                ui.add_space(4.0);
            }
            search(ui, commands);
            if desk.draft.is_some() && ui.available_width() > TITLE {
                title(ui, desk);
            }
        });
    });
}

/// The case, beside the menus.
fn title(ui: &mut Ui, desk: &Desk) {
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
        ui.add_space(12.0);
        let title = RichText::new(desk.title()).font(theme::semibold(14.0));
        ui.add(Label::new(title).truncate());
    });
}

/// Export and Print, laid from the right.
fn ways_out(ui: &mut Ui, desk: &Desk, commands: &mut Vec<Command>) {
    for (command, words) in [(Command::Export, "Export PDF"), (Command::Print, "Print")] {
        let Some(entry) = row(&command) else { continue };
        if command == Command::Print && ui.available_width() < PRINT {
            break;
        }
        let refusal = desk.refusal(&command);
        let hint = match &refusal {
            Some(refusal) => refusal.clone(),
            None => format!("{} ({})", entry.hint, shortcut_text(ui.ctx(), entry)),
        };
        let has_room = ui.available_width() > EXPORT;
        let response = ui.add_enabled_ui(refusal.is_none(), |ui| {
            ui.spacing_mut().button_padding = vec2(12.0, 4.0);
            if command == Command::Export {
                let colors = palette(ui);
                let shown = if has_room { words } else { "Export" };
                let words = RichText::new(shown).color(colors.on_accent);
                let button = Button::new(words).fill(colors.accent);
                ui.add(button.sense(Sense::CLICK))
            } else {
                ui.add(Button::new(words).sense(Sense::CLICK))
            }
        });
        let response = response.inner;
        dialog::name(&response, &format!("Tool: {words}"));
        if response.on_hover_text(&hint).on_disabled_hover_text(&hint).clicked() {
            commands.push(command);
        }
    }
}

/// The way to every field, item and command by its name.
fn search(ui: &mut Ui, commands: &mut Vec<Command>) {
    let Some(entry) = row(&Command::Palette) else { return };
    let (most, least) = SEARCH;
    let width = (ui.available_width() * 0.6).clamp(least, most);
    if ui.available_width() < width {
        return;
    }
    let (rect, response) = ui.allocate_exact_size(vec2(width, HEIGHT), Sense::CLICK);
    let words = "Find a field or command";
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, words));
    let colors = palette(ui);
    let edge = if response.hovered() { colors.accent } else { colors.edge };
    let ground = if response.hovered() { colors.panel } else { colors.window };
    let painter = ui.painter().with_clip_rect(rect);
    painter.rect(rect, 6.0, ground, Stroke::new(1.0, edge), StrokeKind::Inside);
    let lens = Rect::from_center_size(
        pos2(rect.left() + 16.0, rect.center().y),
        egui::Vec2::splat(13.0),
    );
    paint_icon(&painter, lens, Icon::Search, colors.quiet);
    let paint = |words: &str, font: FontId| {
        painter.layout_no_wrap(words.to_owned(), font, colors.quiet)
    };
    let keys = paint(&shortcut_text(ui.ctx(), entry), theme::help());
    let room = rect.width() - 40.0 - keys.size().x;
    let mut name = paint(words, theme::help());
    if name.size().x > room - 8.0 {
        name = paint("Find", theme::help());
    }
    let keys_at =
        pos2(rect.right() - 10.0 - keys.size().x, rect.center().y - keys.size().y / 2.0);
    if name.size().x < room - 8.0 {
        let at = pos2(rect.left() + 30.0, rect.center().y - name.size().y / 2.0);
        painter.galley(at, name, colors.quiet);
    }
    painter.galley(keys_at, keys, colors.quiet);
    if response.on_hover_text(entry.hint).clicked() {
        commands.push(Command::Palette);
    }
}
