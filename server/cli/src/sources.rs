//! The texts behind findings. Owns how the engine's paths and byte offsets become paths, lines and
//! columns for people; must not know how they are printed.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use farewell_analysis::Database;
use farewell_analysis::source::{LineColumn, LineIndex, Span};
use farewell_project::{relative, with_forward_slashes};

use crate::scan::{FileFindings, Scan};

/// Texts by the engine's paths.
#[derive(Debug, Default)]
pub(crate) struct Sources {
    by_path: BTreeMap<Arc<str>, Source>,
}

/// One text.
#[derive(Debug)]
pub(crate) struct Source {
    /// The path relative to the working directory, with forward slashes.
    pub(crate) path: String,
    /// The text.
    pub(crate) text: Arc<str>,
    lines: LineIndex,
}

impl Sources {
    /// The texts of the files that findings, their related places and their fixes speak of.
    pub(crate) fn of(scan: &Scan, found: &[FileFindings]) -> Self {
        let mut sources = Self::default();
        let working_directory = std::env::current_dir().unwrap_or_default();
        for file in found.iter().filter(|file| !file.findings.is_empty()) {
            let own = file.file.path(&scan.db).clone();
            let related = file.findings.iter().flat_map(|it| &it.finding.related).map(|it| it.path.clone());
            let edits =
                file.findings.iter().flat_map(|it| &it.fixes).flat_map(|it| &it.edits).map(|it| it.path.clone());
            for path in std::iter::once(own).chain(related).chain(edits) {
                sources.add_from(scan, &scan.db, &working_directory, path);
            }
        }
        sources
    }

    /// The texts of the files of some of the engine's paths.
    pub(crate) fn of_paths(scan: &Scan, paths: impl IntoIterator<Item = Arc<str>>) -> Self {
        let mut sources = Self::default();
        let working_directory = std::env::current_dir().unwrap_or_default();
        for path in paths {
            sources.add_from(scan, &scan.db, &working_directory, path);
        }
        sources
    }

    /// Adds a text under the engine's path.
    pub(crate) fn add(&mut self, engine_path: Arc<str>, path: String, text: Arc<str>) {
        let lines = LineIndex::new(&text);
        self.by_path.insert(engine_path, Source { path, text, lines });
    }

    /// A text by the engine's path.
    pub(crate) fn get(&self, engine_path: &str) -> Option<&Source> {
        self.by_path.get(engine_path)
    }

    fn add_from(&mut self, scan: &Scan, db: &Database, working_directory: &Path, engine_path: Arc<str>) {
        if self.by_path.contains_key(&engine_path) {
            return;
        }
        if let Some(file) = scan.file(&engine_path) {
            let path = shown(working_directory, &scan.workspace.disk_path(&engine_path));
            self.add(engine_path, path, file.text(db).clone());
        }
    }
}

impl Source {
    /// A line by its number, from 1, without what ends it; empty where there is none.
    pub(crate) fn line(&self, number: u32) -> &str {
        let index = (number as usize).saturating_sub(1);
        let start = self.lines.start(index).map_or(self.text.len(), |start| start as usize);
        let end = self.lines.start(index + 1).map_or(self.text.len(), |end| end as usize);
        self.text.get(start..end).unwrap_or_default().trim_end_matches(['\r', '\n'])
    }

    /// The places of a span's ends.
    pub(crate) fn places(&self, span: Span) -> (LineColumn, LineColumn) {
        (self.lines.line_column(&self.text, span.start), self.lines.line_column(&self.text, span.end))
    }
}

/// A path (absolute) as it is shown: relative to the working directory, with forward slashes.
pub(crate) fn shown(working_directory: &Path, path: &Path) -> String {
    with_forward_slashes(&relative(working_directory, path))
}

/// A text on one line of a terminal: control characters, which could rewrite the screen, are replaced.
pub(crate) fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect()
}
