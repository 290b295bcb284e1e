//! Finding words in the whole letter, and putting others in their place.

mod matching;
mod replacing;

pub use matching::FindQuery;
pub use replacing::replace;

use crate::diagnostic::TextRange;
use crate::letter::fields::Value;
use crate::letter::{FieldPath, Guideline, Letter, Source};
use crate::template::Template;

/// Words that were found.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundWords {
    pub path: FieldPath,
    /// Which of the field's values: most have one.
    pub part: usize,
    /// Where in that value.
    pub range: TextRange,
    /// The whole value.
    pub text: String,
    /// They come from a list of works and cannot be changed word by word.
    pub is_fixed: bool,
}

impl FoundWords {
    /// Whether its value is the text of its field, so that a range of it can be selected.
    pub fn is_selectable(&self, template: &Template) -> bool {
        use crate::letter::fields::Kind;
        let field = template.field(self.path.pattern());
        field.is_some_and(|field| !matches!(field.kind, Kind::Many | Kind::Guideline))
    }
}

/// Every place of the letter that has the words, in the order of the form.
pub fn find(
    template: &Template,
    letter: &Letter,
    query: &FindQuery,
    only: Option<&FieldPath>,
) -> Vec<FoundWords> {
    if query.text.is_empty() {
        return Vec::new();
    }
    let mut places: Vec<_> = template.places(letter).collect();
    places.sort_by_cached_key(|(_, path)| template.position_in_form(letter, path));
    let mut found = Vec::new();
    for (field, path) in places {
        if only.is_some_and(|only| *only != path) {
            continue;
        }
        let Some(value) = field.value(letter, &path) else { continue };
        for (part, (text, is_fixed)) in parts(&value).into_iter().enumerate() {
            for range in query.find_in(&text) {
                let (path, text) = (path.clone(), text.clone());
                found.push(FoundWords { path, part, range, text, is_fixed });
            }
        }
    }
    found
}

/// The texts of a value, and whether each is one that cannot be changed word by word.
fn parts(value: &Value<'_>) -> Vec<(String, bool)> {
    match value {
        Value::Text(text) => vec![((*text).to_owned(), false)],
        Value::Date(entry) => vec![(entry.show(), false)],
        Value::Number(entry) => vec![(entry.show(), false)],
        Value::Money(entry) => vec![(entry.show(), false)],
        Value::Many(values) => {
            values.iter().map(|value| (value.clone(), false)).collect()
        }
        Value::Guideline(Guideline::AsWritten(line)) => vec![(line.clone(), false)],
        Value::Guideline(Guideline::None { reason }) => vec![(reason.clone(), false)],
        Value::Guideline(Guideline::Cited(works)) => {
            works.iter().map(work_in_words).collect()
        }
        Value::Choice(_) | Value::YesNo(_) => Vec::new(),
    }
}

fn work_in_words(source: &Source) -> (String, bool) {
    match source {
        Source::NonMtus(work) => (work.clone(), false),
        other => (super::suggest::words(other), true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::{Entry, Group};

    /// A letter with the word in a text, a list, a citation and a date's place.
    fn letter() -> Letter {
        let mut letter = Letter::default();
        letter.add_row(Group::Items, None);
        letter.summary = "Knee pain. The KNEE brace and kneecap.".into();
        letter.case.treatments_requested = vec!["Knee MRI".into(), "Other".into()];
        letter.case.decision_date = Entry::read("3/26/2017");
        letter.items[0].rationale = "No knee.".into();
        letter.items[0].reviewer_guideline = Guideline::Cited(vec![
            Source::NonMtus("ODG, Knee, 2016".into()),
            Source::Mtus {
                title: "Knee Complaints".into(),
                year: Some(2004),
                acoem_chapter: Some(13),
                sections: Vec::new(),
            },
        ]);
        letter
    }

    fn query(text: &str) -> FindQuery {
        FindQuery { text: text.into(), ..FindQuery::default() }
    }

    fn found(letter: &Letter, query: &FindQuery) -> Vec<FoundWords> {
        find(Template::built_in("imr-2014").unwrap(), letter, query, None)
    }

    #[test]
    fn words_are_found_in_every_field_in_the_order_of_the_form() {
        let letter = letter();
        let all = found(&letter, &query("knee"));
        let places: Vec<(&str, usize, bool)> = all
            .iter()
            .map(|one| (one.path.pattern(), one.part, one.is_fixed))
            .collect();
        let expected = [
            ("case.treatments_requested", 0, false),
            ("summary", 0, false),
            ("summary", 0, false),
            ("summary", 0, false),
            ("items[].reviewer_guideline", 0, false),
            ("items[].reviewer_guideline", 1, true),
            ("items[].rationale", 0, false),
        ];
        assert_eq!(places, expected);
        assert_eq!(found(&letter, &query("03/26")).len(), 1);
        let only = FieldPath::new("summary", &[]);
        let template = Template::built_in("imr-2014").unwrap();
        assert_eq!(find(template, &letter, &query("knee"), Some(&only)).len(), 3);
    }

    #[test]
    fn all_are_replaced_but_what_is_fixed() {
        let mut letter = letter();
        let template = Template::built_in("imr-2014").unwrap();
        let whole = FindQuery { whole_word: true, ..query("knee") };
        let all = found(&letter, &whole);
        let count = replace(&mut letter, template, &all, "elbow");
        assert_eq!(count, 5);
        assert_eq!(letter.summary, "elbow pain. The elbow brace and kneecap.");
        assert_eq!(letter.case.treatments_requested[0], "elbow MRI");
        assert_eq!(letter.items[0].rationale, "No elbow.");
        let Guideline::Cited(works) = &letter.items[0].reviewer_guideline else {
            panic!("the line is cited")
        };
        assert_eq!(works[0], Source::NonMtus("ODG, elbow, 2016".into()));
        assert!(
            matches!(&works[1], Source::Mtus { title, .. } if title.starts_with('K'))
        );
        let year = found(&letter, &query("2017"));
        assert_eq!(replace(&mut letter, template, &year, "2018"), 1);
        assert_eq!(letter.case.decision_date.show(), "03/26/2018");
    }

    #[test]
    fn what_has_changed_since_it_was_found_is_left_alone() {
        let mut letter = letter();
        let template = Template::built_in("imr-2014").unwrap();
        let all = found(&letter, &query("knee"));
        letter.summary = "Knee pain, rewritten.".into();
        replace(&mut letter, template, &all, "elbow");
        assert_eq!(letter.summary, "Knee pain, rewritten.");
    }
}
