//! What somebody does who has read the README alone, on the app of each platform: find, understand, fix, and silence
//! what is meant to stay, with a reason.

// A test may end where what it builds on fails, in its helpers too.
#![allow(clippy::unwrap_used)]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use common::{app_of, run};
use serde_json::Value;

const REASON: &str = "looked at with the privacy team";

#[test]
fn the_web_shop_is_brought_to_nothing_found() {
    brings_to_nothing_found("web-shop", "web", "FS('setIdentity', { anonymous: true })");
}

#[test]
fn the_vue_shop_is_brought_to_nothing_found() {
    brings_to_nothing_found("vue-shop", "web", "FS('setIdentity', { anonymous: true })");
}

#[test]
fn the_svelte_notes_are_brought_to_nothing_found() {
    brings_to_nothing_found("svelte-notes", "web", "FS('setIdentity', { anonymous: true })");
}

#[test]
fn the_react_native_bank_is_brought_to_nothing_found() {
    brings_to_nothing_found("rn-bank", "react-native", "FullStory.anonymize()");
}

#[test]
fn the_ios_bank_is_brought_to_nothing_found() {
    brings_to_nothing_found("ios-bank", "ios", "FS.anonymize()");
}

#[test]
fn the_android_shop_is_brought_to_nothing_found() {
    brings_to_nothing_found("android-shop", "android", "FS.anonymize()");
}

#[test]
fn the_flutter_bank_is_brought_to_nothing_found() {
    brings_to_nothing_found("flutter-bank", "flutter", "FS.anonymize()");
}

/// `call` is what every rule's page for the platform has to name.
fn brings_to_nothing_found(app: &str, platform: &str, call: &str) {
    let folder = app_of(app);
    let found = findings(folder.path());
    assert!(found.len() >= 5, "{found:?}");
    for rule in rules_of(&found) {
        let (code, page, errors) = run(folder.path(), &["explain", &rule, "--platform", platform]);
        assert_eq!((code, errors.as_str()), (0, ""), "{rule}");
        assert!(page.contains("## Use instead") && page.contains(call), "{rule}: {page}");
    }
    let (_, told, errors) = run(folder.path(), &["check", "--fix"]);
    assert!(told.contains("Fixed ") && errors.is_empty(), "{told}{errors}");
    let remaining = findings(folder.path());
    assert!(remaining.len() < found.len(), "{remaining:?}");
    silence(folder.path(), &remaining);
    let (code, told, errors) = run(folder.path(), &["check", "--fail-on", "hint"]);
    assert_eq!((code, errors.as_str()), (0, ""), "{told}");
    let (_, map, _) = run(folder.path(), &["audit"]);
    assert!(map.matches(REASON).count() >= remaining.len(), "{map}");
}

fn findings(folder: &Path) -> Vec<Value> {
    let (_, output, _) = run(folder, &["check", "--format", "json"]);
    let mut document: Value = serde_json::from_str(&output).unwrap();
    serde_json::from_value(document["findings"].take()).unwrap()
}

fn rules_of(findings: &[Value]) -> BTreeSet<String> {
    findings.iter().map(|it| it["rule"].as_str().unwrap().to_owned()).collect()
}

/// Writes a comment before the line of each finding, from the last one on.
fn silence(folder: &Path, findings: &[Value]) {
    for finding in findings.iter().rev() {
        let path = folder.join(finding["path"].as_str().unwrap());
        let text = fs::read_to_string(&path).unwrap();
        let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
        let index = usize::try_from(finding["range"]["start"]["line"].as_u64().unwrap()).unwrap() - 1;
        let code = &lines[index];
        let indent = &code[..code.len() - code.trim_start().len()];
        let rule = finding["rule"].as_str().unwrap();
        let comment = if code.trim_start().starts_with('<') {
            format!("{indent}<!-- farewell-ignore {rule}: {REASON} -->")
        } else {
            format!("{indent}// farewell-ignore {rule}: {REASON}")
        };
        lines.insert(index, comment);
        fs::write(path, lines.join("\n")).unwrap();
    }
}
