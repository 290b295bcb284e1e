//! The words that a text needs to match a pattern, in their order and as whole words
//! where the pattern says so: most texts lack one, and need no automaton.

use std::iter::successors;

use memchr::memmem;
use regex_syntax::hir::Look;

use super::reader::PatternPart;

/// What a text needs, one after the other.
#[derive(Default)]
pub(super) struct Needs(Vec<Needed>);

enum Needed {
    NeededWord(NeededWord),
    /// One of them.
    Any(Vec<Needs>),
}

struct NeededWord {
    letters: Box<str>,
    /// Whether no letter stands before it, and none behind it.
    begins: bool,
    ends: bool,
}

/// Whether a word that meets a place from the other side ends there.
#[derive(Clone, Copy)]
struct Edges {
    before: bool,
    after: bool,
}

impl Needs {
    pub(super) fn of(pattern: &PatternPart<'_>) -> Self {
        let mut needs = Self::default();
        needs.add(pattern, Edges { before: false, after: false });
        needs
    }

    /// Whether a text may match; if not, it does not.
    pub(super) fn are_met(&self, text: &str) -> bool {
        self.0.is_empty() || self.end_in(&Searched::new(text), 0).is_some()
    }

    /// Where the first words end that all this needs.
    fn end_in(&self, text: &Searched<'_>, from: usize) -> Option<usize> {
        self.0.iter().try_fold(from, |from, need| match need {
            Needed::NeededWord(word) => word.end_in(text, from),
            Needed::Any(choices) => {
                choices.iter().filter_map(|needs| needs.end_in(text, from)).min()
            }
        })
    }

    fn add(&mut self, part: &PatternPart<'_>, edges: Edges) {
        match part {
            PatternPart::Letters(letters) => {
                self.0.extend(NeededWord::new(letters, edges).map(Needed::NeededWord));
            }
            PatternPart::Group { part, .. } => self.add(part, edges),
            // The first time of several is behind what comes before.
            PatternPart::Repeated { part, min: 1.., .. } => {
                self.add(part, Edges { after: false, ..edges });
            }
            PatternPart::All(parts) => self.add_all(parts, edges),
            PatternPart::Any(parts) => self.add_choice(parts, edges),
            _ => {}
        }
    }

    fn add_all(&mut self, parts: &[PatternPart<'_>], edges: Edges) {
        let mut before = edges.before;
        for (place, part) in parts.iter().enumerate() {
            let rest = parts[place + 1..].iter().rev();
            let after = rest
                .fold(edges.after, |after, part| is_edge(part, after, EdgeSide::Left));
            self.add(part, Edges { before, after });
            before = is_edge(part, before, EdgeSide::Right);
        }
    }

    /// Nothing is needed where one of the choices needs nothing.
    fn add_choice(&mut self, parts: &[PatternPart<'_>], edges: Edges) {
        let mut choices = Vec::new();
        for part in parts {
            let mut needs = Self::default();
            needs.add(part, edges);
            if needs.0.is_empty() {
                return;
            }
            choices.push(needs);
        }
        self.0.push(Needed::Any(choices));
    }
}

impl NeededWord {
    /// Nothing where there are no letters.
    fn new(letters: &str, edges: Edges) -> Option<Self> {
        let (first, last) = (letters.bytes().next()?, letters.bytes().next_back()?);
        Some(Self {
            letters: letters.into(),
            begins: edges.before && is_letter(first),
            ends: edges.after && is_letter(last),
        })
    }

    fn end_in(&self, text: &Searched<'_>, from: usize) -> Option<usize> {
        let letters = self.letters.as_bytes();
        if !text.has_pairs_of(letters) {
            return None;
        }
        let text = text.bytes;
        let next = |from| Some(from + memmem::find(text.get(from..)?, letters)?);
        let mut starts = successors(next(from), |start| next(start + 1));
        let start = starts.find(|start| self.is_whole_at(text, *start))?;
        Some(start + letters.len())
    }

    fn is_whole_at(&self, text: &[u8], start: usize) -> bool {
        let before = start.checked_sub(1).map(|before| text[before]);
        let after = text.get(start + self.letters.len()).copied();
        !(self.begins && before.is_some_and(is_letter)
            || self.ends && after.is_some_and(is_letter))
    }
}

/// A text, with what tells at once that most words are not in it.
struct Searched<'t> {
    bytes: &'t [u8],
    /// The pairs of letters that stand side by side in it, by five bits of each.
    pairs: [u32; 32],
}

impl<'t> Searched<'t> {
    fn new(text: &'t str) -> Self {
        let mut pairs = [0; 32];
        for (first, second) in pairs_in(text.as_bytes()) {
            pairs[first] |= 1 << second;
        }
        Self { bytes: text.as_bytes(), pairs }
    }

    fn has_pairs_of(&self, word: &[u8]) -> bool {
        pairs_in(word).all(|(first, second)| self.pairs[first] & (1 << second) != 0)
    }
}

fn pairs_in(text: &[u8]) -> impl Iterator<Item = (usize, u8)> {
    text.windows(2).map(|pair| (usize::from(pair[0] & 31), pair[1] & 31))
}

/// As `\b` takes letters.
fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

#[derive(Clone, Copy)]
enum EdgeSide {
    Left,
    Right,
}

/// Whether a word that meets this side of a part ends there, given whether it would if
/// the part were not there.
fn is_edge(part: &PatternPart<'_>, without: bool, side: EdgeSide) -> bool {
    match part {
        PatternPart::Letters(letters) => {
            let mut bytes = letters.bytes();
            let nearest = match side {
                EdgeSide::Left => bytes.next(),
                EdgeSide::Right => bytes.next_back(),
            };
            nearest.map_or(without, |nearest| !is_letter(nearest))
        }
        PatternPart::Either(_) | PatternPart::Dot => false,
        PatternPart::Class(members) => !members.may_be_letters(),
        PatternPart::Look(Look::Start | Look::End | Look::WordAscii) => true,
        PatternPart::Look(_) => without,
        PatternPart::Repeated { part, min, .. } => {
            (*min > 0 || without) && is_edge(part, without, side)
        }
        PatternPart::Group { part, .. } => is_edge(part, without, side),
        PatternPart::Any(parts) => parts.iter().all(|part| is_edge(part, without, side)),
        PatternPart::All(parts) => match side {
            EdgeSide::Left => parts
                .iter()
                .rev()
                .fold(without, |edge, part| is_edge(part, edge, side)),
            EdgeSide::Right => {
                parts.iter().fold(without, |edge, part| is_edge(part, edge, side))
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::reader::{Capitals, read};
    use super::*;

    fn are_met(pattern: &str, text: &str) -> bool {
        Needs::of(&read(pattern, Capitals::Small)).are_met(text)
    }

    #[test]
    fn words_are_needed_in_their_order() {
        let pattern = r"\bno (?:clear )?(?:evidence|signs?) of (?P<what>\w+)";
        assert!(are_met(pattern, "there is no evidence of pain"));
        assert!(are_met(pattern, "no clear signs of it"));
        assert!(!are_met(pattern, "evidence of no signs"));
        assert!(!are_met(pattern, "no of evidence"));
    }

    #[test]
    fn words_are_whole_where_a_pattern_has_them_so() {
        assert!(!are_met(r"\bno\b", "diagnosis, nor any; casino"));
        assert!(are_met(r"\bno\b", "diagnosis: no"));
        assert!(are_met(r"\binjur(?:y|ies)\b", "reinjury and injuries"));
        assert!(!are_met(r"\binjur(?:y|ies)\b", "reinjury, injurious"));
        assert!(!are_met(r"\b(?:the )?pain\b", "painful"));
        assert!(!are_met(r"\bthe\s+(?:pain|ache)\b", "the spain"));
        assert!(are_met(r"\bthe\s*(?:pain|ache)\b", "thepain"), "it may be one word");
        assert!(are_met(r"\bthe\w*pain\b", "the spain"), "letters may stand before it");
        assert!(!are_met(r"(?:^|[,;])\W*each of", "reach of"));
        assert!(!are_met(r"is(?:n't| not)? done\b", "is undone"));
    }

    #[test]
    fn what_may_be_left_out_is_not_needed() {
        for pattern in [r"^(?:and|but)?$", r"[a-z]{2}|no", r"(?:and )*[a-z]"] {
            assert!(are_met(pattern, ""), "{pattern}");
        }
        assert!(are_met(r"(?:not )*nor", "nor"));
        assert!(!are_met(r"(?:not )+nor", "nor"));
        assert!(are_met(r"(?:not )+nor", "not nor"));
    }
}
