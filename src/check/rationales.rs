//! What rationales say: that they speak of the item, are its own, are long enough, and
//! agree with the summary.

use super::input::Rationale;
use super::subject::share_a_part;
use super::text::word_count;
use super::wording::capitalized;
use super::{Finding, Findings, Input, Reads, Rule};
use crate::diagnostic::Severity;
use crate::letter::phrasing::{
    Citer, is_surgery, says_that_the_surgery_is_refused, title,
};
use crate::letter::{Denial, FieldPath, Guideline, Item, TitlePrefix, outcome};
use crate::template::Family;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "L006",
        reads: &[Reads::Guidelines],
        name: "nothing-cited",
        severity: Severity::Warning,
        family: Family::Completeness,
        summary: "Only an item that goes with a surgery is decided without a guideline",
        help: "A decision names what it rests on. Items that go with another one, \
            associated surgical services and the usual rationale of a dependent item are \
            skipped.",
        find: nothing_cited,
        ..Rule::DEFAULT
    },
    Rule {
        id: "L007",
        reads: &[Reads::Reasons],
        name: "short-rationale",
        severity: Severity::Warning,
        family: Family::Completeness,
        summary: "A rationale is long enough to give a reason",
        help: "Fewer than 40 words can hardly say what the records show, what the \
            guideline requires, and what follows. The usual rationale of a dependent item \
            is skipped.",
        find: too_short,
        ..Rule::DEFAULT
    },
    Rule {
        id: "L012",
        reads: &[Reads::Reasons, Reads::Titles],
        name: "off-subject",
        severity: Severity::Note,
        family: Family::Decisions,
        summary: "A rationale is about what its title asks for",
        help: "Looks for any word of the title, and for other names of its treatment \
            and body part. It is a warning if the rationale names what another item \
            asks for.",
        find: off_subject,
        ..Rule::DEFAULT
    },
    Rule {
        id: "L016",
        reads: &[Reads::Printed],
        name: "outcome",
        severity: Severity::Error,
        family: Family::Decisions,
        summary: "What a text says about the letter's outcome matches its decisions",
        help: "The cover's own sentence always follows from the decisions. This looks \
            at phrases that you typed, such as \"Final Determination: UPHOLD\" and \
            \"none of the disputed items are medically necessary\".",
        find: other_outcome,
        ..Rule::DEFAULT
    },
    Rule {
        id: "L017",
        reads: &[Reads::CaseProse],
        name: "first-person",
        severity: Severity::Warning,
        family: Family::Decisions,
        summary: "A letter does not say \"I\"",
        help: "The reviewer is anonymous, and the determination is the organization's. \
            Quotations and numerals such as grade I are skipped.",
        find: first_person,
        ..Rule::DEFAULT
    },
];

/// Fewer words than any reason of the letters of 2017 that were measured.
const SHORTEST: usize = 40;

fn too_short(input: &Input<'_>, findings: &mut Findings) {
    for rationale in input.rationales() {
        // What is granted wants few words.
        let denial = input.template.denial(rationale.decision);
        let words = word_count(rationale.text.text);
        if !rationale.is_own() || denial == Some(Denial::Falls) || words >= SHORTEST {
            continue;
        }
        let text = rationale.text;
        let message = format!("Only {words} words are in {}", text.name(input));
        findings.push(Finding::new(
            text.path.clone(),
            message,
            "Say what the records show, what the guideline requires, and what follows",
        ));
    }
}

fn nothing_cited(input: &Input<'_>, findings: &mut Findings) {
    for line in input.lines(Citer::ExpertReviewer) {
        let item = line.item;
        let goes_with_another = item.depends_on.is_some()
            || item.title.prefix == TitlePrefix::AssociatedSurgicalService
            || says_that_the_surgery_is_refused(&item.rationale);
        if goes_with_another || !matches!(line.line, Guideline::None { .. }) {
            continue;
        }
        let name = capitalized(&input.row_name(&line.path));
        findings.push(Finding::new(
            line.path,
            format!("{name} is decided without a guideline"),
            "Cite what the decision rests on, or choose the surgery it goes with",
        ));
    }
}

/// Words of titles that say nothing of what is asked for.
const EMPTY_WORDS: &[&str] = &[
    "additional",
    "associated",
    "authorized",
    "bilateral",
    "body",
    "care",
    "continue",
    "daily",
    "days",
    "each",
    "evaluation",
    "follow",
    "four",
    "from",
    "initial",
    "left",
    "medical",
    "months",
    "number",
    "once",
    "original",
    "outpatient",
    "part",
    "purchase",
    "quantity",
    "refill",
    "refills",
    "rental",
    "request",
    "retrospective",
    "right",
    "service",
    "services",
    "session",
    "sessions",
    "supply",
    "tablets",
    "three",
    "times",
    "treatment",
    "trial",
    "twice",
    "unspecified",
    "visit",
    "visits",
    "week",
    "weekly",
    "weeks",
    "with",
    "without",
    "year",
    "years",
];

fn off_subject(input: &Input<'_>, findings: &mut Findings) {
    for rationale in input.rationales() {
        if !rationale.is_own() {
            continue;
        }
        match on_another_part(input, &rationale) {
            Some(finding) => findings.push(finding),
            None => findings.extend(on_another_treatment(input, &rationale)),
        }
    }
}

pattern!(
    /// A psychological evaluation goes with care of any part.
    EVALUATES,
    r"\bpsych\w* (?:evaluation|clearance|consultation|screening|assessment|testing)\b"
);

/// A rationale that names parts of the body, and none that its title names.
fn on_another_part(input: &Input<'_>, rationale: &Rationale<'_>) -> Option<Finding> {
    let Rationale { item, text, .. } = rationale;
    let (asked, anatomy) = (title(&item.title), input.library.anatomy());
    let mut named = anatomy.find(text.text);
    if EVALUATES.is_match(&asked) {
        return None;
    }
    let (place, _) = named.find(|(_, part)| !matches!(&*part.chapter, "" | "stress"))?;
    let (wanted, _) = anatomy.find(&asked).next()?;
    if share_a_part(&anatomy.named_in(&asked), &anatomy.named_in(text.text)) {
        return None;
    }
    let message = format!(
        "{} mentions \"{}\" but never the \"{}\" in its title",
        capitalized(&text.name(input)),
        &text.text[place.clone()],
        &asked[wanted]
    );
    let hint = "Check that it belongs to this item, or name the body part in it";
    let finding = text.finding(place, message, hint).with_severity(Severity::Warning);
    Some(finding.also_at(request_of(item)))
}

fn request_of(item: &Item) -> FieldPath {
    FieldPath::new("items[].request", &[item.id])
}

/// A rationale that names nothing of what its title asks for.
fn on_another_treatment(input: &Input<'_>, rationale: &Rationale<'_>) -> Option<Finding> {
    let Rationale { item, text, .. } = rationale;
    let own_words = own_words_of(&item.title.request);
    if own_words.is_empty() || speaks_of_its_item(input, rationale, &own_words) {
        return None;
    }
    let (path, name) = (text.path.clone(), capitalized(&text.name(input)));
    let hint = "Check that it belongs to this item, or name the treatment in it";
    let finding = if let Some(number) = other_item(input, rationale) {
        let message =
            format!("{name} is about item {number} and not about its own title");
        Finding::new(path, message, hint).with_severity(Severity::Warning)
    } else {
        let message = format!("{name} does not mention what its title asks for");
        Finding::new(path, message, hint)
    };
    Some(finding.also_at(request_of(item)))
}

/// Whether a rationale has a word of its title, or another name of the treatment or the
/// What surgeries are decided on, whatever they are called.
const OF_SURGERY: &[&str] =
    &["surg", "operat", "instability", "conservative", "stenosis", "smok"];

/// part of the body that the title names.
fn speaks_of_its_item(
    input: &Input<'_>,
    rationale: &Rationale<'_>,
    own_words: &[String],
) -> bool {
    let Rationale { item, text, .. } = rationale;
    let small = text.text.to_lowercase();
    if own_words.iter().any(|word| small.contains(stem(word))) {
        return true;
    }
    if is_surgery(item) && OF_SURGERY.iter().any(|word| small.contains(word)) {
        return true;
    }
    let asked = title(&item.title);
    let anatomy = input.library.anatomy();
    let named = anatomy.named_in(text.text);
    let asked_parts = anatomy.named_in(&asked);
    if asked_parts
        .iter()
        .any(|part| named.iter().any(|other| part.may_be(other)))
    {
        return true;
    }
    let treatments = input.library.treatments();
    let named = treatments.named_in(text.text);
    treatments
        .named_in(&asked)
        .iter()
        .any(|treatment| named.contains(treatment))
}

/// The number of another item whose treatment the rationale names in the words of that
/// item's title: it is most likely that item's.
fn other_item(input: &Input<'_>, rationale: &Rationale<'_>) -> Option<usize> {
    let small = rationale.text.text.to_lowercase();
    for (number, other) in (1..).zip(&input.letter.items) {
        if other.id == rationale.item.id {
            continue;
        }
        let title = title(&other.title).to_lowercase();
        let mut treatments = input.library.treatments().find(&title);
        if treatments.any(|(place, _)| small.contains(&title[place])) {
            return Some(number);
        }
    }
    None
}

/// The words of a title that say what is asked for, in small letters.
fn own_words_of(title: &str) -> Vec<String> {
    let mut own_words = Vec::new();
    for word in title.split(|c: char| !c.is_alphabetic()) {
        let small = word.to_lowercase();
        if word.chars().count() >= 3 && !EMPTY_WORDS.contains(&small.as_str()) {
            own_words.push(small);
        }
    }
    own_words
}

/// The beginning that a word shares with its other forms: "injection", "injections",
/// "injected".
fn stem(word: &str) -> &str {
    const SHARED: usize = 6;
    word.char_indices().nth(SHARED).map_or(word, |(end, _)| &word[..end])
}

pattern!(
    /// Sentences with which covers state the outcome of the letter as a whole.
    OUTCOME,
    r"\bfinal determination:?\s+(?:(?P<partly>partial(?:ly)? overturn)",
    r"|(?P<stands>uphold|upheld)|(?P<falls>overturn))",
    r"|\b(?:(?P<none>none)|(?P<some>some)(?:,? \(?but not all\)?)?|(?P<all>all))",
    r" of the disputed (?:items?/services?|items?|services?|treatments?) ",
    r"(?:is|are|was|were) medically necessary"
);

/// What a text says of the letter's outcome is what its items come to.
fn other_outcome(input: &Input<'_>, findings: &mut Findings) {
    let head = input.template.head();
    let Some(outcome) = outcome::of_letter(input.letter, |key| head.denial(key)) else {
        return;
    };
    for text in input.texts() {
        for found in OUTCOME.captures_iter(text.text) {
            let has = |name: &str| found.name(name).is_some();
            let stated = if has("partly") || has("some") {
                Denial::Partly
            } else if has("stands") || has("none") {
                Denial::Stands
            } else {
                Denial::Falls
            };
            let Some(whole) = found.get(0) else { continue };
            if stated != outcome {
                let message = format!(
                    "\"{}\" does not match the letter's decisions: {}",
                    whole.as_str(),
                    words_of(outcome)
                );
                let hint = "Correct the sentence or the decisions";
                findings.push(text.finding(whole.range(), message, hint));
            }
        }
    }
}

fn words_of(outcome: Denial) -> &'static str {
    match outcome {
        Denial::Stands => "no treatment was found necessary",
        Denial::Falls => "every treatment was found necessary",
        Denial::Partly => "some treatments were found necessary and some were not",
    }
}

pattern!(
    /// "I" with a verb, and what is the reviewer's own. A numeral ("grade I", "Type I")
    /// has no verb after it.
    FIRST_PERSON,
    r"(?-i:\bI(?:'m|'ve|'d|'ll| (?:am|have|had|was|do|did|would|will|cannot|can|may|might",
    r"|could|agree|disagree|find|found|recommend|believe|think|feel|felt|note|noted|see|saw",
    r"|uphold|overturn|reverse|certify|concur|conclude|concluded|review|reviewed|also|read",
    r"|therefore|must|should|shall|examined|considered|understand|know|suspect|support",
    r"|deny|denied|approve|approved|determine|determined|relied|spoke|called|discussed",
    r"|suggest|advise|doubt|defer|hereby|respectfully|strongly|fully|hold|treat|practice",
    r"|don't|didn't|can't|won't|wrote|asked|searched|compared|looked|rely|consider|regard",
    r"|accept|reject|decide|decided|judge|went|give|gave))\b)",
    r"|\b(?:in my (?:\w+ )?(?:opinion|view|judgment|practice)|my (?:\w+ )?",
    r"(?:review|opinion|recommendation|determination|decision|assessment|conclusion",
    r"|experience|judgment|findings|understanding|reading|impression|belief))\b",
    r"|\b(?:by|before|available to|sent to|provided to|given to|seems? to|appears? to",
    r"|persuaded?s?|convinced?s?|leads?|led|allows?|allowed) me\b"
);

pattern!(
    /// What is numbered in Roman figures: "cranial nerve I", "grade I".
    NUMBERED,
    r"\b(?:nerves?|grades?|types?|stages?|class|phases?|parts?|ax[ie]s|schedules?|factors?",
    r"|categor(?:y|ies)|zones?|degrees?|steps?|groups?|chapters?|titles?|sections?|volumes?",
    r"|append(?:ix|ices)|tables?|figures?|tiers?|levels?|angiotensin|bipolar|collagen|crps",
    r"|chiari|mallampati|lead|leads|asa|phalanx|metacarpal|ray|digit|disorder|layer)\s+$"
);

/// A letter speaks of "the reviewer" and never as "I"; reported once in each text.
fn first_person(input: &Input<'_>, findings: &mut Findings) {
    for text in input.prose() {
        if !text.is_of_the_case() {
            continue;
        }
        let mut spoken = FIRST_PERSON.find_iter(text.text);
        let found = spoken.find(|found| {
            !text.is_quoted(found.range().into())
                && !NUMBERED.is_match(&text.text[..found.start()])
        });
        if let Some(found) = found {
            let message = format!(
                "\"{}\" refers to the reviewer in the first person",
                found.as_str()
            );
            let hint = "Write what the records show, or \"the reviewer\"";
            findings.push(text.finding(found.range(), message, hint));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::tests::{letter, reasoning, said};
    use crate::letter::Decision;

    const DEPENDANT: &str = crate::letter::phrasing::DEPENDANT_RATIONALE;

    #[test]
    fn a_rationale_is_long_enough() {
        assert_eq!(said(&reasoning("MRI", &"word ".repeat(40)), "L007"), [""; 0]);
        assert_eq!(said(&reasoning("MRI", DEPENDANT), "L007"), [""; 0]);
        assert_eq!(
            said(&reasoning("MRI", "Not needed."), "L007"),
            ["Warning [items[1].rationale] Only 2 words are in the rationale of item 1"]
        );
    }

    #[test]
    fn only_dependants_are_decided_without_a_guideline() {
        let without = |rationale: &str| {
            let mut letter = reasoning("Ice pack", rationale);
            letter.items[0].reviewer_guideline =
                Guideline::None { reason: String::new() };
            letter
        };
        assert_eq!(said(&without(DEPENDANT), "L006"), [""; 0]);
        let mut alone = without("It is not needed.");
        assert_eq!(
            said(&alone, "L006"),
            [
                "Warning [items[1].reviewer_guideline] Item 1 is decided without a guideline",
            ]
        );
        alone.items[0].title.prefix = TitlePrefix::AssociatedSurgicalService;
        assert_eq!(said(&alone, "L006"), [""; 0]);
    }

    #[test]
    fn a_rationale_names_what_is_asked_for() {
        for (title, rationale) in [
            ("Ultram 50mg #30", "Tramadol is recommended for a short time."),
            ("Physical therapy 3 x 4", "PT was given before."),
            ("Trigger point injections", "No injection is needed."),
            ("MRI of the lumbar spine", "Imaging of the low back is not needed."),
            ("12 visits", "Nothing."),
        ] {
            assert_eq!(said(&reasoning(title, rationale), "L012"), [""; 0], "{title}");
        }
        assert_eq!(
            said(&reasoning("Gym membership", "Acupuncture helps."), "L012"),
            ["Note [items[1].rationale] The rationale of item 1 does not mention what \
                its title asks for",]
        );
        assert_eq!(
            said(
                &reasoning("MRI of the hand", "An MRI of the knee is not needed."),
                "L012"
            ),
            ["Warning [knee] The rationale of item 1 mentions \"knee\" but \
                    never the \"hand\" in its title",]
        );
        let mut mixed = letter(&["Gym membership", "Acupuncture, 6 visits"]);
        mixed.items[0].rationale = "Acupuncture helps.".into();
        assert_eq!(
            said(&mixed, "L012"),
            ["Warning [items[1].rationale] The rationale of item 1 is about \
                    item 2 and not about its own title",]
        );
    }

    #[test]
    fn the_stated_outcome_is_that_of_the_items() {
        let stated = |decisions: [&str; 2], words: &str| {
            let mut letter = letter(&["MRI", "EMG"]);
            letter.summary = words.into();
            letter
                .items
                .iter_mut()
                .zip(decisions)
                .for_each(|(item, key)| item.decision = Decision(key.into()));
            letter
        };
        for (decisions, words) in [
            (
                ["upheld", "upheld"],
                "Final Determination: UPHOLD. None of the disputed items/services are \
                    medically necessary.",
            ),
            (["upheld", "overturned"], "Final Determination: PARTIAL OVERTURN"),
            (
                ["overturned", "overturned"],
                "All of the disputed items/services are medically necessary.",
            ),
            (["upheld", ""], "Final Determination: OVERTURN"),
        ] {
            assert_eq!(said(&stated(decisions, words), "L016"), [""; 0], "{words}");
        }
        assert_eq!(
            said(
                &stated(["upheld", "overturned"], "Final Determination: UPHOLD."),
                "L016"
            ),
            ["Error [Final Determination: UPHOLD] \"Final Determination: UPHOLD\" \
                    does not match the letter's decisions: some treatments were found \
                    necessary and some were not",]
        );
    }

    #[test]
    fn the_reviewer_does_not_speak_of_himself() {
        for words in [
            "Grade I sprain.",
            "Type I and II.",
            "She said \"I am in pain\".",
            "L5 or S1, I.",
        ] {
            assert_eq!(said(&reasoning("MRI", words), "L017"), [""; 0], "{words}");
        }
        for (words, spoken) in [
            ("I am reversing it. I see.", "I am"),
            ("It is, in my medical opinion, needed.", "in my medical opinion"),
        ] {
            assert_eq!(
                said(&reasoning("MRI", words), "L017"),
                [format!(
                    "Warning [{spoken}] \"{spoken}\" refers to the reviewer in the first person"
                ),]
            );
        }
    }
}
