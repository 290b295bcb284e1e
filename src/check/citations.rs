//! Works outside of the MTUS, and guidelines that rationales name.

use super::guidelines::GuidelineLine;
use super::subject::{Subject, share_a_part, subject};
use super::text::word_count;
use super::wording::{capitalized, shortened};
use super::{Finding, Findings, Input, Reads, Rule};
use crate::diagnostic::{Severity, TextRange};
use crate::letter::phrasing::Citer;
use crate::letter::{FieldPath, Source};
use crate::template::Family;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "L024",
        reads: &[Reads::Guidelines],
        name: "undated",
        severity: Severity::Warning,
        family: Family::Guidelines,
        summary: "Works outside the MTUS are peer-reviewed and cited with their year",
        help: "The rules require the year of publication (8 CCR 9792.21.1(d)). The \
            Official Disability Guidelines are noted once per letter, because nearly \
            every letter leaves the year out. Pages that anybody can edit get a warning.",
        find: undated,
        ..Rule::DEFAULT
    },
    Rule {
        id: "L025",
        reads: &[Reads::Reasons, Reads::Guidelines],
        name: "other-odg-chapter",
        severity: Severity::Warning,
        family: Family::Guidelines,
        summary: "An ODG or ACOEM chapter that is named in the text covers the item's \
            body part",
        help: "Looks at the works on the reviewer's line and at \"ODG, Shoulder \
            Chapter\" in the rationale. General chapters, articles, and items without a \
            stated part are skipped.",
        find: other_body_part,
        ..Rule::DEFAULT
    },
    Rule {
        id: "L026",
        reads: &[Reads::Reasons, Reads::Guidelines],
        name: "outside",
        severity: Severity::Note,
        family: Family::Guidelines,
        summary: "A decision outside the MTUS says why",
        help: "Other guidelines count where the MTUS is silent or its presumption is \
            rebutted (8 CCR 9792.21). Any sentence that says so about the MTUS or ACOEM \
            is enough.",
        find: outside_without_reason,
        ..Rule::DEFAULT
    },
    Rule {
        id: "L027",
        reads: &[Reads::Reasons, Reads::Guidelines],
        name: "not-on-the-line",
        severity: Severity::Note,
        family: Family::Guidelines,
        summary: "The rationale and the guideline line name the same guidelines",
        help: "Readers look in the guideline line for what a decision rests on. Reported \
            where the rationale names the Official Disability Guidelines and the line \
            does not, or where the line cites only those and the rationale names only \
            the MTUS or ACOEM. A rationale may name guidelines in passing, so it is a \
            note.",
        find: not_on_the_line,
        ..Rule::DEFAULT
    },
    Rule {
        id: "L029",
        reads: &[Reads::ItemProse],
        name: "long-quotation",
        severity: Severity::Note,
        family: Family::Guidelines,
        summary: "Guidelines are explained in plain words and not quoted at length",
        help: "The law asks for layperson's terms (Labor Code 4610.6(d)). Counts the \
            words between quotation marks in titles and rationales.",
        find: long_quotation,
        ..Rule::DEFAULT
    },
];

pattern!(
    YEAR,
    r"(?-i:\b(?:19|20)\d\d\b|/\d\d\b|\b\d+(?:st|nd|rd|th) (?:Annual )?Edition)"
);
pattern!(ODG, r"\bODG\b|\bOfficial Disability");
pattern!(
    /// The schedule and what it is made of.
    MTUS,
    r"(?-i:\bMTUS\b|\bACOEM\b|\bMedical Treatment Utilization Schedule\b)"
);
pattern!(
    /// Pages on which anybody can say anything.
    OPEN_PAGE,
    r"\b(?:slideshare|scribd|prezi|wikipedia|blogspot|wordpress|facebook|youtube|tumblr",
    r"|reddit|quora|answers\.yahoo|geocities|weebly|wixsite|sites\.google|tripod)\b"
);

fn undated(input: &Input<'_>, findings: &mut Findings) {
    let mut odg: Option<Finding> = None;
    for line in input.lines(Citer::ExpertReviewer) {
        for work in line.works() {
            if let Some(page) = OPEN_PAGE.find(work) {
                let page = page.as_str();
                let message = format!("\"{page}\" is a web page that anyone can edit");
                let hint = "Cite a reviewed source that says the same";
                let finding = Finding::new(line.path.clone(), message, hint);
                findings.push(finding.narrowed_to(input, page));
            } else if YEAR.is_match(work) {
                // Whoever names a year can be asked for the edition.
            } else if ODG.is_match(work) {
                // What is said of several lines is said once.
                odg = Some(match odg {
                    Some(first) => first.also_at(line.path.clone()),
                    None => odg_without_year(input, &line, work),
                });
            } else {
                let message =
                    format!("\"{}\" is cited without its year", shortened(work));
                let hint = "Add the year of publication or the edition";
                let finding = Finding::new(line.path.clone(), message, hint);
                findings.push(finding.narrowed_to(input, work.trim()));
            }
        }
    }
    findings.extend(odg);
}

fn odg_without_year(input: &Input<'_>, line: &GuidelineLine<'_>, work: &str) -> Finding {
    Finding::new(
        line.path.clone(),
        "The Official Disability Guidelines are cited without the year of their edition",
        "Add the year, or the date of the chapter's last update",
    )
    .narrowed_to(input, work.trim())
    .with_severity(Severity::Note)
}

/// A chapter of the ODG or of ACOEM that is named in free words treats of the item's part
/// of the body.
fn other_body_part(input: &Input<'_>, findings: &mut Findings) {
    for line in input.lines(Citer::ExpertReviewer) {
        if let Some(subject) = subject(input, line.item) {
            other_part_on_the_line(input, &line, &subject, findings);
            if subject.is_stated {
                other_part_in_prose(input, &line, &subject, findings);
            }
        }
    }
}

const OTHER_PART_HINT: &str = "Name the chapter that covers it, or correct the title";

fn other_part_message(
    input: &Input<'_>,
    line: &GuidelineLine<'_>,
    subject: &Subject<'_>,
    chapter: &str,
) -> String {
    let name = capitalized(&input.row_name(&line.path));
    if subject.is_stated {
        let about = &subject.words;
        format!(
            "{name} is about \"{about}\", but the chapter on \"{chapter}\" is cited for it"
        )
    } else {
        format!(
            "{name} cites the chapter on \"{chapter}\", a body part that the summary \
                does not mention"
        )
    }
}

fn other_part_on_the_line(
    input: &Input<'_>,
    line: &GuidelineLine<'_>,
    subject: &Subject<'_>,
    findings: &mut Findings,
) {
    for work in line.works() {
        if !ODG.is_match(work) {
            continue;
        }
        if let Some(chapter) = other_part_named(input, subject, work) {
            let message = other_part_message(input, line, subject, &work[chapter]);
            let finding = Finding::new(line.path.clone(), message, OTHER_PART_HINT);
            let finding = finding.narrowed_to(input, work.trim());
            findings.push(finding.also_at(subject.place.clone()));
        }
    }
}

pattern!(
    /// "ODG's Shoulder Chapter", "the Official Disability Guidelines (ODG), Knee and Leg
    /// Chapter".
    NAMED,
    r"(?-i:\b(?:ODG|Official Disability Guidelines|ACOEM)\b[^.;:]{0,50}?\b[Cc]hapter\b)"
);

fn other_part_in_prose(
    input: &Input<'_>,
    line: &GuidelineLine<'_>,
    subject: &Subject<'_>,
    findings: &mut Findings,
) {
    let rationale = &line.item.rationale;
    for named in NAMED.find_iter(rationale) {
        if let Some(chapter) = other_part_named(input, subject, named.as_str()) {
            let words = chapter + named.start();
            let message = other_part_message(input, line, subject, &rationale[words]);
            let finding =
                Finding::at(&rationale_of(line), words, message, OTHER_PART_HINT);
            findings.push(finding.also_at(subject.place.clone()));
        }
    }
}

fn rationale_of(line: &GuidelineLine<'_>) -> FieldPath {
    FieldPath::new("items[].rationale", &[line.item.id])
}

/// The first part of the body that a work names, where none of those that it names is the
/// item's.
fn other_part_named(
    input: &Input<'_>,
    subject: &Subject<'_>,
    work: &str,
) -> Option<TextRange> {
    let anatomy = input.library.anatomy();
    let named = anatomy.named_in(work);
    let is_vague = named.iter().all(|part| part.chapter.is_empty());
    if is_vague || share_a_part(&named, &subject.parts) {
        return None;
    }
    let (range, _) = anatomy.find(work).next()?;
    Some(range.into())
}

pattern!(
    /// Words with which a rationale says why it goes beyond the MTUS.
    WHY_OUTSIDE,
    r"\b(?:MTUS|ACOEM|California)\b[^.]{0,120}",
    r"\b(?:silent|not|no|neither|lacks?|fails?|rebut\w*|without)\b",
    r"|\b(?:not|no|neither|silent|rebut\w*|outside|absence)\b",
    r"[^.]{0,120}\b(?:MTUS|ACOEM|California)\b"
);

fn outside_without_reason(input: &Input<'_>, findings: &mut Findings) {
    for line in input.lines(Citer::ExpertReviewer) {
        let rationale = &line.item.rationale;
        let is_outside = line.sources().any(|source| *source == Source::OutsideMtus);
        if !is_outside || rationale.trim().is_empty() || WHY_OUTSIDE.is_match(rationale) {
            continue;
        }
        let message = format!(
            "{} is decided outside the MTUS, but its rationale does not say why",
            capitalized(&input.row_name(&line.path))
        );
        let hint = "Say that the MTUS does not cover it, or what rebuts its presumption";
        let finding = Finding::new(rationale_of(&line), message, hint);
        findings.push(finding.also_at(line.path));
    }
}

fn not_on_the_line(input: &Input<'_>, findings: &mut Findings) {
    for line in input.lines(Citer::ExpertReviewer) {
        match odg_in_prose_alone(input, &line) {
            Some(finding) => findings.push(finding),
            None => findings.extend(odg_on_the_line_alone(input, &line)),
        }
    }
}

fn odg_in_prose_alone(input: &Input<'_>, line: &GuidelineLine<'_>) -> Option<Finding> {
    let works = line.works();
    if works.iter().any(|work| ODG.is_match(work)) {
        return None;
    }
    // A line that cites nothing is another rule's matter.
    if works.is_empty() && line.chapters().is_empty() {
        return None;
    }
    let named = ODG.find(&line.item.rationale)?;
    let message = format!(
        "The rationale of {} names the Official Disability Guidelines, but its \
            guideline line does not",
        input.row_name(&line.path)
    );
    let hint = "Add them to the line if the decision rests on them";
    let finding = Finding::at(&rationale_of(line), named.range(), message, hint);
    Some(finding.also_at(line.path.clone()))
}

/// The line cites the ODG alone, and the rationale speaks of the schedule alone.
fn odg_on_the_line_alone(input: &Input<'_>, line: &GuidelineLine<'_>) -> Option<Finding> {
    let (works, text) = (line.works(), &line.item.rationale);
    let is_odg_alone = line.chapters().is_empty()
        && !works.is_empty()
        && works.iter().all(|work| ODG.is_match(work));
    if !is_odg_alone || ODG.is_match(text) || WHY_OUTSIDE.is_match(text) {
        return None;
    }
    let named = MTUS.find(text)?;
    let message = format!(
        "The rationale of {} names {}, but its guideline line cites only the ODG",
        input.row_name(&line.path),
        named.as_str()
    );
    let hint =
        "Cite what the decision rests on, or say in the rationale what the ODG requires";
    let finding = Finding::at(&rationale_of(line), named.range(), message, hint);
    Some(finding.also_at(line.path.clone()))
}

/// As many words of a guideline as anybody reads in a letter.
const LONGEST_QUOTATION: usize = 200;

fn long_quotation(input: &Input<'_>, findings: &mut Findings) {
    for text in input.prose() {
        if !text.field.pattern.starts_with("items[]") {
            continue;
        }
        for &quotation in text.quotations() {
            let words = word_count(&text.text[quotation]);
            if words > LONGEST_QUOTATION {
                let message = format!("{words} words are quoted in a row");
                let hint = "Say in plain language what the guideline requires";
                findings.push(text.finding(quotation, message, hint));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{cite, letter, mtus, said};
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
                "Warning [slideshare] \"slideshare\" is a web page that anyone can edit",
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
        assert_eq!(
            said(&citing(elbow, [work("ODG, Shoulder Chapter")], ""), "L025"),
            ["Warning [ODG, Shoulder Chapter] Item 1 is about \"elbow\", but the \
                chapter on \"shoulder\" is cited for it"
                .replace("\"shoulder\"", "\"Shoulder\""),]
        );
        let prose = "Per the ODG's Low Back Chapter, visits are limited. ODG, Elbow \
            Chapter agrees.";
        assert_eq!(
            said(&citing(elbow, [], prose), "L025"),
            ["Warning [Low Back] Item 1 is about \"elbow\", but the chapter on \"Low \
                Back\" is cited for it",]
        );
        let mut drug = citing("Norco #30", [work("ODG, Knee")], "");
        drug.summary = "Low back pain.".into();
        assert_eq!(
            said(&drug, "L025"),
            ["Warning [ODG, Knee] Item 1 cites the chapter on \"Knee\", a body part \
                that the summary does not mention",]
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
            ["Note [items[1].rationale] Item 1 is decided outside the MTUS, but its \
                rationale does not say why",]
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
            ["Note [MTUS] The rationale of item 1 names MTUS, but its guideline line \
                cites only the ODG"]
        );
        assert_eq!(
            said(&citing("MRI", [mtus()], "ODG agrees."), "L027"),
            ["Note [ODG] The rationale of item 1 names the Official Disability \
                Guidelines, but its guideline line does not",]
        );
    }

    #[test]
    fn a_long_quotation_is_noted() {
        let quoted = |words: usize| format!("It says: \"{}\"", "word ".repeat(words));
        assert_eq!(said(&citing("MRI", [], &quoted(199)), "L029"), [""; 0]);
        let found = said(&citing("MRI", [], &quoted(201)), "L029");
        assert!(
            found.len() == 1 && found[0].ends_with("words are quoted in a row"),
            "{found:?}"
        );
    }
}
