//! `rationale search`: how something was decided before, in the folders that the settings
//! name or in others.

use std::io::IsTerminal;
use std::path::PathBuf;

use serde::Serialize;

use super::arguments::{Listing, SearchArguments};
use super::error::Error;
use super::exit::Exit;
use super::output::{harmless_json, report, report_hint, write_words};
use super::words::library;
use crate::earlier::{EarlierItem, Index, Precedents, ReadingProgress, Update, Updated};
use crate::letter::us_date;
use crate::store::{DataFolder, settings, user_folder};

/// How much of a rationale is shown: two lines of a terminal.
const EXCERPT: usize = 150;

pub(super) fn run(arguments: &SearchArguments) -> Result<Exit, Error> {
    let found = if arguments.folders.is_empty() {
        let data = DataFolder::of_this_account()?;
        let folders = settings::load(&data).0.folders;
        if folders.is_empty() {
            return Err(Error::NoFolders);
        }
        look(&data, &data, &folders, arguments)?
    } else {
        // Other folders have an index of their own, which is not kept.
        let own = DataFolder::of_this_account();
        let aside = tempfile::tempdir().map_err(Error::Output)?;
        let aside_data = DataFolder::at(aside.path().join("data"));
        look(
            &aside_data,
            own.as_ref().unwrap_or(&aside_data),
            &arguments.folders,
            arguments,
        )?
    };
    match arguments.format {
        Listing::Human if found.items.is_empty() => report("No item has all these words"),
        Listing::Human => write_words(&lines(&found))?,
        Listing::Json => {
            let listed: Vec<Listed> = found.items.iter().map(Listed::of).collect();
            let json = serde_json::to_string_pretty(&listed)?;
            write_words(&(harmless_json(&json) + "\n"))?;
        }
    }
    Ok(Exit::Fine)
}

/// Brings the index in `data` up to the folders, then looks into it.
fn look(
    data: &DataFolder,
    own: &DataFolder,
    folders: &[PathBuf],
    arguments: &SearchArguments,
) -> Result<Precedents, Error> {
    let (index, library) = (Index::open(data)?, library()?);
    let templates = user_folder::load(own);
    let update = Update { folders, templates: &templates, library };
    let updated = index.update(&update, show_progress)?;
    report_update(updated);
    Ok(index.find(&arguments.words.join(" "), None)?)
}

/// Says every thousand files how far it is, where somebody watches.
fn show_progress(progress: ReadingProgress) -> bool {
    let ReadingProgress { done, total } = progress;
    if done > 0 && done % 1_000 == 0 && std::io::stderr().is_terminal() {
        report(&format!("Read {done} of {total} files"));
    }
    true
}

fn report_update(updated: Updated) {
    if updated.is_busy {
        report("Another Rationale is reading your letters, so the newest may be missing");
    }
    if updated.unreadable > 0 {
        report(&format!("Files that could not be read: {}", updated.unreadable));
        report_hint("Open one to see why");
    }
}

fn lines(found: &Precedents) -> String {
    let mut lines = String::new();
    for item in &found.items {
        let number = match item.case_number.as_str() {
            "" => "No case number",
            number => number,
        };
        let mut about = vec![number.to_owned(), format!("item {}", item.number)];
        about.push(match item.decision.as_str() {
            "" => "undecided".to_owned(),
            decision => decision.to_owned(),
        });
        about.extend(item.decided_on.map(us_date));
        lines += &format!("{}: {}\n", about.join(", "), item.title);
        for more in [item.guideline.as_str(), &excerpt(&item.rationale)] {
            if !more.is_empty() {
                lines += &format!("    {more}\n");
            }
        }
        lines += &format!("    {}\n", item.path.display());
    }
    lines + &found.tally.words() + "\n"
}

/// The first words of a rationale, on one line.
fn excerpt(rationale: &str) -> String {
    let words = rationale.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() <= EXCERPT {
        return words;
    }
    let cut: String = words.chars().take(EXCERPT).collect();
    format!("{} …", cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole))
}

/// An item as programs read it.
#[derive(Serialize)]
struct Listed<'a> {
    path: &'a PathBuf,
    case_number: &'a str,
    item: usize,
    title: &'a str,
    body_part: &'a str,
    decision: &'a str,
    decided: Option<String>,
    guideline: &'a str,
    rationale: &'a str,
}

impl<'a> Listed<'a> {
    fn of(item: &'a EarlierItem) -> Self {
        Self {
            path: &item.path,
            case_number: &item.case_number,
            item: item.number,
            title: &item.title,
            body_part: &item.body_part,
            decision: &item.decision,
            decided: item.decided_on.map(|day| day.to_string()),
            guideline: &item.guideline,
            rationale: &item.rationale,
        }
    }
}
