//! Keeps what one looks at where it is while the room for it changes: the window, the
//! size of everything, or the line between form and letter.

use egui::scroll_area::ScrollAreaOutput;
use egui::{Id, ScrollArea, Ui, Vec2};

/// Where the field with the caret was in the last frame.
#[derive(Default)]
pub(super) struct KeptPlace {
    field: Option<Id>,
    /// How far below the upper edge of the room it was, in pixels.
    top: f32,
    /// How far below the beginning of all it was, in points.
    depth: f32,
    room: Vec2,
    pixels_per_point: f32,
    /// Where the next frame begins instead of where it would.
    offset: Option<f32>,
}

/// How much of a field is seen at least where the room ends, in points.
const SPARE: f32 = 64.0;

impl KeptPlace {
    /// The area as it is to be scrolled.
    pub(super) fn scrolled(&mut self, area: ScrollArea) -> ScrollArea {
        match self.offset.take() {
            Some(offset) => area.vertical_scroll_offset(offset),
            None => area,
        }
    }

    /// Looks where `field` has come to in an area that says where its content begins.
    /// Where the room has changed, or what is above the field has grown, the frame is
    /// drawn once more with the field where it was. What jumps goes where it leads.
    pub(super) fn look(
        &mut self,
        ui: &Ui,
        shown: &ScrollAreaOutput<f32>,
        field: Option<Id>,
        is_jump: bool,
    ) {
        // Whoever asks for a widget's place in the frame of a click takes the focus from it
        // that the click has just given.
        if ui.input(|input| input.pointer.any_click()) {
            return;
        }
        let room = shown.inner_rect;
        let widget = field.and_then(|field| ui.ctx().read_response(field));
        let top = widget.as_ref().map(|widget| widget.rect.top() - room.top());
        let scale = ui.ctx().pixels_per_point();
        let is_scaled = (self.pixels_per_point - scale).abs() > f32::EPSILON;
        let depth = widget.as_ref().map(|widget| widget.rect.top() - shown.inner);
        let has_grown =
            !is_jump && depth.is_some_and(|depth| (depth - self.depth).abs() > 0.5);
        let has_changed = is_scaled || self.room != room.size() || has_grown;
        let was_seen = self.field == field
            && (0.0..self.room.y * self.pixels_per_point).contains(&self.top);
        if let Some(top) = top
            && has_changed
            && was_seen
        {
            // A lower room may end before the field's place.
            let lowest = (room.height() - SPARE).max(0.0);
            let moved = top - (self.top / scale).min(lowest);
            let offset = shown.state.clamped_offset().y + moved;
            self.offset = Some(offset.max(0.0));
            ui.ctx().request_discard("the room of the form has changed");
        } else if let Some(top) = top {
            self.top = top * scale;
        }
        self.depth = depth.unwrap_or_default();
        self.field = field;
        self.room = room.size();
        self.pixels_per_point = scale;
    }
}
