//! A person's own words: a plain text file in the data folder, one word a line, as many
//! as there are.
//!
//! Whatever the file holds stays as it is, byte by byte: a word is added after it.

use std::path::{Path, PathBuf};

use super::atomic::{self, Expected, OldFile};
use super::error::Error;
use super::file::{Fingerprint, entries_of, has_ending};
use super::folder::DataFolder;
use super::reading::read_bytes;

/// Where the words are; the file need not be there.
pub fn path(data: &DataFolder) -> PathBuf {
    data.path().join("words.txt")
}

/// The person's words, and what kept them from being read. Of a damaged file every line
/// that is text is read.
pub fn load(data: &DataFolder) -> (Vec<String>, Option<Error>) {
    match read_bytes(&path(data)) {
        Ok(bytes) => (words_of(&bytes), None),
        Err(Error::Missing { .. }) => (Vec::new(), None),
        Err(error) => (Vec::new(), Some(error)),
    }
}

/// Adds a word; one that is there already is not added again.
pub fn add(data: &DataFolder, word: &str) -> Result<(), Error> {
    loop {
        match add_to_what_is_there(data, word) {
            // Another window has added one meanwhile.
            Err(Error::Changed { .. } | Error::Exists { .. }) => {}
            result => return result,
        }
    }
}

fn add_to_what_is_there(data: &DataFolder, word: &str) -> Result<(), Error> {
    let word = word.trim();
    let path = data.file("words.txt")?;
    let (mut bytes, expected) = match read_bytes(&path) {
        Ok(bytes) => {
            let found = Fingerprint::of(&bytes);
            (bytes, Expected::Unchanged(found))
        }
        Err(Error::Missing { .. }) => (Vec::new(), Expected::Nothing),
        Err(error) => return Err(error),
    };
    if !is_word(word) || words_of(&bytes).iter().any(|known| known == word) {
        return Ok(());
    }
    if !bytes.is_empty() && !bytes.ends_with(b"\n") {
        bytes.push(b'\n');
    }
    bytes.extend_from_slice(word.as_bytes());
    bytes.push(b'\n');
    atomic::replace(&path, &bytes, expected, OldFile::Replace)?;
    Ok(())
}

/// Where systems keep Hunspell's lists.
const SYSTEM_LISTS: &[&str] =
    &["/usr/share/hunspell", "/usr/share/myspell/dicts", "/usr/local/share/hunspell"];

/// The words of the medical lists that are installed on this machine for Hunspell: plain
/// words without affixes.
pub fn of_this_machine() -> Vec<String> {
    let mut words = Vec::new();
    for folder in SYSTEM_LISTS {
        words.extend(of_folder(Path::new(folder)));
    }
    words
}

fn of_folder(folder: &Path) -> Vec<String> {
    let mut lists = entries_of(folder);
    lists.retain(|path| is_medical(path));
    lists.sort();
    let mut words = Vec::new();
    for list in lists {
        if let Ok(bytes) = read_bytes(&list) {
            words.extend(words_of(&bytes));
        }
    }
    words
}

fn is_medical(path: &Path) -> bool {
    let Some(name) = path.file_name() else { return false };
    name.to_str().is_some_and(|name| name.starts_with("en_med"))
        && has_ending(path, "dic")
        && path.is_file()
}

/// The words of the lines that are text. After a slash Hunspell has flags; after # people
/// have remarks.
fn words_of(bytes: &[u8]) -> Vec<String> {
    let mut words = Vec::new();
    for line in bytes.split(|byte| *byte == b'\n') {
        let Ok(line) = std::str::from_utf8(line) else { continue };
        let word = line.split(['/', '#']).next().unwrap_or_default();
        let word = word.trim_matches('\u{feff}').trim();
        if is_word(word) {
            words.push(word.to_owned());
        }
    }
    words
}

/// As long as a word of a list is at most; what is longer is no word.
const LONGEST: usize = 100;

fn is_word(word: &str) -> bool {
    word.chars().any(char::is_alphabetic)
        && word.chars().all(is_of_word)
        && word.len() <= LONGEST
}

fn is_of_word(character: char) -> bool {
    character.is_alphabetic() || matches!(character, '\'' | '\u{2019}' | '-')
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn folder() -> (tempfile::TempDir, DataFolder) {
        let folder = tempfile::tempdir().unwrap();
        let data = DataFolder::at(folder.path().join("rationale"));
        (folder, data)
    }

    #[test]
    fn words_are_added_and_read_back_without_end() {
        let (_folder, data) = folder();
        assert_eq!(load(&data).0, Vec::<String>::new());
        let letter = |number: usize| char::from(b'a' + (number % 26) as u8);
        let word = |number: usize| {
            [letter(number / 26), letter(number)].iter().collect::<String>()
        };
        let words: Vec<String> = (0..300).map(word).collect();
        words.iter().chain(&words).for_each(|word| add(&data, word).unwrap());
        assert_eq!(load(&data).0, words);
        add(&data, " two words ").unwrap();
        assert_eq!(load(&data).0.len(), 300);
    }

    #[test]
    fn a_damaged_file_keeps_all_that_it_holds() {
        let (_folder, data) = folder();
        add(&data, "one").unwrap();
        let damaged =
            b"one\n\xff\xfe\x00two\nthree/MS\n# four\nfive # of ours".as_slice();
        fs::write(path(&data), damaged).unwrap();
        assert_eq!(load(&data).0, ["one", "three", "five"]);
        add(&data, "six").unwrap();
        assert_eq!(fs::read(path(&data)).unwrap(), [damaged, b"\nsix\n"].concat());
    }

    #[test]
    fn a_folder_in_the_place_of_the_file_is_reported() {
        let (_folder, data) = folder();
        fs::create_dir_all(path(&data)).unwrap();
        assert!(
            matches!(load(&data), (words, Some(Error::Folder { .. })) if words.is_empty())
        );
        assert!(add(&data, "one").is_err());
    }

    #[test]
    fn medical_lists_of_the_machine_are_read() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("en_med_x.dic"), "2\nwrzl\nbrnft/S\n").unwrap();
        fs::write(folder.path().join("en_US.dic"), "1\nother\n").unwrap();
        assert_eq!(of_folder(folder.path()), ["wrzl", "brnft"]);
        assert_eq!(of_folder(Path::new("/nowhere/at/all")), Vec::<String>::new());
    }
}
