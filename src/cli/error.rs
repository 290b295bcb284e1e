//! What keeps a command from its work, what to do about it, and how the command ends then.

use std::io;
use std::path::PathBuf;

use super::exit::Exit;
use super::seal_error::SealError;
use crate::crash::Crash;
use crate::{export, library, outside, printing, store};

/// What keeps a command from its work; what is wrong with a letter is no error but a
/// diagnostic.
#[derive(Debug, thiserror::Error)]
pub(super) enum Error {
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error(transparent)]
    Import(#[from] outside::Error),
    #[error(transparent)]
    Export(#[from] export::Error),
    #[error(transparent)]
    Printing(#[from] printing::Error),
    #[error("The tables that the program carries cannot be read")]
    Tables(#[from] library::Error),
    #[error("The list cannot be put into JSON")]
    Json(#[from] serde_json::Error),
    #[error("Standard input cannot be read")]
    Input(#[source] io::Error),
    /// Nobody reads on: no failure, and nobody to report to.
    #[error("Standard output is closed")]
    Closed,
    #[error("Standard output does not take the result")]
    Output(#[source] io::Error),
    #[error("The PDF is not whole, so it was not written. {what}")]
    NotWhole { what: String },
    #[error("There is no rule {rule}")]
    NoRule { rule: String },
    #[error("There is no letter kind {id}")]
    NoTemplate { id: String },
    #[error("The draft does not say of which kind it is: {}", path.display())]
    NoTemplateForDraft { path: PathBuf },
    #[error("Several letters do not fit into one file")]
    OneFileForMany,
    #[error("Two drafts would be written to {}", path.display())]
    SameTarget { path: PathBuf },
    #[error(
        "The file's name leads to the reviewer, who stays confidential: {}",
        path.display()
    )]
    NamesReviewer { path: PathBuf },
    #[error("The letter would take the place of a draft: {}", path.display())]
    OverDraft { path: PathBuf },
    #[error("Standard input cannot take note of an export")]
    NothingToRecordIn,
    #[error("The clock of this machine is set to a year in which no letter is written")]
    Clock,
    /// Somebody pressed Ctrl+C, or the system ends.
    #[error("Stopped")]
    Stopped,
    #[error("Something went wrong within Rationale")]
    Crash(Crash),
    #[error("Something went wrong within Rationale with {}", path.display())]
    CrashWith { path: PathBuf, crash: Crash },
    #[error("No kind of file ends like {}", path.display())]
    UnknownEnding { path: PathBuf },
    #[error(transparent)]
    Seal(#[from] SealError),
}

impl Error {
    pub(super) fn hint(&self) -> String {
        match self {
            Self::Store(error) => error.hint(),
            Self::Import(error) => error.hint(),
            Self::Export(error) => error.hint().into(),
            Self::Printing(error) => error.hint(),
            Self::Seal(error) => error.hint().into(),
            Self::Tables(_) | Self::Json(_) | Self::NotWhole { .. } => {
                "Report this: it is a mistake in Rationale".into()
            }
            Self::Crash(crash) | Self::CrashWith { crash, .. } => {
                format!(
                    "Report these lines, which hold nothing of a letter:\n{}",
                    crash.report().trim_end()
                )
            }
            Self::Clock => "Set the clock, then try again".into(),
            Self::Stopped => String::new(),
            Self::Input(_) => "Name a file instead of -".into(),
            Self::Closed | Self::Output(_) => "Write to a file with -o".into(),
            Self::NoTemplate { .. } => {
                "rationale templates lists the letter kinds".into()
            }
            Self::NoRule { .. } => "rationale rules lists the rules".into(),
            Self::NoTemplateForDraft { .. } => {
                "Put its id into the draft; rationale templates \
                lists them"
                    .into()
            }
            Self::OneFileForMany => "Name a folder with --out-dir".into(),
            Self::NamesReviewer { .. } => {
                "Give the letter's file another name with -o".into()
            }
            Self::SameTarget { .. } => {
                "Compose them one after the other, each with -o".into()
            }
            Self::OverDraft { .. } => "Give the letter another name with -o".into(),
            Self::NothingToRecordIn => {
                "Name the draft's file, or leave --record out".into()
            }
            Self::UnknownEnding { .. } => {
                let endings: Vec<String> = export::FORMATS
                    .iter()
                    .map(|row| format!(".{}", row.extension))
                    .collect();
                format!("Use one of {}, or say --format", endings.join(", "))
            }
        }
    }

    pub(super) fn exit(&self) -> Exit {
        match self {
            Self::Closed => Exit::Fine,
            Self::Printing(error) => printing_exit(error),
            Self::NoTemplate { .. }
            | Self::NoRule { .. }
            | Self::NoTemplateForDraft { .. }
            | Self::OneFileForMany
            | Self::SameTarget { .. }
            | Self::NamesReviewer { .. }
            | Self::OverDraft { .. }
            | Self::NothingToRecordIn
            | Self::Export(export::Error::SeveralPages { .. })
            | Self::UnknownEnding { .. } => Exit::WrongUsage,
            Self::Seal(error) => error.exit(),
            Self::Store(_)
            | Self::Import(_)
            | Self::Export(_)
            | Self::Tables(_)
            | Self::NotWhole { .. }
            | Self::Json(_)
            | Self::Clock
            | Self::Stopped
            | Self::Crash(_)
            | Self::CrashWith { .. }
            | Self::Input(_)
            | Self::Output(_) => Exit::MachineFailed,
        }
    }
}

/// What was asked of a printer that it cannot do, or that is not there, is wrong usage;
/// the rest is not in our hands.
fn printing_exit(error: &printing::Error) -> Exit {
    use printing::Error as E;
    match error {
        E::NoPrinter { .. }
        | E::NoUsual { .. }
        | E::OtherSides { .. }
        | E::OtherPaper { .. }
        | E::NoPages { .. }
        | E::NoSuchPage { .. }
        | E::NoCopies => Exit::WrongUsage,
        E::NoServer { .. }
        | E::NoAnswer { .. }
        | E::Unconfirmed { .. }
        | E::NotUnderstood { .. }
        | E::NoPrinters
        | E::TakesNothing { .. }
        | E::Forbidden { .. }
        | E::Refused { .. }
        | E::NoDialog
        | E::DialogBroke { .. } => Exit::MachineFailed,
    }
}
