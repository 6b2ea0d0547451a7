//! An editor at the other end of a language server's standard streams. Owns the protocol's frames and how
//! long the server takes to answer; must not know what is typed, or which server it is.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use serde_json::{Value, json};

/// How long a server says nothing that has said all that it has to say.
const SILENCE: Duration = Duration::from_millis(150);

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// An editor with its server.
pub struct Editor {
    server: Child,
    input: ChildStdin,
    messages: Receiver<(Instant, Value)>,
    last_id: u64,
    /// Whether the server says of which version its diagnostics are.
    says_versions: bool,
}

impl Editor {
    /// Starts a server for a folder. Returns how long it took from the start of the program to its answer to
    /// `initialize`, and how long the answer alone took.
    ///
    /// # Errors
    /// The program cannot be run, or does not answer.
    pub fn start<A: AsRef<OsStr>>(
        program: &Path,
        arguments: &[A],
        folder: &Path,
    ) -> anyhow::Result<(Self, Duration, Duration)> {
        let started = Instant::now();
        let mut server = Command::new(program)
            .args(arguments)
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| program.display().to_string())?;
        let (input, output) = (server.stdin.take().context("no input")?, server.stdout.take().context("no output")?);
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            let mut output = BufReader::new(output);
            while let Some(frame) = read_frame(&mut output) {
                // What reading it costs the editor is none of the server's time.
                let came = Instant::now();
                let Ok(message) = serde_json::from_slice(&frame) else { return };
                if sender.send((came, message)).is_err() {
                    return;
                }
            }
        });
        let mut editor = Self { server, input, messages, last_id: 1, says_versions: true };
        let root = uri(folder);
        let params = json!({
            "processId": std::process::id(), "rootUri": root,
            "capabilities": {"textDocument": {"publishDiagnostics": {"versionSupport": true}}},
            "workspaceFolders": [{"uri": root, "name": "bench"}]
        });
        let asked = Instant::now();
        editor.send(&json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params}))?;
        let (answered, _) = editor.wait(|message| message["id"] == 1)?;
        editor.send(&json!({"jsonrpc": "2.0", "method": "initialized", "params": {}}))?;
        Ok((editor, answered.duration_since(started), answered.duration_since(asked)))
    }

    /// Opens a document, and waits for its first diagnostics. Returns how long they took.
    ///
    /// # Errors
    /// The server is gone or does not answer.
    pub fn open(&mut self, path: &Path, text: &str) -> anyhow::Result<Duration> {
        let language = match path.extension().and_then(OsStr::to_str) {
            Some("ts") => "typescript",
            Some("py") => "python",
            // The server that this is for goes by the name.
            _ => "",
        };
        let document = json!({"uri": uri(path), "languageId": language, "version": 0, "text": text});
        let asked = Instant::now();
        self.notify("textDocument/didOpen", &json!({"textDocument": document}))?;
        let answered = self.diagnostics(path, 0)?;
        Ok(answered.duration_since(asked))
    }

    /// Replaces nothing by a text at a line and a UTF-16 column, both from 0, and waits for the diagnostics of
    /// what comes of it. Returns how long they took.
    ///
    /// # Errors
    /// The server is gone or does not answer.
    pub fn insert(&mut self, path: &Path, version: i32, at: (usize, usize), text: &str) -> anyhow::Result<Duration> {
        let place = json!({"line": at.0, "character": at.1});
        let change = json!({"range": {"start": place, "end": place}, "text": text});
        // What is still said of older texts is no answer.
        while let Some(message) = self.pending() {
            self.answer(&message)?;
        }
        let document = json!({"uri": uri(path), "version": version});
        let asked = Instant::now();
        self.notify("textDocument/didChange", &json!({"textDocument": document, "contentChanges": [change]}))?;
        let answered = self.diagnostics(path, version)?;
        Ok(answered.duration_since(asked))
    }

    /// What the server has said and nobody has read. Where it does not say of which text, it is waited for.
    fn pending(&self) -> Option<Value> {
        let said = match self.says_versions {
            true => self.messages.try_recv().ok(),
            false => self.messages.recv_timeout(SILENCE).ok(),
        };
        said.map(|(_, message)| message)
    }

    /// Waits until the server has come to rest: until it takes no more memory and says nothing.
    pub fn settle(&mut self) {
        let mut memory = None;
        for _ in 0..120 {
            std::thread::sleep(Duration::from_millis(500));
            let now = self.memory();
            if now == memory {
                return;
            }
            memory = now;
        }
    }

    /// How much memory of the server is resident, in bytes, where the system tells.
    pub fn memory(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.server.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        Some(line.trim().trim_end_matches(" kB").parse::<u64>().ok()? * 1024)
    }

    fn diagnostics(&mut self, path: &Path, version: i32) -> anyhow::Result<Instant> {
        let uri = uri(path);
        let is_wanted = |message: &Value| {
            let params = &message["params"];
            message["method"] == "textDocument/publishDiagnostics"
                && params["uri"] == uri.as_str()
                && (params["version"] == version || params["version"].is_null())
        };
        let (came, told) = self.wait(is_wanted)?;
        self.says_versions = !told["params"]["version"].is_null();
        Ok(came)
    }

    /// Asks and waits for the answer; what comes before it is passed over. Returns the result, or null for an error.
    ///
    /// # Errors
    /// The server is gone or does not answer.
    pub fn ask(&mut self, method: &str, params: &Value) -> anyhow::Result<Value> {
        self.last_id += 1;
        let id = self.last_id;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}))?;
        let (_, answer) = self.wait(|message| message.get("method").is_none() && message["id"] == id)?;
        Ok(answer["result"].clone())
    }

    /// Says a thing and does not wait.
    ///
    /// # Errors
    /// The server is gone.
    pub fn notify(&mut self, method: &str, params: &Value) -> anyhow::Result<()> {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}))
    }

    fn send(&mut self, message: &Value) -> anyhow::Result<()> {
        let body = serde_json::to_string(message)?;
        // In one piece: a server that is woken by a part of a message is timed as it waits for the rest.
        self.input.write_all(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes())?;
        self.input.flush()?;
        Ok(())
    }

    fn wait(&mut self, is_wanted: impl Fn(&Value) -> bool) -> anyhow::Result<(Instant, Value)> {
        let patient_until = Instant::now() + PATIENCE;
        loop {
            let left = patient_until.saturating_duration_since(Instant::now());
            let (time, message) = match self.messages.recv_timeout(left) {
                Ok(message) => message,
                Err(RecvTimeoutError::Timeout) => bail!("the server does not answer"),
                Err(RecvTimeoutError::Disconnected) => bail!("the server is gone: {}", self.server.wait()?),
            };
            if is_wanted(&message) {
                return Ok((time, message));
            }
            self.answer(&message)?;
        }
    }

    /// Answers a request of the server: nothing is set, and everything may be.
    fn answer(&mut self, message: &Value) -> anyhow::Result<()> {
        if message["method"].is_null() || message["id"].is_null() {
            return Ok(());
        }
        let result = match message["params"]["items"].as_array() {
            Some(items) => vec![Value::Null; items.len()].into(),
            None => Value::Null,
        };
        self.send(&json!({"jsonrpc": "2.0", "id": message["id"], "result": result}))
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        // It holds nothing that would be lost.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// A file's or folder's address.
pub fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}

/// The next message; `None` at the end of the stream or of its sense.
fn read_frame(output: &mut impl BufRead) -> Option<Vec<u8>> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end() {
            "" => break,
            header => {
                if let Some(number) = header.strip_prefix("Content-Length:") {
                    length = number.trim().parse().ok()?;
                }
            }
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    Some(body)
}
