//! The words that a text needs to match a pattern, in their order and as whole words
//! where the pattern says so: most texts lack one, and need no automaton.

use std::cmp::Reverse;
use std::iter::successors;

use memchr::memmem::Finder;
use regex_syntax::hir::Look;

use super::reader::PatternPart;

/// What a text needs, one after the other.
#[derive(Default)]
pub(super) struct Needs {
    all: Vec<Needed>,
    /// The place of the one among them that few texts have.
    rarest: usize,
}

enum Needed {
    One(Box<NeededWord>),
    /// One of them.
    Any(Vec<Needs>),
}

struct NeededWord {
    finder: Finder<'static>,
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
        self.end_in(text.as_bytes(), 0).is_some()
    }

    /// The same, asked in less time: whether the rarest word is there, or one of the
    /// rarest, in whatever place.
    pub(super) fn may_be_met(&self, text: &str) -> bool {
        self.has_rarest(text.as_bytes())
    }

    fn has_rarest(&self, text: &[u8]) -> bool {
        match self.all.get(self.rarest) {
            None => true,
            Some(Needed::One(word)) => word.finder.find(text).is_some(),
            Some(Needed::Any(choices)) => {
                choices.iter().any(|needs| needs.has_rarest(text))
            }
        }
    }

    /// Where the first words end that all this needs.
    fn end_in(&self, text: &[u8], from: usize) -> Option<usize> {
        self.all.iter().try_fold(from, |from, needed| match needed {
            Needed::One(word) => word.end_in(text, from),
            Needed::Any(choices) => {
                choices.iter().filter_map(|needs| needs.end_in(text, from)).min()
            }
        })
    }

    fn add(&mut self, part: &PatternPart<'_>, edges: Edges) {
        match part {
            PatternPart::Letters(letters) => {
                if let Some(word) = NeededWord::new(letters, edges) {
                    self.push(Needed::One(Box::new(word)));
                }
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
            if needs.all.is_empty() {
                return;
            }
            choices.push(needs);
        }
        self.push(Needed::Any(choices));
    }

    fn push(&mut self, needed: Needed) {
        if self.all.is_empty() || self.all[self.rarest].rarity() < needed.rarity() {
            self.rarest = self.all.len();
        }
        self.all.push(needed);
    }
}

impl Needed {
    /// How few texts have it: its shortest word decides, then how many there are.
    fn rarity(&self) -> (usize, Reverse<usize>) {
        match self {
            Self::One(word) => (word.finder.needle().len(), Reverse(1)),
            Self::Any(choices) => {
                let rarest = choices.iter().map(|needs| needs.all[needs.rarest].rarity());
                let (lengths, counts): (Vec<_>, Vec<_>) = rarest.unzip();
                let count = counts.iter().map(|Reverse(count)| count).sum();
                (lengths.into_iter().min().unwrap_or_default(), Reverse(count))
            }
        }
    }
}

impl NeededWord {
    /// Nothing where there are no letters.
    fn new(letters: &str, edges: Edges) -> Option<Self> {
        let (first, last) = (letters.bytes().next()?, letters.bytes().next_back()?);
        Some(Self {
            finder: Finder::new(letters).into_owned(),
            begins: edges.before && is_letter(first),
            ends: edges.after && is_letter(last),
        })
    }

    fn end_in(&self, text: &[u8], from: usize) -> Option<usize> {
        let next = |from| Some(from + self.finder.find(text.get(from..)?)?);
        let mut starts = successors(next(from), |start| next(start + 1));
        let start = starts.find(|start| self.is_whole_at(text, *start))?;
        Some(start + self.finder.needle().len())
    }

    fn is_whole_at(&self, text: &[u8], start: usize) -> bool {
        let before = start.checked_sub(1).map(|before| text[before]);
        let after = text.get(start + self.finder.needle().len()).copied();
        !(self.begins && before.is_some_and(is_letter)
            || self.ends && after.is_some_and(is_letter))
    }
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
