//! Encrypted drafts from outside: the command line, and a file that must open for ever.

use std::fs;
use std::path::Path;

use crate::cli::{SAMPLE, Trial};
use rationale::store::{self, Key, Passphrase};

/// The sample letter, encrypted by the first version that could, with less work than
/// usual.
pub(crate) const SEALED: &str = include_str!("../drafts/sealed-v1.ron");

pub(crate) const PASSPHRASE: &str = "otter lamp gravel tune";

fn with_passphrase(arguments: &str, words: &str) -> Trial {
    Trial::of(&format!("{arguments} --passphrase-file words"))
        .with("words", format!("{words}\nnothing of this\n"))
}

#[test]
fn an_encrypted_draft_of_the_first_format_is_read_for_ever() {
    let passphrase = Passphrase::new(PASSPHRASE);
    let name = Path::new("sealed-v1.ron");
    let opened =
        store::read(SEALED.as_bytes(), name, Some(Key::Passphrase(&passphrase))).unwrap();
    let plain = store::read(SAMPLE.as_bytes(), name, None).unwrap();
    assert_eq!((opened.draft, opened.read_only), (plain.draft, None));
}

#[test]
fn without_its_passphrase_a_draft_is_told_to_be_encrypted() {
    let hint = "    Enter its passphrase in the window or at the terminal; in a \
        script, use --passphrase-file\n";
    Trial::of("check a.ron")
        .with("a.ron", SEALED)
        .prints("No draft was checked\n")
        .tells(&format!("This draft is encrypted: a.ron\n{hint}"))
        .exits(3);
    Trial::of("check cases")
        .with("cases/a.ron", SEALED)
        .with("cases/b.ron", SAMPLE)
        .prints("No problems in 1 draft, 1 not checked\n")
        .tells(&format!("This draft is encrypted: cases/a.ron\n{hint}"))
        .exits(3);
}

#[test]
fn with_its_passphrase_it_is_a_draft_like_any_other() {
    let no_problems = "No problems in 2 drafts\n";
    with_passphrase("check cases", PASSPHRASE)
        .with("cases/a.ron", SEALED)
        .with("cases/b.ron", SAMPLE)
        .prints(no_problems)
        .exits(0);
    with_passphrase("check -", PASSPHRASE)
        .reading(SEALED)
        .prints("No problems in 1 draft\n")
        .exits(0);
    let composed = with_passphrase("compose a.ron", PASSPHRASE)
        .with("a.ron", SEALED)
        .tells("Written: a.pdf\n")
        .exits(0);
    let pdf = fs::read(composed.path("a.pdf")).unwrap();
    with_passphrase("verify a.pdf a.ron", PASSPHRASE)
        .with("a.pdf", pdf)
        .with("a.ron", SEALED)
        .prints("a.pdf matches the served copy of a.ron exactly\n")
        .exits(0);
}

#[test]
fn a_wrong_passphrase_and_none_are_told() {
    with_passphrase("check a.ron", "otter lamp gravel song")
        .with("a.ron", SEALED)
        .prints("No draft was checked\n")
        .tells(
            "This passphrase does not open a.ron\n    Type it again; capitals and \
                spaces count\n",
        )
        .exits(3);
    with_passphrase("check a.ron", "")
        .with("a.ron", SEALED)
        .tells(
            "The first line of this file is not a passphrase: words\n    Put the \
                passphrase in its first line\n",
        )
        .exits(2);
    Trial::of("seal a.ron")
        .with("a.ron", SAMPLE)
        .tells(
            "This needs a passphrase, and there is no terminal to ask at\n    Use \
                --passphrase-file with a file whose first line is the passphrase\n",
        )
        .exits(2)
        .leaves("a.ron", SAMPLE);
    with_passphrase("seal a.ron", "short")
        .with("a.ron", SAMPLE)
        .tells(
            "The passphrase is too short\n    Use at least 8 characters; 12 or more \
                are better, such as four words\n",
        )
        .exits(2)
        .leaves("a.ron", SAMPLE);
    with_passphrase("seal a.ron", PASSPHRASE)
        .with("a.ron", SEALED)
        .tells(
            "This draft is already encrypted: a.ron\n    Change its passphrase in the \
                window, or remove the encryption first with rationale unseal\n",
        )
        .exits(2)
        .leaves("a.ron", SEALED);
    with_passphrase("unseal a.ron", PASSPHRASE)
        .with("a.ron", SAMPLE)
        .tells(
            "This draft is not encrypted: a.ron\n    There is nothing to do; rationale \
                seal encrypts a draft\n",
        )
        .exits(2);
}

#[test]
fn sealing_on_the_command_line_leaves_nothing_plain_and_unsealing_brings_all_back() {
    let trial = with_passphrase("seal a.ron", PASSPHRASE)
        .with("a.ron", SAMPLE)
        .with("a.ron~", SAMPLE);
    let copy = |original: &Path| {
        let origin =
            format!("(saved: \"2013-11-05T20:00:00Z\", original: Some({original:?}))");
        SAMPLE.replacen(
            "format: 1,",
            &format!("format: 1,\n    recovery: Some({origin}),"),
            1,
        )
    };
    let (of_this, of_another) = (copy(&trial.path("a.ron")), copy(&trial.path("b.ron")));
    // A copy of the same case whose file is gone would be taken for a draft that was renamed.
    let of_another = of_another.replace("CM13-0012345", "CM13-0054321");
    let sealed = trial
        .with("data/recovery-7.ron", of_this)
        .with("data/recovery-8.ron", &of_another)
        .tells(
            "Encrypted: a.ron\n    Nobody can open it without the passphrase, and a \
                forgotten passphrase cannot be recovered\n",
        )
        .exits(0)
        .leaves_no("a.ron~")
        .leaves("data/recovery-8.ron", of_another);
    let text = fs::read(sealed.path("a.ron")).unwrap();
    let copied = fs::read_to_string(sealed.path("data/recovery-7.ron")).unwrap();
    assert!(
        !String::from_utf8_lossy(&text).contains("Trigger Point")
            && !copied.contains("Trigger Point")
    );
    assert!(copied.contains("sealed: ("), "{copied}");
    let plain = with_passphrase("unseal a.ron", PASSPHRASE)
        .with("a.ron", text)
        .tells("No longer encrypted: a.ron\n")
        .exits(0);
    let (found, expected) = (
        store::open(&plain.path("a.ron"), None).unwrap(),
        store::read(SAMPLE.as_bytes(), Path::new("a"), None),
    );
    assert_eq!(found.draft, expected.unwrap().draft);
}
