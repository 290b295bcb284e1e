//! What is wrong with what a file holds, so that it cannot be read as what it should be.

use std::path::PathBuf;

use super::file::previous_copy_hint;
use crate::diagnostic;

/// What is wrong with what a file holds. `before` is the copy from before the last save.
#[derive(Debug, thiserror::Error)]
pub enum ContentError {
    #[error("This file is empty: {}", path.display())]
    Empty { path: PathBuf, before: Option<PathBuf> },
    #[error("This file is not a draft: {}", path.display())]
    NotADraft { path: PathBuf },
    #[error(
        "This file is not text from line {line}, column {column}: {}",
        path.display()
    )]
    NotText { path: PathBuf, line: usize, column: usize, before: Option<PathBuf> },
    #[error("This draft ends unexpectedly at line {line}: {}", path.display())]
    Truncated { path: PathBuf, line: usize, before: Option<PathBuf> },
    #[error("This draft is damaged at line {line}, column {column}: {}", path.display())]
    Damaged {
        path: PathBuf,
        line: usize,
        column: usize,
        before: Option<PathBuf>,
        source: Box<ron::Error>,
    },
    #[error("This draft is too long: {}", path.display())]
    LongDraft { path: PathBuf },
    #[error("This draft has too many rows: {}", path.display())]
    ManyRows { path: PathBuf },
    #[error(
        "This draft was saved by a newer version of Rationale (format {format}): {}",
        path.display()
    )]
    Newer { path: PathBuf, format: u32 },
}

impl ContentError {
    /// What to do about it, as an instruction.
    pub fn hint(&self) -> String {
        match self {
            Self::NotADraft { .. } => {
                "Open a file that Rationale saved; its name ends in .rationale".into()
            }
            Self::Empty { before, .. }
            | Self::NotText { before, .. }
            | Self::Truncated { before, .. } => previous_copy_hint(before.as_deref()),
            Self::Damaged { before, source, .. } => format!(
                "{}. If it was edited by hand, fix this: {}",
                previous_copy_hint(before.as_deref()),
                diagnostic::reason(source)
            ),
            Self::LongDraft { .. } => {
                "A draft can be up to 16 MB; check that this is the right file".into()
            }
            Self::ManyRows { .. } => {
                "A letter can have up to 1000 rows; check that this is the right file"
                    .into()
            }
            Self::Newer { .. } => {
                "Open it with the version of Rationale that saved it, or a newer one"
                    .into()
            }
        }
    }
}
