//! `rationale verify`: whether a PDF is what a draft gives, and if not, what differs, in
//! words.

use std::sync::Arc;

use super::{Error, Exit, Verify, draft, hint, put, tell, today, words};
use crate::compare::{self, Piece};
use crate::compose::{Composition, compose};
use crate::export::{self, ExportInput};
use crate::import;
use crate::store::record::PRINTED;
use crate::store::{self, Exported, TemplateRef};
use crate::template::{LetterCopy, Order, Template};

/// A copy of the letter, as this draft gives it today.
struct Made {
    copy: LetterCopy,
    composition: Composition,
    pdf: Vec<u8>,
}

pub(super) fn run(arguments: &Verify) -> Result<Exit, Error> {
    let given = store::read_letter(&arguments.letter)?;
    let opened = arguments
        .unlock
        .opener(std::slice::from_ref(&arguments.draft))?
        .open(&arguments.draft)?;
    let template = its_own(&opened.draft.template, arguments)?;
    let library = words::library()?;
    let made = [LetterCopy::Served, LetterCopy::Public].map(|copy| {
        let composition = compose(
            &opened.draft.letter,
            &template,
            &library,
            &Order { copy, today: today() },
        );
        let pdf = pdf(&composition)?;
        Ok::<_, Error>(Made { copy, composition, pdf })
    });
    let [served, public] = made;
    let made = [served?, public?];
    let exported = opened.draft.record.of_file(&given);
    put(exported
        .map(|export| tell_export(arguments, export))
        .unwrap_or_default()
        .as_bytes())?;
    match made.iter().find(|made| made.pdf == given) {
        Some(same) => tell_same(arguments, same),
        None => tell_difference(arguments, &given, &made),
    }
}

/// What the draft itself knows of the file.
fn tell_export(arguments: &Verify, export: &Exported) -> String {
    let (letter, draft) = (draft::name(&arguments.letter), draft::name(&arguments.draft));
    let done = if export.format == PRINTED { "printed" } else { "exported" };
    let at = export.at.strftime("%m/%d/%Y at %H:%M UTC");
    format!("{letter} was {done} from {draft} on {at}, as it stood then\n")
}

/// The wording that the draft was written in, which travels with it.
fn its_own(wanted: &TemplateRef, arguments: &Verify) -> Result<Arc<Template>, Error> {
    match Template::parse(&wanted.source) {
        Ok(carried) => Ok(Arc::new(carried)),
        Err(_) => draft::template_for(None, wanted, &arguments.draft),
    }
}

fn pdf(composition: &Composition) -> Result<Vec<u8>, Error> {
    let input =
        ExportInput { document: &composition.document, pages: &composition.pages };
    Ok((export::PDF.write)(&input)?)
}

fn tell_same(arguments: &Verify, made: &Made) -> Result<Exit, Error> {
    let (letter, draft) = (draft::name(&arguments.letter), draft::name(&arguments.draft));
    let copy = of(made.copy);
    put(format!("{letter} is {copy} of {draft}, byte for byte\n").as_bytes())?;
    if made.composition.is_finished() {
        return Ok(Exit::Fine);
    }
    tell("The letter has errors, and every page says DRAFT");
    Ok(Exit::HasErrors)
}

/// Of the two copies, the one with fewer other words is meant.
fn tell_difference(
    arguments: &Verify,
    given: &[u8],
    made: &[Made; 2],
) -> Result<Exit, Error> {
    let found = import::words(given)?;
    let differences = made.each_ref().map(|made| compare::words(&body(made), &found));
    let [served, public] = &differences;
    let nearest = usize::from(changed(public) < changed(served));
    let (copy, pieces) = (of(made[nearest].copy), &differences[nearest]);
    let (letter, draft) = (draft::name(&arguments.letter), draft::name(&arguments.draft));
    if pieces.is_empty() {
        put(format!(
            "{letter} says word for word what {copy} of {draft} says, in another file\n"
        )
        .as_bytes())?;
        hint(
            "It was made by another version of Rationale or another program, or changed \
                after it was made",
        );
        return Ok(Exit::HasErrors);
    }
    let lines: String = pieces.iter().map(line).collect();
    put(format!("{letter} is not what {draft} gives. It differs from {copy}:\n{lines}")
        .as_bytes())?;
    Ok(Exit::HasErrors)
}

/// The words of the letter as its own PDF gives them, page numbers and broken lines
/// included.
fn body(made: &Made) -> String {
    import::words(&made.pdf).unwrap_or_else(|_| made.composition.document.text())
}

fn of(copy: LetterCopy) -> &'static str {
    match copy {
        LetterCopy::Served => "the served copy",
        LetterCopy::Public => "the public copy",
    }
}

/// How many words differ.
fn changed(pieces: &[Piece]) -> usize {
    let words = |text: &String| text.split_whitespace().count();
    let of_piece = |piece: &Piece| match piece {
        Piece::Same(_) => 0,
        Piece::Gone(text) | Piece::Come(text) => words(text),
    };
    pieces.iter().map(of_piece).sum()
}

fn line(piece: &Piece) -> String {
    match piece {
        Piece::Same(words) => format!("  {words}\n"),
        Piece::Gone(words) => format!("- in the draft alone: {words}\n"),
        Piece::Come(words) => format!("+ in the PDF alone: {words}\n"),
    }
}
