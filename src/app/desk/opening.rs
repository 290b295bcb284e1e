//! One letter gives way to another: new letters, files opened, and what becomes of
//! changes that are not saved.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::importing::is_letter;
use super::notices::name;
use super::typed_values::typed_values;
use super::{Desk, OpenDraft, Tone, encryption, places};
use crate::app::command::Command;
use crate::app::job::{Job, Letter};
use crate::letter::Group;
use crate::store::recovery::RecoveryId;
use crate::store::{Draft, Error, Opened, Passphrase};

/// A file that is being read.
pub(super) struct Opening {
    path: PathBuf,
    /// The letter that the person agreed to part with; what is typed since is not let go.
    revision: u64,
}

impl Desk {
    /// Goes on with a command that ends the open letter, or asks first what becomes of
    /// its changes.
    pub(super) fn unless_unsaved(&mut self, command: Command) -> Vec<Job> {
        let is_open = |draft: &&OpenDraft| draft.is_unsaved() || draft.is_leaving();
        let Some(draft) = self.draft.as_ref().filter(is_open) else {
            return self.go_on_with(command);
        };
        // What leaves is taken note of in the draft.
        if draft.is_being_saved() || draft.is_leaving() {
            self.then = Some(command);
            return Vec::new();
        }
        let text = format!("{} has changes that no file holds yet", draft.name());
        let save = Command::SaveThen(Box::new(command.clone()));
        let discard = Command::DiscardThen(Box::new(command));
        self.ask("Save the changes?", text, vec![("Save", save), ("Discard", discard)]);
        Vec::new()
    }

    /// Does what ends the open letter; its changes are saved, or let go knowingly.
    pub(super) fn go_on_with(&mut self, command: Command) -> Vec<Job> {
        match command {
            Command::Close => self.close(),
            Command::Quit => self.leave(),
            Command::Begin(id) => self.begin_letter(&id),
            Command::OpenFile(path) => self.read_file(path),
            Command::ImportFile(path) => self.read_letter(Letter::File(path)),
            Command::ImportText(text) => self.read_letter(Letter::Text(text)),
            Command::Restore(id) => self.restore(&id),
            Command::CorrectFor(why) => self.correct(why),
            other => self.perform(other),
        }
    }

    /// Nothing happens after all.
    pub(super) fn stay(&mut self) -> Vec<Job> {
        (self.then, self.question, self.path_box, self.replacing, self.excusing) =
            (None, None, None, None, None);
        (self.print_box, self.asking, self.versions, self.other) =
            (None, None, None, None);
        self.stop_asking();
        Vec::new()
    }

    pub(super) fn new_letter(&mut self) -> Vec<Job> {
        let templates = self.templates.clone();
        let templates = templates
            .iter()
            .map(|kind| (&*kind.head().name, Command::Begin(kind.id().to_owned())));
        self.ask("Which kind of letter?", String::new(), templates.collect());
        Vec::new()
    }

    fn begin_letter(&mut self, id: &str) -> Vec<Job> {
        let Some(template) = self.templates.find(id).cloned() else { return Vec::new() };
        let mut letter = Draft::new(&template).letter;
        [Group::Reviewers, Group::Items]
            .into_iter()
            .filter(|&group| places::has_group(&template, group))
            .for_each(|group| {
                letter.add_row(group, None);
            });
        let mut draft =
            OpenDraft::new(letter, template, self.next_revision(), self.recovery_id());
        draft.saved = Some(Arc::clone(&draft.settled));
        self.put_on_the_desk(draft)
    }

    pub(super) fn open_file(&mut self, path: PathBuf) -> Vec<Job> {
        if is_letter(&path) {
            return self.import_file(path);
        }
        if self
            .draft
            .as_ref()
            .is_some_and(|draft| draft.path.as_ref() == Some(&path))
        {
            self.tell(Tone::Plain, format!("{} is open already", name(&path)), "");
            return Vec::new();
        }
        self.unless_unsaved(Command::OpenFile(path))
    }

    pub(super) fn read_sealed(
        &mut self,
        path: PathBuf,
        passphrase: Passphrase,
    ) -> Vec<Job> {
        self.opening = Some(Opening { path: path.clone(), revision: self.revision() });
        vec![Job::OpenSealed { path, passphrase }]
    }

    /// The draft on the desk stays until the other is read: one that cannot be read takes
    /// nothing's place.
    pub(super) fn read_file(&mut self, path: PathBuf) -> Vec<Job> {
        self.opening = Some(Opening { path: path.clone(), revision: self.revision() });
        vec![Job::Open { path }]
    }

    pub(super) fn opened(
        &mut self,
        path: PathBuf,
        result: Result<Box<Opened>, Error>,
    ) -> Vec<Job> {
        let Some(opening) = self.opening.take_if(|opening| opening.path == path) else {
            return Vec::new();
        };
        match result {
            Ok(_) if self.is_unsaved() && self.revision() != opening.revision => {
                self.unless_unsaved(Command::OpenFile(path))
            }
            Ok(opened) => self.take_opened(path, *opened),
            Err(Error::Sealed(error)) => {
                self.not_unlocked(encryption::Purpose::Open(path), error)
            }
            Err(error) => self.not_opened(&path, &error),
        }
    }

    fn take_opened(&mut self, path: PathBuf, opened: Opened) -> Vec<Job> {
        let Opened {
            draft: Draft { template, letter, record },
            fingerprint,
            read_only,
            seal,
            ..
        } = opened;
        let Some(template) = self.template_for(&template) else { return Vec::new() };
        let mut draft =
            OpenDraft::new(letter, template, self.next_revision(), self.recovery_id());
        draft.saved = Some(Arc::clone(&draft.settled));
        // It was counted when it was saved.
        draft.counted = typed_values(&draft.letter, &draft.template, &self.library);
        draft.fingerprint = Some(fingerprint);
        draft.take_record(record);
        (draft.seal, draft.saved_seal) = (seal.clone(), seal);
        // Of a final letter the bar above the form says it.
        if let Some(reason) = read_only.as_ref().filter(|reason| !reason.is_final()) {
            let offers = vec![("Save as…", Command::SaveAs)];
            self.tell_with(Tone::Plain, reason.message(), reason.hint(), offers);
        }
        draft.read_only = read_only;
        let remembered = self.remember(&path);
        draft.path = Some(path);
        let mut jobs = self.put_on_the_desk(draft);
        jobs.extend(self.ask_about_wording());
        jobs.into_iter().chain(remembered).collect()
    }

    fn not_opened(&mut self, path: &Path, error: &Error) -> Vec<Job> {
        self.tell_failure(error);
        if !matches!(error, Error::Missing { .. })
            || !self.settings.recent.iter().any(|recent| recent == path)
        {
            return Vec::new();
        }
        self.settings.recent.retain(|recent| recent != path);
        vec![self.keep_settings()]
    }

    /// Files dropped on the window: one letter is open at a time.
    pub(super) fn take_dropped(&mut self, paths: &[PathBuf]) -> Vec<Job> {
        let is_draft =
            |path: &&PathBuf| path.extension().is_some_and(|ending| ending == "ron");
        let Some(path) = paths.iter().find(is_draft).or(paths.first()) else {
            return Vec::new();
        };
        if paths.len() > 1 {
            let text =
                format!("One letter is open at a time, so only {} is opened", name(path));
            self.tell(Tone::Plain, text, "");
        }
        self.open_file(path.clone())
    }

    /// Puts another letter in place of the one on the desk.
    pub(super) fn put_on_the_desk(&mut self, draft: OpenDraft) -> Vec<Job> {
        let removal = self.remove_copy();
        let let_go = self.let_go(draft.path.as_deref());
        let first = places::to_begin_at(&draft.template, &draft.letter);
        self.draft = Some(draft);
        self.stay();
        (self.focus, self.reveal, self.select, self.at) = (None, None, None, None);
        self.show(first);
        self.ask_to_begin_encrypted();
        removal
            .into_iter()
            .chain(let_go)
            .chain(self.compose_again())
            .chain(self.hold())
            .collect()
    }

    fn close(&mut self) -> Vec<Job> {
        let removal = self.remove_copy().into_iter().chain(self.let_go(None));
        let mut jobs: Vec<Job> = removal.collect();
        self.draft = None;
        self.stay();
        (self.focus, self.reveal, self.select, self.at) = (None, None, None, None);
        jobs.push(self.look_around());
        jobs
    }

    /// Whether a recent file was found to be encrypted.
    pub fn is_known_sealed(&self, path: &Path) -> bool {
        self.known
            .iter()
            .flatten()
            .any(|known| known.is_sealed && known.path == path)
    }

    pub(super) fn look_around(&self) -> Job {
        Job::LookAround { recent: self.settings.recent.clone() }
    }

    fn leave(&mut self) -> Vec<Job> {
        self.leaving = Some(self.revision());
        let settings = self.settings_due.is_some().then(|| self.keep_settings());
        self.remove_copy()
            .into_iter()
            .chain(self.let_go(None))
            .chain(settings)
            .chain([Job::Leave])
            .collect()
    }

    /// All is written; what was typed meanwhile is not.
    pub(super) fn leave_if_nothing_changed(&mut self) -> Vec<Job> {
        if self.leaving.take() == Some(self.revision()) {
            self.may_leave = true;
            return Vec::new();
        }
        self.hold()
            .into_iter()
            .chain(self.unless_unsaved(Command::Quit))
            .collect()
    }

    pub(super) fn revision(&self) -> u64 {
        self.draft.as_ref().map_or(0, |draft| draft.revision)
    }

    /// Puts a file at the head of the recent ones.
    pub(super) fn remember(&mut self, path: &Path) -> Option<Job> {
        let is_news = self.settings.recent.first().is_none_or(|first| first != path);
        self.settings.remember(path);
        is_news.then(|| self.keep_settings())
    }

    pub(super) fn recovery_id(&self) -> RecoveryId {
        RecoveryId::new(self.timestamp())
    }
}
