//! Reading files whole, and no larger than a letter can be.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::content_error::ContentError;
use super::error::Error;
use super::file::{has_ending, previous_copy};
use super::patience::patiently;

/// The longest file that is read. The longest real letter is below 100 KB; what is larger
/// is no draft, and reading it would only fill the memory.
pub const SIZE_LIMIT: u64 = 64 * 1024 * 1024;

/// What the names of drafts end in.
pub const DRAFT_ENDING: &str = "rationale";
/// The same, and what they ended in before.
pub const DRAFT_ENDINGS: &[&str] = &[DRAFT_ENDING, "ron"];

/// Whether a file is named as a draft.
pub fn is_named_as_draft(path: &Path) -> bool {
    DRAFT_ENDINGS.iter().any(|ending| has_ending(path, ending))
}

/// What the names of finished letters end in.
pub const LETTER_ENDINGS: &[&str] = &["pdf", "docx", "txt", "rtf", "html", "htm", "doc"];
/// Those of the letters in a folder: a web page is often beside its PDF.
const ENDINGS_IN_FOLDERS: &[&str] = &["pdf", "docx", "txt", "rtf"];

/// The bytes of a finished letter, as far as one may be long.
pub fn read_letter(path: &Path) -> Result<Vec<u8>, Error> {
    read_bytes(path)
}

/// The whole text of a file that is not a draft, such as a template.
pub fn read_text(path: &Path) -> Result<String, Error> {
    text_of(&read_bytes(path)?, path).map(str::to_owned)
}

/// The drafts in a folder itself, by name; its subfolders are not looked at.
pub fn drafts_in(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let drafts = files_in(folder, DRAFT_ENDINGS)?;
    if drafts.is_empty() {
        Err(Error::NoDrafts { path: folder.into() })
    } else {
        Ok(drafts)
    }
}

/// The finished letters in a folder itself.
pub fn letters_in(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let letters = files_in(folder, ENDINGS_IN_FOLDERS)?;
    if letters.is_empty() {
        Err(Error::NoLetters { path: folder.into() })
    } else {
        Ok(letters)
    }
}

fn files_in(folder: &Path, endings: &[&str]) -> Result<Vec<PathBuf>, Error> {
    let entries = fs::read_dir(folder).map_err(|source| read_error(folder, source))?;
    let mut files = Vec::new();
    for entry in entries.flatten() {
        let path = entry.path();
        if endings.iter().any(|ending| has_ending(&path, ending)) && path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// A file's bytes, as far as a draft may be long.
pub(super) fn read_bytes(path: &Path) -> Result<Vec<u8>, Error> {
    // Asked first, because Windows says of a folder only that it may not be read.
    if path.is_dir() {
        return Err(Error::Folder { path: path.into() });
    }
    let mut file = open_file(path)?;
    // Whoever puts a file in its place holds it locked for a moment longer.
    let bytes =
        patiently(|| read_whole(&mut file)).map_err(|source| read_error(path, source))?;
    if bytes.len() as u64 > SIZE_LIMIT {
        Err(Error::TooLarge { path: path.into() })
    } else {
        Ok(bytes)
    }
}

fn read_whole(file: &mut File) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    // One byte more than is allowed shows that a file is too large, also one that has no
    // size of its own.
    file.take(SIZE_LIMIT + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Opens a regular file to be read. A named pipe or a device would be waited for, and
/// could go on for ever.
pub(super) fn open_file(path: &Path) -> Result<File, Error> {
    let mut options = File::options();
    options.read(true);
    // Opening a pipe that nobody writes to waits, unless it is asked not to.
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
    }
    let file =
        patiently(|| options.open(path)).map_err(|source| read_error(path, source))?;
    match file.metadata() {
        Ok(about) if about.is_file() || is_handed_down(path) => Ok(file),
        Ok(about) if about.is_dir() => Err(Error::Folder { path: path.into() }),
        Ok(_) => Err(Error::NoFile { path: path.into() }),
        Err(source) => Err(read_error(path, source)),
    }
}

/// Whether a path names what whoever started the program has opened for it, as `<(…)`
/// does in a shell: like standard input, it is theirs to end.
fn is_handed_down(path: &Path) -> bool {
    ["/dev/fd", "/dev/stdin", "/proc/self/fd"]
        .iter()
        .any(|folder| path.starts_with(folder))
}

fn read_error(path: &Path, source: io::Error) -> Error {
    let path = path.to_owned();
    match source.kind() {
        // What cannot be the name of a file is the name of none.
        io::ErrorKind::NotFound | io::ErrorKind::InvalidFilename => {
            Error::Missing { path }
        }
        io::ErrorKind::IsADirectory => Error::Folder { path },
        io::ErrorKind::PermissionDenied => Error::Forbidden { path, source },
        _ => Error::Unreadable { path, source },
    }
}

/// The bytes as text, without the mark that some editors put first.
pub(super) fn text_of<'a>(bytes: &'a [u8], path: &Path) -> Result<&'a str, Error> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    // A power cut can leave a file's end, or all of it, as zeros.
    let zero = bytes.iter().position(|&byte| byte == 0);
    let mut valid = match std::str::from_utf8(bytes) {
        Ok(text) if zero.is_none() => return Ok(text),
        Ok(_) => bytes.len(),
        Err(error) => error.valid_up_to(),
    };
    if let Some(zero) = zero {
        valid = valid.min(zero);
    }
    let read = String::from_utf8_lossy(&bytes[..valid]);
    let line = read.matches('\n').count() + 1;
    let column =
        read.chars().rev().take_while(|&character| character != '\n').count() + 1;
    let before = previous_copy(path);
    Err(ContentError::NotText { path: path.into(), line, column, before }.into())
}
