//! What readers that others wrote make of each format of `check`.

// A test may end where what it builds on fails, in its helpers too.
#![allow(clippy::unwrap_used)]

mod common;

use std::path::Path;

use serde_json::Value;

use common::{app_of, run};

/// What `check` prints of the web shop in a format.
fn printed(format: &str) -> String {
    let folder = app_of("web-shop");
    let (code, output, errors) = run(folder.path(), &["check", "--format", format]);
    assert_eq!((code, errors.as_str()), (1, ""), "{format}");
    output
}

fn json_of(format: &str) -> Value {
    serde_json::from_str(&printed(format)).unwrap()
}

fn schema(path: &str) -> jsonschema::Validator {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    jsonschema::validator_for(&serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()).unwrap()
}

#[test]
fn the_sarif_log_keeps_the_official_schema() {
    let log = json_of("sarif");
    let validator = schema("tests/schemas/sarif-2.1.0.json");
    assert_eq!(validator.iter_errors(&log).map(|error| error.to_string()).collect::<Vec<_>>(), [] as [&str; 0]);
    let mut wrong = log.clone();
    wrong["runs"][0]["results"][0]["level"] = "fatal".into();
    assert!(!validator.is_valid(&wrong));
    let results = log["runs"][0]["results"].as_array().unwrap();
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    assert!(!results.is_empty());
    for result in results {
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(rule["help"]["markdown"].as_str().unwrap().contains("## What it does"));
    }
    assert!(results.iter().any(|result| result["codeFlows"].is_array() && result["fixes"].is_array()));
}

#[test]
fn the_lines_of_jsonl_are_the_document_of_json() {
    let (document, lines) = (json_of("json"), printed("jsonl"));
    let mut lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let last = lines.pop().unwrap();
    assert_eq!(Value::Array(lines), document["findings"]);
    assert_eq!((&last["version"], &last["summary"]["flows"]), (&document["version"], &document["summary"]["flows"]));
}

#[test]
fn the_junit_report_is_read_by_a_parser_of_others() {
    let report = junit_parser::from_reader(printed("junit").as_bytes()).unwrap();
    let document = json_of("json");
    let findings = document["findings"].as_array().unwrap();
    assert_eq!((report.tests, report.failures, report.errors), (findings.len() as u64, findings.len() as u64, 0));
    let cases = report.suites.iter().flat_map(|suite| &suite.cases);
    for (case, finding) in cases.zip(findings) {
        assert_eq!(case.classname.as_deref(), finding["path"].as_str());
        let failure = case.status.failure_as_ref();
        assert_eq!(failure.message, finding["message"].as_str().unwrap());
    }
}

#[test]
fn a_clean_app_has_a_junit_report_with_a_case_that_passed() {
    let folder = common::tree(&[("a.ts", "export const one = 1;\n")]);
    let (code, output, _) = run(folder.path(), &["check", "--format", "junit"]);
    let report = junit_parser::from_reader(output.as_bytes()).unwrap();
    assert_eq!((code, report.tests, report.failures), (0, 1, 0));
}

#[test]
fn a_gitlab_report_tells_its_findings_apart() {
    let report = json_of("gitlab");
    let entries = report.as_array().unwrap();
    let fingerprints: std::collections::BTreeSet<&str> =
        entries.iter().map(|entry| entry["fingerprint"].as_str().unwrap()).collect();
    assert_eq!(fingerprints.len(), entries.len());
}

/// What stands in a message or a path ends no command, row or element.
#[test]
fn odd_names_are_escaped_in_every_format() {
    let logout = "export function logout() { localStorage.clear(); location.href = '/login'; }\n";
    let name = "src/a%,b;<&\"'é.js";
    let folder = common::tree(&[("src/in.js", "FS('setIdentity', { uid: user.id });\n"), (name, logout)]);
    let (_, output, _) = run(folder.path(), &["check", "--format", "github"]);
    assert!(output.starts_with("::warning file=src/a%25%2Cb;<&\"'é.js,line=1,col="), "{output}");
    let (_, output, _) = run(folder.path(), &["check", "--format", "junit"]);
    let report = junit_parser::from_reader(output.as_bytes()).unwrap();
    assert_eq!(report.suites[0].name, name);
    let (_, output, _) = run(folder.path(), &["check", "--format", "sarif"]);
    let log: Value = serde_json::from_str(&output).unwrap();
    let location = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"];
    assert_eq!(location["uri"], "src/a%25%2Cb%3B%3C%26%22%27%C3%A9.js");
}
