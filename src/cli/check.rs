//! `rationale check`: what is wrong with drafts, for people or for programs.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::unlock::Opener;
use super::{
    Check, Error, Exit, Listing, batch, count, draft, harmless_json, problem_lines,
    report_error, tables, today, words, write_words,
};
use crate::compose::compose;
use crate::diagnostic::{Anchor, Diagnostic, OverrideState, Severity};
use crate::letter::Letter;
use crate::library::Library;
use crate::store;
use crate::template::{LetterCopy, Order, Template};

/// A draft's problems; of thousands of drafts no letter stays in memory.
struct Checked {
    file: String,
    problems: Vec<ProblemInField>,
}

/// A problem, and where in the form it is.
struct ProblemInField {
    finding: Diagnostic,
    /// The field, rows counted from 1.
    field: Option<String>,
    /// The place in its field, counted in characters as scripts of any language can.
    characters: Option<Range<usize>>,
}

pub(super) fn run(arguments: &Check) -> Result<Exit, Error> {
    let library = words::library()?;
    let (mut checked, mut unread, mut exit) = (Vec::new(), 0, Exit::Fine);
    let (paths, missing) = drafts(&arguments.drafts);
    let opener = arguments.unlock.opener(&arguments.drafts)?;
    let results = batch::run(&paths, |path| {
        batch::guarded(path, || check(path, library, arguments.copy.into(), &opener))
    });
    for result in missing.into_iter().map(Err).chain(results) {
        match result {
            Ok(draft) => checked.push(draft),
            Err(error) => {
                report_error(&error);
                unread += 1;
                exit = exit.max(error.exit());
            }
        }
    }
    let listing = match arguments.format {
        Listing::Human => human(&checked, unread),
        Listing::Json => harmless_json(&json(&checked)?),
    };
    write_words(&listing)?;
    let has_errors = tally(&checked, Severity::Error) > 0;
    Ok(if has_errors { exit.max(Exit::HasErrors) } else { exit })
}

/// The drafts that are named, those in folders among them, and what of them could not be
/// found.
pub(super) fn drafts(named: &[PathBuf]) -> (Vec<PathBuf>, Vec<Error>) {
    let (mut drafts, mut missing) = (Vec::new(), Vec::new());
    for path in named {
        match store::drafts_in(path) {
            _ if !path.is_dir() => drafts.push(path.clone()),
            Ok(paths) => drafts.extend(paths),
            Err(error) => missing.push(error.into()),
        }
    }
    (drafts, missing)
}

fn check(
    path: &Path,
    library: &Library,
    copy: LetterCopy,
    opener: &Opener,
) -> Result<Checked, Error> {
    let draft = opener.open(path)?.draft;
    let template = draft::wording(None, &draft, path)?;
    let order = Order { copy, today: today()? };
    let letter = &draft.letter;
    let mut problems = Vec::new();
    for finding in compose(letter, &template, library, &order).diagnostics {
        let field = finding.anchor.field().map(|path| letter.spell(path));
        let characters = characters_of(letter, &template, &finding.anchor);
        problems.push(ProblemInField { finding, field, characters });
    }
    Ok(Checked { file: draft::name(path), problems })
}

fn characters_of(
    letter: &Letter,
    template: &Template,
    anchor: &Anchor,
) -> Option<Range<usize>> {
    let Anchor::Field { path, range: Some(range) } = anchor else { return None };
    let value = template.field(path.pattern())?.value(letter, path)?;
    range.in_characters(&value.words(path))
}

fn human(checked: &[Checked], unread: usize) -> String {
    let mut text = String::new();
    for draft in checked {
        for problem in &draft.problems {
            text += &problem_lines(&draft.file, &problem.finding);
        }
    }
    let has_open = checked.iter().any(|draft| draft.open_problems().next().is_some());
    if has_open && checked.len() > 1 {
        text += &by_rule(checked);
        text += &by_file(checked);
        text.push('\n');
    }
    text + &summary(checked, unread)
}

/// How often each rule found something, and in how many drafts.
fn by_rule(checked: &[Checked]) -> String {
    let mut tallies: BTreeMap<(&str, &str), (usize, BTreeSet<&str>)> = BTreeMap::new();
    for draft in checked {
        for problem in draft.open_problems() {
            let tally = tallies.entry((problem.code, problem.name)).or_default();
            tally.0 += 1;
            tally.1.insert(&draft.file);
        }
    }
    let mut rows = Vec::new();
    for ((code, name), (findings, files)) in tallies {
        rows.push([
            format!("{code} {name}"),
            count(findings, "finding"),
            format!("in {}", count(files.len(), "draft")),
        ]);
    }
    headed("By rule", &rows)
}

/// What weighs on each draft that has something against it.
fn by_file(checked: &[Checked]) -> String {
    let mut rows = Vec::new();
    for draft in checked {
        if draft.open_problems().next().is_some() {
            let counts =
                TALLIES.map(|(severity, noun)| count(draft.count_of(severity), noun));
            let [errors, warnings, notes] = counts;
            rows.push([draft.file.clone(), errors, warnings, notes]);
        }
    }
    headed("By draft", &rows)
}

fn headed<const COLUMNS: usize>(heading: &str, rows: &[[String; COLUMNS]]) -> String {
    format!("\n{heading}\n{}", tables::table(rows))
}

impl Checked {
    /// What stands against the draft.
    fn open_problems(&self) -> impl Iterator<Item = &Diagnostic> {
        let findings = self.problems.iter().map(|problem| &problem.finding);
        findings.filter(|finding| !finding.is_overridden())
    }

    fn count_of(&self, severity: Severity) -> usize {
        self.open_problems()
            .filter(|problem| problem.severity == severity)
            .count()
    }
}

const TALLIES: [(Severity, &str); 3] = [
    (Severity::Error, "error"),
    (Severity::Warning, "warning"),
    (Severity::Note, "note"),
];

fn summary(checked: &[Checked], unread: usize) -> String {
    let mut counts = Vec::new();
    for (severity, noun) in TALLIES {
        let number = tally(checked, severity);
        if number > 0 {
            counts.push(count(number, noun));
        }
    }
    let found = if counts.is_empty() { "No problems".into() } else { counts.join(", ") };
    let drafts = count(checked.len(), "draft");
    match (checked.len(), unread) {
        (0, _) => "No draft was checked\n".into(),
        (_, 0) => format!("{found} in {drafts}\n"),
        (_, unread) => format!("{found} in {drafts}, {unread} not checked\n"),
    }
}

fn tally(checked: &[Checked], severity: Severity) -> usize {
    checked.iter().map(|draft| draft.count_of(severity)).sum()
}

/// A problem as scripts read it; the names are promised.
#[derive(Serialize)]
struct ProblemRow<'a> {
    file: &'a str,
    severity: Severity,
    code: &'a str,
    name: &'a str,
    message: &'a str,
    hint: &'a str,
    /// The field, rows counted from 1.
    field: Option<&'a str>,
    /// The characters in the field, from the first to after the last, counted from 0.
    start: Option<usize>,
    end: Option<usize>,
    /// Why it was overridden, if it was; empty where no reason was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    overridden: Option<&'a str>,
}

fn json(checked: &[Checked]) -> Result<String, Error> {
    let mut rows = Vec::new();
    for draft in checked {
        for problem in &draft.problems {
            rows.push(row(draft, problem));
        }
    }
    Ok(serde_json::to_string_pretty(&rows)? + "\n")
}

fn row<'a>(draft: &'a Checked, problem: &'a ProblemInField) -> ProblemRow<'a> {
    let ProblemInField { finding, field, characters } = problem;
    let Diagnostic { severity, code, name, message, hint, override_state, .. } = finding;
    ProblemRow {
        file: &draft.file,
        severity: *severity,
        code,
        name,
        message,
        hint,
        field: field.as_deref(),
        start: characters.as_ref().map(|range| range.start),
        end: characters.as_ref().map(|range| range.end),
        overridden: match override_state {
            OverrideState::Overridden(reason) => Some(reason),
            OverrideState::NotAllowed | OverrideState::Allowed => None,
        },
    }
}
