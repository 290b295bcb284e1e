//! What will be replaced, each as it is and as it will be.

use egui::text::{LayoutJob, TextFormat};
use egui::{Label, ScrollArea, Sense, Stroke, Ui};

use super::bar::field_in_words;
use super::{FindBar, key};
use crate::app::desk::Desk;
use crate::app::find::FoundWords;
use crate::app::theme::{self, palette};

/// Rows in sight.
const HIGHEST: f32 = 116.0;
/// So many characters are shown around the words.
const AROUND: usize = 32;
/// More are not listed; they are counted on the button.
const MOST: usize = 200;

impl FindBar {
    /// Draws the list; says whether somebody wants to go to one of the places.
    pub(super) fn list(&mut self, ui: &mut Ui, desk: &Desk) -> bool {
        if self.found.is_empty() {
            return false;
        }
        let mut is_gone_to = false;
        ui.add_space(4.0);
        let area = ScrollArea::vertical().id_salt("what is replaced");
        let area = area.max_height(HIGHEST).min_scrolled_height(HIGHEST);
        area.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 0.0;
            for place in 0..self.found.len().min(MOST) {
                ui.horizontal(|ui| is_gone_to |= self.row(ui, desk, place));
            }
        });
        is_gone_to
    }

    fn row(&mut self, ui: &mut Ui, desk: &Desk, place: usize) -> bool {
        let found = self.found[place].clone();
        let mut is_wanted = !found.is_fixed && !self.is_skipped(&found);
        let field = field_in_words(desk, &found.path);
        let check =
            ui.add_enabled(!found.is_fixed, egui::Checkbox::new(&mut is_wanted, ""));
        super::super::dialog::name(&check, &format!("Replace in {field}"));
        if check.changed() {
            let key = key(&found);
            if is_wanted {
                self.skipped.remove(&key);
            } else {
                self.skipped.insert(key);
            }
        }
        let with = is_wanted.then_some(self.with.as_str());
        let job = shown(ui, &field, &found, with, place == self.current);
        let label = Label::new(job).truncate().selectable(false).sense(Sense::CLICK);
        let response = ui.add(label);
        if place == self.current && self.scrolls_to != Some(place) {
            response.scroll_to_me(None);
            self.scrolls_to = Some(place);
        }
        if found.is_fixed {
            response.clone().on_hover_text("Change this citation in its field");
        }
        let is_clicked = response.clicked();
        if is_clicked {
            self.current = place;
        }
        is_clicked
    }
}

/// The words with some around them: struck through, with what comes in their place.
fn shown(
    ui: &Ui,
    field: &str,
    found: &FoundWords,
    with: Option<&str>,
    is_current: bool,
) -> LayoutJob {
    let colors = palette(ui);
    let plain = TextFormat {
        font_id: theme::help(),
        color: colors.text,
        ..TextFormat::default()
    };
    let quiet = TextFormat { color: colors.quiet, ..plain.clone() };
    let ground = if is_current { colors.tint } else { egui::Color32::TRANSPARENT };
    let gone = TextFormat {
        color: colors.error,
        strikethrough: Stroke::new(1.0, colors.error),
        background: ground,
        ..plain.clone()
    };
    let come = TextFormat { color: colors.done, background: ground, ..plain.clone() };
    let (before, after) = around(found);
    let words = &found.text[found.range];
    let mut job = LayoutJob::default();
    job.append(&format!("{field}:  "), 0.0, quiet);
    job.append(&before, 0.0, plain.clone());
    match with {
        Some(with) => {
            job.append(words, 0.0, gone);
            job.append(with, 0.0, come);
        }
        None => {
            job.append(words, 0.0, TextFormat { background: ground, ..plain.clone() });
        }
    }
    job.append(&after, 0.0, plain);
    job
}

/// Some of what is before and after, in one line.
fn around(found: &FoundWords) -> (String, String) {
    let before = &found.text[..found.range.start];
    let after = &found.text[found.range.end..];
    let start = before.char_indices().rev().nth(AROUND).map_or(0, |(at, _)| at);
    let end = after.char_indices().nth(2 * AROUND).map_or(after.len(), |(at, _)| at);
    let cut = |is_cut: bool| if is_cut { "\u{2026}" } else { "" };
    let (first, last) = (cut(start > 0), cut(end < after.len()));
    let before = format!("{first}{}", before[start..].replace('\n', " "));
    (before, format!("{}{last}", after[..end].replace('\n', " ")))
}
