//! Findings that somebody overrode: each override holds as long as the words that it
//! speaks of stay as they were.

use sha2::{Digest, Sha256};

use crate::diagnostic::{Anchor, Diagnostic, OverrideState, Severity};
use crate::letter::{Letter, Override};
use crate::template::Template;

/// How many bytes of a fingerprint are kept: enough that no two texts of a letter share
/// one.
const KEPT: usize = 8;

/// Marks the findings that were overridden.
pub(super) fn apply(
    diagnostics: &mut [Diagnostic],
    letter: &Letter,
    template: &Template,
) {
    if letter.overrides.is_empty() {
        return;
    }
    for diagnostic in diagnostics {
        if diagnostic.override_state != OverrideState::Allowed {
            continue;
        }
        let wanted = override_for(diagnostic, letter, template, "");
        let known = letter.overrides.iter().find(|known| is_same_finding(known, &wanted));
        if let Some(known) = known
            && is_overridable(diagnostic, &known.reason)
        {
            diagnostic.override_state = OverrideState::Overridden(known.reason.clone());
        }
    }
}

/// Whether two overrides are of the same finding, whatever their reasons.
pub fn is_same_finding(one: &Override, other: &Override) -> bool {
    one.rule == other.rule && one.path == other.path && one.words == other.words
}

/// Whether a finding can be overridden for this reason: an error needs one.
pub fn is_overridable(diagnostic: &Diagnostic, reason: &str) -> bool {
    let needs_none = diagnostic.severity != Severity::Error;
    diagnostic.override_state != OverrideState::NotAllowed
        && (needs_none || !reason.trim().is_empty())
}

/// What is kept in the letter when a finding is overridden.
pub fn override_for(
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
    let mut number = 0_u64;
    for byte in hash.finalize().iter().take(KEPT) {
        number = number << 8 | u64::from(*byte);
    }
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
    let Some(field) = template.field(path.pattern()) else { return String::new() };
    let Some(value) = field.value(letter, path) else { return String::new() };
    let words = value.words(path);
    match range {
        // The letter may have changed since the finding was made.
        Some(range) => words.get(range.start..range.end).unwrap_or_default().to_owned(),
        None => words.into_owned(),
    }
}
