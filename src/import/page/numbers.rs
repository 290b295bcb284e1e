//! Numbers of lines at a page's edge, as pleadings and drafts for comment have them.

use super::runs::Run;

/// Fewer numbers than these can be a list's or a table's; at the right, a column's.
const FEWEST_LEFT: usize = 8;
const FEWEST_RIGHT: usize = 12;
/// How far apart their ends may be, in points.
const ALIGNED: f64 = 3.0;

/// Where a letter's lines are numbered: known from a page of many lines, for the pages of
/// few.
#[derive(Default)]
pub(in crate::import) struct LineNumbers {
    column: Option<NumberColumn>,
}

#[derive(Clone, Copy)]
struct NumberColumn {
    left: f64,
    right: f64,
}

impl LineNumbers {
    /// Takes out the numbers of lines: they are beyond every word, one under the other,
    /// and go up by the same step.
    pub(super) fn remove(&mut self, runs: &mut Vec<Run>) {
        let (mut left, mut right) = (f64::MAX, f64::MIN);
        for run in runs.iter().filter(|run| !run.is_blank() && number(run).is_none()) {
            (left, right) = (left.min(run.left), right.max(run.right));
        }
        for (fewest, is_left) in [(FEWEST_LEFT, true), (FEWEST_RIGHT, false)] {
            let is_beyond =
                |run: &Run| if is_left { run.right < left } else { run.left > right };
            let mut numbers: Vec<&Run> = runs
                .iter()
                .filter(|run| number(run).is_some() && is_beyond(run))
                .collect();
            numbers.sort_by(|one, other| one.y.total_cmp(&other.y));
            if numbers.len() >= fewest && go_up(&numbers) {
                self.column = column(&numbers).or(self.column);
            }
            if let Some(column) = self.column {
                let is_line_number = |run: &Run| {
                    number(run).is_some() && is_beyond(run) && column.has(run)
                };
                runs.retain(|run| !is_line_number(run));
            }
        }
    }
}

impl NumberColumn {
    fn has(self, run: &Run) -> bool {
        (run.right - self.right).abs() < ALIGNED || (run.left - self.left).abs() < ALIGNED
    }
}

fn number(run: &Run) -> Option<u32> {
    let words = run.words();
    if words.len() <= 4 { words.parse().ok() } else { None }
}

fn go_up(numbers: &[&Run]) -> bool {
    let mut steps = numbers.windows(2).map(|pair| {
        i64::from(number(pair[1]).unwrap_or(0)) - i64::from(number(pair[0]).unwrap_or(0))
    });
    let Some(step) = steps.next() else { return false };
    step > 0 && steps.all(|other| other == step)
}

/// The column of numbers that end, or begin, one under the other.
fn column(numbers: &[&Run]) -> Option<NumberColumn> {
    let last = numbers.last()?;
    let column = NumberColumn { left: last.left, right: last.right };
    let ends = numbers.iter().all(|run| (run.right - column.right).abs() < ALIGNED);
    let begins = numbers.iter().all(|run| (run.left - column.left).abs() < ALIGNED);
    if ends || begins { Some(column) } else { None }
}
