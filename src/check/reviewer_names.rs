//! Names, license numbers and initials that lead to the reviewer, who stays confidential
//! in every copy, in the finished file's properties, and in its name.

use std::path::Path;

use regex::Regex;

use super::input::{FieldText, FormPlace, ReadText};
use super::party_names::{edge, named_parties, party_names};
use super::placeholders::texts;
use super::text::first_piece;
use super::wording::capitalized;
use super::{Finding, Findings, Input, Reads, Rule};
use crate::diagnostic::{Anchor, Severity};
use crate::letter::fields::{Field, Value};
use crate::letter::{Letter, Reviewer};
use crate::template::{Family, Signer};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "L043",
        reads: &[Reads::Printed],
        name: "reviewer-name",
        severity: Severity::Error,
        family: Family::Privacy,
        summary: "Nothing that is printed identifies the reviewer",
        help: "Reviewers stay confidential (Labor Code 4610.6(f)). Looks everywhere for \
            the name that you keep for your own records, license numbers, and a typist's \
            initials at the end of a text; no finished letter is saved under a file \
            name that includes one of these. A template that names its signer asks for \
            the name in fields of its own, which are left alone.",
        find: reviewers,
        ..Rule::DEFAULT
    },
    Rule {
        id: "L044",
        name: "metadata",
        severity: Severity::Warning,
        family: Family::Privacy,
        summary: "The finished file's properties name nobody",
        help: "The files of 194 published letters all named a staff member in their \
            properties. Rationale's files have no author or creator; their title is the \
            template's, and it must not name a reviewer, the claimant, or a party.",
        find: metadata,
        ..Rule::DEFAULT
    },
];

pattern!(
    LICENSE,
    r"\b(?:licen[sc]e|lic\.)\s*(?:no\b\.?|number|num\.|#)\s*:?\s*#?",
    r"(?:[A-Z]{0,3}-?)\d{4,}\b"
);
pattern!(
    /// The author's initials and the typist's, as at the end of a dictated text: "RP:ab".
    DICTATION_MARK,
    r"(?-i:(?:^|\s)(?P<mark>(?P<author>[A-Z]{2,4})[:/][a-z]{2,4})\s*$)"
);

/// The reviewers' names, in whatever is printed.
fn reviewers(input: &Input<'_>, findings: &mut Findings) {
    let names = name_patterns(input.letter);
    for place in input.places() {
        if place.field.printable && !is_signature(input, place.field) {
            names_in(input, place, &names, findings);
        }
    }
    for text in input.texts() {
        if !is_signature(input, text.field) {
            license_numbers(input, text, findings);
            findings.extend(dictation_mark(input, text));
        }
    }
}

/// A template that names its signer asks for the name in fields of its own.
fn is_signature(input: &Input<'_>, field: &Field) -> bool {
    let is_signed = matches!(input.template.head().signer, Signer::Named(_));
    is_signed && field.pattern.starts_with("extra.")
}

/// The patterns of the reviewers who have a name, each with the reviewer's number.
fn name_patterns(letter: &Letter) -> Vec<(usize, Regex)> {
    let mut patterns = Vec::new();
    for (number, reviewer) in (1..).zip(&letter.reviewers) {
        if let Some(pattern) = name_pattern(reviewer, letter) {
            patterns.push((number, pattern));
        }
    }
    patterns
}

fn names_in(
    input: &Input<'_>,
    place: &FormPlace<'_>,
    names: &[(usize, Regex)],
    findings: &mut Findings,
) {
    for (number, pattern) in names {
        for text in texts(&place.value) {
            for found in pattern.find_iter(text) {
                let message = format!(
                    "{} includes the name of reviewer {number}, who stays confidential: \
                        \"{}\"",
                    capitalized(&input.field_name(place.field, &place.path)),
                    found.as_str()
                );
                let hint = "Remove the name";
                let finding = match place.value {
                    Value::Text(_) => {
                        Finding::at(&place.path, found.range(), message, hint)
                            .with_replacement(
                                "Write \"the expert reviewer\"",
                                "the expert reviewer",
                            )
                    }
                    _ => Finding::new(place.path.clone(), message, hint),
                };
                findings.push(finding.never_overridable());
            }
        }
    }
}

/// What the finished file says of itself. It carries neither author nor creator, and the
/// title is the template's.
fn metadata(input: &Input<'_>, findings: &mut Findings) {
    let (letter, title) = (input.letter, input.document.title.as_str());
    let mut found = Vec::new();
    for (_, pattern) in name_patterns(letter) {
        if let Some(name) = pattern.find(title) {
            found.push((name.as_str(), "a reviewer's name".to_owned()));
        }
    }
    for number in LICENSE.find_iter(title) {
        found.push((number.as_str(), "a license number".to_owned()));
    }
    let mut leads = Vec::new();
    let parties = named_parties(letter, &title.to_lowercase());
    party_names(&ReadText::new(title), &parties, &mut leads);
    found.extend(leads.into_iter().map(|lead| (&title[lead.range], lead.what)));
    for (words, what) in found {
        let message = format!(
            "The file's title includes {what}, which every PDF reader shows: \
                \"{words}\""
        );
        let hint = "Remove the name from the title in the template's head";
        findings.push(Finding::new(Anchor::Letter, message, hint));
    }
}

/// The words of a file's name that lead to a reviewer: a surname, in whatever letters; a
/// license number; initials in capitals at its end, where a typist leaves them.
pub fn in_file_name(letter: &Letter, file: &Path) -> Option<String> {
    let stem = file.file_stem()?.to_string_lossy();
    let mut words: Vec<&str> = stem.split(|c: char| !c.is_alphanumeric()).collect();
    words.retain(|word| !word.is_empty());
    for reviewer in &letter.reviewers {
        if let Some(word) = word_of_reviewer(reviewer, &words) {
            return Some(word.to_owned());
        }
    }
    let license = LICENSE.find(&words.join(" "))?.as_str().to_owned();
    Some(license)
}

fn word_of_reviewer<'a>(reviewer: &Reviewer, words: &[&'a str]) -> Option<&'a str> {
    let name = bare_name(&reviewer.internal_name);
    if let Some(surname) = last_word(name)
        // A name of two letters stands in many words.
        && surname.chars().count() > 2
    {
        let surname = surname.to_lowercase();
        let found = words.iter().find(|word| word.to_lowercase() == surname);
        if let Some(word) = found {
            return Some(word);
        }
    }
    match words {
        [_, .., last] if name.contains(' ') && initials(name) == **last => Some(last),
        _ => None,
    }
}

fn last_word(name: &str) -> Option<&str> {
    name.split_whitespace().last()
}

/// The full name, and the surname where it is a physician's; the latter not where a party
/// has it too.
fn name_pattern(reviewer: &Reviewer, letter: &Letter) -> Option<Regex> {
    let name = bare_name(&reviewer.internal_name);
    let words: Vec<String> = name.split_whitespace().map(regex::escape).collect();
    let [_, .., surname] = &words[..] else { return None };
    let (edge, full) = (edge(name), words.join(r"\s+"));
    let mut pattern = format!(r"(?i){edge}{full}{edge}");
    let parties = [&letter.parties.provider, &letter.parties.employee];
    let is_shared = parties.iter().any(|party| {
        last_word(bare_name(party)).is_some_and(|last| last.eq_ignore_ascii_case(surname))
    });
    if !is_shared {
        pattern += &format!(r"|{edge}Dr\.?\s+{surname}{edge}");
        pattern += &format!(r"|{edge}{surname},\s+(?:M\.?D|D\.?O|D\.?C){edge}\.?");
    }
    Regex::new(&pattern).ok()
}

/// A name without title, degrees and address.
fn bare_name(typed: &str) -> &str {
    let name = first_piece(typed, |c| c == ',').trim();
    for title in ["Dr.", "Dr ", "DR.", "dr."] {
        if let Some(rest) = name.strip_prefix(title) {
            return rest.trim();
        }
    }
    name
}

fn license_numbers(input: &Input<'_>, text: &FieldText<'_>, findings: &mut Findings) {
    for found in LICENSE.find_iter(text.text) {
        let message = format!(
            "{} includes a license number, which leads to its holder: \"{}\"",
            capitalized(&text.name(input)),
            found.as_str()
        );
        let finding = text.finding(found.range(), message, "Remove it");
        findings.push(finding.with_replacement("Remove it", ""));
    }
}

/// The initials that a typist leaves at the end of a dictated text.
fn dictation_mark(input: &Input<'_>, text: &FieldText<'_>) -> Option<Finding> {
    let found = DICTATION_MARK.captures(text.text)?;
    let (mark, author) = (found.name("mark")?, found.name("author")?.as_str());
    let mut reviewers = input.letter.reviewers.iter();
    let whose =
        reviewers.position(|reviewer| initials(&reviewer.internal_name).contains(author));
    let whose = match whose {
        Some(place) => format!("the initials of reviewer {}", place + 1),
        None => "someone's initials".to_owned(),
    };
    let place = capitalized(&text.name(input));
    let message = format!("{place} ends in {whose}: \"{}\"", mark.as_str());
    // The blank before the mark goes with it.
    let start = text.text[..mark.start()].trim_end().len();
    let finding = text.finding(start..mark.end(), message, "Remove them");
    Some(finding.with_replacement("Remove them", ""))
}

/// A name's initials; nothing where there is no name.
fn initials(name: &str) -> String {
    let words = bare_name(name).split_whitespace();
    let initials: String = words.filter_map(|word| word.chars().next()).collect();
    initials.to_uppercase()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::in_file_name;
    use crate::check::names::tests::{check, named};
    use crate::check::tests::reported;
    use crate::letter::{Letter, Reviewer};

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
        let reported_title =
            reported("L044", &[], |letter| letter.parties.employer = title.into());
        let expected = format!(
            ": The file's title includes the employer's name, which every PDF reader \
                shows: \"{title}\""
        );
        assert_eq!(reported_title, [expected]);
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
        let found = reported("L043", &[], |letter| {
            named(letter);
            letter.reviewers[0].certifications = vec!["Pain, Robin Penn".into()];
        });
        let said = "The board certification of reviewer 1 includes the name of reviewer \
            1, who stays confidential: \"Robin Penn\"";
        assert_eq!(found, [format!(": {said}")]);
    }
}
