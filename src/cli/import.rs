//! `rationale import`: finished letters become drafts, and what was not understood is
//! reported.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::arguments::Import;
use super::error::Error;
use super::exit::Exit;
use super::output::{count, report, write_file};
use super::{batch, draft, tables};
use crate::import::{self, Imported};
use crate::letter::UnreadKind;
use crate::outside::{self, StopSign};
use crate::store::{self, Draft, Expected};

/// What became of one letter, for the table at the end.
struct ImportedLetter {
    name: String,
    outcome: String,
    /// What is reported of it.
    messages: Vec<String>,
    exit: Exit,
}

pub(super) fn run(arguments: &Import) -> Result<Exit, Error> {
    let paths = letter_paths(arguments)?;
    if arguments.output.is_some() && paths.len() > 1 {
        return Err(Error::OneFileForMany);
    }
    if let Some(folder) = &arguments.out_dir {
        store::make_folder(folder)?;
    }
    let letters = batch::run(&paths, |path| import_one(path, arguments));
    for letter in &letters {
        letter.messages.iter().for_each(|line| report(line));
    }
    if letters.len() > 1 {
        report_all(&letters);
    }
    Ok(letters.iter().map(|letter| letter.exit).max().unwrap_or(Exit::Fine))
}

fn report_all(letters: &[ImportedLetter]) {
    let mut table: Vec<[String; 2]> = Vec::new();
    let mut fine = 0;
    for letter in letters {
        table.push([letter.name.clone(), letter.outcome.clone()]);
        fine += usize::from(letter.exit == Exit::Fine);
    }
    report(tables::table(&table).trim_end());
    let (read, rest) = (count(fine, "letter"), letters.len() - fine);
    report(&format!("{read} read in full, {rest} not"));
}

/// The letters that are named; a folder stands for the letters in it.
fn letter_paths(arguments: &Import) -> Result<Vec<PathBuf>, Error> {
    let mut letters = Vec::new();
    for path in &arguments.letters {
        if path.is_dir() {
            letters.extend(store::letters_in(path)?);
        } else {
            letters.push(path.clone());
        }
    }
    Ok(letters)
}

fn import_one(path: &Path, arguments: &Import) -> ImportedLetter {
    let name = draft::name(path);
    match batch::guarded(path, || try_to_import(path, &name, arguments)) {
        Ok(letter) => letter,
        Err(error) => ImportedLetter {
            messages: vec![format!("{name}: {error}"), format!("    {}", error.hint())],
            name,
            outcome: "could not be read".into(),
            exit: error.exit(),
        },
    }
}

fn try_to_import(
    path: &Path,
    name: &str,
    arguments: &Import,
) -> Result<ImportedLetter, Error> {
    let words = outside::words(&read_bytes(path)?, &StopSign::default())?;
    let read = import::letter(&words, draft::templates().iter())
        .map_err(outside::Error::from)?;
    let messages = unread_lines(name, &read);
    let template = read.template.id();
    let outcome = match (read.is_understood, read.letter.unread.len()) {
        (false, _) => "not recognized".into(),
        (true, 0) => template.to_owned(),
        (true, unread) => {
            format!("{template}, {} not recognized", count(unread, "place"))
        }
    };
    let exit = if read.letter.unread.is_empty() { Exit::Fine } else { Exit::HasErrors };
    write(path, arguments, read)?;
    Ok(ImportedLetter { name: name.to_owned(), outcome, messages, exit })
}

fn read_bytes(letter: &Path) -> Result<Vec<u8>, Error> {
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
fn unread_lines(name: &str, read: &Imported) -> Vec<String> {
    if !read.is_understood {
        return vec![
            format!(
                "{name}: No template matches this letter, so its full text is in the summary"
            ),
            "    To read such letters, add a template with a reading section to your \
                templates folder"
                .into(),
        ];
    }
    let mut lines = Vec::new();
    for unread in &read.letter.unread {
        let (line, words) = (unread.line, unread.words());
        match &unread.kind {
            UnreadKind::Altered { expected } => {
                lines.push(format!("{name}:{line}: altered: {words}"));
                lines.push(format!("    Usually: {expected}"));
            }
            UnreadKind::Aside(why) => {
                lines.push(format!("{name}:{line}: {}: {words}", why.told()));
            }
            UnreadKind::Nothing | UnreadKind::Unplaced => {
                lines.push(format!("{name}:{line}: not recognized: {words}"));
            }
        }
    }
    lines
}

fn write(letter: &Path, arguments: &Import, read: Imported) -> Result<(), Error> {
    let draft = Draft { letter: read.letter, ..Draft::new(&read.template) };
    let path = match (&arguments.output, &arguments.out_dir) {
        (Some(path), _) if draft::is_standard(path) => {
            return write_file(draft.to_text()?.as_bytes());
        }
        (None, None) if draft::is_standard(letter) => {
            return write_file(draft.to_text()?.as_bytes());
        }
        (Some(path), _) => path.clone(),
        (None, None) => letter.with_extension(store::DRAFT_ENDING),
        (None, Some(folder)) => folder
            .join(letter.file_name().unwrap_or_default())
            .with_extension(store::DRAFT_ENDING),
    };
    store::save(&path, &draft, None, Expected::Nothing)?;
    Ok(())
}
