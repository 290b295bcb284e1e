//! From a composition to a file. Only the composition of the letter
//! as it is leaves the desk, so what is asked for waits until it is there.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::draft::Goal;
use super::notices::{count, display_name};
use super::waiting::{Exporting, Waiting};
use super::{Desk, Tone};
use crate::app::command::Command;
use crate::app::job::{Composed, DiskJob, ExportedFiles, JobId, Purpose, TaskJob};
use crate::check;
use crate::diagnostic::Diagnostic;
use crate::export;
use crate::outside::StopSign;
use crate::store::{self, Expected, Fingerprint};

/// So many errors are listed before an export; the panel has them all.
const LISTED: usize = 6;

impl Desk {
    pub(super) fn composed(
        &mut self,
        id: JobId,
        composed: Composed,
        error: Option<export::Error>,
    ) {
        self.stop_waiting(id);
        let Some(draft) = &mut self.draft else { return };
        let newest = match &draft.composed {
            Some(composed) => composed.revision,
            None => draft.first_revision,
        };
        // An older answer, or one about another draft, is not taken for the newest.
        if composed.revision < newest {
            return;
        }
        draft.composed = Some(composed);
        draft.count_changes();
        if let Some(error) = error {
            self.show_export_error(&error);
        }
        self.pursue_goal();
    }

    pub(super) fn show_export_error(&mut self, error: &export::Error) {
        self.show_notice(Tone::Problem, error.to_string(), error.hint());
    }

    pub(super) fn export(&mut self, purpose: Purpose) {
        if !self.warns_about_plain(command(purpose)) {
            self.set_goal(Goal::AskWhere(purpose));
        }
    }

    pub(super) fn set_goal(&mut self, goal: Goal) {
        if let Some(draft) = &mut self.draft {
            draft.is_finishing |= goal.is_finish();
            draft.goal = Some(goal);
        }
        self.pursue_goal();
        // Composing the letter as it is may have crashed.
        let waits = self.draft.as_ref().is_some_and(|draft| draft.goal.is_some());
        if waits
            && !self.is_waiting_for(|waiting| matches!(waiting, Waiting::Composition))
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
            "This file name would identify the reviewer, who must stay confidential: {name}"
        );
        let hint = "Nothing was written; choose another file name";
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
        let (draft, letter) = (draft.number(), Arc::clone(&composed.letter));
        let (pdf, composition) =
            (composed.pdf.clone(), Arc::clone(&composed.composition));
        let is_pdf = format.name == export::PDF.name;
        if is_pdf && pdf.is_none() {
            return;
        }
        let stop = StopSign::default();
        let exporting = Exporting {
            draft,
            path: path.clone(),
            purpose,
            letter,
            export,
            stop: stop.clone(),
        };
        let id = self.wait_for(Waiting::Export(exporting));
        self.send(match pdf {
            Some(bytes) if is_pdf => DiskJob::Export { id, path, bytes, expected, stop },
            _ => DiskJob::ExportAs { id, path, format, composition, expected, stop },
        });
    }

    pub(super) fn copy_letter(&mut self) {
        if !self.warns_about_plain(Command::CopyLetter) {
            self.set_goal(Goal::Copy);
        }
    }

    fn put_on_clipboard(&mut self) {
        let Some(draft) = &self.draft else { return };
        let Some(composed) = draft.fresh() else { return };
        self.send(TaskJob::CopyLetter(Arc::clone(&composed.composition)));
    }

    pub(super) fn copied(&mut self, result: Result<(), export::Error>) {
        match (result, self.count_of_errors()) {
            (Ok(()), None) => {
                let hint = "Paste it where you need it";
                self.show_notice(Tone::Done, "Letter copied", hint);
            }
            (Ok(()), Some(count)) => {
                self.show_notice(Tone::Plain, "Letter copied, unfinished", count);
            }
            (Err(error), _) => self.show_export_error(&error),
        }
    }

    pub(super) fn exported(
        &mut self,
        id: JobId,
        result: Result<ExportedFiles, store::Error>,
    ) {
        let Some(Waiting::Export(exporting)) = self.stop_waiting(id) else { return };
        let is_open = exporting.draft == self.draft_number();
        let purpose = exporting.purpose;
        match result {
            Ok(files) => return self.record_export(files, exporting),
            Err(store::Error::Exists { path: there }) if is_open => {
                let reason = "This file already exists:";
                self.ask_whether_to_replace(exporting.path, &there, purpose, reason);
            }
            Err(store::Error::Stopped) => {
                let text = "The export was stopped, and nothing was written";
                self.show_notice(Tone::Plain, text, "");
            }
            Err(error) => {
                let offers = vec![("Another name…", command(purpose))];
                let (text, hint) = (error.to_string(), error.hint());
                self.show_notice_with(Tone::Problem, text, hint, offers);
            }
        }
        self.stay_after_failing();
    }

    fn record_export(&mut self, files: ExportedFiles, exporting: Exporting) {
        let Exporting { draft, path, letter, export, .. } = exporting;
        let (names, fingerprints): (Vec<PathBuf>, Vec<Fingerprint>) =
            files.into_iter().unzip();
        if draft == self.draft_number() {
            self.keep_exported_version(&letter);
            self.record(export, &fingerprints);
        }
        self.show_exported(names.first().unwrap_or(&path), names.len());
        self.go_on_after_leaving();
    }

    pub(super) fn not_made(&mut self, id: JobId, error: &export::Error) {
        self.stop_waiting(id);
        self.show_export_error(error);
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

    /// "The letter has 3 errors and 21 fields to fill in".
    pub fn count_of_errors(&self) -> Option<String> {
        let (empty, wrong): (Vec<_>, Vec<_>) =
            self.errors().partition(|error| self.is_to_fill_in(error));
        let errors = count(wrong.len(), "error");
        let fields = format!("{} to fill in", count(empty.len(), "field"));
        match (wrong.is_empty(), empty.is_empty()) {
            (true, true) => None,
            (false, true) => Some(format!("The letter has {errors}")),
            (true, false) => Some(format!("The letter has {fields}")),
            (false, false) => Some(format!("The letter has {errors} and {fields}")),
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
