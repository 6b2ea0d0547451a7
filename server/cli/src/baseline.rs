//! The baseline: findings that are known and left out. Owns its file; must not know who asks for it.
//!
//! A finding is known by its fingerprint, wherever its line has moved to. The rest of an entry is for people.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, bail};
use farewell_project::{DEFAULT_MAX_SIZE, read_text};
use serde::{Deserialize, Serialize};

use crate::whole;

const VERSION: u32 = 1;
/// A baseline holds a few hundred bytes a finding.
const MOST_BYTES: u64 = DEFAULT_MAX_SIZE * 64;

/// A baseline as it is in its file.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Baseline {
    version: u32,
    findings: BTreeSet<Known>,
}

/// A finding that is known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Known {
    /// The file relative to the workspace's root, with forward slashes.
    pub(crate) path: String,
    /// The rule's name.
    pub(crate) rule: String,
    /// What was wrong.
    pub(crate) message: String,
    /// What it is known by.
    pub(crate) fingerprint: String,
}

impl Baseline {
    /// A baseline of some findings.
    pub(crate) fn new(findings: impl IntoIterator<Item = Known>) -> Self {
        Self { version: VERSION, findings: findings.into_iter().collect() }
    }

    /// Reads a baseline's file.
    ///
    /// # Errors
    /// It is not there, or is no baseline of this version.
    pub(crate) fn read(path: &Path) -> anyhow::Result<Self> {
        let shown = path.display();
        if !path.exists() {
            bail!("{shown}: there is no baseline; `farewell baseline update --baseline {shown}` writes it");
        }
        let text = read_text(path, MOST_BYTES).map_err(|reason| anyhow::anyhow!("{shown}: {reason}"))?;
        let baseline: Self = serde_json::from_str(&text).with_context(|| format!("{shown}: this is no baseline"))?;
        if baseline.version != VERSION {
            bail!("{shown}: a baseline of version {}; this Farewell reads version {VERSION}", baseline.version);
        }
        Ok(baseline)
    }

    /// Writes it into a file, in an order that is fixed.
    ///
    /// # Errors
    /// The file cannot be written.
    pub(crate) fn write(&self, path: &Path) -> anyhow::Result<()> {
        let text = serde_json::to_string_pretty(self)? + "\n";
        whole::write(path, text.as_bytes()).with_context(|| format!("{}: cannot be written", path.display()))
    }

    /// The findings.
    pub(crate) fn findings(&self) -> &BTreeSet<Known> {
        &self.findings
    }

    /// The fingerprints of its findings.
    pub(crate) fn fingerprints(&self) -> BTreeSet<&str> {
        self.findings.iter().map(|known| known.fingerprint.as_str()).collect()
    }
}
