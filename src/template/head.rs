//! A template's head: what RON says about it before its wording begins.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;

use crate::document::{Align, Sheet, Style};
use crate::letter::Denial;
use crate::letter::fields::ExtraField;
use crate::units::{Margins, Mm, Pt, Size};

/// The head as its author writes it; what is left out has the value of most letters.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// A short name without spaces that drafts and the command line use, such as
    /// `imr-2014`.
    pub id: String,
    /// What people call the template.
    pub name: String,
    /// The same where there is little room, such as "IMR 2015–2017"; empty for the name.
    #[serde(default)]
    pub short: String,
    /// Counted up with every change of wording.
    pub version: u32,
    /// What the PDF calls the letter.
    pub title: String,
    #[serde(default = "american_english")]
    pub language: String,
    #[serde(default)]
    pub paper: Paper,
    /// In inches.
    #[serde(default)]
    pub margins: Inches,
    #[serde(default)]
    styles: BTreeMap<String, StyleRow>,
    /// Shapes of tables, by the names that the body's `{.name}` lines use.
    #[serde(default)]
    pub tables: BTreeMap<String, TableShape>,
    /// Wording of the head and the foot of every page, as the body is worded.
    #[serde(default)]
    pub header: String,
    #[serde(default)]
    pub footer: String,
    /// How dates are printed, unless a filter says otherwise.
    #[serde(default)]
    pub dates: DateForm,
    /// A picture beside the template's file; the wording says with `{{ logo }}` where it
    /// goes.
    #[serde(default)]
    pub logo: Option<OwnPicture>,
    /// The signature of who signs the letter, never the reviewer's; `{{ signature }}`
    /// says where it goes.
    #[serde(default)]
    pub signature: Option<OwnPicture>,
    /// How an item can be decided.
    pub outcomes: Vec<Outcome>,
    /// What the items' decisions come to for the letter as a whole; `denial` says which.
    #[serde(default)]
    pub letter_outcomes: Vec<Outcome>,
    /// Whether the letter decides one item or any number.
    #[serde(default)]
    pub items: Items,
    /// How many reviewers a finished letter has.
    #[serde(default)]
    pub reviewers: Count,
    /// Whether the letter names the person who signs it.
    #[serde(default)]
    pub signer: Signer,
    /// The families of rules that the letter is held to; all of them if nothing is said.
    #[serde(default)]
    checks: Option<Vec<Family>>,
    /// By when the letter must be decided; the first that applies counts.
    #[serde(default)]
    pub deadlines: Vec<Deadline>,
    /// How long the letter can be appealed once it is served; nothing where that is not
    /// known.
    #[serde(default)]
    pub appeal: Option<Appeal>,
    /// Blocks whose wording the organization supplies: what the template has there is to
    /// be replaced or confirmed.
    #[serde(default)]
    pub supplied: Vec<String>,
    /// What letters of this kind are known to have and this template has not, because its
    /// wording is not known.
    #[serde(default)]
    pub left_out: Vec<String>,
    /// How a finished letter of this kind is read back: see [`crate::import`]; empty for
    /// a kind that is not.
    #[serde(default)]
    pub reading: String,
    /// Labels of the form that fit this kind better than the usual ones, by pattern.
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
    /// The same for the help under a field.
    #[serde(default)]
    pub helps: BTreeMap<String, String>,
    /// Patterns of fields, and names of groups, that a finished letter must have.
    #[serde(default)]
    pub required: Vec<String>,
    /// What a finished letter with recipients must have besides.
    #[serde(default)]
    pub required_when_served: Vec<String>,
    /// Patterns of fields that the form shows although the letter does not print them.
    #[serde(default)]
    pub form: Vec<String>,
    /// Fields that only this template has.
    #[serde(default)]
    pub extra: Vec<ExtraField>,
    /// What a case number looks like: `9` stands for a digit, everything else for itself;
    /// empty for no rule.
    #[serde(default)]
    pub case_number: String,
}

fn american_english() -> String {
    "en-US".into()
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum Paper {
    #[default]
    Letter,
    A4,
}

/// Margins in inches.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inches {
    top: f32,
    right: f32,
    bottom: f32,
    left: f32,
}

impl Default for Inches {
    fn default() -> Self {
        Self { top: 1.0, right: 1.0, bottom: 1.0, left: 1.0 }
    }
}

/// One way to decide an item.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// What drafts keep.
    pub key: String,
    /// What the letter prints.
    pub word: String,
    pub denial: Denial,
    /// What the word means, in a few plain ones.
    pub meaning: String,
}

/// How dates are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum DateForm {
    /// `03/26/2009`
    #[default]
    Us,
    /// `March 26, 2009`
    Long,
    /// `2009-03-26`
    Iso,
    /// `26 March 2009`
    DayFirst,
}

impl DateForm {
    /// The form's name, as filters know it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Us => "us",
            Self::Long => "long",
            Self::Iso => "iso",
            Self::DayFirst => "day_first",
        }
    }
}

/// A picture of the organization's own.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnPicture {
    /// A PNG in the template's own folder, by its plain name.
    pub file: String,
    /// What is read to people who cannot see it.
    pub alt: String,
    /// In inches.
    pub height: f32,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum Items {
    #[default]
    Many,
    One,
}

/// How many there must be.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Count {
    pub least: usize,
    pub most: Option<usize>,
    /// The least number holds only where this field prints this value; anywhere else one
    /// is enough.
    pub when: Option<(String, String)>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum Signer {
    /// Reviewers stay confidential.
    #[default]
    Hidden,
    /// The law wants a name: it is in this field, which is required then.
    Named(String),
}

/// By when a letter must be decided.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deadline {
    /// The pattern of the date from which days are counted; that day itself is not one of
    /// them.
    pub from: String,
    pub days: u16,
    /// Saturdays and Sundays are passed over. Holidays are not known here.
    #[serde(default)]
    pub working_days: bool,
    /// Applies only where this field prints this value.
    #[serde(default)]
    pub when: Option<(String, String)>,
}

/// How long a letter can be appealed.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Appeal {
    /// What is filed, as in "a petition".
    pub what: String,
    /// Days from the day on which the letter is served; that day itself is not one of
    /// them.
    pub days: u16,
    /// So many more because it is served by mail.
    #[serde(default)]
    pub more_by_mail: u16,
    /// The pattern of the date of mailing that the letter prints.
    #[serde(default)]
    pub from: Option<String>,
}

/// How a table is drawn.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TableShape {
    /// The columns' shares of the measure, in any unit; all the same where there are
    /// none.
    widths: Vec<f32>,
    /// Whether cells are ruled.
    pub lines: bool,
    /// Whether the first row names the columns; if not, it is left out.
    pub header: bool,
}

impl Default for TableShape {
    fn default() -> Self {
        Self { widths: Vec::new(), lines: true, header: true }
    }
}

impl TableShape {
    /// The shares of `columns` columns, adding up to 1.
    pub fn widths(&self, columns: usize) -> Vec<f32> {
        let mut shares = vec![1.0; columns];
        for (share, &width) in shares.iter_mut().zip(&self.widths) {
            if width > 0.0 {
                *share = width;
            }
        }
        let whole: f32 = shares.iter().sum();
        shares.into_iter().map(|share| share / whole).collect()
    }
}

/// A style as written: what is absent is as in `body`, and in `body` as in most letters.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct StyleRow {
    /// Letters have one typeface; an author may name it all the same.
    typeface: Option<String>,
    size: Option<f32>,
    bold: Option<bool>,
    italic: Option<bool>,
    align: Option<Align>,
    line_height: Option<f32>,
    space_before: Option<f32>,
    space_after: Option<f32>,
    indent: Option<f32>,
    keep_with_next: Option<bool>,
    ground: Option<f32>,
}

impl Head {
    /// The pictures beside the template's file, each by the name that the wording has for
    /// it.
    pub fn pictures(&self) -> impl Iterator<Item = (&'static str, &OwnPicture)> {
        let logo = self.logo.iter().map(|picture| ("logo", picture));
        logo.chain(self.signature.iter().map(|picture| ("signature", picture)))
    }

    /// Reads a head.
    ///
    /// # Errors
    /// What RON could not read, and where.
    pub fn read(text: &str) -> Result<Self, ron::error::SpannedError> {
        // Authors write `size: 12`, not `size: Some(12)`.
        ron::Options::default()
            .with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
            .from_str(text)
    }

    /// The paper and its borders.
    pub fn sheet(&self) -> Sheet {
        let paper = match self.paper {
            Paper::Letter => {
                Size { width: Pt::from_inches(8.5), height: Pt::from_inches(11.0) }
            }
            Paper::A4 => Size { width: Mm(210.0).into(), height: Mm(297.0).into() },
        };
        let Inches { top, right, bottom, left } = self.margins;
        let [top, right, bottom, left] = [top, right, bottom, left].map(Pt::from_inches);
        Sheet { paper, margins: Margins { top, right, bottom, left } }
    }

    /// Every style by its name; `body` is always among them.
    pub fn styles(&self) -> BTreeMap<String, Arc<Style>> {
        let body = match self.styles.get("body") {
            Some(row) => row.over(&Style::default(), "body"),
            None => Style::default(),
        };
        let mut styles = BTreeMap::new();
        for (name, row) in &self.styles {
            styles.insert(name.clone(), Arc::new(row.over(&body, name)));
        }
        styles.insert("body".into(), Arc::new(body));
        styles
    }

    /// The typefaces that styles ask for by name.
    pub fn typefaces(&self) -> impl Iterator<Item = &str> {
        self.styles.values().filter_map(|style| style.typeface.as_deref())
    }

    /// The names that a `{.name}` line may use.
    pub fn style_names(&self) -> impl Iterator<Item = &str> {
        self.styles.keys().chain(self.tables.keys()).map(String::as_str)
    }

    /// Whether the form must show a field that the wording does not name.
    pub fn asks_for(&self, pattern: &str) -> bool {
        [&self.required, &self.required_when_served, &self.form]
            .iter()
            .any(|list| list.iter().any(|asked| asked == pattern))
    }

    /// The outcome of this key.
    pub fn outcome(&self, key: &str) -> Option<&Outcome> {
        self.outcomes.iter().find(|outcome| outcome.key == key)
    }

    /// What the outcome of this key does to the denial.
    pub fn denial(&self, key: &str) -> Option<Denial> {
        self.outcome(key).map(|outcome| outcome.denial)
    }

    /// Whether the letter is held to this family of rules.
    pub fn checks(&self, family: Family) -> bool {
        match &self.checks {
            Some(families) => families.contains(&family),
            None => true,
        }
    }
}

impl StyleRow {
    /// The style whose absent values are those of `base`.
    fn over(&self, base: &Style, name: &str) -> Style {
        Style {
            name: name.into(),
            size: self.size.map_or(base.size, Pt),
            bold: self.bold.unwrap_or(base.bold),
            italic: self.italic.unwrap_or(base.italic),
            align: self.align.unwrap_or(base.align),
            line_height: self.line_height.unwrap_or(base.line_height),
            space_before: self.space_before.map_or(base.space_before, Pt),
            space_after: self.space_after.map_or(base.space_after, Pt),
            indent: self.indent.map_or(base.indent, Pt),
            keep_with_next: self.keep_with_next.unwrap_or(base.keep_with_next),
            ground: self.ground.or(base.ground),
        }
    }
}

/// What a rule is about; a template's head says which families its letters are held to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Family {
    /// Everything is there.
    Completeness,
    /// Everything can be printed.
    Characters,
    /// Decisions agree with each other and with their reasons.
    Decisions,
    /// What is cited fits the item, and is cited as it is called.
    Guidelines,
    Dates,
    /// What is asked for adds up, and its title reads as titles do.
    Titles,
    /// Age, sex and side are the same throughout.
    Person,
    /// Words are spelled and set as they should be.
    Language,
    /// Nobody is named where nobody may be.
    Privacy,
}

impl Family {
    pub const ALL: &[Self] = &[
        Self::Completeness,
        Self::Characters,
        Self::Decisions,
        Self::Guidelines,
        Self::Dates,
        Self::Titles,
        Self::Person,
        Self::Language,
        Self::Privacy,
    ];
}
