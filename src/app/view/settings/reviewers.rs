//! Reviewers who are entered once.

use egui::{Id, Ui};

use super::rows::{self, OwnList};
use crate::app::command::Command;
use crate::app::desk::{Desk, RowBeingEdited};
use crate::app::view::form::chips::{self, Chips};
use crate::app::view::{dialog, text};
use crate::app::widgets::{check, quiet};
use crate::letter::{Profile, Statement};
use crate::store::OwnFile;

const FILE: OwnFile = OwnFile::Reviewers;

pub(super) fn show(
    ui: &mut Ui,
    desk: &Desk,
    open: &mut RowBeingEdited,
    commands: &mut Vec<Command>,
) {
    quiet(
        ui,
        "Enter a reviewer once and choose the name when you start a letter. The name is \
            never printed.",
    );
    let own = &desk.own.reviewers;
    let new = || Profile { name: "New reviewer".into(), ..Profile::default() };
    let list = OwnList {
        file: FILE,
        rows: &own.rows,
        error: own.error.as_ref(),
        names: |profile| {
            let first = profile.certifications.first();
            (profile.name.clone(), first.cloned().unwrap_or_default())
        },
        add: "Add a reviewer",
        new: &new,
    };
    let edit = |ui: &mut Ui, rows: &mut Vec<Profile>, place: usize, adding: &mut _| {
        editor(ui, desk, &mut rows[place], adding);
    };
    let Some(profiles) = list.show(ui, desk, open, commands, edit) else { return };
    rows::kept_in(ui, desk, FILE);
    if profiles != own.rows {
        commands.push(Command::SetProfiles(profiles));
    }
}

fn editor(ui: &mut Ui, desk: &Desk, profile: &mut Profile, adding: &mut [String; 2]) {
    quiet(ui, "Name");
    let response = text::line(ui, Id::unique("profile name"), &mut profile.name);
    dialog::name(&response, "Reviewer's name");
    let [certification, license] = adding;
    let lists = [
        (
            "Board certifications",
            "specialties",
            &mut profile.certifications,
            certification,
        ),
        ("States of licensure", "states", &mut profile.licenses, license),
    ];
    for (label, list, values, adding) in lists {
        ui.add_space(6.0);
        quiet(ui, label);
        let list = desk.library.list(list);
        let hint = "Type, or choose from the list";
        let id = Id::unique(("profile", label));
        let widgets =
            chips::show(ui, values, &mut Chips { id, adding, list, hint, marks: &[] });
        for response in &widgets {
            dialog::name(response, label);
        }
    }
    ui.add_space(8.0);
    quiet(ui, "Ask again in each letter; the others are checked for you");
    for statement in Statement::ALL {
        let mut is_asked = profile.ask_again.contains(&statement);
        let id = Id::unique(("ask again", words(statement)));
        if check(ui, id, &mut is_asked, words(statement)).clicked() {
            if is_asked {
                profile.ask_again.insert(statement);
            } else {
                profile.ask_again.remove(&statement);
            }
        }
    }
}

fn words(statement: Statement) -> &'static str {
    match statement {
        Statement::NoAffiliation => "No affiliation with anyone in the case",
        Statement::FiveYears => "More than five years in active clinical practice",
        Statement::ActivePractice => "At least 24 hours a week in active practice now",
    }
}
