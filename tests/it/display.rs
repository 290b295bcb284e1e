//! A display of one's own, with the real window on it and real keys.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

/// A display that no one sees, with a keyboard.
pub(crate) struct Display {
    server: Child,
    name: String,
}

impl Display {
    /// `None`, with a word about it, where there is no program for one, or none that types.
    pub(crate) fn new() -> Option<Self> {
        // Without -noreset it takes nobody in for a moment after its only window is gone;
        // without -r a key is typed twice where the machine is too busy to let it go.
        let options = "-displayfd 1 -noreset -r -screen 0 1280x800x24 -nolisten tcp";
        let server = Command::new("Xvfb")
            .args(options.split(' '))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        crate::programs::is_here("Xvfb", &server).then_some(())?;
        let mut server = server.ok()?;
        let mut number = String::new();
        BufReader::new(server.stdout.take()?).read_line(&mut number).unwrap();
        let display = Self { server, name: format!(":{}", number.trim()) };
        let version = display.xdotool(&["version"]);
        crate::programs::is_here("xdotool", &version).then_some(display)
    }

    pub(crate) fn xdotool(&self, arguments: &[&str]) -> std::io::Result<Output> {
        Command::new("xdotool")
            .args(arguments)
            .env("DISPLAY", &self.name)
            .output()
    }

    /// Does what these lines say, each a command of xdotool.
    pub(crate) fn act(&self, lines: &str) {
        let mut xdotool = Command::new("xdotool")
            .arg("-")
            .env("DISPLAY", &self.name)
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        xdotool.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
        assert!(xdotool.wait().unwrap().success());
    }

    /// The real window with this draft open and the keyboard at it.
    pub(crate) fn window(&self, draft: &Path, data: &Path, title: &str) -> RealWindow {
        let window = self.start(&[draft.as_os_str()], data);
        // The title is the case number once the letter is on the desk.
        wait_for("a window", || {
            self.xdotool(&["search", "--name", title, "windowfocus"])
                .is_ok_and(|found| found.status.success())
        });
        window
    }

    fn start(&self, arguments: &[&OsStr], data: &Path) -> RealWindow {
        let child = Command::new(env!("CARGO_BIN_EXE_rationale"))
            .args(arguments)
            .env("DISPLAY", &self.name)
            .env_remove("WAYLAND_DISPLAY")
            .env("RATIONALE_DATA", data)
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        RealWindow(child)
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        stop(&mut self.server);
    }
}

/// A process that does not outlive a test that stops.
pub(crate) struct RealWindow(Child);

impl RealWindow {
    pub(crate) fn kill(mut self) {
        stop(&mut self.0);
    }

    /// Sends a signal, and gives the number that the window ends with; `None` where a
    /// signal ended it.
    pub(crate) fn end_by(mut self, signal: &str) -> Option<i32> {
        let process = self.0.id().to_string();
        let sent = Command::new("kill").args(["-s", signal, &process]).status();
        assert!(sent.unwrap().success());
        self.0.wait().unwrap().code()
    }
}

impl Drop for RealWindow {
    fn drop(&mut self) {
        stop(&mut self.0);
    }
}

fn stop(child: &mut Child) {
    // It may have gone by itself.
    drop(child.kill());
    drop(child.wait());
}

/// Waits until something holds; says `what` did not. A machine that builds or tests other
/// things besides draws a frame now and then.
pub(crate) fn wait_for(what: &str, mut holds: impl FnMut() -> bool) {
    let end = Instant::now() + Duration::from_mins(10);
    while !holds() {
        assert!(Instant::now() < end, "{what}: waited for ten minutes");
        std::thread::sleep(Duration::from_millis(20));
    }
}
