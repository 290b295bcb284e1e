//! Where the index of earlier letters lies, and which files it is made of.

use std::fs::{self, DirBuilder};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::error::Error;
use super::file::has_ending;
use super::folder::DataFolder;
use super::reading::is_named_as_draft;

/// How deep folders are looked into: a person sorts letters by year, month and kind, and
/// a circle of folders ends somewhere.
const DEEPEST: usize = 8;
/// More letters than anybody writes; who names the root of a disk waits no longer.
const MOST: usize = 100_000;

/// What a file looked like: as long as it stays so, it is not read again.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize,
)]
pub struct FileStamp {
    /// When it was written, in nanoseconds.
    pub written: i128,
    pub length: u64,
}

/// What the names of finished letters end in that are read as well.
const FINISHED: [&str; 2] = ["pdf", "docx"];

/// The drafts and finished letters of folders.
#[derive(Debug, Default)]
pub struct LettersUnder {
    pub files: Vec<(PathBuf, FileStamp)>,
    /// Folders that could not be read: what is known of them stays.
    pub unread: Vec<PathBuf>,
}

/// Every draft and finished letter in these folders and the folders in them. Links to
/// folders and what is hidden are passed over.
pub fn letters_under(folders: &[PathBuf]) -> LettersUnder {
    let mut found = LettersUnder::default();
    for folder in folders {
        look_into(folder, 0, &mut found);
    }
    found.files.sort();
    found.files.dedup_by(|one, other| one.0 == other.0);
    found
}

fn look_into(folder: &Path, depth: usize, found: &mut LettersUnder) {
    let Ok(entries) = fs::read_dir(folder) else {
        found.unread.push(folder.to_owned());
        return;
    };
    for entry in entries.flatten() {
        if found.files.len() >= MOST {
            return;
        }
        let name = entry.file_name();
        let Ok(kind) = entry.file_type() else { continue };
        let name = name.as_encoded_bytes();
        // Word keeps a file of this name beside a letter that is open.
        if name.starts_with(b".") || name.starts_with(b"~$") {
            continue;
        }
        let path = entry.path();
        if kind.is_dir() && depth < DEEPEST {
            look_into(&path, depth + 1, found);
        } else if is_read(&path)
            && path.to_str().is_some()
            && let Some(stamp) = stamp(&path)
        {
            found.files.push((path, stamp));
        }
    }
}

fn is_read(path: &Path) -> bool {
    is_named_as_draft(path) || FINISHED.iter().any(|ending| has_ending(path, ending))
}

fn stamp(path: &Path) -> Option<FileStamp> {
    let about = fs::metadata(path).ok()?;
    let written = jiff::Timestamp::try_from(about.modified().ok()?).ok()?;
    about
        .is_file()
        .then(|| FileStamp { written: written.as_nanosecond(), length: about.len() })
}

/// Where every index lies.
pub fn earlier_path(data: &DataFolder) -> PathBuf {
    data.path().join("index")
}

/// The folder of the index of this version, its owner's alone; that of another version is
/// removed.
pub fn earlier_folder(data: &DataFolder, version: &str) -> Result<PathBuf, Error> {
    let all = data.file("index")?;
    let own = all.join(version);
    if !own.is_dir() {
        remove_earlier(data)?;
    }
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(&own)
        .map_err(|source| Error::Unwritten { path: own.clone(), source })?;
    Ok(own)
}

/// Removes every index.
pub fn remove_earlier(data: &DataFolder) -> Result<(), Error> {
    let path = earlier_path(data);
    match fs::remove_dir_all(&path) {
        Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
            Err(Error::Unwritten { path, source })
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drafts_and_letters_are_found_in_folders_of_folders() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("2016/12")).unwrap();
        fs::create_dir_all(at(".hidden")).unwrap();
        for name in [
            "b.ron",
            "2016/12/a.ron",
            "2016/a.PDF",
            "2016/a.txt",
            "2016/~$a.docx",
            ".hidden/c.ron",
            "d.ron~",
        ] {
            fs::write(at(name), "()").unwrap();
        }
        let gone = at("gone");
        let found = letters_under(&[folder.path().to_owned(), at("2016"), gone.clone()]);
        let paths: Vec<PathBuf> = found.files.into_iter().map(|(path, _)| path).collect();
        assert_eq!(paths, [at("2016/12/a.ron"), at("2016/a.PDF"), at("b.ron")]);
        assert_eq!(found.unread, [gone]);
    }

    #[cfg(unix)]
    #[test]
    fn the_index_is_its_owners_alone_and_one_of_another_version_goes() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let data = DataFolder::at(folder.path().join("data"));
        let old = earlier_folder(&data, "1").unwrap();
        let new = earlier_folder(&data, "2").unwrap();
        assert!(!old.exists());
        let mode = fs::metadata(&new).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
        remove_earlier(&data).unwrap();
        remove_earlier(&data).unwrap();
        assert!(!new.exists());
    }
}
