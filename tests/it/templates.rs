//! Every kind's finished letters come back, in both copies, from text and through a PDF.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use jiff::civil::date;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use rationale::compose::compose;
use rationale::export;
use rationale::import;
use rationale::letter::fields::{Options, Value};
use rationale::letter::phrasing::{self, Citer, GuidelineForm};
use rationale::letter::{Decision, Entry, Group, Guideline, Letter, Source, TitlePrefix};
use rationale::library::Library;
use rationale::store;
use rationale::template::{Items, LetterCopy, Order, Template};

use crate::import::{phrase, prose};

static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::bundled().unwrap());

/// The kinds, each with its example.
const KINDS: &[(&str, &str)] = &[
    ("imr-2017", "imr-2017-letter"),
    ("imr-2014", "sample-letter"),
    ("imr-2013", "imr-2013-letter"),
    ("ca-dmhc", "ca-dmhc-letter"),
    ("ny-external-appeal", "ny-external-appeal-letter"),
    ("texas-iro", "texas-iro-letter"),
    ("ur-denial", "ur-denial-letter"),
];

fn example(name: &str) -> Letter {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("examples/{name}.ron"));
    store::open(&path, None).unwrap().draft.letter
}

/// A finished letter's file in this format.
fn file(kind: &str, letter: &Letter, copy: LetterCopy, format: &str) -> Vec<u8> {
    let order = Order { copy, today: date(2026, 1, 1) };
    let composed = compose(letter, Template::built_in(kind).unwrap(), &LIBRARY, &order);
    let input =
        export::ExportInput { document: &composed.document, pages: &composed.pages };
    (export::format(format).unwrap().write)(&input).unwrap()
}

/// What a field says, whatever ids its parts have; nothing where it speaks of another
/// row.
fn said(value: &Value<'_>, form: GuidelineForm) -> String {
    let words = match value {
        Value::Text(text) => (*text).to_owned(),
        Value::Date(entry) => entry.show(),
        Value::Number(entry) => entry.show(),
        Value::Money(entry) => entry.show(),
        Value::Choice(key) => key.to_string(),
        Value::Many(values) => values.join(" / "),
        Value::YesNo(yes) => yes.to_string(),
        Value::Guideline(line) => phrasing::guideline(line, form, Citer::ExpertReviewer),
    };
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every field that a copy prints, with what it says.
fn printed(kind: &str, letter: &Letter, copy: LetterCopy) -> BTreeMap<String, String> {
    let template = Template::built_in(kind).unwrap();
    let (document, _) = template.fill(letter, copy);
    let is_older = ["imr-2013", "imr-2014"].contains(&kind);
    let form =
        if is_older { GuidelineForm::AcoemChapter } else { GuidelineForm::Edition };
    let mut printed: BTreeMap<String, String> = BTreeMap::new();
    for path in document.printed() {
        let field = template.field(path.pattern()).filter(|field| {
            !matches!(field.options, Options::Reviewers | Options::OtherItems)
        });
        if let Some(value) = field.and_then(|field| field.value(letter, path)) {
            printed.insert(letter.spell(path), said(&value, form));
        }
    }
    // The archive of New York's public decisions names the year alone.
    printed.retain(|path, _| {
        (kind, copy, &**path)
            != ("ny-external-appeal", LetterCopy::Public, "case.decision_date")
    });
    printed
}

/// The letter comes back from a file of this format: every field that is printed, and
/// every word.
fn comes_back(
    kind: &str,
    letter: &Letter,
    copy: LetterCopy,
    format: &str,
) -> Result<(), TestCaseError> {
    let words = import::words(&file(kind, letter, copy, format)).unwrap().text;
    let imported = import::text(&words, Template::all().iter()).unwrap();
    let unread = &imported.letter.unread;
    prop_assert!(
        imported.template.id() == kind && unread.is_empty(),
        "{kind}: {unread:?}\n{words}"
    );
    let (found, expected) =
        (printed(kind, &imported.letter, copy), printed(kind, letter, copy));
    let is_same = |path: &str, words: &str| {
        // Printed with a capital, whatever it begins with.
        let is_capital = path.ends_with("remaining");
        let same = |found: &String| {
            found == words || (is_capital && found.eq_ignore_ascii_case(words))
        };
        found.get(path).is_some_and(same)
    };
    let other = expected.iter().find(|(path, words)| !is_same(path, words));
    prop_assert!(
        other.is_none(),
        "{kind}: {other:?}, not {:?}\n{words}",
        other.and_then(|(path, _)| found.get(path))
    );
    let text = |letter: &Letter| {
        let text = Template::built_in(kind).unwrap().fill(letter, copy).0.text();
        text.split_whitespace().collect::<String>()
    };
    prop_assert_eq!(text(&imported.letter), text(letter), "{}", kind);
    Ok(())
}

#[test]
fn every_example_comes_back_from_each_copy() {
    for (kind, name) in KINDS {
        for (copy, format) in [
            (LetterCopy::Public, "text"),
            (LetterCopy::Served, "text"),
            (LetterCopy::Public, "pdf"),
            (LetterCopy::Served, "pdf"),
        ] {
            comes_back(kind, &example(name), copy, format)
                .unwrap_or_else(|error| panic!("{kind} {format}: {error}"));
        }
    }
}

#[test]
fn what_a_letter_says_twice_must_be_the_same() {
    let text = String::from_utf8(file(
        "ca-dmhc",
        &example("ca-dmhc-letter"),
        LetterCopy::Served,
        "text",
    ))
    .unwrap();
    let altered = text
        .replace("Two of three reviewers", "All of three reviewers")
        .replace("Dear Casey", "Dear Robin");
    let letter = import::text(&altered, Template::all().iter()).unwrap().letter;
    let unread: Vec<&str> = letter
        .unread
        .iter()
        .map(|unread| unread.text.split(' ').next().unwrap())
        .collect();
    assert_eq!(unread, ["Robin", "All"]);
}

#[test]
fn what_follows_a_list_is_kept() {
    let text = String::from_utf8(file(
        "ny-external-appeal",
        &example("ny-external-appeal-letter"),
        LetterCopy::Public,
        "text",
    ));
    let altered = text.unwrap().replace("Review 2\n\nSummary:", "Another heading");
    let letter = import::text(&altered, Template::all().iter()).unwrap().letter;
    let unread: Vec<&str> = letter
        .unread
        .iter()
        .map(|unread| unread.text.split('\n').next().unwrap())
        .collect();
    assert_eq!(unread, ["Another heading"]);
    assert!(
        letter.unread[0]
            .text
            .contains("That goal was met by the eighteenth day")
    );
}

fn person() -> impl Strategy<Value = String> {
    "[A-Z][a-z]{2,8} [A-Z][a-z]{2,10}(, M\\.D\\.| Inc\\.)?"
}

fn day() -> impl Strategy<Value = String> {
    (1u8..=12, 1u8..=28, 2010u16..2024)
        .prop_map(|(month, day, year)| format!("{month:02}/{day:02}/{year}"))
}

/// A few words without brackets.
fn words() -> impl Strategy<Value = String> {
    "[A-Z][a-z]{2,9}( [a-z]{2,9}| [0-9]{1,3}| L4-5){1,5}"
}

/// What is in a letter of any kind.
#[derive(Clone, Debug)]
struct Facts {
    people: Vec<String>,
    days: Vec<String>,
    phrases: Vec<String>,
    paragraphs: Vec<String>,
    choices: Vec<usize>,
}

fn facts() -> impl Strategy<Value = Facts> {
    let lists = (
        prop::collection::vec(person(), 12),
        prop::collection::vec(day(), 12),
        prop::collection::vec(prop_oneof![words(), phrase()], 12),
        prop::collection::vec(words(), 12),
        prop::collection::vec(prose(), 6),
        prop::collection::vec(0usize..60, 16),
    );
    lists.prop_map(|(people, days, phrases, plain, paragraphs, choices)| {
        let phrases = phrases.into_iter().chain(plain).collect();
        Facts { people, days, phrases, paragraphs, choices }
    })
}

impl Facts {
    /// A phrase in which nothing stands in brackets.
    fn plain(&self, number: usize) -> &str {
        &self.phrases[12 + number % 12]
    }

    /// The letter of a kind that says all this.
    fn letter(&self, kind: &str, name: &str) -> Letter {
        let mut letter = example(name);
        letter.summary.clone_from(&self.paragraphs[0]);
        let parties = &mut letter.parties;
        [parties.employee, parties.provider, parties.claims_administrator] =
            [0, 1, 2].map(|n| self.people[n].clone());
        self.recipients(&mut letter, kind);
        self.documents(&mut letter, kind);
        self.reviewers(&mut letter);
        self.items(&mut letter, kind);
        self.extras(&mut letter);
        letter
    }

    fn recipients(&self, letter: &mut Letter, kind: &str) {
        letter.recipients.clear();
        for number in 0..=self.choices[0] % 4 {
            letter.add_row(Group::Recipients, None);
            let row = letter.recipients.last_mut().unwrap();
            row.name.clone_from(&self.people[3 + number]);
            row.role = if kind != "texas-iro" && self.choices[1] % 3 == number {
                String::new()
            } else {
                self.plain(number).to_owned()
            };
            row.address = format!(
                "{} Sample Street\n{}, CA 90000",
                self.choices[2],
                self.plain(number + 4)
            );
        }
    }

    fn documents(&self, letter: &mut Letter, kind: &str) {
        letter.documents.clear();
        for number in 0..=self.choices[3] % 5 {
            letter.add_row(Group::Documents, None);
            let row = letter.documents.last_mut().unwrap();
            self.plain(number).clone_into(&mut row.kind);
            row.from = Entry::read(&self.days[number]);
            if self.choices[4].is_multiple_of(3) {
                row.to = Entry::read(&self.days[number + 5]);
            }
            if self.choices[4] % 4 != number {
                row.author.clone_from(&self.people[8 + number % 4]);
            }
            if kind == "texas-iro" && self.choices[5] % 4 == number {
                self.plain(number + 5).clone_into(&mut row.note);
            }
        }
    }

    fn reviewers(&self, letter: &mut Letter) {
        for (number, reviewer) in letter.reviewers.iter_mut().enumerate() {
            let all = [
                "Orthopedic Surgery",
                "Pain Management",
                "Physical Medicine & Rehabilitation",
            ];
            reviewer.certifications = all[..=(self.choices[5] + number) % 3]
                .iter()
                .map(ToString::to_string)
                .collect();
            let states = ["California", "New York", "Texas"];
            reviewer.licence_states = states[..=(self.choices[6] + number) % 3]
                .iter()
                .map(ToString::to_string)
                .collect();
        }
    }

    fn items(&self, letter: &mut Letter, kind: &str) {
        let head = Template::built_in(kind).unwrap().head();
        let outcome = |choice: usize| {
            Decision(head.outcomes[choice % head.outcomes.len()].key.clone())
        };
        let is_one = matches!(head.items, Items::One);
        let most = if is_one { 1 } else { 1 + self.choices[7] % 4 };
        letter.items.truncate(1);
        while letter.items.len() < most {
            letter.add_row(Group::Items, None);
        }
        for (number, item) in letter.items.iter_mut().enumerate() {
            item.title = rationale::letter::Title::default();
            item.title.request.clone_from(&self.phrases[number]);
            if kind == "texas-iro" && self.choices[8] % 2 == number {
                item.title.prefix = TitlePrefix::Retrospective;
                item.title.dates_of_service.clone_from(&self.days[0]);
            }
            item.decision = outcome(self.choices[8 + number]);
            if item.decision.0 == "modified" {
                [item.title.authorized, item.title.remaining] =
                    [4, 5].map(|n| self.phrases[n + number].clone());
            }
            item.reviewer_guideline = self.guideline(self.choices[12 - number]);
            if kind.starts_with("imr") {
                item.claims_guideline = self.guideline(self.choices[13 - number]);
            }
            item.rationale.clone_from(&self.paragraphs[1 + number]);
            for (place, opinion) in item.opinions.iter_mut().enumerate() {
                opinion.decision = outcome(self.choices[9 + place]);
                opinion.rationale.clone_from(&self.paragraphs[2 + place]);
            }
        }
    }

    fn guideline(&self, choice: usize) -> Guideline {
        let (title, sections) =
            ("Low Back Complaints".to_owned(), vec![self.plain(choice).to_owned()]);
        let sources = match choice % 4 {
            0 => vec![Source::Mtus {
                title,
                year: Some(2004),
                acoem_chapter: None,
                sections,
            }],
            1 => vec![Source::NonMtus(self.phrases[choice % 12].clone())],
            2 => {
                let mtus = Source::Mtus {
                    title,
                    year: Some(2004),
                    acoem_chapter: None,
                    sections: Vec::new(),
                };
                vec![mtus, Source::NonMtus(self.phrases[choice % 12].clone())]
            }
            _ => return Guideline::None { reason: String::new() },
        };
        Guideline::Cited(sources)
    }

    fn extras(&self, letter: &mut Letter) {
        for name in ["condition", "diagnosis", "divergence", "criteria_description"] {
            let is_prose = name.contains('_') || name == "divergence";
            let words = if is_prose { &self.paragraphs[5] } else { self.plain(7) };
            let is_choice = letter
                .extra
                .get(name)
                .is_some_and(|value| value == "Not life-threatening");
            let is_of_kind = letter.extra.contains_key(name)
                || (letter.extra.contains_key("means") && is_prose);
            if is_of_kind && !is_choice {
                letter.extra.insert(name.into(), words.to_owned());
            }
        }
        if letter.extra_lists.contains_key("criteria") {
            letter.extra_lists.insert(
                "criteria".into(),
                (0..=self.choices[14] % 3).map(|n| self.phrases[n].clone()).collect(),
            );
            letter
                .extra
                .insert("criteria_description".into(), self.paragraphs[5].clone());
            letter.extra.insert("divergence".into(), self.paragraphs[4].clone());
        }
        if letter.extra.contains_key("department") && self.choices[15].is_multiple_of(2) {
            letter
                .extra
                .insert("department".into(), "Department of Insurance".into());
            let types =
                ["Medical Necessity", "Experimental/Investigational", "Urgent Care"];
            letter
                .extra
                .insert("review_type".into(), types[self.choices[14] % 3].into());
        }
        for (number, review) in
            letter.extra_rows.get_mut("reviews").into_iter().flatten().enumerate()
        {
            review
                .values
                .insert("summary".into(), self.paragraphs[3 + number % 3].clone());
            let references = (0..=self.choices[13] % 3)
                .map(|n| format!("{}. 2013.", self.phrases[n + number]));
            review.lists.insert("references".into(), references.collect());
        }
    }
}

fn any_letter() -> impl Strategy<Value = (&'static str, Letter)> {
    (0..KINDS.len(), facts()).prop_map(|(place, facts)| {
        let (kind, name) = KINDS[place];
        (kind, facts.letter(kind, name))
    })
}

fn any_copy() -> impl Strategy<Value = LetterCopy> {
    prop_oneof![Just(LetterCopy::Public), Just(LetterCopy::Served)]
}

proptest! {
    // The same cases every time, as in the reading of the letters of 2017. More are tried
    // by another seed.
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        // A smaller letter tells no more than the message does.
        max_shrink_iters: 0,
        rng_seed: RngSeed::Fixed(2013),
        ..ProptestConfig::default()
    })]

    #[test]
    fn letters_of_every_kind_come_back_from_their_text(
        (kind, letter) in any_letter(),
        copy in any_copy(),
    ) {
        comes_back(kind, &letter, copy, "text")?;
    }
}

proptest! {
    // Each case draws pages and reads them.
    #![proptest_config(ProptestConfig {
        cases: ProptestConfig::default().cases / 4,
        failure_persistence: None,
        // A smaller letter tells no more than the message does.
        max_shrink_iters: 0,
        rng_seed: RngSeed::Fixed(2013),
        ..ProptestConfig::default()
    })]

    #[test]
    fn letters_of_every_kind_come_back_through_a_pdf(
        (kind, letter) in any_letter(),
        copy in any_copy(),
    ) {
        comes_back(kind, &letter, copy, "pdf")?;
    }
}
