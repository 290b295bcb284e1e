//! What the draft held at each save and export: kept by itself, looked at and brought
//! back when asked for.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

use super::{Desk, DialogBox, Tone, VersionsBox};
use crate::app::job::{DataJob, ListedVersion, TaskJob};
use crate::letter::Letter;
use crate::store::Draft;

impl Desk {
    /// Keeps what is in the file that a letter is to be saved to.
    pub(super) fn keep_found_version(&mut self, path: PathBuf) {
        self.send(DataJob::KeepVersion { path, saved: None });
    }

    pub(super) fn keep_saved_version(&mut self, path: PathBuf) {
        let saved = Some(self.timestamp());
        self.send(DataJob::KeepVersion { path, saved });
    }

    /// A letter that no file holds has no versions.
    pub(super) fn keep_exported_version(&mut self, letter: &Arc<Letter>) {
        let at = self.timestamp();
        let Some(draft) = &self.draft else { return };
        let Some(path) = draft.path.clone() else { return };
        let unsaved = if draft.saved.as_ref() == Some(letter) {
            None
        } else {
            Some(Box::new(Draft { letter: Letter::clone(letter), ..draft.draft() }))
        };
        let seal = draft.seal.clone();
        self.send(DataJob::KeepExported { path, at, unsaved, seal });
    }

    pub(super) fn list_versions(&mut self) {
        let Some(draft) = &self.draft else { return };
        let Some(path) = draft.path.clone() else { return };
        self.send(TaskJob::ListVersions {
            path,
            letter: Arc::clone(&draft.settled),
            template: Arc::clone(&draft.template),
            seal: draft.seal.clone(),
        });
    }

    pub(super) fn show_versions(&mut self, path: &Path, versions: Vec<ListedVersion>) {
        if !self.is_open_file(path) {
            return;
        }
        if versions.is_empty() {
            let text = "This draft has no versions yet";
            self.show_notice(Tone::Plain, text, "Each save and export keeps one");
            return;
        }
        self.open_dialog(DialogBox::Versions(VersionsBox { versions, chosen: 0 }));
    }

    /// Brings a version back, as one step.
    pub(super) fn restore_version(&mut self, at: Timestamp) {
        let Some(versions) = self.versions() else { return };
        let version = versions.iter().find(|version| version.at == at).cloned();
        self.close_dialog();
        let Some(ListedVersion { letter: Ok(letter), .. }) = version else { return };
        let when = self.local(at).strftime("%B %-d, %H:%M");
        let text = format!("Restored the letter from {when}");
        self.show_notice(Tone::Done, text, "Undo to go back");
        self.put_letter(Letter::clone(&letter));
    }
}
