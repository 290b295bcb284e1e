//! How much the process may take in which files are read. On Unix the system holds it to
//! that. Elsewhere the program's own allocator does, which `main.rs` lends, and the process
//! ends itself when a file takes too long.

use std::sync::OnceLock;

/// The most memory: with it the largest file that is read is unfolded some times over.
pub(super) const MEMORY: usize = 1024 * 1024 * 1024;

/// Seconds of a processor for one file.
#[cfg(unix)]
const SECONDS: u64 = 10;

/// What limits the memory where the system does not.
static ALLOCATOR: OnceLock<fn(usize)> = OnceLock::new();

pub(super) fn lend_allocator(limit: fn(usize)) {
    _ = ALLOCATOR.set(limit);
}

/// Takes the limits that hold as long as the process does: no files are written, and what
/// is in memory is never dumped.
pub(super) fn begin() {
    #[cfg(unix)]
    {
        use rustix::process::Resource;
        set(Resource::Core, 0);
        set(Resource::Fsize, 0);
        set(Resource::As, MEMORY as u64);
    }
    if let Some(limit) = ALLOCATOR.get() {
        limit(MEMORY);
    }
}

/// Gives the next file its time.
pub(super) fn next_file() {
    #[cfg(unix)]
    {
        use rustix::process::Resource;
        use rustix::time::{ClockId, clock_gettime};
        let used = clock_gettime(ClockId::ProcessCPUTime).tv_sec;
        set(Resource::Cpu, used.unsigned_abs() + SECONDS + 1);
    }
}

/// Sets what is enforced, below what may be asked for.
#[cfg(unix)]
fn set(resource: rustix::process::Resource, limit: u64) {
    use rustix::process::{Rlimit, getrlimit, setrlimit};
    let maximum = getrlimit(resource).maximum;
    let current = Some(maximum.map_or(limit, |most| most.min(limit)));
    // Where the system does not take one, the others still hold.
    let _refused = setrlimit(resource, Rlimit { current, maximum });
}
