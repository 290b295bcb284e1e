//! What the draft held at each save and export: kept by itself, looked at and brought
//! back when asked for.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{Desk, Tone};
use crate::app::job::Job;
use crate::app::keeping::{Keeping, Shown};
use crate::letter::Letter;
use crate::store::Draft;

/// Keeps what stands where a letter is to be saved.
pub(super) fn keep_what_stands_there(path: PathBuf) -> Job {
    Job::Keeping(Keeping::Version { path, saved: None })
}

impl Desk {
    pub(super) fn keep_what_was_saved(&self, path: PathBuf) -> Job {
        Job::Keeping(Keeping::Version { path, saved: Some(self.timestamp()) })
    }

    /// A letter that no file holds has no versions.
    pub(super) fn keep_what_was_exported(&self, letter: &Arc<Letter>) -> Option<Job> {
        let at = self.timestamp();
        let draft = self.draft.as_ref()?;
        let path = draft.path.clone()?;
        let is_saved = draft.saved.as_ref() == Some(letter);
        let unsaved =
            || Box::new(Draft { letter: Letter::clone(letter), ..draft.draft() });
        let seal = draft.seal.clone();
        Some(Job::Keeping(Keeping::Exported {
            path,
            at,
            unsaved: (!is_saved).then(unsaved),
            seal,
        }))
    }

    pub(super) fn list_versions(&self) -> Vec<Job> {
        let Some(draft) = &self.draft else { return Vec::new() };
        let Some(path) = draft.path.clone() else { return Vec::new() };
        let (letter, template) =
            (Arc::clone(&draft.settled), Arc::clone(&draft.template));
        vec![Job::Keeping(Keeping::ListVersions {
            path,
            letter,
            template,
            seal: draft.seal.clone(),
        })]
    }

    pub(super) fn take_versions(
        &mut self,
        path: &Path,
        versions: Vec<Shown>,
    ) -> Vec<Job> {
        if self
            .draft
            .as_ref()
            .is_none_or(|draft| draft.path.as_deref() != Some(path))
        {
            return Vec::new();
        }
        if versions.is_empty() {
            self.tell(
                Tone::Plain,
                "There is no version of this draft yet",
                "Each save and export keeps one",
            );
            return Vec::new();
        }
        self.versions = Some(versions);
        Vec::new()
    }

    /// Brings a version back, as one step.
    pub(super) fn restore_version(&mut self, at: Timestamp) -> Vec<Job> {
        let versions = self.versions.take().unwrap_or_default();
        let Some(Shown { letter: Ok(letter), .. }) =
            versions.into_iter().find(|version| version.at == at)
        else {
            return Vec::new();
        };
        let when = at.to_zoned_datetime(TimeZone::system()).strftime("%B %-d, %H:%M");
        self.tell(
            Tone::Done,
            format!("The letter is as it was on {when}"),
            "Undo brings back what was here before",
        );
        self.put_letter(Letter::clone(&letter))
    }

    pub(super) fn no_file(&self) -> Option<&'static str> {
        self.with_draft(|draft| {
            draft
                .path
                .is_none()
                .then_some("The letter is in no file yet, so it has no versions")
        })
    }
}
