//! The only folder that touches the disk: drafts, the person's settings, and recovery copies.
//!
//! Nothing here overwrites in place, and nothing is written over a file that is not what it was when it was read: see
//! [`atomic`]. A file that cannot be read whole is told about and left alone.

#![expect(clippy::disallowed_methods, reason = "the only folder that touches the disk")]

pub mod atomic;
mod draft;
mod folder;
mod printing;
pub mod recovery;
pub mod settings;
pub mod shelf;
pub mod tables;
pub mod words;

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

pub use atomic::{Expected, Fingerprint};
pub use draft::{Draft, Opened, ReadOnly, TemplateRef, open, read, save};
pub use folder::DataFolder;
pub use printing::{for_printing, plain_name};

use crate::diagnostic;

/// The longest file that is read. The longest real letter is below 100 KB; what is larger is no draft, and reading it
/// would only fill the memory.
pub const SIZE_LIMIT: u64 = 64 * 1024 * 1024;

/// What the disk, or a file on it, did not allow.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("There is no file {}", path.display())]
    Missing { path: PathBuf },
    #[error("This is a folder, not a file: {}", path.display())]
    Folder { path: PathBuf },
    #[error("This is a device, not a file: {}", path.display())]
    NoFile { path: PathBuf },
    #[error("You may not read {}", path.display())]
    Forbidden { path: PathBuf, source: io::Error },
    #[error("The disk does not give back {}", path.display())]
    Unreadable { path: PathBuf, source: io::Error },
    #[error("This file is larger than a letter can be: {}", path.display())]
    TooLarge { path: PathBuf },
    #[error("This file is empty: {}", path.display())]
    Empty { path: PathBuf, before: Option<PathBuf> },
    #[error("This file is not a draft: {}", path.display())]
    NotADraft { path: PathBuf },
    #[error("From line {line}, column {column}, this file is not text: {}", path.display())]
    NotText { path: PathBuf, line: usize, column: usize, before: Option<PathBuf> },
    #[error("This draft breaks off at line {line}: {}", path.display())]
    Truncated { path: PathBuf, line: usize, before: Option<PathBuf> },
    #[error("This draft is damaged at line {line}, column {column}: {}", path.display())]
    Damaged { path: PathBuf, line: usize, column: usize, before: Option<PathBuf>, source: Box<ron::Error> },
    #[error("This draft is longer than a letter can be: {}", path.display())]
    LongDraft { path: PathBuf },
    #[error("This draft has more rows than a letter can have: {}", path.display())]
    ManyRows { path: PathBuf },
    #[error("This draft was written by a newer Rationale (format {format}): {}", path.display())]
    Newer { path: PathBuf, format: u32 },
    #[error("The folder holds no drafts: {}", path.display())]
    NoDrafts { path: PathBuf },
    #[error("The folder holds no letters: {}", path.display())]
    NoLetters { path: PathBuf },
    #[error("The file was changed by someone else since it was opened: {}", path.display())]
    Changed { path: PathBuf },
    #[error("There is already a file {}", path.display())]
    Exists { path: PathBuf },
    #[error("The file is write-protected: {}", path.display())]
    Protected { path: PathBuf },
    #[error("The disk did not take {}", path.display())]
    Unwritten { path: PathBuf, source: io::Error },
    #[error("The disk gave back something else than was written to {}", path.display())]
    Unfaithful { path: PathBuf },
    #[error("The draft cannot be put into words")]
    Unspeakable { source: Box<ron::Error> },
    #[error("Your settings could not be read and were set aside as {}", kept.display())]
    SettingsSetAside { kept: PathBuf, source: Box<Error> },
    #[error("{name}: {source}")]
    Table { name: String, source: crate::library::own::Error },
    #[error("This account has no folder for the data of programs")]
    NoDataFolder,
}

impl Error {
    /// What to do about it, as an instruction.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Self::Missing { .. } => "Check the name and the folder".into(),
            Self::Folder { .. } => "Name a file in it".into(),
            Self::NoFile { .. } => "Name a file; on the command line, - is standard output".into(),
            Self::Forbidden { .. } => "Ask the owner of the file for leave to read it".into(),
            Self::Unreadable { .. } => "Check that the disk or network drive is connected, then open it again".into(),
            Self::TooLarge { .. } => "A file is at most 64 MB; check that this is the file you meant".into(),
            Self::NotADraft { .. } => "Open a file that Rationale has saved; its name ends in .ron".into(),
            Self::Empty { before, .. } | Self::NotText { before, .. } | Self::Truncated { before, .. } => {
                hint_at_the_one_before(before.as_deref())
            }
            Self::Damaged { before, source, .. } => {
                format!(
                    "{}. If it was edited by hand, mend that place: {}",
                    hint_at_the_one_before(before.as_deref()),
                    diagnostic::reason(source)
                )
            }
            Self::LongDraft { .. } => "A draft is at most 16 MB; check that this is the file you meant".into(),
            Self::ManyRows { .. } => "A letter has at most 1000 rows; check that this is the file you meant".into(),
            Self::Newer { .. } => "Open it with the version of Rationale that wrote it, or a later one".into(),
            Self::NoDrafts { .. } => "Name a folder with files that end in .ron".into(),
            Self::NoLetters { .. } => "Name a folder with files that end in .txt, .pdf or .docx".into(),
            Self::Changed { .. } => "Save under another name, then compare the two".into(),
            Self::Exists { .. } => "Give another name, or move that file away".into(),
            Self::Protected { .. } => "Save under another name, or allow writing to the file".into(),
            Self::Unwritten { source, .. } => hint_at_writing(source).into(),
            Self::Unfaithful { .. } => "Save to another disk: this one cannot be trusted".into(),
            Self::Unspeakable { .. } => "Report this: it is a mistake in Rationale".into(),
            Self::SettingsSetAside { .. } => "Nothing to do: the usual settings are used".into(),
            Self::Table { .. } => "Correct it; until then the program's own table is used alone".into(),
            Self::NoDataFolder => "Name a folder in the environment variable RATIONALE_DATA".into(),
        }
    }
}

fn hint_at_the_one_before(before: Option<&Path>) -> String {
    match before {
        Some(before) => format!("Open the copy from before the last save: {}", before.display()),
        None => "Bring the file back from a backup; it was left as it is".into(),
    }
}

fn hint_at_writing(source: &io::Error) -> &'static str {
    match source.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => "Check that the folder is there",
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "Save to a folder in which you may write; what was there before is untouched"
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "Make room on the disk, or save to another; what was there before is untouched"
        }
        _ => "Save to another folder; what was there before is untouched",
    }
}

/// The bytes of a finished letter, as far as one may be long.
pub fn read_letter(path: &Path) -> Result<Vec<u8>, Error> {
    read_bytes(path)
}

/// The whole text of a file that is not a draft, such as a template.
pub fn read_text(path: &Path) -> Result<String, Error> {
    text_of(&read_bytes(path)?, path).map(str::to_owned)
}

/// Writes a finished file, such as a letter's PDF, whole or not at all; what stood there before is replaced.
pub fn export(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    atomic::replace(path, bytes, Expected::Anything, atomic::Before::Drop).map(drop)
}

/// Whether two paths lead to one file that is there.
#[must_use]
pub fn is_same_file(one: &Path, other: &Path) -> bool {
    let real = |path: &Path| fs::canonicalize(path).ok();
    real(one).is_some_and(|one| real(other) == Some(one))
}

/// The drafts that lie in a folder itself, by name; its subfolders are not looked at.
pub fn drafts_in(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let drafts = files_in(folder, "ron")?;
    if drafts.is_empty() { Err(Error::NoDrafts { path: folder.into() }) } else { Ok(drafts) }
}

/// What the names of finished letters end in.
pub const LETTER_ENDINGS: &[&str] = &["pdf", "docx", "txt"];

/// The finished letters that lie in a folder itself.
pub fn letters_in(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut letters = Vec::new();
    for ending in LETTER_ENDINGS {
        letters.extend(files_in(folder, ending)?);
    }
    letters.sort();
    if letters.is_empty() { Err(Error::NoLetters { path: folder.into() }) } else { Ok(letters) }
}

fn files_in(folder: &Path, ending: &str) -> Result<Vec<PathBuf>, Error> {
    let entries = fs::read_dir(folder).map_err(|source| reading(folder, source))?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == ending) && path.is_file())
        .collect();
    files.sort();
    Ok(files)
}

/// A file's bytes, as far as a draft may be long.
fn read_bytes(path: &Path) -> Result<Vec<u8>, Error> {
    // Asked first, because Windows says of a folder only that it may not be read.
    if path.is_dir() {
        return Err(Error::Folder { path: path.into() });
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|source| reading(path, source))?;
    // One byte more than is allowed tells a file that is too large, also one that has no size of its own.
    file.take(SIZE_LIMIT + 1).read_to_end(&mut bytes).map_err(|source| reading(path, source))?;
    if bytes.len() as u64 > SIZE_LIMIT { Err(Error::TooLarge { path: path.into() }) } else { Ok(bytes) }
}

fn reading(path: &Path, source: io::Error) -> Error {
    let path = path.to_owned();
    match source.kind() {
        io::ErrorKind::NotFound => Error::Missing { path },
        io::ErrorKind::IsADirectory => Error::Folder { path },
        io::ErrorKind::PermissionDenied => Error::Forbidden { path, source },
        _ => Error::Unreadable { path, source },
    }
}

/// The bytes as text, without the mark that some editors put first.
fn text_of<'a>(bytes: &'a [u8], path: &Path) -> Result<&'a str, Error> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    // A power cut can leave a file's end, or all of it, as zeros.
    let zero = bytes.iter().position(|&byte| byte == 0);
    let sound = match std::str::from_utf8(bytes) {
        Ok(text) if zero.is_none() => return Ok(text),
        Ok(_) => bytes.len(),
        Err(error) => error.valid_up_to(),
    };
    let sound = zero.map_or(sound, |zero| zero.min(sound));
    let read = String::from_utf8_lossy(&bytes[..sound]);
    let line = read.matches('\n').count() + 1;
    let column = read.chars().rev().take_while(|&character| character != '\n').count() + 1;
    Err(Error::NotText { path: path.into(), line, column, before: atomic::one_before(path) })
}
