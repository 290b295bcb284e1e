//! The folders of an organization's own templates and tables, with what is wrong in the
//! templates.

use std::path::Path;

use egui::{Label, RichText, ScrollArea, Ui};

use crate::app::command::Command;
use crate::app::desk::Desk;
use crate::app::theme::{self, palette};
use crate::app::widgets::{self, Icon, icon, quiet};
use crate::diagnostic::Diagnostic;
use crate::letter::phrasing::and_list;
use crate::library::TABLES;
use crate::store::UserFolder;
use crate::template::Broken;

pub(super) fn templates(ui: &mut Ui, desk: &Desk, commands: &mut Vec<Command>) {
    quiet(ui, "Letter templates saved in this folder appear at once.");
    user_folder(ui, desk, UserFolder::Templates, commands);
    ui.add_space(8.0);
    for own in desk.templates.all_own() {
        let head = own.template.head();
        sign(
            ui,
            Icon::Tick,
            &format!("{}, version {}  ({})", head.name, head.version, own.template.id()),
        );
        for reason in &own.without {
            quiet(ui, reason);
        }
    }
    for broken in &desk.templates.broken {
        problems(ui, broken);
    }
}

pub(super) fn tables(ui: &mut Ui, desk: &Desk, commands: &mut Vec<Command>) {
    let names: Vec<&str> =
        TABLES.iter().map(|name| name.trim_end_matches(".ron")).collect();
    let words = format!(
        "Checks and lists know {}. A file with one of these names and the ending .ron \
            adds its rows at the next start; those of Lists are used at once. The manual \
            shows an example.",
        and_list(&names)
    );
    quiet(ui, words);
    user_folder(ui, desk, UserFolder::Tables, commands);
}

/// A folder for files of one's own, and the way to it.
fn user_folder(
    ui: &mut Ui,
    desk: &Desk,
    user_folder: UserFolder,
    commands: &mut Vec<Command>,
) {
    let Some(data) = &desk.data else {
        quiet(ui, "This account has no folder for application data.");
        return;
    };
    path(ui, &user_folder.folder(data));
    let open = ui.push_id(user_folder as u8, |ui| ui.button("Open folder")).inner;
    if open.gained_focus() {
        open.scroll_to_me(None);
    }
    if open.clicked() {
        commands.push(Command::OpenUserFolder(user_folder));
    }
}

/// A path in full, to be read and copied.
pub(super) fn path(ui: &mut Ui, path: &Path) {
    let words = RichText::new(path.display().to_string())
        .monospace()
        .size(theme::help().size);
    ui.add(Label::new(words).wrap());
}

fn sign(ui: &mut Ui, sign: Icon, words: &str) {
    let colors = palette(ui);
    let color = if sign == Icon::Cross { colors.error } else { colors.done };
    ui.horizontal(|ui| {
        icon(ui, sign, 14.0, color);
        ui.add(Label::new(words).wrap());
    });
}

/// A file that cannot be read, and all that is wrong in it.
fn problems(ui: &mut Ui, broken: &Broken) {
    let file = broken.path.file_name().unwrap_or_default().to_string_lossy();
    sign(
        ui,
        Icon::Cross,
        &format!("{file} has {}", widgets::count(broken.problems.len(), "problem")),
    );
    ui.indent(&broken.path, |ui| {
        for found in &broken.problems {
            problem(ui, found, &broken.source);
        }
    });
}

fn problem(ui: &mut Ui, problem: &Diagnostic, source: &str) {
    ui.add(Label::new(&problem.message).wrap());
    if let Some(excerpt) = problem.excerpt(source) {
        // The caret stands under its place only as long as the line is not broken.
        ScrollArea::horizontal().id_salt(&excerpt).show(ui, |ui| {
            ui.add(
                Label::new(RichText::new(excerpt).monospace().size(theme::help().size))
                    .extend(),
            );
        });
    }
    quiet(ui, &*problem.hint);
    ui.add_space(6.0);
}
