//! How long a file's findings take: from opening it, and after one keystroke.

use std::hint::black_box;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use farewell_analysis::source::Language;
use farewell_analysis::syntax;
use farewell_bench::{Sample, Session};

const PATH: &str = "src/service.ts";

fn editing(criterion: &mut Criterion) {
    let text = Sample::of(Language::TypeScript).map(|sample| sample.text(2_000)).unwrap_or_default();
    criterion.bench_function("parse 2,000 lines", |bencher| {
        bencher.iter(|| syntax::parse(Language::TypeScript, black_box(&text)));
    });
    criterion.bench_function("open 2,000 lines to findings", |bencher| {
        bencher.iter(|| Session::open(Language::TypeScript, PATH, black_box(&text)).findings());
    });
    let middle = text.find("Order opened").map_or(0, |at| at + 5);
    criterion.bench_function("one keystroke in 2,000 lines to findings", |bencher| {
        bencher.iter_batched_ref(
            || {
                let session = Session::open(Language::TypeScript, PATH, &text);
                black_box(session.findings());
                session
            },
            |session| {
                session.insert(middle, "x");
                black_box(session.findings());
            },
            BatchSize::LargeInput,
        );
    });
}

criterion_group!(benches, editing);
criterion_main!(benches);
