//! The Model Context Protocol server as a client drives it: the built program over its standard input and output.

// A test may end where what it builds on fails, in its helpers too.
#![allow(clippy::unwrap_used)]

mod common;

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use common::{app_of, run_with, tree};
use serde_json::{Value, json};

const AUTH: &str =
    "export function logout() {\n  localStorage.removeItem('access_token');\n  location.href = '/login';\n}\n";
const BOOT: &str = "FS('setIdentity', { uid: user.id });\n";

/// A client that has said hello.
struct Client {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    id: u64,
    hello: Value,
}

impl Client {
    fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_farewell"));
        command.arg("mcp").args(arguments).current_dir(folder).env_remove("FAREWELL_LOG");
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let (input, output) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        let mut client = Self { child, input, output, id: 0, hello: Value::Null };
        let info = json!({"name": "test", "version": "1"});
        let hello = json!({"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": info});
        client.hello = client.ask("initialize", &hello)["result"].clone();
        client.send(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}));
        client
    }

    fn send(&mut self, message: &Value) {
        self.send_line(&message.to_string());
    }

    fn send_line(&mut self, line: &str) {
        writeln!(self.input, "{line}").unwrap();
    }

    /// The answer to a request.
    fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.id += 1;
        self.send(&json!({"jsonrpc": "2.0", "id": self.id, "method": method, "params": params}));
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        let answer: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(answer["id"], self.id, "{line}");
        answer
    }

    /// What a tool says, and whether it is an error.
    fn call(&mut self, tool: &str, arguments: Value) -> (String, bool) {
        let answer = self.ask("tools/call", &json!({"name": tool, "arguments": arguments}));
        let result = &answer["result"];
        let text = result["content"][0]["text"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned();
        (text, result["isError"] == true)
    }

    fn right(&mut self, tool: &str, arguments: Value) -> String {
        let (text, is_error) = self.call(tool, arguments);
        assert!(!is_error, "{text}");
        text
    }

    fn wrong(&mut self, tool: &str, arguments: Value) -> String {
        let (text, is_error) = self.call(tool, arguments);
        assert!(is_error, "{text}");
        text
    }

    /// The exit code once the client has closed its end.
    fn end(mut self) -> i32 {
        drop(self.input);
        self.child.wait().unwrap().code().unwrap()
    }
}

/// A web app whose logout keeps the identity.
fn shop() -> tempfile::TempDir {
    tree(&[("package.json", "{}"), ("src/auth.ts", AUTH), ("src/boot.ts", BOOT)])
}

#[test]
fn a_client_is_told_what_there_is() {
    let folder = shop();
    let mut client = Client::start(folder.path(), &[]);
    assert_eq!(client.hello["serverInfo"]["name"], "farewell");
    assert_eq!(client.hello["protocolVersion"], "2025-06-18");
    assert!(client.hello["instructions"].as_str().unwrap().contains("check_path"));
    let answer = client.ask("tools/list", &json!({}));
    let tools = answer["result"]["tools"].as_array().unwrap();
    let names: Vec<&str> = tools.iter().map(|tool| tool["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["check_path", "check_text", "preview_fix", "list_flows", "call_syntax", "explain_rule"]);
    for tool in tools {
        assert_eq!(tool["annotations"]["readOnlyHint"], true, "{tool}");
        jsonschema::draft202012::new(&tool["inputSchema"]).unwrap();
    }
    assert_eq!(client.end(), 0);
}

#[test]
fn a_fault_is_found_mended_and_gone() {
    let folder = shop();
    let mut client = Client::start(folder.path(), &[]);
    let found = client.right("check_path", json!({}));
    assert!(
        found.starts_with("1 warning, 1 hint, the first to do first.") || found.starts_with("1 warning"),
        "{found}"
    );
    assert!(found.contains("1. src/auth.ts:3:3 warning missing-anonymize [auto]"), "{found}");
    assert!(found.contains("preview_fix shows what mends"), "{found}");
    let diff = client.right("preview_fix", json!({"path": "src/auth.ts", "rules": ["missing-anonymize"]}));
    let added = "+  FS('setIdentity', { anonymous: true });\n";
    assert!(diff.starts_with("--- a/src/auth.ts\n+++ b/src/auth.ts\n") && diff.contains(added), "{diff}");
    assert!(diff.contains("1 fix applied above, in memory alone"), "{diff}");
    assert_eq!(fs::read_to_string(folder.path().join("src/auth.ts")).unwrap(), AUTH);
    let mended = AUTH.replace("  location", "  FS('setIdentity', { anonymous: true });\n  location");
    let asked = json!({"file_name": "src/auth.ts", "text": mended, "rules": ["missing-anonymize"]});
    assert!(client.right("check_text", asked).starts_with("Nothing to do"));
    // What is written to disk is seen by the next call.
    fs::write(folder.path().join("src/auth.ts"), mended).unwrap();
    let rules = json!({"path": "src", "rules": ["missing-anonymize"]});
    assert!(client.right("check_path", rules).starts_with("Nothing to do"));
    assert_eq!(client.end(), 0);
}

#[test]
fn a_text_is_judged_before_there_is_a_file() {
    let folder = shop();
    let mut client = Client::start(folder.path(), &[]);
    let asked = json!({"file_name": "src/new/deep/session.ts", "text": AUTH});
    let found = client.right("check_text", asked);
    assert!(found.contains("1. src/new/deep/session.ts:3:3 warning missing-anonymize"), "{found}");
    assert!(!found.contains("src/auth.ts:"), "{found}");
    let diff = client.right("preview_fix", json!({"path": "src/new/deep/session.ts", "text": AUTH}));
    assert!(diff.contains("+++ b/src/new/deep/session.ts"), "{diff}");
    assert!(!folder.path().join("src/new").exists());
}

#[test]
fn flows_are_listed_worst_first() {
    let folder = app_of("web-shop");
    let mut client = Client::start(folder.path(), &[]);
    let listed = client.right("list_flows", json!({"limit": 200}));
    let marks: Vec<char> =
        listed.lines().filter_map(|line| line.chars().next()).filter(|it| "✗✓".contains(*it)).collect();
    assert!(marks.contains(&'✗') && marks.contains(&'✓'), "{listed}");
    assert!(marks.windows(2).all(|pair| pair != ['✓', '✗']), "{listed}");
    let short = client.right("list_flows", json!({"limit": 1}));
    assert!(short.contains("more flows: raise the limit"), "{short}");
}

#[test]
fn rules_and_calls_are_told_by_platform() {
    let folder = app_of("ios-bank");
    let mut client = Client::start(folder.path(), &[]);
    let page = client.right("explain_rule", json!({"rule": "warning[missing-anonymize]", "platform": "ios"}));
    assert!(page.contains("```swift") && !page.contains("```kotlin"), "{page}");
    let calls = client.right("call_syntax", json!({"path": "Sources/New.swift"}));
    assert!(calls.contains("runs on `ios`") && calls.contains("`FS.anonymize()`"), "{calls}");
    let all = client.right("call_syntax", json!({}));
    assert!(all.contains("- `flutter` (Flutter): `FS.anonymize();`"), "{all}");
}

#[test]
fn errors_say_what_to_do() {
    let folder = shop();
    fs::write(folder.path().join("farewell.toml"), "platfrom = \"web\"\n").unwrap();
    let mut client = Client::start(folder.path(), &[]);
    let broken = client.wrong("check_path", json!({}));
    assert!(broken.contains("farewell.toml") && broken.contains("did you mean `platform`?"), "{broken}");
    fs::remove_file(folder.path().join("farewell.toml")).unwrap();
    for (tool, arguments, words) in [
        ("check_path", json!({"path": "src/gone.ts"}), "there is no `src/gone.ts`"),
        ("check_path", json!({"path": "../.."}), "lies outside of"),
        ("check_path", json!({"path": "/etc/passwd"}), "start the server as `farewell mcp FOLDER`"),
        ("check_path", json!({"rules": ["mising-anonymize"]}), "did you mean `missing-anonymize`?"),
        ("check_path", json!({"pth": "src"}), "unknown field `pth`, expected one of `path`"),
        ("check_text", json!({"file_name": "a.ts"}), "missing field `text`"),
        ("check_text", json!({"file_name": "a.py", "text": ""}), "not a language that Farewell reads"),
        ("check_text", json!({"file_name": "../a.ts", "text": ""}), "lies outside of"),
        ("check_text", json!({"file_name": "a.ts", "text": "x".repeat(2 << 20)}), "no file of more than"),
        ("explain_rule", json!({"rule": "no-such"}), "there are "),
        ("call_syntax", json!({"platform": "andriod"}), "did you mean `android`?"),
        ("preview_fix", json!({"path": "gone.ts"}), "there is no `gone.ts`"),
    ] {
        let error = client.wrong(tool, arguments.clone());
        assert!(error.contains(words), "{tool} {arguments}: {error}");
    }
    let unknown = client.ask("tools/call", &json!({"name": "rm", "arguments": {}}));
    assert!(unknown["error"]["message"].as_str().unwrap().contains("there is no tool `rm`; there are check_path"));
    assert_eq!(client.end(), 0);
}

#[test]
fn what_cannot_be_looked_at_is_told() {
    let folder = tree(&[("README.md", "# none"), ("package.json", "{}"), ("odd/a.ts", "logout(\0)")]);
    let mut client = Client::start(folder.path(), &[]);
    let odd = client.right("check_path", json!({"path": "odd"}));
    assert!(odd.contains("skipped odd/a.ts"), "{odd}");
    fs::remove_dir_all(folder.path().join("odd")).unwrap();
    let readme = client.right("check_path", json!({"path": "README.md"}));
    assert!(readme.starts_with("Nothing was checked.\n\nskipped README.md"), "{readme}");
    let nothing = client.right("check_path", json!({}));
    assert!(nothing.contains("no source file was found"), "{nothing}");
    let text = client.right("check_text", json!({"file_name": "a.ts", "text": "logout(\0)"}));
    assert!(text.contains("skipped a.ts"), "{text}");
}

#[test]
fn a_server_outlives_what_is_no_request() {
    let folder = shop();
    let mut client = Client::start(folder.path(), &[]);
    client.send_line("{ no json");
    client.send_line("");
    client.send_line("\u{0}\u{1}");
    assert!(client.right("check_path", json!({})).contains("missing-anonymize"));
    assert_eq!(client.end(), 0);
}

#[test]
fn a_folder_is_served_from_anywhere() {
    let (here, folder) = (tree(&[]), shop());
    let mut client = Client::start(here.path(), &[folder.path().to_str().unwrap()]);
    assert!(client.right("check_path", json!({"path": "src/auth.ts"})).contains("1. src/auth.ts:3:3"));
    let absolute = folder.path().join("src/auth.ts");
    assert!(client.right("check_path", json!({"path": absolute})).contains("1. src/auth.ts:3:3"));
    assert_eq!(client.end(), 0);
    let (code, _, errors) = run_with(here.path(), &["mcp", "nowhere"], "");
    assert_eq!((code, errors.as_str()), (2, "error: nowhere: not a folder\n"));
}

#[test]
fn a_client_that_says_nothing_is_let_go() {
    let folder = tree(&[]);
    assert_eq!(run_with(folder.path(), &["mcp"], ""), (0, String::new(), String::new()));
}
