//! Printing through a real printer system: a CUPS of our own on loopback, which keeps the
//! files that arrive.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

use crate::cli::SAMPLE;
use crate::programs;

/// A printer system with its printers. It ends with the value.
pub(crate) struct PrintServer {
    folder: TempDir,
    server: Child,
    /// What `CUPS_SERVER` is set to.
    pub address: String,
    _alone: MutexGuard<'static, ()>,
}

/// Starting a printer system takes a second; two at once would reach for one port.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// So long is waited for what should happen at once.
const PATIENCE: Duration = Duration::from_secs(20);

impl PrintServer {
    /// With a printer Office, which is the usual one, and Archive, which prints on one
    /// side only; `None`, with a word about it, where CUPS is not installed or this
    /// account may not start it.
    pub(crate) fn start() -> Option<Self> {
        programs::run_alone("/usr/sbin/cupsd", &["-h"])?;
        let account = programs::run_alone("id", &["-u"])?;
        if account.stdout != b"0\n" {
            programs::skip("/usr/sbin/cupsd", "only root may start it");
            return None;
        }
        let alone = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        let folder = tempfile::tempdir().unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let address = format!("127.0.0.1:{port}");
        configure(folder.path(), &address);
        let server = Command::new("/usr/sbin/cupsd")
            .args(["-f", "-c"])
            .arg(folder.path().join("etc/cupsd.conf"))
            .arg("-s")
            .arg(folder.path().join("etc/cups-files.conf"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let server = Self { folder, server, address, _alone: alone };
        server.add_printers();
        Some(server)
    }

    fn add_printers(&self) {
        wait_for(|| {
            self.run("lpstat", &["-r"])
                .stdout
                .ends_with(b"is running\n")
                .then_some(())
        });
        let device = "file:///dev/null";
        let one_sided = "drv:///sample.drv/generic.ppd";
        for arguments in [
            &["-p", "Office", "-E", "-v", device, "-D", "By the window"][..],
            &["-p", "Archive", "-E", "-v", device, "-L", "Cellar", "-m", one_sided],
            &["-p", "Closed", "-v", device],
            &["-d", "Office"],
        ] {
            let output = self.run("lpadmin", arguments);
            assert!(
                output.status.success(),
                "{}",
                String::from_utf8_lossy(&output.stderr)
            );
        }
        let output = self.run("cupsreject", &["-r", "Out of toner", "Closed"]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    /// Runs one of the printer system's own programs, or ours, with its address.
    fn run(&self, program: &str, arguments: &[&str]) -> Output {
        let path =
            format!("/usr/sbin:/usr/bin:{}", std::env::var("PATH").unwrap_or_default());
        let mut command = Command::new(program);
        command
            .args(arguments)
            .env("PATH", path)
            .env("CUPS_SERVER", &self.address)
            .env("USER", "someone");
        // A proxy is for the web: a letter that went there would not arrive here.
        command
            .env("HTTP_PROXY", "http://127.0.0.1:9")
            .env("RATIONALE_DATA", self.folder.path().join("data"));
        command
            .current_dir(self.drafts())
            .output()
            .unwrap_or_else(|error| panic!("{program}: {error}"))
    }

    fn drafts(&self) -> PathBuf {
        self.folder.path().join("drafts")
    }

    fn with(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        fs::write(self.drafts().join(name), content).unwrap();
        self
    }

    /// Runs Rationale, and compares all that it says.
    #[track_caller]
    fn expect(&self, arguments: &str, code: i32, out: &str, err: &str) {
        let words: Vec<&str> = arguments.split_whitespace().collect();
        let output = self.run(env!("CARGO_BIN_EXE_rationale"), &words);
        let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert_eq!(
            (said(&output.stdout), said(&output.stderr)),
            (out.into(), err.into()),
            "{arguments}"
        );
        assert_eq!(output.status.code(), Some(code), "{arguments}");
    }

    /// The file of a job as it arrived.
    pub(crate) fn arrived(&self, job: u32) -> Vec<u8> {
        let path = self.folder.path().join(format!("spool/d{job:05}-001"));
        fs::read(&path)
            .unwrap_or_else(|error| panic!("job {job} did not arrive: {error}"))
    }

    /// What the printer system tells of a job.
    fn told_of(&self, printer: &str, job: u32) -> String {
        const QUESTION: &str = "{\nOPERATION Get-Job-Attributes\nGROUP operation-attributes-tag\n\
            ATTR charset attributes-charset utf-8\nATTR language attributes-natural-language en\n\
            ATTR uri printer-uri $uri\nATTR integer job-id $job\nATTR name \
            requesting-user-name someone\nSTATUS successful-ok\n}\n";
        let file = self.folder.path().join("job.test");
        fs::write(&file, QUESTION).unwrap();
        let uri = format!("ipp://{}/printers/{printer}", self.address);
        let output = self.run(
            "ipptool",
            &["-tv", "-d", &format!("job={job}"), &uri, file.to_str().unwrap()],
        );
        String::from_utf8_lossy(&output.stdout).into_owned()
    }
}

impl Drop for PrintServer {
    fn drop(&mut self) {
        // Asked to end it would first write down its printers.
        let _ended_already = self.server.kill();
        let _ended_already = self.server.wait();
    }
}

/// What a CUPS needs that has nothing to do with the one of this machine.
fn configure(folder: &Path, address: &str) {
    let names = ["etc", "spool", "cache", "state", "log", "tmp", "drafts"];
    names
        .iter()
        .for_each(|name| fs::create_dir(folder.join(name)).unwrap());
    let at = folder.display();
    let files = format!(
        "ServerRoot {at}/etc\nRequestRoot {at}/spool\nCacheDir {at}/cache\nStateDir \
            {at}/state\nTempDir {at}/tmp\n\
         AccessLog {at}/log/access\nErrorLog {at}/log/error\nPageLog \
         {at}/log/page\nFileDevice Yes\n\
         SystemGroup root lpadmin\nSandboxing relaxed\n"
    );
    let everyone = "Order allow,deny\nAllow 127.0.0.1\n";
    let server = format!(
        "LogLevel warn\nListen {address}\nBrowsing No\nWebInterface No\nDefaultAuthType None\n\
         <Location />\n{everyone}</Location>\n<Location /admin>\n{everyone}</Location>\n\
         <Policy default>\n<Limit All>\nOrder deny,allow\nAllow from \
         127.0.0.1\n</Limit>\n</Policy>\n"
    );
    fs::write(folder.join("etc/cups-files.conf"), files).unwrap();
    fs::write(folder.join("etc/cupsd.conf"), server).unwrap();
    give_to_printers(folder);
}

/// Filters run as the account of printers, and read what lies here.
fn give_to_printers(folder: &Path) {
    let chown = Command::new("chown")
        .args(["-R", "lp:lp"])
        .arg(folder)
        .status()
        .unwrap();
    let chmod = Command::new("chmod").arg("755").arg(folder).status().unwrap();
    assert!(chown.success() && chmod.success(), "there is no account of printers");
}

#[track_caller]
fn wait_for<T>(found: impl Fn() -> Option<T>) -> T {
    let step = Duration::from_millis(50);
    let tries = PATIENCE.as_millis() / step.as_millis();
    let mut tries = (0..tries).map(|_| {
        thread::sleep(step);
        found()
    });
    tries.find_map(|found| found).expect("it did not happen in time")
}

/// A letter whose copies differ: the served one has a cover.
const COVERED: &str = include_str!("../../examples/imr-2013-letter.ron");

/// What `rationale compose` makes of it.
fn composed(copy: &str) -> Vec<u8> {
    let trial = crate::cli::Trial::of(&format!("compose a.ron --copy {copy}"));
    let trial = trial.with("a.ron", COVERED).tells("Written: a.pdf\n").exits(0);
    fs::read(trial.path("a.pdf")).unwrap()
}

#[test]
fn the_letter_that_arrives_is_the_one_that_is_composed() {
    let Some(server) = PrintServer::start() else { return };
    let server = server.with("a.ron", COVERED);
    assert!(composed("served") != composed("public"), "the copies are the same");
    server.expect("print a.ron", 0, "", "a.ron: sent to Office as job 1\n");
    let told = "a.ron: sent to Archive as job 2\n";
    server.expect(
        "print a.ron --printer Archive --copy public --copies 2 --sides one --pages 1 --paper a4",
        0,
        "",
        told,
    );
    assert!(server.arrived(1) == composed("served"), "the served copy is another");
    assert!(server.arrived(2) == composed("public"), "the public copy is another");
    let told = server.told_of("Archive", 2);
    for wish in [
        "job-name (nameWithoutLanguage) = CM13-0099002",
        "job-originating-user-name (nameWithoutLanguage) = someone",
        "copies (integer) = 2",
        "sides (keyword) = one-sided",
        "page-ranges (rangeOfInteger) = 1-1",
        "media (keyword) = iso_a4_210x297mm",
        "document-format-supplied (mimeMediaType) = application/pdf",
    ] {
        assert!(told.contains(wish), "{wish} is not in\n{told}");
    }
    assert!(
        server
            .told_of("Office", 1)
            .contains("media (keyword) = na_letter_8.5x11in")
    );
}

#[test]
fn a_pile_is_printed_in_the_order_that_was_asked_for() {
    let Some(server) = PrintServer::start() else { return };
    let broken = SAMPLE.replace("CM13-0012345", "");
    let server = server
        .with("b.ron", SAMPLE)
        .with("a.ron", SAMPLE.replace("a box", "a crate"))
        .with("c.ron", broken);
    let missing = "c.ron: error L001 missing: Case number is missing\n    Fill \
        in \"Case number\" under \"Case\"\n";
    server.expect(
        "print b.ron .",
        1,
        "",
        &format!(
            "./{missing}./c.ron: Not printed, because the letter has 1 error\n    Fix \
                the errors above, or print it with --unfinished\nb.ron    sent to \
                Office as job 1\n./a.ron  sent to Office as job 2\n./b.ron  sent to \
                Office as job 3\n./c.ron  1 error\n3 letters sent, 1 not\n"
        ),
    );
    assert!(
        server.arrived(3) == server.arrived(1) && server.arrived(2) != server.arrived(1)
    );
    let told = format!(
        "{missing}c.ron: Printed unfinished, because the letter has 1 error\nc.ron: \
            sent to Office as job 4\n"
    );
    server.expect("print c.ron --unfinished", 0, "", &told);
    server.expect(
        "print a.ron b.ron --pages 2",
        2,
        "",
        &("The letter has no page 2; its last page is 1\n    Enter pages up to 1\n"
            .repeat(2)
            + "a.ron  The letter has no page 2; its last page is 1\nb.ron  The letter \
                has no page 2; its last page is 1\n0 letters sent, 2 not\n"),
    );
    assert!(
        server
            .told_of("Office", 4)
            .contains("job-name (nameWithoutLanguage) = letter\n")
    );
}

#[test]
fn what_a_printer_cannot_do_is_told_before_it_does_something_else() {
    let Some(server) = PrintServer::start() else { return };
    let server = server.with("a.ron", SAMPLE);
    server.expect(
        "print --list",
        0,
        "   Archive  Cellar\n   Closed                  not accepting jobs\n*  \
            Office   By the window\n",
        "",
    );
    for (arguments, code, told) in [
        (
            "--printer Attic",
            2,
            "There is no printer Attic\n    Use one of Archive, Closed, Office\n",
        ),
        (
            "--printer Archive --sides two-long",
            2,
            "Archive cannot print on these sides of the sheet\n    Use the printer's \
                own setting, or choose another printer\n",
        ),
        (
            "--pages 2-9",
            2,
            "The letter has no page 9; its last page is 1\n    Enter pages up to 1\n",
        ),
        (
            "--pages 3-1",
            2,
            "These pages to print are not a page range: 3-1\n    Enter pages in order, \
                such as 1-3 or 1,4-6\n",
        ),
        (
            "--copies 0",
            2,
            "The number of copies must be 1 to 99\n    Print again if you need more\n",
        ),
        (
            "--printer Closed",
            3,
            "Closed is not accepting jobs\n    Choose another printer, or fix this: Out \
                of toner\n",
        ),
        (
            "--paper Tabloid",
            2,
            "--paper cannot be Tabloid\n    Use one of Letter, A4, Legal\n",
        ),
    ] {
        server.expect(&format!("print a.ron {arguments}"), code, "", told);
    }
    assert!(
        fs::read_dir(server.folder.path().join("spool")).unwrap().count() <= 1,
        "something was printed"
    );
}

#[test]
fn without_a_printer_system_it_is_said_that_there_is_none() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let output = Command::new(env!("CARGO_BIN_EXE_rationale"))
        .args(["print", "--list"])
        .env("CUPS_SERVER", format!("127.0.0.1:{port}"))
        .output()
        .unwrap();
    let expected = format!(
        "No print service is running at 127.0.0.1:{port}\n    Check that CUPS is \
            running there, or set CUPS_SERVER to another host:port\n"
    );
    assert_eq!(
        (String::from_utf8_lossy(&output.stderr).into_owned(), output.status.code()),
        (expected, Some(3))
    );
}
