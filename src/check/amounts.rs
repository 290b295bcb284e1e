//! Amounts and strengths that a rationale decides on, against those of its title.

use super::input::{FieldText, Rationale};
use super::other_subjects::concluded_on;
use super::quantities::{Quantity, Unit, quantities, strengths, written_like};
use super::sense::{Conclusion, conclusions};
use super::wording::capitalized;
use super::{Finding, Findings, Input, Reads, Rule};
use crate::diagnostic::{Severity, TextRange};
use crate::letter::phrasing::title;
use crate::letter::{Denial, FieldPath, Item, Title};
use crate::template::Family;

pub(super) const RULES: &[Rule] = &[Rule {
    id: "L037",
    reads: &[Reads::Reasons, Reads::Titles],
    name: "amount",
    severity: Severity::Warning,
    family: Family::Titles,
    summary: "The rationale decides on the amount and the strength in its title",
    help: "Looks at \"the request for 8 sessions\" and at the concluding sentence where \
        the title has a number of the same unit, or a strength. Earlier, initial and \
        recommended amounts, quotations, decisions in part, and amounts of the letter's \
        other items are skipped.",
    find: other_amounts,
    ..Rule::DEFAULT
}];

pattern!(
    REQUESTED,
    r"\brequests? (?:for|of)\b(?:[^.;]|\.\d)*?",
    r"(?:\b(?:is|are|was|were|has|cannot|exceeds)\b|\.(?:\s|$)|;|$)"
);
pattern!(
    ANOTHER_AMOUNT,
    r"\b(?:prior|previous|previously|initial|initially|original|originally|trial|earlier",
    r"|recommend\w*|exceeds?|completed|already|remaining|remainder",
    r"|first|guidelines?|up to|maximum|more than|at most|at least|only|rest|balance",
    r"|wean\w*|taper\w*|reduc\w*|decreas\w*|increas\w*|instead|rather)\b"
);

fn other_amounts(input: &Input<'_>, findings: &mut Findings) {
    let mut all = Vec::new();
    for item in &input.letter.items {
        all.extend(amounts_of(item));
    }
    for rationale in input.rationales() {
        if input.template.denial(rationale.decision) == Some(Denial::Partly) {
            continue;
        }
        match other_amount(input, &rationale, &all) {
            Some(finding) => findings.push(finding),
            None => findings.extend(other_strength(input, &rationale)),
        }
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
    let decided = decided_amount(input, text, &own, all)?;
    let mut of_unit = own.iter().filter(|known| known.unit == decided.unit);
    let known = of_unit.next()?;
    let message = format!(
        "{} decides on {}, but the title says {}",
        capitalized(&text.name(input)),
        decided.number,
        known.number
    );
    let finding = text
        .finding(decided.range, message, "Correct the rationale or the title")
        .also_at(request_of(item));
    if decided.is_product || of_unit.next().is_some() {
        return Some(finding);
    }
    let words = written_like(known.number, &text.text[decided.range]);
    Some(finding.with_replacement(format!("Write {words}"), words))
}

fn request_of(item: &Item) -> FieldPath {
    FieldPath::new("items[].request", &[item.id])
}

/// The stretches of a rationale that say what is decided on: "the request for 8
/// sessions", and what the conclusion is about.
fn decided_on(input: &Input<'_>, text: &FieldText<'_>) -> Vec<TextRange> {
    let found = REQUESTED.find_iter(text.text);
    let mut stretches: Vec<TextRange> = found.map(|found| found.range().into()).collect();
    if let Some(last) = conclusions(text, input.library.conclusions()).next() {
        let concluded = clause_before(text.text, &last);
        if !stretches.iter().any(|known| known.overlaps(concluded)) {
            stretches.push(concluded);
        }
    }
    stretches.retain(|stretch| {
        let sentence = text.sentence_around(stretch.start);
        let is_of_another = sentence
            .is_some_and(|sentence| ANOTHER_AMOUNT.is_match(&text.text[sentence]));
        !is_of_another && !text.is_quoted(*stretch)
    });
    stretches
}

/// The clause that a conclusion ends: "the eight requested visits".
fn clause_before(rationale: &str, conclusion: &Conclusion) -> TextRange {
    let concluded = concluded_on(rationale, conclusion);
    let before = &rationale[conclusion.sentence.start..concluded.start];
    let clause = before.rfind([',', ';']).map_or(0, |mark| mark + 1);
    let start = conclusion.sentence.start + clause;
    TextRange { start, end: concluded.end }
}

/// The first amount that a rationale decides on, if it is counted as the title counts and
/// no title of the letter has it.
fn decided_amount(
    input: &Input<'_>,
    text: &FieldText<'_>,
    own: &[Quantity],
    all: &[Quantity],
) -> Option<Quantity> {
    if own.is_empty() {
        return None;
    }
    for stretch in decided_on(input, text) {
        let found = quantities(&text.text[stretch])
            .into_iter()
            .find(|found| is_another(found, own, all));
        if let Some(found) = found {
            let range = found.range + stretch.start;
            return Some(Quantity { range, ..found });
        }
    }
    None
}

/// Whether the title counts in the same unit, and no title has the number, nor what is
/// left where a part is taken from another.
fn is_another(found: &Quantity, own: &[Quantity], all: &[Quantity]) -> bool {
    // "Treatment x 12" says how many where nothing else does.
    let is_compared =
        found.unit != Unit::Times || own.iter().all(|known| known.unit == Unit::Times);
    let mut same = own.iter().filter(|known| known.unit == found.unit).peekable();
    let is_known =
        |known: &Quantity| (known.unit, known.number) == (found.unit, found.number);
    is_compared && same.peek().is_some() && !all.iter().any(is_known)
}

/// A drug of another strength in the conclusion than in the title.
fn other_strength(input: &Input<'_>, rationale: &Rationale<'_>) -> Option<Finding> {
    let Rationale { item, text, .. } = rationale;
    let asked = title(&item.title);
    let known = strengths(&asked);
    let (first, _) = known.first()?;
    for stretch in decided_on(input, text) {
        for (range, strength) in strengths(&text.text[stretch]) {
            if known.iter().any(|(_, known)| is_same_strength(known, &strength)) {
                continue;
            }
            let range = range + stretch.start;
            // "Norco 7.5 325 mg", without its stroke.
            let is_rest = text.text[..range.start]
                .trim_end()
                .ends_with(|c: char| c.is_ascii_digit());
            let last = format!("/{strength}");
            if is_rest && known.iter().any(|(_, known)| known.ends_with(&last)) {
                continue;
            }
            let (name, wanted) = (capitalized(&text.name(input)), &asked[*first]);
            let message = format!(
                "{name} decides on {}, but the title says {wanted}",
                &text.text[range]
            );
            let finding =
                text.finding(range, message, "Correct the rationale or the title");
            let finding = finding.with_replacement(format!("Write {wanted}"), wanted);
            return Some(finding.also_at(request_of(item)));
        }
    }
    None
}

/// "10/325" is "10/325mg".
fn is_same_strength(one: &str, other: &str) -> bool {
    let number =
        |text: &str| text.trim_end_matches(|c: char| !c.is_ascii_digit()).to_owned();
    one == other || number(one) == number(other)
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{reasoning, said};

    #[track_caller]
    fn check(title: &str, rationale: &str, expected: Option<&str>) {
        let found = said(&reasoning(title, rationale), "L037");
        let expected = expected.map(|words| {
            let said = "but the title says";
            let (range, words) = words.split_once(": ").unwrap();
            let (decided, asked) = words.split_once(" for ").unwrap();
            format!(
                "Warning [{range}] The rationale of item 1 decides on {decided}, \
                {said} {asked}"
            )
        });
        assert_eq!(found, Vec::from_iter(expected), "{title}: {rationale}");
    }

    #[test]
    fn the_rationale_decides_on_the_amount_of_the_title() {
        let therapy = "Physical therapy 3 times a week for 4 weeks";
        for (title, rationale, expected) in [
            (therapy, "The request for 12 sessions is not medically necessary.", None),
            (
                therapy,
                "The request for 8 sessions is not medically necessary.",
                Some("8: 8 for 12"),
            ),
            (
                therapy,
                "Therefore, the eight requested visits are not medically necessary.",
                Some("eight: 8 for 12"),
            ),
            (
                "Therapy, 12 visits",
                "Therefore, therapy 2 times a week for 4 weeks is not medically necessary.",
                Some("2 times a week for 4 weeks: 8 for 12"),
            ),
            (
                "Norco #90",
                "Therefore, Norco #120 is not medically necessary.",
                Some("120: 120 for 90"),
            ),
            (
                therapy,
                "The guidelines recommend 8 sessions. The prior request for 6 visits \
                    was granted.",
                None,
            ),
            (
                "Therapy, 12 visits",
                "He had 8 visits. Therefore, the request is not medically necessary.",
                None,
            ),
        ] {
            check(title, rationale, expected);
        }
    }

    #[test]
    fn the_rationale_decides_on_the_strength_of_the_title() {
        let title = "Norco 10/325 mg #90";
        for (rationale, expected) in [
            ("The request for Norco 10/325mg #90 is not medically necessary.", None),
            ("The request for Norco 10/325 #90 is not medically necessary.", None),
            ("The request for Norco 10 325 mg is not medically necessary.", None),
            (
                "The request for Norco 5/325 mg #90 is not medically necessary.",
                Some("5/325 mg: 5/325 mg for 10/325 mg"),
            ),
            (
                "Norco 5/325 #90 is not medically necessary.",
                Some("5/325: 5/325 for 10/325 mg"),
            ),
            (
                "He was weaned to Norco 5/325mg. The request is not medically necessary.",
                None,
            ),
        ] {
            check(title, rationale, expected);
        }
        check(
            "Compound 320.5/30/16 mg",
            "The compound 30.5/30/16 mg is not medically necessary.",
            Some("30.5/30/16 mg: 30.5/30/16 mg for 320.5/30/16 mg"),
        );
    }
}
