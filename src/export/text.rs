//! Plain text: the letter's words and nothing else.

use textwrap::{Options, WordSplitter};

use super::ExportInput;
use super::error::Error;
use crate::document::{Block, Cell, List, Table};

/// As many characters as a portal's box shows in a line.
const WIDTH: usize = 78;

/// However deep a list is, its lines have room for this many.
const NARROWEST: usize = 20;

/// The letter's words in lines that a portal's box shows whole: a blank line between
/// paragraphs, a line for each list item and each row of a table.
#[expect(clippy::unnecessary_wraps, reason = "every format can fail but this one")]
pub(super) fn write(input: &ExportInput<'_>) -> Result<Vec<u8>, Error> {
    let text = blocks(&input.document.blocks, WIDTH);
    Ok(if text.is_empty() { Vec::new() } else { (text + "\n").into_bytes() })
}

fn blocks(blocks: &[Block], width: usize) -> String {
    joined(blocks, width, "\n\n")
}

fn joined(blocks: &[Block], width: usize, between: &str) -> String {
    let mut texts: Vec<String> =
        blocks.iter().map(|content| block(content, width)).collect();
    texts.retain(|text| !text.trim().is_empty());
    texts.join(between)
}

fn block(block: &Block, width: usize) -> String {
    match block {
        Block::Paragraph(paragraph) => wrapped(&paragraph.text(), width),
        Block::List(content) => list(content, width),
        Block::Table(content) => table(content),
        Block::Picture(_) | Block::PageBreak => String::new(),
    }
}

/// Lines of this many characters at most; spaces at a line's end are left over from gaps
/// that print nothing.
fn wrapped(text: &str, width: usize) -> String {
    let options = Options::new(width)
        .break_words(false)
        .word_splitter(WordSplitter::NoHyphenation);
    let lines = text.lines().map(|line| textwrap::fill(line.trim_end(), &options));
    lines.collect::<Vec<_>>().join("\n")
}

/// A line for each item; what hangs under an item is indented as far as its label is
/// wide.
fn list(list: &List, width: usize) -> String {
    let mut number = list.start;
    let mut items = Vec::new();
    for item in &list.items {
        let label = match number {
            Some(number) => format!("{number}. "),
            None => "- ".to_owned(),
        };
        let indent = format!("\n{}", " ".repeat(label.len()));
        let words = joined(item, width.saturating_sub(label.len()).max(NARROWEST), "\n");
        items.push(label + &words.replace('\n', &indent));
        number = number.map(|number| number.saturating_add(1));
    }
    items.join("\n")
}

/// A line for each row, with a tab between cells, so that it can be pasted into a
/// spreadsheet.
fn table(table: &Table) -> String {
    let mut rows = Vec::new();
    for row in &table.rows {
        let cells: Vec<String> = row.iter().map(one_line).collect();
        rows.push(cells.join("\t").trim_end().to_owned());
    }
    rows.join("\n")
}

fn one_line(cell: &Cell) -> String {
    let words = blocks(&cell.blocks, WIDTH);
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Span;
    use crate::layout::paginate;
    use crate::layout::samples::{
        cell, document, gap, letter_sheet, list, paragraph, style, styled, table, text,
    };
    use crate::typefaces::Faces;

    fn check(blocks: Vec<Block>, expected: &str) {
        let document = document(blocks);
        let pages = paginate(&document, &Faces::bundled(), &letter_sheet());
        let text = write(&ExportInput { document: &document, pages: &pages }).unwrap();
        assert_eq!(String::from_utf8(text).unwrap(), expected);
    }

    #[test]
    fn a_blank_line_is_between_paragraphs_and_none_within_one() {
        let broken =
            styled(style(), vec![text("Signed"), Span::Break, text("The reviewer")]);
        check(
            vec![paragraph("One"), broken, Block::PageBreak, paragraph("Three")],
            "One\n\nSigned\nThe reviewer\n\nThree\n",
        );
    }

    #[test]
    fn a_gap_leaves_no_word() {
        check(
            vec![styled(
                style(),
                vec![text("Injured on "), gap("case.date_of_injury", "date of injury")],
            )],
            "Injured on\n",
        );
    }

    #[test]
    fn list_items_keep_their_numbers_and_what_hangs_under_them_is_indented() {
        let inner = list(None, vec![vec![paragraph("a")], vec![paragraph("b")]]);
        check(
            vec![list(
                Some(9),
                vec![vec![paragraph("Nine")], vec![paragraph("Ten"), inner]],
            )],
            "9. Nine\n10. Ten\n    - a\n    - b\n",
        );
    }

    #[test]
    fn a_row_is_a_line_of_cells_between_tabs() {
        check(
            vec![table(
                true,
                vec![
                    vec![cell("Date"), cell("Pages")],
                    vec![cell("03/26/2009"), cell("4")],
                ],
            )],
            "Date\tPages\n03/26/2009\t4\n",
        );
    }

    #[test]
    fn an_empty_letter_is_an_empty_file() {
        check(vec![], "");
    }
}
