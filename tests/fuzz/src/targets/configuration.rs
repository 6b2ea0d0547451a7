//! Any text as a `farewell.toml`: what is wrong is told with a place in it, and what is right can be analysed with.

use std::path::Path;
use std::sync::Arc;

use farewell_analysis::source::{FileRole, Language, LineIndex};
use farewell_analysis::{Database, Manifest, Project, SourceFile, report};
use farewell_project::Configuration;
use salsa::Setter;

use crate::kind::text;

/// What is analysed with the settings.
const CODE: &str = "import { forget } from '@acme/tracking';\nexport function logout() {\n  forget(user, 'x', { a: 1 });\n  \
    localStorage.clear();\n  FS('setIdentity', { anonymous: true });\n  location.href = '/login';\n}\n";

/// Tries an input.
pub fn run(bytes: &[u8]) {
    let text = text(bytes);
    let last = LineIndex::new(&text).line(text.len() as u32) as u32 + 1;
    let configuration = match Configuration::parse(Path::new("farewell.toml"), &text) {
        Ok(configuration) => configuration,
        Err(problem) => {
            assert!(problem.line >= 1 && problem.line <= last && problem.column >= 1, "{problem}");
            assert!(!problem.message.is_empty(), "{problem}");
            return;
        }
    };
    for path in ["src/a.ts", "legacy/x/b.swift", "a", ""] {
        configuration.excludes(Path::new(path));
    }
    for (key, line) in &configuration.lines {
        assert!((1..=last).contains(line), "{key} stands in line {line}");
    }
    let mut db = Database::default();
    let project = Project::new(&db, Manifest::default(), configuration.settings, Vec::new(), None);
    let (path, code) = (Arc::from("src/logout.ts"), Arc::from(CODE));
    let file = SourceFile::new(&db, path, Language::TypeScript, FileRole::Product, code, None, project);
    project.set_files(&mut db).to(vec![file]);
    report(&db, file);
}
