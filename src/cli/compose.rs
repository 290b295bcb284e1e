//! `rationale compose`: drafts become files, or their errors are reported.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::arguments::Compose;
use super::clock::now;
use super::error::Error;
use super::exit::Exit;
use super::gate::{self, DraftOutcome, Gate, GateResult, ReadyLetter, Verb};
use super::output::{report, report_error, write_file};
use super::{batch, check, draft, words};
use crate::check::in_file_name;
use crate::compose::Composition;
use crate::export::{self, ExportInput, Format};
use crate::store::{self, Durability, Expected, Exported, Fingerprint};
use crate::typefaces::is_invisible;

/// Where a letter is written to.
enum Target {
    StandardOutput,
    File(PathBuf),
}

/// What became of one draft.
///
/// Of a letter that was written nothing stays on the heap: between the large pieces that
/// the next ones need, small ones that stay would let the memory grow with each letter.
struct ComposeOutcome {
    outcome: Cow<'static, str>,
    /// What is reported of it.
    messages: Vec<String>,
    exit: Exit,
}

/// What a letter was written to.
struct WrittenFiles {
    fingerprints: Vec<Fingerprint>,
    messages: Vec<String>,
}

pub(super) fn run(arguments: &Compose) -> Result<Exit, Error> {
    let format = format(arguments)?;
    let (drafts, missing) = check::drafts(&arguments.drafts);
    missing.iter().for_each(report_error);
    let targets = targets(arguments, &drafts, format)?;
    if let Some(folder) = &arguments.out_dir {
        store::make_folder(folder)?;
    }
    let library = words::library()?;
    let opener = arguments.unlock.opener(&drafts)?;
    let gate = Gate {
        verb: Verb { infinitive: "compose", participle: "composed" },
        template: arguments.template.as_deref(),
        copy: arguments.copy.into(),
        unfinished: arguments.unfinished,
        library,
        opener: &opener,
    };
    let composer = Composer { arguments, format, gate, is_alone: drafts.len() == 1 };
    let results = batch::run(&targets, |(draft, target)| composer.run(draft, target));
    for result in &results {
        result.messages.iter().for_each(|line| report(line));
    }
    if results.len() > 1 {
        gate::report_all(&outcomes(&targets, &results), "written");
    }
    let exits = results.iter().map(|result| result.exit);
    Ok(exits
        .chain(missing.iter().map(Error::exit))
        .max()
        .unwrap_or(Exit::Fine))
}

fn outcomes(
    targets: &[(&Path, Target)],
    composed: &[ComposeOutcome],
) -> Vec<DraftOutcome> {
    let mut outcomes = Vec::new();
    for ((path, _), draft) in targets.iter().zip(composed) {
        outcomes.push((draft::name(path), draft.outcome.to_string(), draft.exit));
    }
    outcomes
}

/// The kind of file: the one that is named, or that of the file to write, or else PDF.
fn format(arguments: &Compose) -> Result<&'static Format, Error> {
    if let Some(name) = &arguments.format
        && let Some(format) = export::format(name)
    {
        return Ok(format);
    }
    match &arguments.output {
        Some(path) if path.extension().is_some() => export::format_of(path)
            .ok_or_else(|| Error::UnknownEnding { path: path.clone() }),
        Some(_) | None => Ok(&export::PDF),
    }
}

/// Each draft with its target; nothing is begun where two of them would meet.
fn targets<'a>(
    arguments: &Compose,
    drafts: &'a [PathBuf],
    format: &Format,
) -> Result<Vec<(&'a Path, Target)>, Error> {
    if arguments.output.is_some() && drafts.len() > 1 {
        return Err(Error::OneFileForMany);
    }
    let (mut targets, mut taken) = (Vec::new(), BTreeSet::new());
    let real_drafts = drafts.iter().filter_map(|draft| store::real_path(draft));
    let real_drafts: BTreeSet<PathBuf> = real_drafts.collect();
    for draft in drafts {
        let target = target(arguments, draft, format);
        if let Target::File(path) = &target {
            if would_lose_a_draft(path, &real_drafts) {
                return Err(Error::OverDraft { path: path.clone() });
            }
            if !taken.insert(path.clone()) {
                return Err(Error::SameTarget { path: path.clone() });
            }
        }
        targets.push((draft.as_path(), target));
    }
    // How many pages a letter has is known only once it is composed, so that the files of
    // its pages are guarded against by their names alone.
    if format.is_split(2)
        && let Some(path) = page_of_another(&taken)
    {
        return Err(Error::SameTarget { path: path.to_owned() });
    }
    Ok(targets)
}

/// A file that could be a page of another letter: `a-2.png` beside `a.png`.
fn page_of_another(taken: &BTreeSet<PathBuf>) -> Option<&Path> {
    for path in taken {
        if let Some(letter) = letter_of_page(path)
            && taken.contains(&letter)
        {
            return Some(path);
        }
    }
    None
}

/// The name of the letter that a file would be a page of: `a.png` for `a-2.png`.
fn letter_of_page(path: &Path) -> Option<PathBuf> {
    let (stem, page) = path.file_stem()?.to_str()?.rsplit_once('-')?;
    page.parse::<usize>().ok()?;
    Some(path.with_file_name(format!("{stem}.{}", path.extension()?.to_str()?)))
}

/// A file that is named as a draft is taken for one, whether it is among these or not.
fn would_lose_a_draft(target: &Path, real_drafts: &BTreeSet<PathBuf>) -> bool {
    store::is_named_as_draft(target)
        || store::real_path(target).is_some_and(|real| real_drafts.contains(&real))
}

fn target(arguments: &Compose, draft: &Path, format: &Format) -> Target {
    if let Some(path) = &arguments.output {
        return if draft::is_standard(path) {
            Target::StandardOutput
        } else {
            Target::File(path.clone())
        };
    }
    match &arguments.out_dir {
        None if draft::is_standard(draft) => Target::StandardOutput,
        None => Target::File(draft.with_extension(format.extension)),
        Some(folder) if draft::is_standard(draft) => {
            Target::File(folder.join("letter").with_extension(format.extension))
        }
        Some(folder) => Target::File(
            folder
                .join(draft.file_name().unwrap_or_default())
                .with_extension(format.extension),
        ),
    }
}

struct Composer<'a> {
    arguments: &'a Compose,
    format: &'static Format,
    gate: Gate<'a>,
    /// Whether there is one draft only.
    is_alone: bool,
}

impl Composer<'_> {
    fn run(&self, draft: &Path, target: &Target) -> ComposeOutcome {
        match batch::guarded(draft, || self.compose(draft, target)) {
            Ok(composed) => composed,
            Err(error) => ComposeOutcome {
                outcome: "could not be read or written".into(),
                messages: error_messages(&error),
                exit: error.exit(),
            },
        }
    }

    fn compose(&self, path: &Path, target: &Target) -> Result<ComposeOutcome, Error> {
        if self.arguments.record && draft::is_standard(path) {
            return Err(Error::NothingToRecordIn);
        }
        let GateResult { mut messages, letter } = self.gate.check(path)?;
        let letter = match letter {
            Ok(letter) => letter,
            Err(outcome) => {
                let outcome = outcome.into();
                return Ok(ComposeOutcome { outcome, messages, exit: Exit::HasErrors });
            }
        };
        if let Target::File(path) = target
            && in_file_name(&letter.draft.letter, path).is_some()
        {
            return Err(Error::NamesReviewer { path: path.clone() });
        }
        let written = self.write(target, &letter.composition)?;
        messages.extend(written.messages);
        self.record(path, &letter, &written.fingerprints)?;
        messages.extend(letter.remark);
        let outcome = match letter.errors {
            None => "written".into(),
            Some(errors) => format!("written unfinished, {errors}").into(),
        };
        Ok(ComposeOutcome { outcome, messages, exit: Exit::Fine })
    }

    /// Records the export in its draft, if that is wanted.
    fn record(
        &self,
        path: &Path,
        letter: &ReadyLetter,
        files: &[Fingerprint],
    ) -> Result<(), Error> {
        if !self.arguments.record {
            return Ok(());
        }
        let export = Exported::new(
            self.format.name,
            self.gate.copy,
            &letter.template,
            &letter.composition,
        );
        let mut draft = letter.draft.clone();
        draft.record.add(export.written(now()?, files));
        draft::save(path, &draft, letter.seal.as_ref(), letter.fingerprint)
    }

    fn write(
        &self,
        target: &Target,
        composition: &Composition,
    ) -> Result<WrittenFiles, Error> {
        let Composition { document, pages, diagnostics: _ } = composition;
        let input = ExportInput { document, pages };
        let Target::File(path) = target else {
            let bytes = (self.format.write)(&input)?;
            self.verify(&bytes, composition)?;
            write_file(&bytes)?;
            let fingerprints = vec![Fingerprint::of(&bytes)];
            return Ok(WrittenFiles { fingerprints, messages: Vec::new() });
        };
        // Ctrl+C ends the program; what it has begun goes with it.
        let files = self.format.files(&input, &|| true)?;
        for file in &files {
            self.verify(file, composition)?;
        }
        let names = export::numbered(path, files.len());
        let mut messages = Vec::new();
        // Of several drafts, the table shows it.
        if self.is_alone {
            for name in &names {
                messages.push(format!("Written: {}", name.display()));
            }
        }
        let files: Vec<(PathBuf, Vec<u8>)> = names.into_iter().zip(files).collect();
        let is_recorded = self.arguments.record;
        let durability =
            if is_recorded { Durability::Recorded } else { Durability::Renewable };
        let fingerprints = store::export_all(&files, Expected::Anything, durability)?;
        Ok(WrittenFiles { fingerprints, messages })
    }

    fn verify(&self, bytes: &[u8], composition: &Composition) -> Result<(), Error> {
        let is_wanted = self.arguments.verify && self.format.name == export::PDF.name;
        if is_wanted { verify(bytes, composition) } else { Ok(()) }
    }
}

/// Reads a PDF back: it is whole, and says the letter's words in their order.
fn verify(pdf: &[u8], composition: &Composition) -> Result<(), Error> {
    let mut lacks = export::lacks(pdf);
    let expected = comparable(&composition.pages.text());
    match export::words(pdf) {
        Some(found) if comparable(&found) == expected => {}
        Some(_) | None => lacks.push("Its text differs from the letter's"),
    }
    if lacks.is_empty() {
        Ok(())
    } else {
        Err(Error::NotWhole { what: lacks.join(". ") })
    }
}

/// A text as it is compared: without spaces, because whoever reads a PDF back puts them
/// where it sees gaps, and without characters that show nothing. A PDF holds writing that
/// runs from right to left in the order of the eye, from left to right: of it only that
/// every character is there is compared.
fn comparable(text: &str) -> String {
    let mut comparable = text.to_owned();
    comparable.retain(|character| !character.is_whitespace() && !is_invisible(character));
    if !comparable.contains(runs_leftward) {
        return comparable;
    }
    let is_rightward = |c: char| c.is_alphabetic() && !runs_leftward(c);
    let mut sorted = String::new();
    for piece in comparable.split_inclusive(is_rightward) {
        let mut characters: Vec<char> = piece.chars().collect();
        if piece.contains(runs_leftward) {
            characters.sort_unstable();
        }
        sorted.extend(characters);
    }
    sorted
}

/// Whether a character is of a script that runs from right to left: Hebrew, Arabic and
/// their kin.
fn runs_leftward(character: char) -> bool {
    matches!(
        character,
        '\u{590}'..='\u{8ff}'
            | '\u{fb1d}'..='\u{fdff}'
            | '\u{fe70}'..='\u{feff}'
            | '\u{10800}'..='\u{10fff}'
            | '\u{1e800}'..='\u{1efff}'
    )
}

/// What is reported of a draft that could not be read or written. Where nobody reads on,
/// there is nobody to report to.
fn error_messages(error: &Error) -> Vec<String> {
    match error {
        Error::Closed | Error::Stopped => Vec::new(),
        _ => vec![error.to_string(), format!("    {}", error.hint())],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_compared_by_what_they_show() {
        for (one, other) in [
            ("radicu\u{ad}lo\u{ad}pathy of\nL5", "radiculopathy of L5"),
            ("t\u{200b}he wor\u{2060}ker \u{200e}17", "the worker 17"),
            ("Ms. \u{5d0}\u{5d1} was seen", "Ms. \u{5d1}\u{5d0} was seen"),
        ] {
            assert_eq!(comparable(one), comparable(other));
        }
        assert_ne!(comparable("was seen"), comparable("saw"));
        assert_ne!(comparable("\u{5d0} is 1"), comparable("\u{5d1} is 1"));
    }
}
