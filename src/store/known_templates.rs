//! Which templates were read in a process of their own and did no harm: a list of hashes
//! in the data folder, so that each is read there once and not at every start.

use super::atomic::{self, Expected, OldFile};
use super::error::Error;
use super::folder::DataFolder;
use super::reading::read_text;
use crate::outside;

const NAME: &str = "templates-read.txt";

/// The most that are remembered: ten times what a folder of templates may hold.
const MOST: usize = 2000;

/// Takes in what was remembered. Without the list every template is read there anew.
pub(super) fn load(data: &DataFolder) {
    let Ok(text) = read_text(&data.path().join(NAME)) else { return };
    outside::remember_hashes(text.lines().filter(|line| is_hash(line)).take(MOST));
}

fn is_hash(line: &str) -> bool {
    line.len() == 64 && line.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Remembers what is known now.
pub(super) fn save(data: &DataFolder) -> Result<(), Error> {
    let mut hashes = outside::known_hashes();
    hashes.truncate(MOST);
    let text = hashes.join("\n") + "\n";
    let path = data.file(NAME)?;
    atomic::replace(&path, text.as_bytes(), Expected::Anything, OldFile::Replace)?;
    Ok(())
}
