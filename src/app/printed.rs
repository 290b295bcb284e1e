//! Where a field's words are on the pages, line by line, and which of its bytes stands at
//! a place of a page.

use crate::diagnostic::TextRange;
use crate::layout::Pages;
use crate::layout::page::{Owner, PageItem};
use crate::letter::FieldPath;
use crate::units::{Point, Pt, Rect};

/// A field as the letter prints it: once, or in several places.
pub(super) struct PrintedField<'a> {
    lines: Vec<PrintedLine<'a>>,
    /// Where the letter has the block of its own that the field belongs to, in pieces of
    /// the letter from its beginning.
    block: Option<usize>,
}

/// A line of a field on a page, or the mark of its gap.
pub(super) struct PrintedLine<'a> {
    pub page: usize,
    pub bounds: Rect,
    /// The bytes of the field's text that it shows; `None` where the letter has words of
    /// its own for them.
    words: Option<TextRange>,
    /// How many pieces of the letter come before it.
    order: usize,
    item: &'a PageItem,
}

impl<'a> PrintedField<'a> {
    /// Finds a field that says `text`.
    pub(super) fn find(pages: &'a Pages, field: &FieldPath, text: &str) -> Self {
        let rationale = rationale_beside(field);
        let (mut lines, mut block) = (Vec::new(), None);
        let mut reader = WordFinder::new(text);
        let mut order = 0;
        for (page, content) in pages.iter().enumerate() {
            for item in &content.items {
                order += 1;
                if block.is_none()
                    && rationale.is_some()
                    && item.field() == rationale.as_ref()
                {
                    block = Some(order);
                }
                if item.field() == Some(field)
                    && let Some(bounds) = item.bounds()
                {
                    let words = item.text().and_then(|words| reader.read(words));
                    lines.push(PrintedLine { page, bounds, words, order, item });
                }
            }
        }
        Self { lines, block }
    }

    pub(super) fn lines(&self) -> &[PrintedLine<'a>] {
        &self.lines
    }

    /// Where a stretch of the field's text, which is `text`, is printed on a page, line by
    /// line.
    pub(super) fn places_of(
        &self,
        page: usize,
        stretch: TextRange,
        text: &str,
    ) -> Vec<Rect> {
        let places = self.lines.iter().filter_map(|line| line.place_of(stretch, text));
        places.filter(|place| place.0 == page).map(|place| place.1).collect()
    }

    /// The line that a caret at this byte is in. Where the field is printed several times,
    /// the one in the block of its own comes before what repeats it.
    pub(super) fn line_at(&self, caret: usize) -> Option<&PrintedLine<'a>> {
        self.lines.iter().min_by_key(|line| {
            let from_block = match self.block {
                Some(block) => block.abs_diff(line.order),
                None => 0,
            };
            (line.is_repeated_on_pages(), line.distance(caret), from_block)
        })
    }
}

impl PrintedLine<'_> {
    /// Heads and feet of pages repeat what the letter says elsewhere.
    fn is_repeated_on_pages(&self) -> bool {
        matches!(self.item.owner(), Some(Owner::Artifact(_)))
    }

    /// Whether it shows the field's own words.
    pub(super) fn has_words(&self) -> bool {
        self.words.is_some()
    }

    /// How far a byte of the text is from the words of this line.
    fn distance(&self, byte: usize) -> usize {
        match self.words {
            Some(words) if byte < words.start => words.start - byte,
            Some(words) => byte.saturating_sub(words.end),
            None => 0,
        }
    }

    /// The page, and where on it the words of a stretch are that are in this line, if any
    /// are.
    pub(super) fn place_of(
        &self,
        stretch: TextRange,
        text: &str,
    ) -> Option<(usize, Rect)> {
        Some((self.page, self.part(stretch, text)?))
    }

    /// Where the words of a stretch are that are in this line, if any are.
    pub(super) fn part(&self, stretch: TextRange, text: &str) -> Option<Rect> {
        let words = self.words?;
        let (start, end) = (stretch.start.max(words.start), stretch.end.min(words.end));
        if start >= end {
            return None;
        }
        let (left, right) = (self.x_of(start, text)?, self.x_of(end, text)?);
        let mut part = self.bounds;
        part.at.x = left;
        part.size.width = right - left;
        Some(part)
    }

    /// How far from the left a byte of the field's text is printed.
    fn x_of(&self, byte: usize, text: &str) -> Option<Pt> {
        let (Some(words), PageItem::Glyphs(run)) = (self.words, self.item) else {
            return None;
        };
        let letters = count_letters(text.get(words.start..byte)?);
        let mut x = run.origin.x;
        for glyph in &run.glyphs {
            if count_letters(run.text.get(..glyph.text.end)?) > letters {
                break;
            }
            x += glyph.advance;
        }
        Some(x)
    }

    /// The byte of the field's text that is printed at a place of the line's page.
    fn byte_at(&self, point: Point, text: &str) -> Option<usize> {
        let (Some(words), PageItem::Glyphs(run)) = (self.words, self.item) else {
            return None;
        };
        let (mut x, mut before) = (run.origin.x, run.text.len());
        for glyph in &run.glyphs {
            if point.x < x + glyph.advance * 0.5 {
                before = glyph.text.start;
                break;
            }
            x += glyph.advance;
        }
        let letters = count_letters(run.text.get(..before)?);
        let mut bytes = text.get(words.start..words.end)?.char_indices();
        let byte = bytes.by_ref().filter(|(_, c)| !c.is_whitespace()).nth(letters);
        Some(byte.map_or(words.end, |(byte, _)| words.start + byte))
    }
}

/// The byte of a field's text that is printed at a place of a page, if the letter prints
/// the text as it is there.
pub(super) fn byte_at(
    pages: &Pages,
    page: usize,
    point: Point,
    field: &FieldPath,
    text: &str,
) -> Option<usize> {
    let printed = PrintedField::find(pages, field, text);
    let mut lines = printed.lines.iter();
    let line = lines.find(|line| line.page == page && line.bounds.contains(point))?;
    line.byte_at(point, text)
}

/// The rationale of the item that a field belongs to: it is printed once, where the item
/// has its own block.
fn rationale_beside(field: &FieldPath) -> Option<FieldPath> {
    if !field.pattern().starts_with("items[].") {
        return None;
    }
    Some(FieldPath::new("items[].rationale", field.rows()))
}

fn count_letters(words: &str) -> usize {
    words.chars().filter(|letter| !letter.is_whitespace()).count()
}

/// Finds printed words in a text, line after line. Pages have white space of their own.
struct WordFinder {
    letters: Vec<(usize, char)>,
    /// The letter that the next line begins with.
    next: usize,
}

impl WordFinder {
    fn new(text: &str) -> Self {
        let letters = text.char_indices().filter(|(_, letter)| !letter.is_whitespace());
        Self { letters: letters.collect(), next: 0 }
    }

    fn read(&mut self, words: &str) -> Option<TextRange> {
        let count = count_letters(words);
        // What is printed once more begins anew.
        let mut starts = [self.next, 0].into_iter();
        let start = starts.find(|&start| self.has(start, words))?;
        let end = (start + count).checked_sub(1)?;
        let (first, (last, letter)) =
            (self.letters.get(start)?.0, *self.letters.get(end)?);
        self.next = end + 1;
        Some(TextRange { start: first, end: last + letter.len_utf8() })
    }

    fn has(&self, start: usize, words: &str) -> bool {
        let mut letters = self.letters.iter().skip(start).map(|(_, letter)| *letter);
        let mut words = words.chars().filter(|letter| !letter.is_whitespace());
        words.all(|letter| letters.next() == Some(letter))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::compose;
    use crate::letter::Letter;
    use crate::library::Library;
    use crate::store;
    use crate::template::{LetterCopy, Order, Template};

    /// An example letter and its pages.
    fn example() -> (Letter, Pages) {
        let path = std::path::Path::new("examples/imr-2017-letter.ron");
        let letter = store::open(path, None).unwrap().draft.letter;
        let today = jiff::civil::date(2017, 3, 3);
        let order = Order { copy: LetterCopy::Served, today };
        let library = Library::bundled().unwrap();
        let templates = Template::all();
        let template = templates.iter().find(|one| one.id() == "imr-2017").unwrap();
        let pages = compose(&letter, template, &library, &order).pages;
        (letter, pages)
    }

    fn of_first_item(letter: &Letter, pattern: &str) -> FieldPath {
        FieldPath::new(pattern, &[letter.items[0].id])
    }

    #[test]
    fn every_line_of_a_rationale_is_found_from_its_words_and_back() {
        let (letter, pages) = example();
        let (field, text) =
            (of_first_item(&letter, "items[].rationale"), &letter.items[0].rationale);
        let printed = PrintedField::find(&pages, &field, text);
        assert!(printed.lines().len() > 2);
        for line in printed.lines() {
            let words = line.words.expect("a rationale is printed as it is");
            assert_eq!(printed.line_at(words.start + 1).unwrap().bounds, line.bounds);
            let place = line.bounds.at;
            assert_eq!(
                byte_at(&pages, line.page, place, &field, text),
                Some(words.start)
            );
        }
        let last = printed.line_at(usize::MAX).unwrap();
        assert_eq!(last.bounds, printed.lines().last().unwrap().bounds);
    }

    #[test]
    fn a_sentence_is_found_on_its_lines_alone() {
        let (letter, pages) = example();
        let (field, text) =
            (of_first_item(&letter, "items[].rationale"), &letter.items[0].rationale);
        let printed = PrintedField::find(&pages, &field, text);
        let first = printed.lines()[0].words.unwrap();
        let half = TextRange { start: first.start, end: first.end.midpoint(first.start) };
        let half = TextRange { end: text.floor_char_boundary(half.end), ..half };
        let page = printed.lines()[0].page;
        let [part] = printed.places_of(page, half, text)[..] else { panic!("one line") };
        let whole = printed.lines()[0].bounds;
        assert_eq!(part.at, whole.at);
        assert!(part.size.width > whole.size.width * 0.3);
        assert!(part.size.width < whole.size.width * 0.7);
        let all = TextRange { start: 0, end: text.len() };
        let lines = printed.lines().iter().filter(|line| line.page == page);
        assert_eq!(printed.places_of(page, all, text).len(), lines.count());
    }

    #[test]
    fn an_item_is_shown_in_its_own_block_and_not_where_the_cover_repeats_it() {
        let (letter, pages) = example();
        let field = of_first_item(&letter, "items[].request");
        let printed = PrintedField::find(&pages, &field, &letter.items[0].title.request);
        let (cover, own) = (printed.lines()[0].page, printed.lines().last().unwrap());
        assert!(cover < own.page, "the cover has it too");
        assert_eq!(printed.line_at(0).unwrap().page, own.page);
    }

    #[test]
    fn words_that_the_letter_changes_lead_to_their_field_alone() {
        let (letter, pages) = example();
        let field = of_first_item(&letter, "items[].decision");
        let (page, area) = pages.places(&field)[0];
        assert_eq!(byte_at(&pages, page, area.at, &field, "something else"), None);
    }
}
