//! The last line: whether the draft is saved, and what the letter comes to.

use egui::{Align, Layout, Ui};

use super::notice;
use crate::app::command::Command;
use crate::app::desk::{Desk, OpenDraft};
use crate::app::widgets::{count, link, quiet};

/// Draws the line.
pub(super) fn show(ui: &mut Ui, desk: &Desk, commands: &mut Vec<Command>) {
    let Some(draft) = &desk.draft else { return };
    ui.horizontal(|ui| {
        quiet(ui, words(desk, draft));
        if !desk.notices.is_empty() {
            return notice::show(ui, desk, commands);
        }
        let room = ui.available_width() - 130.0;
        ui.add_space(room.max(0.0));
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            for (words, command) in
                [("Print…", Command::Print), ("Export…", Command::Export)]
            {
                if link(ui, words).clicked() {
                    commands.push(command);
                }
            }
        });
    });
    notice::announce(ui, desk);
}

fn words(desk: &Desk, draft: &OpenDraft) -> String {
    let mut words = vec![saved(desk, draft), draft.template.id().to_owned()];
    if draft.is_sealed() {
        words.push("Encrypted".to_owned());
    }
    if let Some(composed) = &draft.composed {
        words.push(count(composed.words, "word"));
        words.push(count(composed.composition.pages.len(), "page"));
    }
    words.join("  ·  ")
}

fn saved(desk: &Desk, draft: &OpenDraft) -> String {
    match (&draft.read_only, &draft.saved_at) {
        (Some(why), _) if !why.is_final() => why.message(),
        (_, _) if desk.is_unsaved() => "Not saved yet".to_owned(),
        (_, Some(at)) => format!("Saved {}", at.strftime("%H:%M:%S")),
        (_, None) if draft.path.is_some() => "Saved".to_owned(),
        (_, None) => "New letter".to_owned(),
    }
}
