//! `rationale import`: finished letters become drafts, and what was not understood is
//! told.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::{Error, Exit, Import, batch, count, draft, put, tables, tell};
use crate::import::{self, Imported};
use crate::letter::Unread;
use crate::store::{self, Draft, Expected};

/// What became of one letter, for the table at the end.
struct Row {
    letter: String,
    outcome: String,
    /// What is told of it.
    told: Vec<String>,
    exit: Exit,
}

pub(super) fn run(arguments: &Import) -> Result<Exit, Error> {
    let letters = letters(arguments)?;
    if arguments.output.is_some() && letters.len() > 1 {
        return Err(Error::OneFileForMany);
    }
    arguments.out_dir.as_deref().map_or(Ok(()), store::make_folder)?;
    let rows = batch::run(&letters, |letter| row(letter, arguments));
    rows.iter().flat_map(|row| &row.told).for_each(|line| tell(line));
    if rows.len() > 1 {
        let table: Vec<[String; 2]> = rows
            .iter()
            .map(|row| [row.letter.clone(), row.outcome.clone()])
            .collect();
        tell(tables::table(&table).trim_end());
        let read = rows.iter().filter(|row| row.exit == Exit::Fine).count();
        tell(&format!(
            "{} read to the last word, {} not",
            count(read, "letter"),
            rows.len() - read
        ));
    }
    Ok(rows.iter().map(|row| row.exit).max().unwrap_or(Exit::Fine))
}

/// The letters that are named; a folder stands for the letters in it.
fn letters(arguments: &Import) -> Result<Vec<PathBuf>, Error> {
    let mut letters = Vec::new();
    for path in &arguments.letters {
        if path.is_dir() {
            letters.extend(store::letters_in(path)?)
        } else {
            letters.push(path.clone())
        }
    }
    Ok(letters)
}

fn row(letter: &Path, arguments: &Import) -> Row {
    let name = draft::name(letter);
    batch::guarded(letter, || one(letter, &name, arguments)).unwrap_or_else(|error| {
        let told = vec![format!("{name}: {error}"), format!("    {}", error.hint())];
        Row {
            letter: name,
            outcome: "could not be read".into(),
            told,
            exit: error.exit(),
        }
    })
}

fn one(letter: &Path, name: &str, arguments: &Import) -> Result<Row, Error> {
    let source = import::words(&bytes(letter)?)?;
    let read = import::text(&source, draft::templates().iter())
        .ok_or_else(|| Error::NoTemplate { id: String::new() })?;
    let told = unread(name, &read);
    let kind = read.template.id();
    let outcome = match (read.is_understood, read.letter.unread.len()) {
        (false, _) => "not understood".into(),
        (true, 0) => kind.to_owned(),
        (true, unread) => format!("{kind}, {} not understood", count(unread, "place")),
    };
    let exit = if read.letter.unread.is_empty() { Exit::Fine } else { Exit::HasErrors };
    write(letter, arguments, read)?;
    Ok(Row { letter: name.to_owned(), outcome, told, exit })
}

fn bytes(letter: &Path) -> Result<Vec<u8>, Error> {
    if !draft::is_standard(letter) {
        return Ok(store::read_letter(letter)?);
    }
    let mut bytes = Vec::new();
    io::stdin()
        .lock()
        .take(store::SIZE_LIMIT)
        .read_to_end(&mut bytes)
        .map_err(Error::Input)?;
    Ok(bytes)
}

/// What was not understood, with its place in the letter.
fn unread(name: &str, read: &Imported) -> Vec<String> {
    if !read.is_understood {
        return vec![
            format!(
                "{name}: This is no letter of a kind that is known here; its whole \
                text stands in the summary"
            ),
            "    Lay a template with a reading of such letters into the folder of \
                letter kinds"
                .into(),
        ];
    }
    let places = read.letter.unread.iter().flat_map(|unread| {
        let (Unread { line, expected, .. }, words) = (unread, unread.words());
        if expected.is_empty() {
            return vec![format!("{name}:{line}: not understood: {words}")];
        }
        vec![
            format!("{name}:{line}: altered: {words}"),
            format!("    Usually: {expected}"),
        ]
    });
    places.collect()
}

fn write(letter: &Path, arguments: &Import, read: Imported) -> Result<(), Error> {
    let draft = Draft { letter: read.letter, ..Draft::new(&read.template) };
    let path = match (&arguments.output, &arguments.out_dir) {
        (Some(path), _) if draft::is_standard(path) => {
            return put(draft.to_text()?.as_bytes());
        }
        (None, None) if draft::is_standard(letter) => {
            return put(draft.to_text()?.as_bytes());
        }
        (Some(path), _) => path.clone(),
        (None, None) => letter.with_extension("ron"),
        (None, Some(folder)) => folder
            .join(letter.file_name().unwrap_or_default())
            .with_extension("ron"),
    };
    store::save(&path, &draft, None, Expected::Nothing)?;
    Ok(())
}
