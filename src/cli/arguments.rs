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
    /// Make finished files of drafts; a letter with errors is not composed
    Compose(Compose),
    /// Print the letters of drafts; a letter with errors is not printed
    Print(Print),
    /// Tell what is wrong with drafts
    Check(Check),
    /// Read finished letters into drafts
    Import(Import),
    /// Tell whether a PDF is what a draft gives
    Verify(Verify),
    /// Begin a draft
    New(New),
    /// Encrypt a draft's file with a passphrase
    Seal(LockArguments),
    /// Take the encryption off a draft's file
    Unseal(LockArguments),
    /// The letter kinds: list them, show one's text, or check a file
    Templates {
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
pub(super) struct Compose {
    /// The drafts; - reads one from standard input
    #[arg(required = true, value_name = "DRAFT")]
    pub drafts: Vec<PathBuf>,
    /// The file to write; - writes to standard output [default: beside the draft]
    #[arg(short, long, value_name = "FILE", conflicts_with = "out_dir")]
    pub output: Option<PathBuf>,
    /// The folder to write to
    #[arg(long, value_name = "DIR")]
    pub out_dir: Option<PathBuf>,
    /// The kind of file [default: by the ending of FILE, or else pdf]
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    pub format: Option<String>,
    /// The letter kind, in place of the draft's own
    #[arg(long, value_name = "ID")]
    pub template: Option<String>,
    /// The copy: what recipients are sent, or what is published
    #[arg(long, default_value = "served")]
    pub copy: CopyName,
    /// Read each PDF back before it is written; one that is not whole is not written
    #[arg(long)]
    pub verify: bool,
    /// Compose letters with errors too; every page of those says DRAFT
    #[arg(long)]
    pub unfinished: bool,
    /// Take note of the export in the draft: when, as what, and the SHA-256 of each file
    #[arg(long)]
    pub record: bool,
    #[command(flatten)]
    pub unlock: Unlock,
}

#[derive(Args)]
pub(super) struct Print {
    /// The drafts, or folders of drafts; - reads one from standard input
    #[arg(required_unless_present = "list", value_name = "DRAFT|DIR")]
    pub drafts: Vec<PathBuf>,
    /// List the printers, and print nothing
    #[arg(long, conflicts_with = "drafts")]
    pub list: bool,
    /// The printer [default: the usual one]
    #[arg(long, value_name = "NAME")]
    pub printer: Option<String>,
    /// How many of each letter
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub copies: u32,
    /// The sides of a sheet to print on [default: as the printer is set]
    #[arg(long)]
    pub sides: Option<SidesName>,
    /// The pages to print, such as 1-3 or 1,4-6 [default: all]
    #[arg(long, value_name = "PAGES")]
    pub pages: Option<String>,
    /// The paper [default: the letter's own]
    #[arg(long, value_name = "NAME", value_parser = papers(), ignore_case = true)]
    pub paper: Option<String>,
    /// The copy: what recipients are sent, or what is published
    #[arg(long, default_value = "served")]
    pub copy: CopyName,
    /// Print letters with errors too; every page of those says DRAFT
    #[arg(long)]
    pub unfinished: bool,
    #[command(flatten)]
    pub unlock: Unlock,
}

/// What opens encrypted drafts.
#[derive(Args)]
pub(super) struct Unlock {
    /// A file whose first line is the passphrase of encrypted drafts; without it a single
    /// one is asked for at the terminal
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
    /// The drafts, or folders of drafts; - reads one from standard input
    #[arg(required = true, value_name = "DRAFT|DIR")]
    pub drafts: Vec<PathBuf>,
    /// How problems are listed
    #[arg(long, default_value = "human")]
    pub format: Listing,
    /// The copy that is looked at: some rules hold for the public copy alone
    #[arg(long, default_value = "served")]
    pub copy: CopyName,
    #[command(flatten)]
    pub unlock: Unlock,
}

#[derive(Args)]
pub(super) struct Import {
    /// The finished letters, as text, PDF or Word document; - reads one from standard
    /// input
    #[arg(required = true, value_name = "LETTER|DIR")]
    pub letters: Vec<PathBuf>,
    /// The draft to write; - writes to standard output [default: beside the letter]
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
    /// The draft that it is said to be made from
    pub draft: PathBuf,
    #[command(flatten)]
    pub unlock: Unlock,
}

#[derive(Args)]
pub(super) struct New {
    /// The letter kind's id; see `rationale templates`
    #[arg(long, value_name = "ID")]
    pub template: Option<String>,
    /// The file to write; - writes to standard output
    #[arg(short, long, value_name = "DRAFT", default_value = "letter.ron")]
    pub output: PathBuf,
}

#[derive(Subcommand)]
pub(super) enum TemplatesCommand {
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
