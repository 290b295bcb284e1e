//! Works outside of the MTUS, and guidelines that rationales name.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::subject::{Subject, chapters, subject, works};
use super::text::quotations;
use super::wording::{row, sentence, shortened};
use super::{Finding, Input, compiled};
use crate::diagnostic::Severity;
use crate::letter::{FieldPath, Guideline, Item, Source};

const OURS: &str = "items[].reviewer_guideline";

/// The items whose guideline line the form asks for, each with the line's place.
fn items<'a>(input: &Input<'a>) -> impl Iterator<Item = (&'a Item, FieldPath)> {
    let items = input.letter.items.iter().filter(|_| input.asks_for(OURS));
    items.map(|item| (item, FieldPath::new(OURS, &[item.id])))
}

static YEAR: LazyLock<Regex> = LazyLock::new(|| {
    compiled(r"\b(?:19|20)\d\d\b|/\d\d\b|\b\d+(?:st|nd|rd|th) (?:Annual )?Edition")
});
static ODG: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"(?i)\bODG\b|\bOfficial Disability"));
/// The schedule and what it is made of.
static MTUS: LazyLock<Regex> = LazyLock::new(|| {
    compiled(r"\bMTUS\b|\bACOEM\b|\bMedical Treatment Utilization Schedule\b")
});
/// Pages on which anybody can say anything.
static OPEN_PAGE: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?i)\b(?:slideshare|scribd|prezi|wikipedia|blogspot|wordpress|facebook|youtube|tumblr|reddit|quora|answers\.yahoo|geocities|weebly|wixsite|sites\.google|tripod)\b",
    )
});

/// L024: a work outside of the MTUS is cited so that it can be found. What is said of
/// several lines is said once.
pub(super) fn not_dated(input: &Input<'_>) -> Vec<Finding> {
    let (mut odg, mut findings) = (Vec::new(), Vec::new());
    for (item, path) in items(input) {
        for (_, work) in works(&item.reviewer_guideline) {
            if let Some(page) = OPEN_PAGE.find(work) {
                let message =
                    format!("\"{}\" is a page on which anybody can write", page.as_str());
                let finding = Finding::new(
                    path.clone(),
                    message,
                    "Cite a reviewed source that says the same",
                );
                findings.push(finding.about(input, page.as_str()));
            } else if YEAR.is_match(work) {
            } else if ODG.is_match(work) {
                odg.push((path.clone(), work));
            } else {
                let message =
                    format!("\"{}\" is cited without its year", shortened(work));
                let finding = Finding::new(
                    path.clone(),
                    message,
                    "Add the year of publication or the edition",
                );
                findings.push(finding.about(input, work.trim()));
            }
        }
    }
    let mut odg = odg.into_iter();
    findings.extend(odg.next().map(|(first, work)| {
        let message = "The Official Disability Guidelines are cited without the year of \
            their edition"
            .to_owned();
        let finding = Finding::new(
            first,
            message,
            "Add the year, or the date of the \
            chapter's last update",
        );
        odg.fold(
            finding.about(input, work.trim()).weighing(Severity::Note),
            |finding, (path, _)| finding.and(path),
        )
    }));
    findings
}

/// L025: an ODG or ACOEM chapter that is named in free words treats of the item's part of
/// the body.
pub(super) fn other_part(input: &Input<'_>) -> Vec<Finding> {
    items(input)
        .flat_map(|(item, path)| other_parts_of(input, item, &path))
        .collect()
}

fn other_parts_of(input: &Input<'_>, item: &Item, path: &FieldPath) -> Vec<Finding> {
    let Some(subject) = subject(input, item) else { return Vec::new() };
    let Some(name) = row(input.letter, path).map(|name| sentence(&name)) else {
        return Vec::new();
    };
    let about = &subject.words;
    let tell = |chapter: &str| {
        if subject.is_stated {
            format!(
                "{name} is about \"{about}\", and the chapter on \"{chapter}\" is cited for it"
            )
        } else {
            format!(
                "{name} is cited under the chapter on \"{chapter}\", of which the \
                    summary does not speak"
            )
        }
    };
    let hint = "Name the chapter that treats of it, or correct the title";
    let on_the_line =
        works(&item.reviewer_guideline).into_iter().filter_map(|(_, work)| {
            let chapter =
                ODG.find(work).and_then(|_| of_another_part(input, &subject, work))?;
            let words = &work[chapter];
            Some(
                Finding::new(path.clone(), tell(words), hint)
                    .about(input, work.trim())
                    .and(subject.place.clone()),
            )
        });
    let reasons = FieldPath::new("items[].rationale", &[item.id]);
    let in_prose = NAMED.find_iter(&item.rationale).filter_map(|named| {
        let chapter = of_another_part(input, &subject, named.as_str())
            .filter(|_| subject.is_stated)?;
        let place = named.start() + chapter.start..named.start() + chapter.end;
        let message = tell(&item.rationale[place.clone()]);
        Some(
            Finding::at(&reasons, &item.rationale, place, message, hint)
                .and(subject.place.clone()),
        )
    });
    on_the_line.chain(in_prose).collect()
}

/// "ODG's Shoulder Chapter", "the Official Disability Guidelines (ODG), Knee and Leg
/// Chapter".
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"\b(?:ODG|Official Disability Guidelines|ACOEM)\b[^.;:]{0,50}?\b[Cc]hapter\b",
    )
});

/// The first part of the body that a work names, where none of those that it names is the
/// item's.
fn of_another_part(
    input: &Input<'_>,
    subject: &Subject<'_>,
    work: &str,
) -> Option<Range<usize>> {
    let anatomy = input.library.anatomy();
    let named = anatomy.named_in(work);
    let is_vague = named.iter().all(|part| part.chapter.is_empty());
    let is_ours = named.iter().any(|part| {
        subject
            .parts
            .iter()
            .any(|ours| ours.may_be(part) || part.may_be(ours))
    });
    if is_vague || is_ours {
        None
    } else {
        anatomy.find(work).next().map(|(range, _)| range)
    }
}

/// Words with which a rationale says why it goes beyond the MTUS.
static WHY_OUTSIDE: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?i)\b(?:MTUS|ACOEM|California)\b[^.]{0,120}\b(?:silent|not|no|neither|lacks?|fails?|rebut\w*|without)\b|\b(?:not|no|neither|silent|rebut\w*|outside|absence)\b[^.]{0,120}\b(?:MTUS|ACOEM|California)\b",
    )
});

/// L026: who decides outside of the MTUS says why.
pub(super) fn outside_without_reason(input: &Input<'_>) -> Vec<Finding> {
    let outside = items(input).filter(|(item, _)| {
        let Guideline::Cited(citations) = &item.reviewer_guideline else { return false };
        citations.contains(&Source::OutsideMtus)
            && !item.rationale.trim().is_empty()
            && !WHY_OUTSIDE.is_match(&item.rationale)
    });
    let findings = outside.filter_map(|(item, path)| {
        let name = sentence(&row(input.letter, &path)?);
        let message = format!(
            "{name} is decided outside of the MTUS, and its rationale does not say why"
        );
        let hint = "Say that the MTUS is silent on it, or what rebuts its presumption";
        let finding =
            Finding::new(FieldPath::new("items[].rationale", &[item.id]), message, hint);
        Some(finding.and(path))
    });
    findings.collect()
}

/// L027: guidelines that the rationale rests on are on the guideline line, and the other
/// way about.
pub(super) fn not_on_the_line(input: &Input<'_>) -> Vec<Finding> {
    let unlike = |(item, path): (&Item, FieldPath)| {
        odg_in_prose_alone(input, item, path.clone())
            .or_else(|| odg_on_the_line_alone(input, item, path))
    };
    items(input).filter_map(unlike).collect()
}

fn odg_in_prose_alone(
    input: &Input<'_>,
    item: &Item,
    path: FieldPath,
) -> Option<Finding> {
    let line = &item.reviewer_guideline;
    let is_on_the_line = works(line).iter().any(|(_, work)| ODG.is_match(work));
    if is_on_the_line || (chapters(line).is_empty() && works(line).is_empty()) {
        return None;
    }
    let named = ODG.find(&item.rationale)?.range();
    let name = row(input.letter, &path)?;
    let message = format!(
        "The rationale of {name} names the Official Disability Guidelines, and its \
            guideline line does not"
    );
    let reasons = FieldPath::new("items[].rationale", &[item.id]);
    Some(
        Finding::at(
            &reasons,
            &item.rationale,
            named,
            message,
            "Add them to the line where the decision rests on them",
        )
        .and(path),
    )
}

/// The line cites the ODG alone, and the rationale speaks of the schedule alone.
fn odg_on_the_line_alone(
    input: &Input<'_>,
    item: &Item,
    path: FieldPath,
) -> Option<Finding> {
    let (line, text) = (&item.reviewer_guideline, &item.rationale);
    let works = works(line);
    let is_odg_alone = chapters(line).is_empty()
        && !works.is_empty()
        && works.iter().all(|(_, work)| ODG.is_match(work));
    if !is_odg_alone || ODG.is_match(text) || WHY_OUTSIDE.is_match(text) {
        return None;
    }
    let named = MTUS.find(text)?;
    let name = row(input.letter, &path)?;
    let message = format!(
        "The rationale of {name} speaks of {}, and its guideline line cites the ODG alone",
        named.as_str()
    );
    let reasons = FieldPath::new("items[].rationale", &[item.id]);
    let hint =
        "Cite what the decision rests on, or say in the rationale what the ODG asks for";
    Some(Finding::at(&reasons, text, named.range(), message, hint).and(path))
}

/// As many words of a guideline as anybody reads in a letter.
const LONGEST_QUOTATION: usize = 200;

/// L029: guidelines are told in the reviewer's words and not quoted at length.
pub(super) fn long_quotation(input: &Input<'_>) -> Vec<Finding> {
    let rationales = input
        .prose()
        .filter(|(field, ..)| field.pattern.starts_with("items[]"));
    let findings = rationales.flat_map(|(_, path, text)| {
        let long = quotations(text)
            .into_iter()
            .filter(|range| words(&text[range.clone()]) > LONGEST_QUOTATION);
        let tell = |range: Range<usize>| {
            let message =
                format!("{} words are quoted in one piece", words(&text[range.clone()]));
            Finding::at(
                &path,
                text,
                range,
                message,
                "Say in plain words what the guideline asks for",
            )
        };
        long.map(tell).collect::<Vec<_>>()
    });
    findings.collect()
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

#[cfg(test)]
mod tests {
    use crate::check::specimen::{cite, letter, mtus, said};
    use crate::letter::{Letter, Source};

    fn work(words: &str) -> Source {
        Source::NonMtus(words.into())
    }

    fn citing(
        title: &str,
        sources: impl IntoIterator<Item = Source>,
        rationale: &str,
    ) -> Letter {
        let mut letter = letter(&[title]);
        cite(&mut letter.items[0], sources);
        letter.items[0].rationale = rationale.into();
        letter
    }

    #[test]
    fn works_are_cited_with_their_year() {
        for words in [
            "ODG 2016, Knee",
            "Shoulder (updated 11/23/16), ODG",
            "Doe J. Sprains. J Ex Med. 2011;1:2-3",
            "Work Loss Data, 21st Annual Edition",
        ] {
            assert_eq!(
                said(&citing("MRI", [work(words)], ""), "L024"),
                [""; 0],
                "{words}"
            );
        }
        for (words, expected) in [
            (
                "ODG, Knee",
                "Note [ODG, Knee] The Official Disability Guidelines are cited without \
                    the year of their edition",
            ),
            (
                "ACOEM Hip and Groin Chapter",
                "Warning [ACOEM Hip and Groin Chapter] \"ACOEM Hip and Groin Chapter\" \
                    is cited without its year",
            ),
            (
                "http://www.slideshare.net/knee, 2016",
                "Warning [slideshare] \"slideshare\" is a page on which anybody can write",
            ),
        ] {
            assert_eq!(said(&citing("MRI", [work(words)], ""), "L024"), [expected]);
        }
        let mut twice = letter(&["MRI", "EMG"]);
        twice
            .items
            .iter_mut()
            .for_each(|item| cite(item, [work("ODG, Knee")]));
        assert_eq!(said(&twice, "L024").len(), 1);
    }

    #[test]
    fn a_chapter_in_free_words_treats_of_the_item() {
        for (title, words) in [
            ("Physical therapy, left elbow", "ODG, Elbow"),
            ("MRI of the thoracic spine", "ODG, Neck and Upper back, MRI"),
            ("MRI of the lumbar spine", "ODG Pain (Chronic)"),
            ("MRI of the lumbar spine", "Doe J. The shoulder in sport. 2011"),
            ("EMG of the left arm", "ODG, Carpal Tunnel Syndrome"),
            ("Norco #30", "ODG, Knee"),
        ] {
            assert_eq!(
                said(&citing(title, [work(words)], ""), "L025"),
                [""; 0],
                "{title}: {words}"
            );
        }
        let elbow = "Physical therapy, left elbow";
        assert_eq!(said(&citing(elbow, [work("ODG, Shoulder Chapter")], ""), "L025"), [
            "Warning [ODG, Shoulder Chapter] Item 1 is about \"elbow\", and the chapter \
                on \"shoulder\" is cited for it"
                .replace("\"shoulder\"", "\"Shoulder\""),
        ]);
        let prose = "Per the ODG's Low Back Chapter, visits are limited. ODG, Elbow \
            Chapter agrees.";
        assert_eq!(
            said(&citing(elbow, [], prose), "L025"),
            ["Warning [Low Back] Item 1 is about \"elbow\", and the chapter on \"Low \
                    Back\" is cited for it",]
        );
        let mut drug = citing("Norco #30", [work("ODG, Knee")], "");
        drug.summary = "Low back pain.".into();
        assert_eq!(
            said(&drug, "L025"),
            ["Warning [ODG, Knee] Item 1 is cited under the chapter on \"Knee\", of \
                    which the summary does not speak",]
        );
    }

    #[test]
    fn who_decides_outside_of_the_mtus_says_why() {
        let outside = || [Source::OutsideMtus, work("ODG 2016, Head")];
        for reason in [
            "The MTUS is silent on it.",
            "The California MTUS does not address it.",
            "There are no MTUS guidelines for it.",
        ] {
            assert_eq!(
                said(&citing("CT", outside(), reason), "L026"),
                [""; 0],
                "{reason}"
            );
        }
        assert_eq!(
            said(&citing("CT", outside(), "ODG limits it."), "L026"),
            ["Note [items[1].rationale] Item 1 is decided outside of the MTUS, and \
                    its rationale does not say why",]
        );
        assert_eq!(
            said(&citing("CT", [work("ODG 2016, Head")], "ODG limits it."), "L026"),
            [""; 0]
        );
    }

    #[test]
    fn guidelines_of_the_rationale_are_on_the_line() {
        let mtus = || mtus("Knee Complaints", 2004, &["Summary"]);
        assert_eq!(
            said(&citing("MRI", [mtus(), work("ODG 2016")], "ODG agrees."), "L027"),
            [""; 0]
        );
        assert_eq!(said(&citing("MRI", [mtus()], "MTUS agrees."), "L027"), [""; 0]);
        assert_eq!(
            said(&citing("MRI", [work("ODG 2016")], "MTUS is silent."), "L027"),
            [""; 0]
        );
        assert_eq!(
            said(&citing("MRI", [work("ODG 2016")], "MTUS agrees."), "L027"),
            ["Note [MTUS] The rationale of item 1 speaks of MTUS, and its guideline \
                    line cites the ODG alone"]
        );
        assert_eq!(
            said(&citing("MRI", [mtus()], "ODG agrees."), "L027"),
            ["Note [ODG] The rationale of item 1 names the Official Disability \
                    Guidelines, and its guideline line does not",]
        );
    }

    #[test]
    fn a_long_quotation_is_noted() {
        let quoted = |words: usize| format!("It says: \"{}\"", "word ".repeat(words));
        assert_eq!(said(&citing("MRI", [], &quoted(199)), "L029"), [""; 0]);
        let found = said(&citing("MRI", [], &quoted(201)), "L029");
        assert!(
            found.len() == 1 && found[0].ends_with("words are quoted in one piece"),
            "{found:?}"
        );
    }
}
