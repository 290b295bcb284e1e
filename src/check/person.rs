//! The claimant's sex and age: the same throughout the letter, and a helper that changes
//! the sex everywhere.

use std::collections::BTreeMap;
use std::ops::Range;

use super::pronouns::{Pronoun, of_the_claimant};
use super::text::{is_within, quotations};
use super::wording::{place, sentence};
use super::{Finding, Input, words_at};
use crate::diagnostic::{Anchor, Change, Edit, Fix, Severity};
use crate::letter::{FieldPath, Letter, Sex};

/// As many pronouns that all disagree with one noun say that the noun is wrong.
const OUTWEIGH_A_NOUN: usize = 2;

pattern!(
    AGED,
    r"\b(?P<age>\d{2,3})(?:[- ]*(?:year|yr)s?[- ]*old|[- ]*y/?\.?o\.?)(?:,? +|-)(?:\(?[a-z-]+\)?,? +){0,3}?",
    r"(?P<who>male|female|man|woman|gentleman|lady|patient|claimant|applicant|worker|employee|individual)\b"
);
pattern!(
    IS_AGED,
    r"\b(?:patient|claimant|applicant|worker|employee) is (?:a |an |now )*(?P<age>\d{2,3})[- ]years?[- ]old\b"
);
pattern!(
    IS_OF_SEX,
    r"\b(?:this|the|this is an?|is an?|now) (?P<who>male|female) (?:injured |industrial )?(?:patient|claimant|applicant|worker|employee)\b",
    r"|\b(?:patient|claimant|applicant|worker|employee)(?:\(s\))? (?:is|was) an? (?:[a-z-]+,? ){0,3}?(?P<what>male|female|man|woman|gentleman|lady)\b"
);
// "A 20-year-old injury, the patient": what is old is not the claimant.
pattern!(
    OLD_THING,
    r"\b(?:injury|injuries|surgery|fracture|claim|fusion|case|accident|the|of|to|in|on)\b"
);
pattern!(SEX_WORD, r"\b(?:male|female|man|woman|gentleman|lady)\b");
pattern!(
    ANOTHER_TIME,
    r"(?:\bat age|\bwhen|\bthen a?|\bto a|\bof a|\bwith a|\bwho is|\b(?:husband|wife|spouse|son|daughter|mother|father|brother|sister)(?:,| is| was| who| an?| now)*)\s*$"
);

/// A claim about the claimant that a text makes.
struct Said<T> {
    path: FieldPath,
    bytes: Range<usize>,
    is: T,
}

/// The texts that are written in sentences, each with its place.
type Prose<'a> = [(FieldPath, &'a str)];

/// L040: pronouns against the claimant's sex.
pub(super) fn pronouns(input: &Input<'_>) -> Vec<Finding> {
    let prose = prose(input);
    let spoken = spoken(&prose);
    let nouns = said_sexes(&prose);
    let Some(known) = known_sex(input.letter, &nouns, &spoken) else {
        return Vec::new();
    };
    let wrong: Vec<&Said<Pronoun>> =
        spoken.iter().filter(|pronoun| pronoun.is.sex != known.sex).collect();
    let is_outweighed = known.from == Basis::Nouns
        && wrong.len() == spoken.len()
        && wrong.len() >= OUTWEIGH_A_NOUN;
    if let (true, Some(noun)) =
        (is_outweighed, nouns.iter().find(|noun| noun.is == known.sex))
    {
        return vec![outweighed(input, &prose, noun, &wrong)];
    }
    let all: Vec<Edit> = wrong
        .iter()
        .rev()
        .map(|pronoun| replacement(&prose, pronoun))
        .collect();
    let mut findings: Vec<Finding> = wrong
        .iter()
        .map(|pronoun| disagrees(input, &prose, pronoun, &known))
        .collect();
    if let Some(first) = findings.first_mut().filter(|_| all.len() > 1) {
        first
            .fixes
            .push(Fix { label: format!("Change all {}", all.len()), edits: all });
    }
    findings
}

/// L041: sex and age stated again, and otherwise.
pub(super) fn stated_twice(input: &Input<'_>) -> Vec<Finding> {
    let prose = prose(input);
    let nouns = said_sexes(&prose);
    let mut findings = Vec::new();
    // Where nobody stated it but pronouns, there is nothing that a noun could disagree
    // with.
    if let Some(known) = known_sex(input.letter, &nouns, &[]) {
        let others = nouns.iter().filter(|noun| noun.is != known.sex);
        findings.extend(others.map(|noun| other_sex(input, &prose, noun, &known)));
    }
    findings.extend(ages(input, &prose));
    findings
}

/// Every word of the letter's prose that would change with the claimant's sex: pronouns,
/// and nouns that state it. Of several in one text the last comes first, so that each can
/// be made as it stands.
pub fn change_sex(letter: &Letter, sex: Sex) -> Vec<Edit> {
    if sex == Sex::Unstated {
        return Vec::new();
    }
    let prose = written(letter);
    let mut edits: BTreeMap<(usize, std::cmp::Reverse<usize>), Edit> = BTreeMap::new();
    for (place, (path, text)) in prose.iter().enumerate() {
        let pronouns =
            of_the_claimant(text).into_iter().filter(|pronoun| pronoun.sex != sex);
        let nouns = sexes_in(text).into_iter().filter(|(_, said)| *said != sex);
        let nouns = nouns.map(|(bytes, _)| (bytes.clone(), noun_for(&text[bytes], sex)));
        for (bytes, words) in
            pronouns.map(|pronoun| (pronoun.bytes, pronoun.other)).chain(nouns)
        {
            edits.insert(
                (place, std::cmp::Reverse(bytes.start)),
                edit(path, text, bytes, words),
            );
        }
    }
    edits.into_values().collect()
}

/// What a person wrote in sentences into any letter, whatever its kind.
fn written(letter: &Letter) -> Vec<(FieldPath, &str)> {
    let mut texts = vec![(FieldPath::new("summary", &[]), letter.summary.as_str())];
    for item in &letter.items {
        texts.push((FieldPath::new("items[].rationale", &[item.id]), &item.rationale));
        let opinions = item.opinions.iter();
        texts.extend(opinions.map(|opinion| {
            (
                FieldPath::new("items[].opinions[].rationale", &[item.id, opinion.id]),
                opinion.rationale.as_str(),
            )
        }));
    }
    texts
}

fn prose<'a>(input: &Input<'a>) -> Vec<(FieldPath, &'a str)> {
    let texts = input.prose().filter(|(_, path, _)| {
        path.as_str() == "summary" || path.as_str().starts_with("items#")
    });
    texts.map(|(_, path, text)| (path, text)).collect()
}

fn text_of<'a>(prose: &Prose<'a>, path: &FieldPath) -> &'a str {
    prose
        .iter()
        .find(|(known, _)| known == path)
        .map_or("", |(_, text)| text)
}

fn spoken(prose: &Prose<'_>) -> Vec<Said<Pronoun>> {
    let in_text = |(path, text): &(FieldPath, &str)| {
        let said = |pronoun: Pronoun| Said {
            path: path.clone(),
            bytes: pronoun.bytes.clone(),
            is: pronoun,
        };
        of_the_claimant(text).into_iter().map(said).collect::<Vec<_>>()
    };
    prose.iter().flat_map(in_text).collect()
}

fn said_sexes(prose: &Prose<'_>) -> Vec<Said<Sex>> {
    let in_text = |(path, text): &(FieldPath, &str)| {
        sexes_in(text)
            .into_iter()
            .map(|(bytes, is)| Said { path: path.clone(), bytes, is })
            .collect::<Vec<_>>()
    };
    prose.iter().flat_map(in_text).collect()
}

/// Nouns that state the claimant's sex: "56-year-old female", "the male patient".
fn sexes_in(text: &str) -> Vec<(Range<usize>, Sex)> {
    let quoted = quotations(text);
    let mut found: Vec<(Range<usize>, Sex)> = Vec::new();
    for statement in AGED.find_iter(text).chain(IS_OF_SEX.find_iter(text)) {
        let noun = SEX_WORD.find(statement.as_str());
        let Some(noun) = noun.filter(|_| is_of_now(text, &statement.range(), &quoted))
        else {
            continue;
        };
        let bytes = statement.start() + noun.start()..statement.start() + noun.end();
        if found.iter().all(|(known, _)| *known != bytes) {
            let sex = if is_female(noun.as_str()) { Sex::Female } else { Sex::Male };
            found.push((bytes, sex));
        }
    }
    found.sort_by_key(|(bytes, _)| bytes.start);
    found
}

/// Whether a statement is the letter's own, of the claimant, and of today.
fn is_of_now(text: &str, statement: &Range<usize>, quoted: &[Range<usize>]) -> bool {
    let behind = text[statement.end..].trim_start();
    let words = &text[statement.clone()];
    let is_of_then =
        ["at the time", "at time"].iter().any(|then| behind.starts_with(then))
            || ANOTHER_TIME.is_match(&text[..statement.start]);
    let is_of_a_thing = AGED.is_match(words) && OLD_THING.is_match(words);
    !(is_of_then || is_of_a_thing || is_within(statement, quoted))
}

fn is_female(noun: &str) -> bool {
    ["female", "woman", "lady"]
        .iter()
        .any(|known| noun.eq_ignore_ascii_case(known))
}

/// The noun's counterpart.
fn noun_for(noun: &str, sex: Sex) -> String {
    let other = match (noun.to_lowercase().as_str(), sex) {
        ("male" | "female", Sex::Female) => "female",
        ("male" | "female", _) => "male",
        (_, Sex::Female) => "woman",
        _ => "man",
    };
    if noun.starts_with(char::is_uppercase) { sentence(other) } else { other.to_owned() }
}

/// What the claimant's sex is known from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Basis {
    /// Somebody chose it.
    Field,
    Nouns,
    Pronouns,
}

struct Known {
    sex: Sex,
    from: Basis,
    /// Where it is said.
    at: Option<Anchor>,
    place: Option<(FieldPath, Range<usize>)>,
}

/// The claimant's sex as it was chosen; where it was not, or only concluded from the
/// text, what most nouns say, and without any what two thirds of the pronouns say.
fn known_sex(
    letter: &Letter,
    nouns: &[Said<Sex>],
    spoken: &[Said<Pronoun>],
) -> Option<Known> {
    let field = FieldPath::new("claimant.sex", &[]);
    let is_chosen =
        letter.claimant.sex != Sex::Unstated && !letter.proposed.contains(&field);
    if is_chosen {
        return Some(Known {
            sex: letter.claimant.sex,
            from: Basis::Field,
            at: Some(field.into()),
            place: None,
        });
    }
    let count = |sex| nouns.iter().filter(|noun| noun.is == sex).count();
    if let Some(first) = nouns.first() {
        let sex = if count(Sex::Female) == count(Sex::Male) {
            first.is
        } else {
            more(count(Sex::Female), count(Sex::Male))
        };
        let at = nouns
            .iter()
            .find(|noun| noun.is == sex)
            .map(|noun| (noun.path.clone(), noun.bytes.clone()));
        return Some(Known { sex, from: Basis::Nouns, at: None, place: at });
    }
    let count = |sex| spoken.iter().filter(|pronoun| pronoun.is.sex == sex).count();
    let (female, male) = (count(Sex::Female), count(Sex::Male));
    let sex = more(female, male);
    let at = spoken
        .iter()
        .find(|pronoun| pronoun.is.sex == sex)
        .map(|said| (said.path.clone(), said.bytes.clone()));
    (female >= 2 * male || male >= 2 * female).then_some(Known {
        sex,
        from: Basis::Pronouns,
        at: None,
        place: at,
    })
}

fn more(female: usize, male: usize) -> Sex {
    if female > male { Sex::Female } else { Sex::Male }
}

impl Known {
    fn anchor(&self, prose: &Prose<'_>) -> Option<Anchor> {
        let in_text = self
            .place
            .as_ref()
            .map(|(path, bytes)| words_at(path, text_of(prose, path), bytes.clone()));
        self.at.clone().or(in_text)
    }

    /// "who is female", as far as it is known.
    fn clause(&self) -> String {
        let sex = self.sex.key();
        match self.from {
            Basis::Field => format!("\"Claimant's sex\" is {sex}"),
            Basis::Nouns => format!("the letter calls the claimant {sex}"),
            Basis::Pronouns => "the letter speaks otherwise elsewhere".to_owned(),
        }
    }
}

fn with(finding: Finding, other: Option<Anchor>) -> Finding {
    match other {
        Some(other) => finding.and(other),
        None => finding,
    }
}

fn place_of(input: &Input<'_>, path: &FieldPath) -> String {
    input
        .template
        .field(&path.pattern())
        .map(|field| place(input.letter, field, path))
        .unwrap_or_default()
}

fn disagrees(
    input: &Input<'_>,
    prose: &Prose<'_>,
    pronoun: &Said<Pronoun>,
    known: &Known,
) -> Finding {
    let text = text_of(prose, &pronoun.path);
    let (word, other) = (&text[pronoun.bytes.clone()], &pronoun.is.other);
    let place = sentence(&place_of(input, &pronoun.path));
    let message =
        format!("{place} says \"{word}\" of the claimant, and {}", known.clause());
    let hint = format!("Write \"{other}\", or say of whom \"{word}\" speaks");
    let finding = Finding::at(&pronoun.path, text, pronoun.bytes.clone(), message, hint);
    with(finding, known.anchor(prose))
        .reworded(format!("Write \"{other}\""), other.clone())
}

/// One noun against all pronouns: most likely the noun is wrong.
fn outweighed(
    input: &Input<'_>,
    prose: &Prose<'_>,
    noun: &Said<Sex>,
    wrong: &[&Said<Pronoun>],
) -> Finding {
    let text = text_of(prose, &noun.path);
    let word = &text[noun.bytes.clone()];
    let sex = if noun.is == Sex::Female { Sex::Male } else { Sex::Female };
    let other = noun_for(word, sex);
    let place = sentence(&place_of(input, &noun.path));
    let pronoun = if sex == Sex::Female { "she" } else { "he" };
    let message = format!(
        "{place} calls the claimant {word}, and the letter says \"{pronoun}\" or the \
            like {} times",
        wrong.len()
    );
    let first = wrong.first().map(|first| {
        words_at(&first.path, text_of(prose, &first.path), first.bytes.clone())
    });
    let finding = Finding::at(
        &noun.path,
        text,
        noun.bytes.clone(),
        message,
        "Correct whichever of the two is wrong",
    );
    let mut finding = with(finding, first).reworded(format!("Write \"{other}\""), other);
    let edits = wrong
        .iter()
        .rev()
        .map(|pronoun| replacement(prose, pronoun))
        .collect();
    finding
        .fixes
        .push(Fix { label: format!("Change all {} pronouns", wrong.len()), edits });
    finding
}

fn replacement(prose: &Prose<'_>, pronoun: &Said<Pronoun>) -> Edit {
    edit(
        &pronoun.path,
        text_of(prose, &pronoun.path),
        pronoun.bytes.clone(),
        pronoun.is.other.clone(),
    )
}

fn edit(path: &FieldPath, text: &str, bytes: Range<usize>, words: String) -> Edit {
    _ = text;
    Edit { path: path.clone(), change: Change::Words(bytes.into(), words) }
}

fn other_sex(
    input: &Input<'_>,
    prose: &Prose<'_>,
    noun: &Said<Sex>,
    known: &Known,
) -> Finding {
    let text = text_of(prose, &noun.path);
    let word = &text[noun.bytes.clone()];
    let place = sentence(&place_of(input, &noun.path));
    let clause = if known.from == Basis::Nouns {
        format!("elsewhere {}", known.sex.key())
    } else {
        format!("and {}", known.clause())
    };
    let message = format!("{place} calls the claimant {word}, {clause}");
    let finding = Finding::at(
        &noun.path,
        text,
        noun.bytes.clone(),
        message,
        "Correct whichever of the two is wrong",
    );
    let other = noun_for(word, known.sex);
    let finding =
        with(finding, known.anchor(prose)).reworded(format!("Write \"{other}\""), other);
    if known.from == Basis::Field {
        let field = FieldPath::new("claimant.sex", &[]);
        return finding.fixed(
            format!("Change \"Claimant's sex\" to {}", noun.is.key()),
            &field,
            Change::Whole(noun.is.key().into()),
        );
    }
    finding
}

/// Ages that the texts state, against the form's, which an import fills in from the first
/// of them.
fn ages(input: &Input<'_>, prose: &Prose<'_>) -> Vec<Finding> {
    let said: Vec<Said<u32>> =
        prose.iter().flat_map(|(path, text)| ages_in(path, text)).collect();
    let field = FieldPath::new("claimant.age", &[]);
    let is_proposed = input.letter.proposed.contains(&field);
    let entered = input.letter.claimant.age.understood().copied();
    let Some(known) = entered.or(said.first().map(|first| first.is)) else {
        return Vec::new();
    };
    let is_stated = entered.is_some() && !is_proposed;
    let in_text = said.iter().find(|age| age.is == known);
    let in_text = in_text
        .map(|age| words_at(&age.path, text_of(prose, &age.path), age.bytes.clone()));
    let at = if is_stated { Some(Anchor::from(field)) } else { in_text };
    let others = said.iter().filter(|age| age.is != known);
    others
        .map(|age| other_age(input, prose, age, known, at.clone(), is_stated))
        .collect()
}

fn ages_in(path: &FieldPath, text: &str) -> Vec<Said<u32>> {
    let quoted = quotations(text);
    let statements = AGED.captures_iter(text).chain(IS_AGED.captures_iter(text));
    let said = statements.filter_map(|statement| {
        let (whole, age) = (statement.get(0)?, statement.name("age")?);
        let is: u32 = age.as_str().parse().ok().filter(|age| (14..=110).contains(age))?;
        is_of_now(text, &whole.range(), &quoted).then(|| Said {
            path: path.clone(),
            bytes: age.range(),
            is,
        })
    });
    // Both patterns can find one statement.
    let by_place: BTreeMap<usize, Said<u32>> =
        said.map(|said| (said.bytes.start, said)).collect();
    by_place.into_values().collect()
}

fn other_age(
    input: &Input<'_>,
    prose: &Prose<'_>,
    age: &Said<u32>,
    known: u32,
    at: Option<Anchor>,
    is_stated: bool,
) -> Finding {
    let text = text_of(prose, &age.path);
    let place = sentence(&place_of(input, &age.path));
    let clause = if is_stated {
        format!("and \"Claimant's age\" is {known}")
    } else {
        format!("elsewhere {known}")
    };
    let message =
        format!("{place} says that the claimant is {} years old, {clause}", age.is);
    let finding = Finding::at(
        &age.path,
        text,
        age.bytes.clone(),
        message,
        "Correct whichever of the two is wrong",
    );
    // A birthday can lie between two records.
    let weight =
        if age.is.abs_diff(known) == 1 { Severity::Warning } else { Severity::Error };
    let finding = with(finding, at)
        .weighing(weight)
        .reworded(format!("Write {known}"), known.to_string());
    if !is_stated {
        return finding;
    }
    let field = FieldPath::new("claimant.age", &[]);
    finding.fixed(
        format!("Change \"Claimant's age\" to {}", age.is),
        &field,
        Change::Whole(age.is.to_string()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::cases::findings;
    use crate::letter::Group;

    const SEX: &str = "claimant.sex";

    /// The words that a rule speaks of in this summary, whether the claimant's sex (male)
    /// was chosen or proposed.
    fn check(code: &str, is_proposed: bool, summary: &str, expected: &[&str]) {
        let propose = |letter: &mut Letter| {
            if is_proposed {
                letter.proposed.push(FieldPath::new(SEX, &[]));
            }
        };
        let found = findings(code, &[("summary", summary)], propose);
        assert_eq!(
            found.iter().map(|(words, _)| words.as_str()).collect::<Vec<_>>(),
            expected,
            "{summary}"
        );
    }

    #[test]
    fn a_pronoun_agrees_with_the_sex_that_was_chosen() {
        check("L040", false, "The claimant fell. He hurt his back.", &[]);
        check("L040", false, "The claimant fell. She hurt his back.", &["She"]);
        check(
            "L040",
            false,
            "The provider stated that she agrees. He/she fell. Her wife drove.",
            &["Her"],
        );
    }

    #[test]
    fn without_a_choice_nouns_count_and_then_most_pronouns() {
        check("L040", true, "A 45 year old female. She fell. He had pain.", &["He"]);
        check("L040", true, "He fell. He limped. She had pain.", &["She"]);
        check("L040", true, "He fell. She had pain.", &[]);
        check(
            "L040",
            true,
            "A 45 year old male. She fell. She limped. Her back hurts.",
            &["male"],
        );
    }

    #[test]
    fn the_first_of_several_offers_to_change_them_all() {
        let written = [
            ("summary", "She fell. It hurt her."),
            ("items[1].rationale", "Her back is stiff."),
        ];
        let found = findings("L040", &written, |_| ());
        let labels: Vec<Vec<&str>> = found
            .iter()
            .map(|(_, found)| found.fixes.iter().map(|fix| fix.label.as_str()).collect())
            .collect();
        assert_eq!(
            labels,
            [
                vec!["Write \"He\"", "Change all 3"],
                vec!["Write \"him\""],
                vec!["Write \"His\""]
            ]
        );
        assert_eq!(
            found[0].1.message,
            "\"Clinical case summary\" says \"She\" of the claimant, and \"Claimant's \
                sex\" is male"
        );
    }

    #[test]
    fn age_and_sex_are_stated_the_same() {
        for (summary, expected) in [
            ("The claimant is a 45 yo male. The 45-year-old man fell.", &[][..]),
            ("The claimant is a 45 yo female.", &["female"]),
            ("The female patient fell.", &["female"]),
            ("The claimant is a 54-year-old right-handed male.", &["54"]),
            ("The claimant is 54 years old.", &["54"]),
            ("His wife is a 50-year-old female. His 20-year-old daughter fell.", &[]),
            ("With a 20-year-old injury, the patient fell.", &[]),
            (
                "It says \"54-year-old female\" there. Female patients do well. He was \
                    then a 40-year-old male.",
                &[],
            ),
        ] {
            check("L041", false, summary, expected);
        }
        check(
            "L041",
            true,
            "A 45 yo female. The female patient fell. The 45-year-old male agreed.",
            &["male"],
        );
    }

    #[test]
    fn a_year_more_is_a_warning() {
        for (age, severity) in [("46", Severity::Warning), ("47", Severity::Error)] {
            let found = findings(
                "L041",
                &[("summary", &format!("A {age}-year-old male."))],
                |_| (),
            );
            assert_eq!(found[0].1.severity, severity);
        }
    }

    #[test]
    fn the_sex_is_changed_everywhere_with_the_same_exceptions() {
        let mut letter = Letter {
            summary: "É: a 45-year-old male. He saw his provider, who said he agrees."
                .into(),
            ..Letter::default()
        };
        letter.add_row(Group::Items, None);
        letter.items[0].rationale = "It was given to him.".into();
        let change = |edit: &Edit| match &edit.change {
            Change::Words(range, words) => {
                (letter.spell(&edit.path), *range, words.clone())
            }
            _ => unreachable!("only words are changed"),
        };
        let told: Vec<_> = change_sex(&letter, Sex::Female).iter().map(change).collect();
        let summary = String::from("summary");
        assert_eq!(
            told,
            [
                (summary.clone(), (31..34).into(), "her".into()),
                (summary.clone(), (24..26).into(), "She".into()),
                (summary, (18..22).into(), "female".into()),
                ("items[1].rationale".into(), (16..19).into(), "her".into()),
            ]
        );
        assert_eq!(change_sex(&letter, Sex::Male), []);
        assert_eq!(change_sex(&letter, Sex::Unstated), []);
    }
}
