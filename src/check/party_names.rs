//! The names of the case file, wherever a text has them: the claimant's, the parties', and
//! the recipients'.

use regex::Regex;

use super::input::ReadText;
use super::names::Lead;
use super::text::first_piece;
use crate::diagnostic::TextRange;
use crate::letter::Letter;
use crate::spelling::is_plain_word;

/// What a party is called where nobody is named.
const NOBODY: &[&str] = &[
    "claims administrator",
    "employee",
    "employer",
    "applicant",
    "claimant",
    "injured worker",
    "patient",
    "unknown",
    "none",
    "not stated",
    "self",
    "provider",
    "physician",
    "attorney",
    "n/a",
];

/// Words behind a name that make it the name of a finding: "Baker's cyst".
const EPONYM_NOUNS: &[&str] = &[
    "cyst",
    "sign",
    "signs",
    "test",
    "testing",
    "disease",
    "syndrome",
    "fracture",
    "maneuver",
    "scale",
    "score",
    "index",
    "lesion",
    "tear",
    "procedure",
    "repair",
    "neuroma",
    "contracture",
    "palsy",
    "phenomenon",
    "criteria",
    "classification",
    "grade",
    "position",
    "view",
    "deformity",
    "thyroiditis",
    "inventory",
    "line",
    "angle",
    "osteotomy",
    "block",
    "impingement",
    "esophagus",
    "nodes",
    "node",
    "canal",
];

/// Words that say what a person does: a name before them is no plain word.
const DOINGS: &[&str] = &[
    "was",
    "is",
    "has",
    "had",
    "will",
    "reported",
    "reports",
    "stated",
    "states",
    "sustained",
    "complained",
    "complains",
    "underwent",
    "presented",
    "presents",
    "continues",
    "denied",
    "denies",
    "received",
    "works",
    "worked",
    "fell",
    "slipped",
    "returned",
    "saw",
    "takes",
    "took",
    "describes",
    "described",
    "injured",
    "said",
    "felt",
    "went",
    "lives",
    "rates",
    "rated",
    "notes",
    "requested",
    "asked",
    "wrote",
    "recommended",
    "prescribed",
    "examined",
    "did",
    "does",
];

/// What firms have at the end of their names and lose in speech.
const FIRM_ENDINGS: &[&str] = &[
    "company",
    "co",
    "inc",
    "llc",
    "corp",
    "corporation",
    "ltd",
    "lp",
    "llp",
    "plc",
    "pc",
    "incorporated",
    "limited",
    "group",
    "holdings",
];

/// A name of the case file.
pub(super) struct NamedParty {
    name: Regex,
    /// Names that stand for it by themselves, in capitals as names are.
    short_names: Vec<String>,
    what: String,
    instead: String,
}

/// The names of the case file that can stand in the texts, which are given in small
/// letters.
pub(super) fn named_parties(letter: &Letter, texts: &str) -> Vec<NamedParty> {
    let parties = &letter.parties;
    let claimant = format!("the {}", called(letter));
    let mut named = Vec::new();
    for (name, what, instead, is_person) in [
        (&parties.employee, "the claimant's name", claimant.as_str(), true),
        (
            &parties.provider,
            "the requesting physician's name",
            "the treating physician",
            true,
        ),
        (&parties.attorney, "the attorney's name", "the attorney", true),
        (&parties.employer, "the employer's name", "the employer", false),
        (
            &parties.claims_administrator,
            "the claims administrator's name",
            "the claims administrator",
            false,
        ),
        (&parties.claim_number, "the claim number", "the claim", false),
    ] {
        named.extend(party(name, texts, what, instead, is_person));
    }
    for recipient in &letter.recipients {
        let instead = match recipient.role.trim() {
            "" => "the recipient".to_owned(),
            role => format!("the {}", role.to_lowercase()),
        };
        named.extend(party(
            &recipient.name,
            texts,
            "a recipient's name",
            &instead,
            false,
        ));
    }
    named
}

/// The name as it begins, without degrees and address; none where nobody is named.
fn party(
    typed: &str,
    texts: &str,
    what: &str,
    instead: &str,
    is_person: bool,
) -> Option<NamedParty> {
    const SHORTEST: usize = 4;
    let name = first_piece(typed, |c| matches!(c, ',' | '\n')).trim();
    if name.chars().count() < SHORTEST || NOBODY.contains(&name.to_lowercase().as_str()) {
        return None;
    }
    let mut words: Vec<&str> = name.split_whitespace().collect();
    // Nearly no letter has one, and an expression costs more than all texts.
    if !words.iter().any(|word| texts.contains(&word.to_lowercase())) {
        return None;
    }
    let mut ending = "";
    while let [_, .., last] = words[..]
        && !is_person
        && FIRM_ENDINGS.contains(&&*last.trim_end_matches('.').to_lowercase())
    {
        ending = last;
        words.pop();
    }
    let short_names = short_names(&words, what, is_person);
    if let [alone] = words[..]
        && !ending.is_empty()
    {
        // "Apple" of "Apple Inc." is a word as well.
        let whole = format!(r"{}\s+{}", regex::escape(alone), regex::escape(ending));
        let name = Regex::new(&format!("(?i)(?:^|{0}){whole}", edge(name))).ok()?;
        let short_names = vec![alone.to_owned()];
        return Some(NamedParty {
            name,
            short_names,
            what: what.into(),
            instead: instead.into(),
        });
    }
    let escaped: Vec<String> = words.iter().map(|word| regex::escape(word)).collect();
    let (edge, mut escaped) = (edge(name), escaped.join(r"\s+"));
    if !ending.is_empty() {
        escaped += &format!(r"(?:,?\s+{})?", regex::escape(ending));
    }
    let pattern = format!(r"(?i)(?:^|{edge}){escaped}(?:{edge}|$)");
    let name = Regex::new(&pattern).ok()?;
    Some(NamedParty { name, short_names, what: what.into(), instead: instead.into() })
}

/// The surname, and of the claimant the given name, if they are long enough to be told
/// from other words.
fn short_names(words: &[&str], what: &str, is_person: bool) -> Vec<String> {
    const SHORTEST: usize = 4;
    let mut names = Vec::new();
    let [first, .., last] = words else { return names };
    if !is_person {
        return names;
    }
    let is_long = |word: &str| {
        let length = word.chars().count();
        length >= SHORTEST
            || length == SHORTEST - 1 && !is_plain_word(&word.to_lowercase())
    };
    if is_long(last) {
        names.extend([(*last).to_owned(), last.to_uppercase()]);
    }
    if what.contains("claimant")
        && is_long(first)
        && !is_plain_word(&first.to_lowercase())
    {
        names.push((*first).to_owned());
    }
    names
}

/// What stands where a name begins and ends: the edge of a word, of English where that
/// will do, which is quicker.
pub(super) fn edge(name: &str) -> &'static str {
    if name.is_ascii() { r"(?-u:\b)" } else { r"\b" }
}

/// The letter's own word for the claimant.
pub(super) fn called(letter: &Letter) -> &'static str {
    let summary = letter.summary.to_lowercase();
    let words = ["claimant", "applicant", "injured worker", "patient"];
    let mut first = (usize::MAX, "claimant");
    for word in words {
        if let Some(at) = summary.find(word) {
            first = first.min((at, word));
        }
    }
    first.1
}

pub(super) fn party_names(
    text: &ReadText<'_>,
    parties: &[NamedParty],
    leads: &mut Vec<Lead>,
) {
    for party in parties {
        let mut found: Vec<TextRange> = party
            .name
            .find_iter(text.text)
            .map(|name| name.range().into())
            .collect();
        for name in &party.short_names {
            found.extend(names_alone(text, name));
        }
        for range in found {
            let (what, instead) = (party.what.clone(), party.instead.clone());
            leads.push(Lead { range, what, instead: Some(instead) });
        }
    }
}

/// A name by itself, in capitals as names are. Where it is a word as well, one that the
/// text also writes small is no name, nor is one at the beginning of a sentence that does
/// not go on with what somebody did; Baker in "Baker's cyst" never is.
fn names_alone(text: &ReadText<'_>, name: &str) -> Vec<TextRange> {
    if !text.text.contains(name) || !name.starts_with(char::is_uppercase) {
        return Vec::new();
    }
    let small = name.to_lowercase();
    let is_word = is_plain_word(&small);
    let words = text.words();
    if is_word && words.iter().any(|&word| text.text[word] == small) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (at, &range) in words.iter().enumerate() {
        let word = &text.text[range];
        let owner = word.strip_suffix("'s").or_else(|| word.strip_suffix("\u{2019}s"));
        if owner.unwrap_or(word) != name {
            continue;
        }
        let next = words.get(at + 1).map_or("", |&next| &text.text[next]);
        let does = DOINGS.contains(&next) || owner.is_some();
        let is_name = !is_word || does || !text.starts_sentence(range.start);
        if is_name && !EPONYM_NOUNS.contains(&&*next.to_lowercase()) {
            found.push(TextRange { start: range.start, end: range.start + name.len() });
        }
    }
    found
}
