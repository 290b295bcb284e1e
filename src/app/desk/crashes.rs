//! A job that went wrong by the program's own mistake: what waited for it waits no
//! longer, and a notice says so, with a report to share that holds nothing of the
//! letter.

use super::{Desk, Question, Tone};
use crate::app::command::Command;
use crate::app::job::JobId;
#[cfg(debug_assertions)]
use crate::app::job::TaskJob;
use crate::crash::Crash;

impl Desk {
    pub(super) fn crashed(&mut self, id: Option<JobId>, crash: &Crash) {
        if let Some(id) = id {
            self.stop_waiting_after_crash(id);
        }
        let text =
            format!("Something went wrong while {}; your letter is safe", crash.doing);
        let hint = "Continue, or try again. The report shows where Rationale went wrong";
        let offers = vec![("Show report", Command::ShowReport(crash.report()))];
        self.show_notice_with(Tone::Problem, text, hint, offers);
    }

    pub(super) fn show_report(&mut self, report: &str) {
        let report = report.trim_end();
        let copy = Command::CopyReport(report.to_owned());
        let answers = vec![("Copy", copy), ("Close", Command::Cancel)];
        let title = "This report is safe to share";
        self.show_question(Question::new(title, report, answers));
    }

    pub(super) fn report_copied(&mut self, is_copied: bool) {
        if is_copied {
            let hint = "Paste it into a message to whoever supports Rationale for you";
            self.show_notice(Tone::Done, "Report copied", hint);
        } else {
            let text = "Could not copy to the clipboard";
            self.show_notice(Tone::Problem, text, "Write down the report's few lines");
        }
    }

    #[cfg(debug_assertions)]
    pub(super) fn crash_in_a_job(&mut self) {
        self.send(TaskJob::Crash(self.words_at_hand()));
    }

    #[cfg(debug_assertions)]
    #[expect(clippy::panic, reason = "it is asked for, to see what becomes of it")]
    pub(super) fn crash_in_the_frame(&self) {
        panic!("{}", self.words_at_hand())
    }

    #[cfg(debug_assertions)]
    fn words_at_hand(&self) -> String {
        match &self.draft {
            Some(draft) => draft.letter.summary.clone(),
            None => String::new(),
        }
    }
}
