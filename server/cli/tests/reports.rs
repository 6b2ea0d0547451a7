//! The golden reports of the apps: what `check` and `audit` say of all of them, in each format, in `tests/reports`;
//! and the list of rules that people read, `server/analysis/rules.md`.
//! `FAREWELL_UPDATE=1 cargo test -p farewell --test reports` writes them anew; read the difference.

// A test may end where what it builds on fails, in its helpers too.
#![allow(clippy::unwrap_used)]

mod common;

use std::fs;
use std::path::Path;

use common::{APPS, copy, run, tree};

const REPORTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/reports");
const RULES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../analysis/rules.md");
/// As much of a difference as a person reads.
const MOST_LINES: usize = 80;

#[test]
fn findings_are_as_they_were() {
    keeps("check", "text", "check.txt");
    keeps("check", "compact", "check.compact.txt");
    keeps("check", "json", "check.json");
    keeps("check", "jsonl", "check.jsonl");
    keeps("check", "sarif", "check.sarif");
    keeps("check", "github", "check.github.txt");
    keeps("check", "gitlab", "check.gitlab.json");
    keeps("check", "junit", "check.junit.xml");
    keeps("check", "agent", "check.agent.txt");
}

#[test]
fn logout_maps_are_as_they_were() {
    keeps("audit", "text", "audit.txt");
    keeps("audit", "markdown", "audit.md");
    keeps("audit", "json", "audit.json");
    keeps("audit", "html", "audit.html");
}

/// The pages themselves are beside the rules: the list leads there.
#[test]
fn the_list_of_rules_leads_to_every_page() {
    let (_, markdown, _) = run(tree(&[]).path(), &["rules", "--format", "markdown"]);
    let (table, _) = markdown.split_once("\n## ").unwrap();
    let mut list = String::new();
    for part in table.split_inclusive("(#") {
        let Some((name, rest)) = part.split_once(") | ") else {
            list += part.strip_suffix("(#").unwrap();
            continue;
        };
        let page = format!("src/rules/{}.md", name.replace('-', "_"));
        assert!(Path::new(RULES).with_file_name(&page).is_file(), "{page}");
        list += &format!("({page}) | {}", rest.strip_suffix("(#").unwrap_or(rest));
    }
    holds(Path::new(RULES), &list);
}

/// Holds a report to its file.
fn keeps(command: &str, format: &str, name: &str) {
    let folder = tree(&[]);
    copy(Path::new(APPS), &folder.path().join("tests/apps"));
    fs::create_dir(folder.path().join("tests/reports")).unwrap();
    // Where it is written is where the links of a page start.
    let output = format!("tests/reports/{name}");
    let (code, _, errors) = run(folder.path(), &[command, "tests/apps", "--format", format, "--output", &output]);
    assert_eq!((code, errors.as_str()), (1, ""), "{name}");
    let report = settled(format, &fs::read_to_string(folder.path().join(output)).unwrap());
    holds(&Path::new(REPORTS).join(name), &report);
}

/// Holds a text to its file, or writes the file where that is asked for.
fn holds(golden: &Path, text: &str) {
    if std::env::var_os("FAREWELL_UPDATE").is_some() {
        fs::write(golden, text).unwrap();
    }
    let expected = fs::read_to_string(golden).unwrap_or_default();
    if text != expected {
        let difference = similar::TextDiff::from_lines(&*expected, text).unified_diff().to_string();
        let shown: Vec<&str> = difference.lines().take(MOST_LINES).collect();
        panic!("{} has changed; FAREWELL_UPDATE=1 writes it anew\n{}", golden.display(), shown.join("\n"));
    }
}

/// A report without what changes from run to run and from version to version, and with a line for each part of a
/// document that is written on one.
fn settled(format: &str, report: &str) -> String {
    match format {
        "json" | "jsonl" => {
            let (before, after) = report.rsplit_once("\"elapsed_ms\":").unwrap();
            let rest = after.trim_start_matches(|digit: char| digit.is_ascii_digit());
            let settled = format!("{before}\"elapsed_ms\":0{rest}");
            settled
                .replace(":[{", ":[\n{")
                .replace("},{\"rule\"", "},\n{\"rule\"")
                .replace("},{\"title\"", "},\n{\"title\"")
        }
        "sarif" => {
            let version = format!("ersion\": \"{}\"", env!("CARGO_PKG_VERSION"));
            let lines = report.lines().map(|line| match line.split_once("\": \"# ") {
                // The pages of the rules are in a place of their own.
                Some((key, _)) => format!("{key}\": \"[page]\"{}\n", if line.ends_with(',') { "," } else { "" }),
                None => format!("{}\n", line.replace(&version, "ersion\": \"[version]\"")),
            });
            lines.collect()
        }
        _ => report.to_owned(),
    }
}
