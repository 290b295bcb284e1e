//! Faults of the machine are told as such, and never by a signal: memory, file handles,
//! sizes of files, a reader that goes away, somebody who presses Ctrl+C.
#![cfg(target_os = "linux")]

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_rationale");
const QUIET: &str = include_str!("../quiet-letter.ron");

/// A folder with a finished draft, and the program in a shell that sets its limits.
struct Machine(TempDir);

impl Machine {
    fn new() -> Self {
        let machine = Self(tempfile::tempdir().unwrap());
        std::fs::write(machine.path("letter.ron"), QUIET).unwrap();
        std::fs::write(machine.path("words"), "otter lamp gravel tune\n").unwrap();
        machine
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn shell(&self, script: &str) -> Output {
        let mut shell = Command::new("bash");
        shell
            .args(["-c", script])
            .current_dir(self.0.path())
            .env("PROGRAM", PROGRAM)
            .env("RATIONALE_DATA", self.path("data"))
            .env_remove("RUST_BACKTRACE");
        shell.output().unwrap()
    }
}

/// What is in a folder and named as nobody would name a file.
fn hidden(folder: &Path) -> Vec<String> {
    let mut hidden = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if name.starts_with('.') {
            hidden.push(name);
        }
    }
    hidden
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Ends by a number that the program gives, and tells no mistake of its own.
#[track_caller]
fn is_told(output: &Output, what: &str) {
    let said = said(output);
    assert!(matches!(output.status.code(), Some(0 | 1 | 3)), "{what}: {output:?}");
    assert!(!said.contains("went wrong"), "{what}: {said}");
}

#[test]
fn little_memory_ends_in_a_message() {
    let machine = Machine::new();
    let mut told = 0;
    for megabytes in (40..260).step_by(12) {
        let limit = format!("ulimit -v {}; ", megabytes * 1024);
        // Less than the program itself takes is the system's to tell.
        if !machine.shell(&format!("{limit}$PROGRAM --version")).status.success() {
            continue;
        }
        for command in [
            "check letter.ron",
            "compose letter.ron -o letter.pdf",
            "seal letter.ron --passphrase-file words",
        ] {
            let output = machine.shell(&format!("{limit}exec $PROGRAM {command}"));
            is_told(&output, &format!("{megabytes} MB, {command}"));
            told += usize::from(said(&output).contains("not enough free memory"));
        }
    }
    assert!(told > 0, "memory ran out for none of them");
    assert_eq!(std::fs::read_to_string(machine.path("letter.ron")).unwrap(), QUIET);
}

#[test]
fn few_file_handles_end_in_a_message() {
    let machine = Machine::new();
    for handles in 4..14 {
        for command in ["check letter.ron", "compose letter.ron -o letter.pdf"] {
            let script = format!("ulimit -n {handles}; exec $PROGRAM {command}");
            let output = machine.shell(&script);
            // With fewer than the loader needs, the program does not begin.
            if output.status.code() != Some(127) {
                is_told(&output, &format!("{handles} handles, {command}"));
            }
        }
    }
    assert_eq!(hidden(machine.0.path()), [""; 0]);
}

#[test]
fn a_limit_on_the_size_of_files_is_reported_and_leaves_nothing_half() {
    let machine = Machine::new();
    let output =
        machine.shell("ulimit -f 1; exec $PROGRAM compose letter.ron -o letter.pdf");
    assert_eq!(output.status.code(), Some(3));
    assert!(said(&output).contains("The system limits file sizes"), "{}", said(&output));
    assert!(!machine.path("letter.pdf").exists());
    assert_eq!(hidden(machine.0.path()), [""; 0]);
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let machine = Machine::new();
    let piped = machine.shell("$PROGRAM rules | head -c 1; exit ${PIPESTATUS[0]}");
    assert_eq!(piped.status.code(), Some(0), "{}", said(&piped));
    let full = machine.shell("exec $PROGRAM rules >/dev/full");
    assert_eq!(full.status.code(), Some(3));
    assert!(said(&full).contains("Could not write"), "{}", said(&full));
}

#[test]
fn nothing_that_is_open_can_be_dumped() {
    let machine = Machine::new();
    let script = "sleep 60 | $PROGRAM check - & for i in $(seq 100); do \
        p=$(pgrep -n -f \"^$PROGRAM check -\") && break; sleep 0.1; done; sleep 1; \
        grep 'Max core file size' /proc/$p/limits; kill $p; pkill -P $$ sleep";
    let output = machine.shell(script);
    let limits = String::from_utf8_lossy(&output.stdout).into_owned();
    let soft = limits
        .trim_start_matches("Max core file size")
        .split_whitespace()
        .next();
    assert_eq!(soft, Some("0"), "{limits}");
}

/// Waits until something is so, on a machine that may be busy.
fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < Duration::from_mins(1), "{what} did not come");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn entries(folder: &Path) -> usize {
    std::fs::read_dir(folder).map_or(0, Iterator::count)
}

/// A long batch that has begun to write.
fn batch(machine: &Machine) -> Child {
    let drafts = machine.path("drafts");
    std::fs::create_dir_all(&drafts).unwrap();
    let letter = include_str!("../../examples/sample-letter.ron");
    for number in 0..150 {
        std::fs::write(drafts.join(format!("{number}.ron")), letter).unwrap();
    }
    let out = machine.path("out");
    _ = std::fs::remove_dir_all(&out);
    let child = Command::new(PROGRAM)
        .args(["compose", "--unfinished", "--record", "--out-dir"])
        .arg(&out)
        .args((0..150).map(|number| drafts.join(format!("{number}.ron"))))
        .env("RATIONALE_DATA", machine.path("data"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    until("the first letter", || entries(&out) > 2);
    child
}

fn send(signal: &str, child: &Child) {
    let number = child.id().to_string();
    let status = Command::new("kill").args(["-s", signal, &number]).status();
    assert!(status.unwrap().success());
}

#[test]
fn a_batch_that_is_interrupted_leaves_nothing_half() {
    for signal in ["INT", "HUP", "TERM"] {
        let machine = Machine::new();
        let mut child = batch(&machine);
        send(signal, &child);
        let status = child.wait().unwrap();
        assert!(status.code().is_some(), "{signal} ended it");
        for folder in ["out", "drafts"] {
            assert_eq!(hidden(&machine.path(folder)), [""; 0], "{signal}");
        }
        assert!(entries(&machine.path("out")) < 150, "{signal} came too late");
    }
}

#[test]
fn what_a_kill_left_half_written_is_swept_by_the_next_export_and_by_sealing() {
    let machine = Machine::new();
    let mut child = batch(&machine);
    child.kill().unwrap();
    child.wait().unwrap();
    // As a killed process of this machine leaves it; a kill does not hit it each time.
    let mark = left_by_a_dead_process(&machine);
    let left = |folder: &str| machine.path(folder).join(&mark);
    for folder in ["out", "drafts"] {
        std::fs::write(left(folder), "Quillfeather").unwrap();
    }
    let composed =
        machine.shell("$PROGRAM compose --unfinished drafts/0.ron -o out/0.pdf");
    assert_eq!(composed.status.code(), Some(0), "{}", said(&composed));
    assert_eq!(hidden(&machine.path("out")), [""; 0]);
    let sealed = machine.shell("$PROGRAM seal drafts/0.ron --passphrase-file words");
    assert_eq!(sealed.status.code(), Some(0), "{}", said(&sealed));
    // The lock of the draft that the killed process was at goes when that draft is opened.
    let mut left_over = hidden(&machine.path("drafts"));
    left_over.retain(|name| !name.starts_with(".~lock."));
    assert_eq!(left_over, [""; 0]);
}

/// The name of a file that a process wrote which is killed before it renames it.
fn left_by_a_dead_process(machine: &Machine) -> String {
    let folder = machine.path("left");
    std::fs::create_dir(&folder).unwrap();
    let path = folder.join("letter.pdf");
    let mut child = Command::new(PROGRAM)
        .args(["compose", "-o"])
        .arg(&path)
        .arg(machine.path("letter.ron"))
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut seen = None;
    while seen.is_none() && child.try_wait().unwrap().is_none() {
        seen = hidden(&folder).into_iter().next();
    }
    child.wait().unwrap();
    // On a machine of which it was not seen, the name of a process that is gone will do.
    seen.unwrap_or_else(|| panic!("the file that is being written was not seen"))
}

#[test]
fn a_draft_of_another_account_stays_that_accounts() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let machine = Machine::new();
    let draft = machine.path("letter.ron");
    let is_root = std::fs::metadata("/proc/self").is_ok_and(|about| about.uid() == 0);
    let version = Command::new("setpriv").arg("--version").output();
    if !crate::programs::is_here("setpriv", &version) || !is_root {
        return;
    }
    for (path, mode) in [(machine.0.path(), 0o777), (&draft, 0o644)] {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    }
    // The build folder may be closed to others.
    let program = machine.path("rationale");
    std::fs::copy(PROGRAM, &program).unwrap();
    let nobody = "setpriv --reuid=65534 --regid=65534 --clear-groups ./rationale compose \
        letter.ron --record -o other.pdf";
    let output = machine.shell(nobody);
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
    assert!(said(&output).contains("The file is write-protected"), "{}", said(&output));
    assert_eq!(std::fs::metadata(&draft).unwrap().uid(), 0);
    assert_eq!(std::fs::read_to_string(&draft).unwrap(), QUIET);
    // One that others may write is saved, and what it could not keep is reported once.
    std::fs::set_permissions(&draft, std::fs::Permissions::from_mode(0o676)).unwrap();
    for is_first in [true, false] {
        let output = machine.shell(nobody);
        let said = said(&output);
        assert_eq!(output.status.code(), Some(0), "{said}");
        let loss = "letter.ron was saved, but its owner and group could not be kept";
        assert_eq!(said.contains(loss), is_first, "{said}");
    }
    let about = std::fs::metadata(&draft).unwrap();
    // What the lost group might do, another group does not inherit.
    assert_eq!((about.uid(), about.gid(), about.mode() & 0o777), (65534, 65534, 0o666));
}
