//! Fixes carried out: each is a few changes to fields, and nothing is changed where one
//! of them does not fit.

use std::cmp::Reverse;

use crate::diagnostic::{Change, Edit, Fix, TextRange};
use crate::letter::fields::Slot;
use crate::letter::{Guideline, Letter};
use crate::template::Template;

/// Carries out a fix on the letter that it was found for. Returns whether it fitted; the
/// letter is as before if not.
pub fn apply_fix(letter: &mut Letter, template: &Template, fix: &Fix) -> bool {
    let mut fixed = letter.clone();
    let mut edits: Vec<&Edit> = fix.edits.iter().collect();
    // From the end, so that no change moves the place of the next.
    edits.sort_by_key(|edit| Reverse(start(edit)));
    let mut edits = edits.into_iter();
    let fits = edits.all(|edit| apply_edit(&mut fixed, template, edit).is_some());
    if fits {
        *letter = fixed;
    }
    fits
}

fn start(edit: &Edit) -> usize {
    match &edit.change {
        Change::Words(range, _) => range.start,
        Change::NoCitation(place) => *place,
        Change::Whole(_) | Change::Citation(..) | Change::Withheld(_) => 0,
    }
}

fn apply_edit(letter: &mut Letter, template: &Template, edit: &Edit) -> Option<()> {
    if let Change::Withheld(names) = &edit.change {
        letter.withheld.clone_from(names);
        return Some(());
    }
    let field = template.field(edit.path.pattern())?;
    let slot = field.slot(letter, &edit.path)?;
    match (&edit.change, slot) {
        (Change::Words(range, words), Slot::Text(text)) => {
            *text = replaced(text, *range, words)?;
        }
        (Change::Whole(words), slot) => slot.write(words),
        (
            Change::Citation(place, source),
            Slot::Guideline(Guideline::Cited(citations)),
        ) => {
            *citations.get_mut(*place)? = source.clone();
        }
        (Change::NoCitation(place), Slot::Guideline(Guideline::Cited(citations)))
            if *place < citations.len() =>
        {
            citations.remove(*place);
        }
        (Change::Citation(0, source), Slot::Guideline(line)) => {
            *line = Guideline::Cited(vec![source.clone()]);
        }
        _ => return None,
    }
    Some(())
}

/// The text with other words in place of these; none where it does not have them.
fn replaced(text: &str, range: TextRange, words: &str) -> Option<String> {
    text.get(range.start..range.end)?;
    Some([&text[..range.start], words, &text[range.end..]].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::FieldPath;

    fn edit(pattern: &str, change: Change) -> Edit {
        Edit { path: FieldPath::new(pattern, &[]), change }
    }

    #[test]
    fn a_fix_is_applied_whole_or_not_at_all() {
        let template = Template::built_in("imr-2017").unwrap();
        let mut letter =
            Letter { summary: "é Shé said hé".into(), ..Letter::default() };
        let words = |range: std::ops::Range<usize>, words: &str| {
            edit("summary", Change::Words(range.into(), words.into()))
        };
        let both = Fix {
            label: String::new(),
            edits: vec![words(3..7, "He"), words(13..16, "she")],
        };
        assert!(apply_fix(&mut letter, template, &both));
        assert_eq!(letter.summary, "é He said she");
        let date = edit("case.decision_date", Change::Whole("01/02/2017".into()));
        let too_far =
            Fix { label: String::new(), edits: vec![date.clone(), words(40..41, "x")] };
        assert!(!apply_fix(&mut letter, template, &too_far));
        assert!(letter.case.decision_date.is_empty());
        assert!(apply_fix(
            &mut letter,
            template,
            &Fix { label: String::new(), edits: vec![date] }
        ));
        assert_eq!(letter.case.decision_date.show(), "01/02/2017");
    }
}
