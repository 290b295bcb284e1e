//! Slips of the hand in sentences: small letters at their beginning, spaces left out, and
//! plurals where an owner is meant.

use super::input::ReadText;
use super::text::last_piece;
use crate::diagnostic::TextRange;
use crate::spelling::is_plain_word;

/// Words to be put in place of others.
pub(super) struct Slip {
    pub range: TextRange,
    pub right: String,
}

pattern!(
    /// An end of a sentence, and the word behind it in a small letter.
    SMALL_START,
    r"(?-i:\b(?P<before>[A-Za-z]?[a-z]{2,})[.?!][ \x{A0}]{1,2}(?P<after>[a-z]+)\b)"
);
pattern!(
    /// A mark between two words without the space behind it, or between a figure and a
    /// sentence.
    NO_SPACE,
    r"(?-i:\b(?P<before>[A-Za-z]?[a-z]{2,})(?P<mark>[.?!,;:])(?P<after>[A-Za-z][a-z]+)\b",
    r"|(?:^|[ (])[\d/]+%?(?P<end>\.)(?P<start>[A-Z][a-z]+)\b)"
);
pattern!(
    /// A bracket at a word without the space beside it.
    AT_BRACKET,
    r"(?-i:[a-z]{3}(?P<open>\()[a-z]{4}|[a-z]{3}(?P<close>\))[a-z]{3})"
);

/// Words after whose period a sentence goes on in a small letter.
const SHORTENED: &[&str] = &[
    "approx", "appt", "auth", "bid", "caps", "cap", "dept", "diff", "dist", "etc", "est",
    "eval", "ext", "fig", "figs", "freq", "hrs", "hosp", "inc", "incl", "inj", "lab",
    "lat", "lbs", "max", "med", "meds", "mcg", "mgs", "min", "mins", "mod", "mos", "neg",
    "obs", "occ", "prn", "prox", "pts", "qty", "refs", "reg", "req", "resp", "sec",
    "tab", "tabs", "temp", "tid", "qid", "vol", "vols", "wks", "yrs", "viz", "vs",
    "cont", "corp", "pos", "post", "prev", "subj", "obj", "sig", "disp", "rev", "proc",
    "gen", "orig", "sup", "inf", "ant", "med", "lig", "art", "min", "exp", "ref", "ave",
    "blvd", "drs", "vert", "abd", "atyp", "bilat", "exac", "trop", "outpt", "inpt",
];

/// Words of two letters that sentences end with.
const SHORT_ENDS: &[&str] = &["it", "so", "up", "on", "do", "is", "go", "me", "us", "by"];

/// Words that begin in a small letter wherever they stand.
const ALWAYS_SMALL: &[&str] = &["de", "van", "von", "der", "la", "du", "pg", "pp", "ie"];

/// A sentence that begins in a small letter.
pub(super) fn small_starts(text: &ReadText<'_>) -> Vec<Slip> {
    let mut slips = Vec::new();
    for found in SMALL_START.captures_iter(text.text) {
        let (Some(before), Some(after)) = (found.name("before"), found.name("after"))
        else {
            continue;
        };
        let range = TextRange::from(after.range());
        let is_end = ends_a_sentence(text.text, before.range().into());
        if is_end
            && is_plain_word(after.as_str())
            && !ALWAYS_SMALL.contains(&after.as_str())
            && !is_small_prefix(after.as_str(), &text.text[range.end..])
            && !text.is_quoted(range)
        {
            slips.push(Slip { range, right: capital(after.as_str()) });
        }
    }
    slips
}

/// "hs-troponin": the letters before a hyphen stay small.
fn is_small_prefix(word: &str, after: &str) -> bool {
    word.len() <= 2 && after.starts_with('-')
}

/// Whether what stands around two colons are genes that are fused.
pub(super) fn joins_genes(before: &str, after: &str) -> bool {
    let is_of_gene = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
    before.ends_with(is_of_gene) && after.starts_with(is_of_gene)
}

/// "Protein:creatinine ratio".
fn is_ratio(mark: &str, after: &str) -> bool {
    mark == ":" && after.starts_with(" ratio")
}

/// Whether a word before a period is a word and no abbreviation.
pub(super) fn ends_a_sentence(text: &str, word: TextRange) -> bool {
    let written = &text[word];
    let begins_it = last_piece(&text[..word.start], char::is_whitespace).is_empty();
    let small = written.to_lowercase();
    let is_long = small.len() > 2 || SHORT_ENDS.contains(&small.as_str());
    // "Svcs."
    let is_spoken = small.contains(['a', 'e', 'i', 'o', 'u', 'y']);
    begins_it
        && is_long
        && is_spoken
        && !SHORTENED.contains(&small.as_str())
        && is_plain_word(&small)
}

/// A space that is missing behind a mark: where it stands, and the mark with the space.
pub(super) fn lost_spaces(text: &ReadText<'_>) -> Vec<Slip> {
    let mut slips = Vec::new();
    for found in NO_SPACE.captures_iter(text.text) {
        // "Seen on 09/02/2016.The exam".
        if let (Some(mark), Some(start)) = (found.name("end"), found.name("start"))
            && is_plain_word(&start.as_str().to_lowercase())
            && !is_address(text.text, mark.start())
        {
            slips.push(Slip { range: mark.range().into(), right: ". ".into() });
            continue;
        }
        let (Some(before), Some(mark), Some(after)) =
            (found.name("before"), found.name("mark"), found.name("after"))
        else {
            continue;
        };
        let is_end = matches!(mark.as_str(), "." | "?" | "!");
        let starts_sentence = after.as_str().starts_with(char::is_uppercase);
        let words = [before.as_str(), after.as_str()];
        let are_words = words.iter().all(|word| is_plain_word(&word.to_lowercase()));
        if is_end == starts_sentence
            && are_words
            && !is_ratio(mark.as_str(), &text.text[after.end()..])
            && !is_address(text.text, before.start())
        {
            let right = format!("{} ", mark.as_str());
            slips.push(Slip { range: mark.range().into(), right });
        }
    }
    for found in AT_BRACKET.captures_iter(text.text) {
        let (bracket, right) = match (found.name("open"), found.name("close")) {
            (Some(open), _) => (open, " ("),
            (_, Some(close)) if closes_apart(&text.text[..close.start()]) => {
                (close, ") ")
            }
            _ => continue,
        };
        slips.push(Slip { range: bracket.range().into(), right: right.into() });
    }
    slips
}

/// Whether what is closed stands apart from the word before it: "(re)injury" does not.
fn closes_apart(before: &str) -> bool {
    match before.rfind('(') {
        Some(open) => before[open..].contains(' '),
        None => false,
    }
}

/// Whether a word is a piece of an address of the web or a file's name.
fn is_address(text: &str, at: usize) -> bool {
    let start = text[..at].rfind(char::is_whitespace).map_or(0, |blank| blank + 1);
    let chunk = text[start..].split_whitespace().next().unwrap_or_default();
    ["//", "www", "@", ".com", ".org", ".gov", ".net", ".edu", ".pdf", ".htm", ".doc"]
        .iter()
        .any(|piece| chunk.to_lowercase().contains(piece))
}

pattern!(
    /// A plural of somebody before what one of them has.
    PLURAL_OWNER,
    r"\b(?:the|this|that|a|an|each|injured|treating|requesting) (?P<owner>patients|claimants",
    r"|applicants|workers|employees|employers|insurers|providers|physicians|surgeons",
    r"|doctors|reviewers|members|enrollees|therapists|administrators|adjusters|carriers",
    r"|plans) ",
    r"(?:(?:current|ongoing|chronic|low|lumbar|cervical|left|right|own|primary|recent) )?",
    r"(?:pain|condition|history|symptoms?|injur(?:y|ies)|complaints|denial|decision|age",
    r"|diagnos[ie]s|treatment|chart|job|employer|knees?|neck|shoulders?|hips?|leg|arm",
    r"|wrists?|ankles?|spine|response|ability|progress|physician|attorney|family|opinion",
    r"|medications?|records|rationale|functional|office|criteria|determination|work|sleep",
    r"|mood|weight|gait|strength|function|range|course|stay|wife|husband|mother|health|hands?",
    r"|elbows?|foot|feet|fingers?|thumb|attorney|claim|letter|appeal|statement|examination",
    r"|surgery|policy|(?:request|report|notes?) (?:is|was|are|were|for|of|dated)",
    r"|back (?:is|was|pain)) ?"
);

/// A plural where an owner is meant: "the patients pain".
pub(super) fn owners_without_mark(text: &ReadText<'_>) -> Vec<Slip> {
    let mut slips = Vec::new();
    for found in PLURAL_OWNER.captures_iter(text.text) {
        let Some(owner) = found.name("owner") else { continue };
        let range = TextRange::from(owner.range());
        if !text.is_quoted(range) {
            let one = owner.as_str().trim_end_matches('s');
            slips.push(Slip { range, right: format!("{one}'s") });
        }
    }
    slips
}

fn capital(word: &str) -> String {
    super::wording::capitalized(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(
        find: fn(&ReadText<'_>) -> Vec<Slip>,
        text: &str,
        expected: &[(&str, &str)],
    ) {
        let read = ReadText::new(text);
        let slips = find(&read);
        let found: Vec<(&str, &str)> = slips
            .iter()
            .map(|slip| (&text[slip.range], slip.right.as_str()))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn sentences_begin_with_capitals() {
        check(
            small_starts,
            "He has pain. he was seen. Is it so? the knee",
            &[("he", "He"), ("the", "The")],
        );
        for text in [
            "He takes 10 mg. daily, b.i.d. with food, approx. two. de Quervain's is seen.",
            "Smith et al. found, e.g. the knee, i.e. the hip, vs. the ankle",
            "He said \"pain. it hurts\" there. hs-troponin was normal.",
            "It is for emergency svcs. incl. transport, the vert. artery, atyp. angina.",
        ] {
            check(small_starts, text, &[]);
        }
    }

    #[test]
    fn genes_are_joined_by_two_colons() {
        assert!(joins_genes("the SS18", "SSX1 fusion"));
        assert!(!joins_genes("Diagnosis", "lumbar strain"));
    }

    #[test]
    fn spaces_stand_behind_marks() {
        check(
            lost_spaces,
            "He has low back pain.He was seen,and left;then rest:none",
            &[(".", ". "), (",", ", "), (";", "; "), (":", ": ")],
        );
        check(
            lost_spaces,
            "He was seen on 09/02/2016.The pain is 6/10.It is worse.",
            &[(".", ". "), (".", ". ")],
        );
        check(
            lost_spaces,
            "He has pain(severe pain)and rest",
            &[("(", " ("), (")", ") ")],
        );
        for text in [
            "See www.example.com/Pain.Html, example.org, a.b@example.com and report.pdf",
            "provider(s), (re)injury, 10:30, 1,000, Ph.D. and M.D., v2.Final, M54.Xx",
            "a protein:creatinine ratio of 2",
        ] {
            check(lost_spaces, text, &[]);
        }
    }

    #[test]
    fn owners_have_their_mark() {
        check(
            owners_without_mark,
            "The patients pain is worse, and the insurers denial was read.",
            &[("patients", "patient's"), ("insurers", "insurer's")],
        );
        check(
            owners_without_mark,
            "The patients report pain. The workers compensation system. The employees left.",
            &[],
        );
    }
}
