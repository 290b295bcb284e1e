//! Findings that somebody set aside: each holds as long as the words that it speaks of
//! stay as they were.

use sha2::{Digest, Sha256};

use crate::diagnostic::{Anchor, Diagnostic, OverrideState, Severity};
use crate::letter::{Letter, Override};
use crate::template::Template;

/// How many bytes of a fingerprint are kept: enough that no two texts of a letter share
/// one.
const KEPT: usize = 8;

/// Marks the findings that were set aside.
pub(super) fn apply(
    diagnostics: &mut [Diagnostic],
    letter: &Letter,
    template: &Template,
) {
    if letter.overrides.is_empty() {
        return;
    }
    for diagnostic in diagnostics
        .iter_mut()
        .filter(|diagnostic| diagnostic.override_state == OverrideState::Allowed)
    {
        let wanted = given(diagnostic, letter, template, "");
        let is_it = |known: &&Override| {
            (&known.rule, &known.path, &known.words)
                == (&wanted.rule, &wanted.path, &wanted.words)
        };
        let found = letter
            .overrides
            .iter()
            .find(is_it)
            .filter(|known| is_overridable(diagnostic, &known.reason));
        if let Some(known) = found {
            diagnostic.override_state = OverrideState::Overridden(known.reason.clone());
        }
    }
}

/// Whether a finding can be set aside for this reason: an error needs one.
pub fn is_overridable(diagnostic: &Diagnostic, reason: &str) -> bool {
    let needs_none = diagnostic.severity != Severity::Error;
    diagnostic.override_state != OverrideState::NotAllowed
        && (needs_none || !reason.trim().is_empty())
}

/// What is kept in the letter when a finding is set aside.
pub fn given(
    diagnostic: &Diagnostic,
    letter: &Letter,
    template: &Template,
    reason: &str,
) -> Override {
    let mut hash = Sha256::new();
    for anchor in std::iter::once(&diagnostic.anchor).chain(&diagnostic.others) {
        hash.update(words(anchor, letter, template));
        hash.update([0]);
    }
    let number = hash
        .finalize()
        .iter()
        .take(KEPT)
        .fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    Override {
        rule: diagnostic.code.into(),
        path: diagnostic.anchor.field().cloned(),
        words: format!("{number:016x}"),
        reason: reason.trim().into(),
    }
}

/// The words at a place: those in its range, or all of the field.
pub fn words(anchor: &Anchor, letter: &Letter, template: &Template) -> String {
    let Anchor::Field { path, range } = anchor else { return String::new() };
    let value = template
        .field(&path.pattern())
        .and_then(|field| field.value(letter, path));
    let words = value.as_ref().map(|value| value.words(path)).unwrap_or_default();
    match range {
        Some(range) => words.get(range.start..range.end).unwrap_or_default().to_owned(),
        None => words.into_owned(),
    }
}
