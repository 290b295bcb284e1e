//! What to begin: a letter of one of the templates, each shown by the first page of a
//! letter, or one that is read from a finished letter.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::{
    Color32, ColorImage, ComboBox, Id, Pos2, Rect, Response, RichText, Role, Sense,
    Shadow, Stroke, StrokeKind, TextureHandle, TextureOptions, Ui, Vec2, WidgetInfo,
    pos2, vec2,
};

use super::{StartState, may_take_focus};
use crate::app::command::Command;
use crate::app::desk::Desk;
use crate::app::theme::{self, palette};
use crate::app::view::{dialog, settings};
use crate::app::widgets::{self, heading, quiet, ring};
use crate::template::Template;

/// As wide as a card is at least.
const NARROWEST: f32 = 100.0;
const GAP: f32 = 12.0;
/// Room for the longest name.
const NAME: f32 = 44.0;
/// A sheet is so much higher than wide.
const SHEET: f32 = 11.0 / 8.5;
/// Around the page in its card.
const AROUND: f32 = 6.0;

/// The first pages of the templates, as drawn.
#[derive(Default)]
pub(in crate::app::view) struct TemplatePictures {
    /// By the templates' ids, with the wording that they were drawn with.
    textures: BTreeMap<String, (Arc<str>, Option<TextureHandle>)>,
    /// The one that is being drawn.
    asked: Option<(String, Arc<str>)>,
}

impl TemplatePictures {
    /// The picture of a template's first page. What is not there yet is asked for, one at
    /// a time: other work comes first.
    fn of(
        &mut self,
        ui: &Ui,
        desk: &Desk,
        template: &Template,
        commands: &mut Vec<Command>,
    ) -> Option<&TextureHandle> {
        let (id, source) = (template.id(), template.source());
        self.take(ui, desk, id);
        let is_fresh =
            self.textures.get(id).is_some_and(|(of, _)| Arc::ptr_eq(of, source));
        if !is_fresh && self.asked.is_none() {
            self.asked = Some((id.to_owned(), Arc::clone(source)));
            commands.push(Command::DrawFirstPage(id.to_owned()));
        }
        self.textures.get(id)?.1.as_ref()
    }

    /// Takes over what was drawn.
    fn take(&mut self, ui: &Ui, desk: &Desk, id: &str) {
        let Some(page) = desk.first_pages.get(id) else { return };
        if self.asked.as_ref().is_some_and(|(asked, _)| asked == id) {
            self.asked = None;
        }
        let known = self.textures.get(id);
        if known.is_some_and(|(source, _)| Arc::ptr_eq(source, &page.source)) {
            return;
        }
        let texture = page.image.as_ref().map(|image| {
            let size = [image.width, image.height];
            let pixels = ColorImage::from_rgba_unmultiplied(size, &image.rgba);
            ui.ctx().load_texture("first page", pixels, TextureOptions::LINEAR)
        });
        self.textures
            .insert(id.to_owned(), (Arc::clone(&page.source), texture));
    }
}

pub(super) fn show(
    ui: &mut Ui,
    desk: &Desk,
    state: &mut StartState,
    commands: &mut Vec<Command>,
) {
    heading(ui, "New");
    profile_choice(ui, desk, commands);
    let templates = desk.templates_by_use();
    let width = ui.available_width();
    let across = (((width + GAP) / (NARROWEST + GAP)) as usize).clamp(1, 5);
    let each = ((width - GAP * (across - 1) as f32) / across as f32).min(132.0);
    ui.spacing_mut().item_spacing = vec2(GAP, GAP);
    for (row, templates) in templates.chunks(across).enumerate() {
        ui.horizontal_top(|ui| {
            for (place, template) in templates.iter().enumerate() {
                let picture = state.pictures.of(ui, desk, template, commands).cloned();
                let response = template_card(ui, template, picture.as_ref(), each);
                if response.clicked() {
                    commands.push(Command::Begin(template.id().to_owned()));
                }
                let has_drafts =
                    desk.known.as_ref().is_none_or(|known| !known.is_empty());
                let is_first = row + place == 0 && !has_drafts;
                if is_first && may_take_focus(ui, state.is_covered) {
                    response.request_focus();
                }
            }
        });
    }
    ui.spacing_mut().item_spacing.y = 8.0;
    quiet(ui, "Or start from a finished letter: a PDF, a Word file or text");
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        let has_drafts = desk.known.as_ref().is_some_and(|known| !known.is_empty());
        let offers = [
            ("Import a letter…", Command::Import),
            ("Paste a letter…", Command::PasteLetter),
            ("Open an example", Command::OpenExample),
        ];
        for (words, command) in offers {
            // Where there is no draft, the example is offered in the place of drafts.
            if !has_drafts && command == Command::OpenExample {
                continue;
            }
            if ui.button(words).clicked() {
                commands.push(command);
            }
        }
    });
}

/// Which reviewer the letters are begun with.
fn profile_choice(ui: &mut Ui, desk: &Desk, commands: &mut Vec<Command>) {
    if desk.own.reviewers.rows.is_empty() {
        if widgets::link(ui, "Enter your name and certifications once…").clicked() {
            settings::open_at_reviewers(ui);
            commands.push(Command::Settings);
        }
        return;
    }
    ui.horizontal(|ui| choose_profile(ui, desk, commands));
}

/// A list of the reviewers, with the one that letters are begun with.
pub(in crate::app::view) fn choose_profile(
    ui: &mut Ui,
    desk: &Desk,
    commands: &mut Vec<Command>,
) {
    const NONE: &str = "None";
    let chosen = desk.chosen_profile().map_or(NONE, |profile| &*profile.name);
    ui.label("Reviewer");
    let list = ComboBox::from_id_salt("reviewer of new letters").selected_text(chosen);
    let list = list.width(200.0).show_ui(ui, |ui| {
        for profile in &desk.own.reviewers.rows {
            if ui.selectable_label(profile.name == chosen, &profile.name).clicked() {
                commands.push(Command::ChooseProfile(Some(profile.name.clone())));
            }
        }
        if ui.selectable_label(chosen == NONE, NONE).clicked() {
            commands.push(Command::ChooseProfile(None));
        }
    });
    dialog::name(&list.response, "Reviewer of new letters");
}

/// The page over the template's name, pressed as a whole.
fn template_card(
    ui: &mut Ui,
    template: &Template,
    picture: Option<&TextureHandle>,
    width: f32,
) -> Response {
    let colors = palette(ui);
    let name = &template.head().name;
    let page = width - 2.0 * AROUND;
    let size = vec2(width, page * SHEET + 2.0 * AROUND + NAME);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let id = Id::unique(("template", template.id()));
    let response = ui.interact(rect, id, Sense::click());
    let spoken = format!("New letter: {name}");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &spoken));
    if response.hovered() {
        ui.painter().rect_filled(rect, 8.0, colors.over);
    }
    if response.has_focus() {
        ring(ui, rect);
    }
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    let sheet =
        Rect::from_min_size(rect.min + Vec2::splat(AROUND), vec2(page, page * SHEET));
    paint_page(ui, sheet, picture);
    let under =
        Rect::from_min_max(pos2(rect.left() + 4.0, sheet.bottom() + 6.0), rect.max);
    name_under(ui, under, template.short_name());
    let response = response.on_hover_text(name);
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

fn paint_page(ui: &Ui, sheet: Rect, picture: Option<&TextureHandle>) {
    let colors = palette(ui);
    let shadow = Shadow {
        offset: [0, 1],
        blur: 6,
        spread: 0,
        color: Color32::from_black_alpha(28),
    };
    ui.painter().add(shadow.as_shape(sheet, 2.0));
    ui.painter().rect_filled(sheet, 2.0, colors.paper);
    if let Some(texture) = picture {
        let whole = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
        ui.painter().image(texture.id(), sheet, whole, Color32::WHITE);
    }
    let edge = Stroke::new(1.0, colors.line);
    ui.painter().rect_stroke(sheet, 2.0, edge, StrokeKind::Outside);
}

fn name_under(ui: &mut Ui, rect: Rect, name: &str) {
    let color = palette(ui).text;
    let words = RichText::new(name).font(theme::help()).color(color);
    let mut child = ui.new_child(
        egui::UiBuilder::new()
            .max_rect(rect)
            .layout(egui::Layout::top_down(egui::Align::Center)),
    );
    child.set_clip_rect(rect.intersect(ui.clip_rect()));
    child.add(
        egui::Label::new(words)
            .selectable(false)
            .halign(egui::Align::Center)
            .wrap(),
    );
}
