//! Mistakes of the program itself, reported by what was being done and the line of
//! source, never by a word of a letter.
//!
//! A panic's own message can quote what somebody typed, so it is neither shown nor
//! written nor kept.

use std::any::Any;
use std::backtrace::{Backtrace, BacktraceStatus};
use std::cell::{Cell, RefCell};
use std::io::{self, Write as _};
use std::panic::{self, AssertUnwindSafe, Location};
use std::thread;

/// What went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crash {
    /// After "Something went wrong while", such as "composing the letter".
    pub doing: &'static str,
    /// The line of source, such as `src/check/dates.rs:41`.
    pub place: String,
}

impl Crash {
    /// What a person may share: it holds nothing of any letter, nor a name or a folder.
    pub fn report(&self) -> String {
        let Self { doing, place } = self;
        let (version, system, machine) =
            (env!("CARGO_PKG_VERSION"), std::env::consts::OS, std::env::consts::ARCH);
        format!(
            "Rationale {version} on {system} {machine}\nIt was {doing}\n{place}\nThis \
                report contains nothing from the letter\n"
        )
    }
}

thread_local! {
    /// Where the last panic of this thread was.
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
    /// Whether a panic here ends in a [`Crash`].
    static IS_CAUGHT: Cell<bool> = const { Cell::new(false) };
}

/// What is said of a crash there. Where a library dies because the system gives it no
/// thread, that is no mistake of any program.
pub fn message(place: &str) -> String {
    if place.starts_with("std/src/thread/") {
        "The computer could not start another thread for Rationale".into()
    } else {
        format!("Something went wrong at {place}")
    }
}

/// Does something that may go wrong. What it was given may be left half changed, so
/// nothing is done with that afterwards.
pub fn catch<T>(doing: &'static str, act: impl FnOnce() -> T) -> Result<T, Crash> {
    unwound(act).map_err(|_| {
        // There is no place where nobody called `watch`, as in tests.
        let place = PLACE.take().unwrap_or_else(|| "at an unknown line".into());
        Crash { doing, place }
    })
}

/// The same for whoever knows by itself what stopped it.
pub fn unwound<T>(act: impl FnOnce() -> T) -> thread::Result<T> {
    let before = IS_CAUGHT.replace(true);
    let done = panic::catch_unwind(AssertUnwindSafe(act));
    IS_CAUGHT.set(before);
    done
}

/// What came of work that another thread did for this one.
pub(crate) enum Elsewhere<T> {
    Done(T),
    Panicked { panic: Box<dyn Any + Send>, place: Option<String> },
}

/// Does something on a thread that works for another.
pub(crate) fn elsewhere<T>(act: impl FnOnce() -> T) -> Elsewhere<T> {
    match unwound(act) {
        Ok(done) => Elsewhere::Done(done),
        Err(panic) => Elsewhere::Panicked { panic, place: PLACE.take() },
    }
}

impl<T> Elsewhere<T> {
    /// The same on the thread that it was done for: a panic goes on here.
    pub(crate) fn here(self) -> T {
        match self {
            Self::Done(done) => done,
            Self::Panicked { panic, place } => {
                PLACE.set(place);
                panic::resume_unwind(panic)
            }
        }
    }
}

/// From now on a panic says nothing by itself. One that nobody catches is handed on as
/// its place. With `RUST_BACKTRACE=1` the way to it is written to standard error: names
/// of functions, and no values.
pub fn watch(uncaught: impl Fn(&str) + Send + Sync + 'static) {
    panic::set_hook(Box::new(move |panic| {
        let place = panic.location().map(written_out).unwrap_or_default();
        let way = Backtrace::capture();
        if way.status() == BacktraceStatus::Captured {
            _ = writeln!(io::stderr(), "{way}");
        }
        PLACE.set(Some(place.clone()));
        if !IS_CAUGHT.get() {
            uncaught(&place);
        }
    }));
}

fn written_out(location: &Location<'_>) -> String {
    format!("{}:{}", within_its_crate(location.file()), location.line())
}

/// A file as its crate knows it: the folders before are those of whoever built the
/// program.
fn within_its_crate(file: &str) -> &str {
    // Our own files are given from the package's folder on.
    if file.starts_with("src") {
        return file;
    }
    let before_src = file.rfind("/src/").or_else(|| file.rfind("\\src\\"));
    let Some(end) = before_src else { return file };
    match file[..end].rfind(['/', '\\']) {
        Some(slash) => &file[slash + 1..],
        None => file,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crash_is_caught_and_says_nothing_of_what_was_at_hand() {
        let words = String::from("the claimant's words");
        let caught = catch("reading", || assert!(words.is_empty(), "{words}"));
        let report = caught.unwrap_err().report();
        assert!(
            report.contains("\nIt was reading\n") && !report.contains("claimant"),
            "{report}"
        );
        assert_eq!(catch("reading", || 7), Ok(7));
    }

    #[test]
    fn a_panic_on_another_thread_goes_on_with_its_place() {
        let work = || {
            elsewhere(|| {
                PLACE.set(Some("src/a.rs:1".into()));
                panic!("the claimant's words")
            })
        };
        let done: Elsewhere<()> =
            thread::scope(|scope| scope.spawn(work).join().unwrap());
        let caught = catch("reading", || done.here()).unwrap_err();
        assert_eq!(caught, Crash { doing: "reading", place: "src/a.rs:1".into() });
        assert_eq!(elsewhere(|| 7).here(), 7);
    }

    #[test]
    fn a_machine_without_threads_is_reported_as_such() {
        let file = "/rustc/5980/library/std/src/thread/functions.rs";
        let said = message(&format!("{}:131", within_its_crate(file)));
        assert_eq!(said, "The computer could not start another thread for Rationale");
        assert_eq!(message("src/a.rs:1"), "Something went wrong at src/a.rs:1");
    }

    #[test]
    fn files_are_reported_without_the_folders_of_whoever_built_them() {
        for (file, expected) in [
            ("src/check/dates.rs", "src/check/dates.rs"),
            ("src/app/src/a.rs", "src/app/src/a.rs"),
            (
                "/home/jane/.cargo/registry/src/index-1/hayro-0.9.0/src/font/cff.rs",
                "hayro-0.9.0/src/font/cff.rs",
            ),
            (
                "C:\\Users\\jane\\.cargo\\registry\\src\\i\\zip-8.0.0\\src\\read.rs",
                "zip-8.0.0\\src\\read.rs",
            ),
            ("/rustc/0123/library/core/src/option.rs", "core/src/option.rs"),
            ("x.rs", "x.rs"),
        ] {
            assert_eq!(within_its_crate(file), expected);
        }
    }
}
