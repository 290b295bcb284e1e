//! What the application asks for: that the letter decides it, and nothing else.

use std::collections::BTreeSet;

use super::text::words;
use super::wording::{capitalized, shortened};
use super::{Finding, Findings, Input, Reads, Rule};
use crate::diagnostic::Severity;
use crate::letter::{FieldPath, Item, TitlePrefix};
use crate::library::Library;
use crate::template::Family;

pub(super) const RULES: &[Rule] = &[Rule {
    id: "L052",
    reads: &[Reads::Titles],
    name: "requested",
    severity: Severity::Warning,
    family: Family::Completeness,
    summary: "The items are the treatments that were requested",
    help: "Compares the treatments requested in the application, if you filled them \
        in, with the items' titles by the names of the treatments. The same body part \
        or side is not enough, and a different one is no match. Ignores items that go \
        with a surgery.",
    find: other_treatments,
    ..Rule::DEFAULT
}];

fn other_treatments(input: &Input<'_>, findings: &mut Findings) {
    let letter = input.letter;
    let mut wanted: Vec<&String> = letter.case.treatments_requested.iter().collect();
    wanted.retain(|line| !line.trim().is_empty());
    // Before anything has a title there is nothing to compare: an item is asked for.
    let mut titles = letter.items.iter().map(|item| item.title.request.trim());
    let can_compare = !wanted.is_empty() && titles.any(|title| !title.is_empty());
    if !can_compare || !input.asks_for("case.treatments_requested") {
        return;
    }
    let treatments = FieldPath::new("case.treatments_requested", &[]);
    for line in &wanted {
        let mut items = letter.items.iter();
        if !items.any(|item| is_decided_by(line, item, input.library)) {
            let message = format!(
                "\"{}\" was requested, but no item addresses it",
                shortened(line)
            );
            let hint = "Add an item for it, or word it like the item's title";
            findings.push(Finding::new(treatments.clone(), message, hint));
        }
    }
    for item in &letter.items {
        // A surgery brings items along that the application does not name.
        let goes_with_surgery = item.depends_on.is_some()
            || item.title.prefix == TitlePrefix::AssociatedSurgicalService;
        if goes_with_surgery
            || item.title.request.trim().is_empty()
            || wanted.iter().any(|line| is_decided_by(line, item, input.library))
        {
            continue;
        }
        let path = FieldPath::new("items[].request", &[item.id]);
        let message = format!(
            "{} is not among the treatments requested in the application",
            capitalized(&input.row_name(&path))
        );
        let hint = "Remove it, or add it to the treatments requested";
        let finding = Finding::new(path, message, hint);
        findings.push(finding.also_at(treatments.clone()));
    }
}

/// Whether the item decides what a line of the application asks for.
pub fn is_decided_by(line: &str, item: &Item, library: &Library) -> bool {
    let title = format!("{} {}", item.title.request, item.title.remaining);
    let (one, other) =
        (RequestName::new(line, library), RequestName::new(&title, library));
    one.may_be_where(&other) && one.is_called_as(&other)
}

/// What a request names.
struct RequestName<'a> {
    /// The words by which treatments differ, in the singular.
    own: Vec<String>,
    /// The treatments that the tables know by these words.
    treatments: BTreeSet<&'a str>,
    parts: BTreeSet<&'a str>,
    sides: BTreeSet<String>,
}

impl<'a> RequestName<'a> {
    fn new(text: &'a str, library: &'a Library) -> Self {
        let mut named = Self {
            own: Vec::new(),
            treatments: BTreeSet::new(),
            parts: BTreeSet::new(),
            sides: BTreeSet::new(),
        };
        let lower = text.to_lowercase();
        for range in words(&lower) {
            named.take(lower[range].trim_end_matches('s'), library);
        }
        // "Imaging" and "opioid" mean many treatments; one is meant by a word of its own.
        let found: Vec<_> = library.treatments().find(text).collect();
        for (range, name) in &found {
            let meanings = found.iter().filter(|(other, _)| other == range).count();
            if meanings == 1 {
                named.treatments.insert(*name);
            }
        }
        for part in library.anatomy().named_in(text) {
            named.parts.insert(&part.chapter);
            named.parts.extend(part.also.iter().map(String::as_str));
        }
        named.parts.remove("");
        named
    }

    fn take(&mut self, word: &str, library: &Library) {
        if SIDES.contains(&word) {
            self.sides.insert(word.to_owned());
        } else if !SMALL.contains(&word)
            && !word.starts_with(|c: char| c.is_ascii_digit())
            && (names_procedure(word) || library.anatomy().named_in(word).is_empty())
        {
            self.own.push(word.to_owned());
        }
    }

    /// Whether half of the words of the shorter of two names stand in the other, or the
    /// tables know both as one treatment.
    fn is_called_as(&self, other: &Self) -> bool {
        let (few, many) = if self.own.len() > other.own.len() {
            (&other.own, &self.own)
        } else {
            (&self.own, &other.own)
        };
        let shared = few.iter().filter(|word| many.contains(word)).count();
        (shared > 0 && shared * 2 >= few.len())
            || !self.treatments.is_disjoint(&other.treatments)
    }

    /// Whether neither names another side or another body part than the other.
    fn may_be_where(&self, other: &Self) -> bool {
        let is_one_side =
            |named: &Self| named.sides.len() == 1 && !named.sides.contains(BILATERAL);
        let is_other_side =
            is_one_side(self) && is_one_side(other) && self.sides != other.sides;
        let is_other_part = !self.parts.is_empty()
            && !other.parts.is_empty()
            && self.parts.is_disjoint(&other.parts);
        !is_other_side && !is_other_part
    }
}

const BILATERAL: &str = "bilateral";
const SIDES: &[&str] = &["left", "right", BILATERAL];

/// Words that say how much, when and where in general, and nothing of the treatment.
const SMALL: &[&str] = &[
    "a",
    "an",
    "and",
    "at",
    "for",
    "in",
    "of",
    "on",
    "or",
    "the",
    "to",
    "with",
    "without",
    "time",
    "day",
    "week",
    "month",
    "per",
    "x",
    "session",
    "mg",
    "ml",
    "qty",
    "quantity",
    "unit",
    "tablet",
    "capsule",
    "refill",
    "upper",
    "lower",
    "extremity",
    "extremitie",
    "body",
    "part",
    "area",
    "region",
    "side",
    "request",
    "retrospective",
    "outpatient",
];

/// Some procedures are called by the part that they are done to: "meniscectomy".
fn names_procedure(word: &str) -> bool {
    const ENDINGS: &[&str] =
        &["ectomy", "otomy", "ostomy", "plasty", "rrhaphy", "desi", "scopy", "therapy"];
    ENDINGS.iter().any(|ending| word.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::tests::reported;
    use crate::letter::Letter;

    #[test]
    fn body_part_and_side_alone_never_make_a_match() {
        let library = Library::bundled().expect("the tables are well formed");
        for (requested, title, expected) in [
            ("MRI of the left knee", "MRI of the left knee without contrast", true),
            ("Left knee MRI", "Magnetic resonance imaging, left knee", true),
            ("Physical therapy, 12 sessions, left knee", "MRI of the left knee", false),
            ("MRI of the right shoulder", "Right shoulder arthroscopy", false),
            ("MRI of the right knee", "MRI of the left knee", false),
            ("MRI of the lumbar spine", "MRI of the cervical spine", false),
            ("MRI of the lumbar spine", "MRI low back", true),
            ("Physical therapy 2 x 6", "12 sessions of physical therapy", true),
            ("Norco 10/325mg #60", "Hydrocodone/APAP 10/325 mg, quantity 60", true),
            ("Norco 10/325mg #60", "Percocet 10/325 mg", false),
            ("Left knee meniscectomy", "Left knee arthroscopic meniscectomy", true),
            ("Trigger point injection", "Trigger point injections", true),
            ("Left knee", "MRI of the left knee", false),
        ] {
            let mut item = Item::default();
            item.title.request = title.into();
            let is_decided = is_decided_by(requested, &item, &library);
            assert_eq!(is_decided, expected, "{requested} / {title}");
        }
    }

    #[test]
    fn the_requested_treatments_are_decided_and_nothing_else() {
        let check = |treatments: &[&str], expected: &[&str]| {
            let treatments: Vec<String> =
                treatments.iter().map(ToString::to_string).collect();
            let write = |letter: &mut Letter| {
                letter.case.treatments_requested = treatments;
                letter.items[1].title.request = "MRI of the right knee".into();
            };
            assert_eq!(reported("L052", &[], write), expected);
        };
        check(&[], &[]);
        let write = |letter: &mut Letter| {
            letter.case.treatments_requested = vec!["MRI of the left knee".into()];
            for item in &mut letter.items {
                item.title.request.clear();
            }
        };
        assert_eq!(reported("L052", &[], write), [""; 0]);
        check(&["Trigger point injection", "Right knee MRI"], &[]);
        check(
            &["Trigger point injection", "Right knee MRI", "Norco"],
            &[": \"Norco\" was requested, but no item addresses it"],
        );
        check(
            &["Trigger point injection"],
            &[": Item 2 is not among the treatments requested in the application"],
        );
    }
}
