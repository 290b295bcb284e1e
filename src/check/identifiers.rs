//! Numbers and addresses that lead to a person: birth dates, Social Security and record
//! numbers, telephones, addresses.

use super::input::ReadText;
use super::names::Lead;
use super::text::last_piece;
use crate::diagnostic::TextRange;

pattern!(
    BIRTH,
    r"\b(?:D\.?O\.?B\.?|date of birth|birth ?date|birthday|born)",
    r"\s*(?:is|was|:|on|of)?\s*[:(]?\s*$"
);
pattern!(MAY_BE_BORN, r"\b(?:D\.?O\.?B|birth|born)");
pattern!(
    /// In groups of three, two, and four, whatever stands between them; or any figures
    /// behind its name.
    SOCIAL_SECURITY,
    r"\b\d{3}(?: ?[-\x{2010}-\x{2014}.] ?|[ \x{A0}])\d{2}(?: ?[-\x{2010}-\x{2014}.] ?|[ \x{A0}])",
    r"\d{4}\b|\b(?:SSN|SS ?(?:#|no\.?|number)|social security(?: (?:number|no\.?|#))?)",
    r"(?: is| was| of| as| on file| listed as|,? ending in| ends in|,? last four(?: digits)?",
    r"|[:#])*\s*",
    r"(?-i:[\dxX*][\dxX*. \x{A0}\x{2010}-\x{2014}-]{2,}\d)"
);
pattern!(
    TELEPHONE,
    r"(?:\(\d{3}\)[ \x{A0}]?|\b\d{3}[-. \x{A0}\x{2011}/])\d{3}[-. \x{A0}\x{2011}]\d{4}\b"
);
pattern!(E_MAIL, r"\b[a-z0-9._%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}\b");
pattern!(
    STREET,
    r"\b\d{1,6} (?:(?-i:[NSEW])\.? )?(?:(?-i:[A-Z])[a-z]+ ){1,3}",
    r"(?-i:Street|St\.|Avenue|Ave\.?|Road|Rd\.?|Boulevard|Blvd\.?|Drive|Lane|Ln\.|Way",
    r"|Court|Parkway|Pkwy)(?:[ ,.]|$)",
    r"|\bP\. ?O\. ?Box \d+|\bPO Box \d+",
    r"|(?-i:\b(?:[A-Z][a-z]+ )?[A-Z][a-z]+, [A-Z]{2} \d{5}(?:-\d{4})?\b)"
);
pattern!(
    /// What a record or an account is filed under, behind the word for it.
    RECORD_NUMBER,
    r"\b(?:MRN|MR ?#|(?:medical|patient|health|hospital|dental|clinic) record",
    r"|chart|patient|account|acct\.?|member(?:ship)?|subscriber|policy|group|beneficiary",
    r"|encounter|claim|health plan|plan|insurance|enrollee|Medicare|Medicaid|Medi-Cal",
    r"|employee|badge|driver(?:'?s)? licen[sc]e|passport|EAMS|ADJ|WCAB|NPI|DEA|HICN|MBI)",
    r"(?: (?:id|identification|identifier|registration))?",
    r"(?:,? (?:number|num\.?|no\.?|#)| ?#|:)?(?: is| was|,|:| #)*\s*",
    r"(?-i:(?P<number>[A-Z]{0,4}[- ]?\d[\dA-Z]*(?:[-\x{2011}][\dA-Z]+)*))\b"
);
pattern!(
    /// That a number of this sort is meant, and no visit, dose, or page.
    SAYS_NUMBER,
    r"\b(?:MRN|MR ?#|NPI|DEA|HICN|MBI|EAMS|ADJ)\b",
    r"|\b(?:number|num|no|id|identifier|license|passport)\b|#"
);

/// Birth dates, telephone numbers, and the like.
pub(super) fn numbers(text: &ReadText<'_>, leads: &mut Vec<Lead>) {
    for (pattern, what) in [
        (&SOCIAL_SECURITY, "a Social Security number"),
        (&TELEPHONE, "a phone number"),
        (&E_MAIL, "an email address"),
        (&STREET, "a postal address"),
    ] {
        for found in pattern.find_iter(text.text) {
            if !is_in_web_address(text.text, found.start()) {
                let range = found.range().into();
                leads.push(Lead { range, what: what.to_owned(), instead: None });
            }
        }
    }
    record_numbers(text, leads);
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

fn record_numbers(text: &ReadText<'_>, leads: &mut Vec<Lead>) {
    /// Shorter numbers count visits, pages, and doses.
    const FEWEST_FIGURES: usize = 4;
    for found in RECORD_NUMBER.captures_iter(text.text) {
        let (Some(whole), Some(number)) = (found.get(0), found.name("number")) else {
            continue;
        };
        let figures = number.as_str().bytes().filter(u8::is_ascii_digit).count();
        let said = &text.text[whole.start()..number.start()];
        if figures >= FEWEST_FIGURES && SAYS_NUMBER.is_match(said) {
            let range: TextRange = number.range().into();
            let what = "a record number".to_owned();
            leads.push(Lead { range, what, instead: None });
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

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let mut leads = Vec::new();
        numbers(&ReadText::new(text), &mut leads);
        let mut found: Vec<TextRange> = leads.iter().map(|lead| lead.range).collect();
        found.sort();
        let found: Vec<&str> = found.into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn numbers_are_found_however_they_are_spaced() {
        check(
            "123 45 6789, 123-45-6789 and 123.45.6789",
            &["123 45 6789", "123-45-6789", "123.45.6789"],
        );
        check("SSN: 123456789.", &["SSN: 123456789"]);
        check(
            "Social Security number ending in 6789 is",
            &["Social Security number ending in 6789"],
        );
        check("SSN xxx-xx-6789", &["SSN xxx-xx-6789"]);
        check("MRN: 00456789; MRN 12-34-56.", &["00456789", "12-34-56"]);
        check("Medical record number A1234567, chart no. 55012", &["A1234567", "55012"]);
        check("member ID XZ-9981234; policy #44-1234", &["XZ-9981234", "44-1234"]);
        check("Medicare number 1EG4-TE5-MK73", &["1EG4-TE5-MK73"]);
        check("driver's license D1234567", &["D1234567"]);
        check("His driver license number is D1234567.", &["D1234567"]);
        check("Call 555 555 0100.", &["555 555 0100"]);
        check("of Sampletown, CA 90000", &["Sampletown, CA 90000"]);
    }

    #[test]
    fn other_numbers_are_left_alone() {
        for text in [
            "The chart of 2016, visit number 12, medical records of 08/20/2016",
            "Patient 45 years old, group 2 of 30; plan is 12 visits",
            "Claim was denied 01/12/2017. Policy 2016 guidelines; CPT 63030, page 1234",
            "Norco 10/325 #120, BP 120/80, T12-L1, 100-50-20",
        ] {
            check(text, &[]);
        }
    }
}
