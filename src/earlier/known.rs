//! A draft as a list shows it.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::letter::phrasing;
use crate::letter::{Denial, outcome};
use crate::store::{self, Draft, Error, sealed};
use crate::template::Templates;

/// A draft as a list shows it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct KnownDraft {
    pub path: PathBuf,
    pub case_number: String,
    /// The items' titles, in order.
    pub items: Vec<String>,
    pub decided: usize,
    /// What the letter as a whole does to the denial, once all its items are decided.
    pub outcome: Option<Denial>,
    /// Since when the letter is final.
    pub finished: Option<Date>,
    /// The template's name.
    pub template: String,
    /// The last day to decide.
    pub due: Option<Date>,
    /// When its file was written.
    pub saved: Option<Timestamp>,
    /// It is encrypted, and nothing but its path is known.
    pub is_sealed: bool,
    /// It is a finished letter and no draft.
    pub is_letter: bool,
    /// It is a finished letter whose case a draft of the folders has: the draft says more.
    pub is_copy: bool,
    /// Why it could not be read; empty where it was.
    pub unread: String,
}

impl KnownDraft {
    /// An encrypted draft: its path, and nothing of the letter.
    pub fn sealed(path: &Path) -> Self {
        let saved = store::versions::written_at(path);
        Self { path: path.to_owned(), saved, is_sealed: true, ..Self::default() }
    }

    /// A file that could not be read, and why.
    pub fn unread(path: &Path, why: impl Into<String>) -> Self {
        let (path, unread) = (path.to_owned(), why.into());
        Self { path, unread, ..Self::default() }
    }

    /// What a finished letter says of itself, as it was read.
    pub fn letter(path: &Path, draft: &Draft, templates: &Templates) -> Self {
        let known = Self::of(path, draft, templates);
        let finished = draft.letter.case.decision_date.understood().copied();
        Self { finished, due: None, is_letter: true, ..known }
    }

    /// What a draft that was read says of itself.
    pub fn of(path: &Path, draft: &Draft, templates: &Templates) -> Self {
        let Draft { letter, record, template } = draft;
        let known = templates.find(&template.id);
        let titles = letter.items.iter().map(|item| phrasing::title(&item.title));
        let decided = letter.items.iter().filter(|item| !item.decision.0.is_empty());
        Self {
            path: path.to_owned(),
            case_number: letter.case.number.trim().to_owned(),
            items: titles.filter(|title| !title.is_empty()).collect(),
            decided: decided.count(),
            outcome: known.and_then(|known| {
                outcome::of_letter(letter, |key| known.head().denial(key))
            }),
            finished: record.finished,
            template: match known {
                Some(known) => known.short_name().to_owned(),
                None => template.id.clone(),
            },
            due: known.and_then(|known| known.due(letter)),
            saved: store::versions::written_at(path),
            is_sealed: false,
            is_letter: false,
            is_copy: false,
            unread: String::new(),
        }
    }

    /// The draft in a file; none where it is gone or cannot be read.
    pub fn read(path: &Path, templates: &Templates) -> Option<Self> {
        match store::open(path, None) {
            Ok(opened) => Some(Self::of(path, &opened.draft, templates)),
            Err(Error::Sealed(sealed::Error::Locked { .. })) => Some(Self::sealed(path)),
            Err(_) => None,
        }
    }
}
