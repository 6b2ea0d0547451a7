//! Whole trees. Owns which trees there are and what counts as found; must not know how a program is called.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::Context;
use farewell_bench::measure::best_of;
use farewell_bench::rivals::{Fault, linters};
use farewell_bench::workspace::generate;

use crate::record::Check;

/// The faults that the other programs have rules for.
const RULES: [&str; 3] = ["missing-anonymize", "anonymize-after-redirect", "wrong-anonymize-syntax"];

/// The seed of the generated trees.
const SEED: u64 = 1;

/// How many files the packages of npm have.
const NPM_FILES: usize = 36_000;

/// How many files the apps have.
const APPS_FILES: usize = 100;

/// A tree to be looked at.
struct Tree<'p> {
    name: String,
    folder: &'p Path,
    /// How many files it has, about.
    files: usize,
    /// What is to be found in it, where that is known.
    planted: Option<BTreeSet<Fault>>,
}

/// Runs every program over generated trees of so many files, over packages of npm, and over the apps.
pub(crate) fn measure(farewell: &Path, tools: &Path, files: &[usize], runs: usize) -> anyhow::Result<Vec<Check>> {
    let mut checks = Vec::new();
    let scratch = tempfile::tempdir()?;
    for count in files {
        let folder = scratch.path().join("works");
        let generated = generate(*count, SEED);
        generated.write(&folder)?;
        let planted = generated.planted.iter().filter(|fault| RULES.contains(&&*fault.rule));
        let planted = planted.map(|fault| (fault.path.clone(), fault.rule.clone())).collect();
        let name = format!("generated, {count} files");
        checks.extend(over(
            &Tree { name, folder: &folder, files: *count, planted: Some(planted) },
            farewell,
            tools,
            runs,
        )?);
        fs::remove_dir_all(&folder)?;
    }
    let packages = tools.join("trees/node_modules");
    if packages.is_dir() {
        let tree = Tree {
            name: "packages of npm".to_owned(),
            folder: &packages,
            files: NPM_FILES,
            // None of them uses Fullstory.
            planted: Some(BTreeSet::new()),
        };
        checks.extend(over(&tree, farewell, tools, runs)?);
    }
    let apps = Path::new(env!("CARGO_MANIFEST_DIR")).join("../apps");
    let tree = Tree { name: "tests/apps".to_owned(), folder: &apps, files: APPS_FILES, planted: None };
    checks.extend(over(&tree, farewell, tools, runs)?);
    Ok(checks)
}

fn over(tree: &Tree<'_>, farewell: &Path, tools: &Path, runs: usize) -> anyhow::Result<Vec<Check>> {
    let mut checks = Vec::new();
    for linter in linters(farewell, tools)? {
        if tree.files > linter.most_files || linter.version().is_none() {
            continue;
        }
        let run = best_of(runs, linter.program.as_os_str(), &linter.arguments, tree.folder, linter.good)
            .with_context(|| format!("{} over {}", linter.name, tree.name))?;
        let found = linter.read.map(|read| read(&run.output)).transpose()?;
        let planted = tree.planted.as_ref();
        let of_rules = |found: &BTreeSet<Fault>| -> BTreeSet<Fault> {
            found.iter().filter(|(_, rule)| RULES.contains(&&**rule)).cloned().collect()
        };
        checks.push(Check {
            tree: tree.name.clone(),
            program: linter.name.to_owned(),
            wall_ms: run.wall.as_secs_f64() * 1e3,
            processor_ms: run.processor.as_secs_f64() * 1e3,
            peak_megabytes: run.peak_memory as f64 / 1e6,
            planted: planted.map(BTreeSet::len),
            found: found.as_ref().zip(planted).map(|(found, planted)| of_rules(found).intersection(planted).count()),
            false_alarms: found.zip(planted).map(|(found, planted)| of_rules(&found).difference(planted).count()),
        });
    }
    Ok(checks)
}
