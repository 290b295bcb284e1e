//! Words that are found in the letter, gone to, and replaced.

use super::notices::count;
use super::{Desk, Tone};
use crate::app::find::{self, FoundWords};

impl Desk {
    /// Goes to words that were found: in a text they are selected.
    pub(in crate::app) fn go_to_found(&mut self, found: &FoundWords) {
        let Some(draft) = &self.draft else { return };
        if found.is_selectable(&draft.template) {
            self.go_to_words(found.path.clone(), found.range);
        } else {
            self.reveal_field(Some(found.path.clone()));
        }
    }

    /// Replaces words that were found, all of them in one step.
    pub(in crate::app) fn replace_found(&mut self, found: &[FoundWords], with: &str) {
        let Some(draft) = &self.draft else { return };
        let template = draft.template.clone();
        let replaced = self.edit(|letter| find::replace(letter, &template, found, with));
        if let Some(places) = replaced.filter(|_| found.len() > 1) {
            let text = format!("Replaced in {}", count(places, "place"));
            self.show_notice(Tone::Done, text, "Undo brings them back");
        }
    }
}
