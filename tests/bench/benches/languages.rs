//! How long a file's findings take in every language, against the bare parse of the same file: judging must
//! cost no more than parsing does.

use std::hint::black_box;
use std::sync::Arc;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use farewell_analysis::source::FileRole;
use farewell_analysis::syntax::{self, SyntaxTree};
use farewell_analysis::{Database, Manifest, Project, Settings, SourceFile, report};
use farewell_bench::{SAMPLES, Sample};
use salsa::Setter;

/// As in the program itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Parses a text and judges it in a project of its own. The database is made before.
fn judge(database: &mut Database, sample: Sample, text: &str) -> usize {
    let text: Arc<str> = Arc::from(text);
    let tree = Some(SyntaxTree::new(sample.language, &text));
    let settings = Settings { assume_fullstory: true, ..Settings::default() };
    let project = Project::new(database, Manifest::default(), settings, Vec::new(), None);
    let path = Arc::from(sample.path);
    let file = SourceFile::new(database, path, sample.language, FileRole::Product, text, tree, project);
    project.set_files(database).to(vec![file]);
    report(database, file).findings.len()
}

fn languages(criterion: &mut Criterion) {
    for sample in SAMPLES {
        let text = sample.text(2_000);
        criterion.bench_function(&format!("{:?}: parse 2,000 lines", sample.language), |bencher| {
            bencher.iter(|| syntax::parse(sample.language, black_box(&text)));
        });
        criterion.bench_function(&format!("{:?}: parse and judge 2,000 lines", sample.language), |bencher| {
            bencher.iter_batched_ref(
                Database::default,
                |database| judge(database, sample, black_box(&text)),
                // Each database is dropped before the next is filled, as memory is used again in a server.
                BatchSize::PerIteration,
            );
        });
    }
}

criterion_group!(benches, languages);
criterion_main!(benches);
