//! Whether anybody is named where nobody may be.

use super::{Blocks, Finding, Findings, Input, Overriding, Rule};
use crate::diagnostic::Severity;
use crate::letter::FieldPath;
use crate::template::{Family, LetterCopy};

pub(super) const RULES: &[Rule] = &[Rule {
    id: "L050",
    name: "public-copy",
    severity: Severity::Error,
    family: Family::Privacy,
    reads: &[],
    summary: "The public copy prints no party and no recipient",
    help: "The public copy is the letter without its cover. Anything that names a party \
        or a recipient must stay out of it.",
    overriding: Overriding::Never,
    blocks: Blocks::Public,
    find: parties,
}];

fn parties(input: &Input<'_>, findings: &mut Findings) {
    if input.order.copy != LetterCopy::Public {
        return;
    }
    // Header and footer are printed, too.
    let mut printed: Vec<&FieldPath> = input.document.printed();
    printed.retain(|path| path.names_someone());
    printed.sort();
    printed.dedup();
    for path in printed {
        let label = match input.template.field(path.pattern()) {
            Some(field) => field.label.to_string(),
            None => path.to_string(),
        };
        findings.push(Finding::new(
            path.clone(),
            format!("The public copy prints \"{label}\""),
            "Have the template print it only inside {% if copy is served %}",
        ));
    }
}
