//! The projects of a scan, as `init` and `doctor` tell of them.

use std::collections::{BTreeMap, BTreeSet};

use farewell_analysis::IdentityFact;
use farewell_analysis::database::context;
use farewell_analysis::vocabulary::Vocabulary;

use crate::output::text::counted;
use crate::scan::{FileFindings, Scan};

/// A project.
pub(super) struct Project {
    /// Its folder relative to the workspace's root; `.` for the root.
    pub(super) folder: String,
    /// The platforms of its files, as people name them.
    pub(super) platforms: BTreeSet<String>,
    /// How many roots of logout flows it holds.
    pub(super) flows: usize,
    /// Whether it identifies users.
    pub(super) identity: IdentityFact,
}

/// The projects, sorted by folder.
///
/// # Errors
/// The analysis failed, which is a fault of Farewell.
pub(super) fn projects(scan: &Scan, found: &[FileFindings]) -> anyhow::Result<Vec<Project>> {
    let mut platforms: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in found.iter().filter(|file| file.skipped.is_none()) {
        let folder = file.file.project(&scan.db).manifest(&scan.db).folder.to_string();
        let platform = context(&scan.db, file.file).platform;
        platforms.entry(folder).or_default().insert(Vocabulary::builtin().texts(platform).display_name.clone());
    }
    let map = scan.audit(found)?;
    let project = |it: farewell_analysis::AuditedProject| Project {
        platforms: platforms.get(&*it.folder).cloned().unwrap_or_default(),
        folder: if it.folder.is_empty() { ".".to_owned() } else { it.folder.to_string() },
        flows: it.flows,
        identity: it.identity,
    };
    Ok(map.projects.into_iter().map(project).collect())
}

impl Project {
    /// `packages/web: Web; the identity is set or released in packages/web/src/boot.ts; 3 logout flows`
    pub(super) fn in_words(&self) -> String {
        let platforms: Vec<&str> = self.platforms.iter().map(String::as_str).collect();
        let platforms = if platforms.is_empty() { "no code of a known flow".to_owned() } else { platforms.join(", ") };
        let identity = match &self.identity {
            IdentityFact::Call { path, .. } => format!("the identity is set or released in {path}"),
            IdentityFact::Assumed => "users are identified out of sight, as farewell.toml says".to_owned(),
            IdentityFact::OnlySdk => "a Fullstory SDK is there, and nothing identifies a user".to_owned(),
            IdentityFact::Nothing => "no trace of Fullstory".to_owned(),
        };
        format!("{}: {platforms}; {identity}; {}", self.folder, counted(self.flows, "logout flow"))
    }
}
