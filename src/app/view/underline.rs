//! Words that a finding speaks of, underlined where they are: hovering explains them, and
//! a menu fixes them.

use egui::{Color32, Id, Label, Popup, PopupKind, Pos2, RichText, Ui};

use super::form::FormContext;
use super::text::{Drawn, Underlined, byte_at, cursor_at};
use super::{fixes, text_menu};
use crate::app::command::{Command, in_words};
use crate::app::{theme, widgets};
use crate::check;
use crate::diagnostic::{Anchor, Diagnostic, TextRange};
use crate::letter::fields::Value;
use crate::letter::{FieldPath, Letter};

/// What of a field's text is spoken of, where it is now: the findings were made of the
/// text as it was a moment ago.
pub(super) fn of(ui: &Ui, form: &FormContext<'_>, path: &FieldPath) -> Vec<Underlined> {
    let mut found = Vec::new();
    for (number, problem) in form.problems.iter().enumerate() {
        if problem.is_overridden() {
            continue;
        }
        let (_, color) = widgets::severity(ui, problem.severity);
        for anchor in std::iter::once(&problem.anchor).chain(&problem.others) {
            if let Anchor::Field { path: other, range: Some(words) } = anchor
                && other == path
            {
                let underlined = Underlined::new(*words, color);
                found.push(Underlined { problem: number, ..underlined });
            }
        }
    }
    if !found.is_empty() {
        follow_typing(form, path, &mut found);
    }
    found.sort_by_key(|underlined| underlined.words.start);
    with_looked_for(ui, form, path, found)
}

/// Adds the words that somebody looks for: where they are also underlined, both are shown.
fn with_looked_for(
    ui: &Ui,
    form: &FormContext<'_>,
    path: &FieldPath,
    underlined: Vec<Underlined>,
) -> Vec<Underlined> {
    let mut marked = underlined;
    for (found, is_current) in form.found.of(path) {
        marked = laid_under(marked, found.range, theme::found(ui, is_current));
    }
    marked
}

/// Lays a ground under some words: what is underlined of them is both.
fn laid_under(
    underlined: Vec<Underlined>,
    words: TextRange,
    ground: Color32,
) -> Vec<Underlined> {
    let (mut pieces, mut start) = (Vec::new(), words.start);
    for one in underlined {
        let (from, to) = (one.words.start.max(start), one.words.end.min(words.end));
        if from >= to {
            pieces.push(one);
            continue;
        }
        pieces.push(Underlined::found((start..from).into(), ground));
        for (piece, ground) in [
            (one.words.start..from, one.ground),
            (from..to, ground),
            (to..one.words.end, one.ground),
        ] {
            pieces.push(Underlined { words: piece.into(), ground, ..one.clone() });
        }
        start = to;
    }
    pieces.push(Underlined::found((start..words.end).into(), ground));
    pieces.retain(|piece| piece.words.start < piece.words.end);
    pieces.sort_by_key(|piece| piece.words.start);
    pieces
}

/// The words that findings speak of in a field whose text is drawn in pieces, each with
/// its color.
pub(super) fn marked(
    ui: &Ui,
    form: &FormContext<'_>,
    path: &FieldPath,
) -> Vec<MarkedWords> {
    let mut marked = Vec::new();
    for (found, is_current) in form.found.of(path) {
        let words = found.text[found.range].to_owned();
        let ground = theme::found(ui, is_current);
        marked.push(MarkedWords { words, color: Color32::TRANSPARENT, ground });
    }
    let Some(letter) = form.composed else { return marked };
    for problem in form.problems {
        let Anchor::Field { path: other, range: Some(_) } = &problem.anchor else {
            continue;
        };
        if other == path && !problem.is_overridden() {
            let words = check::words(&problem.anchor, letter, form.template);
            let (_, color) = widgets::severity(ui, problem.severity);
            let ground = Color32::TRANSPARENT;
            marked.push(MarkedWords { words, color, ground });
        }
    }
    marked
}

/// Words to be underlined wherever they are in a field.
pub(super) struct MarkedWords {
    pub words: String,
    pub color: Color32,
    pub ground: Color32,
}

/// Moves the underlines after the place where somebody types, and drops those whose words
/// were typed into.
///
/// The letter is checked in the background, so for some frames the findings are of a text
/// that is no longer on the screen. Without this, every underline after the caret would
/// jump by a letter at each keystroke and back when the next findings arrive.
fn follow_typing(form: &FormContext<'_>, path: &FieldPath, found: &mut Vec<Underlined>) {
    let then = form.composed.and_then(|letter| text_of(form, letter, path));
    let (Some(then), Some(now)) = (then, text_of(form, form.letter, path)) else {
        return found.clear();
    };
    if then == now {
        return;
    }
    let shared = SharedEnds::of(then, now);
    found.retain_mut(|underlined| match shared.moved(underlined.words) {
        Some(words) => {
            underlined.words = words;
            true
        }
        None => false,
    });
}

fn text_of<'a>(
    form: &FormContext<'_>,
    letter: &'a Letter,
    path: &FieldPath,
) -> Option<&'a str> {
    match form.template.value(letter, path)? {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

/// What a text as it was and as it is begin with and end with alike, in bytes: that was not
/// touched. Between the two is what was typed or deleted.
struct SharedEnds {
    front: usize,
    back: usize,
    /// How long the texts are.
    then: usize,
    now: usize,
}

impl SharedEnds {
    fn of(then: &str, now: &str) -> Self {
        let front = shared_length(then.chars().zip(now.chars()));
        let back = shared_length(then.chars().rev().zip(now.chars().rev()));
        let (then, now) = (then.len(), now.len());
        // "aa" typed into "aaa" is shared from both sides; no letter may count twice.
        Self { front, back: back.min(then.min(now) - front), then, now }
    }

    /// Where words are now, if they were not touched: those before what was typed stay
    /// where they are, and those after it keep their distance from the end.
    fn moved(&self, words: TextRange) -> Option<TextRange> {
        if words.end <= self.front {
            return Some(words);
        }
        if words.start < self.then - self.back {
            return None;
        }
        let from_end = |byte: usize| self.now - (self.then - byte);
        Some(TextRange { start: from_end(words.start), end: from_end(words.end) })
    }
}

/// How many bytes pass until two characters differ.
fn shared_length(pairs: impl Iterator<Item = (char, char)>) -> usize {
    pairs
        .take_while(|(then, now)| then == now)
        .map(|(shared, _)| shared.len_utf8())
        .sum()
}

/// Explains what the pointer rests on, and opens the menu of fixes where it is asked for.
pub(super) fn attend(
    ui: &Ui,
    form: &mut FormContext<'_>,
    drawn: &Drawn,
    found: &[Underlined],
) {
    let id = drawn.response.id.with("remedies");
    let hovered = match drawn.response.hover_pos() {
        Some(pointer) => {
            let cursor = drawn.galley.cursor_from_pos(pointer - drawn.at);
            at_character(drawn, found, cursor.index.0)
        }
        None => None,
    };
    let has_focus = drawn.response.has_focus();
    let here = if has_focus { at_caret(drawn, found) } else { None };
    // Where no words are meant, the line under the field has a menu.
    if here.is_some() && std::mem::take(&mut form.state.wants_remedies) {
        open_menu(ui, id, here, drawn, None);
    } else if drawn.response.secondary_clicked() {
        open_menu(ui, id, hovered, drawn, Some(drawn.response.id));
    }
    if Popup::is_id_open(ui.ctx(), id) {
        show_menu(ui, form, id);
    } else if let Some(underlined) = hovered
        && let Some(problem) = form.problems.get(underlined.problem)
    {
        explain(drawn, problem);
    }
    let is_closed = !Popup::is_id_open(ui.ctx(), id);
    if is_closed && ui.data_mut(|data| data.remove_temp::<OpenMenu>(id)).is_some() {
        // The caret goes back to where the menu was asked for.
        drawn.response.request_focus();
    }
}

/// What is underlined at the caret; the caret may also be right after the words.
fn at_caret<'a>(drawn: &Drawn, found: &'a [Underlined]) -> Option<&'a Underlined> {
    let caret = drawn.caret.unwrap_or_default();
    match at_character(drawn, found, caret) {
        None => at_character(drawn, found, caret.saturating_sub(1)),
        here => here,
    }
}

fn at_character<'a>(
    drawn: &Drawn,
    found: &'a [Underlined],
    character: usize,
) -> Option<&'a Underlined> {
    let byte = byte_at(drawn.galley.text(), character);
    found.iter().find(|underlined| {
        let words = underlined.words;
        underlined.is_of_problem() && words.start <= byte && byte < words.end
    })
}

fn explain(drawn: &Drawn, problem: &Diagnostic) {
    drawn.response.clone().on_hover_ui_at_pointer(|ui| {
        ui.set_max_width(340.0);
        widgets::message(ui, problem);
        if !problem.fixes.is_empty() || fixes::can_be_overridden(problem) {
            let words = in_words(ui.ctx(), "Right-click or press Ctrl+Period to fix");
            widgets::quiet(ui, words);
        }
    });
}

/// The finding whose menu is open, and where the menu hangs.
#[derive(Clone, Default)]
struct OpenMenu {
    problem: usize,
    at: Pos2,
    /// It was not drawn yet.
    is_new: bool,
    /// The text whose own menu is part of it: that was asked for by the mouse.
    text: Option<Id>,
}

fn open_menu(
    ui: &Ui,
    id: Id,
    underlined: Option<&Underlined>,
    drawn: &Drawn,
    text: Option<Id>,
) {
    let Some(underlined) = underlined else { return };
    let cursor = cursor_at(drawn.galley.text(), underlined.words.start);
    let at = drawn.at + drawn.galley.pos_from_cursor(cursor).left_bottom().to_vec2();
    let menu = OpenMenu { problem: underlined.problem, at, is_new: true, text };
    ui.data_mut(|data| data.insert_temp(id, menu));
    Popup::open_id(ui.ctx(), id);
}

/// Opens the menu of a finding that speaks of a field as a whole.
pub(super) fn open_field_menu(
    ui: &Ui,
    form: &FormContext<'_>,
    id: Id,
    found: &Diagnostic,
    at: Pos2,
) {
    let mut problems = form.problems.iter();
    let Some(problem) = problems.position(|other| std::ptr::eq(other, found)) else {
        return;
    };
    let menu = OpenMenu { problem, at, is_new: true, text: None };
    ui.data_mut(|data| data.insert_temp(id, menu));
    Popup::open_id(ui.ctx(), id);
}

/// Shows that menu while it is open; the caret goes back to its field after it.
pub(super) fn show_field_menu(ui: &Ui, form: &mut FormContext<'_>, id: Id) {
    if Popup::is_id_open(ui.ctx(), id) {
        show_menu(ui, form, id);
    }
    let is_closed = !Popup::is_id_open(ui.ctx(), id);
    if is_closed
        && ui.data_mut(|data| data.remove_temp::<OpenMenu>(id)).is_some()
        && let Some(field) = &form.focus
    {
        ui.memory_mut(|memory| memory.request_focus(super::field_id(field)));
    }
}

fn show_menu(ui: &Ui, form: &mut FormContext<'_>, id: Id) {
    let Some(open) = ui.data(|data| data.get_temp::<OpenMenu>(id)) else { return };
    let Some(problem) = form.problems.get(open.problem) else {
        return Popup::close_id(ui.ctx(), id);
    };
    let popup = Popup::new(id, ui.ctx().clone(), open.at, ui.layer_id())
        .open_memory(None)
        .kind(PopupKind::Menu);
    ui.data_mut(|data| data.insert_temp(id, OpenMenu { is_new: false, ..open }));
    let commands: &mut Vec<Command> = form.commands;
    let before = commands.len();
    popup.accessible_name("Fix").width(300.0).show(|ui| {
        ui.set_max_width(340.0);
        if let Some(text) = open.text {
            text_menu::buttons(ui, text, true);
            ui.separator();
        }
        ui.add(Label::new(RichText::new(&problem.message).font(theme::help())).wrap());
        ui.separator();
        fixes::buttons(ui, problem, open.is_new, commands);
    });
    if commands.len() > before {
        Popup::close_id(ui.ctx(), id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ground_is_laid_under_words_that_are_underlined_in_part() {
        let (line, ground) = (Color32::RED, Color32::YELLOW);
        let underlined = vec![
            Underlined::new(0..3, line),
            Underlined::new(5..9, line),
            Underlined::new(12..14, line),
        ];
        let pieces: Vec<(usize, usize, bool, bool)> =
            laid_under(underlined, (2..8).into(), ground)
                .iter()
                .map(|piece| {
                    let TextRange { start, end } = piece.words;
                    (start, end, piece.color == line, piece.ground == ground)
                })
                .collect();
        let expected = [
            (0, 2, true, false),
            (2, 3, true, true),
            (3, 5, false, true),
            (5, 8, true, true),
            (8, 9, true, false),
            (12, 14, true, false),
        ];
        assert_eq!(pieces, expected);
    }

    #[test]
    fn underlines_keep_to_their_words_while_others_are_typed() {
        let then = "one two three";
        for (now, words, expected) in [
            ("one two three", 4..7, Some(4..7)),
            ("one and two three", 8..13, Some(12..17)),
            ("two three", 8..13, Some(4..9)),
            ("one two threes", 4..7, Some(4..7)),
            ("one twoo three", 4..7, Some(4..7)),
            ("one to three", 4..7, None),
            ("", 4..7, None),
            ("é one two three", 4..7, Some(7..10)),
        ] {
            let expected = expected.map(TextRange::from);
            let moved = SharedEnds::of(then, now).moved(words.into());
            assert_eq!(moved, expected, "{now}");
        }
    }
}
