//! An editor's session over one file, in this process. Owns how an edit becomes inputs, and the clock over the
//! stages; must not know how a person types.

use std::sync::Arc;
use std::time::{Duration, Instant};

use farewell_analysis::source::{FileRole, Language};
use farewell_analysis::syntax::SyntaxTree;
use farewell_analysis::{Database, Manifest, Project, Settings, SourceFile, database, identity, report};
use salsa::Setter;

/// An editor's session over one file.
pub struct Session {
    database: Database,
    file: SourceFile,
    text: String,
    tree: SyntaxTree,
}

/// How long the stages of one keystroke took, each without those before it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Stages {
    /// From the text to the tree.
    pub parse: Duration,
    /// From the tree to the bodies.
    pub lower: Duration,
    /// From the bodies to their meanings and links.
    pub link: Duration,
    /// From there to the findings.
    pub judge: Duration,
}

impl Session {
    /// Opens a text: parses it and makes it a file of a project that sets identity. Nothing is judged yet.
    pub fn open(language: Language, path: &str, text: &str) -> Self {
        let mut database = Database::default();
        let settings = Settings { assume_fullstory: true, ..Settings::default() };
        let project = Project::new(&database, Manifest::default(), settings, Vec::new(), None);
        let content: Arc<str> = Arc::from(text);
        let tree = SyntaxTree::new(language, &content);
        let kept = Some(tree.clone());
        let file = SourceFile::new(&database, Arc::from(path), language, FileRole::Product, content, kept, project);
        project.set_files(&mut database).to(vec![file]);
        Self { database, file, text: text.to_owned(), tree }
    }

    /// Inserts a text at a byte offset, as a keystroke does, and parses again from the old tree.
    pub fn insert(&mut self, offset: usize, text: &str) {
        self.text.insert_str(offset, text);
        let content: Arc<str> = Arc::from(self.text.as_str());
        self.tree = self.tree.edited(&content);
        self.tree.parsed();
        self.file.set_text(&mut self.database).to(content);
        self.file.set_tree(&mut self.database).to(Some(self.tree.clone()));
    }

    /// Inserts a text as [`Self::insert`] does, asks for the findings, and says how long each stage took.
    pub fn timed_insert(&mut self, offset: usize, text: &str) -> Stages {
        let mut last = Instant::now();
        let mut lap = || {
            let now = Instant::now();
            now - std::mem::replace(&mut last, now)
        };
        self.insert(offset, text);
        let parse = lap();
        database::lowered(&self.database, self.file);
        let lower = lap();
        identity::linked(&self.database, self.file);
        let link = lap();
        self.findings();
        Stages { parse, lower, link, judge: lap() }
    }

    /// How many findings the file has.
    pub fn findings(&self) -> usize {
        report(&self.database, self.file).findings.len()
    }
}
