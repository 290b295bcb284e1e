//! Dates within the summary and the rationales, against each other and against the header
//! of the case.

use jiff::civil::Date;

use super::date_reader::WrittenDate;
use super::input::FieldText;
use super::wording::capitalized;
use super::{Finding, Findings, Input, Reads, Rule};
use crate::diagnostic::{Change, Severity, TextRange};
use crate::letter::{FieldPath, us_date};
use crate::template::Family;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "L031",
        reads: &[Reads::Prose],
        name: "injury-date",
        severity: Severity::Error,
        family: Family::Dates,
        summary: "The text gives the injury the same date as the header",
        help: "A wrong day puts the whole history in doubt. Looks at dates after \
            \"date of injury\", \"industrial injury on or about\", \"occupational \
            claim from\" and the like, however they are written. Prior and other \
            injuries are skipped. Where one date agrees, only \"date of injury\" \
            itself is still compared, as a warning.",
        find: injury,
        ..Rule::DEFAULT
    },
    Rule {
        id: "L032",
        reads: &[Reads::Prose],
        name: "review-date",
        severity: Severity::Warning,
        family: Family::Dates,
        summary: "The text gives the utilization review the same date as the header",
        help: "The determination answers one utilization review, and its date says \
            which. Looks at dates that the text gives to the review, such as \
            \"utilization review dated\". A case with several reviews is skipped where \
            one of them agrees.",
        find: utilization_review,
        ..Rule::DEFAULT
    },
];

pattern!(
    /// What leads up to a date that is said to be the injury's.
    DATE_OF_INJURY,
    r"(?:date of (?:the |his |her )?",
    r"(?:industrial |work |occupational |work-related )?injury|injury date|\bD\.?O\.?I\b\.?)",
    r"\s*(?:\((?:DOI|D/I)\))?",
    r"\s*(?:is|was|of|on|:|,|-|listed as|stated as|reported as|given as)?",
    r"\s*(?:(?:of|on|on or about|on or around|about|approximately|around|the) ?)*\(?$"
);
pattern!(
    INJURED,
    r"(?:(?:industrial|work|occupational|job|employment)[- ]*(?:related )?",
    r"(?:injury|injuries|claim|accident|incident)(?: claim)?(?: date)?",
    r"|(?:sustained|suffered|incurred) (?:[a-z-]+ ){0,5}?(?:injury|injuries|accident)",
    r"(?: to (?:the|his|her) [a-z ,]{1,60}?)?",
    r"|(?:was|were|got) (?:industrially )?(?:injured|hurt)(?: at work| on the job)?",
    r"|(?:injured|hurt) (?:his|her|the|their) [a-z ,/-]{1,60}?(?: at work| on the job)?",
    r"|(?:work|industrial|on-the-job|workplace) (?:injury|accident|incident|fall)",
    r"|mechanism of (?:the |this |his |her )?injury",
    r"|(?:the|this|his|her|their) (?:injury|accident|incident) (?:occurred|happened",
    r"|took place|was sustained))",
    r"\s*(?:\(DOI\))?,?\s*(?:(?:that |which )?(?:occurred|occurring|took place|happened) )?",
    r"(?:from|of|on|dated)?\s*(?:or (?:about|around) |about |around |approximately |the )*",
    r"\(?$"
);
pattern!(
    THEN_INJURED,
    r"^,?\s*(?:(?:the|this|he|she|they|while)\b[a-z ]{0,40}? )?(?:(?:sustained|suffered) ",
    r"(?:an? )?(?:industrial|work|occupational|work-related) ",
    r"|(?:injured|hurt) (?:his|her|the|their) [a-z ,/-]{1,40} ",
    r"(?:at work|on the job|while working)",
    r"|(?:was|were|got) (?:injured|hurt) (?:at work|on the job|while working))"
);
pattern!(
    /// "While working on …, he sustained an injury."
    AT_WORK,
    r"^\W*(?:while|when) (?:he was |she was |they were )?",
    r"(?:working|at work|on the job|on duty)[a-z ,-]{0,40}? (?:on|on or about)\s*$"
);
pattern!(
    THEN_HURT,
    r"^,?\s*(?:the|this|he|she|they)\b[a-z ]{0,30}? (?:(?:sustained|suffered) ",
    r"(?:an? )?(?:[a-z-]+ ){0,3}injur",
    r"|(?:injured|hurt) (?:his|her|the|their)|(?:was|got) (?:injured|hurt))"
);
pattern!(
    OTHER_INJURY,
    r"\b(?:prior|previous|previously|earlier|another|second|third|subsequent",
    r"|non-?industrial|old injur[a-z]+|past|different|separate|additional|new",
    r"|first report|report of)\b"
);

pattern!(
    /// What leads up to a date that is said to be the utilization review's.
    REVIEWED,
    r"(?:(?:utilization review|\bUR)(?: \((?:UR|[a-z ]+)\))?",
    r"(?: (?:report|determination|decision|letter|form|documentation|denial|notice",
    r"|physician))*",
    r"(?:,? (?:(?:was |is )?dated|on|of|from|with an? (?:decision )?date of))?,?\s*\(?",
    r"|(?:utilization review|\bUR)(?: \([a-z ]+\))? ",
    r"(?:denied|non-?certified|modified)(?: certification| it| the request)? on ",
    r"|\b(?:prior|previous|original) (?:review|determination)(?: dated| on| of)? ",
    r"|\bpreviously (?:reviewed|denied|non-?certified) on )$"
);
pattern!(REVIEWED_BY, r"reviewed by (?:the )?(?:utilization review|UR)\b");
pattern!(
    THEN_REVIEWED,
    r"^\)?,?\s*(?:the |a )?(?:original |prior )?(?:utilization review|UR)\b(?: \(UR\))?",
    r"(?: \w+)? (?:non-?certified|denied|modified|determined|did not|partially|approved",
    r"|failed)",
    r"|^\)?,?\s*(?:the |a )?requests? (?:for [^.;]*\b)?(?:was|were) ",
    r"(?:denied|non-?certified|modified|not certified) by (?:the )?utilization review"
);

/// Where one of several dates agrees, the others are other injuries.
fn injury(input: &Input<'_>, findings: &mut Findings) {
    let case = &input.letter.case;
    let Some(&known) = case.date_of_injury.understood() else { return };
    let last = *case.date_of_injury_end.understood().unwrap_or(&known);
    let agrees = |day: Date| known <= day && day <= last;
    let stated = dated_events(input, says_injury);
    let is_agreed = stated.iter().any(|stated| agrees(stated.day));
    let is_agreed_in_summary = stated.iter().any(|stated| {
        stated.text.is_summary()
            && (agrees(stated.day) || stated.has_neighbor_that(agrees))
    });
    let mut reported_in: Vec<&FieldPath> = Vec::new();
    for stated in &stated {
        let in_summary = stated.text.is_summary();
        // A text that agrees somewhere is only held to what it calls the date of injury.
        let is_excused = if in_summary { is_agreed_in_summary } else { is_agreed };
        if agrees(stated.day) || (is_excused && !stated.is_named) {
            continue;
        }
        // One wrong date is reported once for each text.
        if reported_in.contains(&&stated.text.path) {
            continue;
        }
        reported_in.push(&stated.text.path);
        let finding = stated.differs(
            input,
            "the injury",
            "Date of injury",
            "case.date_of_injury",
            known,
        );
        let is_sure = in_summary && !is_agreed_in_summary;
        let severity = if is_sure { Severity::Error } else { Severity::Warning };
        findings.push(finding.with_severity(severity));
    }
}

fn utilization_review(input: &Input<'_>, findings: &mut Findings) {
    let Some(&known) = input.letter.case.ur_denial_date.understood() else { return };
    let stated = dated_events(input, says_review);
    // A case can have several reviews; the one in dispute is among them, and the summary
    // is where it is reported.
    if stated
        .iter()
        .any(|stated| stated.text.is_summary() && stated.day == known)
    {
        return;
    }
    let is_agreed = stated.iter().any(|stated| stated.day == known);
    let first = stated.iter().find(|stated| stated.text.is_summary() || !is_agreed);
    if let Some(first) = first {
        findings.push(first.differs(
            input,
            "the utilization review",
            "UR denial date",
            "case.ur_denial_date",
            known,
        ));
    }
}

/// A date that a text gives to an event.
struct DatedEvent<'i> {
    text: &'i FieldText<'i>,
    written: &'i WrittenDate,
    day: Date,
    /// Whether the text says in so many words that it is the event's date.
    is_named: bool,
}

impl DatedEvent<'_> {
    fn differs(
        &self,
        input: &Input<'_>,
        event: &str,
        label: &str,
        header: &str,
        known: Date,
    ) -> Finding {
        let message = format!(
            "{} dates {event} {}, but \"{label}\" is {}",
            capitalized(&self.text.name(input)),
            &self.text.text[self.written.range],
            us_date(known)
        );
        let hint = "Correct the date in the text or in the form";
        let in_text = self.written.style.write(known);
        let stated = us_date(self.day);
        let header = FieldPath::new(header, &[]);
        self.text
            .finding(self.written.range, message, hint)
            .also_at(header.clone())
            .with_replacement(format!("Write {in_text} here"), in_text)
            .with_change(
                format!("Change \"{label}\" to {stated}"),
                &header,
                Change::Whole(stated),
            )
    }

    /// Whether it opens a range or a list with such a date: "on 10/10/2016 and
    /// 10/18/2016".
    fn has_neighbor_that(&self, agrees: impl Fn(Date) -> bool) -> bool {
        const NEAR: usize = 25;
        let (own, dates) = (self.written.range, self.text.dates());
        let first = dates.partition_point(|date| date.range.end + NEAR < own.start);
        for other in &dates[first..] {
            if other.range.start > own.end + NEAR {
                break;
            }
            let is_near = other.range.start.abs_diff(own.end) <= NEAR
                || other.range.end.abs_diff(own.start) <= NEAR;
            if is_near && other.day.is_some_and(&agrees) {
                return true;
            }
        }
        false
    }
}

/// What stands around a date in its sentence.
struct Surroundings<'a> {
    before: &'a str,
    after: &'a str,
    /// Whether another date stands in the sentence.
    is_among_others: bool,
}

/// Whether a sentence gives a date to an event; whether it says so by the event's name.
type Says = fn(&Surroundings<'_>) -> Option<bool>;

fn says_injury(around: &Surroundings<'_>) -> Option<bool> {
    if OTHER_INJURY.is_match(around.before) {
        return None;
    }
    let is_named = DATE_OF_INJURY.is_match(around.before);
    let is_said = is_named
        || INJURED.is_match(around.before)
        || (is_opening(around.before) && THEN_INJURED.is_match(around.after))
        || (AT_WORK.is_match(around.before) && THEN_HURT.is_match(around.after));
    is_said.then_some(is_named)
}

fn says_review(around: &Surroundings<'_>) -> Option<bool> {
    if REVIEWED_BY.is_match(around.before) {
        return None;
    }
    let is_said = REVIEWED.is_match(around.before)
        || (is_opening(around.before)
            && !around.is_among_others
            && THEN_REVIEWED.is_match(around.after));
    is_said.then_some(true)
}

/// Whether a sentence begins with the date that follows.
fn is_opening(before: &str) -> bool {
    let words = before.trim_end().trim_end_matches('(').trim_end();
    matches!(
        words.to_lowercase().as_str(),
        "on" | "on or about" | "on or around" | "dated" | ""
    )
}

fn dated_events<'i>(input: &'i Input<'_>, says: Says) -> Vec<DatedEvent<'i>> {
    let mut found = Vec::new();
    for text in input.prose() {
        // Most texts have no date, and need not be cut into sentences.
        if text.dates().is_empty() {
            continue;
        }
        for &sentence in text.sentences() {
            let dates = dates_in(text, sentence);
            for written in dates {
                let Some(day) = written.day else { continue };
                if text.is_quoted(written.range) {
                    continue;
                }
                let around = surroundings(text, sentence, written, dates.len() > 1);
                if let Some(is_named) = says(&around) {
                    found.push(DatedEvent { text, written, day, is_named });
                }
            }
        }
    }
    found
}

/// The dates of a sentence: like the text's own, they are in their order.
fn dates_in<'i>(text: &'i FieldText<'i>, sentence: TextRange) -> &'i [WrittenDate] {
    let dates = text.dates();
    let first = dates.partition_point(|date| date.range.start < sentence.start);
    let end = dates.partition_point(|date| date.range.end <= sentence.end);
    dates.get(first..end).unwrap_or_default()
}

/// The most of a sentence that is looked at on either side of a date, in bytes: a text of
/// nothing but dates can be one sentence of a megabyte.
const MOST_AROUND: usize = 2000;

fn surroundings<'i>(
    text: &'i FieldText<'i>,
    sentence: TextRange,
    written: &WrittenDate,
    is_among_others: bool,
) -> Surroundings<'i> {
    let (before, after) = (written.range.start, written.range.end);
    let start = sentence.start.max(before.saturating_sub(MOST_AROUND));
    let end = sentence.end.min(after + MOST_AROUND);
    Surroundings {
        before: &text.text[text.text.ceil_char_boundary(start)..before],
        after: &text.text[after..text.text.floor_char_boundary(end)],
        is_among_others,
    }
}

pattern!(
    /// What is still to come may stand in a letter with a later date than its own.
    TO_COME,
    r"\b(?:scheduled|until|through|thru|upcoming|will|planned|appointments?|return",
    r"|expected|anticipated|due|expires?|expiration|next|follow-?up|re-?evaluation|valid",
    r"|effective|deadline|to be|pending|disabled|disability|off work|restrictions",
    r"|modified (?:duty|work)|authorized|authorization|approved|certified|hearing)\b"
);

/// Dates of the texts that are no day, or that are later than the decision.
pub(super) fn impossible(input: &Input<'_>, findings: &mut Findings) {
    let decided = input.letter.case.decision_date.understood().copied();
    for text in input.texts() {
        // Addresses, and what a template adds, can hold days to come.
        if !text.is_of_the_case() {
            continue;
        }
        for written in text.dates() {
            match (written.day, decided) {
                (None, _) => findings.push(no_such_day(input, text, written)),
                (Some(day), Some(decided)) if day > decided => {
                    findings.extend(too_late(input, text, written, day, decided));
                }
                _ => {}
            }
        }
    }
}

fn no_such_day(
    input: &Input<'_>,
    text: &FieldText<'_>,
    written: &WrittenDate,
) -> Finding {
    let message = format!(
        "{} has {}, which is not a date on any calendar",
        capitalized(&text.name(input)),
        &text.text[written.range]
    );
    text.finding(written.range, message, "Correct the date")
}

fn too_late(
    input: &Input<'_>,
    text: &FieldText<'_>,
    written: &WrittenDate,
    day: Date,
    decided: Date,
) -> Option<Finding> {
    let mut sentences = text.sentences().iter();
    let sentence = sentences.find(|sentence| sentence.contains(written.range))?;
    let is_far = day.year() > decided.year() + 1;
    let is_to_come =
        TO_COME.is_match(&text.text[*sentence]) || text.is_quoted(written.range);
    if is_to_come && !is_far {
        return None;
    }
    let message = format!(
        "{} has {}, which is after the decision ({})",
        capitalized(&text.name(input)),
        &text.text[written.range],
        us_date(decided)
    );
    let finding = text
        .finding(written.range, message, "Check the year")
        .also_at(FieldPath::new("case.decision_date", &[]));
    // Most likely the year is wrong, and the last one that is possible was meant.
    for year in [decided.year(), decided.year() - 1] {
        if let Ok(likely) = Date::new(year, day.month(), day.day())
            && likely <= decided
        {
            let words = written.style.write(likely);
            return Some(finding.with_replacement(format!("Write {words}"), words));
        }
    }
    Some(finding)
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{findings, reported, speaks_of};
    use crate::diagnostic::{Change, Severity};

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
            (
                "He had an industrial injury on or about March 29th 2009.",
                Some("March 29th 2009"),
            ),
            ("He hurt his low back at work on 3/29/2009.", Some("3/29/2009")),
            ("The date of injury is on or about 3/29/2009.", Some("3/29/2009")),
            (
                "She got injured on the job on the 29th of March 2009.",
                Some("29th of March 2009"),
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
            speaks_of("L031", summary, wrong.as_slice());
        }
    }

    #[test]
    fn a_wrong_date_is_reported_at_both_places_and_fixed_either_way() {
        let found = findings(
            "L031",
            &[("summary", "Sustained an industrial injury on 3-28-09.")],
            |_| (),
        );
        let (_, found) = &found[0];
        assert_eq!(
            found.message,
            "\"Clinical case summary\" dates the injury 3-28-09, but \"Date of injury\" \
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
            speaks_of("L032", summary, wrong.as_slice());
        }
    }

    #[test]
    fn impossible_and_future_days_are_reported() {
        for (summary, expected) in [
            (
                "Seen on 02/30/2013.",
                "02/30/2013: \"Clinical case summary\" has 02/30/2013, which is not \
                    a date on any calendar",
            ),
            (
                "Seen on 10/12/3026.",
                "10/12/3026: \"Clinical case summary\" has 10/12/3026, which is after \
                    the decision (11/04/2013)",
            ),
            (
                "Seen on 12-28-13.",
                "12-28-13: \"Clinical case summary\" has 12-28-13, which is after \
                    the decision (11/04/2013)",
            ),
        ] {
            assert_eq!(reported("L030", &[("summary", summary)], |_| ()), [expected]);
        }
        for summary in [
            "Off work until 12-28-13.",
            "Seen 10/1/2013.",
            "He has pain 8/10.",
            "Surgery is scheduled for 1/5/2014.",
        ] {
            speaks_of("L030", summary, &[]);
        }
        let found = findings("L030", &[("summary", "Seen on 12-28-13.")], |_| ());
        assert_eq!(found[0].1.fixes[0].label, "Write 12-28-12");
    }
}
