//! Items that are in the letter twice, and rationales that are another item's.

use super::text::word_count;
use super::wording::capitalized;
use super::{Finding, Findings, Input, Reads, Rule};
use crate::diagnostic::Severity;
use crate::letter::phrasing::{says_that_the_surgery_is_refused, title};
use crate::letter::{FieldPath, Item};
use crate::template::Family;

pub(super) const RULES: &[Rule] = &[Rule {
    id: "L014",
    reads: &[Reads::Reasons, Reads::Titles],
    name: "twice",
    severity: Severity::Warning,
    family: Family::Decisions,
    summary: "No item is in the letter twice, and each has its own reasons",
    help: "Compares titles, and rationales of more than 30 words, ignoring \
        punctuation. It is a note if both items are the same treatment with the same \
        decision, which can have the same reasons.",
    find: repeated,
    ..Rule::DEFAULT
}];

/// Shorter rationales can be the same with reason.
const LONG: usize = 30;

fn repeated(input: &Input<'_>, findings: &mut Findings) {
    let items: Vec<PlainItem<'_>> =
        input.letter.items.iter().map(PlainItem::of).collect();
    for (place, item) in items.iter().enumerate() {
        let before = &items[..place];
        if let Some(other) = before.iter().find(|other| item.has_title_of(other)) {
            findings.push(same_title(input, item.item, other.item));
            continue;
        }
        let mut alike = before.iter();
        let first = alike.find(|other| item.has_rationale_of(other));
        // What many items share is reported at the second of them.
        if let Some(other) = first
            && !alike.any(|other| item.has_rationale_of(other))
        {
            findings.push(same_rationale(input, item.item, other.item));
        }
    }
}

/// An item with its words alone, without capitals and punctuation.
struct PlainItem<'a> {
    item: &'a Item,
    title: String,
    rationale: String,
}

impl<'a> PlainItem<'a> {
    fn of(item: &'a Item) -> Self {
        Self {
            item,
            title: plain(&title(&item.title)),
            rationale: plain(&item.rationale),
        }
    }

    fn has_title_of(&self, other: &Self) -> bool {
        !self.title.is_empty() && self.title == other.title
    }

    fn has_rationale_of(&self, other: &Self) -> bool {
        self.rationale == other.rationale
            && word_count(&self.rationale) > LONG
            && !says_that_the_surgery_is_refused(&self.item.rationale)
    }
}

fn plain(text: &str) -> String {
    let mut plain = String::new();
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        if !word.is_empty() && !plain.is_empty() {
            plain.push(' ');
        }
        plain += &word.to_lowercase();
    }
    plain
}

fn same_title(input: &Input<'_>, item: &Item, other: &Item) -> Finding {
    let (path, place) = (request_of(item), request_of(other));
    let message = format!(
        "{} asks for the same as {}",
        capitalized(&input.row_name(&path)),
        input.row_name(&place)
    );
    let hint = "Remove one of them, or say in the titles how they differ";
    Finding::new(path, message, hint).also_at(place)
}

fn same_rationale(input: &Input<'_>, item: &Item, other: &Item) -> Finding {
    let [path, place] =
        [item, other].map(|item| FieldPath::new("items[].rationale", &[item.id]));
    let message = format!(
        "The rationale of {} is identical to that of {}",
        input.row_name(&path),
        input.row_name(&place)
    );
    // Where both decide alike on the same kind of treatment, one reason may do for both.
    let [treatment, other_treatment] = [item, other].map(|item| {
        plain(&input.library.treatments().named_in(&title(&item.title)).join(" "))
    });
    let is_natural = item.decision == other.decision && treatment == other_treatment;
    let severity = if is_natural { Severity::Note } else { Severity::Warning };
    let hint = "Give each item its own reasons, or leave it if they are the same";
    Finding::new(path, message, hint)
        .with_severity(severity)
        .also_at(place)
}

fn request_of(item: &Item) -> FieldPath {
    FieldPath::new("items[].request", &[item.id])
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{letter, said};

    #[test]
    fn nothing_is_in_the_letter_twice() {
        assert_eq!(
            said(&letter(&["MRI of the left knee", "MRI of the right knee"]), "L014"),
            [""; 0]
        );
        assert_eq!(
            said(&letter(&["MRI, left knee", "EMG", "MRI left knee."]), "L014"),
            ["Warning [items[3].request] Item 3 asks for the same as item 1",]
        );
        let mut same = letter(&["MRI of the knee", "Norco #30"]);
        same.items
            .iter_mut()
            .for_each(|item| item.rationale = "So it is. ".repeat(11));
        let message = "[items[2].rationale] The rationale of item 2 is identical to \
            that of item 1";
        assert_eq!(said(&same, "L014"), [format!("Warning {message}")]);
        same.items[1].title.request = "MRI of the hip".into();
        assert_eq!(said(&same, "L014"), [format!("Note {message}")]);
        same.items.push(same.items[0].clone());
        same.items[2].title.request = "MRI of the foot".into();
        assert_eq!(said(&same, "L014"), [format!("Note {message}")]);
        same.items
            .iter_mut()
            .for_each(|item| item.rationale = "So it is. ".repeat(10));
        assert_eq!(said(&same, "L014"), [""; 0]);
    }
}
