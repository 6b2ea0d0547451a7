//! Generated files that look like real code, and an editor's session over one: the parts that the
//! benchmarks share. Owns the workload; must not measure.

pub mod editor;
pub mod measure;
pub mod soak;
mod workload;
pub mod workspace;

use std::sync::Arc;

use farewell_analysis::source::{FileRole, Language};
use farewell_analysis::{Database, Manifest, Project, Settings, SourceFile, SyntaxTree, report, syntax};
use salsa::Setter;
use tree_sitter::{InputEdit, Point, Tree};

pub use workload::{SAMPLES, Sample};

/// An editor's session over one file.
pub struct Session {
    database: Database,
    file: SourceFile,
    text: String,
    tree: Tree,
}

impl Session {
    /// Opens a text: parses it and makes it a file of a project. Nothing is judged yet.
    pub fn open(text: &str) -> Option<Self> {
        let tree = syntax::parse(Language::TypeScript, text, None, &|| false)?;
        let mut database = Database::default();
        let settings = Settings { assume_fullstory: true, ..Settings::default() };
        let project = Project::new(&database, Manifest::default(), settings, Vec::new(), None);
        let file = SourceFile::new(
            &database,
            Arc::from("src/service.ts"),
            Language::TypeScript,
            FileRole::Product,
            Arc::from(text),
            Some(SyntaxTree(tree.clone())),
            project,
        );
        project.set_files(&mut database).to(vec![file]);
        Some(Self { database, file, text: text.to_owned(), tree })
    }

    /// Inserts one character at a byte offset, as a keystroke does, and parses again from the old tree.
    pub fn insert(&mut self, offset: usize, character: char) {
        let point = |text: &str| {
            let row = text.bytes().filter(|byte| *byte == b'\n').count();
            let column = text.len() - text.rfind('\n').map_or(0, |at| at + 1);
            Point { row, column }
        };
        let start_position = point(&self.text[..offset]);
        self.text.insert(offset, character);
        let end = offset + character.len_utf8();
        let new_end_position = point(&self.text[..end]);
        self.tree.edit(&InputEdit {
            start_byte: offset,
            old_end_byte: offset,
            new_end_byte: end,
            start_position,
            old_end_position: start_position,
            new_end_position,
        });
        if let Some(tree) = syntax::parse(Language::TypeScript, &self.text, Some(&self.tree), &|| false) {
            self.tree = tree;
        }
        self.file.set_text(&mut self.database).to(Arc::from(self.text.as_str()));
        self.file.set_tree(&mut self.database).to(Some(SyntaxTree(self.tree.clone())));
    }

    /// How many findings the file has.
    pub fn findings(&self) -> usize {
        report(&self.database, self.file).findings.len()
    }
}
