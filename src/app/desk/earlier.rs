//! How something was decided before: what is asked of the index of earlier letters, and
//! what it found for the item that is being written.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use super::waiting::Waiting;
use super::{Desk, Tone};
use crate::app::command::EarlierStep;
use crate::app::earlier_jobs::{EarlierEvent, EarlierJob, Looked, Lookup, is_in};
use crate::app::job::JobId;
use crate::check;
use crate::diagnostic::TextRange;
use crate::earlier::{
    EarlierItem, ItemTopic, KnownDraft, OtherFact, ReadingProgress, Updated,
    facts_of_another,
};
use crate::letter::{FieldPath, Id, Item, phrasing};
use crate::outside::StopSign;

/// What is known of earlier letters.
#[derive(Default)]
pub struct EarlierState {
    /// Every letter of the folders; `None` until they were read.
    pub listed: Option<Vec<KnownDraft>>,
    /// What is typed to look for.
    pub words: String,
    pub looked: Looked,
    /// Facts of another case in the rationale, where it is a near copy.
    pub facts: Vec<OtherFact>,
    /// The item that is shown, counted in what was found.
    pub chosen: usize,
    /// The passage of it that is taken over next.
    pub passage: usize,
    /// The letters that have the words that are typed on the start page.
    pub with_words: Option<(String, BTreeSet<u64>)>,
    /// How often the folders were read.
    pub revision: u64,
    /// The folders changed while they were read.
    reads_again: bool,
    /// What was asked last.
    asked: Option<EarlierQuestion>,
    /// How far reading the folders is.
    pub progress: Option<ReadingProgress>,
}

/// What an answer is for: another question is asked once one of these is another.
#[derive(PartialEq)]
struct EarlierQuestion {
    topic: ItemTopic,
    rationale: String,
    words: String,
    own: Option<PathBuf>,
}

impl EarlierState {
    /// The item that is shown.
    pub fn shown(&self) -> Option<&EarlierItem> {
        self.looked.found.items.get(self.chosen)
    }

    /// The passages of the item that is shown: its sentences.
    pub fn passages(&self) -> Vec<TextRange> {
        match self.shown() {
            Some(item) => check::sentences_in(&item.rationale),
            None => Vec::new(),
        }
    }
}

impl Desk {
    /// Brings the index up to the folders, if any is named.
    pub(super) fn read_folders(&mut self) {
        if self.settings.folders.is_empty() {
            return;
        }
        let stop = StopSign::default();
        // Two updates of one index would wait for each other.
        if self.is_waiting_for(|waiting| matches!(waiting, Waiting::Index { .. })) {
            self.earlier.reads_again = true;
            return;
        }
        let id = self.wait_for(Waiting::Index { stop: stop.clone() });
        self.send(EarlierJob::Update {
            id,
            folders: self.settings.folders.clone(),
            templates: Box::new(self.templates.clone()),
            library: Arc::clone(&self.library),
            stop,
        });
    }

    /// A letter was saved: what is found of it is what it says now.
    pub(super) fn read_folders_with(&mut self, path: &std::path::Path) {
        if is_in(&self.settings.folders, path) {
            self.read_folders();
        }
    }

    pub(super) fn add_folder(&mut self, folder: PathBuf) {
        if !self.settings.folders.contains(&folder) {
            self.settings.folders.push(folder);
            self.save_settings();
        }
        self.read_folders();
    }

    pub(super) fn remove_folder(&mut self, folder: &PathBuf) {
        self.settings.folders.retain(|named| named != folder);
        self.save_settings();
        if self.settings.folders.is_empty() {
            self.remove_index();
        } else {
            self.read_folders();
        }
    }

    /// Removes the index from the disk; it is made again when the folders are read.
    pub(super) fn remove_index(&mut self) {
        self.earlier = EarlierState::default();
        self.send(EarlierJob::Remove);
    }

    /// Has the index find the letters with these words, for the start page.
    pub(super) fn find_letters(&mut self, words: String) {
        if words.is_empty() {
            self.earlier.with_words = None;
        } else {
            self.send(EarlierJob::FindDrafts { words });
        }
    }

    pub(super) fn earlier_event(&mut self, event: EarlierEvent) {
        match event {
            EarlierEvent::Progress { id, progress } => self.index_goes_on(id, progress),
            EarlierEvent::Updated { id, result } => self.folders_read(id, result),
            EarlierEvent::Looked(looked) => self.take_looked(*looked),
            EarlierEvent::DraftsFound { words, numbers } => {
                self.earlier.with_words = Some((words, numbers));
            }
            EarlierEvent::Removed(Ok(())) => {}
            EarlierEvent::Removed(Err(error)) => {
                self.show_notice(Tone::Problem, error, "Close other windows first");
            }
        }
    }

    fn index_goes_on(&mut self, id: JobId, progress: ReadingProgress) {
        if self.pending.iter().any(|(pending, _)| *pending == id) {
            self.earlier.progress = Some(progress);
        }
    }

    fn folders_read(
        &mut self,
        id: JobId,
        result: Result<(Updated, Vec<KnownDraft>), String>,
    ) {
        self.stop_waiting(id);
        self.earlier.progress = None;
        match result {
            Ok((updated, drafts)) => {
                self.earlier.listed = Some(drafts);
                self.earlier.revision += 1;
                if updated.is_stopped {
                    let text = "Stopped reading your letters";
                    let hint = "What was read so far can be found";
                    self.show_notice(Tone::Plain, text, hint);
                    self.earlier.reads_again = false;
                }
            }
            Err(error) => self.show_notice(Tone::Problem, error, INDEX_HINT),
        }
        // What was found may be another thing now.
        self.earlier.asked = None;
        if std::mem::take(&mut self.earlier.reads_again) {
            self.read_folders();
        }
    }

    /// Called each frame: asks anew if the item at the caret is another, or says something
    /// else.
    pub(super) fn look_for_earlier(&mut self) {
        if self.settings.folders.is_empty() {
            return;
        }
        let Some(asked) = self.question_of_item() else { return };
        if self.earlier.asked.as_ref() == Some(&asked) {
            return;
        }
        self.send(EarlierJob::Look(Box::new(Lookup {
            topic: asked.topic.clone(),
            rationale: asked.rationale.clone(),
            words: asked.words.clone(),
            own: asked.own.clone(),
            library: Arc::clone(&self.library),
        })));
        self.earlier.asked = Some(asked);
    }

    fn question_of_item(&self) -> Option<EarlierQuestion> {
        let item = self.item_being_written();
        let words = self.earlier.words.clone();
        if item.is_none() && words.is_empty() {
            return None;
        }
        let (topic, rationale) = match item {
            Some(item) => (topic(item), item.rationale.clone()),
            None => (ItemTopic::default(), String::new()),
        };
        let own = self.draft.as_ref()?.path.clone();
        Some(EarlierQuestion { topic, rationale, words, own })
    }

    /// The item that the caret is in, or the only one.
    pub fn item_being_written(&self) -> Option<&Item> {
        let letter = &self.draft.as_ref()?.letter;
        let at_caret = self.focus.as_ref().and_then(|path| path.rows().first());
        match at_caret.and_then(|id| letter.item(*id)) {
            Some(item) => Some(item),
            None if letter.items.len() == 1 => letter.items.first(),
            None => None,
        }
    }

    fn take_looked(&mut self, mut looked: Looked) {
        // A letter that was exported into the folders is no copy of itself.
        let own = self.draft.as_ref().map(|draft| draft.letter.case.number.trim());
        if let Some(own) = own.filter(|own| !own.is_empty()) {
            looked.near = looked.near.filter(|near| near.item.case_number != own);
            looked.found.remove_case(own);
            looked.like.remove_case(own);
        }
        let is_other = looked.found.items != self.earlier.looked.found.items;
        if is_other {
            (self.earlier.chosen, self.earlier.passage) = (0, 0);
        }
        self.earlier.looked = looked;
        self.earlier.facts = self.facts_of_near_copy();
    }

    fn facts_of_near_copy(&self) -> Vec<OtherFact> {
        let near = self.earlier.looked.near.as_ref();
        match (&self.draft, self.item_being_written(), near) {
            (Some(draft), Some(item), Some(near)) => {
                facts_of_another(&draft.letter, item, &near.item)
            }
            _ => Vec::new(),
        }
    }

    /// Shows another of the items that were found, or marks another of its passages.
    pub(super) fn choose_earlier(&mut self, step: EarlierStep) {
        let letters = self.earlier.looked.found.items.len();
        let passages = self.earlier.passages().len();
        let EarlierState { chosen, passage, .. } = &mut self.earlier;
        match step {
            EarlierStep::NextLetter => {
                (*chosen, *passage) = (stepped(*chosen, 1, letters), 0);
            }
            EarlierStep::PreviousLetter => {
                (*chosen, *passage) = (stepped(*chosen, -1, letters), 0);
            }
            EarlierStep::Letter(place) => (*chosen, *passage) = (place, 0),
            EarlierStep::NextPassage => *passage = stepped(*passage, 1, passages),
            EarlierStep::PreviousPassage => *passage = stepped(*passage, -1, passages),
            EarlierStep::Passage(place) => *passage = place,
        }
    }

    /// Shows the letter that the rationale is a near copy of.
    pub fn show_near_copy(&mut self) {
        let Some(near) = &self.earlier.looked.near else { return };
        let items = &mut self.earlier.looked.found.items;
        let place = items.iter().position(|item| *item == near.item);
        self.earlier.chosen = place.unwrap_or_else(|| {
            items.insert(0, near.item.clone());
            0
        });
        self.earlier.passage = 0;
    }

    /// The words of the passage that is taken over next, with the rationale that they go
    /// into and what it says now. The passage after it is next then.
    pub fn take_passage(&mut self) -> Option<(FieldPath, String, String)> {
        let passages = self.earlier.passages();
        let range = *passages.get(self.earlier.passage)?;
        let words = self.earlier.shown()?.rationale[range.start..range.end].to_owned();
        let path = self.rationale_being_written()?;
        let draft = self.draft.as_ref()?;
        let text = draft.template.value(&draft.letter, &path)?.words(&path).into_owned();
        self.choose_earlier(EarlierStep::NextPassage);
        Some((path, words, text))
    }

    /// Where a passage goes: the rationale that has the caret, or that of its item.
    fn rationale_being_written(&self) -> Option<FieldPath> {
        if let Some(path) = &self.focus
            && path.pattern().ends_with("].rationale")
        {
            return Some(path.clone());
        }
        let id: Id = self.item_being_written()?.id;
        Some(FieldPath::new("items[].rationale", &[id]))
    }
}

const INDEX_HINT: &str = "Delete the search index in Settings under Letters, then read \
    your letters again";

fn topic(item: &Item) -> ItemTopic {
    ItemTopic { title: phrasing::title(&item.title), body_part: item.body_part.clone() }
}

fn stepped(place: usize, step: isize, count: usize) -> usize {
    place.saturating_add_signed(step).min(count.saturating_sub(1))
}
