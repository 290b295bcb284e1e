//! Why nothing was printed, and what to do about it.

/// Why nothing was printed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("No print service is running at {server}")]
    NoServer { server: String, source: std::io::Error },
    #[error("The print service at {server} did not respond")]
    NoAnswer { server: String, source: std::io::Error },
    #[error("The letter was sent to {name}, but the printer did not confirm it")]
    Unconfirmed { name: String },
    #[error("{server} is not a print service")]
    NotUnderstood { server: String },
    #[error("The command line cannot print on this system")]
    NoPrinting,
    #[error("No printer is set up")]
    NoPrinters,
    #[error("There is no printer {name}")]
    NoPrinter { name: String, known: Vec<String> },
    #[error("No printer was named, and there is no default printer")]
    NoUsual { known: Vec<String> },
    #[error("{name} is not accepting jobs")]
    TakesNothing { name: String, reason: String },
    #[error("{name} cannot print on these sides of the sheet")]
    OtherSides { name: String },
    #[error("{name} has no {paper} paper")]
    OtherPaper { name: String, paper: &'static str },
    #[error("You do not have permission to print on {name}")]
    Forbidden { name: String },
    #[error("{name} did not accept the letter: {reason}")]
    Refused { name: String, reason: String },
    #[error("These pages to print are not a page range: {text}")]
    NoPages { text: String },
    #[error("The number of copies must be 1 to 99")]
    NoCopies,
    #[error("The letter has no page {page}; its last page is {last}")]
    NoSuchPage { page: u32, last: u32 },
    #[error("This desktop has no print dialog")]
    NoDialog,
    #[error("The desktop's print dialog stopped: {reason}")]
    DialogBroke { reason: String },
}

impl Error {
    /// What to do about it, as an instruction.
    pub fn hint(&self) -> String {
        match self {
            Self::Unconfirmed { .. } => {
                "Check the printer before you print again; it may already have the letter"
                    .into()
            }
            Self::NoServer { .. }
            | Self::NoAnswer { .. }
            | Self::NotUnderstood { .. } => {
                "Check that CUPS is running there, or set CUPS_SERVER to another host:port"
                    .into()
            }
            Self::NoPrinting => "Print from the window, or export the letter and print \
                the file"
                .into(),
            Self::NoPrinters => "Set one up in your system settings, or export the \
                letter and print the file"
                .into(),
            Self::NoPrinter { known, .. } => format!("Use one of {}", known.join(", ")),
            Self::NoUsual { known } => format!("Name one of {}", known.join(", ")),
            Self::TakesNothing { reason, .. } if !reason.is_empty() => {
                format!("Choose another printer, or fix this: {reason}")
            }
            Self::TakesNothing { .. } => "Choose another printer, or turn this one on \
                in your system settings"
                .into(),
            Self::OtherSides { .. } => "Use the printer's own setting, or choose \
                another printer"
                .into(),
            Self::OtherPaper { .. } => "Choose another paper size or another printer".into(),
            Self::Forbidden { .. } => "Ask whoever manages it, or choose another printer"
                .into(),
            Self::Refused { .. } => "Choose another printer, or export the letter and \
                print the file"
                .into(),
            Self::NoPages { .. } => {
                "Enter pages in order, such as 1-3 or 1,4-6".into()
            }
            Self::NoCopies => "Print again if you need more".into(),
            Self::NoSuchPage { last, .. } => format!("Enter pages up to {last}"),
            Self::NoDialog | Self::DialogBroke { .. } => "Export the letter and print \
                the file"
                .into(),
        }
    }
}
