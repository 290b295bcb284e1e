//! The one line at the foot: problems, whether the draft is saved, and what the letter
//! comes to.

use egui::{Align, Layout, Ui};

use super::{notice, problems};
use crate::app::command::Command;
use crate::app::desk::{Desk, OpenDraft};
use crate::app::widgets::{count, quiet};

/// How high the line is.
pub(super) const HEIGHT: f32 = 32.0;

/// Draws the line.
pub(super) fn show(
    ui: &mut Ui,
    desk: &Desk,
    has_list: bool,
    commands: &mut Vec<Command>,
) {
    let Some(draft) = &desk.draft else { return };
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        problems::summary(ui, desk, has_list, commands);
        ui.add_space(10.0);
        quiet(ui, words(desk, draft));
        if !desk.notices.is_empty() {
            notice::show(ui, desk, commands);
        }
    });
    notice::announce(ui, desk);
}

fn words(desk: &Desk, draft: &OpenDraft) -> String {
    let mut words = vec![saved(desk, draft)];
    if draft.is_sealed() {
        words.push("Encrypted".to_owned());
    }
    if let Some(composed) = &draft.composed {
        words.push(count(composed.words, "word"));
        words.push(count(composed.composition.pages.len(), "page"));
    }
    words.push(draft.template.short_name().to_owned());
    words.join("  ·  ")
}

fn saved(desk: &Desk, draft: &OpenDraft) -> String {
    match (&draft.read_only, &draft.saved_at) {
        (Some(why), _) if !why.is_final() => why.message(),
        (_, _) if desk.is_unsaved() && draft.path.is_some() => {
            "Unsaved changes".to_owned()
        }
        (_, _) if desk.is_unsaved() => "Not saved yet".to_owned(),
        (_, Some(at)) => format!("Saved {}", at.strftime("%H:%M:%S")),
        (_, None) if draft.path.is_some() => "Saved".to_owned(),
        (_, None) => "New letter".to_owned(),
    }
}
