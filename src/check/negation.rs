//! What turns a claim around: negations in its clause, and grounds that are lacking.

use std::ops::Range;

use crate::library::Conclusions;

pattern!(
    /// A verb behind which something else is spoken of than what was denied before it.
    COPULA,
    r"\b(?:is|are|was|were)\b"
);

pattern!(
    /// What joins two claims, the second of which has negations of its own.
    JOINT,
    r"\b(?:and|or|nor|but)\b|,"
);

pattern!(
    /// "No further visits are …"
    NO_SUBJECT,
    r"^\W*(?:(?:therefore|thus|as such|accordingly|hence|consequently|and|but),?\s+)?",
    r"(?P<no>no)\s+(?:[\w-]+\s+){1,4}?(?:is|are|was|were)\b"
);

pattern!(THAT, r"\b(?:that|whether)\b");

/// How often the words before a claim turn it around.
pub(super) struct Turned {
    pub times: usize,
    /// Whether nothing stands between: no "shown that".
    pub is_plain: bool,
}

/// None where a verb between says that something else was denied.
pub(super) fn turned(before: &str, known: &Conclusions) -> Option<Turned> {
    let mut found: Vec<Range<usize>> =
        known.negations.find(before).map(|(range, _)| range).collect();
    found.extend(lacking(before, known));
    found.extend(
        NO_SUBJECT
            .captures(before)
            .and_then(|found| Some(found.name("no")?.range())),
    );
    found.sort_by_key(|range| range.start);
    found.dedup_by(|next, before| next.start < before.end);
    let mut turned = Turned { times: 0, is_plain: true };
    let mut next: Option<usize> = None;
    for negation in found.iter().rev() {
        // "Is not supported and not necessary", "neither reasonable nor necessary": the
        // last one speaks of the claim.
        if let Some(next) = next
            && (JOINT.is_match(&before[negation.end..next])
                || before[next..].to_lowercase().starts_with("nor"))
        {
            break;
        }
        next = Some(negation.start);
        let between = &before[negation.end..];
        let verbs = COPULA.find_iter(between).count();
        let words = &before[negation.clone()];
        let denies_subject = words.eq_ignore_ascii_case("no")
            || known.subjects_denied.is_in(words)
            || lacking(before, known).contains(negation);
        let is_reported = THAT.find(between).is_some_and(|that| {
            known
                .found
                .is_in(&before[negation.start..negation.end + that.start()])
        });
        if verbs > usize::from(denies_subject) + usize::from(is_reported) {
            return None;
        }
        turned.is_plain &= !is_reported;
        turned.times += 1;
    }
    Some(turned)
}

/// "No evidence", "insufficient clinical documentation", "lacks medical necessity".
pub(super) fn lacking(text: &str, known: &Conclusions) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (range, _) in known.lacking.find(text) {
        let after = &text[range.end..];
        let Some((ground, _)) = known.grounds.find(after).next() else { continue };
        let between = &after[..ground.start];
        if between.split_whitespace().count() <= 2 && !between.contains([',', ';']) {
            found.push(range.start..range.end + ground.end);
        }
    }
    found
}
