//! Verbs in a form that does not go with their helper or their subject: "was give", "did
//! not helped", "able to walked", "has underwent", "he seen", "the surgeon request an MRI".

use super::grammar::Slip;
use super::input::ReadText;
use super::verb_forms::{ACTS, IRREGULAR, OTHERS, participle, plain_form, third_person};

/// What the words before a verb want of it.
#[derive(Clone, Copy, PartialEq)]
enum VerbForm {
    /// Behind "was" or "has".
    Participle,
    /// Behind "did not", "could", or "able to".
    Plain,
    /// Behind "to", after whatever.
    PlainMostly,
    /// Behind "he", without a helper.
    Past,
}

/// Of whom a letter tells what they do.
const SUBJECTS: &[&str] = &[
    "applicant",
    "claimant",
    "doctor",
    "employee",
    "employer",
    "enrollee",
    "examination",
    "guideline",
    "imaging",
    "insurer",
    "member",
    "mri",
    "patient",
    "physician",
    "provider",
    "reviewer",
    "scan",
    "surgeon",
    "therapist",
    "worker",
];

/// Verbs among the others that are no nouns behind a subject.
const SURE: &[&str] = &["do", "fail", "have", "lack", "say", "want"];

/// Words before a subject after which a verb has no s: "did he have", "that the provider
/// submit".
const BARE: &[&str] = &[
    "advise",
    "advised",
    "ask",
    "asked",
    "asking",
    "can",
    "cannot",
    "could",
    "demanded",
    "demands",
    "did",
    "do",
    "does",
    "essential",
    "had",
    "has",
    "have",
    "having",
    "hear",
    "heard",
    "help",
    "helped",
    "helping",
    "helps",
    "if",
    "imperative",
    "important",
    "insist",
    "insists",
    "lest",
    "let",
    "lets",
    "letting",
    "made",
    "make",
    "makes",
    "making",
    "may",
    "might",
    "must",
    "necessary",
    "nor",
    "not",
    "order",
    "ordered",
    "prefers",
    "propose",
    "proposed",
    "recommend",
    "recommended",
    "recommending",
    "recommends",
    "request",
    "requested",
    "requesting",
    "require",
    "required",
    "requires",
    "saw",
    "see",
    "shall",
    "should",
    "suggest",
    "suggested",
    "suggesting",
    "suggests",
    "t",
    "than",
    "that",
    "will",
    "would",
];

/// Words before which "was drain" cannot speak of a drain.
const BEHIND_A_VERB: &[&str] =
    &["twice", "once", "daily", "by", "with", "as", "since", "until", "today", "again"];

/// Words behind which "to" leads to a verb, and not to what is limited or modified.
const BEFORE_TO: &[&str] = &[
    "able",
    "advised",
    "allowed",
    "asked",
    "began",
    "chose",
    "continue",
    "continued",
    "continues",
    "decided",
    "failed",
    "fails",
    "had",
    "has",
    "have",
    "hopes",
    "instructed",
    "need",
    "needs",
    "ought",
    "planned",
    "plans",
    "refused",
    "started",
    "tried",
    "tries",
    "unable",
    "unwilling",
    "want",
    "wanted",
    "wants",
    "willing",
];

/// Every verb in the wrong form.
pub(super) fn slips(text: &ReadText<'_>, slips: &mut Vec<Slip>) {
    let words = text.words();
    for (at, &range) in words.iter().enumerate().skip(1) {
        let word = &text.text[range];
        if !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            continue;
        }
        let Some(wanted) = wanted(text, at) else { continue };
        let right = right_form(word, wanted).or_else(|| {
            let is_verb = wanted == VerbForm::Participle
                && OTHERS.binary_search(&word).is_ok()
                && BEHIND_A_VERB.contains(&next_word(text, at));
            is_verb.then(|| participle(word))
        });
        if let Some(right) = right {
            slips.push(Slip { range, right });
        }
    }
}

/// Verbs that lack their s: "he walk", "the surgeon request an MRI".
pub(super) fn without_s(text: &ReadText<'_>, slips: &mut Vec<Slip>) {
    for (at, &range) in text.words().iter().enumerate().skip(1) {
        let before = text.words()[at - 1];
        let subject = text.text[before].to_lowercase();
        let is_pronoun = matches!(&*subject, "he" | "she");
        let is_named = SUBJECTS.binary_search(&&*subject).is_ok() && is_one(text, at - 1);
        let between = &text.text[before.end..range.start];
        if !(is_pronoun || is_named) || !between.trim().is_empty() {
            continue;
        }
        let (verb, next) = (&text.text[range], next_word(text, at));
        let is_act = ACTS.binary_search(&verb).is_ok() || SURE.contains(&verb);
        let is_other = OTHERS.binary_search(&verb).is_ok()
            || IRREGULAR.iter().any(|(plain, ..)| *plain == verb);
        let has_object =
            matches!(next, "a" | "an" | "the" | "his" | "her" | "no" | "any");
        let is_verb = is_act || is_other && (is_pronoun || has_object);
        // "He need not."
        if is_verb && (verb, next) != ("need", "not") && !has_helper(text, before.start) {
            slips.push(Slip { range, right: third_person(verb) });
        }
    }
}

/// The word after one, if nothing but spaces stands between.
fn next_word<'t>(text: &ReadText<'t>, at: usize) -> &'t str {
    let (here, next) = (text.words()[at], text.words().get(at + 1));
    match next {
        Some(&next) if text.text[here.end..next.start].trim().is_empty() => {
            &text.text[next]
        }
        _ => "",
    }
}

/// Whether somebody is spoken of and not a thing of theirs: "the treating surgeon".
fn is_one(text: &ReadText<'_>, at: usize) -> bool {
    const FEW: usize = 2;
    let start = at.saturating_sub(FEW);
    text.words()[start..at].iter().any(|&word| {
        matches!(&*text.text[word].to_lowercase(), "the" | "this" | "his" | "her")
    })
}

/// Whether one of the words before a subject takes its verb's s.
fn has_helper(text: &ReadText<'_>, subject: usize) -> bool {
    let sentence = text.sentence_around(subject);
    let start = sentence.map_or(0, |sentence| sentence.start);
    let before = text.text[start..subject].to_lowercase();
    let words: Vec<&str> = before
        .rsplit(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
        .collect();
    let nearest = &words[..words.len().min(3)];
    // "It is asked that he rest and he continue": what governs both stands farther off.
    let reach = if nearest.iter().any(|word| matches!(*word, "and" | "or")) {
        &words[..]
    } else {
        nearest
    };
    reach.iter().any(|word| BARE.binary_search(word).is_ok())
}

/// What the words before one want of it, if it is a verb.
fn wanted(text: &ReadText<'_>, at: usize) -> Option<VerbForm> {
    let word = |at: usize| text.words().get(at).map(|&range| &text.text[range]);
    let joins = |at: usize| {
        let (before, after) = (text.words()[at - 1].end, text.words()[at].start);
        text.text[before..after].trim().is_empty()
    };
    let mut helper = at;
    let mut is_denied = false;
    loop {
        if helper == 0 || !joins(helper) {
            return None;
        }
        helper -= 1;
        match word(helper)? {
            "not" => is_denied = true,
            "also" | "then" | "already" | "never" | "ever" | "still" | "been" => {}
            adverb if adverb.len() > 5 && adverb.ends_with("ly") => {}
            _ => break,
        }
    }
    let before = helper.checked_sub(1).filter(|_| joins(helper)).and_then(word);
    Some(match word(helper)? {
        "is" | "are" | "was" | "were" | "be" | "being" | "has" | "have" | "had" => {
            VerbForm::Participle
        }
        "did" | "does" | "do" if is_denied => VerbForm::Plain,
        "didn't" | "doesn't" | "don't" | "can" | "cannot" | "can't" | "could"
        | "couldn't" | "will" | "would" | "wouldn't" | "should" | "may" | "might"
        | "must" => VerbForm::Plain,
        "to" if before.is_some_and(|before| BEFORE_TO.contains(&before)) => {
            VerbForm::Plain
        }
        "to" => VerbForm::PlainMostly,
        "he" | "He" | "she" | "She" if at == helper + 1 => match before {
            Some(
                "was" | "is" | "has" | "had" | "have" | "were" | "be" | "Had" | "Was",
            ) => {
                return None;
            }
            _ => VerbForm::Past,
        },
        _ => return None,
    })
}

/// The right form, where the one that is written is another.
fn right_form(word: &str, wanted: VerbForm) -> Option<String> {
    let irregular = IRREGULAR
        .iter()
        .find(|(plain, past, participle)| [plain, past, participle].contains(&&word));
    let right = match (wanted, irregular) {
        (VerbForm::Participle, Some((_, past, participle))) if word == *past => {
            *participle
        }
        (VerbForm::Participle, Some((plain, _, participle)))
            if word == *plain && ACTS.binary_search(&word).is_ok() =>
        {
            *participle
        }
        (VerbForm::Participle, None) if ACTS.binary_search(&word).is_ok() => {
            return Some(participle(word));
        }
        (VerbForm::Plain, Some((plain, ..))) => *plain,
        (VerbForm::Plain, None) => return plain_form(word),
        // "Due to lost motion" is right, and so is "the one that she had to".
        (VerbForm::PlainMostly, Some((plain, past, participle)))
            if word == *past && past != participle && word != "saw" =>
        {
            *plain
        }
        (VerbForm::Past, Some((_, past, participle)))
            if word == *participle && participle != past =>
        {
            *past
        }
        _ => return None,
    };
    (right != word).then(|| right.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_by(
        finder: fn(&ReadText<'_>, &mut Vec<Slip>),
        text: &str,
        expected: &[(&str, &str)],
    ) {
        let mut found = Vec::new();
        finder(&ReadText::new(text), &mut found);
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|slip| (&text[slip.range], slip.right.as_str()))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        check_by(slips, text, expected);
    }

    #[test]
    fn verbs_go_with_their_helpers() {
        check("He was give a splint.", &[("give", "given")]);
        check("He was diagnose with a strain.", &[("diagnose", "diagnosed")]);
        check("He has undergo surgery.", &[("undergo", "undergone")]);
        check("He has underwent surgery.", &[("underwent", "undergone")]);
        check("He was gave a brace.", &[("gave", "given")]);
        check("He did not improved.", &[("improved", "improve")]);
        check("Therapy didn't helped him.", &[("helped", "help")]);
        check("He can not recalled it.", &[("recalled", "recall")]);
        check("He was able to walked.", &[("walked", "walk")]);
        check("She could not stopped it.", &[("stopped", "stop")]);
        check("She had recently refer him.", &[("refer", "referred")]);
        check("He seen him in June.", &[("seen", "saw")]);
        check("The knee was drain twice.", &[("drain", "drained")]);
    }

    #[test]
    fn right_forms_are_left_alone() {
        for text in [
            "He was diagnosed, has undergone surgery, had had pain, and did not improve.",
            "Due to reported pain he did rest. He returned to modified duty.",
            "What she had then was pain. Had he seen it, he would have known.",
            "In May reported pain fell. The patient that he saw was well.",
            "He was seen, and she has not been seen. Was he given it?",
            "There is need of it. What he has is limited. It was a drain with a valve.",
            "It may limit him. He has to be treated. It can be reduced.",
            "He has had to stop. Prior to this he felt well. It should have been given.",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn verbs_go_with_their_subject() {
        check_by(
            without_s,
            "The physician advise rest. He have pain. She do not. The MRI reveal a tear. \
                He rests, and the surgeon request an MRI. He walk daily. She deny it.",
            &[
                ("advise", "advises"),
                ("have", "has"),
                ("do", "does"),
                ("reveal", "reveals"),
                ("request", "requests"),
                ("walk", "walks"),
                ("deny", "denies"),
            ],
        );
        for text in [
            "Did he have pain? It is asked that the provider submit and he continue.",
            "Did the MRI reveal it? The patient may undergo it. If the worker fail, so be it.",
            "The provider request was read. She last worked in May. He need not rest.",
            "The guideline review, the request, and the patient report, a note.",
            "The patient report shows it. It is important he continue. He put it there.",
            "The patients have pain. They do. He had to have it.",
        ] {
            check_by(without_s, text, &[]);
        }
    }

    #[test]
    fn lists_are_in_order() {
        assert!([SUBJECTS, BARE].iter().all(|list| list.is_sorted()));
    }
}
