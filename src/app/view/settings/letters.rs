//! The folders whose letters are listed and searched, and the index that is made of them.

use egui::{Label, Ui};

use super::{files, section};
use crate::app::command::Command;
use crate::app::desk::Desk;
use crate::app::widgets::{Icon, count, icon_button, quiet};

pub(super) fn show(ui: &mut Ui, desk: &Desk, commands: &mut Vec<Command>) {
    section(ui, "Your letters");
    quiet(
        ui,
        "The start page lists the letters in these folders and the folders in them, and \
            you can search them while you write.",
    );
    for folder in &desk.settings.folders {
        ui.horizontal(|ui| {
            let name = format!("Remove {}", folder.display());
            if icon_button(ui, Icon::Cross, &name, true).clicked() {
                commands.push(Command::RemoveFolder(folder.clone()));
            }
            ui.add(Label::new(folder.display().to_string()).truncate());
        });
    }
    if ui.button("Add a folder…").clicked() {
        commands.push(Command::AddFolder);
    }
    if !desk.settings.folders.is_empty() {
        index(ui, desk, commands);
    }
}

fn index(ui: &mut Ui, desk: &Desk, commands: &mut Vec<Command>) {
    ui.add_space(4.0);
    quiet(ui, state(desk));
    quiet(
        ui,
        "The search index holds the words of these letters and is yours alone. It never \
            holds the words of an encrypted draft.",
    );
    if let Some(data) = &desk.data {
        files::path(ui, &crate::earlier::folder(data));
    }
    ui.horizontal(|ui| {
        if ui.button("Read again").clicked() {
            commands.push(Command::ReadFolders);
        }
        let delete = ui.button("Delete search index");
        let hint = "Removes it from this computer until your letters are read again";
        if delete.on_hover_text(hint).clicked() {
            commands.push(Command::RemoveIndex);
        }
    });
}

/// How much is in the index, or how far reading is.
fn state(desk: &Desk) -> String {
    match (desk.earlier.progress, &desk.earlier.listed) {
        (Some(progress), _) => {
            format!("Reading {} of {}", progress.done, count(progress.total, "letter"))
        }
        (None, Some(listed)) => format!("{} in the index", count(listed.len(), "letter")),
        (None, None) => "Not read yet".to_owned(),
    }
}
