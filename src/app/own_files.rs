//! What a person keeps in files of the data folder, as the window holds it.

use std::collections::BTreeMap;

use super::job::ErrorMessage;
use super::snippets::Snippet;
use crate::letter::{OwnCitation, Profile};
use crate::library::OwnTable;
use crate::store::own_files::{self, OwnFile};
use crate::store::{self, DataFolder};

/// Everything that was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OwnFiles {
    pub reviewers: OwnRows<Vec<Profile>>,
    pub snippets: OwnRows<Vec<Snippet>>,
    pub citations: OwnRows<Vec<OwnCitation>>,
    /// Rows that are added to the program's tables.
    pub tables: BTreeMap<OwnFile, OwnRows<OwnTable>>,
}

/// The rows of a file, and what keeps it from being read: then it is left alone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OwnRows<T> {
    pub rows: T,
    pub error: Option<ErrorMessage>,
}

impl<T: Default> From<Result<T, store::Error>> for OwnRows<T> {
    fn from(read: Result<T, store::Error>) -> Self {
        match read {
            Ok(rows) => Self { rows, error: None },
            Err(error) => {
                let hint = error.hint();
                let error = Some(ErrorMessage::new(error, hint));
                Self { rows: T::default(), error }
            }
        }
    }
}

impl OwnFiles {
    /// Reads all the files.
    pub fn load(data: &DataFolder) -> Self {
        let tables = OwnFile::TABLES;
        Self {
            reviewers: own_files::load(data, OwnFile::Reviewers).into(),
            snippets: own_files::load(data, OwnFile::Snippets).into(),
            citations: own_files::load(data, OwnFile::Citations).into(),
            tables: tables
                .into_iter()
                .map(|file| (file, own_files::load(data, file).into()))
                .collect(),
        }
    }

    /// What a file is to hold.
    pub fn text(&self, file: OwnFile) -> Result<String, store::Error> {
        match file {
            OwnFile::Reviewers => own_files::text(file, &self.reviewers.rows),
            OwnFile::Snippets => own_files::text(file, &self.snippets.rows),
            OwnFile::Citations => own_files::text(file, &self.citations.rows),
            _ => own_files::text(file, &self.table(file)),
        }
    }

    /// What an own table holds.
    pub fn table(&self, file: OwnFile) -> OwnTable {
        self.tables
            .get(&file)
            .map(|table| table.rows.clone())
            .unwrap_or_default()
    }

    /// What keeps a file from being read.
    pub fn error(&self, file: OwnFile) -> Option<&ErrorMessage> {
        match file {
            OwnFile::Reviewers => self.reviewers.error.as_ref(),
            OwnFile::Snippets => self.snippets.error.as_ref(),
            OwnFile::Citations => self.citations.error.as_ref(),
            _ => self.tables.get(&file)?.error.as_ref(),
        }
    }

    /// Takes another state of a file over.
    pub fn take(&mut self, file: OwnFile, other: &mut Self) {
        match file {
            OwnFile::Reviewers => {
                std::mem::swap(&mut self.reviewers, &mut other.reviewers);
            }
            OwnFile::Snippets => std::mem::swap(&mut self.snippets, &mut other.snippets),
            OwnFile::Citations => {
                std::mem::swap(&mut self.citations, &mut other.citations);
            }
            _ => {
                let table = other.tables.remove(&file).unwrap_or_default();
                self.tables.insert(file, table);
            }
        }
    }
}
