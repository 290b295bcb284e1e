//! What the program is built from, as `deny.toml` allows it: licences, crates and where
//! they come from. `cargo deny` says more and must be built first; this needs what cargo
//! itself knows.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

const RULES: &str = include_str!("../../deny.toml");

/// The lines of a list of `deny.toml`, such as `allow` of `licenses`.
fn list(section: &str, name: &str) -> Vec<&'static str> {
    let of_section = RULES
        .split(&format!("[{section}]\n"))
        .nth(1)
        .expect("deny.toml has the section");
    let list = of_section
        .split(&format!("\n{name} = [\n"))
        .nth(1)
        .expect("the section has the list");
    let lines = list.split("\n]").next().unwrap_or_default().lines().map(str::trim);
    lines
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
}

/// The words between quotation marks that stand behind `key = ` in a line; behind none,
/// the line's own.
fn quoted<'a>(line: &'a str, key: &str) -> Vec<&'a str> {
    let behind = line.split(&format!("{key} = ")).nth(1).unwrap_or(if key.is_empty() {
        line
    } else {
        ""
    });
    let end = if behind.starts_with('[') { behind.find(']') } else { behind.find(',') };
    behind[..end.unwrap_or(behind.len())]
        .split('"')
        .skip(1)
        .step_by(2)
        .collect()
}

/// Everything that is built here for this system, as cargo knows it, the network left
/// alone.
fn packages() -> Vec<Value> {
    let host =
        String::from_utf8(Command::new("rustc").arg("-vV").output().unwrap().stdout)
            .unwrap();
    let host = host
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .expect("rustc names its system");
    let arguments =
        ["metadata", "--offline", "--format-version", "1", "--filter-platform", host];
    let said = cargo(&arguments);
    let all: Value = serde_json::from_slice(&said).unwrap();
    let nodes = all["resolve"]["nodes"].as_array().unwrap();
    let needs: BTreeMap<&str, &Value> = nodes
        .iter()
        .map(|node| (text(node, "id"), &node["dependencies"]))
        .collect();
    let packages = all["packages"].as_array().unwrap().iter();
    let used = packages.filter_map(|package| {
        let mut package = package.clone();
        package["needs"] = (*needs.get(text(&package, "id"))?).clone();
        Some(package)
    });
    used.collect()
}

fn text<'a>(package: &'a Value, key: &str) -> &'a str {
    package[key].as_str().unwrap_or_default()
}

/// Whether an expression such as `(MIT OR Zlib) AND ISC` is met by what is allowed.
fn is_met(expression: &str, allowed: &BTreeSet<&str>) -> bool {
    let (mut depth, mut either, mut both) = (0, Vec::new(), Vec::new());
    // Older crates write a stroke for OR.
    let spaced = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    for (at, word) in words.iter().enumerate() {
        match *word {
            "(" => depth += 1,
            ")" => depth -= 1,
            "OR" if depth == 0 => either.push(at),
            "AND" if depth == 0 => both.push(at),
            _ => {}
        }
    }
    let parts = |cuts: &[usize]| {
        let starts = std::iter::once(0).chain(cuts.iter().map(|cut| cut + 1));
        let ends = cuts.iter().copied().chain([words.len()]);
        starts
            .zip(ends)
            .map(|(start, end)| words[start..end].join(" "))
            .collect::<Vec<_>>()
    };
    match (&either[..], &both[..], &words[..]) {
        ([], [], ["(", within @ .., ")"]) => is_met(&within.join(" "), allowed),
        ([], [], _) => allowed.contains(words.join(" ").as_str()),
        ([], both, _) => parts(both).iter().all(|part| is_met(part, allowed)),
        (either, _, _) => parts(either).iter().any(|part| is_met(part, allowed)),
    }
}

#[test]
fn every_licence_is_one_of_those_allowed() {
    let allowed: BTreeSet<&str> = list("licenses", "allow")
        .into_iter()
        .flat_map(|line| quoted(line, ""))
        .collect();
    let exceptions = list("licenses", "exceptions");
    for package in packages() {
        let own = exceptions
            .iter()
            .filter(|line| quoted(line, "crate") == [text(&package, "name")]);
        let allowed = allowed
            .iter()
            .copied()
            .chain(own.flat_map(|line| quoted(line, "allow")))
            .collect();
        let licence = text(&package, "license");
        assert!(is_met(licence, &allowed), "{} has the licence {licence}", package["id"]);
    }
}

#[test]
fn no_crate_speaks_to_other_machines() {
    let rows = list("bans", "deny");
    let banned: BTreeMap<&str, &str> =
        rows.iter().map(|line| (quoted(line, "crate")[0], *line)).collect();
    assert!(banned.len() > 20);
    let packages = packages();
    for package in packages
        .iter()
        .filter(|package| banned.contains_key(text(package, "name")))
    {
        let wrappers = quoted(banned[text(package, "name")], "wrappers");
        let needs =
            |other: &&Value| other["needs"].as_array().unwrap().contains(&package["id"]);
        let others = packages.iter().filter(needs).map(|other| text(other, "name"));
        let others: Vec<&str> = others.filter(|name| !wrappers.contains(name)).collect();
        assert!(
            others.is_empty(),
            "{} is brought in by {}",
            text(package, "name"),
            others.join(", ")
        );
    }
}

#[test]
fn every_crate_comes_from_the_one_registry() {
    for package in packages()
        .iter()
        .filter(|package| text(package, "name") != env!("CARGO_PKG_NAME"))
    {
        assert_eq!(
            text(package, "source"),
            "registry+https://github.com/rust-lang/crates.io-index",
            "{}",
            package["id"]
        );
    }
}

#[test]
fn expressions_of_licences_are_understood() {
    let allowed = BTreeSet::from(["MIT", "ISC"]);
    for (expression, expected) in [
        ("MIT", true),
        ("GPL-3.0", false),
        ("GPL-3.0 OR MIT", true),
        ("GPL-3.0/MIT", true),
        ("GPL-3.0 AND MIT", false),
        ("(GPL-3.0 OR MIT) AND ISC", true),
        ("(GPL-3.0 OR Zlib) AND ISC", false),
        ("MIT AND (ISC OR Zlib)", true),
        ("GPL-3.0 WITH MIT", false),
        ("MIT OR ISC AND GPL-3.0", true),
        ("", false),
    ] {
        assert_eq!(is_met(expression, &allowed), expected, "{expression}");
    }
    assert_eq!(
        quoted(
            "{ crate = \"a\", wrappers = [\"b\", \"c\"], reason = \"d\" },",
            "wrappers"
        ),
        ["b", "c"]
    );
    assert_eq!(
        quoted("{ crate = \"a\", reason = \"d\" },", "wrappers"),
        Vec::<&str>::new()
    );
}

/// What the About box shows: each crate that the window is made of, with its license.
#[test]
fn the_about_box_names_every_crate_and_its_license() {
    // Other systems have crates of their own besides.
    if !cfg!(target_os = "linux") {
        return;
    }
    let arguments =
        ["tree", "--offline", "-e", "normal", "--prefix", "none", "-f", "{p}|{l}"];
    let said = cargo(&arguments);
    let mut expected = BTreeSet::new();
    for line in String::from_utf8(said).unwrap().lines() {
        let (package, license) = line.split_once('|').expect("a package and its license");
        let name = package.split(' ').next().unwrap_or_default();
        let license = license.trim_end_matches(" (*)");
        if name != "rationale" {
            expected.insert(format!("{name}: {license}\n"));
        }
    }
    let expected: String = expected.into_iter().collect();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/crates.txt");
    if std::env::var_os("INSTA_UPDATE").is_some_and(|update| update == "always") {
        std::fs::write(path, &expected).unwrap();
    }
    let shown = std::fs::read_to_string(path).unwrap();
    assert!(shown == expected, "accept the new list with INSTA_UPDATE=always cargo test");
}

/// The file of licenses that packages hold has each crate's; `packaging/third-party` writes
/// it.
#[test]
fn the_license_of_every_crate_is_in_the_packages() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/packaging/THIRD-PARTY.txt");
    let notices = std::fs::read_to_string(path).unwrap();
    let notices = notices.split("\n\nCrates\n\n").nth(1).expect("it lists crates");
    let notices = notices.split("\n\n").next().unwrap_or_default();
    let listed: BTreeSet<&str> = notices
        .lines()
        .map(|line| line.split(':').next().unwrap_or_default())
        .collect();
    let said =
        cargo(&["tree", "--offline", "-e", "normal", "--prefix", "none", "-f", "{p}"]);
    for line in String::from_utf8(said).unwrap().lines() {
        let mut words = line.split(' ');
        let (name, version) = (words.next().unwrap(), words.next().unwrap());
        let package = format!("{name} {}", version.trim_start_matches('v'));
        assert!(
            name == "rationale" || listed.contains(package.as_str()),
            "{package} is not listed: run packaging/third-party"
        );
    }
}

/// What cargo prints of this project.
fn cargo(arguments: &[&str]) -> Vec<u8> {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}
