//! Numbers of lines at a page's left edge, as pleadings and drafts for comment have them.

use super::runs::Run;

/// Fewer numbers than these can be a list's or a table's.
const FEWEST: usize = 8;
/// How far apart their ends may be, in points.
const ALIGNED: f64 = 3.0;

/// Takes out the numbers of lines: they are further left than every word, one under the
/// other, and go up by the same step.
pub(super) fn remove(runs: &mut Vec<Run>) {
    let mut numbers: Vec<(usize, u32)> = Vec::new();
    let mut edge = f64::MAX;
    for (index, run) in runs.iter().enumerate() {
        let words = run.words();
        match words.parse() {
            Ok(number) if words.len() <= 4 => numbers.push((index, number)),
            _ if words.is_empty() => {}
            _ => edge = edge.min(run.left),
        }
    }
    numbers.retain(|(index, _)| runs[*index].right < edge);
    numbers.sort_by(|one, other| runs[one.0].y.total_cmp(&runs[other.0].y));
    if numbers.len() < FEWEST || !go_up(&numbers) || !are_aligned(runs, &numbers) {
        return;
    }
    let mut index = 0;
    runs.retain(|_| {
        let is_number = numbers.iter().any(|(number, _)| *number == index);
        index += 1;
        !is_number
    });
}

fn go_up(numbers: &[(usize, u32)]) -> bool {
    let [first, second, ..] = numbers else { return false };
    let step = second.1.wrapping_sub(first.1);
    step > 0
        && numbers
            .windows(2)
            .all(|pair| pair[1].1.wrapping_sub(pair[0].1) == step)
}

fn are_aligned(runs: &[Run], numbers: &[(usize, u32)]) -> bool {
    let Some((first, _)) = numbers.last() else { return false };
    let (left, right) = (runs[*first].left, runs[*first].right);
    let mut found = numbers.iter().map(|(index, _)| &runs[*index]);
    found.clone().all(|run| (run.right - right).abs() < ALIGNED)
        || found.all(|run| (run.left - left).abs() < ALIGNED)
}
