//! Items' titles: that they read as titles do.

use super::date_reader::dates;
use super::titles::WRITTEN_OUT;
use super::wording::capitalized;
use super::{Finding, Findings, Input, Reads, Rule};
use crate::diagnostic::{Change, Severity};
use crate::letter::{FieldPath, Item, Title, TitlePrefix};
use crate::template::Family;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "L038",
        reads: &[Reads::Titles],
        name: "title-form",
        severity: Severity::Warning,
        family: Family::Titles,
        summary: "A title ends so that its decision can follow",
        help: "The title is printed with a colon and its decision after it. Looks for \
            colons at its end, for a decision within it, and for a written-out partial \
            title without its \"is\".",
        find: malformed_titles,
        ..Rule::DEFAULT
    },
    Rule {
        id: "L039",
        reads: &[Reads::Titles],
        name: "date-of-service",
        severity: Severity::Warning,
        family: Family::Titles,
        summary: "Treatment that was already given has its date of service",
        help: "A retrospective request is identified by the day of the treatment. A \
            date anywhere in the title is enough.",
        find: date_of_service,
        ..Rule::DEFAULT
    },
];

pattern!(MISPUNCTUATED, r"::|:\s*$|\bis:");
pattern!(DECIDED, r"\b(?:upheld|overturned)\b");
pattern!(
    SERVICE,
    r"\b(?:DOS|dates? of service)\b|\d{1,2}[-/]\d{1,2}[-/]\d{2,4}|\b(?:19|20)\d{2}\b"
);

fn malformed_titles(input: &Input<'_>, findings: &mut Findings) {
    for item in &input.letter.items {
        findings.extend(malformed(input, item));
    }
}

fn malformed(input: &Input<'_>, item: &Item) -> Option<Finding> {
    let path = FieldPath::new("items[].request", &[item.id]);
    let text = item.title.request.as_str();
    let name = input.row_name(&path);
    if WRITTEN_OUT.is_match(text) && !text.trim_end().ends_with(" is") {
        let message = format!("The title of {name} needs \"is\" before its decision");
        let usual = format!("{} is", text.trim_end());
        let finding = Finding::new(path.clone(), message, "End it with \"is\"");
        return Some(finding.with_change("Add \"is\"", &path, Change::Whole(usual)));
    }
    let (found, what) = match MISPUNCTUATED.find(text) {
        Some(colon) => (colon, "an extra colon"),
        None => (DECIDED.find(text)?, "a decision"),
    };
    let words = found.as_str().trim();
    let message = format!("The title of {name} has {what}: \"{words}\"");
    let hint = "Remove it; the decision is added automatically";
    Some(Finding::at(&path, found.range(), message, hint))
}

fn date_of_service(input: &Input<'_>, findings: &mut Findings) {
    for item in &input.letter.items {
        let Title { prefix, request, dates_of_service, .. } = &item.title;
        let says_so = request.trim_start().to_lowercase().starts_with("retro");
        let field = if *prefix == TitlePrefix::Retrospective {
            "items[].dates_of_service"
        } else if says_so {
            "items[].request"
        } else {
            continue;
        };
        let is_dated = !dates_of_service.trim().is_empty()
            || !dates(request).is_empty()
            || SERVICE.is_match(request);
        if !is_dated {
            let path = FieldPath::new(field, &[item.id]);
            let name = capitalized(&input.row_name(&path));
            let message = format!("{name} is retrospective but has no date of service");
            findings.push(Finding::new(
                path,
                message,
                "Say when the treatment was given",
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::reported;
    use crate::letter::{Letter, TitlePrefix};

    fn check(code: &str, change: impl FnOnce(&mut Letter), expected: &[&str]) {
        assert_eq!(reported(code, &[], change), expected);
    }

    #[test]
    fn a_title_holds_no_decision_and_no_colon_at_its_end() {
        for (title, expected) in [
            ("MRI of the knee: with contrast", &[][..]),
            ("MRI of the knee:", &[":: The title of item 1 has an extra colon: \":\""]),
            (
                "MRI of the knee Upheld",
                &["Upheld: The title of item 1 has a decision: \"Upheld\""],
            ),
        ] {
            check(
                "L038",
                |letter| letter.items[0].title.request = title.into(),
                expected,
            );
        }
    }

    #[test]
    fn treatment_already_given_is_dated() {
        let said = ": Item 1 is retrospective but has no date of service";
        for (request, dates, expected) in [
            ("Famotidine 20mg", "12/07/16", &[][..]),
            ("Famotidine 20mg, per 12/07/2016 order", "", &[]),
            ("Famotidine 20mg", "", &[said]),
        ] {
            let write = |letter: &mut Letter| {
                let title = &mut letter.items[0].title;
                title.prefix = TitlePrefix::Retrospective;
                (title.request, title.dates_of_service) = (request.into(), dates.into());
            };
            check("L039", write, expected);
        }
        check(
            "L039",
            |letter| letter.items[0].title.request = "Retrospective MRI".into(),
            &[said],
        );
    }
}
