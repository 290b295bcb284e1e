//! Where the window was the last time: it comes back there, and never off the screen.

use egui::{Context, Pos2, Rect, Vec2, ViewportBuilder, ViewportCommand, ViewportInfo};

use super::desk::Desk;
use crate::store::settings::WindowPlace;
use crate::store::{self, DataFolder};

/// As large as a window is at first.
const USUAL: Vec2 = Vec2::new(1280.0, 800.0);

/// A window where it was the last time.
pub(super) fn restored(window: ViewportBuilder) -> ViewportBuilder {
    let place = DataFolder::of_this_account()
        .ok()
        .and_then(|data| store::settings::load(&data).0.window);
    let Some(place) = place else { return window.with_inner_size(USUAL) };
    let window = window.with_inner_size(place.size).with_maximized(place.maximized);
    match place.at {
        Some(at) => window.with_position(at),
        None => window,
    }
}

/// Watches where the window is.
#[derive(Default)]
pub(super) struct KeptWindow {
    /// Whether it was brought onto the screen, should it have come up off it.
    is_on_screen: bool,
}

impl KeptWindow {
    pub(super) fn look(&mut self, ctx: &Context, desk: &mut Desk) {
        // Everything on a larger scale has fewer points.
        let zoom = ctx.zoom_factor();
        let info = ctx.input(|input| input.viewport().clone());
        let hidden = info.minimized == Some(true) || info.fullscreen == Some(true);
        let Some(monitor) = info.monitor_size.map(|size| size * zoom) else { return };
        if hidden || monitor.x < 1.0 {
            return;
        }
        if !self.is_on_screen {
            self.is_on_screen = true;
            if info.maximized != Some(true) {
                bring_back(ctx, &info, monitor, desk.settings.window);
            }
        }
        if let Some(place) = place(&info, zoom, monitor, desk.settings.window) {
            desk.remember_window(place);
        }
    }
}

/// The place to be remembered; one on another screen is not, because that one may be gone
/// the next time.
fn place(
    info: &ViewportInfo,
    zoom: f32,
    monitor: Vec2,
    before: Option<WindowPlace>,
) -> Option<WindowPlace> {
    let inner = info.inner_rect? * zoom;
    let maximized = info.maximized == Some(true);
    if let (true, Some(before)) = (maximized, before) {
        // It becomes as large as it was before when it is no longer maximized.
        return Some(WindowPlace { maximized, ..before });
    }
    let screen = Rect::from_min_size(Pos2::ZERO, monitor);
    let outer = info.outer_rect.map(|outer| outer * zoom);
    let at = outer.filter(|outer| screen.contains(outer.left_top()));
    Some(WindowPlace {
        at: at.map(|outer| (outer.left().round(), outer.top().round())),
        size: (inner.width().round(), inner.height().round()),
        maximized,
    })
}

/// Moves a window onto the screen, and makes it no larger than that. It is moved even to
/// where it was to come up: some systems take its frame for a part of the way.
fn bring_back(
    ctx: &Context,
    info: &ViewportInfo,
    monitor: Vec2,
    wanted: Option<WindowPlace>,
) {
    let zoom = ctx.zoom_factor();
    let (Some(inner), Some(outer)) = (info.inner_rect, info.outer_rect) else { return };
    let size = (inner.size() * zoom).min(monitor);
    if size != inner.size() * zoom {
        ctx.send_viewport_cmd(ViewportCommand::InnerSize(size / zoom));
    }
    let is_at = outer.left_top() * zoom;
    let wanted = wanted.and_then(|place| place.at).map_or(is_at, Pos2::from);
    let at = on_screen(wanted, size, monitor).unwrap_or(wanted);
    if at != is_at {
        ctx.send_viewport_cmd(ViewportCommand::OuterPosition(at / zoom));
    }
}

/// Where a window goes that is not wholly on the screen; `None` where it is.
fn on_screen(at: Pos2, size: Vec2, monitor: Vec2) -> Option<Pos2> {
    let most = (monitor - size).max(Vec2::ZERO);
    let there = at.clamp(Pos2::ZERO, most.to_pos2());
    // A frame reaches some points over the edge.
    let frame = 48.0;
    let is_seen = (there - at).abs().max_elem() <= frame;
    if is_seen { None } else { Some(there) }
}

#[cfg(test)]
mod tests {
    use egui::{pos2, vec2};

    use super::*;

    const SCREEN: Vec2 = Vec2::new(1920.0, 1080.0);

    #[test]
    fn a_window_off_the_screen_comes_back_onto_it() {
        let size = vec2(1280.0, 800.0);
        assert_eq!(on_screen(pos2(300.0, 100.0), size, SCREEN), None);
        assert_eq!(on_screen(pos2(-8.0, -31.0), size, SCREEN), None);
        let back = on_screen(pos2(2500.0, 100.0), size, SCREEN);
        assert_eq!(back, Some(pos2(640.0, 100.0)));
        let back = on_screen(pos2(300.0, -900.0), size, SCREEN);
        assert_eq!(back, Some(pos2(300.0, 0.0)));
    }

    fn info(rect: Rect) -> ViewportInfo {
        ViewportInfo {
            inner_rect: Some(rect),
            outer_rect: Some(rect),
            ..ViewportInfo::default()
        }
    }

    #[test]
    fn a_window_is_remembered_in_points_of_the_screen() {
        let rect = Rect::from_min_size(pos2(50.0, 20.0), vec2(640.0, 400.0));
        let place = place(&info(rect), 2.0, SCREEN, None).unwrap();
        assert_eq!((place.at, place.size), (Some((100.0, 40.0)), (1280.0, 800.0)));
    }

    #[test]
    fn a_place_on_another_screen_is_not_remembered_nor_the_size_of_a_maximized_one() {
        let rect = Rect::from_min_size(pos2(2500.0, 20.0), vec2(800.0, 600.0));
        let before = place(&info(rect), 1.0, SCREEN, None).unwrap();
        assert_eq!(before.at, None);
        let whole = Rect::from_min_size(Pos2::ZERO, SCREEN);
        let info = ViewportInfo { maximized: Some(true), ..info(whole) };
        let after = place(&info, 1.0, SCREEN, Some(before)).unwrap();
        assert_eq!((after.size, after.maximized), ((800.0, 600.0), true));
    }
}
