//! The commands that begin drafts and list templates, fields and rules, and the program
//! where it is used: without a folder, a reader or a display.

use super::*;

#[test]
fn a_new_draft_takes_no_files_place() {
    let trial = Trial::of("new")
        .tells("Written: letter.rationale\n    Fill it in with: rationale letter.rationale\n")
        .exits(0);
    let opened = rationale::store::open(&trial.path("letter.rationale"), None).unwrap();
    let letter = &opened.draft.letter;
    assert_eq!(
        (letter.reviewers.len(), letter.documents.len(), letter.items.len()),
        (1, 1, 1)
    );
    Trial::of("new -o mine.ron")
        .with("mine.ron", "mine")
        .tells(
            "This file already exists: mine.ron\n    Choose another name, or move that file\n",
        )
        .exits(3)
        .leaves("mine.ron", "mine");
    Trial::of("new -o -")
        .prints_something()
        .exits(0)
        .leaves_no("letter.rationale");
}

#[test]
fn letter_kinds_are_listed_shown_and_checked() {
    let imr = include_str!("../../../templates/imr-2014.letter");
    Trial::of("templates show imr-2014").prints(imr).exits(0);
    Trial::of("templates").prints_something().exits(0);
    Trial::of("templates check own.letter")
        .with("own.letter", imr)
        .prints_something()
        .exits(0);
    Trial::of("templates check own.letter")
        .with("own.letter", "()")
        .tells(
            "own.letter:1:1: error T001 template-head: The template has no line --- \
                between its head and its wording\n     1 | ()\n       | ^\n    \
                templates/README.md explains how to write a template\n1 problem\n",
        )
        .exits(1);
    Trial::of("templates check none.letter")
        .tells("There is no file none.letter\n    Check the name and the folder\n")
        .exits(3);
}

/// A small letter kind of one's own.
fn note(wording: &str) -> String {
    let head = "(\n    id: \"note\",\n    name: \"A note\",\n    version: 1,\n    \
        title: \"Note\",\n    outcomes: \
                [],\n    required: [\"sumary\"],\n)";
    format!("{head}\n---\n{wording}\n")
}

#[test]
fn every_problem_of_a_template_is_told_at_once_with_its_line_and_the_nearest_name() {
    let wording =
        "{% if false %}{{ case.nummer }}{% endif %}\n**Label:**{{ summary | uper }}";
    Trial::of("templates check note.letter")
        .with("note.letter", note(wording))
        .tells(
            "note.letter:7:17: error T003 unknown-name: required names sumary, and \
                there is no such field\n     7 |     required: [\"sumary\"],\n       \
                |                 ^\n    The nearest name is \
                summary\nnote.letter:10:18: error T003 unknown-name: There is no field \
                case.nummer\n    10 | {% if false %}{{ case.nummer }}{% endif \
                %}\n       |                  ^\n    The nearest name is \
                case.number\nnote.letter:11:14: error T004 unknown-filter: There is no \
                filter uper\n    11 | **Label:**{{ summary | uper }}\n       \
                |              ^\n    The nearest filter is upper\nnote.letter:11:1: \
                error T005 markdown: This mark is printed as is; bold needs a space or \
                the end of the line outside it\n    11 | **Label:**{{ summary | uper \
                }}\n       | ^\n    templates/README.md shows the Markdown that \
                templates can use\n4 problems\n",
        )
        .exits(1);
}

#[test]
fn ones_own_letter_kinds_are_used_like_any_other() {
    let own = note("Noted: {{ summary }}").replace("sumary", "summary");
    Trial::of("new --template note -o -")
        .with("data/templates/note.letter", &own)
        .prints_something()
        .exits(0);
    Trial::of("templates show note")
        .with("data/templates/note.letter", &own)
        .prints(&own)
        .exits(0);
    Trial::of("compose - --format text")
        .with("data/templates/note.letter", &own)
        .reading("(format: 1, template: (id: \"note\"), letter: (summary: \"Seen.\"))")
        .prints("Noted: Seen.\n")
        .exits(0);
}

#[test]
fn fields_and_rules_are_listed() {
    Trial::of("fields --template imr-2014").prints_something().exits(0);
    Trial::of("rules").prints_something().exits(0);
    Trial::of("rules L999")
        .tells("There is no rule L999\n    Run rationale rules to list the rules\n")
        .exits(2);
    Trial::of("rules dates").prints_something().exits(0);
}

/// The page is printed anew with `cargo run -- rules --markdown > docs/rules.md`.
#[test]
fn the_page_on_the_rules_is_the_program_s_own() {
    Trial::of("rules --markdown")
        .prints(include_str!("../../../docs/rules.md"))
        .exits(0);
}

/// Typefaces, tables and letter kinds are in the program: nothing has to lie beside it,
/// and nothing is left behind.
#[test]
fn the_program_runs_from_an_empty_folder_on_a_draft_that_lies_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let draft = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/sample-letter.ron");
    let output = Command::new(env!("CARGO_BIN_EXE_rationale"))
        .args(["compose", draft, "--format", "text", "-o", "-"])
        .current_dir(folder.path())
        .env_clear()
        .output()
        .unwrap();
    assert_eq!(
        (String::from_utf8_lossy(&output.stderr).as_ref(), output.status.code()),
        ("", Some(0))
    );
    let text = String::from_utf8(output.stdout).unwrap();
    let words =
        |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(words(&text), words(include_str!("../../sample-letter.txt")));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[cfg(unix)]
#[test]
fn nobody_reading_on_is_no_failure() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_rationale"))
        .arg("fields")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Closed before the program writes, or while it does: either way it ends quietly.
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(
        (String::from_utf8_lossy(&output.stderr).as_ref(), output.status.code()),
        ("", Some(0))
    );
}

/// Elsewhere there is always a display.
#[cfg(all(feature = "gui", target_os = "linux"))]
#[test]
fn without_a_display_the_way_without_one_is_told() {
    let program = env!("CARGO_BIN_EXE_rationale");
    let output = std::process::Command::new(program).env_clear().output().unwrap();
    let expected = format!(
        "There is no display to show the window on\n    Try the sample letter \
            without one: {program} compose \
         examples/sample-letter.ron -o sample-letter.pdf\n"
    );
    assert_eq!(String::from_utf8(output.stderr).unwrap(), expected);
    assert_eq!(output.status.code(), Some(3));
}

#[test]
fn a_table_of_ones_own_adds_to_the_program_s_and_a_wrong_one_is_told() {
    let row = "[(word: \"recalcitrant\", right: \"resistant\", before: [\"remained\"])]";
    Trial::of("check a.ron")
        .with("a.ron", SAMPLE)
        .with("data/tables/confusables.ron", row)
        .prints(
            "a.ron: warning L069 confusable: \"recalcitrant\" in the rationale of item \
                1 may be meant as \"resistant\"\n    \
             Write resistant, or leave it if you mean recalcitrant\n1 warning in 1 draft\n",
        )
        .exits(0);
    Trial::of("check a.ron")
        .with("a.ron", SAMPLE)
        .with("data/tables/confusables.ron", "[(word: \"a\"")
        .tells(
            "confusables.ron: Your table could not be read at line 1, column 10: \
                Expected comma\n    Fix it; until then only the built-in table is \
                used\n",
        )
        .prints("No problems in 1 draft\n")
        .exits(0);
}
