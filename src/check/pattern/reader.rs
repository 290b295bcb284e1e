//! Reads a pattern in the notation of the regex crates, as far as rules use it, into parts
//! that are cheap to make. In tests what becomes of them is held against what the crates'
//! own reader makes of each pattern.

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

/// A part of a pattern: little more than what is written, because most patterns are read
/// for their words alone.
pub(super) enum PatternPart<'p> {
    Letters(String),
    /// A letter that stands for its capital as well.
    Either(char),
    Class(Members),
    Dot,
    Look(Look),
    Repeated {
        part: Box<PatternPart<'p>>,
        min: u32,
        max: Option<u32>,
        greedy: bool,
    },
    /// A group with its number.
    Group {
        part: Box<PatternPart<'p>>,
        index: u32,
        name: Option<&'p str>,
    },
    /// One after the other.
    All(Vec<PatternPart<'p>>),
    /// One of them.
    Any(Vec<PatternPart<'p>>),
}

/// The characters of a class.
#[derive(Default)]
pub(super) struct Members {
    ranges: Vec<(char, char)>,
    /// Classes within it that are all but their ranges, such as `\W`.
    others: Vec<&'static [(char, char)]>,
    is_negated: bool,
    has_either: bool,
}

/// Reads a pattern.
pub(super) fn read(pattern: &str, capitals: Capitals) -> PatternPart<'_> {
    PatternReader { rest: pattern, capitals, groups: 0 }.alternatives()
}

struct PatternReader<'p> {
    rest: &'p str,
    capitals: Capitals,
    /// How many have begun.
    groups: u32,
}

impl<'p> PatternReader<'p> {
    /// Up to the end of a group.
    fn alternatives(&mut self) -> PatternPart<'p> {
        let first = self.sequence();
        if !self.rest.starts_with('|') {
            return first;
        }
        let mut all = vec![first];
        while self.takes('|') {
            all.push(self.sequence());
        }
        PatternPart::Any(all)
    }

    /// Up to the next alternative. Letters in a row are one part.
    fn sequence(&mut self) -> PatternPart<'p> {
        let (mut parts, mut word) = (Vec::new(), String::new());
        while !self.rest.starts_with(['|', ')'])
            && let Some(next) = self.next()
        {
            let part = match next {
                '(' => self.group(),
                '[' => PatternPart::Class(self.class()),
                '\\' => self.escaped(),
                '.' => PatternPart::Dot,
                '^' => PatternPart::Look(Look::Start),
                '$' => PatternPart::Look(Look::End),
                letter if self.capitals == Capitals::Either => {
                    PatternPart::Either(letter)
                }
                letter if self.is_repeated() => {
                    PatternPart::Letters(self.cased(letter).into())
                }
                letter => {
                    word.push(self.cased(letter));
                    continue;
                }
            };
            match part {
                PatternPart::Letters(letter) if !self.is_repeated() => {
                    word.push_str(&letter);
                }
                part => {
                    if !word.is_empty() {
                        parts.push(PatternPart::Letters(std::mem::take(&mut word)));
                    }
                    parts.push(self.repeated(part));
                }
            }
        }
        if !word.is_empty() {
            parts.push(PatternPart::Letters(word));
        }
        match parts.pop() {
            Some(only) if parts.is_empty() => only,
            last => {
                parts.extend(last);
                PatternPart::All(parts)
            }
        }
    }

    /// A group, after its parenthesis.
    fn group(&mut self) -> PatternPart<'p> {
        let before = self.capitals;
        let flags = self.takes('?').then(|| self.until([':', '>']));
        match flags {
            Some("i") => self.capitals = Capitals::Either,
            Some("-i") => self.capitals = Capitals::Written,
            _ => {}
        }
        let name = flags.and_then(|flags| flags.strip_prefix("P<"));
        let is_numbered = flags.is_none() || name.is_some();
        self.groups += u32::from(is_numbered);
        let index = self.groups;
        let part = self.alternatives();
        self.next();
        self.capitals = before;
        if !is_numbered {
            return part;
        }
        PatternPart::Group { part: Box::new(part), index, name }
    }

    fn is_repeated(&self) -> bool {
        self.rest.starts_with(['?', '*', '+', '{'])
    }

    /// What was read, as often as the sign after it says.
    fn repeated(&mut self, part: PatternPart<'p>) -> PatternPart<'p> {
        if !self.is_repeated() {
            return part;
        }
        let (min, max) = match self.next() {
            Some('?') => (0, Some(1)),
            Some('*') => (0, None),
            Some('+') => (1, None),
            _ => self.times(),
        };
        let greedy = !self.takes('?');
        PatternPart::Repeated { part: Box::new(part), min, max, greedy }
    }

    /// `2}`, `2,}` or `2,3}`.
    fn times(&mut self) -> (u32, Option<u32>) {
        let times = self.until(['}']);
        let (min, max) = times.split_once(',').unwrap_or((times, times));
        (min.parse().unwrap_or_default(), max.parse().ok())
    }

    fn escaped(&mut self) -> PatternPart<'p> {
        match self.next() {
            Some('b') => PatternPart::Look(Look::WordAscii),
            Some('z') => PatternPart::Look(Look::End),
            Some(next) => match ranges_of(next) {
                Some(ranges) => {
                    let mut class = self.empty_class();
                    class.add(next, ranges);
                    PatternPart::Class(class)
                }
                None => PatternPart::Letters(self.spelled(next).into()),
            },
            None => PatternPart::All(Vec::new()),
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
        let number = self.until(['}']);
        let number = u32::from_str_radix(number.trim_start_matches('{'), 16);
        number.ok().and_then(char::from_u32).unwrap_or_default()
    }

    fn empty_class(&self) -> Members {
        let has_either = self.capitals == Capitals::Either;
        Members { has_either, ..Members::default() }
    }

    /// A class, after its bracket.
    fn class(&mut self) -> Members {
        let mut class = self.empty_class();
        class.is_negated = self.takes('^');
        while let Some(first) = self.next().filter(|next| *next != ']') {
            let next = self.rest.chars().next();
            let named = next.and_then(|name| Some((name, ranges_of(name)?)));
            if let ('\\', Some((name, ranges))) = (first, named) {
                self.next();
                class.add(name, ranges);
                continue;
            }
            let first = self.member(first);
            // A hyphen before the end is one.
            let is_range = self.rest.starts_with('-') && !self.rest.starts_with("-]");
            let last = if is_range {
                self.next();
                let next = self.next().unwrap_or(first);
                self.member(next)
            } else {
                first
            };
            class.ranges.push((self.cased(first), self.cased(last)));
        }
        class
    }

    /// A character of a class.
    fn member(&mut self, next: char) -> char {
        match next {
            '\\' => match self.next() {
                Some(escape) => self.spelled(escape),
                None => next,
            },
            letter => letter,
        }
    }

    fn cased(&self, letter: char) -> char {
        match self.capitals {
            Capitals::Small => letter.to_ascii_lowercase(),
            Capitals::Either | Capitals::Written => letter,
        }
    }

    fn next(&mut self) -> Option<char> {
        let mut rest = self.rest.chars();
        let next = rest.next();
        self.rest = rest.as_str();
        next
    }

    /// Reads a sign, if it is next.
    fn takes(&mut self, sign: char) -> bool {
        let rest = self.rest.strip_prefix(sign);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Up to an end, which is read as well.
    fn until<const N: usize>(&mut self, ends: [char; N]) -> &'p str {
        let before = self.rest.split(ends).next().unwrap_or(self.rest);
        self.rest = self.rest.get(before.len() + 1..).unwrap_or_default();
        before
    }
}

/// The characters that a letter after a backslash stands for, or all others where it is a
/// capital.
fn ranges_of(name: char) -> Option<&'static [(char, char)]> {
    match name.to_ascii_lowercase() {
        'w' => Some(LETTERS),
        'd' => Some(DIGITS),
        's' => Some(SPACES),
        _ => None,
    }
}

impl Members {
    fn add(&mut self, name: char, ranges: &'static [(char, char)]) {
        if name.is_ascii_uppercase() {
            self.others.push(ranges);
        } else {
            self.ranges.extend(ranges);
        }
    }

    /// Whether letters or digits may be among them.
    pub(super) fn may_be_letters(&self) -> bool {
        if self.is_negated {
            return !LETTERS.iter().all(|range| self.ranges.contains(range));
        }
        let is_letter = |&(first, last): &(char, char)| {
            LETTERS.iter().any(|&(start, end)| first <= end && start <= last)
        };
        self.others.iter().any(|others| *others != LETTERS)
            || self.ranges.iter().any(is_letter)
    }

    fn hir(&self) -> Hir {
        let class = |ranges: &[(char, char)]| {
            let ranges = ranges.iter();
            let ranges =
                ranges.map(|(first, last)| ClassUnicodeRange::new(*first, *last));
            let mut class = ClassUnicode::new(ranges);
            if self.has_either {
                class.case_fold_simple();
            }
            class
        };
        let mut all = class(&self.ranges);
        for ranges in &self.others {
            let mut others = class(ranges);
            others.negate();
            all.union(&others);
        }
        if self.is_negated {
            all.negate();
        }
        Hir::class(Class::Unicode(all))
    }
}

impl PatternPart<'_> {
    /// As the automata are made of it.
    pub(super) fn hir(&self) -> Hir {
        let all = |parts: &[Self]| parts.iter().map(Self::hir).collect();
        match self {
            Self::Letters(letters) => Hir::literal(letters.as_bytes()),
            Self::Either(letter) => {
                let ranges = vec![(*letter, *letter)];
                Members { ranges, has_either: true, ..Members::default() }.hir()
            }
            Self::Class(members) => members.hir(),
            Self::Dot => Hir::dot(Dot::AnyCharExceptLF),
            Self::Look(look) => Hir::look(*look),
            &Self::Repeated { ref part, min, max, greedy } => {
                Hir::repetition(Repetition {
                    min,
                    max,
                    greedy,
                    sub: Box::new(part.hir()),
                })
            }
            Self::Group { part, index, name } => Hir::capture(Capture {
                index: *index,
                name: name.map(Into::into),
                sub: Box::new(part.hir()),
            }),
            Self::All(parts) => Hir::concat(all(parts)),
            Self::Any(parts) => Hir::alternation(all(parts)),
        }
    }
}

/// Holds what was read against what the library reads.
#[cfg(test)]
pub(super) fn compare(pattern: &str, capitals: Capitals, read: &PatternPart<'_>) {
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
    assert_eq!(format!("{:?}", read.hir()), format!("{by_the_library:?}"), "{pattern}");
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
