//! Words that no list has.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::language::{guidelines, texts};
use super::wording::place;
use super::{Finding, Input};
use crate::diagnostic::{Anchor, Change, Edit, Fix};
use crate::letter::fields::{Field, Value};
use crate::letter::{FieldPath, Guideline, Source};
use crate::spelling::Speller;

/// As many words as are looked for others near to them in one letter: a text in another
/// language has a thousand, and must not hold up a keystroke.
const MOST_MENDED: usize = 24;

/// As many right words as are offered for one.
const MOST_OFFERED: usize = 3;

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

/// L045: every word is in a list.
pub(super) fn misspelt(input: &Input<'_>) -> Vec<Finding> {
    let Some(speller) = input.library.speller() else { return Vec::new() };
    let mut looking = Looking { input, speller, names: names(input), fixed: 0 };
    let mut findings = Vec::new();
    for (field, path, text) in texts(input) {
        findings.extend(looking.in_text(field, &path, text));
    }
    for (field, path, value) in input.places() {
        match value {
            Value::Many(values) if field.pattern == "reviewers[].certifications" => {
                values.iter().for_each(|value| {
                    findings.extend(looking.in_piece(field, &path, value, None))
                });
            }
            _ => {}
        }
    }
    for (field, path, line) in guidelines(input) {
        findings.extend(looking.in_guideline(field, &path, line));
    }
    findings
}

fn names(input: &Input<'_>) -> BTreeSet<String> {
    let named = input.places().filter(|(field, ..)| NAMES.contains(&&*field.pattern));
    let texts = named.filter_map(|(_, _, value)| match value {
        Value::Text(text) => Some(text),
        _ => None,
    });
    let words = texts.flat_map(|text| text.split(|c: char| !c.is_alphabetic()));
    words
        .filter(|word| word.chars().count() > 1)
        .map(str::to_lowercase)
        .collect()
}

/// What is known while the fields are gone through.
struct Looking<'a> {
    input: &'a Input<'a>,
    speller: &'a Speller,
    names: BTreeSet<String>,
    /// How many words others were looked for.
    fixed: usize,
}

/// A work's words, and the line's place in which they stand.
type ApplyFix<'a> = &'a dyn Fn(&str) -> Change;

impl Looking<'_> {
    /// One finding for each word, however often it stands there.
    fn in_text(&mut self, field: &Field, path: &FieldPath, text: &str) -> Vec<Finding> {
        let words = self.words(text);
        words
            .into_iter()
            .map(|(word, places)| self.finding(field, path, &word, &places))
            .collect()
    }

    fn finding(
        &mut self,
        field: &Field,
        path: &FieldPath,
        word: &str,
        places: &[Range<usize>],
    ) -> Finding {
        let right = self.nearest(word);
        let anchor = |range: &Range<usize>| Anchor::Field {
            path: path.clone(),
            range: Some(range.clone().into()),
        };
        let message = self.message(field, path, word, places.len());
        let mut finding = Finding::new(anchor(&places[0]), message, hint(&right));
        finding.others = places[1..].iter().map(anchor).collect();
        let edit = |range: &Range<usize>, right: &str| Edit {
            path: path.clone(),
            change: Change::Words(range.clone().into(), right.to_owned()),
        };
        let fix = |right: &String| {
            let edits = places.iter().map(|range| edit(range, right)).collect();
            Fix { label: format!("Write {right}"), edits }
        };
        finding.fixes = right.iter().map(fix).collect();
        finding
    }

    /// The same of words that are a piece of their field, whose place in it is not known
    /// in characters.
    fn in_piece(
        &mut self,
        field: &Field,
        path: &FieldPath,
        text: &str,
        apply_fix: Option<ApplyFix<'_>>,
    ) -> Vec<Finding> {
        let words = self.words(text);
        let tell = |(word, places): (String, Vec<Range<usize>>)| {
            let right = self.nearest(&word);
            let message = self.message(field, path, &word, places.len());
            let finding = Finding::new(path.clone(), message, hint(&right))
                .about(self.input, &word);
            let offer = |finding: Finding, right: &String| match apply_fix {
                Some(apply_fix) => finding.fixed(
                    format!("Write {right}"),
                    path,
                    apply_fix(&text.replace(&word, right)),
                ),
                None => finding,
            };
            right.iter().fold(finding, offer)
        };
        words.into_iter().map(tell).collect()
    }

    fn in_guideline(
        &mut self,
        field: &Field,
        path: &FieldPath,
        line: &Guideline,
    ) -> Vec<Finding> {
        match line {
            Guideline::AsWritten(text) => self.in_piece(
                field,
                path,
                text,
                Some(&|text| Change::Whole(text.to_owned())),
            ),
            Guideline::None { reason } => self.in_piece(field, path, reason, None),
            Guideline::Cited(citations) => {
                let each = citations.iter().enumerate();
                each.flat_map(|(place, citation)| {
                    self.in_source(field, path, place, &citation.source)
                })
                .collect()
            }
        }
    }

    fn in_source(
        &mut self,
        field: &Field,
        path: &FieldPath,
        place: usize,
        source: &Source,
    ) -> Vec<Finding> {
        match source {
            Source::OutsideMtus => Vec::new(),
            Source::NonMtus(work) => {
                let apply_fix = |work: &str| {
                    Change::Citation(place, Source::NonMtus(work.to_owned()))
                };
                self.in_piece(field, path, work, Some(&apply_fix))
            }
            Source::Mtus { title, year, acoem_chapter, sections } => {
                let (year, acoem_chapter) = (*year, *acoem_chapter);
                let with = |title: String, sections| {
                    Change::Citation(
                        place,
                        Source::Mtus { title, year, acoem_chapter, sections },
                    )
                };
                let mut findings = self.in_piece(
                    field,
                    path,
                    title,
                    Some(&|title| with(title.into(), sections.clone())),
                );
                for (at, section) in sections.iter().enumerate() {
                    let apply_fix = |section: &str| {
                        let mut sections = sections.clone();
                        section.clone_into(&mut sections[at]);
                        with(title.clone(), sections)
                    };
                    findings.extend(self.in_piece(
                        field,
                        path,
                        section,
                        Some(&apply_fix),
                    ));
                }
                findings
            }
        }
    }

    /// The words that no list has, each with its places, in the order of the text.
    fn words(&self, text: &str) -> Vec<(String, Vec<Range<usize>>)> {
        let places = self.speller.misspelt(text, &self.names);
        if places.is_empty() {
            return Vec::new();
        }
        let mut words: Vec<(String, Vec<Range<usize>>)> = Vec::new();
        let mut known = BTreeMap::new();
        for range in places {
            let word = text[range.clone()].to_owned();
            let at = *known.entry(word.clone()).or_insert(words.len());
            if at == words.len() {
                words.push((word, Vec::new()));
            }
            words[at].1.push(range);
        }
        words
    }

    fn nearest(&mut self, word: &str) -> Vec<String> {
        self.fixed += 1;
        if self.fixed > MOST_MENDED {
            return Vec::new();
        }
        let mut right = self.speller.nearest(word);
        right.truncate(MOST_OFFERED);
        right
    }

    fn message(
        &self,
        field: &Field,
        path: &FieldPath,
        word: &str,
        times: usize,
    ) -> String {
        let place = place(self.input.letter, field, path);
        match times {
            1 => format!("\"{word}\" in {place} is not a known word"),
            2 => format!("\"{word}\", twice in {place}, is not a known word"),
            _ => format!("\"{word}\", {times} times in {place}, is not a known word"),
        }
    }
}

fn hint(right: &[String]) -> String {
    match right.first() {
        Some(right) => {
            format!("Write {right}, or add the word to your own if it is right")
        }
        None => "Check its spelling, or add it to your own words if it is right".into(),
    }
}
