//! Words that are used by turns, and short forms that nobody wrote out.

use super::date_reader::DateStyle;
use super::input::FieldText;
use super::{Findings, Input, Reads, Rule};
use crate::diagnostic::{Severity, TextRange};
use crate::letter::phrasing::and_list;
use crate::library::Abbreviation;
use crate::template::Family;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "L047",
        reads: &[Reads::CaseProse],
        name: "terms",
        severity: Severity::Note,
        family: Family::Language,
        summary: "The claimant has one name throughout, and dates one format",
        help: "A letter that says claimant, applicant, and patient in turn reads as if \
            it were about several people. Quotations are left alone.",
        find: mixed_terms,
        ..Rule::DEFAULT
    },
    Rule {
        id: "L048",
        reads: &[Reads::Prose],
        name: "abbreviations",
        severity: Severity::Note,
        family: Family::Language,
        summary: "Abbreviations are spelled out where they first appear",
        help: "Not everybody who reads the determination is a physician. Looks for the \
            abbreviations in a list; those that are better known than their long form \
            (MRI, TENS) are not in it.",
        find: abbreviations,
        ..Rule::DEFAULT
    },
];

pattern!(CALLED, r"\b(?:claimant|applicant|injured worker|patient)\b");

/// As often as a second word for the claimant stands in a letter before it is a habit and
/// no slip.
const LEAST: usize = 2;

/// One word for the claimant, one form of date; each reported once for each letter.
fn mixed_terms(input: &Input<'_>, findings: &mut Findings) {
    names(input, findings);
    date_forms(input, findings);
}

/// A place in a text.
type Occurrence<'i> = (&'i FieldText<'i>, TextRange);

/// What is said in several ways: each way, and where it stands, in the order of the
/// letter.
#[derive(Default)]
struct Usage<'i> {
    ways: Vec<(String, Vec<Occurrence<'i>>)>,
}

impl<'i> Usage<'i> {
    fn add(&mut self, way: String, text: &'i FieldText<'i>, words: TextRange) {
        if text.is_quoted(words) {
            return;
        }
        match self.ways.iter_mut().find(|(known, _)| *known == way) {
            Some((_, places)) => places.push((text, words)),
            None => self.ways.push((way, vec![(text, words)])),
        }
    }

    /// Where the first way and the second one are used first.
    fn first_two(&self) -> Option<(Occurrence<'i>, Occurrence<'i>)> {
        let [(_, first), (_, second), ..] = &self.ways[..] else { return None };
        Some((*first.first()?, *second.first()?))
    }
}

fn texts_of_the_case<'i>(
    input: &'i Input<'_>,
) -> impl Iterator<Item = &'i FieldText<'i>> {
    input.prose().filter(|text| text.is_of_the_case())
}

fn names(input: &Input<'_>, findings: &mut Findings) {
    let mut used = Usage::default();
    for text in texts_of_the_case(input) {
        for found in CALLED.find_iter(text.text) {
            used.add(found.as_str().to_lowercase(), text, found.range().into());
        }
    }
    used.ways.retain(|(_, places)| places.len() >= LEAST);
    let Some((_, (text, words))) = used.first_two() else { return };
    let ways = used.ways.iter();
    let quoted: Vec<String> = ways.map(|(word, _)| format!("\"{word}\"")).collect();
    let message = format!("The claimant is called {} in turn", and_list(&quoted));
    findings.push(text.finding(words, message, "Use one word throughout"));
}

fn date_forms(input: &Input<'_>, findings: &mut Findings) {
    let mut used = Usage::default();
    for text in texts_of_the_case(input) {
        for date in text.dates() {
            if let DateStyle::Figures { joint, .. } = date.style {
                used.add(joint.to_string(), text, date.range);
            }
        }
    }
    let Some(((first_text, first), (text, words))) = used.first_two() else { return };
    let message = format!(
        "Dates are written both as {} and as {}",
        &first_text.text[first], &text.text[words]
    );
    findings.push(text.finding(words, message, "Use one format throughout"));
}

/// Abbreviations whose long form stands nowhere before them; reported once for each
/// letter.
fn abbreviations(input: &Input<'_>, findings: &mut Findings) {
    let unexplained = unexplained(input);
    let Some((first, (text, words))) = unexplained.first() else { return };
    let shorts: Vec<&str> =
        unexplained.iter().map(|(known, _)| known.short.as_str()).collect();
    let verb = if shorts.len() == 1 { "is" } else { "are" };
    let message = format!("{} {verb} not spelled out", and_list(&shorts));
    let written = format!("{} ({})", first.long, first.short);
    let hint = format!("Write \"{written}\" where it first appears");
    let finding = text.finding(*words, message, hint);
    findings.push(finding.with_replacement(format!("Write {written}"), written));
}

/// Each abbreviation that is not explained where it first stands.
fn unexplained<'i>(input: &'i Input<'_>) -> Vec<(&'i Abbreviation, Occurrence<'i>)> {
    let mut before = String::new();
    let mut seen: Vec<&str> = Vec::new();
    let mut found = Vec::new();
    for text in input.prose() {
        for &word in text.words() {
            // Looked at first, because nearly no word is in capitals.
            if !text.text[word.start..].starts_with(|c: char| c.is_ascii_uppercase()) {
                continue;
            }
            let mut known = input.library.abbreviations().iter();
            let Some(known) = known.find(|known| known.short == text.text[word]) else {
                continue;
            };
            if seen.contains(&known.short.as_str()) || text.is_quoted(word) {
                continue;
            }
            seen.push(&known.short);
            let earlier = format!("{before} {}", text.text[..word.start].to_lowercase());
            if !earlier.contains(&known.long) {
                found.push((known, (text, word)));
            }
        }
        before.push_str(&text.text.to_lowercase());
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::check::tests::reported;

    fn check(code: &str, summary: &str, expected: &[&str]) {
        assert_eq!(
            reported(code, &[("summary", summary)], |_| ()),
            expected,
            "{summary}"
        );
    }

    #[test]
    fn the_claimant_has_one_name_and_dates_one_form() {
        check(
            "L047",
            "The claimant fell. The claimant limps. It was the patient. Seen 1/8/2013 \
                and 1/9/13.",
            &[],
        );
        check(
            "L047",
            "The claimant fell. The claimant limps. The patient is one of two: the patient.",
            &["patient: The claimant is called \"claimant\" and \"patient\" in turn"],
        );
        check(
            "L047",
            "Seen 1-8-2013 and 1/9/2013.",
            &["1/9/2013: Dates are written both as 1-8-2013 and as 1/9/2013"],
        );
        check("L047", "Seen 1-8-2013. It says \"1/9/2013\" there.", &[]);
    }

    #[test]
    fn abbreviations_are_written_out_at_first() {
        check(
            "L048",
            "A home exercise program (HEP) helped. HEP went on. An MRI was done.",
            &[],
        );
        check(
            "L048",
            "HEP helped. ROM is full.",
            &["HEP: HEP and ROM are not spelled out"],
        );
        check("L048", "The IW fell.", &["IW: IW is not spelled out"]);
    }
}
