//! Earlier letters: found on the command line, and how long it takes among ten thousand.

use std::fmt::Write;
use std::path::Path;
use std::time::Instant;

use crate::cli::Trial;
use jiff::civil::date;
use rationale::compose::compose;
use rationale::earlier::{Index, ItemTopic, Update, Updated};
use rationale::export;
use rationale::library::Library;
use rationale::store::{self, DataFolder};
use rationale::template::{LetterCopy, Order, Template, Templates};

/// A draft as a person could write it by hand.
fn draft(number: &str, items: &[(&str, &str, &str, &str)]) -> String {
    let mut text = format!(
        "(format: 1, template: (id: \"imr-2014\"), letter: (case: (number: \"{number}\", \
            decision_date: \"2016-12-09\"), items: ["
    );
    for (id, (title, part, decision, rationale)) in items.iter().enumerate() {
        write!(
            text,
            "(id: {}, title: (request: \"{title}\"), body_part: \"{part}\", decision: \
                \"{decision}\", rationale: \"{rationale}\"),",
            id + 1
        )
        .unwrap();
    }
    write!(text, "], last_id: {}))", items.len()).unwrap();
    text
}

#[test]
fn items_of_earlier_letters_are_found_by_their_words() {
    let first = draft("CM16-0000001", &[("MRI", "Low back", "upheld", "No red flags.")]);
    let second =
        draft("CM16-0000002", &[("MRI", "Knee", "overturned", "An effusion was seen.")]);
    let trial = Trial::of("search --folder letters mri flags")
        .with("letters/a.ron", first)
        .with("letters/2016/b.ron", second);
    let path = Path::new("letters").join("a.ron");
    let expected = format!(
        "CM16-0000001, item 1, Upheld, 12/09/2016: MRI\n    No red flags.\n    {}\n1 \
            letter, 1 upheld\n",
        path.display()
    );
    trial.prints(&expected).exits(0);
}

#[test]
fn a_search_that_finds_nothing_says_so() {
    Trial::of("search --folder letters zebra")
        .with("letters/a.ron", draft("A-1", &[("MRI", "", "upheld", "No.")]))
        .tells("No item has all these words\n")
        .exits(0);
}

/// The example letter of this case number, as a draft and as its PDF.
fn example(number: &str) -> (String, Vec<u8>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/imr-2017-letter.ron");
    let mut draft = store::open(&path, None).unwrap().draft;
    number.clone_into(&mut draft.letter.case.number);
    let order = Order { copy: LetterCopy::Public, today: date(2026, 1, 1) };
    let library = Library::bundled().unwrap();
    let template = Template::built_in("imr-2017").unwrap();
    let composed = compose(&draft.letter, template, &library, &order);
    let input =
        export::ExportInput { document: &composed.document, pages: &composed.pages };
    (draft.to_text().unwrap(), (export::PDF.write)(&input).unwrap())
}

#[test]
fn a_finished_letter_is_found_and_a_file_that_is_none_is_counted() {
    let (_, pdf) = example("CM17-0099002");
    Trial::of("search --format json --folder letters case:CM17-0099002")
        .with("letters/alone.pdf", &pdf)
        .with("letters/broken.pdf", "no letter")
        .prints_something()
        .tells("Files that could not be read: 1\n    Open one to see why\n")
        .exits(0);
}

#[test]
fn of_a_case_that_has_a_draft_the_finished_letter_is_left_out() {
    let (draft, copy) = example("CM17-0099001");
    let (_, alone) = example("CM17-0099002");
    let folder = tempfile::tempdir().unwrap();
    let letters = folder.path().join("letters");
    std::fs::create_dir(&letters).unwrap();
    let lay =
        |name: &str, bytes: &[u8]| std::fs::write(letters.join(name), bytes).unwrap();
    lay("copy.pdf", &copy);
    lay("alone.pdf", &alone);
    lay("broken.pdf", b"no letter");
    let (library, templates) = (Library::bundled().unwrap(), Templates::default());
    let index = Index::open(&DataFolder::at(folder.path().join("data"))).unwrap();
    let folders = [letters.clone()];
    let update = Update { folders: &folders, templates: &templates, library: &library };
    let updated = index.update(&update, |_| true).unwrap();
    assert_eq!((updated.read, updated.unreadable), (2, 1));
    let listed = index.drafts().unwrap();
    let unread: Vec<_> = listed.iter().filter(|one| !one.unread.is_empty()).collect();
    assert!(unread.len() == 1 && unread[0].path.ends_with("broken.pdf"));
    let letters_with = |words: &str| index.find(words, None).unwrap().tally.letters;
    assert_eq!((letters_with("case:0099001"), letters_with("case:0099002")), (1, 1));
    // Nothing is read again, until a draft of the case comes.
    assert_eq!(index.update(&update, |_| true).unwrap(), Updated::default());
    lay("a.ron", draft.as_bytes());
    index.update(&update, |_| true).unwrap();
    index.update(&update, |_| true).unwrap();
    let found = index.find("case:0099001", None).unwrap();
    assert!(found.items.iter().all(|item| item.path.ends_with("a.ron")), "{found:?}");
    assert_eq!(index.drafts().unwrap().len(), 3);
}

const TREATMENTS: [&str; 8] = [
    "Trigger point injections",
    "MRI of the lumbar spine",
    "Physical therapy, 12 visits",
    "Cyclobenzaprine 7.5 mg",
    "Norco 10/325 mg, 60 tablets",
    "Home health aide",
    "EMG and NCV of the upper extremities",
    "Lumbar epidural steroid injection",
];
const PARTS: [&str; 5] = ["Low back", "Neck", "Left knee", "Right shoulder", "Wrist"];
const WORDS: [&str; 12] = [
    "The records show no gain in function after the visits that were given",
    "The guideline asks for a trial of conservative care first",
    "A twitch response with referred pain was not recorded on exam",
    "There is no plan to reduce the dose over the coming months",
    "An effusion and a positive sign were seen on two exams",
    "The worker has returned to modified duty with fewer complaints",
    "Red flags such as fever or loss of control were not recorded",
    "The pain is rated at six of ten before and at five after",
    "Range of motion was normal and strength was full in all groups",
    "Imaging three years ago showed mild degeneration at one level",
    "The request does not say how many units are asked for",
    "Side effects were discussed and the agreement was signed",
];

/// A letter of three items, each with a rationale of some 120 words.
fn many(number: usize) -> String {
    let item = |place: usize| {
        let seed = number * 3 + place;
        let mut words = String::new();
        for step in 0..10 {
            let sentence = WORDS[(seed * 7 + step * 5 + seed / 12) % WORDS.len()];
            write!(words, "{sentence}, as noted on visit {}. ", (seed + step) % 97)
                .unwrap();
        }
        (TREATMENTS[seed % 8], PARTS[seed % 5], ["upheld", "overturned"][seed % 2], words)
    };
    let items = [item(0), item(1), item(2)];
    let items: Vec<(&str, &str, &str, &str)> = items
        .iter()
        .map(|(title, part, decision, words)| (*title, *part, *decision, words.as_str()))
        .collect();
    draft(&format!("CM16-{number:07}"), &items)
}

/// Prints how long it takes. `RATIONALE_EARLIER=10000` for so many letters.
#[test]
#[expect(clippy::print_stderr, reason = "the figures are what it is run by hand for")]
fn letters_are_found_as_one_types() {
    let count = std::env::var("RATIONALE_EARLIER").ok();
    let count: usize = count.and_then(|count| count.parse().ok()).unwrap_or(60);
    let folder = tempfile::tempdir().unwrap();
    let letters = folder.path().join("letters");
    std::fs::create_dir(&letters).unwrap();
    for number in 0..count {
        std::fs::write(letters.join(format!("{number}.ron")), many(number)).unwrap();
    }
    let library = Library::bundled().unwrap();
    let data = DataFolder::at(folder.path().join("data"));
    let index = Index::open(&data).unwrap();
    let (folders, templates) = ([letters], Templates::default());
    let update = Update { folders: &folders, templates: &templates, library: &library };
    let time = |what: &str, act: &mut dyn FnMut() -> usize| {
        let began = Instant::now();
        let found = act();
        eprintln!("{what}: {found} in {:.1} ms", began.elapsed().as_secs_f64() * 1e3);
        found
    };
    let all = time("read", &mut || index.update(&update, |_| true).unwrap().read);
    assert_eq!(all, count);
    time("read again", &mut || index.update(&update, |_| true).unwrap().read);
    for words in ["t", "tw", "twitch", "twitch resp", "effusion decision:over", "visit"] {
        let find = &mut || index.find(words, None).unwrap().tally.letters;
        assert!(time(words, find) > 0, "{words}");
    }
    let topic = ItemTopic { title: TREATMENTS[0].into(), body_part: "Low back".into() };
    let like = &mut || index.precedents(&topic, &library, None).unwrap().tally.letters;
    assert!(time("like this item", like) > 0);
    time("letters with words", &mut || index.drafts_with("effusion").unwrap().len());
    time("all letters", &mut || index.drafts().unwrap().len());
    let text = many(7).split("rationale: \"").nth(1).unwrap().to_owned();
    let text = text.split('"').next().unwrap().to_owned();
    let near = &mut || usize::from(index.near_copy(&text, None).unwrap().is_some());
    assert_eq!(time("near copy", near), 1);
}
