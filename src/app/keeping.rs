//! What keeps a letter from being lost besides its file: the lock beside it, its
//! versions, and a look at what somebody else has saved.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

use super::differences;
use super::job::Event;
use crate::compare::{self, Piece};
use crate::letter::Letter;
use crate::store::lock::{self, Hold};
use crate::store::versions::{self, Occasion, Version};
use crate::store::{self, DataFolder, Draft, Key, Opened, Seal};
use crate::template::Template;

/// What is to be done.
#[derive(Clone)]
pub enum Keeping {
    /// Takes a draft to work on, or over from whoever does.
    Hold {
        path: PathBuf,
        at: Timestamp,
        is_taken_over: bool,
    },
    LetGo {
        path: PathBuf,
    },
    /// Reads what somebody else saved.
    ReadOther {
        path: PathBuf,
        seal: Option<Seal>,
    },
    /// Keeps what the file holds: as it was found, or as it was saved just now.
    Version {
        path: PathBuf,
        saved: Option<Timestamp>,
    },
    /// Keeps what was exported; a letter that the file does not hold comes along.
    Exported {
        path: PathBuf,
        at: Timestamp,
        unsaved: Option<Box<Draft>>,
        seal: Option<Seal>,
    },
    /// Errand: reads every version and compares it with the letter.
    ListVersions {
        path: PathBuf,
        letter: Arc<Letter>,
        template: Arc<Template>,
        seal: Option<Seal>,
    },
}

/// What became of it.
pub enum Kept {
    Hold { path: PathBuf, hold: Hold },
    Other { path: PathBuf, result: Result<Box<Opened>, store::Error> },
    Versions { path: PathBuf, versions: Vec<ListedVersion> },
}

/// A version as a person chooses it.
#[derive(Clone, Debug, PartialEq)]
pub struct ListedVersion {
    pub at: Timestamp,
    /// "saved" or "exported".
    pub occasion: &'static str,
    /// The letter that it was, or why it cannot be read.
    pub letter: Result<Arc<Letter>, String>,
    /// From the version to the letter now.
    pub changes: Vec<Piece>,
    /// How many words that are.
    pub words: usize,
}

impl Keeping {
    /// Does it; gives what is to be told.
    pub(super) fn act(self, data: Option<&DataFolder>) -> Option<Event> {
        match self {
            Self::Hold { path, at, is_taken_over } => {
                let hold = if is_taken_over {
                    lock::take_over(&path, at)
                } else {
                    lock::take(&path, at)
                };
                Some(Event::Kept(Kept::Hold { path, hold }))
            }
            Self::LetGo { path } => {
                lock::let_go(&path);
                None
            }
            Self::ReadOther { path, seal } => {
                let result =
                    store::open_with(&path, seal.as_ref().map(Key::Seal)).map(Box::new);
                Some(Event::Kept(Kept::Other { path, result }))
            }
            Self::Version { path, saved } => told(keep(data?, &path, saved)),
            Self::Exported { path, at, unsaved, seal } => {
                told(keep_export(data?, &path, at, unsaved.as_deref(), seal.as_ref()))
            }
            Self::ListVersions { path, letter, template, seal } => {
                let found =
                    data.map(|data| versions::list(data, &path)).unwrap_or_default();
                let versions = found
                    .iter()
                    .map(|version| show(version, &letter, &template, seal.as_ref()))
                    .collect();
                Some(Event::Kept(Kept::Versions { path, versions }))
            }
        }
    }
}

fn told(result: Result<(), store::Error>) -> Option<Event> {
    result.err().map(Event::Failed)
}

fn keep(
    data: &DataFolder,
    path: &Path,
    saved: Option<Timestamp>,
) -> Result<(), store::Error> {
    match saved {
        Some(at) => versions::keep(data, path, at, Occasion::Saved),
        None => versions::keep_as_found(data, path),
    }
}

fn keep_export(
    data: &DataFolder,
    path: &Path,
    at: Timestamp,
    unsaved: Option<&Draft>,
    seal: Option<&Seal>,
) -> Result<(), store::Error> {
    match unsaved {
        Some(draft) => versions::keep_unsaved(data, path, draft, seal, at),
        None => versions::keep(data, path, at, Occasion::Exported),
    }
}

fn show(
    version: &Version,
    now: &Letter,
    template: &Template,
    seal: Option<&Seal>,
) -> ListedVersion {
    let (at, occasion) = (version.at, version.occasion.word());
    let letter = versions::open(version, seal)
        .map(|opened| Arc::new(opened.draft.letter))
        .map_err(|error| error.to_string());
    let changes = letter
        .as_ref()
        .map(|letter| differences::between(letter, now, template))
        .unwrap_or_default();
    let words = compare::count(&changes);
    ListedVersion { at, occasion, letter, changes, words }
}
