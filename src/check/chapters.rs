//! Chapters of the MTUS: that they treat of the item, and of all items that ask for the
//! same.

use std::collections::HashMap;

use super::guidelines::{CitedChapter, GuidelineLine};
use super::subject::{Subject, subject};
use super::text::last_piece;
use super::wording::capitalized;
use super::{Finding, Findings, Input, Reads, Rule};
use crate::diagnostic::{Change, Severity};
use crate::letter::phrasing::{Citer, title};
use crate::letter::{Item, Source};
use crate::library::{Chapter, Part};
use crate::template::Family;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "L020",
        reads: &[Reads::Guidelines],
        name: "other-chapter",
        severity: Severity::Error,
        family: Family::Guidelines,
        summary: "Chapters about a body part match the item's body part",
        help: "A knee decided under the low back chapter is decided on the wrong \
            criteria. The body part comes from the title, then from the form, \
            then from the summary; general chapters fit every item. It is a warning for \
            what the claims administrator cited, which is transcribed, and where a \
            chapter that fits is cited beside it.",
        find: other_body_part,
        ..Rule::DEFAULT
    },
    Rule {
        id: "L028",
        reads: &[Reads::Titles],
        name: "unequal",
        severity: Severity::Warning,
        family: Family::Guidelines,
        summary: "Two items that ask for the same are decided under the same chapters",
        help: "Two items whose titles differ only in the side rest on the same \
            recommendations. Chapters on another body part are reported by L020.",
        find: unequal_chapters,
        ..Rule::DEFAULT
    },
];

fn other_body_part(input: &Input<'_>, findings: &mut Findings) {
    for citer in [Citer::ExpertReviewer, Citer::ClaimsAdministrator] {
        for line in input.lines(citer) {
            other_parts_of(input, &line, findings);
        }
    }
}

fn other_parts_of(input: &Input<'_>, line: &GuidelineLine<'_>, findings: &mut Findings) {
    let Some(subject) = subject(input, line.item) else { return };
    let anatomy = input.library.anatomy();
    let chapters = line.chapters();
    let has_fitting = chapters.iter().any(|chapter| {
        let parts = anatomy.named_in(chapter.title);
        !parts.is_empty() && subject.fits(&parts)
    });
    for chapter in &chapters {
        let parts = anatomy.named_in(chapter.title);
        if subject.fits(&parts) {
            continue;
        }
        // Beside a chapter that fits, or for a drug, another one can have its reason in
        // the rest of the letter.
        if (has_fitting || !subject.is_stated) && speaks_of(input, line.item, &parts) {
            continue;
        }
        let mut finding = of_another_part(input, line, chapter, &subject);
        if let Some(severity) = severity(input, line, &subject) {
            finding = finding.with_severity(severity);
        }
        findings.push(if has_fitting {
            let label = format!("Remove \"{}\"", chapter.title);
            finding.with_change(label, &line.path, Change::NoCitation(chapter.place))
        } else {
            with_chapter(input, finding, line, chapter, &subject)
        });
    }
}

/// What the finding weighs, if it is not an error: the reviewer cannot correct what the
/// claims administrator cited, and where the schedule has no chapter on the part, a
/// neighbor's can be the nearest.
fn severity(
    input: &Input<'_>,
    line: &GuidelineLine<'_>,
    subject: &Subject<'_>,
) -> Option<Severity> {
    match line.citer {
        Citer::ExpertReviewer if has_chapter(input, subject) => None,
        Citer::ClaimsAdministrator if !subject.is_stated => Some(Severity::Note),
        Citer::ExpertReviewer | Citer::ClaimsAdministrator => Some(Severity::Warning),
    }
}

/// Whether the schedule has a chapter on one of the parts at all.
fn has_chapter(input: &Input<'_>, subject: &Subject<'_>) -> bool {
    chapters_in_force(input).any(|chapter| {
        let parts = input.library.anatomy().named_in(&chapter.title);
        !parts.is_empty() && subject.fits(&parts)
    })
}

/// The chapters that decisions of the letter's day rest on; all, where it has no day.
fn chapters_in_force<'a>(input: &Input<'a>) -> impl Iterator<Item = &'a Chapter> {
    let day = input.letter.case.decision_date.understood().copied();
    let chapters = input.library.chapters().iter();
    chapters.filter(move |chapter| day.is_none_or(|day| chapter.is_in_force(day)))
}

/// Whether the title, the summary or the rationale names what a chapter treats of.
fn speaks_of(input: &Input<'_>, item: &Item, cited: &[&Part]) -> bool {
    let title = title(&item.title);
    for text in [&title, &input.letter.summary, &item.rationale] {
        let named = input.library.anatomy().named_in(text);
        let mut cited = cited.iter();
        if cited.any(|cited| named.iter().any(|part| part.is_decided_under(cited))) {
            return true;
        }
    }
    false
}

fn of_another_part(
    input: &Input<'_>,
    line: &GuidelineLine<'_>,
    cited: &CitedChapter<'_>,
    subject: &Subject<'_>,
) -> Finding {
    let row = input.row_name(&line.path);
    let (who, hint) = match line.citer {
        Citer::ExpertReviewer => {
            ("", "Cite the chapter that covers it, or correct the title")
        }
        Citer::ClaimsAdministrator => (
            " by the claims administrator",
            "Compare this line with the claims administrator's determination",
        ),
    };
    let (chapter, words) = (cited.title, &subject.words);
    let message = if subject.is_stated {
        format!(
            "{} is about \"{words}\", but the chapter \"{chapter}\" is cited for it{who}",
            capitalized(&row)
        )
    } else {
        format!(
            "\"{chapter}\" is cited{who} for {row}, but neither the summary nor the \
                rationale mentions that body part"
        )
    };
    Finding::new(line.path.clone(), message, hint)
        .narrowed_to(input, chapter)
        .also_at(subject.place.clone())
}

/// Offers the chapter on the item's body part, of the same kind as the one cited.
fn with_chapter(
    input: &Input<'_>,
    finding: Finding,
    line: &GuidelineLine<'_>,
    cited: &CitedChapter<'_>,
    subject: &Subject<'_>,
) -> Finding {
    let Some(fitting) = fitting_chapter(input, cited, subject) else { return finding };
    let Source::Mtus { year, acoem_chapter, sections, .. } = cited.source else {
        return finding;
    };
    let source = Source::Mtus {
        title: fitting.title.clone(),
        // A line that names no year or number gets none.
        year: year.and(fitting.year),
        acoem_chapter: acoem_chapter.and(fitting.acoem_chapter),
        sections: sections.clone(),
    };
    finding.with_change(
        format!("Cite \"{}\"", fitting.title),
        &line.path,
        Change::Citation(cited.place, source),
    )
}

/// The chapter in force on exactly the part that the title or the form names: of the book
/// that the cited one is of ("… Complaints", "… Disorders"), or else the first.
fn fitting_chapter<'a>(
    input: &Input<'a>,
    cited: &CitedChapter<'_>,
    subject: &Subject<'_>,
) -> Option<&'a Chapter> {
    if !subject.is_stated {
        return None;
    }
    let mut first = None;
    for chapter in chapters_in_force(input) {
        let parts = input.library.anatomy().named_in(&chapter.title);
        if !parts.iter().any(|part| part.chapter == subject.parts[0].chapter) {
            continue;
        }
        if last_word(&chapter.title) == last_word(cited.title) {
            return Some(chapter);
        }
        first = first.or(Some(chapter));
    }
    first
}

fn last_word(title: &str) -> &str {
    last_piece(title, |c| c == ' ')
}

fn unequal_chapters(input: &Input<'_>, findings: &mut Findings) {
    let mut asked_before: HashMap<String, Vec<GuidelineLine<'_>>> = HashMap::new();
    for line in input.lines(Citer::ExpertReviewer) {
        let Some(treatment) = treatment_asked_for(input, line.item) else { continue };
        let before = asked_before.entry(treatment).or_default();
        if let Some(other) =
            before.iter().find(|other| cite_different_chapters(&line, other))
        {
            findings.extend(unequal(input, &line, other));
        }
        before.push(line);
    }
}

fn unequal(
    input: &Input<'_>,
    line: &GuidelineLine<'_>,
    other: &GuidelineLine<'_>,
) -> Option<Finding> {
    // A chapter on another body part is L020's matter.
    if !fits(input, line.item, line) || !fits(input, line.item, other) {
        return None;
    }
    let message = format!(
        "{} asks for the same as {}, but cites {} instead of {}",
        capitalized(&input.row_name(&line.path)),
        input.row_name(&other.path),
        quoted_titles(line),
        quoted_titles(other),
    );
    let hint = "Cite the same chapter for both, or leave it if you mean it";
    let finding = Finding::new(line.path.clone(), message, hint);
    Some(finding.also_at(other.path.clone()))
}

fn cite_different_chapters(one: &GuidelineLine<'_>, other: &GuidelineLine<'_>) -> bool {
    let (one, other) = (one.chapters(), other.chapters());
    let has_same = one.iter().any(|cited| {
        other
            .iter()
            .any(|other| other.title.eq_ignore_ascii_case(cited.title))
    });
    !one.is_empty() && !other.is_empty() && !has_same
}

/// Whether an item may be decided under all chapters of a line, as far as its title or
/// the form says what it is about.
fn fits(input: &Input<'_>, item: &Item, line: &GuidelineLine<'_>) -> bool {
    match subject(input, item) {
        Some(subject) if subject.is_stated => line
            .chapters()
            .iter()
            .all(|cited| subject.fits(&input.library.anatomy().named_in(cited.title))),
        _ => true,
    }
}

fn quoted_titles(line: &GuidelineLine<'_>) -> String {
    let chapters = line.chapters();
    let titles = chapters.iter().map(|cited| format!("\"{}\"", cited.title));
    titles.collect::<Vec<_>>().join(", ")
}

/// The words of an item's title that do not say on which side, if it asks for a treatment
/// that is known.
fn treatment_asked_for(input: &Input<'_>, item: &Item) -> Option<String> {
    const SILENT: &[&str] = &["", "left", "right", "bilateral", "the", "of", "for"];
    let title = title(&item.title).to_lowercase();
    if input.library.treatments().named_in(&title).is_empty() {
        return None;
    }
    let mut words: Vec<&str> = title.split(|c: char| !c.is_alphanumeric()).collect();
    words.retain(|word| !SILENT.contains(word));
    Some(words.join(" "))
}

#[cfg(test)]
mod tests {

    use crate::check::tests::{cite, fixed, found, letter, mtus, said};
    use crate::letter::{Guideline, Letter, Source};

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
    fn a_chapter_on_another_part_is_reported() {
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
                "Error [Low Back Complaints] Item 1 is about \"knee\", but the chapter \
                    \"Low Back Complaints\" is cited for it",
            ),
            (
                "Cervical MRI",
                &[LOW_BACK],
                "Error [Low Back Complaints] Item 1 is about \"cervical\", but the \
                    chapter \"Low Back Complaints\" is cited for it",
            ),
            (
                "Lumbar brace",
                &[LOW_BACK, FOOT],
                "Error [Ankle and Foot Complaints] Item 1 is about \"lumbar\", but the \
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
            ["Error [Ankle and Foot Complaints] \"Ankle and Foot Complaints\" is cited \
                for item 1, but neither the summary nor the rationale mentions that \
                body part",]
        );
        letter.items[0].body_part = "Foot".into();
        assert_eq!(said(&letter, "L020"), [""; 0]);
        letter.items[0].body_part = "Neck".into();
        assert_eq!(
            said(&letter, "L020"),
            ["Error [Ankle and Foot Complaints] Item 1 is about \"neck\", but the \
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
                spine\", but the chapter \"Neck and Upper Back Complaints\" is cited \
                for it by the claims administrator",]
        );
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
            // The knee under the low back's chapter is reported once, by L020.
            (["MRI of the left knee", "MRI of the right knee"], [LOW_BACK, KNEE]),
        ] {
            assert_eq!(said(&both(titles, chapters), "L028"), [""; 0], "{titles:?}");
        }
        assert_eq!(
            said(&both(arms, [NECK, HAND]), "L028"),
            ["Warning [items[2].reviewer_guideline] Item 2 asks for the same as item \
                1, but cites \"Forearm, Wrist, and Hand Complaints\" instead of \"Neck \
                and Upper Back Complaints\"",]
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
