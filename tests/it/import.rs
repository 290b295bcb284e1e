//! Old letter in, form out: what is read is the letter, whatever the extraction did to
//! it, and nothing is dropped.

use std::path::Path;

use std::sync::LazyLock;

use jiff::civil::date;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use rationale::compose::compose;
use rationale::export;
use rationale::import;
use rationale::letter::{
    Correction, Decision, Entry, Group, Guideline, Item, Letter, Source, TitleShape,
    UnreadKind,
};
use rationale::library::Library;
use rationale::store;
use rationale::template::{LetterCopy, Order, Template};

use crate::cli::Trial;
use crate::outside::{pdf, stream};

static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::bundled().unwrap());

/// The PDF of a finished letter.
static PDF: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let order = Order { copy: LetterCopy::Public, today: date(2026, 1, 1) };
    let composed =
        compose(&example(), Template::built_in("imr-2017").unwrap(), &LIBRARY, &order);
    let input =
        export::ExportInput { document: &composed.document, pages: &composed.pages };
    (export::PDF.write)(&input).unwrap()
});

fn read(text: &str) -> (Letter, &'static str) {
    let imported = import::text(text, Template::all().iter()).unwrap();
    let id = Template::all()
        .iter()
        .find(|kind| kind.id() == imported.template.id())
        .unwrap()
        .id();
    (imported.letter, id)
}

fn text(kind: &str, letter: &Letter) -> String {
    Template::built_in(kind)
        .unwrap()
        .fill(letter, LetterCopy::Public)
        .0
        .text()
}

fn example() -> Letter {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/imr-2017-letter.ron");
    store::open(&path, None).unwrap().draft.letter
}

/// What an item says, without its ids.
fn contents_of(
    item: &Item,
) -> (String, String, String, Vec<Source>, Vec<Source>, String) {
    let sources = |line: &Guideline| match line {
        Guideline::Cited(citations) => citations.iter().map(without_chapter).collect(),
        Guideline::None { .. } => Vec::new(),
        Guideline::AsWritten(line) => panic!("as written: {line}"),
    };
    let title = &item.title;
    (
        format!("{:?} {:?} {}", title.shape, title.prefix, title.request),
        format!("{} {} {}", title.authorized, title.remaining, title.dates_of_service),
        item.decision.0.clone(),
        sources(&item.claims_guideline),
        sources(&item.reviewer_guideline),
        item.rationale.split_whitespace().collect::<Vec<_>>().join(" "),
    )
}

/// The letters of 2017 do not print ACOEM's chapter numbers.
fn without_chapter(source: &Source) -> Source {
    match source.clone() {
        Source::Mtus { title, year, sections, .. } => {
            Source::Mtus { title, year, acoem_chapter: None, sections }
        }
        other => other,
    }
}

#[test]
fn the_sample_letter_is_read_and_composed_again() {
    let sample = include_str!("../sample-letter.txt");
    let (letter, kind) = read(sample);
    assert_eq!((kind, letter.unread.len(), letter.items.len()), ("imr-2014", 0, 1));
    assert_eq!(letter.reviewers[0].certifications, ["Internal Medicine"]);
    assert!(
        letter.reviewers[0].attests_no_affiliation
            && letter.reviewers[0].attests_active_practice
    );
    assert_eq!(letter.items[0].title.request, "Trigger Point Injections");
    let Guideline::Cited(cited) = &letter.items[0].reviewer_guideline else {
        panic!("cited")
    };
    assert_eq!(cited.len(), 2);
    let words = |text: &str| text.split_whitespace().collect::<String>();
    assert_eq!(words(&text("imr-2014", &letter)), words(sample));
}

#[test]
fn what_a_letter_corrects_is_read_from_every_copy() {
    let (day, why) = (
        Entry::Understood(date(2017, 3, 6)),
        "The date of injury was wrong: it is 08/15/2016.",
    );
    let correction =
        Correction { date: day.clone(), why: why.into(), ..Correction::default() };
    let letter = Letter { correction: Some(correction.clone()), ..example() };
    for copy in [LetterCopy::Public, LetterCopy::Served] {
        let text = Template::built_in("imr-2017").unwrap().fill(&letter, copy).0.text();
        let contents_of =
            format!("Corrected determination: replaces the letter of 03/06/2017. {why}");
        assert!(text.contains(&contents_of), "{copy:?}");
        let (found, kind) = read(&text);
        assert_eq!((kind, &found.unread), ("imr-2017", &Vec::new()), "{copy:?}");
        assert_eq!(found.correction.as_ref(), Some(&correction), "{copy:?}");
    }
    let order = Order { copy: LetterCopy::Served, today: date(2026, 1, 1) };
    let composed =
        compose(&letter, Template::built_in("imr-2017").unwrap(), &LIBRARY, &order);
    let input =
        export::ExportInput { document: &composed.document, pages: &composed.pages };
    let words = import::words(&(export::PDF.write)(&input).unwrap()).unwrap().text;
    let (found, _) = read(&words);
    assert_eq!((found.correction, found.unread), (Some(correction), Vec::new()));
    assert_eq!(read(&text("imr-2017", &example())).0.correction, None);
}

#[test]
fn a_letter_of_2017_fills_the_whole_form() {
    let letter = example();
    let (found, kind) = read(&text("imr-2017", &letter));
    assert_eq!((kind, found.unread.len()), ("imr-2017", 0));
    assert_eq!(found.case.number, letter.case.number);
    assert_eq!(found.case.application_received, letter.case.application_received);
    assert_eq!(found.reviewers[0].licence_states, letter.reviewers[0].licence_states);
    assert_eq!(
        found.items.iter().map(contents_of).collect::<Vec<_>>(),
        letter.items.iter().map(contents_of).collect::<Vec<_>>()
    );
    assert_eq!(found.items[1].depends_on, Some(found.items[0].id));
    assert_eq!(
        (found.claimant.sex, &found.claimant.age),
        (letter.claimant.sex, &letter.claimant.age)
    );
    // Sex, age, and the body part of the two items that name one.
    assert_eq!(found.proposed.len(), 4);
}

#[test]
fn a_value_that_is_longer_than_its_place_is_read_whole() {
    let font = "/Resources << /Font << /F << /Type /Font /Subtype /Type1 \
        /BaseFont /Helvetica >> >> >>";
    let drawn = "/BBox [0 0 100 20] /Subtype /Form";
    let text = import::words(&pdf(&[
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R \
                /Annots [5 0 R] {font} >>"
        ),
        stream("", "BT /F 12 Tf 72 700 Td (Diagnosis:) Tj ET"),
        "<< /Type /Annot /Subtype /Widget /FT /Tx /T (d) /Rect [150 695 250 715] \
            /V (Lumbar strain with pain of the leg) /AP << /N 6 0 R >> >>"
            .to_owned(),
        stream(
            &format!("{drawn} {font}"),
            "BT /F 12 Tf 2 6 Td (Lumbar strain with pain of the leg) Tj ET",
        ),
    ]));
    assert_eq!(
        text.unwrap().text.trim(),
        "Diagnosis:\tLumbar strain with pain of the leg"
    );
}

#[test]
fn what_an_extraction_breaks_is_repaired() {
    let letter = example();
    let broken: String = text("imr-2017", &letter)
        .replace(
            "Application Received:\n\n02/01/2017",
            "Application          02/01/2017\n     Received:",
        )
        .replace("conservative care ", "conser-\nvative care ")
        .replace("home program", "home\u{c}\n\nprogram")
        .replace("necessary.\n\nAssociated", "necessary.\nAssociated")
        .replace("expert reviewer", "expert\n\n   reviewer");
    let (found, _) = read(&broken);
    assert_eq!(found.unread, []);
    assert_eq!(found.case.application_received, letter.case.application_received);
    let titles = |letter: &Letter| {
        letter.items.iter().map(|item| item.title.clone()).collect::<Vec<_>>()
    };
    assert_eq!(titles(&found), titles(&letter));
}

#[test]
fn a_header_is_read_in_whatever_order_its_cells_are() {
    let letter = example();
    let whole = text("imr-2017", &letter);
    let (_, rest) = whole.split_once("HOW THE IMR").unwrap();
    let columns = "Case Number:\nDate Assigned:\nDecision \
        Date:\nPriority:\n\nCM17-0001234\n02/10/2017\n03/06/2017\nStandard\n\n\
                   Date of Injury:\nUR Denial \
                   Date:\nApplication\nReceived:\n\n08/15/2016\n01/12/2017\n02/01/2017\n\n";
    let odd = "Date of Injury: 08/15/2016  Date Assigned: 02/10/2017\nUR Denial Date: \
        01/12/2017  Decision Date: 03/06/2017\n\
               Application Received: 02/01/2017  Priority: Standard\nCase Number: \
               CM17-0001234\n\n";
    for header in [columns, odd] {
        let (found, _) = read(&format!("{header}HOW THE IMR{rest}"));
        assert_eq!(found.unread, []);
        assert_eq!(found.case.number, "CM17-0001234");
        let dates = [
            &found.case.date_assigned,
            &found.case.decision_date,
            &found.case.date_of_injury,
        ];
        assert_eq!(dates.map(Entry::show), ["02/10/2017", "03/06/2017", "08/15/2016"]);
        let dates = [&found.case.ur_denial_date, &found.case.application_received];
        assert_eq!(dates.map(Entry::show), ["01/12/2017", "02/01/2017"]);
    }
}

#[test]
fn labels_without_their_colon_and_with_other_capitals_are_known_and_reported() {
    let whole = text("imr-2017", &example());
    let altered = whole
        .replacen("Decision rationale:", "Decision rationale", 1)
        .replacen("MAXIMUS guideline:", "MAXIMUS Guideline:", 1);
    let (letter, _) = read(&altered);
    let kept: Vec<&str> = letter.unread.iter().map(|unread| &*unread.text).collect();
    assert_eq!(kept, ["MAXIMUS Guideline:", "Decision rationale"]);
    assert_eq!(
        letter.items.iter().map(contents_of).collect::<Vec<_>>(),
        example().items.iter().map(contents_of).collect::<Vec<_>>()
    );
}

#[test]
fn a_decision_is_read_however_people_write_it() {
    let letter = example();
    let printed = text("imr-2017", &letter);
    let (title, _) = printed.split_once(": Upheld").unwrap();
    let title = title.lines().next_back().unwrap();
    for said in [
        ": UPHELD",
        " – Upheld",
        " — upheld.",
        " (Upheld)",
        ":\nUpheld",
        ": **Upheld**",
        "\nDecision: Upheld",
        ": UPHELD/DENIED",
        ": Not Medically Necessary",
        ": Denied",
        ": UPHELD!",
        ": “Upheld”",
        " | Upheld",
        " -> Upheld",
        ": Upheld (not medically necessary)",
    ] {
        let (found, _) = read(&printed.replacen(": Upheld", said, 1));
        let item = found.items.iter().find(|item| title.contains(&item.title.request));
        assert_eq!(found.items.len(), letter.items.len(), "{said}");
        assert_eq!(item.unwrap().decision.0, "upheld", "{said}");
        assert_eq!(found.unread, Vec::new(), "{said}");
    }
    let (found, _) = read(&printed.replacen(": Upheld", ": Upheld in part", 1));
    assert_eq!(found.unread.len(), 1);
    assert!(found.unread[0].text.contains("Upheld in part"));
    assert!(found.items.iter().any(|item| item.decision.0.is_empty()));
}

#[test]
fn altered_words_and_words_that_fit_nowhere_are_kept_with_their_place() {
    let whole = text("imr-2017", &example());
    let altered = whole
        .replace("more than five years and is", "nearly five years and is")
        .replace("CLINICAL CASE SUMMARY", "CORRECTED COPY\n\nCLINICAL CASE SUMMARY");
    let (letter, _) = read(&altered);
    let kept: Vec<(&str, bool)> = letter
        .unread
        .iter()
        .map(|unread| (&unread.text[..10], unread.kind == UnreadKind::Unplaced))
        .collect();
    assert_eq!(kept, [("He/she has", false), ("CORRECTED ", true)]);
    assert!(!letter.reviewers[0].attests_five_years);
    assert_eq!(letter.reviewers[0].certifications, ["Orthopedic Surgery"]);
}

#[test]
fn a_letter_of_2013_says_its_decisions_twice_and_they_are_read_once() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/imr-2013-letter.ron");
    let letter = store::open(&path, None).unwrap().draft.letter;
    let (found, kind) = read(&text("imr-2013", &letter));
    assert_eq!(kind, "imr-2013");
    let items = |letter: &Letter| {
        let contents_of = |item: &Item| {
            (item.title.request.clone(), item.decision.clone(), item.rationale.clone())
        };
        letter.items.iter().map(contents_of).collect::<Vec<_>>()
    };
    assert_eq!(items(&found), items(&letter));
    assert_eq!(found.case.date_assigned, letter.case.date_assigned);
    let words =
        |letter: &Letter| letter.summary.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(words(&found), words(&letter));
    assert_eq!((found.unread.len(), found.documents.len()), (0, letter.documents.len()));
}

#[test]
fn lists_come_apart_as_the_template_joins_them() {
    let two =
        ["Physical Medicine and Rehabilitation".to_owned(), "Pain Management".to_owned()];
    for (kind, values) in
        [("imr-2017", &two[..]), ("imr-2017", &two[..1]), ("imr-2014", &two[1..])]
    {
        let mut letter = example();
        letter.reviewers[0].certifications = values.to_vec();
        assert_eq!(
            read(&text(kind, &letter)).0.reviewers[0].certifications,
            values,
            "{kind}"
        );
    }
    let mut letter = example();
    letter.reviewers[0].licence_states =
        ["California", "New York", "Oregon"].map(str::to_owned).to_vec();
    let found = read(&text("imr-2014", &letter)).0;
    assert_eq!(found.reviewers[0].licence_states, letter.reviewers[0].licence_states);
}

#[test]
fn what_is_no_letter_is_kept_whole() {
    let imported =
        import::text("Minutes of a meeting.\n\nNobody came.", Template::all().iter())
            .unwrap();
    assert!(!imported.is_understood);
    assert_eq!(imported.letter.summary, "Minutes of a meeting.\n\nNobody came.");
    assert_eq!(imported.letter.unread.len(), 1);
}

#[test]
fn the_command_reads_one_letter_and_a_folder() {
    let letter = text("imr-2017", &example());
    Trial::of("import a.txt")
        .with("a.txt", &letter)
        .exits(0)
        .leaves("a.txt", &letter);
    Trial::of("import a.txt -o -")
        .with("a.txt", &letter)
        .prints_something()
        .exits(0)
        .leaves_no("a.rationale");
    Trial::of("import letters --out-dir .")
        .with("letters/a.txt", &letter)
        .with("letters/b.txt", "Minutes.")
        .tells(
            "letters/b.txt: No template matches this letter, so its full text is in \
                the summary\n    To read such letters, add a template with a reading \
                section to your templates folder\nletters/a.txt  \
                imr-2017\nletters/b.txt  not recognized\n1 letter read in full, 1 not\n",
        )
        .exits(1);
    Trial::of("import none.txt")
        .tells("none.txt: There is no file none.txt\n    Check the name and the folder\n")
        .exits(3);
}

/// Sentences as reviewers write them.
fn sentence() -> impl Strategy<Value = String> {
    (
        "[A-Z][a-z]{1,9}",
        prop::collection::vec(
            "[a-z]{1,9}|[0-9]{1,3}|MRI|\\(ODG\\)|L4-5|50mg|#30|60%",
            1..12,
        ),
    )
        .prop_map(|(first, rest)| format!("{first} {}.", rest.join(" ")))
}

pub(crate) fn prose() -> impl Strategy<Value = String> {
    let paragraph =
        prop::collection::vec(sentence(), 1..6).prop_map(|sentences| sentences.join(" "));
    prop::collection::vec(paragraph, 1..4).prop_map(|paragraphs| paragraphs.join("\n\n"))
}

pub(crate) fn phrase() -> impl Strategy<Value = String> {
    (
        "[A-Z][a-z]{2,9}",
        prop::collection::vec("[a-z]{2,9}|[0-9]{1,3}|#60|50mg|\\(x-rays\\)", 1..6),
    )
        .prop_map(|(first, rest)| format!("{first} {}", rest.join(" ")))
}

fn item() -> impl Strategy<Value = (Vec<String>, u8, bool, u8, String)> {
    (prop::collection::vec(phrase(), 3), 0u8..4, any::<bool>(), 0u8..4, prose())
}

fn cited(kind: u8, words: &[String]) -> Guideline {
    let mtus = |title: &str, sections: &[String]| Source::Mtus {
        title: title.to_owned(),
        year: Some(2004),
        acoem_chapter: None,
        sections: sections.to_vec(),
    };
    let sources = match kind {
        0 => vec![mtus("Low Back Complaints", &words[..1])],
        1 => vec![
            mtus("Forearm, Wrist, and Hand Complaints", &[]),
            mtus("Chronic Pain Medical Treatment", words),
        ],
        2 => vec![Source::OutsideMtus, Source::NonMtus(words[0].clone())],
        _ => return Guideline::None { reason: String::new() },
    };
    Guideline::Cited(sources)
}

fn letters() -> impl Strategy<Value = Letter> {
    (prose(), prop::collection::vec(item(), 1..6)).prop_map(|(summary, items)| {
        let mut letter = Letter { summary, ..example() };
        letter.items.clear();
        for (words, shape, is_upheld, guideline, rationale) in items {
            letter.add_row(Group::Items, None);
            let item = letter.items.last_mut().unwrap();
            item.title.request.clone_from(&words[0]);
            if shape == 1 {
                item.title.shape = TitleShape::Remainder;
                (item.title.authorized, item.title.remaining) =
                    (words[1].clone(), words[2].clone());
            }
            item.decision =
                Decision(if is_upheld { "upheld" } else { "overturned" }.into());
            (item.claims_guideline, item.reviewer_guideline) =
                (cited(guideline, &words), cited(3 - guideline, &words));
            item.rationale = rationale;
        }
        letter
    })
}

proptest! {
    // The same cases every time: what is submitted is judged by itself, and not by luck.
    // More are tried by another seed.
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(2017),
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_letter_that_is_composed_and_read_is_the_same(letter in letters()) {
        let (found, kind) = read(&text("imr-2017", &letter));
        prop_assert_eq!((kind, found.unread.len()), ("imr-2017", 0));
        prop_assert_eq!(&found.summary, &letter.summary);
        let items = |letter: &Letter| letter.items.iter().map(contents_of).collect::<Vec<_>>();
        prop_assert_eq!(items(&found), items(&letter));
    }

    #[test]
    fn the_same_letter_comes_back_through_a_pdf(letter in letters()) {
        let template = Template::built_in("imr-2017").unwrap();
        let order = Order { copy: LetterCopy::Public, today: date(2026, 1, 1) };
        let composed = compose(&letter, template, &LIBRARY, &order);
        let input = export::ExportInput { document: &composed.document, pages: &composed.pages };
        let words = import::words(&(export::PDF.write)(&input).unwrap()).unwrap().text;
        let (found, kind) = read(&words);
        prop_assert_eq!((kind, &found.unread), ("imr-2017", &Vec::new()));
        let without_spaces = |text: &str| text.split_whitespace().collect::<String>();
        prop_assert_eq!(without_spaces(&text(kind, &found)), without_spaces(&text(kind, &letter)));
        prop_assert_eq!(found.items.len(), letter.items.len());
        for (found, item) in found.items.iter().zip(&letter.items) {
            prop_assert_eq!(&found.title, &item.title);
        }
    }

    #[test]
    fn any_file_gives_words_or_a_reason(
        bytes in prop::collection::vec(any::<u8>(), 0..600),
        start in 0usize..3,
    ) {
        let head: &[u8] = [b"%PDF-1.7\n".as_slice(), b"PK\x03\x04", b""][start];
        if let Err(error) = import::words(&[head, &bytes].concat()) {
            prop_assert!(!error.to_string().is_empty() && !error.hint().is_empty());
        }
    }

    #[test]
    fn a_pdf_that_was_damaged_gives_words_or_a_reason(
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = PDF.clone();
        let place = at.index(bytes.len());
        bytes[place] = byte;
        _ = import::words(&bytes);
        bytes.truncate(cut.index(bytes.len()));
        _ = import::words(&bytes);
    }

    #[test]
    fn any_text_is_read_or_kept(words in "(\\PC|\n|\u{c}){0,400}", cut in 0usize..2000) {
        import::text(&words, Template::all().iter()).unwrap();
        let whole = text("imr-2017", &example());
        let cut: String = whole.chars().skip(cut).collect();
        import::text(&(words + &cut), Template::all().iter()).unwrap();
    }
}
