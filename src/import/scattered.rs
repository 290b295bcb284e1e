//! Labels and their values in any order: a header's cells as extractions scatter them,
//! column by column or row by row.
//!
//! ```text
//! Case Number:  CM16-0213037     read across      read down, column by column
//! Date:         01/03/2017       Case Number:     Case Number:
//!                                CM16-0213037     Date:
//!                                Date:            CM16-0213037
//!                                01/03/2017       01/03/2017
//! ```
//!
//! So labels without anything between them are a *run*, and the values of a run are the
//! lines after it.

use std::ops::Range;

use super::normalize::normalize;
use super::reader::LetterReader;
use super::table;
use crate::letter::Id;
use crate::template::reading::ReadingStep;

/// A label that is in the text, and the field whose value it names.
struct ScatteredLabel<'a> {
    range: Range<usize>,
    field: &'a str,
}

impl LetterReader<'_> {
    /// Reads labels and their values; those that are in their order are read like
    /// anything else.
    pub(super) fn read_scattered(
        &mut self,
        inner: &[ReadingStep],
        end: usize,
        rows: &[Id],
    ) {
        let mut labels = self.find_labels(inner, end);
        let wanted = inner.iter().filter(|step| step.words().is_some()).count();
        if labels.len() < wanted || is_in_order(&labels, end) {
            return self.read_steps(inner, end, rows);
        }
        labels.sort_by_key(|label| label.range.start);
        self.score.asked += labels.len();
        self.score.found += labels.len();
        if let Some(first) = labels.first() {
            self.skip_to(first.range.start);
        }
        for run in labels.chunk_by(|one, next| one.range.end == next.range.start) {
            let Some(last) = run.last() else { continue };
            // One label can be within another's words, so the next run is not always the
            // next label.
            let start = last.range.end;
            let next = labels.iter().find(|label| label.range.start >= start);
            let stop = match next {
                Some(label) => label.range.start,
                None => end,
            };
            self.read_run(run, start..stop, rows);
        }
        self.at = end;
    }

    fn find_labels<'s>(
        &self,
        inner: &'s [ReadingStep],
        end: usize,
    ) -> Vec<ScatteredLabel<'s>> {
        let mut labels = Vec::new();
        for pair in inner.windows(2) {
            if let Some(words) = pair[0].words()
                && let Some(field) = pair[1].value()
                && let words = normalize(words)
                && let Some(start) = self.search.text.find_within(&words, self.at..end)
            {
                labels.push(ScatteredLabel { range: start..start + words.len(), field });
            }
        }
        labels
    }

    /// The values after a run of labels: all of it for one label, or else a line for
    /// each.
    fn read_run(&mut self, run: &[ScatteredLabel<'_>], range: Range<usize>, rows: &[Id]) {
        if let [label] = run {
            return self.fields.set_whole(label.field, range, rows);
        }
        let text = &self.search.text;
        let offset = text.source_range(range.clone()).start;
        let lines = table::rows(text.words(range.clone()), 1).concat();
        let mut read = range.start;
        // With fewer values than labels nobody can say whose they are.
        if lines.len() >= run.len() {
            for (label, line) in run.iter().zip(lines) {
                let value = text.positions(line.start + offset..line.end + offset);
                read = value.end;
                self.fields.set_whole(label.field, value, rows);
            }
        }
        self.fields.keep_left_over(read..range.end);
    }
}

/// Whether labels are in the order of the reading, each with its value after it.
fn is_in_order(labels: &[ScatteredLabel<'_>], end: usize) -> bool {
    let Some(last) = labels.last() else { return true };
    last.range.end < end
        && labels.windows(2).all(|pair| pair[0].range.end < pair[1].range.start)
}
