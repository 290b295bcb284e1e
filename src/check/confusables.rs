//! Words that are spelt well and are not the ones meant: the words around them decide.

use std::collections::HashMap;
use std::ops::Range;

use super::language::texts;
use super::text;
use super::wording::place;
use super::{Finding, Matter};
use crate::library::Confusable;

/// A word of a text as the table's rows look at it.
struct Seen {
    /// In bytes.
    range: Range<usize>,
    /// In small letters, with straight apostrophes.
    word: String,
    /// Whether blanks or a hyphen alone stand between the word before and this one.
    joins: bool,
}

/// L069: no word stands where the words around it ask for another that is much like it.
pub fn meant_otherwise(matter: &Matter<'_>) -> Vec<Finding> {
    let rows = Rows::of(matter.library.confusables());
    let mut findings = Vec::new();
    for (field, path, text) in texts(matter) {
        let words = seen(text);
        for (at, row) in found(&words, &rows) {
            let range = words[at].range.clone();
            let written = &text[range.clone()];
            let right = cased_as(written, &row.right);
            let message =
                format!("\"{written}\" in {} seems to be meant for \"{right}\"", place(matter.letter, field, &path));
            let hint = format!("Write {right}, or leave it if {written} is meant");
            findings.push(Finding::at(&path, text, range, message, hint).reworded(format!("Write {right}"), right));
        }
    }
    findings
}

/// The rows of the table, by the word that each speaks of.
struct Rows<'a>(HashMap<&'a str, Vec<&'a Confusable>>);

impl<'a> Rows<'a> {
    fn of(table: &'a [Confusable]) -> Self {
        let mut rows: HashMap<&str, Vec<&Confusable>> = HashMap::new();
        table.iter().for_each(|row| rows.entry(&row.word).or_default().push(row));
        Self(rows)
    }
}

/// The words that a row speaks of, with the first row that does.
fn found<'a>(words: &[Seen], rows: &Rows<'a>) -> Vec<(usize, &'a Confusable)> {
    let row_of = |at: usize| {
        let rows = rows.0.get(&*words[at].word)?;
        rows.iter().copied().find(|row| decides(row, words, at))
    };
    (0..words.len()).filter_map(|at| Some((at, row_of(at)?))).collect()
}

fn decides(row: &Confusable, words: &[Seen], at: usize) -> bool {
    let before = |wanted: &String| stands_before(wanted, words, at);
    let after = |wanted: &String| stands_after(wanted, words, at);
    let holds = |all: &[String], is_there: &dyn Fn(&String) -> bool| all.is_empty() || all.iter().any(is_there);
    holds(&row.before, &before) && holds(&row.after, &after)
}

fn stands_before(wanted: &str, words: &[Seen], at: usize) -> bool {
    let length = wanted.split(' ').count();
    let Some(start) = at.checked_sub(length) else { return false };
    words[start + 1..=at].iter().all(|word| word.joins) && are(wanted, &words[start..at])
}

fn stands_after(wanted: &str, words: &[Seen], at: usize) -> bool {
    let end = at + 1 + wanted.split(' ').count();
    let Some(behind) = words.get(at + 1..end) else { return false };
    behind.iter().all(|word| word.joins) && are(wanted, behind)
}

fn are(wanted: &str, words: &[Seen]) -> bool {
    wanted.split(' ').zip(words).all(|(wanted, seen)| match wanted.strip_suffix('*') {
        Some(beginning) => seen.word.starts_with(beginning),
        None if wanted == "#" => seen.word.starts_with(|c: char| c.is_ascii_digit()),
        None => seen.word == wanted,
    })
}

fn seen(text: &str) -> Vec<Seen> {
    let mut last = 0;
    let pieces = text::words(text).flat_map(|run| parts(text, run));
    let see = |range: Range<usize>| {
        let joins = text[last..range.start].chars().all(|c| c == '-' || c == ' ');
        last = range.end;
        let word = plain(&text[range.clone()]);
        Seen { range, word, joins }
    };
    pieces.map(see).collect()
}

/// A word as the table has it.
fn plain(word: &str) -> String {
    if word.is_ascii() { word.to_ascii_lowercase() } else { word.to_lowercase().replace('\u{2019}', "'") }
}

/// The pieces of a word that is joined by hyphens, as words of their own; a stroke or a dot parts words for good.
fn parts(text: &str, run: Range<usize>) -> Vec<Range<usize>> {
    let word = &text[run.clone()];
    let mut start = run.start;
    let mut pieces = Vec::new();
    for piece in word.split(['-', '/', '.']) {
        pieces.push(start..start + piece.len());
        start += piece.len() + 1;
    }
    pieces
}

/// The right word with capitals as the wrong one had them.
fn cased_as(written: &str, right: &str) -> String {
    let mut letters = right.chars();
    match letters.next() {
        Some(first) if written.starts_with(char::is_uppercase) => first.to_uppercase().chain(letters).collect(),
        _ => right.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;
    use crate::library::Library;

    static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::bundled().expect("the tables are well formed"));

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let words = seen(text);
        let found = found(&words, &Rows::of(LIBRARY.confusables()));
        let told: Vec<(&str, &str)> =
            found.iter().map(|(at, row)| (&text[words[*at].range.clone()], row.right.as_str())).collect();
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
            let found = found(&seen(text), &Rows::of(LIBRARY.confusables())).len();
            assert!(found >= 1, "{text}");
            let expected = (wrong, right);
            let words = seen(text);
            let told = super::found(&words, &Rows::of(LIBRARY.confusables()))[0];
            assert_eq!((&text[words[told.0].range.clone()], told.1.right.as_str()), expected, "{text}");
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
