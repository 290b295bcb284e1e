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
    #[error("Rationale's built-in tables could not be read")]
    Tables(#[from] library::Error),
    #[error("Could not write the list as JSON")]
    Json(#[from] serde_json::Error),
    #[error("Could not read standard input")]
    Input(#[source] io::Error),
    /// Nobody reads on: no failure, and nobody to report to.
    #[error("Standard output is closed")]
    Closed,
    #[error("Could not write to standard output")]
    Output(#[source] io::Error),
    #[error("The PDF did not pass verification, so it was not written. {what}")]
    NotWhole { what: String },
    #[error("There is no rule {rule}")]
    NoRule { rule: String },
    #[error("There is no template {id}")]
    NoTemplate { id: String },
    #[error("This draft does not name its template: {}", path.display())]
    NoTemplateForDraft { path: PathBuf },
    #[error("One file cannot hold several letters")]
    OneFileForMany,
    #[error("Two letters would be written to {}", path.display())]
    SameTarget { path: PathBuf },
    #[error(
        "The file name would identify the reviewer, who must stay confidential: {}",
        path.display()
    )]
    NamesReviewer { path: PathBuf },
    #[error("The letter would overwrite a draft: {}", path.display())]
    OverDraft { path: PathBuf },
    #[error("--record needs a draft file, not standard input")]
    NothingToRecordIn,
    #[error("This computer's clock is set to an impossible year")]
    Clock,
    /// Somebody pressed Ctrl+C, or the system ends.
    #[error("Stopped")]
    Stopped,
    #[error("Something went wrong inside Rationale")]
    Crash(Crash),
    #[error("Something went wrong inside Rationale with {}", path.display())]
    CrashWith { path: PathBuf, crash: Crash },
    #[error("No export format matches the ending of {}", path.display())]
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
                "Report this; it is a bug in Rationale".into()
            }
            Self::Crash(crash) | Self::CrashWith { crash, .. } => {
                format!(
                    "Report these lines; they contain nothing from a letter:\n{}",
                    crash.report().trim_end()
                )
            }
            Self::Clock => "Set the clock, then try again".into(),
            Self::Stopped => String::new(),
            Self::Input(_) => "Name a file instead of -".into(),
            Self::Closed | Self::Output(_) => "Write to a file with -o".into(),
            Self::NoTemplate { .. } => {
                "Run rationale templates to list the templates".into()
            }
            Self::NoRule { .. } => "Run rationale rules to list the rules".into(),
            Self::NoTemplateForDraft { .. } => {
                "Add the template's id to the draft; rationale templates lists them"
                    .into()
            }
            Self::OneFileForMany => "Name a folder with --out-dir".into(),
            Self::NamesReviewer { .. } | Self::OverDraft { .. } => {
                "Choose another file name with -o".into()
            }
            Self::SameTarget { .. } => "Compose them one at a time, each with -o".into(),
            Self::NothingToRecordIn => {
                "Name the draft's file, or leave out --record".into()
            }
            Self::UnknownEnding { .. } => {
                let endings: Vec<String> = export::FORMATS
                    .iter()
                    .map(|row| format!(".{}", row.extension))
                    .collect();
                format!("Use one of {}, or add --format", endings.join(", "))
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
        | E::NoPrinting
        | E::NoPrinters
        | E::TakesNothing { .. }
        | E::Forbidden { .. }
        | E::Refused { .. }
        | E::NoDialog
        | E::DialogBroke { .. } => Exit::MachineFailed,
    }
}
