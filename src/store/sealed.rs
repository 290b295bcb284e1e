//! Encrypted drafts: bytes in, bytes out, right before they are written and right after
//! they are read.
//!
//! The file is RON like every draft's and holds two parts that the age tool opens by
//! itself: `key`, an identity made for this draft alone and sealed with the passphrase,
//! and `letter`, the whole plain draft, encrypted to that identity. A passphrase is made
//! slow to guess on purpose, which costs about a second; so it is paid once an opening,
//! and each save, recovery copy and copy from before costs a fraction of a millisecond.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use age::secrecy::{ExposeSecret, SecretString};
use age::{DecryptError, EncryptError, scrypt, x25519};
use serde::Deserialize;
use zeroize::Zeroizing;

use super::file::{Fingerprint, previous_copy, previous_copy_hint};
use super::holder::Origin;

/// The work that guessing a passphrase costs, as a power of two: what the age tool takes
/// too. It needs 256 MB for about a second.
const WORK: u8 = 18;

/// The most work that a file may ask for before it is opened: 1 GB for some seconds. A
/// file that asks for more was made to stop the machine.
const MOST_WORK: u8 = 20;

// What is written is accepted, with room to make it harder to guess later.
const _: () = assert!(WORK < MOST_WORK);

/// A passphrase is not taken below this many characters.
const SHORTEST: usize = 8;

/// From this many characters on a passphrase is called long enough.
const LONG: usize = 12;

/// What keeps an encrypted draft locked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("This draft is encrypted: {}", path.display())]
    Locked { path: PathBuf },
    #[error("This passphrase does not open {}", path.display())]
    WrongPassphrase { path: PathBuf },
    #[error("The encrypted part of this draft is incomplete: {}", path.display())]
    Truncated { path: PathBuf, before: Option<PathBuf> },
    #[error(
        "The encrypted part of this draft was changed after it was saved: {}",
        path.display()
    )]
    Changed { path: PathBuf, before: Option<PathBuf> },
    #[error(
        "This draft asks for an unreasonable amount of work to open: {}",
        path.display()
    )]
    TooMuchWork { path: PathBuf },
    #[error("There is not enough free memory to open or encrypt a draft")]
    NoMemory,
    #[error("The draft could not be encrypted")]
    Unsealed { source: Box<EncryptError> },
}

impl Error {
    /// What to do about it, as an instruction.
    pub fn hint(&self) -> String {
        match self {
            Self::Locked { .. } => {
                "Enter its passphrase in the window or at the terminal; in a script, \
                    use --passphrase-file"
                    .into()
            }
            Self::WrongPassphrase { .. } => {
                "Type it again; capitals and spaces count".into()
            }
            Self::Truncated { before, .. } | Self::Changed { before, .. } => {
                previous_copy_hint(before.as_deref())
            }
            Self::NoMemory => {
                "Close some programs, then try again; a passphrase needs 256 MB".into()
            }
            Self::TooMuchWork { .. } => {
                "Do not open it, and ask whoever sent it; Rationale does not write such \
                    files"
                    .into()
            }
            Self::Unsealed { .. } => {
                "Try again; if that does not help, save under another name without a \
                    passphrase"
                    .into()
            }
        }
    }
}

/// A passphrase. It is overwritten in memory when it is dropped, and never shown.
#[derive(Clone)]
pub struct Passphrase(SecretString);

impl Passphrase {
    pub fn new(words: &str) -> Self {
        Self(SecretString::from(words))
    }

    /// How hard it is to guess, as far as its length says.
    pub fn strength(&self) -> Strength {
        Strength::of(self.0.expose_secret())
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Passphrase")
    }
}

impl PartialEq for Passphrase {
    fn eq(&self, other: &Self) -> bool {
        self.0.expose_secret() == other.0.expose_secret()
    }
}

/// How hard a passphrase is to guess.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Not taken.
    TooShort,
    Weak,
    Long,
}

impl Strength {
    /// Of these words. Repeating one character makes nothing longer.
    pub fn of(words: &str) -> Self {
        let different = words.chars().collect::<std::collections::BTreeSet<_>>().len();
        match words.chars().count() {
            length if length < SHORTEST => Self::TooShort,
            length if length < LONG || different < SHORTEST => Self::Weak,
            _ => Self::Long,
        }
    }

    /// What it means for the person.
    pub fn words(self) -> &'static str {
        match self {
            Self::TooShort => {
                "Too short: use at least 8 characters; 12 or more are better"
            }
            Self::Weak => {
                "Weak: a program could guess this in days. Use 12 or more characters, \
                    such as four words"
            }
            Self::Long => "Long enough, unless it is a common phrase or used elsewhere",
        }
    }
}

/// What an open draft is encrypted with: its identity, and the identity's sealed form
/// that every file of the draft begins with. The identity is overwritten in memory when
/// the last copy of the seal is dropped.
#[derive(Clone)]
pub struct Seal(Arc<Parts>);

struct Parts {
    identity: x25519::Identity,
    /// The identity, sealed with the passphrase.
    key: String,
}

impl fmt::Debug for Seal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Seal")
    }
}

/// Two seals are the same if what one writes the other opens.
impl PartialEq for Seal {
    fn eq(&self, other: &Self) -> bool {
        self.0.key == other.0.key
    }
}

impl Seal {
    /// An identity of its own for a draft, sealed with a passphrase. This is the slow
    /// part.
    pub fn new(passphrase: &Passphrase) -> Result<Self, Error> {
        Self::with_work(passphrase, WORK)
    }

    /// The same with another work factor, which tests keep small.
    pub fn with_work(passphrase: &Passphrase, work: u8) -> Result<Self, Error> {
        reserve(work)?;
        let identity = x25519::Identity::generate();
        let mut recipient = scrypt::Recipient::new(passphrase.0.clone());
        recipient.set_work_factor(work);
        // An identity file, as the age tool reads one.
        let words = Zeroizing::new(format!("{}\n", identity.to_string().expose_secret()));
        let key = armored(&recipient, words.as_bytes())?;
        Ok(Self(Arc::new(Parts { identity, key })))
    }

    /// The text of a file that holds these bytes; `origin` is what a recovery copy says in
    /// plain words of where it comes from.
    pub(super) fn close(
        &self,
        plain: &[u8],
        origin: Option<&str>,
    ) -> Result<String, Error> {
        let letter = armored(&self.0.identity.to_public(), plain)?;
        let recovery = match origin {
            Some(origin) => format!("    recovery: Some({origin}),\n"),
            None => String::new(),
        };
        let key = &self.0.key;
        let sum = sum_of(key);
        Ok(format!(
            "(\n    format: 1,\n{recovery}    sealed: (\n        \
                sum: \"{sum}\",\n        key: \"\n{key}\",\n        \
             letter: \"\n{letter}\",\n    ),\n)\n"
        ))
    }

    /// Whether this file's bytes open with this seal.
    pub fn is_of(&self, bytes: &[u8]) -> bool {
        // Each of them holds its key as it is. One whose line ends were changed
        // counts as another's.
        std::str::from_utf8(bytes).is_ok_and(|text| text.contains(self.0.key.as_str()))
    }
}

/// What opens an encrypted draft.
#[derive(Clone, Copy, Debug)]
pub enum Key<'a> {
    Passphrase(&'a Passphrase),
    /// The seal of the same draft, which is open.
    Seal(&'a Seal),
}

/// An encrypted draft's file.
#[derive(Deserialize)]
pub(super) struct SealedFile {
    #[serde(default)]
    pub(super) recovery: Option<Origin>,
    sealed: SealedParts,
}

/// Its two parts, each an armored age file.
#[derive(Deserialize)]
struct SealedParts {
    /// Of `key`, so that damage to it is not taken for a wrong passphrase; age alone
    /// cannot tell the two apart.
    #[serde(default)]
    sum: String,
    key: String,
    letter: String,
}

impl SealedFile {
    /// The plain draft's bytes, and the seal that the draft goes on with.
    pub(super) fn open(
        self,
        key: Option<Key<'_>>,
        path: &Path,
    ) -> Result<(Zeroizing<Vec<u8>>, Seal), Error> {
        let (sealed_key, letter) =
            (part(&self.sealed.key, path)?, part(&self.sealed.letter, path)?);
        let seal = match key {
            Some(Key::Seal(seal)) if seal.0.key == sealed_key => seal.clone(),
            Some(Key::Seal(_)) | None => return Err(Error::Locked { path: path.into() }),
            Some(Key::Passphrase(_)) if sum_of(&sealed_key) != self.sealed.sum => {
                return Err(changed(path));
            }
            Some(Key::Passphrase(passphrase)) => unseal(sealed_key, passphrase, path)?,
        };
        let plain = age::decrypt(&seal.0.identity, letter.as_bytes())
            .map_err(|_| changed(path))?;
        Ok((Zeroizing::new(plain), seal))
    }
}

/// The identity that a passphrase keeps. This is the slow part.
fn unseal(key: String, passphrase: &Passphrase, path: &Path) -> Result<Seal, Error> {
    reserve(work_of(&key).unwrap_or(WORK).min(MOST_WORK))?;
    let mut opener = scrypt::Identity::new(passphrase.0.clone());
    opener.set_max_work_factor(MOST_WORK);
    let words = match age::decrypt(&opener, key.as_bytes()) {
        Ok(words) => Zeroizing::new(words),
        Err(DecryptError::ExcessiveWork { .. }) => {
            return Err(Error::TooMuchWork { path: path.into() });
        }
        Err(DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed) => {
            return Err(Error::WrongPassphrase { path: path.into() });
        }
        Err(_) => return Err(changed(path)),
    };
    let words = std::str::from_utf8(&words).map_err(|_| changed(path))?;
    let identity = words.trim().parse().map_err(|_| changed(path))?;
    Ok(Seal(Arc::new(Parts { identity, key })))
}

/// Asks for the memory that a passphrase takes, and some room: the library ends the
/// program where there is none.
fn reserve(work: u8) -> Result<(), Error> {
    const ROOM: usize = 160 * 1024 * 1024;
    let mut memory: Vec<u8> = Vec::new();
    memory
        .try_reserve_exact((1024 << work) + ROOM)
        .map_err(|_| Error::NoMemory)?;
    // What is never used could be left out.
    std::hint::black_box(&memory);
    Ok(())
}

/// The work that a sealed key asks for, as its first lines say it:
/// `-> scrypt SALT WORK`.
fn work_of(key: &str) -> Option<u8> {
    let armor: String = key.lines().skip(1).take(2).collect();
    let bytes = STANDARD.decode(armor).ok()?;
    let head = String::from_utf8_lossy(&bytes);
    let recipient = head.lines().find(|line| line.starts_with("-> scrypt "))?;
    recipient.split(' ').nth(3)?.parse().ok()
}

const END: &str = "-----END AGE ENCRYPTED FILE-----";

/// A part as age wrote it, with one kind of line end.
fn part(found: &str, path: &Path) -> Result<String, Error> {
    let found = found.trim().replace("\r\n", "\n");
    if found.ends_with(END) {
        return Ok(found + "\n");
    }
    Err(Error::Truncated { path: path.into(), before: previous_copy(path) })
}

fn changed(path: &Path) -> Error {
    Error::Changed { path: path.into(), before: previous_copy(path) }
}

fn armored(recipient: &impl age::Recipient, plain: &[u8]) -> Result<String, Error> {
    let part = age::encrypt_and_armor(recipient, plain)
        .map_err(|source| Error::Unsealed { source: Box::new(source) })?;
    // One kind of line end on all systems, as in every draft.
    Ok(part.replace("\r\n", "\n"))
}

/// The first half of the SHA-256, in hexadecimal digits: enough against accidents, which
/// are all that it is for.
fn sum_of(key: &str) -> String {
    Fingerprint::of(key.as_bytes()).digits(16)
}

#[cfg(test)]
mod tests {
    use super::super::{Draft, Expected, open, read, save};
    use super::*;

    /// Enough to be the real thing, and done at once.
    const LITTLE_WORK: u8 = 2;

    fn passphrase() -> Passphrase {
        Passphrase::new("otter lamp gravel tune")
    }

    fn seal() -> Seal {
        Seal::with_work(&passphrase(), LITTLE_WORK).unwrap()
    }

    fn draft() -> Draft {
        let mut draft = Draft::default();
        draft.letter.summary =
            "The claimant slipped on a \"wet\" floor.\n\nAnd more: \u{301} 中".into();
        draft
    }

    fn written(seal: &Seal) -> String {
        seal.close(draft().to_text().unwrap().as_bytes(), None).unwrap()
    }

    fn outcome_of(text: &str, passphrase: &str) -> String {
        let passphrase = Passphrase::new(passphrase);
        let opened =
            read(text.as_bytes(), Path::new("a.ron"), Some(Key::Passphrase(&passphrase)));
        opened.map_or_else(|error| error.to_string(), |_| "opened".into())
    }

    #[test]
    fn the_work_of_a_key_is_seen_before_it_is_done() {
        assert_eq!(work_of(&seal().0.key), Some(LITTLE_WORK));
        assert_eq!(work_of("-----BEGIN AGE ENCRYPTED FILE-----\nA\n"), None);
    }

    #[test]
    fn what_is_sealed_is_opened_by_its_passphrase_and_by_its_seal() {
        let seal = seal();
        let text = written(&seal);
        assert!(
            !text.contains("claimant")
                && text.starts_with("(\n    format: 1,\n    sealed: (\n"),
            "{text}"
        );
        for key in [Key::Passphrase(&passphrase()), Key::Seal(&seal)] {
            let opened = read(text.as_bytes(), Path::new("a.ron"), Some(key)).unwrap();
            assert_eq!(
                (opened.draft, opened.seal, opened.read_only),
                (draft(), Some(seal.clone()), None)
            );
        }
    }

    #[test]
    fn each_draft_has_an_identity_of_its_own() {
        let text = written(&seal());
        let other = seal();
        let error = read(text.as_bytes(), Path::new("a.ron"), Some(Key::Seal(&other)))
            .unwrap_err();
        assert_eq!(error.to_string(), "This draft is encrypted: a.ron");
        assert!(!other.is_of(text.as_bytes()));
    }

    #[test]
    fn without_a_passphrase_it_says_that_it_is_encrypted() {
        let error =
            read(written(&seal()).as_bytes(), Path::new("a.ron"), None).unwrap_err();
        assert_eq!(error.to_string(), "This draft is encrypted: a.ron");
    }

    /// The text with one character of a part changed: the character at `place` of its
    /// line `line`, counted from the mark that the part begins with.
    fn altered(text: &str, part: &str, line: usize, place: usize) -> String {
        let begin = text.find(part).unwrap();
        let line_at = text[begin..].match_indices('\n').nth(line).unwrap().0 + begin + 1;
        let mut bytes = text.as_bytes().to_vec();
        let byte = &mut bytes[line_at + place];
        *byte = if *byte == b'A' { b'B' } else { b'A' };
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn each_way_in_which_it_stays_locked_has_its_message() {
        let text = written(&seal());
        let right = "otter lamp gravel tune";
        let cut_in_letter =
            format!("{}\",),)\n", &text[..text.rfind("-----END").unwrap() - 5]);
        let broken_off = text[..text.find("letter: ").unwrap()].trim_end();
        let line = format!(
            "This draft ends unexpectedly at line {}: a.ron",
            broken_off.lines().count()
        );
        let changed =
            "The encrypted part of this draft was changed after it was saved: a.ron";
        for (text, passphrase, expected) in [
            (text.clone(), right, "opened"),
            (text.replace('\n', "\r\n"), right, "opened"),
            (
                text.clone(),
                "Otter lamp gravel tune",
                "This passphrase does not open a.ron",
            ),
            (text.clone(), "", "This passphrase does not open a.ron"),
            (broken_off.into(), right, line.as_str()),
            (
                cut_in_letter,
                right,
                "The encrypted part of this draft is incomplete: a.ron",
            ),
            (altered(&text, "key: ", 2, 20), right, changed),
            (altered(&text, "key: ", 4, 5), right, changed),
            (altered(&text, "letter: ", 2, 20), right, changed),
            (altered(&text, "letter: ", 4, 30), right, changed),
            (altered(&text, "letter: ", 9, 30), right, changed),
        ] {
            assert_eq!(outcome_of(&text, passphrase), expected, "{text}");
        }
    }

    /// A file whose key asks for this much work, however little it was sealed with.
    fn asking_for(work: u8) -> String {
        let scrypt = |work: u8| {
            use base64::prelude::{BASE64_STANDARD as BASE64, Engine};
            let seal = seal();
            let key: String =
                seal.0.key.lines().filter(|line| !line.starts_with('-')).collect();
            let mut header = BASE64.decode(key).unwrap();
            let at = header.windows(3).position(|bytes| bytes == b" 2\n").unwrap();
            header.splice(at + 1..=at + 1, work.to_string().into_bytes());
            let lines: Vec<String> = BASE64
                .encode(header)
                .as_bytes()
                .chunks(64)
                .map(|line| String::from_utf8_lossy(line).into())
                .collect();
            (
                seal.0.key.clone(),
                format!(
                    "-----BEGIN AGE ENCRYPTED FILE-----\n{}\n{END}\n",
                    lines.join("\n")
                ),
            )
        };
        let (old, new) = scrypt(work);
        let seal = Seal(Arc::new(Parts {
            identity: x25519::Identity::generate(),
            key: old.clone(),
        }));
        written(&seal)
            .replace(&old, &new)
            .replace(&sum_of(&old), &sum_of(&new))
    }

    #[test]
    fn a_file_that_asks_for_endless_work_is_refused_at_once() {
        for work in [21, 30, 63] {
            let outcome_of = outcome_of(&asking_for(work), "otter lamp gravel tune");
            assert_eq!(
                outcome_of,
                "This draft asks for an unreasonable amount of work to open: a.ron"
            );
        }
        // What is asked for and can be done is done; that it was sealed with other work
        // makes it another passphrase.
        assert_eq!(
            outcome_of(&asking_for(3), "otter lamp gravel tune"),
            "This passphrase does not open a.ron"
        );
    }

    #[test]
    fn the_first_sealed_save_leaves_no_plain_copy_behind() {
        let folder = tempfile::tempdir().unwrap();
        let (path, before) = (folder.path().join("a.ron"), folder.path().join("a.ron~"));
        save(&path, &Draft::default(), None, Expected::Nothing).unwrap();
        let plain = save(&path, &draft(), None, Expected::Anything).unwrap();
        assert!(before.exists());
        let seal = seal();
        let first =
            save(&path, &draft(), Some(&seal), Expected::Unchanged(plain.fingerprint))
                .unwrap();
        assert!(!before.exists());
        save(
            &path,
            &Draft::default(),
            Some(&seal),
            Expected::Unchanged(first.fingerprint),
        )
        .unwrap();
        let opened = open(&before, Some(Key::Seal(&seal))).unwrap();
        assert_eq!(opened.draft, draft());
    }

    #[test]
    fn a_copy_from_before_that_cannot_be_removed_stops_the_first_sealed_save() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.ron");
        save(&path, &draft(), None, Expected::Nothing).unwrap();
        std::fs::create_dir(folder.path().join("a.ron~")).unwrap();
        let error = save(&path, &draft(), Some(&seal()), Expected::Anything).unwrap_err();
        assert!(matches!(error, super::super::Error::PlainCopyRemains { .. }), "{error}");
        assert_eq!(open(&path, None).unwrap().draft, draft());
    }

    #[test]
    fn a_save_that_is_refused_removes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let (path, before) = (folder.path().join("a.ron"), folder.path().join("a.ron~"));
        save(&path, &draft(), None, Expected::Nothing).unwrap();
        save(&path, &Draft::default(), None, Expected::Anything).unwrap();
        save(&path, &draft(), Some(&seal()), Expected::Nothing).unwrap_err();
        assert!(before.exists());
    }

    #[test]
    fn a_passphrase_is_weighed_in_words() {
        for (words, expected) in [
            ("", Strength::TooShort),
            ("seven77", Strength::TooShort),
            ("eight888", Strength::Weak),
            ("aaaaaaaaaaaaaaaa", Strength::Weak),
            ("otter lamp gravel tune", Strength::Long),
        ] {
            assert_eq!(Strength::of(words), expected, "{words}");
        }
    }

    #[test]
    fn nothing_secret_is_shown() {
        assert_eq!(format!("{:?} {:?}", passphrase(), seal()), "Passphrase Seal");
    }
}
