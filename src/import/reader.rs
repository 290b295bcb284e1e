//! A letter's text walked through along a template's reading: what is between the fixed
//! words goes into fields, and whatever fits nowhere is kept.
//!
//! [`LetterReader::read_steps`] is the walk. It knows one thing, the position up to which
//! the text is read, and takes step after step: fixed words are found by [`WordSearch`] and
//! passed over, a value reaches to the next fixed words and goes to [`Fields`]. Rows
//! (`rows.rs`) and labels in any order (`scattered.rs`) are steps that read steps.
//!
//! ```text
//! steps:  Words("Case Number:")  Value(case.number)  Words("Date of Injury:")  …
//! text:   CaseNumber:            CM171               DateofInjury:             …
//!                                ▲ at                ▲ next_stop
//! ```

use std::ops::Range;

use super::fields::Fields;
use super::normalize::Normalized;
use super::row_starts::Shape;
use super::search::{NUMBER, WordSearch, is_decision, is_reviewer};
use crate::letter::{Group, Id, Letter};
use crate::template::Template;
use crate::template::reading::ReadingStep;

/// What one template's reading makes of a text.
pub(super) struct Candidate {
    pub letter: Letter,
    pub score: Score,
    /// Words that the letter should make of its fields again, by their place in the text,
    /// in bytes.
    pub repeats: Vec<Range<usize>>,
}

/// How many of a template's fixed words were found, of those that were looked for.
#[derive(Clone, Copy, Default)]
pub(super) struct Score {
    pub found: usize,
    pub asked: usize,
}

impl Score {
    /// The share that was found, in thousandths.
    pub(super) fn permille(self) -> usize {
        self.found * 1000 / self.asked.max(1)
    }
}

/// Reads a text as a letter of this template.
pub(super) fn read(
    source: &str,
    template: &Template,
    steps: &[ReadingStep],
) -> Candidate {
    let search = WordSearch { text: Normalized::new(source), template };
    let mut fields = Fields::new(&search);
    // A letter has a reviewer even where it says nothing of one: the form shows a row to
    // fill in.
    let has_reviewers = template
        .fields()
        .iter()
        .any(|field| field.pattern.starts_with("reviewers[]"));
    if has_reviewers {
        fields.letter.add_row(Group::Reviewers, None);
    }
    let mut reader = LetterReader {
        search: &search,
        fields,
        at: 0,
        words_end: 0,
        score: Score::default(),
        words_match: false,
    };
    let end = search.text.len();
    reader.read_steps(steps, end, &[]);
    reader.skip_to(end);
    let LetterReader { fields, score, .. } = reader;
    let repeats = fields
        .repeats
        .into_iter()
        .map(|range| search.text.source_range(range))
        .collect();
    Candidate { letter: fields.letter, score, repeats }
}

/// The walk through a text.
pub(super) struct LetterReader<'a> {
    pub(super) search: &'a WordSearch<'a>,
    pub(super) fields: Fields<'a>,
    /// The position up to which the text is read.
    pub(super) at: usize,
    /// Where the last fixed words end that were found.
    pub(super) words_end: usize,
    pub(super) score: Score,
    /// Whether the last fixed words were found as the template has them.
    words_match: bool,
}

impl LetterReader<'_> {
    /// Reads steps up to a position; `rows` are the rows that they speak of.
    pub(super) fn read_steps(&mut self, steps: &[ReadingStep], end: usize, rows: &[Id]) {
        let mut rest = steps;
        while let Some((step, after)) = rest.split_first() {
            rest = match step {
                ReadingStep::Words(_) | ReadingStep::Label(_) => {
                    self.read_words(step, after, end, rows)
                }
                ReadingStep::Value(name) => self.read_value(name, after, end, rows),
                ReadingStep::Tick(name) => {
                    self.tick(name);
                    after
                }
                ReadingStep::Each(group, inner) => {
                    let end = self.search.next_stop(after, self.at..end);
                    self.read_rows(group, inner, end, rows);
                    after
                }
                ReadingStep::Maybe(inner) => {
                    let end = self.search.next_stop(after, self.at..end);
                    if self.search.is_there(inner, self.at..end) {
                        self.read_steps(inner, end, rows);
                    }
                    after
                }
                ReadingStep::Scattered(inner) => {
                    let end = self.search.next_stop(after, self.at..end);
                    self.read_scattered(inner, end, rows);
                    after
                }
                ReadingStep::Cell | ReadingStep::Break => after,
            }
        }
    }

    /// Goes on at a position, and keeps what is before it as not understood.
    pub(super) fn skip_to(&mut self, position: usize) {
        self.fields.keep_left_over(self.at..position);
        self.at = position;
    }

    /// Passes over fixed words, and over the value that was between them, if one was;
    /// gives the steps that are left.
    fn read_words<'s>(
        &mut self,
        step: &ReadingStep,
        after: &'s [ReadingStep],
        end: usize,
        rows: &[Id],
    ) -> &'s [ReadingStep] {
        self.score.asked += 1;
        let Some(found) = self.search.find_step(step, after, self.at..end) else {
            self.words_match = false;
            return after;
        };
        self.words_match = !found.is_edited;
        self.skip_to(found.range.start);
        if found.is_edited {
            // Somebody meant something by it, and the letter would say the template's.
            self.fields.keep(found.range.clone(), step.words());
        } else {
            self.score.found += 1;
        }
        self.at = found.range.end;
        self.words_end = self.at;
        if let Some(value) = found.value_within
            && let [ReadingStep::Value(name), rest @ ..] = after
        {
            self.fields.set(name, value, rows);
            return rest;
        }
        after
    }

    /// Reads a value up to whatever comes after it; gives the steps that are left.
    fn read_value<'s>(
        &mut self,
        name: &str,
        after: &'s [ReadingStep],
        end: usize,
        rows: &[Id],
    ) -> &'s [ReadingStep] {
        if name == NUMBER {
            self.at = self.search.number_end(self.at..end);
            return after;
        }
        let is_reviewer = self.search.is_field(name, is_reviewer);
        let stop = if is_reviewer {
            self.search.number_end(self.at..end)
        } else {
            self.search.next_stop(after, self.at..end)
        };
        let (stop, rest) = match after {
            [ReadingStep::Break, rest @ ..] => {
                (self.search.line_end(self.at).min(stop), rest)
            }
            // Two values beside each other: the second is a choice, known by its word.
            [ReadingStep::Value(choice), rest @ ..]
                if self.search.is_field(choice, is_decision) =>
            {
                let value = self.at..stop;
                self.at = stop;
                self.fields.set_title_and_decision((name, choice), "", value, rows);
                return rest;
            }
            [ReadingStep::Value(_), ..] if !is_reviewer => {
                (self.fields.list_end(name, self.at..stop), after)
            }
            _ => (stop, after),
        };
        let value = self.at..stop;
        // The date of a letter that has none must not swallow the first address.
        if begins_with_blocks(after) && self.fields.is_missing_date(name, value.clone()) {
            return rest;
        }
        self.at = self.fields.set(name, value, rows);
        rest
    }

    /// Ticks a statement of every reviewer, if the words that make it are there.
    fn tick(&mut self, name: &str) {
        if self.words_match {
            self.fields.tick(name);
        }
    }
}

fn begins_with_blocks(steps: &[ReadingStep]) -> bool {
    match steps {
        [ReadingStep::Each(_, inner), ..] => matches!(Shape::of(inner), Shape::Blocks),
        [ReadingStep::Maybe(inner), ..] => begins_with_blocks(inner),
        _ => false,
    }
}
