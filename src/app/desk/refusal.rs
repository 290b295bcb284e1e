//! Why a command cannot be run now: the one place that knows, for greyed buttons and for
//! what a shortcut is answered.

use super::{Desk, OpenDraft, places};
use crate::app::command::Command;
use crate::check;
use crate::letter::{Group, Id, Sex, Step};
use crate::template::Items;

impl Desk {
    /// Why a command cannot be run now.
    pub fn refusal(&self, command: &Command) -> Option<String> {
        self.reason_against(command)
            .map(str::to_owned)
            .or_else(|| match command {
                Command::SendToPrinter(choice) => self.refusal_to_print(choice),
                Command::Finish if self.read_only().is_some() => self.read_only(),
                Command::Export | Command::Finish => self
                    .count_of_errors()
                    .map(|count| format!("{count}; F8 goes to the first")),
                // What happens to a final letter is saved all the same.
                Command::Save if self.not_final().is_none() => None,
                _ => is_edit(command).then(|| self.read_only()).flatten(),
            })
    }

    /// The same for a command that is given all the same: an export with errors is
    /// answered with a question.
    pub(super) fn refusal_to_run(&self, command: &Command) -> Option<String> {
        match command {
            Command::Export => self.reason_against(command).map(str::to_owned),
            Command::Finish => self
                .reason_against(command)
                .map(str::to_owned)
                .or_else(|| self.read_only()),
            _ => self.refusal(command),
        }
    }

    fn reason_against(&self, command: &Command) -> Option<&'static str> {
        match command {
            Command::Open | Command::Import => self.dialog(),
            Command::Save => {
                self.no_draft().or_else(|| self.dialog().filter(|_| !self.has_path()))
            }
            Command::SaveAs => self.no_draft().or_else(|| self.dialog()),
            Command::Export | Command::ExportUnfinished => self
                .no_pdf()
                .or_else(|| self.partly_understood())
                .or_else(|| self.dialog()),
            Command::Print | Command::PrintUnfinished => self
                .no_pdf()
                .or_else(|| self.partly_understood())
                .or_else(|| self.is_asking_to_print()),
            Command::CopyLetter => self.no_pdf().or_else(|| self.partly_understood()),
            Command::Quit => self.is_sending(),
            Command::Finish | Command::FinishNow => self.no_pdf(),
            Command::Changes => self.no_changes(),
            Command::Correct
            | Command::CorrectFor(_)
            | Command::Served
            | Command::ServedOn(_) => self.not_final(),
            Command::Encrypt => self.with_draft(|draft| {
                draft.is_sealed().then_some("This draft is encrypted already")
            }),
            Command::ChangePassphrase | Command::TakeEncryptionOff => {
                self.with_draft(|draft| {
                    (!draft.is_sealed()).then_some("This draft is not encrypted")
                })
            }
            Command::Versions => self.no_file(),
            Command::OpenCopy => self.no_file().or_else(|| self.partly_understood()),
            Command::TakeOver => self.no_draft().or_else(|| self.nobody_else()),
            Command::Close | Command::Remedies | Command::ShowCopy(_) => self.no_draft(),
            Command::Undo => self.with_draft(|draft| {
                (!draft.history.can_undo()).then_some("There is nothing to undo")
            }),
            Command::Redo => self.with_draft(|draft| {
                (!draft.history.can_redo()).then_some("There is nothing to redo")
            }),
            Command::AddItem | Command::Add(Group::Items) => {
                self.no_group(Group::Items).or_else(|| self.with_draft(one_item))
            }
            Command::AddReviewer => self.no_group(Group::Reviewers),
            Command::AddDocument => self.no_group(Group::Documents),
            Command::AddRecipient => self.no_group(Group::Recipients),
            Command::Add(group) => self.no_group(*group),
            Command::DuplicateRow | Command::RemoveRow => self.no_row_here(),
            Command::MoveUp => self.no_row_here().or_else(|| self.no_way_here(Step::Up)),
            Command::MoveDown => {
                self.no_row_here().or_else(|| self.no_way_here(Step::Down))
            }
            Command::Duplicate(group, id)
            | Command::Remove(group, id)
            | Command::Place(group, id, _) => self.no_row(*group, *id),
            Command::Raise(group, id) => self.no_way(*group, *id, Step::Up),
            Command::Lower(group, id) => self.no_way(*group, *id, Step::Down),
            Command::AddClosing => self.no_closing(),
            Command::EndWithClosing(path) => {
                self.no_draft().or_else(|| self.refusal_to_close(path))
            }
            Command::AgreeSex => self.no_other_sex(),
            Command::NextProblem | Command::PreviousProblem => self.no_problem(),
            Command::ZoomIn => (self.settings.zoom >= 2.0)
                .then_some("Everything is as large as it can be"),
            Command::ZoomOut => (self.settings.zoom <= 0.6)
                .then_some("Everything is as small as it can be"),
            Command::UseNewWording => (!self.has_new_wording())
                .then_some("The letter is in today's wording already"),
            Command::Begin(id) => self
                .templates
                .find(id)
                .is_none()
                .then_some("There is no such kind of letter"),
            Command::Path(path) => {
                path.as_os_str().is_empty().then_some("Type a file's name")
            }
            _ => None,
        }
    }

    fn read_only(&self) -> Option<String> {
        self.draft
            .as_ref()?
            .read_only
            .as_ref()
            .map(crate::store::ReadOnly::message)
    }

    /// A letter of which something is not known here could lack it.
    fn partly_understood(&self) -> Option<&'static str> {
        let is_partly = self.draft.as_ref()?.read_only.as_ref()?.is_partly_understood();
        is_partly.then_some(
            "This draft holds what this version does not know, so its \
            letter could lack something",
        )
    }

    fn no_draft(&self) -> Option<&'static str> {
        self.draft.is_none().then_some("No letter is open")
    }

    pub(super) fn with_draft(
        &self,
        reason: impl FnOnce(&OpenDraft) -> Option<&'static str>,
    ) -> Option<&'static str> {
        self.draft.as_ref().map_or(Some("No letter is open"), reason)
    }

    fn has_path(&self) -> bool {
        self.draft.as_ref().is_some_and(|draft| draft.path.is_some())
    }

    fn dialog(&self) -> Option<&'static str> {
        self.has_dialog().then_some("A file dialog is open already")
    }

    fn no_pdf(&self) -> Option<&'static str> {
        let is_broken = |draft: &OpenDraft| {
            draft.fresh().is_some_and(|composed| composed.pdf.is_none())
        };
        self.with_draft(|draft| {
            is_broken(draft).then_some("The letter's PDF could not be made")
        })
    }

    fn no_group(&self, group: Group) -> Option<&'static str> {
        let has_group = |draft: &OpenDraft| match group {
            Group::Opinions(item) => draft.letter.item(item).is_some(),
            Group::Reviewers
            | Group::Recipients
            | Group::Documents
            | Group::Items
            | Group::Extra(_) => true,
        };
        self.with_draft(|draft| {
            let is_there = has_group(draft) && places::has_group(&draft.template, group);
            (!is_there).then_some("This kind of letter has none of these")
        })
    }

    fn no_row_here(&self) -> Option<&'static str> {
        let is_missing = self.row_with_the_caret().is_none();
        self.no_draft()
            .or(is_missing.then_some("The caret is in no item or row"))
    }

    fn no_row(&self, group: Group, id: Id) -> Option<&'static str> {
        self.with_draft(|draft| {
            (!draft.letter.row_ids(group).contains(&id)).then_some("This row is gone")
        })
    }

    fn no_way_here(&self, step: Step) -> Option<&'static str> {
        self.row_with_the_caret()
            .and_then(|(group, id)| self.no_way(group, id, step))
    }

    fn no_way(&self, group: Group, id: Id, step: Step) -> Option<&'static str> {
        let rows = self
            .draft
            .as_ref()
            .map(|draft| draft.letter.row_ids(group))
            .unwrap_or_default();
        self.no_row(group, id).or(match step {
            Step::Up => (rows.first() == Some(&id)).then_some("It is the first already"),
            Step::Down => (rows.last() == Some(&id)).then_some("It is the last already"),
        })
    }

    fn no_closing(&self) -> Option<&'static str> {
        self.no_draft().or_else(|| match self.rationale_to_close() {
            Some(path) => self.refusal_to_close(&path),
            None => Some("No item is decided whose rationale could be ended"),
        })
    }

    fn no_other_sex(&self) -> Option<&'static str> {
        self.with_draft(|draft| match draft.letter.claimant.sex {
            Sex::Unstated => Some("The claimant's sex is not stated yet"),
            sex => check::change_sex(&draft.letter, sex)
                .is_empty()
                .then_some("Every he and she agrees already"),
        })
    }

    fn no_problem(&self) -> Option<&'static str> {
        self.no_draft()
            .or_else(|| self.stops().is_empty().then_some("No field needs attention"))
    }
}

/// Whether a read-only draft refuses the command.
fn is_edit(command: &Command) -> bool {
    use Command as C;
    let by_name = matches!(
        command,
        C::Save | C::Undo | C::Redo | C::AddClosing | C::DuplicateRow | C::RemoveRow
    );
    let by_name = by_name
        || matches!(command, C::MoveUp | C::MoveDown | C::AddItem | C::AddReviewer);
    let by_name = by_name
        || matches!(
            command,
            C::AddDocument | C::AddRecipient | C::UseNewWording | C::FinishNow
        );
    let by_name = by_name
        || matches!(command, C::Encrypt | C::ChangePassphrase | C::TakeEncryptionOff);
    let of_row = matches!(
        command,
        C::RestoreVersion(_)
            | C::Add(_)
            | C::Duplicate(..)
            | C::Remove(..)
            | C::Place(..)
    );
    let of_finding = matches!(
        command,
        C::AgreeSex | C::ApplyFix(_) | C::Excuse(_) | C::SetAside(..) | C::TakeUp(_)
    );
    let of_finding = of_finding || matches!(command, C::DealWith(_) | C::Accept(_));
    by_name
        || of_row
        || of_finding
        || matches!(command, C::Raise(..) | C::Lower(..) | C::EndWithClosing(_))
}

/// A letter kind with a single decision has a single item.
fn one_item(draft: &OpenDraft) -> Option<&'static str> {
    let is_full =
        draft.template.head().items == Items::One && !draft.letter.items.is_empty();
    is_full.then_some("This kind of letter decides one item")
}
