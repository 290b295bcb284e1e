//! What a front end loads once and never changes: typefaces, pick lists, and the tables and words of the rules.

mod anatomy;
mod conclusions;
mod lexicon;
mod names;

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;

pub use self::anatomy::{Anatomy, Part};
pub use self::conclusions::Conclusions;
pub use self::lexicon::Lexicon;
pub use self::names::Names;
use crate::layout::Faces;

/// Everything that composing and checking look things up in.
pub struct Library {
    faces: Faces,
    lists: BTreeMap<String, Vec<String>>,
    chapters: Vec<Chapter>,
    anatomy: Anatomy,
    treatments: Names,
    records: Names,
    conclusions: Conclusions,
}

/// A guideline chapter that can be cited.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Chapter {
    pub title: String,
    /// Its edition.
    pub year: Option<u16>,
    /// The first day on which decisions rest on this edition, where that is known.
    #[serde(default)]
    pub from: Option<Date>,
    /// The last such day.
    #[serde(default)]
    pub until: Option<Date>,
    /// Its number in ACOEM's second edition.
    #[serde(default)]
    pub acoem_chapter: Option<u8>,
    /// Names of its sections that are often cited.
    #[serde(default)]
    pub sections: Vec<String>,
}

impl Chapter {
    /// Whether decisions of this day rest on this edition.
    #[must_use]
    pub fn is_in_force(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

impl Library {
    /// The tables that the program carries with it.
    ///
    /// # Errors
    /// None in a released program: a test reads every table.
    pub fn bundled() -> Result<Self, ron::error::SpannedError> {
        Ok(Self {
            faces: Faces::bundled(),
            lists: ron::from_str(include_str!("../assets/lists.ron"))?,
            chapters: ron::from_str(include_str!("../assets/chapters.ron"))?,
            anatomy: ron::from_str(include_str!("../assets/parts.ron"))?,
            treatments: ron::from_str(include_str!("../assets/treatments.ron"))?,
            records: ron::from_str(include_str!("../assets/records.ron"))?,
            conclusions: ron::from_str(include_str!("../assets/conclusions.ron"))?,
        })
    }

    /// The typefaces that letters are set in.
    #[must_use]
    pub fn faces(&self) -> &Faces {
        &self.faces
    }

    /// The values of a pick list, such as `specialties`; empty where there is no such list.
    #[must_use]
    pub fn list(&self, name: &str) -> &[String] {
        self.lists.get(name).map_or(&[], Vec::as_slice)
    }

    /// The guideline chapters, in the order in which they are offered.
    #[must_use]
    pub fn chapters(&self) -> &[Chapter] {
        &self.chapters
    }

    /// The parts of the body, and the chapters that treat of them.
    #[must_use]
    pub fn anatomy(&self) -> &Anatomy {
        &self.anatomy
    }

    /// The treatments, by all their names.
    #[must_use]
    pub fn treatments(&self) -> &Names {
        &self.treatments
    }

    /// What records hold or lack.
    #[must_use]
    pub fn records(&self) -> &Names {
        &self.records
    }

    /// The words with which rationales conclude.
    #[must_use]
    pub fn conclusions(&self) -> &Conclusions {
        &self.conclusions
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_tables_are_read_and_every_offered_list_is_there() {
        let library = Library::bundled().expect("the tables are well formed");
        for name in ["specialties", "states", "recipient roles", "document types", "body parts", "categories"] {
            assert!(!library.list(name).is_empty(), "{name}");
        }
        assert!(library.chapters().iter().any(|chapter| chapter.acoem_chapter == Some(12)));
    }
}
