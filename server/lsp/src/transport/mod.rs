//! What stands between the client's bytes and the language server: frames, the guard in front of the
//! server, the layers that answer every request, survive panics and mend addresses, and the watch on the
//! client's process. Must not know what a message means beyond `initialize`, `shutdown` and `exit`.

mod addresses;
mod answers;
mod client_process;
mod frames;
mod guard;
mod panics;

pub(crate) use addresses::MendAddresses;
pub(crate) use answers::AnswerAll;
pub(crate) use guard::{Ended, guard};
pub(crate) use panics::{CatchPanics, panic_message};
