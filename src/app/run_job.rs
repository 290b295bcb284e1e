//! What each job does. It runs on the lane that `worker.rs` gives it to, on a snapshot of
//! its own.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::command::LetterSource;
use super::job::{Ask, Event, Job, KnownDraft};
use super::keeping::Keeping;
use super::platform::{self, Answer};
use super::printing;
use crate::compose::{self, Composition};
use crate::export::{self, Format, Input, png};
use crate::import;
use crate::letter::{self, phrasing};
use crate::store::recovery::{Recovery, RecoveryId};
use crate::store::{
    self, DataFolder, Draft, Expected, Key, Passphrase, Seal, UserFolder, recovery,
    sealed, settings,
};
use crate::template::Templates;

/// What jobs need besides themselves.
#[derive(Clone)]
pub(super) struct JobContext {
    /// Where recovery copies and settings are kept; without it there are none.
    pub data: Option<DataFolder>,
}

/// Where a job is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lane {
    Render,
    Disk,
    Task,
}

impl Job {
    /// Where the job is done.
    pub(super) fn lane(&self) -> Lane {
        match self {
            Self::Compose { .. } | Self::Paint { .. } => Lane::Render,
            Self::AskPath(_)
            | Self::OpenOutside(_)
            | Self::ShowInFolder(_)
            | Self::OpenUserFolder(_)
            | Self::CopyLetter(_)
            | Self::Print { .. }
            | Self::SendToPrinter { .. }
            | Self::MakeSeal { .. }
            | Self::Keeping(Keeping::ListVersions { .. })
            | Self::CopyReport(_)
            | Self::Import { .. } => Lane::Task,
            #[cfg(debug_assertions)]
            Self::Stumble(_) => Lane::Task,
            // Whatever reads or writes files goes in order.
            _ => Lane::Disk,
        }
    }

    /// What it is called behind "Something went wrong while".
    pub(super) fn doing(&self) -> &'static str {
        match self {
            Self::Compose { .. } => "composing the letter",
            Self::Paint { .. } => "painting a page",
            Self::Open { .. } | Self::OpenSealed { .. } => "opening a draft",
            Self::Save { .. } => "saving the draft",
            Self::Export { .. } | Self::ExportAs { .. } => "exporting the letter",
            Self::CopyLetter(_) => "copying the letter",
            Self::Print { .. } | Self::SendToPrinter { .. } => "printing the letter",
            Self::MakeSeal { .. } | Self::SealCopies { .. } => "encrypting the draft",
            Self::Import { .. } => "importing a letter",
            Self::WriteRecovery(_) => "writing the recovery copy",
            Self::LookAround { .. } => "looking at the recent drafts",
            _ => "doing something in the background",
        }
    }
}

impl JobContext {
    fn open_shelf(&self, which: UserFolder) -> Option<Event> {
        let made = self
            .data
            .as_ref()
            .ok_or(store::Error::NoDataFolder)
            .and_then(|data| which.make(data));
        match made {
            Ok(folder) if platform::open_outside(&folder) => None,
            Ok(path) => Some(Event::NotOpened { path }),
            Err(error) => Some(Event::Failed(error)),
        }
    }

    /// Does a job; gives what is to be told of it.
    pub(super) fn do_job(&self, job: Job) -> Option<Event> {
        match job {
            Job::Compose { revision, letter, template, library, order } => {
                let composition = compose::compose(&letter, &template, &library, &order);
                Some(composed(revision, letter, composition))
            }
            Job::Paint { pdf, page, hash, scale } => {
                Some(painted(&pdf, page, hash, scale))
            }
            Job::Open { path } => Some(opened(path, None)),
            Job::OpenSealed { path, passphrase } => {
                Some(opened(path, Some(Key::Passphrase(&passphrase))))
            }
            Job::Save { path, draft, seal, expected, revision } => {
                let result = store::save_with(&path, &draft, seal.as_ref(), expected);
                Some(Event::Written { path, revision, result })
            }
            Job::Export { path, bytes, expected } => {
                Some(exported(path, vec![bytes.to_vec()], expected))
            }
            Job::ExportAs { path, format, composition, expected } => {
                Some(exported_as(path, format, &composition, expected))
            }
            Job::CopyLetter(composition) => {
                Some(Event::Copied { result: copy(&composition) })
            }
            Job::Print { ticket, pdf } => {
                Some(printing::print(self.data.as_ref(), ticket, pdf))
            }
            Job::SendToPrinter { printer, ticket, pdf } => {
                Some(printing::send(&printer, &ticket, &pdf))
            }
            Job::CopyReport(report) => {
                Some(Event::ReportCopied { is_copied: platform::copy_text(&report) })
            }
            #[cfg(debug_assertions)]
            Job::Stumble(words) => stumble(&words),
            Job::WriteRecovery(recovery) => self.write_recovery(&recovery),
            Job::RemoveRecovery(id) => {
                self.with_data(|data| recovery::remove(data, &id), Event::RecoveryFailed)
            }
            Job::UnlockRecovery { id, passphrase } => self.unlock(id, &passphrase),
            Job::SealCopies { original, before, seal } => self.with_data(
                |data| {
                    store::seal_copies(data, &original, before.as_ref(), seal.as_ref())
                },
                Event::Failed,
            ),
            Job::MakeSeal { asking, passphrase } => Some(Event::SealMade {
                asking,
                result: Seal::new(&passphrase).map_err(store::Error::from),
            }),
            Job::AddWord { word } => {
                self.with_data(|data| store::words::add(data, &word), Event::Failed)
            }
            Job::SaveSettings(settings) => {
                self.with_data(|data| settings::save(data, &settings), Event::Failed)
            }
            Job::Keeping(keeping) => keeping.act(self.data.as_ref()),
            Job::LookAround { recent } => Some(self.look_around(&recent)),
            Job::Leave => Some(Event::MayLeave),
            Job::AskPath(ask) => Some(ask_path(ask)),
            Job::OpenOutside(path) => {
                (!platform::open_outside(&path)).then_some(Event::NotOpened { path })
            }
            Job::Import { source, templates } => Some(imported(source, &templates)),
            Job::OpenUserFolder(which) => self.open_shelf(which),
            Job::ShowInFolder(path) => {
                (!platform::show_in_folder(&path)).then_some(Event::NotOpened { path })
            }
        }
    }

    fn write_recovery(&self, copy: &Recovery) -> Option<Event> {
        self.with_data(|data| recovery::write(data, copy), Event::RecoveryFailed)
    }

    fn unlock(&self, id: RecoveryId, passphrase: &Passphrase) -> Option<Event> {
        let result = recovery::unlock(self.data.as_ref()?, &id, passphrase).map(Box::new);
        Some(Event::Unlocked { id, result })
    }

    fn with_data(
        &self,
        act: impl FnOnce(&DataFolder) -> Result<(), store::Error>,
        failed: fn(store::Error) -> Event,
    ) -> Option<Event> {
        act(self.data.as_ref()?).err().map(failed)
    }

    fn look_around(&self, recent: &[PathBuf]) -> Event {
        self.data.iter().for_each(store::versions::tidy);
        let (recoveries, unreadable) =
            self.data.as_ref().map(recovery::list).unwrap_or_default();
        let known = recent.iter().filter_map(|path| known(path)).collect();
        Event::Found { known, recoveries, unreadable }
    }
}

#[cfg(debug_assertions)]
#[expect(clippy::panic, reason = "it is asked for, to see what becomes of it")]
fn stumble(words: &str) -> Option<Event> {
    panic!("{words}")
}

fn composed(
    revision: u64,
    letter: Arc<letter::Letter>,
    composition: Composition,
) -> Event {
    let input = Input { document: &composition.document, pages: &composition.pages };
    let pdf = (export::PDF.write)(&input).map(Arc::from);
    Event::Composed { revision, letter, composition: Arc::new(composition), pdf }
}

fn painted(pdf: &[u8], page: usize, hash: u64, scale: u32) -> Event {
    let image = png::paint(pdf, page, scale as f32 / 1000.0).map(Arc::new);
    Event::Painted { page, hash, scale, image }
}

fn imported(source: LetterSource, templates: &Templates) -> Event {
    let told = |error: import::Error| (error.to_string(), error.hint().to_owned());
    let words = match &source {
        LetterSource::Text(text) => import::pasted(text.clone()).map_err(told),
        LetterSource::File(path) => store::read_letter(path)
            .map_err(|error| (error.to_string(), error.hint()))
            .and_then(|bytes| import::words(&bytes).map_err(told)),
    };
    let no_kind =
        || ("There is no kind of letter to read it as".to_owned(), String::new());
    let result = words.and_then(|words| {
        import::text(&words, templates.iter())
            .map(Box::new)
            .ok_or_else(no_kind)
    });
    Event::Imported { source, result }
}

fn opened(path: PathBuf, key: Option<Key<'_>>) -> Event {
    let result = store::open_with(&path, key).map(Box::new);
    Event::Opened { path, result }
}

fn exported(path: PathBuf, files: Vec<Vec<u8>>, expected: Expected) -> Event {
    let names = export::numbered(&path, files.len());
    let files: Vec<(PathBuf, Vec<u8>)> = names.iter().cloned().zip(files).collect();
    let result = store::export_all(&files, expected)
        .map(|fingerprints| names.into_iter().zip(fingerprints).collect());
    Event::Exported { path, result }
}

/// The letter in a format that is text.
fn text_as(format: &Format, composition: &Composition) -> Result<String, export::Error> {
    let bytes = (format.write)(&Input {
        document: &composition.document,
        pages: &composition.pages,
    })?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn exported_as(
    path: PathBuf,
    format: &Format,
    composition: &Composition,
    expected: Expected,
) -> Event {
    match format
        .files(&Input { document: &composition.document, pages: &composition.pages })
    {
        Ok(files) => exported(path, files, expected),
        Err(error) => Event::NotMade(error),
    }
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
/// passed over.
fn known(path: &Path) -> Option<KnownDraft> {
    let opened = match store::open(path) {
        Ok(opened) => opened,
        Err(store::Error::Sealed(sealed::Error::Locked { .. })) => {
            return Some(KnownDraft::sealed(path));
        }
        Err(_) => return None,
    };
    let Draft { letter, record, .. } = opened.draft;
    let titles = letter
        .items
        .iter()
        .map(|item| phrasing::title(&item.title))
        .filter(|title| !title.is_empty());
    let items = titles.collect();
    let decided = letter.items.iter().filter(|item| !item.decision.0.is_empty()).count();
    let (case_number, finished) = (letter.case.number.trim().into(), record.finished);
    Some(KnownDraft {
        path: path.into(),
        case_number,
        items,
        decided,
        finished,
        is_sealed: false,
    })
}

fn ask_path(ask: Ask) -> Event {
    match platform::ask_path(&ask) {
        Answer::Path(path) => Event::PathChosen { ask, path },
        Answer::NoDialog => Event::NoDialog { ask },
    }
}
