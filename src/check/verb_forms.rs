//! Verbs and their forms.

/// Verbs of which none is a noun or an adjective, too, in the order of the alphabet:
/// none stands behind "was" or "has" as a dictionary has it.
pub(super) const ACTS: &[&str] = &[
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
    "believe",
    "certify",
    "choose",
    "complain",
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
    "indicate",
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
    "remain",
    "require",
    "resect",
    "resolve",
    "restrict",
    "retain",
    "reveal",
    "seem",
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
pub(super) const OTHERS: &[&str] = &[
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
    "interfere",
    "lack",
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
    "repair",
    "report",
    "request",
    "resemble",
    "respond",
    "rest",
    "resume",
    "return",
    "review",
    "scan",
    "schedule",
    "score",
    "show",
    "sign",
    "smoke",
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
pub(super) type Forms = (&'static str, &'static str, &'static str);

/// Verbs whose other forms do not end in -ed.
pub(super) const IRREGULAR: &[Forms] = &[
    ("become", "became", "become"),
    ("begin", "began", "begun"),
    ("bend", "bent", "bent"),
    ("break", "broke", "broken"),
    ("bring", "brought", "brought"),
    ("catch", "caught", "caught"),
    ("choose", "chose", "chosen"),
    ("come", "came", "come"),
    ("do", "did", "done"),
    ("drink", "drank", "drunk"),
    ("drive", "drove", "driven"),
    ("eat", "ate", "eaten"),
    ("fall", "fell", "fallen"),
    ("feel", "felt", "felt"),
    ("find", "found", "found"),
    ("forget", "forgot", "forgotten"),
    ("get", "got", "gotten"),
    ("give", "gave", "given"),
    ("go", "went", "gone"),
    ("grow", "grew", "grown"),
    ("have", "had", "had"),
    ("hear", "heard", "heard"),
    ("hold", "held", "held"),
    ("keep", "kept", "kept"),
    ("know", "knew", "known"),
    ("lose", "lost", "lost"),
    ("make", "made", "made"),
    ("meet", "met", "met"),
    ("pay", "paid", "paid"),
    ("ride", "rode", "ridden"),
    ("rise", "rose", "risen"),
    ("run", "ran", "run"),
    ("say", "said", "said"),
    ("see", "saw", "seen"),
    ("send", "sent", "sent"),
    ("shake", "shook", "shaken"),
    ("show", "showed", "shown"),
    ("sit", "sat", "sat"),
    ("sleep", "slept", "slept"),
    ("speak", "spoke", "spoken"),
    ("stand", "stood", "stood"),
    ("strike", "struck", "struck"),
    ("swim", "swam", "swum"),
    ("take", "took", "taken"),
    ("teach", "taught", "taught"),
    ("tear", "tore", "torn"),
    ("think", "thought", "thought"),
    ("throw", "threw", "thrown"),
    ("undergo", "underwent", "undergone"),
    ("understand", "understood", "understood"),
    ("wake", "woke", "woken"),
    ("wear", "wore", "worn"),
    ("write", "wrote", "written"),
];

/// As it stands behind "was".
pub(super) fn participle(verb: &str) -> String {
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
pub(super) fn plain_form(word: &str) -> Option<String> {
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

/// As it stands behind "he".
pub(super) fn third_person(verb: &str) -> String {
    let consonant = |end: &str| !end.ends_with(['a', 'e', 'o', 'u']);
    match verb {
        "have" => "has".into(),
        "do" | "undergo" | "go" => format!("{verb}es"),
        _ if ["s", "sh", "ch", "x"].iter().any(|end| verb.ends_with(end)) => {
            format!("{verb}es")
        }
        _ => match verb.strip_suffix('y') {
            Some(stem) if consonant(stem) => format!("{stem}ies"),
            _ => format!("{verb}s"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_in_order() {
        assert!([ACTS, OTHERS].iter().all(|list| list.is_sorted()));
        assert!(IRREGULAR.is_sorted());
    }

    #[test]
    fn verbs_have_their_forms() {
        for (plain, past, third) in [
            ("stop", "stopped", "stops"),
            ("deny", "denied", "denies"),
            ("treat", "treated", "treats"),
            ("diagnose", "diagnosed", "diagnoses"),
            ("discontinue", "discontinued", "discontinues"),
            ("stretch", "stretched", "stretches"),
        ] {
            assert_eq!(
                (participle(plain).as_str(), third_person(plain).as_str()),
                (past, third)
            );
        }
        assert_eq!(plain_form("stopped").as_deref(), Some("stop"));
        assert_eq!(plain_form("denied").as_deref(), Some("deny"));
        assert_eq!(plain_form("red"), None);
    }
}
