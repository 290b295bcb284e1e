//! Whether anybody is named where nobody may be.

use super::{Finding, Matter};
use crate::diagnostic::FieldPath;
use crate::template::Copy;

/// L050: the public copy, header and footer included, prints no field that names a party
/// or a recipient.
pub fn parties(matter: &Matter<'_>) -> Vec<Finding> {
    if matter.order.copy != Copy::Public {
        return Vec::new();
    }
    let mut told: Vec<&FieldPath> = matter
        .document
        .printed()
        .into_iter()
        .filter(|path| names_someone(path))
        .collect();
    told.sort();
    told.dedup();
    let findings = told.into_iter().map(|path| {
        let label = matter
            .template
            .field(&path.pattern())
            .map_or_else(|| path.to_string(), |field| field.label.to_string());
        let message = format!("The public copy prints \"{label}\"");
        Finding::new(
            path.clone(),
            message,
            "Have the template print it only where {% if copy is served %} holds",
        )
    });
    findings.collect()
}

/// Whether a field names a person or what leads to one.
#[must_use]
pub fn names_someone(path: &FieldPath) -> bool {
    path.as_str().starts_with("parties.") || path.as_str().starts_with("recipients#")
}
