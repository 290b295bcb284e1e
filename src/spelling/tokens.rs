//! The words of a text that are worth looking up, and those that are left alone.

use std::ops::Range;

/// A piece of a text that should be a word.
pub(super) struct Token {
    /// In bytes.
    pub range: Range<usize>,
    /// Whether a hyphen follows: then it may be a beginning such as `thoraco`.
    pub is_first: bool,
    /// The words joined by hyphens that it is one of, in bytes; itself where it is alone.
    pub whole: Range<usize>,
}

/// The words of a text; of words joined by hyphens each by itself. Words with figures in
/// them are none.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    for chunk in stretches(text, 0..text.len(), |c| !c.is_whitespace()) {
        if is_address(&text[chunk.clone()]) {
            continue;
        }
        for run in stretches(text, chunk, |c| is_of_word(c) || is_hyphen(c)) {
            add_tokens_of(text, run, &mut tokens);
        }
    }
    tokens
}

/// What is longer is no word, and looking for one in it would take a step for each pair
/// of its letters.
const LONGEST_WORD: usize = 100;

/// Adds the words of a run of letters and hyphens.
fn add_tokens_of(text: &str, run: Range<usize>, tokens: &mut Vec<Token>) {
    let whole = without_marks(text, run.clone());
    for piece in stretches(text, run, is_of_word) {
        let is_first = text[piece.end..].starts_with(|c| is_hyphen(c) || c == '/');
        let range = without_marks(text, piece);
        let word = &text[range.clone()];
        let is_word = word.len() <= LONGEST_WORD
            && !word.contains(|c: char| c.is_numeric() || c == '_')
            && word.chars().nth(1).is_some();
        if is_word {
            tokens.push(Token { range, is_first, whole: whole.clone() });
        }
    }
}

/// Abbreviations, numbers in Roman figures, and words with letters that English lacks:
/// names, mostly, and units.
pub(super) fn is_left_alone(word: &str) -> bool {
    // Longer words in capitals are words.
    const LONGEST_ABBREVIATION: usize = 6;
    let letters = word.strip_suffix('s').unwrap_or(word);
    let is_short = letters.chars().count() <= LONGEST_ABBREVIATION;
    (is_short && letters.chars().all(char::is_uppercase))
        || is_roman(word)
        || word.contains(|c: char| !c.is_ascii())
}

/// Whether a word is an abbreviation that a small letter begins, such as "rTMS"; "aMRI"
/// lacks a space.
pub(super) fn is_small_abbreviation(word: &str) -> bool {
    const LONGEST: usize = 6;
    let small = |c: char| c.is_lowercase() && c != 'a';
    let Some(capitals) = word.strip_suffix('s').unwrap_or(word).strip_prefix(small)
    else {
        return false;
    };
    (2..LONGEST).contains(&capitals.len()) && capitals.chars().all(char::is_uppercase)
}

/// Whether a word is a brand by how it is written, as "`SmartPill`". Words that
/// a request may end with, such as "brace", are not among the endings: before them, a
/// space is missing.
pub(super) fn is_brand(word: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "Aid", "Balance", "Bond", "Bridge", "Care", "Cath", "Click", "Cool", "Curve",
        "Derm", "Drive", "Dx", "Ease", "Fit", "Fix", "Flex", "Flow", "Form", "Gen",
        "Graft", "Grip", "Guard", "Haler", "Link", "Lok", "Loc", "Lock", "Lux", "Max",
        "Med", "Nail", "Pak", "Pill", "Plus", "Pod", "Pro", "Pulse", "Rx", "Safe",
        "Scope", "Seal", "Sense", "Space", "Step", "Stim", "Sure", "Tak", "Tec", "Tech",
        "Tek", "Therm", "Touch", "Trac", "Trak", "Vue", "Walk", "Wave", "Wear", "Wrap",
    ];
    const SHORTEST_BEGINNING: usize = 3;
    let Some(at) = word.rfind(char::is_uppercase) else { return false };
    let (beginning, ending) = word.split_at(at);
    let mut letters = beginning.chars();
    beginning.len() >= SHORTEST_BEGINNING
        && letters.next().is_some_and(char::is_uppercase)
        && letters.all(char::is_lowercase)
        && ENDINGS.contains(&ending)
}

/// Whether the word is the four letters that the FDA adds to the name of a biologic, such
/// as "bevacizumab-awwb".
pub(super) fn is_suffix_of_biologic(text: &str, token: &Token) -> bool {
    const BIOLOGICS: &[&str] = &[
        "mab", "cept", "vec", "leucel", "stim", "ase", "alfa", "aspart", "glargine",
        "lispro", "tropin", "tecan", "tansine", "dotin", "gamicin", "fusp", "parvovec",
        "kin", "toxin",
    ];
    let suffix = &text[token.range.clone()];
    let before = text[token.whole.start..token.range.start].trim_end_matches(is_hyphen);
    suffix.len() == 4
        && suffix.chars().all(|c| c.is_ascii_lowercase())
        && token.range.end == token.whole.end
        && token.whole.start < token.range.start
        && BIOLOGICS.iter().any(|ending| before.ends_with(ending))
}

/// Whether somebody made up the word's capitals, as those of the trial `ATTRibute`.
pub(super) fn is_coined(word: &str) -> bool {
    const FEWEST: usize = 3;
    let letters = word.strip_suffix('s').unwrap_or(word);
    let capitals = letters.chars().filter(|c| c.is_uppercase()).count();
    capitals >= FEWEST && letters.contains(char::is_lowercase)
}

/// Whether a capital stands within the word, and small letters before it, as in "`ProKera`".
pub(super) fn has_inner_capital(word: &str) -> bool {
    let small = word.find(char::is_lowercase).unwrap_or(word.len());
    word[small..].find(char::is_uppercase).is_some_and(|at| at > 1)
}

/// Whether a word is cut short by a period that ends no sentence, as in "atyp. angina".
pub(super) fn is_cut_short(text: &str, range: &Range<usize>) -> bool {
    const LONGEST: usize = 5;
    let Some(after) = text[range.end..].strip_prefix('.') else { return false };
    let next = after.trim_start_matches(' ');
    range.len() <= LONGEST
        && next.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit() || c == ',')
}

/// Whether a word's capitals are rather those of a name than of a sentence's beginning:
/// they stand within the sentence, as in "the Example operation", or within the word.
pub(super) fn is_like_a_name(text: &str, range: &Range<usize>) -> bool {
    let mut capitals =
        text[range.clone()].char_indices().filter(|(_, c)| c.is_uppercase());
    let Some((first, _)) = capitals.next() else { return false };
    let before = text[..range.start].trim_end_matches([' ', '(', '"', '\u{201c}']);
    let previous = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let previous = previous.strip_suffix(',').unwrap_or(previous);
    // After a capital it may be a word of a title.
    let is_within =
        !previous.starts_with(char::is_uppercase) && previous.ends_with(is_of_word);
    first > 0 || capitals.next().is_some() || is_within
}

/// Whether the words around make this one a name: "Dr. Example", "Example et al.",
/// "(Example, 2006)", "Example J,".
pub(super) fn is_name(text: &str, range: &Range<usize>) -> bool {
    const TITLES: &[&str] = &["Dr.", "Drs.", "Dr", "Mr.", "Mrs.", "Ms.", "Prof."];
    const AFTER: &[&str] = &[
        " et al",
        ", et al",
        " and colleagues",
        " and coworkers",
        " and others",
        ", M.D",
        ", MD",
        " MD",
        ", D.O",
        ", DO",
        ", D.C",
        ", Ph",
    ];
    if !text[range.start..].starts_with(char::is_uppercase) {
        return false;
    }
    let before = text[..range.start].trim_end();
    let after = &text[range.end..];
    let title = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    TITLES.contains(&title)
        || AFTER.iter().any(|ending| after.starts_with(ending))
        || is_before_initials(before, after)
        || is_in_citation(before, after)
}

/// Whether the word is somebody's after whom a sign, a test, or the like is called:
/// "Example's sign", "the Example test".
pub(super) fn is_named_after(text: &str, range: &Range<usize>) -> bool {
    const CALLED: &[&str] = &[
        "sign",
        "signs",
        "test",
        "tests",
        "testing",
        "maneuver",
        "maneuvers",
        "syndrome",
        "disease",
        "fracture",
        "classification",
        "scale",
        "score",
        "grade",
        "procedure",
        "technique",
        "index",
        "phenomenon",
        "reflex",
        "contracture",
        "deformity",
        "nodes",
        "frame",
        "brace",
        "splint",
        "approach",
        "criteria",
        "view",
    ];
    let word = &text[range.clone()];
    let is_capitalized =
        word.starts_with(char::is_uppercase) && word.contains(char::is_lowercase);
    let after = &text[range.end..];
    let after = after
        .strip_prefix("'s")
        .or(after.strip_prefix("\u{2019}s"))
        .unwrap_or(after);
    let next = after.strip_prefix(' ').unwrap_or_default();
    let next = next.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    is_capitalized && CALLED.contains(&next)
}

/// Whether initials follow as in lists of authors: "Example JR, Sample-Example D." and,
/// after another author, "Sample EX found".
fn is_before_initials(before: &str, after: &str) -> bool {
    let after = after.trim_start_matches(|c: char| is_of_word(c) || is_hyphen(c));
    let Some(rest) = after.strip_prefix(' ') else { return false };
    let next = rest.trim_start_matches(char::is_uppercase);
    let is_last = is_after_author(before) && !next.starts_with(char::is_alphanumeric);
    (1..=2).contains(&(rest.len() - next.len()))
        && (is_last || next.starts_with([',', '.', ';']))
}

/// Whether the initials of an author stand before: "Example JR, Sample D, and van".
fn is_after_author(before: &str) -> bool {
    const BETWEEN: &[&str] = &["and", "&", "van", "von", "de", "der", "den", "la", "ter"];
    let mut words = before.split_whitespace().rev();
    let initials = words.find(|word| !BETWEEN.contains(word));
    initials.and_then(|word| word.strip_suffix(',')).is_some_and(|word| {
        (1..=2).contains(&word.len()) && word.chars().all(|c| c.is_ascii_uppercase())
    })
}

/// Whether the word is in brackets that are short and hold a year.
fn is_in_citation(before: &str, after: &str) -> bool {
    // As long as the authors of a work and its year are at most, as guidelines cite them.
    const LONGEST: usize = 80;
    let opened = before.rsplit(['(', ')']).next().unwrap_or_default();
    let closed = after.split(['(', ')']).next().unwrap_or_default();
    let is_bracketed = before[..before.len() - opened.len()].ends_with('(')
        && after[closed.len()..].starts_with(')');
    is_bracketed
        && opened.len() + closed.len() <= LONGEST
        && (has_year(opened) || has_year(closed))
}

fn has_year(words: &str) -> bool {
    words.split(|c: char| !c.is_ascii_digit()).any(is_year)
}

fn is_year(figures: &str) -> bool {
    figures.len() == 4 && (figures.starts_with("19") || figures.starts_with("20"))
}

/// The longest stretches of characters within a range for which this holds.
fn stretches(
    text: &str,
    within: Range<usize>,
    holds: impl Fn(char) -> bool,
) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut begun = None;
    for (at, character) in text[within.clone()].char_indices() {
        match (begun, holds(character)) {
            (None, true) => begun = Some(within.start + at),
            (Some(start), false) => {
                found.push(start..within.start + at);
                begun = None;
            }
            (None, false) | (Some(_), true) => {}
        }
    }
    if let Some(start) = begun {
        found.push(start..within.end);
    }
    found
}

fn is_of_word(character: char) -> bool {
    character.is_alphanumeric()
        || matches!(character, '\'' | '\u{2019}' | '_')
        || is_accent(character)
}

/// An accent that stands by itself behind its letter, as macOS writes it.
fn is_accent(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}')
}

fn is_hyphen(character: char) -> bool {
    matches!(character, '-' | '\u{2010}' | '\u{2011}')
}

/// Without the quotation marks around it and the ending of an owner; an apostrophe within
/// stays.
fn without_marks(text: &str, run: Range<usize>) -> Range<usize> {
    let word = text[run.clone()].trim_end_matches(is_mark);
    let trimmed = word.trim_start_matches(is_mark);
    let start = run.start + (word.len() - trimmed.len());
    let owner = ["'s", "\u{2019}s", "'S", "\u{2019}S"]
        .iter()
        .find_map(|ending| trimmed.strip_suffix(ending))
        .unwrap_or(trimmed);
    start..start + owner.len()
}

fn is_mark(character: char) -> bool {
    matches!(character, '\'' | '\u{2019}') || is_hyphen(character)
}

fn is_address(chunk: &str) -> bool {
    const ENDINGS: &[&str] = &[".com", ".org", ".gov", ".edu", ".net", ".htm"];
    const BEGUN_PATHS: &[&str] = &[".com/", ".org/", ".gov/", ".edu/"];
    let chunk = chunk.trim_end_matches(['.', ',', ';', ')']);
    chunk.contains("://")
        || chunk.contains('@')
        || chunk.contains("www.")
        || ENDINGS.iter().any(|ending| chunk.ends_with(ending))
        || BEGUN_PATHS.iter().any(|path| chunk.contains(path))
}

/// "iv", or a stage such as "`IIb`".
fn is_roman(word: &str) -> bool {
    let stage = word.strip_suffix(['a', 'b', 'c', 'd']).unwrap_or_default();
    let is_stage =
        !stage.is_empty() && stage.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    is_stage || word.len() <= 5 && word.chars().all(|c| matches!(c, 'i' | 'v' | 'x'))
}
