//! The bar that finds words in the letter and replaces them. It is no box: the letter can
//! be worked on while it is open.

mod bar;
mod list;

use std::collections::BTreeSet;

use egui::{Context, Id};

use super::form::field_id;
use super::snippets::selected;
use crate::app::command::Command;
use crate::app::desk::Desk;
use crate::app::find::{self, FindQuery, FoundWords};
use crate::letter::FieldPath;

/// What is looked for, and what was found.
#[derive(Default)]
pub(super) struct FindBar {
    is_open: bool,
    /// Whether words are to be replaced, too.
    replaces: bool,
    query: FindQuery,
    with: String,
    /// The field that is looked in alone.
    only: Option<FieldPath>,
    found: Vec<FoundWords>,
    current: usize,
    /// What is not to be replaced with the rest.
    skipped: BTreeSet<FoundKey>,
    /// The place that was gone to last.
    gone_to: Option<FoundKey>,
    /// For what the words were found: the revision of the letter, the query and the field.
    found_for: Option<(u64, FindQuery, Option<FieldPath>)>,
    /// The line is to take the focus, with all of it selected.
    takes_focus: bool,
    /// The focus stays in the bar while the form shows what was found.
    holds_focus: Option<Id>,
    /// The row of the list that was scrolled to.
    scrolls_to: Option<usize>,
}

impl FindBar {
    /// What is to be marked in form and letter, and which of it is gone to.
    pub(super) fn marks(&self) -> FoundMarks<'_> {
        let found: &[FoundWords] = if self.is_open { &self.found } else { &[] };
        FoundMarks { found, current: self.current }
    }

    /// Runs one of the bar's commands.
    pub(super) fn run(&mut self, ctx: &Context, command: &Command, desk: &mut Desk) {
        match command {
            Command::Find => self.open(ctx, desk, false),
            Command::FindReplace => self.open(ctx, desk, true),
            Command::FindNext if self.query.text.is_empty() => {
                self.open(ctx, desk, false);
            }
            Command::FindNext => self.step(ctx, desk, true),
            Command::FindPrevious => self.step(ctx, desk, false),
            _ => {}
        }
    }

    /// Opens the bar; what is selected in a text is what is looked for.
    fn open(&mut self, ctx: &Context, desk: &Desk, replaces: bool) {
        self.replaces |= replaces;
        if let Some((path, text)) = desk.text_at_caret()
            && ctx.memory(|memory| memory.has_focus(field_id(path)))
            && let Some(range) = selected(ctx, field_id(path), text)
        {
            let words = &text[range];
            if !words.trim().is_empty() && !words.contains('\n') {
                words.clone_into(&mut self.query.text);
            }
        }
        if !self.is_open {
            (self.is_open, self.replaces, self.only) = (true, replaces, None);
        }
        self.takes_focus = true;
        self.look(desk);
        self.current = self.first_from_caret(ctx, desk);
    }

    /// Finds the words again where the letter or what is looked for has changed.
    fn look(&mut self, desk: &Desk) {
        let Some(draft) = &desk.draft else {
            (self.is_open, self.found_for) = (false, None);
            return;
        };
        let now = (draft.revision(), self.query.clone(), self.only.clone());
        if self.found_for.as_ref() == Some(&now) {
            return;
        }
        let before = self.found.get(self.current).cloned();
        let (template, letter) = (&draft.template, &draft.letter);
        self.found = find::find(template, letter, &self.query, self.only.as_ref());
        if self.found_for.as_ref().is_some_and(|known| known.1 != now.1) {
            self.skipped.clear();
        }
        self.found_for = Some(now);
        // One that was replaced leaves its place to the next.
        let same = |found: &FoundWords| {
            before.as_ref().is_some_and(|before| {
                (&found.path, found.part) == (&before.path, before.part)
                    && found.range.start >= before.range.start
            })
        };
        let last = self.found.len().saturating_sub(1);
        let next = self.found.iter().position(same);
        self.current = next.unwrap_or(self.current.min(last));
    }

    /// The first place at the caret or after it.
    fn first_from_caret(&self, ctx: &Context, desk: &Desk) -> usize {
        let (Some(draft), Some(focus)) = (&desk.draft, &desk.focus) else { return 0 };
        let order =
            |path: &FieldPath| draft.template.position_in_form(&draft.letter, path);
        let text = desk.text_of(focus).unwrap_or_default();
        let caret = selected(ctx, field_id(focus), text).map_or(0, |range| range.start);
        let here = (order(focus), caret);
        let mut found = self.found.iter();
        found
            .position(|found| (order(&found.path), found.range.start) >= here)
            .unwrap_or(0)
    }

    /// Goes to the next place or the one before, around the end.
    fn step(&mut self, ctx: &Context, desk: &mut Desk, is_forward: bool) {
        self.look(desk);
        let count = self.found.len();
        if count == 0 {
            return;
        }
        let is_there = if self.holds_focus.is_some() {
            self.gone_to.is_some() && self.gone_to == self.here().map(key)
        } else {
            let is_there = self.is_selected(ctx, desk);
            if !is_there {
                self.current = self.first_from_caret(ctx, desk);
            }
            is_there
        };
        self.current = match (is_forward, is_there) {
            (true, true) => (self.current + 1) % count,
            (false, _) => (self.current + count - 1) % count,
            (true, false) => self.current,
        };
        self.go(desk);
    }

    fn here(&self) -> Option<&FoundWords> {
        self.found.get(self.current)
    }

    /// Whether the place is what is selected.
    fn is_selected(&self, ctx: &Context, desk: &Desk) -> bool {
        let Some(found) = self.here() else { return false };
        if desk.focus.as_ref() != Some(&found.path) {
            return false;
        }
        let Some(text) = desk.text_of(&found.path) else { return true };
        selected(ctx, field_id(&found.path), text) == Some(found.range)
    }

    fn go(&mut self, desk: &mut Desk) {
        if let Some(found) = self.here().cloned() {
            self.gone_to = Some(key(&found));
            desk.go_to_found(&found);
        }
    }

    fn is_skipped(&self, found: &FoundWords) -> bool {
        self.skipped.contains(&key(found))
    }

    /// Replaces the place that one is at, and goes to the next.
    fn replace_here(&mut self, desk: &mut Desk) {
        let Some(found) = self.here().filter(|found| !found.is_fixed).cloned() else {
            return;
        };
        desk.replace_found(std::slice::from_ref(&found), &self.with);
        self.look(desk);
        // What was put there may have the words, too.
        let after = found.range.start + self.with.len();
        while self.here().is_some_and(|next| {
            (&next.path, next.part) == (&found.path, found.part)
                && next.range.start < after
                && next.range.start >= found.range.start
        }) {
            self.current += 1;
        }
        self.current =
            if self.found.is_empty() { 0 } else { self.current % self.found.len() };
        self.go(desk);
    }

    /// Replaces every place that is checked, in one step.
    fn replace_all(&mut self, desk: &mut Desk) {
        let found = self.to_replace();
        desk.replace_found(&found, &self.with);
        self.look(desk);
    }

    fn to_replace(&self) -> Vec<FoundWords> {
        let mut found = self.found.clone();
        found.retain(|one| !one.is_fixed && !self.is_skipped(one));
        found
    }

    fn close(&mut self, desk: &mut Desk) {
        self.is_open = false;
        self.go(desk);
    }

    /// After a frame: the form has shown what was found, and the caret stays in the bar.
    pub(super) fn keep_focus(&mut self, ctx: &Context) {
        if let Some(id) = self.holds_focus.take() {
            ctx.memory_mut(|memory| memory.request_focus(id));
        }
    }
}

/// A place: its field, which of the values, and the byte that it is at.
type FoundKey = (FieldPath, usize, usize);

fn key(found: &FoundWords) -> FoundKey {
    (found.path.clone(), found.part, found.range.start)
}

/// What was found, as form and letter mark it.
#[derive(Clone, Copy, Default)]
pub(in crate::app::view) struct FoundMarks<'a> {
    pub found: &'a [FoundWords],
    pub current: usize,
}

impl<'a> FoundMarks<'a> {
    /// What was found in a field, and whether it is the place that one is at.
    pub(super) fn of(
        &self,
        path: &FieldPath,
    ) -> impl Iterator<Item = (&'a FoundWords, bool)> {
        let (found, current) = (self.found, self.current);
        let places = found.iter().enumerate();
        places
            .filter(move |(_, one)| one.path == *path)
            .map(move |(place, one)| (one, place == current))
            .collect::<Vec<_>>()
            .into_iter()
    }
}
