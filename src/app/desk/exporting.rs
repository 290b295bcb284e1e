//! From a composition to a file: pictures and export. Only the composition of the letter
//! as it is leaves the desk, so what is asked for waits until it is there.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::draft::{Composed, Exporting, Goal, Picture};
use super::notices::name;
use super::{Desk, Tone};
use crate::app::command::Command;
use crate::app::job::{Job, Purpose, Written};
use crate::check;
use crate::compose::Composition;
use crate::diagnostic::Diagnostic;
use crate::export;
use crate::export::png::Image;
use crate::letter::Letter;
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
    ) -> Vec<Job> {
        let Some(draft) = &mut self.draft else { return Vec::new() };
        let newest = draft
            .composed
            .as_ref()
            .map_or(draft.first_revision, |composed| composed.revision);
        if revision < newest {
            return Vec::new();
        }
        let pages = composition.pages.len();
        draft.pictures.retain(|&page, _| page < pages);
        draft.painting.retain(|&page, _| page < pages);
        let words = composition.document.text().split_whitespace().count();
        let failure = pdf.as_ref().err().map(|error| (error.to_string(), error.hint()));
        draft.is_stuck = false;
        draft.composed =
            Some(Composed { revision, letter, composition, pdf: pdf.ok(), words });
        draft.count_changes();
        if let Some((text, hint)) = failure {
            self.tell(Tone::Problem, text, hint);
        }
        self.reach_goal()
    }

    /// Has a page painted, unless it is painted so already or will be.
    pub(super) fn paint(&mut self, page: usize, scale: u32) -> Vec<Job> {
        let Some(draft) = &mut self.draft else { return Vec::new() };
        let Some(composed) = draft
            .composed
            .as_ref()
            .filter(|composed| page < composed.composition.pages.len())
        else {
            return Vec::new();
        };
        let Some(pdf) = composed.pdf.clone() else { return Vec::new() };
        let hash = composed.composition.pages.hash(page);
        let is_there = draft
            .pictures
            .get(&page)
            .is_some_and(|picture| (picture.hash, picture.scale) == (hash, scale));
        let asked = draft.painting.entry(page).or_default();
        if is_there || asked.last() == Some(&(hash, scale)) {
            return Vec::new();
        }
        asked.push((hash, scale));
        vec![Job::Paint { pdf, page, hash, scale }]
    }

    pub(super) fn painted(
        &mut self,
        page: usize,
        hash: u64,
        scale: u32,
        image: Result<Arc<Image>, export::Error>,
    ) -> Vec<Job> {
        let Some(draft) = &mut self.draft else { return Vec::new() };
        let Some(asked) = draft.painting.get_mut(&page) else { return Vec::new() };
        let Some(place) = asked.iter().position(|&asked| asked == (hash, scale)) else {
            return Vec::new();
        };
        match image {
            Ok(image) => {
                // What was asked for earlier was replaced by this.
                asked.drain(..=place);
                let composed = draft
                    .composed
                    .as_ref()
                    .map(|composed| composed.composition.pages.hash(page));
                if composed == Some(hash) || !draft.pictures.contains_key(&page) {
                    draft.pictures.insert(page, Picture { hash, scale, image });
                }
            }
            // It stays asked for, so that it is not tried with every frame.
            Err(error) => self.tell(Tone::Problem, error.to_string(), error.hint()),
        }
        Vec::new()
    }

    pub(super) fn export(&mut self, purpose: Purpose) -> Vec<Job> {
        let command = if purpose == Purpose::Export {
            Command::Export
        } else {
            Command::ExportUnfinished
        };
        if self.asks_about_plain(command) {
            return Vec::new();
        }
        self.aim(Goal::AskWhere(purpose))
    }

    pub(super) fn export_to(
        &mut self,
        path: PathBuf,
        purpose: Purpose,
        expected: Expected,
    ) -> Vec<Job> {
        self.aim(Goal::Write { path, purpose, expected })
    }

    pub(super) fn aim(&mut self, goal: Goal) -> Vec<Job> {
        if let Some(draft) = &mut self.draft {
            draft.goal = Some(goal);
        }
        let mut jobs = self.reach_goal();
        if self
            .draft
            .as_ref()
            .is_some_and(|draft| draft.is_stuck && draft.goal.is_some())
        {
            jobs.extend(self.compose_again());
        }
        jobs
    }

    /// Goes on with what waits, if the letter as it is has been composed.
    fn reach_goal(&mut self) -> Vec<Job> {
        let Some(draft) = self.draft.as_mut().filter(|draft| draft.fresh().is_some())
        else {
            return Vec::new();
        };
        match draft.goal.take() {
            Some(
                Goal::AskWhere(Purpose::Export)
                | Goal::Write { purpose: Purpose::Export, .. },
            ) if self.errors().next().is_some() => {
                self.ask_about_errors("Export unfinished", Command::ExportUnfinished)
            }
            Some(Goal::AskWhere(purpose)) => self.ask_path(purpose),
            Some(Goal::Write { path, purpose, expected }) => {
                self.write_letter(path, purpose, expected)
            }
            Some(Goal::Print) if self.errors().next().is_some() => self.ask_about_errors(
                "Print with DRAFT on every page",
                Command::PrintUnfinished,
            ),
            Some(Goal::Print | Goal::PrintUnfinished) => self.print_pdf(),
            Some(Goal::Copy) => self.put_on_the_clipboard(),
            Some(Goal::Finish) => self.ask_whether_to_finish(),
            Some(Goal::Changes) => self.show_changes(),
            None => Vec::new(),
        }
    }

    /// The reviewer stays confidential in a file's name as well.
    fn tell_of_named_reviewer(&mut self, name: &str, purpose: Purpose) -> Vec<Job> {
        let again = if purpose == Purpose::Export {
            Command::Export
        } else {
            Command::ExportUnfinished
        };
        let text = format!(
            "The file's name leads to the reviewer, who stays confidential: {name}"
        );
        self.tell_with(
            Tone::Problem,
            text,
            "Nothing was written; give the file another name",
            vec![("Another name…", again)],
        );
        Vec::new()
    }

    /// The PDF is there already; other kinds of file are made when they are written.
    fn write_letter(
        &mut self,
        path: PathBuf,
        purpose: Purpose,
        expected: Expected,
    ) -> Vec<Job> {
        let named = self
            .draft
            .as_ref()
            .and_then(|draft| check::in_file_name(&draft.letter, &path));
        if let Some(name) = named {
            return self.tell_of_named_reviewer(&name, purpose);
        }
        let Some(draft) = &mut self.draft else { return Vec::new() };
        let Some(composed) = draft.fresh() else { return Vec::new() };
        let other = export::format_of(&path).filter(|format| format.name != "pdf");
        let Some(export) = draft.export_as(other.map_or("pdf", |format| format.name))
        else {
            return Vec::new();
        };
        let job = match (other, composed.pdf.clone()) {
            (Some(format), _) => Job::ExportAs {
                path,
                format,
                composition: Arc::clone(&composed.composition),
                expected,
            },
            (None, Some(bytes)) => Job::Export { path, bytes, expected },
            (None, None) => return Vec::new(),
        };
        let letter = Arc::clone(&composed.letter);
        draft.exporting = Some(Exporting { purpose, letter, export });
        vec![job]
    }

    pub(super) fn copy_letter(&mut self) -> Vec<Job> {
        if self.asks_about_plain(Command::CopyLetter) {
            return Vec::new();
        }
        self.aim(Goal::Copy)
    }

    fn put_on_the_clipboard(&mut self) -> Vec<Job> {
        let composed = self.draft.as_ref().and_then(|draft| draft.fresh());
        composed
            .map(|composed| Job::CopyLetter(Arc::clone(&composed.composition)))
            .into_iter()
            .collect()
    }

    pub(super) fn copied(&mut self, result: Result<(), export::Error>) -> Vec<Job> {
        let unfinished = self.count_of_errors();
        match (result, unfinished) {
            (Ok(()), None) => self.tell(
                Tone::Done,
                "The letter is copied",
                "Paste it where it is wanted",
            ),
            (Ok(()), Some(count)) => {
                self.tell(Tone::Plain, "The letter is copied, unfinished", count)
            }
            (Err(error), _) => self.tell(Tone::Problem, error.to_string(), error.hint()),
        }
        Vec::new()
    }

    pub(super) fn exported(
        &mut self,
        path: PathBuf,
        result: Result<Written, store::Error>,
    ) -> Vec<Job> {
        let exporting = self.draft.as_mut().and_then(|draft| draft.exporting.take());
        match (result, exporting) {
            (Ok(files), exporting) => return self.has_left(&path, files, exporting),
            (
                Err(store::Error::Exists { path: there }),
                Some(Exporting { purpose, .. }),
            ) => {
                self.ask_whether_to_replace(
                    path,
                    &there,
                    purpose,
                    "There is already a file",
                );
            }
            (Err(error), exporting) => {
                let is_whole = exporting
                    .is_some_and(|exporting| exporting.purpose == Purpose::Export);
                let again =
                    if is_whole { Command::Export } else { Command::ExportUnfinished };
                let offers = vec![("Another name…", again)];
                self.tell_with(Tone::Problem, error.to_string(), error.hint(), offers);
            }
        }
        self.stay_after_failing()
    }

    fn has_left(
        &mut self,
        path: &Path,
        files: Written,
        exporting: Option<Exporting>,
    ) -> Vec<Job> {
        let (names, fingerprints): (Vec<PathBuf>, Vec<Fingerprint>) =
            files.into_iter().unzip();
        let mut jobs = Vec::new();
        if let Some(Exporting { letter, export, .. }) = exporting {
            jobs.extend(self.record(export, &fingerprints));
            jobs.extend(self.keep_what_was_exported(&letter));
        }
        self.tell_of_export(names.first().map_or(path, PathBuf::as_path), names.len());
        jobs.into_iter().chain(self.go_on_after_leaving()).collect()
    }

    pub(super) fn not_made(&mut self, error: &export::Error) -> Vec<Job> {
        if let Some(draft) = &mut self.draft {
            draft.exporting = None;
        }
        self.tell(Tone::Problem, error.to_string(), error.hint());
        self.stay_after_failing()
    }

    fn tell_of_export(&mut self, path: &Path, files: usize) {
        let text = match files.saturating_sub(1) {
            0 => format!("Exported to {}", name(path)),
            1 => format!("Exported to {} and another page", name(path)),
            more => format!("Exported to {} and {more} more pages", name(path)),
        };
        let offers = vec![
            ("Open", Command::OpenOutside(path.into())),
            ("Show in folder", Command::ShowInFolder(path.into())),
            ("Changes since", Command::Changes),
        ];
        self.tell_with(Tone::Done, text, "", offers);
    }

    pub(super) fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics().iter().filter(|diagnostic| diagnostic.blocks())
    }

    /// "The letter has 3 errors".
    pub fn count_of_errors(&self) -> Option<String> {
        match self.errors().count() {
            0 => None,
            1 => Some("The letter has 1 error".into()),
            count => Some(format!("The letter has {count} errors")),
        }
    }

    fn ask_about_errors(&mut self, anyhow: &str, command: Command) -> Vec<Job> {
        let Some(title) = self.count_of_errors() else { return Vec::new() };
        let mut lines: Vec<String> = self
            .errors()
            .take(LISTED)
            .map(|error| error.message.clone())
            .collect();
        let more = self.errors().count() - lines.len();
        if more > 0 {
            lines.push(format!("and {more} more"));
        }
        let first = self.errors().find_map(|error| self.place_of(error));
        let first = first.map(|path| ("Show the first", Command::Go(path)));
        let answers = first.into_iter().chain([(anyhow, command)]);
        self.ask(&title, lines.join("\n"), answers.collect());
        Vec::new()
    }
}
