//! The program: its arguments lead to the window or to the command line.

use std::path::PathBuf;
use std::process::ExitCode;

/// Where the system does not limit the memory of a process, its allocator does. Only the
/// process that reads files from outside has a limit.
#[cfg(not(target_os = "linux"))]
#[global_allocator]
static ALLOCATOR: cap::Cap<std::alloc::System> =
    cap::Cap::new(std::alloc::System, usize::MAX);

pub(crate) fn main() -> ExitCode {
    rationale::cli::run(std::env::args_os(), window, LIMIT_MEMORY)
}

#[cfg(target_os = "linux")]
const LIMIT_MEMORY: Option<fn(usize)> = None;

#[cfg(not(target_os = "linux"))]
const LIMIT_MEMORY: Option<fn(usize)> = Some(|bytes| {
    let _is_more_already = ALLOCATOR.set_limit(bytes);
});

#[cfg(feature = "gui")]
fn window(draft: Option<PathBuf>) -> ExitCode {
    match rationale::app::run(draft) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            rationale::app::show_failure(&error);
            rationale::cli::window_failed(&error, error.hint())
        }
    }
}

#[cfg(not(feature = "gui"))]
fn window(_draft: Option<PathBuf>) -> ExitCode {
    rationale::cli::no_window()
}
