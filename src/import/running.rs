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
const MOST_LINES: usize = 3;

/// A running line of fewer characters can be a sentence's end that happens to be there.
const SHORTEST: usize = 8;

/// The text without its running lines, every other character at its old place, and where
/// those were that say something, each once. Page numbers are known and say nothing.
pub(super) fn clear(source: &str) -> (String, Vec<Range<usize>>) {
    let pages = pages(source);
    let mut text = source.to_owned();
    let mut running: Vec<Range<usize>> = Vec::new();
    for (index, page) in pages.iter().enumerate() {
        for edge in [Edge::Top, Edge::Foot] {
            let lines = lines_at(source, page.clone(), edge).into_iter().enumerate();
            for (place, line) in lines {
                let words = source[line.clone()].trim();
                let is_at_foot = place == 0 && matches!(edge, Edge::Foot);
                // The number of a letter's only page stands apart at its foot.
                let is_number = is_page_number(words, index + 1)
                    && (pages.len() > 1
                        || is_at_foot && stands_apart(source, &line, edge));
                let is_alone =
                    place == 0 && (is_fax_line(words) || is_stamped_number(words));
                if !is_number
                    && !is_alone
                    && !is_running(source, &pages, edge, place, words)
                {
                    continue;
                }
                text.replace_range(line.clone(), &" ".repeat(line.len()));
                let is_known = running
                    .iter()
                    .any(|known| is_same_line(&source[known.clone()], words));
                if !is_number && !is_known {
                    running.push(line);
                }
            }
        }
    }
    (text, running)
}

/// Whether two lines are the same but for the numbers in them.
fn is_same_line(one: &str, other: &str) -> bool {
    without_digits(one) == without_digits(other)
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
    let (mut says_page, mut rest) = (false, &*words);
    for mark in ["page", "pg.", "pg", "p."] {
        if let Some(after) = words.strip_prefix(mark) {
            (says_page, rest) = (true, after.strip_prefix(':').unwrap_or(after));
            break;
        }
    }
    let Some(count) = rest.strip_prefix(&number) else { return false };
    let count = match count.strip_prefix("of") {
        Some(count) => count,
        None => count.strip_prefix('/').unwrap_or(count),
    };
    let is_count = count.len() <= 3 && count.bytes().all(|byte| byte.is_ascii_digit());
    let is_bare = rest == number;
    is_count && (says_page || words.contains("of") || words.contains('/') || is_bare)
}

/// What a fax machine writes over a page: a date and time, and FAX or a page's number.
fn is_fax_line(words: &str) -> bool {
    let words = words.to_uppercase();
    let has_time = words.split_whitespace().any(|word| {
        let time = word.trim_end_matches(['A', 'P', 'M', '.', ',']);
        match time.split_once(':') {
            Some((hour, rest)) => {
                let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
                matches!(hour.len(), 1..=2)
                    && digits(hour)
                    && rest.len() >= 2
                    && digits(&rest[..2])
            }
            None => false,
        }
    });
    let is_faxed =
        ["FAX", "RIGHTFAX", "TO:", "FROM:", "FROM ", "PAGE", "P.", "PG", "->", "→"]
            .iter()
            .any(|mark| words.contains(mark));
    has_time && is_faxed
}

/// A number that was stamped on a page when it was filed: `DEF-000123`.
fn is_stamped_number(words: &str) -> bool {
    let front = words.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = words.len() - front.len();
    let letters = front.trim_end_matches(['-', '_', ' ', '.']);
    // A procedure has a code of five figures, after a space.
    let least = if front.ends_with(' ') { 6 } else { 5 };
    digits >= least
        && (2..=16).contains(&letters.len())
        && letters
            .chars()
            .all(|c| c.is_ascii_uppercase() || matches!(c, '-' | '_' | ' '))
        && letters.starts_with(|c: char| c.is_ascii_uppercase())
}

/// Whether a line is at the same place of all pages, or of all but the first and of three
/// at least: no sentence, whatever numbers are in it, unless it stands apart.
fn is_running(
    source: &str,
    pages: &[Range<usize>],
    edge: Edge,
    place: usize,
    words: &str,
) -> bool {
    let is_sentence = words.ends_with(['.', ',', ';', ':'])
        || words.starts_with(|c: char| c.is_lowercase());
    if without_digits(words).len() < SHORTEST && !has_long_number(words) {
        return false;
    }
    // The first page often has a letterhead instead.
    let rest = pages.get(1..).unwrap_or_default();
    [(pages, 2), (rest, 3)].into_iter().any(|(pages, least)| {
        let is_there = pages.iter().all(|page| {
            let lines = lines_at(source, page.clone(), edge);
            lines.get(place).is_some_and(|line| {
                is_same_line(&source[line.clone()], words)
                    && (!is_sentence || stands_apart(source, line, edge))
            })
        });
        pages.len() >= least && is_there
    })
}

/// A number on every page that counts them, in a line of few letters.
fn has_long_number(words: &str) -> bool {
    words.bytes().filter(u8::is_ascii_digit).count() >= 4
}

/// Whether a blank line is between a line at an edge and the page's words.
fn stands_apart(source: &str, line: &Range<usize>, edge: Edge) -> bool {
    let next = match edge {
        Edge::Top => source[line.end..].lines().nth(1),
        Edge::Foot => source[..line.start].trim_end_matches(' ').lines().next_back(),
    };
    next.is_some_and(|next| next.trim().is_empty())
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
    fn two_pages_are_enough_to_know_a_running_line() {
        let page = |number: usize, words: &str| {
            let head = "Confidential: do not copy.";
            let foot = format!("Review of case 17-{number}\nMAX00{number}17");
            format!("{head}\n\n{words}\nwords\nand\nmore words\nof a page.\n{foot}\n")
        };
        let left = [
            "one\nwords\nand\nmore words\nof a page.",
            "two\nwords\nand\nmore words\nof a page.",
        ];
        check(
            &[&page(1, "one"), &page(2, "two")],
            &left,
            &["Confidential: do not copy.", "MAX00117", "Review of case 17-1"],
        );
    }

    #[test]
    fn what_a_fax_machine_wrote_is_known_on_one_page() {
        for line in [
            "03/07/2017 14:22 FAX 916 555 0100 MAXIMUS 002/007",
            "FEB-15-2017 WED 09:41 AM CLAIMS OFFICE FAX NO. 9165550142 P. 01",
            "DEF-000123",
        ] {
            let page = format!("{line}\nHe was seen\nat 14:22 today\nand again.");
            check(&[&page], &["He was seen\nat 14:22 today\nand again."], &[line]);
        }
        let page = "He was seen at 14:22 today.\nICD-10 M54.5\nand\nCPT 99214";
        check(&[page], &[page], &[]);
    }

    #[test]
    fn the_number_of_an_only_page_is_known_where_it_stands_apart() {
        let page = "One\nline\nand\nanother.";
        check(&[&format!("{page}\n\n1")], &[page], &[]);
        check(&[&format!("{page}\n1")], &[&format!("{page}\n1")], &[]);
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
