//! What stands on every page of a letter: it is taken out of the middle of sentences
//! before the letter is read.

use std::ops::Range;

use super::normalize::normalize;

/// The text without its running lines, every other character at its old place, and where
/// those stood that say something. Page numbers are known and say nothing.
pub(super) fn clear(source: &str) -> (String, Vec<Range<usize>>) {
    let pages = pages(source);
    let (mut text, mut told) = (source.to_owned(), Vec::new());
    for (number, page) in pages.iter().enumerate().filter(|_| pages.len() > 1) {
        for side in [0, 1] {
            for (place, line) in edge(source, page.clone(), side).iter().enumerate() {
                let words = source[line.clone()].trim();
                let is_number = is_page_number(words, number + 1);
                if !is_number && !is_running(source, &pages, (side, place), words) {
                    continue;
                }
                let is_told = told
                    .iter()
                    .any(|told: &Range<usize>| source[told.clone()].trim() == words);
                told.extend(Some(line.clone()).filter(|_| !is_number && !is_told));
                text.replace_range(line.clone(), &" ".repeat(line.len()));
            }
        }
    }
    (text, told)
}

/// The pages that hold anything.
fn pages(source: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    let pages = source.split_inclusive('\u{c}').map(|page| {
        at += page.len();
        at - page.len()..at
    });
    pages.filter(|page| !source[page.clone()].trim().is_empty()).collect()
}

/// How many lines at a page's top and at its foot can stand on every page.
const EDGE: usize = 2;

/// A page's first lines, or its last, from the edge on, those that are blank left out.
fn edge(source: &str, page: Range<usize>, side: usize) -> Vec<Range<usize>> {
    let mut at = page.start;
    let lines = source[page].split_inclusive('\n').map(|line| {
        at += line.len();
        at - line.len()..at - line.len() + line.trim_end().len()
    });
    let lines: Vec<Range<usize>> =
        lines.filter(|line| !source[line.clone()].trim().is_empty()).collect();
    let count = EDGE.min(lines.len() / 2);
    if side == 0 {
        lines[..count].to_vec()
    } else {
        lines.into_iter().rev().take(count).collect()
    }
}

/// `Page 2 of 5`, `2 of 5`, `- 2 -` or `2`, on the page of this number.
fn is_page_number(words: &str, number: usize) -> bool {
    let words = normalize(words).to_lowercase();
    let number = number.to_string();
    let rest = words.strip_prefix("page").unwrap_or(&words).strip_prefix(&number);
    let rest = rest.map(|rest| {
        rest.strip_prefix("of")
            .or_else(|| rest.strip_prefix('/'))
            .unwrap_or(rest)
    });
    rest.is_some_and(|rest| {
        rest.len() <= 3 && rest.bytes().all(|byte| byte.is_ascii_digit())
    }) && (words.starts_with("page") || words.contains("of") || words == number)
}

/// Whether a line stands at the same place of all pages, or of all but the first, and of
/// three at least: no sentence, whatever numbers are in it.
fn is_running(
    source: &str,
    pages: &[Range<usize>],
    (side, place): (usize, usize),
    words: &str,
) -> bool {
    let without_digits =
        |words: &str| normalize(words).replace(|c: char| c.is_ascii_digit(), "");
    let words_there = without_digits(words);
    let is_on = |page: &Range<usize>| {
        let edge = edge(source, page.clone(), side);
        edge.get(place)
            .is_some_and(|line| without_digits(&source[line.clone()]) == words_there)
    };
    let is_sentence =
        words.ends_with(['.', ',', ';']) || words.starts_with(|c: char| c.is_lowercase());
    let is_line = words_there.len() >= 8 && !is_sentence;
    let is_on_all = |pages: &[Range<usize>]| pages.len() > 2 && pages.iter().all(is_on);
    is_line && (is_on_all(pages) || is_on_all(&pages[1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pages: &[&str], expected: &[&str], told: &[&str]) {
        let source = pages.join("\u{c}");
        let (text, places) = clear(&source);
        assert_eq!(text.len(), source.len());
        assert_eq!(text.split('\u{c}').map(str::trim).collect::<Vec<_>>(), expected);
        assert_eq!(
            places
                .iter()
                .map(|place| source[place.clone()].trim())
                .collect::<Vec<_>>(),
            told
        );
    }

    #[test]
    fn what_stands_on_every_page_is_taken_out_and_told_once() {
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
