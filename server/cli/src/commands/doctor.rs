//! `farewell doctor`: what Farewell sees, for a person who wonders why it says what it says.

use std::io::{self, BufWriter, Write};
use std::mem::ManuallyDrop;
use std::path::PathBuf;
use std::process::ExitCode;

use super::projects::projects;
use crate::arguments::Reading;
use crate::output::text::counted;
use crate::scan::{Scan, log_panics_of_analysis, use_threads};
use crate::sources::{printable, shown};

/// The programs of editors that run language servers, with what people call them.
const EDITORS: [(&str, &str); 7] = [
    ("code", "VS Code"),
    ("codium", "VSCodium"),
    ("nvim", "Neovim"),
    ("hx", "Helix"),
    ("zed", "Zed"),
    ("emacs", "Emacs"),
    ("subl", "Sublime Text"),
];

/// Prints the report.
///
/// # Errors
/// A path that does not exist, or a broken configuration.
pub(crate) fn run(reading: &Reading) -> anyhow::Result<ExitCode> {
    use_threads(usize::from(reading.threads))?;
    log_panics_of_analysis();
    let mut output = BufWriter::new(io::stdout().lock());
    let program = std::env::current_exe().map(|path| path.display().to_string()).unwrap_or_default();
    writeln!(output, "farewell {} ({program})", env!("CARGO_PKG_VERSION"))?;
    writeln!(output, "\nEditors:")?;
    for (program, name) in EDITORS {
        if let Some(path) = on_path(program) {
            writeln!(output, "  {name}: {}", path.display())?;
        }
    }
    // What is known so far is told whatever is wrong with the project.
    output.flush()?;
    let scan = ManuallyDrop::new(Scan::load(&reading.paths, &reading.options())?);
    let found = scan.analyse_without_fixes();
    let working_directory = std::env::current_dir().unwrap_or_default();
    writeln!(output, "\nWorkspace: {}", scan.workspace.root().display())?;
    let files = counted(scan.loaded.files_seen, "source file");
    writeln!(output, "  {files}, {} of them with something to look at", scan.loaded.files.len())?;
    let beside = counted(scan.loaded.context.len(), "file");
    writeln!(output, "  {beside} read beside them, for what they say of the same projects")?;
    writeln!(output, "\nProjects:")?;
    for project in projects(&scan, &found)? {
        writeln!(output, "  {}", printable(&project.in_words()))?;
    }
    writeln!(output, "\nConfiguration:")?;
    let mut folders = scan.workspace.configuration_folders().peekable();
    if folders.peek().is_none() {
        writeln!(output, "  no farewell.toml; `farewell init` writes one")?;
    }
    for folder in folders {
        let path = folder.join(farewell_project::CONFIGURATION_FILE);
        writeln!(output, "  {}", printable(&shown(&working_directory, &path)))?;
    }
    let by_loading = scan.loaded.skipped.iter().map(|it| (it.path.clone(), it.reason.to_string()));
    let by_analysis = found.iter().filter_map(|it| Some((it.path.clone(), it.skipped.clone()?)));
    let skipped: Vec<(PathBuf, String)> = by_loading.chain(by_analysis).collect();
    if !skipped.is_empty() {
        writeln!(output, "\nSkipped:")?;
    }
    for (path, reason) in skipped {
        writeln!(output, "  {}: {}", printable(&shown(&working_directory, &path)), printable(&reason))?;
    }
    output.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// Where a program is found.
fn on_path(program: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    let name = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&folders).map(|folder| folder.join(&name)).find(|path| path.is_file())
}
