//! Drafts: a letter, the wording that it was last composed with and the record of its
//! exports, in one file that a person can read.
//!
//! The file is RON with its format's number first. To change the format: freeze a copy of
//! the structs as they were, read the old number into it and turn it into today's
//! [`Letter`], count [`FORMAT`] up, and put a file of the old format into
//! `tests/drafts/`, where it stays for ever.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use ron::ser::PrettyConfig;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::atomic::{self, Expected, OldFile, Written};
use super::attributes::may_be_written;
use super::content_error::ContentError;
use super::error::Error;
use super::file::{Fingerprint, follow_links, previous_copy};
use super::holder::Origin;
use super::read_only::ReadOnly;
use super::reading::{is_named_as_draft, read_bytes, text_of};
use super::record::Record;
use super::sealed::{Key, Seal, SealedFile};
use crate::letter::{Letter, MOST_ROWS};
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

/// The template that a draft was last composed with. Its text travels along, so that
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

/// The file as it is written.
#[derive(Serialize)]
struct WrittenDraft<'a> {
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
struct StoredDraft {
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

impl Envelope {
    /// Whether the rest of the file is an encrypted draft of a format known here. That of
    /// a newer format is not looked into.
    fn is_sealed(&self) -> bool {
        self.sealed && self.format == FORMAT
    }
}

impl Draft {
    /// An empty letter of this template.
    pub fn new(template: &Template) -> Self {
        Self {
            template: template.into(),
            letter: Letter::default(),
            record: Record::default(),
        }
    }

    /// The text of the draft's file.
    pub fn to_text(&self) -> Result<String, Error> {
        self.plain_text(None)
    }

    /// The text of a file that holds the draft: encrypted where there is a seal, and with
    /// where it comes from if it is a recovery copy.
    pub(super) fn file_text(
        &self,
        seal: Option<&Seal>,
        origin: Option<&Origin>,
    ) -> Result<Zeroizing<String>, Error> {
        let Some(seal) = seal else {
            return Ok(Zeroizing::new(self.plain_text(origin)?));
        };
        let plain = Zeroizing::new(self.to_text()?);
        match origin {
            Some(origin) => sealed_copy(seal, plain.as_bytes(), origin),
            None => Ok(Zeroizing::new(seal.close(plain.as_bytes(), None)?)),
        }
    }

    pub(super) fn plain_text(&self, recovery: Option<&Origin>) -> Result<String, Error> {
        let Self { template, letter, record } = self;
        let file = WrittenDraft { format: FORMAT, recovery, template, letter, record };
        // One kind of line end on all systems: the same draft is the same file
        // everywhere.
        let config = PrettyConfig::new().new_line("\n");
        let text = ron::ser::to_string_pretty(&file, config).map_err(not_serialized)?;
        Ok(text + "\n")
    }
}

/// The text of an encrypted copy that holds these bytes, and says in plain words where it
/// comes from.
pub(super) fn sealed_copy(
    seal: &Seal,
    plain: &[u8],
    origin: &Origin,
) -> Result<Zeroizing<String>, Error> {
    let origin = ron::to_string(origin).map_err(not_serialized)?;
    Ok(Zeroizing::new(seal.close(plain, Some(&origin))?))
}

fn not_serialized(source: ron::Error) -> Error {
    Error::NotSerialized { source: Box::new(source) }
}

/// Reads the draft in a file, with what opens it if it is encrypted.
pub fn open(path: &Path, key: Option<Key<'_>>) -> Result<Opened, Error> {
    let mut opened = read(&read_bytes(path)?, path, key)?;
    if opened.read_only.is_none() && !may_be_written(path) {
        opened.read_only = Some(ReadOnly::Protected);
    }
    Ok(opened)
}

/// Reads a draft that came some other way, such as standard input; `name` is what
/// messages call it.
pub fn read(bytes: &[u8], name: &Path, key: Option<Key<'_>>) -> Result<Opened, Error> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ContentError::Empty {
            path: name.into(),
            before: previous_copy(name),
        }
        .into());
    }
    if !begins_like_a_draft(bytes) {
        return Err(ContentError::NotADraft { path: name.into() }.into());
    }
    if bytes.len() > LONGEST {
        return Err(ContentError::LongDraft { path: name.into() }.into());
    }
    let text = text_of(bytes, name)?;
    let envelope: Envelope = parse(text, name)?;
    if envelope.is_sealed() {
        return read_sealed(text, bytes, name, key);
    }
    read_plain(&envelope, text, bytes, name)
}

fn read_plain(
    envelope: &Envelope,
    text: &str,
    bytes: &[u8],
    name: &Path,
) -> Result<Opened, Error> {
    let (stored, unknown) = parse_draft(envelope, text, name)?;
    let StoredDraft { format, recovery: origin, template, mut letter, record } = stored;
    let read_only = match (format, unknown.is_empty()) {
        (FORMAT, true) => record.finished.map(ReadOnly::Finished),
        (FORMAT, false) => Some(ReadOnly::UnknownFields(unknown.into_iter().collect())),
        (newer, _) => Some(ReadOnly::NewerFormat(newer)),
    };
    if letter.count_of_rows() > MOST_ROWS {
        return Err(ContentError::ManyRows { path: name.into() }.into());
    }
    letter.renew_repeated_ids();
    letter.forget_empty_extras();
    Ok(Opened {
        draft: Draft { template, letter, record },
        fingerprint: Fingerprint::of(bytes),
        read_only,
        origin,
        seal: None,
    })
}

/// The encrypted part holds a whole plain draft.
fn read_sealed(
    text: &str,
    bytes: &[u8],
    name: &Path,
    key: Option<Key<'_>>,
) -> Result<Opened, Error> {
    let (file, mut unknown) = parse_with_unknown::<SealedFile>(text)
        .map_err(|error| unreadable(&error, text, name))?;
    // The envelope has read it.
    unknown.remove("format");
    let origin = file.recovery.clone();
    let (plain, seal) = file.open(key, name)?;
    let opened = read(&plain, name, None)?;
    let read_only = match opened.read_only {
        _ if !unknown.is_empty() => {
            Some(ReadOnly::UnknownFields(unknown.into_iter().collect()))
        }
        reason => reason,
    };
    let (fingerprint, seal) = (Fingerprint::of(bytes), Some(seal));
    Ok(Opened { fingerprint, read_only, origin, seal, ..opened })
}

/// Refuses to put a letter where a draft is, or what is named as one, whatever links lead
/// there.
pub(super) fn refuse_drafts(path: &Path) -> Result<(), Error> {
    let target = follow_links(path);
    let mut beginning = Vec::new();
    if let Ok(about) = target.metadata()
        && about.is_file()
        && let Ok(file) = File::open(&target)
    {
        let _what_can_be_read = file.take(4096).read_to_end(&mut beginning);
    }
    if is_named_as_draft(&target) || begins_like_a_draft(&beginning) {
        return Err(Error::OverDraft { path: path.into() });
    }
    Ok(())
}

/// Where an encrypted recovery copy comes from: that part of its file is plain, so that
/// it can be shown before the copy is opened.
pub(super) fn origin_of_sealed(path: &Path) -> Option<Origin> {
    let bytes = read_bytes(path).ok()?;
    let text = text_of(&bytes, path).ok()?;
    if !parse::<Envelope>(text, path).ok()?.is_sealed() {
        return None;
    }
    parse::<SealedFile>(text, path).ok()?.recovery
}

/// Writes a draft, encrypted where there is a seal, if `expected` still holds, and keeps
/// the one before as `NAME~`. The fingerprint is what the next saving expects.
///
/// A file that is not encrypted with the same seal is not kept as the one before, and the
/// one before it goes too: else the plain letter would remain beside the encrypted
/// one.
pub fn save(
    path: &Path,
    draft: &Draft,
    seal: Option<&Seal>,
    expected: Expected,
) -> Result<Written, Error> {
    let old = match seal {
        Some(seal) if !is_sealed_with(seal, path) => OldFile::Remove,
        Some(_) | None => OldFile::Keep,
    };
    atomic::replace(path, draft.file_text(seal, None)?.as_bytes(), expected, old)
}

fn is_sealed_with(seal: &Seal, path: &Path) -> bool {
    read_bytes(path).is_ok_and(|bytes| seal.is_of(&bytes))
}

/// Whether the bytes begin as a draft does, with a bracket and its format, so that a
/// photo is called something else than damaged. Comments may come before it; a file of
/// zeros once was something and may have been a draft.
fn begins_like_a_draft(bytes: &[u8]) -> bool {
    let beginning = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]);
    for line in beginning.trim_start_matches('\u{feff}').lines().map(str::trim) {
        if !line.is_empty() && !line.starts_with("//") {
            let is_bracket = line.starts_with('(') && beginning.contains("format");
            return is_bracket || line.starts_with('\0');
        }
    }
    false
}

fn parse<'a, T: Deserialize<'a>>(text: &'a str, name: &Path) -> Result<T, ContentError> {
    ron::from_str(text).map_err(|error| unreadable(&error, text, name))
}

/// The draft in a file whose envelope was read, and the names of what in it is unknown.
fn parse_draft(
    envelope: &Envelope,
    text: &str,
    name: &Path,
) -> Result<(StoredDraft, BTreeSet<String>), ContentError> {
    match (envelope.format, parse_with_unknown::<StoredDraft>(text)) {
        (0, _) => Err(ContentError::NotADraft { path: name.into() }),
        (_, Ok(found)) => Ok(found),
        (FORMAT, Err(error)) => Err(unreadable(&error, text, name)),
        (format, Err(_)) => Err(ContentError::Newer { path: name.into(), format }),
    }
}

/// What stands in a text, and the names of what in it is not known.
fn parse_with_unknown<'a, T: Deserialize<'a>>(
    text: &'a str,
) -> Result<(T, BTreeSet<String>), ron::error::SpannedError> {
    let mut unknown = BTreeSet::new();
    let mut reader = ron::Deserializer::from_str(text)?;
    let stored = serde_ignored::deserialize(&mut reader, |path| {
        unknown.insert(place_name(&path));
    });
    let stored = stored.map_err(|error| reader.span_error(error))?;
    reader.end().map_err(|error| reader.span_error(error))?;
    Ok((stored, unknown))
}

/// A place in the file as people read it, rows counted from 1: `letter.items[2].mood`.
fn place_name(path: &serde_ignored::Path<'_>) -> String {
    use serde_ignored::Path as Place;
    match path {
        Place::Root => String::new(),
        Place::Map { parent, key } => match place_name(parent) {
            parent if parent.is_empty() => key.clone(),
            parent => format!("{parent}.{key}"),
        },
        Place::Seq { parent, index } => format!("{}[{}]", place_name(parent), index + 1),
        Place::Some { parent }
        | Place::NewtypeStruct { parent }
        | Place::NewtypeVariant { parent } => place_name(parent),
    }
}

fn unreadable(error: &ron::error::SpannedError, text: &str, name: &Path) -> ContentError {
    let (path, before) = (name.to_owned(), previous_copy(name));
    if matches!(
        &error.code,
        ron::Error::MissingStructField { field: "format" | "letter", .. }
    ) {
        return ContentError::NotADraft { path };
    }
    // Every draft ends with the bracket that it opens with.
    if !text.trim_end().ends_with(')') {
        return ContentError::Truncated {
            path,
            line: text.trim_end().lines().count(),
            before,
        };
    }
    let at = error.span.start;
    ContentError::Damaged {
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
    use crate::store::record::Exported;

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
        read(text.as_bytes(), Path::new("a.ron"), None)
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
        assert!(
            matches!(error, Error::Content(ContentError::Newer { format: 2, .. })),
            "{error}"
        );
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
