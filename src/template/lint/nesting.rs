//! How deep a wording lies in itself, counted before minijinja sees it: its parser, and
//! whoever walks its tree, goes one step down the stack for each level, and its own limit
//! leaves out chains of signs and of `elif`.

use minijinja::machinery::{Span, Token, tokenize};
use minijinja::syntax::SyntaxConfig;

use super::problem::Problem;

/// Blocks and their `elif`s lie at most so deep within each other; the built-in templates
/// take 4.
const DEEPEST: usize = 100;

/// The signs of one tag, of which each can be a level; the built-in templates take 25.
const MOST_SIGNS: usize = 200;

/// What lies too deep, if something does. Tags that cannot be told apart are left to the
/// parser, which stops at the same place.
pub(super) fn problem(source: &str, syntax: SyntaxConfig) -> Option<Problem> {
    let mut depth = Depth::default();
    for token in tokenize(source, false, syntax) {
        let Ok((token, span)) = token else { return None };
        if let Some(message) = depth.take(&token) {
            return Some(too_deep(message, span));
        }
    }
    None
}

fn too_deep(message: &str, span: Span) -> Problem {
    Problem {
        code: "T006",
        name: "not-for-letters",
        message: message.to_owned(),
        hint: "Split it into several tags with set, or into macros".to_owned(),
        line: usize::from(span.start_line).max(1),
        column: usize::from(span.start_col) + 1,
    }
}

/// Words that can be one level each, like signs.
const WORDS: &[&str] = &["and", "else", "if", "in", "is", "not", "or"];

#[derive(Default)]
struct Depth {
    /// For each open block how many of its branches lie in each other.
    blocks: Vec<usize>,
    /// Of the tag at hand.
    signs: usize,
    /// Whether the next word is the first of a statement.
    is_first: bool,
    /// Whether the tag is a `set`, which is a block unless it has a value.
    is_set: bool,
}

impl Depth {
    /// What the token makes too deep, if it does.
    fn take(&mut self, token: &Token<'_>) -> Option<&'static str> {
        match token {
            Token::VariableStart | Token::BlockStart => {
                self.signs = 0;
                self.is_set = false;
                self.is_first = matches!(token, Token::BlockStart);
                return None;
            }
            Token::BlockEnd if std::mem::take(&mut self.is_set) => self.blocks.push(1),
            Token::Ident(word) if std::mem::take(&mut self.is_first) => self.begin(word),
            Token::Assign => self.is_set = false,
            Token::Ident(word) if !WORDS.contains(word) => {}
            Token::TemplateData(_)
            | Token::Comma
            | Token::Colon
            | Token::Str(_)
            | Token::String(_)
            | Token::Int(_)
            | Token::Int128(_) => {}
            _ => self.signs += 1,
        }
        if self.signs > MOST_SIGNS {
            return Some("This tag is too long");
        }
        let is_deep = self.blocks.iter().sum::<usize>() > DEEPEST;
        is_deep.then_some("Tags are nested too deeply")
    }

    fn begin(&mut self, word: &str) {
        match word {
            "if" | "for" | "with" | "macro" | "call" | "filter" | "autoescape" => {
                self.blocks.push(1);
            }
            "set" => self.is_set = true,
            "elif" => {
                if let Some(branches) = self.blocks.last_mut() {
                    *branches += 1;
                }
            }
            _ if word.starts_with("end") => _ = self.blocks.pop(),
            _ => {}
        }
    }
}
