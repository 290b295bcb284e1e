//! The letter that was imported, beside the form: its text as it was read, with the words
//! of the field in use marked.

use egui::text::LayoutJob;
use egui::{Align, Frame, Label, Layout, Margin, Rect, ScrollArea, TextFormat, Ui, pos2};

use crate::app::command::Command;
use crate::app::desk::Desk;
use crate::app::theme::{self, palette};
use crate::app::widgets::{Icon, heading, icon_button, quiet};
use crate::check;
use crate::diagnostic::TextRange;
use crate::letter::FieldPath;

/// Fewer letters stand everywhere.
const SHORTEST: usize = 3;

/// What the panel remembers between frames.
#[derive(Default)]
pub(super) struct SourcePanel {
    /// The field whose words were brought into view.
    shown: Option<FieldPath>,
}

/// Draws the panel.
pub(super) fn show(
    ui: &mut Ui,
    desk: &Desk,
    panel: &mut SourcePanel,
    commands: &mut Vec<Command>,
) {
    let Some(source) = desk.draft.as_ref().and_then(|draft| draft.source.as_ref()) else {
        return;
    };
    Frame::new().inner_margin(Margin::symmetric(16, 12)).show(ui, |ui| {
        ui.set_min_size(ui.available_size());
        ui.horizontal(|ui| {
            heading(ui, "Imported letter");
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if icon_button(ui, Icon::Cross, "Close imported letter", true).clicked() {
                    commands.push(Command::ToggleSource);
                }
            });
        });
        quiet(ui, &*source.name);
        ui.add_space(6.0);
        let area = ScrollArea::vertical().id_salt("source").auto_shrink(false);
        // A page ends with a sign that no typeface has; places stay as they are.
        let words = source.text.replace('\u{c}', "\n");
        area.show(ui, |ui| text(ui, desk, panel, &words));
    });
}

fn text(ui: &mut Ui, desk: &Desk, panel: &mut SourcePanel, source: &str) {
    let marks = match &desk.focus {
        Some(field) => places(source, &words_of(desk, field)),
        None => Vec::new(),
    };
    let width = ui.available_width() - 8.0;
    let galley = {
        let mut job = job(ui, source, &marks);
        job.wrap.max_width = width;
        ui.fonts_mut(|fonts| fonts.layout_job(job))
    };
    let first = marks.first().map(|mark| {
        let character = source[..mark.start].chars().count();
        galley.pos_from_cursor(egui::text::CCursor::new(character))
    });
    let response = ui.add(Label::new(galley).selectable(true));
    if panel.shown != desk.focus {
        panel.shown.clone_from(&desk.focus);
        if let Some(line) = first {
            let at = response.rect.min + line.min.to_vec2();
            let line = Rect::from_min_max(at, pos2(at.x + 1.0, at.y + line.height()));
            ui.scroll_to_rect(line, Some(Align::Center));
        }
    }
}

fn words_of(desk: &Desk, field: &FieldPath) -> String {
    let Some(draft) = &desk.draft else { return String::new() };
    let value = draft.template.value(&draft.letter, field);
    value.map(|value| value.words(field).into_owned()).unwrap_or_default()
}

fn job(ui: &Ui, text: &str, marks: &[TextRange]) -> LayoutJob {
    let colors = palette(ui);
    let plain = TextFormat {
        font_id: theme::body(),
        color: colors.text,
        ..TextFormat::default()
    };
    let marked = TextFormat { background: colors.tint, ..plain.clone() };
    let (mut job, mut done) = (LayoutJob::default(), 0);
    for mark in marks {
        job.append(&text[done..mark.start], 0.0, plain.clone());
        job.append(&text[mark.start..mark.end], 0.0, marked.clone());
        done = mark.end;
    }
    job.append(&text[done..], 0.0, plain);
    job
}

/// Where the words of a field are in the text that they were read from: all of them, or
/// those of its sentences that are as they were. White space and line ends make no
/// difference.
fn places(source: &str, words: &str) -> Vec<TextRange> {
    let letters = letters(source);
    if let Some(whole) = place(&letters, words) {
        return vec![whole];
    }
    let mut places = Vec::new();
    for sentence in check::sentences_in(words) {
        places.extend(place(&letters, &words[sentence.start..sentence.end]));
    }
    places.sort_by_key(|place| place.start);
    let mut end = 0;
    places.retain(|place| {
        let is_after = place.start >= end;
        end = end.max(place.end);
        is_after
    });
    places
}

fn letters(text: &str) -> Vec<(usize, char)> {
    let letters = text.char_indices().filter(|(_, letter)| !letter.is_whitespace());
    letters
        .map(|(at, letter)| (at, letter.to_ascii_lowercase()))
        .collect()
}

fn place(source: &[(usize, char)], words: &str) -> Option<TextRange> {
    let wanted: Vec<char> =
        letters(words).into_iter().map(|(_, letter)| letter).collect();
    if wanted.len() < SHORTEST {
        return None;
    }
    let mut windows = source.windows(wanted.len());
    let is_there = |window: &&[(usize, char)]| {
        window.iter().map(|(_, letter)| letter).eq(wanted.iter())
    };
    let window = windows.find(is_there)?;
    let ((start, _), (last, letter)) = (*window.first()?, *window.last()?);
    Some(TextRange { start, end: last + letter.len_utf8() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, expected: &[&str]) {
        let source = "CASE  CM13-0012345\nThe worker is\nasleep. It was late.\nThe end.";
        let found = places(source, words);
        let found: Vec<&str> =
            found.iter().map(|place| &source[place.start..place.end]).collect();
        assert_eq!(found, expected, "{words}");
    }

    #[test]
    fn the_words_of_a_field_are_found_whatever_their_lines() {
        check("CM13-0012345", &["CM13-0012345"]);
        check("The worker is asleep.", &["The worker is\nasleep."]);
        check(
            "The worker is asleep. New words. The end.",
            &["The worker is\nasleep.", "The end."],
        );
        check("is", &[]);
        check("Elsewhere", &[]);
    }
}
