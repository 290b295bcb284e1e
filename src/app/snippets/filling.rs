//! A snippet that is being filled in: its blanks, which move with what is typed.

use super::expand::{Expanded, SnippetStop};
use crate::diagnostic::TextRange;
use crate::letter::FieldPath;

/// Where one is in a snippet that was inserted.
#[derive(Clone, Debug, PartialEq)]
pub struct Filling {
    pub path: FieldPath,
    /// The field's text as it was last seen.
    text: String,
    stops: Vec<SnippetStop>,
    at: usize,
    /// The byte after the snippet.
    end: usize,
    /// Which option is marked, and whether an arrow put the mark there.
    pub marked: usize,
    pub is_chosen: bool,
}

impl Filling {
    /// A snippet that was put into `text` at this byte; `None` where there is nothing to
    /// fill in.
    pub fn new(
        path: FieldPath,
        text: &str,
        start: usize,
        expanded: &Expanded,
    ) -> Option<Self> {
        let mut stops = expanded.stops.clone();
        for stop in &mut stops {
            stop.range = stop.range + start;
        }
        let end = start + expanded.text.len();
        let text = text.to_owned();
        let filling = Self { path, text, stops, at: 0, end, marked: 0, is_chosen: false };
        (!filling.stops.is_empty()).then_some(filling)
    }

    /// The blank that one is at.
    pub fn here(&self) -> Option<&SnippetStop> {
        self.stops.get(self.at)
    }

    /// What can be chosen here: what begins as it was typed, all of it while nothing was.
    pub fn options(&self) -> Vec<&str> {
        let Some(stop) = self.here() else { return Vec::new() };
        let typed = self.text.get(stop.range.start..stop.range.end).unwrap_or_default();
        let typed = typed.trim().to_lowercase();
        let is_untouched = typed.starts_with('{') || typed.is_empty();
        let options = stop.options.iter().map(String::as_str);
        options
            .filter(|option| is_untouched || option.to_lowercase().starts_with(&typed))
            .collect()
    }

    /// Goes to the next blank, or the one before; `None` where there is none.
    pub fn step(&mut self, is_forward: bool) -> Option<TextRange> {
        let next = if is_forward { self.at + 1 } else { self.at.checked_sub(1)? };
        let range = self.stops.get(next)?.range;
        (self.at, self.marked, self.is_chosen) = (next, 0, false);
        Some(range)
    }

    /// The byte after the snippet.
    pub fn end(&self) -> usize {
        self.end
    }

    /// Sees what the field says now, with the caret at this byte: what was typed into a
    /// blank is part of it, and what is after it moves along.
    pub fn follow(&mut self, now: &str, caret: usize) {
        if self.text == now {
            return;
        }
        let change = TextChange::between(&self.text, now, Some(caret));
        let at = self.at;
        let mut place = 0;
        self.stops.retain_mut(|stop| {
            place += 1;
            change.moves(&mut stop.range, place - 1 == at)
        });
        let mut whole = TextRange { start: self.end, end: self.end };
        self.end = if change.moves(&mut whole, false) { whole.end } else { now.len() };
        self.at = self.at.min(self.stops.len().saturating_sub(1));
        now.clone_into(&mut self.text);
        (self.marked, self.is_chosen) = (0, false);
    }
}

/// Bytes that were replaced, and how many came.
pub struct TextChange {
    gone: TextRange,
    came: usize,
}

impl TextChange {
    /// What was typed ends at the caret, where it is known and both texts agree with that.
    pub fn between(before: &str, now: &str, caret: Option<usize>) -> Self {
        let shortest = before.len().min(now.len());
        let front = shared(before.chars().zip(now.chars()));
        let after = caret.and_then(|caret| now.get(caret..));
        let (front, back) = match after {
            Some(after) if before.ends_with(after) => {
                let front = front.min(shortest - after.len());
                (now.floor_char_boundary(front), after.len())
            }
            _ => {
                let back = shared(before.chars().rev().zip(now.chars().rev()));
                let back = back.min(shortest - front);
                (front, now.len() - now.ceil_char_boundary(now.len() - back))
            }
        };
        let gone = TextRange { start: front, end: before.len() - back };
        Self { gone, came: now.len() - back - front }
    }

    /// Where in the text as it is now the change begins and ends.
    pub fn start(&self) -> usize {
        self.gone.start
    }

    pub fn end(&self) -> usize {
        self.gone.start + self.came
    }

    /// Moves a range; says whether it is still there. What is typed at the edge of the one
    /// that is being filled in goes into it.
    fn moves(&self, range: &mut TextRange, is_filled_in: bool) -> bool {
        let longer = |byte: usize| byte + self.came - (self.gone.end - self.gone.start);
        let is_within = range.start <= self.gone.start && self.gone.end <= range.end;
        if is_filled_in && is_within {
            range.end = longer(range.end);
        } else if self.gone.end <= range.start {
            *range = TextRange { start: longer(range.start), end: longer(range.end) };
        } else if self.gone.start < range.end {
            return false;
        }
        true
    }
}

/// How many bytes pass until two characters differ.
fn shared(pairs: impl Iterator<Item = (char, char)>) -> usize {
    let same = pairs.take_while(|(one, other)| one == other);
    same.map(|(one, _)| one.len_utf8()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filling() -> Filling {
        let expanded = Expanded::new("a {one} b {x | yes | yet} c", |_| None);
        let text = format!("Before. {} After.", expanded.text);
        let path = FieldPath::new("summary", &[]);
        Filling::new(path, &text, 8, &expanded).unwrap()
    }

    /// Types these letters over the blank that one is at, one after the other.
    fn type_in(filling: &mut Filling, text: &mut String, words: &str) {
        let mut range = filling.here().unwrap().range;
        for letter in words.chars() {
            text.replace_range(range.start..range.end, &letter.to_string());
            let caret = range.start + letter.len_utf8();
            range = TextRange { start: caret, end: caret };
            filling.follow(text, caret);
        }
    }

    #[test]
    fn blanks_stay_where_they_are_while_others_are_filled_in() {
        let mut filling = filling();
        let mut text = filling.text.clone();
        type_in(&mut filling, &mut text, "é b ");
        assert_eq!(&text[filling.here().unwrap().range], "é b ");
        let next = filling.step(true).unwrap();
        assert_eq!(&text[next], "{x | yes | yet}");
        assert_eq!(filling.options(), ["x", "yes", "yet"]);
        type_in(&mut filling, &mut text, "Ye");
        assert_eq!(filling.options(), ["yes", "yet"]);
        assert_eq!(filling.step(true), None);
        assert_eq!(&text[..filling.end()], "Before. a é b  b Ye c");
        let back = filling.step(false).unwrap();
        assert_eq!(&text[back], "é b ");
    }

    #[test]
    fn a_blank_that_is_deleted_is_no_stop() {
        let mut filling = filling();
        let text = filling.text.replace("{x | yes | yet} c", "");
        filling.follow(&text, text.find(" After").unwrap());
        assert_eq!(filling.stops.len(), 1);
        filling.follow("", 0);
        assert_eq!(filling.end(), 0);
    }
}
