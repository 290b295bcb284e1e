//! `rationale compose`: drafts become files, or their errors are told.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::{Compose, Error, Exit, count, draft, hint, problem_lines, put, tell, tell_error, today};
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

pub fn run(arguments: &Compose) -> Result<Exit, Error> {
    let format = format(arguments)?;
    let targets = targets(arguments, format)?;
    let batch = Batch { arguments, format, library: Library::bundled()? };
    let mut exits = Vec::new();
    for (draft, target) in &targets {
        exits.push(match batch.compose(draft, target) {
            Err(Error::Closed) => return Ok(Exit::Fine),
            Err(error) => {
                tell_error(&error);
                error.exit()
            }
            Ok(exit) => exit,
        });
    }
    if exits.len() > 1 {
        tell_summary(&exits);
    }
    Ok(exits.into_iter().max().unwrap_or(Exit::Fine))
}

fn tell_summary(exits: &[Exit]) {
    let written = exits.iter().filter(|&&exit| exit == Exit::Fine).count();
    match exits.len() - written {
        0 => tell(&format!("{} written", count(written, "letter"))),
        rest => tell(&format!("{} written, {rest} not", count(written, "letter"))),
    }
}

fn format(arguments: &Compose) -> Result<&'static Format, Error> {
    let named = arguments.format.as_deref().and_then(export::format);
    let ending = arguments.output.as_deref().and_then(Path::extension);
    match (named, ending, &arguments.output) {
        (Some(format), ..) => Ok(format),
        (None, Some(ending), Some(path)) => {
            let found = FORMATS.iter().find(|format| ending.eq_ignore_ascii_case(format.extension));
            found.ok_or_else(|| Error::UnknownEnding { path: path.clone() })
        }
        _ => Ok(&FORMATS[0]),
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

struct Batch<'a> {
    arguments: &'a Compose,
    format: &'static Format,
    library: Library,
}

impl Batch<'_> {
    fn compose(&self, path: &Path, target: &Target) -> Result<Exit, Error> {
        let Opened { draft, read_only, .. } = draft::open(path)?;
        if read_only.is_some_and(|reason| reason.is_partly_understood()) {
            tell(&format!("{}: Not composed, because the letter could lack what is not known here", draft::name(path)));
            return Ok(Exit::HasErrors);
        }
        let template = draft::template_for(self.arguments.template.as_deref(), &draft.template, path)?;
        let order = Order { copy: self.arguments.copy.into(), today: today() };
        let composition = compose(&draft.letter, &template, &self.library, &order);
        let name = draft::name(path);
        tell_errors(&name, &composition);
        if !composition.is_finished() && !self.arguments.unfinished {
            tell(&format!("{name}: Not composed, because the letter has {}", errors(&composition)));
            hint("Mend what is told above, or compose it with --unfinished");
            return Ok(Exit::HasErrors);
        }
        self.write(target, &composition)?;
        if !composition.is_finished() {
            tell(&format!("{name}: Composed unfinished, because the letter has {}", errors(&composition)));
        }
        Ok(Exit::Fine)
    }

    fn write(&self, target: &Target, composition: &Composition) -> Result<(), Error> {
        let Composition { document, pages, diagnostics: _ } = composition;
        let bytes = (self.format.write)(&Input { document, pages })?;
        match target {
            Target::StandardOutput => put(&bytes),
            Target::File(path) => {
                store::export(path, &bytes)?;
                tell(&format!("Written: {}", path.display()));
                Ok(())
            }
        }
    }
}

fn tell_errors(name: &str, composition: &Composition) {
    errors_of(composition).for_each(|problem| tell(problem_lines(name, problem).trim_end()));
}

fn errors_of(composition: &Composition) -> impl Iterator<Item = &Diagnostic> {
    composition.diagnostics.iter().filter(|problem| problem.blocks())
}

fn errors(composition: &Composition) -> String {
    count(errors_of(composition).count(), "error")
}
