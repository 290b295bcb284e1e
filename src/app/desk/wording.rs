//! The letter kinds that are known, and what becomes of the open letter when the wording
//! of its kind changes: while it is edited in another program, and between two openings
//! of a draft.

use std::sync::Arc;

use super::notices::name;
use super::{Desk, OpenDraft, Question, Tone};
use crate::app::command::Command;
use crate::app::job::Job;
use crate::compare::{self, Piece};
use crate::diagnostic::Anchor;
use crate::letter::Letter;
use crate::store::TemplateRef;
use crate::template::{Broken, LetterCopy, Template, Templates};

impl Desk {
    /// The folder of own letter kinds has changed: an open letter is shown in its new
    /// wording at once.
    pub(super) fn take_templates(&mut self, templates: Templates) -> Vec<Job> {
        let before = std::mem::replace(&mut self.templates, templates);
        // What was told of a file that could not be read is told again if it still
        // cannot.
        let speaks_of_a_file =
            |(_, command): &(String, Command)| *command == Command::Settings;
        self.notices
            .retain(|notice| !notice.offers.iter().any(speaks_of_a_file));
        let Some(draft) = &self.draft else { return Vec::new() };
        let id = draft.template.id().to_owned();
        let broken = before.own(&id).and_then(|own| {
            self.templates.broken.iter().find(|broken| broken.path == own.path)
        });
        if let Some(broken) = broken.cloned() {
            return self.stand_in_for(&id, &broken);
        }
        match self.templates.find(&id).cloned() {
            // A letter that was opened in its own older wording keeps it until its writer
            // chooses; a final one for good.
            Some(_) if draft.asks_about_wording || draft.final_since().is_some() => {
                Vec::new()
            }
            Some(template) if template.source() != draft.template.source() => {
                self.show_in(template)
            }
            Some(_) | None => Vec::new(),
        }
    }

    /// The letter goes on in a wording that can be read: the built-in one of the kind or,
    /// where there is none, the last.
    fn stand_in_for(&mut self, id: &str, broken: &Broken) -> Vec<Job> {
        let file = name(&broken.path);
        let hint = broken.problems.first().map(|problem| match problem.anchor {
            Anchor::Template { line, column } => {
                format!("Line {line}, column {column}: {}", problem.message)
            }
            Anchor::Letter | Anchor::Field { .. } => problem.message.clone(),
        });
        let built_in = Template::built_in(id).cloned();
        let shown =
            if built_in.is_some() { "the built-in wording" } else { "its last wording" };
        let text = format!("{file} cannot be read, so the letter is shown in {shown}");
        self.tell_with(
            Tone::Problem,
            text,
            hint.unwrap_or_default(),
            vec![("Show all problems", Command::Settings)],
        );
        built_in.map(|template| self.show_in(template)).unwrap_or_default()
    }

    /// Shows the open letter in another wording.
    fn show_in(&mut self, template: Arc<Template>) -> Vec<Job> {
        let Some(draft) = &mut self.draft else { return Vec::new() };
        draft.template = template;
        draft.asks_about_wording = false;
        self.compose_again().into_iter().collect()
    }

    /// The wording that a draft is opened in: its own as long as it can be read, so that
    /// nothing changes unseen.
    pub(super) fn template_for(&mut self, wanted: &TemplateRef) -> Option<Arc<Template>> {
        let known = self.templates.find(&wanted.id).cloned();
        if known.as_ref().is_some_and(|known| {
            *known.source() == wanted.source || wanted.source.is_empty()
        }) {
            return known;
        }
        let carried = Template::parse(&wanted.source).ok().map(Arc::new);
        let Some(found) = carried.or(known) else {
            let text = format!(
                "The draft is a letter of the kind \"{}\", which is not known here",
                wanted.id
            );
            self.tell(
                Tone::Problem,
                text,
                "Lay its template into the folder of letter kinds, then open it again",
            );
            return None;
        };
        Some(found)
    }

    /// Asks which wording an opened draft goes on in, where the two make a difference to
    /// its words.
    pub(super) fn ask_about_wording(&mut self) -> Vec<Job> {
        let Some(draft) = &self.draft else { return Vec::new() };
        let Some(now) = self.templates.find(draft.template.id()).cloned() else {
            return Vec::new();
        };
        if now.source() == draft.template.source() || draft.final_since().is_some() {
            return Vec::new();
        }
        let changes = changes(&draft.letter, &draft.template, &now);
        if changes.is_empty() {
            return self.show_in(now);
        }
        if draft.read_only.is_some() {
            return Vec::new();
        }
        let (then, version) = (draft.template.head().version, now.head().version);
        let text = format!(
            "{} is version {version} here; the draft was written in version {then}. \
                This is what the new wording changes in \
             this letter:",
            now.head().name
        );
        let answers = vec![
            ("Use the new wording".into(), Command::UseNewWording),
            ("Keep the draft’s wording".into(), Command::Stay),
        ];
        self.question = Some(Question {
            title: "The wording of this letter kind has changed".into(),
            text,
            changes,
            answers,
        });
        if let Some(draft) = &mut self.draft {
            draft.asks_about_wording = true;
        }
        Vec::new()
    }

    /// The open draft goes on in today's wording; its file does not hold that yet.
    pub(super) fn use_new_wording(&mut self) -> Vec<Job> {
        let known = self
            .draft
            .as_ref()
            .and_then(|draft| self.templates.find(draft.template.id()).cloned());
        if let Some(draft) = &mut self.draft {
            draft.saved = None;
        }
        known.map(|template| self.show_in(template)).unwrap_or_default()
    }

    /// Whether the open draft could go on in another wording than it has.
    pub(super) fn has_new_wording(&self) -> bool {
        let Some(OpenDraft { template, .. }) = &self.draft else { return false };
        self.templates
            .find(template.id())
            .is_some_and(|known| known.source() != template.source())
    }
}

/// What another wording changes in a letter's words; the served copy holds all of them.
fn changes(letter: &Letter, old: &Template, new: &Template) -> Vec<Piece> {
    let text = |template: &Template| template.fill(letter, LetterCopy::Served).0.text();
    compare::words(&text(old), &text(new))
}
