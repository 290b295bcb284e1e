//! Many files at once, on all cores, with a bar that shows how far it is where somebody
//! watches.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::error::Error;
use crate::{cores, crash};

/// Does the work for each of the jobs and gives the results in the order of the jobs. One
/// alone shows no bar.
pub(super) fn run<J: Sync, R: Send>(jobs: &[J], work: impl Fn(&J) -> R + Sync) -> Vec<R> {
    let bar = if jobs.len() > 1 { bar(jobs.len()) } else { ProgressBar::hidden() };
    let lanes = cores::count() * LANES_PER_CORE;
    let results = cores::each(lanes, jobs, |job| {
        let result = if jobs.len() > 1 { cores::alone(|| work(job)) } else { work(job) };
        bar.inc(1);
        result
    });
    bar.finish_and_clear();
    results
}

/// While one lane waits until its file is safe on the disk, others compose; and a disk
/// makes several files safe in the time of one.
const LANES_PER_CORE: usize = 2;

/// Whether what has not begun is to be left.
static IS_STOPPED: AtomicBool = AtomicBool::new(false);

/// How long what has begun is waited for.
const LAST_CHANCE: Duration = Duration::from_secs(2);

/// Leaves what has not begun, and gives what has a moment to come to its end.
pub(super) fn stop() {
    IS_STOPPED.store(true, Ordering::Relaxed);
    thread::sleep(LAST_CHANCE);
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
