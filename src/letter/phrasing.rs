//! Words made of facts: titles, guideline lines, lists. Pure functions from a part of the
//! letter to its wording.

use super::{Denial, FieldPath, Guideline, Item, Source, Title, TitlePrefix, TitleShape};

/// A label as it is written within a sentence; an abbreviation such as "UR" stays.
pub fn uncapitalized(label: &str) -> String {
    let mut characters = label.chars();
    let Some(first) = characters.next() else { return String::new() };
    if characters.as_str().starts_with(char::is_uppercase) {
        return label.to_owned();
    }
    first.to_lowercase().chain(characters).collect()
}

/// How guideline lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GuidelineForm {
    /// `MTUS ACOEM Chapter 12 Low Back Complaints`: by ACOEM chapter, until 2014.
    AcoemChapter,
    /// `MTUS Low Back Complaints 2004, Section(s): Special Studies`: by edition and
    /// section, since 2015.
    Edition,
    /// `MTUS Low Back Complaints 2004; ODG, Knee chapter`: the works alone, for letters
    /// that are not California's.
    Works,
}

/// Whose guideline line it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Citer {
    ClaimsAdministrator,
    ExpertReviewer,
}

impl Citer {
    /// Whose guideline line a field holds.
    pub fn of(path: &FieldPath) -> Self {
        if path.pattern().ends_with("claims_guideline") {
            Self::ClaimsAdministrator
        } else {
            Self::ExpertReviewer
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::ClaimsAdministrator => "The Claims Administrator",
            Self::ExpertReviewer => "The Expert Reviewer",
        }
    }
}

/// `a`, `a and b`, `a, b, and c`. Empty values are passed over.
pub fn and_list<S: AsRef<str>>(values: &[S]) -> String {
    series(values, "and")
}

/// `a`, `a or b`, `a, b, or c`. Empty values are passed over.
pub fn or_list<S: AsRef<str>>(values: &[S]) -> String {
    series(values, "or")
}

fn series<S: AsRef<str>>(values: &[S], conjunction: &str) -> String {
    let values: Vec<&str> = values
        .iter()
        .map(|value| value.as_ref().trim())
        .filter(|value| !value.is_empty())
        .collect();
    match &values[..] {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first, second] => format!("{first} {conjunction} {second}"),
        [most @ .., last] => format!("{}, {conjunction} {last}", most.join(", ")),
    }
}

/// An item's title in the form of its shape. Empty while the request is.
pub fn title(title: &Title) -> String {
    let request = title.request.trim();
    if request.is_empty() {
        return String::new();
    }
    let (authorized, remaining) = (title.authorized.trim(), title.remaining.trim());
    match title.shape {
        TitleShape::AsWritten => request.to_owned(),
        TitleShape::Plain => with_prefix(title, request),
        TitleShape::Remainder => with_prefix(
            title,
            &format!(
                "{request} was the original request. {authorized} was authorized by the \
                Claims Administrator. The remaining IMR eligible portion of the original \
                request, {remaining} is"
            ),
        ),
        TitleShape::Other => with_prefix(
            title,
            &format!(
                "{request} was the original request. The Claims Administrator \
                authorized {authorized}, leaving the original request IMR eligible. The \
                original request, {request} is"
            ),
        ),
    }
}

fn with_prefix(title: &Title, words: &str) -> String {
    match title.prefix {
        TitlePrefix::None => words.to_owned(),
        TitlePrefix::AssociatedSurgicalService => {
            format!("Associated surgical service: {words}")
        }
        TitlePrefix::Retrospective => match title.dates_of_service.trim() {
            "" => format!("Retrospective {words}"),
            dates => format!("Retrospective {words} (DOS {dates})"),
        },
    }
}

/// A guideline line as programs are given it, and in which findings count characters: the
/// same for every template.
pub fn stated_line(line: &Guideline, path: &FieldPath) -> String {
    guideline(line, GuidelineForm::Edition, Citer::of(path))
}

/// A guideline line. Empty while nothing is cited.
pub fn guideline(guideline: &Guideline, form: GuidelineForm, citer: Citer) -> String {
    match guideline {
        Guideline::AsWritten(line) => line.clone(),
        Guideline::None { .. } if form == GuidelineForm::Works => "None cited".into(),
        Guideline::Cited(citations) if form == GuidelineForm::Works => works(citations),
        Guideline::None { .. } => format!(
            "{} did not cite any medical evidence for its decision.",
            citer.name()
        ),
        Guideline::Cited(citations) => cited(citations, form, citer),
    }
}

fn cited(sources: &[Source], form: GuidelineForm, citer: Citer) -> String {
    let mut sentences = Vec::new();
    let chapters: Vec<String> =
        sources.iter().filter_map(|source| chapter(source, form)).collect();
    if !chapters.is_empty() {
        sentences.push(mtus_sentence(&chapters, form));
    }
    if sources.contains(&Source::OutsideMtus) {
        sentences.push(format!(
            "{} based their decision on recommendation(s) outside of the MTUS \
            Guidelines.",
            citer.name()
        ));
    }
    for source in sources {
        if let Source::NonMtus(work) = source {
            sentences.push(sentence(&format!(
                "Decision based on Non-MTUS Citation {}",
                work.trim()
            )));
        }
    }
    sentences.join(" ")
}

fn works(sources: &[Source]) -> String {
    let works = sources.iter().filter_map(|source| match source {
        Source::NonMtus(work) => Some(work.trim().trim_end_matches('.').to_owned()),
        Source::Mtus { .. } => chapter(source, GuidelineForm::Edition)
            .map(|chapter| format!("MTUS {chapter}")),
        Source::OutsideMtus => None,
    });
    works.collect::<Vec<_>>().join("; ")
}

fn mtus_sentence(chapters: &[String], form: GuidelineForm) -> String {
    let words = match form {
        // The book is named once, before the first of its chapters.
        GuidelineForm::AcoemChapter => {
            chapters.join(", ").replacen("Chapter ", "ACOEM Chapter ", 1)
        }
        GuidelineForm::Edition | GuidelineForm::Works => chapters.join(", and "),
    };
    sentence(&format!("Decision based on MTUS {words}"))
}

fn chapter(source: &Source, form: GuidelineForm) -> Option<String> {
    let Source::Mtus { title, year, acoem_chapter, sections } = source else {
        return None;
    };
    let title = title.trim();
    let name = match (form, acoem_chapter, year) {
        (GuidelineForm::AcoemChapter, Some(chapter), _) => {
            format!("Chapter {chapter} {title}")
        }
        (_, _, Some(year)) => format!("{title} {year}"),
        (_, _, None) => title.to_owned(),
    };
    let sections: Vec<&str> = sections
        .iter()
        .map(|section| section.trim())
        .filter(|section| !section.is_empty())
        .collect();
    Some(if sections.is_empty() {
        name
    } else {
        format!("{name}, Section(s): {}", sections.join(", "))
    })
}

/// The words with a full stop at their end, but never two.
fn sentence(words: &str) -> String {
    if words.ends_with('.') { words.to_owned() } else { format!("{words}.") }
}

/// How a rationale usually ends, given what the decision does to the denial; nothing
/// for a decision in part, because no one sentence fits that.
pub fn closing_sentence(denial: Denial) -> Option<&'static str> {
    match denial {
        Denial::Stands => Some("The requested item is not medically necessary."),
        Denial::Falls => Some("The requested item is medically necessary."),
        Denial::Partly => None,
    }
}

/// The rationale of an item that is needed only with a surgery whose denial stands.
pub const DEPENDANT_RATIONALE: &str = "As the requested surgical intervention is not \
    medically necessary per the \
    documentation, the requested ancillary service is not medically necessary.";

/// Whether a rationale is the usual one of a dependant, whatever its spacing and small
/// changes of its end.
pub fn says_that_the_surgery_is_refused(rationale: &str) -> bool {
    let mut said = rationale
        .split_whitespace()
        .map(|word| word.trim_end_matches([',', '.', ';', ':']));
    let refusal = "as the requested surgical intervention is not medically necessary";
    refusal
        .split(' ')
        .all(|word| said.next().is_some_and(|said| said.eq_ignore_ascii_case(word)))
}

/// Whether an item is a surgery, by its category or, where that is open, by the words of
/// its title.
pub fn is_surgery(item: &Item) -> bool {
    const WORDS: &[&str] = &[
        "surgery",
        "surgical",
        "arthroscop",
        "fusion",
        "decompression",
        "excision",
        "release",
    ];
    const ENDINGS: &[&str] = &["ectomy", "otomy", "ostomy", "plasty", "desis", "rrhaphy"];
    if item.title.prefix == TitlePrefix::AssociatedSurgicalService {
        return false;
    }
    let category = item.category.trim().to_lowercase();
    if !category.is_empty() {
        return category.starts_with("surgery") && !category.contains("adjunct");
    }
    let title = item.title.request.to_lowercase();
    let mut words = title
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty());
    let is_repair = title.contains("repair")
        || title.contains("reconstruction")
        || title.contains("replacement");
    is_repair
        || words.any(|word| {
            WORDS.iter().any(|known| word.starts_with(known))
                || ENDINGS.iter().any(|ending| word.ends_with(ending))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mtus(
        title: &str,
        year: Option<u16>,
        acoem_chapter: Option<u8>,
        sections: &[&str],
    ) -> Source {
        let sections = sections.iter().map(ToString::to_string).collect();
        Source::Mtus { title: title.into(), year, acoem_chapter, sections }
    }

    fn non_mtus(work: &str) -> Source {
        Source::NonMtus(work.into())
    }

    fn check(citations: Vec<Source>, form: GuidelineForm, expected: &str) {
        assert_eq!(
            guideline(&Guideline::Cited(citations), form, Citer::ExpertReviewer),
            expected
        );
    }

    #[test]
    fn lists_have_the_serial_comma() {
        assert_eq!(and_list::<&str>(&[]), "");
        assert_eq!(and_list(&["a"]), "a");
        assert_eq!(and_list(&["a", "", "b"]), "a and b");
        assert_eq!(or_list(&["a", "b", "c"]), "a, b, or c");
    }

    #[test]
    fn chapters_are_cited_by_number_until_2014() {
        check(
            vec![
                mtus("Low Back Complaints", None, Some(12), &[]),
                mtus("Ankle and Foot Complaints", None, Some(14), &[]),
            ],
            GuidelineForm::AcoemChapter,
            "Decision based on MTUS ACOEM Chapter 12 Low Back Complaints, Chapter 14 \
                Ankle and Foot Complaints.",
        );
    }

    #[test]
    fn chapters_are_cited_by_edition_since_2015() {
        check(
            vec![
                mtus(
                    "Low Back Complaints",
                    Some(2004),
                    Some(12),
                    &["Special Studies", "Summary"],
                ),
                mtus("Chronic Pain Medical Treatment", Some(2016), None, &[]),
                non_mtus("ODG, Low Back chapter."),
            ],
            GuidelineForm::Edition,
            "Decision based on MTUS Low Back Complaints 2004, Section(s): Special \
                Studies, Summary, and Chronic Pain \
             Medical Treatment 2016. Decision based on Non-MTUS Citation ODG, Low Back chapter.",
        );
    }

    #[test]
    fn what_lies_outside_of_the_mtus_says_whose_decision_it_was() {
        check(
            vec![Source::OutsideMtus, non_mtus("ODG 2016, Knee")],
            GuidelineForm::Edition,
            "The Expert Reviewer based their decision on recommendation(s) outside of \
                the MTUS Guidelines. Decision \
             based on Non-MTUS Citation ODG 2016, Knee.",
        );
    }

    #[test]
    fn no_evidence_is_a_sentence_and_nothing_cited_is_nothing() {
        let none = Guideline::None { reason: String::new() };
        let line = guideline(&none, GuidelineForm::Edition, Citer::ClaimsAdministrator);
        assert_eq!(
            line,
            "The Claims Administrator did not cite any medical evidence for its decision."
        );
        check(vec![], GuidelineForm::Edition, "");
    }

    #[test]
    fn titles_have_four_shapes_and_two_prefixes() {
        let mut asked =
            Title { request: "Physical therapy, 12 sessions".into(), ..Title::default() };
        assert_eq!(title(&asked), "Physical therapy, 12 sessions");
        asked.prefix = TitlePrefix::Retrospective;
        asked.dates_of_service = "01/05/17".into();
        assert_eq!(
            title(&asked),
            "Retrospective Physical therapy, 12 sessions (DOS 01/05/17)"
        );
        asked = Title {
            shape: TitleShape::Remainder,
            authorized: "6 sessions".into(),
            remaining: "6 sessions".into(),
            prefix: TitlePrefix::None,
            ..asked
        };
        assert_eq!(
            title(&asked),
            "Physical therapy, 12 sessions was the original request. 6 sessions was \
                authorized by the Claims \
             Administrator. The remaining IMR eligible portion of the original request, \
             6 sessions is"
        );
        asked = Title { shape: TitleShape::AsWritten, ..asked };
        assert_eq!(title(&asked), "Physical therapy, 12 sessions");
    }
}
