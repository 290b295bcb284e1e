//! Verbs in a form that does not go with the words before them: "the reports was read",
//! "was diagnose with", "has undergo", "should of"; and words torn in two.

use super::grammar::Slip;
use super::input::ReadText;
use super::pattern::Pattern;
use crate::diagnostic::TextRange;

/// Words that agree wrongly, as slips.
type Finder = fn(&ReadText<'_>, &mut Vec<Slip>);

/// Every slip of these kinds, in no order.
pub(super) fn slips(text: &ReadText<'_>) -> Vec<Slip> {
    const FINDERS: [Finder; 10] = [
        plurals,
        singulars,
        numbers,
        participles,
        perfects,
        modals,
        torn,
        marked,
        places,
        things_there,
    ];
    let mut slips = Vec::new();
    for find in FINDERS {
        find(text, &mut slips);
    }
    slips.retain(|slip| !text.is_quoted(slip.range));
    slips
}

pattern!(
    /// A plural that a sentence begins with, and the verb of one thing behind it.
    PLURAL_SUBJECT,
    r"^\W*(?:(?:the|these|those|his|her|their|all|both|several|multiple|no|such|current",
    r"|prior|previous|recent|further|additional|requested|submitted|treatment|progress",
    r"|physical|therapy|medical|plain|oral|opioid|nerve|conduction|lumbar|cervical) ){0,3}",
    r"(?:symptoms|medications|injections|visits|sessions|records|reports|notes|studies",
    r"|findings|complaints|results|radiographs|x-rays|films|spasms|reflexes|treatments",
    r"|guidelines|criteria|physicians|patients|workers|surgeries|pains|exercises|opioids",
    r"|services|requests|diagnoses|tests|refills|labs|images|mris|scans)",
    r" (?P<verb>is|was|has|shows|reveals|demonstrates)\b"
);

pattern!(
    /// "The results of the test was normal."
    PLURAL_OF,
    r"^\W*(?:the|these|his|her|their) (?:\w+ )?(?:results|findings|symptoms|records|notes",
    r"|reports|complaints|effects|benefits|signs|images|x-rays|radiographs|side effects)",
    r" (?:of|on|from) (?:(?:the|this|his|her|a|an) )?(?:[\w-]+ ){1,2}?(?P<verb>is|was|has)\b"
);

fn plurals(text: &ReadText<'_>, slips: &mut Vec<Slip>) {
    let right = [
        ("is", "are"),
        ("was", "were"),
        ("has", "have"),
        ("shows", "show"),
        ("reveals", "reveal"),
        ("demonstrates", "demonstrate"),
    ];
    verbs(text, &PLURAL_SUBJECT, &right, slips);
    verbs(text, &PLURAL_OF, &right, slips);
}

/// Verbs that do not go with the subject that a sentence begins with, each with the right
/// one.
fn verbs(
    text: &ReadText<'_>,
    subject: &Pattern,
    right: &[(&str, &str)],
    slips: &mut Vec<Slip>,
) {
    for &sentence in text.sentences() {
        let found = subject.captures(&text.text[sentence]);
        let Some(verb) = found.and_then(|found| found.name("verb")) else { continue };
        let is_it =
            |(wrong, _): &&(&str, &str)| verb.as_str().eq_ignore_ascii_case(wrong);
        let Some((_, right)) = right.iter().find(is_it) else { continue };
        let range = TextRange::from(verb.range()) + sentence.start;
        slips.push(Slip { range, right: (*right).into() });
    }
}

/// The words of a group, each with the right one for it in small letters.
fn words(
    text: &ReadText<'_>,
    wrong: &Pattern,
    group: &str,
    right: impl Fn(&str) -> String,
    slips: &mut Vec<Slip>,
) {
    for found in wrong.captures_iter(text.text) {
        let Some(word) = found.name(group) else { continue };
        let right = right(&word.as_str().to_lowercase());
        slips.push(Slip { range: word.range().into(), right });
    }
}

pattern!(
    /// One thing that a sentence begins with, and the verb of several behind it.
    SINGULAR_SUBJECT,
    r"^\W*(?:the|this|that|his|her|their) (?:(?:injured|requested|low|back|neck) ){0,2}",
    r"(?:pain|injury|mri|request|patient|claimant|worker|applicant|treatment|condition",
    r"|surgery|guideline|rationale|examination|exam|report|provider|physician|surgeon)",
    r" (?P<verb>are|were|have)\b"
);

pattern!(
    /// "Each of the visits were helpful."
    ONE_OF,
    r"(?:^|[,;])\W*(?:(?:and|but|so) )?(?:each|every one|either|neither|one) of ",
    r"(?:the|his|her|their|these|those) ",
    r"(?:(?:requested|prior|recent|physical|therapy|two|three) )?[a-z-]+s ",
    r"(?P<verb>are|were|have)\b"
);

fn singulars(text: &ReadText<'_>, slips: &mut Vec<Slip>) {
    let right = [("are", "is"), ("were", "was")];
    // "The patient have" is found with the verbs that lack their s.
    verbs(text, &SINGULAR_SUBJECT, &right, slips);
    verbs(text, &ONE_OF, &[("are", "is"), ("were", "was"), ("have", "has")], slips);
}

pattern!(
    /// "There was no changes."
    THERE_IS,
    r"\bthere (?P<verb>is|was)(?: also| still)? (?:(?:no|any|some|several|multiple|two|three|few",
    r"|significant|new|other|further|obvious|clear|neurological) ){0,3}(?:changes|signs",
    r"|findings|symptoms|complaints|records|reports|spasms|deficits|fractures|injuries",
    r"|effects|complications|restrictions|visits)",
    r"(?:[.,;]|$| (?:of|in|that|to|on|from|for|noted|documented|seen|recorded)\b)"
);

fn things_there(text: &ReadText<'_>, slips: &mut Vec<Slip>) {
    let right = |verb: &str| if verb == "is" { "are".into() } else { "were".into() };
    words(text, &THERE_IS, "verb", right, slips);
}

pattern!(
    /// A word of several before the name of one thing, with nothing behind it that the
    /// name could belong to: "multiple injection sites" are right.
    SEVERAL,
    r"\b(?:these|those|several|multiple|many|few|both) (?P<one>finding|complaint|injection",
    r"|knee|shoulder|symptom|visit|session|medication|report|record|note|study|treatment",
    r"|request|guideline|side|leg|arm|hand|hip|wrist|elbow|ankle|diagnosis|criterion)",
    r"(?: (?:is|are|was|were|have|has|had|of|in|for|with|to|that|which|as|from)\b|[.,;]|$)"
);

fn numbers(text: &ReadText<'_>, slips: &mut Vec<Slip>) {
    let right = |one: &str| match one {
        "study" => "studies".into(),
        "diagnosis" => "diagnoses".into(),
        "criterion" => "criteria".into(),
        one => format!("{one}s"),
    };
    words(text, &SEVERAL, "one", right, slips);
}

pattern!(
    /// A verb as it stands in a dictionary behind one that wants a participle. None of
    /// these is a noun or an adjective, too.
    BARE_VERB,
    r"\b(?:was|were|been|being|is|are|has|have|had)(?: not| also| then| already)? ",
    r"(?P<verb>diagnose|prescribe|recommend|refer|injure|evaluate|perform|deny|inject",
    r"|admit|examine|authorize|certify|submit|identify|continue|discontinue|obtain",
    r"|consider|modify|initiate|receive|undergo|require|advise|describe|include|provide",
    r"|instruct|hospitalize|treat|discharge|administer|tolerate|improve|worsen|attend)\b"
);

fn participles(text: &ReadText<'_>, slips: &mut Vec<Slip>) {
    for found in BARE_VERB.captures_iter(text.text) {
        let Some(verb) = found.name("verb") else { continue };
        // "Had treat-to-target", "is discharge planning".
        let after = &text.text[verb.end()..];
        let is_joined = after.starts_with('-') || after.starts_with(" planning");
        let auxiliary = found.get(0).map_or("", |found| found.as_str()).to_lowercase();
        let is_noun =
            ["discharge", "treat"].contains(&verb.as_str()) && auxiliary.starts_with('h');
        if !is_joined && !is_noun {
            let right = participle(&verb.as_str().to_lowercase());
            slips.push(Slip { range: verb.range().into(), right });
        }
    }
}

fn participle(verb: &str) -> String {
    match verb {
        "undergo" => "undergone".into(),
        "refer" | "admit" | "submit" => {
            let last = &verb[verb.len() - 1..];
            format!("{verb}{last}ed")
        }
        "deny" | "certify" | "identify" | "modify" => {
            format!("{}ied", &verb[..verb.len() - 1])
        }
        _ if verb.ends_with('e') => format!("{verb}d"),
        _ => format!("{verb}ed"),
    }
}

/// Verbs in the form of the past behind "has", and in that form behind "did not": each
/// with its participle and as it stands in a dictionary.
const IRREGULAR: &[(&str, &str, &str)] = &[
    ("underwent", "undergone", "undergo"),
    ("went", "gone", "go"),
    ("took", "taken", "take"),
    ("gave", "given", "give"),
    ("began", "begun", "begin"),
    ("wrote", "written", "write"),
    ("saw", "seen", "see"),
    ("fell", "fallen", "fall"),
    ("chose", "chosen", "choose"),
    ("broke", "broken", "break"),
    ("did", "done", "do"),
    ("came", "come", "come"),
    ("became", "become", "become"),
    ("showed", "showed", "show"),
    ("had", "had", "have"),
];

pattern!(
    PAST_FORM,
    r"\b(?P<before>has|have|had|was|were|did not|didn't|does not|to)(?: not| also)? ",
    r"(?P<verb>underwent|went|took|gave|began|wrote|saw|fell|chose|broke|did|came|became",
    r"|showed|had|improved|received|tolerated|demonstrated|reported|required|responded",
    r"|complained|returned)\b"
);

/// "Has underwent", "was gave", "did not improved", "to returned".
fn perfects(text: &ReadText<'_>, slips: &mut Vec<Slip>) {
    for found in PAST_FORM.captures_iter(text.text) {
        let (Some(before), Some(verb)) = (found.name("before"), found.name("verb"))
        else {
            continue;
        };
        let (before, past) =
            (before.as_str().to_lowercase(), verb.as_str().to_lowercase());
        let row = IRREGULAR.iter().find(|(form, ..)| *form == past);
        let right = match (before.as_str(), row) {
            ("did not" | "didn't" | "does not", Some((_, _, bare))) => (*bare).to_owned(),
            ("did not" | "didn't" | "does not", None) => bare(&past),
            ("to", Some((_, _, bare))) if past != "had" && past != "saw" => {
                (*bare).to_owned()
            }
            // "Prior to received" is as wrong, but "due to reported pain" is not.
            ("to", _) => continue,
            // "Had had", "had showed", and whatever ends in -ed.
            (_, Some((_, participle, _))) if *participle != past => {
                (*participle).to_owned()
            }
            _ => continue,
        };
        slips.push(Slip { range: verb.range().into(), right });
    }
}

/// A verb that ends in -ed, as it stands in a dictionary.
fn bare(past: &str) -> String {
    let stem = past.strip_suffix("ed").unwrap_or(past);
    match stem {
        "improv" | "receiv" | "tolerat" | "demonstrat" | "requir" => format!("{stem}e"),
        _ => stem.to_owned(),
    }
}

pattern!(
    SHOULD_OF,
    r"\b(?:should|could|would|might|must)(?:n't| not)? (?P<of>of) (?P<next>[a-z]+)\b"
);

fn modals(text: &ReadText<'_>, slips: &mut Vec<Slip>) {
    for found in SHOULD_OF.captures_iter(text.text) {
        let (Some(of), Some(next)) = (found.name("of"), found.name("next")) else {
            continue;
        };
        if next.as_str() != "course" && next.as_str() != "necessity" {
            slips.push(Slip { range: of.range().into(), right: "have".into() });
        }
    }
}

pattern!(
    /// Two words that are one.
    TORN,
    r"\b(?P<torn>in tact|him self|her self|them selves|it self|with out|with in|through out",
    r"|some what|never the less|there fore|how ever|further more|al though",
    r"|under went|up coming|fore arm|every thing|my self|dis comfort)\b"
);

fn torn(text: &ReadText<'_>, slips: &mut Vec<Slip>) {
    for found in TORN.captures_iter(text.text) {
        let Some(torn) = found.name("torn") else { continue };
        let right = match &*torn.as_str().to_lowercase() {
            // "Complies with in part", "the one that came with out of town".
            "with in" if text.text[torn.end()..].starts_with(" part") => continue,
            "with out" if text.text[torn.end()..].starts_with(" of") => continue,
            words => words.replace(' ', ""),
        };
        slips.push(Slip { range: torn.range().into(), right });
    }
}

pattern!(
    /// An apostrophe that is none: "its' hold", "two injection's", "the MRI's show".
    MARKED,
    r"\b(?P<its>its')(?: |$)",
    r"|\b(?:two|three|four|five|six|several|multiple|many|few|these|those|numerous) ",
    r"(?P<many>[a-z]{3,}'s)(?: (?:is|are|was|were|have|had|in|of|for|to|with|and|at)\b|[.,;]|$)",
    r"|\b(?P<plural>[a-z]{3,}'s) (?:are|were|have|show|demonstrate)\b"
);

/// Words before "'s" that stand for "is" or "has", or are of somebody.
const NOT_MARKED: &[&str] = &[
    "it's",
    "he's",
    "she's",
    "that's",
    "there's",
    "what's",
    "who's",
    "here's",
    "where's",
    "let's",
    "how's",
    "when's",
    "day's",
    "week's",
    "month's",
    "year's",
    "hour's",
    "one's",
    "patient's",
    "physician's",
    "provider's",
    "surgeon's",
    "worker's",
    "claimant's",
];

fn marked(text: &ReadText<'_>, slips: &mut Vec<Slip>) {
    for found in MARKED.captures_iter(text.text) {
        let names = ["its", "many", "plural"];
        let Some(word) = names.into_iter().find_map(|name| found.name(name)) else {
            continue;
        };
        if !NOT_MARKED.contains(&word.as_str().to_lowercase().as_str()) {
            let right = word.as_str().replace('\'', "");
            slips.push(Slip { range: word.range().into(), right });
        }
    }
}

pattern!(
    /// "A herniated disk their.": nothing follows that somebody could have.
    THEIR,
    r"\b(?P<their>their)(?:[.,;]|$)"
);

fn places(text: &ReadText<'_>, slips: &mut Vec<Slip>) {
    words(text, &THEIR, "their", |_| "there".into(), slips);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let read = ReadText::new(text);
        let slips = slips(&read);
        let found: Vec<(&str, &str)> = slips
            .iter()
            .map(|slip| (&text[slip.range], slip.right.as_str()))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn verbs_go_with_what_stands_before_them() {
        check("Medications was prescribed.", &[("was", "were")]);
        check("The prior treatment records has no exam.", &[("has", "have")]);
        check("The MRIs shows a tear.", &[("shows", "show")]);
        check("The results of the test was normal.", &[("was", "were")]);
        check("It is so, and each of the visits were helpful.", &[("were", "was")]);
        check("There is a disk their.", &[("their", "there")]);
        check("There was no changes.", &[("was", "were")]);
        check("The findings on examination was normal.", &[("was", "were")]);
        check("The pain are worse.", &[("are", "is")]);
        check("These finding are normal.", &[("finding", "findings")]);
        check("He has pain in both knee.", &[("knee", "knees")]);
        check("He was diagnose with a strain.", &[("diagnose", "diagnosed")]);
        check("He has undergo surgery.", &[("undergo", "undergone")]);
        check("He has underwent surgery.", &[("underwent", "undergone")]);
        check("He was gave a brace.", &[("gave", "given")]);
        check("He did not improved.", &[("improved", "improve")]);
        check("He should of rested.", &[("of", "have")]);
        check("The tendon is in tact.", &[("in tact", "intact")]);
        check("It lost its' hold.", &[("its'", "its")]);
        check("Two injection's were given.", &[("injection's", "injections")]);
        check("The MRI's show a bulge.", &[("MRI's", "MRIs")]);
    }

    #[test]
    fn right_forms_are_left_alone() {
        for text in [
            "There was no signs list, and there is no records review.",
            "The history of his symptoms is long. The number of visits was ten.",
            "One of the reports that were read. The signs of a strain his knee has.",
            "One of the reports was read. Physical therapy was given for symptoms.",
            "He was diagnosed, has undergone surgery, had had pain, and did not improve.",
            "He would, of course, rest. Due to reported pain he did rest.",
            "What she had then was pain. He had discharge from the wound.",
            "The plan is discharge planning. \"He have underwent it\", he said.",
            "The pain and the injury are old. Multiple injection sites were seen.",
            "Several treatment options, both knee and hip pain, both knees.",
            "It complies with in part. The patient that he saw was well.",
            "The physician's are the only notes.",
            "After two month's rest. The patient's knee, these patients' pain, what's more.",
        ] {
            check(text, &[]);
        }
    }
}
