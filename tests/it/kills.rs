//! The program killed while somebody types and saves: whatever the moment, what can be
//! opened again lacks at most the last two seconds.
//!
//! `RATIONALE_KILLS=1000` and `RATIONALE_WINDOW_KILLS=50` in the environment say how
//! often; the figures are told at the end.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::{Timestamp, ZonedDateTime};
use rationale::app::command::Command;
use rationale::app::desk::Desk;
use rationale::app::job::Job;
use rationale::app::worker::Worker;
use rationale::library::Library;
use rationale::store::lock::{self, Hold};
use rationale::store::settings::{self, Settings};
use rationale::store::{self, DataFolder, recovery, versions};

use crate::children;
use crate::display::{Display, wait_for};

/// How many are killed at a time; each needs a machine that is not busy.
const AT_ONCE: usize = 8;

/// The most that may be lost. A machine that runs all other tests besides comes late to
/// everything; run by hand, the two seconds are held to.
fn most_lost(variable: &str) -> f64 {
    if std::env::var(variable).is_ok() { 2.0 } else { 5.0 }
}

fn how_many(variable: &str, usual: usize) -> usize {
    std::env::var(variable).map_or(usual, |number| number.parse().expect("a number"))
}

/// Numbers that nobody foresees; enough for moments to kill at.
struct Dice(u64);

impl Dice {
    fn new() -> Self {
        Self(Timestamp::now().as_nanosecond() as u64 | 1)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}

/// A letter in which the summary alone is missing is opened with the caret there.
const QUIET: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/quiet-letter.ron");

/// A letter and a data folder, and the diary of what was typed when.
struct Scene {
    folder: tempfile::TempDir,
}

impl Scene {
    fn new() -> Self {
        let scene = Self { folder: tempfile::tempdir().unwrap() };
        let mut draft = store::open(Path::new(QUIET), None).unwrap().draft;
        draft.letter.summary.clear();
        store::save(&scene.draft(), &draft, None, store::Expected::Nothing).unwrap();
        scene
    }

    fn draft(&self) -> PathBuf {
        self.folder.path().join("a.ron")
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn diary(&self) -> PathBuf {
        self.folder.path().join("diary")
    }

    /// When each word was typed, and the last one that was told to be saved.
    fn typed(&self) -> (BTreeMap<usize, Timestamp>, Option<usize>) {
        let (mut typed, mut saved) = (BTreeMap::new(), None);
        for line in fs::read_to_string(self.diary()).unwrap_or_default().lines() {
            let mut parts = line.split(' ');
            let (Some(act), Some(number)) =
                (parts.next(), parts.next().and_then(|number| number.parse().ok()))
            else {
                continue;
            };
            match (act, parts.next().and_then(|time| time.parse().ok())) {
                ("typed", Some(time)) => _ = typed.insert(number, time),
                ("saved", _) => saved = Some(number),
                _ => {}
            }
        }
        (typed, saved)
    }

    /// The last word that can be had again: from the file, or from what is offered after
    /// the crash.
    fn found(&self) -> Option<usize> {
        let in_file = store::open(&self.draft(), None)
            .expect("the draft can be opened")
            .draft
            .letter
            .summary;
        let (copies, unreadable) = recovery::list(&DataFolder::at(self.data()));
        assert!(unreadable.is_empty(), "{unreadable:?}");
        let aside = copies.into_iter().map(|copy| copy.draft.letter.summary);
        aside.chain([in_file]).filter_map(|text| last_word(&text)).max()
    }

    /// How many seconds of typing are gone, with everything else that must hold after a
    /// crash.
    fn lost(&self, killed: Timestamp) -> f64 {
        let (typed, saved) = self.typed();
        let found = self.found();
        let in_file =
            last_word(&store::open(&self.draft(), None).unwrap().draft.letter.summary);
        assert!(
            in_file >= saved,
            "what was told to be saved is in the file: {in_file:?}, {saved:?}"
        );
        let kept = versions::list(&DataFolder::at(self.data()), &self.draft());
        kept.iter().for_each(|version| {
            drop(versions::open(version, None).expect("the version can be opened"));
        });
        assert!(
            settings::load(&DataFolder::at(self.data())).1.is_none(),
            "the settings can be read"
        );
        assert_eq!(
            lock::take(&self.draft(), killed),
            Hold::Ours,
            "a dead owner holds nobody up"
        );
        assert_eq!(
            (half_written(self.folder.path()), half_written(&self.data())),
            (0, 0)
        );
        let first_lost = typed.range(found.map_or(0, |word| word + 1)..).next();
        first_lost.map_or(0.0, |(_, time)| killed.duration_since(*time).as_secs_f64())
    }
}

/// How many files a crash left half written in a folder that was looked through since.
fn half_written(folder: &Path) -> usize {
    let names = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap().file_name());
    names
        .filter(|name| name.to_string_lossy().starts_with(".rationale-"))
        .count()
}

/// The number of the last word: they are typed as w0, w1, w2.
fn last_word(summary: &str) -> Option<usize> {
    summary
        .split_whitespace()
        .filter_map(|word| word.strip_prefix('w')?.parse().ok())
        .max()
}

#[test]
#[ignore = "a process of no_moment_of_a_crash_loses_more_than_two_seconds"]
fn a_process_that_types_and_saves() {
    let path = PathBuf::from(children::told("DRAFT"));
    let busy = children::told("BUSY") == "true";
    let mut typist = Typist::new(DataFolder::at(children::told("DATA").into()), path);
    let mut diary = File::create(children::told("DIARY")).unwrap();
    let mut dice = Dice::new();
    for word in 0.. {
        writeln!(diary, "typed {word} {}", Timestamp::now()).unwrap();
        typist.type_word(word);
        let is_saved = if busy { word % 2 == 0 } else { dice.below(40) == 0 };
        typist.after(if is_saved { vec![Command::Save] } else { Vec::new() });
        let pause = Duration::from_millis(if busy { 1 } else { 10 + dice.below(60) });
        let until = Instant::now() + pause;
        while Instant::now() < until {
            typist.after(Vec::new());
            std::thread::sleep(Duration::from_millis(pause.as_millis().min(10) as u64));
        }
        if !typist.desk.is_unsaved() {
            writeln!(diary, "saved {word}").unwrap();
        }
    }
}

/// A desk and its disk lane, without a window and without the studio.
struct Typist {
    desk: Desk,
    worker: Worker,
    began: Instant,
}

impl Typist {
    fn new(data: DataFolder, path: PathBuf) -> Self {
        let library = Arc::new(Library::bundled().unwrap().without_spelling());
        let desk = Desk::new(library, Settings::default(), ZonedDateTime::now());
        let mut typist =
            Self { desk, worker: Worker::new(|| (), Some(data)), began: Instant::now() };
        let begun = typist.desk.begin();
        typist.send(begun);
        typist.after(vec![Command::OpenFile(path)]);
        while typist.desk.draft.is_none() {
            typist.after(Vec::new());
            std::thread::sleep(Duration::from_millis(5));
        }
        typist
    }

    fn send(&self, jobs: Vec<Job>) {
        jobs.into_iter()
            .filter(|job| !matches!(job, Job::Compose(_)))
            .for_each(|job| self.worker.send(job));
    }

    fn type_word(&mut self, word: usize) {
        let draft = self.desk.draft.as_mut().unwrap();
        write!(draft.letter.summary, " w{word}").unwrap();
    }

    /// What the window does before each frame.
    fn after(&mut self, commands: Vec<Command>) {
        for event in self.worker.events() {
            let jobs = self.desk.receive(event);
            self.send(jobs);
        }
        for command in commands {
            let jobs = self.desk.run(command);
            self.send(jobs);
        }
        let jobs = self.desk.tick(&ZonedDateTime::now(), self.began.elapsed());
        self.send(jobs);
    }
}

/// Somebody who types and saves, until they are killed.
struct Run {
    scene: Scene,
    child: Child,
    /// How long after the first word.
    after: Duration,
}

impl Run {
    /// Every second one saves without a pause, so that most moments lie within a write.
    fn new(number: usize, dice: &mut Dice) -> Self {
        let (scene, busy) = (Scene::new(), number % 2 == 1);
        let text = |path: PathBuf| path.display().to_string();
        let environment = [
            ("DRAFT", text(scene.draft())),
            ("DATA", text(scene.data())),
            ("DIARY", text(scene.diary())),
            ("BUSY", busy.to_string()),
        ];
        let child =
            children::spawn("kills::a_process_that_types_and_saves", &environment);
        Self {
            scene,
            child,
            after: Duration::from_millis(dice.below(if busy { 1500 } else { 6000 })),
        }
    }
}

fn kill(child: &mut Child) -> Timestamp {
    let killed = Timestamp::now();
    child.kill().unwrap();
    child.wait().unwrap();
    killed
}

/// Starts some at a time and kills each at its moment; how much each lost.
fn kill_all(count: usize) -> Vec<f64> {
    let mut dice = Dice::new();
    let mut lost = Vec::new();
    while lost.len() < count {
        let mut runs: Vec<Run> = (lost.len()..count)
            .take(AT_ONCE)
            .map(|number| Run::new(number, &mut dice))
            .collect();
        wait_for("the first words", || {
            runs.iter().all(|run| !run.scene.typed().0.is_empty())
        });
        let begun = Instant::now();
        runs.sort_by_key(|run| run.after);
        for run in &mut runs {
            std::thread::sleep(
                (begun + run.after).saturating_duration_since(Instant::now()),
            );
            let killed = kill(&mut run.child);
            lost.push(run.scene.lost(killed));
        }
    }
    lost
}

#[expect(
    clippy::print_stderr,
    reason = "the figures are what the test is run by hand for"
)]
fn tell(lost: &[f64], most: f64) {
    let worst = lost.iter().copied().fold(0.0, f64::max);
    let mean = lost.iter().sum::<f64>() / lost.len() as f64;
    eprintln!(
        "{} kills: no unreadable draft, {worst:.2} s lost at worst, {mean:.2} s on average",
        lost.len()
    );
    assert!(worst <= most, "{worst} s are lost");
}

#[test]
fn no_moment_of_a_crash_loses_more_than_two_seconds() {
    tell(&kill_all(how_many("RATIONALE_KILLS", 16)), most_lost("RATIONALE_KILLS"));
}

/// Types words at the window and saves now and then until the moment comes; then kills
/// it.
fn type_and_kill(display: &Display, scene: &Scene, dice: &mut Dice) -> f64 {
    // The caret is in the empty summary.
    let window = display.window(&scene.draft(), &scene.data(), "CM13-");
    std::thread::sleep(Duration::from_millis(500));
    let mut diary = File::create(scene.diary()).unwrap();
    let end = Instant::now() + Duration::from_millis(500 + dice.below(5000));
    for word in 0.. {
        if Instant::now() > end {
            break;
        }
        display
            .xdotool(&["type", "--delay", "5", &format!("w{word} ")])
            .unwrap();
        writeln!(diary, "typed {word} {}", Timestamp::now()).unwrap();
        if dice.below(15) == 0 {
            display.xdotool(&["key", "ctrl+s"]).unwrap();
        }
    }
    let killed = Timestamp::now();
    window.kill();
    assert!(scene.typed().0.len() > 1);
    scene.lost(killed)
}

#[test]
fn the_window_loses_no_more_either() {
    let Some(display) = Display::new() else { return };
    let mut dice = Dice::new();
    let count = how_many("RATIONALE_WINDOW_KILLS", 2);
    let lost: Vec<f64> = (0..count)
        .map(|_| type_and_kill(&display, &Scene::new(), &mut dice))
        .collect();
    tell(&lost, most_lost("RATIONALE_WINDOW_KILLS"));
}

/// Nothing of the typing would be found if the window took no keys: then the test would
/// say nothing.
#[test]
fn a_word_that_nobody_typed_is_not_found() {
    assert_eq!(last_word("w0 w1 w12 x13"), Some(12));
    assert_eq!(Scene::new().found(), None);
}

#[test]
fn a_signal_writes_the_copy_and_lets_go_of_the_draft() {
    let Some(display) = Display::new() else { return };
    for signal in ["INT", "HUP", "TERM"] {
        let scene = Scene::new();
        let (draft, data) = (scene.draft(), scene.data());
        let window = display.window(&draft, &data, "CM13-");
        let name = draft.file_name().unwrap().to_str().unwrap();
        let lock = draft.with_file_name(format!(".~lock.{name}#"));
        wait_for("the lock", || lock.exists());
        // The caret is in the empty summary; a title with a star is that of a letter which
        // is not saved.
        wait_for("a letter that is typed in", || {
            display.act("type --delay 5 words");
            let title = ["search", "--name", "^[*] CM13-"];
            display.xdotool(&title).is_ok_and(|found| found.status.success())
        });
        let code = window.end_by(signal);
        assert!(code.is_some_and(|code| code > 128), "{signal}: {code:?}");
        assert!(!lock.exists(), "{signal}");
        let (copies, _) = recovery::list(&DataFolder::at(data));
        assert_eq!(copies.len(), 1, "{signal}");
    }
}
