//! The database's inputs. Owns how open documents and files become inputs, and that an input is written
//! only where it changed; must not know when files are read.

use std::path::PathBuf;
use std::sync::Arc;

use farewell_analysis::SourceFile;
use farewell_analysis::source::Language;
use farewell_analysis::syntax::SyntaxTree;
use farewell_project::Wanted;
use salsa::{Durability, Setter};

use super::{DocumentKey, State};
use crate::document::Document;

impl State {
    /// Tells the database every edit that it has not seen.
    pub(super) fn bring_up_to_date(&mut self) {
        for key in std::mem::take(&mut self.stale) {
            let Some(document) = self.documents.get(&key) else {
                continue;
            };
            let is_excluded = self.workspace.excludes(&self.workspace_path(&key));
            if is_excluded || !is_readable(&document, self.session.preferences_of(&key).size_limit) {
                self.forget(&key);
                continue;
            }
            let mut document = Arc::unwrap_or_clone(document);
            let (text, tree) = document.read();
            self.set_file(&key, document.language, &text, Some(tree), false);
            self.documents.insert(key, document);
        }
    }

    /// Gives a file its next text, and takes it into its project if it is new. `linked_only` is for one in
    /// which nothing of the vocabulary occurs.
    pub(super) fn set_file(
        &mut self,
        key: &DocumentKey,
        language: Language,
        text: &Arc<str>,
        tree: Option<SyntaxTree>,
        linked_only: bool,
    ) {
        let path = self.workspace_path(key);
        let source = self.loaded.put(&mut self.db, &self.workspace, &path, language, text, linked_only);
        if source.language(&self.db) != language {
            source.set_language(&mut self.db).to(language);
        }
        if tree.is_some() && source.tree(&self.db).is_none() {
            self.set_durability(source, Durability::LOW);
        }
        if tree.is_some() || source.tree(&self.db).is_some() {
            source.set_tree(&mut self.db).to(tree);
        }
        if self.files.get(key) != Some(source) {
            let engine_path = Arc::clone(source.path(&self.db));
            Arc::make_mut(&mut self.files).insert(key.clone(), engine_path, source);
        }
    }

    /// Writes what files were found to lead into. Says whether there is anything new.
    pub(super) fn link(&mut self, wanted: Wanted) -> bool {
        let linked = self.loaded.link(&mut self.db, &self.workspace, wanted);
        if !linked.added.is_empty() {
            let files = Arc::make_mut(&mut self.files);
            for source in linked.added {
                let engine_path = Arc::clone(source.path(&self.db));
                let key = DocumentKey::File(self.workspace.disk_path(&engine_path));
                files.insert(key, engine_path, source);
            }
        }
        linked.has_changed
    }

    /// Takes a file out of its project. An input cannot be taken back, so it is emptied.
    pub(super) fn forget(&mut self, key: &DocumentKey) {
        if self.files.get(key).is_none() {
            return;
        }
        let path = self.workspace_path(key);
        self.loaded.remove(&mut self.db, &self.workspace, &path);
        if let Some(source) = Arc::make_mut(&mut self.files).remove(key) {
            source.set_text(&mut self.db).to("".into());
            source.set_tree(&mut self.db).to(None);
        }
    }

    /// Lets go of a file's syntax tree: it costs many times the text, and only open documents need it.
    pub(super) fn drop_tree(&mut self, key: &DocumentKey) {
        if let Some(source) = self.files.get(key) {
            source.set_tree(&mut self.db).to(None);
            self.set_durability(source, Durability::HIGH);
        }
    }

    /// Says how often a file changes: an open one at every keystroke, and what rests on the others alone
    /// need not be looked at then.
    fn set_durability(&mut self, source: SourceFile, durability: Durability) {
        let text = Arc::clone(source.text(&self.db));
        source.set_text(&mut self.db).with_durability(durability).to(text);
        let tree = source.tree(&self.db).clone();
        source.set_tree(&mut self.db).with_durability(durability).to(tree);
    }

    /// The path (absolute) by which the workspace knows a document; one that is no file is taken to lie in
    /// the root.
    pub(super) fn workspace_path(&self, key: &DocumentKey) -> PathBuf {
        match key {
            DocumentKey::File(path) => path.clone(),
            DocumentKey::Other(address) => self.workspace.root().join(&**address),
        }
    }
}

/// Whether a text may be given to the parser.
fn is_readable(document: &Document, size_limit: usize) -> bool {
    document.text.len_bytes() <= size_limit && !document.text.chunks().any(|chunk| chunk.as_bytes().contains(&0))
}
