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

/// Whether there is memory for a letter and all that is made of it. Little of it ends the
/// program in the middle of something: it is better asked for at the start.
pub fn has_memory() -> bool {
    const ENOUGH: usize = 32 * 1024 * 1024;
    let mut memory: Vec<u8> = Vec::new();
    let is_there = memory.try_reserve_exact(ENOUGH).is_ok();
    // What is never used could be left out.
    std::hint::black_box(&memory);
    is_there
}

/// The stack of the process's first thread, in bytes, where the system tells it.
pub fn stack() -> Option<usize> {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, getrlimit};
        let limit = getrlimit(Resource::Stack).current;
        Some(limit.map_or(usize::MAX, |bytes| bytes.try_into().unwrap_or(usize::MAX)))
    }
    #[cfg(not(unix))]
    None
}

/// How the program ends when the machine does not let it go on.
#[cfg(unix)]
const MACHINE_FAILED: i32 = 3;

/// Keeps what is open in memory out of dumps, and has a file that grows over a limit be
/// refused as a full disk refuses it, rather than end the program. Where memory runs out
/// all the same, the library says so and gives up: the program ends as for any fault of
/// the machine, by no signal.
pub fn begin() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        use signal_hook::consts::{SIGABRT, SIGXFSZ};
        use signal_hook::flag::{register, register_conditional_shutdown};
        let always = std::sync::Arc::new(true.into());
        let _refused = register_conditional_shutdown(SIGABRT, MACHINE_FAILED, always);
        let maximum = getrlimit(Resource::Core).maximum;
        let _refused = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum });
        let _refused = register(SIGXFSZ, std::sync::Arc::default());
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
            // As shells call it. At once: what the graphics driver does at an orderly end
            // goes wrong while another thread draws.
            signal_hook::low_level::exit(128 + signal);
        }
    });
}

#[cfg(not(unix))]
pub fn at_signal(_end: impl FnOnce() + Send + 'static) {}
