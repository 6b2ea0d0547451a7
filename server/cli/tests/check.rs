//! The built program, as a shell sees it: exit codes, both outputs, and what it leaves on disk.

// A test may end where what it builds on fails, in its helpers too.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const LOGOUT: &str = "export function logout() { location.href = '/login'; }\n";
const SCHEMA: &str = include_str!("../schema/findings-v1.json");

fn farewell(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_farewell"));
    command.current_dir(folder).args(arguments).env_remove("NO_COLOR").env_remove("FAREWELL_LOG");
    command
}

fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let Output { status, stdout, stderr } = farewell(folder, arguments).output().unwrap();
    (status.code().unwrap(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

fn tree(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(".git")).unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

#[test]
fn a_clean_tree_exits_with_0() {
    let folder = tree(&[("src/math.ts", b"export const one = 1;\n")]);
    let (code, output, errors) = run(folder.path(), &["check"]);
    assert_eq!((code, errors.as_str()), (0, ""));
    assert_eq!(output, "Nothing found in 1 file with 0 logout flows.\n");
}

#[test]
fn a_folder_without_sources_is_told() {
    let folder = tree(&[("README.md", b"logout")]);
    let (code, _, errors) = run(folder.path(), &["check", "."]);
    assert_eq!(code, 0);
    assert!(errors.starts_with("no source file was found to check"), "{errors}");
}

#[test]
fn real_output_is_valid_by_the_schema() {
    let folder = tree(&[("src/auth.ts", LOGOUT.as_bytes()), ("src/math.ts", b"1;")]);
    let (_, output, _) = run(folder.path(), &["check", "--format", "json", "src"]);
    let document: serde_json::Value = serde_json::from_str(&output).unwrap();
    let validator = jsonschema::validator_for(&serde_json::from_str(SCHEMA).unwrap()).unwrap();
    assert!(validator.is_valid(&document), "{output}");
    assert_eq!(document["summary"]["files_seen"], 2);
    assert_eq!(document["summary"]["files_parsed"], 1);
    assert_eq!(document["summary"]["bytes_seen"], LOGOUT.len() + 2);
}

#[test]
fn usage_errors_exit_with_2_and_say_what_is_wrong() {
    let folder = tree(&[("a.ts", b"1;")]);
    let cases: [(&[&str], &str); 16] = [
        (&["check", "a.ts", "src/none.ts"], "error: src/none.ts: there is no such file or folder"),
        (&["check", "--format", "xml"], "possible values: text, compact, json, jsonl"),
        (&["check", "--fix", "--diff"], "cannot be used with"),
        (&["check", "--max-size", "1T"], "there are K, M and G"),
        (&["explain", "missing-anonymise"], "did you mean `missing-anonymize`?"),
        (&["explain", "no-unused-vars"], "`farewell rules` lists them"),
        (&["check", "--format", "srif"], "a similar value exists: 'sarif'"),
        (&["check", "--select", "missing-anonymise"], "did you mean `missing-anonymize`?"),
        (&["check", "--ignore", "unguarded_await"], "did you mean `unguarded-await`?"),
        (&["check", "--severity", "unguarded-await=warn"], "did you mean `warning`?"),
        (&["check", "--fail-on", "eror"], "a similar value exists: 'error'"),
        (&["check", "--unsafe-fixes"], "the following required arguments were not provided"),
        (
            &["check", "--baseline", "none.json"],
            "there is no baseline; `farewell baseline update --baseline none.json`",
        ),
        (&["check", "--stdin-filename", "a.css"], "not a language that Farewell reads"),
        (&["check", "--output", "no/such/folder.txt"], "no/such/folder.txt: cannot be written"),
        (&["chekc"], "a similar subcommand exists: 'check'"),
    ];
    for (arguments, expected) in cases {
        let (code, output, errors) = run(folder.path(), arguments);
        assert_eq!((code, output.as_str()), (2, ""), "{arguments:?}");
        assert!(errors.contains(expected), "{arguments:?}: {errors}");
    }
}

#[test]
fn a_broken_configuration_exits_with_2_and_names_its_place() {
    let toml: &[u8] = b"namspace = 'X'\n";
    let folder = tree(&[("a.ts", b"1;"), ("farewell.toml", toml), ("b/farewell.toml", b"[rules]\nfoo = 'off'\n")]);
    let (code, output, errors) = run(folder.path(), &["check"]);
    assert_eq!((code, output.as_str()), (2, ""));
    assert!(errors.contains("farewell.toml:1:1: unknown key `namspace`; did you mean `namespace`?\n"), "{errors}");
    assert!(errors.contains("farewell.toml:2:1: unknown rule `foo`"), "{errors}");
}

#[test]
fn a_configuration_is_named_as_seen_from_the_working_directory() {
    let folder = tree(&[("src/a.js", LOGOUT.as_bytes()), ("farewell.toml", b"exclude = 'src'\n")]);
    let (code, _, errors) = run(&folder.path().join("src"), &["check"]);
    assert_eq!(code, 2);
    assert!(errors.starts_with("error: ../farewell.toml:1:11: "), "{errors}");
    assert!(errors.trim_end().ends_with("expected a list"), "{errors}");
}

#[test]
fn unfit_files_are_skipped_with_a_line_each() {
    let latin: &[u8] = b"// caf\xE9 logout";
    let folder = tree(&[("latin.ts", latin), ("nul.ts", b"a\0b"), ("big.ts", &[b' '; 2000]), ("ok.ts", b"1;")]);
    let (code, output, errors) = run(folder.path(), &["check", "--max-size", "1K"]);
    assert_eq!(code, 0);
    assert_eq!(output, "Nothing found in 4 files with 0 logout flows.\n");
    let expected = "skipped big.ts: 2000 bytes are more than the cap of 1024 (--max-size raises it)\n\
                    skipped latin.ts: not UTF-8\nskipped nul.ts: holds NUL bytes\n";
    assert_eq!(errors, expected);
}

#[test]
fn what_is_named_and_not_read_is_told() {
    let folder = tree(&[("page.php", b"<script>logout()</script>"), ("style.css", b"")]);
    let (code, _, errors) = run(folder.path(), &["check", "page.php", "style.css"]);
    assert_eq!(code, 0);
    let expected = "skipped page.php: only searched for Fullstory's snippet: code in templates of a server is not \
                    analysed\nskipped style.css: not a language that Farewell reads\n";
    assert_eq!(errors, expected);
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_a_quiet_success() {
    for arguments in [&["check"][..], &["rules"], &["explain", "missing-anonymize"]] {
        let folder = tree(&[("a.ts", LOGOUT.as_bytes())]);
        let mut command = farewell(folder.path(), arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "", "{arguments:?}");
    }
}

#[test]
fn every_rule_is_listed_and_explained() {
    let folder = tree(&[]);
    let (code, output, _) = run(folder.path(), &["rules"]);
    assert_eq!((code, output.lines().count()), (0, 16));
    for line in output.lines() {
        let rule = line.split_whitespace().next().unwrap();
        let (code, page, _) = run(folder.path(), &["explain", rule]);
        assert_eq!(code, 0);
        assert!(page.starts_with(&format!("# {rule}")), "{page}");
    }
}

#[test]
fn output_is_the_same_whatever_the_threads() {
    let files: Vec<(String, String)> = (0..40).map(|n| (format!("src/f{n}.ts"), LOGOUT.repeat(n))).collect();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    let folder = tree(&files);
    let one = run(folder.path(), &["check", "--threads", "1"]);
    for threads in ["2", "8"] {
        assert_eq!(run(folder.path(), &["check", "--threads", threads]), one);
    }
}

#[test]
fn a_diff_changes_nothing() {
    let folder = tree(&[("a.ts", LOGOUT.as_bytes())]);
    let (_, _, errors) = run(folder.path(), &["check", "--diff"]);
    assert_eq!(errors, "");
    assert_eq!(fs::read_to_string(folder.path().join("a.ts")).unwrap(), LOGOUT);
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_written_costs_no_other_file() {
    use std::os::unix::fs::PermissionsExt;
    let identified = ("src/login.js", b"FS('setIdentity', { uid: user.id });\n".as_slice());
    let folder = tree(&[identified, ("src/a.js", LOGOUT.as_bytes()), ("src/b.js", LOGOUT.as_bytes())]);
    let at = |name: &str| folder.path().join("src").join(name);
    fs::set_permissions(at("a.js"), fs::Permissions::from_mode(0o444)).unwrap();
    let (code, output, errors) = run(folder.path(), &["check", "--fix"]);
    assert_eq!(code, 2);
    assert_eq!(errors, "error: src/a.js: the fixes could not be written: it is read-only\n");
    assert!(output.contains(" --> src/a.js:1:28"), "{output}");
    assert!(output.contains("Fixed 1 finding. Found 1 warning"), "{output}");
    assert_eq!(fs::read_to_string(at("a.js")).unwrap(), LOGOUT);
    assert!(fs::read_to_string(at("b.js")).unwrap().contains("anonymous: true"));
}

/// The example of the README.
#[test]
fn names_of_a_projects_own_are_understood() {
    let manifest = br#"{"name": "app", "dependencies": {"@fullstory/browser": "^2.0.0"}}"#;
    let text = "import { forgetUser, rememberUser } from '@acme/tracking';\n\
        import { leave } from '@acme/router';\n\
        export const login = (user) => rememberUser(user.id);\n\
        export async function logout() {\n  await fetch('/logout', { method: 'POST' });\n  leave('/login');\n}\n\
        export async function signOut() {\n  await fetch('/logout', { method: 'POST' });\n  forgetUser();\n  leave('/');\n}\n";
    let readme = include_str!("../../../README.md");
    let start = readme.find("[[vocabulary.call]]").unwrap();
    let tables = &readme[start..start + readme[start..].find("```").unwrap()];
    let folder = tree(&[("package.json", manifest), ("src/auth.js", text.as_bytes())]);
    let (_, output, _) = run(folder.path(), &["check"]);
    assert!(output.contains("Nothing found"), "{output}");
    fs::write(folder.path().join("farewell.toml"), tables).unwrap();
    let (_, output, errors) = run(folder.path(), &["check"]);
    assert_eq!(errors, "");
    assert!(output.contains("--> src/auth.js:6:3"), "{output}");
    assert!(output.contains("Call `FullStory('setIdentity', { anonymous: true })` before it."), "{output}");
    assert!(output.contains("Found 1 warning and 1 hint in 1 file"), "{output}");
}
