//! What mail and editors put around a text's lines: marks of a quotation, numbers, a blank
//! line after each.

use super::hyphens;

/// Fewer lines can have marks of their own.
const FEWEST: usize = 8;

/// A text without what was put around its lines, its broken words put together.
pub(super) fn cleared(text: String) -> String {
    let text = unquoted(text);
    let text = unnumbered(text);
    hyphens::softened(single_spaced(text))
}

fn filled(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}

/// Without the marks of a quoted mail, where most lines have them.
fn unquoted(text: String) -> String {
    let quoted = filled(&text).filter(|line| line.starts_with('>')).count();
    if quoted < FEWEST || quoted * 2 < filled(&text).count() {
        return text;
    }
    let is_quoted = |line: &&str| line.trim_start().starts_with('>');
    // What was written around it is none of the letter's sentences.
    let (letter, around): (Vec<&str>, Vec<&str>) = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .partition(is_quoted);
    let letter: Vec<&str> = letter
        .into_iter()
        .map(|line| line.trim_start().trim_start_matches(['>', ' ']))
        .collect();
    format!("{}\n\n{}", around.join("\n"), letter.join("\n"))
        .trim_start()
        .to_owned()
}

/// Without numbers before lines that count every line, or every one that is not blank.
fn unnumbered(text: String) -> String {
    if !is_numbered(&text) {
        return text;
    }
    map_lines(&text, |line| {
        let line = line.trim_start().trim_start_matches(|c: char| c.is_ascii_digit());
        line.strip_prefix([':', '.', '|']).unwrap_or(line).trim_start()
    })
}

fn is_numbered(text: &str) -> bool {
    let numbers: Option<Vec<usize>> = filled(text).map(leading_number).collect();
    let Some(numbers) = numbers else { return false };
    numbers.len() >= FEWEST && numbers.windows(2).all(|pair| pair[0] + 1 == pair[1])
}

/// The number that begins a line, set apart from what follows.
fn leading_number(line: &str) -> Option<usize> {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = line[..line.len() - rest.len()].parse().ok()?;
    let is_apart = rest.is_empty() || rest.starts_with([' ', '\t', ':', '|']);
    if is_apart { Some(number) } else { None }
}

/// Without blank lines, where each line has one after it, in the middle of sentences too.
fn single_spaced(text: String) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let (mut filled, mut doubled, mut within) = (0, 0, 0);
    for (at, line) in lines.iter().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let is_blank =
            |at: usize| lines.get(at).is_none_or(|line| line.trim().is_empty());
        filled += 1;
        doubled += usize::from(is_blank(at + 1));
        let next = lines.get(at + 2).map_or("", |line| line.trim());
        within += usize::from(next.starts_with(|c: char| c.is_lowercase()));
    }
    if filled < FEWEST || doubled < filled || within * 5 < filled {
        return text;
    }
    let kept: Vec<&str> =
        lines.into_iter().filter(|line| !line.trim().is_empty()).collect();
    kept.join("\n")
}

fn map_lines<'a>(text: &'a str, line: impl Fn(&'a str) -> &'a str) -> String {
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(mark: impl Fn(usize, &str) -> String) {
        let text = "Case Number: 17\n\nHe has had pain of\nthe low back for\nthree \
            years, and he\nhas been seen by\nfour physicians in\nthat time, as well\nas by \
            a nurse.\n\nNext.";
        let lines = text.lines().enumerate();
        let marked: Vec<String> = lines.map(|(at, line)| mark(at + 1, line)).collect();
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(words(&cleared(marked.join("\n"))), words(text));
    }

    #[test]
    fn what_was_put_around_lines_is_taken_away() {
        check(|_, line| line.to_owned());
        check(|_, line| format!("> {line}"));
        check(|_, line| format!(">> {line}"));
        check(|number, line| format!("{number:>3}  {line}"));
        check(|number, line| format!("{number}: {line}"));
        check(
            |_, line| if line.is_empty() { String::new() } else { format!("{line}\n") },
        );
    }

    #[test]
    fn what_was_typed_stays() {
        for text in [
            "1 visit\n2 visits\n12 visits\n3 more",
            "> 5 mg\nof the drug",
            "One.\n\nTwo.\n\nThree.\n\nFour.\n\nFive.\n\nSix.\n\nSeven.\n\nEight.\n\nNine.",
        ] {
            assert_eq!(cleared(text.to_owned()), text);
        }
    }
}
