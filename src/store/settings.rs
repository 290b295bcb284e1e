//! How a person likes the program: looks, recent files, widths. Nothing of any letter.

use std::collections::BTreeMap;
use std::fs;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use ron::ser::PrettyConfig;
use serde::{Deserialize, Serialize};

use super::atomic::{self, Expected, OldFile};
use super::content_error::ContentError;
use super::error::Error;
use super::folder::DataFolder;
use super::reading::read_text;
use crate::printing::Sides;

/// How many recent files are remembered: as many as a menu shows without scrolling.
const RECENT_LIMIT: usize = 12;

/// How many commands are offered first.
const COMMANDS_LIMIT: usize = 5;

/// How many typed values of a list are remembered.
const TYPED_LIMIT: usize = 200;

/// How large everything can be, as a multiple of the usual: what the window offers is
/// within.
const ZOOMS: RangeInclusive<f32> = 0.8..=2.0;

/// How wide a column can be, in points: wider than any screen. The window leaves room for
/// the form, whatever is remembered.
const WIDTHS: RangeInclusive<f32> = 1.0..=20_000.0;

/// The list of works cited in a reviewer's own words, beside those of
/// [`crate::library::Library::list`].
pub const WORKS: &str = "works";

/// What is remembered from one start of the program to the next.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch by itself")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    pub theme: Theme,
    /// Whether inks and edges stand out more, in either look.
    pub high_contrast: bool,
    /// Whether the wheel moves a page at once instead of gliding.
    pub reduce_motion: bool,
    /// The size of everything, as a multiple of the usual one.
    pub zoom: f32,
    /// The widths of the window's columns in points, by the columns' names.
    pub widths: BTreeMap<String, f32>,
    /// Whether the letter's page is darker in the dark look.
    pub dim_page: bool,
    /// Where the window was last.
    pub window: Option<WindowPlace>,
    /// The keys that were chosen for commands, by the commands' names; empty is none.
    pub shortcuts: BTreeMap<String, String>,
    /// The commands chosen by their names last, the latest first.
    pub commands: Vec<String>,
    /// The printer, and the sides of a sheet, that were chosen last.
    pub printer: String,
    pub sides: Option<Sides>,
    /// Whether spelling is checked.
    pub spelling: bool,
    /// Whether quotation marks and dashes are set as in print while one types.
    pub typographic: bool,
    /// Whether a passphrase is asked for when a letter is begun.
    pub encrypt_new: bool,
    /// What was typed where a list is offered, by list: each value, and in how many
    /// letters.
    pub typed: BTreeMap<String, BTreeMap<String, u32>>,
    /// The works that letters cite, the latest first.
    pub cited: Vec<CitedWork>,
    /// The id of the template that a letter was begun with last.
    pub template: String,
    /// The name of the reviewer profile that letters are begun with.
    pub reviewer: String,
    /// The folders whose letters are listed and searched, with the folders in them.
    pub folders: Vec<PathBuf>,
    /// The files opened or saved last, the latest first.
    pub recent: Vec<PathBuf>,
}

/// A work that letters cite, as lists show it, and in how many letters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CitedWork {
    pub words: String,
    pub letters: u32,
}

/// How many cited works are remembered.
const CITED_LIMIT: usize = 100;

impl CitedWork {
    /// Counts a letter that cites a work, which is the latest from then on.
    pub fn count(cited: &mut Vec<Self>, words: String) {
        let place = cited.iter().position(|work| work.words == words);
        let before = place.map_or(0, |place| cited.remove(place).letters);
        cited.insert(0, Self { words, letters: before.saturating_add(1) });
        cited.truncate(CITED_LIMIT);
    }
}

/// A window on the screen, in points of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct WindowPlace {
    /// Of the upper left corner, where the system tells it.
    pub at: Option<(f32, f32)>,
    pub size: (f32, f32),
    pub maximized: bool,
}

impl WindowPlace {
    /// Whether a screen can have such a window.
    fn is_possible(&self) -> bool {
        let (width, height) = self.size;
        let (x, y) = self.at.unwrap_or_default();
        WIDTHS.contains(&width)
            && WIDTHS.contains(&height)
            && [x, y].iter().all(|distance| distance.abs() < *WIDTHS.end())
    }
}

/// The window's colors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Theme {
    Light,
    Dark,
    /// As the rest of the desktop.
    #[default]
    System,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::System,
            high_contrast: false,
            reduce_motion: false,
            zoom: 1.0,
            widths: BTreeMap::new(),
            dim_page: false,
            window: None,
            shortcuts: BTreeMap::new(),
            commands: Vec::new(),
            printer: String::new(),
            sides: None,
            spelling: true,
            typographic: false,
            encrypt_new: false,
            typed: BTreeMap::new(),
            cited: Vec::new(),
            template: String::new(),
            reviewer: String::new(),
            folders: Vec::new(),
            recent: Vec::new(),
        }
    }
}

impl Settings {
    /// Puts a file at the head of the recent ones.
    pub fn remember(&mut self, path: &Path) {
        self.recent.retain(|recent| recent != path);
        self.recent.insert(0, path.to_owned());
        self.recent.truncate(RECENT_LIMIT);
    }

    /// Puts a command at the head of those chosen last.
    pub fn remember_command(&mut self, label: &str) {
        self.commands.retain(|known| known != label);
        self.commands.insert(0, label.to_owned());
        self.commands.truncate(COMMANDS_LIMIT);
    }

    /// Drops sizes from a damaged file, with which nothing could be drawn or read.
    fn drop_impossible_sizes(&mut self) {
        if !ZOOMS.contains(&self.zoom) {
            self.zoom = Self::default().zoom;
        }
        self.widths.retain(|_, width| WIDTHS.contains(width));
        self.window = self.window.filter(WindowPlace::is_possible);
    }

    /// Forgets a value that was typed.
    pub fn forget_typed(&mut self, list: &str, value: &str) {
        if let Some(typed) = self.typed.get_mut(list) {
            typed.remove(value);
        }
    }

    /// Counts a letter in which this value was typed; what was typed least makes room for
    /// it.
    pub fn count_typed(&mut self, list: &str, value: &str) {
        let typed = self.typed.entry(list.to_owned()).or_default();
        *typed.entry(value.to_owned()).or_default() += 1;
        if typed.len() > TYPED_LIMIT {
            forget_rarest(typed, value);
        }
    }
}

/// Forgets what was typed in the fewest letters; `value` stays, because it came just now.
fn forget_rarest(typed: &mut BTreeMap<String, u32>, value: &str) {
    let others = typed.iter().filter(|(other, _)| *other != value);
    let Some((rarest, _)) = others.min_by_key(|(_, times)| **times) else { return };
    let rarest = rarest.clone();
    typed.remove(&rarest);
}

/// The settings, or the usual ones where there are none. Those that cannot be read are
/// set aside and reported.
pub fn load(folder: &DataFolder) -> (Settings, Option<Error>) {
    let path = folder.path().join("settings.ron");
    match read(&path) {
        Ok(settings) => (settings, None),
        Err(Error::Missing { .. }) => (Settings::default(), None),
        Err(error) => (Settings::default(), Some(set_aside(&path, error))),
    }
}

/// Writes the settings.
pub fn save(folder: &DataFolder, settings: &Settings) -> Result<(), Error> {
    // A name that is not text cannot be written down, and must not keep all else from
    // being remembered.
    let mut settings = settings.clone();
    settings.recent.retain(|path| path.to_str().is_some());
    settings.folders.retain(|path| path.to_str().is_some());
    let config = PrettyConfig::new().new_line("\n");
    let text = ron::ser::to_string_pretty(&settings, config)
        .map_err(|source| Error::NotSerialized { source: Box::new(source) })?;
    let path = folder.file("settings.ron")?;
    atomic::replace(&path, text.as_bytes(), Expected::Anything, OldFile::Replace)?;
    Ok(())
}

fn read(path: &Path) -> Result<Settings, Error> {
    let text = read_text(path)?;
    let mut settings: Settings = ron::from_str(&text).map_err(|error| {
        let (line, column) = (error.span.start.line, error.span.start.col);
        ContentError::Damaged {
            path: path.into(),
            line,
            column,
            before: None,
            source: Box::new(error.code),
        }
    })?;
    settings.recent.truncate(RECENT_LIMIT);
    settings.commands.truncate(COMMANDS_LIMIT);
    settings.drop_impossible_sizes();
    Ok(settings)
}

fn set_aside(path: &Path, error: Error) -> Error {
    for number in 1..100 {
        let kept = path.with_file_name(match number {
            1 => "settings-unreadable.ron".to_owned(),
            _ => format!("settings-unreadable-{number}.ron"),
        });
        // What was set aside before stays.
        if kept.exists() {
            continue;
        }
        return match fs::rename(path, &kept) {
            Ok(()) => Error::SettingsSetAside { kept, source: Box::new(error) },
            Err(_) => error,
        };
    }
    error
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(written: &str, expected: &Settings) {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("settings.ron"), written).unwrap();
        let (settings, error) = load(&DataFolder::at(folder.path().into()));
        assert_eq!((&settings, error.map(|error| error.to_string())), (expected, None));
    }

    #[test]
    fn what_settings_leave_out_is_as_usual() {
        check("()", &Settings::default());
        check("(theme: Dark)", &Settings { theme: Theme::Dark, ..Settings::default() });
        check("(zoom: 1.5, colour: 3)", &Settings { zoom: 1.5, ..Settings::default() });
    }

    #[test]
    fn settings_are_remembered() {
        let folder = tempfile::tempdir().unwrap();
        let folder = DataFolder::at(folder.path().join("rationale"));
        let mut settings = Settings { spelling: false, ..Settings::default() };
        settings.widths.insert("form".into(), 480.0);
        (0..20).for_each(|number| {
            settings.remember(Path::new(&format!("/cases/{number}.ron")));
        });
        settings.remember(Path::new("/cases/17.ron"));
        save(&folder, &settings).unwrap();
        assert_eq!(load(&folder).0, settings);
        assert_eq!(
            (settings.recent.len(), settings.recent[0].to_str()),
            (12, Some("/cases/17.ron"))
        );
    }

    #[test]
    fn settings_that_cannot_be_read_are_set_aside() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("settings.ron"), "(theme: Purple)").unwrap();
        let data = DataFolder::at(folder.path().into());
        let (settings, error) = load(&data);
        assert_eq!(settings, Settings::default());
        assert!(matches!(error, Some(Error::SettingsSetAside { .. })));
        assert_eq!(
            fs::read_to_string(folder.path().join("settings-unreadable.ron")).unwrap(),
            "(theme: Purple)"
        );
        assert!(load(&data).1.is_none());
        fs::write(folder.path().join("settings.ron"), "\u{0}\u{0}").unwrap();
        assert!(matches!(load(&data).1, Some(Error::SettingsSetAside { .. })));
        assert_eq!(
            fs::read_to_string(folder.path().join("settings-unreadable-2.ron")).unwrap(),
            "\u{0}\u{0}"
        );
        assert_eq!(
            fs::read_to_string(folder.path().join("settings-unreadable.ron")).unwrap(),
            "(theme: Purple)"
        );
    }
}
