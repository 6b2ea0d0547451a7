//! An editor on a state without threads: what it does is done when the call returns. Owns the texts as the
//! editor knows them; must not know how the state follows.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use farewell_analysis::reading;
use farewell_project::ScanOptions;
use ropey::Rope;
use tower_lsp_server::ls_types::{
    DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams, Position, Range,
    TextDocumentContentChangeEvent, TextDocumentIdentifier, TextDocumentItem, Uri, VersionedTextDocumentIdentifier,
};

use super::edits::{Step, replace};
use super::runtime;
use crate::encoding::Encoding;
use crate::session::Session;
use crate::state::by_hand::ByHand;
use crate::state::look::look_at;
use crate::{from_proto, notifications, to_proto};

/// An editor with documents open.
pub(super) struct Editor {
    server: ByHand,
    encoding: Encoding,
    documents: Vec<Open>,
    version: i32,
}

struct Open {
    /// Below the root.
    path: String,
    uri: Uri,
    text: String,
}

impl Editor {
    /// Opens texts in a workspace, and waits for what is found.
    pub(super) fn open(root: &Path, encoding: Encoding, texts: &[(String, String)]) -> Self {
        let mut server = ByHand::new(runtime().handle().clone());
        let state = &mut server.state;
        state.session = Arc::new(Session { encoding, ..Session::default() });
        state.change_roots(vec![root.to_path_buf()], &[]);
        let scanned = look_at(vec![root.to_path_buf()], &ScanOptions::default(), false, &AtomicBool::new(false));
        state.scanned(scanned.ok().flatten().unwrap());
        let mut editor = Self { server, encoding, documents: Vec::new(), version: 1 };
        for (number, (path, text)) in texts.iter().enumerate() {
            let uri = to_proto::file_uri(&root.join(path)).unwrap();
            editor.documents.push(Open { path: path.clone(), uri, text: text.clone() });
            editor.tell_open(number);
        }
        editor.settle();
        editor
    }

    fn tell_open(&mut self, number: usize) {
        let Open { uri, text, .. } = &self.documents[number];
        let text_document = TextDocumentItem::new(uri.clone(), String::new(), self.version, text.clone());
        notifications::did_open::run(&mut self.server.state, DidOpenTextDocumentParams { text_document });
    }

    /// Edits a document.
    pub(super) fn edit(&mut self, step: &Step) {
        if step.reopens {
            let text_document = TextDocumentIdentifier::new(self.documents[step.document].uri.clone());
            notifications::did_close::run(&mut self.server.state, DidCloseTextDocumentParams { text_document });
            self.tell_open(step.document);
        }
        let document = &mut self.documents[step.document];
        let mut content_changes = Vec::new();
        for (range, new) in &step.changes {
            let rope = Rope::from_str(&document.text);
            let position = |offset: usize| {
                let place = self.encoding.place(&rope, offset);
                Position::new(place.line, place.column)
            };
            let range = replace(&mut document.text, *range, new);
            content_changes.push(TextDocumentContentChangeEvent {
                range: range.map(|range| Range::new(position(range.start), position(range.end))),
                range_length: None,
                text: new.clone(),
            });
        }
        self.version += 1;
        let text_document = VersionedTextDocumentIdentifier::new(document.uri.clone(), self.version);
        let params = DidChangeTextDocumentParams { text_document, content_changes };
        notifications::did_change::run(&mut self.server.state, params);
    }

    /// Waits until everything that the edits bring about has happened.
    pub(super) fn settle(&mut self) {
        self.server.settle();
        for document in &self.documents {
            let kept = self.server.state.document(&from_proto::key(&document.uri)).unwrap();
            assert_eq!(kept.text, document.text, "{} has another text", document.path);
        }
    }

    /// Whether every document can be read.
    pub(super) fn is_whole(&mut self) -> bool {
        let snapshot = self.server.state.snapshot();
        self.documents.iter().all(|document| {
            let Some((_, file)) = snapshot.analysed(&from_proto::key(&document.uri)) else {
                // No parser sees a text that holds these.
                assert!(document.text.contains('\0'), "{} is not analysed", document.path);
                return false;
            };
            reading(&snapshot.db, file).errors.is_empty()
        })
    }

    /// The texts by their paths below the root.
    pub(super) fn texts(&self) -> Vec<(String, String)> {
        self.documents.iter().map(|document| (document.path.clone(), document.text.clone())).collect()
    }

    /// What the user is told of each document, one diagnostic a line.
    pub(super) fn told(&self) -> String {
        let mut told = String::new();
        for document in &self.documents {
            let key = from_proto::key(&document.uri);
            let found = self.server.state.found.get(&key);
            let diagnostics = found.map(|found| found.report.diagnostics.as_slice()).unwrap_or_default();
            for diagnostic in diagnostics {
                let line = serde_json::to_string(diagnostic).unwrap();
                told.push_str(&format!("  {}: {line}\n", document.path));
            }
        }
        told
    }
}
