//! What the program knows, as lists and pages: fields, rules.

use super::{Error, Exit, draft, severity_name, write_output};
use crate::check::{Blocks, Overriding, RULES, Rule};
use crate::diagnostic::Severity;
use crate::letter::{Group, Letter};
use crate::template::Family;

pub(super) fn fields(template: Option<&str>) -> Result<Exit, Error> {
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
    write_output(table(&rows.collect::<Vec<_>>()).as_bytes()).map(|()| Exit::Fine)
}

pub(super) fn rules() -> Result<Exit, Error> {
    let rows = RULES
        .iter()
        .map(|rule| [rule.id, severity_name(rule.severity), rule.name, rule.summary]);
    write_output(
        table(&rows.map(|row| row.map(str::to_owned)).collect::<Vec<_>>()).as_bytes(),
    )
    .map(|()| Exit::Fine)
}

/// Everything that is known of one rule.
pub(super) fn rule(name: &str) -> Result<Exit, Error> {
    let is_it = |rule: &&Rule| {
        rule.id.eq_ignore_ascii_case(name) || rule.name.eq_ignore_ascii_case(name)
    };
    let rule = RULES
        .iter()
        .find(is_it)
        .ok_or_else(|| Error::NoRule { rule: name.to_owned() })?;
    let head = format!(
        "{} {}: {}, {:?}\n",
        rule.id,
        rule.name,
        severity_name(rule.severity),
        rule.family
    );
    let text = format!("{head}{}.\n{}\n{}\n", rule.summary, rule.help, weight(rule));
    write_output(text.as_bytes()).map(|()| Exit::Fine)
}

/// Who may set a finding aside, and which copies it keeps from being issued.
fn weight(rule: &Rule) -> String {
    let overriding = match (rule.overriding, rule.severity) {
        (Overriding::Never, _) => "It cannot be overridden",
        (Overriding::Allowed, Severity::Error) => {
            "It can be overridden with a written reason"
        }
        (Overriding::Allowed, _) => "It can be ticked off",
    };
    let blocks = match (rule.severity, rule.blocks) {
        (Severity::Warning | Severity::Note, _) => "it stops no copy",
        (Severity::Error, Blocks::Every) => "while it stands, no copy is issued",
        (Severity::Error, Blocks::Public) => {
            "while it stands, no public copy is issued; for the served copy it is a warning"
        }
    };
    format!("{overriding}; {blocks}.")
}

/// The page on the rules in the project's documentation.
pub(super) fn rules_page() -> Result<Exit, Error> {
    let mut page = String::from(
        "# What letters are checked for\n\nThis page is printed by `rationale rules \
            --markdown`. Errors keep the letter \
         from being issued, warnings and notes do not.\n",
    );
    for &family in Family::ALL {
        page += &format!("\n## {family:?}\n");
        for rule in RULES.iter().filter(|rule| rule.family == family) {
            let severity = severity_name(rule.severity);
            page += &format!(
                "\n### {} `{}` ({severity})\n\n**{}.** {} ",
                rule.id, rule.name, rule.summary, rule.help
            );
            page += &format!("{}\n", weight(rule));
        }
    }
    write_output(page.as_bytes()).map(|()| Exit::Fine)
}

/// Rows as lines, their columns below each other.
pub(super) fn table<const COLUMNS: usize>(rows: &[[String; COLUMNS]]) -> String {
    let width = |column: usize| {
        rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0)
    };
    let widths: [usize; COLUMNS] = std::array::from_fn(width);
    let lines = rows.iter().map(|row| {
        let cells = row
            .iter()
            .zip(widths)
            .map(|(cell, width)| format!("{cell:<width$}  "));
        cells.collect::<String>().trim_end().to_owned() + "\n"
    });
    lines.collect()
}
