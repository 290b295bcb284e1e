//! What the disk, or a file on it, did not allow.

use std::io;
use std::path::PathBuf;

use super::content_error::ContentError;
use super::holder::Holder;
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
    #[error("You may not read {}", path.display())]
    Forbidden { path: PathBuf, source: io::Error },
    #[error("{}{}", read_reason(source), path.display())]
    Unreadable { path: PathBuf, source: io::Error },
    #[error("This file is larger than a letter can be: {}", path.display())]
    TooLarge { path: PathBuf },
    #[error("The folder holds no drafts: {}", path.display())]
    NoDrafts { path: PathBuf },
    #[error("The folder holds no letters: {}", path.display())]
    NoLetters { path: PathBuf },
    #[error("The file was changed by someone else since it was opened: {}", path.display())]
    Changed { path: PathBuf },
    #[error("This draft was taken over {}: {}", holder.words(), path.display())]
    TakenOver { path: PathBuf, holder: Box<Holder> },
    #[error("Another program is writing this file: {}", path.display())]
    Busy { path: PathBuf },
    #[error("The letter would take the place of a draft: {}", path.display())]
    OverDraft { path: PathBuf },
    #[error("There is already a file {}", path.display())]
    Exists { path: PathBuf },
    #[error("The file is write-protected: {}", path.display())]
    Protected { path: PathBuf },
    #[error("{}{}", write_reason(source), path.display())]
    Unwritten { path: PathBuf, source: io::Error },
    #[error("The copy from before is not encrypted as the draft is and cannot be \
        removed: {}", path.display())]
    PlainCopyRemains { path: PathBuf, source: io::Error },
    #[error("The disk gave back something else than was written to {}", path.display())]
    ReadBackDiffers { path: PathBuf },
    #[error("The draft cannot be put into words")]
    NotSerialized { source: Box<ron::Error> },
    #[error("Your settings could not be read and were set aside as {}", kept.display())]
    SettingsSetAside { kept: PathBuf, source: Box<Error> },
    #[error("{name}: {source}")]
    Table { name: String, source: own::Error },
    #[error("This account has no folder for the data of programs")]
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
                "Name a file; on the command line, - is standard input or output".into()
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
            Self::OverDraft { .. } => "Give the letter another name".into(),
            Self::Exists { .. } => "Give another name, or move that file away".into(),
            Self::Protected { .. } => {
                "Save under another name, or allow writing to the file".into()
            }
            Self::Unwritten { source, .. } => write_hint(source).into(),
            Self::PlainCopyRemains { .. } => {
                "Remove that file yourself, then save again; nothing was written".into()
            }
            Self::ReadBackDiffers { .. } => {
                "Save to another disk: this one cannot be trusted".into()
            }
            Self::NotSerialized { .. } => {
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
            Self::Stopped => String::new(),
            Self::Content(error) => error.hint(),
            Self::Sealed(error) => error.hint(),
        }
    }
}

/// Why a file was not read, with the space before its path.
fn read_reason(source: &io::Error) -> &'static str {
    if has_no_handles(source) {
        "Too many files are open on this machine to read "
    } else {
        "The disk does not give back "
    }
}

/// Why the disk did not take a file, with the space before its path.
fn write_reason(source: &io::Error) -> &'static str {
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
        io::ErrorKind::FileTooLarge => {
            "The system limits how large a file may be, so it did not take "
        }
        kind if is_network_error(kind) => {
            "The network drive does not answer, so it did not take "
        }
        _ if has_no_handles(source) => {
            "Too many files are open on this machine, so it did not take "
        }
        _ => "The disk did not take ",
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
        io::ErrorKind::InvalidFilename => "Give a shorter name, of letters and digits",
        kind if is_network_error(kind) => {
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
        io::ErrorKind::FileTooLarge => {
            "Raise the limit (ulimit -f), or ask whoever set it; what was there before \
                is untouched"
        }
        _ if has_no_handles(source) => {
            "Close some programs, then save again; what was there before is untouched"
        }
        _ => "Save to another folder; what was there before is untouched",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The message where the system answers a write with this error.
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
    fn each_error_of_a_disk_has_its_own_words() {
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
        check(
            27,
            "The system limits how large a file may be, so it did not take a.ron",
            "Raise the limit",
        );
        check(
            24,
            "Too many files are open on this machine, so it did not take a.ron",
            "Close some programs",
        );
        check(5, "The disk did not take a.ron", "Save to another folder");
    }
}
