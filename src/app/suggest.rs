//! What a field offers: the values of a choice, and the words that complete what is being
//! typed.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::letter::fields::{Field, Options};
use crate::letter::{Id, Letter, Source, phrasing};
use crate::library::{Chapter, Library};
use crate::store::settings::WORKS;
use crate::template::Template;

/// How many words are offered at once: as many as are taken in at a glance.
const LIMIT: usize = 10;

/// What was typed where a list is offered, by list: each value, and in how many letters.
pub(super) type TypedValues = BTreeMap<String, BTreeMap<String, u32>>;

/// How often a value has been typed when it is offered.
const OFTEN_ENOUGH: u32 = 2;

/// The values of a list that were typed often.
fn often<'a>(typed: &'a TypedValues, list: &str) -> impl Iterator<Item = &'a String> {
    let typed = typed.get(list).into_iter().flatten();
    typed
        .filter(|(_, letters)| **letters >= OFTEN_ENOUGH)
        .map(|(value, _)| value)
}

/// What a pick list offers, the values that were typed often included.
pub(super) fn list<'a>(
    library: &'a Library,
    typed: &TypedValues,
    name: &str,
) -> Cow<'a, [String]> {
    let known = library.list(name);
    let mut own = often(typed, name).peekable();
    if own.peek().is_none() {
        Cow::Borrowed(known)
    } else {
        known.iter().chain(own).cloned().collect()
    }
}

/// One value of a choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Offer {
    pub key: String,
    pub words: String,
    /// What the words mean, where that is not plain.
    pub meaning: String,
}

impl Offer {
    fn new(key: &str, words: &str) -> Self {
        Self { key: key.to_owned(), words: words.to_owned(), meaning: String::new() }
    }
}

/// The values that a choice can take; `row` is the innermost row that the field lies in.
pub(super) fn choices(
    field: &Field,
    letter: &Letter,
    template: &Template,
    row: Option<Id>,
) -> Vec<Offer> {
    match &field.options {
        Options::Fixed(choices) => {
            choices.iter().map(|(key, words)| Offer::new(key, words)).collect()
        }
        Options::Own(words) => {
            words.iter().map(|words| Offer::new(words, words)).collect()
        }
        Options::Outcomes => outcomes(template),
        Options::OtherItems => other_items(letter, row),
        Options::Reviewers => reviewers(letter),
        Options::Typed | Options::List(_) => Vec::new(),
    }
}

fn outcomes(template: &Template) -> Vec<Offer> {
    let offer = |outcome: &crate::template::Outcome| Offer {
        key: outcome.key.clone(),
        words: outcome.word.clone(),
        meaning: outcome.meaning.clone(),
    };
    template.head().outcomes.iter().map(offer).collect()
}

fn other_items(letter: &Letter, row: Option<Id>) -> Vec<Offer> {
    let items = letter
        .items
        .iter()
        .enumerate()
        .filter(|(_, item)| Some(item.id) != row);
    let offers = items.map(|(place, item)| {
        Offer::new(&item.id.to_string(), &item_name(letter, item.id, place))
    });
    std::iter::once(Offer::new("", "No other item"))
        .chain(offers)
        .collect()
}

/// An item as lists call it: its position and its request.
fn item_name(letter: &Letter, id: Id, place: usize) -> String {
    let request = letter.item(id).map_or("", |item| item.title.request.trim());
    if request.is_empty() {
        format!("Item {}", place + 1)
    } else {
        format!("{}  {request}", place + 1)
    }
}

fn reviewers(letter: &Letter) -> Vec<Offer> {
    let reviewers = letter.reviewers.iter().enumerate();
    let offer = |(place, reviewer): (usize, &crate::letter::Reviewer)| {
        let certifications = phrasing::and_list(&reviewer.certifications);
        Offer::new(
            &reviewer.id.to_string(),
            format!("Reviewer {}  {certifications}", place + 1).trim_end(),
        )
    };
    reviewers.map(offer).collect()
}

/// The words of `list` that fit what was typed, best first: those that begin so, those
/// with a word that begins so, those that hold it. Nothing typed fits all.
pub(super) fn fitting<'a>(
    list: impl IntoIterator<Item = &'a str>,
    typed: &str,
) -> Vec<&'a str> {
    let typed = typed.trim().to_lowercase();
    let mut found: Vec<(usize, &str)> = list
        .into_iter()
        .filter_map(|words| rank(&words.to_lowercase(), &typed).map(|rank| (rank, words)))
        .collect();
    found.sort_by_key(|&(rank, _)| rank);
    found.into_iter().map(|(_, words)| words).take(LIMIT).collect()
}

fn rank(words: &str, typed: &str) -> Option<usize> {
    let begins_a_word = || {
        words
            .split([' ', '-', '/', '(', '·'])
            .any(|word| word.starts_with(typed))
    };
    match () {
        () if words.starts_with(typed) => Some(0),
        () if begins_a_word() => Some(1),
        () if typed.split_whitespace().all(|part| words.contains(part)) => Some(2),
        () => None,
    }
}

/// A work that can be cited, and what the field shows for it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Work {
    pub words: String,
    pub source: Source,
}

/// Every work that can be chosen: the statement about the MTUS, chapters, and chapters
/// with one of their sections.
pub(super) fn works(library: &Library, typed: &TypedValues) -> Vec<Work> {
    let outside = Work { words: OUTSIDE.to_owned(), source: Source::OutsideMtus };
    let chapters = library.chapters().iter().map(|chapter| work(chapter, None));
    let sections = library.chapters().iter().flat_map(|chapter| {
        chapter
            .sections
            .iter()
            .map(move |section| work(chapter, Some(section)))
    });
    let own = often(typed, WORKS)
        .map(|work| Work { words: work.clone(), source: Source::NonMtus(work.clone()) });
    chapters.chain([outside]).chain(own).chain(sections).collect()
}

const OUTSIDE: &str = "Recommendations outside of the MTUS";

fn work(chapter: &Chapter, section: Option<&String>) -> Work {
    let source = Source::Mtus {
        title: chapter.title.clone(),
        year: chapter.year,
        acoem_chapter: chapter.acoem_chapter,
        sections: section.into_iter().cloned().collect(),
    };
    Work { words: words(&source), source }
}

/// A citation in short, as the form shows it.
pub(super) fn words(source: &Source) -> String {
    match source {
        Source::OutsideMtus => OUTSIDE.to_owned(),
        Source::NonMtus(work) => work.clone(),
        Source::Mtus { title, year, acoem_chapter, sections } => {
            let chapter =
                acoem_chapter.map(|number| format!("{number} ")).unwrap_or_default();
            let year = year.map(|year| format!(" {year}")).unwrap_or_default();
            let sections = sections
                .iter()
                .flat_map(|section| [" · ", section])
                .collect::<String>();
            format!("MTUS · {chapter}{title}{year}{sections}")
        }
    }
}

/// Cites a work in a line; a further section of a chapter cited joins it there.
pub(super) fn cite(cited: &mut Vec<Source>, source: Source) {
    if let Source::Mtus { title, year, sections, .. } = &source {
        for known in cited.iter_mut() {
            let Source::Mtus { title: other, year: edition, sections: named, .. } = known
            else {
                continue;
            };
            // An old letter names the chapter alone, whatever its edition.
            if other != title || (edition != year && edition.is_some()) {
                continue;
            }
            for section in sections {
                if !named.contains(section) {
                    named.push(section.clone());
                }
            }
            return;
        }
    }
    cited.push(source);
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: [&str; 5] = [
        "Pain Management",
        "Orthopedic Surgery",
        "Hand Surgery",
        "Sports Medicine",
        "Anesthesiology",
    ];

    #[track_caller]
    fn check(typed: &str, expected: &[&str]) {
        assert_eq!(fitting(LIST, typed), expected, "{typed}");
    }

    #[test]
    fn what_begins_so_comes_first() {
        check(
            "s",
            &["Sports Medicine", "Orthopedic Surgery", "Hand Surgery", "Anesthesiology"],
        );
        check("surg", &["Orthopedic Surgery", "Hand Surgery"]);
        check("PAIN m", &["Pain Management"]);
        check("xyz", &[]);
        check("", &LIST);
    }

    #[test]
    fn a_second_section_joins_its_chapter() {
        let library = Library::bundled().expect("the tables are well formed");
        let works = works(&library, &TypedValues::new());
        let knee: Vec<&Work> = works
            .iter()
            .filter(|work| work.words.contains("Knee Complaints 2004 ·"))
            .collect();
        let mut cited = Vec::new();
        cite(&mut cited, knee[0].source.clone());
        cite(&mut cited, knee[1].source.clone());
        assert_eq!(cited.len(), 1);
        assert_eq!(
            words(&cited[0]),
            "MTUS · 13 Knee Complaints 2004 · Special Studies · Physical Methods"
        );
    }
}
