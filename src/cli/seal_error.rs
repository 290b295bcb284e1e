//! What keeps a draft from being opened with a passphrase, encrypted, or made plain.

use std::io;
use std::path::PathBuf;

use super::exit::Exit;

/// What is wrong with a passphrase, or with the draft that it is for.
#[derive(Debug, thiserror::Error)]
pub(super) enum SealError {
    #[error("The terminal gives no passphrase")]
    Terminal(#[source] io::Error),
    #[error("There is no passphrase, and nobody at a terminal to ask for one")]
    NobodyToAsk,
    #[error("The first line of the file is no passphrase: {}", path.display())]
    NoPassphrase { path: PathBuf },
    #[error("The two passphrases are not the same")]
    NotTheSame,
    #[error("The passphrase is too short")]
    TooShort,
    #[error("This draft is encrypted already: {}", path.display())]
    SealedAlready { path: PathBuf },
    #[error("This draft is not encrypted: {}", path.display())]
    NotSealed { path: PathBuf },
    #[error(
        "The draft is not written anew, because it holds what is not known here: {}",
        path.display()
    )]
    PartlyUnderstood { path: PathBuf },
    #[error("Standard input is no file that can be encrypted")]
    NoFile,
}

impl SealError {
    pub(super) fn hint(&self) -> &'static str {
        match self {
            Self::Terminal(_) | Self::NobodyToAsk => {
                "Name a file whose first line it \
                is with --passphrase-file"
            }
            Self::NoPassphrase { .. } => "Write the passphrase into its first line",
            Self::NotTheSame => "Type them again; nothing was written",
            Self::TooShort => {
                "Take at least 8 characters; 12 and more are better, such \
                as four words"
            }
            Self::SealedAlready { .. } => {
                "Change its passphrase in the window, or take the encryption off first \
                    with rationale unseal"
            }
            Self::NotSealed { .. } => "Nothing to do; rationale seal encrypts it",
            Self::PartlyUnderstood { .. } => "Use the version of Rationale that wrote it",
            Self::NoFile => "Name the draft's file",
        }
    }

    pub(super) fn exit(&self) -> Exit {
        match self {
            Self::Terminal(_) => Exit::MachineFailed,
            Self::NobodyToAsk
            | Self::NoPassphrase { .. }
            | Self::NotTheSame
            | Self::TooShort
            | Self::SealedAlready { .. }
            | Self::NotSealed { .. }
            | Self::PartlyUnderstood { .. }
            | Self::NoFile => Exit::WrongUsage,
        }
    }
}
