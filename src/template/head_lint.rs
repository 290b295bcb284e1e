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
    let mut reader = Reader { head, head_text, names, problems: Vec::new() };
    reader.asked_for();
    reader.extras();
    reader.outcomes();
    reader.letter_outcomes();
    reader.reviewers();
    reader.typefaces();
    reader.deadlines();
    reader.signer();
    head.pictures()
        .for_each(|(name, picture)| reader.picture(name, picture));
    reader.reading();
    reader.problems
}

struct Reader<'a> {
    head: &'a Head,
    head_text: &'a str,
    names: &'a [Field],
    problems: Vec<Diagnostic>,
}

impl Reader<'_> {
    /// Fields and groups that the head speaks of and that do not exist.
    fn asked_for(&mut self) {
        let head = self.head;
        let lists = [
            ("required", &head.required),
            ("required_when_served", &head.required_when_served),
            ("form", &head.form),
        ];
        for (key, list) in lists {
            list.iter().for_each(|asked| self.must_exist(key, asked));
        }
        head.labels.keys().for_each(|asked| self.must_exist("labels", asked));
        head.helps.keys().for_each(|asked| self.must_exist("helps", asked));
    }

    fn must_exist(&mut self, key: &str, asked: &str) {
        let is_group =
            GROUPS.contains(&asked) || self.group_names().any(|name| name == asked);
        if is_group || self.names.iter().any(|field| field.pattern == asked) {
            return;
        }
        let names = self.names.iter().map(|field| &*field.pattern);
        let hint = nearest(asked, names).map_or_else(
            || "rationale fields lists every name".to_owned(),
            |name| format!("The nearest name is {name}"),
        );
        self.tell(
            "T003",
            "unknown-name",
            asked,
            format!("{key} asks for {asked}, and there is no such field"),
            hint,
        );
    }

    fn group_names(&self) -> impl Iterator<Item = String> {
        let extras = self.head.extra_fields().into_iter();
        extras
            .filter(|extra| matches!(extra.kind, ExtraKind::Rows(_)))
            .map(|extra| format!("extra.{}", extra.name))
    }

    fn extras(&mut self) {
        let extras = self.head.extra_fields();
        self.extra_names(&extras);
        for extra in &extras {
            let ExtraKind::Rows(fields) = &extra.kind else { continue };
            self.extra_names(fields);
            if fields.is_empty() {
                let message = format!("The rows of {} have no fields", extra.name);
                self.tell(
                    "T011",
                    "head",
                    &extra.name,
                    message,
                    "Name them under fields: [(name: …, label: …)]",
                );
            }
            if fields.iter().any(|field| matches!(field.kind, ExtraKind::Rows(_))) {
                let message =
                    format!("The rows of {} have rows of their own", extra.name);
                self.tell(
                    "T011",
                    "head",
                    &extra.name,
                    message,
                    "Rows lie one deep: make them two groups",
                );
            }
        }
    }

    fn extra_names(&mut self, extras: &[ExtraField]) {
        let mut seen = BTreeSet::new();
        for extra in extras {
            let name = &extra.name;
            let letters = name.bytes().all(|byte| {
                byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_'
            });
            if name.is_empty() || !letters || ExtraName::from(name).is_err() {
                let message = format!("A field cannot be named \"{name}\"");
                self.tell(
                    "T011",
                    "head",
                    name,
                    message,
                    "Use at most 32 small letters, digits and _",
                );
            } else if !seen.insert(name) {
                let message = format!("Two fields are named {name}");
                self.tell("T011", "head", name, message, "Give each a name of its own");
            }
            if extra.kind == ExtraKind::One(Kind::Choice) && extra.choices.is_empty() {
                let message = format!("{name} is a choice and offers nothing");
                self.tell(
                    "T011",
                    "head",
                    name,
                    message,
                    "Name what is offered under choices: […]",
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
            for outcome in outcomes.iter().filter(|outcome| !seen.insert(&outcome.key)) {
                let message = format!("Two of the {key} have the key {}", outcome.key);
                self.tell(
                    "T011",
                    "head",
                    &outcome.key,
                    message,
                    "Give each a key of its own: drafts keep it",
                );
            }
        }
    }

    /// What the items come to is one of three things, and each needs its word.
    fn letter_outcomes(&mut self) {
        let outcomes = &self.head.letter_outcomes;
        for (denial, when) in [
            (Denial::Stands, "all denials stand"),
            (Denial::Falls, "all denials fall"),
            (Denial::Partly, "some of them stand"),
        ] {
            if !outcomes.is_empty()
                && outcomes.iter().all(|outcome| outcome.denial != denial)
            {
                let message = format!("No letter outcome says that {when}");
                let hint = format!("Add one with denial: {denial:?}");
                self.tell("T011", "head", "letter_outcomes", message, hint);
            }
        }
    }

    fn reviewers(&mut self) {
        let Count { least, most } = self.head.reviewers;
        if let Some(most) = most.filter(|most| *most < least) {
            let message = format!(
                "A letter of this kind would have at least {least} reviewers and at most {most}"
            );
            self.tell(
                "T011",
                "head",
                "reviewers",
                message,
                "Let least be no more than most",
            );
        }
    }

    fn typefaces(&mut self) {
        for typeface in self
            .head
            .typefaces()
            .filter(|typeface| *typeface != DEFAULT_FAMILY)
            .collect::<Vec<_>>()
        {
            let message = format!("There is no typeface {typeface}");
            self.tell(
                "T011",
                "head",
                typeface,
                message,
                format!("Letters are set in {DEFAULT_FAMILY}: leave it out"),
            );
        }
    }

    fn deadlines(&mut self) {
        self.head
            .deadlines
            .iter()
            .for_each(|deadline| self.must_be_a_date("A deadline", &deadline.from));
        let appeal = self.head.appeal.as_ref().and_then(|appeal| appeal.from.as_deref());
        appeal
            .into_iter()
            .for_each(|from| self.must_be_a_date("The time to appeal", from));
        let conditions = self
            .head
            .deadlines
            .iter()
            .filter_map(|deadline| deadline.when.as_ref());
        conditions.for_each(|(field, _)| self.must_exist("when", field));
    }

    fn must_be_a_date(&mut self, what: &str, from: &str) {
        let is_date = |field: &Field| field.pattern == from && field.kind == Kind::Date;
        if self.names.iter().any(is_date) {
            return;
        }
        let dates = self
            .names
            .iter()
            .filter(|field| field.kind == Kind::Date)
            .map(|field| &*field.pattern);
        let hint = nearest(from, dates).map_or_else(
            || "Name a field that holds a date".to_owned(),
            |name| format!("The nearest date is {name}"),
        );
        let message = format!("{what} counts from {from}, and there is no such date");
        self.tell("T003", "unknown-name", from, message, hint);
    }

    fn signer(&mut self) {
        if let Signer::Named(field) = &self.head.signer {
            self.must_exist("signer", field);
            if field.contains("internal_name") {
                let message =
                    "A reviewer's own name cannot sign: it is never printed".to_owned();
                self.tell(
                    "T006",
                    "not-for-letters",
                    field,
                    message,
                    "Name a field of the template's own under extra",
                );
            }
        }
    }

    fn reading(&mut self) {
        match reading::parse(&self.head.reading) {
            Err(fault) => {
                let hint = "Each { has its }, and each {each …} its {end}";
                self.tell("T011", "head", "reading", fault.message().into(), hint);
            }
            Ok(steps) => {
                let made_of_several = |name: &str| {
                    ["items[].title", "documents[].dates", "number", "again"]
                        .contains(&name)
                };
                let names: Vec<&str> = reading::fields(&steps)
                    .into_iter()
                    .filter(|name| !made_of_several(name))
                    .collect();
                names.into_iter().for_each(|name| self.must_exist("reading", name));
            }
        }
    }

    fn picture(&mut self, name: &str, picture: &OwnPicture) {
        if picture.file.contains(['/', '\\', ':']) || picture.file.starts_with('.') {
            let message = format!(
                "The {name} is not in the template's own folder: {}",
                picture.file
            );
            self.tell(
                "T011",
                "head",
                &picture.file,
                message,
                "Lay it beside the template and give its plain name",
            );
        }
        if picture.alt.trim().is_empty() {
            let message = format!("The {name} says nothing to those who cannot see it");
            self.tell("T011", "head", name, message, "Write what it shows under alt");
        }
        if !(0.1..=5.0).contains(&picture.height) {
            let message = format!("A {name} cannot be {} inches high", picture.height);
            self.tell(
                "T011",
                "head",
                name,
                message,
                "Give its height in inches, from 0.1 to 5",
            );
        }
    }

    /// The place is where the head first says `said`.
    fn tell(
        &mut self,
        code: &'static str,
        name: &'static str,
        said: &str,
        message: String,
        hint: impl Into<String>,
    ) {
        let forms = [
            format!("name: \"{said}\""),
            format!("from: \"{said}\""),
            format!("key: \"{said}\""),
            said.to_owned(),
        ];
        let find = |form: &String| {
            self.head_text.lines().enumerate().find_map(|(number, line)| {
                Some((number, line.find(form.as_str())?, line))
            })
        };
        let found = forms.iter().find_map(find);
        let (line, column) = found.map_or((1, 1), |(number, at, line)| {
            (number + 1, line[..at].chars().count() + 1)
        });
        let anchor = Anchor::Template { line, column };
        self.problems
            .push(Diagnostic::error(code, name, message, hint.into(), anchor));
    }
}
