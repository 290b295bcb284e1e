//! Verbs that do not go with the words before them: "the reports was read", "should of";
//! and words torn in two.

use super::grammar::Slip;
use super::input::ReadText;
use super::pattern::Pattern;
use super::text::first_piece;
use super::verbs;
use crate::diagnostic::TextRange;

/// Words that agree wrongly, as slips.
type Finder = fn(&ReadText<'_>, &mut Vec<Slip>);

/// Every slip of these kinds, in no order.
pub(super) fn slips(text: &ReadText<'_>) -> Vec<Slip> {
    const FINDERS: [Finder; 11] = [
        plurals,
        singulars,
        numbers,
        verbs::slips,
        verbs::without_s,
        several_of_one,
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
    wrong_verbs(text, &PLURAL_SUBJECT, &right, slips);
    wrong_verbs(text, &PLURAL_OF, &right, slips);
}

/// Verbs that do not go with the subject that a sentence begins with, each with the right
/// one.
fn wrong_verbs(
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
    r"|surgery|guideline|rationale|examination|exam|report|provider|physician|surgeon|study",
    r"|therapy|knee|shoulder|sleep|mood|gait|strength|symptom|complaint|finding|swelling",
    r"|weakness|numbness|tenderness)",
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
    let right = [("are", "is"), ("were", "was"), ("have", "has")];
    wrong_verbs(text, &SINGULAR_SUBJECT, &right, slips);
    wrong_verbs(text, &ONE_OF, &right, slips);
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
    r"\b(?:these|those|several|multiple|many|few|both|two|three|four|five|six|eight|ten) ",
    r"(?P<one>finding|complaint|injection",
    r"|knee|shoulder|symptom|visit|session|medication|report|record|note|study|treatment",
    r"|request|guideline|side|leg|arm|hand|hip|wrist|elbow|ankle|diagnosis|criterion)",
    r"(?: (?:is|are|was|were|have|has|had|of|in|for|with|to|that|which|as|from|last",
    r"|since|over)\b|[.,;]|$)"
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
    /// "A steroid injections."
    ONE_OF_SEVERAL,
    r"\b(?P<article>an?) (?:(?:epidural|steroid|physical|therapy|cortisone|medical|lumbar",
    r"|cervical|left|right|new|second|single|follow-up|recent|prior|progress|office) ){0,3}",
    r"(?P<many>injections|visits|sessions|treatments|symptoms|medications|x-rays|radiographs",
    r"|studies|tests|exams|surgeries|fractures|tears|reports|records|notes|tablets|refills",
    r"|complaints|findings|deficits)",
    r"(?: (?:is|was|were|are|in|for|of|to|on|with|and|that|which|at|from|by)\b|[.,;]|$)"
);

fn several_of_one(text: &ReadText<'_>, slips: &mut Vec<Slip>) {
    let right = |many: &str| match many.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => many.trim_end_matches('s').to_owned(),
    };
    words(text, &ONE_OF_SEVERAL, "many", right, slips);
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
    /// Two words that are one, one that is two, and a letter that slipped.
    TORN,
    r"\b(?P<torn>in tact|him self|her self|them selves|it self|with out|with in|through out",
    r"|some what|never the less|there fore|how ever|further more|al though",
    r"|under went|up coming|fore arm|every thing|my self|dis comfort|pain full",
    r"|(?:gives?|gave|giving) a way|(?:tot|int|ont|oft) he)\b",
    r"|\b(?P<joined>everyday)(?:[.,;]|$| (?:for|with|at|in|since|to|by|as|he|she|but|due)\b)"
);

fn torn(text: &ReadText<'_>, slips: &mut Vec<Slip>) {
    for found in TORN.captures_iter(text.text) {
        let Some(torn) = found.name("torn").or_else(|| found.name("joined")) else {
            continue;
        };
        let after = text.text[torn.end()..].trim_start();
        let next = first_piece(after, |c| !c.is_alphabetic());
        let right = match (&*torn.as_str().to_lowercase(), next) {
            // "Complies with in part", "the one that came with out of town", "without pain
            // full range", "gives a way to go".
            ("with in", "part")
            | ("with out", "of")
            | ("pain full", "range" | "weight" | "time" | "motion") => continue,
            (words, "to" | "of" | "in" | "that") if words.ends_with("a way") => continue,
            ("everyday", _) => "every day".into(),
            (words, _) if words.ends_with(" a way") => words.replace("a way", "away"),
            (words, _) if words.ends_with("t he") => words.replace("t he", " the"),
            (words, _) => words.replace(' ', ""),
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
        check("He had a steroid injections.", &[("injections", "injection")]);
        check("These finding are normal.", &[("finding", "findings")]);
        check("He had two injection last year.", &[("injection", "injections")]);
        check("The swelling have resolved.", &[("have", "has")]);
        check("He has pain in both knee.", &[("knee", "knees")]);
        check("He should of rested.", &[("of", "have")]);
        check("The tendon is in tact.", &[("in tact", "intact")]);
        check("The knee gives a way.", &[("gives a way", "gives away")]);
        check("It radiates tot he hand.", &[("tot he", "to the")]);
        check("It is taken everyday.", &[("everyday", "every day")]);
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
            "He would, of course, rest. He had discharge from the wound.",
            "The plan is discharge planning. \"He have underwent it\", he said.",
            "The pain and the injury are old. Multiple injection sites were seen.",
            "Several treatment options, both knee and hip pain, both knees.",
            "It complies with in part. It gives a way to rest, for everyday use.",
            "The physician's are the only notes. A medications list, a symptoms diary.",
            "After two month's rest. The patient's knee, these patients' pain, what's more.",
        ] {
            check(text, &[]);
        }
    }
}
