//! The only folder that touches the disk: drafts, the person's settings, and recovery
//! copies.
//!
//! Nothing here overwrites in place, and nothing is written over a file that is not what
//! it was when it was read: see [`atomic`]. A file that cannot be read whole is told
//! about and left alone.

#![expect(clippy::disallowed_methods, reason = "the only folder that touches the disk")]

pub mod atomic;
mod draft;
mod folder;
pub mod lock;
mod print_file;
pub mod record;
pub mod recovery;
pub mod sealed;
pub mod settings;
pub mod tables;
pub mod user_folder;
pub mod versions;
pub mod words;

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

pub use atomic::{Expected, Fingerprint};
pub use draft::{
    Draft, Opened, ReadOnly, TemplateRef, open, open_with, read, read_with, save,
    save_with,
};
pub use folder::DataFolder;
pub use print_file::{for_printing, for_sending};
pub use record::{Exported, Record};
pub use sealed::{Key, Passphrase, Seal, Strength};
pub use user_folder::UserFolder;

use crate::diagnostic;

/// The longest file that is read. The longest real letter is below 100 KB; what is larger
/// is no draft, and reading it would only fill the memory.
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
    Damaged {
        path: PathBuf,
        line: usize,
        column: usize,
        before: Option<PathBuf>,
        source: Box<ron::Error>,
    },
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
    #[error("This draft was taken over {}: {}", holder.words(), path.display())]
    TakenOver { path: PathBuf, holder: Box<lock::Holder> },
    #[error("Another program is writing this file: {}", path.display())]
    Busy { path: PathBuf },
    #[error("There is already a file {}", path.display())]
    Exists { path: PathBuf },
    #[error("The file is write-protected: {}", path.display())]
    Protected { path: PathBuf },
    #[error("{}{}", reason_against_writing(source), path.display())]
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
    #[error(transparent)]
    Sealed(#[from] sealed::Error),
}

impl Error {
    /// What to do about it, as an instruction.
    pub fn hint(&self) -> String {
        match self {
            Self::Missing { .. } => "Check the name and the folder".into(),
            Self::Folder { .. } => "Name a file in it".into(),
            Self::NoFile { .. } => {
                "Name a file; on the command line, - is standard output".into()
            }
            Self::Forbidden { .. } => {
                "Ask the owner of the file for leave to read it".into()
            }
            Self::Unreadable { .. } => {
                "Check that the disk or network drive is connected, then open it again"
                    .into()
            }
            Self::TooLarge { .. } => {
                "A file is at most 64 MB; check that this is the file you meant".into()
            }
            Self::NotADraft { .. } => {
                "Open a file that Rationale has saved; its name ends in .ron".into()
            }
            Self::Empty { before, .. }
            | Self::NotText { before, .. }
            | Self::Truncated { before, .. } => hint_at_the_one_before(before.as_deref()),
            Self::Damaged { before, source, .. } => {
                format!(
                    "{}. If it was edited by hand, mend that place: {}",
                    hint_at_the_one_before(before.as_deref()),
                    diagnostic::reason(source)
                )
            }
            Self::LongDraft { .. } => {
                "A draft is at most 16 MB; check that this is the file you meant".into()
            }
            Self::ManyRows { .. } => {
                "A letter has at most 1000 rows; check that this is the file you meant"
                    .into()
            }
            Self::Newer { .. } => {
                "Open it with the version of Rationale that wrote it, or a later one"
                    .into()
            }
            Self::NoDrafts { .. } => "Name a folder with files that end in .ron".into(),
            Self::NoLetters { .. } => {
                "Name a folder with files that end in .txt, .pdf or .docx".into()
            }
            Self::Changed { .. } => {
                "Save under another name, then compare the two".into()
            }
            Self::TakenOver { .. } => {
                "Compare the two, then save under another name or take the draft back"
                    .into()
            }
            Self::Busy { .. } => "Save again in a moment, or under another name".into(),
            Self::Exists { .. } => "Give another name, or move that file away".into(),
            Self::Protected { .. } => {
                "Save under another name, or allow writing to the file".into()
            }
            Self::Unwritten { source, .. } => hint_at_writing(source).into(),
            Self::Unfaithful { .. } => {
                "Save to another disk: this one cannot be trusted".into()
            }
            Self::Unspeakable { .. } => {
                "Report this: it is a mistake in Rationale".into()
            }
            Self::SettingsSetAside { .. } => {
                "Nothing to do: the usual settings are used".into()
            }
            Self::Table { .. } => {
                "Correct it; until then the program's own table is used alone".into()
            }
            Self::NoDataFolder => {
                "Name a folder in the environment variable RATIONALE_DATA".into()
            }
            Self::Sealed(error) => error.hint(),
        }
    }
}

fn hint_at_the_one_before(before: Option<&Path>) -> String {
    match before {
        Some(before) => {
            format!("Open the copy from before the last save: {}", before.display())
        }
        None => "Bring the file back from a backup; it was left as it is".into(),
    }
}

/// Why the disk did not take a file; its path follows.
fn reason_against_writing(source: &io::Error) -> &'static str {
    match source.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
            "There is no folder for "
        }
        io::ErrorKind::PermissionDenied => "You may not write ",
        io::ErrorKind::ReadOnlyFilesystem => {
            "This disk is for reading only, so it did not take "
        }
        io::ErrorKind::StorageFull => "The disk is full, so it did not take ",
        io::ErrorKind::QuotaExceeded => {
            "Your share of the disk is full, so it did not take "
        }
        io::ErrorKind::InvalidFilename => {
            "This name is too long, or not one that the disk takes: "
        }
        kind if is_of_the_network(kind) => {
            "The network drive does not answer, so it did not take "
        }
        _ => "The disk did not take ",
    }
}

fn is_of_the_network(kind: io::ErrorKind) -> bool {
    use io::ErrorKind as Kind;
    let is_gone = matches!(
        kind,
        Kind::StaleNetworkFileHandle | Kind::HostUnreachable | Kind::NetworkUnreachable
    );
    is_gone
        || matches!(
            kind,
            Kind::NetworkDown
                | Kind::NotConnected
                | Kind::TimedOut
                | Kind::ConnectionAborted
        )
}

fn hint_at_writing(source: &io::Error) -> &'static str {
    match source.kind() {
        io::ErrorKind::InvalidFilename => "Give a shorter name, of letters and digits",
        kind if is_of_the_network(kind) => {
            "Save to a folder on this machine, and again to the drive once it is \
                connected; nothing there was touched"
        }
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
            "Check that the folder is there"
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "Save to a folder in which you may write; what was there before is untouched"
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "Make room on the disk, or save to another; what was there before is untouched"
        }
        _ => "Save to another folder; what was there before is untouched",
    }
}

/// Encrypts what the data folder holds of a draft, its recovery copies and versions, as
/// its file is encrypted from now on.
pub fn seal_copies(
    data: &DataFolder,
    path: &Path,
    before: Option<&Seal>,
    seal: Option<&Seal>,
) -> Result<(), Error> {
    seal.map_or(Ok(()), |seal| recovery::seal_those_of(data, path, seal))?;
    versions::reseal(data, path, before, seal)
}

/// Makes the folder that files are to be written to, if it is not there yet.
pub fn make_folder(folder: &Path) -> Result<(), Error> {
    fs::create_dir_all(folder)
        .map_err(|source| Error::Unwritten { path: folder.into(), source })
}

/// The bytes of a finished letter, as far as one may be long.
pub fn read_letter(path: &Path) -> Result<Vec<u8>, Error> {
    read_bytes(path)
}

/// The whole text of a file that is not a draft, such as a template.
pub fn read_text(path: &Path) -> Result<String, Error> {
    text_of(&read_bytes(path)?, path).map(str::to_owned)
}

/// Writes a finished file, such as a letter's PDF, whole or not at all; what stood there
/// before is replaced.
pub fn export(path: &Path, bytes: &[u8]) -> Result<Fingerprint, Error> {
    atomic::replace(path, bytes, Expected::Anything, atomic::Before::Drop)
}

/// Writes the files of one letter; none is begun where one of them would take a place
/// that is not free.
pub fn export_all(
    files: &[(PathBuf, Vec<u8>)],
    expected: Expected,
) -> Result<Vec<Fingerprint>, Error> {
    let is_taken =
        |(path, _): &&(PathBuf, Vec<u8>)| expected == Expected::Nothing && path.exists();
    if let Some((path, _)) = files.iter().find(is_taken) {
        return Err(Error::Exists { path: path.clone() });
    }
    files
        .iter()
        .map(|(path, bytes)| atomic::replace(path, bytes, expected, atomic::Before::Drop))
        .collect()
}

/// Whether two paths lead to one file that is there.
pub fn is_same_file(one: &Path, other: &Path) -> bool {
    let real = |path: &Path| fs::canonicalize(path).ok();
    real(one).is_some_and(|one| real(other) == Some(one))
}

/// The drafts that lie in a folder itself, by name; its subfolders are not looked at.
pub fn drafts_in(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let drafts = files_in(folder, "ron")?;
    if drafts.is_empty() {
        Err(Error::NoDrafts { path: folder.into() })
    } else {
        Ok(drafts)
    }
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
    if letters.is_empty() {
        Err(Error::NoLetters { path: folder.into() })
    } else {
        Ok(letters)
    }
}

fn files_in(folder: &Path, ending: &str) -> Result<Vec<PathBuf>, Error> {
    let entries = fs::read_dir(folder).map_err(|source| reading(folder, source))?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| {
            path.extension().is_some_and(|extension| extension == ending)
                && path.is_file()
        })
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
    // One byte more than is allowed tells a file that is too large, also one that has no
    // size of its own.
    file.take(SIZE_LIMIT + 1)
        .read_to_end(&mut bytes)
        .map_err(|source| reading(path, source))?;
    if bytes.len() as u64 > SIZE_LIMIT {
        Err(Error::TooLarge { path: path.into() })
    } else {
        Ok(bytes)
    }
}

fn reading(path: &Path, source: io::Error) -> Error {
    let path = path.to_owned();
    match source.kind() {
        // What cannot be the name of a file is the name of none.
        io::ErrorKind::NotFound | io::ErrorKind::InvalidFilename => {
            Error::Missing { path }
        }
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
    let column =
        read.chars().rev().take_while(|&character| character != '\n').count() + 1;
    Err(Error::NotText {
        path: path.into(),
        line,
        column,
        before: atomic::one_before(path),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is told when the system answers a write with this error.
    #[cfg(target_os = "linux")]
    fn check(number: i32, message: &str, hint: &str) {
        let error = Error::Unwritten {
            path: "a.ron".into(),
            source: io::Error::from_raw_os_error(number),
        };
        assert_eq!(
            (error.to_string().as_str(), error.hint().starts_with(hint)),
            (message, true),
            "{}",
            error.hint()
        );
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn what_a_disk_says_is_told_in_words() {
        check(2, "There is no folder for a.ron", "Check that the folder is there");
        check(13, "You may not write a.ron", "Save to a folder in which you may write");
        check(
            30,
            "This disk is for reading only, so it did not take a.ron",
            "Save to a folder in which you may",
        );
        check(28, "The disk is full, so it did not take a.ron", "Make room on the disk");
        check(
            122,
            "Your share of the disk is full, so it did not take a.ron",
            "Make room on the disk",
        );
        check(
            36,
            "This name is too long, or not one that the disk takes: a.ron",
            "Give a shorter name",
        );
        for number in [116, 107, 110, 113, 100, 101, 103] {
            check(
                number,
                "The network drive does not answer, so it did not take a.ron",
                "Save to a folder on this machine",
            );
        }
        check(5, "The disk did not take a.ron", "Save to another folder");
    }
}
