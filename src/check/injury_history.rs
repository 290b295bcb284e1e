//! What reaches back before the injury.

use jiff::civil::Date;

use super::input::FieldText;
use super::quantities::value;
use super::wording::capitalized;
use super::{Finding, Findings, Input, Reads, Rule};
use crate::diagnostic::{Severity, TextRange};
use crate::letter::{FieldPath, parse_date, us_date};
use crate::template::Family;

pub(super) const RULES: &[Rule] = &[Rule {
    id: "L034",
    reads: &[Reads::Prose],
    name: "before-injury",
    severity: Severity::Warning,
    family: Family::Dates,
    summary: "No pain and no record is older than the injury",
    help: "A symptom that is older than the injury, or a note from before it, is a \
        typing slip or another injury. Sentences about history, prior treatment or \
        guidelines are skipped.",
    find: before_the_injury,
    ..Rule::DEFAULT
}];

/// A number of weeks, months or years.
macro_rules! length {
    ($number:literal, $unit:literal) => {
        concat!(
            r"(?:the\s+)?(?:last |past |about |approximately |some |over |more than ",
            r"|at least |nearly |almost |around |roughly |an? )*",
            r"(?P<",
            $number,
            r">\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen",
            r"|eighteen|twenty-four|twenty|thirty)",
            r"(?: |-|\s)\s*(?P<",
            $unit,
            r">weeks?|months?|years?)\b"
        )
    };
}

macro_rules! complaint {
    () => {
        r"\b(?:pain|symptoms|symptomatic|complaints|numbness|radiculopathy|discomfort)"
    };
}

pattern!(
    /// "Pain for two years", "pain of two years' duration", "two years of pain", "for two
    /// years he has had pain", "the injury two years ago".
    DURATION,
    complaint!(),
    r"\s+(?:(?:that |which )?(?:has|have) (?:lasted|persisted|continued",
    r"|been (?:present|ongoing))\s+)?",
    r"(?:for|over|during|of|lasting|persisting)\s+",
    length!("n1", "u1"),
    r"|",
    length!("n2", "u2"),
    r"(?:'s?)? (?:history )?of (?:\w+[ -]){0,4}?(?:pain|symptoms|complaints)\b",
    r"|\bfor ",
    length!("n3", "u3"),
    r",? (?:he|she|they|the [a-z ]{4,16}) (?:has|have|had) (?:had|suffered|experienced)? ?",
    r"(?:\w+[ -]){0,4}?(?:pain|symptoms)\b",
    r"|\b(?:injur(?:y|ed)|accident|fell|slipped|hurt)\b[^.;]{0,40}? ",
    length!("n4", "u4"),
    r" ago\b",
    r"|\bsince (?:the|this|his|her|their) (?:\w+ )?(?:injury|accident|incident|fall),? ",
    r"[^.;]{0,60}? for ",
    length!("n5", "u5")
);
pattern!(
    /// What makes an early date or a long time right in any sentence.
    BEFORE_INJURY,
    r"\b(?:prior|previous|previously|history|histories|before|earlier|pre-?existing",
    r"|preexisting|chronic|born|birth|dob|older|remote|different|another|unrelated",
    r"|guidelines?|c\.?c\.?r|9792[.0-9]*|regulations?|mtus|odg|acoem|fda|updated",
    r"|effective|published|study|studies|trial|et al|retrieved|accessed|cumulative",
    r"|continuous|employed|hired|employment|section|version|revised|non-?industrial)\b"
);
pattern!(
    /// What makes an early date right unless the sentence is about this injury's care.
    OTHER_START,
    r"\b(?:past|old|since|ago|injury|injuries|injured|surgery|surgeries|status post|s/p",
    r"|onset|began|started)\b"
);
pattern!(
    /// Care that this injury was given.
    OF_THIS_INJURY,
    r"\b(?:therapy|treatments?|medications?|care|visits?|injections?|x-rays?|imaging|mri",
    r"|treated|seen|evaluated|examined)\b",
    r"[^.;]{0,50}\b(?:for|of|after|following|due to|because of) ",
    r"(?:this|the|his|her|their|said|that) (?:\w+ )?(?:injury|accident|fall|incident)\b",
    r"|^\W*(?:after|following|since) (?:this|the|his|her|their) (?:\w+ )?",
    r"(?:injury|accident|fall|incident),? [^.;]{0,30}\b(?:seen|treated|evaluated|examined)\b"
);
pattern!(
    /// A month without its day.
    MONTH,
    r"\b(?:in|since|of|from) (?P<month>(?:january|february|march|april|may|june|july|august",
    r"|september|october|november|december),? (?P<year>(?:19|20)\d{2}))\b"
);

pattern!(
    /// What binds a length of time to this injury, whatever history is spoken of.
    SINCE_INJURY,
    r"\bsince (?:the|this|his|her|their) (?:\w+ )?(?:injury|accident|incident|fall)\b"
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
            let is_before = BEFORE_INJURY.is_match(words);
            if is_before && !SINCE_INJURY.is_match(words) {
                continue;
            }
            let is_early = !OTHER_START.is_match(words) || OF_THIS_INJURY.is_match(words);
            let date =
                early_date(text, sentence, injured).filter(|_| is_early && !is_before);
            let found = match date {
                Some(date) => Some((date, text.text[date].to_owned())),
                None => match long_duration(words, injured, decided) {
                    Some(words) => {
                        let range = words + sentence.start;
                        Some((range, format!("\"{}\"", &text.text[range])))
                    }
                    None => None,
                },
            };
            if let Some((range, what)) = found {
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
        "{} mentions {what}, which goes back to before the injury ({})",
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
    // Of this injury's care, a month says as much.
    let words = &text.text[sentence];
    let found = MONTH.captures(words).filter(|_| OF_THIS_INJURY.is_match(words))?;
    let month = found.name("month")?;
    let name = month.as_str().split([' ', ',']).next()?;
    let day = parse_date(&format!("{name} 1 {}", found.name("year")?.as_str()))?;
    let is_early = (day.year(), day.month()) < (injured.year(), injured.month());
    is_early.then(|| TextRange::from(month.range()) + sentence.start)
}

/// The words with which a sentence says that something lasts longer than the injury can.
fn long_duration(words: &str, injured: Date, decided: Date) -> Option<TextRange> {
    let found = DURATION.captures(words)?;
    let group = |name: &str| found.name(name).map(|group| group.as_str());
    let numbers = ["n1", "n2", "n3", "n4", "n5"].into_iter().find_map(group)?;
    let unit = ["u1", "u2", "u3", "u4", "u5"]
        .into_iter()
        .find_map(group)?
        .to_lowercase();
    let number = i64::from(value(numbers)?);
    let days = match unit.trim_end_matches('s') {
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
            (
                "His pain has been present for ten years.",
                &["pain has been present for ten years"],
            ),
            ("He has had pain for ten years since the injury.", &["pain for ten years"]),
            ("He reports ten years of low back pain.", &["ten years of low back pain"]),
            (
                "Since this injury he was treated for over eighteen years.",
                &["Since this injury he was treated for over eighteen years"],
            ),
            ("He was injured ten years ago.", &["injured ten years ago"]),
            ("He was injured four years ago.", &[]),
            ("He has a ten-year history of back pain.", &[]),
            (
                "He has a ten-year history of back pain since the injury.",
                &["a ten-year history of back pain"],
            ),
            ("He was treated for the injury on 3/1/2009.", &["3/1/2009"]),
            ("Physical therapy for this injury began on 3/1/2009.", &["3/1/2009"]),
            ("After the injury he was first seen on 3/1/2009.", &["3/1/2009"]),
            ("He was treated for this injury in February 2009.", &["February 2009"]),
            ("He was treated for the neck in February 2009.", &[]),
            ("He was hired on 3/1/2000 and had no pain until the injury.", &[]),
            ("Surgery of the injury was on 3/1/2009.", &[]),
        ] {
            speaks_of("L034", summary, expected);
        }
    }
}
