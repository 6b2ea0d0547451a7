//! What one comparison found. Owns its raw form and its tables; must not know how anything was measured.

use std::fmt;
use std::path::Path;
use std::process::Command;

use anyhow::Context;
use farewell_bench::rivals::{linters, servers, version};
use serde::Serialize;

/// One comparison.
#[derive(Debug, Serialize)]
pub(crate) struct Record {
    date: String,
    machine: String,
    versions: Vec<String>,
    pub(crate) checks: Vec<Check>,
    pub(crate) typing: Vec<Typing>,
    pub(crate) wide: Vec<Typing>,
}

/// One program over one tree.
#[derive(Debug, Serialize)]
pub(crate) struct Check {
    pub(crate) tree: String,
    pub(crate) program: String,
    pub(crate) wall_ms: f64,
    pub(crate) processor_ms: f64,
    pub(crate) peak_megabytes: f64,
    pub(crate) planted: Option<usize>,
    pub(crate) found: Option<usize>,
    pub(crate) false_alarms: Option<usize>,
}

/// One server, typed into.
#[derive(Debug, Serialize)]
pub(crate) struct Typing {
    pub(crate) program: String,
    /// Lines of the file, or files of the tree.
    pub(crate) size: usize,
    pub(crate) keystrokes: usize,
    pub(crate) p50_ms: f64,
    pub(crate) p95_ms: f64,
    pub(crate) p99_ms: f64,
    pub(crate) megabytes: f64,
}

impl Record {
    /// A record without figures.
    ///
    /// # Errors
    /// The programs' rules cannot be written.
    pub(crate) fn of_this_machine(farewell: &Path, tools: &Path) -> anyhow::Result<Self> {
        let linters = linters(farewell, tools)?.into_iter().map(|linter| (linter.name, linter.version()));
        let servers = servers(farewell, tools).into_iter().map(|server| (server.name, version(&server.program)));
        let mut versions: Vec<String> = linters
            .chain(servers)
            .map(|(name, version)| format!("{name}: {}", version.as_deref().unwrap_or("not installed")))
            .collect();
        versions.sort_unstable();
        versions.dedup();
        Ok(Self {
            date: said_by("date", &["+%F"]).context("no date")?,
            machine: machine(),
            versions,
            checks: Vec::new(),
            typing: Vec::new(),
            wide: Vec::new(),
        })
    }
}

/// The first line that a command says.
fn said_by(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok()?;
    Some(String::from_utf8_lossy(&output.stdout).lines().next()?.trim().to_owned())
}

/// The processor and how many of it there are.
fn machine() -> String {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let described = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = described.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    format!("{processors} × {}", model.map_or("unknown", |(_, model)| model))
}

impl fmt::Display for Record {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "{}, {}\n", self.date, self.machine)?;
        writeln!(out, "| tree | program | wall | processor | peak memory | of rg's time | found | false alarms |")?;
        writeln!(out, "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |")?;
        for check in &self.checks {
            let floor = self.checks.iter().find(|other| other.tree == check.tree && other.program == "rg");
            let ratio = floor.map_or("-".to_owned(), |floor| format!("{:.1}", check.wall_ms / floor.wall_ms));
            let found = check
                .found
                .zip(check.planted.filter(|planted| *planted > 0))
                .map(|(found, planted)| format!("{found} of {planted}"));
            writeln!(
                out,
                "| {} | {} | {:.0} ms | {:.0} ms | {:.0} MB | {ratio} | {} | {} |",
                check.tree,
                check.program,
                check.wall_ms,
                check.processor_ms,
                check.peak_megabytes,
                found.as_deref().unwrap_or("-"),
                check.false_alarms.map_or("-".to_owned(), |count| count.to_string()),
            )?;
        }
        table(out, "typed into a file of", "lines", &self.typing)?;
        table(out, "typed into a facade in a tree of", "files", &self.wide)?;
        writeln!(out, "\n{}", self.versions.join("; "))
    }
}

fn table(out: &mut fmt::Formatter<'_>, what: &str, unit: &str, rows: &[Typing]) -> fmt::Result {
    if rows.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n| {what} | program | keystrokes | p50 | p95 | p99 | memory |")?;
    writeln!(out, "| --- | --- | ---: | ---: | ---: | ---: | ---: |")?;
    for row in rows {
        let Typing { program, size, keystrokes, p50_ms, p95_ms, p99_ms, megabytes } = row;
        let times = format!("{p50_ms:.1} ms | {p95_ms:.1} ms | {p99_ms:.1} ms");
        writeln!(out, "| {size} {unit} | {program} | {keystrokes} | {times} | {megabytes:.0} MB |")?;
    }
    Ok(())
}
