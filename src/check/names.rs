//! Names, numbers and addresses that lead to a person: the claimant's and the parties'
//! for the public copy, the reviewer's for every copy.

use std::ops::Range;
use std::path::Path;

use regex::Regex;

use super::date_reader::dates;
use super::placeholders::texts;
use super::text::{is_within, quotations, sentences};
use super::wording::{place, sentence};
use super::{Finding, Input};
use crate::diagnostic::Anchor;
use crate::letter::fields::Value;
use crate::letter::{FieldPath, Letter, Reviewer};
use crate::template::Signer;

pattern!(
    BIRTH,
    r"\b(?:D\.?O\.?B\.?|date of birth|birth ?date|born)\s*(?:is|was|:|on|of)?\s*[:(]?\s*$"
);
pattern!(MAY_BE_BORN, r"\b(?:D\.?O\.?B|birth|born)");
pattern!(SOCIAL_SECURITY, r"\b\d{3}-\d{2}-\d{4}\b");
pattern!(TELEPHONE, r"(?:\(\d{3}\) ?|\b\d{3}[-. ])\d{3}[-.]\d{4}\b");
pattern!(E_MAIL, r"\b[a-z0-9._%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}\b");
pattern!(
    STREET,
    r"\b\d{1,6} (?:(?-i:[NSEW])\.? )?(?:(?-i:[A-Z])[a-z]+ ){1,3}(?-i:Street|St\.|Avenue|Ave\.?|Road|Rd\.?|Boulevard|Blvd\.?|Drive|Lane|Ln\.|Way|Court|Parkway|Pkwy)(?:[ ,.]|$)",
    r"|\bP\. ?O\. ?Box \d+|\bPO Box \d+"
);
// The two that are also other words stand in their usual letters alone: an MR arthrogram,
// MS Contin.
pattern!(
    TITLED,
    r"(?-i:\b(?P<title>Mr|Mrs|Ms|Dr)\.? ?\b(?P<name>[A-Z][A-Za-z'\x{2019}-]+(?: [A-Z]\.)?(?: [A-Z][a-z'\x{2019}-]+)?))"
);
pattern!(
    CREDENTIALED,
    r"(?-i:\b(?P<name>[A-Z][a-z'\x{2019}-]+(?: [A-Z]\.?)?(?: [A-Z][a-z'\x{2019}-]+){0,2}), (?:M\.D\.|MD\b|D\.O\.|D\.C\.|D\.P\.M\.|DPM\b|Ph\.?D\b\.?|Psy\.?D\b\.?|PA-C\b|L\.Ac\.))"
);
pattern!(
    CITATION,
    r"\bet al\b|https?:|\bwww\.|\bjournal\b|\bedition\b|\(\d{4}[a-z]?\)|\b(?:19|20)\d\d;|, (?:19|20)\d\d\)"
);
pattern!(
    LICENCE,
    r"\b(?:licen[sc]e|lic\.)\s*(?:no\b\.?|number|num\.|#)\s*:?\s*#?(?:[A-Z]{0,3}-?)\d{4,}\b"
);
pattern!(
    DICTATION_MARK,
    r"(?-i:(?:^|\s)(?P<mark>(?P<author>[A-Z]{2,4})[:/][a-z]{2,4})\s*$)"
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

/// Words that are found and may not be there.
struct Told {
    bytes: Range<usize>,
    what: String,
    /// What to write in its place, without an article's capital.
    instead: Option<String>,
}

/// L042: what leads to the claimant or a party, in the summary, titles and rationales.
pub(super) fn persons(input: &Input<'_>) -> Vec<Finding> {
    let own = || {
        input.texts().filter(|(_, path, _)| {
            path.pattern() == "summary" || path.pattern().starts_with("items[]")
        })
    };
    let all = own()
        .map(|(.., text)| text.to_lowercase())
        .collect::<Vec<_>>()
        .join("\n");
    let parties = named_parties(input.letter, &all);
    let mut findings = Vec::new();
    for (field, path, text) in own() {
        let mut told = numbers(text);
        told.extend(party_names(text, &parties));
        told.extend(people(text, input.letter));
        if told.is_empty() {
            continue;
        }
        let place = sentence(&place(input.letter, field, &path));
        told.sort_by_key(|told| (told.bytes.start, std::cmp::Reverse(told.bytes.end)));
        let mut end = 0;
        for told in told {
            if told.bytes.start >= end {
                end = told.bytes.end;
                findings.push(finding(&path, text, &place, told));
            }
        }
    }
    findings
}

fn finding(path: &FieldPath, text: &str, place: &str, told: Told) -> Finding {
    let message = format!("{place} holds {}, and the public copy may not", told.what);
    let Some(instead) = told.instead else {
        return Finding::at(path, text, told.bytes, message, "Take it out");
    };
    let opens = sentences(text).iter().any(|range| range.start == told.bytes.start);
    let instead = if opens { sentence(&instead) } else { instead };
    let hint = format!("Write \"{instead}\"");
    Finding::at(path, text, told.bytes, message, hint.clone()).reworded(hint, instead)
}

/// Birth dates, telephone numbers and the like.
fn numbers(text: &str) -> Vec<Told> {
    let mut told: Vec<Told> = Vec::new();
    for (pattern, what) in [
        (&SOCIAL_SECURITY, "a Social Security number"),
        (&TELEPHONE, "a telephone number"),
        (&E_MAIL, "an e-mail address"),
        (&STREET, "a postal address"),
    ] {
        let found = pattern
            .find_iter(text)
            .filter(|found| !is_in_address_of_a_page(text, &found.range()));
        told.extend(found.map(|found| Told {
            bytes: found.range(),
            what: what.to_owned(),
            instead: None,
        }));
    }
    let is_born = MAY_BE_BORN.is_match(text);
    let births = if is_born { dates(text) } else { Vec::new() }
        .into_iter()
        .filter(|date| BIRTH.is_match(&text[..date.bytes.start]));
    told.extend(births.map(|date| Told {
        bytes: date.bytes,
        what: "a date of birth".to_owned(),
        instead: None,
    }));
    told
}

/// Numbers of a web page's address are nobody's telephone.
fn is_in_address_of_a_page(text: &str, bytes: &Range<usize>) -> bool {
    let word = text[..bytes.start]
        .rsplit(char::is_whitespace)
        .next()
        .unwrap_or_default();
    ["http", "www.", "doi", "10."]
        .iter()
        .any(|begin| word.trim_start_matches('(').to_lowercase().starts_with(begin))
}

/// A name of the case file.
struct Party {
    name: Regex,
    surname: Option<String>,
    what: String,
    instead: String,
}

/// The names of the case file that can stand in the texts, which are given in small
/// letters.
fn named_parties(letter: &Letter, texts: &str) -> Vec<Party> {
    let (parties, claimant) = (&letter.parties, format!("the {}", called(letter)));
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
        let role = recipient.role.trim().to_lowercase();
        let role = if role.is_empty() { "recipient".to_owned() } else { role };
        named.extend(party(
            &recipient.name,
            texts,
            "a recipient's name",
            &format!("the {role}"),
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
) -> Option<Party> {
    const SHORTEST: usize = 4;
    let name = typed.split([',', '\n']).next().unwrap_or_default().trim();
    if name.chars().count() < SHORTEST || NOBODY.contains(&name.to_lowercase().as_str()) {
        return None;
    }
    // Nearly no letter has one, and an expression costs more than all texts.
    if !name
        .split_whitespace()
        .any(|word| texts.contains(&word.to_lowercase()))
    {
        return None;
    }
    let words: Vec<String> = name.split_whitespace().map(regex::escape).collect();
    let edge = edge(name);
    let name_pattern =
        Regex::new(&format!(r"(?i)(?:^|{edge}){}(?:{edge}|$)", words.join(r"\s+")))
            .ok()?;
    let surname = name
        .split_whitespace()
        .last()
        .filter(|last| is_person && words.len() > 1 && last.chars().count() >= SHORTEST);
    Some(Party {
        name: name_pattern,
        surname: surname.map(str::to_owned),
        what: what.into(),
        instead: instead.into(),
    })
}

/// The letter's own word for the claimant.
fn called(letter: &Letter) -> &'static str {
    let summary = letter.summary.to_lowercase();
    let words = ["claimant", "applicant", "injured worker", "patient"];
    let used = words.into_iter().filter_map(|word| Some((summary.find(word)?, word)));
    used.min().map_or("claimant", |(_, word)| word)
}

fn party_names(text: &str, parties: &[Party]) -> Vec<Told> {
    let mut told = Vec::new();
    for party in parties {
        let whole = party.name.find_iter(text).map(|found| found.range());
        let alone = party.surname.iter().flat_map(|surname| surnames(text, surname));
        told.extend(whole.chain(alone).map(|bytes| Told {
            bytes,
            what: party.what.clone(),
            instead: Some(party.instead.clone()),
        }));
    }
    told
}

/// A surname by itself, in capitals as names are; a word that the text also writes small
/// is none, nor is Baker in "Baker's cyst".
fn surnames(text: &str, surname: &str) -> Vec<Range<usize>> {
    if !text.contains(surname) {
        return Vec::new();
    }
    let is_plain_word = !surname.starts_with(char::is_uppercase)
        || super::text::words(text).any(|word| text[word].eq(&surname.to_lowercase()));
    let found = super::text::words(text)
        .filter(|word| !is_plain_word && text[word.clone()] == *surname);
    found
        .filter(|word| !sentences(text).iter().any(|range| range.start == word.start))
        .collect()
}

/// "Mr. Sample", "Jordan Sample, M.D.": outside of quotations and citations.
fn people(text: &str, letter: &Letter) -> Vec<Told> {
    let mut titled = TITLED
        .captures_iter(text)
        .chain(CREDENTIALED.captures_iter(text))
        .peekable();
    if titled.peek().is_none() {
        return Vec::new();
    }
    let quoted = quotations(text);
    let cited: Vec<Range<usize>> = sentences(text)
        .into_iter()
        .filter(|range| CITATION.is_match(&text[range.clone()]))
        .collect();
    let told = titled.filter_map(|found| {
        let (whole, name) = (found.get(0)?.range(), found.name("name")?);
        let first = name.as_str().split(' ').next().unwrap_or_default();
        if is_within(&whole, &quoted)
            || is_within(&whole, &cited)
            || NO_NAMES.contains(&first)
        {
            return None;
        }
        let is_claimant = found.name("title").is_some_and(|title| title.as_str() != "Dr");
        let instead = if is_claimant {
            format!("the {}", called(letter))
        } else {
            "the treating physician".into()
        };
        let what = format!("the name \"{}\"", &text[whole.clone()]);
        Some(Told { bytes: whole, what, instead: Some(instead) })
    });
    told.collect()
}

/// L043: the reviewer's name, licence number and initials, in whatever is printed.
pub(super) fn reviewers(input: &Input<'_>) -> Vec<Finding> {
    let is_signed = matches!(input.template.head().signer, Signer::Named(_));
    let printed = input.places().filter(|(field, path, _)| {
        field.printable && !(is_signed && path.pattern().starts_with("extra."))
    });
    let names: Vec<Option<Regex>> = input
        .letter
        .reviewers
        .iter()
        .map(|reviewer| reviewer_pattern(reviewer, input.letter))
        .collect();
    printed
        .flat_map(|(field, path, value)| {
            let place = || sentence(&place(input.letter, field, &path));
            let mut findings = reviewers_named(&names, &path, &value, &place);
            if let Value::Text(text) = value {
                findings.extend(marks(input, &path, text, &place));
            }
            findings
        })
        .collect()
}

/// L044: what the finished file says of itself names nobody. It carries neither author
/// nor creator, and the title is the letter kind's.
pub(super) fn metadata(input: &Input<'_>) -> Vec<Finding> {
    let (letter, title) = (input.letter, input.document.title.as_str());
    let parties = party_names(title, &named_parties(letter, &title.to_lowercase()));
    let reviewers = letter
        .reviewers
        .iter()
        .filter_map(|reviewer| reviewer_pattern(reviewer, letter));
    let reviewers = reviewers.filter_map(|name| {
        name.find(title)
            .map(|found| (found.range(), "a reviewer's name".into()))
    });
    let licences = LICENCE
        .find_iter(title)
        .map(|found| (found.range(), "a licence number".into()));
    let named = reviewers
        .chain(licences)
        .chain(parties.into_iter().map(|told| (told.bytes, told.what)));
    let tell = |(bytes, what): (Range<usize>, String)| {
        let message = format!(
            "The file's title holds {what}, which every reader of the file shows: \"{}\"",
            &title[bytes]
        );
        Finding::new(
            Anchor::Letter,
            message,
            "Take the name out of the title in the head of the letter kind",
        )
    };
    named.map(tell).collect()
}

/// The words of a file's name that lead to a reviewer: a surname, in whatever letters; a
/// licence number; initials in capitals at its end, where a typist leaves them.
pub fn in_file_name(letter: &Letter, file: &Path) -> Option<String> {
    let stem = file.file_stem()?.to_string_lossy();
    let words: Vec<&str> = stem
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    // A name of two letters stands in many words.
    let is_surname = |word: &str, name: &str| {
        let last = name.split_whitespace().last().filter(|last| last.chars().count() > 2);
        last.is_some_and(|last| last.to_lowercase() == word.to_lowercase())
    };
    let is_mark = |word: &str, name: &str| {
        name.contains(' ') && initials(name) == word && words.len() > 1
    };
    let of_reviewer = |reviewer: &Reviewer| {
        let name = bare_name(&reviewer.internal_name);
        let surname = words.iter().find(|word| is_surname(word, name));
        surname
            .or(words.last().filter(|last| is_mark(last, name)))
            .map(|word| (*word).to_owned())
    };
    let licence =
        || LICENCE.find(&words.join(" ")).map(|found| found.as_str().to_owned());
    letter.reviewers.iter().find_map(of_reviewer).or_else(licence)
}

fn reviewers_named(
    names: &[Option<Regex>],
    path: &FieldPath,
    value: &Value<'_>,
    place: &dyn Fn() -> String,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, pattern) in (1..).zip(names) {
        let Some(pattern) = pattern else { continue };
        for text in texts(value) {
            for found in pattern.find_iter(text) {
                let message = format!(
                    "{} holds the name of reviewer {number}, who stays confidential: \"{}\"",
                    place(),
                    found.as_str()
                );
                let hint = "Take the name out";
                findings.push(
                    match value {
                        Value::Text(_) => {
                            Finding::at(path, text, found.range(), message, hint)
                                .reworded(
                                    "Write \"the expert reviewer\"",
                                    "the expert reviewer",
                                )
                        }
                        _ => Finding::new(path.clone(), message, hint),
                    }
                    .firm(),
                );
            }
        }
    }
    findings
}

/// The full name, and the surname where it is a physician's; the latter not where a party
/// has it too.
fn reviewer_pattern(reviewer: &Reviewer, letter: &Letter) -> Option<Regex> {
    let name = bare_name(&reviewer.internal_name);
    let words: Vec<String> = name.split_whitespace().map(regex::escape).collect();
    let surname = words.last().filter(|_| words.len() > 1)?;
    let full = words.join(r"\s+");
    let is_shared =
        [&letter.parties.provider, &letter.parties.employee]
            .iter()
            .any(|party| {
                bare_name(party)
                    .split_whitespace()
                    .last()
                    .is_some_and(|last| last.eq_ignore_ascii_case(surname))
            });
    let edge = edge(name);
    let by_surname = format!(
        r"|{edge}Dr\.?\s+{surname}{edge}|{edge}{surname},\s+(?:M\.?D|D\.?O|D\.?C){edge}\.?"
    );
    Regex::new(&format!(
        r"(?i){edge}{full}{edge}{}",
        if is_shared { "" } else { by_surname.as_str() }
    ))
    .ok()
}

/// What stands where a name begins and ends: the edge of a word, of English where that
/// will do, which is quicker.
fn edge(name: &str) -> &'static str {
    if name.is_ascii() { r"(?-u:\b)" } else { r"\b" }
}

/// A name without title, degrees and address.
fn bare_name(typed: &str) -> &str {
    let name = typed.split(',').next().unwrap_or_default().trim();
    let name = ["Dr.", "Dr ", "DR.", "dr."]
        .iter()
        .find_map(|title| name.strip_prefix(title))
        .unwrap_or(name);
    name.trim()
}

/// Licence numbers, and the initials that a typist leaves at the end of a dictated text.
fn marks(
    input: &Input<'_>,
    path: &FieldPath,
    text: &str,
    place: &dyn Fn() -> String,
) -> Vec<Finding> {
    let licences = LICENCE.find_iter(text).map(|found| {
        let message = format!(
            "{} holds a licence number, which leads to its holder: \"{}\"",
            place(),
            found.as_str()
        );
        Finding::at(path, text, found.range(), message, "Take it out")
            .reworded("Take it out", "")
    });
    let mark = DICTATION_MARK.captures(text).and_then(|found| {
        let (mark, author) = (found.name("mark")?, found.name("author")?.as_str());
        let whose = input
            .letter
            .reviewers
            .iter()
            .position(|reviewer| initials(&reviewer.internal_name).contains(author));
        let whose = whose.map_or("somebody's initials".to_owned(), |place| {
            format!("the initials of reviewer {}", place + 1)
        });
        let message = format!("{} ends in {whose}: \"{}\"", place(), mark.as_str());
        let from = text[..mark.start()].trim_end().len();
        Some(
            Finding::at(path, text, from..mark.end(), message, "Take them out")
                .reworded("Take them out", ""),
        )
    });
    licences.chain(mark).collect()
}

/// A name's initials; nothing where there is no name.
fn initials(name: &str) -> String {
    let initials: String = bare_name(name)
        .split_whitespace()
        .filter_map(|word| word.chars().next())
        .collect();
    initials.to_uppercase()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::in_file_name;
    use crate::check::cases::{findings, told};
    use crate::letter::{Letter, Reviewer};

    fn check(
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

    fn named(letter: &mut Letter) {
        letter.parties.employee = "Alex Sampleman".into();
        letter.parties.provider = "Jordan Quill, M.D., 12 Clinic Way".into();
        letter.parties.employer = "Example Freight Company".into();
        letter.parties.claim_number = "EX-2009-0001".into();
        letter.reviewers[0].internal_name = "Robin Penn, M.D.".into();
    }

    #[test]
    fn a_files_name_leads_to_no_reviewer() {
        let mut letter = Letter::default();
        letter.reviewers.push(Reviewer {
            internal_name: "Robin Penn, M.D.".into(),
            ..Reviewer::default()
        });
        for (file, expected) in [
            ("CM17-0000001.pdf", None),
            ("penn-letter.pdf", Some("penn")),
            ("Letter of Dr Penn.pdf", Some("Penn")),
            ("CM17-0000001 RP.pdf", Some("RP")),
            ("RP-9000001.pdf", None),
            ("RP.pdf", None),
            ("letter_license_no_A12345.pdf", Some("license no A12345")),
            ("pennant.pdf", None),
            ("Penn/letter.pdf", None),
        ] {
            assert_eq!(
                in_file_name(&letter, Path::new(file)).as_deref(),
                expected,
                "{file}"
            );
        }
    }

    #[test]
    fn a_files_title_names_nobody() {
        check("L044", "He fell.", named, &[]);
        let title = "Independent Medical Review Final Determination";
        let told = told("L044", &[], |letter| letter.parties.employer = title.into());
        let expected = format!(
            ": The file's title holds the employer's name, which every reader of the \
                file shows: \"{title}\""
        );
        assert_eq!(told, [expected]);
    }

    #[test]
    fn what_leads_to_a_person_is_found() {
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

    #[test]
    fn the_reviewer_is_named_nowhere() {
        for (summary, expected) in [
            ("Robin Penn decided.", "Robin Penn"),
            ("So says Dr. Penn.", "Dr. Penn"),
            ("License No. A12345 is active.", "License No. A12345"),
            ("It is not necessary.\nRP:ab", "\nRP:ab"),
        ] {
            check("L043", summary, named, &[expected]);
        }
        for summary in
            ["A pen. Penn Station.", "A driver's licence was shown.", "5 ml/kg", "PT/OT"]
        {
            check("L043", summary, named, &[]);
        }
        let found = told("L043", &[], |letter| {
            named(letter);
            letter.reviewers[0].certifications = vec!["Pain, Robin Penn".into()];
        });
        let said = "The board certifications of reviewer 1 holds the name of reviewer \
            1, who stays confidential: \"Robin Penn\"";
        assert_eq!(found, [format!(": {said}")]);
    }
}
