//! Many files at once, on all cores, with a bar that shows how far it is where somebody
//! watches.

use std::num::NonZero;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, Scope};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::error::Error;
use crate::crash;

/// Does the work for each of the jobs and gives the results in the order of the jobs. One
/// alone shows no bar.
pub(super) fn run<J: Sync, R: Send>(jobs: &[J], work: impl Fn(&J) -> R + Sync) -> Vec<R> {
    let bar = if jobs.len() > 1 { bar(jobs.len()) } else { ProgressBar::hidden() };
    let next = AtomicUsize::new(0);
    let results = Mutex::new(Vec::with_capacity(jobs.len()));
    // Each lane takes the next job that nobody has taken; this thread is one of them.
    let lane = || {
        while let Some((place, job)) = next_job(jobs, &next) {
            let result = work(job);
            bar.inc(1);
            let mut results = results.lock().unwrap_or_else(PoisonError::into_inner);
            results.push((place, result));
        }
    };
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    thread::scope(|scope| {
        for _ in 1..(cores * LANES_PER_CORE).min(jobs.len()) {
            start(scope, lane);
        }
        lane();
    });
    bar.finish_and_clear();
    let mut results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
    // Lanes finish in no order.
    results.sort_by_key(|(place, _)| *place);
    results.into_iter().map(|(_, result)| result).collect()
}

/// While one lane waits until its file is safe on the disk, others compose; and a disk
/// makes several files safe in the time of one.
const LANES_PER_CORE: usize = 4;

/// Starts a lane. Where the system gives no thread, the others do its work.
fn start<'scope>(scope: &'scope Scope<'scope, '_>, lane: impl FnOnce() + Send + 'scope) {
    let _started = thread::Builder::new().name("batch".into()).spawn_scoped(scope, lane);
}

/// Whether what has not begun is to be left.
static IS_STOPPED: AtomicBool = AtomicBool::new(false);

/// How long what has begun is waited for.
const LAST_CHANCE: Duration = Duration::from_secs(2);

/// Leaves what has not begun, and gives what has a moment to come to its end.
pub(super) fn stop() {
    IS_STOPPED.store(true, Ordering::Relaxed);
    thread::sleep(LAST_CHANCE);
}

fn next_job<'a, J>(jobs: &'a [J], next: &AtomicUsize) -> Option<(usize, &'a J)> {
    let place = next.fetch_add(1, Ordering::Relaxed);
    Some((place, jobs.get(place)?))
}

/// Does the work on one file of many: a mistake of the program's own ends that file's
/// alone, and the others go on.
pub(super) fn guarded<T>(
    path: &Path,
    work: impl FnOnce() -> Result<T, Error>,
) -> Result<T, Error> {
    if IS_STOPPED.load(Ordering::Relaxed) {
        return Err(Error::Stopped);
    }
    match crash::catch("working on one file of many", work) {
        Ok(result) => result,
        Err(crash) => Err(Error::CrashWith { path: path.to_owned(), crash }),
    }
}

/// indicatif draws nothing where standard error is no terminal.
fn bar(length: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:40} {pos} of {len}, {eta} left");
    ProgressBar::new(length as u64)
        .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_their_jobs() {
        let jobs: Vec<u64> = (0..500).collect();
        let doubled = run(&jobs, |job| {
            thread::yield_now();
            job * 2
        });
        assert_eq!(doubled, jobs.iter().map(|job| job * 2).collect::<Vec<_>>());
        assert_eq!(run(&Vec::<u64>::new(), |job| *job), Vec::<u64>::new());
    }

    #[test]
    fn a_mistake_with_one_file_leaves_the_others_alone() {
        let work = |path: &&str| {
            guarded(Path::new(path), || {
                if *path == "b.ron" { panic!("words") } else { Ok(()) }
            })
        };
        let done: Vec<Option<String>> = run(&["a.ron", "b.ron", "c.ron"], |path| {
            work(path).err().map(|error| error.to_string())
        });
        assert_eq!(
            done,
            [None, Some("Something went wrong inside Rationale with b.ron".into()), None]
        );
    }
}
