//! The letter kinds that are known, and what becomes of the open letter when the wording
//! of its kind changes: while it is edited in another program, and between two openings
//! of a draft.

use std::sync::Arc;

use super::notices::display_name;
use super::{Desk, Question, Tone};
use crate::app::command::Command;
use crate::compare::{self, Piece};
use crate::diagnostic::{Anchor, Diagnostic};
use crate::letter::Letter;
use crate::outside;
use crate::store::TemplateRef;
use crate::template::{Broken, LetterCopy, Template, Templates};

impl Desk {
    /// The folder of own letter kinds has changed: an open letter is shown in its new
    /// wording at once.
    pub(super) fn take_templates(&mut self, templates: Templates) {
        let before = std::mem::replace(&mut self.templates, templates);
        // What was said of a file that could not be read is said again if it still
        // cannot.
        self.notices.retain(|notice| {
            !notice.offers.iter().any(|(_, offer)| *offer == Command::Settings)
        });
        let Some(draft) = &self.draft else { return };
        let id = draft.template.id().to_owned();
        if let Some(own) = before.own(&id) {
            let mut broken = self.templates.broken.iter();
            if let Some(broken) = broken.find(|broken| broken.path == own.path).cloned() {
                return self.show_without(&id, &broken);
            }
        }
        // A letter that was opened in its own older wording keeps it until its writer
        // chooses; a final one for good.
        if draft.asks_about_wording || draft.final_since().is_some() {
            return;
        }
        if let Some(template) = self.templates.find(&id).cloned()
            && template.source() != draft.template.source()
        {
            self.show_in(template);
        }
    }

    /// The letter goes on in a wording that can be read: the built-in one of the template
    /// or, where there is none, the last.
    fn show_without(&mut self, id: &str, broken: &Broken) {
        let file = display_name(&broken.path);
        let hint = match broken.problems.first() {
            Some(Diagnostic {
                anchor: Anchor::Template { line, column },
                message,
                ..
            }) => {
                format!("Line {line}, column {column}: {message}")
            }
            Some(problem) => problem.message.clone(),
            None => String::new(),
        };
        let built_in = Template::built_in(id).cloned();
        let shown = if built_in.is_some() {
            "the built-in wording"
        } else {
            "its previous wording"
        };
        let text = format!("{file} cannot be used, so the letter is shown with {shown}");
        let offers = vec![("Show all problems", Command::Settings)];
        self.show_notice_with(Tone::Problem, text, hint, offers);
        if let Some(template) = built_in {
            self.show_in(template);
        }
    }

    /// Shows the open letter in another wording.
    fn show_in(&mut self, template: Arc<Template>) {
        let Some(draft) = &mut self.draft else { return };
        draft.template = template;
        draft.asks_about_wording = false;
        self.compose_letter();
    }

    /// The wording that a draft is opened in: its own as long as it can be read, so that
    /// nothing changes unseen.
    pub(super) fn template_for(&mut self, wanted: &TemplateRef) -> Option<Arc<Template>> {
        let known = self.templates.find(&wanted.id).cloned();
        if let Some(known) = &known
            && (*known.source() == wanted.source || wanted.source.is_empty())
        {
            return Some(Arc::clone(known));
        }
        let found = match outside::template(&wanted.source) {
            Ok(carried) => Some(Arc::new(carried)),
            Err(_) => known,
        };
        if found.is_none() {
            let text = format!(
                "This draft needs the template \"{}\", which is not installed here",
                wanted.id
            );
            let hint =
                "Put the template in your templates folder, then open the draft again";
            self.show_notice(Tone::Problem, text, hint);
        }
        found
    }

    /// Asks which wording an opened draft goes on in, where the two make a difference to
    /// its words.
    pub(super) fn ask_about_wording(&mut self) {
        let Some(now) = self.new_wording() else { return };
        let Some(draft) = &mut self.draft else { return };
        if draft.final_since().is_some() {
            return;
        }
        let changes = changes(&draft.letter, &draft.template, &now);
        if changes.is_empty() {
            return self.show_in(now);
        }
        if draft.read_only.is_some() {
            return;
        }
        draft.asks_about_wording = true;
        let (then, version) = (draft.template.head().version, now.head().version);
        let text = format!(
            "{} is now version {version}; this draft was written with version {then}. \
                The new wording changes this in your letter:",
            now.head().name
        );
        let answers = vec![
            ("Use the new wording", Command::UseNewWording),
            ("Keep the old wording", Command::Cancel),
        ];
        let title = "This template has changed";
        let question = Question::new(title, text, answers);
        self.show_question(Question { changes, ..question });
    }

    /// The open draft goes on in today's wording; its file does not hold that yet.
    pub(super) fn use_new_wording(&mut self) {
        let Some(draft) = &mut self.draft else { return };
        draft.saved = None;
        if let Some(template) = self.templates.find(draft.template.id()).cloned() {
            self.show_in(template);
        }
    }

    /// Today's wording, if the open draft is in another.
    pub(super) fn new_wording(&self) -> Option<Arc<Template>> {
        let shown = &self.draft.as_ref()?.template;
        let known = self.templates.find(shown.id())?;
        (known.source() != shown.source()).then(|| Arc::clone(known))
    }
}

/// What another wording changes in a letter's words; the served copy holds all of them.
fn changes(letter: &Letter, old: &Template, new: &Template) -> Vec<Piece> {
    let text = |template: &Template| template.fill(letter, LetterCopy::Served).0.text();
    compare::words(&text(old), &text(new))
}
