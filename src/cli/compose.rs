//! `rationale compose`: drafts become files, or their errors are told.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::gate::{self, Deed, Door, Outgoing, Verdict};
use super::{Compose, Error, Exit, batch, draft, now, put, tell, words};
use crate::check;
use crate::compose::Composition;
use crate::export::{self, FORMATS, Format, Input};
use crate::store::{self, Expected, Exported, Fingerprint};

/// Where a letter is written to.
enum Target {
    StandardOutput,
    File(PathBuf),
}

/// What became of one draft.
///
/// Of a letter that was written nothing lies on the heap: between the large pieces that
/// the next ones need, small ones that stay would let the memory grow with each letter.
struct Done {
    outcome: Cow<'static, str>,
    /// What is told of it.
    told: Vec<String>,
    exit: Exit,
}

/// What a letter was written to.
struct Written {
    fingerprints: Vec<Fingerprint>,
    told: Vec<String>,
}

pub(super) fn run(arguments: &Compose) -> Result<Exit, Error> {
    let format = format(arguments)?;
    let targets = targets(arguments, format)?;
    arguments.out_dir.as_deref().map_or(Ok(()), store::make_folder)?;
    let (library, opener) =
        (words::library()?, arguments.unlock.opener(&arguments.drafts)?);
    let door = Door {
        deed: Deed { verb: "compose", done: "composed" },
        template: arguments.template.as_deref(),
        copy: arguments.copy.into(),
        unfinished: arguments.unfinished,
        library: &library,
        opener: &opener,
    };
    let composer = Composer { arguments, format, door };
    let done = batch::run(&targets, |(draft, target)| composer.done(draft, target));
    done.iter().flat_map(|done| &done.told).for_each(|line| tell(line));
    if done.len() > 1 {
        let outcomes = targets.iter().zip(&done);
        let outcomes = outcomes.map(|((path, _), done)| {
            (draft::name(path), done.outcome.to_string(), done.exit)
        });
        gate::tell_of_all(&outcomes.collect::<Vec<_>>(), "written");
    }
    Ok(done.iter().map(|done| done.exit).max().unwrap_or(Exit::Fine))
}

fn format(arguments: &Compose) -> Result<&'static Format, Error> {
    let named = arguments.format.as_deref().and_then(export::format);
    let ended = arguments.output.as_deref().filter(|path| path.extension().is_some());
    match (named, ended) {
        (Some(format), _) => Ok(format),
        (None, Some(path)) => export::format_of(path)
            .ok_or_else(|| Error::UnknownEnding { path: path.to_owned() }),
        (None, None) => Ok(&FORMATS[0]),
    }
}

/// Each draft with its target; nothing is begun where two of them would meet.
fn targets<'a>(
    arguments: &'a Compose,
    format: &Format,
) -> Result<Vec<(&'a Path, Target)>, Error> {
    let drafts = &arguments.drafts;
    if arguments.output.is_some() && drafts.len() > 1 {
        return Err(Error::OneFileForMany);
    }
    let mut taken = BTreeSet::new();
    let target = |draft: &'a PathBuf| {
        let target = target(arguments, draft, format);
        if let Target::File(path) = &target {
            if would_lose_a_draft(path, drafts) {
                return Err(Error::OverDraft { path: path.clone() });
            }
            if !taken.insert(path.clone()) {
                return Err(Error::SameTarget { path: path.clone() });
            }
        }
        Ok((draft.as_path(), target))
    };
    let targets: Vec<_> = drafts.iter().map(target).collect::<Result<_, _>>()?;
    match format.is_split(2).then(|| page_of_another(&taken)).flatten() {
        Some(path) => Err(Error::SameTarget { path: path.to_owned() }),
        None => Ok(targets),
    }
}

/// A file that could be a page of another letter: `a-2.png` beside `a.png`.
fn page_of_another(taken: &BTreeSet<PathBuf>) -> Option<&Path> {
    let letter = |path: &Path| {
        let (stem, page) = path.file_stem()?.to_str()?.rsplit_once('-')?;
        page.parse::<usize>().ok()?;
        Some(path.with_file_name(format!("{stem}.{}", path.extension()?.to_str()?)))
    };
    taken
        .iter()
        .find(|path| letter(path).is_some_and(|letter| taken.contains(&letter)))
        .map(PathBuf::as_path)
}

/// A file that is named as a draft is taken for one, whether it is among these or not.
fn would_lose_a_draft(target: &Path, drafts: &[PathBuf]) -> bool {
    let is_named_so = target
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("ron"));
    is_named_so || drafts.iter().any(|draft| store::is_same_file(target, draft))
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
    door: Door<'a>,
}

impl Composer<'_> {
    fn done(&self, draft: &Path, target: &Target) -> Done {
        batch::guarded(draft, || self.compose(draft, target)).unwrap_or_else(|error| {
            let told = match error {
                Error::Closed => Vec::new(),
                _ => vec![error.to_string(), indented(&error.hint())],
            };
            Done {
                outcome: "could not be read or written".into(),
                told,
                exit: error.exit(),
            }
        })
    }

    fn compose(&self, path: &Path, target: &Target) -> Result<Done, Error> {
        if self.arguments.record && draft::is_standard(path) {
            return Err(Error::NothingToRecordIn);
        }
        let Verdict { mut told, letter } = self.door.judge(path)?;
        let letter = match letter {
            Ok(letter) => letter,
            Err(outcome) => {
                return Ok(Done { outcome: outcome.into(), told, exit: Exit::HasErrors });
            }
        };
        if let Target::File(path) = target
            && check::in_file_name(&letter.draft.letter, path).is_some()
        {
            return Err(Error::NamesReviewer { path: path.clone() });
        }
        let Written { fingerprints, told: names } =
            self.write(target, &letter.composition)?;
        told.extend(names);
        self.record(path, &letter, &fingerprints)?;
        told.extend(letter.remark);
        let outcome = match letter.errors {
            None => "written".into(),
            Some(errors) => format!("written unfinished, {errors}").into(),
        };
        Ok(Done { outcome, told, exit: Exit::Fine })
    }

    /// Takes note of the export in its draft, if that is wanted.
    fn record(
        &self,
        path: &Path,
        letter: &Outgoing,
        files: &[Fingerprint],
    ) -> Result<(), Error> {
        if !self.arguments.record {
            return Ok(());
        }
        let export = Exported::new(
            self.format.name,
            self.door.copy,
            &letter.template,
            &letter.composition,
        );
        let mut draft = letter.draft.clone();
        draft.record.add(export.written(now(), files));
        store::save(
            path,
            &draft,
            letter.seal.as_ref(),
            Expected::Unchanged(letter.fingerprint),
        )?;
        Ok(())
    }

    fn write(
        &self,
        target: &Target,
        composition: &Composition,
    ) -> Result<Written, Error> {
        let Composition { document, pages, diagnostics: _ } = composition;
        let input = Input { document, pages };
        let Target::File(path) = target else {
            let bytes = (self.format.write)(&input)?;
            self.verify(&bytes, composition)?;
            put(&bytes)?;
            return Ok(Written {
                fingerprints: vec![Fingerprint::of(&bytes)],
                told: Vec::new(),
            });
        };
        let files = self.format.files(&input)?;
        files.iter().try_for_each(|file| self.verify(file, composition))?;
        let names = export::numbered(path, files.len());
        let files: Vec<(PathBuf, Vec<u8>)> = names.iter().cloned().zip(files).collect();
        let fingerprints = store::export_all(&files, Expected::Anything)?;
        // Of several drafts, the table tells it.
        let is_one = self.arguments.drafts.len() == 1;
        let told = names
            .iter()
            .filter(|_| is_one)
            .map(|name| format!("Written: {}", name.display()))
            .collect();
        Ok(Written { fingerprints, told })
    }

    fn verify(&self, bytes: &[u8], composition: &Composition) -> Result<(), Error> {
        let is_wanted = self.arguments.verify && self.format.name == "pdf";
        if is_wanted { verify(bytes, composition) } else { Ok(()) }
    }
}

/// Reads a PDF back: it is whole, and says the letter's words in their order.
fn verify(pdf: &[u8], composition: &Composition) -> Result<(), Error> {
    let mut lacks = export::lacks(pdf);
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();
    let is_said = export::words(pdf)
        .is_some_and(|found| squeezed(&found) == squeezed(&composition.pages.text()));
    if !is_said {
        lacks.push("Its words are not the letter's");
    }
    if lacks.is_empty() {
        Ok(())
    } else {
        Err(Error::NotWhole { what: lacks.join(". ") })
    }
}

fn indented(hint: &str) -> String {
    format!("    {hint}")
}
