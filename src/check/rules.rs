//! The table of rules: what each is called, how much it weighs, and what it is for.

use std::sync::LazyLock;

use super::{
    Findings, Input, amounts, chapters, characters, citations, completeness, conclusions,
    confusables, dates, decisions, editions, injury_history, language, names,
    other_subjects, person, placeholders, privacy, prose_dates, rationales, records,
    repeated_items, requests, reviewer_names, reviewers, roles, specialties, spelling,
    terms, title_forms, titles,
};
use crate::diagnostic::Severity;
use crate::letter::fields::Field;
use crate::template::{Family, Template};

/// One thing that is looked at in every letter.
pub struct Rule {
    /// Such as `L001`; never given to another rule.
    pub id: &'static str,
    /// Its short name, such as `missing`.
    pub name: &'static str,
    pub severity: Severity,
    pub family: Family,
    /// What a letter that keeps the rule is like, in a sentence.
    pub summary: &'static str,
    /// Why the rule is there, what it looks at, and what it leaves alone.
    pub help: &'static str,
    /// The texts that it reads; nothing for a rule about dates, choices and rows.
    pub reads: &'static [Reads],
    /// Whether findings can be overridden.
    pub overriding: Overriding,
    /// Which copies an error keeps from being issued; it is a warning for the others.
    pub blocks: Blocks,
    pub(super) find: Find,
}

/// Looks at a letter, and pushes what it finds wrong with it.
pub(super) type Find = fn(&Input<'_>, &mut Findings);

/// Texts that are alike to the rules, whatever template they are in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reads {
    /// Whatever the letter can print.
    Printed,
    /// What is written in a language, and no name, number or address.
    Sentences,
    /// What is about the case, of a line or more.
    Case,
    /// The same, written in sentences.
    CaseProse,
    /// Everything that is written in sentences.
    Prose,
    /// What is written of an item in sentences.
    ItemProse,
    /// What gives the reasons of a decision.
    Reasons,
    /// What tells what happened.
    History,
    /// What was asked for.
    Titles,
    /// Lines that cite guidelines.
    Guidelines,
}

impl Rule {
    /// Whether it reads a field of a template.
    pub fn reads(&self, template: &Template, field: &Field) -> bool {
        self.reads.iter().any(|reads| roles::is_read(*reads, template, field))
    }
}

/// Whether a rule's findings can be overridden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overriding {
    Never,
    /// An error for a written reason, a warning or a note also without.
    Allowed,
}

/// The copies that a rule's errors keep from being issued.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blocks {
    Every,
    Public,
}

impl Rule {
    /// What most rules have in common, for the end of their rows.
    pub(super) const DEFAULT: Self = Self {
        id: "",
        name: "",
        severity: Severity::Error,
        family: Family::Completeness,
        summary: "",
        help: "",
        reads: &[],
        overriding: Overriding::Allowed,
        blocks: Blocks::Every,
        find: |_, _| (),
    };
}

/// Every rule, by its number. The rows are beside their functions, in the files that are
/// joined here.
pub static RULES: LazyLock<Vec<&'static Rule>> = LazyLock::new(|| {
    let families = [
        amounts::RULES,
        chapters::RULES,
        characters::RULES,
        citations::RULES,
        completeness::RULES,
        conclusions::RULES,
        confusables::RULES,
        dates::RULES,
        decisions::RULES,
        editions::RULES,
        injury_history::RULES,
        language::RULES,
        names::RULES,
        other_subjects::RULES,
        person::RULES,
        placeholders::RULES,
        privacy::RULES,
        prose_dates::RULES,
        rationales::RULES,
        records::RULES,
        repeated_items::RULES,
        requests::RULES,
        reviewer_names::RULES,
        reviewers::RULES,
        specialties::RULES,
        spelling::RULES,
        terms::RULES,
        title_forms::RULES,
        titles::RULES,
    ];
    let mut rules: Vec<&Rule> = families.into_iter().flatten().collect();
    rules.sort_by_key(|rule| rule.id);
    rules
});
