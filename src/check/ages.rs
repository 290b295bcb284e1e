//! The claimant's age: the same throughout the letter.

use std::collections::BTreeMap;

use super::input::FieldText;
use super::person::{AGED, Claim, is_of_now, prose};
use super::wording::capitalized;
use super::{Finding, Findings, Input};
use crate::diagnostic::{Change, Severity, TextRange};
use crate::letter::FieldPath;

pattern!(
    IS_AGED,
    r"\b(?:patient|claimant|applicant|worker|employee) is (?:a |an |now )*",
    r"(?P<age>\d{2,3})[- ]years?[- ]old\b"
);

/// Nobody is older.
const OLDEST: u32 = 120;

/// An age that has a digit too many.
pub(super) fn find_impossible(input: &Input<'_>, findings: &mut Findings) {
    let Some(&age) = input.letter.claimant.age.understood() else { return };
    if age > OLDEST {
        let path = FieldPath::new("claimant.age", &[]);
        let message = format!("Nobody is {age} years old");
        findings.push(Finding::new(path, message, "Enter the age in years, such as 47"));
    }
}

/// Ages outside of the range that a template asks for in place of an age.
pub(super) fn compare_range(input: &Input<'_>, findings: &mut Findings) {
    for place in input.places() {
        let range = place.value.words(&place.path);
        if place.field.pattern != "extra.age_range" {
            continue;
        }
        let mut ends = range.split(|c: char| !c.is_ascii_digit());
        let Some(Ok(least)) = ends.next().map(str::parse::<u32>) else { continue };
        let most = ends.find_map(|end| end.parse().ok()).unwrap_or(u32::MAX);
        for age in prose(input).flat_map(ages_in) {
            if !(least..=most).contains(&age.is) {
                let message = format!(
                    "{} says the patient is {} years old, but \"{}\" is {range}",
                    age.place(input),
                    age.is,
                    place.field.label
                );
                let hint = "Correct the text or the age range";
                let finding = age.text.finding(age.range, message, hint);
                findings.push(finding.also_at(place.path.clone()));
            }
        }
    }
}

pattern!(
    /// "45 years old at the time of the injury".
    THEN_AGED,
    r"\b(?P<age>\d{2,3})(?:[- ]years?[- ]old|[- ]*y/?\.?o\.?|)(?: \w+){0,3}?,? at the time of ",
    r"(?:the |his |her |this )?(?:\w+ )?(?:injury|accident|incident)\b"
);
pattern!(
    BORN_IN,
    r"\b(?:born in|year of birth(?: is|:)?|birth year(?: is|:)?|born)\s+(?P<year>(?:19|20)\d\d)\b"
);

/// Ages of another day and years of birth, which must come to the same age.
pub(super) fn compare_others(input: &Input<'_>, findings: &mut Findings) {
    let case = &input.letter.case;
    let Some(&known) = input.letter.claimant.age.understood() else { return };
    let Some(decided) = case.decision_date.understood() else { return };
    let known = i64::from(known);
    for text in prose(input) {
        for found in BORN_IN.captures_iter(text.text) {
            let Some(year) = found.name("year") else { continue };
            let Ok(born) = year.as_str().parse::<i64>() else { continue };
            let age = i64::from(decided.year()) - born;
            if is_of_claimant(text, year.range().into())
                && !(age - 2..=age + 1).contains(&known)
            {
                findings.push(other_birth(input, text, year.range().into(), known));
            }
        }
        let Some(injured) = case.date_of_injury.understood() else { continue };
        let since = i64::from((*decided - *injured).get_days()) / 365;
        for found in THEN_AGED.captures_iter(text.text) {
            let Some(age) = found.name("age") else { continue };
            let Ok(then) = age.as_str().parse::<i64>() else { continue };
            if is_of_claimant(text, age.range().into())
                && (then + since - known).abs() > 1
            {
                findings.push(other_birth(input, text, age.range().into(), known));
            }
        }
    }
}

/// Whether words are the letter's own, and of nobody's relative.
fn is_of_claimant(text: &FieldText<'_>, words: TextRange) -> bool {
    let Some(sentence) = text.sentence_around(words.start) else { return false };
    let before = &text.text[sentence.start..words.start];
    !text.is_quoted(words) && !RELATIVE.is_match(before)
}

pattern!(
    RELATIVE,
    r"\b(?:husband|wife|spouse|sons?|daughters?|mother|father|brother|sister|child|children)\b"
);

fn other_birth(
    input: &Input<'_>,
    text: &FieldText<'_>,
    words: TextRange,
    known: i64,
) -> Finding {
    let message = format!(
        "{} says {}, which does not come to \"Claimant's age\", {known}",
        capitalized(&text.name(input)),
        &text.text[words]
    );
    text.finding(words, message, "Correct the text or the age")
        .with_severity(Severity::Warning)
        .also_at(FieldPath::new("claimant.age", &[]))
}

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
        format!("but elsewhere {known}")
    };
    let message = format!(
        "{} says the claimant is {} years old, {clause}",
        age.place(input),
        age.is
    );
    let hint = "Correct the text or the age";
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
    fn nobody_is_thousands_of_years_old() {
        for (age, expected) in [("47", 0), ("104", 0), ("5147", 1)] {
            let found = findings("L041", &[("claimant.age", age)], |_| ());
            let found =
                found.iter().filter(|(_, found)| found.message.contains("Nobody"));
            assert_eq!(found.count(), expected, "{age}");
        }
    }

    #[test]
    fn ages_of_another_day_come_to_the_same() {
        for (summary, expected) in [
            ("He was 40 years old at the time of the injury.", &[][..]),
            ("He was 30 years old at the time of the injury.", &["30"]),
            ("Born in 1968, he works as a driver.", &[]),
            ("Born in 1950, he works as a driver.", &["1950"]),
            ("His daughter was born in 2001.", &[]),
        ] {
            crate::check::tests::speaks_of("L041", summary, expected);
        }
    }

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
