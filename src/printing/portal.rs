//! The desktop's own print dialog, which its portal shows for us
//! (`org.freedesktop.portal.Print`). It knows printers, trays and the person's habits
//! better than we can, and prints to a file too.

use std::collections::HashMap;
use std::os::fd::OwnedFd;

use zbus::Message;
use zbus::blocking::{Connection, MessageIterator, Proxy};
use zbus::zvariant::{Dict, Fd, OwnedObjectPath, OwnedValue, Value};

use super::PaperSize;
use super::error::Error;

const DESKTOP: &str = "org.freedesktop.portal.Desktop";
const PATH: &str = "/org/freedesktop/portal/desktop";
const PRINT: &str = "org.freedesktop.portal.Print";
const REQUEST: &str = "org.freedesktop.portal.Request";

/// No window is named: the dialog opens by itself then, which every desktop can.
const NO_PARENT: &str = "";

/// What the person chose.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// The letter is on its way, to this printer if the dialog names it.
    Sent(Option<String>),
    Cancelled,
}

type PortalOptions<'a> = HashMap<&'static str, Value<'a>>;

/// What comes back of a request: 0 where it was done, 1 or 2 where the person did not
/// want it.
type Response = (u32, HashMap<String, OwnedValue>);

/// Shows the dialog, waits for the person, and has the file printed.
pub fn print(
    title: &str,
    paper: Option<&PaperSize>,
    pdf: OwnedFd,
) -> Result<Answer, Error> {
    let bus = Connection::session().map_err(|_| Error::NoDialog)?;
    print_on(&bus, title, paper, pdf)
}

/// The same on a bus of the caller's choice.
pub fn print_on(
    bus: &Connection,
    title: &str,
    paper: Option<&PaperSize>,
    pdf: OwnedFd,
) -> Result<Answer, Error> {
    let portal = Proxy::new(bus, DESKTOP, PATH, PRINT).map_err(|_| Error::NoDialog)?;
    // A desktop without such a dialog has no such property.
    portal.get_property::<u32>("version").map_err(|_| Error::NoDialog)?;
    let dialog = Dialog { bus, portal: &portal };
    let (code, chosen) =
        dialog.prepare(title, paper).map_err(|error| dialog_error(&error))?;
    let Some(token) = number_of(&chosen, "token") else { return Ok(Answer::Cancelled) };
    if code != 0 {
        return Ok(Answer::Cancelled);
    }
    let (code, _) =
        dialog.send(title, token, pdf).map_err(|error| dialog_error(&error))?;
    match code {
        0 => Ok(Answer::Sent(printer_name(&chosen))),
        1 => Ok(Answer::Cancelled),
        _ => Err(Error::DialogBroke {
            reason: "it could not send the letter to the printer".into(),
        }),
    }
}

fn dialog_error(error: &zbus::Error) -> Error {
    Error::DialogBroke { reason: error.to_string() }
}

/// The portal, asked for one letter.
struct Dialog<'a> {
    bus: &'a Connection,
    portal: &'a Proxy<'a>,
}

impl Dialog<'_> {
    fn prepare(&self, title: &str, paper: Option<&PaperSize>) -> zbus::Result<Response> {
        let options = PortalOptions::from([
            ("handle_token", "prepare".into()),
            ("modal", true.into()),
        ]);
        let page = paper.map(paper_options).unwrap_or_default();
        self.ask(
            "prepare",
            "PreparePrint",
            &(NO_PARENT, title, PortalOptions::new(), page, options),
        )
    }

    fn send(&self, title: &str, token: u32, pdf: OwnedFd) -> zbus::Result<Response> {
        let options = PortalOptions::from([
            ("handle_token", "print".into()),
            ("token", token.into()),
        ]);
        self.ask("print", "Print", &(NO_PARENT, title, Fd::from(pdf), options))
    }

    /// Calls a method and waits for what comes of it. The listening begins first: the
    /// answer can come before the call returns.
    fn ask<B>(&self, token: &str, method: &str, body: &B) -> zbus::Result<Response>
    where
        B: serde::Serialize + zbus::zvariant::DynamicType,
    {
        // The portal names the request after our name on the bus, so that its path is
        // known before there is one.
        let sender = match self.bus.unique_name() {
            Some(name) => name.trim_start_matches(':').replace('.', "_"),
            None => String::new(),
        };
        let path = format!("{PATH}/request/{sender}/{token}");
        let request = Proxy::new(self.bus, DESKTOP, path.as_str(), REQUEST)?;
        let messages = MessageIterator::from(self.bus);
        // Now the bus lets the answer through, and word of a desktop that ends.
        let _listening = request.receive_signal("Response")?;
        let _handle: OwnedObjectPath = self.portal.call(method, body)?;
        for message in messages {
            if let Some(answer) = read_answer(&message, &path) {
                return answer;
            }
        }
        Err(gone_error())
    }
}

/// What a message says of the request at this path; `None` where it is about something
/// else.
fn read_answer(
    message: &zbus::Result<Message>,
    path: &str,
) -> Option<zbus::Result<Response>> {
    let Ok(message) = message else { return Some(Err(gone_error())) };
    let header = message.header();
    match header.member()?.as_str() {
        "Response" if header.path().is_some_and(|found| found.as_str() == path) => {
            Some(message.body().deserialize())
        }
        "NameOwnerChanged" => {
            let body = message.body();
            let (name, _before, now): (&str, &str, &str) = body.deserialize().ok()?;
            if name == DESKTOP && now.is_empty() { Some(Err(gone_error())) } else { None }
        }
        _ => None,
    }
}

fn gone_error() -> zbus::Error {
    zbus::Error::Failure("the desktop's print service quit".into())
}

/// The letter's paper; left out, the dialog begins with A4 on some desktops.
fn paper_options(paper: &PaperSize) -> PortalOptions<'_> {
    let (width, height) = paper.in_millimeters();
    // Printers add the measures to the name, desktops do not.
    let name = match paper.keyword.rsplit_once('_') {
        Some((name, _measures)) => name,
        None => paper.keyword,
    };
    PortalOptions::from([
        ("Name", name.into()),
        ("PPDName", paper.name.into()),
        ("DisplayName", paper.name.into()),
        ("Width", width.into()),
        ("Height", height.into()),
        ("Orientation", "portrait".into()),
    ])
}

fn number_of(chosen: &HashMap<String, OwnedValue>, name: &str) -> Option<u32> {
    u32::try_from(chosen.get(name)?.try_clone().ok()?).ok()
}

/// What desktops say besides the token is their own: nothing of it is relied on.
fn printer_name(chosen: &HashMap<String, OwnedValue>) -> Option<String> {
    let settings = chosen.get("settings")?.downcast_ref::<Dict<'_, '_>>().ok()?;
    settings.get::<_, String>(&"printer").ok()?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(settings: HashMap<&str, Value<'_>>) -> HashMap<String, OwnedValue> {
        let owned = |value: Value<'_>| value.try_to_owned().unwrap();
        HashMap::from([
            ("token".into(), owned(7_u32.into())),
            ("settings".into(), owned(settings.into())),
        ])
    }

    #[test]
    fn an_answer_is_read_whatever_else_it_leaves_out() {
        let described = chosen(HashMap::from([
            ("printer", "Office".into()),
            ("n-copies", "2".into()),
        ]));
        assert_eq!(
            (number_of(&described, "token"), printer_name(&described)),
            (Some(7), Some("Office".into()))
        );
        let silent = chosen(HashMap::from([("use-color", "yes".into())]));
        assert_eq!((number_of(&silent, "token"), printer_name(&silent)), (Some(7), None));
        assert_eq!(
            (number_of(&HashMap::new(), "token"), printer_name(&HashMap::new())),
            (None, None)
        );
    }

    #[test]
    fn the_dialog_is_given_the_letters_paper() {
        for (name, id, width, height) in
            [("Letter", "na_letter", 215.9, 279.4), ("A4", "iso_a4", 210.0, 297.0)]
        {
            let page = paper_options(PaperSize::named(name).unwrap());
            let described = (&page["Name"], &page["Width"], &page["Height"]);
            assert_eq!(
                described,
                (&Value::from(id), &Value::from(width), &Value::from(height))
            );
        }
    }
}
