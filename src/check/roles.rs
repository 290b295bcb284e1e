//! What each field of a template is to the rules: which texts speak of the case, and which
//! give the reasons of which decision. A field that no row here leaves out is read.

use super::Reads;
use crate::letter::fields::{Field, Kind, Section};
use crate::template::{Items, Template};

/// What is no text in a language: names, numbers, addresses and the heads of documents.
pub(super) const WITHOUT_LANGUAGE: &[&str] =
    &["case.", "parties.", "recipients[].", "documents[].", "reviewers[].internal_name"];

/// What says what was asked for.
const TITLES: &[&str] = &[
    "items[].request",
    "items[].authorized",
    "items[].remaining",
    "items[].dates_of_service",
];

/// Whether a field is one of these texts.
pub(super) fn is_read(reads: Reads, template: &Template, field: &Field) -> bool {
    let pattern = &*field.pattern;
    let is_prose = field.kind == Kind::Prose;
    let is_text =
        matches!(field.kind, Kind::Prose | Kind::Line | Kind::Many) && field.printable;
    match reads {
        Reads::Printed => is_text || field.kind == Kind::Guideline,
        Reads::Sentences => {
            is_text && !WITHOUT_LANGUAGE.iter().any(|group| pattern.starts_with(group))
        }
        Reads::Case => is_text && is_of_the_case(field),
        Reads::CaseProse => is_prose && is_of_the_case(field),
        // An address has no sentences.
        Reads::Prose => is_prose && pattern != "recipients[].address",
        Reads::ItemProse => is_prose && pattern.starts_with("items[]"),
        Reads::Reasons => {
            pattern.ends_with(".rationale") || gives_own_reasons(template, field)
        }
        Reads::History => tells_the_history(template, field),
        Reads::Titles => TITLES.contains(&pattern),
        Reads::Guidelines => field.kind == Kind::Guideline,
    }
}

/// Why a text that the letter prints is not read as one about the case.
pub fn why_unread(field: &Field) -> Option<&'static str> {
    let pattern = &*field.pattern;
    if is_of_the_case(field) {
        return None;
    }
    let why = match pattern.split(['.', '[']).next().unwrap_or_default() {
        "case" => "a number or a date of the case",
        "parties" => "the name of a party",
        "recipients" => "a name and an address",
        "documents" => "the head of a document",
        "reviewers" => "what a reviewer is certified and licensed for",
        "correction" => "what a correction replaces",
        _ => "who decides, signs, or sends the letter",
    };
    Some(why)
}

/// Own fields that name the organization that decides, or who signs for it: their names
/// are meant to be there.
const OF_THE_ORGANIZATION: &[&str] =
    &["agent", "organization", "signed_by", "signer", "director", "insurer", "plan"];

/// Whether a field speaks of the case: the summary, everything of an item, and what a
/// template asks for besides, addresses and names aside.
pub(super) fn is_of_the_case(field: &Field) -> bool {
    let pattern = &*field.pattern;
    if pattern == "summary" || pattern.starts_with("items[]") {
        return true;
    }
    let Some(own) = pattern.strip_prefix("extra.") else { return false };
    let is_text = matches!(field.kind, Kind::Prose | Kind::Line | Kind::Many);
    is_text
        && field.section != Section::Parties
        && !OF_THE_ORGANIZATION.iter().any(|name| own.contains(name))
}

/// Whether a field gives the reasons of the letter's one decision: what a template without
/// rationales asks for under its item.
pub(super) fn gives_own_reasons(template: &Template, field: &Field) -> bool {
    field.kind == Kind::Prose
        && field.section == Section::Items
        && field.pattern.starts_with("extra.")
        && template.head().items == Items::One
        && template.field("items[].rationale").is_none()
        && template.field("items[].opinions[].rationale").is_none()
}

/// Whether a field tells what happened: the summary, or else the reasons, which hold it.
pub(super) fn tells_the_history(template: &Template, field: &Field) -> bool {
    field.pattern == "summary"
        || (template.field("summary").is_none() && gives_own_reasons(template, field))
}
