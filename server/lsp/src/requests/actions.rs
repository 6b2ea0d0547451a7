//! What a code action does, apart from how it is shown. Owns the names by which an action is told again
//! when it is resolved, and its edits; must not know LSP.

use std::sync::Arc;

use farewell_analysis::SourceFile;
use farewell_analysis::fixes::{Edit, Fix, IgnoreScope, merge};
use farewell_analysis::rules::{Finding, Rule};
use farewell_analysis::source::Span;
use serde::{Deserialize, Serialize};

use crate::state::Snapshot;

/// What an action does. It is only good for the text that it was made for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Deed {
    /// One of the fixes of a finding, from 0.
    Fix { of: Place, nth: usize },
    /// A comment that suppresses a finding.
    IgnoreLine { of: Place },
    /// A comment that suppresses a finding and its like in the whole file.
    IgnoreFile { of: Place },
    /// The safe fixes of all findings of a rule in the file.
    FixRule { rule: String },
    /// The safe fixes of all findings in the file.
    FixAll,
}

/// Which finding is meant: its rule, and its bytes in the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Place {
    rule: String,
    start: u32,
    end: u32,
}

impl Place {
    /// The place of a finding.
    pub(crate) fn of(finding: &Finding) -> Self {
        Self { rule: finding.rule.name().to_owned(), start: finding.span.start, end: finding.span.end }
    }

    fn is_of(&self, finding: &Finding) -> bool {
        finding.rule.name() == self.rule && finding.span == Span::new(self.start, self.end)
    }
}

/// The edits of a deed, sorted by file and place, none overlapping another; `None` where it cannot be done.
/// `findings` are those that the user is told of.
pub(crate) fn edits(snapshot: &Snapshot, file: SourceFile, findings: &[Finding], deed: &Deed) -> Option<Vec<Edit>> {
    let found = |place: &Place| findings.iter().find(|finding| place.is_of(finding));
    let fixes = |finding: &Finding| snapshot.proofs.fixes(&snapshot.db, file, finding);
    let ignore = |place: &Place, scope: IgnoreScope| {
        let ignores = snapshot.proofs.ignores(&snapshot.db, file, found(place)?);
        let ignore = ignores.iter().find(|ignore| ignore.scope == scope)?;
        Some(vec![ignore.edit.clone()])
    };
    match deed {
        Deed::Fix { of, nth } => Some(fixes(found(of)?).get(*nth)?.edits.clone()),
        Deed::IgnoreLine { of } => ignore(of, IgnoreScope::Line),
        Deed::IgnoreFile { of } => ignore(of, IgnoreScope::File),
        Deed::FixRule { rule } => {
            let rule = Rule::of_name(rule)?;
            safe_edits(snapshot, file, findings.iter().filter(|finding| finding.rule == rule))
        }
        Deed::FixAll => safe_edits(snapshot, file, findings),
    }
}

/// The edits of every finding's safe fix. Of two that meet, the second is left for the next time.
fn safe_edits<'f>(
    snapshot: &Snapshot,
    file: SourceFile,
    findings: impl IntoIterator<Item = &'f Finding>,
) -> Option<Vec<Edit>> {
    let fixes: Vec<Arc<Vec<Fix>>> =
        findings.into_iter().map(|finding| snapshot.proofs.fixes(&snapshot.db, file, finding)).collect();
    let edits = merge(fixes.iter().flat_map(|fixes| fixes.iter())).edits;
    Some(edits).filter(|edits| !edits.is_empty())
}
