//! What a person keeps in files of the data folder: taken in as it changes there, and
//! written a moment after it was changed in Settings.

use std::sync::Arc;

use super::remembering::REST_BEFORE_WRITING;
use super::{Desk, Tone};
use crate::app::job::{DataJob, TaskJob};
use crate::app::own_files::{OwnFiles, OwnRows};
use crate::app::snippets::Snippet;
use crate::letter::Profile;
use crate::library::{Library, OwnTable};
use crate::store::OwnFile;

impl Desk {
    /// Takes in what the files hold now; what was changed here meanwhile stays, and will be
    /// written.
    pub(super) fn take_own_files(&mut self, mut read: OwnFiles) {
        let tables = self.own.tables.clone();
        for file in OwnFile::ALL {
            if self.unwritten.contains(&file) {
                continue;
            }
            let before = self.own.error(file).cloned();
            self.own.take(file, &mut read);
            if let Some(error) = self.own.error(file).cloned()
                && before.as_ref() != Some(&error)
            {
                self.show_notice(Tone::Problem, error.text, error.hint);
            }
        }
        let mut is_new = self.own.tables != tables;
        for file in OwnFile::TABLES {
            is_new |= !self.unwritten.contains(&file) && self.unread_tables.remove(&file);
        }
        if is_new {
            let library = Arc::clone(&self.bundled);
            self.send(TaskJob::ReadTables { library });
        }
    }

    /// The tables were read again, with what the person has added and hidden.
    pub(super) fn take_library(&mut self, library: Arc<Library>) {
        self.library = library;
        self.check_again();
    }

    pub(super) fn set_own_table(&mut self, file: OwnFile, table: OwnTable) {
        if self.own.error(file).is_none() {
            self.own.tables.insert(file, OwnRows { rows: table, error: None });
            self.unread_tables.insert(file);
            self.write_soon(file);
        }
    }

    pub(super) fn set_profiles(&mut self, rows: Vec<Profile>) {
        if self.own.reviewers.error.is_none() {
            self.own.reviewers.rows = rows;
            self.write_soon(OwnFile::Reviewers);
        }
    }

    pub(super) fn set_snippets(&mut self, rows: Vec<Snippet>) {
        if self.own.snippets.error.is_none() {
            self.own.snippets.rows = rows;
            self.write_soon(OwnFile::Snippets);
        }
    }

    pub(super) fn write_soon(&mut self, file: OwnFile) {
        self.unwritten.insert(file);
        self.settings_due = Some(self.timestamp() + REST_BEFORE_WRITING);
    }

    pub(super) fn write_own_files(&mut self) {
        for file in std::mem::take(&mut self.unwritten) {
            match self.own.text(file) {
                Ok(text) => self.send(DataJob::WriteOwnFile { file, text }),
                Err(error) => self.show_error(&error),
            }
        }
    }
}
