//! What the program is: version, license, where its files are, and whose work it uses.

use egui::{Align, Label, Layout, RichText, ScrollArea, Ui};

use super::dialog::{dialog_frame, focus_if_none, name_box};
use crate::app::command::Command;
use crate::app::desk::Desk;
use crate::app::theme;
use crate::app::widgets::{box_link, heading, quiet};

/// Every crate in the program with its version and license, by the packages themselves.
const CRATES: &str = include_str!("../../../assets/crates.txt");

/// Draws the box; says whether it stays open.
pub(super) fn show(ui: &Ui, desk: &Desk, commands: &mut Vec<Command>) -> bool {
    let modal = dialog_frame(ui, "about", 520.0, "", |ui| {
        name_box(ui, "about", "About");
        heading(ui, "Rationale");
        let version = env!("CARGO_PKG_VERSION");
        quiet(ui, format!("Version {version} · MIT or Apache-2.0, as you like"));
        ui.add_space(12.0);
        files(ui, desk, commands);
        ui.add_space(12.0);
        ui.label(RichText::new("With thanks to").font(theme::semibold(14.0)));
        quiet(ui, "Typefaces Tinos (Apache-2.0) and Source Sans 3 (OFL-1.1), and these:");
        ui.add_space(4.0);
        let height = (ui.ctx().content_rect().height() - 340.0).clamp(80.0, 240.0);
        let area = ScrollArea::vertical().max_height(height).min_scrolled_height(height);
        area.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.add(Label::new(RichText::new(CRATES).font(theme::help())).wrap());
        });
        ui.add_space(12.0);
        let layout = Layout::right_to_left(Align::TOP);
        ui.with_layout(layout, |ui| {
            let close = ui.button("Close");
            focus_if_none(ui, &close);
            close.clicked()
        })
        .inner
    });
    !modal.inner && !modal.should_close()
}

fn files(ui: &mut Ui, desk: &Desk, commands: &mut Vec<Command>) {
    ui.label(
        RichText::new("Your settings and recovery copies").font(theme::semibold(14.0)),
    );
    let Some(data) = &desk.data else {
        quiet(ui, "This account has no folder for them");
        return;
    };
    ui.horizontal_wrapped(|ui| {
        quiet(ui, data.path().display().to_string());
        if box_link(ui, "Open folder").clicked() {
            commands.push(Command::OpenDataFolder);
        }
    });
}
