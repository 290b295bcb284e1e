//! The end of a session: whoever signs out or shuts down Windows asks every window, and
//! the window system answers for ours without a word to us. So a window that nobody sees
//! is asked too.

/// Does something at the end of the session. Elsewhere a signal says that it ends, or
/// the window is closed first.
#[cfg(windows)]
#[expect(clippy::disallowed_methods, reason = "the system asks beside all else")]
pub(super) fn watch(end: impl Fn() + Send + 'static) {
    use winsafe::prelude::*;
    use winsafe::{co, gui};
    // Where the system gives no thread, the last backup remains.
    let _started = std::thread::Builder::new().name("sign-out".into()).spawn(move || {
        let window = gui::WindowMain::new(gui::WindowMainOpts {
            title: "Rationale",
            style: co::WS::OVERLAPPED,
            ..Default::default()
        });
        window.on().wm_end_session(move |told| {
            if told.is_session_being_ended {
                end();
            }
            Ok(())
        });
        let _ends_with_the_program = window.run_main(Some(co::SW::HIDE));
    });
}

#[cfg(not(windows))]
pub(super) fn watch(_end: impl Fn() + Send + 'static) {}
