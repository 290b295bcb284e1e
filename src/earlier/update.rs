//! Brings the index up to what is in the folders.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tantivy::collector::DocSetCollector;
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::{IndexWriter, TantivyError, Term};

use super::entry::{self, IndexedItem};
use super::index::{DRAFT, Index, IndexError};
use super::known::KnownDraft;
use crate::letter::Letter;
use crate::library::Library;
use crate::store::{self, FileStamp, sealed};
use crate::template::Templates;

/// The memory that is filled before it is written to the disk: the least that the engine
/// takes.
const MEMORY: usize = 20_000_000;
/// After so many drafts what was read can be found.
const AT_ONCE: usize = 1_000;

/// A draft with what its file looked like when it was read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct StampedDraft {
    pub draft: KnownDraft,
    pub stamp: FileStamp,
}

/// What the index is brought up to, and with what.
pub struct Update<'a> {
    pub folders: &'a [PathBuf],
    pub templates: &'a Templates,
    pub library: &'a Library,
}

/// Drafts to read, with what their files look like, and those that are there no more.
struct Changes {
    read: Vec<(PathBuf, FileStamp)>,
    gone: Vec<PathBuf>,
}

/// How far it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReadingProgress {
    pub done: usize,
    pub total: usize,
}

/// What became of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Updated {
    /// Drafts that were read.
    pub read: usize,
    /// Drafts that left the index.
    pub removed: usize,
    /// Drafts that could not be read.
    pub unreadable: usize,
    /// It was stopped before it was done.
    pub is_stopped: bool,
    /// Another window is at it.
    pub is_busy: bool,
}

impl Index {
    /// Reads what is new or has changed, and lets go of what is gone. `goes_on` is told how
    /// far it is, and says whether to go on.
    pub fn update(
        &self,
        wanted: &Update<'_>,
        goes_on: impl FnMut(ReadingProgress) -> bool,
    ) -> Result<Updated, IndexError> {
        let changes = self.changes(wanted.folders)?;
        if changes.read.is_empty() && changes.gone.is_empty() {
            return Ok(Updated::default());
        }
        match self.engine.writer_with_num_threads(1, MEMORY) {
            Ok(writer) => self.write(writer, wanted, &changes, goes_on),
            Err(TantivyError::LockFailure(..)) => {
                Ok(Updated { is_busy: true, ..Updated::default() })
            }
            Err(error) => Err(error.into()),
        }
    }

    /// What the folders hold that the index does not, and the other way around.
    fn changes(&self, folders: &[PathBuf]) -> Result<Changes, IndexError> {
        let found = store::drafts_under(folders);
        let mut known = BTreeMap::new();
        for StampedDraft { draft, stamp } in self.rows()? {
            known.insert(draft.path, stamp);
        }
        let mut read = Vec::new();
        for (path, stamp) in found.drafts {
            if known.remove(&path) != Some(stamp) {
                read.push((path, stamp));
            }
        }
        let mut gone: Vec<PathBuf> = known.into_keys().collect();
        gone.retain(|path| !found.unread.iter().any(|folder| path.starts_with(folder)));
        Ok(Changes { read, gone })
    }

    fn write(
        &self,
        mut writer: IndexWriter,
        wanted: &Update<'_>,
        changes: &Changes,
        mut goes_on: impl FnMut(ReadingProgress) -> bool,
    ) -> Result<Updated, IndexError> {
        let mut updated = Updated { removed: changes.gone.len(), ..Updated::default() };
        for path in &changes.gone {
            writer.delete_term(self.of_draft(path));
        }
        let (total, mut is_purged) = (changes.read.len(), !changes.gone.is_empty());
        for (done, (path, stamp)) in changes.read.iter().enumerate() {
            if !goes_on(ReadingProgress { done, total }) {
                updated.is_stopped = true;
                break;
            }
            match self.read(&writer, wanted, path, *stamp)? {
                Some(is_sealed) => {
                    updated.read += 1;
                    is_purged |= is_sealed;
                }
                None => updated.unreadable += 1,
            }
            if (done + 1) % AT_ONCE == 0 {
                writer.commit()?;
            }
        }
        writer.commit()?;
        if is_purged {
            self.purge(&mut writer)?;
        }
        writer.wait_merging_threads()?;
        Ok(updated)
    }

    /// Puts a draft into the index in place of what it was, and says whether it is
    /// encrypted: then words that were there before must be gone from the disk. None where
    /// it cannot be read.
    fn read(
        &self,
        writer: &IndexWriter,
        wanted: &Update<'_>,
        path: &Path,
        stamp: FileStamp,
    ) -> Result<Option<bool>, IndexError> {
        let (draft, words, items) = match store::open(path, None) {
            Ok(opened) => {
                let draft = &opened.draft;
                let template = wanted.templates.find(&draft.template.id);
                let template = template.map(AsRef::as_ref);
                let items = entry::items(path, draft, template, wanted.library);
                let known = KnownDraft::of(path, draft, wanted.templates);
                (known, all_words(&draft.letter, &items), items)
            }
            Err(store::Error::Sealed(sealed::Error::Locked { .. })) => {
                (KnownDraft::sealed(path), String::new(), Vec::new())
            }
            Err(_) => return Ok(None),
        };
        writer.delete_term(self.of_draft(path));
        let is_sealed = draft.is_sealed;
        let row = StampedDraft { draft, stamp };
        let items = items.iter().map(|item| self.item_document(item));
        let all = std::iter::once(self.draft_document(&row, &words)).chain(items);
        for document in all.flatten() {
            writer.add_document(document)?;
        }
        Ok(Some(is_sealed))
    }

    /// What is deleted stays in the engine's files until they are written anew.
    fn purge(&self, writer: &mut IndexWriter) -> Result<(), IndexError> {
        let mut segments = Vec::new();
        for segment in self.engine.searchable_segment_metas()? {
            if segment.has_deletes() {
                segments.push(segment.id());
            }
        }
        if !segments.is_empty() {
            writer.merge(&segments).wait()?;
        }
        writer.garbage_collect_files().wait()?;
        Ok(())
    }

    /// Every draft of the index.
    pub fn drafts(&self) -> Result<Vec<KnownDraft>, IndexError> {
        Ok(self.rows()?.into_iter().map(|row| row.draft).collect())
    }

    fn rows(&self) -> Result<Vec<StampedDraft>, IndexError> {
        let searcher = self.searcher()?;
        let kind = Term::from_field_text(self.fields.kind, DRAFT);
        let all = TermQuery::new(kind, IndexRecordOption::Basic);
        let mut rows = Vec::new();
        for address in searcher.search(&all, &DocSetCollector)? {
            rows.extend(Self::stored::<StampedDraft>(
                &searcher,
                address,
                self.fields.row,
            ));
        }
        Ok(rows)
    }
}

/// What a letter is found by in the list of all letters.
fn all_words(letter: &Letter, items: &[IndexedItem]) -> String {
    let case = &letter.case;
    let parties = &letter.parties;
    let mut words = vec![
        case.number.as_str(),
        &parties.employee,
        &parties.claim_number,
        &parties.employer,
        &parties.claims_administrator,
        &parties.provider,
        &parties.attorney,
        &letter.summary,
    ];
    for IndexedItem { item, .. } in items {
        words.extend([
            item.title.as_str(),
            &item.body_part,
            &item.decision,
            &item.guideline,
            &item.rationale,
        ]);
    }
    words.join("\n")
}
