//! Our side: the processes in which files are read, as many as ask at once. One that has
//! answered is asked again, because starting one takes longer than reading a letter.

use std::io::{self, Read, Write};
#[cfg(unix)]
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::limits::lend_allocator;
use super::serve::{COMMAND, NO_THREAD};
use super::{Error, StopSign};

/// What is asked of the other process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// The words of a letter.
    Words,
    /// To read and fill a template.
    Template,
}

impl Wanted {
    fn number(self) -> u8 {
        match self {
            Self::Words => 1,
            Self::Template => 2,
        }
    }

    pub(super) fn of(number: u8) -> Option<Self> {
        [Self::Words, Self::Template]
            .into_iter()
            .find(|question| question.number() == number)
    }
}

/// The most that an answer may hold: more than the longest letter's words.
const LONGEST_ANSWER: u64 = 8 * 1024 * 1024;

/// How often is looked whether to stop.
const LOOK: Duration = Duration::from_millis(50);

/// The program that knows the word; without one, files are read in this process.
static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// Those that wait to be asked again.
static IDLE: Mutex<Vec<ReaderProcess>> = Mutex::new(Vec::new());

/// From now on files are read in processes of this program; `limit_memory` limits what
/// its allocator gives, where the system does not.
pub fn enable(limit_memory: Option<fn(usize)>) {
    if let Some(limit) = limit_memory {
        lend_allocator(limit);
    }
    // An update may have replaced the file; on Linux this still leads to what runs.
    let own = PathBuf::from("/proc/self/exe");
    let program = if own.exists() { Ok(own) } else { std::env::current_exe() };
    if let Ok(program) = program {
        _ = PROGRAM.set(program);
    }
}

pub(super) fn is_enabled() -> bool {
    PROGRAM.get().is_some()
}

/// Lets the processes end that wait to be asked again.
pub fn let_go() {
    let idle = std::mem::take(&mut *idle());
    drop(idle);
}

fn idle() -> std::sync::MutexGuard<'static, Vec<ReaderProcess>> {
    IDLE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A process in which files are read.
struct ReaderProcess {
    child: Arc<Mutex<Child>>,
    input: ChildStdin,
    output: ChildStdout,
}

/// Asks one of the processes. One that does not answer in time, or is stopped, is ended.
pub(super) fn ask(
    question: Wanted,
    bytes: &[u8],
    within: Duration,
    stop: &StopSign,
) -> Result<Vec<u8>, Error> {
    let waiting = idle().pop();
    let mut reader = match waiting {
        Some(reader) => reader,
        None => ReaderProcess::start().map_err(|_| Error::NotStarted)?,
    };
    let done = watch(&reader.child, within, stop.clone());
    let answer = reader.exchange(question, bytes);
    drop(done);
    match answer {
        Ok(answer) => {
            idle().push(reader);
            answer
        }
        Err(_) if stop.is_asked() => Err(Error::Stopped),
        Err(_) => Err(reader.reason()),
    }
}

impl ReaderProcess {
    fn start() -> io::Result<Self> {
        let program = PROGRAM.get().ok_or(io::ErrorKind::Unsupported)?;
        let mut command = Command::new(program);
        command
            .arg(COMMAND)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        // Ctrl+C at a terminal is for the program that was called.
        #[cfg(unix)]
        command.process_group(0);
        let mut child = command.spawn()?;
        let (input, output) = (child.stdin.take(), child.stdout.take());
        let (Some(input), Some(output)) = (input, output) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        Ok(Self { child: Arc::new(Mutex::new(child)), input, output })
    }

    /// Why it ended: what it read did it, or else we did, or the system.
    fn reason(&self) -> Error {
        let mut child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
        match child.wait() {
            Ok(status) if status.code() == Some(NO_THREAD.into()) => Error::NotStarted,
            Ok(status) if is_killed(status) => Error::Late,
            Ok(_) => Error::Ended,
            Err(_) => Error::Late,
        }
    }

    /// Sends a question and reads the answer; an error is that there is none.
    fn exchange(
        &mut self,
        question: Wanted,
        bytes: &[u8],
    ) -> io::Result<Result<Vec<u8>, Error>> {
        self.input.write_all(&[question.number()])?;
        self.input.write_all(&(bytes.len() as u64).to_le_bytes())?;
        self.input.write_all(bytes)?;
        self.input.flush()?;
        let (mut is_error, mut length) = ([0], [0; 8]);
        self.output.read_exact(&mut is_error)?;
        self.output.read_exact(&mut length)?;
        let length = u64::from_le_bytes(length);
        if length > LONGEST_ANSWER {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let mut answer = vec![0; length as usize];
        self.output.read_exact(&mut answer)?;
        Ok(if is_error == [0] { Ok(answer) } else { Err(refused(&answer)) })
    }
}

#[cfg(unix)]
fn is_killed(status: ExitStatus) -> bool {
    status.signal() == Some(signal_hook::consts::SIGKILL)
}

/// By the number that std gives a process of Windows that it ends.
#[cfg(not(unix))]
fn is_killed(status: ExitStatus) -> bool {
    status.code() == Some(1)
}

/// A process is waited for, so that none stays listed.
impl Drop for ReaderProcess {
    fn drop(&mut self) {
        let mut child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
        let _ended_already = child.kill();
        let _ended_already = child.wait();
    }
}

fn refused(answer: &[u8]) -> Error {
    let words = String::from_utf8_lossy(answer);
    let (message, hint) = words.split_once('\0').unwrap_or((&words, ""));
    Error::Refused { message: message.to_owned(), hint: hint.to_owned() }
}

/// Ends the process once its time is over or somebody asks for it, unless what is given
/// back is dropped before. Where the system gives no thread, the limits of the process
/// itself remain.
#[expect(clippy::disallowed_methods, reason = "pipes cannot be read for a limited time")]
fn watch(
    child: &Arc<Mutex<Child>>,
    within: Duration,
    stop: StopSign,
) -> mpsc::Sender<()> {
    let (done, is_done) = mpsc::channel();
    let child = Arc::clone(child);
    let until = Instant::now() + within;
    let _started = thread::Builder::new()
        .name("time limit".into())
        .spawn(move || end_in_time(&child, until, &stop, &is_done));
    done
}

#[expect(clippy::disallowed_methods, reason = "pipes cannot be read for a limited time")]
fn end_in_time(
    child: &Mutex<Child>,
    until: Instant,
    stop: &StopSign,
    is_done: &Receiver<()>,
) {
    while is_done.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout) {
        if stop.is_asked() || Instant::now() >= until {
            let mut child = child.lock().unwrap_or_else(PoisonError::into_inner);
            let _ended_already = child.kill();
            return;
        }
    }
}
