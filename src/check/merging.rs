//! The same finding in several items: said once, with the items that it is about.

use crate::diagnostic::{Action, Anchor, Diagnostic, Fix, OverrideState, Severity};
use crate::letter::Letter;
use crate::letter::phrasing::and_list;

use super::wording::{capitalized, row_name};

/// What stands for the item's name where two messages are compared.
const BLANK: &str = "\u{0}";

/// Rules whose findings are about the words of one item's decision, which nobody fixes
/// for several at once.
const APART: &[&str] = &["L010", "L011", "L037"];

/// Findings that say the same of several rows, as one at the first of them. Errors stay
/// apart, because each is fixed or overridden for a reason of its own, and so does what
/// is confirmed place by place.
pub(super) fn merge(diagnostics: &mut Vec<Diagnostic>, letter: &Letter) {
    let mut merged: Vec<Merged> = Vec::new();
    for diagnostic in diagnostics.drain(..) {
        let name = name_in(&diagnostic, letter);
        let same = match &name {
            Some(name) => {
                merged.iter_mut().find(|it| it.says_the_same(&diagnostic, name))
            }
            None => None,
        };
        match (same, name) {
            (Some(same), Some(name)) => same.take_in(diagnostic, name),
            (_, name) => merged.push(Merged { diagnostic, names: Vec::from_iter(name) }),
        }
    }
    diagnostics.extend(merged.into_iter().map(Merged::told));
}

/// The row that a finding is in, if the finding can be merged and its message names the
/// row.
fn name_in(diagnostic: &Diagnostic, letter: &Letter) -> Option<String> {
    let is_confirmed =
        matches!(diagnostic.action, Some(Action::AcceptProposal | Action::MarkAsDone));
    let is_overridden = matches!(diagnostic.override_state, OverrideState::Overridden(_));
    let is_apart =
        diagnostic.severity == Severity::Error || APART.contains(&diagnostic.code);
    if is_apart || is_confirmed || is_overridden {
        return None;
    }
    let Anchor::Field { path, .. } = &diagnostic.anchor else { return None };
    let name = row_name(letter, path)?;
    blanked(&diagnostic.message, &name)?;
    Some(name)
}

struct Merged {
    diagnostic: Diagnostic,
    /// The rows that it is about; of a finding that cannot be merged, none.
    names: Vec<String>,
}

impl Merged {
    fn says_the_same(&self, other: &Diagnostic, name: &str) -> bool {
        let Some(first) = self.names.first() else { return false };
        let own = &self.diagnostic;
        own.code == other.code
            && own.severity == other.severity
            && own.hint == other.hint
            && own.action == other.action
            && own.override_state == other.override_state
            && blanked(&own.message, first) == blanked(&other.message, name)
    }

    fn take_in(&mut self, other: Diagnostic, name: String) {
        let own = &mut self.diagnostic;
        own.others.push(other.anchor);
        own.others.extend(other.others);
        // What fixes all of them; what fixes one alone goes.
        own.fixes.retain_mut(|fix| take_in_edits(fix, &other.fixes));
        if !self.names.contains(&name) {
            self.names.push(name);
        }
    }

    fn told(mut self) -> Diagnostic {
        if let [_, others @ ..] = &self.names[..]
            && !others.is_empty()
        {
            let others = and_list(others);
            self.diagnostic.message =
                format!("{} (also {others})", self.diagnostic.message);
        }
        self.diagnostic
    }
}

/// Adds the edits of the fix that is called the same; whether there is one.
fn take_in_edits(fix: &mut Fix, others: &[Fix]) -> bool {
    let Some(same) = others.iter().find(|other| other.label == fix.label) else {
        return false;
    };
    fix.edits.extend(same.edits.iter().cloned());
    true
}

/// A message without the name of its row, if it has the name.
fn blanked(message: &str, name: &str) -> Option<String> {
    for name in [name.to_owned(), capitalized(name)] {
        let Some(at) = message.find(&name) else { continue };
        let after = &message[at + name.len()..];
        // "Item 2" does not stand in "item 21".
        if !after.starts_with(|c: char| c.is_ascii_digit()) {
            return Some(format!("{}{BLANK}{after}", &message[..at]));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{fixed, found, letter, said};
    use crate::check::{override_for, overrides};
    use crate::template::Template;

    #[test]
    fn the_same_finding_in_several_items_is_said_once() {
        let mut letter = letter(&["MRI", "Norco", "Brace"]);
        for item in &mut letter.items {
            item.rationale = "He had a MRI.".into();
        }
        letter.items[1].rationale = "He had an MRI.".into();
        assert_eq!(
            said(&letter, "L046"),
            ["Warning [a] \"a MRI\" is in the rationale of item 1 (also item 3)"]
        );
        assert_eq!(said(&fixed(&letter, "L046"), "L046"), [""; 0]);
    }

    #[test]
    fn what_was_overridden_alone_stays_so() {
        let mut letter = letter(&["MRI", "Norco"]);
        letter.items[0].rationale = "He had a MRI.".into();
        let template = Template::built_in("imr-2017").expect("it is built in");
        let alone = found(&letter, "L046");
        let given = override_for(&alone[0], &letter, template, "");
        letter.overrides.push(given);
        letter.items[1].rationale = "He had a MRI.".into();
        assert_eq!(
            said(&letter, "L046"),
            [
                "Warning [a] \"a MRI\" is in the rationale of item 1",
                "Warning [a] \"a MRI\" is in the rationale of item 2"
            ]
        );
        let both = found(&letter, "L046");
        assert!(overrides::is_overridable(&both[1], ""));
    }
}
