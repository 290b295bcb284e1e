//! What can be seen in the text of a template's wording, without its syntax tree.

use super::super::markdown;
use super::super::tags::{blank_tags, unclosed};
use super::names::{Nameable, nearest};
use super::problem::Problem;

/// The tag that is not closed, or what else keeps the wording from being read.
pub(super) fn syntax_error(source: &str, error: &minijinja::Error) -> Problem {
    let detail = error.detail().unwrap_or("a tag is not complete");
    // All that minijinja says then is that the text ends; which tag is open is looked up
    // here.
    let open = if detail.contains("end of input") { unclosed(source) } else { None };
    let (message, line, offset) = match open {
        Some((at, word)) => (
            format!("This {word} has no end{word}"),
            source[..at].matches('\n').count() + 1,
            at,
        ),
        None => (
            format!("The wording could not be read: {detail}"),
            error.line().unwrap_or(1),
            error.range().map_or(0, |range| range.start),
        ),
    };
    Problem {
        code: "T002",
        name: "syntax",
        message,
        hint:
            "Every {{ needs its }}, every {% its %}, every for its endfor, every if its endif"
                .to_owned(),
        line,
        column: column_at(source, offset),
    }
}

fn column_at(source: &str, offset: usize) -> usize {
    let Some(before) = source.get(..offset) else { return 1 };
    before.rsplit('\n').next().unwrap_or_default().chars().count() + 1
}

/// Markdown that letters do not have, styles that the head does not have, and characters
/// that the program needs for itself.
pub(super) fn problems(source: &str, names: &Nameable<'_>) -> Vec<Problem> {
    // The same scan that the filled letter gets, with each tag blanked to its length.
    let (nodes, foreign) = markdown::read(&blank_tags(source));
    let mut problems: Vec<Problem> = foreign.into_iter().map(foreign_markdown).collect();
    if let Some(styles) = names.styles {
        for node in &nodes {
            match &node.style {
                Some(name) if !styles.contains(&name.as_str()) => {
                    problems.push(unknown_style(source, name, styles));
                }
                Some(_) | None => {}
            }
        }
    }
    problems.extend(private_character(source));
    problems
}

fn foreign_markdown(problem: markdown::MarkdownProblem) -> Problem {
    let markdown::MarkdownProblem { message, line, column } = problem;
    Problem {
        code: "T005",
        name: "markdown",
        message,
        hint: "templates/README.md shows the Markdown that templates can use".to_owned(),
        line,
        column,
    }
}

fn unknown_style(source: &str, name: &str, styles: &[&str]) -> Problem {
    let named = format!("{{.{name}}}");
    let hint = match nearest(name, styles.iter().copied()) {
        Some(nearest) => format!("The nearest style is {nearest}"),
        None => "Define it in the head".to_owned(),
    };
    Problem {
        code: "T007",
        name: "unknown-style",
        message: format!("The head has no style or table {name}"),
        hint,
        line: source.lines().position(|line| line.trim() == named).unwrap_or(0) + 1,
        column: 1,
    }
}

/// The first line with a character from the planes of private use, from which the
/// placeholders of values are taken.
fn private_character(source: &str) -> Option<Problem> {
    let line = source.lines().position(|line| line.chars().any(is_private))?;
    let message = "This line contains a private-use character, which Rationale reserves";
    Some(Problem {
        code: "T008",
        name: "private",
        message: message.to_owned(),
        hint: "Delete it".to_owned(),
        line: line + 1,
        column: 1,
    })
}

fn is_private(character: char) -> bool {
    character >= '\u{F_0000}'
}
