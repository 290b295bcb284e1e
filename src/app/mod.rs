//! The window: the only folder that names egui. [`desk`] is what is true, `view` draws
//! it, `worker` does what takes time; [`command`] and [`job`] are what they say to each
//! other.

mod answers;
pub mod command;
pub mod desk;
mod differences;
pub mod earlier_jobs;
pub mod emergency_copy;
mod examples;
pub mod find;
mod graphics;
mod input_queue;
pub mod job;
pub mod manual;
pub mod own_files;
mod platform;
pub mod preview;
mod printed;
mod run_job;
mod sign_out;
pub mod snippets;
mod suggest;
mod theme;
mod typing;
mod view;
mod widgets;
pub mod window;
mod window_place;
pub mod worker;

use std::path::PathBuf;
use std::sync::Arc;

use eframe::{App, CreationContext, NativeOptions};

use self::emergency_copy::EmergencyCopy;
use self::window::Window;
use crate::library::Library;
use crate::store::{DataFolder, presence, words};

/// The window could not be shown.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("There is no display to show the window on")]
    NoDisplay,
    #[error("The window could not be opened: {0}")]
    Graphics(String),
    #[error("A built-in table is damaged")]
    Library(#[from] crate::library::Error),
}

impl Error {
    /// What to do about it, as an instruction.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NoDisplay => {
                "Try the sample letter without one: rationale compose \
                    examples/sample-letter.ron -o sample-letter.pdf"
            }
            Self::Graphics(_) => {
                "Update your graphics driver, or use rationale compose without a window"
            }
            Self::Library(_) => "Report this; it is a bug in Rationale",
        }
    }
}

/// Opens the window, with `draft` in it if there is one, and returns when it is closed.
///
/// # Errors
/// There is no display, or nothing can be drawn on it.
pub fn run(draft: Option<PathBuf>) -> Result<(), Error> {
    let library = Arc::new(library()?);
    let emergency_copy = EmergencyCopy::default();
    emergency_copy::watch(&emergency_copy);
    let result = open(&library, draft, &emergency_copy).map_err(from_eframe);
    presence::end();
    result
}

/// Says why there is no window where nobody sees what a program writes to its terminal.
pub fn show_failure(error: &Error) {
    platform::show_failure(&error.to_string(), error.hint());
}

/// What the program carries with it, and this account's and this machine's words. Words
/// that cannot be read are missed in letters, and nothing else is.
fn library() -> Result<Library, Error> {
    let library = Library::bundled()?;
    let Ok(data) = DataFolder::of_this_account() else { return Ok(library) };
    let mut words = words::of_this_machine();
    words.extend(words::load(&data).0);
    Ok(library.with_own_words(words))
}

fn open(
    library: &Arc<Library>,
    draft: Option<PathBuf>,
    emergency_copy: &EmergencyCopy,
) -> eframe::Result {
    let kept = emergency_copy.clone();
    let begin = move |creation: &CreationContext<'_>| {
        let data = DataFolder::of_this_account().ok();
        let (ctx, library) = (&creation.egui_ctx, Arc::clone(library));
        let window = Window::new(ctx, library, data, draft.clone())
            .with_emergency_copy(emergency_copy.clone());
        Box::new(window) as Box<dyn App>
    };
    graphics::show(options, begin, move || kept.rescue_now())
}

fn options() -> NativeOptions {
    let icon = eframe::icon_data::from_png_bytes(include_bytes!("../../assets/icon.png"))
        .unwrap_or_default();
    let viewport = egui::ViewportBuilder::default()
        .with_app_id("rationale")
        .with_icon(icon);
    let viewport = window_place::restored(viewport);
    let mut options =
        NativeOptions { viewport, persist_window: false, ..NativeOptions::default() };
    platform::adapt(&mut options);
    options
}

fn from_eframe(error: eframe::Error) -> Error {
    match error {
        eframe::Error::WinitEventLoop(_) => Error::NoDisplay,
        other => Error::Graphics(other.to_string()),
    }
}
