//! A guideline line taken apart again into what it cites.

use super::normalize::is_same;
use super::prose;
use crate::letter::phrasing::{self, Citer, GuidelineForm};
use crate::letter::{Guideline, Source};

/// The line's citations; one that does not come back the same from them stays as it is
/// written.
pub(super) fn parse(words: &str, citer: Citer) -> Guideline {
    let words = prose::line(words);
    let none = Guideline::None { reason: String::new() };
    for (line, form) in [
        (Some(none), GuidelineForm::Edition),
        (cited(&words, GuidelineForm::Edition), GuidelineForm::Edition),
        (cited(&words, GuidelineForm::AcoemChapter), GuidelineForm::AcoemChapter),
    ] {
        if let Some(line) = line
            && is_same(&phrasing::guideline(&line, form, citer), &words)
        {
            return line;
        }
    }
    Guideline::AsWritten(words)
}

/// The works of a line that names them alone: `MTUS Knee Complaints 2004; ODG, Knee
/// chapter`.
pub(super) fn parse_works(words: &str) -> Guideline {
    let words = prose::line(words);
    let citations = words.split("; ").map(|work| match work.strip_prefix("MTUS ") {
        Some(chapter) => edition(chapter),
        None => Source::NonMtus(work.to_owned()),
    });
    let none = Guideline::None { reason: String::new() };
    for line in [none, Guideline::Cited(citations.collect())] {
        let said =
            phrasing::guideline(&line, GuidelineForm::Works, Citer::ExpertReviewer);
        if is_same(&said, &words) {
            return line;
        }
    }
    Guideline::AsWritten(words)
}

const MTUS: &str = "Decision based on MTUS ";
const NON_MTUS: &str = "Decision based on Non-MTUS Citation ";
const OUTSIDE: &str = "outside of the MTUS Guidelines.";

fn cited(words: &str, form: GuidelineForm) -> Option<Guideline> {
    if words.is_empty() {
        return None;
    }
    let (front, work) = match words.split_once(NON_MTUS) {
        Some((front, work)) => (front.trim(), Some(work)),
        None => (words, None),
    };
    let mut sources = match front.strip_prefix(MTUS) {
        // By their numbers they are read as such.
        Some(chapters)
            if form == GuidelineForm::Edition
                && chapters.starts_with("ACOEM Chapter") =>
        {
            return None;
        }
        Some(chapters) => chapters_of(chapters.trim_end().strip_suffix('.')?, form),
        None if front.ends_with(OUTSIDE) => vec![Source::OutsideMtus],
        None if front.is_empty() => Vec::new(),
        None => return None,
    };
    if let Some(work) = work {
        // The full stop of the line is the sentence's, unless the work ends in one of its
        // own.
        let work = work.trim();
        let work = work.strip_suffix('.').unwrap_or(work);
        sources.push(Source::NonMtus(work.to_owned()));
    }
    Some(Guideline::Cited(sources))
}

fn chapters_of(words: &str, form: GuidelineForm) -> Vec<Source> {
    match form {
        GuidelineForm::Edition | GuidelineForm::Works => {
            editions(words).into_iter().map(|chapter| edition(&chapter)).collect()
        }
        GuidelineForm::AcoemChapter => {
            let words = words.strip_prefix("ACOEM ").unwrap_or(words);
            words.split(", Chapter ").map(acoem).collect()
        }
    }
}

/// The chapters, which `, and ` separates. The same words within a chapter's name or
/// section do not: a part without a year belongs to the chapter before, and so does any
/// part after one that has neither a year nor sections.
fn editions(words: &str) -> Vec<String> {
    let words = NAMES_WITH_AND.iter().fold(words.to_owned(), |words, name| {
        words.replace(name, &name.replace(", and ", KEPT))
    });
    let mut chapters: Vec<String> = Vec::new();
    for part in words.split(", and ") {
        match chapters.last_mut() {
            Some(before) if !has_year(part) || !is_whole(before) => {
                *before = format!("{before}, and {part}");
            }
            Some(_) | None => chapters.push(part.to_owned()),
        }
    }
    chapters
        .into_iter()
        .map(|chapter| chapter.replace(KEPT, ", and "))
        .collect()
}

fn has_year(chapter: &str) -> bool {
    let (title, _) = parts_of(chapter);
    year_of(title).is_some()
}

/// Whether nothing of a chapter can follow: it has its year or names its sections.
fn is_whole(chapter: &str) -> bool {
    let (_, sections) = parts_of(chapter);
    has_year(chapter) || !sections.is_empty()
}

/// A chapter's title and its sections.
fn parts_of(chapter: &str) -> (&str, &str) {
    match chapter.split_once(", Section(s):") {
        Some((title, sections)) => (title.trim(), sections),
        None => (chapter.trim(), ""),
    }
}

/// Chapters whose names contain the words that are between chapters.
const NAMES_WITH_AND: &[&str] = &[
    "Forearm, Wrist, and Hand",
    "Hand, Wrist, and Forearm",
    "Pain, Suffering, and the Restoration of Function",
];

/// Takes the place of ", and " within a name; no letter contains it.
const KEPT: &str = "\u{1}";

fn edition(words: &str) -> Source {
    let (title, sections) = parts_of(words);
    let (name, year) = match year_of(title) {
        Some((name, year)) => (name, Some(year)),
        None => (title, None),
    };
    Source::Mtus {
        title: name.to_owned(),
        year,
        acoem_chapter: None,
        sections: sections_of(sections),
    }
}

fn year_of(title: &str) -> Option<(&str, u16)> {
    let (name, year) = title.rsplit_once(' ')?;
    let year: u16 = year.parse().ok()?;
    (1990..2100).contains(&year).then_some((name, year))
}

fn acoem(words: &str) -> Source {
    let words = words.strip_prefix("Chapter ").unwrap_or(words);
    let (title, sections) = match words.split_once(", Section(s):") {
        Some((title, sections)) => (title, sections),
        None => (words, ""),
    };
    if let Some((number, name)) = title.split_once(' ')
        && let Ok(number) = number.parse()
    {
        return Source::Mtus {
            title: name.trim().to_owned(),
            year: None,
            acoem_chapter: Some(number),
            sections: sections_of(sections),
        };
    }
    edition(title)
}

/// Sections are between commas; a comma within brackets separates nothing.
fn sections_of(words: &str) -> Vec<String> {
    let (mut sections, mut depth) = (vec![String::new()], 0usize);
    for character in words.chars() {
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if character == ',' && depth == 0 {
            sections.push(String::new());
        } else if let Some(last) = sections.last_mut() {
            last.push(character);
        }
    }
    // The MTUS has names with a comma in them ("TENS, chronic pain", "NSAIDs, GI symptoms
    // & cardiovascular risk"): what does not begin like a name belongs to the one before.
    let mut names: Vec<String> = Vec::new();
    for section in sections {
        let section = section.trim();
        if section.is_empty() {
            continue;
        }
        match names.last_mut() {
            Some(last)
                if section.starts_with(char::is_lowercase)
                    || (last == "NSAIDs" && section.starts_with("GI ")) =>
            {
                *last = format!("{last}, {section}");
            }
            Some(_) | None => names.push(section.to_owned()),
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, expected: usize) {
        match parse(words, Citer::ExpertReviewer) {
            Guideline::Cited(citations) => {
                assert_eq!(citations.len(), expected, "{words}: {citations:?}");
            }
            other => panic!("{words}: {other:?}"),
        }
    }

    #[test]
    fn names_of_sections_keep_their_commas() {
        for (words, expected) in [
            ("Summary, Special Studies", &["Summary", "Special Studies"][..]),
            (
                "NSAIDs, GI symptoms & cardiovascular risk, Opioids",
                &["NSAIDs, GI symptoms & cardiovascular risk", "Opioids"],
            ),
            (
                "TENS, chronic pain (transcutaneous, or not)",
                &["TENS, chronic pain (transcutaneous, or not)"],
            ),
            ("Ultrasound, therapeutic", &["Ultrasound, therapeutic"]),
        ] {
            assert_eq!(sections_of(words), expected);
        }
    }

    #[test]
    fn lines_come_apart_by_their_grammar() {
        check(
            "Decision based on MTUS Low Back Complaints 2004, Section(s): Special \
                Studies, Summary.",
            1,
        );
        check(
            "Decision based on MTUS Low Back Complaints 2004, and Chronic Pain Medical \
                Treatment 2016.",
            2,
        );
        check(
            "Decision based on MTUS Forearm, Wrist, and Hand Complaints 2004, and \
                Opioid Treatment 2016.",
            2,
        );
        check(
            "Decision based on MTUS Elbow Complaints 2007, Section(s): Summary, and \
                Forearm, Wrist, and Hand Complaints 2004.",
            2,
        );
        check(
            "Decision based on MTUS Elbow Complaints 2007, and Forearm, Wrist, and Hand \
                Complaints 2004.",
            2,
        );
        check(
            "Decision based on MTUS ACOEM Chapter 12 Low Back Complaints, Chapter 14 \
                Ankle and Foot Complaints.",
            2,
        );
        check(
            "The Expert Reviewer based their decision on recommendation(s) outside of \
                the MTUS Guidelines. Decision based on \
             Non-MTUS Citation ODG, Knee.",
            2,
        );
        check("Decision based on Non-MTUS Citation ODG.", 1);
    }

    #[test]
    fn what_has_no_grammar_stays_as_it_is_written() {
        let words = "See the rationale below";
        assert_eq!(
            parse(words, Citer::ExpertReviewer),
            Guideline::AsWritten(words.into())
        );
        let twice = "Decision based on Non-MTUS Citation ODG..";
        assert_eq!(
            parse(twice, Citer::ExpertReviewer),
            Guideline::AsWritten(twice.into())
        );
        let none =
            "The Expert Reviewer did not cite any medical evidence for its decision.";
        assert!(matches!(parse(none, Citer::ExpertReviewer), Guideline::None { .. }));
        assert!(matches!(
            parse(none, Citer::ClaimsAdministrator),
            Guideline::AsWritten(_)
        ));
    }
}
