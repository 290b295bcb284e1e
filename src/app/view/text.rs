//! Places for words: a line, and a text of paragraphs.

use std::sync::Arc;

use egui::text::{CCursor, CCursorRange, LayoutJob, TextFormat};
use egui::{Galley, Id, Margin, Response, ScrollArea, TextBuffer, TextEdit, Ui};

use crate::app::theme::{self, PROSE_LINE, palette};

/// A line of text over the whole width.
pub fn line(ui: &mut Ui, id: Id, text: &mut String) -> Response {
    sized_line(ui, id, text, ui.available_width(), "")
}

/// A line of text of a width in points.
pub fn sized_line(ui: &mut Ui, id: Id, text: &mut String, width: f32, hint: &str) -> Response {
    ui.add(edit(text, id, width).hint_text(hint))
}

/// The bare widget of a line.
pub fn edit(text: &mut String, id: Id, width: f32) -> TextEdit<'_> {
    TextEdit::singleline(text).id(id).desired_width(width).margin(Margin::symmetric(8, 5))
}

/// Paragraphs: grows with its text up to half the window, then scrolls.
pub fn prose(ui: &mut Ui, id: Id, text: &mut String) -> Response {
    let limit = (ui.ctx().content_rect().height() / 2.0).max(PROSE_LINE * 5.0);
    let mut layout = |ui: &Ui, text: &dyn TextBuffer, width: f32| galley(ui, text.as_str(), width);
    ScrollArea::vertical()
        .id_salt(id.with("scroll"))
        .max_height(limit)
        .min_scrolled_height(limit)
        .show(ui, |ui| {
            let edit = TextEdit::multiline(text).id(id).layouter(&mut layout).desired_rows(5);
            ui.add(edit.desired_width(f32::INFINITY).margin(Margin::symmetric(10, 8)))
        })
        .inner
}

/// Puts the caret of a text, if the widget is one, behind its last character.
pub fn caret_to_end(response: &Response) {
    if let Some(mut state) = TextEdit::load_state(&response.ctx, response.id) {
        let end = CCursor::new(usize::MAX / 2);
        state.cursor.set_char_range(Some(CCursorRange::one(end)));
        state.store(&response.ctx, response.id);
    }
}

fn galley(ui: &Ui, text: &str, width: f32) -> Arc<Galley> {
    let format = TextFormat {
        font_id: theme::body(),
        color: palette(ui).text,
        line_height: Some(PROSE_LINE),
        ..TextFormat::default()
    };
    let mut job = LayoutJob::single_section(text.to_owned(), format);
    job.wrap.max_width = width;
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}
