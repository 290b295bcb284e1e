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
        "The start page lists the drafts and the finished letters (PDF and Word) in these \
            folders and the folders in them, and you can search them while you write.",
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
    unread(ui, desk);
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

/// So many files that could not be read are shown.
const SHOWN: usize = 20;

/// The files that could not be read, each with the reason.
fn unread(ui: &mut Ui, desk: &Desk) {
    let listed = desk.earlier.listed.as_deref().unwrap_or_default();
    let unread = listed.iter().filter(|letter| !letter.unread.is_empty());
    let unread: Vec<_> = unread.collect();
    if unread.is_empty() {
        return;
    }
    quiet(ui, format!("Not read: {}", count(unread.len(), "file")));
    for letter in unread.iter().take(SHOWN) {
        let name = letter.path.file_name().unwrap_or_default().to_string_lossy();
        let words = format!("{name}: {}", letter.unread);
        ui.add(Label::new(words).truncate())
            .on_hover_text(letter.path.display().to_string());
    }
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
