//! Finds items that were decided before, by what is asked for or by words.

use std::collections::BTreeSet;
use std::path::Path;

use tantivy::Term;
use tantivy::query::{BooleanQuery, FuzzyTermQuery, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

use super::collect::AllDocuments;
use super::entry::EarlierItem;
use super::index::{DRAFT, ITEM, Index, IndexError, denial_of, draft_number};
use super::words::{named_parts, plain_words, stem, treatments};
use crate::letter::{Denial, phrasing};
use crate::library::Library;

/// So many items are shown; all are counted.
const SHOWN: usize = 20;

/// What an item is about that is being written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ItemTopic {
    pub title: String,
    pub body_part: String,
}

/// How often something was decided, and how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub letters: usize,
    pub upheld: usize,
    pub overturned: usize,
    pub in_part: usize,
}

impl Tally {
    /// `9 letters, 7 upheld, 2 overturned`.
    pub fn words(&self) -> String {
        let letters = match self.letters {
            1 => "1 letter".to_owned(),
            letters => format!("{letters} letters"),
        };
        let mut parts = vec![letters];
        for (number, word) in [
            (self.upheld, "upheld"),
            (self.overturned, "overturned"),
            (self.in_part, "in part"),
        ] {
            if number > 0 {
                parts.push(format!("{number} {word}"));
            }
        }
        parts.join(", ")
    }
}

/// Items that were decided before, the latest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Precedents {
    /// What they have in common, as "Trigger point injection, low back"; empty if they
    /// were found by words.
    pub about: String,
    pub tally: Tally,
    pub items: Vec<EarlierItem>,
}

impl Precedents {
    /// Leaves out the items of a case: a letter is no precedent of itself, wherever a copy
    /// of it is.
    pub fn remove_case(&mut self, number: &str) {
        let mut letters = BTreeSet::new();
        for item in self.items.extract_if(.., |item| item.case_number == number) {
            let count = match item.denial {
                Some(Denial::Stands) => &mut self.tally.upheld,
                Some(Denial::Falls) => &mut self.tally.overturned,
                Some(Denial::Partly) => &mut self.tally.in_part,
                None => &mut 0,
            };
            *count = count.saturating_sub(1);
            letters.insert(item.path);
        }
        self.tally.letters = self.tally.letters.saturating_sub(letters.len());
    }
}

impl Index {
    /// The items of other letters that are about the same: the same treatment of the same
    /// part of the body, or else the treatment of any part.
    pub fn precedents(
        &self,
        topic: &ItemTopic,
        library: &Library,
        own: Option<&Path>,
    ) -> Result<Precedents, IndexError> {
        let title = topic.title.trim();
        let treatments = treatments(library, title);
        let parts = named_parts(library, title, &topic.body_part);
        let about = if treatments.is_empty() {
            let words = plain_words(title);
            if words.is_empty() {
                return Ok(Precedents::default());
            }
            Self::all_of(self.fields.title, &words)
        } else {
            Self::any_of(self.fields.treatment, &treatments)
        };
        let name = match treatments.len() {
            0 => title.to_owned(),
            _ => phrasing::or_list(&treatments.into_iter().collect::<Vec<_>>()),
        };
        let name = crate::letter::grammar::sentence_case(&name);
        if !parts.is_empty() {
            let of_part = Self::any_of(self.fields.part, &parts);
            let both = BooleanQuery::intersection(vec![about.box_clone(), of_part]);
            let found = self.items(&both, own)?;
            if !found.items.is_empty() {
                let parts: Vec<String> = parts.into_iter().collect();
                let about = format!("{name}, {}", phrasing::and_list(&parts));
                return Ok(Precedents { about, ..found });
            }
        }
        Ok(Precedents { about: name, ..self.items(&*about, own)? })
    }

    /// The items that have all of these words. `item:`, `part:`, `guideline:`,
    /// `decision:`, `case:` and `rationale:` before a word look for it there alone;
    /// quotation marks hold words together.
    pub fn find(
        &self,
        words: &str,
        own: Option<&Path>,
    ) -> Result<Precedents, IndexError> {
        match self.query(words) {
            Some(query) => self.items(&*query, own),
            None => Ok(Precedents::default()),
        }
    }

    /// The numbers of the drafts that have all of these words.
    pub fn drafts_with(&self, words: &str) -> Result<BTreeSet<u64>, IndexError> {
        let Some(query) = self.query(words) else { return Ok(BTreeSet::new()) };
        let searcher = self.searcher()?;
        let query = BooleanQuery::intersection(vec![self.kind(DRAFT), query]);
        let found = searcher.search(&query, &AllDocuments)?;
        Ok(found.into_iter().map(|document| document.draft).collect())
    }

    /// Counts the items that a query finds, and reads the latest.
    fn items(
        &self,
        query: &dyn Query,
        own: Option<&Path>,
    ) -> Result<Precedents, IndexError> {
        let searcher = self.searcher()?;
        let query = BooleanQuery::intersection(vec![self.kind(ITEM), query.box_clone()]);
        let own = own.map(draft_number);
        let mut found = searcher.search(&query, &AllDocuments)?;
        found.retain(|document| Some(document.draft) != own);
        let (mut tally, mut letters) = (Tally::default(), BTreeSet::new());
        for document in &found {
            letters.insert(document.draft);
            match denial_of(document.denial) {
                Some(Denial::Stands) => tally.upheld += 1,
                Some(Denial::Falls) => tally.overturned += 1,
                Some(Denial::Partly) => tally.in_part += 1,
                None => {}
            }
        }
        tally.letters = letters.len();
        found.sort_unstable_by(|one, other| other.cmp(one));
        let mut items = Vec::new();
        for document in found.into_iter().take(SHOWN) {
            let address = document.address;
            items.extend(Self::stored::<EarlierItem>(
                &searcher,
                address,
                self.fields.item,
            ));
        }
        Ok(Precedents { about: String::new(), tally, items })
    }

    pub(super) fn kind(&self, kind: &str) -> Box<dyn Query> {
        term(self.fields.kind, kind)
    }

    fn any_of(field: Field, values: &BTreeSet<String>) -> Box<dyn Query> {
        let terms = values.iter().map(|value| Term::from_field_text(field, value));
        Box::new(BooleanQuery::new_multiterms_query(terms.collect()))
    }

    fn all_of(field: Field, words: &[String]) -> Box<dyn Query> {
        let begun = words.iter().map(|word| begins(field, word)).collect();
        Box::new(BooleanQuery::intersection(begun))
    }

    /// What is typed, as a query; none where it has no word.
    fn query(&self, words: &str) -> Option<Box<dyn Query>> {
        let mut parts = Vec::new();
        for (name, words) in pieces(words) {
            let (field, words) = match name.and_then(|name| self.field(name)) {
                Some(field) => (field, words.to_owned()),
                // A colon that names no field is one of the words.
                None => (self.fields.words, format!("{} {words}", name.unwrap_or(""))),
            };
            match plain_words(&words).as_slice() {
                [] => {}
                [word] => parts.push(begins(field, word)),
                several if words.contains('"') => {
                    let terms =
                        several.iter().map(|word| Term::from_field_text(field, word));
                    parts.push(Box::new(PhraseQuery::new(terms.collect())));
                }
                several => parts.push(Self::all_of(field, several)),
            }
        }
        if parts.is_empty() {
            None
        } else {
            Some(Box::new(BooleanQuery::intersection(parts)))
        }
    }

    fn field(&self, name: &str) -> Option<Field> {
        let fields = &self.fields;
        match name {
            "item" | "title" => Some(fields.title),
            "part" => Some(fields.part),
            "guideline" => Some(fields.guideline),
            "decision" => Some(fields.decision),
            "rationale" => Some(fields.rationale),
            "case" => Some(fields.case),
            _ => None,
        }
    }
}

fn term(field: Field, word: &str) -> Box<dyn Query> {
    let term = Term::from_field_text(field, word);
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}

/// Words that begin like this one.
fn begins(field: Field, word: &str) -> Box<dyn Query> {
    let term = Term::from_field_text(field, stem(word));
    Box::new(FuzzyTermQuery::new_prefix(term, 0, true))
}

/// What is typed, cut at spaces that are in no quotation marks; each with the name of a
/// field before its colon.
fn pieces(typed: &str) -> Vec<(Option<&str>, &str)> {
    let mut pieces = Vec::new();
    let (mut start, mut is_quoted) = (0, false);
    let end = [(typed.len(), ' ')];
    for (place, character) in typed.char_indices().chain(end) {
        if character == '"' {
            is_quoted = !is_quoted;
        }
        let is_end = place == typed.len();
        if !is_end && (is_quoted || !character.is_whitespace()) {
            continue;
        }
        let piece = &typed[start..place];
        start = (place + character.len_utf8()).min(typed.len());
        match piece.split_once(':') {
            _ if piece.is_empty() => {}
            Some((name, words)) => pieces.push((Some(name), words)),
            None => pieces.push((None, piece)),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_cut_into_words_and_fields() {
        let expected = [
            (None, "opioid"),
            (Some("part"), "\"low back\""),
            (None, "\"not \u{e9} medically\""),
            (Some("decision"), "upheld"),
        ];
        let typed = " opioid part:\"low back\"  \"not \u{e9} medically\" decision:upheld";
        assert_eq!(pieces(typed), expected);
        assert_eq!(pieces("\"open"), [(None, "\"open")]);
        assert_eq!(pieces("  "), []);
    }

    #[test]
    fn a_letter_is_no_precedent_of_itself() {
        let item = |case: &str, denial| EarlierItem {
            path: case.into(),
            case_number: case.into(),
            denial: Some(denial),
            ..EarlierItem::default()
        };
        let tally = Tally { letters: 2, upheld: 2, overturned: 1, in_part: 0 };
        let items = vec![
            item("A-1", Denial::Stands),
            item("A-2", Denial::Stands),
            item("A-2", Denial::Falls),
        ];
        let mut found = Precedents { about: String::new(), tally, items };
        found.remove_case("A-2");
        assert_eq!(found.items.len(), 1);
        assert_eq!(found.tally.words(), "1 letter, 1 upheld");
    }

    #[test]
    fn a_tally_counts_in_words() {
        let tally = Tally { letters: 9, upheld: 7, overturned: 0, in_part: 2 };
        assert_eq!(tally.words(), "9 letters, 7 upheld, 2 in part");
        assert_eq!(Tally { letters: 1, ..Tally::default() }.words(), "1 letter");
    }
}
