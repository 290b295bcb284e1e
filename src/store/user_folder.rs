//! The organization's own templates: files that end in `.letter`, in the folder
//! `templates` of the data folder, with their pictures beside them.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use super::error::Error;
use super::file::{entries_of, has_ending};
use super::folder::{DataFolder, make_folder};
use super::known_templates;
use super::reading::{open_file, read_text};
use crate::document::Picture;
use crate::outside;
use crate::template::{
    Broken, Head, OwnPicture, OwnTemplate, Pictures, Template, Templates, picture,
};

/// The most files that are looked at: a folder with more is not a folder of templates.
const MOST_FILES: usize = 200;

/// What distinguishes one state of the folder from another: each file's name, size and time.
pub type Stamp = Vec<(PathBuf, u64, Option<SystemTime>)>;

/// A folder of the data folder that an organization puts files of its own into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserFolder {
    Templates,
    Tables,
}

impl UserFolder {
    fn name(self) -> &'static str {
        match self {
            Self::Templates => "templates",
            Self::Tables => "tables",
        }
    }

    /// Its path; it need not be there.
    pub fn folder(self, data: &DataFolder) -> PathBuf {
        data.path().join(self.name())
    }

    /// Makes the folder, if it is not there yet, and gives its path.
    pub fn make(self, data: &DataFolder) -> Result<PathBuf, Error> {
        let folder = data.file(self.name())?;
        make_folder(&folder)?;
        Ok(folder)
    }
}

/// Reads every template of the folder. A file that cannot be read is reported with its
/// problems.
pub fn load(data: &DataFolder) -> Templates {
    known_templates::load(data);
    let known = outside::known_templates().len();
    let templates = load_those(data, |_| true);
    outside::let_go();
    if outside::known_templates().len() > known {
        // Without the list they are read there again at the next start.
        let _not_remembered = known_templates::save(data);
    }
    templates
}

/// Reads those of which it is known whether they do harm, which takes no time.
pub fn load_known(data: &DataFolder) -> Templates {
    known_templates::load(data);
    load_those(data, outside::is_known)
}

fn load_those(data: &DataFolder, is_wanted: fn(&str) -> bool) -> Templates {
    let (mut own, mut broken) = (Vec::new(), Vec::new());
    for path in files(&UserFolder::Templates.folder(data)) {
        if !has_ending(&path, "letter") {
            continue;
        }
        // A file that was there a moment ago and cannot be read is looked at again when
        // it changes.
        let Ok(source) = read_text(&path) else { continue };
        if !is_wanted(&source) {
            continue;
        }
        match outside::template(&source) {
            Ok(template) => own.push(with_pictures(template, path)),
            Err(problems) => broken.push(Broken { path, source, problems }),
        }
    }
    Templates::new(own, broken)
}

/// The folder's state; equal while nothing in it has changed.
pub fn stamp(data: &DataFolder) -> Stamp {
    files(&UserFolder::Templates.folder(data))
        .into_iter()
        .map(with_size_and_time)
        .collect()
}

fn with_size_and_time(path: PathBuf) -> (PathBuf, u64, Option<SystemTime>) {
    match fs::metadata(&path) {
        Ok(about) => (path, about.len(), about.modified().ok()),
        Err(_) => (path, 0, None),
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for path in entries_of(folder) {
        if path.is_file() && files.len() < MOST_FILES {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn with_pictures(template: Template, path: PathBuf) -> OwnTemplate {
    let (pictures, without) = pictures_of(template.head(), &path);
    OwnTemplate { path, template: Arc::new(template.with_pictures(pictures)), without }
}

/// The pictures that a head names, from the folder of its template's file, and why others
/// are not there.
pub fn pictures_of(head: &Head, path: &Path) -> (Pictures, Vec<String>) {
    let (mut found, mut without) = (Pictures::new(), Vec::new());
    for (name, named) in head.pictures() {
        match read_picture(named, path) {
            Ok(picture) => _ = found.insert(name, Arc::new(picture)),
            Err(reason) => without
                .push(format!("The {name} {} cannot be used: {reason}", named.file)),
        }
    }
    (found, without)
}

fn read_picture(named: &OwnPicture, path: &Path) -> Result<Picture, String> {
    let bytes = small_file(&path.with_file_name(&named.file))?;
    picture::read(&bytes, &named.alt).map_err(|error| error.to_string())
}

fn small_file(path: &Path) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let file = match open_file(path) {
        Ok(file) => file,
        Err(Error::NoFile { .. }) => return Err("It is not a file".into()),
        Err(_) => return Err("There is no such file next to the template".into()),
    };
    let read = file.take(picture::LONGEST + 1).read_to_end(&mut bytes);
    match read {
        Ok(length) if length as u64 <= picture::LONGEST => Ok(bytes),
        Ok(_) => Err("It is larger than 1 MB".into()),
        Err(_) => Err("It could not be read".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTE: &str = "(id: \"note\", name: \"Note\", version: 1, \
        title: \"Note\",\n    outcomes: [(key: \"a\", word: \
                        \"A\", denial: Stands, meaning: \"\")])\n---\n{{ summary }}\n";

    fn user_folder(files: &[(&str, &str)]) -> (tempfile::TempDir, DataFolder) {
        let folder = tempfile::tempdir().unwrap();
        let data = DataFolder::at(folder.path().join("rationale"));
        let templates = UserFolder::Templates.make(&data).unwrap();
        files
            .iter()
            .for_each(|(name, text)| fs::write(templates.join(name), text).unwrap());
        (folder, data)
    }

    #[test]
    fn own_templates_are_listed_with_the_built_in_ones_and_may_replace_them() {
        let replaced = NOTE.replace("\"note\"", "\"imr-2014\"");
        let (_folder, data) = user_folder(&[
            ("note.letter", NOTE),
            ("ours.letter", &replaced),
            ("readme.txt", "no kind"),
        ]);
        let templates = load(&data);
        assert_eq!(templates.iter().count(), Template::all().len() + 1);
        assert_eq!(
            templates.find("note").map(|template| template.head().name.as_str()),
            Some("Note")
        );
        assert_eq!(
            templates
                .find("imr-2014")
                .map(|template| template.head().name.as_str()),
            Some("Note")
        );
        assert!(templates.broken.is_empty());
    }

    #[test]
    fn a_broken_file_is_reported_and_keeps_no_other_from_being_read() {
        let (_folder, data) = user_folder(&[
            ("a.letter", &NOTE.replace("summary", "sumary")),
            ("note.letter", NOTE),
        ]);
        let templates = load(&data);
        assert_eq!(
            templates
                .broken
                .iter()
                .map(|broken| broken.problems.len())
                .collect::<Vec<_>>(),
            [1]
        );
        assert!(templates.find("note").is_some());
    }

    #[test]
    fn a_change_of_any_file_is_seen() {
        let (_folder, data) = user_folder(&[("note.letter", NOTE)]);
        let before = stamp(&data);
        assert_eq!(before, stamp(&data));
        fs::write(
            UserFolder::Templates.folder(&data).join("note.letter"),
            format!("{NOTE}more"),
        )
        .unwrap();
        assert_ne!(before, stamp(&data));
    }

    #[test]
    fn a_logo_that_is_not_there_is_reported_and_the_letter_goes_without() {
        let named = NOTE.replace(
            "title:",
            "logo: (file: \"logo.png\", alt: \"Ours\", height: 0.5), title:",
        );
        let (_folder, data) = user_folder(&[("note.letter", &named)]);
        let templates = load(&data);
        let reason = templates.own("note").and_then(|own| own.without.first().cloned());
        let expected = "The logo logo.png cannot be used: There is no such file next to \
            the template";
        assert_eq!(reason.as_deref(), Some(expected));
        assert!(UserFolder::Templates.folder(&data).join("note.letter").is_file());
    }

    #[test]
    fn without_a_folder_there_are_the_built_in_templates() {
        let data = DataFolder::at("/nowhere/at/all".into());
        assert_eq!(
            (load(&data).iter().count(), stamp(&data)),
            (Template::all().len(), vec![])
        );
    }
}
