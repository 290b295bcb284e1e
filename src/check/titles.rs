//! Items' titles: that their parts add up, that they read as titles do, and that the
//! rationale speaks of the same amount.

use std::ops::Range;

use super::date_reader::dates;
use super::quantities::{Quantity, Unit, only, quantities, strengths, written_like};
use super::text::{is_within, quotations, sentences, words};
use super::wording::{row, sentence};
use super::{Finding, Input, words_at};
use crate::diagnostic::Change;
use crate::letter::{FieldPath, Item, Title, TitlePrefix, TitleShape};

/// A part of a title: where it stands, and what it says.
struct Part<'a> {
    path: FieldPath,
    /// All of the field.
    text: &'a str,
    /// Where in it the part stands.
    range: Range<usize>,
}

impl Part<'_> {
    fn words(&self) -> &str {
        &self.text[self.range.clone()]
    }

    fn place(&self, bytes: &Range<usize>) -> Range<usize> {
        self.range.start + bytes.start..self.range.start + bytes.end
    }

    fn at(
        &self,
        bytes: &Range<usize>,
        message: String,
        hint: impl Into<String>,
    ) -> Finding {
        Finding::at(&self.path, self.text, self.place(bytes), message, hint)
    }
}

/// What was asked for, what of it was granted, and what is left.
struct Partial<'a> {
    name: String,
    request: Part<'a>,
    authorized: Part<'a>,
    remaining: Part<'a>,
}

pattern!(
    WRITTEN_OUT,
    r"^(?P<request>.*?) was the original request\. (?P<authorized>.*?) (?:was|were) authorized by the Claims Administrator\. ",
    r"The remaining IMR eligible portion of the original request,? (?P<remaining>.*)$"
);
pattern!(MISPUNCTUATED, r"::|:\s*$|\bis:");
pattern!(DECIDED, r"\b(?:upheld|overturned)\b");
pattern!(
    REQUESTED,
    r"\brequests? (?:for|of)\b[^.;]*?(?:\b(?:is|are|was|were|has|cannot|exceeds)\b|[.;]|$)"
);
pattern!(
    ANOTHER_AMOUNT,
    r"\b(?:prior|previous|previously|initial|original|originally|trial|earlier|additional|recommend|exceeds?|completed)\b"
);

fn partials<'a>(input: &Input<'a>) -> Vec<Partial<'a>> {
    let letter = input.letter;
    let found = letter.items.iter().filter_map(|item| {
        let path = |name: &str| FieldPath::new(&format!("items[].{name}"), &[item.id]);
        let name = row(letter, &path("request"))?;
        let Title { request, authorized, remaining, .. } = &item.title;
        let part = |field: &str, text: &'a String| Part {
            path: path(field),
            text,
            range: 0..text.len(),
        };
        match item.title.shape {
            TitleShape::Remainder if !authorized.is_empty() && !remaining.is_empty() => {
                Some(Partial {
                    name,
                    request: part("request", request),
                    authorized: part("authorized", authorized),
                    remaining: part("remaining", remaining),
                })
            }
            TitleShape::AsWritten | TitleShape::Plain => {
                let found = WRITTEN_OUT.captures(request)?;
                let piece = |name: &str| {
                    Some(Part {
                        path: path("request"),
                        text: request,
                        range: found.name(name)?.range(),
                    })
                };
                Some(Partial {
                    name,
                    request: piece("request")?,
                    authorized: piece("authorized")?,
                    remaining: piece("remaining")?,
                })
            }
            TitleShape::Remainder | TitleShape::Other => None,
        }
    });
    found.collect()
}

/// L035: what was granted and what is left make up what was asked for.
pub(super) fn sums(input: &Input<'_>) -> Vec<Finding> {
    partials(input).iter().filter_map(sum).collect()
}

fn sum(partial: &Partial<'_>) -> Option<Finding> {
    let [asked, granted, left] =
        [&partial.request, &partial.authorized, &partial.remaining]
            .map(|part| quantities(part.words()));
    let all = [&asked, &granted, &left];
    let has_refills = all
        .iter()
        .any(|quantities| quantities.iter().any(|found| found.unit == Unit::Refills));
    let units = [
        Unit::Refills,
        Unit::Sessions,
        Unit::Pieces,
        Unit::Times,
        Unit::Months,
        Unit::Weeks,
        Unit::Days,
    ];
    // Refills multiply what is counted beside them, and a length of time beside a number
    // of sessions is not shared out.
    let has_sessions = all
        .iter()
        .all(|quantities| only(quantities, Unit::Sessions).is_some());
    let units = units.into_iter().filter(|unit| match unit {
        Unit::Pieces => !has_refills,
        Unit::Weeks | Unit::Months | Unit::Days => !has_sessions && !has_refills,
        _ => true,
    });
    units.into_iter().find_map(|unit| {
        let (asked, granted, left) =
            (only(&asked, unit)?, only(&granted, unit)?, only(&left, unit)?);
        let is_same_length = unit > Unit::Pieces
            && asked.number == granted.number
            && granted.number == left.number;
        (granted.number + left.number != asked.number && !is_same_length)
            .then(|| wrong_sum(partial, asked, granted, left))
    })
}

fn wrong_sum(
    partial: &Partial<'_>,
    asked: &Quantity,
    granted: &Quantity,
    left: &Quantity,
) -> Finding {
    let message = format!(
        "The parts of the title of {} do not add up: {} authorized and {} remaining are \
            not the {} requested",
        partial.name, granted.number, left.number, asked.number
    );
    let finding = partial.remaining.at(
        &left.bytes,
        message,
        "Correct whichever of the three is wrong",
    );
    let other = |part: &Part<'_>, bytes: &Range<usize>| {
        words_at(&part.path, part.text, part.place(bytes))
    };
    let finding = finding
        .and(other(&partial.request, &asked.bytes))
        .and(other(&partial.authorized, &granted.bytes));
    let Some(rest) = asked
        .number
        .checked_sub(granted.number)
        .filter(|&rest| rest > 0 && !left.is_product)
    else {
        return finding;
    };
    let words = written_like(rest, &partial.remaining.words()[left.bytes.clone()]);
    finding.reworded(format!("Write {words} here"), words)
}

/// L036: the parts of a title have the strength of the request.
pub(super) fn strength(input: &Input<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for partial in partials(input) {
        let asked = strengths(partial.request.words());
        for (part, what) in
            [(&partial.authorized, "authorized"), (&partial.remaining, "remaining")]
        {
            let differing = strengths(part.words())
                .into_iter()
                .filter(|(_, other)| asked.iter().all(|(_, known)| known != other));
            let Some((bytes, _)) =
                differing.into_iter().next().filter(|_| !asked.is_empty())
            else {
                continue;
            };
            let (known, words) = (
                &partial.request.words()[asked[0].0.clone()],
                &part.words()[bytes.clone()],
            );
            let message = format!(
                "The title of {} asks for {known}, and the {what} part says {words}",
                partial.name
            );
            let finding =
                part.at(&bytes, message, "Correct whichever of the two is wrong");
            let request = words_at(
                &partial.request.path,
                partial.request.text,
                partial.request.place(&asked[0].0),
            );
            let finding = finding.and(request);
            findings.push(if asked.len() == 1 {
                finding.reworded(format!("Write {known} here"), known)
            } else {
                finding
            });
        }
    }
    findings
}

/// L037: the amount that the rationale decides on is the title's.
pub(super) fn amounts(input: &Input<'_>) -> Vec<Finding> {
    let all: Vec<Vec<Quantity>> = input.letter.items.iter().map(amounts_of).collect();
    let items = input.letter.items.iter().zip(&all);
    items
        .filter_map(|(item, own)| amount(input, item, own, &all))
        .collect()
}

fn amounts_of(item: &Item) -> Vec<Quantity> {
    let Title { request, authorized, remaining, .. } = &item.title;
    [request, authorized, remaining]
        .iter()
        .flat_map(|text| quantities(text))
        .collect()
}

fn amount(
    input: &Input<'_>,
    item: &Item,
    own: &[Quantity],
    all: &[Vec<Quantity>],
) -> Option<Finding> {
    let (path, text) = (FieldPath::new("items[].rationale", &[item.id]), &item.rationale);
    let quoted = quotations(text);
    let is_known = |found: &Quantity| {
        all.iter()
            .flatten()
            .any(|known| (known.unit, known.number) == (found.unit, found.number))
    };
    let phrases = REQUESTED.find_iter(text).filter(|phrase| {
        !ANOTHER_AMOUNT.is_match(sentence_around(text, &phrase.range()))
    });
    let (bytes, found) = phrases.into_iter().find_map(|phrase| {
        let told = quantities(phrase.as_str()).into_iter().find(|found| {
            let has_unit = own.iter().any(|known| known.unit == found.unit);
            matches!(found.unit, Unit::Pieces | Unit::Sessions)
                && has_unit
                && !is_known(found)
        })?;
        let bytes = phrase.start() + told.bytes.start..phrase.start() + told.bytes.end;
        (!is_within(&bytes, &quoted)).then_some((bytes, told))
    })?;
    let known = own.iter().find(|known| known.unit == found.unit)?;
    let name = row(input.letter, &path)?;
    let message = format!(
        "The rationale of {name} decides on {}, and its title asks for {}",
        found.number, known.number
    );
    let finding = Finding::at(
        &path,
        text,
        bytes.clone(),
        message,
        "Correct whichever of the two is wrong",
    )
    .and(FieldPath::new("items[].request", &[item.id]));
    let is_plain = !found.is_product
        && own.iter().filter(|other| other.unit == found.unit).count() == 1;
    let words = written_like(known.number, &text[bytes]);
    Some(if is_plain {
        finding.reworded(format!("Write {words}"), words)
    } else {
        finding
    })
}

fn sentence_around<'a>(text: &'a str, place: &Range<usize>) -> &'a str {
    let found = sentences(text)
        .into_iter()
        .find(|range| range.start <= place.start && place.start < range.end);
    found.map_or("", |range| &text[range])
}

/// L038: a title reads as titles do.
pub(super) fn form(input: &Input<'_>) -> Vec<Finding> {
    input
        .letter
        .items
        .iter()
        .filter_map(|item| malformed(input, item))
        .collect()
}

fn malformed(input: &Input<'_>, item: &Item) -> Option<Finding> {
    let (path, text) =
        (FieldPath::new("items[].request", &[item.id]), item.title.request.as_str());
    let name = row(input.letter, &path)?;
    if WRITTEN_OUT.is_match(text) && !text.trim_end().ends_with(" is") {
        let message =
            format!("The title of {name} leads up to its decision without \"is\"");
        let usual = format!("{} is", text.trim_end());
        return Some(Finding::new(path.clone(), message, "End it with \"is\"").fixed(
            "Add \"is\"",
            &path,
            Change::Whole(usual),
        ));
    }
    let at = |bytes: Range<usize>, what: &str, hint: &str| {
        let message = format!(
            "The title of {name} holds {what}: \"{}\"",
            text[bytes.clone()].trim()
        );
        Finding::at(&path, text, bytes, message, hint)
    };
    let colon = MISPUNCTUATED.find(text).map(|found| {
        at(
            found.range(),
            "a colon too many",
            "Take it out: the decision follows by itself",
        )
    });
    let decided = || {
        DECIDED.find(text).map(|found| {
            at(
                found.range(),
                "a word of the decision",
                "Take it out: the decision follows by itself",
            )
        })
    };
    colon.or_else(decided)
}

/// L039: treatment already given has its date of service.
pub(super) fn date_of_service(input: &Input<'_>) -> Vec<Finding> {
    let items = input.letter.items.iter().filter(|item| {
        let Title { prefix, request, dates_of_service, .. } = &item.title;
        let is_retrospective = *prefix == TitlePrefix::Retrospective
            || request.trim_start().to_lowercase().starts_with("retro");
        is_retrospective
            && dates_of_service.trim().is_empty()
            && dates(request).is_empty()
            && !SERVICE.is_match(request)
    });
    let findings = items.filter_map(|item| {
        let field = if item.title.prefix == TitlePrefix::Retrospective {
            "dates_of_service"
        } else {
            "request"
        };
        let path = FieldPath::new(&format!("items[].{field}"), &[item.id]);
        let message = format!(
            "{} is retrospective and has no date of service",
            sentence(&row(input.letter, &path)?)
        );
        Some(Finding::new(path, message, "Say when the treatment was given"))
    });
    findings.collect()
}

pattern!(
    SERVICE,
    r"\b(?:DOS|dates? of service)\b|\d{1,2}[-/]\d{1,2}[-/]\d{2,4}|\b(?:19|20)\d{2}\b"
);

/// L052: what the application asks for is decided, and nothing else.
pub(super) fn requested(input: &Input<'_>) -> Vec<Finding> {
    let letter = input.letter;
    let wanted: Vec<&String> = letter
        .case
        .treatments_requested
        .iter()
        .filter(|line| !line.trim().is_empty())
        .collect();
    if wanted.is_empty()
        || letter.items.is_empty()
        || !input.asks_for("case.treatments_requested")
    {
        return Vec::new();
    }
    let decided: Vec<String> = letter
        .items
        .iter()
        .map(|item| format!("{} {}", item.title.request, item.title.remaining))
        .collect();
    let missing = wanted
        .iter()
        .filter(|line| !decided.iter().any(|title| speaks_of_the_same(line, title)));
    let mut findings: Vec<Finding> = missing
        .map(|line| {
            let message = format!(
                "The application asks for \"{}\", and no item decides it",
                super::wording::shortened(line)
            );
            Finding::new(
                FieldPath::new("case.treatments_requested", &[]),
                message,
                "Add the item, or say it as the item's title does",
            )
        })
        .collect();
    // A surgery brings items along that the application does not name.
    let extra = letter.items.iter().zip(&decided).filter(|(item, title)| {
        let is_written = !item.title.request.trim().is_empty()
            && item.title.prefix != TitlePrefix::AssociatedSurgicalService;
        is_written
            && item.depends_on.is_none()
            && !wanted.iter().any(|line| speaks_of_the_same(line, title))
    });
    findings.extend(extra.filter_map(|(item, _)| {
        let path = FieldPath::new("items[].request", &[item.id]);
        let message = format!(
            "{} is not among the treatments that the application asks for",
            sentence(&row(letter, &path)?)
        );
        let finding = Finding::new(
            path,
            message,
            "Take it out, or add it to the application's treatments",
        );
        Some(finding.and(FieldPath::new("case.treatments_requested", &[])))
    }));
    findings
}

/// Whether half of the words of the shorter of two names stand in the other.
fn speaks_of_the_same(one: &str, other: &str) -> bool {
    let (one, other) = (name_words(one), name_words(other));
    let (few, many) =
        if one.len() <= other.len() { (&one, &other) } else { (&other, &one) };
    let shared = few.iter().filter(|word| many.contains(word)).count();
    shared * 2 >= few.len().max(1)
}

/// The words that tell treatments apart, in the singular.
fn name_words(text: &str) -> Vec<String> {
    const SMALL: &[&str] = &[
        "a", "an", "and", "for", "of", "the", "to", "with", "without", "times", "week",
        "per", "x",
    ];
    let found = words(text)
        .map(|word| text[word].to_lowercase().trim_end_matches('s').to_owned());
    found.filter(|word| !SMALL.contains(&word.as_str())).collect()
}

#[cfg(test)]
mod tests {
    use crate::check::cases::told;
    use crate::letter::{Letter, TitlePrefix, TitleShape};

    fn check(code: &str, change: impl FnOnce(&mut Letter), expected: &[&str]) {
        assert_eq!(told(code, &[], change), expected);
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
                )
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
            &[": The title of item 1 leads up to its decision without \"is\""],
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
                )
            },
            &[],
        );
        check(
            "L036",
            |letter| {
                partial(
                    letter,
                    ["Norco 10/325mg #60", "Norco 10/325mg #25", "Norco 5/325mg #35"],
                )
            },
            &["5/325mg: The title of item 2 asks for 10/325mg, and the remaining part \
                    says 5/325mg"],
        );
    }

    #[test]
    fn the_rationale_decides_on_the_amount_of_the_title() {
        for (rationale, expected) in [
            ("The request for 12 sessions is not medically necessary.", &[][..]),
            (
                "The request for 8 sessions is not medically necessary.",
                &["8: The rationale of item 2 decides on 8, and its title asks for 12"],
            ),
            (
                "The guidelines recommend 8 sessions. The prior request for 6 visits \
                    was granted.",
                &[],
            ),
        ] {
            let write = |letter: &mut Letter| {
                letter.items[1].title.request =
                    "Physical therapy 3 times a week for 4 weeks".into();
                letter.items[1].rationale = rationale.into();
            };
            check("L037", write, expected);
        }
    }

    #[test]
    fn a_title_holds_no_decision_and_no_colon_at_its_end() {
        for (title, expected) in [
            ("MRI of the knee: with contrast", &[][..]),
            (
                "MRI of the knee:",
                &[":: The title of item 1 holds a colon too many: \":\""],
            ),
            (
                "MRI of the knee Upheld",
                &["Upheld: The title of item 1 holds a word of the decision: \"Upheld\""],
            ),
        ] {
            check(
                "L038",
                |letter| letter.items[0].title.request = title.into(),
                expected,
            );
        }
    }

    #[test]
    fn treatment_already_given_is_dated() {
        let said = ": Item 1 is retrospective and has no date of service";
        for (request, dates, expected) in [
            ("Famotidine 20mg", "12/07/16", &[][..]),
            ("Famotidine 20mg, per 12/07/2016 order", "", &[]),
            ("Famotidine 20mg", "", &[said]),
        ] {
            let write = |letter: &mut Letter| {
                let title = &mut letter.items[0].title;
                title.prefix = TitlePrefix::Retrospective;
                (title.request, title.dates_of_service) = (request.into(), dates.into());
            };
            check("L039", write, expected);
        }
        check(
            "L039",
            |letter| letter.items[0].title.request = "Retrospective MRI".into(),
            &[said],
        );
    }

    #[test]
    fn what_was_asked_for_is_decided_and_nothing_else() {
        let ask = |treatments: &[&str]| {
            let treatments: Vec<String> =
                treatments.iter().map(ToString::to_string).collect();
            move |letter: &mut Letter| {
                letter.case.treatments_requested = treatments;
                letter.items[1].title.request = "MRI of the right knee".into();
            }
        };
        check("L052", ask(&[]), &[]);
        check("L052", ask(&["Trigger point injection", "Right knee MRI"]), &[]);
        check(
            "L052",
            ask(&["Trigger point injection", "Right knee MRI", "Norco"]),
            &[": The application asks for \"Norco\", and no item decides it"],
        );
        check(
            "L052",
            ask(&["Trigger point injection"]),
            &[": Item 2 is not among the treatments that the application asks for"],
        );
    }
}
