//! What comes from outside, read in a process of its own: this same program, called with
//! a word that no help names. What it reads may be made to fill the memory, to overflow
//! the stack or to go on for ever; then that process ends, and nothing else does.
//!
//! PDF and Word letters are read there every time. A template is read there once: from
//! then on it is known by its hash, and read directly or refused at once.

mod known;
mod limits;
mod reader;
mod serve;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

pub use self::known::{TemplateVerdict, known_templates, remember};
use self::reader::{Wanted, ask};
pub use self::reader::{enable, let_go};
pub use self::serve::{COMMAND, serve};
use crate::diagnostic::{Anchor, Diagnostic};
use crate::import::{self, FileWords};
use crate::template::Template;

/// How long a file may take to be read, whatever else the machine does meanwhile. A
/// letter takes a twentieth of a second.
const WITHIN: Duration = Duration::from_secs(15);

/// Why a file from outside was not read.
#[derive(Debug, PartialEq, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Import(#[from] import::Error),
    /// The same, as the other process says it.
    #[error("{message}")]
    Refused { message: String, hint: String },
    #[error("Reading this file takes too much memory or time")]
    Ended,
    #[error("Reading this file takes too long")]
    Late,
    #[error("Reading was stopped")]
    Stopped,
    #[error("The system could not start the process that reads files")]
    NotStarted,
}

impl Error {
    /// What to do about it, as an instruction.
    pub fn hint(&self) -> String {
        match self {
            Self::Import(error) => error.hint().into(),
            Self::Refused { hint, .. } => hint.clone(),
            Self::Ended => "Check that this is the right file. If it is a letter, open \
                it in another program and paste its text"
                .into(),
            Self::Late => "Try again when the computer is less busy. If it is a letter, \
                open it in another program and paste its text"
                .into(),
            Self::Stopped => String::new(),
            Self::NotStarted => "Close some programs, then try again".into(),
        }
    }
}

/// Asks whoever reads to stop; a copy asks the same.
#[derive(Clone, Debug, Default)]
pub struct StopSign(Arc<AtomicBool>);

impl StopSign {
    pub fn ask(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub fn is_asked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

impl PartialEq for StopSign {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// The words of a finished letter.
///
/// # Errors
/// It gives none, or is not read to its end.
pub fn words(file: &[u8], stop: &StopSign) -> Result<FileWords, Error> {
    if !reader::is_enabled() || !import::is_packed(file) {
        return Ok(import::words(file)?);
    }
    let answer = ask(Wanted::Words, file, WITHIN, stop)?;
    serde_json::from_slice(&answer).map_err(|_| Error::Ended)
}

/// Reads a template.
///
/// # Errors
/// Every problem that it has, or that it cannot be read to its end.
pub fn template(source: &str) -> Result<Template, Vec<Diagnostic>> {
    match vet(source) {
        Ok(()) => Template::parse(source),
        Err(error) => Err(vec![not_read(&error)]),
    }
}

/// Has a template read in the other process, unless it is known already.
///
/// # Errors
/// It is not read to its end.
pub fn vet(source: &str) -> Result<(), Error> {
    if !reader::is_enabled() || source.is_empty() || is_built_in(source) {
        return Ok(());
    }
    if let Some(verdict) = known::verdict(source) {
        return verdict.result();
    }
    let never = StopSign::default();
    let read = ask(Wanted::Template, source.as_bytes(), WITHIN, &never).map(|_| ());
    if let Some(verdict) = TemplateVerdict::of(&read) {
        known::add(source, verdict);
    }
    read
}

/// Whether reading a template needs no other process: there it did no harm before, or it
/// did and is refused.
pub fn is_known(source: &str) -> bool {
    !reader::is_enabled()
        || source.is_empty()
        || is_built_in(source)
        || known::verdict(source).is_some()
}

fn is_built_in(source: &str) -> bool {
    let mut built_in = Template::all().iter();
    built_in.any(|template| **template.source() == *source)
}

fn not_read(error: &Error) -> Diagnostic {
    let (message, hint) = match error {
        Error::Ended => (
            "Reading this template takes too much memory or time".into(),
            "Use one from someone you trust, or make it simpler".into(),
        ),
        error => (error.to_string(), error.hint()),
    };
    let anchor = Anchor::Template { line: 1, column: 1 };
    Diagnostic::error("T013", "not-read", message, hint, anchor)
}
