//! Promise chains, functions called in place, and what is done with results.

use crate::support::{calls, paths, paths_of, throwing_paths_of};

#[test]
fn a_chain_runs_in_order() {
    assert_eq!(
        paths("async function f() {} await p().then(() => a()).then(() => b()); c();"),
        ["p [await [a] [b]] await c exit"]
    );
    assert_eq!(paths("p().then(() => { a(); }); c();"), ["p later[await [a]] c exit"]);
    assert_eq!(paths("p().then(() => { a(); });"), ["p [await [a]] exit"]);
    assert_eq!(paths("if (x) { p().then(() => { a(); }); } else b();"), ["+x p [await [a]] exit", "-x b exit"]);
    assert_eq!(paths("for (const x of y) { p().then(() => { a(); }); break; }"), ["+y p [await [a]] exit", "-y exit"]);
    assert_eq!(paths_of("f", "function f() { return p().then(() => a()); }"), ["p [await [a]] exit"]);
    assert_eq!(paths_of("f", "const f = () => p().then(() => a());"), ["p [await [a]] exit"]);
}

#[test]
fn catch_and_finally_are_handlers() {
    assert_eq!(
        throwing_paths_of("f", "async function f() { await p().catch(() => b()); }"),
        [
            "p [await! [b! throw] throw] throw",
            "p [await! [b]] await exit",
            "p [await! [b]] await! throw",
            "p [await] await exit",
            "p [await] await! throw",
            "p! throw",
        ]
    );
    // What `.then` throws is caught behind it; what its second argument handles stands before it.
    assert_eq!(
        throwing_paths_of("f", "const f = () => { p().then(() => a(), () => b()).finally(() => c()) };"),
        [
            "p [await [a! throw] [c! throw] throw] throw",
            "p [await [a! throw] [c] throw] throw",
            "p [await [a] [c! throw] throw] throw",
            "p [await [a] [c]] exit",
            "p [await! [b! throw] [c! throw] throw] throw",
            "p [await! [b! throw] [c] throw] throw",
            "p [await! [b] [c! throw] throw] throw",
            "p [await! [b] [c]] exit",
            "p! throw",
        ]
    );
}

#[test]
fn references_are_calls() {
    assert_eq!(paths("p().then(this.onDone).catch(report); c();"), ["p later[await onDone] c exit"]);
    assert_eq!(paths("p().then(this.onDone.bind(this)); c();"), ["p later[await onDone] c exit"]);
}

#[test]
fn the_first_call_is_chained() {
    assert_eq!(calls("api.out().then(a).catch(b);", "api.out"), ["api.out() chained caught"]);
    assert_eq!(calls("api.out().then(a, b);", "api.out"), ["api.out() chained caught"]);
    assert_eq!(calls("api.out().then(a);", "api.out"), ["api.out() chained"]);
    assert_eq!(calls("api.out().then(a).catch(b);", "a"), ["a() chained caught"]);
    assert_eq!(calls("await api.out();", "api.out"), ["api.out() awaited"]);
    assert_eq!(calls("void api.out();", "api.out"), ["api.out() voided"]);
    assert_eq!(calls("const f = () => api.out();", "api.out"), ["api.out() returned"]);
    assert_eq!(calls("const f = () => { return x ? api.out() : null; };", "api.out"), ["api.out() returned"]);
    assert_eq!(calls("api.out();", "api.out"), ["api.out()"]);
}

#[test]
fn combinators_pass_their_fate_on() {
    assert_eq!(calls("await Promise.all([a(), b()]);", "a"), ["a() awaited"]);
    assert_eq!(calls("Promise.all([a(), b()]).then(c);", "b"), ["b() chained"]);
    assert_eq!(calls("await Promise.race([a(), wait(500)]);", "a"), ["a() awaited raced"]);
    assert_eq!(
        paths("await Promise.all([a().then(() => b()), c()]); d();"),
        ["a [await [b]] c Promise.all await d exit"]
    );
}

#[test]
fn functions_run_where_they_are_called() {
    assert_eq!(paths("(function () { a(); })(); b();"), ["[a] b exit"]);
    assert_eq!(paths("(() => { a(); })(); b();"), ["[a] b exit"]);
    assert_eq!(paths("(async () => { a(); await c(); })(); b();"), ["started[a c await] b exit"]);
    assert_eq!(paths("(function () { a(); }).call(this); b();"), ["[a] b exit"]);
    assert_eq!(paths("(async () => { a(); })().catch(e => r(e)); b();"), ["started[started[a] await] b exit"]);
    assert_eq!(paths("void (async () => { a(); })();"), ["started[a] exit"]);
}
