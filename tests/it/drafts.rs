//! Files that are no drafts, or not whole, give their message and stay as they are.

use crate::cli::{SAMPLE, Trial};
use rationale::store;

/// Checks a file of these bytes: this is told, nothing is listed, and the file stays.
#[track_caller]
fn check(content: impl AsRef<[u8]>, code: i32, told: &str) {
    let content = content.as_ref();
    Trial::of("check a.ron")
        .with("a.ron", content)
        .prints("No draft was checked\n")
        .tells(told)
        .exits(code)
        .leaves("a.ron", content);
}

const FROM_BACKUP: &str = "    Restore the file from a backup; it was not changed\n";

#[test]
fn what_is_no_draft_is_called_so() {
    let told = "This file is not a draft: a.ron\n    Open a file that Rationale saved; \
        its name ends in .rationale\n";
    for content in [
        "photo",
        "%PDF-1.7\n",
        "[1, 2]",
        "(theme: Dark)",
        "{\"format\": 1}",
        "(format: 0, letter: ())",
        "()",
    ] {
        check(content, 3, told);
    }
    check([0x89, b'P', b'N', b'G', 0xFF], 3, told);
    check("(format: 1, template: ())", 3, told);
}

#[test]
fn an_empty_file_is_told() {
    check("", 3, &format!("This file is empty: a.ron\n{FROM_BACKUP}"));
    check("\n\n", 3, &format!("This file is empty: a.ron\n{FROM_BACKUP}"));
}

#[test]
fn a_draft_that_breaks_off_is_told_with_its_line() {
    let cut = &SAMPLE[..SAMPLE.find("documents:").unwrap()];
    let line = cut.lines().count();
    let told = format!(
        "This draft ends unexpectedly at line {}: a.ron\n{FROM_BACKUP}",
        cut.trim_end().lines().count()
    );
    assert!(line > 10);
    check(cut, 3, &told);
    let within_a_word = &SAMPLE[..SAMPLE.find("slipped").unwrap() + 3];
    let told = format!(
        "This draft ends unexpectedly at line {}: a.ron\n{FROM_BACKUP}",
        within_a_word.lines().count()
    );
    check(within_a_word, 3, &told);
}

/// What is advised where somebody may have edited the file.
fn by_hand(wanted: &str) -> String {
    format!("{}. If it was edited by hand, fix this: {wanted}\n", FROM_BACKUP.trim_end())
}

#[test]
fn a_damaged_draft_is_told_with_its_place() {
    check(
        "(\n    format: 1,\n    letter: (summary: 7),\n)\n",
        3,
        &format!(
            "This draft is damaged at line 3, column 22: a.ron\n{}",
            by_hand("Expected string")
        ),
    );
    check(
        "(format: 1, letter: (priority Standard))",
        3,
        &format!(
            "This draft is damaged at line 1, column 31: a.ron\n{}",
            by_hand("Expected comma")
        ),
    );
}

#[test]
fn what_is_not_text_is_told_with_its_place() {
    let mut zeros = SAMPLE.as_bytes()[..40].to_vec();
    zeros.resize(4096, 0);
    let told = |line, column| {
        format!(
            "This file is not text from line {line}, column {column}: a.ron\n{FROM_BACKUP}"
        )
    };
    check(zeros, 3, &told(3, 24));
    check([0; 512], 3, &told(1, 1));
    check(b"(format: 1, letter: (summary: \"caf\xE9\"))", 3, &told(1, 35));
}

#[test]
fn the_copy_from_before_is_offered() {
    Trial::of("check a.ron")
        .with("a.ron", "(format: 1, letter: (")
        .with("a.ron~", SAMPLE)
        .prints("No draft was checked\n")
        .tells(
            "This draft ends unexpectedly at line 1: a.ron\n    Open the copy from \
                before the last save: a.ron~\n",
        )
        .exits(3);
}

#[test]
fn a_newer_draft_is_read_as_far_as_it_can_be() {
    let hint = "    Open it with the version of Rationale that saved it, or save a \
        copy that may lose those parts\n";
    let newer = SAMPLE.replace("format: 1", "format: 2");
    Trial::of("check a.ron")
        .with("a.ron", &newer)
        .prints("No problems in 1 draft\n")
        .tells(&format!(
            "a.ron: This draft was saved by a newer version of Rationale (format 2), \
                so it is read-only\n{hint}"
        ))
        .exits(0)
        .leaves("a.ron", newer);
    check(
        "(format: 2, sealed: \"x\")",
        3,
        "This draft was saved by a newer version of Rationale (format 2): a.ron\n    \
            Open it with the version of Rationale that saved it, or a newer one\n",
    );
    let unknown =
        SAMPLE.replace("parties: (", "mood: \"good\",\n        parties: (colour: 3, ");
    Trial::of("check a.ron")
        .with("a.ron", unknown)
        .prints("No problems in 1 draft\n")
        .tells(&format!(
            "a.ron: This version of Rationale does not understand parts of this draft \
                (letter.mood, letter.parties.colour), so it is read-only\n{hint}"
        ))
        .exits(0);
}

#[test]
fn a_draft_that_is_understood_in_part_gives_no_letter() {
    let hint = "    Open it with the version of Rationale that saved it, or save a \
        copy that may lose those parts\n";
    for arguments in ["compose a.ron -o a.pdf", "compose a.ron -o a.pdf --unfinished"] {
        Trial::of(arguments)
            .with("a.ron", SAMPLE.replace("parties: (", "mood: \"good\", parties: ("))
            .tells(&format!(
                "a.ron: This version of Rationale does not understand parts of this \
                    draft (letter.mood), so it is read-only\n{hint}a.ron: Not \
                    composed, because this version of Rationale does not understand \
                    all of the draft\n"
            ))
            .exits(1);
    }
}

#[test]
fn what_is_no_file_is_told() {
    let nothing = "No draft was checked\n";
    Trial::of("check a.ron")
        .prints(nothing)
        .tells("There is no file a.ron\n    Check the name and the folder\n")
        .exits(3);
    Trial::of("compose cases")
        .with_folder("cases")
        .tells(
            "This folder has no drafts: cases\n    Name a folder with .rationale files\n",
        )
        .exits(3);
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    let trial = Trial::of("check a.ron").with("a.ron", "(format: 1");
    let file = std::fs::OpenOptions::new()
        .append(true)
        .open(trial.path("a.ron"))
        .unwrap();
    file.set_len(65 * 1024 * 1024).unwrap();
    trial
        .prints("No draft was checked\n")
        .tells(
            "This file is too large: a.ron\n    A file can be up to 64 MB; check that \
                this is the right file\n",
        )
        .exits(3);
}

#[cfg(unix)]
#[test]
fn a_write_protected_draft_is_open_for_reading_only() {
    use std::os::unix::fs::PermissionsExt;
    let trial = Trial::of("").with("a.ron", SAMPLE);
    std::fs::set_permissions(trial.path("a.ron"), std::fs::Permissions::from_mode(0o400))
        .unwrap();
    assert_eq!(
        store::open(&trial.path("a.ron"), None).unwrap().read_only,
        Some(store::ReadOnly::Protected)
    );
}

/// Whatever is added to letters later, what a draft of the first format has is read from
/// it, but for the ids of the works cited, which nothing needs.
#[test]
fn a_draft_of_the_first_format_is_read_for_ever() {
    let final_since = store::ReadOnly::Finished(jiff::civil::date(2013, 11, 6));
    for (first, read_only) in [
        (include_str!("../drafts/v1.ron"), None),
        (include_str!("../drafts/v1-final.ron"), Some(final_since)),
    ] {
        let opened =
            store::read(first.as_bytes(), std::path::Path::new("v1.ron"), None).unwrap();
        assert_eq!(opened.read_only, read_only);
        let written = opened.draft.to_text().unwrap();
        let next = first.lines().skip(1).chain([""]);
        let lost: Vec<_> = first
            .lines()
            .zip(next)
            .filter(|(line, next)| {
                !(line.contains(" id: ") && next.contains(" source: "))
            })
            .map(|(line, _)| line)
            .filter(|line| !line.contains("format: 1") && !written.contains(line))
            .collect();
        assert!(lost.is_empty(), "{lost:#?}");
    }
}
