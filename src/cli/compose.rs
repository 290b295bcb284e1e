//! `rationale compose`: drafts become files, or their errors are told.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::unlock::Opener;
use super::{Compose, Error, Exit, batch, count, draft, problem_lines, put, tables, tell, today, words};
use crate::compose::{Composition, Order, compose};
use crate::diagnostic::Diagnostic;
use crate::export::{self, FORMATS, Format, Input};
use crate::library::Library;
use crate::store::{self, Opened};

/// Where a letter is written to.
enum Target {
    StandardOutput,
    File(PathBuf),
}

/// What became of one draft.
struct Done {
    draft: String,
    outcome: String,
    /// What is told of it.
    told: Vec<String>,
    exit: Exit,
}

pub fn run(arguments: &Compose) -> Result<Exit, Error> {
    let format = format(arguments)?;
    let targets = targets(arguments, format)?;
    let opener = arguments.unlock.opener(&arguments.drafts)?;
    let composer = Composer { arguments, format, opener, library: words::library()? };
    let done = batch::run(&targets, |(draft, target)| composer.done(draft, target));
    done.iter().flat_map(|done| &done.told).for_each(|line| tell(line));
    if done.len() > 1 {
        let table: Vec<[String; 2]> = done.iter().map(|done| [done.draft.clone(), done.outcome.clone()]).collect();
        tell(tables::table(&table).trim_end());
        tell_summary(&done);
    }
    Ok(done.iter().map(|done| done.exit).max().unwrap_or(Exit::Fine))
}

fn tell_summary(done: &[Done]) {
    let written = done.iter().filter(|done| done.exit == Exit::Fine).count();
    match done.len() - written {
        0 => tell(&format!("{} written", count(written, "letter"))),
        rest => tell(&format!("{} written, {rest} not", count(written, "letter"))),
    }
}

fn format(arguments: &Compose) -> Result<&'static Format, Error> {
    let named = arguments.format.as_deref().and_then(export::format);
    let ended = arguments.output.as_deref().filter(|path| path.extension().is_some());
    match (named, ended) {
        (Some(format), _) => Ok(format),
        (None, Some(path)) => export::format_of(path).ok_or_else(|| Error::UnknownEnding { path: path.to_owned() }),
        (None, None) => Ok(&FORMATS[0]),
    }
}

/// Each draft with its target; nothing is begun where two of them would meet.
fn targets<'a>(arguments: &'a Compose, format: &Format) -> Result<Vec<(&'a Path, Target)>, Error> {
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
    drafts.iter().map(target).collect()
}

/// A file that is named as a draft is taken for one, whether it is among these or not.
fn would_lose_a_draft(target: &Path, drafts: &[PathBuf]) -> bool {
    let is_named_so = target.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ron"));
    is_named_so || drafts.iter().any(|draft| store::is_same_file(target, draft))
}

fn target(arguments: &Compose, draft: &Path, format: &Format) -> Target {
    if let Some(path) = &arguments.output {
        return if draft::is_standard(path) { Target::StandardOutput } else { Target::File(path.clone()) };
    }
    match &arguments.out_dir {
        None if draft::is_standard(draft) => Target::StandardOutput,
        None => Target::File(draft.with_extension(format.extension)),
        Some(folder) if draft::is_standard(draft) => {
            Target::File(folder.join("letter").with_extension(format.extension))
        }
        Some(folder) => {
            Target::File(folder.join(draft.file_name().unwrap_or_default()).with_extension(format.extension))
        }
    }
}

struct Composer<'a> {
    arguments: &'a Compose,
    format: &'static Format,
    opener: Opener,
    library: Library,
}

impl Composer<'_> {
    fn done(&self, draft: &Path, target: &Target) -> Done {
        let name = draft::name(draft);
        self.compose(draft, target).unwrap_or_else(|error| {
            let told = match error {
                Error::Closed => Vec::new(),
                _ => vec![error.to_string(), indented(&error.hint())],
            };
            Done { draft: name, outcome: "could not be read or written".into(), told, exit: error.exit() }
        })
    }

    fn compose(&self, path: &Path, target: &Target) -> Result<Done, Error> {
        let name = draft::name(path);
        let Opened { draft, read_only, .. } = self.opener.open(path)?;
        if read_only.is_some_and(|reason| reason.is_partly_understood()) {
            let told = format!("{name}: Not composed, because the letter could lack what is not known here");
            return Ok(Done { draft: name, outcome: "not composed".into(), told: vec![told], exit: Exit::HasErrors });
        }
        let template = draft::template_for(self.arguments.template.as_deref(), &draft.template, path)?;
        let order = Order { copy: self.arguments.copy.into(), today: today() };
        let composition = compose(&draft.letter, &template, &self.library, &order);
        let is_finished = composition.is_finished();
        let mut told: Vec<String> =
            errors_of(&composition).map(|problem| problem_lines(&name, problem).trim_end().to_owned()).collect();
        let errors = count(told.len(), "error");
        if !is_finished && !self.arguments.unfinished {
            told.push(format!("{name}: Not composed, because the letter has {errors}"));
            told.push(indented("Mend what is told above, or compose it with --unfinished"));
            return Ok(Done { draft: name, outcome: errors, told, exit: Exit::HasErrors });
        }
        told.extend(self.write(target, &composition)?);
        if !is_finished {
            told.push(format!("{name}: Composed unfinished, because the letter has {errors}"));
        }
        let outcome = if is_finished { "written".into() } else { format!("written unfinished, {errors}") };
        Ok(Done { draft: name, outcome, told, exit: Exit::Fine })
    }

    fn write(&self, target: &Target, composition: &Composition) -> Result<Option<String>, Error> {
        let Composition { document, pages, diagnostics: _ } = composition;
        let bytes = (self.format.write)(&Input { document, pages })?;
        if self.arguments.verify && self.format.name == "pdf" {
            verify(&bytes, composition)?;
        }
        match target {
            Target::StandardOutput => put(&bytes).map(|()| None),
            Target::File(path) => {
                store::export(path, &bytes)?;
                // Of several, the table tells it.
                let is_one = self.arguments.drafts.len() == 1;
                Ok(is_one.then(|| format!("Written: {}", path.display())))
            }
        }
    }
}

/// Reads a PDF back: it is whole, and says the letter's words in their order.
fn verify(pdf: &[u8], composition: &Composition) -> Result<(), Error> {
    let mut lacks = export::lacks(pdf);
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();
    let is_said = export::words(pdf).is_some_and(|found| squeezed(&found) == squeezed(&composition.pages.text()));
    if !is_said {
        lacks.push("Its words are not the letter's");
    }
    if lacks.is_empty() { Ok(()) } else { Err(Error::NotWhole { what: lacks.join(". ") }) }
}

fn errors_of(composition: &Composition) -> impl Iterator<Item = &Diagnostic> {
    composition.diagnostics.iter().filter(|problem| problem.blocks())
}

fn indented(hint: &str) -> String {
    format!("    {hint}")
}
