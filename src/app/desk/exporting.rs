//! From a composition to a file: pictures and export. Only the composition of the letter
//! as it is leaves the desk, so what is asked for waits until it is there.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::draft::{Composed, Exporting, Goal, PagePicture};
use super::notices::display_name;
use super::{Desk, Tone};
use crate::app::command::Command;
use crate::app::job::{Job, Purpose, WrittenFiles};
use crate::check;
use crate::compose::Composition;
use crate::diagnostic::Diagnostic;
use crate::export;
use crate::export::png::Image;
use crate::letter::{Letter, grammar};
use crate::store::{self, Expected, Fingerprint};

/// So many errors are listed before an export; the panel has them all.
const LISTED: usize = 6;

impl Desk {
    pub(super) fn composed(
        &mut self,
        revision: u64,
        letter: Arc<Letter>,
        composition: Arc<Composition>,
        pdf: Result<Arc<[u8]>, export::Error>,
    ) {
        let Some(draft) = &mut self.draft else { return };
        let newest = match &draft.composed {
            Some(composed) => composed.revision,
            None => draft.first_revision,
        };
        if revision < newest {
            return;
        }
        let pages = composition.pages.len();
        draft.pictures.retain(|&page, _| page < pages);
        draft.painting.retain(|&page, _| page < pages);
        let words = composition.document.text().split_whitespace().count();
        let (pdf, failure) = match pdf {
            Ok(pdf) => (Some(pdf), None),
            Err(error) => (None, Some(error)),
        };
        draft.is_stuck = false;
        draft.composed = Some(Composed { revision, letter, composition, pdf, words });
        draft.count_changes();
        if let Some(error) = failure {
            self.show_notice(Tone::Problem, error.to_string(), error.hint());
        }
        self.pursue_goal();
    }

    /// Has a page painted, unless it is painted so already or will be.
    pub(super) fn paint(&mut self, page: usize, scale: u32) {
        let Some(draft) = &mut self.draft else { return };
        let Some(composed) = &draft.composed else { return };
        let Some(pdf) = composed.pdf.clone() else { return };
        if page >= composed.composition.pages.len() {
            return;
        }
        let hash = composed.composition.pages.hash(page);
        if let Some(picture) = draft.pictures.get(&page)
            && (picture.hash, picture.scale) == (hash, scale)
        {
            return;
        }
        let asked = draft.painting.entry(page).or_default();
        if asked.last() != Some(&(hash, scale)) {
            asked.push((hash, scale));
            self.send(Job::Paint { pdf, page, hash, scale });
        }
    }

    pub(super) fn painted(
        &mut self,
        page: usize,
        hash: u64,
        scale: u32,
        image: Result<Arc<Image>, export::Error>,
    ) {
        let Some(draft) = &mut self.draft else { return };
        let Some(asked) = draft.painting.get_mut(&page) else { return };
        let Some(place) = asked.iter().position(|&asked| asked == (hash, scale)) else {
            return;
        };
        match image {
            Ok(image) => {
                // What was asked for earlier was replaced by this.
                asked.drain(..=place);
                let composed = draft.composed.as_ref();
                let now = composed.map(|composed| composed.composition.pages.hash(page));
                if now == Some(hash) || !draft.pictures.contains_key(&page) {
                    draft.pictures.insert(page, PagePicture { hash, scale, image });
                }
            }
            // It stays asked for, so that it is not tried with every frame.
            Err(error) => {
                self.show_notice(Tone::Problem, error.to_string(), error.hint());
            }
        }
    }

    pub(super) fn export(&mut self, purpose: Purpose) {
        if !self.warns_about_plain(command(purpose)) {
            self.set_goal(Goal::AskWhere(purpose));
        }
    }

    pub(super) fn set_goal(&mut self, goal: Goal) {
        if let Some(draft) = &mut self.draft {
            draft.goal = Some(goal);
        }
        self.pursue_goal();
        if let Some(draft) = &self.draft
            && draft.is_stuck
            && draft.goal.is_some()
        {
            self.compose_letter();
        }
    }

    /// Goes on with what waits, if the letter as it is has been composed.
    fn pursue_goal(&mut self) {
        let has_errors = self.errors().next().is_some();
        let Some(draft) = &mut self.draft else { return };
        if draft.fresh().is_none() {
            return;
        }
        match draft.goal.take() {
            Some(
                Goal::AskWhere(Purpose::Export)
                | Goal::Write { purpose: Purpose::Export, .. },
            ) if has_errors => {
                self.ask_about_errors("Export unfinished", Command::ExportUnfinished);
            }
            Some(Goal::AskWhere(purpose)) => self.ask_path(purpose),
            Some(Goal::Write { path, purpose, expected }) => {
                self.write_letter(path, purpose, expected);
            }
            Some(Goal::Print) if has_errors => {
                let label = "Print with DRAFT on every page";
                self.ask_about_errors(label, Command::PrintUnfinished);
            }
            Some(Goal::Print | Goal::PrintUnfinished) => self.print_pdf(),
            Some(Goal::Copy) => self.put_on_clipboard(),
            Some(Goal::Finish) => self.ask_to_finish(),
            Some(Goal::Changes) => self.show_changes(),
            None => {}
        }
    }

    /// The reviewer stays confidential in a file's name as well.
    fn show_named_reviewer(&mut self, name: &str, purpose: Purpose) {
        let text = format!(
            "The file's name leads to the reviewer, who stays confidential: {name}"
        );
        let hint = "Nothing was written; give the file another name";
        let offers = vec![("Another name…", command(purpose))];
        self.show_notice_with(Tone::Problem, text, hint, offers);
    }

    /// The PDF is there already; other kinds of file are made when they are written.
    fn write_letter(&mut self, path: PathBuf, purpose: Purpose, expected: Expected) {
        let Some(draft) = &mut self.draft else { return };
        if let Some(name) = check::in_file_name(&draft.letter, &path) {
            return self.show_named_reviewer(&name, purpose);
        }
        let Some(composed) = draft.fresh() else { return };
        let format = export::format_of(&path).unwrap_or(&export::PDF);
        let Some(export) = draft.export_record(format.name) else { return };
        let job = if format.name == export::PDF.name {
            let Some(bytes) = composed.pdf.clone() else { return };
            Job::Export { path, bytes, expected }
        } else {
            let composition = Arc::clone(&composed.composition);
            Job::ExportAs { path, format, composition, expected }
        };
        let letter = Arc::clone(&composed.letter);
        draft.exporting = Some(Exporting { purpose, letter, export });
        self.send(job);
    }

    pub(super) fn copy_letter(&mut self) {
        if !self.warns_about_plain(Command::CopyLetter) {
            self.set_goal(Goal::Copy);
        }
    }

    fn put_on_clipboard(&mut self) {
        let Some(draft) = &self.draft else { return };
        let Some(composed) = draft.fresh() else { return };
        self.send(Job::CopyLetter(Arc::clone(&composed.composition)));
    }

    pub(super) fn copied(&mut self, result: Result<(), export::Error>) {
        match (result, self.count_of_errors()) {
            (Ok(()), None) => {
                let hint = "Paste it where it is wanted";
                self.show_notice(Tone::Done, "The letter is copied", hint);
            }
            (Ok(()), Some(count)) => {
                self.show_notice(Tone::Plain, "The letter is copied, unfinished", count);
            }
            (Err(error), _) => {
                self.show_notice(Tone::Problem, error.to_string(), error.hint());
            }
        }
    }

    pub(super) fn exported(
        &mut self,
        path: PathBuf,
        result: Result<WrittenFiles, store::Error>,
    ) {
        // The letter may be closed, or another one open.
        let exporting = match &mut self.draft {
            Some(draft) => draft.exporting.take(),
            None => None,
        };
        match (result, exporting) {
            (Ok(files), exporting) => return self.record_export(&path, files, exporting),
            (Err(store::Error::Exists { path: there }), Some(exporting)) => {
                let purpose = exporting.purpose;
                let reason = "There is already a file";
                self.ask_whether_to_replace(path, &there, purpose, reason);
            }
            (Err(error), exporting) => {
                let again = match exporting {
                    Some(exporting) => command(exporting.purpose),
                    None => Command::ExportUnfinished,
                };
                let offers = vec![("Another name…", again)];
                let (text, hint) = (error.to_string(), error.hint());
                self.show_notice_with(Tone::Problem, text, hint, offers);
            }
        }
        self.stay_after_failing();
    }

    fn record_export(
        &mut self,
        path: &Path,
        files: WrittenFiles,
        exporting: Option<Exporting>,
    ) {
        let (names, fingerprints): (Vec<PathBuf>, Vec<Fingerprint>) =
            files.into_iter().unzip();
        if let Some(Exporting { letter, export, .. }) = exporting {
            self.record(export, &fingerprints);
            self.keep_exported_version(&letter);
        }
        let first = names.first().map_or(path, PathBuf::as_path);
        self.show_exported(first, names.len());
        self.go_on_after_leaving();
    }

    pub(super) fn not_made(&mut self, error: &export::Error) {
        if let Some(draft) = &mut self.draft {
            draft.exporting = None;
        }
        self.show_notice(Tone::Problem, error.to_string(), error.hint());
        self.stay_after_failing();
    }

    fn show_exported(&mut self, path: &Path, files: usize) {
        let name = display_name(path);
        let text = match files.saturating_sub(1) {
            0 => format!("Exported to {name}"),
            1 => format!("Exported to {name} and another page"),
            more => format!("Exported to {name} and {more} more pages"),
        };
        let offers = vec![
            ("Open", Command::OpenOutside(path.into())),
            ("Show in folder", Command::ShowInFolder(path.into())),
            ("Changes since", Command::Changes),
        ];
        self.show_notice_with(Tone::Done, text, "", offers);
    }

    pub(super) fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics().iter().filter(|diagnostic| diagnostic.blocks())
    }

    /// "The letter has 3 errors".
    pub fn count_of_errors(&self) -> Option<String> {
        match self.errors().count() {
            0 => None,
            count => {
                Some(format!("The letter has {}", grammar::count(count as i64, "error")))
            }
        }
    }

    fn ask_about_errors(&mut self, anyhow: &str, command: Command) {
        let Some(title) = self.count_of_errors() else { return };
        let mut lines: Vec<String> = self
            .errors()
            .take(LISTED)
            .map(|error| error.message.clone())
            .collect();
        let more = self.errors().count() - lines.len();
        if more > 0 {
            lines.push(format!("and {more} more"));
        }
        let mut answers = Vec::new();
        if let Some(first) = self.errors().find_map(|error| self.place_of(error)) {
            answers.push(("Show the first", Command::Go(first)));
        }
        answers.push((anyhow, command));
        self.ask_question(&title, lines.join("\n"), answers);
    }
}

/// The command that exports for this purpose.
fn command(purpose: Purpose) -> Command {
    if purpose == Purpose::Export { Command::Export } else { Command::ExportUnfinished }
}
