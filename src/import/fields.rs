//! Words into fields: what is between fixed words, as the field's kind wants it. What
//! does not fit is kept in the letter as not understood, so that nothing is lost.

use std::collections::HashSet;
use std::ops::Range;

use super::normalize::{is_same, normalize};
use super::search::{WordSearch, is_prose};
use super::{decision, guideline, prose, title};
use crate::letter::fields::{Field, Kind, Options, Slot};
use crate::letter::phrasing::{self, Citer};
use crate::letter::{
    Aside, Entry, FieldPath, Group, Guideline, Id, Letter, Unread, UnreadKind, parse_date,
};
use crate::template::Template;
use crate::template::reading::{self, Form};

/// The value that the letter makes of other fields.
const REPEAT: &str = "again";

/// More reviewers than any letter has: a number beyond is no reviewer's.
const MOST_REVIEWERS: usize = 9;

/// The letter that is being filled in.
pub(super) struct Fields<'a> {
    search: &'a WordSearch<'a>,
    pub(super) letter: Letter,
    /// The fields that have their value already: what a letter says twice is not written
    /// twice.
    filled: HashSet<FieldPath>,
    /// What the letter said twice, in positions.
    pub(super) repeats: Vec<Range<usize>>,
}

impl<'a> Fields<'a> {
    pub(super) fn new(search: &'a WordSearch<'a>) -> Self {
        Self {
            search,
            letter: Letter::default(),
            filled: HashSet::new(),
            repeats: Vec::new(),
        }
    }

    /// Puts a value into its field; gives the position up to which it was taken.
    pub(super) fn set(&mut self, name: &str, value: Range<usize>, rows: &[Id]) -> usize {
        if name == REPEAT {
            self.note_repeat(value.clone());
            return value.end;
        }
        if is_nothing(self.search.text.words(value.clone())) {
            return value.end;
        }
        let (name, form) = reading::form(name);
        match name {
            "items[].title" => self.set_title(value, rows),
            "documents[].dates" => self.set_dates(value, rows),
            _ => match self.search.template.nameable_field(name) {
                Some(field) => self.set_field(field, form, value, rows),
                None => value.start,
            },
        }
    }

    /// Puts a value into its field; what is too much for it is left over.
    pub(super) fn set_whole(&mut self, name: &str, value: Range<usize>, rows: &[Id]) {
        let end = value.end;
        let read = self.set(name, value, rows);
        self.keep_left_over(read..end);
    }

    /// `{title}: {decision}`: the decision is known by its word, because a title can hold
    /// a colon.
    pub(super) fn set_title_and_decision(
        &mut self,
        (title, decision): (&str, &str),
        between: &str,
        range: Range<usize>,
        rows: &[Id],
    ) {
        let found = self.search.decision(&range, between);
        self.set_whole(title, range.start..found.title_end, rows);
        if found.word.is_empty() {
            return self.keep_left_over(found.title_end..range.end);
        }
        self.set_whole(decision, found.word, rows);
    }

    /// Ticks a statement of every reviewer.
    pub(super) fn tick(&mut self, name: &str) {
        let Some(field) = self.search.template.nameable_field(name) else { return };
        for reviewer in self.letter.row_ids(Group::Reviewers) {
            let path = FieldPath::new(name, &[reviewer]);
            if let Some(Slot::YesNo(yes)) = field.slot(&mut self.letter, &path) {
                *yes = true;
            }
        }
    }

    /// Whether a date is missing before blocks such as addresses: the first paragraph is
    /// the first of them then.
    pub(super) fn is_missing_date(&self, name: &str, value: Range<usize>) -> bool {
        if !self.search.is_field(name, |field| field.kind == Kind::Date) {
            return false;
        }
        let words = first_paragraph(self.search.text.words(value));
        parse_date(&prose::line(words)).is_none()
    }

    /// Where a value ends that another follows: a list with a line for each of its values
    /// ends with the last of them.
    pub(super) fn list_end(&self, name: &str, range: Range<usize>) -> usize {
        match reading::form(name) {
            (_, Form::Lines) => self.lines_end(range),
            (_, Form::Plain | Form::And | Form::Works) => range.end,
        }
    }

    /// Keeps words that fit nowhere, if there are any.
    pub(super) fn keep_left_over(&mut self, range: Range<usize>) {
        let words = self.search.text.words(range.clone());
        if !words.chars().all(says_nothing) && !prose::is_number_of_list(words.trim()) {
            self.keep(range, None);
        }
    }

    /// Keeps words that fit nowhere, with their line in the letter that was read.
    pub(super) fn keep(&mut self, range: Range<usize>, expected: Option<&str>) {
        let text = &self.search.text;
        let place = text.source_range(range);
        keep(&mut self.letter, text.source, place, expected);
    }

    fn set_field(
        &mut self,
        field: &Field,
        form: Form,
        value: Range<usize>,
        rows: &[Id],
    ) -> usize {
        let text = &self.search.text;
        let mut words = text.words(value.clone());
        let mut end = value.end;
        if is_short(field) && form != Form::Lines {
            words = first_cell(first_paragraph(words));
        }
        // A shortened value ends before the space after it, which has no position.
        let words_start = text.source_range(value.clone()).start;
        end = end.min(text.position(words_start + words.len()));
        if form == Form::Lines && field.kind == Kind::Many {
            end = self.lines_end(value.start..end);
            words = text.list_words(value.start..end);
        }
        let path = self.path(&field.pattern, rows);
        if self.is_repeated(&path, value.start..end) {
            return end;
        }
        let template = self.search.template;
        match write(&mut self.letter, template, field, form, &path, words) {
            Some(()) => end,
            None => value.start,
        }
    }

    fn set_title(&mut self, value: Range<usize>, rows: &[Id]) -> usize {
        let path = self.path("items[].request", rows);
        if self.is_repeated(&path, value.clone()) {
            return value.end;
        }
        let title = title::parse(self.search.text.words(value.clone()));
        let row = path.rows().first().copied();
        for item in &mut self.letter.items {
            if Some(item.id) == row {
                item.title = title;
                break;
            }
        }
        value.end
    }

    /// A document's date, or the first and the last of several.
    fn set_dates(&mut self, value: Range<usize>, rows: &[Id]) -> usize {
        let path = self.path("documents[].from", rows);
        if self.is_repeated(&path, value.clone()) {
            return value.end;
        }
        let words = prose::line(self.search.text.words(value.clone()));
        let (from, to) = match words.split_once(" to ") {
            Some((from, to)) => (from, to),
            None => (&*words, ""),
        };
        let row = path.rows().first().copied();
        for document in &mut self.letter.documents {
            if Some(document.id) == row {
                document.from = Entry::read(from);
                document.to = Entry::read(to);
                break;
            }
        }
        value.end
    }

    /// Whether a field has its value already. What is there now is not written then: the
    /// letter must make the same words of what it has.
    fn is_repeated(&mut self, path: &FieldPath, value: Range<usize>) -> bool {
        let is_new = self.filled.insert(path.clone());
        if !is_new {
            self.note_repeat(value);
        }
        !is_new
    }

    fn note_repeat(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            self.repeats.push(range);
        }
    }

    /// The path of a field in the rows that are read; outside of any, in the first of its
    /// group.
    fn path(&mut self, name: &str, rows: &[Id]) -> FieldPath {
        let Some((group, _)) = name.split_once("[]") else {
            return FieldPath::new(name, rows);
        };
        let Some(group) = Group::named(group, &[]) else {
            return FieldPath::new(name, rows);
        };
        let ids = self.letter.row_ids(group);
        if let Some(row) = rows.first()
            && ids.contains(row)
        {
            return FieldPath::new(name, rows);
        }
        let first = match ids.first() {
            Some(&first) => first,
            None => self.letter.add_row(group, None),
        };
        FieldPath::new(name, &[first])
    }

    /// Where the last value of a list ends that has a line for each.
    fn lines_end(&self, range: Range<usize>) -> usize {
        let text = &self.search.text;
        let words = text.list_words(range.clone());
        let words_start = text.source_range(range.clone()).end - words.len();
        match prose::list(words).last() {
            Some(last) => text.position(words_start + last.end).min(range.end),
            None => range.start,
        }
    }
}

/// Keeps words of a text that fit nowhere, with their line; `expected` are the template's
/// words where others were found.
pub(super) fn keep(
    letter: &mut Letter,
    source: &str,
    place: Range<usize>,
    expected: Option<&str>,
) {
    let line = source[..place.start].matches('\n').count() + 1;
    let line = u32::try_from(line).unwrap_or(u32::MAX);
    let id = letter.next_id();
    let text = source[place].trim().to_owned();
    letter.unread.push(Unread::new(id, line, text, expected));
}

/// Keeps a line that is on every page.
pub(super) fn keep_running(letter: &mut Letter, source: &str, place: Range<usize>) {
    keep(letter, source, place, None);
    if let Some(unread) = letter.unread.last_mut() {
        unread.kind = UnreadKind::Aside(Aside::Running);
    }
}

/// White space, or the bullet of a list before fixed words.
fn says_nothing(character: char) -> bool {
    character.is_whitespace() || matches!(character, '•' | '\u{f0b7}')
}

/// No words, or the dash that a table shows for them.
fn is_nothing(words: &str) -> bool {
    matches!(words.trim(), "" | "–" | "—")
}

/// Writes words into a field; `None` where they are no value of it.
fn write(
    letter: &mut Letter,
    template: &Template,
    field: &Field,
    form: Form,
    path: &FieldPath,
    words: &str,
) -> Option<()> {
    // Asked first, because a reviewer's number can add the reviewer.
    let key = choice_key(letter, template, field, words);
    match field.slot(letter, path)? {
        Slot::Text(text) => *text = text_of(field, form, words),
        Slot::Date(date) => date.put(Entry::read(&prose::line(words))),
        Slot::Number(number) => number.put(Entry::read(&prose::line(words))),
        Slot::Money(sum) => sum.put(Entry::read(&prose::line(words))),
        Slot::Choice(choice) => choice.choose(&key?),
        Slot::Many(values) => *values = values_of(words, form),
        Slot::YesNo(_) => return None,
        Slot::Guideline(line) => *line = guideline_of(field, form, words),
    }
    Some(())
}

fn guideline_of(field: &Field, form: Form, words: &str) -> Guideline {
    if form == Form::Works {
        return guideline::parse_works(words);
    }
    let is_theirs = field.pattern.contains("claims");
    let citer =
        if is_theirs { Citer::ClaimsAdministrator } else { Citer::ExpertReviewer };
    guideline::parse(words, citer)
}

fn text_of(field: &Field, form: Form, words: &str) -> String {
    if form == Form::Lines {
        let mut lines: Vec<String> = words.lines().map(prose::line).collect();
        lines.retain(|line| !line.is_empty());
        return lines.join("\n");
    }
    if is_prose(field) {
        prose::paragraphs(prose::without_number_of_next(words))
    } else {
        prose::line(words)
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

/// The words before a table's next cell, or what was stamped beside a value.
fn first_cell(words: &str) -> &str {
    match words.trim_start().split_once('\t') {
        Some((cell, _)) => cell.trim_end(),
        None => words,
    }
}

/// The key of a choice whose word this is.
fn choice_key(
    letter: &mut Letter,
    template: &Template,
    field: &Field,
    words: &str,
) -> Option<String> {
    let words = prose::line(words);
    match &field.options {
        Options::Outcomes => {
            let mut outcomes = template.head().outcomes.iter();
            let found = outcomes.find(|outcome| decision::is_said(outcome, &words))?;
            Some(found.key.clone())
        }
        Options::Fixed(choices) => {
            let (key, _) = choices.iter().find(|(key, label)| {
                is_same_word(key, &words) || is_same_word(label, &words)
            })?;
            Some((*key).to_owned())
        }
        Options::Reviewers => Some(numbered_reviewer(letter, &words)?.to_string()),
        Options::Typed | Options::Own(_) | Options::List(_) | Options::OtherItems => {
            Some(words)
        }
    }
}

/// Whether two words are the same in upper or lower case, one of them broken at a line's
/// end or not.
fn is_same_word(one: &str, other: &str) -> bool {
    normalize(one).eq_ignore_ascii_case(&normalize(other))
}

/// The reviewer of this number; an opinion can be before its reviewer's qualifications.
fn numbered_reviewer(letter: &mut Letter, number: &str) -> Option<Id> {
    let number: usize = number.parse().ok()?;
    if !(1..=MOST_REVIEWERS).contains(&number) {
        return None;
    }
    while letter.reviewers.len() < number {
        letter.add_row(Group::Reviewers, None);
    }
    Some(letter.reviewers.get(number - 1)?.id)
}

/// The values of a list: on lines, or between commas, and, where the reading says so,
/// before an "and" as in `a and b`. One that does not come back the same from its values
/// is one value.
fn values_of(words: &str, form: Form) -> Vec<String> {
    if form == Form::Lines {
        let places = prose::list(words).into_iter();
        return places.map(|place| prose::line(&words[place])).collect();
    }
    let words = prose::line(words);
    let mut values: Vec<String> = Vec::new();
    let mut front = &*words;
    let mut last = "";
    if form == Form::And
        && let Some((before, after)) = words.rsplit_once(" and ")
    {
        (front, last) = (before, after);
    }
    for value in front.split(',').chain([last]) {
        if !value.trim().is_empty() {
            values.push(value.trim().to_owned());
        }
    }
    let said =
        if form == Form::And { phrasing::and_list(&values) } else { values.join(", ") };
    if is_same(&said, &words) { values } else { vec![words] }
}
