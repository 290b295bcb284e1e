//! Printing: what is asked before, what is chosen where the desktop has no dialog, and
//! what is said of it.

use std::sync::Arc;

use super::draft::{Goal, Note};
use super::{Desk, OpenDraft, Tone};
use crate::app::command::Command;
use crate::app::job::{Job, Printed};
use crate::letter::grammar::plain_name;
use crate::printing::{COPIES, Error, PAPERS, PaperSize, Printer, Sides, Ticket};
use crate::store::Fingerprint;
use crate::store::record::PRINTED;

/// The own print box, where the desktop has no dialog: the letter that is to be printed,
/// and the printers.
pub struct PrintBox {
    pub printers: Vec<Printer>,
    /// The letter's own paper, and what the job is called.
    pub ticket: Ticket,
    /// How many pages there are.
    pub pages: u32,
    /// What tells this asking from every other.
    pub number: u64,
    pdf: Arc<[u8]>,
    note: Option<Note>,
}

/// What is chosen in it, as typed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choice {
    pub printer: String,
    pub copies: String,
    /// Empty is all.
    pub pages: String,
    /// `None` is as the printer is set.
    pub sides: Option<Sides>,
    pub paper: Option<&'static PaperSize>,
}

/// What of printing is under way.
#[derive(Default)]
pub(super) struct UnderWay {
    /// The desktop's dialog is open, or printers are being looked for.
    asking: Option<Asking>,
    /// Letters on their way to a printer.
    sending: usize,
}

/// For which draft, and how many pages its letter has.
struct Asking {
    draft: u64,
    pages: u32,
    note: Option<Note>,
}

impl PrintBox {
    /// A letter of so many pages, without one.
    #[cfg(test)]
    pub(in crate::app) fn for_test(printers: Vec<Printer>, pages: u32) -> Self {
        let ticket = Ticket::new("CM13-0012345", PaperSize::named("Letter"));
        Self {
            printers,
            ticket,
            pages,
            number: 1,
            pdf: Arc::from(Vec::new()),
            note: None,
        }
    }

    pub fn printer(&self, name: &str) -> Option<&Printer> {
        self.printers.iter().find(|printer| printer.name == name)
    }

    /// The papers that can be asked of a printer.
    pub fn papers(&self, printer: &str) -> impl Iterator<Item = &'static PaperSize> {
        let printer = self.printer(printer);
        PAPERS
            .iter()
            .filter(move |paper| printer.is_some_and(|printer| printer.has_paper(paper)))
    }

    /// The printer and the ticket that are chosen, or why they do not do.
    fn order(&self, choice: &Choice) -> Result<(&Printer, Ticket), Error> {
        let Choice { printer, copies, pages, sides, paper } = choice;
        let printer = self.printer(printer).ok_or(Error::NoPrinters)?;
        let copies = copies
            .trim()
            .parse()
            .ok()
            .filter(|copies| COPIES.contains(copies))
            .ok_or(Error::NoCopies)?;
        let pages = if pages.trim().is_empty() { None } else { Some(pages.parse()?) };
        let ticket = Ticket {
            title: self.ticket.title.clone(),
            copies,
            sides: *sides,
            pages,
            paper: *paper,
        };
        ticket
            .pages
            .as_ref()
            .map_or(Ok(()), |pages| pages.within(self.pages))?;
        printer.accepts(&ticket)?;
        Ok((printer, ticket))
    }
}

impl Desk {
    pub(super) fn print(&mut self) -> Vec<Job> {
        if self.asks_about_plain(Command::Print) {
            return Vec::new();
        }
        self.aim(Goal::Print)
    }

    pub(super) fn print_pdf(&mut self) -> Vec<Job> {
        let Some(draft) = &self.draft else { return Vec::new() };
        let Some(composed) = draft.fresh() else { return Vec::new() };
        let Some(pdf) = composed.pdf.clone() else { return Vec::new() };
        let pages = composed.composition.pages.len() as u32;
        let ticket = Ticket::new(
            &plain_name(&draft.letter.case.number),
            PaperSize::of(draft.template.sheet().paper),
        );
        let note = draft.export_as(PRINTED).map(|export| (export, Fingerprint::of(&pdf)));
        self.under_way.asking = Some(Asking { draft: draft.number(), pages, note });
        vec![Job::Print { ticket: Box::new(ticket), pdf }]
    }

    /// Opens the print box for the letter as it was when it was asked for, unless it was
    /// put away meanwhile.
    pub(super) fn choose_printer(
        &mut self,
        printers: Vec<Printer>,
        ticket: Ticket,
        pdf: Arc<[u8]>,
    ) -> Vec<Job> {
        let number = self.next_revision();
        let open = self.draft.as_ref().map(OpenDraft::number);
        let asking = self
            .under_way
            .asking
            .take()
            .filter(|asking| Some(asking.draft) == open);
        match asking {
            Some(Asking { pages, note, .. }) => {
                self.print_box =
                    Some(PrintBox { printers, ticket, pages, number, pdf, note });
            }
            None => {
                self.tell(Tone::Plain, "Not printed, because the letter was closed", "")
            }
        }
        Vec::new()
    }

    /// What the box begins with: the printer and sides chosen last, as far as they are
    /// there.
    pub fn first_choice(&self, asked: &PrintBox) -> Choice {
        let usual = asked
            .printers
            .iter()
            .find(|printer| printer.is_usual)
            .or(asked.printers.first());
        let printer = asked.printer(&self.settings.printer).or(usual);
        let can =
            |sides: &Sides| printer.is_some_and(|printer| printer.can_print_on(*sides));
        Choice {
            printer: printer.map(|printer| printer.name.clone()).unwrap_or_default(),
            copies: asked.ticket.copies.to_string(),
            pages: String::new(),
            sides: self.settings.sides.filter(can),
            paper: asked.ticket.paper,
        }
    }

    /// Why what is chosen cannot be printed so.
    pub(super) fn refusal_to_print(&self, choice: &Choice) -> Option<String> {
        let Some(asked) = &self.print_box else {
            return Some("No letter is being printed".into());
        };
        asked
            .order(choice)
            .err()
            .map(|error| format!("{error}. {}", error.hint()))
    }

    /// Sends the letter of the box off, and remembers what was chosen.
    pub(super) fn send_to_printer(&mut self, choice: &Choice) -> Vec<Job> {
        let Some(asked) = self.print_box.take() else { return Vec::new() };
        let Ok((printer, ticket)) = asked.order(choice) else { return Vec::new() };
        let job = Job::SendToPrinter {
            printer: Box::new(printer.clone()),
            ticket: Box::new(ticket),
            pdf: Arc::clone(&asked.pdf),
        };
        self.under_way.sending += 1;
        if let Some(draft) = &mut self.draft {
            draft.printing.extend(asked.note);
        }
        let chosen = (choice.printer.clone(), choice.sides);
        if (&self.settings.printer, self.settings.sides) == (&chosen.0, chosen.1) {
            return vec![job];
        }
        (self.settings.printer, self.settings.sides) = chosen;
        vec![job, self.keep_settings()]
    }

    pub(super) fn printed(
        &mut self,
        result: Result<Printed, (String, String)>,
    ) -> Vec<Job> {
        let open = self.draft.as_ref().map(OpenDraft::number);
        let asking = self
            .under_way
            .asking
            .take()
            .filter(|asking| Some(asking.draft) == open);
        self.tell_of_printing(result, asking.and_then(|asking| asking.note))
    }

    pub(super) fn sent(&mut self, result: Result<Printed, (String, String)>) -> Vec<Job> {
        let note = self.no_longer_sending();
        self.tell_of_printing(result, note)
    }

    /// A letter is with its printer, or is not going to be: gives what was to be taken
    /// note of.
    pub(super) fn no_longer_sending(&mut self) -> Option<Note> {
        self.under_way.sending = self.under_way.sending.saturating_sub(1);
        let draft = self.draft.as_mut().filter(|draft| !draft.printing.is_empty());
        draft.map(|draft| draft.printing.remove(0))
    }

    /// Nobody will answer any more.
    pub(super) fn forget_asking_to_print(&mut self) {
        self.under_way.asking = None;
    }

    /// Says what became of it, and takes note of what was printed.
    fn tell_of_printing(
        &mut self,
        result: Result<Printed, (String, String)>,
        note: Option<Note>,
    ) -> Vec<Job> {
        let is_printed = matches!(result, Ok(Printed::Sent(_) | Printed::InViewer));
        let noted = note
            .filter(|_| is_printed)
            .and_then(|(export, file)| self.record(export, &[file]));
        match result {
            Ok(Printed::Sent(Some(printer))) => {
                self.tell(Tone::Done, format!("Sent to {printer}"), "")
            }
            Ok(Printed::Sent(None)) => self.tell(Tone::Done, "Sent to the printer", ""),
            Ok(Printed::Not) => self.tell(Tone::Plain, "Not printed", ""),
            Ok(Printed::InViewer) => {
                self.tell(Tone::Done, IN_VIEWER, "Print it from there")
            }
            Err((text, hint)) => self.tell_with(
                Tone::Problem,
                text,
                hint,
                vec![("Print again", Command::Print)],
            ),
        }
        let next = if is_printed {
            self.go_on_after_leaving()
        } else {
            self.stay_after_failing()
        };
        noted.into_iter().chain(next).collect()
    }

    pub(super) fn is_asking_to_print(&self) -> Option<&'static str> {
        self.under_way
            .asking
            .is_some()
            .then_some("The print dialog is open already")
    }

    /// A letter that is half sent is not left behind.
    pub(super) fn is_sending(&self) -> Option<&'static str> {
        (self.under_way.sending > 0)
            .then_some("The letter is still on its way to the printer")
    }
}

/// The viewer is the usual way on Windows, and the last one elsewhere.
const IN_VIEWER: &str = if cfg!(windows) {
    "The letter is open in your PDF viewer"
} else {
    "No printer system was found: the letter is open in your PDF viewer"
};
