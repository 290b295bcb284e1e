//! What jobs bring back.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;

use crate::compare::Piece;
use crate::compose::Composition;
use crate::export::png::Image;
use crate::letter::Letter;
use crate::store::Fingerprint;

/// What became of a letter that was to be printed.
#[derive(Clone, Debug, PartialEq)]
pub enum PrintOutcome {
    /// To this printer, where it is known.
    Sent(Option<String>),
    /// The person did not want it after all.
    Not,
    /// No printer is known here; the system's viewer shows it.
    InViewer,
}

/// The first page of a letter of a template.
#[derive(Clone)]
pub struct FirstPage {
    /// The wording that it was drawn with.
    pub source: Arc<str>,
    /// `None` where it could not be drawn.
    pub image: Option<Arc<Image>>,
}

/// What went wrong, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorMessage {
    pub text: String,
    /// May be empty.
    pub hint: String,
}

impl ErrorMessage {
    pub fn new(error: impl std::fmt::Display, hint: impl Into<String>) -> Self {
        Self { text: error.to_string(), hint: hint.into() }
    }
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

/// The files that a letter was written to, with what they hold.
pub type ExportedFiles = Vec<(PathBuf, Fingerprint)>;

/// A letter as it was composed.
pub struct Composed {
    pub revision: u64,
    /// The letter that was composed: findings count the characters of its texts.
    pub letter: Arc<Letter>,
    pub composition: Arc<Composition>,
    /// What each page looks like, as a number.
    pub page_hashes: Arc<[u64]>,
    pub pdf: Option<Arc<[u8]>>,
    /// Words of the letter.
    pub words: usize,
}
