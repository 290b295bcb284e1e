//! How the bar is drawn.

use egui::{Button, Frame, Id, Key, Margin, Modifiers, Panel, Response, Ui};

use super::super::dialog::name;
use super::super::text;
use super::FindBar;
use crate::app::desk::Desk;
use crate::app::theme::palette;
use crate::app::widgets::{Icon, icon_button, quiet};
use crate::letter::FieldPath;

/// What is asked of the bar in a frame.
#[derive(Clone, Copy, PartialEq)]
enum BarAct {
    Step(bool),
    Replace,
    ReplaceAll,
    Close,
}

const LINE: f32 = 230.0;

impl FindBar {
    /// Draws the bar over the form, if it is open.
    pub(in crate::app::view) fn show(&mut self, ui: &mut Ui, desk: &mut Desk) {
        if !self.is_open {
            return;
        }
        self.look(desk);
        let frame = Frame::new()
            .fill(palette(ui).panel)
            .inner_margin(Margin::symmetric(12, 6));
        let mut act = None;
        Panel::top("find").frame(frame).show(ui, |ui| {
            act = self.find_line(ui, desk);
            if self.replaces {
                ui.add_space(4.0);
                act = act.or(self.replace_line(ui, desk));
                if self.list(ui, desk) {
                    self.go(desk);
                }
            }
        });
        if let Some(act) = act {
            self.act(ui, desk, act);
        }
    }

    fn act(&mut self, ui: &Ui, desk: &mut Desk, act: BarAct) {
        let focused = ui.memory(egui::Memory::focused);
        self.holds_focus = focused.filter(|id| [find_id(), with_id()].contains(id));
        match act {
            BarAct::Step(is_forward) => self.step(ui.ctx(), desk, is_forward),
            BarAct::Replace => self.replace_here(desk),
            BarAct::ReplaceAll => self.replace_all(desk),
            BarAct::Close => {
                self.holds_focus = None;
                self.close(desk);
            }
        }
    }

    fn find_line(&mut self, ui: &mut Ui, desk: &Desk) -> Option<BarAct> {
        let mut act = None;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            act = take_keys(ui, find_id(), BarAct::Step(true));
            let response =
                text::form_line(ui, find_id(), &mut self.query.text, LINE, "Find");
            name(&response, "Find");
            if is_left_by_escape(&response) {
                act = Some(BarAct::Close);
            }
            if std::mem::take(&mut self.takes_focus) {
                response.request_focus();
                let all = (0..self.query.text.len()).into();
                text::select(&response, &self.query.text, Some(all));
            }
            if response.changed() {
                self.look(desk);
                self.current = self.first_from_caret(ui.ctx(), desk);
            }
            quiet(ui, self.place_in_words());
            for (icon, words, is_forward) in
                [(Icon::Up, "Previous", false), (Icon::Down, "Next", true)]
            {
                if icon_button(ui, icon, words, !self.found.is_empty()).clicked() {
                    act = Some(BarAct::Step(is_forward));
                }
            }
            // Tab goes from one line to the other.
            if !self.replaces {
                self.options(ui, desk);
            }
            if icon_button(ui, Icon::Cross, "Close the bar", true).clicked() {
                act = Some(BarAct::Close);
            }
        });
        act
    }

    fn options(&mut self, ui: &mut Ui, desk: &Desk) {
        ui.checkbox(&mut self.query.match_case, "Match case");
        ui.checkbox(&mut self.query.whole_word, "Whole words");
        let field = self.only.clone().or(desk.focus.clone());
        let Some(field) = field else { return };
        let mut is_only = self.only.is_some();
        let words = format!("Only in {}", field_in_words(desk, &field));
        if ui.checkbox(&mut is_only, words).changed() {
            self.only = is_only.then_some(field);
        }
    }

    fn place_in_words(&self) -> String {
        match (self.query.text.is_empty(), self.found.len()) {
            (true, _) => String::new(),
            (false, 0) => "Not found".to_owned(),
            (false, count) => format!("{} of {count}", self.current + 1),
        }
    }

    fn replace_line(&mut self, ui: &mut Ui, desk: &Desk) -> Option<BarAct> {
        let mut act = None;
        let may_edit = desk.draft.as_ref().is_some_and(|draft| draft.read_only.is_none());
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            let keys = take_keys(ui, with_id(), BarAct::Replace);
            act = keys.filter(|act| may_edit || *act != BarAct::Replace);
            let response =
                text::form_line(ui, with_id(), &mut self.with, LINE, "Replace with");
            name(&response, "Replace with");
            if is_left_by_escape(&response) {
                act = Some(BarAct::Close);
            }
            let is_here = self.here().is_some_and(|found| !found.is_fixed);
            if button(ui, may_edit && is_here, "Replace").clicked() {
                act = Some(BarAct::Replace);
            }
            let count = self.to_replace().len();
            let words = format!("Replace all ({count})");
            if button(ui, may_edit && count > 0, &words).clicked() {
                act = Some(BarAct::ReplaceAll);
            }
            if !may_edit {
                quiet(ui, "This draft is read-only");
            }
            self.options(ui, desk);
        });
        act
    }
}

fn button(ui: &mut Ui, may: bool, words: &str) -> Response {
    ui.add_enabled(may, Button::new(words))
}

/// The keys of a line of the bar, before the line sees them.
fn take_keys(ui: &Ui, id: Id, on_enter: BarAct) -> Option<BarAct> {
    if !ui.memory(|memory| memory.has_focus(id)) {
        return None;
    }
    ui.input_mut(|input| {
        if input.consume_key(Modifiers::SHIFT, Key::Enter) {
            return Some(BarAct::Step(false));
        }
        if input.consume_key(Modifiers::NONE, Key::Enter) {
            return Some(on_enter);
        }
        None
    })
}

/// Escape has taken the focus from the line before it is drawn.
fn is_left_by_escape(response: &Response) -> bool {
    let is_pressed = response.ctx.input(|input| input.key_pressed(Key::Escape));
    response.lost_focus() && is_pressed
}

fn find_id() -> Id {
    Id::unique("find words")
}

fn with_id() -> Id {
    Id::unique("replace with")
}

/// A field by its label and row.
pub(super) fn field_in_words(desk: &Desk, path: &FieldPath) -> String {
    let Some(draft) = &desk.draft else { return String::new() };
    let Some(field) = draft.template.field(path.pattern()) else { return String::new() };
    let row = super::super::form::row_name(&draft.letter, path);
    format!("{}{row}", field.label)
}
