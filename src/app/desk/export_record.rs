//! What left the program is taken note of in the draft, and what changed in the letter
//! since is shown word by word.

use jiff::Timestamp;

use super::Desk;
use super::draft::{Goal, OpenDraft};
use super::notices::Question;
use crate::app::command::Command;
use crate::app::job::Job;
use crate::compare;
use crate::store::record::PRINTED;
use crate::store::{Exported, Fingerprint};

/// What stands beside the letter: when it was exported last, and what changed since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Since {
    /// Such as "Exported Nov 25, 14:02".
    pub when: String,
    /// Such as "2 places changed since".
    pub what: String,
    pub has_changed: bool,
}

impl OpenDraft {
    /// Whether what happens to the letter can be written into its file.
    fn keeps_a_record(&self) -> bool {
        self.read_only.as_ref().is_none_or(crate::store::ReadOnly::is_final)
    }

    /// What is taken note of once the letter as it is has left as a file of this kind.
    pub(super) fn export_as(&self, format: &str) -> Option<Exported> {
        Some(Exported::new(format, self.copy, &self.template, &self.fresh()?.composition))
    }

    /// The newest export of the copy that is shown.
    pub(super) fn newest_export(&self) -> Option<&Exported> {
        self.record.newest_of(self.copy)
    }

    /// Counts again what changed since the letter was exported last.
    pub(super) fn count_changes(&mut self) {
        let newest = self.newest_export().map(|export| export.text.as_str());
        let now = self
            .composed
            .as_ref()
            .map(|composed| composed.composition.document.text());
        self.changes =
            newest.zip(now).map_or(0, |(then, now)| compare::places(then, &now));
    }
}

impl Desk {
    /// Takes note that the letter left; the draft's file holds it once it is saved.
    pub(super) fn record(
        &mut self,
        export: Exported,
        files: &[Fingerprint],
    ) -> Option<Job> {
        let at = self.timestamp();
        let draft = self.draft.as_mut().filter(|draft| draft.keeps_a_record())?;
        draft.record.add(export.written(at, files));
        draft.count_changes();
        self.mind_the_copy()
    }

    /// Goes on with what waits until the letter has left.
    pub(super) fn go_on_after_leaving(&mut self) -> Vec<Job> {
        let waiting = if self.waits_for_more() { None } else { self.then.take() };
        waiting.map(|then| self.run(then)).unwrap_or_default()
    }

    /// It did not leave: what waits for that does not happen, so that the person sees
    /// why.
    pub(super) fn stay_after_failing(&mut self) -> Vec<Job> {
        if !self.waits_for_more() {
            self.then = None;
        }
        Vec::new()
    }

    fn waits_for_more(&self) -> bool {
        self.draft
            .as_ref()
            .is_some_and(|draft| draft.saving.is_some() || draft.is_leaving())
    }

    /// When the letter was exported last, and what changed since; `None` while it never
    /// was.
    pub fn since(&self) -> Option<Since> {
        let draft = self.draft.as_ref()?;
        let newest = draft.newest_export()?;
        let done = if newest.format == PRINTED { "Printed" } else { "Exported" };
        let done = if newest.unfinished {
            format!("{done} unfinished")
        } else {
            done.to_owned()
        };
        let what = match draft.changes {
            0 => "nothing changed since".to_owned(),
            1 => "1 place changed since".to_owned(),
            places => format!("{places} places changed since"),
        };
        Some(Since {
            when: format!("{done} {}", self.time(newest.at)),
            what,
            has_changed: draft.changes > 0,
        })
    }

    pub(super) fn changes_wanted(&mut self) -> Vec<Job> {
        self.aim(Goal::Changes)
    }

    /// Shows what changed since, in a box that is closed again.
    pub(super) fn show_changes(&mut self) -> Vec<Job> {
        let Some(since) = self.since() else { return Vec::new() };
        let Some(draft) = &self.draft else { return Vec::new() };
        let Some((newest, composed)) = draft.newest_export().zip(draft.fresh()) else {
            return Vec::new();
        };
        let changes = compare::words(&newest.text, &composed.composition.document.text());
        let title = "What changed since the letter left".to_owned();
        let text = format!(
            "{}, {}. What went is struck through, what came is underlined.",
            since.when, since.what
        );
        self.question = Some(Question {
            title,
            text,
            changes,
            answers: vec![("Close".into(), Command::Stay)],
        });
        Vec::new()
    }

    /// Why there is nothing to show.
    pub(super) fn no_changes(&self) -> Option<&'static str> {
        self.with_draft(|draft| match draft.newest_export() {
            None => Some("The letter has not been exported yet"),
            Some(_) if draft.fresh().is_some() && draft.changes == 0 => {
                Some("Nothing has changed since the letter was exported")
            }
            Some(_) => None,
        })
    }

    /// "Nov 25, 14:02", where the person is; of another year "Nov 25, 2025".
    fn time(&self, at: Timestamp) -> String {
        let at = at.to_zoned_datetime(self.now.time_zone().clone());
        let form =
            if at.year() == self.today().year() { "%b %-d, %H:%M" } else { "%b %-d, %Y" };
        at.strftime(form).to_string()
    }
}
