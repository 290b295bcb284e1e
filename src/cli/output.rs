//! What a command writes: results to standard output, everything that is said about them
//! to standard error.

use std::borrow::Cow;
use std::io::{self, IsTerminal, Write};

use super::error::Error;
use crate::diagnostic::{Diagnostic, OverrideState, Severity};

/// Writes a result in words to standard output: nothing in it moves the caret of a
/// terminal or changes its colors, whatever a letter or the name of a file holds.
pub(super) fn write_words(words: &str) -> Result<(), Error> {
    write_bytes(harmless(words).as_bytes())
}

/// Writes the bytes of a file to standard output: they are what somebody reads on, so that
/// they change only where that is a terminal.
pub(super) fn write_file(bytes: &[u8]) -> Result<(), Error> {
    if io::stdout().is_terminal() {
        return write_words(&String::from_utf8_lossy(bytes));
    }
    write_bytes(bytes)
}

fn write_bytes(bytes: &[u8]) -> Result<(), Error> {
    match try_to_write(bytes) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Err(Error::Closed),
        Err(error) => Err(Error::Output(error)),
    }
}

fn try_to_write(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}

/// Says something to the person. Where standard error is closed there is nobody to say it
/// to.
pub(super) fn report(line: &str) {
    let _closed = writeln!(io::stderr(), "{}", harmless(line));
}

/// A line for a terminal: characters that would move its caret, change its colors or turn
/// its words around are spelled out, for names of files can hold them.
fn harmless(line: &str) -> Cow<'_, str> {
    if !line.contains(is_harmful) {
        return line.into();
    }
    let mut spelled = String::with_capacity(line.len());
    for character in line.chars() {
        if is_harmful(character) {
            spelled.extend(character.escape_unicode());
        } else {
            spelled.push(character);
        }
    }
    spelled.into()
}

/// The same for JSON, whose strings alone can hold such characters: each is written as
/// JSON escapes it.
pub(super) fn harmless_json(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for character in json.chars() {
        if is_harmful(character) {
            escaped += &format!("\\u{:04x}", u32::from(character));
        } else {
            escaped.push(character);
        }
    }
    escaped
}

/// Controls, and the characters that set the direction in which words run.
fn is_harmful(character: char) -> bool {
    match character {
        '\n' | '\t' => false,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        other => other.is_control(),
    }
}

/// Says what to do about it, in a line of its own; nothing where there is no advice.
pub(super) fn report_hint(line: &str) {
    if !line.is_empty() {
        report(&format!("    {line}"));
    }
}

pub(super) fn report_error(error: &Error) {
    if !matches!(error, Error::Closed | Error::Stopped) {
        report(&error.to_string());
        report_hint(&error.hint());
    }
}

/// A problem as people read it: `FILE: error L001 missing: Item 2 needs a rationale`,
/// its hint in a line of its own.
pub(super) fn problem_lines(file: &str, problem: &Diagnostic) -> String {
    let Diagnostic { severity, code, name, message, hint, .. } = problem;
    if let OverrideState::Overridden(reason) = &problem.override_state {
        let reason = if reason.is_empty() { "no reason given" } else { reason };
        return format!(
            "{file}: overridden {code} {name}: {message}\n    Reason: {reason}\n"
        );
    }
    let hint = if hint.is_empty() { String::new() } else { format!("    {hint}\n") };
    format!("{file}: {} {code} {name}: {message}\n{hint}", severity_name(*severity))
}

pub(super) fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// "1 error", "2 errors".
pub(super) fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_printed_moves_the_caret_of_a_terminal() {
        for (words, expected) in [
            ("Item\t1\n", "Item\t1\n"),
            ("\u{1b}[2J", "\\u{1b}[2J"),
            ("a\u{9b}31m\r", "a\\u{9b}31m\\u{d}"),
            ("\u{202e}x\u{2066}", "\\u{202e}x\\u{2066}"),
        ] {
            assert_eq!(harmless(words), expected);
        }
        assert_eq!(harmless_json("\"\u{1b}\u{202e}\""), "\"\\u001b\\u202e\"");
    }
}
