//! A problem of a template's wording.

use crate::diagnostic::{Anchor, Diagnostic};

/// A problem, and where in the wording it is, both counted from 1.
#[derive(Debug, PartialEq)]
pub(in crate::template) struct Problem {
    pub code: &'static str,
    pub name: &'static str,
    pub message: String,
    pub hint: String,
    pub line: usize,
    pub column: usize,
}

impl Problem {
    /// The problem as its author is shown it; `line` is the line of the file on which the
    /// wording begins.
    pub(in crate::template) fn diagnostic(self, line: usize) -> Diagnostic {
        let Self { code, name, message, hint, line: below, column } = self;
        let anchor = Anchor::Template { line: line + below - 1, column };
        Diagnostic::error(code, name, message, hint, anchor)
    }
}
