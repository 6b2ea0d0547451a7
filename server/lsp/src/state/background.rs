//! Threads for what nobody waits for: a scan takes what the answers to the user leave of the processors. Must not know
//! what is done there.

use std::io;

use rayon::ThreadPoolBuilder;
use tracing::error;

use crate::STACK_SIZE;

/// Does something on a thread of its own, before which all others go. What it does in parallel it does on such threads
/// too.
///
/// # Errors
/// Where there is no thread to be had.
pub(super) fn run(name: &'static str, work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    let started = std::thread::Builder::new().name(name.into()).stack_size(STACK_SIZE).spawn(move || {
        step_back();
        // What this thread starts steps back as it does.
        let pool = ThreadPoolBuilder::new().thread_name(move |_| name.into()).stack_size(STACK_SIZE).build();
        match pool {
            Ok(pool) => pool.install(work),
            Err(error) => {
                error!("{name} has one thread alone: {error}");
                work();
            }
        }
    });
    started.map(drop)
}

/// Lets other threads go first, where the system tells threads apart by how nice they are.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn step_back() {
    /// A tenth of what other threads get, where all want to run.
    const NICENESS: i32 = 10;
    // Who may not be nicer is as others are.
    let _ = rustix::process::setpriority_process(Some(rustix::thread::gettid()), NICENESS);
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn step_back() {}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use rayon::prelude::*;

    use super::run;

    #[test]
    fn work_is_done_on_threads_of_its_own() {
        let (tell, told) = channel();
        run("a test", move || {
            let names: Vec<_> =
                (0..64).into_par_iter().map(|_| std::thread::current().name().map(str::to_owned)).collect();
            tell.send(names).unwrap();
        })
        .unwrap();
        let names = told.recv().unwrap();
        assert!(names.iter().all(|name| name.as_deref() == Some("a test")), "{names:?}");
    }
}
