//! A person's own words: a plain text file in the data folder, one word a line, as many
//! as there are.
//!
//! Whatever stands in the file stays there: a word is added behind it, byte by byte as it
//! was.

use std::fs;
use std::path::{Path, PathBuf};

use super::atomic::{self, Before, Expected, Fingerprint};
use super::{DataFolder, Error, read_bytes};

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
        Ok(bytes) => (bytes.clone(), Expected::Unchanged(Fingerprint::of(&bytes))),
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
    atomic::replace(&path, &bytes, expected, Before::Drop).map(drop)
}

/// Where systems keep Hunspell's lists.
const SYSTEM_LISTS: &[&str] =
    &["/usr/share/hunspell", "/usr/share/myspell/dicts", "/usr/local/share/hunspell"];

/// The words of the medical lists that are installed on this machine for Hunspell: plain
/// words without affixes.
pub fn of_this_machine() -> Vec<String> {
    SYSTEM_LISTS
        .iter()
        .flat_map(|folder| of_folder(Path::new(folder)))
        .collect()
}

fn of_folder(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path());
    let mut lists: Vec<PathBuf> = entries.filter(|path| is_medical(path)).collect();
    lists.sort();
    lists
        .iter()
        .filter_map(|path| read_bytes(path).ok())
        .flat_map(|bytes| words_of(&bytes))
        .collect()
}

fn is_medical(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    name.starts_with("en_med")
        && path.extension().is_some_and(|extension| extension == "dic")
        && path.is_file()
}

/// The words of the lines that are text. Behind a stroke Hunspell has flags; behind #
/// people have remarks.
fn words_of(bytes: &[u8]) -> Vec<String> {
    let lines = bytes
        .split(|byte| *byte == b'\n')
        .filter_map(|line| std::str::from_utf8(line).ok());
    let words = lines.map(|line| {
        line.split(['/', '#'])
            .next()
            .unwrap_or_default()
            .trim_matches('\u{feff}')
            .trim()
    });
    words.filter(|word| is_word(word)).map(str::to_owned).collect()
}

/// As long as a word of a list is at most; what is longer is no word.
const LONGEST: usize = 100;

fn is_word(word: &str) -> bool {
    let is_plain = |c: char| c.is_alphabetic() || matches!(c, '\'' | '\u{2019}' | '-');
    word.chars().any(char::is_alphabetic)
        && word.chars().all(is_plain)
        && word.len() <= LONGEST
}

#[cfg(test)]
mod tests {
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
    fn a_folder_in_the_place_of_the_file_is_told() {
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
