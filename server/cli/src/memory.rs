//! A bound on memory. Owns that no input, however made, drives the user's machine into swapping: the
//! program ends instead. Must not know what the memory is for.

/// Address space, the threads' stacks included. The largest trees that were tried take less than a
/// sixteenth of it.
#[cfg(unix)]
const MOST_BYTES: u64 = 16 << 30;

/// Bounds this process's memory, unless it is bounded lower already. Where the system has no such bound,
/// or refuses it, nothing changes.
#[cfg(unix)]
pub(crate) fn bound() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let Rlimit { current, maximum } = getrlimit(Resource::As);
    if current.is_some_and(|bytes| bytes <= MOST_BYTES) {
        return;
    }
    let _ = setrlimit(Resource::As, Rlimit { current: Some(MOST_BYTES), maximum });
}

/// Bounds this process's memory where the system can.
#[cfg(not(unix))]
pub(crate) fn bound() {}

/// Asks the system for small pages: large ones are cleared and counted whole, and what is known of many files
/// is many small things.
#[cfg(any(target_os = "linux", target_os = "android"))]
pub(crate) fn use_small_pages() {
    let _ = rustix::thread::disable_transparent_huge_pages(true);
}

/// Asks the system for small pages where it has others.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
pub(crate) fn use_small_pages() {}
