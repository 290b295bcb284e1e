//! What a letter says that a snippet can have in it.

use crate::letter::grammar::{article, sentence_case};
use crate::letter::{Entry, Item, Letter, Sex, us_date};
use crate::template::Template;

/// The letter, and the item that is written about.
#[derive(Clone, Copy)]
pub struct SnippetFacts<'a> {
    pub letter: &'a Letter,
    pub template: &'a Template,
    pub item: Option<&'a Item>,
}

/// The names that a snippet can have in braces, as Settings lists them.
pub const NAMES: &[&str] = &[
    "age",
    "an age",
    "sex",
    "he",
    "him",
    "his",
    "item",
    "body part",
    "side",
    "decision",
    "date of injury",
    "denial date",
    "decision date",
    "case number",
];

impl SnippetFacts<'_> {
    /// What a name stands for; `None` where it is no fact or the letter does not say it. A
    /// name with a capital gives words with one.
    pub fn get(&self, name: &str) -> Option<String> {
        let words = self.known(&name.to_lowercase())?;
        let begins_sentence = name.starts_with(char::is_uppercase);
        Some(if begins_sentence { sentence_case(&words) } else { words })
    }

    fn known(&self, name: &str) -> Option<String> {
        let case = &self.letter.case;
        let words = match name {
            "age" => self.age()?,
            "an age" => article(&self.age()?),
            "sex" => match self.letter.claimant.sex {
                Sex::Female => "female".into(),
                Sex::Male => "male".into(),
                Sex::Unstated | Sex::X => return None,
            },
            "he" | "she" => self.pronoun(["he", "she", "they", "the claimant"]),
            "him" => self.pronoun(["him", "her", "them", "the claimant"]),
            "his" => self.pronoun(["his", "her", "their", "the claimant's"]),
            "item" => self.item?.title.request.trim().to_owned(),
            "body part" => self.item?.body_part.to_lowercase(),
            "side" => side(&self.item?.title.request)?.to_owned(),
            "decision" => self.decision()?,
            "date of injury" => date(&case.date_of_injury)?,
            "denial date" => date(&case.ur_denial_date)?,
            "decision date" => date(&case.decision_date)?,
            "case number" => case.number.trim().to_owned(),
            _ => return None,
        };
        (!words.is_empty()).then_some(words)
    }

    fn age(&self) -> Option<String> {
        self.letter.claimant.age.understood().map(u32::to_string)
    }

    /// Of he, she, they and a noun the one that fits.
    fn pronoun(&self, words: [&str; 4]) -> String {
        let place = match self.letter.claimant.sex {
            Sex::Male => 0,
            Sex::Female => 1,
            Sex::X => 2,
            Sex::Unstated => 3,
        };
        words[place].to_owned()
    }

    fn decision(&self) -> Option<String> {
        let outcome = self.template.head().outcome(&self.item?.decision.0)?;
        Some(outcome.word.clone())
    }
}

fn date(entry: &Entry<jiff::civil::Date>) -> Option<String> {
    entry.understood().map(|&date| us_date(date))
}

/// The side that a title speaks of, if it is one.
fn side(title: &str) -> Option<&'static str> {
    let mut found = None;
    for word in title.split(|letter: char| !letter.is_alphabetic()) {
        for side in ["left", "right", "bilateral"] {
            if word.eq_ignore_ascii_case(side) {
                if found.is_some_and(|other| other != side) {
                    return None;
                }
                found = Some(side);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::Group;

    #[test]
    fn each_name_gives_what_the_letter_says() {
        let template = Template::built_in("imr-2017").unwrap();
        let mut letter = Letter::default();
        let id = letter.add_row(Group::Items, None);
        letter.claimant.age = Entry::read("18");
        letter.claimant.sex = Sex::Female;
        letter.case.date_of_injury = Entry::read("3/26/09");
        letter.items[0].title.request = "MRI of the Left knee".into();
        letter.items[0].body_part = "Knee".into();
        letter.items[0].decision.0 = "upheld".into();
        let facts = SnippetFacts { letter: &letter, template, item: letter.item(id) };
        for (name, expected) in [
            ("age", Some("18")),
            ("an age", Some("an 18")),
            ("sex", Some("female")),
            ("He", Some("She")),
            ("his", Some("her")),
            ("item", Some("MRI of the Left knee")),
            ("body part", Some("knee")),
            ("side", Some("left")),
            ("decision", Some("Upheld")),
            ("date of injury", Some("03/26/2009")),
            ("denial date", None),
            ("number of visits", None),
        ] {
            assert_eq!(facts.get(name).as_deref(), expected, "{name}");
        }
        for name in NAMES {
            let is_known = facts.get(name).is_some();
            let is_dated = name.ends_with("date") || *name == "case number";
            assert!(is_known || is_dated || *name == "him", "{name}");
        }
        assert_eq!(side("Right and left knee"), None);
    }
}
