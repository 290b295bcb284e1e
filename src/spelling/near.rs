//! Words that are one slip away from another: two letters changed about, one doubled,
//! left out, put in or mistaken, or a blank left out.

/// The alphabet that is tried; suggestions with other letters come from the slow way.
const LETTERS: std::ops::RangeInclusive<char> = 'a'..='z';

/// As long as words are at most for which trying every slip is quick.
const LONGEST: usize = 24;

/// The right words one slip away, the likeliest slips first.
pub(super) fn nearest(word: &str, is_right: impl Fn(&str) -> bool) -> Vec<String> {
    let small: Vec<char> = word.to_lowercase().chars().collect();
    if small.len() > LONGEST || small.len() < 3 {
        return Vec::new();
    }
    let mut found: Vec<String> = Vec::new();
    let ways = [
        swapped(&small),
        mistaken(&small, is_vowel),
        shortened(&small),
        lengthened(&small),
        mistaken(&small, |_| true),
        parted(&small),
    ];
    for candidate in ways.into_iter().flatten() {
        let is_new = !found.contains(&candidate);
        if is_new && candidate.split(' ').all(&is_right) {
            found.push(candidate);
        }
    }
    found.into_iter().map(|candidate| cased_as(word, candidate)).collect()
}

/// The words of a list that are at most two slips away, the nearest first.
pub(super) fn of<'a>(word: &str, list: impl Iterator<Item = &'a str>) -> Vec<String> {
    let small = word.to_lowercase();
    let near =
        list.map(|own| (strsim::damerau_levenshtein(&small, &own.to_lowercase()), own));
    let mut near: Vec<_> = near.filter(|(slips, _)| *slips <= 2).collect();
    near.sort_unstable();
    near.into_iter()
        .map(|(_, own)| cased_as(word, own.to_owned()))
        .collect()
}

fn swapped(word: &[char]) -> Vec<String> {
    let swap = |at: usize| {
        let mut other = word.to_vec();
        other.swap(at, at + 1);
        other.into_iter().collect()
    };
    (0..word.len() - 1)
        .filter(|&at| word[at] != word[at + 1])
        .map(swap)
        .collect()
}

fn shortened(word: &[char]) -> Vec<String> {
    (0..word.len())
        .map(|at| [&word[..at], &word[at + 1..]].concat().into_iter().collect())
        .collect()
}

fn lengthened(word: &[char]) -> Vec<String> {
    let with = |at: usize, letter| {
        [&word[..at], &[letter], &word[at..]].concat().into_iter().collect()
    };
    (0..=word.len())
        .flat_map(|at| LETTERS.map(move |letter| with(at, letter)))
        .collect()
}

/// With one letter for another, both of which are such.
fn mistaken(word: &[char], is_such: impl Fn(char) -> bool + Copy) -> Vec<String> {
    let with = |at: usize, letter| {
        [&word[..at], &[letter], &word[at + 1..]]
            .concat()
            .into_iter()
            .collect()
    };
    let others = |at: usize| {
        LETTERS
            .filter(move |letter| is_such(*letter))
            .map(move |letter| with(at, letter))
    };
    (0..word.len())
        .filter(|at| is_such(word[*at]))
        .flat_map(others)
        .collect()
}

/// Vowels are taken for each other more often than other letters.
fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

fn parted(word: &[char]) -> Vec<String> {
    let part =
        |at: usize| [&word[..at], &[' '], &word[at..]].concat().into_iter().collect();
    // A single letter, or two, split off would make words of many slips.
    (3..word.len().saturating_sub(2)).map(part).collect()
}

/// With capitals as the word had them.
fn cased_as(word: &str, candidate: String) -> String {
    let is_loud = word.chars().all(|c| !c.is_lowercase());
    let mut letters = candidate.chars();
    match letters.next() {
        // A name keeps its capitals.
        _ if candidate.contains(char::is_uppercase) => candidate,
        _ if is_loud => candidate.to_uppercase(),
        Some(first) if word.starts_with(char::is_uppercase) => {
            first.to_uppercase().chain(letters).collect()
        }
        _ => candidate,
    }
}
