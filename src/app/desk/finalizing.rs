//! A letter becomes final, is served, and is corrected: by a letter of its own that says
//! what it replaces.

use jiff::civil::Date;

use super::draft::Goal;
use super::typed_values::typed_values;
use super::{Desk, OpenDraft, Tone};
use crate::app::command::Command;
use crate::app::job::Job;
use crate::letter::{Correction, Entry, Letter, us_date};
use crate::store::ReadOnly;
use crate::template::Template;

/// A line of words that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asking {
    /// Why the final letter is corrected.
    WhyCorrected,
    /// On which day it was served.
    WhenServed,
}

/// How long the open letter can be appealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appeal {
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
    pub(super) fn finish_wanted(&mut self) -> Vec<Job> {
        self.aim(Goal::Finish)
    }

    /// Asks once: it cannot be undone.
    pub(super) fn ask_whether_to_finish(&mut self) -> Vec<Job> {
        if let Some(title) = self.count_of_errors() {
            self.tell(
                Tone::Plain,
                title,
                "F8 goes to the first; a final letter has none",
            );
            return Vec::new();
        }
        let warnings = match self.problems().count() {
            0 => String::new(),
            1 => " One finding still stands against it.".to_owned(),
            count => format!(" {count} findings still stand against it."),
        };
        let text = format!(
            "A final letter is read-only and stays so. What is found to be wrong later \
                is corrected by a letter that \
             says which one it replaces, and why.{warnings}"
        );
        self.ask("Make this letter final?", text, vec![("Finish", Command::FinishNow)]);
        Vec::new()
    }

    pub(super) fn finish(&mut self) -> Vec<Job> {
        let (today, has_errors) = (self.today(), self.errors().next().is_some());
        let Some(draft) = self
            .draft
            .as_mut()
            .filter(|draft| draft.fresh().is_some() && !has_errors)
        else {
            return self.finish_wanted();
        };
        draft.record.finished = Some(today);
        draft.read_only = Some(ReadOnly::Finished(today));
        let is_exported = draft.newest_export().is_some() && draft.changes == 0;
        let (hint, offers) = if is_exported {
            ("The bar above the form says what can be done with it", Vec::new())
        } else {
            ("It has not been exported as it is now", vec![("Export…", Command::Export)])
        };
        self.tell_with(Tone::Done, "The letter is final", hint, offers);
        self.keep_the_record()
    }

    /// A final letter has nothing else to be saved, so what is told of it is written at
    /// once where it has a file.
    fn keep_the_record(&mut self) -> Vec<Job> {
        let copying = self.mind_the_copy();
        let has_path = self.draft.as_ref().is_some_and(|draft| draft.path.is_some());
        let saving = if has_path { self.save() } else { Vec::new() };
        copying.into_iter().chain(saving).collect()
    }

    pub(super) fn ask_for(&mut self, asking: Asking) -> Vec<Job> {
        self.asking = Some(asking);
        Vec::new()
    }

    /// What stands in the box that asks, to begin with.
    pub fn proposed_answer(&self, asking: Asking) -> String {
        let served = || {
            self.draft
                .as_ref()
                .and_then(OpenDraft::served)
                .unwrap_or_else(|| self.today())
        };
        match asking {
            Asking::WhyCorrected => String::new(),
            Asking::WhenServed => us_date(served()),
        }
    }

    /// Takes note of the day on which the letter was served.
    pub(super) fn serve(&mut self, day: Date) -> Vec<Job> {
        self.asking = None;
        let Some(draft) = &mut self.draft else { return Vec::new() };
        draft.record.served = Some(day);
        let printed =
            draft.template.mailed(&draft.letter).filter(|printed| *printed != day);
        if let Some(printed) = printed {
            let text = format!(
                "The letter itself says that it was mailed on {}",
                us_date(printed)
            );
            self.tell(Tone::Plain, text, "Correct this letter if that day is wrong");
        }
        self.keep_the_record()
    }

    /// How long the final letter can be appealed; `None` until it is served, or where its
    /// kind does not say.
    pub fn appeal(&self) -> Option<Appeal> {
        let draft = self.draft.as_ref().filter(|draft| draft.final_since().is_some())?;
        let until = draft.template.appeal(draft.served()?)?;
        let what = draft.template.head().appeal.as_ref()?.what.clone();
        Some(Appeal { what, until, days: self.today().until(until).ok()?.get_days() })
    }

    /// Begins the draft that replaces the final one, which stays as it is.
    pub(super) fn correct(&mut self, why: String) -> Vec<Job> {
        let (revision, id) = (self.next_revision(), self.recovery_id());
        let Some(old) = &self.draft else { return Vec::new() };
        let template = old.template.clone();
        let mut draft =
            OpenDraft::new(corrected(old, why), template.clone(), revision, id);
        // The letter that is replaced was counted.
        draft.counted = typed_values(&draft.letter, &template, &self.library);
        let mut jobs = self.put_on_the_desk(draft);
        jobs.extend(self.mind_the_copy());
        jobs.extend(self.ask_about_wording());
        self.tell_of_correction(&template);
        jobs
    }

    fn tell_of_correction(&mut self, template: &Template) {
        let text = "This draft corrects the final letter, which stays as it is";
        let hint = match (prints_correction(template), template.head().appeal.is_some()) {
            (false, _) => {
                "This kind of letter has no place that says so: say it in the letter"
            }
            (true, true) => "Mend what was wrong, and enter the new date of mailing",
            (true, false) => "Mend what was wrong",
        };
        self.tell(Tone::Plain, text, hint);
    }

    pub(super) fn not_final(&self) -> Option<&'static str> {
        self.with_draft(|draft| {
            draft.final_since().is_none().then_some("The letter is not final yet")
        })
    }
}

/// The letter as it was, with what it replaces; the day of mailing is to be another.
fn corrected(old: &OpenDraft, why: String) -> Letter {
    let mut letter = old.letter.clone();
    let newest = old.record.newest().and_then(|export| export.sha256.first());
    letter.correction = Some(Correction {
        of: letter.case.number.trim().to_owned(),
        date: old
            .served()
            .or(old.final_since())
            .map_or(Entry::AsTyped(String::new()), Entry::Understood),
        why,
        sha256: newest.cloned().unwrap_or_default(),
    });
    let mailed = old
        .template
        .head()
        .appeal
        .as_ref()
        .and_then(|appeal| appeal.from.as_deref());
    if let Some(field) = mailed.and_then(|mailed| old.template.nameable_field(mailed)) {
        for path in field.places(&letter) {
            field
                .slot(&mut letter, &path)
                .into_iter()
                .for_each(|slot| slot.write(""));
        }
        letter.forget_empty_extras();
    }
    letter
}

fn prints_correction(template: &Template) -> bool {
    template
        .used()
        .iter()
        .any(|pattern| pattern.starts_with("correction."))
}
