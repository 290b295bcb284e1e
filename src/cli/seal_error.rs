//! What keeps a draft from being opened with a passphrase, encrypted, or made plain.

use std::io;
use std::path::PathBuf;

use super::exit::Exit;

/// What is wrong with a passphrase, or with the draft that it is for.
#[derive(Debug, thiserror::Error)]
pub(super) enum SealError {
    #[error("Could not read a passphrase from the terminal")]
    Terminal(#[source] io::Error),
    #[error("This needs a passphrase, and there is no terminal to ask at")]
    NobodyToAsk,
    #[error("The first line of this file is not a passphrase: {}", path.display())]
    NoPassphrase { path: PathBuf },
    #[error("The two passphrases do not match")]
    NotTheSame,
    #[error("The passphrase is too short")]
    TooShort,
    #[error("This draft is already encrypted: {}", path.display())]
    SealedAlready { path: PathBuf },
    #[error("This draft is not encrypted: {}", path.display())]
    NotSealed { path: PathBuf },
    #[error(
        "Rationale does not understand all of this draft, so it was not rewritten: {}",
        path.display()
    )]
    PartlyUnderstood { path: PathBuf },
    #[error("Standard input cannot be encrypted")]
    NoFile,
}

impl SealError {
    pub(super) fn hint(&self) -> &'static str {
        match self {
            Self::Terminal(_) | Self::NobodyToAsk => {
                "Use --passphrase-file with a file whose first line is the passphrase"
            }
            Self::NoPassphrase { .. } => "Put the passphrase in its first line",
            Self::NotTheSame => "Type both again; nothing was written",
            Self::TooShort => {
                "Use at least 8 characters; 12 or more are better, such as four words"
            }
            Self::SealedAlready { .. } => {
                "Change its passphrase in the window, or remove the encryption first \
                    with rationale unseal"
            }
            Self::NotSealed { .. } => {
                "There is nothing to do; rationale seal encrypts \
                a draft"
            }
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
