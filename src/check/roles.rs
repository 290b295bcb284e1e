//! What each field of a template is to the rules: which texts speak of the case, and which
//! give the reasons of which decision. A field that no row here leaves out is read.

use crate::letter::fields::{Field, Kind, Section};
use crate::template::{Items, Template};

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
