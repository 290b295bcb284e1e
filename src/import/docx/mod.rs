//! The words of a Word document: its paragraphs and its tables' cells, in order, with the
//! numbers that Word counts by itself, then its notes. Headers and footers, and what is
//! hidden, are set aside; page numbers, comments and what was deleted are left out.

mod body;
mod numbering;
mod package;
mod styles;

use std::collections::BTreeSet;

use quick_xml::events::BytesStart;

use self::body::BodyReader;
use self::numbering::Numbering;
use self::package::Package;
use self::styles::WordStyles;
use super::{FileWords, prose};
use crate::letter::Aside;

/// Why a document gives no words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("The file is not a Word document, or is damaged")]
    Unreadable,
    #[error("The Word document has no text")]
    NoText,
    #[error("The Word document is too large")]
    TooLarge,
}

impl Error {
    /// What to do about it, as an instruction.
    pub fn hint(self) -> &'static str {
        match self {
            Self::Unreadable => {
                "Open it in a word processor and save it as .docx, or paste its text"
            }
            Self::NoText => "Check that this is the right file",
            Self::TooLarge => "Import one letter at a time",
        }
    }
}

/// The words of a document: a blank line between paragraphs, a tab between a table's
/// cells.
///
/// # Errors
/// It cannot be read, or there are no words in it.
pub(super) fn words(bytes: &[u8]) -> Result<FileWords, Error> {
    let mut package = Package::open(bytes)?;
    let main = package.main()?;
    let related = package.related(&main)?;
    let first = |kind: &str| related.iter().find(|(known, _)| known == kind);
    let (mut styles, mut numbering) = (WordStyles::default(), Numbering::default());
    if let Some((_, name)) = first("styles")
        && let Some(xml) = package.part(name)?
    {
        styles = WordStyles::read(&xml)?;
    }
    if let Some((_, name)) = first("numbering")
        && let Some(xml) = package.part(name)?
    {
        numbering = Numbering::read(&xml)?;
    }
    let mut reader = BodyReader::new(&styles, &mut numbering);
    reader.read(&package.part(&main)?.ok_or(Error::Unreadable)?)?;
    // Notes are read after the letter, where nothing takes them for a part of a sentence.
    for (kind, name) in &related {
        if matches!(kind.as_str(), "footnotes" | "endnotes")
            && let Some(xml) = package.part(name)?
        {
            reader.read(&xml)?;
        }
    }
    let [text, hidden, struck] = reader.into_texts();
    let mut words = FileWords::from(text);
    words.set_aside(1, Aside::Unseen, prose::line(&hidden));
    words.set_aside(1, Aside::Struck, prose::line(&struck));
    for line in running_lines(&mut package, &related, &styles)? {
        words.set_aside(1, Aside::Running, line);
    }
    if words.text.trim().is_empty() { Err(Error::NoText) } else { Ok(words) }
}

/// The lines of headers and footers, each once.
fn running_lines(
    package: &mut Package<'_>,
    related: &[(String, String)],
    styles: &WordStyles,
) -> Result<BTreeSet<String>, Error> {
    let mut lines = BTreeSet::new();
    for (kind, name) in related {
        if matches!(kind.as_str(), "header" | "footer")
            && let Some(xml) = package.part(name)?
        {
            let mut numbering = Numbering::default();
            let mut reader = BodyReader::new(styles, &mut numbering);
            reader.read(&xml)?;
            let [text, ..] = reader.into_texts();
            lines.extend(text.lines().map(prose::line));
        }
    }
    lines.retain(|line| !says_nothing(line));
    Ok(lines)
}

/// `Page 2 of 5`, whatever the numbers are, the mark of a draft, or nothing at all.
fn says_nothing(line: &str) -> bool {
    let words = line.to_lowercase();
    words
        .split(|c: char| !c.is_alphabetic())
        .all(|word| matches!(word, "" | "page" | "of" | "draft"))
}

/// An attribute by its name without its namespace.
fn attribute(tag: &BytesStart<'_>, name: &[u8]) -> Option<String> {
    let mut attributes = tag.attributes().flatten();
    let found = attributes.find(|found| found.key.local_name().as_ref() == name)?;
    String::from_utf8(found.value.to_vec()).ok()
}

/// Whether a property that stands alone is on: `<w:vanish/>`, not `<w:vanish w:val="0"/>`.
fn is_on(tag: &BytesStart<'_>) -> bool {
    match attribute(tag, b"val") {
        Some(value) => !matches!(value.as_str(), "0" | "false" | "off"),
        None => true,
    }
}

/// A property that is a number.
fn number<T: std::str::FromStr>(tag: &BytesStart<'_>) -> Option<T> {
    attribute(tag, b"val")?.parse().ok()
}

#[cfg(test)]
mod tests;
