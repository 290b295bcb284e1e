//! What is wrong with a head that RON could read: names that do not exist, and keys that
//! say the same thing twice.

use std::collections::BTreeSet;

use super::head::{Count, Head, OwnPicture, Signer};
use super::lint::nearest;
use super::reading;
use crate::diagnostic::{Anchor, Diagnostic};
use crate::letter::fields::{ExtraField, ExtraKind, Field, Kind};
use crate::letter::{Denial, ExtraName};
use crate::typefaces::DEFAULT_FAMILY;

/// The repeated parts that every letter can have.
const GROUPS: &[&str] = &["reviewers", "recipients", "documents", "items"];

/// Every problem of a head, in the order of its keys.
pub(super) fn problems(head: &Head, head_text: &str, names: &[Field]) -> Vec<Diagnostic> {
    let mut lint = HeadLint { head, head_text, names, problems: Vec::new() };
    lint.asked_for();
    lint.extras();
    lint.outcomes();
    lint.letter_outcomes();
    lint.reviewers();
    lint.typefaces();
    lint.deadlines();
    lint.signer();
    for (name, picture) in head.pictures() {
        lint.picture(name, picture);
    }
    lint.reading();
    lint.problems
}

struct HeadLint<'a> {
    head: &'a Head,
    head_text: &'a str,
    names: &'a [Field],
    problems: Vec<Diagnostic>,
}

impl HeadLint<'_> {
    /// Fields and groups that the head speaks of and that do not exist.
    fn asked_for(&mut self) {
        let head = self.head;
        let lists = [
            ("required", &head.required),
            ("required_when_served", &head.required_when_served),
            ("form", &head.form),
        ];
        for (key, list) in lists {
            for asked in list {
                self.must_exist(key, asked);
            }
        }
        for (key, words) in [("labels", &head.labels), ("helps", &head.helps)] {
            for asked in words.keys() {
                self.must_exist(key, asked);
            }
        }
    }

    fn must_exist(&mut self, key: &str, asked: &str) {
        if self.is_group(asked) || self.names.iter().any(|field| field.pattern == asked) {
            return;
        }
        let names = self.names.iter().map(|field| &*field.pattern);
        let hint = match nearest(asked, names) {
            Some(name) => format!("The nearest name is {name}"),
            None => "rationale fields lists every name".to_owned(),
        };
        self.report(
            "T003",
            "unknown-name",
            asked,
            format!("{key} names {asked}, and there is no such field"),
            hint,
        );
    }

    fn is_group(&self, asked: &str) -> bool {
        let is_extra = |name: &str| {
            let mut extras = self.head.extra.iter();
            extras.any(|extra| extra.kind == ExtraKind::Rows && extra.name == name)
        };
        GROUPS.contains(&asked) || asked.strip_prefix("extra.").is_some_and(is_extra)
    }

    fn extras(&mut self) {
        let extras = &self.head.extra;
        self.extra_names(extras);
        for extra in extras.iter().filter(|extra| extra.kind == ExtraKind::Rows) {
            self.extra_names(&extra.fields);
            if extra.fields.is_empty() {
                let message = format!("The rows of {} have no fields", extra.name);
                let hint = "Name them under fields: [(name: …, label: …)]";
                self.report_head(&extra.name, message, hint);
            }
            if extra.fields.iter().any(|field| field.kind == ExtraKind::Rows) {
                let message = format!("The rows of {} contain rows", extra.name);
                let hint = "Rows cannot contain rows; make two groups";
                self.report_head(&extra.name, message, hint);
            }
        }
    }

    fn extra_names(&mut self, extras: &[ExtraField]) {
        let mut seen = BTreeSet::new();
        for extra in extras {
            let name = &extra.name;
            if !is_name(name) {
                let message = format!("A field cannot be named \"{name}\"");
                let hint = "Use up to 32 lowercase letters, digits and _";
                self.report_head(name, message, hint);
            } else if !seen.insert(name) {
                let message = format!("Two fields are named {name}");
                self.report_head(name, message, "Give each its own name");
            }
            if extra.kind == ExtraKind::Choice && extra.choices.is_empty() {
                let message = format!("{name} is a choice with nothing to choose");
                self.report_head(
                    name,
                    message,
                    "List what to choose from under choices: […]",
                );
            }
        }
    }

    fn outcomes(&mut self) {
        let head = self.head;
        for (key, outcomes) in
            [("outcomes", &head.outcomes), ("letter_outcomes", &head.letter_outcomes)]
        {
            let mut seen = BTreeSet::new();
            for outcome in outcomes {
                if !seen.insert(&outcome.key) {
                    let message =
                        format!("Two of the {key} have the key {}", outcome.key);
                    let hint = "Give each its own key; drafts save it";
                    self.report_head(&outcome.key, message, hint);
                }
            }
        }
    }

    /// What the items come to is one of three things, and each needs its word.
    fn letter_outcomes(&mut self) {
        let outcomes = &self.head.letter_outcomes;
        if outcomes.is_empty() {
            return;
        }
        for (denial, when) in [
            (Denial::Stands, "all denials stand"),
            (Denial::Falls, "all denials fall"),
            (Denial::Partly, "some of them stand"),
        ] {
            if outcomes.iter().all(|outcome| outcome.denial != denial) {
                let message = format!("No letter outcome covers the case that {when}");
                let hint = format!("Add one with denial: {denial:?}");
                self.report_head("letter_outcomes", message, hint);
            }
        }
    }

    fn reviewers(&mut self) {
        let head = self.head;
        if let Some((field, _)) = &head.reviewers.when {
            self.must_exist("when", field);
        }
        let Count { least, most, .. } = head.reviewers;
        if let Some(most) = most
            && most < least
        {
            let message = format!(
                "This template asks for at least {least} reviewers and at most {most}"
            );
            self.report_head("reviewers", message, "Make least no larger than most");
        }
    }

    fn typefaces(&mut self) {
        let head = self.head;
        for typeface in head.typefaces() {
            if typeface != DEFAULT_FAMILY {
                let message = format!("There is no typeface {typeface}");
                let hint = format!(
                    "Letters are always set in {DEFAULT_FAMILY}; leave \
                    this out"
                );
                self.report_head(typeface, message, hint);
            }
        }
    }

    fn deadlines(&mut self) {
        let head = self.head;
        for deadline in &head.deadlines {
            self.must_be_a_date("A deadline", &deadline.from);
        }
        if let Some(appeal) = &head.appeal
            && let Some(from) = &appeal.from
        {
            self.must_be_a_date("The time to appeal", from);
        }
        for deadline in &head.deadlines {
            if let Some((field, _)) = &deadline.when {
                self.must_exist("when", field);
            }
        }
    }

    fn must_be_a_date(&mut self, what: &str, from: &str) {
        let dates = self.names.iter().filter(|field| field.kind == Kind::Date);
        let dates: Vec<&str> = dates.map(|field| &*field.pattern).collect();
        if dates.contains(&from) {
            return;
        }
        let hint = match nearest(from, dates) {
            Some(name) => format!("The nearest date is {name}"),
            None => "Name a field that holds a date".to_owned(),
        };
        let message = format!("{what} is counted from {from}, and there is no such date");
        self.report("T003", "unknown-name", from, message, hint);
    }

    fn signer(&mut self) {
        let Signer::Named(field) = &self.head.signer else { return };
        self.must_exist("signer", field);
        if field.contains("internal_name") {
            let message =
                "A reviewer's own name cannot sign: it is never printed".to_owned();
            let hint = "Name a field that the template defines under extra";
            self.report("T006", "not-for-letters", field, message, hint);
        }
    }

    fn reading(&mut self) {
        /// Names that a reading has besides those of fields.
        const OF_READINGS: [&str; 4] =
            ["items[].title", "documents[].dates", "number", "again"];
        match reading::parse(&self.head.reading) {
            Err(fault) => {
                let hint = "Every { needs its }, and every {each …} its {end}";
                self.report_head("reading", fault.message().into(), hint);
            }
            Ok(steps) => {
                for name in reading::fields(&steps) {
                    if !OF_READINGS.contains(&name) {
                        self.must_exist("reading", name);
                    }
                }
            }
        }
    }

    fn picture(&mut self, name: &str, picture: &OwnPicture) {
        let file = &picture.file;
        if file.contains(['/', '\\', ':']) || file.starts_with('.') {
            let message = format!("The {name} is not in the template's folder: {file}");
            let hint = "Put it next to the template and give its name without a folder";
            self.report_head(file, message, hint);
        }
        if picture.alt.trim().is_empty() {
            let message =
                format!("The {name} has no description for people who cannot see it");
            self.report_head(name, message, "Describe it under alt");
        }
        if !(0.1..=5.0).contains(&picture.height) {
            let message = format!("A {name} cannot be {} inches high", picture.height);
            self.report_head(name, message, "Give its height in inches, from 0.1 to 5");
        }
    }

    /// A problem that has no code of its own.
    fn report_head(&mut self, key: &str, message: String, hint: impl Into<String>) {
        self.report("T011", "head", key, message, hint);
    }

    /// The problem is placed where the head first has `key`.
    fn report(
        &mut self,
        code: &'static str,
        name: &'static str,
        key: &str,
        message: String,
        hint: impl Into<String>,
    ) {
        let anchor = self.place_of(key);
        self.problems
            .push(Diagnostic::error(code, name, message, hint.into(), anchor));
    }

    /// Where the head first has a key: as the name of something if it can, because the
    /// same word may be in a label before that.
    fn place_of(&self, key: &str) -> Anchor {
        let forms = [
            format!("name: \"{key}\""),
            format!("from: \"{key}\""),
            format!("key: \"{key}\""),
            key.to_owned(),
        ];
        for form in forms {
            for (number, line) in self.head_text.lines().enumerate() {
                if let Some(at) = line.find(&form) {
                    let column = line[..at].chars().count() + 1;
                    return Anchor::Template { line: number + 1, column };
                }
            }
        }
        Anchor::Template { line: 1, column: 1 }
    }
}

/// Whether an author may name a field so.
fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'))
        && ExtraName::from(name).is_ok()
}
