//! How long a keystroke takes in a file on which others depend, until every report of the workspace is
//! known: where the facade that releases the identity is edited, and where the session's service is.
//! A first argument narrows the run to sizes of so many files.

use std::io::{self, Write};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context;
use farewell_analysis::syntax::SyntaxTree;
use farewell_analysis::{Database, SourceFile, database, identity, report};
use farewell_bench::workspace::generate;
use farewell_project::{ScanOptions, Workspace};
use salsa::{Durability, Setter};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const SIZES: [usize; 2] = [1_000, 10_000];
const KEYSTROKES: usize = 40;

/// A keystroke: which file, after which text in it, and what it means for the others.
struct Keystroke {
    path: &'static str,
    after: &'static str,
    meaning: &'static str,
}

const KEYSTROKE_PLACES: [Keystroke; 4] = [
    Keystroke {
        path: "apps/orchard/src/analytics/tracker.ts",
        after: "/** The one place",
        meaning: "a comment of the facade",
    },
    Keystroke {
        path: "apps/orchard/src/analytics/tracker.ts",
        after: "{ anonymous: true",
        meaning: "the facade's release",
    },
    Keystroke {
        path: "apps/orchard/src/services/auth.ts",
        after: "/auth/logout",
        meaning: "a constant of the service",
    },
    Keystroke {
        path: "apps/meadow/Sources/Analytics/Tracker.swift",
        after: "FS.anonymize",
        meaning: "the iOS facade's release",
    },
];

/// A stage of the analysis, asked of every file in turn.
type Stage = fn(&Database, SourceFile);

const STAGES: [(&str, Stage); 5] = [
    ("lower", |db, file| {
        database::lowered(db, file);
    }),
    ("project facts", |db, file| {
        database::project_facts(db, file.project(db));
    }),
    ("links", |db, file| {
        identity::linked(db, file);
    }),
    ("flows", |db, file| {
        identity::file_flows(db, file);
    }),
    ("reports", |db, file| {
        report(db, file);
    }),
];

fn main() -> anyhow::Result<()> {
    let wanted: Option<usize> = std::env::args().skip(1).find_map(|argument| argument.parse().ok());
    for files in SIZES.into_iter().filter(|size| wanted.is_none_or(|wanted| wanted == *size)) {
        bench(files)?;
    }
    Ok(())
}

fn bench(size: usize) -> anyhow::Result<()> {
    let mut output = io::stdout().lock();
    let folder = tempfile::tempdir()?;
    generate(size, 1).write(folder.path())?;
    let started = Instant::now();
    let workspace = Workspace::discover(&[folder.path().to_path_buf()], &ScanOptions::default())?;
    let mut db = Database::default();
    let loaded = workspace.load(&mut db);
    let files: Vec<SourceFile> = loaded.all().map(|(_, file)| file).collect();
    let findings: usize = files.iter().map(|file| report(&db, *file).findings.len()).sum();
    writeln!(output, "{size} files: {findings} findings after {:.0} ms", milliseconds(started.elapsed()))?;
    for place in KEYSTROKE_PLACES {
        let path = folder.path().join(place.path);
        let file = *loaded.files.get(&path).with_context(|| place.path)?;
        let text = Arc::clone(file.text(&db));
        let at = text.find(place.after).context(place.after)? + place.after.len();
        let mut typed = text.to_string();
        typed.insert(at, 'x');
        // An open file is one that changes often.
        file.set_text(&mut db).with_durability(Durability::LOW).to(Arc::clone(&text));
        file.set_tree(&mut db).with_durability(Durability::LOW).to(None);
        ask(&db, &files);
        let texts = [Arc::from(typed), text];
        let mut rounds = Vec::new();
        for round in 0..KEYSTROKES {
            let Some(text) = texts.get(round % 2) else { continue };
            rounds.push(keystroke(&mut db, file, text, &files)?);
        }
        print(&mut output, place.meaning, &rounds)?;
    }
    Ok(())
}

/// Sets a text, as the server does after each change, and asks for everything; the time of each stage.
fn keystroke(
    db: &mut Database,
    file: SourceFile,
    text: &Arc<str>,
    files: &[SourceFile],
) -> anyhow::Result<Vec<Duration>> {
    let tree = SyntaxTree::new(file.language(db), text);
    tree.parsed().context("the parser gave up")?;
    let mut last = Instant::now();
    file.set_text(db).to(Arc::clone(text));
    file.set_tree(db).to(Some(tree));
    Ok(ask(db, files)
        .into_iter()
        .map(|now| {
            let time = now - last;
            last = now;
            time
        })
        .collect())
}

/// Asks for everything of every file; when each stage was over.
fn ask(db: &Database, files: &[SourceFile]) -> Vec<Instant> {
    let ask = |stage: &(&str, Stage)| {
        files.iter().for_each(|file| (stage.1)(db, *file));
        Instant::now()
    };
    STAGES.iter().map(ask).collect()
}

fn print(output: &mut impl Write, name: &str, rounds: &[Vec<Duration>]) -> io::Result<()> {
    let total = quantiles(rounds.iter().map(|times| times.iter().sum()).collect());
    write!(output, "  {name}: {:.1} ms (p95 {:.1} ms)", milliseconds(total.0), milliseconds(total.1))?;
    for (number, (stage, _)) in STAGES.iter().enumerate() {
        let (middle, _) = quantiles(rounds.iter().filter_map(|times| times.get(number).copied()).collect());
        write!(output, ", {stage} {:.1}", milliseconds(middle))?;
    }
    writeln!(output)
}

/// The median, and what 95 of 100 are not above.
fn quantiles(mut times: Vec<Duration>) -> (Duration, Duration) {
    times.sort_unstable();
    let at = |share: usize| times.get(times.len() * share / 100).copied().unwrap_or_default();
    (at(50), at(95))
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
