//! Letters that are about to leave, for a file or for paper: composed, and kept back
//! where they may not.

use std::path::Path;
use std::sync::Arc;

use super::unlock::Opener;
use super::{Error, Exit, count, draft, problem_lines, tables, tell, today};
use crate::compose::{Composition, compose};
use crate::library::Library;
use crate::store::{Draft, Fingerprint, Opened, Seal};
use crate::template::{LetterCopy, Order, Template};

/// What is done with letters, in words.
pub(super) struct Deed {
    /// "compose"
    pub verb: &'static str,
    /// "composed"
    pub done: &'static str,
}

/// Which letters leave, and as what.
pub(super) struct Door<'a> {
    pub deed: Deed,
    /// The letter kind that is asked for in place of the draft's own.
    pub template: Option<&'a str>,
    pub copy: LetterCopy,
    /// Letters with errors leave too, with their watermark.
    pub unfinished: bool,
    pub library: &'a Library,
    pub opener: &'a Opener,
}

/// A letter that leaves.
pub(super) struct Outgoing {
    pub draft: Draft,
    /// What was on the disk.
    pub fingerprint: Fingerprint,
    /// What it was encrypted with.
    pub seal: Option<Seal>,
    pub template: Arc<Template>,
    pub composition: Composition,
    /// How many errors it leaves with; `None` where it is finished.
    pub errors: Option<String>,
    /// What is told once it has left.
    pub remark: Option<String>,
}

/// What is told of a draft, and its letter or, in a word, why it stays.
pub(super) struct Verdict {
    pub told: Vec<String>,
    pub letter: Result<Box<Outgoing>, String>,
}

impl Door<'_> {
    /// Composes a draft's letter and decides whether it leaves.
    pub(super) fn judge(&self, path: &Path) -> Result<Verdict, Error> {
        let Deed { verb, done } = self.deed;
        let name = draft::name(path);
        let Opened { draft, read_only, fingerprint, seal, .. } =
            self.opener.open(path)?;
        if read_only.is_some_and(|reason| reason.is_partly_understood()) {
            let told = format!(
                "{name}: Not {done}, because the letter could lack what is not known here"
            );
            return Ok(Verdict { told: vec![told], letter: Err(format!("not {done}")) });
        }
        let template = draft::wording(self.template, &draft, path)?;
        let order = Order { copy: self.copy, today: today() };
        let composition = compose(&draft.letter, &template, self.library, &order);
        let problems = composition.diagnostics.iter().filter(|problem| problem.blocks());
        let mut told: Vec<String> = problems
            .map(|problem| problem_lines(&name, problem).trim_end().to_owned())
            .collect();
        let errors = (!composition.is_finished()).then(|| count(told.len(), "error"));
        if let Some(errors) = errors.as_ref().filter(|_| !self.unfinished) {
            told.push(format!("{name}: Not {done}, because the letter has {errors}"));
            told.push(format!(
                "    Mend what is told above, or {verb} it with --unfinished"
            ));
            return Ok(Verdict { told, letter: Err(errors.clone()) });
        }
        let remark = errors.as_ref().map(|errors| {
            let (first, rest) = done.split_at(1);
            format!(
                "{name}: {}{rest} unfinished, because the letter has {errors}",
                first.to_uppercase()
            )
        });
        let letter =
            Outgoing { draft, fingerprint, seal, template, composition, errors, remark };
        Ok(Verdict { told, letter: Ok(Box::new(letter)) })
    }
}

/// What became of one draft of several: its name, a word about it, and how it ended.
pub(super) type Outcome = (String, String, Exit);

/// Tells what became of each of several drafts, and how many have gone the way that
/// `gone` names.
pub(super) fn tell_of_all(outcomes: &[Outcome], gone: &str) {
    let table: Vec<[String; 2]> = outcomes
        .iter()
        .map(|(draft, word, _)| [draft.clone(), word.clone()])
        .collect();
    tell(tables::table(&table).trim_end());
    let fine = outcomes.iter().filter(|(.., exit)| *exit == Exit::Fine).count();
    match outcomes.len() - fine {
        0 => tell(&format!("{} {gone}", count(fine, "letter"))),
        rest => tell(&format!("{} {gone}, {rest} not", count(fine, "letter"))),
    }
}
