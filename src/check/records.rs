//! What a rationale finds missing from the records, against what the summary reports.

use super::input::FieldText;
use super::wording::capitalized;
use super::{Findings, Input, Reads, Rule};
use crate::diagnostic::{Severity, TextRange};
use crate::template::Family;

pub(super) const RULES: &[Rule] = &[Rule {
    id: "L018",
    reads: &[Reads::Reasons, Reads::History],
    name: "not-missing",
    severity: Severity::Warning,
    family: Family::Decisions,
    summary: "What a rationale calls missing is not in the summary",
    help: "Decisions were sent back because the record had what they called \
        missing. Looks at \"no documentation of\" and \"has never had\" right before \
        physical therapy, radiculopathy and the like, and at what the summary says was \
        done or found. Anything more specific is skipped.",
    find: in_the_summary,
    ..Rule::DEFAULT
}];

pattern!(
    /// "There is no documentation of", "failed to document", "no evidence that the
    /// patient has had", right before what is missing.
    MISSING,
    r"\b(?:(?:no|without(?: any)?|lack of(?: any)?|absence of)\s+",
    r"(?:(?:clear|clinical|objective|medical|documented|supporting)\s+)*",
    r"(?:documentation|evidence|mention|record|indication|documented evidence|trials?)",
    r"(?:\s+(?:of|that|regarding|indicating|in the records? of|provided of|noted of",
    r"|submitted of|which))?",
    r"|(?:does not|do not|did not|doesn't|don't|didn't|fails? to|failed to) ",
    r"(?:document|mention|record|indicate|describe|show|note)",
    r"|(?:has|have|had)?\s*(?:never|not|n't)(?: yet| previously| ever)? (?:had|received",
    r"|undergone|underwent|tried|attempted|completed|attended|participated in|started",
    r"|been (?:given|treated with|offered|tried on|provided with))",
    r"|(?:did not|didn't|has yet to|have yet to) (?:receive|undergo|try|attempt|complete",
    r"|attend|have|start)|(?:has|have|had) (?:had )?no|received no|underwent no",
    r"|there (?:has|have) been no",
    r"|without (?:ever )?(?:having (?:had|tried|received|undergone)|trying|any))\s+",
    r"(?:(?:any|a|an|the|prior|previous|past|trial|course|of|that|patient|claimant",
    r"|applicant|worker|injured|has|had|have|been|was|undergone|received|tried|attempted",
    r"|treated|with|completed|there|were|is|use|formal|findings|symptoms|clinical",
    r"|palpable|discrete|circumscribed|active|current|recent|significant|proper|adequate",
    r"|indicated|showed|shows|documented|regarding|trialed|and)\s+)*$"
);

pattern!(
    /// Words after the topic that make something else of it: "physical therapy for the
    /// elbow", "physical therapy since March".
    OF_IT,
    r"^\s*(?:,\s*(?:or|and)\s|or\s|and\s|for\s|in\s|at\s|on\s|of\s|to\s|since|after|within",
    r"|evidence|findings?|studies|study|scans?|images|orders?|requests?",
    r"|notes?|reports?|results?|progress|efficacy|benefit|failure|failed|response|that",
    r"|would|could|should|might|may|can|will|which|with|over|beyond|during|from|prior",
    r"|before|between|specific|necessit|warrant",
    r"|as\s|due|was\b|were\b|is\b|has\b|had\b|being)"
);

pattern!(
    DENIED,
    r"\b(?:no|not|without|denie[sd]|negative|lack|absence|absent|request\w*|authoriz\w*",
    r"|recommend\w*|plan\w*|pending|prescri\w*|refer\w*|order\w*|utilization review",
    r"|determination|consider\w*|possible|rule out|future|await\w*|would|should|will)\b"
);

pattern!(
    DONE,
    r"\b(?:has|have|had|was|were|received|underwent|undergone|completed|includ\w*|treated",
    r"|attended|tried|wore|wears|used|uses|positive|revealed|showed|noted|demonstrated",
    r"|reported|diagnos\w*",
    r"|helping|helpful|after|following)\b"
);

/// Something that records hold, such as physical therapy, by its usual name, and the
/// words of a text that name it.
type Topic<'a> = (TextRange, &'a str);

fn in_the_summary(input: &Input<'_>, findings: &mut Findings) {
    let mut present = Vec::new();
    for history in input.histories() {
        for (range, name) in topics_present(input, history) {
            present.push((history, range, name));
        }
    }
    for rationale in input.rationales() {
        if !rationale.is_own() {
            continue;
        }
        let text = rationale.text;
        let mut missing = topics_missing(input, text);
        missing.dedup_by(|one, other| one.1 == other.1);
        // A rationale can also contradict itself.
        let mut own = Vec::new();
        if !missing.is_empty() {
            for (range, name) in topics_present(input, text) {
                own.push((text, range, name));
            }
        }
        for (missing, name) in missing {
            let mut all = present.iter().chain(&own);
            let stated = all.find(|(_, _, present)| *present == name);
            let Some((history, stated, _)) = stated else { continue };
            let other = if history.path == text.path {
                "it also".to_owned()
            } else {
                history.name(input)
            };
            let message = format!(
                "{} finds no documentation of {name}, but {other} mentions \"{}\"",
                capitalized(&text.name(input)),
                &history.text[*stated],
            );
            let hint = "Say what exactly is missing, or correct one of the two";
            let finding = text.finding(missing, message, hint);
            findings.push(finding.also_at(history.anchor(*stated)));
        }
    }
}

/// What a rationale says to be missing.
fn topics_missing<'i>(
    input: &'i Input<'_>,
    rationale: &'i FieldText<'_>,
) -> Vec<Topic<'i>> {
    let mut missing = Vec::new();
    for &sentence in rationale.sentences() {
        let words = &rationale.text[sentence];
        let mut topics = topics(input, words);
        // "He never had therapy": which one needs no word.
        for found in OF_ANY_KIND.captures_iter(words) {
            let kinds = [("therapy", "physical therapy"), ("injection", "injections")];
            for (kind, name) in kinds {
                let word = found.name(kind).map(|word| word.range().into());
                topics.extend(word.map(|range| (range, name)));
            }
        }
        for (range, name) in topics {
            let (before, after) = (&words[..range.start], &words[range.end..]);
            let is_missing = MISSING.is_match(before) && !OF_IT.is_match(after);
            if is_missing || was_not_given(before, after) {
                missing.push((range + sentence.start, name));
            }
        }
    }
    missing
}

pattern!(
    /// Therapy and injections that no word says more of.
    OF_ANY_KIND,
    r"\b(?:(?P<therapy>therapy)|(?P<injection>injections?))\s*(?:[.,;]|$)"
);
pattern!(
    /// "Physical therapy has never been tried."
    NOT_GIVEN,
    r"^\s+(?:has|have|had|was|were|is|are)(?:n't| not| never)(?: yet| previously| ever)?",
    r"(?: been)? (?:tried|attempted|provided|done|given|received|completed|documented",
    r"|undertaken|performed|recorded|used|utilized)\s*(?:[.;,]|$)"
);
pattern!(
    /// "No physical therapy is documented."
    NONE_GIVEN,
    r"^\s+(?:is|was|are|were|ha(?:s|ve|d) been) (?:tried|attempted|provided|done|given|received",
    r"|completed|documented|recorded|noted|reported|performed)\s*(?:[.;,]|$)"
);
pattern!(SUBJECT, r"^\W*(?:(?:and|but|so|the|a|any|formal|prior) )*$");
pattern!(NO_SUBJECT, r"^\W*(?:(?:and|but|so) )?no (?:(?:formal|prior|such) )*$");

/// Whether a sentence whose subject is what records hold says that it was not given.
fn was_not_given(before: &str, after: &str) -> bool {
    SUBJECT.is_match(before) && NOT_GIVEN.is_match(after)
        || NO_SUBJECT.is_match(before) && NONE_GIVEN.is_match(after)
}

/// What a history reports to be there: in a sentence that neither denies it nor only asks
/// for it.
fn topics_present<'i>(
    input: &'i Input<'_>,
    history: &'i FieldText<'_>,
) -> Vec<Topic<'i>> {
    let mut present = Vec::new();
    for &sentence in history.sentences() {
        let words = &history.text[sentence];
        if DONE.is_match(words) && !DENIED.is_match(words) {
            for (range, name) in topics(input, words) {
                present.push((range + sentence.start, name));
            }
        }
    }
    present
}

fn topics<'i>(input: &'i Input<'_>, words: &'i str) -> Vec<Topic<'i>> {
    let mut topics = Vec::new();
    for (range, name) in input.library.records().find(words) {
        topics.push((range.into(), name));
    }
    topics
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{reasoning, said};

    #[track_caller]
    fn check(summary: &str, rationale: &str, expected: Option<&str>) {
        let mut letter = reasoning("MRI", rationale);
        letter.summary = summary.into();
        let expected = expected.map(|words| format!("Warning {words}"));
        assert_eq!(
            said(&letter, "L018"),
            Vec::from_iter(expected),
            "{summary} / {rationale}"
        );
    }

    #[test]
    fn records_said_to_be_missing_are_not_in_the_summary() {
        let override_for = "Treatment has included physical therapy.";
        check(
            override_for,
            "There is no documentation of functional improvement with physical therapy.",
            None,
        );
        check(
            override_for,
            "There is no documentation of physical therapy for the elbow.",
            None,
        );
        check(
            "Hand therapy and physical therapy.",
            "There is no documentation of physical therapy.",
            None,
        );
        check(
            override_for,
            "There is no documentation physical therapy was completed.",
            None,
        );
        let missing = "There is no documentation of physical therapy.";
        check("He requested physical therapy.", missing, None);
        check("He had no physical therapy.", missing, None);
        check(
            override_for,
            "There is no documentation of any prior physical therapy.",
            Some(
                "[physical therapy] The rationale of item 1 finds no documentation of \
                    physical therapy, but \"Clinical case summary\" mentions \
                 \"physical therapy\"",
            ),
        );
        check(
            "He completed eight visits of physical therapy.",
            "He has never had physical therapy. It is denied.",
            Some(
                "[physical therapy] The rationale of item 1 finds no documentation of \
                    physical therapy, but \"Clinical case summary\" mentions \
                 \"physical therapy\"",
            ),
        );
        check(
            "He has a positive sign of trigger points.",
            "The records do not document any palpable trigger points.",
            Some(
                "[trigger points] The rationale of item 1 finds no documentation of \
                    trigger points, but \"Clinical case summary\" mentions \"trigger \
                    points\"",
            ),
        );
    }

    #[test]
    fn what_was_never_tried_is_missing_in_whatever_order() {
        let summary = "Treatment has included physical therapy.";
        let found = Some(
            "[Physical therapy] The rationale of item 1 finds no documentation of \
                physical therapy, but \"Clinical case summary\" mentions \
             \"physical therapy\"",
        );
        check(summary, "Physical therapy has never been tried.", found);
        let bare = found.map(|found| found.replacen("Physical therapy", "therapy", 1));
        check(summary, "The claimant never had therapy.", bare.as_deref());
        check(summary, "The claimant never had therapy of the neck.", None);
        check(
            "He has pain.",
            "He completed physical therapy. He has never had physical therapy.",
            Some(
                "[physical therapy] The rationale of item 1 finds no documentation of \
                    physical therapy, but it also mentions \
                 \"physical therapy\"",
            ),
        );
        check(
            "He had an epidural steroid injection.",
            "He has never had an injection.",
            Some(
                "[injection] The rationale of item 1 finds no documentation of \
                    injections, but \"Clinical case summary\" mentions \
                 \"epidural steroid injection\"",
            ),
        );
        check(summary, "He has never had physical therapy of the shoulder.", None);
        check(summary, "Physical therapy was not tolerated.", None);
        check(summary, "No physical therapy notes are documented.", None);
    }
}
