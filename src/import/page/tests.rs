//! Pages that are made of characters at places, as a PDF draws them.

use std::f64::consts::PI;

use hayro::kurbo::{Affine, Point};

use super::{GlyphPage, LineNumbers, PlacedText, Standing, read};

/// Letters are half as wide as they are high.
const SIZE: f64 = 12.0;
const WIDTH: f64 = SIZE / 2.0;

/// What a page draws, in order.
#[derive(Default)]
struct Drawing {
    texts: Vec<PlacedText>,
}

impl Drawing {
    /// Draws a character, and gives the place of the next.
    fn put(&mut self, character: char, x: f64, y: f64, size: f64) -> f64 {
        let (at, tip) = (Point::new(x, y), Point::new(x + size / 2.0, y));
        self.texts.push(PlacedText {
            at,
            tip,
            size,
            text: character.to_string(),
            piece: None,
            standing: Standing::Letter,
            is_pale: false,
            color: [0; 3],
        });
        tip.x
    }

    /// Draws words whose spaces are characters.
    fn words(&mut self, words: &str, x: f64, y: f64) -> f64 {
        self.gaps(words, x, y, 0.0, None)
    }

    /// Draws words with so much room between letters, and, where spaces are only left
    /// open, so much between words, in sizes.
    fn gaps(
        &mut self,
        words: &str,
        x: f64,
        y: f64,
        letter: f64,
        word: Option<f64>,
    ) -> f64 {
        let mut next = x;
        for character in words.chars() {
            if character == ' '
                && let Some(word) = word
            {
                next += word * SIZE;
            } else {
                next = self.put(character, next, y, SIZE) + letter * SIZE;
            }
        }
        next
    }

    fn turned(mut self, degrees: f64) -> Self {
        let turn = Affine::rotate(degrees / 180.0 * PI);
        for text in &mut self.texts {
            text.at = turn * text.at;
            text.tip = turn * text.tip;
        }
        self
    }

    fn read(self) -> super::PageWords {
        read(GlyphPage { texts: self.texts }, &mut LineNumbers::default())
    }

    fn text(self) -> String {
        self.read().text.trim_end().to_owned()
    }
}

const LINE: &str = "The injured worker is a 45 year old male";

#[test]
fn gaps_are_spaces_where_none_are_drawn() {
    for (letter, word) in
        [(0.0, 0.25), (0.0, 0.33), (-0.02, 0.2), (0.03, 0.25), (0.15, 0.6), (0.0, 1.2)]
    {
        let mut page = Drawing::default();
        page.gaps(LINE, 72.0, 72.0, letter, Some(word));
        assert_eq!(page.text(), LINE, "{letter} between letters, {word} between words");
    }
}

#[test]
fn drawn_spaces_are_not_doubled_by_wide_ones() {
    // A justified line: each drawn space is half a size wider than usual.
    let mut page = Drawing::default();
    let mut next = 72.0;
    for word in LINE.split(' ') {
        next = page.words(word, next, 72.0);
        next = page.put(' ', next, 72.0, SIZE) + SIZE / 2.0;
    }
    assert_eq!(page.text(), LINE);
}

#[test]
fn what_is_far_apart_on_a_line_is_parted_by_a_tab() {
    let mut page = Drawing::default();
    page.words("Case Number:", 72.0, 72.0);
    page.words("CM17-0099123", 200.0, 72.0);
    assert_eq!(page.text(), "Case Number:\tCM17-0099123");
}

#[test]
fn a_page_is_read_however_it_lies() {
    for degrees in [0.0, 1.0, -1.0, 3.0, 90.0, 180.0, 270.0, 91.0] {
        let mut page = Drawing::default();
        for line in 0..4 {
            page.words(LINE, 72.0, 72.0 + f64::from(line) * 14.0);
        }
        assert_eq!(page.turned(degrees).text(), [LINE; 4].join("\n"), "{degrees}°");
    }
}

#[test]
fn columns_are_read_one_after_the_other() {
    let (left, right) =
        ("This is the left column of words", "That is the right column of it.");
    // The left column ends at 264.
    for start in [320.0, 271.0] {
        let mut page = Drawing::default();
        for (words, x) in [(left, 72.0), (right, start)] {
            for line in 0..8 {
                page.words(words, x, 72.0 + f64::from(line) * 14.0);
            }
        }
        page.words("1", 264.0, 200.0);
        let columns = [[left; 8].join("\n"), [right; 8].join("\n")].join("\n");
        assert_eq!(page.text(), format!("{columns}\n\n1"));
    }
}

#[test]
fn columns_of_unlike_heights_are_read_one_after_the_other() {
    let (left, right) =
        ("This is the left column of words", "That is the right column of it.");
    // The right one begins above the left one, and ends after three lines.
    for (top, lines) in [(72.0 - 14.0, 12), (72.0, 3)] {
        let mut page = Drawing::default();
        for line in 0..12 {
            page.words(left, 72.0, 72.0 + f64::from(line) * 14.0);
        }
        for line in 0..lines {
            page.words(right, 320.0, top + f64::from(line) * 14.0);
        }
        let columns = [vec![left; 12], vec![right; lines as usize]].concat();
        assert_eq!(page.text(), columns.join("\n"));
    }
}

#[test]
fn short_columns_of_full_lines_are_read_one_after_the_other() {
    let (left, right) =
        ("the left column has full lines,", "and so has the right one of it.");
    let mut page = Drawing::default();
    for (words, x) in [(left, 72.0), (right, 320.0)] {
        for line in 0..3 {
            page.words(words, x, 72.0 + f64::from(line) * 14.0);
        }
    }
    assert_eq!(
        page.text().replace('\n', " "),
        [[left; 3].join(" "), [right; 3].join(" ")].join(" ")
    );
    // A page that was recognized line by line.
    let mut page = Drawing::default();
    for line in 0..12 {
        page.words(left, 72.0, 72.0 + f64::from(line) * 14.0);
        page.words(right, 320.0, 72.0 + f64::from(line) * 14.0);
    }
    assert_eq!(page.text(), [[left; 12].join("\n"), [right; 12].join("\n")].join("\n"));
}

#[test]
fn a_table_drawn_row_by_row_stays_in_rows() {
    let mut page = Drawing::default();
    for line in 0..8 {
        let y = 72.0 + f64::from(line) * 14.0;
        page.words("What the table's first cell says", 72.0, y);
        page.words("What its second cell says of it", 320.0, y);
    }
    let row = "What the table's first cell says\tWhat its second cell says of it";
    assert_eq!(page.text(), [row; 8].join("\n"));
}

#[test]
fn a_cell_of_several_lines_is_one() {
    let mut page = Drawing::default();
    for (words, x, y) in [
        ("Doe", 72.0, 72.0),
        ("34 Main Street", 300.0, 72.0),
        ("Sampletown", 300.0, 86.0),
        ("CA 90000", 300.0, 100.0),
        ("Roe", 72.0, 114.0),
        ("1 Side Street", 300.0, 114.0),
    ] {
        page.words(words, x, y);
    }
    assert_eq!(
        page.text(),
        "Doe\t34 Main Street Sampletown CA 90000\nRoe\t1 Side Street"
    );
}

#[test]
fn raised_and_lowered_characters_stay_on_their_line() {
    for rise in [4.5, -2.5] {
        let mut page = Drawing::default();
        page.words("The line above it is here", 72.0, 72.0);
        let mut next = page.words("the 12", 72.0, 88.0);
        for character in "th".chars() {
            next = page.put(character, next, 88.0 - rise, 7.0);
        }
        page.words(" visit", next, 88.0);
        page.words("The line below it is here", 72.0, 104.0);
        assert_eq!(
            page.text(),
            "The line above it is here\nthe 12th visit\nThe line below it is here",
            "{rise}"
        );
    }
}

#[test]
fn what_is_drawn_twice_to_be_bold_is_read_once() {
    // Letter by letter, and the whole line again.
    let mut page = Drawing::default();
    let mut next = 72.0;
    for character in LINE.chars() {
        page.put(character, next, 72.0, SIZE);
        next = page.put(character, next + 0.4, 72.0, SIZE) - 0.4;
    }
    assert_eq!(page.text(), LINE);
    let mut page = Drawing::default();
    page.words(LINE, 72.0, 72.0);
    page.words(LINE, 72.3, 72.1);
    assert_eq!(page.text(), LINE);
}

#[test]
fn doubled_letters_are_two() {
    let mut page = Drawing::default();
    page.words("less llama, 1100, needed", 72.0, 72.0);
    assert_eq!(page.text(), "less llama, 1100, needed");
}

#[test]
fn a_blank_line_is_where_there_is_room_for_one() {
    let mut page = Drawing::default();
    for y in [72.0, 86.0, 100.0, 114.0, 142.0, 156.0] {
        page.words(LINE, 72.0, y);
    }
    let expected = [[LINE; 4].join("\n"), [LINE; 2].join("\n")].join("\n\n");
    assert_eq!(page.text(), expected);
}

/// Lines with their numbers, which end where they are to.
fn numbered(lines: std::ops::Range<u32>, end: f64) -> Drawing {
    let mut page = Drawing::default();
    for (place, line) in lines.enumerate() {
        let y = 72.0 + place as f64 * 14.0;
        let number = (line + 1).to_string();
        page.words(&number, end - WIDTH * number.len() as f64, y);
        page.words(LINE, 72.0, y);
    }
    page
}

#[test]
fn numbers_of_lines_are_no_words() {
    for end in [52.0, 500.0] {
        let mut line_numbers = LineNumbers::default();
        // The second page has too few lines to be known by itself.
        for lines in [0..14, 14..17] {
            let count = lines.len();
            let page = GlyphPage { texts: numbered(lines, end).texts };
            let found = read(page, &mut line_numbers);
            assert_eq!(found.text.trim_end(), vec![LINE; count].join("\n"), "{end}");
        }
    }
    assert_eq!(numbered(0..3, 52.0).text().lines().next(), Some(&*format!("1 {LINE}")));
}

#[test]
fn marks_across_the_page_are_set_aside() {
    let mut page = Drawing::default();
    for line in 0..4 {
        page.words(LINE, 72.0, 72.0 + f64::from(line) * 14.0);
    }
    let mut mark = Drawing::default();
    mark.words("COPY", 90.0, 60.0);
    page.texts.extend(mark.turned(-35.0).texts);
    let found = page.read();
    assert_eq!(found.text.trim_end(), [LINE; 4].join("\n"));
    let asides: Vec<&str> =
        found.asides.iter().map(|(_, words)| words.as_str()).collect();
    assert_eq!(asides, ["COPY"]);
}

#[test]
fn accents_are_put_on_their_letters() {
    let mut page = Drawing::default();
    let next = page.words("Caf", 72.0, 72.0);
    page.put('´', next, 72.0, SIZE);
    page.words("e", next, 72.0);
    assert_eq!(page.text(), "Cafe\u{301}");
}
