//! Saving, and the paths that are asked for.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::draft::Goal;
use super::notices::display_name;
use super::waiting::{Saving, Waiting};
use super::{Desk, DialogBox, OpenDraft, PassphrasePurpose, PathBox, Tone};
use crate::app::command::{Command, Leave};
use crate::app::job::{Ask, DiskJob, JobId, LetterSource, Purpose, TaskJob};
use crate::export;
use crate::store::{DRAFT_ENDING, Error, Expected, ReadOnly, Written, is_named_as_draft};
use crate::template::LetterCopy;

impl Desk {
    pub(super) fn save(&mut self) {
        let Some(draft) = &self.draft else { return };
        let Some(path) = draft.path.clone() else { return self.save_first_time() };
        let expected = match draft.fingerprint {
            Some(fingerprint) => Expected::Unchanged(fingerprint),
            None => Expected::Nothing,
        };
        self.save_to(path, expected);
    }

    /// A draft that no file holds is asked where to, and first for a passphrase if the
    /// settings want it encrypted.
    fn save_first_time(&mut self) {
        let is_sealed = self.draft.as_ref().is_some_and(OpenDraft::is_sealed);
        if self.settings.encrypt_new && !is_sealed {
            self.ask_passphrase(PassphrasePurpose::First);
        } else {
            self.ask_path(Purpose::Save);
        }
    }

    /// Saves under another name.
    pub(super) fn save_as(&mut self) {
        let Some(draft) = &self.draft else { return };
        if draft.path.is_none() { self.save() } else { self.ask_path(Purpose::Save) }
    }

    pub(super) fn save_then(&mut self, leave: Leave) {
        self.then = Some(leave);
        self.save();
    }

    /// Saves the letter as it is. One save goes after the other, because each must know
    /// what the one before wrote.
    fn save_to(&mut self, path: PathBuf, expected: Expected) {
        let is_saving = self.saving().is_some();
        let Some(draft) = &mut self.draft else { return };
        if is_saving {
            draft.next_save = Some((path, expected));
            return;
        }
        // A version under another seal, or under none, is not kept beside it.
        let is_of_seal = draft.seal == draft.saved_seal
            && (draft.path.is_some() || !draft.is_sealed());
        let is_known = draft.saved_at.is_some() && expected != Expected::Anything;
        let seal = draft.seal.clone();
        let saving = Saving {
            draft: draft.number(),
            path: path.clone(),
            letter: Arc::clone(&draft.settled),
            record: draft.record.clone(),
            seal: seal.clone(),
        };
        let draft = Box::new(draft.draft());
        if !is_known && is_of_seal {
            self.keep_found_version(path.clone());
        }
        let id = self.wait_for(Waiting::Save(saving));
        self.send(DiskJob::Save { id, path, draft, seal, expected });
    }

    pub(super) fn written(&mut self, id: JobId, result: Result<Written, Error>) {
        let Some(Waiting::Save(saving)) = self.stop_waiting(id) else { return };
        let is_open = saving.draft == self.draft_number();
        match result {
            Ok(written) if is_open => self.saved(saving, written),
            Err(error) if is_open => self.not_saved(saving.path, &error),
            // The draft is closed.
            Ok(_) => self.remember_file(&saving.path),
            Err(error) => self.show_error(&error),
        }
    }

    fn saved(&mut self, saving: Saving, written: Written) {
        let Written { fingerprint, not_kept } = written;
        let path = saving.path;
        let now = self.now.clone();
        self.remember_file(&path);
        // Said once: from now on the file has nothing more to lose.
        if let Some(not_kept) = not_kept {
            let text = not_kept.message(&display_name(&path));
            self.show_notice(Tone::Problem, text, not_kept.hint());
        }
        let Some(draft) = &mut self.draft else { return };
        let has_new_words = draft.saved.as_ref() != Some(&saving.letter);
        draft.saved = Some(saving.letter);
        draft.saved_record = saving.record;
        draft.saved_seal = saving.seal;
        draft.fingerprint = Some(fingerprint);
        draft.saved_at = Some(now);
        draft.read_only = draft.record.finished.map(ReadOnly::Finished);
        let next = draft.next_save.take();
        // The other file is locked before anything else is written beside it.
        let is_other_file = !self.is_open_file(&path);
        self.move_to_file(&path);
        // The file may have been given nothing but the record of an export.
        if has_new_words || is_other_file {
            self.keep_saved_version(path.clone());
        }
        self.count_typed_values();
        self.remember_citations();
        self.schedule_copy();
        self.read_folders_with(&path);
        match next {
            Some((next, _)) if next == path => {
                self.save_to(path, Expected::Unchanged(fingerprint));
            }
            Some((next, expected)) => self.save_to(next, expected),
            None => self.leave_after_waiting(),
        }
    }

    /// The open draft is that of this file from now on.
    fn move_to_file(&mut self, path: &Path) {
        if self.is_open_file(path) {
            return;
        }
        self.unlock_file(Some(path));
        if let Some(draft) = &mut self.draft {
            draft.path = Some(path.to_owned());
        }
        self.lock_file();
    }

    fn not_saved(&mut self, path: PathBuf, error: &Error) {
        if let Some(draft) = &mut self.draft {
            draft.next_save = None;
        }
        match error {
            // What was brought back after a crash does not know what its file holds.
            Error::Exists { .. } if self.is_open_file(&path) => {
                self.ask_about_both(path, error);
            }
            Error::Exists { path: there } => {
                let reason = "This file already exists:";
                self.ask_whether_to_replace(path, there, Purpose::Save, reason);
            }
            // Others' words stay theirs until the person says otherwise.
            Error::Changed { .. } | Error::TakenOver { .. } => {
                self.ask_about_both(path, error);
            }
            _ => {
                self.then = None;
                let offers = vec![("Save as…", Command::SaveAs)];
                let (text, hint) = (error.to_string(), error.hint());
                self.show_notice_with(Tone::Problem, text, hint, offers);
            }
        }
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
        let text = format!("{reason} {}", display_name(there));
        let other = match purpose {
            Purpose::Save | Purpose::Open | Purpose::Import | Purpose::Folder => {
                ("Save as…", Command::SaveAs)
            }
            Purpose::Export => ("Another name…", Command::Export),
            Purpose::ExportUnfinished => ("Another name…", Command::ExportUnfinished),
        };
        let replace = ("Replace", Command::Replace(purpose, path));
        self.ask_question("Replace the file?", text, vec![replace, other]);
    }

    pub(super) fn replace(&mut self, purpose: Purpose, path: PathBuf) {
        if purpose == Purpose::Save && self.is_open_file(&path) {
            self.lock(path.clone(), true);
        }
        self.use_path(purpose, path, Expected::Anything);
    }

    pub(super) fn ask_path(&mut self, purpose: Purpose) {
        if self.has_dialog() {
            return;
        }
        if matches!(self.dialog, Some(DialogBox::Path(_))) {
            self.close_dialog();
        }
        let name = match &self.draft {
            Some(draft) if !purpose.is_reading() => {
                let name = draft.file_name();
                format!("{name}{}.{}", suffix(draft, purpose), ending(purpose))
            }
            _ => String::new(),
        };
        let draft = self.draft_number();
        let (id, folder) = (self.wait_for(Waiting::Path { draft }), self.folder());
        self.send(TaskJob::AskPath(Ask { id, purpose, folder, name }));
    }

    /// Where files are looked for: beside the draft, or beside the one used last.
    fn folder(&self) -> Option<PathBuf> {
        let newest = self.settings.recent.first().map(PathBuf::as_path);
        let folder = self.open_path().or(newest)?.parent()?;
        if folder.as_os_str().is_empty() { None } else { Some(folder.to_owned()) }
    }

    pub(super) fn has_dialog(&self) -> bool {
        self.is_waiting_for(|waiting| matches!(waiting, Waiting::Path { .. }))
    }

    pub(super) fn path_chosen(&mut self, ask: &Ask, path: Option<PathBuf>) {
        let is_for_this = self.is_for_this_draft(ask);
        let Some(path) = path else { return self.cancel() };
        if !is_for_this {
            return;
        }
        // The dialog has asked whether a file that is there may go, but not about those
        // of single pages.
        let expected = if self.becomes_pages(&path) {
            Expected::Nothing
        } else {
            Expected::Anything
        };
        self.use_path(ask.purpose, path, expected);
    }

    /// Whether the letter becomes a file for each page there.
    fn becomes_pages(&self, path: &Path) -> bool {
        let Some(format) = export::format_of(path) else { return false };
        let pages = match &self.draft {
            Some(OpenDraft { composed: Some(composed), .. }) => {
                composed.composition.pages.len()
            }
            _ => 0,
        };
        format.is_split(pages)
    }

    pub(super) fn open_path_box(&mut self, ask: Ask) {
        if self.is_for_this_draft(&ask) {
            let folder = ask.folder.clone().unwrap_or_else(|| PathBuf::from("~"));
            let text = folder.join(&ask.name).display().to_string();
            self.open_dialog(DialogBox::Path(PathBox { ask, text }));
        }
    }

    /// Whether the dialog's answer is for the draft that is open; the dialog is gone now.
    fn is_for_this_draft(&mut self, ask: &Ask) -> bool {
        let Some(Waiting::Path { draft }) = self.stop_waiting(ask.id) else {
            return false;
        };
        ask.purpose.is_reading() || draft == self.draft_number()
    }

    pub(super) fn draft_number(&self) -> u64 {
        self.draft.as_ref().map_or(0, |draft| draft.first_revision)
    }

    pub(super) fn use_typed_path(&mut self, path: PathBuf) {
        let Some(DialogBox::Path(PathBox { ask, .. })) = &self.dialog else { return };
        let ask = ask.clone();
        self.close_dialog();
        let path = self.whole(path, ask.folder.as_deref());
        self.use_path(ask.purpose, path, Expected::Nothing);
    }

    /// A typed path in full: `~/` is the home folder, and a bare name lies in the folder
    /// that was offered.
    fn whole(&self, path: PathBuf, folder: Option<&Path>) -> PathBuf {
        if path.is_absolute() {
            return path;
        }
        let home = self.home.as_deref();
        let (folder, rest) = match path.strip_prefix("~") {
            Ok(rest) => (home, rest),
            Err(_) => (folder.or(home), &*path),
        };
        match folder {
            Some(folder) => folder.join(rest),
            None => path,
        }
    }

    fn use_path(&mut self, purpose: Purpose, path: PathBuf, expected: Expected) {
        let is_known = match purpose {
            Purpose::Save => is_named_as_draft(&path),
            _ => purpose.is_export() && export::format_of(&path).is_some(),
        };
        let complete =
            if is_known { path.clone() } else { with_ending(&path, ending(purpose)) };
        // Nobody was asked about the file of the longer name.
        let expected = if complete == path { expected } else { Expected::Nothing };
        match purpose {
            Purpose::Open => self.open_file(path),
            Purpose::Folder => self.add_folder(path),
            Purpose::Import => self.leave(Leave::Import(LetterSource::File(path))),
            Purpose::Save => self.save_to(complete, expected),
            Purpose::Export | Purpose::ExportUnfinished => {
                self.set_goal(Goal::Write { path: complete, purpose, expected });
            }
        }
    }
}

/// What a file's name says of what it is: one case has several files.
fn suffix(draft: &OpenDraft, purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Save => "-draft",
        Purpose::ExportUnfinished => "-unfinished",
        // An encrypted draft is known by its file's name, a letter without a number by
        // what it is, and the public copy says so itself.
        Purpose::Export if draft.is_sealed() || draft.copy == LetterCopy::Public => "",
        Purpose::Export if draft.letter.case.number.trim().is_empty() => "",
        Purpose::Export => "-letter",
        Purpose::Open | Purpose::Import | Purpose::Folder => "",
    }
}

fn ending(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Open | Purpose::Save | Purpose::Import | Purpose::Folder => DRAFT_ENDING,
        Purpose::Export | Purpose::ExportUnfinished => "pdf",
    }
}

/// The path with this ending. Another ending stays and gets this one after it: it may be
/// a part of the name, and a draft is not to take the place of a PDF.
fn with_ending(path: &Path, ending: &str) -> PathBuf {
    match path.extension() {
        Some(found) if found.eq_ignore_ascii_case(ending) => path.to_owned(),
        _ => {
            let mut path = path.as_os_str().to_owned();
            path.push(".");
            path.push(ending);
            path.into()
        }
    }
}
