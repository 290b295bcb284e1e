//! A job that went wrong by the program's own mistake: what waited for it waits no
//! longer, and the person is told, with a report to share that holds nothing of the
//! letter.

use super::{Desk, Question, Tone};
use crate::app::command::Command;
use crate::app::job::Job;
use crate::crash::Crash;

impl Desk {
    pub(super) fn crashed(&mut self, job: &Job, crash: &Crash) -> Vec<Job> {
        self.let_go_of(job);
        let text =
            format!("Something went wrong while {}; your letter is safe", crash.doing);
        let hint =
            "Go on, or try again; the report says where the mistake in Rationale is";
        let offers = vec![("Show report", Command::ShowReport(crash.report()))];
        self.tell_with(Tone::Problem, text, hint, offers);
        Vec::new()
    }

    /// Nobody will answer any more for what was asked.
    fn let_go_of(&mut self, job: &Job) {
        match (job, &mut self.draft) {
            (Job::Compose { .. }, Some(draft)) => {
                (draft.goal, draft.is_stuck) = (None, true)
            }
            (Job::Save { .. }, Some(draft)) => {
                (draft.saving, draft.next_save, self.then) = (None, None, None)
            }
            (Job::Export { .. } | Job::ExportAs { .. }, Some(draft)) => {
                draft.exporting = None
            }
            (Job::Open { .. }, _) => self.opening = None,
            (
                Job::OpenSealed { .. }
                | Job::UnlockRecovery { .. }
                | Job::MakeSeal { .. },
                _,
            ) => self.stop_asking(),
            (Job::Print { .. }, _) => self.forget_asking_to_print(),
            (Job::SendToPrinter { .. }, _) => _ = self.no_longer_sending(),
            (Job::Import { .. }, _) => self.importing = None,
            (Job::AskPath(_), _) => self.asked = None,
            _ => {}
        }
    }

    pub(super) fn show_report(&mut self, report: String) -> Vec<Job> {
        let (title, copy) =
            ("A report that you may share".into(), Command::CopyReport(report.clone()));
        let answers = vec![("Copy".into(), copy), ("Close".into(), Command::Stay)];
        self.question =
            Some(Question { title, text: report, changes: Vec::new(), answers });
        Vec::new()
    }

    pub(super) fn report_copied(&mut self, is_copied: bool) -> Vec<Job> {
        if is_copied {
            self.tell(
                Tone::Done,
                "The report is copied",
                "Paste it into a message to whoever looks after Rationale",
            );
        } else {
            self.tell(
                Tone::Problem,
                "The system took nothing onto its clipboard",
                "Write the report's few lines down",
            );
        }
        Vec::new()
    }

    #[cfg(debug_assertions)]
    pub(super) fn stumble_in_a_lane(&self) -> Vec<Job> {
        vec![Job::Stumble(self.words_at_hand())]
    }

    #[cfg(debug_assertions)]
    #[expect(clippy::panic, reason = "it is asked for, to see what becomes of it")]
    pub(super) fn stumble_in_the_frame(&self) -> Vec<Job> {
        panic!("{}", self.words_at_hand())
    }

    #[cfg(debug_assertions)]
    fn words_at_hand(&self) -> String {
        self.draft
            .as_ref()
            .map(|draft| draft.letter.summary.clone())
            .unwrap_or_default()
    }
}
