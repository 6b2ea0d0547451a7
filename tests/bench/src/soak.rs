//! An editor that never rests: everything that a person, a version control system and a second program do to a
//! workspace, at full speed and in an order that a seed decides. Owns what is done, and that the workspace stays as large
//! as it was; must not measure.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde_json::{Value, json};

use crate::editor::{Editor, uri};
use crate::workspace::random::Random;

/// How many documents are open at most.
const MOST_OPEN: usize = 8;
/// What is typed.
const PIECES: [&str; 12] = [
    "x",
    "\n",
    "{",
    "}",
    "(",
    "'",
    "/*",
    "\u{1F600}",
    "if (a) {\n",
    "logout();\n",
    "FS('setIdentity', { anonymous: true });\n",
    "location.href = '/login';\n",
];
/// What `farewell.toml` may say; the last one is broken.
const SETTINGS: [&str; 4] = [
    "assume-fullstory = true\n",
    "[rules]\nmissing-logout-event = \"off\"\n",
    "exclude = [\"**/legacy\"]\n",
    "platfrom = \"web\"\n",
];

/// The kinds of events of files on the disk, as the protocol numbers them.
const CREATED: u8 = 1;
const CHANGED: u8 = 2;
const DELETED: u8 = 3;

/// The editor, its workspace, and what it has done to it.
pub struct Restless {
    /// Nobody where things are only done to the disk.
    editor: Option<Editor>,
    random: Random,
    root: PathBuf,
    /// A folder beside the root that comes and goes.
    second: PathBuf,
    has_second: bool,
    sources: Vec<Source>,
    open: Vec<Open>,
    version: i32,
    /// How many things were done.
    pub done: u64,
}

struct Source {
    path: PathBuf,
    text: String,
    /// Where it is now, where that is elsewhere; nowhere where it was deleted.
    moved: Option<Option<PathBuf>>,
}

struct Open {
    source: usize,
    text: String,
}

impl Restless {
    /// An editor without a server, for a workspace of some sources (paths below `root`, and their texts, as they are on
    /// the disk). A second folder beside it comes and goes.
    pub fn new(root: &Path, second: &Path, sources: &[(String, String)], seed: u64) -> Self {
        let source =
            |(path, text): &(String, String)| Source { path: root.join(path), text: text.clone(), moved: None };
        Self {
            editor: None,
            random: Random::new(seed, 0),
            root: root.to_path_buf(),
            second: second.to_path_buf(),
            has_second: false,
            sources: sources.iter().map(source).collect(),
            open: Vec::new(),
            version: 0,
            done: 0,
        }
    }

    /// Starts a server, and opens in it what is open by now.
    ///
    /// # Errors
    /// The program cannot be run, or does not answer.
    pub fn start(&mut self, program: &Path) -> anyhow::Result<()> {
        let (editor, ..) = Editor::start(program, &["lsp"], &self.root)?;
        self.editor = Some(editor);
        if self.has_second {
            self.tell_of_second()?;
        }
        for place in 0..self.open.len() {
            self.tell_of_open(place)?;
        }
        Ok(())
    }

    /// Does one thing more.
    ///
    /// # Errors
    /// The server is gone or does not answer, or the disk cannot be written.
    pub fn go_on(&mut self) -> anyhow::Result<()> {
        self.done += 1;
        match self.random.below(100) {
            0..=54 => self.edit(),
            55..=61 => self.open_one(),
            62..=67 => self.close_one(),
            68..=73 => self.save(),
            74..=76 => self.rename(),
            77..=79 => self.delete_or_restore(),
            80..=81 => self.configure(),
            82 => self.fold(),
            83 if self.random.below(8) == 0 => self.audit(),
            _ => self.ask(),
        }
    }

    /// Waits until the server has done what was asked of it so far.
    ///
    /// # Errors
    /// It is gone or does not answer.
    pub fn settle(&mut self) -> anyhow::Result<()> {
        self.request("workspace/symbol", &json!({"query": "logout"}))
    }

    /// How much memory of the server is resident, in bytes.
    ///
    /// # Errors
    /// The system does not tell.
    pub fn memory(&self) -> anyhow::Result<u64> {
        let memory = self.editor.as_ref().and_then(Editor::memory);
        memory.context("the system does not tell a program's memory")
    }

    fn notify(&mut self, method: &str, params: &Value) -> anyhow::Result<()> {
        self.editor.as_mut().map_or(Ok(()), |editor| editor.notify(method, params))
    }

    fn request(&mut self, method: &str, params: &Value) -> anyhow::Result<()> {
        let Some(editor) = &mut self.editor else { return Ok(()) };
        editor.ask(method, params).map(drop).with_context(|| format!("{method}, after {} things", self.done))
    }

    fn open_one(&mut self) -> anyhow::Result<()> {
        let source = self.random.below(self.sources.len());
        if self.open.len() == MOST_OPEN
            || self.sources[source].moved.is_some()
            || self.open.iter().any(|open| open.source == source)
        {
            return self.edit();
        }
        self.open.push(Open { source, text: self.sources[source].text.clone() });
        self.tell_of_open(self.open.len() - 1)
    }

    fn tell_of_open(&mut self, place: usize) -> anyhow::Result<()> {
        self.version += 1;
        let Open { source, text } = &self.open[place];
        let address = uri(&self.sources[*source].path);
        let document = json!({"uri": address, "languageId": "", "version": self.version, "text": text});
        self.notify("textDocument/didOpen", &json!({"textDocument": document}))
    }

    fn close_one(&mut self) -> anyhow::Result<()> {
        if self.open.is_empty() {
            return self.open_one();
        }
        let open = self.open.swap_remove(self.random.below(self.open.len()));
        let document = json!({"uri": uri(&self.sources[open.source].path)});
        self.notify("textDocument/didClose", &json!({"textDocument": document}))
    }

    /// Types, deletes, or brings a text back to what is on the disk; never lets it grow for ever.
    fn edit(&mut self) -> anyhow::Result<()> {
        if self.open.is_empty() {
            return self.open_one();
        }
        let place = self.random.below(self.open.len());
        let open = &mut self.open[place];
        let source = &self.sources[open.source];
        let change = if self.random.below(12) == 0 || open.text.len() > source.text.len() + 2_000 {
            open.text.clone_from(&source.text);
            json!({"text": open.text})
        } else {
            let lines: Vec<&str> = open.text.split('\n').collect();
            let line = self.random.below(lines.len());
            let column = self.random.below(lines[line].encode_utf16().count() + 1);
            let piece = PIECES[self.random.below(PIECES.len())];
            let taken = if self.random.below(3) == 0 { self.random.below(8) } else { 0 };
            let (start, end) = (offset(&open.text, line, column), offset(&open.text, line, column + taken));
            let range = json!({
                "start": {"line": line, "character": column},
                "end": {"line": line, "character": column + taken},
            });
            open.text.replace_range(start..end, piece);
            json!({"range": range, "text": piece})
        };
        self.version += 1;
        let document = json!({"uri": uri(&source.path), "version": self.version});
        self.notify("textDocument/didChange", &json!({"textDocument": document, "contentChanges": [change]}))
    }

    /// Saves what is open, and what another program wrote is what it was again a moment later.
    fn save(&mut self) -> anyhow::Result<()> {
        if self.open.is_empty() {
            return self.open_one();
        }
        let open = &self.open[self.random.below(self.open.len())];
        let Source { path, text, .. } = &self.sources[open.source];
        let (path, text) = (path.clone(), text.clone());
        fs::write(&path, &open.text)?;
        self.notify("textDocument/didSave", &json!({"textDocument": {"uri": uri(&path)}}))?;
        fs::write(&path, text)?;
        self.watched(&[(&path, CHANGED)])
    }

    /// Gives a file another name, or its own again.
    fn rename(&mut self) -> anyhow::Result<()> {
        let source = self.random.below(self.sources.len());
        if self.open.iter().any(|open| open.source == source) {
            return self.edit();
        }
        let own = self.sources[source].path.clone();
        let (from, to) = match &self.sources[source].moved {
            None => (own.clone(), own.with_file_name(format!("renamed_{source}_{}", name(&own)))),
            Some(Some(now)) => (now.clone(), own.clone()),
            Some(None) => return self.delete_or_restore(),
        };
        fs::rename(&from, &to)?;
        self.sources[source].moved = (to != own).then(|| Some(to.clone()));
        if self.random.below(2) == 0 {
            let files = json!([{"oldUri": uri(&from), "newUri": uri(&to)}]);
            return self.notify("workspace/didRenameFiles", &json!({"files": files}));
        }
        self.watched(&[(&from, DELETED), (&to, CREATED)])
    }

    /// Deletes a file, or brings back all that were.
    fn delete_or_restore(&mut self) -> anyhow::Result<()> {
        let gone: Vec<usize> =
            (0..self.sources.len()).filter(|source| self.sources[*source].moved == Some(None)).collect();
        if gone.len() < 4 {
            let source = self.random.below(self.sources.len());
            if self.sources[source].moved.is_some() || self.open.iter().any(|open| open.source == source) {
                return self.edit();
            }
            let path = self.sources[source].path.clone();
            fs::remove_file(&path)?;
            self.sources[source].moved = Some(None);
            return self.watched(&[(&path, DELETED)]);
        }
        let mut events = Vec::new();
        for source in gone {
            let source = &mut self.sources[source];
            fs::write(&source.path, &source.text)?;
            source.moved = None;
            events.push((source.path.clone(), CREATED));
        }
        let events: Vec<(&Path, u8)> = events.iter().map(|(path, kind)| (path.as_path(), *kind)).collect();
        self.watched(&events)
    }

    /// Changes `farewell.toml`, takes it away, or changes the editor's own settings.
    fn configure(&mut self) -> anyhow::Result<()> {
        let file = self.root.join("farewell.toml");
        match self.random.below(SETTINGS.len() + 2) {
            choice if choice < SETTINGS.len() => {
                fs::write(&file, SETTINGS[choice])?;
                self.watched(&[(&file, CHANGED)])
            }
            choice if choice == SETTINGS.len() && file.exists() => {
                fs::remove_file(&file)?;
                self.watched(&[(&file, DELETED)])
            }
            _ => {
                let level = ["error", "warning", "off"][self.random.below(3)];
                let settings = json!({"severity": {"missing-anonymize": level}});
                self.notify("workspace/didChangeConfiguration", &json!({"settings": {"farewell": settings}}))
            }
        }
    }

    /// Opens the second folder beside the first one, or closes it.
    fn fold(&mut self) -> anyhow::Result<()> {
        self.has_second = !self.has_second;
        self.tell_of_second()
    }

    fn tell_of_second(&mut self) -> anyhow::Result<()> {
        let folder = json!([{"uri": uri(&self.second), "name": "second"}]);
        let event = if self.has_second {
            json!({"added": folder, "removed": []})
        } else {
            json!({"added": [], "removed": folder})
        };
        self.notify("workspace/didChangeWorkspaceFolders", &json!({"event": event}))
    }

    fn audit(&mut self) -> anyhow::Result<()> {
        let command = json!({"command": "farewell.showAudit", "arguments": ["markdown"]});
        self.request("workspace/executeCommand", &command)
    }

    /// Asks one of the things that an editor asks all the time.
    fn ask(&mut self) -> anyhow::Result<()> {
        if self.open.is_empty() {
            return self.open_one();
        }
        let place = self.random.below(self.open.len());
        let open = &self.open[place];
        let document = json!({"uri": uri(&self.sources[open.source].path)});
        let line = self.random.below(open.text.split('\n').count());
        let position = json!({"line": line, "character": self.random.below(20)});
        let range = json!({"start": {"line": 0, "character": 0}, "end": {"line": 10_000, "character": 0}});
        let at = json!({"textDocument": document, "position": position});
        let (method, params): (&str, Value) = match self.random.below(8) {
            0 => ("textDocument/hover", at),
            1 => ("textDocument/completion", at),
            2 => ("textDocument/documentHighlight", at),
            3 => ("textDocument/prepareCallHierarchy", at),
            4 => ("textDocument/documentSymbol", json!({"textDocument": document})),
            5 => ("textDocument/codeLens", json!({"textDocument": document})),
            6 => ("textDocument/inlayHint", json!({"textDocument": document, "range": range})),
            _ => {
                let context = json!({"diagnostics": []});
                ("textDocument/codeAction", json!({"textDocument": document, "range": range, "context": context}))
            }
        };
        self.request(method, &params)
    }

    fn watched(&mut self, events: &[(&Path, u8)]) -> anyhow::Result<()> {
        let changes: Vec<Value> = events.iter().map(|(path, kind)| json!({"uri": uri(path), "type": kind})).collect();
        self.notify("workspace/didChangeWatchedFiles", &json!({"changes": changes}))
    }
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The byte offset of a line and a UTF-16 column, both from 0; the line's end where it has no such column.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let code = text[start..].split('\n').next().unwrap_or_default();
    let mut units = 0;
    for (place, character) in code.char_indices() {
        if units >= column {
            return start + place;
        }
        units += character.len_utf16();
    }
    start + code.len()
}
