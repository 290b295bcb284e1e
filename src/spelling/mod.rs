//! Which words are spelled as they should be: English, medicine, drugs, what the trade
//! says, and a person's own words.
//!
//! Looking a word up costs less than a microsecond, so that every keystroke can.

mod lists;
mod near;
mod slips;
mod tokens;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::{Arc, LazyLock};

pub use self::lists::Error;
use self::lists::Lists;
use self::near::Guess;
use self::tokens::Token;
use crate::memo::{ENTRY, Memo};

/// Suggestions that one list can still be chosen from at a glance.
const MOST_SUGGESTIONS: usize = 5;

/// Shorter words are two slips away from many.
const TWO_SLIPS_FROM: usize = 5;

/// Word lists to look words up in; a copy costs next to nothing.
#[derive(Clone)]
pub struct Speller {
    lists: Arc<Lists>,
    /// A person's own words and those of lists on this machine.
    own: Arc<BTreeSet<String>>,
    /// Texts that were searched before: a keystroke changes one of many.
    searched: Arc<Memo<Vec<Range<usize>>>>,
    /// What was found for words before: the same ones are asked about at every keystroke.
    found: Arc<Memo<Near>>,
}

/// What a word that no list has may be meant as.
#[derive(Clone)]
pub struct Near {
    /// Right words, the likeliest first.
    pub words: Vec<String>,
    /// Whether it is likelier a slip for one of them than a word that is right.
    pub is_slip: bool,
}

impl Speller {
    /// The lists that the program carries with it.
    ///
    /// # Errors
    /// None in a released program: a test reads every list.
    pub fn bundled() -> Result<Self, Error> {
        Ok(Self::of(Arc::new(Lists::bundled()?), BTreeSet::new()))
    }

    /// The same lists with other words of one's own.
    pub fn with_own_words(&self, words: impl IntoIterator<Item = String>) -> Self {
        let words = words.into_iter().map(|word| plain(&word));
        Self::of(Arc::clone(&self.lists), words.collect())
    }

    /// The same lists, and one more word of one's own.
    pub fn with_own_word(&self, word: &str) -> Self {
        let own = self.own.iter().cloned().chain([plain(word)]).collect();
        Self::of(Arc::clone(&self.lists), own)
    }

    /// The characters (not bytes) of every word that no list has. Left alone are words
    /// with figures, short words in capitals, addresses of the web, whoever is cited or
    /// has a title such as "Dr.", and `names`, in small letters.
    pub fn misspelt(&self, text: &str, names: &BTreeSet<String>) -> Vec<Range<usize>> {
        self.searched.answer(&(text, names), || {
            let wrong = self.search(text, names);
            let weight = wrong.len() * size_of::<Range<usize>>();
            (wrong, weight + ENTRY)
        })
    }

    /// The next letter is searched: what the last ones did not have may be forgotten.
    pub fn begin_letter(&self) {
        self.searched.begin_letter();
        self.found.begin_letter();
    }

    fn search(&self, text: &str, names: &BTreeSet<String>) -> Vec<Range<usize>> {
        let mut wrong: Vec<Range<usize>> = Vec::new();
        for token in tokens::tokens(text) {
            if self.passes(text, &token, names) {
                continue;
            }
            let range =
                if self.is_torn(text, &token) { token.whole } else { token.range };
            if wrong.last() != Some(&range) {
                wrong.push(range);
            }
        }
        wrong
    }

    /// Whether a list has the word as it stands, or in small letters where it has
    /// capitals.
    pub fn knows(&self, word: &str) -> bool {
        let word = plain(word);
        let word = match word.strip_suffix("'s") {
            Some(owner) => owner,
            None => word.strip_suffix('\'').unwrap_or(&word),
        };
        self.has(word) || self.is_joined(word)
    }

    fn of(lists: Arc<Lists>, own: BTreeSet<String>) -> Self {
        let searched = Arc::new(Memo::of_weight(1 << 20));
        let found = Arc::new(Memo::of_weight(1 << 20));
        Self { lists, own: Arc::new(own), searched, found }
    }

    /// What a word of a text, at these bytes, may be meant as.
    pub fn near(&self, text: &str, range: Range<usize>) -> Near {
        let is_name = tokens::is_like_a_name(text, &range);
        let is_cut_short = tokens::is_cut_short(text, &range);
        let word = &text[range];
        let found = self
            .found
            .answer(&(word, is_name), || (self.guess(word, is_name), ENTRY));
        Near { is_slip: found.is_slip && !is_cut_short, ..found }
    }

    fn guess(&self, word: &str, is_name: bool) -> Near {
        let small = plain(word).to_lowercase();
        let is_likely = |guess: &Guess| guess.is_likely(&small, is_name);
        let mut guesses = self.guesses(&small, 1);
        let mut is_slip = guesses.iter().any(is_likely);
        if !is_slip && small.len() >= TWO_SLIPS_FROM {
            guesses = self.guesses(&small, 2);
            is_slip = guesses.iter().any(is_likely);
        }
        // A brand's own capitals: "ProKera", "DeeP".
        let is_cased = tokens::has_inner_capital(word) && !self.is_new(word);
        let is_slip = is_slip && !is_cased && !tokens::is_coined(word);
        guesses.sort_by_cached_key(Guess::unlikeliness);
        let mut words: Vec<String> = Vec::new();
        for guess in guesses {
            let guess = near::cased_as(word, &guess.word);
            if words.len() < MOST_SUGGESTIONS && !words.contains(&guess) {
                words.push(guess);
            }
        }
        Near { words, is_slip }
    }

    /// The words at most so many slips away, and the two that it falls into, in no order.
    fn guesses(&self, small: &str, most: u8) -> Vec<Guess> {
        let mut guesses = Vec::new();
        for known in self.lists.like(small, most) {
            guesses.push(Guess::new(small, known));
        }
        for own in self.own.iter() {
            if strsim::osa_distance(small, &own.to_lowercase()) <= usize::from(most) {
                guesses.push(Guess::own(small, own));
            }
        }
        for at in 2..small.len().saturating_sub(1) {
            guesses.extend(Guess::parted(&self.lists, small, at));
        }
        guesses
    }

    fn passes(&self, text: &str, token: &Token, names: &BTreeSet<String>) -> bool {
        let word = plain(&text[token.range.clone()]);
        // "Dx'd".
        let word = word.strip_suffix("'d").unwrap_or(&word);
        tokens::is_left_alone(word)
            || tokens::is_brand(word)
            || tokens::is_small_abbreviation(word) && self.is_new(word)
            || names.contains(&word.to_lowercase())
            || self.has(word)
            || (token.is_first && self.lists.begins(word))
            || self.is_joined(word)
            || tokens::is_suffix_of_biologic(text, token)
            || self.is_derived(&word.to_lowercase())
            || tokens::is_name(text, &token.range)
            || tokens::is_named_after(text, &token.range)
                && !self.is_near_another(word, 1 + u8::from(word.len() > TWO_SLIPS_FROM))
    }

    /// Whether no list has the word in whatever capitals: "mRI" is a slip.
    fn is_new(&self, word: &str) -> bool {
        self.lists.known(&word.to_lowercase()).is_none()
    }

    /// Whether a hyphen tears one word apart, as in "documen-tation".
    fn is_torn(&self, text: &str, token: &Token) -> bool {
        if token.whole == token.range {
            return false;
        }
        let mut joined = plain(&text[token.whole.clone()]);
        joined.retain(char::is_alphabetic);
        self.has(&joined)
    }

    fn has(&self, word: &str) -> bool {
        self.lists.has(word) || self.is_own(word)
    }

    fn is_own(&self, word: &str) -> bool {
        !self.own.is_empty()
            && (self.own.contains(word) || self.own.contains(&word.to_lowercase()))
    }

    /// Whether the word is a beginning such as `post` or `thoraco` and a word, or the
    /// ending of one such as `ectomy`.
    fn is_joined(&self, word: &str) -> bool {
        // As long as a word must be at least, so that no slip is taken for two pieces.
        const SHORTEST_REST: usize = 5;
        let small = word.to_lowercase();
        // "Reintervention": so short a beginning wants more of a word.
        if let Some(rest) = small.strip_prefix("re")
            && rest.len() > SHORTEST_REST
            && self.has(rest)
            && !self.is_slip_behind("re", &small)
        {
            return true;
        }
        // "Unstented", but not "unpatient", which is a slip.
        if let Some(rest) = small.strip_prefix("un")
            && rest.len() >= SHORTEST_REST
            && self.has(rest)
            && !self.is_near_another(&small, 1)
        {
            return true;
        }
        for end in 3..small.len().saturating_sub(2) {
            let Some((first, rest)) = small.split_at_checked(end) else { continue };
            let is_long = rest.len() >= SHORTEST_REST;
            let is_rest = || self.has(rest) || self.is_joined(rest);
            let is_ending = self.lists.ends(rest);
            if is_ending && self.begins_ending(first, rest)
                || is_ending
                    && self.is_stem(first, rest)
                    && !self.is_near_another(&small, 1)
                || is_long
                    && self.lists.begins(first)
                    && is_rest()
                    && !self.is_slip_behind(first, &small)
            {
                return true;
            }
        }
        false
    }

    /// Whether a word comes of one that the lists have by an ending of medicine, as
    /// "hyponatremic" of "hyponatremia".
    fn is_derived(&self, small: &str) -> bool {
        const ENDINGS: &[(&str, &str)] = &[
            ("s", ""),
            ("emic", "emia"),
            ("penic", "penia"),
            ("uric", "uria"),
            ("otic", "osis"),
            ("itic", "itis"),
            ("pathic", "pathy"),
            ("plegic", "plegia"),
            ("lytic", "lysis"),
            ("ate", "ation"),
            ("ated", "ation"),
            ("ates", "ation"),
            ("ating", "ation"),
            ("ations", "ation"),
            ("ically", "ic"),
            ("ally", "al"),
            ("arly", "ar"),
            ("ies", "y"),
            ("ses", "sis"),
            ("ability", "able"),
        ];
        // "Equipments" is a slip.
        const COMMON: u32 = 7;
        // "Publically" is a slip.
        const SHORTEST_STEM: usize = 5;
        ENDINGS.iter().any(|(ending, base)| {
            let Some(stem) = small.strip_suffix(ending) else { return false };
            let base = format!("{stem}{base}");
            let Some(known) = self.lists.known(&base) else { return false };
            stem.len() >= SHORTEST_STEM
                && (*ending != "s" || known.frequency() < COMMON)
                && self.lists.has(&base)
                && self.lists.like(small, 1).iter().all(|near| near.word == base)
        })
    }

    /// Whether an operation is called by what it is done to: "scalenectomy" by scalenes,
    /// "tuberoplasty" by a tuber.
    fn is_stem(&self, first: &str, ending: &str) -> bool {
        const SHORTEST_STEM: usize = 4;
        const SHORTEST_ENDING: usize = 5;
        const TAILS: [&str; 8] = ["", "e", "a", "um", "us", "is", "on", "al"];
        let is_open = ending.starts_with(['a', 'e', 'i', 'o', 'u']);
        let stem = if is_open { Some(first) } else { first.strip_suffix('o') };
        let Some(stem) = stem.filter(|stem| stem.len() >= SHORTEST_STEM) else {
            return false;
        };
        ending.len() >= SHORTEST_ENDING
            && TAILS.iter().any(|tail| self.lists.has(&format!("{stem}{tail}")))
    }

    /// Whether a word is so many slips from one of the lists at most.
    fn is_near_another(&self, word: &str, most: u8) -> bool {
        !self.lists.like(&word.to_lowercase(), most).is_empty()
    }

    /// Whether a word with this beginning has another one slip from it, as "myofacial"
    /// has "myofascial".
    fn is_slip_behind(&self, beginning: &str, small: &str) -> bool {
        let near = self.lists.like(small, 1);
        near.iter().any(|near| near.word.starts_with(beginning))
    }

    /// Whether the pieces of an operation's or a disease's name fit: before a vowel the
    /// beginning may lose its own.
    fn begins_ending(&self, first: &str, ending: &str) -> bool {
        let is_open = ending.starts_with(['a', 'e', 'i', 'o', 'u']);
        self.lists.begins(first) || is_open && self.lists.begins(&format!("{first}o"))
    }
}

static LISTS: LazyLock<Option<Lists>> = LazyLock::new(|| Lists::bundled().ok());

/// Whether a word in small letters is English or a term, whatever a person wants of
/// spelling; names are neither.
pub fn is_plain_word(small: &str) -> bool {
    match &*LISTS {
        Some(lists) => lists.has(small) && !small.contains(char::is_uppercase),
        None => false,
    }
}

/// Whether a word is somebody's name, such as Morgan, though it may be a word as well.
pub fn is_name(word: &str) -> bool {
    match &*LISTS {
        Some(lists) => lists.is_name(&word.to_lowercase()),
        None => false,
    }
}

/// With straight apostrophes, as the lists have them.
fn plain(word: &str) -> String {
    word.replace(['\u{2019}', '\u{2018}'], "'")
}

#[cfg(test)]
mod cases;
