//! What decisions come to: several opinions to one decision of an item, and all items to
//! the letter's outcome.

use super::{Denial, Item, Letter};

/// How reviewers voted on an item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Votes {
    /// For providing the treatment, at least in part.
    pub for_treatment: usize,
    pub against: usize,
}

impl Votes {
    /// What the majority decides; an even split is decided for the treatment (Labor Code
    /// 4610.6(e)). `None` while nobody has voted.
    pub fn denial(self) -> Option<Denial> {
        match (self.for_treatment, self.against) {
            (0, 0) => None,
            (provide, refuse) if provide >= refuse => Some(Denial::Falls),
            _ => Some(Denial::Stands),
        }
    }
}

/// The votes on an item; `denial` says what a decision's key does to the denial.
pub fn votes(item: &Item, denial: impl Fn(&str) -> Option<Denial>) -> Votes {
    let voted = item.opinions.iter().filter_map(|opinion| denial(&opinion.decision.0));
    voted.fold(Votes::default(), |votes, denial| match denial {
        Denial::Stands => Votes { against: votes.against + 1, ..votes },
        Denial::Falls | Denial::Partly => {
            Votes { for_treatment: votes.for_treatment + 1, ..votes }
        }
    })
}

/// What the letter as a whole does to the denial: the same as all its items, or else a
/// part. `None` while an item is undecided, or there is none.
pub fn of_letter(
    letter: &Letter,
    denial: impl Fn(&str) -> Option<Denial>,
) -> Option<Denial> {
    let denials: Vec<Denial> = letter
        .items
        .iter()
        .map(|item| denial(&item.decision.0))
        .collect::<Option<_>>()?;
    let (first, rest) = denials.split_first()?;
    Some(if rest.iter().all(|other| other == first) { *first } else { Denial::Partly })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::{Decision, Opinion};

    fn denial(key: &str) -> Option<Denial> {
        match key {
            "upheld" => Some(Denial::Stands),
            "overturned" => Some(Denial::Falls),
            "part" => Some(Denial::Partly),
            _ => None,
        }
    }

    #[test]
    fn the_majority_decides_and_an_even_split_is_for_the_treatment() {
        for (opinions, expected) in [
            (&[][..], None),
            (&[""], None),
            (&["upheld"], Some(Denial::Stands)),
            (&["upheld", "overturned"], Some(Denial::Falls)),
            (&["upheld", "upheld", "overturned"], Some(Denial::Stands)),
            (&["upheld", "part", "overturned"], Some(Denial::Falls)),
            (&["upheld", ""], Some(Denial::Stands)),
        ] {
            let opinion = |key: &&str| Opinion {
                decision: Decision((*key).to_owned()),
                ..Opinion::default()
            };
            let item = Item {
                opinions: opinions.iter().map(opinion).collect(),
                ..Item::default()
            };
            assert_eq!(votes(&item, denial).denial(), expected, "{opinions:?}");
        }
    }

    #[test]
    fn a_letter_does_what_all_its_items_do() {
        for (decisions, expected) in [
            (&[][..], None),
            (&["upheld", "upheld"], Some(Denial::Stands)),
            (&["overturned"], Some(Denial::Falls)),
            (&["upheld", "overturned"], Some(Denial::Partly)),
            (&["part"], Some(Denial::Partly)),
            (&["upheld", ""], None),
        ] {
            let item = |key: &&str| Item {
                decision: Decision((*key).to_owned()),
                ..Item::default()
            };
            let letter = Letter {
                items: decisions.iter().map(item).collect(),
                ..Letter::default()
            };
            assert_eq!(of_letter(&letter, denial), expected, "{decisions:?}");
        }
    }
}
