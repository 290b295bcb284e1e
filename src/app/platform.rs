//! What only the system can tell or do: the time, file dialogs, other programs.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};
use rfd::FileDialog;

use super::job::{Ask, Purpose};
use crate::export::FORMATS;
use crate::guard;
use crate::store::{DRAFT_ENDINGS, LETTER_ENDINGS};

/// A dialog that ends sooner than this without a file was never shown: a person takes
/// longer, and a system without dialogs takes 2 ms, or many times that while it is busy.
const SOONEST: Duration = Duration::from_millis(500);

/// What became of a dialog.
pub(super) enum PathAnswer {
    /// `None`: the person chose none.
    Path(Option<PathBuf>),
    /// No dialog can be shown here.
    NoDialog,
}

/// The time. Of a clock that is far off nothing is known but that it goes on.
pub(super) fn now() -> ZonedDateTime {
    let now = guard::now().unwrap_or(Timestamp::UNIX_EPOCH);
    now.to_zoned_datetime(TimeZone::system())
}

/// How long the program has run, whatever is done to the clock meanwhile.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place in the window that asks the clock"
)]
pub(super) fn steady() -> Duration {
    static BEGAN: LazyLock<Instant> = LazyLock::new(Instant::now);
    BEGAN.elapsed()
}

/// The person's own folder.
pub(super) fn home() -> Option<PathBuf> {
    std::env::home_dir().filter(|home| !home.as_os_str().is_empty())
}

/// Asks for a path and waits for the person.
pub(super) fn ask_path(ask: &Ask) -> PathAnswer {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place in the window that asks the clock"
    )]
    let began = Instant::now();
    let path = show(ask);
    if path.is_none() && began.elapsed() < SOONEST {
        PathAnswer::NoDialog
    } else {
        PathAnswer::Path(path)
    }
}

fn show(ask: &Ask) -> Option<PathBuf> {
    let dialog = match &ask.folder {
        Some(folder) => FileDialog::new().set_directory(folder),
        None => FileDialog::new(),
    };
    let dialog = dialog.set_title(title(ask.purpose));
    match ask.purpose {
        Purpose::Open => dialog.add_filter("Drafts", DRAFT_ENDINGS).pick_file(),
        Purpose::Folder => dialog.pick_folder(),
        Purpose::Import => dialog.add_filter("Letters", LETTER_ENDINGS).pick_file(),
        Purpose::Save => dialog
            .add_filter("Drafts", DRAFT_ENDINGS)
            .set_file_name(&ask.name)
            .save_file(),
        Purpose::Export | Purpose::ExportUnfinished => {
            let mut dialog = dialog.set_file_name(&ask.name);
            for format in FORMATS {
                dialog = dialog.add_filter(format.label, &[format.extension]);
            }
            dialog.save_file()
        }
    }
}

/// On macOS the system's own menu would end the program without a question. Without that
/// menu Cmd+Q is a key as any other.
#[cfg(target_os = "macos")]
pub(super) fn adapt(options: &mut eframe::NativeOptions) {
    use winit::platform::macos::EventLoopBuilderExtMacOS as _;
    options.event_loop_builder = Some(Box::new(|builder| {
        builder.with_default_menu(false);
    }));
}

#[cfg(not(target_os = "macos"))]
pub(super) fn adapt(_options: &mut eframe::NativeOptions) {}

/// Shows a message without a window of ours, and waits until it is closed: where nobody
/// sees what a program writes to its terminal.
pub(super) fn show_failure(message: &str, hint: &str) {
    if cfg!(not(windows)) {
        return;
    }
    rfd::MessageDialog::new()
        .set_level(rfd::MessageLevel::Error)
        .set_title("Rationale")
        .set_description(format!("{message}\n\n{hint}"))
        .show();
}

fn title(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Open => "Open a draft",
        Purpose::Import => "Import a finished letter",
        Purpose::Folder => "Add a folder of letters",
        Purpose::Save => "Save the draft",
        Purpose::Export => "Export the letter",
        Purpose::ExportUnfinished => "Export the unfinished letter",
    }
}

/// Has the system open a file in the program for its kind. Whether one was found.
pub(super) fn open_outside(path: &Path) -> bool {
    open::that_detached(path).is_ok()
}

/// Puts words on the clipboard, as a web page and as text. Whether the system took them.
pub(super) fn copy(page: &str, text: &str) -> bool {
    arboard::Clipboard::new()
        .and_then(|mut clipboard| clipboard.set_html(page, Some(text)))
        .is_ok()
}

/// Puts plain words on the clipboard. Whether the system took them.
pub(super) fn copy_text(text: &str) -> bool {
    arboard::Clipboard::new()
        .and_then(|mut clipboard| clipboard.set_text(text))
        .is_ok()
}

/// Opens the folder that a file lies in.
pub(super) fn show_in_folder(path: &Path) -> bool {
    path.parent().is_some_and(open_outside)
}
