//! The PDF of every kind, example and copy against another program's reading of PDF/UA-1 and PDF/A-2a.

use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};

use crate::formats::{letters, written};

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
