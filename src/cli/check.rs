//! `rationale check`: what is wrong with drafts, for people or for programs.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::{Check, Error, Exit, Listing, count, draft, problem_lines, put, tell_error, today};
use crate::compose::{Order, compose};
use crate::diagnostic::{Anchor, Diagnostic, Severity, Standing};
use crate::letter::Letter;
use crate::library::Library;
use crate::store;
use crate::template::Copy;

/// A draft's problems.
struct Checked {
    file: String,
    letter: Letter,
    problems: Vec<Diagnostic>,
}

pub fn run(arguments: &Check) -> Result<Exit, Error> {
    let library = Library::bundled()?;
    let (mut checked, mut unread, mut exit) = (Vec::new(), 0, Exit::Fine);
    for found in arguments.drafts.iter().flat_map(|path| drafts(path)) {
        match found.and_then(|path| check(&path, &library)) {
            Ok(draft) => checked.push(draft),
            Err(error) => {
                tell_error(&error);
                unread += 1;
                exit = exit.max(error.exit());
            }
        }
    }
    let listing = match arguments.format {
        Listing::Human => human(&checked, unread),
        Listing::Json => json(&checked)?,
    };
    put(listing.as_bytes())?;
    let has_errors = tally(&checked, Severity::Error) > 0;
    Ok(if has_errors { exit.max(Exit::HasErrors) } else { exit })
}

/// The draft that an argument names, or those in the folder.
fn drafts(path: &Path) -> Vec<Result<PathBuf, Error>> {
    if !path.is_dir() {
        return vec![Ok(path.to_owned())];
    }
    match store::drafts_in(path) {
        Ok(paths) => paths.into_iter().map(Ok).collect(),
        Err(error) => vec![Err(error.into())],
    }
}

fn check(path: &Path, library: &Library) -> Result<Checked, Error> {
    let draft = draft::open(path)?.draft;
    let template = draft::template_for(None, &draft.template, path)?;
    let order = Order { copy: Copy::Served, today: today() };
    let problems = compose(&draft.letter, &template, library, &order).diagnostics;
    Ok(Checked { file: draft::name(path), letter: draft.letter, problems })
}

fn human(checked: &[Checked], unread: usize) -> String {
    let problems = checked.iter().flat_map(|draft| draft.problems.iter().map(|problem| (&draft.file, problem)));
    let lines: String = problems.map(|(file, problem)| problem_lines(file, problem)).collect();
    lines + &summary(checked, unread)
}

fn summary(checked: &[Checked], unread: usize) -> String {
    let tallies = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "note")];
    let counts = tallies.map(|(severity, noun)| (tally(checked, severity), noun));
    let told: Vec<String> =
        counts.iter().filter(|(number, _)| *number > 0).map(|(number, noun)| count(*number, noun)).collect();
    let told = if told.is_empty() { "No problems".into() } else { told.join(", ") };
    let drafts = count(checked.len(), "draft");
    match (checked.len(), unread) {
        (0, _) => "No draft was checked\n".into(),
        (_, 0) => format!("{told} in {drafts}\n"),
        (_, unread) => format!("{told} in {drafts}, {unread} not checked\n"),
    }
}

fn tally(checked: &[Checked], severity: Severity) -> usize {
    let standing = checked.iter().flat_map(|draft| &draft.problems).filter(|problem| !problem.is_overridden());
    standing.filter(|problem| problem.severity == severity).count()
}

/// A problem as scripts read it; the names are promised.
#[derive(Serialize)]
struct Row<'a> {
    file: &'a str,
    severity: Severity,
    code: &'a str,
    name: &'a str,
    message: &'a str,
    hint: &'a str,
    /// The field, rows counted from 1.
    field: Option<String>,
    /// The characters in the field, from the first to behind the last, counted from 0.
    start: Option<usize>,
    end: Option<usize>,
    /// Why it was set aside, if it was; empty where no reason was given.
    overridden: Option<&'a str>,
}

fn json(checked: &[Checked]) -> Result<String, Error> {
    let rows = checked.iter().flat_map(|draft| draft.problems.iter().map(|problem| row(draft, problem)));
    Ok(serde_json::to_string_pretty(&rows.collect::<Vec<_>>())? + "\n")
}

fn row<'a>(draft: &'a Checked, problem: &'a Diagnostic) -> Row<'a> {
    let Diagnostic { severity, code, name, message, hint, anchor, standing, .. } = problem;
    let range = match anchor {
        Anchor::Field { range, .. } => range.as_ref(),
        Anchor::Letter | Anchor::Template { .. } => None,
    };
    Row {
        file: &draft.file,
        severity: *severity,
        code,
        name,
        message,
        hint,
        field: anchor.field().map(|path| draft.letter.spell(path)),
        start: range.map(|range| range.start),
        end: range.map(|range| range.end),
        overridden: match standing {
            Standing::Overridden(reason) => Some(reason),
            Standing::Firm | Standing::Open => None,
        },
    }
}
