//! Templates, which say how letters are worded: a text file with a RON head, a line
//! `---`, and a body in Markdown with Jinja tags.

mod context;
mod deadline;
mod facts;
mod fill;
mod filters;
mod head;
mod head_lint;
mod ledger;
mod lint;
mod markdown;
pub mod picture;
mod places;
pub mod reading;
mod tags;
mod templates;
pub mod trial;
mod withheld;

pub use head::{Appeal, Deadline, Family, Head, Items, Outcome, OwnPicture, Signer};
pub use templates::{Broken, OwnTemplate, Templates};

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock, OnceLock};

use jiff::civil::Date;
use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, UndefinedBehavior};

use self::reading::ReadingStep;
use self::tags::keep_line_ends;
use crate::diagnostic::{self, Anchor, Diagnostic};
use crate::document::{Document, Picture, Sheet, Style};
use crate::letter::fields::{self, Field};
use crate::letter::{Decision, Denial, Letter};

/// Which of a letter's two copies is composed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum LetterCopy {
    /// What recipients are sent.
    #[default]
    Served,
    /// What is published: nothing in it identifies a person.
    Public,
}

impl LetterCopy {
    /// The copy's name, as the command line and templates say it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Served => "served",
            Self::Public => "public",
        }
    }
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    pub copy: LetterCopy,
    /// The day on which it is asked; checks alone look at it.
    pub today: Date,
}

/// A template, read and ready to be filled.
pub struct Template {
    head: Head,
    source: Arc<str>,
    styles: BTreeMap<String, Arc<Style>>,
    /// Every field that the wording may name.
    names: Vec<Field>,
    /// The fields that the form shows.
    fields: Vec<Field>,
    /// The patterns of the fields that the wording names.
    used: BTreeSet<String>,
    /// How a finished letter is read back.
    reading: Vec<ReadingStep>,
    /// The pictures that the head names, where they were found.
    pictures: Pictures,
    env: Environment<'static>,
}

/// Pictures by the names that a wording has for them, such as `logo`.
pub type Pictures = BTreeMap<&'static str, Arc<Picture>>;

/// The templates that the program carries with it, by their ids.
const BUILT_IN: [(&str, &str); 7] = [
    ("imr-2014", include_str!("../../templates/imr-2014.letter")),
    ("imr-2017", include_str!("../../templates/imr-2017.letter")),
    ("imr-2013", include_str!("../../templates/imr-2013.letter")),
    ("ca-dmhc", include_str!("../../templates/ca-dmhc.letter")),
    ("ny-external-appeal", include_str!("../../templates/ny-external-appeal.letter")),
    ("texas-iro", include_str!("../../templates/texas-iro.letter")),
    ("ur-denial", include_str!("../../templates/ur-denial.letter")),
];

/// Each as it was read when it was first asked for: a command mostly needs one. A test
/// reads them all; one that could not be read would be left out.
static READ: [OnceLock<Option<Arc<Template>>>; BUILT_IN.len()] =
    [const { OnceLock::new() }; BUILT_IN.len()];

static TEMPLATES: LazyLock<Vec<Arc<Template>>> = LazyLock::new(|| {
    let ids = BUILT_IN.iter().map(|(id, _)| *id);
    ids.filter_map(Template::built_in).cloned().collect()
});

/// The longest template, in bytes: thirty times the longest built-in one.
const LONGEST_SOURCE: usize = 256 * 1024;

/// What one letter may cost, as minijinja counts instructions and bytes: the longest real
/// letter costs under a thirtieth of it.
const FUEL: u64 = 2_000_000;

impl Template {
    /// The templates that the program carries with it; a letter is begun with the first
    /// where none is named.
    pub fn all() -> &'static [Arc<Self>] {
        &TEMPLATES
    }

    /// The built-in template of this id.
    pub fn built_in(id: &str) -> Option<&'static Arc<Self>> {
        let place = BUILT_IN.iter().position(|(known, _)| *known == id)?;
        let (_, source) = BUILT_IN[place];
        READ[place]
            .get_or_init(|| Self::parse(source).ok().map(Arc::new))
            .as_ref()
    }

    /// Reads a template.
    ///
    /// # Errors
    /// Every problem that it has, with line and column.
    pub fn parse(source: &str) -> Result<Self, Vec<Diagnostic>> {
        if source.len() > LONGEST_SOURCE {
            return Err(vec![too_long()]);
        }
        let source = source.replace("\r\n", "\n");
        let Some((head_text, body)) = source.split_once("\n---\n") else {
            return Err(vec![missing_line()]);
        };
        let head = Head::read(head_text)
            .map_err(|error| without_head(&error, head_text, body))?;
        let names = fields::fields(|_| true, &head.extra);
        let (used, problems) = lint(&head, head_text, body, &names);
        if !problems.is_empty() {
            return Err(problems);
        }
        let env =
            environment(&head, body).map_err(|error| vec![unreadable_wording(&error)])?;
        let reading = reading::parse(&head.reading).unwrap_or_default();
        Ok(Self {
            styles: head.styles(),
            fields: shown_fields(&head, &used),
            names,
            env,
            used,
            reading,
            pictures: Pictures::new(),
            source: source.into(),
            head,
        })
    }

    /// The same template with its pictures, which lie beside its file.
    pub fn with_pictures(self, pictures: Pictures) -> Self {
        Self { pictures, ..self }
    }

    pub fn id(&self) -> &str {
        &self.head.id
    }

    /// What people call it where there is little room.
    pub fn short_name(&self) -> &str {
        if self.head.short.is_empty() { &self.head.name } else { &self.head.short }
    }

    pub fn head(&self) -> &Head {
        &self.head
    }

    /// The file's whole text.
    pub fn source(&self) -> &Arc<str> {
        &self.source
    }

    pub fn sheet(&self) -> Sheet {
        self.head.sheet()
    }

    /// The fields of this template, in the order of the form.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// The field of a pattern, if the form of this template shows it.
    pub fn field(&self, pattern: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.pattern == pattern)
    }

    /// Whether a finished letter must have this field, or a row of this group, given by
    /// pattern or name.
    pub fn requires(&self, pattern: &str, letter: &Letter) -> bool {
        let Head { required, required_when_served, signer, .. } = &self.head;
        let signs = matches!(signer, Signer::Named(field) if field == pattern);
        let is_served = !letter.recipients.is_empty();
        signs
            || required.iter().any(|name| name == pattern)
            || (is_served && required_when_served.iter().any(|name| name == pattern))
    }

    /// What a decision does to the denial; `None` while undecided.
    pub fn denial(&self, decision: &Decision) -> Option<Denial> {
        self.head.denial(&decision.0)
    }

    /// The last day on which the letter can be decided in time; `None` while the day is
    /// not known that it is counted from, or where the template has no deadline.
    pub fn due(&self, letter: &Letter) -> Option<Date> {
        deadline::due(self, letter)
    }

    /// How many reviewers a finished letter has at least.
    pub fn least_reviewers(&self, letter: &Letter) -> usize {
        let count = &self.head.reviewers;
        match &count.when {
            Some((field, wanted)) if !deadline::says(self, letter, field, wanted) => {
                count.least.min(1)
            }
            _ => count.least,
        }
    }

    /// The last day on which a letter served on this one can be appealed; `None` where
    /// the template does not say.
    pub fn appeal(&self, served: Date) -> Option<Date> {
        Some(deadline::appeal(self.head.appeal.as_ref()?, served))
    }

    /// The day of mailing that the letter prints, from which the time to appeal runs.
    pub fn mailed(&self, letter: &Letter) -> Option<Date> {
        deadline::date(self, letter, self.head.appeal.as_ref()?.from.as_deref()?)
    }

    /// The letter's content in reading order, and what was noticed on the way. A gap is a
    /// marked gap.
    pub fn fill(&self, letter: &Letter, copy: LetterCopy) -> (Document, Vec<Diagnostic>) {
        match fill::fill(self, letter, copy) {
            Ok(filled) => filled,
            Err(error) => self.stand_in(letter, copy, &error),
        }
    }

    /// The letter in the wording of a built-in template, because this one's stopped:
    /// nobody is kept from the text.
    fn stand_in(
        &self,
        letter: &Letter,
        copy: LetterCopy,
        error: &minijinja::Error,
    ) -> (Document, Vec<Diagnostic>) {
        let built_in = Self::built_in(self.id()).or(Self::all().first());
        let filled = built_in.map(|built_in| fill::fill(built_in, letter, copy));
        let (document, mut noticed) = match filled {
            Some(Ok(filled)) => filled,
            Some(Err(_)) | None => (self.empty_document(), Vec::new()),
        };
        // Header and footer count their own lines.
        let above = match self.source.split_once("\n---\n") {
            Some((head, _)) if error.name() == Some("body") => body_line(head) - 1,
            Some(_) | None => 0,
        };
        noticed.push(stop_diagnostic(
            error,
            above,
            built_in.map(|built_in| built_in.id()),
        ));
        (document, noticed)
    }

    /// How a finished letter is read back; `None` where it is not.
    pub fn reading(&self) -> Option<&[ReadingStep]> {
        if self.reading.is_empty() { None } else { Some(&self.reading) }
    }

    /// The field of a pattern, whether the form shows it or not.
    pub fn nameable_field(&self, pattern: &str) -> Option<&Field> {
        self.names.iter().find(|field| field.pattern == pattern)
    }

    /// The names of every filter and function that templates have.
    pub fn filters() -> impl Iterator<Item = &'static str> {
        [filters::OWN_FILTERS, filters::PLAIN_FILTERS, filters::FUNCTIONS]
            .concat()
            .into_iter()
    }

    /// The patterns of all fields that the wording could name.
    pub fn nameable(&self) -> impl Iterator<Item = &str> {
        self.names
            .iter()
            .filter(|field| field.printable)
            .map(|field| &*field.pattern)
    }

    /// The patterns of the fields that the wording names.
    pub fn used(&self) -> &BTreeSet<String> {
        &self.used
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
            facts: Vec::new(),
        }
    }
}

/// The fields that the form shows, in the words that the head has for them.
fn shown_fields(head: &Head, used: &BTreeSet<String>) -> Vec<Field> {
    let is_shown = |pattern: &str| {
        // A letter that corrects another is asked why, whether its template prints it or
        // not.
        let corrects = pattern.starts_with("correction.");
        // An age is worked out from the birth date, which no template can name.
        let pattern = match pattern {
            "claimant.birth_date" => "claimant.age",
            other => other,
        };
        used.contains(pattern) || head.asks_for(pattern) || corrects
    };
    let mut fields = fields::fields(is_shown, &head.extra);
    for field in &mut fields {
        if let Some(label) = head.labels.get(&*field.pattern) {
            field.label = label.clone().into();
        }
        if let Some(help) = head.helps.get(&*field.pattern) {
            field.help = help.clone().into();
        }
    }
    fields
}

/// Reads header, footer and body; gives the fields that they name and every problem of
/// head and wording.
fn lint(
    head: &Head,
    head_text: &str,
    body: &str,
    names: &[Field],
) -> (BTreeSet<String>, Vec<Diagnostic>) {
    let patterns = printable(names);
    let styles: Vec<&str> = head.style_names().collect();
    let known = lint::Nameable { patterns: &patterns, styles: Some(&styles) };
    let parts = [
        (&*head.header, key_line(head_text, "header:")),
        (&*head.footer, key_line(head_text, "footer:")),
        (body, body_line(head_text)),
    ];
    let mut used = BTreeSet::new();
    let mut problems = head_lint::problems(head, head_text, names);
    for (part, line) in parts {
        let reading = lint::read(part, syntax(), &known);
        used.extend(reading.used);
        problems
            .extend(reading.problems.into_iter().map(|problem| problem.diagnostic(line)));
    }
    (used, problems)
}

/// The line of the head on which a key is given.
fn key_line(head_text: &str, key: &str) -> usize {
    let place = head_text.lines().position(|line| line.trim_start().starts_with(key));
    place.unwrap_or(0) + 1
}

/// A head that cannot be read is no reason to keep quiet about the wording.
fn without_head(
    error: &ron::error::SpannedError,
    head_text: &str,
    body: &str,
) -> Vec<Diagnostic> {
    let patterns = printable(&fields::fields(|_| true, &[]));
    let reading =
        lint::read(body, syntax(), &lint::Nameable { patterns: &patterns, styles: None });
    let line = body_line(head_text);
    let mut problems = vec![unreadable_head(error)];
    problems.extend(reading.problems.into_iter().map(|problem| problem.diagnostic(line)));
    problems
}

fn printable(fields: &[Field]) -> Vec<String> {
    fields
        .iter()
        .filter(|field| field.printable)
        .map(|field| field.pattern.to_string())
        .collect()
}

/// The line of the file on which the wording begins.
fn body_line(head_text: &str) -> usize {
    head_text.lines().count() + 2
}

/// A tag alone on its line leaves no trace.
fn syntax() -> SyntaxConfig {
    SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .build()
        .unwrap_or_default()
}

fn environment(
    head: &Head,
    body: &str,
) -> Result<Environment<'static>, minijinja::Error> {
    let mut env = Environment::new();
    env.set_syntax(syntax());
    env.set_fuel(Some(FUEL));
    // Not HTML: it makes captured template text safe, and values not. It is asked when a
    // template is added.
    env.set_auto_escape_callback(|_| AutoEscape::Custom("letter".into()));
    // A letter without a reviewer yet is no error: what would be said of one is left out.
    env.set_undefined_behavior(UndefinedBehavior::Chainable);
    filters::restrict(&mut env);
    env.add_template_owned("header", keep_line_ends(&head.header))?;
    env.add_template_owned("footer", keep_line_ends(&head.footer))?;
    env.add_template_owned("body", keep_line_ends(body))?;
    Ok(env)
}

fn problem(
    code: &'static str,
    name: &'static str,
    message: String,
    anchor: Anchor,
) -> Diagnostic {
    let hint = "templates/README.md explains how to write a template".into();
    Diagnostic::error(code, name, message, hint, anchor)
}

fn too_long() -> Diagnostic {
    let message = format!("The template is longer than {} KB", LONGEST_SOURCE / 1024);
    problem("T001", "template-head", message, Anchor::Template { line: 1, column: 1 })
}

fn missing_line() -> Diagnostic {
    let message = "The template has no line --- between its head and its wording".into();
    problem("T001", "template-head", message, Anchor::Template { line: 1, column: 1 })
}

fn unreadable_head(error: &ron::error::SpannedError) -> Diagnostic {
    let anchor =
        Anchor::Template { line: error.span.start.line, column: error.span.start.col };
    problem(
        "T001",
        "template-head",
        format!(
            "The template's head could not be read: {}",
            diagnostic::reason(&error.code)
        ),
        anchor,
    )
}

fn unreadable_wording(error: &minijinja::Error) -> Diagnostic {
    let anchor = Anchor::Template { line: error.line().unwrap_or(1), column: 1 };
    problem("T002", "syntax", format!("The wording could not be read: {error}"), anchor)
}

/// `above` is how many lines of the file come before the wording.
fn stop_diagnostic(
    error: &minijinja::Error,
    above: usize,
    built_in: Option<&str>,
) -> Diagnostic {
    let why = match error.kind() {
        minijinja::ErrorKind::OutOfFuel => "it never ends",
        _ => error.detail().unwrap_or("it asks for something that no letter has"),
    };
    let stand_in = match built_in {
        Some(id) => format!("; the letter is shown with {id} instead"),
        None => String::new(),
    };
    let message = format!(
        "The template stopped at line {}: {why}{stand_in}",
        error.line().unwrap_or(1) + above
    );
    problem("T009", "stopped", message, Anchor::Letter)
}
