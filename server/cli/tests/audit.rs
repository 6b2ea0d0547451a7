//! The built program's logout map, as a shell sees it.

// A test may end where what it builds on fails, in its helpers too.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

const APPS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/apps");
const SCHEMA: &str = include_str!("../schema/audit-v1.json");
const BOOT: &str = "export function boot(user) {\n  FS('setIdentity', { uid: user.id });\n}\n";
const LOGOUT: &str =
    "export function logout() {\n  localStorage.removeItem('token');\n  location.href = '/login';\n}\n";

fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_farewell"));
    command.current_dir(folder).arg("audit").args(arguments).env_remove("NO_COLOR").env_remove("FAREWELL_LOG");
    let Output { status, stdout, stderr } = command.output().unwrap();
    (status.code().unwrap(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

fn app(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(".git")).unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

#[test]
fn the_map_of_every_app_is_valid_by_the_schema() {
    let (_, output, _) = run(Path::new(APPS), &["--format", "json"]);
    let document: Value = serde_json::from_str(&output).unwrap();
    let validator = jsonschema::validator_for(&serde_json::from_str(SCHEMA).unwrap()).unwrap();
    let errors: Vec<String> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
    assert_eq!(errors, Vec::<String>::new());
    let kinds = document["by_kind"].as_array().unwrap();
    let flows: u64 = kinds.iter().map(|kind| kind["flows"].as_u64().unwrap()).sum();
    assert_eq!(flows, document["totals"]["flows"].as_u64().unwrap());
    assert_eq!(flows as usize, document["flows"].as_array().unwrap().len());
}

#[test]
fn the_exit_code_is_that_of_check() {
    let folder = app(&[("src/boot.js", BOOT), ("src/auth.js", LOGOUT)]);
    for format in ["text", "markdown", "json", "html"] {
        assert_eq!(run(folder.path(), &["--format", format]).0, 1, "{format}");
    }
    fs::write(folder.path().join("farewell.toml"), "[rules]\nmissing-anonymize = 'off'\n").unwrap();
    let (code, output, _) = run(folder.path(), &[]);
    // What is not reported is still on the map.
    assert_eq!(code, 0);
    assert!(output.contains("✗ kept  leaves the page  location.href = '/login'  src/auth.js:3:3"), "{output}");
}

#[test]
fn an_empty_folder_has_a_map_in_every_format() {
    let folder = app(&[("src/math.js", "export const one = 1;\n")]);
    for format in ["text", "markdown", "json", "html"] {
        let (code, output, errors) = run(folder.path(), &["--format", format]);
        assert_eq!((code, errors.as_str()), (0, ""), "{format}");
        assert!(!output.is_empty());
    }
    let (_, output, _) = run(folder.path(), &[]);
    assert!(output.starts_with("No flow was found in 1 file.\n"), "{output}");
}

#[test]
fn an_output_file_says_its_format_and_is_where_links_start() {
    let folder = app(&[("src/boot.js", BOOT), ("src/auth.js", LOGOUT), ("docs/x.txt", "")]);
    let (code, output, errors) = run(folder.path(), &["src", "--output", "docs/map.html"]);
    assert_eq!((code, output.as_str(), errors.as_str()), (1, "", ""));
    let page = fs::read_to_string(folder.path().join("docs/map.html")).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>"), "{page}");
    assert!(page.contains("href=\"../src/auth.js#L3\""), "{page}");
    run(folder.path(), &["--output", "map.md"]);
    let map = fs::read_to_string(folder.path().join("map.md")).unwrap();
    assert!(map.contains("[src/auth.js:3](src/auth.js#L3)"), "{map}");
    run(folder.path(), &["--output", "map.json", "--format", "markdown"]);
    assert!(fs::read_to_string(folder.path().join("map.json")).unwrap().starts_with("# Logout map"));
}

#[test]
fn links_may_lead_to_an_editor() {
    let folder = app(&[("src/boot.js", BOOT), ("src/a b.js", LOGOUT)]);
    let template = "vscode://file/{path}:{line}:{column}";
    let (_, page, _) = run(folder.path(), &["--format", "html", "--link-template", template]);
    assert!(page.contains("href=\"vscode://file/") && page.contains("/src/a%20b.js:3:3\""), "{page}");
    let (_, page, _) = run(folder.path(), &["--format", "html", "--link-template", "https://h/{relative}?l={line}"]);
    assert!(page.contains("href=\"https://h/src/a%20b.js?l=3\""), "{page}");
}

#[test]
fn usage_errors_exit_with_2_and_say_what_is_wrong() {
    let folder = app(&[("a.js", LOGOUT)]);
    let cases: [(&[&str], &str); 5] = [
        (&["none"], "error: none: there is no such file or folder"),
        (&["--format", "pdf"], "possible values: text, markdown, json, html"),
        (&["--link-template", "vscode://"], "{path} or {relative} is wanted in it"),
        (&["--link-template", "javascript:{path}"], "leads to no file"),
        (&["--output", "none/map.html"], "cannot be written"),
    ];
    for (arguments, expected) in cases {
        let (code, output, errors) = run(folder.path(), arguments);
        assert_eq!((code, output.as_str()), (2, ""), "{arguments:?}");
        assert!(errors.contains(expected), "{arguments:?}: {errors}");
    }
}

#[test]
fn colours_and_threads_change_nothing_else() {
    let (_, plain, _) = run(Path::new(APPS), &["vue-shop"]);
    let (_, coloured, _) = run(Path::new(APPS), &["vue-shop", "--color", "always", "--threads", "1"]);
    assert!(coloured.contains("\u{1b}[31m✗"));
    let mut stripped = String::new();
    for (index, part) in coloured.split('\u{1b}').enumerate() {
        stripped.push_str(if index == 0 { part } else { part.split_once('m').unwrap().1 });
    }
    assert_eq!(stripped, plain);
}

#[cfg(unix)]
#[test]
fn names_of_files_are_no_markup() {
    let name = "src/<img src=x onerror=alert(1)>\"'&.js";
    let folder = app(&[("src/boot.js", BOOT), (name, LOGOUT)]);
    let (_, page, _) = run(folder.path(), &["--format", "html"]);
    assert!(page.contains("&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;.js"), "{page}");
    assert!(!page.contains("<img"));
}
