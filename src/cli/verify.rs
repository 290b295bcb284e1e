//! `rationale verify`: whether a PDF is what a draft gives, and if not, what differs, in
//! words.

use std::sync::Arc;

use super::arguments::Verify;
use super::clock::today;
use super::error::Error;
use super::exit::Exit;
use super::output::{report, report_hint, write_words};
use super::{draft, words};
use crate::compare::{self, Piece};
use crate::compose::{Composition, compose};
use crate::export::{self, ExportInput};
use crate::import;
use crate::outside::{self, StopSign};
use crate::store::{self, Exported, TemplateRef};
use crate::template::{LetterCopy, Order, Template};

/// A copy of the letter, as this draft gives it today.
struct ComposedCopy {
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
    let template = own_template(&opened.draft.template, arguments)?;
    let library = words::library()?;
    let today = today()?;
    let composed = |copy| {
        let order = Order { copy, today };
        let composition = compose(&opened.draft.letter, &template, library, &order);
        let pdf = pdf(&composition)?;
        Ok::<_, Error>(ComposedCopy { copy, composition, pdf })
    };
    let copies = [composed(LetterCopy::Served)?, composed(LetterCopy::Public)?];
    if let Some(export) = opened.draft.record.of_file(&given) {
        write_words(&export_line(arguments, export))?;
    }
    match copies.iter().find(|copy| copy.pdf == given) {
        Some(same) => report_same(arguments, same),
        None => report_difference(arguments, &given, &copies),
    }
}

/// What the draft itself knows of the file.
fn export_line(arguments: &Verify, export: &Exported) -> String {
    let (letter, draft) = (draft::name(&arguments.letter), draft::name(&arguments.draft));
    let done = export.deed().to_lowercase();
    let at = export.at.strftime("%m/%d/%Y at %H:%M UTC");
    format!("{letter} was {done} from {draft} on {at}\n")
}

/// The wording that the draft was written in, which travels with it.
fn own_template(
    wanted: &TemplateRef,
    arguments: &Verify,
) -> Result<Arc<Template>, Error> {
    match outside::template(&wanted.source) {
        Ok(carried) => Ok(Arc::new(carried)),
        Err(_) => draft::template_for(None, wanted, &arguments.draft),
    }
}

fn pdf(composition: &Composition) -> Result<Vec<u8>, Error> {
    let input =
        ExportInput { document: &composition.document, pages: &composition.pages };
    Ok((export::PDF.write)(&input)?)
}

fn report_same(arguments: &Verify, composed: &ComposedCopy) -> Result<Exit, Error> {
    let (letter, draft) = (draft::name(&arguments.letter), draft::name(&arguments.draft));
    let copy = copy_name(composed.copy);
    write_words(&format!("{letter} matches {copy} of {draft} exactly\n"))?;
    if composed.composition.is_finished() {
        return Ok(Exit::Fine);
    }
    report("The letter has errors, so every page says DRAFT");
    Ok(Exit::HasErrors)
}

/// Of the two copies, the one with fewer other words is meant.
fn report_difference(
    arguments: &Verify,
    given: &[u8],
    copies: &[ComposedCopy; 2],
) -> Result<Exit, Error> {
    let found = outside::words(given, &StopSign::default())?.text;
    let differences =
        copies.each_ref().map(|copy| compare::words(&words_of(copy), &found));
    let [served, public] = &differences;
    let nearest = usize::from(count_changed_words(public) < count_changed_words(served));
    let (copy, pieces) = (copy_name(copies[nearest].copy), &differences[nearest]);
    let (letter, draft) = (draft::name(&arguments.letter), draft::name(&arguments.draft));
    if pieces.is_empty() {
        write_words(&format!(
            "{letter} has the same text as {copy} of {draft}, but it is not the same file\n"
        ))?;
        report_hint(
            "It was made by another version of Rationale or another program, or was \
                changed later",
        );
        return Ok(Exit::HasErrors);
    }
    let lines: String = pieces.iter().map(piece_line).collect();
    write_words(&format!(
        "{letter} does not match {draft}. It differs from {copy}:\n{lines}"
    ))?;
    Ok(Exit::HasErrors)
}

/// The words of the letter as its own PDF gives them, page numbers and broken lines
/// included.
fn words_of(copy: &ComposedCopy) -> String {
    match import::words(&copy.pdf) {
        Ok(words) => words.text,
        Err(_) => copy.composition.document.text(),
    }
}

fn copy_name(copy: LetterCopy) -> &'static str {
    match copy {
        LetterCopy::Served => "the served copy",
        LetterCopy::Public => "the public copy",
    }
}

/// How many words differ.
fn count_changed_words(pieces: &[Piece]) -> usize {
    let mut changed = 0;
    for piece in pieces {
        if let Piece::Gone(text) | Piece::Come(text) = piece {
            changed += text.split_whitespace().count();
        }
    }
    changed
}

fn piece_line(piece: &Piece) -> String {
    match piece {
        Piece::Same(words) => format!("  {words}\n"),
        Piece::Gone(words) => format!("- only in the draft: {words}\n"),
        Piece::Come(words) => format!("+ only in the PDF: {words}\n"),
    }
}
