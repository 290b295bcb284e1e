//! The claimant's sex and age: the same throughout the letter, and a helper that changes
//! the sex everywhere.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::input::{FieldText, ReadText};
use super::plain_text::PlainText;
use super::pronouns::{SexedPronoun, of_the_claimant};
use super::wording::capitalized;
use super::{Finding, Findings, Input, Reads, Rule, ages};
use crate::diagnostic::{Anchor, Change, Edit, Fix, Severity, TextRange};
use crate::letter::{FieldPath, Letter, Sex};
use crate::template::Family;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "L040",
        reads: &[Reads::CaseProse],
        name: "pronouns",
        severity: Severity::Error,
        family: Family::Person,
        summary: "Pronouns match the claimant's sex",
        help: "A \"she\" in a letter about a man often comes from another letter. If \
            the sex is only inferred from the text, its nouns count first, then most \
            of its pronouns. Ignores \"he/she\", quotations, and pronouns near \
            physicians, relatives and other people.",
        find: pronouns,
        ..Rule::DEFAULT
    },
    Rule {
        id: "L041",
        reads: &[Reads::CaseProse],
        name: "age-and-sex",
        severity: Severity::Error,
        family: Family::Person,
        summary: "Age and sex are the same everywhere",
        help: "Looks at phrases such as \"45-year-old male\" and \"the female \
            patient\" in the summary and the rationales. A difference of one year is a \
            warning, because a birthday can fall between two records. Where the birth \
            date is known, the age is compared with it too. Ignores quotations and \
            ages at another time. An age over 120 is a slip of the keys.",
        find: stated_twice,
        ..Rule::DEFAULT
    },
];

/// As many pronouns that all disagree with one noun say that the noun is wrong.
const OUTWEIGH_A_NOUN: usize = 2;

pattern!(
    /// "45-year-old male", "54 yo patient".
    pub(super) AGED,
    r"\b(?P<age>\d{2,3})(?:[- ]*(?:year|yr)s?[- ]*old|[- ]*y/?\.?o\.?)(?:,? +|-)",
    r"(?:\(?[a-z-]+\)?,? +){0,3}?",
    r"(?P<who>male|female|man|woman|gentleman|lady|patient|claimant|applicant|worker",
    r"|employee|individual)\b"
);
pattern!(
    IS_OF_SEX,
    r"\b(?:this|the|this is an?|is an?|now) (?P<who>male|female) ",
    r"(?:injured |industrial )?(?:patient|claimant|applicant|worker|employee|individual)\b",
    r"|\b(?:this|the|an?)(?: \w+,?)? (?:young|elderly|middle-aged|older|adult|adolescent",
    r"|teenage|healthy|pleasant|obese|right-handed|left-handed|disabled|insured)",
    r"(?: [\w-]+)?? (?:male|female|man|woman|gentleman|lady|boy|girl)\b",
    r"|\bthis (?:male|female|man|woman|gentleman|lady|boy|girl)\b",
    r"|\b(?:patient|claimant|applicant|worker|employee)(?:\(s\))? (?:is|was) an? ",
    r"(?:[a-z-]+,? ){0,3}?(?P<what>male|female|man|woman|gentleman|lady|mother|father",
    r"|grandmother|grandfather|housewife)\b"
);
pattern!(
    /// "A 20-year-old injury, the patient": what is old is not the claimant.
    OLD_THING,
    r"\b(?:injury|injuries|surgery|fracture|claim|fusion|case|accident|the|of|to|in|on)\b"
);
pattern!(
    SEX_WORD,
    r"\b(?:male|female|man|woman|gentleman|lady|boy|girl|(?:grand)?(?:mother|father)|housewife)\b"
);
pattern!(
    ANOTHER_TIME,
    r"(?:\bat age|\bwhen|\bthen a?|\bto a|\bof a|\bwith a|\bwho is",
    r"|\b(?:husband|wife|spouse|son|daughter|mother|father|brother|sister)",
    r"(?:,| is| was| who| an?| now)*)\s*$"
);

/// A claim about the claimant that a text makes.
pub(super) struct Claim<'i, T> {
    pub text: &'i FieldText<'i>,
    pub range: TextRange,
    pub is: T,
}

impl<T> Claim<'_, T> {
    fn words(&self) -> &str {
        &self.text.text[self.range]
    }

    pub(super) fn anchor(&self) -> Anchor {
        self.text.anchor(self.range)
    }

    /// The place of the claim, at a sentence's beginning.
    pub(super) fn place(&self, input: &Input<'_>) -> String {
        capitalized(&self.text.name(input))
    }
}

type PronounClaim<'i> = Claim<'i, SexedPronoun>;
type SexClaim<'i> = Claim<'i, Sex>;

fn pronouns(input: &Input<'_>, findings: &mut Findings) {
    let spoken = pronoun_claims(input);
    let nouns = sex_claims(input);
    let Some(known) = known_sex(input, &nouns, &spoken) else { return };
    let wrong: Vec<&PronounClaim<'_>> =
        spoken.iter().filter(|pronoun| pronoun.is.sex != known.sex).collect();
    let is_outweighed = known.basis == Basis::Nouns
        && wrong.len() == spoken.len()
        && wrong.len() >= OUTWEIGH_A_NOUN;
    if is_outweighed && let Some(noun) = nouns.iter().find(|noun| noun.is == known.sex) {
        findings.push(outweighed(input, noun, &wrong));
        return;
    }
    for (place, pronoun) in wrong.iter().enumerate() {
        let mut finding = disagreement(input, pronoun, &known);
        if place == 0 && wrong.len() > 1 {
            let label = format!("Change all {}", wrong.len());
            finding.fixes.push(replace_all(label, &wrong));
        }
        findings.push(finding);
    }
}

fn stated_twice(input: &Input<'_>, findings: &mut Findings) {
    let nouns = sex_claims(input);
    // Where nobody stated it but pronouns, there is nothing that a noun could disagree
    // with.
    if let Some(known) = known_sex(input, &nouns, &[]) {
        for noun in &nouns {
            if noun.is != known.sex {
                findings.push(other_sex(input, noun, &known));
            }
        }
    }
    ages::find_impossible(input, findings);
    ages::compare(input, findings);
    ages::compare_others(input, findings);
    ages::compare_birth(input, findings);
    ages::compare_range(input, findings);
}

/// Every word of the letter's prose that would change with the claimant's sex: pronouns,
/// and nouns that state it. Of several in one text the last comes first, so that each can
/// be made as it stands.
pub fn change_sex(letter: &Letter, sex: Sex) -> Vec<Edit> {
    if matches!(sex, Sex::Unstated | Sex::X) {
        return Vec::new();
    }
    let mut edits = Vec::new();
    for (path, text) in written(letter) {
        edits.extend(change_sex_in(&path, text, sex));
    }
    edits
}

fn change_sex_in(path: &FieldPath, written: &str, sex: Sex) -> Vec<Edit> {
    let plain = PlainText::new(written);
    let text = ReadText::new(plain.as_ref().map_or(written, |plain| &plain.text));
    let place = |range| plain.as_ref().map_or(range, |plain| plain.written(range));
    // By their places, because pronouns and nouns are found apart.
    let mut edits = BTreeMap::new();
    for pronoun in of_the_claimant(&text) {
        if pronoun.sex != sex {
            let edit = edit(path, place(pronoun.range), pronoun.other);
            edits.insert(Reverse(pronoun.range.start), edit);
        }
    }
    for (range, stated) in sexes_in(&text) {
        if stated != sex {
            let noun = noun_for(&text.text[range], sex);
            edits.insert(Reverse(range.start), edit(path, place(range), noun));
        }
    }
    edits.into_values().collect()
}

/// What a person wrote in sentences into any letter, whatever its template.
fn written(letter: &Letter) -> Vec<(FieldPath, &str)> {
    let mut texts = vec![(FieldPath::new("summary", &[]), letter.summary.as_str())];
    for item in &letter.items {
        texts.push((FieldPath::new("items[].rationale", &[item.id]), &item.rationale));
        for opinion in &item.opinions {
            let rows = [item.id, opinion.id];
            let path = FieldPath::new("items[].opinions[].rationale", &rows);
            texts.push((path, &opinion.rationale));
        }
    }
    texts
}

/// The texts that speak of the claimant.
pub(super) fn prose<'i>(input: &'i Input<'_>) -> impl Iterator<Item = &'i FieldText<'i>> {
    input.prose().filter(|text| text.is_of_the_case())
}

fn pronoun_claims<'i>(input: &'i Input<'_>) -> Vec<PronounClaim<'i>> {
    let mut claims = Vec::new();
    for text in prose(input) {
        for pronoun in of_the_claimant(text) {
            claims.push(Claim { text, range: pronoun.range, is: pronoun });
        }
    }
    claims
}

fn sex_claims<'i>(input: &'i Input<'_>) -> Vec<SexClaim<'i>> {
    let mut claims = Vec::new();
    for text in prose(input) {
        for (range, is) in sexes_in(text) {
            claims.push(Claim { text, range, is });
        }
    }
    claims
}

/// Nouns that state the claimant's sex: "56-year-old female", "the male patient".
fn sexes_in(text: &ReadText<'_>) -> Vec<(TextRange, Sex)> {
    let mut found: Vec<(TextRange, Sex)> = Vec::new();
    for statement in AGED.find_iter(text.text).chain(IS_OF_SEX.find_iter(text.text)) {
        let Some(noun) = SEX_WORD.find(statement.as_str()) else { continue };
        if !is_of_now(text, statement.range().into()) {
            continue;
        }
        let range = TextRange::from(noun.range()) + statement.start();
        // Both patterns can find one statement.
        if found.iter().all(|(known, _)| *known != range) {
            let sex = if is_female(noun.as_str()) { Sex::Female } else { Sex::Male };
            found.push((range, sex));
        }
    }
    found.sort_by_key(|(range, _)| range.start);
    found
}

/// Whether a statement is the letter's own, of the claimant, and of today.
pub(super) fn is_of_now(text: &ReadText<'_>, statement: TextRange) -> bool {
    let after = text.text[statement.end..].trim_start();
    let is_of_then = after.starts_with("at the time")
        || after.starts_with("at time")
        || ANOTHER_TIME.is_match(&text.text[..statement.start]);
    let words = &text.text[statement];
    let is_of_a_thing = AGED.is_match(words) && OLD_THING.is_match(words);
    !is_of_then && !is_of_a_thing && !text.is_quoted(statement)
}

fn is_female(noun: &str) -> bool {
    let nouns = ["female", "woman", "lady", "girl", "mother", "grandmother", "housewife"];
    nouns.iter().any(|known| noun.eq_ignore_ascii_case(known))
}

/// The noun's counterpart.
fn noun_for(noun: &str, sex: Sex) -> String {
    let other = match (noun.to_lowercase().as_str(), sex) {
        ("mother" | "father", Sex::Female) => "mother",
        ("mother" | "father", _) => "father",
        ("grandmother" | "grandfather", Sex::Female) => "grandmother",
        ("grandmother" | "grandfather", _) => "grandfather",
        ("boy" | "girl", Sex::Female) => "girl",
        ("boy" | "girl", _) => "boy",
        ("male" | "female", Sex::Female) => "female",
        ("male" | "female", _) => "male",
        (_, Sex::Female) => "woman",
        _ => "man",
    };
    let is_capitalized = noun.starts_with(char::is_uppercase);
    if is_capitalized { capitalized(other) } else { other.to_owned() }
}

/// What the claimant's sex is known from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Basis {
    /// Somebody chose it.
    Field,
    Nouns,
    Pronouns,
}

struct KnownSex {
    sex: Sex,
    basis: Basis,
    /// Where it is said first.
    at: Option<Anchor>,
}

/// The claimant's sex as it was chosen; where it was not, or only concluded from the
/// text, what most nouns say, and without any what two thirds of the pronouns say.
fn known_sex(
    input: &Input<'_>,
    nouns: &[SexClaim<'_>],
    spoken: &[PronounClaim<'_>],
) -> Option<KnownSex> {
    if let Some((sex, field)) = chosen_sex(input) {
        return Some(KnownSex { sex, basis: Basis::Field, at: Some(field.into()) });
    }
    if let Some(first) = nouns.first() {
        let (female, male) = count_sexes(nouns.iter().map(|noun| noun.is));
        let sex = if female == male { first.is } else { more(female, male) };
        let said = nouns.iter().find(|noun| noun.is == sex);
        return Some(KnownSex { sex, basis: Basis::Nouns, at: said.map(Claim::anchor) });
    }
    let (female, male) = count_sexes(spoken.iter().map(|pronoun| pronoun.is.sex));
    if female < 2 * male && male < 2 * female {
        return None;
    }
    let sex = more(female, male);
    let said = spoken.iter().find(|pronoun| pronoun.is.sex == sex);
    Some(KnownSex { sex, basis: Basis::Pronouns, at: said.map(Claim::anchor) })
}

/// The sex that somebody chose, and where: a template can ask for it in a field of its
/// own.
fn chosen_sex(input: &Input<'_>) -> Option<(Sex, FieldPath)> {
    let field = FieldPath::new("claimant.sex", &[]);
    let chosen = input.letter.claimant.sex;
    if matches!(chosen, Sex::Female | Sex::Male)
        && !input.letter.proposed.contains(&field)
    {
        return Some((chosen, field));
    }
    for place in input.places() {
        if !matches!(&*place.field.pattern, "extra.gender" | "extra.sex") {
            continue;
        }
        let key = place.value.words(&place.path).to_lowercase();
        if let Some(sex @ (Sex::Female | Sex::Male)) = Sex::from_key(&key) {
            return Some((sex, place.path.clone()));
        }
    }
    None
}

fn count_sexes(sexes: impl Iterator<Item = Sex>) -> (usize, usize) {
    let (mut female, mut male) = (0, 0);
    for sex in sexes {
        match sex {
            Sex::Female => female += 1,
            Sex::Male => male += 1,
            Sex::X | Sex::Unstated => {}
        }
    }
    (female, male)
}

fn more(female: usize, male: usize) -> Sex {
    if female > male { Sex::Female } else { Sex::Male }
}

impl KnownSex {
    /// How it is known: "and \"Claimant's sex\" is female".
    fn clause(&self, input: &Input<'_>) -> String {
        let sex = self.sex.key();
        match self.basis {
            Basis::Field => format!("\"{}\" is {sex}", self.label(input)),
            Basis::Nouns => format!("the letter calls the claimant {sex}"),
            Basis::Pronouns => "the letter says otherwise elsewhere".to_owned(),
        }
    }

    /// What the form calls the field in which it was chosen.
    fn label(&self, input: &Input<'_>) -> String {
        let path = self.at.as_ref().and_then(Anchor::field);
        let field = path.and_then(|path| input.template.field(path.pattern()));
        field.map_or("Claimant's sex".into(), |field| field.label.to_string())
    }
}

fn disagreement(
    input: &Input<'_>,
    pronoun: &PronounClaim<'_>,
    known: &KnownSex,
) -> Finding {
    let (word, other) = (pronoun.words(), &pronoun.is.other);
    let message = format!(
        "{} calls the claimant \"{word}\", but {}",
        pronoun.place(input),
        known.clause(input)
    );
    let hint = format!("Write \"{other}\", or say whom \"{word}\" means");
    let mut finding = pronoun.text.finding(pronoun.range, message, hint);
    finding.others.extend(known.at.clone());
    finding.with_replacement(format!("Write \"{other}\""), other.clone())
}

/// One noun against all pronouns: most likely the noun is wrong.
fn outweighed(
    input: &Input<'_>,
    noun: &SexClaim<'_>,
    wrong: &[&PronounClaim<'_>],
) -> Finding {
    let word = noun.words();
    let sex = if noun.is == Sex::Female { Sex::Male } else { Sex::Female };
    let pronoun = if sex == Sex::Female { "she" } else { "he" };
    let message = format!(
        "{} calls the claimant {word}, but the letter says \"{pronoun}\" or the like {} \
            times",
        noun.place(input),
        wrong.len()
    );
    let hint = "Correct the text or the form";
    let mut finding = noun.text.finding(noun.range, message, hint);
    finding.others.extend(wrong.first().map(|first| first.anchor()));
    let other = noun_for(word, sex);
    finding = finding.with_replacement(format!("Write \"{other}\""), other);
    let label = format!("Change all {} pronouns", wrong.len());
    finding.fixes.push(replace_all(label, wrong));
    finding
}

/// Every one of these pronouns replaced by its counterpart, the last first.
fn replace_all(label: String, wrong: &[&PronounClaim<'_>]) -> Fix {
    let mut edits = Vec::new();
    for pronoun in wrong.iter().rev() {
        let other = pronoun.is.other.clone();
        edits.push(edit(&pronoun.text.path, pronoun.range, other));
    }
    Fix { label, edits }
}

fn edit(path: &FieldPath, range: TextRange, words: String) -> Edit {
    Edit { path: path.clone(), change: Change::Words(range, words) }
}

fn other_sex(input: &Input<'_>, noun: &SexClaim<'_>, known: &KnownSex) -> Finding {
    let word = noun.words();
    let clause = match known.basis {
        Basis::Nouns => format!("but elsewhere {}", known.sex.key()),
        Basis::Field | Basis::Pronouns => format!("but {}", known.clause(input)),
    };
    let message = format!("{} calls the claimant {word}, {clause}", noun.place(input));
    let hint = "Correct the text or the form";
    let mut finding = noun.text.finding(noun.range, message, hint);
    finding.others.extend(known.at.clone());
    let other = noun_for(word, known.sex);
    finding = finding.with_replacement(format!("Write \"{other}\""), other);
    if known.basis != Basis::Field {
        return finding;
    }
    let Some(Anchor::Field { path, .. }) = &known.at else { return finding };
    let stated = noun.is.key();
    let label = format!("Change \"{}\" to {stated}", known.label(input));
    let is_own = path.pattern() != "claimant.sex";
    let key = if is_own { capitalized(stated) } else { stated.to_owned() };
    finding.with_change(label, path, Change::Whole(key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::tests::findings;
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
            "\"Clinical case summary\" calls the claimant \"She\", but \"Claimant's \
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
        let changes: Vec<_> =
            change_sex(&letter, Sex::Female).iter().map(change).collect();
        let summary = String::from("summary");
        assert_eq!(
            changes,
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
