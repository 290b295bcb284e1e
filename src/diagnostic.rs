//! What is wrong with a letter or a template, where, and what to do about it: data, shown
//! to its author, never thrown.

use std::ops::{Add, Index, Range};

use serde::Serialize;

use crate::letter::{FieldPath, Source};

/// One finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    pub severity: Severity,
    /// The rule's number, such as `L001`, or a template problem's, such as `T003`.
    pub code: &'static str,
    /// The rule's short name, such as `missing`.
    pub name: &'static str,
    /// What is wrong, in the author's words; one sentence without a full stop.
    pub message: String,
    /// What to do, as an instruction; empty where the message says it all.
    pub hint: String,
    pub anchor: Anchor,
    /// The other places that it speaks of: what the words at the anchor disagree with.
    pub others: Vec<Anchor>,
    /// What fixes it in one step, where that is known; the likeliest first.
    pub fixes: Vec<Fix>,
    /// What else can be done about it.
    pub action: Option<Action>,
    /// Whether it may be overridden, and whether somebody did.
    pub override_state: OverrideState,
}

/// Whether a finding stands against the letter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum OverrideState {
    /// It stands until it is fixed.
    #[default]
    NotAllowed,
    /// It stands until it is fixed or overridden: the rule guesses from words, and its
    /// author may know better.
    Allowed,
    /// It was overridden, for this reason; a warning can be without one.
    Overridden(String),
}

/// What can be done about a finding besides its fixes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Its field is to be filled in.
    FillIn,
    /// The word at its anchor can be added to the person's own words.
    LearnWord,
    /// What an import filled in at its anchor can be accepted.
    AcceptProposal,
    /// Words of an imported letter can be marked as done, in a list of their own.
    MarkAsDone,
}

/// A fix in one step.
#[derive(Clone, Debug, PartialEq)]
pub struct Fix {
    /// What it does, as an instruction.
    pub label: String,
    pub edits: Vec<Edit>,
}

/// One change to one field.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    pub path: FieldPath,
    pub change: Change,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Other words in place of these of a text.
    Words(TextRange, String),
    /// The whole field, as it would be typed; of a choice, its key.
    Whole(String),
    /// Another work in place of the citation that stands there, counted from 0.
    Citation(usize, Source),
    /// The citation that stands there is taken out.
    NoCitation(usize),
    /// The names that the public copy withholds, whatever the field.
    Withheld(Vec<String>),
}

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Keeps the watermark on and stops final export, unless it is overridden.
    Error,
    /// Stops nothing.
    Warning,
    /// Something worth knowing.
    Note,
}

/// The place that a finding speaks of.
#[derive(Clone, Debug, PartialEq)]
pub enum Anchor {
    /// The letter as a whole.
    Letter,
    /// A field, and the words in it where it is not spoken of as a whole.
    Field { path: FieldPath, range: Option<TextRange> },
    /// A place in the template's text, both counted from 1.
    Template { line: usize, column: usize },
}

/// A stretch of a text, in bytes, as `str` and regular expressions count them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextRange {
    pub start: usize,
    pub end: usize,
}

impl TextRange {
    /// Whether all of the other one lies in it.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two have a byte in common.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The same words counted in characters, as text widgets and scripts count; none
    /// where the text does not have them.
    pub fn in_characters(self, text: &str) -> Option<Range<usize>> {
        let start = text.get(..self.start)?.chars().count();
        let length = text.get(self.start..self.end)?.chars().count();
        Some(start..start + length)
    }
}

impl From<Range<usize>> for TextRange {
    fn from(Range { start, end }: Range<usize>) -> Self {
        Self { start, end }
    }
}

/// The same words in a longer text, of which theirs begins at this byte.
impl Add<usize> for TextRange {
    type Output = Self;

    fn add(self, start: usize) -> Self {
        Self { start: self.start + start, end: self.end + start }
    }
}

impl Index<TextRange> for str {
    type Output = str;

    fn index(&self, range: TextRange) -> &str {
        &self[range.start..range.end]
    }
}

impl Index<TextRange> for String {
    type Output = str;

    fn index(&self, range: TextRange) -> &str {
        &self.as_str()[range]
    }
}

impl Diagnostic {
    /// A finding that stands against the letter whatever anybody says.
    pub fn error(
        code: &'static str,
        name: &'static str,
        message: String,
        hint: String,
        anchor: Anchor,
    ) -> Self {
        Self {
            severity: Severity::Error,
            code,
            name,
            message,
            hint,
            anchor,
            others: Vec::new(),
            fixes: Vec::new(),
            action: None,
            override_state: OverrideState::NotAllowed,
        }
    }

    /// Whether it was overridden and stands no longer.
    pub fn is_overridden(&self) -> bool {
        matches!(self.override_state, OverrideState::Overridden(_))
    }

    /// Whether it keeps the watermark on.
    pub fn blocks(&self) -> bool {
        self.severity == Severity::Error && !self.is_overridden()
    }

    /// The line of a template that the finding speaks of, and under it a caret at the
    /// place:
    ///
    /// ```text
    ///    12 | **Case:** {{ case.nummer }}
    ///       |              ^
    /// ```
    pub fn excerpt(&self, source: &str) -> Option<String> {
        let Anchor::Template { line, column } = self.anchor else { return None };
        let words = source.lines().nth(line.checked_sub(1)?)?;
        // What is far to the right is brought into view; tabs would put the caret
        // elsewhere.
        let skipped = column.saturating_sub(LONGEST_LEAD + 1);
        let shown: String =
            words.chars().skip(skipped).take(LONGEST_EXCERPT).map(plain).collect();
        let lead = " ".repeat(
            column
                .saturating_sub(1)
                .saturating_sub(skipped)
                .min(shown.chars().count()),
        );
        Some(format!("{line:>6} | {}\n       | {lead}^", shown.trim_end()))
    }
}

/// How much of a line stands before the caret at most, and how much of it is shown in
/// all: as much as a terminal holds.
const LONGEST_LEAD: usize = 60;
const LONGEST_EXCERPT: usize = 100;

fn plain(character: char) -> char {
    if character.is_control() { ' ' } else { character }
}

impl Anchor {
    /// The field spoken of, if it is one.
    pub fn field(&self) -> Option<&FieldPath> {
        match self {
            Self::Field { path, .. } => Some(path),
            Self::Letter | Self::Template { .. } => None,
        }
    }
}

impl From<FieldPath> for Anchor {
    fn from(path: FieldPath) -> Self {
        Self::Field { path, range: None }
    }
}

/// Why a file in RON cannot be read, in words for who wrote it and not for who programs.
pub fn reason(error: &ron::Error) -> String {
    match error {
        ron::Error::ExceededRecursionLimit => "Brackets are nested too deeply".into(),
        other => other.to_string(),
    }
}
