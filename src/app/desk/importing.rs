//! Finished letters become drafts: read as a task, put on the desk unsaved, with what
//! was not understood in a list that is worked off.

use std::path::Path;

use super::draft::ImportSource;
use super::notices::display_name;
use super::waiting::Waiting;
use super::{Desk, Tone};
use crate::app::command::Leave;
use crate::app::job::{ErrorMessage, JobId, LetterSource, TaskJob};
use crate::import::Imported;
use crate::letter::{FieldPath, Id};
use crate::outside::StopSign;
use crate::store::LETTER_ENDINGS;

/// Whether a file is a finished letter, by its name.
pub(super) fn is_letter(path: &Path) -> bool {
    let Some(ending) = path.extension() else { return false };
    LETTER_ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known))
}

fn name_of(source: &LetterSource) -> String {
    match source {
        LetterSource::File(path) => display_name(path),
        LetterSource::Text(_) => "the pasted text".into(),
    }
}

impl Desk {
    pub(super) fn read_letter(&mut self, source: LetterSource) {
        self.stop_waiting_for(|waiting| matches!(waiting, Waiting::Import { .. }));
        let revision = self.revision();
        let stop = StopSign::default();
        let id = self.wait_for(Waiting::Import { revision, stop: stop.clone() });
        let templates = Box::new(self.templates.clone());
        self.send(TaskJob::Import { id, source, templates, stop });
    }

    /// Shows the letter that was read; the one on the desk stays where it was changed
    /// meanwhile, or nothing could be read.
    pub(super) fn imported(
        &mut self,
        id: JobId,
        source: LetterSource,
        result: Result<Box<Imported>, ErrorMessage>,
    ) {
        let Some(Waiting::Import { revision, .. }) = self.stop_waiting(id) else {
            return;
        };
        match result {
            Ok(_) if self.is_unsaved() && self.revision() != revision => {
                let of = name_of(&source);
                self.offer_later(&of, Leave::Import(source));
            }
            Ok(imported) => self.show_imported(&source, *imported),
            Err(error) => self.show_notice(Tone::Problem, error.text, error.hint),
        }
    }

    fn show_imported(&mut self, source: &LetterSource, imported: Imported) {
        let Imported { letter, template, is_understood, text: words } = imported;
        let of = name_of(source);
        let (text, hint) = match (is_understood, letter.unread.len()) {
            (false, _) => {
                let all = "its full text is in the summary";
                let text = format!("{of} was not recognized; {all}");
                (text, "Move its parts to the fields where they belong")
            }
            (true, 0) => (
                format!("Imported {of}; nothing was left over"),
                "Read it through, then save the draft",
            ),
            (true, 1) => (
                format!("One passage in {of} was not recognized"),
                "See the list of problems",
            ),
            (true, places) => (
                format!("{places} passages in {of} were not recognized"),
                "See the list of problems",
            ),
        };
        let mut draft = self.new_draft(letter, template);
        draft.source = Some(ImportSource { name: of, text: words });
        self.replace_draft(draft);
        self.show_notice(Tone::Done, text, hint);
    }

    /// Words that were not understood have found their place, or none.
    pub(super) fn drop_unread(&mut self, id: Id) {
        self.edit(|letter| letter.unread.retain(|unread| unread.id != id));
    }

    /// What was read from the text was looked at.
    pub(super) fn accept_proposed(&mut self, path: &FieldPath) {
        self.edit(|letter| letter.proposed.retain(|proposed| proposed != path));
    }
}
