//! What the compiler cannot hold: how long things may be, who may name whom, and what no
//! file may hold.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use syn::spanned::Spanned;
use syn::visit::{self, Visit};

const LONGEST_FILE: usize = 600;
const WIDEST_LINE: usize = 100;
/// What fits on a screen. Characters count besides lines, so that width is no way out.
const LONGEST_FUNCTION: (usize, usize) = (60, 2_000);
/// The functions that may be longer: a line for each command and event of the window.
const DISPATCHERS: [&str; 2] = ["perform", "handle"];

/// What lies in `src/`, the lowest first: each may name only those above it in this list.
const LAYERS: &[&str] = &[
    "units",
    "crash",
    "cores",
    "memo",
    "compare",
    "letter",
    "diagnostic",
    "document",
    "typefaces",
    "spelling",
    "library",
    "template",
    "check",
    "layout",
    "compose",
    "export",
    "import",
    "printing",
    "outside",
    "store",
    "earlier",
    "guard",
    "cli",
    "app",
];
/// Who may name whom all the same, or may not, and why.
const LAYER_EXCEPTIONS: &[(&str, &str, bool)] = &[
    // Pages lose their watermark for a proof that only `compose` can make.
    ("layout", "compose", true),
    // The window and the command line are two front ends that do not know each other.
    ("app", "cli", false),
];

/// Names, where alone they may stand, and why. A place is a path from `src/` on, or the
/// beginning of one.
const WALLS: &[(&[&str], &[&str], &str)] = &[
    (&["egui", "eframe", "rfd"], &["app/"], "the window is a thin hand"),
    // The errors of all formats are in export/error.rs, each with its library's own.
    (
        &["printpdf", "lopdf"],
        &["export/pdf/", "export/error.rs"],
        "one kind of file, one place that knows its library",
    ),
    (
        &["std::fs"],
        &["store/", "cli/generated.rs"],
        "what touches the disk writes whole or not at all",
    ),
    (&["tantivy"], &["earlier/"], "one engine, one place that knows it"),
    (&["ipp::"], &["printing/cups.rs"], "the language of one system of printers"),
    (&["zbus"], &["printing/portal.rs"], "only one system of desktops has a bus"),
    (&["winprint"], &["printing/windows.rs"], "the printers of one system"),
    (&["winsafe"], &["app/sign_out.rs"], "what one system alone has"),
    (
        &["std::net", "UnixStream"],
        &["printing/post.rs"],
        "a letter leaves by one door, to the print server",
    ),
    (
        &["minijinja::machinery"],
        &["template/lint/"],
        "unstable: its tree may change in any release",
    ),
];

/// Folders, and what nothing in them may name.
const BLIND: &[(&str, &[&str])] = &[
    ("layout/", &["Letter", "Template"]),
    ("export/", &["Letter", "Template"]),
    ("printing/", &["letter::", "Template"]),
    // A view may show what is stored, but neither opens nor writes a file.
    (
        "app/view/",
        &["store::open", "store::save", "store::read(", "export::", "compose::"],
    ),
];

/// Names of files that say nothing of what is in them.
const EMPTY_NAMES: &[&str] =
    &["utils", "util", "helpers", "helper", "common", "state", "manager", "misc"];

/// Written in two halves, so that this file does not hold what it forbids.
const UNFINISHED: &[&str] = &[
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("to", "do!("),
    concat!("unimple", "mented!("),
];

struct Source {
    /// From the package's folder on, with `/` between folders.
    name: String,
    text: String,
}

impl Source {
    /// The path from `src/` on, if it lies there and is not a file of tests alone.
    fn in_src(&self) -> Option<&str> {
        let place = self.name.strip_prefix("src/")?;
        let endings = ["tests.rs", "cases.rs", "samples.rs", "specimen.rs"];
        let is_tests = place.contains("/tests/")
            || endings.iter().any(|ending| place.ends_with(ending));
        (!is_tests).then_some(place)
    }

    fn parsed(&self) -> syn::File {
        syn::parse_file(&self.text)
            .unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }

    /// The code without its tests, and without comments.
    fn code(&self) -> String {
        let code = self.text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
        let lines = code.lines().map(|line| line.split("//").next().unwrap_or_default());
        lines.collect::<Vec<_>>().join("\n")
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    ["src", "tests", "benches"]
        .into_iter()
        .for_each(|folder| collect(&root.join(folder), &mut paths));
    paths.sort();
    let source = |path: PathBuf| {
        let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
        Source { name, text: fs::read_to_string(&path).unwrap() }
    };
    paths.into_iter().map(source).collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            paths.push(path);
        }
    }
}

/// Fails with every complaint at once.
#[track_caller]
fn expect_none(complaints: impl IntoIterator<Item = String>) {
    let complaints: Vec<String> = complaints.into_iter().collect();
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

/// Whether `name` stands in the code by itself, not as a part of a longer word.
fn names(code: &str, name: &str) -> bool {
    let is_word = |character: Option<char>| {
        character.is_some_and(|c| c.is_alphanumeric() || c == '_')
    };
    code.match_indices(name).any(|(at, _)| {
        let after = code[at + name.len()..]
            .chars()
            .next()
            .filter(|_| !name.ends_with(':'));
        !is_word(code[..at].chars().next_back()) && !is_word(after)
    })
}

#[test]
fn files_are_short() {
    expect_none(sources().iter().filter_map(|source| {
        let lines = source.text.lines().count();
        (lines > LONGEST_FILE)
            .then(|| format!("{} has {lines} lines: it holds two ideas", source.name))
    }));
}

#[test]
fn functions_are_short() {
    struct Functions<'a> {
        file: &'a str,
        lines: Vec<&'a str>,
        complaints: Vec<String>,
    }

    impl Functions<'_> {
        fn measure(&mut self, name: &syn::Ident, block: &syn::Block) {
            let (first, last) = (name.span().start().line, block.span().end().line);
            let body = &self.lines[first - 1..last];
            let characters: usize =
                body.iter().map(|line| line.trim().chars().count()).sum();
            let (most_lines, most_characters) = LONGEST_FUNCTION;
            if !DISPATCHERS.iter().any(|dispatcher| name == dispatcher)
                && (body.len() > most_lines || characters > most_characters)
            {
                self.complaints.push(format!(
                    "{}: {name} has {} lines and {characters} characters: it holds two ideas",
                    self.file,
                    body.len()
                ));
            }
        }
    }

    impl<'ast> Visit<'ast> for Functions<'_> {
        fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
            self.measure(&function.sig.ident, &function.block);
            visit::visit_item_fn(self, function);
        }

        fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
            self.measure(&function.sig.ident, &function.block);
            visit::visit_impl_item_fn(self, function);
        }
    }

    expect_none(sources().iter().flat_map(|source| {
        let mut functions = Functions {
            file: &source.name,
            lines: source.text.lines().collect(),
            complaints: Vec::new(),
        };
        functions.visit_file(&source.parsed());
        functions.complaints
    }));
}

#[test]
fn lines_are_narrow() {
    let mut complaints = Vec::new();
    for source in &sources() {
        for (number, line) in source.text.lines().enumerate() {
            if line.chars().count() > WIDEST_LINE {
                complaints.push(format!("{}:{} is too wide", source.name, number + 1));
            }
        }
    }
    expect_none(complaints);
}

/// The folders or files of `src/` that a source names by a path from `crate` on.
fn named_layers(file: &syn::File) -> BTreeSet<String> {
    #[derive(Default)]
    struct Layers(BTreeSet<String>);

    impl Layers {
        fn add(&mut self, tree: &syn::UseTree) {
            match tree {
                syn::UseTree::Path(path) => self.0.insert(path.ident.to_string()),
                syn::UseTree::Name(name) => self.0.insert(name.ident.to_string()),
                syn::UseTree::Rename(name) => self.0.insert(name.ident.to_string()),
                syn::UseTree::Glob(_) => false,
                syn::UseTree::Group(group) => {
                    group.items.iter().for_each(|tree| self.add(tree));
                    false
                }
            };
        }
    }

    impl<'ast> Visit<'ast> for Layers {
        fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
            if let syn::UseTree::Path(path) = &item.tree
                && path.ident == "crate"
            {
                self.add(&path.tree);
            }
        }

        fn visit_path(&mut self, path: &'ast syn::Path) {
            let mut segments = path.segments.iter();
            if segments.next().is_some_and(|first| first.ident == "crate")
                && let Some(layer) = segments.next()
            {
                self.0.insert(layer.ident.to_string());
            }
            visit::visit_path(self, path);
        }

        fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
            // Tests may take what they need from anywhere.
            if !is_for_tests(&module.attrs) {
                visit::visit_item_mod(self, module);
            }
        }
    }

    let mut layers = Layers::default();
    layers.visit_file(file);
    layers.0
}

fn is_for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute.parse_args::<syn::Ident>().is_ok_and(|word| word == "test")
    })
}

#[test]
fn folders_name_only_those_below_them() {
    let rank = |layer: &str| LAYERS.iter().position(|&other| other == layer);
    let mut complaints = Vec::new();
    for source in &sources() {
        let Some(place) = source.in_src() else { continue };
        let layer = place.split(['/', '.']).next().unwrap_or_default();
        if ["lib", "main", "window_program"].contains(&layer) {
            continue;
        }
        let Some(own) = rank(layer) else {
            complaints.push(format!("{} has no place among LAYERS", source.name));
            continue;
        };
        for named in named_layers(&source.parsed()) {
            let Some(other) = rank(&named) else { continue };
            let exception = LAYER_EXCEPTIONS
                .iter()
                .find(|(from, to, _)| *from == layer && *to == named);
            let is_allowed = exception.map_or(other <= own, |(_, _, allowed)| *allowed);
            if !is_allowed {
                complaints.push(format!("{} names {named}", source.name));
            }
        }
    }
    expect_none(complaints);
}

#[test]
fn a_type_has_a_name_of_its_own() {
    #[derive(Default)]
    struct Types(Vec<String>);

    impl<'ast> Visit<'ast> for Types {
        fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
            self.0.push(item.ident.to_string());
        }

        fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
            self.0.push(item.ident.to_string());
        }

        fn visit_item_trait(&mut self, item: &'ast syn::ItemTrait) {
            self.0.push(item.ident.to_string());
        }

        fn visit_item_type(&mut self, item: &'ast syn::ItemType) {
            self.0.push(item.ident.to_string());
        }

        fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
            if !is_for_tests(&module.attrs) {
                visit::visit_item_mod(self, module);
            }
        }
    }

    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for source in &sources() {
        let Some(place) = source.in_src() else { continue };
        let mut types = Types::default();
        types.visit_file(&source.parsed());
        for name in types.0 {
            places.entry(name).or_default().push(place.to_owned());
        }
    }
    // Each module has an error of its own, and says whose it is by its path.
    places.remove("Error");
    let repeated = places.iter().filter(|(_, places)| places.len() > 1);
    expect_none(
        repeated
            .map(|(name, places)| format!("{name} stands in {}", places.join(" and "))),
    );
}

#[test]
fn names_stay_behind_their_walls() {
    let mut complaints = Vec::new();
    for source in &sources() {
        let Some(place) = source.in_src() else { continue };
        let code = source.code();
        for (forbidden, allowed, reason) in WALLS {
            let is_inside = allowed.iter().any(|allowed| place.starts_with(allowed));
            let found = forbidden.iter().filter(|name| !is_inside && names(&code, name));
            complaints.extend(
                found.map(|name| format!("{} names {name}: {reason}", source.name)),
            );
        }
    }
    expect_none(complaints);
}

#[test]
fn folders_know_nothing_of_what_is_not_theirs() {
    let mut complaints = Vec::new();
    for source in &sources() {
        let place = source.in_src().unwrap_or_default();
        let code = source.code();
        let rows = BLIND
            .iter()
            .filter(|(folder, _)| place.starts_with(folder))
            .flat_map(|(_, names)| *names);
        complaints.extend(
            rows.filter(|name| names(&code, name))
                .map(|name| format!("{} names {name}", source.name)),
        );
    }
    expect_none(complaints);
}

/// What stands between backticks in a page.
fn cited_in(page: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(page);
    let page = fs::read_to_string(path).unwrap();
    // What is fenced holds no backticks of its own.
    page.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn pages_cite_tests_and_files_that_exist() {
    let sources = sources();
    let is_test = |word: &str| {
        let is_name = word.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        is_name && word.matches('_').count() >= 3
    };
    let exists = |cited: &str| {
        if is_test(cited) {
            let function = format!("fn {cited}(");
            sources.iter().any(|source| source.text.contains(&function))
        } else if cited.contains(".rs") || cited.ends_with('/') {
            let place = format!("/{}", cited.trim_start_matches("src/"));
            let mut names = sources.iter().map(|source| format!("/{}", source.name));
            names.any(|name| name.contains(&place))
                || Path::new(env!("CARGO_MANIFEST_DIR")).join(cited).exists()
        } else {
            true
        }
    };
    let mut complaints = Vec::new();
    for page in ["ARCHITECTURE.md", "SECURITY.md"] {
        for cited in cited_in(page) {
            if !exists(&cited) {
                complaints.push(format!("{page} cites {cited}"));
            }
        }
    }
    expect_none(complaints);
}

#[test]
fn nothing_is_left_for_later() {
    expect_none(sources().iter().flat_map(|source| {
        let found = UNFINISHED.iter().filter(|word| source.text.contains(**word));
        found
            .map(|word| {
                format!("{} holds {word}: finish it or write an issue", source.name)
            })
            .collect::<Vec<_>>()
    }));
}

#[test]
fn files_are_named_for_what_is_in_them() {
    expect_none(sources().iter().filter_map(|source| {
        let stem = Path::new(&source.name).file_stem()?.to_str()?;
        EMPTY_NAMES
            .contains(&stem)
            .then(|| format!("{} says nothing of what is in it", source.name))
    }));
}

#[test]
fn files_begin_by_saying_what_they_are_for() {
    expect_none(sources().iter().filter_map(|source| {
        let is_said = source.text.starts_with("//! ");
        (!is_said).then(|| format!("{} does not begin with a line //!", source.name))
    }));
}

#[test]
fn walls_are_seen_where_they_are_broken() {
    for (code, name, expected) in [
        ("use std::fs;", "std::fs", true),
        ("fn letter(letter: &Letter)", "Letter", true),
        ("LetterSheet", "Letter", false),
        ("crate::store::open()", "store::", true),
        ("restore::open()", "store::", false),
    ] {
        assert_eq!(names(code, name), expected, "{code}");
    }
}
