//! Words that are one slip away from another: two letters changed about, one doubled,
//! left out, put in or mistaken, or a space left out.

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
    for way in ways {
        for candidate in way {
            if !found.contains(&candidate) && candidate.split(' ').all(&is_right) {
                found.push(candidate);
            }
        }
    }
    found.into_iter().map(|candidate| cased_as(word, candidate)).collect()
}

/// The words of a list that are at most two slips away, the nearest first.
pub(super) fn within_two_slips<'a>(
    word: &str,
    list: impl Iterator<Item = &'a str>,
) -> Vec<String> {
    let small = word.to_lowercase();
    let mut near = Vec::new();
    for candidate in list {
        let slips = strsim::damerau_levenshtein(&small, &candidate.to_lowercase());
        if slips <= 2 {
            near.push((slips, candidate));
        }
    }
    near.sort_unstable();
    near.into_iter()
        .map(|(_, candidate)| cased_as(word, candidate.to_owned()))
        .collect()
}

fn swapped(word: &[char]) -> Vec<String> {
    let mut found = Vec::new();
    for at in 0..word.len() - 1 {
        if word[at] != word[at + 1] {
            let mut other = word.to_vec();
            other.swap(at, at + 1);
            found.push(other.into_iter().collect());
        }
    }
    found
}

fn shortened(word: &[char]) -> Vec<String> {
    (0..word.len())
        .map(|at| spliced(&word[..at], None, &word[at + 1..]))
        .collect()
}

fn lengthened(word: &[char]) -> Vec<String> {
    let mut found = Vec::new();
    for at in 0..=word.len() {
        for letter in LETTERS {
            found.push(spliced(&word[..at], Some(letter), &word[at..]));
        }
    }
    found
}

/// With one letter for another, both of which are such.
fn mistaken(word: &[char], is_such: impl Fn(char) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for at in 0..word.len() {
        if !is_such(word[at]) {
            continue;
        }
        for letter in LETTERS {
            if is_such(letter) {
                found.push(spliced(&word[..at], Some(letter), &word[at + 1..]));
            }
        }
    }
    found
}

fn parted(word: &[char]) -> Vec<String> {
    // A single letter, or two, split off would make words of many slips.
    (3..word.len().saturating_sub(2))
        .map(|at| spliced(&word[..at], Some(' '), &word[at..]))
        .collect()
}

fn spliced(before: &[char], letter: Option<char>, after: &[char]) -> String {
    before
        .iter()
        .copied()
        .chain(letter)
        .chain(after.iter().copied())
        .collect()
}

/// Vowels are taken for each other more often than other letters.
fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
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
