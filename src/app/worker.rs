//! The lanes on which jobs are done, and the only place that starts threads for the
//! window.
//!
//! The studio composes and paints: the newest request replaces what has not started. The
//! disk does its jobs strictly in order and never waits for a person. An errand, which
//! may wait for one, has a thread of its own. Jobs own what they work on, and no lock is
//! shared with the frame.

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use super::job::{Event, Job};
use super::run_job::{JobContext, Lane};
use crate::crash;
use crate::store::{DataFolder, UserFolder, user_folder};

/// All lanes, as the window holds them.
pub struct Worker {
    studio: Sender<Job>,
    disk: Sender<Job>,
    outbox: Outbox,
    events: Receiver<Event>,
    /// Dropped with the worker, which ends the watch.
    _watching: Sender<()>,
}

/// Where a lane does its jobs and lays their events.
#[derive(Clone)]
struct Outbox {
    means: JobContext,
    events: Sender<Event>,
    wake: Arc<dyn Fn() + Send + Sync>,
}

impl Worker {
    /// Starts the lanes; `wake` is called after each event.
    pub fn new(
        wake: impl Fn() + Send + Sync + 'static,
        data: Option<DataFolder>,
    ) -> Self {
        let (sender, events) = mpsc::channel();
        let outbox =
            Outbox { means: JobContext { data }, events: sender, wake: Arc::new(wake) };
        let studio = start("studio", &outbox, run_render);
        let disk = start("disk", &outbox, run_disk);
        let (watching, end) = mpsc::channel();
        let watcher = outbox.clone();
        spawn("watch", move || watch_templates(&watcher, &end));
        Self { studio, disk, outbox, events, _watching: watching }
    }

    pub fn send(&self, job: Job) {
        match job.lane() {
            Lane::Render => self.hand(&self.studio, job),
            Lane::Disk => self.hand(&self.disk, job),
            Lane::Task => self.run_errand(job),
        }
    }

    /// What has happened since the last call.
    pub fn events(&self) -> Vec<Event> {
        self.events.try_iter().collect()
    }

    /// A lane that the system could not start does not lose its jobs: they are done here,
    /// in the frame.
    fn hand(&self, lane: &Sender<Job>, job: Job) {
        if let Err(mpsc::SendError(job)) = lane.send(job) {
            self.outbox.do_job(job);
        }
    }

    fn run_errand(&self, job: Job) {
        let (outbox, errand) = (self.outbox.clone(), job.clone());
        if !spawn("errand", move || outbox.do_job(errand)) {
            self.outbox.do_job(job);
        }
    }
}

impl Outbox {
    /// Does a job; one that goes wrong by the program's own mistake is told, and its lane
    /// goes on.
    fn do_job(&self, job: Job) {
        let kept = Box::new(job.clone());
        match crash::catch(job.doing(), || self.means.do_job(job)) {
            Ok(event) => event.into_iter().for_each(|event| self.tell(event)),
            Err(crash) => self.tell(Event::Crashed { job: kept, crash }),
        }
    }

    fn tell(&self, event: Event) {
        // Nobody listens any more once the window is closed.
        let _unheard = self.events.send(event);
        (self.wake)();
    }
}

fn start(name: &str, outbox: &Outbox, run: fn(&Receiver<Job>, &Outbox)) -> Sender<Job> {
    let (sender, jobs) = mpsc::channel();
    let outbox = outbox.clone();
    spawn(name, move || run(&jobs, &outbox));
    sender
}

/// Starts a thread; whether there is one.
#[expect(clippy::disallowed_methods, reason = "every lane of the window is started here")]
fn spawn(name: &str, run: impl FnOnce() + Send + 'static) -> bool {
    thread::Builder::new().name(name.into()).spawn(run).is_ok()
}

/// How long after a template is saved in another program the letter is shown anew, at
/// most: soon enough to seem at once, and seldom enough to cost nothing.
const LOOK_AGAIN: Duration = Duration::from_millis(300);

/// Looks at the folder of own letter kinds until the window is gone; tells of every
/// change, and of what is there first.
fn watch_templates(outbox: &Outbox, end: &Receiver<()>) {
    let Some(data) = &outbox.means.data else { return };
    let mut seen = user_folder::Stamp::new();
    while end.recv_timeout(LOOK_AGAIN) == Err(RecvTimeoutError::Timeout) {
        let now = user_folder::stamp(data);
        if now != seen {
            seen = now;
            let job = Box::new(Job::OpenUserFolder(UserFolder::Templates));
            match crash::catch("reading your letter kinds", || user_folder::load(data)) {
                Ok(templates) => outbox.tell(Event::Templates(templates)),
                Err(crash) => outbox.tell(Event::Crashed { job, crash }),
            }
        }
    }
}

fn run_disk(jobs: &Receiver<Job>, outbox: &Outbox) {
    jobs.iter().for_each(|job| outbox.do_job(job));
}

fn run_render(jobs: &Receiver<Job>, outbox: &Outbox) {
    let mut pending = Pending::default();
    while let Ok(job) = jobs.recv() {
        pending.take(job);
        loop {
            jobs.try_iter().for_each(|job| pending.take(job));
            let Some(job) = pending.next() else { break };
            outbox.do_job(job);
        }
    }
}

/// What the studio has not begun: one composition and one picture a page, each the newest
/// asked for.
#[derive(Default)]
struct Pending {
    compose: Option<Job>,
    paints: Vec<(usize, Job)>,
}

impl Pending {
    fn take(&mut self, job: Job) {
        match job {
            Job::Paint { page, .. } => {
                self.paints.retain(|(other, _)| *other != page);
                self.paints.push((page, job));
            }
            other => self.compose = Some(other),
        }
    }

    /// The letter first: what is painted meanwhile would be of yesterday.
    fn next(&mut self) -> Option<Job> {
        let paint = |paints: &mut Vec<(usize, Job)>| {
            (!paints.is_empty()).then(|| paints.remove(0).1)
        };
        self.compose.take().or_else(|| paint(&mut self.paints))
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::store::{Draft, Expected};
    use crate::template::Template;

    /// Sends jobs to real lanes and gives what is heard, in order.
    fn heard(jobs: Vec<Job>, events: usize) -> Vec<Event> {
        let (bell, rung) = mpsc::channel();
        let worker = Worker::new(move || bell.send(()).unwrap_or_default(), None);
        jobs.into_iter().for_each(|job| worker.send(job));
        (0..events).for_each(|_| rung.recv_timeout(Duration::from_mins(1)).unwrap());
        worker.events()
    }

    #[test]
    fn the_disk_does_its_jobs_in_order() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.ron");
        let draft = Box::new(Draft::new(&Template::all()[0]));
        let save = Job::Save {
            path: path.clone(),
            draft,
            seal: None,
            expected: Expected::Nothing,
            revision: 7,
        };
        let events = heard(vec![save, Job::Open { path }, Job::Leave], 3);
        let [
            Event::Written { revision: 7, result: Ok(written), .. },
            Event::Opened { result: Ok(opened), .. },
            Event::MayLeave,
        ] = &events[..]
        else {
            panic!("other events, or in another order")
        };
        assert_eq!(*written, opened.fingerprint);
    }

    #[cfg(debug_assertions)]
    #[test]
    fn a_job_that_goes_wrong_is_told_and_its_lane_goes_on() {
        let events = heard(vec![Job::Stumble("the claimant's words".into())], 1);
        let [Event::Crashed { job, crash }] = &events[..] else {
            panic!("another event")
        };
        assert!(matches!(**job, Job::Stumble(_)) && !crash.report().contains("claimant"));
        let sample = PathBuf::from("examples/sample-letter.ron");
        let broken =
            Job::Paint { pdf: Arc::from(Vec::new()), page: 0, hash: 0, scale: u32::MAX };
        let events = heard(vec![broken, Job::Open { path: sample }], 2);
        assert_eq!(events.len(), 2);
    }

    #[test]
    fn recent_drafts_that_are_gone_are_left_out() {
        let recent = vec![
            PathBuf::from("examples/sample-letter.ron"),
            PathBuf::from("/nowhere.ron"),
        ];
        let events = heard(vec![Job::LookAround { recent }], 1);
        let [Event::Found { known, .. }] = &events[..] else { panic!("another event") };
        assert_eq!(
            (known.len(), known[0].case_number.as_str(), known[0].decided),
            (1, "CM13-0012345", 1)
        );
        assert_eq!(known[0].items, ["Trigger Point Injections"]);
    }

    #[test]
    fn the_newest_request_replaces_what_has_not_started() {
        let pdf: Arc<[u8]> = Arc::from(Vec::new());
        let paint =
            |page, hash| Job::Paint { pdf: Arc::clone(&pdf), page, hash, scale: 1000 };
        let mut pending = Pending::default();
        [paint(0, 1), paint(1, 2), paint(0, 3)]
            .into_iter()
            .for_each(|job| pending.take(job));
        let hashes = std::iter::from_fn(|| pending.next()).map(|job| match job {
            Job::Paint { hash, .. } => hash,
            _ => 0,
        });
        assert_eq!(hashes.collect::<Vec<_>>(), [2, 3]);
    }
}
