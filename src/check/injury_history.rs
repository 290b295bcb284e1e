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
            r"|eighteen|twenty-four|twenty|thirty|an?)",
            r"(?: |-|\s)\s*(?P<",
            $unit,
            r">weeks?|months?|years?)\b"
        )
    };
}

macro_rules! complaint {
    () => {
        concat!(
            r"\b(?:pain|symptoms|symptomatic|complaints|numbness|radiculopathy|discomfort",
            r"|hurts?|ach(?:es|ed)|painful|headaches|stiffness|weakness)"
        )
    };
}

pattern!(
    /// "Pain for two years", "pain of two years' duration", "two years of pain", "for two
    /// years he has had pain", "the injury two years ago", "pain began two years ago".
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
    length!("n5", "u5"),
    r"|",
    complaint!(),
    r"(?: first)? (?:began|started|arose|appeared|developed)(?: about| some| over)? ",
    length!("n6", "u6"),
    r" ago\b"
);
pattern!(
    /// "Pain since 2011."
    SINCE_YEAR,
    complaint!(),
    r"[^.;]{0,30}? since (?P<year>(?:(?:january|february|march|april|may|june|july|august",
    r"|september|october|november|december),? )?(?P<number>(?:19|20)\d{2}))\b"
);
pattern!(
    /// What makes an early date or a long time right in any sentence.
    BEFORE_INJURY,
    r"\b(?:prior|previous|previously|history|histories|before|earlier|pre-?existing",
    r"|preexisting|chronic|born|birth|dob|older|remote|different|another|unrelated",
    r"|guidelines?|c\.?c\.?r|9792[.0-9]*|regulations?|mtus|odg|acoem|fda|updated",
    r"|effective|published|study|studies|trial|et al|retrieved|accessed|cumulative",
    r"|continuous|employed|hired|employment|section|version|revised|non-?industrial",
    r"|resolved|twenties|thirties|forties|teens?|teenager|childhood|high school|college",
    r"|military|migraines?|diabetes|diabetic)\b"
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
    r"\b(?:therapy|acupuncture|treatments?|medications?|care|visits?|injections?|x-rays?",
    r"|imaging|mri|sessions?|splint|brace|treated|seen|saw|evaluated|examined|injected",
    r"|off work|disabled|referred|prescribed|hospitalized)\b",
    r"[^.;]{0,50}\b(?:for|of|from|after|following|due to|because of|caused by) ",
    r"(?:this|the|his|her|their|said|that) (?:\w+ )?(?:injury|accident|fall|incident)\b",
    r"|\b(?:surgery|operated|operation|arthroscopy|fusion|repair|release|procedure)\b",
    r"[^.;]{0,30}\b(?:for|following|due to|because of) ",
    r"(?:this|the|his|her|their|said|that) (?:\w+ )?(?:injury|accident|fall|incident)\b",
    r"|\b(?:this|the) (?:\w+ )?injury (?:was|has been) (?:first |initially )?",
    r"(?:treated|evaluated|seen|operated)\b",
    r"|^\W*(?:after|following|since) (?:this|the|his|her|their) (?:\w+ )?",
    r"(?:injury|accident|fall|incident),? [^.;]{0,30}\b(?:seen|treated|evaluated|examined)\b"
);
pattern!(
    /// A month without its day.
    IN_FIGURES,
    r"(?:^|[ (])(?P<month>(?P<number>0?[1-9]|1[0-2])/(?P<year>(?:19|20)\d{2}))\b"
);
pattern!(
    /// The same with its name.
    MONTH,
    r"\b(?:in|since|of|from) (?P<month>(?:january|february|march|april|may|june|july|august",
    r"|september|october|november|december),? (?P<year>(?:19|20)\d{2}))\b"
);

pattern!(
    /// What binds a length of time to this injury, whatever history is spoken of.
    SINCE_INJURY,
    r"\b(?:since|due to|because of|caused by|from|after|following|at the time of) ",
    r"(?:the|this|his|her|their) (?:\w+ )?(?:injury|accident|incident|fall)\b"
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
            let date = early_date(text, sentence, injured)
                .filter(|_| is_early)
                .or_else(|| early_year(text, sentence, injured))
                .filter(|_| !is_before);
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
    if !OF_THIS_INJURY.is_match(words) {
        return None;
    }
    let found = MONTH.captures(words).or_else(|| IN_FIGURES.captures(words))?;
    let (month, year) = (found.name("month")?, found.name("year")?.as_str());
    let name = month.as_str().split([' ', ',']).next()?;
    let day = match found.name("number") {
        Some(number) => parse_date(&format!("{}/1/{year}", number.as_str()))?,
        None => parse_date(&format!("{name} 1 {year}"))?,
    };
    let is_early = (day.year(), day.month()) < (injured.year(), injured.month());
    is_early.then(|| TextRange::from(month.range()) + sentence.start)
}

/// The year since which something hurts, if the injury was in a later one.
fn early_year(
    text: &FieldText<'_>,
    sentence: TextRange,
    injured: Date,
) -> Option<TextRange> {
    let found = SINCE_YEAR.captures(&text.text[sentence])?;
    let year: i16 = found.name("number")?.as_str().parse().ok()?;
    let range = TextRange::from(found.name("year")?.range()) + sentence.start;
    (year < injured.year()).then_some(range)
}

/// The words with which a sentence says that something lasts longer than the injury can.
fn long_duration(words: &str, injured: Date, decided: Date) -> Option<TextRange> {
    let found = DURATION.captures(words)?;
    let group = |name: &str| found.name(name).map(|group| group.as_str());
    let numbers = ["n1", "n2", "n3", "n4", "n5", "n6"].into_iter().find_map(group)?;
    let unit = ["u1", "u2", "u3", "u4", "u5", "u6"]
        .into_iter()
        .find_map(group)?
        .to_lowercase();
    // "Over a year."
    let number = i64::from(value(numbers).unwrap_or(1));
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

    #[test]
    fn whatever_was_done_for_the_injury_came_after_it() {
        for (summary, expected) in [
            ("He underwent surgery for this injury on 3/1/2009.", &["3/1/2009"][..]),
            ("Acupuncture for this injury was begun on 3/1/2009.", &["3/1/2009"]),
            ("The injury was treated with a splint from 02/2009 on.", &["02/2009"]),
            ("The knee has hurt for over a year.", &[]),
            ("The knee has hurt for over a decade, and for six years.", &[]),
            ("The symptoms began ten years ago.", &["symptoms began ten years ago"]),
            ("He has been in pain since 2007.", &["2007"]),
            ("He has been in pain since 2009.", &[]),
            (
                "He reports a ten-year history of pain due to the injury.",
                &["a ten-year history of pain"],
            ),
            ("He had neck pain for ten years in his twenties, which resolved.", &[]),
        ] {
            speaks_of("L034", summary, expected);
        }
    }
}
