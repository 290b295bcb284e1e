//! Every rule, broken and kept: a letter without faults, one change to it, and what is
//! said of that.

use std::sync::LazyLock;

use jiff::civil::date;

use super::{RULES, check as check_letter};
use crate::diagnostic::{Anchor, Diagnostic};
use crate::letter::{
    Citation, Decision, FieldPath, Group, Guideline, Letter, Sex, Source, TitleShape,
};
use crate::library::Library;
use crate::template::{LetterCopy, Order, Template};

static LIBRARY: LazyLock<Library> =
    LazyLock::new(|| Library::bundled().expect("the tables are well formed"));

/// The rules that read what titles, guideline lines and rationales say: each has letters
/// of its own beside its function, and says something of the one-word rationales here.
const READING: &[&str] = &[
    "L005", "L006", "L007", "L010", "L011", "L012", "L014", "L016", "L017", "L018",
    "L020", "L021", "L022", "L023", "L024", "L025", "L026", "L027", "L028", "L029",
];

fn template() -> &'static Template {
    Template::built_in("imr-2014").expect("the letter kind is there")
}

/// Writes into the field of this path, rows counted as they were added: text, dates and
/// numbers as typed, choices by their key.
fn write(letter: &mut Letter, path: &str, text: &str) {
    let pattern: String =
        path.chars().filter(|character| !character.is_ascii_digit()).collect();
    let field = template().field(&pattern).expect("the letter kind has the field");
    let place = field
        .places(letter)
        .into_iter()
        .find(|place| letter.spell(place) == path)
        .expect("the row is there");
    field.slot(letter, &place).expect("the row is there").write(text);
}

fn faultless() -> Letter {
    let mut letter = Letter::default();
    letter.add_row(Group::Reviewers, None);
    letter.add_row(Group::Documents, None);
    letter.add_row(Group::Items, None);
    letter.add_row(Group::Items, None);
    for (path, text) in [
        ("reviewers[1].certifications", "Orthopedic Surgery"),
        ("reviewers[1].licence_states", "New York"),
        ("reviewers[1].attests_no_affiliation", "yes"),
        ("reviewers[1].attests_five_years", "yes"),
        ("reviewers[1].attests_active_practice", "yes"),
        ("case.number", "CM13-0012345"),
        ("case.date_of_injury", "03/26/2009"),
        ("case.ur_denial_date", "09/16/2013"),
        ("case.application_received", "09/27/2013"),
        ("case.date_assigned", "10/11/2013"),
        ("case.records_received", "10/07/2013"),
        ("case.decision_date", "11/04/2013"),
        ("claimant.sex", "male"),
        ("claimant.age", "45"),
        ("documents[1].kind", "Medical records"),
        ("documents[1].from", "01/08/2013"),
        ("documents[1].to", "09/03/2013"),
        ("summary", "The claimant slipped while lifting a box."),
    ] {
        write(&mut letter, path, text);
    }
    for item in ["items[1]", "items[2]"] {
        for (name, text) in [
            ("request", "Trigger Point Injections"),
            ("decision", "upheld"),
            ("claims_guideline", "Decision based on MTUS."),
            ("reviewer_guideline", "Decision based on MTUS."),
            ("rationale", "The requested item is not medically necessary."),
        ] {
            write(&mut letter, &format!("{item}.{name}"), text);
        }
    }
    letter
}

/// Rules of how words are spelt and set. Texts of the other rules' cases are as short as
/// they can be.
const OF_LANGUAGE: &[&str] = &["L045", "L046", "L069"];

/// What is said of the faultless letter after a change, a line each: code, place,
/// message, hint.
fn check(change: impl FnOnce(&mut Letter), expected: &[&str]) {
    check_where(change, |code| !OF_LANGUAGE.contains(&code), expected);
}

/// The same, of how words are spelt and set, when one field is written to.
fn check_language(path: &str, text: &str, expected: &[&str]) {
    check_where(
        |letter| write(letter, path, text),
        |code| OF_LANGUAGE.contains(&code),
        expected,
    );
}

fn check_where(
    change: impl FnOnce(&mut Letter),
    is_wanted: impl Fn(&str) -> bool,
    expected: &[&str],
) {
    let mut letter = faultless();
    change(&mut letter);
    let order = Order { copy: LetterCopy::Served, today: date(2013, 11, 5) };
    let (document, _) = template().fill(&letter, order.copy);
    let mut found = check_letter(&letter, template(), &LIBRARY, &order, &document);
    found.retain(|found| !READING.contains(&found.code));
    let spell = |path: &FieldPath| letter.spell(path);
    let lines = found.iter().filter(|found| is_wanted(found.code)).map(|found| {
        let place = found.anchor.field().map(spell).unwrap_or_default();
        format!(
            "{:?} {} {place}: {} / {}",
            found.severity, found.code, found.message, found.hint
        )
    });
    assert_eq!(lines.collect::<Vec<_>>(), expected);
}

/// What one rule says of the faultless letter after these fields were written to, a line
/// each: the words spoken of, as far as there are any, and the message.
pub(in crate::check) fn told(
    code: &str,
    written: &[(&str, &str)],
    change: impl FnOnce(&mut Letter),
) -> Vec<String> {
    let found = findings(code, written, change);
    found
        .into_iter()
        .map(|(words, found)| format!("{words}: {}", found.message))
        .collect()
}

/// The same findings whole, each with the words that it speaks of.
pub(in crate::check) fn findings(
    code: &str,
    written: &[(&str, &str)],
    change: impl FnOnce(&mut Letter),
) -> Vec<(String, Diagnostic)> {
    let mut letter = faultless();
    written.iter().for_each(|(path, text)| write(&mut letter, path, text));
    change(&mut letter);
    let order = Order { copy: LetterCopy::Public, today: date(2013, 11, 5) };
    let (document, _) = template().fill(&letter, order.copy);
    let found = check_letter(&letter, template(), &LIBRARY, &order, &document);
    let of_rule = found.into_iter().filter(|found| found.code == code);
    of_rule.map(|found| (words_of(&letter, &found), found)).collect()
}

fn words_of(letter: &Letter, found: &Diagnostic) -> String {
    match &found.anchor {
        Anchor::Field { range: Some(_), .. } => {
            super::words(&found.anchor, letter, template())
        }
        _ => String::new(),
    }
}

/// What is said when one field is written to.
fn check_field(path: &str, text: &str, expected: &[&str]) {
    check(|letter| write(letter, path, text), expected);
}

#[test]
fn nothing_is_said_of_a_letter_without_faults() {
    check(|_| (), &[]);
}

#[test]
fn rules_have_numbers_and_names_of_their_own() {
    for (place, rule) in RULES.iter().enumerate() {
        let others = &RULES[place + 1..];
        assert!(
            others
                .iter()
                .all(|other| other.id > rule.id && other.name != rule.name),
            "{}",
            rule.id
        );
    }
}

#[test]
fn what_is_missing_is_told_with_its_place() {
    let item = "under \"Items in dispute\"";
    for (path, message, hint) in [
        (
            "case.number",
            "Case number is missing",
            "Fill in \"Case number\" under \"Case\"",
        ),
        (
            "case.decision_date",
            "Decision date is missing",
            "Fill in \"Decision date\" under \"Case\"",
        ),
        (
            "claimant.sex",
            "Claimant's sex is missing",
            "Choose \"Claimant's sex\" under \"Case\"",
        ),
        (
            "summary",
            "Clinical case summary is missing",
            "Fill in \"Clinical case summary\"",
        ),
        (
            "reviewers[1].licence_states",
            "Reviewer 1 has no states of licensure yet",
            "Add to \"States of licensure\" under \"Reviewer\"",
        ),
        (
            "documents[1].kind",
            "Document 1 has no kind yet",
            "Fill in \"Document\" under \"Documents reviewed\"",
        ),
        (
            "items[2].request",
            "Item 2 has no title yet",
            &format!("Fill in \"Item\" {item}"),
        ),
        (
            "items[2].decision",
            "Item 2 has no decision yet",
            &format!("Choose \"Decision\" {item}"),
        ),
        (
            "items[2].reviewer_guideline",
            "Item 2 has no guideline of ours yet",
            &format!("Add to \"Our guideline\" {item}"),
        ),
        (
            "items[2].rationale",
            "Item 2 has no rationale yet",
            &format!("Fill in \"Rationale\" {item}"),
        ),
    ] {
        let change = |letter: &mut Letter| match path {
            // Choosing nothing changes nothing, so the choice is taken out where it is.
            "items[2].decision" => letter.items[1].decision = Decision::default(),
            "claimant.sex" => letter.claimant.sex = Sex::Unstated,
            _ => write(letter, path, " "),
        };
        check(change, &[&format!("Error L001 {path}: {message} / {hint}")]);
    }
}

#[test]
fn groups_without_a_row_are_told() {
    check(
        |letter| letter.items.clear(),
        &["Error L001 items: The letter has no item in dispute yet / Add one \
                under \"Items in dispute\""],
    );
    check(
        |letter| letter.documents.clear(),
        &["Error L001 documents: No document is listed yet / Add one \
                under \"Documents reviewed\""],
    );
    check(
        |letter| letter.reviewers.clear(),
        &[
            "Error L001 reviewers: The letter has no reviewer yet / Add one under \"Reviewer\"",
        ],
    );
}

#[test]
fn what_a_title_does_not_need_is_not_missing() {
    check(|letter| letter.items[0].title.shape = TitleShape::AsWritten, &[]);
    check(
        |letter| {
            letter.items[0].title.shape = TitleShape::Other;
        },
        &["Error L001 items[1].authorized: Item 1 has no authorized part yet / Fill \
                in \"Authorized\" under \"Items \
           in dispute\""],
    );
}

#[test]
fn a_letter_that_is_served_needs_more() {
    check(
        |letter| {
            letter.add_row(Group::Recipients, None);
            for (path, text) in [
                ("parties.employee", "Alex Example"),
                ("parties.claim_number", "EX-1"),
                ("parties.claims_administrator", "Example Casualty"),
                ("recipients[1].name", "Alex Example"),
            ] {
                write(letter, path, text);
            }
        },
        &[
            "Error L001 parties.provider: Requesting physician is missing / Fill \
                in \"Requesting physician\" under \
             \"Parties and recipients\"",
            "Error L001 recipients[1].address: Recipient 1 has no address yet / Fill \
                in \"Recipient's address\" under \
             \"Parties and recipients\"",
            "Error L001 extra.mailed: Date of mailing is missing / Fill in \"Date of \
                mailing\" under \"Parties and \
             recipients\"",
            "Error L001 extra.medical_director: Medical director is missing / Fill \
                in \"Medical director\" under \
             \"Parties and recipients\"",
        ],
    );
}

#[test]
fn the_rationale_of_a_dependant_wants_a_refused_surgery() {
    use crate::letter::phrasing::DEPENDANT_RATIONALE;
    let dependant = |letter: &mut Letter, surgery: &str, decision: &str| {
        write(letter, "items[1].request", surgery);
        write(letter, "items[1].decision", decision);
        write(letter, "items[2].request", "Assistant surgeon");
        write(letter, "items[2].rationale", DEPENDANT_RATIONALE);
        letter.items[1].depends_on = Some(letter.items[0].id);
    };
    let said = "Error L013 items[2].rationale: The rationale of item 2 says that the \
        surgery is not necessary, and";
    check(|letter| dependant(letter, "Right knee arthroscopy", "upheld"), &[]);
    check(
        |letter| dependant(letter, "Right knee arthroscopy", "overturned"),
        &[&format!("{said} item 1 is decided otherwise / Give this item's own reasons")],
    );
    check(
        |letter| dependant(letter, "Trigger point injections", "upheld"),
        &[&format!(
            "{said} the letter has no such surgery / Give this item's own reasons, or \
                choose its surgery"
        )],
    );
}

#[test]
fn a_case_number_has_its_form() {
    check_field("case.number", "CM17-0008633", &[]);
    for number in
        ["CM13-001234", "CM13-00123456", "cm13-0012345", "CM13 0012345", "CM13-001234O"]
    {
        check_field(
            "case.number",
            number,
            &[&format!(
                "Error L002 case.number: {number} is not a case number of this letter \
                    kind / Write it in the form \
                 CM12-3456789"
            )],
        );
    }
}

#[test]
fn a_reviewer_confirms_every_statement() {
    check_field(
        "reviewers[1].attests_five_years",
        "",
        &["Error L003 reviewers[1].attests_five_years: Reviewer 1 has not \
                confirmed \"More than five years in active \
           clinical practice\" / Ask the reviewer, then tick it"],
    );
}

#[test]
fn the_denial_alone_is_not_enough_to_decide_on() {
    let expected = "Error L004 documents: The only document listed is the utilization \
        review determination / List \
                    the medical records that were read: the law forbids deciding on \
                    that determination alone";
    for kind in
        ["Utilization review determination", "utilization review decision", "UR denial"]
    {
        check_field("documents[1].kind", kind, &[expected]);
    }
    check_field("documents[1].kind", "Urine drug test", &[]);
    check(
        |letter| {
            letter.add_row(Group::Documents, None);
            write(letter, "documents[2].kind", "Utilization review determination");
        },
        &[],
    );
}

#[test]
fn placeholders_are_found_in_all_that_is_printed() {
    let hint = "Write what is meant in its place, or take it out";
    for (path, place) in [
        ("summary", "\"Clinical case summary\""),
        ("items[2].rationale", "The rationale of item 2"),
        ("items[1].request", "The title of item 1"),
        ("reviewers[1].certifications", "The board certifications of reviewer 1"),
        ("items[1].claims_guideline", "The claims administrator guideline of item 1"),
    ] {
        let found = format!("Error L008 {path}: {place} still holds \"TBD\" / {hint}");
        check_field(path, "Seen on TBD", &[&found]);
    }
    check(
        |letter| {
            let source = Source::NonMtus("ODG XX".into());
            letter.items[0].reviewer_guideline =
                Guideline::Cited(vec![Citation { source, ..Citation::default() }]);
        },
        &[&format!(
            "Error L008 items[1].reviewer_guideline: The guideline of ours of item 1 \
                still holds \"XX\" / {hint}"
        )],
    );
    check_field("reviewers[1].internal_name", "TBD", &[]);
    check_field(
        "items[1].request",
        "MRI [following TPII]",
        &["Warning L008 items[1].request: The title of item 1 has words in \
                brackets: \"[following TPII]\" / Take the \
           brackets out, or leave them if they are meant"],
    );
}

#[test]
fn what_is_no_date_or_number_is_told_with_its_form() {
    check_field(
        "case.date_of_injury",
        "13/45/2009",
        &["Error L060 case.date_of_injury: 13/45/2009 is not a date / Write \"Date of \
                injury\" as month, day and \
           year, such as 03/26/2009"],
    );
    check_field(
        "documents[1].from",
        "spring",
        &["Error L060 documents[1].from: spring is not a date / Write the date of \
                document 1 as month, day and year, \
           such as 03/26/2009"],
    );
    check_field(
        "claimant.age",
        "forty-five",
        &["Error L060 claimant.age: forty-five is not a whole number / \
                Write \"Claimant's age\" as digits alone, such \
           as 45"],
    );
}

#[test]
fn dates_follow_each_other_as_the_events_do() {
    let hint = "Correct whichever of the two is wrong";
    for (path, typed, label, earlier, known) in [
        (
            "case.ur_denial_date",
            "03/25/2009",
            "UR denial date",
            "Date of injury",
            "03/26/2009",
        ),
        (
            "case.application_received",
            "09/15/2013",
            "Application received",
            "UR denial date",
            "09/16/2013",
        ),
        (
            "case.date_assigned",
            "09/26/2013",
            "Date assigned",
            "Application received",
            "09/27/2013",
        ),
        (
            "case.date_of_injury_end",
            "03/25/2009",
            "Last day of a cumulative injury",
            "Date of injury",
            "03/26/2009",
        ),
    ] {
        let found = format!(
            "Error L030 {path}: \"{label}\" ({typed}) is before \"{earlier}\" ({known}) / {hint}"
        );
        check_field(path, typed, &[&found]);
    }
    check(
        |letter| {
            write(letter, "documents[1].to", "");
            write(letter, "case.decision_date", "10/10/2013");
        },
        &[&format!(
            "Error L030 case.decision_date: \"Decision date\" (10/10/2013) is \
                before \"Date assigned\" (10/11/2013) / \
             {hint}"
        )],
    );
}

#[test]
fn records_arrive_when_they_arrive_and_events_may_share_a_day() {
    check_field(
        "case.records_received",
        "09/01/2013",
        &["Warning L033 case.decision_date: The decision (11/04/2013) is later than \
                its deadline (10/01/2013) / Check the \
           dates; a late decision is still valid, and its lateness is known"],
    );
    check_field("case.records_received", "11/05/2013", &[]);
    check_field("case.date_assigned", "09/27/2013", &[]);
    check_field("case.date_of_injury_end", "03/26/2009", &[]);
}

#[test]
fn no_date_is_in_the_future_or_before_1950() {
    check_field(
        "case.decision_date",
        "11/06/3026",
        &["Error L030 case.decision_date: \"Decision date\" (11/06/3026) is in the \
                future / Check the year"],
    );
    check_field("case.decision_date", "11/05/2013", &[]);
    check_field(
        "case.date_of_injury",
        "12/31/1949",
        &["Error L030 case.date_of_injury: \"Date of injury\" (12/31/1949) is before \
                1950 / Check the year"],
    );
}

#[test]
fn documents_end_after_they_begin_and_before_the_decision() {
    check_field(
        "documents[1].to",
        "01/07/2013",
        &["Error L030 documents[1].to: Document 1 ends (01/07/2013) before it begins \
                (01/08/2013) / Correct whichever \
           of the two is wrong"],
    );
    check_field(
        "documents[1].to",
        "11/05/2013",
        &["Error L030 documents[1].to: Document 1 (11/05/2013) is later than the \
                decision (11/04/2013) / Correct the \
           document's date, or the decision date"],
    );
}

#[test]
fn a_decision_is_one_of_the_letter_kind() {
    check(
        |letter| letter.items[1].decision = Decision("approved".into()),
        &["Error L061 items[2].decision: The decision of item 2 is \"approved\", \
                which this letter kind does not have \
           / Choose Upheld or Overturned"],
    );
}

#[test]
fn an_item_goes_with_another_one() {
    let hint = "Choose the surgery that the item goes with, or none";
    let on = |letter: &mut Letter, item: usize, other: usize| {
        letter.items[item].depends_on = Some(letter.items[other].id)
    };
    check(|letter| on(letter, 1, 0), &[]);
    check(
        |letter| on(letter, 1, 1),
        &[&format!(
            "Error L062 items[2].depends_on: Item 2 is said to be needed only with \
                itself / {hint}"
        )],
    );
    check(
        |letter| letter.items[0].depends_on = Some(crate::letter::Id(99)),
        &[&format!(
            "Error L062 items[1].depends_on: Item 1 is needed only with an item that is \
                not in the letter / {hint}"
        )],
    );
    check(
        |letter| {
            on(letter, 0, 1);
            on(letter, 1, 0);
            let third = letter
                .duplicate_row(Group::Items, letter.items[1].id)
                .expect("the item is there");
            let first = letter.items[0].id;
            letter
                .items
                .iter_mut()
                .filter(|item| item.id == third)
                .for_each(|item| item.depends_on = Some(first));
        },
        &[&format!(
            "Error L062 items[1].depends_on: Items 1 and 2 are each needed only with \
                another of them / {hint}"
        )],
    );
}

#[test]
fn findings_are_told_in_the_order_of_the_form() {
    let mut letter = faultless();
    write(&mut letter, "items[2].request", " ");
    write(&mut letter, "items[1].rationale", "TBD and XX.");
    write(&mut letter, "case.number", "7");
    write(&mut letter, "summary", "___");
    let order = Order { copy: LetterCopy::Served, today: date(2013, 11, 5) };
    let (document, _) = template().fill(&letter, order.copy);
    let found = check_letter(&letter, template(), &LIBRARY, &order, &document);
    let told_here = found.iter().filter(|found| !READING.contains(&found.code));
    let places: Vec<_> = told_here
        .filter_map(|found| Some(letter.spell(found.anchor.field()?)))
        .collect();
    assert_eq!(
        places,
        [
            "case.number",
            "summary",
            "items[1].rationale",
            "items[1].rationale",
            "items[2].request"
        ]
    );
}

#[test]
fn words_are_spelt_set_and_meant_as_they_should_be() {
    let rationale = "Defecits of the the knee, and defecits of discreet trigger points \
        . Defecits; Wrzlbrnft";
    check_language(
        "items[1].rationale",
        rationale,
        &[
            "Warning L045 items[1].rationale: \"Defecits\", twice in the rationale of \
                item 1, is not a known word / Write \
             Deficits, or add the word to your own if it is right",
            "Warning L046 items[1].rationale: \"the\" stands twice in a row in the \
                rationale of item 1 / Take one of the \
             two out",
            "Warning L045 items[1].rationale: \"defecits\" in the rationale of item 1 \
                is not a known word / Write deficits, \
             or add the word to your own if it is right",
            "Warning L069 items[1].rationale: \"discreet\" in the rationale of item 1 \
                seems to be meant for \"discrete\" / \
             Write discrete, or leave it if discreet is meant",
            "Warning L046 items[1].rationale: The rationale of item 1 has a blank \
                before a full stop / Take the blank out",
            "Warning L045 items[1].rationale: \"Wrzlbrnft\" in the rationale of item 1 \
                is not a known word / Check its \
             spelling, or add it to your own words if it is right",
            "Warning L046 items[1].rationale: The rationale of item 1 ends without a \
                full stop / End the last sentence \
             with a full stop",
        ],
    );
    check_language(
        "items[1].request",
        "Tramdol",
        &["Warning L045 items[1].request: \"Tramdol\" in the title of item 1 is not a \
                known word / Write Tramadol, or add the \
           word to your own if it is right"],
    );
    check_language(
        "items[1].reviewer_guideline",
        "Decision based on MTUS Inital Care.",
        &["Warning L045 items[1].reviewer_guideline: \"Inital\" in the guideline of \
                ours of item 1 is not a known word / \
           Write Initial, or add the word to your own if it is right"],
    );
    check_language(
        "reviewers[1].certifications",
        "Internel Medicine",
        &["Warning L045 reviewers[1].certifications: \"Internel\" in the board \
                certifications of reviewer 1 is not a known \
           word / Write Internal, or add the word to your own if it is right"],
    );
    check_language("parties.employee", "Wrzlbrnft Brnft", &[]);
}

#[test]
fn a_character_that_cannot_be_printed_is_told_with_a_plain_one() {
    check_field(
        "summary",
        "Pain ⇒ 5, pain ⇒ 7",
        &["Error L009 summary: \"Clinical case summary\" holds ⇒ (U+21D2), which the \
                letter's typeface does not have / \
           Write to instead"],
    );
    check_field(
        "items[2].rationale",
        "中 is needed. It is not medically necessary.",
        &["Error L009 items[2].rationale: The rationale of item 2 holds 中 (U+4E2D), \
                which the letter's typeface does \
           not have / Write it in plain letters"],
    );
}

#[test]
fn a_character_that_was_lost_is_told() {
    check_field(
        "summary",
        "Jos\u{FFFD}",
        &["Error L009 summary: \"Clinical case summary\" holds \u{FFFD} where a \
                character was lost / Type the character \
           that was lost"],
    );
}

#[test]
fn a_hidden_character_is_told() {
    for hidden in ["\u{202E}", "\u{7}"] {
        let code = u32::from(hidden.chars().next().unwrap_or_default());
        check_field(
            "summary",
            &format!("Pain{hidden}"),
            &[&format!(
                "Error L009 summary: \"Clinical case summary\" holds a hidden character \
                    (U+{code:04X}) / Delete it, or \
                 type the words around it again"
            )],
        );
    }
}

#[test]
fn accents_fractions_and_signs_of_letters_are_quiet() {
    check_field("summary", "José, 5½ ± 2 ≥ 3° → 4°, µg × 2 – “quoted” • ≠\nα β", &[]);
}
