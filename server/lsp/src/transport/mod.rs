//! What stands between the client's bytes and the language server: what reads them, frames, the guard in front of the
//! server, the layers that answer every request, survive panics, mend addresses and tell what was done, the
//! way out, and the watch on the client's process. Must not know what a message means beyond `initialize`,
//! `shutdown` and `exit`.

mod addresses;
mod answers;
mod around;
mod client_process;
mod frames;
mod guard;
mod input;
mod outgoing;
mod panics;
mod stdio;
mod traces;

pub(crate) use addresses::MendAddresses;
pub(crate) use answers::or_error;
pub(crate) use around::Around;
#[cfg(feature = "fuzzing")]
pub(crate) use frames::FrameReader;
pub(crate) use guard::{Ended, guard};
use input::Input;
pub(crate) use outgoing::{Sent, WatchedSocket};
pub(crate) use panics::{CatchPanics, panic_message};
pub(crate) use stdio::{input, output};
pub(crate) use traces::traced;
