//! Dates within the summary and the rationales, against each other and against the header
//! of the case.

use std::ops::Range;

use super::date_reader::{Written, dates};
use super::text::{is_within, quotations, sentences};
use super::wording::{place, sentence};
use super::{Finding, Input};
use crate::diagnostic::Severity;
use crate::letter::{FieldPath, us_date};
use jiff::civil::Date;

// What leads up to a date that is said to be the injury's.
pattern!(
    DATE_OF_INJURY,
    r"(?:date of (?:the |his |her )?(?:industrial |work |occupational |work-related )?injury|injury date|\bDOI)",
    r"\s*(?:\((?:DOI|D/I)\))?\s*(?:is|was|of|on|:|,|-|listed as|stated as|reported as)?\s*(?:of |on )?\(?$"
);
pattern!(
    INJURED,
    r"(?:(?:industrial|work|occupational|job|employment)[- ]*(?:related )?(?:injury|injuries|claim|accident|incident)(?: claim)?(?: date)?",
    r"|(?:sustained|suffered|incurred) (?:[a-z-]+ ){0,5}?(?:injury|injuries|accident)(?: to (?:the|his|her) [a-z ,]{1,60}?)?|(?:was|were) (?:industrially )?injured(?: at work)?)",
    r"\s*(?:\(DOI\))?,?\s*(?:(?:that |which )?(?:occurred|occurring|took place) )?(?:from|of|on|dated)?\s*\(?$"
);
pattern!(
    THEN_INJURED,
    r"^,?\s*(?:(?:the|this|he|she|while)\b[a-z ]{0,40}? )?(?:sustained|suffered) (?:an? )?(?:industrial|work|occupational|work-related) "
);
pattern!(
    OTHER_INJURY,
    r"\b(?:prior|previous|previously|earlier|another|second|third|subsequent|non-?industrial|old injur[a-z]+|past|different|separate|additional|new|first report|report of)\b"
);

// What leads up to a date that is said to be the utilization review's.
pattern!(
    REVIEWED,
    r"(?:(?:utilization review|\bUR)(?: \((?:UR|[a-z ]+)\))?(?: (?:report|determination|decision|letter|form|documentation|denial|notice|physician))*",
    r"(?:,? (?:dated|on|of|from|with an? (?:decision )?date of))?,?\s*\(?",
    r"|(?:utilization review|\bUR)(?: \([a-z ]+\))? (?:denied|non-?certified|modified)(?: certification| it| the request)? on ",
    r"|\b(?:prior|previous|original) (?:review|determination)(?: dated| on| of)? |\bpreviously (?:reviewed|denied|non-?certified) on )$"
);
pattern!(REVIEWED_BY, r"reviewed by (?:the )?(?:utilization review|UR)\b");
pattern!(
    THEN_REVIEWED,
    r"^\)?,?\s*(?:the |a )?(?:original |prior )?(?:utilization review|UR)\b(?: \(UR\))?(?: \w+)? (?:non-?certified|denied|modified|determined|did not|partially|approved|failed)",
    r"|^\)?,?\s*(?:the |a )?requests? (?:for [^.;]*\b)?(?:was|were) (?:denied|non-?certified|modified|not certified) by (?:the )?utilization review"
);

/// L031: the injury's date in the text against the header's. Where one of several agrees,
/// the others are other injuries.
pub(super) fn injury(input: &Input<'_>) -> Vec<Finding> {
    let case = &input.letter.case;
    let Some(&known) = case.date_of_injury.understood() else { return Vec::new() };
    let last = case.date_of_injury_end.understood().copied().unwrap_or(known);
    let agrees = |day: Date| known <= day && day <= last;
    let stated = stated(input, says_injury);
    let is_agreed = stated.iter().any(|stated| agrees(stated.day));
    let in_summary: Vec<&Stated<'_>> =
        stated.iter().filter(|stated| stated.is_in_summary()).collect();
    let is_agreed_in_summary = in_summary
        .iter()
        .any(|stated| agrees(stated.day) || stated.has_agreeing_neighbour(agrees));
    // A text that agrees somewhere is only held to what it calls the date of injury.
    let differing = |stated: &&Stated<'_>| {
        let is_excused =
            if stated.is_in_summary() { is_agreed_in_summary } else { is_agreed };
        !agrees(stated.day) && (!is_excused || stated.is_named)
    };
    let mut told: Vec<&FieldPath> = Vec::new();
    let mut findings = Vec::new();
    for stated in stated.iter().filter(differing) {
        // One wrong date is told once for each text.
        if told.contains(&&stated.path) {
            continue;
        }
        told.push(&stated.path);
        let is_sure = stated.is_in_summary() && !is_agreed_in_summary;
        let weight = if is_sure { Severity::Error } else { Severity::Warning };
        findings.push(
            stated
                .differs("the injury", "Date of injury", "case.date_of_injury", known)
                .weighing(weight),
        );
    }
    findings
}

/// L032: the utilization review's date in the text against the header's.
pub(super) fn utilization_review(input: &Input<'_>) -> Vec<Finding> {
    let Some(&known) = input.letter.case.ur_denial_date.understood() else {
        return Vec::new();
    };
    let stated = stated(input, says_review);
    // A case can have several reviews; the one in dispute is among them, and the summary
    // is where it is told.
    let agrees = |stated: &Stated<'_>| stated.day == known;
    if stated.iter().any(|stated| stated.is_in_summary() && agrees(stated)) {
        return Vec::new();
    }
    let is_agreed = stated.iter().any(agrees);
    let first =
        stated
            .iter()
            .find(|stated| stated.is_in_summary() || !is_agreed)
            .map(|stated| {
                stated.differs(
                    "the utilization review",
                    "UR denial date",
                    "case.ur_denial_date",
                    known,
                )
            });
    first.into_iter().collect()
}

/// A date that a text gives to an event.
struct Stated<'a> {
    path: FieldPath,
    text: &'a str,
    place: String,
    written: Written,
    day: Date,
    /// Whether the text says in so many words that it is the event's date.
    is_named: bool,
}

impl Stated<'_> {
    fn is_in_summary(&self) -> bool {
        self.path.as_str() == "summary"
    }

    fn differs(&self, event: &str, label: &str, header: &str, known: Date) -> Finding {
        let words = &self.text[self.written.bytes.clone()];
        let message = format!(
            "{} dates {event} {words}, and \"{label}\" is {}",
            sentence(&self.place),
            us_date(known)
        );
        let hint = "Correct whichever of the two is wrong";
        let in_text = self.written.style.write(known);
        let header = FieldPath::new(header, &[]);
        let finding =
            Finding::at(&self.path, self.text, self.written.bytes.clone(), message, hint)
                .and(header.clone());
        finding.reworded(format!("Write {in_text} here"), in_text).fixed(
            format!("Change \"{label}\" to {}", us_date(self.day)),
            &header,
            crate::diagnostic::Change::Whole(us_date(self.day)),
        )
    }

    /// Whether it opens a range or a list with a date that agrees: "on 10/10/2016 and
    /// 10/18/2016".
    fn has_agreeing_neighbour(&self, agrees: impl Fn(Date) -> bool) -> bool {
        const NEAR: usize = 25;
        let near = |other: &Written| {
            other.bytes.start.abs_diff(self.written.bytes.end) <= NEAR
                || other.bytes.end.abs_diff(self.written.bytes.start) <= NEAR
        };
        dates(self.text)
            .iter()
            .any(|other| near(other) && other.day.is_some_and(&agrees))
    }
}

/// What stands around a date in its sentence.
struct Around<'a> {
    before: &'a str,
    behind: &'a str,
    /// Whether another date stands in the sentence.
    is_among_others: bool,
}

/// Whether a sentence gives a date to an event; whether it says so by the event's name.
type Says = fn(&Around<'_>) -> Option<bool>;

fn says_injury(around: &Around<'_>) -> Option<bool> {
    if OTHER_INJURY.is_match(around.before) {
        return None;
    }
    let is_named = DATE_OF_INJURY.is_match(around.before);
    let is_opening = is_opening(around.before) && THEN_INJURED.is_match(around.behind);
    (is_named || INJURED.is_match(around.before) || is_opening).then_some(is_named)
}

fn says_review(around: &Around<'_>) -> Option<bool> {
    if REVIEWED_BY.is_match(around.before) {
        return None;
    }
    let is_opening = is_opening(around.before)
        && !around.is_among_others
        && THEN_REVIEWED.is_match(around.behind);
    (REVIEWED.is_match(around.before) || is_opening).then_some(true)
}

fn is_opening(before: &str) -> bool {
    matches!(
        before
            .trim_end()
            .trim_end_matches('(')
            .trim_end()
            .to_lowercase()
            .as_str(),
        "on" | "dated" | ""
    )
}

fn stated<'a>(input: &Input<'a>, says: Says) -> Vec<Stated<'a>> {
    let mut found = Vec::new();
    for (field, path, text) in input.prose() {
        let (all, quoted) = (dates(text), quotations(text));
        let sentences = if all.is_empty() { Vec::new() } else { sentences(text) };
        for range in sentences {
            for written in all
                .iter()
                .filter(|written| is_within(&written.bytes, std::slice::from_ref(&range)))
            {
                let Some(day) =
                    written.day.filter(|_| !is_within(&written.bytes, &quoted))
                else {
                    continue;
                };
                if let Some(is_named) = says(&around(text, &range, written, &all)) {
                    let place = place(input.letter, field, &path);
                    found.push(Stated {
                        path: path.clone(),
                        text,
                        place,
                        written: written.clone(),
                        day,
                        is_named,
                    });
                }
            }
        }
    }
    found
}

fn around<'a>(
    text: &'a str,
    range: &Range<usize>,
    written: &Written,
    all: &[Written],
) -> Around<'a> {
    let is_other = |other: &&Written| {
        *other != written && is_within(&other.bytes, std::slice::from_ref(range))
    };
    Around {
        before: &text[range.start..written.bytes.start],
        behind: &text[written.bytes.end..range.end],
        is_among_others: all.iter().any(|other| is_other(&other)),
    }
}

// What is still to come may stand in a letter with a later date than its own.
pattern!(
    TO_COME,
    r"\b(?:scheduled|until|through|thru|upcoming|will|planned|appointments?|return|expected|anticipated|due|expires?|expiration|next|follow-?up|re-?evaluation|valid|effective|deadline|to be|pending|disabled|disability|off work|restrictions|modified (?:duty|work)|authorized|authorization|approved|certified|hearing)\b"
);

/// L030: dates of the texts that are no day, or that are later than the decision.
pub(super) fn impossible(input: &Input<'_>) -> Vec<Finding> {
    let decided = input.letter.case.decision_date.understood().copied();
    let texts = input.texts().filter(|(_, path, _)| is_written_by_the_reviewer(path));
    let found = texts.flat_map(|(field, path, text)| {
        let written = dates(text).into_iter();
        let place = move |path: &FieldPath| sentence(&place(input.letter, field, path));
        written.filter_map(move |written| {
            impossible_date(&path, text, &place, &written, decided)
        })
    });
    found.collect()
}

/// The summary, titles and rationales; addresses, and what a kind adds, can hold days to
/// come.
fn is_written_by_the_reviewer(path: &FieldPath) -> bool {
    path.as_str() == "summary" || path.as_str().starts_with("items#")
}

fn impossible_date(
    path: &FieldPath,
    text: &str,
    place: &dyn Fn(&FieldPath) -> String,
    written: &Written,
    decided: Option<Date>,
) -> Option<Finding> {
    let words = &text[written.bytes.clone()];
    let at = |message: String, hint: &str| {
        Finding::at(path, text, written.bytes.clone(), message, hint)
    };
    let Some(day) = written.day else {
        return Some(at(
            format!("{} holds {words}, and there is no such day", place(path)),
            "Correct the date",
        ));
    };
    let decided = decided.filter(|&decided| day > decided)?;
    let is_far = day.year() > decided.year() + 1;
    let range = sentences(text)
        .into_iter()
        .find(|range| is_within(&written.bytes, std::slice::from_ref(range)))?;
    if !is_far
        && (TO_COME.is_match(&text[range])
            || is_within(&written.bytes, &quotations(text)))
    {
        return None;
    }
    let message = format!(
        "{} holds {words}, which is later than the decision ({})",
        place(path),
        us_date(decided)
    );
    let finding =
        at(message, "Check the year").and(FieldPath::new("case.decision_date", &[]));
    let years_before = (1..=2).filter_map(|years| {
        jiff::civil::Date::new(decided.year() + 1 - years, day.month(), day.day()).ok()
    });
    let likely = years_before.into_iter().find(|&day| day <= decided);
    Some(match likely.map(|day| written.style.write(day)) {
        Some(words) => finding.reworded(format!("Write {words}"), words),
        None => finding,
    })
}

pattern!(
    DURATION,
    r"\b(?:pain|symptoms|symptomatic|complaints|numbness|radiculopathy|discomfort)\s+(?:that (?:has|have) (?:lasted|persisted)\s+)?(?:for|over|during)\s+(?:the\s+)?(?:last |past |about |approximately |some |over |more than |at least |nearly |almost )*(?P<number>\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+(?P<unit>weeks?|months?|years?)\b"
);
pattern!(
    BEFORE_INJURY,
    r"\b(?:prior|previous|previously|history|histories|before|earlier|pre-?existing|preexisting|chronic|born|birth|dob|past|old|older|remote|different|another|since|ago|guidelines?|c\.?c\.?r|9792[.0-9]*|regulations?|mtus|odg|acoem|fda|updated|effective|published|study|studies|trial|et al|retrieved|accessed|injury|injuries|injured|surgery|surgeries|status post|s/p|cumulative|continuous|onset|employed|hired|employment|began|started|section|version|revised)\b"
);

/// L034: durations and records that reach back behind the injury.
pub(super) fn before_the_injury(input: &Input<'_>) -> Vec<Finding> {
    let case = &input.letter.case;
    let (Some(&injured), Some(&decided)) =
        (case.date_of_injury.understood(), case.decision_date.understood())
    else {
        return Vec::new();
    };
    let reaches_back = |words: &str| {
        early_date(words, injured).or_else(|| long_duration(words, injured, decided))
    };
    let mut findings = Vec::new();
    for (field, path, text) in input.prose() {
        let quoted = quotations(text);
        let is_quoted = |range: &Range<usize>| {
            quoted.iter().any(|q| q.start < range.end && range.start < q.end)
        };
        for range in sentences(text).into_iter().filter(|range| !is_quoted(range)) {
            let words = &text[range.clone()];
            let Some((bytes, what)) =
                reaches_back(words).filter(|_| !BEFORE_INJURY.is_match(words))
            else {
                continue;
            };
            let place = sentence(&place(input.letter, field, &path));
            let message = format!(
                "{place} tells of {what}, which reaches back behind the injury ({})",
                us_date(injured)
            );
            let bytes = range.start + bytes.start..range.start + bytes.end;
            let finding = Finding::at(
                &path,
                text,
                bytes,
                message,
                "Check the date, or say that it was before the injury",
            );
            findings.push(finding.and(FieldPath::new("case.date_of_injury", &[])));
        }
    }
    findings
}

/// A date before the injury, if it is not so long before that it must be another history.
fn early_date(words: &str, injured: Date) -> Option<(Range<usize>, String)> {
    let found = dates(words)
        .into_iter()
        .find(|written| written.day.is_some_and(|day| day < injured))?;
    Some((found.bytes.clone(), words[found.bytes].to_owned()))
}

fn long_duration(
    words: &str,
    injured: Date,
    decided: Date,
) -> Option<(Range<usize>, String)> {
    const NUMBERS: [&str; 12] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    let found = DURATION.captures(words)?;
    let number = found.name("number")?.as_str().to_lowercase();
    let number = number.parse::<i64>().ok().or_else(|| {
        let place = NUMBERS.iter().position(|known| *known == number)?;
        i64::try_from(place + 1).ok()
    })?;
    let days = match found.name("unit")?.as_str().to_lowercase().trim_end_matches('s') {
        "week" => 7,
        "month" => 30,
        _ => 365,
    };
    let since = i64::from((decided - injured).get_days());
    // "Three months" are said of ten weeks as well: half as much again, and a month, are
    // nobody's mistake.
    let is_long = number * days > since * 3 / 2 + 30;
    let whole = found.get(0)?;
    is_long.then(|| (whole.range(), format!("\"{}\"", whole.as_str())))
}

#[cfg(test)]
mod tests {
    use crate::check::cases::{findings, told};
    use crate::diagnostic::{Change, Severity};

    /// The words that a rule speaks of, in the summary.
    fn check(code: &str, summary: &str, expected: &[&str]) {
        let found = findings(code, &[("summary", summary)], |_| ());
        assert_eq!(
            found.iter().map(|(words, _)| words.as_str()).collect::<Vec<_>>(),
            expected,
            "{summary}"
        );
    }

    #[test]
    fn the_injury_has_the_date_of_the_header() {
        for (summary, wrong) in [
            ("A 45 yo male who sustained an industrial injury on 03-26-09.", None),
            (
                "A 45 yo male who sustained an industrial injury on 3-28-09.",
                Some("3-28-09"),
            ),
            ("A man with an industrial injury date of 03/26/2008.", Some("03/26/2008")),
            (
                "A man with a history of an occupational claim from April 26, 2009.",
                Some("April 26, 2009"),
            ),
            (
                "A man with pain associated with an industrial injury of March 27, 2009.",
                Some("March 27, 2009"),
            ),
            ("A man, with a date of injury on 3/26/2010.", Some("3/26/2010")),
            ("Date of injury (DOI): 3/29/2009.", Some("3/29/2009")),
            ("He was injured at work on 3/29/2009.", Some("3/29/2009")),
            (
                "On 3/29/2009, he sustained an industrial injury to the back.",
                Some("3/29/2009"),
            ),
            (
                "He sustained an injury to the neck, and back on 3/29/2009.",
                Some("3/29/2009"),
            ),
            ("He has a prior industrial injury of 3/29/2001.", None),
            ("He sustained injuries on 3/20/2009 and 3/26/2009.", None),
            ("He fell. He was seen on 3/29/2009 for the injury.", None),
            (
                "Sustained an injury on 3/26/2009. He had an industrial injury on 4/2/2009.",
                None,
            ),
            ("The first report of occupational injury dated 3/29/2009 was read.", None),
            ("A 45 year old with an industrial injury of 3/29/2009.", Some("3/29/2009")),
            ("It says \"date of injury 3/29/2009\".", None),
        ] {
            check("L031", summary, wrong.as_slice());
        }
    }

    #[test]
    fn a_wrong_date_is_told_with_both_places_and_mended_either_way() {
        let found = findings(
            "L031",
            &[("summary", "Sustained an industrial injury on 3-28-09.")],
            |_| (),
        );
        let (_, found) = &found[0];
        assert_eq!(
            found.message,
            "\"Clinical case summary\" dates the injury 3-28-09, and \"Date of injury\" \
                is 03/26/2009"
        );
        assert_eq!((found.severity, found.others.len()), (Severity::Error, 1));
        let fixes: Vec<_> = found
            .fixes
            .iter()
            .map(|fix| (fix.label.as_str(), &fix.edits[0].change))
            .collect();
        assert_eq!(
            fixes,
            [
                ("Write 3-26-09 here", &Change::Words((34..41).into(), "3-26-09".into())),
                (
                    "Change \"Date of injury\" to 03/28/2009",
                    &Change::Whole("03/28/2009".into())
                ),
            ]
        );
    }

    #[test]
    fn the_review_has_the_date_of_the_header() {
        for (summary, wrong) in [
            ("The Utilization Review dated 9-16-13 denied it.", None),
            ("The Utilization Review dated 9-12-13 denied it.", Some("9-12-13")),
            (
                "In a utilization review report dated September 12, 2013, it was denied.",
                Some("September 12, 2013"),
            ),
            ("The original utilization review (9-12-13) denied it.", Some("9-12-13")),
            (
                "The original Utilization Review (UR) (9-12-2013) denied it.",
                Some("9-12-2013"),
            ),
            ("The UR dated 9-12-13 denied it.", Some("9-12-13")),
            ("The request was previously reviewed on 09/12/2013.", Some("09/12/2013")),
            ("Prior review dated 09/12/2013 denied it.", Some("09/12/2013")),
            ("On 9-12-2013, Utilization Review non-certified it.", Some("9-12-2013")),
            (
                "On 9-12-2013 the request for an MRI was denied by utilization review.",
                Some("9-12-2013"),
            ),
            ("The report reviewed by Utilization Review (UR) was dated 9-12-13.", None),
            (
                "On 9-12-2013 a request was made that was modified by Utilization \
                    Review on 9-16-2013.",
                None,
            ),
            ("The UR dated 9-12-13 modified it. The UR dated 9-16-13 denied it.", None),
            ("He was seen on 9-12-13. It was denied by utilization review.", None),
        ] {
            check("L032", summary, wrong.as_slice());
        }
    }

    #[test]
    fn days_that_are_none_or_still_to_come_are_told() {
        for (summary, expected) in [
            (
                "Seen on 02/30/2013.",
                "02/30/2013: \"Clinical case summary\" holds 02/30/2013, and there is \
                    no such day",
            ),
            (
                "Seen on 10/12/3026.",
                "10/12/3026: \"Clinical case summary\" holds 10/12/3026, which is later \
                    than the decision (11/04/2013)",
            ),
            (
                "Seen on 12-28-13.",
                "12-28-13: \"Clinical case summary\" holds 12-28-13, which is later \
                    than the decision (11/04/2013)",
            ),
        ] {
            assert_eq!(told("L030", &[("summary", summary)], |_| ()), [expected]);
        }
        for summary in [
            "Off work until 12-28-13.",
            "Seen 10/1/2013.",
            "He has pain 8/10.",
            "Surgery is scheduled for 1/5/2014.",
        ] {
            check("L030", summary, &[]);
        }
        let found = findings("L030", &[("summary", "Seen on 12-28-13.")], |_| ());
        assert_eq!(found[0].1.fixes[0].label, "Write 12-28-12");
    }

    #[test]
    fn what_is_older_than_the_injury_is_told() {
        for (summary, expected) in [
            ("On 3/1/2009 he was seen for low back pain.", &["3/1/2009"][..]),
            ("He has a history of pain, seen 3/1/2009.", &[]),
            ("He was seen on 3/27/2009.", &[]),
            ("He has had pain for 10 months.", &[]),
            ("He has had pain for ten years.", &["pain for ten years"]),
            ("He has had chronic pain for ten years.", &[]),
        ] {
            check("L034", summary, expected);
        }
    }
}
