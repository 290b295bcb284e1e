//! The letter itself beside the form: the pages of the very PDF, with the place of the
//! field being edited marked.

mod found;
mod sheets;
mod spread;

use std::collections::BTreeMap;

use egui::{
    Align, Event, Layout, MouseWheelUnit, Rect, RichText, TextEdit, TextureHandle, Ui,
    Vec2, pos2, vec2,
};

use self::sheets::Sheets;
use self::spread::{Seen, Spread};
use super::find::FoundMarks;
use super::{dialog, field_id, text};
use crate::app::command::Command;
use crate::app::desk::{Desk, OpenDraft, Since};
use crate::app::preview::Preview;
use crate::app::theme::{self, palette};
use crate::app::widgets::{self, quiet};
use crate::diagnostic::{Anchor, Diagnostic};
use crate::letter::FieldPath;
use crate::template::LetterCopy;

/// How large pages are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum Zoom {
    /// As large as the panel allows and reading asks for.
    #[default]
    Fit,
    /// Points of the screen for a point of the paper.
    Scale(f32),
}

/// What the preview remembers between frames.
#[derive(Default)]
pub(super) struct LetterPanel {
    pub zoom: Zoom,
    /// The painted pages on the graphics card, with what they show.
    textures: BTreeMap<usize, ((u64, u32), TextureHandle)>,
    /// What was followed last.
    followed: Option<Caret>,
    /// Nothing is followed until somebody types or clicks elsewhere: a letter that was
    /// just opened is at its first page, and one that was clicked where it was clicked.
    pub rests: bool,
    seen: Option<Seen>,
    /// Where the wheel was turned for another size, as parts of the panel's sides.
    wheel: Option<Vec2>,
    /// Where the line that is written in was seen.
    marked: Option<Vec2>,
    /// The page in the middle of the panel, counted from 0.
    page: usize,
    painted_scale: PaintedScale,
}

impl LetterPanel {
    /// The panel of another letter at this zoom.
    pub(super) fn with(zoom: Zoom) -> Self {
        Self { zoom, rests: true, ..Self::default() }
    }
}

/// Where somebody writes: what the letter follows.
#[derive(Clone, PartialEq)]
struct Caret {
    field: FieldPath,
    /// The byte of the field's text that the caret is at.
    byte: usize,
    /// The composition that was followed in.
    revision: u64,
}

impl Caret {
    /// Whether it is in the words of a finding, or in the field where it is about all of
    /// one.
    fn is_in(&self, found: &Diagnostic) -> bool {
        let mut places = std::iter::once(&found.anchor).chain(&found.others);
        places.any(|anchor| match anchor {
            Anchor::Field { path, range } => {
                *path == self.field
                    && range.is_none_or(|words| {
                        (words.start..=words.end).contains(&self.byte)
                    })
            }
            Anchor::Letter | Anchor::Template { .. } => false,
        })
    }
}

/// The scale that pages are painted in. While it changes from frame to frame, what is
/// there is stretched, so that a hundred sizes are not painted on the way to one.
#[derive(Default)]
struct PaintedScale {
    wanted: u32,
    since: f64,
    painted: u32,
}

/// So long a scale is left alone before pages are painted in it, in seconds.
const REST_BEFORE_PAINTING: f64 = 0.15;

impl PaintedScale {
    fn settle(&mut self, ui: &Ui, wanted: u32) -> u32 {
        let now = ui.input(|input| input.time);
        if self.wanted != wanted {
            (self.wanted, self.since) = (wanted, now);
        }
        let wait = REST_BEFORE_PAINTING - (now - self.since);
        if self.painted == 0 || wait <= 0.0 {
            self.painted = wanted;
        } else if self.painted != wanted {
            ui.request_repaint_after_secs(wait as f32);
        }
        self.painted
    }
}

/// How much of a width the form has beside the letter: what the letter leaves at full
/// size, but as much as a form needs, and no more than it is read well in.
pub(super) fn room_for_form(width: f32, ui_zoom: f32) -> f32 {
    let letter = spread::LETTER_WIDTH * spread::FULL_SIZE / ui_zoom + 2.0 * spread::GAP;
    let least = (width * 0.43).clamp(theme::NARROWEST_FORM, theme::USUAL_FORM);
    (width - letter).clamp(least, theme::FORM_WIDTH)
}

/// Steps of the zoom.
const STEP: f32 = 1.2;
const SMALLEST: f32 = 0.3;
const LARGEST: f32 = 4.0;
const FOOT: f32 = 32.0;
/// The line that says what changed since the letter was exported.
const SINCE: f32 = 24.0;

/// Draws the letter with its foot.
pub(super) fn show(
    ui: &mut Ui,
    desk: &Desk,
    panel: &mut LetterPanel,
    preview: &mut Preview,
    found: FoundMarks<'_>,
    commands: &mut Vec<Command>,
) {
    let area = ui.available_rect_before_wrap();
    // The panel is as wide as it was made, not as what is in it.
    ui.expand_to_include_rect(area);
    let Some(draft) = &desk.draft else { return };
    let Some(composed) = &draft.composed else { return };
    let pages = &composed.composition.pages;
    let since = desk.since();
    let foot = if since.is_some() { FOOT + SINCE } else { FOOT };
    let top = Rect::from_min_max(area.min, pos2(area.right(), area.bottom() - foot));
    zoom_by_wheel(ui, panel, top);
    let spread = Spread::new(panel.zoom, pages, top.size(), ui.ctx().zoom_factor());
    let caret = caret(ui, desk, draft, composed.revision);
    ui.scope_builder(egui::UiBuilder::new().max_rect(top), |ui| {
        let sheets = Sheets {
            draft,
            composed,
            spread: &spread,
            is_dimmed: desk.settings.dim_page,
            caret: caret.as_ref(),
            found,
        };
        sheets.show(ui, panel, preview, commands);
    });
    panel.followed = caret;
    if let Some(since) = since {
        let line = Rect::from_min_size(top.left_bottom(), vec2(area.width(), SINCE));
        ui.scope_builder(egui::UiBuilder::new().max_rect(line), |ui| {
            since_line(ui, &since, commands);
        });
    }
    let foot = Rect::from_min_max(pos2(area.left(), area.bottom() - FOOT), area.max);
    ui.scope_builder(egui::UiBuilder::new().max_rect(foot), |ui| {
        foot_line(ui, draft.copy, panel, &spread, commands);
    });
}

/// Ctrl and the wheel, or two fingers, over the pages.
fn zoom_by_wheel(ui: &Ui, panel: &mut LetterPanel, area: Rect) {
    let delta = ui.input(|input| input.zoom_delta() * zoom_by_events(&input.events));
    if (delta - 1.0).abs() < f32::EPSILON || !ui.rect_contains_pointer(area) {
        return;
    }
    if let Some(seen) = &panel.seen {
        panel.zoom = Zoom::Scale((seen.scale() * delta).clamp(SMALLEST, LARGEST));
        let pointer = ui.ctx().pointer_hover_pos();
        panel.wheel = pointer.map(|pointer| (pointer - area.min) / area.size());
    }
}

/// How much larger the letter becomes by one notch of the wheel, and by a point that two
/// fingers move.
const NOTCH: f32 = 1.1;
const POINT: f32 = 1.005;

/// Some wheels send several lines for one notch: a frame has one step at most.
fn zoom_by_events(events: &[Event]) -> f32 {
    let (mut lines, mut points) = (0.0_f32, 0.0);
    for event in events {
        if let Event::MouseWheel { unit, delta, modifiers, .. } = event
            && modifiers.command
        {
            match unit {
                MouseWheelUnit::Point => points += delta.y,
                MouseWheelUnit::Line | MouseWheelUnit::Page => lines += delta.y,
            }
        }
    }
    NOTCH.powf(lines.clamp(-1.0, 1.0)) * POINT.powf(points)
}

/// Where the caret is in the form, or was last.
fn caret(ui: &Ui, desk: &Desk, draft: &OpenDraft, revision: u64) -> Option<Caret> {
    let field = desk.focus.clone()?;
    let value = draft.template.value(&draft.letter, &field);
    let words = value.as_ref().map(|value| value.words(&field)).unwrap_or_default();
    let range = TextEdit::load_state(ui.ctx(), field_id(&field))
        .and_then(|state| state.cursor.char_range());
    let character = range.map_or(0, |range| range.primary.index.0);
    Some(Caret { byte: text::byte_at(&words, character), field, revision })
}

/// When the letter was exported last, and the way to what changed since.
fn since_line(ui: &mut Ui, since: &Since, commands: &mut Vec<Command>) {
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
        // As wide as a space between words.
        ui.spacing_mut().item_spacing = Vec2::new(3.0, 0.0);
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

fn foot_line(
    ui: &mut Ui,
    copy: LetterCopy,
    panel: &mut LetterPanel,
    spread: &Spread,
    commands: &mut Vec<Command>,
) {
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing = Vec2::new(6.0, 0.0);
        ui.add_space(12.0);
        let page = panel.page.min(spread.pages() - 1) + 1;
        quiet(ui, format!("Page {page} of {}", spread.pages()));
        ui.add_space(8.0);
        copies(ui, copy, commands);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing = Vec2::new(6.0, 0.0);
            ui.add_space(12.0);
            zoom(ui, panel, spread);
        });
    });
}

/// The copy that is shown, exported and printed, beside the other.
fn copies(ui: &mut Ui, shown: LetterCopy, commands: &mut Vec<Command>) {
    ui.spacing_mut().item_spacing.x = 2.0;
    for (copy, words, hint) in [
        (LetterCopy::Served, "Served", "The letter that recipients are sent"),
        (LetterCopy::Public, "Public", "The copy that is published, without names"),
    ] {
        let response = widgets::view_button(ui, copy == shown, words).on_hover_text(hint);
        if response.clicked() && copy != shown {
            commands.push(Command::ShowCopy(copy));
        }
    }
}

/// The zoom in true percent, laid from the right.
fn zoom(ui: &mut Ui, panel: &mut LetterPanel, spread: &Spread) {
    let fits = panel.zoom == Zoom::Fit;
    let fit = widgets::view_button(ui, fits, "Fit");
    dialog::name(&fit, "Fit the letter to its panel");
    if fit.on_hover_text("As large as fits").clicked() {
        panel.zoom = Zoom::Fit;
    }
    if small_button(ui, "+", "Zoom in") {
        panel.zoom = Zoom::Scale((spread.scale() * STEP).clamp(SMALLEST, LARGEST));
    }
    let percent = format!("{:.0}%", spread.percent());
    let color = palette(ui).quiet;
    let words = RichText::new(percent).font(theme::help()).color(color);
    ui.add_sized([36.0, 20.0], egui::Label::new(words));
    if small_button(ui, "−", "Zoom out") {
        panel.zoom = Zoom::Scale((spread.scale() / STEP).clamp(SMALLEST, LARGEST));
    }
}

fn small_button(ui: &mut Ui, words: &str, name: &str) -> bool {
    let button = egui::Button::new(words).frame_when_inactive(false);
    let button = button.sense(egui::Sense::CLICK).min_size(vec2(24.0, 24.0));
    let response = ui.add(button);
    dialog::name(&response, name);
    response.on_hover_text(name).clicked()
}
