//! Arguments that were not understood, in our own words where those of the library would
//! mislead.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, Error};

use super::{Arguments, Exit, hint, tell};

/// Two words are taken for one that was mistyped when they are at least this alike.
const ALIKE: f64 = 0.7;

/// Tells what the library found in these arguments: help that was asked for, or what is
/// wrong with them.
pub(super) fn tell_of(told: &Error, arguments: &[OsString]) -> Exit {
    let ours = match told.kind() {
        ErrorKind::ArgumentConflict => no_command(arguments),
        ErrorKind::InvalidValue => not_a_choice(told),
        _ => None,
    };
    match ours {
        Some((line, advice)) => {
            tell(&line);
            hint(&advice);
        }
        None => {
            // Help and version are asked for and go to standard output; nobody is left to
            // tell if that is closed.
            let _closed = told.print();
        }
    }
    if told.use_stderr() { Exit::WrongUsage } else { Exit::Fine }
}

/// More than one word, of which the first is no command and so was taken for a draft.
fn no_command(arguments: &[OsString]) -> Option<(String, String)> {
    let word = arguments.get(1)?.to_str().filter(|word| !word.starts_with('-'))?;
    let commands = Arguments::command();
    let likeness = |name: &str| strsim::jaro_winkler(name, word);
    let names = commands
        .get_subcommands()
        .map(clap::Command::get_name)
        .filter(|name| likeness(name) > ALIKE);
    let nearest = names.max_by(|one, other| likeness(one).total_cmp(&likeness(other)));
    let advice = match nearest {
        Some(name) => format!(
            "Perhaps rationale {name} is meant; rationale --help lists the commands"
        ),
        None => {
            "To open a draft, name it alone; rationale --help lists the commands".into()
        }
    };
    Some((format!("There is no command {word}"), advice))
}

/// A word that is none of those that an option can be.
fn not_a_choice(told: &Error) -> Option<(String, String)> {
    let words = |kind| match told.get(kind) {
        Some(ContextValue::String(word)) => Some(word.clone()),
        Some(ContextValue::Strings(words)) => Some(words.join(", ")),
        _ => None,
    };
    let (option, word) =
        (words(ContextKind::InvalidArg)?, words(ContextKind::InvalidValue)?);
    let choices = words(ContextKind::ValidValue).filter(|_| !word.is_empty())?;
    let name = option.split_whitespace().next()?;
    Some((format!("{name} cannot be {word}"), format!("Use one of {choices}")))
}
