//! What rationales say: that they speak of the item, are its own, are long enough, and
//! agree with the summary.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::text::{is_within, quotations, sentences};
use super::wording::{row, sentence};
use super::{Finding, Input, compiled};
use crate::diagnostic::Severity;
use crate::letter::phrasing::{is_surgery, says_that_the_surgery_is_refused, title};
use crate::letter::{Denial, FieldPath, Guideline, Item, TitlePrefix, outcome};
use crate::library::Part;

const RATIONALE: &str = "items[].rationale";

/// The items with a rationale of their own: not the usual one of what goes with a
/// surgery.
fn reasoned<'a>(input: &Input<'a>) -> impl Iterator<Item = (&'a Item, FieldPath)> {
    let items = input.letter.items.iter().filter(|_| input.asks_for(RATIONALE));
    let own = items.filter(|item| {
        !item.rationale.trim().is_empty()
            && !says_that_the_surgery_is_refused(&item.rationale)
    });
    own.map(|item| (item, FieldPath::new(RATIONALE, &[item.id])))
}

fn count(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Fewer words than any reason of the letters of 2017 that were measured.
const SHORTEST: usize = 40;

/// L007: a rationale is long enough to give a reason.
pub(super) fn short(input: &Input<'_>) -> Vec<Finding> {
    // What is granted wants few words.
    let refused = reasoned(input)
        .filter(|(item, _)| input.template.denial(&item.decision) != Some(Denial::Falls));
    let short = refused.filter(|(item, _)| count(&item.rationale) < SHORTEST);
    let findings = short.filter_map(|(item, path)| {
        let name = row(input.letter, &path)?;
        let message =
            format!("The rationale of {name} has {} words", count(&item.rationale));
        Some(Finding::new(
            path,
            message,
            "Say what the records show, what the guideline asks for, and what follows",
        ))
    });
    findings.collect()
}

/// L006: only what goes with a refused surgery is decided without a guideline.
pub(super) fn nothing_cited(input: &Input<'_>) -> Vec<Finding> {
    const OURS: &str = "items[].reviewer_guideline";
    let items = input.letter.items.iter().filter(|item| {
        let goes_with_another = item.depends_on.is_some()
            || item.title.prefix == TitlePrefix::AssociatedSurgicalService
            || says_that_the_surgery_is_refused(&item.rationale);
        input.asks_for(OURS)
            && matches!(item.reviewer_guideline, Guideline::None { .. })
            && !goes_with_another
    });
    let findings = items.filter_map(|item| {
        let path = FieldPath::new(OURS, &[item.id]);
        let name = sentence(&row(input.letter, &path)?);
        let message = format!("{name} is decided without any guideline");
        Some(Finding::new(
            path,
            message,
            "Cite what it is decided on, or choose the surgery that it goes with",
        ))
    });
    findings.collect()
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

/// L012: a rationale speaks of what its title asks for.
pub(super) fn off_subject(input: &Input<'_>) -> Vec<Finding> {
    let finding = |(item, path): (&Item, FieldPath)| {
        on_another_part(input, item, &path).or_else(|| off_subject_of(input, item, path))
    };
    reasoned(input).filter_map(finding).collect()
}

/// A rationale that names parts of the body, and none that its title names.
fn on_another_part(input: &Input<'_>, item: &Item, path: &FieldPath) -> Option<Finding> {
    let (asked, anatomy) = (title(&item.title), input.library.anatomy());
    let (wanted, named) = (anatomy.named_in(&asked), anatomy.named_in(&item.rationale));
    let is_one = |part: &&Part| {
        wanted.iter().any(|wanted| wanted.may_be(part) || part.may_be(wanted))
    };
    let (place, _) = anatomy
        .find(&item.rationale)
        .find(|(_, part)| !part.chapter.is_empty())?;
    if wanted.is_empty() || named.iter().any(is_one) {
        return None;
    }
    let (words, _) = anatomy.find(&asked).next()?;
    let (spoken, wanted) = (&item.rationale[place.clone()], &asked[words]);
    let name = row(input.letter, path)?;
    let message = format!(
        "The rationale of {name} speaks of \"{spoken}\", and never of the \"{wanted}\" \
            in its title"
    );
    let hint = "See whether it belongs to this item, or name the part of the body in it";
    let finding = Finding::at(path, &item.rationale, place, message, hint)
        .weighing(Severity::Warning);
    Some(finding.and(FieldPath::new("items[].request", &[item.id])))
}

fn off_subject_of(input: &Input<'_>, item: &Item, path: FieldPath) -> Option<Finding> {
    let (asked, rationale) = (title(&item.title), item.rationale.to_lowercase());
    let (anatomy, treatments) = (input.library.anatomy(), input.library.treatments());
    let (named, treated) =
        (anatomy.named_in(&item.rationale), treatments.named_in(&item.rationale));
    let is_operation =
        is_surgery(item) && (rationale.contains("surg") || rationale.contains("operat"));
    let is_named = is_operation
        || telling(&item.title.request).any(|word| rationale.contains(stem(&word)))
        || anatomy
            .named_in(&asked)
            .iter()
            .any(|part| named.iter().any(|other| part.may_be(other)))
        || treatments
            .named_in(&asked)
            .iter()
            .any(|treatment| treated.contains(treatment));
    if is_named || telling(&item.title.request).next().is_none() {
        return None;
    }
    let name = row(input.letter, &path)?;
    let place = FieldPath::new("items[].request", &[item.id]);
    let hint = "See whether it belongs to this item, or name the treatment in it";
    // A treatment that another title asks for, in the same words: the rationale is most
    // likely that item's.
    let other = input.letter.items.iter().enumerate().find(|(_, other)| {
        let theirs = title(&other.title).to_lowercase();
        other.id != item.id
            && treatments
                .find(&theirs)
                .any(|(place, _)| rationale.contains(&theirs[place]))
    });
    let finding = match other {
        Some((place, _)) => {
            let message = format!(
                "The rationale of {name} does not speak of what its title asks for, but \
                    of item {}",
                place + 1
            );
            Finding::new(path, message, hint).weighing(Severity::Warning)
        }
        None => Finding::new(
            path,
            format!("The rationale of {name} does not name what its title asks for"),
            hint,
        ),
    };
    Some(finding.and(place))
}

/// The words of a title that say what is asked for, in small letters.
fn telling(title: &str) -> impl Iterator<Item = String> + '_ {
    let words = title
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| word.chars().count() >= 3);
    words
        .map(str::to_lowercase)
        .filter(|word| !EMPTY_WORDS.contains(&word.as_str()))
}

/// The beginning that a word shares with its other forms: "injection", "injections",
/// "injected".
fn stem(word: &str) -> &str {
    const SHARED: usize = 6;
    word.char_indices().nth(SHARED).map_or(word, |(end, _)| &word[..end])
}

/// Shorter rationales can be the same with reason.
const LONG: usize = 30;

/// L014: no item is in the letter twice, and no rationale is another item's.
pub(super) fn twice(input: &Input<'_>) -> Vec<Finding> {
    let items: Vec<Plain<'_>> = input.letter.items.iter().map(Plain::of).collect();
    let pairs = items.iter().enumerate().filter_map(|(place, item)| {
        let before = &items[..place];
        let title = || before.iter().find_map(|other| same_title(input, item, other));
        // What many items share is told at the second of them.
        let mut rationales =
            before.iter().filter_map(|other| same_rationale(input, item, other));
        title().or(rationales.next().filter(|_| rationales.next().is_none()))
    });
    pairs.collect()
}

/// An item with its words alone, without capitals and punctuation.
struct Plain<'a> {
    item: &'a Item,
    title: String,
    rationale: String,
}

impl<'a> Plain<'a> {
    fn of(item: &'a Item) -> Self {
        Self {
            item,
            title: plain(&title(&item.title)),
            rationale: plain(&item.rationale),
        }
    }
}

fn plain(text: &str) -> String {
    let lower = text.to_lowercase();
    lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn same_title(input: &Input<'_>, item: &Plain<'_>, other: &Plain<'_>) -> Option<Finding> {
    if item.title.is_empty() || item.title != other.title {
        return None;
    }
    let (path, place) = both("items[].request", item.item, other.item);
    let (name, known) =
        (sentence(&row(input.letter, &path)?), row(input.letter, &place)?);
    let message = format!("{name} asks for the same as {known}");
    let hint = "Take one of them out, or say in the titles how they differ";
    Some(Finding::new(path, message, hint).and(place))
}

fn same_rationale(
    input: &Input<'_>,
    item: &Plain<'_>,
    other: &Plain<'_>,
) -> Option<Finding> {
    let is_same = item.rationale == other.rationale && count(&item.rationale) > LONG;
    let (item, other) = (item.item, other.item);
    if !is_same || says_that_the_surgery_is_refused(&item.rationale) {
        return None;
    }
    let (path, place) = both(RATIONALE, item, other);
    let (name, known) = (row(input.letter, &path)?, row(input.letter, &place)?);
    let message = format!("The rationale of {name} is word for word that of {known}");
    // Where both decide alike on the same kind of treatment, one reason may do for both.
    let treatments = |item: &Item| {
        plain(&input.library.treatments().named_in(&title(&item.title)).join(" "))
    };
    let is_natural =
        item.decision == other.decision && treatments(item) == treatments(other);
    let severity = if is_natural { Severity::Note } else { Severity::Warning };
    let finding = Finding::new(
        path,
        message,
        "Give each item its own reasons, or leave it if they are the same",
    );
    Some(finding.weighing(severity).and(place))
}

fn both(pattern: &str, item: &Item, other: &Item) -> (FieldPath, FieldPath) {
    (FieldPath::new(pattern, &[item.id]), FieldPath::new(pattern, &[other.id]))
}

/// Sentences with which covers tell the outcome of the letter as a whole.
static OUTCOME: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?i)\bfinal determination:?\s+(?:(?P<partly>partial(?:ly)? overturn)|(?P<stands>uphold|upheld)|(?P<falls>overturn))|\b(?:(?P<none>none)|(?P<some>some)(?:,? \(?but not all\)?)?|(?P<all>all)) of the disputed (?:items?/services?|items?|services?|treatments?) (?:is|are|was|were) medically necessary",
    )
});

/// L016: what a text says of the letter's outcome is what its items come to.
pub(super) fn outcome_told(input: &Input<'_>) -> Vec<Finding> {
    let head = input.template.head();
    let Some(outcome) = outcome::of_letter(input.letter, |key| head.denial(key)) else {
        return Vec::new();
    };
    let findings = input.texts().flat_map(|(_, path, text)| {
        let wrong = OUTCOME.captures_iter(text).filter_map(move |found| {
            let is_any =
                |names: [&str; 2]| names.iter().any(|name| found.name(name).is_some());
            let told = match () {
                () if is_any(["partly", "some"]) => Denial::Partly,
                () if is_any(["stands", "none"]) => Denial::Stands,
                () => Denial::Falls,
            };
            let place = found.get(0).filter(|_| told != outcome)?;
            let message = format!(
                "\"{}\" is not what the letter's items come to: {}",
                place.as_str(),
                all_of(outcome)
            );
            Some(Finding::at(
                &path,
                text,
                place.range(),
                message,
                "Correct the sentence, or the decisions",
            ))
        });
        wrong.collect::<Vec<_>>()
    });
    findings.collect()
}

fn all_of(outcome: Denial) -> &'static str {
    match outcome {
        Denial::Stands => "no treatment is found necessary",
        Denial::Falls => "every treatment is found necessary",
        Denial::Partly => "some treatments are found necessary, and some are not",
    }
}

/// "I" with a verb, and what is the reviewer's own. A numeral ("grade I", "Type I") has
/// no verb behind it.
static FIRST_PERSON: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"\bI(?:'m|’m|'ve|’ve|'d|’d| (?:am|have|had|was|do|did|would|will|cannot|can|could|agree|disagree|find|found|recommend|believe|think|feel|note|noted|see|saw|uphold|overturn|reverse|certify|concur|conclude|concluded|review|reviewed|also|therefore|must|should))\b|\b(?i:in my (?:\w+ )?opinion|my (?:\w+ )?(?:review|opinion|recommendation|determination|decision|assessment|conclusion|experience))\b",
    )
});

/// L017: a letter speaks of "the reviewer" and never as "I". Told once in each text.
pub(super) fn first_person(input: &Input<'_>) -> Vec<Finding> {
    let findings = input.prose().filter_map(|(field, path, text)| {
        let is_narrated =
            field.pattern == "summary" || field.pattern.ends_with("rationale");
        let quoted = quotations(text);
        let mut spoken = FIRST_PERSON
            .find_iter(text)
            .filter(|found| !is_within(&found.range(), &quoted));
        let found = spoken.next().filter(|_| is_narrated)?;
        let message =
            format!("\"{}\" speaks of the reviewer in the first person", found.as_str());
        Some(Finding::at(
            &path,
            text,
            found.range(),
            message,
            "Write what the records show, without the one who reads them",
        ))
    });
    findings.collect()
}

/// "There is no documentation of", "failed to document", "no evidence that the patient
/// has had", right before what is missing.
static MISSING: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?i)\b(?:(?:no|without(?: any)?|lack of(?: any)?|absence of)\s+(?:(?:clear|clinical|objective|medical|documented|supporting)\s+)*(?:documentation|evidence|mention|record|indication|documented evidence)(?:\s+(?:of|that|regarding|indicating|in the records? of|provided of|noted of|submitted of|which))?|(?:does not|do not|did not|fails? to|failed to) (?:document|mention|record|indicate|describe))\s+(?:(?:any|a|an|the|prior|previous|past|trial|course|of|that|patient|claimant|applicant|worker|injured|has|had|have|been|was|undergone|received|tried|attempted|treated|with|completed|there|were|is|use|formal|findings|symptoms|clinical|palpable|discrete|circumscribed|active|current|recent|significant|proper|adequate|indicated|showed|shows|documented|regarding|trialed|and)\s+)*$",
    )
});

/// Words behind the topic that make something else of it.
static OF_IT: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?i)^\s*(?:,\s*(?:or|and)\s|or\s|and\s|for\s|in\s|at\s|on\s|to\s|since|after|within|notes?|reports?|results?|progress|efficacy|benefit|failure|failed|response|that|which|with|over|beyond|during|from|prior|before|between|specific|necessit|warrant|as\s|due|was\b|were\b|is\b|has\b|had\b|being)",
    )
});

/// L018: what the rationale finds missing from the records is not in the summary.
pub(super) fn in_the_summary_after_all(input: &Input<'_>) -> Vec<Finding> {
    let summary = &input.letter.summary;
    let present: Vec<(Range<usize>, &str)> = told(input, summary);
    let findings = reasoned(input).flat_map(|(item, path)| {
        let missing = missing(input, &item.rationale);
        let contradicted = missing.into_iter().filter_map(|(place, name)| {
            let (there, _) = present.iter().find(|(_, told)| *told == name)?;
            let message = format!(
                "The rationale of {} finds no documentation of {name}, and the summary \
                    speaks of \"{}\"",
                row(input.letter, &path)?,
                &summary[there.clone()],
            );
            let hint =
                "Say what exactly is missing, or correct whichever of the two is wrong";
            let finding = Finding::at(&path, &item.rationale, place, message, hint);
            Some(finding.and(super::words_at(
                &FieldPath::new("summary", &[]),
                summary,
                there.clone(),
            )))
        });
        contradicted.collect::<Vec<_>>()
    });
    findings.collect()
}

/// What is said to be missing, each with its place.
fn missing<'a>(input: &Input<'a>, rationale: &'a str) -> Vec<(Range<usize>, &'a str)> {
    let in_sentence = |sentence: Range<usize>| {
        let words = &rationale[sentence.clone()];
        let named = input.library.records().find(words).filter(|(place, _)| {
            MISSING.is_match(&words[..place.start])
                && !OF_IT.is_match(&words[place.end..])
        });
        named
            .map(|(place, name)| {
                (sentence.start + place.start..sentence.start + place.end, name)
            })
            .collect::<Vec<_>>()
    };
    sentences(rationale).into_iter().flat_map(in_sentence).collect()
}

/// What a summary tells of as being there: in a sentence that neither denies it nor only
/// asks for it.
fn told<'a>(input: &Input<'a>, summary: &'a str) -> Vec<(Range<usize>, &'a str)> {
    static DENIED: LazyLock<Regex> = LazyLock::new(|| {
        compiled(
            r"(?i)\b(?:no|not|without|denie[sd]|negative|lack|absence|absent|request\w*|authoriz\w*|recommend\w*|plan\w*|pending|prescri\w*|refer\w*|order\w*|utilization review|determination|consider\w*|possible|rule out|future|await\w*|would|should|will)\b",
        )
    });
    static DONE: LazyLock<Regex> = LazyLock::new(|| {
        compiled(
            r"(?i)\b(?:has|have|had|was|were|received|underwent|undergone|completed|includ\w*|treated|attended|tried|positive|revealed|showed|noted|demonstrated|reported|diagnos\w*|helping|helpful|after|following)\b",
        )
    });
    let in_sentence = |sentence: Range<usize>| {
        let words = &summary[sentence.clone()];
        let is_told = DONE.is_match(words) && !DENIED.is_match(words);
        let named = input.library.records().find(words).filter(|_| is_told);
        named
            .map(|(place, name)| {
                (sentence.start + place.start..sentence.start + place.end, name)
            })
            .collect::<Vec<_>>()
    };
    sentences(summary).into_iter().flat_map(in_sentence).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::specimen::{letter, said};
    use crate::letter::{Decision, Letter};

    fn reasoning(title: &str, rationale: &str) -> Letter {
        let mut letter = letter(&[title]);
        letter.items[0].rationale = rationale.into();
        letter
    }

    const DEPENDANT: &str = crate::letter::phrasing::DEPENDANT_RATIONALE;

    #[test]
    fn a_rationale_is_long_enough() {
        assert_eq!(said(&reasoning("MRI", &"word ".repeat(40)), "L007"), [""; 0]);
        assert_eq!(said(&reasoning("MRI", DEPENDANT), "L007"), [""; 0]);
        assert_eq!(
            said(&reasoning("MRI", "Not needed."), "L007"),
            ["Warning [items[1].rationale] The rationale of item 1 has 2 words",]
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
                "Warning [items[1].reviewer_guideline] Item 1 is decided without any guideline",
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
            ["Note [items[1].rationale] The rationale of item 1 does not name what \
                    its title asks for",]
        );
        assert_eq!(
            said(
                &reasoning("MRI of the hand", "An MRI of the knee is not needed."),
                "L012"
            ),
            ["Warning [knee] The rationale of item 1 speaks of \"knee\", and never \
                    of the \"hand\" in its title",]
        );
        let mut mixed = letter(&["Gym membership", "Acupuncture, 6 visits"]);
        mixed.items[0].rationale = "Acupuncture helps.".into();
        assert_eq!(
            said(&mixed, "L012"),
            ["Warning [items[1].rationale] The rationale of item 1 does not speak of \
                    what its title asks for, but of item 2",]
        );
    }

    #[test]
    fn nothing_is_in_the_letter_twice() {
        assert_eq!(
            said(&letter(&["MRI of the left knee", "MRI of the right knee"]), "L014"),
            [""; 0]
        );
        assert_eq!(
            said(&letter(&["MRI, left knee", "EMG", "MRI left knee."]), "L014"),
            ["Warning [items[3].request] Item 3 asks for the same as item 1",]
        );
        let mut same = letter(&["MRI of the knee", "Norco #30"]);
        same.items
            .iter_mut()
            .for_each(|item| item.rationale = "So it is. ".repeat(11));
        let told = "[items[2].rationale] The rationale of item 2 is word for word that of item 1";
        assert_eq!(said(&same, "L014"), [format!("Warning {told}")]);
        same.items[1].title.request = "MRI of the hip".into();
        assert_eq!(said(&same, "L014"), [format!("Note {told}")]);
        same.items.push(same.items[0].clone());
        same.items[2].title.request = "MRI of the foot".into();
        assert_eq!(said(&same, "L014"), [format!("Note {told}")]);
        same.items
            .iter_mut()
            .for_each(|item| item.rationale = "So it is. ".repeat(10));
        assert_eq!(said(&same, "L014"), [""; 0]);
    }

    #[test]
    fn the_outcome_that_is_told_is_that_of_the_items() {
        let told = |decisions: [&str; 2], words: &str| {
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
            assert_eq!(said(&told(decisions, words), "L016"), [""; 0], "{words}");
        }
        assert_eq!(
            said(&told(["upheld", "overturned"], "Final Determination: UPHOLD."), "L016"),
            ["Error [Final Determination: UPHOLD] \"Final Determination: UPHOLD\" is \
                    not what the letter's items come to: some \
             treatments are found necessary, and some are not",]
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
                    "Warning [{spoken}] \"{spoken}\" speaks of the reviewer in the first person"
                ),]
            );
        }
    }

    #[test]
    fn what_is_said_to_be_missing_is_not_in_the_summary() {
        let check = |summary: &str, rationale: &str, expected: Option<&str>| {
            let mut letter = reasoning("MRI", rationale);
            letter.summary = summary.into();
            let expected = expected.map(|words| format!("Warning {words}"));
            assert_eq!(
                said(&letter, "L018"),
                Vec::from_iter(expected),
                "{summary} / {rationale}"
            );
        };
        let given = "Treatment has included physical therapy.";
        check(
            given,
            "There is no documentation of functional improvement with physical therapy.",
            None,
        );
        check(
            given,
            "There is no documentation of physical therapy for the elbow.",
            None,
        );
        check(
            "Hand therapy and physical therapy.",
            "There is no documentation of physical therapy.",
            None,
        );
        check(given, "There is no documentation physical therapy was completed.", None);
        check(
            "He requested physical therapy.",
            "There is no documentation of physical therapy.",
            None,
        );
        check(
            "He had no physical therapy.",
            "There is no documentation of physical therapy.",
            None,
        );
        check(
            given,
            "There is no documentation of any prior physical therapy.",
            Some(
                "[physical therapy] The rationale of item 1 finds no documentation of \
                    physical therapy, and the summary speaks of \
                 \"physical therapy\"",
            ),
        );
        check(
            "He has a positive sign of trigger points.",
            "The records do not document any palpable trigger points.",
            Some(
                "[trigger points] The rationale of item 1 finds no documentation of \
                    trigger points, and the summary speaks of \"trigger points\"",
            ),
        );
    }
}
