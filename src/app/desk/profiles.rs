//! Reviewers who were entered once: chosen when a letter is begun, or in the letter.

use std::sync::Arc;

use super::{Desk, Tone, places};
use crate::letter::{FieldPath, Group, Id, Letter, Profile, Statement};
use crate::template::Template;

/// What the settings have for a letter that is begun without a profile.
const NOBODY: &str = "-";

impl Desk {
    /// The profile that new letters are begun with: the one chosen last, or the first.
    pub fn chosen_profile(&self) -> Option<&Profile> {
        let rows = &self.own.reviewers.rows;
        let chosen = self.settings.reviewer.as_str();
        if chosen == NOBODY {
            return None;
        }
        rows.iter().find(|profile| profile.name == chosen).or(rows.first())
    }

    /// New letters are begun with this profile, or with none.
    pub(super) fn choose_profile(&mut self, name: Option<&str>) {
        name.unwrap_or(NOBODY).clone_into(&mut self.settings.reviewer);
        self.save_settings();
    }

    /// Fills the reviewer of a letter that is begun.
    pub(super) fn fill_reviewer(&self, letter: &mut Letter) {
        if let (Some(profile), Some(reviewer)) =
            (self.chosen_profile(), letter.reviewers.first_mut())
        {
            profile.fill(reviewer);
        }
    }

    /// Fills a reviewer of the open letter; without a row, the one that the caret is in, or
    /// the first.
    pub(super) fn use_profile(&mut self, name: &str, row: Option<Id>) {
        let mut rows = self.own.reviewers.rows.iter();
        let Some(profile) = rows.find(|profile| profile.name == name).cloned() else {
            return;
        };
        let at_caret = match self.row_at_caret() {
            Some((Group::Reviewers, id)) => Some(id),
            _ => None,
        };
        let filled = self.edit(|letter| {
            let first = letter.reviewers.first().map(|reviewer| reviewer.id);
            let id = row.or(at_caret).or(first);
            let id = id.unwrap_or_else(|| letter.add_row(Group::Reviewers, None));
            let mut reviewers = letter.reviewers.iter_mut();
            profile.fill(reviewers.find(|reviewer| reviewer.id == id)?);
            Some(id)
        });
        if let Some(Some(id)) = filled {
            self.reveal_statement(id);
        }
        self.choose_profile(Some(name));
    }

    /// Goes to the first statement that is to be made, or to the reviewer.
    fn reveal_statement(&mut self, id: Id) {
        let Some(draft) = &self.draft else { return };
        let statements = Statement::ALL.into_iter();
        let path = statements
            .map(|statement| FieldPath::new(statement.pattern(), &[id]))
            .find(|path| {
                let value = draft.template.value(&draft.letter, path);
                value.is_some_and(|value| value.is_empty())
            });
        let first =
            places::first_of_row(&draft.template, &draft.letter, Group::Reviewers, id);
        self.reveal_field(path.or(first));
    }

    /// Keeps a reviewer of the letter as a profile.
    pub(super) fn keep_profile(&mut self, row: Id) {
        let Some(draft) = &self.draft else { return };
        let mut reviewers = draft.letter.reviewers.iter();
        let Some(reviewer) = reviewers.find(|reviewer| reviewer.id == row) else {
            return;
        };
        let profile = Profile::of(reviewer);
        let name = profile.name.clone();
        let mut rows = self.own.reviewers.rows.clone();
        rows.push(profile);
        self.set_profiles(rows);
        self.choose_profile(Some(&name));
        let text = format!("{name} is offered in every letter from now on");
        self.show_notice(Tone::Done, text, "Change it in Settings, Reviewers");
    }

    /// Begins a letter like the open one: with its template, its reviewers and what names
    /// the organization.
    pub(super) fn begin_from_this(&mut self) {
        let Some(draft) = &self.draft else { return };
        let Some(template) = self.templates.find(draft.template.id()).cloned() else {
            return;
        };
        let profiles = &self.own.reviewers.rows;
        let mut letter = draft.letter.to_begin_from(profiles, names_the_organization);
        add_first_rows(&template, &mut letter);
        let mut draft = self.new_draft(letter, Arc::clone(&template));
        draft.saved = Some(Arc::clone(&draft.settled));
        self.replace_draft(draft);
    }
}

/// Whether one of a template's own fields, by its name, says who issues the letter: what
/// the others say is of the case.
fn names_the_organization(name: &str) -> bool {
    let issuers = ["organization", "signed_by", "signer", "medical_director"];
    name == "agent" || issuers.iter().any(|issuer| name.contains(issuer))
}

/// A letter is begun with a reviewer and an item.
pub(super) fn add_first_rows(template: &Template, letter: &mut Letter) {
    for group in [Group::Reviewers, Group::Items] {
        if places::has_group(template, group) && letter.row_ids(group).is_empty() {
            letter.add_row(group, None);
        }
    }
}
