//! What is true in the window: the open draft, its history, what is wrong with it, what
//! is asked and told. The desk neither draws nor acts: it answers commands and events
//! with jobs, so that all the window's behaviour is tested without one.

mod conflicts;
mod crashes;
mod draft;
mod editing;
mod encryption;
mod export_record;
mod exporting;
mod finalizing;
mod fixing;
mod history;
mod importing;
mod locking;
mod notices;
mod opening;
mod outline;
mod places;
mod printing;
mod recovery;
mod refusal;
mod saving;
#[cfg(test)]
mod tests;
mod typed_values;
mod versions;
mod wording;

use std::sync::Arc;
use std::time::Duration;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ZonedDateTime};

use draft::Goal;
pub use draft::{Composed, OpenDraft, Picture};
pub use encryption::{PassphraseBox, Purpose as PassphrasePurpose};
pub use export_record::Since;
pub use finalizing::{Appeal, Asking};
pub use notices::{Notice, Question, Tone};
pub use outline::{Part, Progress};
pub use printing::{Choice, PrintBox};

use super::command::Command;
use super::job::{Ask, Event, Job, Known, Purpose};
use super::keeping::Kept;
pub use super::keeping::Shown;
use crate::diagnostic::{Diagnostic, TextRange};
use crate::letter::{FieldPath, Group};
use crate::library::Library;
use crate::store::DataFolder;
pub use crate::store::recovery::{Lock, Recovery};
use crate::store::settings::{Settings, Theme};
use crate::template::Templates;
use opening::Opening;
use printing::UnderWay;
use saving::Asked;

/// How large everything may be made, in tenths of the usual size: below, words cannot be
/// read; above, the form does not fit beside the letter.
const ZOOM_TENTHS: (f32, f32) = (6.0, 20.0);

/// A column that is dragged changes with every frame; it is written down when the hand
/// has rested this long.
const REST_BEFORE_WRITING: SignedDuration = SignedDuration::from_secs(1);

/// The desk.
pub struct Desk {
    pub library: Arc<Library>,
    /// The letter kinds that can be begun.
    pub templates: Templates,
    /// Where own files are laid; `None` where this account has no folder.
    pub data: Option<DataFolder>,
    pub settings: Settings,
    /// `None` is the start page.
    pub draft: Option<OpenDraft>,
    pub notices: Vec<Notice>,
    pub question: Option<Question>,
    /// The own box for a path, where the system has no dialog.
    pub path_box: Option<Ask>,
    /// The own print box, where the desktop has no dialog for it.
    pub print_box: Option<PrintBox>,
    /// The passphrase that is being asked for.
    pub passphrase_box: Option<PassphraseBox>,
    /// What the start page offers; `None` until it was looked for.
    pub known: Option<Vec<Known>>,
    pub recoveries: Vec<Recovery>,
    /// The versions of the open draft, while they are looked at.
    pub versions: Option<Vec<Shown>>,
    /// The field that is to be brought into view and take the caret; the form takes it.
    pub reveal: Option<FieldPath>,
    /// The characters in it that are to be selected; the form takes them.
    pub select: Option<TextRange>,
    /// The finding whose reason is being asked for.
    pub excusing: Option<Diagnostic>,
    /// The line of words that is being asked for.
    pub asking: Option<Asking>,
    /// The field that has, or last had, the caret; the form sets it.
    pub focus: Option<FieldPath>,
    /// Everything is written and the window can go.
    pub may_leave: bool,
    now: ZonedDateTime,
    /// The last revision given out. Drafts share the count, so that no answer is taken
    /// for another draft's.
    last_revision: u64,
    last_notice: u64,
    /// What was asked for and waits until the letter is saved.
    then: Option<Command>,
    /// The system's dialog that is open.
    asked: Option<Asked>,
    under_way: UnderWay,
    /// The file that is being read.
    opening: Option<Opening>,
    /// The revision that was on the desk when a finished letter was asked for.
    importing: Option<u64>,
    /// What the file is for that may have to be replaced.
    replacing: Option<Purpose>,
    /// The revision that the person agreed to leave with.
    leaving: Option<u64>,
    /// What lies in the file in place of what was read, while it is asked about.
    other: Option<conflicts::Other>,
    settings_due: Option<Timestamp>,
    /// Told once: a copy is tried every second.
    told_of_recovery: bool,
    /// What letters are checked with: without the word lists while spelling is not looked
    /// at.
    checking: Arc<Library>,
    /// The words that the walk from problem to problem showed last.
    at: Option<(FieldPath, usize)>,
}

impl Desk {
    pub fn new(library: Arc<Library>, settings: Settings, now: ZonedDateTime) -> Self {
        Self {
            checking: with_spelling(&library, settings.spelling),
            library,
            templates: Templates::default(),
            data: None,
            settings,
            draft: None,
            notices: Vec::new(),
            question: None,
            path_box: None,
            print_box: None,
            passphrase_box: None,
            known: None,
            recoveries: Vec::new(),
            versions: None,
            reveal: None,
            select: None,
            excusing: None,
            asking: None,
            at: None,
            focus: None,
            may_leave: false,
            now,
            last_revision: 0,
            last_notice: 0,
            then: None,
            asked: None,
            under_way: UnderWay::default(),
            opening: None,
            importing: None,
            replacing: None,
            leaving: None,
            other: None,
            settings_due: None,
            told_of_recovery: false,
        }
    }

    /// What is to be done at the start.
    pub fn begin(&mut self) -> Vec<Job> {
        vec![self.look_around()]
    }

    /// Does what is asked, or tells why it cannot be done.
    pub fn run(&mut self, command: Command) -> Vec<Job> {
        let mut jobs = self.settle();
        self.close_what_this_answers(&command);
        match self.refusal_to_run(&command) {
            Some(reason) => self.tell_refusal(&command, reason),
            None => jobs.extend(self.perform(command)),
        }
        jobs
    }

    /// One line for each command, in the order of the table.
    fn perform(&mut self, command: Command) -> Vec<Job> {
        match command {
            Command::New => self.new_letter(),
            Command::Open => self.ask_path(Purpose::Open),
            Command::Import => self.ask_path(Purpose::Import),
            Command::PasteLetter => Vec::new(),
            Command::Save => self.save(),
            Command::SaveAs => self.save_as(),
            Command::Versions => self.list_versions(),
            Command::OpenCopy => self.open_copy(),
            Command::TakeOver => self.take_over(),
            Command::Export => self.export(Purpose::Export),
            Command::ExportUnfinished => self.export(Purpose::ExportUnfinished),
            Command::CopyLetter => self.copy_letter(),
            Command::Print => self.print(),
            Command::PrintUnfinished => self.aim(Goal::PrintUnfinished),
            Command::SendToPrinter(choice) => self.send_to_printer(&choice),
            Command::Changes => self.changes_wanted(),
            Command::Finish => self.finish_wanted(),
            Command::FinishNow => self.finish(),
            Command::Served => self.ask_for(Asking::WhenServed),
            Command::ServedOn(day) => self.serve(day),
            Command::Correct => self.ask_for(Asking::WhyCorrected),
            Command::CorrectFor(why) => self.unless_unsaved(Command::CorrectFor(why)),
            Command::Close => self.unless_unsaved(Command::Close),
            Command::Quit => self.unless_unsaved(Command::Quit),
            Command::Undo => self.undo(),
            Command::Redo => self.redo(),
            Command::AddItem => self.add_item_behind_the_caret(),
            Command::AddReviewer => self.add(Group::Reviewers),
            Command::AddDocument => self.add(Group::Documents),
            Command::AddRecipient => self.add(Group::Recipients),
            Command::DuplicateRow => self.on_the_carets_row(Self::duplicate),
            Command::MoveUp => self.on_the_carets_row(Self::raise),
            Command::MoveDown => self.on_the_carets_row(Self::lower),
            Command::RemoveRow => self.on_the_carets_row(Self::remove),
            Command::AddClosing => self.add_closing(),
            Command::NextProblem => self.next_problem(),
            Command::PreviousProblem => self.previous_problem(),
            Command::Palette | Command::Settings | Command::Help | Command::Remedies => {
                Vec::new()
            }
            Command::OpenUserFolder(which) => vec![Job::OpenUserFolder(which)],
            Command::UseNewWording => self.use_new_wording(),
            Command::ShowCopy(copy) => self.show_copy(copy),
            Command::ToggleOutline | Command::ToggleLetter | Command::ToggleProblems => {
                Vec::new()
            }
            Command::ZoomIn => self.zoom(self.settings.zoom + 0.1),
            Command::ZoomOut => self.zoom(self.settings.zoom - 0.1),
            Command::ZoomReset => self.zoom(1.0),
            Command::Look(theme) => self.look(theme),
            Command::Begin(id) => self.unless_unsaved(Command::Begin(id)),
            Command::OpenFile(path) => self.open_file(path),
            Command::ImportFile(path) => self.import_file(path),
            Command::ImportText(text) => self.import_text(text),
            Command::DealWith(id) => self.deal_with(id),
            Command::Accept(path) => self.accept(&path),
            Command::Restore(id) => self.unless_unsaved(Command::Restore(id)),
            Command::RestoreVersion(at) => self.restore_version(at),
            Command::TakeTheirs => self.take_theirs(),
            Command::Forget(id) => self.forget(&id),
            Command::Path(path) => self.take_typed_path(path),
            Command::Replace(path) => self.replace(path),
            Command::SaveThen(then) => self.save_then(*then),
            Command::DiscardThen(then) => self.go_on_with(*then),
            Command::Stay => self.stay(),
            Command::Dismiss(id) => self.dismiss(id),
            Command::Add(group) => self.add(group),
            Command::Duplicate(group, id) => self.duplicate(group, id),
            Command::Raise(group, id) => self.raise(group, id),
            Command::Lower(group, id) => self.lower(group, id),
            Command::Remove(group, id) => self.remove(group, id),
            Command::Place(group, id, place) => self.place(group, id, place),
            Command::EndWithClosing(path) => self.end_with_closing(&path),
            Command::Go(path) => self.go(path),
            Command::GoToWords(path, words) => self.go_to_words(path, words),
            Command::ApplyFix(fix) => self.apply_fix(&fix),
            Command::Excuse(found) => self.excuse(*found),
            Command::SetAside(found, reason) => self.set_aside(&found, &reason),
            Command::TakeUp(found) => self.take_up(&found),
            Command::Learn(found) => self.learn_word(&found),
            Command::Encrypt => self.ask_passphrase(PassphrasePurpose::Seal),
            Command::ChangePassphrase => self.ask_passphrase(PassphrasePurpose::Change),
            Command::TakeEncryptionOff => self.ask_about_taking_off(),
            Command::MakePlain => self.make_plain(),
            Command::GivePassphrase(passphrase) => self.take_passphrase(passphrase),
            Command::PlainThen(then) => self.plain_then(*then),
            Command::ToggleEncryptNew => self.toggle_encrypt_new(),
            Command::ToggleSpelling => self.toggle_spelling(),
            Command::AgreeSex => self.agree_sex(),
            Command::Paint { page, scale } => self.paint(page, scale),
            Command::OpenOutside(path) => vec![Job::OpenOutside(path)],
            Command::ShowInFolder(path) => vec![Job::ShowInFolder(path)],
            Command::ShowReport(report) => self.show_report(report),
            Command::CopyReport(report) => vec![Job::CopyReport(report)],
            #[cfg(debug_assertions)]
            Command::StumbleInALane => self.stumble_in_a_lane(),
            #[cfg(debug_assertions)]
            Command::StumbleInTheFrame => self.stumble_in_the_frame(),
            Command::Width(column, width) => self.widen(column, width),
        }
    }

    /// Takes in what became of a job.
    pub fn receive(&mut self, event: Event) -> Vec<Job> {
        let mut jobs = self.settle();
        jobs.extend(self.take_in(event));
        jobs
    }

    fn take_in(&mut self, event: Event) -> Vec<Job> {
        match event {
            Event::Composed { revision, letter, composition, pdf } => {
                self.composed(revision, letter, composition, pdf)
            }
            Event::Painted { page, hash, scale, image } => {
                self.painted(page, hash, scale, image)
            }
            Event::Opened { path, result } => self.opened(path, result),
            Event::Written { path, revision, result } => {
                self.written(path, revision, result)
            }
            Event::Exported { path, result } => self.exported(path, result),
            Event::Printers { printers, ticket, pdf } => {
                self.choose_printer(printers, *ticket, pdf)
            }
            Event::Printed { result } => self.printed(result),
            Event::Sent { result } => self.sent(result),
            Event::NotMade(error) => self.not_made(&error),
            Event::Copied { result } => self.copied(result),
            Event::RecoveryFailed(error) => self.recovery_failed(&error),
            Event::Crashed { job, crash } => self.crashed(&job, &crash),
            Event::ReportCopied { is_copied } => self.report_copied(is_copied),
            Event::Failed(error) => self.tell_failure(&error),
            Event::Found { known, recoveries, unreadable } => {
                self.found(known, recoveries, &unreadable)
            }
            Event::MayLeave => self.leave_if_nothing_changed(),
            Event::PathChosen { ask, path } => self.path_chosen(&ask, path),
            Event::SealMade { asking, result } => self.seal_made(asking, result),
            Event::Unlocked { id, result } => self.unlocked(&id, result),
            Event::NoDialog { ask } => self.open_path_box(ask),
            Event::NotOpened { path } => self.tell_not_opened(&path),
            Event::Dropped(paths) => self.take_dropped(&paths),
            Event::Imported { source, result } => self.imported(source, result),
            Event::Kept(kept) => self.take_kept(kept),
            Event::Templates(templates) => self.take_templates(templates),
        }
    }

    fn take_kept(&mut self, kept: Kept) -> Vec<Job> {
        match kept {
            Kept::Hold { path, hold } => self.held(&path, hold),
            Kept::Other { path, result } => self.other_read(path, result),
            Kept::Versions { path, versions } => self.take_versions(&path, versions),
        }
    }

    /// Called each frame: settles what was typed into the letter, lets notices go, writes
    /// recovery copies when due.
    pub fn tick(&mut self, now: &ZonedDateTime) -> Vec<Job> {
        let is_another_day = now.date() != self.today();
        self.now = now.clone();
        let mut jobs = self.settle();
        if is_another_day && jobs.is_empty() {
            // What was in the future yesterday may be past today.
            jobs.extend(self.compose_again());
        }
        jobs.extend(self.copy_if_due());
        jobs.extend(self.write_settings_if_due());
        self.let_notices_go();
        jobs
    }

    /// How long until [`Desk::tick`] has something to do by itself; `None` at rest.
    pub fn next_tick(&self) -> Option<Duration> {
        let notices = self.notices.iter().filter_map(|notice| notice.until);
        let copy = self.draft.as_ref().and_then(|draft| draft.copy_due);
        let next = notices.chain(copy).chain(self.settings_due).min()?;
        Some(
            Duration::try_from(next.duration_since(self.now.timestamp()))
                .unwrap_or_default(),
        )
    }

    /// What is wrong with the letter, as of its newest composition.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        let composed = self.draft.as_ref().and_then(|draft| draft.composed.as_ref());
        composed.map_or(&[], |composed| &composed.composition.diagnostics)
    }

    /// Whether the letter differs from the one last written or opened.
    pub fn is_unsaved(&self) -> bool {
        self.draft.as_ref().is_some_and(OpenDraft::is_unsaved)
    }

    /// The window's title: the case number and nothing else of the letter; of an
    /// encrypted one, its file's name.
    pub fn title(&self) -> String {
        let Some(draft) = &self.draft else { return "Rationale".into() };
        let mark = if draft.is_unsaved() { "* " } else { "" };
        format!("{mark}{}", draft.name())
    }

    /// How many days are left to decide the open letter, and the last of them; `None`
    /// where no clock runs.
    pub fn days_left(&self) -> Option<(i32, Date)> {
        let draft = self.draft.as_ref().filter(|draft| draft.final_since().is_none())?;
        let due = draft.template.due(&draft.letter)?;
        let span = self.today().until(due).ok()?;
        Some((span.get_days(), due))
    }

    pub fn today(&self) -> Date {
        self.now.date()
    }

    fn timestamp(&self) -> Timestamp {
        self.now.timestamp()
    }

    fn next_revision(&mut self) -> u64 {
        self.last_revision += 1;
        self.last_revision
    }

    fn go(&mut self, path: FieldPath) -> Vec<Job> {
        self.show(Some(path));
        Vec::new()
    }

    /// Brings a field into view. The caret counts as being there at once: what comes next
    /// starts from there, even before the form has drawn it.
    fn show(&mut self, path: Option<FieldPath>) {
        if let Some(path) = path {
            self.focus = Some(path.clone());
            (self.select, self.at) = (None, None);
            self.reveal = Some(path);
        }
    }

    fn look(&mut self, theme: Theme) -> Vec<Job> {
        self.settings.theme = theme;
        vec![self.keep_settings()]
    }

    fn zoom(&mut self, zoom: f32) -> Vec<Job> {
        let (smallest, largest) = ZOOM_TENTHS;
        self.settings.zoom = (zoom * 10.0).round().clamp(smallest, largest) / 10.0;
        vec![self.keep_settings()]
    }

    fn widen(&mut self, column: &str, width: f32) -> Vec<Job> {
        self.settings.widths.insert(column.to_owned(), width);
        self.settings_due = Some(self.timestamp() + REST_BEFORE_WRITING);
        Vec::new()
    }

    fn write_settings_if_due(&mut self) -> Option<Job> {
        let is_due = self.settings_due.is_some_and(|due| due <= self.timestamp());
        is_due.then(|| self.keep_settings())
    }

    fn keep_settings(&mut self) -> Job {
        self.settings_due = None;
        Job::SaveSettings(Box::new(self.settings.clone()))
    }
}

/// The library that letters are checked with.
fn with_spelling(library: &Arc<Library>, is_wanted: bool) -> Arc<Library> {
    if is_wanted {
        Arc::clone(library)
    } else {
        Arc::new(Library::clone(library).without_spelling())
    }
}
