//! How long each stage takes on a file that it has not seen: where the time of a keystroke goes.

use std::hint::black_box;
use std::sync::Arc;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use farewell_analysis::source::{FileRole, Language};
use farewell_analysis::syntax::{self, SyntaxTree};
use farewell_analysis::{Database, Manifest, Project, Settings, SourceFile, database, identity, lowering, report};
use farewell_bench::Sample;
use salsa::Setter;

fn open(text: &str) -> (Database, SourceFile) {
    let mut database = Database::default();
    let settings = Settings { assume_fullstory: true, ..Settings::default() };
    let project = Project::new(&database, Manifest::default(), settings, Vec::new(), None);
    let text: Arc<str> = Arc::from(text);
    let tree = SyntaxTree::new(Language::TypeScript, &text);
    tree.parsed();
    let path = Arc::from("src/service.ts");
    let file = SourceFile::new(&database, path, Language::TypeScript, FileRole::Product, text, Some(tree), project);
    project.set_files(&mut database).to(vec![file]);
    (database, file)
}

/// A stage of the analysis, run for its effect on the database.
type Stage = fn(&Database, SourceFile);

/// Each stage with the ones before it; a stage's own time is the difference to the line above.
const STAGES: [(&str, Stage); 5] = [
    ("lowering", |db, file| {
        black_box(database::lowered(db, file));
    }),
    ("project facts", |db, file| {
        black_box(database::project_facts(db, file.project(db)));
    }),
    ("links", |db, file| {
        black_box(identity::linked(db, file));
    }),
    ("flows", |db, file| {
        black_box(identity::file_flows(db, file));
    }),
    ("findings", |db, file| {
        black_box(report(db, file));
    }),
];

fn stages(criterion: &mut Criterion) {
    let text = Sample::of(Language::TypeScript).map(|sample| sample.text(2_000)).unwrap_or_default();
    if let Some(tree) = syntax::parse(Language::TypeScript, &text) {
        criterion.bench_function("lower alone", |bencher| {
            bencher.iter(|| lowering::lower(Language::TypeScript, black_box(&text), &tree));
        });
    }
    for (name, stage) in STAGES {
        criterion.bench_function(&format!("up to {name}"), |bencher| {
            bencher.iter_batched_ref(|| open(&text), |(database, file)| stage(database, *file), BatchSize::LargeInput);
        });
    }
}

criterion_group!(benches, stages);
criterion_main!(benches);
