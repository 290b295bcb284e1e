//! What day and what moment it is; nothing below a front end may ask.

#[expect(
    clippy::disallowed_methods,
    reason = "a front end tells the checks what day it is"
)]
pub(super) fn today() -> jiff::civil::Date {
    jiff::ZonedDateTime::now().date()
}

#[expect(
    clippy::disallowed_methods,
    reason = "a front end says when a letter was exported"
)]
pub(super) fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}
