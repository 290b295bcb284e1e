//! One question to a print server and its answer, as far as IPP needs HTTP for it.
//!
//! It is written out here because libraries for HTTP obey the proxy that the environment
//! names, and a letter is not to take that way to the printer.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
#[cfg(unix)]
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Where a print server listens.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Address {
    /// A socket of this machine.
    Socket(PathBuf),
    /// Host and port.
    Host(String),
}

/// An answer's status, and what it says.
#[derive(Debug, PartialEq)]
pub(super) struct HttpAnswer {
    pub status: u16,
    pub body: Vec<u8>,
}

/// Why no answer came.
#[derive(Debug)]
pub(super) struct Unanswered {
    /// Whether all of the question was sent, so that it may have been heard.
    pub is_sent: bool,
    pub source: io::Error,
}

impl Unanswered {
    fn before(source: io::Error) -> Self {
        Self { is_sent: false, source }
    }
}

/// A list of a hundred printers is far shorter than this.
const LONGEST_ANSWER: u64 = 4 * 1024 * 1024;

/// A connection of which each step can be given a time.
trait Connection: Read + Write {
    fn limit(&self, within: Duration) -> io::Result<()>;
}

impl Connection for TcpStream {
    fn limit(&self, within: Duration) -> io::Result<()> {
        self.set_read_timeout(Some(within))?;
        self.set_write_timeout(Some(within))
    }
}

#[cfg(unix)]
impl Connection for UnixStream {
    fn limit(&self, within: Duration) -> io::Result<()> {
        self.set_read_timeout(Some(within))?;
        self.set_write_timeout(Some(within))
    }
}

/// A connection that is given up once its time is over, however little each step takes:
/// a server can send a byte a second for ever.
struct Timed<C> {
    connection: C,
    until: Instant,
}

impl<C: Connection> Timed<C> {
    #[expect(clippy::disallowed_methods, reason = "a server that drips is given up")]
    fn limit_step(&self) -> io::Result<()> {
        let left = self.until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(ErrorKind::TimedOut.into());
        }
        self.connection.limit(left)
    }
}

impl<C: Connection> Read for Timed<C> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.limit_step()?;
        self.connection.read(buffer)
    }
}

impl<C: Connection> Write for Timed<C> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.limit_step()?;
        self.connection.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.connection.flush()
    }
}

/// Asks, and waits no longer than `within` for all of it.
#[expect(clippy::disallowed_methods, reason = "a server that drips is given up")]
pub(super) fn post(
    address: &Address,
    path: &str,
    parts: [&[u8]; 2],
    within: Duration,
) -> Result<HttpAnswer, Unanswered> {
    let until = Instant::now() + within;
    match address {
        Address::Host(host) => {
            let connection = connect(host, until).map_err(Unanswered::before)?;
            exchange(Timed { connection, until }, host, path, parts)
        }
        #[cfg(unix)]
        Address::Socket(socket) => {
            let connection = UnixStream::connect(socket).map_err(Unanswered::before)?;
            exchange(Timed { connection, until }, "localhost", path, parts)
        }
        #[cfg(not(unix))]
        Address::Socket(_) => Err(Unanswered::before(ErrorKind::Unsupported.into())),
    }
}

/// A name can stand for several machines, or for this one in two ways; the first that
/// answers is taken.
#[expect(clippy::disallowed_methods, reason = "a server that drips is given up")]
fn connect(host: &str, until: Instant) -> io::Result<TcpStream> {
    let mut last = io::Error::from(ErrorKind::AddrNotAvailable);
    for address in host.to_socket_addrs()? {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(ErrorKind::TimedOut.into());
        }
        match TcpStream::connect_timeout(&address, left) {
            Ok(stream) => return Ok(stream),
            Err(error) => last = error,
        }
    }
    Err(last)
}

fn exchange(
    mut stream: impl Read + Write,
    host: &str,
    path: &str,
    parts: [&[u8]; 2],
) -> Result<HttpAnswer, Unanswered> {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    // By version 1.0 the answer comes in one piece and ends with the connection.
    let head = format!(
        "POST {path} HTTP/1.0\r\nHost: {host}\r\nUser-Agent: Rationale\r\nContent-Type: \
            application/ipp\r\n\
         Content-Length: {length}\r\n\r\n"
    );
    let sent = send(&mut stream, &head, parts);
    let mut answer = Vec::new();
    let read = stream.take(LONGEST_ANSWER + 1).read_to_end(&mut answer);
    let is_whole = answer.len() as u64 <= LONGEST_ANSWER && !is_cut_off(&read);
    // A server that refuses says why and hears no further, so that its answer is worth
    // more than the failed write.
    if is_whole && let Some(answer) = parse_answer(&answer) {
        return Ok(answer);
    }
    sent.map_err(Unanswered::before)?;
    let source = read.err().unwrap_or_else(|| ErrorKind::InvalidData.into());
    Err(Unanswered { is_sent: true, source })
}

/// Whether the time was over before the server had said all.
fn is_cut_off(read: &io::Result<usize>) -> bool {
    match read {
        Ok(_) => false,
        // A connection that is given up says the one or the other, by the system.
        Err(error) => {
            matches!(error.kind(), ErrorKind::TimedOut | ErrorKind::WouldBlock)
        }
    }
}

fn send(stream: &mut impl Write, head: &str, parts: [&[u8]; 2]) -> io::Result<()> {
    stream.write_all(head.as_bytes())?;
    for part in parts {
        stream.write_all(part)?;
    }
    Ok(())
}

/// `HTTP/1.1 200 OK`, lines of no interest, an empty line, and the body.
fn parse_answer(answer: &[u8]) -> Option<HttpAnswer> {
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&answer[..end]).ok()?;
    let status = head
        .strip_prefix("HTTP/1.")?
        .split_whitespace()
        .nth(1)?
        .parse()
        .ok()?;
    let body = answer[end + 4..].to_vec();
    match content_length(head) {
        // One that breaks off is none.
        Some(length) if length != body.len() => None,
        Some(_) | None => Some(HttpAnswer { status, body }),
    }
}

fn content_length(head: &str) -> Option<usize> {
    for line in head.lines() {
        let Some((name, value)) = line.split_once(':') else { continue };
        if name.eq_ignore_ascii_case("content-length")
            && let Ok(length) = value.trim().parse()
        {
            return Some(length);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A server that has its answer ready and keeps what it hears.
    struct Server<'a> {
        heard: &'a mut Vec<u8>,
        answer: &'static [u8],
        listens: bool,
    }

    impl Read for Server<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.answer.read(buffer)
        }
    }

    impl Write for Server<'_> {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            if self.listens {
                self.heard.write(bytes)
            } else {
                Err(ErrorKind::BrokenPipe.into())
            }
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn answered(
        answer: &'static [u8],
        listens: bool,
    ) -> (Result<HttpAnswer, ErrorKind>, String) {
        let mut heard = Vec::new();
        let server = Server { heard: &mut heard, answer, listens };
        let answer =
            exchange(server, "localhost:631", "/printers/Office", [b"ab", b"cde"])
                .map_err(|error| error.source.kind());
        (answer, String::from_utf8(heard).unwrap())
    }

    #[test]
    fn a_question_is_asked_in_one_piece() {
        let (_, heard) = answered(b"HTTP/1.1 200 OK\r\n\r\n", true);
        assert!(
            heard
                .starts_with("POST /printers/Office HTTP/1.0\r\nHost: localhost:631\r\n"),
            "{heard}"
        );
        assert!(heard.ends_with("\r\nContent-Length: 5\r\n\r\nabcde"), "{heard}");
    }

    #[test]
    fn answers_are_understood_whole_or_not_at_all() {
        let answer = |status, body: &[u8]| Ok(HttpAnswer { status, body: body.into() });
        for (said, listens, expected) in [
            (
                &b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"[..],
                true,
                answer(200, b"ok"),
            ),
            (b"HTTP/1.0 200\r\n\r\nto the end", true, answer(200, b"to the end")),
            (
                b"HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n",
                false,
                answer(401, b""),
            ),
            (
                b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok",
                true,
                Err(ErrorKind::InvalidData),
            ),
            (b"SSH-2.0-OpenSSH\r\n\r\n", true, Err(ErrorKind::InvalidData)),
            (b"", true, Err(ErrorKind::InvalidData)),
            (b"", false, Err(ErrorKind::BrokenPipe)),
        ] {
            assert_eq!(
                answered(said, listens).0,
                expected,
                "{:?}",
                String::from_utf8_lossy(said)
            );
        }
    }
}
