//! The claimant's age: the same throughout the letter.

use std::collections::BTreeMap;

use super::input::FieldText;
use super::person::{AGED, Claim, is_of_now, prose};
use super::quantities::value;
use super::wording::capitalized;
use super::{Finding, Findings, Input};
use crate::diagnostic::{Change, Severity, TextRange};
use crate::letter::{FieldPath, age_on, us_date};

pattern!(
    IS_AGED,
    r"\b(?:patient|claimant|applicant|worker|employee) is (?:a |an |now )*",
    r"(?P<age>\d{2,3})[- ]years?[- ](?:old|of age)\b",
    r"|\b(?:patient|claimant|applicant|worker|employee),? aged? (?P<aged>\d{2,3})\b"
);
pattern!(
    /// "The claimant is fifty-four years old", "a fifty-four-year-old man".
    IN_WORDS,
    r"\b(?P<who>(?:patient|claimant|applicant|worker|employee|he|she) is (?:now )?)?",
    r"(?P<age>(?P<tens>twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)",
    r"(?:[- ](?P<ones>one|two|three|four|five|six|seven|eight|nine))?)",
    r"(?:[- ]year[- ]old(?:,? [a-z-]+){0,3}? (?:male|female|man|woman|gentleman|lady|patient",
    r"|claimant|applicant|worker|employee)|(?P<years>[- ]years (?:old|of age)))\b"
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
        for decade in prose(input).flat_map(decades_in) {
            let is_outside = decade.is > most || decade.is + 9 < least;
            // "In his twenties he had surgery" tells of another time.
            if is_outside && !decade.text.starts_sentence(decade.range.start) {
                let message = format!(
                    "{} says \"{}\", but \"{}\" is {range}",
                    decade.place(input),
                    &decade.text.text[decade.range],
                    place.field.label
                );
                let hint = "Correct the text or the age range";
                let finding = decade.text.finding(decade.range, message, hint);
                findings.push(finding.also_at(place.path.clone()));
            }
        }
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
    /// "In her fifties".
    DECADE,
    r"\bin (?:his|her|their) (?:early |mid |mid-|late )?",
    r"(?P<tens>twent|thirt|fort|fift|sixt|sevent|eight|ninet)ies\b"
);

/// Ages that a text gives by their decade, by the first year of it.
fn decades_in<'i>(text: &'i FieldText<'i>) -> Vec<Claim<'i, u32>> {
    const BEGINNINGS: [&str; 8] =
        ["twent", "thirt", "fort", "fift", "sixt", "sevent", "eight", "ninet"];
    let mut claims = Vec::new();
    for found in DECADE.captures_iter(text.text) {
        let (Some(whole), Some(tens)) = (found.get(0), found.name("tens")) else {
            continue;
        };
        let range = TextRange::from(whole.range());
        let small = tens.as_str().to_lowercase();
        for (ten, beginning) in (2..).zip(BEGINNINGS) {
            if small == beginning && is_of_claimant(text, range) {
                claims.push(Claim { text, range, is: ten * 10 });
            }
        }
    }
    claims
}

pattern!(
    /// "45 years old at the time of the injury".
    THEN_AGED,
    r"\b(?P<age>\d{2,3})(?:[- ]years?[- ]old|[- ]*y/?\.?o\.?|)(?: \w+){0,3}?,? at the time of ",
    r"(?:the |his |her |this )?(?:\w+ )?(?:injury|accident|incident)\b"
);
pattern!(
    /// "At age 35 he was injured."
    THEN_INJURED,
    r"\bat (?:the )?age (?:of )?(?P<age>\d{2,3}),? (?:he|she|they) (?:was|were|got) ",
    r"(?:\w+ )?(?:injured|hurt)\b"
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
        let stated = THEN_AGED.captures_iter(text.text);
        for found in stated.chain(THEN_INJURED.captures_iter(text.text)) {
            let Some(age) = found.name("age") else { continue };
            let Ok(then) = age.as_str().parse::<i64>() else { continue };
            let born = input.letter.claimant.birth_date.understood();
            let by_birth = born.and_then(|born| age_on(*born, *injured)).map(i64::from);
            let is_wrong = match by_birth {
                Some(exactly) => then != exactly,
                None => (then + since - known).abs() > 1,
            };
            if is_wrong && is_of_claimant(text, age.range().into()) {
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

/// The age of the form, against the one that the birth date comes to.
pub(super) fn compare_birth(input: &Input<'_>, findings: &mut Findings) {
    let claimant = &input.letter.claimant;
    let (Some(&birth), Some(&entered)) =
        (claimant.birth_date.understood(), claimant.age.understood())
    else {
        return;
    };
    let Some((age, when)) = age_by_birth(input) else {
        let path = FieldPath::new("claimant.birth_date", &[]);
        let message = format!("The claimant cannot be born on {}", us_date(birth));
        return findings.push(Finding::new(path, message, "Check the year"));
    };
    // The age may be that of the first visit, a year or two before the decision.
    let severity = match age.abs_diff(entered) {
        0 => return,
        1 => Severity::Warning,
        _ => Severity::Error,
    };
    let field = FieldPath::new("claimant.age", &[]);
    let message = format!(
        "\"Claimant's age\" is {entered}, but by the birth date it is {age} {when}"
    );
    let finding =
        Finding::new(field.clone(), message, "Correct the age or the birth date")
            .with_severity(severity)
            .also_at(FieldPath::new("claimant.birth_date", &[]));
    let label = format!("Change \"Claimant's age\" to {age}");
    findings.push(finding.with_change(label, &field, Change::Whole(age.to_string())));
}

/// The age that the birth date comes to at the decision or, as long as its day is not
/// known, today.
fn age_by_birth(input: &Input<'_>) -> Option<(u32, &'static str)> {
    let age = input.letter.age_by_birth(input.order.today)?;
    let is_decided = input.letter.case.decision_date.understood().is_some();
    Some((age, if is_decided { "at the decision" } else { "today" }))
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
    // By their places, because several patterns can find one statement.
    let mut by_place = BTreeMap::new();
    let found = AGED.captures_iter(text.text).chain(IS_AGED.captures_iter(text.text));
    for statement in found {
        let age = statement.name("age").or_else(|| statement.name("aged"));
        let (Some(whole), Some(age)) = (statement.get(0), age) else { continue };
        let Ok(is @ 14..=110) = age.as_str().parse::<u32>() else { continue };
        if is_of_now(text, whole.range().into()) {
            let range = age.range().into();
            by_place.insert(age.start(), Claim { text, range, is });
        }
    }
    for statement in IN_WORDS.captures_iter(text.text) {
        let (Some(whole), Some(age)) = (statement.get(0), statement.name("age")) else {
            continue;
        };
        // "Men of fifty years of age" are not the claimant.
        let is_of_claimant =
            statement.name("years").is_none() || statement.name("who").is_some();
        if is_of_claimant && is_of_now(text, whole.range().into()) {
            let is = value(age.as_str()).unwrap_or_default();
            by_place.insert(age.start(), Claim { text, range: age.range().into(), is });
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
            ("At age 30 he was injured at work.", &["30"]),
            ("At age 40 he was injured at work.", &[]),
            ("The claimant is fifty-four years of age.", &["fifty-four"]),
            ("A sixty year old man hurt his back.", &["sixty"]),
            ("He is as strong as men of sixty years of age.", &[]),
            ("The patient, aged 54, lives alone.", &["54"]),
            ("Born in 1968, he works as a driver.", &[]),
            ("Born in 1950, he works as a driver.", &["1950"]),
            ("His daughter was born in 2001.", &[]),
        ] {
            crate::check::tests::speaks_of("L041", summary, expected);
        }
    }

    #[test]
    fn the_age_comes_from_the_birth_date() {
        for (birth, expected) in [
            ("11/03/1968", &[][..]),
            ("06/01/1967", &[Severity::Warning]),
            ("06/01/1958", &[Severity::Error]),
            ("06/01/1868", &[Severity::Error]),
            ("", &[]),
        ] {
            let born = [("claimant.birth_date", birth)];
            let found = findings("L041", &born, |_| ());
            let severities: Vec<Severity> =
                found.iter().map(|found| found.1.severity).collect();
            assert_eq!(severities, expected, "{birth}");
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
