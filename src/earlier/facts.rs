//! Facts of another case in a text: what is taken over from an earlier letter may bring
//! its names, numbers, dates and sides along.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::entry::{CaseFacts, EarlierItem};
use super::words::plain_words;
use crate::check;
use crate::diagnostic::TextRange;
use crate::letter::{Item, Letter, phrasing, us_date};

/// A fact of another case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherFact {
    /// Where it stands in the text.
    pub words: TextRange,
    /// What it is: "Their case number", "Their date".
    pub what: &'static str,
    pub text: String,
}

/// What of an earlier letter stands in the rationale of an item and is not true of this
/// letter.
pub fn facts_of_another(
    letter: &Letter,
    item: &Item,
    earlier: &EarlierItem,
) -> Vec<OtherFact> {
    let text = &item.rationale;
    let own = own_words(letter, item);
    let mut facts = Vec::new();
    for number in &earlier.facts.numbers {
        push_if_foreign(text, &own, number, "Case number", &mut facts);
    }
    for name in &earlier.facts.names {
        // Who wrote "Doe" for "Jane Doe" copied the name as well.
        let last = name.split_whitespace().next_back().unwrap_or(name);
        if !push_if_foreign(text, &own, name, "Name", &mut facts) && last.len() > 2 {
            push_if_foreign(text, &own, last, "Name", &mut facts);
        }
    }
    dates(letter, item, earlier, &own, &mut facts);
    sides(item, &own, earlier, &mut facts);
    facts.sort_by_key(|fact| fact.words.start);
    facts
}

/// Everything that the letter says elsewhere.
fn own_words(letter: &Letter, item: &Item) -> String {
    let mut words = String::new();
    let CaseFacts { numbers, names } = CaseFacts::of(letter);
    let title = phrasing::title(&item.title);
    let all = [numbers.join("\n"), names.join("\n"), title];
    for text in all.iter().chain([&letter.summary, &item.body_part]) {
        words.push_str(text);
        words.push('\n');
    }
    words
}

fn push_if_foreign(
    text: &str,
    own: &str,
    fact: &str,
    what: &'static str,
    facts: &mut Vec<OtherFact>,
) -> bool {
    let Some(words) = place_of(text, fact) else { return false };
    if place_of(own, fact).is_some() {
        return false;
    }
    facts.push(OtherFact { words, what, text: fact.to_owned() });
    true
}

/// Where a fact stands in a text as whole words.
fn place_of(text: &str, fact: &str) -> Option<TextRange> {
    let is_word = |character: Option<char>| character.is_some_and(char::is_alphanumeric);
    for (start, _) in text.match_indices(fact) {
        let end = start + fact.len();
        let (before, after) = (&text[..start], &text[end..]);
        if !is_word(before.chars().next_back()) && !is_word(after.chars().next()) {
            return Some(TextRange { start, end });
        }
    }
    None
}

/// Days that the earlier rationale names as well, and nothing else in this letter.
fn dates(
    letter: &Letter,
    item: &Item,
    earlier: &EarlierItem,
    own: &str,
    facts: &mut Vec<OtherFact>,
) {
    let theirs: BTreeSet<Date> = days(&earlier.rationale);
    let mut ours = days(own);
    ours.extend(days_of_form(letter));
    for (words, day) in check::dates_in(&item.rationale) {
        if theirs.contains(&day) && !ours.contains(&day) {
            facts.push(OtherFact { words, what: "Date", text: us_date(day) });
        }
    }
}

fn days(text: &str) -> BTreeSet<Date> {
    check::dates_in(text).into_iter().map(|(_, day)| day).collect()
}

fn days_of_form(letter: &Letter) -> Vec<Date> {
    let case = &letter.case;
    let mut entries = vec![
        &case.date_of_injury,
        &case.date_of_injury_end,
        &case.ur_denial_date,
        &case.application_received,
        &case.date_assigned,
        &case.records_received,
        &case.decision_date,
    ];
    for document in &letter.documents {
        entries.extend([&document.from, &document.to]);
    }
    entries
        .into_iter()
        .filter_map(|entry| entry.understood().copied())
        .collect()
}

/// A side that the earlier rationale names, where this letter speaks of the other alone.
fn sides(item: &Item, own: &str, earlier: &EarlierItem, facts: &mut Vec<OtherFact>) {
    let (here, there) = (plain_words(own), plain_words(&earlier.rationale));
    for (side, other) in [("left", "right"), ("right", "left")] {
        let has = |words: &[String], word: &str| words.iter().any(|own| own == word);
        if !has(&there, side) || has(&here, side) || !has(&here, other) {
            continue;
        }
        let lower = item.rationale.to_ascii_lowercase();
        if let Some(words) = place_of(&lower, side) {
            facts.push(OtherFact { words, what: "Side", text: side.to_owned() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::{Entry, parse_date};

    fn check_facts(rationale: &str, expected: &[(&str, &str)]) {
        let mut letter = Letter::default();
        letter.case.number = "CM17-0000002".into();
        letter.parties.employee = "Ann Other".into();
        letter.case.date_of_injury = Entry::Understood(parse_date("3/3/2016").unwrap());
        letter.summary = "Seen on 04/05/2016 for pain of the right shoulder.".into();
        let item = Item { rationale: rationale.into(), ..Item::default() };
        let earlier = EarlierItem {
            rationale: "On 01/02/2015, 03/03/2016 and 04/05/2016 the left knee".into(),
            facts: CaseFacts {
                numbers: vec!["CM15-0000001".into()],
                names: vec!["Jane Doe".into()],
            },
            ..EarlierItem::default()
        };
        let found = facts_of_another(&letter, &item, &earlier);
        let found: Vec<(&str, &str)> =
            found.iter().map(|fact| (fact.what, fact.text.as_str())).collect();
        assert_eq!(found, expected, "{rationale}");
    }

    #[test]
    fn what_is_true_of_the_other_case_alone_is_found() {
        check_facts("In CM15-0000001 the exam", &[("Case number", "CM15-0000001")]);
        check_facts("Jane Doe was seen", &[("Name", "Jane Doe")]);
        check_facts("Ms. Doe was seen", &[("Name", "Doe")]);
        check_facts("Seen on January 2, 2015", &[("Date", "01/02/2015")]);
        check_facts("Seen on 03/03/2016 and 4/5/16", &[]);
        check_facts("Seen on 09/09/2016", &[]);
        check_facts("The Left shoulder", &[("Side", "left")]);
        check_facts("The right shoulder; what is leftover; a Doer", &[]);
    }
}
