//! Why a file could not be made.

/// A file could not be made; none of these is the letter's fault.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("The font {face} could not be embedded")]
    Subset { face: &'static str, source: subsetter::Error },
    #[error("The PDF could not be created")]
    Assemble { source: BrokenPdf },
    #[error("The PDF could not be created")]
    Write { source: std::io::Error },
    #[error("The PDF could not be read back to show it")]
    Unreadable,
    #[error("The letter has {pages} pages, and a picture holds only one")]
    SeveralPages { pages: usize },
    #[error("There is no page {}", page + 1)]
    NoPage { page: usize },
    #[error("The picture would be too large")]
    TooLarge,
    #[error("The picture could not be created")]
    Pack { source: ::png::EncodingError },
    #[error("The Word document could not be created")]
    PackWord { source: zip::result::ZipError },
    #[error("The export was stopped")]
    Stopped,
    #[error("Could not copy to the clipboard")]
    Clipboard,
    #[error("The data could not be written as JSON")]
    Facts { source: serde_json::Error },
}

impl Error {
    /// What to do about it; empty where nothing can be done but to report it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::SeveralPages { .. } => {
                "Write to a file with -o; each page becomes its own file"
            }
            Self::TooLarge => "Choose a smaller scale",
            Self::Clipboard => "Export the letter instead",
            Self::NoPage { .. } => "Choose a page that the letter has",
            Self::Subset { .. }
            | Self::Assemble { .. }
            | Self::Write { .. }
            | Self::Unreadable
            | Self::Pack { .. }
            | Self::PackWord { .. }
            | Self::Stopped
            | Self::Facts { .. } => "",
        }
    }
}

/// What is wrong with a PDF's inner structure.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct BrokenPdf(#[from] lopdf::Error);
