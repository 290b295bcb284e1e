//! Words that are used by turns, and short forms that nobody wrote out.

use std::ops::Range;

use super::date_reader::{Style, dates};
use super::text::{is_within, quotations, words};
use super::{Finding, Input};
use crate::letter::FieldPath;
use crate::letter::phrasing::and_list;

pattern!(CALLED, r"\b(?:claimant|applicant|injured worker|patient)\b");

/// As often as a second word for the claimant stands in a letter before it is a habit and
/// no slip.
const LEAST: usize = 2;

/// L047: one word for the claimant, one form of date. Told once for each letter.
pub(super) fn drift(input: &Input<'_>) -> Vec<Finding> {
    names(input).into_iter().chain(date_forms(input)).collect()
}

/// A place in a text.
type Found<'a> = (FieldPath, &'a str, Range<usize>);

/// The places of each kind of word, outside of quotations.
fn sorted<'a>(
    input: &Input<'a>,
    templates: impl Fn(&str) -> Vec<(String, Range<usize>)>,
) -> Vec<(String, Vec<Found<'a>>)> {
    let mut sorted: Vec<(String, Vec<Found<'a>>)> = Vec::new();
    for (_, path, text) in input.prose().filter(|(_, path, _)| {
        path.pattern() == "summary" || path.pattern().starts_with("items[]")
    }) {
        let quoted = quotations(text);
        for (kind, bytes) in templates(text)
            .into_iter()
            .filter(|(_, bytes)| !is_within(bytes, &quoted))
        {
            let found = (path.clone(), text, bytes);
            match sorted.iter_mut().find(|(known, _)| *known == kind) {
                Some((_, places)) => places.push(found),
                None => sorted.push((kind, vec![found])),
            }
        }
    }
    sorted
}

fn names(input: &Input<'_>) -> Option<Finding> {
    let called = |text: &str| {
        CALLED
            .find_iter(text)
            .map(|found| (found.as_str().to_lowercase(), found.range()))
            .collect()
    };
    let mut used = sorted(input, called);
    used.retain(|(_, places)| places.len() >= LEAST);
    let (_, others) = used.split_first()?;
    let (path, text, bytes) = others.first()?.1.first()?;
    let quoted: Vec<String> =
        used.iter().map(|(word, _)| format!("\"{word}\"")).collect();
    let message = format!("The claimant is called {} by turns", and_list(&quoted));
    Some(Finding::at(path, text, bytes.clone(), message, "Keep to one word"))
}

fn date_forms(input: &Input<'_>) -> Option<Finding> {
    let forms = |text: &str| {
        let figures = dates(text).into_iter().filter_map(|date| match date.style {
            Style::Figures { joint, .. } => Some((joint.to_string(), date.bytes)),
            _ => None,
        });
        figures.collect()
    };
    let used = sorted(input, forms);
    let (_, others) = used.split_first()?;
    let (path, text, bytes) = others.first()?.1.first()?;
    let (first, second) = (&used[0].1[0], &text[bytes.clone()]);
    let message = format!(
        "Dates are written both as {} and as {second}",
        &first.1[first.2.clone()]
    );
    Some(Finding::at(
        path,
        text,
        bytes.clone(),
        message,
        "Keep to one way of writing them",
    ))
}

/// L048: abbreviations whose long form stands nowhere before them. Told once for each
/// letter.
pub(super) fn abbreviations(input: &Input<'_>) -> Vec<Finding> {
    let mut before = String::new();
    let mut found: Vec<(String, Found<'_>)> = Vec::new();
    let mut explained: Vec<&str> = Vec::new();
    for (_, path, text) in input.prose() {
        let quoted = quotations(text);
        let in_capitals = |word: &Range<usize>| {
            text[word.start..].starts_with(|c: char| c.is_ascii_uppercase())
        };
        for word in
            words(text).filter(|word| in_capitals(word) && !is_within(word, &quoted))
        {
            let known = input
                .library
                .abbreviations()
                .iter()
                .find(|known| known.short == text[word.clone()]);
            let is_new = |short: &str| {
                !explained.contains(&short)
                    && found.iter().all(|(known, _)| known != short)
            };
            let Some(known) = known.filter(|known| is_new(&known.short)) else {
                continue;
            };
            if format!("{before} {}", text[..word.start].to_lowercase())
                .contains(&known.long)
            {
                explained.push(&known.short);
            } else {
                found.push((known.short.clone(), (path.clone(), text, word)));
            }
        }
        before.push_str(&text.to_lowercase());
    }
    let shorts: Vec<&String> = found.iter().map(|(short, _)| short).collect();
    let Some((_, (path, text, bytes))) = found.first() else { return Vec::new() };
    let long = input
        .library
        .abbreviations()
        .iter()
        .find(|known| Some(&known.short) == shorts.first().copied());
    let long = long.map(|known| known.long.clone()).unwrap_or_default();
    let verb = if shorts.len() == 1 { "is" } else { "are" };
    let message = format!("{} {verb} not written out", and_list(&shorts));
    let hint = format!("Write \"{long} ({})\" where it first stands", shorts[0]);
    let words = format!("{long} ({})", shorts[0]);
    vec![
        Finding::at(path, text, bytes.clone(), message, hint)
            .reworded(format!("Write {words}"), words),
    ]
}

#[cfg(test)]
mod tests {
    use crate::check::cases::told;

    fn check(code: &str, summary: &str, expected: &[&str]) {
        assert_eq!(told(code, &[("summary", summary)], |_| ()), expected, "{summary}");
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
            &["patient: The claimant is called \"claimant\" and \"patient\" by turns"],
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
            &["HEP: HEP and ROM are not written out"],
        );
        check("L048", "The IW fell.", &["IW: IW is not written out"]);
    }
}
