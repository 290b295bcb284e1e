//! Whether a rationale concludes on what its title names: the side, the level of the spine
//! and the body part.

use super::clauses::WITHIN;
use super::input::{FieldText, Rationale};
use super::levels::{Level, levels, roots};
use super::sense::{Conclusion, conclusions};
use super::subject::share_a_part;
use super::text::{first_piece, last_piece};
use super::wording::capitalized;
use super::{Finding, Findings, Input, Reads, Rule};
use crate::diagnostic::{Severity, TextRange};
use crate::letter::phrasing::title;
use crate::letter::{FieldPath, Item};
use crate::template::Family;

pub(super) const RULES: &[Rule] = &[Rule {
    id: "L011",
    reads: &[Reads::Reasons, Reads::Titles, Reads::History],
    name: "other-subject",
    severity: Severity::Error,
    family: Family::Decisions,
    summary: "The conclusion names the side, the level and the body part that the \
        title names",
    help: "A conclusion on the other side, on another level of the spine or on another \
        body part was often copied from another item. What the concluding \
        sentence says about its reasons is skipped. A rationale or a summary that \
        mentions the title's body part on the other side only is a warning, and so is \
        one level among several that the title does not have.",
    find: other_subject,
    ..Rule::DEFAULT
}];

fn other_subject(input: &Input<'_>, findings: &mut Findings) {
    for rationale in input.rationales() {
        if rationale.is_own() {
            findings.extend(other_subject_of(input, &rationale));
        }
    }
    for item in &input.letter.items {
        findings.extend(other_side_in_history(input, item));
    }
}

fn other_subject_of(input: &Input<'_>, rationale: &Rationale<'_>) -> Option<Finding> {
    let Rationale { item, text, .. } = rationale;
    let last = conclusions(text, input.library.conclusions()).next()?;
    let concluded = concluded_on(text.text, &last);
    let (asked, said) = (title(&item.title), &text.text[concluded]);
    let found = other_side(&asked, said)
        .or_else(|| other_level(&asked, said))
        .or_else(|| other_root(&asked, said))
        .or_else(|| other_part(input, &asked, said));
    let is_certain = found.is_some();
    let Some((named, wanted)) = found.or_else(|| one_other_level(&asked, said)) else {
        return other_side_throughout(input, rationale, &asked, last.sentence);
    };
    let words = named + concluded.start;
    let message = format!(
        "{} concludes on \"{}\", but the title says \"{wanted}\"",
        capitalized(&text.name(input)),
        &text.text[words],
    );
    let mut finding = text.finding(words, message, "Correct the conclusion or the title");
    if !is_certain {
        finding = finding.with_severity(Severity::Warning);
    } else if SIDE.is_match(&wanted) || !levels(&wanted).is_empty() {
        finding = finding.with_replacement(format!("Write \"{wanted}\""), wanted);
    }
    Some(finding.also_at(request_of(item)))
}

fn request_of(item: &Item) -> FieldPath {
    FieldPath::new("items[].request", &[item.id])
}

/// A rationale that names the title's body part on the other side alone.
fn other_side_throughout(
    input: &Input<'_>,
    rationale: &Rationale<'_>,
    asked: &str,
    conclusion: TextRange,
) -> Option<Finding> {
    let Rationale { item, text, .. } = rationale;
    let (wanted, other) = one_side(asked)?;
    let mentions = only_mentions(input, text, asked, other, conclusion)?;
    // One word against the conclusion's own says little.
    let is_concluded = sides(&text.text[conclusion]).iter().any(|side| side == wanted);
    if is_concluded && mentions.len() < 2 {
        return None;
    }
    Some(only_other_side(input, text, *mentions.first()?, (wanted, other), item))
}

pattern!(
    /// What makes a single mention of a side tell of the injury.
    OF_INJURY,
    r"\b(?:injur\w+|diagnos\w+|sustain\w+|pain|strain|sprain|tear|fracture|fell|struck)\b"
);

/// A history that names an item's body part on the other side alone: quiet where both
/// sides, or the right one, are spoken of at all, or are decided.
fn other_side_in_history(input: &Input<'_>, item: &Item) -> Option<Finding> {
    let asked = title(&item.title);
    let (wanted, other) = one_side(&asked)?;
    let is_decided = input
        .letter
        .items
        .iter()
        .any(|item| sides(&title(&item.title)).iter().any(|side| side != wanted));
    let history = input.histories().find(|text| text.is_summary())?;
    if is_decided || sides(history.text).iter().any(|side| side != other) {
        return None;
    }
    let nowhere = TextRange { start: 0, end: 0 };
    let mentions = only_mentions(input, history, &asked, other, nowhere)?;
    let first = *mentions.first()?;
    let sentence = history.sentence_around(first.start)?;
    if mentions.len() < 2 && !OF_INJURY.is_match(&history.text[sentence]) {
        return None;
    }
    Some(only_other_side(input, history, first, (wanted, other), item))
}

fn only_other_side(
    input: &Input<'_>,
    text: &FieldText<'_>,
    first: TextRange,
    (wanted, other): (&str, &str),
    item: &Item,
) -> Finding {
    let message = format!(
        "{} mentions only the {other} side, but the title of {} says \"{wanted}\"",
        capitalized(&text.name(input)),
        input.row_name(&request_of(item)),
    );
    let finding = text.finding(first, message, "Correct the text or the title");
    finding.with_severity(Severity::Warning).also_at(request_of(item))
}

/// The one side that a title names, and the other one.
fn one_side(asked: &str) -> Option<(&'static str, &'static str)> {
    match &sides(asked)[..] {
        [one] if one == "left" => Some(("left", "right")),
        [one] if one == "right" => Some(("right", "left")),
        _ => None,
    }
}

/// Where a text mentions the title's body part on a side, if it does so of no other side
/// and not for comparison.
fn only_mentions(
    input: &Input<'_>,
    text: &FieldText<'_>,
    asked: &str,
    other: &str,
    except: TextRange,
) -> Option<Vec<TextRange>> {
    let mut mentions = Vec::new();
    for side in SIDE.find_iter(text.text) {
        let range = TextRange::from(side.range());
        if text.is_quoted(range)
            || except.contains(range)
            || !is_of_a_part(input, &text.text[side.end()..], asked)
        {
            continue;
        }
        let sentence = text.sentence_around(side.start())?;
        if plain_side(side.as_str()) != other || OTHERWISE.is_match(&text.text[sentence])
        {
            return None;
        }
        mentions.push(range);
    }
    Some(mentions)
}

pattern!(
    /// Where the other side is spoken of for its own sake.
    OTHERWISE,
    r"\b(?:contralateral|opposite|other|uninjured|unaffected|compar\w+|versus|vs|bilateral",
    r"|both|prior|previous|previously|replaced|history|compensat\w+",
    r"|dominant|handed|status post|s/p)\b"
);

/// Whether a side is said of a body part that the title names, or may name.
fn is_of_a_part(input: &Input<'_>, after: &str, asked: &str) -> bool {
    const NEAR: usize = 40;
    let near = &after[..after.floor_char_boundary(NEAR.min(after.len()))];
    let near = first_piece(near, |c| matches!(c, '.' | ',' | ';'));
    let anatomy = input.library.anatomy();
    let named = anatomy.named_in(near);
    !named.is_empty() && share_a_part(&anatomy.named_in(asked), &named)
}

/// The level of the spine that the conclusion names, and the one that the title names,
/// where they have no disc in common.
fn other_level(title: &str, conclusion: &str) -> Option<(TextRange, String)> {
    let (asked, said) = (levels(title), levels(conclusion));
    let (wanted, named) = (asked.first()?, said.first()?);
    let is_other = |said: &Level| !asked.iter().any(|asked| asked.overlaps(said));
    said.iter()
        .all(is_other)
        .then(|| (named.range, title[wanted.range].to_owned()))
}

/// One level among those of the conclusion that the title does not have.
fn one_other_level(title: &str, conclusion: &str) -> Option<(TextRange, String)> {
    let (asked, said) = (levels(title), levels(conclusion));
    let wanted = asked.first()?;
    let is_other = |said: &&Level| !asked.iter().any(|asked| asked.overlaps(said));
    let named = said.iter().find(is_other)?;
    Some((named.range, title[wanted.range].to_owned()))
}

/// The nerve root that the conclusion names, and the one that the title names, where none
/// is the same.
fn other_root(title: &str, conclusion: &str) -> Option<(TextRange, String)> {
    let (asked, said) = (roots(title), roots(conclusion));
    let ((_, wanted), (named, _)) = (asked.first()?, said.first()?);
    let is_known =
        |(_, said): &(TextRange, String)| asked.iter().any(|(_, it)| it == said);
    (!said.iter().any(is_known)).then(|| (*named, wanted.clone()))
}

/// What a conclusion is about: from "request", or else from the last clause's beginning,
/// to the words that conclude. What stands before gives its reasons, which may speak of
/// other sides and parts.
pub(super) fn concluded_on(rationale: &str, conclusion: &Conclusion) -> TextRange {
    let start = conclusion.sentence.start;
    let end = conclusion.words.start.max(start);
    let words = &rationale[start..end];
    if let Some(request) = words.rfind("request") {
        return TextRange { start: start + request, end };
    }
    let clauses = [", the ", ", this ", "; ", "Therefore", "therefore"];
    let found = clauses.map(|beginning| {
        let at = words.rfind(beginning)?;
        // "The injection at L4-5 is therefore necessary" is one clause.
        let before = last_piece(words[..at].trim_end(), char::is_whitespace);
        (!WITHIN.contains(&before)).then_some(at)
    });
    let clause = found.into_iter().flatten().max();
    TextRange { start: start + clause.unwrap_or_default(), end }
}

pattern!(SIDE, r"\b(?:left|right|bilateral|both|rt|lt)\b");

/// The one side that the conclusion names, and the other one, which alone the title
/// names.
fn other_side(title: &str, conclusion: &str) -> Option<(TextRange, String)> {
    match (&sides(title)[..], &sides(conclusion)[..]) {
        ([wanted], [named]) => match (wanted.as_str(), named.as_str()) {
            ("left", "right") | ("right", "left") => {
                Some((SIDE.find(conclusion)?.range().into(), wanted.clone()))
            }
            _ => None,
        },
        _ => None,
    }
}

/// A side without its short form.
fn plain_side(side: &str) -> &'static str {
    match side.to_lowercase().as_str() {
        "left" | "lt" => "left",
        "right" | "rt" => "right",
        _ => "both",
    }
}

/// The sides that a text names, each once.
fn sides(text: &str) -> Vec<String> {
    let found = SIDE.find_iter(text);
    let mut sides: Vec<String> =
        found.map(|side| plain_side(side.as_str()).to_owned()).collect();
    sides.sort_unstable();
    sides.dedup();
    sides
}

/// The body part that the conclusion names, and the one that the title names,
/// where they have nothing in common.
fn other_part(
    input: &Input<'_>,
    title: &str,
    conclusion: &str,
) -> Option<(TextRange, String)> {
    let anatomy = input.library.anatomy();
    let (first_named, _) = anatomy.find(conclusion).next()?;
    let (first_wanted, _) = anatomy.find(title).next()?;
    if share_a_part(&anatomy.named_in(title), &anatomy.named_in(conclusion)) {
        return None;
    }
    Some((first_named.into(), title[first_wanted].to_owned()))
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{reasoning, said};
    use crate::letter::Letter;

    fn concluding(title: &str, decision: &str, rationale: &str) -> Letter {
        let mut letter = reasoning(title, rationale);
        letter.items[0].decision.0 = decision.into();
        letter
    }

    #[track_caller]
    fn check(title: &str, conclusion: &str, expected: Option<&str>) {
        let letter = concluding(title, "upheld", conclusion);
        assert_eq!(
            said(&letter, "L011"),
            Vec::from_iter(expected),
            "{title}: {conclusion}"
        );
    }

    #[test]
    fn a_conclusion_on_another_side_or_part_is_reported() {
        for (title, conclusion, expected) in [
            (
                "MRI of the left knee",
                "The request for MRI of the left knee is not medically necessary.",
                None,
            ),
            (
                "MRI of the left knee",
                "Given the right knee's course, the request is not medically necessary.",
                None,
            ),
            (
                "MRI of the cervical spine",
                "The request for a spine MRI is not medically necessary.",
                None,
            ),
            (
                "EMG of the left upper extremity",
                "The EMG of the left hand is not medically necessary.",
                None,
            ),
            (
                "Norco #30",
                "The request for the low back is not medically necessary.",
                None,
            ),
            (
                "MRI of the left knee",
                "The request for MRI of the right knee is not medically necessary.",
                Some(
                    "Error [right] The rationale of item 1 concludes on \"right\", but \
                        the title says \"left\"",
                ),
            ),
            (
                "MRI of the lumbar spine",
                "The request for MRI of the cervical spine is not medically necessary.",
                Some(
                    "Error [cervical spine] The rationale of item 1 concludes \
                        on \"cervical spine\", but the title says \"lumbar spine\"",
                ),
            ),
        ] {
            check(title, conclusion, expected);
        }
    }

    #[test]
    fn a_conclusion_on_another_level_is_reported() {
        for (title, conclusion, expected) in [
            (
                "Injection at L4-L5",
                "The injection at L5-S1 is not medically necessary.",
                Some(
                    "Error [L5-S1] The rationale of item 1 concludes on \"L5-S1\", but \
                        the title says \"L4-L5\"",
                ),
            ),
            ("Fusion L3-S1", "The fusion at L4-5 is not medically necessary.", None),
            (
                "Injection at C5-6",
                "The injection at C6-C7 is therefore not medically necessary.",
                Some(
                    "Error [C6-C7] The rationale of item 1 concludes on \"C6-C7\", but \
                        the title says \"C5-6\"",
                ),
            ),
            (
                "Blocks, L4-5 and L5-S1",
                "Thus the blocks at L3-4 and L4-5 are not medically necessary.",
                Some(
                    "Warning [L3-4] The rationale of item 1 concludes on \"L3-4\", but \
                        the title says \"L4-5\"",
                ),
            ),
            (
                "Transforaminal injection, left L5",
                "The injection at left S1 is not medically necessary.",
                Some(
                    "Error [S1] The rationale of item 1 concludes on \"S1\", but \
                        the title says \"L5\"",
                ),
            ),
        ] {
            check(title, conclusion, expected);
        }
    }

    #[test]
    fn a_rationale_on_the_other_side_throughout_is_reported() {
        for (title, conclusion, expected) in [
            (
                "MRI of the left knee",
                "The right knee locks. The request is not medically necessary.",
                Some(
                    "Warning [right] The rationale of item 1 mentions only the right \
                        side, but the title of item 1 says \"left\"",
                ),
            ),
            (
                "MRI of the left knee",
                "The left knee locks, the right knee never did. It is not medically necessary.",
                None,
            ),
            (
                "MRI of the left knee",
                "The right knee had prior surgery. The request is not medically necessary.",
                None,
            ),
            (
                "MRI of the left knee",
                "He is right-hand dominant. The request is not medically necessary.",
                None,
            ),
        ] {
            check(title, conclusion, expected);
        }
    }

    #[test]
    fn a_summary_on_the_other_side_throughout_is_reported() {
        let found = "Warning [right] \"Clinical case summary\" mentions only the right \
            side, but the title of item 1 says \"left\"";
        for (summary, expected) in [
            ("He injured the right knee.", Some(found)),
            ("The right knee locks. The right knee was drained.", Some(found)),
            ("He injured the right knee. The left knee is normal.", None),
            ("He injured the right knee. Bilateral films are normal.", None),
            ("He is right-handed.", None),
            ("He injured the right shoulder.", None),
            ("He injured the right knee in a previous fall.", None),
            ("He injured the left knee.", None),
        ] {
            let mut letter = reasoning("MRI of the left knee", "It is.");
            letter.summary = summary.into();
            assert_eq!(said(&letter, "L011"), Vec::from_iter(expected), "{summary}");
        }
    }
}
