//! Farewell beside other programs, in one run on one machine: whole trees, and typing. Prints the tables in
//! Markdown and keeps the raw results as JSON. `rivals/install.sh` installs the others first.

mod checks;
mod record;
mod typing;

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::Context;
use clap::Parser;
use farewell_bench::measure::built;

/// Compares farewell with other programs.
#[derive(Parser)]
struct Arguments {
    /// The sizes of the generated trees, in files.
    #[arg(long, value_delimiter = ',', default_values_t = [1_000, 10_000, 50_000])]
    files: Vec<usize>,
    /// The lengths of the files that are typed into, in lines.
    #[arg(long, value_delimiter = ',', default_values_t = [200, 2_000, 20_000])]
    lines: Vec<usize>,
    /// How often each program looks at a tree after it has done so once to warm the file cache.
    #[arg(long, default_value_t = 3)]
    runs: usize,
    /// The folder that `rivals/install.sh` prints.
    #[arg(long)]
    tools: PathBuf,
    /// The program to measure. Where it is not given, the workspace's own is built.
    #[arg(long)]
    farewell: Option<PathBuf>,
    /// Where the raw results are written to.
    #[arg(long)]
    results: Option<PathBuf>,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let absolute = |path: &PathBuf| fs::canonicalize(path).with_context(|| path.display().to_string());
    let farewell = match &arguments.farewell {
        Some(program) => absolute(program)?,
        None => built()?,
    };
    let tools = absolute(&arguments.tools)?;
    let mut record = record::Record::of_this_machine(&farewell, &tools)?;
    record.checks = checks::measure(&farewell, &tools, &arguments.files, arguments.runs)?;
    record.typing = typing::in_long_files(&farewell, &tools, &arguments.lines)?;
    record.wide = typing::in_wide_trees(&farewell, &arguments.files)?;
    if let Some(results) = &arguments.results {
        fs::write(results, serde_json::to_string_pretty(&record)? + "\n")
            .with_context(|| results.display().to_string())?;
    }
    io::stdout().lock().write_all(record.to_string().as_bytes())?;
    Ok(())
}
