//! The behaviour of the window, without one: commands and events in, jobs and the desk's
//! state out.

mod crashes;
mod earlier;
mod editing;
mod encryption;
mod exporting;
mod finalizing;
mod fixing;
mod importing;
mod keeping;
mod printing;
mod profiles;
mod property;
mod saving;
mod typed_values;
mod undoing;
mod walking;
mod wording;

use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use jiff::{SignedDuration, ZonedDateTime};

use super::waiting::Waiting;
use super::{Desk, DialogBox, OpenDraft, PathBox, PrintBox, Prompt, Question};
use crate::app::command::Command;
use crate::app::job::{
    Ask, DataJob, DiskJob, ErrorMessage, Event, ExportedFiles, Job, JobId, PrintOutcome,
    TaskJob,
};
use crate::app::run_job::JobContext;
use crate::letter::{FieldPath, Group, Letter};
use crate::library::Library;
use crate::store::settings::Settings;
use crate::store::{Draft, Error, Fingerprint, Opened, Written};
use crate::template::Template;

static LIBRARY: LazyLock<Arc<Library>> =
    LazyLock::new(|| Arc::new(Library::bundled().unwrap()));

fn noon() -> ZonedDateTime {
    "2013-11-05T12:00:00-08:00[-08:00]".parse().unwrap()
}

/// A desk with nothing on it.
fn empty_desk() -> Desk {
    Desk::new(Arc::clone(&LIBRARY), Settings::default(), noon())
}

/// A desk with a letter that was just begun.
fn desk() -> Desk {
    let mut desk = empty_desk();
    desk.run(Command::Begin("imr-2014".into()));
    desk
}

/// A desk with a letter that is in a file.
fn desk_with_file(path: &str, letter: Letter) -> Desk {
    let mut desk = empty_desk();
    open(&mut desk, path, letter);
    desk
}

fn open(desk: &mut Desk, path: &str, letter: Letter) -> Vec<Job> {
    desk.run(Command::OpenFile(path.into()));
    desk.answer_open(Ok(Box::new(opened(letter))))
}

fn opened(letter: Letter) -> Opened {
    let template = Template::built_in("imr-2014").unwrap();
    let draft = Draft { letter, ..Draft::new(template) };
    let text = draft.to_text().unwrap();
    crate::store::read(text.as_bytes(), Path::new("a.ron"), None).unwrap()
}

/// The sample letter without what is rightly found in it.
fn sample() -> Letter {
    let bytes = include_bytes!("../../../../tests/quiet-letter.ron");
    crate::store::read(bytes, Path::new("sample"), None)
        .unwrap()
        .draft
        .letter
}

impl Desk {
    fn open_draft(&mut self) -> &mut OpenDraft {
        self.draft.as_mut().unwrap()
    }

    fn read(&self) -> &Letter {
        &self.draft.as_ref().unwrap().letter
    }

    fn letter(&mut self) -> &mut Letter {
        &mut self.open_draft().letter
    }

    /// Lets time go by without a hand on the desk.
    fn wait(&mut self, seconds: i64) -> Vec<Job> {
        let now = &self.now + SignedDuration::from_secs(seconds);
        let steady = self.steady + Duration::from_secs(seconds.unsigned_abs());
        self.tick(&now, steady)
    }

    /// Types into the summary, as the form does.
    fn type_summary(&mut self, text: &str) -> Vec<Job> {
        self.focus = Some(summary());
        self.letter().summary.push_str(text);
        self.wait(0)
    }

    /// Does the composing among the jobs, and answers the desk.
    fn compose(&mut self, jobs: &[Job]) -> Vec<Job> {
        let context = JobContext { data: None };
        let last = jobs
            .iter()
            .rfind(|job| matches!(job, Job::Compose(_)))
            .expect("nothing is to be composed");
        let event = context.do_job(last.clone()).unwrap();
        self.receive(event)
    }

    /// Composes the letter as it is.
    fn compose_now(&mut self) -> Vec<Job> {
        let mut jobs = self.wait(0);
        self.compose_letter();
        jobs.extend(self.take_jobs());
        self.compose(&jobs)
    }

    fn labels(&self) -> Vec<&str> {
        let answers = self
            .question()
            .map(|question: &Question| &question.answers[..])
            .unwrap_or_default();
        answers.iter().map(|(label, _)| label.as_str()).collect()
    }

    /// Gives the answer of this label.
    fn answer(&mut self, label: &str) -> Vec<Job> {
        let question = self.question().expect("nothing is asked");
        let answer = question
            .answers
            .iter()
            .find(|(found, _)| found == label)
            .expect("no such answer")
            .1
            .clone();
        self.run(answer)
    }

    /// The job that is to bring this, or one that was never sent.
    fn waits(&self, is_it: fn(&Waiting) -> bool) -> JobId {
        let mut pending = self.pending.iter().rev();
        pending
            .find(|(_, waiting)| is_it(waiting))
            .map_or(JobId(0), |(id, _)| *id)
    }

    /// Answers what became of the file that is being read.
    fn answer_open(&mut self, result: Result<Box<Opened>, Error>) -> Vec<Job> {
        let id = self.waits(|waiting| matches!(waiting, Waiting::File { .. }));
        self.receive(Event::Opened { id, result })
    }

    /// Answers what became of the file that is being written.
    fn answer_export(&mut self, result: Result<ExportedFiles, Error>) -> Vec<Job> {
        let id = self.waits(|waiting| matches!(waiting, Waiting::Export(_)));
        self.receive(Event::Exported { id, result })
    }

    /// Answers what became of the letter that is being printed.
    fn answer_print(&mut self, result: Result<PrintOutcome, ErrorMessage>) -> Vec<Job> {
        let id = self.waits(|waiting| {
            matches!(waiting, Waiting::PrintDialog(_) | Waiting::Printer { .. })
        });
        self.receive(Event::Printed { id, result })
    }

    /// Answers that everything is written.
    fn answer_leave(&mut self) -> Vec<Job> {
        let id = self.waits(|waiting| matches!(waiting, Waiting::Leave { .. }));
        self.receive(Event::MayLeave(id))
    }

    fn path_box(&self) -> Option<&PathBox> {
        match &self.dialog {
            Some(DialogBox::Path(open)) => Some(open),
            _ => None,
        }
    }

    fn print_box(&self) -> Option<&PrintBox> {
        match &self.dialog {
            Some(DialogBox::Print(open)) => Some(open),
            _ => None,
        }
    }

    fn prompt(&self) -> Option<Prompt> {
        match &self.dialog {
            Some(DialogBox::Prompt(open)) => Some(open.prompt),
            _ => None,
        }
    }

    fn notice_texts(&self) -> Vec<&str> {
        self.notices.iter().map(|notice| notice.text.as_str()).collect()
    }

    fn revealed(&self) -> String {
        let draft = self.draft.as_ref().unwrap();
        self.reveal
            .as_ref()
            .map(|path| draft.letter.spell(path))
            .unwrap_or_default()
    }
}

fn summary() -> FieldPath {
    FieldPath::new("summary", &[])
}

fn rationale(desk: &mut Desk, item: usize) -> FieldPath {
    FieldPath::new("items[].rationale", &[desk.letter().row_ids(Group::Items)[item]])
}

/// Answers the desk that the save among the jobs went well, or not.
fn answer_save(desk: &mut Desk, jobs: &[Job], result: Result<(), Error>) -> Vec<Job> {
    let (_, text, id) = save_of(jobs).expect("nothing is saved");
    let fingerprint = Fingerprint::of(text.as_bytes());
    let result = result.map(|()| Written { fingerprint, not_kept: None });
    desk.receive(Event::Written { id, result })
}

fn save_of(jobs: &[Job]) -> Option<(PathBuf, String, JobId)> {
    jobs.iter().find_map(|job| match job {
        Job::Disk(DiskJob::Save { id, path, draft, .. }) => {
            Some((path.clone(), draft.to_text().unwrap(), *id))
        }
        _ => None,
    })
}

fn ask_of(jobs: &[Job]) -> Ask {
    let ask = jobs.iter().find_map(|job| match job {
        Job::Task(TaskJob::AskPath(ask)) => Some(ask.clone()),
        _ => None,
    });
    ask.expect("no path is asked for")
}

/// What jobs there are, in short.
fn job_names(jobs: &[Job]) -> Vec<&'static str> {
    jobs.iter().map(kind).collect()
}

fn kind(job: &Job) -> &'static str {
    match job {
        Job::Compose(_) => "compose",
        Job::Disk(DiskJob::Open { .. }) => "open",
        Job::Disk(DiskJob::OpenSealed { .. }) => "open sealed",
        Job::Disk(DiskJob::UnlockRecovery { .. }) => "unlock copy",
        Job::Task(TaskJob::MakeSeal { .. }) => "make seal",
        Job::Disk(DiskJob::Save { .. }) => "save",
        Job::Disk(DiskJob::Export { .. }) => "export",
        Job::Disk(DiskJob::ExportAs { .. }) => "export as",
        Job::Task(TaskJob::CopyLetter(_)) => "copy letter",
        Job::Task(TaskJob::Print { .. }) => "print",
        Job::Task(TaskJob::SendToPrinter { .. }) => "send",
        Job::Disk(DiskJob::FindDrafts { .. } | DiskJob::FindCopies) => "look around",
        Job::Disk(DiskJob::Data(job)) => kind_of_data(job),
        Job::Disk(DiskJob::Leave(_)) => "leave",
        Job::Task(TaskJob::AskPath(_)) => "ask path",
        Job::Task(TaskJob::OpenOutside(_)) => "open outside",
        Job::Task(TaskJob::ShowInFolder(_)) => "show in folder",
        Job::Task(TaskJob::Import { .. }) => "import",
        Job::Disk(DiskJob::Lock { is_taken_over: true, .. }) => "take over",
        Job::Disk(DiskJob::Lock { .. }) => "hold",
        Job::Disk(DiskJob::Unlock { .. }) => "let go",
        Job::Disk(DiskJob::ReadTheirs { .. }) => "read other",
        Job::Task(TaskJob::ListVersions { .. }) => "list versions",
        Job::Task(TaskJob::OpenUserFolder(_)) => "open user folder",
        Job::Task(TaskJob::DrawFirstPage { .. }) => "draw first page",
        Job::Task(TaskJob::CopyReport(_)) => "copy report",
        Job::Task(TaskJob::ReadTables { .. }) => "read tables",
        Job::Earlier(_) => "earlier",
        #[cfg(debug_assertions)]
        Job::Task(TaskJob::Crash(_)) => "crash",
    }
}

fn kind_of_data(job: &DataJob) -> &'static str {
    match job {
        DataJob::SealCopies { .. } => "seal copies",
        DataJob::WriteRecovery(_) => "write copy",
        DataJob::RemoveRecovery(_) => "remove copy",
        DataJob::SaveSettings(_) => "settings",
        DataJob::WriteOwnFile { .. } => "own file",
        DataJob::AddWord { .. } => "add word",
        DataJob::TakeRecovery(..) => "take copy",
        DataJob::KeepVersion { saved: None, .. } => "keep old",
        DataJob::KeepVersion { .. } => "keep",
        DataJob::KeepExported { .. } => "keep export",
    }
}
