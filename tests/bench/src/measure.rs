//! Running a program and measuring it. Owns wall time, processor time and peak memory of another process;
//! must not know which program it is. Rests on `/usr/bin/time` (Debian's package `time`).

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

/// What one run took and gave.
#[derive(Clone, Debug)]
pub struct Run {
    /// From start to end, by the clock on the wall.
    pub wall: Duration,
    /// Processor time of all threads, of the program and of the system for it.
    pub processor: Duration,
    /// The most memory that was resident at a time, in bytes.
    pub peak_memory: u64,
    /// Standard output.
    pub output: Vec<u8>,
}

/// A run that takes longer is not repeated as often: what disturbs a moment weighs little in it.
const LONG: Duration = Duration::from_secs(20);

/// Runs a program in a folder: once to warm the file cache, and then so many times, or once where that is long. The
/// best run is the one that the rest of the machine disturbed least.
///
/// # Errors
/// The program or `/usr/bin/time` cannot be run, or a run ends with a status that is not among `good`.
pub fn best_of(
    runs: usize,
    program: &OsStr,
    arguments: &[OsString],
    folder: &Path,
    good: &[i32],
) -> anyhow::Result<Run> {
    let mut best = run(program, arguments, folder, good)?;
    let runs = if best.wall > LONG { 1 } else { runs };
    for number in 0..runs {
        let next = run(program, arguments, folder, good)?;
        if number == 0 || next.wall < best.wall {
            best = next;
        }
    }
    Ok(best)
}

/// Builds the program in the profile of its users, and says where it is.
///
/// # Errors
/// It cannot be built.
pub fn built() -> anyhow::Result<PathBuf> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let status = Command::new(cargo).args(["build", "--release", "-p", "farewell"]).current_dir(&root).status()?;
    if !status.success() {
        bail!("farewell cannot be built");
    }
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    Ok(fs::canonicalize(target.join("release/farewell"))?)
}

/// The time that so many hundredths of some times do not exceed. Sorts them.
pub fn hundredth(times: &mut [Duration], hundredths: usize) -> Duration {
    times.sort_unstable();
    let place = (times.len() * hundredths / 100).min(times.len().saturating_sub(1));
    times.get(place).copied().unwrap_or_default()
}

/// The same in milliseconds.
pub fn percentile(times: &mut [Duration], hundredths: usize) -> String {
    milliseconds(hundredth(times, hundredths))
}

/// A duration in milliseconds, with one decimal.
pub fn milliseconds(duration: Duration) -> String {
    format!("{:.1} ms", duration.as_secs_f64() * 1e3)
}

fn run(program: &OsStr, arguments: &[OsString], folder: &Path, good: &[i32]) -> anyhow::Result<Run> {
    let told = tempfile::NamedTempFile::new()?;
    let mut command = Command::new("/usr/bin/time");
    command.args(["-q", "-f", "%M %U %S", "-o"]).arg(told.path()).arg(program).args(arguments);
    command.current_dir(folder).stdin(Stdio::null()).stderr(Stdio::null());
    let started = Instant::now();
    let done = command.output().context("/usr/bin/time cannot be run; Debian has it in the package `time`")?;
    let wall = started.elapsed();
    if !done.status.code().is_some_and(|code| good.contains(&code)) {
        bail!("{} ended with {}", program.display(), done.status);
    }
    let told = std::fs::read_to_string(told.path())?;
    let numbers: Vec<f64> = told.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    let [kibibytes, user, system] = numbers.as_slice() else { bail!("/usr/bin/time says {told:?}") };
    let processor = Duration::from_secs_f64(user + system);
    Ok(Run { wall, processor, peak_memory: (kibibytes * 1024.0) as u64, output: done.stdout })
}
