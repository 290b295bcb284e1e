//! What the disk, or a file on it, did not allow.

use std::io;
use std::path::PathBuf;

use super::content_error::ContentError;
use super::holder::Holder;
use super::patience::is_held;
use super::sealed;
use crate::library::own;

/// What the disk, or a file on it, did not allow.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("There is no file {}", path.display())]
    Missing { path: PathBuf },
    #[error("This is a folder, not a file: {}", path.display())]
    Folder { path: PathBuf },
    #[error("This is a device or a pipe, not a file: {}", path.display())]
    NoFile { path: PathBuf },
    #[error("You do not have permission to read {}", path.display())]
    Forbidden { path: PathBuf, source: io::Error },
    #[error("{}{}", read_reason(source), path.display())]
    Unreadable { path: PathBuf, source: io::Error },
    #[error("This file is too large: {}", path.display())]
    TooLarge { path: PathBuf },
    #[error("This folder has no drafts: {}", path.display())]
    NoDrafts { path: PathBuf },
    #[error("This folder has no letters: {}", path.display())]
    NoLetters { path: PathBuf },
    #[error("Someone else changed this file after you opened it: {}", path.display())]
    Changed { path: PathBuf },
    #[error("This draft was taken over {}: {}", holder.words(), path.display())]
    TakenOver { path: PathBuf, holder: Box<Holder> },
    #[error("Another program is writing this file: {}", path.display())]
    Busy { path: PathBuf },
    #[error("The letter would overwrite a draft: {}", path.display())]
    OverDraft { path: PathBuf },
    #[error("This file already exists: {}", path.display())]
    Exists { path: PathBuf },
    #[error("The file is write-protected: {}", path.display())]
    Protected { path: PathBuf },
    #[error("{}{}", write_reason(source), path.display())]
    Unwritten { path: PathBuf, source: io::Error },
    #[error(
        "The previous copy is not encrypted like the draft and could not be deleted: {}",
        path.display()
    )]
    PlainCopyRemains { path: PathBuf, source: io::Error },
    #[error("The disk did not store {} correctly", path.display())]
    ReadBackDiffers { path: PathBuf },
    #[error("The draft could not be saved as text")]
    NotSerialized { source: Box<ron::Error> },
    #[error("Your settings could not be read, so they were moved to {}", kept.display())]
    SettingsSetAside { kept: PathBuf, source: Box<Error> },
    #[error("Line {line}, column {column} could not be read: {reason} ({})", path.display())]
    OwnFile { path: PathBuf, line: usize, column: usize, reason: String },
    #[error("{name}: {source}")]
    Table { name: String, source: own::Error },
    #[error("This account has no folder for application data")]
    NoDataFolder,
    #[error("Stopped, and nothing was written")]
    Stopped,
    #[error(transparent)]
    Content(#[from] ContentError),
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
                "Name a regular file; on the command line, - means standard input or \
                    output"
                    .into()
            }
            Self::Forbidden { .. } => "Ask the file's owner for permission".into(),
            Self::Unreadable { source, .. } => read_hint(source).into(),
            Self::TooLarge { .. } => {
                "A file can be up to 64 MB; check that this is the right file".into()
            }
            Self::NoDrafts { .. } => "Name a folder with .rationale files".into(),
            Self::NoLetters { .. } => {
                "Name a folder with .txt, .pdf or .docx files".into()
            }
            Self::Changed { .. } => {
                "Save under another name, then compare the two".into()
            }
            Self::TakenOver { .. } => {
                "Compare the two, then save under another name or take the draft back"
                    .into()
            }
            Self::Busy { .. } => {
                "Try again in a moment, or save under another name".into()
            }
            Self::OverDraft { .. } => "Choose another name for the letter".into(),
            Self::Exists { .. } => "Choose another name, or move that file".into(),
            Self::Protected { .. } => {
                "Save under another name, or make the file writable".into()
            }
            Self::Unwritten { source, .. } => write_hint(source).into(),
            Self::PlainCopyRemains { .. } => {
                "Delete that file yourself, then save again; nothing was written".into()
            }
            Self::ReadBackDiffers { .. } => {
                "Save to another disk; this one may be failing".into()
            }
            Self::NotSerialized { .. } => "Report this; it is a bug in Rationale".into(),
            Self::SettingsSetAside { .. } => {
                "There is nothing to do; the default settings are in use".into()
            }
            Self::Table { .. } => {
                "Fix it; until then only the built-in table is used".into()
            }
            Self::OwnFile { .. } => "Fix the file; until then it is not used".into(),
            Self::NoDataFolder => {
                "Set the environment variable RATIONALE_DATA to a folder".into()
            }
            Self::Stopped => String::new(),
            Self::Content(error) => error.hint(),
            Self::Sealed(error) => error.hint(),
        }
    }
}

/// Why a file was not read, with the space before its path.
fn read_reason(source: &io::Error) -> &'static str {
    if has_no_handles(source) {
        "Too many files are open on this computer to read "
    } else if is_open_elsewhere(source) {
        "Another program has this file open: "
    } else {
        "The disk could not read "
    }
}

fn read_hint(source: &io::Error) -> &'static str {
    if has_no_handles(source) {
        "Close some programs, then open it again"
    } else if is_open_elsewhere(source) {
        "Close it there, then try again"
    } else {
        "Check that the disk or network drive is connected, then open it again"
    }
}

/// Whether another program has the file and lets nobody else read it.
fn is_open_elsewhere(source: &io::Error) -> bool {
    source.kind() == io::ErrorKind::ResourceBusy || is_held(source)
}

/// Why the disk did not take a file, with the space before its path.
fn write_reason(source: &io::Error) -> &'static str {
    match source.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
            "There is no folder for "
        }
        io::ErrorKind::PermissionDenied => "You do not have permission to write ",
        io::ErrorKind::ResourceBusy => "Another program has this file open: ",
        io::ErrorKind::ReadOnlyFilesystem => {
            "This disk is read-only, so it could not save "
        }
        io::ErrorKind::StorageFull => "The disk is full, so it could not save ",
        io::ErrorKind::QuotaExceeded => {
            "Your disk quota is used up, so the disk could not save "
        }
        io::ErrorKind::InvalidFilename => {
            "This file name is too long or not allowed on this disk: "
        }
        io::ErrorKind::FileTooLarge => {
            "The system limits file sizes, so it could not save "
        }
        kind if is_network_error(kind) => {
            "The network drive is not responding, so it could not save "
        }
        _ if has_no_handles(source) => {
            "Too many files are open on this computer, so it could not save "
        }
        _ => "The disk could not save ",
    }
}

/// Whether the system gives this process, or any, no more files to open: `EMFILE` and
/// `ENFILE`, which are these numbers on every Unix.
fn has_no_handles(source: &io::Error) -> bool {
    cfg!(unix) && matches!(source.raw_os_error(), Some(23 | 24))
}

fn is_network_error(kind: io::ErrorKind) -> bool {
    use io::ErrorKind as Kind;
    matches!(
        kind,
        Kind::StaleNetworkFileHandle
            | Kind::HostUnreachable
            | Kind::NetworkUnreachable
            | Kind::NetworkDown
            | Kind::NotConnected
            | Kind::TimedOut
            | Kind::ConnectionAborted
    )
}

fn write_hint(source: &io::Error) -> &'static str {
    match source.kind() {
        io::ErrorKind::ResourceBusy => {
            "Close it there, then try again; the old file was not changed"
        }
        io::ErrorKind::InvalidFilename => "Use a shorter name with letters and digits",
        kind if is_network_error(kind) => {
            "Save to a folder on this computer for now; the file on the drive was not changed"
        }
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
            "Check that the folder exists"
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "Save to a folder where you have permission; the old file was not changed"
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "Free up space, or save to another disk; the old file was not changed"
        }
        io::ErrorKind::FileTooLarge => {
            "Raise the limit (ulimit -f), or ask whoever set it; the old file was not changed"
        }
        _ if has_no_handles(source) => {
            "Close some programs, then save again; the old file was not changed"
        }
        _ => "Save to another folder; the old file was not changed",
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    /// The message where the system answers a write with this error.
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

    #[test]
    fn each_error_of_a_disk_has_its_own_words() {
        check(2, "There is no folder for a.ron", "Check that the folder exists");
        check(
            13,
            "You do not have permission to write a.ron",
            "Save to a folder where you have permission",
        );
        check(
            30,
            "This disk is read-only, so it could not save a.ron",
            "Save to a folder where you have permission",
        );
        check(28, "The disk is full, so it could not save a.ron", "Free up space");
        check(
            122,
            "Your disk quota is used up, so the disk could not save a.ron",
            "Free up space",
        );
        check(
            36,
            "This file name is too long or not allowed on this disk: a.ron",
            "Use a shorter name",
        );
        for number in [116, 107, 110, 113, 100, 101, 103] {
            check(
                number,
                "The network drive is not responding, so it could not save a.ron",
                "Save to a folder on this computer",
            );
        }
        check(
            27,
            "The system limits file sizes, so it could not save a.ron",
            "Raise the limit",
        );
        check(
            24,
            "Too many files are open on this computer, so it could not save a.ron",
            "Close some programs",
        );
        check(16, "Another program has this file open: a.ron", "Close it there");
        check(5, "The disk could not save a.ron", "Save to another folder");
    }

    #[test]
    fn a_file_that_another_program_keeps_to_itself_is_said_to_be_open() {
        let source = io::ErrorKind::ResourceBusy.into();
        let error = Error::Unreadable { path: "a.ron".into(), source };
        assert_eq!(error.to_string(), "Another program has this file open: a.ron");
        assert!(error.hint().starts_with("Close it there"), "{}", error.hint());
    }
}
