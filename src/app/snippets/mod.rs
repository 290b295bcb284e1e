//! Snippets: sentences that are written once and called by a short code, with blanks,
//! choices and facts of the letter in them.

mod expand;
mod facts;
mod filling;

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

pub use expand::{Expanded, SnippetStop};
pub use facts::{NAMES, SnippetFacts};
pub use filling::{Filling, TextChange};

use crate::letter::Denial;

/// A text that is inserted by its code.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Snippet {
    /// What is typed after `;`, such as `tpi`.
    pub code: String,
    /// What it is for, as lists show it.
    pub name: String,
    pub text: String,
    /// What it fits: a decision, a category or the beginning of its name, a body part;
    /// each fits anything while it is empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<Denial>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<String>,
    /// It is offered no longer, and the built-in one of this code neither.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
}

/// What a snippet is wanted for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SnippetUse {
    pub denial: Option<Denial>,
    pub category: String,
    pub part: String,
}

/// The snippets that the program carries with it.
static BUILT_IN: LazyLock<Vec<Snippet>> = LazyLock::new(|| {
    ron::from_str(include_str!("../../../assets/snippets.ron")).unwrap_or_default()
});

pub fn built_in() -> &'static [Snippet] {
    &BUILT_IN
}

/// What can be inserted: a person's own snippets in their order, then the built-in ones
/// that none of them replaces.
pub fn offered(own: &[Snippet]) -> Vec<&Snippet> {
    let mut offered: Vec<&Snippet> = Vec::new();
    for snippet in own {
        if !snippet.hidden && !snippet.code.trim().is_empty() {
            offered.push(snippet);
        }
    }
    for snippet in built_in() {
        if !own.iter().any(|other| other.is_called(&snippet.code)) {
            offered.push(snippet);
        }
    }
    offered
}

/// The snippet of this code.
pub fn find<'a>(own: &'a [Snippet], code: &str) -> Option<&'a Snippet> {
    offered(own).into_iter().find(|snippet| snippet.is_called(code))
}

/// The code that ends a text, as in `... the knee ;tpi`, with the byte at which its
/// semicolon is.
pub fn code_at_end(text: &str) -> Option<(usize, &str)> {
    let start = text.rfind(';')?;
    let code = &text[start + 1..];
    let is_code = !code.is_empty() && code.chars().all(is_of_code);
    let is_in_word = text[..start].ends_with(char::is_alphanumeric);
    (is_code && !is_in_word).then_some((start, code))
}

fn is_of_code(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '-' | '_' | '/' | '.')
}

/// A code that nobody has yet, of the first letters of what a text says.
pub fn new_code(own: &[Snippet], text: &str) -> String {
    let mut code = String::new();
    for word in text.split_whitespace().filter(|word| word.len() > 3).take(4) {
        let first = word.chars().find(|letter| letter.is_alphanumeric());
        code.extend(first.into_iter().flat_map(char::to_lowercase));
    }
    if code.is_empty() {
        code.push('s');
    }
    let mut free = code.clone();
    for number in 2.. {
        if find(own, &free).is_none() {
            break;
        }
        free = format!("{code}{number}");
    }
    free
}

impl Snippet {
    pub fn is_called(&self, code: &str) -> bool {
        self.code.trim().eq_ignore_ascii_case(code.trim())
    }

    /// How well it fits, the best first: 0 is what is meant for this, 2 what is meant for
    /// something else.
    pub fn rank(&self, occasion: &SnippetUse) -> u8 {
        let answers = [
            fits(&self.decisions, |denial| Some(*denial) == occasion.denial),
            fits(&self.categories, |name| is_category(&occasion.category, name)),
            fits(&self.parts, |part| part.eq_ignore_ascii_case(&occasion.part)),
        ];
        if answers.contains(&Some(false)) {
            return 2;
        }
        u8::from(!answers.contains(&Some(true)))
    }

    /// What keeps it from being used; nothing where it can be.
    pub fn fault(&self, others: &[Self], place: usize) -> Option<&'static str> {
        let code = self.code.trim();
        if code.is_empty() {
            return Some("Enter a code");
        }
        if !code.chars().all(is_of_code) {
            return Some("Use letters, digits and hyphens in a code");
        }
        let mut others = others.iter().enumerate();
        let is_taken = others.any(|(other, row)| other != place && row.is_called(code));
        is_taken.then_some("Another of your snippets has this code")
    }
}

/// Whether one of the values is meant; `None` where none is named.
fn fits<T>(values: &[T], is_meant: impl Fn(&T) -> bool) -> Option<bool> {
    (!values.is_empty()).then(|| values.iter().any(is_meant))
}

/// `Injection` is each category that begins so.
fn is_category(category: &str, name: &str) -> bool {
    let start = category.get(..name.len());
    !name.is_empty() && start.is_some_and(|start| start.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::Library;

    #[test]
    fn the_built_in_snippets_are_read_and_each_has_a_code_of_its_own() {
        let rows = built_in();
        assert!(rows.len() >= 12, "{}", rows.len());
        let library = Library::bundled().unwrap();
        let (categories, parts) =
            (library.list("categories"), library.list("body parts"));
        for (place, snippet) in rows.iter().enumerate() {
            assert_eq!(snippet.fault(rows, place), None, "{}", snippet.code);
            assert!(!snippet.name.is_empty() && !snippet.text.trim().is_empty());
            for name in &snippet.categories {
                assert!(categories.iter().any(|it| is_category(it, name)), "{name}");
            }
            assert!(snippet.parts.iter().all(|part| parts.contains(part)));
        }
    }

    #[test]
    fn a_code_is_found_at_the_end_of_what_was_typed() {
        for (text, expected) in [
            (";tpi", Some("tpi")),
            ("The knee. ;PT-2", Some("PT-2")),
            ("(;tpi", Some("tpi")),
            ("pain;tpi", None),
            ("pain; tpi", None),
            (";", None),
            ("tpi", None),
        ] {
            assert_eq!(code_at_end(text).map(|(_, code)| code), expected, "{text}");
        }
    }

    #[test]
    fn an_own_snippet_replaces_or_hides_the_built_in_one_of_its_code() {
        let first = &built_in()[0];
        let own = Snippet { text: "Mine.".into(), ..first.clone() };
        let found = find(std::slice::from_ref(&own), &first.code.to_uppercase());
        assert_eq!(found.map(|snippet| snippet.text.as_str()), Some("Mine."));
        let hidden = [Snippet { hidden: true, ..own }];
        assert!(find(&hidden, &first.code).is_none());
        assert_eq!(offered(&hidden).len(), built_in().len() - 1);
    }

    #[test]
    fn what_fits_the_item_comes_first() {
        let snippet = Snippet {
            decisions: vec![Denial::Stands],
            categories: vec!["Injection".into()],
            ..Snippet::default()
        };
        let mut occasion = SnippetUse {
            denial: Some(Denial::Stands),
            category: "Injection: Injection".into(),
            part: "Knee".into(),
        };
        assert_eq!(snippet.rank(&occasion), 0);
        occasion.denial = Some(Denial::Falls);
        assert_eq!(snippet.rank(&occasion), 2);
        assert_eq!(Snippet::default().rank(&occasion), 1);
    }

    #[test]
    fn a_new_snippet_gets_a_code_that_is_free() {
        let text = "Trigger point injections were given.";
        assert_eq!(new_code(&[], text), "tpiw");
        let known = Snippet { code: "tpiw".into(), ..Snippet::default() };
        assert_eq!(new_code(&[known], text), "tpiw2");
    }
}
