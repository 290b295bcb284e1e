//! What a person keeps in files of the data folder, as the window holds it.

use super::job::ErrorMessage;
use super::snippets::Snippet;
use crate::letter::{OwnCitation, Profile};
use crate::store::own_files::{self, OwnFile};
use crate::store::{self, DataFolder};

/// Everything that was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OwnFiles {
    pub reviewers: OwnRows<Profile>,
    pub snippets: OwnRows<Snippet>,
    pub citations: OwnRows<OwnCitation>,
}

/// The rows of a file, and what keeps it from being read: then it is left alone.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnRows<T> {
    pub rows: Vec<T>,
    pub error: Option<ErrorMessage>,
}

impl<T> Default for OwnRows<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), error: None }
    }
}

impl<T> From<Result<Vec<T>, store::Error>> for OwnRows<T> {
    fn from(read: Result<Vec<T>, store::Error>) -> Self {
        match read {
            Ok(rows) => Self { rows, error: None },
            Err(error) => {
                let hint = error.hint();
                Self { rows: Vec::new(), error: Some(ErrorMessage::new(error, hint)) }
            }
        }
    }
}

impl OwnFiles {
    /// Reads all the files.
    pub fn load(data: &DataFolder) -> Self {
        Self {
            reviewers: own_files::load(data, OwnFile::Reviewers).into(),
            snippets: own_files::load(data, OwnFile::Snippets).into(),
            citations: own_files::load(data, OwnFile::Citations).into(),
        }
    }

    /// What a file is to hold.
    pub fn text(&self, file: OwnFile) -> Result<String, store::Error> {
        match file {
            OwnFile::Reviewers => own_files::text(file, &self.reviewers.rows),
            OwnFile::Snippets => own_files::text(file, &self.snippets.rows),
            OwnFile::Citations => own_files::text(file, &self.citations.rows),
        }
    }

    /// What keeps a file from being read.
    pub fn error(&self, file: OwnFile) -> Option<&ErrorMessage> {
        match file {
            OwnFile::Reviewers => self.reviewers.error.as_ref(),
            OwnFile::Snippets => self.snippets.error.as_ref(),
            OwnFile::Citations => self.citations.error.as_ref(),
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
        }
    }
}
