//! Sequences over every fixture, at random and the same on every run. `FAREWELL_SEQUENCES` says how many there are,
//! and `FAREWELL_SEED` which is the first; that one alone, where nothing else is said.

use std::fmt::Write;
use std::sync::atomic::{AtomicUsize, Ordering};

use farewell_fixtures::{fixture, project};
use rayon::prelude::*;
use tempfile::TempDir;

use super::drawn::sequence;
use super::edits::Step;
use super::{Sample, run};
use crate::encoding::Encoding;
use crate::random::Random;

/// How many sequences are tried where nothing else is said.
const SEQUENCES: u64 = 2_000;
/// One in so many sequences is over a project of several files.
const PROJECTS: usize = 6;
/// The largest text that sequences are made over, in bytes: the others only take longer.
const LONGEST: usize = 4_000;

struct Samples {
    files: Vec<Sample>,
    projects: Vec<Sample>,
    /// Folders that hold the manifests of the single files.
    _folders: Vec<TempDir>,
}

#[test]
fn findings_after_edits_are_those_of_a_fresh_look() {
    let samples = samples();
    let number = |name| std::env::var(name).ok().and_then(|number: String| number.parse::<u64>().ok());
    let first = number("FAREWELL_SEED");
    let number_of_seeds = number("FAREWELL_SEQUENCES").unwrap_or(if first.is_some() { 1 } else { SEQUENCES });
    let first = first.unwrap_or(0);
    let seeds = first..first.saturating_add(number_of_seeds);
    let compared = AtomicUsize::new(0);
    let failure = seeds.into_par_iter().find_map_any(|seed| {
        let (sample, encoding, steps) = draw(&samples, seed);
        match run(sample, encoding, &steps) {
            Ok(number) => {
                compared.fetch_add(number, Ordering::Relaxed);
                None
            }
            Err(problem) => Some((seed, sample, encoding, steps, problem)),
        }
    });
    let Some((seed, sample, encoding, steps, problem)) = failure else {
        let compared = compared.into_inner();
        eprintln!(
            "{number_of_seeds} sequences from seed {first}: {compared} looks in which something is told are equal"
        );
        assert!(compared as u64 * 2 > number_of_seeds || number_of_seeds == 1, "nearly nothing was compared");
        return;
    };
    let (steps, problem) = shrunk(sample, encoding, steps, problem);
    let mut told = format!("seed {seed}, {}, {encoding:?}: {problem}\n", sample.name);
    for step in &steps {
        let _ = writeln!(told, "  {step:?}");
    }
    panic!("{told}");
}

/// The sequence of a seed.
fn draw(samples: &Samples, seed: u64) -> (&Sample, Encoding, Vec<Step>) {
    let mut random = Random::new(seed);
    let choice = if random.once_in(PROJECTS) { &samples.projects } else { &samples.files };
    let sample = random.one_of(choice);
    let encoding = *random.one_of(&[Encoding::Utf8, Encoding::Utf16, Encoding::Utf32]);
    let steps = sequence(&mut random, &sample.texts);
    (sample, encoding, steps)
}

/// The same failure with fewer steps, as far as leaving out one at a time leads.
fn shrunk(sample: &Sample, encoding: Encoding, mut steps: Vec<Step>, mut problem: String) -> (Vec<Step>, String) {
    let mut place = steps.len();
    while place > 0 {
        place -= 1;
        let mut fewer = steps.clone();
        fewer.remove(place);
        if let Err(found) = run(sample, encoding, &fewer) {
            (steps, problem) = (fewer, found);
            place = place.min(steps.len());
        }
    }
    (steps, problem)
}

fn samples() -> Samples {
    let mut files = Vec::new();
    let mut folders: Vec<(String, TempDir)> = Vec::new();
    for fixture in fixture::all().into_iter().filter(|fixture| fixture.text.len() <= LONGEST) {
        let platform = fixture.name.split('/').next().unwrap_or_default().to_owned();
        if !folders.iter().any(|(name, _)| *name == platform) {
            folders.push((platform.clone(), manifest_of(&platform)));
        }
        let (_, folder) = folders.iter().find(|(name, _)| *name == platform).unwrap();
        let texts = vec![(fixture.setup.path.clone(), fixture.text)];
        files.push(Sample { name: fixture.name, root: folder.path().to_path_buf(), texts });
    }
    let of_project = |fixture: project::ProjectFixture| {
        let root = fixture::root().join("projects").join(&fixture.name);
        let is_source = |path: &str| farewell_analysis::source::Language::of_path(path.as_ref()).is_some();
        let texts = fixture.texts.into_iter().filter(|(path, _)| is_source(path)).take(4).collect();
        Sample { name: fixture.name, root, texts }
    };
    let projects = project::all().into_iter().map(of_project).collect();
    let folders = folders.into_iter().map(|(_, folder)| folder).collect();
    Samples { files, projects, _folders: folders }
}

/// A folder with what makes the fixtures of a platform's folder what they are.
fn manifest_of(platform: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let dependencies = match platform {
        "react-native" => r#""react-native": "0.80.0", "@fullstory/react-native": "1.0.0""#,
        "web-v1" => r#""@fullstory/browser": "^1.7.0""#,
        _ => r#""@fullstory/browser": "^2.0.0""#,
    };
    let manifest = format!("{{\"dependencies\": {{{dependencies}}}}}");
    std::fs::write(folder.path().join("package.json"), manifest).unwrap();
    std::fs::write(folder.path().join("farewell.toml"), "assume-fullstory = true\n").unwrap();
    folder
}
