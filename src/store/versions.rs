//! What a draft's file held at each save and export, so that none of it is lost when the
//! next one takes its place.
//!
//! Kept are at most 400 of them and 20 MB a letter. Where that is too little room, all
//! versions of the last day stay, then the last of each day for a month, then the last of
//! each month. A version is the file's bytes as they were, compressed: what is sealed in
//! the file is sealed here. They lie in the data folder under the path of their draft, in
//! digits: a draft that is moved begins anew.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use jiff::{SignedDuration, Timestamp};
use zeroize::Zeroizing;

use super::atomic::{self, Expected, OldFile};
use super::draft::{self, Draft, Opened};
use super::error::Error;
use super::file::{Fingerprint, entries_of, follow_links, sweep_gone};
use super::folder::DataFolder;
use super::reading::{SIZE_LIMIT, read_bytes};
use super::sealed::{Key, Seal};

/// How long every version is kept, and how long the last of each day.
const ALL: SignedDuration = SignedDuration::from_hours(24);
const DAILY: SignedDuration = SignedDuration::from_hours(30 * 24);
const DAY: i64 = 24 * 60 * 60;
const MONTH: i64 = 30 * DAY;

/// The most of a letter: more than a day's saves, and small beside what a disk holds.
const MOST: usize = 400;
const MOST_BYTES: u64 = 20 * 1024 * 1024;

/// The most of all letters together; those that were saved longest ago go first.
const MOST_OF_ALL: u64 = 1024 * 1024 * 1024;

/// What a version was kept for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Occasion {
    Saved,
    Exported,
}

impl Occasion {
    const ALL: [Self; 2] = [Self::Saved, Self::Exported];

    /// As people are shown it, and as the version's file is called.
    pub fn word(self) -> &'static str {
        match self {
            Self::Saved => "saved",
            Self::Exported => "exported",
        }
    }
}

/// A version that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    pub at: Timestamp,
    pub occasion: Occasion,
    path: PathBuf,
}

/// Keeps what the draft's file holds now; the same once more is not kept.
pub fn keep(
    data: &DataFolder,
    path: &Path,
    at: Timestamp,
    occasion: Occasion,
) -> Result<(), Error> {
    match read_bytes(path) {
        Ok(bytes) => keep_bytes(data, path, &bytes, at, occasion),
        Err(Error::Missing { .. }) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Keeps what the draft's file holds as of when it was written, before something else
/// takes its place.
pub fn keep_as_found(data: &DataFolder, path: &Path) -> Result<(), Error> {
    let at = written_at(path).unwrap_or_default();
    keep(data, path, at, Occasion::Saved)
}

/// When a file was written.
pub fn written_at(path: &Path) -> Option<Timestamp> {
    Timestamp::try_from(fs::metadata(path).ok()?.modified().ok()?).ok()
}

/// Keeps a letter that differs from what its file holds, encrypted as its draft is.
pub fn keep_unsaved(
    data: &DataFolder,
    path: &Path,
    letter: &Draft,
    seal: Option<&Seal>,
    at: Timestamp,
) -> Result<(), Error> {
    keep_bytes(
        data,
        path,
        letter.file_text(seal, None)?.as_bytes(),
        at,
        Occasion::Exported,
    )
}

/// Encrypts every version of a draft as it is encrypted from now on, or makes them plain
/// with it. `before` opens those that were encrypted until now; what it does not open
/// stays as it is.
pub fn reseal(
    data: &DataFolder,
    path: &Path,
    before: Option<&Seal>,
    seal: Option<&Seal>,
) -> Result<(), Error> {
    for version in list(data, path) {
        reseal_one(&version.path, before, seal)?;
    }
    Ok(())
}

fn reseal_one(
    path: &Path,
    before: Option<&Seal>,
    seal: Option<&Seal>,
) -> Result<(), Error> {
    let bytes = Zeroizing::new(unpacked(path)?);
    let Ok(opened) = draft::read(&bytes, path, before.map(Key::Seal)) else {
        return Ok(());
    };
    if opened.seal.as_ref() == seal {
        return Ok(());
    }
    let text = match (seal, opened.seal, opened.read_only) {
        (Some(seal), None, _) => Zeroizing::new(seal.close(&bytes, None)?),
        // Of what a newer program wrote something would be lost; it stays encrypted as
        // it was.
        (_, _, Some(reason)) if reason.is_partly_understood() => return Ok(()),
        (_, _, _) => opened.draft.file_text(seal, None)?,
    };
    let bytes = packed(text.as_bytes(), path)?;
    atomic::replace(path, &bytes, Expected::Anything, OldFile::Replace)?;
    Ok(())
}

/// Every version of a draft, the newest first.
pub fn list(data: &DataFolder, path: &Path) -> Vec<Version> {
    versions_in(&data.path().join("versions").join(folder_name(path)))
}

/// Reads a version as the draft that it was.
pub fn open(version: &Version, seal: Option<&Seal>) -> Result<Opened, Error> {
    draft::read(&unpacked(&version.path)?, &version.path, seal.map(Key::Seal))
}

/// Keeps the versions of all letters together from filling the disk.
pub fn tidy(data: &DataFolder) {
    keep_below(&data.path().join("versions"), MOST_OF_ALL);
}

fn keep_below(all: &Path, most: u64) {
    let mut folders = folders(all);
    folders.sort_by_key(|folder| std::cmp::Reverse(folder.1));
    let mut sum = 0;
    for (folder, _, size) in folders {
        sum += size;
        if sum > most {
            let _tried_again_next_time = fs::remove_dir_all(folder);
        }
    }
}

/// Each letter's folder, when its newest version was kept, and how large it is.
fn folders(all: &Path) -> Vec<(PathBuf, Option<Timestamp>, u64)> {
    let mut folders = Vec::new();
    for folder in entries_of(all) {
        let versions = versions_in(&folder);
        let size = versions.iter().map(Version::size).sum();
        folders.push((folder, versions.first().map(|version| version.at), size));
    }
    folders
}

impl Version {
    fn of_file(path: PathBuf) -> Option<Self> {
        let (time, word) =
            path.file_name()?.to_str()?.strip_suffix(".ron.gz")?.split_once('-')?;
        let at = Timestamp::from_nanosecond(time.parse().ok()?).ok()?;
        let occasion =
            Occasion::ALL.into_iter().find(|occasion| occasion.word() == word)?;
        Some(Self { at, occasion, path })
    }

    fn holds(&self, bytes: &[u8]) -> bool {
        unpacked(&self.path).is_ok_and(|held| held == bytes)
    }

    fn size(&self) -> u64 {
        match fs::metadata(&self.path) {
            Ok(about) => about.len(),
            Err(_) => 0,
        }
    }
}

fn versions_in(folder: &Path) -> Vec<Version> {
    let mut versions: Vec<Version> =
        entries_of(folder).into_iter().filter_map(Version::of_file).collect();
    versions.sort_by_key(|version| std::cmp::Reverse((version.at, version.occasion)));
    versions
}

fn keep_bytes(
    data: &DataFolder,
    path: &Path,
    bytes: &[u8],
    at: Timestamp,
    occasion: Occasion,
) -> Result<(), Error> {
    let newest = list(data, path).into_iter().next();
    let mut at = at;
    if let Some(newest) = newest {
        if newest.occasion >= occasion && newest.holds(bytes) {
            return Ok(());
        }
        // Two of one moment, as a clock that was set back can give, both have their place.
        at = at.max(newest.at + SignedDuration::from_nanos(1));
    }
    let folder = DataFolder::at(data.file("versions")?);
    let folder = DataFolder::at(folder.file(&folder_name(path))?);
    let file =
        folder.file(&format!("{}-{}.ron.gz", at.as_nanosecond(), occasion.word()))?;
    let packed = packed(bytes, &file)?;
    atomic::replace(&file, &packed, Expected::Anything, OldFile::Replace)?;
    thin_out(folder.path(), at);
    Ok(())
}

/// One draft has one folder, by whatever way its path leads there.
fn folder_name(path: &Path) -> String {
    let path = follow_links(path);
    let real = fs::canonicalize(&path).unwrap_or(path);
    Fingerprint::of(real.as_os_str().as_encoded_bytes()).short()
}

fn thin_out(folder: &Path, now: Timestamp) {
    sweep_gone(folder);
    let versions = versions_in(folder);
    let sizes: Vec<u64> = versions.iter().map(Version::size).collect();
    let times: Vec<Timestamp> = versions.iter().map(|version| version.at).collect();
    let stays = which_stay(&times, &sizes, now);
    for (version, stays) in versions.iter().zip(stays) {
        if !stays {
            let _tried_again_next_time = fs::remove_file(&version.path);
        }
    }
}

/// Which of the versions stay, the newest first. None goes while there is room: a clock
/// that is far ahead makes all of them old at once. Then those go first of which a day or
/// a month has a newer one, and the oldest before the others.
fn which_stay(times: &[Timestamp], sizes: &[u64], now: Timestamp) -> Vec<bool> {
    let (mut count, mut sum) = (sizes.len(), sizes.iter().sum::<u64>());
    let thinned = which_are_thinned(times, now);
    let mut stays = vec![true; sizes.len()];
    for is_thinned in [true, false] {
        // The newest stays whatever it is.
        for place in (1..sizes.len()).rev() {
            let has_room = count <= MOST && sum <= MOST_BYTES;
            if !has_room && stays[place] && thinned[place] == is_thinned {
                stays[place] = false;
                count -= 1;
                sum -= sizes[place];
            }
        }
    }
    stays
}

/// Which of the versions a newer one of the same day or month can stand for.
fn which_are_thinned(times: &[Timestamp], now: Timestamp) -> Vec<bool> {
    let mut last = None;
    let mut thinned = Vec::with_capacity(times.len());
    for &time in times {
        let period = period(time, now);
        // The newest of a day or a month comes first.
        thinned.push(period.is_some() && period == last);
        last = period;
    }
    thinned
}

/// The day or month of which one version stays, as its length and number; `None` while
/// all stay.
fn period(time: Timestamp, now: Timestamp) -> Option<(i64, i64)> {
    match now.duration_since(time) {
        age if age < ALL => None,
        age if age < DAILY => Some((DAY, time.as_second().div_euclid(DAY))),
        _ => Some((MONTH, time.as_second().div_euclid(MONTH))),
    }
}

fn packed(bytes: &[u8], path: &Path) -> Result<Vec<u8>, Error> {
    compressed(bytes).map_err(|source| Error::Unwritten { path: path.into(), source })
}

fn compressed(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut archive = GzEncoder::new(Vec::new(), Compression::default());
    archive.write_all(bytes)?;
    archive.finish()
}

fn unpacked(path: &Path) -> Result<Vec<u8>, Error> {
    let packed = read_bytes(path)?;
    let mut bytes = Vec::new();
    match GzDecoder::new(&*packed).take(SIZE_LIMIT).read_to_end(&mut bytes) {
        Ok(_) => Ok(bytes),
        Err(source) => Err(Error::Unreadable { path: path.into(), source }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    struct Desk {
        _folder: tempfile::TempDir,
        data: DataFolder,
        draft: PathBuf,
    }

    impl Desk {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let data = DataFolder::at(folder.path().join("rationale"));
            let draft = folder.path().join("a.ron");
            Self { _folder: folder, data, draft }
        }

        fn save(&self, bytes: &[u8], second: i64) {
            fs::write(&self.draft, bytes).unwrap();
            keep(&self.data, &self.draft, at(second), Occasion::Saved).unwrap();
        }

        /// The bytes of all versions, the newest first.
        fn held(&self) -> Vec<Vec<u8>> {
            list(&self.data, &self.draft)
                .iter()
                .map(|version| unpacked(&version.path).unwrap())
                .collect()
        }
    }

    #[test]
    fn a_version_is_the_files_bytes_whatever_they_are() {
        let desk = Desk::new();
        desk.save(b"\x00sealed\xff", 1);
        desk.save(b"\x00sealed\xff", 2);
        desk.save(b"other", 3);
        assert_eq!(desk.held(), [b"other".to_vec(), b"\x00sealed\xff".to_vec()]);
        let times: Vec<i64> = list(&desk.data, &desk.draft)
            .iter()
            .map(|version| version.at.as_second())
            .collect();
        assert_eq!(times, [3, 1]);
    }

    #[test]
    fn an_export_of_what_was_saved_is_listed_as_one() {
        let desk = Desk::new();
        desk.save(b"one", 1);
        keep(&desk.data, &desk.draft, at(2), Occasion::Exported).unwrap();
        desk.save(b"one", 3);
        let occasions: Vec<&str> = list(&desk.data, &desk.draft)
            .iter()
            .map(|version| version.occasion.word())
            .collect();
        assert_eq!(occasions, ["exported", "saved"]);
    }

    fn seal(words: &str) -> Seal {
        Seal::with_work(&crate::store::Passphrase::new(words), 2).unwrap()
    }

    #[test]
    fn an_unsaved_letter_is_kept_as_its_draft_is() {
        let (mut draft, seal) = (Draft::default(), seal("one two three four"));
        draft.letter.summary = "Planted".into();
        for seal in [None, Some(&seal)] {
            let desk = Desk::new();
            keep_unsaved(&desk.data, &desk.draft, &draft, seal, at(1)).unwrap();
            let is_plain = String::from_utf8_lossy(&desk.held()[0]).contains("Planted");
            assert_eq!(is_plain, seal.is_none());
            assert_eq!(
                open(&list(&desk.data, &desk.draft)[0], seal).unwrap().draft,
                draft
            );
        }
    }

    #[test]
    fn versions_follow_their_drafts_encryption() {
        let desk = Desk::new();
        let (one, two) = (seal("one two three four"), seal("five six seven eight"));
        let mut draft = Draft::default();
        for (summary, second) in [("Planted first", 1), ("Planted again", 2)] {
            draft.letter.summary = summary.into();
            desk.save(draft.to_text().unwrap().as_bytes(), second);
        }
        for (before, now) in
            [(None, Some(&one)), (Some(&one), Some(&two)), (Some(&two), None)]
        {
            reseal(&desk.data, &desk.draft, before, now).unwrap();
            let versions = list(&desk.data, &desk.draft);
            let read = |version| open(version, now).unwrap().draft.letter.summary;
            assert_eq!(
                versions.iter().map(read).collect::<Vec<_>>(),
                ["Planted again", "Planted first"]
            );
            let is_plain = desk
                .held()
                .iter()
                .any(|bytes| String::from_utf8_lossy(bytes).contains("Planted"));
            assert_eq!(is_plain, now.is_none());
        }
    }

    #[test]
    fn a_version_is_read_as_the_draft_that_it_was() {
        let desk = Desk::new();
        let mut draft = Draft::default();
        draft.letter.summary = "As it was".into();
        desk.save(draft.to_text().unwrap().as_bytes(), 1);
        let version = &list(&desk.data, &desk.draft)[0];
        assert_eq!(open(version, None).unwrap().draft, draft);
        fs::write(&version.path, "no archive").unwrap();
        assert!(matches!(open(version, None), Err(Error::Unreadable { .. })));
    }

    #[test]
    fn a_clock_that_is_set_back_loses_no_version() {
        let desk = Desk::new();
        (0..3).for_each(|number: u8| desk.save(&[number], 100 - i64::from(number)));
        assert_eq!(desk.held(), [[2], [1], [0]]);
    }

    /// Versions of these ages in hours, the newest first, of which these stay.
    fn check(hours: &[i64], size: u64, expected: &[i64]) {
        let now = at(MONTH * 600);
        let times: Vec<Timestamp> = hours
            .iter()
            .map(|age| now - SignedDuration::from_hours(*age))
            .collect();
        let stays = which_stay(&times, &vec![size; times.len()], now);
        let stay: Vec<i64> = hours
            .iter()
            .zip(stays)
            .filter(|(_, stays)| *stays)
            .map(|(age, _)| *age)
            .collect();
        assert_eq!(stay, expected);
    }

    #[test]
    fn while_there_is_room_none_goes_however_old_the_clock_makes_them() {
        let (day, year) = (24, 365 * 24);
        let all = [0, 25, 26, 47, 49, 40 * day, 41 * day, 80 * year, 80 * year + 1];
        check(&all, 1, &all);
    }

    #[test]
    fn all_of_a_day_stay_then_one_a_day_then_one_a_month() {
        check(&[0, 1, 2, 23], MOST_BYTES / 4, &[0, 1, 2, 23]);
        check(&[0, 25, 26, 47, 49], MOST_BYTES / 3, &[0, 25, 49]);
        let (day, month) = (24, 30 * 24);
        check(
            &[month + 1, month + day, 2 * month - 1, 2 * month + 1],
            MOST_BYTES / 2,
            &[month + 1, 2 * month + 1],
        );
    }

    #[test]
    fn count_and_bytes_have_an_end_and_the_newest_always_stays() {
        check(&[0, 1, 2, 3], MOST_BYTES / 2, &[0, 1]);
        check(&[0, 1], MOST_BYTES * 2, &[0]);
        let many = vec![0; MOST + 9];
        check(&many, 1, &many[..MOST]);
    }

    #[cfg(unix)]
    #[test]
    fn versions_are_their_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let desk = Desk::new();
        desk.save(b"one", 1);
        let version = &list(&desk.data, &desk.draft)[0].path;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let folder = version.parent().unwrap();
        assert_eq!(
            (mode(version), mode(folder), mode(folder.parent().unwrap())),
            (0o600, 0o700, 0o700)
        );
    }

    #[test]
    fn of_all_letters_together_those_saved_longest_ago_go_first() {
        let mut desk = Desk::new();
        desk.save(b"one", 1);
        let older =
            std::mem::replace(&mut desk.draft, desk.data.path().with_file_name("b.ron"));
        desk.save(b"two", 2);
        tidy(&desk.data);
        assert_eq!((desk.held().len(), list(&desk.data, &older).len()), (1, 1));
        let size = list(&desk.data, &desk.draft)[0].size();
        keep_below(&desk.data.path().join("versions"), size);
        assert_eq!((desk.held().len(), list(&desk.data, &older).len()), (1, 0));
    }
}
