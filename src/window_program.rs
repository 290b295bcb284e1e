//! The same program for Windows' desktop: started there, one for the console would open a
//! console beside its window.

#![cfg_attr(windows, windows_subsystem = "windows")]

#[path = "main.rs"]
mod program;

fn main() -> std::process::ExitCode {
    program::main()
}
