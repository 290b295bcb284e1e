//! The claimant's sex and age, proposed from what the summary says, and each item's body
//! part, from its title.

use std::sync::LazyLock;

use crate::letter::{Entry, FieldPath, Letter, Sex};
use crate::library::Anatomy;

/// Fills in what the summary says of the claimant, and marks it as a proposal.
pub(super) fn propose(letter: &mut Letter) {
    let summary = letter.summary.to_lowercase();
    if let Some(age) = age(&summary).filter(|_| letter.claimant.age.is_empty()) {
        letter.claimant.age = Entry::Understood(age);
        letter.proposed.push(FieldPath::new("claimant.age", &[]));
    }
    if let Some(sex) = sex(&summary).filter(|_| letter.claimant.sex == Sex::Unstated) {
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
    for item in letter.items.iter_mut().filter(|item| item.body_part.is_empty()) {
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
        .filter(|w| !w.is_empty())
        .collect();
    let ages = words.windows(3).filter_map(|words| {
        let is_age =
            matches!(words, [_, "year" | "years", "old"] | [_, "yo" | "y/o" | "y.o.", _]);
        words.first().filter(|_| is_age)?.parse().ok()
    });
    ages.into_iter().find(|age| (14..=110).contains(age))
}

/// Whichever word stands first; pronouns count where neither does, if all of them agree.
fn sex(summary: &str) -> Option<Sex> {
    let words = || summary.split(|c: char| !c.is_alphabetic());
    let stated = words().find_map(|word| match word {
        "female" | "woman" => Some(Sex::Female),
        "male" | "man" | "gentleman" => Some(Sex::Male),
        _ => None,
    });
    let female = words().any(|word| matches!(word, "she" | "her" | "hers"));
    let male = words().any(|word| matches!(word, "he" | "his" | "him"));
    stated.or(match (female, male) {
        (true, false) => Some(Sex::Female),
        (false, true) => Some(Sex::Male),
        _ => None,
    })
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
