//! A guideline line: works cited as chips, a statement that none was cited, or the line
//! in one's own words.

use egui::{Id, Ui};

use super::chips;
use super::context::Widgets;
use crate::app::suggest::{self, Work};
use crate::app::view::text;
use crate::app::view::underline::MarkedWords;
use crate::app::widgets::{link, quiet};
use crate::letter::{Guideline, Source};

/// What citing another work needs.
pub(super) struct Citing<'a> {
    /// What is being typed.
    pub adding: &'a mut String,
    pub works: &'a [Work],
    /// Words of the line that findings are about.
    pub marks: &'a [MarkedWords],
}

/// Draws the line.
pub(super) fn show(
    ui: &mut Ui,
    id: Id,
    line: &mut Guideline,
    citing: &mut Citing<'_>,
) -> Widgets {
    match line {
        Guideline::Cited(_) => cited(ui, id, line, citing),
        Guideline::None { .. } => none(ui, id, line),
        Guideline::AsWritten(_) => as_written(ui, id, line),
    }
}

fn cited(ui: &mut Ui, id: Id, line: &mut Guideline, citing: &mut Citing<'_>) -> Widgets {
    let Guideline::Cited(sources) = line else { return Widgets::new() };
    let shown: Vec<String> = sources.iter().map(suggest::words).collect();
    if let Some(place) = chips::chips(ui, shown.iter().map(String::as_str), citing.marks)
    {
        sources.remove(place);
    }
    let offered: Vec<&str> =
        citing.works.iter().map(|work| work.words.as_str()).collect();
    let hint = if sources.is_empty() {
        "Type a chapter, or a work in your own words"
    } else {
        "Cite another"
    };
    let added = chips::line(ui, id, citing.adding, &offered, hint);
    if added.is_done {
        add(sources, citing.adding, citing.works);
    }
    other_ways(ui, line);
    vec![added.response]
}

/// Cites what was typed: a work of the list, or one in the reviewer's own words.
pub(super) fn add(cited: &mut Vec<Source>, adding: &mut String, works: &[Work]) {
    let typed = std::mem::take(adding).trim().to_owned();
    if typed.is_empty() {
        return;
    }
    let source = match works.iter().find(|work| work.words == typed) {
        Some(work) => work.source.clone(),
        None => Source::NonMtus(typed),
    };
    suggest::cite(cited, source);
}

/// Ways out, while nothing is cited yet.
fn other_ways(ui: &mut Ui, line: &mut Guideline) {
    if *line != Guideline::default() {
        return;
    }
    ui.horizontal(|ui| {
        if link(ui, "None was cited").clicked() {
            *line = Guideline::None { reason: String::new() };
        }
        if link(ui, "Write the line myself").clicked() {
            *line = Guideline::AsWritten(String::new());
        }
    });
}

fn none(ui: &mut Ui, id: Id, line: &mut Guideline) -> Widgets {
    let Guideline::None { reason } = line else { return Widgets::new() };
    quiet(
        ui,
        "No medical evidence was cited. Why, for your own records, where it is known:",
    );
    let response = text::form_line(ui, id, reason, ui.available_width(), "");
    if link(ui, "Cite a guideline instead").clicked() {
        *line = Guideline::default();
    }
    vec![response]
}

fn as_written(ui: &mut Ui, id: Id, line: &mut Guideline) -> Widgets {
    let Guideline::AsWritten(words) = line else { return Widgets::new() };
    let response = text::form_line(ui, id, words, ui.available_width(), "");
    // Nothing that was written is lost by a change of mind.
    let empty = words.trim().is_empty();
    ui.horizontal(|ui| {
        quiet(ui, "Printed letter for letter");
        if empty && link(ui, "Cite from the list instead").clicked() {
            *line = Guideline::default();
        }
    });
    vec![response]
}
