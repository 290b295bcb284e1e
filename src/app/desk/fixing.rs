//! What is done about findings: fixed in one step, overridden with a reason, or restored.
//! Each is a step that can be undone, and each fits only the letter that the finding was
//! found in.

use std::sync::Arc;

use super::{Desk, OpenDraft, Tone};
use crate::app::job::Job;
use crate::app::widgets;
use crate::check;
use crate::diagnostic::{Diagnostic, Fix, TextRange};
use crate::letter::{FieldPath, Override};

impl Desk {
    /// What stands against the letter: what was found and was not overridden.
    pub fn problems(&self) -> impl Iterator<Item = &Diagnostic> {
        let found = self.diagnostics().iter();
        found.filter(|found| !found.is_overridden())
    }

    pub(super) fn apply_fix(&mut self, fix: &Fix) -> Vec<Job> {
        let Some(draft) = self.checked_draft() else { return self.tell_stale() };
        let template = draft.template.clone();
        let (fitted, jobs) = self.edit(|letter| check::apply_fix(letter, &template, fix));
        if fitted == Some(true) { jobs } else { self.tell_stale() }
    }

    /// Makes every word that states the claimant's sex agree with it, as one step; the finding
    /// of each can be fixed alone, too.
    pub(super) fn agree_sex(&mut self) -> Vec<Job> {
        let Some(draft) = &self.draft else { return Vec::new() };
        let edits = check::change_sex(&draft.letter, draft.letter.claimant.sex);
        let (count, template) = (edits.len(), draft.template.clone());
        let fix = Fix { label: String::new(), edits };
        let (_, jobs) = self.edit(|letter| check::apply_fix(letter, &template, &fix));
        self.tell(
            Tone::Done,
            format!("{} changed", widgets::count(count, "word")),
            "Undo brings them back",
        );
        jobs
    }

    /// Overrides a finding; a dialog asks for the reason where one must be given.
    pub(super) fn set_aside(&mut self, found: &Diagnostic, reason: &str) -> Vec<Job> {
        self.excusing = None;
        if !check::is_overridable(found, reason) {
            return Vec::new();
        }
        let Some(given) = self.override_for(found, reason) else {
            return self.tell_stale();
        };
        self.edit(|letter| {
            let overrides = &mut letter.overrides;
            overrides.retain(|known| !check::is_same_finding(known, &given));
            letter.overrides.push(given);
        })
        .1
    }

    pub(super) fn excuse(&mut self, found: Diagnostic) -> Vec<Job> {
        self.excusing = Some(found);
        Vec::new()
    }

    /// A finding that was overridden stands again.
    pub(super) fn take_up(&mut self, found: &Diagnostic) -> Vec<Job> {
        let Some(given) = self.override_for(found, "") else { return self.tell_stale() };
        self.edit(|letter| {
            letter
                .overrides
                .retain(|known| !check::is_same_finding(known, &given));
        })
        .1
    }

    /// Adds a word that was found misspelled to the person's own: it is right from now on,
    /// in every letter.
    pub(super) fn learn_word(&mut self, found: &Diagnostic) -> Vec<Job> {
        let Some(draft) = self.checked_draft() else { return self.tell_stale() };
        let word = check::words(&found.anchor, &draft.letter, &draft.template);
        self.library = Arc::new(self.library.with_own_word(&word));
        let again = self.check_again();
        std::iter::once(Job::AddWord { word }).chain(again).collect()
    }

    pub(super) fn toggle_spelling(&mut self) -> Vec<Job> {
        self.settings.spelling = !self.settings.spelling;
        let (text, hint) = if self.settings.spelling {
            ("Spelling is looked at", "")
        } else {
            ("Spelling is not looked at", "F7 turns it on again")
        };
        self.tell(Tone::Plain, text, hint);
        let again = self.check_again();
        std::iter::once(self.keep_settings()).chain(again).collect()
    }

    /// The library is another one, so the open letter is looked at anew.
    fn check_again(&mut self) -> Option<Job> {
        self.checking = super::with_spelling(&self.library, self.settings.spelling);
        self.compose_again()
    }

    /// Brings these words of a text into view and selects them.
    pub(super) fn go_to_words(&mut self, path: FieldPath, words: TextRange) -> Vec<Job> {
        self.show(Some(path.clone()));
        self.select = Some(words);
        self.at = Some((path, words.start));
        Vec::new()
    }

    fn override_for(&self, found: &Diagnostic, reason: &str) -> Option<Override> {
        let draft = self.checked_draft()?;
        Some(check::override_for(found, &draft.letter, &draft.template, reason))
    }

    /// The open letter, if the findings on the screen are of it as it is now.
    fn checked_draft(&self) -> Option<&OpenDraft> {
        let draft = self.draft.as_ref()?;
        draft.fresh()?;
        Some(draft)
    }

    fn tell_stale(&mut self) -> Vec<Job> {
        self.tell(
            Tone::Plain,
            "The letter has just changed, so nothing was done",
            "Look at the list once more",
        );
        Vec::new()
    }
}
