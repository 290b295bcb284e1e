//! Work that the cores of the machine share: what comes out is the same, and in the same
//! order, on any number of them.

use std::cell::Cell;
use std::num::NonZero;
use std::panic;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, Scope, ScopedJoinHandle};

use crate::crash::{self, Elsewhere};

/// How many cores the machine has for this program.
pub(crate) fn count() -> usize {
    // Linux reads three files to tell it.
    static COUNT: LazyLock<usize> =
        LazyLock::new(|| thread::available_parallelism().map_or(1, NonZero::get));
    *COUNT
}

thread_local! {
    /// Whether the other cores have work of their own.
    static IS_ALONE: Cell<bool> = const { Cell::new(false) };
}

/// Does something on this thread alone, because the other cores have work of their own.
pub(crate) fn alone<R>(act: impl FnOnce() -> R) -> R {
    let before = IS_ALONE.replace(true);
    let done = act();
    IS_ALONE.set(before);
    done
}

fn is_alone() -> bool {
    IS_ALONE.get() || count() == 1
}

/// Does two things, at once where a core is free.
pub(crate) fn both<A, B: Send>(
    first: impl FnOnce() -> A,
    second: impl Fn() -> B + Sync,
) -> (A, B) {
    if is_alone() {
        return (first(), second());
    }
    thread::scope(|scope| {
        let beside = start(scope, &second);
        let first = first();
        (first, beside.map_or_else(&second, finish))
    })
}

/// Does the work for each of the jobs, on so many threads of which this is one, and gives
/// the results in the order of the jobs. Where the system gives no other threads, this one
/// does their work.
pub(crate) fn each<J: Sync, R: Send>(
    lanes: usize,
    jobs: &[J],
    work: impl Fn(&J) -> R + Sync,
) -> Vec<R> {
    let next = AtomicUsize::new(0);
    // Each lane takes the next job that nobody has taken.
    let next_job = || {
        let place = next.fetch_add(1, Ordering::Relaxed);
        Some((place, jobs.get(place)?))
    };
    let lane = || -> Vec<(usize, R)> {
        let mine = std::iter::from_fn(next_job);
        mine.map(|(place, job)| (place, work(job))).collect()
    };
    let mut results = thread::scope(|scope| {
        let others = (1..lanes.min(jobs.len())).filter_map(|_| start(scope, lane));
        let others: Vec<_> = others.collect();
        let mut results = lane();
        results.extend(others.into_iter().flat_map(finish));
        results
    });
    // Lanes finish in no order.
    results.sort_by_key(|(place, _)| *place);
    results.into_iter().map(|(_, result)| result).collect()
}

/// Work that goes on beside this thread's.
type SecondThread<'scope, T> = ScopedJoinHandle<'scope, Elsewhere<T>>;

fn start<'scope, T: Send + 'scope>(
    scope: &'scope Scope<'scope, '_>,
    work: impl FnOnce() -> T + Send + 'scope,
) -> Option<SecondThread<'scope, T>> {
    let thread = thread::Builder::new().name("core".into());
    thread.spawn_scoped(scope, || crash::elsewhere(work)).ok()
}

fn finish<T>(beside: SecondThread<'_, T>) -> T {
    match beside.join() {
        Ok(done) => done.here(),
        Err(panic) => panic::resume_unwind(panic),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_their_jobs() {
        let jobs: Vec<u64> = (0..500).collect();
        for lanes in [1, 2, 8] {
            let doubled = each(lanes, &jobs, |job| {
                thread::yield_now();
                job * 2
            });
            assert_eq!(doubled, jobs.iter().map(|job| job * 2).collect::<Vec<_>>());
        }
        assert_eq!(each(2, &Vec::<u64>::new(), |job| *job), Vec::<u64>::new());
        assert_eq!(both(|| 1, || "two"), (1, "two"));
    }

    #[test]
    fn what_is_done_alone_stays_on_its_thread() {
        let here = thread::current().id();
        let is_here = || thread::current().id() == here;
        assert_eq!(alone(|| both(is_here, is_here)), (true, true));
    }
}
