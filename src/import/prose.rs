//! Values as extractions leave them, mended: lines joined, words put together again, paragraphs kept, page breaks forgotten.

/// One line of text: all white space is one space.
#[must_use]
pub fn line(text: &str) -> String {
    joined(text.lines().map(single_spaced))
}

/// Paragraphs, a blank line between them. A blank line in the middle of a sentence is a page's end and not a paragraph's.
#[must_use]
pub fn paragraphs(text: &str) -> String {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut stretch: Vec<String> = Vec::new();
    let text = text.replace('\u{c}', "\n\n");
    for line in text.lines().map(single_spaced) {
        if line.is_empty() {
            continue_or_end(&mut paragraphs, &mut stretch);
        } else {
            stretch.push(line);
        }
    }
    continue_or_end(&mut paragraphs, &mut stretch);
    paragraphs.join("\n\n")
}

fn single_spaced(line: &str) -> String {
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A stretch of lines ends: it begins a paragraph, or goes on with the one before where that was not at its end.
fn continue_or_end(paragraphs: &mut Vec<String>, lines: &mut Vec<String>) {
    if lines.is_empty() {
        return;
    }
    let stretch = joined(lines.drain(..));
    let goes_on = |before: &String| !ends_sentence(before) || stretch.starts_with(|c: char| c.is_lowercase());
    match paragraphs.last_mut().filter(|before| goes_on(before)) {
        Some(before) => *before = joined([before.clone(), stretch].into_iter()),
        None => paragraphs.push(stretch),
    }
}

/// Whether a text could end here.
#[must_use]
pub fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end().trim_end_matches(['"', '”', '\'', '’', ')', ']']);
    text.ends_with(['.', '!', '?', ':', ';'])
}

/// Lines with a space between them, but none behind a hyphen at which a word was broken.
fn joined(lines: impl Iterator<Item = String>) -> String {
    let mut text = String::new();
    for line in lines.filter(|line| !line.is_empty()) {
        let is_broken = text.ends_with('-') && text.chars().nth_back(1).is_some_and(char::is_alphanumeric);
        if !text.is_empty() && !is_broken {
            text.push(' ');
        }
        text.push_str(&line);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_joined_and_paragraphs_kept() {
        for (given, expected) in [
            ("one\n two", "one two"),
            ("One.\n\nTwo.", "One.\n\nTwo."),
            ("in the middle\n\nof a sentence.", "in the middle of a sentence."),
            ("One.\u{c}\nTwo.", "One.\n\nTwo."),
            ("the left\u{c}shoulder.", "the left shoulder."),
            ("follow-\nup", "follow-up"),
            ("C6-7 - C7", "C6-7 - C7"),
            ("low back pain- s/p fusion", "low back pain- s/p fusion"),
        ] {
            assert_eq!(paragraphs(given), expected, "{given:?}");
        }
    }
}
