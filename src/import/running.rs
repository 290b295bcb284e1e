//! Running lines, which are on every page of a letter: they are taken out of the middle
//! of sentences before the letter is read.

use std::ops::Range;

use super::page_number::{is_fax_line, is_page_number, is_stamped_number, names_page};
use super::repeats::{case_numbers, without_digits};

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
    let mut text = with_page_ends(source);
    let source = &*text.clone();
    let pages = pages(source);
    let mut running: Vec<Range<usize>> = Vec::new();
    for (index, page) in pages.iter().enumerate() {
        for edge in [Edge::Top, Edge::Foot] {
            let lines = lines_at(source, page.clone(), edge);
            for (place, line) in lines.iter().enumerate() {
                let words = source[line.clone()].trim();
                let is_apart = stands_apart(source, line, edge);
                let is_at_foot = place == 0 && matches!(edge, Edge::Foot);
                // The number of a letter's only page stands apart at its foot.
                let is_number = is_page_number(words, index + 1)
                    && (pages.len() > 1 || is_at_foot && is_apart);
                let is_alone = place == 0
                    && (is_fax_line(words)
                        || is_stamped_number(words)
                        || index > 0
                            && is_apart
                            && (names_page(words, index + 1)
                                || !words.contains(':')
                                    && !case_numbers(words).is_empty()));
                let is_known_here = is_number
                    || is_alone
                    || is_running(source, &pages, edge, &lines, place)
                    || place == 0 && interrupts(source, line, edge);
                if !is_known_here {
                    continue;
                }
                text.replace_range(line.clone(), &" ".repeat(line.len()));
                let is_known = running
                    .iter()
                    .any(|known| says_the_same(&source[known.clone()], words));
                if !is_number && !is_known {
                    running.push(line.clone());
                }
            }
        }
    }
    (text, running)
}

/// The text with a form feed where a line alone says that a page ends or begins, as in
/// text that was copied: each character at its old place.
fn with_page_ends(source: &str) -> String {
    let mut text = source.to_owned();
    if source.trim_end().contains('\u{c}') {
        return text;
    }
    let (mut start, mut number) = (0, 1);
    for line in source.split_inclusive('\n') {
        let words = line.trim();
        if words.to_lowercase().starts_with("page") && is_page_number(words, number) {
            number += 1;
            let line = start..start + line.trim_end().len();
            text.replace_range(
                line.clone(),
                &format!("\u{c}{}", " ".repeat(line.len() - 1)),
            );
        }
        start += line.len();
    }
    text
}

/// Whether a line at a page's edge is in the middle of a sentence that goes on from page
/// to page; after a comma the next word can be a name.
fn interrupts(source: &str, line: &Range<usize>, edge: Edge) -> bool {
    let before = source[..line.start].trim_end();
    let after = source[line.end..].trim_start();
    let is_capital = !source[line.clone()].contains(|c: char| c.is_lowercase());
    stands_apart(source, line, edge)
        && source[line.clone()].starts_with(|c: char| !c.is_lowercase())
        && before.ends_with(|c: char| c.is_lowercase() || c == ',')
        && (after.starts_with(|c: char| c.is_lowercase())
            || before.ends_with(',') && is_capital && !after.is_empty())
}

/// Whether two lines are the same but for the numbers in them.
fn is_same_line(one: &str, other: &str) -> bool {
    without_digits(one) == without_digits(other)
}

/// Whether a line says nothing that another does not: a page of another case can be among
/// the letter's.
fn says_the_same(known: &str, words: &str) -> bool {
    is_same_line(known, words) && case_numbers(known) == case_numbers(words)
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

/// Whether a line is at the same place of all pages, or of all but the first and of three
/// at least: no sentence, whatever numbers are in it, unless it stands apart, alone or
/// with lines that are on every page too. `here` are the lines of its own page.
fn is_running(
    source: &str,
    pages: &[Range<usize>],
    edge: Edge,
    here: &[Range<usize>],
    place: usize,
) -> bool {
    let words = source[here[place].clone()].trim();
    let is_sentence = words.ends_with(['.', ',', ';', ':'])
        || words.starts_with(|c: char| c.is_lowercase());
    if without_digits(words).len() < SHORTEST && !has_long_number(words) {
        return false;
    }
    // The first page often has a letterhead instead, and books have two kinds of pages.
    let rest = pages.get(1..).unwrap_or_default().to_vec();
    let is_odd = pages.iter().step_by(2).any(|page| page.contains(&here[place].start));
    let alike = pages.iter().skip(usize::from(!is_odd)).step_by(2);
    let alike: Vec<_> = alike.cloned().collect();
    let groups =
        [(pages.to_vec(), 2, is_sentence), (rest, 3, is_sentence), (alike, 2, true)];
    groups.into_iter().any(|(pages, least, must_stand_apart)| {
        let all = |place: usize, is_so: &dyn Fn(&Range<usize>) -> bool| {
            pages.iter().all(|page| {
                lines_at(source, page.clone(), edge).get(place).is_some_and(is_so)
            })
        };
        let is_everywhere = |place: usize| {
            here.get(place).is_some_and(|known| {
                let words = &source[known.clone()];
                all(place, &|line| is_same_line(&source[line.clone()], words))
            })
        };
        let stand_apart = |place| all(place, &|line| stands_apart(source, line, edge));
        pages.len() >= least
            && is_everywhere(place)
            && (!must_stand_apart
                || (place..MOST_LINES)
                    .take_while(|place| is_everywhere(*place))
                    .any(stand_apart))
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
    fn a_foot_of_two_lines_is_known_though_one_is_within_a_sentence() {
        let foot =
            "This letter is confidential. If it is not for you,\ntell us and destroy it.";
        let page = |words: &str| format!("{words}\nwords\nand\nmore\nlines.\n\n{foot}\n");
        let left = |words: &str| format!("{words}\nwords\nand\nmore\nlines.");
        check(
            &[&page("one"), &page("two")],
            &[&left("one"), &left("two")],
            &[
                "tell us and destroy it.",
                "This letter is confidential. If it is not for you,",
            ],
        );
    }

    #[test]
    fn a_head_of_one_page_is_known_by_its_number_or_by_the_sentence_around_it() {
        let first = "He was seen\nand then\nhe was\nasked for";
        let second = "more\nvisits,\nwhich were\nnot given.";
        for head in ["Doe, 17-1, Page 2", "IMR Case CM17-0012345", "Final Determination"]
        {
            check(&[first, &format!("{head}\n\n{second}")], &[first, second], &[head]);
        }
        let begun = "He had\nMRI,\nCT\nand MTUS 2016,";
        let stamped = format!("{begun}\n\nEXHIBIT B");
        let rest = "Section: none.\nThen\nhe\nleft.";
        check(&[&stamped, rest], &[begun, rest], &["EXHIBIT B"]);
        let ended = "He was seen.\nThen\nhe\nleft.";
        let page = format!("Final Determination\n\n{second}");
        check(&[ended, &page], &[ended, &page], &[]);
    }

    #[test]
    fn a_foot_that_names_another_case_is_given_too() {
        let page =
            |case: &str| format!("One\nline\nand\nanother.\n\nIMR Case CM17-00{case}\n");
        let left = "One\nline\nand\nanother.";
        check(
            &[&page("12345"), &page("67890"), &page("12345")],
            &[left; 3],
            &["IMR Case CM17-0012345", "IMR Case CM17-0067890"],
        );
    }

    #[test]
    fn a_line_that_says_its_page_ends_a_page_of_copied_text() {
        let (text, running) =
            clear("One\nline.\n\nPage 1 of 2\n\nTwo\nlines\nhere.\n\nPage 2 of 2");
        let words: Vec<&str> = text.split('\u{c}').map(str::trim).collect();
        assert_eq!(
            (&words[..], running.len()),
            (&["One\nline.", "Two\nlines\nhere.", ""][..], 0)
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
