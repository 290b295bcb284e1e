//! Words into fields: what stands between fixed words, as the field's kind wants it.

use std::ops::Range;

use super::normalize::{is_same, normalize};
use super::reader::{AGAIN, Reader};
use super::{guideline, prose, title};
use crate::letter::fields::{Field, Kind, Options, Slot};
use crate::letter::phrasing::{self, Citer};
use crate::letter::{Entry, FieldPath, Group, Id, Letter, parse_date};
use crate::template::Template;
use crate::template::reading::{self, Form};

/// More reviewers than any letter has: a number beyond is no reviewer's.
const MOST_REVIEWERS: usize = 9;

pub(super) fn is_reviewer(field: &Field) -> bool {
    field.options == Options::Reviewers
}

pub(super) fn is_decision(field: &Field) -> bool {
    field.options == Options::Outcomes
}

pub(super) fn is_prose(field: &Field) -> bool {
    field.kind == Kind::Prose
}

impl Reader<'_> {
    /// Puts a value into its field; gives the place up to which it was taken.
    pub(super) fn set(&mut self, name: &str, value: Range<usize>, rows: &[Id]) -> usize {
        let words = self.text.text(value.clone());
        if name == AGAIN {
            self.say_again(value.clone());
            return value.end;
        }
        if is_nothing(words) {
            return value.end;
        }
        let (name, form) = reading::form(name);
        match name {
            "items[].title" => self.set_title(value, rows),
            "documents[].dates" => self.set_dates(value, rows),
            _ => match self.template.nameable_field(name).cloned() {
                Some(field) => self.set_field((&field, form), value, rows),
                None => value.start,
            },
        }
    }

    /// Whether a date is missing before blocks such as addresses: the first paragraph is
    /// the first of them then.
    pub(super) fn is_missing(&self, name: &str, value: Range<usize>) -> bool {
        let is_date = self
            .template
            .nameable_field(name)
            .is_some_and(|field| field.kind == Kind::Date);
        is_date
            && parse_date(&prose::line(first_paragraph(self.text.text(value)))).is_none()
    }

    fn set_field(
        &mut self,
        (field, form): (&Field, Form),
        value: Range<usize>,
        rows: &[Id],
    ) -> usize {
        let words = self.text.text(value.clone());
        let words = if is_short(field) && form != Form::Lines {
            first_paragraph(words)
        } else {
            words
        };
        let end = self
            .text
            .before(self.text.range(value.clone()).start + words.len())
            .min(value.end);
        let is_list = form == Form::Lines && field.kind == Kind::Many;
        let end = if is_list { self.lines_end(value.start..end) } else { end };
        let words =
            if is_list { self.text.list(value.start..end) } else { words }.to_owned();
        let path = self.path(&field.pattern, rows);
        if self.is_said_again(&path, value.start..end) {
            return end;
        }
        let is_written =
            write(&mut self.letter, self.template, (field, form), &path, &words);
        if is_written { end } else { value.start }
    }

    /// What was read already is not written twice: the letter must make the words of what
    /// stands there.
    fn is_said_again(&mut self, path: &FieldPath, value: Range<usize>) -> bool {
        let is_again = !self.filled.insert(path.clone());
        if is_again {
            self.say_again(value);
        }
        is_again
    }

    fn say_again(&mut self, value: Range<usize>) {
        if !value.is_empty() {
            self.again.push(value);
        }
    }

    fn set_title(&mut self, value: Range<usize>, rows: &[Id]) -> usize {
        let path = self.path("items[].request", rows);
        if !self.is_said_again(&path, value.clone()) {
            let title = title::parse(self.text.text(value.clone()));
            let item = self
                .letter
                .items
                .iter_mut()
                .find(|item| path.rows().first() == Some(&item.id));
            item.into_iter().for_each(|item| item.title = title.clone());
        }
        value.end
    }

    /// A document's date, or the first and the last of several.
    fn set_dates(&mut self, value: Range<usize>, rows: &[Id]) -> usize {
        let path = self.path("documents[].from", rows);
        if !self.is_said_again(&path, value.clone()) {
            let words = prose::line(self.text.text(value.clone()));
            let (from, to) = words.split_once(" to ").unwrap_or((&words, ""));
            let document = self
                .letter
                .documents
                .iter_mut()
                .find(|row| path.rows().first() == Some(&row.id));
            document.into_iter().for_each(|row| {
                (row.from, row.to) = (Entry::read(from), Entry::read(to))
            });
        }
        value.end
    }

    /// Where a value ends that another follows: a list with a line for each of its values
    /// ends with the last of them.
    pub(super) fn list_end(&self, name: &str, stretch: Range<usize>) -> usize {
        if reading::form(name).1 == Form::Lines {
            self.lines_end(stretch)
        } else {
            stretch.end
        }
    }

    fn lines_end(&self, stretch: Range<usize>) -> usize {
        let words = self.text.list(stretch.clone());
        let start = self.text.range(stretch.clone()).end - words.len();
        let values = prose::list(words);
        values
            .last()
            .map_or(stretch.start, |last| self.text.before(start + last.end))
            .min(stretch.end)
    }
}

/// No words, or the dash that a table shows for them.
fn is_nothing(words: &str) -> bool {
    matches!(words.trim(), "" | "–" | "—")
}

fn write(
    letter: &mut Letter,
    template: &Template,
    (field, form): (&Field, Form),
    path: &FieldPath,
    words: &str,
) -> bool {
    let key = key_of(letter, template, field, words);
    let Some(slot) = field.slot(letter, path) else { return false };
    match slot {
        Slot::Text(text) => *text = text_of(field, form, words),
        Slot::Date(date) => date.put(Entry::read(&prose::line(words))),
        Slot::Number(number) => number.put(Entry::read(&prose::line(words))),
        Slot::Money(sum) => sum.put(Entry::read(&prose::line(words))),
        Slot::Choice(choice) => match key {
            Some(key) => choice.choose(&key),
            None => return false,
        },
        Slot::Many(values) => *values = values_of(words, form),
        Slot::YesNo(_) => return false,
        Slot::Guideline(line) if form == Form::Works => {
            *line = guideline::parse_works(words)
        }
        Slot::Guideline(line) => {
            let citer = if field.pattern.contains("claims") {
                Citer::ClaimsAdministrator
            } else {
                Citer::ExpertReviewer
            };
            *line = guideline::parse(words, citer);
        }
    }
    true
}

fn text_of(field: &Field, form: Form, words: &str) -> String {
    match form {
        Form::Lines => words
            .lines()
            .map(prose::line)
            .filter(|line| !line.is_empty())
            .collect::<Vec<_>>()
            .join("\n"),
        _ if is_prose(field) => prose::paragraphs(words),
        _ => prose::line(words),
    }
}

/// Whether a value is never more than a paragraph.
fn is_short(field: &Field) -> bool {
    matches!(
        field.kind,
        Kind::Line | Kind::Date | Kind::Number | Kind::Money | Kind::Choice | Kind::Many
    )
}

/// The words before the first blank line.
fn first_paragraph(words: &str) -> &str {
    let mut end = 0;
    for line in words.split_inclusive('\n') {
        if line.trim().is_empty() && !words[..end].trim().is_empty() {
            break;
        }
        end += line.len();
    }
    words[..end].trim_end()
}

/// The key of a choice whose word this is.
fn key_of(
    letter: &mut Letter,
    template: &Template,
    field: &Field,
    words: &str,
) -> Option<String> {
    let (words, squeezed) = (prose::line(words), normalize(words));
    // The word can be broken at a line's end.
    let is_word = |word: &str| normalize(word).eq_ignore_ascii_case(&squeezed);
    match &field.options {
        Options::Outcomes => {
            let mut outcomes = template.head().outcomes.iter();
            outcomes
                .find(|outcome| is_word(&outcome.word))
                .map(|outcome| outcome.key.clone())
        }
        Options::Fixed(choices) => {
            let found =
                choices.iter().find(|(key, label)| is_word(key) || is_word(label));
            found.map(|(key, _)| (*key).to_owned())
        }
        Options::Reviewers => reviewer(letter, &words).map(|id| id.to_string()),
        _ => Some(words),
    }
}

/// The reviewer of this number; an opinion can stand before its reviewer's
/// qualifications.
fn reviewer(letter: &mut Letter, number: &str) -> Option<Id> {
    let number: usize = number
        .parse()
        .ok()
        .filter(|number| (1..=MOST_REVIEWERS).contains(number))?;
    while letter.reviewers.len() < number {
        letter.add_row(Group::Reviewers, None);
    }
    letter.reviewers.get(number - 1).map(|reviewer| reviewer.id)
}

/// The values of a list: on lines, or between commas, and, where the reading says so,
/// before an "and" as in `a and b`. One that does not come back the same from its values
/// is one value.
fn values_of(words: &str, form: Form) -> Vec<String> {
    if form == Form::Lines {
        return prose::list(words)
            .into_iter()
            .map(|item| prose::line(&words[item]))
            .collect();
    }
    let words = prose::line(words);
    let last = words.rsplit_once(" and ").filter(|_| form == Form::And);
    let (front, last) =
        last.map_or((words.as_str(), None), |(front, last)| (front, Some(last)));
    let values = front
        .split(',')
        .chain(last)
        .map(str::trim)
        .filter(|value| !value.is_empty());
    let values: Vec<String> = values.map(str::to_owned).collect();
    let again =
        if form == Form::And { phrasing::and_list(&values) } else { values.join(", ") };
    if is_same(&again, &words) { values } else { vec![words] }
}
