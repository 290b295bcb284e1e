//! Every prose field of every template is read: a fault of each kind is planted into each,
//! in the example that the template comes with.

use super::*;
use crate::check::roles;
use crate::letter::FieldPath;
use crate::letter::fields::{Kind, Slot, Value};

#[derive(serde::Deserialize)]
struct Example {
    letter: Letter,
}

fn examples() -> Vec<(&'static Template, Letter)> {
    let files = [
        ("imr-2013", include_str!("../../../examples/imr-2013-letter.ron")),
        ("imr-2014", include_str!("../../../examples/sample-letter.ron")),
        ("imr-2017", include_str!("../../../examples/imr-2017-letter.ron")),
        ("texas-iro", include_str!("../../../examples/texas-iro-letter.ron")),
        ("ca-dmhc", include_str!("../../../examples/ca-dmhc-letter.ron")),
        (
            "ny-external-appeal",
            include_str!("../../../examples/ny-external-appeal-letter.ron"),
        ),
        ("ur-denial", include_str!("../../../examples/ur-denial-letter.ron")),
    ];
    let mut examples = Vec::new();
    for (id, text) in files {
        let Example { letter } = ron::from_str(text).expect("the example is a draft");
        examples.push((template_of(id), letter));
    }
    examples
}

/// What is planted, the rule that must find it, and which fields it is wrong in.
struct Fault {
    rule: &'static str,
    words: &'static str,
    is_wrong_in: fn(&Template, &Letter, &FieldPath) -> bool,
}

const FAULTS: &[Fault] = &[
    Fault { rule: "L008", words: "The dose is TBD.", is_wrong_in: |_, _, _| true },
    Fault { rule: "L009", words: "It was \u{4E2D}.", is_wrong_in: |_, _, _| true },
    Fault { rule: "L017", words: "I reviewed the records.", is_wrong_in: |_, _, _| true },
    Fault { rule: "L030", words: "It was 02/30/2016.", is_wrong_in: |_, _, _| true },
    Fault { rule: "L042", words: "Dr. Quillmark agrees.", is_wrong_in: |_, _, _| true },
    Fault { rule: "L045", words: "No defecits were seen.", is_wrong_in: |_, _, _| true },
    Fault { rule: "L046", words: "This was was seen.", is_wrong_in: |_, _, _| true },
    Fault { rule: "L069", words: "No discreet mass.", is_wrong_in: |_, _, _| true },
    // Both sexes are stated, so that one of them is wrong whatever the claimant's is.
    Fault {
        rule: "L041",
        words: "This young man agrees. This young woman agrees.",
        is_wrong_in: |_, _, _| true,
    },
    Fault {
        rule: "L040",
        words: "He complained of pain. She complained of pain.",
        is_wrong_in: |_, _, _| true,
    },
    // Only where the letter states the injury's date.
    Fault {
        rule: "L031",
        words: "The date of injury is 01/02/1999.",
        is_wrong_in: |template, _, _| template.field("case.date_of_injury").is_some(),
    },
    // Only reasons conclude, and only what is decided as a whole can be contradicted.
    Fault {
        rule: "L010",
        words: "The denial is upheld.",
        is_wrong_in: |template, letter, path| {
            concludes(template, letter, path, "overturned")
        },
    },
    Fault {
        rule: "L010",
        words: "The denial is overturned.",
        is_wrong_in: |template, letter, path| concludes(template, letter, path, "upheld"),
    },
];

/// Whether a field gives the reasons of this decision.
fn concludes(template: &Template, letter: &Letter, path: &FieldPath, key: &str) -> bool {
    let field = template.field(path.pattern()).expect("the template has it");
    let place = match path.pattern().strip_suffix(".rationale") {
        Some(group) => FieldPath::new(&format!("{group}.decision"), path.rows()),
        None if roles::gives_own_reasons(template, field) => {
            FieldPath::new("items[].decision", &[letter.items[0].id])
        }
        None => return false,
    };
    let decision = template.field(place.pattern()).expect("reasons have a decision");
    let value = decision.value(letter, &place);
    let Some(Value::Choice(decided)) = value else { return false };
    let denial = template.denial(&Decision(decided.into_owned()));
    denial.is_some() && denial == template.denial(&Decision(key.into()))
}

#[test]
fn every_fault_is_found_in_every_prose_field_of_every_template() {
    let mut fields = 0;
    for (template, letter) in examples() {
        for field in template.fields().iter().filter(|field| field.kind == Kind::Prose) {
            if !roles::is_of_the_case(field) {
                continue;
            }
            for path in field.places(&letter) {
                for fault in FAULTS {
                    if (fault.is_wrong_in)(template, &letter, &path) {
                        plant(template, &letter, &path, fault);
                    }
                }
                fields += 1;
            }
        }
    }
    assert!(fields > 20, "{fields}");
}

fn plant(template: &Template, letter: &Letter, path: &FieldPath, fault: &Fault) {
    let mut letter = letter.clone();
    let field = template.field(path.pattern()).expect("the template has it");
    let Some(Slot::Text(text)) = field.slot(&mut letter, path) else {
        unreachable!("prose is text")
    };
    text.push_str(" \u{AD}");
    text.push_str(&fault.words.replace(' ', "\u{A0}"));
    let found = check(&letter, template, LetterCopy::Public, date(2030, 1, 1));
    let is_found = found
        .iter()
        .any(|found| found.code == fault.rule && found.anchor.field() == Some(path));
    assert!(is_found, "{}: {path}: {} {}", template.id(), fault.rule, fault.words);
    // The page of rules says so, too.
    let rule = RULES.iter().find(|rule| rule.id == fault.rule).expect("it is a rule");
    assert!(rule.reads(template, field), "{}: {path}: {}", template.id(), rule.id);
}

#[test]
fn fields_that_are_not_of_the_case_have_a_reason() {
    // Addresses, and the names of who decides or signs.
    let mut others = Vec::new();
    for template in Template::all() {
        for field in template.fields() {
            if matches!(field.kind, Kind::Prose | Kind::Line)
                && field.printable
                && !roles::is_of_the_case(field)
                && !["case.", "parties.", "recipients[].", "documents[]."]
                    .iter()
                    .any(|group| field.pattern.starts_with(group))
                && !others.contains(&field.pattern)
            {
                others.push(field.pattern.clone());
            }
        }
    }
    others.sort();
    let expected = "correction.of correction.why extra.agent extra.medical_director \
        extra.organization extra.signed_by extra.signer_hours extra.signer_licence \
        extra.signer_name extra.signer_phone extra.signer_specialty extra.signer_state \
        extra.utilization_review_agent";
    assert_eq!(others.join(" "), expected);
}
