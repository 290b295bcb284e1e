//! The cells of a table and the lines of blocks, as extractions leave them: where each
//! is in a text.

use std::ops::Range;

/// The cells of each row: between tabs, or else each on lines of its own, or else between
/// wide gaps.
pub(super) fn rows(text: &str, columns: usize) -> Vec<Vec<Range<usize>>> {
    let mut lines = lines(text);
    lines.retain(|line| !text[line.clone()].trim().is_empty());
    for gap in ["\t", "  "] {
        if lines.iter().any(|line| text[line.clone()].trim().contains(gap)) {
            return lines.into_iter().map(|line| cells(text, line, gap)).collect();
        }
    }
    // A cell can take several lines, if blank lines separate the cells and their
    // number is that of whole rows.
    let mut blocks_of_lines = Vec::new();
    for block in blocks(text) {
        if let (Some(first), Some(last)) = (block.first(), block.last()) {
            blocks_of_lines.push(first.start..last.end);
        }
    }
    let count = blocks_of_lines.len();
    let are_blocks = count > 1 && count.is_multiple_of(columns);
    let pieces = if are_blocks { blocks_of_lines } else { lines };
    pieces.chunks(columns).map(<[_]>::to_vec).collect()
}

/// The first line of each block between blank lines, and the lines after it as one.
pub(super) fn blocks(text: &str) -> Vec<Vec<Range<usize>>> {
    let mut blocks: Vec<Vec<Range<usize>>> = Vec::new();
    let mut is_open = false;
    for line in lines(text) {
        let is_blank = text[line.clone()].trim().is_empty();
        if is_blank {
            is_open = false;
            continue;
        }
        match blocks.last_mut() {
            Some(block) if is_open && block.len() == 1 => block.push(line),
            Some(block) if is_open => block[1].end = line.end,
            Some(_) | None => blocks.push(vec![line]),
        }
        is_open = true;
    }
    blocks
}

fn lines(text: &str) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive(['\n', '\u{c}']) {
        lines.push(start..start + line.trim_end().len());
        start += line.len();
    }
    lines
}

fn cells(text: &str, line: Range<usize>, gap: &str) -> Vec<Range<usize>> {
    let mut cells = Vec::new();
    let mut at = line.start;
    for piece in text[line].split(gap) {
        let start = at + (piece.len() - piece.trim_start().len());
        // Wide gaps are of any width; tabs part a cell each.
        if gap == "\t" || !piece.trim().is_empty() {
            cells.push(start..(at + piece.trim_end().len()).max(start));
        }
        at += piece.len() + gap.len();
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, columns: usize, expected: &[&[&str]]) {
        let found = rows(text, columns);
        let words: Vec<Vec<&str>> = found
            .iter()
            .map(|row| row.iter().map(|cell| &text[cell.clone()]).collect())
            .collect();
        assert_eq!(words, expected, "{text:?}");
    }

    #[test]
    fn cells_are_found_however_they_stand_apart() {
        let expected: &[&[&str]] =
            &[&["MRI report", "Dr. A", "1/2/17"], &["Notes", "–", "1/3/17"]];
        check("MRI report\tDr. A\t1/2/17\nNotes\t–\t1/3/17\n", 3, expected);
        check("  MRI report     Dr. A  1/2/17\n  Notes      –      1/3/17", 3, expected);
        check("MRI report\n\nDr. A\n\n1/2/17\n\nNotes\n\n–\n\n1/3/17", 3, expected);
        check("MRI report\nDr. A\n1/2/17\nNotes\n–\n1/3/17\n", 3, expected);
        check("A\t\tC", 3, &[&["A", "", "C"]]);
    }

    #[test]
    fn a_block_is_its_first_line_and_the_lines_after_it() {
        let text = "A\nB\nC\n\n\nD\n\nE\nF";
        let found = blocks(text);
        let words: Vec<Vec<&str>> = found
            .iter()
            .map(|block| block.iter().map(|line| &text[line.clone()]).collect())
            .collect();
        assert_eq!(words, [vec!["A", "B\nC"], vec!["D"], vec!["E", "F"]]);
    }
}
