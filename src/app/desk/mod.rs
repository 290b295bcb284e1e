//! What is true in the window: the open draft, its history, what is wrong with it, what
//! is asked and shown. The desk neither draws nor acts: it answers commands and events
//! with jobs, so that all the window's behavior is tested without one.

mod citing;
mod conflicts;
mod crashes;
mod dialog;
mod draft;
mod earlier;
mod editing;
mod encryption;
mod export_record;
mod exporting;
mod finalizing;
mod finding;
mod fixing;
mod guesses;
mod history;
mod importing;
mod locking;
mod notices;
mod opening;
mod outline;
mod own_files;
mod places;
mod printing;
mod profiles;
mod progress;
mod recovery;
mod refusal;
mod remembering;
mod saving;
#[cfg(test)]
mod tests;
mod texts;
mod typed_values;
mod versions;
mod waiting;
mod wording;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::civil::Date;
use jiff::{Timestamp, ZonedDateTime};

pub use citing::GuidelineBox;
pub use dialog::{
    DialogBox, ListsBeingEdited, OverrideBox, PaletteInput, PathBox, PromptBox,
    RowBeingEdited, SettingsBox, ShortcutsBeingEdited, SnippetBox, VersionsBox,
};
use draft::Goal;
pub use draft::{ImportSource, OpenDraft};
pub use earlier::EarlierState;
pub use encryption::{PassphraseBox, PassphrasePurpose, TypedPassphrase};
pub use export_record::Since;
pub use finalizing::{AppealTime, Prompt};
pub use guesses::Guessed;
pub use notices::{Notice, Question, Tone};
pub(super) use outline::is_filled;
pub use outline::{OutlinePart, Progress};
pub(super) use places::{first_of_group, first_of_row, is_blank_row, is_optional};
pub use printing::PrintBox;

use super::command::{Command, Leave};
use super::job::{Event, FirstPage, Job, JobId, LetterSource, Purpose, TaskJob};
use super::own_files::OwnFiles;
use crate::diagnostic::{Diagnostic, TextRange};
use crate::earlier::KnownDraft;
use crate::letter::{FieldPath, Group};
use crate::library::Library;
use crate::store::recovery::Recovery;
use crate::store::settings::Settings;
use crate::store::{DataFolder, OwnFile};
use crate::template::Templates;
use waiting::Waiting;

/// The desk.
pub struct Desk {
    pub library: Arc<Library>,
    /// The same without the person's own tables.
    pub bundled: Arc<Library>,
    /// The templates that a letter can be begun from.
    pub templates: Templates,
    /// Where own files are kept; `None` where this account has no folder.
    pub data: Option<DataFolder>,
    /// The person's own folder, which `~` in a typed path stands for.
    pub home: Option<PathBuf>,
    pub settings: Settings,
    /// What the person keeps in files: reviewers, snippets.
    pub own: OwnFiles,
    /// `None` is the start page.
    pub draft: Option<OpenDraft>,
    pub notices: Vec<Notice>,
    /// The box that is open over the window.
    pub dialog: Option<DialogBox>,
    /// What the start page offers; `None` until it was looked for.
    pub known: Option<Vec<KnownDraft>>,
    pub recoveries: Vec<Recovery>,
    /// What the index of earlier letters found.
    pub earlier: EarlierState,
    /// What letters look like, by the templates' ids.
    pub first_pages: BTreeMap<String, FirstPage>,
    /// The field that is to be brought into view and take the caret; the form takes it.
    pub reveal: Option<FieldPath>,
    /// The characters in it that are to be selected; the form takes them.
    pub select: Option<TextRange>,
    /// The field that has, or last had, the caret; the form sets it.
    pub focus: Option<FieldPath>,
    /// The field that was typed into since the caret came to it: nothing is said of it
    /// until the caret leaves.
    pub typed_into: Option<FieldPath>,
    /// What was filled in from the items' titles, until somebody looks at it.
    pub guessed: BTreeMap<FieldPath, Guessed>,
    /// Everything is written and the window can go.
    pub may_leave: bool,
    /// What comes back once a question is answered that was opened over it.
    covered: Option<DialogBox>,
    now: ZonedDateTime,
    /// How long the program has run. What is due soon is counted by it: the clock can be
    /// set while somebody types.
    steady: Duration,
    /// The last revision given out. Drafts share the count, so that no answer is taken
    /// for another draft's.
    last_revision: u64,
    last_notice: u64,
    /// What was asked for and waits until the letter is saved.
    then: Option<Leave>,
    /// What is waited for, by the job that brings it.
    pending: Vec<(JobId, Waiting)>,
    last_job: u64,
    /// What is in the file in place of what was read, while it is asked about.
    theirs: Option<conflicts::Theirs>,
    settings_due: Option<Timestamp>,
    /// What was changed here of the person's own files and is to be written with the
    /// settings.
    unwritten: BTreeSet<OwnFile>,
    /// Own tables that were changed here and that rules do not know yet.
    unread_tables: BTreeSet<OwnFile>,
    /// Shown once until a copy is taken again: it is tried every few seconds.
    recovery_failure_shown: bool,
    /// Whether copies were looked for before.
    has_seen_copies: bool,
    /// Since when each job is waited for, and the notice that says so once it takes long.
    waits: Vec<progress::Wait>,
    /// What letters are checked with: without the word lists while spelling is not looked
    /// at.
    checking: Arc<Library>,
    /// The place that the walk from problem to problem showed last, and where its words
    /// start.
    last_stop: Option<(FieldPath, Option<usize>)>,
    /// What the command or event at hand has led to so far.
    jobs: Vec<Job>,
}

impl Desk {
    pub fn new(library: Arc<Library>, settings: Settings, now: ZonedDateTime) -> Self {
        Self {
            checking: with_spelling(&library, settings.spelling),
            bundled: Arc::clone(&library),
            library,
            templates: Templates::default(),
            data: None,
            home: None,
            settings,
            own: OwnFiles::default(),
            draft: None,
            notices: Vec::new(),
            dialog: None,
            covered: None,
            known: None,
            recoveries: Vec::new(),
            earlier: EarlierState::default(),
            first_pages: BTreeMap::new(),
            reveal: None,
            select: None,
            last_stop: None,
            jobs: Vec::new(),
            focus: None,
            typed_into: None,
            guessed: BTreeMap::new(),
            may_leave: false,
            now,
            steady: Duration::ZERO,
            last_revision: 0,
            last_notice: 0,
            then: None,
            pending: Vec::new(),
            last_job: 0,
            theirs: None,
            settings_due: None,
            unwritten: BTreeSet::new(),
            unread_tables: BTreeSet::new(),
            recovery_failure_shown: false,
            has_seen_copies: false,
            waits: Vec::new(),
        }
    }

    /// What is to be done at the start.
    pub fn begin(&mut self) -> Vec<Job> {
        self.forget_prose();
        self.look_for_drafts();
        self.read_folders();
        self.check_clock();
        self.take_jobs()
    }

    /// Does what is asked, or says why it cannot be done.
    pub fn run(&mut self, command: Command) -> Vec<Job> {
        self.execute(command);
        self.take_jobs()
    }

    /// Takes in what became of a job.
    pub fn receive(&mut self, event: Event) -> Vec<Job> {
        self.settle();
        self.handle(event);
        self.take_jobs()
    }

    /// Called each frame: settles what was typed into the letter, drops old notices,
    /// writes recovery copies when due.
    pub fn tick(&mut self, now: &ZonedDateTime, steady: Duration) -> Vec<Job> {
        let is_another_day = now.date() != self.today();
        self.now = now.clone();
        self.steady = steady;
        self.settle();
        if is_another_day && self.jobs.is_empty() {
            // What was in the future yesterday may be past today.
            self.compose_letter();
        }
        self.write_copy_if_due();
        self.look_for_earlier();
        self.offer_copy();
        self.show_progress();
        self.save_settings_if_due();
        self.drop_old_notices();
        self.take_jobs()
    }

    /// Has a job done. Every method below sends what it leads to; only the entry points
    /// above hand it out.
    fn send(&mut self, job: impl Into<Job>) {
        self.jobs.push(job.into());
    }

    fn take_jobs(&mut self) -> Vec<Job> {
        std::mem::take(&mut self.jobs)
    }

    /// Settles what was typed first, so that a command meets the letter as it is.
    fn execute(&mut self, command: Command) {
        self.settle();
        self.close_answered_question(&command);
        if command.edits() {
            self.drop_read_notices();
        }
        match self.refusal(&command) {
            Some(reason) => self.show_refusal(&command, reason),
            None => self.perform(command),
        }
    }

    /// One line for each command, in the order of the table.
    fn perform(&mut self, command: Command) {
        match command {
            Command::New => self.new_letter(),
            Command::NewFromThis => self.leave(Leave::FromThis),
            Command::Open => self.ask_path(Purpose::Open),
            Command::Import => self.ask_path(Purpose::Import),
            Command::Save => self.save(),
            Command::SaveAs => self.save_as(),
            Command::Versions => self.list_versions(),
            Command::OpenCopy => self.open_copy(),
            Command::TakeOver => self.take_over(),
            Command::Export => self.export(Purpose::Export),
            Command::ExportUnfinished => self.export(Purpose::ExportUnfinished),
            Command::CopyLetter => self.copy_letter(),
            Command::Print => self.print(),
            Command::PrintUnfinished => self.set_goal(Goal::PrintUnfinished),
            Command::SendToPrinter(choice) => self.send_to_printer(&choice),
            Command::Changes => self.set_goal(Goal::Changes),
            Command::Finish => self.set_goal(Goal::Finish),
            Command::MakeFinal => self.make_final(),
            Command::Served => self.ask_for(Prompt::WhenServed),
            Command::ServedOn(day) => self.record_service(day),
            Command::Correct => self.ask_for(Prompt::WhyCorrected),
            Command::CorrectFor(why) => self.leave(Leave::Correct(why)),
            Command::Close => self.leave(Leave::Close),
            Command::Quit => self.leave(Leave::Quit),
            Command::Undo => self.undo(),
            Command::Redo => self.redo(),
            Command::AddItem => self.add_item_after_caret(),
            Command::AddReviewer => self.add(Group::Reviewers),
            Command::AddDocument => self.add(Group::Documents),
            Command::AddRecipient => self.add(Group::Recipients),
            Command::DuplicateRow => self.on_row_at_caret(Self::duplicate),
            Command::MoveUp => self.on_row_at_caret(Self::raise),
            Command::MoveDown => self.on_row_at_caret(Self::lower),
            Command::RemoveRow => self.on_row_at_caret(Self::remove),
            Command::AddRequestedItems => self.add_requested_items(),
            Command::AddClosing => self.add_closing(),
            Command::NextProblem => self.next_problem(),
            Command::PreviousProblem => self.previous_problem(),
            Command::OpenUserFolder(which) => self.send(TaskJob::OpenUserFolder(which)),
            Command::UseNewWording => self.use_new_wording(),
            Command::ShowCopy(copy) => self.show_copy(copy),
            Command::Cite => self.open_guidelines(),
            Command::ToggleCitation(path, work) => self.toggle_citation(&path, &work),
            Command::SetCitations(rows) => self.set_citations(rows),
            Command::SetOwnTable(file, table) => self.set_own_table(file, *table),
            Command::AddFolder => self.ask_path(Purpose::Folder),
            Command::ReadFolders => self.read_folders(),
            Command::FindLetters(words) => self.find_letters(words),
            Command::UseFolder(folder) => self.add_folder(folder),
            Command::RemoveFolder(folder) => self.remove_folder(&folder),
            Command::RemoveIndex => self.remove_index(),
            Command::ChooseEarlier(step) => self.choose_earlier(step),
            Command::ShowNearCopy => self.show_near_copy(),
            // The view has done these.
            Command::ToggleEarlier
            | Command::ToggleSource
            | Command::FindEarlier
            | Command::InsertPassage
            | Command::Palette
            | Command::About
            | Command::Settings
            | Command::Help
            | Command::PasteLetter
            | Command::ShowFixes
            | Command::Text(_)
            | Command::Snippets
            | Command::Find
            | Command::FindReplace
            | Command::FindNext
            | Command::FindPrevious
            | Command::NewSnippet
            | Command::InsertSnippet(_)
            | Command::ToggleOutline
            | Command::ToggleLetter
            | Command::ToggleProblems
            | Command::ShowProblemsOf(_) => {}
            Command::ZoomIn => self.set_zoom(self.settings.zoom + 0.1),
            Command::ZoomOut => self.set_zoom(self.settings.zoom - 0.1),
            Command::ZoomReset => self.set_zoom(1.0),
            Command::SetTheme(theme) => self.set_theme(theme),
            Command::SetShortcut(label, keys) => self.set_shortcut(label, keys),
            Command::ResetShortcuts => self.reset_shortcuts(),
            Command::ToggleHighContrast => self.toggle_high_contrast(),
            Command::ToggleReduceMotion => self.toggle_reduce_motion(),
            Command::ToggleDimPage => self.toggle_dim_page(),
            Command::OpenDataFolder => self.open_data_folder(),
            Command::Begin(id) => self.leave(Leave::Begin(id)),
            Command::ChooseProfile(name) => self.choose_profile(name.as_deref()),
            Command::UseProfile(name, row) => self.use_profile(&name, row),
            Command::KeepProfile(row) => self.keep_profile(row),
            Command::SetProfiles(rows) => self.set_profiles(rows),
            Command::SetSnippets(rows) => self.set_snippets(rows),
            Command::DrawFirstPage(id) => self.draw_first_page(&id),
            Command::OpenExample => self.leave(Leave::Example),
            Command::OpenFile(path) => self.open_file(path),
            Command::ImportFile(path) => {
                self.leave(Leave::Import(LetterSource::File(path)));
            }
            Command::ImportText(text) => {
                self.leave(Leave::Import(LetterSource::Text(text)));
            }
            Command::DropUnread(id) => self.drop_unread(id),
            Command::AcceptProposed(path) => self.accept_proposed(&path),
            Command::Restore(id) => self.leave(Leave::Restore(id)),
            Command::RestoreVersion(at) => self.restore_version(at),
            Command::TakeTheirs => self.take_theirs(),
            Command::DiscardCopy(id) => self.discard_copy(&id),
            Command::Path(path) => self.use_typed_path(path),
            Command::Replace(purpose, path) => self.replace(purpose, path),
            Command::SaveThen(leave) => self.save_then(leave),
            Command::DiscardThen(leave) => self.leave_now(leave),
            Command::ForgetTyped(list, value) => self.forget_value(&list, &value),
            Command::Cancel => self.cancel(),
            Command::Dismiss(id) => self.dismiss_notice(id),
            Command::Stop(id) => self.stop(id),
            Command::Add(group) => self.add(group),
            Command::Duplicate(group, id) => self.duplicate(group, id),
            Command::Raise(group, id) => self.raise(group, id),
            Command::Lower(group, id) => self.lower(group, id),
            Command::Remove(group, id) => self.remove(group, id),
            Command::Place(group, id, place) => self.place(group, id, place),
            Command::EndWithClosing(path) => self.append_closing(&path),
            Command::Go(path) => self.reveal_field(Some(path)),
            Command::GoToWords(path, words) => self.go_to_words(path, words),
            Command::TellRemoved(label) => self.tell_removed(&label),
            Command::ApplyFix(fix) => self.apply_fix(&fix),
            Command::AskOverrideReason(found) => self.ask_override_reason(*found),
            Command::OverrideFinding(found, reason) => {
                self.override_finding(&found, &reason);
            }
            Command::RemoveOverride(found) => self.remove_override(&found),
            Command::LearnWord(found) => self.learn_word(&found),
            Command::Encrypt => self.ask_passphrase(PassphrasePurpose::Seal),
            Command::ChangePassphrase => self.ask_passphrase(PassphrasePurpose::Change),
            Command::TakeEncryptionOff => self.ask_to_decrypt(),
            Command::MakePlain => self.make_plain(),
            Command::GivePassphrase(passphrase) => self.use_passphrase(passphrase),
            Command::PlainThen(then) => self.plain_then(*then),
            Command::ToggleEncryptNew => self.toggle_encrypt_new(),
            Command::ToggleSpelling => self.toggle_spelling(),
            Command::ToggleTypographic => self.toggle_typographic(),
            Command::MatchPronouns => self.match_pronouns(),
            Command::OpenOutside(path) => self.send(TaskJob::OpenOutside(path)),
            Command::ShowInFolder(path) => self.send(TaskJob::ShowInFolder(path)),
            Command::ShowReport(report) => self.show_report(&report),
            Command::CopyReport(report) => self.send(TaskJob::CopyReport(report)),
            #[cfg(debug_assertions)]
            Command::CrashInAJob => self.crash_in_a_job(),
            #[cfg(debug_assertions)]
            Command::CrashInTheFrame => self.crash_in_the_frame(),
        }
    }

    fn handle(&mut self, event: Event) {
        match event {
            Event::Composed { id, composed, error } => self.composed(id, composed, error),
            Event::NotPainted(error) => self.show_export_error(&error),
            Event::Opened { id, result } => self.opened(id, result),
            Event::Written { id, result } => self.written(id, result),
            Event::Exported { id, result } => self.exported(id, result),
            Event::NotMade { id, error } => self.not_made(id, &error),
            Event::Printers { id, printers, ticket, pdf } => {
                self.choose_printer(id, printers, *ticket, pdf);
            }
            Event::Printed { id, result } | Event::Sent { id, result } => {
                self.printed(id, result);
            }
            Event::Copied { result } => self.copied(result),
            Event::RecoveryFailed(error) => self.recovery_failed(&error),
            Event::Crashed { id, crash } => self.crashed(id, &crash),
            Event::ReportCopied { is_copied } => self.report_copied(is_copied),
            Event::Failed(error) => self.show_error(&error),
            Event::Found { known } => self.known = Some(known),
            Event::CopiesFound { recoveries, unreadable } => {
                self.show_copies(recoveries, &unreadable);
            }
            Event::CopyWritten => self.copy_written(),
            Event::CopyTaken(by) => self.copy_taken(&by),
            Event::MayLeave(id) => self.quit_if_nothing_changed(id),
            Event::PathChosen { ask, path } => self.path_chosen(&ask, path),
            Event::NoDialog { ask } => self.open_path_box(ask),
            Event::SealMade { id, result } => self.seal_made(id, result),
            Event::Unlocked { id, copy, result } => self.unlocked(id, &copy, result),
            Event::FirstPage { template, page } => {
                self.first_pages.insert(template, page);
            }
            Event::NotOpened { path } => self.show_no_program(&path),
            Event::Dropped(paths) => self.open_dropped(&paths),
            Event::Imported { id, source, result } => self.imported(id, source, result),
            Event::Locked { path, hold } => self.file_locked(&path, hold),
            Event::TheirsRead { path, result } => self.theirs_read(path, result),
            Event::VersionsListed { path, versions } => {
                self.show_versions(&path, versions);
            }
            Event::Templates(templates) => self.take_templates(templates),
            Event::OwnFiles(read) => self.take_own_files(*read),
            Event::TablesRead(library) => self.take_library(library),
            Event::Earlier(event) => self.earlier_event(event),
        }
    }

    /// How long until [`Desk::tick`] has something to do by itself; `None` at rest.
    pub fn next_tick(&self) -> Option<Duration> {
        let notices = self.notices.iter().filter_map(Notice::until);
        let next = notices.chain(self.settings_due).min();
        let by_clock = next.map(|next| {
            Duration::try_from(next.duration_since(self.now.timestamp()))
                .unwrap_or_default()
        });
        let copy = self.draft.as_ref().and_then(|draft| draft.copy_due);
        let steady = copy.into_iter().chain(self.next_progress());
        let by_time = steady.map(|due| due.saturating_sub(self.steady)).min();
        by_clock.into_iter().chain(by_time).min()
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

    /// A moment where the person is.
    pub fn local(&self, at: Timestamp) -> ZonedDateTime {
        at.to_zoned_datetime(self.now.time_zone().clone())
    }

    fn timestamp(&self) -> Timestamp {
        self.now.timestamp()
    }

    fn next_revision(&mut self) -> u64 {
        self.last_revision += 1;
        self.last_revision
    }

    /// Brings a field into view. The caret counts as being there at once: what comes next
    /// starts from there, even before the form has drawn it.
    fn reveal_field(&mut self, path: Option<FieldPath>) {
        let Some(path) = path else { return };
        (self.select, self.last_stop) = (None, None);
        self.focus = Some(path.clone());
        self.reveal = Some(path);
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
