//! The built program in a pipeline: what is reported of what is found, where it goes, and what fails a run.

// A test may end where what it builds on fails, in its helpers too.
#![allow(clippy::unwrap_used)]

mod common;

use std::fs;
use std::path::Path;
use std::process::Command;

use common::{copy, run, run_with, tree, write};

const BOOT: &str = "export function boot(user) {\n  FS('setIdentity', { uid: user.id });\n}\n";
const LOGOUT: &str =
    "export function logout() {\n  localStorage.removeItem('access_token');\n  location.href = '/login';\n}\n";

fn app(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tree(&[("package.json", r#"{"name": "app"}"#), ("src/boot.js", BOOT)]);
    for (name, text) in files {
        write(folder.path(), name, text);
    }
    folder
}

fn compact(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let (code, output, errors) = run(folder, &[&["check", "--format", "compact"], arguments].concat());
    assert_eq!(errors, "", "{arguments:?}");
    // Of each line its place and its rule.
    let lines: Vec<String> = output.lines().map(|line| line.split("] ").next().unwrap().to_owned()).collect();
    (code, lines.join("\n"))
}

fn git(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.current_dir(folder).args(["-c", "user.name=A", "-c", "user.email=a@example.com"]).args(arguments);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// A repository with its files committed.
fn repository(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = app(files);
    fs::remove_dir(folder.path().join(".git")).unwrap();
    git(folder.path(), &["init", "--quiet", "--initial-branch", "main"]);
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "--quiet", "--message", "start"]);
    folder
}

#[test]
fn the_level_decides_what_fails_a_run() {
    let folder = app(&[("src/auth.js", LOGOUT)]);
    for (level, expected) in [("hint", 1), ("information", 1), ("warning", 1), ("error", 0), ("never", 0)] {
        assert_eq!(compact(folder.path(), &["--fail-on", level]).0, expected, "{level}");
    }
}

#[test]
fn rules_are_chosen_on_the_command_line() {
    let folder = app(&[("src/auth.js", LOGOUT), ("farewell.toml", "[rules]\nmissing-anonymize = 'hint'\n")]);
    let missing = |severity: &str| format!("src/auth.js:3:3: {severity}[missing-anonymize");
    assert_eq!(compact(folder.path(), &[]), (0, missing("hint")));
    assert_eq!(compact(folder.path(), &["--ignore", "missing-anonymize"]), (0, String::new()));
    assert_eq!(compact(folder.path(), &["--select", "anonymize-in-loop"]), (0, String::new()));
    assert_eq!(compact(folder.path(), &["--select", "missing-anonymize"]), (0, missing("hint")));
    assert_eq!(compact(folder.path(), &["--ignore", "missing-logout-event"]), (0, missing("hint")));
    let stricter = ["--severity", "missing-anonymize=error,missing-logout-event=off"];
    assert_eq!(compact(folder.path(), &stricter), (1, missing("error")));
}

#[test]
fn a_report_goes_into_a_file() {
    let folder = app(&[("src/auth.js", LOGOUT)]);
    let (code, output, errors) = run(folder.path(), &["check", "--format", "sarif", "--output", "report.sarif"]);
    assert_eq!((code, output.as_str(), errors.as_str()), (1, "", ""));
    let log: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(folder.path().join("report.sarif")).unwrap()).unwrap();
    assert_eq!(log["version"], "2.1.0");
}

#[test]
fn a_report_that_can_go_nowhere_is_told() {
    let folder = app(&[("src/auth.js", LOGOUT)]);
    for command in ["check", "audit"] {
        for (output, wanted) in
            [("src", "src: cannot be written: it is a folder"), ("none/a", "there is no such folder")]
        {
            let (code, output, errors) = run(folder.path(), &[command, "--output", output]);
            assert_eq!((code, output.as_str()), (2, ""));
            assert!(errors.contains(wanted), "{errors}");
        }
    }
    // What is no file is written to, and stays what it is.
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("/dev/fd/1", folder.path().join("out")).unwrap();
        assert!(run(folder.path(), &["check", "--output", "out"]).1.contains("missing-anonymize"));
        assert!(folder.path().join("out").is_symlink());
    }
}

#[test]
fn a_baseline_leaves_out_what_is_known_wherever_it_moves() {
    let folder = app(&[("src/auth.js", LOGOUT)]);
    let (code, output, errors) = run(folder.path(), &["baseline", "update"]);
    assert_eq!((code, errors.as_str()), (0, ""));
    assert_eq!(output, "farewell-baseline.json holds 1 finding: 1 added, 0 taken out.\n");
    let moved = format!("// A comment.\n\n{}", LOGOUT.replace("  ", "    "));
    write(folder.path(), "src/auth.js", &moved);
    let with_baseline = ["--baseline", "farewell-baseline.json"];
    assert_eq!(compact(folder.path(), &with_baseline), (0, String::new()));
    let (_, output, _) = run(folder.path(), &["check", "--baseline", "farewell-baseline.json"]);
    assert_eq!(output, "Nothing found in 2 files with 1 logout flow. 1 more in the baseline.\n");

    write(folder.path(), "src/auth.js", &format!("{moved}{}", LOGOUT.replace("logout", "signOut")));
    let (code, new) = compact(folder.path(), &with_baseline);
    assert_eq!(code, 1);
    assert_eq!(new, "src/auth.js:9:3: warning[missing-anonymize");
    // Only what is reported is mended.
    run(folder.path(), &["check", "--fix", "--baseline", "farewell-baseline.json"]);
    let fixed = fs::read_to_string(folder.path().join("src/auth.js")).unwrap();
    assert!(fixed.starts_with(&moved), "{fixed}");
    assert!(fixed.contains("anonymous: true"), "{fixed}");
}

#[test]
fn a_baseline_keeps_what_was_not_looked_at() {
    let folder = app(&[("src/auth.js", LOGOUT), ("lib/leave.js", LOGOUT)]);
    run(folder.path(), &["baseline", "update"]);
    write(folder.path(), "src/auth.js", "export {};\n");
    let (_, output, _) = run(folder.path(), &["baseline", "update", "src"]);
    assert_eq!(output, "farewell-baseline.json holds 1 finding: 0 added, 1 taken out.\n");
    assert_eq!(compact(folder.path(), &["--baseline", "farewell-baseline.json"]), (0, String::new()));
    write(folder.path(), "farewell-baseline.json", "[]");
    let (code, _, errors) = run(folder.path(), &["check", "--baseline", "farewell-baseline.json"]);
    assert_eq!(code, 2);
    assert!(errors.starts_with("error: farewell-baseline.json: this is no baseline"), "{errors}");
}

#[test]
fn only_what_changes_touch_is_reported() {
    let calls =
        "import { clear } from './store';\nexport function logout() {\n  clear();\n  location.href = '/login';\n}\n";
    let store = "export function clear() {\n  localStorage.removeItem('access_token');\n}\n";
    let folder = repository(&[("src/auth.js", calls), ("src/store.js", store), ("src/other.js", LOGOUT)]);
    assert_eq!(compact(folder.path(), &["--changed"]), (0, String::new()));
    // The flow runs code in a file that changes, and is in none itself.
    write(folder.path(), "src/store.js", &store.replace("access_token", "refresh_token"));
    let (code, touched) = compact(folder.path(), &["--changed"]);
    assert_eq!(code, 1);
    assert!(touched.contains("src/auth.js:4:3: warning[missing-anonymize"), "{touched}");
    assert!(!touched.contains("other.js"), "{touched}");
    // What is new counts, from wherever it is asked.
    write(folder.path(), "src/new.js", LOGOUT);
    let (_, touched) = compact(&folder.path().join("src"), &["--changed", ".."]);
    assert!(touched.contains("new.js:3:3: warning[missing-anonymize"), "{touched}");
    // Since a commit: what was committed behind it counts.
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "--quiet", "--message", "more"]);
    assert_eq!(compact(folder.path(), &["--changed"]), (0, String::new()));
    assert!(compact(folder.path(), &["--changed=HEAD~1"]).1.contains("src/new.js"));
}

#[test]
fn changes_are_those_since_the_branch_was_left() {
    let folder = repository(&[("src/auth.js", LOGOUT), ("src/other.js", LOGOUT)]);
    git(folder.path(), &["switch", "--quiet", "--create", "work"]);
    write(folder.path(), "src/auth.js", &format!("{LOGOUT}// work\n"));
    git(folder.path(), &["commit", "--quiet", "--all", "--message", "work"]);
    git(folder.path(), &["switch", "--quiet", "main"]);
    write(folder.path(), "src/other.js", &format!("{LOGOUT}// main\n"));
    git(folder.path(), &["commit", "--quiet", "--all", "--message", "main"]);
    git(folder.path(), &["switch", "--quiet", "work"]);
    let (_, touched) = compact(folder.path(), &["--changed=main"]);
    assert!(touched.contains("src/auth.js") && !touched.contains("src/other.js"), "{touched}");
}

#[test]
fn what_git_cannot_tell_is_an_error() {
    let folder = app(&[]);
    let (code, _, errors) = run(folder.path(), &["check", "--changed"]);
    assert_eq!(code, 2);
    assert!(errors.ends_with("is in no git repository\n"), "{errors}");
    let folder = repository(&[]);
    let (code, _, errors) = run(folder.path(), &["check", "--changed=nowhere"]);
    assert_eq!(code, 2);
    assert!(errors.starts_with("error: --changed: there is no commit `nowhere` in "), "{errors}");
    let (code, ..) = run(folder.path(), &["check", "--changed=--output=x"]);
    assert_eq!((code, folder.path().join("x").exists()), (2, false));
}

#[test]
fn standard_input_is_judged_as_a_file_of_its_project() {
    let folder = app(&[("src/auth.js", "export {};\n"), ("src/other.js", LOGOUT)]);
    for name in ["src/auth.js", "src/not-there.js"] {
        let arguments = ["check", "--format", "compact", "--stdin-filename", name];
        let (code, output, errors) = run_with(folder.path(), &arguments, LOGOUT);
        assert_eq!((code, errors.as_str()), (1, ""), "{name}");
        let places: Vec<&str> = output.lines().map(|line| line.split(": ").next().unwrap()).collect();
        assert_eq!(places, [format!("{name}:3:3")], "{output}");
    }
    let (code, output, _) = run_with(folder.path(), &["check", "--diff", "--stdin-filename", "src/auth.js"], LOGOUT);
    assert_eq!(code, 1);
    assert!(output.contains("+  FS('setIdentity', { anonymous: true });"), "{output}");
    assert_eq!(fs::read_to_string(folder.path().join("src/auth.js")).unwrap(), "export {};\n");
}

#[test]
fn an_excluded_file_on_standard_input_is_left_alone() {
    let folder = app(&[("farewell.toml", "exclude = ['src/old']\n"), ("src/old/a.js", LOGOUT)]);
    let arguments = ["check", "--format", "compact", "--stdin-filename", "src/old/a.js"];
    let (code, output, _) = run_with(folder.path(), &arguments, LOGOUT);
    assert_eq!((code, output.as_str()), (0, ""));
}

/// The parts of a monorepo, joined, are byte for byte what one run prints, save for the time that it took: in every
/// format, with code and path and all, though the code is not there any more.
#[test]
fn parts_are_joined_into_what_one_run_says() {
    let folder = tree(&[]);
    for app in ["web-shop", "vue-shop", "rn-bank", "ios-bank", "android-shop", "flutter-bank"] {
        common::copy(&Path::new(common::APPS).join(app), &folder.path().join(app));
    }
    let baseline = ["--baseline", "known.json"];
    run(folder.path(), &[&["baseline", "update", "vue-shop"], &baseline[..]].concat());
    let mut parts = Vec::new();
    for part in 1..=3 {
        let shard = format!("{part}/3");
        let (_, output, errors) =
            run(folder.path(), &[&["check", "--format", "json", "--shard", &shard], &baseline[..]].concat());
        assert_eq!(errors, "");
        parts.push((format!("part-{part}.json"), output));
    }
    let elsewhere = tree(&[]);
    let mut arguments = vec!["merge"];
    for (name, report) in &parts {
        write(elsewhere.path(), name, report);
    }
    // Their order does not matter.
    arguments.extend(parts.iter().rev().map(|(name, _)| name.as_str()));
    for format in ["text", "compact", "json", "jsonl", "sarif", "github", "gitlab", "junit", "agent"] {
        let style = ["--format", format, "--color", "always"];
        let (_, whole, _) = run(folder.path(), &[&["check"], &style[..], &baseline[..]].concat());
        let (code, joined, errors) = run(elsewhere.path(), &[&arguments[..], &style[..]].concat());
        assert_eq!((code, errors.as_str()), (1, ""), "{format}");
        assert!(!whole.is_empty() && timeless(&joined) == timeless(&whole), "{format}:\n{joined}\n\n{whole}");
    }
    let (_, joined, _) = run(elsewhere.path(), &arguments);
    assert!(parts.iter().all(|(_, part)| part.len() < joined.len()));
    // What is joined can be joined again.
    write(elsewhere.path(), "joined.json", &joined);
    assert_eq!(run(elsewhere.path(), &["merge", "joined.json"]).1, joined);
    assert_eq!(run(elsewhere.path(), &[&arguments[..], &["--fail-on", "never"]].concat()).0, 0);
}

/// A large workspace is looked at in parts, which must not show.
#[test]
fn a_large_workspace_is_checked_and_mended_as_a_small_one() {
    const APPS: [&str; 3] = ["ios-bank", "vue-shop", "web-shop"];
    let (small, large) = (tree(&[]), tree(&[]));
    for app in APPS {
        copy(&Path::new(common::APPS).join(app), &small.path().join(app));
        copy(&Path::new(common::APPS).join(app), &large.path().join(app));
        write(large.path(), &format!("{app}/filler/odd.ts"), "\0");
    }
    for number in 0..4_000 {
        write(large.path(), &format!("{}/filler/{number}.ts", APPS[0]), "export const nothing = 1;\n");
    }
    let findings = |folder: &Path| {
        let (code, report, _) = run(folder, &["check", "--format", "json"]);
        (code, report.split_once("\"summary\"").unwrap().0.to_owned())
    };
    assert_eq!(findings(large.path()), findings(small.path()));
    let (code, diff, errors) = run(large.path(), &["check", "--diff"]);
    let (wanted_code, wanted, _) = run(small.path(), &["check", "--diff"]);
    assert_eq!((code, diff), (wanted_code, wanted));
    let skipped: Vec<&str> = errors.lines().filter(|line| line.starts_with("skipped ")).collect();
    assert_eq!(skipped.len(), APPS.len(), "{errors}");
    for folder in [small.path(), large.path()] {
        run(folder, &["baseline", "update", "vue-shop"]);
        let (_, told, _) = run(folder, &["check", "--fix", "--baseline", "farewell-baseline.json"]);
        assert!(told.contains("in the baseline"), "{told}");
    }
    assert_eq!(findings(large.path()), findings(small.path()));
    for app in APPS {
        assert_eq!(run(large.path(), &["check", "--diff", app]).1, run(small.path(), &["check", "--diff", app]).1);
    }
}

/// A report without the time that it took.
fn timeless(report: &str) -> String {
    let Some((before, after)) = report.rsplit_once("\"elapsed_ms\":") else {
        return report.to_owned();
    };
    format!("{before}{}", after.trim_start_matches(|digit: char| digit.is_ascii_digit()))
}

#[test]
fn what_is_no_part_is_told() {
    let folder = tree(&[("a.js", "1;\n")]);
    let report = run(folder.path(), &["check", "--format", "json"]).1;
    let summary = report.split_once("\"summary\"").unwrap().1;
    let older = "{\"rule\": \"missing-anonymize\", \"severity\": \"warning\"}";
    for (text, wanted) in [
        ("", "this is no JSON report: EOF"),
        ("[]", "this is no report of `farewell check --format json`, version 1"),
        ("{\"version\": 2, \"findings\": [], \"summary\": {}}", "this is no report of `farewell check"),
        (&format!("{{\"version\": 1, \"findings\": [{older}], \"summary\"{summary}"), "missing field `path`"),
        (
            &format!("{{\"version\": 1, \"findings\": [{{\"rule\": \"missing-anonymise\"}}], \"summary\"{summary}"),
            "did you mean `missing-anonymize`?",
        ),
    ] {
        write(folder.path(), "part.json", text);
        let (code, output, errors) = run(folder.path(), &["merge", "part.json"]);
        assert_eq!((code, output.as_str()), (2, ""), "{text}");
        assert!(errors.starts_with("error: part.json: ") && errors.contains(wanted), "{errors}");
    }
    assert!(run(folder.path(), &["merge", "none.json"]).2.contains("none.json: cannot be read"));
}

/// A report that somebody made may say anything of places: it is printed all the same.
#[test]
fn places_of_a_report_are_not_trusted() {
    let folder = app(&[("src/auth.js", LOGOUT)]);
    let (_, report, _) = run(folder.path(), &["check", "--format", "json"]);
    let odd = report.replace("\"line\":3", "\"line\":4294967295").replace("\"column\":3", "\"column\":4000000000");
    assert_ne!(odd, report);
    write(folder.path(), "odd.json", &odd);
    write(
        folder.path(),
        "none.json",
        &report.replace("\"line\":", "\"line\":0").replace("\"column\":", "\"column\":0"),
    );
    for format in ["text", "sarif", "junit", "agent"] {
        let (code, output, errors) = run(folder.path(), &["merge", "odd.json", "--format", format]);
        assert_eq!((code, errors.as_str(), output.is_empty()), (1, "", false), "{format}");
    }
}
