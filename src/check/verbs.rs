//! Verbs in a form that does not go with their helper: "was give", "did not helped",
//! "able to walked", "has underwent", "he seen".

use super::grammar::Slip;
use super::input::ReadText;

/// Verbs of which none is a noun or an adjective, too, in the order of the alphabet:
/// none stands behind "was" or "has" as a dictionary has it.
const ACTS: &[&str] = &[
    "accept",
    "achieve",
    "adjust",
    "administer",
    "admit",
    "advise",
    "aggravate",
    "allow",
    "ambulate",
    "appear",
    "apply",
    "appreciate",
    "approve",
    "ascribe",
    "assess",
    "attend",
    "authorize",
    "certify",
    "choose",
    "complicate",
    "conclude",
    "confirm",
    "consider",
    "continue",
    "decompress",
    "deem",
    "demonstrate",
    "deny",
    "describe",
    "diagnose",
    "discontinue",
    "dislocate",
    "dispense",
    "educate",
    "encourage",
    "enroll",
    "establish",
    "evaluate",
    "exacerbate",
    "examine",
    "exceed",
    "excise",
    "expect",
    "explain",
    "fuse",
    "give",
    "hospitalize",
    "identify",
    "immobilize",
    "immunize",
    "improve",
    "include",
    "inform",
    "initiate",
    "inject",
    "injure",
    "instruct",
    "intubate",
    "involve",
    "lengthen",
    "lessen",
    "locate",
    "loosen",
    "maintain",
    "modify",
    "notify",
    "observe",
    "obtain",
    "occur",
    "palpate",
    "perform",
    "persist",
    "prescribe",
    "prevent",
    "proceed",
    "provide",
    "reassure",
    "receive",
    "recommend",
    "refer",
    "reject",
    "relieve",
    "require",
    "resect",
    "resolve",
    "restrict",
    "retain",
    "shorten",
    "straighten",
    "strengthen",
    "submit",
    "suffer",
    "sustain",
    "suture",
    "take",
    "terminate",
    "titrate",
    "tolerate",
    "transfuse",
    "undergo",
    "weaken",
    "widen",
    "worsen",
    "write",
];

/// Verbs that are nouns as well, or adjectives.
const OTHERS: &[&str] = &[
    "address",
    "affect",
    "ask",
    "benefit",
    "call",
    "cause",
    "change",
    "cite",
    "climb",
    "compare",
    "complain",
    "complete",
    "cooperate",
    "cover",
    "decline",
    "decrease",
    "develop",
    "document",
    "drain",
    "dress",
    "drop",
    "ease",
    "end",
    "exercise",
    "fail",
    "finish",
    "fracture",
    "grant",
    "heal",
    "help",
    "ice",
    "increase",
    "indicate",
    "interfere",
    "lack",
    "last",
    "lean",
    "lift",
    "limit",
    "list",
    "live",
    "mention",
    "move",
    "name",
    "need",
    "note",
    "offer",
    "open",
    "order",
    "participate",
    "pass",
    "plan",
    "prove",
    "push",
    "radiate",
    "reach",
    "recall",
    "recommence",
    "recover",
    "reduce",
    "regain",
    "relapse",
    "relate",
    "relax",
    "release",
    "remain",
    "repair",
    "report",
    "request",
    "resemble",
    "respond",
    "rest",
    "resume",
    "return",
    "reveal",
    "review",
    "scan",
    "schedule",
    "score",
    "show",
    "sign",
    "splint",
    "squat",
    "stabilize",
    "start",
    "state",
    "step",
    "stop",
    "suggest",
    "support",
    "tape",
    "taper",
    "test",
    "transfer",
    "travel",
    "treat",
    "try",
    "turn",
    "use",
    "visit",
    "wait",
    "walk",
    "want",
    "warrant",
    "wean",
    "work",
    "wrap",
];

/// A verb as a dictionary has it, its form of the past, and its participle.
type Forms = (&'static str, &'static str, &'static str);

/// Verbs whose other forms do not end in -ed.
const IRREGULAR: &[Forms] = &[
    ("become", "became", "become"),
    ("begin", "began", "begun"),
    ("break", "broke", "broken"),
    ("choose", "chose", "chosen"),
    ("come", "came", "come"),
    ("do", "did", "done"),
    ("fall", "fell", "fallen"),
    ("feel", "felt", "felt"),
    ("find", "found", "found"),
    ("get", "got", "gotten"),
    ("give", "gave", "given"),
    ("go", "went", "gone"),
    ("have", "had", "had"),
    ("keep", "kept", "kept"),
    ("know", "knew", "known"),
    ("lose", "lost", "lost"),
    ("make", "made", "made"),
    ("meet", "met", "met"),
    ("see", "saw", "seen"),
    ("sleep", "slept", "slept"),
    ("speak", "spoke", "spoken"),
    ("stand", "stood", "stood"),
    ("take", "took", "taken"),
    ("think", "thought", "thought"),
    ("undergo", "underwent", "undergone"),
    ("wear", "wore", "worn"),
    ("write", "wrote", "written"),
];

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
            let next = words.get(at + 1).map(|&next| &text.text[next]);
            let is_verb = wanted == VerbForm::Participle
                && OTHERS.binary_search(&word).is_ok()
                && BEHIND_A_VERB.contains(&next?);
            is_verb.then(|| participle(word))
        });
        if let Some(right) = right {
            slips.push(Slip { range, right });
        }
    }
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

fn participle(verb: &str) -> String {
    match verb {
        "refer" | "admit" | "submit" | "wrap" | "scan" | "stop" | "plan" | "drop"
        | "transfer" => {
            format!("{verb}{}ed", &verb[verb.len() - 1..])
        }
        _ if verb.ends_with('y') => format!("{}ied", &verb[..verb.len() - 1]),
        _ if verb.ends_with('e') => format!("{verb}d"),
        _ => format!("{verb}ed"),
    }
}

/// A verb that ends in -ed, as a dictionary has it.
fn plain_form(word: &str) -> Option<String> {
    let stem = word.strip_suffix("ed")?;
    let doubled = stem.strip_suffix(|last| stem[..stem.len() - 1].ends_with(last));
    let forms = [
        Some(stem.to_owned()),
        Some(format!("{stem}e")),
        stem.strip_suffix('i').map(|stem| format!("{stem}y")),
        doubled.map(str::to_owned),
    ];
    forms.into_iter().flatten().find(|form| {
        [ACTS, OTHERS]
            .iter()
            .any(|verbs| verbs.binary_search(&form.as_str()).is_ok())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let mut found = Vec::new();
        slips(&ReadText::new(text), &mut found);
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|slip| (&text[slip.range], slip.right.as_str()))
            .collect();
        assert_eq!(found, expected, "{text}");
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
    fn lists_are_in_order() {
        assert!(ACTS.is_sorted() && OTHERS.is_sorted() && IRREGULAR.is_sorted());
    }
}
