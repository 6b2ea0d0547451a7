//! Typing. Owns which files are typed into and what is typed; must not know how a server is called.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::Context;
use farewell_analysis::source::Language;
use farewell_bench::editor::Editor;
use farewell_bench::measure::hundredth;
use farewell_bench::rivals::{Server, servers, version};
use farewell_bench::workspace::generate;
use farewell_bench::{At, Sample, script};

use crate::record::Typing;

/// How long nobody types between an answer and the next keystroke.
const PAUSE: Duration = Duration::from_millis(15);

/// How long one server is typed into at most, where that was often enough.
const PATIENCE: Duration = Duration::from_secs(60);

/// How often that is.
const ENOUGH: usize = 20;

/// How often a key is hit in a wide tree.
const KEYSTROKES: i32 = 60;

/// What is typed into a file of Python.
const PYTHON_SCRIPT: &str = "\n\nasync def sign_out_now():\n    await api.post(\"/logout\")\n    storage.remove_item(\"token\")\n    router.assign(\"/login\")\n";

/// A function of the Python file, with its number in it.
const PYTHON_PART: &str = "\n\nasync def load_orders_NUMBER(page: int, size: int = 20):\n    rows = await api.get(\"/orders/NUMBER\", {\"page\": page, \"size\": size})\n    orders = []\n    for row in rows:\n        if row[\"state\"] == \"open\":\n            orders.append({\"id\": row[\"id\"], \"total\": row[\"price\"] * row[\"count\"]})\n        else:\n            cache.put(row[\"id\"], row)\n    try:\n        await cache.save(\"orders_NUMBER\", orders)\n    except OSError as error:\n        log.warning(\"not saved: %s\", error)\n    return sorted(orders, key=lambda order: order[\"total\"])\n";

/// Types a function, key by key, at the end of files of so many lines, in every server that is installed.
pub(crate) fn in_long_files(farewell: &Path, tools: &Path, lines: &[usize]) -> anyhow::Result<Vec<Typing>> {
    let mut typings = Vec::new();
    let folder = tempfile::tempdir()?;
    fs::write(folder.path().join("farewell.toml"), "assume-fullstory = true\n")?;
    fs::write(folder.path().join("package.json"), "{ \"name\": \"long\", \"private\": true }\n")?;
    for server in servers(farewell, tools) {
        if version(&server.program).is_none() {
            continue;
        }
        for count in lines {
            let path = folder.path().join(format!("service{count}.{}", server.ending));
            let typing = typed(&server, folder.path(), &path, *count);
            typings.push(typing.with_context(|| format!("{} in {count} lines", server.name))?);
        }
    }
    Ok(typings)
}

/// Types into a file on which others depend, in generated trees of so many files.
pub(crate) fn in_wide_trees(farewell: &Path, files: &[usize]) -> anyhow::Result<Vec<Typing>> {
    let mut typings = Vec::new();
    for count in files {
        let folder = tempfile::tempdir()?;
        let tree = folder.path().join("works");
        generate(*count, 1).write(&tree)?;
        let facade = tree.join("apps/orchard/src/analytics/tracker.ts");
        let text = fs::read_to_string(&facade).with_context(|| facade.display().to_string())?;
        let wanted = "{ anonymous: true";
        let found = text.lines().enumerate().find_map(|(line, content)| Some((line, content.find(wanted)?)));
        let (line, column) = found.context("the facade has another form")?;
        let (mut editor, ..) = Editor::start(farewell, &["lsp"], &tree)?;
        editor.open(&facade, &text)?;
        editor.settle();
        let mut times = Vec::new();
        for (number, version) in (1..=KEYSTROKES).enumerate() {
            times.push(editor.insert(&facade, version, (line, column + number), " ")?);
            std::thread::sleep(PAUSE);
        }
        typings.push(Typing::new("farewell", *count, &mut times, editor.memory()));
    }
    Ok(typings)
}

fn typed(server: &Server, folder: &Path, path: &PathBuf, lines: usize) -> anyhow::Result<Typing> {
    let (text, mut line, typed) = match server.ending {
        "py" => {
            let (text, middle) = python(lines);
            (text, middle, PYTHON_SCRIPT)
        }
        _ => {
            let text = Sample::of(Language::TypeScript).context("no sample")?.text(lines);
            let (line, _, typed) = script(Language::TypeScript, &text, At::Middle);
            (text, line, typed)
        }
    };
    fs::write(path, &text)?;
    let (mut editor, ..) = Editor::start(&server.program, &server.arguments, folder)?;
    editor.open(path, &text)?;
    editor.settle();
    let mut column = 0;
    let mut times = Vec::new();
    let begin = Instant::now();
    for (version, character) in (1..).zip(typed.chars()) {
        if times.len() >= ENOUGH && begin.elapsed() > PATIENCE {
            break;
        }
        times.push(editor.insert(path, version, (line, column), character.encode_utf8(&mut [0; 4]))?);
        (line, column) = if character == '\n' { (line + 1, 0) } else { (line, column + 1) };
        std::thread::sleep(PAUSE);
    }
    Ok(Typing::new(server.name, lines, &mut times, editor.memory()))
}

/// A file of Python of at least so many lines, and the line between two functions in its middle.
fn python(lines: usize) -> (String, usize) {
    let mut text =
        "import logging\n\nfrom shop import api, cache, router, storage\n\nlog = logging.getLogger(__name__)\n"
            .to_owned();
    let to_a_part = PYTHON_PART.lines().count();
    let parts = lines.div_ceil(to_a_part);
    let middle = text.lines().count() + parts / 2 * to_a_part;
    for number in 0..parts {
        text.push_str(&PYTHON_PART.replace("NUMBER", &number.to_string()));
    }
    (text, middle)
}

impl Typing {
    fn new(program: &str, size: usize, times: &mut [Duration], memory: Option<u64>) -> Self {
        let keystrokes = times.len();
        let mut at = |hundredths| hundredth(times, hundredths).as_secs_f64() * 1e3;
        Self {
            program: program.to_owned(),
            size,
            keystrokes,
            p50_ms: at(50),
            p95_ms: at(95),
            p99_ms: at(99),
            megabytes: memory.unwrap_or_default() as f64 / 1e6,
        }
    }
}
