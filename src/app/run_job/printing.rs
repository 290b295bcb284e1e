//! Printing from the window, as a task: by the desktop's own dialog, or else with the
//! printers that there are to choose from, or else by the system's viewer.

use std::sync::Arc;

use crate::app::job::{ErrorMessage, Event, JobId, PrintOutcome};
use crate::app::platform;
#[cfg(not(windows))]
use crate::printing::cups::Server;
use crate::printing::{Error, Printer, Ticket};
use crate::store::{self, DataFolder};

/// Has a letter printed, or finds the printers that it could be printed on.
pub(super) fn print(
    data: Option<&DataFolder>,
    id: JobId,
    ticket: Box<Ticket>,
    pdf: Arc<[u8]>,
) -> Event {
    let result = match by_dialog(data, &ticket, &pdf) {
        Err(Failure::Printing(Error::NoDialog)) => {
            let printers = printers();
            if !printers.is_empty() {
                return Event::Printers { id, printers, ticket, pdf };
            }
            by_viewer(data, &ticket, &pdf)
        }
        result => result,
    };
    Event::Printed { id, result: result.map_err(|failure| failure.message()) }
}

/// Sends a letter to the printer that was chosen.
pub(super) fn send(
    data: Option<&DataFolder>,
    id: JobId,
    printer: &Printer,
    ticket: &Ticket,
    pdf: &[u8],
) -> Event {
    let result = send_to(data, printer, ticket, pdf);
    let sent = result.map(|()| PrintOutcome::Sent(Some(printer.name.clone())));
    Event::Sent { id, result: sent.map_err(|failure| failure.message()) }
}

#[cfg(not(windows))]
fn printers() -> Vec<Printer> {
    Server::of_this_account().printers().unwrap_or_default()
}

#[cfg(not(windows))]
fn send_to(
    _data: Option<&DataFolder>,
    printer: &Printer,
    ticket: &Ticket,
    pdf: &[u8],
) -> Result<(), Failure> {
    Server::of_this_account().print(printer, ticket, pdf)?;
    Ok(())
}

#[cfg(windows)]
use crate::printing::windows::printers;

/// Windows prints files, and all of their pages.
#[cfg(windows)]
fn send_to(
    data: Option<&DataFolder>,
    printer: &Printer,
    ticket: &Ticket,
    pdf: &[u8],
) -> Result<(), Failure> {
    let only = ticket.pages.as_ref().and_then(|pages| {
        let ranges: Vec<(u32, u32)> = pages.iter().collect();
        crate::export::only(pdf, &ranges)
    });
    let path = store::for_printing(
        folder(data)?,
        &ticket.title,
        only.as_deref().unwrap_or(pdf),
    )?;
    let result = crate::printing::windows::print(printer, ticket, &path);
    store::printed(&path);
    Ok(result?)
}

#[cfg(all(unix, not(target_os = "macos")))]
fn by_dialog(
    data: Option<&DataFolder>,
    ticket: &Ticket,
    pdf: &[u8],
) -> Result<PrintOutcome, Failure> {
    use crate::printing::portal::{self, Answer};
    let file = store::for_sending(folder(data)?, pdf)?;
    match portal::print(&ticket.title, ticket.paper, file.into())? {
        Answer::Sent(printer) => Ok(PrintOutcome::Sent(printer)),
        Answer::Cancelled => Ok(PrintOutcome::Not),
    }
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
fn by_dialog(
    _data: Option<&DataFolder>,
    _ticket: &Ticket,
    _pdf: &[u8],
) -> Result<PrintOutcome, Failure> {
    Err(Error::NoDialog.into())
}

fn by_viewer(
    data: Option<&DataFolder>,
    ticket: &Ticket,
    pdf: &[u8],
) -> Result<PrintOutcome, Failure> {
    let path = store::for_printing(folder(data)?, &ticket.title, pdf)?;
    if platform::open_outside(&path) {
        Ok(PrintOutcome::InViewer)
    } else {
        Err(Failure::NoViewer)
    }
}

fn folder(data: Option<&DataFolder>) -> Result<&DataFolder, Failure> {
    data.ok_or_else(|| store::Error::NoDataFolder.into())
}

#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Printing(#[from] Error),
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error("No printer and no PDF viewer was found")]
    NoViewer,
}

impl Failure {
    /// What happened, and what to do.
    fn message(&self) -> ErrorMessage {
        let hint = match self {
            Self::Printing(error) => error.hint(),
            Self::Store(error) => error.hint(),
            Self::NoViewer => "Export the letter and print it elsewhere".into(),
        };
        ErrorMessage::new(self, hint)
    }
}
