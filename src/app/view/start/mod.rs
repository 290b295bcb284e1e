//! The start page: at the left what to go on with, at the right what to begin.

mod drafts;
mod letters;
mod templates;

use egui::{
    Align, Frame, Id, Key, Layout, Margin, Response, RichText, Role, ScrollArea, Sense,
    Stroke, Ui, WidgetInfo, vec2,
};

use crate::app::command::Command;
use crate::app::desk::Desk;
use crate::app::theme::{self, palette};
use crate::app::widgets::{main_button, quiet, ring};

use self::templates::TemplatePictures;
pub(super) use self::templates::choose_profile;

/// From here on the two columns stand beside each other.
const COLUMNS_FIT: f32 = 860.0;
/// As wide as both get.
const WIDEST: f32 = 1180.0;
/// Between the columns.
const BETWEEN: f32 = 56.0;

/// What has been typed to find a draft, and what is remembered of the pictures.
#[derive(Default)]
pub(super) struct StartState {
    filter: String,
    letters: letters::LetterList,
    pictures: TemplatePictures,
    /// Something is drawn over the page and keeps the focus to itself.
    pub is_covered: bool,
}

/// Draws the page.
pub(super) fn show(
    ui: &mut Ui,
    desk: &Desk,
    state: &mut StartState,
    commands: &mut Vec<Command>,
) {
    let area = ScrollArea::vertical().id_salt("start").auto_shrink(false);
    area.show(ui, |ui| {
        let margin = if ui.available_width() > COLUMNS_FIT { 32.0 } else { 16.0 };
        let width = (ui.available_width() - 2.0 * margin).clamp(0.0, WIDEST);
        let side = ((ui.available_width() - width) / 2.0).max(margin);
        ui.horizontal_top(|ui| {
            ui.add_space(side);
            ui.vertical(|ui| {
                ui.set_width(width);
                ui.add_space(28.0);
                page(ui, desk, state, commands);
                ui.add_space(theme::SECTION_GAP);
            });
        });
    });
}

fn page(ui: &mut Ui, desk: &Desk, state: &mut StartState, commands: &mut Vec<Command>) {
    let width = ui.available_width();
    if width < COLUMNS_FIT {
        drafts::show(ui, desk, state, commands);
        ui.add_space(theme::SECTION_GAP);
        return templates::show(ui, desk, state, commands);
    }
    let right = ((width - BETWEEN) * 0.42).clamp(340.0, 480.0);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        column(ui, width - BETWEEN - right, |ui| {
            drafts::show(ui, desk, state, commands);
        });
        ui.add_space(BETWEEN);
        column(ui, right, |ui| templates::show(ui, desk, state, commands));
    });
}

fn column(ui: &mut Ui, width: f32, add: impl FnOnce(&mut Ui)) {
    let layout = Layout::top_down(Align::LEFT);
    ui.allocate_ui_with_layout(vec2(width, 0.0), layout, |ui| {
        ui.set_width(width);
        ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
        add(ui);
    });
}

/// Nothing has the focus yet: the page is ready for the keyboard.
fn may_take_focus(ui: &Ui, is_covered: bool) -> bool {
    !is_covered && ui.memory(|memory| memory.focused().is_none())
}

/// A card that is pressed as a whole.
fn card(ui: &mut Ui, id: Id, name: &str, add: impl FnOnce(&mut Ui)) -> Response {
    let colors = palette(ui);
    // What it looks like depends on what became of it in the last frame.
    let last = ui.ctx().read_response(id);
    let is_hovered = last.as_ref().is_some_and(Response::hovered);
    let edge = if is_hovered { colors.accent } else { colors.line };
    let frame = Frame::new()
        .fill(colors.panel)
        .stroke(Stroke::new(1.0, edge))
        .corner_radius(8)
        .inner_margin(Margin::symmetric(16, 12));
    let inner = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 4.0;
        add(ui);
    });
    let response = ui.interact(inner.response.rect, id, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    if response.has_focus() {
        ring(ui, response.rect);
    }
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// Words of a title in a card.
fn strong(words: impl Into<String>) -> RichText {
    RichText::new(words).font(theme::semibold(16.0))
}

/// Down from the search goes to the first card.
fn steps_down(ui: &Ui, response: &Response) -> bool {
    response.has_focus() && ui.input(|input| input.key_pressed(Key::ArrowDown))
}

/// A sentence where there is nothing yet, and what to do about it.
fn empty(ui: &mut Ui, words: &str, offer: &str) -> Response {
    ui.add_space(4.0);
    quiet(ui, words);
    ui.add_space(4.0);
    main_button(ui, offer)
}
