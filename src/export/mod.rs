//! Pages or their document as bytes of a file: a row of [`FORMATS`] for each kind.

mod pdf;
mod pdf_draw;
mod pdf_fonts;
mod pdf_outline;
mod pdf_tags;
pub mod png;
mod srgb;
mod text;

use crate::document::Document;
use crate::layout::Pages;

/// What a file is made from: the same letter, as content and laid out.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    pub document: &'a Document,
    pub pages: &'a Pages,
}

/// One kind of file.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// The name that the command line knows it by, such as `pdf`.
    pub name: &'static str,
    /// The file name's ending, without its dot.
    pub extension: &'static str,
    /// Makes the file's bytes: the same for the same input.
    pub write: fn(&Input<'_>) -> Result<Vec<u8>, Error>,
}

/// Every kind of file that a letter can become.
pub const FORMATS: &[Format] = &[
    Format { name: "pdf", extension: "pdf", write: pdf::write },
    Format { name: "text", extension: "txt", write: text::write },
    Format { name: "png", extension: "png", write: png::write },
];

/// A file could not be made; none of these is the letter's fault.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("The typeface {face} could not be cut down to the letter's characters")]
    Subset { face: &'static str, source: subsetter::Error },
    #[error("The PDF file could not be put together")]
    Assemble { source: pdf::Broken },
    #[error("The PDF file could not be written to memory")]
    Write { source: std::io::Error },
    #[error("The PDF file could not be read back to paint it")]
    Unreadable,
    #[error("There is no page {}", page + 1)]
    NoPage { page: usize },
    #[error("The picture would be larger than a picture can be")]
    TooLarge,
    #[error("The picture could not be packed")]
    Pack { source: ::png::EncodingError },
}

impl Error {
    /// What to do about it; empty where nothing can be done but to report it.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::TooLarge => "Choose a smaller scale",
            Self::NoPage { .. } => "Choose a page that the letter has",
            Self::Subset { .. } | Self::Assemble { .. } | Self::Write { .. } | Self::Unreadable | Self::Pack { .. } => {
                ""
            }
        }
    }
}

/// The format of this name.
#[must_use]
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_formats_are_all_different_and_found() {
        for row in FORMATS {
            assert_eq!(format(row.name).map(|found| found.extension), Some(row.extension));
        }
        assert!(format("doc").is_none());
    }
}
