//! `farewell init`: a `farewell.toml` with comments, from what is found in the project.

use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::mem::ManuallyDrop;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, bail};
use farewell_analysis::rules::Rule;
use farewell_project::{CONFIGURATION_FILE, ScanOptions, absolute};

use super::projects::{Project, projects};
use crate::pages::summary;
use crate::scan::{Scan, log_panics_of_analysis, use_threads};

/// Where the schema of `farewell.toml` is read, for editors that complete its keys.
const SCHEMA: &str =
    "https://raw.githubusercontent.com/farewell-lint/farewell/main/server/project/schema/farewell-toml-v1.json";

/// Writes the file, and never over another one.
///
/// # Errors
/// There is one, the folder does not exist, or it cannot be written.
pub(crate) fn run(folder: &Path) -> anyhow::Result<ExitCode> {
    let path = folder.join(CONFIGURATION_FILE);
    if path.exists() {
        bail!("{} is there already, and is left as it is", path.display());
    }
    if !folder.is_dir() {
        bail!("{}: there is no such folder", folder.display());
    }
    use_threads(0)?;
    log_panics_of_analysis();
    let options = ScanOptions { is_edited: false, ..ScanOptions::default() };
    let asked = absolute(&std::env::current_dir().unwrap_or_default(), folder);
    let scan = ManuallyDrop::new(Scan::load(&[asked], &options)?);
    let found = scan.analyse_without_fixes();
    let text = text(&projects(&scan, &found)?);
    // Between the look and now somebody else may have written one.
    let mut file = OpenOptions::new().write(true).create_new(true).open(&path);
    let written = file.as_mut().map_err(|error| io::Error::new(error.kind(), error.to_string()));
    written
        .and_then(|file| file.write_all(text.as_bytes()))
        .with_context(|| format!("{}: cannot be written", path.display()))?;
    let mut output = io::stdout().lock();
    writeln!(output, "Wrote {}. What is commented out in it is what holds without it.", path.display())?;
    output.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn text(projects: &[Project]) -> String {
    let mut text = format!(
        "#:schema {SCHEMA}\n\n# Farewell's settings for the files beside and below this one. What is commented out is what holds without it.\n"
    );
    if !projects.is_empty() {
        text += "#\n# Found when this file was written:\n";
    }
    for project in projects {
        let _ = writeln!(text, "# - {}", project.in_words().replace(char::is_control, " "));
    }
    text += "\n# The platform of every script, where what package.json says is not right: web, web-v1 or react-native.\n# platform = \"web\"\n";
    if projects.iter().any(|project| !project.identity.is_set()) {
        text += "\n# Nothing that identifies a user was found in a project. Where that happens out of sight, in a tag manager or a\n# binary library, say so, and logouts are reported.\n# assume-fullstory = true\n";
    } else {
        text += "\n# Report as if a call that identifies users had been found.\n# assume-fullstory = false\n";
    }
    text += "\n# The global name of the web SDK.\n# namespace = \"FS\"\n";
    text += "\n# Files and folders to leave out: * stays in a folder, ** does not. What git ignores is left out anyway.\n# exclude = [\"legacy\", \"**/*.generated.ts\"]\n";
    text += "\n# off, hint, information, warning or error. `farewell explain RULE` tells more.\n# [rules]\n";
    for rule in Rule::ALL {
        let _ = writeln!(text, "# {} = \"{}\" # {}", rule.name(), rule.default_severity().name(), summary(rule));
    }
    text
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use farewell_analysis::IdentityFact;
    use farewell_project::Configuration;

    use super::{Project, text};

    #[test]
    fn every_line_that_is_commented_out_is_right() {
        let project = Project {
            folder: "a\nb".into(),
            platforms: ["Web".to_owned()].into(),
            flows: 1,
            identity: IdentityFact::Nothing,
        };
        let text = text(&[project]);
        let path = Path::new("farewell.toml");
        assert!(Configuration::parse(path, &text).unwrap().lines.is_empty());
        let is_setting = |line: &&str| line.starts_with("# [") || line.starts_with("# ") && line.contains(" = ");
        let settings: Vec<&str> = text.lines().filter(is_setting).map(|line| &line[2..]).collect();
        let configuration = Configuration::parse(path, &settings.join("\n")).unwrap();
        assert_eq!(configuration.settings.severities.len(), farewell_analysis::rules::Rule::ALL.len());
        assert_eq!(configuration.lines.len(), 5 + farewell_analysis::rules::Rule::ALL.len());
    }
}
