//! Places for words: a line, and a text of paragraphs.

use std::ops::Range;

use egui::text::{CCursor, CCursorRange, LayoutJob, TextFormat};
use egui::text_edit::TextEditOutput;
use egui::{Align, Id, Margin, Response, ScrollArea, Stroke, TextBuffer, TextEdit, Ui};

use super::underline::{Drawn, Underlined};

use crate::app::theme::{self, PROSE_LINE, palette};

/// One paragraph over the whole width, with these words underlined: a line that grows, so
/// that all of it is read.
pub(super) fn underlined_line(
    ui: &mut Ui,
    id: Id,
    text: &mut String,
    found: &[Underlined],
) -> Drawn {
    let mut layout = |ui: &Ui, text: &dyn TextBuffer, width: f32| {
        let mut job = job(ui, text.as_str(), found, None);
        job.wrap.max_width = width;
        ui.fonts_mut(|fonts| fonts.layout_job(job))
    };
    let edit = TextEdit::multiline(text)
        .id(id)
        .desired_width(ui.available_width())
        .margin(Margin::symmetric(8, 5));
    let drawn =
        drawn(edit.desired_rows(1).return_key(None).layouter(&mut layout).show(ui));
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_role(egui::accesskit::Role::TextInput)
    });
    // Pasted words may have brought line ends along.
    if drawn.response.changed() && text.contains(['\n', '\r']) {
        *text = text.replace("\r\n", " ").replace(['\n', '\r'], " ");
    }
    drawn
}

fn drawn(output: TextEditOutput) -> Drawn {
    let caret = output.cursor_range.map(|range| range.primary.index.0);
    Drawn {
        response: output.response.response,
        galley: output.galley,
        at: output.galley_pos,
        caret,
    }
}

/// A line of text over the whole width.
pub(super) fn line(ui: &mut Ui, id: Id, text: &mut String) -> Response {
    sized_line(ui, id, text, ui.available_width(), "")
}

/// A line of text of a width in points.
pub(super) fn sized_line(
    ui: &mut Ui,
    id: Id,
    text: &mut String,
    width: f32,
    hint: &str,
) -> Response {
    ui.add(edit(text, id, width).hint_text(hint))
}

/// A line of the form: Enter, which adds or accepts something in some of them, leaves the
/// caret in every one.
pub(super) fn form_line(
    ui: &mut Ui,
    id: Id,
    text: &mut String,
    width: f32,
    hint: &str,
) -> Response {
    ui.add(edit(text, id, width).hint_text(hint).return_key(None))
}

/// The bare widget of a line.
pub(super) fn edit(text: &mut String, id: Id, width: f32) -> TextEdit<'_> {
    TextEdit::singleline(text)
        .id(id)
        .desired_width(width)
        .margin(Margin::symmetric(8, 5))
}

/// Paragraphs, with these words underlined: grows with its text up to half the window,
/// then scrolls. The character `shown` is brought into view.
pub(super) fn prose(
    ui: &mut Ui,
    id: Id,
    text: &mut String,
    found: &[Underlined],
    shown: Option<usize>,
) -> Drawn {
    let limit = (ui.ctx().content_rect().height() / 2.0).max(PROSE_LINE * 5.0);
    let mut layout = |ui: &Ui, text: &dyn TextBuffer, width: f32| {
        let mut job = job(ui, text.as_str(), found, Some(PROSE_LINE));
        job.wrap.max_width = width;
        ui.fonts_mut(|fonts| fonts.layout_job(job))
    };
    ScrollArea::vertical()
        .id_salt(id.with("scroll"))
        .max_height(limit)
        .min_scrolled_height(limit)
        .show(ui, |ui| {
            let edit =
                TextEdit::multiline(text).id(id).layouter(&mut layout).desired_rows(5);
            let drawn = drawn(
                edit.desired_width(f32::INFINITY)
                    .margin(Margin::symmetric(10, 8))
                    .show(ui),
            );
            if let Some(character) = shown {
                let place = drawn
                    .galley
                    .pos_from_cursor(CCursor::new(character))
                    .translate(drawn.at.to_vec2());
                ui.scroll_to_rect(place, Some(Align::Center));
            }
            drawn
        })
        .inner
}

/// Selects characters of a text, if the widget is one; without any, puts the caret behind
/// the last one.
pub(super) fn select(response: &Response, words: Option<Range<usize>>) {
    if let Some(mut state) = TextEdit::load_state(&response.ctx, response.id) {
        let words = words.unwrap_or(usize::MAX / 2..usize::MAX / 2);
        let (start, end) = (CCursor::new(words.start), CCursor::new(words.end));
        state.cursor.set_char_range(Some(CCursorRange::two(start, end)));
        state.store(&response.ctx, response.id);
    }
}

/// The text in its typeface, the words that are spoken of underlined.
pub(super) fn job(
    ui: &Ui,
    text: &str,
    found: &[Underlined],
    line_height: Option<f32>,
) -> LayoutJob {
    let plain = TextFormat {
        font_id: theme::body(),
        color: palette(ui).text,
        line_height,
        ..TextFormat::default()
    };
    let mut job = LayoutJob::default();
    let bytes: Vec<usize> =
        text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let (last, mut done) = (bytes.len() - 1, 0);
    for underlined in found {
        let (start, end) = (
            underlined.words.start.clamp(done, last),
            underlined.words.end.clamp(done, last),
        );
        job.append(&text[bytes[done]..bytes[start]], 0.0, plain.clone());
        let underline = Stroke::new(1.5, underlined.colour);
        job.append(
            &text[bytes[start]..bytes[end]],
            0.0,
            TextFormat { underline, ..plain.clone() },
        );
        done = end;
    }
    job.append(&text[bytes[done]..], 0.0, plain);
    job
}
