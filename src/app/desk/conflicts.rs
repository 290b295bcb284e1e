//! A file that somebody else has changed, or a draft that was taken over: both letters
//! are shown, word by word, and nothing is replaced until the person says which.

use std::path::PathBuf;
use std::sync::Arc;

use super::notices::display_name;
use super::{Desk, DialogBox, Tone};
use crate::app::command::Command;
use crate::app::differences;
use crate::app::job::{DiskJob, Purpose};
use crate::store::{Draft, Error, Opened, ReadOnly};

const LEGEND: &str =
    "\nStruck-through text is only in the file, underlined text only in your letter";

/// What is in the file in place of what was read.
pub(super) struct Theirs {
    path: PathBuf,
    opened: Opened,
}

impl Desk {
    /// Asks which of the two stays; what the file holds is read meanwhile.
    pub(super) fn ask_about_both(&mut self, path: PathBuf, error: &Error) {
        let name = display_name(&path);
        let text = match error {
            Error::TakenOver { holder, .. } => {
                format!("{name} was taken over {}", holder.words())
            }
            Error::Exists { .. } => format!("{name} has an earlier version"),
            _ => format!("Someone else changed this file after you opened it: {name}"),
        };
        let replace = Command::Replace(Purpose::Save, path.clone());
        let answers = vec![("Save as…", Command::SaveAs), ("Replace the file", replace)];
        self.ask_question("Your letter and the file differ", text, answers);
        let Some(draft) = &self.draft else { return };
        let seal = draft.seal.clone();
        self.send(DiskJob::ReadTheirs { path, seal });
    }

    /// Shows what differs beside the question, if it is still asked.
    pub(super) fn theirs_read(
        &mut self,
        path: PathBuf,
        result: Result<Box<Opened>, Error>,
    ) {
        let Some(draft) = &self.draft else { return };
        let Some(DialogBox::Question(question)) = &mut self.dialog else { return };
        let replace = Command::Replace(Purpose::Save, path.clone());
        if !question.has_answer(&replace) {
            return;
        }
        let opened = match result {
            Ok(opened) => opened,
            Err(error) => {
                let text =
                    format!("\nThe file's current content cannot be shown: {error}");
                return question.text.push_str(&text);
            }
        };
        let (theirs, ours) = (&opened.draft.letter, &draft.letter);
        question.changes = differences::between(theirs, ours, &draft.template);
        let is_same = question.changes.is_empty();
        question.text.push_str(if is_same {
            "\nBoth have the same text"
        } else {
            LEGEND
        });
        // A letter that is understood in part only does not take the place of this one.
        if !opened.read_only.as_ref().is_some_and(ReadOnly::is_partly_understood) {
            let last = question.answers.len() - 1;
            let take = ("Use the file".into(), Command::TakeTheirs);
            question.answers.insert(last, take);
            self.theirs = Some(Theirs { path, opened: *opened });
        }
    }

    /// Puts what the file holds on the desk, as one step: undo brings the person's own
    /// letter back.
    pub(super) fn take_theirs(&mut self) {
        let Some(Theirs { path, opened }) = self.theirs.take() else { return };
        if !self.is_open_file(&path) {
            return;
        }
        let Draft { letter, record, .. } = opened.draft;
        self.put_letter(letter);
        self.then = None;
        if let Some(draft) = &mut self.draft {
            draft.read_only = record.finished.map(ReadOnly::Finished);
            draft.take_record(record);
            draft.seal.clone_from(&opened.seal);
            draft.saved_seal = opened.seal;
            draft.saved = Some(Arc::clone(&draft.settled));
            draft.fingerprint = Some(opened.fingerprint);
        }
        let hint = "Undo to go back to your own letter";
        self.show_notice(Tone::Plain, "You now see the letter from the file", hint);
        self.schedule_copy();
        self.lock_file();
    }
}
