//! The fields of a snippet, as Settings and the box for a new one show them, and the list
//! of choices under the text that a snippet is in.

use egui::{Area, Frame, Id, Order, Sense, TextEdit, Ui, vec2};

use super::super::dialog::{focus_if_none, is_entered, name};
use super::super::form::chips::{self, Chips};
use super::super::text;
use super::SnippetKeys;
use crate::app::desk::Desk;
use crate::app::snippets::{NAMES, Snippet};
use crate::app::theme::{self, palette};
use crate::app::widgets::quiet;
use crate::letter::Denial;

/// Draws the code, the name, the text and what it is offered first for; says whether Enter
/// was pressed in the code or the name.
pub(in crate::app::view) fn editor(
    ui: &mut Ui,
    desk: &Desk,
    snippet: &mut Snippet,
    adding: &mut [String; 2],
    takes_focus: bool,
) -> bool {
    let mut is_done = false;
    ui.horizontal(|ui| {
        for (label, width, value) in
            [("Code", 110.0, &mut snippet.code), ("Name", 0.0, &mut snippet.name)]
        {
            ui.vertical(|ui| {
                quiet(ui, label);
                let width = if width > 0.0 { width } else { ui.available_width() };
                let id = Id::unique(("snippet", label));
                let response = text::sized_line(ui, id, value, width, "");
                name(&response, label);
                is_done |= is_entered(ui, &response);
                if takes_focus && label == "Code" {
                    focus_if_none(ui, &response);
                }
            });
        }
    });
    ui.add_space(4.0);
    quiet(ui, "Text");
    let edit = TextEdit::multiline(&mut snippet.text)
        .id(Id::unique("snippet words"))
        .font(theme::value())
        .desired_rows(5)
        .desired_width(f32::INFINITY)
        .margin(vec2(8.0, 6.0));
    name(&ui.add(edit), "Text");
    let facts: Vec<String> = NAMES.iter().map(|name| format!("{{{name}}}")).collect();
    let facts = facts.join(", ");
    quiet(
        ui,
        format!(
            "{{words}} is a place to fill in, {{one | two}} a choice. From the letter: {facts}"
        ),
    );
    ui.add_space(4.0);
    decisions(ui, snippet);
    subjects(ui, desk, snippet, adding);
    is_done
}

/// For which categories and parts of the body it is offered first.
fn subjects(ui: &mut Ui, desk: &Desk, snippet: &mut Snippet, adding: &mut [String; 2]) {
    let [category, part] = adding;
    for (label, list, values, adding) in [
        ("Categories", "categories", &mut snippet.categories, category),
        ("Body parts", "body parts", &mut snippet.parts, part),
    ] {
        ui.add_space(4.0);
        quiet(ui, label);
        let list = desk.library.list(list);
        let (id, hint) = (Id::unique(("snippet", label)), "Any");
        let widgets =
            chips::show(ui, values, &mut Chips { id, adding, list, hint, marks: &[] });
        for response in &widgets {
            name(response, label);
        }
    }
}

/// For which decisions it is offered first.
fn decisions(ui: &mut Ui, snippet: &mut Snippet) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 16.0;
        quiet(ui, "Offer first for");
        for (denial, words) in [
            (Denial::Stands, "Upheld"),
            (Denial::Falls, "Overturned"),
            (Denial::Partly, "In part"),
        ] {
            let mut is_meant = snippet.decisions.contains(&denial);
            if ui.checkbox(&mut is_meant, words).changed() {
                snippet.decisions.retain(|other| *other != denial);
                if is_meant {
                    snippet.decisions.push(denial);
                }
            }
        }
    });
}

const ROW: f32 = 26.0;
const NARROWEST: f32 = 200.0;
/// As wide as the longest choice may be before it is cut.
const WIDEST: f32 = 520.0;

impl SnippetKeys {
    /// After a frame: draws the choices under the caret, and keeps their keys for the next.
    pub(in crate::app::view) fn show(&mut self, ui: &Ui, desk: &mut Desk) {
        self.hold_keys(ui.ctx());
        let Some((options, marked)) = self.choices() else {
            self.is_pointed_at = false;
            return;
        };
        let caret = ui.ctx().output(|output| output.ime.map(|ime| ime.cursor_rect));
        let at = ui.data_mut(|data| {
            let id = Id::unique("snippet choices at");
            if let Some(caret) = caret {
                data.insert_temp(id, caret.left_bottom());
            } else if !self.is_pointed_at {
                return None;
            }
            data.get_temp::<egui::Pos2>(id)
        });
        let Some(at) = at.filter(|_| desk.dialog.is_none()) else { return };
        let mut clicked = None;
        let area = Area::new(Id::unique("snippet choices"))
            .order(Order::Foreground)
            .fixed_pos(at + vec2(0.0, 4.0));
        let shown = area.show(ui.ctx(), |ui| {
            Frame::popup(ui.style()).inner_margin(4.0).show(ui, |ui| {
                clicked = choice_rows(ui, &options, marked);
            });
        });
        self.is_pointed_at = shown.response.contains_pointer();
        if clicked.is_some() {
            self.choose(ui.ctx(), desk, clicked);
        }
    }
}

/// The choices; gives the place of the one that is clicked.
fn choice_rows(ui: &mut Ui, options: &[&str], marked: usize) -> Option<usize> {
    let colors = palette(ui);
    let widths = options
        .iter()
        .map(|words| crate::app::widgets::width(ui, words, theme::value()));
    let width = widths.fold(NARROWEST, f32::max).min(WIDEST) + 16.0;
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut clicked = None;
    for (place, words) in options.iter().enumerate() {
        let (rect, response) = ui.allocate_exact_size(vec2(width, ROW), Sense::CLICK);
        response.widget_info(|| {
            egui::WidgetInfo::selected(
                egui::Role::ListBoxOption,
                true,
                place == marked,
                *words,
            )
        });
        if place == marked || response.hovered() {
            let ground = if place == marked { colors.tint } else { colors.over };
            ui.painter().rect_filled(rect, 4.0, ground);
        }
        let painter = ui.painter_at(rect);
        let at = rect.left_center() + vec2(8.0, 0.0);
        painter.text(at, egui::Align2::LEFT_CENTER, *words, theme::value(), colors.text);
        if response.clicked() {
            clicked = Some(place);
        }
    }
    clicked
}
