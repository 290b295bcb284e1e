//! Letters that a template is tried with: nothing filled in, everything filled in, and as
//! long as letters get.

use super::{Items, Template};
use crate::letter::fields::{Field, Options, Slot};
use crate::letter::{Correction, Entry, Group, Guideline, Id, Letter, Source};

/// How much a trial letter holds.
#[derive(Clone, Copy)]
struct Size {
    rows: usize,
    /// Sentences in each paragraph; three paragraphs make a text.
    sentences: usize,
}

/// The letters, each with what it is called.
pub fn letters(template: &Template) -> [(&'static str, Letter); 3] {
    [
        ("empty", Letter::default()),
        ("full", filled(template, Size { rows: 2, sentences: 2 })),
        // Four times the items of the longest real letter, each with the longest real
        // rationale.
        ("longest", filled(template, Size { rows: 84, sentences: 40 })),
    ]
}

/// A letter with every field of the template filled in.
fn filled(template: &Template, size: Size) -> Letter {
    let prints_correction = template
        .used()
        .iter()
        .any(|pattern| pattern.starts_with("correction."));
    let correction = prints_correction.then(Correction::default);
    let mut letter = Letter { correction, ..Letter::default() };
    for group in groups(template, &letter) {
        add_rows(&mut letter, template, group, size);
    }
    let reviewers: Vec<Id> =
        letter.reviewers.iter().map(|reviewer| reviewer.id).collect();
    let items: Vec<Id> = letter.items.iter().map(|item| item.id).collect();
    for item in items
        .iter()
        .filter(|_| template.field("items[].opinions[].decision").is_some())
    {
        for (place, _) in reviewers.iter().enumerate() {
            letter.add_row(Group::Opinions(*item), None);
            if let Some(item) = letter.items.iter_mut().find(|row| row.id == *item) {
                item.opinions[place].reviewer = Some(reviewers[place]);
            }
        }
    }
    for field in template.fields() {
        for (number, path) in field.places(&letter).iter().enumerate() {
            if let Some(slot) = field.slot(&mut letter, path) {
                write(slot, field, template, number, size);
            }
        }
    }
    letter
}

fn groups(template: &Template, letter: &Letter) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for field in template
        .fields()
        .iter()
        .filter(|field| field.places(letter).is_empty())
    {
        let group = field
            .pattern
            .split_once("[]")
            .and_then(|(prefix, _)| Group::named(prefix, &[]));
        groups.extend(group.filter(|group| !groups.contains(group)));
    }
    groups
}

fn add_rows(letter: &mut Letter, template: &Template, group: Group, size: Size) {
    let head = template.head();
    let rows = match group {
        Group::Items if head.items == Items::One => 1,
        // Nobody is sent a letter by the dozen.
        Group::Recipients => size.rows.min(6),
        Group::Reviewers => head.reviewers.most.unwrap_or(head.reviewers.least).max(1),
        _ => size.rows,
    };
    (0..rows).for_each(|_| _ = letter.add_row(group, None));
}

fn write(slot: Slot<'_>, field: &Field, template: &Template, number: usize, size: Size) {
    match slot {
        Slot::Text(text) => *text = words(field, number, size),
        Slot::Date(date) => date.put(Entry::read("03/26/2009")),
        Slot::Number(figure) => figure.put(Entry::read("45")),
        Slot::Money(sum) => sum.put(Entry::read("1234.50")),
        Slot::Choice(choice) => match &field.options {
            Options::Outcomes => choice.choose(&outcome(template, number)),
            Options::Fixed(choices) => {
                choice.choose(choices.last().map_or("", |(key, _)| key))
            }
            Options::OtherItems
            | Options::Reviewers
            | Options::Typed
            | Options::Own(_)
            | Options::List(_) => {}
        },
        Slot::Many(values) => {
            *values = (1..=3).map(|place| format!("{} {place}", field.label)).collect()
        }
        Slot::YesNo(yes) => *yes = true,
        Slot::Guideline(line) => *line = cited(),
    }
}

/// Outcomes take turns, so that all of them are tried.
fn outcome(template: &Template, number: usize) -> String {
    let outcomes = &template.head().outcomes;
    outcomes
        .get(number % outcomes.len().max(1))
        .map(|outcome| outcome.key.clone())
        .unwrap_or_default()
}

fn words(field: &Field, number: usize, size: Size) -> String {
    use crate::letter::fields::Kind;
    match (&field.options, field.kind) {
        (Options::Own(choices), _) if !choices.is_empty() => {
            choices[number % choices.len()].clone()
        }
        _ if field.pattern == "recipients[].address" => {
            "1 Sample Street\nSampletown, CA 90000".into()
        }
        (_, Kind::Prose) => {
            let sentence = format!(
                "{} says what it has to say, and says it in one sentence of usual length. ",
                field.label
            );
            let paragraph = sentence.repeat(size.sentences);
            [paragraph.trim_end(); 3].join("\n\n")
        }
        _ => format!("{} {}", field.label, number + 1),
    }
}

fn cited() -> Guideline {
    let chapter = |title: &str, year| Source::Mtus {
        title: title.into(),
        year: Some(year),
        acoem_chapter: Some(12),
        sections: vec!["Special Studies".into()],
    };
    Guideline::Cited(vec![
        chapter("Low Back Complaints", 2004),
        Source::NonMtus("Official Disability Guidelines, Low Back Chapter, 2016".into()),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::LetterCopy;

    #[test]
    fn every_field_of_a_full_letter_is_filled_in() {
        for template in Template::all() {
            let [_, (_, full), _] = letters(template);
            let copies = [LetterCopy::Served, LetterCopy::Public]
                .map(|copy| template.fill(&full, copy));
            for (document, noticed) in &copies {
                assert!(
                    noticed.iter().all(|noticed| noticed.code != "T009"),
                    "{}: {noticed:?}",
                    template.id()
                );
                assert!(!document.text().is_empty());
            }
            let empty = template.fields().iter().flat_map(|field| {
                let places = field.places(&full).into_iter();
                places
                    .filter(|path| {
                        field.value(&full, path).is_none_or(|value| value.is_empty())
                    })
                    .collect::<Vec<_>>()
            });
            let left: Vec<String> = empty
                .map(|path| full.spell(&path))
                .filter(|path| !path.contains("depends_on"))
                .collect();
            assert!(left.is_empty(), "{}: {left:?}", template.id());
        }
    }
}
