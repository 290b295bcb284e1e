//! The letter itself beside the form: the pages of the very PDF, with the place of the
//! field being edited tinted.

use std::collections::BTreeMap;

use egui::{
    Align, Color32, ColorImage, CornerRadius, CursorIcon, Layout, Pos2, Rect, Response,
    Role, ScrollArea, Sense, Shadow, Stroke, TextureHandle, TextureOptions, Ui, Vec2,
    WidgetInfo, pos2, vec2,
};

use super::{dialog, page_text};
use crate::app::command::Command;
use crate::app::desk::{Desk, Since};
use crate::app::job::Composed;
use crate::app::preview::Preview;
use crate::app::theme::{self, palette};
use crate::app::widgets::{self, quiet};
use crate::layout::Pages;
use crate::letter::FieldPath;
use crate::template::LetterCopy;
use crate::units::{self, Pt};

/// How large pages are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum Zoom {
    /// As wide as the panel.
    #[default]
    Width,
    /// Points of the screen for a point of the paper.
    Scale(f32),
}

/// What the preview remembers between frames.
#[derive(Default)]
pub(super) struct LetterPanel {
    pub zoom: Zoom,
    /// The painted pages on the graphics card, with what they show.
    textures: BTreeMap<usize, ((u64, u32), TextureHandle)>,
    /// The field that was brought into view last.
    followed: Option<FieldPath>,
    /// The page in the middle of the panel, counted from 0.
    page: usize,
}

impl LetterPanel {
    /// A fresh panel at this zoom.
    pub(super) fn with(zoom: Zoom) -> Self {
        Self { zoom, ..Self::default() }
    }
}

/// Steps of the zoom.
const STEP: f32 = 1.2;
const SMALLEST: f32 = 0.3;
const LARGEST: f32 = 4.0;
/// The gap between pages, and around them.
const GAP: f32 = 16.0;
const FOOT: f32 = 34.0;
/// The line that says what changed since the letter was exported.
const SINCE: f32 = 24.0;

/// Draws the letter with its foot.
pub(super) fn show(
    ui: &mut Ui,
    desk: &Desk,
    panel: &mut LetterPanel,
    preview: &mut Preview,
    commands: &mut Vec<Command>,
) {
    let area = ui.available_rect_before_wrap();
    // The panel is as wide as it was made, not as what is in it.
    ui.expand_to_include_rect(area);
    let Some(draft) = &desk.draft else { return };
    let Some(composed) = &draft.composed else { return };
    let pages = &composed.composition.pages;
    let scale = scale(panel.zoom, pages, area.width());
    let since = desk.since();
    let foot = if since.is_some() { FOOT + SINCE } else { FOOT };
    let top = Rect::from_min_max(area.min, pos2(area.right(), area.bottom() - foot));
    ui.scope_builder(egui::UiBuilder::new().max_rect(top), |ui| {
        let shown = Sheets { composed, scale, focus: desk.focus.as_ref() };
        shown.show(ui, panel, preview, commands);
    });
    if let Some(since) = since {
        let line = Rect::from_min_size(top.left_bottom(), vec2(area.width(), SINCE));
        ui.scope_builder(egui::UiBuilder::new().max_rect(line), |ui| {
            since_line(ui, &since, commands);
        });
    }
    let foot = Rect::from_min_max(pos2(area.left(), area.bottom() - FOOT), area.max);
    ui.scope_builder(egui::UiBuilder::new().max_rect(foot), |ui| {
        foot_line(ui, draft.copy, panel, pages.len(), scale, commands);
    });
}

fn scale(zoom: Zoom, pages: &Pages, width: f32) -> f32 {
    match zoom {
        Zoom::Width => {
            ((width - 2.0 * GAP - 10.0) / pages.paper().width.0).clamp(SMALLEST, LARGEST)
        }
        Zoom::Scale(scale) => scale,
    }
}

/// The pages in their scroll area.
struct Sheets<'a> {
    composed: &'a Composed,
    scale: f32,
    /// The field that has the caret.
    focus: Option<&'a FieldPath>,
}

impl Sheets<'_> {
    fn show(
        &self,
        ui: &mut Ui,
        panel: &mut LetterPanel,
        preview: &mut Preview,
        commands: &mut Vec<Command>,
    ) {
        let pages = self.composed.composition.pages.len();
        preview.show(self.composed);
        panel.textures.retain(|page, _| *page < pages);
        let has_moved = panel.followed.as_ref() != self.focus;
        let follow = if has_moved { self.focus } else { None };
        let area = ScrollArea::both().id_salt("letter").auto_shrink(false);
        area.show(ui, |ui| {
            for page in 0..pages {
                ui.add_space(if page == 0 { GAP / 2.0 } else { GAP });
                let (sheet, response) = self.place(ui, page);
                if ui.is_rect_visible(sheet.rect) {
                    sheet.paint(ui, self.composed, panel, preview);
                    sheet.tint(ui, self.pages(), self.focus);
                }
                if sheet.rect.contains(ui.clip_rect().center()) {
                    panel.page = page;
                }
                if let Some(content) = self.pages().page(page) {
                    let (at, scale) = (sheet.rect.min, sheet.scale);
                    page_text::speak(ui, response.id, content, at, scale);
                }
                sheet.follow(ui, self.pages(), follow);
                sheet.point(ui, self.pages(), &response, commands);
            }
            ui.add_space(GAP);
        });
        panel.followed = self.focus.cloned();
    }

    fn pages(&self) -> &Pages {
        &self.composed.composition.pages
    }

    /// Takes the room of a page, in the middle of its row.
    fn place(&self, ui: &mut Ui, page: usize) -> (PageView, Response) {
        let (paper, scale) = (self.pages().paper(), self.scale);
        let size = vec2(paper.width.0, paper.height.0) * scale;
        let width = ui.available_width().max(size.x + 2.0 * GAP);
        let (row, response) = ui.allocate_exact_size(vec2(width, size.y), Sense::CLICK);
        let rect =
            Rect::from_min_size(pos2(row.center().x - size.x / 2.0, row.top()), size);
        response.widget_info(|| {
            let name = format!("Page {} of {}", page + 1, self.pages().len());
            WidgetInfo::labeled(Role::Image, true, name)
        });
        (PageView { page, rect, scale }, response)
    }
}

/// A page where it is drawn.
struct PageView {
    page: usize,
    rect: Rect,
    scale: f32,
}

impl PageView {
    /// Shows the newest picture of the page.
    fn paint(
        &self,
        ui: &Ui,
        composed: &Composed,
        panel: &mut LetterPanel,
        preview: &mut Preview,
    ) {
        self.paint_paper(ui);
        let scale = (self.scale * ui.ctx().pixels_per_point() * 1000.0).round() as u32;
        let Some(picture) = preview.picture(composed, self.page, scale) else { return };
        let looks = (picture.hash, picture.scale);
        let texture = match panel.textures.get(&self.page) {
            Some((known, texture)) if *known == looks => texture.clone(),
            _ => {
                let image = &picture.image;
                let size = [image.width, image.height];
                let pixels = ColorImage::from_rgba_unmultiplied(size, &image.rgba);
                ui.ctx().load_texture("page", pixels, TextureOptions::LINEAR)
            }
        };
        let whole = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
        ui.painter().image(texture.id(), self.rect, whole, Color32::WHITE);
        panel.textures.insert(self.page, (looks, texture));
    }

    fn paint_paper(&self, ui: &Ui) {
        let shadow = Shadow {
            offset: [0, 2],
            blur: 10,
            spread: 0,
            color: Color32::from_black_alpha(40),
        };
        ui.painter().add(shadow.as_shape(self.rect, CornerRadius::ZERO));
        let line = Stroke::new(1.0, palette(ui).line);
        let (paper, outside) = (palette(ui).paper, egui::StrokeKind::Outside);
        ui.painter().rect(self.rect, 0.0, paper, line, outside);
    }

    fn on_screen(&self, place: units::Rect) -> Rect {
        let min = self.rect.min + vec2(place.at.x.0, place.at.y.0) * self.scale;
        Rect::from_min_size(
            min,
            vec2(place.size.width.0, place.size.height.0) * self.scale,
        )
    }

    fn places(&self, pages: &Pages, field: &FieldPath) -> impl Iterator<Item = Rect> {
        let places =
            pages.places(field).into_iter().filter(|(page, _)| *page == self.page);
        places.map(|(_, place)| self.on_screen(place))
    }

    fn tint(&self, ui: &Ui, pages: &Pages, field: Option<&FieldPath>) {
        let Some(field) = field else { return };
        for place in self.places(pages, field) {
            ui.painter().rect_filled(place, 2.0, theme::page_tint());
        }
    }

    /// Brings the field that took the caret into view; nothing moves where it can be seen
    /// already.
    fn follow(&self, ui: &Ui, pages: &Pages, field: Option<&FieldPath>) {
        let Some(field) = field else { return };
        let Some(place) = self.places(pages, field).next() else { return };
        if !ui.clip_rect().contains_rect(place) {
            ui.scroll_to_rect(place.expand(24.0), Some(Align::Center));
        }
    }

    /// A click on words goes to the field that they come from.
    fn point(
        &self,
        ui: &Ui,
        pages: &Pages,
        response: &Response,
        commands: &mut Vec<Command>,
    ) {
        let Some(pointer) = response.hover_pos() else { return };
        if !self.rect.contains(pointer) {
            return;
        }
        let on_paper = (pointer - self.rect.min) / self.scale;
        let point = units::Point { x: Pt(on_paper.x), y: Pt(on_paper.y) };
        let Some(field) = pages.field_at(self.page, point) else { return };
        ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
        if response.clicked() {
            commands.push(Command::Go(field.clone()));
        }
    }
}

/// When the letter was exported last, and the way to what changed since.
fn since_line(ui: &mut Ui, since: &Since, commands: &mut Vec<Command>) {
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing = Vec2::new(6.0, 0.0);
        ui.add_space(12.0);
        quiet(ui, format!("{},", since.when));
        if !since.has_changed {
            quiet(ui, &since.what);
        } else if widgets::link(ui, &since.what)
            .on_hover_text("Shows what changed, word by word")
            .clicked()
        {
            commands.push(Command::Changes);
        }
    });
}

/// Which copy is shown, as a link to the other.
fn copy_link(ui: &mut Ui, copy: LetterCopy, commands: &mut Vec<Command>) {
    let (shown, other, name) = match copy {
        LetterCopy::Served => {
            ("Served letter", LetterCopy::Public, "Show the public copy")
        }
        LetterCopy::Public => {
            ("Public copy", LetterCopy::Served, "Show the served letter")
        }
    };
    let response = widgets::link(ui, shown);
    response.ctx.accesskit_node_builder(response.id, |node| {
        node.set_label(format!("{shown} is shown. {name}"));
    });
    if response.on_hover_text(name).clicked() {
        commands.push(Command::ShowCopy(other));
    }
}

fn foot_line(
    ui: &mut Ui,
    copy: LetterCopy,
    panel: &mut LetterPanel,
    pages: usize,
    scale: f32,
    commands: &mut Vec<Command>,
) {
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing = Vec2::new(6.0, 0.0);
        ui.add_space(12.0);
        quiet(
            ui,
            format!("Page {} of {pages}", panel.page.min(pages.saturating_sub(1)) + 1),
        );
        ui.add_space(8.0);
        copy_link(ui, copy, commands);
        let room = ui.available_width() - 190.0;
        ui.add_space(room.max(8.0));
        if small_button(ui, "−", "Show the letter smaller") {
            panel.zoom = Zoom::Scale((scale / STEP).clamp(SMALLEST, LARGEST));
        }
        // 96 points of the screen are an inch; 72 of the paper.
        quiet(ui, format!("{:.0}%", scale * 75.0));
        if small_button(ui, "+", "Show the letter larger") {
            panel.zoom = Zoom::Scale((scale * STEP).clamp(SMALLEST, LARGEST));
        }
        if panel.zoom == Zoom::Width {
            quiet(ui, "Fits width");
        } else if widgets::link(ui, "Fit width").clicked() {
            panel.zoom = Zoom::Width;
        }
    });
}

fn small_button(ui: &mut Ui, words: &str, name: &str) -> bool {
    let response = ui.button(words);
    dialog::name(&response, name);
    response.on_hover_text(name).clicked()
}
