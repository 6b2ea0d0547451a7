//! `farewell check` over a generated workspace, beside ripgrep searching the same words over the same
//! tree: one table with the time and memory of both, and what was found of what was planted.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::Context;
use clap::Parser;
use farewell_analysis::vocabulary::Vocabulary;
use farewell_bench::measure::{Run, best_of, built};
use farewell_bench::workspace::{Planted, generate};
use serde_json::Value;

/// How many false alarms and missed faults are shown with their places.
const MOST_SHOWN: usize = 40;

/// Measures a check of a generated workspace.
#[derive(Parser)]
struct Arguments {
    /// How many source files there are.
    #[arg(long, default_value_t = 10_000)]
    files: usize,
    /// The seed of the workspace.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many times each program runs after it has run once to warm the file cache.
    #[arg(long, default_value_t = 5)]
    runs: usize,
    /// The program to measure. Where it is not given, the workspace's own is built.
    #[arg(long)]
    farewell: Option<PathBuf>,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let farewell = match arguments.farewell {
        Some(program) => fs::canonicalize(&program).with_context(|| program.display().to_string())?,
        None => built()?,
    };
    let folder = tempfile::tempdir()?;
    let (tree, words) = (folder.path().join("works"), folder.path().join("words"));
    let generated = generate(arguments.files, arguments.seed);
    generated.write(&tree)?;
    let bytes: usize = generated.sources.iter().map(|(_, text)| text.len()).sum();
    fs::write(&words, Vocabulary::builtin().searched_words().join("\n"))?;

    let check =
        best_of(arguments.runs, farewell.as_os_str(), &list(["check", "--format", "json", "."]), &tree, &[0, 1])?;
    let mut search = list(["--no-unicode", "--no-require-git", "-i", "-c", "-F", "-f"]);
    search.extend([words.into_os_string(), ".".into()]);
    let floor = best_of(arguments.runs, "rg".as_ref(), &search, &tree, &[0])
        .context("ripgrep is needed; Debian has it in the package `ripgrep`")?;
    let searched = floor.output.iter().filter(|byte| **byte == b'\n').count();

    let planted: BTreeSet<Planted> = generated.planted.into_iter().collect();
    let found = found_in(&check.output)?;
    let mut table = String::new();
    writeln!(
        table,
        "{} files, {:.1} MB, seed {}, best of {}",
        arguments.files,
        megabytes(bytes as u64),
        arguments.seed,
        arguments.runs
    )?;
    writeln!(table)?;
    writeln!(table, "| program | wall | processor | peak memory | of ripgrep's time |")?;
    writeln!(table, "| --- | ---: | ---: | ---: | ---: |")?;
    row(&mut table, "farewell check", &check, &floor)?;
    row(&mut table, &format!("rg -c, matches in {searched} files"), &floor, &floor)?;
    writeln!(table)?;
    writeln!(
        table,
        "{} of {} planted faults found, {} false alarms",
        found.intersection(&planted).count(),
        planted.len(),
        found.difference(&planted).count()
    )?;
    list_places(&mut table, "false", found.difference(&planted))?;
    list_places(&mut table, "missed", planted.difference(&found))?;
    io::stdout().lock().write_all(table.as_bytes())?;
    Ok(())
}

/// The findings of a report, as planted faults are written. Hints count: a right flow has none.
fn found_in(report: &[u8]) -> anyhow::Result<BTreeSet<Planted>> {
    let report: Value = serde_json::from_slice(report).context("the report is no JSON")?;
    let findings = report["findings"].as_array().context("the report has no findings")?;
    let planted = |finding: &Value| {
        Some(Planted {
            path: finding["path"].as_str()?.to_owned(),
            line: finding["range"]["start"]["line"].as_u64()?.try_into().ok()?,
            rule: finding["rule"].as_str()?.to_owned(),
        })
    };
    findings.iter().map(planted).collect::<Option<_>>().context("a finding has another shape")
}

fn row(table: &mut String, name: &str, run: &Run, floor: &Run) -> std::fmt::Result {
    let (wall, processor) = (run.wall.as_secs_f64() * 1e3, run.processor.as_secs_f64() * 1e3);
    let ratio = run.wall.as_secs_f64() / floor.wall.as_secs_f64();
    writeln!(table, "| {name} | {wall:.0} ms | {processor:.0} ms | {:.0} MB | {ratio:.2} |", megabytes(run.peak_memory))
}

fn list_places<'a>(table: &mut String, what: &str, places: impl Iterator<Item = &'a Planted>) -> std::fmt::Result {
    for (number, Planted { path, line, rule }) in places.enumerate() {
        if number == MOST_SHOWN {
            return writeln!(table, "{what}: more");
        }
        writeln!(table, "{what}: {path}:{line} {rule}")?;
    }
    Ok(())
}

fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

fn list<const COUNT: usize>(words: [&str; COUNT]) -> Vec<OsString> {
    words.map(OsString::from).into()
}
