//! How a finished letter of a kind is read back, as its template's head says under
//! `reading:`.
//!
//! The letter's fixed words in their order, with each field in braces where its value
//! stands; `{each items}` and `{end}` bound what is said of every item, `{maybe}` and
//! `{end}` what only some letters have, `{any order}` and `{end}` labels whose values can
//! stand anywhere among them, `{number}` is an item's number, `{tick …}` behind words
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
    /// A line's end that parts two values.
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
        }
    }
}

/// What becomes of the steps between a part's beginning and its end.
type Part = Box<dyn Fn(Vec<ReadingStep>) -> ReadingStep>;

/// Reads a reading.
///
/// # Errors
/// Braces that do not belong together.
pub fn parse(text: &str) -> Result<Vec<ReadingStep>, Fault> {
    let mut open: Vec<(Part, Vec<ReadingStep>)> = Vec::new();
    let mut steps = Vec::new();
    let mut rest = text;
    while let Some((words, after)) = rest.split_once('{') {
        push_words(
            &mut steps,
            words,
            Side { left: rest.len() < text.len(), right: true },
        );
        let (name, after) = after.split_once('}').ok_or(Fault::UnclosedBrace)?;
        rest = after;
        match name.trim().split_once(' ').unwrap_or((name.trim(), "")) {
            ("each", group) => {
                let group = group.trim().to_owned();
                let part = Box::new(move |inner| ReadingStep::Each(group.clone(), inner));
                open.push((part, std::mem::take(&mut steps)));
            }
            ("maybe", "") => {
                open.push((Box::new(ReadingStep::Maybe), std::mem::take(&mut steps)))
            }
            ("any", "order") => {
                open.push((Box::new(ReadingStep::Scattered), std::mem::take(&mut steps)))
            }
            ("end", "") => {
                let (part, before) = open.pop().ok_or(Fault::EndWithoutEach)?;
                let inner = std::mem::replace(&mut steps, before);
                steps.push(part(inner));
            }
            ("tick", field) => steps.push(ReadingStep::Tick(field.trim().to_owned())),
            _ => steps.push(ReadingStep::Value(name.trim().to_owned())),
        }
    }
    push_words(&mut steps, rest, Side { left: rest.len() < text.len(), right: false });
    if open.is_empty() { Ok(steps) } else { Err(Fault::EachWithoutEnd) }
}

/// On which sides of some words a brace stands.
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

/// A sentence stands among others; longer words than these are one, whatever they end in.
const LONGEST_LABEL: usize = 80;

fn push_line(steps: &mut Vec<ReadingStep>, line: &str, is_whole: bool) {
    let (line, is_broken) = line
        .trim()
        .strip_suffix('\\')
        .map_or((line, false), |line| (line, true));
    let mut cells = line.split('|').map(str::trim).peekable();
    while let Some(words) = cells.next() {
        let is_label = cells.peek().is_some()
            || (is_whole && words.len() <= LONGEST_LABEL && !words.ends_with('.'));
        match words {
            "" => {}
            _ if is_label => steps.push(ReadingStep::Label(words.to_owned())),
            _ => steps.push(ReadingStep::Words(words.to_owned())),
        }
        steps.extend(cells.peek().map(|_| ReadingStep::Cell));
    }
    steps.extend(is_broken.then_some(ReadingStep::Break));
}

/// How a value's words are written, as the word behind its name says.
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
    let of_step = |step| match step {
        &ReadingStep::Words(_)
        | ReadingStep::Label(_)
        | ReadingStep::Cell
        | ReadingStep::Break => Vec::new(),
        ReadingStep::Value(name) | ReadingStep::Tick(name) => vec![form(name).0],
        ReadingStep::Each(_, inner)
        | ReadingStep::Maybe(inner)
        | ReadingStep::Scattered(inner) => fields(inner),
    };
    steps.iter().flat_map(of_step).collect()
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
