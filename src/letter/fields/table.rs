//! The table: every built-in field, a row each.

use std::sync::LazyLock;

use super::{Access, Choice, Field, Kind, Options, Place, Section};
use crate::letter::{
    Entry, Guideline, Id, Letter, Priority, Row, Sex, TitlePrefix, TitleShape,
};
use jiff::civil::Date;

/// The value at a place that is in no row, in an opinion, or in a row of the group named.
macro_rules! at {
    (letter . $($field:ident).+) => {
        Place {
            get: |letter, _| Some(&letter.$($field).+),
            get_mut: |letter, _| Some(&mut letter.$($field).+),
        }
    };
    (opinions[] . $field:ident) => {
        Place {
            get: |letter, rows| {
                let item = find(&letter.items, rows.first())?;
                Some(&find(&item.opinions, rows.get(1))?.$field)
            },
            get_mut: |letter, rows| {
                let item = find_mut(&mut letter.items, rows.first())?;
                Some(&mut find_mut(&mut item.opinions, rows.get(1))?.$field)
            },
        }
    };
    ($group:ident [] . $($field:ident).+) => {
        Place {
            get: |letter, rows| Some(&find(&letter.$group, rows.first())?.$($field).+),
            get_mut: |letter, rows| {
                Some(&mut find_mut(&mut letter.$group, rows.first())?.$($field).+)
            },
        }
    };
}

/// The value of a letter that corrects another; written into any other, it makes that one
/// correct something.
macro_rules! correction {
    ($field:ident) => {
        Place {
            get: |letter, _| Some(&letter.correction.as_ref()?.$field),
            get_mut: |letter, _| {
                Some(&mut letter.correction.get_or_insert_default().$field)
            },
        }
    };
}

/// Every built-in field, in the order of the form.
pub(super) static FIELDS: LazyLock<Vec<Field>> = LazyLock::new(|| {
    let sections = [
        reviewer_fields(),
        case_fields(),
        claimant_fields(),
        correction_fields(),
        party_fields(),
        document_fields(),
        summary_fields(),
        title_fields(),
        item_fields(),
        opinion_fields(),
    ];
    sections.into_iter().flatten().collect()
});

fn reviewer_fields() -> Vec<Field> {
    let s = Section::Reviewer;
    vec![
        line(
            s,
            "reviewers[].internal_name",
            "Your name (never printed)",
            at!(reviewers[].internal_name),
        )
        .help(
            "Reviewers stay confidential: your name is never printed, exported or put \
                in a file's properties",
        )
        .never_printed(),
        many(
            s,
            "reviewers[].certifications",
            "Board certifications",
            at!(reviewers[].certifications),
        )
        .help("Choose from the list or type your own; put the most relevant first")
        .offers(Options::List("specialties")),
        many(
            s,
            "reviewers[].licence_states",
            "States of licensure",
            at!(reviewers[].licence_states),
        )
        .help("States where the reviewer holds an unrestricted license")
        .offers(Options::List("states")),
        statement(
            s,
            "reviewers[].attests_no_affiliation",
            "No affiliation with anyone in this case",
            at!(reviewers[].attests_no_affiliation),
        )
        .help("Not with the employer, the employee, the providers or the claims administrator"),
        statement(
            s,
            "reviewers[].attests_five_years",
            "More than five years in active clinical practice",
            at!(reviewers[].attests_five_years),
        ),
        statement(
            s,
            "reviewers[].attests_active_practice",
            "At least 24 hours a week in active practice now",
            at!(reviewers[].attests_active_practice),
        ),
    ]
}

fn case_fields() -> Vec<Field> {
    let s = Section::Case;
    vec![
        line(s, "case.number", "Case number", at!(letter.case.number))
            .help("As the application has it, such as CM13-0012345"),
        choice(s, "case.priority", "Priority", at!(letter.case.priority))
            .offers(Options::Fixed(Priority::CHOICES)),
        day(s, "case.date_of_injury", "Date of injury", at!(letter.case.date_of_injury))
            .help("For a cumulative injury, the first day"),
        day(
            s,
            "case.date_of_injury_end",
            "Last day of a cumulative injury",
            at!(letter.case.date_of_injury_end),
        )
        .help("Leave empty if the injury happened on one day"),
        day(s, "case.ur_denial_date", "UR denial date", at!(letter.case.ur_denial_date))
            .help("The date of the utilization review decision in dispute"),
        day(
            s,
            "case.application_received",
            "Application received",
            at!(letter.case.application_received),
        ),
        day(s, "case.date_assigned", "Date assigned", at!(letter.case.date_assigned)),
        day(
            s,
            "case.records_received",
            "Records received",
            at!(letter.case.records_received),
        )
        .help("The deadline is counted from this day"),
        day(s, "case.decision_date", "Decision date", at!(letter.case.decision_date))
            .help("The date of the letter"),
        many(
            s,
            "case.treatments_requested",
            "Treatments requested in the application",
            at!(letter.case.treatments_requested),
        )
        .help("One at a time, in the application's words"),
    ]
}

fn claimant_fields() -> Vec<Field> {
    let s = Section::Case;
    vec![
        choice(s, "claimant.sex", "Claimant's sex", at!(letter.claimant.sex))
            .help("Used to check pronouns; not printed on its own")
            .offers(Options::Fixed(Sex::CHOICES)),
        day(
            s,
            "claimant.birth_date",
            "Birth date (never printed)",
            at!(letter.claimant.birth_date),
        )
        .help("Used to work out and check the claimant's age; it is never printed")
        .never_printed(),
        number(s, "claimant.age", "Claimant's age", at!(letter.claimant.age))
            .help("In years, as in the summary; used only for checks"),
    ]
}

fn correction_fields() -> Vec<Field> {
    let s = Section::Case;
    vec![
        line(s, "correction.of", "Corrects case number", correction!(of)).when(corrects),
        day(s, "correction.date", "Original letter served", correction!(date))
            .help("The day the original letter was served")
            .when(corrects),
        prose(s, "correction.why", "Reason for the correction", correction!(why))
            .help("One sentence, printed if the template has a place for it")
            .when(corrects),
    ]
}

fn corrects(letter: &Letter, _: &[Id]) -> bool {
    letter.correction.is_some()
}

fn party_fields() -> Vec<Field> {
    let s = Section::Parties;
    vec![
        line(s, "parties.employee", "Employee", at!(letter.parties.employee))
            .help("Named only on the served letter's cover"),
        line(s, "parties.claim_number", "Claim number", at!(letter.parties.claim_number)),
        line(s, "parties.employer", "Employer", at!(letter.parties.employer)),
        line(
            s,
            "parties.claims_administrator",
            "Claims administrator",
            at!(letter.parties.claims_administrator),
        ),
        line(s, "parties.provider", "Requesting physician", at!(letter.parties.provider)),
        line(s, "parties.attorney", "Employee's attorney", at!(letter.parties.attorney)),
        line(s, "recipients[].role", "Recipient's role", at!(recipients[].role))
            .offers(Options::List("recipient roles")),
        line(s, "recipients[].name", "Recipient's name", at!(recipients[].name)),
        prose(
            s,
            "recipients[].address",
            "Recipient's address",
            at!(recipients[].address),
        )
        .help("As on an envelope, line by line"),
    ]
}

fn document_fields() -> Vec<Field> {
    let s = Section::Documents;
    vec![
        line(s, "documents[].kind", "Document", at!(documents[].kind))
            .offers(Options::List("document types")),
        line(s, "documents[].author", "Author", at!(documents[].author))
            .help("Who wrote it: a provider, a laboratory, an office"),
        day(s, "documents[].from", "From (date)", at!(documents[].from))
            .help("Its date, or the first of a range"),
        day(s, "documents[].to", "To (date)", at!(documents[].to))
            .help("The last date of a range; empty for one date"),
        line(s, "documents[].note", "Note", at!(documents[].note)),
    ]
}

fn summary_fields() -> Vec<Field> {
    vec![
        prose(Section::Summary, "summary", "Clinical case summary", at!(letter.summary))
            .help(
                "Injury, diagnoses, complaints, findings, treatment so far and what is \
                    requested, in plain language",
            ),
    ]
}

fn title_fields() -> Vec<Field> {
    let s = Section::Items;
    vec![
        choice(s, "items[].title_shape", "Request", at!(items[].title.shape))
            .help("Whether part of the request was already authorized")
            .offers(Options::Fixed(TitleShape::CHOICES)),
        choice(s, "items[].prefix", "Type of request", at!(items[].title.prefix))
            .offers(Options::Fixed(TitlePrefix::CHOICES))
            .when(|letter, rows| !shaped(letter, rows, &[TitleShape::AsWritten])),
        line(s, "items[].request", "Treatment", at!(items[].title.request))
            .help("The treatment as requested: what, how much, which body part"),
        line(s, "items[].authorized", "Authorized", at!(items[].title.authorized))
            .help("What the claims administrator authorized")
            .when(|letter, rows| {
                shaped(letter, rows, &[TitleShape::Remainder, TitleShape::Other])
            }),
        line(s, "items[].remaining", "Remaining", at!(items[].title.remaining))
            .help("The rest of the request, which you decide here")
            .when(|letter, rows| shaped(letter, rows, &[TitleShape::Remainder])),
        line(
            s,
            "items[].dates_of_service",
            "Dates of service",
            at!(items[].title.dates_of_service),
        )
        .help("When the treatment was given; only for retrospective requests")
        .when(|letter, rows| {
            find(&letter.items, rows.first())
                .is_some_and(|item| item.title.prefix == TitlePrefix::Retrospective)
        }),
    ]
}

fn item_fields() -> Vec<Field> {
    let s = Section::Items;
    vec![
        choice(s, "items[].decision", "Decision", at!(items[].decision))
            .offers(Options::Outcomes),
        line(s, "items[].body_part", "Body part", at!(items[].body_part))
            .help("Used to check that the guideline fits")
            .offers(Options::List("body parts")),
        line(s, "items[].category", "Category", at!(items[].category))
            .offers(Options::List("categories")),
        choice(s, "items[].depends_on", "Goes with", at!(items[].depends_on))
            .help("The surgery that this item is needed for, if any")
            .offers(Options::OtherItems)
            .when(|letter, _| letter.items.len() > 1),
        guideline(
            s,
            "items[].claims_guideline",
            "Claims administrator guideline",
            at!(items[].claims_guideline),
        )
        .help("The guideline that the claims administrator cited"),
        guideline(
            s,
            "items[].reviewer_guideline",
            "Guideline you relied on",
            at!(items[].reviewer_guideline),
        )
        .help("The guideline that your decision rests on"),
        prose(s, "items[].rationale", "Rationale", at!(items[].rationale)).help(
            "Why the item is or is not medically necessary, ending with that conclusion",
        ),
    ]
}

fn opinion_fields() -> Vec<Field> {
    let s = Section::Items;
    vec![
        choice(s, "items[].opinions[].reviewer", "Opinion of", at!(opinions[].reviewer))
            .offers(Options::Reviewers),
        choice(
            s,
            "items[].opinions[].decision",
            "Their decision",
            at!(opinions[].decision),
        )
        .offers(Options::Outcomes),
        prose(
            s,
            "items[].opinions[].rationale",
            "Their rationale",
            at!(opinions[].rationale),
        ),
    ]
}

fn find<'a, R: Row>(rows: &'a [R], id: Option<&Id>) -> Option<&'a R> {
    rows.iter().find(|row| Some(&row.id()) == id)
}

fn find_mut<'a, R: Row>(rows: &'a mut [R], id: Option<&Id>) -> Option<&'a mut R> {
    rows.iter_mut().find(|row| Some(&row.id()) == id)
}

/// Whether the item's title has one of these shapes.
fn shaped(letter: &Letter, rows: &[Id], shapes: &[TitleShape]) -> bool {
    find(&letter.items, rows.first())
        .is_some_and(|item| shapes.contains(&item.title.shape))
}

fn line(
    section: Section,
    pattern: &'static str,
    label: &'static str,
    place: Place<String>,
) -> Field {
    Field::new(section, pattern, label, Kind::Line, Access::Text(place))
}

fn prose(
    section: Section,
    pattern: &'static str,
    label: &'static str,
    place: Place<String>,
) -> Field {
    Field::new(section, pattern, label, Kind::Prose, Access::Text(place))
}

fn day(
    section: Section,
    pattern: &'static str,
    label: &'static str,
    place: Place<Entry<Date>>,
) -> Field {
    Field::new(section, pattern, label, Kind::Date, Access::Date(place))
}

fn number(
    section: Section,
    pattern: &'static str,
    label: &'static str,
    place: Place<Entry<u32>>,
) -> Field {
    Field::new(section, pattern, label, Kind::Number, Access::Number(place))
}

fn choice(
    section: Section,
    pattern: &'static str,
    label: &'static str,
    place: Place<dyn Choice>,
) -> Field {
    Field::new(section, pattern, label, Kind::Choice, Access::Choice(place))
}

fn many(
    section: Section,
    pattern: &'static str,
    label: &'static str,
    place: Place<Vec<String>>,
) -> Field {
    Field::new(section, pattern, label, Kind::Many, Access::Many(place))
}

fn statement(
    section: Section,
    pattern: &'static str,
    label: &'static str,
    place: Place<bool>,
) -> Field {
    Field::new(section, pattern, label, Kind::YesNo, Access::YesNo(place))
}

fn guideline(
    section: Section,
    pattern: &'static str,
    label: &'static str,
    place: Place<Guideline>,
) -> Field {
    Field::new(section, pattern, label, Kind::Guideline, Access::Guideline(place))
}
