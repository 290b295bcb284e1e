//! What a front end loads once and never changes: typefaces, pick lists, and the tables
//! and words of the rules.

mod anatomy;
mod conclusions;
mod confusables;
mod lexicon;
mod names;
pub mod own;
mod own_table;

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;

pub use self::anatomy::{Anatomy, Part};
pub use self::conclusions::Conclusions;
pub use self::confusables::{Confusable, Confusables, Neighbors};
pub use self::lexicon::Lexicon;
pub use self::names::Names;
pub use self::own_table::{OwnRow, OwnTable};
use crate::spelling::{self, Speller};
use crate::typefaces::Faces;

/// Everything that composing and checking look things up in; a copy is cheap.
#[derive(Clone)]
pub struct Library {
    faces: Faces,
    lists: BTreeMap<String, Vec<String>>,
    chapters: Vec<Chapter>,
    confusables: Confusables,
    specialisms: Vec<Specialism>,
    abbreviations: Vec<Abbreviation>,
    anatomy: Anatomy,
    treatments: Names,
    categories: Names,
    odg: Vec<OdgChapter>,
    records: Names,
    conclusions: Conclusions,
    /// None where a person does not want spelling to be checked.
    speller: Option<Speller>,
}

/// A table or a list that the program carries cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Table(#[from] serde_json::Error),
    #[error(transparent)]
    Words(#[from] spelling::Error),
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

/// A chapter of the Official Disability Guidelines.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct OdgChapter {
    pub chapter: String,
    /// Its entries that letters often cite.
    pub procedures: Vec<String>,
}

impl Chapter {
    /// `Knee Complaints 2004`.
    pub fn name(&self) -> String {
        match self.year {
            Some(year) => format!("{} {year}", self.title),
            None => self.title.clone(),
        }
    }

    /// Whether decisions of this day rest on this edition.
    pub fn is_in_force(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day)
            && self.until.is_none_or(|until| day <= until)
    }
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

/// Names each table once: the field that holds it and the file that it is read from. The
/// program's own and what an organization adds to it are read by the same list.
macro_rules! tables {
    ($($field:ident: $file:literal),+ $(,)?) => {
        /// The files of the tables, all of which can be added to.
        pub const TABLES: &[&str] = &[$($file),+];

        impl Library {
            /// The tables that the program carries with it.
            ///
            /// # Errors
            /// None in a released program: a test reads every table.
            pub fn bundled() -> Result<Self, Error> {
                Ok(Self {
                    faces: Faces::bundled(),
                    speller: Some(Speller::bundled()?),
                    $($field: serde_json::from_str(prepared_text!($file))?,)+
                })
            }

            fn add_table(
                &mut self,
                name: &str,
                text: &str,
                hidden: &own::Hidden,
            ) -> Result<(), own::Error> {
                match name {
                    $($file => {
                        self.$field =
                            own::joined(name, bundled_text!($file), text, hidden)?;
                    })+
                    _ => {}
                }
                Ok(())
            }
        }

        /// The text of a table of the program.
        fn bundled_text(name: &str) -> Option<&'static str> {
            match name {
                $($file => Some(bundled_text!($file)),)+
                _ => None,
            }
        }
    };
}

/// The same table as the build script wrote it, which is read four times as fast.
macro_rules! prepared_text {
    ($file:literal) => {
        include_str!(concat!(env!("OUT_DIR"), "/", $file, ".json"))
    };
}

macro_rules! bundled_text {
    ($file:literal) => {
        include_str!(concat!("../../assets/", $file))
    };
}

tables! {
    abbreviations: "abbreviations.ron",
    categories: "categories.ron",
    chapters: "chapters.ron",
    conclusions: "conclusions.ron",
    confusables: "confusables.ron",
    lists: "lists.ron",
    odg: "odg.ron",
    anatomy: "parts.ron",
    records: "records.ron",
    specialisms: "specialties.ron",
    treatments: "treatments.ron",
}

impl Library {
    /// The same with the tables that an organization adds to its own, by file name; and
    /// those that could not be read.
    pub fn with_own_tables<'a>(
        mut self,
        tables: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> (Self, Vec<(&'a str, own::Error)>) {
        let mut texts: BTreeMap<&str, &str> = tables.into_iter().collect();
        let lists = texts.get("lists.ron").copied().unwrap_or("()");
        let hidden = own::Hidden::of_lists(lists);
        for name in TABLES.iter().filter(|name| hidden.is_of(name)) {
            texts.entry(name).or_insert("()");
        }
        let mut errors = Vec::new();
        for (name, text) in texts {
            if let Err(error) = self.add_table(name, text, &hidden) {
                errors.push((name, error));
            }
        }
        self.put_in_order();
        (self, errors)
    }

    /// Puts chapters and lists into the order that a person wants; what is not named in it
    /// comes last.
    fn put_in_order(&mut self) {
        let place = |order: &[String], name: &str| {
            order.iter().position(|known| known == name).unwrap_or(order.len())
        };
        let order = self.list("order chapters").to_vec();
        self.chapters
            .sort_by_cached_key(|chapter| place(&order, &chapter.name()));
        let lists = self.lists.clone();
        for (name, values) in &mut self.lists {
            if let Some(order) = lists.get(&format!("order {name}")) {
                values.sort_by_key(|value| place(order, value));
            }
        }
    }

    /// The same with a person's own words.
    pub fn with_own_words(self, words: impl IntoIterator<Item = String>) -> Self {
        Self {
            speller: self.speller.map(|speller| speller.with_own_words(words)),
            ..self
        }
    }

    /// The same with one more word of a person's own.
    pub fn with_own_word(&self, word: &str) -> Self {
        let speller = self.speller.as_ref().map(|speller| speller.with_own_word(word));
        Self { speller, ..self.clone() }
    }

    /// The same for a person who does not want spelling to be checked.
    pub fn without_spelling(self) -> Self {
        Self { speller: None, ..self }
    }

    /// The word lists.
    pub fn speller(&self) -> Option<&Speller> {
        self.speller.as_ref()
    }

    /// Words that are taken for others.
    pub fn confusables(&self) -> &Confusables {
        &self.confusables
    }

    /// The typefaces that letters are set in.
    pub fn faces(&self) -> &Faces {
        &self.faces
    }

    /// The values of a pick list, such as `specialties`; empty where there is no such
    /// list.
    pub fn list(&self, name: &str) -> &[String] {
        match self.lists.get(name) {
            Some(values) => values,
            None => &[],
        }
    }

    /// The guideline chapters, in the order in which they are offered.
    pub fn chapters(&self) -> &[Chapter] {
        &self.chapters
    }

    /// Those that a person has not hidden.
    pub fn offered_chapters(&self) -> impl Iterator<Item = &Chapter> {
        let hidden = self.list("hidden chapters");
        self.chapters
            .iter()
            .filter(|chapter| !hidden.contains(&chapter.name()))
    }

    /// The parts of the body, and the chapters that treat of them.
    pub fn anatomy(&self) -> &Anatomy {
        &self.anatomy
    }

    /// The treatments, by all their names.
    pub fn treatments(&self) -> &Names {
        &self.treatments
    }

    /// The state's categories, by the words of titles that mean them.
    pub fn categories(&self) -> &Names {
        &self.categories
    }

    /// The chapters of the ODG.
    pub fn odg(&self) -> &[OdgChapter] {
        &self.odg
    }

    /// What records hold or lack.
    pub fn records(&self) -> &Names {
        &self.records
    }

    /// The words with which rationales conclude.
    pub fn conclusions(&self) -> &Conclusions {
        &self.conclusions
    }

    /// Treatments that belong to certain specialties.
    pub fn specialisms(&self) -> &[Specialism] {
        &self.specialisms
    }

    /// Abbreviations that are written out where they first appear.
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
        for name in [
            "specialties",
            "states",
            "recipient roles",
            "document types",
            "body parts",
            "categories",
        ] {
            assert!(!library.list(name).is_empty(), "{name}");
        }
        assert!(
            library
                .chapters()
                .iter()
                .any(|chapter| chapter.acoem_chapter == Some(12))
        );
        let categories = library.list("categories");
        for name in library.categories().all() {
            assert!(categories.contains(name), "{name}");
        }
        assert!(library.confusables().all().iter().all(|row| row.word != row.right));
    }
}
