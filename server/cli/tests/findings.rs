//! The built program on code with faults: what it prints, what it fixes, and what it leaves alone.

// A test may end where what it builds on fails, in its helpers too.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

const SCHEMA: &str = include_str!("../schema/findings-v1.json");
const APPS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/apps");
const MANIFEST: &str = r#"{"name": "app"}"#;
const BOOT: &str = "export function boot(user) {\n  FS('setIdentity', { uid: user.id });\n}\n";
const LOGOUT: &str = "export async function logout() {\n  localStorage.removeItem('access_token');\n  window.location.href = '/login';\n}\n";
const FIXED: &str = "export async function logout() {\n  localStorage.removeItem('access_token');\n  FS('setIdentity', { anonymous: true });\n  window.location.href = '/login';\n}\n";

fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_farewell"));
    command.current_dir(folder).args(arguments).env_remove("FAREWELL_LOG");
    let Output { status, stdout, stderr } = command.output().unwrap();
    (status.code().unwrap(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

fn app(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(".git")).unwrap();
    for (name, text) in [("package.json", MANIFEST), ("src/boot.js", BOOT)].iter().chain(files) {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn read(folder: &tempfile::TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).unwrap()
}

#[test]
fn a_fault_exits_with_1_and_shows_its_code() {
    let folder = app(&[("src/auth.js", LOGOUT)]);
    for asked in ["src", "src/auth.js", "."] {
        let (code, output, errors) = run(folder.path(), &["check", asked]);
        assert_eq!((code, errors.as_str()), (1, ""), "{asked}");
        assert!(output.starts_with("warning[missing-anonymize]: "), "{output}");
        assert!(output.contains("--> src/auth.js:3:3\n"), "{output}");
        assert!(output.ends_with("; 1 can be fixed with --fix.\n"), "{output}");
    }
}

#[test]
fn paths_are_told_from_the_working_directory() {
    let folder = app(&[("src/auth.js", LOGOUT)]);
    let inner = folder.path().join("src");
    let (_, output, _) = run(&inner, &["check", "..", "--format", "json"]);
    let document: Value = serde_json::from_str(&output).unwrap();
    assert_eq!(document["findings"][0]["path"], "auth.js");
    let (_, output, _) = run(&folder.path().join(".git"), &["check", "../src/auth.js"]);
    assert!(output.contains("--> ../src/auth.js:3:3\n"), "{output}");
}

#[test]
fn a_hint_alone_exits_with_0() {
    let toml = "[rules]\nmissing-anonymize = 'hint'\n";
    let folder = app(&[("src/auth.js", LOGOUT), ("farewell.toml", toml)]);
    let (code, output, _) = run(folder.path(), &["check"]);
    assert_eq!(code, 0);
    assert!(output.starts_with("hint[missing-anonymize]: "), "{output}");
    fs::write(folder.path().join("farewell.toml"), "[rules]\nmissing-anonymize = 'off'\n").unwrap();
    assert_eq!(run(folder.path(), &["check"]).1, "Nothing found in 2 files with 1 logout flow.\n");
}

#[test]
fn fix_mends_the_file_and_then_has_nothing_to_do() {
    let folder = app(&[("src/auth.js", LOGOUT)]);
    let (code, output, _) = run(folder.path(), &["check", "--fix"]);
    assert_eq!((code, read(&folder, "src/auth.js").as_str()), (0, FIXED));
    assert!(output.contains("Fixed 1 finding. "), "{output}");
    run(folder.path(), &["check", "--fix"]);
    assert_eq!(read(&folder, "src/auth.js"), FIXED);
}

#[test]
fn fix_keeps_line_ends_and_the_byte_order_mark() {
    let windows = |text: &str| format!("\u{FEFF}{}", text.replace('\n', "\r\n"));
    let folder = app(&[("src/auth.js", &windows(LOGOUT))]);
    run(folder.path(), &["check", "--fix"]);
    assert_eq!(read(&folder, "src/auth.js"), windows(FIXED));
}

#[test]
fn fix_writes_only_files_that_were_asked_for() {
    let folder = app(&[("src/auth.js", LOGOUT), ("src/other.js", LOGOUT)]);
    run(folder.path(), &["check", "--fix", "src/auth.js"]);
    assert_eq!(read(&folder, "src/auth.js"), FIXED);
    assert_eq!(read(&folder, "src/other.js"), LOGOUT);
}

#[test]
fn diff_tells_what_fix_would_do_and_exits_as_without() {
    let folder = app(&[("src/auth.js", LOGOUT)]);
    let (code, output, errors) = run(folder.path(), &["check", "--diff"]);
    assert_eq!((code, errors.as_str()), (1, ""));
    let expected = "--- a/src/auth.js\n+++ b/src/auth.js\n@@ -1,4 +1,5 @@\n export async function logout() {\n   \
                    localStorage.removeItem('access_token');\n+  FS('setIdentity', { anonymous: true });\n   \
                    window.location.href = '/login';\n }\n";
    assert_eq!(output, expected);
    assert_eq!(read(&folder, "src/auth.js"), LOGOUT);
}

#[test]
fn colour_comes_when_it_is_asked_for() {
    let folder = app(&[("src/auth.js", LOGOUT)]);
    assert!(run(folder.path(), &["check", "--color", "always"]).1.contains("\u{1b}["));
    assert!(run(folder.path(), &["check", "--color", "always", "--diff"]).1.contains("\u{1b}[32m+"));
    for color in ["auto", "never"] {
        assert!(!run(folder.path(), &["check", "--color", color]).1.contains('\u{1b}'));
    }
}

#[test]
fn the_apps_findings_keep_the_contract_whatever_the_threads() {
    let findings = |threads: &str| {
        let (code, output, errors) = run(Path::new(APPS), &["check", "--format", "json", "--threads", threads]);
        assert_eq!((code, errors.as_str()), (1, ""));
        let document: Value = serde_json::from_str(&output).unwrap();
        let validator = jsonschema::validator_for(&serde_json::from_str(SCHEMA).unwrap()).unwrap();
        assert!(validator.is_valid(&document), "{output}");
        document["findings"].as_array().unwrap().clone()
    };
    let one = findings("1");
    assert!(one.len() > 5, "the apps hold faults");
    assert_eq!(findings("4"), one);
    let key = |it: &Value| {
        let start = &it["range"]["start"];
        (it["path"].as_str().unwrap().to_owned(), start["line"].as_u64(), start["column"].as_u64())
    };
    assert!(one.is_sorted_by_key(key));
    for finding in &one {
        let preferred = finding["fixes"].as_array().unwrap().iter().filter(|fix| fix["preferred"] == true);
        assert!(preferred.count() <= 1, "{finding}");
    }
}

#[test]
fn every_fix_of_the_apps_is_in_the_diff_and_leaves_no_fix_behind() {
    let folder = tempfile::tempdir().unwrap();
    copy(Path::new(APPS), folder.path());
    let (_, diff, _) = run(folder.path(), &["check", "--diff"]);
    let (_, first, _) = run(folder.path(), &["check", "--fix"]);
    assert!(first.contains("\nFixed "), "{first}");
    assert!(!first.contains("can be fixed with --fix"), "{first}");
    let (_, again, _) = run(folder.path(), &["check", "--diff"]);
    assert!(!diff.is_empty());
    assert_eq!(again, "");
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            fs::create_dir(&target).unwrap();
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
