//! Items' titles: that their parts add up and agree.

use super::finding::anchor_at;
use super::quantities::{Quantity, Unit, only, quantities, strengths, written_like};
use super::{Finding, Findings, Input, Reads, Rule};
use crate::diagnostic::{Anchor, Severity, TextRange};
use crate::letter::{FieldPath, Item, Title, TitleShape};
use crate::template::Family;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "L035",
        reads: &[Reads::Titles],
        name: "parts",
        severity: Severity::Error,
        family: Family::Titles,
        summary: "What was authorized and what remains add up to what was requested",
        help: "The remaining part is what the letter decides, so it must be right. \
            Compares numbers of one unit (#, sessions, visits, refills, weeks) in \
            figures and words; \"3 times a week for 4 weeks\" counts as 12 sessions. \
            Ranges, and titles with several numbers of a unit, are skipped.",
        find: wrong_sums,
        ..Rule::DEFAULT
    },
    Rule {
        id: "L036",
        reads: &[Reads::Titles],
        name: "strength",
        severity: Severity::Error,
        family: Family::Titles,
        summary: "The parts of a title have the same strength as the request",
        help: "A remaining part of another strength is another drug. Compares mg, mcg \
            and percent in the parts of a partly authorized request. A part without a \
            strength is skipped.",
        find: other_strengths,
        ..Rule::DEFAULT
    },
];

/// A part of a title: where it stands, and what it says.
struct TitlePart<'a> {
    path: FieldPath,
    words: &'a str,
    /// Where in the field's text the words begin.
    start: usize,
}

impl TitlePart<'_> {
    /// Words of the part, as a place of its field.
    fn anchor(&self, words: TextRange) -> Anchor {
        anchor_at(&self.path, words + self.start)
    }
}

/// What was asked for, what of it was granted, and what is left.
struct PartialTitle<'a> {
    /// Of the item.
    name: String,
    request: TitlePart<'a>,
    authorized: TitlePart<'a>,
    remaining: TitlePart<'a>,
}

pattern!(
    /// The title that a partly granted request has in letters of the trade, as one text.
    pub(super) WRITTEN_OUT,
    r"^(?P<request>.*?) was the original request\. ",
    r"(?P<authorized>.*?) (?:was|were) authorized by the Claims Administrator\. ",
    r"The remaining IMR eligible portion of the original request,? (?P<remaining>.*)$"
);

fn partial_titles<'a>(input: &Input<'a>) -> Vec<PartialTitle<'a>> {
    let mut partial = Vec::new();
    for item in &input.letter.items {
        let title = match item.title.shape {
            TitleShape::Remainder => in_three_fields(item),
            TitleShape::AsWritten | TitleShape::Plain => in_one_text(item),
            TitleShape::Other => None,
        };
        if let Some([request, authorized, remaining]) = title {
            let name = input.row_name(&request.path);
            partial.push(PartialTitle { name, request, authorized, remaining });
        }
    }
    partial
}

fn in_three_fields(item: &Item) -> Option<[TitlePart<'_>; 3]> {
    let Title { request, authorized, remaining, .. } = &item.title;
    if authorized.is_empty() || remaining.is_empty() {
        return None;
    }
    let fields = [
        ("items[].request", request),
        ("items[].authorized", authorized),
        ("items[].remaining", remaining),
    ];
    Some(fields.map(|(pattern, words)| TitlePart {
        path: FieldPath::new(pattern, &[item.id]),
        words,
        start: 0,
    }))
}

fn in_one_text(item: &Item) -> Option<[TitlePart<'_>; 3]> {
    let found = WRITTEN_OUT.captures(&item.title.request)?;
    let pieces =
        [found.name("request")?, found.name("authorized")?, found.name("remaining")?];
    Some(pieces.map(|piece| TitlePart {
        path: FieldPath::new("items[].request", &[item.id]),
        words: piece.as_str(),
        start: piece.start(),
    }))
}

fn wrong_sums(input: &Input<'_>, findings: &mut Findings) {
    for title in partial_titles(input) {
        findings.extend(wrong_sum(&title));
    }
}

/// The units that are compared, the one that says most about the request first.
const UNITS: [Unit; 9] = [
    Unit::Refills,
    Unit::Sessions,
    Unit::Pieces,
    Unit::Doses,
    Unit::Injections,
    Unit::Times,
    Unit::Months,
    Unit::Weeks,
    Unit::Days,
];

/// The first unit whose numbers do not add up.
fn wrong_sum(title: &PartialTitle<'_>) -> Option<Finding> {
    let parts = [&title.request, &title.authorized, &title.remaining];
    let counted = parts.map(|part| quantities(part.words));
    let has_refills = counted
        .iter()
        .flatten()
        .any(|quantity| quantity.unit == Unit::Refills);
    let has_sessions = counted
        .iter()
        .all(|quantities| only(quantities, Unit::Sessions).is_some());
    for unit in UNITS {
        // Refills multiply what is counted beside them, and a length of time beside a
        // number of sessions is not shared out: eight sessions within a month are granted
        // as three within a month.
        let is_shared_out = match unit {
            Unit::Pieces => !has_refills,
            Unit::Weeks | Unit::Months | Unit::Days => !has_sessions && !has_refills,
            Unit::Refills
            | Unit::Sessions
            | Unit::Times
            | Unit::Doses
            | Unit::Injections
            | Unit::HoursADay
            | Unit::HoursAWeek => true,
        };
        let [Some(asked), Some(granted), Some(left)] =
            counted.each_ref().map(|quantities| only(quantities, unit))
        else {
            continue;
        };
        // "Each for 30 days" is a property of the treatment and not an amount of it.
        let is_same_length = unit > Unit::Pieces
            && asked.number == granted.number
            && granted.number == left.number;
        let adds_up = granted.number + left.number == asked.number;
        if is_shared_out && !is_same_length && !adds_up {
            return Some(sum_finding(title, asked, granted, left));
        }
    }
    None
}

fn sum_finding(
    title: &PartialTitle<'_>,
    asked: &Quantity,
    granted: &Quantity,
    left: &Quantity,
) -> Finding {
    let message = format!(
        "The parts of the title of {} do not add up: {} authorized and {} remaining are \
            not the {} requested",
        title.name, granted.number, left.number, asked.number
    );
    let hint = "Correct the one that is wrong";
    let finding = Finding::new(title.remaining.anchor(left.range), message, hint)
        .also_at(title.request.anchor(asked.range))
        .also_at(title.authorized.anchor(granted.range));
    match asked.number.checked_sub(granted.number) {
        Some(rest @ 1..) if !left.is_product => {
            let words = written_like(rest, &title.remaining.words[left.range]);
            finding.with_replacement(format!("Write {words} here"), words)
        }
        _ => finding,
    }
}

fn other_strengths(input: &Input<'_>, findings: &mut Findings) {
    for title in partial_titles(input) {
        let asked = strengths(title.request.words);
        if asked.is_empty() {
            continue;
        }
        for (part, what) in
            [(&title.authorized, "authorized"), (&title.remaining, "remaining")]
        {
            let found = strengths(part.words);
            let differing = found
                .iter()
                .find(|(_, found)| asked.iter().all(|(_, known)| known != found));
            if let Some((range, _)) = differing {
                findings.push(other_strength(&title, part, what, *range, &asked));
            }
        }
    }
}

fn other_strength(
    title: &PartialTitle<'_>,
    part: &TitlePart<'_>,
    what: &str,
    range: TextRange,
    asked: &[(TextRange, String)],
) -> Finding {
    let first = asked[0].0;
    let known = &title.request.words[first];
    let message = format!(
        "The title of {} asks for {known}, but the {what} part says {}",
        title.name, &part.words[range]
    );
    let hint = "Correct the one that is wrong";
    let finding = Finding::new(part.anchor(range), message, hint)
        .also_at(title.request.anchor(first));
    // Of several strengths nobody knows which was meant.
    if asked.len() == 1 {
        finding.with_replacement(format!("Write {known} here"), known)
    } else {
        finding
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::reported;
    use crate::letter::{Letter, TitleShape};

    fn check(code: &str, change: impl FnOnce(&mut Letter), expected: &[&str]) {
        assert_eq!(reported(code, &[], change), expected);
    }

    fn partial(letter: &mut Letter, [request, authorized, remaining]: [&str; 3]) {
        let title = &mut letter.items[1].title;
        title.shape = TitleShape::Remainder;
        (title.request, title.authorized, title.remaining) =
            (request.into(), authorized.into(), remaining.into());
    }

    #[test]
    fn the_parts_of_a_title_add_up() {
        for parts in [
            ["Norco 10/325mg #60", "Norco 10/325mg #25", "Norco 10/325mg #35"],
            [
                "Therapy for nine sessions",
                "Therapy for three sessions",
                "Therapy for six sessions",
            ],
            [
                "Therapy 2 times a week for 4 weeks (8 sessions)",
                "Therapy for 3 sessions",
                "5 sessions of therapy",
            ],
            [
                "Therapy 3 times a week for 3 weeks",
                "Therapy 3 times a week for 2 weeks",
                "Therapy 3 times a week for 1 week",
            ],
            ["Office visit times 3", "Office visit times 1", "Office visit times 2"],
            ["Norco #60 with 2 refills", "Norco #60", "Norco #60 with 2 refills"],
            ["Two to three week trial", "Two week trial", "one week trial"],
            [
                "Norco #60, 30 day supply",
                "Norco #30, 30 day supply",
                "Norco #30, 30 day supply",
            ],
        ] {
            check("L035", |letter| partial(letter, parts), &[]);
        }
        let said = "The parts of the title of item 2 do not add up:";
        check(
            "L035",
            |letter| partial(letter, ["Norco #90", "Norco #63", "Norco #37"]),
            &[&format!(
                "37: {said} 63 authorized and 37 remaining are not the 90 requested"
            )],
        );
        check(
            "L035",
            |letter| {
                partial(
                    letter,
                    [
                        "Therapy, nine sessions",
                        "Therapy, three sessions",
                        "Therapy, five sessions",
                    ],
                );
            },
            &[&format!(
                "five: {said} 3 authorized and 5 remaining are not the 9 requested"
            )],
        );
    }

    #[test]
    fn a_title_that_was_written_out_is_read_like_its_parts() {
        let title = "Twelve visits was the original request. Ten visits was authorized \
            by the Claims Administrator. The \
                     remaining IMR eligible portion of the original request, three visits is";
        let write = |letter: &mut Letter| {
            letter.items[0].title.shape = TitleShape::AsWritten;
            letter.items[0].title.request = title.into();
        };
        check(
            "L035",
            write,
            &["three: The parts of the title of item 1 do not add up: 10 authorized \
                    and 3 remaining are not the 12 requested"],
        );
        check("L038", write, &[]);
        let without = |letter: &mut Letter| {
            write(letter);
            letter.items[0].title.request = title.trim_end_matches(" is").into();
        };
        check(
            "L038",
            without,
            &[": The title of item 1 needs \"is\" before its decision"],
        );
    }

    #[test]
    fn a_strength_stays_the_same_within_a_title() {
        check(
            "L036",
            |letter| {
                partial(
                    letter,
                    ["Norco 10/325mg #60", "Norco 10-325 mg #25", "Norco #35"],
                );
            },
            &[],
        );
        check(
            "L036",
            |letter| {
                partial(
                    letter,
                    ["Norco 10/325mg #60", "Norco 10/325mg #25", "Norco 5/325mg #35"],
                );
            },
            &["5/325mg: The title of item 2 asks for 10/325mg, but the remaining part \
                says 5/325mg"],
        );
    }
}
