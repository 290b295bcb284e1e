//! The board of guidelines: what was cited lately and often, the chapters in force at the
//! decision, their sections, and works of one's own. Type, choose, Enter; what is cited has
//! a mark, and Enter again removes it.

use egui::{
    Id, Key, KeyboardShortcut, Label, Modifiers, RichText, ScrollArea, TextEdit, Ui, vec2,
};
use jiff::civil::Date;

use super::dialog::{self, dialog_frame};
use super::palette::{self, PaletteLine};
use crate::app::command::Command;
use crate::app::desk::{Desk, GuidelineBox};
use crate::app::suggest::{self, Work};
use crate::app::theme;
use crate::app::widgets::{self, quiet};
use crate::letter::{OwnCitation, Source, us_date};
use crate::library::{Chapter, Part};

const WIDTH: f32 = 640.0;
const HEIGHT: f32 = 420.0;
/// What stands over and under the list.
const AROUND: f32 = 260.0;
/// So many are offered before all others.
const FIRST: usize = 6;

/// A line of the board: a work, under the name of its group.
struct BoardLine {
    group: String,
    work: Work,
    /// A section stands under its chapter.
    is_section: bool,
}

/// Draws the board; says whether it stays open.
pub(super) fn show(
    ui: &Ui,
    desk: &Desk,
    open: &mut GuidelineBox,
    commands: &mut Vec<Command>,
) -> bool {
    let day = decision_day(desk);
    turn(ui, desk, open, day);
    let lines = lines(desk, open, day);
    let cited = desk.cited_in(&open.path);
    let mut chosen = None;
    let modal = dialog_frame(ui, "guidelines", WIDTH, "Cite a guideline", |ui| {
        palette::keys(ui, &mut open.input, lines.len());
        let hint = "Type a chapter, a section or any other work";
        let line = TextEdit::singleline(&mut open.input.text)
            .id(Id::unique("guideline text"))
            .hint_text(hint)
            .margin(vec2(10.0, 7.0))
            .desired_width(f32::INFINITY);
        let response = ui.add(line.return_key(None));
        dialog::name(&response, hint);
        if response.changed() {
            open.input.chosen = 0;
        }
        response.request_focus();
        years(ui, open, day);
        let is_entered = ui.input(|input| input.key_pressed(Key::Enter));
        let height = HEIGHT.min(ui.ctx().content_rect().height() - AROUND).max(80.0);
        let area = ScrollArea::vertical().max_height(height).min_scrolled_height(height);
        area.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.set_min_height(height);
            let place = board(ui, &lines, &cited, open.input.chosen);
            chosen = place.or(is_entered.then_some(open.input.chosen));
        });
        ui.add_space(6.0);
        line_so_far(ui, &cited);
        ui.add_space(4.0);
        dialog::close_button(ui)
    });
    if let Some(line) = chosen.and_then(|place| lines.get(place)) {
        let source = line.work.source.clone();
        commands.push(Command::ToggleCitation(open.path.clone(), Box::new(source)));
    }
    !(modal.inner || modal.should_close())
}

/// The day whose editions count: that of the decision, or today.
fn decision_day(desk: &Desk) -> Date {
    let decided = desk.draft.as_ref().and_then(|draft| {
        let case = &draft.letter.case;
        case.decision_date.understood().copied()
    });
    decided.unwrap_or_else(|| desk.today())
}

/// Shows the editions of other years as well, or no longer.
pub(in crate::app) const ALL_YEARS: KeyboardShortcut =
    KeyboardShortcut::new(Modifiers::COMMAND, Key::Y);

/// Which editions are shown.
fn years(ui: &mut Ui, open: &mut GuidelineBox, day: Date) {
    ui.add_space(2.0);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let in_force = format!("In force on {}", us_date(day));
        for (all, words) in [(false, in_force.as_str()), (true, "All years")] {
            if widgets::view_button(ui, open.has_all_years == all, words).clicked() {
                open.has_all_years = all;
            }
        }
        quiet(ui, "Right shows a chapter's sections, Ctrl+Y the other years");
    });
    if ui.input_mut(|input| input.consume_shortcut(&ALL_YEARS)) {
        open.has_all_years = !open.has_all_years;
    }
}

/// The rows under the names of their groups; the place of the one that is clicked.
fn board(
    ui: &mut Ui,
    lines: &[BoardLine],
    cited: &[Source],
    chosen: usize,
) -> Option<usize> {
    if lines.is_empty() {
        ui.add_space(8.0);
        quiet(ui, "Type the work as it is to be printed");
    }
    let (mut clicked, mut group) = (None, "");
    for (place, line) in lines.iter().enumerate() {
        if line.group != group {
            group = &line.group;
            ui.add_space(6.0);
            quiet(ui, group);
        }
        let indent = if line.is_section { "      " } else { "" };
        let words = match &line.work.source {
            Source::Mtus { sections, .. } if line.is_section => sections.join(", "),
            _ => line.work.words.clone(),
        };
        let row = PaletteLine {
            name: format!("{indent}{words}"),
            aside: if is_cited(cited, &line.work.source) { "Cited ✓" } else { "" }.into(),
            command: Command::Palette,
            refusal: None,
        };
        if palette::row(ui, &row, place == chosen) {
            clicked = Some(place);
        }
    }
    clicked
}

fn is_cited(cited: &[Source], source: &Source) -> bool {
    cited.iter().any(|known| match (known, source) {
        (
            Source::Mtus { title, year, sections, .. },
            Source::Mtus { title: other, year: edition, sections: wanted, .. },
        ) => {
            title == other
                && year == edition
                && wanted.iter().all(|section| sections.contains(section))
        }
        (known, source) => known == source,
    })
}

fn line_so_far(ui: &mut Ui, cited: &[Source]) {
    let cited: Vec<String> = cited.iter().map(suggest::words).collect();
    let words = match cited.as_slice() {
        [] => "Nothing is cited yet".to_owned(),
        cited => format!("Cited: {}", cited.join("; ")),
    };
    ui.add(Label::new(RichText::new(words).font(theme::help())).wrap());
}

/// What fits the words typed, in the groups' order. Before any are typed, the sections of
/// the chapter that is open stand under it.
fn lines(desk: &Desk, open: &GuidelineBox, day: Date) -> Vec<BoardLine> {
    let typed = open.input.text.trim().to_lowercase();
    let mut all = first(desk);
    all.extend(chapters(desk, open, day));
    all.extend(own(desk));
    all.extend(odg(desk, open));
    let is_meant = |line: &BoardLine| {
        let words = line.work.words.to_lowercase();
        typed.split_whitespace().all(|word| words.contains(word))
    };
    if typed.is_empty() {
        all.retain(|line| !line.is_section || is_of(line, open.opened.as_ref()));
        return all;
    }
    all.retain(is_meant);
    let words = open.input.text.trim().to_owned();
    if !all.iter().any(|line| line.work.words == words) {
        let work = Work { source: Source::NonMtus(words.clone()), words };
        all.push(BoardLine { group: "As you write it".into(), work, is_section: false });
    }
    all
}

/// Right opens the sections of the chosen chapter, Left closes them; the chosen row stays
/// the same one.
fn turn(ui: &Ui, desk: &Desk, open: &mut GuidelineBox, day: Date) {
    if !open.input.text.is_empty() {
        return;
    }
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let (opens, closes) = (pressed(Key::ArrowRight), pressed(Key::ArrowLeft));
    let before = lines(desk, open, day);
    let Some(line) = before.get(open.input.chosen) else { return };
    let chapter = match &line.work.source {
        Source::Mtus { title, year, acoem_chapter, .. } => Source::Mtus {
            title: title.clone(),
            year: *year,
            acoem_chapter: *acoem_chapter,
            sections: Vec::new(),
        },
        _ => return,
    };
    if opens {
        open.opened = Some(chapter);
    } else if closes {
        open.opened = None;
        let is_chapter = |line: &BoardLine| line.work.source == chapter;
        let after = lines(desk, open, day);
        let place = after.iter().position(is_chapter);
        open.input.chosen = place.unwrap_or_default();
    }
    if opens {
        let words = line.work.words.clone();
        let after = lines(desk, open, day);
        let place = after.iter().position(|line| line.work.words == words);
        open.input.chosen = place.unwrap_or_default();
    }
}

fn is_of(line: &BoardLine, chapter: Option<&Source>) -> bool {
    match (&line.work.source, chapter) {
        (
            Source::Mtus { title, year, .. },
            Some(Source::Mtus { title: other, year: edition, .. }),
        ) => title == other && year == edition,
        _ => false,
    }
}

/// What was cited last, then what was cited in the most letters.
fn first(desk: &Desk) -> Vec<BoardLine> {
    let cited = &desk.settings.cited;
    let mut often: Vec<&crate::store::settings::CitedWork> =
        cited.iter().skip(FIRST / 2).collect();
    often.sort_by_key(|work| std::cmp::Reverse(work.letters));
    let lately = cited.iter().take(FIRST / 2).chain(often).take(FIRST);
    let known = works_of(desk);
    let mut lines = Vec::new();
    for work in lately {
        let words = work.words.clone();
        let known = known.iter().find(|known| known.words == words);
        let source = match known {
            Some(known) => known.source.clone(),
            None if words.starts_with("MTUS") => continue,
            None => Source::NonMtus(words.clone()),
        };
        let work = Work { words, source };
        lines.push(BoardLine { group: "Recently cited".into(), work, is_section: false });
    }
    lines
}

fn works_of(desk: &Desk) -> Vec<Work> {
    let year = desk.draft.as_ref().and_then(|draft| suggest::odg_year(&draft.letter));
    let own = &desk.own.citations.rows;
    suggest::works(&desk.library, &desk.settings.typed, own, year)
}

fn chapters(desk: &Desk, open: &GuidelineBox, day: Date) -> Vec<BoardLine> {
    let group = if open.has_all_years {
        "MTUS, all years".to_owned()
    } else {
        format!("MTUS in force on {}", us_date(day))
    };
    let parts = parts_of_item(desk, open);
    let mut chapters: Vec<&Chapter> = desk.library.offered_chapters().collect();
    chapters.retain(|chapter| open.has_all_years || chapter.is_in_force(day));
    chapters
        .sort_by_key(|chapter| !suggest::is_about(&desk.library, &parts, &chapter.title));
    let mut lines = Vec::new();
    for chapter in chapters {
        let sections = chapter.sections.iter().map(Some);
        for section in std::iter::once(None).chain(sections) {
            let (group, work) = (group.clone(), suggest::work(chapter, section));
            lines.push(BoardLine { group, work, is_section: section.is_some() });
        }
    }
    lines
}

/// The list of citations, and what everybody cites beside it.
fn own(desk: &Desk) -> Vec<BoardLine> {
    let mut citations = desk.own.citations.rows.clone();
    for usual in OwnCitation::usual() {
        if !citations.iter().any(|own| own.work == usual.work) {
            citations.push(usual);
        }
    }
    let line = |citation: OwnCitation| {
        let words = citation.words();
        let work = Work { source: Source::NonMtus(words.clone()), words };
        BoardLine { group: "Your citations".into(), work, is_section: false }
    };
    let offered = citations.into_iter().filter(|citation| !citation.hidden);
    offered.map(line).collect()
}

fn odg(desk: &Desk, open: &GuidelineBox) -> Vec<BoardLine> {
    let parts = parts_of_item(desk, open);
    let mut lines = Vec::new();
    for work in works_of(desk) {
        if work.words.starts_with("ODG, ") {
            let group = "Official Disability Guidelines".to_owned();
            lines.push(BoardLine { group, work, is_section: false });
        }
    }
    lines.sort_by_cached_key(|line: &BoardLine| {
        !suggest::is_about(&desk.library, &parts, suggest::group(&line.work.words))
    });
    lines
}

/// The parts of the body that the line's item is about: its chapters come first.
fn parts_of_item<'a>(desk: &'a Desk, open: &GuidelineBox) -> Vec<&'a Part> {
    let Some(draft) = &desk.draft else { return Vec::new() };
    let mut items = draft.letter.items.iter();
    let item = items.find(|item| open.path.rows().contains(&item.id));
    let words = item.map(suggest::words_of_part).unwrap_or_default();
    desk.library.anatomy().named_in(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mtus(title: &str, sections: &[&str]) -> BoardLine {
        let sections: Vec<String> =
            sections.iter().map(|&section| section.to_owned()).collect();
        let is_section = !sections.is_empty();
        let source = Source::Mtus {
            title: title.into(),
            year: Some(2004),
            acoem_chapter: None,
            sections,
        };
        let work = Work { words: suggest::words(&source), source };
        BoardLine { group: String::new(), work, is_section }
    }

    #[test]
    fn a_chapter_is_cited_with_its_sections_or_without() {
        let (whole, a, b) =
            (mtus("Knee", &[]), mtus("Knee", &["A"]), mtus("Knee", &["B"]));
        let cited = [a.work.source.clone()];
        assert!(is_cited(&cited, &whole.work.source));
        assert!(is_cited(&cited, &a.work.source));
        assert!(!is_cited(&cited, &b.work.source));
        assert!(is_of(&b, Some(&whole.work.source)));
        assert!(!is_of(&mtus("Eye", &["C"]), Some(&whole.work.source)));
    }
}
