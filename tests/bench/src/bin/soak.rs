//! Hours of an editor's session at full speed: whether the server's memory stays flat, and whether it lives. One line
//! for each sample, and the verdict. Exit code 1 where memory grew by more than a tenth after the warm-up.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Context;
use clap::Parser;
use farewell_bench::measure::built;
use farewell_bench::soak::Restless;
use farewell_bench::workspace::generate;

/// Soaks the language server.
#[derive(Parser)]
struct Arguments {
    /// How long, in seconds; an hour is 3600. The first sixth of it is the warm-up.
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// How many files the workspace has.
    #[arg(long, default_value_t = 400)]
    files: usize,
    /// The seed of what is done.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many things are done to the disk alone before the server is started: a fault that came late in a run of
    /// the same seed comes soon.
    #[arg(long, default_value_t = 0)]
    skip: u64,
    /// The program to soak. Where it is not given, the workspace's own is built.
    #[arg(long)]
    farewell: Option<PathBuf>,
}

/// How many samples are taken.
const SAMPLES: u64 = 60;
/// How many things are done until the server has to have done them.
const AHEAD: usize = 50;
/// By how much memory may grow after the warm-up: a tenth.
const MOST_GROWTH: f64 = 1.10;

fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    let farewell = match &arguments.farewell {
        Some(program) => fs::canonicalize(program).with_context(|| program.display().to_string())?,
        None => built()?,
    };
    let folder = tempfile::tempdir()?;
    let (root, second) = (folder.path().join("first"), folder.path().join("second"));
    let generated = generate(arguments.files, 1);
    generated.write(&root)?;
    generate(50, 2).write(&second)?;
    let mut editor = Restless::new(&root, &second, &generated.sources, arguments.seed);
    while editor.done < arguments.skip {
        editor.go_on()?;
    }
    editor.start(&farewell)?;
    let mut out = io::stdout();
    writeln!(out, "{} s over {} files, seed {}", arguments.seconds, arguments.files, arguments.seed)?;
    let (started, total) = (Instant::now(), Duration::from_secs(arguments.seconds));
    let mut samples: Vec<(Duration, u64)> = Vec::new();
    let mut due = total / SAMPLES as u32;
    while started.elapsed() < total {
        for _ in 0..AHEAD {
            editor.go_on()?;
        }
        editor.settle()?;
        if started.elapsed() >= due {
            due += total / SAMPLES as u32;
            samples.push((started.elapsed(), editor.memory()?));
            if let Some((time, bytes)) = samples.last() {
                writeln!(out, "{:6} s {:8} done {:7.1} MB", time.as_secs(), editor.done, megabytes(*bytes))?;
                out.flush()?;
            }
        }
    }
    verdict(&mut out, &samples, total / 6, editor.done)
}

/// Compares the last third of what comes after the warm-up with the first third: what is taken for a moment falls out of
/// the middle value.
fn verdict(out: &mut impl Write, samples: &[(Duration, u64)], warm: Duration, done: u64) -> anyhow::Result<ExitCode> {
    let after: Vec<u64> = samples.iter().filter(|(time, _)| *time >= warm).map(|(_, bytes)| *bytes).collect();
    let third = after.len() / 3;
    let (Some(first), Some(last)) = (after.get(..third), after.get(after.len() - third..)) else {
        return Ok(ExitCode::FAILURE);
    };
    let (early, late) = (middle(first), middle(last));
    let (least, most) = (after.iter().min().copied(), after.iter().max().copied());
    let growth = late as f64 / early.max(1) as f64;
    writeln!(
        out,
        "{done} things done; after the warm-up {:.1} MB, at the end {:.1} MB ({:+.1} %), between {:.1} and {:.1} MB",
        megabytes(early),
        megabytes(late),
        (growth - 1.0) * 100.0,
        megabytes(least.unwrap_or_default()),
        megabytes(most.unwrap_or_default())
    )?;
    Ok(if growth <= MOST_GROWTH && third > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn middle(values: &[u64]) -> u64 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}

fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
