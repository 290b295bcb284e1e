//! Pasted text as a letter can have it: without what no reader sees, and with the lines of
//! a page joined into paragraphs.

/// A line this long may have been broken by the page it was on.
const LONG: usize = 40;

/// Lines of a page differ by so much: a word that was moved to the next, more or less.
const SLACK: usize = 10;

/// Removes soft hyphens and control characters, and writes bullets, line ends and spaces
/// plainly.
pub(in crate::app) fn cleaned(text: &str) -> String {
    let text = text
        .replace("\r\n", "\n")
        .replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    let mut clean = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            // Soft hyphens, and characters without a width.
            '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'
            | '\u{feff}' => {}
            // Word's own bullets are of a typeface of signs.
            '\u{f0b7}' | '\u{f0a7}' | '\u{25cf}' | '\u{25aa}' => clean.push('\u{2022}'),
            '\t' | '\u{a0}' | '\u{202f}' | '\u{2002}'..='\u{200a}' => clean.push(' '),
            '\u{fb00}' => clean.push_str("ff"),
            '\u{fb01}' => clean.push_str("fi"),
            '\u{fb02}' => clean.push_str("fl"),
            '\u{fb03}' => clean.push_str("ffi"),
            '\u{fb04}' => clean.push_str("ffl"),
            '\n' => clean.push('\n'),
            c if c.is_control() => {}
            c => clean.push(c),
        }
    }
    clean
}

/// Joins lines that a page has broken, and words that it has parted; what begins a paragraph
/// or a point of a list stays a line of its own.
pub(in crate::app) fn joined(text: &str, is_word: impl Fn(&str) -> bool) -> String {
    let lines: Vec<&str> = text.split('\n').map(str::trim_end).collect();
    let longest = lines.iter().map(|line| line.chars().count()).max().unwrap_or(0);
    let mut joined = String::with_capacity(text.len());
    for (place, line) in lines.iter().enumerate() {
        if place > 0 {
            let before = lines[place - 1];
            if !is_broken(before, line, longest) {
                joined.push('\n');
            } else if let Some((first, rest)) = halves(before, line) {
                let is_one = is_word(&format!("{first}{rest}"));
                if is_one && !(is_word(first) && is_word(rest)) {
                    joined.pop();
                }
            } else {
                joined.push(' ');
            }
        }
        let is_joined = place > 0 && is_broken(lines[place - 1], line, longest);
        joined.push_str(if is_joined { line.trim_start() } else { line });
    }
    joined
}

/// Whether a line goes on in the next: it is nearly as long as the longest, and the next is
/// neither empty nor a point of a list.
fn is_broken(before: &str, next: &str, longest: usize) -> bool {
    let length = before.chars().count();
    let first = next.trim_start().split(' ').next().unwrap_or_default();
    // The first word of the next line would not have fitted into this one.
    let has_no_room = length + first.chars().count() + SLACK >= longest;
    length >= LONG && has_no_room && !first.is_empty() && !begins_point(first)
}

/// What is before and after a hyphen at the end of a line: `follow-` and `up` have it in
/// their middle anywhere, `diag-` and `nosis` only there.
fn halves<'a>(before: &'a str, next: &'a str) -> Option<(&'a str, &'a str)> {
    let is_apart = |c: char| !c.is_alphanumeric();
    let (first, rest) = (before.strip_suffix('-')?, next.trim_start());
    let first = first.rsplit(is_apart).next().filter(|half| !half.is_empty())?;
    let rest = rest.split(is_apart).next().filter(|half| !half.is_empty())?;
    Some((first, rest))
}

/// A bullet, a number or a letter with a mark behind it.
fn begins_point(word: &str) -> bool {
    let is_bullet = matches!(word, "\u{2022}" | "-" | "*" | "\u{2013}" | "o");
    let Some(number) = word.strip_suffix(['.', ')']) else {
        return is_bullet || word.starts_with('\u{2022}');
    };
    let number = number.trim_start_matches('(');
    let is_number = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit());
    is_number || (number.len() == 1 && word.ends_with(')'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pasted: &str, expected: &str) {
        let is_word =
            |word: &str| ["follow", "up", "followup", "diagnosed", "di"].contains(&word);
        assert_eq!(joined(&cleaned(pasted), is_word), expected);
    }

    #[test]
    fn lines_that_a_page_broke_are_joined_and_others_stay() {
        check(
            "The claimant is a 51-year-old female who sustained an\n\
             industrial injury. She was seen for a follow-\n\
             up visit on 3/26/2009 and reports low back pain in the\n\
             evening.\n\
             The examination shows tenderness.\n\n\
             A new paragraph.",
            "The claimant is a 51-year-old female who sustained an industrial injury. She \
             was seen for a follow-up visit on 3/26/2009 and reports low back pain in the \
             evening.\nThe examination shows tenderness.\n\nA new paragraph.",
        );
        check(
            "The claimant is a 51-year-old female who was di-\n\
             agnosed with a tear of the supraspinatus tendon.",
            "The claimant is a 51-year-old female who was diagnosed with a tear of the \
             supraspinatus tendon.",
        );
        check("Short\nlines\nstay", "Short\nlines\nstay");
    }

    #[test]
    fn points_of_a_list_stay_lines_of_their_own() {
        check(
            "The treatment so far includes all of the following:\r\n\
             \u{f0b7}\tphysical therapy, which was given for twelve visits\r\n\
             \u{f0b7}\tmedication\r\n\
             2) surgery of the lumbar spine with a fusion of L4-L5 in\r\n\
             the year 2012",
            "The treatment so far includes all of the following:\n\
             \u{2022} physical therapy, which was given for twelve visits\n\
             \u{2022} medication\n\
             2) surgery of the lumbar spine with a fusion of L4-L5 in the year 2012",
        );
    }

    #[test]
    fn what_no_reader_sees_is_removed() {
        check("im\u{ad}mune\u{200b} \u{fb01}ve\u{7}\u{a0}mg", "immune five mg");
        check("", "");
    }
}
