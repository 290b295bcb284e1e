//! Small pieces that several panels draw with. Marks are painted, because typefaces lack
//! them.

use egui::epaint::{PathShape, Pos2};
use egui::{
    Color32, FontId, Id, Key, Painter, Rect, Response, RichText, Role, Sense, Stroke, Ui,
    Vec2, WidgetInfo, vec2,
};

use super::theme::{self, palette};
use crate::diagnostic::{Action, Diagnostic, Severity};

/// A painted sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// A tick: done.
    Tick,
    /// A filled dot: begun.
    Dot,
    /// A ring: nothing there yet.
    Ring,
    Cross,
    /// A triangle with a bar: a warning.
    Warning,
    /// An i in a ring.
    Note,
    Up,
    Down,
    Copy,
    Calendar,
    /// A padlock: encrypted.
    Lock,
}

/// Paints a mark into a square.
pub(super) fn paint_mark(painter: &Painter, square: Rect, mark: Mark, colour: Color32) {
    let stroke = Stroke::new((square.width() / 9.0).max(1.4), colour);
    let at = |x: f32, y: f32| square.min + vec2(x, y) * square.width();
    let line = |points: &[(f32, f32)]| {
        let points: Vec<Pos2> = points.iter().map(|&(x, y)| at(x, y)).collect();
        painter.add(PathShape::line(points, stroke));
    };
    match mark {
        Mark::Tick => line(&[(0.15, 0.55), (0.4, 0.8), (0.85, 0.2)]),
        Mark::Dot => {
            painter.circle_filled(square.center(), square.width() * 0.28, colour);
        }
        Mark::Ring => {
            painter.circle_stroke(square.center(), square.width() * 0.3, stroke);
        }
        Mark::Cross => {
            line(&[(0.2, 0.2), (0.8, 0.8)]);
            line(&[(0.8, 0.2), (0.2, 0.8)]);
        }
        Mark::Warning => {
            line(&[(0.5, 0.08), (0.96, 0.9), (0.04, 0.9), (0.5, 0.08), (0.96, 0.9)]);
            line(&[(0.5, 0.38), (0.5, 0.62)]);
            painter.circle_filled(at(0.5, 0.76), stroke.width * 0.6, colour);
        }
        Mark::Note => {
            painter.circle_stroke(square.center(), square.width() * 0.44, stroke);
            line(&[(0.5, 0.45), (0.5, 0.75)]);
            painter.circle_filled(at(0.5, 0.27), stroke.width * 0.7, colour);
        }
        Mark::Up => line(&[(0.2, 0.65), (0.5, 0.35), (0.8, 0.65)]),
        Mark::Down => line(&[(0.2, 0.35), (0.5, 0.65), (0.8, 0.35)]),
        Mark::Copy => {
            let sheet = |x: f32, y: f32| {
                Rect::from_min_size(at(x, y), Vec2::splat(square.width() * 0.55))
            };
            painter.rect_stroke(sheet(0.08, 0.08), 1.0, stroke, egui::StrokeKind::Middle);
            painter.rect_stroke(sheet(0.36, 0.36), 1.0, stroke, egui::StrokeKind::Middle);
        }
        Mark::Lock => {
            let body = Rect::from_min_max(at(0.16, 0.44), at(0.84, 0.92));
            painter.rect_stroke(body, 1.0, stroke, egui::StrokeKind::Middle);
            line(&[
                (0.3, 0.44),
                (0.3, 0.22),
                (0.4, 0.1),
                (0.6, 0.1),
                (0.7, 0.22),
                (0.7, 0.44),
            ]);
        }
        Mark::Calendar => {
            painter.rect_stroke(
                Rect::from_min_max(at(0.08, 0.16), at(0.92, 0.92)),
                1.0,
                stroke,
                egui::StrokeKind::Middle,
            );
            line(&[(0.08, 0.4), (0.92, 0.4)]);
            line(&[(0.3, 0.04), (0.3, 0.22)]);
            line(&[(0.7, 0.04), (0.7, 0.22)]);
        }
    }
}

/// A mark in a line of text, for the eye alone: what it means is said in words beside it.
pub(super) fn mark(ui: &mut Ui, mark: Mark, size: f32, colour: Color32) {
    let (rect, _) = ui.allocate_exact_size(Vec2::splat(size), Sense::hover());
    paint_mark(ui.painter(), rect, mark, colour);
}

/// A small button that shows a mark and is called `name`.
pub(super) fn mark_button(
    ui: &mut Ui,
    sign: Mark,
    name: &str,
    enabled: bool,
) -> Response {
    sensing(ui, sign, name, if enabled { Sense::click() } else { Sense::hover() })
}

/// The same for the pointer alone: Tab passes it by, because the keyboard has a shorter
/// way.
pub(super) fn pointer_button(ui: &mut Ui, sign: Mark, name: &str) -> Response {
    sensing(ui, sign, name, Sense::CLICK)
}

fn sensing(ui: &mut Ui, sign: Mark, name: &str, sense: Sense) -> Response {
    let enabled = sense.senses_click();
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(26.0), sense);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name));
    let colours = palette(ui);
    if enabled && response.hovered() {
        ui.painter().rect_filled(rect, 6.0, colours.over);
    }
    if response.has_focus() {
        ring(ui, rect);
    }
    let ink = if enabled { colours.quiet } else { colours.line };
    paint_mark(ui.painter(), rect.shrink(7.0), sign, ink);
    response.on_hover_text(name)
}

/// The ring around what has the focus.
pub(super) fn ring(ui: &Ui, rect: Rect) {
    let stroke = Stroke::new(2.0, palette(ui).accent);
    ui.painter().rect_stroke(rect, 6.0, stroke, egui::StrokeKind::Inside);
}

/// Words in small, quiet type.
pub(super) fn quiet(ui: &mut Ui, words: impl Into<String>) -> Response {
    let colour = palette(ui).quiet;
    ui.label(RichText::new(words).font(theme::help()).color(colour))
}

/// A heading of a section of the window.
pub(super) fn heading(ui: &mut Ui, words: &str) -> Response {
    let response = ui.label(RichText::new(words).font(theme::title()));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(egui::accesskit::Role::Heading)
    });
    response
}

/// How wide words are in one line, in points.
pub(super) fn width(ui: &Ui, words: &str, font: FontId) -> f32 {
    ui.painter()
        .layout_no_wrap(words.to_owned(), font, Color32::PLACEHOLDER)
        .size()
        .x
}

/// Goes to a new row of a wrapping layout before what does not fit into this one; what
/// fits into none stays here.
pub(super) fn keep_whole(ui: &mut Ui, width: f32) {
    let room = ui.available_size_before_wrap().x;
    if width > room && room < ui.max_rect().width() {
        ui.end_row();
    }
}

/// A button that reads as a link.
pub(super) fn link(ui: &mut Ui, words: impl Into<String>) -> Response {
    let colour = palette(ui).accent;
    ui.link(RichText::new(words).font(theme::help()).color(colour))
}

/// The one button of a place that is most likely wanted.
pub(super) fn main_button(ui: &mut Ui, words: impl Into<String>) -> Response {
    let colours = palette(ui);
    let words = RichText::new(words).color(colours.on_accent);
    let response = ui.add(egui::Button::new(words).fill(colours.accent));
    if response.has_focus() {
        // On its own colour the ring would not be seen.
        ring(ui, response.rect.expand(4.0));
    }
    response
}

/// The sign and the colour of a finding.
pub(super) fn severity(ui: &Ui, severity: Severity) -> (Mark, Color32) {
    let colours = palette(ui);
    match severity {
        Severity::Error => (Mark::Cross, colours.error),
        Severity::Warning => (Mark::Warning, colours.warning),
        Severity::Note => (Mark::Note, colours.quiet),
    }
}

/// A finding and what to do about it.
pub(super) fn finding(problem: &Diagnostic) -> String {
    match problem.hint.as_str() {
        "" => problem.message.clone(),
        hint => format!("{}. {hint}", problem.message),
    }
}

/// A finding in words under its field.
pub(super) fn message(ui: &mut Ui, problem: &Diagnostic) {
    let (sign, colour) = severity(ui, problem.severity);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let (square, _) = ui.allocate_exact_size(vec2(12.0, 17.0), Sense::hover());
        let square = Rect::from_center_size(square.center(), Vec2::splat(10.0));
        paint_mark(ui.painter(), square, sign, colour);
        // That something is not there yet says what to do by itself, beside the place
        // where it goes.
        let words = if problem.action == Some(Action::FillIn) {
            problem.message.clone()
        } else {
            finding(problem)
        };
        ui.add(
            egui::Label::new(RichText::new(words).font(theme::help()).color(colour))
                .wrap(),
        );
    });
}

/// Whether this key was pressed while the widget of this id has the focus; nothing else
/// sees it then.
pub(super) fn takes_key(ui: &Ui, id: Id, key: Key) -> bool {
    ui.memory(|memory| memory.has_focus(id))
        && ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, key))
}

/// The frame of a box that stands over the window.
pub(super) fn box_frame(ui: &Ui) -> egui::Frame {
    egui::Frame::popup(ui.style()).inner_margin(theme::BOX_MARGIN)
}

/// `1 error`, `2 errors`.
pub(super) fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}
