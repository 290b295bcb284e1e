//! What is typed and pasted into the letter, before a text sees it.

use egui::{Context, Event, Key, Modifiers};

use super::form::field_id;
use super::snippets::selected;
use crate::app::desk::Desk;
use crate::app::typing::{cleaned, joined, typographic};
use crate::letter::fields::Kind;

/// Cleans what is pasted into a text of the letter, and sets quotation marks as in print
/// where that is wanted. Fields of one line may hold codes, and tables take several lines:
/// nothing of theirs is joined or set.
pub(super) fn clean_input(ctx: &Context, desk: &Desk) {
    let Some((path, text)) = desk.text_at_caret() else { return };
    let id = field_id(path);
    let has_focus = ctx.memory(|memory| memory.has_focus(id));
    let is_cell = ["documents[]", "recipients[]"]
        .iter()
        .any(|rows| path.pattern().starts_with(rows));
    if !has_focus || is_cell {
        return;
    }
    let Some(draft) = &desk.draft else { return };
    let field = draft.template.field(path.pattern());
    let is_prose = field.is_some_and(|field| field.kind == Kind::Prose);
    let caret = selected(ctx, id, text).map_or(text.len(), |place| place.start);
    let mut before = text[..caret].to_owned();
    let is_typographic = is_prose && desk.settings.typographic;
    let speller = desk.library.speller();
    let is_word = |word: &str| speller.is_some_and(|speller| speller.knows(word));
    ctx.input_mut(|input| {
        let mut events = Vec::with_capacity(input.events.len());
        for event in std::mem::take(&mut input.events) {
            match event {
                Event::Paste(pasted) if is_prose => {
                    events.push(Event::Paste(joined(&cleaned(&pasted), is_word)));
                }
                Event::Paste(pasted) => events.push(Event::Paste(cleaned(&pasted))),
                Event::Text(typed) if is_typographic => {
                    set_in_print(&mut events, &mut before, typed);
                }
                event => events.push(event),
            }
        }
        input.events = events;
    });
}

/// Hands on what was typed, or what stands for it in print.
fn set_in_print(events: &mut Vec<Event>, before: &mut String, typed: String) {
    let Some((gone, words)) = typographic(before, &typed) else {
        before.push_str(&typed);
        return events.push(Event::Text(typed));
    };
    for _ in 0..gone {
        before.pop();
        events.push(Event::Key {
            key: Key::Backspace,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: Modifiers::NONE,
        });
    }
    before.push_str(words);
    events.push(Event::Text(words.to_owned()));
}
