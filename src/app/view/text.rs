//! Places for words: a line, and a text of paragraphs.

use std::sync::Arc;

use egui::text::{CCursor, CCursorRange, LayoutJob, TextFormat};
use egui::text_edit::TextEditOutput;
use egui::{
    Align, Color32, FontId, Frame, Galley, Id, Margin, Pos2, Rect, Response, Stroke,
    TextBuffer, TextEdit, Ui,
};

use crate::app::theme::{self, PROSE_LINE, palette};
use crate::app::widgets;
use crate::diagnostic::TextRange;

/// A stretch of a text that a finding speaks of.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Underlined {
    pub words: TextRange,
    /// The line under them, and what they stand on.
    pub color: Color32,
    pub ground: Color32,
    /// The finding, counted in the list.
    pub problem: usize,
}

impl Underlined {
    /// Words of a text that has no menu.
    pub(super) fn new(words: impl Into<TextRange>, color: Color32) -> Self {
        let (words, ground) = (words.into(), Color32::TRANSPARENT);
        Self { words, color, ground, problem: usize::MAX }
    }

    /// Whether a finding speaks of them.
    pub(super) fn is_of_problem(&self) -> bool {
        self.problem != usize::MAX
    }

    /// Words that somebody looks for.
    pub(super) fn found(words: TextRange, ground: Color32) -> Self {
        Self { ground, ..Self::new(words, Color32::TRANSPARENT) }
    }
}

/// A text as it was drawn.
pub(super) struct Drawn {
    pub response: Response,
    pub galley: Arc<Galley>,
    pub at: Pos2,
    /// Where the caret is, in characters.
    pub caret: Option<usize>,
}

impl Drawn {
    /// The place of a cursor on the screen: no width, and its line's height.
    pub(super) fn place_of(&self, cursor: CCursor) -> Rect {
        self.galley.pos_from_cursor(cursor).translate(self.at.to_vec2())
    }
}

/// One paragraph over the whole width, with these words underlined: a line that grows, so
/// that all of it is read.
pub(super) fn underlined_line(
    ui: &mut Ui,
    id: Id,
    text: &mut String,
    found: &[Underlined],
) -> Drawn {
    let edit = TextEdit::multiline(text)
        .id(id)
        .desired_width(ui.available_width())
        .margin(Margin::symmetric(8, PAD));
    let drawn = drawn(
        edit.desired_rows(1)
            .return_key(None)
            .layouter(&mut |ui, text, width| laid_out(ui, text, found, None, width))
            .show(ui),
    );
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_role(egui::accesskit::Role::TextInput);
    });
    keep_caret_in_view(ui, &drawn);
    // Pasted words may have brought line ends along.
    if drawn.response.changed() && text.contains(['\n', '\r']) {
        *text = text.replace("\r\n", " ").replace(['\n', '\r'], " ");
    }
    drawn
}

/// A cell of a table: without a frame of its own, and of one line while one writes in it.
pub(super) fn cell(
    ui: &mut Ui,
    id: Id,
    text: &mut String,
    found: &[Underlined],
) -> Drawn {
    let edit = edit(text, id, ui.available_width()).return_key(None);
    drawn(
        edit.font(font(ui))
            .frame(CELL)
            .layouter(&mut |ui, text, width| laid_out_cell(ui, id, text, found, width))
            .show(ui),
    )
}

/// The same of several lines.
pub(super) fn cell_of_lines(
    ui: &mut Ui,
    id: Id,
    text: &mut String,
    found: &[Underlined],
) -> Drawn {
    let edit = TextEdit::multiline(text).id(id).desired_rows(1);
    drawn(
        edit.desired_width(ui.available_width())
            .frame(CELL)
            .layouter(&mut |ui, text, width| laid_out(ui, text, found, None, width))
            .show(ui),
    )
}

const CELL: Frame = Frame {
    inner_margin: Margin { left: 4, right: 2, top: 2, bottom: 2 },
    ..Frame::NONE
};

fn drawn(output: TextEditOutput) -> Drawn {
    if output.response.double_clicked() {
        select_pointed_word(&output);
    }
    let caret = output.cursor_range.map(|range| range.primary.index.0);
    Drawn {
        response: output.response.response,
        galley: output.galley,
        at: output.galley_pos,
        caret,
    }
}

/// Selects the word that was double-clicked: at a word's edge, egui selects the one next to
/// it as well.
fn select_pointed_word(output: &TextEditOutput) {
    let response = &output.response.response;
    let Some(pointer) = response.interact_pointer_pos() else { return };
    let (text, at) = (output.galley.text(), pointer - output.galley_pos);
    let caret = output.galley.cursor_from_pos(at);
    let is_before = at.x < output.galley.pos_from_cursor(caret).center().x;
    let character = caret.index.0.saturating_sub(usize::from(is_before));
    if let Some(word) = word_at(text, byte_at(text, character)) {
        select(response, text, Some(word));
    }
}

/// The word that has this byte; nothing between words.
fn word_at(text: &str, byte: usize) -> Option<TextRange> {
    let is_apart =
        |c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '\u{2019}' | '_'));
    let start = text[..byte].rfind(is_apart).map_or(0, |place| {
        place + text[place..].chars().next().map_or(0, char::len_utf8)
    });
    let length = text[byte..].find(is_apart).unwrap_or(text.len() - byte);
    (length > 0).then_some(TextRange { start, end: byte + length })
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
        .font(theme::value())
        .margin(Margin::symmetric(8, PAD))
}

/// The type that is written in here: a table has a smaller one.
pub(super) fn font(ui: &Ui) -> FontId {
    ui.style().override_font_id.clone().unwrap_or_else(theme::value)
}

/// Over and under the words of a line.
pub(super) const PAD: i8 = 6;

/// How high a line is with its frame.
pub(super) fn line_height(ui: &Ui) -> f32 {
    ui.fonts_mut(|fonts| fonts.row_height(&theme::value())) + 2.0 * f32::from(PAD)
}

/// Puts the caret after the last character of a line.
pub(super) fn put_caret_at_end(ui: &Ui, id: Id, text: &str) {
    let mut state = TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
    let end = CCursorRange::one(CCursor::new(text.chars().count()));
    state.cursor.set_char_range(Some(end));
    state.store(ui.ctx(), id);
}

/// Paragraphs, with these words underlined: as high as the text, so that there is one
/// scroller and not one in another. The byte `shown` is brought into view.
pub(super) fn prose(
    ui: &mut Ui,
    id: Id,
    text: &mut String,
    found: &[Underlined],
    shown: Option<usize>,
) -> Drawn {
    let drawn = drawn(
        TextEdit::multiline(text)
            .id(id)
            .layouter(&mut |ui, text, width| {
                laid_out(ui, text, found, Some(PROSE_LINE), width)
            })
            .desired_rows(5)
            .desired_width(f32::INFINITY)
            .margin(Margin::symmetric(10, 8))
            .show(ui),
    );
    keep_caret_in_view(ui, &drawn);
    if let Some(byte) = shown {
        let cursor = cursor_at(drawn.galley.text(), byte);
        ui.scroll_to_rect(drawn.place_of(cursor), Some(Align::Center));
    }
    drawn
}

/// Lines that stay in view before and after the caret's own.
const LINES_TO_SPARE: f32 = 2.0;

/// Brings the caret's line into view after every edit and move by the keyboard, and to the
/// middle when it comes into the text. The pointer moves the caret only within what is
/// seen, and nothing may move under it.
fn keep_caret_in_view(ui: &Ui, drawn: &Drawn) {
    let Some(caret) = drawn.caret else { return };
    if !drawn.response.has_focus() {
        return;
    }
    let now = ui.ctx().cumulative_pass_nr();
    let known = drawn.response.id.with("caret");
    let before = ui.data_mut(|data| {
        let before = data.get_temp::<(usize, u64)>(known);
        data.insert_temp(known, (caret, now));
        before
    });
    // The last pass had the caret here, too.
    let last = before.filter(|(_, pass)| pass + 2 > now);
    let is_pointing =
        ui.input(|input| input.pointer.any_down() || input.pointer.any_released());
    let has_moved = last.is_none_or(|(before, _)| before != caret);
    if (has_moved || drawn.response.changed()) && !is_pointing {
        let line = drawn.place_of(CCursor::new(caret));
        let room = egui::vec2(0.0, LINES_TO_SPARE * PROSE_LINE);
        // In the pass after a jump the view is not there yet, and only a place in it is
        // meant as it is; "just into view" would be counted from the old one.
        let align = if last.is_none() { Some(Align::Center) } else { None };
        ui.scroll_to_rect(line.expand2(room), align);
    }
}

/// Selects words of a text, if the widget is one; without any, puts the caret after the
/// last one.
pub(super) fn select(response: &Response, text: &str, words: Option<TextRange>) {
    let Some(mut state) = TextEdit::load_state(&response.ctx, response.id) else {
        return;
    };
    let end = TextRange { start: text.len(), end: text.len() };
    let words = words.unwrap_or(end);
    let (start, end) = (cursor_at(text, words.start), cursor_at(text, words.end));
    state.cursor.set_char_range(Some(CCursorRange::two(start, end)));
    state.store(&response.ctx, response.id);
}

/// The place before a byte of a text, which egui counts in characters.
pub(super) fn cursor_at(text: &str, byte: usize) -> CCursor {
    CCursor::new(text[..text.floor_char_boundary(byte)].chars().count())
}

/// The byte at which a character of a text begins; its end, if it has fewer.
pub(super) fn byte_at(text: &str, character: usize) -> usize {
    text.char_indices()
        .nth(character)
        .map_or(text.len(), |(byte, _)| byte)
}

/// From line to line where a cell has several.
const CELL_LINE: f32 = 16.0;
/// Lines that are narrower hold no words.
const NARROWEST_WORDS: f32 = 48.0;

/// The type of a table, smaller than that of the form.
pub(super) fn cell_font() -> FontId {
    FontId::proportional(14.0)
}

/// The words of a table's cell: a line or, where that is too long while nobody writes in
/// it, several close to each other.
pub(super) fn laid_out_cell(
    ui: &Ui,
    id: Id,
    text: &dyn TextBuffer,
    found: &[Underlined],
    width: f32,
) -> Arc<Galley> {
    let line = laid_out_line(ui, text, found);
    let has_focus = ui.memory(|memory| memory.has_focus(id));
    if line.size().x <= width || width < NARROWEST_WORDS || has_focus {
        return line;
    }
    let mut job = job(ui, text.as_str(), found, Some(CELL_LINE));
    job.wrap.max_width = width;
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

/// How high a cell of this width is while nobody writes in it, if it has several lines.
pub(super) fn cell_height(ui: &Ui, words: &str, width: f32) -> f32 {
    let Margin { left, right, top, bottom } = CELL.inner_margin;
    let width = width - f32::from(left + right);
    if width < NARROWEST_WORDS || widgets::width(ui, words, cell_font()) <= width {
        return 0.0;
    }
    let format = TextFormat {
        font_id: cell_font(),
        line_height: Some(CELL_LINE),
        ..TextFormat::default()
    };
    let mut job = LayoutJob::single_section(words.to_owned(), format);
    job.wrap.max_width = width;
    ui.fonts_mut(|fonts| fonts.layout_job(job)).size().y + f32::from(top + bottom)
}

/// A line with these words marked.
pub(super) fn laid_out_line(
    ui: &Ui,
    text: &dyn TextBuffer,
    found: &[Underlined],
) -> Arc<Galley> {
    laid_out(ui, text, found, None, f32::INFINITY)
}

fn laid_out(
    ui: &Ui,
    text: &dyn TextBuffer,
    found: &[Underlined],
    line_height: Option<f32>,
    width: f32,
) -> Arc<Galley> {
    let mut job = job(ui, text.as_str(), found, line_height);
    job.wrap.max_width = width;
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

/// The text in its typeface, the words that are spoken of underlined.
pub(super) fn job(
    ui: &Ui,
    text: &str,
    found: &[Underlined],
    line_height: Option<f32>,
) -> LayoutJob {
    let plain = TextFormat {
        font_id: font(ui),
        color: palette(ui).text,
        line_height,
        ..TextFormat::default()
    };
    let mut job = LayoutJob::default();
    let mut done = 0;
    for underlined in found {
        // The widget lays out a keystroke before the ranges have followed it, so they may
        // end within a character or after the text.
        let start = text.floor_char_boundary(underlined.words.start).max(done);
        let end = text.floor_char_boundary(underlined.words.end).max(start);
        job.append(&text[done..start], 0.0, plain.clone());
        let underline = Stroke::new(1.5, underlined.color);
        let background = underlined.ground;
        let format = TextFormat { underline, background, ..plain.clone() };
        job.append(&text[start..end], 0.0, format);
        done = end;
    }
    job.append(&text[done..], 0.0, plain);
    job
}
