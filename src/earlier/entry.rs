//! What the index keeps of a draft: a row of a list, and each of its items.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::words::{named_parts, treatments};
use crate::letter::phrasing::{Citer, GuidelineForm, guideline, title};
use crate::letter::{Denial, Item, Letter};
use crate::library::Library;
use crate::store::Draft;
use crate::template::Template;

/// An item that was decided in a letter before, as it is shown again.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct EarlierItem {
    pub path: PathBuf,
    pub case_number: String,
    /// Which of the letter's items it is, counted from 1.
    pub number: usize,
    pub title: String,
    pub body_part: String,
    /// The decision in the letter's word; empty while it is undecided.
    pub decision: String,
    pub denial: Option<Denial>,
    /// The guideline line of the reviewer.
    pub guideline: String,
    pub rationale: String,
    /// The day of the decision, where the letter has one.
    pub decided_on: Option<Date>,
    pub facts: CaseFacts,
}

/// What is true of one case alone, and has no business in the letter of another.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CaseFacts {
    /// Of the case and the claim.
    pub numbers: Vec<String>,
    /// Of the people of the case, as they are written in the form.
    pub names: Vec<String>,
}

/// What is kept of an item, and what it is found by.
pub(super) struct IndexedItem {
    pub item: EarlierItem,
    pub treatments: BTreeSet<String>,
    pub parts: BTreeSet<String>,
}

impl CaseFacts {
    /// Those of a letter.
    pub fn of(letter: &Letter) -> Self {
        let parties = &letter.parties;
        let numbers = [&letter.case.number, &parties.claim_number];
        let names = [&parties.employee, &parties.provider, &parties.attorney];
        Self { numbers: filled(&numbers), names: filled(&names) }
    }
}

fn filled(values: &[&String]) -> Vec<String> {
    let values = values.iter().map(|value| value.trim());
    values.filter(|value| !value.is_empty()).map(str::to_owned).collect()
}

/// Every item of a draft that says what was asked for.
pub(super) fn items(
    path: &Path,
    draft: &Draft,
    template: Option<&Template>,
    library: &Library,
) -> Vec<IndexedItem> {
    let letter = &draft.letter;
    let facts = CaseFacts::of(letter);
    let mut items = Vec::new();
    for (place, item) in letter.items.iter().enumerate() {
        let title = title(&item.title);
        if title.is_empty() {
            continue;
        }
        items.push(IndexedItem {
            treatments: treatments(library, &title),
            parts: named_parts(library, &title, &item.body_part),
            item: EarlierItem {
                path: path.to_owned(),
                case_number: letter.case.number.trim().to_owned(),
                number: place + 1,
                body_part: item.body_part.clone(),
                decision: decision(item, template),
                denial: template.and_then(|template| template.denial(&item.decision)),
                guideline: works(item),
                rationale: rationale(item),
                decided_on: letter.case.decision_date.understood().copied(),
                facts: facts.clone(),
                title,
            },
        });
    }
    items
}

/// The decision in the template's word, or its key where the template is not known.
fn decision(item: &Item, template: Option<&Template>) -> String {
    let key = &item.decision.0;
    match template.and_then(|template| template.head().outcome(key)) {
        Some(outcome) => outcome.word.clone(),
        None => key.clone(),
    }
}

fn works(item: &Item) -> String {
    guideline(&item.reviewer_guideline, GuidelineForm::Works, Citer::ExpertReviewer)
}

/// The item's own rationale, or those of its reviewers.
fn rationale(item: &Item) -> String {
    let opinions = item.opinions.iter().map(|opinion| opinion.rationale.trim());
    let all = std::iter::once(item.rationale.trim()).chain(opinions);
    all.filter(|words| !words.is_empty()).collect::<Vec<_>>().join("\n\n")
}
