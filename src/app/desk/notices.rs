//! Notices and questions: what is shown to the person and asked, in words.

use std::path::Path;

use jiff::{SignedDuration, Timestamp};

use super::{Desk, DialogBox};
use crate::app::command::{self, Command};
use crate::compare::Piece;
use crate::letter::grammar;
use crate::store;

/// How long it takes to read a line twice: so long a notice stays that asks for nothing,
/// and a problem even while somebody types.
const STAY: SignedDuration = SignedDuration::from_secs(6);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Done,
    Problem,
    Plain,
}

/// Something that is said in the foot line: the newest is seen. It goes with the next edit
/// and with its letter; by itself only if nothing is offered and it is no problem.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    pub id: u64,
    pub tone: Tone,
    pub text: String,
    /// What to do; may be empty.
    pub hint: String,
    /// Buttons: label and what it does.
    pub offers: Vec<(String, Command)>,
    since: Timestamp,
    goes_by_itself: bool,
    /// It says of a job that it goes on, and goes when that ends.
    is_progress: bool,
}

impl Notice {
    /// When it goes by itself.
    pub(super) fn until(&self) -> Option<Timestamp> {
        self.goes_by_itself.then_some(self.since + STAY)
    }

    fn is_fresh(&self, now: Timestamp) -> bool {
        self.is_progress || self.since + STAY > now
    }

    /// Whether a newer one leaves it where it is.
    fn stays_behind(&self) -> bool {
        self.is_progress || self.tone == Tone::Problem
    }

    /// From now on it says of a job that it goes on.
    pub(super) fn go_on(&mut self) -> u64 {
        self.is_progress = true;
        self.goes_by_itself = false;
        self.id
    }
}

/// Something asked; the last answer is to stay ([`Command::Cancel`]), which Escape gives
/// too.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    pub title: String,
    pub text: String,
    /// What the answer decides about, word by word; usually nothing.
    pub changes: Vec<Piece>,
    pub answers: Vec<(String, Command)>,
    /// The reviewer of the letter can be chosen along.
    pub chooses_reviewer: bool,
}

impl Question {
    pub(super) fn new(
        title: &str,
        text: impl Into<String>,
        answers: Vec<(&str, Command)>,
    ) -> Self {
        let (title, text) = (title.to_owned(), text.into());
        let (changes, answers) = (Vec::new(), labeled(answers));
        Self { title, text, changes, answers, chooses_reviewer: false }
    }

    /// Whether this command is one of its answers.
    pub(super) fn has_answer(&self, command: &Command) -> bool {
        self.answers.iter().any(|(_, answer)| answer == command)
    }
}

/// Buttons whose labels are kept.
fn labeled(buttons: Vec<(&str, Command)>) -> Vec<(String, Command)> {
    let buttons = buttons.into_iter();
    buttons.map(|(label, command)| (label.to_owned(), command)).collect()
}

impl Desk {
    pub(super) fn show_notice(
        &mut self,
        tone: Tone,
        text: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.show_notice_with(tone, text, hint, Vec::new());
    }

    /// Shows a notice, in place of older ones: only problems stay behind it.
    pub(super) fn show_notice_with(
        &mut self,
        tone: Tone,
        text: impl Into<String>,
        hint: impl Into<String>,
        offers: Vec<(&str, Command)>,
    ) {
        let (text, hint) = (text.into(), hint.into());
        self.notices
            .retain(|notice| notice.stays_behind() && notice.text != text);
        self.last_notice += 1;
        let (id, since, offers) = (self.last_notice, self.timestamp(), labeled(offers));
        let goes_by_itself = offers.is_empty() && tone != Tone::Problem;
        self.notices.push(Notice {
            id,
            tone,
            text,
            hint,
            offers,
            since,
            goes_by_itself,
            is_progress: false,
        });
    }

    pub(super) fn show_error(&mut self, error: &store::Error) {
        self.show_notice(Tone::Problem, error.to_string(), error.hint());
    }

    /// Says where no day can be told from this computer's clock: of an impossible one we
    /// are given the first day of computers.
    pub(super) fn check_clock(&mut self) {
        /// The first year in which a letter could be written here.
        const FIRST: i16 = 2000;
        if self.today().year() < FIRST {
            let text = "This computer's clock is set to an impossible year";
            self.show_notice(
                Tone::Problem,
                text,
                "Set the clock before you trust a date",
            );
        }
    }

    pub(super) fn show_no_program(&mut self, path: &Path) {
        let text = format!("No program was found to open {}", display_name(path));
        self.show_notice(Tone::Problem, text, "Open it from your file manager");
    }

    /// Says why a command did nothing, where it was given by name: a button that cannot
    /// be pressed says so itself.
    pub(super) fn show_refusal(&mut self, command: &Command, reason: String) {
        if command::row(command).is_some() {
            self.show_notice(Tone::Plain, reason, "");
        }
    }

    pub(super) fn drop_old_notices(&mut self) {
        let now = self.timestamp();
        self.notices.retain(|notice| match notice.until() {
            Some(until) => until > now,
            None => true,
        });
    }

    /// Somebody goes on with the letter: what was said is read.
    pub(super) fn drop_read_notices(&mut self) {
        let now = self.timestamp();
        self.notices
            .retain(|notice| notice.stays_behind() && notice.is_fresh(now));
    }

    pub(super) fn dismiss_notice(&mut self, id: u64) {
        self.notices.retain(|notice| notice.id != id);
    }

    /// Asks something that can also be left as it is.
    pub(super) fn ask_question(
        &mut self,
        title: &str,
        text: impl Into<String>,
        mut answers: Vec<(&str, Command)>,
    ) {
        answers.push(("Cancel", Command::Cancel));
        self.show_question(Question::new(title, text, answers));
    }

    pub(super) fn show_question(&mut self, question: Question) {
        self.open_dialog(DialogBox::Question(question));
    }

    pub(super) fn close_answered_question(&mut self, command: &Command) {
        if self.question().is_some_and(|question| question.has_answer(command)) {
            self.close_dialog();
        }
    }
}

/// A file's name, as messages call it: its folders can hold more than is to be shown.
pub(super) fn display_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}

/// `1 error`, `2 errors`.
pub(super) fn count(number: usize, noun: &str) -> String {
    grammar::count(i64::try_from(number).unwrap_or(i64::MAX), noun)
}
