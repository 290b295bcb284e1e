//! `rationale print`: letters on paper, in the order in which their drafts are named.

use std::path::Path;

use super::arguments::Print;
use super::error::Error;
use super::exit::Exit;
use super::gate::{self, DraftOutcome, Gate, GateResult, ReadyLetter, Verb};
use super::output::{report, report_error, write_words};
use super::{batch, check, draft, tables, words};
use crate::export::{ExportInput, PDF};
use crate::letter::grammar::plain_name;
use crate::printing::cups::Server;
use crate::printing::{self, COPIES, PageRanges, PaperSize, Printer, Sides, Ticket};

pub(super) fn run(arguments: &Print) -> Result<Exit, Error> {
    if !cfg!(unix) {
        return Err(printing::Error::NoPrinting.into());
    }
    let server = Server::of_this_account();
    if arguments.list {
        return list_printers(&server.printers()?);
    }
    let pages = match &arguments.pages {
        Some(pages) => Some(pages.parse()?),
        None => None,
    };
    if !COPIES.contains(&arguments.copies) {
        return Err(printing::Error::NoCopies.into());
    }
    let printers = server.printers()?;
    let printer = printing::choose(&printers, arguments.printer.as_deref())?;
    print_all(&PrintRun { arguments, server, printer, pages })
}

fn print_all(run: &PrintRun<'_>) -> Result<Exit, Error> {
    let Print { drafts, copy, unfinished, unlock, .. } = run.arguments;
    let library = words::library()?;
    let gate = Gate {
        verb: Verb { infinitive: "print", participle: "printed" },
        template: None,
        copy: (*copy).into(),
        unfinished: *unfinished,
        library,
        opener: &unlock.opener(drafts)?,
    };
    let (drafts, missing) = check::drafts(drafts);
    missing.iter().for_each(report_error);
    // Composed on all cores; printed one after the other, so that the pile is in the
    // order that was asked for.
    let ready = batch::run(&drafts, |draft| {
        batch::guarded(draft, || run.make_ready(gate.check(draft)?))
    });
    // Each is asked for by itself: one that a printer refuses does not stop the rest.
    let mut exit = missing.iter().map(Error::exit).max().unwrap_or(Exit::Fine);
    let mut outcomes = Vec::new();
    for (draft, ready) in drafts.iter().zip(ready) {
        let outcome = run.print(draft, ready);
        exit = exit.max(outcome.2);
        outcomes.push(outcome);
    }
    match &outcomes[..] {
        [(draft, word, Exit::Fine)] => report(&format!("{draft}: {word}")),
        [] | [_] => {}
        several => gate::report_all(several, "sent"),
    }
    Ok(exit)
}

/// Every printer with a mark at the usual one.
fn list_printers(printers: &[Printer]) -> Result<Exit, Error> {
    if printers.is_empty() {
        return Err(printing::Error::NoPrinters.into());
    }
    let rows = printers.iter().map(|printer| {
        let mark = if printer.is_usual { "*" } else { "" };
        let state = if printer.refuses.is_some() { "not accepting jobs" } else { "" };
        [mark.into(), printer.name.clone(), printer.about(), state.into()]
    });
    write_words(&tables::table(&rows.collect::<Vec<_>>()))?;
    Ok(Exit::Fine)
}

/// Where letters go, and how.
struct PrintRun<'a> {
    arguments: &'a Print,
    server: Server,
    printer: &'a Printer,
    pages: Option<PageRanges>,
}

/// What is reported of a draft, and its letter or, in a word, why it is not printed.
struct Ready {
    messages: Vec<String>,
    letter: Result<(Ticket, Vec<u8>), String>,
}

impl PrintRun<'_> {
    /// The very bytes that `rationale compose` writes. Nothing else of a letter is kept:
    /// a pile can be high.
    fn make_ready(&self, result: GateResult) -> Result<Ready, Error> {
        let GateResult { mut messages, letter } = result;
        let letter = match letter {
            Ok(letter) => letter,
            Err(outcome) => return Ok(Ready { messages, letter: Err(outcome) }),
        };
        let ReadyLetter { draft, template, composition, remark, .. } = *letter;
        let own_paper = PaperSize::of(template.sheet().paper);
        let ticket = self.ticket(&draft.letter.case.number, own_paper);
        if let Some(pages) = &ticket.pages {
            pages.within(composition.pages.len() as u32)?;
        }
        let pdf = (PDF.write)(&ExportInput {
            document: &composition.document,
            pages: &composition.pages,
        })?;
        messages.extend(remark);
        Ok(Ready { messages, letter: Ok((ticket, pdf)) })
    }

    fn print(&self, draft: &Path, ready: Result<Ready, Error>) -> DraftOutcome {
        let sent = match ready {
            Ok(ready) => self.send(ready),
            Err(error) => Err(error),
        };
        let (word, exit) = match sent {
            Ok(sent) => sent,
            Err(error) => {
                report_error(&error);
                (refusal(&error), error.exit())
            }
        };
        (draft::name(draft), word, exit)
    }

    fn send(&self, ready: Ready) -> Result<(String, Exit), Error> {
        ready.messages.iter().for_each(|line| report(line));
        let (ticket, pdf) = match ready.letter {
            Ok(letter) => letter,
            Err(outcome) => return Ok((outcome, Exit::HasErrors)),
        };
        let job = self.server.print(self.printer, &ticket, &pdf)?;
        Ok((format!("sent to {} as job {job}", self.printer.name), Exit::Fine))
    }

    fn ticket(&self, case_number: &str, own: Option<&'static PaperSize>) -> Ticket {
        let wanted = self.arguments.paper.as_deref().and_then(PaperSize::named);
        Ticket {
            copies: self.arguments.copies,
            sides: self.arguments.sides.map(Sides::from),
            pages: self.pages.clone(),
            ..Ticket::new(&plain_name(case_number), wanted.or(own))
        }
    }
}

/// A word about a letter that was not printed. What hinders a printer is said without the
/// draft's name, so that it can stand beside it.
fn refusal(error: &Error) -> String {
    match error {
        Error::Printing(error) => error.to_string(),
        _ => "not printed".into(),
    }
}
