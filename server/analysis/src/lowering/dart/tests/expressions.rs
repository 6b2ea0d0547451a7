//! Expressions.

use super::body;

#[track_caller]
fn check(code: &str, expected: &str) {
    assert_eq!(body(code), expected, "{code}");
}

#[test]
fn selectors_follow_their_value() {
    check("a?.b!.c<int>(1, x: 2);", "a?.b!.c<int>(1, x: 2)");
    check("this.a.b(); super.c();", "this.a.b(); super.c()");
    check("a[0]?[1].d;", "a[0][1].d");
    check("(a as B).c(); ((a)).b;", "a.c(); a.b");
    check("Navigator.of(context)\n  // why\n  .pushNamed('/a');", "Navigator.of(context).pushNamed(\"/a\")");
    check("cb?.call(1); useCase.call(2);", "cb?(1); useCase.call(2)");
}

#[test]
fn types_of_a_call_are_kept() {
    check("on<Left>(_left, transformer: t());", "on<Left>(_left, transformer: t())");
    check("context.read<Auth>().add(Left());", "context.read<Auth>().add(Left())");
    check("Foo<p.T>(8);", "Foo<p.T>(8)");
}

#[test]
fn only_new_and_const_certainly_construct() {
    check("new Foo(1); const Foo(2); Foo(3); Foo.new(4);", "new Foo(1); new Foo(2); Foo(3); new Foo(4)");
    check("new p.Foo(5); const Foo.named(6); Foo<int>.bar(7);", "new p.Foo(5); Foo.named(6); Foo.bar(7)");
    check("Foo.new; x = .foo; f(.bar(1)); const .baz(2);", "::type Foo; x = .foo; f(.bar(1)); .baz(2)");
}

#[test]
fn cascades_keep_their_receiver() {
    check("a..b()..c.d(1)..e = 2;", "cascade(a: ^.b(), ^.c.d(1), ^.e = 2)");
    check("a?..f[0] = 3..[1] = 4;", "cascade?(a: ^.f[0] = 3, ^[1] = 4)");
    check("a..b ??= c..d += e;", "cascade(a: (^.b ?? ^.b = c), ^.d op= e)");
    check("a..b().c().d;", "cascade(a: ^.b().c().d)");
}

#[test]
fn a_futures_callbacks_are_a_chain() {
    check(
        "a.then((v) => f(v), onError: h).catchError((e) { g(); }).whenComplete(done);",
        "chain(a |then closure(v) => f(v) else h |catch closure(e) {g()} |finally done)",
    );
    check("a.b().then(f).timeout(d).catchError(g);", "chain(chain(a.b() |then f).timeout(d) |catch g)");
    check("await a().then((v) {}).onError((e, s) {});", "await chain(a() |then closure(v) {} |catch closure(e, s) {})");
    check(
        "a.then(1); controller.onError(); then(f); unawaited(g());",
        "a.then(1); controller.onError(); then(f); unawaited(g())",
    );
}

#[test]
fn operators() {
    check("a && b && c && d || !e;", "(((a && b) && (c && d)) || !e)");
    check("a ?? b ?? c;", "((a ?? b) ?? c)");
    check("x == null; null != x; a < b;", "(x == null); (null != x); (a ~ b)");
    check("x is! T; x is a.T;", "!(x ~ type T); (x ~ type a.T)");
    check("a + b * c - d; a | b & c; a << b;", "all(a, all(b, c), d); all(a, all(b, c)); all(a, b)");
    check("-1; ~x; !x; #a;", "-1; all(x); !x; all()");
    check("final v = a ? b : c ? d : e;", "let v = if a <=b> else <if c <=d> else <=e>>");
    check("throw X('a'); await f();", "throw X(\"a\"); await f()");
}

/// Between two statements something can be put before each; between two values nothing can.
#[test]
fn a_choice_of_values_is_no_choice_of_statements() {
    check("a ? b() : c();", "all(if a <=b()> else <=c()>)");
    check("if (a) b(); else c();", "if a <b()> else <c()>");
}

#[test]
fn assignments() {
    check("a = b; a.c = d; x += 1; i++; --i;", "a = b; a.c = d; x op= 1; i op= all(); i op= all()");
    check("a ??= b; a.c ??= d; a().c ??= d;", "(a ?? a = b); (a.c ?? a.c = d); a().c op= d");
    check("(a, b) = (b, a);", "all([b, a], a = all(), b = all())");
}

#[test]
fn strings() {
    check("'x' 'y ${z.a} $w' r'\\n';", "template(\"xy \", z.a, w)");
    check("\"a\\n\\$\"; '''m'''; r'\\n';", "\"a\\n$\"; \"m\"; \"\\\\n\"");
    check("'/login' + id + '?';", "template(\"/login\", id, \"?\")");
    check("'a$b' + c; '${this.x}';", "template(\"a\", b, c); template(\"\", this.x)");
}

#[test]
fn collections_run_where_they_stand() {
    check("f([a, b], {'k': v, 2: 3}, {1, 2}, {});", "f([a, b], map{\"k\": v, 2: 3}, [1, 2], map{})");
    check("f([a, if (b) c else d, ...w, ?n]);", "f(all(a, if b <=c> else <=d>, w, n))");
    check("f([for (final x in y) g(x)]);", "f(all(loop [x] in y <=g(x)>))");
    check(
        "f([for (var i = 0; i < 2; i++) g(i)]);",
        "f(all(loop start(let i = 0) while((i ~ 2)) update(i op= all()) <=g(i)>))",
    );
    check("f({if (a) 'b': c, ?d: ?e});", "f(all(if a <=all(\"b\", c)>, all(d, e)))");
    check("f([if (x case final y?) y]);", "f(all(if present(y = x) <=y>))");
}

#[test]
fn records() {
    check("(1, 2); (a: 1, b: 2); (a: 1); (1, b: 2);", "[1, 2]; map{\"a\": 1, \"b\": 2}; map{\"a\": 1}; all(1, 2)");
}

#[test]
fn closures() {
    check("(() { f(); })(); g = (a, [b = 1]) => a;", "closure() {f()}(); g = closure(a, b = 1) => a");
    check("f(onTap: () async => z(), g: () sync* {});", "f(onTap: closure async() => z(), g: closure generator() {})");
    check("f(builder: (context) { return X(); });", "f(builder: closure markup(context) {return X()})");
    check(
        "f(itemBuilder: (_, i) => Y(), onTap: (X x) {});",
        "f(itemBuilder: closure markup(_, i) => Y(), onTap: closure(x: X) {})",
    );
}

#[test]
fn switch_expressions() {
    check(
        "final v = switch (x) { A() || B() => 1, C.d => 2, > 3 && < 5 => 4, var w when w > 1 => 5, null => 6, _ => 7 };",
        "let v = switch! x case(other()|other())<=1> case(C.d)<=2> case(other())<=4> case(other(w) when (w ~ 1))<=5> \
         case(null)<=6> case()<=7>",
    );
}
