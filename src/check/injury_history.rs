//! What reaches back before the injury.

use jiff::civil::Date;

use super::input::FieldText;
use super::quantities::value;
use super::wording::capitalized;
use super::{Finding, Findings, Input, Rule};
use crate::diagnostic::{Severity, TextRange};
use crate::letter::{FieldPath, us_date};
use crate::template::Family;

pub(super) const RULES: &[Rule] = &[Rule {
    id: "L034",
    name: "before-injury",
    severity: Severity::Warning,
    family: Family::Dates,
    summary: "No symptom or record predates the injury",
    help: "A symptom or record from before the injury is a typo or belongs to another \
        injury. Ignores sentences about history, prior treatment or guidelines.",
    find: before_the_injury,
    ..Rule::DEFAULT
}];

pattern!(
    DURATION,
    r"\b(?:pain|symptoms|symptomatic|complaints|numbness|radiculopathy|discomfort)\s+",
    r"(?:that (?:has|have) (?:lasted|persisted)\s+)?(?:for|over|during)\s+(?:the\s+)?",
    r"(?:last |past |about |approximately |some |over |more than |at least |nearly ",
    r"|almost )*",
    r"(?P<number>\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)",
    r"\s+(?P<unit>weeks?|months?|years?)\b"
);
pattern!(
    BEFORE_INJURY,
    r"\b(?:prior|previous|previously|history|histories|before|earlier|pre-?existing",
    r"|preexisting|chronic|born|birth|dob|past|old|older|remote|different|another|since",
    r"|ago|guidelines?|c\.?c\.?r|9792[.0-9]*|regulations?|mtus|odg|acoem|fda|updated",
    r"|effective|published|study|studies|trial|et al|retrieved|accessed|injury|injuries",
    r"|injured|surgery|surgeries|status post|s/p|cumulative|continuous|onset|employed",
    r"|hired|employment|began|started|section|version|revised)\b"
);

fn before_the_injury(input: &Input<'_>, findings: &mut Findings) {
    let case = &input.letter.case;
    let (Some(&injured), Some(&decided)) =
        (case.date_of_injury.understood(), case.decision_date.understood())
    else {
        return;
    };
    for text in input.prose() {
        for &sentence in text.sentences() {
            if text.quotations().iter().any(|quoted| quoted.overlaps(sentence)) {
                continue;
            }
            let words = &text.text[sentence];
            let found = match early_date(text, sentence, injured) {
                Some(date) => Some((date, text.text[date].to_owned())),
                None => match long_duration(words, injured, decided) {
                    Some(words) => {
                        let range = words + sentence.start;
                        Some((range, format!("\"{}\"", &text.text[range])))
                    }
                    None => None,
                },
            };
            if let Some((range, what)) = found
                && !BEFORE_INJURY.is_match(words)
            {
                findings.push(finding(input, text, range, &what, injured));
            }
        }
    }
}

fn finding(
    input: &Input<'_>,
    text: &FieldText<'_>,
    range: TextRange,
    what: &str,
    injured: Date,
) -> Finding {
    let message = format!(
        "{} mentions {what}, which is before the injury ({})",
        capitalized(&text.name(input)),
        us_date(injured)
    );
    let hint = "Check the date, or say that it was before the injury";
    let finding = text.finding(range, message, hint);
    finding.also_at(FieldPath::new("case.date_of_injury", &[]))
}

/// The first date of a sentence that is before the injury.
fn early_date(
    text: &FieldText<'_>,
    sentence: TextRange,
    injured: Date,
) -> Option<TextRange> {
    for written in text.dates() {
        if sentence.contains(written.range)
            && written.day.is_some_and(|day| day < injured)
        {
            return Some(written.range);
        }
    }
    None
}

/// The words with which a sentence says that something lasts longer than the injury can.
fn long_duration(words: &str, injured: Date, decided: Date) -> Option<TextRange> {
    let found = DURATION.captures(words)?;
    let number = i64::from(value(found.name("number")?.as_str())?);
    let days = match found.name("unit")?.as_str().to_lowercase().trim_end_matches('s') {
        "week" => 7,
        "month" => 30,
        _ => 365,
    };
    let since = i64::from((decided - injured).get_days());
    // "Three months" are said of ten weeks as well: half as much again, and a month, are
    // nobody's mistake.
    let is_long = number * days > since * 3 / 2 + 30;
    is_long.then_some(found.get(0)?.range().into())
}

#[cfg(test)]
mod tests {
    use crate::check::tests::speaks_of;

    #[test]
    fn symptoms_older_than_the_injury_are_reported() {
        for (summary, expected) in [
            ("On 3/1/2009 he was seen for low back pain.", &["3/1/2009"][..]),
            ("He has a history of pain, seen 3/1/2009.", &[]),
            ("He was seen on 3/27/2009.", &[]),
            ("He has had pain for 10 months.", &[]),
            ("He has had pain for ten years.", &["pain for ten years"]),
            ("He has had chronic pain for ten years.", &[]),
        ] {
            speaks_of("L034", summary, expected);
        }
    }
}
