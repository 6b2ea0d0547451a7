//! The built program's smaller commands, as a shell sees them.

// A test may end where what it builds on fails, in its helpers too.
#![allow(clippy::unwrap_used)]

mod common;

use std::fs;

use common::{app_of, run, tree, write};

#[test]
fn a_hover_says_what_an_editor_shows() {
    let folder = app_of("web-shop");
    let (code, output, errors) = run(folder.path(), &["hover", "src/services/http.ts:21:9"]);
    assert_eq!((code, errors.as_str()), (0, ""));
    assert!(output.starts_with("**Leaves the page.**"), "{output}");
    assert!(output.contains("**missing-anonymize** · warning"), "{output}");
    assert_eq!(run(folder.path(), &["hover", "src/services/http.ts:1:1"]), (0, String::new(), String::new()));
    for (place, wanted) in [
        ("src/services/http.ts", "is no place: a file, a line and a column from 1 are wanted"),
        ("src/services/http.ts:9999:1", "there is no column 1 in line 9999"),
        ("src/none.ts:1:1", "there is no such file or folder"),
    ] {
        let (code, _, errors) = run(folder.path(), &["hover", place]);
        assert_eq!(code, 2);
        assert!(errors.contains(wanted), "{errors}");
    }
}

#[test]
fn init_writes_what_it_finds_and_never_over_a_file() {
    let folder = app_of("web-shop");
    let (code, _, errors) = run(folder.path(), &["init"]);
    assert_eq!((code, errors.as_str()), (0, ""));
    let written = fs::read_to_string(folder.path().join("farewell.toml")).unwrap();
    insta::assert_snapshot!("init_web_shop", written);
    // It changes nothing of what is found.
    let (_, with, _) = run(folder.path(), &["check", "--format", "compact"]);
    fs::remove_file(folder.path().join("farewell.toml")).unwrap();
    assert_eq!(run(folder.path(), &["check", "--format", "compact"]).1, with);
    write(folder.path(), "farewell.toml", "mine");
    let (code, _, errors) = run(folder.path(), &["init"]);
    assert_eq!(code, 2);
    assert!(errors.contains("is there already, and is left as it is"), "{errors}");
    assert_eq!(fs::read_to_string(folder.path().join("farewell.toml")).unwrap(), "mine");
}

#[test]
fn settings_are_shown_with_where_they_come_from() {
    let outer =
        "platform = 'web-v1'\nexclude = ['old']\n\n[rules]\nunguarded-await = 'error'\nmissing-anonymize = 'off'\n";
    let folder = tree(&[
        ("src/a.ts", "1;\n"),
        ("farewell.toml", outer),
        ("b/farewell.toml", "namespace = 'Story'\n"),
        ("b/b.ts", "1;\n"),
    ]);
    let (code, output, errors) = run(folder.path(), &["config", "src/a.ts"]);
    assert_eq!((code, errors.as_str()), (0, ""));
    insta::assert_snapshot!("config", output);
    let (_, output, _) = run(folder.path(), &["config", "b/b.ts"]);
    let line = output.lines().find(|line| line.starts_with("namespace ")).unwrap();
    assert!(line.ends_with("\"Story\"                  # b/farewell.toml:1"), "{line}");
    write(folder.path(), "farewell.toml", "[rules]\nmising-anonymize = 'off'\n");
    let (code, _, errors) = run(folder.path(), &["config"]);
    assert_eq!(code, 2);
    assert!(
        errors.contains("farewell.toml:2:1: unknown rule `mising-anonymize`; did you mean `missing-anonymize`?"),
        "{errors}"
    );
}

#[test]
fn the_doctor_tells_projects_and_what_is_skipped() {
    let folder = app_of("ios-bank");
    write(folder.path(), "Sources/Broken.swift", "logout\0");
    write(folder.path(), "farewell.toml", "");
    let (code, output, errors) = run(folder.path(), &["doctor"]);
    assert_eq!((code, errors.as_str()), (0, ""));
    assert!(output.starts_with(&format!("farewell {} (", env!("CARGO_PKG_VERSION"))), "{output}");
    for wanted in
        ["\n  .: iOS, Objective-C, iOS, Swift; ", "\n  farewell.toml\n", "\n  Sources/Broken.swift: holds NUL bytes\n"]
    {
        assert!(output.contains(wanted), "{wanted}: {output}");
    }
}

#[test]
fn rules_are_listed_for_programs_and_for_a_wiki() {
    let folder = tree(&[]);
    let (_, output, _) = run(folder.path(), &["rules", "--format", "json"]);
    let rules: Vec<serde_json::Value> = serde_json::from_str(&output).unwrap();
    let (_, markdown, _) = run(folder.path(), &["rules", "--format", "markdown"]);
    let (_, text, _) = run(folder.path(), &["rules"]);
    assert_eq!(rules.len(), text.lines().count());
    for rule in rules {
        let name = rule["name"].as_str().unwrap();
        assert!(text.contains(name) && markdown.contains(&format!("\n## {name}\n")), "{name}");
        assert!(rule["page"].as_str().unwrap().starts_with(&format!("# {name}\n")));
    }
}

#[test]
fn a_rule_is_explained_for_one_platform() {
    let folder = tree(&[]);
    let (code, output, _) = run(folder.path(), &["explain", "warning[missing-anonymize]", "--platform", "ios"]);
    assert_eq!(code, 0);
    assert!(output.contains("```swift") && !output.contains("```kotlin") && !output.contains("```ts"), "{output}");
    assert!(output.contains("- Release the identity: `FS.anonymize()`"), "{output}");
    let (code, _, errors) = run(folder.path(), &["explain", "missing-anonymize", "--platform", "fluter"]);
    assert_eq!(code, 2);
    assert!(errors.contains("unknown platform `fluter`; did you mean `flutter`?"), "{errors}");
}

#[test]
fn the_manual_names_every_command() {
    let (code, page, _) = run(tree(&[]).path(), &["man"]);
    assert_eq!(code, 0);
    for command in
        ["check", "audit", "baseline", "explain", "rules", "hover", "init", "config", "doctor", "completions"]
    {
        assert!(page.contains(&format!(".TH farewell-{command} ")), "{command}");
    }
}
