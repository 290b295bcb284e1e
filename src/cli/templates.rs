//! `rationale templates`: the letter kinds, the text of one, and all that there is to say
//! about a file.

use std::path::Path;

use super::{
    Error, Exit, TemplatesCommand, count, draft, hint, put, tables, tell, words,
};
use crate::diagnostic::{Anchor, Diagnostic};
use crate::document::Document;
use crate::export::{self, ExportInput};
use crate::layout;
use crate::store::{self, user_folder};
use crate::template::{Broken, LetterCopy, Template, trial};

pub(super) fn run(command: TemplatesCommand) -> Result<Exit, Error> {
    match command {
        TemplatesCommand::List => list(),
        TemplatesCommand::Show { id } => {
            put(draft::template(Some(&id))?.source().as_bytes()).map(|()| Exit::Fine)
        }
        TemplatesCommand::Check { file, out_dir } => check(&file, out_dir.as_deref()),
    }
}

fn list() -> Result<Exit, Error> {
    let templates = draft::templates();
    let rows = templates.iter().map(|kind| {
        let own = templates
            .own(kind.id())
            .map(|own| own.path.display().to_string())
            .unwrap_or_default();
        [
            kind.id().into(),
            kind.head().name.clone(),
            format!("version {}", kind.head().version),
            own,
        ]
    });
    put(tables::table(&rows.collect::<Vec<_>>()).as_bytes())?;
    templates.broken.iter().for_each(tell_broken);
    Ok(if templates.broken.is_empty() { Exit::Fine } else { Exit::HasErrors })
}

fn tell_broken(broken: &Broken) {
    tell_problems(&broken.path.display().to_string(), &broken.source, &broken.problems);
}

fn check(file: &Path, out_dir: Option<&Path>) -> Result<Exit, Error> {
    let (name, source) = (file.display().to_string(), store::read_text(file)?);
    let template = match Template::parse(&source) {
        Ok(template) => template,
        Err(problems) => {
            tell_problems(&name, &source, &problems);
            return Ok(Exit::HasErrors);
        }
    };
    let (pictures, without) = user_folder::pictures_of(template.head(), file);
    let template = template.with_pictures(pictures);
    let (trials, noticed) = tried(&template, out_dir)?;
    let told: Vec<String> = without.into_iter().chain(noticed).collect();
    told.iter().for_each(|line| tell(&format!("{name}: {line}")));
    let problems = if told.is_empty() { "No problems" } else { "It can be read" };
    let head = format!(
        "{name}: {problems} in {} version {}\n",
        template.id(),
        template.head().version
    );
    put((head + &facts(&template) + &trials).as_bytes())?;
    Ok(if told.is_empty() { Exit::Fine } else { Exit::HasErrors })
}

fn tell_problems(name: &str, source: &str, problems: &[Diagnostic]) {
    for problem in problems {
        let place = match problem.anchor {
            Anchor::Template { line, column } => format!("{name}:{line}:{column}"),
            Anchor::Letter | Anchor::Field { .. } => name.to_owned(),
        };
        tell(&format!(
            "{place}: error {} {}: {}",
            problem.code, problem.name, problem.message
        ));
        problem.excerpt(source).iter().for_each(|excerpt| tell(excerpt));
        hint(&problem.hint);
    }
    tell(&count(problems.len(), "problem"));
}

/// What the template uses, what it asks for besides, and what it leaves out.
fn facts(template: &Template) -> String {
    let head = template.head();
    let shown = || template.fields().iter().map(|field| field.pattern.to_string());
    let used: Vec<String> =
        shown().filter(|pattern| template.used().contains(pattern)).collect();
    let asked: Vec<String> =
        shown().filter(|pattern| !template.used().contains(pattern)).collect();
    let left = template
        .nameable()
        .filter(|pattern| template.field(pattern).is_none())
        .map(str::to_owned)
        .collect();
    let rows = [
        ("Prints", used),
        ("Asks for and does not print", asked),
        ("Leaves out of what letters can have", left),
        ("Wording that the organisation supplies", head.supplied.clone()),
        ("Left out, because its wording is not known", head.left_out.clone()),
    ];
    let said = rows.iter().filter(|(_, values)| !values.is_empty());
    said.map(|(words, values)| format!("{words}:\n    {}\n", values.join("\n    ")))
        .collect::<Vec<_>>()
        .concat()
}

/// Fields of people that the public copy prints.
fn named(document: &Document, copy: LetterCopy) -> Vec<String> {
    let printed = document
        .printed()
        .into_iter()
        .filter(|path| copy == LetterCopy::Public && path.names_someone());
    printed
        .map(|path| format!("The public copy prints {}", path.pattern()))
        .collect()
}

/// How long the trial letters are, and what was noticed while they were filled.
fn tried(
    template: &Template,
    out_dir: Option<&Path>,
) -> Result<(String, Vec<String>), Error> {
    let library = words::library()?;
    out_dir.map_or(Ok(()), store::make_folder)?;
    let (mut lengths, mut noticed) = (Vec::new(), Vec::new());
    for (name, letter) in trial::letters(template) {
        for copy in [LetterCopy::Served, LetterCopy::Public] {
            let (document, found) = template.fill(&letter, copy);
            let pages = layout::paginate(&document, library.faces(), &template.sheet());
            lengths.push(format!(
                "    the {name} letter, {} copy: {}\n",
                copy.name(),
                count(pages.len(), "page")
            ));
            if let Some(folder) = out_dir {
                let path =
                    folder.join(format!("{}-{name}-{}.pdf", template.id(), copy.name()));
                let bytes = (export::PDF.write)(&ExportInput {
                    document: &document,
                    pages: &pages,
                })?;
                let _fingerprint = store::export(&path, &bytes)?;
            }
            let stopped = found.into_iter().filter(|found| found.code == "T009");
            noticed.extend(
                stopped.map(|found| format!("With the {name} letter: {}", found.message)),
            );
            noticed.extend(named(&document, copy));
        }
    }
    noticed.sort();
    noticed.dedup();
    if noticed.iter().any(|line| line.starts_with("With ")) {
        // The pages are those of the kind that stood in.
        lengths.clear();
    }
    Ok((format!("Tried with:\n{}", lengths.concat()), noticed))
}
