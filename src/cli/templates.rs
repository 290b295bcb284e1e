//! `rationale templates`: the templates, the text of one, and all that there is to say
//! about a file.

use std::path::Path;

use super::arguments::TemplatesCommand;
use super::error::Error;
use super::exit::Exit;
use super::output::{count, report, report_hint, write_file, write_words};
use super::{draft, tables, words};
use crate::diagnostic::{Anchor, Diagnostic};
use crate::document::Document;
use crate::export::{self, ExportInput};
use crate::layout;
use crate::outside;
use crate::store::{self, user_folder};
use crate::template::{Broken, LetterCopy, Template, trial};

pub(super) fn run(command: &TemplatesCommand) -> Result<Exit, Error> {
    match command {
        TemplatesCommand::List => list(),
        TemplatesCommand::Show { id } => {
            write_file(draft::template(Some(id))?.source().as_bytes())?;
            Ok(Exit::Fine)
        }
        TemplatesCommand::Check { file, out_dir } => check(file, out_dir.as_deref()),
    }
}

fn list() -> Result<Exit, Error> {
    let templates = draft::templates();
    let mut rows = Vec::new();
    for template in templates.iter() {
        let path = match templates.own(template.id()) {
            Some(own) => own.path.display().to_string(),
            None => String::new(),
        };
        rows.push([
            template.id().into(),
            template.head().name.clone(),
            format!("version {}", template.head().version),
            path,
        ]);
    }
    write_words(&tables::table(&rows))?;
    templates.broken.iter().for_each(report_broken);
    Ok(if templates.broken.is_empty() { Exit::Fine } else { Exit::HasErrors })
}

fn report_broken(broken: &Broken) {
    let path = broken.path.display().to_string();
    report_problems(&path, &broken.source, &broken.problems);
}

fn check(file: &Path, out_dir: Option<&Path>) -> Result<Exit, Error> {
    let (name, source) = (file.display().to_string(), store::read_text(file)?);
    let template = match outside::template(&source) {
        Ok(template) => template,
        Err(problems) => {
            report_problems(&name, &source, &problems);
            return Ok(Exit::HasErrors);
        }
    };
    let (pictures, without) = user_folder::pictures_of(template.head(), file);
    let template = template.with_pictures(pictures);
    let (trials, noticed) = try_letters(&template, out_dir)?;
    let messages = [without, noticed].concat();
    for line in &messages {
        report(&format!("{name}: {line}"));
    }
    let problems =
        if messages.is_empty() { "No problems" } else { "The template is usable" };
    let head = format!(
        "{name}: {problems} in {} version {}\n",
        template.id(),
        template.head().version
    );
    write_words(&(head + &facts(&template) + &trials))?;
    Ok(if messages.is_empty() { Exit::Fine } else { Exit::HasErrors })
}

fn report_problems(name: &str, source: &str, problems: &[Diagnostic]) {
    for problem in problems {
        let place = match problem.anchor {
            Anchor::Template { line, column } => format!("{name}:{line}:{column}"),
            Anchor::Letter | Anchor::Field { .. } => name.to_owned(),
        };
        report(&format!(
            "{place}: error {} {}: {}",
            problem.code, problem.name, problem.message
        ));
        if let Some(excerpt) = problem.excerpt(source) {
            report(&excerpt);
        }
        report_hint(&problem.hint);
    }
    report(&count(problems.len(), "problem"));
}

/// What the template uses, what it asks for besides, and what it leaves out.
fn facts(template: &Template) -> String {
    let head = template.head();
    let (mut used, mut asked, mut left) = (Vec::new(), Vec::new(), Vec::new());
    for field in template.fields() {
        let pattern = field.pattern.to_string();
        let list =
            if template.used().contains(&pattern) { &mut used } else { &mut asked };
        list.push(pattern);
    }
    for pattern in template.nameable() {
        if template.field(pattern).is_none() {
            left.push(pattern.to_owned());
        }
    }
    let rows = [
        ("Prints", used),
        ("Asks for but does not print", asked),
        ("Fields it does not use", left),
        ("Wording for your organization to confirm", head.supplied.clone()),
        ("Left out, because the wording is not known", head.left_out.clone()),
    ];
    let mut facts = String::new();
    for (words, values) in rows {
        if !values.is_empty() {
            facts += &format!("{words}:\n    {}\n", values.join("\n    "));
        }
    }
    facts
}

/// Fields of people that the public copy prints.
fn named_people(document: &Document, copy: LetterCopy) -> Vec<String> {
    let mut named = Vec::new();
    for path in document.printed() {
        if copy == LetterCopy::Public && path.names_someone() {
            named.push(format!("The public copy prints {}", path.pattern()));
        }
    }
    named
}

/// What is said of a template that prints all items in one paragraph.
const RUN_TOGETHER: &str = "All items are printed in one paragraph. Leave an empty line \
    before {% endfor %} to give each item its own";

/// How long the trial letters are, and what was noticed while they were filled.
fn try_letters(
    template: &Template,
    out_dir: Option<&Path>,
) -> Result<(String, Vec<String>), Error> {
    let library = words::library()?;
    if let Some(folder) = out_dir {
        store::make_folder(folder)?;
    }
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
                let file = format!("{}-{name}-{}.pdf", template.id(), copy.name());
                let input = ExportInput { document: &document, pages: &pages };
                let bytes = (export::PDF.write)(&input)?;
                let _fingerprint = store::export(&folder.join(file), &bytes)?;
            }
            // What else was noticed belongs to the letter that was made up for the trial.
            for found in found {
                if found.code == "T009" {
                    noticed.push(format!("With the {name} letter: {}", found.message));
                }
            }
            noticed.extend(named_people(&document, copy));
            if trial::runs_items_together(&document) {
                noticed.push(RUN_TOGETHER.to_owned());
            }
        }
    }
    noticed.sort();
    noticed.dedup();
    if noticed.iter().any(|line| line.starts_with("With ")) {
        // The pages are those of the template that stood in.
        lengths.clear();
    }
    Ok((format!("Tried with:\n{}", lengths.concat()), noticed))
}
