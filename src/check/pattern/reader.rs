//! Reads a pattern in the notation of the regex crates, as far as rules use it: their own
//! reader takes three times as long, a quarter of what a command did for one letter. In
//! tests each pattern is read by both.

use std::iter::Peekable;
use std::str::Chars;

use regex_syntax::hir::{
    Capture, Class, ClassUnicode, ClassUnicodeRange, Dot, Hir, Look, Repetition,
};

/// What the classes of a pattern stand for: the letters of Western languages, and for
/// boundaries those of English alone. With the letters of all languages a pattern takes
/// far longer to compile, and a text with one curly apostrophe twenty times as long to
/// search.
const LETTERS: &[(char, char)] =
    &[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z'), ('\u{C0}', '\u{24F}')];
const DIGITS: &[(char, char)] = &[('0', '9')];
const SPACES: &[(char, char)] = &[('\t', '\r'), (' ', ' '), ('\u{A0}', '\u{A0}')];

/// What letters of a pattern stand for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Capitals {
    /// As small letters, for a text in small letters.
    Small,
    /// As either.
    Either,
    /// As they are written.
    Written,
}

/// Reads a pattern.
pub(super) fn read(pattern: &str, capitals: Capitals) -> Hir {
    let rest = pattern.chars().peekable();
    PatternReader { rest, capitals, groups: 0 }.alternatives()
}

struct PatternReader<'p> {
    rest: Peekable<Chars<'p>>,
    capitals: Capitals,
    /// How many have begun.
    groups: u32,
}

impl PatternReader<'_> {
    /// Up to the end of a group.
    fn alternatives(&mut self) -> Hir {
        let mut all = vec![self.sequence()];
        while self.rest.next_if_eq(&'|').is_some() {
            all.push(self.sequence());
        }
        Hir::alternation(all)
    }

    /// Up to the next alternative. Letters in a row are one literal.
    fn sequence(&mut self) -> Hir {
        let (mut parts, mut word) = (Vec::new(), String::new());
        while let Some(next) = self.rest.next_if(|next| !matches!(*next, '|' | ')')) {
            let part = match next {
                '(' => self.group(),
                '[' => Hir::class(Class::Unicode(self.class())),
                '\\' => self.escaped(),
                '.' => Hir::dot(Dot::AnyCharExceptLF),
                '^' => Hir::look(Look::Start),
                '$' => Hir::look(Look::End),
                letter if self.capitals == Capitals::Either => either(letter),
                letter if self.is_repeated() => literal(self.cased(letter)),
                letter => {
                    word.push(self.cased(letter));
                    continue;
                }
            };
            parts.push(literal(std::mem::take(&mut word)));
            parts.push(self.repeated(part));
        }
        parts.push(literal(word));
        Hir::concat(parts)
    }

    /// A group, after its parenthesis.
    fn group(&mut self) -> Hir {
        let before = self.capitals;
        let flags = self
            .rest
            .next_if_eq(&'?')
            .map(|_| self.until(|end| matches!(end, ':' | '>')));
        match flags.as_deref() {
            Some("i") => self.capitals = Capitals::Either,
            Some("-i") => self.capitals = Capitals::Written,
            _ => {}
        }
        let name = flags.as_deref().and_then(|flags| flags.strip_prefix("P<"));
        let is_numbered = flags.is_none() || name.is_some();
        self.groups += u32::from(is_numbered);
        let index = self.groups;
        let sub = self.alternatives();
        self.rest.next();
        self.capitals = before;
        if !is_numbered {
            return sub;
        }
        Hir::capture(Capture { index, name: name.map(Into::into), sub: Box::new(sub) })
    }

    fn is_repeated(&mut self) -> bool {
        matches!(self.rest.peek(), Some('?' | '*' | '+' | '{'))
    }

    /// What was read, as often as the sign after it says.
    fn repeated(&mut self, part: Hir) -> Hir {
        if !self.is_repeated() {
            return part;
        }
        let (min, max) = match self.rest.next() {
            Some('?') => (0, Some(1)),
            Some('*') => (0, None),
            Some('+') => (1, None),
            _ => self.times(),
        };
        let greedy = self.rest.next_if_eq(&'?').is_none();
        Hir::repetition(Repetition { min, max, greedy, sub: Box::new(part) })
    }

    /// `2}`, `2,}` or `2,3}`.
    fn times(&mut self) -> (u32, Option<u32>) {
        let times = self.until(|end| end == '}');
        let (min, max) = times.split_once(',').unwrap_or((&times, &times));
        (min.parse().unwrap_or_default(), max.parse().ok())
    }

    fn escaped(&mut self) -> Hir {
        match self.rest.next() {
            Some('b') => Hir::look(Look::WordAscii),
            Some('z') => Hir::look(Look::End),
            Some(next) => match self.class_of(next) {
                Some(class) => Hir::class(Class::Unicode(class)),
                None => literal(self.spelled(next)),
            },
            None => Hir::empty(),
        }
    }

    /// The character that an escape stands for: itself, or one by its number.
    fn spelled(&mut self, escape: char) -> char {
        match escape {
            'n' => return '\n',
            't' => return '\t',
            'u' | 'x' => {}
            itself => return itself,
        }
        let number = self.until(|end| end == '}');
        let number = u32::from_str_radix(number.trim_start_matches('{'), 16);
        number.ok().and_then(char::from_u32).unwrap_or_default()
    }

    /// A class, after its bracket.
    fn class(&mut self) -> ClassUnicode {
        let is_negated = self.rest.next_if_eq(&'^').is_some();
        let mut class = ClassUnicode::empty();
        while let Some(first) = self.rest.next().filter(|next| *next != ']') {
            let next = self.rest.peek().copied();
            let named = next.and_then(|name| self.class_of(name));
            if let ('\\', Some(named)) = (first, named) {
                self.rest.next();
                class.union(&named);
                continue;
            }
            let first = self.member(first);
            // A hyphen before the end is one.
            let is_range =
                self.rest.peek() == Some(&'-') && self.rest.clone().nth(1) != Some(']');
            let last = if is_range {
                self.rest.next();
                let next = self.rest.next().unwrap_or(first);
                self.member(next)
            } else {
                first
            };
            class.push(ClassUnicodeRange::new(self.cased(first), self.cased(last)));
        }
        if self.capitals == Capitals::Either {
            class.case_fold_simple();
        }
        if is_negated {
            class.negate();
        }
        class
    }

    /// A character of a class.
    fn member(&mut self, next: char) -> char {
        match next {
            '\\' => match self.rest.next() {
                Some(escape) => self.spelled(escape),
                None => next,
            },
            letter => letter,
        }
    }

    /// The class that a letter after a backslash names.
    fn class_of(&self, name: char) -> Option<ClassUnicode> {
        let ranges = match name.to_ascii_lowercase() {
            'w' => LETTERS,
            'd' => DIGITS,
            's' => SPACES,
            _ => return None,
        };
        let range = |(first, last): &(char, char)| ClassUnicodeRange::new(*first, *last);
        let mut class = ClassUnicode::new(ranges.iter().map(range));
        if self.capitals == Capitals::Either {
            class.case_fold_simple();
        }
        if name.is_ascii_uppercase() {
            class.negate();
        }
        Some(class)
    }

    fn cased(&self, letter: char) -> char {
        match self.capitals {
            Capitals::Small => letter.to_ascii_lowercase(),
            Capitals::Either | Capitals::Written => letter,
        }
    }

    /// Up to an end, which is read as well.
    fn until(&mut self, is_end: impl Fn(char) -> bool) -> String {
        self.rest.by_ref().take_while(|next| !is_end(*next)).collect()
    }
}

/// A letter that stands for its capital as well.
fn either(letter: char) -> Hir {
    let mut class = ClassUnicode::new([ClassUnicodeRange::new(letter, letter)]);
    class.case_fold_simple();
    Hir::class(Class::Unicode(class))
}

fn literal(letters: impl Into<String>) -> Hir {
    Hir::literal(letters.into().into_bytes())
}

/// Holds what was read against what the library reads.
#[cfg(test)]
pub(super) fn compare(pattern: &str, capitals: Capitals, read: &Hir) {
    let mut written = match capitals {
        Capitals::Small => in_small_letters(pattern),
        Capitals::Either => format!("(?i:{pattern})"),
        Capitals::Written => pattern.to_owned(),
    };
    for (class, instead) in [
        (r"\b", r"(?-u:\b)"),
        (r"\w", r"[0-9A-Za-z_\u{C0}-\u{24F}]"),
        (r"\W", r"[^0-9A-Za-z_\u{C0}-\u{24F}]"),
        (r"\d", "[0-9]"),
        (r"\s", r"[\t-\r\u{20}\u{A0}]"),
        (r"\S", r"[^\t-\r\u{20}\u{A0}]"),
    ] {
        written = written.replace(class, instead);
    }
    let by_the_library = regex_syntax::parse(&written).expect("it is well formed");
    assert_eq!(format!("{read:?}"), format!("{by_the_library:?}"), "{pattern}");
}

/// A pattern whose letters are small ones; what follows a backslash stays.
#[cfg(test)]
fn in_small_letters(pattern: &str) -> String {
    let mut is_escaped = false;
    let small = pattern.chars().map(|letter| {
        let stays = is_escaped;
        is_escaped = letter == '\\' && !is_escaped;
        if stays { letter } else { letter.to_ascii_lowercase() }
    });
    small.collect::<String>().replace("(?p<", "(?P<")
}
