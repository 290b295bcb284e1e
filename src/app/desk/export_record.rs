//! Every export and print is recorded in the draft, and what changed in the letter since
//! is shown word by word.

use jiff::Timestamp;

use super::Desk;
use super::draft::OpenDraft;
use super::notices::{Question, count};
use crate::app::command::Command;
use crate::compare;
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
    fn can_record(&self) -> bool {
        self.read_only.as_ref().is_none_or(crate::store::ReadOnly::is_final)
    }

    /// What is recorded once the letter as it is has left as a file of this format.
    pub(super) fn export_record(&self, format: &str) -> Option<Exported> {
        Some(Exported::new(format, self.copy, &self.template, &self.fresh()?.composition))
    }

    /// The newest export of the copy that is shown.
    pub(super) fn newest_export(&self) -> Option<&Exported> {
        self.record.newest_of(self.copy)
    }

    /// Counts again what changed since the letter was exported last.
    pub(super) fn count_changes(&mut self) {
        self.changes = match (self.newest_export(), &self.composed) {
            (Some(newest), Some(composed)) => {
                compare::places(&newest.text, &composed.composition.document.text())
            }
            _ => 0,
        };
    }
}

impl Desk {
    /// Records that the letter left. A draft that was saved stays so: its file is given
    /// the record at once. Others hold it once they are saved.
    pub(super) fn record(&mut self, export: Exported, files: &[Fingerprint]) {
        let at = self.timestamp();
        let was_saved = self.open_path().is_some() && !self.is_unsaved();
        let Some(draft) = &mut self.draft else { return };
        if !draft.can_record() {
            return;
        }
        draft.record.add(export.written(at, files));
        draft.count_changes();
        self.schedule_copy();
        if was_saved {
            self.save();
        }
    }

    /// Goes on with what waits until the letter has left.
    pub(super) fn go_on_after_leaving(&mut self) {
        if !self.waits_for_more() {
            self.leave_after_waiting();
        }
    }

    /// It did not leave: what waits for that does not happen, so that the person sees
    /// why.
    pub(super) fn stay_after_failing(&mut self) {
        if !self.waits_for_more() {
            self.then = None;
        }
    }

    fn waits_for_more(&self) -> bool {
        self.saving().is_some() || self.is_leaving()
    }

    /// When the letter was exported last, and what changed since; `None` while it never
    /// was.
    pub fn since(&self) -> Option<Since> {
        let draft = self.draft.as_ref()?;
        let newest = draft.newest_export()?;
        let done = newest.deed();
        let unfinished = if newest.unfinished { " unfinished" } else { "" };
        let what = match draft.changes {
            0 => "no changes since".to_owned(),
            places => format!("{} changed since", count(places, "place")),
        };
        Some(Since {
            when: format!("{done}{unfinished} {}", self.time(newest.at)),
            what,
            has_changed: draft.changes > 0,
        })
    }

    /// Shows what changed since, in a box that is closed again.
    pub(super) fn show_changes(&mut self) {
        let Some(since) = self.since() else { return };
        let Some(draft) = &self.draft else { return };
        let Some(newest) = draft.newest_export() else { return };
        let Some(composed) = draft.fresh() else { return };
        let text = format!(
            "{}, {}. Removed text is struck through, new text is underlined.",
            since.when, since.what
        );
        let changes = compare::words(&newest.text, &composed.composition.document.text());
        let title = "Changes since the last export";
        let question = Question::new(title, text, vec![("Close", Command::Cancel)]);
        self.show_question(Question { changes, ..question });
    }

    /// "Nov 25, 14:02", where the person is; of another year "Nov 25, 2025".
    fn time(&self, at: Timestamp) -> String {
        let at = self.local(at);
        let form =
            if at.year() == self.today().year() { "%b %-d, %H:%M" } else { "%b %-d, %Y" };
        at.strftime(form).to_string()
    }
}
