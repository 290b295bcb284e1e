//! What is said of every row of a group: where each begins and ends, by numbers, fixed
//! words, lines, cells or blocks.

use std::ops::Range;

use super::normalize::normalize;
use super::reader::{NUMBER, Reader, STRONG, is_strong, value_of, words_of};
use super::{table, title};
use crate::letter::fields::Options;
use crate::letter::{Group, Id};
use crate::template::reading::Step;

/// How rows are told from each other.
pub(super) enum Shape {
    /// Rows of a table, by its cells.
    Table,
    /// Blocks between blank lines, such as addresses.
    Blocks,
    /// Each begins with its number and fixed words, or either: so many steps.
    Head(usize),
    /// Each has the same fixed words behind so many steps, such as a title.
    Anchor(usize),
    /// Rows on a line, with the same words behind each.
    Separated,
}

impl Shape {
    pub(super) fn of(inner: &[Step]) -> Self {
        let head = inner
            .iter()
            .take_while(|step| words_of(step).is_some() || value_of(step) == Some(NUMBER))
            .count();
        let anchor = inner.iter().position(is_strong);
        match anchor {
            _ if inner.contains(&Step::Cell) => Self::Table,
            _ if inner.contains(&Step::Break) => Self::Blocks,
            Some(place) if place < head => Self::Head(head),
            Some(place) => Self::Anchor(place),
            None if head > 0 => Self::Head(head),
            None => Self::Separated,
        }
    }
}

/// Where a row begins, and where the words stand by which it is known.
pub(super) struct Start {
    pub begin: usize,
    known_by: usize,
}

impl Reader<'_> {
    /// Every row of a group.
    pub(super) fn each(&mut self, group: &str, inner: &[Step], end: usize, rows: &[Id]) {
        let shape = Shape::of(inner);
        let parents = self.parents(group, rows);
        let Some(group) = Group::named(group, &parents) else { return };
        let rows = Rows { group, parents, known: self.letter.row_ids(group) };
        let stretch = self.at..end;
        match shape {
            Shape::Table => {
                let cells = table::rows(
                    self.text.text(stretch.clone()),
                    count(inner, &Step::Cell) + 1,
                );
                self.cells(&rows, (inner, &Step::Cell), stretch, &cells);
            }
            Shape::Blocks => {
                let blocks = table::blocks(self.text.text(stretch.clone()));
                self.cells(&rows, (inner, &Step::Break), stretch, &blocks);
            }
            Shape::Separated => self.separated(&rows, inner, end),
            Shape::Head(_) | Shape::Anchor(_) => self.anchored(&rows, inner, &shape, end),
        }
    }

    /// The rows that a group lies in; outside of any, it is in the first item.
    fn parents(&mut self, group: &str, rows: &[Id]) -> Vec<Id> {
        if !group.contains("[]") {
            return Vec::new();
        }
        let item = rows
            .first()
            .or(self.letter.items.first().map(|item| &item.id))
            .copied();
        vec![item.unwrap_or_else(|| self.letter.add_row(Group::Items, None))]
    }

    /// The row of this number: what is said of every row can be said twice.
    fn row_id(&mut self, rows: &Rows, number: usize) -> Vec<Id> {
        let id = rows
            .known
            .get(number)
            .copied()
            .unwrap_or_else(|| self.letter.add_row(rows.group, None));
        [&rows.parents[..], &[id]].concat()
    }

    /// Rows whose pieces stand apart, in cells or on lines; the places of the pieces are
    /// in bytes from the stretch on.
    fn cells(
        &mut self,
        rows: &Rows,
        (inner, border): (&[Step], &Step),
        stretch: Range<usize>,
        found: &[Vec<Range<usize>>],
    ) {
        let offset = self.text.range(stretch).start;
        let place = |range: &Range<usize>| (range.start + offset, range.end + offset);
        let pieces: Vec<&[Step]> = inner.split(|step| step == border).collect();
        for (number, cells) in found.iter().enumerate() {
            let ids = self.row_id(rows, number);
            for (steps, cell) in pieces.iter().zip(cells) {
                let (start, end) = place(cell);
                let (start, end) = (self.text.before(start), self.text.before(end));
                self.left_over(self.at..start);
                self.at = start;
                self.steps(steps, end, &ids);
                self.left_over(self.at..end);
                self.at = end;
            }
        }
    }

    /// Rows on a line: `a (b); c (d)`.
    fn separated(&mut self, rows: &Rows, inner: &[Step], end: usize) {
        let Some((separator, inner)) = inner.split_last() else { return };
        let words = words_of(separator).map(normalize).filter(|words| !words.is_empty());
        let borders = words
            .as_ref()
            .map(|words| self.all(words, self.at, end))
            .unwrap_or_default();
        let length = words.map_or(0, |words| words.len());
        for (number, border) in borders.into_iter().chain([end]).enumerate() {
            if self.at < border {
                let ids = self.row_id(rows, number);
                self.steps(inner, border, &ids);
                self.left_over(self.at..border);
            }
            self.at = (border + length).min(end);
        }
    }

    fn anchored(&mut self, rows: &Rows, inner: &[Step], shape: &Shape, end: usize) {
        let mut starts = self.row_starts(inner, shape, end, usize::MAX);
        // Right behind fixed words the first row begins at once.
        let is_numbered = inner.first().and_then(value_of) == Some(NUMBER);
        let first = starts
            .first_mut()
            .filter(|_| matches!(shape, Shape::Anchor(_)) && !is_numbered);
        if let Some(first) = first.filter(|_| self.said_until == self.at && self.at > 0) {
            first.begin = self.at;
        }
        self.asked += usize::from(starts.is_empty());
        for (number, start) in starts.iter().enumerate() {
            let end = starts.get(number + 1).map_or(end, |next| next.begin);
            let ids = self.row_id(rows, number);
            self.left_over(self.at..start.begin);
            self.at = start.begin;
            let body = match shape {
                Shape::Anchor(place) => self.lead(&inner[..*place], start, &ids),
                Shape::Head(_) | Shape::Table | Shape::Blocks | Shape::Separated => 0,
            };
            self.steps(&inner[body..], end, &ids);
        }
    }

    /// Where rows begin that are known by their words, at most so many.
    pub(super) fn row_starts(
        &self,
        inner: &[Step],
        shape: &Shape,
        end: usize,
        most: usize,
    ) -> Vec<Start> {
        match shape {
            Shape::Head(length) => {
                self.heads(&inner[..*length], inner.get(*length), end, most)
            }
            Shape::Anchor(place) => self.anchors(inner, *place, end, most),
            Shape::Table | Shape::Blocks | Shape::Separated => Vec::new(),
        }
    }

    fn heads(
        &self,
        head: &[Step],
        next: Option<&Step>,
        end: usize,
        most: usize,
    ) -> Vec<Start> {
        let has_digit =
            next.and_then(value_of).is_some_and(|name| self.takes_number(name));
        let parts: Vec<Option<String>> =
            head.iter().map(|step| words_of(step).map(normalize)).collect();
        let is_known = parts.iter().flatten().any(|words| words.len() >= STRONG);
        let head = Head { parts, has_digit };
        let mut starts =
            self.heads_in(&head, end, most, Strictness { numbers: true, lines: true });
        if starts.is_empty() && is_known {
            starts = self.heads_in(
                &head,
                end,
                most,
                Strictness { numbers: false, lines: true },
            );
        }
        if starts.is_empty() && is_known {
            starts = self.heads_in(
                &head,
                end,
                most,
                Strictness { numbers: false, lines: false },
            );
        }
        starts
    }

    fn heads_in(
        &self,
        head: &Head,
        end: usize,
        most: usize,
        strict: Strictness,
    ) -> Vec<Start> {
        let mut starts = Vec::new();
        let mut at = self.at;
        while let Some(begin) = self
            .next_head(head, at)
            .filter(|begin| *begin < end && starts.len() < most)
        {
            let number = strict.numbers.then_some(starts.len() + 1);
            match self
                .head_end(head, begin, number)
                .filter(|_| !strict.lines || self.text.is_cell_start(begin))
            {
                Some(behind) if behind <= end => {
                    starts.push(Start { begin, known_by: begin });
                    at = behind.max(self.text.next(begin));
                }
                _ => at = self.text.next(begin),
            }
        }
        starts
    }

    /// The next place where a row could begin: at its first words, or at the digits
    /// before them.
    fn next_head(&self, head: &Head, at: usize) -> Option<usize> {
        let place = head.parts.iter().position(Option::is_some)?;
        let words = self.text.find(head.parts.get(place)?.as_deref()?, at)?;
        let before = self.text.rest(at)[..words - at].bytes().rev();
        Some(words - before.take_while(|byte| place > 0 && byte.is_ascii_digit()).count())
    }

    /// Behind a row's first words, if they stand here.
    fn head_end(&self, head: &Head, at: usize, number: Option<usize>) -> Option<usize> {
        let mut at = at;
        for part in &head.parts {
            at = match part {
                Some(words) => self.text.is_at(words, at).then_some(at + words.len())?,
                None => self.number_at(at, number)?,
            };
        }
        (!head.has_digit || self.number_at(at, None).is_some_and(|behind| behind > at))
            .then_some(at)
    }

    /// Behind the number that stands here; without one that is asked for, any or none.
    fn number_at(&self, at: usize, number: Option<usize>) -> Option<usize> {
        let behind = at
            + self
                .text
                .rest(at)
                .bytes()
                .take(3)
                .take_while(u8::is_ascii_digit)
                .count();
        match number {
            Some(number) => (self.text.rest(at)[..behind - at].parse() == Ok(number))
                .then_some(behind),
            None => Some(behind),
        }
    }

    fn takes_number(&self, name: &str) -> bool {
        self.template
            .nameable_field(name)
            .is_some_and(|field| field.options == Options::Reviewers)
    }

    fn anchors(
        &self,
        inner: &[Step],
        place: usize,
        end: usize,
        most: usize,
    ) -> Vec<Start> {
        let words =
            inner.get(place).and_then(words_of).map(normalize).unwrap_or_default();
        let label = inner[place..].iter().rev().find_map(words_of).unwrap_or_default();
        let places = self.all_labels(&words, end);
        let mut starts: Vec<Start> = Vec::new();
        let mut behind = self.at;
        for (number, &at) in places.iter().enumerate().take(most) {
            let begin = self.lead_start(&inner[..place], behind..at, number + 1);
            starts.push(Start { begin, known_by: at });
            let next = places.get(number + 1).copied().unwrap_or(end);
            behind = self.words_end(label, at + words.len(), next).unwrap_or(at);
        }
        starts
    }

    /// Every place where the words stand, and those where they begin a line with other
    /// capitals.
    fn all_labels(&self, words: &str, end: usize) -> Vec<usize> {
        let mut found = Vec::new();
        let mut from = self.at;
        while let Some(at) = self.text.find_small(words, from).filter(|at| *at < end) {
            if self.text.is_at(words, at) || self.text.is_cell_start(at) {
                found.push(at);
            }
            from = at + words.len();
        }
        found
    }

    /// Where a row begins in what stands before its fixed words.
    fn lead_start(&self, lead: &[Step], stretch: Range<usize>, number: usize) -> usize {
        let head: Vec<&Step> = lead.iter().take(2).collect();
        if let [number_step, mark] = head[..]
            && value_of(number_step) == Some(NUMBER)
        {
            let mark = words_of(mark).map(normalize).unwrap_or_default();
            let words = format!("{number}{mark}");
            let mut found =
                self.all(&words, stretch.start, stretch.end).into_iter().rev();
            if let Some(at) = found.find(|&at| self.text.is_cell_start(at)) {
                return at;
            }
        }
        // A line can end between the title and its decision, which is no title then.
        let range = self.text.range(stretch.start..self.decision_start(&stretch));
        // A line's end right behind the label before it belongs to the words between.
        let words = &self.text.source[range.clone()];
        self.text.before(range.start + title::start(words)).max(stretch.start)
    }

    /// What stands before a row's own words: its number, its title and its decision, or
    /// fewer of them. Gives the number of steps that were read.
    fn lead(&mut self, lead: &[Step], start: &Start, rows: &[Id]) -> usize {
        let length = lead
            .iter()
            .position(|step| matches!(step, Step::Maybe(_)))
            .unwrap_or(lead.len());
        let (steps, optional) = lead.split_at(length);
        let heading = start.begin..self.stop(optional, start.known_by);
        let is_numbered = steps.first().and_then(value_of) == Some(NUMBER);
        let begin = if is_numbered {
            self.behind_number(heading.start, heading.end)
        } else {
            heading.start
        };
        let steps = if is_numbered { &steps[1..] } else { steps };
        let (bracket, steps) = match steps {
            [Step::Words(words), rest @ ..] => (normalize(words), rest),
            _ => (String::new(), steps),
        };
        let begin =
            if self.text.is_at(&bracket, begin) { begin + bracket.len() } else { begin };
        let values: Vec<&str> = steps.iter().filter_map(value_of).collect();
        let between = steps.iter().find_map(words_of).map(normalize).unwrap_or_default();
        match values[..] {
            [] => {}
            [only] => self.set_whole(only, begin..heading.end, rows),
            [first, .., last] => {
                self.title_and_decision((first, last), &between, begin..heading.end, rows)
            }
        }
        self.at = heading.end;
        length
    }
}

/// The rows of a group that are read.
struct Rows {
    group: Group,
    parents: Vec<Id>,
    known: Vec<Id>,
}

/// What begins each row: words, or its number where there are none.
struct Head {
    parts: Vec<Option<String>>,
    /// Whether a digit must stand behind them.
    has_digit: bool,
}

/// What is asked of the words that begin a row: to be numbered in order, to begin a line.
#[derive(Clone, Copy)]
struct Strictness {
    numbers: bool,
    lines: bool,
}

fn count(steps: &[Step], step: &Step) -> usize {
    steps.iter().filter(|other| *other == step).count()
}
