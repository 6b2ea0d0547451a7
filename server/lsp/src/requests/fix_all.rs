//! Many fixes as one. Owns which fixes go together; must not know LSP.

use farewell_analysis::fixes::{Edit, Fix};
use farewell_analysis::rules::{Finding, Safety};
use farewell_analysis::{SourceFile, fixes_of};
use salsa::Database;

use crate::state::Snapshot;

/// Whether a fix may be applied together with others, without a look.
pub(crate) fn is_safe(fix: &Fix) -> bool {
    fix.preferred && fix.safety == Safety::Safe
}

/// The edits of every finding's safe fix, sorted by file and place.
pub(crate) fn edits<'a>(
    snapshot: &Snapshot,
    file: SourceFile,
    findings: impl IntoIterator<Item = &'a Finding>,
) -> Vec<Edit> {
    let mut merged = Vec::new();
    for finding in findings {
        // A proof may take long, and it knows nothing of this database's revisions.
        snapshot.db.unwind_if_revision_cancelled();
        if let Some(fix) = fixes_of(&snapshot.db, file, finding).into_iter().find(is_safe) {
            merge(&mut merged, fix.edits);
        }
    }
    merged.sort_by(|one, other| (&one.path, one.span).cmp(&(&other.path, other.span)));
    merged
}

/// Takes a fix's edits in, all or none: a fix that touches what an earlier one touches is left out. What
/// both do alike, such as an import, is done once.
fn merge(merged: &mut Vec<Edit>, edits: Vec<Edit>) {
    let news: Vec<Edit> = edits.into_iter().filter(|edit| !merged.contains(edit)).collect();
    let clash = |edit: &Edit| merged.iter().any(|other| other.path == edit.path && other.span.intersects(edit.span));
    if !news.iter().any(clash) {
        merged.extend(news);
    }
}

#[cfg(test)]
mod tests {
    use farewell_analysis::fixes::Edit;
    use farewell_analysis::source::Span;

    use super::merge;

    fn edit(start: u32, end: u32, text: &str) -> Edit {
        Edit { path: "a.ts".into(), span: Span::new(start, end), text: text.to_owned() }
    }

    #[test]
    fn overlapping_fixes_are_dropped_whole_and_equal_edits_are_one() {
        let mut merged = Vec::new();
        merge(&mut merged, vec![edit(0, 0, "import"), edit(10, 12, "a")]);
        merge(&mut merged, vec![edit(0, 0, "import"), edit(20, 20, "b")]);
        merge(&mut merged, vec![edit(11, 11, "clash"), edit(30, 30, "c")]);
        merge(&mut merged, vec![edit(20, 20, "another text at one place")]);
        assert_eq!(merged, [edit(0, 0, "import"), edit(10, 12, "a"), edit(20, 20, "b")]);
        let mut other_file = edit(10, 12, "a");
        other_file.path = "b.ts".into();
        merge(&mut merged, vec![other_file]);
        assert_eq!(merged.len(), 4);
    }
}
