//! Words that a finding speaks of, underlined where they stand: hovering explains them,
//! and a menu mends them.

use std::ops::Range;
use std::sync::Arc;

use egui::{Color32, Galley, Id, Popup, PopupKind, Pos2, Response, Ui};

use super::fixes;
use super::form::FormContext as Form;
use crate::app::command::Command;
use crate::app::{theme, widgets};
use crate::check;
use crate::diagnostic::{Anchor, Diagnostic};
use crate::letter::FieldPath;
use crate::letter::fields::Value;

/// A stretch of a text that a finding speaks of.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Underlined {
    /// In characters.
    pub words: Range<usize>,
    pub colour: Color32,
    /// The finding, counted in the list.
    problem: usize,
}

impl Underlined {
    /// These bytes of a text, for what has no menu.
    pub(super) fn new(text: &str, bytes: Range<usize>, colour: Color32) -> Self {
        let count = |end: usize| text[..end].chars().count();
        Self { words: count(bytes.start)..count(bytes.end), colour, problem: usize::MAX }
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

/// What of a field's text is spoken of, where it stands now: the findings were made of
/// the text as it was a moment ago.
pub(super) fn of(ui: &Ui, form: &Form<'_>, path: &FieldPath) -> Vec<Underlined> {
    let is_here = |anchor: &Anchor| anchor.field() == Some(path);
    let mut found = Vec::new();
    for (number, problem) in form
        .problems
        .iter()
        .enumerate()
        .filter(|(_, problem)| !problem.is_overridden())
    {
        let anchors = std::iter::once(&problem.anchor)
            .chain(&problem.others)
            .filter(|anchor| is_here(anchor));
        for anchor in anchors {
            let Anchor::Field { range: Some(range), .. } = anchor else { continue };
            let (_, colour) = widgets::severity(ui, problem.severity);
            found.push(Underlined { words: range.clone(), colour, problem: number });
        }
    }
    if !found.is_empty() {
        follow(form, path, &mut found);
    }
    found.sort_by_key(|underlined| underlined.words.start);
    found
}

/// The words that findings speak of in a field whose text is drawn in pieces, each with
/// its colour.
pub(super) fn marked(ui: &Ui, form: &Form<'_>, path: &FieldPath) -> Vec<Mark> {
    let Some(letter) = form.composed else { return Vec::new() };
    let found = form.problems.iter().filter(|problem| {
        !problem.is_overridden() && problem.anchor.field() == Some(path)
    });
    let mark = |problem: &Diagnostic| {
        let Anchor::Field { range: Some(_), .. } = &problem.anchor else { return None };
        let words = check::words(&problem.anchor, letter, form.template);
        Some(Mark { words, colour: widgets::severity(ui, problem.severity).1 })
    };
    found.filter_map(mark).collect()
}

/// Words to be underlined wherever they stand in a field.
pub(super) struct Mark {
    pub words: String,
    pub colour: Color32,
}

/// Moves what stands behind the place where is being typed; what was typed into is let
/// go.
fn follow(form: &Form<'_>, path: &FieldPath, found: &mut Vec<Underlined>) {
    let text = |letter| match form.template.value(letter, path) {
        Some(Value::Text(text)) => Some(text),
        _ => None,
    };
    let (Some(then), Some(now)) = (form.composed.and_then(text), text(form.letter))
    else {
        return found.clear();
    };
    if then != now {
        found.retain_mut(|underlined| {
            let words = moved(then, now, &underlined.words);
            words.map(|words| underlined.words = words).is_some()
        });
    }
}

/// Where words of the text as it was stand in the text as it is, if they were not
/// touched.
fn moved(then: &str, now: &str, words: &Range<usize>) -> Option<Range<usize>> {
    let (long, short) = (then.chars().count(), now.chars().count());
    let front = then
        .chars()
        .zip(now.chars())
        .take_while(|(then, now)| then == now)
        .count();
    let back = then
        .chars()
        .rev()
        .zip(now.chars().rev())
        .take_while(|(then, now)| then == now)
        .count();
    let back = back.min(long.min(short) - front);
    if words.end <= front {
        return Some(words.clone());
    }
    let is_behind = words.start >= long - back;
    is_behind.then(|| words.start + short - long..words.end + short - long)
}

/// Explains what the pointer rests on, and opens the menu of remedies where it is asked
/// for.
pub(super) fn attend(ui: &Ui, form: &mut Form<'_>, drawn: &Drawn, found: &[Underlined]) {
    let id = drawn.response.id.with("remedies");
    let at = |place: Pos2| drawn.galley.cursor_from_pos(place - drawn.at).index.0;
    let under =
        |place: usize| found.iter().find(|underlined| underlined.words.contains(&place));
    let hovered = drawn.response.hover_pos().and_then(|pointer| under(at(pointer)));
    let has_focus = drawn.response.has_focus();
    if has_focus && std::mem::take(&mut form.state.wants_remedies) {
        let caret = drawn.caret.unwrap_or_default();
        let here = under(caret).or_else(|| under(caret.saturating_sub(1)));
        open(ui, id, here, drawn);
    } else if drawn.response.secondary_clicked() {
        open(ui, id, hovered, drawn);
    }
    if Popup::is_id_open(ui.ctx(), id) {
        menu(ui, form, id);
    } else if let Some(problem) =
        hovered.and_then(|underlined| form.problems.get(underlined.problem))
    {
        explain(drawn, problem);
    }
    let is_closed = !Popup::is_id_open(ui.ctx(), id);
    if is_closed && ui.data_mut(|data| data.remove_temp::<Open>(id)).is_some() {
        // The caret goes back to where the menu was asked for.
        drawn.response.request_focus();
    }
}

fn explain(drawn: &Drawn, problem: &Diagnostic) {
    drawn.response.clone().on_hover_ui_at_pointer(|ui| {
        ui.set_max_width(340.0);
        widgets::message(ui, problem);
        if !problem.fixes.is_empty() || fixes::is_excusable(problem) {
            widgets::quiet(ui, "Right click or Ctrl+. to mend it");
        }
    });
}

/// The finding whose menu is open, and where the menu hangs.
#[derive(Clone, Default)]
struct Open {
    problem: usize,
    at: Pos2,
    /// It was not drawn yet.
    is_new: bool,
}

fn open(ui: &Ui, id: Id, underlined: Option<&Underlined>, drawn: &Drawn) {
    let Some(underlined) = underlined else { return };
    let cursor = egui::text::CCursor::new(underlined.words.start);
    let at = drawn.at + drawn.galley.pos_from_cursor(cursor).left_bottom().to_vec2();
    ui.data_mut(|data| {
        data.insert_temp(id, Open { problem: underlined.problem, at, is_new: true })
    });
    Popup::open_id(ui.ctx(), id);
}

fn menu(ui: &Ui, form: &mut Form<'_>, id: Id) {
    let Some(open) = ui.data(|data| data.get_temp::<Open>(id)) else { return };
    let Some(problem) = form.problems.get(open.problem) else {
        return Popup::close_id(ui.ctx(), id);
    };
    let popup = Popup::new(id, ui.ctx().clone(), open.at, ui.layer_id())
        .open_memory(None)
        .kind(PopupKind::Menu);
    ui.data_mut(|data| data.insert_temp(id, Open { is_new: false, ..open }));
    let commands: &mut Vec<Command> = form.commands;
    let before = commands.len();
    popup.accessible_name("Mend").width(300.0).show(|ui| {
        ui.set_max_width(340.0);
        ui.add(
            egui::Label::new(egui::RichText::new(&problem.message).font(theme::help()))
                .wrap(),
        );
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
            ("é one two three", 4..7, Some(6..9)),
        ] {
            assert_eq!(moved(then, now, &words), expected, "{now}");
        }
    }
}
