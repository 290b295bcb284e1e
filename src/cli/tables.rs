//! What the program knows, as lists: fields, rules.

use super::{Error, Exit, draft, put, severity_name};
use crate::check::RULES;
use crate::letter::{Group, Letter};

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
pub(super) fn table<const COLUMNS: usize>(rows: &[[String; COLUMNS]]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: [usize; COLUMNS] = std::array::from_fn(width);
    let lines = rows.iter().map(|row| {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}  "));
        cells.collect::<String>().trim_end().to_owned() + "\n"
    });
    lines.collect()
}
