//! `rationale words`: a person's own words, and the library that knows them.

use super::error::Error;
use super::exit::Exit;
use super::output::{report, report_hint, write_words};
use crate::library::Library;
use crate::store::{self, DataFolder, tables, words};

/// Adds words, or prints those that there are.
pub(super) fn run(added: &[String]) -> Result<Exit, Error> {
    let data = DataFolder::of_this_account()?;
    for word in added {
        words::add(&data, word)?;
    }
    if !added.is_empty() {
        return Ok(Exit::Fine);
    }
    let (words, error) = words::load(&data);
    if let Some(error) = error {
        return Err(error.into());
    }
    let lines: String = words.iter().map(|word| format!("{word}\n")).collect();
    write_words(&lines)?;
    Ok(Exit::Fine)
}

/// What the program carries with it, and the words of this account and this machine. It
/// is there until the process ends: taking it apart would take as long as reading it.
pub(super) fn library() -> Result<&'static Library, Error> {
    let (mut library, mut words) = (Library::bundled()?, words::of_this_machine());
    if let Ok(data) = DataFolder::of_this_account() {
        let (own, error) = words::load(&data);
        error.iter().for_each(report_store_error);
        words.extend(own);
        let (with_tables, wrong) = tables::add(library, &data);
        wrong.iter().for_each(report_store_error);
        library = with_tables;
    }
    Ok(Box::leak(Box::new(library.with_own_words(words))))
}

/// Letters are checked without what is one's own, rather than not at all.
fn report_store_error(error: &store::Error) {
    report(&error.to_string());
    report_hint(&error.hint());
}
