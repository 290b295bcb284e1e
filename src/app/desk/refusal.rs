//! Why a command cannot be run now: the one place that knows, for grayed buttons and for
//! what a shortcut is answered.

use super::remembering::ZOOM_TENTHS;
use super::{Desk, OpenDraft, places};
use crate::app::command::{self, Command, Need};
use crate::check;
use crate::letter::{Group, Id, Sex, Step};
use crate::store::ReadOnly;
use crate::template::Items;

/// Why not, in words; `None` where nothing stands against it.
type Reason = Option<&'static str>;

impl Desk {
    /// Why a command cannot be run now.
    pub fn refusal(&self, command: &Command) -> Option<String> {
        if let Some(reason) = self.unmet_need(command) {
            return Some(reason.to_owned());
        }
        match command {
            Command::SendToPrinter(choice) => self.refusal_to_print(choice),
            Command::Finish => self.read_only(),
            // What happens to a final letter is saved all the same.
            Command::Save if self.is_final() => None,
            _ if command.edits() => self.read_only(),
            _ => None,
        }
    }

    fn read_only(&self) -> Option<String> {
        let reason = self.draft.as_ref()?.read_only.as_ref()?;
        Some(reason.message())
    }

    fn is_final(&self) -> bool {
        self.draft.as_ref().is_some_and(|draft| draft.final_since().is_some())
    }

    /// The first of a command's needs that is not met, in words.
    fn unmet_need(&self, command: &Command) -> Reason {
        // A command that carries another one out has no row of its own.
        let needs = match command {
            Command::PrintUnfinished => command::row(&Command::Print),
            Command::MakeFinal => command::row(&Command::Finish),
            Command::ServedOn(_) | Command::CorrectFor(_) => {
                command::row(&Command::Served)
            }
            Command::Save if self.open_path().is_none() => command::row(&Command::SaveAs),
            _ => command::row(command),
        };
        match needs {
            Some(row) => row.needs.iter().find_map(|need| self.without(*need)),
            None => self.refusal_of_place(command),
        }
    }

    /// Refusals of commands that name a place, and so are in no menu.
    fn refusal_of_place(&self, command: &Command) -> Reason {
        match command {
            Command::Add(Group::Items) => self.unmet_need(&Command::AddItem),
            Command::Add(group) => self.without(Need::Rows(*group)),
            Command::Duplicate(group, id)
            | Command::Remove(group, id)
            | Command::Place(group, id, _) => self.no_row(*group, *id),
            Command::Raise(group, id) => self.no_room(*group, *id, Step::Up),
            Command::Lower(group, id) => self.no_room(*group, *id, Step::Down),
            Command::EndWithClosing(path) if self.draft.is_some() => {
                self.refusal_to_close(path)
            }
            Command::EndWithClosing(_) => self.without(Need::Letter),
            Command::Begin(id) if self.templates.find(id).is_none() => {
                Some("There is no such template")
            }
            Command::Path(path) if path.as_os_str().is_empty() => {
                Some("Enter a file name")
            }
            _ => None,
        }
    }

    /// What is said where this need is not met.
    fn without(&self, need: Need) -> Reason {
        let (smallest, largest) = ZOOM_TENTHS;
        let (is_met, reason) = match need {
            Need::GuidelineLine => {
                (self.guideline_at_caret().is_some(), "Click in an item first")
            }
            Need::EarlierItem => {
                (self.earlier.shown().is_some(), "No earlier letter was found")
            }
            Need::Folder => {
                (!self.settings.folders.is_empty(), "Add a folder of letters first")
            }
            Need::FileDialog => (!self.has_dialog(), "A file dialog is already open"),
            Need::PrintDialog => {
                (!self.is_asking_to_print(), "The print dialog is already open")
            }
            Need::NothingSending => {
                (!self.is_sending(), "The letter is still on its way to the printer")
            }
            Need::RoomToZoomIn => {
                (self.settings.zoom < largest / 10.0, "This is the largest size")
            }
            Need::RoomToZoomOut => {
                (self.settings.zoom > smallest / 10.0, "This is the smallest size")
            }
            Need::NewWording => (
                self.new_wording().is_some(),
                "The letter already uses the current wording",
            ),
            // A letter of which something is not known here could lack it.
            Need::Understood => (
                !self.is_partly_understood(),
                "This version of Rationale does not understand all of this draft, so \
                    its letter could be incomplete",
            ),
            _ => {
                let Some(draft) = &self.draft else { return Some("No letter is open") };
                return self.without_in(draft, need);
            }
        };
        if is_met { None } else { Some(reason) }
    }

    /// The same of what only an open letter has.
    fn without_in(&self, draft: &OpenDraft, need: Need) -> Reason {
        let (is_met, reason) = match need {
            Need::Pdf => (has_pdf(draft), "The letter's PDF could not be created"),
            Need::FinalLetter => {
                (draft.final_since().is_some(), "The letter is not final yet")
            }
            Need::Plain => (!draft.is_sealed(), "This draft is already encrypted"),
            Need::Encrypted => (draft.is_sealed(), "This draft is not encrypted"),
            Need::File => (
                draft.path.is_some(),
                "The letter has not been saved yet, so it has no versions",
            ),
            Need::OtherHolder => {
                (draft.holder.is_some(), "Nobody else has this draft open")
            }
            Need::Source => (draft.source.is_some(), "This draft was not just imported"),
            Need::UndoStep => (draft.history.can_undo(), "There is nothing to undo"),
            Need::RedoStep => (draft.history.can_redo(), "There is nothing to redo"),
            Need::Rows(group) => {
                (has_rows(draft, group), "This template has none of these")
            }
            Need::RoomForItem => {
                (has_room_for_item(draft), "This template has only one item")
            }
            Need::RowAtCaret => {
                (self.row_at_caret().is_some(), "Click in an item or row first")
            }
            Need::TextAtCaret => {
                (self.text_at_caret().is_some(), "Click in a text field first")
            }
            Need::UndecidedRequest => (
                !self.undecided_requests().is_empty(),
                "Every requested treatment already has an item",
            ),
            Need::Problem => (!self.stops().is_empty(), "No problems"),
            Need::Changes => return no_changes(draft),
            Need::OtherPronouns => return no_other_pronouns(draft),
            Need::RoomToMove(step) => return self.without_room_to_move(step),
            Need::OpenRationale => return self.without_open_rationale(),
            Need::Letter
            | Need::EarlierItem
            | Need::GuidelineLine
            | Need::Folder
            | Need::Understood
            | Need::FileDialog
            | Need::PrintDialog
            | Need::NothingSending
            | Need::RoomToZoomIn
            | Need::RoomToZoomOut
            | Need::NewWording => return None,
        };
        if is_met { None } else { Some(reason) }
    }

    fn without_room_to_move(&self, step: Step) -> Reason {
        let (group, id) = self.row_at_caret()?;
        self.no_room(group, id, step)
    }

    fn without_open_rationale(&self) -> Reason {
        match self.rationale_to_close() {
            Some(path) => self.refusal_to_close(&path),
            None => Some("Choose an item's decision first"),
        }
    }

    fn is_partly_understood(&self) -> bool {
        let Some(draft) = &self.draft else { return false };
        draft.read_only.as_ref().is_some_and(ReadOnly::is_partly_understood)
    }

    fn no_row(&self, group: Group, id: Id) -> Reason {
        let Some(draft) = &self.draft else { return Some("No letter is open") };
        let is_there = draft.letter.row_ids(group).contains(&id);
        if is_there { None } else { Some("This row is gone") }
    }

    fn no_room(&self, group: Group, id: Id, step: Step) -> Reason {
        if let Some(reason) = self.no_row(group, id) {
            return Some(reason);
        }
        let rows = self.draft.as_ref()?.letter.row_ids(group);
        match step {
            Step::Up if rows.first() == Some(&id) => Some("This is already the first"),
            Step::Down if rows.last() == Some(&id) => Some("This is already the last"),
            Step::Up | Step::Down => None,
        }
    }
}

/// Whether the letter has a PDF, or may get one once it is composed.
fn has_pdf(draft: &OpenDraft) -> bool {
    draft.fresh().is_none_or(|composed| composed.pdf.is_some())
}

fn has_rows(draft: &OpenDraft, group: Group) -> bool {
    let is_there = match group {
        Group::Opinions(item) => draft.letter.item(item).is_some(),
        Group::Reviewers
        | Group::Recipients
        | Group::Documents
        | Group::Items
        | Group::Extra(_) => true,
    };
    is_there && places::has_group(&draft.template, group)
}

/// A template with a single decision has a single item.
fn has_room_for_item(draft: &OpenDraft) -> bool {
    draft.template.head().items != Items::One || draft.letter.items.is_empty()
}

fn no_changes(draft: &OpenDraft) -> Reason {
    if draft.newest_export().is_none() {
        return Some("The letter has not been exported yet");
    }
    let is_same = draft.fresh().is_some() && draft.changes == 0;
    if is_same { Some("Nothing has changed since the letter was exported") } else { None }
}

fn no_other_pronouns(draft: &OpenDraft) -> Reason {
    match draft.letter.claimant.sex {
        Sex::Unstated => Some("Choose the claimant's sex first"),
        Sex::X => Some("Pronouns can be matched to female or male only"),
        sex if check::change_sex(&draft.letter, sex).is_empty() => {
            Some("All pronouns already match")
        }
        Sex::Female | Sex::Male => None,
    }
}
