//! Words that no list has.

use std::collections::{BTreeMap, BTreeSet};

use super::input::{FieldText, FormPlace};
use super::language::texts;
use super::{Finding, Findings, Input, Reads, Rule};
use crate::diagnostic::{Action, Anchor, Change, Edit, Fix, Severity, TextRange};
use crate::letter::Guideline;
use crate::letter::fields::{Options, Value};
use crate::spelling::{Near, Speller};
use crate::template::Family;

pub(super) const RULES: &[Rule] = &[Rule {
    id: "L045",
    reads: &[Reads::Sentences],
    name: "spelling",
    severity: Severity::Warning,
    family: Family::Language,
    summary: "Every word is in the dictionary or in your own words",
    help: "Looks in titles, certifications, the summary, rationales, and opinions, with \
        lists of English, medicine, drugs, and the trade, and with your own words. \
        Words with digits, short words in capitals, web addresses, and the names of the \
        case's parties are left alone. A word that is like no known word, such as a name \
        or a new drug, is only a note.",
    find: misspelled,
    ..Rule::DEFAULT
}];

/// As many words as are looked for others near to them in one letter: a text in another
/// language has a thousand, and must not hold up a keystroke.
const MOST_CORRECTED: usize = 24;

/// Fields whose words are names, which are right wherever else they stand.
const NAMES: &[&str] = &[
    "reviewers[].internal_name",
    "parties.employee",
    "parties.employer",
    "parties.claims_administrator",
    "parties.provider",
    "parties.attorney",
    "recipients[].name",
    "recipients[].address",
    "documents[].author",
];

fn misspelled(input: &Input<'_>, findings: &mut Findings) {
    let Some(speller) = input.library.speller() else { return };
    speller.begin_letter();
    let names = names(input);
    let mut search = Search { input, speller, names, corrected: 0, findings };
    let mut texts: Vec<&FieldText<'_>> = texts(input).collect();
    // What is chosen from a list is a name, and seldom printed.
    texts.retain(|text| !matches!(text.field.options, Options::List(_)));
    search.in_texts(texts);
    for place in input.places() {
        if let Value::Many(values) = &place.value
            && place.field.pattern == "reviewers[].certifications"
        {
            for value in *values {
                search.in_piece(place, value);
            }
        }
        // What a guideline line cites are the names of works; only why none was cited is
        // the writer's own sentence.
        if let Value::Guideline(Guideline::None { reason }) = place.value {
            search.in_piece(place, reason);
        }
    }
}

fn names(input: &Input<'_>) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for FormPlace { field, value, .. } in input.places() {
        let Value::Text(text) = value else { continue };
        if !NAMES.contains(&&*field.pattern) {
            continue;
        }
        for word in text.split(|c: char| !c.is_alphabetic()) {
            if word.chars().count() > 1 {
                names.insert(word.to_lowercase());
            }
        }
    }
    names
}

/// Words of a text of the form.
type WordPlace<'i> = (&'i FieldText<'i>, TextRange);

/// What is known while the fields are searched.
struct Search<'a> {
    input: &'a Input<'a>,
    speller: &'a Speller,
    names: BTreeSet<String>,
    /// How many words others were looked for.
    corrected: usize,
    findings: &'a mut Findings,
}

impl Search<'_> {
    /// One finding for each word, however often and in however many fields it is.
    fn in_texts<'i>(&mut self, texts: Vec<&'i FieldText<'i>>) {
        let mut words: Vec<(&'i str, Vec<WordPlace<'i>>)> = Vec::new();
        let mut known = BTreeMap::new();
        for text in texts {
            for (word, ranges) in self.unknown_words(text.text) {
                let at = *known.entry(word).or_insert(words.len());
                if at == words.len() {
                    words.push((word, Vec::new()));
                }
                words[at].1.extend(ranges.into_iter().map(|range| (text, range)));
            }
        }
        for (word, places) in words {
            self.push_word(word, &places);
        }
    }

    fn push_word(&mut self, word: &str, places: &[WordPlace<'_>]) {
        let [(first, range), others @ ..] = places else { return };
        let Near { words: right, is_slip } = self.near(first.text, *range);
        let name = first.name(self.input);
        let elsewhere = others.iter().filter(|(text, _)| text.path != first.path).count();
        let message = match elsewhere {
            0 => message(word, &name, places.len()),
            1 => format!("\"{word}\" in {name} and one other place is not a known word"),
            _ => format!(
                "\"{word}\" in {name} and {elsewhere} other places is not a known word"
            ),
        };
        let mut finding = first
            .finding(*range, message, hint(&right, is_slip))
            .with_severity(severity(is_slip))
            .with_action(Action::LearnWord);
        for (text, range) in others {
            finding.others.push(text.anchor(*range));
        }
        for right in &right {
            let mut edits = Vec::new();
            for (text, range) in places {
                let change = Change::Words(*range, right.clone());
                edits.push(Edit { path: text.path.clone(), change });
            }
            finding.fixes.push(Fix { label: format!("Write {right}"), edits });
        }
        self.findings.push(finding);
    }

    /// The same of words that are a piece of their field.
    fn in_piece(&mut self, place: &FormPlace<'_>, text: &str) {
        for (word, places) in self.unknown_words(text) {
            let [range, ..] = &*places else { continue };
            let Near { words: right, is_slip } = self.near(text, *range);
            let name = self.input.field_name(place.field, &place.path);
            let message = message(word, &name, places.len());
            let hint = hint(&right, is_slip);
            let mut finding = Finding::new(place.path.clone(), message, hint)
                .with_severity(severity(is_slip))
                .narrowed_to(self.input, word);
            // A word that is not found in the field as it is shown cannot be read off.
            if matches!(finding.anchor, Anchor::Field { range: Some(_), .. }) {
                finding = finding.with_action(Action::LearnWord);
            }
            self.findings.push(finding);
        }
    }

    /// The words that no list has, each with its places, in the order of the text.
    fn unknown_words<'t>(&self, text: &'t str) -> Vec<(&'t str, Vec<TextRange>)> {
        let mut words: Vec<(&str, Vec<TextRange>)> = Vec::new();
        let mut known = BTreeMap::new();
        for range in self.speller.misspelt(text, &self.names) {
            let word = &text[range.clone()];
            let at = *known.entry(word).or_insert(words.len());
            if at == words.len() {
                words.push((word, Vec::new()));
            }
            words[at].1.push(range.into());
        }
        words
    }

    fn near(&mut self, text: &str, word: TextRange) -> Near {
        self.corrected += 1;
        if self.corrected > MOST_CORRECTED {
            return Near { words: Vec::new(), is_slip: true };
        }
        self.speller.near(text, word.start..word.end)
    }
}

fn message(word: &str, place: &str, times: usize) -> String {
    match times {
        1 => format!("\"{word}\" in {place} is not in the dictionary"),
        2 => format!("\"{word}\", twice in {place}, is not in the dictionary"),
        _ => format!("\"{word}\", {times} times in {place}, is not in the dictionary"),
    }
}

/// A word that is like no other may be a name or newer than the lists.
fn severity(is_slip: bool) -> Severity {
    if is_slip { Severity::Warning } else { Severity::Note }
}

fn hint(right: &[String], is_slip: bool) -> String {
    match right.first() {
        _ if !is_slip => "If it is right, add it to your own words".into(),
        Some(right) => format!("Write {right}, or add it to your own words"),
        None => "Check the spelling, or add it to your own words".into(),
    }
}
