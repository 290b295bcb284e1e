//! The command line as scripts see it: arguments in, exit code, standard output and
//! standard error out.

mod tables;

use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// A folder with files, a command run in it, and what is expected of it. Reads as a
/// sentence.
pub(crate) struct Trial {
    folder: TempDir,
    arguments: Vec<OsString>,
    input: Vec<u8>,
    out: Option<String>,
    err: String,
}

impl Trial {
    /// Runs these arguments, separated by spaces.
    pub(crate) fn of(arguments: &str) -> Self {
        let arguments = arguments.split_whitespace().map(OsString::from).collect();
        let folder = tempfile::tempdir().unwrap();
        Self {
            folder,
            arguments,
            input: Vec::new(),
            out: Some(String::new()),
            err: String::new(),
        }
    }

    /// With an argument more, which need not be text.
    pub(crate) fn and(mut self, argument: impl Into<OsString>) -> Self {
        self.arguments.push(argument.into());
        self
    }

    /// In a folder with this file.
    pub(crate) fn with(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    pub(crate) fn with_folder(self, name: &str) -> Self {
        fs::create_dir_all(self.path(name)).unwrap();
        self
    }

    pub(crate) fn reading(self, input: impl AsRef<[u8]>) -> Self {
        Self { input: input.as_ref().to_vec(), ..self }
    }

    /// Expects exactly this on standard output.
    pub(crate) fn prints(self, out: &str) -> Self {
        Self { out: Some(out.into()), ..self }
    }

    pub(crate) fn prints_something(self) -> Self {
        Self { out: None, ..self }
    }

    /// Expects exactly this on standard error.
    pub(crate) fn tells(self, err: &str) -> Self {
        Self { err: err.into(), ..self }
    }

    /// Runs the command and compares all of it; gives the folder for a closer look.
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_rationale"))
            .args(&self.arguments)
            .current_dir(self.folder.path())
            .env("RATIONALE_DATA", self.folder.path().join("data"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(&self.input).unwrap();
        let output = child.wait_with_output().unwrap();
        let (out, err) = (
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr),
        );
        assert_eq!(err, self.err, "standard error of {:?}", self.arguments);
        if let Some(expected) = &self.out {
            assert_eq!(&out, expected, "standard output of {:?}", self.arguments);
        }
        assert_eq!(output.status.code(), Some(code), "exit code of {:?}", self.arguments);
        self
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    #[track_caller]
    pub(crate) fn leaves(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        let found = fs::read(self.path(name)).unwrap();
        assert!(
            found == content.as_ref(),
            "{name} is {}",
            String::from_utf8_lossy(&found)
        );
        self
    }

    #[track_caller]
    pub(crate) fn leaves_no(self, name: &str) -> Self {
        assert!(!self.path(name).exists(), "{name} was written");
        self
    }
}

/// The sample letter without what is rightly found in it: tests change one thing and look
/// for that alone.
pub(crate) const SAMPLE: &str = include_str!("../../quiet-letter.ron");

/// The sample letter with one fault.
fn without_rationale() -> String {
    let at = SAMPLE.find("rationale: ").unwrap();
    let end = at + SAMPLE[at..].find('\n').unwrap();
    format!("{}{}", &SAMPLE[..at], &SAMPLE[end..])
}

const NO_RATIONALE: &str = "error L001 missing: Item 1 needs a rationale\n    Fill \
    in \"Rationale\" under \"Items in \
                            dispute\"\n";

#[test]
fn a_finished_letter_is_composed_beside_its_draft() {
    let trial = Trial::of("compose a.ron")
        .with("a.ron", SAMPLE)
        .tells("Written: a.pdf\n")
        .exits(0);
    let pdf = fs::read(trial.path("a.pdf")).unwrap();
    assert!(pdf.starts_with(b"%PDF-"));
    trial.leaves("a.ron", SAMPLE);
}

#[test]
fn the_ending_of_the_file_says_what_it_is() {
    let trial = Trial::of("compose a.ron -o b.txt")
        .with("a.ron", SAMPLE)
        .tells("Written: b.txt\n")
        .exits(0);
    let text = fs::read_to_string(trial.path("b.txt")).unwrap();
    assert!(text.contains("Trigger Point Injections"), "{text}");
    Trial::of("compose a.ron -o b.odt")
        .with("a.ron", SAMPLE)
        .tells(
            "No export format matches the ending of b.odt\n    Use one of .pdf, .docx, \
                .html, .txt, .png, .json, or add --format\n",
        )
        .exits(2);
}

#[test]
fn an_export_is_taken_note_of_where_that_is_asked_for() {
    let trial = Trial::of("compose a.ron --record")
        .with("a.ron", SAMPLE)
        .tells("Written: a.pdf\n")
        .exits(0);
    let draft = rationale::store::open(&trial.path("a.ron"), None).unwrap().draft;
    let pdf = fs::read(trial.path("a.pdf")).unwrap();
    let export = draft.record.of_file(&pdf).expect("the PDF is the one taken note of");
    assert_eq!(
        (&*export.format, &*export.copy, draft.record.exports.len()),
        ("pdf", "served", 1)
    );
    let told = export
        .at
        .strftime("a.pdf was exported from a.ron on %m/%d/%Y at %H:%M UTC\n");
    let same = "a.pdf matches the served copy of a.ron exactly\n";
    let held = |draft: &str| {
        Trial::of("verify a.pdf a.ron")
            .with("a.pdf", &pdf)
            .with("a.ron", draft)
    };
    held(&draft.to_text().unwrap())
        .prints(&format!("{told}{same}"))
        .exits(0);
    let changed = draft
        .to_text()
        .unwrap()
        .replace("\"Pain Management\"", "\"Neurology\"");
    let differs = "a.pdf does not match a.ron. It differs from the served copy:\n  … \
        expert reviewer is Board Certified in\n- only in the draft: Neurology\n+ only \
        in the PDF: Pain Management\n  and is licensed to practice in …\n";
    held(&changed).prints(&format!("{told}{differs}")).exits(1);
    Trial::of("compose - --record --format text")
        .reading(SAMPLE)
        .tells(
            "--record needs a draft file, not standard input\n    Name the draft's \
                file, or leave out --record\n",
        )
        .exits(2);
}

#[test]
fn a_final_letter_is_called_so_and_keeps_its_wording() {
    let own = "(id: \"imr-2014\", name: \"T\", version: 9, title: \"T\",
        outcomes: [(key: \"upheld\", word: \"Upheld\", denial: Stands, \
        meaning: \"\")])\n---\nIts own words.\n";
    let mut draft =
        rationale::store::read(SAMPLE.as_bytes(), std::path::Path::new("a.ron"), None)
            .unwrap()
            .draft;
    (draft.template.source, draft.record.finished) =
        (own.into(), Some(jiff::civil::date(2013, 11, 5)));
    Trial::of("compose a.ron --format text -o - --unfinished")
        .with("a.ron", draft.to_text().unwrap())
        .prints("Its own words.\n")
        .tells("a.ron: This letter was made final on 11/05/2013\n")
        .exits(0);
}

#[test]
fn each_page_becomes_a_picture() {
    let long = include_str!("../../../examples/long-letter.ron");
    let names: Vec<String> = (1..=11).map(|page| format!("a-{page}.png")).collect();
    let told: String = names.iter().map(|name| format!("Written: {name}\n")).collect();
    let trial = Trial::of("compose a.ron -o a.png")
        .with("a.ron", long)
        .tells(&told)
        .exits(0)
        .leaves_no("a.png");
    for name in names {
        assert!(fs::read(trial.path(&name)).unwrap().starts_with(b"\x89PNG"), "{name}");
    }
    Trial::of("compose a.ron --format png -o -")
        .with("a.ron", SAMPLE)
        .prints_something()
        .exits(0);
    Trial::of("compose a.ron --format png -o -")
        .with("a.ron", long)
        .tells(
            "The letter has 11 pages, and a picture holds only one\n    Write to a \
                file with -o; each page becomes its own file\n",
        )
        .exits(2);
    Trial::of("compose a.ron a-1.ron --format png")
        .with("a.ron", SAMPLE)
        .with("a-1.ron", SAMPLE)
        .tells(
            "Two letters would be written to a-1.png\n    Compose them one at a time, \
                each with -o\n",
        )
        .exits(2);
}

#[test]
fn a_dash_is_standard_input_and_output() {
    let text = Trial::of("compose - --format text")
        .reading(SAMPLE)
        .prints_something()
        .exits(0);
    text.leaves_no("-").leaves_no("letter.txt");
    Trial::of("check -")
        .reading(SAMPLE)
        .prints("No problems in 1 draft\n")
        .exits(0);
}

#[test]
fn a_letter_with_errors_is_not_composed() {
    Trial::of("compose a.ron --format text")
        .with("a.ron", without_rationale())
        .tells(&format!(
            "a.ron: {NO_RATIONALE}a.ron: Not composed, because the letter has 1 \
                error\n    Fix the errors above, or compose it with --unfinished\n"
        ))
        .exits(1)
        .leaves_no("a.txt");
}

#[test]
fn an_unfinished_letter_is_composed_when_that_is_asked_for_and_it_is_said() {
    Trial::of("compose a.ron --format text --unfinished")
        .with("a.ron", without_rationale())
        .tells(&format!(
            "a.ron: {NO_RATIONALE}Written: a.txt\na.ron: Composed unfinished, because \
                the letter has 1 error\n"
        ))
        .exits(0);
}

#[test]
fn one_bad_draft_stops_no_other() {
    Trial::of("compose a.ron b.ron c.ron --out-dir out --format text")
        .with("a.ron", "photo")
        .with("b.ron", without_rationale())
        .with("c.ron", SAMPLE)
        .with_folder("out")
        .tells(&format!(
            "This file is not a draft: a.ron\n    Open a file that Rationale saved; \
                its name ends in .rationale\nb.ron: {NO_RATIONALE}b.ron: Not composed, \
                because the letter has 1 error\n    Fix the errors above, or compose \
                it with --unfinished\na.ron  could not be read or written\nb.ron  1 \
                error\nc.ron  written\n1 letter written, 2 not\n"
        ))
        .exits(3);
}

#[test]
fn no_letter_takes_the_place_of_another_or_of_its_draft() {
    Trial::of("compose a/x.ron b/x.ron --out-dir out")
        .tells(
            "Two letters would be written to out/x.pdf\n    Compose them one at a \
                time, each with -o\n",
        )
        .exits(2);
    Trial::of("compose a.ron b.ron -o c.pdf")
        .tells("One file cannot hold several letters\n    Name a folder with --out-dir\n")
        .exits(2);
    Trial::of("compose a.ron -o a.ron --format text")
        .with("a.ron", SAMPLE)
        .tells(
            "The letter would overwrite a draft: a.ron\n    Choose another file name \
                with -o\n",
        )
        .exits(2)
        .leaves("a.ron", SAMPLE);
    Trial::of("compose a -o ./a --format text")
        .with("a", SAMPLE)
        .tells(
            "The letter would overwrite a draft: ./a\n    Choose another file name with -o\n",
        )
        .exits(2)
        .leaves("a", SAMPLE);
}

#[test]
fn a_missing_folder_is_made_and_one_that_cannot_be_is_told() {
    Trial::of("compose a.ron --out-dir new/out --format text")
        .with("a.ron", SAMPLE)
        .tells("Written: new/out/a.txt\n")
        .exits(0);
    Trial::of("compose a.ron --out-dir taken")
        .with("a.ron", SAMPLE)
        .with("taken", "a file")
        .tells(
            "The disk could not save taken\n    Save to another folder; the old file \
                was not changed\n",
        )
        .exits(3);
    Trial::of("compose a.ron -o none/a.pdf")
        .with("a.ron", SAMPLE)
        .tells("There is no folder for none/a.pdf\n    Check that the folder exists\n")
        .exits(3);
}

#[test]
fn an_unknown_letter_kind_is_told() {
    Trial::of("compose a.ron --template imr-1066")
        .with("a.ron", SAMPLE)
        .tells(
            "There is no template imr-1066\n    Run rationale templates to list the \
                templates\n",
        )
        .exits(2);
    Trial::of("check a.ron")
        .with("a.ron", "(format: 1, letter: ())")
        .prints("No draft was checked\n")
        .tells(
            "This draft does not name its template: a.ron\n    Add the template's id \
                to the draft; rationale templates lists them\n",
        )
        .exits(2);
}

#[test]
fn a_command_or_a_choice_that_there_is_not_is_told() {
    Trial::of("chekc a.ron")
        .tells(
            "There is no command chekc\n    Did you mean rationale check? Run \
                rationale --help to list the commands\n",
        )
        .exits(2);
    Trial::of("a.ron b.ron")
        .tells(
            "There is no command a.ron\n    To open a draft, name its file; rationale \
                --help lists the commands\n",
        )
        .exits(2);
    Trial::of("compose a.ron --format odt")
        .tells(
            "--format cannot be odt\n    Use one of pdf, docx, html, text, png, json\n",
        )
        .exits(2);
    Trial::of("check a.ron --format xml")
        .tells("--format cannot be xml\n    Use one of human, json\n")
        .exits(2);
}

#[test]
fn a_draft_carries_its_wording_to_where_its_kind_is_not_known() {
    let head = "(id: \"own\", name: \"Own\", version: 2, title: \"Own\", outcomes: [])";
    let draft = format!(
        "(format: 1, template: (id: \"own\", version: 2, source: {:?}), letter: \
            (summary: \"Seen.\"))",
        format!("{head}\n---\nIt was {{{{ summary }}}}\n")
    );
    Trial::of("compose - --format text")
        .reading(&draft)
        .prints("It was Seen.\n")
        .exits(0);
}

/// What stands below the list where several drafts are checked and one has an error.
fn tallies(file: &str) -> String {
    format!(
        "\nBy rule\nL001 missing  1 finding  in 1 draft\n\nBy draft\n{file}  1 error  0 \
            warnings  0 notes\n\n1 error in 2 \
         drafts\n"
    )
}

#[test]
fn problems_are_listed_for_people() {
    Trial::of("check a.ron b.ron")
        .with("a.ron", without_rationale())
        .with("b.ron", SAMPLE)
        .prints(&format!("a.ron: {NO_RATIONALE}{}", tallies("a.ron")))
        .exits(1);
}

#[test]
fn a_folder_stands_for_its_drafts() {
    Trial::of("check cases")
        .with("cases/b.ron", without_rationale())
        .with("cases/a.ron", SAMPLE)
        .with("cases/a.ron~", "photo")
        .with("cases/notes.txt", "notes")
        .prints(&format!("cases/b.ron: {NO_RATIONALE}{}", tallies("cases/b.ron")))
        .exits(1);
    Trial::of("check cases")
        .with_folder("cases")
        .prints("No draft was checked\n")
        .tells(
            "This folder has no drafts: cases\n    Name a folder with .rationale files\n",
        )
        .exits(3);
}

#[test]
fn a_draft_that_could_not_be_checked_is_counted() {
    Trial::of("check a.ron b.ron")
        .with("a.ron", SAMPLE)
        .prints("No problems in 1 draft, 1 not checked\n")
        .tells("There is no file b.ron\n    Check the name and the folder\n")
        .exits(3);
}

#[test]
fn problems_are_listed_for_programs() {
    Trial::of("check a.ron --format json")
        .with("a.ron", SAMPLE)
        .prints("[]\n")
        .exits(0);
    let draft = SAMPLE.replace("There is no documentation", "There is TBD documentation");
    Trial::of("check a.ron --format json")
        .with("a.ron", draft)
        .prints(
            r#"[
  {
    "file": "a.ron",
    "severity": "error",
    "code": "L008",
    "name": "placeholder",
    "message": "The rationale of item 1 still has \"TBD\"",
    "hint": "Replace it with the real words, or remove it",
    "field": "items[1].rationale",
    "start": 9,
    "end": 12
  }
]
"#,
        )
        .exits(1);
}
