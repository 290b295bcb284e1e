//! Files from outside are read in a process of their own: what ends that process is told,
//! and what reads others goes on.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use rationale::outside;

/// A folder of letters and a data folder, and the program that is called with them.
struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        fs::create_dir_all(desk.path("data/templates")).unwrap();
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        fs::write(self.path(name), bytes).unwrap();
        self.path(name)
    }

    fn rationale(&self, arguments: &[&str], paths: &[&Path]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_rationale"))
            .args(arguments)
            .args(paths)
            .env("RATIONALE_DATA", self.path("data"))
            .output()
            .unwrap()
    }
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A PDF of these objects, numbered from 1; the first is the catalog.
pub(super) fn pdf(objects: &[String]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.extend(format!("{} 0 obj\n{object}\nendobj\n", number + 1).bytes());
    }
    let start = file.len();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for place in places {
        table += &format!("{place:010} 00000 n \n");
    }
    let size = objects.len() + 1;
    file.extend(table.bytes());
    file.extend(
        format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n")
            .bytes(),
    );
    file
}

pub(super) fn stream(dictionary: &str, content: &str) -> String {
    let length = content.len();
    format!("<< {dictionary} /Length {length} >>\nstream\n{content}\nendstream")
}

fn one_page(resources: &str, content: &str, more: Vec<String>) -> Vec<u8> {
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R \
                /Resources << {resources} >> >>"
        ),
        stream("", content),
    ];
    objects.extend(more);
    pdf(&objects)
}

/// A color whose function nests so deep that whoever reads it overflows its stack.
fn deep_function() -> Vec<u8> {
    let program = format!("{}{}", "{".repeat(200_000), "}".repeat(200_000));
    one_page(
        "/ColorSpace << /C [/Separation /Ink /DeviceGray 5 0 R] >>",
        "/C cs 0.5 scn 10 10 100 100 re f",
        vec![stream("/FunctionType 4 /Domain [0 1] /Range [0 1]", &program)],
    )
}

/// Forms that draw each other without an end that could be waited for.
fn endless_forms() -> Vec<u8> {
    let form = |name: &str| {
        stream(
            &format!(
                "/Type /XObject /Subtype /Form /BBox [0 0 9 9] \
                    /Resources << /XObject << /F {name} 0 R >> >>"
            ),
            &"/F Do 0 0 m 9 9 l n ".repeat(3000),
        )
    };
    one_page("/XObject << /F 5 0 R >>", "/F Do", vec![form("6"), form("7"), form("5")])
}

#[test]
fn a_letter_that_ends_its_reader_is_told_and_the_others_are_read() {
    let desk = Desk::new();
    fs::create_dir(desk.path("letters")).unwrap();
    desk.write("letters/a-deep.pdf", deep_function());
    desk.write("letters/b-endless.pdf", endless_forms());
    desk.write("letters/c-fine.txt", "A letter of no known kind.");
    let began = Instant::now();
    let output = desk
        .rationale(&["import", "--out-dir"], &[&desk.path("out"), &desk.path("letters")]);
    let said = told(&output);
    assert_eq!(output.status.code(), Some(3), "{said}");
    for line in ["a-deep.pdf", "b-endless.pdf"] {
        assert!(said.contains(line), "{said}");
    }
    assert!(desk.path("out/c-fine.rationale").is_file(), "{said}");
    assert!(began.elapsed() < Duration::from_mins(1));
}

/// Whether the program that asks has ended or was killed, its end of the pipe is closed.
#[test]
fn a_reader_ends_when_nobody_can_ask_any_more() {
    let mut reader = Command::new(env!("CARGO_BIN_EXE_rationale"))
        .arg(outside::COMMAND)
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    drop(reader.stdin.take());
    assert!(reader.wait().unwrap().success());
}

#[test]
fn a_hostile_template_keeps_nobody_from_their_letters() {
    let desk = Desk::new();
    let head = "(id: \"h\", name: \"H \u{1b}[31m\", version: 1, title: \"H\", outcomes: \
        [(key: \"a\", word: \"A\", denial: Stands, meaning: \"\")])\n---\n";
    desk.write("data/templates/a.letter", format!("{head}words"));
    desk.write(
        "data/templates/b.letter",
        format!("{head}{{{{ {}1 }}}}", "-".repeat(50_000)),
    );
    let output = desk.rationale(&["templates"], &[]);
    let (listed, said) = (String::from_utf8_lossy(&output.stdout), told(&output));
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("b.letter:3:"), "{said}");
    assert!(listed.contains("H \\u{1b}[31m") && !listed.contains('\u{1b}'), "{listed}");
    let quiet = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/quiet-letter.ron");
    assert_eq!(desk.rationale(&["check"], &[&quiet]).status.code(), Some(0));
    // What passed is known by its hash from now on.
    let known = fs::read_to_string(desk.path("data/templates-read.txt")).unwrap();
    assert_eq!(known.lines().filter(|line| line.len() == 64).count(), 2, "{known}");
}

#[test]
fn a_template_that_was_harmful_is_refused_unread() {
    let desk = Desk::new();
    desk.write("data/templates/bad.letter", "words");
    let first = desk.rationale(&["templates"], &[]);
    let known = fs::read_to_string(desk.path("data/templates-read.txt")).unwrap();
    let hash = known.trim_end();
    assert_eq!(hash.len(), 64, "{known}");
    // No template is known any more that ends its reader; this one is said to have done it.
    desk.write("data/templates-read.txt", format!("{hash} harmful\n"));
    let again = desk.rationale(&["templates"], &[]);
    let said = told(&again);
    assert_eq!(again.status.code(), Some(1), "{said}");
    assert!(said.contains("takes too much memory or time"), "{said}");
    assert_ne!(said, told(&first));
}

#[cfg(unix)]
#[test]
fn a_named_pipe_is_not_waited_for() {
    let desk = Desk::new();
    let pipe = desk.path("pipe.ron");
    let made = Command::new("mkfifo").arg(&pipe).status();
    if !crate::programs::is_here("mkfifo", &made) {
        return;
    }
    for command in ["check", "import", "compose"] {
        let output = desk.rationale(&[command], &[&pipe]);
        let said = told(&output);
        assert!(said.contains("This is a device or a pipe, not a file"), "{said}");
    }
}

#[cfg(unix)]
#[test]
fn a_letter_never_takes_the_place_of_a_draft() {
    let desk = Desk::new();
    let quiet = fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/quiet-letter.ron"));
    let (one, two) = (desk.write("one.ron", quiet.unwrap()), desk.path("two.ron"));
    fs::copy(&one, &two).unwrap();
    let output = desk.path("one.pdf");
    std::os::unix::fs::symlink("two.ron", &output).unwrap();
    let composed = desk.rationale(&["compose", "-o"], &[&output, &one]);
    assert_eq!(composed.status.code(), Some(3), "{}", told(&composed));
    assert_eq!(fs::read(&one).unwrap(), fs::read(&two).unwrap());
    assert!(!desk.path("two.ron~").exists());
}
