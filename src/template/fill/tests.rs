//! Wordings, and the blocks that they are filled to.

use crate::document::{Block, Document, Span, Text};
use crate::letter::{Decision, Group, Guideline, Letter, Source};
use crate::template::{LetterCopy, Template};

const HEAD: &str = r#"(id: "test", name: "Test", version: 1, title: "Test",
    styles: {"item": (bold: true)}, tables: {"plain": (header: false)},
    outcomes: [(key: "upheld", word: "Upheld", denial: Stands,
        meaning: "the denial stands")])"#;

fn filled(letter: &Letter, body: &str) -> Document {
    let template = Template::parse(&format!("{HEAD}\n---\n{body}"))
        .unwrap_or_else(|found| panic!("{found:#?}"));
    template.fill(letter, LetterCopy::Served).0
}

/// Blocks in a short notation: values in `⟨⟩` with their field, gaps as `□`.
fn check(letter: &Letter, body: &str, expected: &[&str]) {
    let document = filled(letter, body);
    let shown: Vec<String> = document.blocks.iter().flat_map(show).collect();
    assert_eq!(shown, expected, "{body:?}");
}

fn show(block: &Block) -> Vec<String> {
    match block {
        Block::Paragraph(paragraph) => {
            vec![paragraph.spans.iter().map(show_span).collect()]
        }
        Block::List(list) => list.items.iter().flatten().flat_map(show).collect(),
        Block::Table(table) => table
            .rows
            .iter()
            .flatten()
            .flat_map(|cell| &cell.blocks)
            .flat_map(show)
            .collect(),
        Block::Picture(_) => vec!["picture".into()],
        Block::PageBreak => vec!["/".into()],
    }
}

fn show_span(span: &Span) -> String {
    match span {
        Span::Text(Text { text, field: Some(field), .. }) => {
            format!("⟨{field} {text}⟩")
        }
        Span::Text(text) => text.text.clone(),
        Span::Gap(gap) => format!("□{}", gap.label),
        Span::Break => "|".into(),
        Span::PageNumber | Span::PageCount => "#".into(),
    }
}

fn one_item(rationale: &str) -> Letter {
    let mut letter = Letter::default();
    letter.add_row(Group::Items, None);
    letter.items[0].title.request = "MRI".into();
    letter.items[0].decision = Decision("upheld".into());
    letter.items[0].rationale = rationale.into();
    letter
}

#[test]
fn a_value_is_only_itself() {
    let letter =
        Letter { summary: "**x** {{ y }} <b> | _z_ {% w %}".into(), ..Letter::default() };
    check(&letter, "{{ summary }}", &["⟨summary **x** {{ y }} <b> | _z_ {% w %}⟩"]);
}

#[test]
fn a_value_knows_its_field_wherever_it_went() {
    let letter = one_item("why");
    let value = "⟨items#1.rationale why⟩";
    for body in [
        "{% for item in items %}{{ item.rationale }}{% endfor %}",
        "{{ items[0].rationale }}",
        "{{ (items | first).rationale }}",
        "{% set x = items[0] %}{% set y = x.rationale %}{{ y }}",
        "{% macro show(x) %}{{ x }}{% endmacro %}{{ show(items[0].rationale) }}",
        "{% for x in items | map(attribute='rationale') %}{{ x }}{% endfor %}",
        "{{ summary or items[0].rationale }}",
        "{% set captured %}{{ items[0].rationale }}{% endset %}{{ captured }}",
    ] {
        check(&letter, body, &[value]);
    }
    check(&letter, "{{ items[0].rationale | upper }}", &["WHY"]);
}

#[test]
fn comparisons_see_plain_strings() {
    let letter = one_item("why");
    check(&letter, "{% if items[0].decision == 'Upheld' %}yes{% endif %}", &["yes"]);
    check(&letter, "{% if 'Uph' in items[0].decision %}yes{% endif %}", &["yes"]);
    check(&letter, "{% if summary %}a{% else %}b{% endif %}", &["b"]);
}

#[test]
fn an_empty_value_is_a_gap_that_knows_its_name() {
    check(&Letter::default(), "Case {{ case.number }} is", &["Case □Case number is"]);
    let mut letter = Letter::default();
    letter.add_row(Group::Reviewers, None);
    check(
        &letter,
        "{{ reviewers[0].certifications | and_list }}",
        &["□Board certifications"],
    );
}

#[test]
fn paragraphs_of_a_value_become_paragraphs_after_what_precedes_it() {
    let letter = one_item("one\n\ntwo\nthree");
    let body = "**Rationale:** {{ items[0].rationale }}";
    check(
        &letter,
        body,
        &[
            "Rationale: ⟨items#1.rationale one⟩",
            "⟨items#1.rationale two⟩",
            "⟨items#1.rationale three⟩",
        ],
    );
}

#[test]
fn paragraphs_within_a_line_are_joined_and_reported() {
    let template = Template::parse(&format!("{HEAD}\n---\n{{{{ summary }}}} end"))
        .unwrap_or_else(|_| panic!());
    let letter = Letter { summary: "a\nb".into(), ..Letter::default() };
    let (document, noticed) = template.fill(&letter, LetterCopy::Served);
    assert_eq!(document.text(), "a b end");
    assert_eq!(noticed.iter().map(|noticed| noticed.code).collect::<Vec<_>>(), ["T010"]);
}

#[test]
fn an_address_keeps_its_lines() {
    let mut letter = Letter::default();
    let id = letter.add_row(Group::Recipients, None);
    letter.recipients[0].address = "1 Road\nTown".into();
    let line = |text| format!("⟨recipients#{id}.address {text}⟩");
    check(
        &letter,
        "{{ recipients[0].address | lines }}",
        &[&format!("{}|{}", line("1 Road"), line("Town"))],
    );
}

#[test]
fn stops_are_not_doubled_where_pieces_join() {
    let letter = Letter { summary: "It hurts.".into(), ..Letter::default() };
    check(&letter, "{{ summary }}. Next", &["⟨summary It hurts.⟩ Next"]);
}

#[test]
fn a_false_condition_leaves_nothing_behind() {
    check(&Letter::default(), "a\n\n{% if false %}\nb\n{% endif %}\n\nc", &["a", "c"]);
    check(&Letter::default(), "a\n{% if false %}\nb\n{% endif %}\nc", &["a c"]);
}

#[test]
fn guidelines_are_written_in_the_form_asked_for() {
    let mut letter = one_item("why");
    let source = Source::Mtus {
        title: "Low Back Complaints".into(),
        year: Some(2004),
        acoem_chapter: Some(12),
        sections: vec![],
    };
    letter.items[0].claims_guideline = Guideline::Cited(vec![source]);
    let line =
        |words| format!("⟨items#1.claims_guideline Decision based on MTUS {words}.⟩");
    let body =
        |form| format!("{{{{ items[0].claims_guideline | guideline('{form}') }}}}");
    check(&letter, &body("acoem"), &[&line("ACOEM Chapter 12 Low Back Complaints")]);
    check(&letter, &body("mtus"), &[&line("Low Back Complaints 2004")]);
}

#[test]
fn a_table_without_a_header_has_its_first_row_left_out() {
    check(
        &Letter::default(),
        "{.plain}\n| x | y |\n|---|---|\n| **a** | b |",
        &["a", "b"],
    );
}

#[test]
fn an_endless_template_ends_in_a_diagnostic() {
    let body = "{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}\
        {% endfor %}";
    let template =
        Template::parse(&format!("{HEAD}\n---\n{body}")).unwrap_or_else(|_| panic!());
    let (_, noticed) = template.fill(&Letter::default(), LetterCopy::Served);
    assert_eq!(noticed.iter().map(|noticed| noticed.code).collect::<Vec<_>>(), ["T009"]);
}
