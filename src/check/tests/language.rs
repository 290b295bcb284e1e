//! Placeholders, characters, and how words are spelled and set.

use super::*;

/// What is said of how words are spelled and set, when one field is written to.
fn check_language(path: &str, text: &str, expected: &[&str]) {
    check_where(
        |letter| write(letter, path, text),
        |code| OF_LANGUAGE.contains(&code),
        expected,
    );
}

#[test]
fn placeholders_are_found_in_all_that_is_printed() {
    let hint = "Replace it with the real words, or remove it";
    for (path, place) in [
        ("summary", "\"Clinical case summary\""),
        ("items[2].rationale", "The rationale of item 2"),
        ("items[1].request", "The title of item 1"),
        ("reviewers[1].certifications", "The board certification of reviewer 1"),
        ("items[1].claims_guideline", "The claims administrator guideline of item 1"),
    ] {
        let found = format!("Error L008 {path}: {place} still has \"TBD\" / {hint}");
        check_field(path, "Seen on TBD", &[&found]);
    }
    check_change(
        |letter| {
            let source = Source::NonMtus("ODG XX".into());
            letter.items[0].reviewer_guideline = Guideline::Cited(vec![source]);
        },
        &[&format!(
            "Error L008 items[1].reviewer_guideline: The guideline of item 1 \
                still has \"XX\" / {hint}"
        )],
    );
    check_field("reviewers[1].internal_name", "TBD", &[]);
    check_field(
        "items[1].request",
        "MRI [following TPII]",
        &["Warning L008 items[1].request: The title of item 1 has words in \
                brackets: \"[following TPII]\" / Remove the \
           brackets, or leave them if you mean them"],
    );
}

#[test]
fn spelling_typesetting_and_confused_words_are_reported() {
    let rationale = "Defecits of the the knee, and defecits of discreet trigger points \
        . Defecits; Wrzlbrnft";
    check_language(
        "items[1].rationale",
        rationale,
        &[
            "Warning L045 items[1].rationale: \"Defecits\", twice in the rationale of \
                item 1, is not in the dictionary / Write Deficits, or add it to your \
                own words",
            "Warning L046 items[1].rationale: \"the\" appears twice in a row in the \
                rationale of item 1 / Remove one of them",
            "Warning L045 items[1].rationale: \"defecits\" in the rationale of item 1 \
                is not in the dictionary / Write deficits, or add it to your own words",
            "Warning L069 items[1].rationale: \"discreet\" in the rationale of item 1 \
                may be meant as \"discrete\" / \
             Write discrete, or leave it if you mean discreet",
            "Warning L046 items[1].rationale: The rationale of item 1 has a space \
                before a period / Remove the space",
            "Note L045 items[1].rationale: \"Wrzlbrnft\" in the rationale of item 1 is \
                not in the dictionary / If it is right, add it to your own words",
            "Warning L046 items[1].rationale: The rationale of item 1 ends without a \
                period / End the last sentence with a period",
        ],
    );
    check_language(
        "items[1].request",
        "Tramdol",
        &["Warning L045 items[1].request: \"Tramdol\" in the title of item 1 is not in \
            the dictionary / Write Tramadol, or add it to your own words"],
    );
    check_language(
        "reviewers[1].certifications",
        "Internel Medicine",
        &["Warning L045 reviewers[1].certifications: \"Internel\" in the board \
            certification of reviewer 1 is not in the dictionary / Write Internal, or \
            add it to your own words"],
    );
    check_language("parties.employee", "Wrzlbrnft Brnft", &[]);
}

#[test]
fn of_a_guideline_line_only_the_writers_own_sentence_is_spelled() {
    let line = "items[1].reviewer_guideline";
    check_language(line, "Decision based on MTUS Wrzlbrnft.", &[]);
    check_where(
        |letter| {
            let work = Source::NonMtus("Wrzlbrnft Compendium, 2016".into());
            letter.items[0].reviewer_guideline = Guideline::Cited(vec![work]);
        },
        |code| OF_LANGUAGE.contains(&code),
        &[],
    );
    check_where(
        |letter| {
            let reason = "There is no guidline on this.".into();
            letter.items[0].reviewer_guideline = Guideline::None { reason };
        },
        |code| OF_LANGUAGE.contains(&code),
        &["Warning L045 items[1].reviewer_guideline: \"guidline\" in the guideline of \
            item 1 is not in the dictionary / Write guideline, or add it to your own \
            words"],
    );
}

#[test]
fn an_unprintable_character_is_reported_with_a_plain_one() {
    check_field(
        "summary",
        "Pain ⇒ 5, pain ⇒ 7",
        &["Error L009 summary: \"Clinical case summary\" has ⇒ (U+21D2), which the \
            letter's font cannot print / Write to instead"],
    );
    check_field(
        "items[2].rationale",
        "中 is needed. It is not medically necessary.",
        &["Error L009 items[2].rationale: The rationale of item 2 has 中 (U+4E2D), \
            which the letter's font cannot print / Use plain letters instead"],
    );
}

#[test]
fn a_lost_character_is_reported() {
    check_field(
        "summary",
        "Jos\u{FFFD}",
        &["Error L009 summary: \"Clinical case summary\" has \u{FFFD} where a \
            character was lost / Type the missing character"],
    );
}

#[test]
fn a_hidden_character_is_reported() {
    for hidden in ["\u{202E}", "\u{7}"] {
        let code = u32::from(hidden.chars().next().unwrap_or_default());
        check_field(
            "summary",
            &format!("Pain{hidden}"),
            &[&format!(
                "Error L009 summary: \"Clinical case summary\" has a hidden character \
                    (U+{code:04X}) / Delete it, or retype the words around it"
            )],
        );
    }
}

#[test]
fn accents_fractions_and_signs_of_letters_are_quiet() {
    check_field("summary", "José, 5½ ± 2 ≥ 3° → 4°, µg × 2 – “quoted” • ≠\nα β", &[]);
}
