//! Everything that is wrong with a template's wording, at once: minijinja itself stops at
//! the first problem and never sees the branches not taken. The only folder that names
//! minijinja's syntax tree.

mod linter;
mod meaning;
mod names;
mod nesting;
mod problem;
#[cfg(test)]
mod tests;
mod text;

use minijinja::machinery::{ast, parse};
use minijinja::syntax::SyntaxConfig;

use self::linter::Linter;
pub(super) use self::linter::Reading;
pub(super) use self::names::{Nameable, nearest};

/// Reads wording against what it may name.
pub(super) fn read(source: &str, syntax: SyntaxConfig, names: &Nameable<'_>) -> Reading {
    let mut linter = Linter::new(names);
    if let Some(problem) = nesting::problem(source, syntax.clone()) {
        linter.reading.problems.push(problem);
        return linter.reading;
    }
    match parse(source, "template", syntax) {
        Ok(ast::Stmt::Template(template)) => linter.statements(&template.children),
        Ok(_) => {}
        Err(error) => linter.reading.problems.push(text::syntax_error(source, &error)),
    }
    let mut reading = linter.reading;
    reading.problems.extend(text::problems(source, names));
    reading
}
