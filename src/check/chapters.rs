//! Chapters of the MTUS: that they treat of the item, are called as they are, and were in
//! force.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::subject::{Cited, Subject, chapters, subject};
use super::wording::{row, sentence};
use super::{Finding, Input, compiled};
use crate::diagnostic::{Change, Severity};
use crate::letter::phrasing::{or_list, title};
use crate::letter::{FieldPath, Guideline, Item, Source, us_date};
use crate::library::{Chapter, Part};

const OURS: &str = "items[].reviewer_guideline";
const THEIRS: &str = "items[].claims_guideline";

/// The lines that the form asks for, each with its item; the second is what the claims
/// administrator cited.
fn lines<'a>(
    input: &Input<'a>,
    pattern: &str,
) -> Vec<(&'a Item, FieldPath, &'a Guideline)> {
    let items = input.letter.items.iter().filter(|_| input.asks_for(pattern));
    let line = |item: &'a Item| {
        if pattern == OURS { &item.reviewer_guideline } else { &item.claims_guideline }
    };
    items
        .map(|item| (item, FieldPath::new(pattern, &[item.id]), line(item)))
        .collect()
}

/// L020: a chapter on a part of the body treats of the item's.
pub(super) fn other_part(input: &Input<'_>) -> Vec<Finding> {
    let lines = [OURS, THEIRS].into_iter().flat_map(|pattern| lines(input, pattern));
    lines
        .flat_map(|(item, path, line)| other_parts_of(input, item, &path, line))
        .collect()
}

fn other_parts_of(
    input: &Input<'_>,
    item: &Item,
    path: &FieldPath,
    line: &Guideline,
) -> Vec<Finding> {
    let Some(subject) = subject(input, item) else { return Vec::new() };
    let anatomy = input.library.anatomy();
    let cited = chapters(line);
    let fits = |cited: &Cited<'_>| subject.fits(&anatomy.named_in(cited.title));
    let treats =
        |cited: &Cited<'_>| fits(cited) && !anatomy.named_in(cited.title).is_empty();
    let has_fitting = cited.iter().any(treats);
    let wrong = cited.iter().filter(|cited| !fits(cited)).filter_map(|cited| {
        // Beside a chapter that fits, or for a drug, another one can have its reason in
        // the rest of the letter.
        let is_spoken_of = || speaks_of(input, item, &anatomy.named_in(cited.title));
        if (has_fitting || !subject.is_stated) && is_spoken_of() {
            return None;
        }
        let finding = of_another_part(input, path, cited, &subject)?;
        let finding = match (path.pattern() == OURS, subject.is_stated) {
            (true, _) if has_chapter(input, &subject) => finding,
            (false, false) => finding.weighing(Severity::Note),
            _ => finding.weighing(Severity::Warning),
        };
        let taken_out = |finding: Finding| {
            finding.fixed(
                format!("Take \"{}\" out", cited.title),
                path,
                Change::NoCitation(cited.place),
            )
        };
        Some(if has_fitting {
            taken_out(finding)
        } else {
            with_chapter(input, finding, path, cited, &subject)
        })
    });
    wrong.collect()
}

/// Whether the schedule has a chapter on one of the parts at all: without one, a
/// neighbour's can be the nearest.
fn has_chapter(input: &Input<'_>, subject: &Subject<'_>) -> bool {
    let day = input.letter.case.decision_date.understood().copied();
    let chapters = input.library.chapters().iter();
    let mut in_force =
        chapters.filter(|chapter| day.is_none_or(|day| chapter.is_in_force(day)));
    in_force.any(|chapter| {
        let parts = input.library.anatomy().named_in(&chapter.title);
        !parts.is_empty() && subject.fits(&parts)
    })
}

/// Whether the title, the summary or the rationale names what a chapter treats of.
fn speaks_of(input: &Input<'_>, item: &Item, cited: &[&Part]) -> bool {
    let texts =
        [title(&item.title), input.letter.summary.clone(), item.rationale.clone()];
    let named = texts.iter().flat_map(|text| input.library.anatomy().named_in(text));
    let mut named = named.collect::<Vec<_>>().into_iter();
    named.any(|part| cited.iter().any(|cited| part.is_decided_under(cited)))
}

fn of_another_part(
    input: &Input<'_>,
    path: &FieldPath,
    cited: &Cited<'_>,
    subject: &Subject<'_>,
) -> Option<Finding> {
    let row = row(input.letter, path)?;
    let name = sentence(&row);
    let who = if path.pattern() == OURS { "" } else { " by the claims administrator" };
    let (chapter, words) = (cited.title, &subject.words);
    let message = if subject.is_stated {
        format!(
            "{name} is about \"{words}\", and the chapter \"{chapter}\" is cited for it{who}"
        )
    } else {
        format!(
            "\"{chapter}\" is cited{who} for {row}, and neither the summary nor the \
                rationale speaks of that"
        )
    };
    let hint = if path.pattern() == OURS {
        "Cite the chapter that treats of it, or correct the title"
    } else {
        "Compare the line with the claims administrator's determination"
    };
    Some(
        Finding::new(path.clone(), message, hint)
            .about(input, chapter)
            .and(subject.place.clone()),
    )
}

/// Offers the chapter on the item's part of the body, of the same kind as the one cited.
fn with_chapter(
    input: &Input<'_>,
    finding: Finding,
    path: &FieldPath,
    cited: &Cited<'_>,
    subject: &Subject<'_>,
) -> Finding {
    let Some(fitting) = fitting(input, cited, subject) else { return finding };
    let Source::Mtus { year, acoem_chapter, sections, .. } = cited.source else {
        return finding;
    };
    let source = Source::Mtus {
        title: fitting.title.clone(),
        year: year.and(fitting.year),
        acoem_chapter: acoem_chapter.and(fitting.acoem_chapter),
        sections: sections.clone(),
    };
    finding.fixed(
        format!("Cite \"{}\"", fitting.title),
        path,
        Change::Citation(cited.place, source),
    )
}

fn fitting<'a>(
    input: &Input<'a>,
    cited: &Cited<'_>,
    subject: &Subject<'_>,
) -> Option<&'a Chapter> {
    let anatomy = input.library.anatomy();
    let day = input.letter.case.decision_date.understood().copied();
    let last_word = |title: &str| title.rsplit(' ').next().map(str::to_owned);
    let mut treating = input.library.chapters().iter().filter(|chapter| {
        let parts = anatomy.named_in(&chapter.title);
        let is_exactly_it =
            parts.iter().any(|part| subject.parts[0].chapter == part.chapter);
        subject.is_stated
            && is_exactly_it
            && day.is_none_or(|day| chapter.is_in_force(day))
    });
    let same_book =
        |chapter: &&Chapter| last_word(&chapter.title) == last_word(cited.title);
    treating.clone().find(same_book).or_else(|| treating.next())
}

/// L021: the number of a chapter of ACOEM's second edition is its name's.
pub(super) fn other_number(input: &Input<'_>) -> Vec<Finding> {
    let lines = lines(input, OURS).into_iter();
    lines
        .flat_map(|(_, path, line)| {
            let cited = chapters(line).into_iter();
            cited
                .filter_map(|cited| number_of_another(input, &path, &cited))
                .collect::<Vec<_>>()
        })
        .chain(numbers_in_prose(input))
        .collect()
}

fn number_of_another(
    input: &Input<'_>,
    path: &FieldPath,
    cited: &Cited<'_>,
) -> Option<Finding> {
    let Source::Mtus { title, year, acoem_chapter: Some(number), sections } =
        cited.source
    else {
        return None;
    };
    let wanted = number_of(input, title).filter(|wanted| wanted != number)?;
    let message = format!(
        "Chapter {number} is not \"{title}\", which is chapter {wanted} of the ACOEM guidelines"
    );
    let source = Source::Mtus {
        title: title.clone(),
        year: *year,
        acoem_chapter: Some(wanted),
        sections: sections.clone(),
    };
    let finding = Finding::new(path.clone(), message, "Correct the number or the name")
        .about(input, title.trim());
    Some(finding.fixed(
        format!("Cite chapter {wanted}"),
        path,
        Change::Citation(cited.place, source),
    ))
}

/// The number of the chapter that a name means, if one alone has it: "Low Back
/// Complaints", "Low Back", "Knee".
fn number_of(input: &Input<'_>, title: &str) -> Option<u8> {
    let numbered = || {
        input
            .library
            .chapters()
            .iter()
            .filter(|chapter| chapter.acoem_chapter.is_some())
    };
    if let Some(chapter) =
        numbered().find(|chapter| chapter.title.eq_ignore_ascii_case(title.trim()))
    {
        return chapter.acoem_chapter;
    }
    let anatomy = input.library.anatomy();
    let cited = anatomy.named_in(title);
    let same = |chapter: &&Chapter| {
        let parts = anatomy.named_in(&chapter.title);
        !cited.is_empty()
            && cited
                .iter()
                .all(|part| parts.iter().any(|other| other.chapter == part.chapter))
    };
    let mut numbers: Vec<u8> = numbered()
        .filter(same)
        .filter_map(|chapter| chapter.acoem_chapter)
        .collect();
    numbers.dedup();
    if let [number] = numbers[..] { Some(number) } else { None }
}

/// "Chapter 12 Low Back Complaints" in a rationale, with at most a mark between number
/// and name.
static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"\b[Cc]hapter (\d{1,2})[,:]?[ (–-]+((?:[A-Z][\w-]+,? (?:and )?){1,4}Complaints)",
    )
});

fn numbers_in_prose<'a>(input: &'a Input<'_>) -> impl Iterator<Item = Finding> + 'a {
    input.prose().flat_map(move |(_, path, text)| {
        let found = NUMBERED.captures_iter(text).filter_map(move |found| {
            let (number, title) = (found.get(1)?, found.get(2)?.as_str());
            let wanted = number_of(input, title)
                .filter(|wanted| number.as_str().parse() != Ok(*wanted))?;
            let message = format!(
                "Chapter {} is not \"{title}\", which is chapter {wanted} of the ACOEM \
                    guidelines",
                number.as_str()
            );
            let finding = Finding::at(
                &path,
                text,
                number.range(),
                message,
                "Correct the number or the name",
            );
            let finding = finding.weighing(Severity::Warning);
            Some(finding.reworded(format!("Write \"{wanted}\""), wanted.to_string()))
        });
        found.collect::<Vec<_>>()
    })
}

/// L022: a chapter's edition was in force at some time between the denial and the
/// decision.
pub(super) fn not_in_force(input: &Input<'_>) -> Vec<Finding> {
    let lines = lines(input, OURS).into_iter();
    lines
        .flat_map(|(_, path, line)| {
            let cited = chapters(line).into_iter();
            cited
                .filter_map(|cited| edition_out_of_force(input, &path, &cited))
                .collect::<Vec<_>>()
        })
        .collect()
}

fn edition_out_of_force(
    input: &Input<'_>,
    path: &FieldPath,
    cited: &Cited<'_>,
) -> Option<Finding> {
    let Source::Mtus { title, year: Some(year), sections, .. } = cited.source else {
        return None;
    };
    let case = &input.letter.case;
    let decided = case.decision_date.understood().copied()?;
    let denied = case.ur_denial_date.understood().copied().unwrap_or(decided);
    let name = title.trim();
    let editions: Vec<&Chapter> = input
        .library
        .chapters()
        .iter()
        .filter(|chapter| chapter.title.eq_ignore_ascii_case(name))
        .collect();
    let cited_edition = editions.iter().find(|chapter| chapter.year == Some(*year));
    let message = match cited_edition {
        Some(chapter) if chapter.is_in_force(denied) || chapter.is_in_force(decided) => {
            return None;
        }
        Some(_) => format!(
            "\"{name} {year}\" was not in force when this letter is decided ({})",
            us_date(decided)
        ),
        // A newer edition than the tables know is not wrong.
        None if editions.is_empty()
            || editions.iter().any(|chapter| chapter.until.is_none()) =>
        {
            return None;
        }
        None => {
            let years: Vec<String> = editions
                .iter()
                .filter_map(|edition| edition.year)
                .map(|y| y.to_string())
                .collect();
            format!("\"{name}\" has no edition of {year}: it is of {}", or_list(&years))
        }
    };
    let finding = Finding::new(
        path.clone(),
        message,
        "Cite the edition in force, or correct the year",
    );
    let finding = finding.about(input, &format!("{name} {year}"));
    let Some(successor) = successor(input, name, decided) else { return Some(finding) };
    let source = Source::Mtus {
        title: successor.title.clone(),
        year: successor.year,
        acoem_chapter: None,
        sections: sections.clone(),
    };
    let label =
        format!("Cite \"{} {}\"", successor.title, successor.year.unwrap_or_default());
    Some(finding.fixed(label, path, Change::Citation(cited.place, source)))
}

/// The chapter on the same that decisions of a day rest on: by its name, or else by its
/// part of the body.
fn successor<'a>(input: &Input<'a>, title: &str, day: Date) -> Option<&'a Chapter> {
    let anatomy = input.library.anatomy();
    let parts = anatomy.named_in(title);
    let treats = |chapter: &&Chapter| {
        let theirs = anatomy.named_in(&chapter.title);
        !parts.is_empty() && theirs.iter().any(|part| part.chapter == parts[0].chapter)
    };
    let in_force = || {
        input
            .library
            .chapters()
            .iter()
            .filter(|chapter| chapter.is_in_force(day))
    };
    in_force()
        .find(|chapter| chapter.title.eq_ignore_ascii_case(title))
        .or_else(|| in_force().find(treats))
}

/// The first year whose letters cite by edition and section (8 CCR 9792.21.1(d)).
const BY_EDITION: i16 = 2015;

static PAGE: LazyLock<Regex> = LazyLock::new(|| {
    compiled(r"(?i)^(?:pages?|pp?\.?|pgs?\.?)?\s*\d{1,4}(?:\s*[-–]\s*\d{1,4})?$")
});

/// L023: a chapter is cited with its year and with sections by their names.
pub(super) fn not_precise(input: &Input<'_>) -> Vec<Finding> {
    let is_by_edition = input
        .letter
        .case
        .decision_date
        .understood()
        .copied()
        .is_some_and(|date| date.year() >= BY_EDITION);
    let lines = lines(input, OURS).into_iter().filter(|_| is_by_edition);
    lines
        .flat_map(|(_, path, line)| {
            let cited = chapters(line).into_iter();
            cited
                .flat_map(|cited| imprecisions(input, &path, &cited))
                .collect::<Vec<_>>()
        })
        .collect()
}

fn imprecisions(input: &Input<'_>, path: &FieldPath, cited: &Cited<'_>) -> Vec<Finding> {
    let Source::Mtus { year, acoem_chapter, sections, .. } = cited.source else {
        return Vec::new();
    };
    let name = cited.title;
    let has_sections = input.library.chapters().iter().any(|chapter| {
        chapter.title.eq_ignore_ascii_case(name) && !chapter.sections.is_empty()
    });
    let tell = |words: &str, message: String, hint: &str| {
        Finding::new(path.clone(), message, hint).about(input, words.trim())
    };
    let undated = (year.is_none() && acoem_chapter.is_none()).then(|| {
        tell(
            name,
            format!("\"{name}\" is cited without its year"),
            "Add the year of the edition",
        )
    });
    let whole = (sections.is_empty() && has_sections).then(|| {
        tell(
            name,
            format!("\"{name}\" is cited without a section"),
            "Add the section that the decision rests on",
        )
    });
    let pages =
        sections
            .iter()
            .filter(|section| PAGE.is_match(section.trim()))
            .map(|section| {
                let message = format!(
                    "The section \"{}\" of \"{name}\" looks like a page",
                    section.trim()
                );
                tell(section, message, "Name the section")
            });
    undated.into_iter().chain(whole).chain(pages).collect()
}

/// L028: what is asked for twice is decided under the same chapters.
pub(super) fn unequal(input: &Input<'_>) -> Vec<Finding> {
    let lines = lines(input, OURS);
    let pairs = lines.iter().enumerate().filter_map(|(place, (item, path, line))| {
        let mut before = lines[..place].iter();
        before.find_map(|(other, other_path, other_line)| {
            let is_alike = differ(&chapters(line), &chapters(other_line))
                && alike(input, item, other);
            is_alike.then_some((item, path, line, other_path, other_line))
        })
    });
    let findings = pairs.filter_map(|(item, path, line, other_path, other_line)| {
        // A chapter on another part of the body is L020's matter.
        let fits = |line: &Guideline| {
            let named = |cited: &Cited<'_>| input.library.anatomy().named_in(cited.title);
            let subject = subject(input, item).filter(|subject| subject.is_stated);
            subject.is_none_or(|subject| {
                chapters(line).iter().all(|cited| subject.fits(&named(cited)))
            })
        };
        (fits(line) && fits(other_line)).then_some(())?;
        let (name, other) = (row(input.letter, path)?, row(input.letter, other_path)?);
        let titles = |line| {
            chapters(line)
                .iter()
                .map(|cited| format!("\"{}\"", cited.title))
                .collect::<Vec<_>>()
                .join(", ")
        };
        let message = format!(
            "{} asks for the same as {other}, and is decided under {} instead of {}",
            sentence(&name),
            titles(line),
            titles(other_line),
        );
        let finding = Finding::new(
            path.clone(),
            message,
            "Cite the same chapter for both, or leave it if it is meant",
        );
        Some(finding.and(other_path.clone()))
    });
    findings.collect()
}

/// Whether two titles differ in nothing but the side.
fn alike(input: &Input<'_>, item: &Item, other: &Item) -> bool {
    let (one, other) =
        (title(&item.title).to_lowercase(), title(&other.title).to_lowercase());
    telling(&one).eq(telling(&other))
        && !input.library.treatments().named_in(&one).is_empty()
}

/// The words of a title that do not say on which side.
fn telling(title: &str) -> impl Iterator<Item = &str> {
    const SILENT: &[&str] = &["", "left", "right", "bilateral", "the", "of", "for"];
    title
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !SILENT.contains(word))
}

fn differ(one: &[Cited<'_>], other: &[Cited<'_>]) -> bool {
    let has = |list: &[Cited<'_>], title: &str| {
        list.iter().any(|cited| cited.title.eq_ignore_ascii_case(title))
    };
    !one.is_empty()
        && !other.is_empty()
        && !one.iter().any(|cited| has(other, cited.title))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use crate::check::specimen::{cite, fixed, found, letter, mtus, said};
    use crate::letter::{Entry, Guideline, Letter, Source};

    const LOW_BACK: &str = "Low Back Complaints";
    const KNEE: &str = "Knee Complaints";
    const FOOT: &str = "Ankle and Foot Complaints";
    const NECK: &str = "Neck and Upper Back Complaints";
    const HAND: &str = "Forearm, Wrist, and Hand Complaints";

    /// A letter on one item, and the chapters of 2004 that it is decided under.
    fn citing(title: &str, chapters: &[&str]) -> Letter {
        let mut letter = letter(&[title]);
        cite(
            &mut letter.items[0],
            chapters
                .iter()
                .map(|chapter| mtus(chapter, 2004, &["Special Studies"])),
        );
        letter
    }

    #[test]
    fn a_chapter_on_another_part_is_told() {
        for (title, chapters) in [
            ("MRI of the lumbar spine", &[LOW_BACK][..]),
            ("MRI of the thoracic spine", &[LOW_BACK]),
            ("MRI of the thoracic spine", &[NECK]),
            ("MRI of the cervical spine", &["Cervical and Thoracic Spine Disorders"]),
            ("EMG of the left upper extremity", &[NECK, HAND, "Elbow Complaints"]),
            ("Chiropractic care for neck, back", &[NECK, LOW_BACK]),
            (
                "Physical therapy of the knee",
                &["Chronic Pain Medical Treatment", "General Approaches"],
            ),
            ("Norco 10/325mg #60", &[KNEE]),
        ] {
            assert_eq!(
                said(&citing(title, chapters), "L020"),
                [""; 0],
                "{title}: {chapters:?}"
            );
        }
        for (title, chapters, expected) in [
            (
                "MRI of the right knee",
                &[LOW_BACK][..],
                "Error [Low Back Complaints] Item 1 is about \"knee\", and the \
                    chapter \"Low Back Complaints\" is cited for it",
            ),
            (
                "Cervical MRI",
                &[LOW_BACK],
                "Error [Low Back Complaints] Item 1 is about \"cervical\", and the \
                    chapter \"Low Back Complaints\" is cited for it",
            ),
            (
                "Lumbar brace",
                &[LOW_BACK, FOOT],
                "Error [Ankle and Foot Complaints] Item 1 is about \"lumbar\", and the \
                    chapter \"Ankle and Foot Complaints\" is cited for it",
            ),
        ] {
            assert_eq!(
                said(&citing(title, chapters), "L020"),
                [expected],
                "{title}: {chapters:?}"
            );
        }
    }

    #[test]
    fn the_part_comes_from_the_form_and_then_from_the_summary() {
        let mut letter = citing("Trigger point injections", &[FOOT]);
        letter.summary = "The patient has low back pain.".into();
        assert_eq!(
            said(&letter, "L020"),
            ["Error [Ankle and Foot Complaints] \"Ankle and Foot Complaints\" is \
                    cited for item 1, and neither the summary \
             nor the rationale speaks of that",]
        );
        letter.items[0].body_part = "Foot".into();
        assert_eq!(said(&letter, "L020"), [""; 0]);
        letter.items[0].body_part = "Neck".into();
        assert_eq!(
            said(&letter, "L020"),
            ["Error [Ankle and Foot Complaints] Item 1 is about \"neck\", and the \
                    chapter \"Ankle and Foot Complaints\" is cited for it",]
        );
        letter.items[0].body_part = String::new();
        letter.summary += " The left heel is tender.";
        assert_eq!(said(&letter, "L020"), [""; 0]);
    }

    #[test]
    fn the_chapter_that_fits_is_offered() {
        let letter = citing("MRI of the right knee", &[LOW_BACK]);
        assert_eq!(
            fixed(&letter, "L020").items[0].reviewer_guideline,
            citing("", &[KNEE]).items[0].reviewer_guideline
        );
    }

    #[test]
    fn what_the_claims_administrator_cited_is_a_warning() {
        let mut letter = citing("MRI of the lumbar spine", &[NECK]);
        letter.items[0].claims_guideline =
            std::mem::take(&mut letter.items[0].reviewer_guideline);
        assert_eq!(
            said(&letter, "L020"),
            ["Warning [Neck and Upper Back Complaints] Item 1 is about \"lumbar \
                    spine\", and the chapter \"Neck and Upper Back \
             Complaints\" is cited for it by the claims administrator",]
        );
    }

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
                    is chapter 13 of the ACOEM guidelines",]
        );
        assert_eq!(said(&fixed(&wrong, "L021"), "L021"), [""; 0]);
        let mut prose = letter(&["MRI"]);
        prose.items[0].rationale =
            "ACOEM Chapter 12, Low Back Complaints. ACOEM Chapter 9 Low Back Complaints."
                .into();
        assert_eq!(
            said(&prose, "L021"),
            ["Warning [9] Chapter 9 is not \"Low Back Complaints\", which is chapter \
                    12 of the ACOEM guidelines",]
        );
        assert!(
            fixed(&prose, "L021").items[0]
                .rationale
                .ends_with("Chapter 12 Low Back Complaints.")
        );
    }

    #[test]
    fn an_edition_was_in_force() {
        let dated = |title: &str, year, denied, decided| {
            let mut letter = letter(&["Norco #30"]);
            letter.case.ur_denial_date = Entry::Understood(denied);
            letter.case.decision_date = Entry::Understood(decided);
            cite(&mut letter.items[0], [mtus(title, year, &["Introduction"])]);
            letter
        };
        let (early, late) = (date(2016, 7, 1), date(2017, 2, 14));
        let pain = "Chronic Pain Medical Treatment";
        for (title, year, denied, decided) in [
            (pain, 2009, early, late),
            (pain, 2016, late, late),
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
        for (title, year, day, expected) in [
            (
                pain,
                2009,
                late,
                "\"Chronic Pain Medical Treatment 2009\" was not in force when this \
                    letter is decided (02/14/2017)",
            ),
            (
                LOW_BACK,
                2014,
                late,
                "\"Low Back Complaints\" has no edition of 2014: it is of 2004",
            ),
            (
                LOW_BACK,
                2004,
                date(2018, 2, 1),
                "\"Low Back Complaints 2004\" was not in force when this letter is \
                    decided (02/01/2018)",
            ),
            (
                "Low Back Disorders",
                2016,
                late,
                "\"Low Back Disorders 2016\" was not in force when this letter is \
                    decided (02/14/2017)",
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
                "The section \"326\" of \"Low Back Complaints\" looks like a page",
            ),
            (
                mtus(LOW_BACK, 2004, &["pp. 12-14"]),
                "pp. 12-14",
                "The section \"pp. 12-14\" of \"Low Back Complaints\" looks like a page",
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

    #[test]
    fn the_same_request_is_decided_under_the_same_chapter() {
        let both = |titles: [&str; 2], chapters: [&str; 2]| {
            let mut letter = letter(&titles);
            for (item, chapter) in letter.items.iter_mut().zip(chapters) {
                cite(item, [mtus(chapter, 2004, &["Summary"])]);
            }
            letter
        };
        let arms =
            ["EMG of the left upper extremity", "EMG of the right upper extremity"];
        for (titles, chapters) in [
            (arms, [NECK, NECK]),
            (
                ["EMG of the left hand", "EMG of the left elbow"],
                [HAND, "Elbow Complaints"],
            ),
            // The knee under the low back's chapter is told of once, by L020.
            (["MRI of the left knee", "MRI of the right knee"], [LOW_BACK, KNEE]),
        ] {
            assert_eq!(said(&both(titles, chapters), "L028"), [""; 0], "{titles:?}");
        }
        assert_eq!(
            said(&both(arms, [NECK, HAND]), "L028"),
            ["Warning [items[2].reviewer_guideline] Item 2 asks for the same as item \
                    1, and is decided under \"Forearm, Wrist, and \
             Hand Complaints\" instead of \"Neck and Upper Back Complaints\"",]
        );
    }

    #[test]
    fn a_line_kept_as_written_says_nothing_that_could_be_compared() {
        let mut letter = citing("MRI of the knee", &[LOW_BACK]);
        assert_eq!(found(&letter, "L020").len(), 1);
        letter.items[0].reviewer_guideline = Guideline::AsWritten("See MTUS".into());
        assert_eq!(said(&letter, "L020"), [""; 0]);
        letter.items[0].reviewer_guideline = Guideline::Cited(vec![Source::default()]);
        assert_eq!(said(&letter, "L020"), [""; 0]);
    }
}
