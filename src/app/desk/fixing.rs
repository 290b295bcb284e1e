//! What is done about findings: fixed in one step, overridden with a reason, or taken up
//! again. Each is a step that can be undone, and each fits only the letter that the
//! finding was found in.

use std::sync::Arc;

use super::notices::count;
use super::{Desk, DialogBox, OpenDraft, OverrideBox, Tone};
use crate::app::job::DataJob;
use crate::check;
use crate::diagnostic::{Action, Diagnostic, Fix, TextRange};
use crate::letter::{FieldPath, Override};

impl Desk {
    /// What stands against the letter: what was found and not overridden.
    pub fn problems(&self) -> impl Iterator<Item = &Diagnostic> {
        let found = self.diagnostics().iter();
        found.filter(|found| !found.is_overridden())
    }

    /// What is wrong with the letter. What is not filled in yet is no fault, until somebody
    /// calls the letter finished.
    pub fn wrong(&self) -> impl Iterator<Item = &Diagnostic> {
        self.problems().filter(|found| !self.is_to_fill_in(found))
    }

    /// What is shown of that: nothing of the field that is being typed into.
    pub fn shown_wrong(&self) -> impl Iterator<Item = &Diagnostic> {
        self.wrong().filter(|found| !self.is_typed_into(found))
    }

    pub(super) fn is_typed_into(&self, found: &Diagnostic) -> bool {
        self.typed_into.is_some() && found.anchor.field() == self.typed_into.as_ref()
    }

    /// What a finished letter has and this one lacks.
    pub fn to_fill_in(&self) -> impl Iterator<Item = &Diagnostic> {
        self.problems().filter(|found| self.is_to_fill_in(found))
    }

    /// Whether a finding says only that something is not filled in yet.
    pub fn is_to_fill_in(&self, found: &Diagnostic) -> bool {
        found.action == Some(Action::FillIn) && !found.is_overridden()
    }

    /// Whether somebody called the letter finished, by asking to finish, export or print
    /// it: what is not filled in is an error from then on.
    pub fn is_finishing(&self) -> bool {
        self.draft.as_ref().is_some_and(|draft| draft.is_finishing)
    }

    pub(super) fn apply_fix(&mut self, fix: &Fix) {
        let Some(draft) = self.fresh_draft() else { return self.show_stale() };
        let template = draft.template.clone();
        let fitted = self.edit(|letter| check::apply_fix(letter, &template, fix));
        if fitted != Some(true) {
            self.show_stale();
        }
    }

    /// Every word that tells the claimant's sex agrees with it, as one step; the finding
    /// of each can be fixed alone, too.
    pub(super) fn match_pronouns(&mut self) {
        let Some(draft) = &self.draft else { return };
        let edits = check::change_sex(&draft.letter, draft.letter.claimant.sex);
        let (words, template) = (edits.len(), draft.template.clone());
        let fix = Fix { label: String::new(), edits };
        self.edit(|letter| check::apply_fix(letter, &template, &fix));
        let text = format!("{} changed", count(words, "word"));
        self.show_notice(Tone::Done, text, "Undo brings them back");
    }

    /// Overrides a finding; a box asks for the reason where one must be given.
    pub(super) fn override_finding(&mut self, found: &Diagnostic, reason: &str) {
        if matches!(self.dialog, Some(DialogBox::OverrideReason(_))) {
            self.close_dialog();
        }
        if !check::is_overridable(found, reason) {
            return;
        }
        let Some(given) = self.override_for(found, reason) else {
            return self.show_stale();
        };
        self.edit(|letter| {
            let overrides = &mut letter.overrides;
            overrides.retain(|known| !check::is_same_finding(known, &given));
            letter.overrides.push(given);
        });
    }

    pub(super) fn ask_override_reason(&mut self, found: Diagnostic) {
        let reason = String::new();
        self.open_dialog(DialogBox::OverrideReason(OverrideBox { found, reason }));
    }

    /// A finding that was overridden stands again.
    pub(super) fn remove_override(&mut self, found: &Diagnostic) {
        let Some(given) = self.override_for(found, "") else { return self.show_stale() };
        self.edit(|letter| {
            letter
                .overrides
                .retain(|known| !check::is_same_finding(known, &given));
        });
    }

    /// Adds a word that was found misspelled to the person's own: it is right from now on,
    /// in every letter.
    pub(super) fn learn_word(&mut self, found: &Diagnostic) {
        let Some(draft) = self.fresh_draft() else { return self.show_stale() };
        let word = check::words(&found.anchor, &draft.letter, &draft.template);
        self.library = Arc::new(self.library.with_own_word(&word));
        self.bundled = Arc::new(self.bundled.with_own_word(&word));
        self.send(DataJob::AddWord { word });
        self.check_again();
    }

    pub(super) fn toggle_spelling(&mut self) {
        self.settings.spelling = !self.settings.spelling;
        let (text, hint) = if self.settings.spelling {
            ("Spelling check is on", "")
        } else {
            ("Spelling check is off", "Press F7 to turn it on")
        };
        self.show_notice(Tone::Plain, text, hint);
        self.save_settings();
        self.check_again();
    }

    /// The library is another one, so the open letter is checked again.
    pub(super) fn check_again(&mut self) {
        self.checking = super::with_spelling(&self.library, self.settings.spelling);
        self.compose_letter();
    }

    /// Brings these words of a text into view and selects them.
    pub(super) fn go_to_words(&mut self, path: FieldPath, words: TextRange) {
        self.reveal_field(Some(path.clone()));
        self.last_stop = Some((path, Some(words.start)));
        self.select = Some(words);
    }

    fn override_for(&self, found: &Diagnostic, reason: &str) -> Option<Override> {
        let draft = self.fresh_draft()?;
        Some(check::override_for(found, &draft.letter, &draft.template, reason))
    }

    /// The open draft, if the findings are of its letter as it is.
    fn fresh_draft(&self) -> Option<&OpenDraft> {
        self.draft.as_ref().filter(|draft| draft.fresh().is_some())
    }

    fn show_stale(&mut self) {
        let text = "The letter just changed, so nothing was done";
        self.show_notice(Tone::Plain, text, "Look at the list again");
    }
}
