//! What the index of earlier letters is asked and how it answers. The window never waits
//! for it: folders are read on one lane, and what is looked for is found on another, where
//! the newest question replaces those that nobody has begun.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Receiver;

use super::job::{Event, JobId};
use crate::crash;
use crate::earlier::{
    self, Index, IndexError, ItemTopic, KnownDraft, NearCopy, Precedents,
    ReadingProgress, Update, Updated,
};
use crate::library::Library;
use crate::outside::StopSign;
use crate::store::DataFolder;
use crate::template::Templates;

/// Asks something of the index.
#[cfg_attr(test, derive(Clone))]
pub enum EarlierJob {
    /// Brings it up to what is in the folders.
    Update {
        id: JobId,
        folders: Vec<PathBuf>,
        templates: Box<Templates>,
        library: Arc<Library>,
        stop: StopSign,
    },
    /// Looks for what is like the item that is being written.
    Look(Box<Lookup>),
    /// Looks for the letters that have these words.
    FindDrafts { words: String },
    /// Removes it from the disk.
    Remove,
}

/// What is looked for beside the form.
#[derive(Clone)]
pub struct Lookup {
    /// The item that is being written.
    pub topic: ItemTopic,
    pub rationale: String,
    /// What is typed to look for; empty to look for items like this one.
    pub words: String,
    /// The open file, whose own items are no precedents.
    pub own: Option<PathBuf>,
    pub library: Arc<Library>,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Looked {
    pub topic: ItemTopic,
    /// The words that were looked for.
    pub words: String,
    pub found: Precedents,
    /// Of items like this one, whatever is looked for.
    pub like: Precedents,
    pub near: Option<NearCopy>,
}

/// What the index reports.
pub enum EarlierEvent {
    Progress {
        id: JobId,
        progress: ReadingProgress,
    },
    /// What is in the index now, and what became of the update.
    Updated {
        id: JobId,
        result: Result<(Updated, Vec<KnownDraft>), String>,
    },
    Looked(Box<Looked>),
    DraftsFound {
        words: String,
        numbers: BTreeSet<u64>,
    },
    /// There is no index any more, or it could not be removed.
    Removed(Result<(), String>),
}

impl EarlierJob {
    /// Whether it is done on the lane that reads folders.
    pub fn reads_folders(&self) -> bool {
        matches!(self, Self::Update { .. } | Self::Remove)
    }

    pub fn id(&self) -> Option<JobId> {
        match self {
            Self::Update { id, .. } => Some(*id),
            Self::Look(_) | Self::FindDrafts { .. } | Self::Remove => None,
        }
    }
}

/// Reads folders, one update after the other.
pub(super) fn run_updates(
    jobs: &Receiver<EarlierJob>,
    data: Option<&DataFolder>,
    report: &dyn Fn(Event),
) {
    for job in jobs {
        let id = job.id();
        match crash::catch("reading your letters", || do_update(job, data, report)) {
            Ok(event) => report(Event::Earlier(event)),
            Err(crash) => report(Event::Crashed { id, crash }),
        }
    }
}

/// Answers questions, the newest of each kind.
pub(super) fn run_questions(
    jobs: &Receiver<EarlierJob>,
    data: Option<&DataFolder>,
    report: &dyn Fn(Event),
) {
    let Some(data) = data else { return };
    let mut open = OpenIndex::default();
    while let Ok(first) = jobs.recv() {
        let (mut look, mut find) = (None, None);
        for job in std::iter::once(first).chain(jobs.try_iter()) {
            match job {
                EarlierJob::Look(lookup) => look = Some(lookup),
                EarlierJob::FindDrafts { words } => find = Some(words),
                // What is kept open of an index that is removed would be read on.
                EarlierJob::Update { .. } | EarlierJob::Remove => {
                    open = OpenIndex::default();
                }
            }
        }
        let answer = || answer(data, &mut open, look, find, report);
        if let Err(crash) = crash::catch("searching your letters", answer) {
            report(Event::Crashed { id: None, crash });
        }
    }
}

/// The index that is asked, and what it said last of the item that is being written: that
/// is asked again with every letter that is typed to look for something else.
#[derive(Default)]
struct OpenIndex {
    index: Option<Index>,
    last: Option<LastAnswer>,
}

struct LastAnswer {
    state: u64,
    topic: ItemTopic,
    rationale: String,
    own: Option<PathBuf>,
    like: Precedents,
    near: Option<NearCopy>,
}

fn answer(
    data: &DataFolder,
    open: &mut OpenIndex,
    look: Option<Box<Lookup>>,
    find: Option<String>,
    report: &dyn Fn(Event),
) {
    // Without an index there is nothing to find, and it is not begun here.
    if open.index.is_none() && earlier::folder(data).is_dir() {
        open.index = Index::open(data).ok();
    }
    let OpenIndex { index: Some(index), last } = open else { return };
    let mut is_broken = false;
    if let Some(lookup) = look {
        match looked(index, last, &lookup) {
            Ok(looked) => report(Event::Earlier(EarlierEvent::Looked(Box::new(looked)))),
            Err(_) => is_broken = true,
        }
    }
    if let Some(words) = find {
        match index.drafts_with(&words) {
            Ok(numbers) => {
                report(Event::Earlier(EarlierEvent::DraftsFound { words, numbers }));
            }
            Err(_) => is_broken = true,
        }
    }
    if is_broken {
        *open = OpenIndex::default();
    }
}

fn looked(
    index: &Index,
    last: &mut Option<LastAnswer>,
    lookup: &Lookup,
) -> Result<Looked, IndexError> {
    let Lookup { topic, rationale, words, own, library } = lookup;
    let state = index.state()?;
    let is_known = last.as_ref().is_some_and(|last| {
        (last.state, &last.topic, &last.rationale, &last.own)
            == (state, topic, rationale, own)
    });
    if !is_known {
        *last = Some(LastAnswer {
            state,
            topic: topic.clone(),
            rationale: rationale.clone(),
            own: own.clone(),
            like: index.precedents(topic, library, own.as_deref())?,
            near: index.near_copy(rationale, own.as_deref())?,
        });
    }
    let (like, near) = match last {
        Some(last) => (last.like.clone(), last.near.clone()),
        None => Default::default(),
    };
    let found = match words.trim() {
        "" => like.clone(),
        words => index.find(words, own.as_deref())?,
    };
    Ok(Looked { topic: topic.clone(), words: words.clone(), found, like, near })
}

fn do_update(
    job: EarlierJob,
    data: Option<&DataFolder>,
    report: &dyn Fn(Event),
) -> EarlierEvent {
    let EarlierJob::Update { id, folders, templates, library, stop } = job else {
        let removed = data.map_or(Ok(()), earlier::remove);
        return EarlierEvent::Removed(removed.map_err(|error| error.to_string()));
    };
    let Some(data) = data else {
        return EarlierEvent::Updated {
            id,
            result: Ok((Updated::default(), Vec::new())),
        };
    };
    let update = Update { folders: &folders, templates: &templates, library: &library };
    let goes_on = |progress: ReadingProgress| {
        if progress.done.is_multiple_of(SAID_EVERY) {
            report(Event::Earlier(EarlierEvent::Progress { id, progress }));
        }
        !stop.is_asked()
    };
    let result = updated(data, &update, goes_on);
    EarlierEvent::Updated { id, result: result.map_err(|error| error.to_string()) }
}

/// Often enough to be seen to go on, and seldom enough to cost nothing.
const SAID_EVERY: usize = 50;

fn updated(
    data: &DataFolder,
    update: &Update<'_>,
    goes_on: impl FnMut(ReadingProgress) -> bool,
) -> Result<(Updated, Vec<KnownDraft>), IndexError> {
    let index = Index::open(data)?;
    let updated = index.update(update, goes_on)?;
    Ok((updated, index.drafts()?))
}

/// Whether a path lies in one of the folders.
pub(super) fn is_in(folders: &[PathBuf], path: &Path) -> bool {
    folders.iter().any(|folder| path.starts_with(folder))
}
