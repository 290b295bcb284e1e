//! A letter as the bytes of a file: a row of [`FORMATS`] for each kind of file. Code that
//! means a certain kind names it, such as [`PDF`].

mod docx;
mod error;
mod html;
mod json;
mod pdf;
pub mod png;
mod srgb;
mod text;
mod xml;

use std::path::{Path, PathBuf};

use crate::document::Document;
use crate::layout::Pages;

pub use error::Error;
pub use pdf::{decompresses_beyond, lacks, only, words};

/// What a file is made from: the same letter, as content and as pages.
#[derive(Clone, Copy, Debug)]
pub struct ExportInput<'a> {
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
    pub write: fn(&ExportInput<'_>) -> Result<Vec<u8>, Error>,
    /// For a kind that holds one page: the bytes of a file for each.
    each_page: Option<Split>,
}

type Split = fn(&ExportInput<'_>, GoesOn<'_>) -> Result<Vec<Vec<u8>>, Error>;

/// Asked between pages: whether somebody still wants them.
pub type GoesOn<'a> = &'a dyn Fn() -> bool;

/// What a letter is sent and filed as.
pub const PDF: Format = Format {
    name: "pdf",
    label: "PDF",
    extension: "pdf",
    write: pdf::write,
    each_page: None,
};

pub const DOCX: Format = Format {
    name: "docx",
    label: "Word document",
    extension: "docx",
    write: docx::write,
    each_page: None,
};

pub const HTML: Format = Format {
    name: "html",
    label: "Web page",
    extension: "html",
    write: html::write,
    each_page: None,
};

pub const TEXT: Format = Format {
    name: "text",
    label: "Plain text",
    extension: "txt",
    write: text::write,
    each_page: None,
};

pub const PNG: Format = Format {
    name: "png",
    label: "Picture",
    extension: "png",
    write: png::write,
    each_page: Some(png::pages),
};

pub const JSON: Format = Format {
    name: "json",
    label: "Data (JSON)",
    extension: "json",
    write: json::write,
    each_page: None,
};

/// Every kind of file that a letter can become, the usual one first.
pub const FORMATS: &[Format] = &[PDF, DOCX, HTML, TEXT, PNG, JSON];

impl Format {
    /// The files that a letter becomes: one, or one for each page.
    ///
    /// # Errors
    /// One cannot be made, or nobody wants them any more.
    pub fn files(
        &self,
        input: &ExportInput<'_>,
        goes_on: GoesOn<'_>,
    ) -> Result<Vec<Vec<u8>>, Error> {
        match self.each_page {
            Some(split) => split(input, goes_on),
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
    let stem = path.file_stem().unwrap_or_default();
    let ending = path.extension().unwrap_or_default();
    let mut paths = Vec::new();
    for page in 1..=files {
        let mut name = stem.to_owned();
        name.push(format!("-{page}."));
        name.push(ending);
        paths.push(path.with_file_name(name));
    }
    paths
}

/// The format of this name, as the command line has it.
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
