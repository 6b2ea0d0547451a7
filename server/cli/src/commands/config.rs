//! `farewell config`: the settings that hold for a file or folder, and where each comes from.

use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

use farewell_analysis::rules::{Rule, Severity};
use farewell_analysis::vocabulary::Platform;
use farewell_project::{CONFIGURATION_FILE, Configuration, ScanOptions, Workspace, absolute};

use crate::scan::tell_problems;
use crate::sources::{printable, shown};

/// Prints the settings.
///
/// # Errors
/// A path that does not exist, or a broken configuration.
pub(crate) fn run(path: &Path) -> anyhow::Result<ExitCode> {
    let working_directory = std::env::current_dir().unwrap_or_default();
    let workspace = Workspace::discover(&[path.to_path_buf()], &ScanOptions::default())?;
    tell_problems(&workspace)?;
    let asked = absolute(&working_directory, path);
    let nearest = workspace.configuration(&asked);
    let file = nearest.map(|(folder, _)| shown(&working_directory, &folder.join(CONFIGURATION_FILE)));
    let none = Configuration::default();
    let configuration = nearest.map_or(&none, |(_, configuration)| configuration);
    let mut output = BufWriter::new(io::stdout().lock());
    let source = |key: &str| match (&file, configuration.lines.get(key)) {
        (Some(file), Some(line)) => format!("{file}:{line}"),
        _ => "default".to_owned(),
    };
    for (key, value) in settings(configuration) {
        writeln!(output, "{key:40} {:24} # {}", printable(&value), printable(&source(&key)))?;
    }
    output.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// Each key with its value, as they are written in `farewell.toml`.
fn settings(configuration: &Configuration) -> Vec<(String, String)> {
    let settings = &configuration.settings;
    let quoted = |text: &str| format!("\"{text}\"");
    let patterns: Vec<String> = configuration.exclude_patterns.iter().map(|pattern| quoted(pattern)).collect();
    let platform = settings.platform.map_or("told by the project".to_owned(), |it: Platform| quoted(it.name()));
    let vocabulary = if settings.vocabulary.is_some() { "built in, and extended" } else { "built in" };
    let mut all = vec![
        ("platform".to_owned(), platform),
        ("assume-fullstory".to_owned(), settings.assume_fullstory.to_string()),
        ("namespace".to_owned(), quoted(settings.namespace.as_deref().unwrap_or("FS"))),
        ("exclude".to_owned(), format!("[{}]", patterns.join(", "))),
        ("vocabulary".to_owned(), vocabulary.to_owned()),
    ];
    for rule in Rule::ALL {
        let severity = settings.severities.get(&rule).copied().unwrap_or(Some(rule.default_severity()));
        all.push((format!("rules.{}", rule.name()), quoted(severity.map_or("off", Severity::name))));
    }
    all
}
