//! `rationale import`: finished letters become drafts, and what was not understood is told.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::{Error, Exit, Import, count, draft, hint, put, tables, tell, tell_error};
use crate::import::{self, Imported};
use crate::letter::Unread;
use crate::store::{self, Draft, Expected};

/// What became of one letter, for the table at the end.
struct Row {
    letter: String,
    outcome: String,
    exit: Exit,
}

pub fn run(arguments: &Import) -> Result<Exit, Error> {
    let letters = letters(arguments)?;
    if arguments.output.is_some() && letters.len() > 1 {
        return Err(Error::OneFileForMany);
    }
    let rows: Vec<Row> = letters.iter().map(|letter| row(letter, arguments)).collect();
    if rows.len() > 1 {
        let table: Vec<[String; 2]> = rows.iter().map(|row| [row.letter.clone(), row.outcome.clone()]).collect();
        tell(tables::table(&table).trim_end());
        let read = rows.iter().filter(|row| row.exit == Exit::Fine).count();
        tell(&format!("{} read to the last word, {} not", count(read, "letter"), rows.len() - read));
    }
    Ok(rows.iter().map(|row| row.exit).max().unwrap_or(Exit::Fine))
}

/// The letters that are named; a folder stands for the texts in it.
fn letters(arguments: &Import) -> Result<Vec<PathBuf>, Error> {
    let mut letters = Vec::new();
    for path in &arguments.letters {
        if path.is_dir() { letters.extend(store::letters_in(path)?) } else { letters.push(path.clone()) }
    }
    Ok(letters)
}

fn row(letter: &Path, arguments: &Import) -> Row {
    let name = draft::name(letter);
    let done = one(letter, arguments);
    let (outcome, exit) = done.unwrap_or_else(|error| {
        tell_error(&error);
        ("could not be read".into(), error.exit())
    });
    Row { letter: name, outcome, exit }
}

fn one(letter: &Path, arguments: &Import) -> Result<(String, Exit), Error> {
    let source = import::words(&bytes(letter)?)?;
    let read = import::text(&source, draft::kinds().iter()).ok_or_else(|| Error::NoTemplate { id: String::new() })?;
    tell_unread(&draft::name(letter), &read);
    let kind = read.template.id().to_owned();
    let outcome = match (read.is_understood, read.letter.unread.len()) {
        (false, _) => "not understood".into(),
        (true, 0) => kind,
        (true, unread) => format!("{kind}, {} not understood", count(unread, "place")),
    };
    let exit = if read.letter.unread.is_empty() { Exit::Fine } else { Exit::HasErrors };
    write(letter, arguments, read)?;
    Ok((outcome, exit))
}

fn bytes(letter: &Path) -> Result<Vec<u8>, Error> {
    if !draft::is_standard(letter) {
        return Ok(store::read_letter(letter)?);
    }
    let mut bytes = Vec::new();
    io::stdin().lock().take(store::SIZE_LIMIT).read_to_end(&mut bytes).map_err(Error::Input)?;
    Ok(bytes)
}

/// What was not understood, with its place in the letter.
fn tell_unread(name: &str, read: &Imported) {
    if !read.is_understood {
        tell(&format!("{name}: This is no letter of a kind that is known here; its whole text stands in the summary"));
        return hint("Lay a template with a reading of such letters into the folder of letter kinds");
    }
    for Unread { text, line, expected, .. } in &read.letter.unread {
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if expected.is_empty() {
            tell(&format!("{name}:{line}: not understood: {words}"));
        } else {
            tell(&format!("{name}:{line}: altered: {words}"));
            hint(&format!("Usually: {expected}"));
        }
    }
}

fn write(letter: &Path, arguments: &Import, read: Imported) -> Result<(), Error> {
    let draft = Draft { template: (&*read.template).into(), letter: read.letter };
    let path = match (&arguments.output, &arguments.out_dir) {
        (Some(path), _) if draft::is_standard(path) => return put(draft.to_text()?.as_bytes()),
        (None, None) if draft::is_standard(letter) => return put(draft.to_text()?.as_bytes()),
        (Some(path), _) => path.clone(),
        (None, None) => letter.with_extension("ron"),
        (None, Some(folder)) => folder.join(letter.file_name().unwrap_or_default()).with_extension("ron"),
    };
    store::save(&path, &draft, Expected::Nothing)?;
    Ok(())
}
