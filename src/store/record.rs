//! What happened to a draft besides being written: its exports, that it was finished, and
//! when it was served. None of it is part of the letter, so undo leaves it alone.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::file::Fingerprint;
use crate::compose::Composition;
use crate::template::{LetterCopy, Template};

/// So many exports keep their words; of those before them, what proves them is kept
/// alone.
const WITH_WORDS: usize = 3;

/// A draft's past.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Record {
    /// Every time that the letter left the program, the newest last.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub exports: Vec<Exported>,
    /// Since this day the letter is final.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finished: Option<Date>,
    /// The day on which it was served; the time to appeal runs from it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub served: Option<Date>,
}

/// One export, or one printing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Exported {
    pub at: Timestamp,
    /// The kind of file, such as `pdf`, or [`PRINTED`] or [`VIEWED`].
    pub format: String,
    /// `served` or `public`.
    pub copy: String,
    /// The template's id, and the version of its wording.
    pub template: String,
    pub version: u32,
    /// Of each file: a picture has one for each page.
    pub sha256: Vec<String>,
    /// Errors stood against it, and every page said DRAFT.
    #[serde(skip_serializing_if = "is_not")]
    pub unfinished: bool,
    /// The rules whose findings were overridden at the time.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub overridden: Vec<String>,
    /// The letter's words, so that what changed since can be shown; empty once newer
    /// exports keep theirs.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_not(flag: &bool) -> bool {
    !flag
}

/// The format of a letter that went to the printer; its file is a PDF.
pub const PRINTED: &str = "print";
/// The format of a letter that a PDF viewer opened to print it from there.
pub const VIEWED: &str = "viewer";

impl Exported {
    /// What was done with the letter, such as "Printed".
    pub fn deed(&self) -> &'static str {
        match self.format.as_str() {
            PRINTED => "Printed",
            VIEWED => "Opened to print",
            _ => "Exported",
        }
    }

    /// A letter as it was composed; the day and the files are added once it is written.
    pub fn new(
        format: &str,
        copy: LetterCopy,
        template: &Template,
        composition: &Composition,
    ) -> Self {
        let mut overridden = BTreeSet::new();
        for found in &composition.diagnostics {
            if found.is_overridden() {
                overridden.insert(found.code.to_owned());
            }
        }
        Self {
            format: format.into(),
            copy: copy.name().into(),
            template: template.id().into(),
            version: template.head().version,
            unfinished: !composition.is_finished(),
            overridden: overridden.into_iter().collect(),
            text: composition.document.text(),
            ..Self::default()
        }
    }

    /// The same once its files are written.
    pub fn written(self, at: Timestamp, files: &[Fingerprint]) -> Self {
        // Fractions of a second prove nothing.
        let at = Timestamp::from_second(at.as_second()).unwrap_or(at);
        Self { at, sha256: files.iter().map(ToString::to_string).collect(), ..self }
    }
}

impl Record {
    /// Whether nothing has happened.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Records an export; the oldest that kept its words drops them.
    pub fn add(&mut self, export: Exported) {
        self.exports.push(export);
        let old = self.exports.len().saturating_sub(WITH_WORDS);
        let (old, new) = self.exports.split_at_mut(old);
        // The newest of each copy keeps them: what changed since can be asked of either.
        for export in old {
            if new.iter().any(|newer| newer.copy == export.copy) {
                export.text.clear();
            }
        }
    }

    pub fn newest(&self) -> Option<&Exported> {
        self.exports.last()
    }

    /// The newest export of a copy.
    pub fn newest_of(&self, copy: LetterCopy) -> Option<&Exported> {
        self.exports
            .iter()
            .rfind(|export| export.copy == copy.name() || export.copy.is_empty())
    }

    /// The newest export that wrote this very file.
    pub fn of_file(&self, bytes: &[u8]) -> Option<&Exported> {
        let wanted = Fingerprint::of(bytes).to_string();
        self.exports.iter().rfind(|export| export.sha256.contains(&wanted))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn export(bytes: &[u8]) -> Exported {
        let sha256 = vec![Fingerprint::of(bytes).to_string()];
        Exported {
            sha256,
            text: String::from_utf8_lossy(bytes).into_owned(),
            ..Exported::default()
        }
    }

    #[test]
    fn only_the_newest_exports_keep_their_words() {
        let mut record = Record::default();
        ["a", "b", "c", "d"]
            .into_iter()
            .for_each(|words| record.add(export(words.as_bytes())));
        let words: Vec<&str> =
            record.exports.iter().map(|export| export.text.as_str()).collect();
        assert_eq!(words, ["", "b", "c", "d"]);
    }

    #[test]
    fn an_export_is_found_by_its_file() {
        let mut record = Record::default();
        record.add(export(b"abc"));
        record.add(export(b"d"));
        // What `sha256sum` says of these three letters.
        let known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(
            record.of_file(b"abc").map(|export| &export.sha256[..]),
            Some(&[known.to_owned()][..])
        );
        assert_eq!(record.of_file(b"abcd"), None);
    }
}
