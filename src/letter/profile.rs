//! A reviewer who was entered once, and what a new letter takes over: from such a profile,
//! and from the letter before it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Letter, Reviewer};

/// A reviewer as letters take it over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Profile {
    /// The reviewer's name, by which the profile is chosen; no template can print it.
    pub name: String,
    pub certifications: Vec<String>,
    pub licenses: Vec<String>,
    /// What has to be checked again in each letter; the rest is checked by itself.
    pub ask_again: BTreeSet<Statement>,
}

/// A statement that a reviewer makes in each letter.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Statement {
    NoAffiliation,
    FiveYears,
    ActivePractice,
}

impl Statement {
    pub const ALL: [Self; 3] =
        [Self::NoAffiliation, Self::FiveYears, Self::ActivePractice];

    /// The field of a reviewer that it is.
    pub fn pattern(self) -> &'static str {
        match self {
            Self::NoAffiliation => "reviewers[].attests_no_affiliation",
            Self::FiveYears => "reviewers[].attests_five_years",
            Self::ActivePractice => "reviewers[].attests_active_practice",
        }
    }

    fn of(self, reviewer: &mut Reviewer) -> &mut bool {
        match self {
            Self::NoAffiliation => &mut reviewer.attests_no_affiliation,
            Self::FiveYears => &mut reviewer.attests_five_years,
            Self::ActivePractice => &mut reviewer.attests_active_practice,
        }
    }
}

impl Default for Profile {
    fn default() -> Self {
        Self {
            name: String::new(),
            certifications: Vec::new(),
            licenses: Vec::new(),
            ask_again: Statement::ALL.into(),
        }
    }
}

impl Profile {
    /// The profile of a reviewer of a letter.
    pub fn of(reviewer: &Reviewer) -> Self {
        Self {
            name: reviewer.internal_name.trim().to_owned(),
            certifications: reviewer.certifications.clone(),
            licenses: reviewer.licence_states.clone(),
            ..Self::default()
        }
    }

    /// Fills a reviewer in; a statement that is asked for again is left to be checked.
    pub fn fill(&self, reviewer: &mut Reviewer) {
        self.name.clone_into(&mut reviewer.internal_name);
        self.certifications.clone_into(&mut reviewer.certifications);
        self.licenses.clone_into(&mut reviewer.licence_states);
        self.make_statements(reviewer);
    }

    fn make_statements(&self, reviewer: &mut Reviewer) {
        for statement in Statement::ALL {
            *statement.of(reviewer) = !self.ask_again.contains(&statement);
        }
    }

    /// Whether a reviewer has a name that none of the profiles has.
    pub fn is_new(profiles: &[Self], reviewer: &Reviewer) -> bool {
        let is_known = profiles.iter().any(|profile| profile.is_of(reviewer));
        !reviewer.internal_name.trim().is_empty() && !is_known
    }

    /// Whether it is this reviewer's.
    pub fn is_of(&self, reviewer: &Reviewer) -> bool {
        let name = reviewer.internal_name.trim();
        !name.is_empty() && self.name.trim() == name
    }
}

impl Letter {
    /// The letter that is begun from this one: its reviewers, with their statements to be
    /// made again, and of the template's own fields those that `keeps` names. Nothing of
    /// the case goes along.
    pub fn to_begin_from(
        &self,
        profiles: &[Profile],
        keeps: impl Fn(&str) -> bool,
    ) -> Self {
        let mut begun = Self { last_id: self.last_id, ..Self::default() };
        for reviewer in &self.reviewers {
            let known = profiles.iter().find(|profile| profile.is_of(reviewer));
            let profile = known.cloned().unwrap_or_default();
            let mut reviewer = reviewer.clone();
            profile.make_statements(&mut reviewer);
            begun.reviewers.push(reviewer);
        }
        let own = self.extra.iter().filter(|(name, _)| keeps(name));
        begun.extra = own.map(|(name, value)| (name.clone(), value.clone())).collect();
        begun
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::Group;

    fn profile() -> Profile {
        Profile {
            name: "Ada Quill".into(),
            certifications: vec!["Pain Management".into()],
            licenses: vec!["California".into()],
            ask_again: [Statement::NoAffiliation].into(),
        }
    }

    #[test]
    fn a_profile_fills_a_reviewer_in_and_asks_again_for_what_it_names() {
        let mut reviewer =
            Reviewer { attests_no_affiliation: true, ..Reviewer::default() };
        profile().fill(&mut reviewer);
        assert_eq!(
            (&*reviewer.internal_name, &*reviewer.licence_states[0]),
            ("Ada Quill", "California")
        );
        let statements = [
            reviewer.attests_no_affiliation,
            reviewer.attests_five_years,
            reviewer.attests_active_practice,
        ];
        assert_eq!(statements, [false, true, true]);
        assert!(profile().is_of(&reviewer));
    }

    #[test]
    fn a_letter_begun_from_another_has_its_reviewer_and_nothing_of_its_case() {
        let mut letter = Letter::default();
        letter.add_row(Group::Reviewers, None);
        letter.add_row(Group::Items, None);
        profile().fill(&mut letter.reviewers[0]);
        letter.reviewers[0].attests_no_affiliation = true;
        letter.case.number = "CM13-0012345".into();
        letter.parties.employee = "Jane Roe".into();
        letter.summary = "The claimant is".into();
        letter.extra.insert("organization".into(), "Ours".into());
        letter.extra.insert("condition".into(), "Asthma".into());
        let begun = letter.to_begin_from(&[profile()], |name| name == "organization");
        let mut expected = Letter { last_id: letter.last_id, ..Letter::default() };
        expected.reviewers = letter.reviewers.clone();
        expected.reviewers[0].attests_no_affiliation = false;
        expected.extra.insert("organization".into(), "Ours".into());
        assert_eq!(begun, expected);
        let unknown = letter.to_begin_from(&[], |_| false);
        assert!(!unknown.reviewers[0].attests_five_years);
    }
}
