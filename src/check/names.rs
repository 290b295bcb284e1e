//! Names, numbers and addresses that lead to a person in the public copy: the claimant's
//! and the parties'.

use std::cmp::Reverse;

use super::identifiers::numbers;
use super::input::{FieldText, ReadText};
use super::party_names::{NamedParty, called, named_parties, party_names};
use super::pattern::Groups;
use super::text::{first_piece, is_within};
use super::wording::capitalized;
use super::{Blocks, Finding, Findings, Input, Reads, Rule};
use crate::diagnostic::{Anchor, Change, Edit, Fix, Severity, TextRange};
use crate::letter::fields::Kind;
use crate::letter::phrasing::and_list;
use crate::letter::{FieldPath, Letter};
use crate::spelling::{is_name, is_plain_word};
use crate::template::Family;

pub(super) const RULES: &[Rule] = &[Rule {
    id: "L042",
    reads: &[Reads::Case, Reads::Prose],
    name: "names",
    severity: Severity::Error,
    family: Family::Privacy,
    summary: "Nothing in the text identifies the claimant or a party",
    help: "Determinations are published without names. Looks in the summary, titles, \
        rationales, and other prose for birth dates, Social Security, record, and \
        telephone numbers, addresses, the names and the number of the case file, and \
        names after Mr., Ms., or Dr. or before a degree. Quotations, citations, and \
        eponyms are left alone. What a finding names can be withheld in the public \
        copy in one step; the served letter stays as it is.",
    blocks: Blocks::Public,
    find: persons,
    ..Rule::DEFAULT
}];

pattern!(
    /// The two titles that are also other words stand in their usual letters alone: an MR
    /// arthrogram, MS Contin.
    TITLED,
    r"(?-i:\b(?P<title>Mr|Mrs|Ms|Miss|Dr|Doctor)\b\.?[ \x{A0}]{0,2}\n?[ \x{A0}]?",
    r"\b(?P<name>(?:[A-Z]\.[ \x{A0}]?){0,3}(?:(?:van|von|de|der|den|del|la|di|da|al|el) ){0,3}",
    r"[A-Z][A-Za-z\x{C0}-\x{24F}'\x{2019}-]+(?:[ \x{A0}][A-Z]\.)?",
    r"(?:[ \x{A0}][A-Z][a-z\x{C0}-\x{24F}'\x{2019}-]+)?))"
);
pattern!(
    /// Several of them under one title: "Drs. A and B".
    DOCTORS,
    r"(?-i:\bDrs\b\.?[ \x{A0}\n]{1,2}(?P<name>[A-Z][A-Za-z\x{C0}-\x{24F}'\x{2019}-]+",
    r"(?:(?:,? (?:and|&) |, )[A-Z][A-Za-z\x{C0}-\x{24F}'\x{2019}-]+)*))"
);
pattern!(
    /// A name and a degree. Behind a name of one word the comma must be there; some of the
    /// short degrees are words of other trades.
    CREDENTIALED,
    r"(?-i:\b(?P<name>[A-Z][a-z\x{C0}-\x{24F}'\x{2019}-]+(?: [A-Z]\.?)?",
    r"(?: [A-Z][a-z\x{C0}-\x{24F}'\x{2019}-]+){0,2})",
    r"(?P<comma>,)?[ \x{A0}](?:(?P<degree>M\.D\.|MD\b|D\.O\.|D\.C\.|D\.P\.M\.|DPM\b",
    r"|Ph\.?D\b\.?|Psy\.?D\b\.?|Pharm\.?D\b\.?|PA-C\b|L\.Ac\.|FNP\b|APRN\b|CRNA\b",
    r"|DPT\b|LCSW\b|LMFT\b|D\.D\.S\.|DDS\b|DMD\b|OTR/L)",
    r"|(?P<short>DO|DC|PA|NP|RN|PT|OT|LAc|OD|QME|AME|Esq)\b\.?))"
);
pattern!(
    /// A name behind a profession: "nurse practitioner Kim Sample".
    PROFESSIONAL,
    r"\b(?:nurse practitioner|physician(?:'s)? assistant|physical therapist|therapist",
    r"|chiropractor|psychologist|psychiatrist|surgeon|acupuncturist|podiatrist|attorney",
    r"|adjuster|nurse|provider|physician)",
    r"(?-i:,? (?P<name>[A-Z][a-z'\x{2019}-]+ (?:[A-Z]\. )?[A-Z][a-z'\x{2019}-]{2,}))"
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
    "The",
    "He",
    "She",
    "His",
    "Her",
    "This",
    "In",
    "On",
    "Patient",
    "First",
    "Who",
];

/// Words in capitals before a short degree that name a place or a treatment.
const OF_CARE: &[&str] = &[
    "Health",
    "Care",
    "Home",
    "Therapy",
    "Medicine",
    "Medical",
    "Surgery",
    "Center",
    "Clinic",
    "Services",
    "Department",
    "Management",
    "Exercise",
    "Program",
    "Physical",
    "Occupational",
    "Nursing",
    "Pain",
    "Spine",
    "Hand",
    "Hospital",
    "Family",
    "Primary",
    "Emergency",
    "Treating",
    "Physician",
    "Evaluation",
    "Board",
    "Unit",
    "Outpatient",
];

/// Words that lead to a person.
pub(super) struct Lead {
    pub range: TextRange,
    /// What they are: "the attorney's name".
    pub what: String,
    /// What to write in their place, without a capital; nothing where they just go.
    pub instead: Option<String>,
}

/// What leads to the claimant or a party, in the summary, titles, rationales, and whatever
/// else is written in sentences.
fn persons(input: &Input<'_>, findings: &mut Findings) {
    let mut texts: Vec<&FieldText<'_>> = input.texts().iter().collect();
    texts.retain(|text| text.is_of_the_case() || text.field.kind == Kind::Prose);
    // An address leads to a person and has to; no public copy prints it.
    texts.retain(|text| !text.path.names_someone());
    let all: Vec<String> = texts.iter().map(|text| text.text.to_lowercase()).collect();
    let parties = named_parties(input.letter, &all.join("\n"));
    let mut found = Vec::new();
    for text in texts {
        for lead in leads_in(input.letter, text, &parties) {
            found.push((text, lead));
        }
    }
    let mut words: Vec<&str> = Vec::new();
    for (text, lead) in &found {
        words.push(&text.text[lead.range]);
    }
    let everything = withholding(input.letter, &words);
    for (text, lead) in &found {
        let mut finding = finding(input, text, lead);
        if found.len() > 1 {
            finding
                .fixes
                .push(withhold("Withhold all of them in the public copy", &everything));
        }
        findings.push(finding);
    }
    findings.extend(withheld_note(input.letter));
}

/// What leads to somebody in one text, without what the public copy withholds.
fn leads_in(letter: &Letter, text: &FieldText<'_>, parties: &[NamedParty]) -> Vec<Lead> {
    let mut leads = Vec::new();
    numbers(text, &mut leads);
    party_names(text, parties, &mut leads);
    people(text, letter, &mut leads);
    // Of two that overlap the longer one is reported: "Mr. Sample" and not "Sample".
    leads.sort_by_key(|lead| (lead.range.start, Reverse(lead.range.end)));
    let mut end = 0;
    leads.retain(|lead| {
        let is_free = lead.range.start >= end;
        end = end.max(lead.range.end);
        is_free && !letter.withheld.iter().any(|name| *name == text.text[lead.range])
    });
    leads
}

fn finding(input: &Input<'_>, text: &FieldText<'_>, lead: &Lead) -> Finding {
    let place = capitalized(&text.name(input));
    let message =
        format!("{place} includes {}, which the public copy cannot show", lead.what);
    let alone = withholding(input.letter, &[&text.text[lead.range]]);
    let withheld = withhold("Withhold it in the public copy", &alone);
    let Some(instead) = &lead.instead else {
        let mut finding = text.finding(lead.range, message, "Remove it");
        finding.fixes.push(withheld);
        return finding;
    };
    let is_first = text.starts_sentence(lead.range.start);
    let instead = if is_first { capitalized(instead) } else { instead.clone() };
    let hint = format!("Write \"{instead}\"");
    let mut finding = text
        .finding(lead.range, message, hint.clone())
        .with_replacement(hint, instead);
    finding.fixes.push(withheld);
    finding
}

/// The names that are withheld already, and these.
fn withholding(letter: &Letter, words: &[&str]) -> Vec<String> {
    let mut names = letter.withheld.clone();
    for word in words {
        if !names.iter().any(|name| name == word) {
            names.push((*word).to_owned());
        }
    }
    names
}

/// A fix that leaves the letter and the copy that is served as they are.
fn withhold(label: &str, names: &[String]) -> Fix {
    let path = FieldPath::new("summary", &[]);
    let edits = vec![Edit { path, change: Change::Withheld(names.to_vec()) }];
    Fix { label: label.into(), edits }
}

/// Says what the public copy withholds, and takes it back.
fn withheld_note(letter: &Letter) -> Option<Finding> {
    if letter.withheld.is_empty() {
        return None;
    }
    let quoted: Vec<String> =
        letter.withheld.iter().map(|name| format!("\"{name}\"")).collect();
    let message = format!("The public copy withholds {}", and_list(&quoted));
    let hint = "The served letter shows them; nothing else is needed";
    let mut finding =
        Finding::new(Anchor::Letter, message, hint).with_severity(Severity::Note);
    finding
        .fixes
        .push(withhold("Show them in the public copy again", &[]));
    Some(finding)
}

/// "Mr. Sample", "Jordan Sample, M.D.": outside of quotations and citations.
fn people(text: &ReadText<'_>, letter: &Letter, leads: &mut Vec<Lead>) {
    let found: Vec<Groups<'_, '_>> = TITLED
        .captures_iter(text.text)
        .chain(DOCTORS.captures_iter(text.text))
        .chain(CREDENTIALED.captures_iter(text.text).filter(is_credentialed))
        .chain(PROFESSIONAL.captures_iter(text.text).filter(is_credentialed))
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
            Some(title) if !title.as_str().starts_with('D') => {
                format!("the {}", called(letter))
            }
            _ if whole.as_str().starts_with("Drs") => "the treating physicians".into(),
            _ => "the treating physician".into(),
        };
        let what = format!("the name \"{}\"", whole.as_str());
        leads.push(Lead { range, what, instead: Some(instead) });
    }
}

/// Whether a name stands before a degree, and no other words in capitals: "Home Health,
/// PT" names nobody.
fn is_credentialed(captures: &Groups<'_, '_>) -> bool {
    let Some(name) = captures.name("name") else { return false };
    let has_comma = captures.name("comma").is_some();
    if has_comma && captures.name("degree").is_some() {
        return true;
    }
    let mut words = name.as_str().split(' ');
    let first = words.next().unwrap_or_default();
    if name.as_str().split(' ').any(|word| OF_CARE.contains(&word)) {
        return false;
    }
    let has_surname = words.any(|word| word.chars().count() > 2);
    has_surname && (is_name(first) || !is_plain_word(&first.to_lowercase()))
}

#[cfg(test)]
pub(super) mod tests {
    use crate::check::tests::findings;
    use crate::diagnostic::Change;
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
            ("SSN 123-45-6789.", "SSN 123-45-6789"),
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
            ("Sampleman said so.", "Sampleman"),
            ("Pain woke Sampleman's wife.", "Sampleman"),
            ("Alex fell.", "Alex"),
            ("Quill was asked.", "Quill"),
            ("Seen by Drs. Sand and Reed today.", "Drs. Sand and Reed"),
            ("Seen by Dr.\nSandreed today.", "Dr.\nSandreed"),
            ("Seen by Dr.\u{a0}Sandreed today.", "Dr.\u{a0}Sandreed"),
            ("Seen by Morgan Other MD today.", "Morgan Other MD"),
            ("Seen by Morgan Other, NP, today.", "Morgan Other, NP"),
            ("He works for Example Freight.", "Example Freight"),
            ("MRN 0012345 is his.", "0012345"),
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
            "Home Health, PT, and OT were asked for. Quill pens were used; a quill.",
            "Orthopedic Surgery MD. Seen by the Dr.\nThe knee is well.",
        ] {
            check("L042", summary, named, &[]);
        }
    }

    #[test]
    fn names_are_withheld_in_one_step() {
        let found = findings(
            "L042",
            &[("summary", "The patient fell. Mr. Sampleman saw Dr. Quill.")],
            named,
        );
        let all = found[0].1.fixes.last().expect("there are two names");
        assert_eq!(all.label, "Withhold all of them in the public copy");
        let Change::Withheld(names) = all.edits[0].change.clone() else {
            panic!("it withholds nothing");
        };
        let then = findings(
            "L042",
            &[("summary", "The patient fell. Mr. Sampleman saw Dr. Quill.")],
            |letter| {
                named(letter);
                letter.withheld = names;
            },
        );
        let [(_, note)] = &then[..] else { panic!("one note is left") };
        assert_eq!(
            note.message,
            "The public copy withholds \"Mr. Sampleman\" and \"Dr. Quill\""
        );
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
        let expected = "\"Clinical case summary\" includes the name \"Mr. Sampleman\", \
            which the public copy cannot show";
        assert_eq!(found[0].1.message, expected);
    }
}
