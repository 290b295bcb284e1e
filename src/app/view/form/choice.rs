//! A choice: buttons beside each other where they are few words, or a list that opens.

use egui::{Id, Response, Ui};

use super::context::Widgets;
use crate::app::suggest::Offer;
use crate::app::theme::palette;
use crate::app::widgets;
use crate::letter::fields::Choice;

/// How many characters of choices are shown at once rather than in a list that opens.
const SHOWN_AT_ONCE: usize = 40;

/// Below this, choices that are explained are drawn under each other.
const MEANINGS_FIT: f32 = 470.0;

/// Draws the choice.
pub(super) fn show(
    ui: &mut Ui,
    id: Id,
    name: &str,
    value: &mut dyn Choice,
    offers: &[Offer],
) -> Widgets {
    let length: usize = offers.iter().map(|offer| offer.words.chars().count()).sum();
    if length <= SHOWN_AT_ONCE {
        radios(ui, name, value, offers)
    } else {
        list(ui, id, name, value, offers)
    }
}

fn radios(ui: &mut Ui, name: &str, value: &mut dyn Choice, offers: &[Offer]) -> Widgets {
    let has_meanings = offers.iter().any(|offer| !offer.meaning.is_empty());
    let mut widgets = Widgets::new();
    let mut each = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing.x = 12.0;
        for offer in offers {
            widgets.push(radio(ui, name, value, offer));
        }
    };
    if has_meanings && ui.available_width() < MEANINGS_FIT {
        ui.vertical(&mut each);
    } else {
        ui.horizontal_wrapped(&mut each);
    }
    // The caret goes to what is chosen.
    if let Some(chosen) = offers.iter().position(|offer| value.key() == offer.key) {
        widgets.swap(0, chosen);
    }
    widgets
}

fn radio(ui: &mut Ui, name: &str, value: &mut dyn Choice, offer: &Offer) -> Response {
    let response = ui.radio(value.key() == offer.key, &offer.words);
    response.ctx.accesskit_node_builder(response.id, |node| {
        node.set_label(format!("{name}: {}", offer.words));
    });
    if !offer.meaning.is_empty() {
        widgets::quiet(ui, &offer.meaning);
    }
    if response.clicked() {
        value.choose(&offer.key);
    }
    response
}

fn list(
    ui: &mut Ui,
    id: Id,
    name: &str,
    value: &mut dyn Choice,
    offers: &[Offer],
) -> Widgets {
    let chosen = offers.iter().find(|offer| value.key() == offer.key);
    let width = ui.available_width();
    let combo = egui::ComboBox::from_id_salt(id)
        .width(width)
        .truncate()
        .icon(|ui, rect, _, _| {
            let square =
                egui::Rect::from_center_size(rect.center(), egui::Vec2::splat(11.0));
            let ink = palette(ui).quiet;
            widgets::paint_icon(ui.painter(), square, widgets::Icon::Down, ink);
        })
        .selected_text(chosen.map_or("", |offer| offer.words.as_str()))
        .show_ui(ui, |ui| {
            for offer in offers {
                if ui.selectable_label(Some(offer) == chosen, &offer.words).clicked() {
                    value.choose(&offer.key);
                }
            }
        });
    let response = combo.response;
    response
        .ctx
        .accesskit_node_builder(response.id, |node| node.set_label(name));
    vec![response]
}
