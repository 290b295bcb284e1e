//! Words that are spelt well and are not the ones meant: the words around them decide.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use super::language::texts;
use super::text;
use super::wording::place;
use super::{Finding, Input};
use crate::library::Confusable;

/// The words of a text as the table's rows look at them.
struct Words<'a> {
    text: &'a str,
    /// Where each stands, in bytes.
    places: Vec<Range<usize>>,
}

/// L069: no word stands where the words around it ask for another that is much like it.
pub(super) fn meant_otherwise(input: &Input<'_>) -> Vec<Finding> {
    let rows = Rows::of(input.library.confusables());
    let mut findings = Vec::new();
    for (field, path, text) in texts(input) {
        let words = Words::of(text);
        for (at, row) in words.found(&rows) {
            let range = words.places[at].clone();
            let written = &text[range.clone()];
            let right = cased_as(written, &row.right);
            let message = format!(
                "\"{written}\" in {} seems to be meant for \"{right}\"",
                place(input.letter, field, &path)
            );
            let hint = format!("Write {right}, or leave it if {written} is meant");
            findings.push(
                Finding::at(&path, text, range, message, hint)
                    .reworded(format!("Write {right}"), right),
            );
        }
    }
    findings
}

/// The rows of the table, by the word that each speaks of.
struct Rows<'a>(HashMap<&'a str, Vec<&'a Confusable>>);

impl<'a> Rows<'a> {
    fn of(table: &'a [Confusable]) -> Self {
        let mut rows: HashMap<&str, Vec<&Confusable>> = HashMap::new();
        table
            .iter()
            .for_each(|row| rows.entry(&row.word).or_default().push(row));
        Self(rows)
    }
}

impl<'a> Words<'a> {
    fn of(text: &'a str) -> Self {
        Self {
            text,
            places: text::words(text).flat_map(|run| parts(text, run)).collect(),
        }
    }

    /// A word as the table has it: in small letters, with straight apostrophes.
    fn word(&self, at: usize) -> Cow<'a, str> {
        let word = &self.text[self.places[at].clone()];
        match word.is_ascii() {
            true if word.bytes().all(|byte| !byte.is_ascii_uppercase()) => word.into(),
            true => word.to_ascii_lowercase().into(),
            false => word.to_lowercase().replace('\u{2019}', "'").into(),
        }
    }

    /// Whether blanks or a hyphen alone stand between a word and the one before it.
    fn joins(&self, at: usize) -> bool {
        let between = &self.text[self.places[at - 1].end..self.places[at].start];
        between.chars().all(|c| c == '-' || c == ' ')
    }

    /// The words that a row speaks of, with the first row that does.
    fn found<'r>(&self, rows: &Rows<'r>) -> Vec<(usize, &'r Confusable)> {
        let row_of = |at: usize| {
            let rows = rows.0.get(&*self.word(at))?;
            rows.iter().copied().find(|row| self.decides(row, at))
        };
        (0..self.places.len())
            .filter_map(|at| Some((at, row_of(at)?)))
            .collect()
    }

    fn decides(&self, row: &Confusable, at: usize) -> bool {
        let holds = |all: &[String], is_there: &dyn Fn(&String) -> bool| {
            all.is_empty() || all.iter().any(is_there)
        };
        holds(&row.before, &|wanted| self.stands_before(wanted, at))
            && holds(&row.after, &|wanted| self.stands_behind(wanted, at))
    }

    fn stands_before(&self, wanted: &str, at: usize) -> bool {
        at.checked_sub(wanted.split(' ').count())
            .is_some_and(|start| self.are(wanted, start..at) && self.joins(at))
    }

    fn stands_behind(&self, wanted: &str, at: usize) -> bool {
        let behind = at + 1..at + 1 + wanted.split(' ').count();
        behind.end <= self.places.len() && self.are(wanted, behind) && self.joins(at + 1)
    }

    /// Whether these words, joined, are those that a row asks for.
    fn are(&self, wanted: &str, words: Range<usize>) -> bool {
        wanted.split(' ').zip(words.clone()).all(|(wanted, at)| {
            let word = self.word(at);
            let is_it = match wanted.strip_suffix('*') {
                Some(beginning) => word.starts_with(beginning),
                None if wanted == "#" => word.starts_with(|c: char| c.is_ascii_digit()),
                None => word == wanted,
            };
            is_it && (at == words.start || self.joins(at))
        })
    }
}

/// The pieces of a word that is joined by hyphens, as words of their own; a stroke or a
/// dot parts words for good.
fn parts(text: &str, run: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut next = run.start;
    text.as_bytes()[run]
        .split(|byte| matches!(byte, b'-' | b'/' | b'.'))
        .map(move |piece| {
            let start = next;
            next += piece.len() + 1;
            start..start + piece.len()
        })
}

/// The right word with capitals as the wrong one had them.
fn cased_as(written: &str, right: &str) -> String {
    let mut letters = right.chars();
    match letters.next() {
        Some(first) if written.starts_with(char::is_uppercase) => {
            first.to_uppercase().chain(letters).collect()
        }
        _ => right.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;
    use crate::library::Library;

    static LIBRARY: LazyLock<Library> =
        LazyLock::new(|| Library::bundled().expect("the tables are well formed"));

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let words = Words::of(text);
        let found = words.found(&Rows::of(LIBRARY.confusables()));
        let told: Vec<(&str, &str)> = found
            .iter()
            .map(|(at, row)| (&text[words.places[*at].clone()], row.right.as_str()))
            .collect();
        assert_eq!(told, expected, "{text}");
    }

    #[test]
    fn the_words_around_tell_which_is_meant() {
        for (text, wrong, right) in [
            ("any discreet trigger points", "discreet", "discrete"),
            ("without side affects or other adverse affects", "affects", "effects"),
            ("the perineal tendon was torn", "perineal", "peroneal"),
            ("a fracture of the left ileum", "ileum", "ilium"),
            ("It may loose strength", "loose", "lose"),
            ("more then three", "then", "than"),
            ("tender to palpitation", "palpitation", "palpation"),
            ("which has lead to weakness", "lead", "led"),
            ("an initial trail of gabapentin", "trail", "trial"),
            ("in a timely manor", "manor", "manner"),
            ("pain radiating form the neck", "form", "from"),
            ("any from of exercise", "from", "form"),
            ("Flair-ups of pain", "Flair", "flare"),
            ("the injection sight", "sight", "site"),
            ("it dose not help", "dose", "does"),
            ("permanent and stationery", "stationery", "stationary"),
            ("the lumber spine", "lumber", "lumbar"),
        ] {
            let words = Words::of(text);
            let found = words.found(&Rows::of(LIBRARY.confusables()));
            let told = found
                .first()
                .map(|(at, row)| (&text[words.places[*at].clone()], row.right.as_str()));
            assert_eq!(told, Some((wrong, right)), "{text}");
        }
    }

    #[test]
    fn right_words_are_left_alone() {
        for text in [
            "He was discreet. Trigger points are discrete",
            "Her affect was flat; the effect of the injury affects him",
            "perineal numbness and peroneal nerve palsy; the deep perineal nerve",
            "loose bodies; he may lose strength; other, then; no more. Then",
            "Palpitations were denied; tender to palpation",
            "may ultimately lead to surgery; has lead wires",
            "a clinical trial of form and function; the form of the request from the provider",
            "on the trail he fell; results form the basis",
            "abduction and adduction; the ileum was resected",
            "The same does not hold; the dose is not known",
            "its role is not known and it's not needed",
        ] {
            check(text, &[]);
        }
    }
}
