//! The index itself: what a document of it holds, and how it is opened.

use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use tantivy::directory::MmapDirectory;
use tantivy::directory::error::OpenDirectoryError;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing,
    TextOptions, Value,
};
use tantivy::{
    DocAddress, IndexReader, ReloadPolicy, Searcher, TantivyDocument, TantivyError, Term,
};

use super::entry::IndexedItem;
use super::known::KnownDraft;
use super::update::StampedDraft;
use crate::letter::Denial;
use crate::store::{self, DataFolder};

/// Counted up when what is kept changes: another number is another folder, and the old one
/// is removed.
const VERSION: &str = "2";

/// Why there is no index, or none that can be read.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    #[error("The search index could not be read: {0}")]
    Engine(#[from] TantivyError),
    #[error("The search index could not be opened: {0}")]
    Directory(#[from] OpenDirectoryError),
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// The index of earlier letters.
pub struct Index {
    pub(super) fields: IndexFields,
    pub(super) engine: tantivy::Index,
    reader: IndexReader,
}

/// The fields of a document, which stands for a draft or for one of its items.
#[derive(Clone, Copy)]
pub(super) struct IndexFields {
    /// The draft, as a number made of its path.
    pub draft: Field,
    /// Of a draft: the row that lists show, with what its file looked like.
    pub row: Field,
    /// Of an item.
    pub item: Field,
    /// Every word, of a draft or of an item.
    pub words: Field,
    pub title: Field,
    pub guideline: Field,
    pub rationale: Field,
    pub decision: Field,
    pub case: Field,
    pub treatment: Field,
    pub part: Field,
    pub denial: Field,
    /// The day of the decision, as the number `yyyymmdd`.
    pub day: Field,
    /// `draft` or `item`.
    pub kind: Field,
}

pub(super) const DRAFT: &str = "draft";
pub(super) const ITEM: &str = "item";

impl IndexFields {
    fn new() -> (Self, Schema) {
        let mut schema = Schema::builder();
        let words = || {
            TextOptions::default().set_indexing_options(
                TextFieldIndexing::default()
                    .set_tokenizer("default")
                    .set_index_option(IndexRecordOption::WithFreqsAndPositions),
            )
        };
        let fields = Self {
            draft: schema.add_u64_field("draft", FAST | INDEXED),
            row: schema.add_text_field("row", STORED),
            item: schema.add_text_field("item", STORED),
            words: schema.add_text_field("words", words()),
            title: schema.add_text_field("title", words()),
            guideline: schema.add_text_field("guideline", words()),
            rationale: schema.add_text_field("rationale", words()),
            decision: schema.add_text_field("decision", words()),
            case: schema.add_text_field("case", words()),
            treatment: schema.add_text_field("treatment", STRING),
            part: schema.add_text_field("part", STRING),
            denial: schema.add_u64_field("denial", FAST),
            day: schema.add_u64_field("day", FAST),
            kind: schema.add_text_field("kind", STRING),
        };
        (fields, schema.build())
    }
}

impl Index {
    /// Opens the index of this account, or begins one.
    pub fn open(data: &DataFolder) -> Result<Self, IndexError> {
        let folder = store::earlier_folder(data, VERSION)?;
        if let Ok(index) = Self::open_in(&folder) {
            return Ok(index);
        }
        // It is made of the drafts again.
        store::remove_earlier(data)?;
        Self::open_in(&store::earlier_folder(data, VERSION)?)
    }

    fn open_in(folder: &Path) -> Result<Self, IndexError> {
        let (fields, schema) = IndexFields::new();
        let directory = MmapDirectory::open(folder)?;
        let engine = tantivy::Index::open_or_create(directory, schema)?;
        let reader = engine
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        Ok(Self { fields, engine, reader })
    }

    /// The index as it is now: another window may have written it.
    pub(super) fn searcher(&self) -> Result<Searcher, IndexError> {
        self.reader.reload()?;
        Ok(self.reader.searcher())
    }

    /// Another number after each change.
    pub fn state(&self) -> Result<u64, IndexError> {
        Ok(self.engine.load_metas()?.opstamp)
    }

    /// The document of a draft that was read, to be found by all its words.
    pub(super) fn draft_document(
        &self,
        row: &StampedDraft,
        words: &str,
    ) -> Option<TantivyDocument> {
        let fields = &self.fields;
        let KnownDraft { path, case_number, .. } = &row.draft;
        let mut document = TantivyDocument::default();
        document.add_u64(fields.draft, draft_number(path));
        document.add_u64(fields.denial, 0);
        document.add_u64(fields.day, 0);
        document.add_text(fields.kind, DRAFT);
        document.add_text(fields.row, written(row)?);
        document.add_text(fields.case, case_number);
        document.add_text(fields.words, words);
        Some(document)
    }

    /// The document of an item.
    pub(super) fn item_document(&self, indexed: &IndexedItem) -> Option<TantivyDocument> {
        let fields = &self.fields;
        let item = &indexed.item;
        let mut document = TantivyDocument::default();
        document.add_u64(fields.draft, draft_number(&item.path));
        document.add_text(fields.kind, ITEM);
        document.add_text(fields.item, written(item)?);
        document.add_u64(fields.denial, denial_number(item.denial));
        document.add_u64(fields.day, item.decided_on.map_or(0, day_number));
        let texts = [
            (fields.title, &item.title),
            (fields.guideline, &item.guideline),
            (fields.rationale, &item.rationale),
            (fields.decision, &item.decision),
            (fields.case, &item.case_number),
        ];
        for (field, text) in texts {
            document.add_text(field, text);
            document.add_text(fields.words, text);
        }
        document.add_text(fields.words, &item.body_part);
        for treatment in &indexed.treatments {
            document.add_text(fields.treatment, treatment);
        }
        for part in &indexed.parts {
            document.add_text(fields.part, part);
        }
        Some(document)
    }

    /// What is in a document's field, as it was written.
    pub(super) fn stored<T: DeserializeOwned>(
        searcher: &Searcher,
        address: DocAddress,
        field: Field,
    ) -> Option<T> {
        let document: TantivyDocument = searcher.doc(address).ok()?;
        let text = document.get_first(field)?;
        serde_json::from_str(text.as_str()?).ok()
    }

    pub(super) fn of_draft(&self, path: &Path) -> Term {
        Term::from_field_u64(self.fields.draft, draft_number(path))
    }
}

fn written(value: &impl Serialize) -> Option<String> {
    serde_json::to_string(value).ok()
}

/// A path as a number: no two of a person's drafts share one.
pub fn draft_number(path: &Path) -> u64 {
    let digest: [u8; 32] = Sha256::digest(path.as_os_str().as_encoded_bytes()).into();
    let mut first = [0; 8];
    first.copy_from_slice(&digest[..8]);
    u64::from_le_bytes(first)
}

fn day_number(day: jiff::civil::Date) -> u64 {
    let year = u64::from(day.year().unsigned_abs());
    let (month, day) = (day.month().unsigned_abs(), day.day().unsigned_abs());
    year * 10_000 + u64::from(month) * 100 + u64::from(day)
}

fn denial_number(denial: Option<Denial>) -> u64 {
    match denial {
        None => 0,
        Some(Denial::Stands) => 1,
        Some(Denial::Falls) => 2,
        Some(Denial::Partly) => 3,
    }
}

pub(super) fn denial_of(number: u64) -> Option<Denial> {
    match number {
        1 => Some(Denial::Stands),
        2 => Some(Denial::Falls),
        3 => Some(Denial::Partly),
        _ => None,
    }
}

/// Removes the index: it is made again when letters are looked for.
pub fn remove(data: &DataFolder) -> Result<(), store::Error> {
    store::remove_earlier(data)
}

/// Where the index lies.
pub fn folder(data: &DataFolder) -> PathBuf {
    store::earlier_path(data)
}
