//! Statements.

use super::body;

#[track_caller]
fn check(code: &str, expected: &str) {
    assert_eq!(body(code), expected, "{code}");
}

#[test]
fn conditions() {
    check("if (a) b(); else if (c) { d(); } else e();", "if a <b()> else <if c {d()} else <e()>>");
    check("if (x case final y? when y > 2) f(y);", "if (present(y = x) && (y ~ 2)) <f(y)>");
    check("if (x case A(:final b)) g(b);", "if fits(b = x) <g(b)>");
    check(
        "if (x case null || 1) h(); if (f() case 1 || 2) h();",
        "if ((x == null) || (x == 1)) <h()>; if fits( = f()) <h()>",
    );
    check("await (f()); if (!(await g())) return;", "await f(); if !await g() <return>");
}

/// A long ladder is a switch of conditions, which is as deep as one of them.
#[test]
fn ladders() {
    let ladder = |rungs: usize| format!("if (a) b(); {}else d();", "else if (c) e(); ".repeat(rungs));
    assert!(body(&ladder(11)).starts_with("if a <b()> else <if c <e()>"));
    let long = body(&ladder(12));
    assert!(long.starts_with("switch!  case(?a)<b()> case(?c)<e()>"), "{long}");
    assert!(long.ends_with("case(?c)<e()> case()<d()>"), "{long}");
}

#[test]
fn loops() {
    check("for (final a in b) f(a); for (x in y) z();", "loop [a] in b <f(a)>; loop [x] in y <z()>");
    check("for (final (a, B c) in d) {} await for (var q in w) {}", "loop [a c: B] in d {}; loop await [q] in w {}");
    check(
        "for (int i = 0, j; i < 2; i++, ++j) {}",
        "loop start(let i: int = 0, let j: int) while((i ~ 2)) update(i op= all(), j op= all()) {}",
    );
    check("for (i = 0; i < 1;) ; for (;;) {}", "loop start(i = 0) while((i ~ 1)) <>; loop {}");
    check("while (a) b(); do { c(); } while (d);", "loop while(a) <b()>; loop until(d) {c()}");
    check("outer: while (true) { break outer; continue; }", "outer: loop while(true) {break outer; continue}");
}

#[test]
fn an_empty_case_shares_the_next_one() {
    check(
        "switch (x) { case A.b: case null: f(); break; case int i: g(); default: g(); }",
        "switch! x case(A.b){}+ case(null){f(); break} case(other(i: int)){g()} case(){g()}",
    );
    check(
        "switch (x) { l: case Foo(:final q) when q > 1 || z: f(); case var w when w: h(w); }",
        "switch x case(other(q) when ((q ~ 1) || z)){f()} case(other(w) when w){h(w)}",
    );
}

#[test]
fn an_enumeration_or_sealed_class_is_exhausted() {
    check("switch (s) { case A.b: f(); case A.c: return; }", "switch! s case(A.b){f()} case(A.c){return}");
    check(
        "switch (s) { case In(): f(); case Out(:final x): return; }",
        "switch! s case(other()){f()} case(other(x)){return}",
    );
    check("switch (s) { case 1: f(); case 'a': g(); }", "switch s case(1){f()} case(\"a\"){g()}");
    check("switch (s) { case A.b when c: f(); case A.c: g(); }", "switch s case(A.b when c){f()} case(A.c){g()}");
}

#[test]
fn patterns() {
    check(
        "switch (s) { case (A(), B b): f(b); case [1, ...]: case {'a': final q}: g(); case (1 || 2): h(); default: }",
        "switch! s case(other(b: B)){f(b)} case(other()){}+ case(other(q)){g()} case(1|2){h()} case(){}+",
    );
    check(
        "switch (s) { case == 3: i(); case const C(1): j(); case -1: k(); case p.Q.r: m(); case _: n(); }",
        "switch! s case(3){i()} case(new C(1)){j()} case(-1){k()} case(p.Q.r){m()} case(){n()}",
    );
}

#[test]
fn exceptions() {
    check(
        "try { f(); } on X catch (e, s) { rethrow; } on Object { } catch (e) { throw e; } finally { g(); }",
        "try {f()} catch(e s) {throw} catch*() {} catch*(e) {throw e} finally {g()}",
    );
    check("try { f(); } finally { g(); }", "try {f()} finally {g()}");
}

#[test]
fn local_declarations() {
    check("final a = 1, b; late final C d = e(); int i;", "let a = 1, let b; let lazy d: C = e(); let i: int");
    check("var (x, y) = z; final A(:b, c: d) = e;", "let x y = z; let b d = e");
    check("int loc(int a) => 2; void m() async {}", "function loc(a: int): int => 2; function async m() {}");
}

#[test]
fn the_rest() {
    check("{ a(); { b(); } } ;", "{a(); {b()}}");
    check("return; return 1; return this; return super.x;", "return; return 1; return this; return super.x");
    check("yield 2; yield* x; assert(a, 'b');", "yield 2; yield x; all(a, \"b\")");
}
