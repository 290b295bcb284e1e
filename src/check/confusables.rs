//! Words that are spelled well and are not the ones meant: the words around them decide.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::grammar::{Slip, owners_without_mark};
use super::input::{FieldText, ReadText};
use super::language::texts;
use super::{Finding, Findings, Input, Reads, Rule, agreement, text};
use crate::diagnostic::{Severity, TextRange};
use crate::library::{Confusable, Confusables, Neighbors};
use crate::memo::{ENTRY, Memo};
use crate::template::Family;

pub(super) const RULES: &[Rule] = &[Rule {
    id: "L069",
    reads: &[Reads::Sentences],
    name: "confusable",
    severity: Severity::Warning,
    family: Family::Language,
    summary: "No word is used where a similar word is meant",
    help: "Words that are spelled right can still be wrong: discreet for discrete, form \
        for from, palpitation for palpation. A table says which words around them \
        decide; without one of those there is no finding. Also looks for verbs that \
        lack their s (\"the physician advise\"), verbs in a form that does not go with \
        the words before them (\"has underwent\", \"was give\", \"did not helped\"), and \
        plurals where an owner is meant (\"the patients pain\").",
    find: meant_otherwise,
    ..Rule::DEFAULT
}];

/// The words of a text as the table's rows look at them.
struct WordList<'a> {
    text: &'a str,
    places: Vec<TextRange>,
}

/// The slips of texts that were read before: a keystroke changes one of many.
static SLIPS: Memo<Arc<[Slip]>> = Memo::of_weight(1 << 18);

fn meant_otherwise(input: &Input<'_>, findings: &mut Findings) {
    SLIPS.begin_letter();
    let table = input.library.confusables();
    for text in texts(input) {
        let slips = SLIPS.answer(&(text.text, table.key()), || {
            let slips = slips(text, table);
            let weight = size_of_val(&*slips) + ENTRY;
            (slips.into(), weight)
        });
        for Slip { range, right } in slips.iter() {
            findings.push(finding(input, text, *range, right.clone()));
        }
    }
}

fn slips(text: &ReadText<'_>, table: &Confusables) -> Vec<Slip> {
    let words = WordList::new(text.text);
    let mut slips = Vec::new();
    for (at, row) in words.find(table) {
        let range = words.places[at];
        slips.push(Slip { range, right: cased_as(&text.text[range], &row.right) });
    }
    slips.extend(owners_without_mark(text));
    slips.extend(agreement::slips(text));
    // "The patient have" wants another word for two reasons.
    slips.sort_by_key(|slip| slip.range.start);
    slips.dedup_by_key(|slip| slip.range.start);
    slips
}

fn finding(
    input: &Input<'_>,
    text: &FieldText<'_>,
    range: TextRange,
    right: String,
) -> Finding {
    let written = &text.text[range];
    let message =
        format!("\"{written}\" in {} may be meant as \"{right}\"", text.name(input));
    let hint = format!("Write {right}, or leave it if you mean {written}");
    let finding = text.finding(range, message, hint);
    finding.with_replacement(format!("Write {right}"), right)
}

impl<'a> WordList<'a> {
    fn new(text: &'a str) -> Self {
        let mut places = Vec::new();
        for run in text::words(text) {
            push_pieces(&mut places, text, run);
        }
        Self { text, places }
    }

    /// A word as the table has it: in small letters, with straight apostrophes.
    fn word(&self, at: usize) -> Cow<'a, str> {
        let word = &self.text[self.places[at]];
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
    fn find<'r>(&self, table: &'r Confusables) -> Vec<(usize, &'r Confusable)> {
        let mut found = Vec::new();
        for at in 0..self.places.len() {
            let mut rows = table.of(&self.word(at)).iter();
            if let Some(row) = rows.find(|row| self.decides(row, at)) {
                found.push((at, row));
            }
        }
        found
    }

    /// Whether the words around one are those that a row asks for.
    fn decides(&self, row: &Confusable, at: usize) -> bool {
        let stands_before =
            |words: &Neighbors| words.iter().any(|wanted| self.is_preceded(at, wanted));
        let stands_after =
            |words: &Neighbors| words.iter().any(|wanted| self.is_followed(at, wanted));
        // "Wit v. Example" names a case of law.
        let is_party = self.is_followed(at, "v");
        (row.before.is_empty() || stands_before(&row.before))
            && (row.after.is_empty() || stands_after(&row.after))
            && !is_party
            && !stands_before(&row.unless)
            && !stands_after(&row.unless_after)
    }

    fn is_preceded(&self, at: usize, wanted: &str) -> bool {
        match at.checked_sub(wanted.split(' ').count()) {
            Some(start) => self.are(start..at, wanted) && self.joins(at),
            None => false,
        }
    }

    fn is_followed(&self, at: usize, wanted: &str) -> bool {
        let after = at + 1..at + 1 + wanted.split(' ').count();
        after.end <= self.places.len() && self.are(after, wanted) && self.joins(at + 1)
    }

    /// Whether these words, joined, are those that a row asks for.
    fn are(&self, words: Range<usize>, wanted: &str) -> bool {
        for (at, wanted) in words.clone().zip(wanted.split(' ')) {
            let word = self.word(at);
            let is_it = match wanted.strip_suffix('*') {
                Some(beginning) => word.starts_with(beginning),
                None if wanted.starts_with('*') => word.ends_with(&wanted[1..]),
                None if wanted == "#" => word.starts_with(|c: char| c.is_ascii_digit()),
                None if wanted == "##" => {
                    word != "1" && word.bytes().all(|byte| byte.is_ascii_digit())
                }
                None => word == wanted,
            };
            if !is_it || (at != words.start && !self.joins(at)) {
                return false;
            }
        }
        true
    }
}

/// Adds the pieces of a word that is joined by hyphens, as words of their own; a stroke
/// or a dot parts words for good.
fn push_pieces(places: &mut Vec<TextRange>, text: &str, run: TextRange) {
    let mut start = run.start;
    for piece in text[run].split(['-', '/', '.']) {
        places.push(TextRange { start, end: start + piece.len() });
        start += piece.len() + 1;
    }
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
    use super::*;
    use crate::check::tests::LIBRARY;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let words = WordList::new(text);
        let found = words.find(LIBRARY.confusables());
        let found_words: Vec<(&str, &str)> = found
            .iter()
            .map(|(at, row)| (&text[words.places[*at]], row.right.as_str()))
            .collect();
        assert_eq!(found_words, expected, "{text}");
    }

    #[test]
    fn slips_of_the_hand_that_are_words_are_found() {
        for (text, wrong, right) in [
            ("was seen buy the surgeon", "buy", "by"),
            ("the medical meniscus", "medical", "medial"),
            ("no medial necessity", "medial", "medical"),
            ("a coarse of prednisone", "coarse", "course"),
            ("has had tree injections", "tree", "three"),
            ("is right hand dominate", "dominate", "dominant"),
            ("no more that ten pounds", "that", "than"),
            ("status pots surgery", "pots", "post"),
            ("has been of work", "of", "off"),
            ("has mussel pain", "mussel", "muscle"),
            ("the signs where seen", "where", "were"),
            ("breathing threw the nose", "threw", "through"),
            ("the right lower extremely", "extremely", "extremity"),
            ("reports know relief", "know", "no"),
            ("Treatment included mediation", "mediation", "medication"),
            ("which effects his sleep", "effects", "affects"),
            ("The would was dry", "would", "wound"),
            ("not medical necessary", "medical", "medically"),
            ("a 6 our of 10", "our", "out"),
            ("your asked for it", "your", "you"),
            ("was dress daily", "dress", "dressed"),
            ("The provide requested it", "provide", "provider"),
        ] {
            check(text, &[(wrong, right)]);
        }
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
            ("The patient complaints of pain", "complaints", "complains"),
            ("was treated wit therapy", "wit", "with"),
            ("no sings of infection", "sings", "signs"),
            ("underwent physical theory", "theory", "therapy"),
            ("There pain is severe", "There", "their"),
            ("be able too return", "too", "to"),
            ("is worse then before", "then", "than"),
            ("limited rage of motion", "rage", "range"),
            ("is note medically necessary", "note", "not"),
            ("the never conduction study", "never", "nerve"),
            ("12 visit of therapy", "visit", "visits"),
            ("case manger", "manger", "manager"),
            ("a weak ago he fell", "weak", "week"),
            ("three times a weak", "weak", "week"),
        ] {
            let words = WordList::new(text);
            let found = words.find(LIBRARY.confusables());
            let found_words = found
                .first()
                .map(|(at, row)| (&text[words.places[*at]], row.right.as_str()));
            assert_eq!(found_words, Some((wrong, right)), "{text}");
        }
    }

    #[test]
    fn right_words_are_left_alone() {
        for text in [
            "He was discreet. Trigger points are discrete",
            "for a weak spinal muscle; a weak grip",
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
            "it got worse, then better; worse then; there is pain over there",
            "a 12-visit program; 1 visit of therapy; to wit; complaints of pain",
            "bears weight on the stairs; more than that; the coarse breath sounds of",
            "medical records; the medial meniscus; off work; a pair of crutches",
            "in theory; too much; the theory of therapy; her complaints of pain",
            "the patient should be seen; the left shoulder; as soon as possible",
            "he threw up; a preformed splint; in vain; in cases where seen; he knows where",
            "your pain; you have pain; extremely weak; he knows no relief; an open wound",
            "mediation of the claim; side effects; medical care; there was discharge from it",
            "the nerve that they provide; a week, muscle; the gait; a dress code",
            "per Wit v. Example Health",
        ] {
            check(text, &[]);
        }
    }
}
