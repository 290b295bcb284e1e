//! Inserting a snippet and walking through its blanks. It runs before a frame is drawn, so
//! that a key does one thing: it reaches the text, or it moves on in the snippet.

use egui::text::CCursorRange;
use egui::text_edit::TextEditState;
use egui::{Context, EventFilter, FocusDirection, Id, Key, Modifiers};

use super::super::form::field_id;
use super::super::text::{byte_at, cursor_at};
use crate::app::desk::Desk;
use crate::app::snippets::{self, Filling};
use crate::diagnostic::TextRange;
use crate::letter::FieldPath;

/// The snippet that is being filled in.
#[derive(Default)]
pub(in crate::app::view) struct SnippetKeys {
    filling: Option<Filling>,
    /// The pointer is on the list of choices, so a press does not end it.
    pub(super) is_pointed_at: bool,
}

/// A key that goes to a snippet.
#[derive(Clone, Copy, PartialEq)]
enum SnippetKey {
    Forward,
    Back,
    Up,
    Down,
    Take,
    End,
}

impl SnippetKeys {
    /// Before a frame: takes the keys that are for a snippet.
    pub(in crate::app::view) fn attend(&mut self, ctx: &Context, desk: &mut Desk) {
        self.follow(ctx, desk);
        let Some(key) = self.take_key(ctx, desk) else { return };
        match key {
            SnippetKey::Forward if self.filling.is_none() => expand(self, ctx, desk),
            SnippetKey::Forward => self.walk_on(ctx, desk),
            SnippetKey::Take => self.choose(ctx, desk, None),
            SnippetKey::Back => self.walk(ctx, desk, false),
            SnippetKey::End => self.filling = None,
            SnippetKey::Up | SnippetKey::Down => self.mark(key == SnippetKey::Down),
        }
    }

    /// The choices at the caret, and which of them is marked.
    pub(super) fn choices(&self) -> Option<(Vec<&str>, usize)> {
        let filling = self.filling.as_ref()?;
        let options = filling.options();
        (!options.is_empty()).then_some((options, filling.marked))
    }

    /// Puts a snippet where the caret is, in place of what is selected there.
    pub(in crate::app::view) fn insert(
        &mut self,
        ctx: &Context,
        desk: &mut Desk,
        code: &str,
    ) {
        let Some((path, text)) = desk.text_at_caret() else { return };
        let (path, end) = (path.clone(), text.len());
        let place = selected(ctx, field_id(&path), text);
        let place = place.unwrap_or(TextRange { start: end, end });
        self.put(ctx, desk, &path, place, code);
    }

    fn put(
        &mut self,
        ctx: &Context,
        desk: &mut Desk,
        path: &FieldPath,
        place: TextRange,
        code: &str,
    ) {
        let Some(expanded) = desk.expanded(code) else { return };
        if !desk.replace_words(path, place, &expanded.text) {
            return;
        }
        let text = desk.text_of(path).unwrap_or_default();
        self.filling = Filling::new(path.clone(), text, place.start, &expanded);
        let end = place.start + expanded.text.len();
        let first = self.filling.as_ref().and_then(Filling::here);
        let first = first.map_or(TextRange { start: end, end }, |stop| stop.range);
        select(ctx, path, text, first);
    }

    /// What was typed since the last frame belongs to the blank that one is at. The snippet
    /// is done once the focus is in another field.
    fn follow(&mut self, ctx: &Context, desk: &Desk) {
        let Some(filling) = &mut self.filling else { return };
        let id = field_id(&filling.path);
        let focused = ctx.memory(egui::Memory::focused);
        let is_elsewhere = focused.is_some_and(|focused| focused != id);
        let Some(text) = desk.text_of(&filling.path).filter(|_| !is_elsewhere) else {
            self.filling = None;
            return;
        };
        let caret = selected(ctx, id, text).map_or(text.len(), |place| place.end);
        filling.follow(text, caret);
        if filling.here().is_none() {
            self.filling = None;
        }
    }

    /// A key that is for a snippet, which nothing else sees then.
    fn take_key(&self, ctx: &Context, desk: &Desk) -> Option<SnippetKey> {
        let path = desk.focus.as_ref()?;
        let has_focus = ctx.memory(|memory| memory.has_focus(field_id(path)));
        if !has_focus || desk.dialog.is_some() {
            return None;
        }
        if self.filling.is_none() && !is_after_code(ctx, desk) {
            return None;
        }
        let mut keys = Vec::new();
        if self.filling.is_some() {
            // Before Tab alone, which it looks like.
            keys.push((Modifiers::SHIFT, Key::Tab, SnippetKey::Back));
            keys.push((Modifiers::NONE, Key::Escape, SnippetKey::End));
        }
        keys.push((Modifiers::NONE, Key::Tab, SnippetKey::Forward));
        if self.choices().is_some() {
            keys.push((Modifiers::NONE, Key::ArrowUp, SnippetKey::Up));
            keys.push((Modifiers::NONE, Key::ArrowDown, SnippetKey::Down));
            keys.push((Modifiers::NONE, Key::Enter, SnippetKey::Take));
        }
        let taken = ctx.input_mut(|input| {
            let mut keys = keys.into_iter();
            keys.find(|(modifiers, key, _)| input.consume_key(*modifiers, *key))
        });
        let (_, key, what) = taken?;
        if key == Key::Tab {
            // The focus stays where it is.
            ctx.memory_mut(|memory| memory.move_focus(FocusDirection::None));
        }
        Some(what)
    }

    /// Keeps the keys for the snippet that would move the focus before the next frame.
    pub(super) fn hold_keys(&self, ctx: &Context) {
        let Some(filling) = &self.filling else { return };
        let filter = EventFilter {
            tab: true,
            escape: true,
            horizontal_arrows: true,
            vertical_arrows: true,
        };
        ctx.memory_mut(|memory| {
            memory.set_focus_lock_filter(field_id(&filling.path), filter);
        });
    }

    fn mark(&mut self, is_down: bool) {
        let Some(filling) = &mut self.filling else { return };
        let count = filling.options().len();
        let step = if is_down { 1 } else { count - 1 };
        filling.marked = (filling.marked + step) % count;
        filling.is_chosen = true;
    }

    /// Tab takes the choice that is marked, or that begins as it was typed, and goes to the
    /// next blank.
    fn walk_on(&mut self, ctx: &Context, desk: &mut Desk) {
        let Some(filling) = &self.filling else { return };
        let is_typed = match (filling.here(), desk.text_of(&filling.path)) {
            (Some(stop), Some(text)) => !text[stop.range].starts_with('{'),
            _ => false,
        };
        if (is_typed || filling.is_chosen) && !filling.options().is_empty() {
            self.choose(ctx, desk, None);
        } else {
            self.walk(ctx, desk, true);
        }
    }

    /// Takes a choice, or the one that is marked, and goes to the next blank.
    pub(super) fn choose(
        &mut self,
        ctx: &Context,
        desk: &mut Desk,
        place: Option<usize>,
    ) {
        let Some(filling) = &mut self.filling else { return };
        let options = filling.options();
        let Some(words) = options.get(place.unwrap_or(filling.marked)) else { return };
        let words = (*words).to_owned();
        let Some(stop) = filling.here() else { return };
        let (path, range) = (filling.path.clone(), stop.range);
        if desk.replace_words(&path, range, &words) {
            let text = desk.text_of(&path).unwrap_or_default();
            filling.follow(text, range.start + words.len());
        }
        ctx.memory_mut(|memory| memory.request_focus(field_id(&path)));
        self.walk(ctx, desk, true);
    }

    /// Selects the next blank or the one before; after the last the caret goes to the end
    /// of the snippet.
    fn walk(&mut self, ctx: &Context, desk: &Desk, is_forward: bool) {
        let Some(filling) = &mut self.filling else { return };
        let Some(text) = desk.text_of(&filling.path) else { return };
        if let Some(range) = filling.step(is_forward) {
            return select(ctx, &filling.path, text, range);
        }
        if is_forward {
            let end = filling.end();
            select(ctx, &filling.path, text, TextRange { start: end, end });
            self.filling = None;
        }
    }
}

/// The code before the caret, where there is one.
fn code_at_caret<'a>(ctx: &Context, desk: &'a Desk) -> Option<(TextRange, &'a str)> {
    let (path, text) = desk.text_at_caret()?;
    let place = selected(ctx, field_id(path), text)?;
    if place.start != place.end {
        return None;
    }
    let (start, code) = snippets::code_at_end(&text[..place.end])?;
    let is_known = snippets::find(&desk.own.snippets.rows, code).is_some();
    is_known.then_some((TextRange { start, end: place.end }, code))
}

fn is_after_code(ctx: &Context, desk: &Desk) -> bool {
    let may_edit = desk.draft.as_ref().is_some_and(|draft| draft.read_only.is_none());
    may_edit && code_at_caret(ctx, desk).is_some()
}

fn expand(keys: &mut SnippetKeys, ctx: &Context, desk: &mut Desk) {
    let Some((place, code)) = code_at_caret(ctx, desk) else { return };
    let code = code.to_owned();
    if let Some(path) = desk.focus.clone() {
        keys.put(ctx, desk, &path, place, &code);
    }
}

/// What is selected in a text, in bytes; without a selection, where the caret is.
pub(in crate::app::view) fn selected(
    ctx: &Context,
    id: Id,
    text: &str,
) -> Option<TextRange> {
    let range = TextEditState::load(ctx, id)?.cursor.char_range()?;
    let [start, end] = range.sorted_cursors();
    let (start, end) = (byte_at(text, start.index.0), byte_at(text, end.index.0));
    Some(TextRange { start, end })
}

fn select(ctx: &Context, path: &FieldPath, text: &str, range: TextRange) {
    let id = field_id(path);
    let mut state = TextEditState::load(ctx, id).unwrap_or_default();
    let (start, end) = (cursor_at(text, range.start), cursor_at(text, range.end));
    state.cursor.set_char_range(Some(CCursorRange::two(start, end)));
    state.store(ctx, id);
    ctx.memory_mut(|memory| memory.request_focus(id));
}
