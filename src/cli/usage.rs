//! Arguments that were not understood, in our own words where those of the library would
//! mislead.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, Error};

use super::arguments::Arguments;
use super::exit::Exit;
use super::output::{report, report_hint};

/// Two words are taken for one that was mistyped when they are at least this alike.
const ALIKE: f64 = 0.7;

/// Shows what the library found in these arguments: help that was asked for, or what is
/// wrong with them.
pub(super) fn report_usage(found: &Error, arguments: &[OsString]) -> Exit {
    let ours = match found.kind() {
        ErrorKind::ArgumentConflict => no_command(arguments),
        ErrorKind::InvalidValue => not_a_choice(found),
        _ => None,
    };
    match ours {
        Some((line, advice)) => {
            report(&line);
            report_hint(&advice);
        }
        None if found.use_stderr() => report(found.render().to_string().trim_end()),
        None => {
            // Help and version are asked for and go to standard output; nobody is left to
            // be told if that is closed.
            let _closed = found.print();
        }
    }
    if found.use_stderr() { Exit::WrongUsage } else { Exit::Fine }
}

/// More than one word, of which the first is no command and so was taken for a draft.
fn no_command(arguments: &[OsString]) -> Option<(String, String)> {
    let word = arguments.get(1)?.to_str()?;
    if word.starts_with('-') {
        return None;
    }
    let advice = match nearest_command(word) {
        Some(name) => format!(
            "Did you mean rationale {name}? Run rationale --help to list the commands"
        ),
        None => {
            "To open a draft, name its file; rationale --help lists the commands".into()
        }
    };
    Some((format!("There is no command {word}"), advice))
}

fn nearest_command(word: &str) -> Option<String> {
    let (mut nearest, mut likeness) = (None, 0.0);
    for command in Arguments::command().get_subcommands() {
        let this = strsim::jaro_winkler(command.get_name(), word);
        if this > ALIKE && this >= likeness {
            likeness = this;
            nearest = Some(command.get_name().to_owned());
        }
    }
    nearest
}

/// A word that is none of those that an option can be.
fn not_a_choice(found: &Error) -> Option<(String, String)> {
    let option = context(found, ContextKind::InvalidArg)?;
    let word = context(found, ContextKind::InvalidValue)?;
    let choices = context(found, ContextKind::ValidValue)?;
    if word.is_empty() {
        return None;
    }
    let name = option.split_whitespace().next()?;
    Some((format!("{name} cannot be {word}"), format!("Use one of {choices}")))
}

fn context(found: &Error, kind: ContextKind) -> Option<String> {
    match found.get(kind) {
        Some(ContextValue::String(word)) => Some(word.clone()),
        Some(ContextValue::Strings(words)) => Some(words.join(", ")),
        _ => None,
    }
}
