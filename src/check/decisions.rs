//! Decisions and what they hang together with.

use super::wording::{place, row, sentence, shortened};
use super::{Finding, Input};
use crate::letter::fields::{Options, Value};
use crate::letter::phrasing::{
    and_list, is_surgery, or_list, says_that_the_surgery_is_refused,
};
use crate::letter::{Denial, FieldPath, Id, Item};
use crate::template::Items;

/// L061: decisions that the letter kind does not know, as after a change of the kind.
pub(super) fn unknown(input: &Input<'_>) -> Vec<Finding> {
    let head = input.template.head();
    let words: Vec<&str> =
        head.outcomes.iter().map(|outcome| outcome.word.as_str()).collect();
    let decisions = input
        .places()
        .filter(|(field, ..)| field.options == Options::Outcomes);
    let findings = decisions.filter_map(|(field, path, value)| match value {
        Value::Choice(key) if !key.is_empty() && head.outcome(&key).is_none() => {
            let place = sentence(&place(input.letter, field, &path));
            let message = format!(
                "{place} is \"{}\", which this letter kind does not have",
                shortened(&key)
            );
            Some(Finding::new(path, message, format!("Choose {}", or_list(&words))))
        }
        _ => None,
    });
    findings.collect()
}

/// L065: a letter kind that decides one thing decides one item.
pub(super) fn one_item(input: &Input<'_>) -> Vec<Finding> {
    let extra = input
        .letter
        .items
        .get(1)
        .filter(|_| input.template.head().items == Items::One);
    let finding = extra.map(|item| {
        let message = "This letter kind decides one item, and there are more".to_owned();
        Finding::new(
            FieldPath::new("items[].request", &[item.id]),
            message,
            "Put them into one, or take the others out",
        )
    });
    finding.into_iter().collect()
}

/// L013: the rationale of what goes with a refused surgery.
pub(super) fn dependant_text(input: &Input<'_>) -> Vec<Finding> {
    let items = input
        .letter
        .items
        .iter()
        .filter(|item| says_that_the_surgery_is_refused(&item.rationale));
    let findings = items.filter_map(|item| {
        let path = FieldPath::new("items[].rationale", &[item.id]);
        let name = row(input.letter, &path)?;
        let said = format!(
            "The rationale of {name} says that the surgery is not necessary, and"
        );
        let (message, hint) = match refused_surgery(input, item) {
            Ok(()) => return None,
            Err(Refusal::NoSurgery) => (
                format!("{said} the letter has no such surgery"),
                "Give this item's own reasons, or choose its surgery",
            ),
            Err(Refusal::Granted(surgery)) => (
                format!("{said} {surgery} is decided otherwise"),
                "Give this item's own reasons",
            ),
        };
        Some(Finding::new(path, message, hint))
    });
    findings.collect()
}

/// Why the usual rationale of a dependant does not fit an item.
enum Refusal {
    NoSurgery,
    /// The surgery's denial does not stand; the item's name.
    Granted(String),
}

/// Whether the surgery that the item goes with was refused; where none is chosen, any
/// other one in the letter.
fn refused_surgery(input: &Input<'_>, item: &Item) -> Result<(), Refusal> {
    let others = input.letter.items.iter().filter(|other| match item.depends_on {
        Some(wanted) => other.id == wanted,
        None => other.id != item.id,
    });
    let surgeries: Vec<&Item> = others.filter(|other| is_surgery(other)).collect();
    let first = surgeries.first().ok_or(Refusal::NoSurgery)?;
    let stands = |surgery: &&Item| {
        // Undecided is another rule's matter.
        surgery.decision.0.is_empty()
            || input.template.denial(&surgery.decision) == Some(Denial::Stands)
    };
    if surgeries.iter().any(stands) {
        return Ok(());
    }
    let name = row(input.letter, &FieldPath::new("items[].request", &[first.id]));
    Err(Refusal::Granted(name.unwrap_or_default()))
}

/// L062: what an item is said to be needed only with.
pub(super) fn dependence(input: &Input<'_>) -> Vec<Finding> {
    let items = input
        .letter
        .items
        .iter()
        .filter(|_| input.asks_for("items[].depends_on"));
    items.filter_map(|item| dependence_of(input, item)).collect()
}

fn dependence_of(input: &Input<'_>, item: &Item) -> Option<Finding> {
    let wanted = item.depends_on?;
    let path = FieldPath::new("items[].depends_on", &[item.id]);
    let name = row(input.letter, &path)?;
    let message = if input.letter.item(wanted).is_none() {
        format!(
            "{} is needed only with an item that is not in the letter",
            sentence(&name)
        )
    } else if wanted == item.id {
        format!("{} is said to be needed only with itself", sentence(&name))
    } else {
        format!("{} are each needed only with another of them", circle(input, item)?)
    };
    Some(Finding::new(
        path,
        message,
        "Choose the surgery that the item goes with, or none",
    ))
}

/// The items of a circle that `first` opens, in words: a circle is told once, at its
/// first item in the letter.
fn circle(input: &Input<'_>, first: &Item) -> Option<String> {
    let position = |id: Id| input.letter.items.iter().position(|item| item.id == id);
    let mut members = vec![position(first.id)?];
    let mut next = first.depends_on?;
    while next != first.id {
        let place = position(next)?;
        // A circle further on, which this item only leads into.
        if members.contains(&place) {
            return None;
        }
        members.push(place);
        next = input.letter.items[place].depends_on?;
    }
    let is_first = members.iter().all(|&place| place >= members[0]);
    members.sort_unstable();
    let positions: Vec<String> =
        members.iter().map(|place| (place + 1).to_string()).collect();
    is_first.then(|| format!("Items {}", and_list(&positions)))
}
