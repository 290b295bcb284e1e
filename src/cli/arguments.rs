//! The arguments of every command, as `rationale --help` explains them.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::export;
use crate::printing::{PAPERS, Sides};
use crate::template::LetterCopy;

/// Write medical-necessity determination letters
#[derive(Parser)]
#[command(name = "rationale", version, args_conflicts_with_subcommands = true)]
pub(super) struct Arguments {
    /// The draft to open in the window
    pub draft: Option<PathBuf>,
    #[command(subcommand)]
    pub command: Option<CliCommand>,
}

#[derive(Subcommand)]
pub(super) enum CliCommand {
    /// Export the letters of drafts; letters with errors are skipped
    Compose(Compose),
    /// Print the letters of drafts; letters with errors are skipped
    Print(Print),
    /// List the problems in drafts
    Check(Check),
    /// Turn finished letters into drafts
    Import(Import),
    /// Check whether a PDF matches its draft
    Verify(Verify),
    /// Start a draft
    New(New),
    /// Encrypt a draft with a passphrase
    Seal(LockArguments),
    /// Remove a draft's encryption
    Unseal(LockArguments),
    /// List templates, show one, or check a template file
    Templates {
        #[command(subcommand)]
        command: Option<TemplatesCommand>,
    },
    /// List the fields of a template
    Fields {
        /// The template's id; see `rationale templates`
        #[arg(long, value_name = "ID")]
        template: Option<String>,
    },
    /// List the words in your own spelling list, or add some
    Words {
        /// The words to add
        #[arg(value_name = "WORD")]
        words: Vec<String>,
    },
    /// List the rules that letters are checked against, or explain one
    Rules {
        /// The rule's number, such as L020, or its name
        rule: Option<String>,
        /// Explain every rule, as a Markdown page
        #[arg(long, conflicts_with = "rule")]
        markdown: bool,
    },
}

#[derive(Args)]
pub(super) struct Compose {
    /// Drafts or folders of drafts; - reads one from standard input
    #[arg(required = true, value_name = "DRAFT|DIR")]
    pub drafts: Vec<PathBuf>,
    /// The file to write, or - for standard output [default: next to the draft]
    #[arg(short, long, value_name = "FILE", conflicts_with = "out_dir")]
    pub output: Option<PathBuf>,
    /// The folder to write the letters to
    #[arg(long, value_name = "DIR")]
    pub out_dir: Option<PathBuf>,
    /// The file format [default: by the ending of FILE, otherwise pdf]
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    pub format: Option<String>,
    /// Use this template instead of the draft's own
    #[arg(long, value_name = "ID")]
    pub template: Option<String>,
    /// The copy that recipients get, or the one that is published
    #[arg(long, default_value = "served")]
    pub copy: CopyName,
    /// Read each PDF back first, and write only those that are complete
    #[arg(long)]
    pub verify: bool,
    /// Export letters with errors too, with DRAFT on every page
    #[arg(long)]
    pub unfinished: bool,
    /// Record the export in the draft: date, format and the SHA-256 of each file
    #[arg(long)]
    pub record: bool,
    #[command(flatten)]
    pub unlock: Unlock,
}

#[derive(Args)]
pub(super) struct Print {
    /// Drafts or folders of drafts; - reads one from standard input
    #[arg(required_unless_present = "list", value_name = "DRAFT|DIR")]
    pub drafts: Vec<PathBuf>,
    /// List the printers and print nothing
    #[arg(long, conflicts_with = "drafts")]
    pub list: bool,
    /// The printer [default: your default printer]
    #[arg(long, value_name = "NAME")]
    pub printer: Option<String>,
    /// How many copies of each letter
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub copies: u32,
    /// One-sided or two-sided [default: the printer's own setting]
    #[arg(long)]
    pub sides: Option<SidesName>,
    /// The pages to print, such as 1-3 or 1,4-6 [default: all]
    #[arg(long, value_name = "PAGES")]
    pub pages: Option<String>,
    /// The paper size [default: the letter's own]
    #[arg(long, value_name = "NAME", value_parser = papers(), ignore_case = true)]
    pub paper: Option<String>,
    /// The copy that recipients get, or the one that is published
    #[arg(long, default_value = "served")]
    pub copy: CopyName,
    /// Print letters with errors too, with DRAFT on every page
    #[arg(long)]
    pub unfinished: bool,
    #[command(flatten)]
    pub unlock: Unlock,
}

/// What opens encrypted drafts.
#[derive(Args)]
pub(super) struct Unlock {
    /// A file whose first line is the passphrase for encrypted drafts; without it you are
    /// asked once at the terminal
    #[arg(long, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
}

#[derive(Args)]
pub(super) struct LockArguments {
    /// The draft
    pub draft: PathBuf,
    #[command(flatten)]
    pub unlock: Unlock,
}

#[derive(Args)]
pub(super) struct Check {
    /// Drafts or folders of drafts; - reads one from standard input
    #[arg(required = true, value_name = "DRAFT|DIR")]
    pub drafts: Vec<PathBuf>,
    /// How to list the problems
    #[arg(long, default_value = "human")]
    pub format: Listing,
    /// The copy to check; some rules apply only to the public copy
    #[arg(long, default_value = "served")]
    pub copy: CopyName,
    #[command(flatten)]
    pub unlock: Unlock,
}

#[derive(Args)]
pub(super) struct Import {
    /// Finished letters as PDF, Word document or text, or folders of them; - reads one
    /// from standard input
    #[arg(required = true, value_name = "LETTER|DIR")]
    pub letters: Vec<PathBuf>,
    /// The draft to write, or - for standard output [default: next to the letter]
    #[arg(short, long, value_name = "DRAFT", conflicts_with = "out_dir")]
    pub output: Option<PathBuf>,
    /// The folder to write the drafts to
    #[arg(long, value_name = "DIR")]
    pub out_dir: Option<PathBuf>,
}

#[derive(Args)]
pub(super) struct Verify {
    /// The PDF
    pub letter: PathBuf,
    /// The draft that it should match
    pub draft: PathBuf,
    #[command(flatten)]
    pub unlock: Unlock,
}

#[derive(Args)]
pub(super) struct New {
    /// The template's id; see `rationale templates`
    #[arg(long, value_name = "ID")]
    pub template: Option<String>,
    /// The file to write, or - for standard output
    #[arg(short, long, value_name = "DRAFT", default_value = "letter.rationale")]
    pub output: PathBuf,
}

#[derive(Subcommand)]
pub(super) enum TemplatesCommand {
    /// List the templates
    List,
    /// Print a template, to start your own from
    Show {
        /// The template's id
        id: String,
    },
    /// List a template's problems, the fields it uses, and how long its letters get
    Check {
        /// The template file
        file: PathBuf,
        /// A folder to write the trial letters to, as PDFs
        #[arg(long, value_name = "DIR")]
        out_dir: Option<PathBuf>,
    },
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum CopyName {
    Served,
    Public,
}

impl From<CopyName> for LetterCopy {
    fn from(name: CopyName) -> Self {
        match name {
            CopyName::Served => Self::Served,
            CopyName::Public => Self::Public,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Listing {
    Human,
    Json,
}

fn formats() -> PossibleValuesParser {
    export::FORMATS
        .iter()
        .map(|format| format.name)
        .collect::<Vec<_>>()
        .into()
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum SidesName {
    One,
    TwoLong,
    TwoShort,
}

impl From<SidesName> for Sides {
    fn from(name: SidesName) -> Self {
        match name {
            SidesName::One => Self::One,
            SidesName::TwoLong => Self::TwoLong,
            SidesName::TwoShort => Self::TwoShort,
        }
    }
}

fn papers() -> PossibleValuesParser {
    PAPERS.iter().map(|paper| paper.name).collect::<Vec<_>>().into()
}
