//! The program as the system sees it: what it asks of the network, what it leaves on the
//! disk and says to a terminal, and what becomes of a letter when the program goes wrong.
//! Needs Linux, Xvfb, xdotool and strace.
#![cfg(all(target_os = "linux", feature = "gui"))]

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use rationale::store::{self, DataFolder, recovery};
use tempfile::TempDir;

/// Words that stand in the letter and nowhere else in the program.
const PLANTED: &str = "Quillfeather";
const TYPED: &str = "CM13-0012345z";

/// A person at a real window: what they do is a script for a shell, in which `$PROGRAM`
/// is run and `key` presses keys.
struct Visit {
    folder: TempDir,
    said: Output,
}

impl Visit {
    fn new(before: &str, keys: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let draft = include_str!("../quiet-letter.ron").replacen(
            "summary: \"",
            &format!("summary: \"{PLANTED} "),
            1,
        );
        std::fs::write(folder.path().join("letter.ron"), draft).unwrap();
        let script = format!(
            "set -e; key() {{ xdotool key --delay 60 \"$@\"; sleep 0.7; }}\n\
             has_title() {{ xdotool search --name \"$1\" >/dev/null 2>&1; }}\n\
             {before} \"$PROGRAM\" letter.ron 2>said & program=$!\n\
             for i in $(seq 300); do has_title CM13-0012345 && break; sleep 0.2; done\n\
             xdotool search --name CM13-0012345 windowfocus; sleep 3\n{keys}\n\
             (sleep 120; kill -9 $program) >/dev/null 2>&1 & wait $program || exit $?"
        );
        let said = run(&script, folder.path())?;
        Some(Self { folder, said })
    }

    fn read(&self, name: &str) -> String {
        std::fs::read(self.folder.path().join(name))
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .unwrap_or_default()
    }

    #[track_caller]
    fn ends_with(&self, code: i32) {
        let err = String::from_utf8_lossy(&self.said.stderr);
        assert_eq!(self.said.status.code(), Some(code), "{err}\n{}", self.read("said"));
    }

    /// Files of the data folder and the folder above it, by name, that hold a word.
    fn files_with(&self, word: &str) -> Vec<String> {
        let mut files = Vec::new();
        collect(self.folder.path(), &mut files);
        let holds = |path: &PathBuf| {
            let bytes = std::fs::read(path).unwrap_or_default();
            bytes.windows(word.len()).any(|piece| piece == word.as_bytes())
        };
        let mut found: Vec<String> = files
            .into_iter()
            .filter(holds)
            .filter_map(|path| Some(path.file_name()?.to_str()?.to_owned()))
            .collect();
        found.sort();
        found
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path().is_dir() {
            collect(&entry.path(), files);
        } else {
            files.push(entry.path());
        }
    }
}

/// Runs a script on a display of its own; `None`, with a word about it, where something
/// is missing.
#[expect(clippy::print_stderr, reason = "a test that was not run must say so")]
fn run(script: &str, folder: &Path) -> Option<Output> {
    for program in ["xvfb-run", "xdotool", "strace"] {
        let is_there = Command::new(program)
            .arg("--help")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok();
        if !is_there {
            assert!(
                std::env::var("RATIONALE_NO_SKIP").is_err(),
                "{program} could not be run"
            );
            eprintln!("skipped: {program} could not be run");
            return None;
        }
    }
    let mut command = Command::new("xvfb-run");
    command
        .args(["-a", "-s", "-screen 0 1280x800x24", "bash", "-c", script])
        .current_dir(folder);
    command
        .env("PROGRAM", env!("CARGO_BIN_EXE_rationale"))
        .env("RATIONALE_DATA", folder.join("data"));
    // Whatever logs exist say all they can; no settings or services of the machine's own
    // are looked at.
    command
        .env("RUST_LOG", "trace")
        .env("RUST_BACKTRACE", "1")
        .env("LIBGL_ALWAYS_SOFTWARE", "1")
        .env("HOME", folder);
    command
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .env_remove("WAYLAND_DISPLAY");
    Some(command.output().unwrap())
}

/// Writes a letter behind the case number, found by its name, until the window's title
/// has it: a key that comes while something else is drawn is lost, on a machine that is
/// busy.
const TYPE: &str = "for i in $(seq 10); do key ctrl+k; sleep 1; xdotool type --delay 60 \
    'Case number'; sleep 1; \
                    key Return; sleep 1; key End z; sleep 1; has_title CM13-0012345z && \
                    break; key Escape; done";

/// The title of a letter that is saved begins with its number.
const SAVE: &str = "for i in $(seq 10); do key ctrl+s; sleep 1; has_title \
    '^CM13-0012345z' && break; done";

const QUIT: &str = "for i in $(seq 20); do kill -0 $program 2>/dev/null || break; key \
    Escape ctrl+s; key ctrl+q; sleep 2; done";

#[test]
fn the_window_asks_nothing_of_the_network_and_logs_nothing_of_the_letter() {
    let keys = format!(
        "{TYPE}; {SAVE}; key ctrl+shift+c; key ctrl+comma; key Escape; key F1; key Escape; {QUIT}"
    );
    let Some(visit) = Visit::new("strace -f -qq -e trace=%network -o trace", &keys)
    else {
        return;
    };
    visit.ends_with(0);
    let trace = visit.read("trace");
    assert!(trace.contains("socket(AF_UNIX"), "the trace is of the window: {trace}");
    let internet: Vec<&str> =
        trace.lines().filter(|line| line.contains("AF_INET")).collect();
    assert!(internet.is_empty(), "{internet:#?}");
    let files = visit.files_with(PLANTED);
    assert!(visit.read("letter.ron").contains(TYPED));
    assert!(
        files
            .iter()
            .all(|name| name.starts_with("letter.ron") || name.starts_with("recovery-")),
        "{files:?}"
    );
    assert!(!visit.read("said").contains("claimant"), "{}", visit.read("said"));
}

#[cfg(debug_assertions)]
#[test]
fn a_mistake_in_a_frame_writes_the_copy_first_and_says_nothing_of_the_letter() {
    let Some(visit) = Visit::new("", &format!("{TYPE}; key alt+shift+F12")) else {
        return;
    };
    visit.ends_with(3);
    let said = visit.read("said");
    let place = "Something went wrong at src/app/desk/crashes.rs:";
    assert!(
        said.contains(place) && said.contains("it offers to restore your unsaved work"),
        "{said}"
    );
    assert!(!said.contains(PLANTED), "{said}");
    let (copies, wrong) =
        recovery::list(&DataFolder::at(visit.folder.path().join("data")));
    assert!(wrong.is_empty());
    let [copy] = &copies[..] else { panic!("there is one copy: {said}") };
    assert!(copy.draft.to_text().unwrap().contains(TYPED));
    let original = store::open(&visit.folder.path().join("letter.ron"), None).unwrap();
    assert!(
        original.draft.letter.summary.contains(PLANTED)
            && !original.draft.to_text().unwrap().contains(TYPED)
    );
}
