//! `shutdown`: nothing is told any more. The program ends with `exit`.

use crate::state::State;

/// Ends the session's work.
pub(crate) fn run(state: &mut State, (): ()) {
    state.shut_down();
}
