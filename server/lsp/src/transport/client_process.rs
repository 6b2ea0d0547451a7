//! The client's process. Owns how to tell that it is gone; must not know messages.

use std::time::Duration;

/// How often the client's process is looked for.
const INTERVAL: Duration = Duration::from_secs(1);

/// Ends when the process is gone. Where that cannot be told, it never ends.
pub(crate) async fn gone(process_id: u32) {
    while is_there(process_id) {
        tokio::time::sleep(INTERVAL).await;
    }
}

#[cfg(unix)]
fn is_there(process_id: u32) -> bool {
    let Some(process) = i32::try_from(process_id).ok().and_then(rustix::process::Pid::from_raw) else {
        return true;
    };
    // Another error says that the process is there and belongs to somebody else.
    rustix::process::test_kill_process(process) != Err(rustix::io::Errno::SRCH)
}

#[cfg(not(unix))]
fn is_there(_: u32) -> bool {
    true
}
