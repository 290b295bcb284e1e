//! The printers of Windows. Windows itself draws the PDF's pages, and its print ticket
//! says how.

use std::path::Path;

use winprint::printer::{FilePrinter, PrinterDevice, WinPdfPrinter};
use winprint::ticket::{
    Copies, FeatureOptionPackWithPredefined, PredefinedDuplexType, PredefinedMediaName,
    PrintCapabilities, PrintTicket, PrintTicketBuilder,
};

use super::{Error, PaperSize, Printer, Sides, Ticket};

/// Every printer that this account knows.
pub fn printers() -> Vec<Printer> {
    let Ok(devices) = PrinterDevice::all() else { return Vec::new() };
    let usual = PrinterDevice::user_default().ok().flatten();
    let usual = usual.as_ref().map(PrinterDevice::name);
    let mut printers = Vec::new();
    for device in &devices {
        printers.push(Printer {
            name: device.name().to_owned(),
            is_usual: usual == Some(device.name()),
            ..Printer::default()
        });
    }
    printers
}

/// Prints a PDF's file, which is called as the job is to be.
pub fn print(printer: &Printer, ticket: &Ticket, pdf: &Path) -> Result<(), Error> {
    let name = || printer.name.clone();
    let refused = |reason: &dyn std::fmt::Display| Error::Refused {
        name: name(),
        reason: reason.to_string(),
    };
    let devices = PrinterDevice::all().map_err(|error| refused(&error))?;
    let device = devices.into_iter().find(|device| device.name() == printer.name);
    let Some(device) = device else {
        return Err(Error::NoPrinter { name: name(), known: Vec::new() });
    };
    let wanted = ticket_for(printer, &device, ticket)?;
    match WinPdfPrinter::new(device).print(pdf, wanted) {
        Ok(_) => Ok(()),
        Err(error) => Err(refused(&error)),
    }
}

/// What the ticket asks, in the printer's own words.
fn ticket_for(
    printer: &Printer,
    device: &PrinterDevice,
    ticket: &Ticket,
) -> Result<PrintTicket, Error> {
    let name = || printer.name.clone();
    let broken = |_| Error::Refused { name: name(), reason: "its driver".into() };
    let capabilities = PrintCapabilities::fetch(device)
        .map_err(|error| Error::Refused { name: name(), reason: error.to_string() })?;
    let mut builder = PrintTicketBuilder::new(device).map_err(broken)?;
    let copies = Copies(u16::try_from(ticket.copies).unwrap_or(1));
    builder.merge(copies).map_err(broken)?;
    if let Some(sides) = ticket.sides {
        let mut known = capabilities.duplexes();
        let duplex =
            known.find(|one| one.as_predefined_name() == Some(duplex_name(sides)));
        let Some(duplex) = duplex else { return Err(Error::OtherSides { name: name() }) };
        builder.merge(duplex).map_err(broken)?;
    }
    if let Some(paper) = ticket.paper {
        let mut known = capabilities.page_media_sizes();
        let media = known.find(|one| one.as_predefined_name() == media_name(paper));
        let Some(media) = media else {
            return Err(Error::OtherPaper { name: name(), paper: paper.name });
        };
        builder.merge(media).map_err(broken)?;
    }
    builder.build().map_err(broken)
}

fn duplex_name(sides: Sides) -> PredefinedDuplexType {
    match sides {
        Sides::One => PredefinedDuplexType::OneSided,
        Sides::TwoLong => PredefinedDuplexType::TwoSidedLongEdge,
        Sides::TwoShort => PredefinedDuplexType::TwoSidedShortEdge,
    }
}

fn media_name(paper: &PaperSize) -> Option<PredefinedMediaName> {
    match paper.name {
        "Letter" => Some(PredefinedMediaName::NorthAmericaLetter),
        "A4" => Some(PredefinedMediaName::ISOA4),
        "Legal" => Some(PredefinedMediaName::NorthAmericaLegal),
        _ => None,
    }
}
