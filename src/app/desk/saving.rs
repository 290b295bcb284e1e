//! Saving, and the paths that are asked for.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::draft::Saving;
use super::notices::name;
use super::versions::keep_what_stands_there;
use super::{Desk, OpenDraft, Tone, encryption};
use crate::app::command::Command;
use crate::app::job::{Ask, Job, Purpose};
use crate::app::platform;
use crate::export;
use crate::store::{Error, Expected, Fingerprint, ReadOnly};

/// The system's dialog that is open.
pub(super) struct Asked {
    /// Which draft it was asked for; its answer is not taken for another.
    draft: u64,
}

impl Desk {
    pub(super) fn save(&mut self) -> Vec<Job> {
        let Some(draft) = &self.draft else { return Vec::new() };
        let expected = draft.fingerprint.map_or(Expected::Nothing, Expected::Unchanged);
        match draft.path.clone() {
            Some(path) => self.save_to(path, expected),
            None if self.settings.encrypt_new && !draft.is_sealed() => {
                self.ask_passphrase(encryption::Purpose::First)
            }
            None => self.ask_path(Purpose::Save),
        }
    }

    /// Under another name. Of a draft that no file holds this is the first one, which the
    /// settings may want encrypted.
    pub(super) fn save_as(&mut self) -> Vec<Job> {
        let is_new = self.draft.as_ref().is_some_and(|draft| draft.path.is_none());
        if is_new { self.save() } else { self.ask_path(Purpose::Save) }
    }

    pub(super) fn save_then(&mut self, then: Command) -> Vec<Job> {
        self.then = Some(then);
        self.save()
    }

    /// Saves the letter as it is. One save goes after the other, because each must know
    /// what the one before wrote.
    fn save_to(&mut self, path: PathBuf, expected: Expected) -> Vec<Job> {
        let Some(draft) = &mut self.draft else { return Vec::new() };
        if draft.saving.is_some() {
            draft.next_save = Some((path, expected));
            return Vec::new();
        }
        // What is not of this seal is not kept beside it.
        let is_of_seal = draft.seal == draft.saved_seal
            && (draft.path.is_some() || !draft.is_sealed());
        let is_known = draft.saved_at.is_some() && expected != Expected::Anything;
        let (revision, seal) = (draft.revision, draft.seal.clone());
        let (letter, record) = (Arc::clone(&draft.settled), draft.record.clone());
        draft.saving = Some(Saving { revision, letter, record, seal: seal.clone() });
        let save = Job::Save {
            path: path.clone(),
            draft: Box::new(draft.draft()),
            seal,
            expected,
            revision,
        };
        let found = (!is_known && is_of_seal).then(|| keep_what_stands_there(path));
        found.into_iter().chain([save]).collect()
    }

    pub(super) fn written(
        &mut self,
        path: PathBuf,
        revision: u64,
        result: Result<Fingerprint, Error>,
    ) -> Vec<Job> {
        let of_this = |saving: &mut Saving| saving.revision == revision;
        let saving = self.draft.as_mut().and_then(|draft| draft.saving.take_if(of_this));
        match (saving, result) {
            (Some(saving), Ok(fingerprint)) => self.saved(path, saving, fingerprint),
            (Some(_), Err(error)) => self.not_saved(path, &error),
            // The draft is closed.
            (None, Ok(_)) => self.remember(&path).into_iter().collect(),
            (None, Err(error)) => self.tell_failure(&error),
        }
    }

    fn saved(
        &mut self,
        path: PathBuf,
        saving: Saving,
        fingerprint: Fingerprint,
    ) -> Vec<Job> {
        let now = self.now.clone();
        let mut jobs: Vec<Job> = self.remember(&path).into_iter().collect();
        let Some(draft) = &mut self.draft else { return jobs };
        draft.saved = Some(saving.letter);
        draft.saved_record = saving.record;
        draft.saved_seal = saving.seal;
        draft.fingerprint = Some(fingerprint);
        draft.saved_at = Some(now);
        draft.read_only = draft.record.finished.map(ReadOnly::Finished);
        let next = draft.next_save.take().map(|(next, expected)| {
            let expected =
                if next == path { Expected::Unchanged(fingerprint) } else { expected };
            (next, expected)
        });
        let is_elsewhere = draft.path.as_ref() != Some(&path);
        let let_go = self.let_go(Some(&path));
        if let Some(draft) = &mut self.draft {
            draft.path = Some(path.clone());
        }
        jobs.extend(
            let_go.into_iter().chain(is_elsewhere.then(|| self.hold()).flatten()),
        );
        jobs.push(self.keep_what_was_saved(path));
        self.tell(Tone::Done, "Saved", "");
        jobs.extend(self.learn());
        jobs.extend(self.mind_the_copy());
        jobs.extend(match next {
            Some((path, expected)) => self.save_to(path, expected),
            None => self.then.take().map(|then| self.run(then)).unwrap_or_default(),
        });
        jobs
    }

    fn not_saved(&mut self, path: PathBuf, error: &Error) -> Vec<Job> {
        if let Some(draft) = &mut self.draft {
            draft.next_save = None;
        }
        let is_its_own = self
            .draft
            .as_ref()
            .is_some_and(|draft| draft.path.as_ref() == Some(&path));
        match error {
            // What was brought back after a crash does not know what its file holds.
            error @ Error::Exists { .. } if is_its_own => {
                return self.ask_about_both(path, error);
            }
            Error::Exists { path: there } => {
                self.ask_whether_to_replace(
                    path,
                    there,
                    Purpose::Save,
                    "There is already a file",
                );
            }
            error if Self::is_theirs(error) => return self.ask_about_both(path, error),
            _ => {
                self.then = None;
                let offers = vec![("Save as…", Command::SaveAs)];
                self.tell_with(Tone::Problem, error.to_string(), error.hint(), offers);
            }
        }
        Vec::new()
    }

    /// What was asked for goes on if the person agrees, what was to follow a save
    /// included. What is `there` is the file itself, or one of the pages that it becomes.
    pub(super) fn ask_whether_to_replace(
        &mut self,
        path: PathBuf,
        there: &Path,
        purpose: Purpose,
        reason: &str,
    ) {
        self.replacing = Some(purpose);
        let text = format!("{reason} {}", name(there));
        let other = match purpose {
            Purpose::Save | Purpose::Open | Purpose::Import => {
                ("Save as…", Command::SaveAs)
            }
            Purpose::Export => ("Another name…", Command::Export),
            Purpose::ExportUnfinished => ("Another name…", Command::ExportUnfinished),
        };
        self.ask(
            "Replace the file?",
            text,
            vec![("Replace", Command::Replace(path)), other],
        );
    }

    pub(super) fn replace(&mut self, path: PathBuf) -> Vec<Job> {
        let purpose = self.replacing.take();
        let is_saved = purpose == Some(Purpose::Save);
        let hold = is_saved.then(|| self.hold_what_is_replaced(&path)).flatten();
        let jobs = purpose
            .map(|purpose| self.take_path(purpose, path, Expected::Anything))
            .unwrap_or_default();
        hold.into_iter().chain(jobs).collect()
    }

    pub(super) fn ask_path(&mut self, purpose: Purpose) -> Vec<Job> {
        if self.asked.is_some() {
            return Vec::new();
        }
        self.path_box = None;
        self.asked = Some(Asked { draft: self.draft_number() });
        let ending = ending(purpose);
        let name = self
            .draft
            .as_ref()
            .filter(|_| !purpose.is_reading())
            .map(OpenDraft::file_name);
        let name = name.map(|name| format!("{name}.{ending}")).unwrap_or_default();
        vec![Job::AskPath(Ask { purpose, folder: self.folder(), name })]
    }

    /// Where files are looked for: beside the draft, or beside the one used last.
    fn folder(&self) -> Option<PathBuf> {
        let of_draft = self.draft.as_ref().and_then(|draft| draft.path.as_ref());
        let path = of_draft.or(self.settings.recent.first())?;
        path.parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .map(Path::to_owned)
    }

    pub(super) fn has_dialog(&self) -> bool {
        self.asked.is_some()
    }

    pub(super) fn path_chosen(&mut self, ask: &Ask, path: Option<PathBuf>) -> Vec<Job> {
        let is_for_this = self.is_for_this_draft(ask);
        match path {
            // The dialog has asked whether a file that is there may go, but not about
            // those of single pages.
            Some(path) if is_for_this && self.becomes_pages(&path) => {
                self.take_path(ask.purpose, path, Expected::Nothing)
            }
            Some(path) if is_for_this => {
                self.take_path(ask.purpose, path, Expected::Anything)
            }
            Some(_) => Vec::new(),
            None => self.stay(),
        }
    }

    /// Whether the letter becomes a file for each page there.
    fn becomes_pages(&self, path: &Path) -> bool {
        let composed = self.draft.as_ref().and_then(|draft| draft.composed.as_ref());
        let pages = composed.map_or(0, |composed| composed.composition.pages.len());
        export::format_of(path).is_some_and(|format| format.is_split(pages))
    }

    pub(super) fn open_path_box(&mut self, ask: Ask) -> Vec<Job> {
        if self.is_for_this_draft(&ask) {
            self.path_box = Some(ask);
        }
        Vec::new()
    }

    /// Whether the dialog's answer is for the draft that is open; the dialog is gone now.
    fn is_for_this_draft(&mut self, ask: &Ask) -> bool {
        let asked = self.asked.take();
        asked.is_some_and(|asked| {
            ask.purpose.is_reading() || asked.draft == self.draft_number()
        })
    }

    fn draft_number(&self) -> u64 {
        self.draft.as_ref().map_or(0, |draft| draft.first_revision)
    }

    pub(super) fn take_typed_path(&mut self, path: PathBuf) -> Vec<Job> {
        let Some(ask) = self.path_box.take() else { return Vec::new() };
        let path = whole(path, ask.folder.as_deref());
        self.take_path(ask.purpose, path, Expected::Nothing)
    }

    fn take_path(
        &mut self,
        purpose: Purpose,
        path: PathBuf,
        expected: Expected,
    ) -> Vec<Job> {
        let is_known = purpose.is_export() && export::format_of(&path).is_some();
        let complete =
            if is_known { path.clone() } else { with_ending(&path, ending(purpose)) };
        // Nobody was asked about the file of the longer name.
        let expected = if complete == path { expected } else { Expected::Nothing };
        match purpose {
            Purpose::Open => self.open_file(path),
            Purpose::Import => self.import_file(path),
            Purpose::Save => self.save_to(complete, expected),
            Purpose::Export | Purpose::ExportUnfinished => {
                self.export_to(complete, purpose, expected)
            }
        }
    }
}

fn ending(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Open | Purpose::Save | Purpose::Import => "ron",
        Purpose::Export | Purpose::ExportUnfinished => "pdf",
    }
}

/// The path with this ending. Another ending stays and gets this one behind it: it may be
/// a part of the name, and a draft is not to take the place of a PDF.
fn with_ending(path: &Path, ending: &str) -> PathBuf {
    if path
        .extension()
        .is_some_and(|found| found.eq_ignore_ascii_case(ending))
    {
        return path.to_owned();
    }
    let mut path = path.as_os_str().to_owned();
    path.push(".");
    path.push(ending);
    path.into()
}

/// A typed path in full: `~/` is the home folder, and a bare name lies in the folder that
/// was offered.
fn whole(path: PathBuf, folder: Option<&Path>) -> PathBuf {
    let home = platform::home;
    match path.strip_prefix("~") {
        Ok(rest) => home().map_or(path.clone(), |home| home.join(rest)),
        Err(_) if path.is_absolute() => path,
        Err(_) => folder
            .map(Path::to_owned)
            .or_else(home)
            .map_or(path.clone(), |folder| folder.join(&path)),
    }
}
