//! The PDF of every kind, example and copy against other programs' readings of PDF/UA-1 and PDF/A-2a.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};

use crate::formats::{letters, written};
use crate::programs;

#[test]
fn every_letter_is_archival_and_accessible() {
    for (name, composition) in letters() {
        let file = written("pdf", &composition);
        for profile in ["ua1", "2a"] {
            let profile: ValidationProfile = profile.parse().unwrap();
            let report = validate_pdf_bytes(&file, &ValidationOptions::default().profile(profile)).unwrap();
            let failures: Vec<&str> = report.failures.iter().map(|failure| failure.rule_id.as_ref()).collect();
            assert!(report.is_compliant, "{name}, {profile:?}: {failures:?}");
        }
    }
}

#[test]
fn verapdf_finds_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let files: Vec<PathBuf> = letters()
        .into_iter()
        .map(|(name, composition)| {
            let path = folder.path().join(format!("{name}.pdf"));
            std::fs::write(&path, written("pdf", &composition)).unwrap();
            path
        })
        .collect();
    let Some(output) = judge(&files) else { return };
    let told = String::from_utf8_lossy(&output.stdout);
    assert_eq!(told, format!("{} files judged\n", files.len()), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success());
}

#[test]
fn verapdf_finds_what_is_broken() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("letter.pdf");
    let (_, composition) = letters().remove(0);
    let mut file = written("pdf", &composition);
    let name = file.windows(9).position(|nine| nine == b"/MarkInfo").unwrap();
    file[name + 1] = b'N';
    std::fs::write(&path, file).unwrap();
    let Some(output) = judge(&[path]) else { return };
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(!output.status.success() && told.contains("ua1 6.2-1") && told.contains("2a 6.7.2.2-1"), "{told}");
}

/// veraPDF's validator over files, by the jar that `RATIONALE_VERAPDF` names; CONTRIBUTING.md tells where it is from.
fn judge(files: &[PathBuf]) -> Option<Output> {
    let Some(jar) = std::env::var_os("RATIONALE_VERAPDF") else {
        programs::skip("veraPDF", "RATIONALE_VERAPDF names no jar");
        return None;
    };
    let runner = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/verapdf/Judge.java");
    programs::output("java", Command::new("java").arg("-cp").arg(jar).arg(runner).args(files))
}
