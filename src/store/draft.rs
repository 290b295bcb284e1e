//! Drafts: a letter, the wording that it was last composed with and the record of its
//! exports, in one file that a person can read.
//!
//! The file is RON with its format's number first. To change the format: freeze a copy of
//! the structs as they were, read the old number into it and turn it into today's
//! [`Letter`], count [`FORMAT`] up, and lay a file of the old format into
//! `tests/drafts/`, where it stays for ever.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;
use ron::ser::PrettyConfig;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::atomic::{self, Before, Expected, Fingerprint};
use super::lock::Holder;
use super::recovery::Origin;
use super::sealed::{self, Key, Seal};
use super::{Error, Record, read_bytes, text_of};
use crate::letter::{Letter, MOST_ROWS, us_date};
use crate::template::Template;

/// The number of the format that is written.
const FORMAT: u32 = 1;

/// The longest draft, in bytes: more than the longest text that can be imported takes,
/// whatever characters it has.
const LONGEST: usize = 16 * 1024 * 1024;

/// What a draft's file holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    pub template: TemplateRef,
    pub letter: Letter,
    pub record: Record,
}

/// The letter kind that a draft was last composed with. Its text travels along, so that
/// the letter can be compared and verified years later, at another desk.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TemplateRef {
    pub id: String,
    pub version: u32,
    pub source: Arc<str>,
}

impl From<&Template> for TemplateRef {
    fn from(template: &Template) -> Self {
        let (id, source) = (template.id().to_owned(), Arc::clone(template.source()));
        Self { id, version: template.head().version, source }
    }
}

/// A draft as it was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    pub draft: Draft,
    /// What was on the disk; [`save`] asks for it, so that nobody else's changes are
    /// overwritten.
    pub fingerprint: Fingerprint,
    /// Why the file may not be written over, if it may not.
    pub read_only: Option<ReadOnly>,
    /// Where the draft comes from, if it is a recovery copy.
    pub(super) origin: Option<Origin>,
    /// What the file is encrypted with, if it is.
    pub seal: Option<Seal>,
}

/// Why a draft is for reading only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadOnly {
    /// A later version of the program wrote it, in a format of this number.
    NewerFormat(u32),
    /// It holds fields, named here, that this version does not know and would lose.
    UnknownFields(Vec<String>),
    /// The file is write-protected.
    Protected,
    /// The letter is final since this day.
    Finished(Date),
    /// Somebody else works on it.
    Held(Box<Holder>),
}

impl ReadOnly {
    /// The reason in words.
    pub fn message(&self) -> String {
        match self {
            Self::NewerFormat(format) => {
                format!(
                    "A newer Rationale wrote this draft (format {format}), so it is \
                        open for reading only"
                )
            }
            Self::UnknownFields(names) => {
                let names = match &names[..] {
                    [first, second, third, _, ..] => {
                        format!("{first}, {second}, {third} and others")
                    }
                    _ => names.join(", "),
                };
                format!(
                    "This draft holds what this version does not know ({names}), so it \
                        is open for reading only"
                )
            }
            Self::Protected => {
                "The file is write-protected, so it is open for reading only".into()
            }
            Self::Finished(day) => {
                format!("This letter is final since {}", us_date(*day))
            }
            Self::Held(holder) => format!(
                "This draft is open {}, so it is open for reading only",
                holder.words()
            ),
        }
    }

    /// Whether the file says more than was understood, so that a letter composed from it
    /// could lack something.
    pub fn is_partly_understood(&self) -> bool {
        match self {
            Self::NewerFormat(_) | Self::UnknownFields(_) => true,
            Self::Protected | Self::Finished(_) | Self::Held(_) => false,
        }
    }

    /// Whether nothing keeps the file from being written but that its letter is to stay
    /// as it is.
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Finished(_))
    }

    /// What to do about it, as an instruction.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NewerFormat(_) | Self::UnknownFields(_) => {
                "Open it with the version of Rationale that wrote it, or save a copy \
                    that may lose something"
            }
            Self::Protected => "Save under another name, or allow writing to the file",
            Self::Finished(_) => "Correct this letter begins a draft that replaces it",
            Self::Held(_) => "Take it over, or open a copy",
        }
    }
}

/// The file as it is written.
#[derive(Serialize)]
struct Written<'a> {
    format: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    recovery: Option<&'a Origin>,
    template: &'a TemplateRef,
    letter: &'a Letter,
    #[serde(skip_serializing_if = "Record::is_empty")]
    record: &'a Record,
}

/// The file as it is read.
#[derive(Deserialize)]
struct Found {
    format: u32,
    #[serde(default)]
    recovery: Option<Origin>,
    #[serde(default)]
    template: TemplateRef,
    letter: Letter,
    #[serde(default)]
    record: Record,
}

/// What all formats have in common, and whether the rest is encrypted.
#[derive(Deserialize)]
struct Envelope {
    format: u32,
    #[serde(default, deserialize_with = "is_there")]
    sealed: bool,
}

fn is_there<'de, D: serde::Deserializer<'de>>(value: D) -> Result<bool, D::Error> {
    serde::de::IgnoredAny::deserialize(value).map(|_| true)
}

impl Draft {
    /// An empty letter of this kind.
    pub fn new(template: &Template) -> Self {
        Self {
            template: template.into(),
            letter: Letter::default(),
            record: Record::default(),
        }
    }

    /// The text of the draft's file.
    pub fn to_text(&self) -> Result<String, Error> {
        self.written(None)
    }

    /// What a file of it holds: encrypted where there is a seal, and where it comes from
    /// if it is a recovery copy.
    pub(super) fn file(
        &self,
        seal: Option<&Seal>,
        recovery: Option<&Origin>,
    ) -> Result<Zeroizing<String>, Error> {
        let text = match seal {
            Some(seal) => {
                seal.close(Zeroizing::new(self.to_text()?).as_bytes(), recovery)?
            }
            None => self.written(recovery)?,
        };
        Ok(Zeroizing::new(text))
    }

    pub(super) fn written(&self, recovery: Option<&Origin>) -> Result<String, Error> {
        let Self { template, letter, record } = self;
        let file = Written { format: FORMAT, recovery, template, letter, record };
        // One kind of line end on all systems: the same draft is the same file
        // everywhere.
        let config = PrettyConfig::new().new_line("\n");
        let text = ron::ser::to_string_pretty(&file, config)
            .map_err(|source| Error::Unspeakable { source: Box::new(source) })?;
        Ok(text + "\n")
    }
}

/// Reads the draft in a file; one that is encrypted is told.
pub fn open(path: &Path) -> Result<Opened, Error> {
    open_with(path, None)
}

/// Reads the draft in a file, with what opens it if it is encrypted.
pub fn open_with(path: &Path, key: Option<Key<'_>>) -> Result<Opened, Error> {
    let mut opened = read_with(&read_bytes(path)?, path, key)?;
    if fs::metadata(path).is_ok_and(|about| about.permissions().readonly()) {
        opened.read_only.get_or_insert(ReadOnly::Protected);
    }
    Ok(opened)
}

/// Reads a draft that came some other way, such as standard input; `name` is what
/// messages call it.
pub fn read(bytes: &[u8], name: &Path) -> Result<Opened, Error> {
    read_with(bytes, name, None)
}

/// The same, with what opens it if it is encrypted.
pub fn read_with(
    bytes: &[u8],
    name: &Path,
    key: Option<Key<'_>>,
) -> Result<Opened, Error> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Error::Empty { path: name.into(), before: atomic::one_before(name) });
    }
    if !begins_like_a_draft(bytes) {
        return Err(Error::NotADraft { path: name.into() });
    }
    if bytes.len() > LONGEST {
        return Err(Error::LongDraft { path: name.into() });
    }
    let text = text_of(bytes, name)?;
    if let Some(file) = sealed_file(text, name)? {
        return unsealed(file, bytes, name, key);
    }
    let (found, unknown) = found(text, name)?;
    let read_only = match (found.format, unknown.is_empty()) {
        (FORMAT, true) => found.record.finished.map(ReadOnly::Finished),
        (FORMAT, false) => Some(ReadOnly::UnknownFields(unknown.into_iter().collect())),
        (newer, _) => Some(ReadOnly::NewerFormat(newer)),
    };
    let Found { format: _, recovery: origin, template, mut letter, record } = found;
    if letter.count_of_rows() > MOST_ROWS {
        return Err(Error::ManyRows { path: name.into() });
    }
    letter.renew_repeated_ids();
    letter.forget_empty_extras();
    let draft = Draft { template, letter, record };
    Ok(Opened {
        draft,
        fingerprint: Fingerprint::of(bytes),
        read_only,
        origin,
        seal: None,
    })
}

/// The file's two parts, if it is of an encrypted draft.
fn sealed_file(text: &str, name: &Path) -> Result<Option<sealed::File>, Error> {
    match ron::from_str(text) {
        Ok(Envelope { format: FORMAT, sealed: true }) => ron::from_str(text)
            .map(Some)
            .map_err(|error| unreadable(&error, text, name)),
        // What is wrong with any other file is told where it is read.
        Ok(_) | Err(_) => Ok(None),
    }
}

/// Within the encrypted part lies a whole plain draft.
fn unsealed(
    file: sealed::File,
    bytes: &[u8],
    name: &Path,
    key: Option<Key<'_>>,
) -> Result<Opened, Error> {
    let origin = file.recovery.clone();
    let (plain, seal) = file.open(key, name)?;
    let opened = read(&plain, name)?;
    Ok(Opened { fingerprint: Fingerprint::of(bytes), origin, seal: Some(seal), ..opened })
}

/// Where an encrypted recovery copy comes from, which is told before it is opened.
pub(super) fn origin_of_sealed(path: &Path) -> Option<Origin> {
    let bytes = read_bytes(path).ok()?;
    sealed_file(text_of(&bytes, path).ok()?, path).ok()??.recovery
}

/// Writes a draft where `expected` still holds, and keeps the one before as `NAME~`. The
/// fingerprint is what the next saving expects.
pub fn save(
    path: &Path,
    draft: &Draft,
    expected: Expected,
) -> Result<Fingerprint, Error> {
    save_with(path, draft, None, expected)
}

/// The same for a draft that may be encrypted. A file that is not encrypted with the same
/// seal is not kept as the one before, and the one before it goes too: else the plain
/// letter would go on lying beside the encrypted one.
pub fn save_with(
    path: &Path,
    draft: &Draft,
    seal: Option<&Seal>,
    expected: Expected,
) -> Result<Fingerprint, Error> {
    let is_of_seal = |seal: &Seal| read_bytes(path).is_ok_and(|bytes| seal.is_of(&bytes));
    let before = if seal.is_none_or(is_of_seal) { Before::Keep } else { Before::Remove };
    atomic::replace(path, draft.file(seal, None)?.as_bytes(), expected, before)
}

/// Whether the bytes open as a draft does, with a bracket and its format, so that a photo
/// is called something else than damaged. Comments may stand before it; a file of zeros
/// once was something and may have been a draft.
pub(super) fn begins_like_a_draft(bytes: &[u8]) -> bool {
    let beginning = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).into_owned();
    let mut lines = beginning.trim_start_matches('\u{feff}').lines().map(str::trim);
    let first = lines
        .find(|line| !line.is_empty() && !line.starts_with("//"))
        .unwrap_or_default();
    first.starts_with('\0') || (first.starts_with('(') && beginning.contains("format"))
}

/// Reads the text; names what in it is not known.
fn found(text: &str, name: &Path) -> Result<(Found, BTreeSet<String>), Error> {
    let envelope: Envelope =
        ron::from_str(text).map_err(|error| unreadable(&error, text, name))?;
    match (envelope.format, parse(text)) {
        (0, _) => Err(Error::NotADraft { path: name.into() }),
        (_, Ok(found)) => Ok(found),
        (FORMAT, Err(error)) => Err(unreadable(&error, text, name)),
        (format, Err(_)) => Err(Error::Newer { path: name.into(), format }),
    }
}

fn parse(text: &str) -> Result<(Found, BTreeSet<String>), ron::error::SpannedError> {
    let mut unknown = BTreeSet::new();
    let mut reader = ron::Deserializer::from_str(text)?;
    let found = serde_ignored::deserialize(&mut reader, |path| {
        unknown.insert(spelt(&path));
    });
    let found = found.map_err(|error| reader.span_error(error))?;
    reader.end().map_err(|error| reader.span_error(error))?;
    Ok((found, unknown))
}

/// A place in the file as people read it, rows counted from 1: `letter.items[2].mood`.
fn spelt(path: &serde_ignored::Path<'_>) -> String {
    use serde_ignored::Path as Place;
    match path {
        Place::Root => String::new(),
        Place::Map { parent, key } => match spelt(parent) {
            parent if parent.is_empty() => key.clone(),
            parent => format!("{parent}.{key}"),
        },
        Place::Seq { parent, index } => format!("{}[{}]", spelt(parent), index + 1),
        Place::Some { parent }
        | Place::NewtypeStruct { parent }
        | Place::NewtypeVariant { parent } => spelt(parent),
    }
}

fn unreadable(error: &ron::error::SpannedError, text: &str, name: &Path) -> Error {
    let (path, before) = (name.to_owned(), atomic::one_before(name));
    if matches!(
        &error.code,
        ron::Error::MissingStructField { field: "format" | "letter", .. }
    ) {
        return Error::NotADraft { path };
    }
    // Every draft ends with the bracket that it opens with.
    if !text.trim_end().ends_with(')') {
        return Error::Truncated { path, line: text.trim_end().lines().count(), before };
    }
    let at = error.span.start;
    Error::Damaged {
        path,
        line: at.line,
        column: at.col,
        before,
        source: Box::new(error.code.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::{Entry, Group, Guideline, Source};
    use crate::store::Exported;

    fn letter() -> Letter {
        let mut letter = Letter::default();
        letter.add_row(Group::Reviewers, None);
        let item = letter.add_row(Group::Items, None);
        let opinion = letter.add_row(Group::Opinions(item), None);
        letter.items[0].opinions[0].id = opinion;
        letter.items[0].rationale =
            "A \"quoted\" word,\r\na brace { and \\ \u{301} \u{0} 中\n\nand (more)."
                .into();
        letter.items[0].claims_guideline = Guideline::None { reason: "unknown".into() };
        letter.case.date_of_injury = Entry::read("13/45/2009");
        letter.case.decision_date = Entry::read("Nov 4 2013");
        letter.extra.insert("docket".into(), "7".into());
        letter
    }

    fn reading(text: &str) -> Result<Opened, Error> {
        read(text.as_bytes(), Path::new("a.ron"))
    }

    #[test]
    fn what_is_written_is_read_again() {
        let template = TemplateRef {
            id: "imr".into(),
            version: 3,
            source: "(head)\n---\n{{ body }}".into(),
        };
        let mut draft = Draft { template, letter: letter(), record: Record::default() };
        let opened = reading(&draft.to_text().unwrap()).unwrap();
        assert_eq!((opened.draft, opened.read_only), (draft.clone(), None));
        let (at, overridden) =
            (jiff::Timestamp::from_second(1_700_000_000).unwrap(), vec!["L020".into()]);
        draft.record.add(Exported {
            at,
            overridden,
            text: "a \"word\"\nb".into(),
            ..Exported::default()
        });
        let day = jiff::civil::date(2026, 11, 25);
        (draft.record.finished, draft.record.served) = (Some(day), day.tomorrow().ok());
        let opened = reading(&draft.to_text().unwrap()).unwrap();
        assert_eq!(
            (opened.draft, opened.read_only),
            (draft, Some(ReadOnly::Finished(day)))
        );
    }

    #[test]
    fn a_draft_can_be_read_by_a_person() {
        let text = Draft { letter: letter(), ..Draft::default() }.to_text().unwrap();
        assert!(
            text.starts_with("(\n    format: 1,\n    template: (\n        id: \"\",\n"),
            "{text}"
        );
        assert!(text.contains("        date_of_injury: \"13/45/2009\",\n"), "{text}");
        assert!(text.ends_with("    ),\n)\n"), "{text}");
    }

    #[test]
    fn what_is_not_known_is_named_and_the_draft_is_for_reading_only() {
        for (letter, unknown) in [
            ("(case: (number: \"1\", colour: \"red\"))", "letter.case.colour"),
            ("(items: [(), (mood: [1, (2)])])", "letter.items[2].mood"),
            (
                "(items: [(claims_guideline: Cited([(source: Mtus(title: \"a\", page: 3))]))])",
                "letter.items[1].claims_guideline[1].source.page",
            ),
        ] {
            let opened = reading(&format!("(format: 1, letter: {letter})")).unwrap();
            assert_eq!(
                opened.read_only,
                Some(ReadOnly::UnknownFields(vec![unknown.into()]))
            );
        }
    }

    #[test]
    fn a_newer_format_is_for_reading_only_or_told() {
        let opened = reading("(format: 2, letter: (summary: \"s\", mood: 3))").unwrap();
        assert_eq!(
            (opened.draft.letter.summary.as_str(), opened.read_only),
            ("s", Some(ReadOnly::NewerFormat(2)))
        );
        let error = reading("(format: 2, letter: \"sealed\")").unwrap_err();
        assert!(matches!(error, Error::Newer { format: 2, .. }), "{error}");
    }

    #[test]
    fn rows_without_ids_are_given_some() {
        let opened =
            reading("(format: 1, letter: (items: [(), ()], reviewers: [()]))").unwrap();
        let letter = opened.draft.letter;
        let (items, reviewers) =
            (letter.row_ids(Group::Items), letter.row_ids(Group::Reviewers));
        assert_eq!((items.len(), letter.last_id.0), (2, 3));
        assert!(items[0] != items[1] && !items.contains(&reviewers[0]));
    }

    #[test]
    fn an_unread_chapter_keeps_its_edition() {
        let text = "(format: 1, letter: (items: [(reviewer_guideline: Cited([(source: \
            Mtus(title: \"Low Back \
                    Complaints\", acoem_chapter: Some(12)))]))]))";
        let letter = reading(text).unwrap().draft.letter;
        let Guideline::Cited(citations) = &letter.items[0].reviewer_guideline else {
            panic!("cited")
        };
        assert!(matches!(citations[0], Source::Mtus { acoem_chapter: Some(12), .. }));
    }
}
