//! Letters that are about to leave, for a file or for paper: composed, and kept back
//! where they may not.

use std::path::Path;
use std::sync::Arc;

use super::clock::today;
use super::error::Error;
use super::exit::Exit;
use super::output::{count, problem_lines, report};
use super::unlock::Opener;
use super::{draft, tables};
use crate::compose::{Composition, compose};
use crate::diagnostic::Diagnostic;
use crate::library::Library;
use crate::store::{Draft, Fingerprint, Opened, Seal};
use crate::template::{LetterCopy, Order, Template};

/// The verb for what is done with letters.
pub(super) struct Verb {
    /// "compose"
    pub infinitive: &'static str,
    /// "composed"
    pub participle: &'static str,
}

/// Decides which letters leave, and as what.
pub(super) struct Gate<'a> {
    pub verb: Verb,
    /// The template that is asked for in place of the draft's own.
    pub template: Option<&'a str>,
    pub copy: LetterCopy,
    /// Letters with errors leave too, with their watermark.
    pub unfinished: bool,
    pub library: &'a Library,
    pub opener: &'a Opener,
}

/// A letter that leaves.
pub(super) struct ReadyLetter {
    pub draft: Draft,
    /// What was on the disk.
    pub fingerprint: Fingerprint,
    /// What it was encrypted with.
    pub seal: Option<Seal>,
    pub template: Arc<Template>,
    pub composition: Composition,
    /// How many errors it leaves with; `None` where it is finished.
    pub errors: Option<String>,
    /// What is reported once it has left.
    pub remark: Option<String>,
}

/// What is reported of a draft, and its letter or, in a word, why it stays.
pub(super) struct GateResult {
    pub messages: Vec<String>,
    pub letter: Result<Box<ReadyLetter>, String>,
}

impl Gate<'_> {
    /// Composes a draft's letter and decides whether it leaves.
    pub(super) fn check(&self, path: &Path) -> Result<GateResult, Error> {
        let name = draft::name(path);
        let Opened { draft, read_only, fingerprint, seal, .. } =
            self.opener.open(path)?;
        // A letter from the rest of the draft would look whole and might not be.
        if read_only.is_some_and(|reason| reason.is_partly_understood()) {
            return Ok(self.partly_understood(&name));
        }
        let template = draft::wording(self.template, &draft, path)?;
        let order = Order { copy: self.copy, today: today()? };
        let composition = compose(&draft.letter, &template, self.library, &order);
        let messages = error_lines(&name, &composition.diagnostics);
        let errors = if composition.is_finished() {
            None
        } else {
            Some(count(messages.len(), "error"))
        };
        let remark = match &errors {
            Some(errors) if !self.unfinished => {
                return Ok(self.kept_back(&name, messages, errors));
            }
            Some(errors) => Some(self.unfinished_remark(&name, errors)),
            None => None,
        };
        let letter = ReadyLetter {
            draft,
            fingerprint,
            seal,
            template,
            composition,
            errors,
            remark,
        };
        Ok(GateResult { messages, letter: Ok(Box::new(letter)) })
    }

    fn partly_understood(&self, name: &str) -> GateResult {
        let participle = self.verb.participle;
        let message = format!(
            "{name}: Not {participle}, because this version of Rationale does not \
                understand all of the draft"
        );
        GateResult { messages: vec![message], letter: Err(format!("not {participle}")) }
    }

    fn kept_back(
        &self,
        name: &str,
        mut messages: Vec<String>,
        errors: &str,
    ) -> GateResult {
        let Verb { infinitive, participle } = self.verb;
        messages
            .push(format!("{name}: Not {participle}, because the letter has {errors}"));
        messages.push(format!(
            "    Fix the errors above, or {infinitive} it with --unfinished"
        ));
        GateResult { messages, letter: Err(errors.to_owned()) }
    }

    fn unfinished_remark(&self, name: &str, errors: &str) -> String {
        let (first, rest) = self.verb.participle.split_at(1);
        let first = first.to_uppercase();
        format!("{name}: {first}{rest} unfinished, because the letter has {errors}")
    }
}

/// What keeps the letter from being issued, a line or two for each.
fn error_lines(name: &str, diagnostics: &[Diagnostic]) -> Vec<String> {
    let mut lines = Vec::new();
    for problem in diagnostics {
        if problem.blocks() {
            lines.push(problem_lines(name, problem).trim_end().to_owned());
        }
    }
    lines
}

/// What became of one draft of several: its name, a word about it, and how it ended.
pub(super) type DraftOutcome = (String, String, Exit);

/// Reports what became of each of several drafts, and how many have gone the way that
/// `gone` names.
pub(super) fn report_all(outcomes: &[DraftOutcome], gone: &str) {
    let mut table: Vec<[String; 2]> = Vec::new();
    let mut fine = 0;
    for (draft, word, exit) in outcomes {
        table.push([draft.clone(), word.clone()]);
        fine += usize::from(*exit == Exit::Fine);
    }
    report(tables::table(&table).trim_end());
    match outcomes.len() - fine {
        0 => report(&format!("{} {gone}", count(fine, "letter"))),
        rest => report(&format!("{} {gone}, {rest} not", count(fine, "letter"))),
    }
}
