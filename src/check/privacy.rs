//! Whether anybody is named where nobody may be.

use super::{Finding, Input};
use crate::letter::FieldPath;
use crate::template::LetterCopy;

/// L050: the public copy, header and footer included, prints no field that names a party
/// or a recipient.
pub(super) fn parties(input: &Input<'_>) -> Vec<Finding> {
    if input.order.copy != LetterCopy::Public {
        return Vec::new();
    }
    let mut told: Vec<&FieldPath> = input
        .document
        .printed()
        .into_iter()
        .filter(|path| path.names_someone())
        .collect();
    told.sort();
    told.dedup();
    let findings = told.into_iter().map(|path| {
        let label = input
            .template
            .field(path.pattern())
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
