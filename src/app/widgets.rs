//! Small pieces that several panels draw with. Icons are painted, because typefaces lack
//! them.

use egui::epaint::{PathShape, Pos2, TextShape};
use egui::text::LayoutJob;
use egui::{
    Color32, CursorIcon, FontId, Id, Key, Label, Painter, Rect, Response, RichText, Role,
    Sense, Stroke, Ui, Vec2, WidgetInfo, vec2,
};

use super::theme::{self, palette};
use crate::diagnostic::{Action, Diagnostic, Severity};
use crate::letter::grammar;

/// A painted sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Icon {
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
    /// Neither done nor to do.
    Dash,
    Search,
    /// The parts of a letter: reviewer, case, parties, documents, summary, items, the end.
    Person,
    Folder,
    People,
    Page,
    Lines,
    List,
    Flag,
}

/// Paints an icon into a square.
pub(super) fn paint_icon(painter: &Painter, square: Rect, icon: Icon, color: Color32) {
    let stroke = Stroke::new((square.width() / 9.0).max(1.4), color);
    let pen = IconPen { painter, square, stroke };
    match icon {
        Icon::Tick => pen.line(&[(0.15, 0.55), (0.4, 0.8), (0.85, 0.2)]),
        Icon::Dot => pen.dot((0.5, 0.5), square.width() * 0.28),
        Icon::Ring => pen.ring(0.3),
        Icon::Cross => {
            pen.line(&[(0.2, 0.2), (0.8, 0.8)]);
            pen.line(&[(0.8, 0.2), (0.2, 0.8)]);
        }
        Icon::Warning => {
            // The first side is drawn twice, so that its corner is closed.
            pen.line(&[(0.5, 0.08), (0.96, 0.9), (0.04, 0.9), (0.5, 0.08), (0.96, 0.9)]);
            pen.line(&[(0.5, 0.38), (0.5, 0.62)]);
            pen.dot((0.5, 0.76), stroke.width * 0.6);
        }
        Icon::Note => {
            pen.ring(0.44);
            pen.line(&[(0.5, 0.45), (0.5, 0.75)]);
            pen.dot((0.5, 0.27), stroke.width * 0.7);
        }
        Icon::Up => pen.line(&[(0.2, 0.65), (0.5, 0.35), (0.8, 0.65)]),
        Icon::Down => pen.line(&[(0.2, 0.35), (0.5, 0.65), (0.8, 0.35)]),
        Icon::Copy => {
            pen.frame((0.08, 0.08), (0.63, 0.63));
            pen.frame((0.36, 0.36), (0.91, 0.91));
        }
        Icon::Lock => {
            pen.frame((0.16, 0.44), (0.84, 0.92));
            let (left, right) = ([(0.3, 0.44), (0.3, 0.22)], [(0.7, 0.22), (0.7, 0.44)]);
            pen.line(&[left[0], left[1], (0.4, 0.1), (0.6, 0.1), right[0], right[1]]);
        }
        Icon::Calendar => {
            pen.frame((0.08, 0.16), (0.92, 0.92));
            pen.line(&[(0.08, 0.4), (0.92, 0.4)]);
            pen.line(&[(0.3, 0.04), (0.3, 0.22)]);
            pen.line(&[(0.7, 0.04), (0.7, 0.22)]);
        }
        Icon::Dash => pen.line(&[(0.25, 0.5), (0.75, 0.5)]),
        Icon::Search => {
            pen.circle((0.42, 0.42), 0.32);
            pen.line(&[(0.66, 0.66), (0.94, 0.94)]);
        }
        _ => paint_part(&pen, icon),
    }
}

/// Signs for the parts of a letter.
fn paint_part(pen: &IconPen<'_>, icon: Icon) {
    match icon {
        Icon::Person => pen.person(0.5),
        Icon::People => {
            pen.person(0.3);
            pen.person(0.75);
        }
        Icon::Folder => {
            pen.line(&[(0.06, 0.3), (0.06, 0.86), (0.94, 0.86), (0.94, 0.3)]);
            pen.line(&[(0.94, 0.3), (0.48, 0.3), (0.4, 0.16), (0.06, 0.16), (0.06, 0.4)]);
        }
        Icon::Page => {
            pen.frame((0.18, 0.06), (0.82, 0.94));
            pen.line(&[(0.34, 0.36), (0.66, 0.36)]);
            pen.line(&[(0.34, 0.56), (0.66, 0.56)]);
        }
        Icon::Lines => {
            for y in [0.2, 0.4, 0.6] {
                pen.line(&[(0.08, y), (0.92, y)]);
            }
            pen.line(&[(0.08, 0.8), (0.6, 0.8)]);
        }
        Icon::List => {
            for y in [0.2, 0.5, 0.8] {
                pen.dot((0.14, y), pen.stroke.width);
                pen.line(&[(0.32, y), (0.92, y)]);
            }
        }
        Icon::Flag => {
            pen.line(&[(0.2, 0.06), (0.2, 0.96)]);
            pen.line(&[
                (0.2, 0.12),
                (0.86, 0.12),
                (0.68, 0.34),
                (0.86, 0.56),
                (0.2, 0.56),
            ]);
        }
        _ => {}
    }
}

/// Draws in a square whose sides are 1 long.
struct IconPen<'a> {
    painter: &'a Painter,
    square: Rect,
    stroke: Stroke,
}

impl IconPen<'_> {
    fn at(&self, (x, y): (f32, f32)) -> Pos2 {
        self.square.min + vec2(x, y) * self.square.width()
    }

    fn line(&self, points: &[(f32, f32)]) {
        let points = points.iter().map(|&point| self.at(point)).collect();
        self.painter.add(PathShape::line(points, self.stroke));
    }

    fn frame(&self, from: (f32, f32), to: (f32, f32)) {
        let rect = Rect::from_min_max(self.at(from), self.at(to));
        self.painter
            .rect_stroke(rect, 1.0, self.stroke, egui::StrokeKind::Middle);
    }

    /// A ring around the middle.
    fn ring(&self, radius: f32) {
        self.circle((0.5, 0.5), radius);
    }

    fn circle(&self, center: (f32, f32), radius: f32) {
        let radius = radius * self.square.width();
        self.painter.circle_stroke(self.at(center), radius, self.stroke);
    }

    /// A head and shoulders around this middle.
    fn person(&self, x: f32) {
        self.circle((x, 0.3), 0.17);
        let (left, right) = (x - 0.25, x + 0.25);
        self.line(&[(left, 0.92), (left, 0.74), (x - 0.12, 0.62), (x + 0.12, 0.62)]);
        self.line(&[(x + 0.12, 0.62), (right, 0.74), (right, 0.92)]);
    }

    /// A dot of a radius in points.
    fn dot(&self, center: (f32, f32), radius: f32) {
        let color = self.stroke.color;
        self.painter.circle_filled(self.at(center), radius, color);
    }
}

/// An icon in a line of text, for the eye alone: what it means is said in words beside
/// it.
pub(super) fn icon(ui: &mut Ui, icon: Icon, size: f32, color: Color32) {
    let (rect, _) = ui.allocate_exact_size(Vec2::splat(size), Sense::hover());
    paint_icon(ui.painter(), rect, icon, color);
}

/// A small button that shows an icon and is called `name`. Tab passes it by, because the
/// keyboard has a shorter way to what it does: Tab is for fields.
pub(super) fn icon_button(
    ui: &mut Ui,
    icon: Icon,
    name: &str,
    enabled: bool,
) -> Response {
    let sense = if enabled { Sense::CLICK } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(26.0), sense);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name));
    let colors = palette(ui);
    if enabled && response.hovered() {
        ui.painter().rect_filled(rect, 6.0, colors.over);
    }
    let ink = if enabled { colors.quiet } else { colors.line };
    paint_icon(ui.painter(), rect.shrink(7.0), icon, ink);
    response.on_hover_text(name)
}

/// The ring around what has the focus.
pub(super) fn ring(ui: &Ui, rect: Rect) {
    let stroke = Stroke::new(2.0, palette(ui).accent);
    ui.painter().rect_stroke(rect, 6.0, stroke, egui::StrokeKind::Inside);
}

/// Words in small, quiet type.
pub(super) fn quiet(ui: &mut Ui, words: impl Into<String>) -> Response {
    let color = palette(ui).quiet;
    ui.label(RichText::new(words).font(theme::help()).color(color))
}

/// A heading of a section of the window.
pub(super) fn heading(ui: &mut Ui, words: &str) -> Response {
    let response = ui.label(RichText::new(words).font(theme::title()));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(egui::accesskit::Role::Heading);
        node.set_label(words);
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

/// Paints the ground of a row of a list that is pressed as a whole.
pub(super) fn row_ground(ui: &Ui, row: &Response, is_chosen: bool) {
    let colors = palette(ui);
    if is_chosen || row.hovered() {
        let ground = if is_chosen { colors.tint } else { colors.over };
        ui.painter().rect_filled(row.rect, 6.0, ground);
    }
}

/// Stands for the words that were left away.
pub(super) const CUT: &str = " \u{2026} ";

/// Words that fit into a width: where they are too long, whole words are left away in the
/// middle, because both ends tell one from the next.
pub(super) fn cut_in_middle(ui: &Ui, words: &str, font: &FontId, room: f32) -> String {
    if width(ui, words, font.clone()) <= room {
        return words.to_owned();
    }
    // What stands in brackets says least.
    if let Some((before, rest)) = words.split_once(" (")
        && let Some((_, after)) = rest.split_once(')')
    {
        let cut = format!("{before}{CUT}{}", after.trim_start_matches([',', ' ']));
        if width(ui, &cut, font.clone()) <= room {
            return cut;
        }
    }
    let parts: Vec<&str> = words.split(' ').collect();
    // The end says the procedure and the year; the beginning gets what room is left.
    for kept in (2..parts.len()).rev() {
        let end = (kept * 3).div_ceil(5).clamp(1, kept - 1);
        let start = parts[..kept - end].join(" ");
        let cut = format!("{start}{CUT}{}", parts[parts.len() - end..].join(" "));
        if width(ui, &cut, font.clone()) <= room {
            return cut;
        }
    }
    words.to_owned()
}

/// Goes to a new row of a wrapping layout before what does not fit into this one; what
/// fits into none stays here.
pub(super) fn keep_whole(ui: &mut Ui, width: f32) {
    let room = ui.available_size_before_wrap().x;
    if width > room && room < ui.max_rect().width() {
        ui.end_row();
    }
}

/// Words that do something when they are clicked. Tab passes them by, as it does
/// [`icon_button`].
pub(super) fn link(ui: &mut Ui, words: impl Into<String>) -> Response {
    let words = RichText::new(words).font(theme::help());
    let label = Label::new(words).selectable(false).sense(Sense::CLICK);
    let (at, galley, response) = label.layout_in_ui(ui);
    response
        .widget_info(|| WidgetInfo::labeled(Role::Link, ui.is_enabled(), galley.text()));
    let color = palette(ui).accent;
    let underline =
        if response.hovered() { Stroke::new(1.0, color) } else { Stroke::NONE };
    ui.painter()
        .add(TextShape::new(at, galley, color).with_underline(underline));
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// A link in a box over the window, which the keyboard reaches by Tab.
pub(super) fn box_link(ui: &mut Ui, words: impl Into<String>) -> Response {
    let color = palette(ui).accent;
    ui.link(RichText::new(words).font(theme::help()).color(color))
}

/// One of the choices of a field. Tab stops only at the one that `is_stop`.
pub(super) fn radio(
    ui: &mut Ui,
    id: Id,
    is_chosen: bool,
    is_stop: bool,
    words: &str,
) -> Response {
    let sense = if is_stop { Sense::click() } else { Sense::CLICK };
    let colors = palette(ui);
    let layout =
        ui.painter()
            .layout_no_wrap(words.to_owned(), theme::body(), colors.text);
    let size = vec2(RADIO + 8.0 + layout.size().x, layout.size().y.max(RADIO + 4.0));
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let response = ui.interact(rect, id, sense);
    response.widget_info(|| {
        WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), is_chosen, words)
    });
    let center = rect.left_center() + vec2(RADIO / 2.0, 0.0);
    let edge = if is_chosen || response.hovered() { colors.accent } else { colors.edge };
    let painter = ui.painter();
    let ground = if is_chosen { colors.accent } else { colors.panel };
    painter.circle(center, RADIO / 2.0 - 1.0, ground, Stroke::new(1.5, edge));
    if is_chosen {
        painter.circle_filled(center, RADIO / 2.0 - 5.5, colors.on_accent);
    }
    let at = rect.left_center() + vec2(RADIO + 8.0, -layout.size().y / 2.0);
    painter.galley(at, layout, colors.text);
    if response.has_focus() {
        ring(ui, rect.expand(3.0));
    }
    response
}

/// One of the choices of a box over the window: Tab stops at each, and a click takes the
/// focus.
pub(super) fn box_radio(ui: &mut Ui, id: Id, is_chosen: bool, words: &str) -> Response {
    let response = radio(ui, id, is_chosen, true, words);
    if response.clicked() {
        response.request_focus();
    }
    response
}

/// A statement that is checked or not.
pub(super) fn check(ui: &mut Ui, id: Id, value: &mut bool, words: &str) -> Response {
    let colors = palette(ui);
    let mut job = LayoutJob::simple(
        words.to_owned(),
        theme::body(),
        colors.text,
        ui.available_width() - RADIO - 8.0,
    );
    job.wrap.break_anywhere = false;
    let layout = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let size = vec2(RADIO + 8.0 + layout.size().x, layout.size().y.max(RADIO + 6.0));
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let response = ui.interact(rect, id, Sense::click());
    if response.clicked() {
        *value = !*value;
        response.request_focus();
    }
    response.widget_info(|| {
        WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), *value, words)
    });
    let center = rect.left_center() + vec2(RADIO / 2.0, 0.0);
    let square = Rect::from_center_size(center, Vec2::splat(RADIO - 1.0));
    let (ground, edge) = match *value {
        true => (colors.accent, colors.accent),
        false if response.hovered() => (colors.panel, colors.accent),
        false => (colors.panel, colors.edge),
    };
    let painter = ui.painter();
    painter.rect(square, 4.0, ground, Stroke::new(1.5, edge), egui::StrokeKind::Inside);
    if *value {
        let pen = IconPen {
            painter,
            square: square.shrink(3.0),
            stroke: Stroke::new(2.0, colors.on_accent),
        };
        pen.line(&[(0.1, 0.55), (0.4, 0.85), (0.95, 0.15)]);
    }
    let at = rect.left_center() + vec2(RADIO + 8.0, -layout.size().y / 2.0);
    painter.galley(at, layout, colors.text);
    if response.has_focus() {
        ring(ui, rect.expand(3.0));
    }
    response
}

/// How wide the ring of a radio is, in points.
const RADIO: f32 = 18.0;

/// One of two or three views beside each other: the one that is seen has a plain tint and
/// plain words. Tab passes it by.
pub(super) fn view_button(ui: &mut Ui, is_seen: bool, words: &str) -> Response {
    let fill = if is_seen { palette(ui).tint } else { Color32::TRANSPARENT };
    let words = RichText::new(words).font(theme::help()).color(palette(ui).text);
    let button = egui::Button::new(words).fill(fill).stroke(Stroke::NONE);
    let response = ui.add(button.sense(Sense::CLICK));
    response.ctx.accesskit_node_builder(response.id, |node| {
        node.set_toggled(is_seen.into());
    });
    response
}

/// The one button of a place that is most likely wanted.
pub(super) fn main_button(ui: &mut Ui, words: impl Into<String>) -> Response {
    let colors = palette(ui);
    let words = RichText::new(words).color(colors.on_accent);
    let response = ui.add(egui::Button::new(words).fill(colors.accent));
    if response.has_focus() {
        // On its own color the ring would not be seen.
        ring(ui, response.rect.expand(4.0));
    }
    response
}

/// The icon and the color of a finding.
pub(super) fn severity(ui: &Ui, severity: Severity) -> (Icon, Color32) {
    let colors = palette(ui);
    match severity {
        Severity::Error => (Icon::Cross, colors.error),
        Severity::Warning => (Icon::Warning, colors.warning),
        Severity::Note => (Icon::Note, colors.quiet),
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
    let (icon, color) = severity(ui, problem.severity);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let (square, _) = ui.allocate_exact_size(vec2(12.0, 17.0), Sense::hover());
        let square = Rect::from_center_size(square.center(), Vec2::splat(10.0));
        paint_icon(ui.painter(), square, icon, color);
        // That something is not there yet says what to do by itself, beside the place
        // where it goes.
        let words = if problem.action == Some(Action::FillIn) {
            problem.message.clone()
        } else {
            finding(problem)
        };
        ui.add(
            egui::Label::new(RichText::new(words).font(theme::help()).color(color))
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

/// Lets Tab walk on past the widget of this id, which is drawn next; the mouse still
/// comes to it. What is off for the one frame of the key is no stop.
pub(super) fn pass_by_tab(ui: &mut Ui, id: Id) {
    let has_focus = ui.memory(|memory| memory.has_focus(id));
    if !has_focus && ui.input(|input| input.key_pressed(Key::Tab)) {
        ui.visuals_mut().disabled_alpha = 1.0;
        ui.disable();
    }
}

/// The frame of a box over the window.
pub(super) fn box_frame(ui: &Ui) -> egui::Frame {
    egui::Frame::popup(ui.style()).inner_margin(theme::BOX_MARGIN)
}

/// `1 error`, `2 errors`.
pub(super) fn count(number: usize, noun: &str) -> String {
    grammar::count(i64::try_from(number).unwrap_or(i64::MAX), noun)
}
