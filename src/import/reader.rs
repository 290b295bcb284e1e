//! A finished letter's text against the reading of a kind: what stands between the fixed
//! words goes into fields, and whatever fits nowhere is kept.

use std::collections::HashSet;
use std::ops::Range;

use super::normalize::{self, Normalized, normalize};
use super::rows::Shape;
use super::values;
use crate::letter::fields::Slot;
use crate::letter::{FieldPath, Group, Id, Letter, Unread};
use crate::template::Template;
use crate::template::reading::Step;

/// What one kind's reading makes of a text.
pub(super) struct Reading {
    pub letter: Letter,
    /// How many of the kind's fixed words were found, and how many there are.
    pub found: usize,
    pub asked: usize,
    /// Words that the letter should make of its fields, and where they stand in the text,
    /// in bytes.
    pub again: Vec<Range<usize>>,
}

/// Reads a text as a letter of this kind.
pub(super) fn read(source: &str, template: &Template, steps: &[Step]) -> Reading {
    let text = Normalized::new(source);
    let end = text.len();
    let mut letter = Letter::default();
    if template
        .fields()
        .iter()
        .any(|field| field.pattern.starts_with("reviewers[]"))
    {
        letter.add_row(Group::Reviewers, None);
    }
    let (filled, again) = (HashSet::new(), Vec::new());
    let mut reader = Reader {
        text,
        template,
        letter,
        filled,
        again,
        at: 0,
        said_until: 0,
        found: 0,
        asked: 0,
        is_said: false,
    };
    reader.steps(steps, end, &[]);
    reader.left_over(reader.at..end);
    let again = reader
        .again
        .iter()
        .map(|stretch| reader.text.range(stretch.clone()))
        .collect();
    Reading { letter: reader.letter, found: reader.found, asked: reader.asked, again }
}

/// Fixed words of fewer characters stand in many places: they are known by what stands
/// around them.
pub(super) const STRONG: usize = 8;
/// A row's number, which is counted and never kept.
pub(super) const NUMBER: &str = "number";
/// Words that the letter makes of other fields.
pub(super) const AGAIN: &str = "again";
/// How many characters of fixed words must stand at their beginning and their end to know
/// them when they were altered.
const KNOWN_BY: usize = 14;

/// Longer words are a sentence, and no label of a narrow cell.
const LONGEST_LABEL: usize = 40;

pub(super) struct Reader<'a> {
    pub(super) text: Normalized<'a>,
    pub(super) template: &'a Template,
    pub(super) letter: Letter,
    /// The places that were read already: what is said twice is not written twice.
    pub(super) filled: HashSet<FieldPath>,
    pub(super) again: Vec<Range<usize>>,
    /// How far the text was read, in characters that count.
    pub(super) at: usize,
    /// Where the last fixed words end that stood there.
    pub(super) said_until: usize,
    pub(super) found: usize,
    pub(super) asked: usize,
    /// Whether the last fixed words stood there as they should.
    is_said: bool,
}

/// Where fixed words stand.
struct Place {
    stretch: Range<usize>,
    /// A value that stands within the words, as in a table's cell whose label is broken
    /// over two lines.
    within: Option<Range<usize>>,
    is_altered: bool,
}

impl Place {
    fn plain(stretch: Range<usize>) -> Self {
        Self { stretch, within: None, is_altered: false }
    }
}

impl Reader<'_> {
    pub(super) fn steps(&mut self, steps: &[Step], end: usize, rows: &[Id]) {
        let mut rest = steps;
        while let Some((step, behind)) = rest.split_first() {
            rest = match step {
                Step::Words(_) | Step::Label(_) => self.words(step, behind, end, rows),
                Step::Value(name) => self.value(name, behind, end, rows),
                Step::Tick(name) => {
                    self.tick(name);
                    behind
                }
                Step::Each(group, inner) => {
                    let end = self.stop(behind, end);
                    self.each(group, inner, end, rows);
                    behind
                }
                Step::Maybe(inner) => {
                    let end = self.stop(behind, end);
                    if self.is_there(inner, end) {
                        self.steps(inner, end, rows);
                    }
                    behind
                }
                Step::Scattered(inner) => {
                    let end = self.stop(behind, end);
                    self.scattered(inner, end, rows);
                    behind
                }
                Step::Cell | Step::Break => behind,
            }
        }
    }

    /// Ticks a statement that the letter makes of its reviewers.
    fn tick(&mut self, name: &str) {
        let Some(field) =
            self.template.nameable_field(name).filter(|_| self.is_said).cloned()
        else {
            return;
        };
        for reviewer in self.letter.row_ids(Group::Reviewers) {
            if let Some(Slot::YesNo(yes)) =
                field.slot(&mut self.letter, &FieldPath::new(name, &[reviewer]))
            {
                *yes = true;
            }
        }
    }

    /// Passes over fixed words, and over the value that stood within them, if one did.
    fn words<'s>(
        &mut self,
        step: &Step,
        behind: &'s [Step],
        end: usize,
        rows: &[Id],
    ) -> &'s [Step] {
        self.asked += 1;
        let place = self.place(step, behind, end);
        self.is_said = place.as_ref().is_some_and(|place| !place.is_altered);
        let Some(place) = place else { return behind };
        self.found += usize::from(self.is_said);
        self.left_over(self.at..place.stretch.start);
        if place.is_altered {
            self.keep(place.stretch.clone(), words_of(step));
        }
        self.at = place.stretch.end;
        self.said_until = self.at;
        match (place.within, behind) {
            (Some(value), [Step::Value(name), behind @ ..]) => {
                self.set(name, value, rows);
                behind
            }
            _ => behind,
        }
    }

    /// Reads a value up to whatever stands behind it, and gives the steps that are left.
    fn value<'s>(
        &mut self,
        name: &str,
        behind: &'s [Step],
        end: usize,
        rows: &[Id],
    ) -> &'s [Step] {
        if name == NUMBER {
            self.at = self.behind_number(self.at, end);
            return behind;
        }
        let stop = if self.is_reviewer(name) {
            self.behind_number(self.at, end)
        } else {
            self.stop(behind, end)
        };
        let (stop, rest) = match behind {
            [Step::Break, rest @ ..] => (self.line_end(self.at).min(stop), rest),
            // Two values beside each other: the second is a choice, known by its word.
            [Step::Value(choice), rest @ ..] if self.is_decision(choice) => {
                let value = self.at..stop;
                self.at = value.end;
                self.title_and_decision((name, choice), "", value, rows);
                return rest;
            }
            [Step::Value(_), ..] if !self.is_reviewer(name) => {
                (self.list_end(name, self.at..stop), behind)
            }
            _ => (stop, behind),
        };
        let value = self.at..stop;
        if begins_with_blocks(behind) && self.is_missing(name, value.clone()) {
            return rest;
        }
        self.at = value.end;
        self.at = self.set(name, value, rows);
        rest
    }

    /// Where the fixed words of these steps begin next, or the end.
    pub(super) fn stop(&self, steps: &[Step], end: usize) -> usize {
        self.next_words(steps, end).unwrap_or(end)
    }

    fn next_words(&self, steps: &[Step], end: usize) -> Option<usize> {
        let (step, behind) = steps.split_first()?;
        // What stands behind is looked for once: each step that looked for it twice would
        // double the time.
        let here = match step {
            Step::Words(_) | Step::Label(_) if is_strong(step) => {
                self.place(step, behind, end).map(|place| place.stretch.start)
            }
            Step::Words(_) | Step::Label(_) => {
                let after = self.next_words(behind, end);
                return self.weak(step, behind, (after, end)).or(after);
            }
            Step::Each(_, inner) => self.first_row(inner, end),
            Step::Scattered(inner) => self.next_words(inner, end),
            Step::Maybe(inner) => {
                let after = self.next_words(behind, end);
                let end = after.unwrap_or(end);
                let here = if self.is_there(inner, end) {
                    self.next_words(inner, end)
                } else {
                    None
                };
                return here.or(after);
            }
            Step::Value(_) | Step::Tick(_) | Step::Cell | Step::Break => None,
        };
        here.or_else(|| self.next_words(behind, end))
    }

    /// Whether a letter has what only some have: a third of its fixed words stand there
    /// as they should, or its rows do.
    fn is_there(&self, inner: &[Step], end: usize) -> bool {
        let is_known = inner.iter().any(is_strong);
        let (mut found, mut asked) = (0, 0);
        let mut rest = inner;
        while let Some((step, behind)) = rest.split_first() {
            match step {
                Step::Each(_, inner) if self.first_row(inner, end).is_some() => {
                    return true;
                }
                Step::Words(_) | Step::Label(_) if !is_known || is_strong(step) => {
                    asked += 1;
                    found += usize::from(
                        self.place(step, behind, end)
                            .is_some_and(|place| !place.is_altered),
                    );
                }
                _ => {}
            }
            rest = behind;
        }
        found > 0 && found * 3 >= asked
    }

    /// Where a step's fixed words stand, at or behind the place that is read.
    fn place(&self, step: &Step, behind: &[Step], end: usize) -> Option<Place> {
        let words = words_of(step)?;
        if !is_strong(step) {
            let at = self.weak(step, behind, (self.next_words(behind, end), end))?;
            return Some(Place::plain(at..at + normalize(words).len()));
        }
        let squeezed = normalize(words);
        let alone = matches!(step, Step::Label(_))
            .then(|| self.text.find_alone(&squeezed, self.at..end))
            .flatten();
        let alone = alone.map(|at| Place::plain(at..at + squeezed.len()));
        alone.or_else(|| self.locate(words, self.at, end))
    }

    /// Where a few fixed characters stand: right before what follows them, or else at a
    /// line's or a cell's beginning, or else the last of them before the words behind the
    /// next value.
    fn weak(
        &self,
        step: &Step,
        behind: &[Step],
        (next, end): (Option<usize>, usize),
    ) -> Option<usize> {
        let words = normalize(words_of(step)?);
        let border = next.unwrap_or(end);
        let is_label = matches!(step, Step::Label(_));
        let alone =
            is_label.then(|| self.text.find_alone(&words, self.at..end)).flatten();
        let value = behind
            .iter()
            .find(|step| !matches!(step, Step::Tick(_) | Step::Cell))
            .and_then(value_of);
        let value = value.filter(|name| *name != NUMBER);
        let right_before = border
            .checked_sub(words.len())
            .filter(|&at| value.is_none() && at >= self.at);
        let right_before = right_before.filter(|&at| self.text.is_at(&words, at));
        let all = || {
            self.all(&words, self.at, border)
                .into_iter()
                .filter(|at| at + words.len() <= border)
        };
        let begins =
            is_label || (value.is_none() && words.starts_with(char::is_alphanumeric));
        let at_start = || all().find(|&at| begins && self.text.is_cell_start(at));
        let is_bounded =
            next.is_some() || !behind.iter().any(|step| words_of(step).is_some());
        let is_last = is_bounded && value.is_some_and(|name| !self.is_prose(name));
        let any = || if is_last { all().next_back() } else { all().next() };
        alone.or(right_before).or_else(at_start).or_else(any)
    }

    /// Where fixed words end that stand in a stretch.
    pub(super) fn words_end(
        &self,
        words: &str,
        from: usize,
        end: usize,
    ) -> Option<usize> {
        self.locate(words, from, end).map(|place| place.stretch.end)
    }

    fn locate(&self, words: &str, from: usize, end: usize) -> Option<Place> {
        let squeezed = normalize(words);
        let whole = self.text.find(&squeezed, from).map(|at| at..at + squeezed.len());
        let whole = whole.filter(|stretch| stretch.end <= end);
        whole
            .map(Place::plain)
            .or_else(|| self.broken_label(words, from, end))
            .or_else(|| self.nearly(&squeezed, from, end))
            .or_else(|| self.altered(&squeezed, from, end))
    }

    /// A label whose words stand apart, with a date between them: `Application 01/03/2017
    /// Received:`.
    fn broken_label(&self, words: &str, from: usize, end: usize) -> Option<Place> {
        let splits = words
            .match_indices(' ')
            .filter(|_| words.len() <= LONGEST_LABEL)
            .map(|(at, _)| words.split_at(at));
        let mut places = splits.filter_map(|(front, back)| {
            let (front, back) = (normalize(front), normalize(back));
            let start = self.text.find(&front, from).filter(|_| !back.is_empty())?;
            let value = start + front.len();
            let length =
                (6..=10).find(|&length| self.text.is_at(&back, value + length))?;
            let is_date = self
                .text
                .text(value..value + length)
                .chars()
                .all(|c| c.is_ascii_digit() || c == '/');
            let stretch = start..value + length + back.len();
            let fits = is_date && stretch.end <= end;
            fits.then_some(Place {
                stretch,
                within: Some(value..value + length),
                is_altered: false,
            })
        });
        places.next()
    }

    /// A label with other capitals, or without its colon, at a line's beginning.
    fn nearly(&self, squeezed: &str, from: usize, end: usize) -> Option<Place> {
        let label = squeezed
            .strip_suffix(':')
            .filter(|_| squeezed.len() <= LONGEST_LABEL)?;
        let mut at = from;
        while let Some(start) = self
            .text
            .find_small(label, at)
            .filter(|start| start + label.len() <= end)
        {
            if self.text.is_cell_start(start) {
                let behind = start + label.len();
                let colon = usize::from(self.text.is_at(":", behind));
                return Some(Place {
                    stretch: start..behind + colon,
                    within: None,
                    is_altered: true,
                });
            }
            at = self.text.next(start);
        }
        None
    }

    /// Words that begin and end as they should and say something else between.
    fn altered(&self, squeezed: &str, from: usize, end: usize) -> Option<Place> {
        let last = squeezed.len().checked_sub(KNOWN_BY)?;
        let front = &squeezed[..squeezed.floor_char_boundary(KNOWN_BY)];
        let back = &squeezed[squeezed.ceil_char_boundary(last)..];
        let start = self.text.find(front, from).filter(|start| *start < end)?;
        let last = self.text.find(back, start)? + back.len();
        let (length, usual) = (last - start, squeezed.len());
        let fits = last <= end && length <= usual * 2 && length * 2 >= usual;
        fits.then_some(Place { stretch: start..last, within: None, is_altered: true })
    }

    /// `{title}: {decision}`: the decision is known by its word, because a title can hold
    /// a colon.
    pub(super) fn title_and_decision(
        &mut self,
        (first, last): (&str, &str),
        between: &str,
        stretch: Range<usize>,
        rows: &[Id],
    ) {
        let decision = self.decision_start(&stretch);
        let colon = decision.checked_sub(between.len());
        let colon =
            colon.filter(|&at| at >= stretch.start && self.text.is_at(between, at));
        self.set_whole(first, stretch.start..colon.unwrap_or(decision), rows);
        self.set_whole(last, decision..stretch.end, rows);
    }

    /// Where a stretch's last words are a decision's; its end where they are not.
    pub(super) fn decision_start(&self, stretch: &Range<usize>) -> usize {
        let outcomes = self
            .template
            .head()
            .outcomes
            .iter()
            .map(|outcome| normalize(&outcome.word));
        let starts = outcomes.filter_map(|word| {
            let start = stretch
                .end
                .checked_sub(word.len())
                .filter(|start| *start >= stretch.start)?;
            self.text.is_at(&word, start).then_some(start)
        });
        starts.min().unwrap_or(stretch.end)
    }

    /// Behind the digits of a row's number.
    pub(super) fn behind_number(&self, from: usize, end: usize) -> usize {
        let bytes = self.text.rest(from).bytes().take(end.saturating_sub(from));
        from + bytes.take_while(u8::is_ascii_digit).count()
    }

    /// The end of the line on which a place lies.
    fn line_end(&self, at: usize) -> usize {
        let start = self.text.range(at..at).start;
        let line = self.text.source[start..]
            .find(['\n', '\u{c}'])
            .map_or(self.text.source.len(), |end| start + end);
        self.text.before(line)
    }

    pub(super) fn all(&self, words: &str, from: usize, end: usize) -> Vec<usize> {
        let mut found = Vec::new();
        let mut from = from;
        while let Some(at) = self.text.find(words, from).filter(|at| *at < end) {
            found.push(at);
            from = at + words.len();
        }
        found
    }

    pub(super) fn left_over(&mut self, stretch: Range<usize>) {
        // The point of a list stands before fixed words.
        if self
            .text
            .text(stretch.clone())
            .contains(|c: char| !matches!(c, '•' | '\u{f0b7}') && !c.is_whitespace())
        {
            self.keep(stretch, None);
        }
    }

    /// Keeps words that fit nowhere, with their place in the letter that was read.
    fn keep(&mut self, stretch: Range<usize>, expected: Option<&str>) {
        let range = self.text.range(stretch);
        keep(&mut self.letter, self.text.source, range, expected);
    }

    /// Puts a value into its field; what is too much for it is left over.
    pub(super) fn set_whole(&mut self, name: &str, value: Range<usize>, rows: &[Id]) {
        let end = value.end;
        let read = self.set(name, value, rows);
        self.left_over(read..end);
    }

    /// The path of a field in the rows that are read; outside of any, in the first of its
    /// group.
    pub(super) fn path(&mut self, name: &str, rows: &[Id]) -> FieldPath {
        let Some(group) =
            name.split_once("[]").and_then(|(group, _)| Group::named(group, &[]))
        else {
            return FieldPath::new(name, rows);
        };
        let ids = self.letter.row_ids(group);
        if rows.first().is_some_and(|row| ids.contains(row)) {
            return FieldPath::new(name, rows);
        }
        let first = ids
            .first()
            .copied()
            .unwrap_or_else(|| self.letter.add_row(group, None));
        FieldPath::new(name, &[first])
    }

    fn is_reviewer(&self, name: &str) -> bool {
        self.template.nameable_field(name).is_some_and(values::is_reviewer)
    }

    fn is_prose(&self, name: &str) -> bool {
        self.template.nameable_field(name).is_some_and(values::is_prose)
    }

    fn is_decision(&self, name: &str) -> bool {
        self.template.nameable_field(name).is_some_and(values::is_decision)
    }

    /// Where a shape's first row begins.
    fn first_row(&self, inner: &[Step], end: usize) -> Option<usize> {
        let shape = Shape::of(inner);
        self.row_starts(inner, &shape, end, 1)
            .first()
            .map(|start| start.begin)
    }
}

/// Whether fixed words are long enough to be known by themselves.
pub(super) fn is_strong(step: &Step) -> bool {
    words_of(step).is_some_and(|words| normalize::has(words, STRONG))
}

fn begins_with_blocks(steps: &[Step]) -> bool {
    match steps {
        [Step::Each(_, inner), ..] => matches!(Shape::of(inner), Shape::Blocks),
        [Step::Maybe(inner), ..] => begins_with_blocks(inner),
        _ => false,
    }
}

/// Keeps words that fit nowhere, with their place in the text.
pub(super) fn keep(
    letter: &mut Letter,
    source: &str,
    range: Range<usize>,
    expected: Option<&str>,
) {
    let line = source[..range.start].matches('\n').count() + 1;
    let line = u32::try_from(line).unwrap_or(u32::MAX);
    let (id, text) = (letter.next_id(), source[range].trim().to_owned());
    letter.unread.push(Unread::new(id, line, text, expected));
}

pub(super) fn words_of(step: &Step) -> Option<&str> {
    match step {
        Step::Words(words) | Step::Label(words) => Some(words),
        Step::Value(_)
        | Step::Tick(_)
        | Step::Each(..)
        | Step::Maybe(_)
        | Step::Scattered(_)
        | Step::Cell
        | Step::Break => None,
    }
}

pub(super) fn value_of(step: &Step) -> Option<&str> {
    if let Step::Value(name) = step { Some(name) } else { None }
}
