//! Hands a burst of input to the window one step at a time.
//!
//! egui gives a frame every event since the last one, moves the focus at most once in it,
//! and then lets whatever has the focus take all of the frame's text. So `name Tab date`
//! from a fast hand, a text expander or a dictation tool would end up in one field. Here
//! each event that may move the focus gets a frame of its own, and what follows waits
//! until the focus has arrived.

use std::collections::VecDeque;

use egui::{
    Context, Event, FocusDirection, Id, Key, MouseWheelUnit, Plugin, RawInput, Rect,
};

/// How many frames a step takes at most until the focus is where it leads: a command runs
/// in the frame after its key, and the field that it goes to takes the focus when it is
/// drawn.
const FRAMES_TO_ARRIVE: u8 = 2;

/// The events that no frame has had yet.
#[derive(Default)]
pub(super) struct InputQueue {
    waiting: VecDeque<Event>,
    /// Frames that still go by before the next event that types is handed out.
    frames_to_wait: u8,
    press: Press,
    /// The wheel moves a page at once, and egui does not let it glide.
    pub is_still: bool,
}

/// What the button of the pointer holds down.
#[derive(Clone, Copy, Default)]
enum Press {
    #[default]
    Nothing,
    /// It went down in the last frame.
    New,
    /// A widget that can be clicked and not dragged, which is here.
    OnButton(Rect),
    /// What can be dragged, or nothing.
    Elsewhere,
}

impl InputQueue {
    /// Takes back what a frame had no use for; it is handed out again first.
    pub(super) fn put_back(&mut self, events: Vec<Event>) {
        for event in events.into_iter().rev() {
            self.waiting.push_front(event);
        }
        self.frames_to_wait = FRAMES_TO_ARRIVE;
    }

    /// What the next frame is given.
    fn next_events(&mut self) -> Vec<Event> {
        // A command's key that is held down goes on as fast as frames are drawn.
        if let Some(held) = self.waiting.pop_front_if(|event| is_held_step(event)) {
            return vec![held];
        }
        // The pointer presses where it is, whatever has the focus; the presses of a double
        // click stay close together.
        if let Some(press) = self.waiting.pop_front_if(|event| is_press(event)) {
            self.frames_to_wait = FRAMES_TO_ARRIVE;
            return vec![press];
        }
        if self.frames_to_wait > 0 {
            self.frames_to_wait -= 1;
            return self.take_while(|event| !is_for_focus(event));
        }
        if let Some(step) = self.waiting.pop_front_if(|event| moves_focus(event)) {
            self.frames_to_wait = frames_after(&step);
            return vec![step];
        }
        self.take_while(|event| !moves_focus(event))
    }

    /// A hand that slides while it presses still clicks: the pointer stands still for
    /// egui until it is released over the same widget or elsewhere.
    fn steady(&mut self, ctx: &Context, events: &mut Vec<Event>) {
        let mut steadied = Vec::new();
        for event in events.drain(..) {
            match &event {
                Event::PointerButton { pressed: true, .. } => self.press = Press::New,
                Event::PointerButton { pos, pressed: false, .. } => {
                    if let Press::OnButton(rect) = std::mem::take(&mut self.press)
                        && !rect.contains(*pos)
                    {
                        steadied.push(Event::PointerMoved(*pos));
                    }
                }
                Event::PointerMoved(_) => {
                    if let Press::New = self.press {
                        self.press = pressed_widget(ctx);
                    }
                    if let Press::OnButton(_) = self.press {
                        continue;
                    }
                }
                _ => {}
            }
            steadied.push(event);
        }
        *events = steadied;
    }

    fn take_while(&mut self, is_taken: impl Fn(&Event) -> bool) -> Vec<Event> {
        let count = self.waiting.iter().take_while(|event| is_taken(event)).count();
        self.waiting.drain(..count).collect()
    }
}

impl Plugin for InputQueue {
    fn debug_name(&self) -> &'static str {
        "input queue"
    }

    fn input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        self.waiting.extend(without_access_text(input.events.drain(..)));
        input.events = self.next_events();
        self.steady(ctx, &mut input.events);
        if self.is_still {
            let line = ctx.options(|options| options.input_options.line_scroll_speed);
            input.events = without_gliding(input.events.drain(..), line);
        }
        if !self.waiting.is_empty() {
            ctx.request_repaint();
        }
    }
}

/// The same turns of the wheel in steps so small that egui takes each at once: what is
/// longer it spreads over the next frames. With Ctrl the wheel is for the letter's size.
fn without_gliding(events: impl Iterator<Item = Event>, line: f32) -> Vec<Event> {
    const STEP: f32 = 7.0;
    let mut still = Vec::new();
    for event in events {
        let Event::MouseWheel { unit: MouseWheelUnit::Line, delta, modifiers, .. } =
            &event
        else {
            still.push(event);
            continue;
        };
        if modifiers.ctrl || modifiers.command {
            still.push(event);
            continue;
        }
        let way = *delta * line;
        let steps = (way.length() / STEP).ceil().max(1.0);
        let mut step = event.clone();
        if let Event::MouseWheel { unit, delta, .. } = &mut step {
            (*unit, *delta) = (MouseWheelUnit::Point, way / steps);
        }
        still.extend(std::iter::repeat_n(step, steps as usize));
    }
    still
}

/// What was pressed in the frame before this one.
fn pressed_widget(ctx: &Context) -> Press {
    ctx.viewport(|viewport| match (&viewport.hits.click, &viewport.hits.drag) {
        (Some(widget), None) => Press::OnButton(widget.interact_rect),
        _ => Press::Elsewhere,
    })
}

/// Drops the letter that some systems type besides a key held with Alt: the key opens a
/// menu, and its letter is no word of the letter. On a Mac, Alt types other characters.
fn without_access_text(events: impl Iterator<Item = Event>) -> Vec<Event> {
    let mut kept: Vec<Event> = Vec::new();
    for event in events {
        let is_access = match (kept.last(), &event) {
            (
                Some(Event::Key { key, pressed: true, modifiers, .. }),
                Event::Text(text),
            ) => {
                modifiers.alt && !modifiers.ctrl && text.eq_ignore_ascii_case(key.name())
            }
            _ => false,
        };
        if !is_access {
            kept.push(event);
        }
    }
    kept
}

/// Whether an event goes to what has the focus, or moves it: these wait until the focus
/// has arrived. The pointer's way, the wheel and the window's own events do not.
fn is_for_focus(event: &Event) -> bool {
    matches!(
        event,
        Event::Copy
            | Event::Cut
            | Event::Paste(_)
            | Event::Text(_)
            | Event::Key { .. }
            | Event::Ime(_)
            | Event::PointerButton { .. }
            | Event::AccessKitActionRequest(_)
    )
}

fn is_press(event: &Event) -> bool {
    matches!(event, Event::PointerButton { .. })
}

/// Whether the focus may be elsewhere after an event.
fn moves_focus(event: &Event) -> bool {
    match event {
        Event::PointerButton { .. } | Event::AccessKitActionRequest(_) => true,
        Event::Key { key, pressed: true, modifiers, .. } => {
            let is_chord = modifiers.command || modifiers.alt;
            if is_chord { !edits(*key) } else { is_step(*key) }
        }
        _ => false,
    }
}

/// Keys that move the caret or delete within a text, by words with Ctrl.
fn edits(key: Key) -> bool {
    matches!(
        key,
        Key::ArrowLeft | Key::ArrowRight | Key::Home | Key::End | Key::Backspace
    )
}

fn is_held_step(event: &Event) -> bool {
    matches!(event, Event::Key { repeat: true, .. }) && moves_focus(event)
}

/// Keys that walk, accept, close, or run a command.
fn is_step(key: Key) -> bool {
    let steps = [
        Key::Tab,
        Key::Enter,
        Key::Escape,
        Key::ArrowLeft,
        Key::ArrowRight,
        Key::ArrowUp,
        Key::ArrowDown,
        Key::PageUp,
        Key::PageDown,
    ];
    steps.contains(&key) || (Key::F1..=Key::F35).contains(&key)
}

/// Tab and the arrows move the focus within their own frame, but only in the next one can
/// what has it claim the arrows for itself: egui would walk away with one that came at
/// once. For the rest something has to happen first.
fn frames_after(step: &Event) -> u8 {
    let arrows = [Key::ArrowLeft, Key::ArrowRight, Key::ArrowUp, Key::ArrowDown];
    match step {
        Event::Key { key, .. } if *key == Key::Tab || arrows.contains(key) => 1,
        _ => FRAMES_TO_ARRIVE,
    }
}

/// Where nothing has the focus, gives it to `field`, which had it last, if this frame types
/// something; what was typed waits until it has arrived. Tab only comes back to the field,
/// so that one sees where one is before walking on.
pub(super) fn return_focus(ctx: &Context, field: Id) {
    let is_free = ctx.memory(|memory| memory.focused().is_none());
    if !is_free {
        return;
    }
    let Some(widget) = ctx.read_response(field) else { return };
    if !widget.enabled() {
        return;
    }
    let is_tab = ctx.input(|input| input.events.iter().any(is_tab));
    let text: Vec<Event> = ctx.input_mut(|input| {
        let is_text =
            |event: &mut Event| matches!(event, Event::Text(_) | Event::Paste(_));
        input.events.extract_if(.., is_text).collect()
    });
    if is_tab || !text.is_empty() {
        ctx.memory_mut(|memory| {
            memory.move_focus(FocusDirection::None);
            memory.request_focus(field);
        });
        ctx.with_plugin(|queue: &mut InputQueue| queue.put_back(text));
        ctx.request_repaint();
    }
}

/// Until the pointer moves again it is nowhere: a tooltip that is open when a box opens
/// would stay over the box.
pub(super) fn forget_pointer(ctx: &Context) {
    ctx.with_plugin(|queue: &mut InputQueue| {
        queue.waiting.push_front(Event::PointerGone);
    });
    ctx.request_repaint();
}

fn is_tab(event: &Event) -> bool {
    matches!(event, Event::Key { key: Key::Tab, pressed: true, modifiers, .. }
        if !modifiers.command && !modifiers.alt)
}

#[cfg(test)]
mod tests {
    use egui::{Modifiers, MouseWheelSource, TouchPhase, vec2};

    use super::*;

    fn key(key: Key) -> Event {
        pressed(key, Modifiers::NONE)
    }

    fn pressed(key: Key, modifiers: Modifiers) -> Event {
        Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
    }

    fn text(words: &str) -> Event {
        Event::Text(words.to_owned())
    }

    /// The frames that the events are handed out in, the empty ones left out.
    fn frames(events: Vec<Event>) -> Vec<Vec<Event>> {
        let mut queue = InputQueue { waiting: events.into(), ..InputQueue::default() };
        let mut frames = Vec::new();
        while !queue.waiting.is_empty() {
            frames.push(queue.next_events());
        }
        frames.retain(|frame| !frame.is_empty());
        frames
    }

    #[test]
    fn a_burst_is_split_where_the_focus_moves() {
        let burst = vec![text("Alan"), text(" Grant"), key(Key::Tab), text("05/02/15")];
        let expected = [
            vec![text("Alan"), text(" Grant")],
            vec![key(Key::Tab)],
            vec![text("05/02/15")],
        ];
        assert_eq!(frames(burst), expected);
    }

    #[test]
    fn nothing_is_lost_and_the_order_stays() {
        let burst = vec![
            key(Key::Tab),
            key(Key::Tab),
            text("a"),
            key(Key::Enter),
            Event::PointerMoved(egui::Pos2::ZERO),
            text("b"),
            pressed(Key::K, Modifiers::COMMAND),
            text("age"),
            key(Key::Enter),
            text("47"),
        ];
        assert_eq!(frames(burst.clone()).concat(), burst);
    }

    #[test]
    fn the_pointer_moves_while_keys_wait() {
        let mut queue = InputQueue::default();
        queue
            .waiting
            .extend([key(Key::Enter), Event::PointerMoved(egui::Pos2::ZERO)]);
        assert_eq!(queue.next_events(), [key(Key::Enter)]);
        assert_eq!(queue.next_events(), [Event::PointerMoved(egui::Pos2::ZERO)]);
    }

    #[test]
    fn a_double_click_takes_four_frames_and_what_is_typed_after_it_waits() {
        let press = |pressed| Event::PointerButton {
            pos: egui::Pos2::ZERO,
            button: egui::PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        let click = [press(true), press(false)];
        let mut queue = InputQueue::default();
        queue
            .waiting
            .extend(click.iter().chain(&click).cloned().chain([text("a")]));
        for event in click.iter().chain(&click) {
            assert_eq!(queue.next_events(), std::slice::from_ref(event));
        }
        assert_eq!(queue.next_events(), []);
        assert_eq!(queue.next_events(), []);
        assert_eq!(queue.next_events(), [text("a")]);
    }

    #[test]
    fn the_letter_of_an_access_key_is_no_text() {
        let alt = |letter| pressed(letter, Modifiers::ALT);
        let typed = vec![alt(Key::F), text("f"), key(Key::F), text("f")];
        let expected = [alt(Key::F), key(Key::F), text("f")];
        assert_eq!(without_access_text(typed.into_iter()), expected);
        let composed = vec![alt(Key::F), text("ƒ")];
        assert_eq!(without_access_text(composed.clone().into_iter()), composed);
    }

    #[test]
    fn without_motion_a_turn_of_the_wheel_goes_as_far_in_steps_that_do_not_glide() {
        let wheel = |modifiers| Event::MouseWheel {
            unit: MouseWheelUnit::Line,
            delta: vec2(0.0, -3.0),
            source: MouseWheelSource::Wheel,
            phase: TouchPhase::Move,
            modifiers,
        };
        let mut way = 0.0;
        for event in without_gliding([wheel(Modifiers::NONE)].into_iter(), 40.0) {
            let Event::MouseWheel { unit, delta, .. } = event else { panic!() };
            assert!(unit == MouseWheelUnit::Point && delta.length() < 8.0);
            way += delta.y;
        }
        assert!((way + 120.0).abs() < 0.01, "{way}");
        let zoom = wheel(Modifiers::COMMAND);
        assert_eq!(without_gliding([zoom.clone()].into_iter(), 40.0), [zoom]);
    }

    #[test]
    fn plain_letters_are_typed_in_one_frame() {
        let letters = vec![key(Key::A), text("a"), key(Key::B), text("b")];
        assert_eq!(frames(letters.clone()), [letters]);
    }
}
