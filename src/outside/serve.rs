//! The other side: the process in which files are read. It is asked over its standard
//! input and answers over its standard output, one file after the other, until the input
//! ends.

use std::io::{self, Read, Write};
use std::process::ExitCode;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use super::limits;
use super::reader::Wanted;
use crate::import;
use crate::template::{LetterCopy, Template, trial};

/// The word that the program is called with.
pub const COMMAND: &str = "--read-from-outside";

/// The code that it ends with where the system gives no thread to read on.
pub(super) const NO_THREAD: u8 = 4;

/// The code that it ends with after a mistake of the program's own.
const CRASHED: u8 = 5;

/// The code that it ends with where nobody may be left to end it: its program was killed,
/// and not every system limits the time of a processor.
const LATE: u8 = 6;

/// How long it reads one file: longer than anybody waits for it.
const WITHIN: Duration = Duration::from_secs(20);

/// The most that is asked at once: the longest file that is read, and some room.
const LONGEST_QUESTION: u64 = 80 * 1024 * 1024;

/// The stack for letters: ten times what the deepest known one needs.
const STACK_FOR_LETTERS: usize = 16 * 1024 * 1024;

/// The stack for templates: half of what the threads have that read them later, so that
/// what is read here does no harm there.
const STACK_FOR_TEMPLATES: usize = 1024 * 1024;

/// Words, or why there are none.
type Reply = Result<String, String>;

/// Answers until nobody asks any more.
pub fn serve() -> ExitCode {
    limits::begin();
    let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
    while let Ok((question, bytes)) = receive(&mut input) {
        limits::next_file();
        let Ok(reading) = start(question, bytes) else { return NO_THREAD.into() };
        let answer = match reading.recv_timeout(WITHIN) {
            Ok(answer) => answer,
            Err(RecvTimeoutError::Timeout) => return LATE.into(),
            Err(RecvTimeoutError::Disconnected) => return CRASHED.into(),
        };
        if send(&mut output, answer).is_err() {
            break;
        }
    }
    ExitCode::SUCCESS
}

fn receive(input: &mut impl Read) -> io::Result<(Wanted, Vec<u8>)> {
    let (mut kind, mut length) = ([0], [0; 8]);
    input.read_exact(&mut kind)?;
    input.read_exact(&mut length)?;
    let length = u64::from_le_bytes(length);
    let question = Wanted::of(kind[0]).ok_or(io::ErrorKind::InvalidData)?;
    let mut bytes = Vec::new();
    input.take(length.min(LONGEST_QUESTION)).read_to_end(&mut bytes)?;
    Ok((question, bytes))
}

fn send(output: &mut impl Write, answer: Reply) -> io::Result<()> {
    let (is_error, text) = match answer {
        Ok(text) => (0, text),
        Err(text) => (1, text),
    };
    output.write_all(&[is_error])?;
    output.write_all(&(text.len() as u64).to_le_bytes())?;
    output.write_all(text.as_bytes())?;
    output.flush()
}

/// Reads on a stack of a size that is known.
#[expect(clippy::disallowed_methods, reason = "a stack is what a thread has")]
fn start(question: Wanted, bytes: Vec<u8>) -> io::Result<Receiver<Reply>> {
    let size = match question {
        Wanted::Words => STACK_FOR_LETTERS,
        Wanted::Template => STACK_FOR_TEMPLATES,
    };
    let (sender, answer) = mpsc::sync_channel(1);
    thread::Builder::new().stack_size(size).spawn(move || {
        let answer = match question {
            Wanted::Words => words(&bytes),
            Wanted::Template => {
                read_template(&String::from_utf8_lossy(&bytes));
                Ok(String::new())
            }
        };
        sender.send(answer)
    })?;
    Ok(answer)
}

/// Words as JSON, or those of an error and, after a zero, what to do about it.
fn words(bytes: &[u8]) -> Reply {
    let words =
        import::words(bytes).map_err(|error| format!("{error}\0{}", error.hint()))?;
    serde_json::to_string(&words).map_err(|error| format!("{error}\0"))
}

/// Reads a template and fills it, as it is done later.
fn read_template(source: &str) {
    let Ok(template) = Template::parse(source) else { return };
    for (name, letter) in trial::letters(&template) {
        // The longest takes its time and says no more than the full one.
        if name != "longest" {
            for copy in [LetterCopy::Served, LetterCopy::Public] {
                drop(template.fill(&letter, copy));
            }
        }
    }
}
