//! How well a file's text could be read. Owns the few figures by which half-typed code is told from
//! finished code; must not know who types it.

use crate::database::{Db, SourceFile, lowered};
use crate::lowering::BodyKind;
use crate::source::Span;

/// How well a file's text could be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// How many bodies it holds: functions, methods, the top level.
    pub bodies: usize,
    /// What the parser could not read, in bytes. It may hold functions that can be read by themselves.
    pub errors: Vec<Span>,
    /// Each body, the outer ones first: its bytes, whether it is the top level, whether the parser met an
    /// error in it.
    spans: Vec<(Span, bool, bool)>,
}

impl Reading {
    /// Whether a span (in bytes) stands in code that could not be read: in an error, in a body with one in
    /// it, or in a function within such a function. An error beside a function is none in it.
    pub fn is_broken_at(&self, span: Span) -> bool {
        let around = || self.spans.iter().filter(|(body, ..)| body.contains(span));
        let innermost = around().next_back();
        self.errors.iter().any(|error| error.contains(span))
            || innermost.is_some_and(|(.., broken)| *broken)
            || around().any(|(_, is_top, broken)| !is_top && *broken)
    }
}

/// How well a file's text could be read.
pub fn reading(db: &dyn Db, file: SourceFile) -> Reading {
    let lowered = lowered(db, file);
    let body = |body: &crate::lowering::Body| (body.span, body.kind == BodyKind::TopLevel, body.broken);
    Reading {
        bodies: lowered.bodies.len(),
        errors: lowered.broken.clone(),
        spans: lowered.bodies().map(|(_, it)| body(it)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Reading, reading};
    use crate::source::{FileRole, Language, Span};
    use crate::{Database, Manifest, Project, Settings, SourceFile};

    fn read(text: &str) -> Reading {
        let db = Database::default();
        let project = Project::new(&db, Manifest::default(), Settings::default(), Vec::new(), None);
        let (path, text) = (Arc::from("a.ts"), Arc::from(text));
        reading(&db, SourceFile::new(&db, path, Language::TypeScript, FileRole::Product, text, None, project))
    }

    fn is_broken_at(text: &str, what: &str) -> bool {
        let start = text.find(what).unwrap() as u32;
        read(text).is_broken_at(Span::new(start, start + what.len() as u32))
    }

    #[test]
    fn an_error_is_told_where_it_is() {
        let text = "function a() { one(; }\nfunction b() { two(); }\nthree();\n";
        assert_eq!((read(text).bodies, read(text).errors.len()), (3, 1));
        assert!(is_broken_at(text, "one"));
        assert!(!is_broken_at(text, "two"));
        assert!(!is_broken_at(text, "three"));
    }

    #[test]
    fn an_error_around_a_function_is_one_in_it_and_one_beside_it_is_not() {
        let text = "function a() { const b = () => { two(); }; one(; }\n";
        assert!(is_broken_at(text, "two"));
        let text = "function b() { two(); }\n one(; \n";
        assert!(!is_broken_at(text, "two"));
        assert!(is_broken_at(text, "one"));
    }

    #[test]
    fn what_can_be_read_is_not_broken() {
        assert_eq!(read("const a = 1;\n").errors, []);
        assert!(!is_broken_at("a();\n", "a()"));
    }
}
