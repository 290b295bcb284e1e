//! A guideline line: works cited as chips, a statement that none was cited, or the line
//! in one's own words.

use egui::{Id, Ui};

use super::field::Parts;
use super::underline::MarkedWords;
use super::{chips, text};
use crate::app::suggest::{self, Work};
use crate::app::widgets::{link, quiet};
use crate::letter::{Citation, Guideline, Id as RowId, Source};

/// What citing another work needs.
pub(super) struct Citing<'a> {
    /// What is being typed.
    pub adding: &'a mut String,
    pub works: &'a [Work],
    /// Words of the line that findings speak of.
    pub marks: &'a [MarkedWords],
    /// The id that a new citation takes, and whether one did.
    pub next: RowId,
    pub gave_id: bool,
}

/// Draws the line.
pub(super) fn show(
    ui: &mut Ui,
    id: Id,
    line: &mut Guideline,
    citing: &mut Citing<'_>,
) -> Parts {
    match line {
        Guideline::Cited(_) => cited(ui, id, line, citing),
        Guideline::None { .. } => none(ui, id, line),
        Guideline::AsWritten(_) => as_written(ui, id, line),
    }
}

fn cited(ui: &mut Ui, id: Id, line: &mut Guideline, citing: &mut Citing<'_>) -> Parts {
    let Guideline::Cited(citations) = line else { return Parts::new() };
    let shown: Vec<String> = citations
        .iter()
        .map(|citation| suggest::words(&citation.source))
        .collect();
    if let Some(place) = chips::chips(ui, shown.iter().map(String::as_str), citing.marks)
    {
        citations.remove(place);
    }
    let offered: Vec<&str> =
        citing.works.iter().map(|work| work.words.as_str()).collect();
    let hint = if citations.is_empty() {
        "Type a chapter, or a work in your own words"
    } else {
        "Cite another"
    };
    let added = chips::line(ui, id, citing.adding, &offered, hint);
    if added.is_done {
        citing.gave_id = add(citations, citing.adding, citing.works, citing.next);
    }
    other_ways(ui, line);
    vec![added.response]
}

/// Cites what stands in a line: a work of the list, or one in the reviewer's own words.
/// Says whether `id` was given away.
pub(super) fn add(
    citations: &mut Vec<Citation>,
    adding: &mut String,
    works: &[Work],
    id: RowId,
) -> bool {
    let typed = std::mem::take(adding).trim().to_owned();
    if typed.is_empty() {
        return false;
    }
    let known = works
        .iter()
        .find(|work| work.words == typed)
        .map(|work| work.source.clone());
    suggest::cite(citations, known.unwrap_or(Source::NonMtus(typed)), id)
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

fn none(ui: &mut Ui, id: Id, line: &mut Guideline) -> Parts {
    let Guideline::None { reason } = line else { return Parts::new() };
    quiet(
        ui,
        "No medical evidence was cited. Why, for your own records, where it is known:",
    );
    let response = text::line(ui, id, reason);
    if link(ui, "Cite a guideline instead").clicked() {
        *line = Guideline::default();
    }
    vec![response]
}

fn as_written(ui: &mut Ui, id: Id, line: &mut Guideline) -> Parts {
    let Guideline::AsWritten(words) = line else { return Parts::new() };
    let response = text::line(ui, id, words);
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
