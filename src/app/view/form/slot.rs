//! The line under a field: what the field wants, or what is wrong with it. It has one
//! height whatever it says. A second line of a message stands in the gap before the next
//! field, and what does not fit there lies over what is below while somebody asks for it,
//! so that nothing moves.

use std::sync::Arc;

use egui::text::LayoutJob;
use egui::{
    Align2, Area, Color32, Frame, Galley, Id, Order, Rect, Role, Sense, TextFormat, Ui,
    Vec2, WidgetInfo, pos2, vec2,
};

use super::context::FormContext;
use crate::app::command::Command;
use crate::app::theme::{self, palette};
use crate::app::view::{fixes, underline};
use crate::app::widgets::{self, Icon};
use crate::diagnostic::{Action, Diagnostic};
use crate::letter::FieldPath;

/// So many findings are shown at one field; the list has them all.
const MOST: usize = 2;
/// From line to line of a message.
const LINE: f32 = 14.0;
/// Room for the sign before it.
const SIGN: f32 = 16.0;

/// What a slot may say.
pub(super) struct FieldSlot<'a> {
    pub id: Id,
    pub path: &'a FieldPath,
    /// What the field itself shows: a message does not repeat it.
    pub value: &'a str,
    /// Said while nothing is wrong.
    pub help: &'a str,
    pub has_focus: bool,
    pub problems: &'a [&'a Diagnostic],
    pub room: SlotRoom,
}

/// Where in a row of several fields a slot may say something.
#[derive(Clone, Copy, Default)]
pub(super) struct SlotRoom {
    /// How much room there is before and after the field, where the others say nothing.
    pub before: f32,
    pub after: f32,
    /// Where two fields say more than fits under each, every one has a line over the whole
    /// row, and this is the field's.
    pub line: Option<usize>,
}

impl FieldSlot<'_> {
    /// Draws the slot in a line of its own.
    pub(super) fn show(&self, ui: &mut Ui, form: &mut FormContext<'_>) {
        let size = vec2(ui.available_width(), theme::SLOT);
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        self.show_in(ui, form, rect);
    }

    /// Draws it where there is room, such as behind a checkbox.
    pub(super) fn show_in(&self, ui: &mut Ui, form: &mut FormContext<'_>, rect: Rect) {
        let mut rect = rect.with_max_x(rect.right() + self.room.after);
        if self.room.line.is_some() || !self.is_whole(ui, rect.width()) {
            rect.min.x -= self.room.before;
        }
        let Some(first) = self.problems.first() else {
            let ink = palette(ui).quiet;
            let words = lines(ui, self.help, ink, rect.width(), self.most_lines());
            self.paint(ui, rect, words, ink);
            if !self.help.is_empty() {
                self.say(ui, rect, self.help);
            }
            return;
        };
        let is_cut = self.show_first(ui, rect, first);
        let asks_here = self.has_focus && fixes::are_offered(first);
        if asks_here && std::mem::take(&mut form.state.wants_remedies) {
            let id = self.id.with("menu of the field");
            underline::open_field_menu(ui, form, id, first, rect.left_bottom());
        }
        underline::show_field_menu(ui, form, self.id.with("menu of the field"));
        let says_more = is_cut || self.problems.len() > 1 || fixes::are_offered(first);
        let is_asked = form.state.tells.as_ref() == Some(self.path);
        if says_more && (is_asked || self.is_pointed_at(ui, rect)) {
            self.show_all(ui, form, rect);
        } else {
            ui.data_mut(|data| data.remove::<Rect>(self.id.with("all")));
        }
    }

    /// For those who do not see what is painted.
    fn say(&self, ui: &Ui, rect: Rect, words: &str) {
        let response = ui.interact(rect, self.id.with("said"), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
    }

    /// What else there is than the first finding.
    fn more(&self, first: &Diagnostic) -> String {
        match self.problems.len() {
            1 if fixes::are_offered(first) => "Fix\u{2026}".to_owned(),
            1 => String::new(),
            count => format!("{} more", count - 1),
        }
    }

    /// Whether what is wrong, or the help, can be read in this width.
    pub(super) fn fits(&self, ui: &Ui, width: f32) -> bool {
        let words = match self.problems.first() {
            Some(first) => self.fitting(ui, width, first).0,
            None => lines(ui, self.help, Color32::PLACEHOLDER, width, self.most_lines()),
        };
        !words.elided
    }

    /// Whether what to do about it can be read there, too.
    fn is_whole(&self, ui: &Ui, width: f32) -> bool {
        self.fits(ui, width)
            && self.problems.first().is_none_or(|first| {
                self.fitting(ui, width, first).0.text() == said(first)
            })
    }

    fn most_lines(&self) -> usize {
        if self.room.line.is_some() { 1 } else { 2 }
    }

    /// The first finding as there is room for it, and what is said after it: what to do
    /// about it is left away first, for the card says it too.
    fn fitting(&self, ui: &Ui, width: f32, first: &Diagnostic) -> (Arc<Galley>, String) {
        let (_, color) = tone(ui, first);
        let (more, alone) = (self.more(first), self.message(first));
        let shorter = [(said(first), more.clone()), (alone.clone(), more)];
        for (words, more) in shorter {
            let after = match &*more {
                "" => 0.0,
                more => widgets::width(ui, more, theme::help()) + 12.0,
            };
            let room = width - SIGN - after;
            let words = lines(ui, &words, color, room, self.most_lines());
            if !words.elided {
                return (words, more);
            }
        }
        (lines(ui, &alone, color, width - SIGN, self.most_lines()), String::new())
    }

    /// The finding without what to do, and without the value that stands over it.
    fn message(&self, problem: &Diagnostic) -> String {
        match self.value {
            "" => problem.message.clone(),
            value => problem.message.replacen(&format!(" ({value})"), "", 1),
        }
    }

    /// Shows the first finding; says whether there is more of it than is shown.
    fn show_first(&self, ui: &mut Ui, rect: Rect, first: &Diagnostic) -> bool {
        let (icon, color) = tone(ui, first);
        let (words, more) = self.fitting(ui, rect.width(), first);
        let width = words.size().x;
        let is_cut = words.elided || words.text() != said(first);
        self.say(ui, rect, &said(first));
        let middle = self.paint(ui, rect.with_min_x(rect.left() + SIGN), words, color);
        let square =
            Rect::from_center_size(pos2(rect.left() + 5.0, middle), Vec2::splat(10.0));
        widgets::paint_icon(ui.painter(), square, icon, color);
        let at = pos2(rect.left() + SIGN + width + 12.0, middle);
        let accent = palette(ui).accent;
        ui.painter()
            .text(at, Align2::LEFT_CENTER, more, theme::help(), accent);
        is_cut
    }

    /// Paints words and gives the height of their middle. Where one line is enough, it
    /// stands in the middle of the slot.
    fn paint(&self, ui: &Ui, rect: Rect, words: Arc<Galley>, color: Color32) -> f32 {
        let top = match (self.room.line, words.rows.len()) {
            (Some(line), _) => rect.top() + LINE * line as f32,
            (None, 0 | 1) => rect.center().y - LINE / 2.0,
            (None, _) => rect.top(),
        };
        ui.painter().galley(pos2(rect.left(), top), words, color);
        match self.room.line {
            Some(_) => top + LINE / 2.0,
            None => rect.center().y,
        }
    }

    /// Whether the pointer is on the slot or on what lies over it.
    fn is_pointed_at(&self, ui: &Ui, rect: Rect) -> bool {
        let Some(pointer) = ui.ctx().pointer_hover_pos() else { return false };
        let shown = ui.data(|data| data.get_temp::<Rect>(self.id.with("all")));
        let is_over = match shown {
            Some(shown) => shown.union(rect).contains(pointer),
            None => ui.rect_contains_pointer(rect),
        };
        is_over && ui.clip_rect().contains(pointer)
    }

    /// Two findings in full, with what can be done about them.
    fn show_all(&self, ui: &Ui, form: &mut FormContext<'_>, rect: Rect) {
        if !ui.clip_rect().intersects(rect) {
            return;
        }
        let width = rect.width();
        let area = Area::new(self.id.with("all findings"))
            .order(Order::Middle)
            .fixed_pos(rect.min - vec2(9.0, 0.0))
            .constrain(false);
        let shown = area.show(ui.ctx(), |ui| {
            let frame = Frame::popup(ui.style()).inner_margin(8.0);
            frame.show(ui, |ui| {
                ui.set_width(width);
                for problem in self.problems.iter().take(MOST) {
                    widgets::message(ui, problem);
                    fixes::links(ui, problem, form.commands);
                }
                if let Some(rest @ 1..) = self.problems.len().checked_sub(MOST) {
                    let words = format!("{rest} more in the list of problems");
                    if widgets::link(ui, words).clicked() {
                        let command = Command::ShowProblemsOf(self.path.clone());
                        form.commands.push(command);
                    }
                }
            });
        });
        let shown = shown.response.rect;
        ui.data_mut(|data| data.insert_temp(self.id.with("all"), shown));
    }
}

/// The icon and the color of a finding. What is not there yet is no mistake.
pub(super) fn tone(ui: &Ui, problem: &Diagnostic) -> (Icon, Color32) {
    if problem.action == Some(Action::FillIn) {
        (Icon::Ring, palette(ui).quiet)
    } else {
        widgets::severity(ui, problem.severity)
    }
}

/// A finding in one line. That something is not there yet says what to do by itself.
fn said(problem: &Diagnostic) -> String {
    if problem.action == Some(Action::FillIn) {
        problem.message.clone()
    } else {
        widgets::finding(problem)
    }
}

/// Words in so many lines, of which two lie so close that they fit into the slot and the
/// gap.
fn lines(ui: &Ui, words: &str, color: Color32, width: f32, most: usize) -> Arc<Galley> {
    let line_height = Some(LINE);
    let font_id = theme::help();
    let format = TextFormat { font_id, color, line_height, ..TextFormat::default() };
    let mut job = LayoutJob::single_section(words.to_owned(), format);
    job.wrap.max_width = width.max(0.0);
    job.wrap.max_rows = most;
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}
