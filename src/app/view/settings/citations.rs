//! Works that the person cites, with edition and date: the list grows as letters are saved.

use egui::{Id, Ui};

use super::rows::{self, OwnList};
use super::{column, section};
use crate::app::command::Command;
use crate::app::desk::{Desk, RowBeingEdited};
use crate::app::view::{dialog, text};
use crate::app::widgets::{check, quiet};
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
    let own = &desk.own.citations;
    let new = || OwnCitation { work: "New work".into(), ..OwnCitation::default() };
    let list = OwnList {
        file: FILE,
        rows: &own.rows,
        error: own.error.as_ref(),
        names: |citation| (citation.work.clone(), aside(citation)),
        add: "Add a work",
        new: &new,
    };
    let edit = |ui: &mut Ui, rows: &mut Vec<OwnCitation>, place: usize, _: &mut _| {
        editor(ui, &mut rows[place]);
    };
    let Some(mut citations) = list.show(ui, desk, open, commands, edit) else { return };
    usual(ui, &mut citations);
    rows::kept_in(ui, desk, FILE);
    if citations != own.rows {
        commands.push(Command::SetCitations(citations));
    }
}

/// What everybody cites, as long as no row of one's own says otherwise.
fn usual(ui: &mut Ui, citations: &mut Vec<OwnCitation>) {
    section(ui, "Offered to everybody");
    for work in OwnCitation::usual() {
        if citations.iter().any(|own| own.work == work.work) {
            continue;
        }
        ui.horizontal(|ui| {
            let room = ui.available_width() - 80.0;
            column(ui, room, &work.work);
            let hide = ui.small_button("Hide");
            dialog::name(&hide, &format!("Hide {}", work.work));
            if hide.clicked() {
                citations.push(OwnCitation { hidden: true, ..work.clone() });
            }
        });
    }
}

fn aside(citation: &OwnCitation) -> String {
    if citation.hidden {
        return "hidden".to_owned();
    }
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
    let id = Id::unique("citation hidden");
    check(ui, id, &mut citation.hidden, "Hide it from the lists");
}
