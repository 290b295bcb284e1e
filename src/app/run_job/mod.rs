//! What each job does. It runs on the lane that `worker.rs` gives it to, on a snapshot of
//! its own.

mod first_page;
mod printing;
mod versions;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

use super::job::{
    Ask, ComposeJob, Composed, DataJob, DiskJob, ErrorMessage, Event, Job, JobId,
    LetterSource, TaskJob,
};
use super::platform::{self, PathAnswer};
use super::preview::{PaintJob, PaintedPage};
use crate::compose::{self, Composition};
use crate::earlier::KnownDraft;
use crate::export::{self, ExportInput, Format, png};
use crate::import::{self, Imported};
use crate::library::Library;
use crate::outside::{self, StopSign};
use crate::store::{
    self, DataFolder, Durability, Expected, Key, Opened, Seal, UserFolder, lock,
    recovery, settings,
};
use crate::template::Templates;

/// What jobs need besides themselves.
#[derive(Clone)]
pub(super) struct JobContext {
    /// Where recovery copies and settings are kept; without it there are none.
    pub data: Option<DataFolder>,
}

impl JobContext {
    /// Does a job; gives what is to be reported of it.
    pub(super) fn do_job(&self, job: Job) -> Option<Event> {
        match job {
            Job::Compose(job) => Some(compose(job)),
            Job::Disk(job) => self.do_on_disk(job),
            Job::Task(job) => self.do_task(job),
            // These have lanes of their own.
            Job::Earlier(_) => None,
        }
    }

    fn do_on_disk(&self, job: DiskJob) -> Option<Event> {
        match job {
            DiskJob::Open { id, path } => Some(open(id, &path, None)),
            DiskJob::OpenSealed { id, path, passphrase } => {
                Some(open(id, &path, Some(Key::Passphrase(&passphrase))))
            }
            DiskJob::Save { id, path, draft, seal, expected } => {
                let result = store::save(&path, &draft, seal.as_ref(), expected);
                Some(Event::Written { id, result })
            }
            DiskJob::Export { id, path, bytes, expected, stop } => {
                Some(export(id, &path, vec![bytes.to_vec()], expected, &stop))
            }
            DiskJob::ExportAs { id, path, format, composition, expected, stop } => {
                let goes_on = || !stop.is_asked();
                match format.files(&composition_input(&composition), &goes_on) {
                    Ok(files) => Some(export(id, &path, files, expected, &stop)),
                    Err(export::Error::Stopped) => Some(stopped(id)),
                    Err(error) => Some(Event::NotMade { id, error }),
                }
            }
            DiskJob::UnlockRecovery { id, copy, passphrase } => {
                let copied = recovery::unlock(self.data.as_ref()?, &copy, &passphrase);
                if let Ok(copied) = &copied {
                    let _told_later = outside::vet(&copied.draft.template.source);
                }
                Some(Event::Unlocked { id, copy, result: copied.map(Box::new) })
            }
            DiskJob::Lock { path, at, is_taken_over } => {
                Some(lock(path, at, is_taken_over))
            }
            DiskJob::Unlock { path } => {
                lock::release(&path);
                None
            }
            DiskJob::ReadTheirs { path, seal } => Some(read_theirs(path, seal.as_ref())),
            DiskJob::FindDrafts { recent } => Some(Event::Found {
                known: recent.iter().filter_map(|path| known(path)).collect(),
            }),
            DiskJob::FindCopies => Some(self.find_copies()),
            DiskJob::Leave(id) => Some(Event::MayLeave(id)),
            DiskJob::Data(job) => self.write_data(job),
        }
    }

    fn write_data(&self, job: DataJob) -> Option<Event> {
        let data = self.data.as_ref()?;
        let mut failed: fn(store::Error) -> Event = Event::Failed;
        let result = match job {
            DataJob::WriteRecovery(copy) => {
                return Some(match recovery::write(data, &copy) {
                    Ok(()) => Event::CopyWritten,
                    Err(error) => Event::RecoveryFailed(error),
                });
            }
            DataJob::TakeRecovery(from, to) => {
                return match recovery::take(data, &from, &to) {
                    Ok(true) => None,
                    Ok(false) => Some(Event::CopyTaken(to)),
                    Err(error) => Some(Event::RecoveryFailed(error)),
                };
            }
            DataJob::RemoveRecovery(id) => {
                failed = Event::RecoveryFailed;
                recovery::remove(data, &id)
            }
            DataJob::SealCopies { original, before, seal } => {
                store::seal_copies(data, &original, before.as_ref(), seal.as_ref())
            }
            DataJob::KeepVersion { path, saved } => versions::keep(data, &path, saved),
            DataJob::KeepExported { path, at, unsaved, seal } => {
                let unsaved = unsaved.as_deref();
                versions::keep_exported(data, &path, at, unsaved, seal.as_ref())
            }
            DataJob::AddWord { word } => store::words::add(data, &word),
            DataJob::SaveSettings(settings) => settings::save(data, &settings),
            DataJob::WriteOwnFile { file, text } => {
                store::own_files::save(data, file, &text)
            }
        };
        result.err().map(failed)
    }

    fn do_task(&self, job: TaskJob) -> Option<Event> {
        let data = self.data.as_ref();
        match job {
            TaskJob::AskPath(ask) => Some(ask_path(ask)),
            TaskJob::CopyLetter(composition) => {
                Some(Event::Copied { result: copy(&composition) })
            }
            TaskJob::CopyReport(report) => {
                Some(Event::ReportCopied { is_copied: platform::copy_text(&report) })
            }
            TaskJob::Print { id, ticket, pdf } => {
                Some(printing::print(data, id, ticket, pdf))
            }
            TaskJob::SendToPrinter { id, printer, ticket, pdf } => {
                Some(printing::send(data, id, &printer, &ticket, &pdf))
            }
            TaskJob::MakeSeal { id, passphrase } => {
                let result = Seal::new(&passphrase).map_err(store::Error::from);
                Some(Event::SealMade { id, result })
            }
            TaskJob::Import { id, source, templates, stop } => {
                let result = import(&source, &templates, &stop);
                Some(Event::Imported { id, source, result })
            }
            TaskJob::ReadTables { library } => {
                let library = Library::clone(&library);
                // What keeps a table from being used is told as its file is read.
                let (library, _) = store::tables::add(library, data?);
                Some(Event::TablesRead(Arc::new(library)))
            }
            TaskJob::ListVersions { path, letter, template, seal } => {
                let versions = match data {
                    Some(data) => {
                        versions::list(data, &path, &letter, &template, seal.as_ref())
                    }
                    None => Vec::new(),
                };
                Some(Event::VersionsListed { path, versions })
            }
            TaskJob::DrawFirstPage { template, library, order } => {
                let page = first_page::draw(&template, &library, order);
                Some(Event::FirstPage { template: template.id().to_owned(), page })
            }
            TaskJob::OpenOutside(path) if platform::open_outside(&path) => None,
            TaskJob::ShowInFolder(path) if platform::show_in_folder(&path) => None,
            TaskJob::OpenOutside(path) | TaskJob::ShowInFolder(path) => {
                Some(Event::NotOpened { path })
            }
            TaskJob::OpenUserFolder(which) => self.open_user_folder(which),
            #[cfg(debug_assertions)]
            TaskJob::Crash(words) => crash(&words),
        }
    }

    fn open_user_folder(&self, which: UserFolder) -> Option<Event> {
        let Some(data) = &self.data else {
            return Some(Event::Failed(store::Error::NoDataFolder));
        };
        match which.make(data) {
            Ok(folder) if platform::open_outside(&folder) => None,
            Ok(path) => Some(Event::NotOpened { path }),
            Err(error) => Some(Event::Failed(error)),
        }
    }

    fn find_copies(&self) -> Event {
        let Some(data) = &self.data else {
            return Event::CopiesFound { recoveries: Vec::new(), unreadable: Vec::new() };
        };
        let (recoveries, unreadable) = recovery::list(data);
        for copy in &recoveries {
            let _told_later = outside::vet(&copy.draft.template.source);
        }
        outside::let_go();
        Event::CopiesFound { recoveries, unreadable }
    }

    /// Keeps what is kept of old from filling the disk.
    pub(super) fn tidy(&self) {
        if let Some(data) = &self.data {
            store::versions::tidy(data);
        }
    }
}

#[cfg(debug_assertions)]
#[expect(clippy::panic, reason = "it is asked for, to see what becomes of it")]
fn crash(words: &str) -> Option<Event> {
    panic!("{words}")
}

fn composition_input(composition: &Composition) -> ExportInput<'_> {
    ExportInput { document: &composition.document, pages: &composition.pages }
}

fn compose(job: ComposeJob) -> Event {
    let ComposeJob { id, revision, letter, template, library, order } = job;
    let composition = compose::compose(&letter, &template, &library, &order);
    let (pdf, error) = match (export::PDF.write)(&composition_input(&composition)) {
        Ok(bytes) => (Some(Arc::from(bytes)), None),
        Err(error) => (None, Some(error)),
    };
    let pages = &composition.pages;
    let page_hashes = (0..pages.len()).map(|page| pages.hash(page)).collect();
    let words = composition.document.text().split_whitespace().count();
    let composition = Arc::new(composition);
    let composed = Composed { revision, letter, composition, page_hashes, pdf, words };
    Event::Composed { id, composed, error }
}

/// Paints a page.
pub(super) fn paint(job: PaintJob) -> PaintedPage {
    let PaintJob { pdf, page, hash, scale } = job;
    let image = png::paint(&pdf, page, scale as f32 / 1000.0).map(Arc::new);
    PaintedPage { page, hash, scale, image }
}

fn import(
    source: &LetterSource,
    templates: &Templates,
    stop: &StopSign,
) -> Result<Box<Imported>, ErrorMessage> {
    let words = match source {
        LetterSource::Text(text) => import::pasted(text.clone()).map_err(Into::into),
        LetterSource::File(path) => {
            let bytes = store::read_letter(path)
                .map_err(|error| ErrorMessage::new(&error, error.hint()))?;
            let words = outside::words(&bytes, stop);
            outside::let_go();
            words
        }
    };
    let words = words.map_err(|error| import_error(source, &error))?;
    match import::letter(&words, templates.iter()) {
        Ok(imported) => Ok(Box::new(imported)),
        Err(error) => Err(import_error(source, &error.into())),
    }
}

/// Which file could not be read, and why.
fn import_error(source: &LetterSource, error: &outside::Error) -> ErrorMessage {
    let text = match source {
        LetterSource::File(path) => format!("{}: {error}", file_name(path)),
        LetterSource::Text(_) => error.to_string(),
    };
    ErrorMessage::new(text, error.hint())
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}

/// Has the wording read that a draft carries before the frame asks for it.
fn vetted(result: Result<Opened, store::Error>) -> Result<Box<Opened>, store::Error> {
    if let Ok(opened) = &result {
        // What is not read is told where the wording is looked for.
        let _told_there = outside::vet(&opened.draft.template.source);
        outside::let_go();
    }
    result.map(Box::new)
}

fn open(id: JobId, path: &Path, key: Option<Key<'_>>) -> Event {
    Event::Opened { id, result: vetted(store::open(path, key)) }
}

fn lock(path: PathBuf, at: Timestamp, is_taken_over: bool) -> Event {
    let lock = if is_taken_over { lock::take_over } else { lock::take };
    Event::Locked { hold: lock(&path, at), path }
}

fn read_theirs(path: PathBuf, seal: Option<&Seal>) -> Event {
    let result = vetted(store::open(&path, seal.map(Key::Seal)));
    Event::TheirsRead { path, result }
}

fn export(
    id: JobId,
    path: &Path,
    files: Vec<Vec<u8>>,
    expected: Expected,
    stop: &StopSign,
) -> Event {
    if stop.is_asked() {
        return stopped(id);
    }
    let names = export::numbered(path, files.len());
    let files: Vec<(PathBuf, Vec<u8>)> = names.iter().cloned().zip(files).collect();
    let result = store::export_all(&files, expected, Durability::Recorded)
        .map(|fingerprints| names.into_iter().zip(fingerprints).collect());
    Event::Exported { id, result }
}

fn stopped(id: JobId) -> Event {
    Event::Exported { id, result: Err(store::Error::Stopped) }
}

/// The letter in a format that is text.
fn text_as(format: &Format, composition: &Composition) -> Result<String, export::Error> {
    let bytes = (format.write)(&composition_input(composition))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Puts the letter on the clipboard, as a web page for what takes those and as text for
/// the rest.
fn copy(composition: &Composition) -> Result<(), export::Error> {
    let page = text_as(&export::HTML, composition)?;
    if platform::copy(&page, &text_as(&export::TEXT, composition)?) {
        Ok(())
    } else {
        Err(export::Error::Clipboard)
    }
}

/// A recent draft as the start page offers it; one that is gone or cannot be read is
/// passed over. What a crash left half written beside it goes.
pub(super) fn known(path: &Path) -> Option<KnownDraft> {
    store::sweep_beside_unopened(path);
    KnownDraft::read(path, &Templates::default())
}

fn ask_path(ask: Ask) -> Event {
    match platform::ask_path(&ask) {
        PathAnswer::Path(path) => Event::PathChosen { ask, path },
        PathAnswer::NoDialog => Event::NoDialog { ask },
    }
}
