//! Why nothing was printed, and what to do about it.

/// Why nothing was printed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("No printer system answers at {server}")]
    NoServer { server: String, source: std::io::Error },
    #[error("The printer system at {server} did not answer")]
    NoAnswer { server: String, source: std::io::Error },
    #[error("The letter was sent to {name}, which did not confirm it")]
    Unconfirmed { name: String },
    #[error("What answers at {server} is no printer system")]
    NotUnderstood { server: String },
    #[error("No printer is set up")]
    NoPrinters,
    #[error("There is no printer {name}")]
    NoPrinter { name: String, known: Vec<String> },
    #[error("No printer was named, and none is set as the usual one")]
    NoUsual { known: Vec<String> },
    #[error("{name} takes no letters now")]
    TakesNothing { name: String, reason: String },
    #[error("{name} does not print on these sides of a sheet")]
    OtherSides { name: String },
    #[error("{name} has no paper of the size {paper}")]
    OtherPaper { name: String, paper: &'static str },
    #[error("You may not print on {name}")]
    Forbidden { name: String },
    #[error("{name} did not take the letter: {reason}")]
    Refused { name: String, reason: String },
    #[error("The pages to print are not understood: {text}")]
    NoPages { text: String },
    #[error("A letter is printed 1 to 99 times at once")]
    NoCopies,
    #[error("The letter has no page {page}; its last is {last}")]
    NoSuchPage { page: u32, last: u32 },
    #[error("The desktop has no print dialog")]
    NoDialog,
    #[error("The desktop's print dialog broke off: {reason}")]
    DialogBroke { reason: String },
}

impl Error {
    /// What to do about it, as an instruction.
    pub fn hint(&self) -> String {
        match self {
            Self::Unconfirmed { .. } => {
                "Look at the printer before you print again: it may have the letter"
                    .into()
            }
            Self::NoServer { .. }
            | Self::NoAnswer { .. }
            | Self::NotUnderstood { .. } => {
                "Check that CUPS runs there; the variable CUPS_SERVER names another \
                    server as host:port"
                    .into()
            }
            Self::NoPrinters => "Set one up in the system's settings, or export the \
                letter and print the file"
                .into(),
            Self::NoPrinter { known, .. } => format!("Use one of {}", known.join(", ")),
            Self::NoUsual { known } => format!("Name one of {}", known.join(", ")),
            Self::TakesNothing { reason, .. } if !reason.is_empty() => {
                format!("Choose another printer, or see to this: {reason}")
            }
            Self::TakesNothing { .. } => "Choose another printer, or start this one in \
                the system's settings"
                .into(),
            Self::OtherSides { .. } => "Leave the sides to the printer, or choose \
                another printer"
                .into(),
            Self::OtherPaper { .. } => "Choose another paper or another printer".into(),
            Self::Forbidden { .. } => "Ask whoever looks after it, or choose another \
                printer"
                .into(),
            Self::Refused { .. } => "Choose another printer, or export the letter and \
                print the file"
                .into(),
            Self::NoPages { .. } => {
                "Write them in rising order, such as 1-3 or 1,4-6".into()
            }
            Self::NoCopies => "Print again for more".into(),
            Self::NoSuchPage { last, .. } => format!("Name pages up to {last}"),
            Self::NoDialog | Self::DialogBroke { .. } => "Export the letter and print \
                the file"
                .into(),
        }
    }
}
