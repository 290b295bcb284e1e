//! What the program knows, as lists: letter kinds, fields, rules.

use std::path::Path;

use super::{Error, Exit, Templates, count, draft, put, severity_name};
use crate::check::RULES;
use crate::diagnostic::{Anchor, Diagnostic};
use crate::letter::{Group, Letter};
use crate::store;
use crate::template::Template;

pub fn templates(command: Templates) -> Result<Exit, Error> {
    match command {
        Templates::List => list(),
        Templates::Show { id } => put(draft::template(Some(&id))?.source().as_bytes()).map(|()| Exit::Fine),
        Templates::Check { file } => check(&file),
    }
}

fn list() -> Result<Exit, Error> {
    let kinds = Template::all().iter();
    let rows =
        kinds.map(|kind| [kind.id().into(), kind.head().name.clone(), format!("version {}", kind.head().version)]);
    put(table(&rows.collect::<Vec<_>>()).as_bytes()).map(|()| Exit::Fine)
}

fn check(file: &Path) -> Result<Exit, Error> {
    let (name, text) = (file.display(), store::read_text(file)?);
    match Template::parse(&text) {
        Ok(kind) => {
            put(format!("{name}: No problems in {} version {}\n", kind.id(), kind.head().version).as_bytes())?;
            Ok(Exit::Fine)
        }
        Err(problems) => {
            let lines: String = problems.iter().map(|problem| template_problem(&name.to_string(), problem)).collect();
            put((lines + &count(problems.len(), "problem") + "\n").as_bytes())?;
            Ok(Exit::HasErrors)
        }
    }
}

fn template_problem(file: &str, problem: &Diagnostic) -> String {
    let place = match problem.anchor {
        Anchor::Template { line, column } => format!("{file}:{line}:{column}"),
        Anchor::Letter | Anchor::Field { .. } => file.to_owned(),
    };
    super::problem_lines(&place, problem)
}

pub fn fields(template: Option<&str>) -> Result<Exit, Error> {
    let template = draft::template(template)?;
    let mut served = Letter::default();
    served.add_row(Group::Recipients, None);
    let need = |pattern: &str| match pattern {
        _ if template.requires(pattern, &Letter::default()) => "required",
        _ if template.requires(pattern, &served) => "when served",
        _ => "",
    };
    let rows = template.fields().iter().map(|field| {
        let need = need(&field.pattern);
        [
            field.pattern.to_string(),
            field.kind.name().into(),
            need.into(),
            field.label.to_string(),
            field.help.to_string(),
        ]
    });
    put(table(&rows.collect::<Vec<_>>()).as_bytes()).map(|()| Exit::Fine)
}

pub fn rules() -> Result<Exit, Error> {
    let rows = RULES.iter().map(|rule| [rule.id, severity_name(rule.severity), rule.name, rule.summary]);
    put(table(&rows.map(|row| row.map(str::to_owned)).collect::<Vec<_>>()).as_bytes()).map(|()| Exit::Fine)
}

/// Rows as lines, their columns below each other.
fn table<const COLUMNS: usize>(rows: &[[String; COLUMNS]]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: [usize; COLUMNS] = std::array::from_fn(width);
    let lines = rows.iter().map(|row| {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}  "));
        cells.collect::<String>().trim_end().to_owned() + "\n"
    });
    lines.collect()
}
