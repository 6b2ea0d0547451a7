//! `farewell.copyDebugInfo`: what whoever looks into a fault wants to know first. Tells paths and figures,
//! and nothing of what stands in files.

use std::collections::BTreeMap;
use std::fmt::Write;

use farewell_analysis::{Project, report};

use crate::state::{Failure, Snapshot, catch_over};

/// The text, in Markdown.
pub(crate) fn run(snapshot: &Snapshot, (): ()) -> String {
    let mut text = String::from("# Farewell\n\n");
    let mut line = |name: &str, value: String| {
        // A text takes whatever is written to it.
        let _ = writeln!(text, "- {name}: {value}");
    };
    let session = &snapshot.session;
    line("version", env!("CARGO_PKG_VERSION").to_owned());
    line("platform", format!("{} {}", std::env::consts::OS, std::env::consts::ARCH));
    line("editor", session.client_name.clone().unwrap_or_else(|| "it does not say".to_owned()));
    line("encoding", format!("{:?}", session.encoding));
    line("what the editor can do", format!("{:?}", session.client));
    line("settings", format!("{:?}", session.preferences));
    for (folder, preferences) in &session.in_folders {
        line(&format!("settings in {}", folder.display()), format!("{preferences:?}"));
    }
    for root in snapshot.roots.iter() {
        line("folder", root.display().to_string());
    }
    line("root", snapshot.workspace.root().display().to_string());
    for (project, files) in projects(snapshot) {
        let manifest = project.manifest(&snapshot.db);
        let platform = manifest.platform.map_or("no platform of its own", |platform| platform.name());
        let folder = if manifest.folder.is_empty() { "." } else { &*manifest.folder };
        line("project", format!("{folder}, {platform}, {files} files, SDK declared: {}", manifest.declares_sdk));
    }
    let scanned = &snapshot.scanned;
    line("last scan", format!("{} files, {} bytes, {} ms", scanned.files, scanned.bytes, scanned.milliseconds()));
    line("open documents", snapshot.documents.len().to_string());
    for (rule, count) in findings(snapshot) {
        line(&format!("findings of {rule}"), count.to_string());
    }
    for problem in snapshot.workspace.problems() {
        line("problem", problem.to_string());
    }
    if let Some(memory) = resident_memory() {
        line("memory", memory);
    }
    text
}

/// The engine's projects, sorted by folder, with how many files each has in the database.
fn projects(snapshot: &Snapshot) -> Vec<(Project, usize)> {
    let mut projects: BTreeMap<Project, usize> = BTreeMap::new();
    for (_, file) in snapshot.files.entries() {
        *projects.entry(file.project(&snapshot.db)).or_default() += 1;
    }
    let mut projects: Vec<(Project, usize)> = projects.into_iter().collect();
    projects.sort_by_key(|(project, _)| &project.manifest(&snapshot.db).folder);
    projects
}

fn findings(snapshot: &Snapshot) -> BTreeMap<&'static str, usize> {
    let mut findings = BTreeMap::new();
    for (key, file) in snapshot.files.entries() {
        match catch_over(&snapshot.db, key, || report(&snapshot.db, file)) {
            Ok(report) => report.findings.iter().for_each(|it| *findings.entry(it.rule.name()).or_default() += 1),
            Err(Failure::Panicked) => *findings.entry("a file whose analysis fails").or_default() += 1,
            // The request has no answer then; this is where it ends.
            Err(_) => salsa::Database::unwind_if_revision_cancelled(&snapshot.db),
        }
    }
    findings
}

/// How much memory the program takes, where the system tells that for nothing.
fn resident_memory() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmRSS:")).map(|memory| memory.trim().to_owned())
}
