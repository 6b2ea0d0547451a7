//! The editor's side: spawns the program, speaks with it, and fails when a message of the server was
//! never read.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// How long the server may take for anything. Machines that run many tests are slow.
const PATIENCE: Duration = Duration::from_secs(30);

/// One session.
pub(crate) struct Client {
    child: Child,
    stdin: Option<ChildStdin>,
    messages: Receiver<Value>,
    unread: VecDeque<Value>,
    last_id: i64,
    is_over: bool,
}

impl Client {
    /// Spawns the program and says nothing yet.
    pub(crate) fn spawn() -> Self {
        let mut child = Command::new(program())
            .arg("lsp")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            while let Some(message) = read_message(&mut stdout) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let stdin = child.stdin.take();
        Self { child, stdin, messages, unread: VecDeque::new(), last_id: 0, is_over: false }
    }

    /// Starts a session in which nothing special was agreed and no folder is open.
    pub(crate) fn start() -> Self {
        Self::start_with(json!({"capabilities": {}})).0
    }

    /// Starts a session with these parameters of `initialize`; also returns the server's answer.
    pub(crate) fn start_with(params: Value) -> (Self, Value) {
        let mut client = Self::spawn();
        let answer = client.request("initialize", params).unwrap();
        client.notify("initialized", json!({}));
        (client, answer)
    }

    /// Writes bytes as they are.
    pub(crate) fn write(&mut self, bytes: &[u8]) {
        let stdin = self.stdin.as_mut().unwrap();
        stdin.write_all(bytes).unwrap();
        stdin.flush().unwrap();
    }

    /// Sends a notification.
    pub(crate) fn notify(&mut self, method: &str, params: Value) {
        let frame = frame(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
        self.write(&frame);
    }

    /// Sends a request and does not wait; returns its id.
    pub(crate) fn send_request(&mut self, method: &str, params: Value) -> i64 {
        self.last_id += 1;
        let mut message = json!({"jsonrpc": "2.0", "id": self.last_id, "method": method});
        if !params.is_null() {
            message["params"] = params;
        }
        self.write(&frame(&message));
        self.last_id
    }

    /// Waits for the answer to a request: its result, or its error.
    pub(crate) fn answer(&mut self, id: i64) -> Result<Value, Value> {
        let answer = self.wait_for(|message| message.get("method").is_none() && message["id"] == id);
        match answer.get("error") {
            Some(error) => Err(error.clone()),
            None => Ok(answer["result"].clone()),
        }
    }

    /// Sends a request and waits for its answer.
    pub(crate) fn request(&mut self, method: &str, params: Value) -> Result<Value, Value> {
        let id = self.send_request(method, params);
        self.answer(id)
    }

    /// Waits for a request by the server and answers it with `null`; returns its parameters.
    pub(crate) fn serve(&mut self, method: &str) -> Value {
        let request = self.wait_for(|message| message["method"] == method && message.get("id").is_some());
        self.write(&frame(&json!({"jsonrpc": "2.0", "id": request["id"], "result": null})));
        request["params"].clone()
    }

    /// Waits for a notification by the server; returns its parameters.
    pub(crate) fn message(&mut self, method: &str) -> Value {
        self.wait_for(|message| message["method"] == method)["params"].clone()
    }

    /// Opens a document of TypeScript.
    pub(crate) fn open(&mut self, uri: &str, version: i64, text: &str) {
        let item = json!({"uri": uri, "languageId": "typescript", "version": version, "text": text});
        self.notify("textDocument/didOpen", json!({"textDocument": item}));
    }

    /// Replaces a document's whole text.
    pub(crate) fn replace(&mut self, uri: &str, version: i64, text: &str) {
        self.change(uri, version, json!([{"text": text}]));
    }

    /// Changes a document.
    pub(crate) fn change(&mut self, uri: &str, version: i64, changes: Value) {
        self.notify("textDocument/didChange", change_params(uri, version, changes));
    }

    /// Closes a document.
    pub(crate) fn close(&mut self, uri: &str) {
        self.notify("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
    }

    /// Waits for the next diagnostics of a document: version and list.
    pub(crate) fn diagnostics(&mut self, uri: &str) -> (Option<i64>, Vec<Value>) {
        let message = self.wait_for(|message| {
            message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri
        });
        let params = &message["params"];
        (params["version"].as_i64(), params["diagnostics"].as_array().unwrap().clone())
    }

    /// Waits for the diagnostics of a document's version. Those of earlier versions may come before, in
    /// order.
    pub(crate) fn diagnostics_of(&mut self, uri: &str, version: i64) -> Vec<Value> {
        let mut last = 0;
        loop {
            let (Some(found), diagnostics) = self.diagnostics(uri) else { panic!("diagnostics without a version") };
            assert!(last <= found && found <= version, "version {found} came after {last}, up to {version}");
            if found == version {
                return diagnostics;
            }
            last = found;
        }
    }

    /// Waits for the next diagnostics of any document, and says of which version if they are of this one.
    pub(crate) fn published(&mut self, uri: &str) -> Option<i64> {
        let params = self.message("textDocument/publishDiagnostics");
        params["version"].as_i64().filter(|_| params["uri"] == uri)
    }

    /// Reads every publication that has come.
    pub(crate) fn read_publications(&mut self) {
        self.unread.extend(self.messages.try_iter());
        self.unread.retain(|message| message["method"] != "textDocument/publishDiagnostics");
    }

    /// What has come before the last message that was waited for, and was not read yet.
    pub(crate) fn take_unread(&mut self) -> Vec<Value> {
        std::mem::take(&mut self.unread).into()
    }

    /// Asks for the code actions in a range.
    pub(crate) fn code_actions(&mut self, uri: &str, range: &Value, context: Value) -> Vec<Value> {
        let params = json!({"textDocument": {"uri": uri}, "range": range, "context": context});
        let answer = self.request("textDocument/codeAction", params).unwrap();
        answer.as_array().cloned().unwrap_or_default()
    }

    /// Asks for the hover text at a position.
    pub(crate) fn hover(&mut self, uri: &str, position: &Value) -> Result<Value, Value> {
        self.request("textDocument/hover", json!({"textDocument": {"uri": uri}, "position": position}))
    }

    /// Waits until the server has nothing more to say about what was sent, and fails if it said anything
    /// that was not read.
    pub(crate) fn assert_quiet(&mut self) {
        std::thread::sleep(Duration::from_millis(300));
        self.request(
            "textDocument/hover",
            json!({"textDocument": {"uri": "untitled:none"}, "position": {"line": 0, "character": 0}}),
        )
        .unwrap();
        self.unread.extend(self.messages.try_iter());
        assert!(self.unread.is_empty(), "not read: {:?}", self.unread);
    }

    /// Closes the server's input.
    pub(crate) fn hang_up(&mut self) {
        self.stdin = None;
    }

    /// Waits for the program's end.
    pub(crate) fn wait(&mut self) -> ExitStatus {
        self.is_over = true;
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(Instant::now() < deadline, "the server does not end");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Ends the session in order. Like every end of one it fails if anything that the server said was not read.
    pub(crate) fn finish(mut self) {
        assert_eq!(self.request("shutdown", Value::Null), Ok(Value::Null));
        self.write(&frame(&json!({"jsonrpc": "2.0", "method": "exit"})));
        assert_eq!(self.wait().code(), Some(0));
    }

    fn wait_for(&mut self, is_wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(index) = self.unread.iter().position(&is_wanted) {
            return self.unread.remove(index).unwrap();
        }
        let deadline = Instant::now() + PATIENCE;
        loop {
            match self.messages.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(message) if is_wanted(&message) => return message,
                Ok(message) => self.unread.push_back(message),
                Err(RecvTimeoutError::Timeout) => panic!("the server says nothing; not read: {:?}", self.unread),
                Err(RecvTimeoutError::Disconnected) => panic!("the server is gone; not read: {:?}", self.unread),
            }
        }
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        if !self.is_over {
            // It may have ended by itself.
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
        if std::thread::panicking() {
            return;
        }
        assert!(self.is_over, "the session was left without an end");
        self.unread.extend(self.messages.iter());
        assert!(self.unread.is_empty(), "not read: {:?}", self.unread);
    }
}

/// A message in its frame.
pub(crate) fn frame(message: &Value) -> Vec<u8> {
    let body = message.to_string();
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

/// The parameters of a `didChange`.
pub(crate) fn change_params(uri: &str, version: i64, changes: Value) -> Value {
    json!({"textDocument": {"uri": uri, "version": version}, "contentChanges": changes})
}

/// The address of a file, escaped as editors do it.
pub(crate) fn file_uri(path: &Path) -> String {
    let escape = |byte: u8| match byte {
        b'/' | b'.' | b'-' | b'_' | b'~' => char::from(byte).to_string(),
        _ if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    format!("file://{}", path.to_str().unwrap().bytes().map(escape).collect::<String>())
}

/// The rules of diagnostics, in their order.
pub(crate) fn rules(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics.iter().map(|diagnostic| diagnostic["code"].as_str().unwrap()).collect()
}

/// Whether the program is built for release, so that times mean something.
pub(crate) fn is_release() -> bool {
    cfg!(not(debug_assertions)) || program().parent().is_some_and(|folder| folder.ends_with("release"))
}

fn program() -> PathBuf {
    if let Some(path) = std::env::var_os("FAREWELL_BIN") {
        return path.into();
    }
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    let target = target.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target"));
    let path = target.join("debug").join(format!("farewell{}", std::env::consts::EXE_SUFFIX));
    assert!(path.is_file(), "{} is not there: build it first with `cargo build`", path.display());
    path
}

fn read_message(input: &mut impl BufRead) -> Option<Value> {
    let mut length = None;
    loop {
        let mut line = String::new();
        if input.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end() {
            "" => break,
            header => {
                if let Some(value) = header.strip_prefix("Content-Length: ") {
                    length = value.parse().ok();
                }
            }
        }
    }
    let mut body = vec![0; length?];
    input.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}
