//! The cells of a table and the lines of blocks, as extractions leave them: where each
//! stands in a text.

use std::ops::Range;

/// The cells of each row: between tabs, or else each on lines of its own, or else between
/// wide gaps.
pub(super) fn rows(text: &str, columns: usize) -> Vec<Vec<Range<usize>>> {
    let lines: Vec<Range<usize>> = lines(text)
        .into_iter()
        .filter(|line| !text[line.clone()].trim().is_empty())
        .collect();
    let is_gap =
        |gap: &str| lines.iter().any(|line| text[line.clone()].trim().contains(gap));
    if is_gap("\t") {
        return lines.iter().map(|line| cells(text, line.clone(), "\t")).collect();
    }
    if is_gap("  ") {
        return lines.iter().map(|line| cells(text, line.clone(), "  ")).collect();
    }
    let blocks = blocks(text);
    let whole = |block: &Vec<Range<usize>>| Some(block.first()?.start..block.last()?.end);
    let blocks: Vec<Range<usize>> = blocks.iter().filter_map(whole).collect();
    let pieces = if blocks.len() > 1 && blocks.len().is_multiple_of(columns) {
        blocks
    } else {
        lines
    };
    pieces.chunks(columns).map(<[_]>::to_vec).collect()
}

/// The first line of each block between blank lines, and the lines behind it as one.
pub(super) fn blocks(text: &str) -> Vec<Vec<Range<usize>>> {
    let mut blocks: Vec<Vec<Range<usize>>> = Vec::new();
    let mut is_open = false;
    for line in lines(text) {
        let is_blank = text[line.clone()].trim().is_empty();
        match blocks.last_mut().filter(|_| is_open && !is_blank) {
            Some(block) if block.len() == 1 => block.push(line),
            Some(block) => block[1].end = line.end,
            None if !is_blank => blocks.push(vec![line]),
            None => {}
        }
        is_open = !is_blank;
    }
    blocks
}

fn lines(text: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    let pieces = text.split_inclusive(['\n', '\u{c}']);
    let place = |line: &str| {
        let start = at;
        at += line.len();
        start..start + line.trim_end().len()
    };
    pieces.map(place).collect()
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
    fn a_block_is_its_first_line_and_the_lines_behind_it() {
        let text = "A\nB\nC\n\n\nD\n\nE\nF";
        let found = blocks(text);
        let words: Vec<Vec<&str>> = found
            .iter()
            .map(|block| block.iter().map(|line| &text[line.clone()]).collect())
            .collect();
        assert_eq!(words, [vec!["A", "B\nC"], vec!["D"], vec!["E", "F"]]);
    }
}
