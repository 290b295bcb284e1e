//! Whole ways of a letter at the window: templates, pasting, finishing, versions.

use super::*;

const NOTE: &str = "(id: \"note\", name: \"A note of ours\", version: 1, \
    title: \"Note\", outcomes: [], extra: [\n\
    (name: \"hearing\", label: \"Hearing\", kind: Date),\n\
    (name: \"fee\", label: \"Fee\", kind: Money),\n\
    (name: \"notes\", label: \"Notes\", kind: Rows, fields: [(name: \"words\", \
    label: \"Words\")]),\n\
    ])\n---\nHeard on {{ extra.hearing }} for \
    {{ extra.fee }}.{% for note in extra.notes %} {{ note.words }}{% endfor %}\n";

#[test]
fn a_letter_kind_of_ones_own_is_filled_in_and_follows_its_file() {
    let mut seat = Seat::empty();
    let file = seat.templates.join("note.letter");
    std::fs::write(&file, NOTE).unwrap();
    seat.wait_for(|desk| desk.templates.find("note").is_some());
    seat.click("New letter: A note of ours");
    seat.wait_for(|desk| desk.draft.is_some());
    seat.type_into("Hearing", "3/4/17");
    seat.type_into("Fee", "1200");
    seat.click("Add a note");
    seat.type_into("Words, note 1", "Heard twice");
    assert_eq!(seat.letter().extra["hearing"], "03/04/2017");
    assert_eq!(seat.letter().extra["fee"], "$1,200.00");
    let words = |desk: &Desk| {
        let composed = desk.draft.as_ref().and_then(|draft| draft.composed.as_ref());
        composed
            .map(|composed| composed.composition.document.text())
            .unwrap_or_default()
    };
    seat.wait_for(|desk| words(desk) == "Heard on 03/04/2017 for $1,200.00. Heard twice");
    std::fs::write(&file, NOTE.replace("Heard on", "It was heard on")).unwrap();
    seat.wait_for(|desk| words(desk).starts_with("It was heard on 03/04/2017"));
    std::fs::write(&file, NOTE.replace("extra.fee }}", "extra.fees }}")).unwrap();
    seat.wait_for(|desk| {
        desk.notices
            .iter()
            .any(|notice| notice.hint.contains("There is no field extra.fees"))
    });
    assert!(words(seat.desk()).starts_with("It was heard on 03/04/2017"));
    seat.harness.get_by_label("Show all problems").click_accesskit();
    seat.steps();
    assert!(
        seat.harness
            .query_by_label_contains("The nearest name is extra.fee")
            .is_some()
    );
}

#[test]
fn a_pasted_letter_fills_the_form_and_what_it_leaves_over_is_worked_off() {
    let mut seat = Seat::empty();
    seat.press(Modifiers::COMMAND, Key::K);
    seat.type_into("Find a field or command", "Paste a letter");
    seat.press(Modifiers::NONE, Key::Enter);
    let letter = include_str!("../../sample-letter.txt")
        .replace("CLINICAL CASE SUMMARY", "COPY 2\n\nCLINICAL CASE SUMMARY");
    seat.type_into("Finished letter", &letter);
    seat.click("Import");
    seat.wait_for(|desk| {
        desk.draft.as_ref().is_some_and(|draft| draft.composed.is_some())
    });
    assert_eq!(seat.letter().items[0].title.request, "Trigger Point Injections");
    assert_eq!(seat.letter().unread[0].text, "COPY 2");
    let left = format!(
        "Looks right: Line {}. Not recognized: COPY 2",
        seat.letter().unread[0].line
    );
    seat.harness.get_by_label(&left).click_accesskit();
    seat.steps();
    assert!(seat.letter().unread.is_empty());
}

impl Seat {
    /// Runs the command that the palette finds for these words.
    #[track_caller]
    pub(super) fn command(&mut self, words: &str) {
        self.press(Modifiers::COMMAND, Key::K);
        self.steps();
        self.harness.event(Event::Text(words.into()));
        self.steps();
        self.press(Modifiers::NONE, Key::Enter);
    }

    /// Types where the caret is, and enters it.
    #[track_caller]
    fn enter(&mut self, name: &str, words: &str) {
        self.field(name).type_text(words);
        self.steps();
        self.press(Modifiers::NONE, Key::Enter);
    }
}

#[test]
fn a_letter_is_finished_and_corrected_by_the_keyboard_alone() {
    let mut seat = Seat::with_sample();
    seat.command("Finish letter");
    // The question has the focus on its first answer.
    seat.press(Modifiers::NONE, Key::Enter);
    seat.wait_for(|desk| {
        desk.draft.as_ref().is_some_and(|draft| draft.final_since().is_some())
            && !desk.is_unsaved()
    });
    let before = seat.letter().clone();
    assert_eq!(
        store::open(&seat.draft, None).unwrap().draft.record.finished,
        Some(seat.desk().today())
    );
    let field = seat.field("Case number");
    assert!(field.accesskit_node().is_disabled());
    seat.command("Served on");
    seat.press(Modifiers::NONE, Key::Enter);
    seat.wait_for(|desk| desk.appeal().is_some() && !desk.is_unsaved());
    assert_eq!(
        store::open(&seat.draft, None).unwrap().draft.record.served,
        Some(seat.desk().today())
    );
    seat.command("Close letter");
    seat.wait_for(|desk| {
        desk.known
            .as_ref()
            .is_some_and(|known| known.iter().any(|known| known.finished.is_some()))
    });
    assert!(seat.harness.query_by_label_contains("Final since ").is_some());
    seat.click("Open CM13-0012345");
    seat.wait_for(|desk| {
        desk.draft.as_ref().is_some_and(|draft| draft.composed.is_some())
    });
    seat.command("Correct this");
    seat.enter("Reason", "The date of injury was wrong.");
    seat.wait_for(|desk| {
        desk.draft
            .as_ref()
            .is_some_and(|draft| draft.letter.correction.is_some())
    });
    assert_eq!(
        seat.letter().correction.as_ref().unwrap().why,
        "The date of injury was wrong."
    );
    seat.type_into("Rationale, item 1", "More. ");
    assert!(
        seat.letter().items[0].rationale.contains("More. ")
            && !before.items[0].rationale.contains("More. ")
    );
}

#[test]
fn a_final_letter_has_a_bar_that_leads_on() {
    let mut seat = Seat::with_sample();
    assert!(seat.harness.query_by_label("Correct this letter…").is_none());
    seat.command("Finish letter");
    seat.press(Modifiers::NONE, Key::Enter);
    seat.wait_for(|desk| {
        desk.draft.as_ref().is_some_and(|draft| draft.final_since().is_some())
    });
    seat.harness.get_by_label("Served on…").click_accesskit();
    seat.steps();
    assert!(seat.field("Day of service").is_focused());
    seat.press(Modifiers::NONE, Key::Escape);
    seat.harness.get_by_label("Correct this letter…").click_accesskit();
    seat.steps();
    assert!(seat.field("Reason").is_focused());
}

#[test]
fn what_changed_since_the_export_is_a_line_beside_the_letter() {
    let mut seat = Seat::new(|path| {
        let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/quiet-letter.ron");
        let mut draft = store::open(std::path::Path::new(sample), None).unwrap().draft;
        let template = rationale::template::Template::built_in("imr-2014").unwrap();
        let text = template
            .fill(&draft.letter, rationale::template::LetterCopy::Served)
            .0
            .text();
        draft.record.add(store::Exported {
            format: "pdf".into(),
            text,
            ..store::Exported::default()
        });
        std::fs::write(path, draft.to_text().unwrap()).unwrap();
        Some(path.clone())
    });
    seat.wait_for(|desk| {
        desk.draft.as_ref().is_some_and(|draft| draft.composed.is_some())
    });
    assert!(seat.harness.query_by_label("no changes since").is_some());
    seat.type_into("Rationale, item 1", " More. ");
    seat.wait_for(|desk| desk.since().is_some_and(|since| since.has_changed));
    seat.harness.get_by_label("1 place changed since").click_accesskit();
    seat.steps();
    seat.wait_for(|desk| desk.question().is_some());
    let question = seat.desk().question().cloned().unwrap();
    assert!(
        seat.harness.query_by_label_contains("[added: More.]").is_some(),
        "{question:?}"
    );
    seat.press(Modifiers::NONE, Key::Escape);
    assert!(seat.desk().question().is_none());
}

#[test]
fn a_version_is_looked_at_and_brought_back() {
    let mut seat = Seat::with_sample();
    let before = seat.letter().items[0].rationale.clone();
    seat.type_into("Rationale, item 1", "Saved words. ");
    seat.press(Modifiers::COMMAND, Key::S);
    seat.wait_for(|desk| !desk.is_unsaved());
    seat.command("Versions");
    seat.wait_for(|desk| desk.versions().is_some());
    let is_older = |node: &egui_kittest::Node<'_>| {
        node.accesskit_node()
            .label()
            .is_some_and(|label| label.ends_with("2 words differ"))
    };
    seat.harness
        .query_all_by_role(Role::Button)
        .find(is_older)
        .expect("it is listed")
        .click_accesskit();
    seat.steps();
    assert!(seat.harness.query_by_label_contains("Saved words.]").is_some());
    seat.click("Restore");
    assert_eq!(seat.letter().items[0].rationale, before);
    seat.press(Modifiers::COMMAND, Key::Z);
    assert!(seat.letter().items[0].rationale.contains("Saved words. "));
}

#[test]
fn a_draft_that_somebody_works_on_is_read_and_taken_over() {
    let lock =
        "(machine: \"reading-room-2\", process: 7, since: \"2013-11-05T20:00:00Z\")";
    let mut seat = Seat::new(|path| {
        std::fs::copy(
            concat!(env!("CARGO_MANIFEST_DIR"), "/tests/quiet-letter.ron"),
            path,
        )
        .unwrap();
        std::fs::write(path.with_file_name(".~lock.draft.ron#"), lock).unwrap();
        Some(path.clone())
    });
    seat.wait_for(|desk| desk.question().is_some());
    assert!(
        seat.harness
            .query_by_label_contains(
                "draft.ron is open on the computer reading-room-2, since"
            )
            .is_some()
    );
    seat.click("Open read-only");
    seat.type_into("Rationale, item 1", "Not mine. ");
    assert!(!seat.desk().is_unsaved());
    seat.command("Take over");
    seat.wait_for(|desk| {
        desk.draft.as_ref().is_some_and(|draft| draft.read_only.is_none())
    });
    seat.type_into("Rationale, item 1", "Mine. ");
    assert!(seat.desk().is_unsaved());
}

#[cfg(debug_assertions)]
#[test]
fn a_mistake_of_the_program_is_told_and_leaves_a_report() {
    let mut seat = Seat::with_sample();
    seat.press(Modifiers::ALT | Modifiers::SHIFT, Key::F11);
    seat.wait_for(|desk| {
        desk.notices
            .iter()
            .any(|notice| notice.text.starts_with("Something went wrong while"))
    });
    seat.harness
        .get_by_role_and_label(Role::Link, "Show report")
        .click_accesskit();
    seat.steps();
    let report = seat.desk().question().cloned().expect("the report is shown").text;
    assert!(
        report.starts_with("Rationale ")
            && report.contains("\nIt was working in the background\n")
    );
    assert!(!report.contains("claimant"));
    seat.click("Close");
    seat.type_into("Case number", "7");
    seat.wait_for(|desk| {
        desk.draft
            .as_ref()
            .is_some_and(|draft| draft.letter.case.number.contains('7'))
    });
}
