//! How a finished letter of a template is read back, as the template's head says under
//! `reading:`.
//!
//! ```text
//! Case Number: {case.number}                 Words, Value
//! IMR ISSUES AND DECISIONS                   Label
//! {each items}                               Each, which has
//!     {items[].title}: {items[].decision}        Value, Words(":"), Value
//!     Decision rationale: {items[].rationale}    Words, Value
//! {end}
//! ```
//!
//! It has the letter's fixed words in their order, with each field in braces where its
//! value is; `{each items}` and `{end}` bound what is said of every item, `{maybe}` and
//! `{end}` what only some letters have, `{any order}` and `{end}` labels whose values can
//! be anywhere among them, `{number}` is an item's number, `{tick …}` after words
//! ticks the statement that they make, `{again}` is what the letter makes of other
//! fields, `|` is the border of a table's cell and `\` a line's end that counts.

/// One piece of a reading, in the order of the letter.
#[derive(Clone, Debug, PartialEq)]
pub enum ReadingStep {
    /// Fixed words, one sentence at a time.
    Words(String),
    /// Fixed words that fill a line or a cell: a heading, a label.
    Label(String),
    /// A field's value, by its pattern.
    Value(String),
    /// A statement of the form that the words before it make, by its field's pattern.
    Tick(String),
    /// What is said of every row of a group, by its name.
    Each(String, Vec<ReadingStep>),
    /// What only some letters have.
    Maybe(Vec<ReadingStep>),
    /// Labels and their values, which extractions can put in any order.
    Scattered(Vec<ReadingStep>),
    /// Where a cell of a table ends and the next begins.
    Cell,
    /// A line's end that separates two values.
    Break,
}

impl ReadingStep {
    /// The fixed words of the step.
    pub fn words(&self) -> Option<&str> {
        match self {
            Self::Words(words) | Self::Label(words) => Some(words),
            Self::Value(_)
            | Self::Tick(_)
            | Self::Each(..)
            | Self::Maybe(_)
            | Self::Scattered(_)
            | Self::Cell
            | Self::Break => None,
        }
    }

    /// The value that the step reads, with its form.
    pub fn value(&self) -> Option<&str> {
        if let Self::Value(name) = self { Some(name) } else { None }
    }
}

/// What is wrong with a reading.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    UnclosedBrace,
    EachWithoutEnd,
    EndWithoutEach,
    TooDeep,
}

impl Fault {
    pub fn message(&self) -> &'static str {
        match self {
            Self::UnclosedBrace => "reading has a brace { without its }",
            Self::EachWithoutEnd => {
                "reading has an {each …}, {maybe} or {any order} without its {end}"
            }
            Self::EndWithoutEach => {
                "reading has an {end} without its {each …}, {maybe} or {any order}"
            }
            Self::TooDeep => "reading has parts that are nested too deeply",
        }
    }
}

/// Whoever reads a letter goes one step down the stack for each.
const DEEPEST: usize = 16;

/// A part that has begun and not ended, and the steps before it.
struct OpenPart {
    kind: PartKind,
    before: Vec<ReadingStep>,
}

/// What the steps between a part's beginning and its end become.
enum PartKind {
    Each(String),
    Maybe,
    Scattered,
}

/// Reads a reading.
///
/// # Errors
/// Braces that do not belong together.
pub fn parse(text: &str) -> Result<Vec<ReadingStep>, Fault> {
    let mut open: Vec<OpenPart> = Vec::new();
    let mut steps = Vec::new();
    let mut rest = text;
    while let Some((words, after)) = rest.split_once('{') {
        push_words(
            &mut steps,
            words,
            Side { left: rest.len() < text.len(), right: true },
        );
        let Some((name, after)) = after.split_once('}') else {
            return Err(Fault::UnclosedBrace);
        };
        rest = after;
        let name = name.trim();
        let part = match name.split_once(' ').unwrap_or((name, "")) {
            ("each", group) => PartKind::Each(group.trim().to_owned()),
            ("maybe", "") => PartKind::Maybe,
            ("any", "order") => PartKind::Scattered,
            ("end", "") => {
                let Some(part) = open.pop() else { return Err(Fault::EndWithoutEach) };
                let inner = std::mem::replace(&mut steps, part.before);
                steps.push(match part.kind {
                    PartKind::Each(group) => ReadingStep::Each(group, inner),
                    PartKind::Maybe => ReadingStep::Maybe(inner),
                    PartKind::Scattered => ReadingStep::Scattered(inner),
                });
                continue;
            }
            ("tick", field) => {
                steps.push(ReadingStep::Tick(field.trim().to_owned()));
                continue;
            }
            _ => {
                steps.push(ReadingStep::Value(name.to_owned()));
                continue;
            }
        };
        if open.len() == DEEPEST {
            return Err(Fault::TooDeep);
        }
        open.push(OpenPart { kind: part, before: std::mem::take(&mut steps) });
    }
    push_words(&mut steps, rest, Side { left: rest.len() < text.len(), right: false });
    if open.is_empty() { Ok(steps) } else { Err(Fault::EachWithoutEnd) }
}

/// On which sides of some words a brace is.
#[derive(Clone, Copy)]
struct Side {
    left: bool,
    right: bool,
}

/// Fixed words a line at a time, so that one altered sentence does not hide the others.
fn push_words(steps: &mut Vec<ReadingStep>, words: &str, brace: Side) {
    let last = words.matches('\n').count();
    for (number, line) in words.split('\n').enumerate() {
        let touches = (brace.left && number == 0) || (brace.right && number == last);
        push_line(steps, line, !touches);
    }
}

/// Longer words than these are a sentence, whatever they end in.
const LONGEST_LABEL: usize = 80;

fn push_line(steps: &mut Vec<ReadingStep>, line: &str, is_whole: bool) {
    let line = line.trim();
    let (line, is_broken) = match line.strip_suffix('\\') {
        Some(front) => (front, true),
        None => (line, false),
    };
    let mut cells = line.split('|').map(str::trim).peekable();
    while let Some(words) = cells.next() {
        let is_label = cells.peek().is_some()
            || (is_whole && words.len() <= LONGEST_LABEL && !words.ends_with('.'));
        match words {
            "" => {}
            _ if is_label => steps.push(ReadingStep::Label(words.to_owned())),
            _ => steps.push(ReadingStep::Words(words.to_owned())),
        }
        if cells.peek().is_some() {
            steps.push(ReadingStep::Cell);
        }
    }
    if is_broken {
        steps.push(ReadingStep::Break);
    }
}

/// How a value's words are written, as the word after its name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Plain,
    /// `{reviewers[].certifications and}`: a list with an "and" before its last.
    And,
    /// `{extra.criteria lines}`: a list with a line for each.
    Lines,
    /// `{items[].reviewer_guideline works}`: a guideline line of works alone.
    Works,
}

/// A value's field, and how its words are written.
pub fn form(name: &str) -> (&str, Form) {
    match name.rsplit_once(' ') {
        Some((name, "and")) => (name.trim_end(), Form::And),
        Some((name, "lines")) => (name.trim_end(), Form::Lines),
        Some((name, "works")) => (name.trim_end(), Form::Works),
        _ => (name, Form::Plain),
    }
}

/// Every field that a reading fills, by pattern.
pub fn fields(steps: &[ReadingStep]) -> Vec<&str> {
    let mut names = Vec::new();
    for step in steps {
        match step {
            ReadingStep::Words(_)
            | ReadingStep::Label(_)
            | ReadingStep::Cell
            | ReadingStep::Break => {}
            ReadingStep::Value(name) | ReadingStep::Tick(name) => {
                names.push(form(name).0);
            }
            ReadingStep::Each(_, inner)
            | ReadingStep::Maybe(inner)
            | ReadingStep::Scattered(inner) => names.extend(fields(inner)),
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reading_is_words_and_values_in_order() {
        let steps = parse(
            "Case: {case.number}\nHEADING\n{each items}\n{items[].title}: \
                {items[].decision}\n{end}",
        )
        .unwrap();
        let expected = vec![
            ReadingStep::Words("Case:".into()),
            ReadingStep::Value("case.number".into()),
            ReadingStep::Label("HEADING".into()),
            ReadingStep::Each(
                "items".into(),
                vec![
                    ReadingStep::Value("items[].title".into()),
                    ReadingStep::Words(":".into()),
                    ReadingStep::Value("items[].decision".into()),
                ],
            ),
        ];
        assert_eq!(steps, expected);
        assert_eq!(fields(&steps), ["case.number", "items[].title", "items[].decision"]);
    }

    #[test]
    fn words_that_fill_a_line_or_a_cell_are_labels() {
        let steps = parse(
            "Name | {extra.name}\nA sentence.\nFindings\n{maybe}cc: \
            {extra.copy}\\\n{end}",
        )
        .unwrap();
        let value = |name: &str| ReadingStep::Value(name.into());
        let expected = vec![
            ReadingStep::Label("Name".into()),
            ReadingStep::Cell,
            value("extra.name"),
            ReadingStep::Words("A sentence.".into()),
            ReadingStep::Label("Findings".into()),
            ReadingStep::Maybe(vec![
                ReadingStep::Words("cc:".into()),
                value("extra.copy"),
                ReadingStep::Break,
            ]),
        ];
        assert_eq!(steps, expected);
    }

    #[test]
    fn braces_belong_together() {
        assert_eq!(parse("{maybe} a"), Err(Fault::EachWithoutEnd));
        assert_eq!(parse("{each items} a"), Err(Fault::EachWithoutEnd));
        assert_eq!(parse("{end}"), Err(Fault::EndWithoutEach));
        assert_eq!(parse("{case.number"), Err(Fault::UnclosedBrace));
    }
}
