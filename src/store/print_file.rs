//! A letter's PDF on its way to the printer: a private file that the system's viewer is
//! shown.

use std::fs::{self, File};
use std::io::{self, Seek, Write};
use std::path::{Path, PathBuf};

use super::atomic::{self, Expected, OldFile};
use super::error::Error;
use super::file::entries_of;
use super::folder::DataFolder;
use super::patience::patiently;
use crate::letter::grammar::plain_name;

/// Writes a PDF, its owner's alone, for a viewer to print; the one from before goes, so
/// that none pile up unseen.
pub fn for_printing(
    folder: &DataFolder,
    name: &str,
    bytes: &[u8],
) -> Result<PathBuf, Error> {
    // The folder above is made first: it is to be its owner's alone too.
    let folder = DataFolder::at(folder.file("print")?);
    let path = folder.file(&format!("{}.pdf", plain_name(name)))?;
    clear(&folder);
    atomic::replace(&path, bytes, Expected::Anything, OldFile::Replace)?;
    Ok(path)
}

/// A file without a name that holds a PDF, for a dialog to read: nothing of it remains,
/// whatever becomes of it.
pub fn for_sending(folder: &DataFolder, bytes: &[u8]) -> Result<File, Error> {
    let path = folder.file("print")?;
    unnamed_file(folder, bytes).map_err(|source| Error::Unwritten { path, source })
}

fn unnamed_file(folder: &DataFolder, bytes: &[u8]) -> io::Result<File> {
    let mut file = tempfile::tempfile_in(folder.path())?;
    file.write_all(bytes)?;
    file.rewind()?;
    Ok(file)
}

/// Removes what was written for printing, once it is printed.
pub fn printed(path: &Path) {
    let _goes_the_next_time = patiently(|| fs::remove_file(path));
}

/// One that is still open somewhere cannot be removed on every system; it goes the next
/// time.
fn clear(folder: &DataFolder) {
    for path in entries_of(folder.path()) {
        let _still_open = fs::remove_file(path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_at_a_time_lies_ready_for_printing() {
        let folder = tempfile::tempdir().unwrap();
        let data = DataFolder::at(folder.path().join("rationale"));
        let first = for_printing(&data, "CM13-0000001", b"one").unwrap();
        let second = for_printing(&data, "../CM13 2", b"two").unwrap();
        assert!(!first.exists());
        printed(&first);
        assert_eq!(
            (fs::read(&second).unwrap().as_slice(), second.file_name().unwrap().to_str()),
            (&b"two"[..], Some("___CM13_2.pdf"))
        );
        printed(&second);
        assert!(!second.exists());
    }

    #[test]
    fn what_a_dialog_reads_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let data = DataFolder::at(folder.path().join("rationale"));
        let file = for_sending(&data, b"one").unwrap();
        assert_eq!(
            (
                io::read_to_string(file).unwrap().as_str(),
                fs::read_dir(data.path()).unwrap().count()
            ),
            ("one", 0)
        );
    }

    #[cfg(unix)]
    #[test]
    fn what_is_printed_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let data = DataFolder::at(folder.path().join("rationale"));
        let path = for_printing(&data, "letter", b"one").unwrap();
        let mode = |path: &std::path::Path| {
            fs::metadata(path).unwrap().permissions().mode() & 0o777
        };
        assert_eq!(
            (mode(data.path()), mode(path.parent().unwrap()), mode(&path)),
            (0o700, 0o700, 0o600)
        );
    }
}
