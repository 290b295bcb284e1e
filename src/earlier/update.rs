//! Brings the index up to what is in the folders.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tantivy::collector::DocSetCollector;
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::{IndexWriter, TantivyError, Term};

use super::entry::{self, IndexedItem};
use super::index::{DRAFT, Index, IndexError};
use super::known::KnownDraft;
use crate::import::{self, Imported};
use crate::letter::Letter;
use crate::library::Library;
use crate::outside::{self, StopSign};
use crate::store::{self, Draft, FileStamp, sealed};
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

/// Files to read, with what they look like, and those that are there no more.
#[derive(Default)]
struct Changes {
    read: Vec<(PathBuf, FileStamp)>,
    gone: Vec<PathBuf>,
    /// The numbers of the cases that drafts have.
    cases: BTreeSet<String>,
}

/// What was read of a file.
struct ReadFile {
    known: KnownDraft,
    words: String,
    items: Vec<IndexedItem>,
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
    /// Files that were read.
    pub read: usize,
    /// Files that left the index.
    pub removed: usize,
    /// Files that could not be read.
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
            Ok(writer) => self.write(writer, wanted, changes, goes_on),
            Err(TantivyError::LockFailure(..)) => {
                Ok(Updated { is_busy: true, ..Updated::default() })
            }
            Err(error) => Err(error.into()),
        }
    }

    /// What the folders hold that the index does not, and the other way around.
    fn changes(&self, folders: &[PathBuf]) -> Result<Changes, IndexError> {
        let found = store::letters_under(folders);
        let mut known = BTreeMap::new();
        for row in self.rows()? {
            known.insert(row.draft.path.clone(), row);
        }
        let mut changes = Changes::default();
        for (path, _) in &found.files {
            if let Some(StampedDraft { draft, .. }) = known.get(path)
                && !draft.is_letter
                && !draft.case_number.is_empty()
            {
                changes.cases.insert(draft.case_number.clone());
            }
        }
        for (path, stamp) in found.files {
            let is_known = known.remove(&path).is_some_and(|row| {
                row.stamp == stamp && changes.has_copy_right(&row.draft)
            });
            if !is_known {
                changes.read.push((path, stamp));
            }
        }
        // Drafts come first: of a case that has one, the finished letter is a copy.
        changes.read.sort_by_key(|(path, _)| !store::is_named_as_draft(path));
        changes.gone = known.into_keys().collect();
        changes
            .gone
            .retain(|path| !found.unread.iter().any(|folder| path.starts_with(folder)));
        Ok(changes)
    }

    fn write(
        &self,
        mut writer: IndexWriter,
        wanted: &Update<'_>,
        mut changes: Changes,
        mut goes_on: impl FnMut(ReadingProgress) -> bool,
    ) -> Result<Updated, IndexError> {
        let mut updated = Updated { removed: changes.gone.len(), ..Updated::default() };
        for path in &changes.gone {
            writer.delete_term(self.of_draft(path));
        }
        let (total, mut is_purged) = (changes.read.len(), !changes.gone.is_empty());
        for (done, (path, stamp)) in std::mem::take(&mut changes.read).iter().enumerate()
        {
            if !goes_on(ReadingProgress { done, total }) {
                updated.is_stopped = true;
                break;
            }
            let file = read_file(wanted, path, &mut changes.cases);
            // Words that were there before must be gone from the disk.
            is_purged |= file.known.is_sealed;
            if file.known.unread.is_empty() {
                updated.read += 1;
            } else {
                updated.unreadable += 1;
            }
            self.put(&writer, file, *stamp)?;
            if (done + 1) % AT_ONCE == 0 {
                writer.commit()?;
            }
        }
        outside::let_go();
        writer.commit()?;
        if is_purged {
            self.purge(&mut writer)?;
        }
        writer.wait_merging_threads()?;
        Ok(updated)
    }

    /// Puts a file into the index in place of what it was.
    fn put(
        &self,
        writer: &IndexWriter,
        file: ReadFile,
        stamp: FileStamp,
    ) -> Result<(), IndexError> {
        let ReadFile { known, words, items } = file;
        writer.delete_term(self.of_draft(&known.path));
        // A draft that cannot be read may be mended, or held by another program.
        let is_tried_again = !known.unread.is_empty() && !known.is_letter;
        let stamp = if is_tried_again { FileStamp::default() } else { stamp };
        let row = StampedDraft { draft: known, stamp };
        let items = items.iter().map(|item| self.item_document(item));
        let all = std::iter::once(self.draft_document(&row, &words)).chain(items);
        for document in all.flatten() {
            writer.add_document(document)?;
        }
        Ok(())
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

    /// Every draft of the index, and the finished letters that have none.
    pub fn drafts(&self) -> Result<Vec<KnownDraft>, IndexError> {
        let all = self.rows()?.into_iter().map(|row| row.draft);
        Ok(all.filter(|draft| !draft.is_copy).collect())
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

impl Changes {
    /// Whether it is known of a finished letter that a draft has its case, or that none has.
    fn has_copy_right(&self, known: &KnownDraft) -> bool {
        !known.is_letter || known.is_copy == self.cases.contains(&known.case_number)
    }
}

impl ReadFile {
    fn unread(path: &Path, why: impl Into<String>) -> Self {
        let known = KnownDraft::unread(path, why);
        Self { known, words: String::new(), items: Vec::new() }
    }
}

/// Reads a file; `cases` are the numbers of the cases that drafts have.
fn read_file(wanted: &Update<'_>, path: &Path, cases: &mut BTreeSet<String>) -> ReadFile {
    if store::is_named_as_draft(path) {
        let file = read_draft(wanted, path);
        let number = &file.known.case_number;
        if !number.is_empty() {
            cases.insert(number.clone());
        }
        return file;
    }
    let mut file = match read_letter(wanted.templates, path) {
        Ok(imported) => letter_file(wanted, path, imported),
        Err(why) => ReadFile::unread(path, why),
    };
    file.known.is_letter = true;
    if cases.contains(&file.known.case_number) {
        file.known.is_copy = true;
        (file.words, file.items) = (String::new(), Vec::new());
    }
    file
}

fn read_draft(wanted: &Update<'_>, path: &Path) -> ReadFile {
    match store::open(path, None) {
        Ok(opened) => {
            let draft = &opened.draft;
            let template = wanted.templates.find(&draft.template.id);
            let template = template.map(AsRef::as_ref);
            let items = entry::items(path, draft, template, wanted.library);
            let known = KnownDraft::of(path, draft, wanted.templates);
            ReadFile { known, words: all_words(&draft.letter, &items), items }
        }
        Err(store::Error::Sealed(sealed::Error::Locked { .. })) => {
            let known = KnownDraft::sealed(path);
            ReadFile { known, words: String::new(), items: Vec::new() }
        }
        Err(error) => ReadFile::unread(path, error.to_string()),
    }
}

/// Reads a finished letter as an import does.
fn read_letter(templates: &Templates, path: &Path) -> Result<Imported, String> {
    let bytes = store::read_letter(path).map_err(|error| error.to_string())?;
    let words = outside::words(&bytes, &StopSign::default());
    let words = words.map_err(|error| error.to_string())?;
    import::letter(&words, templates.iter()).map_err(|error| error.to_string())
}

fn letter_file(wanted: &Update<'_>, path: &Path, imported: Imported) -> ReadFile {
    let Imported { letter, template, is_understood, .. } = imported;
    let draft = Draft { letter, ..Draft::new(&template) };
    let items = entry::items(path, &draft, Some(template.as_ref()), wanted.library);
    let mut known = KnownDraft::letter(path, &draft, wanted.templates);
    if !is_understood {
        "No template matches it, so only its words can be found"
            .clone_into(&mut known.unread);
        known.template = String::new();
    }
    ReadFile { known, words: all_words(&draft.letter, &items), items }
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
