//! Makes one finite-state map of the word lists in `assets/words`, so that the program
//! looks words up in its own bytes and reads no list when it starts, and writes its tables
//! in a form that is read four times as fast. For Windows it also links the program's icon
//! and version.

#![expect(
    clippy::disallowed_methods,
    reason = "a build script reads and writes the build's files"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use marks::{FREQUENCY, MIXED, NAME, SHORT, SMALL, TERM};

#[path = "src/spelling/marks.rs"]
mod marks;
#[path = "packaging/resource.rs"]
mod resource;

const LISTS: [(&str, u64); 4] =
    [("english.txt", 0), ("medical.txt", TERM), ("drugs.txt", TERM), ("house.txt", TERM)];

/// The words by their keys, and those of mixed capitals as they are written.
#[derive(Default)]
struct Words {
    marks: BTreeMap<String, u64>,
    mixed: BTreeSet<String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=assets");
    println!("cargo::rerun-if-changed=src/spelling/marks.rs");
    let mut words = Words::default();
    for (file, mark) in LISTS {
        let list = fs::read_to_string(Path::new("assets/words").join(file))?;
        for line in list.lines().filter(|line| !line.is_empty()) {
            words.add(line, mark)?;
        }
    }
    let folder = PathBuf::from(env::var("OUT_DIR")?);
    prepare_tables(&folder)?;
    let map = fst::Map::from_iter(words.marks)?;
    fs::write(folder.join("words.fst"), map.as_fst().as_bytes())?;
    let mixed: Vec<String> = words.mixed.into_iter().collect();
    fs::write(folder.join("mixed.txt"), mixed.join("\n"))?;
    resource::link(&folder)
}

/// Each table of `assets` as JSON.
fn prepare_tables(folder: &Path) -> Result<(), Box<dyn Error>> {
    for file in fs::read_dir("assets")? {
        let path = file?.path();
        if path.extension().is_some_and(|ending| ending == "ron") {
            let table: ron::Value = ron::from_str(&fs::read_to_string(&path)?)?;
            let name = path.with_extension("ron.json");
            let name = name.file_name().ok_or("a table has a name")?;
            fs::write(folder.join(name), serde_json::to_vec(&table)?)?;
        }
    }
    Ok(())
}

impl Words {
    /// Adds a line such as `knee 9`: a word, and how often it is used from 0 to f.
    fn add(&mut self, line: &str, mark: u64) -> Result<(), Box<dyn Error>> {
        let (word, frequency) = line.split_once(' ').unwrap_or((line, "0"));
        let frequency = u64::from_str_radix(frequency, 16)?;
        let mut letters = word.chars();
        let is_capital = letters.next().is_some_and(char::is_uppercase);
        let has_small = letters.as_str().contains(char::is_lowercase);
        let has_capital = letters.as_str().contains(char::is_uppercase);
        let capitals = if is_capital && !has_small {
            SHORT
        } else if has_capital {
            self.mixed.insert(word.to_owned());
            MIXED
        } else if is_capital {
            NAME
        } else {
            SMALL
        };
        self.mark(word.to_lowercase(), mark | capitals, frequency);
        Ok(())
    }

    /// Of a word that stands in several lists, whatever each says.
    fn mark(&mut self, key: String, marks: u64, frequency: u64) {
        let known = self.marks.entry(key).or_default();
        let frequency = frequency.max(*known >> FREQUENCY);
        *known = (*known & !(u64::MAX << FREQUENCY)) | marks | (frequency << FREQUENCY);
    }
}
