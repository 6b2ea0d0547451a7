//! What stands between the client's bytes and the language server: frames, the guard in front of the
//! server, the layer that survives panics, and the watch on the client's process. Must not know what a
//! message means beyond `initialize`, `shutdown` and `exit`.

mod client_process;
mod frames;
mod guard;
mod panics;

pub(crate) use guard::{Ended, guard};
pub(crate) use panics::{CatchPanics, panic_message};
