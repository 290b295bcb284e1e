//! Several reviewers: how many there are, that each was heard, and that the majority
//! decides.

use super::wording::{row, sentence};
use super::{Finding, Input};
use crate::letter::phrasing::or_list;
use crate::letter::{Denial, FieldPath, Item, grammar, outcome};

/// L064: as many reviewers as the letter kind asks for. That there is none is L001's
/// matter.
pub(super) fn count(input: &Input<'_>) -> Vec<Finding> {
    let (wanted, found) = (input.template.head().reviewers, input.letter.reviewers.len());
    let few = (found > 0 && found < wanted.least).then_some(("at least", wanted.least));
    let many = wanted.most.filter(|&most| found > most).map(|most| ("at most", most));
    let finding = few.or(many).map(|(bound, number)| {
        let signed = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let words = |number| grammar::number_words(signed(number));
        let noun = grammar::agree(signed(number), "reviewer");
        let message = format!(
            "The letter has {}, and its kind asks for {bound} {} {noun}",
            words(found),
            words(number)
        );
        Finding::new(
            FieldPath::new("reviewers", &[]),
            message,
            "Add or take out reviewers",
        )
    });
    finding.into_iter().collect()
}

/// L063: where opinions are printed, every reviewer has exactly one on every item.
pub(super) fn opinions(input: &Input<'_>) -> Vec<Finding> {
    if !input.asks_for("items[].opinions[].decision") || input.letter.reviewers.len() < 2
    {
        return Vec::new();
    }
    input
        .letter
        .items
        .iter()
        .flat_map(|item| opinions_on(input, item))
        .collect()
}

fn opinions_on(input: &Input<'_>, item: &Item) -> Vec<Finding> {
    let place = FieldPath::new("items[].opinions", &[item.id]);
    let name = row(input.letter, &FieldPath::new("items[].request", &[item.id]))
        .unwrap_or_default();
    let mut findings = Vec::new();
    for (number, reviewer) in (1..).zip(&input.letter.reviewers) {
        let theirs = item
            .opinions
            .iter()
            .filter(|opinion| opinion.reviewer == Some(reviewer.id))
            .count();
        let (message, hint) = match theirs {
            0 => (
                format!("{} has no opinion of reviewer {number} yet", sentence(&name)),
                "Add it to the item",
            ),
            1 => continue,
            _ => (
                format!("{} has several opinions of reviewer {number}", sentence(&name)),
                "Keep one of them",
            ),
        };
        findings.push(Finding::new(place.clone(), message, hint));
    }
    findings
}

/// L015: the majority decides, and an even split is decided for the treatment.
pub(super) fn majority(input: &Input<'_>) -> Vec<Finding> {
    if !input.asks_for("items[].opinions[].decision") {
        return Vec::new();
    }
    input
        .letter
        .items
        .iter()
        .filter_map(|item| against_the_majority(input, item))
        .collect()
}

fn against_the_majority(input: &Input<'_>, item: &Item) -> Option<Finding> {
    let head = input.template.head();
    let votes = outcome::votes(item, |key| head.denial(key));
    let (wanted, decided) = (votes.denial()?, head.denial(&item.decision.0)?);
    // For the treatment is for it, in part or as a whole.
    if (wanted == Denial::Stands) == (decided == Denial::Stands) {
        return None;
    }
    let path = FieldPath::new("items[].decision", &[item.id]);
    let name = sentence(&row(input.letter, &path)?);
    let split = format!(
        "{} for the treatment and {} against",
        votes.for_treatment, votes.against
    );
    let message = format!("{name} is decided against its reviewers: {split}");
    let fitting = head.outcomes.iter().filter(|outcome| {
        (outcome.denial == Denial::Stands) == (wanted == Denial::Stands)
    });
    let words: Vec<&str> = fitting.map(|outcome| outcome.word.as_str()).collect();
    let why = if votes.for_treatment == votes.against {
        ": an even split is for the treatment"
    } else {
        ""
    };
    Some(Finding::new(path, message, format!("Choose {}{why}", or_list(&words))))
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use crate::check::check as check_letter;
    use crate::letter::{Decision, Group, Letter};
    use crate::library::Library;
    use crate::template::{LetterCopy, Order, Template};

    const KIND: &str = r#"(id: "panel", name: "Panel", version: 1, title: "Panel", items: One,
        reviewers: (least: 2, most: 3),
        outcomes: [
            (key: "upheld", word: "Upheld", denial: Stands, meaning: ""),
            (key: "overturned", word: "Overturned", denial: Falls, meaning: ""),
        ])
---
{% for item in items %}{{ item.request }}: {{ item.decision }}
{% for opinion in item.opinions %}{{ opinion.reviewer }} {{ opinion.decision }} {% endfor %}{% endfor %}
"#;

    static LIBRARY: LazyLock<Library> =
        LazyLock::new(|| Library::bundled().expect("the tables are well formed"));

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
        let order =
            Order { copy: LetterCopy::Served, today: jiff::civil::date(2020, 1, 1) };
        let (document, _) = template.fill(&letter, order.copy);
        let found = check_letter(&letter, &template, &LIBRARY, &order, &document);
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
            &["L015 Item 1 is decided against its reviewers: 1 for the treatment and \
                    1 against / Choose Overturned: an even split \
             is for the treatment"],
        );
        check(
            &["upheld", "upheld", "overturned"],
            "overturned",
            |_| (),
            &["L015 Item 1 is decided against its reviewers: 1 for the treatment and \
                    2 against / Choose Upheld"],
        );
    }

    #[test]
    fn there_are_as_many_reviewers_as_the_kind_asks_for_and_each_has_an_opinion() {
        check(
            &["upheld"],
            "upheld",
            |_| (),
            &["L064 The letter has one, and its kind asks for at least two reviewers \
                    / Add or take out reviewers"],
        );
        check(
            &["upheld", "upheld"],
            "upheld",
            |letter| _ = letter.items[0].opinions.pop(),
            &["L063 Item 1 has no opinion of reviewer 2 yet / Add it to the item"],
        );
    }

    #[test]
    fn one_decision_is_one_item_and_nothing_is_printed_empty() {
        let second = |letter: &mut Letter| _ = letter.add_row(Group::Items, None);
        check(
            &[],
            "upheld",
            second,
            &[
                "L065 This letter kind decides one item, and there are more / Put them \
                    into one, or take the others out",
                "L066 Item 2 has no title yet / Fill in \"Item\" under \"Items in dispute\"",
                "L066 Item 2 has no decision yet / Choose \"Decision\" under \"Items in \
                    dispute\"",
            ],
        );
    }
}
