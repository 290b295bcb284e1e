//! Patterns such as `*.rationale`, which Windows' shells leave to the programs.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

/// The arguments with the files that patterns stand for; a pattern that stands for none
/// stays, and is reported as any file that is missing.
pub fn spell_out(arguments: Vec<OsString>) -> Vec<OsString> {
    let mut spelled = Vec::new();
    for argument in arguments {
        let files = files_like(Path::new(&argument));
        if files.is_empty() {
            spelled.push(argument);
        }
        spelled.extend(files.into_iter().map(PathBuf::into_os_string));
    }
    spelled
}

/// The files of a folder whose names are like the last part of a path, by name.
fn files_like(path: &Path) -> Vec<PathBuf> {
    let Some(pattern) = path.file_name() else { return Vec::new() };
    let pattern = pattern.to_string_lossy().to_lowercase();
    if !pattern.contains(['*', '?']) {
        return Vec::new();
    }
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let small: Vec<char> = name.to_string_lossy().to_lowercase().chars().collect();
        if is_like(&pattern.chars().collect::<Vec<_>>(), &small) {
            files.push(path.with_file_name(name));
        }
    }
    files.sort();
    files
}

/// Whether a name is like a pattern, in which `*` is any characters and `?` is one.
fn is_like(pattern: &[char], name: &[char]) -> bool {
    match (pattern, name) {
        ([], []) => true,
        (['*', rest @ ..], _) => {
            (0..=name.len()).any(|start| is_like(rest, &name[start..]))
        }
        (['?', pattern @ ..], [_, name @ ..]) => is_like(pattern, name),
        ([one, pattern @ ..], [other, name @ ..]) => {
            one == other && is_like(pattern, name)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_stands_for_the_files_that_are_like_it() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.RON", "a.ron", "a.pdf", "ab.ron"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let spelled = |pattern: &str| {
            let arguments = vec![folder.path().join(pattern).into_os_string()];
            let names = spell_out(arguments).into_iter().map(PathBuf::from);
            names
                .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(spelled("*.ron"), ["a.ron", "ab.ron", "b.RON"]);
        assert_eq!(spelled("?.ron"), ["a.ron", "b.RON"]);
        assert_eq!(spelled("*b*"), ["ab.ron", "b.RON"]);
        assert_eq!(spelled("*.docx"), ["*.docx"]);
        assert_eq!(spelled("a.pdf"), ["a.pdf"]);
    }
}
