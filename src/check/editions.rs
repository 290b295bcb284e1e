//! Chapters of the MTUS: that they are called as they are, were in force, and are cited
//! so that they can be found.

use jiff::civil::Date;

use super::guidelines::{CitedChapter, GuidelineLine};
use super::{Finding, Findings, Input, Reads, Rule};
use crate::diagnostic::{Change, Severity};
use crate::letter::phrasing::{Citer, or_list};
use crate::letter::{Source, us_date};
use crate::library::Chapter;
use crate::template::Family;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "L021",
        reads: &[Reads::Prose, Reads::Guidelines],
        name: "chapter-number",
        severity: Severity::Error,
        family: Family::Guidelines,
        summary: "The number of an ACOEM chapter matches its name",
        help: "Compares number and name with the chapters of ACOEM's second edition: 12 \
            is Low Back Complaints. It is a warning for what the claims administrator \
            cited, which is transcribed.",
        find: wrong_number,
        ..Rule::DEFAULT
    },
    Rule {
        id: "L022",
        reads: &[Reads::Guidelines],
        name: "edition",
        severity: Severity::Warning,
        family: Family::Guidelines,
        summary: "Every cited edition was in force between the denial and the decision",
        help: "The schedule was renewed in July 2016 and in December 2017, and older \
            editions no longer apply after that. Editions that are newer than the tables \
            here are skipped. It is a note for what the claims administrator cited.",
        find: not_in_force,
        ..Rule::DEFAULT
    },
    Rule {
        id: "L023",
        reads: &[Reads::Guidelines],
        name: "imprecise",
        severity: Severity::Warning,
        family: Family::Guidelines,
        summary: "A chapter is cited with its year and the names of its sections",
        help: "The rules of 2015 require both (8 CCR 9792.21.1(d)). Chapters without \
            sections, and letters before 2015, are skipped.",
        find: imprecise,
        ..Rule::DEFAULT
    },
];

fn wrong_number(input: &Input<'_>, findings: &mut Findings) {
    for line in both_lines(input) {
        for cited in line.chapters() {
            let found = number_of_another(input, &line, &cited);
            findings.extend(found.map(|found| weighed(found, &line, Severity::Error)));
        }
    }
    numbers_in_prose(input, findings);
}

/// The reviewer's lines and the claims administrator's.
fn both_lines<'a>(input: &Input<'a>) -> Vec<GuidelineLine<'a>> {
    let mut lines = input.lines(Citer::ExpertReviewer);
    lines.extend(input.lines(Citer::ClaimsAdministrator));
    lines
}

/// A finding in what the claims administrator cited weighs less: it is transcribed, and
/// the reviewer can only compare it.
fn weighed(finding: Finding, line: &GuidelineLine<'_>, severity: Severity) -> Finding {
    match (line.citer, severity) {
        (Citer::ExpertReviewer, _) => finding,
        (_, Severity::Error) => finding.with_severity(Severity::Warning),
        _ => finding.with_severity(Severity::Note),
    }
}

fn number_of_another(
    input: &Input<'_>,
    line: &GuidelineLine<'_>,
    cited: &CitedChapter<'_>,
) -> Option<Finding> {
    let Source::Mtus { title, year, acoem_chapter: Some(number), sections } =
        cited.source
    else {
        return None;
    };
    let wanted = number_of(input, title)?;
    if wanted == *number {
        return None;
    }
    let message =
        format!("Chapter {number} is not \"{title}\", which is ACOEM chapter {wanted}");
    let source = Source::Mtus {
        title: title.clone(),
        year: *year,
        acoem_chapter: Some(wanted),
        sections: sections.clone(),
    };
    let hint = "Correct the number or the name";
    let finding = Finding::new(line.path.clone(), message, hint);
    Some(finding.narrowed_to(input, cited.title).with_change(
        format!("Cite chapter {wanted}"),
        &line.path,
        Change::Citation(cited.place, source),
    ))
}

/// The number of the chapter that a name means, if one alone has it: "Low Back
/// Complaints", "Low Back", "Knee".
fn number_of(input: &Input<'_>, title: &str) -> Option<u8> {
    let anatomy = input.library.anatomy();
    let named = anatomy.named_in(title);
    let mut numbers = Vec::new();
    for chapter in input.library.chapters() {
        let Some(number) = chapter.acoem_chapter else { continue };
        if chapter.title.eq_ignore_ascii_case(title.trim()) {
            return Some(number);
        }
        let parts = anatomy.named_in(&chapter.title);
        let treats_of_all = named
            .iter()
            .all(|part| parts.iter().any(|other| other.chapter == part.chapter));
        if treats_of_all && !named.is_empty() && numbers.last() != Some(&number) {
            numbers.push(number);
        }
    }
    if let [number] = numbers[..] { Some(number) } else { None }
}

pattern!(
    /// "Chapter 12 Low Back Complaints" in a rationale, with at most a mark between
    /// number and name.
    NUMBERED,
    r"(?-i:\b[Cc]hapter (\d{1,2})[,:]?[ (–-]+",
    r"((?:[A-Z][\w-]+,? (?:and )?){1,4}Complaints))"
);

fn numbers_in_prose(input: &Input<'_>, findings: &mut Findings) {
    for text in input.prose() {
        for found in NUMBERED.captures_iter(text.text) {
            let (Some(number), Some(title)) = (found.get(1), found.get(2)) else {
                continue;
            };
            let (words, title) = (number.as_str(), title.as_str());
            let Some(wanted) = number_of(input, title) else { continue };
            if words.parse() == Ok(wanted) {
                continue;
            }
            let message = format!(
                "Chapter {words} is not \"{title}\", which is ACOEM chapter {wanted}"
            );
            let hint = "Correct the number or the name";
            let finding = text
                .finding(number.range(), message, hint)
                .with_severity(Severity::Warning);
            let label = format!("Write \"{wanted}\"");
            findings.push(finding.with_replacement(label, wanted.to_string()));
        }
    }
}

fn not_in_force(input: &Input<'_>, findings: &mut Findings) {
    for line in both_lines(input) {
        for cited in line.chapters() {
            let found = edition_out_of_force(input, &line, &cited);
            findings.extend(found.map(|found| weighed(found, &line, Severity::Warning)));
        }
    }
}

/// An edition that was in force at no time between the denial and the decision.
fn edition_out_of_force(
    input: &Input<'_>,
    line: &GuidelineLine<'_>,
    cited: &CitedChapter<'_>,
) -> Option<Finding> {
    let Source::Mtus { year: Some(year), sections, .. } = cited.source else {
        return None;
    };
    let name = cited.title;
    let decided = *input.letter.case.decision_date.understood()?;
    let message = edition_fault(input, name, *year, decided)?;
    let hint = "Cite the edition in force, or correct the year";
    let finding = Finding::new(line.path.clone(), message, hint)
        .narrowed_to(input, &format!("{name} {year}"));
    let Some(successor) = successor(input, name, decided) else { return Some(finding) };
    let source = Source::Mtus {
        title: successor.title.clone(),
        year: successor.year,
        acoem_chapter: None,
        sections: sections.clone(),
    };
    let year = successor.year.unwrap_or_default();
    let label = format!("Cite \"{} {year}\"", successor.title);
    let change = Change::Citation(cited.place, source);
    Some(finding.with_change(label, &line.path, change))
}

fn edition_fault(
    input: &Input<'_>,
    name: &str,
    year: u16,
    decided: Date,
) -> Option<String> {
    let denied = input.letter.case.ur_denial_date.understood().unwrap_or(&decided);
    let mut editions: Vec<&Chapter> = input.library.chapters().iter().collect();
    editions.retain(|chapter| chapter.title.eq_ignore_ascii_case(name));
    if let Some(edition) = editions.iter().find(|chapter| chapter.year == Some(year)) {
        if edition.is_in_force(*denied) || edition.is_in_force(decided) {
            return None;
        }
        return Some(format!(
            "\"{name} {year}\" was not in force on the date of this decision ({})",
            us_date(decided)
        ));
    }
    // A newer edition than the tables know is not wrong.
    if editions.is_empty() || editions.iter().any(|chapter| chapter.until.is_none()) {
        return None;
    }
    let mut years = Vec::new();
    for edition in editions {
        years.extend(edition.year.map(|year| year.to_string()));
    }
    let years = or_list(&years);
    Some(format!("\"{name}\" has no {year} edition; it was published in {years}"))
}

/// The chapter on the same that decisions of a day rest on: by its name, or else by its
/// part of the body.
fn successor<'a>(input: &Input<'a>, title: &str, day: Date) -> Option<&'a Chapter> {
    let anatomy = input.library.anatomy();
    let parts = anatomy.named_in(title);
    let mut by_part = None;
    for chapter in input.library.chapters() {
        if !chapter.is_in_force(day) {
            continue;
        }
        if chapter.title.eq_ignore_ascii_case(title) {
            return Some(chapter);
        }
        let theirs = anatomy.named_in(&chapter.title);
        let treats_of_it = match parts.first() {
            Some(first) => theirs.iter().any(|part| part.chapter == first.chapter),
            None => false,
        };
        if treats_of_it && by_part.is_none() {
            by_part = Some(chapter);
        }
    }
    by_part
}

/// The first year whose letters cite by edition and section (8 CCR 9792.21.1(d)).
const BY_EDITION: i16 = 2015;

pattern!(PAGE, r"^(?:pages?|pp?\.?|pgs?\.?)?\s*\d{1,4}(?:\s*[-–]\s*\d{1,4})?$");

fn imprecise(input: &Input<'_>, findings: &mut Findings) {
    let Some(decided) = input.letter.case.decision_date.understood() else { return };
    if decided.year() < BY_EDITION {
        return;
    }
    for line in input.lines(Citer::ExpertReviewer) {
        for cited in line.chapters() {
            imprecisions(input, &line, &cited, findings);
        }
    }
}

fn imprecisions(
    input: &Input<'_>,
    line: &GuidelineLine<'_>,
    cited: &CitedChapter<'_>,
    findings: &mut Findings,
) {
    let Source::Mtus { year, acoem_chapter, sections, .. } = cited.source else { return };
    let name = cited.title;
    let mut report = |words: &str, message: String, hint: &str| {
        let finding = Finding::new(line.path.clone(), message, hint);
        findings.push(finding.narrowed_to(input, words));
    };
    if year.is_none() && acoem_chapter.is_none() {
        let message = format!("\"{name}\" is cited without its year");
        report(name, message, "Add the year of the edition");
    }
    let has_sections = input.library.chapters().iter().any(|chapter| {
        chapter.title.eq_ignore_ascii_case(name) && !chapter.sections.is_empty()
    });
    if sections.is_empty() && has_sections {
        let message = format!("\"{name}\" is cited without a section");
        report(name, message, "Add the section that the decision rests on");
    }
    for section in sections {
        let section = section.trim();
        if PAGE.is_match(section) {
            let message = format!(
                "The section \"{section}\" of \"{name}\" looks like a page number"
            );
            report(section, message, "Name the section");
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use crate::check::tests::{cite, fixed, letter, mtus, said};
    use crate::letter::{Entry, Letter, Source};

    const LOW_BACK: &str = "Low Back Complaints";
    const KNEE: &str = "Knee Complaints";
    const FOOT: &str = "Ankle and Foot Complaints";

    #[test]
    fn number_and_name_of_a_chapter_agree() {
        let numbered = |title: &str, number| {
            let mut letter = letter(&["MRI"]);
            let (title, sections) = (title.into(), Vec::new());
            cite(
                &mut letter.items[0],
                [Source::Mtus {
                    title,
                    year: None,
                    acoem_chapter: Some(number),
                    sections,
                }],
            );
            letter
        };
        for (title, number) in [
            (LOW_BACK, 12),
            (FOOT, 14),
            ("Low Back", 12),
            ("Initial Approaches to Treatment", 3),
            ("Spine", 4),
        ] {
            assert_eq!(said(&numbered(title, number), "L021"), [""; 0], "{title}");
        }
        let wrong = numbered(KNEE, 12);
        assert_eq!(
            said(&wrong, "L021"),
            ["Error [Knee Complaints] Chapter 12 is not \"Knee Complaints\", which \
                    is ACOEM chapter 13",]
        );
        assert_eq!(said(&fixed(&wrong, "L021"), "L021"), [""; 0]);
        let mut prose = letter(&["MRI"]);
        prose.items[0].rationale =
            "ACOEM Chapter 12, Low Back Complaints. ACOEM Chapter 9 Low Back Complaints."
                .into();
        assert_eq!(
            said(&prose, "L021"),
            [
                "Warning [9] Chapter 9 is not \"Low Back Complaints\", which is ACOEM chapter 12",
            ]
        );
        assert!(
            fixed(&prose, "L021").items[0]
                .rationale
                .ends_with("Chapter 12 Low Back Complaints.")
        );
    }

    const PAIN: &str = "Chronic Pain Medical Treatment";

    /// A letter that cites this edition, denied and decided on these days.
    fn dated(title: &str, year: u16, denied: Date, decided: Date) -> Letter {
        let mut letter = letter(&["Norco #30"]);
        letter.case.ur_denial_date = Entry::Understood(denied);
        letter.case.decision_date = Entry::Understood(decided);
        cite(&mut letter.items[0], [mtus(title, year, &["Introduction"])]);
        letter
    }

    #[test]
    fn an_edition_was_in_force() {
        let (early, late) = (date(2016, 7, 1), date(2017, 2, 14));
        for (title, year, denied, decided) in [
            (PAIN, 2009, early, late),
            (PAIN, 2016, late, late),
            (LOW_BACK, 2004, late, late),
            ("Low Back Disorders", 2031, date(2031, 1, 1), date(2031, 1, 1)),
            ("A chapter of our own", 2001, late, late),
        ] {
            assert_eq!(
                said(&dated(title, year, denied, decided), "L022"),
                [""; 0],
                "{title} {year}"
            );
        }
    }

    #[test]
    fn an_edition_that_was_not_in_force_is_replaced_by_its_successor() {
        let late = date(2017, 2, 14);
        for (title, year, day, expected) in [
            (
                PAIN,
                2009,
                late,
                "\"Chronic Pain Medical Treatment 2009\" was not in force on the date \
                    of this decision (02/14/2017)",
            ),
            (
                LOW_BACK,
                2014,
                late,
                "\"Low Back Complaints\" has no 2014 edition; it was published in 2004",
            ),
            (
                LOW_BACK,
                2004,
                date(2018, 2, 1),
                "\"Low Back Complaints 2004\" was not in force on the date of this \
                    decision (02/01/2018)",
            ),
            (
                "Low Back Disorders",
                2016,
                late,
                "\"Low Back Disorders 2016\" was not in force on the date of this \
                    decision (02/14/2017)",
            ),
        ] {
            let letter = dated(title, year, day, day);
            assert_eq!(
                said(&letter, "L022"),
                [format!("Warning [{title} {year}] {expected}")],
                "{title} {year}"
            );
            assert_eq!(said(&fixed(&letter, "L022"), "L022"), [""; 0], "{title} {year}");
        }
    }

    #[test]
    fn a_chapter_is_cited_with_year_and_section() {
        let cited = |source: Source| {
            let mut letter = letter(&["MRI"]);
            cite(&mut letter.items[0], [source]);
            letter
        };
        for source in [
            mtus(LOW_BACK, 2004, &["Summary"]),
            mtus("Acupuncture Treatment", 2007, &[]),
            mtus(LOW_BACK, 2004, &["3.3.9 Opioids"]),
        ] {
            assert_eq!(said(&cited(source.clone()), "L023"), [""; 0], "{source:?}");
        }
        for (source, words, expected) in [
            (
                mtus(LOW_BACK, 0, &["Summary"]),
                LOW_BACK,
                "\"Low Back Complaints\" is cited without its year",
            ),
            (
                mtus(LOW_BACK, 2004, &[]),
                LOW_BACK,
                "\"Low Back Complaints\" is cited without a section",
            ),
            (
                mtus(LOW_BACK, 2004, &["326"]),
                "326",
                "The section \"326\" of \"Low Back Complaints\" looks like a page number",
            ),
            (
                mtus(LOW_BACK, 2004, &["pp. 12-14"]),
                "pp. 12-14",
                "The section \"pp. 12-14\" of \"Low Back Complaints\" looks like a \
                    page number",
            ),
        ] {
            assert_eq!(
                said(&cited(source), "L023"),
                [format!("Warning [{words}] {expected}")]
            );
        }
        let mut old = cited(mtus(LOW_BACK, 0, &[]));
        old.case.decision_date = Entry::Understood(date(2014, 2, 1));
        assert_eq!(said(&old, "L023"), [""; 0]);
    }
}
