//! Reviewers who are entered once.

use egui::{Id, Ui};

use super::rows;
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
    ui.add_space(4.0);
    let own = &desk.own.reviewers;
    if !rows::file(ui, desk, FILE, own.error.as_ref(), commands) {
        return;
    }
    let mut profiles = own.rows.clone();
    let names = profiles.iter().map(|profile| {
        let first = profile.certifications.first();
        (profile.name.as_str(), first.map_or("", String::as_str))
    });
    if let Some(change) = rows::list(ui, open, names) {
        rows::apply(&mut profiles, open, change);
    }
    ui.add_space(6.0);
    if ui.button("Add a reviewer").clicked() {
        profiles.push(Profile { name: "New reviewer".into(), ..Profile::default() });
        open.chosen = Some(profiles.len() - 1);
    }
    if let Some(profile) = open.chosen.and_then(|place| profiles.get_mut(place)) {
        ui.add_space(8.0);
        ui.separator();
        editor(ui, desk, profile, &mut open.adding);
    }
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
