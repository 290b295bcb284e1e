//! Hyphens that a program put where it broke words at lines' ends: they become soft ones,
//! which say nothing. Hyphens that a writer typed stay.

use crate::spelling::Speller;

/// Shorter lines are no prose.
const PROSE: usize = 40;
/// Of so many lines of prose one ends in a broken word, or more do, where a program
/// breaks words; who types hyphens ends fewer lines with them.
const MOST_LINES: usize = 40;

/// The text with soft hyphens where its words were broken, if they were. The lists of
/// words are read only then: it takes longer than the letter.
pub(super) fn softened(text: String) -> String {
    let places = broken(&text);
    let lines = text.lines().filter(|line| line.chars().count() > PROSE).count();
    if places.is_empty() || places.len() * MOST_LINES < lines {
        return text;
    }
    let Ok(speller) = Speller::bundled() else { return text };
    let mut softened = text.clone();
    for place in places.into_iter().rev() {
        if is_one_word(&text, place, &speller) {
            softened.replace_range(place..=place, "\u{ad}");
        }
    }
    softened
}

/// Where hyphens end lines whose last word can go on in the next.
fn broken(text: &str) -> Vec<usize> {
    let mut places = Vec::new();
    for (place, _) in text.match_indices("-\n") {
        let goes_on = text[place + 2..].starts_with(|c: char| c.is_lowercase());
        if goes_on && text[..place].ends_with(char::is_alphabetic) {
            places.push(place);
        }
    }
    places
}

/// Whether the halves around a hyphen at a line's end are one word, and nobody writes it
/// with a hyphen.
fn is_one_word(text: &str, place: usize, speller: &Speller) -> bool {
    let (before, after) = (&text[..place], &text[place + 2..]);
    let start = before.rfind(|c: char| !c.is_alphabetic() && c != '-');
    let front = &before[start.map_or(0, |start| before.ceil_char_boundary(start + 1))..];
    let end = after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len());
    let back = &after[..end];
    let typed = format!("{front}-{back}");
    // "Anti-inflammatory" keeps its hyphen between two of the same letter.
    if front.chars().next_back() == back.chars().next()
        && front.ends_with(['a', 'e', 'i', 'o'])
    {
        return false;
    }
    // Words that end in "up" are written both ways.
    back != "up" && !text.contains(&typed) && speller.knows(&format!("{front}{back}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_were_broken_are_whole_again() {
        for (given, expected) in [
            ("He had conser-\nvative care.", "He had conser\u{ad}\nvative care."),
            ("There-\nfore it is", "There\u{ad}\nfore it is"),
            ("on follow-\nup he", "on follow-\nup he"),
            ("an anti-\ninflammatory drug", "an anti-\ninflammatory drug"),
            ("L4-\nL5 and 2-\n3 weeks", "L4-\nL5 and 2-\n3 weeks"),
            ("a re-\nsigned man who re-signed", "a re-\nsigned man who re-signed"),
        ] {
            assert_eq!(softened(given.to_owned()), expected);
        }
    }

    #[test]
    fn a_letter_whose_writer_types_hyphens_is_left_alone() {
        let line = "a line of prose that is as long as most lines of a letter are\n";
        let text = line.repeat(60) + "con-\nservative";
        assert_eq!(softened(text.clone()), text);
    }
}
