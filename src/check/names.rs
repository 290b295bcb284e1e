//! Names, numbers and addresses that lead to a person in the public copy: the claimant's
//! and the parties'.

use std::cmp::Reverse;

use regex::{Captures, Regex};

use super::input::{FieldText, ReadText};
use super::text::{first_piece, is_within, last_piece, words};
use super::wording::capitalized;
use super::{Blocks, Finding, Findings, Input, Rule};
use crate::diagnostic::{Severity, TextRange};
use crate::letter::Letter;
use crate::template::Family;

pub(super) const RULES: &[Rule] = &[Rule {
    id: "L042",
    name: "names",
    severity: Severity::Error,
    family: Family::Privacy,
    summary: "Nothing in the text leads to the claimant or a party",
    help: "Determinations are published without names. Looks in the summary, titles \
        and rationales for birth dates, Social Security and telephone numbers, \
        addresses, the names and the number of the case file, and names behind Mr., \
        Ms. or Dr. or before a degree. Quotations, citations and eponyms are left \
        alone.",
    blocks: Blocks::Public,
    find: persons,
    ..Rule::DEFAULT
}];

pattern!(
    BIRTH,
    r"\b(?:D\.?O\.?B\.?|date of birth|birth ?date|born)",
    r"\s*(?:is|was|:|on|of)?\s*[:(]?\s*$"
);
pattern!(MAY_BE_BORN, r"\b(?:D\.?O\.?B|birth|born)");
pattern!(SOCIAL_SECURITY, r"\b\d{3}-\d{2}-\d{4}\b");
pattern!(TELEPHONE, r"(?:\(\d{3}\) ?|\b\d{3}[-. ])\d{3}[-.]\d{4}\b");
pattern!(E_MAIL, r"\b[a-z0-9._%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}\b");
pattern!(
    STREET,
    r"\b\d{1,6} (?:(?-i:[NSEW])\.? )?(?:(?-i:[A-Z])[a-z]+ ){1,3}",
    r"(?-i:Street|St\.|Avenue|Ave\.?|Road|Rd\.?|Boulevard|Blvd\.?|Drive|Lane|Ln\.|Way",
    r"|Court|Parkway|Pkwy)(?:[ ,.]|$)",
    r"|\bP\. ?O\. ?Box \d+|\bPO Box \d+"
);
pattern!(
    /// The two titles that are also other words stand in their usual letters alone: an MR
    /// arthrogram, MS Contin.
    TITLED,
    r"(?-i:\b(?P<title>Mr|Mrs|Ms|Dr)\.? ?",
    r"\b(?P<name>[A-Z][A-Za-z'\x{2019}-]+(?: [A-Z]\.)?(?: [A-Z][a-z'\x{2019}-]+)?))"
);
pattern!(
    CREDENTIALED,
    r"(?-i:\b(?P<name>[A-Z][a-z'\x{2019}-]+(?: [A-Z]\.?)?(?: [A-Z][a-z'\x{2019}-]+){0,2})",
    r", (?:M\.D\.|MD\b|D\.O\.|D\.C\.|D\.P\.M\.|DPM\b|Ph\.?D\b\.?|Psy\.?D\b\.?|PA-C\b",
    r"|L\.Ac\.))"
);
pattern!(
    CITATION,
    r"\bet al\b|https?:|\bwww\.|\bjournal\b|\bedition\b|\(\d{4}[a-z]?\)",
    r"|\b(?:19|20)\d\d;|, (?:19|20)\d\d\)"
);

/// What follows "Dr." and "Mr." and is no person, and towns that stand before MD in
/// citations.
const NO_NAMES: &[&str] = &[
    "Contin",
    "Scholl",
    "Scholl's",
    "Pepper",
    "Baltimore",
    "Bethesda",
    "Rockville",
    "Columbia",
];

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

/// Words that lead to a person.
pub(super) struct Lead {
    pub range: TextRange,
    /// What they are: "the attorney's name".
    pub what: String,
    /// What to write in their place, without a capital; nothing where they just go.
    pub instead: Option<String>,
}

/// What leads to the claimant or a party, in the summary, titles and rationales.
fn persons(input: &Input<'_>, findings: &mut Findings) {
    let mut texts: Vec<&FieldText<'_>> = input.texts().iter().collect();
    texts.retain(|text| text.is_of_the_case());
    let all: Vec<String> = texts.iter().map(|text| text.text.to_lowercase()).collect();
    let parties = named_parties(input.letter, &all.join("\n"));
    for text in texts {
        let mut leads = Vec::new();
        numbers(text, &mut leads);
        party_names(text, &parties, &mut leads);
        people(text, input.letter, &mut leads);
        // Of two that overlap the longer one is reported: "Mr. Sample" and not "Sample".
        leads.sort_by_key(|lead| (lead.range.start, Reverse(lead.range.end)));
        let mut end = 0;
        for lead in leads {
            if lead.range.start >= end {
                end = lead.range.end;
                findings.push(finding(input, text, lead));
            }
        }
    }
}

fn finding(input: &Input<'_>, text: &FieldText<'_>, lead: Lead) -> Finding {
    let place = capitalized(&text.name(input));
    let message = format!("{place} holds {}, and the public copy may not", lead.what);
    let Some(instead) = lead.instead else {
        return text.finding(lead.range, message, "Take it out");
    };
    let is_first = text.starts_sentence(lead.range.start);
    let instead = if is_first { capitalized(&instead) } else { instead };
    let hint = format!("Write \"{instead}\"");
    text.finding(lead.range, message, hint.clone())
        .with_replacement(hint, instead)
}

/// Birth dates, telephone numbers and the like.
fn numbers(text: &ReadText<'_>, leads: &mut Vec<Lead>) {
    for (pattern, what) in [
        (&SOCIAL_SECURITY, "a Social Security number"),
        (&TELEPHONE, "a telephone number"),
        (&E_MAIL, "an e-mail address"),
        (&STREET, "a postal address"),
    ] {
        for found in pattern.find_iter(text.text) {
            if !is_in_web_address(text.text, found.start()) {
                let range = found.range().into();
                leads.push(Lead { range, what: what.to_owned(), instead: None });
            }
        }
    }
    if !MAY_BE_BORN.is_match(text.text) {
        return;
    }
    for date in text.dates() {
        if BIRTH.is_match(&text.text[..date.range.start]) {
            let what = "a date of birth".to_owned();
            leads.push(Lead { range: date.range, what, instead: None });
        }
    }
}

/// Numbers of a web page's address are nobody's telephone.
fn is_in_web_address(text: &str, at: usize) -> bool {
    let word = last_piece(&text[..at], char::is_whitespace);
    let word = word.trim_start_matches('(').to_lowercase();
    ["http", "www.", "doi", "10."]
        .iter()
        .any(|begin| word.starts_with(begin))
}

/// A name of the case file.
pub(super) struct NamedParty {
    name: Regex,
    surname: Option<String>,
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
    let words: Vec<&str> = name.split_whitespace().collect();
    // Nearly no letter has one, and an expression costs more than all texts.
    if !words.iter().any(|word| texts.contains(&word.to_lowercase())) {
        return None;
    }
    let escaped: Vec<String> = words.iter().map(|word| regex::escape(word)).collect();
    let (edge, escaped) = (edge(name), escaped.join(r"\s+"));
    let pattern = format!(r"(?i)(?:^|{edge}){escaped}(?:{edge}|$)");
    let surname = match words[..] {
        [_, .., last] if is_person && last.chars().count() >= SHORTEST => {
            Some(last.to_owned())
        }
        _ => None,
    };
    let name = Regex::new(&pattern).ok()?;
    Some(NamedParty { name, surname, what: what.into(), instead: instead.into() })
}

/// What stands where a name begins and ends: the edge of a word, of English where that
/// will do, which is quicker.
pub(super) fn edge(name: &str) -> &'static str {
    if name.is_ascii() { r"(?-u:\b)" } else { r"\b" }
}

/// The letter's own word for the claimant.
fn called(letter: &Letter) -> &'static str {
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
        if let Some(surname) = &party.surname {
            found.extend(surnames(text, surname));
        }
        for range in found {
            let (what, instead) = (party.what.clone(), party.instead.clone());
            leads.push(Lead { range, what, instead: Some(instead) });
        }
    }
}

/// A surname by itself, in capitals as names are; a word that the text also writes small
/// is none, nor is Baker in "Baker's cyst". At the beginning of a sentence it may be a
/// plain word with its capital.
fn surnames(text: &ReadText<'_>, surname: &str) -> Vec<TextRange> {
    if !text.text.contains(surname) || !surname.starts_with(char::is_uppercase) {
        return Vec::new();
    }
    let plain = surname.to_lowercase();
    let mut found = Vec::new();
    for range in words(text.text) {
        let word = &text.text[range];
        if word == plain {
            return Vec::new();
        }
        if word == surname && !text.starts_sentence(range.start) {
            found.push(range);
        }
    }
    found
}

/// "Mr. Sample", "Jordan Sample, M.D.": outside of quotations and citations.
fn people(text: &ReadText<'_>, letter: &Letter, leads: &mut Vec<Lead>) {
    let found: Vec<Captures<'_>> = TITLED
        .captures_iter(text.text)
        .chain(CREDENTIALED.captures_iter(text.text))
        .collect();
    if found.is_empty() {
        return;
    }
    let mut cited = text.sentences().to_vec();
    cited.retain(|sentence| CITATION.is_match(&text.text[*sentence]));
    for captures in found {
        let (Some(whole), Some(name)) = (captures.get(0), captures.name("name")) else {
            continue;
        };
        let range = whole.range().into();
        let first = first_piece(name.as_str(), |c| c == ' ');
        if text.is_quoted(range) || is_within(range, &cited) || NO_NAMES.contains(&first)
        {
            continue;
        }
        let instead = match captures.name("title") {
            Some(title) if title.as_str() != "Dr" => format!("the {}", called(letter)),
            _ => "the treating physician".into(),
        };
        let what = format!("the name \"{}\"", whole.as_str());
        leads.push(Lead { range, what, instead: Some(instead) });
    }
}

#[cfg(test)]
pub(super) mod tests {
    use crate::check::tests::findings;
    use crate::letter::Letter;

    pub(in crate::check) fn check(
        code: &str,
        summary: &str,
        change: impl FnOnce(&mut Letter),
        expected: &[&str],
    ) {
        let found = findings(code, &[("summary", summary)], change);
        assert_eq!(
            found.iter().map(|(words, _)| words.as_str()).collect::<Vec<_>>(),
            expected,
            "{summary}"
        );
    }

    pub(in crate::check) fn named(letter: &mut Letter) {
        letter.parties.employee = "Alex Sampleman".into();
        letter.parties.provider = "Jordan Quill, M.D., 12 Clinic Way".into();
        letter.parties.employer = "Example Freight Company".into();
        letter.parties.claim_number = "EX-2009-0001".into();
        letter.reviewers[0].internal_name = "Robin Penn, M.D.".into();
    }

    #[test]
    fn names_and_numbers_of_persons_are_found() {
        for (summary, expected) in [
            ("He (DOB 01/02/1970) fell.", "01/02/1970"),
            ("His date of birth is January 2, 1970.", "January 2, 1970"),
            ("SSN 123-45-6789.", "123-45-6789"),
            ("Call (555) 555-0100 now.", "(555) 555-0100"),
            ("Write to a.b@example.com now.", "a.b@example.com"),
            ("He lives at 12 North Main Street, Sampletown.", "12 North Main Street,"),
            ("Send to P.O. Box 100.", "P.O. Box 100"),
            ("It hurt Mr. Sampleman.", "Mr. Sampleman"),
            ("Alex Sampleman fell.", "Alex Sampleman"),
            ("It hurt Sampleman badly.", "Sampleman"),
            ("Seen by Dr. Quill today.", "Dr. Quill"),
            ("Seen by Sam Other, M.D., today.", "Sam Other, M.D."),
            ("He works for example freight company.", "example freight company"),
            ("Claim EX-2009-0001 is open.", "EX-2009-0001"),
        ] {
            check("L042", summary, named, &[expected]);
        }
    }

    #[test]
    fn eponyms_citations_and_quotations_name_nobody() {
        for summary in [
            "MR Arthrogram, MS Contin 15mg and Dr. Scholl's insoles.",
            "Baker's cyst, Tinel's sign, Phalen's test and Hawkins impingement.",
            "Per Block A, MD, et al. (2010), it helps.",
            "It reads \"Dr. Other agrees\" there.",
            "See www.example.com/555-555-0100 and doi:10.1097/555-555-0100.",
            "Norco 10/325mg #60 for 12 low back visits on 10-18-2013.",
            "The claimant and the treating physician agree.",
        ] {
            check("L042", summary, named, &[]);
        }
    }

    #[test]
    fn a_name_is_replaced_by_the_part_that_its_bearer_plays() {
        let found = findings(
            "L042",
            &[("summary", "The patient fell. Mr. Sampleman saw Dr. Quill.")],
            named,
        );
        let labels: Vec<&str> =
            found.iter().map(|(_, found)| found.fixes[0].label.as_str()).collect();
        assert_eq!(labels, ["Write \"The patient\"", "Write \"the treating physician\""]);
        let expected = "\"Clinical case summary\" holds the name \"Mr. Sampleman\", and \
            the public copy may not";
        assert_eq!(found[0].1.message, expected);
    }
}
