//! `farewell baseline update`: the findings of now, kept in a file.

use std::io::{self, Write};
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use farewell_project::{ScanOptions, absolute};

use super::check::tell_skipped;
use crate::arguments::{Reading, RuleChoice};
use crate::baseline::{Baseline, Known};
use crate::output::text::counted;
use crate::scan::{FileFindings, Scan, log_panics_of_analysis, use_threads};

/// Writes the baseline. What an older one holds of files that are not looked at stays in it.
///
/// # Errors
/// A path that does not exist, a broken configuration, a file that is no baseline or cannot be written.
pub(crate) fn update(reading: &Reading, path: &Path, rules: &RuleChoice) -> anyhow::Result<ExitCode> {
    use_threads(usize::from(reading.threads))?;
    log_panics_of_analysis();
    let options = ScanOptions { severities: rules.severities(), ..reading.options() };
    let scan = ManuallyDrop::new(Scan::load(&reading.paths, &options)?);
    let found = scan.analyse_without_fixes();
    tell_skipped(&scan, &found);
    let before = if path.exists() { Baseline::read(path)? } else { Baseline::default() };
    let working_directory = std::env::current_dir().unwrap_or_default();
    let asked: Vec<PathBuf> = reading.paths.iter().map(|path| absolute(&working_directory, path)).collect();
    let is_elsewhere = |known: &&Known| {
        let path = scan.workspace.disk_path(&known.path);
        !asked.iter().any(|asked| path.starts_with(asked))
    };
    let kept = before.findings().iter().filter(is_elsewhere).cloned();
    let after = Baseline::new(found.iter().flat_map(|file| known(&scan, file)).chain(kept));
    after.write(path)?;
    let (old, new) = (before.fingerprints(), after.fingerprints());
    let (added, gone) = (new.difference(&old).count(), old.difference(&new).count());
    let holds = counted(new.len(), "finding");
    let mut output = io::stdout().lock();
    writeln!(output, "{} holds {holds}: {added} added, {gone} taken out.", path.display())?;
    output.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn known<'found>(scan: &'found Scan, file: &'found FileFindings) -> impl Iterator<Item = Known> + 'found {
    let path = file.file.path(&scan.db);
    file.findings.iter().map(move |it| Known {
        path: path.to_string(),
        rule: it.finding.rule.name().to_owned(),
        message: it.finding.message.clone(),
        fingerprint: it.fingerprint.clone(),
    })
}
