//! Letters with any characters in any field.
#![no_main]

#[path = "../bodies.rs"]
#[allow(dead_code, reason = "each target is a program of its own and calls one")]
mod bodies;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| bodies::compose(bytes));
