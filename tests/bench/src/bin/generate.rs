//! Writes a generated workspace, and beside it what is to be found in it.

use std::fs;
use std::path::PathBuf;

use anyhow::Context;
use clap::Parser;
use farewell_bench::workspace::generate;

/// Generates a workspace with faults at known places.
#[derive(Parser)]
struct Arguments {
    /// The folder; it must not exist yet.
    folder: PathBuf,
    /// How many source files there are.
    #[arg(long, default_value_t = 1_000)]
    files: usize,
    /// The seed: one seed gives the same bytes for ever.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Where the planted faults are written to, as JSON; FOLDER.expected.json where it is not given.
    #[arg(long)]
    expected: Option<PathBuf>,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let folder = &arguments.folder;
    if folder.exists() {
        anyhow::bail!("{}: it is there already", folder.display());
    }
    let generated = generate(arguments.files, arguments.seed);
    generated.write(folder).with_context(|| folder.display().to_string())?;
    let expected = arguments.expected.unwrap_or_else(|| {
        let mut path = folder.clone().into_os_string();
        path.push(".expected.json");
        path.into()
    });
    fs::write(&expected, serde_json::to_string_pretty(&generated.planted)?)
        .with_context(|| expected.display().to_string())
}
