//! Finished letters become drafts: read on an errand, put on the desk unsaved, with what
//! was not understood in a list that is worked off.

use std::path::{Path, PathBuf};

use super::notices::name;
use super::{Desk, OpenDraft, Tone};
use crate::app::command::Command;
use crate::app::job::{Job, Letter as Source};
use crate::import::Imported;
use crate::letter::{FieldPath, Id};
use crate::store::LETTER_ENDINGS;
use crate::store::recovery::RecoveryId;

/// Whether a file is a finished letter, by its name.
pub(super) fn is_letter(path: &Path) -> bool {
    let ending = path
        .extension()
        .and_then(|ending| ending.to_str())
        .unwrap_or_default();
    LETTER_ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending))
}

impl Desk {
    pub(super) fn import_file(&mut self, path: PathBuf) -> Vec<Job> {
        self.unless_unsaved(Command::ImportFile(path))
    }

    pub(super) fn import_text(&mut self, text: String) -> Vec<Job> {
        self.unless_unsaved(Command::ImportText(text))
    }

    pub(super) fn read_letter(&mut self, source: Source) -> Vec<Job> {
        self.importing = Some(self.revision());
        vec![Job::Import { source, templates: Box::new(self.templates.clone()) }]
    }

    /// The letter that was read; the one on the desk stays where it was changed
    /// meanwhile, or nothing could be read.
    pub(super) fn imported(
        &mut self,
        source: Source,
        result: Result<Box<Imported>, (String, String)>,
    ) -> Vec<Job> {
        let Some(revision) = self.importing.take() else { return Vec::new() };
        match result {
            Ok(_) if self.is_unsaved() && self.revision() != revision => {
                self.unless_unsaved(source.command())
            }
            Ok(imported) => self.take_imported(&source, *imported),
            Err((text, hint)) => {
                self.tell(Tone::Problem, text, hint);
                Vec::new()
            }
        }
    }

    fn take_imported(&mut self, source: &Source, imported: Imported) -> Vec<Job> {
        let Imported { letter, template, is_understood } = imported;
        let of = match source {
            Source::File(path) => name(path),
            Source::Text(_) => "the pasted text".into(),
        };
        let (text, hint) = match (is_understood, letter.unread.len()) {
            (false, _) => {
                let text = format!(
                    "Nothing of {of} was understood; all of it stands in the summary"
                );
                (text, "Put its parts where they belong")
            }
            (true, 0) => (
                format!("Every word of {of} has its place"),
                "Read it once more, then save the draft",
            ),
            (true, 1) => (
                format!("One place in {of} was not understood"),
                "It stands in the list of problems",
            ),
            (true, places) => (
                format!("{places} places in {of} were not understood"),
                "They stand in the list of problems",
            ),
        };
        let id = RecoveryId::new(self.timestamp());
        let draft = OpenDraft::new(letter, template, self.next_revision(), id);
        let jobs = self.put_on_the_desk(draft);
        self.tell(Tone::Done, text, hint);
        jobs
    }

    /// Words that were not understood have found their place, or none.
    pub(super) fn deal_with(&mut self, id: Id) -> Vec<Job> {
        self.edit(|letter| letter.unread.retain(|unread| unread.id != id)).1
    }

    /// What was read from the text was looked at.
    pub(super) fn accept(&mut self, path: &FieldPath) -> Vec<Job> {
        self.edit(|letter| letter.proposed.retain(|proposed| proposed != path))
            .1
    }
}
