//! What packages hold that is made of the arguments: pages of the manual and completions
//! for shells. It is kept in `packaging/generated`, so that making a package needs
//! nothing but the program.

#![expect(clippy::disallowed_methods, reason = "a test that keeps files up to date")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use clap::CommandFactory;
use clap_complete::Shell;

use super::arguments::Arguments;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/packaging/generated");

#[test]
fn the_manual_and_the_completions_are_of_today() {
    let folder = tempfile::tempdir().unwrap();
    clap_mangen::generate_to(Arguments::command(), folder.path()).unwrap();
    for shell in [Shell::Bash, Shell::Zsh, Shell::Fish, Shell::PowerShell] {
        let mut command = Arguments::command();
        clap_complete::generate_to(shell, &mut command, "rationale", folder.path())
            .unwrap();
    }
    let expected = files(folder.path());
    assert!(expected.contains_key("rationale.1") && expected.len() > 10);
    if std::env::var_os("INSTA_UPDATE").is_some_and(|update| update == "always") {
        fs::create_dir_all(FOLDER).unwrap();
        for name in files(Path::new(FOLDER)).into_keys() {
            fs::remove_file(Path::new(FOLDER).join(name)).unwrap();
        }
        for (name, text) in &expected {
            fs::write(Path::new(FOLDER).join(name), text).unwrap();
        }
    }
    assert!(
        files(Path::new(FOLDER)) == expected,
        "accept what is new with INSTA_UPDATE=always cargo test"
    );
}

/// The files of a folder by name, as lines without spaces at their ends.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().into_string().unwrap();
        let text = fs::read_to_string(entry.path()).unwrap();
        let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
        files.insert(name, lines.join("\n") + "\n");
    }
    files
}
