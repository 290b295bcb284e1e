//! Every string that a user can meet is in the words that CONTRIBUTING.md settles on. The
//! surest way to meet them all is to read every literal of the program, whatever table or
//! macro it is in.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use regex::Regex;

/// Words that are not used here, and what to write. Each is a pattern of whole words.
const NOT_OURS: &[(&str, &str)] = &[
    ("told|tells", "shown, reported, says"),
    ("mend(s|ed|ing)?", "fix"),
    ("(nothing|something) stands|stands? against", "no problems; what the problem is"),
    ("(stands|stood|stand) (in|there|beside|where|when|as|twice|alone)", "is, appears"),
    ("(takes?|taken|took) note", "record"),
    ("ticks? off|ticked off|takes? up again|let it stay", "dismiss, restore"),
    ("(takes?|taken|took) (it |them |the item or row )?out", "remove"),
    ("copied aside|copies aside", "backed up"),
    ("letter kinds?|kinds? of letters?|letter types?", "template"),
    ("goes on with|go on with|going on with", "continue"),
    ("lays?|laid|lies|lie", "put; is"),
    ("behind", "after, or next to"),
    ("blanks", "spaces"),
    ("full stops?", "period"),
    ("per cent", "percent"),
    (
        "anew|by and by|letter for letter|one's own|a mail",
        "again, gradually, verbatim, your own",
    ),
    ("mistake (in|of) (rationale|the program)", "bug"),
    ("holds? (what|nothing|no)", "has, contains"),
    ("dependants?", "dependent item"),
    ("spelt|learnt|practised?|practises|judgement", "the American spelling"),
    ("licences?|(un)?licenced", "license"),
    ("organis(e|es|ed|ation|ations)|recognis(e|es|ed)|synchronised", "-ize"),
    ("colours?|coloured|grey|centre|behaviour|favour", "the American spelling"),
];

/// What is right as it is: the law's own words, or a name that files and programs know.
const ALLOWED: &[&str] = &["licence_states", "signer_licence", "`dependant`"];
/// The name of a rule, which scripts know.
const RULE_NAME: &str = "dependant";

static PATTERNS: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
    let mut patterns = Vec::new();
    for (words, instead) in NOT_OURS {
        let pattern = Regex::new(&format!(r"(?i)\b(?:{words})\b")).unwrap();
        patterns.push((pattern, *instead));
    }
    patterns
});

/// What a text says in words that are not ours, with what to write in their place.
fn complaints(place: &str, text: &str) -> Vec<String> {
    let mut text = text.to_owned();
    for allowed in ALLOWED {
        text = text.replace(allowed, "");
    }
    let mut complaints = Vec::new();
    for (pattern, instead) in PATTERNS.iter() {
        if let Some(found) = pattern.find(&text) {
            let word = found.as_str();
            complaints.push(format!("{place}: {word:?}, write {instead}: {text:?}"));
        }
    }
    complaints
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let (mut found, mut folders) = (Vec::new(), vec![root().join(folder)]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("tests") {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// A literal with the line that it begins in.
struct Literal {
    line: usize,
    text: String,
}

/// Every string of a program but those of its tests, patterns and comments. Comments count
/// where `clap` makes help of them.
fn literals(tokens: TokenStream, comments: bool, found: &mut Vec<Literal>) {
    let mut is_test = false;
    let mut before = [String::new(), String::new()];
    for tree in tokens {
        match &tree {
            TokenTree::Group(group) => {
                let inside = group.stream().to_string();
                let is_attribute = group.delimiter() == Delimiter::Bracket
                    && (before[1] == "#" || before[1] == "!");
                is_test |= is_attribute && inside.replace(' ', "") == "cfg(test)";
                let is_body = group.delimiter() == Delimiter::Brace;
                let is_skipped = is_attribute
                    && (inside.starts_with("expect")
                        || inside.starts_with("doc") && !comments)
                    || before == ["pattern", "!"]
                    || is_body && is_test;
                is_test &= !is_body;
                if !is_skipped {
                    literals(group.stream(), comments, found);
                }
            }
            TokenTree::Literal(literal) => found.extend(string(literal)),
            TokenTree::Punct(punct) => is_test &= punct.as_char() != ';',
            TokenTree::Ident(_) => {}
        }
        before = [std::mem::take(&mut before[1]), tree.to_string()];
    }
}

fn string(literal: &proc_macro2::Literal) -> Option<Literal> {
    let string = syn::parse_str::<syn::LitStr>(&literal.to_string()).ok()?;
    Some(Literal { line: literal.span().start().line, text: string.value() })
}

/// A pattern speaks of what letters say, not of what the program says.
fn is_pattern(text: &str) -> bool {
    text.contains("(?") || text.contains(r"\b") || text.contains('|')
}

fn expect_none(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

#[test]
fn every_string_of_the_program_is_in_our_words() {
    let mut found = Vec::new();
    for path in files("src", ".rs") {
        let name = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
        if name.ends_with("tests.rs") || name.ends_with("cases.rs") {
            continue;
        }
        let tokens: TokenStream = fs::read_to_string(&path).unwrap().parse().unwrap();
        let mut strings = Vec::new();
        literals(tokens, name == "src/cli/arguments.rs", &mut strings);
        for Literal { line, text } in strings {
            if !is_pattern(&text) && text != RULE_NAME {
                found.extend(complaints(&format!("{name}:{line}"), &text));
            }
        }
    }
    expect_none(&found);
}

/// The head without the words of the letters that it reads back.
fn head(template: &str) -> String {
    let head = template.split("\n---\n").next().unwrap_or_default();
    let mut parts = head.split("reading: r#\"");
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        kept += part.split_once("\"#").map_or("", |(_, rest)| rest);
    }
    kept
}

#[test]
fn every_templates_head_is_in_our_words() {
    let mut found = Vec::new();
    for path in files("templates", ".letter") {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        for line in head(&fs::read_to_string(&path).unwrap()).lines() {
            found.extend(complaints(&name, line));
        }
    }
    expect_none(&found);
}

#[test]
fn every_page_is_in_our_words() {
    let mut pages = files("docs", ".md");
    for page in [
        "README.md",
        "ARCHITECTURE.md",
        "CHANGELOG.md",
        "SECURITY.md",
        "templates/README.md",
        "fuzz/README.md",
        "assets/words/README.md",
    ] {
        pages.push(root().join(page));
    }
    let mut found = Vec::new();
    for path in pages {
        let name = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
        for (place, line) in fs::read_to_string(&path).unwrap().lines().enumerate() {
            found.extend(complaints(&format!("{name}:{}", place + 1), line));
        }
    }
    expect_none(&found);
}

#[test]
fn the_words_are_found_where_they_are() {
    let program = r#"
        #[error("The letter is told")]
        /// A comment is told.
        fn f() { format!("{x} lies behind") }
        pattern!(TOLD, "told");
        #[cfg(test)]
        mod tests { const A: &str = "told"; }
        const B: &str = "mended";
    "#;
    let mut strings = Vec::new();
    literals(program.parse().unwrap(), false, &mut strings);
    let texts: Vec<_> = strings.iter().map(|literal| literal.text.as_str()).collect();
    assert_eq!(texts, ["The letter is told", "{x} lies behind", "mended"]);
    assert_eq!(complaints("here", "mended").len(), 1);
    assert_eq!(complaints("here", "{x} lies behind").len(), 2);
    assert!(complaints("here", "retold in a recommendation").is_empty());
}
