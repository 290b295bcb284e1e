//! Letters that a template is tried with: nothing filled in, everything filled in, and as
//! long as letters get.

use super::{Items, Template};
use crate::document::{Block, Document, Span};
use crate::letter::fields::{Field, Options, Slot};
use crate::letter::{Correction, Entry, Group, Guideline, Id, Letter, Source};

/// How much a trial letter holds.
#[derive(Clone, Copy)]
struct TrialSize {
    rows: usize,
    /// Sentences in each paragraph; three paragraphs make a text.
    sentences: usize,
}

/// The letters, each with what it is called.
pub fn letters(template: &Template) -> [(&'static str, Letter); 3] {
    [
        ("empty", Letter::default()),
        ("full", fill_letter(template, TrialSize { rows: 2, sentences: 2 })),
        // Four times the items of the longest real letter, each with the longest real
        // rationale.
        ("longest", fill_letter(template, TrialSize { rows: 84, sentences: 40 })),
    ]
}

/// Whether two items' titles and decisions run together in one paragraph: the wording
/// then lacks an empty line between one item and the next.
pub fn runs_items_together(document: &Document) -> bool {
    document.blocks.iter().any(|block| {
        let Block::Paragraph(paragraph) = block else { return false };
        let (mut titles, mut decisions) = (Vec::new(), Vec::new());
        for path in paragraph.spans.iter().filter_map(Span::field) {
            match path.pattern() {
                "items[].decision" => decisions.push(path.rows()),
                "items[].request" | "items[].remaining" => titles.push(path.rows()),
                _ => {}
            }
        }
        [titles, decisions]
            .iter()
            .all(|rows| rows.windows(2).any(|two| two[0] != two[1]))
    })
}

/// A letter with every field of the template filled in.
fn fill_letter(template: &Template, size: TrialSize) -> Letter {
    let mut letter = Letter::default();
    if template
        .used()
        .iter()
        .any(|pattern| pattern.starts_with("correction."))
    {
        letter.correction = Some(Correction::default());
    }
    for group in groups(template, &letter) {
        add_rows(&mut letter, template, group, size);
    }
    if template.field("items[].opinions[].decision").is_some() {
        add_opinions(&mut letter);
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

/// An opinion of each reviewer on each item.
fn add_opinions(letter: &mut Letter) {
    let reviewers: Vec<Id> =
        letter.reviewers.iter().map(|reviewer| reviewer.id).collect();
    let items: Vec<Id> = letter.items.iter().map(|item| item.id).collect();
    for (number, item) in items.into_iter().enumerate() {
        for (place, reviewer) in reviewers.iter().enumerate() {
            letter.add_row(Group::Opinions(item), None);
            letter.items[number].opinions[place].reviewer = Some(*reviewer);
        }
    }
}

/// The groups of which the template has fields and the letter no rows yet.
fn groups(template: &Template, letter: &Letter) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for field in template.fields() {
        if !field.places(letter).is_empty() {
            continue;
        }
        let Some((prefix, _)) = field.pattern.split_once("[]") else { continue };
        if let Some(group) = Group::named(prefix, &[])
            && !groups.contains(&group)
        {
            groups.push(group);
        }
    }
    groups
}

fn add_rows(letter: &mut Letter, template: &Template, group: Group, size: TrialSize) {
    let head = template.head();
    let rows = match group {
        Group::Items if head.items == Items::One => 1,
        // Nobody is sent a letter by the dozen.
        Group::Recipients => size.rows.min(6),
        Group::Reviewers => head.reviewers.most.unwrap_or(head.reviewers.least).max(1),
        _ => size.rows,
    };
    for _ in 0..rows {
        letter.add_row(group, None);
    }
}

fn write(
    slot: Slot<'_>,
    field: &Field,
    template: &Template,
    number: usize,
    size: TrialSize,
) {
    match slot {
        Slot::Text(text) => *text = words(field, number, size),
        Slot::Date(date) => date.put(Entry::read("03/26/2009")),
        Slot::Number(figure) => figure.put(Entry::read("45")),
        Slot::Money(sum) => sum.put(Entry::read("1234.50")),
        Slot::Choice(choice) => match &field.options {
            Options::Outcomes => choice.choose(&outcome(template, number)),
            Options::Fixed(choices) => {
                let last = choices.last().map(|(key, _)| *key);
                choice.choose(last.unwrap_or_default());
            }
            Options::OtherItems
            | Options::Reviewers
            | Options::Typed
            | Options::Own(_)
            | Options::List(_) => {}
        },
        Slot::Many(values) => {
            *values = (1..=3).map(|place| format!("{} {place}", field.label)).collect();
        }
        Slot::YesNo(yes) => *yes = true,
        Slot::Guideline(line) => *line = sample_guideline(),
    }
}

/// Outcomes take turns, so that all of them are tried.
fn outcome(template: &Template, number: usize) -> String {
    let outcomes = &template.head().outcomes;
    match outcomes.get(number % outcomes.len().max(1)) {
        Some(outcome) => outcome.key.clone(),
        None => String::new(),
    }
}

fn words(field: &Field, number: usize, size: TrialSize) -> String {
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

fn sample_guideline() -> Guideline {
    let chapter = Source::Mtus {
        title: "Low Back Complaints".into(),
        year: Some(2004),
        acoem_chapter: Some(12),
        sections: vec!["Special Studies".into()],
    };
    let work =
        Source::NonMtus("Official Disability Guidelines, Low Back Chapter, 2016".into());
    Guideline::Cited(vec![chapter, work])
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

    #[test]
    fn items_that_run_together_are_noticed() {
        let head = r#"(id: "note", name: "Note", version: 1, title: "Note",
            outcomes: [(key: "upheld", word: "Upheld", denial: Stands, meaning: "")])"#;
        let item = "{% for item in items %}\n**{{ item.title }}:** {{ item.decision }}\n";
        for (end, expected) in [("\n{% endfor %}", false), ("{% endfor %}", true)] {
            let source = format!("{head}\n---\n{item}{end}\n");
            let template = Template::parse(&source).unwrap();
            let [_, (_, full), _] = letters(&template);
            let (document, _) = template.fill(&full, LetterCopy::Public);
            assert_eq!(runs_items_together(&document), expected, "{end}");
        }
    }
}
