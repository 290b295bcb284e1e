//! Works outside of the state's schedule that a person cites: ODG, MCG, `InterQual`, coverage
//! determinations, articles.

use serde::{Deserialize, Serialize};

use super::date::parse_date;

/// A work, with its edition and its date.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OwnCitation {
    /// Such as "MCG Care Guidelines" or "NCD 160.7, Electrical nerve stimulators".
    pub work: String,
    /// Such as "25th edition".
    pub edition: String,
    /// As it is printed: a year, or a day.
    pub date: String,
    /// It is offered no longer.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
}

impl OwnCitation {
    /// The citation as a letter prints it.
    pub fn words(&self) -> String {
        let parts = [&self.work, &self.edition, &self.date].map(|part| part.trim());
        let filled: Vec<&str> =
            parts.into_iter().filter(|part| !part.is_empty()).collect();
        filled.join(", ")
    }

    /// Takes words apart that were typed: at their end may be an edition and a date.
    pub fn read(words: &str) -> Self {
        let mut citation = Self { work: words.trim().to_owned(), ..Self::default() };
        for _ in 0..2 {
            let Some((rest, last)) = citation.work.rsplit_once(", ") else { break };
            let (rest, last) = (rest.to_owned(), last.to_owned());
            if citation.date.is_empty() && citation.edition.is_empty() && is_date(&last) {
                citation.date = last;
            } else if citation.edition.is_empty() && is_edition(&last) {
                citation.edition = last;
            } else {
                break;
            }
            citation.work = rest;
        }
        citation
    }

    /// What everybody cites; the edition is each person's own.
    pub fn usual() -> Vec<Self> {
        let works = [
            "MCG Care Guidelines",
            "InterQual Criteria",
            "National Coverage Determination (NCD)",
            "Local Coverage Determination (LCD)",
        ];
        works
            .map(|work| Self { work: work.to_owned(), ..Self::default() })
            .into()
    }
}

/// A year, `06/2020`, or a day.
fn is_date(words: &str) -> bool {
    let is_year = |year: &str| {
        year.len() == 4
            && (year.starts_with("19") || year.starts_with("20"))
            && year.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_month = words.split_once('/').is_some_and(|(month, year)| {
        is_year(year) && month.parse().is_ok_and(|month: u8| (1..=12).contains(&month))
    });
    is_year(words) || is_month || parse_date(words).is_some()
}

fn is_edition(words: &str) -> bool {
    let lower = words.to_lowercase();
    let mut named = lower.split(|letter: char| !letter.is_alphanumeric());
    named.any(|word| matches!(word, "edition" | "ed" | "version" | "release" | "rev"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, work: &str, edition: &str, date: &str) {
        let citation = OwnCitation::read(words);
        let read = (&*citation.work, &*citation.edition, &*citation.date);
        assert_eq!(read, (work, edition, date), "{words}");
        assert_eq!(citation.words(), words);
    }

    #[test]
    fn a_citation_is_taken_apart_and_put_together_again() {
        check("MCG, 25th edition, 2021", "MCG", "25th edition", "2021");
        check("InterQual, version 2020.1", "InterQual", "version 2020.1", "");
        check("NCD 160.7, Stimulators, 06/2020", "NCD 160.7, Stimulators", "", "06/2020");
        check("LCD 1, effective 10/01/2015", "LCD 1, effective 10/01/2015", "", "");
        check("LCD L33622, 10/01/2015", "LCD L33622", "", "10/01/2015");
        check("Doe, Roe, Pain 2014", "Doe, Roe, Pain 2014", "", "");
        check("ODG", "ODG", "", "");
    }
}
