//! What the system does to the process: signals that end it, dumps of its memory, limits.

#[cfg(unix)]
use std::thread;
use std::time::SystemTime;

use jiff::Timestamp;

#[cfg(unix)]
use crate::store;

/// The moment, if the clock of the machine says one in which letters are written: near
/// the end of time every sum of days runs over.
#[expect(clippy::disallowed_methods, reason = "the one place that asks the clock")]
pub fn now() -> Option<Timestamp> {
    /// The first second of the year 9000.
    const LAST: i64 = 221_845_392_000;
    let now = Timestamp::try_from(SystemTime::now()).ok()?;
    (0..LAST).contains(&now.as_second()).then_some(now)
}

/// Keeps what is open in memory out of dumps, and has a file that grows over a limit be
/// refused as a full disk refuses it, rather than end the program.
pub fn begin() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let maximum = getrlimit(Resource::Core).maximum;
        let _refused = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum });
        let _refused = signal_hook::flag::register(
            signal_hook::consts::SIGXFSZ,
            std::sync::Arc::default(),
        );
    }
}

/// Does something, once, before a signal ends the program: Ctrl+C, a terminal that is
/// closed, a system that shuts down. What is half written goes too. Windows ends its
/// programs in another way.
#[cfg(unix)]
#[expect(clippy::disallowed_methods, reason = "signals are waited for beside all else")]
pub fn at_signal(end: impl FnOnce() + Send + 'static) {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    // Where the system gives no thread, a signal ends the program as it would anyway.
    let _started = thread::Builder::new().name("signals".into()).spawn(move || {
        let Ok(mut signals) = Signals::new([SIGHUP, SIGINT, SIGTERM]) else { return };
        if let Some(signal) = signals.forever().next() {
            end();
            store::atomic::forget_unfinished();
            // As shells call it.
            std::process::exit(128 + signal);
        }
    });
}

#[cfg(not(unix))]
pub fn at_signal(_end: impl FnOnce() + Send + 'static) {}
