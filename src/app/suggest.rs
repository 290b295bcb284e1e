//! What a field offers: the values of a choice, and the words that complete what is being
//! typed.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::letter::fields::{Field, Options};
use crate::letter::{Entry, Id, Item, Letter, OwnCitation, Source, phrasing};
use crate::library::{Chapter, Library, Part};
use crate::store::settings::WORKS;
use crate::template::Template;

/// How many words are offered at once: as many as are taken in at a glance.
const LIMIT: usize = 10;

/// What was typed where a list is offered, by list: each value, and in how many letters.
pub(super) type TypedValues = BTreeMap<String, BTreeMap<String, u32>>;

/// How often a value has been typed when it is offered.
const OFTEN_ENOUGH: u32 = 2;

/// The values of a list that were typed often.
fn often<'a>(typed: &'a TypedValues, list: &str) -> Vec<&'a String> {
    let Some(values) = typed.get(list) else { return Vec::new() };
    let mut often = Vec::new();
    for (value, &letters) in values {
        if letters >= OFTEN_ENOUGH {
            often.push(value);
        }
    }
    often
}

/// What a pick list offers, the values that were typed often included.
pub(super) fn list<'a>(
    library: &'a Library,
    typed: &TypedValues,
    name: &str,
) -> Cow<'a, [String]> {
    let known = library.list(name);
    let own = often(typed, name);
    if own.is_empty() {
        Cow::Borrowed(known)
    } else {
        known.iter().chain(own).cloned().collect()
    }
}

/// One value of a choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Offer {
    pub key: String,
    pub words: String,
    /// What the words mean, where that is not plain.
    pub meaning: String,
}

impl Offer {
    fn new(key: &str, words: &str) -> Self {
        Self { key: key.to_owned(), words: words.to_owned(), meaning: String::new() }
    }
}

/// The values that a choice can take; `row` is the innermost row that the field lies in.
pub(super) fn choices(
    field: &Field,
    letter: &Letter,
    template: &Template,
    row: Option<Id>,
) -> Vec<Offer> {
    match &field.options {
        Options::Fixed(choices) => {
            choices.iter().map(|(key, words)| Offer::new(key, words)).collect()
        }
        Options::Own(words) => {
            words.iter().map(|words| Offer::new(words, words)).collect()
        }
        Options::Outcomes => outcomes(template),
        Options::OtherItems => other_items(letter, row),
        Options::Reviewers => reviewers(letter),
        Options::Typed | Options::List(_) => Vec::new(),
    }
}

fn outcomes(template: &Template) -> Vec<Offer> {
    let outcomes = template.head().outcomes.iter();
    outcomes
        .map(|outcome| Offer {
            key: outcome.key.clone(),
            words: outcome.word.clone(),
            meaning: outcome.meaning.clone(),
        })
        .collect()
}

fn other_items(letter: &Letter, row: Option<Id>) -> Vec<Offer> {
    let mut offers = vec![Offer::new("", "None")];
    for (place, item) in letter.items.iter().enumerate() {
        if Some(item.id) != row {
            offers.push(Offer::new(&item.id.to_string(), &item_name(item, place)));
        }
    }
    offers
}

/// An item as lists call it: its position and its request.
fn item_name(item: &Item, place: usize) -> String {
    let request = item.title.request.trim();
    if request.is_empty() {
        format!("Item {}", place + 1)
    } else {
        format!("{}  {request}", place + 1)
    }
}

fn reviewers(letter: &Letter) -> Vec<Offer> {
    let mut offers = Vec::new();
    for (place, reviewer) in letter.reviewers.iter().enumerate() {
        let certifications = phrasing::and_list(&reviewer.certifications);
        let words = format!("Reviewer {}  {certifications}", place + 1);
        offers.push(Offer::new(&reviewer.id.to_string(), words.trim_end()));
    }
    offers
}

/// The words of `list` that fit what was typed, best first: those that begin so, those
/// with a word that begins so, those that hold it. Nothing typed fits all.
pub(super) fn fitting<'a>(
    list: impl IntoIterator<Item = &'a str>,
    typed: &str,
) -> Vec<&'a str> {
    let typed = typed.trim().to_lowercase();
    let mut found = Vec::new();
    for words in list {
        if let Some(rank) = rank(&words.to_lowercase(), &typed) {
            found.push((rank, words));
        }
    }
    found.sort_by_key(|&(rank, _)| rank);
    found.into_iter().map(|(_, words)| words).take(LIMIT).collect()
}

/// How well words fit what was typed, the best 0; `None` if they do not.
fn rank(words: &str, typed: &str) -> Option<u8> {
    if words.starts_with(typed) {
        return Some(0);
    }
    let mut each = words.split([' ', '-', '/', '(', '·']);
    if each.any(|word| word.starts_with(typed)) {
        return Some(1);
    }
    let holds_all = typed.split_whitespace().all(|part| words.contains(part));
    if holds_all { Some(2) } else { None }
}

/// What entries of a list have in common: the state's category before its colon, the
/// guideline before its chapters, the region of a part of the body.
pub(super) fn group(words: &str) -> &str {
    if let Some((group, _)) = words.split_once(": ") {
        return group;
    }
    if words.starts_with("MTUS") {
        return "MTUS";
    }
    if let Some(chapter) = odg_chapter(words) {
        return chapter;
    }
    for (region, parts) in REGIONS {
        if parts.contains(&words) {
            return region;
        }
    }
    ""
}

/// `ODG, Knee & Leg (Acute & Chronic)` of a work that cites one of its procedures.
fn odg_chapter(words: &str) -> Option<&str> {
    let rest = words.strip_prefix("ODG, ")?;
    // A chapter's name ends with a bracket, or has no comma.
    let end = match rest.find(')') {
        Some(bracket) => bracket + 1,
        None => rest.find(", ").unwrap_or(rest.len()),
    };
    Some(&words[.."ODG, ".len() + end])
}

/// An entry as it stands under the name of its group.
pub(super) fn in_group(words: &str) -> &str {
    let group = group(words);
    let rest = words.strip_prefix(group).unwrap_or(words);
    let rest = rest.trim_start_matches([':', ',', '·', ' ']);
    let is_whole = rest.is_empty() || rest.chars().all(|c| c.is_ascii_digit());
    if group.is_empty() || is_whole { words } else { rest }
}

/// The parts of the body by region, as the list has them.
const REGIONS: &[(&str, &[&str])] = &[
    ("Spine", &["Neck", "Upper back", "Low back"]),
    ("Arm", &["Shoulder", "Elbow", "Forearm", "Wrist", "Hand"]),
    ("Leg", &["Hip", "Groin", "Hernia", "Knee", "Ankle", "Foot"]),
    ("Head", &["Head", "Eye", "Face"]),
    ("Trunk and whole body", &["Chest", "Abdomen", "Mental health", "Whole body"]),
];

/// The fields of an item that its title may say.
pub(super) const GUESSED: [&str; 2] = ["items[].body_part", "items[].category"];

/// What an item's title says of its body part or its category: what the field may be
/// filled with.
pub(super) fn guess(library: &Library, pattern: &str, title: &str) -> Option<String> {
    match pattern {
        "items[].body_part" => {
            let known = library.list("body parts");
            let mut parts = library.anatomy().find(title);
            let (_, part) = parts.find(|(_, part)| known.contains(&part.name))?;
            Some(part.name.clone())
        }
        "items[].category" => {
            let (_, category) = library.categories().find(title).next()?;
            Some(category.to_owned())
        }
        _ => None,
    }
}

/// A work that can be cited, and what the field shows for it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Work {
    pub words: String,
    pub source: Source,
}

impl AsRef<str> for Work {
    fn as_ref(&self) -> &str {
        &self.words
    }
}

/// Every work that can be chosen: the statement about the MTUS, chapters, chapters with
/// one of their sections, and the ODG in its edition of a year.
pub(super) fn works(
    library: &Library,
    typed: &TypedValues,
    citations: &[OwnCitation],
    year: Option<i16>,
) -> Vec<Work> {
    let mut works: Vec<Work> = library
        .offered_chapters()
        .map(|chapter| work(chapter, None))
        .collect();
    works.push(Work { words: OUTSIDE.to_owned(), source: Source::OutsideMtus });
    for citation in citations.iter().filter(|citation| !citation.hidden) {
        let source = Source::NonMtus(citation.words());
        works.push(Work { words: citation.words(), source });
    }
    for own in often(typed, WORKS) {
        if works.iter().any(|work| work.words == *own) {
            continue;
        }
        works.push(Work { words: own.clone(), source: Source::NonMtus(own.clone()) });
    }
    for chapter in library.offered_chapters() {
        for section in &chapter.sections {
            works.push(work(chapter, Some(section)));
        }
    }
    for chapter in library.odg() {
        works.push(odg(&chapter.chapter, None, year));
        for procedure in &chapter.procedures {
            works.push(odg(&chapter.chapter, Some(procedure), year));
        }
    }
    works
}

/// The words that say which part of the body an item is about.
pub(super) fn words_of_part(item: &Item) -> &str {
    if item.body_part.is_empty() { &item.title.request } else { &item.body_part }
}

/// Whether a chapter treats of one of these parts.
pub(super) fn is_about(library: &Library, parts: &[&Part], chapter: &str) -> bool {
    let named = library.anatomy().named_in(chapter);
    let is_treated =
        |part: &&Part| named.iter().any(|named| part.is_decided_under(named));
    parts.iter().any(is_treated)
}

/// Puts the works that fit an item about `part` first: what is in force on the day of the decision,
/// and of that what is about the item's part of the body, then what is about none.
pub(super) fn put_fitting_first(
    works: &mut [Work],
    library: &Library,
    part: &str,
    decided: Option<Date>,
) {
    let parts = library.anatomy().named_in(part);
    works.sort_by_cached_key(|work| {
        let is_past = is_past(library, &work.source, decided);
        let chapter = match &work.source {
            Source::Mtus { title, .. } => title,
            _ => group(&work.words),
        };
        let is_general = library.anatomy().named_in(chapter).is_empty();
        let about = match is_about(library, &parts, chapter) {
            true => 0,
            false if is_general => 1,
            false => 2,
        };
        (is_past, about)
    });
}

/// Whether this is an edition that was not in force on the day.
fn is_past(library: &Library, source: &Source, day: Option<Date>) -> bool {
    let (Source::Mtus { title, year, .. }, Some(day)) = (source, day) else {
        return false;
    };
    let mut chapters = library.chapters().iter();
    let known = chapters.find(|known| (&known.title, &known.year) == (title, year));
    known.is_some_and(|known| !known.is_in_force(day))
}

/// The ODG as letters cite it: `ODG, Knee & Leg (Acute & Chronic), Physical therapy,
/// 2016`.
fn odg(chapter: &str, procedure: Option<&str>, year: Option<i16>) -> Work {
    let mut words = format!("ODG, {chapter}");
    if let Some(procedure) = procedure {
        words += &format!(", {procedure}");
    }
    if let Some(year) = year {
        words += &format!(", {year}");
    }
    Work { source: Source::NonMtus(words.clone()), words }
}

/// The year of the ODG that the case's decision rested on, as far as its dates say.
pub(super) fn odg_year(letter: &Letter) -> Option<i16> {
    let case = &letter.case;
    let dates = [
        &case.ur_denial_date,
        &case.application_received,
        &case.decision_date,
        &case.date_assigned,
        &case.records_received,
    ];
    if let Some(known) = dates.into_iter().find_map(Entry::understood) {
        return Some(known.year());
    }
    // The newest record is not much older than the decision.
    let records = letter.documents.iter().flat_map(|one| [&one.from, &one.to]);
    let days = records.filter_map(|entry| entry.understood().copied());
    days.max().map(jiff::civil::Date::year)
}

const OUTSIDE: &str = "Recommendations outside of the MTUS";

pub(super) fn work(chapter: &Chapter, section: Option<&String>) -> Work {
    let source = Source::Mtus {
        title: chapter.title.clone(),
        year: chapter.year,
        acoem_chapter: chapter.acoem_chapter,
        sections: section.into_iter().cloned().collect(),
    };
    Work { words: words(&source), source }
}

/// A citation in short, as the form shows it.
pub(super) fn words(source: &Source) -> String {
    match source {
        Source::OutsideMtus => OUTSIDE.to_owned(),
        Source::NonMtus(work) => work.clone(),
        Source::Mtus { title, year, acoem_chapter, sections } => {
            let mut words = String::from("MTUS · ");
            if let Some(number) = acoem_chapter {
                words += &format!("{number} ");
            }
            words += title;
            if let Some(year) = year {
                words += &format!(" {year}");
            }
            for section in sections {
                words += &format!(" · {section}");
            }
            words
        }
    }
}

/// Cites a work in a line; a further section of a chapter cited joins it there.
pub(super) fn cite(cited: &mut Vec<Source>, source: Source) {
    if let Source::Mtus { title, year, sections, .. } = &source {
        for known in cited.iter_mut() {
            let Source::Mtus { title: other, year: edition, sections: named, .. } = known
            else {
                continue;
            };
            // An old letter names the chapter alone, whatever its edition.
            if other != title || (edition != year && edition.is_some()) {
                continue;
            }
            for section in sections {
                if !named.contains(section) {
                    named.push(section.clone());
                }
            }
            return;
        }
    }
    cited.push(source);
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: [&str; 5] = [
        "Pain Management",
        "Orthopedic Surgery",
        "Hand Surgery",
        "Sports Medicine",
        "Anesthesiology",
    ];

    #[track_caller]
    fn check(typed: &str, expected: &[&str]) {
        assert_eq!(fitting(LIST, typed), expected, "{typed}");
    }

    #[test]
    fn what_begins_so_comes_first() {
        check(
            "s",
            &["Sports Medicine", "Orthopedic Surgery", "Hand Surgery", "Anesthesiology"],
        );
        check("surg", &["Orthopedic Surgery", "Hand Surgery"]);
        check("PAIN m", &["Pain Management"]);
        check("xyz", &[]);
        check("", &LIST);
    }

    #[test]
    fn entries_stand_in_groups() {
        for (words, expected, short) in [
            ("Surgery: Spine", "Surgery", "Spine"),
            ("Home Health", "", "Home Health"),
            ("Knee", "Leg", "Knee"),
            ("MTUS · 13 Knee Complaints 2004", "MTUS", "13 Knee Complaints 2004"),
            (
                "ODG, Knee & Leg (Acute & Chronic), Physical therapy, 2016",
                "ODG, Knee & Leg (Acute & Chronic)",
                "Physical therapy, 2016",
            ),
            ("ODG, Hernia, Imaging, 2016", "ODG, Hernia", "Imaging, 2016"),
            ("ODG, Hernia, 2016", "ODG, Hernia", "ODG, Hernia, 2016"),
            ("California", "", "California"),
        ] {
            assert_eq!((group(words), in_group(words)), (expected, short), "{words}");
        }
    }

    #[test]
    fn a_title_says_body_part_and_category() {
        let library = Library::bundled().expect("the tables are well formed");
        for (title, part, category) in [
            ("MRI of the left knee", "Knee", "Diagnostic Testing: Imaging/Radiology"),
            ("Physical therapy, 12 visits", "", "Rehabilitation: PT/OT"),
            ("Norco 10/325 mg #60", "", "Pharmaceuticals: Opioids"),
            ("Lumbar epidural steroid injection", "Low back", "Injection: Injection"),
            ("Right shoulder arthroscopy", "Shoulder", "Surgery: Arthroscopic"),
            ("Something else", "", ""),
        ] {
            let guessed = ["items[].body_part", "items[].category"]
                .map(|pattern| guess(&library, pattern, title).unwrap_or_default());
            assert_eq!(guessed, [part, category], "{title}");
        }
    }

    #[test]
    fn the_odg_is_offered_by_chapter_and_procedure_in_the_edition_of_the_case() {
        let library = Library::bundled().expect("the tables are well formed");
        let works = works(&library, &TypedValues::new(), &[], Some(2016));
        let offered = works.iter().map(|work| work.words.as_str());
        let found = fitting(offered, "odg knee physical therapy");
        assert_eq!(found, ["ODG, Knee & Leg (Acute & Chronic), Physical therapy, 2016"]);
    }

    #[test]
    fn what_fits_the_item_and_was_in_force_comes_first() {
        let library = Library::bundled().expect("the tables are well formed");
        let mut works = works(&library, &TypedValues::new(), &[], Some(2016));
        let decided = crate::letter::parse_date("10/20/2016");
        let mut check = |part: &str, typed: &str, expected: &str| {
            put_fitting_first(&mut works, &library, part, decided);
            let offered = works.iter().map(|work| work.words.as_str());
            assert_eq!(fitting(offered, typed)[0], expected, "{typed}");
        };
        let knee = "ODG, Knee & Leg (Acute & Chronic), Physical therapy, 2016";
        check("Knee", "phys ther", knee);
        check("Knee", "chronic pain", "MTUS · Chronic Pain Medical Treatment 2016");
        let lumbar = "ODG, Low Back - Lumbar & Thoracic (Acute & Chronic), Physical \
            therapy (PT), 2016";
        check("MRI of the lumbar spine", "phys ther", lumbar);
    }

    #[test]
    fn a_second_section_joins_its_chapter() {
        let library = Library::bundled().expect("the tables are well formed");
        let works = works(&library, &TypedValues::new(), &[], None);
        let knee: Vec<&Work> = works
            .iter()
            .filter(|work| work.words.contains("Knee Complaints 2004 ·"))
            .collect();
        let mut cited = Vec::new();
        cite(&mut cited, knee[0].source.clone());
        cite(&mut cited, knee[1].source.clone());
        assert_eq!(cited.len(), 1);
        assert_eq!(
            words(&cited[0]),
            "MTUS · 13 Knee Complaints 2004 · Special Studies · Physical Methods"
        );
    }
}
