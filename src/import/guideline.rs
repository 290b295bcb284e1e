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
    let found = [
        Some(none),
        cited(&words, GuidelineForm::Edition),
        cited(&words, GuidelineForm::AcoemChapter),
    ];
    let forms =
        [GuidelineForm::Edition, GuidelineForm::Edition, GuidelineForm::AcoemChapter];
    let same = |(line, form): &(Guideline, GuidelineForm)| {
        is_same(&phrasing::guideline(line, *form, citer), &words)
    };
    let mut read = found
        .into_iter()
        .zip(forms)
        .filter_map(|(line, form)| Some((line?, form)));
    read.find(same).map_or(Guideline::AsWritten(words), |(line, _)| line)
}

/// The works of a line that names them alone: `MTUS Knee Complaints 2004; ODG, Knee
/// chapter`.
pub(super) fn parse_works(words: &str) -> Guideline {
    let words = prose::line(words);
    let none = Guideline::None { reason: String::new() };
    let source = |work: &str| match work.strip_prefix("MTUS ") {
        Some(chapter) => edition(chapter),
        None => Source::NonMtus(work.to_owned()),
    };
    let sources = words.split("; ").map(source);
    let mut read = [none, Guideline::Cited(sources.collect())].into_iter();
    let same = |line: &Guideline| {
        is_same(
            &phrasing::guideline(line, GuidelineForm::Works, Citer::ExpertReviewer),
            &words,
        )
    };
    read.find(same).unwrap_or(Guideline::AsWritten(words))
}

const MTUS: &str = "Decision based on MTUS ";
const NON_MTUS: &str = "Decision based on Non-MTUS Citation ";
const OUTSIDE: &str = "outside of the MTUS Guidelines.";

fn cited(words: &str, form: GuidelineForm) -> Option<Guideline> {
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
    // The full stop of the line is the sentence's, unless the work ends in one of its
    // own.
    let work = work.map(|work| work.trim().strip_suffix('.').unwrap_or(work.trim()));
    sources.extend(work.map(|work| Source::NonMtus(work.to_owned())));
    Some(Guideline::Cited(sources)).filter(|_| !words.is_empty())
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

/// The chapters between which `, and ` stands. The same words within a chapter's name or
/// section do not part it: a part that neither has a year nor names sections belongs to
/// the one before.
fn editions(words: &str) -> Vec<String> {
    let words = NAMES_WITH_AND.iter().fold(words.to_owned(), |words, name| {
        words.replace(name, &name.replace(", and ", KEPT))
    });
    let mut chapters: Vec<String> = Vec::new();
    for part in words.split(", and ") {
        let is_whole = |chapter: &str| {
            let (title, sections) =
                chapter.split_once(", Section(s):").unwrap_or((chapter, ""));
            (year_of(title.trim()).is_some(), !sections.is_empty())
        };
        let (has_year, _) = is_whole(part);
        match chapters
            .last_mut()
            .filter(|before| !has_year || is_whole(before) == (false, false))
        {
            Some(before) => *before = format!("{before}, and {part}"),
            None => chapters.push(part.to_owned()),
        }
    }
    chapters
        .into_iter()
        .map(|chapter| chapter.replace(KEPT, ", and "))
        .collect()
}

/// Chapters whose names hold the words that stand between chapters.
const NAMES_WITH_AND: &[&str] = &[
    "Forearm, Wrist, and Hand",
    "Hand, Wrist, and Forearm",
    "Pain, Suffering, and the Restoration of Function",
];

/// Stands for ", and " within a name; no letter holds it.
const KEPT: &str = "\u{1}";

fn edition(words: &str) -> Source {
    let (title, sections) = words.split_once(", Section(s):").unwrap_or((words, ""));
    let title = title.trim();
    let (name, year) =
        year_of(title).map_or((title, None), |(name, year)| (name, Some(year)));
    Source::Mtus {
        title: name.to_owned(),
        year,
        acoem_chapter: None,
        sections: sections_of(sections),
    }
}

fn year_of(title: &str) -> Option<(&str, u16)> {
    let (name, year) = title.rsplit_once(' ')?;
    let year: u16 = year.parse().ok().filter(|year| (1990..2100).contains(year))?;
    Some((name, year))
}

fn acoem(words: &str) -> Source {
    let words = words.strip_prefix("Chapter ").unwrap_or(words);
    let (words, sections) = words.split_once(", Section(s):").unwrap_or((words, ""));
    let (number, name) = words.split_once(' ').unwrap_or(("", words));
    match number.parse() {
        Ok(number) => Source::Mtus {
            title: name.trim().to_owned(),
            year: None,
            acoem_chapter: Some(number),
            sections: sections_of(sections),
        },
        Err(_) => edition(words),
    }
}

/// Sections stand between commas; a comma within brackets parts nothing.
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
    let sections = sections
        .into_iter()
        .map(|section| section.trim().to_owned())
        .filter(|section| !section.is_empty());
    sections.fold(Vec::new(), whole_names)
}

/// The MTUS has names with a comma in them ("TENS, chronic pain", "NSAIDs, GI symptoms &
/// cardiovascular risk"): what does not begin like a name belongs to the one before.
fn whole_names(mut names: Vec<String>, piece: String) -> Vec<String> {
    match names.last_mut() {
        Some(last)
            if piece.starts_with(char::is_lowercase)
                || (last == "NSAIDs" && piece.starts_with("GI ")) =>
        {
            *last = format!("{last}, {piece}");
        }
        _ => names.push(piece),
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
                assert_eq!(citations.len(), expected, "{words}: {citations:?}")
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
