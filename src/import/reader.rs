//! A finished letter's text against the reading of a kind: what stands between the fixed words goes into fields, and
//! whatever fits nowhere is kept.

use std::ops::Range;

use super::pattern::{self, Step};
use super::squeeze::{Squeezed, squeeze};
use super::{guideline, prose, title};
use crate::diagnostic::FieldPath;
use crate::letter::fields::{Field, Kind, Options, Slot};
use crate::letter::phrasing::Citer;
use crate::letter::{Entry, Group, Id, Letter, Unread};
use crate::template::Template;

/// What one kind's reading makes of a text.
pub struct Reading {
    pub letter: Letter,
    /// How many of the kind's fixed words were found, and how many there are.
    pub found: usize,
    pub asked: usize,
}

/// Reads a text as a letter of this kind.
#[must_use]
pub fn read(source: &str, template: &Template, steps: &[Step]) -> Reading {
    let text = Squeezed::new(source);
    let end = text.len();
    let mut letter = Letter::default();
    letter.add_row(Group::Reviewers, None);
    let mut reader = Reader { text, template, letter, at: 0, found: 0, asked: 0, is_said: false };
    reader.steps(steps, end, &[]);
    reader.left_over(reader.at..end);
    Reading { letter: reader.letter, found: reader.found, asked: reader.asked }
}

/// Fixed words of fewer characters stand in many places: no row is begun by them.
const STRONG: usize = 8;
/// A row's number, which is counted and never kept.
const NUMBER: &str = "number";
/// How many characters of fixed words must stand at their beginning and their end to know them when they were altered.
const KNOWN_BY: usize = 14;

struct Reader<'a> {
    text: Squeezed<'a>,
    template: &'a Template,
    letter: Letter,
    /// How far the text was read, in characters that count.
    at: usize,
    found: usize,
    asked: usize,
    /// Whether the last fixed words stood there as they should.
    is_said: bool,
}

/// Where fixed words stand.
struct Place {
    stretch: Range<usize>,
    /// A value that stands within the words, as in a table's cell whose label is broken over two lines.
    within: Option<Range<usize>>,
    is_altered: bool,
}

impl Reader<'_> {
    fn steps(&mut self, steps: &[Step], end: usize, rows: &[Id]) {
        let mut rest = steps;
        while let Some((step, behind)) = rest.split_first() {
            rest = behind;
            match (step, behind) {
                (Step::Tick(name), _) => self.tick(name),
                (Step::Words(words), _) => {
                    let before = self.found;
                    let within = self.words(words, end);
                    self.is_said = self.found > before;
                    if let (Some(value), [Step::Value(name), behind @ ..]) = (within, behind) {
                        self.set(name, value, rows);
                        rest = behind;
                    }
                }
                (Step::Value(name), _) if name == NUMBER => self.at = self.behind_number(self.at, end),
                // Two values beside each other: the second is a choice, known by its word.
                (Step::Value(name), [Step::Value(choice), behind @ ..]) => {
                    let value = self.at..self.next_words(behind, end);
                    self.at = value.end;
                    self.title_and_decision((name, choice), &[], value, rows);
                    rest = behind;
                }
                (Step::Value(name), _) => {
                    let value = self.at..self.next_words(behind, end);
                    self.at = value.end;
                    self.set(name, value, rows);
                }
                (Step::Each(group, inner), _) => {
                    let end = self.next_words(behind, end);
                    self.each(group, inner, end);
                }
            }
        }
    }

    /// Ticks a statement that the letter makes.
    fn tick(&mut self, name: &str) {
        let rows = self.letter.row_ids(Group::Reviewers);
        let path = FieldPath::new(name, &rows);
        let field = self.template.nameable_field(name).filter(|_| self.is_said).cloned();
        if let Some(Slot::YesNo(yes)) = field.and_then(|field| field.slot(&mut self.letter, &path)) {
            *yes = true;
        }
    }

    /// Passes over fixed words; gives the value that stood within them, if one did.
    fn words(&mut self, words: &str, end: usize) -> Option<Range<usize>> {
        self.asked += 1;
        let place = self.locate(words, self.at, end)?;
        self.found += usize::from(!place.is_altered);
        self.left_over(self.at..place.stretch.start);
        if place.is_altered {
            self.keep(place.stretch.clone(), Some(words));
        }
        self.at = place.stretch.end;
        place.within
    }

    /// Where the next fixed words of these steps begin.
    fn next_words(&self, steps: &[Step], end: usize) -> usize {
        let strong = steps.iter().filter_map(|step| match step {
            Step::Words(words) => self.locate(words, self.at, end).map(|place| place.stretch.start),
            Step::Each(_, inner) => self.first_row(inner),
            Step::Value(_) | Step::Tick(_) => None,
        });
        strong.into_iter().next().unwrap_or(end)
    }

    /// Where the first row begins: at its number, if nothing else stands before the words that all rows have.
    fn first_row(&self, inner: &[Step]) -> Option<usize> {
        let (place, words) = anchor(inner)?;
        let at = self.text.find(&squeeze(words), self.at)?;
        let is_numbered = matches!(&inner[..place], [Step::Value(name)] if name == NUMBER);
        let digits = if is_numbered { self.text.digits_before(at) } else { 0 };
        Some((at - digits).max(self.at))
    }

    fn locate(&self, words: &str, from: usize, end: usize) -> Option<Place> {
        let squeezed = squeeze(words);
        let whole = self.text.find(&squeezed, from).map(|at| at..at + squeezed.len());
        let whole = whole.filter(|stretch| stretch.end <= end);
        let plain = |stretch| Place { stretch, within: None, is_altered: false };
        whole.map(plain).or_else(|| self.broken_label(words, from, end)).or_else(|| self.altered(&squeezed, from, end))
    }

    /// A label whose words stand apart, with a date between them: `Application 01/03/2017 Received:`.
    fn broken_label(&self, words: &str, from: usize, end: usize) -> Option<Place> {
        let splits = words.match_indices(' ').map(|(at, _)| words.split_at(at));
        let mut places = splits.filter_map(|(front, back)| {
            let (front, back) = (squeeze(front), squeeze(back));
            let start = self.text.find(&front, from)?;
            let value = start + front.len();
            let length = (6..=10).find(|&length| self.text.is_at(&back, value + length))?;
            let is_date = self.text.text(value..value + length).chars().all(|c| c.is_ascii_digit() || c == '/');
            let stretch = start..value + length + back.len();
            let fits = is_date && stretch.end <= end;
            fits.then_some(Place { stretch, within: Some(value..value + length), is_altered: false })
        });
        places.next()
    }

    /// Words that begin and end as they should and say something else between.
    fn altered(&self, squeezed: &[char], from: usize, end: usize) -> Option<Place> {
        let (front, back) = (squeezed.get(..KNOWN_BY)?, squeezed.get(squeezed.len() - KNOWN_BY..)?);
        let start = self.text.find(front, from).filter(|start| *start < end)?;
        let last = self.text.find(back, start)? + KNOWN_BY;
        let (length, usual) = (last - start, squeezed.len());
        let fits = last <= end && length <= usual * 2 && length * 2 >= usual;
        fits.then_some(Place { stretch: start..last, within: None, is_altered: true })
    }

    /// Every row: each begins before the fixed words that all rows have.
    fn each(&mut self, group: &str, inner: &[Step], end: usize) {
        let Some((place, words)) = anchor(inner) else { return };
        let (lead, body) = inner.split_at(place);
        let (anchor, label) = (squeeze(words), body.iter().rev().find_map(words_of).map(squeeze).unwrap_or_default());
        let anchors = self.all(&anchor, self.at, end);
        self.asked += usize::from(anchors.is_empty());
        let known = Group::named(group, &[]).map(|group| self.letter.row_ids(group)).unwrap_or_default();
        let mut begins = Vec::new();
        let mut behind = self.at;
        for &at in &anchors {
            begins.push(self.lead_start(behind..at));
            behind = self.text.find(&label, at + anchor.len()).map_or(at, |found| found + label.len());
        }
        for (number, (&begin, &at)) in begins.iter().zip(&anchors).enumerate() {
            let end = begins.get(number + 1).copied().unwrap_or(end);
            let Some(group) = Group::named(group, &[]) else { return };
            // What is said of every item can be said twice.
            let id = known.get(number).copied().unwrap_or_else(|| self.letter.add_row(group, None));
            self.row(id, (lead, body), begin..at, end);
        }
    }

    fn row(&mut self, id: Id, (lead, body): (&[Step], &[Step]), heading: Range<usize>, end: usize) {
        self.left_over(self.at..heading.start);
        self.lead(lead, heading.clone(), &[id]);
        self.at = heading.end;
        self.steps(body, end, &[id]);
    }

    /// What stands before a row's own words: its number, its title and its decision, or fewer of them.
    fn lead(&mut self, steps: &[Step], heading: Range<usize>, rows: &[Id]) {
        let is_numbered = steps.first().and_then(value_of) == Some(NUMBER);
        let start = if is_numbered { self.behind_number(heading.start, heading.end) } else { heading.start };
        let steps = if is_numbered { &steps[1..] } else { steps };
        let (bracket, steps) = match steps {
            [Step::Words(words), rest @ ..] => (squeeze(words), rest),
            _ => (Vec::new(), steps),
        };
        let start = if self.text.is_at(&bracket, start) { start + bracket.len() } else { start };
        let values: Vec<&str> = steps.iter().filter_map(value_of).collect();
        let between = steps.iter().find_map(words_of).map(squeeze).unwrap_or_default();
        match values[..] {
            [] => {}
            [only] => self.set(only, start..heading.end, rows),
            [first, .., last] => self.title_and_decision((first, last), &between, start..heading.end, rows),
        }
    }

    /// `{title}: {decision}`: the decision is known by its word, because a title can hold a colon.
    fn title_and_decision(
        &mut self,
        (first, last): (&str, &str),
        between: &[char],
        stretch: Range<usize>,
        rows: &[Id],
    ) {
        let decision = self.decision_start(&stretch);
        let colon = decision.checked_sub(between.len());
        let colon = colon.filter(|&at| at >= stretch.start && self.text.is_at(between, at));
        self.set(first, stretch.start..colon.unwrap_or(decision), rows);
        self.set(last, decision..stretch.end, rows);
    }

    /// Where a stretch's last words are a decision's; its end where they are not.
    fn decision_start(&self, stretch: &Range<usize>) -> usize {
        let outcomes = self.template.head().outcomes.iter().map(|outcome| squeeze(&outcome.word));
        let starts = outcomes.filter_map(|word| {
            let start = stretch.end.checked_sub(word.len()).filter(|start| *start >= stretch.start)?;
            self.text.is_at(&word, start).then_some(start)
        });
        starts.min().unwrap_or(stretch.end)
    }

    /// Behind the digits of a row's number.
    fn behind_number(&self, from: usize, end: usize) -> usize {
        let digits = self.text.text(from..end).chars().filter(|c| !c.is_whitespace());
        from + digits.take_while(char::is_ascii_digit).count()
    }

    /// Where a row begins in what stands before its fixed words.
    fn lead_start(&self, stretch: Range<usize>) -> usize {
        // A line can end between the title and its decision, which is no title then.
        let range = self.text.range(stretch.start..self.decision_start(&stretch));
        // A line's end right behind the label before it belongs to the words between.
        let words = &self.text.source[range.clone()];
        self.text.before(range.start + title::start(words)).max(stretch.start)
    }

    fn all(&self, words: &[char], from: usize, end: usize) -> Vec<usize> {
        let mut found = Vec::new();
        let mut from = from;
        while let Some(at) = self.text.find(words, from).filter(|at| *at < end) {
            found.push(at);
            from = at + words.len();
        }
        found
    }

    fn left_over(&mut self, stretch: Range<usize>) {
        if !stretch.is_empty() {
            self.keep(stretch, None);
        }
    }

    /// Keeps words that fit nowhere, with their place in the letter that was read.
    fn keep(&mut self, stretch: Range<usize>, expected: Option<&str>) {
        let range = self.text.range(stretch);
        let line = self.text.source[..range.start].matches('\n').count() + 1;
        let id = self.letter.next_id();
        let text = self.text.source[range].trim().to_owned();
        let expected = expected.unwrap_or_default().to_owned();
        self.letter.unread.push(Unread { id, text, line: u32::try_from(line).unwrap_or(u32::MAX), expected });
    }

    /// Puts a value into its field.
    fn set(&mut self, name: &str, value: Range<usize>, rows: &[Id]) {
        let words = self.text.text(value.clone());
        let (name, is_and_list) = pattern::list(name);
        if name == "items[].title" {
            let title = title::parse(words);
            let item = self.letter.items.iter_mut().find(|item| rows.first() == Some(&item.id));
            return item.into_iter().for_each(|item| item.title = title.clone());
        }
        let rows = if name.starts_with("reviewers[]") { self.letter.row_ids(Group::Reviewers) } else { rows.to_vec() };
        let Some(field) = self.template.nameable_field(name).cloned() else { return self.left_over(value) };
        let words = if is_short(&field) { first_paragraph(words) } else { words };
        let end = self.text.before(self.text.range(value.clone()).start + words.len()).min(value.end);
        if write(&mut self.letter, self.template, &field, &rows, (words, is_and_list)) {
            self.left_over(end..value.end);
        } else {
            self.left_over(value);
        }
    }
}

fn write(
    letter: &mut Letter,
    template: &Template,
    field: &Field,
    rows: &[Id],
    (words, is_and_list): (&str, bool),
) -> bool {
    let path = FieldPath::new(&field.pattern, rows);
    let key = key_of(template, field, words);
    let Some(slot) = field.slot(letter, &path) else { return false };
    match slot {
        // Said twice, once with a capital: what stands there stays.
        Slot::Text(text) if text.eq_ignore_ascii_case(&prose::line(words)) => {}
        Slot::Text(text) => *text = if is_prose(field) { prose::paragraphs(words) } else { prose::line(words) },
        Slot::Date(date) => date.put(Entry::read(&prose::line(words))),
        Slot::Number(number) => number.put(Entry::read(&prose::line(words))),
        Slot::Money(sum) => sum.put(Entry::read(&prose::line(words))),
        Slot::Choice(choice) => match key {
            Some(key) => choice.choose(&key),
            None => return words.trim().is_empty(),
        },
        Slot::Many(values) => *values = values_of(words, is_and_list),
        Slot::YesNo(_) => return false,
        Slot::Guideline(line) => {
            let citer =
                if field.pattern.contains("claims") { Citer::ClaimsAdministrator } else { Citer::ExpertReviewer };
            *line = guideline::parse(words, citer);
        }
    }
    true
}

fn is_prose(field: &Field) -> bool {
    field.kind == Kind::Prose
}

/// Whether a value is never more than a paragraph.
fn is_short(field: &Field) -> bool {
    matches!(field.kind, Kind::Line | Kind::Date | Kind::Number | Kind::Money | Kind::Choice | Kind::Many)
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
fn key_of(template: &Template, field: &Field, words: &str) -> Option<String> {
    let words = prose::line(words);
    match &field.options {
        Options::Outcomes => {
            let mut outcomes = template.head().outcomes.iter();
            outcomes.find(|outcome| outcome.word.eq_ignore_ascii_case(&words)).map(|outcome| outcome.key.clone())
        }
        Options::Fixed(choices) => {
            let found = choices
                .iter()
                .find(|(key, label)| words.eq_ignore_ascii_case(key) || words.eq_ignore_ascii_case(label));
            found.map(|(key, _)| (*key).to_owned())
        }
        _ => Some(words),
    }
}

/// The values of a list: between commas, and, where the reading says so, before an "and" as in `a and b`.
fn values_of(words: &str, is_and_list: bool) -> Vec<String> {
    let words = prose::line(words);
    let last = words.rsplit_once(" and ").filter(|_| is_and_list);
    let (front, last) = last.map_or((words.as_str(), None), |(front, last)| (front, Some(last)));
    let values = front.split(',').chain(last).map(str::trim).filter(|value| !value.is_empty());
    values.map(str::to_owned).collect()
}

/// The first fixed words of a row that stand nowhere else, and how many steps come before them.
fn anchor(steps: &[Step]) -> Option<(usize, &str)> {
    let words = steps.iter().enumerate().filter_map(|(place, step)| Some((place, words_of(step)?)));
    words.into_iter().find(|(_, words)| squeeze(words).len() >= STRONG)
}

fn words_of(step: &Step) -> Option<&str> {
    match step {
        Step::Words(words) => Some(words),
        Step::Value(_) | Step::Tick(_) | Step::Each(..) => None,
    }
}

fn value_of(step: &Step) -> Option<&str> {
    match step {
        Step::Value(name) => Some(name),
        Step::Words(_) | Step::Tick(_) | Step::Each(..) => None,
    }
}
