//! Where the time of a keystroke goes: a logout function is typed key by key into a long file of each language,
//! in this process. One table with the time of each stage.

use std::io::{self, Write};
use std::time::Duration;

use clap::Parser;
use farewell_bench::measure::percentile;
use farewell_bench::{At, SAMPLES, Sample, Session, Stages, script};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Measures the stages of a keystroke.
#[derive(Parser)]
struct Arguments {
    /// How many lines the files have.
    #[arg(long, default_value_t = 2_000)]
    lines: usize,
    /// The language to measure, by its file's ending; all of them where it is not given.
    #[arg(long)]
    only: Option<String>,
    /// How many of the function's keys are hit at most.
    #[arg(long, default_value_t = usize::MAX)]
    keys: usize,
    /// Where in a file is typed.
    #[arg(long, value_enum, default_value_t)]
    at: At,
    /// How often the function is typed.
    #[arg(long, default_value_t = 1)]
    times: usize,
    /// How many milliseconds pass between two keystrokes: what is not asked for meanwhile goes out of the caches.
    #[arg(long, default_value_t = 0)]
    pause: u64,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let mut out = io::stdout();
    writeln!(out, "| p50, p95 in ms | keystrokes | parse | lower | link | judge | all |")?;
    writeln!(out, "| --- | ---: | ---: | ---: | ---: | ---: | ---: |")?;
    let is_wanted = |sample: &&Sample| arguments.only.as_ref().is_none_or(|only| sample.path.ends_with(only));
    for sample in SAMPLES.iter().filter(is_wanted) {
        let mut stages = Vec::new();
        for _ in 0..arguments.times {
            stages.extend(typed(*sample, &arguments));
        }
        let cell = |of: fn(&Stages) -> Duration| {
            let mut times: Vec<Duration> = stages.iter().map(of).collect();
            format!("{}, {}", percentile(&mut times, 50), percentile(&mut times, 95))
        };
        writeln!(
            out,
            "| {:?} | {} | {} | {} | {} | {} | {} |",
            sample.language,
            stages.len(),
            cell(|it| it.parse),
            cell(|it| it.lower),
            cell(|it| it.link),
            cell(|it| it.judge),
            cell(|it| it.parse + it.lower + it.link + it.judge),
        )?;
    }
    Ok(())
}

/// Types the function once into a sample. Returns the stages of each keystroke.
fn typed(sample: Sample, arguments: &Arguments) -> Vec<Stages> {
    let text = sample.text(arguments.lines);
    let (line, _, typed) = script(sample.language, &text, arguments.at);
    let mut offset: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let mut session = Session::open(sample.language, sample.path, &text);
    session.findings();
    let mut stages = Vec::new();
    for character in typed.chars().take(arguments.keys) {
        std::thread::sleep(Duration::from_millis(arguments.pause));
        stages.push(session.timed_insert(offset, character.encode_utf8(&mut [0; 4])));
        offset += character.len_utf8();
    }
    stages
}
