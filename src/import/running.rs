//! Running lines, which are on every page of a letter: they are taken out of the middle
//! of sentences before the letter is read.

use std::ops::Range;

use super::normalize::normalize;
use super::repeats::without_digits;

/// Where on a page lines can be that are on every page.
#[derive(Clone, Copy)]
enum Edge {
    Top,
    Foot,
}

/// How many lines at an edge can be on every page.
const MOST_LINES: usize = 2;

/// A running line of fewer characters can be a sentence's end that happens to be there.
const SHORTEST: usize = 8;

/// The text without its running lines, every other character at its old place, and where
/// those were that say something, each once. Page numbers are known and say nothing.
pub(super) fn clear(source: &str) -> (String, Vec<Range<usize>>) {
    let pages = pages(source);
    let mut text = source.to_owned();
    let mut running: Vec<Range<usize>> = Vec::new();
    if pages.len() < 2 {
        return (text, running);
    }
    for (index, page) in pages.iter().enumerate() {
        for edge in [Edge::Top, Edge::Foot] {
            let lines = lines_at(source, page.clone(), edge).into_iter().enumerate();
            for (place, line) in lines {
                let words = source[line.clone()].trim();
                let is_number = is_page_number(words, index + 1);
                if !is_number && !is_running(source, &pages, edge, place, words) {
                    continue;
                }
                text.replace_range(line.clone(), &" ".repeat(line.len()));
                let is_known =
                    running.iter().any(|known| source[known.clone()].trim() == words);
                if !is_number && !is_known {
                    running.push(line);
                }
            }
        }
    }
    (text, running)
}

/// The pages that are not empty.
fn pages(source: &str) -> Vec<Range<usize>> {
    let mut pages = Vec::new();
    let mut start = 0;
    for page in source.split_inclusive('\u{c}') {
        if !page.trim().is_empty() {
            pages.push(start..start + page.len());
        }
        start += page.len();
    }
    pages
}

/// A page's first lines, or its last, from the edge on, those that are blank left out.
fn lines_at(source: &str, page: Range<usize>, edge: Edge) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = page.start;
    for line in source[page].split_inclusive('\n') {
        if !line.trim().is_empty() {
            lines.push(start..start + line.trim_end().len());
        }
        start += line.len();
    }
    // A page of two lines has one at its top and one at its foot.
    let count = MOST_LINES.min(lines.len() / 2);
    if matches!(edge, Edge::Foot) {
        lines.reverse();
    }
    lines.truncate(count);
    lines
}

/// `Page 2 of 5`, `2 of 5`, `- 2 -` or `2`, on the page of this number.
fn is_page_number(words: &str, number: usize) -> bool {
    let words = normalize(words).to_lowercase();
    let number = number.to_string();
    let (says_page, rest) = match words.strip_prefix("page") {
        Some(rest) => (true, rest),
        None => (false, &*words),
    };
    let Some(count) = rest.strip_prefix(&number) else { return false };
    let count = match count.strip_prefix("of") {
        Some(count) => count,
        None => count.strip_prefix('/').unwrap_or(count),
    };
    let is_count = count.len() <= 3 && count.bytes().all(|byte| byte.is_ascii_digit());
    is_count && (says_page || words.contains("of") || words == number)
}

/// Whether a line is at the same place of all pages, or of all but the first, and of
/// three at least: no sentence, whatever numbers are in it.
fn is_running(
    source: &str,
    pages: &[Range<usize>],
    edge: Edge,
    place: usize,
    words: &str,
) -> bool {
    let wanted = without_digits(words);
    let is_sentence =
        words.ends_with(['.', ',', ';']) || words.starts_with(|c: char| c.is_lowercase());
    if is_sentence || wanted.len() < SHORTEST {
        return false;
    }
    // The first page often has a letterhead instead.
    [pages, &pages[1..]].into_iter().any(|pages| {
        pages.len() > 2
            && pages.iter().all(|page| {
                let lines = lines_at(source, page.clone(), edge);
                match lines.get(place) {
                    Some(line) => without_digits(&source[line.clone()]) == wanted,
                    None => false,
                }
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pages: &[&str], expected: &[&str], running: &[&str]) {
        let source = pages.join("\u{c}");
        let (text, places) = clear(&source);
        assert_eq!(text.len(), source.len());
        assert_eq!(text.split('\u{c}').map(str::trim).collect::<Vec<_>>(), expected);
        assert_eq!(
            places
                .iter()
                .map(|place| source[place.clone()].trim())
                .collect::<Vec<_>>(),
            running
        );
    }

    #[test]
    fn running_lines_are_taken_out_and_given_once() {
        let header = "Confidential medical record";
        let page = |number: usize, words: &str| {
            format!("{header}\n{words} words\nand\nof a page.\nPage {number} of 3\n")
        };
        check(
            &[&page(1, "one"), &page(2, "two"), &page(3, "three")],
            &[
                "one words\nand\nof a page.",
                "two words\nand\nof a page.",
                "three words\nand\nof a page.",
            ],
            &[header],
        );
    }

    #[test]
    fn words_of_the_letter_stay() {
        let page = "MRI of the knee\nIt hurts\nand\nis not medically necessary.";
        check(&[page], &[page], &[]);
        let item = [
            "MAXIMUS guideline: MTUS",
            "MRI: Upheld\nMAXIMUS guideline: MTUS",
            "MRI: Upheld\nMAXIMUS guideline: MTUS",
        ]
        .map(|item| format!("{item}\nDecision rationale: none\nEnd.\n"));
        let items = item.each_ref().map(|item| item.trim());
        check(&item.each_ref().map(String::as_str), &items, &[]);
        check(
            &[page, "Two\nlines\nand\nis not medically necessary."],
            &[page, "Two\nlines\nand\nis not medically necessary."],
            &[],
        );
        check(
            &["A line\nand\n12 visits\n2", "B\nC\nD\n3"],
            &["A line\nand\n12 visits\n2", "B\nC\nD\n3"],
            &[],
        );
    }
}
