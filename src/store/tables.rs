//! Tables of an organization's own, in the data folder's `tables`: each adds to the
//! program's one of the same name.

use super::error::Error;
use super::folder::DataFolder;
use super::reading::read_text;
use super::user_folder::UserFolder;
use crate::library::{Library, TABLES};

/// The library with the tables that lie there; and what keeps one from being used. One
/// that is not there is none.
pub fn add(library: Library, data: &DataFolder) -> (Library, Vec<Error>) {
    let (mut texts, mut errors) = (Vec::new(), Vec::new());
    for name in TABLES {
        match read_text(&UserFolder::Tables.folder(data).join(name)) {
            Ok(text) => texts.push((*name, text)),
            Err(Error::Missing { .. }) => {}
            Err(error) => errors.push(error),
        }
    }
    let texts = texts.iter().map(|(name, text)| (*name, text.as_str()));
    let (library, wrong) = library.with_own_tables(texts);
    for (name, source) in wrong {
        errors.push(Error::Table { name: name.to_owned(), source });
    }
    (library, errors)
}
