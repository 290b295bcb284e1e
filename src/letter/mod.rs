//! What a letter says: plain data, without layout, disk or clock.
//!
//! A half-filled letter is the normal case. Every value can be absent, and what a person
//! typed is kept even where it is not understood: see [`Entry`]. Every fillable place has
//! a row in [`fields`], which is how forms, checks and templates reach it.

pub mod business_days;
mod citation;
mod date;
mod entry;
pub mod fields;
pub mod grammar;
mod guideline;
mod money;
pub mod outcome;
mod path;
pub mod phrasing;
mod profile;
mod rows;
mod unread;

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use citation::OwnCitation;
pub use date::{NearbyDates, age_on, parse_date, us_date};
pub use entry::{Editable, Entry, Typed};
pub use guideline::{Guideline, Source};
pub use money::Money;
pub use path::FieldPath;
pub use profile::{Profile, Statement};
pub use rows::{ExtraName, Group, Row, Step, row_noun};
pub use unread::{Aside, Unread, UnreadKind};

/// The identity of a row: unique in its letter and never used again, so that whatever
/// speaks of the row can find it after it was moved.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
)]
#[serde(try_from = "u32", into = "u32")]
pub struct Id(pub u32);

/// No letter counts so far; a file that says more would leave no number for the next row.
const HIGHEST_ID: u32 = u32::MAX / 2;

impl TryFrom<u32> for Id {
    type Error = &'static str;

    fn try_from(number: u32) -> Result<Self, Self::Error> {
        if number > HIGHEST_ID {
            Err("a row has a higher number than rows can have")
        } else {
            Ok(Self(number))
        }
    }
}

impl From<Id> for u32 {
    fn from(id: Id) -> Self {
        id.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The most rows of all lists together: the most documents that a letter is known to name
/// are two hundred. The form draws all of them in every frame.
pub const MOST_ROWS: usize = 1000;

/// One determination letter.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Letter {
    pub reviewers: Vec<Reviewer>,
    pub case: Case,
    pub claimant: Claimant,
    pub parties: Parties,
    /// Who is sent the letter; without one the letter has no cover.
    pub recipients: Vec<Recipient>,
    pub documents: Vec<DocumentReviewed>,
    /// The clinical case summary; a blank line or a line's end begins a paragraph.
    pub summary: String,
    /// The disputed items, in the order in which they are decided.
    pub items: Vec<Item>,
    /// Values of fields that only this letter's template has, by their names; dates,
    /// numbers and sums as typed.
    pub extra: BTreeMap<String, String>,
    /// The same for fields of several values.
    pub extra_lists: BTreeMap<String, Vec<String>>,
    /// Rows that only this letter's template has, by the names of their groups.
    pub extra_rows: BTreeMap<String, Vec<ExtraRow>>,
    /// The letter that this one replaces, if it corrects one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub correction: Option<Correction>,
    /// What an import did not understand, until it is dealt with.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unread: Vec<Unread>,
    /// Fields that an import filled in from what the text says elsewhere, until somebody
    /// looks at them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub proposed: Vec<FieldPath>,
    /// Findings that somebody overrode.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<Override>,
    /// Names and numbers that the public copy has other words for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub withheld: Vec<String>,
    /// The highest id ever given out in this letter.
    pub last_id: Id,
}

impl Letter {
    /// A field of the template's own that is empty is as one that was never looked at.
    pub fn forget_empty_extras(&mut self) {
        self.extra.retain(|_, value| !value.is_empty());
        self.extra_lists.retain(|_, values| !values.is_empty());
        self.extra_rows.retain(|_, rows| !rows.is_empty());
        for row in self.extra_rows.values_mut().flatten() {
            row.values.retain(|_, value| !value.is_empty());
            row.lists.retain(|_, values| !values.is_empty());
        }
    }
}

/// Which letter is corrected, and why.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Correction {
    /// The case number of the letter that is replaced.
    pub of: String,
    /// When it was served or, as long as that is not known, finished.
    pub date: Entry<Date>,
    pub why: String,
    /// The SHA-256 of its file as it was exported last; empty if it never was.
    pub sha256: String,
}

/// A finding that somebody overrode. It holds as long as the words that the finding is
/// about stay as they were.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Override {
    /// The rule's number, such as `L020`.
    pub rule: String,
    /// The place that the finding is about; none where it is the letter as a whole.
    pub path: Option<FieldPath>,
    /// What the words say that it is about, as a fingerprint.
    pub words: String,
    /// Why; empty only for a warning or a note.
    pub reason: String,
}

/// A row that only one template has.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ExtraRow {
    pub id: Id,
    pub values: BTreeMap<String, String>,
    pub lists: BTreeMap<String, Vec<String>>,
}

/// A physician who decides, described by qualifications alone.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reviewer {
    pub id: Id,
    /// For the organization's own use; no template can print it (Labor Code 4610.6(f)).
    pub internal_name: String,
    pub certifications: Vec<String>,
    pub licence_states: Vec<String>,
    pub attests_no_affiliation: bool,
    pub attests_five_years: bool,
    pub attests_active_practice: bool,
}

/// The case header.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Case {
    /// Such as `CM13-0012345`.
    pub number: String,
    pub priority: Priority,
    pub date_of_injury: Entry<Date>,
    /// The last day of a cumulative injury, which is dated by a range.
    pub date_of_injury_end: Entry<Date>,
    pub ur_denial_date: Entry<Date>,
    pub application_received: Entry<Date>,
    pub date_assigned: Entry<Date>,
    /// The deadline's clock starts here (Labor Code 4610.6(d)(1)(B)).
    pub records_received: Entry<Date>,
    pub decision_date: Entry<Date>,
    /// What the application asks to be reviewed, a line each.
    pub treatments_requested: Vec<String>,
}

/// The injured person, for checks alone.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Claimant {
    pub sex: Sex,
    /// From which the ages are worked out; no template can print it.
    #[serde(skip_serializing_if = "Entry::is_empty")]
    pub birth_date: Entry<Date>,
    /// In years, at the time of the summary.
    pub age: Entry<u32>,
}

/// The people and organizations of the case; the served letter's cover alone names them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Parties {
    pub employee: String,
    pub claim_number: String,
    pub employer: String,
    pub claims_administrator: String,
    pub provider: String,
    pub attorney: String,
}

/// Someone whom the letter is sent to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Recipient {
    pub id: Id,
    /// Such as "Claims administrator".
    pub role: String,
    pub name: String,
    /// The address, a line each.
    pub address: String,
}

/// A document that the reviewer read (8 CCR 9792.10.6(d)).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct DocumentReviewed {
    pub id: Id,
    /// Such as "Medical records".
    pub kind: String,
    pub author: String,
    pub from: Entry<Date>,
    pub to: Entry<Date>,
    pub note: String,
}

/// One disputed treatment and its decision.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Item {
    pub id: Id,
    pub title: Title,
    pub decision: Decision,
    /// Such as "Low back"; for checks.
    pub body_part: String,
    /// The state's category, such as "Injection"; for checks.
    pub category: String,
    /// What the claims administrator cited.
    pub claims_guideline: Guideline,
    /// What the reviewer cites.
    pub reviewer_guideline: Guideline,
    pub rationale: String,
    /// What each reviewer decided, where there are several.
    pub opinions: Vec<Opinion>,
    /// The item without which this one is not needed, such as the surgery of an assistant
    /// surgeon.
    pub depends_on: Option<Id>,
}

/// One reviewer's view of one item.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Opinion {
    pub id: Id,
    pub reviewer: Option<Id>,
    pub decision: Decision,
    pub rationale: String,
}

/// The key of an outcome in the template's head, such as `upheld`; empty while undecided.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Decision(pub String);

/// What a decision does to the claims administrator's denial. Rules read this, never the
/// decision's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Denial {
    /// The treatment is not medically necessary.
    Stands,
    /// The treatment is medically necessary.
    Falls,
    /// Part of the treatment is.
    Partly,
}

/// An item's title: what was asked for, what of it was granted, what is left to decide.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Title {
    pub shape: TitleShape,
    pub prefix: TitlePrefix,
    /// The request; all of the title where the shape is plain or as written.
    pub request: String,
    /// What the claims administrator authorized.
    pub authorized: String,
    /// What is left of the request after that.
    pub remaining: String,
    /// Such as "01/05/17"; for treatment already given.
    pub dates_of_service: String,
}

/// Declares an enum whose variants have a stable key for templates and a word for people.
macro_rules! choices {
    (
        $(#[$doc:meta])*
        $name:ident {
            $(
                $(#[$variant_doc:meta])*
                $variant:ident = $key:literal, $label:literal;
            )+
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum $name { $($(#[$variant_doc])* $variant,)+ }

        impl $name {
            /// Every choice as (key, words), in the order in which it is offered.
            pub const CHOICES: &[(&str, &str)] = &[$(($key, $label)),+];

            /// The name that templates know the choice by.
            pub fn key(self) -> &'static str {
                match self { $(Self::$variant => $key),+ }
            }

            /// The choice of this key.
            pub fn from_key(key: &str) -> Option<Self> {
                match key { $($key => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

choices! {
    /// How fast a case must be decided.
    Priority {
        #[default]
        Standard = "Standard", "Standard";
        Expedited = "Expedited", "Expedited";
    }
}

choices! {
    /// The claimant's sex, as the records state it.
    Sex {
        #[default]
        Unstated = "", "Not stated";
        Female = "female", "Female";
        Male = "male", "Male";
        /// Neither, or not to be said: the letter says "they".
        X = "x", "X (they)";
    }
}

choices! {
    /// How an item's title is built.
    TitleShape {
        /// The request alone.
        #[default]
        Plain = "plain", "In full";
        /// Part of the request was authorized and the rest is decided.
        Remainder = "remainder", "Partly authorized";
        /// Something else was authorized in place of the request.
        Other = "other", "Something else authorized";
        /// A title that fits none of the above, kept verbatim.
        AsWritten = "as-written", "Your own title";
    }
}

choices! {
    /// Words that open an item's title.
    TitlePrefix {
        #[default]
        #[serde(rename = "NoPrefix")] // As with `Guideline::None`.
        None = "", "Regular";
        AssociatedSurgicalService = "associated", "Associated surgical service";
        Retrospective = "retrospective", "Retrospective";
    }
}
