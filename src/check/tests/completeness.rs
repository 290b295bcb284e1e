//! What is there and what is missing, and who may decide.

use super::*;
use crate::letter::{Sex, TitleShape};

#[test]
fn missing_fields_are_reported_with_their_place() {
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
            "Reviewer 1 needs a state of licensure",
            "Add to \"States of licensure\" under \"Reviewer\"",
        ),
        (
            "documents[1].kind",
            "Document 1 needs a name",
            "Fill in \"Document\" under \"Documents reviewed\"",
        ),
    ] {
        check_missing(path, message, hint);
    }
}

#[test]
fn missing_fields_of_items_are_reported_with_their_item() {
    let item = "under \"Items in dispute\"";
    for (path, message, hint) in [
        (
            "items[2].request",
            "Item 2 needs a title",
            &format!("Fill in \"Treatment\" {item}"),
        ),
        (
            "items[2].decision",
            "Item 2 needs a decision",
            &format!("Choose \"Decision\" {item}"),
        ),
        (
            "items[2].reviewer_guideline",
            "Item 2 needs a guideline",
            &format!("Add to \"Guideline you relied on\" {item}"),
        ),
        (
            "items[2].rationale",
            "Item 2 needs a rationale",
            &format!("Fill in \"Rationale\" {item}"),
        ),
    ] {
        check_missing(path, message, hint);
    }
}

#[test]
fn only_a_missing_sex_can_be_overridden() {
    use crate::diagnostic::OverrideState;
    let (letter, found) = all_findings(LetterCopy::Served, |letter| {
        letter.claimant.sex = Sex::Unstated;
        write(letter, "summary", " ");
    });
    let mut allowed = Vec::new();
    for found in found.iter().filter(|found| found.code == "L001") {
        let path = letter.spell(found.anchor.field().unwrap());
        allowed.push((path, found.override_state == OverrideState::Allowed));
    }
    assert_eq!(allowed, [("claimant.sex".into(), true), ("summary".into(), false)]);
}

fn check_missing(path: &str, message: &str, hint: &str) {
    let change = |letter: &mut Letter| match path {
        // Choosing nothing changes nothing, so the choice is taken out where it is.
        "items[2].decision" => letter.items[1].decision = Decision::default(),
        "claimant.sex" => letter.claimant.sex = Sex::Unstated,
        _ => write(letter, path, " "),
    };
    check_change(change, &[&format!("Error L001 {path}: {message} / {hint}")]);
}

#[test]
fn groups_without_a_row_are_reported() {
    check_change(
        |letter| letter.items.clear(),
        &["Error L001 items: The letter needs an item in dispute / Add one under \
            \"Items in dispute\""],
    );
    check_change(
        |letter| letter.documents.clear(),
        &["Error L001 documents: The letter needs a list of documents / Add one under \
            \"Documents reviewed\""],
    );
    check_change(
        |letter| letter.reviewers.clear(),
        &[
            "Error L001 reviewers: The letter needs a reviewer / Add one under \"Reviewer\"",
        ],
    );
}

#[test]
fn fields_that_a_title_does_not_need_are_not_missing() {
    check_change(|letter| letter.items[0].title.shape = TitleShape::AsWritten, &[]);
    check_change(
        |letter| {
            letter.items[0].title.shape = TitleShape::Other;
        },
        &["Error L001 items[1].authorized: Item 1 needs an authorized part / Fill \
                in \"Authorized\" under \"Items \
           in dispute\""],
    );
}

#[test]
fn a_letter_that_is_served_needs_more() {
    check_change(
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
            "Error L001 recipients[1].address: Recipient 1 needs an address / Fill \
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
        surgery is not necessary, but";
    check_change(|letter| dependant(letter, "Right knee arthroscopy", "upheld"), &[]);
    check_change(
        |letter| dependant(letter, "Right knee arthroscopy", "overturned"),
        &[&format!("{said} item 1 was not denied / Give reasons for this item")],
    );
    check_change(
        |letter| dependant(letter, "Trigger point injections", "upheld"),
        &[&format!(
            "{said} there is no such surgery in the letter / Give reasons for this \
                item, or choose its surgery"
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
                "Error L002 case.number: {number} is not a case number for this \
                    template / Case numbers look like CM12-3456789"
            )],
        );
    }
}

#[test]
fn a_reviewer_confirms_every_statement() {
    check_field(
        "reviewers[1].attests_five_years",
        "",
        &["Error L003 reviewers[1].attests_five_years: Reviewer 1 has not confirmed \
            \"More than five years in active clinical practice\" / Check this box to \
            confirm"],
    );
}

#[test]
fn the_denial_alone_is_not_enough_to_decide_on() {
    let expected = "Error L004 documents: The only document listed is the utilization \
        review determination / List the medical records that were reviewed; the law \
        forbids deciding on that determination alone";
    for kind in
        ["Utilization review determination", "utilization review decision", "UR denial"]
    {
        check_field("documents[1].kind", kind, &[expected]);
    }
    check_field("documents[1].kind", "Urine drug test", &[]);
    check_change(
        |letter| {
            letter.add_row(Group::Documents, None);
            write(letter, "documents[2].kind", "Utilization review determination");
        },
        &[],
    );
}
