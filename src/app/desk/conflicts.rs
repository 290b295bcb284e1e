//! A file that somebody else has changed, or a draft that was taken over: both letters
//! are shown, word by word, and nothing is replaced until the person says which.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::notices::name;
use super::{Desk, Tone};
use crate::app::command::Command;
use crate::app::differences;
use crate::app::job::{Job, Purpose};
use crate::app::keeping::Keeping;
use crate::store::{Draft, Error, Opened, ReadOnly};

const LEGEND: &str =
    "\nStruck through stands in the file alone, underlined in your letter alone";

/// What lies in the file in place of what was read.
pub(super) struct Other {
    path: PathBuf,
    opened: Opened,
}

impl Desk {
    /// Asks which of the two stays; what the file holds is read meanwhile.
    pub(super) fn ask_about_both(&mut self, path: PathBuf, error: &Error) -> Vec<Job> {
        let name = name(&path);
        let text = match error {
            Error::TakenOver { holder, .. } => {
                format!("{name} was taken over {}", holder.words())
            }
            Error::Exists { .. } => format!("{name} holds what was saved before"),
            _ => format!("Someone else has changed the file since it was opened: {name}"),
        };
        let answers = vec![
            ("Save as…", Command::SaveAs),
            ("Replace the file", Command::Replace(path.clone())),
        ];
        self.ask("Your letter and the file differ", text, answers);
        self.replacing = Some(Purpose::Save);
        let seal = self.draft.as_ref().and_then(|draft| draft.seal.clone());
        vec![Job::Keeping(Keeping::ReadOther { path, seal })]
    }

    pub(super) fn other_read(
        &mut self,
        path: PathBuf,
        result: Result<Box<Opened>, Error>,
    ) -> Vec<Job> {
        let Some(draft) = &self.draft else { return Vec::new() };
        let replace = Command::Replace(path.clone());
        let is_asked = |(_, command): &(String, Command)| *command == replace;
        let Some(question) = self
            .question
            .as_mut()
            .filter(|question| question.answers.iter().any(is_asked))
        else {
            return Vec::new();
        };
        match result {
            Ok(opened) => {
                question.changes = differences::between(
                    &opened.draft.letter,
                    &draft.letter,
                    &draft.template,
                );
                let is_same = question.changes.is_empty();
                question.text.push_str(if is_same {
                    "\nBoth say the same"
                } else {
                    LEGEND
                });
                if !opened.read_only.as_ref().is_some_and(ReadOnly::is_partly_understood)
                {
                    let last = question.answers.len() - 1;
                    question
                        .answers
                        .insert(last, ("Take the file’s".into(), Command::TakeTheirs));
                    self.other = Some(Other { path, opened: *opened });
                }
            }
            Err(error) => question
                .text
                .push_str(&format!("\nWhat it holds now cannot be shown: {error}")),
        }
        Vec::new()
    }

    /// Puts what the file holds on the desk, as one step: undo brings the person's own
    /// letter back.
    pub(super) fn take_theirs(&mut self) -> Vec<Job> {
        let is_this = |draft: &super::OpenDraft, other: &Other| {
            draft.path.as_ref() == Some(&other.path)
        };
        let Some(other) = self.other.take().filter(|other| {
            self.draft.as_ref().is_some_and(|draft| is_this(draft, other))
        }) else {
            return Vec::new();
        };
        let Draft { letter, record, .. } = other.opened.draft;
        let jobs = self.put_letter(letter);
        self.then = None;
        if let Some(draft) = &mut self.draft {
            draft.read_only = record.finished.map(ReadOnly::Finished);
            draft.take_record(record);
            (draft.seal, draft.saved_seal) =
                (other.opened.seal.clone(), other.opened.seal);
            draft.saved = Some(Arc::clone(&draft.settled));
            draft.fingerprint = Some(other.opened.fingerprint);
        }
        self.tell(
            Tone::Plain,
            "This is what the file holds",
            "Undo brings your own letter back",
        );
        jobs.into_iter()
            .chain(self.mind_the_copy())
            .chain(self.hold())
            .collect()
    }

    /// What somebody else has saved goes on being theirs until the person says otherwise.
    pub(super) fn is_theirs(error: &Error) -> bool {
        matches!(error, Error::Changed { .. } | Error::TakenOver { .. })
    }

    pub(super) fn hold_what_is_replaced(&self, path: &Path) -> Option<Job> {
        let is_open = self
            .draft
            .as_ref()
            .is_some_and(|draft| draft.path.as_deref() == Some(path));
        is_open.then(|| self.hold_file(path.to_owned(), true))
    }
}
