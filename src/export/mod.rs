//! Pages or their document as bytes of a file: a row of [`FORMATS`] for each kind.

mod docx;
mod docx_body;
mod html;
mod json;
mod pdf;
pub mod png;
mod srgb;
mod text;

use std::path::{Path, PathBuf};

use crate::document::Document;
use crate::layout::Pages;

pub use pdf::unfolds_beyond;
pub use pdf::{lacks, words};

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
    /// What people call it.
    pub label: &'static str,
    /// The file name's ending, without its dot.
    pub extension: &'static str,
    /// Makes the file's bytes: the same for the same input. A kind that holds one page
    /// refuses several.
    pub write: fn(&Input<'_>) -> Result<Vec<u8>, Error>,
    /// For a kind that holds one page: the bytes of a file for each.
    each_page: Option<Split>,
}

type Split = fn(&Input<'_>) -> Result<Vec<Vec<u8>>, Error>;

/// The letter's own format.
pub const PDF: Format = Format {
    name: "pdf",
    label: "PDF",
    extension: "pdf",
    write: pdf::write,
    each_page: None,
};

/// What the clipboard holds for programs that take web pages.
pub const HTML: Format = Format {
    name: "html",
    label: "Web page",
    extension: "html",
    write: html::write,
    each_page: None,
};

/// What the clipboard holds for the rest.
pub const TEXT: Format = Format {
    name: "text",
    label: "Plain text",
    extension: "txt",
    write: text::write,
    each_page: None,
};

/// Every kind of file that a letter can become.
pub const FORMATS: &[Format] = &[
    PDF,
    Format {
        name: "docx",
        label: "Word document",
        extension: "docx",
        write: docx::write,
        each_page: None,
    },
    HTML,
    TEXT,
    Format {
        name: "png",
        label: "Picture",
        extension: "png",
        write: png::write,
        each_page: Some(png::pages),
    },
    Format {
        name: "json",
        label: "Data for programs",
        extension: "json",
        write: json::write,
        each_page: None,
    },
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

impl Format {
    /// The files that a letter becomes: one, or one for each page.
    pub fn files(&self, input: &Input<'_>) -> Result<Vec<Vec<u8>>, Error> {
        match self.each_page {
            Some(split) => split(input),
            None => (self.write)(input).map(|file| vec![file]),
        }
    }

    /// Whether the letter of these many pages becomes several files.
    pub fn is_split(&self, pages: usize) -> bool {
        self.each_page.is_some() && pages > 1
    }
}

/// What the files of a letter are called: `letter.png`, or `letter-1.png`, `letter-2.png`
/// and so on.
pub fn numbered(path: &Path, files: usize) -> Vec<PathBuf> {
    if files == 1 {
        return vec![path.to_owned()];
    }
    let (stem, ending) =
        (path.file_stem().unwrap_or_default(), path.extension().unwrap_or_default());
    let name = |page: usize| {
        let mut name = stem.to_owned();
        name.push(format!("-{page}."));
        name.push(ending);
        path.with_file_name(name)
    };
    (1..=files).map(name).collect()
}

/// The format of this name.
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

/// The format that a file of this name has by its ending.
pub fn format_of(path: &Path) -> Option<&'static Format> {
    let ending = path.extension()?;
    FORMATS
        .iter()
        .find(|format| ending.eq_ignore_ascii_case(format.extension))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_formats_are_all_different_and_found() {
        for row in FORMATS {
            assert_eq!(
                format(row.name).map(|found| found.extension),
                Some(row.extension)
            );
        }
        assert!(format("doc").is_none());
    }

    #[test]
    fn pages_are_numbered_where_there_are_several() {
        let names = |files| numbered(Path::new("/cases/CM17-1.v2.png"), files);
        assert_eq!(names(1), [Path::new("/cases/CM17-1.v2.png")]);
        assert_eq!(
            names(2),
            ["/cases/CM17-1.v2-1.png", "/cases/CM17-1.v2-2.png"].map(PathBuf::from)
        );
    }
}
