//! Typing, as an editor sees it: a logout function is typed key by key into a file of each app and into long
//! files of each language, over the language server's standard streams. One table with the time from a
//! keystroke to its diagnostics, and one with what else a person waits for.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context;
use clap::Parser;
use farewell_analysis::source::Language;
use farewell_bench::editor::Editor;
use farewell_bench::measure::{built, milliseconds, percentile};
use farewell_bench::workspace::generate;
use farewell_bench::{At, SAMPLES, script};

/// Measures typing.
#[derive(Parser)]
struct Arguments {
    /// How many lines the long files have.
    #[arg(long, default_value_t = 2_000)]
    lines: usize,
    /// The files to type into, by their ending, and no workspace; all of them where it is not given.
    #[arg(long)]
    only: Option<String>,
    /// How many files the workspace has in which a file is opened.
    #[arg(long, default_value_t = 10_000)]
    files: usize,
    /// How many milliseconds pass between an answer and the next keystroke.
    #[arg(long, default_value_t = 15)]
    pause: u64,
    /// Where in a file is typed.
    #[arg(long, value_enum, default_value_t)]
    at: At,
    /// The program to measure. Where it is not given, the workspace's own is built.
    #[arg(long)]
    farewell: Option<PathBuf>,
}

/// How often a key is hit in the wide workspace.
const KEYSTROKES: i32 = 40;

/// A file of each app into which a logout is typed.
const APPS: [(&str, &str); 7] = [
    ("web-shop", "src/services/auth.ts"),
    ("rn-bank", "src/auth/AuthContext.tsx"),
    ("vue-shop", "src/components/AccountMenu.vue"),
    ("svelte-notes", "src/lib/components/AccountMenu.svelte"),
    ("ios-bank", "Sources/Session/AuthManager.swift"),
    ("android-shop", "app/src/main/java/com/lantern/shop/auth/SessionManager.kt"),
    ("flutter-bank", "lib/auth/auth_cubit.dart"),
];

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let farewell = match &arguments.farewell {
        Some(program) => fs::canonicalize(program).with_context(|| program.display().to_string())?,
        None => built()?,
    };
    let folder = tempfile::tempdir()?;
    let apps = Path::new(env!("CARGO_MANIFEST_DIR")).join("../apps");
    let mut out = io::stdout();
    writeln!(out, "| typed into | lines | keystrokes | p50 | p95 | p99 | opened in | memory |")?;
    writeln!(out, "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")?;
    let is_wanted = |path: &str| arguments.only.as_ref().is_none_or(|only| path.ends_with(only));
    for (app, file) in APPS.into_iter().filter(|(_, file)| is_wanted(file)) {
        let copy = folder.path().join(app);
        copy_folder(&apps.join(app), &copy)?;
        let path = copy.join(file);
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        writeln!(out, "| {app} | {}", typing(&farewell, &copy, &path, &text, &arguments)?)?;
    }
    for sample in SAMPLES.into_iter().filter(|sample| is_wanted(sample.path)) {
        let copy = folder.path().join(format!("{:?}", sample.language));
        let path = copy.join(sample.path);
        let text = sample.text(arguments.lines);
        fs::create_dir_all(path.parent().unwrap_or(&copy))?;
        fs::write(copy.join("farewell.toml"), "assume-fullstory = true\n")?;
        fs::write(&path, &text)?;
        writeln!(out, "| {:?} | {}", sample.language, typing(&farewell, &copy, &path, &text, &arguments)?)?;
    }
    if arguments.only.is_none() {
        write!(out, "{}", wide(&farewell, folder.path(), arguments.files)?)?;
    }
    Ok(())
}

/// Types a logout function into a file. Returns the cells of its row.
fn typing(farewell: &Path, folder: &Path, path: &Path, text: &str, arguments: &Arguments) -> anyhow::Result<String> {
    let (mut editor, ..) = Editor::start(farewell, &["lsp"], folder)?;
    let opened = editor.open(path, text)?;
    std::thread::sleep(Duration::from_millis(500));
    let memory = editor.memory().unwrap_or_default();
    let language = Language::of_path(path).context("a file of no language")?;
    let (mut line, mut column, typed) = script(language, text, arguments.at);
    let mut times = Vec::new();
    for (number, character) in typed.chars().enumerate() {
        let version = i32::try_from(number + 1)?;
        times.push(editor.insert(path, version, (line, column), character.encode_utf8(&mut [0; 4]))?);
        (line, column) = if character == '\n' { (line + 1, 0) } else { (line, column + 1) };
        std::thread::sleep(Duration::from_millis(arguments.pause));
    }
    Ok(format!(
        "{} | {} | {} | {} | {} | {} | {:.0} MB |",
        text.lines().count(),
        times.len(),
        percentile(&mut times, 50),
        percentile(&mut times, 95),
        percentile(&mut times, 99),
        milliseconds(opened),
        memory as f64 / 1e6
    ))
}

/// Starts the server in a wide workspace, opens a file at once, and types into one on which others depend.
/// Returns the table.
fn wide(farewell: &Path, folder: &Path, files: usize) -> anyhow::Result<String> {
    let tree = folder.join("wide");
    generate(files, 1).write(&tree)?;
    let service = tree.join("apps/orchard/src/services/auth.ts");
    let facade = tree.join("apps/orchard/src/analytics/tracker.ts");
    let text = fs::read_to_string(&facade)?;
    let (mut editor, started, answered) = Editor::start(farewell, &["lsp"], &tree)?;
    let opened = editor.open(&service, &fs::read_to_string(&service)?)?;
    editor.settle();
    let memory = editor.memory().unwrap_or_default();
    editor.open(&facade, &text)?;
    let (line, column) = place_of(&text, "{ anonymous: true").context("the facade has another form")?;
    let mut times = Vec::new();
    for number in 0..KEYSTROKES {
        std::thread::sleep(Duration::from_millis(60));
        times.push(editor.insert(&facade, number + 1, (line, column + number as usize), " ")?);
    }
    let rows = [
        ("the program starts and answers `initialize`", milliseconds(started)),
        ("`initialize` alone", milliseconds(answered)),
        ("a file that is opened at once has its diagnostics", milliseconds(opened)),
        ("a keystroke in a facade that others use, p50", percentile(&mut times, 50)),
        ("the same, p95", percentile(&mut times, 95)),
        ("memory", format!("{:.0} MB", memory as f64 / 1e6)),
    ];
    let rows: String = rows.iter().map(|(what, value)| format!("| {what} | {value} |\n")).collect();
    Ok(format!("\n| in a workspace of {files} files | |\n| --- | ---: |\n{rows}"))
}

/// Where a text stands first, as a line and a column, both from 0.
fn place_of(text: &str, wanted: &str) -> Option<(usize, usize)> {
    text.lines().enumerate().find_map(|(line, content)| Some((line, content.find(wanted)?)))
}

fn copy_folder(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
