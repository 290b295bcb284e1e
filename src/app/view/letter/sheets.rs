//! The pages in their scroll area: painted, marked, followed and clicked.

use egui::{
    Align, Color32, ColorImage, CornerRadius, CursorIcon, Event, Id, Pos2, Rect,
    Response, Role, ScrollArea, Sense, Shadow, Stroke, TextureOptions, Ui, Vec2,
    WidgetInfo, pos2, vec2,
};

use super::spread::{MIDDLE, Spread};
use super::{Caret, LetterPanel, found};
use crate::app::command::Command;
use crate::app::desk::OpenDraft;
use crate::app::job::Composed;
use crate::app::preview::Preview;
use crate::app::printed::{self, PrintedField};
use crate::app::theme::{self, palette};
use crate::app::view::find::FoundMarks;
use crate::app::view::page_text;
use crate::check;
use crate::diagnostic::{Anchor, TextRange};
use crate::layout::Pages;
use crate::letter::FieldPath;
use crate::letter::fields::Kind;
use crate::units::{self, Pt};

/// The bar beside the field being edited, in the margin: its width, and its distance from
/// the words.
const BAR: f32 = 3.0;
const BAR_GAP: f32 = 8.0;
/// Lines nearer than this, in points of the paper, have one bar.
const LEADING: f32 = 8.0;

/// The pages of a letter.
pub(super) struct Sheets<'a> {
    pub draft: &'a OpenDraft,
    pub composed: &'a Composed,
    pub spread: &'a Spread,
    /// Whether the page is darker in the dark look.
    pub is_dimmed: bool,
    pub caret: Option<&'a Caret>,
    /// Words that somebody looks for.
    pub found: FoundMarks<'a>,
}

impl Sheets<'_> {
    pub(super) fn show(
        &self,
        ui: &mut Ui,
        panel: &mut LetterPanel,
        preview: &mut Preview,
        commands: &mut Vec<Command>,
    ) {
        preview.show(self.composed);
        panel.textures.retain(|page, _| *page < self.spread.pages());
        panel.rests &= !ui.input(|input| input.events.iter().any(acts));
        let mut area = ScrollArea::both().id_salt("letter").auto_shrink(false);
        if panel.seen.is_none() {
            area = area.scroll_offset(Vec2::ZERO);
        }
        // The pointer turns the wheel; otherwise what is written in stays where it is seen.
        let marked = panel.marked.take().filter(|_| !panel.rests);
        let at = panel.wheel.take().or(marked).unwrap_or(MIDDLE);
        let seen = panel.seen.as_ref();
        if let Some(offset) = seen.and_then(|seen| seen.offset_in(self.spread, at)) {
            area = area.scroll_offset(offset);
        }
        let shown = area.show(ui, |ui| self.content(ui, panel, preview, commands));
        let seen = self.spread.seen(shown.state.clamped_offset());
        panel.page = seen.page;
        panel.seen = Some(seen);
    }

    fn content(
        &self,
        ui: &mut Ui,
        panel: &mut LetterPanel,
        preview: &mut Preview,
        commands: &mut Vec<Command>,
    ) {
        let (all, _) = ui.allocate_exact_size(self.spread.size(), Sense::hover());
        let printed = self.printed();
        let looked_for = found::areas(self);
        let disputed = self.disputed();
        for page in 0..self.spread.pages() {
            let rect = self.spread.place(page).translate(all.min.to_vec2());
            let sheet = ShownPage { page, rect, scale: self.spread.scale() };
            let response = self.interact(ui, &sheet);
            if ui.is_rect_visible(rect.expand(10.0)) {
                let paper = theme::paper(ui, self.is_dimmed);
                sheet.paint_paper(ui, paper);
                sheet.paint(ui, self.composed, panel, preview, paper);
                if let Some(printed) = &printed {
                    sheet.mark(
                        ui,
                        self.pages(),
                        printed,
                        self.sentence(page, printed).as_deref(),
                    );
                }
                for area in looked_for.iter().filter(|area| area.page == page) {
                    let color = theme::page_found(area.is_current);
                    ui.painter().rect_filled(sheet.on_screen(area.bounds), 1.0, color);
                }
            }
            for (_, place) in disputed.iter().filter(|(other, _)| *other == page) {
                sheet.outline(ui, *place);
            }
            if let Some(content) = self.pages().page(page) {
                page_text::speak(ui, response.id, content, rect.min, sheet.scale);
            }
            if let Some(command) = self.pointed_at(ui, &sheet, &response) {
                panel.rests = true;
                commands.push(command);
            }
            if let Some(printed) = &printed {
                self.see_line(ui, &sheet, panel, printed);
                self.follow(ui, &sheet, panel, printed);
            }
        }
    }

    pub(super) fn pages(&self) -> &Pages {
        &self.composed.composition.pages
    }

    /// What a field said when the letter was composed.
    pub(super) fn text_of(&self, field: &FieldPath) -> String {
        let value = self.draft.template.value(&self.composed.letter, field);
        value.map(|value| value.words(field).into_owned()).unwrap_or_default()
    }

    fn printed(&self) -> Option<PrintedField<'_>> {
        let field = &self.caret?.field;
        Some(PrintedField::find(self.pages(), field, &self.text_of(field)))
    }

    /// Where the sentence that is being written is printed on a page; none where the field
    /// is no long text.
    fn sentence(
        &self,
        page: usize,
        printed: &PrintedField<'_>,
    ) -> Option<Vec<units::Rect>> {
        let Caret { field, byte, .. } = self.caret?;
        let kind = self.draft.template.field(field.pattern())?.kind;
        if kind != Kind::Prose {
            return None;
        }
        let text = self.text_of(field);
        let sentences = check::sentences_in(&text);
        // A caret in the space after a sentence is still at it.
        let sentence = sentences.iter().rev().find(|sentence| sentence.start <= *byte);
        let sentence = *sentence.or(sentences.first())?;
        let places = printed.places_of(page, sentence, &text);
        // Where the letter has words of its own for the text, all of them are meant.
        let is_found = printed
            .lines()
            .iter()
            .any(crate::app::printed::PrintedLine::has_words);
        is_found.then_some(places)
    }

    /// Where the places are printed that disagree with each other in the finding that the
    /// caret is in: both are outlined.
    fn disputed(&self) -> Vec<(usize, units::Rect)> {
        let Some(caret) = self.caret else { return Vec::new() };
        let found = self.composed.composition.diagnostics.iter();
        let mut found = found.filter(|found| !found.others.is_empty());
        let Some(found) =
            found.find(|found| !found.is_overridden() && caret.is_in(found))
        else {
            return Vec::new();
        };
        let mut places = Vec::new();
        for anchor in std::iter::once(&found.anchor).chain(&found.others) {
            let Anchor::Field { path, range } = anchor else { continue };
            let text = self.text_of(path);
            let printed = PrintedField::find(self.pages(), path, &text);
            let before = places.len();
            for line in printed.lines() {
                let place = match range {
                    Some(range) => line.place_of(*range, &text),
                    None => Some((line.page, line.bounds)),
                };
                let Some((page, bounds)) = place else { continue };
                // Several lines have one outline: theirs would cross the words.
                match places[before..].last_mut() {
                    Some((known, around)) if *known == page => {
                        *around = bounds.union(around);
                    }
                    _ => places.push((page, bounds)),
                }
            }
        }
        places
    }

    fn interact(&self, ui: &Ui, sheet: &ShownPage) -> Response {
        let response =
            ui.interact(sheet.rect, Id::unique(("page", sheet.page)), Sense::CLICK);
        response.widget_info(|| {
            let name = format!("Page {} of {}", sheet.page + 1, self.pages().len());
            WidgetInfo::labeled(Role::Image, true, name)
        });
        response
    }

    /// Remembers where the line that is written in is seen, as parts of the room's sides.
    fn see_line(
        &self,
        ui: &Ui,
        sheet: &ShownPage,
        panel: &mut LetterPanel,
        printed: &PrintedField<'_>,
    ) {
        let Some(line) = self.caret.and_then(|caret| printed.line_at(caret.byte)) else {
            return;
        };
        let room = ui.clip_rect();
        let place = sheet.on_screen(line.bounds).center();
        if line.page == sheet.page && room.contains(place) {
            panel.marked = Some((place - room.min) / room.size());
        }
    }

    /// Brings the line that is written in into view; nothing moves where it can be seen
    /// already.
    fn follow(
        &self,
        ui: &Ui,
        sheet: &ShownPage,
        panel: &LetterPanel,
        printed: &PrintedField<'_>,
    ) {
        let Some(caret) = self.caret else { return };
        if panel.rests || panel.followed.as_ref() == Some(caret) {
            return;
        }
        let Some(line) = printed.line_at(caret.byte) else { return };
        if line.page != sheet.page {
            return;
        }
        let place = sheet.on_screen(line.bounds);
        if !ui.clip_rect().contains_rect(place) {
            ui.scroll_to_rect(place.expand(24.0), Some(Align::Center));
        }
    }

    /// A click on words goes to the field that they come from, and to the word in it.
    fn pointed_at(
        &self,
        ui: &Ui,
        sheet: &ShownPage,
        response: &Response,
    ) -> Option<Command> {
        let point = sheet.on_paper(response.hover_pos()?);
        let field = self.pages().field_at(sheet.page, point)?;
        ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
        if !response.clicked() {
            return None;
        }
        let is_text = self
            .draft
            .template
            .field(field.pattern())
            .is_some_and(|field| matches!(field.kind, Kind::Line | Kind::Prose));
        let text = self.text_of(field);
        let byte = printed::byte_at(self.pages(), sheet.page, point, field, &text);
        Some(match byte {
            Some(byte) if is_text => {
                let caret = TextRange { start: byte, end: byte };
                Command::GoToWords(field.clone(), caret)
            }
            _ => Command::Go(field.clone()),
        })
    }
}

/// Whether somebody does something: not merely moves the pointer or the wheel.
fn acts(event: &Event) -> bool {
    matches!(
        event,
        Event::Text(_)
            | Event::Paste(_)
            | Event::Key { pressed: true, .. }
            | Event::PointerButton { pressed: true, .. }
            | Event::AccessKitActionRequest(_)
    )
}

/// A page where it is drawn.
struct ShownPage {
    page: usize,
    rect: Rect,
    scale: f32,
}

impl ShownPage {
    /// Shows the newest picture of the page.
    fn paint(
        &self,
        ui: &Ui,
        composed: &Composed,
        panel: &mut LetterPanel,
        preview: &mut Preview,
        paper: Color32,
    ) {
        let wanted = (self.scale * ui.ctx().pixels_per_point() * 1000.0).round() as u32;
        let scale = panel.painted_scale.settle(ui, wanted);
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
        ui.painter().image(texture.id(), self.rect, whole, paper);
        panel.textures.insert(self.page, (looks, texture));
    }

    fn paint_paper(&self, ui: &Ui, paper: Color32) {
        let shadow = Shadow {
            offset: [0, 2],
            blur: 10,
            spread: 0,
            color: Color32::from_black_alpha(40),
        };
        ui.painter().add(shadow.as_shape(self.rect, CornerRadius::ZERO));
        let line = Stroke::new(1.0, palette(ui).line);
        let outside = egui::StrokeKind::Outside;
        ui.painter().rect(self.rect, 0.0, paper, line, outside);
    }

    fn on_screen(&self, place: units::Rect) -> Rect {
        let min = self.rect.min + vec2(place.at.x.0, place.at.y.0) * self.scale;
        Rect::from_min_size(
            min,
            vec2(place.size.width.0, place.size.height.0) * self.scale,
        )
    }

    fn on_paper(&self, point: Pos2) -> units::Point {
        let point = (point - self.rect.min) / self.scale;
        units::Point { x: Pt(point.x), y: Pt(point.y) }
    }

    /// Draws an outline around words that a finding is about.
    fn outline(&self, ui: &Ui, place: units::Rect) {
        let place = self.on_screen(place).expand(2.0);
        let stroke = Stroke::new(1.5, theme::page_warning());
        ui.painter()
            .rect_stroke(place, 2.0, stroke, egui::StrokeKind::Outside);
    }

    /// Tints the sentence or the short field being edited, and draws a bar beside all of
    /// the field in the margin.
    fn mark(
        &self,
        ui: &Ui,
        pages: &Pages,
        printed: &PrintedField<'_>,
        sentence: Option<&[units::Rect]>,
    ) {
        for place in sentence.unwrap_or_default() {
            let place = self.on_screen(*place);
            ui.painter().rect_filled(place, 2.0, theme::page_tint());
        }
        let x = self.rect.left() + pages.sheet().margins.left.0 * self.scale - BAR_GAP;
        let mut bars: Vec<egui::Rangef> = Vec::new();
        for line in printed.lines().iter().filter(|line| line.page == self.page) {
            let place = self.on_screen(line.bounds);
            if sentence.is_none() {
                ui.painter().rect_filled(place, 2.0, theme::page_tint());
            }
            match bars.last_mut() {
                Some(bar) if place.top() - bar.max < LEADING * self.scale => {
                    *bar = egui::Rangef::new(
                        bar.min.min(place.top()),
                        bar.max.max(place.bottom()),
                    );
                }
                _ => bars.push(place.y_range()),
            }
        }
        for bar in bars {
            let place = Rect::from_x_y_ranges(x - BAR..=x, bar);
            ui.painter().rect_filled(place, BAR / 2.0, theme::page_accent());
        }
    }
}
