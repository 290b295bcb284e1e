//! What a front end loads once and never changes: typefaces, pick lists, and later rule tables and word lists.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::layout::Faces;

/// Everything that composing and checking look things up in.
pub struct Library {
    faces: Faces,
    lists: BTreeMap<String, Vec<String>>,
    chapters: Vec<Chapter>,
    specialisms: Vec<Specialism>,
    abbreviations: Vec<Abbreviation>,
}

/// A guideline chapter that can be cited.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Chapter {
    pub title: String,
    /// Its edition.
    pub year: Option<u16>,
    /// Its number in ACOEM's second edition.
    #[serde(default)]
    pub acoem_chapter: Option<u8>,
    /// Names of its sections that are often cited.
    #[serde(default)]
    pub sections: Vec<String>,
}

/// Treatments that some specialties give and others do not.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Specialism {
    /// What they are called in a sentence, such as "spine surgery".
    pub name: String,
    /// Words of titles that speak of them, in small letters.
    pub words: Vec<String>,
    /// Words of titles that speak of something else all the same.
    #[serde(default)]
    pub unless: Vec<String>,
    /// Board certifications that fit, or the beginnings of their names.
    pub specialties: Vec<String>,
}

/// An abbreviation that readers outside of medicine do not know.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Abbreviation {
    pub short: String,
    pub long: String,
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
            specialisms: ron::from_str(include_str!("../assets/specialties.ron"))?,
            abbreviations: ron::from_str(include_str!("../assets/abbreviations.ron"))?,
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

    /// Treatments that belong to certain specialties.
    #[must_use]
    pub fn specialisms(&self) -> &[Specialism] {
        &self.specialisms
    }

    /// Abbreviations that are written out where they first stand.
    #[must_use]
    pub fn abbreviations(&self) -> &[Abbreviation] {
        &self.abbreviations
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
