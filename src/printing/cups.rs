//! Printers as CUPS offers them: asked for, and given letters, by IPP.

use std::env;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::time::Duration;

use ipp::parser::{IppParseError, IppParser};
use ipp::prelude::{
    DelimiterTag, IppAttribute, IppAttributeGroup, IppRequestResponse, IppValue,
    IppVersion, Operation, StatusCode, Uri,
};
use ipp::reader::IppReader;

use super::error::Error;
use super::post::{Address, Unanswered, post};
use super::{Printer, Ticket};

/// A server on this machine answers in milliseconds; one that is away is not waited for
/// while a person waits.
const ANSWER_WITHIN: Duration = Duration::from_secs(5);

/// A long letter over a slow network; after this it is better said that nothing came.
const TAKE_WITHIN: Duration = Duration::from_mins(1);

const USUAL_PORT: u16 = 631;

/// Where CUPS listens on Linux and macOS, unless it was set up otherwise.
const USUAL_SOCKETS: [&str; 2] = ["/run/cups/cups.sock", "/private/var/run/cupsd"];

/// What is asked of each printer: driverless ones would list a thousand things more.
const WANTED: [&str; 9] = [
    "printer-name",
    "printer-info",
    "printer-location",
    "printer-type",
    "printer-uri-supported",
    "printer-is-accepting-jobs",
    "printer-state-message",
    "sides-supported",
    "media-supported",
];

/// The bit of a printer's type that marks the usual one (`CUPS_PRINTER_DEFAULT`).
const IS_USUAL: i32 = 0x0002_0000;

/// A print server.
#[derive(Clone, Debug, PartialEq)]
pub struct Server(Address);

impl Server {
    /// The one that `CUPS_SERVER` names, as for all programs, or the one of this machine.
    pub fn of_this_account() -> Self {
        let named = env::var("CUPS_SERVER").unwrap_or_default();
        let socket = USUAL_SOCKETS.iter().find(|socket| Path::new(socket).exists());
        Self(if named.trim().is_empty() {
            local_address(socket.copied())
        } else {
            address(&named)
        })
    }

    /// Every printer and group of printers, in the server's order.
    pub fn printers(&self) -> Result<Vec<Printer>, Error> {
        let answer = self.send("/", printers_request(), &[], ANSWER_WITHIN)?;
        match answer.header().status_code() {
            // So it answers while there are none.
            StatusCode::ClientErrorNotFound => Ok(Vec::new()),
            status if status.is_success() => Ok(printers(&answer)),
            _ => Err(self.not_understood()),
        }
    }

    /// Hands a PDF over to be printed; gives the job's number.
    pub fn print(
        &self,
        printer: &Printer,
        ticket: &Ticket,
        pdf: &[u8],
    ) -> Result<i32, Error> {
        printer.accepts(ticket)?;
        let answer =
            self.send(&printer.path, job_request(printer, ticket), pdf, TAKE_WITHIN);
        let answer = answer.map_err(|error| as_error_of(error, printer))?;
        let status = answer.header().status_code();
        if !status.is_success() {
            return Err(refusal_error(printer, status, &answer));
        }
        let Some(job) = answer.attributes().first_of(DelimiterTag::JobAttributes) else {
            return Err(unconfirmed(printer));
        };
        number(job, "job-id").ok_or_else(|| unconfirmed(printer))
    }

    fn send(
        &self,
        path: &str,
        request: Result<IppRequestResponse, IppParseError>,
        document: &[u8],
        within: Duration,
    ) -> Result<IppRequestResponse, Error> {
        let request = request.map_err(|_| self.not_understood())?;
        let answer = post(&self.0, path, [&request.to_bytes(), document], within);
        let answer = answer.map_err(|error| self.unanswered(error))?;
        match answer.status {
            200 if nests_too_deep(&answer.body) => Err(self.garbled()),
            200 => IppParser::new(IppReader::new(Cursor::new(answer.body)))
                .parse()
                .map_err(|_| self.garbled()),
            401 | 403 => Err(Error::Forbidden { name: self.to_string() }),
            400..500 => Err(self.not_understood()),
            _ => Err(self.garbled()),
        }
    }

    fn unanswered(&self, error: Unanswered) -> Error {
        let (server, source) = (self.to_string(), error.source);
        if error.is_sent {
            Error::NoAnswer { server, source }
        } else {
            Error::NoServer { server, source }
        }
    }

    fn garbled(&self) -> Error {
        Error::Garbled { server: self.to_string() }
    }

    fn not_understood(&self) -> Error {
        Error::NotUnderstood { server: self.to_string() }
    }
}

impl std::fmt::Display for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.0 {
            Address::Host(host) => f.write_str(host),
            Address::Socket(socket) => write!(f, "{}", socket.display()),
        }
    }
}

/// The server of this machine.
fn local_address(socket: Option<&str>) -> Address {
    match socket {
        Some(socket) => Address::Socket(PathBuf::from(socket)),
        None => address("localhost"),
    }
}

/// `host`, `host:port`, or a socket's path; a version of IPP after it does not matter
/// here.
fn address(name: &str) -> Address {
    let name = name.split("/version=").next().unwrap_or(name).trim();
    if name.starts_with('/') {
        return Address::Socket(PathBuf::from(name));
    }
    match name.rsplit_once(':') {
        Some((_, port)) if port.parse::<u16>().is_ok() => Address::Host(name.into()),
        Some(_) | None => Address::Host(format!("{name}:{USUAL_PORT}")),
    }
}

fn printers_request() -> Result<IppRequestResponse, IppParseError> {
    let mut request =
        IppRequestResponse::new(IppVersion::v1_1(), Operation::CupsGetPrinters, None)?;
    let wanted = WANTED
        .into_iter()
        .map(IppValue::new_keyword)
        .collect::<Result<_, _>>()?;
    let wanted =
        IppAttribute::with_name("requested-attributes", IppValue::Array(wanted))?;
    request
        .attributes_mut()
        .add(DelimiterTag::OperationAttributes, wanted);
    Ok(request)
}

fn job_request(
    printer: &Printer,
    ticket: &Ticket,
) -> Result<IppRequestResponse, IppParseError> {
    let mut request =
        IppRequestResponse::new(IppVersion::v1_1(), Operation::PrintJob, None)?;
    let said = [
        // The server looks at the path alone: it does not know by which name it was
        // reached.
        ("printer-uri", IppValue::new_uri(format!("ipp://localhost{}", printer.path))?),
        ("requesting-user-name", IppValue::new_name_without_language(account())?),
        ("job-name", IppValue::new_name_without_language(&ticket.title)?),
        ("document-format", IppValue::new_mime_media_type("application/pdf")?),
    ];
    for (name, value) in said {
        request.attributes_mut().add(
            DelimiterTag::OperationAttributes,
            IppAttribute::with_name(name, value)?,
        );
    }
    for (name, value) in job_attributes(ticket)? {
        request
            .attributes_mut()
            .add(DelimiterTag::JobAttributes, IppAttribute::with_name(name, value)?);
    }
    Ok(request)
}

/// What the ticket asks, in the words of printers.
fn job_attributes(
    ticket: &Ticket,
) -> Result<Vec<(&'static str, IppValue)>, IppParseError> {
    let Ticket { title: _, copies, sides, pages, paper } = ticket;
    let mut wishes = vec![("copies", IppValue::new_integer((*copies).cast_signed()))];
    if let Some(sides) = sides {
        wishes.push(("sides", IppValue::new_keyword(sides.keyword())?));
    }
    if let Some(paper) = paper {
        wishes.push(("media", IppValue::new_keyword(paper.keyword)?));
    }
    if let Some(pages) = pages {
        let mut ranges = Vec::new();
        for (first, last) in pages.iter() {
            let (first, last) = (first.cast_signed(), last.cast_signed());
            ranges.push(IppValue::new_range_of_integer(first, last));
        }
        wishes.push(("page-ranges", IppValue::Array(ranges)));
    }
    Ok(wishes)
}

/// In whose name the job is in the queue, so that its owner can take it out again.
fn account() -> String {
    let variables = ["USER", "LOGNAME", "USERNAME"];
    match variables.into_iter().find_map(|variable| env::var(variable).ok()) {
        Some(name) if !name.is_empty() => name,
        Some(_) | None => "anonymous".into(),
    }
}

fn printers(answer: &IppRequestResponse) -> Vec<Printer> {
    answer
        .attributes()
        .groups_of(DelimiterTag::PrinterAttributes)
        .filter_map(printer)
        .collect()
}

fn printer(group: &IppAttributeGroup) -> Option<Printer> {
    let uri: Uri = first_value(group, "printer-uri-supported").parse().ok()?;
    let name = first_value(group, "printer-name");
    if name.is_empty() {
        return None;
    }
    let refuses = match group.get("printer-is-accepting-jobs") {
        Some(takes) if takes.value().as_boolean() == Some(&false) => {
            Some(first_value(group, "printer-state-message"))
        }
        Some(_) | None => None,
    };
    Some(Printer {
        name,
        description: first_value(group, "printer-info"),
        location: first_value(group, "printer-location"),
        is_usual: number(group, "printer-type").is_some_and(|bits| bits & IS_USUAL != 0),
        refuses,
        sides: words(group, "sides-supported"),
        papers: words(group, "media-supported"),
        path: uri.path().into(),
    })
}

/// The words that an attribute has as its values.
fn words(group: &IppAttributeGroup, name: &str) -> Vec<String> {
    let Some(attribute) = group.get(name) else { return Vec::new() };
    attribute.value().into_iter().map(ToString::to_string).collect()
}

/// The first of them; empty where there is none.
fn first_value(group: &IppAttributeGroup, name: &str) -> String {
    words(group, name).into_iter().next().unwrap_or_default()
}

fn number(group: &IppAttributeGroup, name: &str) -> Option<i32> {
    match group.get(name)?.value() {
        IppValue::Integer(number) | IppValue::Enum(number) => Some(*number),
        _ => None,
    }
}

/// The server's no to one printer is that printer's, and a letter that was sent may be
/// printed whether that is confirmed or not, or confirmed in words that are no answer.
fn as_error_of(error: Error, printer: &Printer) -> Error {
    match error {
        Error::Forbidden { .. } => Error::Forbidden { name: printer.name.clone() },
        Error::NoAnswer { .. } | Error::Garbled { .. } => unconfirmed(printer),
        other => other,
    }
}

fn unconfirmed(printer: &Printer) -> Error {
    Error::Unconfirmed { name: printer.name.clone() }
}

/// Printers nest what they say of a job's media 3 deep.
const DEEPEST: usize = 16;

/// Whether collections of an answer lie in each other without end. The library puts one
/// into the other, and whoever lets go of them goes one step down the stack for each.
fn nests_too_deep(answer: &[u8]) -> bool {
    const BEGIN: u8 = 0x34;
    const END: u8 = 0x37;
    /// Below it are the marks of groups, which hold nothing by themselves.
    const FIRST_VALUE: u8 = 0x10;
    let (mut rest, mut depth) = (answer.get(8..).unwrap_or_default(), 0_usize);
    while let Some((&tag, after)) = rest.split_first() {
        rest = after;
        if tag < FIRST_VALUE {
            continue;
        }
        match tag {
            BEGIN => depth += 1,
            END => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return true;
        }
        let after_both = counted(rest).and_then(counted);
        let Some(after) = after_both else { return false };
        rest = after;
    }
    false
}

/// What comes after bytes that are preceded by their number.
fn counted(bytes: &[u8]) -> Option<&[u8]> {
    let (length, rest) = bytes.split_first_chunk::<2>()?;
    rest.get(usize::from(u16::from_be_bytes(*length))..)
}

fn refusal_error(
    printer: &Printer,
    status: StatusCode,
    answer: &IppRequestResponse,
) -> Error {
    let name = printer.name.clone();
    match status {
        StatusCode::ClientErrorForbidden
        | StatusCode::ClientErrorNotAuthenticated
        | StatusCode::ClientErrorNotAuthorized => Error::Forbidden { name },
        StatusCode::ServerErrorNotAcceptingJobs => {
            Error::TakesNothing { name, reason: String::new() }
        }
        _ => {
            let reason = refusal_reason(status, answer);
            Error::Refused { name, reason: reason.trim_end_matches('.').into() }
        }
    }
}

/// What the server says, or else what its status means.
fn refusal_reason(status: StatusCode, answer: &IppRequestResponse) -> String {
    match answer.attributes().first_of(DelimiterTag::OperationAttributes) {
        Some(group) if !first_value(group, "status-message").is_empty() => {
            first_value(group, "status-message")
        }
        Some(_) | None => status.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::printing::{PaperSize, Sides};

    #[test]
    fn collections_lie_in_each_other_only_so_deep() {
        let begin = [0x34, 0, 0, 0, 0];
        let answer =
            |depth| [&[1, 1, 0, 0, 0, 0, 0, 1, 4][..], &begin.repeat(depth)].concat();
        for (depth, expected) in [(0, false), (16, false), (17, true), (100_000, true)] {
            assert_eq!(nests_too_deep(&answer(depth)), expected, "{depth}");
        }
        let flat = [&begin[..], &[0x37, 0, 0, 0, 0]].concat().repeat(1000);
        assert!(!nests_too_deep(&[&[0; 8][..], &flat].concat()));
    }

    #[test]
    fn a_server_is_named_as_for_every_program() {
        for (name, expected) in [
            ("printers.local", "printers.local:631"),
            ("127.0.0.1:8631", "127.0.0.1:8631"),
            (" printers.local:631/version=1.1 ", "printers.local:631"),
            ("[::1]", "[::1]:631"),
            ("[::1]:8631", "[::1]:8631"),
            ("/run/cups/cups.sock", "/run/cups/cups.sock"),
        ] {
            assert_eq!(Server(address(name)).to_string(), expected);
        }
        assert_eq!(Server(local_address(None)).to_string(), "localhost:631");
        assert_eq!(
            Server(local_address(Some("/run/cups.sock"))).to_string(),
            "/run/cups.sock"
        );
    }

    #[test]
    fn a_ticket_is_sent_in_the_words_of_printers() {
        let all = Ticket {
            copies: 2,
            sides: Some(Sides::TwoLong),
            pages: "1-2,4".parse().ok(),
            ..Ticket::new("CM13-1", PaperSize::named("Letter"))
        };
        let one = Ticket::new("CM13-1", None);
        let described = |ticket| {
            let wishes = job_attributes(ticket).unwrap();
            wishes
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(described(&one), "copies=1");
        assert_eq!(
            described(&all),
            "copies=2 sides=two-sided-long-edge media=na_letter_8.5x11in page-ranges=[1..2, 4..4]"
        );
    }

    fn answer(attributes: &[(&str, IppValue)]) -> IppRequestResponse {
        let mut answer = IppRequestResponse::new_response(
            IppVersion::v1_1(),
            StatusCode::SuccessfulOk,
            1,
        )
        .unwrap();
        for (name, value) in attributes {
            let attribute = IppAttribute::with_name(*name, value.clone()).unwrap();
            answer
                .attributes_mut()
                .add(DelimiterTag::PrinterAttributes, attribute);
        }
        answer
    }

    #[test]
    fn a_printer_is_read_from_what_the_server_says() {
        let keywords = |words: &[&str]| {
            IppValue::Array(
                words
                    .iter()
                    .map(|word| IppValue::new_keyword(*word).unwrap())
                    .collect(),
            )
        };
        let described = answer(&[
            ("printer-name", IppValue::new_name_without_language("Office").unwrap()),
            (
                "printer-info",
                IppValue::new_text_without_language("By the window").unwrap(),
            ),
            (
                "printer-uri-supported",
                IppValue::new_uri("ipp://elsewhere:631/printers/Office").unwrap(),
            ),
            ("printer-type", IppValue::Enum(IS_USUAL | 4)),
            ("printer-is-accepting-jobs", IppValue::Boolean(false)),
            (
                "printer-state-message",
                IppValue::new_text_without_language("Paused").unwrap(),
            ),
            ("sides-supported", IppValue::new_keyword("one-sided").unwrap()),
            ("media-supported", keywords(&["na_letter_8.5x11in", "iso_a4_210x297mm"])),
        ]);
        let expected = Printer {
            name: "Office".into(),
            description: "By the window".into(),
            location: String::new(),
            is_usual: true,
            refuses: Some("Paused".into()),
            sides: vec!["one-sided".into()],
            papers: vec!["na_letter_8.5x11in".into(), "iso_a4_210x297mm".into()],
            path: "/printers/Office".into(),
        };
        assert_eq!(printers(&described), [expected]);
        let nameless = answer(&[(
            "printer-info",
            IppValue::new_text_without_language("Nobody").unwrap(),
        )]);
        assert!(printers(&nameless).is_empty());
    }
}
