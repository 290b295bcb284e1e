//! The age tool, which opens encrypted drafts without us.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::cli::SAMPLE;
use crate::programs;
use crate::sealed::{PASSPHRASE, SEALED};
use rationale::store;

/// The commands that SECURITY.md shows, as they stand there.
fn shown_commands() -> String {
    let page =
        fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/SECURITY.md")).unwrap();
    let section = page.split("## Encrypted drafts").nth(1).expect("the section");
    let block = section.split("```sh\n").nth(1).expect("a block of commands");
    block.split("```").next().unwrap().to_owned()
}

#[test]
fn the_age_tool_opens_a_draft_as_the_documentation_shows() {
    if programs::run("age", &["--version"], b"").is_none() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("draft.ron"), SEALED).unwrap();
    fs::write(folder.path().join("open.sh"), format!("set -e\n{}", shown_commands()))
        .unwrap();
    // age asks at the terminal alone, so it is given one.
    let mut terminal = Command::new("script")
        .args(["--quiet", "--return", "--command", "sh open.sh", "/dev/null"])
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    writeln!(terminal.stdin.as_mut().unwrap(), "{PASSPHRASE}").unwrap();
    let output = terminal.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    let opened = store::open(&folder.path().join("plain.ron"), None).unwrap();
    assert_eq!(
        opened.draft,
        store::read(SAMPLE.as_bytes(), Path::new("a.ron"), None)
            .unwrap()
            .draft
    );
}
