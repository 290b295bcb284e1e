//! A choice from a list that opens: it looks and works as a line with a list does, but
//! nothing is typed into it.

use egui::{Event, Id, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use super::list::ListState;
use super::pick::{keeping_focus, opener};
use crate::app::suggest::Offer;
use crate::app::theme::{self, palette};
use crate::app::view::text;
use crate::app::widgets;
use crate::letter::fields::Choice;

/// Draws the choice with its list.
pub(super) fn show(
    ui: &mut Ui,
    id: Id,
    name: &str,
    value: &mut dyn Choice,
    offers: &[Offer],
) -> Response {
    let words: Vec<&str> = offers.iter().map(|offer| offer.words.as_str()).collect();
    let chosen = offers.iter().position(|offer| value.key() == offer.key);
    let shown = chosen.map_or("", |place| words[place]);
    let mut state = ListState::load(ui, id);
    let mut taken = None;
    if ui.memory(|memory| memory.has_focus(id)) {
        let entries = state.entries(&words, shown);
        taken = state.take_keys(ui, &entries, shown);
        if !state.is_open() {
            let asks = widgets::takes_key(ui, id, egui::Key::ArrowDown);
            taken = taken.or_else(|| begins_with_typed(ui, &words, chosen));
            if asks {
                state.browse(&words, shown);
            }
        }
    }
    let response = keeping_focus(ui, id, &state, |ui| face(ui, id, name, shown));
    let is_icon_clicked = opener(ui, id, response.rect).clicked();
    if response.clicked() || is_icon_clicked {
        response.request_focus();
        state.toggle(&words, shown);
    }
    let entries =
        if response.has_focus() { state.entries(&words, shown) } else { Vec::new() };
    if let Some(place) = state.show(ui, id, &response, response.rect, &entries) {
        taken = Some(place);
        state = ListState::default();
    }
    state.store(ui, id);
    if let Some(place) = taken {
        value.choose(&offers[place].key);
    }
    response
}

/// What the letter that is typed chooses: the next one that begins with it.
pub(super) fn begins_with_typed(
    ui: &Ui,
    words: &[&str],
    chosen: Option<usize>,
) -> Option<usize> {
    let typed = ui.input(|input| {
        input.events.iter().find_map(|event| match event {
            Event::Text(text) => Some(text.to_lowercase()),
            _ => None,
        })
    })?;
    let after = chosen.map_or(0, |place| place + 1);
    let mut places = (after..words.len()).chain(0..after);
    places.find(|&place| words[place].to_lowercase().starts_with(&typed))
}

/// The closed choice, as a line is drawn.
fn face(ui: &mut Ui, id: Id, name: &str, shown: &str) -> Response {
    let colors = palette(ui);
    let height = text::line_height(ui);
    let (rect, _) =
        ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let response = ui.interact(rect, id, Sense::click());
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::ComboBox, ui.is_enabled(), name);
        info.current_text_value = Some(shown.to_owned());
        info
    });
    let painter = ui.painter();
    painter.rect(
        rect,
        6.0,
        colors.panel,
        Stroke::new(1.0, colors.edge),
        StrokeKind::Inside,
    );
    let mut job = egui::text::LayoutJob::simple_singleline(
        shown.to_owned(),
        theme::value(),
        colors.text,
    );
    job.wrap = egui::text::TextWrapping::truncate_at_width(rect.width() - 34.0);
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let at = rect.left_center() + vec2(9.0, -galley.size().y / 2.0);
    ui.painter().galley(at, galley, colors.text);
    if response.has_focus() {
        widgets::ring(ui, rect);
    }
    response
}
