//! What templates/README.md tells authors is so: every example of a filter prints what it
//! says, the smallest letter kind is one, and no filter is left out.

use std::sync::LazyLock;

use jiff::civil::date;
use rationale::compose::compose;
use rationale::letter::{Entry, Group, Letter};
use rationale::library::Library;
use rationale::template::{LetterCopy, Order, Template};

static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::bundled().unwrap());

const README: &str = include_str!("../../templates/README.md");

fn text(wording: &str, letter: &Letter) -> String {
    let head = "(id: \"t\", name: \"T\", version: 1, title: \"T\", outcomes: [])";
    let template = Template::parse(&format!("{head}\n---\n{wording}"))
        .unwrap_or_else(|found| panic!("{found:#?}"));
    template.fill(letter, LetterCopy::Served).0.text()
}

/// The rows of the table under "Filters and functions": what is written and what is
/// printed.
fn rows() -> Vec<(String, &'static str)> {
    let rows = README.lines().filter_map(|line| {
        let (written, printed) = line.strip_prefix("| `{{ ")?.rsplit_once(" }}` | ")?;
        Some((written.replace("\\|", "|"), printed.trim_end_matches('|').trim()))
    });
    rows.collect()
}

#[test]
fn every_filter_prints_what_the_table_says() {
    let rows = rows();
    assert!(rows.len() > 20, "{rows:?}");
    for (written, printed) in rows {
        assert_eq!(
            text(&format!("{{{{ {written} }}}}"), &Letter::default()),
            printed,
            "{written}"
        );
    }
}

#[test]
fn every_filter_is_told_about() {
    for name in Template::filters() {
        let is_told = [
            format!("`{name}`"),
            format!("| {name} }}}}"),
            format!("| {name}("),
            format!("{{{{ {name}("),
        ]
        .iter()
        .any(|form| README.contains(form.as_str()));
        assert!(is_told, "{name}");
    }
}

#[test]
fn the_letter_kinds_and_fields_that_it_shows_can_be_read() {
    let smallest = README
        .split("```text\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next())
        .unwrap();
    assert!(Template::parse(smallest).is_ok());
    let extras = README
        .split("```text\n")
        .nth(2)
        .and_then(|rest| rest.split("```").next())
        .unwrap();
    let with_extras = smallest.replacen(
        "required:",
        &format!("{}, required:", extras.trim().trim_end_matches(',')),
        1,
    );
    let template =
        Template::parse(&with_extras).unwrap_or_else(|found| panic!("{found:#?}"));
    assert!(template.fields().len() > 3);
}

#[test]
fn fields_of_ones_own_are_printed_asked_for_and_checked() {
    let head = r#"(id: "t", name: "T", version: 1, title: "T", outcomes: [],
        required: ["extra.docket", "extra.bills"],
        extra: [
            (name: "docket", label: "Docket"),
            (name: "bills", label: "Bills", kind: Rows, fields: [
                (name: "code", label: "Code"),
                (name: "amount", label: "Amount", kind: Money),
            ]),
        ])"#;
    let wording = "{{ extra.docket }}: {% for bill in extra.bills %}{{ bill.code }} \
        {{ bill.amount }}, {% endfor %}{{ extra.bills | \
                   map(attribute=\"amount\") | total }}";
    let template = Template::parse(&format!("{head}\n---\n{wording}"))
        .unwrap_or_else(|found| panic!("{found:#?}"));
    let mut letter = Letter::default();
    letter.extra.insert("docket".into(), "7".into());
    for (code, amount) in [("A1", "100"), ("B2", "$20.50")] {
        letter.add_row(Group::named("extra.bills", &[]).unwrap(), None);
        let row = letter.extra_rows.get_mut("bills").unwrap().last_mut().unwrap();
        row.values = [
            ("code".to_owned(), code.to_owned()),
            ("amount".to_owned(), amount.to_owned()),
        ]
        .into();
    }
    assert_eq!(
        template.fill(&letter, LetterCopy::Served).0.text(),
        "7: A1 $100.00, B2 $20.50, $120.50"
    );
    assert!(
        template.requires("extra.docket", &letter)
            && template.requires("extra.bills", &letter)
    );
}

#[test]
fn a_kind_says_what_it_is_held_to_and_who_signs() {
    let kind = |keys: &str| {
        let head = format!(
            "(id: \"t\", name: \"T\", version: 1, title: \"T\", outcomes: [], {keys} \
                required: [\"summary\"], extra: [(name: \
             \"signer\", label: \"Signer\")])"
        );
        Template::parse(&format!("{head}\n---\n{{{{ summary }}}}"))
            .unwrap_or_else(|found| panic!("{found:#?}"))
    };
    let codes = |template: &Template| {
        let letter = Letter { summary: String::new(), ..Letter::default() };
        let order = Order { copy: LetterCopy::Served, today: date(2026, 1, 1) };
        let found = compose(&letter, template, &LIBRARY, &order).diagnostics;
        found.iter().map(|found| found.message.clone()).collect::<Vec<_>>()
    };
    assert_eq!(codes(&kind("")), ["Clinical case summary is missing"]);
    assert_eq!(codes(&kind("checks: [Dates, Decisions],")), Vec::<String>::new());
    let signed = codes(&kind("signer: Named(\"extra.signer\"),"));
    assert_eq!(signed, ["Signer is missing", "Clinical case summary is missing"]);
}

#[test]
fn a_field_takes_every_form_of_a_date_whatever_the_usual_one_is() {
    for usual in ["Us", "Long", "Iso", "DayFirst"] {
        let head = format!(
            "(id: \"t\", name: \"T\", version: 1, title: \"T\", outcomes: [], dates: {usual})"
        );
        let template = Template::parse(&format!(
            "{head}\n---\n{{{{ case.decision_date | date(\"weekday\") }}}}"
        ))
        .unwrap();
        let mut letter = Letter::default();
        letter.case.decision_date = Entry::read("06/05/2024");
        assert_eq!(
            template.fill(&letter, LetterCopy::Served).0.text(),
            "Wednesday, June 5, 2024",
            "{usual}"
        );
    }
}

#[test]
fn an_empty_field_stays_a_gap_in_every_filter_of_ours() {
    for written in [
        "claimant.age | number_words",
        "case.decision_date | date(\"long\")",
        "count(claimant.age, \"year\")",
    ] {
        let head = "(id: \"t\", name: \"T\", version: 1, title: \"T\", outcomes: [])";
        let template =
            Template::parse(&format!("{head}\n---\n{{{{ {written} }}}}")).unwrap();
        assert_eq!(
            template.fill(&Letter::default(), LetterCopy::Served).0.gaps().len(),
            1,
            "{written}"
        );
    }
}

#[test]
fn a_public_copy_that_names_a_party_is_refused() {
    let head = "(id: \"t\", name: \"T\", version: 1, title: \"T\", outcomes: [], \
        header: \"{{ parties.claim_number }}\")";
    let template =
        Template::parse(&format!("{head}\n---\n{{{{ parties.employee }}}}")).unwrap();
    let mut letter = Letter::default();
    (letter.parties.employee, letter.parties.claim_number) =
        ("Alex Example".into(), "EX-1".into());
    let messages = |copy| {
        let found = compose(
            &letter,
            &template,
            &LIBRARY,
            &Order { copy, today: date(2026, 1, 1) },
        )
        .diagnostics;
        found.into_iter().map(|found| found.message).collect::<Vec<_>>()
    };
    assert_eq!(messages(LetterCopy::Served), Vec::<String>::new());
    let expected = [
        "The public copy prints \"Employee\"",
        "The public copy prints \"Claim number\"",
    ];
    assert_eq!(messages(LetterCopy::Public), expected);
}

#[test]
fn a_head_that_cannot_work_is_told() {
    for (keys, message) in [
        (
            "reviewers: (least: 3, most: 2)",
            "This template asks for at least 3 reviewers and at most 2",
        ),
        ("styles: {\"body\": (typeface: \"Arial\")}", "There is no typeface Arial"),
        (
            "letter_outcomes: [(key: \"a\", word: \"A\", denial: Stands, \
                meaning: \"\"), (key: \"b\", word: \"B\", denial: Falls, \
             meaning: \"\")]",
            "No letter outcome covers the case that some of them stand",
        ),
        (
            "deadlines: [(from: \"case.number\", days: 3)]",
            "A deadline is counted from case.number, and there is no such date",
        ),
        (
            "extra: [(name: \"level\", label: \"L\", kind: Choice)]",
            "level is a choice with nothing to choose",
        ),
    ] {
        let head = format!(
            "(id: \"t\", name: \"T\", version: 1, title: \"T\", outcomes: [], {keys})"
        );
        let found = Template::parse(&format!("{head}\n---\nwords"))
            .err()
            .unwrap_or_default();
        assert_eq!(
            found.iter().map(|found| found.message.as_str()).collect::<Vec<_>>(),
            [message]
        );
    }
}

#[test]
fn nothing_is_doubled_where_pieces_join_and_no_line_is_left_over() {
    let letter = Letter { summary: "It hurts.".into(), ..Letter::default() };
    for (wording, printed) in [
        ("{{ summary }}. Then", "It hurts. Then"),
        ("{% set s %}a,{% endset %}{{ s }} b", "a, b"),
        ("a\n\n{% if false %}\nb\n{% endif %}\n\nc", "a\n\nc"),
        ("First{% if true %} x{% endif %}\n\nSecond", "First x\n\nSecond"),
        ("First {% if false %}x{% endif %} last", "First last"),
        (
            "{% for n in [1, 2] %}\n- line {{ n }}{% if true %}, more{% endif %}\n{% endfor %}",
            "line 1, more\n\nline 2, more",
        ),
    ] {
        assert_eq!(text(wording, &letter), printed, "{wording:?}");
    }
}
