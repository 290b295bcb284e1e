//! Dates, numbers and decisions.

use super::*;

#[test]
fn entries_that_are_no_date_or_number_are_reported_with_the_form() {
    check_field(
        "case.date_of_injury",
        "13/45/2009",
        &["Error L060 case.date_of_injury: 13/45/2009 is not a date / Enter a full \
            date, such as 03/26/2009"],
    );
    check_field(
        "documents[1].from",
        "spring",
        &["Error L060 documents[1].from: spring is not a date / Enter a full \
            date, such as 03/26/2009"],
    );
    check_field(
        "claimant.age",
        "forty-five",
        &["Error L060 claimant.age: forty-five is not a whole number / \
                Enter a number in digits, such as 45"],
    );
}

#[test]
fn dates_follow_each_other_as_the_events_do() {
    let hint = "Correct the one that is wrong";
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
    check_change(
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
        &["Warning L033 case.decision_date: The decision (11/04/2013) is after \
                its deadline (10/01/2013) / Check the dates. A late decision is still valid"],
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
            (01/08/2013) / Correct the one that is wrong"],
    );
    check_field(
        "documents[1].to",
        "11/05/2013",
        &["Error L030 documents[1].to: Document 1 (11/05/2013) is after the decision \
            (11/04/2013) / Correct the document's date, or the decision date"],
    );
}

#[test]
fn a_decision_is_one_of_the_letter_kind() {
    check_change(
        |letter| letter.items[1].decision = Decision("approved".into()),
        &["Error L061 items[2].decision: The decision of item 2 is \"approved\", which \
            this template does not have / Choose Upheld or Overturned"],
    );
}

#[test]
fn an_item_goes_with_another_one() {
    let hint = "Choose the surgery that the item goes with, or none";
    let on = |letter: &mut Letter, item: usize, other: usize| {
        letter.items[item].depends_on = Some(letter.items[other].id);
    };
    check_change(|letter| on(letter, 1, 0), &[]);
    check_change(
        |letter| on(letter, 1, 1),
        &[&format!("Error L062 items[2].depends_on: Item 2 goes with itself / {hint}")],
    );
    check_change(
        |letter| letter.items[0].depends_on = Some(crate::letter::Id(99)),
        &[&format!(
            "Error L062 items[1].depends_on: Item 1 goes with an item that is not in \
                the letter / {hint}"
        )],
    );
    check_change(
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
            "Error L062 items[1].depends_on: Items 1 and 2 go with each other in a \
                circle / {hint}"
        )],
    );
}
