//! The programs that are measured beside farewell. Owns how each is called and how its report is read; must not
//! know what is measured, or what they are asked to find.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;
use farewell_analysis::vocabulary::Vocabulary;
use serde_json::Value;

/// A fault by its place: the file's path with forward slashes, and the rule. Programs disagree about lines.
pub type Fault = (String, String);

/// Reads a program's report.
pub type Reader = fn(&[u8]) -> anyhow::Result<BTreeSet<Fault>>;

/// A program that looks at a whole tree, which is its working folder.
pub struct Linter {
    /// What it is called in tables.
    pub name: &'static str,
    /// The program that is run.
    pub program: PathBuf,
    /// The program that is measured, where another one starts it.
    pub started: Option<PathBuf>,
    /// Its arguments.
    pub arguments: Vec<OsString>,
    /// The exit codes of a run that came to its end.
    pub good: &'static [i32],
    /// Reads its faults; `None` where it finds text and no faults.
    pub read: Option<Reader>,
    /// The largest generated tree, in files, on which it is run: some would take the rest of the day.
    pub most_files: usize,
}

/// A language server.
pub struct Server {
    /// What it is called in tables.
    pub name: &'static str,
    /// The program.
    pub program: PathBuf,
    /// Its arguments.
    pub arguments: Vec<OsString>,
    /// The ending of the files that it is given.
    pub ending: &'static str,
}

impl Linter {
    /// What it says of its version; `None` where it is not installed.
    pub fn version(&self) -> Option<String> {
        version(self.started.as_ref().unwrap_or(&self.program))
    }
}

/// The largest tree of those that are worth waiting for.
const NO_BOUND: usize = usize::MAX;

/// The endings of the files that farewell reads: text search is held to the same ones.
const ENDINGS: &str = "*.{js,jsx,mjs,cjs,ts,tsx,mts,cts,vue,svelte,astro,html,htm,swift,m,mm,kt,java,dart}";

/// The linters, farewell first, then text search, which is the floor. `tools` is what `rivals/install.sh` filled.
///
/// # Errors
/// The words for text search cannot be written.
pub fn linters(farewell: &Path, tools: &Path) -> anyhow::Result<Vec<Linter>> {
    let words = tools.join("words.txt");
    std::fs::write(&words, Vocabulary::builtin().searched_words().join("\n"))
        .with_context(|| words.display().to_string())?;
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("rivals");
    let rule = |name: &str| rules.join(name).into_os_string();
    let mut search = list(&["--no-unicode", "--no-require-git", "--no-ignore", "-i", "-c", "-F", "-g", ENDINGS, "-f"]);
    search.extend([words.into(), ".".into()]);
    let mut environment = OsString::from("FAREWELL_BENCH_TOOLS=");
    environment.push(tools);
    Ok(vec![
        Linter {
            name: "farewell check",
            program: farewell.to_owned(),
            started: None,
            arguments: list(&["check", "--format", "json", "."]),
            good: &[0, 1],
            read: Some(read_farewell),
            most_files: NO_BOUND,
        },
        Linter {
            name: "rg",
            program: "rg".into(),
            started: None,
            arguments: search,
            good: &[0, 1],
            read: None,
            most_files: NO_BOUND,
        },
        Linter {
            name: "ast-grep",
            program: tools.join("node_modules/.bin/ast-grep"),
            started: None,
            arguments: joined(&["scan", "--json=compact", "-r"], [rule("ast-grep.yml"), ".".into()]),
            good: &[0, 1],
            read: Some(read_ast_grep),
            most_files: NO_BOUND,
        },
        Linter {
            name: "ESLint (TypeScript alone)",
            program: "env".into(),
            started: Some(tools.join("node_modules/.bin/eslint")),
            arguments: joined::<6>(
                &[],
                [
                    environment,
                    tools.join("node_modules/.bin/eslint").into(),
                    "--format=json".into(),
                    "-c".into(),
                    rule("eslint.config.mjs"),
                    ".".into(),
                ],
            ),
            good: &[0, 1],
            read: Some(read_eslint),
            most_files: 10_000,
        },
        Linter {
            name: "Semgrep",
            program: tools.join("python/bin/semgrep"),
            started: None,
            arguments: joined(
                &["scan", "--metrics=off", "--disable-version-check", "--no-git-ignore", "--json", "--config"],
                [rule("semgrep.yml"), ".".into()],
            ),
            good: &[0, 1],
            read: Some(read_semgrep),
            most_files: 10_000,
        },
    ])
}

/// The language servers, farewell first.
pub fn servers(farewell: &Path, tools: &Path) -> Vec<Server> {
    let npm = |name: &str| tools.join("node_modules/.bin").join(name);
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("rivals/sgconfig.yml");
    let server = |name, program, arguments, ending| Server { name, program, arguments, ending };
    vec![
        server("farewell", farewell.to_owned(), list(&["lsp"]), "ts"),
        server("ruff (Python)", tools.join("python/bin/ruff"), list(&["server"]), "py"),
        server("oxlint", npm("oxlint"), list(&["--lsp"]), "ts"),
        server("biome", npm("biome"), list(&["lsp-proxy"]), "ts"),
        server("typos-lsp", tools.join("bin/typos-lsp"), list(&[]), "ts"),
        server("ast-grep", npm("ast-grep"), joined(&["lsp", "-c"], [rules.into_os_string()]), "ts"),
    ]
}

/// The first line that a program says of its version, which may be empty; `None` where it is not installed.
pub fn version(program: &Path) -> Option<String> {
    // Semgrep looks for a newer one of itself, and waits for the network.
    let output = Command::new(program).arg("--version").env("SEMGREP_ENABLE_VERSION_CHECK", "0").output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    Some(text.lines().next().unwrap_or_default().trim().to_owned())
}

fn list(words: &[&str]) -> Vec<OsString> {
    words.iter().map(OsString::from).collect()
}

fn joined<const COUNT: usize>(words: &[&str], more: [OsString; COUNT]) -> Vec<OsString> {
    list(words).into_iter().chain(more).collect()
}

fn read_farewell(report: &[u8]) -> anyhow::Result<BTreeSet<Fault>> {
    let report: Value = serde_json::from_slice(report).context("the report is no JSON")?;
    Ok(faults(&report["findings"], |finding| (finding["path"].as_str(), finding["rule"].as_str())))
}

fn read_ast_grep(report: &[u8]) -> anyhow::Result<BTreeSet<Fault>> {
    let report: Value = serde_json::from_slice(report).context("the report is no JSON")?;
    Ok(faults(&report, |finding| (finding["file"].as_str(), without_language(finding["ruleId"].as_str()))))
}

fn read_semgrep(report: &[u8]) -> anyhow::Result<BTreeSet<Fault>> {
    let report: Value = serde_json::from_slice(report).context("the report is no JSON")?;
    // A rule's name has the folder of its file before it.
    let name =
        |finding: &'_ Value| finding["check_id"].as_str().and_then(|id| id.rsplit('.').next()).map(str::to_owned);
    let results = report["results"].as_array().map(Vec::as_slice).unwrap_or_default();
    let fault = |finding: &Value| {
        let rule = name(finding)?;
        Some((plain(finding["path"].as_str()?), without_language(Some(&rule))?.to_owned()))
    };
    Ok(results.iter().filter_map(fault).collect())
}

fn read_eslint(report: &[u8]) -> anyhow::Result<BTreeSet<Fault>> {
    let report: Value = serde_json::from_slice(report).context("the report is no JSON")?;
    let mut found = BTreeSet::new();
    for file in report.as_array().map(Vec::as_slice).unwrap_or_default() {
        let path = file["filePath"].as_str().unwrap_or_default();
        // It gives whole paths; a tree is the folder `works`.
        let path = path.split_once("/works/").map_or(path, |(_, inside)| inside);
        for message in file["messages"].as_array().map(Vec::as_slice).unwrap_or_default() {
            if let Some(rule) = message["ruleId"].as_str().and_then(|rule| rule.strip_prefix("farewell/")) {
                found.insert((path.to_owned(), rule.to_owned()));
            }
        }
    }
    Ok(found)
}

fn faults<'v>(list: &'v Value, place: impl Fn(&'v Value) -> (Option<&'v str>, Option<&'v str>)) -> BTreeSet<Fault> {
    let list = list.as_array().map(Vec::as_slice).unwrap_or_default();
    let fault = |finding| match place(finding) {
        (Some(path), Some(rule)) => Some((plain(path), rule.to_owned())),
        _ => None,
    };
    list.iter().filter_map(fault).collect()
}

fn plain(path: &str) -> String {
    path.strip_prefix("./").unwrap_or(path).to_owned()
}

/// A rule without the language for which it was written once more.
fn without_language(rule: Option<&str>) -> Option<&str> {
    rule?.rsplit_once('-').map(|(rule, _)| rule)
}

#[cfg(test)]
mod tests {
    use super::{read_ast_grep, read_eslint, read_farewell, read_semgrep};

    #[test]
    fn the_reports_of_all_are_read_alike() {
        let wanted = [("a/b.ts".to_owned(), "missing-anonymize".to_owned())].into();
        let reports: [(super::Reader, &str); 4] = [
            (read_farewell, r#"{"findings": [{"path": "a/b.ts", "rule": "missing-anonymize"}]}"#),
            (read_ast_grep, r#"[{"file": "a/b.ts", "ruleId": "missing-anonymize-tsx"}]"#),
            (read_semgrep, r#"{"results": [{"path": "./a/b.ts", "check_id": "bench.rivals.missing-anonymize-web"}]}"#),
            (
                read_eslint,
                r#"[{"filePath": "/t/works/a/b.ts", "messages": [{"ruleId": "farewell/missing-anonymize"}]}]"#,
            ),
        ];
        for (read, report) in reports {
            assert_eq!(read(report.as_bytes()).unwrap(), wanted, "{report}");
        }
    }
}
