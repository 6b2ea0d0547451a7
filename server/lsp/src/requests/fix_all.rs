//! Many fixes as one. Owns which findings' fixes are asked for; must not know LSP.

use farewell_analysis::fixes::{Edit, Fix, merge};
use farewell_analysis::rules::Finding;
use farewell_analysis::{Scratch, SourceFile, fixes_of};
use salsa::Database;

use crate::state::Snapshot;

/// The edits of every finding's safe fix, sorted by file and place.
pub(crate) fn edits<'a>(
    snapshot: &Snapshot,
    file: SourceFile,
    findings: impl IntoIterator<Item = &'a Finding>,
) -> Vec<Edit> {
    let mut fixes: Vec<Fix> = Vec::new();
    let mut scratch = Scratch::default();
    for finding in findings {
        // A proof may take long, and it knows nothing of this database's revisions.
        snapshot.db.unwind_if_revision_cancelled();
        fixes.extend(fixes_of(&snapshot.db, file, finding, &mut scratch));
    }
    merge(&fixes).edits
}
