//! Lists that a person keeps in the data folder, each in a file that a person can edit, in
//! Settings or by hand.

use std::fs;
use std::path::PathBuf;
use std::time::SystemTime;

use ron::ser::PrettyConfig;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::atomic::{self, Expected, OldFile};
use super::error::Error;
use super::folder::DataFolder;
use super::reading::read_text;
use super::user_folder::UserFolder;
use crate::diagnostic;

/// One of the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OwnFile {
    Reviewers,
    Snippets,
    Citations,
    /// These are tables of the organization, to which the window adds rows.
    Lists,
    Chapters,
    Conclusions,
    Confusables,
}

/// What distinguishes one state of the files from another.
pub type OwnStamp = Vec<Option<(u64, Option<SystemTime>)>>;

impl OwnFile {
    pub const ALL: [Self; 7] = [
        Self::Reviewers,
        Self::Snippets,
        Self::Citations,
        Self::Lists,
        Self::Chapters,
        Self::Conclusions,
        Self::Confusables,
    ];

    pub const TABLES: [Self; 4] =
        [Self::Lists, Self::Chapters, Self::Conclusions, Self::Confusables];

    pub fn name(self) -> &'static str {
        match self {
            Self::Reviewers => "reviewers.ron",
            Self::Snippets => "snippets.ron",
            Self::Citations => "citations.ron",
            Self::Lists => "lists.ron",
            Self::Chapters => "chapters.ron",
            Self::Conclusions => "conclusions.ron",
            Self::Confusables => "confusables.ron",
        }
    }

    /// What stands at the head of the file, for those who open it in an editor.
    fn head(self) -> &'static str {
        match self {
            Self::Reviewers => {
                "// The reviewers whose names you choose when you start a letter.\n\
                 // ask_again: the statements to be checked again in each letter, of\n\
                 // NoAffiliation, FiveYears and ActivePractice.\n"
            }
            Self::Citations => {
                "// Works that you cite, with their edition and date, as they are printed.\n"
            }
            Self::Snippets => {
                "// Your snippets. Type ; and the code in a letter, then Tab.\n\
                 // In the text, {words} is a place to fill in, {one | two} a choice, and\n\
                 // {age}, {sex}, {he}, {his}, {side}, {item}, {body part}, {date of\n\
                 // injury} and the like are taken from the letter.\n\
                 // A snippet with the code of a built-in one replaces it; with hidden:\n\
                 // true it hides it.\n"
            }
            Self::Lists => {
                "// Your own entries of lists. Those of \"hidden specialties\" and the like\n\
                 // are entries of the program that are not offered.\n"
            }
            Self::Chapters | Self::Conclusions | Self::Confusables => {
                "// Your own rows, which are added to the program's table of this name.\n"
            }
        }
    }

    /// Where it is; it need not be there.
    pub fn path(self, data: &DataFolder) -> PathBuf {
        match self {
            Self::Reviewers | Self::Snippets | Self::Citations => {
                data.path().join(self.name())
            }
            _ => UserFolder::Tables.folder(data).join(self.name()),
        }
    }
}

/// What a file holds; nothing where it is not there.
pub fn load<T: DeserializeOwned + Default>(
    data: &DataFolder,
    file: OwnFile,
) -> Result<T, Error> {
    let path = file.path(data);
    let text = match read_text(&path) {
        Ok(text) => text,
        Err(Error::Missing { .. }) => return Ok(T::default()),
        Err(error) => return Err(error),
    };
    ron::from_str(&text).map_err(|error| Error::OwnFile {
        path,
        line: error.span.start.line,
        column: error.span.start.col,
        reason: diagnostic::reason(&error.code),
    })
}

/// What is to be written into a file.
pub fn text<T: Serialize>(file: OwnFile, value: &T) -> Result<String, Error> {
    let config = PrettyConfig::new().new_line("\n").escape_strings(false);
    let text = ron::ser::to_string_pretty(value, config)
        .map_err(|source| Error::NotSerialized { source: Box::new(source) })?;
    Ok(format!("{}{text}\n", file.head()))
}

/// Writes a file.
pub fn save(data: &DataFolder, file: OwnFile, text: &str) -> Result<(), Error> {
    let path = match file {
        OwnFile::Reviewers | OwnFile::Snippets | OwnFile::Citations => {
            data.file(file.name())?
        }
        _ => UserFolder::Tables.make(data)?.join(file.name()),
    };
    atomic::replace(&path, text.as_bytes(), Expected::Anything, OldFile::Replace)?;
    Ok(())
}

/// The files' state; equal while none of them has changed.
pub fn stamp(data: &DataFolder) -> OwnStamp {
    let mut stamp = OwnStamp::new();
    for file in OwnFile::ALL {
        stamp.push(match fs::metadata(file.path(data)) {
            Ok(about) => Some((about.len(), about.modified().ok())),
            Err(_) => None,
        });
    }
    stamp
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back_and_an_error_names_its_place() {
        let folder = tempfile::tempdir().unwrap();
        let data = DataFolder::at(folder.path().join("rationale"));
        let file = OwnFile::Snippets;
        assert_eq!(load::<Vec<String>>(&data, file).unwrap(), Vec::<String>::new());
        let before = stamp(&data);
        let rows = vec!["one\n\"two\" {three}".to_owned(), "four".to_owned()];
        save(&data, file, &text(file, &rows).unwrap()).unwrap();
        assert_eq!(load::<Vec<String>>(&data, file).unwrap(), rows);
        assert_ne!(stamp(&data), before);
        save(&data, file, "[\n  \"one\" \"two\"\n]").unwrap();
        let error = load::<Vec<String>>(&data, file).unwrap_err();
        assert!(matches!(error, Error::OwnFile { line: 2, .. }), "{error}");
        assert!(error.hint().contains("not used"));
    }
}
