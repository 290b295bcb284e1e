//! Works that the person cites, with edition and date: the list grows as letters are saved.

use egui::{Id, Ui};

use super::rows;
use crate::app::command::Command;
use crate::app::desk::{Desk, RowBeingEdited};
use crate::app::view::{dialog, text};
use crate::app::widgets::quiet;
use crate::letter::OwnCitation;
use crate::store::OwnFile;

const FILE: OwnFile = OwnFile::Citations;

pub(super) fn show(
    ui: &mut Ui,
    desk: &Desk,
    open: &mut RowBeingEdited,
    commands: &mut Vec<Command>,
) {
    quiet(
        ui,
        "Works outside the MTUS that you cite, such as MCG, InterQual, NCD and LCD. A work \
            that you type in a letter is added when you save it. Set the edition and the \
            date here.",
    );
    ui.add_space(4.0);
    let own = &desk.own.citations;
    if !rows::file(ui, desk, FILE, own.error.as_ref(), commands) {
        return;
    }
    let mut citations = own.rows.clone();
    let asides: Vec<String> = citations.iter().map(aside).collect();
    let names = citations.iter().zip(&asides);
    let names = names.map(|(citation, aside)| (citation.work.as_str(), aside.as_str()));
    if let Some(change) = rows::list(ui, open, names) {
        rows::apply(&mut citations, open, change);
    }
    ui.add_space(6.0);
    if ui.button("Add a work").clicked() {
        citations.push(OwnCitation { work: "New work".into(), ..OwnCitation::default() });
        open.chosen = Some(citations.len() - 1);
    }
    if let Some(citation) = open.chosen.and_then(|place| citations.get_mut(place)) {
        ui.add_space(8.0);
        ui.separator();
        editor(ui, citation);
    }
    rows::kept_in(ui, desk, FILE);
    if citations != own.rows {
        commands.push(Command::SetCitations(citations));
    }
}

fn aside(citation: &OwnCitation) -> String {
    let parts = [citation.edition.as_str(), citation.date.as_str()];
    let filled: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    filled.join(", ")
}

fn editor(ui: &mut Ui, citation: &mut OwnCitation) {
    for (label, value) in [
        ("Work", &mut citation.work),
        ("Edition", &mut citation.edition),
        ("Date", &mut citation.date),
    ] {
        quiet(ui, label);
        let response = text::line(ui, Id::unique(("citation", label)), value);
        dialog::name(&response, label);
        ui.add_space(4.0);
    }
    quiet(ui, format!("Printed as: {}", citation.words()));
}
