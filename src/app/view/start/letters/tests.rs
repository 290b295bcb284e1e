//! Which letters the list shows, in which order, and how fast.

use super::*;
use crate::app::platform;
use crate::letter::parse_date;

fn letter(number: &str, due: &str, finished: &str) -> KnownDraft {
    KnownDraft {
        case_number: number.to_owned(),
        due: parse_date(due),
        finished: parse_date(finished),
        ..KnownDraft::default()
    }
}

#[test]
fn a_letter_says_how_many_business_days_are_left() {
    let today = parse_date("11/22/2017").unwrap();
    for (due, finished, expected) in [
        ("11/28/2017", "", Some("2 business days")),
        ("11/22/2017", "", Some("today")),
        ("11/21/2017", "", Some("1 day overdue")),
        ("11/28/2017", "11/20/2017", None),
        ("", "", None),
    ] {
        let words = due_words(&letter("A", due, finished), today);
        assert_eq!(words.map(|(_, words, _)| words).as_deref(), expected, "{due}");
    }
}

/// Prints how long it takes.
#[test]
#[expect(clippy::print_stderr, reason = "the figures are what one looks for here")]
fn ten_thousand_letters_are_sorted_and_narrowed() {
    let mut letters = Vec::new();
    for number in 0..10_000_u32 {
        let (month, day) = (number % 12 + 1, number % 28 + 1);
        let due = format!("{month}/{day}/2017");
        let mut letter = letter(&format!("CM17-{:07}", number * 7919 % 10_000), &due, "");
        letter.items = vec!["Trigger point injections".into(), "MRI, low back".into()];
        letter.path = format!("/letters/2017/{month:02}/{number}.rationale").into();
        letters.push(letter);
    }
    let library = std::sync::Arc::new(crate::library::Library::bundled().unwrap());
    let now = platform::now();
    let mut desk = Desk::new(library, crate::store::settings::Settings::default(), now);
    let mut list = LetterList::default();
    let time = |desk: &Desk, list: &mut LetterList, what: &str| {
        let begun = platform::steady();
        list.work_out(desk, &letters);
        let took = platform::steady().saturating_sub(begun);
        eprintln!("{what}: {:.1} ms", took.as_secs_f64() * 1e3);
        list.found.len()
    };
    assert_eq!(time(&desk, &mut list, "first"), 10_000);
    for column in [Column::Case, Column::State, Column::Outcome, Column::Saved] {
        list.sorted_by = column;
        assert_eq!(time(&desk, &mut list, column.label()), 10_000);
    }
    for (words, count) in [("t", 10_000), ("cm17-00001", 100), ("injections mri", 10_000)]
    {
        words.clone_into(&mut list.words);
        assert_eq!(time(&desk, &mut list, words), count);
    }
    let numbers = letters.iter().map(|letter| draft_number(&letter.path)).collect();
    desk.earlier.with_words = Some(("zebra".to_owned(), numbers));
    "zebra".clone_into(&mut list.words);
    "zebra".clone_into(&mut list.asked);
    assert_eq!(time(&desk, &mut list, "by the index"), 10_000);
}

#[test]
fn what_is_due_first_comes_first_and_what_is_final_last() {
    let mut letters = [
        letter("A", "", ""),
        letter("B", "12/01/2017", "11/20/2017"),
        letter("C", "12/09/2017", ""),
        letter("D", "12/08/2017", ""),
    ];
    letters.sort_by(|one, other| order(Column::Due, one, other));
    let order: String =
        letters.iter().map(|letter| letter.case_number.as_str()).collect();
    assert_eq!(order, "DCAB");
    let today = parse_date("12/08/2017").unwrap();
    let shown = |shown: Shown| {
        let seen = letters.iter().filter(|letter| shown.has(letter, today));
        seen.map(|letter| letter.case_number.as_str()).collect::<String>()
    };
    assert_eq!(
        [Shown::Open, Shown::Overdue, Shown::DueSoon, Shown::Final].map(shown),
        ["DCA", "", "DC", "B"]
    );
}
