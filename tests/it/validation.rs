//! The PDF of every kind, example and copy against other programs' readings of PDF/UA-1
//! and PDF/A-2a.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};
use rationale::compose::compose;
use rationale::library::Library;
use rationale::store;
use rationale::template::{LetterCopy, Order, Template, picture};

use crate::formats::{letters, written};
use crate::programs;

#[test]
fn every_letter_is_archival_and_accessible() {
    for (name, composition) in letters() {
        assert_eq!(failures(&written("pdf", &composition)), [""; 0], "{name}");
    }
}

/// The rules of both profiles that a file breaks.
fn failures(file: &[u8]) -> Vec<String> {
    let broken = |profile: &str| {
        let profile: ValidationProfile = profile.parse().unwrap();
        let report =
            validate_pdf_bytes(file, &ValidationOptions::default().profile(profile))
                .unwrap();
        assert_eq!(report.is_compliant, report.failures.is_empty());
        report.failures.into_iter().map(|failure| failure.rule_id)
    };
    ["ua1", "2a"].into_iter().flat_map(broken).collect()
}

#[test]
fn a_signature_is_a_picture_that_says_whose_it_is() {
    let source = Template::built_in("imr-2017").unwrap().source().replacen(
        "outcomes: [",
        "signature: (file: \"signature.png\", alt: \"Signature of the medical \
            director\", height: 0.5),\n    outcomes: [",
        1,
    );
    let picture = picture::read(&png(), "Signature of the medical director").unwrap();
    let signed = Template::parse(&source)
        .unwrap()
        .with_pictures([("signature", Arc::new(picture))].into());
    let letter = store::open(Path::new("examples/imr-2017-letter.ron"), None)
        .unwrap()
        .draft
        .letter;
    for (copy, figures) in [(LetterCopy::Served, 1), (LetterCopy::Public, 0)] {
        let order = Order { copy, today: jiff::civil::date(2026, 1, 1) };
        let file = written(
            "pdf",
            &compose(&letter, &signed, &Library::bundled().unwrap(), &order),
        );
        let is_named =
            file.windows(14).filter(|words| words == b"(Signature of ").count();
        assert_eq!(is_named, figures, "{copy:?}");
        assert_eq!(failures(&file), [""; 0]);
    }
}

/// A dark stroke on white.
fn png() -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, 60, 20);
    encoder.set_color(png::ColorType::Grayscale);
    let dots: Vec<u8> = (0..60 * 20)
        .map(|dot| if dot % 60 / 3 == dot / 60 { 20 } else { 255 })
        .collect();
    encoder.write_header().unwrap().write_image_data(&dots).unwrap();
    file
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
    let report = String::from_utf8_lossy(&output.stdout);
    assert_eq!(
        report,
        format!("{} files judged\n", files.len()),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
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
    let report = String::from_utf8_lossy(&output.stdout);
    assert!(
        !output.status.success()
            && report.contains("ua1 6.2-1")
            && report.contains("2a 6.7.2.2-1"),
        "{report}"
    );
}

/// veraPDF's validator over files, by the jar that `RATIONALE_VERAPDF` names;
/// CONTRIBUTING.md says where it is from.
fn judge(files: &[PathBuf]) -> Option<Output> {
    let Some(jar) = std::env::var_os("RATIONALE_VERAPDF") else {
        programs::skip("veraPDF", "RATIONALE_VERAPDF names no jar");
        return None;
    };
    let runner = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/verapdf/Judge.java");
    programs::output(
        "java",
        Command::new("java").arg("-cp").arg(jar).arg(runner).args(files),
    )
}
