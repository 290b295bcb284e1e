//! Printing: what is asked before, what is chosen, what is said.

use super::exporting::finished;
use super::*;
use crate::app::command::{Leave, PrintChoice};
use crate::app::job::{ErrorMessage, PrintOutcome};
use crate::printing::{PaperSize, Printer, Sides, Ticket};

fn printer(name: &str) -> Printer {
    Printer { name: name.into(), ..Printer::default() }
}

/// Asks for the letter to be printed where the desktop has no dialog.
fn with_printers(desk: &mut Desk, printers: Vec<Printer>) -> Vec<Job> {
    let jobs = desk.run(Command::Print);
    let [Job::Task(TaskJob::Print { id, ticket, pdf })] = &jobs[..] else {
        panic!("nothing is printed")
    };
    desk.receive(Event::Printers {
        id: *id,
        printers,
        ticket: ticket.clone(),
        pdf: Arc::clone(pdf),
    })
}

fn first_choice(desk: &Desk) -> PrintChoice {
    desk.print_box().expect("no printer is to be chosen").choice.clone()
}

fn ticket_of(jobs: &[Job]) -> (&str, Ticket) {
    let ticket = jobs.iter().find_map(|job| match job {
        Job::Task(TaskJob::SendToPrinter { printer, ticket, .. }) => {
            Some((printer.name.as_str(), Ticket::clone(ticket)))
        }
        _ => None,
    });
    ticket.expect("nothing is sent")
}

#[test]
fn a_letter_is_printed_as_it_is_now() {
    let mut desk = finished();
    desk.letter().summary.push_str(" He walks.");
    let jobs = desk.run(Command::Print);
    assert_eq!(job_names(&jobs), ["compose"]);
    let jobs = desk.compose(&jobs);
    let bytes = desk.open_draft().composed.as_ref().unwrap().pdf.clone().unwrap();
    let [Job::Task(TaskJob::Print { ticket, pdf, .. })] = &jobs[..] else {
        panic!("nothing is printed")
    };
    assert_eq!(
        (ticket.title.as_str(), ticket.paper, pdf),
        ("CM13-0012345", PaperSize::named("Letter"), &bytes)
    );
}

#[test]
fn what_became_of_it_is_said() {
    let failure =
        ErrorMessage::new("Office did not take the letter", "Choose another printer");
    for (result, expected) in [
        (Ok(PrintOutcome::Sent(Some("Office".into()))), "Sent to Office"),
        (Ok(PrintOutcome::Sent(None)), "Sent to the printer"),
        (Ok(PrintOutcome::Not), "Not printed"),
        (
            Ok(PrintOutcome::InViewer),
            "No printer system was found: the letter is open in your PDF viewer",
        ),
        (Err(failure), "Office did not take the letter"),
    ] {
        let mut desk = finished();
        desk.run(Command::Print);
        assert_eq!(
            desk.refusal(&Command::Print).as_deref(),
            Some("The print dialog is already open")
        );
        desk.answer_print(result);
        assert_eq!(
            (desk.notice_texts(), desk.refusal(&Command::Print)),
            (vec![expected], None)
        );
    }
}

#[test]
fn errors_are_shown_before_a_letter_is_printed() {
    let mut desk = finished();
    desk.letter().summary.clear();
    let jobs = desk.run(Command::Print);
    assert!(desk.compose(&jobs).is_empty());
    assert_eq!(desk.question().unwrap().title, "The letter has 1 field to fill in");
    assert_eq!(
        desk.labels(),
        ["Show the first", "Print with DRAFT on every page", "Cancel"]
    );
    assert_eq!(job_names(&desk.answer("Print with DRAFT on every page")), ["print"]);
}

#[test]
fn without_a_dialog_a_printer_is_chosen() {
    let mut desk = finished();
    let printers =
        vec![printer("Archive"), Printer { is_usual: true, ..printer("Office") }];
    with_printers(&mut desk, printers.clone());
    let choice = first_choice(&desk);
    assert_eq!(
        (choice.printer.as_str(), choice.copies.as_str(), choice.sides),
        ("Office", "1", None)
    );
    let choice = PrintChoice {
        printer: "Archive".into(),
        copies: "2".into(),
        pages: "1".into(),
        sides: Some(Sides::TwoLong),
        ..choice
    };
    let jobs = desk.run(Command::SendToPrinter(Box::new(choice.clone())));
    let expected = Ticket {
        copies: 2,
        sides: Some(Sides::TwoLong),
        pages: "1".parse().ok(),
        ..Ticket::new("CM13-0012345", PaperSize::named("Letter"))
    };
    assert_eq!(ticket_of(&jobs), ("Archive", expected));
    assert_eq!(
        (job_names(&jobs), desk.print_box().is_none()),
        (vec!["send", "settings"], true)
    );
    // The next letter begins with what was chosen last.
    with_printers(&mut desk, printers.clone());
    let second = first_choice(&desk);
    assert_eq!(
        (second.printer.as_str(), second.sides),
        ("Archive", Some(Sides::TwoLong))
    );
    assert_eq!(job_names(&desk.run(Command::SendToPrinter(Box::new(second)))), ["send"]);
    // A printer that is gone is not waited for.
    with_printers(&mut desk, printers[1..].to_vec());
    assert_eq!(first_choice(&desk).printer, "Office");
    desk.run(Command::Cancel);
    assert!(desk.print_box().is_none());
}

#[test]
fn what_cannot_be_printed_is_refused_in_words() {
    let mut desk = finished();
    with_printers(
        &mut desk,
        vec![
            Printer { refuses: Some("Out of toner".into()), ..printer("Closed") },
            printer("Office"),
        ],
    );
    let choice = PrintChoice { printer: "Office".into(), ..first_choice(&desk) };
    for (choice, expected) in [
        (choice.clone(), None),
        (
            PrintChoice { copies: "0".into(), ..choice.clone() },
            Some("The number of copies must be 1 to 99. "),
        ),
        (
            PrintChoice { copies: "two".into(), ..choice.clone() },
            Some("The number of copies must be 1 to 99. "),
        ),
        (
            PrintChoice { pages: "1-9".into(), ..choice.clone() },
            Some("The letter has no page 9; its last page is 1. "),
        ),
        (
            PrintChoice { pages: "all".into(), ..choice.clone() },
            Some("These pages to print are not a page range: all. "),
        ),
        (
            PrintChoice { printer: "Closed".into(), ..choice },
            Some("Closed is not accepting jobs. "),
        ),
    ] {
        let command = Command::SendToPrinter(Box::new(choice));
        let reason = desk.refusal(&command);
        assert!(
            expected.is_none_or(|words| reason
                .as_ref()
                .is_some_and(|reason| reason.starts_with(words))),
            "{reason:?}"
        );
        assert_eq!(
            (reason.is_some(), desk.print_box().is_some()),
            (expected.is_some(), true)
        );
    }
}

/// Sends the letter to a printer.
pub(super) fn sent(desk: &mut Desk) -> Vec<Job> {
    with_printers(desk, vec![printer("Office")]);
    let choice = first_choice(desk);
    desk.run(Command::SendToPrinter(Box::new(choice)))
}

#[test]
fn a_letter_that_is_half_sent_is_waited_for() {
    let mut desk = finished();
    sent(&mut desk);
    assert!(desk.run(Command::Quit).is_empty());
    assert_eq!(desk.notice_texts(), ["The letter is still on its way to the printer"]);
    desk.answer_print(Ok(PrintOutcome::Sent(Some("Office".into()))));
    // What was printed is taken note of, and no file holds that yet.
    assert_eq!(desk.since().unwrap().what, "no changes since");
    assert_eq!(
        job_names(&desk.run(Command::DiscardThen(Leave::Quit))).last(),
        Some(&"leave")
    );
}

#[test]
fn a_letter_that_was_closed_meanwhile_is_not_printed() {
    let mut desk = finished();
    let jobs = desk.run(Command::Print);
    let [Job::Task(TaskJob::Print { id, ticket, pdf })] = &jobs[..] else {
        panic!("nothing is printed")
    };
    desk.run(Command::Close);
    desk.receive(Event::Printers {
        id: *id,
        printers: vec![printer("Office")],
        ticket: ticket.clone(),
        pdf: Arc::clone(pdf),
    });
    assert_eq!(
        (desk.print_box().is_none(), desk.notice_texts()),
        (true, vec!["Not printed, because the letter was closed"])
    );
}
