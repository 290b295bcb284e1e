//! A guideline line: works cited as chips, a statement that none was cited, or the line
//! in one's own words.

use egui::{Id, Response, Ui};

use super::chips::{self, Chips};
use super::context::Widgets;
use crate::app::suggest::{self, Work};
use crate::app::view::text;
use crate::app::view::underline::MarkedWords;
use crate::app::widgets::link;
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
    vec![match line {
        Guideline::Cited(sources) => cited(ui, id, sources, citing),
        Guideline::None { reason } => {
            let hint = "No medical evidence was cited. Why, for your records";
            text::form_line(ui, id, reason, ui.available_width(), hint)
        }
        Guideline::AsWritten(words) => {
            let hint = "Printed as you write it";
            text::form_line(ui, id, words, ui.available_width(), hint)
        }
    }]
}

fn cited(
    ui: &mut Ui,
    id: Id,
    sources: &mut Vec<Source>,
    citing: &mut Citing<'_>,
) -> Response {
    let shown: Vec<String> = sources.iter().map(suggest::words).collect();
    let mut chips = Chips {
        id,
        adding: citing.adding,
        list: citing.works,
        hint: "Type a chapter, or any other work",
        marks: citing.marks,
    };
    let (response, change) = chips::show_words(ui, &shown, &mut chips);
    if change.adds {
        add(sources, citing.adding, citing.works);
    }
    if let Some(place) = change.removed {
        sources.remove(place);
    }
    response
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

/// A link that says to those who hear it which line it is for.
fn way(ui: &mut Ui, words: &str, name: &str) -> bool {
    let response = link(ui, words);
    response.ctx.accesskit_node_builder(response.id, |node| {
        node.set_label(format!("{words}: {name}"));
    });
    response.clicked()
}

/// The other ways to fill the line, at the end of its label, the last first. Nothing that
/// was written is lost by a change of mind.
pub(super) fn other_ways(ui: &mut Ui, line: &mut Guideline, name: &str) {
    let nothing_cited = Guideline::default();
    let is_blank = match line {
        Guideline::Cited(sources) => sources.is_empty(),
        Guideline::None { .. } => true,
        Guideline::AsWritten(words) => words.trim().is_empty(),
    };
    if !is_blank {
        return;
    }
    if *line != nothing_cited {
        if way(ui, "Cite from the list", name) {
            *line = nothing_cited;
        }
        return;
    }
    if way(ui, "Write it yourself", name) {
        *line = Guideline::AsWritten(String::new());
    }
    if way(ui, "None was cited", name) {
        *line = Guideline::None { reason: String::new() };
    }
}
