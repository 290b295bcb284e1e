//! What a letter says of every row of a group, read row by row.

use std::ops::Range;

use super::normalize::normalize;
use super::reader::LetterReader;
use super::row_starts::{RowStart, Shape};
use super::search::NUMBER;
use super::table;
use crate::letter::{Group, Id, MOST_ROWS};
use crate::template::reading::ReadingStep;

/// The rows of a group that are read.
struct RowGroup {
    group: Group,
    /// The rows that the group's own rows belong to: an item for its opinions.
    parents: Vec<Id>,
    /// The rows that were there before: a letter can speak of its items twice, and the
    /// second time adds none.
    known: Vec<Id>,
}

impl LetterReader<'_> {
    /// Reads every row of a group, up to a position.
    pub(super) fn read_rows(
        &mut self,
        group: &str,
        inner: &[ReadingStep],
        end: usize,
        rows: &[Id],
    ) {
        let parents = self.parents(group, rows);
        let Some(group) = Group::named(group, &parents) else { return };
        let known = self.fields.letter.row_ids(group);
        let rows = RowGroup { group, parents, known };
        let range = self.at..end;
        let words = self.search.text.words(range.clone());
        match Shape::of(inner) {
            Shape::Table => {
                let borders = inner.iter().filter(|step| **step == ReadingStep::Cell);
                let cells = table::rows(words, borders.count() + 1);
                self.read_cells(&rows, (inner, &ReadingStep::Cell), range, &cells);
            }
            Shape::Blocks => {
                let blocks = table::blocks(words);
                self.read_cells(&rows, (inner, &ReadingStep::Break), range, &blocks);
            }
            Shape::Separated => self.read_separated(&rows, inner, end),
            shape @ (Shape::Head(_) | Shape::Anchor(_)) => {
                self.read_known(&rows, inner, &shape, end);
            }
        }
    }

    /// The rows that a group belongs to; outside of any, it belongs to the first item.
    fn parents(&mut self, group: &str, rows: &[Id]) -> Vec<Id> {
        if !group.contains("[]") {
            return Vec::new();
        }
        if let Some(&row) = rows.first() {
            return vec![row];
        }
        match self.fields.letter.items.first() {
            Some(item) => vec![item.id],
            None => vec![self.fields.letter.add_row(Group::Items, None)],
        }
    }

    /// The row of this index, with those that it belongs to.
    fn row_ids(&mut self, rows: &RowGroup, index: usize) -> Vec<Id> {
        let id = match rows.known.get(index) {
            Some(&id) => id,
            None => self.fields.letter.add_row(rows.group, None),
        };
        [&rows.parents[..], &[id]].concat()
    }

    /// Whether a letter of so many rows is none, so that the rest need not be read.
    fn has_too_many_rows(&self) -> bool {
        self.fields.letter.count_of_rows() > MOST_ROWS
    }

    /// Rows whose pieces are apart, in cells or on lines; the places of the pieces are in
    /// bytes of the source, from the range on.
    fn read_cells(
        &mut self,
        rows: &RowGroup,
        (inner, border): (&[ReadingStep], &ReadingStep),
        range: Range<usize>,
        found: &[Vec<Range<usize>>],
    ) {
        let offset = self.search.text.source_range(range).start;
        let pieces: Vec<&[ReadingStep]> = inner.split(|step| step == border).collect();
        for (index, cells) in found.iter().enumerate() {
            if self.has_too_many_rows() {
                return;
            }
            let ids = self.row_ids(rows, index);
            for (steps, cell) in pieces.iter().zip(cells) {
                let places = cell.start + offset..cell.end + offset;
                let cell = self.search.text.positions(places);
                self.skip_to(cell.start);
                self.read_steps(steps, cell.end, &ids);
                self.skip_to(cell.end);
            }
        }
    }

    /// Rows on a line: `a (b); c (d)`.
    fn read_separated(&mut self, rows: &RowGroup, inner: &[ReadingStep], end: usize) {
        let Some((separator, inner)) = inner.split_last() else { return };
        let separator = separator.words().map(normalize).unwrap_or_default();
        let mut borders = self.search.text.find_all(&separator, self.at..end);
        borders.push(end);
        for (index, border) in borders.into_iter().enumerate() {
            if self.has_too_many_rows() {
                return;
            }
            if self.at < border {
                let ids = self.row_ids(rows, index);
                self.read_steps(inner, border, &ids);
                self.fields.keep_left_over(self.at..border);
            }
            self.at = (border + separator.len()).min(end);
        }
    }

    /// Rows that are known by their words.
    fn read_known(
        &mut self,
        rows: &RowGroup,
        inner: &[ReadingStep],
        shape: &Shape,
        end: usize,
    ) {
        let mut starts = self.search.row_starts(inner, shape, self.at..end, usize::MAX);
        let is_after_words = self.words_end == self.at && self.at > 0;
        // Right after fixed words, such as a heading, the first row begins at once: there
        // is no row before whose rationale could reach into its title. Its number,
        // though, is looked for, because the heading can be followed by anything.
        if is_after_words
            && matches!(shape, Shape::Anchor(_))
            && !begins_with_number(inner)
            && let Some(first) = starts.first_mut()
        {
            first.begin = self.at;
        }
        if starts.is_empty() {
            self.score.asked += 1;
        }
        for (index, start) in starts.iter().enumerate() {
            if self.has_too_many_rows() {
                return;
            }
            let end = match starts.get(index + 1) {
                Some(next) => next.begin,
                None => end,
            };
            let ids = self.row_ids(rows, index);
            self.skip_to(start.begin);
            let mut steps = inner;
            if let Shape::Anchor(place) = shape {
                let read = self.read_lead(&inner[..*place], start, &ids);
                steps = &inner[read..];
            }
            self.read_steps(steps, end, &ids);
        }
    }

    /// What is before a row's own words: its number, its title and its decision, or fewer
    /// of them. Gives the number of steps that were read.
    fn read_lead(
        &mut self,
        lead: &[ReadingStep],
        start: &RowStart,
        rows: &[Id],
    ) -> usize {
        let search = self.search;
        let length = lead
            .iter()
            .take_while(|step| !matches!(step, ReadingStep::Maybe(_)))
            .count();
        let (mut steps, optional) = lead.split_at(length);
        let stop = search.next_stop(optional, start.begin..start.known_by);
        let mut heading = start.begin..stop;
        if begins_with_number(steps) {
            heading.start = search.number_end(heading.clone());
            steps = &steps[1..];
        }
        // The bracket or full stop after a number.
        if let [ReadingStep::Words(words), rest @ ..] = steps {
            let bracket = normalize(words);
            if search.text.is_at(&bracket, heading.start) {
                heading.start += bracket.len();
            }
            steps = rest;
        }
        let values: Vec<&str> = steps.iter().filter_map(ReadingStep::value).collect();
        let between = steps.iter().find_map(ReadingStep::words);
        let between = between.map(normalize).unwrap_or_default();
        self.at = heading.end;
        match values[..] {
            [] => {}
            [only] => self.fields.set_whole(only, heading, rows),
            [first, .., last] => {
                self.fields.set_title_and_decision(
                    (first, last),
                    &between,
                    heading,
                    rows,
                );
            }
        }
        length
    }
}

fn begins_with_number(steps: &[ReadingStep]) -> bool {
    matches!(steps.first(), Some(ReadingStep::Value(name)) if name == NUMBER)
}
