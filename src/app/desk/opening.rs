//! One letter gives way to another: new letters, files opened, and what becomes of
//! changes that are not saved.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::citing::cited_words;
use super::importing::is_letter;
use super::notices::display_name;
use super::profiles::add_first_rows;
use super::typed_values::typed_values;
use super::waiting::Waiting;
use super::{Desk, DialogBox, OpenDraft, PassphrasePurpose, Tone, places};
use crate::app::command::{Command, Leave};
use crate::app::examples;
use crate::app::job::{DiskJob, JobId, LetterSource, TaskJob};
use crate::letter::Letter;
use crate::store::recovery::RecoveryId;
use crate::store::{Draft, Error, Opened, Passphrase, is_named_as_draft};
use crate::template::{LetterCopy, Order, Template};

impl Desk {
    /// Leaves the open letter, or asks first what becomes of its changes.
    pub(super) fn leave(&mut self, leave: Leave) {
        let is_exporting = self.is_leaving();
        let Some(draft) = &self.draft else { return self.leave_now(leave) };
        if !draft.is_unsaved() && !is_exporting {
            return self.leave_now(leave);
        }
        // An export is recorded in the draft, so the draft waits for it as for a save.
        if self.is_being_saved() || is_exporting {
            self.then = Some(leave);
            return;
        }
        let text = format!("{} has unsaved changes", draft.name());
        let save = Command::SaveThen(leave.clone());
        let discard = Command::DiscardThen(leave);
        let answers = vec![("Save", save), ("Don’t save", discard)];
        self.ask_question("Save your changes?", text, answers);
    }

    /// Leaves the open letter, whose changes are saved or knowingly discarded.
    pub(super) fn leave_now(&mut self, leave: Leave) {
        match leave {
            Leave::Close => self.close(),
            Leave::Quit => self.quit(),
            Leave::Begin(id) => self.begin_letter(&id),
            Leave::FromThis => self.begin_from_this(),
            Leave::Example => self.open_example(),
            Leave::Open(path) => self.read_file(path),
            Leave::Import(source) => self.read_letter(source),
            Leave::Restore(id) => self.restore(&id),
            Leave::Correct(why) => self.correct(why),
        }
    }

    /// Goes on with what waited until the letter was saved or exported.
    pub(super) fn leave_after_waiting(&mut self) {
        if let Some(leave) = self.then.take() {
            self.execute(leave.into());
        }
    }

    pub(super) fn new_letter(&mut self) {
        let templates = self.templates_by_use();
        let answers = templates
            .iter()
            .map(|template| (&*template.head().name, template.id().to_owned()))
            .map(|(name, id)| (name, Command::Begin(id)));
        self.ask_question("Which template?", String::new(), answers.collect());
        if let Some(DialogBox::Question(question)) = &mut self.dialog {
            question.chooses_reviewer = true;
        }
    }

    /// The templates that a letter can be begun with, the one that was used last first.
    pub fn templates_by_use(&self) -> Vec<Arc<Template>> {
        let mut templates: Vec<Arc<Template>> = self.templates.iter().cloned().collect();
        templates.sort_by_key(|template| template.id() != self.settings.template);
        templates
    }

    /// Has the first page of a letter of this template drawn, as it is worded now.
    pub(super) fn draw_first_page(&mut self, id: &str) {
        let Some(template) = self.templates.find(id).cloned() else { return };
        let order = Order { copy: LetterCopy::Served, today: self.today() };
        let library = Arc::clone(&self.library);
        self.send(TaskJob::DrawFirstPage { template, library, order });
    }

    /// Shows the example of the template that was used last, as a draft in no file.
    fn open_example(&mut self) {
        let used = &self.settings.template;
        let used = if used.is_empty() { "imr-2014" } else { used };
        let Some(Draft { letter, template, .. }) = examples::of(used) else { return };
        let Some(template) = self.templates.find(&template.id).cloned() else { return };
        let mut draft = self.new_draft(letter, template);
        draft.saved = Some(Arc::clone(&draft.settled));
        self.replace_draft(draft);
    }

    fn begin_letter(&mut self, id: &str) {
        let Some(template) = self.templates.find(id).cloned() else { return };
        if self.settings.template != id {
            id.clone_into(&mut self.settings.template);
            self.save_settings();
        }
        let mut letter = Draft::new(&template).letter;
        add_first_rows(&template, &mut letter);
        self.fill_reviewer(&mut letter);
        let mut draft = self.new_draft(letter, template);
        draft.saved = Some(Arc::clone(&draft.settled));
        self.replace_draft(draft);
    }

    pub(super) fn open_file(&mut self, path: PathBuf) {
        if is_letter(&path) {
            self.leave(Leave::Import(LetterSource::File(path)));
        } else if self.is_open_file(&path) {
            let text = format!("{} is already open", display_name(&path));
            self.show_notice(Tone::Plain, text, "");
        } else {
            self.leave(Leave::Open(path));
        }
    }

    pub(super) fn read_sealed(&mut self, path: PathBuf, passphrase: Passphrase) -> JobId {
        let id = self.wait_for_file(path.clone());
        self.send(DiskJob::OpenSealed { id, path, passphrase });
        id
    }

    /// The draft on the desk stays until the other is read: one that cannot be read
    /// replaces nothing.
    pub(super) fn read_file(&mut self, path: PathBuf) {
        let id = self.wait_for_file(path.clone());
        self.send(DiskJob::Open { id, path });
    }

    fn wait_for_file(&mut self, path: PathBuf) -> JobId {
        self.stop_waiting_for(|waiting| matches!(waiting, Waiting::File { .. }));
        let revision = self.revision();
        self.wait_for(Waiting::File { path, revision })
    }

    pub(super) fn opened(&mut self, id: JobId, result: Result<Box<Opened>, Error>) {
        let Some(Waiting::File { path, revision }) = self.stop_waiting(id) else {
            return;
        };
        match result {
            Ok(_) if self.is_unsaved() && self.revision() != revision => {
                self.offer_later(&display_name(&path), Leave::Open(path));
            }
            Ok(opened) => self.show_opened(&path, *opened),
            Err(Error::Sealed(error)) => {
                self.not_unlocked(PassphrasePurpose::Open(path), error);
            }
            Err(error) => self.not_opened(&path, &error),
        }
    }

    /// Something was read while the letter on the desk was changed. A question now would
    /// take the keys of whoever is typing.
    pub(super) fn offer_later(&mut self, of: &str, leave: Leave) {
        let text = format!("Finished reading {of}");
        let hint = "You changed this letter in the meantime, so it stayed open";
        let offers = vec![("Open it", Command::from(leave))];
        self.show_notice_with(Tone::Plain, text, hint, offers);
    }

    fn show_opened(&mut self, path: &Path, opened: Opened) {
        let Opened { draft, fingerprint, read_only, seal, .. } = opened;
        let Draft { template, letter, record } = draft;
        let Some(template) = self.template_for(&template) else { return };
        let mut draft = self.new_draft(letter, template);
        draft.saved = Some(Arc::clone(&draft.settled));
        // It was counted when it was saved.
        draft.counted = typed_values(&draft.letter, &draft.template, &self.library);
        draft.fingerprint = Some(fingerprint);
        draft.take_record(record);
        draft.seal.clone_from(&seal);
        draft.saved_seal = seal;
        draft.read_only.clone_from(&read_only);
        draft.path = Some(path.to_owned());
        draft.may_offer_copy = true;
        draft.cited = cited_words(&draft.letter);
        self.replace_draft(draft);
        // The bar above the form says that a letter is final.
        if let Some(reason) = read_only.filter(|reason| !reason.is_final()) {
            let offers = vec![("Save as…", Command::SaveAs)];
            self.show_notice_with(Tone::Plain, reason.message(), reason.hint(), offers);
        }
        self.ask_about_wording();
        self.remember_file(path);
    }

    fn not_opened(&mut self, path: &Path, error: &Error) {
        self.show_error(error);
        let is_recent = self.settings.recent.iter().any(|recent| recent == path);
        if matches!(error, Error::Missing { .. }) && is_recent {
            self.settings.recent.retain(|recent| recent != path);
            self.save_settings();
        }
    }

    /// Files dropped on the window: one letter is open at a time.
    pub(super) fn open_dropped(&mut self, paths: &[PathBuf]) {
        let draft = paths.iter().find(|path| is_named_as_draft(path));
        let Some(path) = draft.or(paths.first()) else { return };
        if paths.len() > 1 {
            let name = display_name(path);
            let text =
                format!("You can open one letter at a time, so only {name} was opened");
            self.show_notice(Tone::Plain, text, "");
        }
        self.open_file(path.clone());
    }

    /// A draft that no file holds as it is here.
    pub(super) fn new_draft(
        &mut self,
        letter: Letter,
        template: Arc<Template>,
    ) -> OpenDraft {
        let recovery = RecoveryId::new(self.timestamp());
        OpenDraft::new(letter, template, self.next_revision(), recovery)
    }

    /// Puts another letter in place of the one on the desk.
    pub(super) fn replace_draft(&mut self, draft: OpenDraft) {
        self.remove_copy();
        self.unlock_file(draft.path.as_deref());
        let first = places::to_begin_at(&draft.template, &draft.letter);
        self.forget_places();
        self.draft = Some(draft);
        self.reveal_field(first);
        self.ask_to_begin_encrypted();
        self.compose_letter();
        self.lock_file();
    }

    fn close(&mut self) {
        self.remove_copy();
        self.unlock_file(None);
        self.draft = None;
        self.forget_places();
        self.look_for_drafts();
    }

    /// What was asked and said, and where the caret was, belonged to the letter before.
    fn forget_places(&mut self) {
        self.cancel();
        self.notices.clear();
        self.check_clock();
        self.focus = None;
        self.typed_into = None;
        self.guessed.clear();
        self.reveal = None;
        self.select = None;
        self.last_stop = None;
    }

    /// Whether a recent file was found to be encrypted.
    pub fn is_known_sealed(&self, path: &Path) -> bool {
        let mut known = self.known.iter().flatten();
        known.any(|known| known.is_sealed && known.path == path)
    }

    pub(super) fn look_for_drafts(&mut self) {
        self.send(DiskJob::FindDrafts { recent: self.settings.recent.clone() });
    }

    fn quit(&mut self) {
        self.remove_copy();
        self.unlock_file(None);
        if self.settings_due.is_some() {
            self.save_settings();
        }
        let revision = self.revision();
        let id = self.wait_for(Waiting::Leave { revision });
        self.send(DiskJob::Leave(id));
    }

    /// All is written; what was typed meanwhile is not.
    pub(super) fn quit_if_nothing_changed(&mut self, id: JobId) {
        let Some(Waiting::Leave { revision }) = self.stop_waiting(id) else { return };
        if revision == self.revision() {
            self.may_leave = true;
        } else {
            self.lock_file();
            self.leave(Leave::Quit);
        }
    }

    pub(super) fn revision(&self) -> u64 {
        self.draft.as_ref().map_or(0, |draft| draft.revision)
    }

    /// The file of the open draft.
    pub(super) fn open_path(&self) -> Option<&Path> {
        self.draft.as_ref()?.path.as_deref()
    }

    pub(super) fn is_open_file(&self, path: &Path) -> bool {
        self.open_path() == Some(path)
    }

    /// Puts a file at the head of the recent ones.
    pub(super) fn remember_file(&mut self, path: &Path) {
        let is_first = self.settings.recent.first().is_some_and(|first| first == path);
        self.settings.remember(path);
        if !is_first {
            self.save_settings();
        }
    }
}
