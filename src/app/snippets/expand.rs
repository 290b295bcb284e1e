//! A snippet's text becomes words of the letter: facts are filled in, and what is left to
//! fill in or to choose stays in braces, which the checks report as long as it is there.

use crate::diagnostic::TextRange;

/// What is inserted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Expanded {
    pub text: String,
    pub stops: Vec<SnippetStop>,
}

/// A place to be filled in, from the start of the text.
#[derive(Clone, Debug, PartialEq)]
pub struct SnippetStop {
    pub range: TextRange,
    /// What can be chosen; none where it is typed.
    pub options: Vec<String>,
}

impl Expanded {
    /// The text with what `fact` knows of each name in braces.
    pub fn new(text: &str, fact: impl Fn(&str) -> Option<String>) -> Self {
        let mut expanded = Self::default();
        let mut rest = text.trim();
        while let Some(open) = rest.find('{') {
            let Some(length) = rest[open..].find('}') else { break };
            expanded.text.push_str(&rest[..open]);
            let inner = rest[open + 1..open + length].trim();
            match fact(inner) {
                Some(words) => expanded.text.push_str(&words),
                None => expanded.leave_blank(inner),
            }
            rest = &rest[open + length + 1..];
        }
        expanded.text.push_str(rest);
        expanded
    }

    fn leave_blank(&mut self, inner: &str) {
        let words = if inner.is_empty() { "fill in" } else { inner };
        let start = self.text.len();
        self.text.push_str(&format!("{{{words}}}"));
        let mut options = Vec::new();
        if words.contains('|') {
            options.extend(words.split('|').map(|option| option.trim().to_owned()));
        }
        let range = TextRange { start, end: self.text.len() };
        self.stops.push(SnippetStop { range, options });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_filled_in_and_the_rest_is_left_to_fill_in() {
        let known = |name: &str| (name == "age").then(|| "51".to_owned());
        let expanded = Expanded::new("At {age}, {visits} of {4 | 6 } or {} {open", known);
        assert_eq!(expanded.text, "At 51, {visits} of {4 | 6} or {fill in} {open");
        let stops: Vec<(&str, usize)> = expanded
            .stops
            .iter()
            .map(|stop| (&expanded.text[stop.range], stop.options.len()))
            .collect();
        assert_eq!(stops, [("{visits}", 0), ("{4 | 6}", 2), ("{fill in}", 0)]);
        assert_eq!(expanded.stops[1].options, ["4", "6"]);
    }
}
