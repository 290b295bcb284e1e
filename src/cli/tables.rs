//! What the program knows, as lists and pages: fields, rules.

use super::{Error, Exit, draft, severity_name, write_words};
use crate::check::{Blocks, Overriding, RULES, Rule};
use crate::diagnostic::Severity;
use crate::letter::{Group, Letter};
use crate::template::Family;

pub(super) fn fields(template: Option<&str>) -> Result<Exit, Error> {
    let template = draft::template(template)?;
    let mut served = Letter::default();
    served.add_row(Group::Recipients, None);
    let mut rows = Vec::new();
    for field in template.fields() {
        let need = if template.requires(&field.pattern, &Letter::default()) {
            "required"
        } else if template.requires(&field.pattern, &served) {
            "when served"
        } else {
            ""
        };
        rows.push([
            field.pattern.to_string(),
            field.kind.name().into(),
            need.into(),
            field.label.to_string(),
            field.help.to_string(),
        ]);
    }
    write_words(&table(&rows))?;
    Ok(Exit::Fine)
}

pub(super) fn rules() -> Result<Exit, Error> {
    let mut rows = Vec::new();
    for rule in RULES.iter() {
        let row = [rule.id, severity_name(rule.severity), rule.name, rule.summary];
        rows.push(row.map(str::to_owned));
    }
    write_words(&table(&rows))?;
    Ok(Exit::Fine)
}

/// Everything that is known of one rule.
pub(super) fn rule(name: &str) -> Result<Exit, Error> {
    let mut rules = RULES.iter();
    let rule = rules.find(|rule| {
        rule.id.eq_ignore_ascii_case(name) || rule.name.eq_ignore_ascii_case(name)
    });
    let Some(rule) = rule else { return Err(Error::NoRule { rule: name.to_owned() }) };
    let text = format!(
        "{} {}: {}, {:?}\n{}.\n{}\n{}\n",
        rule.id,
        rule.name,
        severity_name(rule.severity),
        rule.family,
        rule.summary,
        rule.help,
        consequences(rule)
    );
    write_words(&text)?;
    Ok(Exit::Fine)
}

/// Who may override a finding, and which copies it keeps from being issued.
fn consequences(rule: &Rule) -> String {
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
            "while it stands, no public copy is issued; for the served copy it is a \
                warning"
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
        for rule in RULES.iter() {
            if rule.family == family {
                page += &format!(
                    "\n### {} `{}` ({})\n\n**{}.** {} {}\n",
                    rule.id,
                    rule.name,
                    severity_name(rule.severity),
                    rule.summary,
                    rule.help,
                    consequences(rule)
                );
            }
        }
    }
    write_words(&page)?;
    Ok(Exit::Fine)
}

/// Rows as lines, their columns below each other.
pub(super) fn table<const COLUMNS: usize>(rows: &[[String; COLUMNS]]) -> String {
    let mut widths = [0; COLUMNS];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.chars().count().max(*width);
        }
    }
    let mut table = String::new();
    for row in rows {
        let mut line = String::new();
        for (width, cell) in widths.iter().zip(row) {
            line += &format!("{cell:<width$}  ");
        }
        table += line.trim_end();
        table.push('\n');
    }
    table
}
