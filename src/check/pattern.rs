//! The regular expressions of rules: a rule of thumb is cheap to write as one, and should be
//! cheap to begin with and to search.

mod engine;
mod needs;
mod reader;

use std::borrow::Cow;
use std::ops::{Index, Range};
use std::sync::OnceLock;

use regex_automata::util::captures::Captures;

use engine::Engine;
use needs::Needs;
use reader::{Capitals, read};

/// A regular expression to which capitals are small letters, but for parts in `(?-i:…)`.
///
/// A pattern without such parts searches the text in small letters: one that takes either
/// at every letter takes ten times as long to compile. And a pattern is compiled for the
/// first text that has its words: most letters have few of those that rules look for.
pub(super) struct Pattern {
    written: Cow<'static, str>,
    capitals: Capitals,
    needs: Needs,
    engine: OnceLock<Engine>,
}

/// Words that a pattern found.
#[derive(Clone, Copy)]
pub(super) struct Found<'t> {
    text: &'t str,
    start: usize,
    end: usize,
}

/// Words that a pattern found, and those of its groups.
pub(super) struct Groups<'p, 't> {
    groups: Vec<Option<Found<'t>>>,
    engine: &'p Engine,
}

impl Pattern {
    pub(super) fn new(pattern: impl Into<Cow<'static, str>>) -> Self {
        let written = pattern.into();
        let capitals =
            if written.contains("(?-i") { Capitals::Either } else { Capitals::Small };
        let read = read(&written, capitals);
        #[cfg(test)]
        reader::compare(&written, capitals, &read);
        let needs = Needs::of(&read);
        Self { written, capitals, needs, engine: OnceLock::new() }
    }

    pub(super) fn is_match(&self, text: &str) -> bool {
        let folded = self.folded(text);
        self.engine_for(&folded)
            .is_some_and(|engine| engine.is_match(&folded))
    }

    pub(super) fn find<'t>(&self, text: &'t str) -> Option<Found<'t>> {
        let folded = self.folded(text);
        let found = self.engine_for(&folded)?.find_iter(&folded).next()?;
        Some(Found::new(text, found.range()))
    }

    pub(super) fn find_iter<'t>(&self, text: &'t str) -> std::vec::IntoIter<Found<'t>> {
        let folded = self.folded(text);
        let Some(engine) = self.engine_for(&folded) else {
            return Vec::new().into_iter();
        };
        let found = engine.find_iter(&folded);
        let found: Vec<_> = found.map(|found| Found::new(text, found.range())).collect();
        found.into_iter()
    }

    pub(super) fn captures<'t>(&self, text: &'t str) -> Option<Groups<'_, 't>> {
        let folded = self.folded(text);
        let engine = self.engine_for(&folded)?;
        let found = engine.captures_iter(&folded).next()?;
        Some(Groups::new(engine, text, &found))
    }

    pub(super) fn captures_iter<'t>(
        &self,
        text: &'t str,
    ) -> std::vec::IntoIter<Groups<'_, 't>> {
        let folded = self.folded(text);
        let Some(engine) = self.engine_for(&folded) else {
            return Vec::new().into_iter();
        };
        let found = engine.captures_iter(&folded);
        let found: Vec<_> =
            found.map(|found| Groups::new(engine, text, &found)).collect();
        found.into_iter()
    }

    /// The text that the expression is held against; every byte is where it was.
    fn folded<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match self.capitals {
            Capitals::Small => text.to_ascii_lowercase().into(),
            Capitals::Either | Capitals::Written => text.into(),
        }
    }

    /// What can search a text; nothing if the text lacks a word that every match has. What
    /// is there already searches in less time than all words are looked for.
    fn engine_for(&self, folded: &str) -> Option<&Engine> {
        let may_match = self.needs.may_be_met(folded)
            && (self.engine.get().is_some() || self.needs.are_met(folded));
        let read = || read(&self.written, self.capitals).hir();
        let engine = || self.engine.get_or_init(|| Engine::new(read()));
        #[cfg(test)]
        assert!(self.needs.are_met(folded) || !engine().is_match(folded), "{folded}");
        may_match.then(engine)
    }
}

impl<'t> Found<'t> {
    fn new(text: &'t str, range: Range<usize>) -> Self {
        Self { text, start: range.start, end: range.end }
    }

    pub(super) fn as_str(&self) -> &'t str {
        &self.text[self.range()]
    }

    pub(super) fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    pub(super) fn start(&self) -> usize {
        self.start
    }

    pub(super) fn end(&self) -> usize {
        self.end
    }
}

impl<'p, 't> Groups<'p, 't> {
    fn new(engine: &'p Engine, text: &'t str, found: &Captures) -> Self {
        let groups = found.iter();
        let groups = groups.map(|group| Some(Found::new(text, group?.range())));
        Self { groups: groups.collect(), engine }
    }

    /// The group of a number; 0 is all that was found.
    pub(super) fn get(&self, group: usize) -> Option<Found<'t>> {
        *self.groups.get(group)?
    }

    pub(super) fn name(&self, name: &str) -> Option<Found<'t>> {
        self.get(self.engine.group(name)?)
    }
}

/// The words of a group that takes part in every match.
impl Index<&str> for Groups<'_, '_> {
    type Output = str;

    fn index(&self, name: &str) -> &str {
        match self.name(name) {
            Some(group) => group.as_str(),
            None => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_are_small_letters_but_where_a_pattern_says_so() {
        let words = |pattern: &'static str, text| {
            let found = Pattern::new(pattern).find_iter(text);
            found.map(|found| found.as_str()).collect::<Vec<_>>()
        };
        let text = "The MTUS of Peña, the mtus; “MTUS”";
        assert_eq!(words(r"\bMTUS\b", text), ["MTUS", "mtus", "MTUS"]);
        assert_eq!(words(r"\b(?-i:MTUS)\b", text), ["MTUS", "MTUS"]);
        assert_eq!(words(r"\bP\w+", text), ["Peña"]);
        assert_eq!(words(r"\S\u{F1}[A-Z]", text), ["eña"]);
    }

    #[test]
    fn a_text_that_has_the_words_is_searched() {
        let pattern =
            Pattern::new(r"\bno (?:clear )?(?:evidence|signs?) of (?P<what>\w+)");
        assert!(pattern.find("There is no evidence for it.").is_none());
        assert_eq!(&pattern.captures("NO signs of Pain").unwrap()["what"], "Pain");
        assert!(Pattern::new(r"^(?:and|but)?$").is_match(""));
        assert!(Pattern::new(r"[a-z]{2}|no").is_match("to"));
        assert!(Pattern::new(r"(?:not )*nor").is_match("nor"));
    }

    #[test]
    fn groups_have_the_words_as_they_are_written() {
        let pattern = Pattern::new(r"(?P<day>\d+) of (?P<month>[A-Z]\w+)(?P<year> \d+)?");
        let found = pattern.captures("on the 3 OF May").unwrap();
        assert_eq!((&found["day"], &found["month"], &found["year"]), ("3", "May", ""));
        assert_eq!(found.get(0).unwrap().range(), 7..15);
        assert!(found.name("year").is_none() && found.name("hour").is_none());
    }
}
