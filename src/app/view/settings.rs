//! Settings: how the program looks, and where an organization's own letter kinds and
//! tables lie, with what is wrong in the kinds.

use egui::{Label, RichText, ScrollArea, Ui};

use super::dialog::{dialog_frame, focus_if_none};
use crate::app::command::Command;
use crate::app::desk::Desk;
use crate::app::theme::{self, palette};
use crate::app::widgets::{self, Icon, heading, icon, quiet};
use crate::diagnostic::Diagnostic;
use crate::letter::phrasing::and_list;
use crate::library::TABLES;
use crate::store::UserFolder;
use crate::store::settings::Theme;
use crate::template::Broken;

/// Draws the settings; says whether they stay open.
pub(super) fn show(ui: &Ui, desk: &Desk, commands: &mut Vec<Command>) -> bool {
    let height = ui.ctx().content_rect().height() - 140.0;
    let modal = dialog_frame(ui, "settings", 620.0, "", |ui| {
        let area = ScrollArea::vertical().max_height(height).min_scrolled_height(height);
        area.show(ui, |ui| {
            ui.set_width(600.0);
            heading(ui, "Looks");
            looks(ui, desk, commands);
            ui.add_space(16.0);
            heading(ui, "Encryption");
            encryption(ui, desk, commands);
            ui.add_space(16.0);
            heading(ui, "Your own letter kinds");
            templates(ui, desk, commands);
            ui.add_space(16.0);
            heading(ui, "Your own tables");
            tables(ui, desk, commands);
        });
        ui.add_space(8.0);
        let close = ui.button("Close settings");
        focus_if_none(ui, &close);
        close.clicked()
    });
    !modal.inner && !modal.should_close()
}

fn looks(ui: &mut Ui, desk: &Desk, commands: &mut Vec<Command>) {
    let chosen = desk.settings.theme;
    ui.horizontal(|ui| {
        for (theme, words) in [
            (Theme::System, "As the system"),
            (Theme::Light, "Light"),
            (Theme::Dark, "Dark"),
        ] {
            if ui.radio(chosen == theme, words).clicked() {
                commands.push(Command::SetTheme(theme));
            }
        }
    });
    ui.horizontal(|ui| {
        ui.label(format!(
            "Everything at {:.0} % of its usual size",
            desk.settings.zoom * 100.0
        ));
        for (words, command) in [
            ("Smaller", Command::ZoomOut),
            ("Larger", Command::ZoomIn),
            ("Usual size", Command::ZoomReset),
        ] {
            if ui.button(words).clicked() {
                commands.push(command);
            }
        }
    });
}

fn encryption(ui: &mut Ui, desk: &Desk, commands: &mut Vec<Command>) {
    let mut is_wanted = desk.settings.encrypt_new;
    if ui.checkbox(&mut is_wanted, "Encrypt new drafts").changed() {
        commands.push(Command::ToggleEncryptNew);
    }
    quiet(
        ui,
        "A passphrase is asked for when a letter is begun or imported. If none is given \
            then, it is asked for at the first save.",
    );
}

fn templates(ui: &mut Ui, desk: &Desk, commands: &mut Vec<Command>) {
    quiet(
        ui,
        "A file that ends in .letter and is laid here is a letter kind of its own; \
            saved, it is used at once.",
    );
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

fn tables(ui: &mut Ui, desk: &Desk, commands: &mut Vec<Command>) {
    let names: Vec<&str> =
        TABLES.iter().map(|name| name.trim_end_matches(".ron")).collect();
    let words = format!(
        "What the checks and lists know: {}. A file named as one of them, with .ron \
            behind it, adds its rows to the \
         program's own from the next start on; the README shows one.",
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
        quiet(
            ui,
            "This account has no folder for the data of programs, so there are none.",
        );
        return;
    };
    ui.add(
        Label::new(
            RichText::new(user_folder.folder(data).display().to_string()).monospace(),
        )
        .wrap(),
    );
    let open = ui.push_id(user_folder as u8, |ui| ui.button("Open the folder")).inner;
    if open.gained_focus() {
        open.scroll_to_me(None);
    }
    if open.clicked() {
        commands.push(Command::OpenUserFolder(user_folder));
    }
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
