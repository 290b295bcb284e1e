//! How the window looks: every color, typeface and distance has its one place here.

use std::sync::Arc;

use egui::style::{ScrollStyle, TextCursorStyle, WidgetVisuals};
use egui::{
    Color32, Context, CornerRadius, FontData, FontDefinitions, FontFamily, FontId,
    Margin, Shadow, Stroke, Style, TextStyle, Ui, Vec2, Visuals,
};

use crate::store::settings;

/// The measure of the form: about 75 characters.
pub(super) const FORM_WIDTH: f32 = 720.0;
/// Narrower than this the form cannot be filled in, nor the letter be read.
pub(super) const NARROWEST_FORM: f32 = 420.0;
/// As wide as it is beside the letter in a usual window: the letter has 70 % of its size.
pub(super) const USUAL_FORM: f32 = 464.0;
/// What is below the letter needs this much.
pub(super) const NARROWEST_LETTER: f32 = 340.0;
/// The outline as it is before somebody drags it.
pub(super) const OUTLINE_WIDTH: f32 = 200.0;
/// Below this the outline folds to its marks.
pub(super) const OUTLINE_FITS: f32 = 1100.0;
/// Below this the letter is a tab beside the form.
pub(super) const LETTER_FITS: f32 = 900.0;
/// Between fields, and between sections.
pub(super) const GAP: f32 = 16.0;
pub(super) const SECTION_GAP: f32 = 32.0;
/// Within boxes over the window.
pub(super) const BOX_MARGIN: i8 = 20;
/// Long texts are read at this distance from line to line.
pub(super) const PROSE_LINE: f32 = 23.0;
/// Under every field, for help, a message or nothing, so that what is below never moves.
pub(super) const SLOT: f32 = 20.0;

const BODY: f32 = 15.0;
const VALUE: f32 = 16.0;
const HELP: f32 = 13.0;
const TITLE: f32 = 20.0;
const CORNER: CornerRadius = CornerRadius::same(6);
/// What floats over the window has rounder corners, and a soft shadow under it.
const FLOATING_CORNER: CornerRadius = CornerRadius::same(8);
/// How much of the ground a shadow takes away, of 255: a seventh in the light look; on a
/// dark ground that would not be seen.
const SHADOW: (u8, u8) = (36, 120);
/// How strong the handle of a scroll bar is over what it covers.
const HANDLE: f32 = 0.55;

/// The colors of one look.
pub(super) struct Palette {
    pub paper: Color32,
    pub window: Color32,
    pub panel: Color32,
    pub text: Color32,
    pub quiet: Color32,
    pub line: Color32,
    /// The edge of what can be filled in or pressed: three to one against its ground.
    pub edge: Color32,
    /// Ground of what is typed into.
    pub input: Color32,
    /// Ground of what can be pressed, and of what the pointer is over.
    pub raised: Color32,
    pub over: Color32,
    pub accent: Color32,
    pub on_accent: Color32,
    /// Ground of what is selected or edited.
    pub tint: Color32,
    pub error: Color32,
    pub warning: Color32,
    pub done: Color32,
    /// What words stand on that somebody looks for; the place that one is at is stronger.
    pub found: [Color32; 2],
}

const LIGHT: Palette = Palette {
    paper: Color32::from_rgb(0xFF, 0xFF, 0xFF),
    window: Color32::from_rgb(0xF6, 0xF5, 0xF2),
    panel: Color32::from_rgb(0xFF, 0xFF, 0xFF),
    text: Color32::from_rgb(0x1C, 0x1C, 0x1E),
    quiet: Color32::from_rgb(0x60, 0x5F, 0x5C),
    line: Color32::from_rgb(0xDC, 0xDA, 0xD4),
    edge: Color32::from_rgb(0x82, 0x80, 0x7A),
    input: Color32::from_rgb(0xFF, 0xFF, 0xFF),
    raised: Color32::from_rgb(0xEE, 0xEC, 0xE7),
    over: Color32::from_rgb(0xE6, 0xE4, 0xDE),
    accent: Color32::from_rgb(0x2F, 0x5D, 0x8C),
    on_accent: Color32::from_rgb(0xFF, 0xFF, 0xFF),
    tint: Color32::from_rgb(0xDC, 0xE7, 0xF2),
    error: Color32::from_rgb(0xB3, 0x26, 0x1E),
    warning: Color32::from_rgb(0x80, 0x53, 0x00),
    done: Color32::from_rgb(0x2A, 0x65, 0x3A),
    found: [Color32::from_rgb(0xFF, 0xF0, 0xB0), Color32::from_rgb(0xFF, 0xCC, 0x66)],
};

const DARK: Palette = Palette {
    paper: Color32::from_rgb(0xFF, 0xFF, 0xFF),
    window: Color32::from_rgb(0x1E, 0x1F, 0x22),
    panel: Color32::from_rgb(0x26, 0x27, 0x2B),
    text: Color32::from_rgb(0xE8, 0xE6, 0xE3),
    quiet: Color32::from_rgb(0xB1, 0xAF, 0xAB),
    line: Color32::from_rgb(0x3E, 0x40, 0x45),
    edge: Color32::from_rgb(0x84, 0x86, 0x8C),
    input: Color32::from_rgb(0x1A, 0x1B, 0x1E),
    raised: Color32::from_rgb(0x30, 0x32, 0x37),
    over: Color32::from_rgb(0x3A, 0x3C, 0x42),
    accent: Color32::from_rgb(0x8D, 0xBA, 0xE6),
    on_accent: Color32::from_rgb(0x14, 0x1C, 0x25),
    tint: Color32::from_rgb(0x26, 0x38, 0x4C),
    error: Color32::from_rgb(0xF2, 0xB8, 0xB5),
    warning: Color32::from_rgb(0xF0, 0xC3, 0x6D),
    done: Color32::from_rgb(0x8F, 0xCF, 0x9F),
    found: [Color32::from_rgb(0x54, 0x48, 0x1C), Color32::from_rgb(0x70, 0x56, 0x0E)],
};

/// High contrast: seven to one for every ink.
const HIGH_LIGHT: Palette = Palette {
    paper: Color32::from_rgb(0xFF, 0xFF, 0xFF),
    window: Color32::from_rgb(0xFF, 0xFF, 0xFF),
    panel: Color32::from_rgb(0xFF, 0xFF, 0xFF),
    text: Color32::from_rgb(0x00, 0x00, 0x00),
    quiet: Color32::from_rgb(0x2E, 0x2E, 0x2E),
    line: Color32::from_rgb(0x6A, 0x6A, 0x6A),
    edge: Color32::from_rgb(0x1C, 0x1C, 0x1C),
    input: Color32::from_rgb(0xFF, 0xFF, 0xFF),
    raised: Color32::from_rgb(0xF0, 0xF0, 0xF0),
    over: Color32::from_rgb(0xDF, 0xE7, 0xF0),
    accent: Color32::from_rgb(0x00, 0x3A, 0x78),
    on_accent: Color32::from_rgb(0xFF, 0xFF, 0xFF),
    tint: Color32::from_rgb(0xD3, 0xE4, 0xFA),
    error: Color32::from_rgb(0x8C, 0x0D, 0x08),
    warning: Color32::from_rgb(0x57, 0x36, 0x00),
    done: Color32::from_rgb(0x0A, 0x4A, 0x1D),
    found: [Color32::from_rgb(0xFF, 0xEE, 0x99), Color32::from_rgb(0xFF, 0xC4, 0x4D)],
};

const HIGH_DARK: Palette = Palette {
    paper: Color32::from_rgb(0xFF, 0xFF, 0xFF),
    window: Color32::from_rgb(0x00, 0x00, 0x00),
    panel: Color32::from_rgb(0x0A, 0x0A, 0x0A),
    text: Color32::from_rgb(0xFF, 0xFF, 0xFF),
    quiet: Color32::from_rgb(0xDD, 0xDD, 0xDD),
    line: Color32::from_rgb(0x8C, 0x8C, 0x8C),
    edge: Color32::from_rgb(0xE6, 0xE6, 0xE6),
    input: Color32::from_rgb(0x00, 0x00, 0x00),
    raised: Color32::from_rgb(0x1C, 0x1C, 0x1C),
    over: Color32::from_rgb(0x2A, 0x2A, 0x2A),
    accent: Color32::from_rgb(0xA6, 0xD5, 0xFF),
    on_accent: Color32::from_rgb(0x00, 0x00, 0x00),
    tint: Color32::from_rgb(0x08, 0x33, 0x58),
    error: Color32::from_rgb(0xFF, 0xC2, 0xBE),
    warning: Color32::from_rgb(0xFF, 0xD8, 0x73),
    done: Color32::from_rgb(0xA8, 0xEB, 0xB8),
    found: [Color32::from_rgb(0x4D, 0x3F, 0x00), Color32::from_rgb(0x6B, 0x55, 0x00)],
};

/// The tint of the field being edited on the white page, in either look: the accent at an
/// eighth of its strength.
pub(super) fn page_tint() -> Color32 {
    LIGHT.accent.gamma_multiply(0.125)
}

/// A page in the dark look, where its writer wants it dimmed.
const DIMMED_PAPER: Color32 = Color32::from_rgb(0xE9, 0xE7, 0xE2);

/// The color of the paper, with which its picture is multiplied.
pub(super) fn paper(ui: &Ui, is_dimmed: bool) -> Color32 {
    if is_dimmed && ui.visuals().dark_mode { DIMMED_PAPER } else { palette(ui).paper }
}

/// What words stand on that somebody looks for; the place that one is at is stronger.
pub(super) fn found(ui: &Ui, is_current: bool) -> Color32 {
    palette(ui).found[usize::from(is_current)]
}

/// The same on the white page, over its picture.
pub(super) fn page_found(is_current: bool) -> Color32 {
    Color32::from_rgb(0xFF, 0xB8, 0x00).gamma_multiply(if is_current {
        0.5
    } else {
        0.25
    })
}

/// The bar beside that field.
pub(super) fn page_accent() -> Color32 {
    LIGHT.accent
}

/// The outline of words on the page that a finding is about.
pub(super) fn page_warning() -> Color32 {
    LIGHT.warning
}

/// The colors of the look that is on.
pub(super) fn palette(ui: &Ui) -> &'static Palette {
    let visuals = ui.visuals();
    let (usual, high) =
        if visuals.dark_mode { (&DARK, &HIGH_DARK) } else { (&LIGHT, &HIGH_LIGHT) };
    // A look is known by its ground.
    if visuals.panel_fill == high.window { high } else { usual }
}

/// The family of headings and labels.
pub(super) fn semibold(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name("semibold".into()))
}

pub(super) fn body() -> FontId {
    FontId::proportional(BODY)
}

pub(super) fn help() -> FontId {
    FontId::proportional(HELP)
}

/// What was filled in weighs more than what it is called.
pub(super) fn value() -> FontId {
    FontId::proportional(VALUE)
}

pub(super) fn title() -> FontId {
    semibold(TITLE)
}

/// Sets typefaces, colors and distances; once, at the start.
pub(super) fn install(ctx: &Context) {
    ctx.set_fonts(fonts());
    set_contrast(ctx, false);
    // Zooming is a command of the table, so that it is remembered.
    ctx.options_mut(|options| {
        options.zoom_with_keyboard = false;
        // Where the system does not say what it prefers, the window is as paper is.
        options.fallback_theme = egui::Theme::Light;
        options.quit_shortcuts.clear();
        // However long somebody presses, a release over the same widget is a click.
        options.input_options.max_click_duration = f64::INFINITY;
        // As long as desktops give a slow hand.
        options.input_options.max_double_click_delay = 0.5;
        // The letter counts the notches of the wheel itself.
        options.input_options.scroll_zoom_speed = 0.0;
    });
}

/// The usual looks, or those of high contrast.
pub(super) fn set_contrast(ctx: &Context, is_high: bool) {
    let (light, dark) = if is_high { (&HIGH_LIGHT, &HIGH_DARK) } else { (&LIGHT, &DARK) };
    ctx.style_mut_of(egui::Theme::Light, |style| set_style(style, light));
    ctx.style_mut_of(egui::Theme::Dark, |style| set_style(style, dark));
}

/// Light, dark, or as the system is.
pub(super) fn follow(ctx: &Context, theme: settings::Theme) {
    ctx.set_theme(match theme {
        settings::Theme::Light => egui::ThemePreference::Light,
        settings::Theme::Dark => egui::ThemePreference::Dark,
        settings::Theme::System => egui::ThemePreference::System,
    });
}

fn fonts() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    let faces: [(&str, &'static [u8]); 2] = [
        ("regular", include_bytes!("../../assets/fonts/SourceSans3-Regular.ttf")),
        ("semibold", include_bytes!("../../assets/fonts/SourceSans3-SemiBold.ttf")),
    ];
    for (name, bytes) in faces {
        fonts
            .font_data
            .insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    // egui's own faces come after ours, for the characters that ours lack.
    let mut regular =
        fonts.families.remove(&FontFamily::Proportional).unwrap_or_default();
    let mut semibold = regular.clone();
    regular.insert(0, "regular".to_owned());
    semibold.insert(0, "semibold".to_owned());
    fonts.families.insert(FontFamily::Proportional, regular);
    fonts.families.insert(FontFamily::Name("semibold".into()), semibold);
    fonts
}

fn set_style(style: &mut Style, palette: &Palette) {
    style.text_styles = [
        (TextStyle::Body, body()),
        (TextStyle::Button, body()),
        (TextStyle::Small, help()),
        (TextStyle::Heading, title()),
        (TextStyle::Monospace, FontId::monospace(BODY)),
    ]
    .into();
    style.spacing.item_spacing = Vec2::new(8.0, 6.0);
    style.spacing.button_padding = Vec2::new(10.0, 4.0);
    style.spacing.interact_size = Vec2::new(32.0, 28.0);
    style.spacing.icon_width = 18.0;
    style.spacing.icon_width_inner = 10.0;
    style.spacing.window_margin = Margin::same(20);
    style.spacing.menu_margin = Margin::same(6);
    style.spacing.tooltip_width = 360.0;
    style.spacing.scroll = scroll_bars();
    style.interaction.selectable_labels = false;
    // Nothing moves that the writer did not move.
    style.animation_time = 0.0;
    style.scroll_animation = egui::style::ScrollAnimation::none();
    set_colors(&mut style.visuals, palette);
}

/// Bars that lie over the content and take no room from it.
fn scroll_bars() -> ScrollStyle {
    let mut bars = ScrollStyle::floating();
    bars.bar_width = 9.0;
    bars.floating_width = 5.0;
    bars.bar_inner_margin = 2.0;
    bars.bar_outer_margin = 2.0;
    bars.handle_min_length = 28.0;
    bars.dormant_handle_opacity = HANDLE;
    bars.active_handle_opacity = HANDLE;
    bars.interact_handle_opacity = 0.8;
    bars.active_background_opacity = 0.0;
    bars.interact_background_opacity = 0.0;
    bars.fade.strength = 0.0;
    bars
}

fn set_colors(visuals: &mut Visuals, palette: &Palette) {
    visuals.panel_fill = palette.window;
    visuals.window_fill = palette.panel;
    visuals.extreme_bg_color = palette.input;
    visuals.text_edit_bg_color = Some(palette.input);
    visuals.faint_bg_color = palette.raised;
    visuals.weak_text_color = Some(palette.quiet);
    visuals.hyperlink_color = palette.accent;
    visuals.error_fg_color = palette.error;
    visuals.warn_fg_color = palette.warning;
    visuals.window_stroke = Stroke::new(1.0, palette.line);
    visuals.window_corner_radius = FLOATING_CORNER;
    visuals.menu_corner_radius = FLOATING_CORNER;
    let (light, dark) = SHADOW;
    let shadow = Shadow {
        offset: [0, 4],
        blur: 16,
        spread: 0,
        color: Color32::from_black_alpha(if visuals.dark_mode { dark } else { light }),
    };
    visuals.window_shadow = shadow;
    visuals.popup_shadow = shadow;
    visuals.selection.bg_fill = palette.tint;
    // Also the ring around what has the focus.
    visuals.selection.stroke = Stroke::new(2.0, palette.accent);
    visuals.text_cursor = TextCursorStyle {
        stroke: Stroke::new(2.0, palette.accent),
        blink: false,
        ..visuals.text_cursor.clone()
    };
    visuals.disabled_alpha = 0.6;
    let widgets = &mut visuals.widgets;
    widgets.noninteractive = widget_visuals(palette.panel, palette.line, palette.text);
    widgets.inactive = widget_visuals(palette.raised, palette.edge, palette.text);
    widgets.hovered = widget_visuals(palette.over, palette.quiet, palette.text);
    // Also what has the focus.
    widgets.active = widget_visuals(palette.over, palette.accent, palette.text);
    widgets.active.bg_stroke.width = 2.0;
    widgets.open = widget_visuals(palette.over, palette.line, palette.text);
}

fn widget_visuals(ground: Color32, line: Color32, text: Color32) -> WidgetVisuals {
    WidgetVisuals {
        bg_fill: ground,
        weak_bg_fill: ground,
        bg_stroke: Stroke::new(1.0, line),
        corner_radius: CORNER,
        fg_stroke: Stroke::new(1.0, text),
        expansion: 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How far apart two colors are for the eye: WCAG's contrast ratio.
    fn contrast(one: Color32, other: Color32) -> f32 {
        let luminance = |color: Color32| {
            let [r, g, b, _] = egui::Rgba::from(color).to_array();
            0.2126 * r + 0.7152 * g + 0.0722 * b
        };
        let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
        one.max(other) / one.min(other)
    }

    /// What is seen of a color that covers another in part.
    fn over(ground: Color32, color: Color32, strength: f32) -> Color32 {
        let mix = |one: u8, other: u8| {
            let (one, other) = (f32::from(one), f32::from(other));
            (one + (other - one) * strength).round() as u8
        };
        Color32::from_rgb(
            mix(ground.r(), color.r()),
            mix(ground.g(), color.g()),
            mix(ground.b(), color.b()),
        )
    }

    #[track_caller]
    fn check(look: &str, ink: Color32, ground: Color32, least: f32) {
        let found = contrast(ink, ground);
        assert!(found >= least, "{look}: {ink:?} on {ground:?} is {found:.2}");
    }

    /// Everything that words stand on.
    fn grounds(palette: &Palette) -> [Color32; 6] {
        let Palette { window, panel, input, raised, over, tint, .. } = *palette;
        [window, panel, input, raised, over, tint]
    }

    /// Every look, with the least contrast of its inks.
    const LOOKS: [(&str, &Palette, f32); 4] = [
        ("light", &LIGHT, 4.5),
        ("dark", &DARK, 4.5),
        ("high light", &HIGH_LIGHT, 7.0),
        ("high dark", &HIGH_DARK, 7.0),
    ];

    #[test]
    fn every_ink_can_be_read_on_every_ground() {
        for (look, palette, least) in LOOKS {
            let Palette { text, quiet, accent, error, warning, done, .. } = *palette;
            for ground in grounds(palette) {
                for ink in [text, quiet, accent, error, warning, done] {
                    check(look, ink, ground, least);
                }
            }
            check(look, palette.on_accent, palette.accent, least);
            for ground in palette.found {
                check(look, text, ground, least);
            }
        }
    }

    #[test]
    fn every_edge_and_handle_is_seen_on_every_ground() {
        for (look, palette, least) in LOOKS {
            for ground in grounds(palette) {
                check(look, palette.edge, ground, 3.0);
                check(look, over(ground, palette.text, HANDLE), ground, 3.0);
                if least > 4.5 {
                    check(look, palette.line, ground, 3.0);
                }
            }
        }
        for paper in [LIGHT.paper, DIMMED_PAPER] {
            check("paper", page_accent(), paper, 3.0);
            check("paper", over(paper, LIGHT.text, HANDLE), paper, 3.0);
        }
    }
}
