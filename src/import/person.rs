//! The claimant's sex and age, proposed from what the summary says, and each item's body
//! part, from its title.

use std::sync::LazyLock;

use crate::letter::{Entry, FieldPath, Letter, Sex};
use crate::library::Anatomy;

/// Fills in what the summary says of the claimant, and marks it as a proposal.
pub(super) fn propose(letter: &mut Letter) {
    let summary = letter.summary.to_lowercase();
    if letter.claimant.age.is_empty()
        && let Some(age) = age(&summary)
    {
        letter.claimant.age = Entry::Understood(age);
        letter.proposed.push(FieldPath::new("claimant.age", &[]));
    }
    if letter.claimant.sex == Sex::Unstated
        && let Some(sex) = sex(&summary)
    {
        letter.claimant.sex = sex;
        letter.proposed.push(FieldPath::new("claimant.sex", &[]));
    }
}

/// The table that the rules use as well; a test of the library reads it.
static ANATOMY: LazyLock<Option<Anatomy>> =
    LazyLock::new(|| ron::from_str(include_str!("../../assets/parts.ron")).ok());

/// Fills in the body part that a title names; one that names several, or an arm or a leg,
/// says nothing.
pub(super) fn propose_parts(letter: &mut Letter) {
    let Some(anatomy) = &*ANATOMY else { return };
    for item in &mut letter.items {
        if !item.body_part.is_empty() {
            continue;
        }
        let parts = anatomy.named_in(&item.title.request);
        if let [part] = parts[..]
            && !part.chapter.is_empty()
        {
            part.name.clone_into(&mut item.body_part);
            letter.proposed.push(FieldPath::new("items[].body_part", &[item.id]));
        }
    }
}

/// `54-year-old`, `54 year old`, `54 yo`, `54 y/o`.
fn age(summary: &str) -> Option<u32> {
    let words: Vec<&str> = summary
        .split(|c: char| c.is_whitespace() || c == '-' || c == ',')
        .filter(|word| !word.is_empty())
        .collect();
    for three in words.windows(3) {
        if let [age, "year" | "years", "old"] | [age, "yo" | "y/o" | "y.o.", _] = three
            && let Ok(age) = age.parse()
            && (14..=110).contains(&age)
        {
            return Some(age);
        }
    }
    None
}

/// Whichever word comes first; pronouns count where there is none, if all of them agree.
fn sex(summary: &str) -> Option<Sex> {
    let (mut female, mut male) = (false, false);
    for word in summary.split(|c: char| !c.is_alphabetic()) {
        match word {
            "female" | "woman" => return Some(Sex::Female),
            "male" | "man" | "gentleman" => return Some(Sex::Male),
            "she" | "her" | "hers" => female = true,
            "he" | "his" | "him" => male = true,
            _ => {}
        }
    }
    match (female, male) {
        (true, false) => Some(Sex::Female),
        (false, true) => Some(Sex::Male),
        (true, true) | (false, false) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_part_is_proposed_where_the_title_names_one() {
        for (title, part) in [
            ("MRI of the left shoulder", "Shoulder"),
            ("MRI of the lumbar spine without contrast", "Low back"),
            ("Physical therapy for the right shoulder, right wrist and right hand", ""),
            ("EMG of the left arm", ""),
            ("Chip of handwriting", ""),
            ("Ultram 50mg #30", ""),
        ] {
            let mut letter = Letter::default();
            letter.add_row(crate::letter::Group::Items, None);
            letter.items[0].title.request = title.into();
            propose_parts(&mut letter);
            assert_eq!(
                (letter.items[0].body_part.as_str(), letter.proposed.len()),
                (part, usize::from(!part.is_empty()))
            );
        }
    }

    #[test]
    fn sex_and_age_are_proposed_from_the_summary() {
        for (summary, expected) in [
            (
                "This case involves a now 54-year-old female with pain.",
                (Sex::Female, "54"),
            ),
            ("The claimant is a 45 yo male who slipped.", (Sex::Male, "45")),
            ("The injured worker hurt her knee.", (Sex::Female, "")),
            ("He saw her.", (Sex::Unstated, "")),
            ("For 2 years old pain, 12 year old surgery.", (Sex::Unstated, "")),
        ] {
            let mut letter = Letter { summary: summary.into(), ..Letter::default() };
            propose(&mut letter);
            assert_eq!(
                (letter.claimant.sex, letter.claimant.age.show().as_str()),
                expected,
                "{summary}"
            );
        }
    }
}
