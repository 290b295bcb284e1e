//! The command line: every command asks, composes and reports, and decides nothing about
//! letters by itself.
//!
//! Results go to standard output, everything that is said about them to standard error.

mod arguments;
mod batch;
mod check;
mod clock;
mod compose;
mod draft;
mod error;
mod exit;
mod gate;
#[cfg(test)]
mod generated;
mod import;
mod new;
mod output;
mod print;
mod seal_error;
mod search;
mod tables;
mod templates;
mod unlock;
mod usage;
mod verify;
mod words;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;
use std::thread;

use clap::Parser;

use self::arguments::{Arguments, Check, CliCommand, Listing, TemplatesCommand};
use self::clock::today;
use self::error::Error;
use self::exit::Exit;
use self::output::{
    count, harmless_json, problem_lines, report, report_error, report_hint,
    severity_name, write_words,
};
use crate::{crash, guard, outside, store};

/// Does what the arguments say, or opens the window where they name no command.
pub fn run(
    arguments: impl IntoIterator<Item = OsString>,
    window: fn(Option<PathBuf>) -> ExitCode,
    limit_memory: Option<fn(usize)>,
) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    outside::enable(limit_memory);
    if arguments.get(1).is_some_and(|word| word == outside::COMMAND) {
        return outside::serve();
    }
    let arguments = if cfg!(windows) { store::spell_out(arguments) } else { arguments };
    let arguments = match Arguments::try_parse_from(&arguments) {
        Ok(arguments) => arguments,
        Err(found) => return usage::report_usage(&found, &arguments).into(),
    };
    guard::begin();
    crash::watch(|place| report(&crash::message(place)));
    if !guard::has_memory() {
        report_error(&Error::NoMemory);
        return Error::NoMemory.exit().into();
    }
    let Some(command) = arguments.command else {
        return window(arguments.draft.map(store::whole));
    };
    guard::at_signal(batch::stop);
    match run_with_room(&command) {
        Ok(exit) => exit.into(),
        Err(error) => {
            report_error(&error);
            error.exit().into()
        }
    }
}

/// The stack for a command: what Linux gives; Windows gives an eighth of it.
const STACK: usize = 8 * 1024 * 1024;

/// Runs a command on a stack of that size, or on what there is where the system gives no
/// thread.
fn run_with_room(command: &CliCommand) -> Result<Exit, Error> {
    // Memory comes to a process's first thread in larger pieces than to another.
    if guard::stack().is_some_and(|size| size >= STACK) {
        return guarded(command);
    }
    let room = thread::Builder::new().stack_size(STACK);
    let result = thread::scope(|scope| {
        let started = room.spawn_scoped(scope, || guarded(command));
        started.ok()?.join().ok()
    });
    result.unwrap_or_else(|| guarded(command))
}

fn guarded(command: &CliCommand) -> Result<Exit, Error> {
    match crash::catch("running a command", || command.run()) {
        Ok(result) => result,
        Err(crash) => Err(Error::Crash(crash)),
    }
}

/// Says what to do where the program was built without its window.
pub fn no_window() -> ExitCode {
    report("This Rationale was built without its window");
    report_hint(&as_called(
        "Try the sample letter: rationale compose examples/sample-letter.ron -o \
            sample-letter.pdf",
    ));
    Exit::WrongUsage.into()
}

/// Says why there is no window, where one was built and could not be opened.
pub fn window_failed(error: &dyn std::error::Error, advice: &str) -> ExitCode {
    report(&error.to_string());
    report_hint(&as_called(advice));
    Exit::MachineFailed.into()
}

/// Advice with the program named as it was called, so that the command can be copied as
/// it stands.
fn as_called(advice: &str) -> String {
    let Some(name) = std::env::args_os().next() else { return advice.to_owned() };
    let name = name.to_string_lossy();
    advice.replace("rationale compose", &format!("{name} compose"))
}

impl CliCommand {
    fn run(&self) -> Result<Exit, Error> {
        match self {
            Self::Compose(arguments) => compose::run(arguments),
            Self::Print(arguments) => print::run(arguments),
            Self::Check(arguments) => check::run(arguments),
            Self::Import(arguments) => import::run(arguments),
            Self::Verify(arguments) => verify::run(arguments),
            Self::Seal(arguments) => unlock::seal(arguments),
            Self::Unseal(arguments) => unlock::unseal(arguments),
            Self::New(arguments) => new::run(arguments),
            Self::Search(arguments) => search::run(arguments),
            Self::Templates { command } => {
                templates::run(command.as_ref().unwrap_or(&TemplatesCommand::List))
            }
            Self::Fields { template } => tables::fields(template.as_deref()),
            Self::Words { words } => words::run(words),
            Self::Rules { rule: Some(rule), .. } => tables::rule(rule),
            Self::Rules { markdown: true, .. } => tables::rules_page(),
            Self::Rules { .. } => tables::rules(),
        }
    }
}
