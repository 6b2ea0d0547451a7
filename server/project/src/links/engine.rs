//! What the engine is asked. Owns the questions' shape, so that what follows from an answer can be tested
//! without code that leads to it.

use std::sync::Arc;

use farewell_analysis::{Database, Demand, Project, SourceFile, caller_names, demanded_types, demands, import_modules};

/// The questions.
pub(crate) trait Questions: Sync {
    /// The modules that a script file names.
    fn modules(&self, db: &Database, file: SourceFile) -> Vec<Arc<str>>;
    /// The modules that calls of a script file's flows lead into, and that are not linked.
    fn demands(&self, db: &Database, file: SourceFile) -> Vec<Demand>;
    /// The names of types that flows call, and that no file of the project declares.
    fn types(&self, db: &Database, project: Project) -> Vec<Arc<str>>;
    /// The names of flow functions that files may call in which nothing of the vocabulary occurs.
    fn callers(&self, db: &Database, project: Project) -> Vec<Arc<str>>;
}

/// The engine.
pub(crate) struct Engine;

impl Questions for Engine {
    fn modules(&self, db: &Database, file: SourceFile) -> Vec<Arc<str>> {
        import_modules(db, file).clone()
    }

    fn demands(&self, db: &Database, file: SourceFile) -> Vec<Demand> {
        demands(db, file).clone()
    }

    fn types(&self, db: &Database, project: Project) -> Vec<Arc<str>> {
        demanded_types(db, project).clone()
    }

    fn callers(&self, db: &Database, project: Project) -> Vec<Arc<str>> {
        caller_names(db, project).clone()
    }
}
