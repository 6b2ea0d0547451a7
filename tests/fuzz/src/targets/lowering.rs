//! Any text as a file of any language: nothing panics or runs away in all that can be asked of a file, every place that
//! is told lies in the text, and the same text has the same answers.

use std::sync::Arc;

use farewell_analysis::lowering::{LoweredFile, lower};
use farewell_analysis::source::{Language, Span};
use farewell_analysis::views::{completions, flow_steps, flows, identity_changes};
use farewell_analysis::{Database, Manifest, Project, Settings, SourceFile, audit, hover, reading, report, syntax};
use farewell_fixtures::engine::language;
use farewell_fixtures::fixture::Setup;
use salsa::Setter;

use crate::kind::{Kind, text};

/// Tries an input.
pub fn run(bytes: &[u8]) {
    let (kind, rest) = Kind::read(bytes);
    let (setup, text) = (kind.setup(), text(rest));
    lowered(language(&setup), &text);
    let told = asked(&setup, &text);
    // The second look costs as much as the first: a share of the inputs has it.
    if rest.len().is_multiple_of(8) {
        assert_eq!(told, asked(&setup, &text), "the same text has other answers");
    }
}

fn lowered(language: Language, text: &str) {
    let Some(tree) = syntax::parse(language, text) else {
        return;
    };
    let file = lower(language, text, &tree);
    for span in spans(&file) {
        within(text, span, "lowering");
    }
    for body in &file.bodies {
        for node in &body.code().nodes {
            let next = node.next.iter().chain(&node.handler);
            assert!(next.into_iter().all(|node| (node.0 as usize) < body.code().nodes.len()), "a step leads nowhere");
            assert!(
                node.statement.is_none_or(|it| (it.0 as usize) < body.code().statements.len()),
                "a statement is none"
            );
        }
        assert!(body.parent.is_none_or(|parent| (parent.0 as usize) < file.bodies.len()), "a parent is none");
    }
}

fn spans(file: &LoweredFile) -> impl Iterator<Item = Span> + '_ {
    let of_bodies = file.bodies.iter().flat_map(|body| {
        let own = [body.span, body.inner, body.name_span];
        own.into_iter()
            .chain(body.code().nodes.iter().map(|node| node.span))
            .chain(body.code().statements.iter().map(|it| it.span))
    });
    let imports = file.imports.iter().flat_map(|import| [import.span, import.name_span]);
    let others = file.bindings.iter().map(|it| it.span).chain(file.classes.iter().map(|it| it.span));
    let comments = file.comments.iter().map(|comment| comment.span);
    of_bodies.chain(imports).chain(others).chain(comments).chain(file.broken.iter().copied())
}

/// Everything that can be asked of a file, as one text.
fn asked(setup: &Setup, text: &str) -> String {
    let mut db = Database::default();
    let manifest = Manifest { platform: Some(setup.platform), ..Manifest::default() };
    let settings = Settings { assume_fullstory: true, ..Settings::default() };
    let project = Project::new(&db, manifest, settings, Vec::new(), None);
    let path: Arc<str> = Arc::from(setup.path.as_str());
    let role = farewell_analysis::source::role_of(&setup.path, text);
    let file = SourceFile::new(&db, path, language(setup), role, Arc::from(text), None, project);
    project.set_files(&mut db).to(vec![file]);
    let found = report(&db, file);
    for finding in &found.findings {
        within(text, finding.span, finding.rule.name());
        finding.related.iter().for_each(|step| within(text, step.span, "a step of a path"));
    }
    let mut told = format!("{:?}{:?}", found.findings, reading(&db, file).errors);
    for flow in flows(&db, file) {
        within(text, flow.span, "a flow");
        within(text, flow.name, "a flow's name");
        told += &format!("{flow:?}");
    }
    told += &format!("{:?}", identity_changes(&db, file, Span::new(0, text.len() as u32)));
    // The ends, and places that the text itself decides.
    let bytes = text.len() as u32;
    for offset in [0, bytes / 3, bytes / 2, bytes.saturating_sub(1), bytes, bytes + 9] {
        if let Some(hover) = hover(&db, file, offset) {
            within(text, hover.span, "a hover");
            told += &hover.markdown;
        }
        told += &format!("{:?}{}", flow_steps(&db, file, offset), completions(&db, file, offset).len());
    }
    told + &format!("{:?}", audit(&db, &[file]).flows)
}

/// A place lies in the text, and cuts no character.
fn within(text: &str, span: Span, what: &str) {
    let range = span.start as usize..span.end as usize;
    assert!(text.get(range).is_some(), "{what}: {span:?} is no part of a text of {} bytes", text.len());
}
