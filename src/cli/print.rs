//! `rationale print`: letters on paper, in the order in which their drafts are named.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::gate::{self, Deed, Door, Outcome, Outgoing, Verdict};
use super::{
    CopyName, Error, Exit, Unlock, batch, check, draft, put, tables, tell, tell_error,
    words,
};
use crate::export::{FORMATS, Input};
use crate::printing::cups::Server;
use crate::printing::{
    self, COPIES, PAPERS, PageRanges, PaperSize, Printer, Sides, Ticket,
};

#[derive(Args)]
pub(super) struct Print {
    /// The drafts, or folders of drafts; - reads one from standard input
    #[arg(required_unless_present = "list", value_name = "DRAFT|DIR")]
    drafts: Vec<PathBuf>,
    /// List the printers, and print nothing
    #[arg(long, conflicts_with = "drafts")]
    list: bool,
    /// The printer [default: the usual one]
    #[arg(long, value_name = "NAME")]
    printer: Option<String>,
    /// How many of each letter
    #[arg(long, value_name = "N", default_value_t = 1)]
    copies: u32,
    /// The sides of a sheet to print on [default: as the printer is set]
    #[arg(long)]
    sides: Option<SidesName>,
    /// The pages to print, such as 1-3 or 1,4-6 [default: all]
    #[arg(long, value_name = "PAGES")]
    pages: Option<String>,
    /// The paper [default: the letter's own]
    #[arg(long, value_name = "NAME", value_parser = papers(), ignore_case = true)]
    paper: Option<String>,
    /// The copy: what recipients are sent, or what is published
    #[arg(long, default_value = "served")]
    copy: CopyName,
    /// Print letters with errors too; every page of those says DRAFT
    #[arg(long)]
    unfinished: bool,
    #[command(flatten)]
    unlock: Unlock,
}

#[derive(Clone, Copy, ValueEnum)]
enum SidesName {
    One,
    TwoLong,
    TwoShort,
}

impl From<SidesName> for Sides {
    fn from(name: SidesName) -> Self {
        match name {
            SidesName::One => Self::One,
            SidesName::TwoLong => Self::TwoLong,
            SidesName::TwoShort => Self::TwoShort,
        }
    }
}

fn papers() -> clap::builder::PossibleValuesParser {
    PAPERS.iter().map(|paper| paper.name).collect::<Vec<_>>().into()
}

pub(super) fn run(arguments: &Print) -> Result<Exit, Error> {
    let server = Server::of_this_account();
    if arguments.list {
        return list(&server.printers()?);
    }
    let pages = arguments.pages.as_deref().map(str::parse).transpose()?;
    if !COPIES.contains(&arguments.copies) {
        return Err(printing::Error::NoCopies.into());
    }
    let printers = server.printers()?;
    let printer = printing::choose(&printers, arguments.printer.as_deref())?;
    print_all(&Press { arguments, server, printer, pages })
}

fn print_all(press: &Press) -> Result<Exit, Error> {
    let Print { drafts, copy, unfinished, .. } = press.arguments;
    let (library, deed) = (words::library()?, Deed { verb: "print", done: "printed" });
    let opener = press.arguments.unlock.opener(drafts)?;
    let (copy, unfinished) = ((*copy).into(), *unfinished);
    let door = Door {
        deed,
        template: None,
        copy,
        unfinished,
        library: &library,
        opener: &opener,
    };
    let (drafts, missing) = check::drafts(drafts);
    missing.iter().for_each(tell_error);
    // Composed on all cores; printed one after the other, so that the pile lies in the
    // order that was asked for.
    let ready = batch::run(&drafts, |draft| {
        batch::guarded(draft, || {
            door.judge(draft).and_then(|verdict| press.make_ready(verdict))
        })
    });
    let outcomes: Vec<Outcome> = drafts
        .iter()
        .zip(ready)
        .map(|(draft, ready)| press.outcome(draft, ready))
        .collect();
    match &outcomes[..] {
        [(draft, word, Exit::Fine)] => tell(&format!("{draft}: {word}")),
        [] | [_] => {}
        several => gate::tell_of_all(several, "sent"),
    }
    let exits = missing
        .iter()
        .map(Error::exit)
        .chain(outcomes.iter().map(|(.., exit)| *exit));
    Ok(exits.max().unwrap_or(Exit::Fine))
}

/// Every printer with a mark at the usual one.
fn list(printers: &[Printer]) -> Result<Exit, Error> {
    if printers.is_empty() {
        return Err(printing::Error::NoPrinters.into());
    }
    let rows = printers.iter().map(|printer| {
        let mark = if printer.is_usual { "*" } else { "" };
        let state = if printer.refuses.is_some() { "takes no letters now" } else { "" };
        [mark.into(), printer.name.clone(), printer.about(), state.into()]
    });
    put(tables::table(&rows.collect::<Vec<_>>()).as_bytes()).map(|()| Exit::Fine)
}

/// Where letters go, and how.
struct Press<'a> {
    arguments: &'a Print,
    server: Server,
    printer: &'a Printer,
    pages: Option<PageRanges>,
}

/// What is told of a draft, and its letter or, in a word, why it is not printed.
struct Ready {
    told: Vec<String>,
    letter: Result<(Ticket, Vec<u8>), String>,
}

impl Press<'_> {
    /// The very bytes that `rationale compose` writes. Nothing else of a letter is kept:
    /// a pile can be high.
    fn make_ready(&self, Verdict { mut told, letter }: Verdict) -> Result<Ready, Error> {
        let letter = match letter {
            Ok(letter) => letter,
            Err(outcome) => return Ok(Ready { told, letter: Err(outcome) }),
        };
        let Outgoing { draft, template, composition, remark, .. } = *letter;
        let ticket =
            self.ticket(&draft.letter.case.number, PaperSize::of(template.sheet().paper));
        if let Some(pages) = &ticket.pages {
            pages.within(composition.pages.len() as u32)?;
        }
        let pdf = (FORMATS[0].write)(&Input {
            document: &composition.document,
            pages: &composition.pages,
        })?;
        told.extend(remark);
        Ok(Ready { told, letter: Ok((ticket, pdf)) })
    }

    fn outcome(&self, draft: &Path, ready: Result<Ready, Error>) -> Outcome {
        let (word, exit) =
            ready.and_then(|ready| self.send(ready)).unwrap_or_else(|error| {
                tell_error(&error);
                // What hinders a printer is told without the draft's name.
                let word = if let Error::Printing(error) = &error {
                    error.to_string()
                } else {
                    "not printed".into()
                };
                (word, error.exit())
            });
        (draft::name(draft), word, exit)
    }

    fn send(&self, ready: Ready) -> Result<(String, Exit), Error> {
        ready.told.iter().for_each(|line| tell(line));
        let (ticket, pdf) = match ready.letter {
            Ok(letter) => letter,
            Err(outcome) => return Ok((outcome, Exit::HasErrors)),
        };
        let job = self.server.print(self.printer, &ticket, &pdf)?;
        Ok((format!("sent to {} as job {job}", self.printer.name), Exit::Fine))
    }

    fn ticket(&self, case_number: &str, own: Option<&'static PaperSize>) -> Ticket {
        let paper = self.arguments.paper.as_deref().and_then(PaperSize::named).or(own);
        let sides = self.arguments.sides.map(Sides::from);
        Ticket {
            copies: self.arguments.copies,
            sides,
            pages: self.pages.clone(),
            ..Ticket::new(case_number, paper)
        }
    }
}

/// What was asked of a printer that it cannot do, or that is not there, is wrong usage;
/// the rest is not in our hands.
pub(super) fn exit(error: &printing::Error) -> Exit {
    use printing::Error as E;
    match error {
        E::NoPrinter { .. }
        | E::NoUsual { .. }
        | E::OtherSides { .. }
        | E::OtherPaper { .. }
        | E::NoPages { .. }
        | E::NoSuchPage { .. }
        | E::NoCopies => Exit::WrongUsage,
        E::NoServer { .. }
        | E::NotUnderstood { .. }
        | E::NoPrinters
        | E::TakesNothing { .. }
        | E::Forbidden { .. }
        | E::Refused { .. }
        | E::NoDialog
        | E::DialogBroke { .. } => Exit::MachineFailed,
    }
}
