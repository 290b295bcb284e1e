//! The lanes on which jobs are done, and the only place that starts threads for the
//! window.
//!
//! The render lane composes and paints: the newest request replaces what has not started.
//! The disk lane does its jobs strictly in order and never waits for a person. Recovery
//! copies have a lane of their own: a folder that stalls while it is saved to, or a lock
//! that is held, keeps none of them back. A task, which may wait for a person, has a
//! thread of its own. Jobs own what they work on, and no
//! lock is shared with the frame.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SendError, Sender, SyncSender};
use std::thread;
use std::time::Duration;

use super::earlier_jobs::{self, EarlierJob};
use super::job::{ComposeJob, DataJob, DiskJob, Event, Job};
use super::own_files::OwnFiles;
use super::platform;
use super::preview::{PaintJob, PaintedPage};
use super::run_job::{self, JobContext};
use crate::crash;
use crate::earlier::KnownDraft;
use crate::store::{DataFolder, own_files, presence, user_folder};
use crate::template::Templates;

/// All lanes, as the window holds them.
pub struct Worker {
    render: Sender<RenderJob>,
    disk: Sender<DiskJob>,
    copies: Sender<DiskJob>,
    /// The index of earlier letters: it is read on one lane and brought up on the other.
    earlier: [Sender<EarlierJob>; 2],
    outbox: Outbox,
    events: Receiver<Event>,
    painted: Receiver<PaintedPage>,
    /// The user's templates as they are at the start.
    first_templates: Option<Receiver<Templates>>,
    /// Dropped with the worker, which ends the watch.
    _watching: Sender<()>,
}

/// What the render lane does.
enum RenderJob {
    Compose(ComposeJob),
    Paint(PaintJob),
}

/// Where a lane does its jobs and reports what became of them.
#[derive(Clone)]
struct Outbox {
    context: JobContext,
    events: Sender<Event>,
    painted: Sender<PaintedPage>,
    wake: Arc<dyn Fn() + Send + Sync>,
}

impl Worker {
    /// Starts the lanes; `wake` is called after each event.
    pub fn new(
        wake: impl Fn() + Send + Sync + 'static,
        data: Option<DataFolder>,
    ) -> Self {
        if let Some(data) = &data {
            presence::begin(data);
        }
        let (event_sender, events) = mpsc::channel();
        let (painted_sender, painted) = mpsc::channel();
        let outbox = Outbox {
            context: JobContext { data },
            events: event_sender,
            painted: painted_sender,
            wake: Arc::new(wake),
        };
        let render = start("render", &outbox, run_render);
        let copies = start("copies", &outbox, run_in_order);
        let last = copies.clone();
        let disk = start("disk", &outbox, move |jobs, outbox| {
            run_disk(jobs, outbox, &last);
        });
        let earlier = earlier_lanes(&outbox);
        let (watching, end) = mpsc::channel();
        let watcher = outbox.clone();
        let (first, first_templates) = mpsc::sync_channel(0);
        spawn("watch", move || watch(&watcher, first, &end));
        let first_templates = Some(first_templates);
        Self {
            render,
            disk,
            copies,
            earlier,
            outbox,
            events,
            painted,
            first_templates,
            _watching: watching,
        }
    }

    /// The user's templates. One that is read for the first time may be made to take long;
    /// then the window opens with those that are known, and the others come as an event.
    pub fn templates_at_start(&mut self) -> Templates {
        let Some(data) = &self.outbox.context.data else { return Templates::default() };
        let Some(first) = self.first_templates.take() else {
            return Templates::default();
        };
        match first.recv_timeout(TEMPLATES_WITHIN) {
            Ok(templates) => templates,
            Err(RecvTimeoutError::Timeout) => user_folder::load_known(data),
            // The system gave no thread to read them.
            Err(RecvTimeoutError::Disconnected) => user_folder::load(data),
        }
    }

    /// Has a job done. A lane that the system could not start does not lose its jobs:
    /// they are done here, in the frame.
    pub fn send(&self, job: Job) {
        match job {
            Job::Compose(job) => self.render(RenderJob::Compose(job)),
            Job::Disk(DiskJob::FindDrafts { recent }) => {
                self.send_to(&self.copies, DiskJob::FindCopies);
                self.outbox.look_at(recent);
            }
            Job::Disk(job) if is_of_copies(&job) => self.send_to(&self.copies, job),
            Job::Disk(job) => self.send_to(&self.disk, job),
            Job::Earlier(job) => self.ask_earlier(job),
            Job::Task(job) => {
                let task = start("task", &self.outbox, run_in_order);
                if let Err(SendError(job)) = task.send(job) {
                    self.outbox.do_job(job.into());
                }
            }
        }
    }

    /// Where the system gave no lane, nothing is found: the frame does not wait for it.
    fn ask_earlier(&self, job: EarlierJob) {
        let [questions, updates] = &self.earlier;
        if matches!(job, EarlierJob::Remove) {
            let _nobody = questions.send(EarlierJob::Remove);
        }
        let lane = if job.reads_folders() { updates } else { questions };
        let _nobody = lane.send(job);
    }

    fn send_to(&self, lane: &Sender<DiskJob>, job: DiskJob) {
        if let Err(SendError(job)) = lane.send(job) {
            self.outbox.do_job(job.into());
        }
    }

    /// Has a page painted.
    pub fn paint(&self, job: PaintJob) {
        self.render(RenderJob::Paint(job));
    }

    fn render(&self, job: RenderJob) {
        if let Err(SendError(job)) = self.render.send(job) {
            self.outbox.render(job);
        }
    }

    /// What has happened since the last call.
    pub fn events(&self) -> Vec<Event> {
        self.events.try_iter().collect()
    }

    /// The pages that were painted since the last call.
    pub fn painted(&self) -> Vec<PaintedPage> {
        self.painted.try_iter().collect()
    }
}

impl Outbox {
    /// Does a job; one that goes wrong by the program's own mistake is reported, and its
    /// lane goes on.
    fn do_job(&self, job: Job) {
        let (id, doing) = (job.id(), job.doing());
        match crash::catch(doing, || self.context.do_job(job)) {
            Ok(Some(event)) => self.report(event),
            Ok(None) => {}
            Err(crash) => self.report(Event::Crashed { id, crash }),
        }
    }

    fn render(&self, job: RenderJob) {
        let job = match job {
            RenderJob::Compose(job) => return self.do_job(job.into()),
            RenderJob::Paint(job) => job,
        };
        match crash::catch("drawing a page", || run_job::paint(job)) {
            Ok(painted) => {
                // Nobody looks at it any more once the window is closed.
                let _unseen = self.painted.send(painted);
                (self.wake)();
            }
            Err(crash) => self.report(Event::Crashed { id: None, crash }),
        }
    }

    /// Looks at the recent drafts, each by itself: one of them may lie in a folder that
    /// stalls.
    fn look_at(&self, recent: Vec<PathBuf>) {
        let outbox = self.clone();
        spawn("recent", move || {
            outbox.context.tidy();
            let known = known_drafts(recent);
            outbox.report(Event::Found { known });
        });
    }

    fn report(&self, event: Event) {
        // Nobody listens any more once the window is closed.
        let _unheard = self.events.send(event);
        (self.wake)();
    }
}

fn earlier_lanes(outbox: &Outbox) -> [Sender<EarlierJob>; 2] {
    [
        start("search", outbox, |jobs, outbox| {
            let data = outbox.context.data.as_ref();
            earlier_jobs::run_questions(jobs, data, &|event| outbox.report(event));
        }),
        start("letters", outbox, |jobs, outbox| {
            let data = outbox.context.data.as_ref();
            earlier_jobs::run_updates(jobs, data, &|event| outbox.report(event));
        }),
    ]
}

/// Starts a lane. Where the system gives no thread, what is sent to it comes back.
fn start<J: Send + 'static>(
    name: &str,
    outbox: &Outbox,
    run: impl FnOnce(&Receiver<J>, &Outbox) + Send + 'static,
) -> Sender<J> {
    let (sender, jobs) = mpsc::channel();
    let outbox = outbox.clone();
    spawn(name, move || run(&jobs, &outbox));
    sender
}

/// Starts a thread, if the system gives one.
#[expect(clippy::disallowed_methods, reason = "every lane of the window is started here")]
fn spawn(name: &str, run: impl FnOnce() + Send + 'static) {
    let _started = thread::Builder::new().name(name.into()).spawn(run);
}

/// How long after a template is saved in another program the letter is shown anew, at
/// most: soon enough to seem at once, and seldom enough to cost nothing.
const LOOK_AGAIN: Duration = Duration::from_millis(300);

/// How long the window waits for the user's templates before it opens.
const TEMPLATES_WITHIN: Duration = Duration::from_secs(2);

/// Reads the user's templates for whoever waits for them, then looks at their folder and
/// at the user's own files until the window is gone, and reports every change.
fn watch(outbox: &Outbox, first: SyncSender<Templates>, end: &Receiver<()>) {
    let Some(data) = &outbox.context.data else { return };
    let (mut seen, mut seen_files) = (user_folder::stamp(data), None);
    // Whoever does not wait any longer hears of them as of every change.
    if let Some(templates) = read_templates(outbox, data)
        && let Err(SendError(templates)) = first.send(templates)
    {
        outbox.report(Event::Templates(templates));
    }
    drop(first);
    while end.recv_timeout(LOOK_AGAIN) == Err(RecvTimeoutError::Timeout) {
        let files = own_files::stamp(data);
        if seen_files.as_ref() != Some(&files) {
            seen_files = Some(files);
            outbox.report(Event::OwnFiles(Box::new(OwnFiles::load(data))));
        }
        let now = user_folder::stamp(data);
        if now == seen {
            continue;
        }
        seen = now;
        if let Some(templates) = read_templates(outbox, data) {
            outbox.report(Event::Templates(templates));
        }
    }
}

fn read_templates(outbox: &Outbox, data: &DataFolder) -> Option<Templates> {
    match crash::catch("reading your templates", || user_folder::load(data)) {
        Ok(templates) => Some(templates),
        Err(crash) => {
            outbox.report(Event::Crashed { id: None, crash });
            None
        }
    }
}

fn run_in_order<J: Into<Job>>(jobs: &Receiver<J>, outbox: &Outbox) {
    for job in jobs {
        outbox.do_job(job.into());
    }
}

/// Whether a job is about recovery copies, which nothing may keep waiting.
fn is_of_copies(job: &DiskJob) -> bool {
    use DataJob as D;
    matches!(
        job,
        DiskJob::FindCopies
            | DiskJob::Data(
                D::WriteRecovery(_) | D::RemoveRecovery(_) | D::TakeRecovery(..)
            )
    )
}

/// The window may go once copies are removed that are needed no more.
fn run_disk(jobs: &Receiver<DiskJob>, outbox: &Outbox, copies: &Sender<DiskJob>) {
    for job in jobs {
        match job {
            DiskJob::Leave(_) => {
                if let Err(SendError(job)) = copies.send(job) {
                    outbox.do_job(job.into());
                }
            }
            job => outbox.do_job(job.into()),
        }
    }
}

/// How long the recent drafts are waited for; those that are not read by then are not
/// offered.
const FIND_WITHIN: Duration = Duration::from_secs(3);

fn known_drafts(recent: Vec<PathBuf>) -> Vec<KnownDraft> {
    let (sender, found) = mpsc::channel();
    for (place, path) in recent.into_iter().enumerate() {
        let sender = sender.clone();
        spawn("recent", move || {
            if let Ok(Some(known)) = crash::unwound(|| run_job::known(&path)) {
                // Nobody listens any more once the time is over.
                let _unheard = sender.send((place, known));
            }
        });
    }
    drop(sender);
    let (mut known, until) = (Vec::new(), platform::steady() + FIND_WITHIN);
    let left = || until.saturating_sub(platform::steady());
    while let Ok(one) = found.recv_timeout(left()) {
        known.push(one);
    }
    known.sort_by_key(|(place, _)| *place);
    known.into_iter().map(|(_, known)| known).collect()
}

fn run_render(jobs: &Receiver<RenderJob>, outbox: &Outbox) {
    let mut queue = RenderQueue::default();
    while let Ok(job) = jobs.recv() {
        queue.add(job);
        loop {
            for job in jobs.try_iter() {
                queue.add(job);
            }
            let Some(job) = queue.next() else { break };
            outbox.render(job);
        }
    }
}

/// What the render lane has not begun: one composition and one picture a page, each the
/// newest asked for.
#[derive(Default)]
struct RenderQueue {
    compose: Option<ComposeJob>,
    paints: Vec<PaintJob>,
}

impl RenderQueue {
    fn add(&mut self, job: RenderJob) {
        match job {
            RenderJob::Compose(job) => self.compose = Some(job),
            RenderJob::Paint(job) => {
                self.paints.retain(|other| other.page != job.page);
                self.paints.push(job);
            }
        }
    }

    /// The letter first: what is painted meanwhile would be of yesterday.
    fn next(&mut self) -> Option<RenderJob> {
        if let Some(job) = self.compose.take() {
            return Some(RenderJob::Compose(job));
        }
        if self.paints.is_empty() {
            None
        } else {
            Some(RenderJob::Paint(self.paints.remove(0)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::job::{JobId, TaskJob};
    use crate::store::{Draft, Expected};
    use crate::template::Template;

    /// A worker, and a bell that rings with each event.
    fn worker() -> (Worker, Receiver<()>) {
        let (bell, rung) = mpsc::channel();
        (Worker::new(move || bell.send(()).unwrap_or_default(), None), rung)
    }

    /// Sends jobs to real lanes and gives so many events, in order.
    fn received(jobs: Vec<Job>, events: usize) -> Vec<Event> {
        let (worker, rung) = worker();
        jobs.into_iter().for_each(|job| worker.send(job));
        (0..events).for_each(|_| rung.recv_timeout(Duration::from_mins(1)).unwrap());
        worker.events()
    }

    #[test]
    fn the_disk_does_its_jobs_in_order() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.ron");
        let save = DiskJob::Save {
            id: JobId(7),
            path: path.clone(),
            draft: Box::new(Draft::new(&Template::all()[0])),
            seal: None,
            expected: Expected::Nothing,
        };
        let open = DiskJob::Open { id: JobId(8), path };
        let jobs = [save, open, DiskJob::Leave(JobId(9))];
        let events = received(jobs.into_iter().map(Job::from).collect(), 3);
        let [
            Event::Written { id: JobId(7), result: Ok(written) },
            Event::Opened { id: JobId(8), result: Ok(opened) },
            Event::MayLeave(JobId(9)),
        ] = &events[..]
        else {
            panic!("other events, or in another order")
        };
        assert_eq!(written.fingerprint, opened.fingerprint);
    }

    #[cfg(debug_assertions)]
    #[test]
    fn a_job_that_crashes_is_reported_and_its_lane_goes_on() {
        let crash = TaskJob::Crash("the claimant's words".into());
        let events = received(vec![crash.into()], 1);
        let [Event::Crashed { id: None, crash }] = &events[..] else {
            panic!("another event")
        };
        assert!(!crash.report().contains("claimant"));
        let (worker, rung) = worker();
        let pdf = Arc::from(Vec::new());
        worker.paint(PaintJob { pdf, page: 0, hash: 0, scale: u32::MAX });
        let sample = PathBuf::from("examples/sample-letter.ron");
        worker.send(DiskJob::Open { id: JobId(1), path: sample }.into());
        (0..2).for_each(|_| rung.recv_timeout(Duration::from_mins(1)).unwrap());
        assert_eq!(worker.events().len() + worker.painted().len(), 2);
    }

    #[cfg(unix)]
    #[expect(clippy::disallowed_methods, reason = "another program holds the lock")]
    #[test]
    fn a_lock_that_is_held_keeps_no_copy_back() {
        use crate::store::recovery::{Lock, Recovery, RecoveryId, list};
        let folder = tempfile::tempdir().unwrap();
        let data = DataFolder::at(folder.path().join("data"));
        let path = folder.path().join("a.ron");
        let held = std::fs::File::create(folder.path().join(".~lock.a.ron#")).unwrap();
        held.lock().unwrap();
        let (bell, rung) = mpsc::channel();
        let worker =
            Worker::new(move || bell.send(()).unwrap_or_default(), Some(data.clone()));
        let draft = Draft::new(&Template::all()[0]);
        let save = DiskJob::Save {
            id: JobId(1),
            path,
            draft: Box::new(draft.clone()),
            seal: None,
            expected: Expected::Nothing,
        };
        worker.send(save.into());
        let saved = jiff::Timestamp::UNIX_EPOCH;
        let id = RecoveryId::new(saved);
        let copy = Recovery { id, saved, original: None, draft, lock: Lock::None };
        worker.send(DataJob::WriteRecovery(Box::new(copy)).into());
        rung.recv_timeout(Duration::from_secs(5)).unwrap();
        assert!(matches!(worker.events()[..], [Event::CopyWritten]));
        assert_eq!(list(&data).1.len(), 0);
    }

    #[expect(clippy::disallowed_methods, reason = "a person writes a template")]
    #[test]
    fn the_users_templates_are_there_at_the_start_and_followed_from_then_on() {
        let folder = tempfile::tempdir().unwrap();
        let data = DataFolder::at(folder.path().to_owned());
        let templates = folder.path().join("templates");
        std::fs::create_dir(&templates).unwrap();
        let source = Template::all()[0].source().replace("id: \"imr-", "id: \"own-");
        std::fs::write(templates.join("a.letter"), &source).unwrap();
        let (bell, rung) = mpsc::channel();
        let mut worker =
            Worker::new(move || bell.send(()).unwrap_or_default(), Some(data));
        let count = |templates: &Templates| {
            templates.iter().filter(|one| one.id().starts_with("own-")).count()
        };
        assert_eq!(count(&worker.templates_at_start()), 1);
        std::fs::remove_file(templates.join("a.letter")).unwrap();
        let is_gone = |event: &Event| match event {
            Event::Templates(templates) => count(templates) == 0,
            _ => false,
        };
        while !worker.events().iter().any(is_gone) {
            rung.recv_timeout(Duration::from_mins(1)).unwrap();
        }
    }

    #[test]
    fn recent_drafts_that_are_gone_are_left_out() {
        let recent = vec![
            PathBuf::from("examples/sample-letter.ron"),
            PathBuf::from("/nowhere.ron"),
        ];
        let events = received(vec![DiskJob::FindDrafts { recent }.into()], 2);
        let known = events.iter().find_map(|event| match event {
            Event::Found { known } => Some(known),
            _ => None,
        });
        let known = known.expect("the recent drafts are found");
        assert_eq!(
            (known.len(), known[0].case_number.as_str(), known[0].decided),
            (1, "CM13-0012345", 1)
        );
        assert_eq!(known[0].items, ["Trigger Point Injections"]);
    }

    #[test]
    fn the_newest_request_replaces_what_has_not_started() {
        let pdf: Arc<[u8]> = Arc::from(Vec::new());
        let mut queue = RenderQueue::default();
        for (page, hash) in [(0, 1), (1, 2), (0, 3)] {
            let job = PaintJob { pdf: Arc::clone(&pdf), page, hash, scale: 1000 };
            queue.add(RenderJob::Paint(job));
        }
        let hashes = std::iter::from_fn(|| queue.next()).map(|job| match job {
            RenderJob::Paint(job) => job.hash,
            RenderJob::Compose(_) => 0,
        });
        assert_eq!(hashes.collect::<Vec<_>>(), [2, 3]);
    }
}
