//! Why a file could not be made.

/// A file could not be made; none of these is the letter's fault.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("The typeface {face} could not be cut down to the letter's characters")]
    Subset { face: &'static str, source: subsetter::Error },
    #[error("The PDF file could not be put together")]
    Assemble { source: BrokenPdf },
    #[error("The PDF file could not be written to memory")]
    Write { source: std::io::Error },
    #[error("The PDF file could not be read back to paint it")]
    Unreadable,
    #[error("The letter has {pages} pages, and a picture holds one")]
    SeveralPages { pages: usize },
    #[error("There is no page {}", page + 1)]
    NoPage { page: usize },
    #[error("The picture would be larger than a picture can be")]
    TooLarge,
    #[error("The picture could not be packed")]
    Pack { source: ::png::EncodingError },
    #[error("The Word document could not be packed")]
    PackWord { source: zip::result::ZipError },
    #[error("The system took nothing onto its clipboard")]
    Clipboard,
    #[error("The facts could not be put into JSON")]
    Facts { source: serde_json::Error },
}

impl Error {
    /// What to do about it; empty where nothing can be done but to report it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::SeveralPages { .. } => {
                "Write to files with -o: each page becomes one of its own"
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
            | Self::Facts { .. } => "",
        }
    }
}

/// What is wrong with a PDF's inner structure.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct BrokenPdf(#[from] lopdf::Error);
