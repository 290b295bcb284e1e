//! The desktop's print dialog, with a desktop of our own on a bus of our own.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Seek, Write};
use std::os::fd::AsFd;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

use rationale::printing::PaperSize;
use rationale::printing::portal::{Answer, print_on};
use tempfile::TempDir;
use zbus::blocking::{Connection, connection};
use zbus::fdo;
use zbus::message::Header;
use zbus::zvariant::{Fd, OwnedObjectPath, OwnedValue, Value};

use crate::programs;

/// A bus on which nothing is but what a test puts there. It ends with the value.
struct Bus {
    daemon: Child,
    address: String,
    _folder: TempDir,
}

impl Bus {
    /// `None`, with a word about it, where there is no program for it.
    fn start() -> Option<Self> {
        programs::run_alone("dbus-daemon", &["--version"])?;
        let folder = tempfile::tempdir().unwrap();
        let config = folder.path().join("bus.conf");
        // Without folders of services no real desktop is woken.
        let rules = "<allow send_destination=\"*\"/><allow receive_sender=\"*\"/><allow \
            own=\"*\"/>";
        let text = format!(
            "<busconfig><type>session</type><listen>unix:dir={}</listen><auth>EXTERNAL</auth>\
             <policy context=\"default\">{rules}</policy></busconfig>",
            folder.path().display()
        );
        fs::write(&config, text).unwrap();
        let mut daemon = Command::new("dbus-daemon")
            .args(["--nofork", "--print-address", "--config-file"])
            .arg(&config)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut address = String::new();
        BufReader::new(daemon.stdout.take().unwrap())
            .read_line(&mut address)
            .unwrap();
        Some(Self { daemon, address: address.trim().into(), _folder: folder })
    }

    fn connect(&self) -> Connection {
        connection::Builder::address(self.address.as_str())
            .unwrap()
            .build()
            .unwrap()
    }

    fn with(&self, desktop: Desktop) -> Connection {
        let builder = connection::Builder::address(self.address.as_str()).unwrap();
        let builder = builder.name("org.freedesktop.portal.Desktop").unwrap();
        builder
            .serve_at("/org/freedesktop/portal/desktop", desktop)
            .unwrap()
            .build()
            .unwrap()
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        let _ended_already = self.daemon.kill();
        let _ended_already = self.daemon.wait();
    }
}

/// A desktop whose person answers at once: with these codes the dialog closes, and the
/// printing ends.
struct Desktop {
    version: u32,
    chooses: u32,
    prints: u32,
    heard: Arc<Mutex<Heard>>,
}

/// A code that no desktop gives: it ends instead of answering.
const GOES_AWAY: u32 = 99;

#[derive(Debug, Default, PartialEq)]
struct Heard {
    title: String,
    paper: Option<OwnedValue>,
    document: String,
}

type Dictionary = HashMap<String, OwnedValue>;

#[zbus::interface(name = "org.freedesktop.portal.Print")]
impl Desktop {
    #[zbus(property, name = "version")]
    fn version(&self) -> u32 {
        self.version
    }

    #[expect(clippy::too_many_arguments, reason = "so the portal's method is")]
    async fn prepare_print(
        &self,
        #[zbus(header)] header: Header<'_>,
        #[zbus(connection)] bus: &zbus::Connection,
        parent: String,
        title: String,
        settings: Dictionary,
        page: Dictionary,
        options: Dictionary,
    ) -> fdo::Result<OwnedObjectPath> {
        assert!(parent.is_empty() && settings.is_empty());
        {
            let mut heard = self.heard.lock().unwrap();
            (heard.title, heard.paper) =
                (title, page.get("Name").map(|name| name.try_clone().unwrap()));
        }
        let chosen = HashMap::from([("printer", Value::from("Office"))]);
        let chosen =
            HashMap::from([("token", Value::from(7_u32)), ("settings", chosen.into())]);
        respond(bus, &header, &options, self.chooses, chosen).await
    }

    async fn print(
        &self,
        #[zbus(header)] header: Header<'_>,
        #[zbus(connection)] bus: &zbus::Connection,
        parent: String,
        title: String,
        document: Fd<'_>,
        options: Dictionary,
    ) -> fdo::Result<OwnedObjectPath> {
        assert_eq!(
            (parent, title),
            (String::new(), self.heard.lock().unwrap().title.clone())
        );
        assert_eq!(u32::try_from(options["token"].try_clone().unwrap()).unwrap(), 7);
        let mut file = File::from(document.as_fd().try_clone_to_owned().unwrap());
        file.read_to_string(&mut self.heard.lock().unwrap().document).unwrap();
        respond(bus, &header, &options, self.prints, HashMap::new()).await
    }
}

/// Answers before the call itself returns, as a desktop may.
async fn respond(
    bus: &zbus::Connection,
    header: &Header<'_>,
    options: &Dictionary,
    code: u32,
    results: HashMap<&str, Value<'_>>,
) -> fdo::Result<OwnedObjectPath> {
    let sender = header.sender().unwrap();
    let token: String = options["handle_token"].try_clone().unwrap().try_into().unwrap();
    let name = sender.trim_start_matches(':').replace('.', "_");
    let path = format!("/org/freedesktop/portal/desktop/request/{name}/{token}");
    if code == GOES_AWAY {
        bus.release_name("org.freedesktop.portal.Desktop").await?;
        return Ok(OwnedObjectPath::try_from(path).unwrap());
    }
    let request = "org.freedesktop.portal.Request";
    bus.emit_signal(
        Some(sender.as_str()),
        path.as_str(),
        request,
        "Response",
        &(code, results),
    )
    .await?;
    Ok(OwnedObjectPath::try_from(path).unwrap())
}

fn document() -> File {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(b"the letter").unwrap();
    file.rewind().unwrap();
    file
}

/// Prints on a desktop that answers so; what came of it, and what the desktop heard.
fn printed(bus: &Bus, chooses: u32, prints: u32) -> (Result<Answer, String>, Heard) {
    let heard = Arc::new(Mutex::new(Heard::default()));
    let _desktop =
        bus.with(Desktop { version: 2, chooses, prints, heard: Arc::clone(&heard) });
    let result = print_on(
        &bus.connect(),
        "CM13-0012345",
        PaperSize::named("Letter"),
        document().into(),
    );
    let heard = std::mem::take(&mut *heard.lock().unwrap());
    (result.map_err(|error| error.to_string()), heard)
}

#[test]
fn the_desktop_prints_what_it_is_given() {
    let Some(bus) = Bus::start() else { return };
    let (answer, heard) = printed(&bus, 0, 0);
    assert_eq!(answer, Ok(Answer::Sent(Some("Office".into()))));
    let paper = Value::from("na_letter").try_to_owned().ok();
    assert_eq!(
        heard,
        Heard { title: "CM13-0012345".into(), paper, document: "the letter".into() }
    );
}

#[test]
fn what_the_person_does_not_want_is_not_printed() {
    let Some(bus) = Bus::start() else { return };
    for (chooses, prints, expected, document) in [
        (1, 0, Ok(Answer::Cancelled), ""),
        (2, 0, Ok(Answer::Cancelled), ""),
        (0, 1, Ok(Answer::Cancelled), "the letter"),
        (
            0,
            2,
            Err("The desktop's print dialog stopped: it could not send the letter to \
                the printer"
                .into()),
            "the letter",
        ),
    ] {
        let (answer, heard) = printed(&bus, chooses, prints);
        assert_eq!(
            (answer, heard.document.as_str()),
            (expected, document),
            "{chooses}, {prints}"
        );
    }
}

#[test]
fn a_desktop_that_goes_away_is_not_waited_for() {
    let Some(bus) = Bus::start() else { return };
    for (chooses, prints) in [(GOES_AWAY, 0), (0, GOES_AWAY)] {
        let expected =
            Err("The desktop's print dialog stopped: the desktop's print service quit"
                .into());
        assert_eq!(printed(&bus, chooses, prints).0, expected);
    }
}

#[test]
fn a_desktop_without_a_print_dialog_is_told_from_one_that_has_it() {
    let Some(bus) = Bus::start() else { return };
    let answer = print_on(&bus.connect(), "CM13-0012345", None, document().into());
    assert_eq!(
        answer.map_err(|error| error.to_string()),
        Err("This desktop has no print dialog".into())
    );
}
