//! Which templates were read in a process of their own, and whether they did harm there: a
//! list of hashes in the data folder, so that each is read there once and not at every
//! start.

use super::atomic::{self, Expected, OldFile};
use super::error::Error;
use super::folder::DataFolder;
use super::reading::read_text;
use crate::outside::{self, TemplateVerdict};

const NAME: &str = "templates-read.txt";

/// The most that are remembered: ten times what a folder of templates may hold.
const MOST: usize = 2000;

/// What follows the hash of a template that ended the process.
const HARMFUL: &str = " harmful";

/// Takes in what was remembered. Without the list every template is read there anew.
pub(super) fn load(data: &DataFolder) {
    let Ok(text) = read_text(&data.path().join(NAME)) else { return };
    outside::remember(text.lines().filter_map(of_line).take(MOST));
}

fn of_line(line: &str) -> Option<(String, TemplateVerdict)> {
    let (hash, verdict) = match line.strip_suffix(HARMFUL) {
        Some(hash) => (hash, TemplateVerdict::Harmful),
        None => (line, TemplateVerdict::Harmless),
    };
    let is_hash = hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hash.then(|| (hash.to_owned(), verdict))
}

/// Remembers what is known now.
pub(super) fn save(data: &DataFolder) -> Result<(), Error> {
    let mut text = String::new();
    for (hash, verdict) in outside::known_templates().into_iter().take(MOST) {
        text += &hash;
        text += if verdict == TemplateVerdict::Harmful { HARMFUL } else { "" };
        text += "\n";
    }
    let path = data.file(NAME)?;
    atomic::replace(&path, text.as_bytes(), Expected::Anything, OldFile::Replace)?;
    Ok(())
}
