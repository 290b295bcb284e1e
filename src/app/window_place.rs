//! Where the window was the last time: it comes back there, and never off the screen.

use egui::{Context, Pos2, Rect, Vec2, ViewportBuilder, ViewportCommand, ViewportInfo};

use super::desk::Desk;
use crate::store::settings::WindowPlace;
use crate::store::{self, DataFolder};

/// As large as a window is at first.
const USUAL: Vec2 = Vec2::new(1280.0, 800.0);

/// As small as a window can be made, whatever is remembered.
const LEAST: Vec2 = Vec2::new(640.0, 480.0);

/// A window where it was the last time.
pub(super) fn restored(window: ViewportBuilder) -> ViewportBuilder {
    let window = window.with_min_inner_size(LEAST);
    let place = DataFolder::of_this_account()
        .ok()
        .and_then(|data| store::settings::load(&data).0.window);
    let Some(place) = place else { return window.with_inner_size(USUAL) };
    let size = LEAST.max(place.size.into());
    let window = window.with_inner_size(size).with_maximized(place.maximized);
    match place.at {
        Some(at) => window.with_position(at),
        None => window,
    }
}

/// Where the screens are, in points as the system counts them.
pub(super) fn screens(frame: &eframe::Frame) -> Vec<Rect> {
    let Some(window) = frame.winit_window() else { return Vec::new() };
    let scale = window.scale_factor() as f32;
    let mut screens = Vec::new();
    for screen in window.available_monitors() {
        let (at, size) = (screen.position(), screen.size());
        let at = Pos2::new(at.x as f32, at.y as f32) / scale;
        let size = Vec2::new(size.width as f32, size.height as f32) / scale;
        screens.push(Rect::from_min_size(at, size));
    }
    screens
}

/// Watches where the window is.
#[derive(Default)]
pub(super) struct KeptWindow {
    /// Whether it was brought onto the screen, should it have come up off it.
    is_on_screen: bool,
    /// Frames in which it is asked to be maximized as it was.
    frames_to_maximize: u8,
}

/// Some window managers hear it only once the window is seen; others never do it.
const FRAMES_TO_MAXIMIZE: u8 = 40;

impl KeptWindow {
    fn is_still_to_maximize(&mut self, ctx: &Context, info: &ViewportInfo) -> bool {
        if self.frames_to_maximize == 0 || info.maximized == Some(true) {
            self.frames_to_maximize = 0;
            return false;
        }
        self.frames_to_maximize -= 1;
        ctx.send_viewport_cmd(ViewportCommand::Maximized(true));
        ctx.request_repaint();
        true
    }

    /// Looks where the window is on the `screens`, which are in points as the system
    /// counts them.
    pub(super) fn look(&mut self, ctx: &Context, desk: &mut Desk, screens: &[Rect]) {
        // Everything on a larger scale has fewer points.
        let zoom = ctx.zoom_factor();
        let info = ctx.input(|input| input.viewport().clone());
        let hidden = info.minimized == Some(true) || info.fullscreen == Some(true);
        let Some(monitor) = info.monitor_size.map(|size| size * zoom) else { return };
        if hidden || monitor.x < 1.0 {
            return;
        }
        // Some systems do not say where their screens are.
        let only = [Rect::from_min_size(Pos2::ZERO, monitor)];
        let screens = if screens.is_empty() { &only } else { screens };
        if !self.is_on_screen {
            self.is_on_screen = true;
            if info.maximized != Some(true) {
                bring_back(ctx, &info, screens, desk.settings.window);
            }
            if desk.settings.window.is_some_and(|place| place.maximized) {
                self.frames_to_maximize = FRAMES_TO_MAXIMIZE;
            }
        }
        if self.is_still_to_maximize(ctx, &info) {
            return;
        }
        if let Some(place) = place(&info, zoom, screens, desk.settings.window) {
            desk.remember_window(place);
        }
    }
}

/// The place to be remembered, on whichever screen it is.
fn place(
    info: &ViewportInfo,
    zoom: f32,
    screens: &[Rect],
    before: Option<WindowPlace>,
) -> Option<WindowPlace> {
    let inner = info.inner_rect? * zoom;
    let maximized = info.maximized == Some(true);
    if let (true, Some(before)) = (maximized, before) {
        // It becomes as large as it was before when it is no longer maximized.
        return Some(WindowPlace { maximized, ..before });
    }
    let outer = info.outer_rect.map(|outer| outer * zoom);
    let at = outer.filter(|outer| {
        let corner = outer.left_top();
        screens.iter().any(|screen| screen.contains(corner))
    });
    Some(WindowPlace {
        at: at.map(|outer| (outer.left().round(), outer.top().round())),
        size: (inner.width().round(), inner.height().round()),
        maximized,
    })
}

/// Moves a window onto a screen, and makes it no larger than that. It is moved even to
/// where it was to come up: some systems take its frame for a part of the way.
fn bring_back(
    ctx: &Context,
    info: &ViewportInfo,
    screens: &[Rect],
    wanted: Option<WindowPlace>,
) {
    let zoom = ctx.zoom_factor();
    let (Some(inner), Some(outer)) = (info.inner_rect, info.outer_rect) else { return };
    let is_at = outer.left_top() * zoom;
    let wanted = wanted.and_then(|place| place.at).map_or(is_at, Pos2::from);
    let Some((screen, _)) = nearest(wanted, inner.size() * zoom, screens) else { return };
    let size = (inner.size() * zoom).min(screen.size());
    if size != inner.size() * zoom {
        ctx.send_viewport_cmd(ViewportCommand::InnerSize(size / zoom));
    }
    let at = on_screen(wanted, size, screens).unwrap_or(wanted);
    if at != is_at {
        ctx.send_viewport_cmd(ViewportCommand::OuterPosition(at / zoom));
    }
}

/// The screen that is nearest to a window, and where on it the window is seen as a whole:
/// the screen that it was on may be gone.
fn nearest(at: Pos2, size: Vec2, screens: &[Rect]) -> Option<(Rect, Pos2)> {
    let mut found: Option<(Rect, Pos2)> = None;
    for &screen in screens {
        let most = (screen.max - size).max(screen.min);
        let there = at.clamp(screen.min, most);
        if found.is_none_or(|(_, other)| there.distance(at) < other.distance(at)) {
            found = Some((screen, there));
        }
    }
    found
}

/// Where a window goes that is not wholly on a screen; `None` where it is.
fn on_screen(at: Pos2, size: Vec2, screens: &[Rect]) -> Option<Pos2> {
    let (_, there) = nearest(at, size, screens)?;
    // A frame reaches some points over the edge.
    let frame = 48.0;
    let is_seen = (there - at).abs().max_elem() <= frame;
    if is_seen { None } else { Some(there) }
}

#[cfg(test)]
mod tests {
    use egui::{pos2, vec2};

    use super::*;

    const SCREEN: Rect = Rect { min: Pos2::ZERO, max: pos2(1920.0, 1080.0) };
    const SECOND: Rect =
        Rect { min: pos2(1920.0, 0.0), max: pos2(1920.0 + 1280.0, 1024.0) };

    #[test]
    fn a_window_off_the_screen_comes_back_onto_it() {
        let size = vec2(1280.0, 800.0);
        for (at, expected) in [
            (pos2(300.0, 100.0), None),
            (pos2(-8.0, -31.0), None),
            (pos2(2500.0, 100.0), Some(pos2(640.0, 100.0))),
            (pos2(300.0, -900.0), Some(pos2(300.0, 0.0))),
        ] {
            assert_eq!(on_screen(at, size, &[SCREEN]), expected, "{at}");
        }
        let both = [SCREEN, SECOND];
        assert_eq!(on_screen(pos2(1920.0, 100.0), size, &both), None);
        assert_eq!(
            on_screen(pos2(2500.0, 100.0), size, &both),
            Some(pos2(1920.0, 100.0))
        );
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
        let place = place(&info(rect), 2.0, &[SCREEN], None).unwrap();
        assert_eq!((place.at, place.size), (Some((100.0, 40.0)), (1280.0, 800.0)));
    }

    #[test]
    fn a_place_on_a_second_screen_is_remembered_while_that_is_there() {
        let rect = Rect::from_min_size(pos2(2500.0, 20.0), vec2(800.0, 600.0));
        let there = place(&info(rect), 1.0, &[SCREEN, SECOND], None).unwrap();
        assert_eq!(there.at, Some((2500.0, 20.0)));
        let gone = place(&info(rect), 1.0, &[SCREEN], None).unwrap();
        assert_eq!(gone.at, None);
    }

    #[test]
    fn a_maximized_window_keeps_the_size_that_it_had_before() {
        let rect = Rect::from_min_size(pos2(50.0, 20.0), vec2(800.0, 600.0));
        let before = place(&info(rect), 1.0, &[SCREEN], None).unwrap();
        let info = ViewportInfo { maximized: Some(true), ..info(SCREEN) };
        let after = place(&info, 1.0, &[SCREEN], Some(before)).unwrap();
        assert_eq!((after.size, after.maximized), ((800.0, 600.0), true));
    }
}
