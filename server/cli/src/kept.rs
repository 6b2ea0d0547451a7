//! Which of the findings are reported: those that are not in the baseline, and of these what changes touch. Owns the
//! choice; must not know how findings are made or printed.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use farewell_analysis::rules::{Finding, Rule};
use farewell_analysis::source::Span;

use crate::baseline::Baseline;
use crate::changed;
use crate::scan::{FileFindings, Scan};

/// The choice. By default everything is kept.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    baseline: Option<Baseline>,
    changed: Option<BTreeSet<PathBuf>>,
}

impl Kept {
    /// Reads a baseline, and asks git what has changed in a workspace (by its root) since a commit.
    ///
    /// # Errors
    /// The baseline cannot be read, or git does not say.
    pub(crate) fn new(root: &Path, baseline: Option<&Path>, changed: Option<&str>) -> anyhow::Result<Self> {
        let changed = changed.map(|since| changed::files(root, since)).transpose()?;
        Ok(Self { baseline: baseline.map(Baseline::read).transpose()?, changed })
    }

    /// Takes out what is not reported; how many of the findings the baseline takes out.
    ///
    /// # Errors
    /// The analysis failed, which is a fault of Farewell.
    pub(crate) fn retain(&self, scan: &Scan, found: &mut [FileFindings]) -> anyhow::Result<usize> {
        if let Some(changed) = &self.changed {
            let touched = touched(scan, found, changed)?;
            let has_changed = |path: &str| changed.contains(&scan.workspace.disk_path(path));
            for file in found.iter_mut().filter(|file| !changed.contains(&file.path)) {
                let path = file.file.path(&scan.db);
                file.findings.retain(|it| {
                    it.finding.related.iter().any(|step| has_changed(&step.path))
                        || touched.contains(&key(path.clone(), &it.finding))
                });
            }
        }
        let Some(baseline) = &self.baseline else {
            return Ok(0);
        };
        let known = baseline.fingerprints();
        let mut in_baseline = 0;
        for file in found {
            let before = file.findings.len();
            file.findings.retain(|it| !known.contains(it.fingerprint.as_str()));
            in_baseline += before - file.findings.len();
        }
        Ok(in_baseline)
    }
}

/// A finding's rule and place.
type Key = (Arc<str>, Span, Rule);

fn key(path: Arc<str>, finding: &Finding) -> Key {
    (path, finding.span, finding.rule)
}

/// The findings of the flows that run code in changed files.
fn touched(scan: &Scan, found: &[FileFindings], changed: &BTreeSet<PathBuf>) -> anyhow::Result<BTreeSet<Key>> {
    let map = scan.audit(found)?;
    let is_touched = |path: &Arc<str>| changed.contains(&scan.workspace.disk_path(path));
    let flows = map.flows.into_iter().filter(|flow| flow.files.iter().any(is_touched));
    Ok(flows.flat_map(|flow| flow.findings).map(|it| (it.path, it.span, it.rule)).collect())
}
