//! Where the fixed words of a template are in a letter, from a position on. Nothing is
//! read here: every question has the same answer whenever it is asked.

use std::ops::Range;

use super::normalize::{self, Normalized, normalize};
use super::phrase::{self, FoundPhrase};
use crate::letter::fields::{Field, Kind, Options};
use crate::template::Template;
use crate::template::reading::ReadingStep;

/// Fixed words of fewer characters are in many places (a colon, "and", a number's full
/// stop): such *weak* words are known by what is around them.
pub(super) const STRONG: usize = 8;
/// The value that is a row's number, which is counted and never kept.
pub(super) const NUMBER: &str = "number";

/// A letter's text, and the template whose words are looked for in it.
pub(super) struct WordSearch<'a> {
    pub text: Normalized<'a>,
    pub template: &'a Template,
}

impl WordSearch<'_> {
    /// Where the fixed words of these steps begin next, or else the end of the range:
    /// whatever is before them is a value.
    pub(super) fn next_stop(&self, steps: &[ReadingStep], range: Range<usize>) -> usize {
        let end = range.end;
        self.next_words(steps, range).unwrap_or(end)
    }

    fn next_words(&self, steps: &[ReadingStep], range: Range<usize>) -> Option<usize> {
        let (step, after) = steps.split_first()?;
        // Each arm looks once for what comes after: a second look in every step would
        // double the time with every step.
        let here = match step {
            ReadingStep::Words(words) | ReadingStep::Label(words) if is_strong(words) => {
                self.find_strong(step, words, range.clone())
                    .map(|found| found.range.start)
            }
            ReadingStep::Words(_) | ReadingStep::Label(_) => {
                let next = self.next_words(after, range.clone());
                return self.find_weak(step, after, range, next).or(next);
            }
            ReadingStep::Each(_, inner) => self.first_row(inner, range.clone()),
            ReadingStep::Scattered(inner) => self.next_words(inner, range.clone()),
            ReadingStep::Maybe(inner) => {
                let next = self.next_words(after, range.clone());
                let within = range.start..next.unwrap_or(range.end);
                if self.is_there(inner, within.clone())
                    && let Some(at) = self.next_words(inner, within)
                {
                    return Some(at);
                }
                return next;
            }
            ReadingStep::Value(_)
            | ReadingStep::Tick(_)
            | ReadingStep::Cell
            | ReadingStep::Break => None,
        };
        match here {
            Some(at) => Some(at),
            None => self.next_words(after, range),
        }
    }

    /// Whether a letter has what only some have: a third of its fixed words are there as
    /// they should be, or its rows are.
    pub(super) fn is_there(&self, inner: &[ReadingStep], range: Range<usize>) -> bool {
        let has_strong = inner.iter().any(is_strong_step);
        let (mut found, mut asked) = (0, 0);
        for (index, step) in inner.iter().enumerate() {
            match step {
                ReadingStep::Each(_, row) => {
                    if self.first_row(row, range.clone()).is_some() {
                        return true;
                    }
                }
                ReadingStep::Words(_) | ReadingStep::Label(_) => {
                    if has_strong && !is_strong_step(step) {
                        continue;
                    }
                    asked += 1;
                    if let Some(place) =
                        self.find_step(step, &inner[index + 1..], range.clone())
                        && !place.is_edited
                    {
                        found += 1;
                    }
                }
                ReadingStep::Value(_)
                | ReadingStep::Tick(_)
                | ReadingStep::Maybe(_)
                | ReadingStep::Scattered(_)
                | ReadingStep::Cell
                | ReadingStep::Break => {}
            }
        }
        found > 0 && found * 3 >= asked
    }

    /// Where a step's fixed words are in a range; `after` are the steps that follow it.
    pub(super) fn find_step(
        &self,
        step: &ReadingStep,
        after: &[ReadingStep],
        range: Range<usize>,
    ) -> Option<FoundPhrase> {
        let words = step.words()?;
        if is_strong(words) {
            return self.find_strong(step, words, range);
        }
        let next = self.next_words(after, range.clone());
        let start = self.find_weak(step, after, range, next)?;
        Some(FoundPhrase::exact(start..start + normalize(words).len()))
    }

    fn find_strong(
        &self,
        step: &ReadingStep,
        words: &str,
        range: Range<usize>,
    ) -> Option<FoundPhrase> {
        // A heading's words can be in a sentence before it too.
        if matches!(step, ReadingStep::Label(_)) {
            let label = normalize(words);
            if let Some(start) = self.text.find_alone(&label, range.clone()) {
                return Some(FoundPhrase::exact(start..start + label.len()));
            }
        }
        phrase::locate(&self.text, words, range)
    }

    /// Where a few fixed characters are: right before what follows them, or else at the
    /// beginning of a line or a cell, or else the last of them before `next`, where the
    /// following words begin.
    fn find_weak(
        &self,
        step: &ReadingStep,
        after: &[ReadingStep],
        range: Range<usize>,
        next: Option<usize>,
    ) -> Option<usize> {
        let words = normalize(step.words()?);
        let is_label = matches!(step, ReadingStep::Label(_));
        if is_label && let Some(at) = self.text.find_alone(&words, range.clone()) {
            return Some(at);
        }
        let border = next.unwrap_or(range.end);
        let value = next_value(after);
        // With no value between, these words and the next ones touch.
        if value.is_none()
            && let Some(at) = border.checked_sub(words.len())
            && at >= range.start
            && self.text.is_at(&words, at)
        {
            return Some(at);
        }
        let mut places = self.text.find_all(&words, range.start..border);
        places.retain(|at| at + words.len() <= border);
        let begins_line =
            is_label || (value.is_none() && words.starts_with(char::is_alphanumeric));
        if begins_line
            && let Some(at) = places.iter().find(|at| self.text.is_cell_start(**at))
        {
            return Some(*at);
        }
        // A short value holds no such characters itself, so the last are the template's:
        // `{title}: {decision}`, where a title can hold a colon. Prose can hold them, and
        // where it ends is not known without words after it.
        let ends_at_words =
            next.is_some() || after.iter().all(|step| step.words().is_none());
        match value {
            Some(name) if ends_at_words && !self.is_field(name, is_prose) => {
                places.last().copied()
            }
            _ => places.first().copied(),
        }
    }

    /// The end of the digits of a row's number.
    pub(super) fn number_end(&self, range: Range<usize>) -> usize {
        let bytes = self.text.rest(range.start).bytes();
        range.start + bytes.take(range.len()).take_while(u8::is_ascii_digit).count()
    }

    /// The end of the line that a position is on.
    pub(super) fn line_end(&self, at: usize) -> usize {
        let start = self.text.source_range(at..at).start;
        let source = self.text.source;
        match source[start..].find(['\n', '\u{c}']) {
            Some(length) => self.text.position(start + length),
            None => self.text.position(source.len()),
        }
    }

    /// Whether the field of a pattern is of some kind.
    pub(super) fn is_field(&self, pattern: &str, kind: fn(&Field) -> bool) -> bool {
        match self.template.nameable_field(pattern) {
            Some(field) => kind(field),
            None => false,
        }
    }
}

/// Whether fixed words are long enough to be known by themselves.
pub(super) fn is_strong(words: &str) -> bool {
    normalize::has(words, STRONG)
}

pub(super) fn is_strong_step(step: &ReadingStep) -> bool {
    match step.words() {
        Some(words) => is_strong(words),
        None => false,
    }
}

/// The value right after some words; a row's number is none, for nobody reads it.
fn next_value(after: &[ReadingStep]) -> Option<&str> {
    for step in after {
        match step {
            ReadingStep::Tick(_) | ReadingStep::Cell => {}
            ReadingStep::Value(name) if name != NUMBER => return Some(name),
            ReadingStep::Value(_)
            | ReadingStep::Words(_)
            | ReadingStep::Label(_)
            | ReadingStep::Each(..)
            | ReadingStep::Maybe(_)
            | ReadingStep::Scattered(_)
            | ReadingStep::Break => return None,
        }
    }
    None
}

pub(super) fn is_reviewer(field: &Field) -> bool {
    field.options == Options::Reviewers
}

pub(super) fn is_decision(field: &Field) -> bool {
    field.options == Options::Outcomes
}

pub(super) fn is_prose(field: &Field) -> bool {
    field.kind == Kind::Prose
}
