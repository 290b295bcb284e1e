//! Other people's programs, which read what we write and know nothing of how it was made.

use std::path::Path;
use std::process::{Command, Output};

/// What a program says of a file; `None`, with a word about it, where the program is not
/// installed.
///
/// With `RATIONALE_NO_SKIP=1` in the environment, as on the build machine, a program that
/// is missing is a failure.
pub(crate) fn run(program: &str, arguments: &[&str], file: &[u8]) -> Option<Output> {
    run_named("letter.pdf", program, arguments, file)
}

/// The same for a file of this name.
pub(crate) fn run_named(
    name: &str,
    program: &str,
    arguments: &[&str],
    file: &[u8],
) -> Option<Output> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, file).unwrap();
    run_on(program, arguments, &path)
}

fn run_on(program: &str, arguments: &[&str], path: &Path) -> Option<Output> {
    // A lone `-` is where the program writes to, and comes last.
    let (last, first): (Vec<&str>, Vec<&str>) =
        arguments.iter().partition(|&&argument| argument == "-");
    output(program, Command::new(program).args(first).arg(path).args(last))
}

/// What a command says; `None`, with a word about it, where its program is not installed.
pub(crate) fn output(program: &str, command: &mut Command) -> Option<Output> {
    let output = command.output();
    is_here(program, &output).then_some(output.ok()).flatten()
}

/// What a program says by itself; `None` as above.
#[cfg(unix)]
pub(crate) fn run_alone(program: &str, arguments: &[&str]) -> Option<Output> {
    output(program, Command::new(program).args(arguments))
}

/// Whether a program could be run; says so if not.
pub(crate) fn is_here<T>(program: &str, started: &std::io::Result<T>) -> bool {
    if let Err(error) = started {
        skip(program, &error.to_string());
    }
    started.is_ok()
}

/// Says that a program could not be run; where nothing may be skipped, that is a failure.
#[expect(clippy::print_stderr, reason = "a test that was not run must say so")]
pub(crate) fn skip(program: &str, reason: &str) {
    let nothing_is_skipped =
        std::env::var("RATIONALE_NO_SKIP").is_ok_and(|value| value == "1");
    assert!(!nothing_is_skipped, "{program} could not be run: {reason}");
    eprintln!("skipped: {program} could not be run: {reason}");
}
