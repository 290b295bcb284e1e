//! Labels and their values in any order: a header's cells as extractions scatter them,
//! column by column or row by row.

use std::ops::Range;

use super::normalize::normalize;
use super::reader::{Reader, value_of, words_of};
use super::table;
use crate::letter::Id;
use crate::template::reading::Step;

/// A label that stands in the text, and the field whose value it names.
struct Label<'a> {
    stretch: Range<usize>,
    field: &'a str,
}

impl Reader<'_> {
    /// Reads labels and their values; those that stand in their order are read like
    /// anything else.
    pub(super) fn scattered(&mut self, inner: &[Step], end: usize, rows: &[Id]) {
        let labels = self.labels(inner, end);
        let is_whole =
            labels.len() == inner.iter().filter(|step| words_of(step).is_some()).count();
        let mut sorted: Vec<&Label<'_>> = labels.iter().collect();
        sorted.sort_by_key(|label| label.stretch.start);
        let Some(first) =
            sorted.first().filter(|_| is_whole && !is_in_order(&labels, end))
        else {
            return self.steps(inner, end, rows);
        };
        self.asked += labels.len();
        self.found += labels.len();
        self.left_over(self.at..first.stretch.start);
        for run in sorted.chunk_by(|one, next| one.stretch.end == next.stretch.start) {
            let behind = run.last().map_or(end, |last| last.stretch.end);
            let next = sorted
                .iter()
                .map(|label| label.stretch.start)
                .find(|start| *start >= behind);
            self.values(run, behind..next.unwrap_or(end), rows);
        }
        self.at = end;
    }

    fn labels<'s>(&self, inner: &'s [Step], end: usize) -> Vec<Label<'s>> {
        let pairs = inner
            .windows(2)
            .filter_map(|pair| Some((words_of(&pair[0])?, value_of(&pair[1])?)));
        let labels = pairs.filter_map(|(words, field)| {
            let words = normalize(words);
            let start = self
                .text
                .find(&words, self.at)
                .filter(|start| start + words.len() <= end)?;
            Some(Label { stretch: start..start + words.len(), field })
        });
        labels.collect()
    }

    /// The values behind a run of labels: a line for each, or all of it for one.
    fn values(&mut self, run: &[&Label<'_>], stretch: Range<usize>, rows: &[Id]) {
        let offset = self.text.range(stretch.clone()).start;
        let lines = table::rows(self.text.text(stretch.clone()), 1);
        let lines: Vec<Range<usize>> = lines
            .iter()
            .flatten()
            .map(|line| line.start + offset..line.end + offset)
            .collect();
        let places: Vec<Range<usize>> = match run {
            [_] => vec![stretch.clone()],
            _ if lines.len() >= run.len() => {
                let lines = lines.iter().take(run.len());
                lines
                    .map(|line| self.text.before(line.start)..self.text.before(line.end))
                    .collect()
            }
            _ => Vec::new(),
        };
        let read = places.last().map_or(stretch.start, |last| last.end);
        run.iter()
            .zip(places)
            .for_each(|(label, place)| self.set_whole(label.field, place, rows));
        self.left_over(read..stretch.end);
    }
}

/// Whether labels stand in the order of the reading, each with its value behind it.
fn is_in_order(labels: &[Label<'_>], end: usize) -> bool {
    let has_value = |pair: &[Label<'_>]| pair[0].stretch.end < pair[1].stretch.start;
    labels.windows(2).all(has_value)
        && labels.last().is_none_or(|last| last.stretch.end < end)
}
