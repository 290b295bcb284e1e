//! How a finished letter of a kind is read back, as its template's head says under `reading:`.
//!
//! The letter's fixed words in their order, with each field in braces where its value stands; `{each items}` and `{end}`
//! bound what is said of every item, `{number}` is its number, and `{tick …}` behind words ticks the statement that they make.

/// One piece of a reading, in the order of the letter.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// Fixed words, one sentence or heading at a time.
    Words(String),
    /// A field's value, by its pattern.
    Value(String),
    /// A statement of the form that the words before it make, by its field's pattern.
    Tick(String),
    /// What is said of every row of a group, by its name.
    Each(String, Vec<Step>),
}

/// What is wrong with a reading.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    UnclosedBrace,
    EachWithoutEnd,
    EndWithoutEach,
}

impl Fault {
    #[must_use]
    pub fn message(&self) -> &'static str {
        match self {
            Self::UnclosedBrace => "reading has a brace { without its }",
            Self::EachWithoutEnd => "reading has an {each …} without its {end}",
            Self::EndWithoutEach => "reading has an {end} without its {each …}",
        }
    }
}

/// Reads a reading.
///
/// # Errors
/// Braces that do not belong together.
pub fn parse(text: &str) -> Result<Vec<Step>, Fault> {
    let mut open: Vec<(String, Vec<Step>)> = Vec::new();
    let mut steps = Vec::new();
    let mut rest = text;
    while let Some((words, after)) = rest.split_once('{') {
        push_words(&mut steps, words);
        let (name, after) = after.split_once('}').ok_or(Fault::UnclosedBrace)?;
        rest = after;
        match name.trim().split_once(' ') {
            Some(("each", group)) => open.push((group.trim().to_owned(), std::mem::take(&mut steps))),
            _ if name.trim() == "end" => {
                let (group, before) = open.pop().ok_or(Fault::EndWithoutEach)?;
                let inner = std::mem::replace(&mut steps, before);
                steps.push(Step::Each(group, inner));
            }
            Some(("tick", field)) => steps.push(Step::Tick(field.trim().to_owned())),
            _ => steps.push(Step::Value(name.trim().to_owned())),
        }
    }
    push_words(&mut steps, rest);
    if open.is_empty() { Ok(steps) } else { Err(Fault::EachWithoutEnd) }
}

/// Fixed words a line at a time, so that one altered sentence does not hide the others.
fn push_words(steps: &mut Vec<Step>, words: &str) {
    let lines = words.lines().map(str::trim).filter(|line| !line.is_empty());
    steps.extend(lines.map(|line| Step::Words(line.to_owned())));
}

/// A value's field, and whether its words are a list with an "and" in it: `{reviewers[].certifications and}`.
#[must_use]
pub fn list(name: &str) -> (&str, bool) {
    name.strip_suffix(" and").map_or((name, false), |name| (name.trim_end(), true))
}

/// Every field that a reading fills, by pattern.
#[must_use]
pub fn fields(steps: &[Step]) -> Vec<&str> {
    let of_step = |step| match step {
        &Step::Words(_) => Vec::new(),
        Step::Value(name) | Step::Tick(name) => vec![list(name).0],
        Step::Each(_, inner) => fields(inner),
    };
    steps.iter().flat_map(of_step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reading_is_words_and_values_in_order() {
        let steps =
            parse("Case: {case.number}\nHEADING\n{each items}\n{items[].title}: {items[].decision}\n{end}").unwrap();
        let expected = vec![
            Step::Words("Case:".into()),
            Step::Value("case.number".into()),
            Step::Words("HEADING".into()),
            Step::Each(
                "items".into(),
                vec![
                    Step::Value("items[].title".into()),
                    Step::Words(":".into()),
                    Step::Value("items[].decision".into()),
                ],
            ),
        ];
        assert_eq!(steps, expected);
        assert_eq!(fields(&steps), ["case.number", "items[].title", "items[].decision"]);
    }

    #[test]
    fn braces_belong_together() {
        assert_eq!(parse("{each items} a"), Err(Fault::EachWithoutEnd));
        assert_eq!(parse("{end}"), Err(Fault::EndWithoutEach));
        assert_eq!(parse("{case.number"), Err(Fault::UnclosedBrace));
    }
}
