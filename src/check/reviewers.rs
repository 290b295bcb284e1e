//! Several reviewers: how many there are, that each was heard, and that the majority
//! decides.

use super::wording::capitalized;
use super::{Finding, Findings, Input, Overriding, Rule};
use crate::diagnostic::Severity;
use crate::letter::phrasing::or_list;
use crate::letter::{Denial, FieldPath, Item, grammar, outcome};
use crate::template::Family;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "L015",
        name: "majority",
        severity: Severity::Error,
        family: Family::Decisions,
        summary: "An item is decided as most reviewers did; a tie favors the treatment",
        help: "The majority of the reviewers decides. A tie favors the treatment \
            (Labor Code 4610.6(e)).",
        find: majority,
        ..Rule::DEFAULT
    },
    Rule {
        id: "L063",
        name: "opinions",
        severity: Severity::Error,
        family: Family::Decisions,
        summary: "If opinions are printed, every reviewer has one on every item",
        help: "A letter that prints what each reviewer found needs an opinion from each \
            of them.",
        overriding: Overriding::Never,
        find: opinions,
        ..Rule::DEFAULT
    },
    Rule {
        id: "L064",
        name: "reviewers",
        severity: Severity::Error,
        family: Family::Completeness,
        summary: "The letter has as many reviewers as its template requires",
        help: "The template's head says how many. California health plan reviews need \
            three only where the treatment is experimental.",
        overriding: Overriding::Never,
        find: wrong_count,
        ..Rule::DEFAULT
    },
];

fn wrong_count(input: &Input<'_>, findings: &mut Findings) {
    let (wanted, found) =
        (&input.template.head().reviewers, input.letter.reviewers.len());
    let least = input.template.least_reviewers(input.letter);
    // That there is none is L001's matter.
    let (bound, number) = match wanted.most {
        _ if found > 0 && found < least => ("at least", least),
        Some(most) if found > most => ("at most", most),
        _ => return,
    };
    let number = i64::try_from(number).unwrap_or(i64::MAX);
    let found = i64::try_from(found).unwrap_or(i64::MAX);
    let message = format!(
        "The letter has {}, but its template requires {bound} {} {}",
        grammar::number_words(found),
        grammar::number_words(number),
        grammar::agree(number, "reviewer")
    );
    let path = FieldPath::new("reviewers", &[]);
    findings.push(Finding::new(path, message, "Add or remove reviewers"));
}

fn opinions(input: &Input<'_>, findings: &mut Findings) {
    if input.asks_for("items[].opinions[].decision") && input.letter.reviewers.len() >= 2
    {
        for item in &input.letter.items {
            opinions_on(input, item, findings);
        }
    }
}

/// Every reviewer has exactly one opinion on an item.
fn opinions_on(input: &Input<'_>, item: &Item, findings: &mut Findings) {
    let name = input.row_name(&FieldPath::new("items[].request", &[item.id]));
    let name = capitalized(&name);
    for (number, reviewer) in (1..).zip(&input.letter.reviewers) {
        let mut theirs = item.opinions.iter().map(|opinion| opinion.reviewer);
        let has_one = theirs.any(|author| author == Some(reviewer.id));
        let has_another = theirs.any(|author| author == Some(reviewer.id));
        let (message, hint) = match (has_one, has_another) {
            (true, false) => continue,
            (false, _) => (
                format!("{name} needs the opinion of reviewer {number}"),
                "Add it to the item",
            ),
            (true, true) => (
                format!("{name} has several opinions by reviewer {number}"),
                "Keep one of them",
            ),
        };
        let place = FieldPath::new("items[].opinions", &[item.id]);
        findings.push(Finding::new(place, message, hint));
    }
}

fn majority(input: &Input<'_>, findings: &mut Findings) {
    if input.asks_for("items[].opinions[].decision") {
        for item in &input.letter.items {
            findings.extend(against_the_majority(input, item));
        }
    }
}

fn against_the_majority(input: &Input<'_>, item: &Item) -> Option<Finding> {
    let head = input.template.head();
    let votes = outcome::votes(item, |key| head.denial(key));
    // For the treatment is for it, in part or as a whole.
    let is_against = votes.denial()? == Denial::Stands;
    if is_against == (head.denial(&item.decision.0)? == Denial::Stands) {
        return None;
    }
    let path = FieldPath::new("items[].decision", &[item.id]);
    let message = format!(
        "{} goes against its reviewers: {} for the treatment and {} against",
        capitalized(&input.row_name(&path)),
        votes.for_treatment,
        votes.against
    );
    let mut fitting = Vec::new();
    for outcome in &head.outcomes {
        if (outcome.denial == Denial::Stands) == is_against {
            fitting.push(outcome.word.as_str());
        }
    }
    let why = if votes.for_treatment == votes.against {
        "; a tie favors the treatment"
    } else {
        ""
    };
    Some(Finding::new(path, message, format!("Choose {}{why}", or_list(&fitting))))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use crate::check::tests::check as check_letter;
    use crate::letter::{Decision, Group, Letter};
    use crate::template::{LetterCopy, Template};

    const KIND: &str = r#"(id: "panel", name: "Panel", version: 1, title: "Panel", items: One,
        reviewers: (least: 2, most: 3),
        outcomes: [
            (key: "upheld", word: "Upheld", denial: Stands, meaning: ""),
            (key: "overturned", word: "Overturned", denial: Falls, meaning: ""),
        ])
---
{% for item in items %}{{ item.request }}: {{ item.decision }}
{% for opinion in item.opinions %}{{ opinion.reviewer }} {{ opinion.decision }} {%
endfor %}{% endfor %}
"#;

    /// A letter on one item with these opinions, one of each reviewer, and what is said
    /// of it.
    fn check(
        opinions: &[&str],
        decision: &str,
        change: impl FnOnce(&mut Letter),
        expected: &[&str],
    ) {
        let template = Template::parse(KIND).unwrap_or_else(|found| panic!("{found:#?}"));
        let mut letter = Letter::default();
        let item = letter.add_row(Group::Items, None);
        letter.items[0].title.request = "MRI".into();
        letter.items[0].decision = Decision(decision.into());
        for (place, opinion) in opinions.iter().enumerate() {
            let reviewer = letter.add_row(Group::Reviewers, None);
            letter.add_row(Group::Opinions(item), None);
            letter.items[0].opinions[place].reviewer = Some(reviewer);
            letter.items[0].opinions[place].decision = Decision((*opinion).into());
        }
        change(&mut letter);
        let today = date(2020, 1, 1);
        let found = check_letter(&letter, &template, LetterCopy::Served, today);
        let lines: Vec<String> = found
            .iter()
            .map(|found| format!("{} {} / {}", found.code, found.message, found.hint))
            .collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn the_majority_decides_and_an_even_split_is_for_the_treatment() {
        check(&["upheld", "upheld", "overturned"], "upheld", |_| (), &[]);
        check(&["upheld", "overturned"], "overturned", |_| (), &[]);
        check(
            &["upheld", "overturned"],
            "upheld",
            |_| (),
            &["L015 Item 1 goes against its reviewers: 1 for the treatment and 1 \
                against / Choose Overturned; a tie favors the treatment"],
        );
        check(
            &["upheld", "upheld", "overturned"],
            "overturned",
            |_| (),
            &["L015 Item 1 goes against its reviewers: 1 for the treatment and \
                    2 against / Choose Upheld"],
        );
    }

    #[test]
    fn there_are_as_many_reviewers_as_the_kind_asks_for_and_each_has_an_opinion() {
        check(
            &["upheld"],
            "upheld",
            |_| (),
            &["L064 The letter has one, but its template requires at least two \
                    reviewers / Add or remove reviewers"],
        );
        check(
            &["upheld", "upheld"],
            "upheld",
            |letter| _ = letter.items[0].opinions.pop(),
            &["L063 Item 1 needs the opinion of reviewer 2 / Add it to the item"],
        );
    }

    #[test]
    fn one_reviewer_decides_for_a_health_plan_unless_the_treatment_is_experimental() {
        let template = Template::built_in("ca-dmhc").unwrap();
        for (review, expected) in
            [("Medical Necessity", 0), ("Experimental/Investigational", 1)]
        {
            let mut letter = Letter::default();
            letter.add_row(Group::Reviewers, None);
            letter.extra.insert("review_type".into(), review.into());
            let found =
                check_letter(&letter, template, LetterCopy::Public, date(2026, 1, 1));
            let found = found.iter().filter(|found| found.code == "L064");
            assert_eq!(found.count(), expected, "{review}");
        }
    }

    #[test]
    fn one_decision_is_one_item_and_nothing_is_printed_empty() {
        let second = |letter: &mut Letter| _ = letter.add_row(Group::Items, None);
        check(
            &[],
            "upheld",
            second,
            &[
                "L065 This template decides one item, but there are more / Combine \
                    them into one, or remove the others",
                "L066 Item 2 needs a title / Fill in \"Treatment\" under \"Items in dispute\"",
                "L066 Item 2 needs a decision / Choose \"Decision\" under \"Items in \
                    dispute\"",
            ],
        );
    }
}
