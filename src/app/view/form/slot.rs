//! The line under a field: what the field wants, or what is wrong with it. It has one
//! height whatever it says, and what does not fit into it lies over what is below, so that
//! nothing moves.

use egui::{
    Align, Area, Color32, Frame, Id, Label, Layout, Order, Rect, RichText, Sense, Ui,
    UiBuilder, Vec2, vec2,
};

use super::context::FormContext;
use crate::app::theme::{self, palette};
use crate::app::view::fixes;
use crate::app::widgets::{self, Icon};
use crate::diagnostic::{Action, Diagnostic};

/// So many findings are shown at one field; the list has them all.
const MOST: usize = 2;

/// What a slot may say.
pub(super) struct FieldSlot<'a> {
    pub id: Id,
    /// Said while the field has the focus and nothing is wrong.
    pub help: &'a str,
    pub has_focus: bool,
    pub problems: &'a [&'a Diagnostic],
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
        let Some(first) = self.problems.first() else {
            if self.has_focus && !self.help.is_empty() {
                let line = &mut line(ui, rect);
                let words = quiet(line, self.help);
                line.add(Label::new(words).truncate());
            }
            return;
        };
        let is_cut = self.show_first(ui, rect, first);
        let says_more = is_cut || self.problems.len() > 1 || fixes::are_offered(first);
        if says_more && (self.has_focus || self.is_pointed_at(ui, rect)) {
            self.show_all(ui, form, rect);
        } else {
            ui.data_mut(|data| data.remove::<Rect>(self.id.with("all")));
        }
    }

    /// The first finding in one line; says whether it is cut off.
    fn show_first(&self, ui: &mut Ui, rect: Rect, first: &Diagnostic) -> bool {
        let line = &mut line(ui, rect);
        let (icon, color) = tone(line, first);
        widgets::icon(line, icon, 10.0, color);
        let more = match self.problems.len() {
            1 if fixes::are_offered(first) => "Fix\u{2026}".to_owned(),
            1 => String::new(),
            count => format!("{} more", count - 1),
        };
        let words = said(first);
        let wanted = widgets::width(line, &words, theme::help());
        let mut room = line.available_width();
        if !more.is_empty() {
            room -= widgets::width(line, &more, theme::help()) + 12.0;
        }
        let words = RichText::new(words).font(theme::help()).color(color);
        line.allocate_ui(vec2(room.max(0.0), theme::SLOT), |ui| {
            ui.set_width(room.max(0.0));
            ui.add(Label::new(words).truncate());
        });
        let more = RichText::new(more).font(theme::help()).color(palette(line).accent);
        line.add(Label::new(more));
        wanted > room
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
            .fixed_pos(rect.min - vec2(9.0, 5.0))
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
                    widgets::quiet(ui, format!("{rest} more in the list of problems"));
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

fn quiet(ui: &Ui, words: &str) -> RichText {
    RichText::new(words).font(theme::help()).color(palette(ui).quiet)
}

fn line(ui: &mut Ui, rect: Rect) -> Ui {
    let layout = Layout::left_to_right(Align::Center);
    let mut line = ui.new_child(UiBuilder::new().max_rect(rect).layout(layout));
    line.spacing_mut().item_spacing = Vec2::new(6.0, 0.0);
    line
}
