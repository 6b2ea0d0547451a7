//! Failures of analysis. Owns how a computation's panic or cancellation is told from its result; must
//! not know what was computed.

use std::panic::{AssertUnwindSafe, catch_unwind};

use farewell_analysis::Database;
use tracing::error;

use crate::transport::panic_message;

/// Why a computation has no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// A newer revision arrived.
    Superseded,
    /// Nobody waits for it any more.
    Cancelled,
    /// It panicked; that is in the log already.
    Panicked,
}

/// Runs a computation. `about` names its file for the log.
pub(crate) fn catch<T>(about: &dyn std::fmt::Display, compute: impl FnOnce() -> T) -> Result<T, Failure> {
    let payload = match catch_unwind(AssertUnwindSafe(compute)) {
        Ok(result) => return Ok(result),
        Err(payload) => payload,
    };
    match payload.downcast_ref::<salsa::Cancelled>() {
        Some(salsa::Cancelled::PendingWrite) => Err(Failure::Superseded),
        Some(salsa::Cancelled::Local) => Err(Failure::Cancelled),
        // The other thread's panic is the one that the log tells in full.
        Some(_) => Err(Failure::Panicked),
        None => {
            error!("the analysis of {about} panicked: {}", panic_message(payload.as_ref()));
            Err(Failure::Panicked)
        }
    }
}

/// Runs a computation over a snapshot of a database. Who waits for another thread's result when a write
/// stops that thread is told of a panic, as if the other one had failed.
pub(crate) fn catch_over<T>(
    db: &Database,
    about: &dyn std::fmt::Display,
    compute: impl FnOnce() -> T,
) -> Result<T, Failure> {
    match catch(about, compute) {
        Err(Failure::Panicked) => {
            // The write waits for this snapshot, so that it can still be seen.
            catch(about, || salsa::Database::unwind_if_revision_cancelled(db))?;
            Err(Failure::Panicked)
        }
        result => result,
    }
}

#[cfg(test)]
mod tests {
    use super::{Failure, catch};

    #[test]
    fn results_and_panics_are_told_apart() {
        assert_eq!(catch(&"a.ts", || 1), Ok(1));
        assert_eq!(catch(&"a.ts", || -> u8 { panic!("no") }), Err(Failure::Panicked));
    }
}
