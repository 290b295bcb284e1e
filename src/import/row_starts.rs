//! Where the rows of a group begin in a letter: by their numbers, their fixed words, or
//! what is around those.

use std::ops::Range;

use super::normalize::normalize;
use super::phrase;
use super::search::{NUMBER, STRONG, WordSearch, is_reviewer, is_strong_step};
use super::title;
use crate::template::reading::ReadingStep;

/// How rows are separated from each other.
pub(super) enum Shape {
    /// `{documents[].kind} | {documents[].dates}`: rows of a table, by its cells.
    Table,
    /// `{recipients[].name}\` and an address: blocks between blank lines.
    Blocks,
    /// `Reviewer {number} is board-certified in …`: each row begins with its number and
    /// fixed words, or either. They are so many steps.
    Head(usize),
    /// `{items[].title}: {items[].decision}`, then `Decision rationale: …`: each row has
    /// the same strong words after so many steps.
    Anchor(usize),
    /// `{recipients[].name}; `: rows on a line, with the same words after each.
    Separated,
}

impl Shape {
    /// The shape of rows that are read by these steps.
    pub(super) fn of(inner: &[ReadingStep]) -> Self {
        if inner.contains(&ReadingStep::Cell) {
            return Self::Table;
        }
        if inner.contains(&ReadingStep::Break) {
            return Self::Blocks;
        }
        let head = inner
            .iter()
            .take_while(|step| step.words().is_some() || step.value() == Some(NUMBER))
            .count();
        match inner.iter().position(is_strong_step) {
            Some(anchor) if anchor < head => Self::Head(head),
            Some(anchor) => Self::Anchor(anchor),
            None if head > 0 => Self::Head(head),
            None => Self::Separated,
        }
    }
}

/// Where a row begins.
pub(super) struct RowStart {
    pub begin: usize,
    /// Where the words are by which it was known: after its title, or at its beginning.
    pub known_by: usize,
}

/// What begins each row: words, or its number where there are none.
struct RowHead {
    parts: Vec<Option<String>>,
    /// Whether a digit must follow them.
    has_digit: bool,
}

impl RowHead {
    /// The first part that is words, and how many parts are before it.
    fn first_words(&self) -> Option<(usize, &str)> {
        let index = self.parts.iter().position(Option::is_some)?;
        Some((index, self.parts.get(index)?.as_deref()?))
    }
}

/// What is asked of the words that begin a row: to be numbered in order, to begin a line.
#[derive(Clone, Copy)]
struct Strictness {
    in_order: bool,
    begins_line: bool,
}

/// Letters that people number by hand skip a number, and extractions join lines: what is
/// asked is given up step by step, until there are rows.
const ATTEMPTS: [Strictness; 3] = [
    Strictness { in_order: true, begins_line: true },
    Strictness { in_order: false, begins_line: true },
    Strictness { in_order: false, begins_line: false },
];

impl WordSearch<'_> {
    /// Where the first row begins that is read by these steps.
    pub(super) fn first_row(
        &self,
        inner: &[ReadingStep],
        range: Range<usize>,
    ) -> Option<usize> {
        let starts = self.row_starts(inner, &Shape::of(inner), range, 1);
        starts.first().map(|start| start.begin)
    }

    /// Where rows begin that are known by their words, at most so many.
    pub(super) fn row_starts(
        &self,
        inner: &[ReadingStep],
        shape: &Shape,
        range: Range<usize>,
        most: usize,
    ) -> Vec<RowStart> {
        match shape {
            Shape::Head(length) => {
                let (head, body) = inner.split_at(*length);
                self.headed_rows(head, body.first(), range, most)
            }
            Shape::Anchor(place) => self.anchored_rows(inner, *place, range, most),
            Shape::Table | Shape::Blocks | Shape::Separated => Vec::new(),
        }
    }

    fn headed_rows(
        &self,
        head: &[ReadingStep],
        next: Option<&ReadingStep>,
        range: Range<usize>,
        most: usize,
    ) -> Vec<RowStart> {
        let has_digit = match next {
            Some(ReadingStep::Value(name)) => self.is_field(name, is_reviewer),
            _ => false,
        };
        let parts: Vec<Option<String>> =
            head.iter().map(|step| step.words().map(normalize)).collect();
        let is_known = parts.iter().flatten().any(|words| words.len() >= STRONG);
        let head = RowHead { parts, has_digit };
        for strictness in ATTEMPTS {
            let starts = self.find_heads(&head, range.clone(), most, strictness);
            // Digits alone are everywhere: without known words they must be in order.
            if !starts.is_empty() || !is_known {
                return starts;
            }
        }
        Vec::new()
    }

    fn find_heads(
        &self,
        head: &RowHead,
        range: Range<usize>,
        most: usize,
        strictness: Strictness,
    ) -> Vec<RowStart> {
        let mut starts = Vec::new();
        let mut from = range.start;
        while starts.len() < most
            && let Some(begin) = self.next_head(head, from)
            && begin < range.end
        {
            let number = strictness.in_order.then_some(starts.len() + 1);
            let fits = !strictness.begins_line || self.text.is_cell_start(begin);
            from = self.text.after_char(begin);
            if fits
                && let Some(end) = self.head_end(head, begin, number)
                && end <= range.end
            {
                starts.push(RowStart { begin, known_by: begin });
                from = from.max(end);
            }
        }
        starts
    }

    /// The next position where a row could begin: at its first words, or at the digits
    /// before them.
    fn next_head(&self, head: &RowHead, from: usize) -> Option<usize> {
        let (before, words) = head.first_words()?;
        let words_at = self.text.find(words, from)?;
        if before == 0 {
            return Some(words_at);
        }
        let digits = self.text.rest(from)[..words_at - from]
            .bytes()
            .rev()
            .take_while(u8::is_ascii_digit);
        Some(words_at - digits.count())
    }

    /// The end of a row's first words, if they are here.
    fn head_end(
        &self,
        head: &RowHead,
        begin: usize,
        number: Option<usize>,
    ) -> Option<usize> {
        let mut at = begin;
        for part in &head.parts {
            at = match part {
                Some(words) if self.text.is_at(words, at) => at + words.len(),
                Some(_) => return None,
                None => self.number_at(at, number)?,
            };
        }
        if head.has_digit && self.digits_end(at) == at {
            return None;
        }
        Some(at)
    }

    /// The end of the number that is here; without one that is asked for, any or none.
    fn number_at(&self, at: usize, wanted: Option<usize>) -> Option<usize> {
        let end = self.digits_end(at);
        match wanted {
            Some(number) if self.text.rest(at)[..end - at].parse() != Ok(number) => None,
            Some(_) | None => Some(end),
        }
    }

    /// No letter has a thousand rows.
    fn digits_end(&self, at: usize) -> usize {
        let bytes = self.text.rest(at).bytes();
        at + bytes.take(3).take_while(u8::is_ascii_digit).count()
    }

    /// Rows whose known words come after others of their own, such as a title: a row
    /// begins somewhere between the last words of the row before and its known words.
    fn anchored_rows(
        &self,
        inner: &[ReadingStep],
        place: usize,
        range: Range<usize>,
        most: usize,
    ) -> Vec<RowStart> {
        let (lead, body) = inner.split_at(place);
        let mut labels = body.iter().filter_map(ReadingStep::words);
        let Some(anchor) = labels.next() else { return Vec::new() };
        let last_label = labels.next_back().unwrap_or(anchor);
        let anchor = normalize(anchor);
        let places = self.find_anchors(&anchor, range.clone());
        let mut starts: Vec<RowStart> = Vec::new();
        let mut row_before = range.start;
        for (index, &known_by) in places.iter().enumerate().take(most) {
            let begin = self.lead_start(lead, row_before..known_by, index + 1);
            starts.push(RowStart { begin, known_by });
            let next = match places.get(index + 1) {
                Some(&next) => next,
                None => range.end,
            };
            let after_anchor = known_by + anchor.len();
            row_before = match phrase::locate(&self.text, last_label, after_anchor..next)
            {
                Some(found) => found.range.end,
                None => known_by,
            };
        }
        starts
    }

    /// Every position where the words are, and those where they begin a line in other
    /// capitals.
    fn find_anchors(&self, words: &str, range: Range<usize>) -> Vec<usize> {
        let mut found = Vec::new();
        let mut from = range.start;
        while let Some(at) = self.text.find_ignoring_case(words, from)
            && at < range.end
        {
            if self.text.is_at(words, at) || self.text.is_cell_start(at) {
                found.push(at);
            }
            from = at + words.len();
        }
        found
    }

    /// Where a row begins in what is before its known words.
    fn lead_start(
        &self,
        lead: &[ReadingStep],
        range: Range<usize>,
        number: usize,
    ) -> usize {
        if let [number_step, mark, ..] = lead
            && number_step.value() == Some(NUMBER)
        {
            let mark = mark.words().map(normalize).unwrap_or_default();
            let places = self.text.find_all(&format!("{number}{mark}"), range.clone());
            let mut last_first = places.into_iter().rev();
            if let Some(at) = last_first.find(|&at| self.text.is_cell_start(at)) {
                return at;
            }
        }
        // The words between the row before and the known words: a rationale, this row's
        // title and its decision. A decision on a line of its own is no title, so it is
        // cut off first. The blank lines between a rationale and a title have no
        // positions, so the source is asked.
        let mark = lead.iter().rev().find_map(ReadingStep::words);
        let decision = self.decision(&range, &mark.map(normalize).unwrap_or_default());
        let between = self.text.source_range(range.start..decision.title_end);
        let words = &self.text.source[between.clone()];
        let begin = self.text.position(between.start + title::start(words));
        begin.max(range.start)
    }
}
