//! Decisions and what they hang together with.

use super::wording::{place, row, sentence, shortened};
use super::{Finding, Matter};
use crate::diagnostic::FieldPath;
use crate::letter::fields::{Options, Value};
use crate::letter::phrasing::{and_list, or_list};
use crate::letter::{Id, Item};

/// L061: decisions that the letter kind does not know, as after a change of the kind.
pub fn unknown(matter: &Matter<'_>) -> Vec<Finding> {
    let head = matter.template.head();
    let words: Vec<&str> = head.outcomes.iter().map(|outcome| outcome.word.as_str()).collect();
    let decisions = matter.places().filter(|(field, ..)| field.options == Options::Outcomes);
    let findings = decisions.filter_map(|(field, path, value)| match value {
        Value::Choice(key) if !key.is_empty() && head.outcome(&key).is_none() => {
            let place = sentence(&place(matter.letter, field, &path));
            let message = format!("{place} is \"{}\", which this letter kind does not have", shortened(&key));
            Some(Finding::new(path, message, format!("Choose {}", or_list(&words))))
        }
        _ => None,
    });
    findings.collect()
}

/// L062: what an item is said to be needed only with.
pub fn dependence(matter: &Matter<'_>) -> Vec<Finding> {
    let items = matter.letter.items.iter().filter(|_| matter.asks_for("items[].depends_on"));
    items.filter_map(|item| dependence_of(matter, item)).collect()
}

fn dependence_of(matter: &Matter<'_>, item: &Item) -> Option<Finding> {
    let wanted = item.depends_on?;
    let path = FieldPath::new("items[].depends_on", &[item.id]);
    let name = row(matter.letter, &path)?;
    let message = if matter.letter.item(wanted).is_none() {
        format!("{} is needed only with an item that is not in the letter", sentence(&name))
    } else if wanted == item.id {
        format!("{} is said to be needed only with itself", sentence(&name))
    } else {
        format!("{} are each needed only with another of them", circle(matter, item)?)
    };
    Some(Finding::new(path, message, "Choose the surgery that the item goes with, or none"))
}

/// The items of a circle that `first` opens, in words: a circle is told once, at its first item in the letter.
fn circle(matter: &Matter<'_>, first: &Item) -> Option<String> {
    let position = |id: Id| matter.letter.items.iter().position(|item| item.id == id);
    let mut members = vec![position(first.id)?];
    let mut next = first.depends_on?;
    while next != first.id {
        let place = position(next)?;
        // A circle further on, which this item only leads into.
        if members.contains(&place) {
            return None;
        }
        members.push(place);
        next = matter.letter.items[place].depends_on?;
    }
    let is_first = members.iter().all(|&place| place >= members[0]);
    members.sort_unstable();
    let positions: Vec<String> = members.iter().map(|place| (place + 1).to_string()).collect();
    is_first.then(|| format!("Items {}", and_list(&positions)))
}
