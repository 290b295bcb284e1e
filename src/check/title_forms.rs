//! Items' titles: that they read as titles do, and that the rationale speaks of the same
//! amount.

use super::date_reader::dates;
use super::input::{FieldText, Rationale};
use super::quantities::{Quantity, Unit, quantities, written_like};
use super::titles::WRITTEN_OUT;
use super::wording::capitalized;
use super::{Finding, Findings, Input, Rule};
use crate::diagnostic::{Change, Severity};
use crate::letter::{FieldPath, Item, Title, TitlePrefix};
use crate::template::Family;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "L037",
        name: "amount",
        severity: Severity::Warning,
        family: Family::Titles,
        summary: "The rationale decides on the amount in the title",
        help: "Looks at phrases such as \"the request for 8 sessions\" if the title \
            has a number of the same unit. Ignores prior, initial and recommended \
            amounts, quotations, and amounts of the letter's other items.",
        find: other_amounts,
        ..Rule::DEFAULT
    },
    Rule {
        id: "L038",
        name: "title-form",
        severity: Severity::Warning,
        family: Family::Titles,
        summary: "A title ends so that its decision can follow",
        help: "The title is printed with a colon and its decision. Looks for colons at \
            its end, for a decision in it, and for a written-out partial title without \
            its \"is\".",
        find: malformed_titles,
        ..Rule::DEFAULT
    },
    Rule {
        id: "L039",
        name: "date-of-service",
        severity: Severity::Warning,
        family: Family::Titles,
        summary: "Treatment already given has a date of service",
        help: "A retrospective request is identified by the day of the treatment. A \
            date anywhere in the title is enough.",
        find: date_of_service,
        ..Rule::DEFAULT
    },
];

pattern!(MISPUNCTUATED, r"::|:\s*$|\bis:");
pattern!(DECIDED, r"\b(?:upheld|overturned)\b");
pattern!(
    REQUESTED,
    r"\brequests? (?:for|of)\b[^.;]*?",
    r"(?:\b(?:is|are|was|were|has|cannot|exceeds)\b|[.;]|$)"
);
pattern!(
    ANOTHER_AMOUNT,
    r"\b(?:prior|previous|previously|initial|original|originally|trial|earlier",
    r"|additional|recommend|exceeds?|completed)\b"
);
pattern!(
    SERVICE,
    r"\b(?:DOS|dates? of service)\b|\d{1,2}[-/]\d{1,2}[-/]\d{2,4}|\b(?:19|20)\d{2}\b"
);

fn other_amounts(input: &Input<'_>, findings: &mut Findings) {
    let mut all = Vec::new();
    for item in &input.letter.items {
        all.extend(amounts_of(item));
    }
    for rationale in input.rationales() {
        findings.extend(other_amount(input, &rationale, &all));
    }
}

/// All quantities of an item's title.
fn amounts_of(item: &Item) -> Vec<Quantity> {
    let Title { request, authorized, remaining, .. } = &item.title;
    [request, authorized, remaining]
        .into_iter()
        .flat_map(|text| quantities(text))
        .collect()
}

fn other_amount(
    input: &Input<'_>,
    rationale: &Rationale<'_>,
    all: &[Quantity],
) -> Option<Finding> {
    let Rationale { item, text, .. } = rationale;
    let own = amounts_of(item);
    let decided = decided_amount(text, &own, all)?;
    let mut of_unit = own.iter().filter(|known| known.unit == decided.unit);
    let known = of_unit.next()?;
    let message = format!(
        "The rationale of {} decides on {}, but its title asks for {}",
        input.row_name(&text.path),
        decided.number,
        known.number
    );
    let hint = "Correct the one that is wrong";
    let finding = text
        .finding(decided.range, message, hint)
        .also_at(FieldPath::new("items[].request", &[item.id]));
    if decided.is_product || of_unit.next().is_some() {
        return Some(finding);
    }
    let words = written_like(known.number, &text.text[decided.range]);
    Some(finding.with_replacement(format!("Write {words}"), words))
}

/// The first amount that a rationale decides on in "the request for 8 sessions", if it is
/// counted as the title counts and no title of the letter has it.
fn decided_amount(
    text: &FieldText<'_>,
    own: &[Quantity],
    all: &[Quantity],
) -> Option<Quantity> {
    for phrase in REQUESTED.find_iter(text.text) {
        let sentence = text.sentence_around(phrase.start());
        let is_of_another = sentence
            .is_some_and(|sentence| ANOTHER_AMOUNT.is_match(&text.text[sentence]));
        if is_of_another {
            continue;
        }
        let found = quantities(phrase.as_str()).into_iter().find(|found| {
            matches!(found.unit, Unit::Pieces | Unit::Sessions)
                && own.iter().any(|known| known.unit == found.unit)
                && !all
                    .iter()
                    .any(|known| (known.unit, known.number) == (found.unit, found.number))
        });
        if let Some(found) = found {
            let range = found.range + phrase.start();
            if !text.is_quoted(range) {
                return Some(Quantity { range, ..found });
            }
        }
    }
    None
}

fn malformed_titles(input: &Input<'_>, findings: &mut Findings) {
    for item in &input.letter.items {
        findings.extend(malformed(input, item));
    }
}

fn malformed(input: &Input<'_>, item: &Item) -> Option<Finding> {
    let path = FieldPath::new("items[].request", &[item.id]);
    let text = item.title.request.as_str();
    let name = input.row_name(&path);
    if WRITTEN_OUT.is_match(text) && !text.trim_end().ends_with(" is") {
        let message = format!("The title of {name} needs \"is\" before its decision");
        let usual = format!("{} is", text.trim_end());
        let finding = Finding::new(path.clone(), message, "End it with \"is\"");
        return Some(finding.with_change("Add \"is\"", &path, Change::Whole(usual)));
    }
    let (found, what) = match MISPUNCTUATED.find(text) {
        Some(colon) => (colon, "an extra colon"),
        None => (DECIDED.find(text)?, "a decision"),
    };
    let words = found.as_str().trim();
    let message = format!("The title of {name} has {what}: \"{words}\"");
    let hint = "Remove it; the decision is added automatically";
    Some(Finding::at(&path, found.range(), message, hint))
}

fn date_of_service(input: &Input<'_>, findings: &mut Findings) {
    for item in &input.letter.items {
        let Title { prefix, request, dates_of_service, .. } = &item.title;
        let says_so = request.trim_start().to_lowercase().starts_with("retro");
        let field = if *prefix == TitlePrefix::Retrospective {
            "items[].dates_of_service"
        } else if says_so {
            "items[].request"
        } else {
            continue;
        };
        let is_dated = !dates_of_service.trim().is_empty()
            || !dates(request).is_empty()
            || SERVICE.is_match(request);
        if !is_dated {
            let path = FieldPath::new(field, &[item.id]);
            let name = capitalized(&input.row_name(&path));
            let message = format!("{name} is retrospective but has no date of service");
            findings.push(Finding::new(
                path,
                message,
                "Say when the treatment was given",
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::reported;
    use crate::letter::{Letter, TitlePrefix};

    fn check(code: &str, change: impl FnOnce(&mut Letter), expected: &[&str]) {
        assert_eq!(reported(code, &[], change), expected);
    }

    #[test]
    fn the_rationale_decides_on_the_amount_of_the_title() {
        for (rationale, expected) in [
            ("The request for 12 sessions is not medically necessary.", &[][..]),
            (
                "The request for 8 sessions is not medically necessary.",
                &["8: The rationale of item 2 decides on 8, but its title asks for 12"],
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
            ("MRI of the knee:", &[":: The title of item 1 has an extra colon: \":\""]),
            (
                "MRI of the knee Upheld",
                &["Upheld: The title of item 1 has a decision: \"Upheld\""],
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
        let said = ": Item 1 is retrospective but has no date of service";
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
}
