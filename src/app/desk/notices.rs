//! Notices and questions: what the person is told and asked, in words.

use std::path::Path;

use jiff::{SignedDuration, Timestamp};

use super::Desk;
use crate::app::command::{self, Command};
use crate::app::job::Job;
use crate::compare::Piece;
use crate::store;

/// How long a notice stays that asks for nothing: long enough to read a line twice.
const STAY: SignedDuration = SignedDuration::from_secs(6);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Done,
    Problem,
    Plain,
}

/// Something told. It goes by itself only if nothing is offered and it is no problem.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    pub id: u64,
    pub tone: Tone,
    pub text: String,
    /// What to do; may be empty.
    pub hint: String,
    /// Buttons: label and what it does.
    pub offers: Vec<(String, Command)>,
    pub(super) until: Option<Timestamp>,
}

/// Something asked; the last answer is to stay ([`Command::Stay`]), which Escape gives
/// too.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    pub title: String,
    pub text: String,
    /// What the answer decides about, word by word; usually nothing.
    pub changes: Vec<Piece>,
    pub answers: Vec<(String, Command)>,
}

impl Desk {
    pub(super) fn tell(
        &mut self,
        tone: Tone,
        text: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.tell_with(tone, text, hint, Vec::new());
    }

    /// Tells something once: what was told in the same words before goes.
    pub(super) fn tell_with(
        &mut self,
        tone: Tone,
        text: impl Into<String>,
        hint: impl Into<String>,
        offers: Vec<(&str, Command)>,
    ) {
        let (text, hint) = (text.into(), hint.into());
        self.notices.retain(|notice| notice.text != text);
        self.last_notice += 1;
        let offers: Vec<_> = offers
            .into_iter()
            .map(|(label, command)| (label.to_owned(), command))
            .collect();
        let goes = offers.is_empty() && tone != Tone::Problem;
        let until = goes.then(|| self.timestamp() + STAY);
        self.notices.push(Notice {
            id: self.last_notice,
            tone,
            text,
            hint,
            offers,
            until,
        });
    }

    pub(super) fn tell_failure(&mut self, error: &store::Error) -> Vec<Job> {
        self.tell(Tone::Problem, error.to_string(), error.hint());
        Vec::new()
    }

    pub(super) fn tell_not_opened(&mut self, path: &Path) -> Vec<Job> {
        let text = format!("No program was found that opens {}", name(path));
        self.tell(Tone::Problem, text, "Open it from your file manager");
        Vec::new()
    }

    /// Says why a command did nothing, where it was given by name: a button that cannot
    /// be pressed says so itself.
    pub(super) fn tell_refusal(&mut self, command: &Command, reason: String) {
        if command::row(command).is_some() {
            self.tell(Tone::Plain, reason, "");
        }
    }

    pub(super) fn let_notices_go(&mut self) {
        let now = self.timestamp();
        self.notices
            .retain(|notice| notice.until.is_none_or(|until| until > now));
    }

    pub(super) fn dismiss(&mut self, id: u64) -> Vec<Job> {
        self.notices.retain(|notice| notice.id != id);
        Vec::new()
    }

    pub(super) fn ask(
        &mut self,
        title: &str,
        text: String,
        answers: Vec<(&str, Command)>,
    ) {
        let stay = ("Stay", Command::Stay);
        let answers = answers
            .into_iter()
            .chain([stay])
            .map(|(label, command)| (label.to_owned(), command))
            .collect();
        self.question =
            Some(Question { title: title.into(), text, changes: Vec::new(), answers });
    }

    pub(super) fn close_what_this_answers(&mut self, command: &Command) {
        self.question.take_if(|question| {
            question.answers.iter().any(|(_, answer)| answer == command)
        });
    }
}

/// A file's name, as messages call it: its folders can hold more than is to be shown.
pub(super) fn name(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}
