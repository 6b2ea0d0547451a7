//! What was computed of a file, to be held. Owns when its memory is given back: a write lets go of what the one
//! before it replaced, on the thread that writes, while somebody waits for the answer; must not know what is in it.

use std::sync::Arc;

use crate::database::{Db, Meanings, SourceFile, lowered, meanings};
use crate::identity::{LinkedFile, linked};
use crate::judge::{FileReport, report};
use crate::lowering::LoweredFile;

/// The large results of one revision for one file. Whoever holds them lets go of them when it has the time.
#[derive(Debug)]
pub struct Computed {
    _lowered: Arc<LoweredFile>,
    _meanings: Arc<Meanings>,
    _linked: Arc<LinkedFile>,
    _report: Arc<FileReport>,
}

/// What was computed of a file whose report was asked for; what was not is computed now.
pub fn computed(db: &dyn Db, file: SourceFile) -> Computed {
    Computed {
        _lowered: Arc::clone(lowered(db, file)),
        _meanings: Arc::clone(meanings(db, file)),
        _linked: Arc::clone(linked(db, file)),
        _report: report(db, file),
    }
}
