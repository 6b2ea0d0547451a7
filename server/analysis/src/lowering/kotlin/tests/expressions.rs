//! Expressions: chains, operators, strings, references.

use super::one;

#[test]
fn chains_and_safe_calls() {
    assert_eq!(one("a.b?.c()!!.d[0]"), "a.b?.c()!.d[0]");
    assert_eq!(one("user!!.name"), "user!.name");
    assert_eq!(one("cb?.invoke(1)"), "cb?.invoke(1)");
    assert_eq!(one("(a ?: b).c()"), "fallback(a, b).c()");
    assert_eq!(one("a\n  .b()\n  ?.c()\n  ?: d()"), "fallback(a.b()?.c(), d())");
    assert_eq!(one("a.b()\n  (c as? D)?.e = f"), "a.b(); all(c)?.e = f");
}

#[test]
fn arguments_have_labels_and_trailing_lambdas() {
    assert_eq!(one("f(a = 1, *b) { c() }"), "f(a: 1, b, closure result() {c()})");
    assert_eq!(one("f({ c() }, d)"), "f(closure result() {c()}, d)");
    assert_eq!(
        one("Button(onClick = { vm.logout() }) { Text(\"Log out\") }"),
        "Button(onClick: closure result() {vm.logout()}, closure result() {Text(\"Log out\")})"
    );
    assert_eq!(one("f { a, (b, c) -> d(a) }"), "f(closure result(a, b, c) {d(a)})");
}

#[test]
fn it_belongs_to_the_lambda_that_takes_it() {
    assert_eq!(one("xs.map { it.a }"), "xs.map(closure result(it) {it.a})");
    assert_eq!(one("f { g() }"), "f(closure result() {g()})");
    assert_eq!(
        one("xs.map { scope.launch { it.a() } }"),
        "xs.map(closure result(it) {scope.launch(closure result() {it.a()})})"
    );
    assert_eq!(one("f { x -> g(\"$it\") }"), "f(closure result(x) {g(template(\"\", it))})");
}

#[test]
fn operators_keep_what_runs() {
    assert_eq!(one("\"a\" + b + c()"), "template(\"a\", b, c())");
    assert_eq!(one("a + b * c"), "all(a, all(b, c))");
    assert_eq!(one("a ?: b ?: c ?: d"), "fallback(fallback(a, b), fallback(c, d))");
    assert_eq!(one("a && b && c"), "and(and(a, b), c)");
    assert_eq!(
        one("x in 1..2; x !is A; a < b; a !== b"),
        "compare(x, all(1, 2)); different(x, type(A)); compare(a, b); different(a, b)"
    );
    assert_eq!(one("(a as B).c(); a as? B"), "a.c(); all(a)");
    assert_eq!(one("i++; a.b += 2; a[0] = 1; a?.b = c"), "i += all(); a.b += 2; a[0] = 1; a?.b = c");
    assert_eq!(one("a shl 2"), "a.shl(2)");
}

#[test]
fn literals_of_the_standard_library() {
    assert_eq!(one("mapOf(\"a\" to 1, b to c)"), "map[\"a\": 1, b: c]");
    assert_eq!(one("listOf(a, b)"), "[a, b]");
    assert_eq!(one("mapOf(pairs)"), "mapOf(pairs)");
    assert_eq!(one("x.listOf(a)"), "x.listOf(a)");
}

#[test]
fn strings() {
    assert_eq!(one(r#"f("a\n\"b\" $c ${d.e()} f")"#), "f(template(\"a\\n\\\"b\\\" \", c, d.e()))");
    assert_eq!(one("f(\"\"\"a\\n\"\"\")"), "f(\"a\\\\n\")");
    assert_eq!(one("f('c', -1, 2L, true, null)"), "f(\"c\", -1, 2L, true, nil)");
}

#[test]
fn references_and_types() {
    assert_eq!(one("f(::logout, this::a, vm::b)"), "f(ref(logout), ref(this.a), ref(vm.b))");
    assert_eq!(one("Intent(this, LoginActivity::class.java)"), "Intent(this, type(LoginActivity))");
    assert_eq!(one("f(A.B::class, a::class)"), "f(type(A.B), all(a))");
    assert_eq!(one("this@Outer.go(); super.a(); super<Base>.b()"), "this.go(); super.a(); super.b()");
}

#[test]
fn an_object_is_made_where_it_stands() {
    assert_eq!(
        one("x.on(object : Listener {\n  override fun onA() { b() }\n})"),
        "x.on(Anonymous <Listener> [method onA() {b()}])"
    );
    assert_eq!(
        one("x.on(object : Listener { override fun onA() { b() } })"),
        "x.on(Anonymous <Listener> [method onA() {b()}])"
    );
    assert_eq!(
        one("x.on(object : Base(), Listener {\n  override fun onA() { b() }\n})"),
        "x.on(Anonymous <Base Listener> [method onA() {b()}])"
    );
    assert_eq!(one("val o = object : A() {\n val b = 1\n}"), "let o = Anonymous <A> [b = 1]");
    assert_eq!(one("val g = fun(x: Int): Int { return x }"), "let g = function(x:Int) -> Int {return(x)}");
}
