//! A choice: buttons beside each other where they are few words, or a list that opens.

use egui::{EventFilter, Id, Key, Response, Ui};

use super::choice_list;
use super::context::Widgets;
use crate::app::suggest::Offer;
use crate::app::view::text;
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
    is_required: bool,
) -> Widgets {
    let length: usize = offers.iter().map(|offer| offer.words.chars().count()).sum();
    if length <= SHOWN_AT_ONCE {
        radios(ui, id, name, value, offers, is_required)
    } else {
        vec![choice_list::show(ui, id, name, value, offers)]
    }
}

/// One stop of Tab: the arrows choose.
fn radios(
    ui: &mut Ui,
    id: Id,
    name: &str,
    value: &mut dyn Choice,
    offers: &[Offer],
    is_required: bool,
) -> Widgets {
    let ids: Vec<Id> = offers.iter().map(|offer| id.with(&offer.key)).collect();
    choose_by_arrows(ui, &ids, value, offers);
    let stop = chosen(value, offers).unwrap_or(0);
    let has_meanings = offers.iter().any(|offer| !offer.meaning.is_empty());
    let is_column = has_meanings && ui.available_width() < MEANINGS_FIT;
    let mut widgets = Widgets::new();
    let mut each = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing.x = 16.0;
        ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
            node.set_role(egui::accesskit::Role::RadioGroup);
            node.set_label(name);
            if is_required {
                node.set_required();
            }
        });
        // In line with the field beside it.
        ui.set_row_height(text::line_height(ui));
        for (place, offer) in offers.iter().enumerate() {
            let mut draw = |ui: &mut Ui| {
                widgets.push(radio(ui, ids[place], name, value, offer, place == stop));
            };
            if is_column {
                // What an offer means stands beside it.
                ui.horizontal(&mut draw);
            } else {
                draw(ui);
            }
        }
    };
    if is_column {
        ui.vertical(&mut each);
    } else {
        ui.horizontal_wrapped(&mut each);
    }
    // The caret goes to what is chosen.
    if stop < widgets.len() {
        widgets.swap(0, stop);
    }
    widgets
}

fn chosen(value: &dyn Choice, offers: &[Offer]) -> Option<usize> {
    offers.iter().position(|offer| value.key() == offer.key)
}

/// The arrows choose the next or the one before, round and round, and take the focus along.
fn choose_by_arrows(ui: &Ui, ids: &[Id], value: &mut dyn Choice, offers: &[Offer]) {
    let chosen = chosen(value, offers);
    let Some(&stop) = ids.get(chosen.unwrap_or(0)) else { return };
    let Some(way) = arrow(ui, stop) else { return };
    let next = match chosen {
        None => 0,
        Some(place) => (place + ids.len()).strict_add_signed(way) % ids.len(),
    };
    value.choose(&offers[next].key);
    ui.memory_mut(|memory| memory.request_focus(ids[next]));
}

/// Which way an arrow goes, if this widget has the focus: 1 to the next, -1 back.
fn arrow(ui: &Ui, id: Id) -> Option<isize> {
    let filter = EventFilter {
        tab: false,
        escape: false,
        horizontal_arrows: true,
        vertical_arrows: true,
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    let ways = [
        (Key::ArrowRight, 1),
        (Key::ArrowDown, 1),
        (Key::ArrowLeft, -1),
        (Key::ArrowUp, -1),
    ];
    for (key, way) in ways {
        if widgets::takes_key(ui, id, key) {
            return Some(way);
        }
    }
    None
}

fn radio(
    ui: &mut Ui,
    id: Id,
    name: &str,
    value: &mut dyn Choice,
    offer: &Offer,
    is_stop: bool,
) -> Response {
    let is_chosen = value.key() == offer.key;
    let response = widgets::radio(ui, id, is_chosen, is_stop, &offer.words);
    response.ctx.accesskit_node_builder(response.id, |node| {
        node.set_label(format!("{name}: {}", offer.words));
    });
    if !offer.meaning.is_empty() {
        widgets::quiet(ui, &offer.meaning);
    }
    if response.clicked() {
        value.choose(&offer.key);
        response.request_focus();
    }
    response
}
