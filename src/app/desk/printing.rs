//! Printing: what is asked before, what is chosen where the desktop has no dialog, and
//! what is said of it.

use std::sync::Arc;

use super::draft::Goal;
use super::waiting::{PrintNote, PrintRequest, Waiting};
use super::{Desk, DialogBox, Tone};
use crate::app::command::{Command, PrintChoice};
use crate::app::job::{ErrorMessage, JobId, PrintOutcome, TaskJob};
use crate::printing::{COPIES, Error, PAPERS, PageRanges, PaperSize, Printer, Ticket};
use crate::store::Fingerprint;
use crate::store::record::{PRINTED, VIEWED};
use crate::store::settings::Settings;

/// The own print box, where the desktop has no dialog: the letter that is to be printed,
/// the printers, and what is chosen.
pub struct PrintBox {
    pub printers: Vec<Printer>,
    /// The letter's own paper, and what the job is called.
    pub ticket: Ticket,
    /// How many pages there are.
    pub pages: u32,
    pub choice: PrintChoice,
    pdf: Arc<[u8]>,
    note: Option<PrintNote>,
}

impl PrintBox {
    /// A letter of so many pages, without one.
    #[cfg(test)]
    pub(in crate::app) fn for_test(printers: Vec<Printer>, pages: u32) -> Self {
        let ticket = Ticket::new("CM13-0012345", PaperSize::named("Letter"));
        let request = PrintRequest { draft: 0, pages, note: None };
        Self::new(printers, ticket, Arc::from(Vec::new()), request, &Settings::default())
    }

    fn new(
        printers: Vec<Printer>,
        ticket: Ticket,
        pdf: Arc<[u8]>,
        request: PrintRequest,
        settings: &Settings,
    ) -> Self {
        let choice = first_choice(&printers, &ticket, settings);
        let PrintRequest { pages, note, .. } = request;
        Self { printers, ticket, pages, choice, pdf, note }
    }

    pub fn printer(&self, name: &str) -> Option<&Printer> {
        self.printers.iter().find(|printer| printer.name == name)
    }

    /// The papers that can be asked of a printer.
    pub fn papers(&self, printer: &str) -> Vec<&'static PaperSize> {
        let Some(printer) = self.printer(printer) else { return Vec::new() };
        PAPERS.iter().filter(|paper| printer.has_paper(paper)).collect()
    }

    /// The printer and the ticket that are chosen, or why they do not do.
    fn order(&self, choice: &PrintChoice) -> Result<(&Printer, Ticket), Error> {
        let PrintChoice { printer, copies, pages, sides, paper } = choice;
        let printer = self.printer(printer).ok_or(Error::NoPrinters)?;
        let copies = copies.trim().parse().map_err(|_| Error::NoCopies)?;
        if !COPIES.contains(&copies) {
            return Err(Error::NoCopies);
        }
        let pages: Option<PageRanges> =
            if pages.trim().is_empty() { None } else { Some(pages.parse()?) };
        if let Some(pages) = &pages {
            pages.within(self.pages)?;
        }
        let title = self.ticket.title.clone();
        let ticket = Ticket { title, copies, sides: *sides, pages, paper: *paper };
        printer.accepts(&ticket)?;
        Ok((printer, ticket))
    }

    /// Why what is chosen cannot be printed so.
    pub fn refusal(&self, choice: &PrintChoice) -> Option<String> {
        let error = self.order(choice).err()?;
        Some(format!("{error}. {}", error.hint()))
    }
}

impl Desk {
    pub(super) fn print(&mut self) {
        if !self.warns_about_plain(Command::Print) {
            self.set_goal(Goal::Print);
        }
    }

    pub(super) fn print_pdf(&mut self) {
        let Some(draft) = &self.draft else { return };
        let Some(composed) = draft.fresh() else { return };
        let Some(pdf) = composed.pdf.clone() else { return };
        let pages = composed.composition.pages.len() as u32;
        let paper = PaperSize::of(draft.template.sheet().paper);
        let ticket = Box::new(Ticket::new(&draft.letter.case.number, paper));
        let export = draft.export_record(PRINTED);
        let note = export.map(|export| (export, Fingerprint::of(&pdf)));
        let request = PrintRequest { draft: draft.number(), pages, note };
        let id = self.wait_for(Waiting::PrintDialog(request));
        self.send(TaskJob::Print { id, ticket, pdf });
    }

    /// Opens the print box for the letter as it was when it was asked for, unless it was
    /// closed meanwhile.
    pub(super) fn choose_printer(
        &mut self,
        id: JobId,
        printers: Vec<Printer>,
        ticket: Ticket,
        pdf: Arc<[u8]>,
    ) {
        let Some(Waiting::PrintDialog(request)) = self.stop_waiting(id) else { return };
        if request.draft != self.draft_number() {
            let text = "Not printed, because the letter was closed";
            return self.show_notice(Tone::Plain, text, "");
        }
        let opened = PrintBox::new(printers, ticket, pdf, request, &self.settings);
        self.open_dialog(DialogBox::Print(opened));
    }

    /// Why what is chosen in the print box cannot be printed so.
    pub(super) fn refusal_to_print(&self, choice: &PrintChoice) -> Option<String> {
        match &self.dialog {
            Some(DialogBox::Print(asked)) => asked.refusal(choice),
            _ => Some("No letter is being printed".into()),
        }
    }

    /// Sends the letter of the box off, and remembers what was chosen.
    pub(super) fn send_to_printer(&mut self, choice: &PrintChoice) {
        let Some(DialogBox::Print(asked)) = &self.dialog else { return };
        let Ok((printer, ticket)) = asked.order(choice) else { return };
        let (printer, ticket) = (Box::new(printer.clone()), Box::new(ticket));
        let (pdf, note) = (Arc::clone(&asked.pdf), asked.note.clone());
        self.close_dialog();
        let draft = self.draft_number();
        let id = self.wait_for(Waiting::Printer { draft, note });
        self.send(TaskJob::SendToPrinter { id, printer, ticket, pdf });
        let settings = &mut self.settings;
        if settings.printer != choice.printer || settings.sides != choice.sides {
            settings.printer.clone_from(&choice.printer);
            settings.sides = choice.sides;
            self.save_settings();
        }
    }

    /// Says what became of a letter that was printed, and records it.
    pub(super) fn printed(
        &mut self,
        id: JobId,
        result: Result<PrintOutcome, ErrorMessage>,
    ) {
        let (draft, note) = match self.stop_waiting(id) {
            Some(Waiting::PrintDialog(request)) => (request.draft, request.note),
            Some(Waiting::Printer { draft, note }) => (draft, note),
            _ => return,
        };
        let is_printed =
            matches!(result, Ok(PrintOutcome::Sent(_) | PrintOutcome::InViewer));
        let is_recorded = is_printed && draft == self.draft_number();
        if let (true, Some((mut export, file))) = (is_recorded, note) {
            if matches!(result, Ok(PrintOutcome::InViewer)) {
                VIEWED.clone_into(&mut export.format);
            }
            self.record(export, &[file]);
        }
        match result {
            Ok(PrintOutcome::Sent(Some(printer))) => {
                self.show_notice(Tone::Done, format!("Sent to {printer}"), "");
            }
            Ok(PrintOutcome::Sent(None)) => {
                self.show_notice(Tone::Done, "Sent to the printer", "");
            }
            Ok(PrintOutcome::Not) => self.show_notice(Tone::Plain, "Not printed", ""),
            Ok(PrintOutcome::InViewer) => {
                self.show_notice(Tone::Done, IN_VIEWER, "Print it from there");
            }
            Err(ErrorMessage { text, hint }) => {
                let offers = vec![("Print again", Command::Print)];
                self.show_notice_with(Tone::Problem, text, hint, offers);
            }
        }
        if is_printed { self.go_on_after_leaving() } else { self.stay_after_failing() }
    }

    pub(super) fn is_asking_to_print(&self) -> bool {
        self.is_waiting_for(|waiting| matches!(waiting, Waiting::PrintDialog(_)))
    }

    pub(super) fn is_sending(&self) -> bool {
        self.is_waiting_for(|waiting| matches!(waiting, Waiting::Printer { .. }))
    }
}

/// What the box begins with: the printer and sides chosen last, as far as they are
/// there.
fn first_choice(
    printers: &[Printer],
    ticket: &Ticket,
    settings: &Settings,
) -> PrintChoice {
    let last = printers.iter().find(|printer| printer.name == settings.printer);
    let usual = printers.iter().find(|printer| printer.is_usual);
    let Some(printer) = last.or(usual).or(printers.first()) else {
        return PrintChoice::default();
    };
    PrintChoice {
        printer: printer.name.clone(),
        copies: ticket.copies.to_string(),
        pages: String::new(),
        sides: settings.sides.filter(|sides| printer.can_print_on(*sides)),
        paper: ticket.paper,
    }
}

/// The viewer is the usual way on Windows, and the last one elsewhere.
const IN_VIEWER: &str = if cfg!(windows) {
    "The letter is open in your PDF viewer"
} else {
    "No printer system was found: the letter is open in your PDF viewer"
};
