//! Two texts compared word by word, for a person to read: what went, what came, and
//! enough around it to find the place.

use std::time::Duration;

use similar::{ChangeTag, TextDiff};

/// A stretch of the comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// In both; long stretches are cut in their middle to `…`.
    Same(String),
    /// In the old text alone.
    Gone(String),
    /// In the new text alone.
    Come(String),
}

impl Piece {
    fn is_change(&self) -> bool {
        !matches!(self, Self::Same(_))
    }
}

/// How many words on either side of a change are shown: enough to find the sentence.
const AROUND: usize = 6;
/// How long the smallest difference is looked for; past it, a larger one is shown, and
/// the window does not wait.
const LONGEST: Duration = Duration::from_millis(200);

/// The same for a mere count, which is taken while somebody types.
const LONGEST_COUNT: Duration = Duration::from_millis(20);

/// In how many places `new` differs from `old`.
pub fn places(old: &str, new: &str) -> usize {
    let pieces = within(LONGEST_COUNT, old, new);
    // A word that was replaced is two pieces in one place.
    let runs = pieces.chunk_by(|one, next| one.is_change() == next.is_change());
    runs.filter(|run| run[0].is_change()).count()
}

/// What changed from `old` to `new`; nothing where the words are the same. White space
/// does not count.
pub fn words(old: &str, new: &str) -> Vec<Piece> {
    within(LONGEST, old, new)
}

fn within(longest: Duration, old: &str, new: &str) -> Vec<Piece> {
    let old: Vec<&str> = old.split_whitespace().collect();
    let new: Vec<&str> = new.split_whitespace().collect();
    if old == new {
        return Vec::new();
    }
    let diff = TextDiff::configure().timeout(longest).diff_slices(&old, &new);
    let mut pieces: Vec<(ChangeTag, Vec<&str>)> = Vec::new();
    for change in diff.iter_all_changes() {
        match pieces.last_mut() {
            Some((tag, words)) if *tag == change.tag() => words.push(change.value()),
            Some(_) | None => pieces.push((change.tag(), vec![change.value()])),
        }
    }
    let last = pieces.len() - 1;
    let shown = pieces.into_iter().enumerate().map(|(place, (tag, words))| match tag {
        ChangeTag::Equal => Piece::Same(cut(&words, place == 0, place == last)),
        ChangeTag::Delete => Piece::Gone(words.join(" ")),
        ChangeTag::Insert => Piece::Come(words.join(" ")),
    });
    shown.collect()
}

/// How many words differ: of words put in the place of others, the larger number.
pub fn count(pieces: &[Piece]) -> usize {
    let (mut sum, mut gone, mut come) = (0, 0, 0);
    for piece in pieces {
        match piece {
            Piece::Same(_) => {
                sum += usize::max(gone, come);
                (gone, come) = (0, 0);
            }
            Piece::Gone(text) => gone += text.split_whitespace().count(),
            Piece::Come(text) => come += text.split_whitespace().count(),
        }
    }
    sum + usize::max(gone, come)
}

/// The words next to a change; what is further off is left out.
fn cut(words: &[&str], is_first: bool, is_last: bool) -> String {
    let head = if is_first { 0 } else { AROUND };
    let tail = if is_last { 0 } else { AROUND };
    if words.len() <= head + tail + 1 {
        return words.join(" ");
    }
    let (front, back) = (words[..head].join(" "), words[words.len() - tail..].join(" "));
    format!("{front} … {back}").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pieces as `[gone]`, `{come}` and plain words.
    fn check(old: &str, new: &str, expected: &str) {
        let shown = words(old, new).into_iter().map(|piece| match piece {
            Piece::Same(words) => words,
            Piece::Gone(words) => format!("[{words}]"),
            Piece::Come(words) => format!("{{{words}}}"),
        });
        assert_eq!(shown.collect::<Vec<_>>().join(" "), expected);
    }

    #[test]
    fn what_changed_is_shown_among_what_did_not() {
        check(
            "the requested item",
            "the disputed item",
            "the [requested] {disputed} item",
        );
        check("a b", "a  b\n", "");
        check("", "a", "{a}");
        assert_eq!(
            [places("a b c", "a B c"), places("a b c", "A b"), places("a", "a")],
            [1, 2, 0]
        );
        assert_eq!(count(&words("a b c d", "a x y c d e")), 3);
        let long = "one two three four five six seven eight nine ten eleven twelve \
            thirteen fourteen";
        check(
            &format!("x {long} y {long} z"),
            &format!("X {long} Y {long} z"),
            "[x] {X} one two three four five six … nine ten eleven twelve thirteen \
                fourteen [y] {Y} one two three four five \
             six …",
        );
    }
}
