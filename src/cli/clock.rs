//! What day and what moment it is; nothing below a front end may ask.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::error::Error;
use crate::guard;

pub(super) fn today() -> Result<Date, Error> {
    Ok(now()?.to_zoned_datetime(TimeZone::system()).date())
}

/// The moment, if the machine's clock says one in which letters are written.
pub(super) fn now() -> Result<Timestamp, Error> {
    guard::now().ok_or(Error::Clock)
}
