//! Wordings, and the problems that are found in them.

use super::super::{BUILT_IN, Template, syntax};
use super::*;
use crate::letter::fields::printable_patterns;

fn reading(source: &str) -> Reading {
    let patterns: Vec<String> = printable_patterns().map(str::to_owned).collect();
    read(source, syntax(), &Nameable { patterns: &patterns, styles: Some(&["item"]) })
}

/// Problems as `code line:column message; hint`.
fn check(source: &str, expected: &[&str]) {
    let problems = reading(source).problems;
    let shown = problems
        .iter()
        .map(|p| format!("{} {}:{} {}; {}", p.code, p.line, p.column, p.message, p.hint));
    assert_eq!(shown.collect::<Vec<_>>(), expected, "{source:?}");
}

#[test]
fn what_is_right_is_quiet() {
    check(
        "{{ case.number }} {% for item in items %}{{ item.title }}: \
            {{ item.decision }}{% endfor %}",
        &[],
    );
    check(
        "{% set first = reviewers | first %}{{ first.certifications | and_list }}",
        &[],
    );
    check(
        "{% if copy is served and recipients %}{{ recipients[0].name }}{% endif %}",
        &[],
    );
    check("{% macro bold(x) %}**{{ x.y }}**{% endmacro %}{{ bold(case.number) }}", &[]);
    check("{% for item in items %}{{ loop.index }}{% endfor %}Page {{ page }}", &[]);
    check("{.item}\n**Label:** {{ summary }}", &[]);
}

#[test]
fn an_unknown_name_is_reported_with_the_nearest_one() {
    check(
        "a\n{{ case.nummer }}",
        &["T003 2:4 There is no field case.nummer; The nearest name is case.number"],
    );
    check(
        "{% for item in items %}{{ item.ratonale }}{% endfor %}",
        &[
            "T003 1:27 There is no field item.ratonale; The nearest name is item.rationale",
        ],
    );
}

#[test]
fn the_reviewers_name_cannot_be_named() {
    let problems =
        reading("{% for r in reviewers %}{{ r.internal_name }}{% endfor %}").problems;
    assert_eq!(problems.first().map(|problem| problem.code), Some("T003"));
}

#[test]
fn branches_not_taken_are_read_too_and_all_problems_come_at_once() {
    let problems = reading(
        "{% if false %}{{ case.x }}{% else %}{{ summary | shout }}{% endif %}\n<b>",
    )
    .problems;
    assert_eq!(
        problems.iter().map(|problem| problem.code).collect::<Vec<_>>(),
        ["T003", "T004", "T005"]
    );
}

#[test]
fn fields_that_filters_look_at_are_names_too() {
    check("{{ items | map(attribute='rationale') | first }}", &[]);
    check(
        "{{ items | map(attribute='ratonale') | first }}",
        &["T003 1:4 There is no field item.ratonale; The nearest name is item.rationale"],
    );
    check(
        "{{ item.title }}",
        &["T003 1:4 There is an item only inside its rows; Put {% for item in items \
            %} before it"],
    );
}

#[test]
fn a_tag_without_its_end_is_reported_where_it_begins() {
    check(
        "a\n{% for item in items %}\n{% if copy is served %}\nb\n{% endif %}\n\nc",
        &["T002 2:1 This for has no endfor; Every {{ needs its }}, every {% its %}, \
            every for its endfor, every if its endif"],
    );
}

#[test]
fn filters_that_print_for_machines_do_not_exist() {
    check(
        "{{ summary | safe }}",
        &["T004 1:4 There is no filter safe; templates/README.md lists every filter"],
    );
    check(
        "{{ summary | uper }}",
        &["T004 1:4 There is no filter uper; The nearest filter is upper"],
    );
}

#[test]
fn asterisks_that_would_be_printed_are_reported() {
    let problems = reading("**Label:**{{ summary }}").problems;
    assert_eq!(
        problems
            .first()
            .map(|problem| (problem.code, problem.line, problem.column)),
        Some(("T005", 1, 1))
    );
}

#[test]
fn an_unclosed_tag_is_reported_with_its_place() {
    let problems = reading("a\n{% for item in items %}\n").problems;
    assert_eq!(problems.first().map(|problem| problem.code), Some("T002"));
}

#[test]
fn a_style_must_be_in_the_head() {
    check(
        "{.itme}\ntext",
        &["T007 1:1 The head has no style or table itme; The nearest style is item"],
    );
}

#[test]
fn a_form_shows_what_its_wording_names() {
    let used =
        reading("{{ case.number }}{% for item in items %}{{ item.title }}{% endfor %}")
            .used;
    assert!(used.contains("case.number") && used.contains("items[].remaining"));
    assert!(!used.contains("items[].rationale"));
}

#[test]
fn every_built_in_template_is_read() {
    for (id, source) in BUILT_IN {
        let read = Template::parse(source);
        assert_eq!(read.as_ref().err(), None);
        assert_eq!(read.unwrap().id(), id);
    }
}

#[test]
fn what_lies_too_deep_is_refused_before_it_is_read() {
    let many = |piece: &str| piece.repeat(20_000);
    for body in [
        format!("{{{{ {}1 }}}}", many("-")),
        format!("{{{{ 1{} }}}}", many("+1")),
        format!("{{{{ 1{} }}}}", many("~1")),
        format!("{{{{ {}1 }}}}", many("not ")),
        format!("{{{{ summary{} }}}}", many("|trim")),
        format!("{{{{ summary{} }}}}", many("[0]")),
        format!("{{{{ summary{} }}}}", many(".a")),
        format!("{{{{ summary{} }}}}", many(" is defined")),
        format!("{{{{ 1{} }}}}", many(" if 1 else 1")),
        format!("{{% if 1 %}}{}{{% endif %}}", many("{% elif 1 %}")),
        many("{% if 1 %}"),
        many("{% set a %}"),
    ] {
        let problems = reading(&body).problems;
        assert_eq!(problems.len(), 1, "{}", &body[..40]);
        assert_eq!(problems[0].code, "T006", "{}", problems[0].message);
    }
    let wide = format!("{{% set a = [{}] %}}", many("1, "));
    assert!(reading(&wide).problems.is_empty());
}

#[test]
fn a_namespace_holds_words_and_fields_and_lists_of_them() {
    let setup = "{% set ns = namespace(n=0, found=[]) %}{% set other = namespace() %}\
        {% set list = [summary] %}{% for item in items %}";
    for (value, is_taken) in [
        ("ns.n + 1", true),
        ("ns.n ~ \", \"", true),
        ("item.title", true),
        ("item", true),
        ("ns.found + [item]", true),
        ("[item.title, \"a\"]", true),
        ("list | length", true),
        ("item.decision or \"none\"", true),
        ("ns", false),
        ("other", false),
        ("list", false),
        ("ns.found", false),
        ("ns.found[1:]", false),
        ("ns.found * 1", false),
        ("ns.found | reverse", false),
        ("ns.found | batch(1) | list", false),
        ("summary | default(ns)", false),
        ("ns.found + ns.found", false),
        ("ns if item.title else \"a\"", false),
        ("namespace(a=ns)", false),
        ("namespace(list)", false),
        ("[ns]", false),
        ("{\"a\": ns}", false),
    ] {
        let body = format!("{setup}{{% set ns.found = {value} %}}{{% endfor %}}");
        let problems = reading(&body).problems;
        assert_eq!(problems.is_empty(), is_taken, "{value}: {problems:?}");
    }
}

#[test]
fn a_value_is_made_of_a_few_others() {
    let layers = |piece: &str, times| {
        let more = format!("{{% set x = {piece} %}}").repeat(times);
        reading(&format!("{{% set x = [1] %}}{more}")).problems.len()
    };
    for piece in
        ["x[1:]", "x * 1", "x + x", "x | batch(1)", "x | reverse", "x[1:] if 1 else 2"]
    {
        assert_eq!(layers(piece, 3), 0, "{piece}");
        assert!(layers(piece, 1000) > 0, "{piece}");
    }
    assert_eq!(
        reading(&"{% set n = 1 + 1 %}{% set n = n * 2 %}".repeat(1000)).problems,
        []
    );
}
