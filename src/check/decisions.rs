//! Decisions and what they hang together with.

use super::input::FormPlace;
use super::wording::{capitalized, shortened};
use super::{Finding, Findings, Input, Overriding, Rule};
use crate::diagnostic::Severity;
use crate::letter::fields::{Options, Value};
use crate::letter::phrasing::{
    and_list, is_surgery, or_list, says_that_the_surgery_is_refused,
};
use crate::letter::{Denial, FieldPath, Id, Item};
use crate::template::{Family, Items};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "L013",
        name: "dependant",
        severity: Severity::Error,
        family: Family::Decisions,
        summary: "A rationale that says the surgery is not necessary goes with a surgery \
            that was denied",
        help: "An item that goes with a surgery is denied because the surgery is. So the \
            surgery must be in the letter, be a surgery, and be denied.",
        find: dependant_rationale,
        ..Rule::DEFAULT
    },
    Rule {
        id: "L061",
        name: "decision",
        severity: Severity::Error,
        family: Family::Decisions,
        summary: "Every decision is one that the template has",
        help: "Templates have their own words for decisions. A change of template can \
            leave an old decision in place.",
        overriding: Overriding::Never,
        find: unknown,
        ..Rule::DEFAULT
    },
    Rule {
        id: "L062",
        name: "goes-with",
        severity: Severity::Error,
        family: Family::Decisions,
        summary: "No item goes only with itself or with an item that is not in the \
            letter",
        help: "The item that this one goes with must be another item of the same letter, \
            and none may go with itself by way of others.",
        overriding: Overriding::Never,
        find: dependence,
        ..Rule::DEFAULT
    },
    Rule {
        id: "L065",
        name: "one-item",
        severity: Severity::Error,
        family: Family::Completeness,
        summary: "A letter with one decision has one item",
        help: "If the letter has one decision, two items would get the same answer.",
        overriding: Overriding::Never,
        find: one_item,
        ..Rule::DEFAULT
    },
];

/// A decision can be left over when the letter gets another template.
fn unknown(input: &Input<'_>, findings: &mut Findings) {
    let head = input.template.head();
    let words: Vec<&str> =
        head.outcomes.iter().map(|outcome| outcome.word.as_str()).collect();
    for FormPlace { field, path, value } in input.places() {
        let Value::Choice(key) = value else { continue };
        let is_decision = field.options == Options::Outcomes;
        if !is_decision || key.is_empty() || head.outcome(key).is_some() {
            continue;
        }
        let message = format!(
            "{} is \"{}\", which this template does not have",
            capitalized(&input.field_name(field, path)),
            shortened(key)
        );
        let hint = format!("Choose {}", or_list(&words));
        findings.push(Finding::new(path.clone(), message, hint));
    }
}

fn one_item(input: &Input<'_>, findings: &mut Findings) {
    if input.template.head().items != Items::One {
        return;
    }
    if let Some(second) = input.letter.items.get(1) {
        findings.push(Finding::new(
            FieldPath::new("items[].request", &[second.id]),
            "This template decides one item, but there are more",
            "Combine them into one, or remove the others",
        ));
    }
}

fn dependant_rationale(input: &Input<'_>, findings: &mut Findings) {
    for item in &input.letter.items {
        if !says_that_the_surgery_is_refused(&item.rationale) {
            continue;
        }
        let path = FieldPath::new("items[].rationale", &[item.id]);
        let (fault, hint) = match surgery_of(input, item) {
            Surgery::Refused => continue,
            Surgery::Missing => (
                "there is no such surgery in the letter".to_owned(),
                "Give reasons for this item, or choose its surgery",
            ),
            Surgery::Granted(surgery) => {
                (format!("{surgery} was not denied"), "Give reasons for this item")
            }
        };
        let message = format!(
            "The rationale of {} says that the surgery is not necessary, but {fault}",
            input.row_name(&path)
        );
        findings.push(Finding::new(path, message, hint));
    }
}

/// What became of the surgery that an item goes with.
enum Surgery {
    Refused,
    Missing,
    /// Its denial does not stand; the item's name.
    Granted(String),
}

/// The surgery that the item goes with; where none is chosen, any other one in the
/// letter.
fn surgery_of(input: &Input<'_>, item: &Item) -> Surgery {
    let mut first = None;
    for other in &input.letter.items {
        let is_meant = match item.depends_on {
            Some(wanted) => other.id == wanted,
            None => other.id != item.id,
        };
        if !is_meant || !is_surgery(other) {
            continue;
        }
        // That it is undecided is another rule's matter.
        if other.decision.0.is_empty()
            || input.template.denial(&other.decision) == Some(Denial::Stands)
        {
            return Surgery::Refused;
        }
        first = first.or(Some(other.id));
    }
    match first {
        Some(id) => {
            Surgery::Granted(input.row_name(&FieldPath::new("items[].request", &[id])))
        }
        None => Surgery::Missing,
    }
}

fn dependence(input: &Input<'_>, findings: &mut Findings) {
    if !input.asks_for("items[].depends_on") {
        return;
    }
    for item in &input.letter.items {
        findings.extend(dependence_of(input, item));
    }
}

fn dependence_of(input: &Input<'_>, item: &Item) -> Option<Finding> {
    let wanted = item.depends_on?;
    let path = FieldPath::new("items[].depends_on", &[item.id]);
    let name = capitalized(&input.row_name(&path));
    let message = if input.letter.item(wanted).is_none() {
        format!("{name} goes with an item that is not in the letter")
    } else if wanted == item.id {
        format!("{name} goes with itself")
    } else {
        format!("{} go with each other in a circle", circle(input, item)?)
    };
    let hint = "Choose the surgery that the item goes with, or none";
    Some(Finding::new(path, message, hint))
}

/// The items of a circle that `first` opens, in words: a circle is reported once, at its
/// first item in the letter.
fn circle(input: &Input<'_>, first: &Item) -> Option<String> {
    let items = &input.letter.items;
    let position = |id: Id| items.iter().position(|item| item.id == id);
    let mut members = vec![position(first.id)?];
    let mut next = first.depends_on?;
    while next != first.id {
        let place = position(next)?;
        // A circle further on, which this item only leads into.
        if members.contains(&place) {
            return None;
        }
        members.push(place);
        next = items[place].depends_on?;
    }
    if members.iter().any(|place| *place < members[0]) {
        return None;
    }
    members.sort_unstable();
    let numbers: Vec<String> =
        members.iter().map(|place| (place + 1).to_string()).collect();
    Some(format!("Items {}", and_list(&numbers)))
}
