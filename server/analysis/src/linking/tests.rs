use std::sync::Arc;

use super::{Asked, bodies_of};
use crate::database::{Database, Manifest, Project, Settings, SourceFile, lowered};
use crate::lowering::Step;
use crate::source::{FileRole, Language};

/// How many bodies each call of the file's top level may run.
fn reached(text: &str) -> Vec<usize> {
    let db = Database::default();
    let project = Project::new(&db, Manifest::default(), Settings::default(), Vec::new(), None);
    let (path, text) = (Arc::from("a.ts"), Arc::from(text));
    let file = SourceFile::new(&db, path, Language::TypeScript, FileRole::Product, text, None, project);
    let top = lowered(&db, file).body(crate::lowering::BodyId(0));
    let calls = top.nodes().filter_map(|(_, node)| match &node.step {
        Step::Call(call) => Some(bodies_of(&db, file, None, &call.callee, &|_, _, _| false, &Asked::default()).len()),
        _ => None,
    });
    calls.collect()
}

#[test]
fn a_function_that_a_function_returns_is_found() {
    assert_eq!(reached("function make() { return () => 1; }\nconst made = make();\nmade();").last(), Some(&1));
}

/// Depth alone bounds nothing where every function returns calls of all the others.
#[test]
fn functions_that_return_calls_of_each_other_end_the_walk() {
    let calls: Vec<String> = (0..12).map(|n| format!("if (x === {n}) return f{n}();")).collect();
    let functions: Vec<String> = (0..12).map(|n| format!("function f{n}(x) {{ {} }}", calls.join(" "))).collect();
    assert_eq!(reached(&format!("{}\nf0()();", functions.join("\n"))).last(), Some(&0));
}
