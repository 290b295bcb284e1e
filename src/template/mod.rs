//! How a kind of letter is worded: a text file with a RON head, a line `---`, and a body in Markdown with Jinja tags.

mod context;
mod fill;
mod filters;
mod head;
mod ledger;
mod lint;
mod markdown;

pub use head::{Head, Outcome};

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, UndefinedBehavior};

use crate::diagnostic::{Anchor, Diagnostic, Severity};
use crate::document::{Document, Sheet, Style};
use crate::letter::fields::{self, Field};
use crate::letter::{Decision, Denial, Letter};

/// Which of a letter's two copies is composed.
#[derive(Clone, std::marker::Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Copy {
    /// What recipients are sent.
    #[default]
    Served,
    /// What is published: nothing in it identifies a person.
    Public,
}

impl Copy {
    /// The copy's name, as the command line and templates say it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Served => "served",
            Self::Public => "public",
        }
    }
}

/// A letter kind, read and ready to be filled.
pub struct Template {
    head: Head,
    source: Arc<str>,
    styles: BTreeMap<String, Arc<Style>>,
    /// Every field that the wording may name.
    names: Vec<Field>,
    /// The fields that the form shows.
    fields: Vec<Field>,
    env: Environment<'static>,
}

/// The letter kinds that the program carries with it.
const BUILT_IN: &[&str] =
    &[include_str!("../../templates/imr-2014.letter"), include_str!("../../templates/imr-2017.letter")];

static TEMPLATES: LazyLock<Vec<Arc<Template>>> = LazyLock::new(|| {
    // A test reads each of them; one that could not be read would be left out.
    BUILT_IN.iter().filter_map(|source| Template::parse(source).ok()).map(Arc::new).collect()
});

/// Instructions that one letter may cost: the longest real letter costs under a thirtieth of it.
const FUEL: u64 = 2_000_000;

impl Template {
    /// The letter kinds that the program carries with it; the first is what a letter is begun as if nothing is said.
    #[must_use]
    pub fn all() -> &'static [Arc<Self>] {
        &TEMPLATES
    }

    /// The built-in letter kind of this id.
    #[must_use]
    pub fn built_in(id: &str) -> Option<&'static Arc<Self>> {
        TEMPLATES.iter().find(|template| template.id() == id)
    }

    /// Reads a template.
    ///
    /// # Errors
    /// Every problem that it has, with line and column.
    pub fn parse(source: &str) -> Result<Self, Vec<Diagnostic>> {
        let source = source.replace("\r\n", "\n");
        let (head_text, body) = source.split_once("\n---\n").ok_or_else(|| vec![no_line()])?;
        let head = Head::read(head_text).map_err(|error| vec![unreadable_head(&error)])?;
        let names = fields::fields(|_| true, &head.extra_fields());
        let (used, problems) = lint(&head, head_text, body, &names);
        if !problems.is_empty() {
            return Err(problems);
        }
        let env = environment(&head, body).map_err(|error| vec![unreadable_wording(&error)])?;
        let shown = |pattern: &str| used.contains(pattern) || head.asks_for(pattern);
        let fields = fields::fields(shown, &head.extra_fields());
        Ok(Self { styles: head.styles(), names, fields, env, source: source.into(), head })
    }

    #[must_use]
    pub fn id(&self) -> &str {
        &self.head.id
    }

    #[must_use]
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// The file's whole text.
    #[must_use]
    pub fn source(&self) -> &Arc<str> {
        &self.source
    }

    #[must_use]
    pub fn sheet(&self) -> Sheet {
        self.head.sheet()
    }

    /// The fields of this letter kind, in the order of the form.
    #[must_use]
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// The field of a pattern, if this letter kind has it.
    #[must_use]
    pub fn field(&self, pattern: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.pattern == pattern)
    }

    /// Whether a finished letter must have this field, or a row of this group, given by pattern or name.
    #[must_use]
    pub fn requires(&self, pattern: &str, letter: &Letter) -> bool {
        let named = |list: &[String]| list.iter().any(|required| required == pattern);
        named(&self.head.required) || (!letter.recipients.is_empty() && named(&self.head.required_when_served))
    }

    /// What a decision does to the denial; `None` while undecided.
    #[must_use]
    pub fn denial(&self, decision: &Decision) -> Option<Denial> {
        self.head.outcome(&decision.0).map(|outcome| outcome.denial)
    }

    /// The letter's content in reading order, and what was noticed on the way. A gap is a marked blank.
    #[must_use]
    pub fn fill(&self, letter: &Letter, copy: Copy) -> (Document, Vec<Diagnostic>) {
        fill::fill(self, letter, copy).unwrap_or_else(|error| (self.empty_document(), vec![stopped(&error)]))
    }

    /// The style of this name, or else `body`.
    pub(crate) fn style(&self, name: &str) -> Arc<Style> {
        fill::style(&self.styles, name)
    }

    fn empty_document(&self) -> Document {
        Document {
            title: self.head.title.clone(),
            language: self.head.language.clone(),
            date: jiff::civil::date(2000, 1, 1),
            header: Vec::new(),
            footer: Vec::new(),
            blocks: Vec::new(),
        }
    }
}

/// Reads header, footer and body; gives the fields that they name and their problems.
fn lint(head: &Head, head_text: &str, body: &str, names: &[Field]) -> (BTreeSet<String>, Vec<Diagnostic>) {
    let patterns: Vec<String> =
        names.iter().filter(|field| field.printable).map(|field| field.pattern.to_string()).collect();
    let styles: Vec<&str> = head.style_names().collect();
    let body_line = head_text.lines().count() + 2;
    let key_line = |key: &str| head_text.lines().position(|line| line.trim_start().starts_with(key)).unwrap_or(0) + 1;
    let parts = [(&*head.header, key_line("header:")), (&*head.footer, key_line("footer:")), (body, body_line)];
    let mut used = BTreeSet::new();
    let mut problems = head.problems(names, &key_line);
    for (part, line) in parts {
        let reading = lint::read(part, syntax(), &patterns, &styles);
        used.extend(reading.used);
        problems.extend(reading.problems.into_iter().map(|problem| problem.diagnostic(line)));
    }
    (used, problems)
}

/// A tag alone on its line leaves nothing behind.
fn syntax() -> SyntaxConfig {
    SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build().unwrap_or_default()
}

fn environment(head: &Head, body: &str) -> Result<Environment<'static>, minijinja::Error> {
    let mut env = Environment::new();
    env.set_syntax(syntax());
    env.set_fuel(Some(FUEL));
    // Not HTML: it makes captured template text safe, and values not. It is asked when a template is added.
    env.set_auto_escape_callback(|_| AutoEscape::Custom("letter".into()));
    // A letter without a reviewer yet is no error: what would be said of one is left out.
    env.set_undefined_behavior(UndefinedBehavior::Chainable);
    filters::close(&mut env);
    env.add_template_owned("header", head.header.clone())?;
    env.add_template_owned("footer", head.footer.clone())?;
    env.add_template_owned("body", body.to_owned())?;
    Ok(env)
}

fn problem(code: &'static str, name: &'static str, message: String, anchor: Anchor) -> Diagnostic {
    let hint = "templates/README.md tells how a letter kind is written".into();
    Diagnostic { severity: Severity::Error, code, name, message, hint, anchor }
}

fn no_line() -> Diagnostic {
    let message = "The template has no line --- between its head and its wording".into();
    problem("T001", "template-head", message, Anchor::Template { line: 1, column: 1 })
}

fn unreadable_head(error: &ron::error::SpannedError) -> Diagnostic {
    let anchor = Anchor::Template { line: error.span.start.line, column: error.span.start.col };
    problem("T001", "template-head", format!("The template's head cannot be read: {}", error.code), anchor)
}

fn unreadable_wording(error: &minijinja::Error) -> Diagnostic {
    let anchor = Anchor::Template { line: error.line().unwrap_or(1), column: 1 };
    problem("T002", "syntax", format!("The wording cannot be read: {error}"), anchor)
}

fn stopped(error: &minijinja::Error) -> Diagnostic {
    let anchor = Anchor::Template { line: error.line().unwrap_or(1), column: 1 };
    problem("T009", "stopped", format!("The template could not be filled to its end: {error}"), anchor)
}
