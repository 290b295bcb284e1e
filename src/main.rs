//! The program: its arguments lead to the window or to the command line.

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    rationale::cli::run(std::env::args_os(), window)
}

#[cfg(feature = "gui")]
fn window(draft: Option<PathBuf>) -> ExitCode {
    match rationale::app::run(draft) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => rationale::cli::window_failed(&error, error.hint()),
    }
}

#[cfg(not(feature = "gui"))]
fn window(_draft: Option<PathBuf>) -> ExitCode {
    rationale::cli::no_window()
}
