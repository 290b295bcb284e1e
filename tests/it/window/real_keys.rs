//! Letters typed into the real window by real key presses, at every pace and on a busy
//! machine: the saved draft says what was typed, every time.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use super::script::{Script, Stroke};
use super::*;
use crate::display::{Display, wait_for};
use rationale::store::{Draft, Expected};
use rationale::template::Template;

/// One letter of each of three templates, 200 fields in all.
const LETTERS: [&str; 3] = ["imr-2013", "imr-2014", "imr-2017"];

/// Milliseconds between keys, by turns from field to field. Without a pause the field
/// comes in one burst, as text expanders send it.
const PACES: [u32; 6] = [0, 20, 0, 60, 0, 20];

/// A pause so long is tried in every twentieth field.
const SLOWLY: u32 = 300;

fn pace(stretch: usize) -> u32 {
    if stretch % 20 == 7 { SLOWLY } else { PACES[stretch % PACES.len()] }
}

/// What xdotool is told. Fields without a pause follow on each other without one too.
fn lines(script: &Script) -> String {
    let mut lines = String::new();
    for (number, strokes) in script.stretches.iter().enumerate() {
        let pace = pace(number);
        for stroke in strokes {
            match stroke {
                Stroke::Words(words) => {
                    writeln!(lines, "type --delay {pace} \"{words}\"").unwrap();
                }
                Stroke::Key(key) => {
                    writeln!(lines, "key --delay {pace} {key}").unwrap();
                }
            }
        }
    }
    lines
}

fn keys(script: &Script) -> usize {
    let strokes = script.stretches.iter().flatten();
    strokes
        .map(|stroke| match stroke {
            Stroke::Words(words) => words.len(),
            Stroke::Key(_) => 1,
        })
        .sum()
}

/// Keeps the machine busy until it is let go.
fn load(is_over: &AtomicBool) {
    while !is_over.load(Ordering::Relaxed) {
        std::hint::spin_loop();
    }
}

/// A letter with rows and nothing in them, in a file.
fn lay(script: &Script, template: &str, path: &Path) {
    let mut draft = Draft::new(Template::built_in(template).unwrap());
    draft.letter = script.blank.clone();
    store::save(path, &draft, None, Expected::Nothing).unwrap();
}

fn saved(path: &Path) -> Letter {
    store::open(path, None).unwrap().draft.letter
}

/// The fields that do not say what was typed.
fn differences(template: &str, typed: &Letter, saved: &Letter) -> Vec<String> {
    let mut differences = Vec::new();
    for field in Template::built_in(template).unwrap().fields() {
        for path in field.places(typed) {
            let (typed, saved) = (field.value(typed, &path), field.value(saved, &path));
            if typed != saved {
                differences.push(format!("{path:?}: {saved:?} for {typed:?}"));
            }
        }
    }
    differences
}

/// Types a letter of this template; the fields that were typed into, and the keys.
fn type_letter(display: &Display, template: &'static str) -> (usize, usize) {
    let script = Script::new(template);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.ron");
    lay(&script, template, &path);
    let _window = display.window(&path, &folder.path().join("data"), "CM13-");
    display.act(&lines(&script));
    wait_for(template, || saved(&path) != script.blank);
    let saved = saved(&path);
    let differences = differences(template, &script.letter, &saved);
    assert!(differences.is_empty(), "{template}: {differences:#?}");
    assert_eq!(saved, script.letter);
    (script.fields, keys(&script))
}

#[test]
#[expect(clippy::print_stderr, reason = "the figures are what one looks for here")]
fn no_key_is_lost_at_any_pace_on_a_busy_machine() {
    let begun = Instant::now();
    let is_over = AtomicBool::new(false);
    let (mut fields, mut keys) = (0, 0);
    std::thread::scope(|scope| {
        scope.spawn(|| load(&is_over));
        let typists = LETTERS.map(|template| {
            scope.spawn(move || Some(type_letter(&Display::new()?, template)))
        });
        let results = typists.map(std::thread::ScopedJoinHandle::join);
        is_over.store(true, Ordering::Relaxed);
        for result in results {
            match result {
                Ok(Some(typed)) => (fields, keys) = (fields + typed.0, keys + typed.1),
                Ok(None) => {}
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
    });
    eprintln!("{fields} fields, {keys} keys, {:.0} s", begun.elapsed().as_secs_f64());
    assert!(fields == 0 || fields >= 200, "{fields} fields are too few");
}

/// The same keys without a display: a whole letter of the newest template arrives at once.
#[test]
fn a_letter_that_arrives_in_one_burst_is_typed_whole() {
    let template = LETTERS[2];
    let script = Script::new(template);
    let mut seat = Seat::new(|path| {
        lay(&script, template, path);
        Some(path.clone())
    });
    seat.wait_for(|desk| desk.draft.is_some());
    for stroke in script.stretches.iter().flatten() {
        seat.harness.input_mut().events.extend(events(stroke));
    }
    let is_saved =
        |desk: &Desk| desk.draft.as_ref().is_some_and(|draft| draft.saved_at.is_some());
    seat.wait(Duration::from_mins(2), is_saved);
    let differences = differences(template, &script.letter, &saved(&seat.draft));
    assert!(differences.is_empty(), "{differences:#?}");
}

/// What a window is told of a stroke.
fn events(stroke: &Stroke) -> Vec<Event> {
    let key = match stroke {
        Stroke::Words(words) => return vec![Event::Text(words.clone())],
        Stroke::Key(key) => *key,
    };
    let (modifiers, key) = match key {
        "ctrl+k" => (Modifiers::COMMAND, Key::K),
        "ctrl+s" => (Modifiers::COMMAND, Key::S),
        "Return" => (Modifiers::NONE, Key::Enter),
        "Right" => (Modifiers::NONE, Key::ArrowRight),
        "Tab" => (Modifiers::NONE, Key::Tab),
        "space" => (Modifiers::NONE, Key::Space),
        other => panic!("{other} has no key"),
    };
    let press = |pressed| Event::Key {
        key,
        physical_key: None,
        pressed,
        repeat: false,
        modifiers,
    };
    vec![press(true), press(false)]
}
