//! The command line: every command asks, composes and tells, and decides nothing about
//! letters by itself.
//!
//! Results go to standard output, everything that is said about them to standard error.

mod batch;
mod check;
mod compose;
mod draft;
mod gate;
mod import;
mod new;
mod print;
mod tables;
mod templates;
mod unlock;
mod usage;
mod verify;
mod words;

use std::borrow::Cow;
use std::ffi::OsString;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::crash::{self, Crash};
use crate::diagnostic::{Diagnostic, OverrideState, Severity};
use crate::{export, store, template};

/// How a command ended; a script can tell these apart. The highest of several is what
/// counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    Fine = 0,
    /// The letter, or the template, has errors.
    HasErrors = 1,
    WrongUsage = 2,
    MachineFailed = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Write medical-necessity determination letters
#[derive(Parser)]
#[command(name = "rationale", version, args_conflicts_with_subcommands = true)]
struct Arguments {
    /// The draft to open in the window
    draft: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Make finished files of drafts; a letter with errors is not composed
    Compose(Compose),
    /// Print the letters of drafts; a letter with errors is not printed
    Print(print::Print),
    /// Tell what is wrong with drafts
    Check(Check),
    /// Read finished letters into drafts
    Import(Import),
    /// Tell whether a PDF is what a draft gives
    Verify(Verify),
    /// Begin a draft
    New(New),
    /// Encrypt a draft's file with a passphrase
    Seal(Lock),
    /// Take the encryption off a draft's file
    Unseal(Lock),
    /// The letter kinds: list them, show one's text, or check a file
    TemplatesCommand {
        #[command(subcommand)]
        command: Option<TemplatesCommand>,
    },
    /// List the fields of a letter kind
    Fields {
        /// The letter kind's id; see `rationale templates`
        #[arg(long, value_name = "ID")]
        template: Option<String>,
    },
    /// List your own words, which are right wherever they stand, or add some
    Words {
        /// The words to add
        #[arg(value_name = "WORD")]
        words: Vec<String>,
    },
    /// List what letters are checked for, or tell more of one rule
    Rules {
        /// The rule's number, such as L020, or its name
        rule: Option<String>,
        /// Print all that is known of every rule, as a Markdown page
        #[arg(long, conflicts_with = "rule")]
        markdown: bool,
    },
}

#[derive(Args)]
struct Compose {
    /// The drafts; - reads one from standard input
    #[arg(required = true, value_name = "DRAFT")]
    drafts: Vec<PathBuf>,
    /// The file to write; - writes to standard output [default: beside the draft]
    #[arg(short, long, value_name = "FILE", conflicts_with = "out_dir")]
    output: Option<PathBuf>,
    /// The folder to write to
    #[arg(long, value_name = "DIR")]
    out_dir: Option<PathBuf>,
    /// The kind of file [default: by the ending of FILE, or else pdf]
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    format: Option<String>,
    /// The letter kind, in place of the draft's own
    #[arg(long, value_name = "ID")]
    template: Option<String>,
    /// The copy: what recipients are sent, or what is published
    #[arg(long, default_value = "served")]
    copy: CopyName,
    /// Read each PDF back before it is written; one that is not whole is not written
    #[arg(long)]
    verify: bool,
    /// Compose letters with errors too; every page of those says DRAFT
    #[arg(long)]
    unfinished: bool,
    /// Take note of the export in the draft: when, as what, and the SHA-256 of each file
    #[arg(long)]
    record: bool,
    #[command(flatten)]
    unlock: Unlock,
}

/// What opens encrypted drafts.
#[derive(Args)]
struct Unlock {
    /// A file whose first line is the passphrase of encrypted drafts; without it a single
    /// one is asked for at the terminal
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

#[derive(Args)]
struct Lock {
    /// The draft
    draft: PathBuf,
    #[command(flatten)]
    unlock: Unlock,
}

#[derive(Args)]
struct Check {
    /// The drafts, or folders of drafts; - reads one from standard input
    #[arg(required = true, value_name = "DRAFT|DIR")]
    drafts: Vec<PathBuf>,
    /// How problems are listed
    #[arg(long, default_value = "human")]
    format: Listing,
    /// The copy that is looked at: some rules hold for the public copy alone
    #[arg(long, default_value = "served")]
    copy: CopyName,
    #[command(flatten)]
    unlock: Unlock,
}

#[derive(Args)]
struct Import {
    /// The finished letters, as text, PDF or Word document; - reads one from standard
    /// input
    #[arg(required = true, value_name = "LETTER|DIR")]
    letters: Vec<PathBuf>,
    /// The draft to write; - writes to standard output [default: beside the letter]
    #[arg(short, long, value_name = "DRAFT", conflicts_with = "out_dir")]
    output: Option<PathBuf>,
    /// The folder to write the drafts to
    #[arg(long, value_name = "DIR")]
    out_dir: Option<PathBuf>,
}

#[derive(Args)]
struct Verify {
    /// The PDF
    letter: PathBuf,
    /// The draft that it is said to be made from
    draft: PathBuf,
    #[command(flatten)]
    unlock: Unlock,
}

#[derive(Args)]
struct New {
    /// The letter kind's id; see `rationale templates`
    #[arg(long, value_name = "ID")]
    template: Option<String>,
    /// The file to write; - writes to standard output
    #[arg(short, long, value_name = "DRAFT", default_value = "letter.ron")]
    output: PathBuf,
}

#[derive(Subcommand)]
enum TemplatesCommand {
    /// List the letter kinds
    List,
    /// Print a letter kind's text, to begin one's own from
    Show { id: String },
    /// Tell what is wrong with a template, what it uses, and how long its letters get
    Check {
        file: PathBuf,
        /// A folder to write the letters to that the template is tried with, as PDFs to
        /// look at
        #[arg(long, value_name = "DIR")]
        out_dir: Option<PathBuf>,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum CopyName {
    Served,
    Public,
}

impl From<CopyName> for template::LetterCopy {
    fn from(name: CopyName) -> Self {
        match name {
            CopyName::Served => Self::Served,
            CopyName::Public => Self::Public,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum Listing {
    Human,
    Json,
}

fn formats() -> clap::builder::PossibleValuesParser {
    export::FORMATS
        .iter()
        .map(|format| format.name)
        .collect::<Vec<_>>()
        .into()
}

/// What keeps a command from its work; what is wrong with a letter is no error but a
/// diagnostic.
#[derive(Debug, thiserror::Error)]
enum Error {
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error(transparent)]
    Import(#[from] crate::import::Error),
    #[error(transparent)]
    Export(#[from] export::Error),
    #[error(transparent)]
    Printing(#[from] crate::printing::Error),
    #[error("The tables that the program carries cannot be read")]
    Tables(#[from] crate::library::Error),
    #[error("The list cannot be put into JSON")]
    Json(#[from] serde_json::Error),
    #[error("Standard input cannot be read")]
    Input(#[source] io::Error),
    /// Nobody reads on: no failure, and nobody to tell.
    #[error("Standard output is closed")]
    Closed,
    #[error("Standard output does not take the result")]
    Output(#[source] io::Error),
    #[error("The PDF is not whole, so it was not written. {what}")]
    NotWhole { what: String },
    #[error("There is no rule {rule}")]
    NoRule { rule: String },
    #[error("There is no letter kind {id}")]
    NoTemplate { id: String },
    #[error("The draft does not say of which kind it is: {}", path.display())]
    NoTemplateForDraft { path: PathBuf },
    #[error("Several letters do not fit into one file")]
    OneFileForMany,
    #[error("Two drafts would be written to {}", path.display())]
    SameTarget { path: PathBuf },
    #[error("The file's name leads to the reviewer, who stays confidential: {}", path.display())]
    NamesReviewer { path: PathBuf },
    #[error("The letter would take the place of a draft: {}", path.display())]
    OverDraft { path: PathBuf },
    #[error("Standard input cannot take note of an export")]
    NothingToRecordIn,
    #[error("Something went wrong within Rationale")]
    Crash(Crash),
    #[error("Something went wrong within Rationale with {}", path.display())]
    CrashWith { path: PathBuf, crash: Crash },
    #[error("No kind of file ends like {}", path.display())]
    UnknownEnding { path: PathBuf },
    #[error("The terminal gives no passphrase")]
    Terminal(#[source] io::Error),
    #[error("There is no passphrase, and nobody at a terminal to ask for one")]
    NobodyToAsk,
    #[error("The first line of the file is no passphrase: {}", path.display())]
    NoPassphrase { path: PathBuf },
    #[error("The two passphrases are not the same")]
    NotTheSame,
    #[error("The passphrase is too short")]
    TooShort,
    #[error("This draft is encrypted already: {}", path.display())]
    SealedAlready { path: PathBuf },
    #[error("This draft is not encrypted: {}", path.display())]
    NotSealed { path: PathBuf },
    #[error("The draft is not written anew, because it holds what is not known here: {}", path.display())]
    PartlyUnderstood { path: PathBuf },
    #[error("Standard input is no file that can be encrypted")]
    NoFile,
}

impl Error {
    fn hint(&self) -> String {
        match self {
            Self::Store(error) => error.hint(),
            Self::Import(error) => error.hint().into(),
            Self::Export(error) => error.hint().into(),
            Self::Printing(error) => error.hint(),
            Self::Tables(_) | Self::Json(_) | Self::NotWhole { .. } => {
                "Report this: it is a mistake in Rationale".into()
            }
            Self::Crash(crash) | Self::CrashWith { crash, .. } => {
                format!(
                    "Report these lines, which hold nothing of a letter:\n{}",
                    crash.report().trim_end()
                )
            }
            Self::Input(_) => "Name a file instead of -".into(),
            Self::Closed | Self::Output(_) => "Write to a file with -o".into(),
            Self::NoTemplate { .. } => {
                "rationale templates lists the letter kinds".into()
            }
            Self::NoRule { .. } => "rationale rules lists the rules".into(),
            Self::NoTemplateForDraft { .. } => {
                "Put its id into the draft; rationale templates \
                lists them"
                    .into()
            }
            Self::OneFileForMany => "Name a folder with --out-dir".into(),
            Self::Terminal(_) | Self::NobodyToAsk => "Name a file whose first line it \
                is with --passphrase-file"
                .into(),
            Self::NoPassphrase { .. } => {
                "Write the passphrase into its first line".into()
            }
            Self::NotTheSame => "Type them again; nothing was written".into(),
            Self::TooShort => "Take at least 8 characters; 12 and more are better, such \
                as four words"
                .into(),
            Self::SealedAlready { .. } => {
                "Change its passphrase in the window, or take the encryption off first \
                    with rationale unseal"
                    .into()
            }
            Self::NotSealed { .. } => "Nothing to do; rationale seal encrypts it".into(),
            Self::PartlyUnderstood { .. } => {
                "Use the version of Rationale that wrote it".into()
            }
            Self::NoFile => "Name the draft's file".into(),
            Self::NamesReviewer { .. } => {
                "Give the letter's file another name with -o".into()
            }
            Self::SameTarget { .. } => {
                "Compose them one after the other, each with -o".into()
            }
            Self::OverDraft { .. } => "Give the letter another name with -o".into(),
            Self::NothingToRecordIn => {
                "Name the draft's file, or leave --record out".into()
            }
            Self::UnknownEnding { .. } => {
                let endings: Vec<String> = export::FORMATS
                    .iter()
                    .map(|row| format!(".{}", row.extension))
                    .collect();
                format!("Use one of {}, or say --format", endings.join(", "))
            }
        }
    }

    fn exit(&self) -> Exit {
        match self {
            Self::Closed => Exit::Fine,
            Self::Printing(error) => print::exit(error),
            Self::NoTemplate { .. }
            | Self::NoRule { .. }
            | Self::NoTemplateForDraft { .. }
            | Self::OneFileForMany
            | Self::SameTarget { .. }
            | Self::NamesReviewer { .. }
            | Self::OverDraft { .. }
            | Self::NothingToRecordIn
            | Self::Export(export::Error::SeveralPages { .. })
            | Self::UnknownEnding { .. }
            | Self::NobodyToAsk
            | Self::NoPassphrase { .. }
            | Self::NotTheSame
            | Self::TooShort
            | Self::SealedAlready { .. }
            | Self::NotSealed { .. }
            | Self::PartlyUnderstood { .. }
            | Self::NoFile => Exit::WrongUsage,
            Self::Store(_)
            | Self::Import(_)
            | Self::Export(_)
            | Self::Tables(_)
            | Self::NotWhole { .. }
            | Self::Json(_)
            | Self::Crash(_)
            | Self::CrashWith { .. }
            | Self::Input(_)
            | Self::Terminal(_)
            | Self::Output(_) => Exit::MachineFailed,
        }
    }
}

/// Does what the arguments say, or opens the window where they name no command.
pub fn run(
    arguments: impl IntoIterator<Item = OsString>,
    window: fn(Option<PathBuf>) -> ExitCode,
) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let arguments = match Arguments::try_parse_from(&arguments) {
        Ok(arguments) => arguments,
        Err(told) => return usage::tell_of(&told, &arguments).into(),
    };
    crash::watch(|place| tell(&format!("Something went wrong at {place}")));
    let Some(command) = arguments.command else { return window(arguments.draft) };
    let done = crash::catch("running a command", || command.run());
    let done = done.unwrap_or_else(|crash| Err(Error::Crash(crash)));
    done.unwrap_or_else(|error| {
        tell_error(&error);
        error.exit()
    })
    .into()
}

/// Says what to do where the program was built without its window.
pub fn no_window() -> ExitCode {
    tell("This Rationale was built without its window");
    hint(&as_called(
        "Compose the sample letter with: rationale compose examples/sample-letter.ron \
            -o sample-letter.pdf",
    ));
    Exit::WrongUsage.into()
}

/// Says why there is no window, where one was built and could not be opened.
pub fn window_failed(error: &dyn std::error::Error, advice: &str) -> ExitCode {
    tell(&error.to_string());
    hint(&as_called(advice));
    Exit::MachineFailed.into()
}

/// Advice with the program named as it was called, so that the command can be copied as
/// it stands.
fn as_called(advice: &str) -> String {
    let name = std::env::args_os()
        .next()
        .map_or("rationale".into(), |name| name.to_string_lossy().into_owned());
    advice.replace("rationale compose", &format!("{name} compose"))
}

impl Command {
    fn run(self) -> Result<Exit, Error> {
        match self {
            Self::Compose(arguments) => compose::run(&arguments),
            Self::Print(arguments) => print::run(&arguments),
            Self::Check(arguments) => check::run(&arguments),
            Self::Import(arguments) => import::run(&arguments),
            Self::Verify(arguments) => verify::run(&arguments),
            Self::Seal(arguments) => unlock::seal(&arguments),
            Self::Unseal(arguments) => unlock::unseal(&arguments),
            Self::New(arguments) => new::run(&arguments),
            Self::TemplatesCommand { command } => {
                templates::run(command.unwrap_or(TemplatesCommand::List))
            }
            Self::Fields { template } => tables::fields(template.as_deref()),
            Self::Words { words } => words::run(&words),
            Self::Rules { rule: Some(rule), .. } => tables::rule(&rule),
            Self::Rules { markdown: true, .. } => tables::rules_page(),
            Self::Rules { .. } => tables::rules(),
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a front end tells the checks what day it is"
)]
fn today() -> jiff::civil::Date {
    jiff::ZonedDateTime::now().date()
}

#[expect(
    clippy::disallowed_methods,
    reason = "a front end says when a letter was exported"
)]
fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}

/// Writes a result to standard output.
fn put(bytes: &[u8]) -> Result<(), Error> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)
        .and_then(|()| out.flush())
        .map_err(|error| match error.kind() {
            io::ErrorKind::BrokenPipe => Error::Closed,
            _ => Error::Output(error),
        })
}

/// Says something to the person. Where standard error is closed there is nobody to say it
/// to.
fn tell(line: &str) {
    let _closed = writeln!(io::stderr(), "{}", harmless(line));
}

/// A line for a terminal: characters that would move its caret, change its colours or
/// turn its words around are spelt, for names of files can hold them.
fn harmless(line: &str) -> Cow<'_, str> {
    let is_harmful = |c: char| {
        (c.is_control() && !matches!(c, '\n' | '\t'))
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if !line.contains(is_harmful) {
        return line.into();
    }
    line.chars()
        .map(
            |c| {
                if is_harmful(c) { c.escape_unicode().to_string() } else { c.to_string() }
            },
        )
        .collect()
}

fn hint(line: &str) {
    if !line.is_empty() {
        tell(&format!("    {line}"));
    }
}

fn tell_error(error: &Error) {
    if !matches!(error, Error::Closed) {
        tell(&error.to_string());
        hint(&error.hint());
    }
}

/// A problem as people read it: `FILE: error L001 missing: Item 2 has no rationale yet`,
/// its hint in a line of its own.
fn problem_lines(file: &str, problem: &Diagnostic) -> String {
    let Diagnostic { severity, code, name, message, hint, .. } = problem;
    if let OverrideState::Overridden(reason) = &problem.override_state {
        let reason = if reason.is_empty() { "no reason given" } else { reason };
        return format!(
            "{file}: overridden {code} {name}: {message}\n    Reason: {reason}\n"
        );
    }
    let hint = if hint.is_empty() { String::new() } else { format!("    {hint}\n") };
    format!("{file}: {} {code} {name}: {message}\n{hint}", severity_name(*severity))
}

fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// "1 error", "2 errors".
fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}
