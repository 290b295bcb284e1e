//! The claimant's age: the same throughout the letter.

use std::collections::BTreeMap;

use super::input::FieldText;
use super::person::{AGED, Claim, is_of_now, prose};
use super::{Finding, Findings, Input};
use crate::diagnostic::{Change, Severity};
use crate::letter::FieldPath;

pattern!(
    IS_AGED,
    r"\b(?:patient|claimant|applicant|worker|employee) is (?:a |an |now )*",
    r"(?P<age>\d{2,3})[- ]years?[- ]old\b"
);

/// Ages that the texts state, against the form's, which an import fills in from the first
/// of them.
pub(super) fn compare(input: &Input<'_>, findings: &mut Findings) {
    let mut claims = Vec::new();
    for text in prose(input) {
        claims.extend(ages_in(text));
    }
    let field = FieldPath::new("claimant.age", &[]);
    let entered = input.letter.claimant.age.understood().copied();
    let known = match (entered, claims.first()) {
        (Some(entered), _) => entered,
        (None, Some(first)) => first.is,
        (None, None) => return,
    };
    let is_stated = entered.is_some() && !input.letter.proposed.contains(&field);
    let at = if is_stated {
        Some(field.into())
    } else {
        claims.iter().find(|age| age.is == known).map(Claim::anchor)
    };
    for age in &claims {
        if age.is != known {
            let mut finding = other_age(input, age, known, is_stated);
            finding.others.extend(at.clone());
            findings.push(finding);
        }
    }
}

fn ages_in<'i>(text: &'i FieldText<'i>) -> Vec<Claim<'i, u32>> {
    // By their places, because both patterns can find one statement.
    let mut by_place = BTreeMap::new();
    let found = AGED.captures_iter(text.text).chain(IS_AGED.captures_iter(text.text));
    for statement in found {
        let (Some(whole), Some(age)) = (statement.get(0), statement.name("age")) else {
            continue;
        };
        let Ok(is @ 14..=110) = age.as_str().parse::<u32>() else { continue };
        if is_of_now(text, whole.range().into()) {
            let range = age.range().into();
            by_place.insert(age.start(), Claim { text, range, is });
        }
    }
    by_place.into_values().collect()
}

fn other_age(
    input: &Input<'_>,
    age: &Claim<'_, u32>,
    known: u32,
    is_stated: bool,
) -> Finding {
    let clause = if is_stated {
        format!("but \"Claimant's age\" is {known}")
    } else {
        format!("but {known} elsewhere")
    };
    let message = format!(
        "{} says that the claimant is {} years old, {clause}",
        age.place(input),
        age.is
    );
    let hint = "Correct the one that is wrong";
    // A birthday can lie between two records.
    let severity =
        if age.is.abs_diff(known) == 1 { Severity::Warning } else { Severity::Error };
    let finding = age.text.finding(age.range, message, hint).with_severity(severity);
    let finding = finding.with_replacement(format!("Write {known}"), known.to_string());
    if !is_stated {
        return finding;
    }
    let label = format!("Change \"Claimant's age\" to {}", age.is);
    let field = FieldPath::new("claimant.age", &[]);
    finding.with_change(label, &field, Change::Whole(age.is.to_string()))
}

#[cfg(test)]
mod tests {
    use crate::check::tests::findings;
    use crate::diagnostic::Severity;

    #[test]
    fn a_year_more_is_a_warning() {
        for (age, severity) in [("46", Severity::Warning), ("47", Severity::Error)] {
            let found = findings(
                "L041",
                &[("summary", &format!("A {age}-year-old male."))],
                |_| (),
            );
            assert_eq!(found[0].1.severity, severity);
        }
    }
}
