//! What is wrong with the letter, and what is still to fill in: a summary in the line at
//! the foot and, when it is opened, the whole list above it.

use std::sync::Arc;

use egui::text::LayoutJob;
use egui::{
    Align, Color32, FontId, Galley, Id, Label, Layout, Rect, RichText, Role, ScrollArea,
    Sense, Shape, TextFormat, Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2,
};

use super::fixes;
use crate::app::command::{Command, in_words};
use crate::app::desk::Desk;
use crate::app::theme::{self, palette};
use crate::app::widgets::{self, Icon, icon, paint_icon, quiet, ring};
use crate::diagnostic::{Action, Anchor, Diagnostic, OverrideState, Severity, TextRange};
use crate::letter::{FieldPath, Letter, UnreadKind};
use crate::template::Template;

/// The columns of a row: sign, place, message, and what can be done at the right.
const SIGN: f32 = 26.0;
const PLACE: (f32, f32) = (120.0, 200.0);
const ACTIONS: (f32, f32) = (110.0, 400.0);
/// What the bar at the right takes up, over the rows.
const BAR: f32 = 14.0;
/// A message that is longer is whole in its tooltip.
const LINES: usize = 2;
const LOWEST_ROW: f32 = 28.0;

/// Draws the list, scrolled to the problems of a field if there is one.
pub(super) fn list(
    ui: &mut Ui,
    desk: &Desk,
    at: Option<&FieldPath>,
    commands: &mut Vec<Command>,
) {
    let Some(draft) = &desk.draft else { return };
    ScrollArea::vertical()
        .id_salt("problems")
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.add_space(4.0);
            if desk.problems().next().is_none() {
                quiet(ui, NOTHING);
            }
            imported(ui, &draft.template, &draft.letter, commands);
            let mut rows = ProblemRows { desk, commands, at };
            rows.show(ui, desk.shown_wrong().filter(|found| !is_listed_above(found)));
            if let Some(words) = to_fill_in(desk) {
                heading(ui, &words);
                rows.show(ui, desk.to_fill_in());
            }
            let mut overridden =
                desk.diagnostics().iter().filter(|found| found.is_overridden());
            if let Some(first) = overridden.next() {
                heading(ui, "Dismissed or overridden");
                rows.show(ui, std::iter::once(first).chain(overridden));
            }
            ui.add_space(4.0);
        });
}

const NOTHING: &str = "No problems. Ready to export";

fn heading(ui: &mut Ui, words: &str) {
    ui.add_space(8.0);
    let words = RichText::new(words).font(theme::semibold(13.0));
    ui.label(words.color(palette(ui).quiet));
    ui.add_space(2.0);
}

/// What an import left over stands above the list, where it is worked off.
fn is_listed_above(problem: &Diagnostic) -> bool {
    matches!(problem.action, Some(Action::MarkAsDone | Action::AcceptProposal))
}

/// What an import did not understand, and what it concluded: each is checked here.
fn imported(
    ui: &mut Ui,
    template: &Template,
    letter: &Letter,
    commands: &mut Vec<Command>,
) {
    if letter.unread.is_empty() && letter.proposed.is_empty() {
        return;
    }
    heading(ui, "From the imported letter");
    for unread in &letter.unread {
        let (line, words) = (unread.line, unread.words());
        let (words, hover) = match &unread.kind {
            UnreadKind::Nothing => continue,
            UnreadKind::Unplaced => {
                let words = format!("Line {line}. Not recognized: {words}");
                (words.clone(), words)
            }
            UnreadKind::Aside(why) => {
                let words = format!("{}: {words}", why.told());
                (words.clone(), words)
            }
            UnreadKind::Altered { expected } => {
                let words = format!("Line {line}. Worded differently: {words}");
                let hover = format!("{words}\nUsually: {expected}");
                (words, hover)
            }
        };
        left_over(ui, &words, &hover, Command::DropUnread(unread.id), commands);
    }
    for path in &letter.proposed {
        let words = format!(
            "Inferred from the text: {}",
            super::form::said(template, letter, path)
        );
        left_over(ui, &words, &words, Command::AcceptProposed(path.clone()), commands);
    }
}

/// Words that an import left over, to be marked as done or copied elsewhere.
fn left_over(
    ui: &mut Ui,
    words: &str,
    hover: &str,
    command: Command,
    commands: &mut Vec<Command>,
) {
    ui.horizontal(|ui| {
        ui.set_min_height(LOWEST_ROW);
        ui.add_space(6.0);
        let done = widgets::link(ui, LOOKS_RIGHT);
        done.ctx.accesskit_node_builder(done.id, |node| {
            node.set_label(format!("{LOOKS_RIGHT}: {words}"));
        });
        if done.clicked() {
            commands.push(command);
        }
        if widgets::link(ui, "Copy").on_hover_text("Copies the text").clicked() {
            ui.ctx().copy_text(words.to_owned());
        }
        ui.add(Label::new(RichText::new(words).font(row_font())).truncate())
            .on_hover_text(hover);
    });
}

/// What a row says; of a field to fill in the heading says what to do.
fn words_shown(problem: &Diagnostic, is_to_fill_in: bool) -> String {
    if is_to_fill_in { problem.message.clone() } else { words_of(problem) }
}

/// How wide the columns of a row are.
struct RowWidths {
    whole: f32,
    place: f32,
    words: f32,
    actions: f32,
}

impl RowWidths {
    fn of(whole: f32) -> Self {
        let place = (whole * 0.18).clamp(PLACE.0, PLACE.1);
        let actions = (whole * 0.36).clamp(ACTIONS.0, ACTIONS.1);
        let words = (whole - SIGN - place - actions - 36.0).max(80.0);
        Self { whole, place, words, actions }
    }
}

/// The words of a row.
struct RowGalleys {
    place: Arc<Galley>,
    message: Arc<Galley>,
    quoted: Option<Arc<Galley>>,
    /// How much room the quoted words take under the message.
    below: f32,
}

/// Paints a row's sign and its words, the message at `left`.
fn paint_row(
    ui: &Ui,
    rect: Rect,
    galleys: RowGalleys,
    left: f32,
    (sign, color): (Icon, Color32),
    ink: Color32,
) {
    let quiet = palette(ui).quiet;
    let RowGalleys { place, message, quoted, below } = galleys;
    let at = |x: f32, height: f32| pos2(rect.left() + x, rect.center().y - height / 2.0);
    let square = Rect::from_min_size(at(8.0, 11.0), Vec2::splat(11.0));
    paint_icon(ui.painter(), square, sign, color);
    let height = place.size().y;
    ui.painter().galley(at(SIGN, height), place, quiet);
    let under = at(left, below - message.size().y);
    let top = at(left, message.size().y + below);
    ui.painter().galley(top, message, ink);
    if let Some(quoted) = quoted {
        ui.painter().galley(under, quoted, quiet);
    }
}

const LOOKS_RIGHT: &str = "Looks right";

fn row_font() -> FontId {
    FontId::proportional(14.0)
}

/// The rows of the list.
struct ProblemRows<'a> {
    desk: &'a Desk,
    commands: &'a mut Vec<Command>,
    /// The field whose first problem is to be seen at the top.
    at: Option<&'a FieldPath>,
}

impl ProblemRows<'_> {
    fn show<'d>(&mut self, ui: &mut Ui, problems: impl Iterator<Item = &'d Diagnostic>) {
        for problem in problems {
            self.row(ui, problem);
        }
    }

    fn row(&mut self, ui: &mut Ui, problem: &Diagnostic) {
        let widths = RowWidths::of(ui.available_width() - BAR);
        let colors = palette(ui);
        let is_to_fill_in = self.desk.is_to_fill_in(problem);
        let is_quiet = is_to_fill_in && !self.desk.is_finishing();
        let words = words_shown(problem, is_to_fill_in);
        let ink = if is_quiet { colors.quiet } else { colors.text };
        let place = self.place_of(problem);
        let place = lines(ui, &place, widths.place, colors.quiet);
        let message = lines(ui, &words, widths.words, ink);
        let quoted = self
            .quoted(problem)
            .map(|words| lines(ui, &words, widths.words, colors.quiet));
        let below = quoted.as_ref().map_or(0.0, |quoted| quoted.size().y + 2.0);
        let height = place.size().y.max(message.size().y + below) + 10.0;
        let size = vec2(widths.whole, height.max(LOWEST_ROW));
        let (rect, response) = ui.allocate_exact_size(size, Sense::CLICK);
        response.widget_info(|| {
            WidgetInfo::labeled(Role::Button, true, format!("Problem: {words}"))
        });
        if self.at.take_if(|at| problem.anchor.field() == Some(*at)).is_some() {
            response.scroll_to_me(Some(Align::TOP));
        }
        if response.hovered() {
            ui.painter().rect_filled(rect, 6.0, colors.over);
        }
        if response.has_focus() {
            ring(ui, rect);
        }
        let galleys = RowGalleys { place, message, quoted, below };
        let sign = sign_of(ui, problem, is_quiet);
        paint_row(ui, rect, galleys, SIGN + widths.place + 12.0, sign, ink);
        let actions = rect.with_min_x(rect.right() - widths.actions);
        self.actions(ui, problem, actions);
        let hover = format!("{words}\n{}", problem.code);
        if response.on_hover_text(hover).clicked() {
            self.commands.extend(fixes::go(&problem.anchor));
        }
    }

    fn actions(&mut self, ui: &mut Ui, problem: &Diagnostic, place: Rect) {
        let layout = Layout::right_to_left(Align::Center);
        // What is drawn over a row takes no room of the list.
        let mut ui = ui.new_child(UiBuilder::new().max_rect(place).layout(layout));
        ui.shrink_clip_rect(place);
        ui.spacing_mut().item_spacing.x = 14.0;
        ui.add_space(8.0);
        fixes::links_from_right(&mut ui, problem, self.commands);
    }

    /// What a finding and the first place that it disagrees with say, so that both are seen
    /// at once; none where it is about one place.
    fn quoted(&self, problem: &Diagnostic) -> Option<String> {
        let other = problem.others.first()?;
        let both = [&problem.anchor, other].map(|anchor| self.excerpt(anchor));
        let [Some(here), Some(there)] = both else { return None };
        Some(format!("{here}\n{there}"))
    }

    /// The words of a place, with some of those around them.
    fn excerpt(&self, anchor: &Anchor) -> Option<String> {
        let Anchor::Field { path, range } = anchor else { return None };
        let draft = self.desk.draft.as_ref()?;
        let letter = &draft.composed.as_ref()?.letter;
        let value = draft.template.value(letter, path)?.words(path).into_owned();
        let words = match range {
            Some(range) => around(&value, *range),
            None => around(&value, TextRange { start: 0, end: 0 }),
        };
        Some(format!("{}: {words}", self.place_at(path)))
    }

    /// The place that a finding speaks of, as people call it.
    fn place_of(&self, problem: &Diagnostic) -> String {
        match problem.anchor.field() {
            Some(path) => self.place_at(path),
            None => "Whole letter".to_owned(),
        }
    }

    fn place_at(&self, path: &FieldPath) -> String {
        let Some(draft) = &self.desk.draft else {
            return "Whole letter".to_owned();
        };
        let pattern = path.pattern();
        let label = if let Some(field) = draft.template.field(pattern) {
            field.label.to_string()
        } else {
            let mut fields = draft.template.fields().iter();
            let field = fields.find(|field| field.pattern.starts_with(pattern));
            field.map_or("", |field| field.section.label()).to_owned()
        };
        format!("{label}{}", super::form::row_name(&draft.letter, path))
    }
}

/// So many characters are shown before and after the words that are spoken of.
const AROUND: usize = 28;

/// Words of a text with those around them, on one line.
fn around(text: &str, words: TextRange) -> String {
    let mut start = text.floor_char_boundary(words.start.saturating_sub(AROUND));
    let end = text.floor_char_boundary((words.end + AROUND).min(text.len()));
    // What is cut begins with a whole word.
    if start > 0 {
        let before = text.get(start..words.start).unwrap_or_default();
        start += before.find(' ').unwrap_or(0);
    }
    let cut = text.get(start..end).unwrap_or(text);
    let line = cut.split_whitespace().collect::<Vec<_>>().join(" ");
    let before = if start > 0 { "…" } else { "" };
    let after = if end < text.len() { "…" } else { "" };
    format!("\u{201c}{before}{line}{after}\u{201d}")
}

/// Words in so many lines at most.
fn lines(ui: &Ui, words: &str, width: f32, color: Color32) -> Arc<Galley> {
    let format = TextFormat { font_id: row_font(), color, ..TextFormat::default() };
    let mut job = LayoutJob::single_section(words.to_owned(), format);
    job.wrap.max_width = width;
    job.wrap.max_rows = LINES;
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

fn words_of(problem: &Diagnostic) -> String {
    match &problem.override_state {
        OverrideState::Overridden(reason) if reason.is_empty() => problem.message.clone(),
        OverrideState::Overridden(reason) => {
            format!("{}. Reason: {reason}", problem.message)
        }
        OverrideState::NotAllowed | OverrideState::Allowed => widgets::finding(problem),
    }
}

fn sign_of(ui: &Ui, problem: &Diagnostic, is_quiet: bool) -> (Icon, Color32) {
    if problem.is_overridden() {
        (Icon::Tick, palette(ui).quiet)
    } else if is_quiet {
        (Icon::Ring, palette(ui).quiet)
    } else {
        widgets::severity(ui, problem.severity)
    }
}

/// "21 fields to fill in", if there are any.
pub(super) fn to_fill_in(desk: &Desk) -> Option<String> {
    match desk.to_fill_in().count() {
        0 => None,
        number => Some(format!("{} to fill in", widgets::count(number, "field"))),
    }
}

/// Draws how many problems there are; a click opens and closes the list.
pub(super) fn summary(
    ui: &mut Ui,
    desk: &Desk,
    is_open: bool,
    commands: &mut Vec<Command>,
) {
    let ground = ui.painter().add(Shape::Noop);
    let drawn = ui.scope(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.add_space(6.0);
        let sign = if is_open { Icon::Down } else { Icon::Up };
        icon(ui, sign, 12.0, palette(ui).quiet);
        ui.add_space(2.0);
        parts(ui, desk);
        ui.add_space(6.0);
    });
    let rect = drawn.response.rect.expand2(vec2(0.0, 3.0));
    let response = ui.interact(rect, Id::unique("problems summary"), Sense::CLICK);
    let name =
        if is_open { "Hide the list of problems" } else { "Show the list of problems" };
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    if response.hovered() {
        let color = palette(ui).over;
        ui.painter().set(ground, Shape::rect_filled(rect, 6.0, color));
    }
    let hint = "Shows or hides the problems (Ctrl+3). F8 goes from one to the next";
    if response.on_hover_text(in_words(ui.ctx(), hint)).clicked() {
        commands.push(Command::ToggleProblems);
    }
}

fn parts(ui: &mut Ui, desk: &Desk) {
    let (mut errors, mut warnings) = (0, 0);
    for problem in desk.shown_wrong() {
        match problem.severity {
            Severity::Error => errors += 1,
            Severity::Warning => warnings += 1,
            Severity::Note => {}
        }
    }
    for (severity, number, noun) in
        [(Severity::Error, errors, "error"), (Severity::Warning, warnings, "warning")]
    {
        if number > 0 {
            let (sign, color) = widgets::severity(ui, severity);
            part(ui, sign, color, widgets::count(number, noun));
        }
    }
    let colors = palette(ui);
    match to_fill_in(desk) {
        Some(words) if desk.is_finishing() => part(ui, Icon::Cross, colors.error, words),
        Some(words) => part(ui, Icon::Ring, colors.quiet, words),
        // While one types, what is wrong in the field waits to be said.
        None if errors + warnings == 0 && desk.wrong().next().is_none() => {
            part(ui, Icon::Tick, colors.done, NOTHING.to_owned());
        }
        None => {}
    }
}

fn part(ui: &mut Ui, sign: Icon, color: Color32, words: String) {
    icon(ui, sign, 12.0, color);
    ui.label(RichText::new(words).font(theme::help()).color(color));
    ui.add_space(4.0);
}
