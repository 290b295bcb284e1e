//! What the number of a word in the map says of it. The build script has this file too.

/// Right in small letters, and so with any capitals.
pub(super) const SMALL: u64 = 1;
/// Right with a capital at its beginning.
pub(super) const NAME: u64 = 1 << 1;
/// Right with capitals within it, such as `McMurray`.
pub(super) const MIXED: u64 = 1 << 2;
/// Right in capitals alone, such as "MRI".
pub(super) const SHORT: u64 = 1 << 3;
/// A word of medicine or of the trade, which may have a plural.
pub(super) const TERM: u64 = 1 << 4;
/// Where the figure begins that says how often it is used, from 0 to 15.
pub(super) const FREQUENCY: u32 = 5;
