//! A letter becomes final, is served, and is corrected: by a letter of its own that says
//! what it replaces.

use jiff::civil::Date;

use super::draft::Goal;
use super::typed_values::typed_values;
use super::{Desk, DialogBox, OpenDraft, PromptBox, Tone};
use crate::app::command::Command;
use crate::letter::{Correction, Entry, Letter, us_date};
use crate::store::ReadOnly;
use crate::store::recovery::RecoveryId;
use crate::template::Template;

/// A line of words that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prompt {
    /// Why the final letter is corrected.
    WhyCorrected,
    /// On which day it was served.
    WhenServed,
}

/// How long the open letter can be appealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppealTime {
    /// What is filed, as in "a petition".
    pub what: String,
    /// The last day.
    pub until: Date,
    /// Days left; fewer than none once it is past.
    pub days: i32,
}

impl OpenDraft {
    /// Since when the letter is final.
    pub fn final_since(&self) -> Option<Date> {
        self.record.finished
    }

    /// The day on which the letter was served: as it was told or, until then, as the
    /// letter says.
    pub fn served(&self) -> Option<Date> {
        self.record.served.or_else(|| self.template.mailed(&self.letter))
    }
}

impl Desk {
    /// Asks once: it cannot be undone.
    pub(super) fn ask_to_finish(&mut self) {
        if let Some(title) = self.count_of_errors() {
            let hint = "Press F8 to go to the first; a final letter cannot have errors";
            return self.show_notice(Tone::Plain, title, hint);
        }
        let warnings = match self.problems().count() {
            0 => String::new(),
            1 => " One problem remains.".to_owned(),
            count => format!(" {count} problems remain."),
        };
        let text = format!(
            "A final letter is read-only for good. To correct it later, you write a \
                letter that replaces it and says why.{warnings}"
        );
        let answers = vec![("Finish", Command::MakeFinal)];
        self.ask_question("Make this letter final?", text, answers);
    }

    pub(super) fn make_final(&mut self) {
        let (today, has_errors) = (self.today(), self.errors().next().is_some());
        let Some(draft) = &mut self.draft else { return };
        if draft.fresh().is_none() || has_errors {
            return self.set_goal(Goal::Finish);
        }
        draft.record.finished = Some(today);
        draft.read_only = Some(ReadOnly::Finished(today));
        let is_exported = draft.newest_export().is_some() && draft.changes == 0;
        let (hint, offers) = if is_exported {
            ("The bar above the form shows what you can do next", Vec::new())
        } else {
            ("You have not exported this version yet", vec![("Export…", Command::Export)])
        };
        self.show_notice_with(Tone::Done, "The letter is final", hint, offers);
        self.save_record();
    }

    /// A final letter has nothing else to be saved, so its record is written at once
    /// where it has a file.
    fn save_record(&mut self) {
        self.schedule_copy();
        if self.open_path().is_some() {
            self.save();
        }
    }

    pub(super) fn ask_for(&mut self, prompt: Prompt) {
        let answer = self.proposed_answer(prompt);
        self.open_dialog(DialogBox::Prompt(PromptBox { prompt, answer }));
    }

    /// What is in the box that asks, to begin with.
    pub(super) fn proposed_answer(&self, prompt: Prompt) -> String {
        match (prompt, &self.draft) {
            (Prompt::WhyCorrected, _) => String::new(),
            (Prompt::WhenServed, Some(draft)) => {
                us_date(draft.served().unwrap_or_else(|| self.today()))
            }
            (Prompt::WhenServed, None) => us_date(self.today()),
        }
    }

    /// Records the day on which the letter was served.
    pub(super) fn record_service(&mut self, day: Date) {
        if matches!(self.dialog, Some(DialogBox::Prompt(_))) {
            self.close_dialog();
        }
        let Some(draft) = &mut self.draft else { return };
        draft.record.served = Some(day);
        if let Some(printed) = draft.template.mailed(&draft.letter)
            && printed != day
        {
            let text =
                format!("The letter itself says it was mailed on {}", us_date(printed));
            let hint = "Use Correct this letter if that date is wrong";
            self.show_notice(Tone::Plain, text, hint);
        }
        self.save_record();
    }

    /// How long the final letter can be appealed; `None` until it is served, or where its
    /// template does not say.
    pub fn appeal(&self) -> Option<AppealTime> {
        let draft = self.draft.as_ref()?;
        draft.final_since()?;
        let until = draft.template.appeal(draft.served()?)?;
        let what = draft.template.head().appeal.as_ref()?.what.clone();
        Some(AppealTime { what, until, days: self.today().until(until).ok()?.get_days() })
    }

    /// Begins the draft that replaces the final one, which stays as it is.
    pub(super) fn correct(&mut self, why: String) {
        let (revision, id) = (self.next_revision(), RecoveryId::new(self.timestamp()));
        let Some(old) = &self.draft else { return };
        let template = old.template.clone();
        let letter = corrected(old, why);
        let mut draft = OpenDraft::new(letter, template.clone(), revision, id);
        // The letter that is replaced was counted.
        draft.counted = typed_values(&draft.letter, &template, &self.library);
        self.replace_draft(draft);
        self.schedule_copy();
        self.ask_about_wording();
        self.show_correction(&template);
    }

    fn show_correction(&mut self, template: &Template) {
        let text = "This draft corrects the final letter, which stays unchanged";
        let hint = match (prints_correction(template), template.head().appeal.is_some()) {
            (false, _) => {
                "This template does not print the correction, so mention it in the letter"
            }
            (true, true) => "Fix what was wrong, and enter the new date of mailing",
            (true, false) => "Fix what was wrong",
        };
        self.show_notice(Tone::Plain, text, hint);
    }
}

/// The letter as it was, with what it replaces; the day of mailing is to be another.
fn corrected(old: &OpenDraft, why: String) -> Letter {
    let mut letter = old.letter.clone();
    let date = match old.served().or(old.final_since()) {
        Some(day) => Entry::Understood(day),
        None => Entry::AsTyped(String::new()),
    };
    let newest = old.record.newest().and_then(|export| export.sha256.first());
    letter.correction = Some(Correction {
        of: letter.case.number.trim().to_owned(),
        date,
        why,
        sha256: newest.cloned().unwrap_or_default(),
    });
    clear_day_of_mailing(&mut letter, &old.template);
    letter
}

/// Empties the field that the time to appeal runs from.
fn clear_day_of_mailing(letter: &mut Letter, template: &Template) {
    let Some(appeal) = &template.head().appeal else { return };
    let Some(mailed) = &appeal.from else { return };
    let Some(field) = template.nameable_field(mailed) else { return };
    for path in field.places(letter) {
        if let Some(slot) = field.slot(letter, &path) {
            slot.write("");
        }
    }
    letter.forget_empty_extras();
}

fn prints_correction(template: &Template) -> bool {
    template
        .used()
        .iter()
        .any(|pattern| pattern.starts_with("correction."))
}
